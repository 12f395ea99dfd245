/* graph-walk.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Where the keyboard goes on a graph: the nearest box that way, the next and
 * the previous one. Pure functions of a layout.
 */

#pragma once

#include "paint/graph-layout.h"

G_BEGIN_DECLS

/* The box nearest to @from's in the direction (@dx, @dy), one of which is 0; what
 * lies aside counts double. What is in the same frame comes first, and what is
 * in the box itself; beyond them, to the left and up the frame itself, to the
 * right and down what is beside the frame.
 *
 * @from: TELAR_NOBODY: the first box
 * @allowed: (nullable) (array): by task; those that may be gone to, wherever they
 *   are
 * Returns: a task, or TELAR_NOBODY. */
guint32 telar_graph_walk (const TelarGraphLayout *layout, guint32 from, int dx, int dy,
                          const gboolean *allowed);

/* The task before (@step -1) or after (1) @from as Tab goes: frames before what
 * they hold, siblings from left to right, then from top to bottom.
 *
 * @from: TELAR_NOBODY: the first or the last
 * Returns: a task, or TELAR_NOBODY at the end. */
guint32 telar_graph_walk_on (const TelarGraphLayout *layout, guint32 from, int step);

G_END_DECLS
