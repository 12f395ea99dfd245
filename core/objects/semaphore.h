/* semaphore.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Semaphores: a number that acquire takes one of and release gives one to. The
 * bounded kind refuses to rise above what it began with. Libc only.
 */

#pragma once

#include "objects/object.h"

/* DONE, TIMEOUT. */
TelarObjectOutcome telar_semaphore_acquire (TelarObjects *objects, uint32_t object,
                                            const TelarParty *party, int64_t timeout_ns);
/* DONE, BOUND. */
TelarObjectOutcome telar_semaphore_release (TelarObjects *objects, uint32_t object,
                                            const TelarParty *party);
uint32_t           telar_semaphore_value   (TelarObjects *objects, uint32_t object);
