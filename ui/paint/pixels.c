/* pixels.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Rectangles of whole pixels in one colour, written where cairo would write
 * them: thousands of them take it ten times as long.
 */

#include "config.h"

#include <math.h>

#include "paint/paint-private.h"

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

static void
write_pixels (const TelarPixels *pixels, int left, int top, int right, int bottom,
              TelarColor color)
{
  int stride = cairo_image_surface_get_stride (pixels->surface);
  guchar *data;

  left = MAX (left, pixels->left);
  right = MIN (right, pixels->right);
  top = MAX (top, pixels->top);
  bottom = MIN (bottom, pixels->bottom);
  if (left >= right || top >= bottom)
    return;
  cairo_surface_flush (pixels->surface);
  data = cairo_image_surface_get_data (pixels->surface);
  for (int y = top; y < bottom; y++)
    {
      guint32 *row = (guint32 *) (void *) (data + (gssize) y * stride);

      for (int x = left; x < right; x++)
        row[x] = 0xff000000 | color;
    }
  cairo_surface_mark_dirty (pixels->surface);
}

void
telar_pixels_fill (const TelarPixels *pixels, cairo_t *cr, double x, double y, double width,
                   double height, TelarColor color)
{
  if (pixels->surface == NULL || !is_whole (x) || !is_whole (y) || !is_whole (width)
      || !is_whole (height))
    {
      telar_color_set (cr, color);
      cairo_rectangle (cr, x, y, width, height);
      cairo_fill (cr);
      return;
    }
  write_pixels (pixels, (int) ((x + pixels->x) * pixels->scale),
                (int) ((y + pixels->y) * pixels->scale),
                (int) ((x + width + pixels->x) * pixels->scale),
                (int) ((y + height + pixels->y) * pixels->scale), color);
}
