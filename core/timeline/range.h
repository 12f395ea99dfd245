/* range.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What tasks and cores did in a stretch of a run, [begin, end), to the
 * nanosecond. Every slice and wait in it is looked at, some at a time: whoever
 * asks goes on with other things in between, and may lose interest.
 *
 * Sums over two stretches that meet are those over both, but for `slices`, `tasks`:
 * who reaches over the seam is in either.
 */

#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 cpu_ns;        /* on a core */
  gint64 due_ns;
  gint64 ready_ns;
  gint64 blocked_ns;    /* all causes */
  gint64 unknown_ns;    /* blocked or ready */
  gint64 blocked[TELAR_N_CAUSES]; /* by cause */
  guint  slices;        /* that lie in it, in part or whole */
  guint  switches;      /* how often it came back on a core after it had left one */
} TelarRangeTask;

typedef struct
{
  int    number;        /* the kernel's */
  gint64 busy_ns;
  guint  slices;
  guint  switches;      /* how often another task of the run followed on it */
  guint  tasks;         /* different ones that were on it */
} TelarRangeCore;

typedef struct
{
  gint64          begin;
  gint64          end;
  TelarRangeTask *tasks;    /* owned, by number */
  guint           n_tasks;
  TelarRangeCore *cores;    /* owned, in the order of the lanes */
  guint           n_cores;
  gint64          cpu_ns;   /* sum over the cores */
  guint64         done;     /* items that were looked at… */
  guint64         all;      /* …of so many */

  struct _TelarRangeWalk *walk; /* owned: how far it is */
} TelarRange;

/* Nothing beyond what the timeline is sure of is counted, so that @end may come to
 * be earlier. Holds on to the timeline. */
TelarRange *telar_range_new  (const TelarTimeline *timeline, gint64 begin, gint64 end);
void        telar_range_free (TelarRange *range);
/* Looks at about @n more items. Returns: whether there are more. */
gboolean    telar_range_step (TelarRange *range, guint n);
/* Whether a task has anything in it. */
gboolean    telar_range_has  (const TelarRange *range, guint32 task);

/* Once it is done (range-text.c). (transfer full) */

/* A row a task and a core, a name a column; ns. */
char       *telar_range_csv   (const TelarRange *range);
/* The same for people: tabs between columns, busiest task first. */
char       *telar_range_text  (const TelarRange *range);
/* "12 ms, from 1 ms to 13 ms" */
char       *telar_range_title (const TelarRange *range);
/* "join 3 ms, lock 1 ms": the longest first; "" for none. */
char       *telar_range_causes (const TelarRangeTask *task);
/* Numbers of the tasks that have anything in it, the busiest first.
 * (transfer full) (element-type guint32) */
GArray     *telar_range_order (const TelarRange *range);
const TelarTimeline *telar_range_timeline (const TelarRange *range);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarRange, telar_range_free)

G_END_DECLS
