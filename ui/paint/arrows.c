/* arrows.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Who starts whom, and who is joined by whom: order, not data. Who let whom go
 * on: a release, what was put, a set or a notify. Lines run behind the bars,
 * heads stand before them.
 */

#include "config.h"

#include <math.h>

#include "paint/paint-private.h"

/* Up to here an arrow bends to the first slice; beyond, it would cut across
 * other lanes: it then goes straight to the start flag, from where the hollow
 * bar leads to the slice (and the dots from the end to the join). */
#define FAR 40

gboolean
telar_arrow_line (const TelarLanes *lanes, const TelarTimeline *timeline, const TelarArrow *arrow,
                  TelarArrowLine *line)
{
  const TelarRow *from = telar_lanes_of (lanes, arrow->from);
  const TelarRow *to = telar_lanes_of (lanes, arrow->to);
  double gap = 2 * lanes->unit;
  double low, high, flag;
  gboolean far;

  /* A call has its parent's lane: its arrows would point at themselves. */
  if (from == NULL || to == NULL || from == to || from->kind == TELAR_ROW_COPIES
      || to->kind == TELAR_ROW_COPIES || telar_row_is_tiny (to, lanes->unit)
      || telar_row_is_tiny (from, lanes->unit))
    return FALSE;
  line->x0 = telar_lanes_x (lanes, arrow->from_ns);
  line->x1 = telar_lanes_x (lanes, arrow->to_ns);
  line->head = to->y > from->y ? 1 : -1;
  line->scale = telar_row_scale (to, lanes->unit);
  far = fabs (line->x1 - line->x0) > FAR * lanes->unit;
  if (arrow->kind == TELAR_ARROW_START && far)
    line->x1 = line->x0;
  else if (arrow->kind == TELAR_ARROW_JOIN && far)
    line->x0 = line->x1;
  flag = arrow->kind == TELAR_ARROW_START && line->x1 - line->x0 < 14 * lanes->unit
           ? telar_flag_height (to, lanes->unit) : 0;
  if (line->head > 0)
    {
      line->y0 = from->bar_y + from->bar_height;
      line->y1 = to->bar_y - gap - flag;
    }
  else
    {
      line->y0 = from->bar_y + (far && arrow->kind == TELAR_ARROW_JOIN ? from->bar_height / 2 : 0)
                 - gap;
      line->y1 = to->bar_y + to->bar_height + gap;
    }
  low = MIN (line->y0, line->y1);
  high = MAX (line->y0, line->y1);
  return high >= lanes->top && low <= lanes->bottom
         && MAX (line->x0, line->x1) >= lanes->left - 8 * lanes->unit
         && MIN (line->x0, line->x1) <= lanes->width + 8 * lanes->unit;
}

static void
paint_line (cairo_t *cr, const TelarArrowLine *line, double unit)
{
  double reach = MIN (fabs (line->y1 - line->y0) / 2, 14 * unit) * line->head;

  cairo_move_to (cr, line->x0, line->y0);
  cairo_curve_to (cr, line->x0, line->y0 + reach, line->x1, line->y1 - reach, line->x1,
                  line->y1 - 6 * line->scale * line->head);
}

/* Up or down turned the same way round: where two lie on each other there is no hole. */
static void
paint_head (cairo_t *cr, const TelarArrowLine *line)
{
  cairo_move_to (cr, line->x1, line->y1);
  cairo_rel_line_to (cr, -4 * line->scale * line->head, -8 * line->scale * line->head);
  cairo_rel_line_to (cr, 8 * line->scale * line->head, 0);
  cairo_close_path (cr);
}

gboolean
telar_arrow_is_asked (const TelarView *view, const TelarArrow *arrow)
{
  return arrow->kind <= TELAR_ARROW_JOIN || (view->show & TELAR_SHOW_ARROWS)
         || arrow->from == view->selected || arrow->to == view->selected;
}

/* Those of objects have a colour of their own; what carries an item is a whole
 * line from a dot, what only lets go on is dashed. */
typedef enum
{
  STYLE_ORDER,
  STYLE_ITEM,
  STYLE_DASHED
} Style;

static Style
style_of (const TelarArrow *arrow)
{
  if (arrow->kind <= TELAR_ARROW_JOIN)
    return STYLE_ORDER;
  return arrow->kind == TELAR_ARROW_RELEASE || arrow->kind == TELAR_ARROW_WAKE ? STYLE_DASHED
                                                                               : STYLE_ITEM;
}

/* The path that was made so far. */
static void
paint_path (TelarPainter *painter, Style style, gboolean heads, gboolean selected)
{
  TelarColor color = style == STYLE_ORDER ? painter->theme->arrow : painter->theme->accent;
  double dashes[] = { 5 * painter->unit, 3 * painter->unit };

  telar_color_set (painter->cr, heads || selected
                                  ? color
                                  : telar_color_mix (color, painter->theme->background, 0.25));
  cairo_set_line_width (painter->cr, (selected ? style == STYLE_ORDER ? 2.4 : 1.7 : 1.3)
                                       * painter->unit);
  cairo_set_dash (painter->cr, dashes, style == STYLE_DASHED && !heads ? 2 : 0, 0);
  if (heads)
    cairo_fill (painter->cr);
  else
    cairo_stroke (painter->cr);
}

static gboolean
touches (const TelarArrow *arrow, guint32 task)
{
  return arrow->from == task || arrow->to == task;
}

/* Arrows that end in one pixel of one lane are one arrow; those that only pass
 * through the window, from above to below, are one line a pixel. */
static gboolean
is_new (GHashTable *seen, const TelarLanes *lanes, const TelarArrow *arrow,
        const TelarArrowLine *line)
{
  gint64 y0 = (gint64) CLAMP (line->y0, lanes->top - 20, lanes->bottom + 20);
  gint64 y1 = (gint64) CLAMP (line->y1, lanes->top - 20, lanes->bottom + 20);
  guint64 key = (guint64) (arrow->kind & 7) << 60 | ((guint64) y1 & 0xfffff) << 40
                | ((guint64) y0 & 0xfffff) << 20
                | ((guint64) CLAMP (line->x1, -1024, 1024 * 1000) & 0xfffff);

  return g_hash_table_add (seen, g_memdup2 (&key, sizeof key));
}

static gboolean
is_painted (TelarPainter *painter, GHashTable *seen, const TelarArrow *arrow, gboolean selected,
            TelarArrowLine *line)
{
  return touches (arrow, painter->view->selected) == selected
         && telar_arrow_is_asked (painter->view, arrow)
         && telar_arrow_line (&painter->lanes, painter->timeline, arrow, line)
         && is_new (seen, &painter->lanes, arrow, line);
}

static void
add_arrow (TelarPainter *painter, const TelarArrow *arrow, const TelarArrowLine *line,
           gboolean heads)
{
  if (!heads)
    {
      paint_line (painter->cr, line, painter->unit);
      return;
    }
  paint_head (painter->cr, line);
  if (arrow->kind == TELAR_ARROW_PASS)
    {
      cairo_new_sub_path (painter->cr);
      cairo_arc (painter->cr, line->x0, line->y0, 2.6 * painter->unit, 0, 2 * G_PI);
    }
}

void
telar_paint_arrows (TelarPainter *painter, gboolean heads)
{
  const TelarTimeline *timeline = painter->timeline;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  double last = telar_lanes_ns (&painter->lanes, painter->lanes.width);

  if (!(painter->view->show & TELAR_SHOW_TASKS))
    return;
  /* The selected task's arrows once more, above the others and stronger. */
  for (int pass = 0; pass < 2; pass++)
    {
      Style style = STYLE_ORDER;

      for (guint i = 0; i < timeline->arrows->len; i++)
        {
          const TelarArrow *arrow = &g_array_index (timeline->arrows, TelarArrow, i);
          TelarArrowLine line;

          if (arrow->from_ns > last)
            break;
          if (!is_painted (painter, seen, arrow, pass == 1, &line))
            continue;
          /* On pixels one by one: where many cross, a path of all takes far longer. As
           * shapes together: each path takes as long as twenty lines. */
          if (!painter->vector || style_of (arrow) != style)
            paint_path (painter, style, heads, pass == 1);
          style = style_of (arrow);
          add_arrow (painter, arrow, &line, heads);
        }
      paint_path (painter, style, heads, pass == 1);
    }
  cairo_set_dash (painter->cr, NULL, 0, 0);
}
