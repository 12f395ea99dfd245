/* picker.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "inspector/picker.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define SHORT       8    /* as many need no search */
#define LIST_WIDTH  260  /* pixels */
#define LIST_HEIGHT 340

/* --- What can be chosen --- */

#define TELAR_TYPE_CHOICE (telar_choice_get_type ())
G_DECLARE_FINAL_TYPE (TelarChoice, telar_choice, TELAR, CHOICE, GObject)

struct _TelarChoice
{
  GObject parent_instance;

  /* Owned. */
  char   *value;    /* NULL: a heading */
  char   *title;
  char   *detail;   /* nullable */
  char   *section;  /* nullable */
  char   *folded;   /* what a search looks at: title, detail */

  gsize   title_length; /* bytes, of the folded title */
};

G_DEFINE_FINAL_TYPE (TelarChoice, telar_choice, G_TYPE_OBJECT)

static void
telar_choice_finalize (GObject *object)
{
  TelarChoice *choice = TELAR_CHOICE (object);

  g_free (choice->value);
  g_free (choice->title);
  g_free (choice->detail);
  g_free (choice->section);
  g_free (choice->folded);

  G_OBJECT_CLASS (telar_choice_parent_class)->finalize (object);
}

static void
telar_choice_class_init (TelarChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = telar_choice_finalize;
}

static void
telar_choice_init (TelarChoice *choice)
{
}

/* --- The button and its list --- */

struct _TelarPicker
{
  GtkBox              parent_instance;

  /* Borrowed: children; the popover and what is in it once it was opened. */
  GtkWidget          *button;
  GtkWidget          *label;
  GtkWidget          *popover;
  GtkWidget          *search;
  GtkWidget          *scrolled;
  GtkWidget          *list;
  GtkWidget          *empty;
  GtkSingleSelection *selection;

  /* Owned. */
  GPtrArray          *all;    /* TelarChoice */
  GListStore         *shown;  /* of them, with headings */
  char               *nothing;

  TelarPickerFind     find;   /* nullable */
};

enum
{
  FILL,
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TelarPicker, telar_picker, GTK_TYPE_BOX)

static TelarChoice *
nth_shown (TelarPicker *self,
           guint        position)
{
  g_autoptr (TelarChoice) choice = g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  return choice; /* the list keeps it */
}

static void
choose (TelarPicker *self,
        guint        position)
{
  TelarChoice     *choice = nth_shown (self, position);
  g_autofree char *value = choice ? g_strdup (choice->value) : NULL;

  if (value == NULL)
    return;

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[CHOSEN], 0, value);
}

static void
select_near (TelarPicker *self,
             guint        position,
             int          by)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->shown));

  for (guint i = position; i < n; i += (guint) by)
    if (nth_shown (self, i)->value)
      {
        gtk_single_selection_set_selected (self->selection, i);
        gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", i);
        return;
      }
}

/* How well a choice matches: its beginning, anywhere in its title, in what is said
 * beside it. */
typedef enum
{
  MATCH_BEGINNING,
  MATCH_TITLE,
  MATCH_DETAIL,
  N_MATCHES
} Match;

static Match
match (TelarChoice *choice,
       const char  *text)
{
  const char *found = strstr (choice->folded, text);

  if (found == NULL)
    return N_MATCHES;
  if (found == choice->folded)
    return MATCH_BEGINNING;

  return found < choice->folded + choice->title_length ? MATCH_TITLE : MATCH_DETAIL;
}

static void
add_heading (GPtrArray  *shown,
             const char *title)
{
  TelarChoice *heading = g_object_new (TELAR_TYPE_CHOICE, NULL);

  heading->title = g_strdup (title);
  g_ptr_array_add (shown, heading);
}

static void
add_all (TelarPicker *self,
         GPtrArray   *shown)
{
  const char *section = NULL;

  for (guint i = 0; i < self->all->len; i++)
    {
      TelarChoice *choice = g_ptr_array_index (self->all, i);

      if (choice->section && g_strcmp0 (choice->section, section) != 0)
        {
          section = choice->section;
          add_heading (shown, section);
        }
      g_ptr_array_add (shown, g_object_ref (choice));
    }
}

static void
add_matching (TelarPicker *self,
              GPtrArray   *shown,
              const char  *text)
{
  for (Match wanted = MATCH_BEGINNING; wanted < N_MATCHES; wanted++)
    for (guint i = 0; i < self->all->len; i++)
      if (match (g_ptr_array_index (self->all, i), text) == wanted)
        g_ptr_array_add (shown, g_object_ref (g_ptr_array_index (self->all, i)));
}

static void
add_found (TelarPicker *self,
           GPtrArray   *shown,
           const char  *text)
{
  g_autoptr (GPtrArray) found = self->find (text);

  for (guint i = 0; i < found->len; i++)
    for (guint k = 0; k < self->all->len; k++)
      {
        TelarChoice *choice = g_ptr_array_index (self->all, k);

        if (g_str_equal (choice->value, g_ptr_array_index (found, i)))
          g_ptr_array_add (shown, g_object_ref (choice));
      }
}

static void
show_matching (TelarPicker *self)
{
  const char            *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char       *text = g_utf8_casefold (typed, -1);
  g_autoptr (GPtrArray)  shown = g_ptr_array_new_with_free_func (g_object_unref);

  if (*text && self->find)
    add_found (self, shown, typed);
  else if (*text)
    add_matching (self, shown, text);
  else
    add_all (self, shown);

  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)),
                       shown->pdata, shown->len);
  gtk_widget_set_visible (self->scrolled, shown->len > 0);
  gtk_widget_set_visible (self->empty, shown->len == 0);
  gtk_label_set_label (GTK_LABEL (self->empty),
                       self->all->len > 0 ? _("Nothing matches")
                       : self->nothing    ? self->nothing
                                          : _("There is nothing to choose from"));
  select_near (self, 0, 1);
}

static void
search_activated (TelarPicker *self)
{
  choose (self, gtk_single_selection_get_selected (self->selection));
}

/* The arrow keys walk through what was found while one goes on typing. */
static gboolean
search_key (TelarPicker     *self,
            guint            key,
            guint            code,
            GdkModifierType  modifiers)
{
  guint selected = gtk_single_selection_get_selected (self->selection);

  if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    select_near (self, selected + 1, 1);
  else if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    select_near (self, selected - 1, -1);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static void
row_activated (TelarPicker *self,
               guint        position)
{
  choose (self, position);
}

static void
row_setup (GtkListItemFactory *factory,
           GtkListItem        *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *detail = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (detail, TRUE);
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_list_item_set_child (item, box);
}

static void
row_bind (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  TelarChoice *choice = gtk_list_item_get_item (item);
  GtkWidget   *title = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget   *detail = gtk_widget_get_next_sibling (title);
  gboolean     heading = choice->value == NULL;

  gtk_label_set_label (GTK_LABEL (title), choice->title);
  gtk_label_set_label (GTK_LABEL (detail), choice->detail ? choice->detail : "");
  gtk_list_item_set_selectable (item, !heading);
  gtk_list_item_set_activatable (item, !heading);
  if (heading)
    gtk_widget_add_css_class (title, "picker-heading");
  else
    gtk_widget_remove_css_class (title, "picker-heading");
}

static GtkWidget *
build_list (TelarPicker *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (row_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (row_bind), NULL);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->shown)));
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Choices"), -1);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (row_activated), self);

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled), LIST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->list);

  return self->scrolled;
}

static void
build_popover (TelarPicker *self)
{
  GtkWidget          *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->search = gtk_search_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search"), -1);
  g_signal_connect_swapped (self->search, "changed", G_CALLBACK (show_matching), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activated), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (search_key), self);
  gtk_widget_add_controller (self->search, keys);
  gtk_box_append (GTK_BOX (box), self->search);

  gtk_box_append (GTK_BOX (box), build_list (self));

  self->empty = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->empty), 30);
  gtk_widget_add_css_class (self->empty, "dim-label");
  gtk_widget_add_css_class (self->empty, "hint");
  gtk_box_append (GTK_BOX (box), self->empty);

  gtk_widget_set_size_request (box, LIST_WIDTH, -1);
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  gtk_widget_add_css_class (self->popover, "picker");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
}

static void
about_to_open (GtkMenuButton *button,
               gpointer       data)
{
  TelarPicker *self = data;

  if (self->popover == NULL)
    build_popover (self);

  g_ptr_array_set_size (self->all, 0);
  g_signal_emit (self, signals[FILL], 0);

  gtk_widget_set_visible (self->search, self->all->len > SHORT);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  show_matching (self);
}

static void
telar_picker_finalize (GObject *object)
{
  TelarPicker *self = TELAR_PICKER (object);

  g_ptr_array_unref (self->all);
  g_object_unref (self->shown);
  g_free (self->nothing);

  G_OBJECT_CLASS (telar_picker_parent_class)->finalize (object);
}

static void
telar_picker_class_init (TelarPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = telar_picker_finalize;

  signals[FILL] = g_signal_new ("fill", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);

  gtk_widget_class_set_css_name (widget_class, "picker");
}

static void
telar_picker_init (TelarPicker *self)
{
  self->all = g_ptr_array_new_with_free_func (g_object_unref);
  self->shown = g_list_store_new (TELAR_TYPE_CHOICE);

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), about_to_open, self, NULL);
  gtk_box_append (GTK_BOX (self), self->button);
}

GtkWidget *
telar_picker_new (void)
{
  return g_object_new (TELAR_TYPE_PICKER, NULL);
}

void
telar_picker_add (TelarPicker *self,
                  const char  *value,
                  const char  *title,
                  const char  *detail,
                  const char  *section)
{
  g_autofree char *folded_title = NULL;
  g_autofree char *folded_detail = NULL;
  TelarChoice     *choice;

  g_return_if_fail (TELAR_IS_PICKER (self));
  g_return_if_fail (value != NULL && title != NULL);

  folded_title = g_utf8_casefold (title, -1);
  folded_detail = g_utf8_casefold (detail ? detail : "", -1);
  choice = g_object_new (TELAR_TYPE_CHOICE, NULL);
  choice->value = g_strdup (value);
  choice->title = g_strdup (title);
  choice->detail = g_strdup (detail);
  choice->section = g_strdup (section);
  choice->folded = g_strconcat (folded_title, " ", folded_detail, NULL);
  choice->title_length = strlen (folded_title);
  g_ptr_array_add (self->all, choice);
}

void
telar_picker_set_find (TelarPicker     *self,
                       TelarPickerFind  find)
{
  g_return_if_fail (TELAR_IS_PICKER (self));

  self->find = find;
}

void
telar_picker_set_label (TelarPicker *self,
                        const char  *label)
{
  g_return_if_fail (TELAR_IS_PICKER (self));

  if (self->label == NULL)
    {
      self->label = gtk_label_new (NULL);
      gtk_label_set_xalign (GTK_LABEL (self->label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
      gtk_widget_set_hexpand (self->label, TRUE);
      gtk_widget_set_hexpand (self->button, TRUE);
      gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), self->label);
      gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->button), TRUE);
      /* the arrow stands at the end, as in a drop-down menu */
      gtk_widget_set_halign (gtk_widget_get_parent (self->label), GTK_ALIGN_FILL);
    }
  gtk_label_set_label (GTK_LABEL (self->label), label);
}

void
telar_picker_set_name (TelarPicker *self,
                       const char  *name)
{
  g_return_if_fail (TELAR_IS_PICKER (self));

  /* the button inside it, which has the focus, is named by it */
  gtk_widget_set_tooltip_text (self->button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
telar_picker_set_empty (TelarPicker *self,
                        const char  *sentence)
{
  g_return_if_fail (TELAR_IS_PICKER (self));

  g_free (self->nothing);
  self->nothing = g_strdup (sentence);
}
