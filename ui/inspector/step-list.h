/* step-list.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The body of a task or of main: its steps, to be opened, added, moved and
 * removed. Of a long body the beginning is shown, and more when asked for.
 */

#pragma once

#include <gtk/gtk.h>

#include "edit/document.h"

G_BEGIN_DECLS

#define TELAR_TYPE_STEP_LIST (telar_step_list_get_type ())
G_DECLARE_FINAL_TYPE (TelarStepList, telar_step_list, TELAR, STEP_LIST, GtkBox)

GtkWidget *telar_step_list_new        (void);

void       telar_step_list_show       (TelarStepList   *self,
                                       TelarDocument   *document,
                                       const TelarTask *task);

/* @faults: (nullable) (element-type TelarFault): of the task */
void       telar_step_list_set_faults (TelarStepList *self, GPtrArray *faults);

/* Opens a step; @argument, or its function where that is negative, has the focus. */
void       telar_step_list_reveal     (TelarStepList *self, guint step, int argument);
/* The first step, or the button that adds one. */
void       telar_step_list_focus      (TelarStepList *self);

G_END_DECLS
