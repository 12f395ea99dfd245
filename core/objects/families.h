/* families.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The families of objects, for the table in objects.c.
 */

#pragma once

#include "objects/object.h"

extern const TelarObjectFamily telar_lock_family;      /* lock.c: lock, rlock */
extern const TelarObjectFamily telar_semaphore_family; /* semaphore.c: both kinds */
extern const TelarObjectFamily telar_event_family;     /* event.c */
extern const TelarObjectFamily telar_condition_family; /* condition.c */
extern const TelarObjectFamily telar_barrier_family;   /* barrier.c */
extern const TelarObjectFamily telar_queue_family;     /* queue.c: three kinds */
extern const TelarObjectFamily telar_pipe_family;      /* pipe.c */
extern const TelarObjectFamily telar_pool_family;      /* pool.c */
extern const TelarObjectFamily telar_numbers_family;   /* numbers.c: value, array */
extern const TelarObjectFamily telar_block_family;     /* block.c: shared memory */
extern const TelarObjectFamily telar_collection_family; /* collection.c: list, dictionary */
