/* barrier.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "objects/barrier.h"

#include "objects/cell.h"
#include "objects/families.h"
#include "objects/futex.h"

/* All that matters in one word, so that it changes at once:
 *
 *   63 … 32   31       30 … 0
 *   turn      broken   how many have come
 */
#define COME   0x7fffffffull
#define BROKEN 0x80000000ull
#define TURN   0x100000000ull

typedef struct
{
  _Atomic uint64_t state;
} Barrier;

static uint64_t
turn_of (uint64_t state)
{
  return state / TURN;
}

static uint64_t
next_turn (uint64_t state)
{
  return (turn_of (state) + 1) * TURN;
}

/* Wakes those who wait for a turn. */
static void
wake (TelarObjects *objects, uint32_t object, uint64_t turn, TelarCell as)
{
  uint32_t word;
  uint64_t ticket;

  for (uint32_t i = 0; i < objects->n_tasks; i++)
    if (telar_cell_waits (objects, i, object, &word, &ticket) && ticket == turn)
      telar_cell_wake (objects, i, word, as);
}

/* The party says that it is here: first in its cell, so that whoever comes last
 * sees it there.
 * Returns: the state before; @word: (out): its cell's */
static uint64_t
arrive (TelarObjects *objects, uint32_t object, const TelarParty *party, uint32_t *word)
{
  Barrier *barrier = telar_object_area (objects, object);
  uint64_t parties = (uint64_t) telar_object_head (objects, object)->amount;
  uint64_t state = atomic_load (&barrier->state), after;

  do
    {
      if (state & BROKEN)
        {
          telar_cell_withdraw (objects, party);
          return state;
        }
      *word = telar_cell_publish (objects, party, object, turn_of (state));
      after = (state & COME) + 1 >= parties ? next_turn (state) : state + 1;
    }
  while (!atomic_compare_exchange_strong (&barrier->state, &state, after));
  return state;
}

/* Breaks the barrier for the turn of @state. Returns: false where that turn is over. */
static bool
break_turn (TelarObjects *objects, uint32_t object, const TelarParty *party, uint64_t turn)
{
  Barrier *barrier = telar_object_area (objects, object);
  uint64_t state = atomic_load (&barrier->state);

  do
    if (turn_of (state) != turn)
      return false;
  while (!atomic_compare_exchange_weak (&barrier->state, &state, (state & ~COME) | BROKEN));
  telar_party_passed (party, object, TELAR_ACT_BROKE, 0);
  wake (objects, object, turn, TELAR_CELL_BROKEN);
  return true;
}

TelarObjectOutcome
telar_barrier_wait (TelarObjects *objects, uint32_t object, const TelarParty *party,
                    int64_t timeout_ns, uint32_t *nth)
{
  int64_t   until = telar_futex_until (timeout_ns);
  uint32_t  word;
  uint64_t  state = arrive (objects, object, party, &word);
  TelarCell cell;

  *nth = (uint32_t) (state & COME);
  if (state & BROKEN)
    return TELAR_OBJECT_BROKEN;
  if (*nth + 1 >= (uint32_t) telar_object_head (objects, object)->amount)
    {
      telar_cell_withdraw (objects, party);
      telar_party_passed (party, object, TELAR_ACT_PASSED, *nth);
      wake (objects, object, turn_of (state), TELAR_CELL_WOKEN);
      return TELAR_OBJECT_DONE;
    }

  telar_party_begins (objects, party, object, TELAR_NO_TASK, *nth + 1, until);
  cell = telar_cell_sleep (objects, party, word, until);
  telar_party_ends (objects, party);
  /* Where the turn is over, all had come before the time was. */
  if (cell == TELAR_CELL_BROKEN
      || (cell == TELAR_CELL_IDLE && break_turn (objects, object, party, turn_of (state))))
    return TELAR_OBJECT_BROKEN;
  telar_party_passed (party, object, TELAR_ACT_PASSED, *nth);
  return TELAR_OBJECT_DONE;
}

void
telar_barrier_abort (TelarObjects *objects, uint32_t object, const TelarParty *party)
{
  Barrier *barrier = telar_object_area (objects, object);

  while (!break_turn (objects, object, party, turn_of (atomic_load (&barrier->state))))
    ;
}

void
telar_barrier_reset (TelarObjects *objects, uint32_t object, const TelarParty *party)
{
  Barrier *barrier = telar_object_area (objects, object);
  uint64_t state = atomic_load (&barrier->state);

  while (!atomic_compare_exchange_weak (&barrier->state, &state, next_turn (state)))
    ;
  if (state & COME)
    telar_party_passed (party, object, TELAR_ACT_BROKE, 0);
  wake (objects, object, turn_of (state), TELAR_CELL_BROKEN);
}

bool
telar_barrier_is_broken (TelarObjects *objects, uint32_t object)
{
  Barrier *barrier = telar_object_area (objects, object);

  return (atomic_load (&barrier->state) & BROKEN) != 0;
}

uint32_t
telar_barrier_n_waiting (TelarObjects *objects, uint32_t object)
{
  Barrier *barrier = telar_object_area (objects, object);

  return (uint32_t) (atomic_load (&barrier->state) & COME);
}

uint32_t
telar_barrier_parties (TelarObjects *objects, uint32_t object)
{
  return (uint32_t) telar_object_head (objects, object)->amount;
}

static uint64_t
area_size (const TelarPlanObject *object, uint32_t n_tasks)
{
  (void) object, (void) n_tasks;
  return sizeof (Barrier);
}

/* It may have been killed between opening the barrier, or breaking it, and
 * waking the others. That it had come is not taken back, as in the library. */
static void
owner_died (TelarObjects *objects, uint32_t object, uint32_t task)
{
  Barrier *barrier = telar_object_area (objects, object);
  uint32_t word;
  uint64_t ticket;

  telar_cell_bury (objects, task, object);
  for (uint32_t i = 0; i < objects->n_tasks; i++)
    if (telar_cell_waits (objects, i, object, &word, &ticket))
      {
        /* Read after the ticket: a turn that is not this one is over. */
        uint64_t state = atomic_load (&barrier->state);
        if (ticket != turn_of (state) || (state & BROKEN))
          telar_cell_wake (objects, i, word,
                           state & BROKEN ? TELAR_CELL_BROKEN : TELAR_CELL_WOKEN);
      }
}

static bool
blocks (TelarObjects *objects, uint32_t object, uint32_t task)
{
  uint32_t word;
  uint64_t ticket;

  return telar_cell_waits (objects, task, object, &word, &ticket);
}

const TelarObjectFamily telar_barrier_family = {
  .area_size = area_size,
  .owner_died = owner_died,
  .blocks = blocks,
};
