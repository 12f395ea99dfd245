/* measure.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Between two moments of a run: where its edges are, how long it is, who was on
 * a core meanwhile. Pure values of a timeline, without a display.
 */

#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* The next moment (@way 1) or the one before (-1) at which something begins or
 * ends on a core; @ns itself is none. TELAR_NO_TIME where there is no more.
 *
 * @task: only of this one; TELAR_NO_TASK: of all */
gint64 telar_measure_next (const TelarTimeline *timeline, guint32 task, gint64 ns, int way);
/* The nearest one that is not further away than @reach; @ns where there is none. */
gint64 telar_measure_snap (const TelarTimeline *timeline, guint32 task, gint64 ns, gint64 reach);

/* "12 ms, from 1 ms to 13 ms · core 0 45 %, core 1 3 % · p1 4 ms, p2 2 ms, 3 more":
 * the busiest first. Either end may be the earlier. (transfer full) */
char  *telar_measure_words (const TelarTimeline *timeline, gint64 a, gint64 b);

G_END_DECLS
