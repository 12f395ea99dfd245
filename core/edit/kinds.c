/* kinds.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The same tasks as processes, threads or calls.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "edit/family.h"
#include "edit/labels.h"
#include "edit/operations.h"
#include "edit/references.h"

/* Whether @after names a task of @table, or a copy of one. */
static gboolean
names_one_of (const GPtrArray *after, GHashTable *table)
{
  const char *copy;

  for (guint i = 0; i < after->len; i++)
    if (telar_reference_lookup (table, g_ptr_array_index (after, i), &copy) != NULL)
      return TRUE;
  return FALSE;
}

static GPtrArray *
find_inside (TelarDraft *draft, const char *id)
{
  const GPtrArray *all = draft->document->graph->tasks;
  GPtrArray *inside = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (telar_draft_peek (draft, g_ptr_array_index (all, i))->inside, id) == 0)
      g_ptr_array_add (inside, g_ptr_array_index (all, i));
  return inside;
}

/* A process ends when all inside it have: who came after it comes after those
 * that nothing inside comes after, too. */
static void
wait_for_last (TelarDraft *draft, const TelarTask *frame, const GPtrArray *inside)
{
  const GPtrArray *all = draft->document->graph->tasks;
  g_autoptr (GHashTable) itself = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) followed = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_add (itself, frame->id);
  for (guint i = 0; i < inside->len; i++)
    {
      const GPtrArray *after = telar_draft_peek (draft, g_ptr_array_index (inside, i))->after;
      for (guint n = 0; n < after->len; n++)
        g_hash_table_add (followed, g_ptr_array_index (after, n));
    }
  for (guint i = 0; i < all->len; i++)
    {
      TelarTask *task = g_ptr_array_index (all, i);
      GPtrArray *after;

      if (!names_one_of (telar_draft_peek (draft, task)->after, itself))
        continue;
      after = telar_own_after (telar_draft_task (draft, task));
      for (guint n = 0; n < inside->len; n++)
        {
          const TelarTask *last = g_ptr_array_index (inside, n);
          if (!g_hash_table_contains (followed, last->id) && !telar_has_text (after, last->id))
            g_ptr_array_add (after, g_strdup (last->id));
        }
    }
}

/* Only a process holds other tasks: they go to its parent, and begin when it
 * would have begun. */
static void
let_out (TelarDraft *draft, TelarTask *frame)
{
  g_autoptr (GPtrArray) inside = find_inside (draft, frame->id);
  g_autoptr (GHashTable) siblings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *parent = g_strdup (telar_draft_peek (draft, frame)->inside);
  const GPtrArray *before;

  if (inside->len == 0)
    return;
  if (parent == NULL)
    parent = g_strdup (telar_parent_id (draft->document, frame->id));
  wait_for_last (draft, frame, inside);
  for (guint i = 0; i < inside->len; i++)
    g_hash_table_add (siblings, ((TelarTask *) g_ptr_array_index (inside, i))->id);
  before = telar_draft_peek (draft, frame)->after;
  for (guint i = 0; i < inside->len; i++)
    {
      TelarTask *content = telar_draft_task (draft, g_ptr_array_index (inside, i));

      if (before->len > 0 && !names_one_of (content->after, siblings))
        {
          GPtrArray *after = telar_own_after (content);
          for (guint n = 0; n < before->len; n++)
            g_ptr_array_add (after, g_strdup (g_ptr_array_index (before, n)));
        }
      content->copies = (guint) MIN ((guint64) content->copies * frame->copies, TELAR_MAX_TASKS + 1);
      g_free (content->inside);
      content->inside = g_strdup (parent);
    }
  telar_draft_remark (draft, g_dngettext (GETTEXT_PACKAGE,
                                          "%u task left %s: only a process holds others.",
                                          "%u tasks left %s: only a process holds others.",
                                          inside->len), inside->len, frame->id);
}

gboolean
telar_document_set_kind (TelarDocument *document, const char *const *ids, TelarKind kind,
                         GError **error)
{
  static const TelarLabel labels[] = { TELAR_LABEL_MAKE_PROCESS, TELAR_LABEL_MAKE_THREAD,
                                       TELAR_LABEL_MAKE_CALL };
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (GPtrArray) tasks = NULL;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (labels), FALSE);

  tasks = telar_document_require_all (document, ids, FALSE, error);
  if (tasks == NULL)
    return FALSE;
  telar_draft_init (&draft, document, NULL);
  for (guint i = 0; i < tasks->len; i++)
    {
      TelarTask *task = g_ptr_array_index (tasks, i);

      if (task->kind == kind)
        continue;
      if (task->kind == TELAR_KIND_PROCESS)
        let_out (&draft, task);
      telar_draft_task (&draft, task)->kind = kind;
    }
  return telar_draft_commit (&draft, TELAR_DRAFT_HEALED, telar_label (labels[kind], tasks),
                             error);
}
