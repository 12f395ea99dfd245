/* place.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/place.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "recorder/clock.h"

bool
telar_place_take (const TelarProgram *program, uint32_t task, bool anyway)
{
  _Atomic uint32_t *alive = &program->shared->alive;

  if (atomic_fetch_add (alive, 1) >= program->plan->alive_limit && !anyway)
    {
      atomic_fetch_sub (alive, 1);
      return false;
    }
  atomic_store (&telar_shared_row (program->shared, task)->placed, 1);
  return true;
}

bool
telar_place_is_free (const TelarProgram *program)
{
  return atomic_load (&program->shared->alive) < program->plan->alive_limit;
}

void
telar_place_leave (const TelarProgram *program, uint32_t task)
{
  _Atomic uint32_t *alive = &program->shared->alive;

  if (atomic_exchange (&telar_shared_row (program->shared, task)->placed, 0) == 0)
    return;
  if (atomic_fetch_sub (alive, 1) >= program->plan->alive_limit)
    syscall (SYS_futex, alive, FUTEX_WAKE, INT32_MAX, NULL, NULL, 0);
}

/* Threads and calls; processes live on without their parent. */
static void
leave_inside (const TelarProgram *program, uint32_t task)
{
  if (telar_plan_task (program->plan, task)->kind != TELAR_KIND_PROCESS)
    telar_place_leave_process (program, task);
}

void
telar_place_leave_process (const TelarProgram *program, uint32_t task)
{
  const TelarPlanTask *it = telar_plan_task (program->plan, task);
  uint32_t             started = it->n_started;

  telar_place_leave (program, task);
  for (uint32_t i = 0; i < it->n_children; i++)
    leave_inside (program, telar_plan_links (program->plan, it->first_child)[i]);
  for (uint32_t i = 1; started > 0 && i < program->plan->n_tasks; i++)
    {
      const TelarPlanTask *other = telar_plan_task (program->plan, i);
      if (other->parent != task || !other->started_by_body)
        continue;
      leave_inside (program, i);
      started--;
    }
}

void
telar_place_await (const TelarProgram *program)
{
  struct timespec  pause = telar_timespec (10 * TELAR_MILLISECOND);
  _Atomic uint32_t *alive = &program->shared->alive;
  uint32_t          now = atomic_load (alive);

  if (now >= program->plan->alive_limit)
    syscall (SYS_futex, alive, FUTEX_WAIT, now, &pause, NULL, 0);
}
