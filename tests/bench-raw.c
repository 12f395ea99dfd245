/* bench-raw.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The baseline that Telar's runs are measured against: the same duties in the
 * fewest lines of C, in a program on libc alone.
 *
 *   bench-raw process N    fork, exit, waitpid, one after the other
 *   bench-raw spawn N      posix_spawn of this program, waitpid, one after the other
 *   bench-raw thread N     pthread_create, pthread_join, one after the other
 *   bench-raw many N       N processes started, then joined
 *   bench-raw event N      N events into a ring
 *
 * Prints nanoseconds for one (for all, with `many`).
 */

#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "recorder/clock.h"
#include "recorder/ring.h"

/* What a task does as well: its name, its times, its exit code where others
 * can read them. */
typedef struct
{
  int64_t begin, run, end, joined, cpu;
  int     pid, exit;
} Row;

static Row *rows;

static void
duties (Row *row)
{
  row->run = telar_now_ns ();
  prctl (PR_SET_NAME, "task");
  row->cpu = telar_thread_cpu_ns ();
  row->end = telar_now_ns ();
}

static void
start_process (Row *row)
{
  row->begin = telar_now_ns ();
  pid_t pid = fork ();
  if (pid == 0)
    {
      duties (row);
      _exit (0);
    }
  if (pid < 0)
    {
      perror ("fork");
      exit (1);
    }
  row->pid = pid;
}

static void
join_process (Row *row)
{
  int status;

  if (waitpid (row->pid, &status, 0) < 0)
    exit (1);
  row->exit = WEXITSTATUS (status);
  row->joined = telar_now_ns ();
}

static void *
run_thread (void *data)
{
  duties (data);
  return NULL;
}

static int64_t
processes (long n)
{
  int64_t begin = telar_now_ns ();

  for (long i = 0; i < n; i++)
    {
      start_process (&rows[i]);
      join_process (&rows[i]);
    }
  return (telar_now_ns () - begin) / n;
}

/* What is spawned: this program, which does the same duties to a row of its own. */
static int
be_spawned (void)
{
  Row row;

  duties (&row);
  return 0;
}

static int64_t
spawned (long n)
{
  char    what[] = "spawned";
  char   *arguments[] = { what, what, NULL };
  int64_t begin = telar_now_ns ();

  for (long i = 0; i < n; i++)
    {
      rows[i].begin = telar_now_ns ();
      if (posix_spawn (&rows[i].pid, "/proc/self/exe", NULL, NULL, arguments, environ) != 0)
        exit (1);
      join_process (&rows[i]);
    }
  return (telar_now_ns () - begin) / n;
}

static int64_t
threads (long n)
{
  int64_t begin = telar_now_ns ();

  for (long i = 0; i < n; i++)
    {
      pthread_t thread;
      rows[i].begin = telar_now_ns ();
      if (pthread_create (&thread, NULL, run_thread, &rows[i]) != 0)
        exit (1);
      pthread_join (thread, NULL);
      rows[i].joined = telar_now_ns ();
    }
  return (telar_now_ns () - begin) / n;
}

static int64_t
many (long n)
{
  int64_t begin = telar_now_ns ();

  for (long i = 0; i < n; i++)
    start_process (&rows[i]);
  for (long i = 0; i < n; i++)
    join_process (&rows[i]);
  return telar_now_ns () - begin;
}

/* In stretches that fit into the ring; only the writing is timed. */
static int64_t
events (long n)
{
  const uint32_t capacity = 4096;
  TelarRing     *ring = mmap (NULL, telar_ring_size (capacity), PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  TelarEvent     taken[64];
  int64_t        time = 0;

  if (ring == MAP_FAILED)
    return -1;
  ring->capacity = capacity;
  for (long done = 0; done < n; done += capacity)
    {
      int64_t begin = telar_now_ns ();
      for (uint32_t i = 0; i < capacity; i++)
        {
          TelarEvent event = { .ns = telar_now_ns (), .task = 1, .kind = TELAR_EVENT_WAIT_BEGIN };
          telar_ring_write (ring, false, &event);
        }
      time += telar_now_ns () - begin;
      while (telar_ring_read (ring, taken, 64) > 0)
        ;
    }
  return time / ((n + capacity - 1) / capacity * capacity);
}

int
main (int argc, char **argv)
{
  long    n = argc > 2 ? atol (argv[2]) : 0;
  int64_t ns;

  if (argc == 2 && strcmp (argv[1], "spawned") == 0)
    return be_spawned ();

  if (n < 1)
    {
      fprintf (stderr, "bench-raw process|spawn|thread|many|event N\n");
      return 2;
    }
  rows = mmap (NULL, (size_t) n * sizeof (Row), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
               -1, 0);
  if (rows == MAP_FAILED)
    return 1;
  if (strcmp (argv[1], "process") == 0)
    ns = processes (n);
  else if (strcmp (argv[1], "spawn") == 0)
    ns = spawned (n);
  else if (strcmp (argv[1], "thread") == 0)
    ns = threads (n);
  else if (strcmp (argv[1], "many") == 0)
    ns = many (n);
  else
    ns = events (n);
  printf ("%lld\n", (long long) ns);
  return 0;
}
