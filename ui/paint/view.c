/* view.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Geometry for everyone else: asked of the lanes, never kept.
 */

#include "config.h"

#include "paint/paint-private.h"

void
telar_view_init (TelarView *view, double width, double height)
{
  *view = (TelarView){
    .begin = 0,
    .end = 1e6,
    .width = width,
    .height = height,
    .style = TELAR_STYLE_LIGHT,
    .show = TELAR_SHOW_CORES | TELAR_SHOW_TASKS | TELAR_SHOW_LEGEND | TELAR_SHOW_SOURCE
            | TELAR_SHOW_RULER | TELAR_SHOW_NOW | TELAR_SHOW_BOOKMARKS,
    .text = 12,
    .selected = TELAR_NO_TASK,
    .pointer_x = -1,
    .pointer_y = -1,
  };
}

static void
init_lanes (TelarLanes *lanes, const TelarTimeline *timeline, const TelarView *view)
{
  TelarTextStyle text = { .family = view->font };

  telar_lanes_init (lanes, timeline, view, &text);
}

double
telar_timeline_left (const TelarTimeline *timeline, const TelarView *view)
{
  TelarLanes lanes;

  init_lanes (&lanes, timeline, view);
  telar_lanes_clear (&lanes);
  return lanes.left;
}

double
telar_timeline_top (const TelarTimeline *timeline, const TelarView *view)
{
  TelarLanes lanes;

  init_lanes (&lanes, timeline, view);
  telar_lanes_clear (&lanes);
  return lanes.top;
}

double
telar_timeline_height (const TelarTimeline *timeline, const TelarView *view)
{
  TelarTextStyle text = { .family = view->font };
  TelarView whole = *view;
  TelarLanes lanes;

  whole.fit = FALSE;
  init_lanes (&lanes, timeline, &whole);
  telar_lanes_clear (&lanes);
  /* The legend is lower where it has to fit. */
  if (view->fit && lanes.legend.height > 0)
    lanes.legend = telar_legend_measure (timeline, &text, view, lanes.unit);
  return lanes.top + lanes.total + lanes.legend.height;
}

gboolean
telar_timeline_lane_rect (const TelarTimeline *timeline, const TelarView *view, guint32 task,
                          double *y, double *height)
{
  TelarLanes lanes;
  const TelarRow *row;

  init_lanes (&lanes, timeline, view);
  row = telar_lanes_of (&lanes, task);
  if (row != NULL)
    {
      *y = row->y;
      *height = row->height;
    }
  telar_lanes_clear (&lanes);
  return row != NULL;
}

double
telar_timeline_lane_beyond (const TelarTimeline *timeline, const TelarView *view, guint32 task)
{
  TelarLanes lanes;
  const TelarRow *row;
  double beyond = 0;

  init_lanes (&lanes, timeline, view);
  row = telar_lanes_of (&lanes, task);
  if (row != NULL && !row->pinned)
    beyond = row->y < lanes.scroll_top ? row->y - lanes.scroll_top
                                       : MAX (row->y + row->height - lanes.bottom, 0);
  telar_lanes_clear (&lanes);
  return beyond;
}

void
telar_timeline_lane_rects (const TelarTimeline *timeline, const TelarView *view,
                           TelarLaneRect *rects)
{
  TelarLanes lanes;

  init_lanes (&lanes, timeline, view);
  for (guint task = 0; task < lanes.n_tasks; task++)
    {
      const TelarRow *row = telar_lanes_of (&lanes, task);

      rects[task] = row != NULL ? (TelarLaneRect) { row->y, row->height }
                                : (TelarLaneRect) { 0, 0 };
    }
  telar_lanes_clear (&lanes);
}

double
telar_view_time_at (const TelarTimeline *timeline, const TelarView *view, double x)
{
  TelarLanes lanes;

  init_lanes (&lanes, timeline, view);
  telar_lanes_clear (&lanes);
  return telar_lanes_ns (&lanes, x);
}

double
telar_view_x_of (const TelarTimeline *timeline, const TelarView *view, double ns)
{
  TelarLanes lanes;

  init_lanes (&lanes, timeline, view);
  telar_lanes_clear (&lanes);
  return telar_lanes_x (&lanes, ns);
}
