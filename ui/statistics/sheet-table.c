/* sheet-table.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "statistics/sheet-table.h"

#include <glib/gi18n-lib.h>

#include "statistics/sheet-rows.h"

#define LEAST_NAME_CHARS 12
#define MOST_NAME_CHARS  32

struct _TelarSheetTable
{
  GtkWidget           parent_instance;

  /* Owned. */
  GtkWidget          *scrolled;
  GtkColumnView      *view;       /* borrowed: in it */
  TelarFigures       *figures;    /* nullable */
  GtkSingleSelection *selection;  /* nullable */
  GMenu              *menu;
  char               *sorted_by;  /* nullable: key, by telar_sheet_table_sort() */

  /* State. */
  TelarSheetKind      kind;
  GtkSortType         sorted_how;
  guint32             selected;
  gboolean            selecting;
};

enum
{
  PROP_0,
  PROP_SELECTED,
  N_PROPS
};

enum
{
  SHOW_TASK,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TelarSheetTable, telar_sheet_table, GTK_TYPE_WIDGET)

/* --- Columns --- */

static gboolean
is_text (TelarUnit unit)
{
  return unit == TELAR_UNIT_NAME || unit == TELAR_UNIT_KIND;
}

/* A column knows its place in the sheet that is shown: others come and go. */
static guint
get_index (GtkColumnViewColumn *column)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (column), "index"));
}

static const char *
get_key (GtkColumnViewColumn *column)
{
  return g_object_get_data (G_OBJECT (column), "key");
}

static gboolean
is_amount (GtkColumnViewColumn *column)
{
  TelarUnit unit = (TelarUnit) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "unit"));

  return unit == TELAR_UNIT_TIME || unit == TELAR_UNIT_COUNT || unit == TELAR_UNIT_SHARE;
}

static void
cell_setup (GtkSignalListItemFactory *factory,
            GtkListItem              *item,
            GtkColumnViewColumn      *column)
{
  GtkWidget *label = gtk_label_new (NULL);
  TelarUnit  unit = (TelarUnit) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "unit"));

  gtk_label_set_xalign (GTK_LABEL (label), is_text (unit) ? 0 : 1);
  if (unit == TELAR_UNIT_NAME)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), LEAST_NAME_CHARS);
      gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_NAME_CHARS);
      gtk_widget_add_css_class (label, "name");
    }
  gtk_list_item_set_child (item, label);
}

/* What a reader hears of a row: every column that says something. */
static char *
row_words (const TelarSheetRowItem *row)
{
  const TelarSheet *sheet = row->sheet;
  GString          *words = g_string_new (NULL);

  for (guint i = 0; i < sheet->columns->len; i++)
    {
      const TelarSheetColumn *column = &g_array_index (sheet->columns, TelarSheetColumn, i);
      g_autofree char        *cell = telar_sheet_cell (sheet, row->row, i);

      if (*cell == '\0')
        continue;
      if (i == 0)
        g_string_append (words, cell);
      else if (column->unit == TELAR_UNIT_OF_ROW || column->unit == TELAR_UNIT_KIND)
        g_string_append_printf (words, ", %s", cell);
      else
        g_string_append_printf (words, ", %s %s", _(column->title), cell);
    }

  return g_string_free (words, FALSE);
}

static void
cell_bind (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           GtkColumnViewColumn      *column)
{
  TelarSheetRowItem   *row = gtk_list_item_get_item (item);
  const TelarSheetRow *cells = row->sheet->rows->pdata[row->row];
  GtkWidget           *label = gtk_list_item_get_child (item);
  guint                index = get_index (column);
  g_autofree char     *text = telar_sheet_cell (row->sheet, row->row, index);

  gtk_label_set_label (GTK_LABEL (label), text);
  /* What there is none of must not look like much. */
  if (is_amount (column) && cells->numbers[index] == 0)
    gtk_widget_add_css_class (label, "none");
  else
    gtk_widget_remove_css_class (label, "none");
  /* Of the run every row means something else. */
  if (cells->help)
    gtk_widget_set_tooltip_text (label, _(cells->help));
  else
    gtk_widget_set_tooltip_text (label, index == 0 ? text : NULL);
  if (index == 0)
    {
      GtkWidget       *cell = gtk_widget_get_parent (label);
      GtkWidget       *whole = cell ? gtk_widget_get_parent (cell) : NULL;
      g_autofree char *words = row_words (row);

      if (whole)
        gtk_accessible_update_property (GTK_ACCESSIBLE (whole), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        words, -1);
    }
}

static GtkColumnViewColumn *
column_new (const TelarSheetColumn *told)
{
  GtkListItemFactory   *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn  *column = gtk_column_view_column_new (_(told->title), factory);
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (NULL, NULL, NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (cell_setup), column);
  g_signal_connect (factory, "bind", G_CALLBACK (cell_bind), column);
  g_object_set_data (G_OBJECT (column), "key", (gpointer) told->key);
  g_object_set_data (G_OBJECT (column), "unit", GINT_TO_POINTER (told->unit));
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, told->unit == TELAR_UNIT_NAME);

  return column;
}

/* A title's widget is GTK's own: it comes in the order of the columns, in the header
 * that is the view's first child. */
static void
update_titles (TelarSheetTable  *self,
               const TelarSheet *sheet)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title = header ? gtk_widget_get_first_child (header) : NULL;

  for (guint i = 0; i < sheet->columns->len && title != NULL; i++)
    {
      const TelarSheetColumn *told = &g_array_index (sheet->columns, TelarSheetColumn, i);
      GtkWidget              *box = gtk_widget_get_first_child (title);

      gtk_widget_set_tooltip_text (title, _(told->help));
      gtk_accessible_update_property (GTK_ACCESSIBLE (title), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _(told->title), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      _(told->help), -1);
      if (box)
        gtk_widget_set_halign (box, is_text (told->unit) ? GTK_ALIGN_START : GTK_ALIGN_END);
      title = gtk_widget_get_next_sibling (title);
    }
}

static GtkColumnViewColumn *
find_column (GListModel *columns,
             guint       from,
             const char *key)
{
  for (guint i = from; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_str_equal (get_key (column), key))
        return column;
    }

  return NULL;
}

/* Both come in one order, so that what is not the next one is gone, or new. */
static void
update_columns (TelarSheetTable  *self,
                const TelarSheet *sheet)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  guint       n = sheet->columns->len;

  g_menu_remove_all (self->menu);
  for (guint i = 0; i < n; i++)
    {
      const TelarSheetColumn *told = &g_array_index (sheet->columns, TelarSheetColumn, i);
      GtkColumnViewColumn    *column = find_column (columns, i, told->key);
      g_autoptr (GMenuItem)   item = g_menu_item_new (_(told->title), NULL);

      g_menu_item_set_action_and_target (item, "statistics.sort", "s", told->key);
      g_menu_append_item (self->menu, item);
      if (column == NULL)
        {
          column = column_new (told);
          gtk_column_view_insert_column (self->view, i, column);
          g_object_unref (column);
        }
      for (;;)
        {
          g_autoptr (GtkColumnViewColumn) here = g_list_model_get_item (columns, i);

          if (here == column)
            break;
          gtk_column_view_remove_column (self->view, here);
        }
      gtk_column_view_column_set_title (column, _(told->title));
      g_object_set_data (G_OBJECT (column), "index", GUINT_TO_POINTER (i));
      telar_sheet_rows_rank (GTK_CUSTOM_SORTER (gtk_column_view_column_get_sorter (column)),
                             self->figures, self->kind, i);
    }
  while (g_list_model_get_n_items (columns) > n)
    {
      g_autoptr (GtkColumnViewColumn) last = g_list_model_get_item (columns, n);

      gtk_column_view_remove_column (self->view, last);
    }
  if (self->sorted_by && find_column (columns, 0, self->sorted_by) == NULL)
    g_clear_pointer (&self->sorted_by, g_free);
  update_titles (self, sheet);
}

/* --- Selection --- */

static void
show_selected (TelarSheetTable *self)
{
  guint row;

  if (self->selection == NULL || self->kind != TELAR_SHEET_TASKS)
    return;

  self->selecting = TRUE;
  row = self->selected != TELAR_NO_TASK
          ? telar_sheet_rows_find (G_LIST_MODEL (self->selection), self->selected)
          : G_MAXUINT;
  gtk_single_selection_set_selected (self->selection,
                                     row != G_MAXUINT ? row : GTK_INVALID_LIST_POSITION);
  /* The list is the view's last child. */
  if (row != G_MAXUINT)
    gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)),
                                "list.scroll-to-item", "u", row);
  self->selecting = FALSE;
}

static guint32
get_task (TelarSheetTable *self,
          guint            position)
{
  g_autoptr (TelarSheetRowItem) row = NULL;

  row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  return row && self->kind == TELAR_SHEET_TASKS
           ? ((const TelarSheetRow *) row->sheet->rows->pdata[row->row])->item
           : TELAR_NO_TASK;
}

static void
selection_changed (TelarSheetTable *self)
{
  guint32 task;

  if (self->selecting || self->kind != TELAR_SHEET_TASKS)
    return;

  task = get_task (self, gtk_single_selection_get_selected (self->selection));
  if (task == self->selected)
    return;

  self->selected = task;
  self->selecting = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
  self->selecting = FALSE;
}

static void
activated (TelarSheetTable *self,
           guint            position)
{
  guint32 task = get_task (self, position);

  if (task != TELAR_NO_TASK)
    g_signal_emit (self, signals[SHOW_TASK], 0, task);
}

/* --- Object --- */

static void
telar_sheet_table_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SELECTED:
      g_value_set_uint (value, TELAR_SHEET_TABLE (object)->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_sheet_table_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  TelarSheetTable *self = TELAR_SHEET_TABLE (object);

  switch (id)
    {
    case PROP_SELECTED:
      if (self->selected == g_value_get_uint (value))
        break;
      self->selected = g_value_get_uint (value);
      show_selected (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_sheet_table_dispose (GObject *object)
{
  TelarSheetTable *self = TELAR_SHEET_TABLE (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->menu);
  g_clear_pointer (&self->figures, telar_figures_unref);
  g_clear_pointer (&self->sorted_by, g_free);

  G_OBJECT_CLASS (telar_sheet_table_parent_class)->dispose (object);
}

static gboolean
telar_sheet_table_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TELAR_SHEET_TABLE (widget)->view));
}

static void
telar_sheet_table_class_init (TelarSheetTableClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = telar_sheet_table_get_property;
  object_class->set_property = telar_sheet_table_set_property;
  object_class->dispose = telar_sheet_table_dispose;
  widget_class->grab_focus = telar_sheet_table_grab_focus;

  properties[PROP_SELECTED] =
    g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT, TELAR_NO_TASK,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SHOW_TASK] = g_signal_new ("show-task", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "sheettable");
}

static void
telar_sheet_table_init (TelarSheetTable *self)
{
  self->selected = TELAR_NO_TASK;
  self->menu = g_menu_new ();

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activated), self,
                           G_CONNECT_SWAPPED);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

/* --- Public --- */

static void
say_name (TelarSheetTable *self)
{
  static const char *const names[TELAR_N_SHEETS] = {
    [TELAR_SHEET_TASKS] = N_("Statistics of tasks"),
    [TELAR_SHEET_CORES] = N_("Statistics of cores"),
    [TELAR_SHEET_RUN] = N_("Statistics of the run"),
  };

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(names[self->kind]), -1);
}

void
telar_sheet_table_set (TelarSheetTable *self,
                       TelarFigures    *figures,
                       TelarSheetKind   kind)
{
  GtkSortListModel *sorted;
  GtkSorter        *sorter;

  g_return_if_fail (TELAR_IS_SHEET_TABLE (self));

  if (self->figures == figures && self->kind == kind)
    return;

  /* No sorter is to see rows of another sheet than it knows the ranks of. */
  gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->selection);
  if (figures)
    telar_figures_ref (figures);
  g_clear_pointer (&self->figures, telar_figures_unref);
  self->figures = figures;
  self->kind = kind;
  if (figures == NULL)
    return;

  update_columns (self, telar_figures_get_sheet (figures, kind));
  say_name (self);

  sorter = gtk_column_view_get_sorter (self->view);
  sorted = gtk_sort_list_model_new (telar_sheet_rows_new (figures, kind), g_object_ref (sorter));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selection_changed),
                           self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  show_selected (self);
}

void
telar_sheet_table_sort (TelarSheetTable *self,
                        const char      *key)
{
  GtkColumnViewColumn *column;
  TelarUnit            unit;

  g_return_if_fail (TELAR_IS_SHEET_TABLE (self));

  column = find_column (gtk_column_view_get_columns (self->view), 0, key);
  if (column == NULL)
    return;

  unit = (TelarUnit) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "unit"));
  if (g_strcmp0 (self->sorted_by, key) == 0)
    self->sorted_how = self->sorted_how == GTK_SORT_ASCENDING ? GTK_SORT_DESCENDING
                                                              : GTK_SORT_ASCENDING;
  else
    self->sorted_how = is_text (unit) ? GTK_SORT_ASCENDING : GTK_SORT_DESCENDING;
  g_free (self->sorted_by);
  self->sorted_by = g_strdup (key);
  gtk_column_view_sort_by_column (self->view, column, self->sorted_how);
  show_selected (self);
}

GMenuModel *
telar_sheet_table_get_menu (TelarSheetTable *self)
{
  g_return_val_if_fail (TELAR_IS_SHEET_TABLE (self), NULL);

  return G_MENU_MODEL (self->menu);
}

char *
telar_sheet_table_copy (TelarSheetTable *self)
{
  g_autoptr (GArray) order = NULL;

  g_return_val_if_fail (TELAR_IS_SHEET_TABLE (self), NULL);

  if (self->selection == NULL)
    return NULL;
  order = telar_sheet_rows_order (G_LIST_MODEL (self->selection));

  return telar_sheet_copy (telar_figures_get_sheet (self->figures, self->kind),
                           (const guint *) (gpointer) order->data, order->len);
}
