/* shared.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "recorder/shared.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catalogue/catalogue.h"

/* Essential events: a task's own run and end, four for each child (start,
 * started, join; or refused; or not started), and room to say what was lost. */
#define ESSENTIAL_OWN   6u
#define ESSENTIAL_CHILD 4u

/* What a step may leave: its begin and end, a wait's begin and end, and a few
 * more of those it names. */
#define EVENTS_A_STEP 6u

/* A wait and an act, twice: that of a condition, and of its lock. */
#define EVENTS_AN_ACT 8u

/* A scope's wait has a begin, an end, and names whom it waits for, and there is
 * at most one such wait for each of its tasks. */

/* A ring holds all that its task can record, or at least what 100,000 events a
 * second leave between two readings, twenty times over. */
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

/* What the steps may leave that work on objects: acts, and the waits of each of
 * so many increments. */
static uint64_t
acts_of (const TelarPlan *plan, const TelarPlanTask *task)
{
  uint64_t n = 0;

  for (uint32_t i = 0; i < task->n_steps && n < MAX_EVENTS; i++)
    {
      const TelarPlanStep *step = telar_plan_step (plan, task->first_step + i);
      uint64_t             times = 1;
      bool                 works_on_object = false;

      for (uint32_t k = 0; k < step->n_values; k++)
        {
          const TelarPlanValue *value = telar_plan_value (plan, step->first_value + k);
          works_on_object = works_on_object || value->type == TELAR_VALUE_OBJECT;
          if (value->type == TELAR_VALUE_INTEGER && value->integer > 1)
            times = (uint64_t) value->integer;
        }
      if (works_on_object)
        n += times < MAX_EVENTS ? times * EVENTS_AN_ACT : MAX_EVENTS;
    }
  return n < MAX_EVENTS ? n * task->repeat : MAX_EVENTS;
}

static uint32_t
capacity_of (const TelarPlan *plan, const TelarPlanTask *task)
{
  uint64_t children = task->n_children + task->n_started;
  uint64_t named = children < TELAR_MAX_NAMED ? children : TELAR_MAX_NAMED;
  uint64_t own = (uint64_t) task->n_steps * task->repeat * EVENTS_A_STEP + children * (3 + named)
                     + acts_of (plan, task);

  /* A worker's steps are as many as it takes. */
  if (task->pool > 0)
    own = MAX_EVENTS;
  return power_of_two (reserve_of (task) + (own < MAX_EVENTS ? own : MAX_EVENTS));
}

/* Returns: whether there is a file of @size bytes, or none is wanted. */
static bool
make_file (uint64_t size, int *descriptor)
{
  if (descriptor == NULL)
    return true;
  *descriptor = memfd_create ("telar-shared", MFD_CLOEXEC);
  if (*descriptor < 0)
    return false;
  if (ftruncate (*descriptor, (off_t) size) == 0)
    return true;
  int error = errno;
  close (*descriptor);
  *descriptor = -1;
  errno = error;
  return false;
}

TelarShared *
telar_shared_new (const TelarPlan *plan, int *descriptor)
{
  uint64_t first_ring = align (sizeof (TelarShared) + plan->n_tasks * sizeof (TelarRow), 64);
  uint64_t size = first_ring;

  for (uint32_t i = 0; i < plan->n_tasks; i++)
    size += align (telar_ring_size (capacity_of (plan, telar_plan_task (plan, i))), 64);

  if (!make_file (size, descriptor))
    return NULL;
  TelarShared *shared = mmap (NULL, size, PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_NORESERVE | (descriptor == NULL ? MAP_ANONYMOUS : 0),
                              descriptor == NULL ? -1 : *descriptor, 0);
  if (shared == MAP_FAILED)
    return NULL;
  shared->n_tasks = plan->n_tasks;
  shared->size = size;
  for (uint32_t i = 0; i < plan->n_tasks; i++)
    {
      telar_shared_row (shared, i)->ring = first_ring;
      first_ring += align (telar_ring_size (capacity_of (plan, telar_plan_task (plan, i))), 64);
    }
  return shared;
}

uint32_t
telar_shared_capacity (const TelarPlan *plan, uint32_t task)
{
  return capacity_of (plan, telar_plan_task (plan, task));
}

TelarRing *
telar_shared_open_ring (TelarShared *shared, const TelarPlan *plan, uint32_t task)
{
  TelarRing *ring = telar_shared_ring (shared, task);

  ring->capacity = capacity_of (plan, telar_plan_task (plan, task));
  ring->reserve = reserve_of (telar_plan_task (plan, task));
  return ring;
}

TelarShared *
telar_shared_map (int descriptor)
{
  struct stat about;

  if (fstat (descriptor, &about) != 0 || about.st_size < (off_t) sizeof (TelarShared))
    return NULL;
  TelarShared *shared = mmap (NULL, (size_t) about.st_size, PROT_READ | PROT_WRITE, MAP_SHARED,
                              descriptor, 0);
  if (shared == MAP_FAILED)
    return NULL;
  if (shared->size == (uint64_t) about.st_size)
    return shared;
  munmap (shared, (size_t) about.st_size);
  return NULL;
}

void
telar_shared_free (TelarShared *shared)
{
  if (shared != NULL)
    munmap (shared, shared->size);
}
