/* rings.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Reading the rings of the tasks that are under way: a ring is read from its
 * task's start to its join. Libc only.
 */

#pragma once

#include "recorder/shared.h"

typedef void (*TelarEventsFunc) (const TelarEvent *events, unsigned n, void *data);

typedef struct
{
  TelarShared *shared;  /* borrowed */
  uint32_t    *open;    /* owned: tasks whose rings are read */
  uint32_t    *place;   /* owned: by task: where it stands in open, + 1; 0: nowhere */
  uint32_t     n_open;
  uint32_t     n_read;  /* of them, from the first on: read in this drain */
  uint64_t     lost;    /* events that tasks could not write, so far */
} TelarRings;

/* Returns: whether there was memory for it. */
bool telar_rings_init  (TelarRings *rings, TelarShared *shared);
void telar_rings_clear (TelarRings *rings);

/* Hands on everything that is there: what a task wrote before it was called is
 * handed on by it. */
void telar_rings_drain (TelarRings *rings, TelarEventsFunc take, void *data);
