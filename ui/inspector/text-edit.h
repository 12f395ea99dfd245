/* text-edit.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A field to type into: one line, or a few that grow with the text; with
 * buttons for one more and one less where it is a whole number. What was typed
 * and refused stays, with the reason, also while other tasks are looked at.
 *
 * Property "refusal" (string, nullable): why the text is not taken.
 *
 * Signals:
 *   "edited" (): a person changed the text
 *   "left" (): the keyboard focus went elsewhere
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TELAR_TYPE_TEXT_EDIT (telar_text_edit_get_type ())
G_DECLARE_FINAL_TYPE (TelarTextEdit, telar_text_edit, TELAR, TEXT_EDIT, GtkBox)

/* @multiline: several lines */
GtkWidget  *telar_text_edit_new             (gboolean multiline);

/* Returns: (transfer full) */
char       *telar_text_edit_get_text        (TelarTextEdit *self);

/* Shows @text, which is no edit. While "edited" is emitted, and where a text of
 * the same @owner was refused and @text is what was shown then, what a person
 * typed stays.
 *
 * @owner: whose text it is: a refused text comes back with its owner */
void        telar_text_edit_show            (TelarTextEdit *self,
                                             const char    *owner,
                                             const char    *text);

/* The same as if a person had typed it. */
void        telar_text_edit_enter           (TelarTextEdit *self, const char *text);

/* Returns: (transfer none) (nullable): the text before a person began to change it,
 *   NULL where nobody does: what a text that is refused leaves. */
const char *telar_text_edit_get_before      (TelarTextEdit *self);

void        telar_text_edit_set_refusal     (TelarTextEdit *self, const char *refusal);
const char *telar_text_edit_get_refusal     (TelarTextEdit *self);

void        telar_text_edit_set_placeholder (TelarTextEdit *self, const char *placeholder);
/* A button that empties it. */
void        telar_text_edit_set_clearable   (TelarTextEdit *self, gboolean clearable);
/* A whole number: buttons, and the arrow keys Up and Down. */
void        telar_text_edit_set_range       (TelarTextEdit *self, gint64 minimum, gint64 maximum);

/* For assistive technology: name, explanation, whether the text is at fault. */
void        telar_text_edit_describe        (TelarTextEdit *self,
                                             const char    *name,
                                             const char    *description,
                                             gboolean       invalid);

G_END_DECLS
