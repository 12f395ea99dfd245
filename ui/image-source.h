/* image-source.h
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows @image, which is not changed as long as @snapshot's frame may be shown, at a
 * place of @snapshot; it is referenced, not copied. In the units of the widget. */
void telar_snapshot_append_image (GtkSnapshot     *snapshot,
                                  cairo_surface_t *image,
                                  double           x,
                                  double           y,
                                  double           width,
                                  double           height);

/* An image to paint on, @width × @height units of a widget with @scale pixels to a
 * unit. *@image, (transfer full) (nullable), is given again where it is as large and
 * nobody looks at it any more, else dropped; what is on it is left.
 *
 * Returns: (transfer none): *@image */
cairo_surface_t *telar_image_prepare (cairo_surface_t **image,
                                      int               width,
                                      int               height,
                                      int               scale);

G_END_DECLS
