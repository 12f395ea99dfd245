/* reaper.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Ending what is left of a run. telar-engine and telar are both child
 * subreapers: whatever loses its parent becomes a child of the nearest of
 * them, so nothing can hide by forking twice or by a session of its own.
 * Children are found in /proc, never by waiting for "any child", so that
 * neither takes away the end of a process that something else waits for.
 * Libc only; used by telar-engine and, when the engine died, by telar.
 */

#pragma once

#include <stdbool.h>
#include <sys/types.h>

/* Bytes of a core file that tasks, and what they start, may have at most. One
 * tells the kernel to keep quiet even where a crash reporter is set up
 * (core(5)); 0 would not. */
#define TELAR_TASK_CORE_LIMIT 1

/* Makes the calling process a child subreaper. */
void telar_reaper_adopt (void);

/* Children of the calling process right now, at most @room.
 * Returns: how many. */
unsigned telar_reaper_children (pid_t *pids, unsigned room);

/* Whether @pid, a child of the caller, belongs to a run: its session is
 * @session, or it was started with TELAR_RUN in its environment set to @mark
 * (NULL: anything goes), or it has the limit on core files that every task of
 * a run passes on to what it starts, and the caller has not: a program can
 * leave its session and clear its environment, but not raise that limit. */
bool telar_reaper_is_of_run (pid_t pid, pid_t session, const char *mark);

/* About a second, where looks take no time themselves. */
#define TELAR_REAPER_PATIENCE 650u

/* Ends every child of the calling process that is of the run, with the session's
 * group where one is in that, until none is left. @mark NULL: until there is no
 * child at all. @patience: after so many looks it gives up: no time is told,
 * because where the machine stands still nobody has had the time to end.
 * @reaped: (nullable): is told of each end: pid and exit (0…255, −signal).
 * Returns: whether nothing is left. */
typedef void (*TelarReapedFunc) (pid_t pid, int exit, void *data);
bool telar_reaper_end (pid_t session, const char *mark, unsigned patience,
                       TelarReapedFunc reaped, void *data);

/* Reaps a child that ended. Returns: whether it had; @exit as above. */
bool telar_reaper_reap (pid_t pid, int *exit);
