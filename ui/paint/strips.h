/* strips.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A picture in strips: no size of it takes more memory than some of them, and every
 * core paints.
 */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Paints the whole picture; of it, what is outside the context's clip is not kept. Called
 * from several threads at the same time. */
typedef void     (*TelarStripPaint) (cairo_t *cr, gpointer data);
/* A strip that is painted, from the top on. Returns: whether to go on. */
typedef gboolean (*TelarStripTake)  (cairo_surface_t *strip, int top, int rows, gpointer data);

/* Rows of a strip, so that all that exist at a time have no more than @pixels. */
int            telar_strips_rows  (int width, int height, gint64 pixels);
/* @width, @height and @rows: in pixels. @scale: pixels to a unit of what @paint paints.
 * @take is called by this thread. Returns: a status of cairo. */
cairo_status_t telar_strips_paint (int width, int height, double scale, int rows,
                                   TelarStripPaint paint, TelarStripTake take, gpointer data);

G_END_DECLS
