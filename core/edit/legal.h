/* legal.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What a drag on the canvas may end on, asked while it goes on: which tasks can
 * come after one, which processes can take one in, and why not. Pure functions
 * of a graph; telar_document_get_relations() has what they ask for.
 *
 * Tasks are numbers as in relations.h: 0 is main, n + 1 is graph->tasks[n].
 */

#pragma once

#include "edit/document.h"

G_BEGIN_DECLS

/* Which tasks may be told to come after @from (an arrow drawn from @from to
 * them): siblings that no body starts, that are not after it already and that
 * it does not wait for itself.
 *
 * Returns: (transfer full): a gboolean a task, n_tasks of them. */
gboolean *telar_legal_targets (const TelarRelations *relations, guint32 from);

/* The same in the other direction: which tasks @to may be told to come after. */
gboolean *telar_legal_sources (const TelarRelations *relations, guint32 to);

/* Why @to cannot come after @from.
 *
 * Returns: (transfer full) (nullable): a sentence, the one with which
 *   telar_document_connect() refuses; NULL where it can. */
char *telar_legal_why_not_after (const TelarRelations *relations, guint32 from, guint32 to);

/* Which tasks may take all of @tasks in; main (0) among them.
 *
 * @tasks: (array length=n_tasks)
 * Returns: (transfer full): a gboolean a task of the graph. */
gboolean *telar_legal_frames (const TelarRelations *relations, const guint32 *tasks,
                              guint n_tasks);

/* Why @tasks cannot be put into @frame (0: main).
 *
 * Returns: (transfer full) (nullable): a sentence, the one with which
 *   telar_document_reparent() refuses; NULL where they can. */
char *telar_legal_why_not_inside (const TelarRelations *relations, const guint32 *tasks,
                                  guint n_tasks, guint32 frame);

G_END_DECLS
