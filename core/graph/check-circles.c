/* check-circles.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Tasks that wait for each other in a circle, and graphs that grow too large
 * once their copies are spelled out.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "graph/check-private.h"

/* ---- circles ------------------------------------------------------------ */

enum
{
  UNSEEN,
  ON_PATH,
  DONE,
  TOLD  /* part of a circle that was named already */
};

typedef struct
{
  guint32 task;
  guint   next;  /* the next of its edges to follow */
} Visit;

/* The task that @task waits for by its @nth edge: `after`, or its parent. */
typedef guint32 (*Edge) (TelarCheck *check, guint32 task, guint nth);

/* TELAR_NOBODY where there is no such edge; TELAR_NOBODY - 1 where it leads
 * nowhere, which is said elsewhere. */
#define NOWHERE (TELAR_NOBODY - 1)

static guint32
edge_after (TelarCheck *check, guint32 task, guint nth)
{
  const GPtrArray *after = telar_relations_task (check->relations, task)->after;
  guint32 before;

  if (nth >= after->len)
    return TELAR_NOBODY;
  before = telar_relations_find (check->relations, g_ptr_array_index (after, nth), NULL);
  return before == TELAR_NOBODY || before == task ? NOWHERE : before;
}

static guint32
edge_parent (TelarCheck *check, guint32 task, guint nth)
{
  return nth == 0 ? check->relations->tasks[task].parent : TELAR_NOBODY;
}

/* Names a circle, the one that comes first in the file first and in the order
 * in which the tasks would run: "p1 → p2 → p1". @path leads from each to what
 * it waits for. */
static char *
name_circle (TelarCheck *check, const Visit *path, guint n, guint32 *least)
{
  GString *out = g_string_new (NULL);
  guint first = 0;

  for (guint i = 1; i < n; i++)
    if (path[i].task < path[first].task)
      first = i;
  *least = path[first].task;
  for (guint i = 0; i <= n; i++)
    {
      if (i > 0)
        g_string_append (out, " → ");
      if (n > 12 && i == 6)
        {
          g_string_append (out, "…");
          i = n - 3;
        }
      else
        g_string_append (out, telar_relations_task (check->relations,
                                                    path[(first + n - i % n) % n].task)->id);
    }
  return g_string_free (out, FALSE);
}

static void
tell_circle (TelarCheck *check, guchar *seen, const Visit *path, guint n, gboolean of_parents)
{
  g_autofree char *name = NULL;
  guint32 first;

  for (guint i = 0; i < n; i++)
    if (seen[path[i].task] == TOLD)
      return;
  for (guint i = 0; i < n; i++)
    seen[path[i].task] = TOLD;
  name = name_circle (check, path, n, &first);
  if (of_parents)
    telar_check_error (check, first, telar_relations_task (check->relations, first)->inside != NULL
                                         ? ".inside" : NULL,
                       g_strdup_printf (_("each of these is the parent of the next, in a circle: "
                                          "%s"), name),
                       g_strdup (_("let one of them have main as its parent")));
  else
    telar_check_error (check, first, ".after",
                       g_strdup_printf (_("these tasks wait for each other in a circle: %s"),
                                        name),
                       g_strdup (_("remove one of these arrows")));
}

/* A walk in depth with a path of its own: a chain of 10,000 tasks is no reason
 * to run out of stack. */
static void
walk (TelarCheck *check, guchar *seen, guint32 from, Edge edge, Visit *path)
{
  guint n = 0;

  path[n++] = (Visit){ from, 0 };
  seen[from] = ON_PATH;
  while (n > 0)
    {
      Visit *visit = &path[n - 1];
      guint32 to = edge (check, visit->task, visit->next++);

      if (to == NOWHERE)
        continue;
      if (to == TELAR_NOBODY)
        {
          if (seen[visit->task] == ON_PATH)
            seen[visit->task] = DONE;
          n--;
        }
      else if (seen[to] == UNSEEN)
        {
          path[n++] = (Visit){ to, 0 };
          seen[to] = ON_PATH;
        }
      else if (seen[to] == ON_PATH)
        {
          guint first = n - 1;

          while (path[first].task != to)
            first--;
          tell_circle (check, seen, path + first, n - first, edge == edge_parent);
        }
    }
}

void
telar_check_circles (TelarCheck *check)
{
  static const Edge edges[] = { edge_after, edge_parent };
  guint32 n = check->relations->n_tasks;
  g_autofree guchar *seen = g_new (guchar, n);
  g_autofree Visit *path = g_new (Visit, n);

  for (guint e = 0; e < G_N_ELEMENTS (edges); e++)
    {
      memset (seen, UNSEEN, n);
      for (guint32 i = 0; i < n; i++)
        if (seen[i] == UNSEEN)
          walk (check, seen, i, edges[e], path);
    }
}

/* ---- size --------------------------------------------------------------- */

typedef struct
{
  guint64 instances; /* the task and all its copies in all copies of its parent; 0: not yet */
  guint   depth;     /* processes and threads above it that are alive with it, and itself */
} Growth;

/* Grows from parents to children; circles of parents leave zeros behind. */
static gboolean
grow (TelarCheck *check, Growth *growth, guint32 task, guint32 *path)
{
  guint32 n = 0;

  for (guint32 t = task; growth[t].instances == 0; t = check->relations->tasks[t].parent)
    {
      if (n == check->relations->n_tasks || check->relations->tasks[t].parent == TELAR_NOBODY)
        return FALSE;
      path[n++] = t;
    }
  while (n > 0)
    {
      guint32 t = path[--n];
      const TelarTask *it = telar_relations_task (check->relations, t);
      const Growth *above = &growth[check->relations->tasks[t].parent];

      growth[t].instances = MIN (above->instances * MAX (it->copies, 1), G_MAXUINT32);
      growth[t].depth = above->depth + (it->kind != TELAR_KIND_CALL);
    }
  return TRUE;
}

void
telar_check_size (TelarCheck *check)
{
  guint32 n = check->relations->n_tasks;
  g_autofree Growth *growth = g_new0 (Growth, n);
  g_autofree guint32 *path = g_new (guint32, n);
  guint limit = check->graph->alive_limit > 0 ? check->graph->alive_limit : TELAR_ALIVE_LIMIT;
  gboolean too_deep = FALSE;
  guint64 total = 0;

  growth[0] = (Growth){ 1, 0 };
  for (guint32 i = 1; i < n; i++)
    {
      /* one that nobody knows the parent of counts for itself */
      total += grow (check, growth, i, path)
                   ? growth[i].instances
                   : MAX (telar_relations_task (check->relations, i)->copies, 1);
      if (growth[i].depth <= limit || too_deep)
        continue;
      too_deep = TRUE;
      telar_check_error (check, i, ".inside",
                         g_strdup_printf (_("%u tasks would have to be alive, each inside the "
                                            "other, before %s can start; the limit is %u"),
                                          growth[i].depth - 1,
                                          telar_relations_task (check->relations, i)->id, limit),
                         g_strdup (_("nest the tasks less deeply, or raise \"alive-limit\"")));
    }
  if (total > TELAR_MAX_TASKS)
    telar_check_error (check, TELAR_NOBODY, "tasks",
                       g_strdup_printf (_("with all copies the graph has %" PRIu64
                                          " tasks; the limit is %u"), total, TELAR_MAX_TASKS),
                       g_strdup (_("use fewer tasks or copies")));
}
