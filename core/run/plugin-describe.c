/* plugin-describe.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "run/plugin-describe.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <string.h>

#include "plugin/telar-function.h"
#include "run/link.h"
#include "run/plugin-fault.h"

#define PATIENCE_MS 5000

/* A plug-in of a thousand functions says less. */
#define ANSWER_MAX (4 * 1024 * 1024)
#define PIECE      (64 * 1024)

typedef struct
{
  char         *library;     /* owned */
  GSubprocess  *process;     /* owned */
  GInputStream *output;      /* borrowed of the process */
  GByteArray   *answer;      /* owned */
  GCancellable *reading;     /* owned: ends the reading when the patience is over */
  GSource      *patience;    /* owned, nullable */
  gboolean      late;
  gulong        cancelled;   /* handler of the caller's cancellable */
} Describing;

G_DEFINE_QUARK (telar-plugin-error, telar_plugin_error)

static void
describing_free (gpointer data)
{
  Describing *describing = data;

  if (describing->patience != NULL)
    g_source_destroy (describing->patience);
  g_clear_pointer (&describing->patience, g_source_unref);
  g_clear_object (&describing->process);
  g_clear_object (&describing->reading);
  g_byte_array_unref (describing->answer);
  g_free (describing->library);
  g_free (describing);
}

static void
row_free (gpointer data)
{
  TelarPluginRow *row = data;

  for (guint i = 0; i < row->n_parameters; i++)
    {
      g_free ((char *) row->parameters[i].name);
      g_free ((char *) row->parameters[i].unit);
      g_free ((char *) row->parameters[i].initial_text);
    }
  g_free (row->parameters);
  g_free (row->name);
  g_free (row->help);
  g_free (row->returns);
  g_free (row);
}

/* ---- what it said ------------------------------------------------------- */

static char *
copy_text (const json_t *object, const char *key)
{
  return g_strdup (json_string_value (json_object_get (object, key)));
}

static double
get_number (const json_t *object, const char *key)
{
  return json_number_value (json_object_get (object, key));
}

static TelarValueType
type_of (const json_t *object)
{
  switch (json_integer_value (json_object_get (object, "type")))
    {
    case TELAR_PLUGIN_INTEGER:
      return TELAR_VALUE_INTEGER;
    case TELAR_PLUGIN_REAL:
      return TELAR_VALUE_REAL;
    case TELAR_PLUGIN_INTEGERS:
      return TELAR_VALUE_INTEGERS;
    case TELAR_PLUGIN_TEXT:
    default:
      return TELAR_VALUE_TEXT;
    }
}

static TelarPluginRow *
read_row (const json_t *object)
{
  const json_t   *parameters = json_object_get (object, "parameters");
  TelarPluginRow *row = g_new0 (TelarPluginRow, 1);

  row->name = copy_text (object, "name");
  row->help = copy_text (object, "help");
  row->returns = copy_text (object, "returns");
  row->n_parameters = (guint) json_array_size (parameters);
  row->parameters = g_new0 (TelarParameter, row->n_parameters + 1);
  for (guint i = 0; i < row->n_parameters; i++)
    {
      const json_t *it = json_array_get (parameters, i);

      row->parameters[i] = (TelarParameter){
        .name = copy_text (it, "name"),
        .type = type_of (it),
        .optional = json_is_true (json_object_get (it, "optional")),
        .initial = get_number (it, "initial"),
        .minimum = get_number (it, "minimum"),
        .maximum = get_number (it, "maximum"),
        .unit = copy_text (it, "unit"),
        .initial_text = copy_text (it, "initial-text"),
      };
    }
  return row;
}

static void
copy_into (char *to, gsize size, const json_t *object, const char *key)
{
  const char *text = json_string_value (json_object_get (object, key));

  g_strlcpy (to, text != NULL ? text : "", size);
}

static GError *
read_fault (const json_t *object)
{
  TelarPluginFault fault = {
    .kind = (guint32) json_integer_value (json_object_get (object, "kind")),
    .error = (gint32) json_integer_value (json_object_get (object, "error")),
    .number = (guint32) json_integer_value (json_object_get (object, "number")),
  };
  g_autofree char *words = NULL;

  copy_into (fault.file, sizeof fault.file, object, "file");
  copy_into (fault.function, sizeof fault.function, object, "function");
  copy_into (fault.parameter, sizeof fault.parameter, object, "parameter");
  copy_into (fault.detail, sizeof fault.detail, object, "detail");
  words = telar_plugin_fault_describe (&fault);
  return g_error_new_literal (TELAR_PLUGIN_ERROR, TELAR_PLUGIN_ERROR_FAULTY, words);
}

/* Returns: (nullable): NULL with @error set. */
static GPtrArray *
read_answer (const Describing *describing, GError **error)
{
  json_t *root = json_loadb ((const char *) describing->answer->data, describing->answer->len, 0,
                             NULL);
  const json_t *fault = json_object_get (root, "fault");
  const json_t *functions = json_object_get (root, "functions");
  GPtrArray *rows = NULL;

  if (fault != NULL)
    g_propagate_error (error, read_fault (fault));
  else if (json_array_size (functions) == 0)
    g_set_error (error, TELAR_PLUGIN_ERROR, TELAR_PLUGIN_ERROR_DIED,
                 _("The plug-in %s ends the program that loads it, or its texts are not UTF-8. "
                   "Mend its source and build it again."), describing->library);
  else
    {
      rows = g_ptr_array_new_with_free_func (row_free);
      for (size_t i = 0; i < json_array_size (functions); i++)
        g_ptr_array_add (rows, read_row (json_array_get (functions, i)));
    }
  json_decref (root);
  return rows;
}

/* ---- the process -------------------------------------------------------- */

static void
finish (GTask *task)
{
  Describing *describing = g_task_get_task_data (task);
  GError     *error = NULL;
  GPtrArray  *rows;

  /* What has answered has nothing left to do; what has not will not. */
  g_subprocess_force_exit (describing->process);
  g_source_destroy (describing->patience);
  if (describing->cancelled != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), describing->cancelled);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (describing->late)
    {
      g_task_return_new_error (task, TELAR_PLUGIN_ERROR, TELAR_PLUGIN_ERROR_TIMEOUT,
                               _("The plug-in %s did not load within %u seconds. Let its "
                                 "constructors do less."), describing->library,
                               PATIENCE_MS / 1000u);
      return;
    }
  rows = read_answer (describing, &error);
  if (rows != NULL)
    g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void read_more (GTask *task);

static void
on_read (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask)  task = data;
  Describing        *describing = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result,
                                                              NULL);
  gsize       size = 0;
  const void *piece = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (size > 0)
    g_byte_array_append (describing->answer, piece, (guint) size);
  if (size > 0 && describing->answer->len < ANSWER_MAX)
    read_more (task);
  else
    finish (task);
}

static void
read_more (GTask *task)
{
  Describing *describing = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (describing->output, PIECE, G_PRIORITY_DEFAULT,
                                   describing->reading, on_read, g_object_ref (task));
}

static gboolean
on_patience_over (gpointer data)
{
  Describing *describing = data;

  describing->late = TRUE;
  g_cancellable_cancel (describing->reading);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  g_cancellable_cancel (((Describing *) data)->reading);
}

void
telar_plugin_describe_async (const char *library, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *engine = telar_link_find_plugin_engine ();
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  Describing *describing;

  g_return_if_fail (library != NULL);

  /* Without a folder the loader would search in its own. */
  path = g_canonicalize_filename (library, NULL);
  task = g_task_new (NULL, cancellable, callback, data);
  describing = g_new0 (Describing, 1);
  describing->library = g_strdup (library);
  describing->answer = g_byte_array_new ();
  describing->reading = g_cancellable_new ();
  g_task_set_task_data (task, describing, describing_free);

  describing->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                            | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                          &error, engine, "--describe", path, NULL);
  if (describing->process == NULL)
    {
      g_task_return_new_error (task, TELAR_PLUGIN_ERROR, TELAR_PLUGIN_ERROR_NO_ENGINE,
                               _("The program that loads plug-ins, %s, could not be started: %s. "
                                 "Install Telar again, or name it in TELAR_ENGINE."),
                               engine, error->message);
      return;
    }
  describing->output = g_subprocess_get_stdout_pipe (describing->process);
  describing->patience = g_timeout_source_new (PATIENCE_MS);
  g_source_set_callback (describing->patience, on_patience_over, describing, NULL);
  g_source_attach (describing->patience, g_task_get_context (task));
  if (cancellable != NULL)
    describing->cancelled = g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_cancelled),
                                              describing);
  read_more (task);
}

GPtrArray *
telar_plugin_describe_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_described (GObject *object, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

GPtrArray *
telar_plugin_describe (const char *library, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *rows;

  g_return_val_if_fail (library != NULL, NULL);

  g_main_context_push_thread_default (context);
  telar_plugin_describe_async (library, NULL, on_described, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  rows = telar_plugin_describe_finish (result, error);
  g_main_context_pop_thread_default (context);
  return rows;
}
