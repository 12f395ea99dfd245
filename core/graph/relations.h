/* relations.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Who belongs to whom in a graph: which task an id means, who is whose parent,
 * who is started by a body. For the checks, which meet faulty graphs, and for
 * the plan, which does not.
 *
 * A task is its number here: 0 is main, n + 1 is graph->tasks[n].
 */

#pragma once

#include "catalogue/catalogue.h"
#include "graph/graph.h"

G_BEGIN_DECLS

#define TELAR_NOBODY G_MAXUINT32

typedef struct
{
  guint32 parent;        /* the starter, or what it is inside; TELAR_NOBODY for main and
                          * where the graph does not tell */
  guint32 starter;       /* whose body starts it first, or TELAR_NOBODY */
  guint   n_starts;      /* steps of that starter that start it */
} TelarRelation;

typedef struct
{
  const TelarGraph *graph;  /* borrowed */
  GHashTable       *by_id;  /* owned: borrowed id → number + 1; of equal ids the first */
  TelarRelation    *tasks;  /* owned, n_tasks */
  guint32           n_tasks;
} TelarRelations;

TelarRelations *telar_relations_new  (const TelarGraph *graph);
void            telar_relations_free (TelarRelations *relations);

/* The graph has one more task, its last: nothing refers to it, and it starts nothing. */
void telar_relations_append (TelarRelations *relations);

const TelarTask *telar_relations_task (const TelarRelations *relations, guint32 task);

/* What a reference means: `w` is the task and all its copies, `w.2` its second
 * copy alone.
 *
 * @copy: (out) (nullable): from 1, or 0 for all
 * Returns: the number, or TELAR_NOBODY. */
guint32 telar_relations_find (const TelarRelations *relations, const char *reference, guint *copy);

/* Returns: the process that a task runs in: itself, or the nearest above it; 0
 * where the parents run in a circle. */
guint32 telar_relations_process (const TelarRelations *relations, guint32 task);

/* How often a task is there, with the copies of all that it is in. */
guint64 telar_relations_copies (const TelarRelations *relations, guint32 task);

/* The end of a pipe that a step of @task works on, where it says @end or, with -1,
 * nothing: what sends does so at end 1 of a one-way pipe, and receives at end 0;
 * of the others the first task of the graph that names the pipe has end 0, and the
 * rest have end 1.
 *
 * Returns: 0 or 1, or -1: close of whatever ends the task has; no pipe at all. */
int telar_relations_pipe_end (const TelarRelations *relations, guint32 task, const char *function,
                              const char *object, int end);

/* The task that an argument refers to, as written; NULL where it refers to none. */
const char *telar_json_task (const json_t *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarRelations, telar_relations_free)

G_END_DECLS
