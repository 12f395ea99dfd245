/* random-graph.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Sound graphs at random, for tests of what must hold for every graph. The same
 * seed and options give the same graph.
 */

#pragma once

#include "graph/graph.h"

G_BEGIN_DECLS

/* What may occur; leave a field at its initial value where it does not matter. */
typedef struct
{
  guint    min_tasks;      /* of the file, without main and before copies */
  guint    max_tasks;
  guint    max_plan_tasks; /* with all copies */
  guint    max_depth;      /* processes inside processes; 1: nothing inside */
  guint    max_copies;
  guint    max_repeat;
  double   max_busy_ms;    /* of one step */
  double   max_sleep_ms;
  gboolean processes;
  gboolean threads;
  gboolean calls;
  gboolean after;
  gboolean bodies;         /* of several steps; without: one function a task */
  gboolean control;        /* start, join, terminate, kill in bodies; needs bodies */
  gboolean prints;
  gboolean ends;           /* tasks that exit with a code, fail or crash */
  gboolean methods;        /* processes started by each start method */
  const GArray *cores;     /* int, nullable: to pin some tasks to */
} TelarRandomGraphOptions;

#define TELAR_RANDOM_GRAPH_OPTIONS_INIT \
  { .min_tasks = 1, .max_tasks = 12, .max_plan_tasks = 40, .max_depth = 3, .max_copies = 3, \
    .max_repeat = 3, .max_busy_ms = 3, .max_sleep_ms = 3, .processes = TRUE, .threads = TRUE, \
    .calls = TRUE, .after = TRUE, .bodies = TRUE, .control = TRUE, .prints = TRUE }

/* @options: (nullable): the initial ones
 * Returns: (transfer full): a graph in which telar_graph_check() finds nothing,
 * but for processes that are forked beside threads.
 * Every run of it ends; every task runs and ends with 0, but for those that
 * `terminate` or `kill` meets and, with `ends`, those that are to end otherwise,
 * and what is inside them, may not be started or be ended with them. */
TelarGraph *telar_random_graph_new (guint32 seed, const TelarRandomGraphOptions *options);

G_END_DECLS
