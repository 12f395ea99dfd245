/* painted.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A timeline on an image, for tests that look at its pixels.
 */

#pragma once

#include "paint/view.h"

/* Returns: (transfer full): as large as the view, all of it written */
static inline cairo_surface_t *
painted_new (const TelarTimeline *timeline, const TelarView *view)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) view->width,
                                                         (int) view->height);
  cairo_t *cr = cairo_create (surface);

  telar_paint_timeline (cr, timeline, view);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}
