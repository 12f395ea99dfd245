/* test-run-difference.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What is said of two runs that are shown under each other.
 */

#include "config.h"

#include <string.h>

#include "synthetic-run.h"
#include "window/run-difference.h"

#define MS 1000000

/* A run of one task on one of two cores, for @wall; stopped by a person or not. */
static TelarTimeline *
make (gint64   wall,
      gboolean finished,
      guint8   reason)
{
  TelarTimeline *timeline = telar_mockup_run_new (TRUE);

  timeline->wall = wall;
  timeline->finished = finished;
  timeline->end.reason = reason;

  return timeline;
}

static void
test_words (void)
{
  static const struct
  {
    gint64      a, b;
    const char *words;
  } table[] = {
    { 84 * MS, 176 * MS, "A is 2.1× faster than B: 84 ms instead of 176 ms (92 ms less)" },
    { 176 * MS, 84 * MS, "A is 2.1× slower than B: 176 ms instead of 84 ms (92 ms more)" },
    { 100 * MS, 105 * MS, "A is 1.05× faster than B: 100 ms instead of 105 ms (5 ms less)" },
    { 100 * MS, 101 * MS, "A and B took the same time: 100 ms and 101 ms (1 ms apart)" },
    { 101 * MS, 100 * MS, "A and B took the same time: 101 ms and 100 ms (1 ms apart)" },
    { 10 * MS, 10 * MS, "A and B took the same time: 10 ms and 10 ms (0 s apart)" },
    { 2 * MS, 84 * MS, "A is 42× faster than B: 2 ms instead of 84 ms (82 ms less)" },
    { 0, 84 * MS, "Nothing to compare: one of the runs took no time" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (TelarTimeline) a = make (table[i].a, TRUE, TELAR_ENDED_BY_ITSELF);
      g_autoptr (TelarTimeline) b = make (table[i].b, TRUE, TELAR_ENDED_BY_ITSELF);
      g_autofree char          *words = telar_run_difference_words (a, b);
      char                     *rest = strstr (words, " · ");

      if (rest)
        *rest = '\0';
      g_assert_cmpstr (words, ==, table[i].words);
    }
}

/* How busy the cores were says why; of a run without records nobody knows. */
static void
test_cores (void)
{
  g_autoptr (TelarTimeline) a = make (100 * MS, TRUE, TELAR_ENDED_BY_ITSELF);
  g_autoptr (TelarTimeline) b = make (200 * MS, TRUE, TELAR_ENDED_BY_ITSELF);
  g_autofree char          *expected = g_strdup_printf ("cores in use: %.1f, %.1f",
                                                        telar_timeline_cores_in_use (a),
                                                        telar_timeline_cores_in_use (b));
  g_autofree char          *words = telar_run_difference_words (a, b);
  g_autofree char          *off = NULL;

  g_assert_nonnull (strstr (words, expected));
  b->begun.source = TELAR_SOURCE_OFF;
  off = telar_run_difference_words (a, b);
  g_assert_null (strstr (off, "cores in use"));
}

static void
test_ends (void)
{
  g_autoptr (TelarTimeline) whole = make (84 * MS, TRUE, TELAR_ENDED_BY_ITSELF);
  g_autoptr (TelarTimeline) stopped = make (40 * MS, TRUE, TELAR_ENDED_STOPPED);
  g_autoptr (TelarTimeline) live = make (0, FALSE, TELAR_ENDED_BY_ITSELF);
  const struct
  {
    const TelarTimeline *a, *b;
    const char          *words;
  } table[] = {
    { stopped, whole, "A did not end by itself" },
    { whole, stopped, "B did not end by itself" },
    { stopped, stopped, "neither of them ended by itself" },
    { live, whole, "A is not over yet" },
    { whole, live, "B is not over yet" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *words = telar_run_difference_words (table[i].a, table[i].b);

      g_assert_true (g_str_has_suffix (words, table[i].words));
    }
  {
    g_autofree char *words = telar_run_difference_words (whole, whole);

    g_assert_null (strstr (words, "by itself"));
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run-difference/words", test_words);
  g_test_add_func ("/run-difference/cores", test_cores);
  g_test_add_func ("/run-difference/ends", test_ends);

  return g_test_run ();
}
