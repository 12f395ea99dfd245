/* run-graph.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A run under the eyes of the command line: what tasks print goes out as it
 * comes, signals end it, and so does a reader who has gone away.
 */

#pragma once

#include "app/open-graph.h"

G_BEGIN_DECLS

typedef struct _TelarRunner TelarRunner;

/* @prints: whether what tasks print is printed. */
TelarRunner   *telar_runner_new  (const TelarCommand *command, const TelarOpened *opened,
                                  gboolean prints);
void           telar_runner_free (TelarRunner *runner);

/* Keeps the run in @file while it goes on (a run file); before it begins.
 * Returns: whether the file could be made; otherwise the reason was printed. */
gboolean       telar_runner_keep (TelarRunner *runner, const TelarOpened *opened,
                                  const char *file);

/* Runs to the end; what went wrong is on standard error.
 * Returns: a TelarExit. */
int            telar_runner_run  (TelarRunner *runner);

/* Prints on standard output, at the reader's own pace; after the run. */
void           telar_runner_print (TelarRunner *runner, const char *text);

/* (transfer none) What was recorded: whole, or as far as it came. */
TelarTimeline *telar_runner_get_timeline (TelarRunner *runner);

/* Whether something was run that can be shown. */
gboolean       telar_runner_has_record   (TelarRunner *runner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarRunner, telar_runner_free)

G_END_DECLS
