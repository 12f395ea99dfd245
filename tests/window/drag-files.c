/* drag-files.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A file manager for tests: a window from which the files that are its arguments
 * can be dragged.
 */

#include <gtk/gtk.h>

static char **paths;

static GdkContentProvider *
prepare (GtkDragSource *source,
         double         x,
         double         y,
         gpointer       unused)
{
  GSList             *files = NULL;
  GdkContentProvider *content;
  GdkFileList        *list;

  for (guint i = 0; paths[i]; i++)
    files = g_slist_append (files, g_file_new_for_path (paths[i]));
  list = gdk_file_list_new_from_list (files);
  g_slist_free_full (files, g_object_unref);

  content = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);

  return content;
}

static void
closed (GtkWindow *window,
        GMainLoop *loop)
{
  g_main_loop_quit (loop);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GtkDragSource        *source;
  GtkWidget            *window, *label;

  gtk_init ();
  paths = argv + 1;

  label = gtk_label_new ("Drag");
  source = gtk_drag_source_new ();
  g_signal_connect (source, "prepare", G_CALLBACK (prepare), NULL);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (source));

  window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "Files to drag");
  gtk_window_set_default_size (GTK_WINDOW (window), 160, 100);
  gtk_window_set_child (GTK_WINDOW (window), label);
  g_signal_connect (window, "destroy", G_CALLBACK (closed), loop);
  gtk_window_present (GTK_WINDOW (window));

  g_main_loop_run (loop);

  return 0;
}
