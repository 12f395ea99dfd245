/* graph-body.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The steps of a frame's own body, as rows that read like code; folded, the one
 * line that says how many there are.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "paint/graph-private.h"

void
telar_paint_graph_triangle (TelarGraphPainter *painter, double x, double y, gboolean unfolded)
{
  cairo_t *cr = painter->cr;
  double s = 4 * painter->scale;

  cairo_save (cr);
  cairo_translate (cr, telar_graph_x (painter, x), telar_graph_y (painter, y));
  if (unfolded)
    cairo_rotate (cr, G_PI / 2);
  cairo_move_to (cr, -0.7 * s, -s);
  cairo_line_to (cr, 0.9 * s, 0);
  cairo_line_to (cr, -0.7 * s, s);
  cairo_close_path (cr);
  cairo_restore (cr);
  telar_color_set (cr, painter->theme->dim);
  cairo_fill (cr);
}

/* As the line that runs in a program's text. */
static void
paint_light (TelarGraphPainter *painter, double x, double y, double width, double height)
{
  cairo_t *cr = painter->cr;

  cairo_rectangle (cr, telar_graph_x (painter, x), telar_graph_y (painter, y),
                   width * painter->scale, height * painter->scale);
  telar_color_set (cr, telar_color_mix (painter->theme->background, painter->theme->start, 0.16));
  cairo_fill (cr);
  cairo_rectangle (cr, telar_graph_x (painter, x), telar_graph_y (painter, y),
                   3 * painter->scale, height * painter->scale);
  telar_color_set (cr, painter->theme->start);
  cairo_fill (cr);
}

static void
paint_header (TelarGraphPainter *painter, guint32 number, gboolean lit)
{
  const TelarGraphBox *box = &painter->layout->boxes[number];
  const TelarTask *task = telar_relations_task (painter->layout->relations, number);
  g_autofree char *steps = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u step", "%u steps",
                                                         task->steps->len), task->steps->len);
  g_autofree char *text = task->repeat > 1 ? g_strdup_printf ("%s × %u", steps, task->repeat)
                                           : g_strdup (steps);

  if (lit)
    paint_light (painter, box->body_x + 1, box->body_y + 1, box->body_width - 2,
                 TELAR_GRAPH_BODY_HEADER - 2);
  telar_paint_graph_triangle (painter, box->body_x + 13,
                              box->body_y + TELAR_GRAPH_BODY_HEADER / 2, box->unfolded);
  telar_graph_draw_text (painter, text, box->body_x + 24, box->body_y + 16, TELAR_GRAPH_SMALL_SIZE,
                         TELAR_TEXT_NORMAL, box->body_width - 32, painter->theme->dim);
}

static void
paint_rows (TelarGraphPainter *painter, guint32 task, guint lit)
{
  const TelarGraphBox *box = &painter->layout->boxes[task];
  guint n = telar_graph_n_rows (painter->layout, task);
  guint cut = telar_graph_cut_at (painter->layout, task);
  double y = box->body_y + TELAR_GRAPH_BODY_HEADER;

  for (guint i = 0; i < n; i++, y += TELAR_GRAPH_ROW)
    {
      g_autofree char *text = NULL;

      if (telar_graph_y (painter, y) > painter->bottom
          || telar_graph_y (painter, y + TELAR_GRAPH_ROW) < painter->top)
        continue;
      text = telar_graph_row_text (painter->layout, task, i);
      if (lit == i || (lit != G_MAXUINT && i == cut && lit > i))
        paint_light (painter, box->body_x + 1, y, box->body_width - 2, TELAR_GRAPH_ROW);
      telar_graph_draw_text (painter, text, box->body_x + 13, y + 14.5,
                             i == cut ? TELAR_GRAPH_SMALL_SIZE : TELAR_GRAPH_CALL_SIZE,
                             i == cut ? TELAR_TEXT_NORMAL : TELAR_TEXT_MONO, box->body_width - 20,
                             i == cut ? painter->theme->dim : painter->theme->text);
    }
}

void
telar_paint_graph_body (TelarGraphPainter *painter, guint32 task)
{
  const TelarGraphBox *box = &painter->layout->boxes[task];
  const TelarTheme *theme = painter->theme;
  cairo_t *cr = painter->cr;
  guint lit = painter->show->step_task == task ? painter->show->step : G_MAXUINT;

  telar_graph_round (painter, box->body_x, box->body_y, box->body_width, box->body_height, 3);
  telar_color_set (cr, theme->background);
  cairo_fill_preserve (cr);
  telar_color_set (cr, telar_color_mix (telar_graph_fill (painter, task)->edge, theme->background,
                                        0.35));
  cairo_set_line_width (cr, MAX (1.2 * painter->scale, 0.7));
  cairo_stroke (cr);
  if (painter->small)
    return;
  paint_header (painter, task, lit != G_MAXUINT && !box->unfolded);
  if (!box->unfolded)
    return;
  telar_color_set (cr, theme->grid);
  cairo_rectangle (cr, telar_graph_x (painter, box->body_x + 1),
                   telar_graph_y (painter, box->body_y + TELAR_GRAPH_BODY_HEADER - 1),
                   (box->body_width - 2) * painter->scale, painter->scale);
  cairo_fill (cr);
  paint_rows (painter, task, lit);
}
