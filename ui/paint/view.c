/* view.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Geometry for everyone else: asked of the lanes, never kept.
 */

#include "config.h"

#include <string.h>

#include "paint/paint-private.h"

/* Doublings that are made ahead, up to four times as close; what comes after shows so
 * little of the run that a frame has the time for it. */
#define AHEAD      2
/* Tiles for that, and those in sight: as many as stay when others have to go. */
#define MOST_AHEAD (TELAR_MAX_TILES / 2)

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
    .marked_kind = TELAR_N_LANE_KINDS,
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
telar_timeline_lane_rect (const TelarTimeline *timeline, const TelarView *view,
                          TelarLaneKind kind, guint number, double *y, double *height)
{
  TelarLanes lanes;
  const TelarRow *row;

  init_lanes (&lanes, timeline, view);
  row = telar_lanes_find (&lanes, kind, number);
  if (row != NULL)
    {
      *y = row->y;
      *height = row->height;
    }
  telar_lanes_clear (&lanes);
  return row != NULL;
}

double
telar_timeline_lane_beyond (const TelarTimeline *timeline, const TelarView *view,
                            TelarLaneKind kind, guint number)
{
  TelarLanes lanes;
  const TelarRow *row;
  double beyond = 0;

  init_lanes (&lanes, timeline, view);
  row = telar_lanes_find (&lanes, kind, number);
  if (row != NULL && !row->pinned)
    beyond = row->y < lanes.scroll_top ? row->y - lanes.scroll_top
                                       : MAX (row->y + row->height - lanes.bottom, 0);
  telar_lanes_clear (&lanes);
  return beyond;
}

void
telar_timeline_lane_rects (const TelarTimeline *timeline, const TelarView *view,
                           TelarLaneRect *const rects[TELAR_N_LANE_KINDS],
                           const guint n[TELAR_N_LANE_KINDS])
{
  TelarLanes lanes;

  for (guint kind = 0; kind < TELAR_N_LANE_KINDS; kind++)
    memset (rects[kind], 0, n[kind] * sizeof *rects[kind]);
  init_lanes (&lanes, timeline, view);
  for (guint32 task = 0; task < MIN (lanes.n_tasks, n[TELAR_LANE_TASK]); task++)
    {
      const TelarRow *row = telar_lanes_of (&lanes, task);

      if (row != NULL)
        rects[TELAR_LANE_TASK][task] = (TelarLaneRect) { row->y, row->height };
    }
  for (guint i = 0; i < lanes.rows->len; i++)
    {
      const TelarRow *row = &g_array_index (lanes.rows, TelarRow, i);
      TelarLaneKind kind = row->kind == TELAR_ROW_CORE     ? TELAR_LANE_CORE
                           : row->kind == TELAR_ROW_OBJECT ? TELAR_LANE_OBJECT : TELAR_LANE_TASK;

      if (kind != TELAR_LANE_TASK && row->number < n[kind])
        rects[kind][row->number] = (TelarLaneRect) { row->y, row->height };
    }
  telar_lanes_clear (&lanes);
}

char *
telar_timeline_lane_words (const TelarTimeline *timeline, TelarLaneKind kind, guint number)
{
  static const TelarRowKind kinds[] = { TELAR_ROW_CORE, TELAR_ROW_TASK, TELAR_ROW_OBJECT };
  TelarRow row = { .kind = kinds[kind], .number = number, .count = 1 };
  g_autofree char *name = telar_row_name (timeline, &row);
  g_autofree char *note = telar_row_note (timeline, &row);

  return note != NULL && *note != '\0' ? g_strdup_printf ("%s: %s", name, note)
                                       : g_steal_pointer (&name);
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

gboolean
telar_timeline_look_ahead (const TelarTimeline *timeline, const TelarView *view, gint64 us)
{
  TelarLanes lanes;
  gboolean done = TRUE;
  TelarAhead ahead = { .room = MOST_AHEAD, .us = us };

  init_lanes (&lanes, timeline, view);
  /* What is in sight is there; it counts, and is not what gives way. */
  for (guint closer = 0; closer <= AHEAD && done; closer++)
    for (guint i = 0; i < lanes.rows->len && done; i++)
      {
        const TelarRow *row = &g_array_index (lanes.rows, TelarRow, i);
        const TelarSlices *slices = telar_row_slices (timeline, row);

        if (slices != NULL && row->y < lanes.bottom && row->y + row->height > lanes.top)
          done = telar_columns_ahead (&lanes, slices, closer, &ahead);
      }
  telar_lanes_clear (&lanes);
  return done;
}
