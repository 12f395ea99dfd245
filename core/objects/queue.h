/* queue.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Queues: items (bytes, of any length) first in, first out, by any number of
 * tasks. Three kinds, as in the library that Telar follows:
 *
 *   queue           holds as many items as its capacity says (0: any number)
 *   joinable queue  and counts those that are not yet done
 *   simple queue    no capacity; who puts waits itself until its item has left,
 *                   or fits in, the 65,536 bytes that a pipe holds
 *
 * A queue of a process pours what was put into a pipe of 65,536 bytes, and the
 * process cannot end before the last of it has left: telar_queue_flush(). Here
 * all lies in shared memory from the first moment on, and that wait is kept
 * because programs meet it. One queue holds 256 MiB; beyond that, it is full.
 */

#pragma once

#include "objects/object.h"

/* Bytes of queues and pipes beyond which what was put is not flushed. */
#define TELAR_QUEUE_PIPE 65536u

/* Returns: DONE, TIMEOUT, TOO_BIG, or CLOSED where @party has closed it. */
TelarObjectOutcome telar_queue_put (TelarObjects *objects, uint32_t object,
                                    const TelarParty *party, const void *bytes, size_t size,
                                    int64_t timeout_ns);

/* Takes the first item. @size: (out): its length.
 * Returns: DONE, TIMEOUT, CLOSED, or TOO_BIG: it has more than @room bytes, and stays. */
TelarObjectOutcome telar_queue_get (TelarObjects *objects, uint32_t object,
                                    const TelarParty *party, void *bytes, size_t room,
                                    size_t *size, int64_t timeout_ns);

/* At this moment: another task may change it at the next. */
uint64_t telar_queue_size     (TelarObjects *objects, uint32_t object);
bool     telar_queue_is_empty (TelarObjects *objects, uint32_t object);
bool     telar_queue_is_full  (TelarObjects *objects, uint32_t object);

/* Of a joinable queue: one item that was got is done.
 * Returns: DONE, TOO_MANY_DONE or WRONG_TYPE. */
TelarObjectOutcome telar_queue_task_done (TelarObjects *objects, uint32_t object,
                                          const TelarParty *party);
/* Waits until all that was put is done. Returns: DONE, TIMEOUT or WRONG_TYPE. */
TelarObjectOutcome telar_queue_join (TelarObjects *objects, uint32_t object,
                                     const TelarParty *party, int64_t timeout_ns);
uint64_t telar_queue_unfinished (TelarObjects *objects, uint32_t object);

/* The party's task neither puts nor gets any more. Returns: DONE. */
TelarObjectOutcome telar_queue_close (TelarObjects *objects, uint32_t object,
                                      const TelarParty *party);

/* Bytes up to the end of @task's last item in the queue that a pipe has no room for: it is not
 * flushed before others took as many. */
uint64_t telar_queue_unflushed (TelarObjects *objects, uint32_t object, uint32_t task);
/* Waits until they are flushed. Returns: DONE or TIMEOUT. */
TelarObjectOutcome telar_queue_flush (TelarObjects *objects, uint32_t object,
                                      const TelarParty *party, uint32_t task, int64_t timeout_ns);
