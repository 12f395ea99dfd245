/* texts-edit.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "inspector/texts-edit.h"

#include <glib/gi18n-lib.h>

#include "edit/argument.h"
#include "inspector/text-edit.h"

struct _TelarTextsEdit
{
  GtkBox     parent_instance;

  /* Borrowed: children. */
  GtkBox    *lines;
  GtkWidget *several;
  GtkWidget *add;

  /* Owned. */
  GPtrArray *edits;  /* borrowed TelarTextEdit, one a line */
  json_t    *value;  /* an array, as many as there are lines */
};

enum
{
  EDITED,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Each of them is a text, blank ones too. */
static const TelarParameter text_parameter = { .name = "text", .type = TELAR_VALUE_TEXT };

G_DEFINE_FINAL_TYPE (TelarTextsEdit, telar_texts_edit, GTK_TYPE_BOX)

static void
line_edited (TelarTextsEdit *self,
             TelarTextEdit  *edit)
{
  guint            line;
  g_autofree char *text = telar_text_edit_get_text (edit);
  json_t          *was;

  if (!g_ptr_array_find (self->edits, edit, &line))
    return;

  was = json_array_get (self->value, line);
  json_array_set_new (self->value, line, telar_argument_read (&text_parameter, text, was));
  g_signal_emit (self, signals[EDITED], 0);
}

static void
line_left (TelarTextsEdit *self)
{
  g_signal_emit (self, signals[LEFT], 0);
}

static void
remove_line (TelarTextsEdit *self,
             guint           line)
{
  TelarTextEdit *edit = g_ptr_array_index (self->edits, line);

  g_ptr_array_remove_index (self->edits, line);
  gtk_box_remove (self->lines, gtk_widget_get_parent (GTK_WIDGET (edit)));
}

static void
remove_clicked (TelarTextsEdit *self,
                GtkWidget      *button)
{
  GtkWidget *row = gtk_widget_get_parent (button);
  guint      line;

  if (!g_ptr_array_find (self->edits, gtk_widget_get_first_child (row), &line))
    return;

  /* the focus does not fall out of the list */
  gtk_widget_grab_focus (self->add);
  json_array_remove (self->value, line);
  remove_line (self, line);
  g_signal_emit (self, signals[EDITED], 0);
}

static void
add_line (TelarTextsEdit *self)
{
  GtkWidget       *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget       *edit = telar_text_edit_new (FALSE);
  GtkWidget       *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *name = g_strdup_printf (_("Text %u"), self->edits->len + 1);

  telar_text_edit_describe (TELAR_TEXT_EDIT (edit), name, NULL, FALSE);
  g_signal_connect_swapped (edit, "edited", G_CALLBACK (line_edited), self);
  g_signal_connect_swapped (edit, "left", G_CALLBACK (line_left), self);
  gtk_box_append (GTK_BOX (row), edit);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Remove"), -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_clicked), self);
  gtk_box_append (GTK_BOX (row), button);

  gtk_box_append (self->lines, row);
  g_ptr_array_add (self->edits, edit);
}

static void
add_clicked (TelarTextsEdit *self)
{
  json_array_append_new (self->value, json_string (""));
  add_line (self);
  gtk_widget_hide (self->several);
  gtk_widget_grab_focus (g_ptr_array_index (self->edits, self->edits->len - 1));
  g_signal_emit (self, signals[EDITED], 0);
}

static void
telar_texts_edit_finalize (GObject *object)
{
  TelarTextsEdit *self = TELAR_TEXTS_EDIT (object);

  g_ptr_array_unref (self->edits);
  json_decref (self->value);

  G_OBJECT_CLASS (telar_texts_edit_parent_class)->finalize (object);
}

static void
telar_texts_edit_class_init (TelarTextsEditClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = telar_texts_edit_finalize;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
telar_texts_edit_init (TelarTextsEdit *self)
{
  self->edits = g_ptr_array_new ();
  self->value = json_array ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 4);

  self->several = gtk_label_new (_("several values"));
  gtk_label_set_xalign (GTK_LABEL (self->several), 0);
  gtk_widget_add_css_class (self->several, "dim-label");
  gtk_widget_hide (self->several);
  gtk_box_append (GTK_BOX (self), self->several);

  self->lines = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 4));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->lines));

  self->add = gtk_button_new_with_label (_("Add a text"));
  gtk_widget_set_halign (self->add, GTK_ALIGN_START);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (add_clicked), self);
  gtk_box_append (GTK_BOX (self), self->add);
}

GtkWidget *
telar_texts_edit_new (void)
{
  return g_object_new (TELAR_TYPE_TEXTS_EDIT, NULL);
}

void
telar_texts_edit_show (TelarTextsEdit *self,
                       const char     *owner,
                       json_t         *value,
                       gboolean        mixed)
{
  g_return_if_fail (TELAR_IS_TEXTS_EDIT (self));
  g_return_if_fail (owner != NULL);

  json_decref (self->value);
  self->value = value && !mixed ? json_copy (value) : json_array ();
  gtk_widget_set_visible (self->several, mixed);

  while (self->edits->len > json_array_size (self->value))
    remove_line (self, self->edits->len - 1);
  while (self->edits->len < json_array_size (self->value))
    add_line (self);
  for (guint i = 0; i < self->edits->len; i++)
    {
      g_autofree char *text = telar_argument_show (&text_parameter,
                                                   json_array_get (self->value, i));

      telar_text_edit_show (g_ptr_array_index (self->edits, i), owner, text);
    }
}

json_t *
telar_texts_edit_get_value (TelarTextsEdit *self)
{
  g_return_val_if_fail (TELAR_IS_TEXTS_EDIT (self), NULL);

  return json_copy (self->value);
}
