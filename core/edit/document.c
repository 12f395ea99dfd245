/* document.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "edit/document-private.h"

enum
{
  PROP_0,
  PROP_FILE,
  PROP_TITLE,
  PROP_MODIFIED,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];
guint telar_document_signals[TELAR_DOCUMENT_N_SIGNALS];

G_DEFINE_FINAL_TYPE (TelarDocument, telar_document, G_TYPE_OBJECT)
G_DEFINE_QUARK (telar-edit-error-quark, telar_edit_error)

/* ---- what is made when asked for ------------------------------------------ */

#define STRUCTURE (TELAR_CHANGED_TASKS | TELAR_CHANGED_IDS | TELAR_CHANGED_RELATIONS \
                   | TELAR_CHANGED_STEPS)

void
telar_document_forget (TelarDocument *document, TelarChangeFlags what)
{
  g_clear_pointer (&document->snapshot, telar_graph_unref);
  if (what & (TELAR_CHANGED_TASKS | TELAR_CHANGED_IDS))
    g_clear_pointer (&document->by_id, g_hash_table_unref);
  if (what & STRUCTURE)
    g_clear_pointer (&document->relations, telar_relations_free);
  /* objects are settings, and have ids */
  if (what & (STRUCTURE | TELAR_CHANGED_SETTINGS))
    {
      memset (document->id_from, 0, sizeof document->id_from);
      g_clear_pointer (&document->errors, g_hash_table_unref);
    }
  /* a position is never at fault */
  if (what & ~TELAR_CHANGED_POSITIONS)
    {
      g_clear_pointer (&document->faults, g_ptr_array_unref);
      document->last_change++;
    }
}

static void
make_by_id (TelarDocument *document)
{
  const GPtrArray *tasks = document->graph->tasks;

  document->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = tasks->len; i-- > 0;)
    {
      TelarTask *task = g_ptr_array_index (tasks, i);
      g_hash_table_replace (document->by_id, task->id, task);
    }
  g_hash_table_replace (document->by_id, document->graph->main->id, document->graph->main);
}

void
telar_document_grow (TelarDocument *document)
{
  const GPtrArray *tasks = document->graph->tasks;
  TelarTask *task = g_ptr_array_index (tasks, tasks->len - 1);

  if (document->by_id != NULL)
    g_hash_table_insert (document->by_id, task->id, task);
  if (document->relations != NULL)
    telar_relations_append (document->relations);
}

const TelarTask *
telar_document_find (TelarDocument *document, const char *id)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && id != NULL, NULL);

  if (document->by_id == NULL)
    make_by_id (document);
  return g_hash_table_lookup (document->by_id, id);
}

guint64
telar_document_get_serial (TelarDocument *document, const TelarTask *task)
{
  static guint64 last;
  guint64 *serial;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && task != NULL, 0);

  serial = g_hash_table_lookup (document->serials, task);
  if (serial == NULL)
    {
      serial = g_new (guint64, 1);
      *serial = ++last;
      g_hash_table_insert (document->serials, (gpointer) task, serial);
    }
  return *serial;
}

const TelarGraph *
telar_document_get_graph (TelarDocument *document)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), NULL);

  return document->graph;
}

TelarGraph *
telar_document_snapshot (TelarDocument *document)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), NULL);

  if (document->snapshot == NULL)
    document->snapshot = telar_graph_copy (document->graph);
  return telar_graph_ref (document->snapshot);
}

const TelarRelations *
telar_document_get_relations (TelarDocument *document)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), NULL);

  if (document->relations == NULL)
    document->relations = telar_relations_new (document->graph);
  return document->relations;
}

GPtrArray *
telar_document_get_faults (TelarDocument *document)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), NULL);

  if (document->faults == NULL)
    {
      document->faults = telar_faults_new ();
      telar_graph_check (document->graph, document->faults);
    }
  return document->faults;
}

/* ---- faults, in another thread --------------------------------------------- */

/* A check of as many tasks is not felt. */
#define FEW_TASKS 500

typedef struct
{
  TelarDocument  *document; /* owned */
  TelarGraph     *graph;    /* owned: a snapshot */
  guint           change;   /* the number of the last one before */
  TelarFaultsFunc found;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_object_unref (check->document);
  telar_graph_unref (check->graph);
  g_free (check);
}

static void
check_in_thread (GTask *task, gpointer listener, gpointer data, GCancellable *cancellable)
{
  const Check *check = data;
  GPtrArray *faults = telar_faults_new ();

  telar_graph_check (check->graph, faults);
  g_task_return_pointer (task, faults, (GDestroyNotify) g_ptr_array_unref);
}

static void
on_checked (GObject *listener, GAsyncResult *result, gpointer unused)
{
  GTask *task = G_TASK (result);
  const Check *check = g_task_get_task_data (task);
  g_autoptr (GPtrArray) faults = g_task_propagate_pointer (task, NULL);
  TelarDocument *document = check->document;

  if (document->last_change != check->change)
    return;
  if (document->faults == NULL)
    document->faults = g_steal_pointer (&faults);
  check->found (listener);
}

gboolean
telar_document_has_faults (TelarDocument *document)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);

  return document->faults != NULL || document->graph->tasks->len <= FEW_TASKS;
}

void
telar_document_find_faults (TelarDocument *document, gpointer listener, TelarFaultsFunc found)
{
  g_autoptr (GTask) task = NULL;
  Check *check;

  g_return_if_fail (TELAR_IS_DOCUMENT (document) && G_IS_OBJECT (listener) && found != NULL);

  if (telar_document_has_faults (document))
    {
      found (listener);
      return;
    }
  check = g_new (Check, 1);
  *check = (Check){ g_object_ref (document), telar_document_snapshot (document),
                     document->last_change, found };
  task = g_task_new (listener, NULL, on_checked, NULL);
  g_task_set_task_data (task, check, check_free);
  g_task_run_in_thread (task, check_in_thread);
}

GPtrArray *
telar_document_get_faults_of (TelarDocument *document, const char *id)
{
  GPtrArray *some = g_ptr_array_new ();
  const GPtrArray *all;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), some);

  all = telar_document_get_faults (document);
  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (((TelarFault *) g_ptr_array_index (all, i))->task, id) == 0)
      g_ptr_array_add (some, g_ptr_array_index (all, i));
  return some;
}

const char *
telar_fault_below (const TelarFault *fault)
{
  const char *place = fault->place != NULL ? fault->place : "";
  const char *dot = strchr (place, '.');

  /* "cores", "tasks": of the graph itself */
  if (fault->task == NULL)
    return place;
  return dot != NULL ? dot + 1 : "";
}

GFile *
telar_document_get_file (TelarDocument *document)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), NULL);

  return document->file;
}

const char *
telar_document_get_title (TelarDocument *document)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), NULL);

  return document->title;
}

gboolean
telar_document_get_modified (TelarDocument *document)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);

  return document->state != document->saved_state;
}

/* ---- telling -------------------------------------------------------------- */

static char *
make_title (TelarDocument *document)
{
  g_autofree char *base = NULL;

  if (document->graph->name != NULL && *document->graph->name != '\0')
    return g_strdup (document->graph->name);
  if (document->file == NULL)
    return g_strdup (_("Untitled"));
  base = g_file_get_basename (document->file);
  return g_filename_display_name (base);
}

static void
show_boolean (TelarDocument *document, gboolean *shown, gboolean now, int property)
{
  if (*shown == now)
    return;
  *shown = now;
  g_object_notify_by_pspec (G_OBJECT (document), properties[property]);
}

static void
show_text (TelarDocument *document, char **shown, const char *now, int property)
{
  if (g_strcmp0 (*shown, now) == 0)
    return;
  g_free (*shown);
  *shown = g_strdup (now);
  g_object_notify_by_pspec (G_OBJECT (document), properties[property]);
}

void
telar_document_show (TelarDocument *document)
{
  g_autofree char *title = make_title (document);

  g_object_freeze_notify (G_OBJECT (document));
  show_text (document, &document->title, title, PROP_TITLE);
  show_boolean (document, &document->shown_modified, telar_document_get_modified (document),
                PROP_MODIFIED);
  show_boolean (document, &document->shown_can_undo, document->undo->len > 0, PROP_CAN_UNDO);
  show_boolean (document, &document->shown_can_redo, document->redo->len > 0, PROP_CAN_REDO);
  show_text (document, &document->shown_undo, telar_document_get_undo_label (document),
             PROP_UNDO_LABEL);
  show_text (document, &document->shown_redo, telar_document_get_redo_label (document),
             PROP_REDO_LABEL);
  g_object_thaw_notify (G_OBJECT (document));
}

void
telar_document_tell (TelarDocument *document, TelarChanges *changes)
{
  g_auto (TelarChange) change = { 0 };

  telar_changes_sum_up (changes, &change);
  telar_document_forget (document, change.all        ? ~0u
                                   : document->grown ? TELAR_CHANGED_DETAILS
                                                     : change.what);
  document->grown = FALSE;
  telar_changes_forget_new (changes, document->serials);
  g_signal_emit (document, telar_document_signals[TELAR_DOCUMENT_SIGNAL_CHANGED], 0, &change);
  telar_document_show (document);
}

void
telar_document_set_file (TelarDocument *document, GFile *file)
{
  if (document->file == file
      || (document->file != NULL && file != NULL && g_file_equal (document->file, file)))
    return;
  g_set_object (&document->file, file);
  g_free (document->graph->file);
  document->graph->file = file != NULL ? g_file_get_path (file) : NULL;
  telar_document_forget (document, TELAR_CHANGED_SETTINGS);
  g_object_notify_by_pspec (G_OBJECT (document), properties[PROP_FILE]);
  telar_document_show (document);
}

void
telar_document_set_saved (TelarDocument *document, gboolean saved)
{
  telar_document_seal (document);
  document->saved_state = saved ? document->state : G_MAXUINT64;
  telar_document_show (document);
}

static void
free_edit (gpointer edit, gpointer data)
{
  telar_edit_free (edit);
}

static void
forget_history (TelarDocument *document)
{
  g_ptr_array_foreach (document->undo, free_edit, NULL);
  g_ptr_array_foreach (document->redo, free_edit, NULL);
  g_ptr_array_set_size (document->undo, 0);
  g_ptr_array_set_size (document->redo, 0);
}

void
telar_document_start_over (TelarDocument *document, TelarGraph *graph)
{
  g_autoptr (TelarChanges) changes = telar_changes_new ();

  forget_history (document);
  document->depth = 0;
  document->group = NULL;
  telar_graph_unref (document->graph);
  document->graph = graph;
  document->saved_state = document->state = ++document->last_state;
  telar_changes_set_all (changes);
  telar_document_tell (document, changes);
}

/* ---- object --------------------------------------------------------------- */

static void
telar_document_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  TelarDocument *document = TELAR_DOCUMENT (object);

  switch (property)
    {
    case PROP_FILE:
      g_value_set_object (value, document->file);
      break;
    case PROP_TITLE:
      g_value_set_string (value, document->title);
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, telar_document_get_modified (document));
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, document->undo->len > 0);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, document->redo->len > 0);
      break;
    case PROP_UNDO_LABEL:
      g_value_set_string (value, telar_document_get_undo_label (document));
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, telar_document_get_redo_label (document));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
telar_document_dispose (GObject *object)
{
  TelarDocument *document = TELAR_DOCUMENT (object);

  g_clear_pointer (&document->keeper, telar_keeper_free);
  g_clear_pointer (&document->watch, telar_file_watch_free);
  g_clear_object (&document->file);
  G_OBJECT_CLASS (telar_document_parent_class)->dispose (object);
}

static void
telar_document_finalize (GObject *object)
{
  TelarDocument *document = TELAR_DOCUMENT (object);

  telar_document_forget (document, ~0u);
  forget_history (document);
  g_hash_table_unref (document->serials);
  g_ptr_array_unref (document->undo);
  g_ptr_array_unref (document->redo);
  g_clear_pointer (&document->graph, telar_graph_unref);
  g_free (document->title);
  g_free (document->group_label);
  g_free (document->group_key);
  g_free (document->shown_undo);
  g_free (document->shown_redo);
  G_OBJECT_CLASS (telar_document_parent_class)->finalize (object);
}

static void
telar_document_class_init (TelarDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = telar_document_get_property;
  object_class->dispose = telar_document_dispose;
  object_class->finalize = telar_document_finalize;

  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  properties[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, NULL, flags);
  properties[PROP_REDO_LABEL] = g_param_spec_string ("redo-label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  telar_document_signals[TELAR_DOCUMENT_SIGNAL_CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_POINTER);
  telar_document_signals[TELAR_DOCUMENT_SIGNAL_REMARK]
      = g_signal_new ("remark", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  telar_document_signals[TELAR_DOCUMENT_SIGNAL_FILE_CHANGED]
      = g_signal_new ("file-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);
}

static void
telar_document_init (TelarDocument *document)
{
  document->serials = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  document->undo = g_ptr_array_new ();
  document->redo = g_ptr_array_new ();
  document->graph = telar_graph_new ();
  /* what a new file says, so that a reader sees what there is to say */
  document->graph->method_given = TRUE;
  document->graph->placement_given = TRUE;
  document->title = make_title (document);
}

/* ---- public ---------------------------------------------------------------- */

TelarDocument *
telar_document_new (void)
{
  return g_object_new (TELAR_TYPE_DOCUMENT, NULL);
}

TelarDocument *
telar_document_new_for_graph (const TelarGraph *graph)
{
  TelarDocument *document;

  g_return_val_if_fail (graph != NULL, NULL);

  document = telar_document_new ();
  telar_graph_unref (document->graph);
  document->graph = telar_graph_copy (graph);
  if (graph->file != NULL)
    document->file = g_file_new_for_path (graph->file);
  telar_document_watch (document, NULL);
  g_free (document->title);
  document->title = make_title (document);
  return document;
}
