/* await.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/await.h"

#include <errno.h>
#include <poll.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/ended.h"
#include "engine/place.h"
#include "engine/share.h"
#include "recorder/clock.h"

/* Reaps an ended process. Returns: false where it has not ended. */
static bool
reap (TelarRow *row, int flags)
{
  siginfo_t info = { 0 };
  int       result;

  do
    result = waitid (P_PID, (id_t) atomic_load (&row->pid), &info, WEXITED | flags);
  while (result < 0 && errno == EINTR);
  if (result < 0)
    return true; /* another thread of this process reaped it, and noted its exit */
  if (info.si_pid == 0)
    return false;
  atomic_store (&row->exit, info.si_code == CLD_EXITED ? info.si_status : -info.si_status);
  return true;
}

static bool
await_process (TelarRow *row, int64_t timeout_ns)
{
  if (timeout_ns < 0)
    return reap (row, 0);

  /* Without a descriptor to spare, look once a millisecond. */
  int64_t until = telar_now_ns () + timeout_ns;
  int     descriptor = pidfd_open (atomic_load (&row->pid), 0);
  bool    ended;
  while (!(ended = reap (row, WNOHANG)))
    {
      int64_t left = until - telar_now_ns ();
      if (left <= 0)
        break;
      struct pollfd   ending = { .fd = descriptor, .events = POLLIN };
      struct timespec pause = telar_timespec (descriptor >= 0 ? left : TELAR_MILLISECOND);
      ppoll (&ending, descriptor >= 0 ? 1 : 0, &pause, NULL);
    }
  if (descriptor >= 0)
    close (descriptor);
  return ended;
}

bool
telar_await_task (TelarSelf *self, uint32_t number, int64_t timeout_ns)
{
  TelarRow *row = telar_self_row (self, number);

  if (telar_self_is_served (self, number))
    {
      if (!telar_ended_await (row, timeout_ns))
        return false;
    }
  else if (telar_self_plan_task (self, number)->kind == TELAR_KIND_THREAD)
    {
      /* Forever is the common case, and pthread_join alone then suffices. */
      if (timeout_ns >= 0 && !telar_ended_await (row, timeout_ns))
        return false;
      pthread_join (row->thread, NULL);
    }
  else if (!await_process (row, timeout_ns))
    return false;

  atomic_store (&row->state, TELAR_ROW_JOINED);
  if (telar_self_plan_task (self, number)->kind == TELAR_KIND_PROCESS)
    telar_share_process_ended (self->program, number, atomic_load (&row->exit));
  if (telar_self_plan_task (self, number)->kind == TELAR_KIND_PROCESS)
    telar_place_leave_process (self->program, number);
  else
    telar_place_leave (self->program, number);
  telar_self_record (self, TELAR_EVENT_JOIN, number, atomic_load (&row->exit), 0, true);
  return true;
}

bool
telar_has_ended (TelarSelf *self, uint32_t number)
{
  TelarRow *row = telar_self_row (self, number);

  if (telar_self_plan_task (self, number)->kind == TELAR_KIND_THREAD
      || telar_self_is_served (self, number))
    return atomic_load (&row->ended) == TELAR_HAS_ENDED;

  siginfo_t info = { 0 };
  if (waitid (P_PID, (id_t) atomic_load (&row->pid), &info, WEXITED | WNOHANG | WNOWAIT) < 0)
    return true;
  return info.si_pid != 0;
}
