/* look.h
 *
 * SPDX-License-Identifier: MIT
 *
 * From a widget's theme to the painter's view: light or dark, family and size
 * of text. The one place where the drawn widgets ask CSS.
 */

#pragma once

#include <gtk/gtk.h>

#include "paint/view.h"

G_BEGIN_DECLS

typedef struct
{
  TelarStyle style;
  char      *font; /* owned: family */
  double     text; /* pixels */
} TelarLook;

/* Reads the look of @widget's theme anew. */
void telar_look_read  (TelarLook *look, GtkWidget *widget);
void telar_look_clear (TelarLook *look);

G_END_DECLS
