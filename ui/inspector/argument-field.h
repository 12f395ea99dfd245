/* argument-field.h
 *
 * SPDX-License-Identifier: MIT
 *
 * One argument of a function in a form, as its parameter asks: a number, a
 * text, a list, a file with a chooser, a signal or a task with a menu, or a list
 * of texts. What is wrong with it is said while it is typed.
 *
 * Signals:
 *   "edited" (): a person changed it; telar_argument_field_get_value() has it
 *   "left" (): the keyboard focus went elsewhere
 *   "file-chosen" (const char *path): in the dialog, and entered
 */

#pragma once

#include <jansson.h>

#include "edit/document.h"
#include "inspector/field.h"
#include "inspector/picker.h"

G_BEGIN_DECLS

#define TELAR_TYPE_ARGUMENT_FIELD (telar_argument_field_get_type ())
G_DECLARE_FINAL_TYPE (TelarArgumentField, telar_argument_field, TELAR, ARGUMENT_FIELD, GtkBox)

/* @function: of the catalogue
 * @nth: which of its parameters */
GtkWidget *telar_argument_field_new       (const TelarFunction *function, guint nth);

/* Shows what an argument is; a text that stands for the same value stays as it
 * was typed.
 *
 * @document: has the tasks and the folder that a menu shows
 * @owner: whose argument it is, see telar_text_edit_show()
 * @value: (nullable): left out; an array of all that are left for a list of texts
 * @mixed: several tasks have several values */
void       telar_argument_field_show      (TelarArgumentField *self,
                                           TelarDocument      *document,
                                           const char         *owner,
                                           json_t             *value,
                                           gboolean            mixed);

/* Returns: (transfer full) (nullable): what a person made of it. */
json_t    *telar_argument_field_get_value (TelarArgumentField *self);

/* What the check says of it, besides what is wrong with the value itself. */
void       telar_argument_field_set_fault (TelarArgumentField *self, const TelarFault *fault);

/* A menu beside the text, of what its signal "fill" adds.
 *
 * @name: what it is called
 * Returns: (transfer none) */
TelarPicker *telar_argument_field_add_picker (TelarArgumentField *self, const char *name);

/* @help: (nullable): below it, besides */
void       telar_argument_field_set_help  (TelarArgumentField *self, const char *help);

/* As telar_field_settle(). */
gboolean   telar_argument_field_settle    (TelarArgumentField *self,
                                           gboolean            done,
                                           const GError       *error);

G_END_DECLS
