/* legal.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Yes and no for all tasks at once, in one walk; the reason for one of them by
 * trying it on a copy, so that it is what the operation itself would say.
 */

#include "config.h"

#include <string.h>

#include "edit/legal.h"
#include "edit/operations.h"

/* ---- after ---------------------------------------------------------------- */

/* Marks every task that @task waits for, itself included. */
static gboolean *
find_before (const TelarRelations *relations, guint32 task)
{
  gboolean *before = g_new0 (gboolean, relations->n_tasks);
  g_autoptr (GArray) todo = g_array_new (FALSE, FALSE, sizeof (guint32));

  before[task] = TRUE;
  g_array_append_val (todo, task);
  while (todo->len > 0)
    {
      guint32 next = g_array_index (todo, guint32, todo->len - 1);
      const GPtrArray *after = telar_relations_task (relations, next)->after;

      g_array_set_size (todo, todo->len - 1);
      for (guint i = 0; i < after->len; i++)
        {
          guint32 other = telar_relations_find (relations, g_ptr_array_index (after, i), NULL);

          if (other == TELAR_NOBODY || before[other])
            continue;
          before[other] = TRUE;
          g_array_append_val (todo, other);
        }
    }
  return before;
}

/* Marks every task that waits for @task, itself included: a pass a generation,
 * over the edges turned around. */
static gboolean *
find_behind (const TelarRelations *relations, guint32 task)
{
  gboolean *behind = g_new0 (gboolean, relations->n_tasks);
  g_autofree guint32 *first = g_new0 (guint32, relations->n_tasks + 1);
  g_autofree guint32 *followers = NULL;
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, 2 * sizeof (guint32));
  g_autoptr (GArray) todo = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 1; i < relations->n_tasks; i++)
    {
      const GPtrArray *after = telar_relations_task (relations, i)->after;

      for (guint n = 0; n < after->len; n++)
        {
          guint32 pair[2] = { telar_relations_find (relations, g_ptr_array_index (after, n), NULL),
                              i };
          if (pair[0] == TELAR_NOBODY)
            continue;
          g_array_append_vals (pairs, pair, 1);
          first[pair[0] + 1]++;
        }
    }
  for (guint32 i = 0; i < relations->n_tasks; i++)
    first[i + 1] += first[i];
  followers = g_new (guint32, MAX (pairs->len, 1));
  for (guint i = pairs->len; i-- > 0;)
    {
      const guint32 *pair = &((const guint32 *) (void *) pairs->data)[2 * i];
      followers[--first[pair[0] + 1]] = pair[1];
    }
  /* first[n + 1] is now where those of n begin; those of n end where n + 1's do */
  behind[task] = TRUE;
  g_array_append_val (todo, task);
  while (todo->len > 0)
    {
      guint32 next = g_array_index (todo, guint32, todo->len - 1);
      guint32 end = next + 2 <= relations->n_tasks ? first[next + 2] : pairs->len;

      g_array_set_size (todo, todo->len - 1);
      for (guint32 i = first[next + 1]; i < end; i++)
        if (!behind[followers[i]])
          {
            behind[followers[i]] = TRUE;
            g_array_append_val (todo, followers[i]);
          }
    }
  return behind;
}

static gboolean
is_after_already (const TelarRelations *relations, guint32 to, const char *from)
{
  const GPtrArray *after = telar_relations_task (relations, to)->after;

  for (guint i = 0; i < after->len; i++)
    if (strcmp (g_ptr_array_index (after, i), from) == 0)
      return TRUE;
  return FALSE;
}

/* But for circles. */
static gboolean
may_follow (const TelarRelations *relations, guint32 from, guint32 to)
{
  const TelarRelation *first = &relations->tasks[from], *second = &relations->tasks[to];

  return from != 0 && to != 0 && from != to && second->starter == TELAR_NOBODY
         && first->parent == second->parent && first->parent != TELAR_NOBODY
         && !is_after_already (relations, to, telar_relations_task (relations, from)->id);
}

gboolean *
telar_legal_targets (const TelarRelations *relations, guint32 from)
{
  g_autofree gboolean *before = NULL;
  gboolean *legal;

  g_return_val_if_fail (relations != NULL && from < relations->n_tasks, NULL);

  before = find_before (relations, from);
  legal = g_new (gboolean, relations->n_tasks);
  for (guint32 to = 0; to < relations->n_tasks; to++)
    legal[to] = !before[to] && may_follow (relations, from, to);
  return legal;
}

gboolean *
telar_legal_sources (const TelarRelations *relations, guint32 to)
{
  g_autofree gboolean *behind = NULL;
  gboolean *legal;

  g_return_val_if_fail (relations != NULL && to < relations->n_tasks, NULL);

  behind = find_behind (relations, to);
  legal = g_new (gboolean, relations->n_tasks);
  for (guint32 from = 0; from < relations->n_tasks; from++)
    legal[from] = !behind[from] && may_follow (relations, from, to);
  return legal;
}

char *
telar_legal_why_not_after (const TelarRelations *relations, guint32 from, guint32 to)
{
  g_autoptr (TelarDocument) trial = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (relations != NULL, NULL);
  g_return_val_if_fail (from < relations->n_tasks && to < relations->n_tasks, NULL);

  trial = telar_document_new_for_graph (relations->graph);
  if (telar_document_connect (trial, telar_relations_task (relations, to)->id,
                              telar_relations_task (relations, from)->id, &error))
    return NULL;
  return g_strdup (error->message);
}

/* ---- inside --------------------------------------------------------------- */

/* Marks what has one of @tasks above it, and those themselves. */
static gboolean *
find_below (const TelarRelations *relations, const guint32 *tasks, guint n_tasks)
{
  enum { UNSEEN, NO, YES };
  g_autofree guchar *seen = g_new0 (guchar, relations->n_tasks);
  g_autofree guint32 *path = g_new (guint32, relations->n_tasks);
  gboolean *below = g_new0 (gboolean, relations->n_tasks);

  seen[0] = NO;
  for (guint i = 0; i < n_tasks; i++)
    seen[tasks[i]] = YES;
  for (guint32 i = 0; i < relations->n_tasks; i++)
    {
      guint32 n = 0, task = i;

      while (task != TELAR_NOBODY && seen[task] == UNSEEN && n < relations->n_tasks)
        {
          path[n++] = task;
          task = relations->tasks[task].parent;
        }
      while (n > 0)
        seen[path[--n]] = task != TELAR_NOBODY && seen[task] == YES ? YES : NO;
      below[i] = seen[i] == YES;
    }
  return below;
}

gboolean *
telar_legal_frames (const TelarRelations *relations, const guint32 *tasks, guint n_tasks)
{
  g_autofree gboolean *below = NULL;
  gboolean *legal;
  gboolean movable = n_tasks > 0, in_main = n_tasks > 0;

  g_return_val_if_fail (relations != NULL && (tasks != NULL || n_tasks == 0), NULL);

  below = find_below (relations, tasks, n_tasks);
  for (guint i = 0; i < n_tasks; i++)
    {
      const TelarTask *task = telar_relations_task (relations, tasks[i]);
      gboolean started = relations->tasks[tasks[i]].starter != TELAR_NOBODY;

      movable &= tasks[i] != 0 && !started;
      in_main &= tasks[i] != 0 && (!started || task->inside == NULL);
    }
  legal = g_new0 (gboolean, relations->n_tasks);
  legal[0] = in_main;
  for (guint32 i = 1; i < relations->n_tasks; i++)
    legal[i] = movable && !below[i]
               && telar_relations_task (relations, i)->kind == TELAR_KIND_PROCESS;
  return legal;
}

char *
telar_legal_why_not_inside (const TelarRelations *relations, const guint32 *tasks, guint n_tasks,
                            guint32 frame)
{
  g_autoptr (TelarDocument) trial = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree const char **ids = NULL;

  g_return_val_if_fail (relations != NULL && tasks != NULL, NULL);
  g_return_val_if_fail (frame < relations->n_tasks, NULL);

  ids = g_new0 (const char *, n_tasks + 1);
  for (guint i = 0; i < n_tasks; i++)
    ids[i] = telar_relations_task (relations, tasks[i])->id;
  trial = telar_document_new_for_graph (relations->graph);
  if (telar_document_reparent (trial, ids,
                               frame == 0 ? NULL : telar_relations_task (relations, frame)->id,
                               &error))
    return NULL;
  return g_strdup (error->message);
}
