/* lock.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Locks, recursive ones too: a futex word with the owner in it, because any
 * task may release a lock, and because one whose owner was killed goes to the
 * next, who is told.
 *
 *   31      30    29 … 0
 *   waiters died  owner + 1, 0 is free
 *
 * All functions take a condition as well, and mean its lock. Libc only.
 */

#pragma once

#include "objects/object.h"

/* The area of a lock, and the beginning of that of a condition. */
typedef struct
{
  _Atomic uint32_t word;
  _Atomic uint32_t depth; /* rlock: how often its owner acquired it; only the owner writes it */
} TelarLock;

/* DONE, TIMEOUT, or OWNER_DIED: acquired, from one who was killed. */
TelarObjectOutcome telar_lock_acquire (TelarObjects *objects, uint32_t object,
                                       const TelarParty *party, int64_t timeout_ns);
/* DONE, FREE; NOT_OWNER: an rlock of another's or of nobody's. */
TelarObjectOutcome telar_lock_release (TelarObjects *objects, uint32_t object,
                                       const TelarParty *party);
uint32_t           telar_lock_owner   (TelarObjects *objects, uint32_t object);

/* For conditions: releases it however often it was acquired.
 * Returns: how often that was. */
uint32_t           telar_lock_release_all (TelarObjects *objects, uint32_t object,
                                           const TelarParty *party);
TelarObjectOutcome telar_lock_acquire_again (TelarObjects *objects, uint32_t object,
                                             const TelarParty *party, uint32_t depth);
