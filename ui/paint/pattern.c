/* pattern.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Patterns as tiles that repeat: pixels where the target is made of pixels
 * (an order of magnitude faster), shapes where it keeps shapes.
 */

#include "config.h"

#include <math.h>

#include "paint/paint-private.h"

/* Strokes on the 8 × 8 tile of the design, ends beyond the tile so that joints
 * meet; dots are strokes of length 0. */
typedef struct
{
  double x0, y0, x1, y1;
} Stroke;

typedef struct
{
  double line_width;
  guint  n_strokes;
  Stroke strokes[3];
} Drawing;

static const Drawing drawings[TELAR_N_PATTERNS] = {
  [TELAR_PATTERN_PLAIN]      = { 0, 0, { { 0 } } },
  [TELAR_PATTERN_DOTS]       = { 2.6, 1, { { 4, 4, 4, 4 } } },
  [TELAR_PATTERN_HATCH]      = { 1.5, 3, { { -1, 9, 9, -1 }, { -2, 2, 2, -2 }, { 6, 10, 10, 6 } } },
  [TELAR_PATTERN_STRIPES]    = { 1.6, 1, { { 4, -1, 4, 9 } } },
  [TELAR_PATTERN_BACK_HATCH] = { 1.5, 3, { { -1, -1, 9, 9 }, { 6, -2, 10, 2 }, { -2, 6, 2, 10 } } },
  [TELAR_PATTERN_LINES]      = { 1.4, 1, { { -1, 4, 9, 4 } } },
  [TELAR_PATTERN_PAPER]      = { 0.6, 1, { { 4, 4, 4, 4 } } },
  [TELAR_PATTERN_BLOCKED]    = { 1.3, 3, { { -1, 9, 9, -1 }, { -2, 2, 2, -2 }, { 6, 10, 10, 6 } } },
};

gboolean
telar_is_vector (cairo_t *cr)
{
  switch (cairo_surface_get_type (cairo_get_target (cr)))
    {
    case CAIRO_SURFACE_TYPE_PDF:
    case CAIRO_SURFACE_TYPE_PS:
    case CAIRO_SURFACE_TYPE_SVG:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
draw_tile (cairo_t *cr, const TelarFill *fill, double size)
{
  const Drawing *drawing = &drawings[fill->pattern];

  cairo_scale (cr, size / 8, size / 8);
  telar_color_set (cr, fill->ink);
  cairo_set_line_width (cr, drawing->line_width);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (guint i = 0; i < drawing->n_strokes; i++)
    {
      cairo_move_to (cr, drawing->strokes[i].x0, drawing->strokes[i].y0);
      cairo_line_to (cr, drawing->strokes[i].x1, drawing->strokes[i].y1);
    }
  cairo_stroke (cr);
}

static cairo_pattern_t *
repeat_tile (cairo_surface_t *tile, const TelarFill *fill, double size)
{
  cairo_pattern_t *pattern = cairo_pattern_create_for_surface (tile);
  cairo_t *cr = cairo_create (tile);

  draw_tile (cr, fill, size);
  cairo_destroy (cr);
  cairo_surface_destroy (tile);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_REPEAT);
  return pattern;
}

#define WIDE_TILE 64 /* pixels: pixman repeats narrow tiles slowly */

/* Pixels of a side of a tile. Returns: its scale in @scale. */
static int
tile_side (cairo_t *cr, double size, double *scale)
{
  cairo_surface_get_device_scale (cairo_get_target (cr), scale, scale);
  return MAX (4, (int) round (size * *scale));
}

double
telar_fill_period (cairo_t *cr, double size)
{
  double scale;

  return telar_is_vector (cr) ? size : tile_side (cr, size, &scale) / scale;
}

/* On pixels the tile holds ground and ink, several times side by side. */
cairo_surface_t *
telar_fill_tile (cairo_t *cr, const TelarFill *fill, double size)
{
  cairo_surface_t *tile, *wide;
  cairo_pattern_t *pattern;
  cairo_t *ground;
  double scale;
  int pixels, times;

  pixels = tile_side (cr, size, &scale);
  tile = cairo_image_surface_create (CAIRO_FORMAT_RGB24, pixels, pixels);
  cairo_surface_set_device_scale (tile, scale, scale);
  ground = cairo_create (tile);
  telar_color_set (ground, fill->base);
  cairo_paint (ground);
  cairo_destroy (ground);
  pattern = repeat_tile (tile, fill, pixels / scale);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_NEAREST);

  times = MAX (1, WIDE_TILE / pixels);
  wide = cairo_image_surface_create (CAIRO_FORMAT_RGB24, pixels * times, pixels);
  cairo_surface_set_device_scale (wide, scale, scale);
  ground = cairo_create (wide);
  cairo_set_source (ground, pattern);
  cairo_paint (ground);
  cairo_destroy (ground);
  cairo_pattern_destroy (pattern);
  cairo_surface_flush (wide);
  return wide;
}

static cairo_pattern_t *
make_pixels (cairo_t *cr, const TelarFill *fill, double size)
{
  cairo_surface_t *tile = telar_fill_tile (cr, fill, size);
  cairo_pattern_t *pattern = cairo_pattern_create_for_surface (tile);

  cairo_surface_destroy (tile);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_REPEAT);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_NEAREST);
  return pattern;
}

static void
drop_tile (gpointer pattern)
{
  cairo_surface_t *tile;

  if (cairo_pattern_get_surface (pattern, &tile) == CAIRO_STATUS_SUCCESS)
    cairo_surface_finish (tile);
  cairo_pattern_destroy (pattern);
}

/* Where shapes are kept the tile holds only ink, on top of one plain fill:
 * tiles that carry their ground show hairs between them in many viewers. A
 * tile lives as long as its target: the file then has it once, and cairo 1.16
 * loses memory where one goes before. */
static cairo_pattern_t *
get_shapes (cairo_t *cr, const TelarFill *fill, double size)
{
  static const cairo_user_data_key_t tiles_key;
  cairo_surface_t *target = cairo_get_target (cr);
  GHashTable *tiles = cairo_surface_get_user_data (target, &tiles_key);
  cairo_rectangle_t extents = { 0, 0, size, size };
  cairo_pattern_t *pattern;
  char *key;

  if (tiles == NULL)
    {
      tiles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                     drop_tile);
      cairo_surface_set_user_data (target, &tiles_key, tiles,
                                   (cairo_destroy_func_t) g_hash_table_unref);
    }
  key = g_strdup_printf ("%06x %u %d", fill->ink, fill->pattern, (int) (size * 1024));
  pattern = g_hash_table_lookup (tiles, key);
  if (pattern != NULL)
    {
      g_free (key);
      return cairo_pattern_reference (pattern);
    }
  pattern = repeat_tile (cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents),
                         fill, size);
  g_hash_table_insert (tiles, key, pattern);
  return cairo_pattern_reference (pattern);
}

void
telar_fill_path (cairo_t *cr, const TelarFill *fill, double size, double x, double y)
{
  gboolean vector = telar_is_vector (cr);
  cairo_pattern_t *pattern;
  cairo_matrix_t matrix;

  if (vector || fill->pattern == TELAR_PATTERN_PLAIN)
    {
      telar_color_set (cr, fill->base);
      if (fill->pattern == TELAR_PATTERN_PLAIN)
        cairo_fill (cr);
      else
        cairo_fill_preserve (cr);
    }
  if (fill->pattern == TELAR_PATTERN_PLAIN)
    return;
  pattern = vector ? get_shapes (cr, fill, size) : make_pixels (cr, fill, size);
  cairo_matrix_init_translate (&matrix, -round (x), -round (y));
  cairo_pattern_set_matrix (pattern, &matrix);
  cairo_set_source (cr, pattern);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
}

TelarFill
telar_fill_blocked (const TelarTheme *theme)
{
  return (TelarFill){ .base = theme->background, .ink = theme->hatch,
                      .pattern = TELAR_PATTERN_BLOCKED };
}
