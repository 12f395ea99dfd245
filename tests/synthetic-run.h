/* synthetic-run.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Timelines without a run, for tests, pictures and benchmarks: consistent as
 * only a simulated computer can make them.
 */

#pragma once

#include "made-record.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* A whole record, to be fed piece by piece. */
typedef struct
{
  GBytes        *plan;
  TelarBegun     begun;
  TelarMadeBatch all;      /* owned arrays */
  TelarEnded     ended;
} TelarMadeRun;

/* A random graph's run of about @n_slices: processes, threads inside them,
 * calls, sleeps, joins, programs; some crash, are killed, refused or skipped. */
TelarMadeRun *telar_made_run_new  (guint32 seed, guint n_cores, guint64 n_slices,
                                   TelarSource source);
void          telar_made_run_free (TelarMadeRun *run);

/* A finished, healthy run with about @n_slices slices on @n_cores cores, of
 * @n_tasks tasks, fed as it goes: 10 million take some seconds. */
TelarTimeline *telar_synthetic_run_new (guint32 seed, guint n_cores, guint n_tasks,
                                        guint64 n_slices);

/* The run of the mockup of the window: p1 square; p2 is_even with the threads
 * t1 and t2 inside; p3 after p1; done after p2 and p3. At 84 ms, as drawn
 * there, or finished. */
TelarTimeline *telar_mockup_run_new (gboolean finished);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarMadeRun, telar_made_run_free)

G_END_DECLS
