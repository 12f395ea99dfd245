/* family.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Which tasks belong together: what is inside a selection, who is at its top.
 */

#pragma once

#include "edit/draft.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (element-type TelarTask): @tasks and whatever is inside
 * of them, at any depth, in the order of the file. */
GPtrArray *telar_with_inside (TelarDocument *document, const GPtrArray *tasks);

/* Returns: (transfer full) (element-type TelarTask): those of @tasks that are
 * inside none of the others, in their order. */
GPtrArray *telar_topmost (TelarDocument *document, const GPtrArray *tasks);

/* What a task is inside of, or would be if no body started it: the id of its
 * parent; NULL is main.
 *
 * Returns: (transfer none) (nullable) */
const char *telar_parent_id (TelarDocument *document, const char *id);

/* The same, but where a thread is its parent, the process that this is in: what
 * the task can be inside of. */
const char *telar_parent_process (TelarDocument *document, const char *id);

G_END_DECLS
