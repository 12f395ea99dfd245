/* labels.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Names at the left of rows, and labels in slices: inside where they are
 * whole, else to the right where nothing is, else left to the pointer.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "paint/paint-private.h"

#define LEFT_MARGIN 15
#define INDENT      18

void
telar_paint_round (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  radius = MIN (radius, MIN (width, height) / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

void
telar_take (TelarPainter *painter, double x, double y, double width, double height)
{
  cairo_rectangle_t rectangle = { x, y, width, height };

  g_array_append_val (painter->taken, rectangle);
}

/* The line at now (or the end) goes through everything: no label belongs there. */
static gboolean
crosses_now (const TelarPainter *painter, double x, double width)
{
  const TelarTimeline *timeline = painter->timeline;
  double now = telar_lanes_x (&painter->lanes,
                              timeline->finished ? timeline->wall : timeline->now);

  return (painter->view->show & TELAR_SHOW_NOW) && now > x - 3 * painter->unit
         && now < x + width + 3 * painter->unit;
}

gboolean
telar_free (TelarPainter *painter, double x, double y, double width, double height)
{
  if (crosses_now (painter, x, width))
    return FALSE;
  for (guint i = 0; i < painter->taken->len; i++)
    {
      const cairo_rectangle_t *r = &g_array_index (painter->taken, cairo_rectangle_t, i);

      if (x < r->x + r->width && r->x < x + width && y < r->y + r->height && r->y < y + height)
        return FALSE;
    }
  return TRUE;
}

void
telar_paint_names (TelarPainter *painter, const TelarRow *row)
{
  const TelarTheme *theme = painter->theme;
  double unit = painter->unit;
  double x = (LEFT_MARGIN + INDENT * MIN (row->depth, 6)) * unit;
  double room = painter->lanes.left - x - 8 * unit;
  double middle = row->bar_y + row->bar_height / 2;
  g_autofree char *name = telar_row_name (painter->timeline, row);
  g_autofree char *note = telar_row_note (painter->timeline, row);

  if (telar_row_is_tiny (row, unit))
    return;
  switch (row->kind)
    {
    case TELAR_ROW_CORES_HEADING:
    case TELAR_ROW_TASKS_HEADING:
    case TELAR_ROW_OBJECTS_HEADING:
      telar_text_draw (painter->cr, &painter->text, name, x, row->y + row->height * 0.75,
                       MIN (11.5 * unit, row->height * 0.6), TELAR_TEXT_BOLD, room, theme->dim);
      break;
    case TELAR_ROW_UNUSED:
    case TELAR_ROW_HIDDEN:
      telar_text_draw (painter->cr, &painter->text, name, x, middle + 4 * unit,
                       MIN (11.5 * unit, row->height * 0.6), TELAR_TEXT_NORMAL, room, theme->dim);
      break;
    case TELAR_ROW_CORE:
    case TELAR_ROW_OBJECT:
      if (row->height >= 40 * unit)
        {
          telar_text_draw (painter->cr, &painter->text, name, x, middle, 14 * unit,
                           TELAR_TEXT_BOLD, room, theme->text);
          if (note != NULL)
            telar_text_draw (painter->cr, &painter->text, note, x, middle + 15 * unit,
                             11.5 * unit, TELAR_TEXT_NORMAL, room, theme->dim);
        }
      else
        {
          double size = MIN (13 * unit, row->height * 0.6);
          double width = telar_text_width (&painter->text, name, size, TELAR_TEXT_BOLD);

          telar_text_draw (painter->cr, &painter->text, name, x, middle + size * 0.36, size,
                           TELAR_TEXT_BOLD, room, theme->text);
          if (note != NULL && room - width > 30 * unit)
            telar_text_draw (painter->cr, &painter->text, note, x + width + 8 * unit,
                             middle + size * 0.36, size * 0.88, TELAR_TEXT_NORMAL,
                             room - width - 8 * unit, theme->dim);
        }
      break;
    case TELAR_ROW_TASK:
    case TELAR_ROW_COPIES:
    case TELAR_ROW_FOLDED:
      {
        const TelarTaskLane *task = painter->timeline->tasks->pdata[row->number];
        double size = MIN (14 * unit, row->height * 0.58);

        telar_text_draw (painter->cr, &painter->text, name, x, middle + size * 0.35, size,
                         task->kind == TELAR_KIND_PROCESS ? TELAR_TEXT_BOLD : TELAR_TEXT_NORMAL,
                         room, theme->text);
        break;
      }
    case TELAR_N_ROW_KINDS:
      break;
    }
}

/* Around hardware threads of one core, which share what it can do. */
void
telar_paint_brackets (TelarPainter *painter)
{
  const GArray *rows = painter->lanes.rows;
  cairo_t *cr = painter->cr;
  double unit = painter->unit;

  telar_color_set (cr, painter->theme->tick);
  cairo_set_line_width (cr, 1.4 * unit);
  for (guint i = painter->pinned ? 0 : painter->lanes.n_pinned, last;
       i < (painter->pinned ? painter->lanes.n_pinned : rows->len); i = last + 1)
    {
      const TelarRow *first_row = &g_array_index (rows, TelarRow, i), *last_row;

      for (last = i; last + 1 < (painter->pinned ? painter->lanes.n_pinned : rows->len)
                     && telar_rows_are_siblings (&painter->lanes, first_row,
                                                 &g_array_index (rows, TelarRow, last + 1));
           last++)
        ;
      if (last == i)
        continue;
      last_row = &g_array_index (rows, TelarRow, last);
      cairo_move_to (cr, 9 * unit, first_row->bar_y + unit);
      cairo_line_to (cr, 5 * unit, first_row->bar_y + unit);
      cairo_line_to (cr, 5 * unit, last_row->bar_y + last_row->bar_height - unit);
      cairo_line_to (cr, 9 * unit, last_row->bar_y + last_row->bar_height - unit);
    }
  cairo_stroke (cr);
}

/* The process whose threads are on top while its own row is scrolled away. */
static const TelarRow *
find_header (const TelarPainter *painter)
{
  const TelarRow *top = telar_lanes_at (&painter->lanes, painter->lanes.scroll_top);
  const TelarTaskLane *task;

  if (top == NULL || top->kind != TELAR_ROW_TASK || top->depth == 0)
    return NULL;
  task = painter->timeline->tasks->pdata[top->number];
  return telar_lanes_of (&painter->lanes, task->parent);
}

void
telar_paint_header (TelarPainter *painter)
{
  const TelarRow *row = find_header (painter);
  double unit = painter->unit, top = painter->lanes.scroll_top;
  double x, size = 12 * unit;
  g_autofree char *name = NULL;

  if (row == NULL || row->pinned || row->kind != TELAR_ROW_TASK || row->y >= top)
    return;
  name = telar_row_name (painter->timeline, row);
  x = (LEFT_MARGIN + INDENT * MIN (row->depth, 6)) * unit;
  telar_color_set (painter->cr, painter->theme->panel);
  cairo_rectangle (painter->cr, 0, top, painter->lanes.left - 8 * unit, 20 * unit);
  cairo_fill (painter->cr);
  telar_text_draw (painter->cr, &painter->text, name, x, top + 14 * unit, size, TELAR_TEXT_BOLD,
                   painter->lanes.left - x - 12 * unit, painter->theme->text);
}

/* A label in a bar, on a plate of the bar's colour where there is a pattern. */
static void
paint_inside (TelarPainter *painter, const TelarRow *row, const TelarFill *fill, const char *text,
              double x, double width, double size, TelarTextFlags flags)
{
  double middle = row->bar_y + row->bar_height / 2;
  double unit = painter->unit;

  if (fill->pattern != TELAR_PATTERN_PLAIN)
    {
      telar_color_set (painter->cr, fill->base);
      telar_paint_round (painter->cr, x - 3 * unit, middle - size * 0.7, width + 6 * unit,
                         size * 1.4, 3 * unit);
      cairo_fill (painter->cr);
    }
  telar_text_draw (painter->cr, &painter->text, text, x, middle + size * 0.36, size, flags, 0,
                   fill->text);
}

static void
paint_core_labels (TelarPainter *painter, const TelarRow *row)
{
  const GArray *shapes = painter->shapes.shapes;
  const TelarLanes *lanes = &painter->lanes;
  double unit = painter->unit;
  double size = MIN (13 * unit, row->bar_height * 0.8);
  TelarFill before;
  gboolean beside = FALSE;

  for (guint i = 0; i < shapes->len; i++)
    {
      const TelarShape *shape = &g_array_index (shapes, TelarShape, i);
      const TelarTaskLane *task;
      double x0, x1, width;
      TelarFill fill;

      if (shape->kind != TELAR_SHAPE_BAR)
        {
          beside = FALSE;
          continue;
        }
      task = telar_timeline_task (painter->timeline, shape->task);
      fill = telar_palette_fill (&painter->palette, shape->task,
                                 beside && shape[-1].task != shape->task ? &before : NULL);
      before = fill;
      beside = TRUE;
      x0 = MAX (shape->x0, lanes->left);
      x1 = MIN (shape->x1, lanes->width);
      if (task == NULL)
        continue;

      width = telar_text_width (&painter->text, task->title, size, TELAR_TEXT_BOLD);
      if (width + 12 * unit <= x1 - x0)
        {
          paint_inside (painter, row, &fill, task->title, x0 + 6 * unit, width, size,
                        TELAR_TEXT_BOLD);
          continue;
        }
      width = telar_text_width (&painter->text, task->id, size, TELAR_TEXT_BOLD);
      if (width + 6 * unit <= x1 - x0)
        {
          paint_inside (painter, row, &fill, task->id, x0 + (x1 - x0 - width) / 2, width, size,
                        TELAR_TEXT_BOLD);
          continue;
        }
      if (shape->x0 >= lanes->left && x1 + width + 12 * unit <= lanes->width
          && telar_free (painter, x1 + 1, row->bar_y, width + 10 * unit, row->bar_height))
        {
          telar_text_draw (painter->cr, &painter->text, task->id, x1 + 4 * unit,
                           row->bar_y + row->bar_height / 2 + size * 0.36, size,
                           TELAR_TEXT_NORMAL, 0, painter->theme->text);
          telar_take (painter, x1, row->bar_y, width + 6 * unit, row->bar_height);
        }
    }
}

/* How many slices of a step are looked at for a place. */
#define MANY_SLICES 64

/* On the first slice of the step that carries it from end to end: a wait has
 * a label of its own. */
static void
paint_step_label (TelarPainter *painter, const TelarRow *row, const TelarTaskLane *task,
                  const char *text, gint64 begin, gint64 end)
{
  const TelarLanes *lanes = &painter->lanes;
  TelarFill fill = telar_palette_fill (&painter->palette, row->number, NULL);
  double unit = painter->unit;
  double size = MIN (11 * unit, row->bar_height * 0.7);
  double width = telar_text_width (&painter->text, text, size, TELAR_TEXT_NORMAL);
  guint at = telar_slices_find (task->slices,
                                MAX (begin, (gint64) telar_lanes_ns (lanes, lanes->left)));

  for (guint i = at; i < task->slices->len && i < at + MANY_SLICES; i++)
    {
      const TelarSlice one = telar_slices_at (task->slices, i), *slice = &one;
      double x0 = MAX (telar_lanes_x (lanes, MAX (begin, slice->begin)), lanes->left);
      double x1 = MIN (telar_lanes_x (lanes, MIN (end, slice->end)), lanes->width);

      if (slice->begin >= end)
        break;
      if (width + 10 * unit > x1 - x0)
        continue;
      paint_inside (painter, row, &fill, text, x0 + 5 * unit, width, size, TELAR_TEXT_NORMAL);
      break;
    }
}

/* Steps of a body: a hair where one begins, and what it is where that fits. */
static void
paint_steps (TelarPainter *painter, const TelarRow *row, const TelarTaskLane *task)
{
  const TelarLanes *lanes = &painter->lanes;
  const TelarPlan *plan = painter->timeline->plan;
  const TelarPlanTask *planned = telar_plan_task (plan, row->number);
  double unit = painter->unit;
  int column = G_MININT;

  if (planned->n_steps * planned->repeat < 2 || row->number == TELAR_MAIN)
    return;
  for (guint i = 0; i < task->steps->len; i++)
    {
      const TelarStepRun *step = &g_array_index (task->steps, TelarStepRun, i);
      gint64 end = step->end != TELAR_NO_TIME ? step->end : painter->timeline->now;
      double x0 = telar_lanes_x (lanes, step->begin), x1 = telar_lanes_x (lanes, end);
      const char *text = telar_plan_text (plan, telar_plan_step (plan, step->step)->text);

      if (x1 < lanes->left || (int) x0 == column)
        continue;
      if (x0 > lanes->width)
        break;
      column = (int) x0;
      if (i > 0)
        {
          telar_color_set (painter->cr, painter->theme->background);
          cairo_rectangle (painter->cr, floor (x0), row->bar_y, MAX (1, unit), row->bar_height);
          cairo_fill (painter->cr);
        }
      if (x1 - x0 >= 24 * unit)
        paint_step_label (painter, row, task, text, step->begin, end);
    }
}

/* A call on its parent's bar: a hair where it begins, and its name where that
 * fits; the shapes are the call's. */
void
telar_paint_call_labels (TelarPainter *painter, const TelarRow *row, guint32 call)
{
  const TelarTaskLane *task = painter->timeline->tasks->pdata[call];
  TelarFill fill = telar_palette_fill (&painter->palette, call, NULL);
  double unit = painter->unit;
  double size = MIN (12 * unit, row->bar_height * 0.75);
  gboolean begun = FALSE;

  for (guint i = 0; i < painter->shapes.shapes->len; i++)
    {
      const TelarShape *shape = &g_array_index (painter->shapes.shapes, TelarShape, i);
      double x0 = MAX (shape->x0, painter->lanes.left);
      double x1 = MIN (shape->x1, painter->lanes.width);
      const char *const texts[] = { task->title, task->id };

      if (shape->kind != TELAR_SHAPE_BAR)
        continue;
      if (!begun && shape->x0 >= painter->lanes.left)
        {
          telar_color_set (painter->cr, painter->theme->background);
          cairo_rectangle (painter->cr, floor (shape->x0 + 0.5), row->bar_y, MAX (1, unit),
                           row->bar_height);
          cairo_fill (painter->cr);
        }
      begun = TRUE;
      for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
        {
          double width = telar_text_width (&painter->text, texts[k], size, TELAR_TEXT_NORMAL);

          if (width + 10 * unit > x1 - x0)
            continue;
          paint_inside (painter, row, &fill, texts[k], x0 + 5 * unit, width, size,
                        TELAR_TEXT_NORMAL);
          return;
        }
    }
}

void
telar_paint_labels (TelarPainter *painter, const TelarRow *row)
{
  if (row->kind == TELAR_ROW_CORE)
    paint_core_labels (painter, row);
  else if (row->kind == TELAR_ROW_TASK)
    paint_steps (painter, row, painter->timeline->tasks->pdata[row->number]);
}
