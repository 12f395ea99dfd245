/* graph-hit.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What is under the pointer. What is painted last is found first.
 */

#include "config.h"

#include <math.h>

#include "paint/graph-private.h"

#define PIECES     16  /* of a curve */
#define MAIN_LABEL 10  /* main's name reaches so far above and below its outline */
#define OUTLINE    3.0

static gboolean
is_in (double x, double y, double left, double top, double width, double height)
{
  return x >= left && x < left + width && y >= top && y < top + height;
}

static gboolean
is_near (double x, double y, double x0, double y0, double reach)
{
  return (x - x0) * (x - x0) + (y - y0) * (y - y0) <= reach * reach;
}

/* From a point to a line's nearest point, squared. */
static double
distance (double x, double y, double x0, double y0, double x1, double y1)
{
  double dx = x1 - x0, dy = y1 - y0, length = dx * dx + dy * dy;
  double t = length > 0 ? CLAMP (((x - x0) * dx + (y - y0) * dy) / length, 0, 1) : 0;

  dx = x - (x0 + t * dx);
  dy = y - (y0 + t * dy);
  return dx * dx + dy * dy;
}

static double
curve_distance (const TelarCurve *curve, double x, double y)
{
  double best = HUGE_VAL, last_x = curve->x0, last_y = curve->y0;

  for (int i = 1; i <= PIECES; i++)
    {
      double t = (double) i / PIECES, u = 1 - t;
      double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
      double next_x = a * curve->x0 + b * curve->x1 + c * curve->x2 + d * curve->x3;
      double next_y = a * curve->y0 + b * curve->y1 + c * curve->y2 + d * curve->y3;

      best = MIN (best, distance (x, y, last_x, last_y, next_x, next_y));
      last_x = next_x;
      last_y = next_y;
    }
  return best;
}

/* Whether an edge is seen on the ground of @frame: not where it lies on a frame
 * that this one is in. */
static gboolean
is_edge_seen (const TelarGraphLayout *layout, const TelarGraphEdge *edge, guint32 frame)
{
  guint32 on = telar_graph_edge_frame (layout, edge);

  for (guint32 task = on; task != TELAR_NOBODY; task = layout->boxes[task].parent)
    if (task == frame)
      return TRUE;
  return on == TELAR_NOBODY || frame == TELAR_NOBODY;
}

/* Returns: the nearest edge that is near enough, or G_MAXUINT. */
static guint
find_edge (const TelarGraphLayout *layout, guint32 frame, double x, double y, double reach)
{
  guint found = G_MAXUINT;
  double best = reach * reach;

  for (guint i = 0; i < layout->edges->len; i++)
    {
      const TelarGraphEdge *edge = telar_graph_edge (layout, i);
      TelarCurve ends = telar_graph_edge_ends (layout, edge);
      double left, top, right, bottom;

      telar_graph_edge_box (layout, edge, &ends, &left, &top, &right, &bottom);
      if (x < left - reach || x > right + reach || y < top - reach || y > bottom + reach
          || !is_edge_seen (layout, edge, frame))
        continue;
      for (guint k = 0; k <= edge->n_points; k++)
        {
          TelarCurve curve = telar_graph_edge_curve (layout, edge, &ends, k);
          double d = curve_distance (&curve, x, y);

          if (d <= best)
            {
              best = d;
              found = i;
            }
        }
    }
  return found;
}

static gboolean
hit_badge (const TelarGraphLayout *layout, const guint8 *marks, double x, double y, double slack,
           TelarGraphHit *hit)
{
  for (guint32 i = layout->n_tasks; marks != NULL && i-- > 0;)
    {
      guint32 task = layout->order[i];
      double at_x, at_y;

      if ((marks[task] & (TELAR_GRAPH_ERROR | TELAR_GRAPH_WARNING)) == 0)
        continue;
      telar_graph_badge (layout, task, &at_x, &at_y);
      if (!is_near (x, y, at_x, at_y, MAX (TELAR_GRAPH_BADGE, slack) + 1))
        continue;
      *hit = (TelarGraphHit){ TELAR_GRAPH_HIT_BADGE, task, 0 };
      return TRUE;
    }
  return FALSE;
}

/* The nearest port, so that two that stand close can be told apart. */
static gboolean
hit_port (const TelarGraphLayout *layout, double x, double y, double slack, TelarGraphHit *hit)
{
  double best = TELAR_GRAPH_PORT + slack;
  gboolean found = FALSE;

  for (guint32 i = layout->n_tasks; i-- > 0;)
    {
      guint32 task = layout->order[i];
      const TelarGraphBox *box = &layout->boxes[task];

      if (fabs (y - (box->y + box->height / 2)) > best || x < box->x - best
          || x > box->x + box->width + 2 * TELAR_GRAPH_STACK + best)
        continue;
      for (int out = 0; out < 2; out++)
        {
          double at_x, at_y;

          if (!telar_graph_has_port (layout, task, out))
            continue;
          telar_graph_port (layout, task, out, &at_x, &at_y);
          if (hypot (x - at_x, y - at_y) >= best)
            continue;
          best = hypot (x - at_x, y - at_y);
          found = TRUE;
          *hit = (TelarGraphHit){ out ? TELAR_GRAPH_HIT_OUT : TELAR_GRAPH_HIT_IN, task, 0 };
        }
    }
  return found;
}

/* A box, on or behind which copies stand. */
static gboolean
hit_box (const TelarGraphLayout *layout, double x, double y, TelarGraphHit *hit)
{
  for (guint32 i = layout->n_tasks; i-- > 0;)
    {
      guint32 task = layout->order[i];
      const TelarGraphBox *box = &layout->boxes[task];

      if (box->frame || x < box->x || y < box->y)
        continue;
      if (!is_in (x, y, box->x, box->y, box->width, box->height))
        {
          double stack = telar_graph_stack (layout, task);

          if (!is_in (x, y, box->x + stack, box->y + stack, box->width, box->height))
            continue;
        }
      *hit = (TelarGraphHit){ TELAR_GRAPH_HIT_TASK, task, 0 };
      return TRUE;
    }
  return FALSE;
}

static gboolean
hit_body (const TelarGraphLayout *layout, guint32 task, double x, double y, TelarGraphHit *hit)
{
  const TelarGraphBox *box = &layout->boxes[task];
  guint row;

  if (!box->has_body
      || !is_in (x, y, box->body_x, box->body_y, box->body_width, box->body_height))
    return FALSE;
  if (!box->unfolded || y < box->body_y + TELAR_GRAPH_BODY_HEADER)
    {
      *hit = (TelarGraphHit){ TELAR_GRAPH_HIT_FOLD, task, 0 };
      return TRUE;
    }
  row = (guint) ((y - box->body_y - TELAR_GRAPH_BODY_HEADER) / TELAR_GRAPH_ROW);
  *hit = (TelarGraphHit){ TELAR_GRAPH_HIT_STEP, task,
                          MIN (row, telar_graph_n_rows (layout, task) - 1) };
  return TRUE;
}

/* Whether a place inside a frame, or on its outline, is not its ground. */
static gboolean
is_on_frame (const TelarGraphBox *box, gboolean is_main, double x, double y, double slack)
{
  double edge = MAX (OUTLINE, slack);

  if (x < box->x + edge || x > box->x + box->width - edge || y > box->y + box->height - edge)
    return TRUE;
  return y < box->y + (is_main ? MAIN_LABEL : TELAR_GRAPH_HEADER);
}

TelarGraphHit
telar_graph_hit (const TelarGraphLayout *layout, const guint8 *marks, double x, double y,
                 double slack)
{
  TelarGraphHit hit = { TELAR_GRAPH_HIT_NOTHING, TELAR_NOBODY, 0 };
  gboolean on_frame = FALSE;
  guint edge, object;

  g_return_val_if_fail (layout != NULL, hit);

  if (hit_badge (layout, marks, x, y, slack, &hit) || hit_port (layout, x, y, slack, &hit)
      || hit_box (layout, x, y, &hit))
    return hit;

  object = telar_graph_object_at (layout, x, y);
  if (object != G_MAXUINT && telar_graph_hit_pool (layout, object, x, y, &hit))
    return hit;
  if (object != G_MAXUINT)
    return (TelarGraphHit){ TELAR_GRAPH_HIT_OBJECT, TELAR_NOBODY, object };

  /* The innermost frame; with its outline. */
  for (guint32 i = layout->n_tasks; hit.kind == TELAR_GRAPH_HIT_NOTHING && i-- > 0;)
    {
      guint32 task = layout->order[i];
      const TelarGraphBox *box = &layout->boxes[task];
      double above = task == 0 ? MAIN_LABEL : 0;

      if (!box->frame
          || !is_in (x, y, box->x - slack, box->y - slack - above, box->width + 2 * slack,
                     box->height + 2 * slack + above))
        continue;
      on_frame = is_on_frame (box, task == 0, x, y, slack);
      hit = (TelarGraphHit){ on_frame ? TELAR_GRAPH_HIT_TASK : TELAR_GRAPH_HIT_GROUND, task, 0 };
    }
  if (on_frame || (hit.task != TELAR_NOBODY && hit_body (layout, hit.task, x, y, &hit)))
    return hit;
  edge = find_edge (layout, hit.task, x, y, slack + 1);
  if (edge != G_MAXUINT)
    return (TelarGraphHit){ TELAR_GRAPH_HIT_EDGE, telar_graph_edge (layout, edge)->to, edge };
  return hit;
}

GArray *
telar_graph_tasks_in (const TelarGraphLayout *layout, double x, double y, double width,
                      double height)
{
  GArray *tasks = g_array_new (FALSE, FALSE, sizeof (guint32));

  g_return_val_if_fail (layout != NULL, tasks);

  for (guint32 i = 1; i < layout->n_tasks; i++)
    {
      const TelarGraphBox *box = &layout->boxes[i];
      gboolean within = box->x >= x && box->y >= y && box->x + box->width <= x + width
                        && box->y + box->height <= y + height;
      gboolean touched = box->x <= x + width && x <= box->x + box->width && box->y <= y + height
                         && y <= box->y + box->height;

      if (box->frame ? within : touched)
        g_array_append_val (tasks, i);
    }
  return tasks;
}
