/* report.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A run as JSON, for programs: `telar run --report FILE`. The keys are those
 * of the format's description and no others; times are ns since the run began.
 */

#pragma once

#include "machine/machine.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* @machine: (nullable): names the cores; without it, those with a lane.
 * @serial_ns: as of telar_statistics_new().
 * Returns: (transfer full): JSON, one object, with a line's end. */
char    *telar_report_print (const TelarTimeline *timeline, const TelarMachine *machine,
                             gint64 serial_ns, gsize *size);

/* Writes it: a regular file all at once, or not at all. */
gboolean telar_report_write (const TelarTimeline *timeline, const TelarMachine *machine,
                             gint64 serial_ns, const char *file, GError **error);

G_END_DECLS
