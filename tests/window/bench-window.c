/* bench-window.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Telar's own window, watched from inside by its frame clock.
 *
 *   bench-window first           says "painted" at its first frame, and ends
 *   bench-window frames GRAPH S  runs GRAPH and counts the frames of S seconds
 *   bench-window look RUN        opens RUN; from SIGUSR1 to SIGUSR1 says how long frames
 *                                take while somebody moves about in it
 *
 * See bench-window.py and bench-frames.py, which give it a display and something to
 * compare with, or somebody who moves.
 */

#include <glib-unix.h>
#include <stdlib.h>
#include <time.h>

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

/* --- Frames of a run that is looked at --- */

typedef struct
{
  GArray *work;   /* double, ms of CPU of the main thread: all that it did for the frame */
  GArray *paint;  /* double, ms: laid out, painted, sent to the display */
  GArray *apart;  /* double, ms since the frame before */
  double  began;  /* ms, when painting this one did */
  double  ended;  /* ms, when painting the last one did; 0: none */
  double  worked; /* ms of CPU then */
} Look;

static Look look;
static gboolean looking;

static double
read_ms (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);

  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

static void
before_look (void)
{
  look.began = read_ms (CLOCK_MONOTONIC);
}

static void
after_look (void)
{
  double now = read_ms (CLOCK_MONOTONIC), worked = read_ms (CLOCK_THREAD_CPUTIME_ID);
  double work = worked - look.worked, paint = now - look.began, apart = now - look.ended;

  /* The first one has been waited for. */
  if (looking && look.ended > 0)
    {
      g_array_append_val (look.work, work);
      g_array_append_val (look.paint, paint);
      g_array_append_val (look.apart, apart);
    }
  look.ended = looking ? now : 0;
  look.worked = worked;
}

static void
tell (const char *what, GArray *times)
{
  static const double edges[] = { 2, 4, 6, 8, 10, 12, 16.7, 20, 33.4, 50, 100, G_MAXDOUBLE };
  guint n = times->len, from = 0;

  g_array_sort (times, bench_compare);
  g_print ("%s: median %.1f ms, 99 of 100 within %.1f ms, longest %.1f ms\n", what,
           g_array_index (times, double, n / 2), g_array_index (times, double, n * 99 / 100),
           g_array_index (times, double, n - 1));
  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      guint to = from;
      g_autofree char *bar = NULL;

      while (to < n && g_array_index (times, double, to) <= edges[i])
        to++;
      bar = g_strnfill ((to - from) * 50 / n, '#');
      if (edges[i] == G_MAXDOUBLE)
        g_print ("    longer       %6u %s\n", to - from, bar);
      else
        g_print ("    to %5.1f ms  %6u %s\n", edges[i], to - from, bar);
      from = to;
    }
}

static gboolean
begin_or_end (gpointer unused)
{
  if (!looking)
    {
      looking = TRUE;
      return G_SOURCE_CONTINUE;
    }
  if (look.work->len == 0)
    g_error ("no frame was painted");
  g_print ("%u frames\n", look.work->len);
  tell ("work of the main thread for a frame, CPU time", look.work);
  tell ("painting a frame", look.paint);
  tell ("from frame to frame", look.apart);
  exit (0);
}

/* --- Frames of a run that goes on --- */

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

  if (look.work != NULL)
    {
      g_signal_connect (clock, "before-paint", G_CALLBACK (before_look), NULL);
      g_signal_connect (clock, "after-paint", G_CALLBACK (after_look), NULL);
    }
  else
    g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint), window);

  return G_SOURCE_REMOVE;
}

int
main (int    argc,
      char **argv)
{
  gboolean frames = argc == 4 && g_str_equal (argv[1], "frames");
  gboolean looks = argc == 3 && g_str_equal (argv[1], "look");
  char    *arguments[] = { argv[0], frames || looks ? argv[2] : NULL, NULL };

  intervals = g_array_new (FALSE, FALSE, sizeof (double));
  if (frames)
    seconds = g_ascii_strtod (argv[3], NULL);
  if (looks)
    {
      look.work = g_array_new (FALSE, FALSE, sizeof (double));
      look.paint = g_array_new (FALSE, FALSE, sizeof (double));
      look.apart = g_array_new (FALSE, FALSE, sizeof (double));
      g_unix_signal_add (SIGUSR1, begin_or_end, NULL);
    }
  g_idle_add_full (G_PRIORITY_HIGH, find_window, NULL, NULL);

  return telar_application_run (frames || looks ? 2 : 1, arguments);
}
