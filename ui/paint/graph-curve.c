/* graph-curve.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Where ports, badges, rows and edges are: asked by the painter and under the
 * pointer alike.
 */

#include "config.h"

#include <math.h>

#include "paint/graph-private.h"

#define BACKWARDS 120.0 /* reach of an edge that leads back, */
#define BELOW     100.0 /* and how far it bends down, past the boxes that it is between */

double
telar_graph_stack (const TelarGraphLayout *layout, guint32 task)
{
  return task > 0 && telar_relations_task (layout->relations, task)->copies > 1
           ? 2 * TELAR_GRAPH_STACK : 0;
}

gboolean
telar_graph_has_port (const TelarGraphLayout *layout, guint32 task, gboolean out)
{
  g_return_val_if_fail (layout != NULL && task < layout->n_tasks, FALSE);

  return task > 0 && (out || layout->relations->tasks[task].starter == TELAR_NOBODY);
}

void
telar_graph_port (const TelarGraphLayout *layout, guint32 task, gboolean out, double *x, double *y)
{
  const TelarGraphBox *box;

  g_return_if_fail (layout != NULL && task < layout->n_tasks && x != NULL && y != NULL);

  box = &layout->boxes[task];
  *x = out ? box->x + box->width + telar_graph_stack (layout, task) : box->x;
  *y = box->y + box->height / 2;
}

void
telar_graph_badge (const TelarGraphLayout *layout, guint32 task, double *x, double *y)
{
  const TelarGraphBox *box;

  g_return_if_fail (layout != NULL && task < layout->n_tasks && x != NULL && y != NULL);

  box = &layout->boxes[task];
  *x = box->x + box->width - 2;
  *y = box->y + 1;
}

void
telar_graph_row (const TelarGraphLayout *layout, guint32 task, guint step, double *x, double *y,
                 double *width, double *height)
{
  const TelarGraphBox *box;

  g_return_if_fail (layout != NULL && task < layout->n_tasks);

  box = &layout->boxes[task];
  *x = box->has_body ? box->body_x : box->x;
  *y = box->has_body ? box->body_y : box->y;
  *width = box->has_body ? box->body_width : box->width;
  *height = box->has_body ? box->body_height : box->height;
  if (!box->unfolded)
    return;
  *y += TELAR_GRAPH_BODY_HEADER
        + TELAR_GRAPH_ROW * MIN (step, telar_graph_n_rows (layout, task) - 1);
  *height = TELAR_GRAPH_ROW;
}

TelarCurve
telar_graph_edge_ends (const TelarGraphLayout *layout, const TelarGraphEdge *edge)
{
  TelarCurve ends = { 0 };

  if (edge->kind == TELAR_GRAPH_STARTS && layout->boxes[edge->from].has_body)
    {
      double width, height;

      telar_graph_row (layout, edge->from, edge->step, &ends.x0, &ends.y0, &width, &height);
      ends.x0 += width;
      ends.y0 += height / 2;
    }
  else
    telar_graph_port (layout, edge->from, TRUE, &ends.x0, &ends.y0);
  telar_graph_port (layout, edge->to, FALSE, &ends.x3, &ends.y3);
  ends.x3 -= edge->kind == TELAR_GRAPH_STARTS ? 1.5 : TELAR_GRAPH_ARROW;
  return ends;
}

void
telar_curve_bend (TelarCurve *curve)
{
  double dx = curve->x3 - curve->x0;
  double reach = dx >= 0 ? CLAMP (dx / 2, 24, 90) : CLAMP (24 - dx / 2, 24, BACKWARDS);
  double below = dx >= 0 ? 0 : MIN (-dx, BELOW);

  curve->x1 = curve->x0 + reach;
  curve->y1 = curve->y0 + below;
  curve->x2 = curve->x3 - reach;
  curve->y2 = curve->y3 + below;
}

TelarCurve
telar_graph_edge_curve (const TelarGraphLayout *layout, const TelarGraphEdge *edge,
                        const TelarCurve *ends, guint part)
{
  TelarCurve curve = *ends;

  if (part > 0)
    {
      const TelarGraphPoint *point = &g_array_index (layout->points, TelarGraphPoint,
                                                     edge->first_point + part - 1);
      curve.x0 = point->x;
      curve.y0 = point->y;
    }
  if (part < edge->n_points)
    {
      const TelarGraphPoint *point = &g_array_index (layout->points, TelarGraphPoint,
                                                     edge->first_point + part);
      curve.x3 = point->x;
      curve.y3 = point->y;
    }
  telar_curve_bend (&curve);
  return curve;
}

void
telar_graph_edge_box (const TelarGraphLayout *layout, const TelarGraphEdge *edge,
                      const TelarCurve *ends, double *left, double *top, double *right,
                      double *bottom)
{
  double reach = ends->x3 >= ends->x0 ? 0 : BACKWARDS;

  *left = MIN (ends->x0, ends->x3) - reach;
  *right = MAX (ends->x0, ends->x3) + reach;
  *top = MIN (ends->y0, ends->y3);
  *bottom = MAX (ends->y0, ends->y3) + (reach > 0 ? BELOW : 0);
  for (guint i = 0; i < edge->n_points; i++)
    {
      const TelarGraphPoint *point = &g_array_index (layout->points, TelarGraphPoint,
                                                     edge->first_point + i);

      *top = MIN (*top, point->y);
      *bottom = MAX (*bottom, point->y);
      *left = MIN (*left, point->x - BACKWARDS);
      *right = MAX (*right, point->x + BACKWARDS);
    }
}

guint32
telar_graph_edge_frame (const TelarGraphLayout *layout, const TelarGraphEdge *edge)
{
  guint32 frame = layout->boxes[edge->to].parent;

  return frame == edge->from || frame == layout->boxes[edge->from].parent ? frame : TELAR_NOBODY;
}

void
telar_graph_edge_middle (const TelarGraphLayout *layout, guint edge, double *x, double *y)
{
  const TelarGraphEdge *it;
  TelarCurve ends, curve;

  g_return_if_fail (layout != NULL && edge < layout->edges->len && x != NULL && y != NULL);

  it = telar_graph_edge (layout, edge);
  ends = telar_graph_edge_ends (layout, it);
  curve = telar_graph_edge_curve (layout, it, &ends, it->n_points / 2);
  *x = (curve.x0 + 3 * curve.x1 + 3 * curve.x2 + curve.x3) / 8;
  *y = (curve.y0 + 3 * curve.y1 + 3 * curve.y2 + curve.y3) / 8;
}
