/* recovery.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "edit/document-private.h"
#include "edit/recovery-place.h"
#include "edit/recovery.h"
#include "graph/graph-file.h"
#include "graph/json.h"

struct _TelarKeeper
{
  TelarDocument      *document; /* borrowed: it owns the keeper */
  TelarRecoveryPlace *place;    /* owned: a reference */
  guint               timer;
  guint               n_begun;  /* writings */
  gboolean            complained;
};

/* One writing. */
typedef struct
{
  TelarRecoveryPlace *place; /* owned: a reference */
  TelarGraph         *graph; /* owned: a snapshot */
  char               *about; /* owned: the first line */
  guint               number;
} Writing;

/* ---- writing -------------------------------------------------------------- */

static gboolean
refuse (GError **error, const char *path, int number)
{
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), "%s: %s", path,
               g_strerror (number));
  return FALSE;
}

static gboolean
make_ready (TelarRecoveryPlace *place, GError **error)
{
  g_autofree char *folder = telar_recovery_folder ();

  if (place->lock >= 0)
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return refuse (error, folder, errno);
  place->lock = telar_recovery_lock (place->key);
  return place->lock >= 0 || refuse (error, folder, errno);
}

static gboolean
write_out (const Writing *writing, GError **error)
{
  TelarRecoveryPlace *place = writing->place;
  g_autoptr (GMutexLocker) locker = NULL;
  g_autofree char *text = telar_graph_print (writing->graph, NULL);
  g_autofree char *whole = g_strconcat (writing->about, "\n", text, NULL);
  g_autofree char *path = telar_recovery_file (place->key, TELAR_RECOVERY_SUFFIX);

  locker = g_mutex_locker_new (&place->mutex);
  if (writing->number <= place->forbidden || writing->number <= place->written)
    return TRUE;
  if (!make_ready (place, error)
      || !g_file_set_contents_full (path, whole, -1, G_FILE_SET_CONTENTS_CONSISTENT
                                    | G_FILE_SET_CONTENTS_DURABLE, 0600, error))
    return FALSE;
  place->written = writing->number;
  return TRUE;
}

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  telar_recovery_place_unref (writing->place);
  telar_graph_unref (writing->graph);
  g_free (writing->about);
  g_free (writing);
}

/* The first line: what the list shows, and what is needed to go on. */
static char *
describe (TelarDocument *document)
{
  g_autofree char *uri = document->file != NULL ? g_file_get_uri (document->file) : NULL;
  const char *known = telar_file_watch_get_known (document->watch);
  json_t *about = json_pack ("{si ss* ss* ss sI}", "telar-recovery", 1, "uri", uri, "known", known,
                             "title", document->title, "time", (json_int_t) g_get_real_time ());
  GString *line = g_string_new (NULL);

  telar_json_print (line, about);
  json_decref (about);
  return g_string_free (line, FALSE);
}

static Writing *
begin_writing (TelarKeeper *keeper)
{
  Writing *writing = g_new0 (Writing, 1);

  writing->place = g_atomic_rc_box_acquire (keeper->place);
  writing->graph = telar_document_snapshot (keeper->document);
  writing->about = describe (keeper->document);
  writing->number = ++keeper->n_begun;
  return writing;
}

static void
write_in_thread (GTask *task, gpointer source, gpointer writing, GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_out (writing, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  TelarKeeper *keeper = TELAR_DOCUMENT (source)->keeper;
  g_autofree char *sentence = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error) || keeper == NULL || keeper->complained)
    return;
  keeper->complained = TRUE;
  sentence = g_strdup_printf (_("What you change cannot be recovered after a crash: %s"),
                              error->message);
  g_signal_emit (source, telar_document_signals[TELAR_DOCUMENT_SIGNAL_REMARK], 0, sentence);
}

static gboolean
on_time (gpointer data)
{
  TelarKeeper *keeper = data;
  g_autoptr (GTask) task = g_task_new (keeper->document, NULL, on_written, NULL);

  keeper->timer = 0;
  g_task_set_task_data (task, begin_writing (keeper), writing_free);
  g_task_run_in_thread (task, write_in_thread);
  return G_SOURCE_REMOVE;
}

/* ---- keeping -------------------------------------------------------------- */

static void
on_modified (TelarDocument *document, gpointer unused, TelarKeeper *keeper)
{
  if (telar_document_get_modified (document))
    {
      if (keeper->timer == 0)
        keeper->timer = g_timeout_add_seconds (TELAR_RECOVERY_SECONDS, on_time, keeper);
      return;
    }
  g_clear_handle_id (&keeper->timer, g_source_remove);
  telar_recovery_place_empty (keeper->place, keeper->n_begun);
}

static void
keep (TelarDocument *document, TelarRecoveryPlace *place)
{
  TelarKeeper *keeper = g_new0 (TelarKeeper, 1);

  keeper->document = document;
  keeper->place = place;
  document->keeper = keeper;
  g_signal_connect (document, "changed", G_CALLBACK (on_modified), keeper);
  g_signal_connect (document, "notify::modified", G_CALLBACK (on_modified), keeper);
}

void
telar_keeper_free (TelarKeeper *keeper)
{
  g_signal_handlers_disconnect_by_data (keeper->document, keeper);
  if (keeper->timer != 0)
    {
      Writing *writing = begin_writing (keeper);

      g_source_remove (keeper->timer);
      write_out (writing, NULL);
      writing_free (writing);
    }
  telar_recovery_place_unref (keeper->place);
  g_free (keeper);
}

void
telar_document_keep_recovery (TelarDocument *document)
{
  g_return_if_fail (TELAR_IS_DOCUMENT (document));

  if (document->keeper != NULL)
    return;
  keep (document, telar_recovery_place_new (NULL, -1));
  on_modified (document, NULL, document->keeper);
}

gboolean
telar_document_flush_recovery (TelarDocument *document, GError **error)
{
  TelarKeeper *keeper;
  Writing *writing;
  gboolean done;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);

  keeper = document->keeper;
  if (keeper == NULL || !telar_document_get_modified (document))
    return TRUE;
  g_clear_handle_id (&keeper->timer, g_source_remove);
  writing = begin_writing (keeper);
  done = write_out (writing, error);
  writing_free (writing);
  return done;
}

void
telar_document_drop_recovery (TelarDocument *document)
{
  TelarKeeper *keeper;

  g_return_if_fail (TELAR_IS_DOCUMENT (document));

  keeper = document->keeper;
  if (keeper == NULL)
    return;
  g_clear_handle_id (&keeper->timer, g_source_remove);
  telar_recovery_place_empty (keeper->place, keeper->n_begun);
}

/* ---- listing -------------------------------------------------------------- */

void
telar_recovery_free (TelarRecovery *recovery)
{
  if (recovery == NULL)
    return;
  g_free (recovery->key);
  g_free (recovery->file);
  g_free (recovery->title);
  g_free (recovery);
}

/* What a recovery file says; the graph's text begins where @text points.
 *
 * Returns: (transfer full) (nullable): its first line. */
static json_t *
read_recovery (const char *key, char **whole, const char **text, GError **error)
{
  g_autofree char *path = telar_recovery_file (key, TELAR_RECOVERY_SUFFIX);
  const char *end;
  json_t *about;

  if (!g_file_get_contents (path, whole, NULL, error))
    return NULL;
  end = strchr (*whole, '\n');
  about = end == NULL ? NULL : json_loadb (*whole, (size_t) (end - *whole), 0, NULL);
  if (json_integer_value (json_object_get (about, "telar-recovery")) == 1)
    {
      *text = end + 1;
      return about;
    }
  json_decref (about);
  g_set_error (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_RECOVERY,
               _("%s is not what this version of Telar recovers from"), path);
  return NULL;
}

/* Lets go of a lock that was only taken for a look. One of nothing does not stay. */
static void
leave (const char *key, int lock)
{
  g_autofree char *file = telar_recovery_file (key, TELAR_RECOVERY_SUFFIX);
  g_autofree char *path = telar_recovery_file (key, ".lock");

  if (!g_file_test (file, G_FILE_TEST_EXISTS))
    g_unlink (path);
  close (lock);
}

static TelarRecovery *
look_at (const char *key)
{
  int lock = telar_recovery_lock (key);
  g_autofree char *whole = NULL;
  const char *text, *uri;
  TelarRecovery *recovery = NULL;
  json_t *about;

  if (lock < 0)
    return NULL;
  about = read_recovery (key, &whole, &text, NULL);
  if (about != NULL)
    {
      uri = json_string_value (json_object_get (about, "uri"));
      recovery = g_new0 (TelarRecovery, 1);
      recovery->key = g_strdup (key);
      recovery->file = uri != NULL ? g_filename_from_uri (uri, NULL, NULL) : NULL;
      recovery->title = g_strdup (json_string_value (json_object_get (about, "title")));
      recovery->time = json_integer_value (json_object_get (about, "time"));
      json_decref (about);
    }
  leave (key, lock);
  return recovery;
}

/* What a writing that a crash cut short left beside. */
static void
sweep (const char *folder, const char *name)
{
  const char *end = strstr (name, TELAR_RECOVERY_SUFFIX ".");
  g_autofree char *key = NULL;
  g_autofree char *path = NULL;
  int lock;

  if (end == NULL)
    return;
  key = g_strndup (name, (gsize) (end - name));
  lock = telar_recovery_lock (key);
  if (lock < 0)
    return;
  path = g_build_filename (folder, name, NULL);
  g_unlink (path);
  leave (key, lock);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 first = (*(TelarRecovery *const *) a)->time, second = (*(TelarRecovery *const *) b)->time;

  return first < second ? 1 : -(first > second);
}

GPtrArray *
telar_recovery_list (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) telar_recovery_free);
  g_autofree char *folder = telar_recovery_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *key = NULL;
      TelarRecovery *recovery;

      if (!g_str_has_suffix (name, TELAR_RECOVERY_SUFFIX))
        {
          sweep (folder, name);
          continue;
        }
      key = g_strndup (name, strlen (name) - strlen (TELAR_RECOVERY_SUFFIX));
      recovery = look_at (key);
      if (recovery != NULL)
        g_ptr_array_add (list, recovery);
    }
  g_ptr_array_sort (list, compare_times);
  return list;
}

/* ---- recovering ----------------------------------------------------------- */

static TelarDocument *
make_document (const json_t *about, const char *text, GError **error)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph = telar_graph_parse (text, strlen (text), NULL, faults);
  const char *uri = json_string_value (json_object_get (about, "uri"));
  const char *known = json_string_value (json_object_get (about, "known"));
  TelarDocument *document;

  if (graph == NULL)
    {
      g_autofree char *sentence = telar_fault_describe (g_ptr_array_index (faults, 0));
      g_set_error_literal (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_RECOVERY, sentence);
      return NULL;
    }
  document = telar_document_new_for_graph (graph);
  if (uri != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (uri);

      telar_document_set_file (document, file);
      telar_document_watch (document, g_strdup (known));
      telar_document_look_at_file (document);
    }
  telar_document_set_saved (document, FALSE);
  return document;
}

TelarDocument *
telar_recovery_open (const TelarRecovery *recovery, GError **error)
{
  g_autofree char *whole = NULL;
  const char *text;
  TelarDocument *document = NULL;
  json_t *about;
  int lock;

  g_return_val_if_fail (recovery != NULL, NULL);

  lock = telar_recovery_lock_patiently (recovery->key);
  if (lock < 0)
    {
      g_set_error (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_RECOVERY,
                   _("%s is open in another window already"), recovery->title);
      return NULL;
    }
  about = read_recovery (recovery->key, &whole, &text, error);
  if (about != NULL)
    document = make_document (about, text, error);
  json_decref (about);
  if (document == NULL)
    {
      close (lock);
      return NULL;
    }
  keep (document, telar_recovery_place_new (recovery->key, lock));
  return document;
}

void
telar_recovery_discard (const TelarRecovery *recovery)
{
  int lock;

  g_return_if_fail (recovery != NULL);

  lock = telar_recovery_lock_patiently (recovery->key);
  if (lock < 0)
    return;
  telar_recovery_remove (recovery->key);
  close (lock);
}
