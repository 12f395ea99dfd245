/* run-shelf.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Where runs are put that nobody looks at now: one file without a name, for any
 * number of them, which is gone with the shelf and with whoever reads from it. A
 * run needs no more memory then than its sums and what is no slice.
 */

#pragma once

#include "timeline/timeline.h"
#include "timeline/watch.h"

G_BEGIN_DECLS

typedef struct _TelarRunShelf TelarRunShelf;

/* @folder: where the file is made; it is made, too. (transfer full) (nullable) */
TelarRunShelf *telar_run_shelf_new   (const char *folder, GError **error);
TelarRunShelf *telar_run_shelf_ref   (TelarRunShelf *shelf);
void           telar_run_shelf_unref (TelarRunShelf *shelf);

/* For any thread. @timeline: of a run that is over, which stays as it is.
 * Returns: (transfer full) (nullable): the same run, whose slices are on the shelf;
 * NULL where that cannot be, and then there is nothing of it there. */
TelarTimeline *telar_run_shelf_put   (TelarRunShelf *shelf, const TelarTimeline *timeline,
                                      const TelarWatch *watch, GError **error);
/* Bytes on it. */
guint64        telar_run_shelf_size  (TelarRunShelf *shelf);

/* Bytes of slices and waits that are in memory and in no file. */
guint64        telar_run_shelf_gain  (const TelarTimeline *timeline);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarRunShelf, telar_run_shelf_unref)

G_END_DECLS
