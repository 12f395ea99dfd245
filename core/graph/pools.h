/* pools.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Pools of a graph: whose they are, what their workers call, and how that is
 * parted into chunks. For the checks, which meet faulty graphs, and for the plan.
 */

#pragma once

#include "graph/relations.h"
#include "graph/value.h"

G_BEGIN_DECLS

/* The task that opens a pool: main, or what it is inside; TELAR_NOBODY where that
 * names nothing. */
guint32 telar_pool_owner (const TelarRelations *relations, const TelarObject *pool);

/* The task in whose thread another runs: itself, or above a call the first that is none. */
guint32 telar_pool_thread (const TelarRelations *relations, guint32 task);

/* Returns: the pool that a step names first, or -1. */
int telar_pool_of_step (const TelarGraph *graph, const TelarStep *step);

/* Whether a function takes a pool, another function, and calls of that. */
gboolean telar_function_gives_calls (const TelarFunction *function);

/* The calls of a sound step that gives some.
 *
 * Returns: (transfer full): a list of lists of arguments. */
json_t *telar_pool_calls (const TelarStep *step);

/* The name that a step gives to what comes of it, or NULL. */
const char *telar_pool_result_name (const TelarStep *step);

/* Of @n calls for @workers: as written in the step, else as the library reckons. */
guint32 telar_pool_chunk (const TelarStep *step, guint32 n, guint32 workers);

/* An argument that a worker calls a function with: where that takes a list of
 * numbers, one number is a list of it.
 *
 * Returns: (transfer full) */
json_t *telar_pool_argument (const TelarParameter *parameter, json_t *argument);

/* Workers at once; @usable: where the graph does not say */
guint32 telar_pool_workers (const TelarObject *pool, guint32 usable);

/* What workers may call: what works on neither tasks nor objects, and is no plug-in's. */
gboolean telar_pool_may_call (const TelarFunction *function);

G_END_DECLS
