/* heal.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What an edit of parents makes impossible, and nobody would want to remove by
 * hand: arrows between tasks that are no siblings any more.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "edit/draft.h"

struct _TelarParents
{
  GHashTable *parents; /* owned: task → parent, NULL where nobody knows */
  GHashTable *started; /* owned: tasks that a body starts */
};

TelarParents *
telar_parents_new (const TelarRelations *relations)
{
  TelarParents *before = g_new0 (TelarParents, 1);

  before->parents = g_hash_table_new (NULL, NULL);
  before->started = g_hash_table_new (NULL, NULL);
  for (guint32 i = 1; i < relations->n_tasks; i++)
    {
      const TelarRelation *relation = &relations->tasks[i];
      gpointer task = (gpointer) telar_relations_task (relations, i);

      g_hash_table_insert (before->parents, task,
                           relation->parent == TELAR_NOBODY
                               ? NULL
                               : (gpointer) telar_relations_task (relations, relation->parent));
      if (relation->starter != TELAR_NOBODY)
        g_hash_table_add (before->started, task);
    }
  return before;
}

void
telar_parents_free (TelarParents *parents)
{
  if (parents == NULL)
    return;
  g_hash_table_unref (parents->parents);
  g_hash_table_unref (parents->started);
  g_free (parents);
}

typedef struct
{
  TelarDraft           *draft;
  const TelarParents   *before;
  const TelarRelations *now;
  TelarDelta           *delta;    /* owned, nullable */
  guint                 n_arrows; /* that went */
  char                 *first;    /* owned: the first of them, told */
} Healer;

static gboolean
has_moved (Healer *healer, guint32 task)
{
  gpointer it = (gpointer) telar_relations_task (healer->now, task);
  guint32 parent = healer->now->tasks[task].parent;
  gpointer before;

  if (!g_hash_table_lookup_extended (healer->before->parents, it, NULL, &before))
    return FALSE;
  return parent == TELAR_NOBODY || before != telar_relations_task (healer->now, parent);
}

static TelarTask *
content_of (Healer *healer, guint32 task)
{
  TelarSwap swap = { (TelarTask *) telar_relations_task (healer->now, task), NULL };

  swap.other = telar_task_copy (swap.live);
  if (healer->delta == NULL)
    healer->delta = telar_delta_new ();
  g_array_append_val (healer->delta->swaps, swap);
  return swap.other;
}

static gboolean
is_between_parents (Healer *healer, guint32 task, const char *reference, gboolean moved)
{
  guint32 before = telar_relations_find (healer->now, reference, NULL);
  guint32 parent = healer->now->tasks[task].parent;

  return before != TELAR_NOBODY && before != 0 && parent != TELAR_NOBODY
         && healer->now->tasks[before].parent != parent && (moved || has_moved (healer, before));
}

static void
note_arrow (Healer *healer, const TelarTask *task, const char *before)
{
  if (healer->n_arrows++ == 0)
    healer->first = g_strdup_printf (_("%s no longer comes after %s: they have different parents "
                                       "now."), task->id, before);
}

static void
heal_after (Healer *healer, guint32 number)
{
  const TelarTask *task = telar_relations_task (healer->now, number);
  gboolean moved = task->after->len > 0 && has_moved (healer, number);
  GPtrArray *after = NULL;

  for (guint i = task->after->len; i-- > 0;)
    {
      const char *reference = g_ptr_array_index (task->after, i);

      if (!is_between_parents (healer, number, reference, moved))
        continue;
      note_arrow (healer, task, reference);
      if (after == NULL)
        after = telar_own_after (content_of (healer, number));
      g_ptr_array_remove_index (after, i);
    }
}

static void
heal_started (Healer *healer, guint32 number)
{
  const TelarTask *task = telar_relations_task (healer->now, number);
  guint32 starter = healer->now->tasks[number].starter;
  TelarTask *content;

  if (task->inside == NULL && task->after->len == 0)
    return;
  content = content_of (healer, number);
  g_clear_pointer (&content->inside, g_free);
  g_ptr_array_set_size (telar_own_after (content), 0);
  telar_draft_remark (healer->draft, _("%s is started by the body of %s now, and comes after "
                                       "nothing else."),
                      task->id, telar_relations_task (healer->now, starter)->id);
}

TelarDelta *
telar_heal (TelarDraft *draft, const TelarParents *parents)
{
  g_autoptr (TelarRelations) now = telar_relations_new (draft->document->graph);
  Healer healer = { .draft = draft, .before = parents, .now = now };

  for (guint32 i = 1; i < now->n_tasks; i++)
    {
      gpointer task = (gpointer) telar_relations_task (now, i);

      if (now->tasks[i].starter != TELAR_NOBODY
          && g_hash_table_contains (parents->parents, task)
          && !g_hash_table_contains (parents->started, task))
        heal_started (&healer, i);
      else
        heal_after (&healer, i);
    }
  if (healer.n_arrows == 1)
    telar_draft_remark (draft, "%s", healer.first);
  else if (healer.n_arrows > 1)
    telar_draft_remark (draft, g_dngettext (GETTEXT_PACKAGE,
                                            "%u arrow between tasks of different parents went.",
                                            "%u arrows between tasks of different parents went.",
                                            healer.n_arrows), healer.n_arrows);
  g_free (healer.first);
  return healer.delta;
}
