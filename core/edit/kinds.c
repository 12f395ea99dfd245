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

/* Who is inside whom and after whom while the draft grows: one walk over the
 * graph, however many processes let out what they hold. */
typedef struct
{
  TelarDraft *draft;
  GHashTable *inside;    /* owned: id → TelarTask[] */
  GHashTable *followers; /* owned: id → TelarTask[] that come after it or a copy of it */
  const TelarTask *first; /* that let out what it held, or NULL */
  guint            n_frames, n_left;
} Switch;

static void
note (GHashTable *table, const char *id, TelarTask *task)
{
  GPtrArray *tasks = g_hash_table_lookup (table, id);

  if (tasks == NULL)
    {
      tasks = g_ptr_array_new ();
      g_hash_table_insert (table, g_strdup (id), tasks);
    }
  if (tasks->len == 0 || g_ptr_array_index (tasks, tasks->len - 1) != task)
    g_ptr_array_add (tasks, task);
}

static void
note_after (Switch *all, const char *reference, TelarTask *task)
{
  TelarDocument *document = all->draft->document;
  guint32 before = telar_relations_find (telar_document_get_relations (document), reference, NULL);

  if (before != TELAR_NOBODY)
    note (all->followers, telar_relations_task (telar_document_get_relations (document),
                                                before)->id, task);
}

static void
switch_init (Switch *all, TelarDraft *draft)
{
  const GPtrArray *tasks = draft->document->graph->tasks;

  *all = (Switch){ .draft = draft };
  all->inside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_ptr_array_unref);
  all->followers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < tasks->len; i++)
    {
      TelarTask *task = g_ptr_array_index (tasks, i);

      if (task->inside != NULL)
        note (all->inside, task->inside, task);
      for (guint n = 0; n < task->after->len; n++)
        note_after (all, g_ptr_array_index (task->after, n), task);
    }
}

static void
switch_clear (Switch *all)
{
  g_hash_table_unref (all->inside);
  g_hash_table_unref (all->followers);
}

/* A process ends when all inside it have: who came after it comes after those
 * that nothing inside comes after, too. */
static void
wait_for_last (Switch *all, const TelarTask *frame, const GPtrArray *inside)
{
  const GPtrArray *followers = g_hash_table_lookup (all->followers, frame->id);
  g_autoptr (GHashTable) followed = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < inside->len; i++)
    {
      const GPtrArray *after = telar_draft_peek (all->draft, g_ptr_array_index (inside, i))->after;
      for (guint n = 0; n < after->len; n++)
        g_hash_table_add (followed, g_ptr_array_index (after, n));
    }
  for (guint i = 0; followers != NULL && i < followers->len; i++)
    {
      TelarTask *task = g_ptr_array_index (followers, i);
      GPtrArray *after = telar_own_after (telar_draft_task (all->draft, task));

      for (guint n = 0; n < inside->len; n++)
        {
          const TelarTask *last = g_ptr_array_index (inside, n);

          if (g_hash_table_contains (followed, last->id) || telar_has_text (after, last->id))
            continue;
          g_ptr_array_add (after, g_strdup (last->id));
          note (all->followers, last->id, task);
        }
    }
}

/* Only a process holds other tasks: they go to its parent, and begin when it
 * would have begun. */
static void
let_out (Switch *all, TelarTask *frame)
{
  TelarDraft *draft = all->draft;
  const GPtrArray *inside = g_hash_table_lookup (all->inside, frame->id);
  g_autoptr (GHashTable) siblings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *parent = g_strdup (telar_draft_peek (draft, frame)->inside);
  const GPtrArray *before;

  if (inside == NULL)
    return;
  if (parent == NULL)
    parent = g_strdup (telar_parent_process (draft->document, frame->id));
  wait_for_last (all, frame, inside);
  for (guint i = 0; i < inside->len; i++)
    g_hash_table_add (siblings, ((TelarTask *) g_ptr_array_index (inside, i))->id);
  before = telar_draft_peek (draft, frame)->after;
  for (guint i = 0; i < inside->len; i++)
    {
      TelarTask *task = g_ptr_array_index (inside, i);
      TelarTask *content = telar_draft_task (draft, task);

      if (before->len > 0 && !names_one_of (content->after, siblings))
        {
          GPtrArray *after = telar_own_after (content);
          for (guint n = 0; n < before->len; n++)
            {
              g_ptr_array_add (after, g_strdup (g_ptr_array_index (before, n)));
              note_after (all, g_ptr_array_index (before, n), task);
            }
        }
      /* one too many is said, whatever it is */
      content->copies = (guint) MIN ((guint64) content->copies * frame->copies,
                                     TELAR_MAX_TASKS + 1);
      g_free (content->inside);
      content->inside = g_strdup (parent);
      if (parent != NULL && strcmp (parent, frame->id) != 0)
        note (all->inside, parent, task);
    }
  all->n_left += inside->len;
  if (all->n_frames++ == 0)
    all->first = frame;
}

static void
remark_who_left (Switch *all)
{
  if (all->n_frames == 1)
    telar_draft_remark (all->draft,
                        g_dngettext (GETTEXT_PACKAGE,
                                     "%u task left %s: only a process holds others.",
                                     "%u tasks left %s: only a process holds others.",
                                     all->n_left), all->n_left, all->first->id);
  else if (all->n_frames > 1)
    telar_draft_remark (all->draft,
                        g_dngettext (GETTEXT_PACKAGE,
                                     "%u task left its process: only a process holds others.",
                                     "%u tasks left their processes: only a process holds others.",
                                     all->n_left), all->n_left);
}

gboolean
telar_document_set_kind (TelarDocument *document, const char *const *ids, TelarKind kind,
                         GError **error)
{
  static const TelarLabel labels[] = { TELAR_LABEL_MAKE_PROCESS, TELAR_LABEL_MAKE_THREAD,
                                       TELAR_LABEL_MAKE_CALL };
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (GPtrArray) tasks = NULL;
  Switch all;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (labels), FALSE);

  tasks = telar_document_require_all (document, ids, FALSE, error);
  if (tasks == NULL)
    return FALSE;
  telar_draft_init (&draft, document, NULL);
  switch_init (&all, &draft);
  for (guint i = 0; i < tasks->len; i++)
    {
      TelarTask *task = g_ptr_array_index (tasks, i);

      if (task->kind == kind)
        continue;
      if (task->kind == TELAR_KIND_PROCESS)
        let_out (&all, task);
      telar_draft_task (&draft, task)->kind = kind;
    }
  remark_who_left (&all);
  switch_clear (&all);
  return telar_draft_commit (&draft, TELAR_DRAFT_HEALED, telar_label (labels[kind], tasks),
                             error);
}
