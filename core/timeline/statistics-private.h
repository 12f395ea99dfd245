/* statistics-private.h
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "timeline/statistics.h"

G_BEGIN_DECLS

/* What is to be looked at, in slices and waits, and how far that has come. */
typedef struct
{
  const TelarWatch *watch;   /* nullable */
  guint64           all, done;
  guint             since;   /* items since it was told */
  gboolean          off;     /* called off */
} TelarStatisticsWork;

#define TELAR_STATISTICS_TELL 65536 /* items */

/* One more item. Returns: whether to go on. */
static inline gboolean
telar_statistics_next (TelarStatisticsWork *work)
{
  work->done++;
  if (++work->since < TELAR_STATISTICS_TELL)
    return TRUE;
  work->since = 0;
  work->off |= !telar_watch_tell (work->watch, (double) work->done / (double) work->all);
  return !work->off;
}

/* How many cores are at work at the same time (statistics-parallel.c). */
void telar_statistics_parallelism (TelarStatistics *statistics, const TelarTimeline *timeline,
                                   TelarStatisticsWork *work);

/* Who kept the end of the run waiting (statistics-critical.c). */
void telar_statistics_critical    (TelarStatistics *statistics, const TelarTimeline *timeline);

G_END_DECLS
