/* objects.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Operations on what tasks share. Objects are settings of the graph: a draft that
 * changes one has an array of its own.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "edit/objects.h"
#include "edit/operations.h"
#include "edit/references.h"

/* ---- a draft's own -------------------------------------------------------- */

static gpointer
copy_object (gconstpointer object, gpointer unused)
{
  return telar_object_copy (object);
}

GPtrArray *
telar_draft_objects (TelarDraft *draft)
{
  TelarGraph *settings = telar_draft_settings (draft);
  GPtrArray *own;

  if (settings->objects != draft->document->graph->objects)
    return settings->objects;
  own = g_ptr_array_copy (settings->objects, copy_object, NULL);
  g_ptr_array_set_free_func (own, (GDestroyNotify) telar_object_free);
  g_ptr_array_unref (settings->objects);
  return settings->objects = own;
}

static TelarObject *
draft_object (TelarDraft *draft, const char *id)
{
  GPtrArray *objects = telar_draft_objects (draft);

  for (guint i = 0; i < objects->len; i++)
    if (strcmp (((TelarObject *) g_ptr_array_index (objects, i))->id, id) == 0)
      return g_ptr_array_index (objects, i);
  return NULL;
}

const TelarObject *
telar_document_find_object (TelarDocument *document, const char *id)
{
  int number;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && id != NULL, NULL);

  number = telar_graph_find_object (document->graph, id);
  return number >= 0 ? g_ptr_array_index (document->graph->objects, (guint) number) : NULL;
}

static const TelarObject *
require_object (TelarDocument *document, const char *id, GError **error)
{
  const TelarObject *object = telar_document_find_object (document, id);

  if (object == NULL)
    g_set_error (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_NO_TASK, _("there is no object %s"), id);
  return object;
}

char **
telar_document_part (TelarDocument *document, const char *const *ids, char ***objects)
{
  g_autoptr (GStrvBuilder) others = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (; *ids != NULL; ids++)
    if (telar_document_find (document, *ids) != NULL
        || telar_document_find_object (document, *ids) == NULL)
      g_strv_builder_add (others, *ids);
    else if (g_hash_table_add (known, (gpointer) *ids))
      g_strv_builder_add (found, *ids);
  *objects = g_strv_builder_end (found);
  return g_strv_builder_end (others);
}

static TelarObject *
object_at (TelarDraft *draft, guint number)
{
  return g_ptr_array_index (telar_draft_objects (draft), number);
}

/* Returns: its number, or -1 with @error set. */
static int
require_number (TelarDocument *document, const char *id, GError **error)
{
  return require_object (document, id, error) != NULL
             ? telar_graph_find_object (document->graph, id) : -1;
}

/* "lock1": what it is, in short, and a number. (transfer full) */
static char *
fresh_id (TelarDraft *draft, TelarObjectType type)
{
  const char *name = telar_object_type_name (type);
  const char *dash = strrchr (name, '-');
  g_autofree char *first = g_strconcat (dash != NULL ? dash + 1 : name, "1", NULL);

  return telar_draft_free_id (draft, first);
}

/* ---- what the tasks, and conditions, say of them -------------------------- */

/* @becomes: id → new id, or "" where it goes */
static void
map_references (TelarDraft *draft, GHashTable *becomes)
{
  TelarGraph *graph = draft->document->graph;
  GPtrArray *objects = telar_draft_objects (draft);

  for (guint i = 0; i <= graph->tasks->len; i++)
    {
      TelarTask *task = i == 0 ? graph->main : g_ptr_array_index (graph->tasks, i - 1);

      if (telar_draft_is_removed (draft, task))
        continue;
      if (telar_object_references_differ (telar_draft_peek (draft, task), becomes))
        telar_object_references_map (telar_draft_task (draft, task), becomes);
    }
  for (guint i = 0; i < objects->len; i++)
    telar_object_map_lock (g_ptr_array_index (objects, i), becomes);
}

void
telar_object_map_lock (TelarObject *object, GHashTable *becomes)
{
  const char *lock = telar_object_text (object, "lock");
  const char *new_id = lock != NULL ? g_hash_table_lookup (becomes, lock) : NULL;

  if (new_id == NULL)
    return;
  if (*new_id == '\0')
    json_object_del (object->options, "lock");
  else
    json_object_set_new (object->options, "lock", json_string (new_id));
}

/* ---- come, go ------------------------------------------------------------- */

char *
telar_document_add_object (TelarDocument *document, const TelarNewObject *new_object,
                           GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autofree char *id = NULL;
  TelarObject *object;
  const TelarObjectOption *options;
  guint n;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && new_object != NULL, NULL);
  g_return_val_if_fail ((guint) new_object->type < TELAR_N_OBJECT_TYPES, NULL);

  telar_draft_init (&draft, document, NULL);
  id = new_object->id != NULL ? g_strdup (new_object->id) : fresh_id (&draft, new_object->type);
  object = telar_object_new (id, new_object->type);
  options = telar_object_options (object->type, &n);
  for (guint i = 0; i < n; i++)
    if (options[i].needed)
      json_object_set_new (object->options, options[i].name,
                           json_integer ((json_int_t) options[i].initial));
  object->has_position = new_object->has_position && isfinite (new_object->x)
                         && isfinite (new_object->y);
  object->x = object->has_position ? new_object->x : 0;
  object->y = object->has_position ? new_object->y : 0;
  g_ptr_array_add (telar_draft_objects (&draft), object);
  if (!telar_draft_commit (&draft, TELAR_DRAFT_CHECKED, g_strdup_printf (_("Add %s"), id), error))
    return NULL;
  return g_steal_pointer (&id);
}

void
telar_draft_delete_objects (TelarDraft *draft, const char *const *ids)
{
  g_autoptr (GHashTable) gone = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *objects = telar_draft_objects (draft);

  for (; *ids != NULL; ids++)
    g_hash_table_insert (gone, (gpointer) *ids, (gpointer) "");
  for (guint i = objects->len; i-- > 0;)
    if (g_hash_table_contains (gone, ((TelarObject *) g_ptr_array_index (objects, i))->id))
      g_ptr_array_remove_index (objects, i);
  map_references (draft, gone);
}

gboolean
telar_document_rename_object (TelarDocument *document, const char *id, const char *new_id,
                              GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (GHashTable) becomes = NULL;
  g_autofree char *old = NULL;
  g_autofree char *wanted = g_strdup (new_id);
  const TelarObject *object;
  int number;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && id != NULL && new_id != NULL, FALSE);

  number = require_number (document, id, error);
  if (number < 0)
    return FALSE;
  telar_draft_init (&draft, document, g_strdup_printf ("object-id/%d", number));
  /* what was typed before is taken back: it has the id that it had first */
  object = g_ptr_array_index (document->graph->objects, (guint) number);
  old = g_strdup (object->id);
  becomes = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (becomes, old, wanted);
  map_references (&draft, becomes);
  g_free (object_at (&draft, (guint) number)->id);
  object_at (&draft, (guint) number)->id = g_strdup (wanted);
  return telar_draft_commit (&draft, TELAR_DRAFT_COUNTED,
                             g_strdup_printf (_("Rename %s to %s"), old, wanted), error);
}

/* ---- options -------------------------------------------------------------- */

gboolean
telar_document_set_object_option (TelarDocument *document, const char *id, const char *option,
                                  json_t *value, GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  TelarObject *object;
  const TelarObjectOption *options;
  guint n;
  int number;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && id != NULL && option != NULL, FALSE);

  number = require_number (document, id, error);
  if (number < 0)
    return FALSE;
  telar_draft_init (&draft, document, g_strdup_printf ("object-%s/%d", option, number));
  object = object_at (&draft, (guint) number);
  options = telar_object_options (object->type, &n);
  for (guint i = 0; i < n; i++)
    if (strcmp (options[i].name, option) == 0)
      {
        json_object_del (object->options, options[i].name);
        if (options[i].also != NULL)
          json_object_del (object->options, options[i].also);
        if (value != NULL)
          json_object_set_new (object->options, options[i].name, json_deep_copy (value));
      }
  return telar_draft_commit (&draft, TELAR_DRAFT_CHECKED, g_strdup_printf (_("Change %s"), id),
                             error);
}

gboolean
telar_document_set_object_type (TelarDocument *document, const char *id, TelarObjectType type,
                                GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  TelarObject *object;
  const TelarObjectOption *options;
  guint n;
  int number;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && id != NULL, FALSE);
  g_return_val_if_fail ((guint) type < TELAR_N_OBJECT_TYPES, FALSE);

  number = require_number (document, id, error);
  if (number < 0)
    return FALSE;
  telar_draft_init (&draft, document, g_strdup_printf ("object-type/%d", number));
  object = object_at (&draft, (guint) number);
  options = telar_object_options (object->type, &n);
  for (guint i = 0; i < n; i++)
    {
      guint n_new;
      const TelarObjectOption *others = telar_object_options (type, &n_new);
      gboolean stays = FALSE;

      for (guint k = 0; k < n_new; k++)
        stays |= strcmp (others[k].name, options[i].name) == 0;
      if (!stays)
        json_object_del (object->options, options[i].name);
      if (!stays && options[i].also != NULL)
        json_object_del (object->options, options[i].also);
    }
  object->type = type;
  options = telar_object_options (type, &n);
  for (guint i = 0; i < n; i++)
    if (options[i].needed && telar_object_get (object, &options[i]) == NULL)
      json_object_set_new (object->options, options[i].name,
                           json_integer ((json_int_t) options[i].initial));
  return telar_draft_commit (&draft, TELAR_DRAFT_CHECKED, g_strdup_printf (_("Change %s"), id),
                             error);
}

/* ---- places --------------------------------------------------------------- */

void
telar_draft_move_objects (TelarDraft *draft, const char *const *ids, double dx, double dy)
{
  for (; *ids != NULL; ids++)
    {
      TelarObject *object = draft_object (draft, *ids);

      if (object == NULL || !object->has_position)
        continue;
      object->x += dx;
      object->y += dy;
    }
}

gboolean
telar_draft_place_object (TelarDraft *draft, const char *id, double x, double y)
{
  TelarObject *object;

  if (telar_document_find_object (draft->document, id) == NULL)
    return FALSE;
  object = draft_object (draft, id);
  if (object == NULL)
    return FALSE;
  object->has_position = isfinite (x) && isfinite (y);
  object->x = object->has_position ? x : 0;
  object->y = object->has_position ? y : 0;
  return TRUE;
}

/* ---- copies --------------------------------------------------------------- */

static gboolean
task_uses (const TelarTask *task, const char *id)
{
  g_autoptr (GHashTable) one = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (one, (gpointer) id, (gpointer) "");
  return telar_object_references_differ (task, one);
}

static gboolean
any_uses (const GPtrArray *tasks, const char *id)
{
  for (guint i = 0; i < tasks->len; i++)
    if (task_uses (g_ptr_array_index (tasks, i), id))
      return TRUE;
  return FALSE;
}

void
telar_copy_objects (TelarDocument *document, TelarGraph *graph, const char *const *ids)
{
  const GPtrArray *objects = document->graph->objects;
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);

  for (; *ids != NULL; ids++)
    g_hash_table_add (wanted, (gpointer) *ids);
  for (guint i = 0; i < objects->len; i++)
    {
      const TelarObject *object = g_ptr_array_index (objects, i);
      const char *lock;

      if (!any_uses (graph->tasks, object->id) && !g_hash_table_contains (wanted, object->id))
        continue;
      g_hash_table_add (wanted, object->id);
      lock = telar_object_text (object, "lock");
      if (lock != NULL)
        g_hash_table_add (wanted, (gpointer) lock);
    }
  for (guint i = 0; i < objects->len; i++)
    {
      const TelarObject *object = g_ptr_array_index (objects, i);

      if (g_hash_table_contains (wanted, object->id))
        g_ptr_array_add (graph->objects, telar_object_copy (object));
    }
}

/* Whether the object that pasted tasks share is here already. */
static gboolean
is_here (TelarDocument *document, const TelarGraph *pasted, const TelarObject *object)
{
  const TelarObject *here = telar_document_find_object (document, object->id);

  if (here == NULL || here->type != object->type || !json_equal (here->options, object->options))
    return FALSE;
  if (any_uses (pasted->tasks, object->id))
    return TRUE;
  for (guint i = 0; i < pasted->objects->len; i++)
    if (g_strcmp0 (telar_object_text (g_ptr_array_index (pasted->objects, i), "lock"), object->id)
        == 0)
      return TRUE;
  return FALSE;
}

GHashTable *
telar_draft_paste_objects (TelarDraft *draft, const TelarGraph *pasted, double dx, double dy,
                           GStrvBuilder *made)
{
  GHashTable *becomes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) added = g_ptr_array_new ();

  for (guint i = 0; i < pasted->objects->len; i++)
    {
      const TelarObject *object = g_ptr_array_index (pasted->objects, i);
      TelarObject *copy;

      if (is_here (draft->document, pasted, object))
        continue;
      copy = telar_object_copy (object);
      g_free (copy->id);
      copy->id = telar_draft_free_id (draft, object->id);
      if (copy->has_position)
        {
          copy->x += dx;
          copy->y += dy;
        }
      g_hash_table_insert (becomes, g_strdup (object->id), g_strdup (copy->id));
      g_strv_builder_add (made, copy->id);
      g_ptr_array_add (telar_draft_objects (draft), copy);
      g_ptr_array_add (added, copy);
    }
  for (guint i = 0; i < added->len; i++)
    telar_object_map_lock (g_ptr_array_index (added, i), becomes);
  return becomes;
}
