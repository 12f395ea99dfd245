/* bookmarks.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Bookmarks: a flag on the ruler, its text beside it where there is room up to
 * the next one, and a faint line through the lanes.
 */

#include "config.h"

#include "paint/paint-private.h"

/* Of the flag, at the design's size; how far from it the pointer may be. */
#define FLAG      9
#define REACH     3
/* Narrower than this a text says nothing; wider than that it takes the ruler. */
#define LEAST     24
#define WIDEST    220

static void
paint_flag (TelarPainter *painter, double x)
{
  cairo_t *cr = painter->cr;
  const TelarLanes *lanes = &painter->lanes;
  double unit = painter->unit, top = lanes->title_height + 6 * unit;

  telar_color_set (cr, painter->theme->accent);
  cairo_rectangle (cr, x - 0.75 * unit, top, 1.5 * unit, lanes->top - top);
  cairo_move_to (cr, x, top);
  cairo_rel_line_to (cr, FLAG * unit, 4.5 * unit);
  cairo_rel_line_to (cr, -FLAG * unit, 4.5 * unit);
  cairo_close_path (cr);
  cairo_fill (cr);
  telar_color_set_alpha (cr, painter->theme->accent, 0.45);
  cairo_set_line_width (cr, unit);
  cairo_move_to (cr, x, lanes->top);
  cairo_line_to (cr, x, lanes->bottom);
  cairo_stroke (cr);
}

void
telar_paint_bookmarks (TelarPainter *painter, GArray *taken)
{
  const TelarLanes *lanes = &painter->lanes;
  double unit = painter->unit, next = lanes->width;
  g_autoptr (GPtrArray) list = NULL;

  if (!(painter->view->show & TELAR_SHOW_BOOKMARKS) || telar_timeline_is_empty (painter->timeline))
    return;
  list = telar_bookmarks_list (painter->timeline->bookmarks);
  for (guint i = list->len; i-- > 0;)
    {
      const TelarBookmark *one = list->pdata[i];
      double x = telar_lanes_x (lanes, (double) one->ns);
      double width = 0, room = MIN (next - x - (FLAG + 12) * unit, WIDEST * unit);
      double range[2];

      if (x < lanes->left - 1 || x > lanes->width)
        continue;
      paint_flag (painter, x);
      if (*one->text != '\0' && room >= LEAST * unit)
        {
          width = MIN (telar_text_width (&painter->text, one->text, 12 * unit, TELAR_TEXT_BOLD),
                       room);
          telar_text_draw (painter->cr, &painter->text, one->text, x + (FLAG + 4) * unit,
                           lanes->title_height + 19.5 * unit, 12 * unit, TELAR_TEXT_BOLD, room,
                           painter->theme->text);
        }
      range[0] = x - 4 * unit;
      range[1] = x + (FLAG + (width > 0 ? 12 : 2)) * unit + width;
      g_array_append_vals (taken, range, 2);
      next = x;
    }
}

gboolean
telar_hit_bookmark (const TelarLanes *lanes, const TelarTimeline *timeline,
                    const TelarView *view, double x, TelarHit *hit)
{
  g_autoptr (GPtrArray) list = NULL;

  if (!(view->show & TELAR_SHOW_BOOKMARKS) || telar_timeline_is_empty (timeline))
    return FALSE;
  list = telar_bookmarks_list (timeline->bookmarks);
  /* The first one lies on top of those right of it: they were painted before. */
  for (guint i = 0; i < list->len; i++)
    {
      const TelarBookmark *one = list->pdata[i];
      double at = telar_lanes_x (lanes, (double) one->ns);

      if (at < lanes->left - 1 || x < at - REACH * lanes->unit
          || x > at + (FLAG + REACH) * lanes->unit)
        continue;
      hit->kind = TELAR_HIT_BOOKMARK;
      hit->number = one->id;
      hit->begin = hit->end = one->ns;
      return TRUE;
    }
  return FALSE;
}
