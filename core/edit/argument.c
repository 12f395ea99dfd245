/* argument.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "edit/argument.h"
#include "edit/reference-text.h"
#include "graph/json.h"
#include "graph/relations.h"
#include "graph/value.h"

/* ---- showing -------------------------------------------------------------- */

static char *
print (const json_t *value)
{
  GString *text = g_string_new (NULL);

  telar_json_print (text, value);
  return g_string_free (text, FALSE);
}

static char *
show_list (const json_t *list)
{
  GString *text = g_string_new (NULL);

  for (size_t i = 0; i < json_array_size (list); i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      telar_json_print (text, json_array_get (list, i));
    }
  return g_string_free (text, FALSE);
}

/* What an item is that was typed, where it is no bare text. (nullable) */
static json_t *
read_item (const char *text)
{
  return json_loads (text, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
}

/* A text that would be taken for something else stands in quotation marks. */
static char *
show_item (const json_t *value)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (json_string_value (value)));
  json_t *other = read_item (trimmed);
  gboolean is_bare = other == NULL;

  json_decref (other);
  return is_bare ? g_strdup (json_string_value (value)) : print (value);
}

char *
telar_argument_show (const TelarParameter *parameter, const json_t *value)
{
  const char *task;
  char *reference = NULL;

  g_return_val_if_fail (parameter != NULL, NULL);

  if (value == NULL)
    return g_strdup ("");
  if (json_is_string (value) && parameter->type == TELAR_VALUE_ITEM)
    return show_item (value);
  if (json_is_string (value))
    return g_strdup (json_string_value (value));
  task = json_is_object (value) ? telar_json_task (value) : NULL;
  if (parameter->type == TELAR_VALUE_TASK && task != NULL)
    return g_strdup (task);
  if (parameter->type == TELAR_VALUE_OBJECT)
    reference = telar_object_text_show (value);
  else if (parameter->type == TELAR_VALUE_AWAITED)
    reference = telar_awaited_text_show (value);
  if (reference != NULL)
    return reference;
  if (parameter->type == TELAR_VALUE_INTEGERS && json_is_array (value))
    return show_list (value);
  return print (value);
}

/* ---- reading -------------------------------------------------------------- */

static gboolean
reads_as (const TelarParameter *parameter, const json_t *json)
{
  g_auto (TelarValue) value = { 0 };
  g_auto (TelarValueFault) fault = { 0 };

  return telar_value_read (parameter, json, &value, &fault);
}

/* Returns: (nullable): a number, whole where it is written so. */
static json_t *
read_number (const char *text)
{
  char *end;
  gint64 whole;
  double real;

  if (*text == '\0')
    return NULL;
  if (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &whole, NULL))
    return json_integer (whole);
  real = g_ascii_strtod (text, &end);
  /* neither "inf" nor hexadecimals */
  if (*end != '\0' || !isfinite (real) || strpbrk (text, "xXnN") != NULL)
    return NULL;
  return json_real (real);
}

/* "0,5" as it is written in most of Europe. */
static char *
with_point (const char *text)
{
  const char *comma = strchr (text, ',');
  char *pointed;

  if (comma == NULL || strchr (comma + 1, ',') != NULL || strchr (text, '.') != NULL)
    return NULL;
  pointed = g_strdup (text);
  pointed[comma - text] = '.';
  return pointed;
}

static json_t *
read_real (const char *text)
{
  json_t *number = read_number (text);
  g_autofree char *pointed = number == NULL ? with_point (text) : NULL;

  return pointed != NULL ? read_number (pointed) : number;
}

static json_t *
read_duration (const TelarParameter *parameter, const char *text)
{
  json_t *value = read_real (text);
  g_autofree char *pointed = NULL;

  if (value != NULL)
    return value;
  value = json_string (text);
  pointed = with_point (text);
  if (pointed != NULL && !reads_as (parameter, value))
    {
      json_t *other = json_string (pointed);

      if (reads_as (parameter, other))
        {
          json_decref (value);
          return other;
        }
      json_decref (other);
    }
  return value;
}

/* Numbers, with whatever usually stands between them: a column of a table, a
 * list of a program. */
static json_t *
read_list (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n,;[]()", -1);
  json_t *list = json_array ();

  for (guint i = 0; words[i] != NULL; i++)
    {
      json_t *number = read_number (words[i]);

      if (number != NULL)
        json_array_append_new (list, number);
      else if (*words[i] != '\0')
        {
          json_decref (list);
          return NULL;
        }
    }
  return list;
}

/* Blank: a text may be, a task or an object that nobody chose yet is not there. */
static gboolean
is_left_out (const TelarParameter *parameter, const char *text)
{
  return text[strspn (text, " \t\r\n")] == '\0'
         && (parameter->optional || parameter->type == TELAR_VALUE_TASK
             || parameter->type == TELAR_VALUE_OBJECT || parameter->type == TELAR_VALUE_AWAITED);
}

/* Returns: (nullable): NULL where it cannot be read so. */
static json_t *
read_typed (const TelarParameter *parameter, const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  if (is_left_out (parameter, text))
    return NULL;
  switch (parameter->type)
    {
    case TELAR_VALUE_INTEGER:
    case TELAR_VALUE_SIGNAL:
      return read_number (trimmed);
    case TELAR_VALUE_REAL:
      return read_real (trimmed);
    case TELAR_VALUE_DURATION:
      return read_duration (parameter, trimmed);
    case TELAR_VALUE_INTEGERS:
      return read_list (trimmed);
    case TELAR_VALUE_TASK:
      return json_pack ("{ss}", "task", trimmed);
    case TELAR_VALUE_OBJECT:
      return telar_object_text_read (text);
    case TELAR_VALUE_AWAITED:
      return telar_awaited_text_read (text);
    case TELAR_VALUE_ITEM:
      return read_item (trimmed);
    case TELAR_VALUE_EACH:
    case TELAR_VALUE_ROWS:
    case TELAR_VALUE_CALL:
      return json_loads (trimmed, 0, NULL);
    default:
      return json_string (text);
    }
}

json_t *
telar_argument_read (const TelarParameter *parameter, const char *text, json_t *was)
{
  g_autofree char *shown = NULL;
  json_t *value;

  g_return_val_if_fail (parameter != NULL && text != NULL, NULL);

  shown = was != NULL ? telar_argument_show (parameter, was) : NULL;
  if (g_strcmp0 (shown, text) == 0)
    return json_incref (was);
  value = read_typed (parameter, text);
  if (value != NULL || is_left_out (parameter, text))
    return value;
  return json_string (text);
}

char *
telar_argument_fault (const TelarParameter *parameter, const json_t *json)
{
  g_auto (TelarValue) value = { 0 };
  g_auto (TelarValueFault) fault = { 0 };

  g_return_val_if_fail (parameter != NULL, NULL);

  if (json == NULL || telar_value_read (parameter, json, &value, &fault))
    return NULL;
  return g_strdup_printf ("%s; %s", fault.what, fault.cure);
}
