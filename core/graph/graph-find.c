/* graph-find.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "graph/graph-find.h"

/* Without accents and case: "Línea" becomes "linea". */
static char *
fold (const char *text)
{
  g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  GString         *bare = g_string_new (NULL);

  for (const char *c = apart; c != NULL && *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_ismark (character))
        g_string_append_unichar (bare, g_unichar_tolower (character));
    }
  return g_string_free (bare, FALSE);
}

static gboolean
holds (const char *text, const char *folded)
{
  g_autofree char *own = NULL;

  if (text == NULL)
    return FALSE;
  own = fold (text);
  return strstr (own, folded) != NULL;
}

gboolean
telar_task_holds (const TelarTask *task, const char *text)
{
  g_autofree char *wanted = NULL;
  gboolean found;

  g_return_val_if_fail (task != NULL && text != NULL, FALSE);

  wanted = fold (text);
  found = holds (task->id, wanted) || holds (task->name, wanted);
  for (guint i = 0; i < task->steps->len && !found; i++)
    {
      g_autofree char *call = telar_step_describe (g_ptr_array_index (task->steps, i), 0);

      found = holds (call, wanted);
    }
  return found;
}
