/* pixels.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Rectangles of whole pixels in one colour or one pattern, columns of them and small
 * stamps, written where cairo would write them: thousands of them take it ten times as
 * long.
 */

#include "config.h"

#include <math.h>

#include "paint/paint-private.h"

static _Thread_local guint64 n_written;

static gboolean
is_whole (double x)
{
  return fabs (x) < G_MAXINT16 && x == floor (x);
}

/* The one rectangle that is painted on, in pixels. */
static gboolean
find_clip (cairo_t *cr, TelarPixels *pixels, int width, int height)
{
  cairo_rectangle_list_t *list = cairo_copy_clip_rectangle_list (cr);
  gboolean found = list->status == CAIRO_STATUS_SUCCESS && list->num_rectangles == 1;

  if (found)
    {
      double left = (list->rectangles[0].x + pixels->x) * pixels->scale;
      double top = (list->rectangles[0].y + pixels->y) * pixels->scale;
      double right = left + list->rectangles[0].width * pixels->scale;
      double bottom = top + list->rectangles[0].height * pixels->scale;

      found = is_whole (left) && is_whole (top) && is_whole (right) && is_whole (bottom);
      pixels->left = (int) MAX (left, 0);
      pixels->top = (int) MAX (top, 0);
      pixels->right = (int) MIN (right, width);
      pixels->bottom = (int) MIN (bottom, height);
    }
  cairo_rectangle_list_destroy (list);
  return found;
}

void
telar_pixels_init (TelarPixels *pixels, cairo_t *cr)
{
  cairo_surface_t *surface = cairo_get_target (cr);
  double x, y, scale;
  cairo_matrix_t matrix;

  *pixels = (TelarPixels){ .surface = NULL };
  if (surface != cairo_get_group_target (cr)
      || cairo_surface_get_type (surface) != CAIRO_SURFACE_TYPE_IMAGE
      || (cairo_image_surface_get_format (surface) != CAIRO_FORMAT_RGB24
          && cairo_image_surface_get_format (surface) != CAIRO_FORMAT_ARGB32))
    return;
  cairo_surface_get_device_offset (surface, &x, &y);
  cairo_surface_get_device_scale (surface, &scale, &pixels->scale);
  cairo_get_matrix (cr, &matrix);
  if (x != 0 || y != 0 || scale != pixels->scale || !is_whole (scale) || matrix.xx != 1
      || matrix.yy != 1 || matrix.xy != 0 || matrix.yx != 0 || !is_whole (matrix.x0)
      || !is_whole (matrix.y0))
    return;
  pixels->x = matrix.x0;
  pixels->y = matrix.y0;
  if (find_clip (cr, pixels, cairo_image_surface_get_width (surface),
                 cairo_image_surface_get_height (surface)))
    pixels->surface = surface;
}

/* A rectangle on the surface, in pixels. */
typedef struct
{
  int left, top, right, bottom;
} Area;

/* Returns: FALSE where cairo has to paint it. */
static gboolean
find_area (const TelarPixels *pixels, double x, double y, double width, double height, Area *area)
{
  if (pixels->surface == NULL || !is_whole (x) || !is_whole (y) || !is_whole (width)
      || !is_whole (height))
    return FALSE;
  *area = (Area){ (int) ((x + pixels->x) * pixels->scale), (int) ((y + pixels->y) * pixels->scale),
                  (int) ((x + width + pixels->x) * pixels->scale),
                  (int) ((y + height + pixels->y) * pixels->scale) };
  return TRUE;
}

/* To what is painted on. Returns: FALSE where nothing is left. */
static gboolean
clip (const TelarPixels *pixels, const Area *area, Area *clipped)
{
  *clipped = (Area){ MAX (area->left, pixels->left), MAX (area->top, pixels->top),
                     MIN (area->right, pixels->right), MIN (area->bottom, pixels->bottom) };
  return clipped->left < clipped->right && clipped->top < clipped->bottom;
}

static guint32 *
get_row (cairo_surface_t *surface, int y)
{
  return (guint32 *) (void *) (cairo_image_surface_get_data (surface)
                               + (gssize) y * cairo_image_surface_get_stride (surface));
}

void
telar_pixels_fill (const TelarPixels *pixels, cairo_t *cr, double x, double y, double width,
                   double height, TelarColor color)
{
  Area area;

  if (!find_area (pixels, x, y, width, height, &area))
    {
      telar_color_set (cr, color);
      cairo_rectangle (cr, x, y, width, height);
      cairo_fill (cr);
      return;
    }
  if (!clip (pixels, &area, &area))
    return;
  n_written++;
  cairo_surface_flush (pixels->surface);
  for (int row = area.top; row < area.bottom; row++)
    {
      guint32 *to = get_row (pixels->surface, row);

      for (int column = area.left; column < area.right; column++)
        to[column] = 0xff000000 | color;
    }
  cairo_surface_mark_dirty (pixels->surface);
}

gboolean
telar_pixels_tile (const TelarPixels *pixels, cairo_surface_t *tile, double tile_x, double tile_y,
                   double x, double y, double width, double height)
{
  int across = cairo_image_surface_get_width (tile), down = cairo_image_surface_get_height (tile);
  Area area, tiled;
  int first;

  if (!find_area (pixels, tile_x, tile_y, 0, 0, &tiled)
      || !find_area (pixels, x, y, width, height, &area))
    return FALSE;
  if (!clip (pixels, &area, &area))
    return TRUE;
  n_written++;
  cairo_surface_flush (pixels->surface);
  first = ((area.left - tiled.left) % across + across) % across;
  for (int row = area.top; row < area.bottom; row++)
    {
      const guint32 *from = get_row (tile, ((row - tiled.top) % down + down) % down);
      guint32 *to = get_row (pixels->surface, row);

      for (int column = area.left, i = first; column < area.right; column++)
        {
          to[column] = from[i];
          if (++i == across)
            i = 0;
        }
    }
  cairo_surface_mark_dirty (pixels->surface);
  return TRUE;
}

gboolean
telar_pixels_columns (const TelarPixels *pixels, double x, double y, guint n, guint height,
                      const TelarColor *restrict colors, const guint8 *restrict highs)
{
  Area area, clipped;
  int scale;

  if (!find_area (pixels, x, y, n, height, &area))
    return FALSE;
  if (!clip (pixels, &area, &clipped))
    return TRUE;
  scale = (int) pixels->scale;
  n_written++;
  cairo_surface_flush (pixels->surface);
  for (int row = clipped.top; row < clipped.bottom; row++)
    {
      guint32 *restrict to = get_row (pixels->surface, row) + area.left;
      guint8 above = (guint8) ((int) height - (row - area.top) / scale);
      int from = clipped.left - area.left, behind = clipped.right - area.left;

      if (scale == 1)
        for (int i = from; i < behind; i++)
          {
            /* Without a branch, so that many are done at once. */
            guint32 color = 0xff000000 | colors[i], below = to[i];

            to[i] = highs[i] >= above ? color : below;
          }
      else
        for (int i = from; i < behind; i++)
          to[i] = highs[i / scale] >= above ? 0xff000000 | colors[i / scale] : to[i];
    }
  cairo_surface_mark_dirty (pixels->surface);
  return TRUE;
}

/* @part of 255 of @color, over @below. */
static inline guint32
blend (guint32 below, guint32 color, guint32 part)
{
  guint32 odd = (color & 0xff00ff) * part + (below & 0xff00ff) * (255 - part) + 0x800080;
  guint32 even = (color >> 8 & 0xff) * part + (below >> 8 & 0xff) * (255 - part) + 0x80;

  odd = (odd + (odd >> 8 & 0xff00ff)) >> 8 & 0xff00ff;
  even = (even + (even >> 8)) >> 8 & 0xff;
  return 0xff000000 | odd | even << 8;
}

gboolean
telar_pixels_stamp (const TelarPixels *pixels, cairo_surface_t *stamp, double x, double y,
                    TelarColor color)
{
  Area area, clipped;
  int stride = cairo_image_surface_get_stride (stamp);
  const guchar *parts = cairo_image_surface_get_data (stamp);

  if (!find_area (pixels, x, y, 0, 0, &area))
    return FALSE;
  area.right = area.left + cairo_image_surface_get_width (stamp);
  area.bottom = area.top + cairo_image_surface_get_height (stamp);
  if (!clip (pixels, &area, &clipped))
    return TRUE;
  n_written++;
  cairo_surface_flush (pixels->surface);
  for (int row = clipped.top; row < clipped.bottom; row++)
    {
      guint32 *to = get_row (pixels->surface, row);
      const guchar *from = parts + (gssize) (row - area.top) * stride;

      for (int column = clipped.left; column < clipped.right; column++)
        to[column] = blend (to[column], color, from[column - area.left]);
    }
  cairo_surface_mark_dirty (pixels->surface);
  return TRUE;
}

guint64
telar_pixels_n_written (void)
{
  return n_written;
}
