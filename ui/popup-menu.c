/* popup-menu.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "popup-menu.h"

void
telar_menu_append (GMenu      *menu,
                   const char *label,
                   const char *action)
{
  g_autoptr (GMenuItem) item = NULL;

  g_return_if_fail (G_IS_MENU (menu) && label != NULL && action != NULL);

  item = g_menu_item_new (label, action);
  g_menu_append_item (menu, item);
}

void
telar_menu_popup (GtkWidget  *parent,
                  GtkWidget **menu,
                  GMenuModel *model,
                  double      x,
                  double      y)
{
  g_return_if_fail (GTK_IS_WIDGET (parent) && menu != NULL && G_IS_MENU_MODEL (model));

  if (*menu == NULL)
    {
      *menu = gtk_popover_menu_new_from_model (NULL);
      gtk_popover_set_has_arrow (GTK_POPOVER (*menu), FALSE);
      gtk_widget_set_halign (*menu, GTK_ALIGN_START);
      gtk_widget_set_parent (*menu, parent);
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (*menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (*menu), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (*menu));
}
