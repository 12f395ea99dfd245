/* inspector.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What is selected, as a form: one task, several at once, main, or, with
 * nothing selected, the graph itself. It changes the document as one types,
 * follows what changes it from elsewhere, and lists what is wrong.
 */

#pragma once

#include <gtk/gtk.h>

#include "edit/selection.h"

G_BEGIN_DECLS

#define TELAR_TYPE_INSPECTOR (telar_inspector_get_type ())
G_DECLARE_FINAL_TYPE (TelarInspector, telar_inspector, TELAR, INSPECTOR, GtkWidget)

GtkWidget *telar_inspector_new           (void);

/* @selection: (nullable): it has the document */
void       telar_inspector_set_selection (TelarInspector *self, TelarSelection *selection);

/* @why: (nullable): shown while nothing can be changed */
void       telar_inspector_set_read_only (TelarInspector *self,
                                          gboolean        read_only,
                                          const char     *why);

/* Puts the keyboard focus where one goes on: */
/* …the first argument, else the function, else the first step; the graph's name */
void       telar_inspector_focus_first   (TelarInspector *self);
/* …the id, all of it selected, where one task is */
void       telar_inspector_focus_id      (TelarInspector *self);
/* …a step of the one task that is selected, or of main, which is opened */
void       telar_inspector_show_step     (TelarInspector *self, guint step);

G_END_DECLS
