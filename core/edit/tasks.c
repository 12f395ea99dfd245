/* tasks.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Operations on whole tasks: add, delete, rename, reorder.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "edit/family.h"
#include "edit/labels.h"
#include "edit/objects.h"
#include "edit/operations.h"
#include "edit/references.h"

/* ---- add ------------------------------------------------------------------ */

static TelarTask *
make_task (TelarDraft *draft, const TelarNewTask *wanted)
{
  g_autofree char *id = wanted->id != NULL ? g_strdup (wanted->id)
                                           : telar_draft_fresh_id (draft, wanted->kind);
  TelarTask *task = telar_task_new (id, wanted->kind);
  const char *inside = wanted->inside;

  if (inside == NULL && wanted->after != NULL)
    inside = telar_parent_id (draft->document, wanted->after);
  if (inside != NULL && strcmp (inside, "main") != 0)
    task->inside = g_strdup (inside);
  if (wanted->after != NULL)
    g_ptr_array_add (task->after, g_strdup (wanted->after));
  if (wanted->function != NULL)
    g_ptr_array_add (task->steps,
                     telar_step_new (wanted->function,
                                     wanted->args != NULL
                                         ? json_incref (wanted->args)
                                         : telar_default_args (wanted->function)));
  else
    task->has_body = TRUE;
  task->has_position = wanted->has_position;
  task->x = wanted->x;
  task->y = wanted->y;
  return task;
}

char *
telar_document_add (TelarDocument *document, const TelarNewTask *wanted, GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autofree char *id = NULL;
  TelarTask *task;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && wanted != NULL, NULL);

  telar_draft_init (&draft, document, NULL);
  task = make_task (&draft, wanted);
  id = g_strdup (task->id);
  telar_draft_insert (&draft, G_MAXUINT, task);
  if (!telar_draft_commit (&draft, TELAR_DRAFT_CHECKED, g_strdup_printf (_("Add %s"), id), error))
    return NULL;
  return g_steal_pointer (&id);
}

/* ---- delete --------------------------------------------------------------- */

static TelarReferenceFate
forget (const char *reference, TelarReferenceUse use, char **becomes, gpointer deleted)
{
  const char *copy;

  return telar_reference_lookup (deleted, reference, &copy) != NULL ? TELAR_REFERENCE_GOES
                                                                    : TELAR_REFERENCE_STAYS;
}

/* The nearest process above @task that stays; NULL is main. */
static const char *
remaining_process (TelarDraft *draft, const TelarRelations *relations, guint32 task)
{
  for (guint32 hops = 0; hops < relations->n_tasks; hops++)
    {
      const TelarTask *it;

      task = relations->tasks[task].parent;
      if (task == TELAR_NOBODY || task == 0)
        return NULL;
      it = telar_relations_task (relations, task);
      if (!telar_draft_is_removed (draft, it) && it->kind == TELAR_KIND_PROCESS)
        return it->id;
    }
  return NULL;
}

/* Tasks that stay and lose their parent go to the next above. */
static void
adopt (TelarDraft *draft, const TelarRelations *relations, guint32 number)
{
  TelarTask *task = (TelarTask *) telar_relations_task (relations, number);
  guint32 parent = relations->tasks[number].parent;
  TelarTask *content;

  if (parent == TELAR_NOBODY || parent == 0
      || !telar_draft_is_removed (draft, telar_relations_task (relations, parent)))
    return;
  content = telar_draft_task (draft, task);
  g_free (content->inside);
  content->inside = g_strdup (remaining_process (draft, relations, number));
}

gboolean
telar_document_delete (TelarDocument *document, const char *const *ids, TelarDeleteMode mode,
                       GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (GPtrArray) asked = NULL;
  g_auto (GStrv) objects = NULL;
  g_auto (GStrv) others = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GHashTable) deleted = g_hash_table_new (g_str_hash, g_str_equal);
  const TelarRelations *relations;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && ids != NULL, FALSE);

  others = telar_document_part (document, ids, &objects);
  asked = telar_document_require_others (document, others, objects, error);
  if (asked == NULL)
    return FALSE;
  all = mode == TELAR_DELETE_INSIDE ? telar_with_inside (document, asked)
                                    : g_ptr_array_ref (asked);
  telar_draft_init (&draft, document, NULL);
  for (guint i = 0; i < all->len; i++)
    {
      TelarTask *task = g_ptr_array_index (all, i);

      telar_draft_remove (&draft, task);
      g_hash_table_add (deleted, task->id);
    }
  relations = telar_document_get_relations (document);
  for (guint32 i = 0; i < relations->n_tasks; i++)
    {
      TelarTask *task = (TelarTask *) telar_relations_task (relations, i);

      if (telar_draft_is_removed (&draft, task))
        continue;
      if (i > 0)
        adopt (&draft, relations, i);
      if (telar_references_differ (telar_draft_peek (&draft, task), forget, deleted))
        telar_references_map (telar_draft_task (&draft, task), forget, deleted);
    }
  telar_draft_keep_places (&draft);
  if (*objects != NULL)
    telar_draft_delete_objects (&draft, (const char *const *) objects);
  return telar_draft_commit (&draft, TELAR_DRAFT_FREE,
                             telar_label_of_both (TELAR_LABEL_DELETE, asked, objects), error);
}

/* ---- rename --------------------------------------------------------------- */

typedef struct
{
  GHashTable *old;     /* with the old id alone */
  const char *new_id;
} Renaming;

static TelarReferenceFate
follow (const char *reference, TelarReferenceUse use, char **becomes, gpointer data)
{
  const Renaming *renaming = data;
  const char *copy;

  if (telar_reference_lookup (renaming->old, reference, &copy) == NULL)
    return TELAR_REFERENCE_STAYS;
  *becomes = g_strconcat (renaming->new_id, copy, NULL);
  return TELAR_REFERENCE_BECOMES;
}

gboolean
telar_document_rename (TelarDocument *document, const char *id, const char *new_id,
                       GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (GHashTable) old = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *wanted = g_strdup (new_id);
  g_autofree char *label = NULL;
  Renaming renaming = { old, wanted };
  TelarTask *task;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && id != NULL && new_id != NULL, FALSE);

  task = telar_document_require (document, id, FALSE, error);
  if (task == NULL)
    return FALSE;
  telar_draft_init (&draft, document, g_strdup_printf ("id/%p", (void *) task));
  label = g_strdup_printf (_("Rename %s to %s"), task->id, wanted);
  g_hash_table_add (old, task->id);
  for (guint i = 0; i <= document->graph->tasks->len; i++)
    {
      TelarTask *other = i == 0 ? document->graph->main
                                : g_ptr_array_index (document->graph->tasks, i - 1);
      if (telar_references_differ (other, follow, &renaming))
        telar_references_map (telar_draft_task (&draft, other), follow, &renaming);
    }
  g_free (telar_draft_task (&draft, task)->id);
  telar_draft_task (&draft, task)->id = g_strdup (wanted);
  return telar_draft_commit (&draft, TELAR_DRAFT_COUNTED, g_steal_pointer (&label), error);
}

/* ---- order ---------------------------------------------------------------- */

gboolean
telar_document_reorder (TelarDocument *document, const char *const *ids, const char *before,
                        GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GHashTable) places = NULL;
  g_autoptr (GHashTable) moved = g_hash_table_new (NULL, NULL);
  const GPtrArray *all;
  guint at = G_MAXUINT;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && ids != NULL, FALSE);

  tasks = telar_document_require_all (document, ids, FALSE, error);
  if (tasks == NULL)
    return FALSE;
  if (before != NULL)
    {
      TelarTask *task = telar_document_require (document, before, FALSE, error);

      if (task == NULL)
        return FALSE;
      places = telar_document_places (document);
      at = GPOINTER_TO_UINT (g_hash_table_lookup (places, task)) - 1;
    }
  telar_draft_init (&draft, document, NULL);
  for (guint i = 0; i < tasks->len; i++)
    g_hash_table_add (moved, g_ptr_array_index (tasks, i));
  all = document->graph->tasks;
  for (guint i = 0; i < all->len; i++)
    if (g_hash_table_contains (moved, g_ptr_array_index (all, i)))
      {
        telar_draft_remove (&draft, g_ptr_array_index (all, i));
        telar_draft_insert (&draft, at, g_ptr_array_index (all, i));
      }
  return telar_draft_commit (&draft, TELAR_DRAFT_FREE,
                             telar_label (TELAR_LABEL_REORDER, tasks), error);
}
