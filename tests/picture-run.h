/* picture-run.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Runs made up for pictures: a plan and a timeline filled in by hand, so that
 * a test knows to the nanosecond what must be seen.
 */

#pragma once

#include "timeline/timeline.h"

typedef struct _PictureRun PictureRun;

PictureRun    *picture_run_new    (const char *name, guint n_cores);
void           picture_run_free   (PictureRun *run);

/* Tasks, before the timeline is asked for. main is there from the start. */
guint32        picture_run_task   (PictureRun *run, guint32 parent, TelarKind kind,
                                   const char *id, const char *function, const char *call);
void           picture_run_step   (PictureRun *run, guint32 task, const char *call);
void           picture_run_after  (PictureRun *run, guint32 task, guint32 after);
/* (transfer full): the plan alone. */
GBytes        *picture_run_plan   (PictureRun *run);

/* (transfer none): the timeline, which the following fill. */
TelarTimeline *picture_run_timeline (PictureRun *run);
void           picture_run_slice  (PictureRun *run, guint32 task, guint core, gint64 begin,
                                   gint64 end);
void           picture_run_wait   (PictureRun *run, guint32 task, TelarWaitState state,
                                   TelarCause cause, gint64 begin, gint64 end,
                                   guint32 culprit, guint32 culprit2);
void           picture_run_arrow  (PictureRun *run, TelarArrowKind kind, guint32 from, guint32 to,
                                   gint64 from_ns, gint64 to_ns);
void           picture_run_others (PictureRun *run, guint core, gint64 end, gint64 interval,
                                   guint others, guint steal);
/* What a whole life looks like: state and times; TELAR_NO_TIME where none. */
void           picture_run_life   (PictureRun *run, guint32 task, gint64 started, gint64 ended,
                                   gint64 joined, gint32 exit);
void           picture_run_now    (PictureRun *run, gint64 now, gboolean finished);

/* The run of the design's picture, 84 ms into it. */
PictureRun    *picture_run_design (void);
/* The seed's third listing: two short processes and a call, 300 µs each. */
PictureRun    *picture_run_short  (void);
/* @n_slices on @n_cores cores by @n_tasks processes, from a seeded generator. */
PictureRun    *picture_run_random (guint32 seed, guint n_cores, guint n_tasks, guint n_slices);
/* A crash, a task that could not start, one that was not started, a loss. */
PictureRun    *picture_run_failures (void);
