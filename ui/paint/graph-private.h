/* graph-private.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What a box says about its tasks while a run goes on (graph-state.c).
 */

#pragma once

#include "paint/graph-picture.h"

G_BEGIN_DECLS

typedef enum
{
  TELAR_MOOD_QUIET,
  TELAR_MOOD_ON_CORE,
  TELAR_MOOD_FAILED
} TelarMood;

/* Returns: (transfer full): "on core 1", "waits: join t1", "joined · 37 ms on
 * a core", "not yet: after p2, p3"; of several tasks, how many are in which
 * state; "" where there is nothing to say. */
char       *telar_graph_state     (const TelarTimeline *timeline, const TelarGraphBox *box,
                                   TelarMood *mood);
const char *telar_graph_kind_name (TelarKind kind);

G_END_DECLS
