/* run-difference.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Two runs side by side, in one line: how long each took, how many times as fast one
 * is, what each had of the cores. A pure function of two timelines.
 */

#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* "A is 2.1× faster than B: 84 ms instead of 176 ms (92 ms less) · cores in use: 1.9, 1.0".
 * (transfer full)
 *
 * @a: the upper one, @b: the lower one */
char *telar_run_difference_words (const TelarTimeline *a, const TelarTimeline *b);

G_END_DECLS
