/* condition.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Conditions: wait gives up the lock until somebody notifies, and has it again
 * when it returns. Waiters are woken in the order in which they came; a
 * notification that nobody waits for is not remembered; one who is killed is
 * not counted. Whoever does not hold the lock has it for the call alone. Libc
 * only.
 */

#pragma once

#include "objects/object.h"

/* DONE, TIMEOUT; OWNER_DIED: as DONE, but who had the lock last was killed. */
TelarObjectOutcome telar_condition_wait (TelarObjects *objects, uint32_t object,
                                         const TelarParty *party, int64_t timeout_ns);
/* Wakes at most @n.
 * Returns: how many were woken. */
uint32_t telar_condition_notify (TelarObjects *objects, uint32_t object, const TelarParty *party,
                                 uint32_t n);
uint32_t telar_condition_n_waiting (TelarObjects *objects, uint32_t object);
