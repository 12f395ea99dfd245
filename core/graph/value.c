/* value.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "graph/json.h"
#include "graph/object.h"
#include "graph/value.h"

/* ---- faults ------------------------------------------------------------- */

static gboolean
fail (TelarValueFault *fault, int item, char *what, const char *cure)
{
  fault->item = item;
  fault->what = what;
  fault->cure = g_strdup (cure);
  return FALSE;
}

/* What was found where something else was asked for: a list or a text of a
 * thousand numbers is not shown whole. */
static char *
quote (const json_t *json)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (json_is_array (json))
    return g_strdup (_("a list"));
  if (json_is_object (json))
    return g_strdup (_("an object"));
  telar_json_print (out, json);
  if (g_utf8_strlen (out->str, -1) > 40)
    {
      g_string_truncate (out, (gsize) (g_utf8_offset_to_pointer (out->str, 39) - out->str));
      g_string_append (out, "…");
    }
  return g_strdup (out->str);
}

static gboolean
fail_type (TelarValueFault *fault, const TelarParameter *parameter, int item, const json_t *json,
           const char *expected, const char *cure)
{
  g_autofree char *found = quote (json);

  /* Translators: as in: seconds must be a number, not "long" */
  return fail (fault, item,
               g_strdup_printf (_("%s must be %s, not %s"), parameter->name, expected, found),
               cure);
}

static char *
number_text (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, fabs (number) < 1e15 && number == floor (number) ? "%.0f"
                                                                                       : "%.6g",
                   number);
  return g_strdup (text);
}

static gboolean
fail_limits (const TelarParameter *parameter, double number, int item, TelarValueFault *fault)
{
  g_autofree char *found = number_text (number);
  g_autofree char *low = number_text (parameter->minimum);
  g_autofree char *high = number_text (parameter->maximum);
  g_autofree char *cure = NULL;
  const char *space = parameter->unit != NULL ? " " : "";
  const char *unit = parameter->unit != NULL ? parameter->unit : "";

  cure = g_strdup_printf (_("write a number from %s to %s%s%s"), low, high, space, unit);
  return fail (fault, item,
               number < parameter->minimum
                   ? g_strdup_printf (_("%s is too small: %s%s%s"), parameter->name, found, space,
                                      unit)
                   : g_strdup_printf (_("%s is too large: %s%s%s"), parameter->name, found, space,
                                      unit),
               cure);
}

/* Parameters that say no limits have none. */
static gboolean
check_limits (const TelarParameter *parameter, double number, int item, TelarValueFault *fault)
{
  return parameter->minimum >= parameter->maximum
         || (number >= parameter->minimum && number <= parameter->maximum)
         || fail_limits (parameter, number, item, fault);
}

/* ---- types -------------------------------------------------------------- */

/* 1e6 is as whole as 1000000. */
static gboolean
get_whole (const json_t *json, gint64 *number)
{
  double real = json_real_value (json);

  if (json_is_integer (json))
    *number = json_integer_value (json);
  else if (json_is_real (json) && real == floor (real) && fabs (real) <= 9007199254740992.0)
    *number = (gint64) real;
  else
    return FALSE;
  return TRUE;
}

static gboolean
read_integer (const TelarParameter *parameter, const json_t *json, TelarValue *value,
              TelarValueFault *fault)
{
  if (!get_whole (json, &value->integer))
    return fail_type (fault, parameter, -1, json, _("a whole number"),
                      _("write a number without quotation marks and without a point, such as 5"));
  return check_limits (parameter, (double) value->integer, -1, fault);
}

static gboolean
read_real (const TelarParameter *parameter, const json_t *json, TelarValue *value,
           TelarValueFault *fault)
{
  if (!json_is_number (json))
    return fail_type (fault, parameter, -1, json, _("a number"),
                      _("write a number without quotation marks, such as 0.5"));
  value->real = json_number_value (json);
  return check_limits (parameter, value->real, -1, fault);
}

static gboolean
read_duration (const TelarParameter *parameter, const json_t *json, TelarValue *value,
               TelarValueFault *fault)
{
  const char *unit = parameter->unit != NULL ? parameter->unit : "s";
  g_autofree char *cure = NULL;
  g_autofree char *text = NULL;
  gint64 unit_ns = 1;

  if (json_is_string (json))
    text = g_strdup (json_string_value (json));
  else if (json_is_number (json))
    {
      g_autoptr (GString) number = g_string_new (NULL);
      telar_json_print (number, json);
      text = g_strdup (number->str);
    }
  if (text == NULL || !telar_duration_parse (text, unit, &value->integer))
    {
      cure = g_strdup_printf (_("write a number of %s, or a text with a unit, such as \"5 ms\" or "
                                "\"2 s\""), unit);
      return fail_type (fault, parameter, -1, json, _("a time"), cure);
    }
  telar_duration_parse ("1", unit, &unit_ns);
  if (!check_limits (parameter, (double) value->integer / (double) unit_ns, -1, fault))
    return FALSE;
  /* less than nothing is nothing: below 0 is kept for "no limit" */
  value->integer = MAX (value->integer, 0);
  return TRUE;
}

static gboolean
read_text (const TelarParameter *parameter, const json_t *json, TelarValue *value,
           TelarValueFault *fault)
{
  if (json_is_string (json))
    value->text = g_strdup (json_string_value (json));
  else if (json_is_number (json) || json_is_array (json))
    {
      g_autoptr (GString) text = g_string_new (NULL);
      telar_json_print (text, json);
      value->text = g_strdup (text->str);
    }
  else
    return fail_type (fault, parameter, -1, json, _("a text"),
                      _("write it in quotation marks, such as \"Done\""));
  return TRUE;
}

static gboolean
read_file (const TelarParameter *parameter, const json_t *json, TelarValue *value,
           TelarValueFault *fault)
{
  if (!json_is_string (json))
    return fail_type (fault, parameter, -1, json, _("a file's name"),
                      _("write it in quotation marks, such as \"text.txt\""));
  value->text = g_strdup (json_string_value (json));
  if (*value->text == '\0')
    return fail (fault, -1, g_strdup_printf (_("%s has no name"), parameter->name),
                 _("write a file's name, relative to the folder of the graph"));
  return TRUE;
}

static gboolean
read_integers (const TelarParameter *parameter, const json_t *json, TelarValue *value,
               TelarValueFault *fault)
{
  if (!json_is_array (json))
    return fail_type (fault, parameter, -1, json, _("a list of whole numbers"),
                      _("write it in brackets, such as [43, 50]"));
  value->integers = g_array_sized_new (FALSE, FALSE, sizeof (gint64),
                                       (guint) json_array_size (json));
  for (size_t i = 0; i < json_array_size (json); i++)
    {
      gint64 number;

      if (!get_whole (json_array_get (json, i), &number))
        return fail_type (fault, parameter, (int) i, json_array_get (json, i),
                          _("a list of whole numbers"),
                          _("write whole numbers only, such as [43, 50]"));
      if (!check_limits (parameter, (double) number, (int) i, fault))
        return FALSE;
      g_array_append_val (value->integers, number);
    }
  return TRUE;
}

static gboolean
read_signal (const TelarParameter *parameter, const json_t *json, TelarValue *value,
             TelarValueFault *fault)
{
  gint64 number = -1;

  if (json_is_string (json))
    number = telar_signal_parse (json_string_value (json));
  else if (!get_whole (json, &number))
    number = -1;
  value->integer = number;
  if (number < 1 || number > 64)
    return fail_type (fault, parameter, -1, json, _("a signal"),
                      _("write its number or its name, such as 15 or \"SIGTERM\""));
  return check_limits (parameter, (double) number, -1, fault);
}

static gboolean
read_task (const TelarParameter *parameter, const json_t *json, TelarValue *value,
           TelarValueFault *fault)
{
  const char *task = json_string_value (json_object_get (json, "task"));
  g_autofree char *cure = NULL;

  if (task != NULL && json_object_size (json) == 1)
    {
      value->task = g_strdup (task);
      return TRUE;
    }
  if (json_object_get (json, "object") != NULL)
    return fail (fault, -1, g_strdup_printf (_("%s must be a task, not an object"),
                                             parameter->name),
                 _("write {\"task\": \"p1\"} with the id of a task"));
  cure = json_is_string (json) ? g_strdup_printf (_("write {\"task\": \"%s\"}"),
                                                  json_string_value (json))
                               : g_strdup (_("write {\"task\": \"p1\"} with the id of a task"));
  return fail_type (fault, parameter, -1, json, _("a task"), cure);
}

static gboolean
read_object (const TelarParameter *parameter, const json_t *json, TelarValue *value,
             TelarValueFault *fault)
{
  const char *object = telar_json_object (json, &value->end);
  const char *task = json_string_value (json_object_get (json, "task"));
  g_autofree char *types = NULL;
  g_autofree char *cure = NULL;

  if (object != NULL)
    {
      value->object = g_strdup (object);
      return TRUE;
    }
  types = telar_object_types_title (parameter->objects);
  if (task != NULL)
    cure = g_strdup_printf (_("name an object; to wait for the end of %s, call join"), task);
  else if (json_is_string (json))
    cure = g_strdup_printf (_("write {\"object\": \"%s\"}"), json_string_value (json));
  else
    cure = g_strdup (_("write {\"object\": \"m\"} with the id of an object"));
  if (task != NULL)
    return fail (fault, -1, g_strdup_printf (_("%s must be %s, not a task"), parameter->name,
                                             types), cure);
  return fail_type (fault, parameter, -1, json, types, cure);
}

static gboolean
read_item (const TelarParameter *parameter, const json_t *json, TelarValue *value,
           TelarValueFault *fault)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (telar_json_object (json, NULL) != NULL || json_object_get (json, "task") != NULL)
    return fail (fault, -1, g_strdup_printf (_("%s must be a number, a text or a list, not a "
                                               "reference"), parameter->name),
                 _("write what is to be passed on, such as 5 or \"Done\""));
  telar_json_print (text, json);
  value->item = g_strdup (text->str);
  return TRUE;
}

/* One of them alone, or a list. */
static gboolean
read_awaited (const TelarParameter *parameter, const json_t *json, TelarValue *value,
              TelarValueFault *fault)
{
  value->awaited = json_is_array (json) ? json_incref ((json_t *) json)
                                        : json_pack ("[O]", (json_t *) json);
  for (size_t i = 0; i < json_array_size (value->awaited); i++)
    {
      const json_t *one = json_array_get (value->awaited, i);

      if (telar_json_object (one, NULL) == NULL
          && (json_object_size (one) != 1
              || json_string_value (json_object_get (one, "task")) == NULL))
        return fail_type (fault, parameter, json_is_array (json) ? (int) i : -1, one,
                          _("a list of tasks and pipes"),
                          _("write it as in [{\"task\": \"p1\"}, {\"object\": \"c\"}]"));
    }
  return json_array_size (value->awaited) > 0
         || fail_type (fault, parameter, -1, json, _("a list of tasks and pipes"),
                       _("name at least one, as in [{\"task\": \"p1\"}]"));
}

static gboolean
read_calls (const TelarParameter *parameter, const json_t *json, TelarValue *value,
            TelarValueFault *fault)
{
  gboolean rows = parameter->type == TELAR_VALUE_ROWS;

  if (!json_is_array (json))
    return fail_type (fault, parameter, -1, json, _("a list"),
                      rows ? _("write it in brackets, such as [[1, 2], [3, 4]]")
                           : _("write it in brackets, such as [1, 2]"));
  if (parameter->type == TELAR_VALUE_CALL)
    {
      value->calls = json_pack ("[O]", (json_t *) json);
      return TRUE;
    }
  value->calls = json_array ();
  for (size_t i = 0; i < json_array_size (json); i++)
    {
      json_t *item = json_array_get (json, i);

      if (rows && !json_is_array (item))
        return fail_type (fault, parameter, (int) i, item, _("a list of lists of arguments"),
                          _("write it in brackets, such as [[1, 2], [3, 4]]"));
      json_array_append_new (value->calls, rows ? json_incref (item) : json_pack ("[O]", item));
    }
  return TRUE;
}

typedef gboolean (*ReadValue) (const TelarParameter *parameter, const json_t *json,
                               TelarValue *value, TelarValueFault *fault);

static const ReadValue readers[] = {
  [TELAR_VALUE_INTEGER] = read_integer,   [TELAR_VALUE_REAL] = read_real,
  [TELAR_VALUE_DURATION] = read_duration, [TELAR_VALUE_TEXT] = read_text,
  [TELAR_VALUE_FILE] = read_file,         [TELAR_VALUE_INTEGERS] = read_integers,
  [TELAR_VALUE_SIGNAL] = read_signal,     [TELAR_VALUE_TASK] = read_task,
  [TELAR_VALUE_TEXTS] = read_text,        [TELAR_VALUE_OBJECT] = read_object,
  [TELAR_VALUE_ITEM] = read_item,         [TELAR_VALUE_AWAITED] = read_awaited,
  [TELAR_VALUE_EACH] = read_calls,        [TELAR_VALUE_ROWS] = read_calls,
  [TELAR_VALUE_CALL] = read_calls,
};

gboolean
telar_value_read (const TelarParameter *parameter,
                  const json_t         *json,
                  TelarValue           *value,
                  TelarValueFault      *fault)
{
  g_return_val_if_fail (parameter != NULL && json != NULL && value != NULL && fault != NULL, FALSE);
  g_return_val_if_fail ((guint) parameter->type < G_N_ELEMENTS (readers), FALSE);

  *value = (TelarValue){ .type = parameter->type };
  *fault = (TelarValueFault){ .item = -1 };
  return readers[parameter->type](parameter, json, value, fault);
}

void
telar_value_initial (const TelarParameter *parameter, TelarValue *value)
{
  gint64 unit_ns = 1;

  g_return_if_fail (parameter != NULL && value != NULL);

  *value = (TelarValue){ .type = parameter->type };
  switch (parameter->type)
    {
    case TELAR_VALUE_DURATION:
      telar_duration_parse ("1", parameter->unit, &unit_ns);
      value->integer
          = parameter->initial < 0 ? -1 : (gint64) round (parameter->initial * (double) unit_ns);
      break;
    case TELAR_VALUE_REAL:
      value->real = parameter->initial;
      break;
    case TELAR_VALUE_TEXT:
    case TELAR_VALUE_TEXTS:
    case TELAR_VALUE_FILE:
      value->text = g_strdup (parameter->initial_text != NULL ? parameter->initial_text : "");
      break;
    case TELAR_VALUE_INTEGERS:
      value->integers = g_array_new (FALSE, FALSE, sizeof (gint64));
      break;
    case TELAR_VALUE_ITEM:
      /* which no item is */
      value->item = g_strdup ("");
      break;
    case TELAR_VALUE_INTEGER:
    case TELAR_VALUE_SIGNAL:
    case TELAR_VALUE_TASK:
    case TELAR_VALUE_OBJECT:
    case TELAR_VALUE_AWAITED:
    case TELAR_VALUE_EACH:
    case TELAR_VALUE_ROWS:
    case TELAR_VALUE_CALL:
    default:
      value->integer = (gint64) parameter->initial;
    }
}

void
telar_value_clear (TelarValue *value)
{
  g_clear_pointer (&value->text, g_free);
  g_clear_pointer (&value->integers, g_array_unref);
  g_clear_pointer (&value->task, g_free);
  g_clear_pointer (&value->object, g_free);
  g_clear_pointer (&value->item, g_free);
  g_clear_pointer (&value->calls, json_decref);
  g_clear_pointer (&value->awaited, json_decref);
}

void
telar_value_fault_clear (TelarValueFault *fault)
{
  g_clear_pointer (&fault->what, g_free);
  g_clear_pointer (&fault->cure, g_free);
}
