/* graph-edges.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What comes after what, as curves with heads. In a picture too small for text
 * there can be thousands: there they are hairs (graph-hairs.c).
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "paint/graph-private.h"

#define NEAR         8.0 /* what is so near may be seen */
#define MOST_STROKES 90  /* edges in sight; of more, each is a hair */
#define PIECES       16  /* of a curve that is measured */
#define MOST_HALVES  8   /* how often a curve is cut in two to leave out what is not seen */

/* What a curve surely lies in, on the surface. */
static void
hull (const TelarGraphPainter *painter, const TelarCurve *curve, double *left, double *top,
      double *right, double *bottom)
{
  *left = telar_graph_x (painter, MIN (MIN (curve->x0, curve->x1), MIN (curve->x2, curve->x3)));
  *right = telar_graph_x (painter, MAX (MAX (curve->x0, curve->x1), MAX (curve->x2, curve->x3)));
  *top = telar_graph_y (painter, MIN (MIN (curve->y0, curve->y1), MIN (curve->y2, curve->y3)));
  *bottom = telar_graph_y (painter, MAX (MAX (curve->y0, curve->y1), MAX (curve->y2, curve->y3)));
}

static gboolean
is_in_sight (const TelarGraphPainter *painter, double left, double top, double right,
             double bottom)
{
  return right >= painter->left - NEAR && left <= painter->right + NEAR
         && bottom >= painter->top - NEAR && top <= painter->bottom + NEAR;
}

gboolean
telar_graph_sees_curve (const TelarGraphPainter *painter, const TelarCurve *curve)
{
  double left, top, right, bottom;

  hull (painter, curve, &left, &top, &right, &bottom);
  return is_in_sight (painter, left, top, right, bottom);
}

static gboolean
is_visible (const TelarGraphPainter *painter, const TelarGraphEdge *edge, const TelarCurve *ends)
{
  double left, top, right, bottom;

  telar_graph_edge_box (painter->layout, edge, ends, &left, &top, &right, &bottom);
  if (!is_in_sight (painter, telar_graph_x (painter, left), telar_graph_y (painter, top),
                    telar_graph_x (painter, right), telar_graph_y (painter, bottom)))
    return FALSE;
  for (guint k = 0; k <= edge->n_points; k++)
    {
      TelarCurve curve = telar_graph_edge_curve (painter->layout, edge, ends, k);

      if (telar_graph_sees_curve (painter, &curve))
        return TRUE;
    }
  return FALSE;
}

/* The halves of a curve. */
static void
halve (const TelarCurve *whole, TelarCurve *first, TelarCurve *second)
{
  double x = (whole->x1 + whole->x2) / 2, y = (whole->y1 + whole->y2) / 2;

  first->x0 = whole->x0;
  first->y0 = whole->y0;
  first->x1 = (whole->x0 + whole->x1) / 2;
  first->y1 = (whole->y0 + whole->y1) / 2;
  second->x2 = (whole->x2 + whole->x3) / 2;
  second->y2 = (whole->y2 + whole->y3) / 2;
  second->x3 = whole->x3;
  second->y3 = whole->y3;
  first->x2 = (first->x1 + x) / 2;
  first->y2 = (first->y1 + y) / 2;
  second->x1 = (second->x2 + x) / 2;
  second->y1 = (second->y2 + y) / 2;
  first->x3 = second->x0 = (first->x2 + second->x1) / 2;
  first->y3 = second->y0 = (first->y2 + second->y1) / 2;
}

static void
move_to (TelarGraphPainter *painter, double x, double y)
{
  cairo_move_to (painter->cr, telar_graph_x (painter, x), telar_graph_y (painter, y));
}

static void
curve_to (TelarGraphPainter *painter, const TelarCurve *curve)
{
  cairo_curve_to (painter->cr, telar_graph_x (painter, curve->x1),
                  telar_graph_y (painter, curve->y1), telar_graph_x (painter, curve->x2),
                  telar_graph_y (painter, curve->y2), telar_graph_x (painter, curve->x3),
                  telar_graph_y (painter, curve->y3));
}

/* About how long a curve is, in pixels. */
static double
measure (const TelarGraphPainter *painter, const TelarCurve *curve)
{
  double x = curve->x0, y = curve->y0, length = 0;

  for (guint i = 1; i <= PIECES; i++)
    {
      double t = (double) i / PIECES, u = 1 - t;
      double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
      double next_x = a * curve->x0 + b * curve->x1 + c * curve->x2 + d * curve->x3;
      double next_y = a * curve->y0 + b * curve->y1 + c * curve->y2 + d * curve->y3;

      length += hypot (next_x - x, next_y - y);
      x = next_x;
      y = next_y;
    }
  return length * painter->scale;
}

static void
set_dashes (TelarGraphPainter *painter, double offset)
{
  double dashes[] = { 6 * painter->scale, 4 * painter->scale };

  cairo_set_dash (painter->cr, dashes, G_N_ELEMENTS (dashes), offset);
}

/* Only what is seen: cairo takes its time for what is not, too. Dashes are where
 * they are in the whole, so that they keep still when the view moves.
 *
 * @dashed: (nullable): how much there is of a dashed line so far, in pixels */
static void
curve_in_sight (TelarGraphPainter *painter, const TelarCurve *curve, guint depth, double *dashed)
{
  double left, top, right, bottom;
  TelarCurve first, second;
  gboolean seen;

  hull (painter, curve, &left, &top, &right, &bottom);
  seen = is_in_sight (painter, left, top, right, bottom);
  /* Cut as the view asks, whichever part of it is painted. */
  if (seen && depth > 0
      && (left < -100 || right > painter->view->width + 100 || top < -100
          || bottom > painter->view->height + 100))
    {
      halve (curve, &first, &second);
      curve_in_sight (painter, &first, depth - 1, dashed);
      curve_in_sight (painter, &second, depth - 1, dashed);
      return;
    }
  if (seen)
    curve_to (painter, curve);
  if (dashed != NULL)
    *dashed += measure (painter, curve);
  if (seen)
    return;
  if (dashed != NULL)
    {
      cairo_stroke (painter->cr);
      set_dashes (painter, *dashed);
    }
  move_to (painter, curve->x3, curve->y3);
}

static gboolean
is_dashed (const TelarGraphPainter *painter, const TelarGraphEdge *edge)
{
  return edge->kind == TELAR_GRAPH_STARTS && !painter->small;
}

/* How an edge is drawn: its kind by its dashes, whether it is selected or pointed
 * at by its width and colour. */
static void
set_line (TelarGraphPainter *painter, guint number)
{
  const TelarGraphEdge *edge = telar_graph_edge (painter->layout, number);
  const TelarTheme *theme = painter->theme;
  double width = edge->kind == TELAR_GRAPH_STARTS ? 1.5 : 1.8;
  TelarColor color = edge->kind == TELAR_GRAPH_STARTS ? theme->dim : theme->arrow;

  if (number == painter->show->edge)
    {
      width = 3.6;
      color = theme->accent;
    }
  else if (number == painter->show->hover_edge)
    {
      width = 2.8;
      color = theme->text;
    }
  telar_color_set (painter->cr, color);
  cairo_set_line_width (painter->cr, MAX (width * painter->scale, painter->small ? 1.5 : 0));
  if (is_dashed (painter, edge))
    set_dashes (painter, 0);
  else
    cairo_set_dash (painter->cr, NULL, 0, 0);
}

static void
paint_line (TelarGraphPainter *painter, const TelarGraphEdge *edge, const TelarCurve *ends)
{
  TelarCurve until = *ends;
  double length = 0;

  until.x3 -= 8;
  move_to (painter, ends->x0, ends->y0);
  for (guint k = 0; k <= edge->n_points; k++)
    {
      TelarCurve curve = telar_graph_edge_curve (painter->layout, edge, &until, k);
      curve_in_sight (painter, &curve, MOST_HALVES, is_dashed (painter, edge) ? &length : NULL);
    }
  /* One by one: a path of many that cross takes cairo far longer. */
  cairo_stroke (painter->cr);
}

static void
paint_head (TelarGraphPainter *painter, double x, double y, double size)
{
  cairo_t *cr = painter->cr;

  cairo_move_to (cr, telar_graph_x (painter, x + 1), telar_graph_y (painter, y));
  cairo_rel_line_to (cr, -10 * size * painter->scale, -4.6 * size * painter->scale);
  cairo_rel_line_to (cr, 0, 9.2 * size * painter->scale);
  cairo_close_path (cr);
  cairo_fill (cr);
}

gboolean
telar_graph_sees_head (const TelarGraphPainter *painter, const TelarCurve *ends)
{
  double x = telar_graph_x (painter, ends->x3), y = telar_graph_y (painter, ends->y3);
  double reach = 16 * painter->scale;

  return x > painter->left - reach && x < painter->right + reach && y > painter->top - reach
         && y < painter->bottom + reach;
}

static void
paint_edge (TelarGraphPainter *painter, guint number, gboolean head)
{
  const TelarGraphEdge *edge = telar_graph_edge (painter->layout, number);
  TelarCurve ends = telar_graph_edge_ends (painter->layout, edge);

  if (head ? !telar_graph_sees_head (painter, &ends) : !is_visible (painter, edge, &ends))
    return;
  set_line (painter, number);
  if (head)
    paint_head (painter, ends.x3, ends.y3,
                number == painter->show->edge || number == painter->show->hover_edge ? 1.25 : 1);
  else
    paint_line (painter, edge, &ends);
}

gboolean
telar_graph_edge_floats (const TelarGraphPainter *painter, const TelarGraphEdge *edge)
{
  return painter->floating != NULL
         && (painter->floating[edge->from] || painter->floating[edge->to]);
}

gboolean
telar_graph_is_crowded (const TelarGraphPainter *painter)
{
  guint n = 0;

  if (painter->small || painter->vector)
    return painter->small;
  for (guint i = 0; i < painter->layout->edges->len && n <= MOST_STROKES; i++)
    {
      const TelarGraphEdge *edge = telar_graph_edge (painter->layout, i);
      TelarCurve ends = telar_graph_edge_ends (painter->layout, edge);

      n += is_visible (painter, edge, &ends) ? 1 : 0;
    }
  return n > MOST_STROKES;
}

/* What is selected or pointed at is on top, so that all of it is seen. */
void
telar_graph_sort_edges (TelarGraphPainter *painter)
{
  const TelarGraphLayout *layout = painter->layout;

  painter->first_edge = g_new (guint, layout->n_tasks + 1);
  painter->next_edge = g_new (guint, MAX (layout->edges->len, 1));
  memset (painter->first_edge, 0xff, (layout->n_tasks + 1) * sizeof (guint));
  for (guint i = layout->edges->len; i-- > 0;)
    {
      guint32 frame = telar_graph_edge_frame (layout, telar_graph_edge (layout, i));

      if (frame == TELAR_NOBODY || i == painter->show->edge || i == painter->show->hover_edge)
        frame = layout->n_tasks;
      painter->next_edge[i] = painter->first_edge[frame];
      painter->first_edge[frame] = i;
    }
}

void
telar_paint_graph_edges (TelarGraphPainter *painter, guint32 frame, gboolean heads)
{
  for (guint i = painter->first_edge[frame]; i != G_MAXUINT; i = painter->next_edge[i])
    {
      gboolean shown = i == painter->show->edge || i == painter->show->hover_edge;

      if (telar_graph_edge_floats (painter, telar_graph_edge (painter->layout, i))
          != painter->floats)
        continue;
      if (shown ? !heads || !painter->small : !painter->crowded)
        paint_edge (painter, i, heads);
    }
  cairo_set_dash (painter->cr, NULL, 0, 0);
}

void
telar_paint_graph_link (TelarGraphPainter *painter)
{
  const TelarGraphShow *show = painter->show;
  TelarCurve curve = { .x0 = show->link_x0, .y0 = show->link_y0,
                       .x3 = show->link_x1, .y3 = show->link_y1 };
  double unit = MAX (painter->scale, 0.5);
  double dashes[] = { 7 * unit, 5 * unit };

  if (!show->link)
    return;
  telar_color_set (painter->cr, show->link_legal ? painter->theme->start : painter->theme->fail);
  cairo_set_line_width (painter->cr, 2.6 * unit);
  if (!show->link_legal)
    cairo_set_dash (painter->cr, dashes, G_N_ELEMENTS (dashes), 0);
  curve.x3 -= 8;
  telar_curve_bend (&curve);
  cairo_move_to (painter->cr, telar_graph_x (painter, curve.x0),
                 telar_graph_y (painter, curve.y0));
  curve_to (painter, &curve);
  cairo_stroke (painter->cr);
  cairo_set_dash (painter->cr, NULL, 0, 0);
  paint_head (painter, show->link_x1, show->link_y1, 1.2);
}
