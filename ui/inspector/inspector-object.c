/* inspector-object.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "inspector/inspector-object.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "edit/operations.h"
#include "inspector/field.h"
#include "inspector/picker.h"
#include "inspector/text-edit.h"

struct _TelarInspectorObject
{
  GtkBox           parent_instance;

  /* Owned. */
  TelarDocument   *document;  /* nullable */
  char            *id;        /* nullable: shown now */

  /* Children. */
  GtkWidget       *id_field;
  GtkWidget       *id_edit;
  GtkWidget       *type_field;
  GtkWidget       *type_picker;
  GtkWidget       *options;   /* a box of fields */
  TelarObjectType  shown;     /* whose options these are, TELAR_N_OBJECT_TYPES: none */
  gboolean         showing;
};

G_DEFINE_FINAL_TYPE (TelarInspectorObject, telar_inspector_object, GTK_TYPE_BOX)

static const TelarObject *
object_of (TelarInspectorObject *self)
{
  return self->document && self->id ? telar_document_find_object (self->document, self->id) : NULL;
}

static void
left (TelarInspectorObject *self)
{
  if (self->document)
    telar_document_seal (self->document);
}

/* --- Id and type --- */

static void
id_edited (TelarInspectorObject *self)
{
  g_autofree char   *text = g_strstrip (telar_text_edit_get_text (TELAR_TEXT_EDIT (self->id_edit)));
  g_autofree char   *old = g_strdup (self->id);
  g_autofree char   *before = NULL;
  g_autoptr (GError) error = NULL;
  gboolean           done;

  if (old == NULL)
    return;
  /* the selection goes along, and shows this form again */
  before = g_strdup (text);
  g_free (self->id);
  self->id = g_strdup (text);
  done = telar_document_rename_object (self->document, old, before, &error);
  if (!done)
    {
      g_free (self->id);
      self->id = g_strdup (old);
    }
  telar_field_settle (TELAR_FIELD (self->id_field), done, error);
}

static void
fill_types (TelarPicker *picker)
{
  for (guint i = 0; i < TELAR_N_OBJECT_TYPES; i++)
    telar_picker_add (picker, telar_object_type_name (i), telar_object_type_name (i), NULL, NULL);
}

static void
type_chosen (TelarInspectorObject *self,
             const char           *name)
{
  int                type = telar_object_type_parse (name);
  g_autoptr (GError) error = NULL;

  if (type < 0 || self->id == NULL)
    return;
  telar_field_settle (TELAR_FIELD (self->type_field),
                      telar_document_set_object_type (self->document, self->id, type, &error),
                      error);
}

/* --- Options --- */

static const TelarObjectOption *
option_of (GtkWidget *field)
{
  return g_object_get_data (G_OBJECT (field), "option");
}

/* @value: (transfer full) (nullable) */
static void
set_option (TelarInspectorObject *self,
            GtkWidget            *field,
            json_t               *value)
{
  g_autoptr (GError) error = NULL;

  if (!self->showing && self->id != NULL)
    telar_field_settle (TELAR_FIELD (field),
                        telar_document_set_object_option (self->document, self->id,
                                                          option_of (field)->name, value, &error),
                        error);
  json_decref (value);
}

/* What is no number is kept as a text, so that the check says what is wrong. */
static void
number_edited (TelarInspectorObject *self,
               GtkWidget            *edit)
{
  GtkWidget       *field = gtk_widget_get_ancestor (edit, TELAR_TYPE_FIELD);
  g_autofree char *text = g_strstrip (telar_text_edit_get_text (TELAR_TEXT_EDIT (edit)));
  char            *end = NULL;
  double           number = g_ascii_strtod (text, &end);

  if (*text == '\0')
    set_option (self, field, NULL);
  else if (*end != '\0' || !isfinite (number))
    set_option (self, field, json_string (text));
  else
    set_option (self, field, number == floor (number) && fabs (number) < 0x1p53
                               ? json_integer ((json_int_t) number) : json_real (number));
}

static void
check_toggled (TelarInspectorObject *self,
               GtkWidget            *check)
{
  set_option (self, gtk_widget_get_ancestor (check, TELAR_TYPE_FIELD),
              json_boolean (gtk_check_button_get_active (GTK_CHECK_BUTTON (check))));
}

static void
fill_locks (TelarInspectorObject *self,
            TelarPicker          *picker)
{
  const GPtrArray *objects = telar_document_get_graph (self->document)->objects;

  telar_picker_add (picker, "", _("one of its own"), NULL, NULL);
  for (guint i = 0; i < objects->len; i++)
    {
      const TelarObject *object = g_ptr_array_index (objects, i);

      if (object->type <= TELAR_OBJECT_RLOCK)
        telar_picker_add (picker, object->id, object->id, telar_object_type_name (object->type),
                          NULL);
    }
}

static void
lock_chosen (GtkWidget            *picker,
             const char           *id,
             TelarInspectorObject *self)
{
  set_option (self, gtk_widget_get_ancestor (picker, TELAR_TYPE_FIELD),
              *id != '\0' ? json_string (id) : NULL);
}

static GtkWidget *
new_control (TelarInspectorObject    *self,
             const TelarObjectOption *option)
{
  GtkWidget *control;

  switch (option->type)
    {
    case TELAR_OPTION_BOOLEAN:
      control = gtk_check_button_new ();
      g_signal_connect_swapped (control, "toggled", G_CALLBACK (check_toggled), self);
      break;
    case TELAR_OPTION_LOCK:
      control = telar_picker_new ();
      telar_picker_set_name (TELAR_PICKER (control), _("Choose a lock"));
      g_signal_connect_swapped (control, "fill", G_CALLBACK (fill_locks), self);
      g_signal_connect (control, "chosen", G_CALLBACK (lock_chosen), self);
      break;
    case TELAR_OPTION_WHOLE:
    case TELAR_OPTION_NUMBER:
    default:
      control = telar_text_edit_new (FALSE);
      if (option->type == TELAR_OPTION_WHOLE)
        telar_text_edit_set_range (TELAR_TEXT_EDIT (control), (gint64) option->minimum,
                                   (gint64) option->maximum);
      telar_text_edit_set_clearable (TELAR_TEXT_EDIT (control), !option->needed);
      g_signal_connect_swapped (control, "edited", G_CALLBACK (number_edited), self);
      g_signal_connect_swapped (control, "left", G_CALLBACK (left), self);
    }

  return control;
}

/* "Capacity" */
static char *
title_of (const TelarObjectOption *option)
{
  char *title = g_strdup (option->name);

  *title = g_ascii_toupper (*title);

  return title;
}

static void
make_options (TelarInspectorObject *self,
              TelarObjectType       type)
{
  GtkWidget               *child;
  guint                    n;
  const TelarObjectOption *options = telar_object_options (type, &n);

  if (self->shown == type)
    return;

  self->shown = type;
  while ((child = gtk_widget_get_first_child (self->options)))
    gtk_box_remove (GTK_BOX (self->options), child);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *control = new_control (self, &options[i]);
      g_autofree char *title = title_of (&options[i]);
      GtkWidget *field = telar_field_new (title, control, FALSE);

      g_object_set_data (G_OBJECT (field), "option", (gpointer) &options[i]);
      g_object_set_data (G_OBJECT (field), "control", control);
      telar_field_set_help (TELAR_FIELD (field), _(options[i].help));
      gtk_box_append (GTK_BOX (self->options), field);
    }
}

static char *
number_text (const json_t *value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (json_is_integer (value))
    return g_strdup_printf ("%" JSON_INTEGER_FORMAT, json_integer_value (value));
  if (json_is_real (value))
    return g_strdup (g_ascii_dtostr (text, sizeof text, json_real_value (value)));

  return g_strdup (json_is_string (value) ? json_string_value (value) : "");
}

/* What holds where nothing is written, as it would be written; "" where that is said
 * below. */
static char *
initial_text (const TelarObjectOption *option)
{
  if (option->type == TELAR_OPTION_KIND)
    return g_strdup ("process");
  if ((option->type == TELAR_OPTION_WHOLE || option->type == TELAR_OPTION_NUMBER)
      && option->initial >= option->minimum)
    return g_strdup_printf ("%g", option->initial);

  return g_strdup ("");
}

static void
show_option (TelarInspectorObject *self,
             GtkWidget            *field,
             const TelarObject    *object,
             const char           *owner)
{
  const TelarObjectOption *option = option_of (field);
  GtkWidget               *control = g_object_get_data (G_OBJECT (field), "control");
  const char              *lock = NULL;
  g_autofree char         *text = number_text (telar_object_get (object, option));
  g_autofree char         *initial = initial_text (option);

  switch (option->type)
    {
    case TELAR_OPTION_BOOLEAN:
      gtk_check_button_set_active (GTK_CHECK_BUTTON (control),
                                   telar_object_number (object, option->name) != 0);
      break;
    case TELAR_OPTION_LOCK:
      lock = telar_object_text (object, option->name);
      telar_picker_set_label (TELAR_PICKER (control), lock ? lock : _("one of its own"));
      break;
    case TELAR_OPTION_WHOLE:
    case TELAR_OPTION_NUMBER:
    default:
      telar_text_edit_set_placeholder (TELAR_TEXT_EDIT (control), initial);
      telar_text_edit_show (TELAR_TEXT_EDIT (control), owner, text);
    }
}

/* --- Object --- */

static void
telar_inspector_object_dispose (GObject *object)
{
  TelarInspectorObject *self = TELAR_INSPECTOR_OBJECT (object);

  g_clear_object (&self->document);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (telar_inspector_object_parent_class)->dispose (object);
}

static void
telar_inspector_object_class_init (TelarInspectorObjectClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = telar_inspector_object_dispose;
}

static void
telar_inspector_object_init (TelarInspectorObject *self)
{
  self->shown = TELAR_N_OBJECT_TYPES;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->id_edit = telar_text_edit_new (FALSE);
  self->id_field = telar_field_new (_("Id"), self->id_edit, FALSE);
  g_signal_connect_swapped (self->id_edit, "edited", G_CALLBACK (id_edited), self);
  g_signal_connect_swapped (self->id_edit, "left", G_CALLBACK (left), self);
  self->type_picker = telar_picker_new ();
  telar_picker_set_name (TELAR_PICKER (self->type_picker), _("Choose a type"));
  self->type_field = telar_field_new (_("Type"), self->type_picker, FALSE);
  g_signal_connect (self->type_picker, "fill", G_CALLBACK (fill_types), NULL);
  g_signal_connect_swapped (self->type_picker, "chosen", G_CALLBACK (type_chosen), self);
  self->options = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self), self->id_field);
  gtk_box_append (GTK_BOX (self), self->type_field);
  gtk_box_append (GTK_BOX (self), self->options);
}

void
telar_inspector_object_show (TelarInspectorObject *self,
                             TelarDocument        *document,
                             const char           *id)
{
  const TelarObject *object;
  g_autofree char   *owner = NULL;
  GtkWidget         *field;

  g_return_if_fail (TELAR_IS_INSPECTOR_OBJECT (self) && id != NULL);

  g_set_object (&self->document, document);
  if (g_strcmp0 (id, self->id) != 0)
    {
      g_free (self->id);
      self->id = g_strdup (id);
      telar_field_settle (TELAR_FIELD (self->id_field), TRUE, NULL);
      telar_field_settle (TELAR_FIELD (self->type_field), TRUE, NULL);
    }
  object = object_of (self);
  if (object == NULL)
    return;

  self->showing = TRUE;
  make_options (self, object->type);
  /* its place in the file: an id changes while it is typed */
  owner = g_strdup_printf ("object/%d",
                           telar_graph_find_object (telar_document_get_graph (document), id));
  telar_text_edit_show (TELAR_TEXT_EDIT (self->id_edit), owner, object->id);
  telar_picker_set_label (TELAR_PICKER (self->type_picker), telar_object_type_name (object->type));
  for (field = gtk_widget_get_first_child (self->options); field;
       field = gtk_widget_get_next_sibling (field))
    show_option (self, field, object, owner);
  self->showing = FALSE;
}

void
telar_inspector_object_focus (TelarInspectorObject *self)
{
  g_return_if_fail (TELAR_IS_INSPECTOR_OBJECT (self));

  gtk_widget_grab_focus (self->id_field);
}
