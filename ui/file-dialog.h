/* file-dialog.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A dialog of the desktop that asks for a file, and goes when who asked goes.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @file: (nullable): none was chosen */
typedef void (*TelarFileChosen) (GtkWidget *owner, GFile *file);

/* Shows @dialog, in front of its window, until it is answered or @owner is no more.
 *
 * @dialog: (transfer full)
 * @owner: who asks; another dialog of its own is closed unanswered */
void telar_file_dialog_show (GtkFileChooserNative *dialog,
                             GtkWidget            *owner,
                             TelarFileChosen       chosen);

G_END_DECLS
