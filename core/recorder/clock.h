/* clock.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The two clocks of a run, in nanoseconds.
 */

#pragma once

#include <stdint.h>
#include <time.h>

#define TELAR_SECOND      1000000000ll
#define TELAR_MILLISECOND 1000000ll

static inline int64_t
telar_clock_ns (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return now.tv_sec * TELAR_SECOND + now.tv_nsec;
}

/* CLOCK_MONOTONIC: what every record of a run is stamped with. */
static inline int64_t
telar_now_ns (void)
{
  return telar_clock_ns (CLOCK_MONOTONIC);
}

/* What the calling thread used of a core so far. */
static inline int64_t
telar_thread_cpu_ns (void)
{
  return telar_clock_ns (CLOCK_THREAD_CPUTIME_ID);
}

static inline struct timespec
telar_timespec (int64_t ns)
{
  return (struct timespec){ .tv_sec = ns / TELAR_SECOND, .tv_nsec = ns % TELAR_SECOND };
}
