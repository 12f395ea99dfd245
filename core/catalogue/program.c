/* program.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "catalogue/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

#define NS_PER_S  1000000000ll
#define NS_PER_US 1000ll

/* What a program writes: standard output, standard error, its answer. */
enum { OUT, ERR, ANSWER, N_PIPES };

/* A program and the ends of its pipes that this task reads; -1 when closed. */
typedef struct
{
  pid_t pid;
  int   pidfd;
  int   streams[2];
} Program;

static void
close_pipes (int pipes[N_PIPES][2], int n)
{
  for (int i = 0; i < n; i++)
    {
      close (pipes[i][0]);
      close (pipes[i][1]);
    }
}

/* Both ends close on exec: dup2 in the child makes those that it keeps. */
static bool
make_pipes (int pipes[N_PIPES][2], int n)
{
  for (int i = 0; i < n; i++)
    if (pipe2 (pipes[i], O_CLOEXEC) != 0)
      {
        int error = errno;
        close_pipes (pipes, i);
        errno = error;
        return false;
      }
  return true;
}

/* Starts @arguments[0], found as a shell would, with standard input empty, the
 * pipes as descriptors 1, 2 and 3 (which is why the last one is copied last: an
 * earlier one may be there), no other descriptor, and every signal as at a login.
 *
 * Returns: 0 or errno; that of the exec too. */
static int
spawn (pid_t *pid, char *const *arguments, int pipes[N_PIPES][2], int n)
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
  for (int i = 0; i < n && error == 0; i++)
    error = posix_spawn_file_actions_adddup2 (&actions, pipes[i][1], 1 + i);
  if (error == 0)
    error = posix_spawn_file_actions_addclosefrom_np (&actions, 1 + n);
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

/* What the program has answered: all of it was written before it ended. */
static void
read_answer (int descriptor, char answer[TELAR_PROGRAM_ANSWER_SIZE])
{
  ssize_t n;

  fcntl (descriptor, F_SETFL, O_NONBLOCK);
  do
    n = read (descriptor, answer, TELAR_PROGRAM_ANSWER_SIZE - 1);
  while (n < 0 && errno == EINTR);
  answer[n > 0 ? n : 0] = '\0';
  close (descriptor);
}

void
telar_program_run (TelarCall *call, char *const *arguments, bool answers, TelarProgramEnd *end)
{
  int     n = answers ? N_PIPES : ANSWER;
  int     pipes[N_PIPES][2];
  Program program;

  *end = (TelarProgramEnd){ 0 };
  if (!make_pipes (pipes, n))
    {
      end->error = errno;
      return;
    }
  end->error = spawn (&program.pid, arguments, pipes, n);
  if (end->error != 0)
    {
      close_pipes (pipes, n);
      return;
    }
  for (int i = 0; i < n; i++)
    close (pipes[i][1]);

  telar_call_program_runs (call, program.pid);
  program.pidfd = (int) syscall (SYS_pidfd_open, program.pid, 0);
  for (int i = 0; i < 2; i++)
    {
      program.streams[i] = pipes[i][0];
      fcntl (program.streams[i], F_SETFL, O_NONBLOCK);
    }
  follow (call, &program);
  end->code = await_end (call, &program);
  if (answers)
    read_answer (pipes[ANSWER][0], end->answer);
}

TelarResult
telar_program_result (const TelarProgramEnd *end)
{
  TelarResult result = telar_result_integer (end->code);

  result.ends_task = end->code != 0;
  result.exit_code = end->code;
  return result;
}
