/* pool-workers.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What the workers of a pool do at a moment of a run. A pool has so many places;
 * in each is one worker at a time, and where that ends because it has done its
 * chunks, another takes its place: a place is what people follow.
 */

#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

typedef enum
{
  TELAR_WORKER_NOT_YET,
  TELAR_WORKER_STARTING, /* started, not running yet */
  TELAR_WORKER_BUSY,     /* with a chunk, or with the initializer */
  TELAR_WORKER_WAITING,  /* for work */
  TELAR_WORKER_ENDED,
  TELAR_WORKER_FAILED
} TelarWorkerState;

typedef struct
{
  guint32 task;   /* of the plan: who is in that place */
  guint32 before; /* whose place it took, or TELAR_NO_TASK */
  guint32 step;   /* of the plan: what it is busy with, or TELAR_NO_STEP */
  guint8  state;  /* TelarWorkerState */
  guint8  begins; /* that is the initializer */
  guint64 chunks; /* done in that place so far, also by who was there before */
} TelarWorker;

/* Returns: the object of a run that is a pool with that id, or TELAR_NO_OBJECT. */
guint32 telar_pool_find (const TelarTimeline *timeline, const char *id);

/* @ns: of the run, or TELAR_NO_TIME: as it is now
 *
 * Returns: (transfer full) (element-type TelarWorker): by place */
GArray *telar_pool_workers_new (const TelarTimeline *timeline, guint32 pool, gint64 ns);

/* Returns: (transfer full): "busy 0–99", "starting", "waits for work", "ended". */
char *telar_worker_describe (const TelarTimeline *timeline, const TelarWorker *worker);
/* Of one that has taken another's place: "in place of crew.1" (transfer full) */
char *telar_worker_describe_place (const TelarTimeline *timeline, const TelarWorker *worker);
/* "3 chunks" (transfer full) */
char *telar_worker_describe_chunks (const TelarWorker *worker);
/* Of all workers of a pool: "2 of 4 busy", "4 workers · 12 chunks"; @briefly "12 chunks".
 * (transfer full) */
char *telar_workers_describe (const GArray *workers, gboolean briefly);
/* "4 workers" (transfer full) */
char *telar_workers_count (guint n);

G_END_DECLS
