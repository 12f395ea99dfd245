/* reference-text.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "edit/reference-text.h"

#include <string.h>

#include "graph/object.h"
#include "graph/relations.h"

/* A word of what is typed, as those of the file: it is not translated. */
#define PIPE "pipe"

/* ---- one object ----------------------------------------------------------- */

char *
telar_object_text_show (const json_t *reference)
{
  int end = -1;
  const char *object = telar_json_object (reference, &end);

  if (object == NULL)
    return NULL;
  return end < 0 ? g_strdup (object) : g_strdup_printf ("%s.%d", object, end);
}

static json_t *
make_object (const char *object, int end)
{
  return end < 0 ? json_pack ("{ss}", "object", object)
                 : json_pack ("{sssi}", "object", object, "end", end);
}

/* Takes ".1" off a name; -1 where there is none. */
static int
take_end (char *name)
{
  size_t length = strlen (name);

  if (length < 3 || name[length - 2] != '.' || (name[length - 1] != '0' && name[length - 1] != '1'))
    return -1;

  name[length - 2] = '\0';
  return name[length - 1] - '0';
}

json_t *
telar_object_text_read (const char *text)
{
  g_autofree char *name = NULL;
  json_t *json;
  int end;

  g_return_val_if_fail (text != NULL, NULL);

  /* As the file has it. */
  json = json_loads (text, 0, NULL);
  if (telar_json_object (json, NULL) != NULL)
    return json;
  json_decref (json);

  name = g_strstrip (g_strdup (text));
  end = take_end (name);
  return make_object (name, end);
}

/* ---- tasks and pipes ------------------------------------------------------ */

static gboolean
add_awaited (GString *text, const json_t *reference)
{
  const char *task = json_is_object (reference) ? telar_json_task (reference) : NULL;
  g_autofree char *object = task == NULL ? telar_object_text_show (reference) : NULL;

  if (task == NULL && object == NULL)
    return FALSE;
  if (text->len > 0)
    g_string_append (text, ", ");
  if (task != NULL)
    g_string_append (text, task);
  else
    g_string_append_printf (text, "%s%s", strchr (object, '.') == NULL ? PIPE " " : "", object);
  return TRUE;
}

char *
telar_awaited_text_show (const json_t *awaited)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!json_is_array (awaited))
    return add_awaited (text, awaited) ? g_strdup (text->str) : NULL;
  for (size_t i = 0; i < json_array_size (awaited); i++)
    if (!add_awaited (text, json_array_get (awaited, i)))
      return NULL;
  return g_strdup (text->str);
}

/* "p1", "c.1", "pipe c". Returns: (nullable) */
static json_t *
read_awaited (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  gboolean pipe = g_str_has_prefix (trimmed, PIPE) && g_ascii_isspace (trimmed[strlen (PIPE)]);
  char *name = g_strstrip (trimmed + (pipe ? strlen (PIPE) : 0));
  int end;

  if (*name == '\0' || strpbrk (name, " \t\r\n") != NULL)
    return NULL;
  end = take_end (name);
  if (pipe || end >= 0)
    return make_object (name, end);
  return json_pack ("{ss}", "task", name);
}

json_t *
telar_awaited_text_read (const char *text)
{
  g_auto (GStrv) parts = NULL;
  json_t *list;

  g_return_val_if_fail (text != NULL, NULL);

  /* As the file has it. */
  list = json_loads (text, 0, NULL);
  if (list != NULL)
    return list;

  parts = g_strsplit (text, ",", -1);
  list = json_array ();
  for (guint i = 0; parts[i] != NULL; i++)
    {
      json_t *one = read_awaited (parts[i]);

      if (one == NULL)
        {
          json_decref (list);
          return NULL;
        }
      json_array_append_new (list, one);
    }
  return list;
}

char *
telar_awaited_text_turn (const char *text, const char *one)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (GString) turned = g_string_new (NULL);
  gboolean had = FALSE;

  g_return_val_if_fail (text != NULL && one != NULL, NULL);

  parts = g_strsplit (text, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);

      if (g_str_equal (part, one))
        had = TRUE;
      else if (*part != '\0')
        g_string_append_printf (turned, "%s%s", turned->len > 0 ? ", " : "", part);
    }
  if (!had)
    g_string_append_printf (turned, "%s%s", turned->len > 0 ? ", " : "", one);
  return g_strdup (turned->str);
}
