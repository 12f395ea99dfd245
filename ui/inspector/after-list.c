/* after-list.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "inspector/after-list.h"

#include <glib/gi18n-lib.h>

#include "edit/legal.h"
#include "edit/operations.h"
#include "inspector/field.h"
#include "inspector/picker.h"

#define PAGE 20 /* lines shown at first, and each time that more are asked for */

struct _TelarAfterList
{
  GtkBox         parent_instance;

  /* Borrowed: children. */
  GtkWidget     *lines;
  GtkWidget     *more;
  GtkWidget     *add;

  /* Owned. */
  GPtrArray     *shown;     /* owned texts: what the lines are of */
  TelarDocument *document;  /* nullable */
  char          *id;        /* nullable */

  guint64        serial;    /* of the task */

  guint          most;      /* lines at most */
};

G_DEFINE_FINAL_TYPE (TelarAfterList, telar_after_list, GTK_TYPE_BOX)

static void
settle (TelarAfterList *self,
        gboolean        done,
        const GError   *error)
{
  GtkWidget *field = gtk_widget_get_ancestor (GTK_WIDGET (self), TELAR_TYPE_FIELD);

  if (field)
    telar_field_settle (TELAR_FIELD (field), done, error);
}

static void
remove_clicked (TelarAfterList *self,
                GtkWidget      *button)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *before = g_strdup (g_object_get_data (G_OBJECT (button), "before"));

  gtk_widget_child_focus (self->add, GTK_DIR_TAB_FORWARD);
  settle (self, telar_document_disconnect (self->document, self->id, before, &error), error);
}

static void
add_chosen (TelarAfterList *self,
            const char     *before)
{
  g_autoptr (GError) error = NULL;

  settle (self, telar_document_connect (self->document, self->id, before, &error), error);
}

static void
add_fill (TelarAfterList *self)
{
  const TelarRelations *relations = telar_document_get_relations (self->document);
  guint32               number = telar_relations_find (relations, self->id, NULL);
  g_autofree gboolean  *legal = NULL;

  if (number == TELAR_NOBODY)
    return;

  legal = telar_legal_sources (relations, number);
  for (guint32 i = 1; i < relations->n_tasks; i++)
    if (legal[i])
      telar_picker_add (TELAR_PICKER (self->add), telar_relations_task (relations, i)->id,
                        telar_relations_task (relations, i)->id,
                        telar_relations_task (relations, i)->name, NULL);
}

static void
add_line (TelarAfterList *self,
          const char     *before)
{
  GtkWidget       *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget       *label = gtk_label_new (before);
  GtkWidget       *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *name = g_strdup_printf (_("No longer after %s"), before);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "before", g_strdup (before), g_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_clicked), self);
  gtk_box_append (GTK_BOX (line), button);

  gtk_widget_add_css_class (line, "line");
  gtk_box_append (GTK_BOX (self->lines), line);
}

static gboolean
is_shown (TelarAfterList  *self,
          const TelarTask *task)
{
  if (self->shown->len != MIN (task->after->len, self->most))
    return FALSE;

  for (guint i = 0; i < self->shown->len; i++)
    if (!g_str_equal (g_ptr_array_index (self->shown, i), g_ptr_array_index (task->after, i)))
      return FALSE;

  return TRUE;
}

static void
update (TelarAfterList  *self,
        const TelarTask *task)
{
  g_autofree char *label = NULL;
  guint            rest = task->after->len - MIN (task->after->len, self->most);
  GtkWidget       *line;

  if (!is_shown (self, task))
    {
      while ((line = gtk_widget_get_first_child (self->lines)))
        gtk_box_remove (GTK_BOX (self->lines), line);
      g_ptr_array_set_size (self->shown, 0);
      for (guint i = 0; i < MIN (task->after->len, self->most); i++)
        {
          g_ptr_array_add (self->shown, g_strdup (g_ptr_array_index (task->after, i)));
          add_line (self, g_ptr_array_index (task->after, i));
        }
    }

  label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more", "%u more", rest), rest);
  gtk_button_set_label (GTK_BUTTON (self->more), label);
  gtk_widget_set_visible (self->more, rest > 0);
  gtk_widget_set_visible (self->lines, task->after->len > 0);
}

static void
more_clicked (TelarAfterList *self)
{
  const TelarTask *task = telar_document_find (self->document, self->id);

  self->most += PAGE;
  if (task)
    update (self, task);
}

static void
telar_after_list_dispose (GObject *object)
{
  TelarAfterList *self = TELAR_AFTER_LIST (object);

  g_clear_object (&self->document);

  G_OBJECT_CLASS (telar_after_list_parent_class)->dispose (object);
}

static void
telar_after_list_finalize (GObject *object)
{
  TelarAfterList *self = TELAR_AFTER_LIST (object);

  g_ptr_array_unref (self->shown);
  g_free (self->id);

  G_OBJECT_CLASS (telar_after_list_parent_class)->finalize (object);
}

static void
telar_after_list_class_init (TelarAfterListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = telar_after_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = telar_after_list_finalize;

  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "afterlist");
}

static void
telar_after_list_init (TelarAfterList *self)
{
  self->shown = g_ptr_array_new_with_free_func (g_free);
  self->most = PAGE;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 4);

  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self), self->lines);

  self->more = gtk_button_new ();
  gtk_widget_add_css_class (self->more, "flat");
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_clicked), self);
  gtk_box_append (GTK_BOX (self), self->more);

  self->add = telar_picker_new ();
  telar_picker_set_label (TELAR_PICKER (self->add), _("Add a task"));
  telar_picker_set_name (TELAR_PICKER (self->add), _("Add a task that it comes after"));
  telar_picker_set_empty (TELAR_PICKER (self->add),
                          _("No other task with the same parent can come before it"));
  g_signal_connect_swapped (self->add, "fill", G_CALLBACK (add_fill), self);
  g_signal_connect_swapped (self->add, "chosen", G_CALLBACK (add_chosen), self);
  gtk_box_append (GTK_BOX (self), self->add);
}

GtkWidget *
telar_after_list_new (void)
{
  return g_object_new (TELAR_TYPE_AFTER_LIST, NULL);
}

void
telar_after_list_show (TelarAfterList  *self,
                       TelarDocument   *document,
                       const TelarTask *task)
{
  guint64 serial;

  g_return_if_fail (TELAR_IS_AFTER_LIST (self));
  g_return_if_fail (task != NULL);

  serial = telar_document_get_serial (document, task);
  g_set_object (&self->document, document);
  g_free (self->id);
  self->id = g_strdup (task->id);
  if (self->serial != serial)
    {
      self->serial = serial;
      self->most = PAGE;
      settle (self, TRUE, NULL);
    }
  update (self, task);
}
