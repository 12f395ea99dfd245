/* plugin-functions.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "inspector/plugin-functions.h"

#include <glib/gi18n-lib.h>

#include "inspector/inspector-facts.h"
#include "inspector/picker.h"
#include "run/plugin-describe.h"

struct _TelarPluginFunctions
{
  /* Borrowed. */
  TelarArgumentField *library;
  TelarArgumentField *function;
  TelarArgumentField *arguments;
  TelarPicker        *picker;

  /* Owned. */
  char               *name;    /* nullable: of the library, as the graph has it */
  GPtrArray          *rows;    /* nullable: TelarPluginRow, of that library */
  GCancellable       *reading; /* nullable */
};

/* Returns: (transfer full): "" where it is no text. */
static char *
text_of (TelarArgumentField *field)
{
  json_t *value = telar_argument_field_get_value (field);
  char   *text = g_strdup (json_is_string (value) ? json_string_value (value) : "");

  json_decref (value);

  return text;
}

/* Whether what was read is of the library that is called now. */
static gboolean
is_current (TelarPluginFunctions *self)
{
  g_autofree char *library = text_of (self->library);

  return g_strcmp0 (library, self->name) == 0;
}

/* "size, [factor]" */
static char *
list_parameters (const TelarPluginRow *row)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < row->n_parameters; i++)
    {
      g_autofree char *title = telar_parameter_title (&row->parameters[i]);

      g_string_append_printf (text, row->parameters[i].optional ? "%s[%s]" : "%s%s",
                              i > 0 ? ", " : "", title);
    }

  return g_string_free (text, FALSE);
}

/* "size: 1 to 2048; factor: …" */
static char *
explain_parameters (const TelarPluginRow *row)
{
  GString *text = g_string_new (row->n_parameters == 0 ? _("This function takes no arguments.")
                                                       : NULL);

  for (guint i = 0; i < row->n_parameters; i++)
    {
      g_autofree char *title = telar_parameter_title (&row->parameters[i]);
      g_autofree char *limits = telar_parameter_limits (&row->parameters[i]);

      if (i > 0)
        g_string_append (text, "; ");
      g_string_append (text, title);
      if (limits)
        g_string_append_printf (text, ": %s", limits);
    }

  return g_string_free (text, FALSE);
}

void
telar_plugin_functions_show (TelarPluginFunctions *self)
{
  g_autofree char *function = text_of (self->function);
  g_autofree char *parameters = NULL;
  const char      *help = NULL;

  for (guint i = 0; self->rows && is_current (self) && i < self->rows->len; i++)
    {
      const TelarPluginRow *row = g_ptr_array_index (self->rows, i);

      if (g_str_equal (row->name, function))
        {
          help = row->help;
          parameters = explain_parameters (row);
          break;
        }
    }
  telar_argument_field_set_help (self->function, help);
  telar_argument_field_set_help (self->arguments, parameters);
}

static void
fill (TelarPicker          *picker,
      TelarPluginFunctions *self)
{
  gboolean current = is_current (self);

  telar_picker_set_empty (picker, self->reading && current
                                    ? _("The library is being read…")
                                    : _("Choose the library by its button; then its functions are "
                                        "listed here"));
  for (guint i = 0; self->rows && current && i < self->rows->len; i++)
    {
      const TelarPluginRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char      *parameters = list_parameters (row);

      telar_picker_add (picker, row->name, row->name, parameters, NULL);
    }
}

static void
described (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  TelarPluginFunctions *self = data;
  g_autoptr (GError)    error = NULL;
  GPtrArray            *rows = telar_plugin_describe_finish (result, &error);

  /* another library was chosen, or nobody wants to know any more */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->reading);
  self->rows = rows;
  if (is_current (self))
    telar_argument_field_settle (self->library, rows != NULL, error);
  telar_plugin_functions_show (self);
}

static void
stop_reading (TelarPluginFunctions *self)
{
  if (self->reading)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->name, g_free);
}

static void
file_chosen (TelarArgumentField   *library,
             const char           *path,
             TelarPluginFunctions *self)
{
  stop_reading (self);
  self->name = text_of (library);
  self->reading = g_cancellable_new ();
  telar_plugin_describe_async (path, self->reading, described, self);
}

TelarPluginFunctions *
telar_plugin_functions_new (TelarArgumentField *library,
                            TelarArgumentField *function,
                            TelarArgumentField *arguments)
{
  TelarPluginFunctions *self = g_new0 (TelarPluginFunctions, 1);

  self->library = library;
  self->function = function;
  self->arguments = arguments;
  self->picker = telar_argument_field_add_picker (function, _("Choose a function of the library"));
  g_signal_connect (self->picker, "fill", G_CALLBACK (fill), self);
  g_signal_connect (library, "file-chosen", G_CALLBACK (file_chosen), self);

  return self;
}

void
telar_plugin_functions_free (TelarPluginFunctions *self)
{
  if (self == NULL)
    return;

  stop_reading (self);
  g_signal_handlers_disconnect_by_data (self->picker, self);
  g_signal_handlers_disconnect_by_data (self->library, self);
  g_free (self);
}
