/* semaphore.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "objects/semaphore.h"

#include "objects/families.h"
#include "objects/futex.h"

typedef struct
{
  _Atomic uint32_t value;
  _Atomic uint32_t waiters; /* at most so many sleep: one who is killed stays counted */
} Semaphore;

/* Returns: whether one was left; @value: (out): what is left now */
static bool
take (Semaphore *semaphore, uint32_t *value)
{
  *value = atomic_load (&semaphore->value);
  while (*value > 0)
    if (atomic_compare_exchange_weak (&semaphore->value, value, *value - 1))
      {
        *value -= 1;
        return true;
      }
  return false;
}

static bool
take_slowly (TelarObjects *objects, uint32_t object, Semaphore *semaphore, const TelarParty *party,
             int64_t timeout_ns, uint32_t *value)
{
  int64_t until = telar_futex_until (timeout_ns);
  bool    taken, in_time = true;

  telar_party_begins (objects, party, object, TELAR_NO_TASK, 0, until);
  atomic_fetch_add (&semaphore->waiters, 1);
  while (!(taken = take (semaphore, value)) && in_time)
    in_time = telar_futex_wait (&semaphore->value, 0, until);
  atomic_fetch_sub (&semaphore->waiters, 1);
  telar_party_ends (objects, party);
  return taken;
}

TelarObjectOutcome
telar_semaphore_acquire (TelarObjects *objects, uint32_t object, const TelarParty *party,
                         int64_t timeout_ns)
{
  Semaphore *semaphore = telar_object_area (objects, object);
  uint32_t   value;

  if (!take (semaphore, &value)
      && (timeout_ns == 0
          || !take_slowly (objects, object, semaphore, party, timeout_ns, &value)))
    return TELAR_OBJECT_TIMEOUT;
  telar_party_passed (party, object, TELAR_ACT_ACQUIRED, value);
  return TELAR_OBJECT_DONE;
}

TelarObjectOutcome
telar_semaphore_release (TelarObjects *objects, uint32_t object, const TelarParty *party)
{
  const TelarObjectHead *head = telar_object_head (objects, object);
  Semaphore             *semaphore = telar_object_area (objects, object);
  uint32_t               bound = head->type == TELAR_OBJECT_BOUNDED_SEMAPHORE
                                     ? (uint32_t) head->amount
                                     : INT32_MAX;
  uint32_t               value = atomic_load (&semaphore->value);

  do
    if (value >= bound)
      return TELAR_OBJECT_BOUND;
  while (!atomic_compare_exchange_weak (&semaphore->value, &value, value + 1));
  telar_party_passed (party, object, TELAR_ACT_RELEASED, value + 1);
  if (atomic_load (&semaphore->waiters) > 0)
    telar_futex_wake (&semaphore->value, 1);
  return TELAR_OBJECT_DONE;
}

uint32_t
telar_semaphore_value (TelarObjects *objects, uint32_t object)
{
  Semaphore *semaphore = telar_object_area (objects, object);

  return atomic_load (&semaphore->value);
}

static uint64_t
area_size (const TelarPlanObject *object, uint32_t n_tasks)
{
  (void) object, (void) n_tasks;
  return sizeof (Semaphore);
}

static void
set_up (TelarObjects *objects, uint32_t object, const TelarPlanObject *from)
{
  Semaphore *semaphore = telar_object_area (objects, object);

  atomic_init (&semaphore->value, (uint32_t) from->amount);
}

/* It may have been woken to take one, and that wake died with it. What it had
 * taken is gone, as in the library: a semaphore has no owners. */
static void
owner_died (TelarObjects *objects, uint32_t object, uint32_t task)
{
  Semaphore *semaphore = telar_object_area (objects, object);

  (void) task;
  telar_futex_wake (&semaphore->value, TELAR_EVERYBODY);
}

static bool
blocks (TelarObjects *objects, uint32_t object, uint32_t task)
{
  (void) task;
  return telar_semaphore_value (objects, object) == 0;
}

const TelarObjectFamily telar_semaphore_family = {
  .area_size = area_size,
  .set_up = set_up,
  .owner_died = owner_died,
  .blocks = blocks,
};
