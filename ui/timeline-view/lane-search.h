/* lane-search.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Which tasks of a run are meant by what somebody typed, and in which order they
 * are gone through: by what a run knows of them, not a graph. Pure values.
 */

#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

typedef enum
{
  TELAR_LANES_BY_START,    /* in the order in which they began to run */
  TELAR_LANES_BY_TIME,     /* longest on a core first */
  TELAR_LANES_BY_SWITCHES, /* most slices first */
  TELAR_N_LANE_ORDERS
} TelarLaneSearchOrder;

/* Every word of @text has to be in the task's name, its function, or what became of
 * it ("exit 1", "segmentation fault"), whatever its case; "" is in all of them.
 *
 * Returns: (transfer full) (element-type guint32): numbers of tasks */
GArray *telar_lane_search (const TelarTimeline *timeline, const char *text, TelarLaneSearchOrder order);

G_END_DECLS
