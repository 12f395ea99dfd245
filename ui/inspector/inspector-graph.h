/* inspector-graph.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The page of the inspector where no task is selected: the settings of the
 * graph itself.
 */

#pragma once

#include <gtk/gtk.h>

#include "edit/document.h"
#include "inspector/inspector-facts.h"

G_BEGIN_DECLS

#define TELAR_TYPE_INSPECTOR_GRAPH (telar_inspector_graph_get_type ())
G_DECLARE_FINAL_TYPE (TelarInspectorGraph, telar_inspector_graph, TELAR, INSPECTOR_GRAPH, GtkBox)

void telar_inspector_graph_show       (TelarInspectorGraph *self, TelarDocument *document);
/* @faults: (nullable) (element-type TelarFault): of the graph itself */
void telar_inspector_graph_set_faults (TelarInspectorGraph *self, GPtrArray *faults);
void telar_inspector_graph_focus      (TelarInspectorGraph *self, const TelarPlaceIn *place);

G_END_DECLS
