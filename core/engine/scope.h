/* scope.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The loop by which main, and every task with tasks of its own, starts and
 * joins them (DESIGN, "A graph is a program"):
 *
 *   open    starts every process and thread whose `after` is satisfied
 *   (the task's own body runs; its steps may start, join and end tasks)
 *   close   runs the calls that are due; while some task waits for others,
 *           waits for any of those, joins it and starts what that makes due;
 *           joins the rest in file order
 *
 * A scope belongs to the thread that runs its task. Libc only: this runs after
 * a fork.
 */

#pragma once

#include "engine/self.h"

/* Makes the scope and starts what is due. Nothing where the task has no tasks
 * of its own. Returns: whether the task can go on to its body. */
bool telar_scope_open (TelarSelf *self);

/* Joins everything. With @failed, nothing more is started: the body ended by an
 * error or an exit, as a program would end there.
 *
 * Returns: the task's exit code: @exit_code, or that of a call that ended it. */
int telar_scope_close (TelarSelf *self, int exit_code, bool failed);

/* A child that has ended, or is about to, is joined without a word of waiting. */
void telar_scope_reap (TelarSelf *self, uint32_t task);

/* Whether this thread started @task, or may: only it can join a process. */
bool telar_scope_is_owner (TelarSelf *self, uint32_t task);

/* Steps. */
TelarResult telar_scope_start  (TelarSelf *self, uint32_t task);
TelarResult telar_scope_join   (TelarSelf *self, uint32_t task, int64_t timeout_ns);
TelarResult telar_scope_signal (TelarSelf *self, uint32_t task, int signal_number);
/* By SIGTERM, when nobody asked for this task by name and it is to be joined: one that
 * somebody stopped goes on to hear of it. */
void        telar_scope_terminate (TelarSelf *self, uint32_t task);
