/* launch.h
 *
 * SPDX-License-Identifier: MIT
 *
 * From telar-engine to main: the one fork that the engine does, and what main
 * is before its first instruction: a session of its own, in the graph's
 * folder, with empty input, no core file and no crash reporter. Libc only.
 */

#pragma once

#include "engine/lines.h"
#include "engine/self.h"

/* Whether the kernel schedules each session as a group (autogroup); where it
 * does not, tasks run at a nice value, so that the window stays smooth. */
bool telar_launch_groups_sessions (void);

/* What @shared->cores is to hold: the plan's cores, or those of the caller. */
void telar_launch_choose_cores (const TelarPlan *plan, TelarShared *shared);

/* Why main could not run: 0, or errno of the graph's folder or cores. */
int telar_launch_check (const TelarPlan *plan, const TelarShared *shared);

/* Returns: main's pid, or -1 with errno set. */
pid_t telar_launch_main (const TelarProgram *program, TelarLines *lines);
