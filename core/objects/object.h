/* object.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The objects that the tasks of a run share: locks, queues, values… One memory
 * file, mapped by telar-engine before it forks main and so at the same address
 * in every task that was forked; a task that is another program maps it by its
 * descriptor, wherever there is room. It holds offsets, no pointers, never
 * grows, and vanishes with its last process. Pages that nobody touched take no
 * memory: an area may be large and sparse.
 *
 *   TelarObjects | TelarObjectHead[n_objects] | TelarObjectTask[n_tasks] | area, area…
 *
 * A family of objects (lock.c, barrier.c, queue.c…) has
 *   - a struct of its own, which is what lies at the beginning of the areas of
 *     its objects, 64-byte aligned and zeroed: telar_object_area();
 *   - a row in the table of objects.c, a TelarObjectFamily, by the type;
 *   - a header with the functions that work on an object by its number. They
 *     take a TelarParty, the task that asks, and give a TelarObjectOutcome.
 *
 * Rules for all of them:
 *   - They work between processes and between threads alike: futexes without
 *     PRIVATE, on 32-bit words (futex.h).
 *   - A task may be killed between any two instructions. No task may be blocked
 *     by that for ever: what a task holds says who holds it, so that
 *     owner_died() can take it away; what is published is complete.
 *   - Timeouts: -1 (TELAR_FOREVER) waits, 0 does not wait.
 *   - A task that sleeps does so between telar_party_begins() and
 *     telar_party_ends(), never on the fast path. Spurious wakes are allowed:
 *     owner_died() wakes whoever might have missed a wake.
 *
 * Libc only; safe after a fork and in every thread.
 */

#pragma once

#include <stdatomic.h>

#include "plan/plan.h"

#define TELAR_FOREVER (-1)

typedef enum
{
  TELAR_OBJECT_DONE,
  TELAR_OBJECT_TIMEOUT,       /* `false` */
  TELAR_OBJECT_OWNER_DIED,    /* acquired; but who held it before was killed */
  TELAR_OBJECT_FREE,          /* release of what nobody holds */
  TELAR_OBJECT_NOT_OWNER,     /* release of an rlock of another's */
  TELAR_OBJECT_BOUND,         /* a semaphore would rise above its bound */
  TELAR_OBJECT_BROKEN,        /* barrier */
  TELAR_OBJECT_CLOSED,        /* end of file, nobody to read */
  TELAR_OBJECT_RANGE,         /* no such element, end, key or byte */
  TELAR_OBJECT_TOO_BIG,
  TELAR_OBJECT_WRONG_TYPE,
  TELAR_OBJECT_TOO_MANY_DONE  /* task_done more often than items were got */
} TelarObjectOutcome;

/* What a task did to an object, for arrows, held locks and fill levels. */
typedef enum
{
  TELAR_ACT_ACQUIRED = 1,  /* lock, rlock (outermost): value 1 where its owner had died;
                            * semaphore: what is left of it */
  TELAR_ACT_RELEASED,      /* value: what a semaphore has now */
  TELAR_ACT_SET,           /* event */
  TELAR_ACT_CLEARED,
  TELAR_ACT_NOTIFIED,      /* condition; value: how many were woken */
  TELAR_ACT_PASSED,        /* a wait is over: event, condition, barrier (value: which one it is) */
  TELAR_ACT_BROKE,         /* barrier: abort, timeout, reset while some waited */
  TELAR_ACT_PUT,           /* queue, pipe; value: items in it now */
  TELAR_ACT_GOT,
  TELAR_ACT_WROTE,         /* value, array, shared memory; list, dictionary: what is in it now */
  TELAR_ACT_CLOSED,        /* an end of a pipe */
  TELAR_N_ACTS
} TelarObjectAct;

/* What a queue or a pipe makes wait, the detail of begins() below. */
typedef enum
{
  TELAR_WAITS_EMPTY,
  TELAR_WAITS_FULL,
  TELAR_WAITS_DONE,  /* join of a queue: for task_done */
  TELAR_WAITS_FLUSH  /* a process ends, and waits until what it put is read */
} TelarObjectWaits;

/* Who asks, and who is told of its waits. */
typedef struct
{
  uint32_t task;         /* number in the plan, of the task whose thread this is: it is written
                          * into words as the owner */
  /* Around real sleeping; @culprit: the task because of which, or TELAR_NO_TASK;
   * @detail: barrier: how many of its parties have come; queue, pipe:
   * TelarObjectWaits; below 2^24. Nullable. */
  void   (*begins) (void *data, uint32_t object, uint32_t culprit, uint32_t detail);
  void   (*ends)   (void *data);
  void   (*passed) (void *data, uint32_t object, TelarObjectAct act, int64_t value); /* nullable */
  void    *data;
} TelarParty;

typedef struct
{
  uint32_t type;     /* TelarObjectType */
  uint32_t of;       /* as in TelarPlanObject */
  uint32_t flags;
  uint32_t reserved;
  int64_t  amount;
  double   initial;
  uint64_t area;     /* byte offset, a multiple of 64 */
  uint64_t size;     /* of the area */
  /* Of a pool, as in TelarPlanObject. */
  uint32_t owner;
  uint32_t first_worker;
  uint32_t n_workers;
  uint32_t n_jobs;
  uint32_t n_cells;
  uint32_t reserved_too;
} TelarObjectHead;

/* A task, as objects see it. */
typedef struct
{
  _Alignas (64) _Atomic uint32_t waits_for; /* object + 1 while it sleeps, or 0 */
  /* Conditions and barriers wake each waiter by a word of its own, see cell.h. */
  _Atomic uint32_t cell;
  _Atomic uint32_t cell_object;
  _Atomic uint32_t n_sleeps;    /* so far: two looks tell whether it is the same one */
  _Atomic uint64_t cell_ticket;
  /* Of the sleep. */
  _Atomic int64_t  until_ns;    /* INT64_MAX: for ever */
  _Atomic uint32_t culprit;     /* task, or TELAR_NO_TASK */
  _Atomic uint32_t detail;
} TelarObjectTask;

struct _TelarObjects
{
  uint64_t magic;
  uint64_t size;       /* of all of it, bytes */
  uint32_t n_objects;
  uint32_t n_tasks;
  uint64_t tasks;      /* byte offset */
  uint64_t reserved[4];
};

typedef struct _TelarObjects TelarObjects;

/* What objects.c asks of a family; each may be NULL but area_size. */
typedef struct
{
  uint64_t (*area_size)  (const TelarPlanObject *object, uint32_t n_tasks);
  /* Once, before main is forked; the area is zeroed. */
  void     (*set_up)     (TelarObjects *objects, uint32_t object, const TelarPlanObject *from);
  /* @task was killed, and runs no more: gives up what it held, repairs what it
   * left half done, wakes those who may have missed a wake. By the engine or by
   * who reaped it; more than once is no harm. */
  void     (*owner_died) (TelarObjects *objects, uint32_t object, uint32_t task);
  /* @task has ended, however it did, and will not use the object again. */
  void     (*task_ended) (TelarObjects *objects, uint32_t object, uint32_t task);
  /* The task that holds it while others wait, or TELAR_NO_TASK. */
  uint32_t (*contended)  (TelarObjects *objects, uint32_t object);
  /* Whether @task, which sleeps for the object, has nothing to go on for yet: else
   * it is awake in all but time. */
  bool     (*blocks)     (TelarObjects *objects, uint32_t object, uint32_t task);
} TelarObjectFamily;

/* Makes the memory of a plan's objects. @fd: (out) (nullable): its descriptor,
 * close-on-exec. A plan without objects has a memory too.
 * Returns: (nullable): NULL with errno set. */
TelarObjects *telar_objects_new  (const TelarPlan *plan, int *fd);
/* Maps it in another program. */
TelarObjects *telar_objects_map  (int fd);
void          telar_objects_free (TelarObjects *objects);

void telar_objects_owner_died (TelarObjects *objects, uint32_t task);
void telar_objects_task_ended (TelarObjects *objects, uint32_t task);
/* Of one object: each that is looked at costs a process a page. */
void telar_object_task_ended  (TelarObjects *objects, uint32_t object, uint32_t task);

/* Calls @is_dead for each task that holds what others wait for, or was woken by name in
 * their stead, and telar_objects_owner_died() where it is. For whoever watches the run: the
 * parent of a
 * killed process may be busy, or wait for something else. */
void telar_objects_look (TelarObjects *objects, bool (*is_dead) (uint32_t task, void *data),
                         void *data);

/* The task that holds a lock, or a condition's lock, or TELAR_NO_TASK. */
uint32_t telar_objects_owner (TelarObjects *objects, uint32_t object);
/* The object that a task sleeps for, or TELAR_NO_OBJECT. */
uint32_t telar_objects_awaited (TelarObjects *objects, uint32_t task);
/* Whether a task sleeps for an object and nothing woke it. */
bool     telar_objects_blocked (TelarObjects *objects, uint32_t task);

static inline const TelarObjectHead *
telar_object_head (const TelarObjects *objects, uint32_t object)
{
  return (const TelarObjectHead *) (objects + 1) + object;
}

/* The struct of the object's family. */
static inline void *
telar_object_area (TelarObjects *objects, uint32_t object)
{
  return (char *) objects + telar_object_head (objects, object)->area;
}

static inline TelarObjectTask *
telar_object_task (TelarObjects *objects, uint32_t task)
{
  return (TelarObjectTask *) ((char *) objects + objects->tasks) + task;
}

/* The party is about to sleep, until @until_ns at most, and is awake again. */
void telar_party_begins (TelarObjects *objects, const TelarParty *party, uint32_t object,
                         uint32_t culprit, uint32_t detail, int64_t until_ns);
void telar_party_ends   (TelarObjects *objects, const TelarParty *party);

static inline void
telar_party_passed (const TelarParty *party, uint32_t object, TelarObjectAct act, int64_t value)
{
  if (party->passed != NULL)
    party->passed (party->data, object, act, value);
}
