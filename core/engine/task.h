/* task.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A task from its first instruction to its last.
 */

#pragma once

#include "engine/self.h"

/* Runs a task in the calling thread: run, body, scope, end.
 * Returns: its exit code. */
int telar_task_run (TelarSelf *self);

/* Runs a call in the thread of @host, which is its parent.
 * Returns: whether the host goes on: a call that ended by `exit`, `fail` or an
 * error ends its host, in whose thread it ran; its code is in @exit_code. */
bool telar_task_run_call (TelarSelf *host, uint32_t task, int *exit_code);
