/* texts-edit.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A list of texts, each in a line of its own that can be removed, such as the
 * arguments of a program.
 *
 * Signals: "edited" () and "left" (), as of TelarTextEdit.
 */

#pragma once

#include <gtk/gtk.h>
#include <jansson.h>

G_BEGIN_DECLS

#define TELAR_TYPE_TEXTS_EDIT (telar_texts_edit_get_type ())
G_DECLARE_FINAL_TYPE (TelarTextsEdit, telar_texts_edit, TELAR, TEXTS_EDIT, GtkBox)

GtkWidget *telar_texts_edit_new       (void);

/* @value: (nullable): an array
 * @mixed: there are several lists; the first that is typed replaces them all */
void       telar_texts_edit_show      (TelarTextsEdit *self,
                                       const char     *owner,
                                       json_t         *value,
                                       gboolean        mixed);

/* Returns: (transfer full): an array. */
json_t    *telar_texts_edit_get_value (TelarTextsEdit *self);

G_END_DECLS
