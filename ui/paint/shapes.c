/* shapes.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Pictures of shapes can grow without end: programs that open them then take minutes.
 * Here is counted what one holds, and what is too much is made an image in it, whose
 * size depends on pixels alone.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "paint/export-private.h"
#include "paint/paint-private.h"

#define IMAGE_PIXELS (8 * 1024 * 1024) /* at most, 32 MiB */
#define IMAGE_SIDE   32000

guint
telar_svg_count (const GByteArray *svg)
{
  static const char *const shapes[] = { "path", "rect", "use", "text", "image" };
  const char *at = (const char *) svg->data, *end = at + svg->len;
  guint n = 0;

  while ((at = memchr (at, '<', (gsize) (end - at))) != NULL)
    {
      at++;
      for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
        {
          gsize length = strlen (shapes[i]);

          if ((gsize) (end - at) > length && memcmp (at, shapes[i], length) == 0
              && !g_ascii_isalpha (at[length]))
            n++;
        }
    }
  return n;
}

cairo_t *
telar_image_begin (double width, double height, double dots)
{
  double most = MIN (sqrt (IMAGE_PIXELS / (width * height)), IMAGE_SIDE / MAX (width, height));
  double scale = MIN (dots, most);
  cairo_surface_t *surface;
  cairo_t *cr;

  /* Whole, where it can be: lines stay as sharp as they were made. */
  scale = scale > 1 ? floor (scale) : scale;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX (1, (int) ceil (width * scale)),
                                        MAX (1, (int) ceil (height * scale)));
  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  cairo_surface_destroy (surface);
  return cr;
}

void
telar_image_end (cairo_t *image, cairo_t *cr, double x, double y)
{
  double scale;

  cairo_surface_flush (cairo_get_target (image));
  cairo_set_source_surface (cr, cairo_get_target (image), x, y);
  cairo_surface_get_device_scale (cairo_get_target (image), &scale, &scale);
  if (scale >= 1)
    cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_destroy (image);
}
