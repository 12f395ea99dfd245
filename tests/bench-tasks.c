/* bench-tasks.c
 *
 * SPDX-License-Identifier: MIT
 *
 * DESIGN's numbers on tasks, recording and overhead: ours, the same in raw C,
 * and Python's where there is one, in one run and as ratios. Medians of
 * several rounds that take turns, pinned to one core where DESIGN says so.
 *
 *   bench-tasks BENCH-RAW BENCH-PYTHON
 */

#include "bench-measure.h"
#include "run-graph.h"

#define ROUNDS 9

static const char *raw_program;
static const char *python_program;

/* Wall time of a run by its tasks' own record: from the first start to the
 * last join. */
static double
span_of (TelarTimeline *timeline)
{
  gint64 first = G_MAXINT64;
  gint64 last = 0;

  for (guint i = 1; i < timeline->tasks->len; i++)
    {
      TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);
      if (lane->exit != 0)
        g_error ("%s did not end with 0", lane->id);
      first = MIN (first, lane->started);
      last = MAX (last, lane->joined);
    }
  return (double) (last - first);
}

static double
run_once (GBytes *plan, TelarSource source)
{
  g_autoptr (TelarRun) run = run_of_plan (plan, source);

  run_to_end (run, 120);
  if (telar_run_get_state (run) != TELAR_RUN_ENDED)
    g_error ("%s", telar_run_get_error (run)->message);
  return span_of (telar_run_get_timeline (run));
}

/* @n tasks, each after the one before: started and joined in turn. */
static GBytes *
chain (const char *kind, const char *method, guint n, gboolean pinned)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "{\"telar\": 1, %s\"start-method\": \"%s\", \"tasks\": [",
                   pinned ? "\"cores\": [0], " : "", method);
  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text,
                              "%s{\"id\": \"t%u\", \"kind\": \"%s\", \"function\": \"busy\", \"args\": [0]",
                              i > 0 ? ", " : "", i, kind);
      if (i > 0)
        g_string_append_printf (text, ", \"after\": [\"t%u\"]", i - 1);
      g_string_append (text, "}");
    }
  g_string_append (text, "]}");
  GBytes *plan = plan_of_text (text->str);
  g_string_free (text, TRUE);
  return plan;
}

static void
start_and_join (const char *kind, guint n, double raw_bar, double python_bar)
{
  g_autoptr (GBytes) plan = chain (kind, "fork", n, TRUE);
  double ours[ROUNDS], raw[ROUNDS], python[ROUNDS];
  gboolean has_python = g_file_test (BENCH_PYTHON, G_FILE_TEST_IS_EXECUTABLE);

  /* What is pinned is the run and its like; telar, which watches, is not. */
  for (guint i = 0; i < ROUNDS; i++)
    {
      ours[i] = run_once (plan, TELAR_SOURCE_OFF) / n;
      bench_pin (TRUE);
      raw[i] = bench_ask (raw_program, NULL, kind, n);
      python[i] = has_python ? bench_ask (BENCH_PYTHON, python_program, kind, n / 5) : 0;
      bench_pin (FALSE);
    }
  double our = bench_median (ours, ROUNDS) / 1e3;
  double bare = bench_median (raw, ROUNDS) / 1e3;
  double snake = bench_median (python, ROUNDS) / 1e3;
  g_print ("%s task, start to join, off, pinned: %.1f us; raw C %.1f us, ratio %.2f (bar %.1f)",
           kind, our, bare, our / bare, raw_bar);
  if (has_python)
    g_print ("; Python %.1f us, %.1f times faster (bar %.0f)", snake, snake / our, python_bar);
  g_print ("\n");
}

/* The other start methods. The first task of the fork server's is the one that
 * makes a program of it: it is left out. */
static void
start_otherwise (const char *method, guint n, double raw_bar)
{
  g_autoptr (GBytes) plan = chain ("process", method, n, TRUE);
  double ours[ROUNDS], raw[ROUNDS], python[ROUNDS];
  gboolean has_python = g_file_test (BENCH_PYTHON, G_FILE_TEST_IS_EXECUTABLE);

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (TelarRun) run = run_of_plan (plan, TELAR_SOURCE_OFF);

      run_to_end (run, 120);
      TelarTimeline *timeline = telar_run_get_timeline (run);
      ours[i] = (double) (telar_timeline_task (timeline, n)->joined
                          - telar_timeline_task (timeline, 1)->joined) / (n - 1);
      bench_pin (TRUE);
      raw[i] = raw_bar > 0 ? bench_ask (raw_program, NULL, method, n) : 0;
      python[i] = has_python ? bench_ask (BENCH_PYTHON, python_program, method, n / 20) : 0;
      bench_pin (FALSE);
    }
  double our = bench_median (ours, ROUNDS) / 1e3;
  double bare = bench_median (raw, ROUNDS) / 1e3;
  double snake = bench_median (python, ROUNDS) / 1e3;
  g_print ("process task by %s, start to join, off, pinned: %.1f us", method, our);
  if (raw_bar > 0)
    g_print ("; posix_spawn in raw C %.1f us, ratio %.2f (bar %.1f)", bare, our / bare, raw_bar);
  if (has_python)
    g_print ("; Python %.1f us, %.1f times faster", snake, snake / our);
  g_print ("\n");
}

static void
thousand (void)
{
  g_autoptr (GBytes) plan = plan_of_text (
      "{\"telar\": 1, \"tasks\": [{\"id\": \"p\", \"kind\": \"process\", \"function\": \"busy\","
      " \"args\": [0], \"copies\": 1000}]}");
  double ours[ROUNDS], raw[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      raw[i] = bench_ask (raw_program, NULL, "many", 1000);
      ours[i] = run_once (plan, TELAR_SOURCE_OFF);
    }
  double our = bench_median (ours, ROUNDS) / 1e6;
  double bare = bench_median (raw, ROUNDS) / 1e6;
  g_print ("1,000 process tasks started, then joined, off: %.1f ms; raw C %.1f ms, ratio %.2f (bar 1.3)\n",
           our, bare, our / bare);
}

static void
recording (const char *kind, guint n, double bar)
{
  g_autoptr (GBytes) plan = chain (kind, "fork", n, FALSE);
  double off[ROUNDS], on[ROUNDS];
  long   n_cores = sysconf (_SC_NPROCESSORS_ONLN);

  for (guint i = 0; i < ROUNDS; i++)
    {
      off[i] = run_once (plan, TELAR_SOURCE_OFF) / n;
      on[i] = run_once (plan, TELAR_SOURCE_EXACT) / n;
    }
  double added = (bench_median (on, ROUNDS) - bench_median (off, ROUNDS)) / 1e3;
  g_print ("exact recording adds to the start of a %s, %ld cores: %.1f us (bar %.0f)\n", kind,
           n_cores, added, bar);
}

static void
overhead (const char *what, const char *text, double bar)
{
  g_autoptr (GBytes) plan = plan_of_text (text);
  double ratio[ROUNDS];

  /* Neighbours in time are compared: the machine's own drift cancels. */
  for (guint i = 0; i < ROUNDS; i++)
    {
      double first = run_once (plan, i % 2 == 0 ? TELAR_SOURCE_OFF : TELAR_SOURCE_EXACT);
      double second = run_once (plan, i % 2 == 0 ? TELAR_SOURCE_EXACT : TELAR_SOURCE_OFF);
      ratio[i] = i % 2 == 0 ? second / first : first / second;
    }
  g_print ("exact recording against off, %s: ratio %.4f (bar %.2f)\n", what,
           bench_median (ratio, ROUNDS), bar);
}

static void
switches_a_second (const char *text)
{
  g_autoptr (GBytes) plan = plan_of_text (text);
  g_autoptr (TelarRun) run = run_of_plan (plan, TELAR_SOURCE_EXACT);
  guint64 n = 0;

  run_to_end (run, 120);
  TelarTimeline *timeline = telar_run_get_timeline (run);
  for (guint i = 0; i < timeline->tasks->len; i++)
    n += ((TelarTaskLane *) g_ptr_array_index (timeline->tasks, i))->slices->len;
  g_print ("  (that graph: %.0f switches a second, %" G_GUINT64_FORMAT " records lost)\n",
           2.0 * (double) n / ((double) timeline->wall / 1e9), timeline->lost_records);
}

static const char computing[]
    = "{\"telar\": 1, \"placement\": \"spread\", \"tasks\": [{\"id\": \"p\", \"kind\": \"process\","
      " \"function\": \"primes\", \"args\": [60000000], \"copies\": 2}]}";
static const char switching[]
    = "{\"telar\": 1, \"placement\": \"spread\", \"tasks\": [{\"id\": \"p\", \"kind\": \"process\","
      " \"body\": [[\"sleep\", 0.0001]], \"repeat\": 3000, \"copies\": 4}]}";

int
main (int argc, char **argv)
{
  if (argc < 3)
    return 2;
  raw_program = argv[1];
  python_program = argv[2];

  start_and_join ("process", 500, 1.3, 10);
  start_and_join ("thread", 2000, 1.3, 3);
  start_otherwise ("spawn", 300, 1.3);
  start_otherwise ("forkserver", 300, 0);
  thousand ();
  recording ("process", 500, 10);
  recording ("thread", 2000, 6);
  bench_pin (TRUE);
  g_print ("one recorded event: %.1f ns (bar 25)\n", bench_ask (raw_program, NULL, "event", 4000000));
  bench_pin (FALSE);
  overhead ("computing on every core", computing, 1.01);
  overhead ("20,000 switches a second", switching, 1.02);
  switches_a_second (switching);
  return 0;
}
