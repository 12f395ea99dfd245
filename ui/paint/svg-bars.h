/* svg-bars.h
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Rectangles of an SVG in the making. */
typedef struct _TelarSvgBars TelarSvgBars;

/* @surface: an SVG of cairo's; it does not own them. (transfer full) */
TelarSvgBars *telar_svg_bars_new   (cairo_surface_t *surface);
void          telar_svg_bars_free  (TelarSvgBars *bars);
/* Those of what is painted on, (transfer none); NULL where it is no such SVG: then the
 * next two make a path of @cr as anybody does. */
TelarSvgBars *telar_svg_bars_of    (cairo_t *cr);
/* @bars: (nullable). In the units of @cr, which is not turned. */
void          telar_svg_bars_add   (TelarSvgBars *bars, cairo_t *cr, double x, double y,
                                    double width, double height);
/* Those added since the last time are a path of @cr, to be filled and no more.
 * @bars: (nullable) */
void          telar_svg_bars_path  (TelarSvgBars *bars, cairo_t *cr);
/* Whether any were made a path. */
gboolean      telar_svg_bars_any   (const TelarSvgBars *bars);
/* Those that stand for @data, the text of a path as cairo wrote it, @size bytes: are
 * appended to @out. Returns: FALSE if it is any other path, @out is as it was. */
gboolean      telar_svg_bars_print (const TelarSvgBars *bars, const char *data, gsize size,
                                    GByteArray *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarSvgBars, telar_svg_bars_free)

G_END_DECLS
