/* sheet-rows.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "statistics/sheet-rows.h"

G_DEFINE_FINAL_TYPE (TelarSheetRowItem, telar_sheet_row_item, G_TYPE_OBJECT)

static void
telar_sheet_row_item_finalize (GObject *object)
{
  g_clear_pointer (&TELAR_SHEET_ROW_ITEM (object)->figures, telar_figures_unref);

  G_OBJECT_CLASS (telar_sheet_row_item_parent_class)->finalize (object);
}

static void
telar_sheet_row_item_class_init (TelarSheetRowItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = telar_sheet_row_item_finalize;
}

static void
telar_sheet_row_item_init (TelarSheetRowItem *self)
{
}

GListModel *
telar_sheet_rows_new (TelarFigures   *figures,
                      TelarSheetKind  kind)
{
  const TelarSheet     *sheet;
  GListStore           *store = g_list_store_new (TELAR_TYPE_SHEET_ROW_ITEM);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (figures != NULL, G_LIST_MODEL (store));

  sheet = telar_figures_get_sheet (figures, kind);
  for (guint i = 0; i < sheet->rows->len; i++)
    {
      TelarSheetRowItem *item = g_object_new (TELAR_TYPE_SHEET_ROW_ITEM, NULL);

      item->figures = telar_figures_ref (figures);
      item->sheet = sheet;
      item->row = i;
      g_ptr_array_add (items, item);
    }
  g_list_store_splice (store, 0, 0, items->pdata, items->len);

  return G_LIST_MODEL (store);
}

/* --- Order --- */

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  const guint              *ranks = data;
  const TelarSheetRowItem  *one = a, *other = b;
  guint                     here = ranks[one->row], there = ranks[other->row];

  return here < there ? -1 : here > there;
}

typedef struct
{
  const TelarSheet *sheet;
  guint             column;
} Ranking;

static int
compare_numbers (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  const Ranking *ranking = data;

  return telar_sheet_compare (ranking->sheet, *(const guint *) a, *(const guint *) b,
                              ranking->column);
}

/* Every row has its rank before anybody asks: names are compared once, not whenever a
 * list is sorted. Equal ones have the same. */
void
telar_sheet_rows_rank (GtkCustomSorter *sorter,
                       TelarFigures    *figures,
                       TelarSheetKind   kind,
                       guint            column)
{
  Ranking           ranking = { telar_figures_get_sheet (figures, kind), column };
  guint             n = ranking.sheet->rows->len;
  guint            *ranks = g_new0 (guint, MAX (n, 1));
  g_autofree guint *order = g_new0 (guint, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) n, sizeof order[0], compare_numbers, &ranking);
  for (guint i = 1; i < n; i++)
    ranks[order[i]] = ranks[order[i - 1]]
                      + (compare_numbers (&order[i - 1], &order[i], &ranking) != 0);

  gtk_custom_sorter_set_sort_func (sorter, compare_rows, ranks, g_free);
}

guint
telar_sheet_rows_find (GListModel *rows,
                       guint32     item)
{
  guint n = g_list_model_get_n_items (rows);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TelarSheetRowItem) one = g_list_model_get_item (rows, i);

      if (((const TelarSheetRow *) one->sheet->rows->pdata[one->row])->item == item)
        return i;
    }

  return G_MAXUINT;
}

GArray *
telar_sheet_rows_order (GListModel *rows)
{
  guint   n = g_list_model_get_n_items (rows);
  GArray *order = g_array_sized_new (FALSE, FALSE, sizeof (guint), n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TelarSheetRowItem) one = g_list_model_get_item (rows, i);

      g_array_append_val (order, one->row);
    }

  return order;
}
