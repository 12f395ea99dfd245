/* report-private.h
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* A text of JSON; what is not UTF-8 in it is mended. */
void telar_report_put_name       (GString *json, const char *name);
/* A key and its time, null where there is none, after a value that stands there. */
void telar_report_put_time       (GString *json, const char *key, gint64 ns);

/* The key "statistics", after a value that stands there. */
void telar_report_put_statistics (GString *json, const TelarTimeline *timeline, gint64 serial_ns);

G_END_DECLS
