/* overview.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "paint/overview.h"
#include "paint/paint-private.h"

#define HEIGHT      40
#define AIR         5
#define LEAST_ROW   2 /* lower than this, several cores share one */
#define FULL_ROW    5 /* lower than this, a row is filled and its colour says how busy */
#define LEAST_FRAME 4

typedef struct
{
  double  *busy;  /* pixels, by column */
  double  *most;  /* of one lane of those that share the row */
  guint32 *task;  /* of that lane */
  guint    n_columns;
  guint    n_lanes;
} Row;

double
telar_overview_height (const TelarView *view)
{
  return ceil (HEIGHT * view->text / 12);
}

void
telar_overview_place (TelarOverview *overview, const TelarTimeline *timeline,
                      const TelarView *view, double span)
{
  TelarTextStyle text = { .family = view->font };
  double unit = view->text / 12;
  TelarLanes lanes;

  g_return_if_fail (overview != NULL && view != NULL && view->text > 0);

  telar_lanes_init (&lanes, timeline, view, &text);
  overview->left = floor (lanes.left);
  overview->right = MAX (floor (lanes.right), overview->left + 1);
  telar_lanes_clear (&lanes);
  overview->height = telar_overview_height (view);
  overview->top = round (AIR * unit);
  overview->bottom = overview->height - overview->top;
  overview->span = MAX (span, 1);
}

double
telar_overview_ns (const TelarOverview *overview, double x)
{
  return (x - overview->left) * overview->span / (overview->right - overview->left);
}

static double
overview_x (const TelarOverview *overview, double ns)
{
  double x = overview->left + ns / overview->span * (overview->right - overview->left);

  return CLAMP (x, overview->left, overview->right);
}

void
telar_overview_frame (const TelarOverview *overview, double begin, double end, double *from,
                      double *to)
{
  double missing;

  *from = overview_x (overview, begin);
  *to = overview_x (overview, end);
  missing = LEAST_FRAME - (*to - *from);
  if (missing <= 0)
    return;
  *from = CLAMP (*from - missing / 2, overview->left - 1, overview->right - LEAST_FRAME + 1);
  *to = *from + LEAST_FRAME;
}

/* --- Rows --- */

/* Cores that were used; without a recording of these, tasks. */
static GPtrArray *
choose_lanes (const TelarTimeline *timeline)
{
  GPtrArray *lanes = g_ptr_array_new ();

  for (guint i = 0; i < timeline->cores->len; i++)
    {
      const TelarCoreLane *core = timeline->cores->pdata[i];

      if (core->slices->len > 0)
        g_ptr_array_add (lanes, core->slices);
    }
  if (lanes->len > 0)
    return lanes;
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *task = timeline->tasks->pdata[i];

      if (task->slices->len > 0)
        g_ptr_array_add (lanes, task->slices);
    }
  return lanes;
}

static void
add_to_row (Row *row, int column, guint32 task, double busy)
{
  if (column < 0 || column >= (int) row->n_columns || busy <= 0)
    return;
  row->busy[column] += busy;
  if (busy > row->most[column])
    {
      row->most[column] = busy;
      row->task[column] = task;
    }
}

static void
add_lane (Row *row, TelarShapes *shapes, const TelarLanes *lanes, const TelarSlices *slices)
{
  int left = (int) lanes->left;

  telar_shapes_fill (shapes, lanes, slices);
  for (guint i = 0; i < shapes->shapes->len; i++)
    {
      const TelarShape *shape = &g_array_index (shapes->shapes, TelarShape, i);

      if (shape->kind != TELAR_SHAPE_BAR)
        continue;
      for (int x = MAX ((int) floor (shape->x0), left); x < shape->x1 && x < lanes->width; x++)
        add_to_row (row, x - left, shape->task, MIN (shape->x1, x + 1) - MAX (shape->x0, x));
    }
  for (guint i = 0; i < shapes->columns->len; i++)
    {
      const TelarColumn *column = &g_array_index (shapes->columns, TelarColumn, i);

      add_to_row (row, column->x - left, column->task, column->share);
    }
}

/* A column that something ran in is never quite empty. */
static void
paint_row (cairo_t *cr, TelarPainter *painter, const Row *row, double left, double top,
           double bottom)
{
  double height = bottom - top;
  TelarPixels pixels;

  telar_pixels_init (&pixels, cr);
  for (guint i = 0; i < row->n_columns; i++)
    {
      double share = MIN (row->busy[i] / row->n_lanes, 1), high = height;
      TelarFill fill;
      TelarColor color;

      if (share <= 0)
        continue;
      fill = telar_palette_fill (&painter->palette, row->task[i], NULL);
      color = fill.edge;
      if (height >= FULL_ROW)
        high = MAX (round (height * share), 1);
      else
        color = telar_color_mix (painter->theme->panel, color, 0.25 + 0.75 * share);
      telar_pixels_fill (&pixels, cr, left + i, bottom - high, 1, high, color);
    }
}

static void
paint_rows (cairo_t *cr, TelarPainter *painter, const TelarOverview *overview)
{
  g_autoptr (GPtrArray) slices = choose_lanes (painter->timeline);
  guint n_columns = (guint) (overview->right - overview->left);
  double room = overview->bottom - overview->top;
  guint n_rows = MIN (slices->len, (guint) MAX (room / LEAST_ROW, 1));
  TelarLanes lanes = {
    .unit = painter->unit,
    .left = overview->left,
    .right = overview->right,
    .width = overview->right,
    .small = 3,
    .per_ns = n_columns / overview->span,
  };
  Row row = { .n_columns = n_columns };

  if (n_rows == 0)
    return;

  telar_shapes_init (&painter->shapes);
  for (guint r = 0; r < n_rows; r++)
    {
      guint first = r * slices->len / n_rows, next = (r + 1) * slices->len / n_rows;
      double top = round (overview->top + room * r / n_rows);
      double bottom = round (overview->top + room * (r + 1) / n_rows);
      g_autofree double *busy = g_new0 (double, n_columns);
      g_autofree double *most = g_new0 (double, n_columns);
      g_autofree guint32 *task = g_new0 (guint32, n_columns);

      row.busy = busy;
      row.most = most;
      row.task = task;
      row.n_lanes = next - first;
      for (guint i = first; i < next; i++)
        add_lane (&row, &painter->shapes, &lanes, slices->pdata[i]);
      /* A hair apart, where there is room for one. */
      paint_row (cr, painter, &row, overview->left, top + (bottom - top >= FULL_ROW + 1 && r > 0),
                 bottom);
    }
  telar_shapes_clear (&painter->shapes);
}

/* --- Public --- */

void
telar_paint_overview (cairo_t *cr, const TelarOverview *overview, const TelarTimeline *timeline,
                      const TelarView *view)
{
  TelarPainter painter = {
    .timeline = timeline,
    .view = view,
    .theme = telar_theme_get (view->style),
    .text = { .family = view->font },
    .unit = view->text / 12,
  };
  double margin = 15 * painter.unit, size = 11.5 * painter.unit;

  g_return_if_fail (overview != NULL && view->text > 0);

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, view->width, overview->height);
  cairo_clip (cr);
  telar_color_set (cr, painter.theme->panel);
  cairo_paint (cr);
  telar_color_set (cr, painter.theme->line);
  cairo_rectangle (cr, 0, 0, view->width, 1);
  cairo_fill (cr);
  telar_text_draw (cr, &painter.text, _("Whole run"), margin,
                   round (overview->height / 2 + size * 0.36), size, TELAR_TEXT_NORMAL,
                   overview->left - 2 * margin, painter.theme->dim);
  if (timeline != NULL && timeline->plan != NULL)
    {
      telar_palette_init (&painter.palette, timeline->plan, view->style);
      paint_rows (cr, &painter, overview);
      telar_palette_clear (&painter.palette);
    }
  cairo_restore (cr);
}

void
telar_paint_overview_seen (cairo_t *cr, const TelarOverview *overview, const TelarView *view)
{
  const TelarTheme *theme = telar_theme_get (view->style);
  double top = overview->top - 2, height = overview->bottom - overview->top + 4;
  double from, to, grip, unit = view->text / 12;

  telar_overview_frame (overview, view->begin, view->end, &from, &to);
  from = round (from);
  to = round (to);
  telar_color_set_alpha (cr, theme->panel, 0.62);
  cairo_rectangle (cr, overview->left, top, MAX (from - overview->left, 0), height);
  cairo_rectangle (cr, to, top, MAX (overview->right - to, 0), height);
  cairo_fill (cr);

  telar_color_set (cr, theme->accent);
  cairo_rectangle (cr, from - 1, top, to - from + 2, height);
  cairo_rectangle (cr, from + 0.5, top + 1.5, MAX (to - from - 1, 0), height - 3);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_fill (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  grip = round (height / 2);
  telar_paint_round (cr, from - 2.5 * unit, top + (height - grip) / 2, 5 * unit, grip, 2.5 * unit);
  cairo_fill (cr);
  telar_paint_round (cr, to - 2.5 * unit, top + (height - grip) / 2, 5 * unit, grip, 2.5 * unit);
  cairo_fill (cr);
}
