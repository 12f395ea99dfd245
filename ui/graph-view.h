/* graph-view.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The graph as a picture to look at: painted by ui/paint, moved and enlarged
 * by pointer and keys, with the state of each task while a run goes on.
 */

#pragma once

#include <gtk/gtk.h>

#include "paint/graph-picture.h"

G_BEGIN_DECLS

#define TELAR_TYPE_GRAPH_VIEW (telar_graph_view_get_type ())
G_DECLARE_FINAL_TYPE (TelarGraphView, telar_graph_view, TELAR, GRAPH_VIEW, GtkWidget)

/* Property "selected" (guint, TELAR_NO_TASK for none). */

/* @layout: (transfer full) (nullable)
 * @plan: (nullable): of the same graph; what is selected is a task of it */
void telar_graph_view_set_layout     (TelarGraphView *self, TelarGraphLayout *layout,
                                      GBytes *plan);
/* @timeline: (nullable): the run whose states the boxes show. */
void telar_graph_view_set_timeline   (TelarGraphView *self, TelarTimeline *timeline);
void telar_graph_view_set_live       (TelarGraphView *self, gboolean live);
void telar_graph_view_set_presenting (TelarGraphView *self, gboolean presenting);
/* The height that all boxes take in that width, at their normal size or smaller. */
int  telar_graph_view_get_wanted_height (TelarGraphView *self, int width);
void telar_graph_view_zoom           (TelarGraphView *self, double factor);
void telar_graph_view_fit            (TelarGraphView *self);

G_END_DECLS
