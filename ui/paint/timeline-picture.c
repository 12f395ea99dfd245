/* timeline-picture.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The timeline, layer by layer: ground, waits, bars, labels, marks, ruler.
 */

#include "config.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>
#include <math.h>

#include "paint/paint-private.h"

typedef void (*RowPainter) (TelarPainter *painter, const TelarRow *row);

/* What reaches out of a row: signs, frames of labels. */
#define BEYOND_ROW 40 /* at 12 pixels of text */

/* Rows that no pixel of the surface shows cost nothing. */
static void
find_visible (TelarPainter *painter)
{
  const TelarLanes *lanes = &painter->lanes;
  double left, top, right, bottom, beyond = BEYOND_ROW * painter->unit;

  cairo_clip_extents (painter->cr, &left, &top, &right, &bottom);
  painter->top = MAX (lanes->top, top - beyond);
  painter->bottom = MIN (lanes->bottom, bottom + beyond);
}

static void
fill_rectangle (cairo_t *cr, TelarColor color, double x, double y, double width, double height)
{
  telar_color_set (cr, color);
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
}

static void
paint_behind (TelarPainter *painter, const TelarRow *row)
{
  const TelarLanes *lanes = &painter->lanes;
  double top, bottom;

  if (row == NULL || telar_timeline_is_empty (painter->timeline))
    return;
  top = MAX (row->y, telar_row_top (lanes, row));
  bottom = MIN (row->y + row->height, telar_row_bottom (lanes, row));
  if (bottom > top)
    fill_rectangle (painter->cr, painter->theme->selected, 0, top, lanes->width, bottom - top);
}

/* Behind the selected lane, and behind the one that keys are about. */
static void
paint_selected (TelarPainter *painter)
{
  const TelarView *view = painter->view;

  paint_behind (painter, telar_lanes_of (&painter->lanes, view->selected));
  if (view->marked_kind < TELAR_N_LANE_KINDS)
    paint_behind (painter, telar_lanes_find (&painter->lanes, view->marked_kind, view->marked));
}

/* Below each lane. */
static void
paint_lines (TelarPainter *painter)
{
  const TelarLanes *lanes = &painter->lanes;
  cairo_t *cr = painter->cr;

  telar_color_set (cr, painter->theme->grid);
  cairo_set_line_width (cr, painter->vector ? 0.8 * painter->unit : 1);
  for (guint i = 0; i < lanes->rows->len; i++)
    {
      const TelarRow *row = &g_array_index (lanes->rows, TelarRow, i);
      double y = row->y + row->height;

      if (row->kind == TELAR_ROW_CORES_HEADING || row->kind == TELAR_ROW_TASKS_HEADING
          || row->kind == TELAR_ROW_OBJECTS_HEADING || telar_row_is_tiny (row, painter->unit)
          || y < MAX (painter->top, telar_row_top (lanes, row))
          || row->y > MIN (painter->bottom, telar_row_bottom (lanes, row)))
        continue;
      if (!painter->vector)
        y = floor (y) + 0.5;
      cairo_move_to (cr, 0, y);
      cairo_line_to (cr, lanes->width, y);
    }
  cairo_stroke (cr);
}

static void
paint_ground (TelarPainter *painter)
{
  const TelarLanes *lanes = &painter->lanes;
  cairo_t *cr = painter->cr;

  fill_rectangle (cr, painter->theme->background, 0, 0, lanes->width, lanes->height);
  paint_selected (painter);
  if ((painter->view->show & TELAR_SHOW_NOW) && !telar_timeline_is_empty (painter->timeline))
    {
      gint64 now = painter->timeline->finished ? painter->timeline->wall : painter->timeline->now;
      double x = MAX (telar_lanes_x (lanes, now), lanes->left);

      if (x < lanes->width)
        fill_rectangle (cr, painter->theme->beyond, x, lanes->top, lanes->width - x,
                        lanes->bottom - lanes->top);
    }
  if (painter->view->show & TELAR_SHOW_RULER)
    telar_paint_grid (painter);
  if (!telar_timeline_is_empty (painter->timeline))
    paint_lines (painter);
}

static void
for_rows (TelarPainter *painter, RowPainter paint, TelarRowKind kind)
{
  for (guint i = 0; i < painter->lanes.rows->len; i++)
    {
      const TelarRow *row = &g_array_index (painter->lanes.rows, TelarRow, i);

      if (row->kind == kind && telar_row_is_visible (painter, row))
        paint (painter, row);
    }
}

/* What the records lack, where they lack it. */
void
telar_paint_losses (TelarPainter *painter)
{
  const TelarTimeline *timeline = painter->timeline;
  const TelarLanes *lanes = &painter->lanes;
  cairo_t *cr = painter->cr;
  double unit = painter->unit;
  double labelled = -1e9;

  for (guint i = 0; i < timeline->losses->len; i++)
    {
      const TelarLoss *loss = &g_array_index (timeline->losses, TelarLoss, i);
      double x = telar_lanes_x (lanes, loss->ns);
      g_autofree char *text = NULL;

      if (x < lanes->left || x > lanes->width || x - labelled < 3 * unit)
        continue;
      telar_color_set (cr, painter->theme->fail);
      cairo_set_line_width (cr, 1.2 * unit);
      cairo_set_dash (cr, (double[]){ 4 * unit, 3 * unit }, 2, 0);
      cairo_move_to (cr, x, lanes->top + 7 * unit);
      cairo_line_to (cr, x, lanes->bottom);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
      cairo_move_to (cr, x - 6 * unit, lanes->top);
      cairo_rel_line_to (cr, 12 * unit, 0);
      cairo_rel_line_to (cr, -6 * unit, 9 * unit);
      cairo_close_path (cr);
      cairo_fill (cr);

      text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRIu64 " record lost",
                                           "%" PRIu64 " records lost",
                                           (gulong) loss->n),
                              loss->n);
      if (x - labelled > telar_text_width (&painter->text, text, 11 * unit, TELAR_TEXT_BOLD)
                           + 20 * unit)
        {
          telar_text_draw (cr, &painter->text, text, x + 9 * unit, lanes->top + 12 * unit,
                           11 * unit, TELAR_TEXT_BOLD, 0, painter->theme->fail);
          labelled = x;
        }
    }
}

static void
paint_empty (TelarPainter *painter)
{
  const TelarLanes *lanes = &painter->lanes;
  const char *text = _("Press Run: nothing measured yet");
  double size = 15 * painter->unit;
  double width = telar_text_width (&painter->text, text, size, TELAR_TEXT_NORMAL);

  telar_text_draw (painter->cr, &painter->text, text, MAX (0, (lanes->width - width) / 2),
                   (lanes->top + lanes->bottom) / 2, size, TELAR_TEXT_NORMAL, lanes->width,
                   painter->theme->dim);
}

static void
paint_title (TelarPainter *painter)
{
  const TelarTimeline *timeline = painter->timeline;
  const char *name = timeline != NULL && timeline->plan != NULL
                       ? telar_plan_text (timeline->plan, timeline->plan->name) : "";

  telar_text_draw (painter->cr, &painter->text, name, 15 * painter->unit, 22 * painter->unit,
                   15 * painter->unit, TELAR_TEXT_BOLD,
                   painter->lanes.width - 30 * painter->unit, painter->theme->text);
}

/* What happened in the lanes. */
static void
paint_insides (TelarPainter *painter)
{
  telar_paint_core_rows (painter);
  telar_paint_arrows (painter, FALSE);
  telar_paint_task_rows (painter);
  for_rows (painter, telar_paint_copies, TELAR_ROW_COPIES);
  for_rows (painter, telar_paint_copies, TELAR_ROW_FOLDED);
  for_rows (painter, telar_paint_object, TELAR_ROW_OBJECT);
  telar_paint_arrows (painter, TRUE);
  telar_paint_critical (painter);
  telar_paint_losses (painter);
  telar_paint_deadlocks (painter);
}

/* The same in pixels, in a picture of shapes. */
static void
paint_insides_as_image (TelarPainter *painter, double x, double y, double width, double height)
{
  cairo_t *cr = painter->cr;

  painter->cr = telar_image_begin (width, height, painter->view->dots);
  cairo_translate (painter->cr, -x, -y);
  painter->vector = painter->text.vector = FALSE;
  telar_pixels_init (&painter->pixels, painter->cr);
  paint_insides (painter);
  painter->pixels.surface = NULL;
  telar_image_end (painter->cr, cr, x, y);
  painter->cr = cr;
  painter->vector = painter->text.vector = TRUE;
}

/* Those that are pinned, or those that are not. */
static void
paint_part (TelarPainter *painter, double top, double bottom)
{
  const TelarLanes *lanes = &painter->lanes;
  cairo_t *cr = painter->cr;
  double left = lanes->left - 7 * painter->unit, width = lanes->width, height;

  /* Whole pixels: what is clipped to parts of them cannot be written, see pixels.c. */
  if (!painter->vector)
    {
      top = round (top);
      bottom = MIN (round (bottom), floor (lanes->height));
      left = floor (left);
      width = floor (width);
    }
  height = MAX (bottom - top, 0);

  cairo_save (cr);
  cairo_rectangle (cr, 0, top, width, height);
  cairo_clip (cr);
  for (guint kind = 0; kind < TELAR_N_ROW_KINDS; kind++)
    for_rows (painter, telar_paint_names, kind);
  telar_paint_brackets (painter);
  if (!painter->pinned)
    telar_paint_header (painter);

  /* Signs at time 0 may reach a little into the margin, no further. */
  cairo_rectangle (cr, left, top, width - left, height);
  cairo_clip (cr);
  telar_pixels_init (&painter->pixels, cr);
  if (painter->vector && painter->view->dots > 0 && width > left && height > 0)
    paint_insides_as_image (painter, left, top, width - left, height);
  else
    paint_insides (painter);
  painter->pixels.surface = NULL;
  cairo_restore (cr);
}

static void
paint_lanes (TelarPainter *painter)
{
  const TelarLanes *lanes = &painter->lanes;

  paint_part (painter, lanes->scroll_top, lanes->bottom);
  if (lanes->n_pinned == 0)
    return;
  painter->pinned = TRUE;
  paint_part (painter, lanes->top, lanes->scroll_top);
  painter->pinned = FALSE;
  fill_rectangle (painter->cr, painter->theme->tick, 0, lanes->scroll_top - 1.5 * painter->unit,
                  lanes->width, 1.5 * painter->unit);
}

void
telar_paint_timeline (cairo_t *cr, const TelarTimeline *timeline, const TelarView *view)
{
  TelarPainter painter = {
    .cr = cr,
    .timeline = timeline,
    .view = view,
    .theme = telar_theme_get (view->style),
    .vector = telar_is_vector (cr),
    .unit = view->text / 12,
  };
  gboolean empty = telar_timeline_is_empty (timeline);

  g_return_if_fail (view->width > 0 && view->height > 0 && view->text > 0);

  painter.text = (TelarTextStyle){ .family = view->font, .vector = painter.vector };
  telar_lanes_init (&painter.lanes, timeline, view, &painter.text);
  if (timeline != NULL && timeline->plan != NULL)
    telar_palette_init (&painter.palette, timeline->plan, view->style);
  telar_shapes_init (&painter.shapes);
  painter.bars = telar_bars_new ();
  painter.signs = telar_signs_new ();
  painter.taken = g_array_new (FALSE, FALSE, sizeof (cairo_rectangle_t));

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, view->width, view->height);
  cairo_clip (cr);
  cairo_new_path (cr);
  find_visible (&painter);
  paint_ground (&painter);
  if (view->show & TELAR_SHOW_TITLE)
    paint_title (&painter);
  if (empty)
    paint_empty (&painter);
  else
    paint_lanes (&painter);
  if (view->show & TELAR_SHOW_RULER)
    telar_paint_ruler (&painter);
  if (painter.lanes.legend.height > 0)
    telar_paint_legend (&painter);
  cairo_restore (cr);

  for (guint i = 0; i < sizeof painter.stamps / sizeof (cairo_surface_t *); i++)
    g_clear_pointer (&((cairo_surface_t **) painter.stamps)[i], cairo_surface_destroy);
  g_array_unref (painter.taken);
  g_array_unref (painter.signs);
  g_array_unref (painter.bars);
  telar_shapes_clear (&painter.shapes);
  telar_palette_clear (&painter.palette);
  telar_lanes_clear (&painter.lanes);
}
