/* function-chooser.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Chooses a function of the catalogue, by group or by search, and says what the
 * chosen one does.
 *
 * Signal "chosen" (const char *name).
 */

#pragma once

#include "inspector/picker.h"

G_BEGIN_DECLS

#define TELAR_TYPE_FUNCTION_CHOOSER (telar_function_chooser_get_type ())
G_DECLARE_FINAL_TYPE (TelarFunctionChooser, telar_function_chooser, TELAR, FUNCTION_CHOOSER, GtkBox)

GtkWidget *telar_function_chooser_new  (void);

/* @name: (nullable): none yet, or several where @mixed */
void       telar_function_chooser_show (TelarFunctionChooser *self,
                                        const char           *name,
                                        gboolean              mixed);

/* All functions, for any picker's "fill". */
void       telar_function_chooser_fill (TelarPicker *picker);

G_END_DECLS
