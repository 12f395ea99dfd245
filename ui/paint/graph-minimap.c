/* graph-minimap.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <math.h>

#include "paint/graph-private.h"

#define MOST_WIDTH  200.0
#define MOST_HEIGHT 140.0
#define APART       10.0 /* from the view's corner */
#define RIM         5.0  /* around the layout */

void
telar_minimap_place (TelarMinimap *map, const TelarGraphLayout *layout, const TelarView *view)
{
  double unit = view->text / 12, width, height;

  g_return_if_fail (map != NULL && layout != NULL && view != NULL);

  /* A small view is not covered by it. */
  width = MIN (MOST_WIDTH * unit, view->width / 3) - 2 * RIM * unit;
  height = MIN (MOST_HEIGHT * unit, view->height / 3) - 2 * RIM * unit;
  map->scale = MAX (MIN (width / layout->width, height / layout->height), 1e-4);
  map->width = round (layout->width * map->scale + 2 * RIM * unit);
  map->height = round (layout->height * map->scale + 2 * RIM * unit);
  map->x = round (view->width - map->width - APART * unit);
  map->y = round (view->height - map->height - APART * unit);
  map->origin_x = map->x + RIM * unit - layout->x * map->scale;
  map->origin_y = map->y + RIM * unit - layout->y * map->scale;
}

static void
paint_boxes (TelarGraphPainter *painter)
{
  const TelarGraphLayout *layout = painter->layout;
  cairo_t *cr = painter->cr;

  for (guint32 i = 0; i < layout->n_tasks; i++)
    {
      guint32 task = layout->order[i];
      const TelarGraphBox *box = &layout->boxes[task];
      const TelarFill *fill = telar_graph_fill (painter, task);
      guint8 marks = telar_graph_marks (painter, task);
      double x = floor (telar_graph_x (painter, box->x));
      double y = floor (telar_graph_y (painter, box->y));
      double width = MAX (ceil (box->width * painter->scale), 1);
      double height = MAX (ceil (box->height * painter->scale), 1);
      TelarColor color = (marks & TELAR_GRAPH_ERROR) != 0      ? painter->theme->fail
                         : (marks & TELAR_GRAPH_SELECTED) != 0 ? painter->theme->accent
                                                               : fill->edge;

      telar_pixels_fill (&painter->pixels, cr, x, y, width, height, color);
      if (!box->frame || width < 3 || height < 3)
        continue;
      telar_pixels_fill (&painter->pixels, cr, x + 1, y + 1, width - 2, height - 2,
                         task == 0 ? painter->theme->background
                                   : telar_color_mix (painter->theme->background, fill->base,
                                                      0.15));
    }
}

void
telar_paint_minimap (cairo_t *cr, const TelarMinimap *map, const TelarGraphLayout *layout,
                     const TelarGraphShow *show, const TelarView *view, double x, double y,
                     double scale)
{
  TelarGraphShow plain;
  TelarGraphPainter painter = {
    .cr = cr,
    .layout = layout,
    .show = show != NULL ? show : &plain,
    .view = view,
    .theme = telar_theme_get (view->style),
    .small = TRUE,
  };
  double left, top, right, bottom;

  g_return_if_fail (map != NULL && layout != NULL && scale > 0);

  telar_graph_show_init (&plain);
  painter.x = map->origin_x;
  painter.y = map->origin_y;
  painter.scale = map->scale;
  telar_palette_init_dyes (&painter.palette, layout->dyes, layout->n_tasks, view->style);
  cairo_save (cr);
  cairo_rectangle (cr, map->x, map->y, map->width, map->height);
  cairo_clip_preserve (cr);
  telar_color_set (cr, painter.theme->panel);
  cairo_fill (cr);
  telar_pixels_init (&painter.pixels, cr);
  paint_boxes (&painter);

  /* What the view shows. */
  left = MAX (telar_graph_x (&painter, -x / scale), map->x);
  top = MAX (telar_graph_y (&painter, -y / scale), map->y);
  right = MIN (telar_graph_x (&painter, (view->width - x) / scale), map->x + map->width);
  bottom = MIN (telar_graph_y (&painter, (view->height - y) / scale), map->y + map->height);
  if (right > left && bottom > top)
    {
      cairo_rectangle (cr, left + 1, top + 1, MAX (right - left - 2, 1), MAX (bottom - top - 2, 1));
      telar_color_set_alpha (cr, painter.theme->accent, 0.12);
      cairo_fill_preserve (cr);
      telar_color_set (cr, painter.theme->accent);
      cairo_set_line_width (cr, 2);
      cairo_stroke (cr);
    }
  cairo_rectangle (cr, map->x + 0.5, map->y + 0.5, map->width - 1, map->height - 1);
  telar_color_set (cr, painter.theme->line);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_restore (cr);
  telar_palette_clear (&painter.palette);
}
