/* signs.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The signs of start, end, failure and join, the same in lanes and legend; and the lines
 * of what is due and of what ended. In a picture of shapes those that look alike are
 * gathered and become one path.
 */

#include "config.h"

#include <math.h>

#include "paint/paint-private.h"
#include "paint/svg-bars.h"

/* --- Alike --- */

static void
draw_flags (cairo_t *cr, const TelarTheme *theme, const TelarSign *signs, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      double x = signs[i].x, top = signs[i].y, s = signs[i].s;

      cairo_rectangle (cr, x - s, top, 2 * s, signs[i].bottom - top);
      cairo_move_to (cr, x, top);
      cairo_line_to (cr, x + 9 * s, top + 4.5 * s);
      cairo_line_to (cr, x, top + 9 * s);
      cairo_close_path (cr);
    }
  telar_color_set (cr, theme->start);
  cairo_fill (cr);
}

static void
draw_ends (cairo_t *cr, const TelarTheme *theme, const TelarSign *signs, guint n)
{
  TelarSvgBars *svg = telar_svg_bars_of (cr);

  for (int half = 5; half >= 4; half--)
    {
      for (guint i = 0; i < n; i++)
        {
          double side = 2 * half * signs[i].s;

          telar_svg_bars_add (svg, cr, signs[i].x - side / 2, signs[i].y - side / 2, side, side);
        }
      telar_svg_bars_path (svg, cr);
      telar_color_set (cr, half == 5 ? theme->background : theme->mark);
      cairo_fill (cr);
    }
}

static void
draw_joins (cairo_t *cr, const TelarTheme *theme, const TelarSign *signs, guint n)
{
  double s = signs[0].s;

  for (guint i = 0; i < n; i++)
    {
      cairo_move_to (cr, signs[i].x, signs[i].y - 5.4 * s);
      cairo_rel_line_to (cr, 5 * s, 5.4 * s);
      cairo_rel_line_to (cr, -5 * s, 5.4 * s);
      cairo_rel_line_to (cr, -5 * s, -5.4 * s);
      cairo_close_path (cr);
    }
  telar_color_set (cr, theme->background);
  cairo_fill_preserve (cr);
  telar_color_set (cr, theme->mark);
  cairo_set_line_width (cr, 1.8 * s);
  cairo_stroke (cr);
}

static void
draw_dues (cairo_t *cr, const TelarTheme *theme, const TelarSign *signs, guint n)
{
  double s = signs[0].s, line = 1.6 * s;
  double dashes[] = { 4 * s, 3 * s };

  for (guint i = 0; i < n; i++)
    cairo_rectangle (cr, signs[i].x + line / 2, signs[i].y + line / 2,
                     MAX (signs[i].right - signs[i].x - line, 0.1),
                     signs[i].bottom - signs[i].y - line);
  telar_color_set (cr, theme->hatch);
  cairo_set_line_width (cr, line);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* Lines with round ends: two points are told, not four arcs. */
static void
draw_round_lines (cairo_t *cr, TelarColor color, double width, const TelarSign *signs, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      cairo_move_to (cr, signs[i].x, signs[i].y);
      cairo_line_to (cr, signs[i].right, signs[i].y);
    }
  telar_color_set (cr, color);
  cairo_set_line_width (cr, width);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_stroke (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
}

static void
draw_ended (cairo_t *cr, const TelarTheme *theme, const TelarSign *signs, guint n)
{
  double s = signs[0].s;

  cairo_set_dash (cr, (double[]){ 0, 3.4 * s }, 2, 0);
  draw_round_lines (cr, theme->mark, 1.6 * s, signs, n);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_heads (cairo_t *cr, const TelarTheme *theme, const TelarSign *signs, guint n)
{
  draw_round_lines (cr, signs[0].color, signs[0].s, signs, n);
}

static void
draw_alike (cairo_t *cr, const TelarTheme *theme, const TelarSign *signs, guint n)
{
  static void (*const draw[]) (cairo_t *, const TelarTheme *, const TelarSign *, guint) = {
    [TELAR_SIGN_DUE] = draw_dues,
    [TELAR_SIGN_ENDED] = draw_ended,
    [TELAR_SIGN_RIM] = draw_heads,
    [TELAR_SIGN_HEAD] = draw_heads,
    [TELAR_SIGN_START] = draw_flags,
    [TELAR_SIGN_END] = draw_ends,
    [TELAR_SIGN_JOIN] = draw_joins,
  };

  draw[signs[0].kind] (cr, theme, signs, n);
}

/* --- In the lanes --- */

GArray *
telar_signs_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (TelarSign));
}

void
telar_add_sign (TelarPainter *painter, const TelarSign *sign)
{
  if (painter->vector)
    g_array_append_vals (painter->signs, sign, 1);
  else
    telar_draw_sign (painter, sign);
}

static int
compare_signs (gconstpointer a, gconstpointer b)
{
  const TelarSign *x = a, *y = b;

  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  if (x->color != y->color)
    return x->color < y->color ? -1 : 1;
  return x->s < y->s ? -1 : x->s > y->s;
}

void
telar_flush_signs (TelarPainter *painter)
{
  GArray *signs = painter->signs;

  g_array_sort (signs, compare_signs);
  for (guint first = 0, next; first < signs->len; first = next)
    {
      const TelarSign *sign = &g_array_index (signs, TelarSign, first);

      for (next = first + 1; next < signs->len; next++)
        if (compare_signs (sign, &g_array_index (signs, TelarSign, next)) != 0)
          break;
      draw_alike (painter->cr, painter->theme, sign, next - first);
    }
  g_array_set_size (signs, 0);
}

/* --- One alone --- */

void
telar_draw_sign (TelarPainter *painter, const TelarSign *sign)
{
  draw_alike (painter->cr, painter->theme, sign, 1);
}

void
telar_draw_flag (cairo_t *cr, const TelarTheme *theme, double x, double top, double bottom,
                 double s)
{
  draw_flags (cr, theme, &(TelarSign){ .x = x, .y = top, .bottom = bottom, .s = s }, 1);
}

void
telar_draw_end (cairo_t *cr, const TelarTheme *theme, double x, double y, double s)
{
  draw_ends (cr, theme, &(TelarSign){ .x = x, .y = y, .s = s }, 1);
}

void
telar_draw_join (cairo_t *cr, const TelarTheme *theme, double x, double y, double s)
{
  draw_joins (cr, theme, &(TelarSign){ .x = x, .y = y, .s = s }, 1);
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
