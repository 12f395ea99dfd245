/* bench-empty-window.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What Telar's start is compared with: a GTK 4 application whose window, of
 * the same size, is empty. Says "painted" at its first frame, and ends.
 */

#include <stdlib.h>

#include <gtk/gtk.h>

static void
after_paint (GdkFrameClock *clock,
             gpointer       unused)
{
  g_print ("painted\n");
  exit (0);
}

static void
activate (GtkApplication *application)
{
  GtkWidget *window = gtk_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 720);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint",
                    G_CALLBACK (after_paint), NULL);
}

int
main (int    argc,
      char **argv)
{
  GtkApplication *application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (activate), NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
