/* text-lanes.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A run as text, for a terminal: how it went, and its core lanes.
 */

#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* A row a core, a letter for the task that was most of the time on it, and
 * what the letters mean. An empty place is not idle, only *not this run*.
 *
 * @columns: of the terminal; @unicode: more than ASCII may be printed.
 * Returns: (transfer full): lines, each ended; "" where nothing was recorded. */
char *telar_text_lanes   (const TelarTimeline *timeline, guint columns, gboolean unicode);

/* How long it took and on how many cores, how the tasks ended, what was lost.
 *
 * Returns: (transfer full): lines, each ended. */
char *telar_text_summary (const TelarTimeline *timeline);

G_END_DECLS
