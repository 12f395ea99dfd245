/* check-private.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The parts of a check, each with the faults of one concern.
 */

#pragma once

#include "graph/check.h"
#include "graph/relations.h"
#include "graph/suggest.h"

G_BEGIN_DECLS

typedef struct
{
  const TelarGraph *graph;      /* borrowed */
  TelarRelations   *relations;  /* borrowed */
  GPtrArray        *faults;     /* borrowed: as they are found */
  GArray           *order;      /* borrowed guint64, one a fault: task, then when found */
  gboolean          sound;
} TelarCheck;

/* Adds a fault of @task (TELAR_NOBODY: of the graph) at its place: "tasks[3]",
 * or "main", and @below, such as ".after[0]" (nullable).
 *
 * @what, @cure: (transfer full) */
void telar_check_error   (TelarCheck *check, guint32 task, const char *below, char *what,
                          char *cure);
void telar_check_warning (TelarCheck *check, guint32 task, const char *below, char *what,
                          char *cure);

/* check-tasks.c: ids, kinds, numbers, references between tasks. */
void telar_check_tasks (TelarCheck *check);
void telar_check_task  (TelarCheck *check, guint32 task);

/* check-objects.c: ids and options of objects; what an argument refers to. */
void telar_check_objects (TelarCheck *check);
void telar_check_object  (TelarCheck            *check,
                          guint32                task,
                          const TelarStep       *step,
                          const TelarParameter  *parameter,
                          const char            *reference,
                          int                    end,
                          const char            *below);

/* check-pools.c: a pool's options; who uses it; what its workers are to call.
 * @args: the place of the step's arguments */
void telar_check_pool      (TelarCheck *check, guint number, const TelarObject *pool);
void telar_check_pool_use  (TelarCheck *check, guint32 task, const TelarObject *pool,
                            const char *below);
void telar_check_pool_step (TelarCheck *check, guint32 task, const TelarStep *step,
                            const char *args);

/* check-tasks.c: letters of any script, digits, _ and -. */
#define TELAR_MAX_ID 64 /* characters */
gboolean telar_check_is_id (const char *id);

/* check-circles.c: what waits for itself, and what grows too large. */
void telar_check_circles (TelarCheck *check);
void telar_check_size    (TelarCheck *check);

/* check-fork.c: processes that are forked beside threads. */
void telar_check_forks (TelarCheck *check);

/* check-shares.c: what will not end well with locks, barriers and queues. */
void telar_check_shares (TelarCheck *check);

/* check-places.c: indexes, offsets and keys that are not there. */
void telar_check_places (TelarCheck *check);

/* check-steps.c: functions and their arguments. */
void telar_check_steps (TelarCheck *check);

/* check-steps.c: of them only what control does to other tasks. */
void telar_check_controls (TelarCheck *check);

/* check-control.c: what a step does to another task. @below: the place of the
 * argument in the task. */
void telar_check_control (TelarCheck      *check,
                          guint32          task,
                          const TelarStep *step,
                          const char      *reference,
                          const char      *below);

G_END_DECLS
