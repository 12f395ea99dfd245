/* test-critical.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The critical path on surfaces of its own: below the bars of the tasks that it
 * leads through and nowhere else, at any zoom.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "paint/paint-private.h"
#include "painted.h"
#include "picture-run.h"

#define MS ((gint64) 1000000)

typedef struct
{
  PictureRun      *run;
  TelarTimeline   *timeline;
  TelarStatistics *statistics;
  TelarView        view;
  cairo_surface_t *surface;
} Picture;

static void
picture_init (Picture *picture, PictureRun *run)
{
  memset (picture, 0, sizeof *picture);
  picture->run = run;
  picture->timeline = picture_run_timeline (run);
  picture->statistics = telar_statistics_new (picture->timeline, 0, NULL);
  telar_view_init (&picture->view, 900, 500);
  picture->view.end = (double) picture->timeline->wall;
  picture->view.critical = picture->statistics;
}

static void
picture_paint (Picture *picture)
{
  g_clear_pointer (&picture->surface, cairo_surface_destroy);
  picture->surface = painted_new (picture->timeline, &picture->view);
}

static void
picture_clear (Picture *picture)
{
  g_clear_pointer (&picture->surface, cairo_surface_destroy);
  telar_statistics_free (picture->statistics);
  picture_run_free (picture->run);
}

/* Pixels of the path in a column of a rectangle of the picture. */
static guint
count_column (const Picture *picture, double x, double top, double bottom)
{
  const guchar *data = cairo_image_surface_get_data (picture->surface);
  int stride = cairo_image_surface_get_stride (picture->surface);
  guint n = 0;

  for (int y = (int) top; y < (int) bottom; y++)
    {
      guint32 color;

      memcpy (&color, data + y * stride + (int) x * 4, 4);
      n += (color & 0xffffff) == telar_theme_get (picture->view.style)->critical;
    }
  return n;
}

/* The same in a task's lane at a moment. */
static guint
count_lane (const Picture *picture, guint32 task, double ns)
{
  double y, height;

  g_assert_true (telar_timeline_lane_rect (picture->timeline, &picture->view, TELAR_LANE_TASK, task,
                                           &y, &height));
  return count_column (picture, telar_view_x_of (picture->timeline, &picture->view, ns), y,
                       y + height);
}

/* main starts two at once, and the longer one is who everybody waits for. */
static PictureRun *
make_fork (void)
{
  PictureRun *run = picture_run_new ("critical", 2);
  guint32 brief = picture_run_task (run, TELAR_MAIN, TELAR_KIND_PROCESS, "a", "square", NULL);
  guint32 lasting = picture_run_task (run, TELAR_MAIN, TELAR_KIND_PROCESS, "b", "square", NULL);

  picture_run_timeline (run);
  picture_run_slice (run, TELAR_MAIN, 0, 0, 10 * MS);
  picture_run_slice (run, brief, 0, 10 * MS, 30 * MS);
  picture_run_slice (run, lasting, 1, 10 * MS, 80 * MS);
  picture_run_wait (run, TELAR_MAIN, TELAR_WAIT_BLOCKED, TELAR_CAUSE_JOIN, 10 * MS, 80 * MS, brief,
                    lasting);
  picture_run_slice (run, TELAR_MAIN, 0, 80 * MS, 100 * MS);
  picture_run_arrow (run, TELAR_ARROW_START, TELAR_MAIN, brief, 10 * MS, 10 * MS);
  picture_run_arrow (run, TELAR_ARROW_START, TELAR_MAIN, lasting, 10 * MS, 10 * MS);
  picture_run_arrow (run, TELAR_ARROW_JOIN, brief, TELAR_MAIN, 30 * MS, 80 * MS);
  picture_run_arrow (run, TELAR_ARROW_JOIN, lasting, TELAR_MAIN, 80 * MS, 80 * MS);
  picture_run_life (run, TELAR_MAIN, 0, 100 * MS, TELAR_NO_TIME, 0);
  picture_run_life (run, brief, 10 * MS, 30 * MS, 80 * MS, 0);
  picture_run_life (run, lasting, 10 * MS, 80 * MS, 80 * MS, 0);
  picture_run_now (run, 100 * MS, TRUE);
  return run;
}

static void
test_lanes (void)
{
  static const struct { double ms; gboolean on[3]; } moments[] = {
    { 5, { TRUE, FALSE, FALSE } },
    { 20, { FALSE, FALSE, TRUE } },
    { 60, { FALSE, FALSE, TRUE } },
    { 90, { TRUE, FALSE, FALSE } },
  };
  Picture picture;

  picture_init (&picture, make_fork ());
  for (int style = TELAR_STYLE_LIGHT; style <= TELAR_STYLE_DARK; style++)
    {
      picture.view.style = style;
      picture_paint (&picture);
      for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
        for (guint32 task = 0; task < 3; task++)
          g_assert_cmpint (count_lane (&picture, task, moments[i].ms * 1e6) > 0, ==,
                           moments[i].on[task]);
    }
  /* Who does not ask for it has no pixel of it. */
  picture.view.critical = NULL;
  picture_paint (&picture);
  for (double x = 0; x < 900; x++)
    g_assert_cmpuint (count_column (&picture, x, 0, 500), ==, 0);
  picture_clear (&picture);
}

/* Where it goes over to another lane it goes through the lanes between. */
static void
test_across (void)
{
  double y, height;
  guint most = 0;
  Picture picture;
  double x;

  picture_init (&picture, make_fork ());
  picture_paint (&picture);
  x = telar_view_x_of (picture.timeline, &picture.view, 10e6);
  g_assert_true (telar_timeline_lane_rect (picture.timeline, &picture.view, TELAR_LANE_TASK, 1, &y,
                                           &height));
  for (int dx = -2; dx <= 2; dx++)
    most = MAX (most, count_column (&picture, x + dx, y, y + height));
  g_assert_cmpuint (most, >, height * 0.6);
  picture_clear (&picture);
}

static void
test_words (void)
{
  g_autofree char *words = NULL;
  Picture picture;

  picture_init (&picture, make_fork ());
  words = telar_critical_words (picture.statistics);
  g_assert_cmpstr (words, ==, "critical path 100 % of the run, 100 % on a core");
  g_array_set_size (picture.statistics->critical, 0);
  g_assert_null (telar_critical_words (picture.statistics));
  picture_clear (&picture);
}

/* Two that let each other go on a hundred thousand times: a line in both lanes in
 * every pixel, whichever stretch of it is looked at, with nothing beside the run. */
static void
test_dense (void)
{
  PictureRun *run = make_fork ();
  TelarCritical stretch;
  Picture picture;

  picture_init (&picture, run);
  g_array_set_size (picture.statistics->critical, 0);
  for (guint i = 0; i < 100000; i++)
    {
      stretch = (TelarCritical){ .begin = i * 1000, .end = (i + 1) * 1000, .task = 1 + i % 2 };
      g_array_append_val (picture.statistics->critical, stretch);
    }
  for (guint round = 0; round < 3; round++)
    {
      double left, right;

      picture.view.begin = round == 2 ? 49.99e6 : round * 40e6;
      picture.view.end = round == 2 ? 50.01e6 : 100e6;
      picture_paint (&picture);
      left = telar_timeline_left (picture.timeline, &picture.view);
      right = telar_view_x_of (picture.timeline, &picture.view, picture.view.end);
      for (double x = left + 2; x < right - 2; x++)
        {
          double ns = telar_view_time_at (picture.timeline, &picture.view, floor (x) + 0.5);
          guint on[2] = { count_lane (&picture, 1, ns), count_lane (&picture, 2, ns) };

          g_assert_cmpuint (on[0] + on[1], >, 0);
          if (round < 2)
            g_assert_true (on[0] > 0 && on[1] > 0);
        }
    }
  picture_clear (&picture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/critical/lanes", test_lanes);
  g_test_add_func ("/critical/across", test_across);
  g_test_add_func ("/critical/words", test_words);
  g_test_add_func ("/critical/dense", test_dense);
  return g_test_run ();
}
