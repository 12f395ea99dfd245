/* test-lane-search.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "synthetic-run.h"
#include "timeline-view/lane-search.h"

/* "p1 t1": the ids of what is found, in their order. */
static char *
search (const TelarTimeline *timeline,
        const char          *text,
        TelarLaneSearchOrder       order)
{
  g_autoptr (GArray) hits = telar_lane_search (timeline, text, order);
  GString           *ids = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++)
    {
      const TelarTaskLane *task = timeline->tasks->pdata[g_array_index (hits, guint32, i)];

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", task->id);
    }

  return g_string_free (ids, FALSE);
}

static void
test_text (void)
{
  static const struct { const char *text, *ids; } table[] = {
    { "p1", "p1" }, { "SQUARE p1", "p1" }, { "is_even p2", "p2" }, { "no such task", "" },
    { "is_even p1", "" }, { "p1 exit 0", "p1" }, { "exit 01", "" }, { "p1 exit", "p1" },
  };
  g_autoptr (TelarTimeline) timeline = telar_mockup_run_new (TRUE);
  g_autofree char          *all = search (timeline, "", TELAR_LANES_BY_START);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *ids = search (timeline, table[i].text, TELAR_LANES_BY_START);

      g_test_message ("%s", table[i].text);
      g_assert_cmpstr (ids, ==, table[i].ids);
    }
  g_assert_true (g_str_has_prefix (all, "main p1 p2 "));
}

static void
test_order (void)
{
  g_autoptr (TelarTimeline) timeline = telar_synthetic_run_new (3, 4, 12, 2000);

  for (TelarLaneSearchOrder order = 0; order < TELAR_N_LANE_ORDERS; order++)
    {
      g_autoptr (GArray) hits = telar_lane_search (timeline, "", order);

      g_assert_cmpuint (hits->len, ==, timeline->tasks->len);
      for (guint i = 1; i < hits->len; i++)
        {
          const TelarTaskLane *a = timeline->tasks->pdata[g_array_index (hits, guint32, i - 1)];
          const TelarTaskLane *b = timeline->tasks->pdata[g_array_index (hits, guint32, i)];

          if (order == TELAR_LANES_BY_TIME)
            g_assert_cmpint (a->on_core_ns, >=, b->on_core_ns);
          else if (order == TELAR_LANES_BY_SWITCHES)
            g_assert_cmpuint (a->slices->len, >=, b->slices->len);
          else if (b->started != TELAR_NO_TIME)
            g_assert_cmpint (a->started, <=, b->started);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lane-search/text", test_text);
  g_test_add_func ("/lane-search/order", test_order);

  return g_test_run ();
}
