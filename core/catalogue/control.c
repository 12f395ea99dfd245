/* control.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Functions that control tasks: others, which the scope does for them, and the
 * task's own process.
 */

#include "catalogue/functions.h"

#include <signal.h>
#include <string.h>
#include <time.h>

#define NS_PER_S 1000000000ll
#define NO_LIMIT (-1)

static int64_t
now_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * NS_PER_S + now.tv_nsec;
}

TelarResult
telar_function_start (TelarCall *call)
{
  size_t          n;
  const uint32_t *tasks = telar_call_tasks (call, 0, &n);

  for (size_t i = 0; i < n; i++)
    {
      TelarResult result = telar_call_start (call, tasks[i]);
      if (result.type == TELAR_RESULT_ERROR)
        return result;
    }
  return telar_result_none ();
}

TelarResult
telar_function_join (TelarCall *call)
{
  size_t          n;
  const uint32_t *tasks = telar_call_tasks (call, 0, &n);
  int64_t         timeout = telar_call_duration (call, 1);
  int64_t         until;
  bool            all = true;

  if (timeout == NO_LIMIT)
    {
      for (size_t i = 0; i < n; i++)
        {
          TelarResult result = telar_call_join (call, tasks[i], NO_LIMIT);
          if (result.type == TELAR_RESULT_ERROR)
            return result;
        }
      return telar_result_none ();
    }

  /* One timeout for all of the copies; when it is over the rest are only
   * looked at, so that those which have ended are joined. */
  until = now_ns () + (timeout > 0 ? timeout : 0);
  for (size_t i = 0; i < n; i++)
    {
      int64_t     left = until - now_ns ();
      TelarResult result = telar_call_join (call, tasks[i], left > 0 ? left : 0);

      if (result.type == TELAR_RESULT_ERROR)
        return result;
      all = all && result.integer != 0;
    }
  return telar_result_boolean (all);
}

static TelarResult
signal_tasks (TelarCall *call, int signal_number)
{
  size_t          n;
  const uint32_t *tasks = telar_call_tasks (call, 0, &n);

  for (size_t i = 0; i < n; i++)
    {
      TelarResult result = telar_call_signal (call, tasks[i], signal_number);
      if (result.type == TELAR_RESULT_ERROR)
        return result;
    }
  return telar_result_none ();
}

TelarResult
telar_function_terminate (TelarCall *call)
{
  return signal_tasks (call, SIGTERM);
}

TelarResult
telar_function_kill (TelarCall *call)
{
  return signal_tasks (call, SIGKILL);
}

/* Of copies: whether one of them is. */
TelarResult
telar_function_is_alive (TelarCall *call)
{
  size_t          n;
  const uint32_t *tasks = telar_call_tasks (call, 0, &n);
  bool            any = false;

  for (size_t i = 0; i < n; i++)
    {
      TelarResult result = telar_call_is_alive (call, tasks[i]);
      if (result.type == TELAR_RESULT_ERROR)
        return result;
      any = any || result.integer != 0;
    }
  return telar_result_boolean (any);
}

/* Of copies: none while one of them has none, else the first that is not 0. */
TelarResult
telar_function_exitcode (TelarCall *call)
{
  size_t          n;
  const uint32_t *tasks = telar_call_tasks (call, 0, &n);
  int64_t         code = 0;
  bool            all = true;

  for (size_t i = 0; i < n; i++)
    {
      TelarResult result = telar_call_exitcode (call, tasks[i]);
      if (result.type == TELAR_RESULT_ERROR)
        return result;
      all = all && result.type == TELAR_RESULT_INTEGER;
      if (code == 0)
        code = result.integer;
    }
  return all ? telar_result_integer (code) : telar_result_none ();
}

/* Of copies: that of the first. */
TelarResult
telar_function_pid (TelarCall *call)
{
  size_t          n;
  const uint32_t *tasks = telar_call_tasks (call, 0, &n);

  return n > 0 ? telar_call_pid (call, tasks[0]) : telar_result_none ();
}

TelarResult
telar_function_active_children (TelarCall *call)
{
  return telar_result_integer (telar_call_active_children (call));
}

TelarResult
telar_function_cpu_count (TelarCall *call)
{
  return telar_result_integer (telar_call_n_online_cores (call));
}

TelarResult
telar_function_usable_cpu_count (TelarCall *call)
{
  return telar_result_integer (telar_call_n_cores (call));
}

TelarResult
telar_function_ignore (TelarCall *call)
{
  int              signal_number = (int) telar_call_integer (call, 0);
  struct sigaction ignore = { .sa_handler = SIG_IGN };

  sigemptyset (&ignore.sa_mask);
  /* Ignoring SIGCHLD would make the kernel forget how children ended. */
  if (signal_number == SIGCHLD || sigaction (signal_number, &ignore, NULL) != 0)
    {
      telar_call_printf (call, TELAR_STREAM_ERR, "signal %d cannot be ignored\n", signal_number);
      return telar_result_error (TELAR_ERROR_SIGNAL);
    }
  return telar_result_none ();
}

TelarResult
telar_function_exit (TelarCall *call)
{
  return (TelarResult){ .type = TELAR_RESULT_NONE, .ends_task = true,
                        .exit_code = (int) telar_call_integer (call, 0) };
}

TelarResult
telar_function_fail (TelarCall *call)
{
  const char *text = telar_call_text (call, 0);

  telar_call_write (call, TELAR_STREAM_ERR, text, strlen (text));
  telar_call_write (call, TELAR_STREAM_ERR, "\n", 1);
  return (TelarResult){ .type = TELAR_RESULT_NONE, .ends_task = true, .exit_code = 1 };
}

/* Those whose default is to stop the process, or nothing, and those that glibc
 * keeps for itself. */
static bool
ends_a_process (int signal_number)
{
  switch (signal_number)
    {
    case SIGCHLD:
    case SIGCONT:
    case SIGURG:
    case SIGWINCH:
    case SIGSTOP:
    case SIGTSTP:
    case SIGTTIN:
    case SIGTTOU:
      return false;
    default:
      return signal_number > 0 && signal_number < __SIGRTMIN
             ? true
             : signal_number >= SIGRTMIN && signal_number <= SIGRTMAX;
    }
}

TelarResult
telar_function_crash (TelarCall *call)
{
  int              signal_number = (int) telar_call_integer (call, 0);
  struct sigaction standard = { .sa_handler = SIG_DFL };
  sigset_t         one;

  if (ends_a_process (signal_number))
    {
      sigemptyset (&standard.sa_mask);
      sigaction (signal_number, &standard, NULL);
      sigemptyset (&one);
      sigaddset (&one, signal_number);
      pthread_sigmask (SIG_UNBLOCK, &one, NULL);
      /* To this very thread, so that nothing runs after it; it ends them all. */
      raise (signal_number);
    }
  telar_call_printf (call, TELAR_STREAM_ERR, "signal %d does not end a process\n", signal_number);
  return telar_result_error (TELAR_ERROR_SIGNAL);
}
