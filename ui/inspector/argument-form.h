/* argument-form.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The arguments of one call, of one task or of the same call of several: a
 * field for each parameter of the function, made from the catalogue. What is
 * typed goes to the document at once.
 */

#pragma once

#include <gtk/gtk.h>

#include "edit/document.h"

G_BEGIN_DECLS

#define TELAR_TYPE_ARGUMENT_FORM (telar_argument_form_get_type ())
G_DECLARE_FINAL_TYPE (TelarArgumentForm, telar_argument_form, TELAR, ARGUMENT_FORM, GtkBox)

GtkWidget *telar_argument_form_new        (void);

/* @ids: of tasks whose call @step is of the same function
 * @tasks: (element-type TelarTask): the same */
void       telar_argument_form_show       (TelarArgumentForm *self,
                                           TelarDocument     *document,
                                           const char *const *ids,
                                           GPtrArray         *tasks,
                                           guint              step);

/* @faults: (nullable) (element-type TelarFault): of the task; those of other calls
 *   are passed over */
void       telar_argument_form_set_faults (TelarArgumentForm *self, GPtrArray *faults);

/* Returns: whether there is such a field, which has the focus now. */
gboolean   telar_argument_form_focus      (TelarArgumentForm *self, guint argument);

G_END_DECLS
