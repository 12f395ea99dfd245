/* spawn.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A program of its own for a task: telar-task, which finds the run in the
 * descriptors that it inherits (TELAR_FD_PLAN and its neighbours, self.h).
 * Libc only.
 */

#pragma once

#include <sys/types.h>

#include "engine/self.h"

/* Instead of a number of a task: the fork server. */
#define TELAR_SPAWN_SERVER "server"

/* Executes telar-task for a task, as a child of the calling process.
 * Returns: 0, or errno. */
int telar_spawn_task (const TelarProgram *program, uint32_t task, pid_t *pid);

/* The calling process becomes the fork server; returns only where it cannot. */
void telar_spawn_server (const TelarProgram *program);
