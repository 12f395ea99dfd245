/* picker.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A button that opens a list to choose from, with a search where it is long.
 * The list is asked for each time that it is opened, and only what is visible
 * of it has widgets: thousands of tasks are no more than ten.
 *
 * Signals:
 *   "fill" (): about to be opened; the answer is calls of telar_picker_add()
 *   "chosen" (const char *value)
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TELAR_TYPE_PICKER (telar_picker_get_type ())
G_DECLARE_FINAL_TYPE (TelarPicker, telar_picker, TELAR, PICKER, GtkBox)

GtkWidget *telar_picker_new       (void);

/* @detail: (nullable): said smaller beside the title
 * @section: (nullable): a heading above the first of equal sections */
void       telar_picker_add       (TelarPicker *self,
                                   const char  *value,
                                   const char  *title,
                                   const char  *detail,
                                   const char  *section);

/* Of what was added, the values that @text means, the fittest first, in the place of
 * a search in their titles.
 *
 * Returns: (transfer full) (element-type utf8) */
typedef GPtrArray *(*TelarPickerFind) (const char *text);
void       telar_picker_set_find  (TelarPicker *self, TelarPickerFind find);

/* What the button shows; without, it is only an arrow. */
void       telar_picker_set_label (TelarPicker *self, const char *label);
/* What the button is called by assistive technology and its tooltip. */
void       telar_picker_set_name  (TelarPicker *self, const char *name);
/* What the list says where there is nothing to choose from. */
void       telar_picker_set_empty (TelarPicker *self, const char *sentence);

G_END_DECLS
