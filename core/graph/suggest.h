/* suggest.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What was probably meant by a name that nothing has.
 */

#pragma once

#include "graph/graph.h"

G_BEGIN_DECLS

/* By what people call it elsewhere (`echo`), or with a letter or two mistyped.
 *
 * Returns: (nullable): the name of a function or of a type, or an id. */
const char *telar_suggest_function (const char *name);
const char *telar_suggest_id (const TelarGraph *graph, const char *id);
const char *telar_suggest_object (const TelarGraph *graph, const char *id);
const char *telar_suggest_object_type (const char *name);

G_END_DECLS
