/* argument-field.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "inspector/argument-field.h"

#include <glib/gi18n-lib.h>

#include "edit/argument.h"
#include "edit/reference-text.h"
#include "file-dialog.h"
#include "inspector/inspector-facts.h"
#include "inspector/text-edit.h"
#include "inspector/texts-edit.h"

#define MOST_STEPPED 9e15 /* beyond it a double has no ones */

struct _TelarArgumentField
{
  GtkBox                parent_instance;

  /* Borrowed: children. One of edit and texts is there. */
  GtkWidget            *field;
  TelarTextEdit        *edit;
  TelarTextsEdit       *texts;

  /* Borrowed: of the catalogue. */
  const TelarParameter *parameter;

  /* Owned. */
  char                 *owner;
  json_t               *value;     /* nullable */
  TelarDocument        *document;  /* nullable */

  gboolean              mixed;
};

enum
{
  EDITED,
  LEFT,
  FILE_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TelarArgumentField, telar_argument_field, GTK_TYPE_BOX)

static gboolean
same (const json_t *a,
      const json_t *b)
{
  return a == b || (a && b && json_equal (a, b));
}

/* What is wrong with the value itself is known at once. */
static void
update_fault (TelarArgumentField *self,
              const TelarFault   *found)
{
  g_autofree char *sentence = NULL;

  if (self->mixed)
    found = NULL;
  else if (self->edit)
    sentence = telar_argument_fault (self->parameter, self->value);
  if (sentence == NULL && found)
    sentence = telar_fault_sentence (found);

  telar_field_set_fault (TELAR_FIELD (self->field), found ? found->level : TELAR_FAULT_ERROR,
                         sentence);
}

static void
edited (TelarArgumentField *self)
{
  json_t *value = NULL;

  if (self->texts)
    value = telar_texts_edit_get_value (self->texts);
  else
    {
      g_autofree char *text = telar_text_edit_get_text (self->edit);

      value = telar_argument_read (self->parameter, text, self->mixed ? NULL : self->value);
    }

  json_decref (self->value);
  self->value = value;
  self->mixed = FALSE;
  update_fault (self, NULL);
  g_signal_emit (self, signals[EDITED], 0);
}

/* Nobody types here any more: the text may look as a graph keeps it. */
static void
left (TelarArgumentField *self)
{
  g_autofree char *fault = telar_argument_fault (self->parameter, self->value);
  g_autofree char *text = telar_argument_show (self->parameter, self->value);

  if (self->edit && self->owner && !self->mixed && fault == NULL
      && telar_text_edit_get_refusal (self->edit) == NULL)
    telar_text_edit_show (self->edit, self->owner, text);
  g_signal_emit (self, signals[LEFT], 0);
}

/* --- Menus --- */

static void
fill_signals (TelarPicker *picker)
{
  guint              n_signals;
  const TelarSignal *all = telar_signals (&n_signals);

  for (guint i = 0; i < n_signals; i++)
    {
      g_autofree char *detail = g_strdup_printf ("%d, %s", all[i].number, _(all[i].meaning));

      telar_picker_add (picker, all[i].name, all[i].name, detail, NULL);
    }
}

static void
fill_tasks (TelarArgumentField *self,
            TelarPicker        *picker)
{
  const TelarGraph *graph = self->document ? telar_document_get_graph (self->document) : NULL;

  for (guint i = 0; graph && i < graph->tasks->len; i++)
    {
      const TelarTask *task = g_ptr_array_index (graph->tasks, i);

      /* only what is started can be started or joined */
      if (task->kind != TELAR_KIND_CALL)
        telar_picker_add (picker, task->id, task->id, task->name, NULL);
    }
}

/* Of a pipe its ends too: which one a step uses is told apart there. */
static void
add_object (TelarArgumentField *self,
            TelarPicker        *picker,
            const TelarObject  *object)
{
  gboolean         awaited = self->parameter->type == TELAR_VALUE_AWAITED;
  gboolean         duplex = telar_object_number (object, "duplex") != 0;
  g_autofree char *whole = g_strdup_printf ("%s%s", awaited ? "pipe " : "", object->id);

  telar_picker_add (picker, whole, whole, telar_object_type_name (object->type), NULL);
  for (guint end = 0; object->type == TELAR_OBJECT_PIPE && end < 2; end++)
    {
      g_autofree char *text = g_strdup_printf ("%s.%u", object->id, end);

      telar_picker_add (picker, text, text, duplex     ? _("sends and receives")
                                            : end == 0 ? _("receives")
                                                       : _("sends"), NULL);
    }
}

/* Those of a type that the function works on. */
static void
fill_objects (TelarArgumentField *self,
              TelarPicker        *picker)
{
  const TelarGraph *graph = self->document ? telar_document_get_graph (self->document) : NULL;

  for (guint i = 0; graph && i < graph->objects->len; i++)
    {
      const TelarObject *object = g_ptr_array_index (graph->objects, i);

      if (self->parameter->objects >> object->type & 1)
        add_object (self, picker, object);
    }
}

/* What is chosen is added to the list, or taken out of it. */
static void
fill_awaited (TelarArgumentField *self,
              TelarPicker        *picker)
{
  fill_tasks (self, picker);
  fill_objects (self, picker);
}

static void
awaited_chosen (TelarArgumentField *self,
                const char         *value)
{
  g_autofree char *text = telar_text_edit_get_text (self->edit);
  g_autofree char *turned = telar_awaited_text_turn (text, value);

  telar_text_edit_enter (self->edit, turned);
  left (self);
}

static void
chosen (TelarArgumentField *self,
        const char         *value)
{
  telar_text_edit_enter (self->edit, value);
  left (self);
}

/* --- Files --- */

/* A file below the graph's folder is named from there: both can be moved. */
static char *
name_of_file (TelarArgumentField *self,
              GFile              *file)
{
  GFile             *graph = self->document ? telar_document_get_file (self->document) : NULL;
  g_autoptr (GFile)  folder = graph ? g_file_get_parent (graph) : NULL;
  char              *relative = folder ? g_file_get_relative_path (folder, file) : NULL;

  return relative ? relative : g_file_get_path (file);
}

static void
file_chosen (GtkWidget *widget,
             GFile     *file)
{
  TelarArgumentField *self = TELAR_ARGUMENT_FIELD (widget);
  g_autofree char    *name = file ? name_of_file (self, file) : NULL;

  if (name && !g_utf8_validate (name, -1, NULL))
    {
      g_autofree char *shown = g_filename_display_name (name);
      g_autofree char *refusal = g_strdup_printf (_("A graph cannot hold the name %s, which is not "
                                                    "in UTF-8; rename the file, or its folder."),
                                                  shown);

      telar_text_edit_set_refusal (self->edit, refusal);
    }
  else if (name)
    {
      g_autofree char *path = g_file_get_path (file);

      telar_text_edit_enter (self->edit, name);
      left (self);
      if (path)
        g_signal_emit (self, signals[FILE_CHOSEN], 0, path);
    }
}

static void
choose_file (TelarArgumentField *self)
{
  GtkRoot              *root = gtk_widget_get_root (GTK_WIDGET (self));
  GFile                *graph = self->document ? telar_document_get_file (self->document) : NULL;
  g_autoptr (GFile)     folder = graph ? g_file_get_parent (graph) : NULL;
  GtkFileChooserNative *chooser;

  chooser = gtk_file_chooser_native_new (_("Choose a File"), GTK_WINDOW (root),
                                         GTK_FILE_CHOOSER_ACTION_OPEN, _("_Choose"), _("_Cancel"));
  if (folder)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  telar_file_dialog_show (chooser, GTK_WIDGET (self), file_chosen);
}

/* --- Object --- */

static void
telar_argument_field_dispose (GObject *object)
{
  TelarArgumentField *self = TELAR_ARGUMENT_FIELD (object);

  g_clear_object (&self->document);

  G_OBJECT_CLASS (telar_argument_field_parent_class)->dispose (object);
}

static void
telar_argument_field_finalize (GObject *object)
{
  TelarArgumentField *self = TELAR_ARGUMENT_FIELD (object);

  g_free (self->owner);
  json_decref (self->value);

  G_OBJECT_CLASS (telar_argument_field_parent_class)->finalize (object);
}

static gboolean
telar_argument_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (TELAR_ARGUMENT_FIELD (widget)->field);
}

static void
telar_argument_field_class_init (TelarArgumentFieldClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = telar_argument_field_dispose;
  object_class->finalize = telar_argument_field_finalize;
  widget_class->grab_focus = telar_argument_field_grab_focus;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FILE_CHOSEN] = g_signal_new ("file-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                       G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
telar_argument_field_init (TelarArgumentField *self)
{
}

TelarPicker *
telar_argument_field_add_picker (TelarArgumentField *self,
                                 const char         *name)
{
  TelarPicker *picker;

  g_return_val_if_fail (TELAR_IS_ARGUMENT_FIELD (self) && self->edit != NULL, NULL);

  picker = TELAR_PICKER (telar_picker_new ());
  telar_picker_set_name (picker, name);
  g_signal_connect_swapped (picker, "chosen",
                            self->parameter->type == TELAR_VALUE_AWAITED
                              ? G_CALLBACK (awaited_chosen) : G_CALLBACK (chosen), self);
  gtk_box_append (GTK_BOX (self->edit), GTK_WIDGET (picker));

  return picker;
}

static void
add_picker (TelarArgumentField *self,
            const char         *name,
            const char         *empty,
            GCallback           fill,
            gpointer            data)
{
  TelarPicker *picker = telar_argument_field_add_picker (self, name);

  telar_picker_set_empty (picker, empty);
  g_signal_connect_data (picker, "fill", fill, data, NULL, data ? G_CONNECT_SWAPPED : 0);
}

static void
add_file_button (TelarArgumentField *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-open-symbolic");

  gtk_widget_set_tooltip_text (button, _("Choose a file"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Choose a file"), -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (choose_file), self);
  gtk_box_append (GTK_BOX (self->edit), button);
}

static void
make_edit (TelarArgumentField  *self,
           const TelarFunction *function,
           guint                nth)
{
  const TelarParameter *parameter = self->parameter;

  self->edit = TELAR_TEXT_EDIT (telar_text_edit_new (parameter->type == TELAR_VALUE_INTEGERS));
  telar_text_edit_set_clearable (self->edit, parameter->optional);
  g_signal_connect_swapped (self->edit, "edited", G_CALLBACK (edited), self);
  g_signal_connect_swapped (self->edit, "left", G_CALLBACK (left), self);

  if (parameter->type == TELAR_VALUE_INTEGER)
    telar_text_edit_set_range (self->edit, (gint64) MAX (parameter->minimum, -MOST_STEPPED),
                               (gint64) MIN (parameter->maximum, MOST_STEPPED));
  else if (parameter->type == TELAR_VALUE_SIGNAL)
    add_picker (self, _("Choose a signal"), NULL, G_CALLBACK (fill_signals), NULL);
  else if (parameter->type == TELAR_VALUE_TASK)
    add_picker (self, _("Choose a task"), _("There is no process and no thread yet"),
                G_CALLBACK (fill_tasks), self);
  else if (parameter->type == TELAR_VALUE_OBJECT)
    {
      g_autofree char *types = telar_object_types_title (parameter->objects);
      /* Translators: "There is no object yet that this works on: a lock or an event" */
      g_autofree char *empty
        = g_strdup_printf (_("There is no object yet that this works on: %s"), types);

      add_picker (self, _("Choose an object"), empty, G_CALLBACK (fill_objects), self);
    }
  else if (parameter->type == TELAR_VALUE_AWAITED)
    add_picker (self, _("Choose what is waited for"),
                _("There is no process, no thread and no pipe yet"), G_CALLBACK (fill_awaited),
                self);
  else if (parameter->type == TELAR_VALUE_FILE || (function->runs_programs && nth == 0))
    add_file_button (self);
}

GtkWidget *
telar_argument_field_new (const TelarFunction *function,
                          guint                nth)
{
  TelarArgumentField *self;
  g_autofree char    *title = NULL;
  g_autofree char    *limits = NULL;
  gboolean            wide;

  g_return_val_if_fail (function != NULL && nth < function->n_parameters, NULL);

  self = g_object_new (TELAR_TYPE_ARGUMENT_FIELD, NULL);
  self->parameter = &function->parameters[nth];
  title = telar_parameter_title (self->parameter);
  limits = telar_parameter_limits (self->parameter);
  wide = self->parameter->type == TELAR_VALUE_INTEGERS
         || self->parameter->type == TELAR_VALUE_TEXTS;

  if (self->parameter->type == TELAR_VALUE_TEXTS)
    {
      self->texts = TELAR_TEXTS_EDIT (telar_texts_edit_new ());
      g_signal_connect_swapped (self->texts, "edited", G_CALLBACK (edited), self);
      g_signal_connect_swapped (self->texts, "left", G_CALLBACK (left), self);
    }
  else
    make_edit (self, function, nth);

  self->field = telar_field_new (title, self->edit ? GTK_WIDGET (self->edit)
                                                   : GTK_WIDGET (self->texts), wide);
  gtk_widget_set_hexpand (self->field, TRUE);
  gtk_widget_set_tooltip_text (self->field, limits);
  gtk_box_append (GTK_BOX (self), self->field);

  return GTK_WIDGET (self);
}

void
telar_argument_field_show (TelarArgumentField *self,
                           TelarDocument      *document,
                           const char         *owner,
                           json_t             *value,
                           gboolean            mixed)
{
  g_autofree char *text = NULL;
  g_autofree char *placeholder = NULL;

  g_return_if_fail (TELAR_IS_ARGUMENT_FIELD (self));
  g_return_if_fail (owner != NULL);

  if (g_strcmp0 (owner, self->owner) == 0 && mixed == self->mixed && same (value, self->value))
    return;

  g_set_object (&self->document, document);
  g_free (self->owner);
  self->owner = g_strdup (owner);
  json_decref (self->value);
  self->value = json_incref (value);
  self->mixed = mixed;

  if (self->texts)
    telar_texts_edit_show (self->texts, owner, value, mixed);
  else
    {
      placeholder = mixed ? g_strdup (_("several values"))
                          : telar_parameter_placeholder (self->parameter);
      text = mixed ? g_strdup ("") : telar_argument_show (self->parameter, value);
      telar_text_edit_set_placeholder (self->edit, placeholder);
      telar_text_edit_show (self->edit, owner, text);
    }
  update_fault (self, NULL);
}

json_t *
telar_argument_field_get_value (TelarArgumentField *self)
{
  g_return_val_if_fail (TELAR_IS_ARGUMENT_FIELD (self), NULL);

  return json_incref (self->value);
}

void
telar_argument_field_set_fault (TelarArgumentField *self,
                                const TelarFault   *fault)
{
  g_return_if_fail (TELAR_IS_ARGUMENT_FIELD (self));

  update_fault (self, fault);
}

void
telar_argument_field_set_help (TelarArgumentField *self,
                               const char         *help)
{
  g_return_if_fail (TELAR_IS_ARGUMENT_FIELD (self));

  telar_field_set_help (TELAR_FIELD (self->field), help);
}

gboolean
telar_argument_field_settle (TelarArgumentField *self,
                             gboolean            done,
                             const GError       *error)
{
  g_return_val_if_fail (TELAR_IS_ARGUMENT_FIELD (self), done);

  return telar_field_settle (TELAR_FIELD (self->field), done, error);
}
