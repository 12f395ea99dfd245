/* shared.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "recorder/shared.h"

#include <sys/mman.h>

/* Essential events: a task's own run and end, four for each child (start,
 * started, join; or refused; or not started), and room to say what was lost. */
#define ESSENTIAL_OWN   8u
#define ESSENTIAL_CHILD 4u

/* Rings share this much address space, so that few tasks get large ones: with
 * two tasks a ring holds what 100,000 events a second leave in 160 ms. */
#define ALL_RINGS (64u << 20)
#define MIN_EVENTS 64u
#define MAX_EVENTS 16384u

static uint64_t
align (uint64_t size, uint64_t to)
{
  return (size + to - 1) / to * to;
}

static uint32_t
power_of_two (uint64_t at_least)
{
  uint32_t power = 1;

  while (power < at_least)
    power *= 2;
  return power;
}

static uint32_t
reserve_of (const TelarPlanTask *task)
{
  return ESSENTIAL_OWN + ESSENTIAL_CHILD * (task->n_children + task->n_started);
}

static uint32_t
capacity_of (const TelarPlan *plan, const TelarPlanTask *task)
{
  uint64_t share = ALL_RINGS / plan->n_tasks / sizeof (TelarEvent);

  if (share < MIN_EVENTS)
    share = MIN_EVENTS;
  if (share > MAX_EVENTS)
    share = MAX_EVENTS;
  return power_of_two (reserve_of (task) + share);
}

TelarShared *
telar_shared_new (const TelarPlan *plan)
{
  uint64_t rows = align (sizeof (TelarShared), 64);
  uint64_t offsets = align (rows + plan->n_tasks * sizeof (TelarRow), 64);
  uint64_t first_ring = align (offsets + plan->n_tasks * sizeof (uint64_t), 4096);
  uint64_t size = first_ring;

  /* A ring begins on a page of its own: two writers never share a line. */
  for (uint32_t i = 0; i < plan->n_tasks; i++)
    size += align (telar_ring_size (capacity_of (plan, telar_plan_task (plan, i))), 4096);

  TelarShared *shared = mmap (NULL, size, PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (shared == MAP_FAILED)
    return NULL;
  shared->n_tasks = plan->n_tasks;
  shared->size = size;
  shared->rows = rows;
  shared->rings = offsets;

  uint64_t *ring_offsets = (uint64_t *) ((char *) shared + offsets);
  uint64_t  next = first_ring;
  for (uint32_t i = 0; i < plan->n_tasks; i++)
    {
      const TelarPlanTask *task = telar_plan_task (plan, i);
      ring_offsets[i] = next;
      next += align (telar_ring_size (capacity_of (plan, task)), 4096);
    }
  return shared;
}

TelarRing *
telar_shared_open_ring (TelarShared *shared, const TelarPlan *plan, uint32_t task)
{
  TelarRing *ring = telar_shared_ring (shared, task);

  ring->capacity = capacity_of (plan, telar_plan_task (plan, task));
  ring->reserve = reserve_of (telar_plan_task (plan, task));
  return ring;
}

void
telar_shared_free (TelarShared *shared)
{
  if (shared != NULL)
    munmap (shared, shared->size);
}
