/* yours.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Programs of one's own, run as a task.
 */

#include "catalogue/functions.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

#define NS_PER_S  1000000000ll
#define NS_PER_US 1000ll

/* A program and the ends of its pipes that this task reads; -1 when closed. */
typedef struct
{
  pid_t pid;
  int   pidfd;
  int   streams[2];
} Program;

/* Both ends close on exec: dup2 in the child makes those that it keeps. */
static bool
make_pipes (int pipes[2][2])
{
  if (pipe2 (pipes[0], O_CLOEXEC) != 0)
    return false;
  if (pipe2 (pipes[1], O_CLOEXEC) != 0)
    {
      int error = errno;
      close (pipes[0][0]);
      close (pipes[0][1]);
      errno = error;
      return false;
    }
  return true;
}

/* Starts @arguments[0], found as a shell would, with standard input empty, the
 * pipes as output, no other descriptor, and every signal as at a login.
 *
 * Returns: 0 or errno; that of the exec too. */
static int
spawn (pid_t *pid, char *const *arguments, int pipes[2][2])
{
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t          attributes;
  sigset_t                   all, none;
  int                        error;

  sigfillset (&all);
  sigemptyset (&none);
  posix_spawn_file_actions_init (&actions);
  posix_spawnattr_init (&attributes);
  error = posix_spawn_file_actions_addopen (&actions, 0, "/dev/null", O_RDONLY, 0);
  for (int i = 0; i < 2 && error == 0; i++)
    error = posix_spawn_file_actions_adddup2 (&actions, pipes[i][1], 1 + i);
  if (error == 0)
    error = posix_spawn_file_actions_addclosefrom_np (&actions, 3);
  if (error == 0)
    {
      posix_spawnattr_setsigdefault (&attributes, &all);
      posix_spawnattr_setsigmask (&attributes, &none);
      posix_spawnattr_setflags (&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
      error = posix_spawnp (pid, arguments[0], &actions, &attributes, arguments, environ);
    }
  posix_spawn_file_actions_destroy (&actions);
  posix_spawnattr_destroy (&attributes);
  return error;
}

static void
close_stream (Program *program, int stream)
{
  close (program->streams[stream]);
  program->streams[stream] = -1;
}

/* Prints what a stream holds now, one read of it, so that a program that prints
 * without a pause cannot keep the other stream waiting; closes it at its end.
 *
 * Returns: how much was read. */
static size_t
relay (TelarCall *call, Program *program, int stream)
{
  char    bytes[16384];
  ssize_t n = read (program->streams[stream], bytes, sizeof bytes);

  if (n > 0)
    telar_call_write (call, stream == 0 ? TELAR_STREAM_OUT : TELAR_STREAM_ERR, bytes, (size_t) n);
  else if (n == 0 || (errno != EAGAIN && errno != EINTR))
    close_stream (program, stream);
  return n > 0 ? (size_t) n : 0;
}

/* Prints what the program left in a stream when it ended, and no more: what it
 * started may go on printing for ever. */
static void
drain (TelarCall *call, Program *program, int stream)
{
  int left = 0;

  if (ioctl (program->streams[stream], FIONREAD, &left) != 0)
    left = 0;
  while (left > 0 && program->streams[stream] >= 0)
    {
      size_t n = relay (call, program, stream);
      if (n == 0)
        break;
      left -= (int) n;
    }
  if (program->streams[stream] >= 0)
    close_stream (program, stream);
}

/* Waits for any of @fds; the wait is shown only where there was one. */
static void
poll_program (TelarCall *call, struct pollfd *fds, nfds_t n)
{
  if (poll (fds, n, 0) != 0)
    return;
  telar_call_wait_begins (call, TELAR_CAUSE_PROGRAM, 0);
  while (poll (fds, n, -1) < 0 && errno == EINTR)
    continue;
  telar_call_wait_ends (call);
}

/* Relays both streams until the program has ended: not until the streams have,
 * which something that it left behind may hold open for ever. Where the kernel
 * has no descriptor for a process, the streams' end is all there is to go by. */
static void
follow (TelarCall *call, Program *program)
{
  bool ended = false;

  while (!ended && (program->pidfd >= 0 || program->streams[0] >= 0 || program->streams[1] >= 0))
    {
      struct pollfd fds[3] = { { .fd = program->streams[0], .events = POLLIN },
                               { .fd = program->streams[1], .events = POLLIN },
                               { .fd = program->pidfd, .events = POLLIN } };

      poll_program (call, fds, 3);
      ended = fds[2].revents != 0;
      for (int i = 0; i < 2; i++)
        if (program->streams[i] >= 0 && fds[i].revents != 0)
          relay (call, program, i);
    }
  for (int i = 0; i < 2; i++)
    if (program->streams[i] >= 0)
      drain (call, program, i);
}

static int64_t
cpu_of (const struct rusage *usage)
{
  return (usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * NS_PER_S
         + (usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) * NS_PER_US;
}

/* Returns: 0…255, as a shell tells it: 128 + N for signal N. */
static int
await_end (TelarCall *call, Program *program)
{
  struct rusage usage = { 0 };
  int           status = 0;

  while (wait4 (program->pid, &status, 0, &usage) < 0 && errno == EINTR)
    continue;
  if (program->pidfd >= 0)
    close (program->pidfd);
  telar_call_add_cpu (call, cpu_of (&usage));
  return WIFSIGNALED (status) ? 128 + WTERMSIG (status) : WEXITSTATUS (status);
}

static TelarResult
cannot_run (TelarCall *call, const char *program, int error)
{
  telar_call_printf (call, TELAR_STREAM_ERR, "%s: could not be run: %s\n", program,
                     strerror (error));
  return telar_result_error (error == ENOMEM ? TELAR_ERROR_MEMORY : TELAR_ERROR_PROGRAM);
}

TelarResult
telar_function_command (TelarCall *call)
{
  unsigned    n = telar_call_n_arguments (call);
  const char *name = telar_call_text (call, 0);
  char      **arguments = calloc (n + 1, sizeof (char *));
  int         pipes[2][2];
  Program     program;
  int         error;

  if (arguments == NULL)
    return telar_result_error (TELAR_ERROR_MEMORY);
  for (unsigned i = 0; i < n; i++)
    arguments[i] = (char *) (uintptr_t) telar_call_text (call, i);
  if (!make_pipes (pipes))
    {
      error = errno;
      free (arguments);
      return cannot_run (call, name, error);
    }
  error = spawn (&program.pid, arguments, pipes);
  free (arguments);
  for (int i = 0; i < 2; i++)
    {
      close (pipes[i][1]);
      program.streams[i] = pipes[i][0];
    }
  if (error != 0)
    {
      close (pipes[0][0]);
      close (pipes[1][0]);
      return cannot_run (call, name, error);
    }

  telar_call_program_runs (call, program.pid);
  program.pidfd = (int) syscall (SYS_pidfd_open, program.pid, 0);
  for (int i = 0; i < 2; i++)
    fcntl (program.streams[i], F_SETFL, O_NONBLOCK);
  follow (call, &program);

  int         code = await_end (call, &program);
  TelarResult result = telar_result_integer (code);
  result.ends_task = code != 0;
  result.exit_code = code;
  return result;
}
