/* popup-menu.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The menu of the pointer's other button. Who shows one presents it
 * (gtk_popover_present()) when it allocates its size.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @label: with a mnemonic
 * @action: detailed */
void telar_menu_append (GMenu *menu, const char *label, const char *action);

/* Opens @model at a place of @parent.
 *
 * @menu: (inout): a child of @parent, made where it is NULL; gone with its children */
void telar_menu_popup  (GtkWidget *parent, GtkWidget **menu, GMenuModel *model, double x, double y);

G_END_DECLS
