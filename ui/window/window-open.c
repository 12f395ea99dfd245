/* window-open.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A new graph, a graph from a file, files that are dropped on the window; and in
 * which window each of them opens.
 */

#include "config.h"

#include "window/window-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "file-dialog.h"
#include "window/file-decisions.h"

/* --- Windows --- */

gboolean
telar_window_is_empty (TelarWindow *self)
{
  g_return_val_if_fail (TELAR_IS_WINDOW (self), FALSE);

  return !self->begun
         || (self->shown == NULL
             && telar_document_get_file (self->document) == NULL
             && !telar_document_get_modified (self->document)
             && !telar_document_get_can_undo (self->document)
             && !telar_document_get_can_redo (self->document)
             && telar_document_get_graph (self->document)->tasks->len == 0);
}

TelarWindow *
telar_window_for_another (TelarWindow *self,
                          gboolean     dropped)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  TelarOpenFacts  facts = {
    .empty = telar_window_is_empty (self),
    .modified = telar_document_get_modified (self->document),
    .live = telar_window_get_state (self).live,
    .dropped = dropped,
  };

  if (telar_opens_here (&facts))
    return self;

  self = telar_window_new (TELAR_APPLICATION (application));
  gtk_window_present (GTK_WINDOW (self));

  return self;
}

gboolean
telar_window_is_same_file (GFile *a,
                           GFile *b)
{
  g_autofree char *path_a = NULL;
  g_autofree char *path_b = NULL;
  char            *real_a, *real_b;
  gboolean         same;

  if (g_file_equal (a, b))
    return TRUE;

  path_a = g_file_get_path (a);
  path_b = g_file_get_path (b);
  real_a = path_a ? realpath (path_a, NULL) : NULL;
  real_b = path_b ? realpath (path_b, NULL) : NULL;
  same = real_a && g_strcmp0 (real_a, real_b) == 0;
  free (real_a);
  free (real_b);

  return same;
}

/* Returns: (nullable): the window of this program that has the file open. */
static TelarWindow *
find_window (TelarWindow *self,
             GFile       *file)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  for (GList *l = gtk_application_get_windows (application); l; l = l->next)
    if (TELAR_IS_WINDOW (l->data))
      {
        TelarWindow *window = l->data;
        GFile       *open = window->run_file ? window->run_file
                                             : telar_document_get_file (window->document);

        if (open && telar_window_is_same_file (open, file))
          return window;
      }

  return NULL;
}

/* --- Opening --- */

void
telar_window_new_graph (TelarWindow *self)
{
  TelarWindow *target = self;

  if (!telar_window_is_empty (self))
    {
      target = telar_window_new (
        TELAR_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
      gtk_window_present (GTK_WINDOW (target));
    }

  telar_window_show_graph (target);
  telar_window_split_panes (target);
}

/* @dropped: one of several, or aimed at no window in particular */
static void
open_file (TelarWindow *self,
           GFile       *file,
           gboolean     dropped)
{
  g_autoptr (GPtrArray)     faults = telar_faults_new ();
  g_autoptr (TelarDocument) document = NULL;
  TelarWindow              *target = find_window (self, file);
  GPtrArray                *found;

  if (target)
    {
      if (telar_window_is_choosing (target))
        telar_window_show_graph (target);
      gtk_window_present (GTK_WINDOW (target));
      return;
    }

  if (telar_window_open_run (self, file, dropped))
    return;

  /* Refused: which file, where in it, what to do; all else stays as it is. */
  document = telar_document_open (file, faults);
  if (document == NULL)
    {
      g_autofree char *base = g_file_get_basename (file);
      g_autofree char *name = g_filename_display_name (base);
      g_autofree char *title = g_strdup_printf (_("%s cannot be opened"), name);

      telar_error_bar_say_faults (self->error_bar, title, faults, FALSE);
      return;
    }

  target = telar_window_for_another (self, dropped);
  telar_window_set_document (target, g_steal_pointer (&document));
  telar_window_show_graph (target);
  telar_window_split_panes (target);
  telar_chooser_remember (file);

  found = telar_document_get_faults (target->document);
  for (guint i = 0; i < found->len; i++)
    {
      const TelarFault *fault = g_ptr_array_index (found, i);

      telar_faults_add (faults, fault->level, fault->file, fault->place, fault->task, fault->what,
                        fault->cure);
    }
  if (faults->len > 0)
    telar_error_bar_say_faults (target->error_bar, _("The graph is open, but see:"), faults, TRUE);
  /* Of several files, what was said of another one stays. */
  else if (!dropped)
    telar_error_bar_dismiss (target->error_bar);
}

void
telar_window_open (TelarWindow *self,
                   GFile       *file)
{
  g_return_if_fail (TELAR_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  open_file (self, file, FALSE);
}

void
telar_window_open_all (TelarWindow  *self,
                       GFile       **files,
                       guint         n_files)
{
  g_return_if_fail (TELAR_IS_WINDOW (self));

  for (guint i = 0; i < n_files; i++)
    open_file (self, files[i], TRUE);
}

void
telar_window_add_filters (GtkFileChooser *chooser)
{
  GtkFileFilter *filter;

  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _("Telar graphs"));
  gtk_file_filter_add_pattern (filter, "*.telar");
  gtk_file_chooser_add_filter (chooser, filter);
  g_object_unref (filter);

  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _("All files"));
  gtk_file_filter_add_pattern (filter, "*");
  gtk_file_chooser_add_filter (chooser, filter);
  g_object_unref (filter);
}

void
telar_window_start_in_folder (TelarWindow    *self,
                              GtkFileChooser *chooser)
{
  GFile             *file = self->run_file ? self->run_file
                                           : telar_document_get_file (self->document);
  g_autoptr (GFile)  folder = file ? g_file_get_parent (file) : NULL;

  if (folder)
    gtk_file_chooser_set_current_folder (chooser, folder, NULL);
}

static void
open_chosen (GtkWidget *window,
             GFile     *file)
{
  if (file)
    telar_window_open (TELAR_WINDOW (window), file);
}

void
telar_window_open_dialog (TelarWindow *self)
{
  GtkFileChooserNative *dialog;
  GtkFileFilter        *filter;

  telar_window_present_leave (self);
  dialog = gtk_file_chooser_native_new (_("Open a Graph"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _("Telar graphs and runs"));
  gtk_file_filter_add_pattern (filter, "*.telar");
  gtk_file_filter_add_pattern (filter, "*.telar-run");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  g_object_unref (filter);
  telar_window_add_filters (GTK_FILE_CHOOSER (dialog));
  telar_window_start_in_folder (self, GTK_FILE_CHOOSER (dialog));
  telar_file_dialog_show (dialog, GTK_WIDGET (self), open_chosen);
}

static gboolean
dropped (TelarWindow  *self,
         const GValue *value,
         double        x,
         double        y)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

      for (GSList *l = files; l; l = l->next)
        open_file (self, l->data, TRUE);
      return files != NULL;
    }

  if (g_value_get_object (value) == NULL)
    return FALSE;
  open_file (self, g_value_get_object (value), TRUE);

  return TRUE;
}

void
telar_window_open_init (TelarWindow *self)
{
  GType          types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
