/* dot.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Parts laid out by graphviz's `dot`, a child process.
 */

#pragma once

#include <gio/gio.h>

#include "arrange/tree.h"

G_BEGIN_DECLS

/* Blocks until dot has answered; for a thread that may wait. Fills in places
 * and sizes of all @parts, which each begin at (0, 0). Items that are too near
 * each other, or an edge that does not run to the right, count as a failure.
 *
 * @parts: (element-type TelarArrangePart)
 * @deadline: of g_get_monotonic_time; dot is ended then
 *
 * Returns: FALSE when there is no dot, when it failed, wrote something else or
 *   was late, and when cancelled; no dot is left then */
gboolean telar_arrange_dot (GPtrArray *parts, gint64 deadline, GCancellable *cancellable);

G_END_DECLS
