/* barrier.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Barriers: nobody passes before all parties have come; then it is closed
 * again, for the next turn. A party whose time is over breaks it, for those who
 * wait and those who come, until it is reset. Libc only.
 */

#pragma once

#include "objects/object.h"

/* DONE or BROKEN. @nth: (out): which of the parties it was, 0…n - 1, in the
 * order in which they came. */
TelarObjectOutcome telar_barrier_wait (TelarObjects *objects, uint32_t object,
                                       const TelarParty *party, int64_t timeout_ns, uint32_t *nth);
/* Breaks it. */
void     telar_barrier_abort (TelarObjects *objects, uint32_t object, const TelarParty *party);
/* As new; for those who wait it is broken. */
void     telar_barrier_reset (TelarObjects *objects, uint32_t object, const TelarParty *party);
bool     telar_barrier_is_broken (TelarObjects *objects, uint32_t object);
uint32_t telar_barrier_n_waiting (TelarObjects *objects, uint32_t object);
uint32_t telar_barrier_parties   (TelarObjects *objects, uint32_t object);
