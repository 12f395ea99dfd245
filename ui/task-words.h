/* task-words.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A task in one sentence, for screen readers and summaries.
 */

#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* "process", "the main process". */
const char *telar_kind_words (TelarKind kind, gboolean is_main);

/* "p1 square: process, joined, exit 0, 37 ms on a core". (transfer full) */
char *telar_task_words (const TelarTimeline *timeline, const TelarTaskLane *task);

/* "p1 waits for lock b, held by p2; … None of them can ever go on." (transfer full) (nullable):
 * NULL where no deadlock stands. @timeline: (nullable) */
char *telar_deadlock_words (const TelarTimeline *timeline);

/* What a finished run amounts to: "Ended after 84 ms · t3: segmentation fault
 * (signal 11) · starting took longer than the work". @broken_off: the engine
 * died in the middle of it. (transfer full) */
char *telar_run_words  (const TelarTimeline *timeline, gboolean broken_off);

G_END_DECLS
