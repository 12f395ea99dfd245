/* json.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "graph/json.h"

void
telar_json_print_text (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *at = text; *at != '\0'; at++)
    {
      static const char escaped[] = "\"\\\b\f\n\r\t";
      static const char letters[] = "\"\\bfnrt";
      const char *special = strchr (escaped, *at);

      if (special != NULL)
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, letters[special - escaped]);
        }
      else if ((guchar) *at < 0x20 || *at == 0x7f)
        g_string_append_printf (out, "\\u%04x", (guint) *at);
      else
        g_string_append_c (out, *at);
    }
  g_string_append_c (out, '"');
}

void
telar_json_print_real (GString *out, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_if_fail (isfinite (number));

  for (int digits = 15; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (text, sizeof text, format, number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }
  g_string_append (out, text);
  if (strpbrk (text, ".e") == NULL)
    g_string_append (out, ".0");
}

static void
print_array (GString *out, const json_t *array)
{
  g_string_append_c (out, '[');
  for (size_t i = 0; i < json_array_size (array); i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      telar_json_print (out, json_array_get (array, i));
    }
  g_string_append_c (out, ']');
}

static void
print_object (GString *out, const json_t *object)
{
  const char *separator = "";

  g_string_append_c (out, '{');
  /* jansson walks through an object in the order in which keys were set */
  for (void *at = json_object_iter ((json_t *) object); at != NULL;
       at = json_object_iter_next ((json_t *) object, at))
    {
      g_string_append (out, separator);
      telar_json_print_text (out, json_object_iter_key (at));
      g_string_append (out, ": ");
      telar_json_print (out, json_object_iter_value (at));
      separator = ", ";
    }
  g_string_append_c (out, '}');
}

void
telar_json_print (GString *out, const json_t *value)
{
  switch (json_typeof (value))
    {
    case JSON_OBJECT:
      print_object (out, value);
      break;
    case JSON_ARRAY:
      print_array (out, value);
      break;
    case JSON_STRING:
      telar_json_print_text (out, json_string_value (value));
      break;
    case JSON_INTEGER:
      g_string_append_printf (out, "%" JSON_INTEGER_FORMAT, json_integer_value (value));
      break;
    case JSON_REAL:
      telar_json_print_real (out, json_real_value (value));
      break;
    case JSON_TRUE:
      g_string_append (out, "true");
      break;
    case JSON_FALSE:
      g_string_append (out, "false");
      break;
    case JSON_NULL:
    default:
      g_string_append (out, "null");
    }
}
