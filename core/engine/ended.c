/* ended.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/ended.h"

#include <errno.h>
#include <linux/futex.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "recorder/clock.h"

/* The eventfd and the process that made it, in one word: after a fork the
 * child has closed its parent's descriptors, and must not take a number for
 * its own. It is never closed while the process lives, so that a thread that
 * ends can write to it without asking whether it is still there. */
static _Atomic uint64_t process_eventfd; /* pid << 32 | descriptor + 1 */

static int
descriptor_of_this_process (uint64_t word)
{
  return (pid_t) (word >> 32) == getpid () ? (int) (word & 0xffffffff) - 1 : -1;
}

void
telar_ended_tell (TelarRow *row)
{
  uint64_t word;
  int      descriptor;
  uint64_t one = 1;

  if (atomic_exchange (&row->ended, TELAR_HAS_ENDED) == TELAR_IS_AWAITED)
    syscall (SYS_futex, &row->ended, FUTEX_WAKE, INT32_MAX, NULL, NULL, 0);

  word = atomic_load (&process_eventfd);
  descriptor = word != 0 ? descriptor_of_this_process (word) : -1;
  if (descriptor >= 0)
    while (write (descriptor, &one, sizeof one) < 0 && errno == EINTR)
      ;
}

bool
telar_ended_await (TelarRow *row, int64_t timeout_ns)
{
  int64_t until = telar_now_ns () + timeout_ns;

  for (;;)
    {
      uint32_t nobody = 0;
      if (!atomic_compare_exchange_strong (&row->ended, &nobody, TELAR_IS_AWAITED)
          && nobody == TELAR_HAS_ENDED)
        return true;
      int64_t left = until - telar_now_ns ();
      if (timeout_ns >= 0 && left <= 0)
        return false;
      struct timespec pause = telar_timespec (timeout_ns >= 0 ? left : 0);
      syscall (SYS_futex, &row->ended, FUTEX_WAIT, TELAR_IS_AWAITED,
               timeout_ns >= 0 ? &pause : NULL, NULL, 0);
    }
}

int
telar_ended_descriptor (void)
{
  uint64_t word = atomic_load (&process_eventfd);
  int      descriptor = word != 0 ? descriptor_of_this_process (word) : -1;

  if (descriptor >= 0)
    return descriptor;

  descriptor = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (descriptor < 0)
    return -1;
  uint64_t mine = (uint64_t) getpid () << 32 | (uint32_t) (descriptor + 1);
  if (!atomic_compare_exchange_strong (&process_eventfd, &word, mine))
    {
      /* Another thread of this process was first. */
      close (descriptor);
      return descriptor_of_this_process (word);
    }
  return descriptor;
}
