/* lane-bar.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The line above the timeline in which a task of the run is searched for: by
 * name, function or what became of it; the longest or the busiest first.
 */

#pragma once

#include "timeline-view/timeline-view.h"

G_BEGIN_DECLS

#define TELAR_TYPE_LANE_BAR (telar_lane_bar_get_type ())
G_DECLARE_FINAL_TYPE (TelarLaneBar, telar_lane_bar, TELAR, LANE_BAR, GtkWidget)

/* Property "view" (TelarTimelineView): where it searches, and to whom the keyboard
 * goes back. */

/* Shows it, with all that was typed selected. */
void telar_lane_bar_open  (TelarLaneBar *self);
void telar_lane_bar_close (TelarLaneBar *self);

G_END_DECLS
