/* cell.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "objects/cell.h"

#include "objects/futex.h"

#define ONCE (TELAR_CELL_STATE + 1)

uint32_t
telar_cell_publish (TelarObjects *objects, const TelarParty *party, uint32_t object,
                    uint64_t ticket)
{
  TelarObjectTask *cell = telar_object_task (objects, party->task);
  uint32_t         word = atomic_load (&cell->cell);

  word = ((word & ~TELAR_CELL_STATE) + ONCE) | TELAR_CELL_WAITS;
  atomic_store (&cell->cell_object, object);
  atomic_store (&cell->cell_ticket, ticket);
  atomic_store (&cell->cell, word);
  return word;
}

void
telar_cell_withdraw (TelarObjects *objects, const TelarParty *party)
{
  atomic_fetch_and (&telar_object_task (objects, party->task)->cell, ~TELAR_CELL_STATE);
}

TelarCell
telar_cell_sleep (TelarObjects *objects, const TelarParty *party, uint32_t word, int64_t until_ns)
{
  _Atomic uint32_t *cell = &telar_object_task (objects, party->task)->cell;
  bool              in_time = true;
  uint32_t          now;

  while ((now = atomic_load (cell)) == word && in_time)
    in_time = telar_futex_wait (cell, word, until_ns);
  if (now == word && atomic_compare_exchange_strong (cell, &now, word & ~TELAR_CELL_STATE))
    return TELAR_CELL_IDLE;
  telar_cell_withdraw (objects, party);
  return (TelarCell) (now & TELAR_CELL_STATE);
}

bool
telar_cell_waits (TelarObjects *objects, uint32_t task, uint32_t object, uint32_t *word,
                  uint64_t *ticket)
{
  TelarObjectTask *cell = telar_object_task (objects, task);

  *word = atomic_load (&cell->cell);
  *ticket = atomic_load (&cell->cell_ticket);
  return (*word & TELAR_CELL_STATE) == TELAR_CELL_WAITS
         && atomic_load (&cell->cell_object) == object;
}

bool
telar_cell_wake (TelarObjects *objects, uint32_t task, uint32_t word, TelarCell state)
{
  _Atomic uint32_t *cell = &telar_object_task (objects, task)->cell;

  if (!atomic_compare_exchange_strong (cell, &word, (word & ~TELAR_CELL_STATE) | state))
    return false;
  telar_futex_wake (cell, TELAR_EVERYBODY);
  return true;
}

TelarCell
telar_cell_bury (TelarObjects *objects, uint32_t task, uint32_t object)
{
  TelarObjectTask *cell = telar_object_task (objects, task);

  if (atomic_load (&cell->cell_object) != object)
    return TELAR_CELL_IDLE;
  return (TelarCell) (atomic_fetch_and (&cell->cell, ~TELAR_CELL_STATE) & TELAR_CELL_STATE);
}
