/* share.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The objects of a run as a task sees them: its party, which records waits and
 * acts; and what becomes of objects when tasks end. Libc only.
 */

#pragma once

#include "engine/self.h"

/* The memory of a plan's objects, with each task at the ends of the pipes that its
 * steps name. @fd: (out) as for telar_objects_new() */
TelarObjects *telar_share_new (const TelarPlan *plan, int *fd);

/* Why a task sleeps for an object, by what it told of that; on a condition's lock it
 * waits as on a lock. */
TelarCause telar_share_cause (TelarObjectType type, uint32_t culprit, uint32_t detail);

/* Sets a task's party. */
void telar_share_init (TelarSelf *self);

/* A task that is about to end: a process waits until what it put into queues is
 * flushed; its ends of pipes are closed. */
void telar_share_task_ends (TelarSelf *self);
/* The same for one that was not, or could not be started. */
void telar_share_never_runs (const TelarProgram *program, uint32_t task);

/* Whether a process has ended that is no child of the caller. */
bool telar_share_has_ended (const TelarProgram *program, uint32_t process);

/* A process was reaped: what it held, where it was killed, and what the threads
 * held that ended with it, goes to those who wait. @exit: 0…255, −signal. */
void telar_share_process_ended (const TelarProgram *program, uint32_t process, int exit);

/* The same for those that ended, and hold what others wait for, and were not
 * reaped: the engine looks now and then. */
void telar_share_look (const TelarProgram *program);
