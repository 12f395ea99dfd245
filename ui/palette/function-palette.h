/* function-palette.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The functions of the catalogue beside the canvas: searched, explained, chosen
 * by Enter or double click, or dragged out as TELAR_TYPE_FUNCTION_NAME.
 */

#pragma once

#include <gtk/gtk.h>

#include "plan/plan.h"

G_BEGIN_DECLS

#define TELAR_TYPE_FUNCTION_PALETTE (telar_function_palette_get_type ())
G_DECLARE_FINAL_TYPE (TelarFunctionPalette, telar_function_palette, TELAR, FUNCTION_PALETTE,
                      GtkWidget)

/* Emits "chosen" (const char *function). Property "kind" (unsigned, a TelarKind):
 * what the tasks are to be that are made of what is chosen or dragged. */

void      telar_function_palette_set_kind (TelarFunctionPalette *self, TelarKind kind);
TelarKind telar_function_palette_get_kind (TelarFunctionPalette *self);

/* gtk_widget_grab_focus() puts the keyboard into the search. */

G_END_DECLS
