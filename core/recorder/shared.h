/* shared.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The memory that telar-engine and all processes of one run share: a row and a
 * ring of events for each task. Made before main is forked; it holds offsets,
 * no pointers, and vanishes with its last process. Where a task is another program
 * (spawn, forkserver), the memory is a file without a name, which it maps anew. Pages nobody touched take
 * no memory, and what one task touches lies close together: each page that a
 * new process writes to is a page fault.
 *
 *   TelarShared | TelarRow[n_tasks] | rings…
 */

#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "plan/plan.h"
#include "recorder/ring.h"

typedef enum
{
  TELAR_ROW_NEW,
  TELAR_ROW_STARTED,     /* and not joined */
  TELAR_ROW_JOINED,
  TELAR_ROW_REFUSED,     /* could not start */
  TELAR_ROW_NOT_STARTED  /* and never will be */
} TelarRowState;

/* How many of the tasks that one wait is for are named; the rest is understood. */
#define TELAR_MAX_NAMED 64u

/* A futex word. */
typedef enum
{
  TELAR_HAS_ENDED = 1,
  TELAR_IS_AWAITED = 2  /* and someone sleeps until it has */
} TelarRowEnded;

#define TELAR_JOINS_ANY  UINT32_MAX
#define TELAR_AWAITS     0x80000000u /* + the number of a plan's value, TELAR_VALUE_AWAITED */
#define TELAR_STEPS_OVER UINT32_MAX

/* What a scope knows of a child. Written by the parent, but for the fields
 * that say otherwise. */
typedef struct
{
  _Atomic uint32_t state;   /* TelarRowState */
  _Atomic int32_t  pid;     /* of a process; a futex word: -errno where the fork server could
                             * not fork it */
  _Atomic int32_t  exit;    /* of a joined one; of an ended thread: by itself */
  _Atomic uint32_t ended;   /* TelarRowEnded: of a thread, set by itself as its last act; of a
                             * process that the fork server forked, by the server */
  _Atomic uint32_t stopped; /* terminate or kill was sent */
  _Atomic uint32_t joins;   /* the task + 1 that its thread waits for, with no end set;
                             * TELAR_JOINS_ANY: some of those it started; or TELAR_AWAITS */
  _Atomic uint32_t step;    /* of its body, or of a call's own: those before it are over for
                             * good; TELAR_STEPS_OVER: it has ended */
  _Atomic uint32_t placed;  /* counted among the alive; cleared by whoever sees its end first */
  pthread_t        thread;  /* valid inside the parent's process */
  uint64_t         ring;    /* byte offset; set before the run */
} TelarRow;

typedef struct
{
  _Alignas (64) _Atomic uint32_t alive;          /* tasks started and not ended or joined */
  _Atomic uint32_t steps;          /* recorded in full so far */
  uint32_t         n_tasks;
  uint32_t         records;        /* clocks are read at steps: source is not off */
  uint64_t         size;           /* of all of it, bytes */
  int32_t          first_descriptor; /* from here on a process has what it opened itself */
  _Atomic int32_t  server;         /* pid of the fork server; 0: none */
  uint64_t         cores[TELAR_MAX_CORES / 64]; /* what main may use: unpinned tasks go back to it */
} TelarShared;

/* @descriptor: (out) (nullable): of the file behind it, close-on-exec; NULL where
 * nobody is to map it anew
 * Returns: (nullable): the memory, or NULL with errno set. */
TelarShared *telar_shared_new  (const TelarPlan *plan, int *descriptor);
/* The same memory in a program that inherited the descriptor.
 * Returns: (nullable): NULL where it is none. */
TelarShared *telar_shared_map  (int descriptor);
void         telar_shared_free (TelarShared *shared);

/* Events that a task's ring holds; a power of two. */
uint32_t telar_shared_capacity (const TelarPlan *plan, uint32_t task);

/* For the writer, before its first event. */
TelarRing *telar_shared_open_ring (TelarShared *shared, const TelarPlan *plan, uint32_t task);

/* Rows begin where the head ends. Never an offset out of the memory itself:
 * tasks can write there, and the engine must not follow what they wrote. */
static inline TelarRow *
telar_shared_row (TelarShared *shared, uint32_t task)
{
  return (TelarRow *) (shared + 1) + task;
}

static inline TelarRing *
telar_shared_ring (TelarShared *shared, uint32_t task)
{
  return (TelarRing *) ((char *) shared + telar_shared_row (shared, task)->ring);
}
