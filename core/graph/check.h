/* check.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Faults of a graph: every one found in one pass, each with its place and its
 * cure, in the reader's language.
 */

#pragma once

#include "graph/relations.h"

G_BEGIN_DECLS

typedef enum
{
  TELAR_FAULT_ERROR,   /* the graph cannot run */
  TELAR_FAULT_WARNING  /* it runs, but see */
} TelarFaultLevel;

typedef struct
{
  TelarFaultLevel level;
  char *file;  /* owned, nullable */
  char *place; /* owned, nullable: "line 4, column 2", or a path: "tasks[3].args[0]",
                * "tasks[3].body[2].args[0]", "main.body[0]", "cores" */
  char *task;  /* owned, nullable: id of the task, or the object, that it is about */
  char *what;  /* owned: what is wrong, without a final stop */
  char *cure;  /* owned, nullable: how to mend it */
} TelarFault;

void  telar_fault_free (TelarFault *fault);

/* Returns: (transfer full): "FILE: PLACE: WHAT; CURE". */
char *telar_fault_describe (const TelarFault *fault);

/* Adds a fault; what is given is copied.
 *
 * @file, @place, @task, @cure: (nullable) */
void  telar_faults_add (GPtrArray       *faults,
                        TelarFaultLevel  level,
                        const char      *file,
                        const char      *place,
                        const char      *task,
                        const char      *what,
                        const char      *cure);

/* Adds to @faults whatever is wrong with the graph as such (functions,
 * arguments, references, cycles, limits). What depends on this machine
 * (cores that it lacks) is found by telar_plan_build() instead.
 *
 * @faults: (element-type TelarFault): with telar_fault_free as its free function
 * Returns: whether the graph can run: no fault of level ERROR was added. */
gboolean telar_graph_check (const TelarGraph *graph, GPtrArray *faults);

/* The part of a check that a person's edit may not break: ids, `inside`, `after`,
 * circles, size, settings, and what steps do to tasks; not functions and
 * arguments.
 *
 * Returns: whether no fault of level ERROR was added. */
gboolean telar_graph_check_structure (const TelarGraph *graph, GPtrArray *faults);

/* The same where the structure was sound before its last task came, which nothing
 * refers to, which is not after or inside itself and whose steps refer to no task:
 * without looking at the others but for their number. See telar_relations_append().
 *
 * @relations: of the graph with that task */
gboolean telar_graph_check_appended (TelarRelations *relations, GPtrArray *faults);

GPtrArray *telar_faults_new (void);

G_END_DECLS
