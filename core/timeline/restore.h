/* restore.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A timeline that comes from a file instead of a record: for runfile/ only,
 * which fills the rest in by itself.
 */

#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* The lane of core @number; made where there is none yet. */
TelarCoreLane *telar_timeline_core_lane     (TelarTimeline *timeline, guint number);
/* Nothing more comes. */
void           telar_timeline_restored      (TelarTimeline *timeline, gboolean broken_off);
gboolean       telar_timeline_is_broken_off (const TelarTimeline *timeline);

G_END_DECLS
