/* hit.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What lies under a point: the rows, shapes and marks that were painted, asked
 * again, from the topmost down.
 */

#include "config.h"

#include <math.h>

#include "paint/paint-private.h"

/* How far beside a small thing still means it. */
#define REACH 4

static TelarHit
nothing (void)
{
  return (TelarHit){ .kind = TELAR_HIT_NOTHING, .task = TELAR_NO_TASK,
                     .begin = TELAR_NO_TIME, .end = TELAR_NO_TIME };
}

static gboolean
inside (double x, double y, double left, double top, double width, double height)
{
  return x >= left && x < left + width && y >= top && y < top + height;
}

static gboolean
hit_mark (const TelarLanes *lanes, const TelarTaskLane *task, const TelarRow *row, double x,
          double y, TelarHit *hit)
{
  TelarMark marks[TELAR_MAX_MARKS];
  guint n = telar_marks_of (lanes, task, marks);
  /* The pole of a start flag stands on the bar; only the flag is the mark. */
  double reach = REACH / 2.0 * lanes->unit;

  for (guint i = n; i-- > 0;)
    {
      double left, top, width, height;

      telar_mark_box (lanes, row, &marks[i], &left, &top, &width, &height);
      if (marks[i].bits == TELAR_MARKER_START)
        height = MIN (height, row->bar_y - top);
      if (!inside (x, y, left - reach, top, width + 2 * reach, height))
        continue;
      hit->kind = TELAR_HIT_MARKER;
      hit->task = task->number;
      hit->number = marks[i].bits;
      hit->begin = marks[i].begin;
      hit->end = marks[i].end;
      return TRUE;
    }
  return FALSE;
}

/* The nearest pin within reach, then the bar or the columns under the point. */
static gboolean
hit_shapes (const TelarLanes *lanes, const TelarRow *row, const TelarShapes *shapes, double x,
            double y, TelarHit *hit)
{
  const TelarShape *found = NULL;
  double nearest = (REACH + 2) * lanes->unit;

  for (guint i = 0; i < shapes->shapes->len; i++)
    {
      const TelarShape *shape = &g_array_index (shapes->shapes, TelarShape, i);
      double distance = fabs (x - (shape->x0 + shape->x1) / 2) - (shape->x1 - shape->x0) / 2;

      if (shape->kind == TELAR_SHAPE_PIN && distance < nearest)
        {
          found = shape;
          nearest = distance;
        }
      else if (shape->kind != TELAR_SHAPE_PIN && found == NULL && x >= shape->x0 && x < shape->x1)
        found = shape;
    }
  if (found == NULL || !inside (x, y, x, row->bar_y - 6 * lanes->unit, 1,
                                row->bar_height + 6 * lanes->unit))
    return FALSE;
  hit->kind = found->kind == TELAR_SHAPE_BAR ? TELAR_HIT_SLICE : TELAR_HIT_PIN;
  hit->task = telar_shape_task (shapes, found);
  hit->number = found->core;
  hit->count = found->count;
  hit->begin = found->begin;
  hit->end = found->end;
  return TRUE;
}

static guint
core_lane_of (const TelarTimeline *timeline, int number)
{
  for (guint i = 0; i < timeline->cores->len; i++)
    if (((TelarCoreLane *) timeline->cores->pdata[i])->number == number)
      return i;
  return G_MAXUINT;
}

static gboolean
hit_slices (const TelarLanes *lanes, const TelarTimeline *timeline, const TelarRow *row,
            const TelarSlices *slices, double x, double y, TelarHit *hit)
{
  TelarShapes shapes;
  gboolean found;

  telar_shapes_init (&shapes);
  telar_shapes_fill (&shapes, lanes, slices);
  found = hit_shapes (lanes, row, &shapes, x, y, hit);
  telar_shapes_clear (&shapes);
  if (found)
    hit->number = row->kind == TELAR_ROW_CORE ? row->number
                                              : core_lane_of (timeline, (int) hit->number);
  return found;
}

static gboolean
hit_wait (const TelarLanes *lanes, const TelarTaskLane *task, const TelarRow *row, double x,
          double y, TelarHit *hit)
{
  gint64 ns = (gint64) floor (telar_lanes_ns (lanes, x));
  guint at = telar_waits_find (task->waits, ns);
  TelarWait wait;

  if (at >= task->waits->len || y < row->bar_y || y >= row->bar_y + row->bar_height)
    return FALSE;
  wait = telar_waits_at (task->waits, at);
  if (wait.begin > ns)
    return FALSE;
  hit->kind = TELAR_HIT_WAIT;
  hit->task = task->number;
  hit->number = at;
  hit->begin = wait.begin;
  hit->end = wait.end;
  return TRUE;
}

/* Calls lie on their parent's bar. */
static gboolean
hit_calls (const TelarLanes *lanes, const TelarTimeline *timeline, const TelarRow *row, double x,
           double y, TelarHit *hit)
{
  guint index = (guint) (row - (const TelarRow *) (const void *) lanes->rows->data);

  for (guint32 call = lanes->first_call[index]; call != TELAR_NO_TASK;
       call = lanes->next_call[call])
    {
      const TelarTaskLane *task = timeline->tasks->pdata[call];

      if (hit_slices (lanes, timeline, row, task->slices, x, y, hit))
        {
          hit->task = call;
          return TRUE;
        }
    }
  return FALSE;
}

static double
distance_to_arrow (const TelarArrowLine *line, double x, double y)
{
  double low = MIN (line->y0, line->y1), high = MAX (line->y0, line->y1);
  double share, along;

  if (y < low || y > high)
    return HUGE_VAL;
  /* Nearly straight but for its ends, where it bends over at most 14 pixels. */
  share = high > low ? (y - line->y0) / (line->y1 - line->y0) : 0;
  share = CLAMP (share, 0, 1);
  along = share * share * (3 - 2 * share);
  return fabs (x - (line->x0 + (line->x1 - line->x0) * along));
}

static gboolean
hit_arrow (const TelarLanes *lanes, const TelarTimeline *timeline, const TelarView *view, double x,
           double y, TelarHit *hit)
{
  double nearest = REACH * lanes->unit;
  double last = telar_lanes_ns (lanes, lanes->width);

  for (guint i = 0; i < timeline->arrows->len; i++)
    {
      const TelarArrow *arrow = &g_array_index (timeline->arrows, TelarArrow, i);
      TelarArrowLine line;
      double distance;

      if (arrow->from_ns > last)
        break;
      if (!telar_arrow_is_asked (view, arrow)
          || !telar_arrow_line (lanes, timeline, arrow, &line))
        continue;
      distance = distance_to_arrow (&line, x, y);
      if (distance >= nearest)
        continue;
      nearest = distance;
      hit->kind = TELAR_HIT_ARROW;
      hit->task = arrow->to;
      hit->number = i;
      hit->begin = arrow->from_ns;
      hit->end = arrow->to_ns;
    }
  return hit->kind == TELAR_HIT_ARROW;
}

/* The last one that began, where several share the room of one. */
static gboolean
hit_hold (const TelarLanes *lanes, const TelarTaskLane *task, const TelarRow *row, double x,
          double y, TelarHit *hit)
{
  double last = telar_lanes_ns (lanes, lanes->width);

  for (guint i = 0; y < row->bar_y && i < task->holds->len; i++)
    {
      const TelarHold *hold = &g_array_index (task->holds, TelarHold, i);
      cairo_rectangle_t box;

      if ((double) hold->begin > last)
        break;
      if (!telar_hold_box (lanes, task, row, i, &box)
          || !inside (x, y, box.x - REACH / 2.0 * lanes->unit, box.y,
                      box.width + REACH * lanes->unit, box.height))
        continue;
      hit->kind = TELAR_HIT_HOLD;
      hit->task = task->number;
      hit->number = i;
      hit->begin = hold->begin;
      hit->end = hold->end;
    }
  return hit->kind == TELAR_HIT_HOLD;
}

static TelarHit
hit_row (const TelarLanes *lanes, const TelarTimeline *timeline, const TelarView *view,
         const TelarRow *row, double x, double y)
{
  TelarHit hit = nothing ();

  if (row->kind == TELAR_ROW_CORE)
    {
      if (x >= lanes->left
          && hit_slices (lanes, timeline, row,
                         ((TelarCoreLane *) timeline->cores->pdata[row->number])->slices, x, y,
                         &hit))
        return hit;
      hit.kind = TELAR_HIT_CORE_LANE;
      hit.number = row->number;
    }
  else if (row->kind == TELAR_ROW_COPIES)
    {
      hit.kind = TELAR_HIT_COPIES;
      hit.task = row->number;
      hit.count = row->count;
    }
  else if (row->kind == TELAR_ROW_FOLDED)
    {
      hit.kind = TELAR_HIT_FOLDED;
      hit.task = row->number;
      hit.count = row->count - 1;
    }
  else if (row->kind == TELAR_ROW_HIDDEN)
    {
      hit.kind = TELAR_HIT_HIDDEN;
      hit.number = row->count;
      hit.count = row->number;
    }
  else if (row->kind == TELAR_ROW_OBJECT)
    {
      hit.kind = TELAR_HIT_OBJECT;
      hit.number = row->number;
      if (x >= lanes->left)
        hit.begin = hit.end = (gint64) floor (telar_lanes_ns (lanes, x));
    }
  else if (row->kind == TELAR_ROW_TASK)
    {
      const TelarTaskLane *task = timeline->tasks->pdata[row->number];

      if (x >= lanes->left - 7 * lanes->unit
          && (hit_mark (lanes, task, row, x, y, &hit)
              || hit_hold (lanes, task, row, x, y, &hit)
              || hit_calls (lanes, timeline, row, x, y, &hit)
              || hit_slices (lanes, timeline, row, task->slices, x, y, &hit)
              || hit_wait (lanes, task, row, x, y, &hit)
              || hit_arrow (lanes, timeline, view, x, y, &hit)))
        return hit;
      hit.kind = TELAR_HIT_TASK_LANE;
      hit.task = row->number;
    }
  return hit;
}

TelarHit
telar_hit_timeline (const TelarTimeline *timeline, const TelarView *view, double x, double y)
{
  TelarTextStyle text = { .family = view->font };
  TelarHit hit = nothing ();
  TelarLanes lanes;
  const TelarRow *row;

  telar_lanes_init (&lanes, timeline, view, &text);
  if (y >= lanes.title_height && y < lanes.top)
    {
      hit.kind = TELAR_HIT_RULER;
      hit.begin = hit.end = (gint64) floor (telar_lanes_ns (&lanes, x));
      telar_hit_bookmark (&lanes, timeline, view, x, &hit);
    }
  else if (!telar_timeline_is_empty (timeline) && x >= 0 && x < lanes.width)
    {
      row = telar_lanes_at (&lanes, y);
      if (!telar_hit_deadlock (&lanes, timeline, x, y, &hit) && row != NULL)
        hit = hit_row (&lanes, timeline, view, row, x, y);
    }
  telar_lanes_clear (&lanes);
  return hit;
}
