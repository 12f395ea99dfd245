/* json-load.h
 *
 * SPDX-License-Identifier: MIT
 *
 * JSON text to values, refusing what a graph file may not be: text that is not
 * UTF-8, keys that are there twice, brackets nested without end.
 */

#pragma once

#include "graph/check.h"

G_BEGIN_DECLS

#define TELAR_JSON_MAX_DEPTH 64

/* Returns: (transfer full) (nullable): the value; NULL after a fault was added
 * that tells line and column. */
json_t *telar_json_load (const char *text, gsize size, const char *file, GPtrArray *faults);

G_END_DECLS
