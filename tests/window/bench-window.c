/* bench-window.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Telar's own window, watched from inside by its frame clock.
 *
 *   bench-window first           says "painted" at its first frame, and ends
 *   bench-window frames GRAPH S  runs GRAPH and counts the frames of S seconds
 *
 * See bench-window.py, which gives it a display and something to compare with.
 */

#include <stdlib.h>

#include "bench-measure.h"
#include "window/application.h"

static double  seconds;      /* to watch; 0: only the first frame */
static GArray *intervals;    /* double, ms */
static gint64  last;         /* µs, frame time before */
static gint64  began;        /* µs, frame time when the run was seen to go on */

static void
report (gint64 now)
{
  double took = (double) (now - began) / 1e6;
  guint  n = intervals->len;

  g_array_sort (intervals, bench_compare);
  g_print ("%u frames in %.2f s: %.1f a second; between two: median %.1f ms, 99 of 100 within "
           "%.1f ms, longest %.1f ms\n",
           n, took, n / took,
           g_array_index (intervals, double, n / 2),
           g_array_index (intervals, double, n * 99 / 100),
           g_array_index (intervals, double, n - 1));
}

/* After each frame: everything is laid out and painted. */
static void
after_paint (GdkFrameClock *clock,
             GtkWindow     *window)
{
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (seconds == 0)
    {
      g_print ("painted\n");
      exit (0);
    }

  /* Half a second to start the tasks, then the time to watch. */
  if (began == 0)
    {
      began = now + G_USEC_PER_SEC / 2;
      gtk_widget_activate_action (GTK_WIDGET (window), "win.run", NULL);
    }
  else if (now >= began)
    {
      double interval = (double) (now - last) / 1000;

      if (last >= began)
        g_array_append_val (intervals, interval);
      if (now - began > seconds * G_USEC_PER_SEC)
        {
          report (now);
          gtk_widget_activate_action (GTK_WIDGET (window), "win.stop", NULL);
          gtk_window_close (window);
          began = G_MAXINT64;
        }
    }

  last = now;
}

static gboolean
find_window (gpointer unused)
{
  GListModel           *windows = gtk_window_get_toplevels ();
  g_autoptr (GtkWindow) window = g_list_model_get_item (windows, 0);
  GdkFrameClock        *clock = window ? gtk_widget_get_frame_clock (GTK_WIDGET (window)) : NULL;

  if (clock == NULL)
    return G_SOURCE_CONTINUE;

  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint), window);

  return G_SOURCE_REMOVE;
}

int
main (int    argc,
      char **argv)
{
  gboolean frames = argc == 4 && g_str_equal (argv[1], "frames");
  char    *arguments[] = { argv[0], frames ? argv[2] : NULL, NULL };

  intervals = g_array_new (FALSE, FALSE, sizeof (double));
  if (frames)
    seconds = g_ascii_strtod (argv[3], NULL);
  g_idle_add_full (G_PRIORITY_HIGH, find_window, NULL, NULL);

  return telar_application_run (frames ? 2 : 1, arguments);
}
