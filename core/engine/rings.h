/* rings.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Reading the rings of the tasks that are under way: a ring is read from its
 * task's start to its join. Tasks can write to the rings and beside them: what
 * the reader goes by (where a ring is, how large) is its own. Libc only.
 */

#pragma once

#include "recorder/shared.h"

typedef void (*TelarEventsFunc) (const TelarEvent *events, unsigned n, void *data);

/* A ring as the reader knows it. */
typedef struct
{
  TelarRing *ring;     /* borrowed: in the shared memory */
  uint32_t   capacity;
  uint32_t   place;    /* where its task stands in open, + 1; 0: nowhere */
  bool       closing;  /* whatever will be written is there */
} TelarRingView;

typedef struct
{
  TelarRingView *views;   /* owned: by task */
  uint32_t      *open;    /* owned: tasks whose rings are read */
  uint32_t       n_tasks;
  uint32_t       n_open;
  uint64_t       lost;    /* events that tasks could not write, so far */
} TelarRings;

/* Before the first task runs. Returns: whether there was memory for it. */
bool telar_rings_init (TelarRings *rings, TelarShared *shared, const TelarPlan *plan);
void telar_rings_clear (TelarRings *rings);

/* Hands on what is there, of each ring what fits into it once: what a task wrote
 * before it was called is handed on by it. */
void telar_rings_drain (TelarRings *rings, TelarEventsFunc take, void *data);
/* When no task is left: the rest, and what no task came to say it had lost. */
void telar_rings_finish (TelarRings *rings, TelarEventsFunc take, void *data);
