/* field.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A row of a form: what it is called, the control for it, an explanation, and
 * below them what is wrong with it.
 *
 * Properties: "title", "help" (nullable), "content" (GtkWidget), "wide" (the
 * control stands below its title).
 */

#pragma once

#include <gtk/gtk.h>

#include "graph/check.h"

G_BEGIN_DECLS

#define TELAR_TYPE_FIELD (telar_field_get_type ())
G_DECLARE_FINAL_TYPE (TelarField, telar_field, TELAR, FIELD, GtkBox)

GtkWidget *telar_field_new       (const char *title, GtkWidget *content, gboolean wide);
void       telar_field_set_help  (TelarField *self, const char *help);

/* What is wrong with what it holds.
 *
 * @sentence: (nullable): nothing */
void       telar_field_set_fault (TelarField      *self,
                                  TelarFaultLevel  level,
                                  const char      *sentence);

/* Returns: (nullable): the sentence given to telar_field_set_fault(). */
const char *telar_field_get_fault (TelarField *self);

/* To be called with the result of an operation: shows why it was refused, or
 * forgets an earlier refusal.
 *
 * @error: (nullable)
 * Returns: @done */
gboolean   telar_field_settle    (TelarField *self, gboolean done, const GError *error);

/* Returns: (transfer full): "WHAT; CURE", as `telar check` says it. */
char      *telar_fault_sentence  (const TelarFault *fault);

G_END_DECLS
