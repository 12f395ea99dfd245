/* forkserver.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/forkserver.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/spawn.h"
#include "recorder/clock.h"

/* Between two looks whether the server that is to answer is still there. */
#define PERIOD (50 * TELAR_MILLISECOND)

static void become_server (const TelarProgram *program) __attribute__ ((noreturn));

/* Waits for the first request, and leaves it for the program to read. */
static void
become_server (const TelarProgram *program)
{
  char    byte;
  ssize_t size;

  do
    size = recv (TELAR_FD_REQUESTS, &byte, 1, MSG_PEEK);
  while (size < 0 && errno == EINTR);
  if (size > 0)
    telar_spawn_server (program);
  _exit (1);
}

void
telar_forkserver_open (TelarSelf *self)
{
  const TelarProgram *program = self->program;

  if (!telar_plan_uses (program->plan, TELAR_METHOD_FORKSERVER))
    return;
  telar_self_record (self, TELAR_EVENT_SERVER, TELAR_MAIN, 0, 0, true);
  pid_t pid = fork ();
  if (pid == 0)
    become_server (program);
  close (TELAR_FD_REQUESTS);
  atomic_store (&program->shared->server, pid > 0 ? pid : 0);
  telar_self_record (self, TELAR_EVENT_SERVER, TELAR_MAIN, pid > 0 ? pid : -1, 0, true);
}

void
telar_forkserver_close (TelarSelf *self)
{
  TelarShared *shared = self->program->shared;
  pid_t        pid = atomic_exchange (&shared->server, 0);

  if (pid <= 0)
    return;
  kill (pid, SIGKILL);
  while (waitpid (pid, NULL, 0) < 0 && errno == EINTR)
    ;
}

/* Returns: 0, or errno. */
static int
ask (uint32_t task, int signal_number)
{
  TelarServerRequest request = { .task = task, .signal = signal_number };
  ssize_t            sent;

  do
    sent = send (TELAR_FD_SERVER, &request, sizeof request, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent < 0 ? errno : 0;
}

/* Nobody else holds the other end. */
static bool
server_is_there (void)
{
  struct pollfd server = { .fd = TELAR_FD_SERVER };

  return poll (&server, 1, 0) == 0;
}

int
telar_forkserver_start (TelarSelf *self, uint32_t task)
{
  TelarRow *row = telar_self_row (self, task);
  int       error = ask (task, 0);
  int32_t   pid;

  if (error != 0)
    return error;
  while ((pid = atomic_load (&row->pid)) == 0)
    {
      struct timespec pause = telar_timespec (PERIOD);
      if (syscall (SYS_futex, &row->pid, FUTEX_WAIT, 0, &pause, NULL, 0) != 0 && errno == ETIMEDOUT
          && !server_is_there () && atomic_load (&row->pid) == 0)
        return EPIPE;
    }
  return pid > 0 ? 0 : -pid;
}

void
telar_forkserver_signal (TelarSelf *self, uint32_t task, int signal_number)
{
  /* Where the server is gone nobody reaps, but the engine, which has not yet. */
  if (ask (task, signal_number) != 0
      && atomic_load (&telar_self_row (self, task)->ended) != TELAR_HAS_ENDED)
    kill (atomic_load (&telar_self_row (self, task)->pid), signal_number);
}
