/* test-pixels.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What the painter writes into an image itself is what cairo would have painted:
 * a picture on an image is compared with the same one on a group of it, where all of
 * it goes through cairo.
 */

#include "config.h"

#include "paint/paint-private.h"
#include "painted.h"
#include "picture-run.h"

/* Cairo's circles and letters on a group are a shade or two off. */
#define SHADES 3

typedef struct
{
  guint  n_tasks, n_slices;
  double width, height;
  int    scale;
  double scroll;
  gint64 part; /* of the run that is looked at: one in so many */
  double text; /* 0: 12, with which lanes lie on whole pixels */
} Case;

static const Case cases[] = {
  { 40, 300, 1200, 700, 1, 0, 1 },      { 40, 300, 1200, 700, 1, 130, 4 },
  { 40, 10000, 1920, 1080, 1, 0, 1 },   { 40, 10000, 800, 300, 1, 0, 1 },
  { 40, 10000, 1000, 600, 2, 60, 1 },   { 40, 10000, 700, 500, 3, 0, 9 },
  { 40, 100000, 1366, 768, 1, 33, 7 },  { 40, 100000, 640, 200, 1, 0, 1 },
  /* Farther down than cairo's coordinates reach. */
  { 3000, 10000, 800, 400, 1, 40001, 1 }, { 3000, 10000, 800, 400, 2, 40003, 1 },
  /* As the themes of this world have it. */
  { 40, 10000, 1920, 1000, 1, 0, 1, 13.33 }, { 40, 100000, 1000, 601.5, 1, 17.25, 3, 11.05 },
  { 40, 10000, 900, 500, 2, 0, 1, 12.47 },
};

static cairo_surface_t *
paint (const TelarTimeline *timeline, const TelarView *view, const Case *test, gboolean by_cairo)
{
  int width = (int) view->width * test->scale, height = (int) view->height * test->scale;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  guint64 before;
  cairo_t *cr;

  cairo_surface_set_device_scale (surface, test->scale, test->scale);
  cr = cairo_create (surface);
  if (by_cairo)
    cairo_push_group_with_content (cr, CAIRO_CONTENT_COLOR);
  before = telar_pixels_n_written ();
  telar_paint_timeline (cr, timeline, view);
  g_assert_cmpint (telar_pixels_n_written () > before, ==, timeline != NULL && !by_cairo);
  if (by_cairo)
    {
      cairo_pop_group_to_source (cr);
      cairo_paint (cr);
    }
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* Returns: by how many shades the pixels are apart that are farthest. */
static int
distance (cairo_surface_t *one, cairo_surface_t *other)
{
  int farthest = 0, stride = cairo_image_surface_get_stride (one);

  for (int y = 0; y < cairo_image_surface_get_height (one); y++)
    {
      const guint8 *a = cairo_image_surface_get_data (one) + (gssize) y * stride;
      const guint8 *b = cairo_image_surface_get_data (other) + (gssize) y * stride;

      for (int x = 0; x < 4 * cairo_image_surface_get_width (one); x++)
        if (x % 4 != 3)
          farthest = MAX (farthest, ABS ((int) a[x] - (int) b[x]));
    }
  return farthest;
}

static void
test_as_cairo (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PictureRun *run = picture_run_random (7 + i, 24, cases[i].n_tasks, cases[i].n_slices);
      const TelarTimeline *timeline = picture_run_timeline (run);
      cairo_surface_t *ours, *by_cairo, *empty;
      TelarView view;

      telar_view_init (&view, cases[i].width, cases[i].height);
      if (cases[i].text > 0)
        view.text = cases[i].text;
      view.begin = timeline->wall / 3;
      view.end = cases[i].part > 1 ? view.begin + timeline->wall / cases[i].part : timeline->wall;
      view.begin = cases[i].part > 1 ? view.begin : 0;
      view.scroll = cases[i].scroll;
      view.style = i % 2 == 0 ? TELAR_STYLE_LIGHT : TELAR_STYLE_DARK;
      ours = paint (timeline, &view, &cases[i], FALSE);
      by_cairo = paint (timeline, &view, &cases[i], TRUE);
      g_test_message ("case %u: %d shades", i, distance (ours, by_cairo));
      g_assert_cmpint (distance (ours, by_cairo), <=, SHADES);
      empty = paint (NULL, &view, &cases[i], FALSE);
      g_assert_cmpint (distance (ours, empty), >, 100);
      cairo_surface_destroy (ours);
      cairo_surface_destroy (by_cairo);
      cairo_surface_destroy (empty);
      picture_run_free (run);
    }
}

/* Lanes of every height down to a pixel, and images of odd sizes: nothing is written
 * beside what was asked for. */
static void
test_low_lanes (void)
{
  PictureRun *run = picture_run_random (11, 64, 64, 10000);
  const TelarTimeline *timeline = picture_run_timeline (run);
  TelarView view;

  for (double height = 40; height < 700; height += 13)
    {
      telar_view_init (&view, 401, height);
      view.end = timeline->wall;
      view.fit = TRUE;
      cairo_surface_destroy (painted_new (timeline, &view));
    }
  picture_run_free (run);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pixels/as-cairo", test_as_cairo);
  g_test_add_func ("/pixels/low-lanes", test_low_lanes);

  return g_test_run ();
}
