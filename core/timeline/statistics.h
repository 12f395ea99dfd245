/* statistics.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A run in numbers: what each task and each core did, how many cores worked
 * at the same time, and the chain of tasks that the run could not have been
 * shorter than. Times are nanoseconds; TELAR_NO_TIME is none.
 */

#pragma once

#include <gio/gio.h>

#include "timeline/timeline.h"
#include "timeline/watch.h"

G_BEGIN_DECLS

typedef struct
{
  gint64  cpu_ns;        /* by its own clock, or where there is none the sum of its slices */
  gint64  on_core_ns;
  gint64  due_ns;
  gint64  ready_ns;
  gint64  blocked_ns;    /* all causes */
  gint64  unknown_ns;    /* blocked or ready */
  gint64  blocked[TELAR_N_CAUSES]; /* by cause */
  guint   slices;
  guint   switches;      /* how often it came back on a core after it had left one */
  guint   preemptions;   /* how often it left one though it could have gone on */
  guint   migrations;    /* how often it came back on another core */
  gint64  start_latency; /* start → first slice */
  gint64  join_latency;  /* end → join */
  gint64  critical_ns;   /* of the critical path; a call's time is its caller's */
} TelarTaskStatistics;

typedef struct
{
  int     number;
  gint64  busy_ns;
  guint   slices;
  guint   switches;      /* how often another task of the run followed on it */
  guint   tasks;         /* different ones that were on it */
} TelarCoreStatistics;

/* A stretch of the critical path: this task could not have been done without. */
typedef struct
{
  gint64  begin;
  gint64  end;
  guint32 task;
} TelarCritical;

#define TELAR_PARALLELISM_BINS 200

typedef struct
{
  TelarTaskStatistics *tasks;    /* owned, by number */
  guint                n_tasks;
  TelarCoreStatistics *cores;    /* owned, in the order of the lanes */
  guint                n_cores;

  gint64  wall_ns;
  gint64  serial_ns;             /* as it was given; 0: none was */
  gint64  cpu_ns;                /* sum over the cores */
  double  cores_in_use;          /* CPU time ÷ wall time */
  double  speed_up;              /* against a serial run that was measured; 0: none was */
  double  efficiency;            /* speed-up ÷ cores; 0 likewise */

  gint64 *at_once;               /* owned, [n_cores + 1]: time with so many cores at work */
  guint   most_at_once;
  double  parallelism[TELAR_PARALLELISM_BINS]; /* cores at work, on average, in each part of wall */

  GArray *critical;              /* owned: TelarCritical, by time, without overlap */
  gint64  critical_ns;           /* its length, waits for cores and starts with it */
  gint64  critical_on_core_ns;   /* what of it was computing */
} TelarStatistics;

/* @serial_ns: how long the same work took one task after the other, measured;
 * 0: not measured, and no speed-up is said. @watch: (nullable)
 *
 * Reads the timeline only: may be called in a thread while nobody writes to it.
 *
 * Returns: (transfer full) (nullable): NULL where it was called off. */
TelarStatistics *telar_statistics_new  (const TelarTimeline *timeline, gint64 serial_ns,
                                        const TelarWatch *watch);
void             telar_statistics_free (TelarStatistics *statistics);

/* The words of data files, which are no language's: "join", "lock"…; NULL for none. */
const char *telar_cause_name (guint cause);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarStatistics, telar_statistics_free)

G_END_DECLS
