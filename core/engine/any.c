/* any.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Waiting for the first of several, tasks and pipes mixed. There is no one thing
 * of the kernel's to sleep on for all of them: it looks now and then.
 */

#include "catalogue/call.h"

#include <time.h>

#include "engine/await.h"
#include "engine/ended.h"
#include "engine/share.h"
#include "objects/pipe.h"
#include "recorder/clock.h"

/* Between two looks, at first and after a while. */
#define PERIOD_FIRST (TELAR_MILLISECOND / 4)
#define PERIOD_LAST  (5 * TELAR_MILLISECOND)

static bool
task_has_ended (TelarSelf *self, uint32_t task)
{
  const TelarProgram *program = self->program;
  TelarRow           *row = telar_self_row (self, task);
  uint32_t            state = atomic_load (&row->state);

  if (state == TELAR_ROW_NEW)
    return false;
  if (state != TELAR_ROW_STARTED)
    return true;
  if (telar_self_plan_task (self, task)->kind == TELAR_KIND_THREAD)
    return (atomic_load (&row->ended) & TELAR_HAS_ENDED) != 0;
  if (telar_self_plan_task (self, task)->kind == TELAR_KIND_CALL)
    return false;
  if (telar_self_process_of (self, telar_self_plan_task (self, task)->parent)
      == telar_self_process_of (self, self->number))
    return telar_has_ended (self, task);
  return telar_share_has_ended (program, task);
}

static bool
is_ready (TelarCall *call, TelarPlanAwaited one)
{
  TelarSelf *self = call->self;

  if (!one.is_object)
    return task_has_ended (self, one.number);
  return telar_pipe_poll (self->program->objects, one.number, &self->party, one.end, 0)
         != TELAR_OBJECT_TIMEOUT;
}

/* Names the tasks, or where there are pipes only, the first of those. */
static void
record_wait (TelarCall *call, const TelarPlanValue *awaited)
{
  TelarSelf       *self = call->self;
  const TelarPlan *plan = self->program->plan;
  TelarPlanAwaited first = telar_plan_awaited (plan, awaited->first, 0);
  bool             tasks = false;

  for (uint32_t i = 0; i < awaited->count; i++)
    tasks = tasks || !telar_plan_awaited (plan, awaited->first, i).is_object;
  if (!tasks)
    telar_self_record (self, TELAR_EVENT_WAIT_BEGIN, self->number,
                       telar_event_wait_value (first.number, TELAR_NO_TASK), TELAR_CAUSE_EMPTY,
                       false);
  else
    telar_self_record (self, TELAR_EVENT_WAIT_BEGIN, self->number, TELAR_NO_TASK,
                       TELAR_CAUSE_JOIN, false);
  for (uint32_t i = 0; tasks && i < awaited->count && i < TELAR_MAX_NAMED; i++)
    if (!telar_plan_awaited (plan, awaited->first, i).is_object)
      telar_self_record (self, TELAR_EVENT_WAIT_ON, self->number,
                         telar_plan_awaited (plan, awaited->first, i).number, 0, false);
}

/* For whoever looks for deadlocks. */
static void
note_wait (TelarSelf *self, uint32_t what)
{
  while (self->host != NULL)
    self = self->host;
  atomic_store (&telar_self_row (self, self->number)->joins, what);
}

static TelarResult
name_of (const TelarPlan *plan, TelarPlanAwaited one)
{
  return telar_result_text (TELAR_RESULT_TEXT, one.is_object
                                                 ? telar_plan_object (plan, one.number)->id
                                                 : telar_plan_task (plan, one.number)->id);
}

TelarResult
telar_call_wait_any (TelarCall *call, unsigned argument, int64_t timeout_ns)
{
  TelarSelf            *self = call->self;
  const TelarPlan      *plan = self->program->plan;
  const TelarPlanValue *awaited = telar_plan_value (plan, call->step->first_value + argument);
  int64_t               until = timeout_ns < 0 ? INT64_MAX : telar_now_ns () + timeout_ns;
  TelarResult           result = telar_result_boolean (false);
  int64_t               period = PERIOD_FIRST;
  bool                  slept = false;

  for (;;)
    {
      for (uint32_t i = 0; i < awaited->count && result.type == TELAR_RESULT_BOOLEAN; i++)
        {
          TelarPlanAwaited one = telar_plan_awaited (plan, awaited->first, i);
          if (is_ready (call, one))
            result = name_of (plan, one);
        }
      int64_t left = until - telar_now_ns ();
      if (result.type != TELAR_RESULT_BOOLEAN || left <= 0)
        break;
      if (!slept)
        {
          record_wait (call, awaited);
          if (timeout_ns < 0)
            note_wait (self, TELAR_AWAITS + call->step->first_value + argument);
        }
      slept = true;
      struct timespec pause = telar_timespec (left < period ? left : period);
      period = period * 2 < PERIOD_LAST ? period * 2 : PERIOD_LAST;
      nanosleep (&pause, NULL);
    }
  if (slept)
    note_wait (self, 0);
  if (slept)
    telar_self_record (self, TELAR_EVENT_WAIT_END, self->number, 0, 0, false);
  return result;
}
