/* values.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What options of the command line say, as values: pure text in, value out.
 * Each returns FALSE with a sentence in @error.
 */

#pragma once

#include <gio/gio.h>

#include "paint/export.h"

G_BEGIN_DECLS

/* "5", "0.5 s", "200ms": nanoseconds; a bare number counts @unit (ns). */
gboolean telar_value_duration (const char *text, gint64 unit, gint64 *ns, GError **error);
/* "0..2ms": a bare number has the other's unit, two of them are ms. */
gboolean telar_value_range    (const char *text, gint64 *begin, gint64 *end, GError **error);
/* "85x50mm", "1920x1080"; "85mm", "1920": as high as it has to be. */
gboolean telar_value_size     (const char *text, TelarExportOptions *options, GError **error);
/* "cores,tasks,objects,graph". */
gboolean telar_value_lanes    (const char *text, TelarExportOptions *options, GError **error);
/* "order", "all". */
gboolean telar_value_arrows   (const char *text, gboolean *all, GError **error);
/* "2", "2x": 1 to 8. */
gboolean telar_value_scale    (const char *text, double *scale, GError **error);
/* "300": 36 to 1200, whole. */
gboolean telar_value_dpi      (const char *text, double *dpi, GError **error);
/* "2026-11-26": whether it is a day. */
gboolean telar_value_date     (const char *text, GError **error);
gboolean telar_value_sort     (const char *text, TelarLaneSort *sort, GError **error);
gboolean telar_value_style    (const char *text, TelarStyle *style, GError **error);

G_END_DECLS
