/* start.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Starting one task: a thread by pthread_create, a process by its start method:
 * forked here, a program of its own (spawn.h), or forked by the fork server
 * (forkserver.h). Libc only.
 */

#pragma once

#include "engine/self.h"

/* Starts @task as a child of @self: events START, then STARTED or REFUSED.
 * Returns: 0, or errno. In the child this never returns. */
int telar_start_task (TelarSelf *self, uint32_t task);

/* Runs main, or a process task: in the process that was made for it. Never returns. */
void telar_start_here (const TelarProgram *program, uint32_t task) __attribute__ ((noreturn));
