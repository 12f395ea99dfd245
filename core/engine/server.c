/* server.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/server.h"

#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/ended.h"
#include "engine/forkserver.h"
#include "engine/share.h"
#include "engine/start.h"
#include "recorder/clock.h"

/* A task that was forked and not reaped. */
typedef struct
{
  pid_t    pid;
  uint32_t task;
} Served;

typedef struct
{
  const TelarProgram *program; /* borrowed */
  Served             *list;    /* owned, in no order */
  uint32_t            n;
  uint32_t            room;
  int                 ends;    /* signalfd */
  sigset_t            none;    /* what is blocked in what it forks */
} Server;

/* Between two looks for ends where no descriptor tells of them, ms. */
#define BLIND_PERIOD 5

/* Into the task's own ring, which nobody else writes to yet. */
static void
record_fork (const TelarProgram *program, uint32_t task)
{
  TelarRing *ring = telar_shared_open_ring (program->shared, program->plan, task);
  TelarEvent event = { .ns = telar_now_ns (), .value = getpid (), .task = task, .writer = task,
                       .kind = TELAR_EVENT_SERVED };

  telar_ring_write (ring, true, &event);
}

static bool
make_room (Server *server)
{
  uint32_t room = server->room == 0 ? 64 : server->room * 2;
  Served  *list;

  if (server->n < server->room)
    return true;
  list = realloc (server->list, room * sizeof *list);
  if (list == NULL)
    return false;
  server->list = list;
  server->room = room;
  return true;
}

/* To whoever asked: the pid, or -errno. */
static void
answer (TelarRow *row, int32_t pid)
{
  atomic_store (&row->pid, pid);
  syscall (SYS_futex, &row->pid, FUTEX_WAKE, INT32_MAX, NULL, NULL, 0);
}

static void
start (Server *server, uint32_t task)
{
  TelarRow *row = telar_shared_row (server->program->shared, task);

  if (!make_room (server))
    {
      answer (row, -ENOMEM);
      return;
    }
  record_fork (server->program, task);
  pid_t pid = fork ();
  if (pid == 0)
    {
      close_range ((unsigned) server->program->shared->first_descriptor, ~0u, 0);
      sigprocmask (SIG_SETMASK, &server->none, NULL);
      telar_start_here (server->program, task);
    }
  if (pid > 0)
    server->list[server->n++] = (Served){ pid, task };
  answer (row, pid > 0 ? pid : -errno);
}

static void
pass_on (Server *server, uint32_t task, int signal_number)
{
  for (uint32_t i = 0; i < server->n; i++)
    if (server->list[i].task == task)
      kill (server->list[i].pid, signal_number);
}

/* Returns: false when nobody is left who could ask. */
static bool
take_request (Server *server)
{
  TelarServerRequest request;
  ssize_t            size = recv (TELAR_FD_REQUESTS, &request, sizeof request, MSG_DONTWAIT);

  if (size < 0)
    return errno == EAGAIN || errno == EINTR;
  if (size == 0)
    return false;
  /* Any process of the run can write here: believe nothing. */
  if (size != sizeof request || request.task >= server->program->plan->n_tasks)
    return true;
  const TelarPlanTask *task = telar_plan_task (server->program->plan, request.task);
  if (task->kind != TELAR_KIND_PROCESS || task->start_method != TELAR_METHOD_FORKSERVER)
    return true;
  if (request.signal == 0)
    start (server, request.task);
  else
    pass_on (server, request.task, request.signal);
  return true;
}

static void
tell_end (Server *server, const siginfo_t *info)
{
  for (uint32_t i = 0; i < server->n; i++)
    if (server->list[i].pid == info->si_pid)
      {
        uint32_t  task = server->list[i].task;
        TelarRow *row = telar_shared_row (server->program->shared, task);
        int       exit = info->si_code == CLD_EXITED ? info->si_status : -info->si_status;

        server->list[i] = server->list[--server->n];
        atomic_store (&row->exit, exit);
        telar_share_process_ended (server->program, task, exit);
        telar_ended_tell (row);
        return;
      }
}

static void
reap (Server *server)
{
  struct signalfd_siginfo told;

  while (read (server->ends, &told, sizeof told) == sizeof told)
    ;
  for (;;)
    {
      siginfo_t info = { 0 };
      if (waitid (P_ALL, 0, &info, WEXITED | WNOHANG) != 0 || info.si_pid == 0)
        return;
      tell_end (server, &info);
    }
}

void
telar_server_run (const TelarProgram *program)
{
  Server   server = { .program = program };
  sigset_t ends, all;

  sigemptyset (&server.none);
  sigemptyset (&ends);
  sigaddset (&ends, SIGCHLD);
  sigfillset (&all);
  /* No signal finds a task between two lives, and none ends the server but SIGKILL. */
  sigprocmask (SIG_SETMASK, &all, NULL);
  server.ends = signalfd (-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
  for (;;)
    {
      struct pollfd watched[] = { { .fd = TELAR_FD_REQUESTS, .events = POLLIN },
                                  { .fd = server.ends, .events = POLLIN } };

      poll (watched, 2, server.ends >= 0 ? -1 : BLIND_PERIOD);
      if (watched[1].revents != 0 || server.ends < 0)
        reap (&server);
      if (watched[0].revents != 0 && !take_request (&server))
        _exit (0);
    }
}
