/* graph-edges.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What comes after what, as curves with heads. In a picture too small for text
 * there can be thousands: there they are hairs, written into one image, which
 * costs a thousandth of what cairo's strokes do.
 */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "paint/graph-private.h"

/* Where an edge leaves a box and where it enters one. */
typedef struct
{
  double x0, y0, x1, y1;
} Ends;

static Ends
find_ends (const TelarGraphPainter *painter, const TelarGraphEdge *edge)
{
  const TelarGraphBox *from = telar_graph_box (painter, edge->from);
  const TelarGraphBox *to = telar_graph_box (painter, edge->to);
  double stack = telar_graph_copies (painter, from) > 1 ? 2 * TELAR_GRAPH_STACK : 0;

  return (Ends){ from->x + from->width + stack, from->y + from->height / 2, to->x - 5,
                 to->y + to->height / 2 };
}

/* Edges that lie on one far side of the window are not seen. */
static gboolean
is_visible (const TelarGraphPainter *painter, const TelarGraphEdge *edge, const Ends *ends)
{
  double left = MIN (ends->x0, ends->x1), right = MAX (ends->x0, ends->x1);
  double top = MIN (ends->y0, ends->y1), bottom = MAX (ends->y0, ends->y1);

  for (guint i = 0; i < edge->n_points; i++)
    {
      double y = g_array_index (painter->layout->points, TelarGraphPoint, edge->first_point + i).y;

      top = MIN (top, y);
      bottom = MAX (bottom, y);
    }
  return telar_graph_x (painter, right + 90) >= 0
         && telar_graph_x (painter, left - 90) <= painter->view->width
         && telar_graph_y (painter, bottom + 8) >= 0
         && telar_graph_y (painter, top - 8) <= painter->view->height;
}

static void
curve (TelarGraphPainter *painter, double x0, double y0, double x1, double y1)
{
  double reach = CLAMP ((x1 - x0) / 2, 24, 90);

  cairo_curve_to (painter->cr, telar_graph_x (painter, x0 + reach), telar_graph_y (painter, y0),
                  telar_graph_x (painter, x1 - reach), telar_graph_y (painter, y1),
                  telar_graph_x (painter, x1), telar_graph_y (painter, y1));
}

static void
paint_line (TelarGraphPainter *painter, const TelarGraphEdge *edge, const Ends *ends)
{
  double x = ends->x0, y = ends->y0;

  cairo_move_to (painter->cr, telar_graph_x (painter, x), telar_graph_y (painter, y));
  for (guint k = 0; k < edge->n_points; k++)
    {
      const TelarGraphPoint *point = &g_array_index (painter->layout->points, TelarGraphPoint,
                                                     edge->first_point + k);

      curve (painter, x, y, point->x, point->y);
      x = point->x;
      y = point->y;
    }
  curve (painter, x, y, ends->x1 - 8, ends->y1);
  /* One by one: a path of many that cross takes cairo far longer. */
  cairo_stroke (painter->cr);
}

static void
paint_head (TelarGraphPainter *painter, const Ends *ends)
{
  cairo_t *cr = painter->cr;

  cairo_move_to (cr, telar_graph_x (painter, ends->x1 + 1), telar_graph_y (painter, ends->y1));
  cairo_rel_line_to (cr, -10 * painter->scale, -4.6 * painter->scale);
  cairo_rel_line_to (cr, 0, 9.2 * painter->scale);
  cairo_close_path (cr);
  cairo_fill (cr);
}

/* An image of coverage. */
typedef struct
{
  guchar *pixels;
  int     width, height, stride;
} Hairs;

static void
add_hair (Hairs *hairs, double x0, double y0, double x1, double y1)
{
  double length = MAX (fabs (x1 - x0), fabs (y1 - y0));
  int steps = (int) CLAMP (ceil (length), 1, 20000);

  for (int i = 0; i <= steps; i++)
    {
      int x = (int) floor (x0 + (x1 - x0) * i / steps);
      int y = (int) floor (y0 + (y1 - y0) * i / steps);

      if (x >= 0 && x < hairs->width && y >= 0 && y < hairs->height)
        {
          guchar *pixel = &hairs->pixels[y * hairs->stride + x];
          *pixel = (guchar) MIN (255, *pixel + 110);
        }
    }
}

static void
add_hairs (const TelarGraphPainter *painter, const TelarGraphEdge *edge, const Ends *ends,
           Hairs *hairs)
{
  double x = telar_graph_x (painter, ends->x0), y = telar_graph_y (painter, ends->y0);

  for (guint k = 0; k < edge->n_points; k++)
    {
      const TelarGraphPoint *point = &g_array_index (painter->layout->points, TelarGraphPoint,
                                                     edge->first_point + k);

      add_hair (hairs, x, y, telar_graph_x (painter, point->x), telar_graph_y (painter, point->y));
      x = telar_graph_x (painter, point->x);
      y = telar_graph_y (painter, point->y);
    }
  add_hair (hairs, x, y, telar_graph_x (painter, ends->x1), telar_graph_y (painter, ends->y1));
}

static void
paint_hairs (TelarGraphPainter *painter)
{
  cairo_surface_t *image
    = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) ceil (painter->view->width),
                                  (int) ceil (painter->view->height));
  Hairs hairs = {
    .pixels = cairo_image_surface_get_data (image),
    .width = cairo_image_surface_get_width (image),
    .height = cairo_image_surface_get_height (image),
    .stride = cairo_image_surface_get_stride (image),
  };

  if (hairs.pixels != NULL)
    {
      cairo_surface_flush (image);
      for (guint i = 0; i < painter->layout->edges->len; i++)
        {
          const TelarGraphEdge *edge = &g_array_index (painter->layout->edges, TelarGraphEdge, i);
          Ends ends = find_ends (painter, edge);

          if (is_visible (painter, edge, &ends))
            add_hairs (painter, edge, &ends, &hairs);
        }
      cairo_surface_mark_dirty (image);
      telar_color_set (painter->cr, painter->theme->arrow);
      cairo_mask_surface (painter->cr, image, 0, 0);
    }
  cairo_surface_destroy (image);
}

void
telar_paint_edges (TelarGraphPainter *painter, gboolean heads)
{
  if (painter->small)
    {
      if (!heads)
        paint_hairs (painter);
      return;
    }
  telar_color_set (painter->cr, painter->theme->arrow);
  cairo_set_line_width (painter->cr, 1.8 * painter->scale);
  for (guint i = 0; i < painter->layout->edges->len; i++)
    {
      const TelarGraphEdge *edge = &g_array_index (painter->layout->edges, TelarGraphEdge, i);
      Ends ends = find_ends (painter, edge);

      if (!is_visible (painter, edge, &ends))
        continue;
      if (heads)
        paint_head (painter, &ends);
      else
        paint_line (painter, edge, &ends);
    }
}
