/* type-to-add.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A search of functions that pops up where a task is to be added.
 */

#pragma once

#include <gtk/gtk.h>

#include "plan/plan.h"

G_BEGIN_DECLS

#define TELAR_TYPE_TYPE_TO_ADD (telar_type_to_add_get_type ())
G_DECLARE_FINAL_TYPE (TelarTypeToAdd, telar_type_to_add, TELAR, TYPE_TO_ADD, GtkPopover)

/* Emits "chosen" (const char *function), after it was closed and the keyboard
 * given back. Property "kind" (unsigned, a TelarKind): what the new task is to be;
 * Alt+P, Alt+T and Alt+C change it. */

GtkWidget *telar_type_to_add_new (void);

/* Opens at @at of @parent, whose child it is made where it is none yet: @parent
 * unparents it in its dispose.
 *
 * @initial_text: (nullable): the letters that were typed already
 * @title: (nullable): what is added where, "After p1" */
void telar_type_to_add_popup (TelarTypeToAdd     *self,
                              GtkWidget          *parent,
                              const GdkRectangle *at,
                              const char         *initial_text,
                              const char         *title);

void      telar_type_to_add_set_kind (TelarTypeToAdd *self, TelarKind kind);
TelarKind telar_type_to_add_get_kind (TelarTypeToAdd *self);

G_END_DECLS
