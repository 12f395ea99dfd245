/* event.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Events: a flag to wait for. Setting it lets everybody through who waits, even
 * where it is cleared before they run. Libc only.
 */

#pragma once

#include "objects/object.h"

/* DONE, TIMEOUT. */
TelarObjectOutcome telar_event_wait  (TelarObjects *objects, uint32_t object,
                                      const TelarParty *party, int64_t timeout_ns);
void               telar_event_set   (TelarObjects *objects, uint32_t object,
                                      const TelarParty *party);
void               telar_event_clear (TelarObjects *objects, uint32_t object,
                                      const TelarParty *party);
bool               telar_event_is_set (TelarObjects *objects, uint32_t object);
