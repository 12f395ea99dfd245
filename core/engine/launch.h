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

/* What tasks that are programs of their own need: descriptors of the engine, each
 * -1 where the run has no use for it. */
typedef struct
{
  int plan;
  int shared;
  int objects;
  int server;   /* to ask the fork server */
  int requests; /* to be asked */
} TelarLaunchFiles;

/* Makes the pair of sockets, where the plan has processes of the fork server, and
 * says in @shared what descriptors a process of the run begins with.
 * Returns: 0, or errno. */
int  telar_launch_open_files  (const TelarPlan *plan, TelarShared *shared, TelarLaunchFiles *files);
void telar_launch_close_files (TelarLaunchFiles *files);

/* Where telar-task is: beside the engine. Returns: 0, or errno. */
int telar_launch_find_runner (char *path, size_t room);

/* Returns: main's pid, or -1 with errno set. */
pid_t telar_launch_main (const TelarProgram *program, TelarLines *lines,
                         const TelarLaunchFiles *files);
