/* graph-shift.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A layout while it is used: what a drag does to it, where there is room, how
 * it fits into a view.
 */

#include "config.h"

#include <math.h>

#include "paint/graph-private.h"

#define MOST_TRIES 4000
#define SAME       1e-6 /* pixels that many little moves there and back may be off */

static void
measure (TelarGraphLayout *layout)
{
  double right = -HUGE_VAL, bottom = -HUGE_VAL;

  layout->x = layout->y = HUGE_VAL;
  for (guint32 i = 0; i < layout->n_tasks; i++)
    {
      const TelarGraphBox *box = &layout->boxes[i];
      double stack = telar_graph_stack (layout, i);

      layout->x = MIN (layout->x, box->x);
      layout->y = MIN (layout->y, box->y);
      right = MAX (right, box->x + box->width + stack);
      bottom = MAX (bottom, box->y + box->height + stack);
    }
  for (guint i = 0; i < layout->n_objects; i++)
    {
      const TelarGraphBox *box = &layout->objects[i];

      layout->x = MIN (layout->x, box->x);
      layout->y = MIN (layout->y, box->y);
      right = MAX (right, box->x + box->width);
      bottom = MAX (bottom, box->y + box->height);
    }
  layout->width = right - layout->x;
  layout->height = bottom - layout->y;
}

void
telar_graph_layout_shift (TelarGraphLayout *layout, const guint32 *tasks, guint n_tasks, double dx,
                          double dy)
{
  g_autofree guint8 *moved = NULL;

  g_return_if_fail (layout != NULL && (tasks != NULL || n_tasks == 0));

  moved = g_new0 (guint8, layout->n_tasks);
  for (guint i = 0; i < n_tasks; i++)
    if (tasks[i] < layout->n_tasks)
      moved[tasks[i]] = TRUE;
  for (guint32 i = 0; n_tasks > 0 && i < layout->n_tasks; i++)
    {
      guint32 task = layout->order[i];
      TelarGraphBox *box = &layout->boxes[task];

      moved[task] |= box->parent != TELAR_NOBODY && moved[box->parent];
      if (!moved[task])
        continue;
      box->x += dx;
      box->y += dy;
      box->body_x += dx;
      box->body_y += dy;
    }
  for (guint i = 0; n_tasks > 0 && i < layout->edges->len; i++)
    {
      TelarGraphEdge *edge = &g_array_index (layout->edges, TelarGraphEdge, i);

      if (moved[edge->from] != moved[edge->to])
        {
          edge->away_x += moved[edge->to] ? dx : -dx;
          edge->away_y += moved[edge->to] ? dy : -dy;
          /* The way past other boxes is for where it was; who comes back has it again. */
          edge->n_points = fabs (edge->away_x) < SAME && fabs (edge->away_y) < SAME ? edge->n_way
                                                                                    : 0;
        }
      for (guint k = 0; moved[edge->to] && k < edge->n_way; k++)
        {
          g_array_index (layout->points, TelarGraphPoint, edge->first_point + k).x += dx;
          g_array_index (layout->points, TelarGraphPoint, edge->first_point + k).y += dy;
        }
    }
  measure (layout);
}

guint32
telar_graph_frame_at (const TelarGraphLayout *layout, double x, double y, const gboolean *but)
{
  g_return_val_if_fail (layout != NULL, 0);

  for (guint32 i = layout->n_tasks; i-- > 1;)
    {
      guint32 task = layout->order[i];
      const TelarGraphBox *box = &layout->boxes[task];

      if ((but != NULL && but[task])
          || (!box->frame
              && telar_relations_task (layout->relations, task)->kind != TELAR_KIND_PROCESS))
        continue;
      if (x >= box->x && x < box->x + box->width && y >= box->y && y < box->y + box->height)
        return task;
    }
  return 0;
}

/* Whether something lies where a box at (@x, @y) would be; if so, @past is where
 * what was found so far ends. */
static void
look_at (double left, double top, double width, double height, double x, double y,
         gboolean *taken, double *past_x, double *past_y)
{
  double right = x + TELAR_GRAPH_BOX_WIDTH + TELAR_GRAPH_GAP / 2;
  double bottom = y + TELAR_GRAPH_BOX_HEIGHT + TELAR_GRAPH_GAP / 2;

  if (left >= right || left + width + TELAR_GRAPH_GAP / 2 <= x || top >= bottom
      || top + height + TELAR_GRAPH_GAP / 2 <= y)
    return;
  *past_x = *taken ? MAX (*past_x, left + width) : left + width;
  *past_y = *taken ? MAX (*past_y, top + height) : top + height;
  *taken = TRUE;
}

/* The same of all. Frames that hold @parent are no obstacle, their rows are. */
static gboolean
is_taken (const TelarGraphLayout *layout, const guint8 *holds, double x, double y, double *past_x,
          double *past_y)
{
  gboolean taken = FALSE;

  for (guint32 i = 0; i < layout->n_tasks; i++)
    {
      const TelarGraphBox *box = &layout->boxes[i];
      double stack = telar_graph_stack (layout, i);
      double left = box->x, top = box->y, width = box->width + stack, height = box->height + stack;

      if (holds[i])
        {
          if (!box->has_body)
            continue;
          left = box->body_x;
          top = box->body_y;
          width = box->body_width;
          height = box->body_height;
        }
      look_at (left, top, width, height, x, y, &taken, past_x, past_y);
    }
  for (guint i = 0; i < layout->n_objects; i++)
    {
      const TelarGraphBox *box = &layout->objects[i];

      look_at (box->x, box->y, box->width, box->height, x, y, &taken, past_x, past_y);
    }
  return taken;
}

void
telar_graph_layout_free_place (const TelarGraphLayout *layout, guint32 parent, double *x,
                               double *y)
{
  g_autofree guint8 *holds = NULL;
  double right = *x, below = *y, past_x, past_y;
  guint tries = 0;

  g_return_if_fail (layout != NULL && parent < layout->n_tasks && x != NULL && y != NULL);

  holds = g_new0 (guint8, layout->n_tasks);
  for (guint32 i = parent; i != TELAR_NOBODY; i = layout->boxes[i].parent)
    holds[i] = TRUE;
  while (tries++ < MOST_TRIES && is_taken (layout, holds, right, *y, &past_x, &past_y))
    right = past_x + TELAR_GRAPH_GAP;
  while (tries++ < MOST_TRIES && is_taken (layout, holds, *x, below, &past_x, &past_y))
    below = past_y + TELAR_GRAPH_GAP;
  /* Right of it, unless that is far away. */
  if (right - *x <= MAX (2 * (below - *y), 2 * TELAR_GRAPH_BOX_WIDTH))
    *x = right;
  else
    *y = below;
}

void
telar_graph_fit (const TelarGraphLayout *layout, const TelarView *view, double *x, double *y,
                 double *scale)
{
  g_return_if_fail (layout != NULL && view != NULL && x != NULL && y != NULL && scale != NULL);

  *scale = MIN (1.25 * view->text / 12,
                MIN (view->width / (layout->width + 2 * TELAR_GRAPH_MARGIN),
                     view->height / (layout->height + 2 * TELAR_GRAPH_MARGIN)));
  *x = (view->width - layout->width * *scale) / 2 - layout->x * *scale;
  *y = (view->height - layout->height * *scale) / 2 - layout->y * *scale;
}
