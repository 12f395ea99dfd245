/* sheet-rows.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Rows of a table of figures as a list, and sorters for its columns. Needs no
 * display.
 */

#pragma once

#include <gtk/gtk.h>

#include "statistics/figures.h"

G_BEGIN_DECLS

#define TELAR_TYPE_SHEET_ROW_ITEM (telar_sheet_row_item_get_type ())
G_DECLARE_FINAL_TYPE (TelarSheetRowItem, telar_sheet_row_item, TELAR, SHEET_ROW_ITEM, GObject)

struct _TelarSheetRowItem
{
  GObject           parent_instance;

  TelarFigures     *figures; /* owned: of whom the sheet is */
  const TelarSheet *sheet;   /* borrowed */
  guint             row;     /* its number there */
};

/* One item a row, in their order. (transfer full) (element-type TelarSheetRowItem) */
GListModel *telar_sheet_rows_new    (TelarFigures *figures, TelarSheetKind kind);
/* Makes a sorter of rows of this sheet sort by a column, as telar_sheet_compare() does.
 * Until it is told anew it must see no rows of another sheet. */
void        telar_sheet_rows_rank   (GtkCustomSorter *sorter, TelarFigures *figures,
                                     TelarSheetKind kind, guint column);
/* Where the row of a task, or of a core, is in a list of these; G_MAXUINT: nowhere. */
guint       telar_sheet_rows_find   (GListModel *rows, guint32 item);
/* Numbers of the rows, as they are in the list. (transfer full) (element-type guint) */
GArray     *telar_sheet_rows_order  (GListModel *rows);

G_END_DECLS
