/* step-list.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "inspector/step-list.h"

#include <glib/gi18n-lib.h>

#include "edit/operations.h"
#include "inspector/field.h"
#include "inspector/function-chooser.h"
#include "inspector/step-row.h"

#define PAGE 40 /* steps shown at first, and each time that more are asked for */

struct _TelarStepList
{
  GtkBox           parent_instance;

  /* Borrowed: children. */
  GtkWidget       *field;     /* says why something was refused */
  GtkListBox      *list;
  GtkWidget       *empty;
  GtkWidget       *earlier;
  GtkWidget       *more;
  GtkWidget       *add;

  /* Owned. */
  GPtrArray       *rows;      /* borrowed TelarStepRow: of steps from @first on */
  TelarDocument   *document;  /* nullable */
  char            *id;        /* nullable */

  guint64          serial;    /* of the task */

  guint            first;     /* the first step that is shown */
  guint            shown;     /* at most so many */
};

G_DEFINE_FINAL_TYPE (TelarStepList, telar_step_list, GTK_TYPE_BOX)

static const TelarTask *
task_of (TelarStepList *self)
{
  return self->document && self->id ? telar_document_find (self->document, self->id) : NULL;
}

static guint
n_steps (TelarStepList *self)
{
  const TelarTask *task = task_of (self);

  return task ? task->steps->len : 0;
}

static gboolean
settle (TelarStepList *self,
        gboolean       done,
        const GError  *error)
{
  return telar_field_settle (TELAR_FIELD (self->field), done, error);
}

/* Returns: (nullable): the row that shows @step. */
static gpointer
row_of (TelarStepList *self,
        guint          step)
{
  if (step < self->first || step - self->first >= self->rows->len)
    return NULL;

  return g_ptr_array_index (self->rows, step - self->first);
}

static gboolean
find_step (TelarStepList *self,
           TelarStepRow  *row,
           guint         *step)
{
  if (!g_ptr_array_find (self->rows, row, step))
    return FALSE;

  *step += self->first;

  return TRUE;
}

/* --- What a person does --- */

static void
open_only (TelarStepList *self,
           guint          step,
           gboolean       open)
{
  for (guint i = 0; i < self->rows->len; i++)
    telar_step_row_set_open (g_ptr_array_index (self->rows, i), open && self->first + i == step);
}

static void
row_activated (TelarStepList *self,
               TelarStepRow  *row)
{
  guint step;

  if (find_step (self, row, &step))
    open_only (self, step, !telar_step_row_get_open (row));
}

/* The open row and the focus go with the step. */
static void
move (TelarStepList *self,
      guint          from,
      guint          to)
{
  g_autoptr (GError) error = NULL;
  gboolean           open = row_of (self, from) && telar_step_row_get_open (row_of (self, from));

  if (!settle (self, telar_document_move_step (self->document, self->id, from, to, &error), error)
      || row_of (self, to) == NULL)
    return;

  if (open)
    open_only (self, to, TRUE);
  gtk_widget_grab_focus (row_of (self, to));
}

static void
row_moved (TelarStepList *self,
           int            by,
           TelarStepRow  *row)
{
  guint step;

  if (!find_step (self, row, &step)
      || (by < 0 && step == 0) || (by > 0 && step + 1 >= n_steps (self)))
    return;

  move (self, step, step + (guint) by);
}

static void
row_dropped (TelarStepList *self,
             guint          from,
             TelarStepRow  *row)
{
  guint step;

  if (find_step (self, row, &step) && from != step)
    move (self, from, step);
}

static void
row_removed (TelarStepList *self,
             TelarStepRow  *row)
{
  g_autoptr (GError) error = NULL;
  guint              step;

  if (!find_step (self, row, &step))
    return;

  open_only (self, step, FALSE);
  if (!settle (self, telar_document_remove_step (self->document, self->id, step, &error), error))
    return;
  if (self->rows->len > 0)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows,
                                              MIN (step - self->first, self->rows->len - 1)));
  else
    gtk_widget_child_focus (self->add, GTK_DIR_TAB_FORWARD);
}

static void
add_chosen (TelarStepList *self,
            const char    *function)
{
  g_autoptr (GError) error = NULL;

  if (self->id
      && settle (self, telar_document_insert_step (self->document, self->id, G_MAXUINT, function,
                                                   NULL, &error), error))
    telar_step_list_reveal (self, n_steps (self) - 1, 0);
}

static void update (TelarStepList *self);

static void
more_clicked (TelarStepList *self)
{
  self->shown += PAGE;
  update (self);
}

static void
earlier_clicked (TelarStepList *self)
{
  guint by = MIN (self->first, PAGE);

  open_only (self, 0, FALSE);
  self->first -= by;
  self->shown += by;
  update (self);
}

/* --- What is shown --- */

static void
add_row (TelarStepList *self)
{
  GtkWidget *row = telar_step_row_new ();

  g_signal_connect_swapped (row, "moved", G_CALLBACK (row_moved), self);
  g_signal_connect_swapped (row, "removed", G_CALLBACK (row_removed), self);
  g_signal_connect_swapped (row, "dropped", G_CALLBACK (row_dropped), self);
  g_ptr_array_add (self->rows, row);
  gtk_list_box_append (self->list, row);
}

/* Takes the label. */
static void
show_rest (GtkWidget *button,
           guint      n,
           char      *label)
{
  gtk_button_set_label (GTK_BUTTON (button), label);
  gtk_widget_set_visible (button, n > 0);
  g_free (label);
}

static void
update (TelarStepList *self)
{
  const TelarTask *task = task_of (self);
  guint            n = task ? task->steps->len : 0;
  guint            shown, rest;

  if (self->first >= n)
    self->first = 0;
  shown = MIN (n - self->first, self->shown);
  rest = n - self->first - shown;

  while (self->rows->len > shown)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, self->rows->len - 1);

      g_ptr_array_set_size (self->rows, (int) self->rows->len - 1);
      gtk_list_box_remove (self->list, row);
    }
  while (self->rows->len < shown)
    add_row (self);
  for (guint i = 0; i < shown; i++)
    telar_step_row_show (g_ptr_array_index (self->rows, i), self->document, task, self->first + i);

  show_rest (self->earlier, self->first,
             g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u earlier step", "%u earlier steps",
                                           self->first),
                              self->first));
  show_rest (self->more, rest,
             g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more step", "%u more steps", rest),
                              rest));
  gtk_widget_set_visible (self->empty, n == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
}

static void
telar_step_list_dispose (GObject *object)
{
  TelarStepList *self = TELAR_STEP_LIST (object);

  g_clear_object (&self->document);

  G_OBJECT_CLASS (telar_step_list_parent_class)->dispose (object);
}

static void
telar_step_list_finalize (GObject *object)
{
  TelarStepList *self = TELAR_STEP_LIST (object);

  g_ptr_array_unref (self->rows);
  g_free (self->id);

  G_OBJECT_CLASS (telar_step_list_parent_class)->finalize (object);
}

static void
telar_step_list_class_init (TelarStepListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = telar_step_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = telar_step_list_finalize;

  g_type_ensure (TELAR_TYPE_FIELD);
  g_type_ensure (TELAR_TYPE_PICKER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/step-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarStepList, field);
  gtk_widget_class_bind_template_child (widget_class, TelarStepList, list);
  gtk_widget_class_bind_template_child (widget_class, TelarStepList, empty);
  gtk_widget_class_bind_template_child (widget_class, TelarStepList, earlier);
  gtk_widget_class_bind_template_child (widget_class, TelarStepList, more);
  gtk_widget_class_bind_template_child (widget_class, TelarStepList, add);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
  gtk_widget_class_bind_template_callback (widget_class, earlier_clicked);
  gtk_widget_class_bind_template_callback (widget_class, more_clicked);
  gtk_widget_class_bind_template_callback (widget_class, add_chosen);
  gtk_widget_class_bind_template_callback (widget_class, telar_function_chooser_fill);
  gtk_widget_class_set_css_name (widget_class, "steplist");
}

static void
telar_step_list_init (TelarStepList *self)
{
  self->rows = g_ptr_array_new ();
  self->shown = PAGE;
  gtk_widget_init_template (GTK_WIDGET (self));
  telar_picker_set_label (TELAR_PICKER (self->add), _("Add a step"));
  telar_picker_set_name (TELAR_PICKER (self->add), _("Add a step"));
}

GtkWidget *
telar_step_list_new (void)
{
  return g_object_new (TELAR_TYPE_STEP_LIST, NULL);
}

void
telar_step_list_show (TelarStepList   *self,
                      TelarDocument   *document,
                      const TelarTask *task)
{
  guint64 serial;

  g_return_if_fail (TELAR_IS_STEP_LIST (self));
  g_return_if_fail (task != NULL);

  serial = telar_document_get_serial (document, task);
  g_set_object (&self->document, document);
  g_free (self->id);
  self->id = g_strdup (task->id);
  if (self->serial != serial)
    {
      self->serial = serial;
      self->first = 0;
      self->shown = PAGE;
      open_only (self, 0, FALSE);
      settle (self, TRUE, NULL);
    }
  update (self);
}

void
telar_step_list_set_faults (TelarStepList *self,
                            GPtrArray     *faults)
{
  g_return_if_fail (TELAR_IS_STEP_LIST (self));

  for (guint i = 0; i < self->rows->len; i++)
    telar_step_row_set_faults (g_ptr_array_index (self->rows, i), faults);
}

void
telar_step_list_reveal (TelarStepList *self,
                        guint          step,
                        int            argument)
{
  g_return_if_fail (TELAR_IS_STEP_LIST (self));

  if (step >= n_steps (self))
    return;
  if (row_of (self, step) == NULL)
    {
      open_only (self, 0, FALSE);
      self->first = step / PAGE * PAGE;
      self->shown = PAGE;
      update (self);
    }
  open_only (self, step, TRUE);
  telar_step_row_focus (row_of (self, step), argument);
}

void
telar_step_list_focus (TelarStepList *self)
{
  g_return_if_fail (TELAR_IS_STEP_LIST (self));

  if (self->rows->len > 0)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows, 0));
  else
    gtk_widget_child_focus (self->add, GTK_DIR_TAB_FORWARD);
}
