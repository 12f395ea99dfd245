/* pool.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Pools as tasks see them: what a worker does in place of a body, and what the
 * owner does beside giving work: it sees workers end, and starts spares in their
 * place, whenever it waits for the pool. Libc only.
 */

#pragma once

#include "engine/self.h"

/* All of a worker's life between its first and last act. Returns: its exit code. */
int telar_pool_work (TelarSelf *self);

/* The scope of an owner closes: what was given is done first, unless it failed;
 * then its workers end, and are joined. */
void telar_pool_scope_closes (TelarSelf *owner, bool failed);
