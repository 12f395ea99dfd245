/* after-list.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What a task comes after: one line each, that can be removed, and a menu of
 * the tasks that can be added.
 */

#pragma once

#include <gtk/gtk.h>

#include "edit/document.h"

G_BEGIN_DECLS

#define TELAR_TYPE_AFTER_LIST (telar_after_list_get_type ())
G_DECLARE_FINAL_TYPE (TelarAfterList, telar_after_list, TELAR, AFTER_LIST, GtkBox)

GtkWidget *telar_after_list_new  (void);
void       telar_after_list_show (TelarAfterList  *self,
                                  TelarDocument   *document,
                                  const TelarTask *task);

G_END_DECLS
