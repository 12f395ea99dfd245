/* window-export.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A picture file from the window. It is painted in a thread of its own: the
 * run is over, so its timeline no longer changes.
 */

#include "config.h"

#include "window/window-private.h"

#include <glib/gi18n-lib.h>

#include "window/export-dialog.h"

typedef struct
{
  TelarTimeline      *timeline; /* owned, nullable */
  TelarGraphLayout   *layout;   /* owned, nullable */
  TelarExportOptions  options;
  char               *name;     /* owned: what options.name points to */
  char               *path;     /* owned */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->timeline, telar_timeline_unref);
  g_clear_pointer (&job->layout, telar_graph_layout_free);
  g_free (job->name);
  g_free (job->path);
  g_free (job);
}

static void
job_run (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  Job    *job = data;
  GError *error = NULL;

  if (telar_export_picture (job->timeline, job->layout, &job->options, job->path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
job_done (GObject      *source,
          GAsyncResult *result,
          gpointer      unused)
{
  TelarWindow       *self = TELAR_WINDOW (source);
  Job               *job = g_task_get_task_data (G_TASK (result));
  g_autofree char   *base = g_path_get_basename (job->path);
  g_autofree char   *name = g_filename_display_name (base);
  g_autofree char   *text = NULL;
  g_autoptr (GError) error = NULL;
  gboolean           done = g_task_propagate_boolean (G_TASK (result), &error);

  /* The window was closed meanwhile. */
  if (self->document == NULL)
    return;

  if (done)
    {
      text = g_strdup_printf (_("%s is saved"), name);
      gtk_label_set_label (self->summary, text);
    }
  else
    {
      text = g_strdup_printf (_("%s could not be saved"), name);
      telar_error_bar_say (self->error_bar, TELAR_FAULT_ERROR, text, error->message);
    }
}

static void
accepted (TelarExportDialog *dialog,
          const char        *path,
          TelarWindow       *self)
{
  Job              *job = g_new0 (Job, 1);
  g_autoptr (GTask) task = g_task_new (self, NULL, job_done, NULL);
  gint64            begin, end;

  g_task_set_task_data (task, job, job_free);

  telar_timeline_view_get_range (self->timeline_view, &begin, &end);
  telar_export_dialog_get_options (dialog, begin, end, &job->options);
  job->name = g_strdup (job->options.name);
  job->options.name = job->name;
  job->options.machine = self->shown
                           ? telar_kept_run_get_machine (self->shown,
                                                         telar_window_get_machine (self))
                           : telar_window_get_machine (self);
  job->path = g_strdup (path);

  /* A run is exported with the graph that was run. */
  if (self->shown)
    {
      job->timeline = telar_timeline_ref (self->shown->timeline);
      job->layout = telar_graph_layout_new (self->shown->graph, NULL);
    }
  else
    {
      g_autoptr (TelarGraph) graph = telar_document_snapshot (self->document);

      job->layout = telar_graph_layout_new (graph, NULL);
    }

  g_task_run_in_thread (task, job_run);
}

void
telar_window_export (TelarWindow *self)
{
  g_autofree char   *name = telar_window_get_name (self);
  gboolean           has_run = self->shown && telar_window_get_run_state (self) != TELAR_RUN_REFUSED;
  TelarExportDialog *dialog;

  telar_window_present_leave (self);
  if (self->shown == NULL)
    {
      g_autoptr (TelarGraph) graph = telar_document_snapshot (self->document);
      g_autoptr (GPtrArray)  faults = telar_faults_new ();
      g_autoptr (GBytes)     plan = telar_window_plan_to_draw (graph, faults);

      if (plan == NULL)
        {
          telar_error_bar_say_faults (self->error_bar, _("This graph cannot be drawn yet"),
                                      faults, TRUE);
          return;
        }
    }

  dialog = telar_export_dialog_new (GTK_WINDOW (self), name, has_run);
  g_signal_connect_object (dialog, "accepted", G_CALLBACK (accepted), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
