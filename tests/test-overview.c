/* test-overview.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The strip of the whole run on a surface of its own: what ran is seen, what did
 * not is not, whatever is slices and whatever sums.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "paint/overview.h"
#include "paint/paint-private.h"
#include "picture-run.h"

#define WIDTH 700

typedef struct
{
  TelarView        view;
  TelarOverview    place;
  cairo_surface_t *surface;
} Strip;

static void
strip_init (Strip *strip, TelarTimeline *timeline)
{
  cairo_t *cr;

  telar_view_init (&strip->view, WIDTH, 400);
  telar_overview_place (&strip->place, timeline, &strip->view, (double) timeline->wall);
  strip->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH,
                                               (int) strip->place.height);
  cr = cairo_create (strip->surface);
  telar_paint_overview (cr, &strip->place, timeline, &strip->view);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (strip->surface);
}

static TelarColor
pixel (const Strip *strip, double x, double y)
{
  guint32 color;

  memcpy (&color, cairo_image_surface_get_data (strip->surface)
                    + (int) y * cairo_image_surface_get_stride (strip->surface) + (int) x * 4, 4);
  return color & 0xffffff;
}

/* Rows of pixels with colour at that time. */
static guint
height_at (const Strip *strip, double ns)
{
  double x = floor (strip->place.left
                    + ns / strip->place.span * (strip->place.right - strip->place.left));
  guint n = 0;

  for (double y = strip->place.top; y < strip->place.bottom; y++)
    n += pixel (strip, x, y) != telar_theme_get (TELAR_STYLE_LIGHT)->panel;
  return n;
}

static PictureRun *
make_run (guint n_cores)
{
  PictureRun *run = picture_run_new ("overview", n_cores);

  picture_run_task (run, TELAR_MAIN, TELAR_KIND_PROCESS, "a", "square", NULL);
  picture_run_task (run, TELAR_MAIN, TELAR_KIND_PROCESS, "b", "square", NULL);
  picture_run_timeline (run);
  return run;
}

static void
test_rows (void)
{
  PictureRun *run = make_run (2);
  guint32 a = 1, b = 2;
  guint room;
  Strip strip;

  picture_run_slice (run, a, 0, 0, 40000000);
  picture_run_slice (run, b, 1, 20000000, 60000000);
  picture_run_life (run, a, 0, 40000000, 40000000, 0);
  picture_run_life (run, b, 0, 60000000, 60000000, 0);
  picture_run_now (run, 100000000, TRUE);
  strip_init (&strip, picture_run_timeline (run));
  room = (guint) (strip.place.bottom - strip.place.top);

  /* A row a core: half of the height each, but for the hair between them. */
  g_assert_cmpuint (height_at (&strip, 10e6), ==, room / 2);
  g_assert_cmpuint (height_at (&strip, 30e6), ==, room - 1);
  g_assert_cmpuint (height_at (&strip, 50e6), ==, room / 2 - 1);
  g_assert_cmpuint (height_at (&strip, 80e6), ==, 0);
  /* In the colours of the lanes. */
  g_assert_cmpuint (pixel (&strip, strip.place.left + 3, strip.place.top + 3), !=,
                    pixel (&strip, strip.place.left + (strip.place.right - strip.place.left) / 2,
                           strip.place.bottom - 2));
  cairo_surface_destroy (strip.surface);
  picture_run_free (run);
}

/* A single microsecond of a minute is there, and ten thousand are as high as they
 * are busy, whether the store has summed them up or not. */
static void
test_nothing_lost (void)
{
  PictureRun *run = make_run (1);
  guint high, half;
  Strip strip;

  picture_run_slice (run, 1, 0, 1000000000, 1000001000);
  for (gint64 begin = 20000000000; begin < 40000000000; begin += 1000000)
    picture_run_slice (run, 1 + begin / 1000000 % 2, 0, begin, begin + 500000);
  picture_run_life (run, 1, 0, 40000000000, 40000000000, 0);
  picture_run_life (run, 2, 0, 40000000000, 40000000000, 0);
  picture_run_now (run, 60000000000, TRUE);
  strip_init (&strip, picture_run_timeline (run));
  high = (guint) (strip.place.bottom - strip.place.top);
  g_assert_cmpuint (height_at (&strip, 1000000500), ==, 1);
  g_assert_cmpuint (height_at (&strip, 10e9), ==, 0);
  for (guint i = 1; i < 20; i++)
    {
      half = height_at (&strip, 20e9 + i * 1e9);
      g_assert_cmpuint (half, >=, high / 2 - 1);
      g_assert_cmpuint (half, <=, high / 2 + 1);
    }
  g_assert_cmpuint (height_at (&strip, 50e9), ==, 0);
  cairo_surface_destroy (strip.surface);
  picture_run_free (run);
}

/* More cores than there are rows share them. */
static void
test_many_cores (void)
{
  PictureRun *run = make_run (64);
  Strip strip;

  for (guint core = 0; core < 64; core++)
    picture_run_slice (run, 1, core, core * (gint64) 1000000,
                       (core + 1) * (gint64) 1000000);
  picture_run_life (run, 1, 0, 64000000, 64000000, 0);
  picture_run_now (run, 64000000, TRUE);
  strip_init (&strip, picture_run_timeline (run));
  /* Some core is at work at any time. */
  for (guint core = 0; core < 64; core++)
    g_assert_cmpuint (height_at (&strip, (core + 0.5) * 1e6), >, 0);
  cairo_surface_destroy (strip.surface);
  picture_run_free (run);
}

/* Without a recording of cores, without any slice, without a run. */
static void
test_empty (void)
{
  PictureRun *run = make_run (0);
  Strip strip;

  picture_run_now (run, 1000000, TRUE);
  strip_init (&strip, picture_run_timeline (run));
  g_assert_cmpuint (height_at (&strip, 500000), ==, 0);
  cairo_surface_destroy (strip.surface);
  picture_run_free (run);
}

static void
test_frame (void)
{
  TelarOverview place = { .left = 100, .right = 300, .top = 5, .bottom = 35, .height = 40,
                          .span = 100 };
  double from, to;

  telar_overview_frame (&place, 25, 75, &from, &to);
  g_assert_cmpfloat (from, ==, 150);
  g_assert_cmpfloat (to, ==, 250);
  /* The air around a run has no place on the strip. */
  telar_overview_frame (&place, -1, 104, &from, &to);
  g_assert_cmpfloat (from, ==, 100);
  g_assert_cmpfloat (to, ==, 300);
  /* A nanosecond can be grasped. */
  telar_overview_frame (&place, 50, 50.001, &from, &to);
  g_assert_cmpfloat (to - from, >=, 4);
  g_assert_cmpfloat_with_epsilon ((from + to) / 2, 200, 0.01);
  telar_overview_frame (&place, 100, 100.001, &from, &to);
  g_assert_cmpfloat (to, <=, 301);
  g_assert_cmpfloat (telar_overview_ns (&place, 200), ==, 50);
}

/* What is not seen steps back, what is seen stays as it was. */
static void
test_seen (void)
{
  PictureRun *run = make_run (1);
  TelarColor before[3], x[3];
  Strip strip;
  cairo_t *cr;

  picture_run_slice (run, 1, 0, 0, 100000000);
  picture_run_life (run, 1, 0, 100000000, 100000000, 0);
  picture_run_now (run, 100000000, TRUE);
  strip_init (&strip, picture_run_timeline (run));
  for (guint i = 0; i < 3; i++)
    {
      x[i] = (guint) (strip.place.left + (strip.place.right - strip.place.left) * (1 + 2 * i) / 6);
      before[i] = pixel (&strip, x[i], 20);
    }
  strip.view.begin = 34e6;
  strip.view.end = 66e6;
  cr = cairo_create (strip.surface);
  telar_paint_overview_seen (cr, &strip.place, &strip.view);
  cairo_destroy (cr);
  cairo_surface_flush (strip.surface);
  g_assert_cmphex (pixel (&strip, x[0], 20), !=, before[0]);
  g_assert_cmphex (pixel (&strip, x[1], 20), ==, before[1]);
  g_assert_cmphex (pixel (&strip, x[2], 20), !=, before[2]);
  cairo_surface_destroy (strip.surface);
  picture_run_free (run);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overview/rows", test_rows);
  g_test_add_func ("/overview/nothing-lost", test_nothing_lost);
  g_test_add_func ("/overview/many-cores", test_many_cores);
  g_test_add_func ("/overview/empty", test_empty);
  g_test_add_func ("/overview/frame", test_frame);
  g_test_add_func ("/overview/seen", test_seen);
  return g_test_run ();
}
