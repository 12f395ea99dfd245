/* sheet-table.h
 *
 * SPDX-License-Identifier: MIT
 *
 * One table of figures: columns to sort by, their meaning as tooltips, rows to select.
 */

#pragma once

#include <gtk/gtk.h>

#include "statistics/figures.h"

G_BEGIN_DECLS

#define TELAR_TYPE_SHEET_TABLE (telar_sheet_table_get_type ())
G_DECLARE_FINAL_TYPE (TelarSheetTable, telar_sheet_table, TELAR, SHEET_TABLE, GtkWidget)

/* Property "selected" (guint): of tasks, the one whose row is selected; TELAR_NO_TASK for
 * none. Signal "show-task" (guint): a task's row was activated. */

/* Columns that were there stay, with their width, and so does the order of rows.
 *
 * @figures: (nullable) */
void        telar_sheet_table_set       (TelarSheetTable *self, TelarFigures *figures,
                                         TelarSheetKind kind);
/* By the column of that key; once more: the other way round. Names begin with the first,
 * numbers with the largest. */
void        telar_sheet_table_sort      (TelarSheetTable *self, const char *key);
/* Items for the columns, as they are now, that call @action with their key.
 * (transfer none) */
GMenuModel *telar_sheet_table_get_menu  (TelarSheetTable *self);
/* Tab-separated, rows in their order. (transfer full) (nullable) */
char       *telar_sheet_table_copy      (TelarSheetTable *self);

G_END_DECLS
