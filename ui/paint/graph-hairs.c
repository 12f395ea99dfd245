/* graph-hairs.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Thousands of edges, each a pixel wide: written where cairo would write them,
 * which costs a thousandth of what its strokes do.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "paint/graph-private.h"

#define MOST_PIXELS 1e6 /* of all hairs; of more, they are dotted */
#define PIECES      8   /* of a curve */

/* An image of coverage: small enough to stay near the processor. */
typedef struct
{
  guchar *pixels;
  int     width, height, stride;
  double  x, y, scale; /* from the layout to pixels */
  guint   ink;         /* of one hair */
  int     every;       /* so many pixels has it one */
  guint   pieces;      /* of a curve */
} Hairs;

/* Cuts from a line from @from to @to, both in parts of it (@begin to @end), what
 * is not within 0 to @most. */
static void
clip (double from, double to, double most, double *begin, double *end)
{
  double length = to - from;
  double enter = length > 0 ? -from / length : (most - from) / length;
  double leave = length > 0 ? (most - from) / length : -from / length;

  if (length == 0)
    {
      *end = from >= 0 && from <= most ? *end : -1;
      return;
    }
  *begin = MAX (*begin, enter);
  *end = MIN (*end, leave);
}

static gboolean
is_inside (const Hairs *hairs, gint64 x, gint64 y)
{
  return x >= 0 && y >= 0 && x >> 16 < hairs->width && y >> 16 < hairs->height;
}

/* The steps of all of it are counted, whatever is cut off: where a part of the
 * picture is painted later, a line goes on where it ended. */
static void
add_line (const Hairs *hairs, double x0, double y0, double x1, double y1)
{
  int steps = (int) MAX (ceil (MAX (fabs (x1 - x0), fabs (y1 - y0)) / hairs->every), 1);
  gint64 x = (gint64) floor (x0 * 65536), dx = (gint64) ((x1 - x0) * 65536 / steps);
  gint64 y = (gint64) floor (y0 * 65536), dy = (gint64) ((y1 - y0) * 65536 / steps);
  double begin = 0, end = 1;
  int first, last;

  clip (x0, x1, hairs->width, &begin, &end);
  clip (y0, y1, hairs->height, &begin, &end);
  if (begin > end)
    return;
  first = (int) MAX (begin * steps - 1, 0);
  last = (int) MIN (end * steps + 1, steps - 1);
  while (first <= last && !is_inside (hairs, x + first * dx, y + first * dy))
    first++;
  while (first <= last && !is_inside (hairs, x + last * dx, y + last * dy))
    last--;
  x += first * dx;
  y += first * dy;
  for (int i = first; i <= last; i++, x += dx, y += dy)
    {
      guchar *pixel = &hairs->pixels[(y >> 16) * hairs->stride + (x >> 16)];

      *pixel = (guchar) MIN (255, *pixel + hairs->ink);
    }
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

/* A triangle, row by row. */
static void
add_head (const Hairs *hairs, const TelarCurve *ends)
{
  double x = hairs->x + (ends->x3 + 1) * hairs->scale, y = hairs->y + ends->y3 * hairs->scale;
  double length = ceil (10 * hairs->scale);
  int half = (int) ceil (0.46 * length);

  for (int row = (int) floor (y) - half; row <= (int) floor (y) + half; row++)
    {
      double far = fabs (row + 0.5 - y) / 0.46; /* how far behind the tip this row begins */
      int from = MAX ((int) floor (x - length) + 1, 0);
      int to = MIN ((int) floor (x - far) + 1, hairs->width);

      if (row < 0 || row >= hairs->height || from >= to)
        continue;
      memset (&hairs->pixels[row * hairs->stride + from], 255, (gsize) (to - from));
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
        add_head (hairs, &ends);
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

static GPrivate image_of_thread = G_PRIVATE_INIT ((GDestroyNotify) cairo_surface_destroy);

/* An empty image. It is kept from frame to frame: memory that is new every time
 * takes longer than what is painted on it.
 *
 * Returns: (transfer none) */
static cairo_surface_t *
get_image (int width, int height)
{
  cairo_surface_t *image = g_private_get (&image_of_thread);

  if (image == NULL || cairo_image_surface_get_width (image) != width
      || cairo_image_surface_get_height (image) != height)
    {
      image = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
      g_private_replace (&image_of_thread, image);
      return image;
    }
  cairo_surface_flush (image);
  memset (cairo_image_surface_get_data (image), 0,
          (gsize) cairo_image_surface_get_stride (image) * (gsize) height);
  return image;
}

void
telar_paint_graph_hairs (TelarGraphPainter *painter)
{
  cairo_surface_t *image = get_image ((int) ceil (painter->right - painter->left),
                                      (int) ceil (painter->bottom - painter->top));
  Hairs hairs = {
    .pixels = cairo_image_surface_get_data (image),
    .width = cairo_image_surface_get_width (image),
    .height = cairo_image_surface_get_height (image),
    .stride = cairo_image_surface_get_stride (image),
    .x = painter->x - painter->left,
    .y = painter->y - painter->top,
    .scale = painter->scale,
    .ink = painter->small ? 110 : 120,
    .every = painter->small ? (int) MIN (1 + measure (painter) / MOST_PIXELS, 4) : 1,
    .pieces = painter->small ? 1 : PIECES,
  };

  if (hairs.pixels == NULL)
    return;
  cairo_surface_flush (image);
  add_edges (painter, &hairs);
  cairo_surface_mark_dirty (image);
  telar_color_set (painter->cr, painter->theme->arrow);
  cairo_mask_surface (painter->cr, image, painter->left, painter->top);
}
