/* window-statistics.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What the page of statistics is told: which run is shown, which stretch of it is
 * measured; and files of it.
 */

#include "config.h"

#include "window/window-private.h"

#include <glib/gi18n-lib.h>

#include "file-dialog.h"
#include "window/file-decisions.h"
#include "window/serial-run.h"

/* What a wide table leaves of the graph's width. */
#define NARROW_GRAPH 0.25

/* Graphs are compared when another run is shown, or there is another one. */
static gint64
find_serial (TelarWindow *self,
             gboolean     live)
{
  if (self->shown == NULL || live)
    {
      self->serial_of = NULL;
      return 0;
    }
  if (self->serial_of != self->shown || self->serial_among != self->kept->len)
    {
      self->serial_of = self->shown;
      self->serial_among = self->kept->len;
      self->serial_ns = telar_serial_run_find (self->shown, self->kept);
    }

  return self->serial_ns;
}

void
telar_window_update_statistics (TelarWindow *self)
{
  gboolean live = telar_window_get_state (self).live;
  gint64   begin = TELAR_NO_TIME, end = TELAR_NO_TIME;

  if (!telar_timeline_view_get_measured (self->timeline_view, &begin, &end) || begin == end)
    begin = end = TELAR_NO_TIME;

  /* While a run goes on its timeline is written to: that comes first. */
  telar_statistics_pane_set_live (self->statistics, live);
  telar_statistics_pane_set_run (self->statistics, self->shown ? self->shown->timeline : NULL,
                                 self->shown && self->shown->refused, find_serial (self, live));
  telar_statistics_pane_set_stretch (self->statistics, begin, end);
}

/* --- Files --- */

static void
written (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (TelarWindow) self = data;
  GFile                  *file = G_FILE (source);
  g_autofree char        *base = g_file_get_basename (file);
  g_autofree char        *name = g_filename_display_name (base);
  g_autofree char        *text = NULL;
  g_autoptr (GError)      error = NULL;

  g_file_replace_contents_finish (file, result, NULL, &error);
  /* The window was closed meanwhile. */
  if (self->document == NULL)
    return;

  if (error == NULL)
    {
      text = g_strdup_printf (_("%s is saved"), name);
      gtk_label_set_label (self->summary, text);
      return;
    }
  text = g_strdup_printf (_("%s could not be saved"), name);
  telar_error_bar_say (self->error_bar, TELAR_FAULT_ERROR, text, error->message);
}

static void
place_chosen (GtkWidget *window,
              GFile     *file)
{
  TelarWindow              *self = TELAR_WINDOW (window);
  g_autoptr (TelarFigures)  figures = g_steal_pointer (&self->figures_to_save);
  g_autoptr (GBytes)        bytes = NULL;
  char                     *csv;

  if (file == NULL || figures == NULL)
    return;

  csv = telar_figures_print_csv (figures);
  bytes = g_bytes_new_take (csv, strlen (csv));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, written,
                                       g_object_ref (self));
}

static void
save (TelarWindow *self)
{
  TelarFigures         *figures = telar_statistics_pane_get_figures (self->statistics);
  g_autofree char      *title = telar_window_get_name (self);
  g_autofree char      *name = NULL;
  GtkFileChooserNative *dialog;
  GtkFileFilter        *filter;

  if (figures == NULL)
    return;

  name = telar_suggest_statistics_name (title, telar_figures_is_part (figures));
  g_clear_pointer (&self->figures_to_save, telar_figures_unref);
  self->figures_to_save = telar_figures_ref (figures);
  dialog = gtk_file_chooser_native_new (_("Save the Statistics"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _("Tables (CSV)"));
  gtk_file_filter_add_pattern (filter, "*.csv");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  g_object_unref (filter);
  telar_window_start_in_folder (self, GTK_FILE_CHOOSER (dialog));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  telar_file_dialog_show (dialog, GTK_WIDGET (self), place_chosen);
}

static void
show_task (TelarWindow *self,
           guint        task)
{
  telar_timeline_view_show_task (self->timeline_view, task);
}

/* --- Room --- */

/* A table has more columns than a tab is wide: the graph lends it its room. */
static void
wide_changed (TelarWindow *self)
{
  gboolean wide;

  g_object_get (self->statistics, "wide", &wide, NULL);
  if (wide)
    {
      self->upper_at = gtk_paned_get_position (self->upper);
      gtk_paned_set_position (self->upper, (int) (NARROW_GRAPH * self->upper_at));
    }
  else
    {
      gtk_paned_set_position (self->upper, self->upper_at);
      self->upper_at = 0;
    }
}

/* What was lent is given back by who goes to another tab. */
static void
tab_left (TelarWindow *self,
          GtkWidget   *page,
          guint        number)
{
  if (number != TELAR_TAB_STATISTICS)
    g_object_set (self->statistics, "wide", FALSE, NULL);
}

void
telar_window_statistics_init (TelarWindow *self)
{
  g_signal_connect_object (self->statistics, "notify::wide", G_CALLBACK (wide_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tabs, "switch-page", G_CALLBACK (tab_left), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->statistics, "save", G_CALLBACK (save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->statistics, "show-task", G_CALLBACK (show_task), self,
                           G_CONNECT_SWAPPED);
}

void
telar_window_statistics_dispose (TelarWindow *self)
{
  g_clear_pointer (&self->figures_to_save, telar_figures_unref);
}
