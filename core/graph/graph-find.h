/* graph-find.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Looking for a task by what a person remembers of it.
 */

#pragma once

#include "graph/graph.h"

G_BEGIN_DECLS

/* Whether the id, the name, a function or an argument of @task holds @text; case
 * and accents do not matter. */
gboolean telar_task_holds (const TelarTask *task, const char *text);

G_END_DECLS
