/* serial-run.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Whether the same work was measured one task after the other: then there is a
 * speed-up to tell of. A pure function of the runs that a window keeps.
 */

#pragma once

#include "window/kept-run.h"

G_BEGIN_DECLS

/* How long the latest of @kept took whose graph is that of @run, but for where boxes
 * stand and that all of its tasks are plain calls, and that came to its end well; 0: there
 * is none, or @run is of that kind itself.
 *
 * @kept: (element-type TelarKeptRun) */
gint64 telar_serial_run_find (const TelarKeptRun *run, const GPtrArray *kept);

G_END_DECLS
