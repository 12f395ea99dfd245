/* graph-view.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The canvas: a document's graph, painted by ui/paint, built and changed by
 * pointer and keys, with the state of each task while a run goes on.
 *
 * Actions on it and on what is selected (`graph.delete`, `graph.arrange`…) are
 * installed on the widget; graph-view-actions.c lists them with their keys.
 *
 * Properties: "selected" (guint): the task of the run's plan that is selected,
 *   TELAR_NO_TASK for none: what the timeline and the output share with the
 *   canvas; "new-kind" (TelarKind as guint): of what is added next; "moment" (gint64,
 *   ns of the run): workers of pools are shown as they were then, while it is
 *   replayed; TELAR_NO_TIME: as they are now.
 *
 * Signals:
 *   "edit" (const char *place): a person wants to edit the selected task: ""
 *     its first field, "id", or the number of a step.
 *   "refused" (const char *sentence): what could not be done, when there was no
 *     pointer to show it beside.
 *   "found" (guint): in so many tasks is what is searched for, now that the graph
 *     has changed.
 */

#pragma once

#include <gtk/gtk.h>

#include "edit/selection.h"
#include "paint/graph-picture.h"

G_BEGIN_DECLS

#define TELAR_TYPE_GRAPH_VIEW (telar_graph_view_get_type ())
G_DECLARE_FINAL_TYPE (TelarGraphView, telar_graph_view, TELAR, GRAPH_VIEW, GtkWidget)

/* @selection: (nullable): what is shown and edited is its document. */
void telar_graph_view_set_selection  (TelarGraphView *self, TelarSelection *selection);
/* While it is FALSE (a projector) nothing is changed by pointer and keys. */
void telar_graph_view_set_editable   (TelarGraphView *self, gboolean editable);

/* @timeline: (nullable): the run whose states the boxes show; also an empty one,
 * for "selected" to have a meaning. */
void telar_graph_view_set_timeline   (TelarGraphView *self, TelarTimeline *timeline);
void telar_graph_view_set_live       (TelarGraphView *self, gboolean live);
void telar_graph_view_set_presenting (TelarGraphView *self, gboolean presenting);

/* Returns: (transfer full) (element-type utf8): a set, ids of pools that show their workers. */
GHashTable *telar_graph_view_get_unfolded (TelarGraphView *self);

/* The height that all boxes take in that width, at their normal size or smaller. */
int  telar_graph_view_get_wanted_height (TelarGraphView *self, int width);
void telar_graph_view_zoom           (TelarGraphView *self, double factor);
void telar_graph_view_fit            (TelarGraphView *self);
/* Moves the picture as little as it takes to see the task whole. */

/* Adds a task that calls @function, as if it had been chosen on the canvas:
 * beside what is selected; a function that controls tasks becomes a step. */
void telar_graph_view_add            (TelarGraphView *self, const char *function);

/* Marks the tasks whose id, name, function or arguments hold @text, and goes to
 * the first of them.
 *
 * @text: (nullable): ends the search
 * Returns: how many there are. */
guint telar_graph_view_find          (TelarGraphView *self, const char *text);
/* Goes to the next (@step 1) or previous (-1).
 *
 * @n_hits: (out) (optional): how many there are now
 * Returns: its number from 1, or 0. */
guint telar_graph_view_find_next     (TelarGraphView *self, int step, guint *n_hits);

G_END_DECLS
