/* export-private.h
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <gio/gio.h>

#include "machine/machine.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* Makes an SVG of cairo's the same each time, and puts @texts, its <text>
 * elements, on top. */
void     telar_svg_settle   (GByteArray *svg, const char *texts);
/* Puts a title and a description into an SVG of cairo's, (nullable) each. */
void     telar_svg_describe (GByteArray *svg, const char *title, const char *description);
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
