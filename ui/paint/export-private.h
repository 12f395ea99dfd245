/* export-private.h
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Makes an SVG of cairo's the same each time, and puts @texts, its <text>
 * elements, on top. */
void     telar_svg_settle   (GByteArray *svg, const char *texts);
/* Blanks the date in a PDF of cairo's; no byte moves. */
void     telar_pdf_settle   (GByteArray *pdf);
/* Writes all of it or leaves the file as it was; a device or a pipe is
 * written to as it is. The error is one sentence that names the file. */
gboolean telar_file_replace (const char *file, const void *data, gsize size, GError **error);

G_END_DECLS
