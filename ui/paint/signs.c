/* signs.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The signs of start, end, failure and join: the same in lanes and legend.
 */

#include "config.h"

#include <math.h>

#include "paint/paint-private.h"

void
telar_draw_flag (cairo_t *cr, const TelarTheme *theme, double x, double top, double bottom,
                 double s)
{
  telar_color_set (cr, theme->start);
  cairo_rectangle (cr, x - s, top, 2 * s, bottom - top);
  cairo_move_to (cr, x, top);
  cairo_line_to (cr, x + 9 * s, top + 4.5 * s);
  cairo_line_to (cr, x, top + 9 * s);
  cairo_close_path (cr);
  cairo_fill (cr);
}

void
telar_draw_end (cairo_t *cr, const TelarTheme *theme, double x, double y, double s)
{
  telar_color_set (cr, theme->background);
  cairo_rectangle (cr, x - 5 * s, y - 5 * s, 10 * s, 10 * s);
  cairo_fill (cr);
  telar_color_set (cr, theme->mark);
  cairo_rectangle (cr, x - 4 * s, y - 4 * s, 8 * s, 8 * s);
  cairo_fill (cr);
}

/* An octagon with a cross: unlike every other mark even without its colour. */
void
telar_draw_fail (cairo_t *cr, const TelarTheme *theme, double x, double y, double s)
{
  for (int pass = 0; pass < 2; pass++)
    {
      double radius = (pass == 0 ? 8.4 : 7.2) * s;

      for (int i = 0; i < 8; i++)
        cairo_line_to (cr, x + radius * cos ((i + 0.5) * G_PI / 4),
                       y + radius * sin ((i + 0.5) * G_PI / 4));
      cairo_close_path (cr);
      telar_color_set (cr, pass == 0 ? theme->background : theme->fail);
      cairo_fill (cr);
    }
  telar_color_set (cr, theme->fail_text);
  cairo_set_line_width (cr, 1.9 * s);
  for (int i = -1; i <= 1; i += 2)
    {
      cairo_move_to (cr, x - 3 * s, y - 3 * s * i);
      cairo_line_to (cr, x + 3 * s, y + 3 * s * i);
    }
  cairo_stroke (cr);
}

void
telar_draw_join (cairo_t *cr, const TelarTheme *theme, double x, double y, double s)
{
  cairo_move_to (cr, x, y - 5.4 * s);
  cairo_rel_line_to (cr, 5 * s, 5.4 * s);
  cairo_rel_line_to (cr, -5 * s, 5.4 * s);
  cairo_rel_line_to (cr, -5 * s, -5.4 * s);
  cairo_close_path (cr);
  telar_color_set (cr, theme->background);
  cairo_fill_preserve (cr);
  telar_color_set (cr, theme->mark);
  cairo_set_line_width (cr, 1.8 * s);
  cairo_stroke (cr);
}
