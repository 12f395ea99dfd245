/* json-load.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "graph/json-load.h"

static void
add_fault (GPtrArray  *faults,
           const char *file,
           guint       line,
           guint       column,
           const char *what,
           const char *cure)
{
  /* Translators: a place in a text file. */
  g_autofree char *place = g_strdup_printf (_("line %u, column %u"), line, column);

  telar_faults_add (faults, TELAR_FAULT_ERROR, file, place, NULL, what, cure);
}

/* Line and column, both from 1, of @at in @text; a column is a character. */
static void
locate (const char *text, const char *at, guint *line, guint *column)
{
  *line = 1;
  *column = 1;
  for (; text < at; text++)
    {
      if (*text == '\n')
        {
          (*line)++;
          *column = 1;
        }
      else if (((guchar) *text & 0xc0) != 0x80)
        (*column)++;
    }
}

/* The bracket that opens one level too many, or NULL. jansson has a limit too,
 * but what works on values recurses, and 2,048 is far beyond any graph. */
static const char *
find_too_deep (const char *text, gsize size)
{
  gboolean in_text = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < size; i++)
    {
      if (in_text)
        {
          if (text[i] == '\\')
            i++;
          else if (text[i] == '"')
            in_text = FALSE;
        }
      else if (text[i] == '"')
        in_text = TRUE;
      else if (text[i] == '[' || text[i] == '{')
        {
          if (++depth > TELAR_JSON_MAX_DEPTH)
            return text + i;
        }
      else if ((text[i] == ']' || text[i] == '}') && depth > 0)
        depth--;
    }
  return NULL;
}

/* What jansson says that it stumbled over: the X of "… near 'X'". */
static char *
find_near (const json_error_t *error)
{
  const char *near = strstr (error->text, " near '");
  const char *end;
  g_autofree char *token = NULL;

  if (near == NULL)
    return NULL;
  near += strlen (" near '");
  end = strrchr (near, '\'');
  token = g_strndup (near, end != NULL ? (gsize) (end - near) : strlen (near));
  return g_utf8_make_valid (token, -1);
}

static void
add_syntax_fault (GPtrArray *faults, const char *file, const json_error_t *error)
{
  g_autofree char *near = find_near (error);
  g_autofree char *what = NULL;
  const char *cure = NULL;

  switch (json_error_code (error))
    {
    case json_error_duplicate_key:
      what = g_strdup_printf (_("the key %s is there twice"), near != NULL ? near : "");
      cure = _("remove one of the two");
      break;
    case json_error_premature_end_of_input:
      what = g_strdup (_("the file ends too early"));
      cure = _("add the closing bracket, brace or quotation mark that is missing");
      break;
    case json_error_end_of_input_expected:
      what = g_strdup (_("something follows after the closing brace of the graph"));
      cure = _("remove what follows");
      break;
    case json_error_numeric_overflow:
      what = g_strdup (_("a number is too large"));
      cure = _("write a number below 2 to the power of 63");
      break;
    case json_error_null_character:
      what = g_strdup (_("a text holds \\u0000"));
      cure = _("remove it");
      break;
    default:
      what = near != NULL ? g_strdup_printf (_("this is not JSON near “%s”"), near)
                          : g_strdup (_("this is not JSON"));
      cure = _("see whether a comma, a quotation mark or a bracket is missing or too many");
    }
  add_fault (faults, file, (guint) MAX (error->line, 1), (guint) MAX (error->column, 1), what,
             cure);
}

json_t *
telar_json_load (const char *text, gsize size, const char *file, GPtrArray *faults)
{
  const char *end;
  json_error_t error;
  json_t *value;
  guint line, column;

  g_return_val_if_fail ((text != NULL || size == 0) && faults != NULL, NULL);

  /* some editors put a byte order mark in front */
  if (size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      size -= 3;
    }
  if (size == 0)
    {
      telar_faults_add (faults, TELAR_FAULT_ERROR, file, NULL, NULL, _("the file is empty"),
                        _("a graph begins with { \"telar\": 1 }"));
      return NULL;
    }
  if (!g_utf8_validate_len (text, size, &end))
    {
      locate (text, end, &line, &column);
      add_fault (faults, file, line, column, _("this is not UTF-8 text"),
                 _("save the file as UTF-8"));
      return NULL;
    }
  end = find_too_deep (text, size);
  if (end != NULL)
    {
      g_autofree char *what = g_strdup_printf (_("brackets are nested deeper than %d"),
                                               TELAR_JSON_MAX_DEPTH);
      locate (text, end, &line, &column);
      add_fault (faults, file, line, column, what, _("nest them less deeply"));
      return NULL;
    }
  value = json_loadb (text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
  if (value == NULL)
    add_syntax_fault (faults, file, &error);
  return value;
}
