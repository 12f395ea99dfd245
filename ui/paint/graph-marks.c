/* graph-marks.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What a person is doing, shown at the boxes: selected, lit, pale, found,
 * moving; badges of faults; the lines that a pointer draws. Nothing is told by
 * colour alone.
 */

#include "config.h"

#include <math.h>

#include "paint/graph-private.h"

#define RING 4 /* around a selected box */

/* A ring around a box, @far from its outline. */
static void
paint_ring (TelarGraphPainter *painter, guint32 task, double far, double width)
{
  const TelarGraphBox *box = &painter->layout->boxes[task];

  telar_graph_round (painter, box->x - far, box->y - far, box->width + 2 * far,
                     box->height + 2 * far, telar_graph_radius (painter, task) + far);
  cairo_set_line_width (painter->cr, MAX (width * painter->scale, MIN (width, 1.5)));
  cairo_stroke (painter->cr);
}

/* As rings that fade: what is below the box need not be filled. */
static void
paint_shadow (TelarGraphPainter *painter, guint32 task)
{
  static const double shades[] = { 0.20, 0.20, 0.16, 0.12, 0.08, 0.04 };
  const TelarGraphBox *box = &painter->layout->boxes[task];
  double stack = telar_graph_stack (painter->layout, task);
  double strength = painter->view->style == TELAR_STYLE_DARK ? 2.4 : 1;

  cairo_set_line_width (painter->cr, 2 * painter->scale);
  for (guint i = 0; i < G_N_ELEMENTS (shades); i++)
    {
      double far = 2.0 * i - 3;

      telar_graph_round (painter, box->x - far, box->y - far + 4, box->width + stack + 2 * far,
                         box->height + stack + 2 * far, telar_graph_radius (painter, task) + far);
      telar_color_set_alpha (painter->cr, 0x000000, MIN (shades[i] * strength, 0.5));
      cairo_stroke (painter->cr);
    }
}

void
telar_paint_graph_under (TelarGraphPainter *painter, guint32 task)
{
  guint8 marks = telar_graph_marks (painter, task);

  if ((marks & TELAR_GRAPH_MOVING) != 0)
    paint_shadow (painter, task);
  if ((marks & TELAR_GRAPH_FOUND) != 0)
    {
      telar_color_set (painter->cr, painter->theme->found);
      paint_ring (painter, task, 5, 6);
    }
  if ((marks & TELAR_GRAPH_TARGET) != 0)
    {
      telar_color_set_alpha (painter->cr, painter->theme->start, 0.28);
      paint_ring (painter, task, 4, 8);
    }
}

void
telar_paint_graph_over (TelarGraphPainter *painter, guint32 task)
{
  const TelarGraphBox *box = &painter->layout->boxes[task];
  guint8 marks = telar_graph_marks (painter, task);

  if ((marks & TELAR_GRAPH_PALE) != 0 && task != 0)
    {
      double stack = telar_graph_stack (painter->layout, task);

      telar_graph_round (painter, box->x - 2, box->y - 2, box->width + stack + 4,
                         box->height + stack + 4, telar_graph_radius (painter, task));
      telar_color_set_alpha (painter->cr, painter->theme->background, 0.62);
      cairo_fill (painter->cr);
    }
  if ((marks & TELAR_GRAPH_TARGET) != 0)
    {
      telar_color_set (painter->cr, painter->theme->start);
      paint_ring (painter, task, 0, 2.4);
    }
  if ((marks & TELAR_GRAPH_SELECTED) != 0)
    {
      telar_color_set (painter->cr, painter->theme->accent);
      paint_ring (painter, task, RING, 2);
    }
  /* Main's stands in its outline: rings go behind it. */
  if (task == 0 && (marks & (TELAR_GRAPH_TARGET | TELAR_GRAPH_SELECTED)) != 0)
    telar_paint_graph_main_label (painter);
}

/* A stroke and a dot. */
static void
paint_exclamation (cairo_t *cr, double x, double y, double s, TelarColor color)
{
  telar_color_set (cr, color);
  cairo_set_line_width (cr, 0.24 * s);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, x, y - 0.48 * s);
  cairo_line_to (cr, x, y + 0.08 * s);
  cairo_move_to (cr, x, y + 0.48 * s);
  cairo_line_to (cr, x, y + 0.48 * s);
  cairo_stroke (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
}

void
telar_paint_graph_badge (TelarGraphPainter *painter, double x, double y, guint8 marks)
{
  const TelarTheme *theme = painter->theme;
  gboolean is_error = (marks & TELAR_GRAPH_ERROR) != 0;
  cairo_t *cr = painter->cr;
  double s = MAX (TELAR_GRAPH_BADGE * painter->scale, 4);

  x = telar_graph_x (painter, x);
  y = telar_graph_y (painter, y);
  cairo_new_sub_path (cr);
  if (is_error)
    cairo_arc (cr, x, y, s, 0, 2 * G_PI);
  else
    {
      cairo_move_to (cr, x, y - 1.15 * s);
      cairo_line_to (cr, x + 1.15 * s, y + 0.85 * s);
      cairo_line_to (cr, x - 1.15 * s, y + 0.85 * s);
      cairo_close_path (cr);
    }
  /* Apart from whatever is below it. */
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  telar_color_set (cr, theme->background);
  cairo_set_line_width (cr, 0.36 * s);
  cairo_stroke_preserve (cr);
  telar_color_set (cr, is_error ? theme->fail : theme->warning);
  cairo_fill_preserve (cr);
  cairo_set_line_width (cr, 0.1 * s);
  telar_color_set (cr, is_error ? theme->fail : telar_color_mix (theme->warning, 0x000000, 0.45));
  cairo_stroke (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  if (s >= 5)
    paint_exclamation (cr, x, is_error ? y : y + 0.16 * s, is_error ? s : 0.86 * s,
                       is_error ? theme->fail_text : 0x000000);
}

void
telar_paint_graph_guides (TelarGraphPainter *painter)
{
  static const double dashes[] = { 5, 3 };
  cairo_t *cr = painter->cr;

  if (painter->show->guides == NULL || painter->show->n_guides == 0)
    return;
  telar_color_set (cr, painter->theme->now);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  for (guint i = 0; i < painter->show->n_guides; i++)
    {
      const TelarGraphGuide *guide = &painter->show->guides[i];
      double x0 = guide->vertical ? guide->at : guide->from;
      double y0 = guide->vertical ? guide->from : guide->at;
      double x1 = guide->vertical ? guide->at : guide->to;
      double y1 = guide->vertical ? guide->to : guide->at;

      /* On the middle of pixels, else a line is two grey ones. */
      cairo_move_to (cr, floor (telar_graph_x (painter, x0)) + 0.5,
                     floor (telar_graph_y (painter, y0)) + 0.5);
      cairo_line_to (cr, floor (telar_graph_x (painter, x1)) + 0.5,
                     floor (telar_graph_y (painter, y1)) + 0.5);
    }
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

void
telar_paint_graph_band (TelarGraphPainter *painter)
{
  const TelarGraphShow *show = painter->show;
  cairo_t *cr = painter->cr;

  if (!show->band)
    return;
  cairo_rectangle (cr, floor (telar_graph_x (painter, show->band_x)) + 0.5,
                   floor (telar_graph_y (painter, show->band_y)) + 0.5,
                   round (show->band_width * painter->scale),
                   round (show->band_height * painter->scale));
  telar_color_set_alpha (cr, painter->theme->accent, 0.12);
  cairo_fill_preserve (cr);
  telar_color_set (cr, painter->theme->accent);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}
