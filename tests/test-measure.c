/* test-measure.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Edges and totals of a stretch of a run, against a look at every slice.
 */

#include <string.h>

#include "synthetic-run.h"
#include "timeline-view/measure.h"

/* Every edge of the cores' lanes (of one task's), one after the other. */
static gint64
next_slowly (const TelarTimeline *timeline,
             guint32              task,
             gint64               ns,
             int                  way)
{
  gint64 best = TELAR_NO_TIME;
  guint  n = task == TELAR_NO_TASK ? timeline->cores->len : 1;

  for (guint i = 0; i < n; i++)
    {
      const TelarSlices *slices =
        task == TELAR_NO_TASK ? ((TelarCoreLane *) timeline->cores->pdata[i])->slices
                              : ((TelarTaskLane *) timeline->tasks->pdata[task])->slices;

      for (guint k = 0; k < slices->len; k++)
        {
          TelarSlice slice = telar_slices_at (slices, k);
          gint64     edges[2] = { slice.begin, slice.end };

          for (guint e = 0; e < 2; e++)
            if ((edges[e] - ns) * way > 0
                && (best == TELAR_NO_TIME || (edges[e] - best) * way < 0))
              best = edges[e];
        }
    }

  return best;
}

static void
test_next (void)
{
  g_autoptr (TelarTimeline) timeline = telar_synthetic_run_new (7, 4, 12, 3000);
  g_autoptr (GRand)         random = g_rand_new_with_seed (11);

  for (guint i = 0; i < 200; i++)
    {
      gint64  ns = (gint64) g_rand_double_range (random, -1e6, (double) timeline->wall + 1e6);
      guint32 task = i % 3 == 0 ? (guint32) (i % timeline->tasks->len) : TELAR_NO_TASK;

      /* On an edge, too. */
      if (i % 2)
        ns = telar_measure_snap (timeline, TELAR_NO_TASK, ns, G_MAXINT64 / 2);
      for (int way = -1; way <= 1; way += 2)
        g_assert_cmpint (telar_measure_next (timeline, task, ns, way), ==,
                         next_slowly (timeline, task, ns, way));
    }
}

static void
test_snap (void)
{
  g_autoptr (TelarTimeline) timeline = telar_mockup_run_new (TRUE);
  gint64                    edge = telar_measure_next (timeline, TELAR_NO_TASK, 1000000, 1);

  g_assert_cmpint (edge, >, 1000000);
  g_assert_cmpint (telar_measure_snap (timeline, TELAR_NO_TASK, edge, 0), ==, edge);
  g_assert_cmpint (telar_measure_snap (timeline, TELAR_NO_TASK, edge - 10, 10), ==, edge);
  g_assert_cmpint (telar_measure_snap (timeline, TELAR_NO_TASK, edge + 1, 10), ==, edge);
  g_assert_cmpint (telar_measure_snap (timeline, TELAR_NO_TASK, timeline->wall + 1000, 10), ==,
                   timeline->wall + 1000);
}

static void
test_words (void)
{
  g_autoptr (TelarTimeline) timeline = telar_mockup_run_new (TRUE);
  g_autofree char          *all = telar_measure_words (timeline, 0, timeline->wall);
  g_autofree char          *turned = telar_measure_words (timeline, timeline->wall, 0);
  g_autofree char          *after = telar_measure_words (timeline, timeline->wall + 1,
                                                         timeline->wall + 1001);

  g_assert_cmpstr (all, ==, turned);
  g_assert_nonnull (strstr (all, ", from 0 "));
  g_assert_nonnull (strstr (all, "core "));
  g_assert_nonnull (strstr (all, "p1 "));
  g_assert_true (g_str_has_prefix (after, "1 µs, "));
  g_assert_nonnull (strstr (after, "nobody on a core"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/measure/next", test_next);
  g_test_add_func ("/measure/snap", test_snap);
  g_test_add_func ("/measure/words", test_words);

  return g_test_run ();
}
