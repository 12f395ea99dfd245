/* export-private.h
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <gio/gio.h>

#include "machine/machine.h"
#include "paint/svg-bars.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* Makes an SVG of cairo's, @svg, the same each time, and puts into it what cairo does not
 * write: @title and @description, (nullable) each, the rectangles of @bars (nullable), and
 * @texts, <text> elements, on top. Returns: FALSE if there is no place for rectangles that
 * were made. */
gboolean telar_svg_settle   (GByteArray **svg, const TelarSvgBars *bars, const char *title,
                             const char *description, const char *texts);
/* Blanks the date in a PDF of cairo's; no byte moves. */
void     telar_pdf_settle   (GByteArray *pdf);
/* Writes all of it or leaves the file as it was; a device or a pipe is
 * written to as it is. The error is one sentence that names the file. */
gboolean telar_file_replace (const char *file, const void *data, gsize size, GError **error);
/* Shapes and texts in an SVG. */
guint    telar_svg_count    (const GByteArray *svg);
/* "Telar 1.0; CPU: …; kernel: …; slices: exact; date: 2026-11-26". (transfer full)
 * @timeline, @machine, @date: (nullable) */
char    *telar_export_provenance (const TelarTimeline *timeline, const TelarMachine *machine,
                                  const char *date);

G_END_DECLS
