/* test-bookmarks-export.c
 *
 * SPDX-License-Identifier: MIT
 *
 * telar export, with the bookmarks of a run and with --no-bookmarks: the pictures
 * differ where the bookmarks are, and nowhere else.
 */

#include "config.h"

#include <cairo.h>
#include <string.h>

#include "runfile/run-writer.h"
#include "synthetic-run.h"
#include "telar-process.h"

#define GRAPH "{\"telar\": 1, \"tasks\": []}"

static void
save (const char *file, const TelarTimeline *timeline)
{
  g_autoptr (GError) error = NULL;

  telar_run_file_replace (file, timeline, NULL, GRAPH, strlen (GRAPH), NULL, &error);
  g_assert_no_error (error);
}

/* @option: (nullable) */
static void
export (const char *run, const char *picture, const char *option)
{
  g_auto (TelarOutcome) outcome = { 0 };

  telar_call (&outcome, "export", "--size", "800x400", "--lanes", "tasks", "--no-date", run, picture,
              option, NULL);
  telar_assert_empty (outcome.err);
  g_assert_cmpint (outcome.status, ==, 0);
}

static char *
content (const char *file)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  return text;
}

/* Without them it is the picture of the run before it had any. */
static void
test_words (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_autoptr (TelarTimeline) timeline = telar_synthetic_run_new (11, 2, 6, 2000);
  g_autofree char *run = NULL, *svg = NULL, *before = NULL, *with = NULL, *without = NULL;

  telar_place_init (&place);
  run = telar_place_file (&place, "run.telar-run");
  svg = telar_place_file (&place, "a.svg");
  save (run, timeline);
  export (run, svg, NULL);
  before = content (svg);
  telar_bookmarks_add (timeline->bookmarks, timeline->wall / 2, TELAR_NO_TASK, "halfway");
  save (run, timeline);
  export (run, svg, NULL);
  with = content (svg);
  export (run, svg, "--no-bookmarks");
  without = content (svg);
  g_assert_nonnull (strstr (with, ">halfway</text>"));
  g_assert_null (strstr (without, "halfway"));
  g_assert_cmpstr (without, ==, before);
}

/* Below the ruler, a line at the moment is all the difference: as high as the lanes. */
static void
test_pixels (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_autoptr (TelarTimeline) timeline = telar_synthetic_run_new (11, 2, 6, 2000);
  g_autofree char *run = NULL;
  cairo_surface_t *surfaces[2];
  int width, height, stride, lowest = -1, left = G_MAXINT, right = -1, rows = 0;

  telar_place_init (&place);
  run = telar_place_file (&place, "run.telar-run");
  telar_bookmarks_add (timeline->bookmarks, timeline->wall / 2, TELAR_NO_TASK, "");
  save (run, timeline);
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *file = telar_place_file (&place, i == 0 ? "with.png" : "without.png");

      export (run, file, i == 0 ? NULL : "--no-bookmarks");
      surfaces[i] = cairo_image_surface_create_from_png (file);
      g_assert_cmpint (cairo_surface_status (surfaces[i]), ==, CAIRO_STATUS_SUCCESS);
    }
  width = cairo_image_surface_get_width (surfaces[0]);
  height = cairo_image_surface_get_height (surfaces[0]);
  stride = cairo_image_surface_get_stride (surfaces[0]);
  g_assert_cmpint (width, ==, cairo_image_surface_get_width (surfaces[1]));
  g_assert_cmpint (height, ==, cairo_image_surface_get_height (surfaces[1]));
  for (int y = 0; y < height; y++)
    {
      const guchar *a = cairo_image_surface_get_data (surfaces[0]) + y * stride;
      const guchar *b = cairo_image_surface_get_data (surfaces[1]) + y * stride;

      if (memcmp (a, b, (gsize) width * 4) != 0)
        {
          rows++;
          lowest = y;
        }
    }
  /* The lower half of what differs is below the ruler for sure. */
  g_assert_cmpint (rows, >, 100);
  for (int y = lowest - rows / 2; y <= lowest; y++)
    for (int x = 0; x < width; x++)
      if (memcmp (cairo_image_surface_get_data (surfaces[0]) + y * stride + x * 4,
                  cairo_image_surface_get_data (surfaces[1]) + y * stride + x * 4, 4) != 0)
        {
          left = MIN (left, x);
          right = MAX (right, x);
        }
  g_assert_cmpint (right - left, <=, 2);
  g_assert_cmpint (left, >, width / 3);
  g_assert_cmpint (right, <, width * 3 / 4);
  cairo_surface_destroy (surfaces[0]);
  cairo_surface_destroy (surfaces[1]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bookmarks-export/words", test_words);
  g_test_add_func ("/bookmarks-export/pixels", test_pixels);
  return g_test_run ();
}
