/* chunks.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What a pool's worker had to do, above its lane: one bar a chunk, from the
 * moment it took it to the moment it was done, with its name where there is room.
 */

#include "config.h"

#include "paint/paint-private.h"

#define HEIGHT    11 /* at most */
#define LEAST     3
#define LEGIBLE   8
#define MARGIN    4

static void
paint_name (TelarPainter *painter, const TelarFill *fill, const char *text, double x0, double x1,
            double y, double height)
{
  double unit = painter->unit, size = height * 0.85;
  double width = telar_text_width (&painter->text, text, size, TELAR_TEXT_NORMAL);

  x0 = MAX (x0, painter->lanes.left);
  x1 = MIN (x1, painter->lanes.width);
  if (height >= LEGIBLE * unit && width + MARGIN * unit <= x1 - x0)
    telar_text_draw (painter->cr, &painter->text, text, x0 + (x1 - x0 - width) / 2,
                     y + height / 2 + size * 0.36, size, TELAR_TEXT_NORMAL, 0, fill->text);
}

void
telar_paint_chunks (TelarPainter *painter, const TelarRow *row)
{
  const TelarTimeline *timeline = painter->timeline;
  const TelarLanes *lanes = &painter->lanes;
  double unit = painter->unit, hair = painter->vector ? 0.5 * unit : 1;
  double height = MIN (row->bar_y - row->y - 2 * unit, HEIGHT * unit);
  double y = row->bar_y - unit - height, last = lanes->left - 2 * hair;
  const GArray *steps;
  TelarFill fill;

  if (row->kind != TELAR_ROW_TASK || height < LEAST * unit
      || telar_plan_task (timeline->plan, row->number)->pool == 0)
    return;
  fill = telar_palette_fill (&painter->palette, row->number, NULL);
  steps = ((TelarTaskLane *) timeline->tasks->pdata[row->number])->steps;
  for (guint i = telar_steps_find (steps, telar_lanes_ns (lanes, lanes->left)); i < steps->len; i++)
    {
      const TelarStepRun *step = &g_array_index (steps, TelarStepRun, i);
      double x0 = telar_lanes_x (lanes, step->begin);
      double x1 = telar_lanes_x (lanes, step->finished ? step->end : timeline->now);

      if (x0 > lanes->width)
        break;
      /* Many in a pixel are one. */
      if (x1 < last + hair)
        continue;
      x0 = MAX (x0, last + hair);
      x1 = MAX (x1, x0 + hair);
      telar_color_set (painter->cr, fill.base);
      cairo_rectangle (painter->cr, x0, y, x1 - x0, height);
      cairo_fill (painter->cr);
      paint_name (painter, &fill,
                  telar_plan_text (timeline->plan,
                                   telar_plan_step (timeline->plan, step->step)->text),
                  x0, x1, y, height);
      last = x1;
    }
}
