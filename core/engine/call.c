/* call.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What a function of the catalogue may ask of its task.
 */

#include "catalogue/call.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "engine/ask.h"
#include "engine/output.h"
#include "engine/scope.h"
#include "engine/share.h"
#include "recorder/clock.h"
#include "recorder/cores.h"

static const TelarPlanValue *
value_of (TelarCall *call, unsigned argument)
{
  return telar_plan_value (call->self->program->plan, call->step->first_value + argument);
}

int64_t
telar_call_integer (TelarCall *call, unsigned argument)
{
  return value_of (call, argument)->integer;
}

double
telar_call_real (TelarCall *call, unsigned argument)
{
  return value_of (call, argument)->real;
}

int64_t
telar_call_duration (TelarCall *call, unsigned argument)
{
  return value_of (call, argument)->integer;
}

const char *
telar_call_text (TelarCall *call, unsigned argument)
{
  return telar_plan_text (call->self->program->plan, value_of (call, argument)->first);
}

const int64_t *
telar_call_integers (TelarCall *call, unsigned argument, size_t *n)
{
  const TelarPlanValue *value = value_of (call, argument);

  *n = value->count;
  return telar_plan_integers (call->self->program->plan, value->first);
}

unsigned
telar_call_n_arguments (TelarCall *call)
{
  return call->step->n_values;
}

const uint32_t *
telar_call_tasks (TelarCall *call, unsigned argument, size_t *n)
{
  const TelarPlanValue *value = value_of (call, argument);

  *n = value->count;
  return telar_plan_links (call->self->program->plan, (uint32_t) value->first);
}

void
telar_call_write (TelarCall *call, TelarStream stream, const void *bytes, size_t size)
{
  telar_output_write (call->self, stream, bytes, size);
}

void
telar_call_vprintf (TelarCall *call, TelarStream stream, const char *format, va_list arguments)
{
  char    text[512];
  char   *longer = NULL;
  va_list again;

  va_copy (again, arguments);
  int length = vsnprintf (text, sizeof text, format, arguments);
  if (length >= 0 && (size_t) length < sizeof text)
    telar_output_write (call->self, stream, text, (size_t) length);
  else if (length >= 0)
    {
      length = vasprintf (&longer, format, again);
      if (length >= 0)
        {
          telar_output_write (call->self, stream, longer, (size_t) length);
          free (longer);
        }
    }
  va_end (again);
}

void
telar_call_printf (TelarCall *call, TelarStream stream, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  telar_call_vprintf (call, stream, format, arguments);
  va_end (arguments);
}

int
telar_call_core (TelarCall *call)
{
  return sched_getcpu ();
}

unsigned
telar_call_n_cores (TelarCall *call)
{
  cpu_set_t usable[TELAR_MAX_CORES / CPU_SETSIZE];

  if (sched_getaffinity (0, sizeof usable, usable) != 0)
    return 1;
  return (unsigned) CPU_COUNT_S (sizeof usable, usable);
}

unsigned
telar_call_n_online_cores (TelarCall *call)
{
  int numbers[TELAR_MAX_CORES];

  return telar_cores_online (numbers);
}

const char *
telar_call_task_id (TelarCall *call)
{
  return telar_plan_text (call->self->program->plan, call->self->task->id);
}

const char *
telar_call_parent_id (TelarCall *call)
{
  const TelarPlan *plan = call->self->program->plan;

  if (call->self->task->parent == TELAR_NO_TASK)
    return "";
  return telar_plan_text (plan, telar_plan_task (plan, call->self->task->parent)->id);
}

int64_t
telar_call_cpu_ns (void)
{
  return telar_thread_cpu_ns ();
}

void
telar_call_wait_begins (TelarCall *call, TelarCause cause, int64_t until_ns)
{
  telar_self_record (call->self, TELAR_EVENT_WAIT_BEGIN, call->self->number, until_ns, cause, false);
}

void
telar_call_wait_ends (TelarCall *call)
{
  telar_self_record (call->self, TELAR_EVENT_WAIT_END, call->self->number, 0, 0, false);
}

TelarResult
telar_call_start (TelarCall *call, uint32_t task)
{
  return telar_scope_start (call->self, task);
}

TelarResult
telar_call_join (TelarCall *call, uint32_t task, int64_t timeout_ns)
{
  return telar_scope_join (call->self, task, timeout_ns);
}

TelarResult
telar_call_signal (TelarCall *call, uint32_t task, int signal_number)
{
  return telar_scope_signal (call->self, task, signal_number);
}

int
telar_call_parent_pid (TelarCall *call)
{
  TelarSelf *self = call->self;
  uint32_t   process = telar_self_process_of (self, self->number);

  /* To the kernel a served process is the fork server's child. */
  if (!telar_self_is_served (self, process))
    return (int) getppid ();
  process = telar_self_process_of (self, telar_self_plan_task (self, process)->parent);
  return atomic_load (&telar_self_row (self, process)->pid);
}

uint32_t
telar_call_process_name (TelarCall *call)
{
  return telar_plan_process_name (call->self->program->plan, call->self->number);
}

uint32_t
telar_call_thread_name (TelarCall *call)
{
  return telar_plan_thread_name (call->self->program->plan, call->self->number);
}

uint32_t
telar_call_parent_name (TelarCall *call)
{
  const TelarPlan *plan = call->self->program->plan;
  uint32_t         process = telar_plan_process_of (plan, call->self->number);

  return process == TELAR_MAIN ? 0
                               : telar_plan_process_name (plan,
                                                          telar_plan_task (plan, process)->parent);
}

uint32_t
telar_call_name (TelarCall *call, uint32_t task)
{
  return telar_plan_name (call->self->program->plan, task);
}

TelarResult
telar_call_is_alive (TelarCall *call, uint32_t task)
{
  return telar_ask_is_alive (call->self, task);
}

TelarResult
telar_call_exitcode (TelarCall *call, uint32_t task)
{
  return telar_ask_exitcode (call->self, task);
}

TelarResult
telar_call_pid (TelarCall *call, uint32_t task)
{
  return telar_ask_pid (call->self, task);
}

unsigned
telar_call_active_children (TelarCall *call)
{
  return telar_ask_active_children (call->self);
}

void
telar_call_program_runs (TelarCall *call, int pid)
{
  telar_self_record (call->self, TELAR_EVENT_PROGRAM, call->self->number, pid, 0, false);
}

void
telar_call_add_cpu (TelarCall *call, int64_t ns)
{
  call->self->program_cpu_ns += ns;
}
