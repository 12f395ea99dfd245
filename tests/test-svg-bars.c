/* test-svg-bars.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Rectangles of an SVG that are not cairo's: where they are, as long as they are, once
 * where a path is filled once, and not lost where there is no place for them.
 */

#include "config.h"

#include <cairo-svg.h>
#include <string.h>

#include "paint/export-private.h"

typedef struct
{
  GByteArray      *bytes;
  cairo_surface_t *surface;
  cairo_t         *cr;
  TelarSvgBars    *bars;
} Fixture;

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->bytes = g_byte_array_new ();
  fixture->surface = cairo_svg_surface_create_for_stream (append, fixture->bytes, 200, 100);
  fixture->bars = telar_svg_bars_new (fixture->surface);
  fixture->cr = cairo_create (fixture->surface);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  telar_svg_bars_free (fixture->bars);
  g_byte_array_unref (fixture->bytes);
}

/* Returns: what telar_svg_settle() says; the SVG is a text then. */
static gboolean
finish (Fixture *fixture)
{
  gboolean whole;

  cairo_destroy (fixture->cr);
  cairo_surface_destroy (fixture->surface);
  whole = telar_svg_settle (&fixture->bytes, fixture->bars, "A <b>", "what", "<text>t</text>\n");
  g_byte_array_append (fixture->bytes, (const guint8 *) "", 1);
  return whole;
}

static guint
count (const Fixture *fixture, const char *word)
{
  guint n = 0;

  for (const char *at = (const char *) fixture->bytes->data; (at = strstr (at, word)) != NULL; at++)
    n++;
  return n;
}

static void
test_corners (Fixture *fixture, gconstpointer data)
{
  TelarSvgBars *bars = telar_svg_bars_of (fixture->cr);

  g_assert_true (bars == fixture->bars);
  cairo_translate (fixture->cr, 10, 20);
  cairo_scale (fixture->cr, 2, 0.5);
  telar_svg_bars_add (bars, fixture->cr, 1, 2, 3, 4);
  telar_svg_bars_add (bars, fixture->cr, 10.126, -4.2, 0.001, 10);
  telar_svg_bars_path (bars, fixture->cr);
  cairo_fill (fixture->cr);
  telar_svg_bars_add (bars, fixture->cr, 20, 0, 1, 1);
  telar_svg_bars_path (bars, fixture->cr);
  cairo_fill_preserve (fixture->cr);
  cairo_set_source_rgb (fixture->cr, 1, 0, 0);
  cairo_fill (fixture->cr);
  g_assert_true (finish (fixture));
  g_assert_cmpuint (count (fixture, " d=\"M12 21H18V23H12ZM30.25 17.9H30.26V22.9H30.25Z\""), ==, 1);
  g_assert_cmpuint (count (fixture, " d=\"M50 20H52V20.5H50Z\""), ==, 2);
  g_assert_cmpuint (count (fixture, "4000000"), ==, 0);
  g_assert_cmpuint (count (fixture, "<title>A &lt;b&gt;</title>"), ==, 1);
  g_assert_cmpuint (count (fixture, "<text>t</text>\n</svg>"), ==, 1);
}

/* What nobody sees needs no place; what others draw stays. */
static void
test_out_of_sight (Fixture *fixture, gconstpointer data)
{
  cairo_rectangle (fixture->cr, 0, 0, 50, 50);
  cairo_fill (fixture->cr);
  telar_svg_bars_add (fixture->bars, fixture->cr, 1000, 1000, 3, 4);
  telar_svg_bars_path (fixture->bars, fixture->cr);
  cairo_fill (fixture->cr);
  telar_svg_bars_add (fixture->bars, fixture->cr, 100, 50, 100000, 4);
  telar_svg_bars_path (fixture->bars, fixture->cr);
  cairo_fill (fixture->cr);
  g_assert_true (finish (fixture));
  g_assert_cmpuint (count (fixture, "M100 50H100100V54H100Z"), ==, 1);
  g_assert_cmpuint (count (fixture, "M0 0H50V50H0Z"), ==, 1);
  g_assert_cmpuint (count (fixture, "M1000 "), ==, 0);
}

/* As with a cairo that writes paths in another way. */
static void
test_no_place (Fixture *fixture, gconstpointer data)
{
  telar_svg_bars_add (fixture->bars, fixture->cr, 1, 2, 3, 4);
  telar_svg_bars_path (fixture->bars, fixture->cr);
  cairo_new_path (fixture->cr);
  g_assert_false (finish (fixture));
}

static void
test_any_surface (Fixture *fixture, gconstpointer data)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_A8, 4, 4);
  cairo_t *cr = cairo_create (image);
  double x0, y0, x1, y1;

  g_assert_null (telar_svg_bars_of (cr));
  telar_svg_bars_add (NULL, cr, 1, 1, 2, 2);
  telar_svg_bars_path (NULL, cr);
  cairo_fill_extents (cr, &x0, &y0, &x1, &y1);
  g_assert_cmpfloat (x0, ==, 1);
  g_assert_cmpfloat (y1, ==, 3);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
  g_assert_true (finish (fixture));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/svg-bars/corners", Fixture, NULL, set_up, test_corners, tear_down);
  g_test_add ("/svg-bars/out-of-sight", Fixture, NULL, set_up, test_out_of_sight, tear_down);
  g_test_add ("/svg-bars/no-place", Fixture, NULL, set_up, test_no_place, tear_down);
  g_test_add ("/svg-bars/any-surface", Fixture, NULL, set_up, test_any_surface, tear_down);

  return g_test_run ();
}
