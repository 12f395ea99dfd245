/* test-text-lanes.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "made-plan.h"
#include "synthetic-run.h"
#include "timeline/text-lanes.h"

static void
test_mockup (void)
{
  g_autoptr (TelarTimeline) timeline = telar_mockup_run_new (TRUE);
  g_autofree char *lanes = telar_text_lanes (timeline, 60, TRUE);
  g_autofree char *summary = telar_text_summary (timeline);

  g_assert_cmpstr (lanes, ==,
                   "Core 0 │ACCCCCDDDDDDDDEEEEEEEEEEE·DDDDDDDDDDDEEA····A│  81 %\n"
                   "Core 1 │BBBBBBBBBBBBBBBADDDDDDDDDDDFFFFFFFFFFFFFFFFFF│  98 %\n"
                   "        0                                      111 ms\n"
                   "A main  B p1 square  C p2 is_even  D t1 primes  E t2 primes\n"
                   "F p3 matrix_multiply  · not this run\n");
  g_assert_cmpstr (summary, ==,
                   "Took 111 ms, 1.8 of 2 cores in use, exact (kernel switches)\n"
                   "6 tasks, all ended with 0\n");
}

static void
test_ascii (void)
{
  g_autoptr (TelarTimeline) timeline = telar_mockup_run_new (TRUE);
  g_autofree char *lanes = telar_text_lanes (timeline, 80, FALSE);

  g_assert_true (g_str_is_ascii (lanes));
}

static void
test_width (void)
{
  g_autoptr (TelarTimeline) timeline = telar_synthetic_run_new (3, 4, 80, 4000);

  for (guint columns = 0; columns < 200; columns += 13)
    {
      g_autofree char *lanes = telar_text_lanes (timeline, columns, TRUE);
      g_auto (GStrv) rows = g_strsplit (lanes, "\n", -1);

      g_assert_true (g_utf8_validate (lanes, -1, NULL));
      for (guint i = 0; columns >= 40 && rows[i] != NULL; i++)
        if (!g_str_has_prefix (rows[i], "Too short"))
          g_assert_cmpint (g_utf8_strlen (rows[i], -1), <=, columns);
    }
}

/* Cores that nothing used take one line together. */
static void
test_unused (void)
{
  static const int numbers[] = { 0, 1, 2, 3 };
  static const TelarMadeTask tasks[] = { { .id = "main", .kind = TELAR_KIND_PROCESS } };
  g_autoptr (GBytes) plan = telar_made_plan (tasks, 1, FALSE);
  g_autoptr (GArray) cores = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (TelarTimeline) timeline = NULL;
  g_autofree char *nothing = NULL, *lanes = NULL;
  TelarBegun begun;
  TelarSwitch in = { .ns = TELAR_MADE_ZERO, .tid = 1000, .core = 2, .kind = TELAR_SWITCH_IN };
  TelarNow now = { .ns = TELAR_MADE_ZERO + 1000 };

  g_array_append_vals (cores, numbers, G_N_ELEMENTS (numbers));
  timeline = telar_timeline_new (plan, cores);
  nothing = telar_text_lanes (timeline, 40, FALSE);
  g_assert_cmpstr (nothing, ==, "");
  telar_made_begun (&begun, TELAR_SOURCE_EXACT, 4);
  telar_timeline_begin (timeline, &begun);
  telar_timeline_add_switches (timeline, &in, 1);
  telar_timeline_advance (timeline, &now);
  lanes = telar_text_lanes (timeline, 40, FALSE);
  g_assert_cmpstr (lanes, ==,
                   "Core 2 |AAAAAAAAAAAAAAAAAAAAAAAAA| 100 %\n"
                   "        0                    1 µs\n"
                   "3 cores were not used by this run\n"
                   "A main  . not this run\n");
}

static void
test_summary (void)
{
  static const TelarMadeTask tasks[] = {
    { .id = "main", .kind = TELAR_KIND_PROCESS },
    { .id = "p1", .parent = "main", .kind = TELAR_KIND_PROCESS, .function = "square" },
    { .id = "long-name", .parent = "main", .kind = TELAR_KIND_PROCESS, .function = "square",
      .after = "p1" },
  };
  g_autoptr (GBytes) plan = telar_made_plan (tasks, G_N_ELEMENTS (tasks), TRUE);
  g_autoptr (TelarTimeline) timeline = telar_timeline_new (plan, NULL);
  g_autofree char *summary = NULL;
  TelarBegun begun;
  TelarNow now = { .ns = TELAR_MADE_ZERO + 900000, .lost_records = 1, .lost_lines = 3 };
  TelarEnded ended = { .ns = TELAR_MADE_ZERO + 1000000 };
  TelarEvent events[] = {
    { .ns = TELAR_MADE_ZERO + 10000, .kind = TELAR_EVENT_RUN, .value = 1000ll << 32 | 1000 },
    { .ns = TELAR_MADE_ZERO + 20000, .kind = TELAR_EVENT_START, .task = 1 },
    { .ns = TELAR_MADE_ZERO + 320000, .kind = TELAR_EVENT_RUN, .task = 1, .writer = 1,
      .value = 1001ll << 32 | 1001 },
    { .ns = TELAR_MADE_ZERO + 400000, .kind = TELAR_EVENT_JOIN, .task = 1, .value = -6 },
    { .ns = TELAR_MADE_ZERO + 410000, .kind = TELAR_EVENT_NOT_STARTED, .task = 2, .value = 1,
      .detail = TELAR_NOT_STARTED_AFTER_FAILED },
    { .ns = TELAR_MADE_ZERO + 800000, .kind = TELAR_EVENT_END, .value = 0 },
  };

  telar_made_begun (&begun, TELAR_SOURCE_OFF, 0);
  telar_timeline_begin (timeline, &begun);
  telar_timeline_add_events (timeline, events, G_N_ELEMENTS (events));
  telar_timeline_advance (timeline, &now);
  telar_timeline_finish (timeline, &ended);
  summary = telar_text_summary (timeline);
  g_assert_cmpstr (summary, ==,
                   "Took 800 µs; cores were not recorded\n"
                   "Starting took longer than the work: 300 µs against 80 µs\n"
                   "2 tasks; 0 ended with 0, and\n"
                   "  p1         aborted (signal 6)\n"
                   "  long-name  not started: p1 did not end with 0\n"
                   "1 record was lost: something is missing in the lanes\n"
                   "3 lines of output were not kept\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-lanes/mockup", test_mockup);
  g_test_add_func ("/text-lanes/ascii", test_ascii);
  g_test_add_func ("/text-lanes/width", test_width);
  g_test_add_func ("/text-lanes/unused", test_unused);
  g_test_add_func ("/text-lanes/summary", test_summary);
  return g_test_run ();
}
