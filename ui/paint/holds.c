/* holds.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Locks that a task holds: a clamp over its slices, as long as it holds them,
 * with the lock's id where there is room. Its hue is the object's; its legs say
 * that it is a lock even without it. A leg is missing where it is still held.
 */

#include "config.h"

#include "paint/paint-private.h"

#define MOST_LEVELS 3 /* of locks held at the same time; more share the last */
#define LOOK_BACK   64

/* At which of how many levels it is drawn: below those that began before it. */
static guint
find_level (const TelarLanes *lanes, const TelarTaskLane *task, guint index, guint *levels)
{
  const TelarHold *hold = &g_array_index (task->holds, TelarHold, index);
  guint before = 0, after = 0;

  for (guint i = index; i-- > 0 && index - i < LOOK_BACK;)
    before += g_array_index (task->holds, TelarHold, i).end > hold->begin;
  for (guint i = index + 1; i < task->holds->len && i - index < LOOK_BACK && after < MOST_LEVELS;
       i++)
    {
      const TelarHold *next = &g_array_index (task->holds, TelarHold, i);

      if (next->begin >= hold->end)
        break;
      /* One too short to be seen takes no room away. */
      if ((double) (next->end - next->begin) * lanes->per_ns >= lanes->small)
        after = 1;
    }
  *levels = MIN (before + after + 1, MOST_LEVELS);
  return MIN (before, MOST_LEVELS - 1);
}

gboolean
telar_hold_box (const TelarLanes *lanes, const TelarTaskLane *task, const TelarRow *row,
                guint index, cairo_rectangle_t *box)
{
  const TelarHold *hold = &g_array_index (task->holds, TelarHold, index);
  double x0 = telar_lanes_x (lanes, (double) hold->begin);
  double x1 = telar_lanes_x (lanes, (double) hold->end);
  double top = row->y + 1.5 * lanes->unit;
  double room = row->bar_y - 1.5 * lanes->unit - top;
  guint level, levels;

  if (x1 < lanes->left || x0 > lanes->width || room < 2 * lanes->unit
      || telar_row_is_tiny (row, lanes->unit))
    return FALSE;
  level = find_level (lanes, task, index, &levels);
  box->x = MAX (x0, lanes->left - 8 * lanes->unit);
  box->width = MAX (MIN (x1, lanes->width + 8 * lanes->unit) - box->x, 1);
  box->height = room / levels;
  box->y = top + level * box->height;
  if (levels > 1)
    box->height -= MIN (lanes->unit, box->height / 3);
  return TRUE;
}

TelarFill
telar_object_fill (const TelarTheme *theme, guint32 object)
{
  /* The colours of tasks, in another order, and paler or darker than theirs. */
  static const TelarColor hues[] = {
    0x7b3fa0, 0x2f8f83, 0xb5542a, 0x4a5fb0, 0x8a7a1e, 0xa83f6f, 0x4f7f2c,
  };
  static const TelarPattern patterns[] = { TELAR_PATTERN_PLAIN, TELAR_PATTERN_HATCH,
                                           TELAR_PATTERN_DOTS };

  return telar_fill_make (theme, hues[object % G_N_ELEMENTS (hues)],
                          patterns[object / G_N_ELEMENTS (hues) % G_N_ELEMENTS (patterns)]);
}

static void
paint_hold (TelarPainter *painter, const TelarRow *row, const TelarHold *hold,
            const cairo_rectangle_t *box)
{
  cairo_t *cr = painter->cr;
  double unit = painter->unit, size = MIN (10 * unit, box->height * 0.92);
  TelarFill fill = telar_object_fill (painter->theme, hold->object);
  double x1 = box->x + box->width, bottom = row->bar_y + MIN (4 * unit, row->bar_height / 4);
  const char *id;

  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
  telar_fill_path (cr, &fill, 7 * unit, box->x, box->y);
  telar_color_set (cr, fill.edge);
  cairo_rectangle (cr, box->x, box->y, MIN (1.6 * unit, box->width), bottom - box->y);
  cairo_fill (cr);
  if (box->width >= painter->lanes.small && !hold->open)
    {
      cairo_rectangle (cr, x1 - 1.6 * unit, box->y, 1.6 * unit, bottom - box->y);
      cairo_fill (cr);
    }
  if (size < 6 * unit || hold->object >= painter->timeline->objects->len)
    return;
  id = telar_timeline_object (painter->timeline, hold->object)->id;
  if (telar_text_width (&painter->text, id, size, TELAR_TEXT_BOLD) + 16 * unit > box->width)
    return;
  /* Beyond a start flag, which stands there. */
  telar_text_draw (cr, &painter->text, id, MAX (box->x, painter->lanes.left) + 11 * unit,
                   box->y + box->height / 2 + size * 0.35, size, TELAR_TEXT_BOLD,
                   x1 - box->x - 12 * unit, fill.text);
}

void
telar_paint_holds (TelarPainter *painter, const TelarRow *row)
{
  const TelarTaskLane *task = painter->timeline->tasks->pdata[row->number];
  double last = telar_lanes_ns (&painter->lanes, painter->lanes.width);
  double first = telar_lanes_ns (&painter->lanes, painter->lanes.left);
  int column = G_MININT;

  for (guint i = 0; i < task->holds->len; i++)
    {
      const TelarHold *hold = &g_array_index (task->holds, TelarHold, i);
      cairo_rectangle_t box;
      int at;

      if ((double) hold->begin > last)
        break;
      if ((double) hold->end < first)
        continue;
      /* Of those that are too short to tell apart, one a column. */
      at = telar_lanes_column (&painter->lanes, (double) hold->begin);
      if (at == column && (double) (hold->end - hold->begin) * painter->lanes.per_ns < 1)
        continue;
      column = at;
      if (telar_hold_box (&painter->lanes, task, row, i, &box))
        paint_hold (painter, row, hold, &box);
    }
}
