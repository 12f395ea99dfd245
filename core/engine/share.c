/* share.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/share.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "catalogue/call.h"
#include "engine/output.h"
#include "objects/pipe.h"
#include "objects/queue.h"

TelarCause
telar_share_cause (TelarObjectType type, uint32_t culprit, uint32_t detail)
{
  switch (type)
    {
    case TELAR_OBJECT_LOCK:
    case TELAR_OBJECT_RLOCK:
      return TELAR_CAUSE_LOCK;
    case TELAR_OBJECT_SEMAPHORE:
    case TELAR_OBJECT_BOUNDED_SEMAPHORE:
      return TELAR_CAUSE_SEMAPHORE;
    case TELAR_OBJECT_EVENT:
      return TELAR_CAUSE_EVENT;
    case TELAR_OBJECT_CONDITION:
      return culprit != TELAR_NO_TASK ? TELAR_CAUSE_LOCK : TELAR_CAUSE_CONDITION;
    case TELAR_OBJECT_BARRIER:
      return TELAR_CAUSE_BARRIER;
    default:
      return detail == TELAR_WAITS_FULL    ? TELAR_CAUSE_FULL
             : detail == TELAR_WAITS_DONE  ? TELAR_CAUSE_DONE
             : detail == TELAR_WAITS_FLUSH ? TELAR_CAUSE_FLUSH
                                           : TELAR_CAUSE_EMPTY;
    }
}

static void
begins (void *data, uint32_t object, uint32_t culprit, uint32_t detail)
{
  TelarSelf      *self = data;
  TelarObjectType type = (TelarObjectType) telar_plan_object (self->program->plan, object)->type;
  TelarCause      cause = telar_share_cause (type, culprit, detail);

  telar_self_record (self, TELAR_EVENT_WAIT_BEGIN, self->number,
                     telar_event_wait_value (object, culprit), cause | detail << 8, false);
}

static void
ends (void *data)
{
  TelarSelf *self = data;

  telar_self_record (self, TELAR_EVENT_WAIT_END, self->number, 0, 0, false);
}

static void
passed (void *data, uint32_t object, TelarObjectAct act, int64_t value)
{
  TelarSelf *self = data;

  telar_self_record (self, TELAR_EVENT_ACT, self->number,
                     telar_event_act_value (object, value), act, false);
}

static void
hold_pipe (TelarObjects *objects, uint32_t task, uint32_t object, unsigned end)
{
  if (telar_object_head (objects, object)->type == TELAR_OBJECT_PIPE)
    telar_pipe_hold (objects, object, end, task);
}

/* The ends of pipes that a step names. */
static void
hold_pipes (const TelarPlan *plan, TelarObjects *objects, uint32_t task, const TelarPlanStep *step)
{
  for (uint32_t i = 0; i < step->n_values; i++)
    {
      const TelarPlanValue *value = telar_plan_value (plan, step->first_value + i);

      if (value->type == TELAR_VALUE_OBJECT && value->count > 1)
        hold_pipe (objects, task, (uint32_t) value->first, value->count - 2);
      for (uint32_t k = 0; value->type == TELAR_VALUE_AWAITED && k < value->count; k++)
        {
          TelarPlanAwaited one = telar_plan_awaited (plan, value->first, k);
          if (one.is_object)
            hold_pipe (objects, task, one.number, one.end);
        }
    }
}

TelarObjects *
telar_share_new (const TelarPlan *plan, int *fd)
{
  TelarObjects *objects = telar_objects_new (plan, fd);

  for (uint32_t i = 0; objects != NULL && i < plan->n_tasks; i++)
    {
      const TelarPlanTask *task = telar_plan_task (plan, i);
      for (uint32_t k = 0; k < task->n_steps; k++)
        hold_pipes (plan, objects, telar_plan_thread_of (plan, i),
                    telar_plan_step (plan, task->first_step + k));
    }
  return objects;
}

void
telar_share_init (TelarSelf *self)
{
  if (self->program->objects == NULL)
    return;
  self->party = (TelarParty){
    .task = telar_plan_thread_of (self->program->plan, self->number),
    .begins = begins,
    .ends = ends,
    .passed = self->program->shared->records ? passed : NULL,
    .data = self,
  };
}

TelarObjects *
telar_call_objects (TelarCall *call)
{
  return call->self->program->objects;
}

const TelarParty *
telar_call_party (TelarCall *call)
{
  return &call->self->party;
}

uint32_t
telar_call_object (TelarCall *call, unsigned argument)
{
  const TelarPlan      *plan = call->self->program->plan;
  const TelarPlanValue *value = telar_plan_value (plan, call->step->first_value + argument);

  return value->count == 0 ? TELAR_NO_OBJECT : (uint32_t) value->first;
}

int
telar_call_object_end (TelarCall *call, unsigned argument)
{
  const TelarPlan *plan = call->self->program->plan;

  return (int) telar_plan_value (plan, call->step->first_value + argument)->count - 2;
}

uint32_t
telar_call_item (TelarCall *call, unsigned argument)
{
  const TelarPlan *plan = call->self->program->plan;

  return (uint32_t) telar_plan_value (plan, call->step->first_value + argument)->first;
}

/* A task could have written any number where its items are. */
const char *
telar_call_item_text (TelarCall *call, uint32_t item)
{
  const TelarPlan *plan = call->self->program->plan;

  return telar_plan_text (plan, item < plan->text_size ? item : 0);
}

TelarResult
telar_call_fail (TelarCall *call, TelarError error, uint32_t object)
{
  telar_output_error (call->self, error, object);
  return telar_result_error (error);
}

TelarResult
telar_call_list (TelarCall *call, const char *text, size_t size)
{
  telar_output_list (call->self, text, size);
  return (TelarResult){ .type = TELAR_RESULT_LIST, .integer = call->self->n_lists++ };
}

typedef void (*ObjectFunc) (TelarSelf *self, uint32_t object, uint32_t thread);

/* The objects that a task's steps name. */
static void
each_object (TelarSelf *self, uint32_t task, ObjectFunc func)
{
  const TelarPlan *plan = self->program->plan;

  for (uint32_t i = 0; i < telar_plan_task (plan, task)->n_steps; i++)
    {
      const TelarPlanStep *step = telar_plan_step (plan,
                                                   telar_plan_task (plan, task)->first_step + i);
      for (uint32_t k = 0; k < step->n_values; k++)
        {
          const TelarPlanValue *value = telar_plan_value (plan, step->first_value + k);

          if (value->type == TELAR_VALUE_OBJECT && value->count > 0)
            func (self, (uint32_t) value->first, telar_plan_thread_of (plan, task));
          for (uint32_t n = 0; value->type == TELAR_VALUE_AWAITED && n < value->count; n++)
            {
              TelarPlanAwaited one = telar_plan_awaited (plan, value->first, n);
              if (one.is_object)
                func (self, one.number, telar_plan_thread_of (plan, task));
            }
        }
    }
}

/* As a queue's own thread in the library: a process stays until it has written what
 * it put. */
static void
flush_queue (TelarSelf *self, uint32_t object, uint32_t thread)
{
  uint32_t type = telar_plan_object (self->program->plan, object)->type;

  if (type == TELAR_OBJECT_QUEUE || type == TELAR_OBJECT_JOINABLE_QUEUE)
    telar_queue_flush (self->program->objects, object, &self->party, thread, TELAR_FOREVER);
}

static void
leave_object (TelarSelf *self, uint32_t object, uint32_t thread)
{
  if (thread == self->number)
    telar_object_task_ended (self->program->objects, object, thread);
}

void
telar_share_task_ends (TelarSelf *self)
{
  const TelarPlan *plan = self->program->plan;
  bool             is_process = self->task->kind == TELAR_KIND_PROCESS;

  if (self->program->objects == NULL || self->host != NULL)
    return;
  /* What its threads put as well. */
  for (uint32_t task = 0; task < plan->n_tasks && is_process; task++)
    if (telar_plan_process_of (self->program->plan, task) == self->number)
      each_object (self, task, flush_queue);
  for (uint32_t task = 0; task < plan->n_tasks; task++)
    if (telar_plan_thread_of (plan, task) == self->number)
      each_object (self, task, leave_object);
}

void
telar_share_never_runs (const TelarProgram *program, uint32_t task)
{
  if (program->objects != NULL && telar_plan_task (program->plan, task)->kind != TELAR_KIND_CALL)
    telar_objects_task_ended (program->objects, task);
}

/* Whether a task is a thread of that process, and was still running in it. */
static bool
dies_with (const TelarProgram *program, uint32_t task, uint32_t process)
{
  TelarRow *row = telar_shared_row (program->shared, task);

  if (telar_plan_task (program->plan, task)->kind != TELAR_KIND_THREAD
      || atomic_load (&row->state) != TELAR_ROW_STARTED
      || (atomic_load (&row->ended) & TELAR_HAS_ENDED))
    return false;
  return telar_plan_process_of (program->plan, task) == process;
}

void
telar_share_process_ended (const TelarProgram *program, uint32_t process, int exit)
{
  if (program->objects == NULL)
    return;
  for (uint32_t i = 0; i < program->plan->n_tasks; i++)
    if (i == process ? exit < 0 : dies_with (program, i, process))
      {
        telar_objects_owner_died (program->objects, i);
        telar_objects_task_ended (program->objects, i);
      }
}

/* How a process that nobody reaped yet ended.
 * Returns: false where it lives, or is gone. */
static bool
zombie_exit (pid_t pid, int *status)
{
  char  name[40], text[1024];
  FILE *file;

  snprintf (name, sizeof name, "/proc/%d/stat", (int) pid);
  file = fopen (name, "re");
  if (file == NULL)
    return false;
  size_t size = fread (text, 1, sizeof text - 1, file);
  fclose (file);
  text[size] = '\0';
  /* The name may hold anything; what follows it has no brackets. The exit code
   * is the last field. */
  const char *state = strrchr (text, ')'), *last = strrchr (text, ' ');
  return state != NULL && last > state && state[1] == ' ' && state[2] == 'Z'
         && sscanf (last, "%d", status) == 1;
}

bool
telar_share_has_ended (const TelarProgram *program, uint32_t process)
{
  pid_t pid = atomic_load (&telar_shared_row (program->shared, process)->pid);
  int   status;

  if (atomic_load (&telar_shared_row (program->shared, process)->ended) == TELAR_HAS_ENDED)
    return true;
  return pid > 0 && (zombie_exit (pid, &status) || (kill (pid, 0) != 0 && errno == ESRCH));
}

static bool
is_dead (uint32_t task, void *data)
{
  const TelarProgram *program = data;
  uint32_t            process = telar_plan_process_of (program->plan, task);
  TelarRow           *row = telar_shared_row (program->shared, process);
  int                 status;

  /* Joined, or reaped by the fork server. */
  if (atomic_load (&row->state) == TELAR_ROW_JOINED
      || atomic_load (&row->ended) == TELAR_HAS_ENDED)
    return (process == task && atomic_load (&row->exit) < 0)
           || dies_with (program, task, process);
  if (!zombie_exit (atomic_load (&row->pid), &status))
    return false;
  return (process == task && (status & 0x7f) != 0) || dies_with (program, task, process);
}

void
telar_share_look (const TelarProgram *program)
{
  if (program->objects != NULL)
    telar_objects_look (program->objects, is_dead, (void *) program);
}
