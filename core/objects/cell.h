/* cell.h
 *
 * SPDX-License-Identifier: MIT
 *
 * One futex word a task, on which it waits to be woken by name: by a condition,
 * in the order of tickets; by a barrier, whose turn the ticket is. A task waits
 * for one thing at a time, so that its cell is all a waiting list needs: there
 * is no list that somebody killed could leave half linked.
 *
 *   31 … 3             2 … 0
 *   how often it       TelarCell
 *   was published
 *
 * Who wakes it exchanges the whole word: a waiter that went away and waits
 * again, for whatever, is not taken for the one that was meant. Libc only.
 */

#pragma once

#include "objects/object.h"

typedef enum
{
  TELAR_CELL_IDLE,
  TELAR_CELL_WAITS,
  TELAR_CELL_WOKEN,
  TELAR_CELL_BROKEN /* woken, since the barrier broke */
} TelarCell;

#define TELAR_CELL_STATE 7u

/* The party says that it waits. Returns: its word. */
uint32_t  telar_cell_publish (TelarObjects *objects, const TelarParty *party, uint32_t object,
                              uint64_t ticket);
/* It waits no longer, and was not woken meanwhile, or does not care. */
void      telar_cell_withdraw (TelarObjects *objects, const TelarParty *party);
/* Sleeps until it is woken.
 * Returns: WOKEN, BROKEN, or IDLE where the time is over. */
TelarCell telar_cell_sleep (TelarObjects *objects, const TelarParty *party, uint32_t word,
                            int64_t until_ns);

/* Whether @task waits for @object. @word, @ticket: (out) */
bool telar_cell_waits (TelarObjects *objects, uint32_t task, uint32_t object, uint32_t *word,
                       uint64_t *ticket);
/* Wakes a task that waits with that word. Returns: false where it does no longer. */
bool telar_cell_wake  (TelarObjects *objects, uint32_t task, uint32_t word, TelarCell state);

/* A killed task's cell. Returns: what it was, where it was for @object. */
TelarCell telar_cell_bury (TelarObjects *objects, uint32_t task, uint32_t object);
