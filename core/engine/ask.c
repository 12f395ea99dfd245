/* ask.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/ask.h"

#include <sys/wait.h>

#include "engine/await.h"
#include "engine/output.h"
#include "engine/scope.h"

/* Whether the calling thread is within it. */
static bool
is_this_one (TelarSelf *self, uint32_t task)
{
  while (self != NULL && self->number != task)
    self = self->host;
  return self != NULL;
}

/* As in the library, only the process that started a task is told about it. */
static bool
may_ask (TelarSelf *self, uint32_t task)
{
  uint32_t parent = telar_self_plan_task (self, task)->parent;

  return parent != TELAR_NO_TASK
         && telar_self_process_of (self, parent) == telar_self_process_of (self, self->number);
}

static TelarResult
refuse (TelarSelf *self, uint32_t task)
{
  telar_output_error (self, TELAR_ERROR_NOT_A_CHILD, task);
  return telar_result_error (TELAR_ERROR_NOT_A_CHILD);
}

/* Between its start and its end; a process whose number is not known yet is just
 * being made. */
static bool
is_running (TelarSelf *self, uint32_t task)
{
  TelarRow *row = telar_self_row (self, task);

  if (atomic_load (&row->state) != TELAR_ROW_STARTED)
    return false;
  if (telar_self_plan_task (self, task)->kind == TELAR_KIND_PROCESS && atomic_load (&row->pid) <= 0)
    return true;
  return !telar_has_ended (self, task);
}

TelarResult
telar_ask_is_alive (TelarSelf *self, uint32_t task)
{
  if (is_this_one (self, task))
    return telar_result_boolean (true);
  if (!may_ask (self, task))
    return refuse (self, task);
  return telar_result_boolean (is_running (self, task));
}

/* Of a process that ended and was not reaped. */
static TelarResult
exitcode_of_zombie (TelarRow *row)
{
  siginfo_t info = { 0 };

  if (waitid (P_PID, (id_t) atomic_load (&row->pid), &info, WEXITED | WNOHANG | WNOWAIT) != 0
      || info.si_pid == 0)
    return telar_result_integer (atomic_load (&row->exit)); /* reaped just now */
  return telar_result_integer (info.si_code == CLD_EXITED ? info.si_status : -info.si_status);
}

TelarResult
telar_ask_exitcode (TelarSelf *self, uint32_t task)
{
  TelarRow *row = telar_self_row (self, task);
  uint32_t  state = atomic_load (&row->state);

  if (is_this_one (self, task))
    return telar_result_none ();
  if (!may_ask (self, task))
    return refuse (self, task);
  if (state == TELAR_ROW_JOINED)
    return telar_result_integer (atomic_load (&row->exit));
  if (state != TELAR_ROW_STARTED || is_running (self, task))
    return telar_result_none ();
  if (telar_self_plan_task (self, task)->kind == TELAR_KIND_PROCESS
      && !telar_self_is_served (self, task))
    return exitcode_of_zombie (row);
  return telar_result_integer (atomic_load (&row->exit));
}

TelarResult
telar_ask_pid (TelarSelf *self, uint32_t task)
{
  uint32_t state = atomic_load (&telar_self_row (self, task)->state);
  int32_t  pid = atomic_load (&telar_self_row (self, telar_self_process_of (self, task))->pid);

  if ((state != TELAR_ROW_STARTED && state != TELAR_ROW_JOINED && !is_this_one (self, task))
      || pid <= 0)
    return telar_result_none ();
  return telar_result_integer (pid);
}

unsigned
telar_ask_active_children (TelarSelf *self)
{
  uint32_t n_tasks = self->program->plan->n_tasks;
  unsigned n = 0;

  for (uint32_t i = 1; i < n_tasks; i++)
    {
      if (telar_self_plan_task (self, i)->kind != TELAR_KIND_PROCESS || !may_ask (self, i)
          || atomic_load (&telar_self_row (self, i)->state) != TELAR_ROW_STARTED)
        continue;
      if (is_running (self, i))
        n++;
      else if (telar_scope_is_owner (self, i))
        telar_scope_join (self, i, 0);
    }
  return n;
}
