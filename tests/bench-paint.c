/* bench-paint.c
 *
 * SPDX-License-Identifier: MIT
 *
 * How long a picture takes: 1920 × 1080, 64 core lanes, labels and patterns
 * included, on an image surface. Times are the median of the painting thread's
 * own CPU time, so that what else the machine does stays out.
 */

#include "config.h"

#include <stdlib.h>
#include <time.h>

#include "paint/graph-picture.h"
#include "picture-run.h"

#define ROUNDS 15

static double
now_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

typedef void (*Paint) (cairo_t *cr, gconstpointer what, const TelarView *view);

static double
measure (Paint paint, gconstpointer what, TelarView *view)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) view->width,
                                                         (int) view->height);
  cairo_t *cr = cairo_create (surface);
  double times[ROUNDS];

  /* The first one shapes text that later ones find. */
  paint (cr, what, view);
  for (guint i = 0; i < ROUNDS; i++)
    {
      double begin = now_ms ();

      paint (cr, what, view);
      times[i] = now_ms () - begin;
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  qsort (times, ROUNDS, sizeof times[0], compare);
  return times[ROUNDS / 2];
}

static void
paint_timeline (cairo_t *cr, gconstpointer what, const TelarView *view)
{
  telar_paint_timeline (cr, what, view);
}

static void
paint_graph (cairo_t *cr, gconstpointer what, const TelarView *view)
{
  const TelarGraphLayout *layout = what;
  double x, y, scale;

  telar_graph_fit (layout, view, &x, &y, &scale);
  telar_paint_graph (cr, layout, NULL, view, x, y, scale);
}

static void
bench_timelines (void)
{
  static const guint sizes[] = { 10000, 100000, 1000000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      PictureRun *run = picture_run_random (7, 64, 64, sizes[i]);
      TelarView view;
      double cores, tasks;

      telar_view_init (&view, 1920, 1080);
      view.end = picture_run_timeline (run)->wall;
      cores = measure (paint_timeline, picture_run_timeline (run), &view);
      view.show &= ~TELAR_SHOW_CORES;
      tasks = measure (paint_timeline, picture_run_timeline (run), &view);
      g_print ("paint, 64 lanes, %7u slices: %6.2f ms core lanes, %6.2f ms task lanes%s\n",
               sizes[i], cores, tasks, i == 0 ? " (bar: 8 ms)" : "");
      picture_run_free (run);
    }
}

static void
bench_graphs (void)
{
  static const guint sizes[] = { 100, 1000, 5000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      PictureRun *run = picture_run_new ("Many", 2);
      g_autoptr (GBytes) plan = NULL;
      g_autoptr (TelarGraphLayout) layout = NULL;
      TelarView view;
      double begin, laid_out;

      for (guint k = 0; k < sizes[i]; k++)
        {
          g_autofree char *id = g_strdup_printf ("p%u", k);
          guint32 task = picture_run_task (run, 0, TELAR_KIND_PROCESS, id, "busy", "busy(5)");

          if (k > 0)
            picture_run_after (run, task, 1 + (k - 1) / 3);
        }
      plan = picture_run_plan (run);
      begin = now_ms ();
      layout = telar_graph_layout_new (NULL, plan);
      laid_out = now_ms () - begin;
      telar_view_init (&view, 1920, 700);
      g_print ("graph, %4u tasks: layout %6.2f ms, paint whole %6.2f ms\n", sizes[i], laid_out,
               measure (paint_graph, layout, &view));
      picture_run_free (run);
    }
}

int
main (void)
{
  bench_timelines ();
  bench_graphs ();
  return 0;
}
