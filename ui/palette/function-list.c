/* function-list.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "palette/function-list.h"

#include <glib/gi18n-lib.h>

#include "edit/function-search.h"
#include "edit/function-words.h"
#include "palette/function-row.h"

struct _TelarFunctionList
{
  GtkWidget            parent_instance;

  /* Template. */
  GtkLabel            *note;
  GtkListBox          *list;

  /* Borrowed: static. */
  const TelarFunction *selected;

  gboolean             by_group;
  gboolean             filling; /* rows come and go: what is selected meanwhile is no news */
};

enum
{
  PROP_SINGLE_CLICK = 1,
  N_PROPERTIES
};

enum
{
  CHOSEN,
  SELECTED,
  LEAVE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TelarFunctionList, telar_function_list, GTK_TYPE_WIDGET)

static const TelarFunction *
function_of (GtkListBoxRow *row)
{
  return row ? telar_function_row_get_function (TELAR_FUNCTION_ROW (row)) : NULL;
}

static void
update_header (GtkListBoxRow *row,
               GtkListBoxRow *before,
               gpointer       data)
{
  TelarFunctionList   *self = data;
  const TelarFunction *function = function_of (row);
  GtkWidget           *header;

  if (!self->by_group || (before && function_of (before)->group == function->group))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }

  header = gtk_label_new (_(telar_group_title (function->group)));
  gtk_label_set_xalign (GTK_LABEL (header), 0);
  gtk_widget_add_css_class (header, "group");
  gtk_list_box_row_set_header (row, header);
}

/* Shows @row. The first one with what stands above it. */
static void
scroll_to (TelarFunctionList *self,
           GtkListBoxRow     *row)
{
  GtkWidget       *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self),
                                                       GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment   *adjustment;
  graphene_rect_t  bounds;

  if (scrolled == NULL)
    return;

  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  if (row == NULL || gtk_list_box_row_get_index (row) == 0)
    gtk_adjustment_set_value (adjustment, 0);
  else if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y,
                               bounds.origin.y + bounds.size.height);
}

static void
say (TelarFunctionList *self,
     const char        *note)
{
  gtk_label_set_label (self->note, note ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
}

static void
selection_changed (TelarFunctionList *self)
{
  const TelarFunction *selected;
  GtkListBoxRow       *row;

  if (self->filling)
    return;

  row = gtk_list_box_get_selected_row (self->list);
  selected = function_of (row);
  if (self->selected == selected)
    return;

  self->selected = selected;
  if (row && gtk_list_box_row_get_index (row) == 0)
    scroll_to (self, row);
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
row_activated (TelarFunctionList *self,
               GtkListBoxRow     *row)
{
  const TelarFunction *function = telar_function_row_get_function (TELAR_FUNCTION_ROW (row));

  g_signal_emit (self, signals[CHOSEN], 0, function->name);
}

static gboolean
keynav_failed (TelarFunctionList *self,
               GtkDirectionType   direction)
{
  if (direction != GTK_DIR_UP)
    return GDK_EVENT_PROPAGATE;

  g_signal_emit (self, signals[LEAVE], 0, direction);
  return GDK_EVENT_STOP;
}

static gboolean
key_pressed (TelarFunctionList *self,
             guint              key,
             guint              code,
             GdkModifierType    modifiers)
{
  if (key != GDK_KEY_Tab && key != GDK_KEY_ISO_Left_Tab && key != GDK_KEY_KP_Tab)
    return GDK_EVENT_PROPAGATE;
  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  g_signal_emit (self, signals[LEAVE], 0,
                 (modifiers & GDK_SHIFT_MASK) != 0 ? GTK_DIR_TAB_BACKWARD : GTK_DIR_TAB_FORWARD);
  return GDK_EVENT_STOP;
}

static gboolean
telar_function_list_grab_focus (GtkWidget *widget)
{
  TelarFunctionList *self = TELAR_FUNCTION_LIST (widget);
  GtkListBoxRow     *row = gtk_list_box_get_selected_row (self->list);

  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  if (row == NULL)
    return FALSE;

  gtk_list_box_select_row (self->list, row);
  return gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
telar_function_list_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  TelarFunctionList *self = TELAR_FUNCTION_LIST (object);

  switch (id)
    {
    case PROP_SINGLE_CLICK:
      g_value_set_boolean (value, gtk_list_box_get_activate_on_single_click (self->list));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_function_list_set_property (GObject      *object,
                                  guint         id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  TelarFunctionList *self = TELAR_FUNCTION_LIST (object);

  switch (id)
    {
    case PROP_SINGLE_CLICK:
      if (gtk_list_box_get_activate_on_single_click (self->list) != g_value_get_boolean (value))
        {
          gtk_list_box_set_activate_on_single_click (self->list, g_value_get_boolean (value));
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_function_list_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (telar_function_list_parent_class)->dispose (object);
}

static void
telar_function_list_class_init (TelarFunctionListClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = telar_function_list_get_property;
  object_class->set_property = telar_function_list_set_property;
  object_class->dispose = telar_function_list_dispose;
  widget_class->grab_focus = telar_function_list_grab_focus;

  properties[PROP_SINGLE_CLICK] =
    g_param_spec_boolean ("single-click", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEAVE] = g_signal_new ("leave", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 1, GTK_TYPE_DIRECTION_TYPE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/function-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarFunctionList, note);
  gtk_widget_class_bind_template_child (widget_class, TelarFunctionList, list);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
  gtk_widget_class_bind_template_callback (widget_class, keynav_failed);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "functions");
}

static void
telar_function_list_init (TelarFunctionList *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_list_box_set_header_func (self->list, update_header, self, NULL);

  telar_function_list_search (self, "");
}

void
telar_function_list_search (TelarFunctionList *self,
                            const char        *text)
{
  g_autoptr (GArray)  hits = NULL;
  g_autofree char    *typed = NULL;
  g_autofree char    *nothing = NULL;
  const char         *hint;
  GtkListBoxRow      *row;

  g_return_if_fail (TELAR_IS_FUNCTION_LIST (self));
  g_return_if_fail (text != NULL);

  hits = telar_function_search (text);
  hint = telar_function_search_hint (text);
  typed = g_strstrip (g_strdup (text));

  self->filling = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));

  self->by_group = *typed == '\0';
  for (guint i = 0; i < hits->len; i++)
    gtk_list_box_append (self->list,
                         telar_function_row_new (&g_array_index (hits, TelarFunctionHit, i)));

  if (hits->len == 0 && hint == NULL)
    nothing = g_strdup_printf (_("Nothing is called “%s”; your own programs run with command."),
                               typed);
  say (self, hint ? hint : nothing);
  gtk_widget_set_visible (GTK_WIDGET (self->list), hits->len > 0);

  /* Enter takes the first; but nothing while nothing was typed, or what no function
   * is meant by. */
  if (!self->by_group && hint == NULL)
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  self->filling = FALSE;

  scroll_to (self, NULL);
  selection_changed (self);
}

const TelarFunction *
telar_function_list_get_selected (TelarFunctionList *self)
{
  g_return_val_if_fail (TELAR_IS_FUNCTION_LIST (self), NULL);

  return self->selected;
}

void
telar_function_list_move (TelarFunctionList *self,
                          int                by)
{
  GtkListBoxRow *row;
  int            index, n = 0;

  g_return_if_fail (TELAR_IS_FUNCTION_LIST (self));

  while (gtk_list_box_get_row_at_index (self->list, n))
    n++;
  if (n == 0)
    return;

  row = gtk_list_box_get_selected_row (self->list);
  index = row ? gtk_list_box_row_get_index (row) : -1;
  row = gtk_list_box_get_row_at_index (self->list, CLAMP (index + by, 0, n - 1));
  gtk_list_box_select_row (self->list, row);
  scroll_to (self, row);
}

void
telar_function_list_choose (TelarFunctionList *self)
{
  g_return_if_fail (TELAR_IS_FUNCTION_LIST (self));

  if (self->selected)
    g_signal_emit (self, signals[CHOSEN], 0, self->selected->name);
}

char *
telar_function_list_words (TelarFunctionList *self)
{
  GtkListBoxRow       *row;
  g_autoptr (GString)  words = g_string_new (NULL);

  g_return_val_if_fail (TELAR_IS_FUNCTION_LIST (self), NULL);

  row = gtk_list_box_get_selected_row (self->list);
  if (gtk_widget_get_visible (GTK_WIDGET (self->note)))
    g_string_append (words, gtk_label_get_label (self->note));
  if (row)
    {
      const char      *remark = telar_function_row_get_remark (TELAR_FUNCTION_ROW (row));
      g_autofree char *signature = telar_function_signature (function_of (row));

      g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", signature);
      if (remark)
        g_string_append_printf (words, ": %s", remark);
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

void
telar_function_list_follow (TelarFunctionList *self,
                            GtkEditable       *search)
{
  const char      *text = gtk_editable_get_text (search);
  g_autofree char *words = NULL;

  g_return_if_fail (TELAR_IS_FUNCTION_LIST (self));

  telar_function_list_search (self, text);
  words = *text ? telar_function_list_words (self) : g_strdup ("");
  gtk_accessible_update_property (GTK_ACCESSIBLE (search),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}
