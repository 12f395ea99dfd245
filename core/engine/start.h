/* start.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Starting one task: a process by fork, a thread by pthread_create. Libc only.
 */

#pragma once

#include "engine/self.h"

/* Starts @task as a child of @self: events START, then STARTED or REFUSED.
 * Returns: 0, or errno. In the child this never returns. */
int telar_start_task (TelarSelf *self, uint32_t task);

/* Runs main: in the process that the engine forked for it. Never returns. */
void telar_start_main (const TelarProgram *program) __attribute__ ((noreturn));
