/* graph-read.h
 *
 * SPDX-License-Identifier: MIT
 *
 * From a JSON value to a graph: what each key means and which type it has.
 */

#pragma once

#include "graph/check.h"

G_BEGIN_DECLS

/* Reads what @root says into @graph, which is new but for its file's name.
 * Keys of a wrong type become faults and leave their default behind.
 *
 * Returns: whether every key could be read. */
gboolean telar_graph_read_value (TelarGraph *graph, json_t *root, GPtrArray *faults);

G_END_DECLS
