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
/* What was seen of everything else on it, after what was seen before. */
void           telar_core_lane_look         (TelarCoreLane *lane, const TelarOthers *others);
/* Texts of results come from the file, or are lost: the plan that ran had them at other
 * numbers than the plan of the file. */
void           telar_timeline_own_texts     (TelarTimeline *timeline);
/* A result that is a text or an item, by its number in the file.
 *
 * @text: (transfer full) */
void           telar_timeline_keep_text     (TelarTimeline *timeline, gint64 number, char *text);
/* Nothing more comes. */
void           telar_timeline_restored      (TelarTimeline *timeline, gboolean broken_off);
gboolean       telar_timeline_is_broken_off (const TelarTimeline *timeline);

G_END_DECLS
