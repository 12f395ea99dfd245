/* copies.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Many copies of one task in one lane, or a task with what is inside it: how many of
 * the cores they could have they had, column by column; when the first started, when
 * all were joined, and every failure among them.
 */

#include "config.h"

#include <math.h>

#include "paint/graph-private.h"
#include "paint/paint-private.h"

#define FAILURES_APART 9 /* failures closer than this share a sign */

/* Pixels of busy time that one copy adds to the columns, which begin at @left. */
static void
add_copy (const TelarLanes *lanes, const TelarSlices *slices, double *busy, int left, int n)
{
  double last = telar_lanes_ns (lanes, left + n);
  double first = MAX (telar_lanes_ns (lanes, left), -1e18);
  guint i = telar_slices_find (slices, (gint64) floor (first));
  guint block = telar_packed_block_of (slices, i);
  double pixel = 1 / lanes->per_ns;
  gint64 begin, end;

  if (telar_packed_small (slices, block, pixel, G_MAXDOUBLE, last, &begin, &end) > block)
    i = block;
  while (i < slices->len)
    {
      guint next = telar_packed_small (slices, i, pixel, G_MAXDOUBLE, last, &begin, &end);
      const TelarSlice *run;
      guint n_run;

      if (next > i)
        {
          telar_columns_add (lanes, slices, MAX (begin, (gint64) MAX (first, 0)), end, left,
                             (guint) n, busy, NULL);
          i = next;
          continue;
        }
      run = telar_slices_run (slices, i, &n_run);
      if ((double) run->begin > last)
        break;
      for (guint k = 0; k < n_run && (double) run[k].begin <= last; k++)
        {
          double x0 = telar_lanes_x (lanes, (double) run[k].begin) - left;
          double x1 = telar_lanes_x (lanes, (double) run[k].end) - left;

          for (int x = MAX ((int) floor (x0), 0); x < n && (x < x1 || x == (int) floor (x0)); x++)
            busy[x] += MAX (MIN (x1, x + 1) - MAX (x0, x), 1e-9);
        }
      i += n_run;
    }
}

static const TelarTaskLane *
get_member (const TelarPainter *painter, const TelarRow *row, guint i)
{
  return painter->timeline->tasks->pdata[telar_row_member (&painter->lanes, row, i)];
}

/* One shape of columns; their share is of the cores that the copies could use. */
static void
fill_shapes (TelarPainter *painter, const TelarRow *row)
{
  const TelarLanes *lanes = &painter->lanes;
  const TelarTimeline *timeline = painter->timeline;
  int left = (int) floor (lanes->left), n = MAX ((int) ceil (lanes->width) - left, 1);
  g_autofree double *busy = g_new0 (double, n);
  double cores = MAX (1, MIN (row->count, timeline->cores->len));
  TelarShape shape = { .kind = TELAR_SHAPE_DENSE, .task = row->number };

  g_array_set_size (painter->shapes.shapes, 0);
  g_array_set_size (painter->shapes.columns, 0);
  for (guint i = 0; i < row->count; i++)
    add_copy (lanes, get_member (painter, row, i)->slices, busy, left, n);
  for (int x = 0; x < n; x++)
    {
      TelarColumn column = { .x = left + x, .task = row->number,
                             .share = (float) MIN (busy[x] / cores, 1) };

      if (busy[x] > 0)
        g_array_append_val (painter->shapes.columns, column);
    }
  shape.n_columns = painter->shapes.columns->len;
  if (shape.n_columns > 0)
    g_array_append_val (painter->shapes.shapes, shape);
}

/* From the first start to the last join, as far as it came. */
static void
find_life (const TelarPainter *painter, const TelarRow *row, TelarTaskLane *life)
{
  *life = *get_member (painter, row, 0);
  life->exit = 0;
  for (guint i = 1; i < row->count; i++)
    {
      const TelarTaskLane *task = get_member (painter, row, i);

      if (task->started != TELAR_NO_TIME
          && (life->started == TELAR_NO_TIME || task->started < life->started))
        life->started = task->started;
      if (life->ended != TELAR_NO_TIME)
        life->ended = task->ended != TELAR_NO_TIME ? MAX (life->ended, task->ended)
                                                   : TELAR_NO_TIME;
      if (life->joined != TELAR_NO_TIME)
        life->joined = task->joined != TELAR_NO_TIME ? MAX (life->joined, task->joined)
                                                     : TELAR_NO_TIME;
    }
}

static void
paint_life (TelarPainter *painter, const TelarRow *row, const TelarTaskLane *life)
{
  TelarFill line = { .base = painter->theme->hatch_edge, .pattern = TELAR_PATTERN_PLAIN };
  gint64 end = life->joined != TELAR_NO_TIME ? life->joined : painter->timeline->now;

  if (life->started == TELAR_NO_TIME)
    return;
  telar_add_bar (painter, &line, telar_lanes_x (&painter->lanes, life->started),
                 telar_lanes_x (&painter->lanes, end), row->bar_y + row->bar_height,
                 MAX (1, painter->unit));
}

static void
paint_signs (TelarPainter *painter, const TelarRow *row, const TelarTaskLane *life)
{
  const TelarLanes *lanes = &painter->lanes;
  double s = telar_row_scale (row, painter->unit), bottom = row->bar_y + row->bar_height;
  double last = -1e9;

  if (life->started != TELAR_NO_TIME)
    telar_draw_flag (painter->cr, painter->theme, telar_lanes_x (lanes, life->started),
                     row->bar_y - 11 * s, bottom, s);
  if (life->joined != TELAR_NO_TIME)
    telar_draw_join (painter->cr, painter->theme, telar_lanes_x (lanes, life->joined),
                     bottom + 4.5 * s, s);
  for (guint i = 0; i < row->count; i++)
    {
      const TelarTaskLane *task = get_member (painter, row, i);
      double x;

      if (!telar_task_failed (task))
        continue;
      x = task->ended != TELAR_NO_TIME ? telar_lanes_x (lanes, task->ended)
                                       : lanes->left + 8 * painter->unit;
      if (fabs (x - last) < FAILURES_APART * s)
        continue;
      last = x;
      telar_draw_fail (painter->cr, painter->theme, x, row->bar_y + row->bar_height / 2, s);
    }
}

/* "994 joined · 6 failed", behind everything where there is room. */
static void
paint_state (TelarPainter *painter, const TelarRow *row, const TelarTaskLane *life)
{
  TelarMood mood;
  g_autofree char *state = telar_graph_state (painter->timeline, row->number, row->count, &mood);
  double size = MIN (11 * painter->unit, row->bar_height * 0.8);
  double width = telar_text_width (&painter->text, state, size, TELAR_TEXT_NORMAL);
  gint64 end = life->joined != TELAR_NO_TIME ? life->joined : painter->timeline->now;
  double x = telar_lanes_x (&painter->lanes, end) + 14 * painter->unit;

  /* Else at the left end, above where nothing has happened yet. */
  if (x + width > painter->lanes.width - 4 * painter->unit)
    x = telar_lanes_x (&painter->lanes, MAX (life->started, 0)) - width - 10 * painter->unit;
  if (x < painter->lanes.left)
    return;
  telar_text_draw (painter->cr, &painter->text, state, x,
                   row->bar_y + row->bar_height / 2 + size * 0.36, size, TELAR_TEXT_NORMAL, 0,
                   mood == TELAR_MOOD_FAILED ? painter->theme->fail : painter->theme->dim);
}

void
telar_paint_copies (TelarPainter *painter, const TelarRow *row)
{
  TelarTaskLane life;

  find_life (painter, row, &life);
  fill_shapes (painter, row);
  paint_life (painter, row, &life);
  telar_paint_slices (painter, row);
  telar_flush_bars (painter);
  if (telar_row_is_tiny (row, painter->unit))
    return;
  paint_signs (painter, row, &life);
  if (row->kind == TELAR_ROW_COPIES)
    paint_state (painter, row, &life);
}
