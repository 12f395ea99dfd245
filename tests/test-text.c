/* test-text.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Text for pixels: as wide as it says, at every size, cut where there is no room.
 */

#include "config.h"

#include <math.h>

#include "paint/paint-private.h"

#define WIDTH  400
#define HEIGHT 60

static const TelarTextStyle style = { "Sans", FALSE };
static const TelarTextStyle shapes = { "Sans", TRUE };

#define N_PLAIN 5 /* of them are in one font, whichever there is */
static const char *const texts[] = {
  "p1", "square([43, 50, 5, 98, 34, 35])", "AVAWA To fi ffl", "por número, así", "  spaces  ",
  "日本 and Latin", "שלום", "a\nb", "e\xcc\x81",
};
static const guint flags[] = { TELAR_TEXT_NORMAL, TELAR_TEXT_BOLD, TELAR_TEXT_MONO };

typedef struct
{
  int left, right; /* columns with ink; left > right: none */
} Extents;

static Extents
draw (const char *text, double size, guint flag, double max_width)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  Extents extents = { WIDTH, -1 };
  cairo_t *cr = cairo_create (surface);
  const guchar *data;

  telar_text_draw (cr, &style, text, 10, 40, size, flag, max_width, 0xffffff);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  g_assert_false (cairo_has_current_point (cr));
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      if (data[y * cairo_image_surface_get_stride (surface) + 4 * x] > 40)
        {
          extents.left = MIN (extents.left, x);
          extents.right = MAX (extents.right, x);
        }
  cairo_surface_destroy (surface);
  return extents;
}

/* Whole pixels a glyph are not far from where the shapes of glyphs end. */
static void
test_width (void)
{
  for (guint i = 0; i < N_PLAIN; i++)
    for (guint k = 0; k < G_N_ELEMENTS (flags); k++)
      for (double size = 4.5; size < 30; size *= 1.1)
        {
          double width = telar_text_width (&style, texts[i], size, flags[k]);
          double shape = telar_text_width (&shapes, texts[i], size, flags[k]);

          g_assert_cmpfloat (fabs (width - shape), <=,
                             0.5 * (double) g_utf8_strlen (texts[i], -1) + 1);
          g_assert_cmpfloat (width, ==, telar_text_width (&style, texts[i], size, flags[k]));
        }
  g_assert_cmpfloat (telar_text_width (&style, "", 12, TELAR_TEXT_NORMAL), ==, 0);
}

/* Where it is drawn is where it says that it is. */
static void
test_drawn (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint k = 0; k < G_N_ELEMENTS (flags); k++)
      for (double size = 6; size < 20; size *= 1.3)
        {
          double width = telar_text_width (&style, texts[i], size, flags[k]);
          Extents extents = draw (texts[i], size, flags[k], 0);

          g_assert_cmpint (extents.left, >=, 8);
          g_assert_cmpint (extents.right, <=, (int) (10 + width + 2));
          g_assert_cmpint (extents.right - extents.left, >, (int) (width / 3));
          /* With room enough it is not cut. */
          g_assert_cmpint (draw (texts[i], size, flags[k], ceil (width)).right, ==,
                           extents.right);
        }
}

static void
test_cut (void)
{
  const char *text = texts[1];
  double whole = telar_text_width (&style, text, 12, TELAR_TEXT_NORMAL);
  double dots = telar_text_width (&style, "…", 12, TELAR_TEXT_NORMAL);
  int last = 0;

  for (double room = 1; room < whole; room++)
    {
      Extents extents = draw (text, 12, TELAR_TEXT_NORMAL, room);

      g_assert_cmpint (extents.right, <=, (int) (10 + room));
      /* There is always as much of it as there is room for. */
      if (room > dots + 10)
        {
          g_assert_cmpint (extents.right, >=, last);
          g_assert_cmpint (extents.right, >, (int) (10 + room - dots - 12));
        }
      last = extents.right;
    }
}

/* A space before the dots is left out. */
static void
test_cut_at_space (void)
{
  double room = telar_text_width (&style, "one  ", 12, TELAR_TEXT_MONO)
                + telar_text_width (&style, "…", 12, TELAR_TEXT_MONO);

  g_assert_cmpint (draw ("one   two", 12, TELAR_TEXT_MONO, room).right, ==,
                   draw ("one…", 12, TELAR_TEXT_MONO, 0).right);
}

/* More texts than are kept. */
static void
test_many (void)
{
  double width = telar_text_width (&style, "kept?", 12, TELAR_TEXT_NORMAL);
  Extents cut = draw ("kept?", 12, TELAR_TEXT_NORMAL, width - 4);

  for (guint i = 0; i < 21000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      g_assert_cmpfloat (telar_text_width (&style, text, 12, TELAR_TEXT_NORMAL), >, 0);
    }
  g_assert_cmpfloat (telar_text_width (&style, "kept?", 12, TELAR_TEXT_NORMAL), ==, width);
  g_assert_cmpint (draw ("kept?", 12, TELAR_TEXT_NORMAL, width - 4).right, ==, cut.right);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/width", test_width);
  g_test_add_func ("/text/drawn", test_drawn);
  g_test_add_func ("/text/cut", test_cut);
  g_test_add_func ("/text/cut-at-space", test_cut_at_space);
  g_test_add_func ("/text/many", test_many);
  return g_test_run ();
}
