/* self.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A task, seen from inside: what the thread that runs it holds while it runs.
 * Everything here is private to that thread, but for what it points to in the
 * run's shared memory.
 */

#pragma once

#include "catalogue/call.h"
#include "plan/plan.h"
#include "plugin/values.h"
#include "recorder/shared.h"

/* The descriptors of every process of a run. */
#define TELAR_FD_EMPTY  0 /* standard input */
#define TELAR_FD_OUTPUT 3 /* lines with their task, SOCK_SEQPACKET, see output.h */

/* And of those of a run in which a task is another program (spawn.h): what
 * that program needs. */
#define TELAR_FD_PLAN   4 /* file of the plan */
#define TELAR_FD_SHARED 5 /* file of the shared memory */

/* And of a run with a fork server (forkserver.h). */
#define TELAR_FD_OBJECTS  6 /* file of the objects; that of the shared memory where there are none */
#define TELAR_FD_SERVER   7 /* what is asked of it, SOCK_SEQPACKET */
#define TELAR_FD_REQUESTS 8 /* the server's own end */

/* The function of a plug-in that a step calls, and its arguments. */
typedef struct
{
  const TelarPluginFunction *function; /* NULL: the step calls none */
  const TelarPluginValue    *values;
} TelarBinding;

/* What all tasks of a run have in common. */
typedef struct
{
  const TelarPlan    *plan;
  TelarShared        *shared;
  TelarObjects       *objects;  /* NULL where there are none */
  const TelarBinding *bindings; /* one a step of the plan; NULL where no step calls a plug-in */
  const char         *runner;   /* telar-task; NULL where every process is forked */
} TelarProgram;

typedef struct _TelarScope TelarScope;

/* A line that a task has begun and not ended. */
typedef struct
{
  char  *bytes; /* owned */
  size_t size;
} TelarPartialLine;

typedef struct _TelarSelf TelarSelf;

struct _TelarSelf
{
  const TelarProgram  *program;
  const TelarPlanTask *task;
  uint32_t             number;
  TelarRing           *ring;
  TelarSelf           *host;      /* of a call: whose thread runs it; else NULL */
  TelarScope          *scope;     /* of the tasks that it starts; NULL where there are none */
  int64_t              program_cpu_ns; /* of programs that it ran */
  TelarPartialLine     lines[2];  /* by TelarStream */
  uint32_t             n_lists;   /* results that were lists, so far */
  TelarParty           party;     /* of objects; data is this struct itself */
};

struct _TelarCall
{
  TelarSelf           *self;
  const TelarPlanStep *step;
};

static inline TelarRow *
telar_self_row (const TelarSelf *self, uint32_t task)
{
  return telar_shared_row (self->program->shared, task);
}

static inline const TelarPlanTask *
telar_self_plan_task (const TelarSelf *self, uint32_t task)
{
  return telar_plan_task (self->program->plan, task);
}

/* The process task that @task lives in. */
static inline uint32_t
telar_self_process_of (const TelarSelf *self, uint32_t task)
{
  return telar_plan_process_of (self->program->plan, task);
}

/* Whether @task is forked by the fork server, not by its scope. */
static inline bool
telar_self_is_served (const TelarSelf *self, uint32_t task)
{
  const TelarPlanTask *it = telar_self_plan_task (self, task);

  return it->kind == TELAR_KIND_PROCESS && it->start_method == TELAR_METHOD_FORKSERVER;
}

/* Writes an event about @task into this thread's ring, stamped with @ns. */
static inline void
telar_self_record_at (TelarSelf *self, TelarEventKind kind, uint32_t task, int64_t value,
                      uint32_t detail, bool essential, int64_t ns)
{
  TelarEvent event = { .ns = ns, .value = value, .task = task, .writer = self->number,
                       .kind = (uint16_t) kind, .detail = detail };

  telar_ring_write (self->ring, essential, &event);
}

void telar_self_record (TelarSelf *self, TelarEventKind kind, uint32_t task, int64_t value,
                        uint32_t detail, bool essential);
/* About itself, with core and CPU clock. */
void telar_self_record_clock (TelarSelf *self, TelarEventKind kind, int64_t value,
                              uint32_t detail, bool essential);
