/* step-row.h
 *
 * SPDX-License-Identifier: MIT
 *
 * One step of a body in a list: the call in one line; opened, its function and
 * its arguments, and buttons to move and remove it.
 *
 * Signals:
 *   "moved" (int by): one up or down
 *   "removed" ()
 *   "dropped" (guint from): another step of the same list is to come here
 */

#pragma once

#include <gtk/gtk.h>

#include "edit/document.h"

G_BEGIN_DECLS

#define TELAR_TYPE_STEP_ROW (telar_step_row_get_type ())
G_DECLARE_FINAL_TYPE (TelarStepRow, telar_step_row, TELAR, STEP_ROW, GtkListBoxRow)

GtkWidget *telar_step_row_new          (void);

/* @task: has @step */
void       telar_step_row_show         (TelarStepRow    *self,
                                        TelarDocument   *document,
                                        const TelarTask *task,
                                        guint            step);
void       telar_step_row_set_open     (TelarStepRow *self, gboolean open);
gboolean   telar_step_row_get_open     (TelarStepRow *self);

/* @faults: (nullable) (element-type TelarFault): of the task */
void       telar_step_row_set_faults   (TelarStepRow *self, GPtrArray *faults);

/* Opened: its function or, @argument being a number, that argument has the focus. */
void       telar_step_row_focus        (TelarStepRow *self, int argument);

G_END_DECLS
