/* cost.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What another program costs, seen from a process that is small itself: a child's most
 * memory is never told to be less than its parent's.
 *
 *   cost SECONDS COMMAND…   prints seconds, seconds of CPU, KiB at most
 *
 * and ends as the command did; with 124 where it took longer than SECONDS.
 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pid_t child;

static void
end_child (int number)
{
  kill (-child, SIGKILL);
}

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static double
seconds (struct timeval time)
{
  return (double) time.tv_sec + (double) time.tv_usec / 1e6;
}

int
main (int argc, char **argv)
{
  struct sigaction action = { .sa_handler = end_child, .sa_flags = SA_RESTART };
  struct rusage usage;
  double begin, took;
  int status;

  if (argc < 3)
    {
      fprintf (stderr, "Usage: cost SECONDS COMMAND…\n");
      return 2;
    }
  begin = now ();
  child = fork ();
  if (child == 0)
    {
      int nothing = open ("/dev/null", O_RDWR);

      /* With what it starts, to be ended as one. */
      setpgid (0, 0);
      dup2 (nothing, 0);
      dup2 (nothing, 1);
      dup2 (nothing, 2);
      execvp (argv[2], argv + 2);
      _exit (127);
    }
  if (child < 0)
    {
      fprintf (stderr, "%s: %s\n", argv[2], strerror (errno));
      return 127;
    }
  setpgid (child, child);
  sigaction (SIGALRM, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
  alarm ((unsigned) atoi (argv[1]));
  while (wait4 (child, &status, 0, &usage) < 0 && errno == EINTR)
    ;
  took = now () - begin;
  printf ("%.4f %.4f %ld\n", took, seconds (usage.ru_utime) + seconds (usage.ru_stime),
          usage.ru_maxrss);
  if (took >= atoi (argv[1]))
    return 124;
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}
