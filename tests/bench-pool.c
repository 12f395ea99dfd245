/* bench-pool.c
 *
 * SPDX-License-Identifier: MIT
 *
 * DESIGN's number on pools: a map of 100,000 calls that do nothing, by two workers at
 * chunk size 1, against Python's in one run. Medians of rounds that take turns.
 *
 *   bench-pool BENCH-PYTHON
 */

#include "bench-measure.h"
#include "run-graph.h"

#define ROUNDS 5
#define ITEMS  100000u

static char *
make_graph (const char *kind)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "{ \"telar\": 1, \"objects\": [ { \"id\": \"pool\", \"type\": \"pool\", "
                         "\"kind\": \"%s\", \"workers\": 2 } ], \"main\": { \"body\": [ [ \"map\", "
                         "{\"object\": \"pool\"}, \"busy\", [", kind);
  for (guint i = 0; i < ITEMS; i++)
    g_string_append (text, i > 0 ? ",0" : "0");
  g_string_append (text, "], 1 ] ] }, \"tasks\": [] }");
  return g_string_free (text, FALSE);
}

/* Nanoseconds an item, from the map's beginning to its end. */
static double
our_map (const char *graph, TelarSource source)
{
  g_autoptr (TelarTimeline) timeline = run_text (graph, source);
  const TelarStepRun *step = &g_array_index (telar_timeline_task (timeline, 0)->steps,
                                             TelarStepRun, 0);

  g_assert_true (step->finished);
  return (double) (step->end - step->begin) / ITEMS;
}

static void
compare_pools (const char *script, const char *kind, TelarSource source, const char *name)
{
  g_autofree char *graph = make_graph (kind);
  double ours[ROUNDS], python[ROUNDS];
  gboolean has_python = g_file_test (BENCH_PYTHON, G_FILE_TEST_IS_EXECUTABLE);

  for (guint i = 0; i < ROUNDS; i++)
    {
      ours[i] = our_map (graph, source);
      python[i] = has_python ? bench_ask (BENCH_PYTHON, script, "pool", ITEMS) : 0;
    }
  double our = bench_median (ours, ROUNDS) / 1e3, snake = bench_median (python, ROUNDS) / 1e3;
  g_print ("map of %u at chunk size 1, %s workers, record %s: %.2f us each", ITEMS, kind, name, our);
  if (has_python)
    g_print ("; Python's Pool %.1f us, %.1f times faster (bar 10)", snake, snake / our);
  g_print ("\n");
}

int
main (int argc, char **argv)
{
  if (argc != 2)
    return 2;
  compare_pools (argv[1], "process", TELAR_SOURCE_OFF, "off");
  compare_pools (argv[1], "thread", TELAR_SOURCE_OFF, "off");
  compare_pools (argv[1], "process", TELAR_SOURCE_EXACT, "exact");
  return 0;
}
