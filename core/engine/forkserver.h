/* forkserver.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The fork server of a run, seen by main and its tasks: a telar-task with one
 * thread and nothing in its memory but the run, which forks tasks that ask for
 * it (start method forkserver). main forks it before its own first instruction
 * and it executes telar-task when the first task is asked of it. It is the
 * parent of what it forks: it reaps them, and tells how they ended through
 * their rows, as threads do (ended.h). Libc only.
 */

#pragma once

#include "engine/self.h"

/* What is asked of it, on TELAR_FD_SERVER. */
typedef struct
{
  uint32_t task;
  int32_t  signal; /* 0: start it */
} TelarServerRequest;

/* In main, before its first instruction. */
void telar_forkserver_open  (TelarSelf *self);
/* In main, as its last act: the server ends; what it forked lives on. */
void telar_forkserver_close (TelarSelf *self);

/* Asks for a task and waits until it is there. Returns: 0, or errno. */
int  telar_forkserver_start  (TelarSelf *self, uint32_t task);
/* A signal goes to the task unless it was reaped, which only the server knows. */
void telar_forkserver_signal (TelarSelf *self, uint32_t task, int signal_number);
