/* chooser.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The first page of a window: examples with a sentence each, and the files
 * that were open lately.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TELAR_TYPE_CHOOSER (telar_chooser_get_type ())
G_DECLARE_FINAL_TYPE (TelarChooser, telar_chooser, TELAR, CHOOSER, GtkWidget)

/* Emits "chosen" with a GFile. */

/* Reads examples and recent files again. */
void telar_chooser_refresh (TelarChooser *self);

/* A file was opened: it becomes the most recent one. Examples do not. */
void telar_chooser_remember (GFile *file);

/* Where the examples are. Returns: (transfer full) (nullable). */
GFile *telar_chooser_examples_folder (void);

G_END_DECLS
