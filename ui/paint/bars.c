/* bars.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Paints the shapes of slices. Rectangles are gathered and painted by fill,
 * one cairo call a fill, which is what makes ten thousand of them cheap.
 */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "paint/paint-private.h"
#include "paint/svg-bars.h"

typedef struct
{
  guint64   key;  /* equal for equal fills */
  TelarFill fill;
  double    x, y, width, height;
} Bar;

/* Columns of a busy run differ in height by little; so many steps are shown
 * where each rectangle costs bytes. */
#define VECTOR_STEPS 8

/* Of the hatch of waits, at 12 pixels of text: bars are as thin. */
#define BLOCKED_SIZE 6

GArray *
telar_bars_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (Bar));
}

static double
snap (const TelarPainter *painter, double x)
{
  return painter->vector ? x : floor (x + 0.5);
}

void
telar_add_bar (TelarPainter *painter, const TelarFill *fill, double x0, double x1, double y,
               double height)
{
  TelarColor ink = fill->pattern != TELAR_PATTERN_PLAIN ? fill->ink : 0;
  Bar bar = { .key = (guint64) fill->base << 32 | (guint64) ink << 8 | fill->pattern,
              .fill = *fill };

  x0 = snap (painter, MAX (x0, painter->lanes.left - 4 * painter->unit));
  x1 = snap (painter, MIN (x1, painter->lanes.width + 4 * painter->unit));
  bar.x = x0;
  bar.y = snap (painter, y);
  bar.width = MAX (x1 - x0, painter->vector ? 0.01 : 1);
  bar.height = MAX (snap (painter, y + height) - bar.y, painter->vector ? 0.01 : 1);
  g_array_append_val (painter->bars, bar);
}

static int
compare_bars (gconstpointer a, gconstpointer b)
{
  const Bar *x = a, *y = b;

  return x->key < y->key ? -1 : x->key > y->key;
}

/* Those from @first on that are filled alike. Returns: behind them. */
static guint
end_of_fill (const GArray *bars, guint first)
{
  guint64 key = g_array_index (bars, Bar, first).key;
  guint i = first + 1;

  while (i < bars->len && g_array_index (bars, Bar, i).key == key)
    i++;
  return i;
}

static void
write_alike (TelarPainter *painter, const Bar *bars, guint n, double size, double x, double y)
{
  const TelarFill *fill = &bars[0].fill;
  cairo_surface_t *tile = fill->pattern != TELAR_PATTERN_PLAIN
                            ? telar_fill_tile (painter->cr, fill, size) : NULL;

  for (guint i = 0; i < n; i++)
    if (tile == NULL || !telar_pixels_tile (&painter->pixels, tile, x, y, bars[i].x, bars[i].y,
                                            bars[i].width, bars[i].height))
      telar_pixels_fill (&painter->pixels, painter->cr, bars[i].x, bars[i].y, bars[i].width,
                         bars[i].height, fill->base);
  g_clear_pointer (&tile, cairo_surface_destroy);
}

static void
paint_alike (TelarPainter *painter, const Bar *bars, guint n)
{
  const TelarFill *fill = &bars[0].fill;
  double size = (fill->pattern == TELAR_PATTERN_BLOCKED ? BLOCKED_SIZE : 8) * painter->unit;
  /* Patterns move with time and lanes, not with the window. What they begin at may be farther
   * away than cairo counts. */
  double period = telar_fill_period (painter->cr, size);
  double x = fmod (telar_lanes_x (&painter->lanes, 0), period);
  double y = fmod (painter->lanes.top - (painter->pinned ? 0 : painter->view->scroll), period);
  TelarSvgBars *svg = telar_svg_bars_of (painter->cr);

  if (painter->pixels.surface != NULL)
    {
      write_alike (painter, bars, n, size, round (x), round (y));
      return;
    }
  for (guint i = 0; i < n; i++)
    telar_svg_bars_add (svg, painter->cr, bars[i].x, bars[i].y, bars[i].width, bars[i].height);
  telar_svg_bars_path (svg, painter->cr);
  telar_fill_path (painter->cr, fill, size, x, y);
}

void
telar_flush_bars (TelarPainter *painter)
{
  GArray *bars = painter->bars;

  g_array_sort (bars, compare_bars);
  for (guint i = 0, next; i < bars->len; i = next)
    {
      next = end_of_fill (bars, i);
      paint_alike (painter, &g_array_index (bars, Bar, i), next - i);
    }
  g_array_set_size (bars, 0);
}

/* Where they cannot be written: one image instead of a rectangle a column. */
static void
paint_columns_as_image (TelarPainter *painter, int x, double y, guint n, guint height,
                        const TelarColor *colors, const guint8 *highs)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) n, (int) height);
  guchar *pixels = cairo_image_surface_get_data (image);
  int stride = cairo_image_surface_get_stride (image);

  if (pixels != NULL)
    {
      cairo_surface_flush (image);
      for (guint i = 0; i < n; i++)
        for (guint row = height - highs[i]; row < height; row++)
          ((guint32 *) (void *) (pixels + (gssize) row * stride))[i] = 0xff000000 | colors[i];
      cairo_surface_mark_dirty (image);
      cairo_set_source_surface (painter->cr, image, x, y);
      cairo_pattern_set_filter (cairo_get_source (painter->cr), CAIRO_FILTER_NEAREST);
      cairo_paint (painter->cr);
    }
  cairo_surface_destroy (image);
}

/* Columns as wide as a pixel. */
static void
paint_columns_as_pixels (TelarPainter *painter, const TelarRow *row, const TelarShape *shape)
{
  const TelarColumn *columns = &g_array_index (painter->shapes.columns, TelarColumn,
                                               shape->first_column);
  int from = MAX (columns[0].x, (int) floor (painter->lanes.left - 4 * painter->unit));
  int to = MIN (columns[shape->n_columns - 1].x + 1, (int) ceil (painter->lanes.width));
  int height = MIN ((int) snap (painter, row->bar_height), G_MAXUINT8);
  double y = snap (painter, row->bar_y);
  g_autofree TelarColor *colors = NULL;
  g_autofree guint8 *highs = NULL;
  guint32 task = TELAR_NO_TASK;
  TelarColor color = 0;
  guint n;

  if (to <= from || height <= 0)
    return;
  n = (guint) (to - from);
  colors = g_new (TelarColor, n);
  highs = g_new0 (guint8, n);
  for (guint i = 0; i < shape->n_columns; i++)
    {
      int x = columns[i].x - from;

      if (x < 0 || x >= (int) n)
        continue;
      if (columns[i].task != task)
        {
          task = columns[i].task;
          color = telar_palette_fill (&painter->palette, task, NULL).base;
        }
      colors[x] = color;
      highs[x] = (guint8) CLAMP ((int) (columns[i].share * height + 0.5), MIN (2, height), height);
    }
  if (!telar_pixels_columns (&painter->pixels, from, y, n, (guint) height, colors, highs))
    paint_columns_as_image (painter, from, y, n, (guint) height, colors, highs);
}

/* Neighbouring columns that look alike are one rectangle. */
static void
add_columns (TelarPainter *painter, const TelarRow *row, const TelarShape *shape)
{
  const TelarColumn *columns = &g_array_index (painter->shapes.columns, TelarColumn,
                                               shape->first_column);

  for (guint i = 0; i < shape->n_columns;)
    {
      int step = MAX (1, (int) (columns[i].share * VECTOR_STEPS + 0.5));
      double height = MAX (row->bar_height * step / VECTOR_STEPS, 2 * painter->unit);
      TelarFill fill = telar_palette_fill (&painter->palette, columns[i].task, NULL);
      guint first = i++;

      fill.pattern = TELAR_PATTERN_PLAIN;
      while (i < shape->n_columns && columns[i].x == columns[i - 1].x + 1
             && columns[i].task == columns[first].task
             && MAX (1, (int) (columns[i].share * VECTOR_STEPS + 0.5)) == step)
        i++;
      telar_add_bar (painter, &fill, columns[first].x, columns[i - 1].x + 1,
               row->bar_y + row->bar_height - height, height);
    }
}

/* Two slices that touch on the picture but not in time, or of one task on two
 * cores: a hair of background between them. */
static double
seam (const TelarPainter *painter, const TelarShape *shape, const TelarShape *next)
{
  double hair = painter->vector ? 0.5 * painter->unit : 1;

  if (next != NULL && next->kind == TELAR_SHAPE_BAR && next->x0 - shape->x1 < hair
      && next->task == shape->task && shape->x1 - shape->x0 > 6 * painter->unit)
    return shape->x1 - hair;
  return shape->x1;
}

void
telar_paint_slices (TelarPainter *painter, const TelarRow *row)
{
  const GArray *shapes = painter->shapes.shapes;
  TelarFill before;
  gboolean beside = FALSE;

  for (guint i = 0; i < shapes->len; i++)
    {
      const TelarShape *shape = &g_array_index (shapes, TelarShape, i);
      const TelarShape *next = i + 1 < shapes->len ? shape + 1 : NULL;

      switch ((TelarShapeKind) shape->kind)
        {
        case TELAR_SHAPE_BAR:
          {
            gboolean differs =
                row->kind == TELAR_ROW_CORE && beside && shape[-1].task != shape->task;
            TelarFill fill = telar_palette_fill (&painter->palette, shape->task,
                                                 differs ? &before : NULL);

            telar_add_bar (painter, &fill, shape->x0, seam (painter, shape, next), row->bar_y,
                     row->bar_height);
            before = fill;
            beside = TRUE;
            continue;
          }
        case TELAR_SHAPE_DENSE:
          if (painter->vector)
            add_columns (painter, row, shape);
          else
            paint_columns_as_pixels (painter, row, shape);
          break;
        case TELAR_SHAPE_PIN:
          add_columns (painter, row, shape);
          break;
        }
      beside = FALSE;
    }
}
