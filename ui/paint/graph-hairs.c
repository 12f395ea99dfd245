/* graph-hairs.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Thousands of edges, each a pixel wide: written where cairo would write them,
 * which costs a thousandth of what its strokes do. Some rows at a time: to go up
 * and down in all of a picture takes three times as long.
 */

#include "config.h"

#include <math.h>

#include "paint/graph-private.h"

#define MOST_PIXELS 1e6 /* of all hairs; of more, they are dotted */
#define PIECES      8   /* of a curve */
#define LONGEST     (1 << 24) /* line, in pixels, that is not cut to what is in sight */
#define BAND        64  /* rows that are painted at a time: as many as stay near the processor */

typedef struct
{
  float x0, y0, x1, y1;
} Line;

/* Where it is painted, in pixels of the surface. */
typedef struct
{
  guint32 *pixels;
  int      stride;                   /* in pixels */
  int      left, top, right, bottom; /* what is painted on */
  double   x, y, scale;              /* from the layout to pixels */
  guint32  color;
  guint32  ink;                      /* of 256: how much a hair covers of what is below it */
  int      every;                    /* so many pixels has it one */
  guint    pieces;                   /* of a curve */
  GArray  *lines;                    /* Line */
  GArray  *heads;                    /* TelarGraphPoint: their tips */
} Hairs;

/* Cuts from a line from @from to @to, both in parts of it (@begin to @end), what
 * is not within @least to @most. */
static void
clip (double from, double to, double least, double most, double *begin, double *end)
{
  double length = to - from;
  double enter = length > 0 ? (least - from) / length : (most - from) / length;
  double leave = length > 0 ? (most - from) / length : (least - from) / length;

  if (length == 0)
    {
      *end = from >= least && from <= most ? *end : -1;
      return;
    }
  *begin = MAX (*begin, enter);
  *end = MIN (*end, leave);
}

static gboolean
is_inside (const Hairs *hairs, gint64 x, gint64 y, int top, int bottom)
{
  return x >> 16 >= hairs->left && x >> 16 < hairs->right && y >> 16 >= top && y >> 16 < bottom;
}

/* As far as it is between two rows. The steps of all of it are counted, whatever
 * is cut off: in the next rows, and where a part of the picture is painted later,
 * it goes on where it ended. */
static void
paint_line (const Hairs *hairs, const Line *line, int top, int bottom)
{
  double width = line->x1 - line->x0, height = line->y1 - line->y0;
  int steps = (int) MAX (ceil (MAX (fabs (width), fabs (height)) / hairs->every), 1);
  gint64 x = (gint64) floor (line->x0 * 65536.0), dx = (gint64) (width * 65536 / steps);
  gint64 y = (gint64) floor (line->y0 * 65536.0), dy = (gint64) (height * 65536 / steps);
  guint32 rest = 256 - hairs->ink;
  guint32 even = (hairs->color & 0x00ff00ff) * hairs->ink;
  guint32 odd = (hairs->color >> 8 & 0x00ff00ff) * hairs->ink;
  double begin = 0, end = 1;
  int first, last;

  clip (line->x0, line->x1, hairs->left, hairs->right, &begin, &end);
  clip (line->y0, line->y1, top, bottom, &begin, &end);
  if (begin > end)
    return;
  first = (int) MAX (begin * steps - 1, 0);
  last = (int) MIN (end * steps + 1, steps - 1);
  while (first <= last && !is_inside (hairs, x + first * dx, y + first * dy, top, bottom))
    first++;
  while (first <= last && !is_inside (hairs, x + last * dx, y + last * dy, top, bottom))
    last--;
  x += first * dx;
  y += first * dy;
  for (int i = first; i <= last; i++, x += dx, y += dy)
    {
      guint32 *pixel = &hairs->pixels[(y >> 16) * hairs->stride + (x >> 16)];

      /* Two bytes at once. */
      *pixel = (((*pixel & 0x00ff00ff) * rest + even) >> 8 & 0x00ff00ff)
               | (((*pixel >> 8 & 0x00ff00ff) * rest + odd) & 0xff00ff00);
    }
}

/* A triangle. */
static void
paint_head (const Hairs *hairs, const TelarGraphPoint *tip)
{
  double length = ceil (10 * hairs->scale);
  int half = (int) ceil (0.46 * length), middle = (int) floor (tip->y);

  for (int row = MAX (middle - half, hairs->top); row <= MIN (middle + half, hairs->bottom - 1);
       row++)
    {
      double far = fabs (row + 0.5 - tip->y) / 0.46; /* how far behind the tip it begins here */
      int from = MAX ((int) floor (tip->x - length) + 1, hairs->left);
      int to = MIN ((int) floor (tip->x - far) + 1, hairs->right);

      for (int column = from; column < to; column++)
        hairs->pixels[row * hairs->stride + column] = hairs->color;
    }
}

static void
paint_hairs (const Hairs *hairs)
{
  for (int top = hairs->top; top < hairs->bottom; top += BAND)
    {
      int bottom = MIN (top + BAND, hairs->bottom);

      /* One after the other, memory comes fast. */
      for (int row = top; row < bottom; row++)
        for (int column = hairs->left; column < hairs->right; column += 16)
          __builtin_prefetch (&hairs->pixels[row * hairs->stride + column], 1);
      for (guint i = 0; i < hairs->lines->len; i++)
        {
          const Line *line = &g_array_index (hairs->lines, Line, i);

          if (MAX (line->y0, line->y1) >= top && MIN (line->y0, line->y1) <= bottom)
            paint_line (hairs, line, top, bottom);
        }
    }
  for (guint i = 0; i < hairs->heads->len; i++)
    paint_head (hairs, &g_array_index (hairs->heads, TelarGraphPoint, i));
}

/* A line that leads further than can be counted begins and ends where it is seen. */
static void
add_line (const Hairs *hairs, double x0, double y0, double x1, double y1)
{
  double begin = 0, end = 1, width = x1 - x0, height = y1 - y0;
  Line line = { (float) x0, (float) y0, (float) x1, (float) y1 };

  if (MAX (x0, x1) < hairs->left || MIN (x0, x1) > hairs->right || MAX (y0, y1) < hairs->top
      || MIN (y0, y1) > hairs->bottom)
    return;
  if (MAX (fabs (width), fabs (height)) > LONGEST)
    {
      clip (x0, x1, hairs->left, hairs->right, &begin, &end);
      clip (y0, y1, hairs->top, hairs->bottom, &begin, &end);
      if (begin > end)
        return;
      line = (Line){ (float) CLAMP (x0 + begin * width, hairs->left, hairs->right),
                     (float) CLAMP (y0 + begin * height, hairs->top, hairs->bottom),
                     (float) CLAMP (x0 + end * width, hairs->left, hairs->right),
                     (float) CLAMP (y0 + end * height, hairs->top, hairs->bottom) };
    }
  g_array_append_val (hairs->lines, line);
}

static void
add_curve (const Hairs *hairs, const TelarCurve *curve)
{
  double x = hairs->x + curve->x0 * hairs->scale, y = hairs->y + curve->y0 * hairs->scale;

  for (guint i = 1; i <= hairs->pieces; i++)
    {
      double t = (double) i / hairs->pieces, u = 1 - t;
      double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
      double next_x = hairs->x + (a * curve->x0 + b * curve->x1 + c * curve->x2 + d * curve->x3)
                                   * hairs->scale;
      double next_y = hairs->y + (a * curve->y0 + b * curve->y1 + c * curve->y2 + d * curve->y3)
                                   * hairs->scale;

      add_line (hairs, x, y, next_x, next_y);
      x = next_x;
      y = next_y;
    }
}

static void
add_edges (const TelarGraphPainter *painter, const Hairs *hairs)
{
  for (guint i = 0; i < painter->layout->edges->len; i++)
    {
      const TelarGraphEdge *edge = telar_graph_edge (painter->layout, i);
      TelarCurve ends;

      if (telar_graph_edge_floats (painter, edge) != painter->floats)
        continue;
      ends = telar_graph_edge_ends (painter->layout, edge);
      for (guint k = 0; k <= edge->n_points; k++)
        {
          TelarCurve curve = telar_graph_edge_curve (painter->layout, edge, &ends, k);

          if (telar_graph_sees_curve (painter, &curve))
            add_curve (hairs, &curve);
        }
      if (!painter->small && telar_graph_sees_head (painter, &ends))
        {
          TelarGraphPoint tip = { hairs->x + (ends.x3 + 1) * hairs->scale,
                                  hairs->y + ends.y3 * hairs->scale };

          g_array_append_val (hairs->heads, tip);
        }
    }
}

/* About how long all of them are, in pixels. */
static double
measure (const TelarGraphPainter *painter)
{
  double sum = 0;

  for (guint i = 0; i < painter->layout->edges->len; i++)
    {
      const TelarGraphEdge *edge = telar_graph_edge (painter->layout, i);
      const TelarGraphBox *from = &painter->layout->boxes[edge->from];
      const TelarGraphBox *to = &painter->layout->boxes[edge->to];
      double length = MAX (fabs (to->x - from->x), fabs (to->y - from->y)) * painter->scale;

      sum += MIN (length, painter->view->width);
    }
  return sum;
}

/* On what is painted on, or on an image above it. */
void
telar_paint_graph_hairs (TelarGraphPainter *painter)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_autoptr (GArray) heads = g_array_new (FALSE, FALSE, sizeof (TelarGraphPoint));
  TelarPixels pixels = painter->pixels;
  cairo_surface_t *image = NULL;
  Hairs hairs = { .lines = lines, .heads = heads };

  if (pixels.surface == NULL)
    {
      image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceil (painter->view->width),
                                          (int) ceil (painter->view->height));
      pixels = (TelarPixels){ .surface = image, .scale = 1,
                              .right = cairo_image_surface_get_width (image),
                              .bottom = cairo_image_surface_get_height (image) };
    }
  cairo_surface_flush (pixels.surface);
  hairs.pixels = (guint32 *) (void *) cairo_image_surface_get_data (pixels.surface);
  hairs.stride = cairo_image_surface_get_stride (pixels.surface) / 4;
  hairs.left = pixels.left;
  hairs.top = pixels.top;
  hairs.right = pixels.right;
  hairs.bottom = pixels.bottom;
  hairs.x = (painter->x + pixels.x) * pixels.scale;
  hairs.y = (painter->y + pixels.y) * pixels.scale;
  hairs.scale = painter->scale * pixels.scale;
  hairs.color = 0xff000000 | painter->theme->arrow;
  /* Where pixels are smaller, as much in all. */
  hairs.ink = (guint32) MIN ((painter->small ? 110 : 120) * pixels.scale, 256);
  hairs.every = painter->small ? (int) MIN (1 + measure (painter) / MOST_PIXELS, 4) : 1;
  hairs.pieces = painter->small ? 1 : PIECES;
  if (hairs.pixels != NULL)
    {
      add_edges (painter, &hairs);
      paint_hairs (&hairs);
    }
  cairo_surface_mark_dirty (pixels.surface);
  if (image != NULL)
    {
      cairo_set_source_surface (painter->cr, image, 0, 0);
      cairo_paint (painter->cr);
      cairo_surface_destroy (image);
    }
}
