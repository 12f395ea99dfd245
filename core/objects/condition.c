/* condition.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "objects/condition.h"

#include "objects/cell.h"
#include "objects/families.h"
#include "objects/futex.h"
#include "objects/lock.h"

typedef struct
{
  TelarLock        lock;    /* its own; unused where it has another's */
  _Atomic uint64_t tickets; /* given out so far */
} Condition;

/* Returns: whether the party held the lock already. */
static bool
hold (TelarObjects *objects, uint32_t object, const TelarParty *party)
{
  if (telar_lock_owner (objects, object) == party->task)
    return true;
  telar_lock_acquire (objects, object, party, TELAR_FOREVER);
  return false;
}

TelarObjectOutcome
telar_condition_wait (TelarObjects *objects, uint32_t object, const TelarParty *party,
                      int64_t timeout_ns)
{
  Condition *condition = telar_object_area (objects, object);
  int64_t    until = telar_futex_until (timeout_ns);
  bool       held = hold (objects, object, party);

  /* Under the lock: nobody notifies between this and the release. */
  uint32_t word = telar_cell_publish (objects, party, object,
                                      atomic_fetch_add (&condition->tickets, 1));
  uint32_t depth = telar_lock_release_all (objects, object, party);

  telar_party_begins (objects, party, object, TELAR_NO_TASK, 0, until);
  TelarCell cell = telar_cell_sleep (objects, party, word, until);
  telar_party_ends (objects, party);
  if (cell != TELAR_CELL_IDLE)
    telar_party_passed (party, object, TELAR_ACT_PASSED, 0);

  TelarObjectOutcome outcome = telar_lock_acquire_again (objects, object, party, depth);
  if (!held)
    telar_lock_release (objects, object, party);
  return cell == TELAR_CELL_IDLE ? TELAR_OBJECT_TIMEOUT : outcome;
}

/* The one that came first of those who wait. */
static bool
wake_first (TelarObjects *objects, uint32_t object)
{
  for (;;)
    {
      uint32_t first = TELAR_NO_TASK, first_word = 0, word;
      uint64_t least = 0, ticket;

      for (uint32_t i = 0; i < objects->n_tasks; i++)
        if (telar_cell_waits (objects, i, object, &word, &ticket)
            && (first == TELAR_NO_TASK || ticket < least))
          {
            first = i;
            first_word = word;
            least = ticket;
          }
      if (first == TELAR_NO_TASK)
        return false;
      if (telar_cell_wake (objects, first, first_word, TELAR_CELL_WOKEN))
        return true;
    }
}

static uint32_t
wake_all (TelarObjects *objects, uint32_t object)
{
  uint32_t woken = 0, word;
  uint64_t ticket;

  for (uint32_t i = 0; i < objects->n_tasks; i++)
    if (telar_cell_waits (objects, i, object, &word, &ticket))
      woken += telar_cell_wake (objects, i, word, TELAR_CELL_WOKEN);
  return woken;
}

uint32_t
telar_condition_n_waiting (TelarObjects *objects, uint32_t object)
{
  uint32_t n = 0, word;
  uint64_t ticket;

  for (uint32_t i = 0; i < objects->n_tasks; i++)
    n += telar_cell_waits (objects, i, object, &word, &ticket);
  return n;
}

uint32_t
telar_condition_notify (TelarObjects *objects, uint32_t object, const TelarParty *party,
                        uint32_t n)
{
  bool     held = hold (objects, object, party);
  uint32_t waiting = telar_condition_n_waiting (objects, object);
  uint32_t woken = 0;

  /* Told before it is done: those who are woken tell of it after this. */
  telar_party_passed (party, object, TELAR_ACT_NOTIFIED, n < waiting ? n : waiting);
  if (n >= waiting)
    woken = wake_all (objects, object);
  else
    while (woken < n && wake_first (objects, object))
      woken++;
  if (!held)
    telar_lock_release (objects, object, party);
  return woken;
}

static uint64_t
area_size (const TelarPlanObject *object, uint32_t n_tasks)
{
  (void) object, (void) n_tasks;
  return sizeof (Condition);
}

static void
owner_died (TelarObjects *objects, uint32_t object, uint32_t task)
{
  telar_lock_family.owner_died (objects, object, task);
  /* Woken, and killed before it knew: the next one is meant. */
  if (telar_cell_bury (objects, task, object) == TELAR_CELL_WOKEN)
    wake_first (objects, object);
}

static uint32_t
contended (TelarObjects *objects, uint32_t object)
{
  return telar_lock_family.contended (objects, object);
}

/* It sleeps to be notified, or, for a condition's own lock, until that is free. */
static bool
blocks (TelarObjects *objects, uint32_t object, uint32_t task)
{
  uint32_t word;
  uint64_t ticket;

  if (atomic_load (&telar_object_task (objects, task)->culprit) != TELAR_NO_TASK)
    return telar_lock_owner (objects, object) != TELAR_NO_TASK;
  return telar_cell_waits (objects, task, object, &word, &ticket);
}

const TelarObjectFamily telar_condition_family = {
  .area_size = area_size,
  .owner_died = owner_died,
  .contended = contended,
  .blocks = blocks,
};
