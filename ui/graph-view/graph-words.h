/* graph-words.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Boxes and arrows of a graph in words, for who cannot see them.
 */

#pragma once

#include "paint/graph-picture.h"

G_BEGIN_DECLS

/* Which tasks come after each: by task, NULL where there is none. For many calls of
 * telar_graph_node_words().
 *
 * Returns: (transfer full) (element-type GPtrArray): of borrowed ids */
GPtrArray *telar_graph_followers (const TelarGraphLayout *layout);

/* "p1 square: process, not started; after a; before done; inside f". With a run,
 * what became of it.
 *
 * @timeline, @run, @faults: (nullable): @faults are sentences, one a line
 * Returns: (transfer full) */
char *telar_graph_node_words (const TelarGraphLayout *layout, guint32 task,
                              const GPtrArray *followers, const TelarTimeline *timeline,
                              const TelarGraphRun *run, const char *faults);

/* "p1 before done", "main starts p1". (transfer full) */
char *telar_graph_edge_words (const TelarGraphLayout *layout, guint edge);

G_END_DECLS
