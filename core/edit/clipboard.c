/* clipboard.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Copies of tasks: in the same graph, or through a text in another.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "edit/family.h"
#include "edit/labels.h"
#include "edit/objects.h"
#include "edit/operations.h"
#include "edit/references.h"
#include "graph/graph-file.h"

/* New tasks on their way into a document. */
typedef struct
{
  TelarDraft           *draft;
  const TelarRelations *here;      /* of the document */
  GHashTable           *new_ids;   /* id among the copied → owned new id */
  guint32               parent;    /* while the references of one task are mapped: who its
                                    * parent will be, or TELAR_NOBODY: one of the copied */
} Import;

/* ---- references ------------------------------------------------------------- */

/* What is copied follows; what is not stays, if it can be meant here. */
static TelarReferenceFate
import_reference (const char *reference, TelarReferenceUse use, char **becomes, gpointer data)
{
  const Import *import = data;
  const char *copy;
  const char *new_id = telar_reference_lookup (import->new_ids, reference, &copy);
  guint32 target;

  if (new_id != NULL)
    {
      *becomes = g_strconcat (new_id, copy, NULL);
      return TELAR_REFERENCE_BECOMES;
    }
  target = telar_relations_find (import->here, reference, NULL);
  if (target == TELAR_NOBODY || use == TELAR_REFERENCE_START)
    return TELAR_REFERENCE_GOES;
  if (use == TELAR_REFERENCE_AFTER)
    return target != 0 && import->parent == import->here->tasks[target].parent
               ? TELAR_REFERENCE_STAYS : TELAR_REFERENCE_GOES;
  if (use == TELAR_REFERENCE_INSIDE)
    return telar_relations_task (import->here, target)->kind == TELAR_KIND_PROCESS
               ? TELAR_REFERENCE_STAYS : TELAR_REFERENCE_GOES;
  return TELAR_REFERENCE_STAYS;
}

static Import
import_begin (TelarDraft *draft)
{
  return (Import){ draft, telar_document_get_relations (draft->document),
                   g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
                   TELAR_NOBODY };
}

static void
import_id (Import *import, const char *id)
{
  if (!g_hash_table_contains (import->new_ids, id))
    g_hash_table_insert (import->new_ids, g_strdup (id), telar_draft_free_id (import->draft, id));
}

/* Gives @task its new id and its new references.
 *
 * @inside: (nullable): where it goes, if it is not inside another of the copied
 * @is_started: by the body of another of the copied */
static void
import_task (Import *import, TelarTask *task, const char *inside, gboolean is_started)
{
  const char *copy;
  gboolean is_inner = task->inside != NULL
                      && telar_reference_lookup (import->new_ids, task->inside, &copy) != NULL;
  guint32 parent = 0;

  if (!is_inner && !is_started && inside != NULL)
    {
      g_free (task->inside);
      task->inside = strcmp (inside, "main") == 0 ? NULL : g_strdup (inside);
    }
  if (is_inner || is_started)
    parent = TELAR_NOBODY;
  else if (task->inside != NULL)
    parent = telar_relations_find (import->here, task->inside, NULL);
  if (!is_inner && !is_started && parent == TELAR_NOBODY && inside == NULL)
    parent = 0; /* where it was is not here: main */
  import->parent = parent;
  if (inside == NULL || is_inner || is_started)
    telar_references_map (task, import_reference, import);
  else
    {
      /* a place that was asked for is not looked for: that it is wrong is said */
      g_autofree char *asked = g_steal_pointer (&task->inside);
      telar_references_map (task, import_reference, import);
      task->inside = g_steal_pointer (&asked);
    }
  if (g_hash_table_contains (import->new_ids, task->id))
    {
      char *new_id = g_strdup (g_hash_table_lookup (import->new_ids, task->id));
      g_free (task->id);
      task->id = new_id;
    }
}

/* ---- duplicate -------------------------------------------------------------- */

static void
add_ids (GStrvBuilder *ids, Import *import, const GPtrArray *tasks)
{
  for (guint i = 0; i < tasks->len; i++)
    {
      const TelarTask *task = g_ptr_array_index (tasks, i);
      g_strv_builder_add (ids, g_hash_table_lookup (import->new_ids, task->id));
    }
}

/* Copies of objects, which the copied tasks then share. */
static void
duplicate_objects (TelarDraft *draft, GHashTable *new_objects, char **ids, double dx, double dy)
{
  for (; *ids != NULL; ids++)
    {
      TelarObject *copy = telar_object_copy (telar_document_find_object (draft->document, *ids));

      g_free (copy->id);
      copy->id = telar_draft_free_id (draft, *ids);
      if (copy->has_position)
        {
          copy->x += dx;
          copy->y += dy;
        }
      g_hash_table_insert (new_objects, g_strdup (*ids), g_strdup (copy->id));
      g_ptr_array_add (telar_draft_objects (draft), copy);
    }
}

/* "lock" of the copies, once all have their ids. */
static void
map_locks (TelarDraft *draft, GHashTable *new_objects)
{
  GHashTableIter iter;
  gpointer new_id;

  g_hash_table_iter_init (&iter, new_objects);
  while (g_hash_table_iter_next (&iter, NULL, &new_id))
    {
      GPtrArray *objects = telar_draft_objects (draft);

      for (guint i = 0; i < objects->len; i++)
        if (strcmp (((TelarObject *) g_ptr_array_index (objects, i))->id, new_id) == 0)
          telar_object_map_lock (g_ptr_array_index (objects, i), new_objects);
    }
}

static void
duplicate_all (TelarDraft *draft, Import *import, const GPtrArray *all, GHashTable *new_objects,
               double dx, double dy)
{
  TelarDocument *document = draft->document;
  g_autoptr (GHashTable) places = telar_document_places (document);
  guint at = 0;

  for (guint i = 0; i < all->len; i++)
    at = MAX (at, GPOINTER_TO_UINT (g_hash_table_lookup (places, g_ptr_array_index (all, i))));
  for (guint i = 0; i < all->len; i++)
    {
      const TelarTask *task = g_ptr_array_index (all, i);
      guint32 number = GPOINTER_TO_UINT (g_hash_table_lookup (places, task));
      guint32 starter = import->here->tasks[number].starter;
      gboolean is_started = starter != TELAR_NOBODY && starter != 0
                            && g_hash_table_contains (import->new_ids,
                                                      telar_relations_task (import->here,
                                                                            starter)->id);
      const char *parent = telar_parent_process (document, task->id);
      TelarTask *copy = telar_task_copy (task);

      import_task (import, copy, parent != NULL ? parent : "main", is_started);
      telar_object_references_map (copy, new_objects);
      if (copy->has_position)
        {
          copy->x += dx;
          copy->y += dy;
        }
      telar_draft_insert (draft, at, copy);
    }
}

gboolean
telar_document_duplicate (TelarDocument *document, const char *const *ids, double dx, double dy,
                          char ***new_ids, GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (GPtrArray) asked = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GStrvBuilder) made = g_strv_builder_new ();
  g_autoptr (GHashTable) new_objects = NULL;
  g_auto (GStrv) objects = NULL;
  g_auto (GStrv) others = NULL;
  Import import;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && ids != NULL, FALSE);

  others = telar_document_part (document, ids, &objects);
  asked = telar_document_require_others (document, others, objects, error);
  if (asked == NULL)
    return FALSE;
  all = telar_with_inside (document, asked);
  telar_draft_init (&draft, document, NULL);
  import = import_begin (&draft);
  for (guint i = 0; i < all->len; i++)
    import_id (&import, ((TelarTask *) g_ptr_array_index (all, i))->id);
  new_objects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  duplicate_objects (&draft, new_objects, objects, dx, dy);
  map_locks (&draft, new_objects);
  duplicate_all (&draft, &import, all, new_objects, dx, dy);
  add_ids (made, &import, asked);
  for (guint i = 0; objects[i] != NULL; i++)
    g_strv_builder_add (made, g_hash_table_lookup (new_objects, objects[i]));
  g_hash_table_unref (import.new_ids);
  if (!telar_draft_commit (&draft, TELAR_DRAFT_CHECKED,
                           telar_label_of_both (TELAR_LABEL_DUPLICATE, asked, objects), error))
    return FALSE;
  if (new_ids != NULL)
    *new_ids = g_strv_builder_end (made);
  return TRUE;
}

/* ---- copy, paste ------------------------------------------------------------ */

char *
telar_document_copy (TelarDocument *document, const char *const *ids)
{
  g_autoptr (GPtrArray) asked = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (TelarGraph) graph = NULL;
  g_auto (GStrv) objects = NULL;
  g_auto (GStrv) others = NULL;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && ids != NULL, NULL);

  others = telar_document_part (document, ids, &objects);
  asked = telar_document_require_others (document, others, objects, NULL);
  if (asked == NULL)
    return NULL;
  all = telar_with_inside (document, asked);
  graph = telar_graph_new ();
  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (graph->tasks, telar_task_copy (g_ptr_array_index (all, i)));
  telar_copy_objects (document, graph, (const char *const *) objects);
  return telar_graph_print (graph, NULL);
}

static TelarGraph *
read_pasted (const char *text, GError **error)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph = telar_graph_parse (text, strlen (text), NULL, faults);
  g_autofree char *sentence = NULL;

  if (graph != NULL && graph->tasks->len + graph->objects->len > 0)
    return g_steal_pointer (&graph);
  for (guint i = 0; graph == NULL && sentence == NULL && i < faults->len; i++)
    if (((TelarFault *) g_ptr_array_index (faults, i))->level == TELAR_FAULT_ERROR)
      sentence = telar_fault_describe (g_ptr_array_index (faults, i));
  g_set_error_literal (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_TEXT,
                       sentence != NULL ? sentence : _("there are no tasks to paste"));
  return NULL;
}

/* How far the pasted tasks move. */
static void
find_offset (const TelarGraph *pasted, const TelarPasteTarget *target, double *dx, double *dy)
{
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE;

  *dx = target->x;
  *dy = target->y;
  if (!target->has_position)
    return;
  for (guint i = 0; i < pasted->tasks->len; i++)
    {
      const TelarTask *task = g_ptr_array_index (pasted->tasks, i);

      left = task->has_position ? MIN (left, task->x) : left;
      top = task->has_position ? MIN (top, task->y) : top;
    }
  for (guint i = 0; i < pasted->objects->len && pasted->tasks->len == 0; i++)
    {
      const TelarObject *object = g_ptr_array_index (pasted->objects, i);

      left = object->has_position ? MIN (left, object->x) : left;
      top = object->has_position ? MIN (top, object->y) : top;
    }
  if (left < G_MAXDOUBLE)
    {
      *dx -= left;
      *dy -= top;
    }
}

/* Where nothing pasted has a place, the first gets the one that was asked for. */
static void
place_pasted (TelarTask *task, const TelarPasteTarget *target, gboolean is_only, double dx,
              double dy)
{
  if (task->has_position)
    {
      task->x += dx;
      task->y += dy;
    }
  else if (is_only && target->has_position)
    {
      task->has_position = TRUE;
      task->x = target->x;
      task->y = target->y;
    }
}

gboolean
telar_document_paste (TelarDocument *document, const char *text, const TelarPasteTarget *target,
                      char ***new_ids, GError **error)
{
  static const TelarPasteTarget beside = { .x = 24, .y = 24 };
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (TelarGraph) pasted = NULL;
  g_autoptr (TelarRelations) there = NULL;
  g_autoptr (GStrvBuilder) made = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) made_objects = g_strv_builder_new ();
  g_autoptr (GHashTable) new_objects = NULL;
  g_auto (GStrv) objects = NULL;
  g_autofree char *label = NULL;
  double dx, dy;
  Import import;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && text != NULL, FALSE);

  pasted = read_pasted (text, error);
  if (pasted == NULL)
    return FALSE;
  if (target == NULL)
    target = &beside;
  find_offset (pasted, target, &dx, &dy);
  there = telar_relations_new (pasted);
  telar_draft_init (&draft, document, NULL);
  import = import_begin (&draft);
  for (guint i = 0; i < pasted->tasks->len; i++)
    import_id (&import, ((TelarTask *) g_ptr_array_index (pasted->tasks, i))->id);
  add_ids (made, &import, pasted->tasks);
  new_objects = telar_draft_paste_objects (&draft, pasted, dx, dy, made_objects);
  objects = g_strv_builder_end (made_objects);
  g_strv_builder_addv (made, (const char **) objects);
  for (guint i = 0; i < pasted->tasks->len; i++)
    {
      TelarTask *task = telar_task_copy (g_ptr_array_index (pasted->tasks, i));
      guint32 starter = there->tasks[i + 1].starter;

      import_task (&import, task, target->inside, starter != TELAR_NOBODY && starter != 0);
      telar_object_references_map (task, new_objects);
      place_pasted (task, target, pasted->tasks->len == 1, dx, dy);
      telar_draft_insert (&draft, G_MAXUINT, task);
    }
  g_hash_table_unref (import.new_ids);
  label = telar_label_of_both (TELAR_LABEL_PASTE, pasted->tasks, objects);
  if (!telar_draft_commit (&draft, TELAR_DRAFT_CHECKED, g_steal_pointer (&label), error))
    return FALSE;
  if (new_ids != NULL)
    *new_ids = g_strv_builder_end (made);
  return TRUE;
}
