/* statistics-private.h
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "timeline/statistics.h"

G_BEGIN_DECLS

/* How many cores are at work at the same time (statistics-parallel.c). */
void telar_statistics_parallelism (TelarStatistics *statistics, const TelarTimeline *timeline);

/* Who kept the end of the run waiting (statistics-critical.c). */
void telar_statistics_critical    (TelarStatistics *statistics, const TelarTimeline *timeline);

G_END_DECLS
