/* document-file.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Whether a file is another is told by its content: dates lie on some file
 * systems, and programs that write the same again have changed nothing.
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "edit/document-private.h"
#include "graph/graph-file.h"

#define GONE "" /* the content of a file that is not there */

struct _TelarFileWatch
{
  TelarDocument *document;   /* borrowed: it owns the watch */
  GFileMonitor  *monitor;    /* owned, nullable */
  char          *path;       /* owned */
  char          *known;      /* owned: sum of the content that was read or saved last */
  char          *seen;       /* owned: of the content that was seen last */
  GCancellable  *cancellable; /* owned */
  guint          saves;      /* a sum that was begun before the last one says nothing */
  gboolean       looking;
  gboolean       again;      /* something happened while looking */
};

/* ---- content -------------------------------------------------------------- */

/* Returns: (transfer full): the sum of a file's content; GONE without one. */
static char *
sum_file (const char *path)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  int descriptor = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  struct stat about;

  if (descriptor < 0)
    return g_strdup (errno == ENOENT || errno == ENOTDIR ? GONE : "unreadable");
  /* reading a pipe would take away what it has */
  if (fstat (descriptor, &about) == 0 && S_ISREG (about.st_mode))
    for (;;)
      {
        guint8 block[65536];
        ssize_t n = read (descriptor, block, sizeof block);

        if (n < 0 && errno == EINTR)
          continue;
        if (n <= 0)
          break;
        g_checksum_update (sum, block, n);
      }
  close (descriptor);
  return g_strdup (g_checksum_get_string (sum));
}

static char *
sum_graph (const TelarGraph *graph)
{
  gsize size;
  g_autofree char *text = telar_graph_print (graph, &size);

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, size);
}

/* ---- watching ------------------------------------------------------------- */

static void look (TelarFileWatch *watch);

/* @sum: (transfer full) */
static void
see (TelarFileWatch *watch, char *sum)
{
  g_autofree char *before = g_steal_pointer (&watch->seen);

  watch->seen = sum;
  if (strcmp (before, sum) != 0)
    g_signal_emit (watch->document, telar_document_signals[TELAR_DOCUMENT_SIGNAL_FILE_CHANGED], 0);
}

static void
sum_in_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  g_task_return_pointer (task, sum_file (path), g_free);
}

static void
on_summed (GObject *source, GAsyncResult *result, gpointer saves)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sum = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (TelarDocument) document = TELAR_DOCUMENT (g_object_ref (source));
  TelarFileWatch *watch = document->watch;

  /* cancelled: the document has another file by now, or is gone */
  if (sum == NULL || watch == NULL)
    return;
  watch->looking = FALSE;
  if (watch->again || GPOINTER_TO_UINT (saves) != watch->saves)
    look (watch);
  else
    see (watch, g_steal_pointer (&sum));
}

static void
look (TelarFileWatch *watch)
{
  g_autoptr (GTask) task = NULL;

  watch->again = watch->looking;
  if (watch->looking)
    return;
  watch->looking = TRUE;
  task = g_task_new (watch->document, watch->cancellable, on_summed,
                     GUINT_TO_POINTER (watch->saves));
  g_task_set_task_data (task, g_strdup (watch->path), g_free);
  g_task_run_in_thread (task, sum_in_thread);
}

static void
on_event (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
          TelarFileWatch *watch)
{
  /* a half-written file is looked at when it is whole */
  if (event != G_FILE_MONITOR_EVENT_CHANGED)
    look (watch);
}

void
telar_file_watch_free (TelarFileWatch *watch)
{
  if (watch->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (watch->monitor, watch);
      g_file_monitor_cancel (watch->monitor);
      g_object_unref (watch->monitor);
    }
  g_cancellable_cancel (watch->cancellable);
  g_object_unref (watch->cancellable);
  g_free (watch->path);
  g_free (watch->known);
  g_free (watch->seen);
  g_free (watch);
}

void
telar_document_watch (TelarDocument *document, char *known)
{
  TelarFileWatch *watch;

  g_clear_pointer (&document->watch, telar_file_watch_free);
  if (document->graph->file == NULL)
    {
      g_free (known);
      return;
    }
  document->watch = watch = g_new0 (TelarFileWatch, 1);
  watch->document = document;
  watch->path = g_strdup (document->graph->file);
  watch->known = known != NULL ? known : sum_file (watch->path);
  watch->seen = g_strdup (watch->known);
  watch->cancellable = g_cancellable_new ();
  /* without one, look_at_file() still sees what happened */
  watch->monitor = g_file_monitor_file (document->file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (watch->monitor != NULL)
    g_signal_connect (watch->monitor, "changed", G_CALLBACK (on_event), watch);
}

const char *
telar_file_watch_get_known (const TelarFileWatch *watch)
{
  return watch != NULL ? watch->known : NULL;
}

TelarFileState
telar_document_get_file_state (TelarDocument *document)
{
  const TelarFileWatch *watch;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), TELAR_FILE_NONE);

  watch = document->watch;
  if (watch == NULL)
    return TELAR_FILE_NONE;
  if (strcmp (watch->seen, watch->known) == 0)
    return TELAR_FILE_SAME;
  return strcmp (watch->seen, GONE) == 0 ? TELAR_FILE_GONE : TELAR_FILE_CHANGED;
}

TelarFileState
telar_document_look_at_file (TelarDocument *document)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), TELAR_FILE_NONE);

  if (document->watch != NULL)
    see (document->watch, sum_file (document->watch->path));
  return telar_document_get_file_state (document);
}

void
telar_document_keep_mine (TelarDocument *document)
{
  TelarFileWatch *watch;

  g_return_if_fail (TELAR_IS_DOCUMENT (document));

  watch = document->watch;
  if (watch == NULL || strcmp (watch->known, watch->seen) == 0)
    return;
  g_free (watch->known);
  watch->known = g_strdup (watch->seen);
  telar_document_set_saved (document, FALSE);
}

/* ---- opening -------------------------------------------------------------- */

gboolean
telar_document_load (TelarDocument *document, GFile *file, GPtrArray *faults)
{
  g_autofree char *path = NULL;
  g_autofree char *sum = NULL;
  g_autoptr (TelarGraph) graph = NULL;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && G_IS_FILE (file), FALSE);
  g_return_val_if_fail (faults != NULL, FALSE);

  path = g_file_get_path (file);
  if (path == NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);

      telar_faults_add (faults, TELAR_FAULT_ERROR, uri, NULL, NULL,
                        _("the file is not on this computer"), _("copy it here first"));
      return FALSE;
    }
  /* before it is read: what is written meanwhile is noticed */
  sum = sum_file (path);
  graph = telar_graph_read (path, faults);
  if (graph == NULL)
    return FALSE;
  telar_document_set_file (document, file);
  telar_document_start_over (document, g_steal_pointer (&graph));
  telar_document_watch (document, g_steal_pointer (&sum));
  return TRUE;
}

TelarDocument *
telar_document_open (GFile *file, GPtrArray *faults)
{
  g_autoptr (TelarDocument) document = telar_document_new ();

  g_return_val_if_fail (G_IS_FILE (file) && faults != NULL, NULL);

  return telar_document_load (document, file, faults) ? g_steal_pointer (&document) : NULL;
}

/* ---- saving --------------------------------------------------------------- */

static gboolean
write_to (TelarDocument *document, GFile *file, GError **error)
{
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL)
    {
      g_set_error_literal (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_FILE,
                           _("a graph can only be saved on this computer"));
      return FALSE;
    }
  if (!telar_graph_write (document->graph, path, error))
    return FALSE;
  telar_document_set_file (document, file);
  if (document->watch != NULL && strcmp (document->watch->path, path) == 0)
    {
      TelarFileWatch *watch = document->watch;

      g_free (watch->known);
      watch->known = sum_graph (document->graph);
      watch->saves++;
      telar_document_set_saved (document, TRUE);
      see (watch, g_strdup (watch->known));
    }
  else
    {
      telar_document_set_saved (document, TRUE);
      telar_document_watch (document, sum_graph (document->graph));
    }
  return TRUE;
}

gboolean
telar_document_save (TelarDocument *document, TelarSaveMode mode, GError **error)
{
  g_autoptr (GFile) file = NULL;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);

  if (document->file == NULL)
    {
      g_set_error_literal (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_FILE,
                           _("the graph has no file yet"));
      return FALSE;
    }
  if (mode == TELAR_SAVE_CAREFULLY && telar_document_look_at_file (document) == TELAR_FILE_CHANGED)
    {
      g_set_error_literal (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_OVERWRITES,
                           _("another program changed the file since it was opened"));
      return FALSE;
    }
  file = g_object_ref (document->file);
  return write_to (document, file, error);
}

gboolean
telar_document_save_as (TelarDocument *document, GFile *file, GError **error)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && G_IS_FILE (file), FALSE);

  return write_to (document, file, error);
}
