/* deadlock.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Tasks that wait for each other for ever. A task is in a deadlock when it waits
 * with no end set, and every task that could let it go on (releases the lock,
 * puts into the queue, ends…) either is in it too, or has that step behind it.
 * What each task may still do is in the plan; how far it has come, and what it
 * waits for, it says in the memory that it shares with the engine.
 *
 * The largest set of such tasks is found by taking all that wait and leaving out,
 * again and again, whoever another task outside the set could still let go on.
 * It counts when two looks find the same waits. Beside it, tasks that wait for each
 * other's locks in a circle are told even where a timeout will end that.
 *
 * Told of is a circle in the set, and those who wait for what nobody is left to do; who
 * waits for one of a circle is not part of it. What is told of stands until one of its
 * waits ends, whoever comes to it: of them is told when they do.
 *
 * Of the engine alone; libc only.
 */

#pragma once

#include "engine/rings.h"
#include "engine/self.h"

typedef struct _TelarDeadlocks TelarDeadlocks;

/* Between two looks, ns. */
#define TELAR_DEADLOCK_PERIOD (200 * INT64_C (1000000))

/* Tells of each task of a deadlock that was recognised; kind: TELAR_EVENT_DEADLOCK, or
 * TELAR_EVENT_RESOLVED: of one of a deadlock that is over. */
typedef void (*TelarDeadlockFunc) (const TelarEvent *event, void *data);

/* Returns: (nullable): NULL where there is no memory for it. */
TelarDeadlocks *telar_deadlocks_new  (const TelarProgram *program);
void            telar_deadlocks_free (TelarDeadlocks *deadlocks);

/* Looks at the tasks that run. Returns: whether none of them can ever go on. */
bool telar_deadlocks_look (TelarDeadlocks *deadlocks, const TelarRings *rings,
                           TelarDeadlockFunc tell, void *data);
