/* object-palette.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Types of objects to choose from, below the functions: a button each, which can
 * be dragged onto the canvas.
 *
 * Signal "chosen" (const char *name): "object:lock", of a TELAR_TYPE_FUNCTION_NAME
 *   too when it is dragged.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TELAR_OBJECT_PREFIX "object:"

#define TELAR_TYPE_OBJECT_PALETTE (telar_object_palette_get_type ())
G_DECLARE_FINAL_TYPE (TelarObjectPalette, telar_object_palette, TELAR, OBJECT_PALETTE, GtkBox)

/* Only those whose name has @text in it; "" is all. */
void telar_object_palette_search (TelarObjectPalette *self, const char *text);

G_END_DECLS
