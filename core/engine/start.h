/* start.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Starting one task, and waiting for its end: a process by fork, a thread by
 * pthread_create. Libc only.
 */

#pragma once

#include "engine/self.h"

/* Starts @task as a child of @self: events START, then STARTED or REFUSED.
 * Returns: 0, or errno. In the child this never returns. */
int telar_start_task (TelarSelf *self, uint32_t task);

/* Waits for the end of a started child: at most @timeout_ns (-1: for ever).
 * Returns: whether it ended; then it is reaped, its row is JOINED and its
 * JOIN event written. */
bool telar_await_task (TelarSelf *self, uint32_t task, int64_t timeout_ns);

/* Whether a wait for it would return at once. */
bool telar_has_ended (TelarSelf *self, uint32_t task);

/* Runs main: in the process that the engine forked for it. Never returns. */
void telar_start_main (const TelarProgram *program) __attribute__ ((noreturn));
