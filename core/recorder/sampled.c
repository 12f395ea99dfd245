/* sampled.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "recorder/sampled.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "recorder/clock.h"

/* A look costs about 8 µs a thread. */
#define SHORTEST_PERIOD (4 * TELAR_MILLISECOND)
#define COST_OF_A_LOOK  (8 * 1000ll)
#define SHARE           25

#define BATCH 128

/* Descriptors that are left to others. */
#define SPARE 64

typedef struct
{
  int      pid, tid;
  uint32_t task;
  bool     program;
  int      schedstat; /* descriptors, or -1 */
  int      stat;
} Thread;

struct _TelarSampled
{
  Thread  *threads; /* owned */
  unsigned n;
  unsigned room;
  int      most;    /* descriptors below this one may be kept */
};

static int
open_file (const Thread *thread, const char *name)
{
  char path[96];

  snprintf (path, sizeof path, "/proc/%d/task/%d/%s", thread->pid, thread->tid, name);
  return open (path, O_RDONLY | O_CLOEXEC);
}

/* Opens a file to keep, unless that would take the last descriptors, which the
 * rest of the program needs. Returns: a descriptor, or -1. */
static int
keep_file (const TelarSampled *sampled, const Thread *thread, const char *name)
{
  int descriptor = open_file (thread, name);

  if (descriptor < sampled->most)
    return descriptor;
  close (descriptor);
  return -1;
}

/* Reads a file of /proc from its beginning, through a kept descriptor or, where
 * there were none to spare, one for this once. */
static ssize_t
read_file (const Thread *thread, const char *name, int kept, char *text, size_t size)
{
  int     descriptor = kept >= 0 ? kept : open_file (thread, name);
  ssize_t length = descriptor >= 0 ? pread (descriptor, text, size - 1, 0) : -1;

  if (descriptor >= 0 && descriptor != kept)
    close (descriptor);
  if (length >= 0)
    text[length] = '\0';
  return length;
}

/* "pid (comm) S …": state is field 3, utime and stime 14 and 15, processor 39.
 * The name may hold spaces and brackets: count from its last bracket on. */
static bool
parse_stat (const char *text, char *state, int *core, int64_t *ticks)
{
  const char *field = strrchr (text, ')');
  char       *end;

  if (field == NULL || field[1] != ' ')
    return false;
  field += 2;
  *state = *field;
  *ticks = 0;
  for (int number = 3; number < 39; number++)
    {
      if (number == 14 || number == 15)
        *ticks += strtoll (field, NULL, 10);
      field = strchr (field, ' ');
      if (field == NULL)
        return false;
      field++;
    }
  *core = (int) strtol (field, &end, 10);
  return end != field;
}

/* Returns: false where it is gone. */
static bool
look_at (const Thread *thread, TelarSample *sample)
{
  char      text[1024];
  char      state;
  int       core;
  int64_t   ticks;
  long long cpu, delay;

  if (read_file (thread, "stat", thread->stat, text, sizeof text) <= 0
      || !parse_stat (text, &state, &core, &ticks))
    return false;
  *sample = (TelarSample){ .task = thread->task, .tid = thread->tid, .core = (uint16_t) core,
                           .state = state, .program = thread->program, .delay_ns = -1 };

  /* A kernel without schedstat counts in ticks only. */
  if (read_file (thread, "schedstat", thread->schedstat, text, sizeof text) > 0
      && sscanf (text, "%lld %lld", &cpu, &delay) == 2)
    {
      sample->cpu_ns = cpu;
      sample->delay_ns = delay;
    }
  else
    sample->cpu_ns = ticks * (TELAR_SECOND / sysconf (_SC_CLK_TCK));
  sample->ns = telar_now_ns ();
  return true;
}

static void
forget (TelarSampled *sampled, unsigned index)
{
  Thread *thread = &sampled->threads[index];

  if (thread->stat >= 0)
    close (thread->stat);
  if (thread->schedstat >= 0)
    close (thread->schedstat);
  *thread = sampled->threads[--sampled->n];
}

TelarSampled *
telar_sampled_new (void)
{
  TelarSampled *sampled = calloc (1, sizeof *sampled);
  struct rlimit limit;

  if (sampled != NULL && getrlimit (RLIMIT_NOFILE, &limit) == 0)
    sampled->most = limit.rlim_cur < INT_MAX ? (int) limit.rlim_cur - SPARE : INT_MAX;
  return sampled;
}

void
telar_sampled_free (TelarSampled *sampled)
{
  if (sampled == NULL)
    return;
  while (sampled->n > 0)
    forget (sampled, sampled->n - 1);
  free (sampled->threads);
  free (sampled);
}

void
telar_sampled_add (TelarSampled *sampled, int pid, int tid, uint32_t task, bool program)
{
  for (unsigned i = 0; i < sampled->n; i++)
    if (sampled->threads[i].tid == tid)
      return;
  if (sampled->n == sampled->room)
    {
      unsigned room = sampled->room == 0 ? 64 : sampled->room * 2;
      Thread  *threads = realloc (sampled->threads, room * sizeof *threads);
      if (threads == NULL)
        return;
      sampled->threads = threads;
      sampled->room = room;
    }

  Thread *thread = &sampled->threads[sampled->n++];
  *thread = (Thread){ .pid = pid, .tid = tid, .task = task, .program = program };
  thread->stat = keep_file (sampled, thread, "stat");
  thread->schedstat = keep_file (sampled, thread, "schedstat");
}

void
telar_sampled_look (TelarSampled *sampled, TelarSamplesFunc take, void *data)
{
  TelarSample batch[BATCH];
  unsigned    n = 0;

  for (unsigned i = 0; i < sampled->n;)
    {
      if (!look_at (&sampled->threads[i], &batch[n]))
        {
          forget (sampled, i);
          continue;
        }
      i++;
      if (++n == BATCH)
        {
          take (batch, n, data);
          n = 0;
        }
    }
  if (n > 0)
    take (batch, n, data);
}

int64_t
telar_sampled_period (const TelarSampled *sampled)
{
  int64_t period = sampled->n * COST_OF_A_LOOK * SHARE;

  return period > SHORTEST_PERIOD ? period : SHORTEST_PERIOD;
}
