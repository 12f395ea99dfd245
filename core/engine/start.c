/* start.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/start.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/ended.h"
#include "engine/forkserver.h"
#include "engine/place.h"
#include "engine/share.h"
#include "engine/spawn.h"
#include "engine/task.h"
#include "engine/title.h"

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

void
telar_start_here (const TelarProgram *program, uint32_t number)
{
  TelarSelf self = self_of (program, number);
  int       exit_code;

  telar_share_init (&self);
  /* A parent that is killed right after the fork never says whose pid this is. */
  atomic_store (&telar_shared_row (program->shared, number)->pid, getpid ());
  /* Before the first thread, and on all of the run's cores. */
  if (number == TELAR_MAIN)
    telar_forkserver_open (&self);
  place_on_core (program, self.task);
  telar_title_set_process (title_of (program, number));
  exit_code = telar_task_run (&self);
  if (number == TELAR_MAIN)
    telar_forkserver_close (&self);
  _exit (exit_code);
}

static void *
run_thread (void *data)
{
  ThreadStart         start = *(ThreadStart *) data;
  const TelarProgram *program = start.program;
  TelarSelf           self = self_of (program, start.task);
  TelarRow           *row = telar_shared_row (program->shared, start.task);

  free (data);
  telar_share_init (&self);
  place_on_core (program, self.task);
  telar_title_set_thread (title_of (program, start.task));
  atomic_store (&row->exit, telar_task_run (&self));
  telar_ended_tell (row);
  return NULL;
}

static int
fork_process (TelarSelf *self, uint32_t number, TelarRow *row)
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
      close_range ((unsigned) self->program->shared->first_descriptor, ~0u, 0);
      pthread_sigmask (SIG_SETMASK, &before, NULL);
      telar_start_here (self->program, number);
    }
  pthread_sigmask (SIG_SETMASK, &before, NULL);
  if (pid < 0)
    return error;
  atomic_store (&row->pid, pid);
  return 0;
}

static int
spawn_process (TelarSelf *self, uint32_t number, TelarRow *row)
{
  pid_t pid;
  int   error = telar_spawn_task (self->program, number, &pid);

  if (error == 0)
    atomic_store (&row->pid, pid);
  return error;
}

static int
start_process (TelarSelf *self, uint32_t number, TelarRow *row)
{
  switch (telar_self_plan_task (self, number)->start_method)
    {
    case TELAR_METHOD_SPAWN:
      return spawn_process (self, number, row);
    case TELAR_METHOD_FORKSERVER:
      return telar_forkserver_start (self, number);
    case TELAR_METHOD_FORK:
    default:
      return fork_process (self, number, row);
    }
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
      telar_share_never_runs (self->program, number);
      telar_self_record (self, TELAR_EVENT_REFUSED, number, error, 0, true);
      return error;
    }
  telar_self_record (self, TELAR_EVENT_STARTED, number, atomic_load (&row->pid), 0, true);
  return 0;
}
