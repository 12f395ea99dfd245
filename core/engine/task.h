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

/* A step's record, about the calling task. Returns: whether it is recorded, as steps
 * are up to the plan's limit: then it ends so, too. */
bool telar_task_step_begins (TelarSelf *self, uint32_t step);
void telar_task_step_ends   (TelarSelf *self, const TelarResult *result);

/* Runs a call in the thread of @host, which is its parent.
 * Returns: whether the host goes on: a call that ended by `exit`, `fail` or an
 * error ends its host, in whose thread it ran; its code is in @exit_code. */
bool telar_task_run_call (TelarSelf *host, uint32_t task, int *exit_code);
