/* window-export.c
 *
 * SPDX-License-Identifier: MIT
 *
 * From the window to the dialog that exports: what there is. The run is over, so
 * that its timeline no longer changes while other threads read it.
 */

#include "config.h"

#include "window/window-private.h"

#include <glib/gi18n-lib.h>

#include "window/export-dialog.h"

static void
saved (TelarWindow *self,
       const char  *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *text = g_strdup_printf (_("%s is saved"), name);

  gtk_label_set_label (self->summary, text);
}

static void
save_run (TelarWindow *self,
          const char  *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  telar_window_save_run_to (self, file);
}

/* A run is exported with the graph that was run. */
static TelarExportSubject *
subject_new (TelarWindow *self,
             gboolean     has_run)
{
  g_autoptr (TelarGraph) graph = self->shown ? telar_graph_ref (self->shown->graph)
                                             : telar_document_snapshot (self->document);
  const TelarMachine    *machine = telar_window_get_machine (self);
  TelarExportSubject    *subject;

  /* A run from a file is of the computer that it ran on. */
  if (has_run)
    machine = telar_kept_run_get_machine (self->shown, machine);
  subject = telar_export_subject_new (has_run ? self->shown->timeline : NULL, graph, machine,
                                      has_run ? telar_timeline_view_get_order (self->timeline_view)
                                              : NULL);
  telar_export_subject_unfold (subject, telar_graph_view_get_unfolded (self->graph_view));

  return subject;
}

/* Of the run: the view shows a little more on either side. */
static void
get_visible (TelarWindow *self,
             gint64      *begin,
             gint64      *end)
{
  gint64 wall = self->shown ? self->shown->timeline->wall : 0;

  telar_timeline_view_get_range (self->timeline_view, begin, end);
  if (*begin < wall && *end > 0)
    {
      *begin = MAX (*begin, 0);
      *end = MIN (*end, wall);
    }
}

static gboolean
has_bookmarks (const TelarKeptRun *run)
{
  g_autoptr (GPtrArray) bookmarks = run ? telar_bookmarks_list (run->timeline->bookmarks) : NULL;

  return bookmarks && bookmarks->len > 0;
}

void
telar_window_export (TelarWindow *self)
{
  g_autofree char               *name = telar_window_get_name (self);
  g_autoptr (TelarExportSubject) subject = NULL;
  TelarExportFacts               facts = { 0 };
  TelarExportDialog             *dialog;

  facts.has_run = self->shown && telar_window_get_run_state (self) != TELAR_RUN_REFUSED;

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

  get_visible (self, &facts.begin, &facts.end);
  facts.has_measured = telar_timeline_view_get_measured (self->timeline_view,
                                                         &facts.measured_begin,
                                                         &facts.measured_end);
  g_object_get (self->timeline_view, "objects", &facts.objects, "all-arrows", &facts.all_arrows,
                NULL);
  facts.has_bookmarks = has_bookmarks (self->shown);
  subject = subject_new (self, facts.has_run);
  dialog = telar_export_dialog_new (GTK_WINDOW (self), name, subject, &facts);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (saved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "save-run", G_CALLBACK (save_run), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
