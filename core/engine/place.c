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

void
telar_place_leave (const TelarProgram *program, uint32_t task)
{
  _Atomic uint32_t *alive = &program->shared->alive;

  if (atomic_exchange (&telar_shared_row (program->shared, task)->placed, 0) == 0)
    return;
  if (atomic_fetch_sub (alive, 1) >= program->plan->alive_limit)
    syscall (SYS_futex, alive, FUTEX_WAKE, INT32_MAX, NULL, NULL, 0);
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
