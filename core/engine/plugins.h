/* plugins.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The plug-ins of a run: loaded by the engine before it forks main, while it has
 * one thread, and never afterwards; by telar-task again, before its task runs. There are two of this: plugins.c loads them;
 * no-plugins.c is for the engine that is linked statically, which cannot. Libc
 * only.
 */

#pragma once

#include "engine/self.h"

/* Loads every plug-in that @program's plan calls, finds the functions, and reads
 * their arguments. A name is relative to the graph's folder and looked for
 * nowhere else.
 *
 * @guarded: in the engine: a library that crashes or does not come back is told
 *   to telar; in a task it is the task that crashes
 * @fault: (out): set where false is returned
 * Returns: whether all of them can be called. */
bool telar_plugins_bind  (TelarProgram *program, bool guarded, TelarPluginFault *fault);
void telar_plugins_clear (TelarProgram *program);

/* `telar-engine-plugins --describe LIBRARY`: writes what a plug-in has.
 * Returns: whether it was called so. */
bool telar_plugins_answer (int argc, char **argv);
