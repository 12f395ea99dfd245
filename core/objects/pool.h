/* pool.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Pools: one task, the owner, gives jobs; workers take them a chunk at a time, in
 * the order in which they were given, and leave a result a call.
 *
 * A job is a step of the plan (TelarPlanCalls), which is mapped by everyone: what
 * lies here is who has which chunk, and what came of it. A chunk's word tells
 *
 *   31      30    29    28 … 0
 *   awaited done  lost  worker + 1, 0: nobody has taken it
 *
 * It is taken, and published, by one store; before it takes one, a worker writes
 * down which, so that whoever finds it killed knows where to look. Libc only.
 */

#pragma once

#include "objects/object.h"

typedef struct
{
  uint32_t type;     /* TelarResultType; ERROR: the call failed */
  uint32_t reserved;
  int64_t  bits;
} TelarPoolResult;

typedef enum
{
  TELAR_POOL_OPEN,
  TELAR_POOL_CLOSED,    /* workers end when all is done */
  TELAR_POOL_TERMINATED /* they end now */
} TelarPoolState;

/* A chunk that a worker has taken. */
typedef struct
{
  TelarPlanCalls calls;
  uint32_t       chunk;
} TelarPoolWork;

/* The owner. A job that was given before must be done before it is given again. */
void           telar_pool_give  (TelarObjects *objects, uint32_t object, const TelarPlan *plan,
                                 uint64_t calls);
void           telar_pool_set   (TelarObjects *objects, uint32_t object, TelarPoolState state);
TelarPoolState telar_pool_state (TelarObjects *objects, uint32_t object);
bool           telar_pool_was_given (TelarObjects *objects, uint32_t object,
                                     const TelarPlanCalls *calls);
/* The first chunk from @from on that is not done, or n_chunks. */
uint32_t       telar_pool_undone (TelarObjects *objects, uint32_t object,
                                  const TelarPlanCalls *calls, uint32_t from);
/* Sleeps until @chunk is done, a worker ended by itself, or @until_ns. */
void           telar_pool_sleep (TelarObjects *objects, uint32_t object,
                                 const TelarPlanCalls *calls, uint32_t chunk, int64_t until_ns);
/* Whether some chunk was not taken yet. */
bool           telar_pool_has_work (TelarObjects *objects, uint32_t object, const TelarPlan *plan);
/* What nobody will take any more is lost. */
void           telar_pool_lose_rest (TelarObjects *objects, uint32_t object, const TelarPlan *plan);

/* Of a chunk that is done. @worker: (out): the task that had it, TELAR_NO_TASK for
 * none; @ticket: (out): how many were done before. Returns: false where it was lost. */
bool             telar_pool_outcome (TelarObjects *objects, uint32_t object,
                                     const TelarPlanCalls *calls, uint32_t chunk,
                                     uint32_t *worker, uint32_t *ticket);
TelarPoolResult *telar_pool_result  (TelarObjects *objects, uint32_t object,
                                     const TelarPlanCalls *calls, uint32_t nth);

/* A worker. Returns: whether there was something to take. */
bool telar_pool_take   (TelarObjects *objects, uint32_t object, const TelarPlan *plan,
                        uint32_t task, TelarPoolWork *work);
/* Its results are written. */
void telar_pool_finish (TelarObjects *objects, uint32_t object, uint32_t task,
                        const TelarPoolWork *work);
/* It was to end before they were. */
void telar_pool_lose   (TelarObjects *objects, uint32_t object, uint32_t task,
                        const TelarPoolWork *work);
/* Sleeps until there is something to take.
 * Returns: false where there never will be: closed, and all taken. */
bool telar_pool_await  (TelarObjects *objects, uint32_t object, const TelarParty *party);
/* It ends by itself, and another may take its place. */
void telar_pool_leave  (TelarObjects *objects, uint32_t object, uint32_t task);
/* Whether it said so: it has ended, or is about to. */
bool telar_pool_has_left (TelarObjects *objects, uint32_t object, uint32_t task);
