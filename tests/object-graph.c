/* object-graph.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "object-graph.h"

static const char *const types[] = { "lock", "rlock", "semaphore", "bounded-semaphore", "event",
                                     "condition", "barrier", "queue", "joinable-queue",
                                     "simple-queue", "pipe" };

static const char *const timeouts[] = { "", "", "", ", 0", ", 0.02", ", 0.1" };

/* What can be done to each; %s is the object, and a timeout. */
static const char *const deeds[][6] = {
  { "[\"acquire\", {%s}%s]", "[\"release\", {%s}]", "[\"acquire\", {%s}%s]", "[\"release\", {%s}]" },
  { "[\"acquire\", {%s}%s]", "[\"release\", {%s}]", "[\"acquire\", {%s}%s]", "[\"release\", {%s}]" },
  { "[\"acquire\", {%s}%s]", "[\"release\", {%s}]" },
  { "[\"acquire\", {%s}%s]", "[\"release\", {%s}]" },
  { "[\"set\", {%s}]", "[\"clear\", {%s}]", "[\"wait\", {%s}%s]" },
  { "[\"wait\", {%s}%s]", "[\"notify\", {%s}]", "[\"notify_all\", {%s}]", "[\"acquire\", {%s}%s]",
    "[\"release\", {%s}]" },
  { "[\"wait\", {%s}%s]", "[\"wait\", {%s}%s]", "[\"wait\", {%s}%s]", "[\"abort\", {%s}]",
    "[\"reset\", {%s}]" },
  { "[\"put\", {%s}, 1%s]", "[\"get\", {%s}%s]" },
  { "[\"put\", {%s}, 1%s]", "[\"get\", {%s}%s]", "[\"task_done\", {%s}]", "[\"join_queue\", {%s}%s]" },
  { "[\"put\", {%s}, 1]", "[\"get\", {%s}%s]" },
  { "[\"send\", {%s}, 1]", "[\"receive\", {%s}%s]", "[\"poll\", {%s}%s]", "[\"close\", {%s}]" },
};

static void
add_step (GString *text, guint n_objects, const guint *of)
{
  guint object = (guint) g_test_rand_int_range (0, (gint32) n_objects);
  const char *const *all = deeds[of[object]];
  g_autofree char *reference = g_strdup_printf ("\"object\": \"o%u\"", object);
  guint n = 0;

  if (g_test_rand_int_range (0, 5) == 0)
    {
      g_string_append_printf (text, "[\"sleep\", 0.0%d]", g_test_rand_int_range (1, 4));
      return;
    }
  while (n < G_N_ELEMENTS (deeds[0]) && all[n] != NULL)
    n++;
  g_string_append_printf (text, all[g_test_rand_int_range (0, (gint32) n)], reference,
                          timeouts[g_test_rand_int_range (0, G_N_ELEMENTS (timeouts))]);
}

char *
object_graph_text (void)
{
  GString *text = g_string_new ("{\"telar\": 1, \"objects\": [");
  guint    of[3];
  guint    n_objects = (guint) g_test_rand_int_range (1, 4);
  guint    n_tasks = (guint) g_test_rand_int_range (1, 5);

  for (guint i = 0; i < n_objects; i++)
    {
      of[i] = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (types));
      g_string_append_printf (text, "%s{\"id\": \"o%u\", \"type\": \"%s\"%s}", i > 0 ? ", " : "", i,
                              types[of[i]], of[i] == 6 ? ", \"parties\": 2"
                                            : of[i] == 7 ? ", \"capacity\": 1" : "");
    }
  g_string_append (text, "], \"tasks\": [");
  for (guint i = 0; i < n_tasks; i++)
    {
      static const char *const kinds[] = { "process", "thread", "call" };
      guint n_steps = (guint) g_test_rand_int_range (1, 6);

      g_string_append_printf (text, "%s{\"id\": \"t%u\", \"kind\": \"%s\", \"body\": [",
                              i > 0 ? ", " : "", i, kinds[g_test_rand_int_range (0, 3)]);
      for (guint k = 0; k < n_steps; k++)
        {
          g_string_append (text, k > 0 ? ", " : "");
          add_step (text, n_objects, of);
        }
      g_string_append_printf (text, "]%s}", i > 0 && g_test_rand_int_range (0, 4) == 0
                                              ? ", \"after\": [\"t0\"]" : "");
    }
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}
