/* image-source.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Images in a snapshot. What is painted on a snapshot is recorded first, call by call,
 * and painted again when the frame is made, which takes twice as long; an image that
 * was painted is only shown.
 */

#include "config.h"

#include "image-source.h"

/* --- An image as a source that a recording does not copy --- */

static cairo_surface_t *
acquire_image (cairo_pattern_t             *pattern,
               void                        *image,
               cairo_surface_t             *target,
               const cairo_rectangle_int_t *extents)
{
  return cairo_surface_reference (image);
}

static void
release_image (cairo_pattern_t *pattern,
               void            *image,
               cairo_surface_t *acquired)
{
  cairo_surface_destroy (acquired);
}

static cairo_status_t
copy_source (cairo_pattern_t       *pattern,
             void                  *image,
             const cairo_pattern_t *other)
{
  cairo_surface_reference (image);

  return CAIRO_STATUS_SUCCESS;
}

static void
finish_source (cairo_pattern_t *pattern,
               void            *image)
{
  cairo_surface_destroy (image);
}

/* Returns: (transfer full) */
static cairo_pattern_t *
image_source (cairo_surface_t *image)
{
  cairo_pattern_t *source =
    cairo_pattern_create_raster_source (cairo_surface_reference (image), CAIRO_CONTENT_COLOR,
                                        cairo_image_surface_get_width (image),
                                        cairo_image_surface_get_height (image));

  cairo_raster_source_pattern_set_acquire (source, acquire_image, release_image);
  cairo_raster_source_pattern_set_copy (source, copy_source);
  cairo_raster_source_pattern_set_finish (source, finish_source);

  return source;
}

void
telar_snapshot_append_image (GtkSnapshot     *snapshot,
                             cairo_surface_t *image,
                             double           x,
                             double           y,
                             double           width,
                             double           height)
{
  cairo_pattern_t *source = image_source (image);
  cairo_t         *cr;

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) x, (float) y,
                                                                 (float) width, (float) height));
  cairo_translate (cr, x, y);
  cairo_set_source (cr, source);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_pattern_destroy (source);
}

/* --- Images to paint on --- */

static gboolean
is_as_large (cairo_surface_t *image,
             int              width,
             int              height,
             int              scale)
{
  double across, down;

  cairo_surface_get_device_scale (image, &across, &down);

  return cairo_image_surface_get_width (image) == width * scale
         && cairo_image_surface_get_height (image) == height * scale && across == scale;
}

cairo_surface_t *
telar_image_prepare (cairo_surface_t **image,
                     int               width,
                     int               height,
                     int               scale)
{
  if (*image != NULL && cairo_surface_get_reference_count (*image) == 1
      && is_as_large (*image, width, height, scale))
    return *image;

  g_clear_pointer (image, cairo_surface_destroy);
  *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width * scale, height * scale);
  cairo_surface_set_device_scale (*image, scale, scale);

  return *image;
}
