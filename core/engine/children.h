/* children.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The tasks of one scope and how far each has come: which wait for which, and
 * which are due. Plain bookkeeping, starts nothing.
 */

#pragma once

#include "engine/self.h"

typedef enum
{
  TELAR_CHILD_WAITING, /* not started yet */
  TELAR_CHILD_ACTIVE,  /* started, not joined */
  TELAR_CHILD_DONE     /* joined, or never to be started */
} TelarChildState;

typedef struct
{
  uint32_t task;            /* number in the plan */
  uint32_t pending;         /* tasks of its `after` that are not done */
  uint32_t first_dependent; /* in dependents[] */
  uint32_t n_dependents;
  int      descriptor;      /* pidfd being watched, or -1 */
  uint8_t  state;           /* TelarChildState */
  bool     by_body;         /* a step starts it, never the scope by itself */
} TelarChild;

typedef struct
{
  TelarChild *list;       /* owned, in file order; what follows is in its block */
  uint32_t    n;
  uint32_t    n_waiting;
  uint32_t    n_active;
  uint32_t    n_daemons;  /* of those */
  uint32_t    n_due;      /* waiting, and nothing that they come after is left */
  uint32_t   *dependents; /* indices of children */
  uint32_t   *scratch;    /* room for n indices */
  size_t      size;       /* of the block, bytes */
} TelarChildren;

/* Returns: whether there was memory for it. */
bool telar_children_init  (TelarChildren *children, const TelarPlan *plan, uint32_t parent);
void telar_children_clear (TelarChildren *children);

/* Returns: the index of @task, which must be among them. */
uint32_t telar_children_find (const TelarChildren *children, uint32_t task);

/* Children that come after @child. */
const uint32_t *telar_children_dependents (const TelarChildren *children, uint32_t child,
                                           uint32_t *n);

/* Whether no started one is still running, or none but daemons. */
bool telar_children_all_ended (const TelarChildren *children, TelarSelf *owner,
                               bool but_daemons);

static inline bool
telar_child_is_due (const TelarChild *child)
{
  return child->state == TELAR_CHILD_WAITING && child->pending == 0 && !child->by_body;
}
