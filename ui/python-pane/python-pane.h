/* python-pane.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The Python program that does what the graph does, beside it while it is
 * edited: written anew after every change, in another thread. A line leads to
 * its task, selected tasks to their lines, a run lights the lines that it
 * executes. While the graph has errors the last sound program stays, greyed.
 *
 * Actions: "python.copy" copies the program, "python.save" saves it as a file.
 */

#pragma once

#include <gtk/gtk.h>

#include "edit/selection.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

#define TELAR_TYPE_PYTHON_PANE (telar_python_pane_get_type ())
G_DECLARE_FINAL_TYPE (TelarPythonPane, telar_python_pane, TELAR, PYTHON_PANE, GtkWidget)

/* @selection: (nullable): its document is the one that is shown */
void telar_python_pane_set_selection (TelarPythonPane *self, TelarSelection *selection);

/* @timeline, @graph: (nullable): a run, and the graph that it runs */
void telar_python_pane_set_timeline  (TelarPythonPane *self, TelarTimeline *timeline,
                                      TelarGraph *graph);

/* While live, the lines of the run are lit at the frame clock. */
void telar_python_pane_set_live      (TelarPythonPane *self, gboolean live);

G_END_DECLS
