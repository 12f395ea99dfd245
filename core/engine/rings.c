/* rings.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/rings.h"

#include <stdlib.h>

#define BATCH 256

static void
open_ring (TelarRings *rings, uint32_t task)
{
  if (rings->place[task] != 0)
    return;
  rings->open[rings->n_open++] = task;
  rings->place[task] = rings->n_open;
}

static void
move_ring (TelarRings *rings, uint32_t from, uint32_t to)
{
  rings->open[to] = rings->open[from];
  rings->place[rings->open[to]] = to + 1;
}

/* Those that were read stay before those that were not: the last of the former
 * takes the place that becomes free, and the last of all that one's. */
static void
close_ring (TelarRings *rings, uint32_t task)
{
  uint32_t place = rings->place[task];

  if (place == 0)
    return;
  uint32_t hole = place - 1;
  if (hole < rings->n_read)
    {
      move_ring (rings, --rings->n_read, hole);
      hole = rings->n_read;
    }
  move_ring (rings, --rings->n_open, hole);
  rings->place[task] = 0;
}

static void read_ring (TelarRings *rings, uint32_t task, TelarEventsFunc take, void *data);

/* What a scope says of a child opens the child's ring, or ends it: whatever
 * the child wrote is there by then. */
static void
follow (TelarRings *rings, const TelarEvent *event, TelarEventsFunc take, void *data)
{
  switch (event->kind)
    {
    case TELAR_EVENT_START:
      open_ring (rings, event->task);
      break;
    case TELAR_EVENT_JOIN:
    case TELAR_EVENT_REFUSED:
      read_ring (rings, event->task, take, data);
      close_ring (rings, event->task);
      break;
    case TELAR_EVENT_DROPPED:
      rings->lost += (uint64_t) event->value;
      break;
    default:
      break;
    }
}

static void
read_ring (TelarRings *rings, uint32_t task, TelarEventsFunc take, void *data)
{
  TelarRing *ring = telar_shared_ring (rings->shared, task);
  TelarEvent batch[BATCH];
  unsigned   n;

  do
    {
      /* Tasks can write here: numbers are looked at before they are used. */
      unsigned n_sound = 0;
      n = (unsigned) telar_ring_read (ring, batch, BATCH);
      for (unsigned i = 0; i < n; i++)
        if (batch[i].task < rings->shared->n_tasks && batch[i].writer == task)
          batch[n_sound++] = batch[i];
      if (n_sound > 0)
        take (batch, n_sound, data);
      for (unsigned i = 0; i < n_sound; i++)
        if (batch[i].task != task || batch[i].kind == TELAR_EVENT_DROPPED)
          follow (rings, &batch[i], take, data);
    }
  while (n == BATCH);
}

bool
telar_rings_init (TelarRings *rings, TelarShared *shared)
{
  *rings = (TelarRings){ .shared = shared,
                         .open = calloc (shared->n_tasks, sizeof (uint32_t)),
                         .place = calloc (shared->n_tasks, sizeof (uint32_t)) };
  if (rings->open == NULL || rings->place == NULL)
    {
      telar_rings_clear (rings);
      return false;
    }
  open_ring (rings, TELAR_MAIN);
  return true;
}

void
telar_rings_clear (TelarRings *rings)
{
  free (rings->open);
  free (rings->place);
  *rings = (TelarRings){ 0 };
}

void
telar_rings_drain (TelarRings *rings, TelarEventsFunc take, void *data)
{
  /* The list grows as starts are read, and shrinks as joins are. */
  for (rings->n_read = 0; rings->n_read < rings->n_open;)
    read_ring (rings, rings->open[rings->n_read++], take, data);
  rings->n_read = 0;
}
