/* task-set.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Some of a run's tasks, a bit each, in memory that processes share: each task
 * is put in and taken out by one atomic operation, so that whoever is killed
 * leaves a sound set. Private to this folder.
 */

#pragma once

#include "objects/object.h"

typedef _Atomic uint64_t TelarTaskSet; /* the first word of it */

/* Bytes, a multiple of 64: one task's bits are not on another set's line. */
static inline uint64_t
telar_task_set_size (uint32_t n_tasks)
{
  return ((uint64_t) n_tasks + 511) / 512 * 64;
}

static inline void
telar_task_set_add (TelarTaskSet *set, uint32_t task)
{
  atomic_fetch_or (&set[task / 64], 1ull << task % 64);
}

static inline bool
telar_task_set_has (TelarTaskSet *set, uint32_t task)
{
  return (atomic_load (&set[task / 64]) >> task % 64 & 1) != 0;
}

/* Returns: whether it was in. */
static inline bool
telar_task_set_remove (TelarTaskSet *set, uint32_t task)
{
  uint64_t bit = 1ull << task % 64;

  return telar_task_set_has (set, task) && (atomic_fetch_and (&set[task / 64], ~bit) & bit) != 0;
}

static inline bool
telar_task_set_is_empty (TelarTaskSet *set, uint32_t n_tasks)
{
  for (uint32_t i = 0; i < ((uint64_t) n_tasks + 63) / 64; i++)
    if (atomic_load (&set[i]) != 0)
      return false;
  return true;
}
