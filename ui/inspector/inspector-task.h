/* inspector-task.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The page of the inspector for tasks: one, several at once, or main.
 */

#pragma once

#include <gtk/gtk.h>

#include "edit/document.h"
#include "inspector/inspector-facts.h"

G_BEGIN_DECLS

#define TELAR_TYPE_INSPECTOR_TASK (telar_inspector_task_get_type ())
G_DECLARE_FINAL_TYPE (TelarInspectorTask, telar_inspector_task, TELAR, INSPECTOR_TASK, GtkBox)

/* @ids: at least one; main first where it is among them */
void telar_inspector_task_show       (TelarInspectorTask *self,
                                      TelarDocument      *document,
                                      const char *const  *ids);

/* @faults: (nullable) (element-type TelarFault): of the one task; NULL for several */
void telar_inspector_task_set_faults (TelarInspectorTask *self, GPtrArray *faults);

/* The field at @place has the focus. */
void telar_inspector_task_focus      (TelarInspectorTask *self, const TelarPlaceIn *place);
/* The first thing that one wants to change: an argument, else the function. */
void telar_inspector_task_focus_call (TelarInspectorTask *self);

G_END_DECLS
