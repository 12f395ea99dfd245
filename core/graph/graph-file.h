/* graph-file.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Graphs as files: JSON, UTF-8, version 1.
 */

#pragma once

#include "graph/check.h"

G_BEGIN_DECLS

#define TELAR_GRAPH_MAX_BYTES (64 << 20)

/* Reads a file. What cannot be read as a graph at all (no such file, not JSON,
 * a key of the wrong type) becomes faults of level ERROR and gives NULL; keys
 * that this version does not know are kept and become warnings. References,
 * functions and arguments are not looked at: that is telar_graph_check().
 *
 * Returns: (transfer full) (nullable): the graph. */
TelarGraph *telar_graph_read (const char *file, GPtrArray *faults);

/* The same from memory; @file is only a name for the faults (nullable). */
TelarGraph *telar_graph_parse (const char *text, gsize size, const char *file, GPtrArray *faults);

/* Returns: (transfer full): the file's text: keys in DESIGN's order, one task a
 * line, unknown keys last. Reading and writing it again gives the same bytes. */
char *telar_graph_print (const TelarGraph *graph, gsize *size);

/* Writes it so that the old file stays whole whatever happens. */
gboolean telar_graph_write (const TelarGraph *graph, const char *file, GError **error);

G_END_DECLS
