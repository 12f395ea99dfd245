/* timeline-text.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Records and timelines as text, for tests.
 *
 * A record is a line: microseconds since the run began, a word, and its
 * arguments. Switches name core and thread; events name their task.
 */

#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* @text: the tasks but main, a line each: id kind parent [after…].
 * Returns: (transfer full). */
GBytes *timeline_read_plan (const char *text);

/* Feeds one record: "150 in 1 1001". */
void    timeline_read_line (TelarTimeline *timeline, const char *line);

/* What @like is a line of, as it is in @timeline: a task, "core N:", "arrows:",
 * "lost:" or "status:". (transfer full) */
char   *timeline_print_like (const TelarTimeline *timeline, const char *like);

G_END_DECLS
