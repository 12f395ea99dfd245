/* rings.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/rings.h"

#include <stdlib.h>

#include "recorder/clock.h"

#define BATCH 256

static void
open_ring (TelarRings *rings, uint32_t task)
{
  if (rings->views[task].place != 0)
    return;
  rings->open[rings->n_open++] = task;
  rings->views[task].place = rings->n_open;
}

/* The last one takes its place. */
static void
close_ring (TelarRings *rings, uint32_t task)
{
  uint32_t place = rings->views[task].place;
  uint32_t last = rings->open[--rings->n_open];

  rings->open[place - 1] = last;
  rings->views[last].place = place;
  rings->views[task].place = 0;
  rings->views[task].closing = false;
}

/* What a scope says of a child opens the child's ring, or ends it: whatever
 * the child wrote is there by then, and is read once more. */
static void
follow (TelarRings *rings, const TelarEvent *event)
{
  switch (event->kind)
    {
    case TELAR_EVENT_START:
      open_ring (rings, event->task);
      break;
    case TELAR_EVENT_JOIN:
    case TELAR_EVENT_REFUSED:
      if (rings->views[event->task].place != 0)
        rings->views[event->task].closing = true;
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
  TelarRingView *view = &rings->views[task];
  TelarEvent     batch[BATCH];
  uint32_t       left = view->capacity; /* not for ever, however fast its task writes */
  unsigned       n;

  do
    {
      /* Tasks can write here: numbers are looked at before they are used. */
      unsigned n_sound = 0;
      n = (unsigned) telar_ring_read_of (view->ring, view->capacity, batch,
                                         left < BATCH ? left : BATCH);
      left -= n;
      for (unsigned i = 0; i < n; i++)
        if (batch[i].task < rings->n_tasks && batch[i].writer == task)
          batch[n_sound++] = batch[i];
      if (n_sound > 0)
        take (batch, n_sound, data);
      for (unsigned i = 0; i < n_sound; i++)
        if (batch[i].task != task || batch[i].kind == TELAR_EVENT_DROPPED)
          follow (rings, &batch[i]);
    }
  while (n == BATCH && left > 0);
}

/* A ring that was full at its task's end never had room to say so. */
static void
tell_loss (TelarRings *rings, uint32_t task, TelarEventsFunc take, void *data)
{
  uint64_t   dropped = rings->views[task].ring->dropped;
  TelarEvent event = { .ns = telar_now_ns (), .value = (int64_t) dropped, .task = task,
                       .writer = task, .kind = TELAR_EVENT_DROPPED };

  if (dropped == 0)
    return;
  rings->lost += dropped;
  take (&event, 1, data);
}

bool
telar_rings_init (TelarRings *rings, TelarShared *shared, const TelarPlan *plan)
{
  *rings = (TelarRings){ .n_tasks = plan->n_tasks,
                         .views = calloc (plan->n_tasks, sizeof (TelarRingView)),
                         .open = calloc (plan->n_tasks, sizeof (uint32_t)) };
  if (rings->views == NULL || rings->open == NULL)
    {
      telar_rings_clear (rings);
      return false;
    }
  for (uint32_t i = 0; i < plan->n_tasks; i++)
    {
      rings->views[i].ring = telar_shared_ring (shared, i);
      rings->views[i].capacity = telar_shared_capacity (plan, i);
    }
  open_ring (rings, TELAR_MAIN);
  return true;
}

void
telar_rings_clear (TelarRings *rings)
{
  free (rings->views);
  free (rings->open);
  *rings = (TelarRings){ 0 };
}

void
telar_rings_drain (TelarRings *rings, TelarEventsFunc take, void *data)
{
  /* The list grows as starts are read. */
  for (uint32_t i = 0; i < rings->n_open;)
    {
      uint32_t task = rings->open[i];
      bool     closing = rings->views[task].closing;

      read_ring (rings, task, take, data);
      if (closing)
        {
          tell_loss (rings, task, take, data);
          close_ring (rings, task);
        }
      else
        i++;
    }
}

void
telar_rings_finish (TelarRings *rings, TelarEventsFunc take, void *data)
{
  telar_rings_drain (rings, take, data);
  for (uint32_t i = 0; i < rings->n_open; i++)
    tell_loss (rings, rings->open[i], take, data);
}
