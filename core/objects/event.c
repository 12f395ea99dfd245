/* event.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "objects/event.h"

#include "objects/families.h"
#include "objects/futex.h"

#define IS_SET 1u
#define ONCE   2u /* the rest of the word counts how often it was set */

typedef struct
{
  _Atomic uint32_t word;
  _Atomic uint32_t waiters; /* at most so many sleep: one who is killed stays counted */
} Event;

TelarObjectOutcome
telar_event_wait (TelarObjects *objects, uint32_t object, const TelarParty *party,
                  int64_t timeout_ns)
{
  Event   *event = telar_object_area (objects, object);
  uint32_t closed = atomic_load (&event->word);
  bool     in_time = true;

  if (!(closed & IS_SET) && timeout_ns == 0)
    return TELAR_OBJECT_TIMEOUT;
  if (!(closed & IS_SET))
    {
      int64_t until = telar_futex_until (timeout_ns);

      telar_party_begins (objects, party, object, TELAR_NO_TASK, 0, until);
      atomic_fetch_add (&event->waiters, 1);
      while (atomic_load (&event->word) == closed && in_time)
        in_time = telar_futex_wait (&event->word, closed, until);
      in_time = atomic_load (&event->word) != closed;
      atomic_fetch_sub (&event->waiters, 1);
      telar_party_ends (objects, party);
    }
  if (!in_time)
    return TELAR_OBJECT_TIMEOUT;
  telar_party_passed (party, object, TELAR_ACT_PASSED, 0);
  return TELAR_OBJECT_DONE;
}

void
telar_event_set (TelarObjects *objects, uint32_t object, const TelarParty *party)
{
  Event   *event = telar_object_area (objects, object);
  uint32_t word = atomic_load (&event->word);

  telar_party_passed (party, object, TELAR_ACT_SET, 0);
  do
    if (word & IS_SET)
      return;
  while (!atomic_compare_exchange_weak (&event->word, &word, (word + ONCE) | IS_SET));
  if (atomic_load (&event->waiters) > 0)
    telar_futex_wake (&event->word, TELAR_EVERYBODY);
}

void
telar_event_clear (TelarObjects *objects, uint32_t object, const TelarParty *party)
{
  Event *event = telar_object_area (objects, object);

  telar_party_passed (party, object, TELAR_ACT_CLEARED, 0);
  atomic_fetch_and (&event->word, ~IS_SET);
}

bool
telar_event_is_set (TelarObjects *objects, uint32_t object)
{
  Event *event = telar_object_area (objects, object);

  return (atomic_load (&event->word) & IS_SET) != 0;
}

static uint64_t
area_size (const TelarPlanObject *object, uint32_t n_tasks)
{
  (void) object, (void) n_tasks;
  return sizeof (Event);
}

/* It may have been killed between setting the event and waking the others. */
static void
owner_died (TelarObjects *objects, uint32_t object, uint32_t task)
{
  Event *event = telar_object_area (objects, object);

  (void) task;
  telar_futex_wake (&event->word, TELAR_EVERYBODY);
}

static bool
blocks (TelarObjects *objects, uint32_t object, uint32_t task)
{
  (void) task;
  return !telar_event_is_set (objects, object);
}

const TelarObjectFamily telar_event_family = {
  .area_size = area_size,
  .owner_died = owner_died,
  .blocks = blocks,
};
