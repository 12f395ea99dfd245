/* markers.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Start, end and join of a task, in three tracks: flag above the bar, square
 * on it, diamond below. Closer than eight pixels they merge into one capsule
 * that says so; a failure keeps its own sign whatever happens.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "paint/paint-private.h"

#define MERGE_BELOW 8
#define LABEL_SIZE  11

gboolean
telar_task_failed (const TelarTaskLane *task)
{
  if (task->state == TELAR_STATE_COULD_NOT_START)
    return TRUE;
  return task->exit != TELAR_NO_EXIT && task->exit != 0 && !task->signalled
         && task->state != TELAR_STATE_STOPPED;
}

guint
telar_marks_of (const TelarLanes *lanes, const TelarTaskLane *task,
                TelarMark marks[TELAR_MAX_MARKS])
{
  const struct { gint64 ns; guint bits; } moments[] = {
    { task->number == TELAR_MAIN ? TELAR_NO_TIME : task->started, TELAR_MARKER_START },
    { task->number == TELAR_MAIN && !telar_task_failed (task) ? TELAR_NO_TIME : task->ended,
      TELAR_MARKER_END | (telar_task_failed (task) ? TELAR_MARKER_FAIL : 0) },
    { task->number == TELAR_MAIN ? TELAR_NO_TIME : task->joined, TELAR_MARKER_JOIN },
  };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      double x;

      if (moments[i].ns == TELAR_NO_TIME)
        continue;
      x = telar_lanes_x (lanes, moments[i].ns);
      if (n > 0 && x - marks[n - 1].x1 < MERGE_BELOW * lanes->unit)
        {
          marks[n - 1].bits |= moments[i].bits;
          marks[n - 1].end = moments[i].ns;
          marks[n - 1].x1 = x;
          continue;
        }
      marks[n++] = (TelarMark){ .bits = moments[i].bits, .begin = moments[i].ns,
                                .end = moments[i].ns, .x0 = x, .x1 = x };
    }
  return n;
}

static guint
n_merged (const TelarMark *mark)
{
  return ((mark->bits & TELAR_MARKER_START) != 0) + ((mark->bits & TELAR_MARKER_END) != 0)
         + ((mark->bits & TELAR_MARKER_JOIN) != 0);
}

double
telar_row_scale (const TelarRow *row, double unit)
{
  return CLAMP (row->bar_height / (23 * unit), 0.5, 1) * unit;
}

double
telar_flag_height (const TelarRow *row, double unit)
{
  return 11 * telar_row_scale (row, unit);
}

void
telar_mark_box (const TelarLanes *lanes, const TelarRow *row, const TelarMark *mark, double *x,
                double *y, double *width, double *height)
{
  double s = telar_row_scale (row, lanes->unit);

  if (n_merged (mark) > 1)
    {
      *width = (11 * n_merged (mark) + 4) * s;
      *height = 12 * s;
      *x = (mark->x0 + mark->x1) / 2 - *width / 2;
      /* In the track of the first: above the bar, or on it. */
      *y = mark->bits & TELAR_MARKER_START ? row->bar_y - *height - s
                                           : row->bar_y + row->bar_height - 3 * s;
    }
  else if (mark->bits & TELAR_MARKER_START)
    {
      *x = mark->x0 - s;
      *y = row->bar_y - 11 * s;
      *width = 11 * s;
      *height = row->bar_height + 11 * s;
    }
  else if (mark->bits & TELAR_MARKER_END)
    {
      double side = (mark->bits & TELAR_MARKER_FAIL ? 14 : 8) * s;

      *x = mark->x0 - side / 2;
      *y = row->bar_y + row->bar_height / 2 - side / 2;
      *width = *height = side;
    }
  else
    {
      *x = mark->x0 - 6 * s;
      *y = row->bar_y + row->bar_height - 1.5 * s;
      *width = *height = 12 * s;
    }
}

char *
telar_mark_label (const TelarMark *mark)
{
  const char *first = mark->bits & TELAR_MARKER_START ? _("start") : _("end");
  const char *last = mark->bits & TELAR_MARKER_JOIN ? _("join") : _("end");
  g_autofree char *took = telar_time_format (mark->end - mark->begin);

  return g_strdup_printf ("%s–%s %s", first, last, took);
}

/* The signs that were merged, side by side, in a capsule that is there. */
static void
paint_signs (TelarPainter *painter, const TelarMark *mark, double x, double y, double width,
             double height, double s)
{
  cairo_t *cr = painter->cr;
  const TelarTheme *theme = painter->theme;

  telar_paint_round (cr, x, y, width, height, height / 2);
  telar_color_set (cr, theme->background);
  cairo_fill_preserve (cr);
  telar_color_set (cr, mark->bits & TELAR_MARKER_FAIL ? theme->fail : theme->hatch);
  cairo_set_line_width (cr, 1.1 * s);
  cairo_stroke (cr);

  x += 7.5 * s;
  y += height / 2;
  if (mark->bits & TELAR_MARKER_START)
    {
      telar_add_sign (painter, &(TelarSign){ .kind = TELAR_SIGN_START, .x = x - 2.5 * s,
                                             .y = y - 4 * s, .bottom = y + 4 * s, .s = 0.72 * s });
      x += 11 * s;
    }
  if (mark->bits & TELAR_MARKER_FAIL)
    {
      telar_draw_fail (cr, theme, x, y, 0.72 * s);
      x += 11 * s;
    }
  else if (mark->bits & TELAR_MARKER_END)
    {
      telar_add_sign (painter, &(TelarSign){ .kind = TELAR_SIGN_END, .x = x, .y = y,
                                             .s = 0.75 * s });
      x += 11 * s;
    }
  if (mark->bits & TELAR_MARKER_JOIN)
    telar_add_sign (painter, &(TelarSign){ .kind = TELAR_SIGN_JOIN, .x = x, .y = y,
                                           .s = 0.75 * s });
}

/* One capsule for several marks: on the bar with its text where there is
 * room, else without, in the track of the first of them.
 *
 * Returns: where it ends. */
static double
paint_capsule (TelarPainter *painter, const TelarRow *row, const TelarMark *mark, double after)
{
  const TelarTheme *theme = painter->theme;
  double unit = painter->unit, s = telar_row_scale (row, unit);
  double size = MIN (LABEL_SIZE * unit, row->bar_height * 0.75);
  double x, y, width, height, text_width, signs;
  g_autofree char *label = telar_mark_label (mark);

  telar_mark_box (&painter->lanes, row, mark, &x, &y, &width, &height);
  if (mark->bits & TELAR_MARKER_START)
    {
      telar_color_set (painter->cr, theme->start);
      cairo_set_line_width (painter->cr, 1.6 * s);
      cairo_move_to (painter->cr, mark->x0, y + height);
      cairo_line_to (painter->cr, mark->x0, row->bar_y + row->bar_height);
      cairo_stroke (painter->cr);
    }

  signs = width;
  text_width = telar_text_width (&painter->text, label, size, TELAR_TEXT_NORMAL);
  after = MAX (after, mark->x1 + (mark->bits & TELAR_MARKER_START ? 6 : 2) * unit);
  if (after + signs + text_width + 8 * unit < painter->lanes.width
      && telar_free (painter, after, row->bar_y, signs + text_width + 8 * unit, row->bar_height))
    {
      double middle = row->bar_y + row->bar_height / 2;

      height = MIN (16 * unit, row->bar_height);
      paint_signs (painter, mark, after, middle - height / 2, signs + text_width + 7 * unit,
                   height, s);
      telar_text_draw (painter->cr, &painter->text, label, after + signs, middle + size * 0.36,
                       size, TELAR_TEXT_NORMAL, 0, theme->text);
      after += signs + text_width + 8 * unit;
      telar_take (painter, after - signs - text_width - 8 * unit, row->y,
                  signs + text_width + 8 * unit, row->height);
      return after + 6 * unit;
    }
  paint_signs (painter, mark, x, y, width, height, s);
  return after;
}

/* To the right of the marks at bar height, where nothing is; else not at all. */
static double
paint_text (TelarPainter *painter, const TelarRow *row, const char *text, double x,
            TelarColor color)
{
  double unit = painter->unit;
  double size = MIN (LABEL_SIZE * unit, row->bar_height * 0.8);
  double width = telar_text_width (&painter->text, text, size, TELAR_TEXT_NORMAL);
  double y = row->bar_y + row->bar_height / 2;

  if (x + width > painter->lanes.width - 2 * unit
      || !telar_free (painter, x, y - size / 2, width + 4 * unit, size))
    return x;
  telar_color_set (painter->cr, painter->theme->background);
  telar_paint_round (painter->cr, x - 3 * unit, y - size * 0.66, width + 6 * unit, size * 1.32,
                     3 * unit);
  cairo_fill (painter->cr);
  telar_text_draw (painter->cr, &painter->text, text, x, y + size * 0.36, size,
                   TELAR_TEXT_NORMAL, 0, color);
  telar_take (painter, x, row->y, width, row->height);
  return x + width + 8 * unit;
}

/* Between first instruction and end it was on a core, nobody knows when: ├──┤. */
void
telar_paint_ran_within (TelarPainter *painter, const TelarRow *row)
{
  const TelarTaskLane *task = painter->timeline->tasks->pdata[row->number];
  TelarFill fill = telar_palette_fill (&painter->palette, row->number, NULL);
  cairo_t *cr = painter->cr;
  double middle = row->bar_y + row->bar_height / 2, cap = row->bar_height / 4;
  gint64 end = task->ended != TELAR_NO_TIME ? task->ended : painter->timeline->now;
  double reach = 8 * painter->unit, x0, x1;

  if (task->run == TELAR_NO_TIME || task->slices->len > 0)
    return;
  x0 = MAX (telar_lanes_x (&painter->lanes, task->run), painter->lanes.left - reach);
  x1 = MIN (telar_lanes_x (&painter->lanes, end), painter->lanes.width + reach);
  telar_color_set (cr, fill.edge);
  cairo_set_line_width (cr, 1.6 * painter->unit);
  cairo_move_to (cr, x0, middle - cap);
  cairo_rel_line_to (cr, 0, 2 * cap);
  cairo_move_to (cr, x0, middle);
  cairo_line_to (cr, x1, middle);
  cairo_move_to (cr, x1, middle - cap);
  cairo_rel_line_to (cr, 0, 2 * cap);
  cairo_stroke (cr);
}

/* How much CPU time it used there: in the middle where nothing else is, else
 * behind it. */
static void
label_ran_within (TelarPainter *painter, const TelarRow *row, const TelarTaskLane *task)
{
  double unit = painter->unit, size = MIN (LABEL_SIZE * unit, row->bar_height * 0.8);
  gint64 end = task->ended != TELAR_NO_TIME ? task->ended : painter->timeline->now;
  double x1 = telar_lanes_x (&painter->lanes, end), left, right, width, at;
  g_autofree char *cpu = telar_time_format (task->cpu_ns);
  g_autofree char *text = g_strdup_printf (_("ran within, %s CPU"), cpu);

  left = MAX (telar_lanes_x (&painter->lanes, task->run), painter->lanes.left);
  right = MIN (x1, painter->lanes.width);
  width = telar_text_width (&painter->text, text, size, TELAR_TEXT_NORMAL);
  at = (left + right - width) / 2;
  if (width + 30 * unit <= right - left
      && telar_free (painter, at, row->bar_y, width, row->bar_height))
    paint_text (painter, row, text, at, painter->theme->text);
  else
    paint_text (painter, row, text, x1 + 22 * unit, painter->theme->dim);
}

/* A task without any slice is not empty: its lane says what is known. */
static void
paint_without_slices (TelarPainter *painter, const TelarRow *row, const TelarTaskLane *task)
{
  double unit = painter->unit;
  g_autofree char *text = NULL;
  TelarColor color = painter->theme->dim;
  double x = painter->lanes.left + 8 * unit;

  if (task->state == TELAR_STATE_COULD_NOT_START
      || (task->state == TELAR_STATE_NOT_STARTED
          && (task->reason != 0 || painter->timeline->finished)))
    {
      text = telar_task_describe_state (painter->timeline, task);
      if (task->state == TELAR_STATE_COULD_NOT_START)
        {
          telar_draw_fail (painter->cr, painter->theme, x + 6 * unit,
                           row->bar_y + row->bar_height / 2, telar_row_scale (row, unit));
          x += 20 * unit;
          color = painter->theme->fail;
        }
    }
  else if (task->run != TELAR_NO_TIME && task->slices->len == 0 && task->cpu_ns >= 0)
    label_ran_within (painter, row, task);
  if (text != NULL)
    paint_text (painter, row, text, x, color);
}

static double
last_slice (const TelarPainter *painter, const TelarTaskLane *task)
{
  if (task->slices->len == 0)
    return painter->lanes.left;
  return telar_lanes_x (&painter->lanes,
                        telar_slices_at (task->slices, task->slices->len - 1).end);
}

void
telar_add_life (TelarPainter *painter, const TelarRow *row)
{
  const TelarTaskLane *task = painter->timeline->tasks->pdata[row->number];
  const TelarLanes *lanes = &painter->lanes;
  TelarFill line = { .base = painter->theme->hatch_edge, .pattern = TELAR_PATTERN_PLAIN };
  gint64 end = task->joined != TELAR_NO_TIME ? task->joined
               : task->ended != TELAR_NO_TIME ? task->ended : painter->timeline->now;

  /* Lower still, lives would run into one another. */
  if (task->started != TELAR_NO_TIME && row->height >= 3 * painter->unit)
    telar_add_bar (painter, &line, telar_lanes_x (lanes, task->started),
                   telar_lanes_x (lanes, end),
                   row->bar_y + row->bar_height / 2 - painter->unit / 4, painter->unit / 2);
}

void
telar_add_failure (TelarPainter *painter, const TelarRow *row)
{
  const TelarTaskLane *task = painter->timeline->tasks->pdata[row->number];
  TelarFill fail = { .base = painter->theme->fail, .pattern = TELAR_PATTERN_PLAIN };
  double x;

  if (task->started == TELAR_NO_TIME || task->ended == TELAR_NO_TIME || !telar_task_failed (task))
    return;
  x = telar_lanes_x (&painter->lanes, task->ended);
  telar_add_bar (painter, &fail, x, x + 4 * painter->unit, row->y, row->height);
}

static void
add_sign (TelarPainter *painter, const TelarRow *row, const TelarMark *mark)
{
  double s = telar_row_scale (row, painter->unit), bottom = row->bar_y + row->bar_height;
  TelarSign sign = { .kind = TELAR_SIGN_JOIN, .x = mark->x0, .y = bottom + 4.5 * s, .s = s };

  if (mark->bits & TELAR_MARKER_START)
    sign = (TelarSign){ .kind = TELAR_SIGN_START, .x = mark->x0, .y = row->bar_y - 11 * s,
                        .bottom = bottom, .s = s };
  else if (mark->bits & TELAR_MARKER_END)
    sign = (TelarSign){ .kind = TELAR_SIGN_END, .x = mark->x0,
                        .y = row->bar_y + row->bar_height / 2, .s = s };
  telar_add_sign (painter, &sign);
}

void
telar_paint_markers (TelarPainter *painter, const TelarRow *row)
{
  const TelarTaskLane *task = painter->timeline->tasks->pdata[row->number];
  const TelarLanes *lanes = &painter->lanes;
  double unit = painter->unit;
  double s = telar_row_scale (row, unit);
  TelarMark marks[TELAR_MAX_MARKS];
  guint n = telar_marks_of (lanes, task, marks);
  double after = 0;

  paint_without_slices (painter, row, task);
  for (guint i = 0; i < n; i++)
    {
      const TelarMark *mark = &marks[i];
      double middle = row->bar_y + row->bar_height / 2;

      if (mark->x1 < lanes->left - 8 * unit || mark->x0 > lanes->width + 8 * unit)
        continue;
      if (n_merged (mark) > 1)
        {
          after = paint_capsule (painter, row, mark, after);
          continue;
        }
      if (mark->bits & TELAR_MARKER_FAIL)
        telar_draw_fail (painter->cr, painter->theme, mark->x0, middle, s);
      else
        add_sign (painter, row, mark);
      after = MAX (after, mark->x1 + 12 * unit);
    }
  /* How it ended, where that is not with 0. */
  if (task->exit != TELAR_NO_EXIT && task->exit != 0 && after > 0)
    {
      g_autofree char *state = telar_task_describe_state (painter->timeline, task);

      after = paint_text (painter, row, state, after,
                          telar_task_failed (task) ? painter->theme->fail : painter->theme->dim);
    }
  if (task->recording_lost)
    paint_text (painter, row, _("not recorded after it executed another program"),
                MAX (after, last_slice (painter, task) + 8 * unit), painter->theme->fail);
}
