/* await.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Waiting for the end of one task. Libc only.
 */

#pragma once

#include "engine/self.h"

/* Waits for the end of a started child: at most @timeout_ns (-1: for ever).
 * Returns: whether it ended; then it is reaped, its row is JOINED and its
 * JOIN event written. */
bool telar_await_task (TelarSelf *self, uint32_t task, int64_t timeout_ns);

/* Whether a wait for it would return at once. */
bool telar_has_ended (TelarSelf *self, uint32_t task);
