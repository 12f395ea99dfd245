/* load.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "recorder/load.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plan/plan.h"
#include "recorder/clock.h"

/* Lines of 1,024 cores with ten numbers each. */
#define TEXT_SIZE (128 * 1024)

/* Fields of a line of /proc/stat, see proc(5). */
enum { USER, NICE, SYSTEM, IDLE, IOWAIT, IRQ, SOFTIRQ, STEAL, N_FIELDS };

typedef struct
{
  uint64_t all, busy, steal; /* ticks so far */
} Ticks;

struct _TelarLoads
{
  int     descriptor;
  int64_t then;
  Ticks   before[TELAR_MAX_CORES];
  char    text[TEXT_SIZE];
};

static uint16_t
per_mille (uint64_t part, uint64_t whole)
{
  return whole > 0 ? (uint16_t) (part * 1000 / whole) : 0;
}

static Ticks
ticks_of (const uint64_t *fields)
{
  Ticks ticks = { .steal = fields[STEAL] };

  for (int i = 0; i < N_FIELDS; i++)
    {
      ticks.all += fields[i];
      if (i != IDLE && i != IOWAIT && i != STEAL)
        ticks.busy += fields[i];
    }
  return ticks;
}

/* Reads "cpu3 1 2 3 …". Returns: whether the line is one of a core. */
static bool
parse_line (const char *line, unsigned *core, uint64_t *fields)
{
  char *at;

  if (strncmp (line, "cpu", 3) != 0 || line[3] < '0' || line[3] > '9')
    return false;
  *core = (unsigned) strtoul (line + 3, &at, 10);
  for (int i = 0; i < N_FIELDS; i++)
    fields[i] = strtoull (at, &at, 10);
  return *core < TELAR_MAX_CORES;
}

TelarLoads *
telar_loads_new (void)
{
  TelarLoads *loads = calloc (1, sizeof *loads);

  if (loads == NULL)
    return NULL;
  loads->descriptor = open ("/proc/stat", O_RDONLY | O_CLOEXEC);
  if (loads->descriptor < 0)
    {
      free (loads);
      return NULL;
    }
  telar_loads_look (loads, NULL, NULL);
  return loads;
}

void
telar_loads_free (TelarLoads *loads)
{
  if (loads == NULL)
    return;
  close (loads->descriptor);
  free (loads);
}

void
telar_loads_look (TelarLoads *loads, TelarLoadsFunc take, void *data)
{
  ssize_t  length = pread (loads->descriptor, loads->text, TEXT_SIZE - 1, 0);
  int64_t  now = telar_now_ns ();
  uint64_t fields[N_FIELDS];
  unsigned core;

  if (length <= 0)
    return;
  loads->text[length] = '\0';
  for (char *line = loads->text; line != NULL && strncmp (line, "cpu", 3) == 0;)
    {
      if (parse_line (line, &core, fields))
        {
          Ticks    ticks = ticks_of (fields);
          Ticks   *before = &loads->before[core];
          uint64_t all = ticks.all - before->all;
          if (take != NULL && all > 0)
            {
              TelarLoad load = { .ns = now, .interval = now - loads->then, .core = (uint16_t) core,
                                 .busy = per_mille (ticks.busy - before->busy, all),
                                 .steal = per_mille (ticks.steal - before->steal, all) };
              take (&load, 1, data);
            }
          *before = ticks;
        }
      line = strchr (line, '\n');
      if (line != NULL)
        line++;
    }
  loads->then = now;
}
