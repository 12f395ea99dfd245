/* traces.h
 *
 * SPDX-License-Identifier: MIT
 *
 * One run in the files of others, so that they can draw what Telar draws: every
 * slice of every core, at its time, with the name of its task.
 */

#pragma once

#include <stdio.h>

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* The slices of all cores, one after the other by their beginnings. */
typedef struct
{
  const TelarTimeline *timeline;
  guint               *next;  /* owned: index of the next slice, [core] */
  GArray             **ahead; /* owned: TelarSlice, from that one on, [core] */
  guint               *at;    /* owned: where in there it is, [core] */
} Merge;

void     merge_init  (Merge *merge, const TelarTimeline *timeline);
void     merge_clear (Merge *merge);
/* Returns: whether there was one. @core: index of its lane. */
gboolean merge_next  (Merge *merge, TelarSlice *slice, guint *core);

/* What ViTE reads: a container a core, a state a task. */
void     write_paje  (FILE *file, const TelarTimeline *timeline);
/* What perf reads: a record of sched:sched_switch at each end of a slice. */
void     write_perf  (FILE *file, const TelarTimeline *timeline);

G_END_DECLS
