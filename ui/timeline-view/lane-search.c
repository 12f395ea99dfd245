/* lane-search.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "timeline-view/lane-search.h"

#include <string.h>

/* Not what is wanted of a task, but all that can be: in lower case, to be searched. */
static char *
all_words (const TelarTimeline *timeline,
           const TelarTaskLane *task)
{
  g_autofree char    *state = telar_task_describe_state (timeline, task);
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words, "%s\n%s\n%s\n%s", task->id, task->title ? task->title : "",
                          task->function, state);
  /* As people write it, in every language. */
  if (task->exit != TELAR_NO_EXIT)
    g_string_append_printf (words, task->exit < 0 ? "\nsignal %d\nexit %d" : "\nexit %d",
                            task->exit < 0 ? -task->exit : task->exit, task->exit);

  return g_utf8_casefold (words->str, -1);
}

/* A number has to be the whole number: "exit 1" is not in "exit 11". */
static gboolean
holds (const char *words,
       const char *part)
{
  gsize length = strlen (part);

  for (const char *at = strstr (words, part); at; at = strstr (at + 1, part))
    if (!g_ascii_isdigit (part[length - 1]) || !g_ascii_isdigit (at[length]))
      return TRUE;

  return FALSE;
}

/* "exit 1" is one thing, not two words that stand anywhere. */
static GPtrArray *
split (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto (GStrv)   words = g_strsplit_set (folded, " \t", -1);
  GPtrArray       *parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; words[i]; i++)
    {
      if (*words[i] == '\0')
        continue;
      if ((g_str_equal (words[i], "exit") || g_str_equal (words[i], "signal")) && words[i + 1]
          && *words[i + 1])
        {
          g_ptr_array_add (parts, g_strdup_printf ("%s %s", words[i], words[i + 1]));
          i++;
        }
      else
        {
          g_ptr_array_add (parts, g_strdup (words[i]));
        }
    }

  return parts;
}

typedef struct
{
  const TelarTimeline *timeline;
  TelarLaneSearchOrder       order;
} Order;

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      data)
{
  const Order         *order = data;
  guint32              na = *(const guint32 *) a, nb = *(const guint32 *) b;
  const TelarTaskLane *ta = g_ptr_array_index (order->timeline->tasks, na);
  const TelarTaskLane *tb = g_ptr_array_index (order->timeline->tasks, nb);
  gint64               x = 0, y = 0;

  switch (order->order)
    {
    case TELAR_LANES_BY_TIME:
      x = tb->on_core_ns;
      y = ta->on_core_ns;
      break;
    case TELAR_LANES_BY_SWITCHES:
      x = tb->slices->len;
      y = ta->slices->len;
      break;
    case TELAR_LANES_BY_START:
    case TELAR_N_LANE_ORDERS:
      /* Who was never started comes last. */
      x = ta->started == TELAR_NO_TIME && na != 0 ? G_MAXINT64 : ta->started;
      y = tb->started == TELAR_NO_TIME && nb != 0 ? G_MAXINT64 : tb->started;
      break;
    }

  if (x != y)
    return x < y ? -1 : 1;

  return na < nb ? -1 : na > nb;
}

GArray *
telar_lane_search (const TelarTimeline *timeline,
                   const char          *text,
                   TelarLaneSearchOrder       order)
{
  GArray               *hits = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GPtrArray) parts = NULL;

  g_return_val_if_fail (timeline != NULL && text != NULL, hits);

  parts = split (text);
  for (guint32 i = 0; i < timeline->tasks->len; i++)
    {
      g_autofree char *words = parts->len > 0
                                 ? all_words (timeline, g_ptr_array_index (timeline->tasks, i))
                                 : NULL;
      guint            n = 0;

      while (n < parts->len && holds (words, g_ptr_array_index (parts, n)))
        n++;
      if (n == parts->len)
        g_array_append_val (hits, i);
    }
  g_array_sort_with_data (hits, compare, &(Order) { timeline, order });

  return hits;
}
