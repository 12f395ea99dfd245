/* task.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/task.h"

#include <string.h>
#include <unistd.h>

#include "engine/output.h"
#include "engine/place.h"
#include "engine/pool.h"
#include "engine/scope.h"
#include "engine/share.h"

/* Steps are recorded in full up to the plan's limit, of all tasks together. */
static bool
step_is_recorded (TelarSelf *self)
{
  TelarShared *shared = self->program->shared;
  uint32_t     limit = self->program->plan->steps_limit;

  if (atomic_load_explicit (&shared->steps, memory_order_relaxed) >= limit)
    return false;
  return atomic_fetch_add_explicit (&shared->steps, 1, memory_order_relaxed) < limit;
}

bool
telar_task_step_begins (TelarSelf *self, uint32_t number)
{
  if (!step_is_recorded (self))
    return false;
  telar_self_record_clock (self, TELAR_EVENT_STEP_BEGIN, number, 0, false);
  return true;
}

void
telar_task_step_ends (TelarSelf *self, const TelarResult *result)
{
  int64_t bits = result->integer;

  if (result->type == TELAR_RESULT_REAL)
    memcpy (&bits, &result->real, sizeof bits);
  telar_self_record_clock (self, TELAR_EVENT_STEP_END, bits, result->type, false);
}

static TelarResult
run_step (TelarSelf *self, uint32_t number, uint64_t *counted)
{
  const TelarPlanStep *step = telar_plan_step (self->program->plan, number);
  const TelarFunction *function = &telar_catalogue (NULL)[step->function];
  TelarCall            call = { self, step };
  bool                 recorded = telar_task_step_begins (self, number);

  if (!recorded)
    (*counted)++;

  TelarResult result = function->body (&call);

  if (recorded)
    telar_task_step_ends (self, &result);
  return result;
}

/* Returns: the exit code; @failed: whether a step ended the task early. */
static int
run_body (TelarSelf *self, bool *failed)
{
  const TelarPlanTask *task = self->task;
  uint64_t             counted = 0;
  int                  exit_code = 0;
  _Atomic uint32_t    *step_word = &telar_self_row (self, self->number)->step;

  *failed = false;
  for (uint32_t round = 0; round < task->repeat && !*failed; round++)
    for (uint32_t i = 0; i < task->n_steps && !*failed; i++)
      {
        if (round + 1 == task->repeat)
          atomic_store_explicit (step_word, i, memory_order_relaxed);
        TelarResult result = run_step (self, task->first_step + i, &counted);
        if (result.ends_task)
          {
            *failed = true;
            exit_code = result.exit_code;
          }
      }
  atomic_store_explicit (step_word, task->n_steps, memory_order_relaxed);
  if (counted > 0)
    telar_self_record (self, TELAR_EVENT_STEPS_COUNTED, self->number, (int64_t) counted, 0, true);
  return exit_code;
}

/* Between a task's first and last act: its scope and its body.
 * Returns: the exit code; @failed as above. */
static int
run_between (TelarSelf *self, bool *failed)
{
  int exit_code = 1;

  *failed = !telar_scope_open (self);
  if (!*failed)
    exit_code = self->task->pool > 0 ? telar_pool_work (self) : run_body (self, failed);
  return telar_scope_close (self, exit_code, *failed);
}

int
telar_task_run (TelarSelf *self)
{
  bool failed;

  telar_self_record_clock (self, TELAR_EVENT_RUN, (int64_t) getpid () << 32 | gettid (), 0, true);

  int exit_code = run_between (self, &failed);

  telar_output_flush (self);
  telar_share_task_ends (self);
  atomic_store (&telar_self_row (self, self->number)->step, TELAR_STEPS_OVER);
  telar_self_record_clock (self, TELAR_EVENT_END, exit_code, 0, true);
  /* Not before: whoever takes the place is never seen alive beside this task. */
  telar_place_leave (self->program, self->number);
  return exit_code;
}

bool
telar_task_run_call (TelarSelf *host, uint32_t number, int *exit_code)
{
  const TelarProgram *program = host->program;
  TelarRow           *row = telar_shared_row (program->shared, number);
  TelarSelf           self = {
              .program = program,
              .task = telar_plan_task (program->plan, number),
              .number = number,
              .ring = telar_shared_open_ring (program->shared, program->plan, number),
              .host = host,
  };
  bool failed;

  telar_share_init (&self);
  atomic_store (&row->state, TELAR_ROW_STARTED);
  telar_self_record (host, TELAR_EVENT_START, number, 0, 0, true);
  telar_self_record_clock (&self, TELAR_EVENT_RUN, (int64_t) getpid () << 32 | gettid (), 0, true);
  *exit_code = run_between (&self, &failed);
  telar_output_flush (&self);
  telar_self_record_clock (&self, TELAR_EVENT_END, *exit_code, 0, true);
  atomic_store (&row->exit, *exit_code);
  atomic_store (&row->step, TELAR_STEPS_OVER);
  atomic_store (&row->state, TELAR_ROW_JOINED);
  telar_self_record (host, TELAR_EVENT_JOIN, number, *exit_code, 0, true);
  return !failed;
}
