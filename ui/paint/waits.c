/* waits.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What a task does while it is not on a core: each state has a shape of its
 * own, so that they differ without colour. Also the strip of others under a
 * core lane.
 *
 *   ready    ▭ hollow, in the task's colour      due    ▭ hollow, dashed
 *   blocked  ▨ thin, hatched                     blocked or ready  ▨ half hatched
 *   ended, not joined  ····
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "paint/paint-private.h"

#define LABEL_SIZE 12

static double
clip_left (const TelarPainter *painter, double x)
{
  return MAX (x, painter->lanes.left - 4 * painter->unit);
}

static double
clip_right (const TelarPainter *painter, double x)
{
  return MIN (x, painter->lanes.width + 4 * painter->unit);
}

/* Outline and inside of a hollow bar. */
static double
hollow_line (const TelarPainter *painter)
{
  return painter->vector ? 1.6 * painter->unit : MAX (1, floor (1.6 * painter->unit + 0.5));
}

static double
hollow_height (const TelarRow *row)
{
  return row->bar_height * 2 / 3;
}

/* Of what is blocked. */
static double
thin_height (const TelarPainter *painter, const TelarRow *row)
{
  return MIN (10 * painter->unit, row->bar_height * 0.6);
}

/* Two rectangles, one in the other: they are gathered and painted together. */
static void
add_hollow (TelarPainter *painter, const TelarRow *row, double x0, double x1, TelarColor color,
            double inset)
{
  TelarFill fill = { .base = color, .pattern = TELAR_PATTERN_PLAIN };
  double height = hollow_height (row);

  if (!painter->vector)
    {
      x0 = floor (x0 + 0.5);
      x1 = floor (x1 + 0.5);
    }
  if (x1 - x0 > 2 * inset)
    telar_add_bar (painter, &fill, x0 + inset, x1 - inset,
                   row->bar_y + (row->bar_height - height) / 2 + inset, height - 2 * inset);
}

static void
add_dashed (TelarPainter *painter, const TelarRow *row, double x0, double x1)
{
  double height = hollow_height (row), y = row->bar_y + (row->bar_height - height) / 2;
  TelarSign sign = { .kind = TELAR_SIGN_DUE, .x = x0, .y = y, .right = x1, .bottom = y + height,
                     .s = painter->unit };

  telar_add_sign (painter, &sign);
}

/* Of what is blocked: an edge, and the hatch in it, from the middle down where it may
 * as well have been ready. Of a deadlock: red, as high as the bars. */
static void
add_hatched (TelarPainter *painter, const TelarRow *row, double x0, double x1, gboolean half,
             gboolean dead, gboolean inside)
{
  TelarFill blocked = telar_fill_blocked (painter->theme);
  TelarFill edge = { .base = painter->theme->hatch_edge, .pattern = TELAR_PATTERN_PLAIN };
  TelarFill ground = { .base = painter->theme->background, .pattern = TELAR_PATTERN_PLAIN };
  double height = dead ? row->bar_height : thin_height (painter, row);
  double y = row->bar_y + (row->bar_height - height) / 2;
  double line = painter->vector ? 0.8 * painter->unit : 1;

  if (dead)
    blocked.ink = edge.base = painter->theme->fail;
  if (!painter->vector)
    {
      x0 = floor (x0 + 0.5);
      x1 = floor (x1 + 0.5);
      y = floor (y + 0.5);
      height = floor (height + 0.5);
    }
  if (!inside)
    telar_add_bar (painter, &edge, x0, x1, y, height);
  else if (x1 - x0 > 2 * line && height > 2 * line)
    {
      double middle = half ? y + height / 2 : y + line;

      if (half)
        telar_add_bar (painter, &ground, x0 + line, x1 - line, y + line, height / 2 - line);
      telar_add_bar (painter, &blocked, x0 + line, x1 - line, middle, y + height - line - middle);
    }
}

static void
add_dotted (TelarPainter *painter, const TelarRow *row, double x0, double x1)
{
  TelarSign sign = { .kind = TELAR_SIGN_ENDED, .x = x0, .y = row->bar_y + row->bar_height / 2,
                     .right = x1, .s = painter->unit };

  telar_add_sign (painter, &sign);
}

char *
telar_wait_label (const TelarTimeline *timeline, const TelarWait *wait)
{
  g_autofree char *what = telar_wait_describe (timeline, wait);

  if (wait->state == TELAR_WAIT_BLOCKED && wait->cause != TELAR_CAUSE_NONE)
    return g_strdup_printf (_("waits: %s"), what);
  return g_steal_pointer (&what);
}

/* In the middle of what can be seen of it, on a plate, where it fits whole. */
static void
paint_label (TelarPainter *painter, const TelarRow *row, const TelarWait *wait, double x0,
             double x1, gboolean dead)
{
  double unit = painter->unit;
  double size = MIN (LABEL_SIZE * unit, row->bar_height * 0.75);
  double visible0 = MAX (x0, painter->lanes.left), visible1 = MIN (x1, painter->lanes.width);
  g_autofree char *label = NULL;
  TelarTextFlags flags;
  double width, x, y;

  if (visible1 - visible0 < 40 * unit || wait->state == TELAR_WAIT_READY
      || wait->state == TELAR_WAIT_ENDED)
    return;
  label = telar_wait_label (painter->timeline, wait);
  if (dead)
    {
      g_autofree char *what = g_steal_pointer (&label);

      label = g_strdup_printf (_("deadlock, %s"), what);
    }
  flags = dead ? TELAR_TEXT_BOLD : TELAR_TEXT_NORMAL;
  width = telar_text_width (&painter->text, label, size, flags);
  /* Where there is no room for all of it, what it is waited for is said alone. */
  if (width + 28 * unit > visible1 - visible0)
    {
      g_free (label);
      label = telar_wait_describe (painter->timeline, wait);
      width = telar_text_width (&painter->text, label, size, flags);
    }
  if (width + 28 * unit > visible1 - visible0)
    return;
  x = (visible0 + visible1 - width) / 2;
  y = row->bar_y + row->bar_height / 2;
  telar_color_set (painter->cr, painter->theme->background);
  telar_paint_round (painter->cr, x - 8 * unit, y - size * 0.68, width + 16 * unit, size * 1.36,
                     3 * unit);
  cairo_fill (painter->cr);
  telar_text_draw (painter->cr, &painter->text, label, x, y + size * 0.36, size,
                   flags, 0,
                   dead ? painter->theme->fail
                        : telar_color_mix (painter->theme->text, painter->theme->dim, 0.4));
}

static void
paint_wait (TelarPainter *painter, const TelarRow *row, const TelarWait *wait, double x0,
            double x1, TelarWaitsPass pass)
{
  TelarFill fill = telar_palette_fill (&painter->palette, row->number, NULL);
  double from = clip_left (painter, x0), to = clip_right (painter, x1);
  gboolean inside = pass == TELAR_WAITS_INSIDES;
  gboolean dead = wait->state == TELAR_WAIT_BLOCKED
                  && telar_deadlock_of (painter->timeline, row->number, wait->begin,
                                        wait->end) != NULL;

  if (pass == TELAR_WAITS_LABELS)
    {
      paint_label (painter, row, wait, x0, x1, dead);
      return;
    }
  if (wait->state == TELAR_WAIT_READY && !inside)
    add_hollow (painter, row, from, to, fill.edge, 0);
  else if (wait->state == TELAR_WAIT_READY)
    add_hollow (painter, row, from, to, painter->theme->background, hollow_line (painter));
  else if (wait->state == TELAR_WAIT_BLOCKED || wait->state == TELAR_WAIT_UNKNOWN)
    add_hatched (painter, row, from, to, wait->state == TELAR_WAIT_UNKNOWN, dead, inside);
  else if (wait->state == TELAR_WAIT_DUE && inside)
    add_dashed (painter, row, from, to);
  else if (wait->state == TELAR_WAIT_ENDED && inside)
    add_dotted (painter, row, from, to);
  if (wait->state != TELAR_WAIT_ENDED && inside)
    telar_take (painter, from, row->y, to - from, row->height);
}

/* A small one is a hair in its pixel column, however many there are. */
static void
add_hair (TelarPainter *painter, const TelarRow *row, int column)
{
  TelarFill fill = { .base = painter->theme->hatch_edge, .pattern = TELAR_PATTERN_PLAIN };
  double thin = thin_height (painter, row);

  telar_add_bar (painter, &fill, column, column + 1, row->bar_y + (row->bar_height - thin) / 2,
                 thin);
}

/* Where waits are so small and close that each column has one begin in it. */
static void
add_hairs (TelarPainter *painter, const TelarRow *row, gint64 begin, gint64 end)
{
  TelarFill fill = { .base = painter->theme->hatch_edge, .pattern = TELAR_PATTERN_PLAIN };
  double thin = thin_height (painter, row);
  int from = MAX (telar_lanes_column (&painter->lanes, (double) begin),
                  (int) floor (painter->lanes.left) - 1);
  int to = MIN (telar_lanes_column (&painter->lanes, (double) end),
                (int) ceil (painter->lanes.width)) + 1;

  if (to > from)
    telar_add_bar (painter, &fill, from, to, row->bar_y + (row->bar_height - thin) / 2, thin);
}

/* What a pass is at. */
typedef struct
{
  TelarWaitsPass pass;
  int            column;   /* of the last hair */
  gboolean       any_wide;
} Pen;

static void
paint_one (TelarPainter *painter, const TelarRow *row, const TelarWait *wait, Pen *pen)
{
  const TelarLanes *lanes = &painter->lanes;
  double x0 = telar_lanes_x (lanes, (double) wait->begin);
  double x1 = telar_lanes_x (lanes, (double) wait->end);
  int column = telar_lanes_column (lanes, (double) wait->begin);

  if (x1 - x0 >= lanes->small)
    {
      paint_wait (painter, row, wait, x0, x1, pen->pass);
      pen->any_wide = TRUE;
    }
  else if (pen->pass == TELAR_WAITS_OUTLINES && column != pen->column)
    {
      pen->column = column;
      add_hair (painter, row, column);
    }
}

static void
paint_pass (TelarPainter *painter, const TelarRow *row, const TelarWaits *waits, Pen *pen)
{
  const TelarLanes *lanes = &painter->lanes;
  double last = telar_lanes_ns (lanes, lanes->width);
  double first = MAX (telar_lanes_ns (lanes, lanes->left), -1e18);
  double half = 0.5 / lanes->per_ns;
  guint i = telar_waits_find (waits, (gint64) floor (first) - 1);
  guint block = telar_packed_block_of (waits, i);
  gint64 begin, end;

  if (telar_packed_small (waits, block, half, half, last, &begin, &end) > block)
    i = block;
  while (i < waits->len)
    {
      guint next = telar_packed_small (waits, i, half, half, last, &begin, &end), n;
      const TelarWait *run;

      if (next > i)
        {
          if (pen->pass == TELAR_WAITS_OUTLINES)
            add_hairs (painter, row, begin, end);
          i = next;
          continue;
        }
      run = telar_waits_run (waits, i, &n);
      if ((double) run->begin > last)
        break;
      for (guint k = 0; k < n; k++, i++)
        {
          /* By value: a label reads elsewhere. */
          TelarWait wait = telar_waits_at (waits, i);

          if ((double) wait.begin > last)
            break;
          paint_one (painter, row, &wait, pen);
        }
    }
}

gboolean
telar_paint_waits (TelarPainter *painter, const TelarRow *row, TelarWaitsPass pass)
{
  const TelarTaskLane *task = painter->timeline->tasks->pdata[row->number];
  Pen pen = { .pass = pass, .column = G_MININT };

  paint_pass (painter, row, task->waits, &pen);
  return pen.any_wide;
}
