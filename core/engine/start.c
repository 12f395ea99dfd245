/* start.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/start.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/ended.h"
#include "engine/place.h"
#include "engine/task.h"
#include "engine/title.h"
#include "recorder/clock.h"

typedef struct
{
  const TelarProgram *program;
  uint32_t            task;
} ThreadStart;

static TelarSelf
self_of (const TelarProgram *program, uint32_t number)
{
  return (TelarSelf){
    .program = program,
    .task = telar_plan_task (program->plan, number),
    .number = number,
    .ring = telar_shared_open_ring (program->shared, program->plan, number),
  };
}

static const char *
title_of (const TelarProgram *program, uint32_t number)
{
  return telar_plan_text (program->plan, telar_plan_task (program->plan, number)->title);
}

/* A pinned task goes to its core; one that is not, back to all of the run's,
 * where its parent is pinned. */
static void
place_on_core (const TelarProgram *program, const TelarPlanTask *task)
{
  uint64_t mask[TELAR_MAX_CORES / 64] = { 0 };

  if (task->core >= 0)
    mask[task->core / 64] = 1ull << (task->core % 64);
  else if (task->parent != TELAR_NO_TASK && telar_plan_task (program->plan, task->parent)->core >= 0)
    memcpy (mask, program->shared->cores, sizeof mask);
  else
    return;
  sched_setaffinity (0, sizeof mask, (cpu_set_t *) mask);
}

static void run_process (const TelarProgram *program, uint32_t number) __attribute__ ((noreturn));

static void
run_process (const TelarProgram *program, uint32_t number)
{
  TelarSelf self = self_of (program, number);

  place_on_core (program, self.task);
  telar_title_set_process (title_of (program, number));
  _exit (telar_task_run (&self));
}

static void *
run_thread (void *data)
{
  ThreadStart         start = *(ThreadStart *) data;
  const TelarProgram *program = start.program;
  TelarSelf           self = self_of (program, start.task);
  TelarRow           *row = telar_shared_row (program->shared, start.task);

  free (data);
  place_on_core (program, self.task);
  telar_title_set_thread (title_of (program, start.task));
  atomic_store (&row->exit, telar_task_run (&self));
  telar_ended_tell (row);
  return NULL;
}

static int
start_process (TelarSelf *self, uint32_t number, TelarRow *row)
{
  sigset_t all, before;

  /* No signal finds the child between two lives. */
  sigfillset (&all);
  pthread_sigmask (SIG_SETMASK, &all, &before);
  pid_t pid = fork ();
  int   error = errno;
  if (pid == 0)
    {
      /* What the parent opened to watch its other children. */
      close_range (TELAR_FD_FIRST, ~0u, 0);
      pthread_sigmask (SIG_SETMASK, &before, NULL);
      run_process (self->program, number);
    }
  pthread_sigmask (SIG_SETMASK, &before, NULL);
  if (pid < 0)
    return error;
  atomic_store (&row->pid, pid);
  return 0;
}

static int
start_thread (TelarSelf *self, uint32_t number, TelarRow *row)
{
  ThreadStart *start = malloc (sizeof *start);

  if (start == NULL)
    return ENOMEM;
  *start = (ThreadStart){ self->program, number };
  int error = pthread_create (&row->thread, NULL, run_thread, start);
  if (error != 0)
    free (start);
  return error;
}

int
telar_start_task (TelarSelf *self, uint32_t number)
{
  TelarRow *row = telar_self_row (self, number);
  bool      thread = telar_self_plan_task (self, number)->kind == TELAR_KIND_THREAD;

  atomic_store (&row->state, TELAR_ROW_STARTED);
  telar_self_record (self, TELAR_EVENT_START, number, 0, 0, true);

  int error = thread ? start_thread (self, number, row) : start_process (self, number, row);

  if (error != 0)
    {
      atomic_store (&row->state, TELAR_ROW_REFUSED);
      telar_place_leave (self->program, number);
      telar_self_record (self, TELAR_EVENT_REFUSED, number, error, 0, true);
      return error;
    }
  telar_self_record (self, TELAR_EVENT_STARTED, number, atomic_load (&row->pid), 0, true);
  return 0;
}

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

  if (telar_self_plan_task (self, number)->kind == TELAR_KIND_THREAD)
    {
      /* Forever is the common case, and pthread_join alone then suffices. */
      if (timeout_ns >= 0 && !telar_ended_await (row, timeout_ns))
        return false;
      pthread_join (row->thread, NULL);
    }
  else if (!await_process (row, timeout_ns))
    return false;

  atomic_store (&row->state, TELAR_ROW_JOINED);
  telar_place_leave (self->program, number);
  telar_self_record (self, TELAR_EVENT_JOIN, number, atomic_load (&row->exit), 0, true);
  return true;
}

bool
telar_has_ended (TelarSelf *self, uint32_t number)
{
  TelarRow *row = telar_self_row (self, number);

  if (telar_self_plan_task (self, number)->kind == TELAR_KIND_THREAD)
    return atomic_load (&row->ended) == TELAR_HAS_ENDED;

  siginfo_t info = { 0 };
  if (waitid (P_PID, (id_t) atomic_load (&row->pid), &info, WEXITED | WNOHANG | WNOWAIT) < 0)
    return true;
  return info.si_pid != 0;
}

void
telar_start_main (const TelarProgram *program)
{
  run_process (program, TELAR_MAIN);
}
