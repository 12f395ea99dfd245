/* wait.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Functions that let time pass: without a core, or on one.
 */

#include "catalogue/functions.h"

#include <errno.h>
#include <time.h>

#define NS_PER_S 1000000000ll

/* Rounds between two looks at the clock: some 2 µs, against 0.2 µs for a look. */
#define BURN_ROUNDS 2000

void
telar_burn (int64_t cpu_ns)
{
  if (cpu_ns <= 0)
    return;

  int64_t           until = telar_call_cpu_ns () + cpu_ns;
  volatile uint64_t kept;
  uint64_t          value = (uint64_t) until;

  do
    {
      for (int i = 0; i < BURN_ROUNDS; i++)
        value = value * 6364136223846793005u + 1442695040888963407u;
      kept = value; /* else the compiler sees that nobody needs it */
    }
  while (telar_call_cpu_ns () < until);
  (void) kept;
}

TelarResult
telar_function_busy (TelarCall *call)
{
  telar_burn (telar_call_duration (call, 0));
  return telar_result_none ();
}

TelarResult
telar_function_sleep (TelarCall *call)
{
  int64_t         duration = telar_call_duration (call, 0);
  struct timespec now, until;

  if (duration <= 0)
    return telar_result_none ();
  clock_gettime (CLOCK_MONOTONIC, &now);
  int64_t until_ns = now.tv_sec * NS_PER_S + now.tv_nsec + duration;

  until.tv_sec = (time_t) (until_ns / NS_PER_S);
  until.tv_nsec = (long) (until_ns % NS_PER_S);
  telar_call_wait_begins (call, TELAR_CAUSE_SLEEP, until_ns);
  /* An absolute time: being interrupted does not make it longer. */
  while (clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR)
    continue;
  telar_call_wait_ends (call);
  return telar_result_none ();
}
