/* place.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Places for tasks that are alive at once. A task takes one when it is started
 * and gives it back at its end, or when its parent finds it ended. To keep a
 * tree of scopes from waiting for itself, a scope that has no task alive may
 * start one even where no place is free.
 */

#pragma once

#include "engine/self.h"

/* Whether a place was free; then it is @task's. With @anyway it always is. */
bool telar_place_take  (const TelarProgram *program, uint32_t task, bool anyway);
bool telar_place_is_free (const TelarProgram *program);
/* Gives it back, once. */
void telar_place_leave (const TelarProgram *program, uint32_t task);
/* Gives back what a process that has ended held: its place and those of the
 * threads that ended with it. */
void telar_place_leave_process (const TelarProgram *program, uint32_t task);
/* Waits until places may have changed, at most 10 ms. */
void telar_place_await (const TelarProgram *program);
