/* futex.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Sleeping on a word of shared memory until somebody changes it: futex(2),
 * between processes. Libc only.
 */

#pragma once

#include <errno.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "recorder/clock.h"

#define TELAR_EVERYBODY INT32_MAX

/* A timeout as a moment (CLOCK_MONOTONIC), INT64_MAX for never. */
static inline int64_t
telar_futex_until (int64_t timeout_ns)
{
  int64_t now;

  if (timeout_ns < 0)
    return INT64_MAX;
  now = telar_now_ns ();
  return timeout_ns < INT64_MAX - now ? now + timeout_ns : INT64_MAX;
}

/* Sleeps while *@word is @value, until @until_ns. May wake for nothing.
 * Returns: false when the time is over. */
static inline bool
telar_futex_wait (_Atomic uint32_t *word, uint32_t value, int64_t until_ns)
{
  struct timespec until = telar_timespec (until_ns);

  /* With a bitset the time is a moment, not a length: no reading of the clock
   * before each sleep, and none is ever too short. */
  return syscall (SYS_futex, word, FUTEX_WAIT_BITSET, value,
                  until_ns == INT64_MAX ? NULL : &until, NULL, FUTEX_BITSET_MATCH_ANY)
             == 0
         || errno != ETIMEDOUT;
}

/* Returns: how many were woken. */
static inline int
telar_futex_wake (_Atomic uint32_t *word, int n)
{
  return (int) syscall (SYS_futex, word, FUTEX_WAKE, n, NULL, NULL, 0);
}
