/* command-functions.c
 *
 * SPDX-License-Identifier: MIT
 *
 * telar functions: the catalogue, or what a plug-in has, as text or JSON.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <jansson.h>

#include "app/command.h"
#include "catalogue/catalogue.h"
#include "run/plugin-describe.h"

#define TEXT_WIDTH 78

static const struct
{
  const char *name;  /* in JSON */
  const char *words; /* for people */
} types[] = {
  [TELAR_VALUE_INTEGER] = { "integer", N_ ("whole number") },
  [TELAR_VALUE_REAL] = { "real", N_ ("number") },
  [TELAR_VALUE_DURATION] = { "duration", N_ ("duration") },
  [TELAR_VALUE_TEXT] = { "text", N_ ("text") },
  [TELAR_VALUE_FILE] = { "file", N_ ("file") },
  [TELAR_VALUE_INTEGERS] = { "integers", N_ ("list of whole numbers") },
  [TELAR_VALUE_SIGNAL] = { "signal", N_ ("signal, by number or name") },
  [TELAR_VALUE_TASK] = { "task", N_ ("task, as {\"task\": \"p1\"}") },
  [TELAR_VALUE_TEXTS] = { "texts", N_ ("any number of texts") },
  [TELAR_VALUE_OBJECT] = { "object", N_ ("object, as {\"object\": \"m\"}") },
  [TELAR_VALUE_ITEM] = { "item", N_ ("number, text or list") },
  [TELAR_VALUE_AWAITED] = { "awaited",
                            N_ ("tasks and pipes, as [{\"task\": \"p1\"}, {\"object\": \"c\"}]") },
  [TELAR_VALUE_EACH] = { "items", N_ ("list, an item for each call, as [1, 2]") },
  [TELAR_VALUE_ROWS] = { "rows", N_ ("list of the arguments of each call, as [[1, 2], [3, 4]]") },
  [TELAR_VALUE_CALL] = { "arguments", N_ ("list of arguments, as [1, 2]") },
};

static const char *const group_names[TELAR_N_GROUPS] = {
  [TELAR_GROUP_SAY] = "say",
  [TELAR_GROUP_COMPUTE] = "compute",
  [TELAR_GROUP_WAIT] = "wait",
  [TELAR_GROUP_SHARE] = "share",
  [TELAR_GROUP_CONTROL] = "control",
  [TELAR_GROUP_YOURS] = "yours",
};

/* A function, of the catalogue or of a plug-in; all borrowed, in words for people. */
typedef struct
{
  const char           *name;
  TelarGroup            group;
  const char           *help;
  const char           *returns; /* nullable */
  const TelarParameter *parameters;
  guint                 n_parameters;
  gboolean              runs_programs;
} Row;

static Row
row_of_function (const TelarFunction *function)
{
  return (Row){ function->name, function->group, _ (function->help),
                function->returns != NULL ? _ (function->returns) : NULL, function->parameters,
                function->n_parameters, function->runs_programs };
}

static Row
row_of_plugin (const TelarPluginRow *row)
{
  return (Row){ row->name, TELAR_GROUP_YOURS, row->help, row->returns, row->parameters,
                row->n_parameters, TRUE };
}

static gboolean
is_number (const TelarParameter *parameter)
{
  switch (parameter->type)
    {
    case TELAR_VALUE_INTEGER:
    case TELAR_VALUE_REAL:
    case TELAR_VALUE_DURATION:
    case TELAR_VALUE_SIGNAL:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Whether the limits are more than those of a number as such. */
static gboolean
has_limits (const TelarParameter *parameter)
{
  return is_number (parameter) && parameter->maximum < 0x1p62
         && parameter->minimum < parameter->maximum;
}

/* A duration whose default is no limit at all. */
static gboolean
is_unlimited (const TelarParameter *parameter)
{
  return parameter->type == TELAR_VALUE_DURATION && parameter->initial < 0;
}

/* Text. */

static char *
format_number (double value, const char *unit)
{
  g_autofree char *digits = value == floor (value) ? g_strdup_printf ("%.0f", value)
                                                   : g_strdup_printf ("%g", value);

  return unit != NULL ? g_strdup_printf ("%s %s", digits, unit) : g_steal_pointer (&digits);
}

static void
append_parameter (GString *text, const TelarParameter *parameter)
{
  g_string_append (text, parameter->name);
  if (!parameter->optional)
    return;
  if (parameter->type == TELAR_VALUE_TEXTS)
    g_string_append (text, "…");
  else if (is_number (parameter) && !is_unlimited (parameter))
    {
      g_autofree char *number = format_number (parameter->initial, parameter->unit);
      g_string_append_printf (text, " = %s", number);
    }
  else if (is_unlimited (parameter))
    g_string_append_printf (text, " = %s", _ ("none"));
  else if (parameter->type == TELAR_VALUE_INTEGERS)
    g_string_append (text, " = []");
  else
    g_string_append_printf (text, " = \"%s\"",
                            parameter->initial_text != NULL ? parameter->initial_text : "");
}

/* "limit: whole number, 0 to 10000000000" */
static char *
describe_parameter (const TelarParameter *parameter)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s: %s", parameter->name, _ (types[parameter->type].words));
  if (has_limits (parameter))
    {
      g_autofree char *from = format_number (parameter->minimum, NULL);
      g_autofree char *to = format_number (parameter->maximum, parameter->unit);

      g_string_append (text, ", ");
      g_string_append_printf (text, _ ("%s to %s"), from, to);
    }
  return g_string_free (text, FALSE);
}

/* Prints @text in lines of TEXT_WIDTH columns, each @indent spaces in. */
static void
print_wrapped (const char *text, int indent)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (line->len > 0
          && indent + g_utf8_strlen (line->str, -1) + 1 + g_utf8_strlen (words[i], -1) > TEXT_WIDTH)
        {
          g_print ("%*s%s\n", indent, "", line->str);
          g_string_truncate (line, 0);
        }
      if (line->len > 0)
        g_string_append_c (line, ' ');
      g_string_append (line, words[i]);
    }
  g_print ("%*s%s\n", indent, "", line->str);
}

static void
print_row (const Row *row)
{
  g_autoptr (GString) head = g_string_new (row->name);

  g_string_append (head, " (");
  for (guint i = 0; i < row->n_parameters; i++)
    {
      if (i > 0)
        g_string_append (head, ", ");
      append_parameter (head, &row->parameters[i]);
    }
  g_string_append (head, ")");
  g_print ("  %s\n", head->str);
  print_wrapped (row->help, 6);
  for (guint i = 0; i < row->n_parameters; i++)
    {
      g_autofree char *parameter = describe_parameter (&row->parameters[i]);
      print_wrapped (parameter, 8);
    }
  if (row->returns != NULL)
    {
      g_autofree char *returns = g_strdup_printf (_ ("Returns %s."), row->returns);
      print_wrapped (returns, 6);
    }
  g_print ("\n");
}

static void
print_text (const Row *rows, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      if (i == 0 || rows[i].group != rows[i - 1].group)
        g_print ("%s\n\n", _ (telar_group_title (rows[i].group)));
      print_row (&rows[i]);
    }
}

static void
print_library_text (const char *library, const Row *rows, guint n)
{
  g_print ("%s\n\n", library);
  for (guint i = 0; i < n; i++)
    print_row (&rows[i]);
  print_wrapped (_ ("A graph calls one by c_function: with the name of the library as seen from "
                    "the graph's folder, the name of the function, and its arguments."), 0);
}

/* JSON. */

static json_t *
number_to_json (double value, TelarValueType type)
{
  return type == TELAR_VALUE_REAL ? json_real (value) : json_integer ((json_int_t) value);
}

static json_t *
initial_to_json (const TelarParameter *parameter)
{
  if (!parameter->optional || is_unlimited (parameter))
    return json_null ();
  if (is_number (parameter))
    return number_to_json (parameter->initial, parameter->type);
  if (parameter->type == TELAR_VALUE_TEXTS || parameter->type == TELAR_VALUE_INTEGERS)
    return json_array ();
  return json_string (parameter->initial_text != NULL ? parameter->initial_text : "");
}

static json_t *
parameter_to_json (const TelarParameter *parameter)
{
  json_t *object = json_object ();

  json_object_set_new (object, "name", json_string (parameter->name));
  json_object_set_new (object, "type", json_string (types[parameter->type].name));
  json_object_set_new (object, "optional", json_boolean (parameter->optional));
  json_object_set_new (object, "default", initial_to_json (parameter));
  if (has_limits (parameter))
    {
      json_object_set_new (object, "minimum", number_to_json (parameter->minimum, parameter->type));
      json_object_set_new (object, "maximum", number_to_json (parameter->maximum, parameter->type));
    }
  if (parameter->unit != NULL)
    json_object_set_new (object, "unit", json_string (parameter->unit));
  return object;
}

static json_t *
row_to_json (const Row *row)
{
  json_t *object = json_object ();
  json_t *parameters = json_array ();

  for (guint i = 0; i < row->n_parameters; i++)
    json_array_append_new (parameters, parameter_to_json (&row->parameters[i]));
  json_object_set_new (object, "name", json_string (row->name));
  json_object_set_new (object, "group", json_string (group_names[row->group]));
  json_object_set_new (object, "help", json_string (row->help));
  json_object_set_new (object, "returns",
                       row->returns != NULL ? json_string (row->returns) : json_null ());
  json_object_set_new (object, "runs-programs", json_boolean (row->runs_programs));
  json_object_set_new (object, "parameters", parameters);
  return object;
}

static void
print_json (const char *library, const Row *rows, guint n)
{
  json_t *root = json_object ();
  json_t *list = json_array ();

  for (guint i = 0; i < n; i++)
    json_array_append_new (list, row_to_json (&rows[i]));
  json_object_set_new (root, "telar-functions", json_integer (1));
  if (library != NULL)
    json_object_set_new (root, "library", json_string (library));
  json_object_set_new (root, "functions", list);

  /* Not through g_print(): JSON is UTF-8 in every locale. */
  json_dumpf (root, stdout, JSON_INDENT (2));
  putc ('\n', stdout);
  json_decref (root);
}

static int
print_catalogue (gboolean json)
{
  unsigned             n;
  const TelarFunction *functions = telar_catalogue (&n);
  g_autofree Row      *rows = g_new (Row, n);

  for (guint i = 0; i < n; i++)
    rows[i] = row_of_function (&functions[i]);
  if (json)
    print_json (NULL, rows, n);
  else
    print_text (rows, n);
  return TELAR_EXIT_WELL;
}

static int
print_library (const TelarCommand *command, const char *library, gboolean json)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) functions = telar_plugin_describe (library, &error);
  g_autofree char      *name = g_filename_display_name (library);
  g_autofree Row       *rows = NULL;

  if (functions == NULL)
    {
      telar_command_complain (command, "%s", error->message);
      return g_error_matches (error, TELAR_PLUGIN_ERROR, TELAR_PLUGIN_ERROR_NO_ENGINE)
               ? TELAR_EXIT_LOST
               : TELAR_EXIT_WRONG;
    }
  rows = g_new (Row, functions->len);
  for (guint i = 0; i < functions->len; i++)
    rows[i] = row_of_plugin (g_ptr_array_index (functions, i));
  if (json)
    print_json (name, rows, functions->len);
  else
    print_library_text (name, rows, functions->len);
  return TELAR_EXIT_WELL;
}

int
telar_command_functions (const TelarCommand *command, int argc, char **argv)
{
  gboolean           json = FALSE;
  g_autofree char   *library = NULL;
  const GOptionEntry entries[] = {
    { "library", 0, 0, G_OPTION_ARG_FILENAME, &library,
      N_ ("Those of a plug-in instead, a library for c_function"), N_ ("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for programs"), NULL },
    G_OPTION_ENTRY_NULL
  };

  if (!telar_command_parse (command, entries, NULL, 0, 0, &argc, &argv))
    return TELAR_EXIT_WRONG;
  return library != NULL ? print_library (command, library, json) : print_catalogue (json);
}
