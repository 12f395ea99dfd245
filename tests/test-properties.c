/* test-properties.c
 *
 * SPDX-License-Identifier: MIT
 *
 * DESIGN's invariants over real runs of random graphs, exact and sampled, of
 * processes, threads and both. The seed of each graph is in its failure;
 * TELAR_SEED sets the first one, TELAR_GRAPHS how many a kind.
 */

#include <stdio.h>
#include <stdlib.h>

#include "invariants.h"
#include "random-graph.h"
#include "recorder/exact.h"
#include "run-graph.h"

typedef struct
{
  const char *name;
  TelarSource source;
  gboolean    processes;
  gboolean    threads;
  gboolean    ends;
  gboolean    methods;
} Kind;

static const Kind kinds[] = {
  { "exact/processes", TELAR_SOURCE_EXACT, TRUE, FALSE, FALSE, FALSE },
  { "exact/threads", TELAR_SOURCE_EXACT, FALSE, TRUE, FALSE, FALSE },
  { "exact/both", TELAR_SOURCE_EXACT, TRUE, TRUE, FALSE, FALSE },
  { "exact/ends", TELAR_SOURCE_EXACT, TRUE, TRUE, TRUE, FALSE },
  { "exact/methods", TELAR_SOURCE_EXACT, TRUE, TRUE, FALSE, TRUE },
  { "exact/methods-and-ends", TELAR_SOURCE_EXACT, TRUE, TRUE, TRUE, TRUE },
  { "sampled/processes", TELAR_SOURCE_SAMPLED, TRUE, FALSE, FALSE, FALSE },
  { "sampled/threads", TELAR_SOURCE_SAMPLED, FALSE, TRUE, FALSE, FALSE },
  { "sampled/both", TELAR_SOURCE_SAMPLED, TRUE, TRUE, FALSE, FALSE },
  { "sampled/ends", TELAR_SOURCE_SAMPLED, TRUE, TRUE, TRUE, FALSE },
  { "sampled/methods", TELAR_SOURCE_SAMPLED, TRUE, TRUE, FALSE, TRUE },
  { "sampled/methods-and-ends", TELAR_SOURCE_SAMPLED, TRUE, TRUE, TRUE, TRUE },
};

static guint
from_environment (const char *name, guint otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? (guint) strtoul (text, NULL, 10) : otherwise;
}

/* Whether the graph itself ended it, or the process that it lives in. */
static gboolean
was_signalled (TelarTimeline *timeline, guint32 task)
{
  for (; task != TELAR_NO_TASK; task = telar_timeline_task (timeline, task)->parent)
    if (telar_timeline_task (timeline, task)->signalled)
      return TRUE;
  return FALSE;
}

static gboolean
is_whole (TelarTimeline *timeline)
{
  return timeline->lost_records == 0 && timeline->lost_events == 0;
}

/* What holds of a real run beside the invariants of any record. */
static char *
find_fault (TelarTimeline *timeline, const Kind *kind)
{
  gboolean whole = is_whole (timeline);

  for (guint i = 1; i < timeline->tasks->len; i++)
    {
      TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);
      gboolean       excused = kind->ends || was_signalled (timeline, i);
      if (lane->state != TELAR_STATE_JOINED && !excused)
        return g_strdup_printf ("%s is not joined", lane->id);
      if (lane->state == TELAR_STATE_JOINED && lane->exit != 0 && !excused)
        return g_strdup_printf ("%s ended with %d", lane->id, lane->exit);
      if (lane->run == TELAR_NO_TIME)
        continue;
      if (whole && lane->slices->len == 0 && kind->source == TELAR_SOURCE_EXACT)
        return g_strdup_printf ("%s ran and has no slice", lane->id);
    }
  return telar_broken_invariant (timeline, TELAR_INVARIANTS_ALWAYS);
}

static void
on_changed (TelarRun *run, gpointer data)
{
  TelarShown **shown = data;
  TelarTimeline *timeline = telar_run_get_timeline (run);

  if (*shown != NULL)
    {
      g_autofree char *change = telar_shown_find_change (*shown, timeline);
      if (change != NULL)
        g_error ("while it ran: %s", change);
      telar_shown_free (*shown);
    }
  *shown = telar_shown_new (timeline);
}

/* Runs the graph and fails the test with what does not hold of it.
 * Returns: whether slices and clocks agree as well, and nothing was lost. */
static gboolean
run_graph (const TelarGraph *graph, guint seed, const Kind *kind)
{
  g_autoptr (GBytes) plan = plan_of_graph (graph);
  g_autoptr (TelarRun) run = run_of_plan (plan, kind->source);
  g_autoptr (TelarShown) shown = NULL;
  g_autofree char *fault = NULL;
  g_autofree char *disagreement = NULL;

  g_signal_connect (run, "changed", G_CALLBACK (on_changed), &shown);
  run_to_end (run, 60);
  g_signal_handlers_disconnect_by_data (run, &shown);
  if (telar_run_get_state (run) != TELAR_RUN_ENDED)
    g_error ("seed %u, %s: %s", seed, kind->name, telar_run_get_error (run)->message);

  fault = find_fault (telar_run_get_timeline (run), kind);
  if (fault != NULL)
    {
      g_test_message ("seed %u, %s: %s", seed, kind->name, fault);
      g_test_fail ();
    }
  if (kind->source == TELAR_SOURCE_EXACT)
    disagreement = telar_broken_invariant (telar_run_get_timeline (run), TELAR_INVARIANTS_CPU);
  if (!is_whole (telar_run_get_timeline (run)))
    {
      g_free (disagreement);
      disagreement = g_strdup ("records or events were lost");
    }
  if (disagreement != NULL)
    g_test_message ("seed %u, %s: %s", seed, kind->name, disagreement);
  return disagreement == NULL;
}

/* The scheduler charges a task from the moment it is picked, the record of its
 * switch is stamped after it: a host that stalls a virtual processor just there
 * makes clock and slices differ by that stall, or a record so late that it is
 * counted as lost. It does not strike the same graph again and again; a fault
 * of ours would. */
#define ATTEMPTS 4
/* With those during which the host took time: they say nothing of us. */
#define MOST_ATTEMPTS 24

/* What the host took from this machine's processors so far, in ticks: time in
 * slices that no thread's clock counts. */
static guint64
stolen_ticks (void)
{
  g_autofree char *text = NULL;
  unsigned long long steal = 0;

  if (!g_file_get_contents ("/proc/stat", &text, NULL, NULL)
      || sscanf (text, "cpu %*u %*u %*u %*u %*u %*u %*u %llu", &steal) != 1)
    return 0;
  return steal;
}

/* The allocator of the address sanitizer, unlike glibc's, is not made ready for
 * a fork: a process with threads forks children that wait for its lock for ever. */
#ifdef __has_feature
# define SANITIZED __has_feature (address_sanitizer)
#elif defined (__SANITIZE_ADDRESS__)
# define SANITIZED 1
#else
# define SANITIZED 0
#endif

static void
test_kind (gconstpointer data)
{
  const Kind *kind = data;
  guint       first = from_environment ("TELAR_SEED", 1);
  guint       n = from_environment ("TELAR_GRAPHS", 64);
  guint       n_again = 0;
  guint       n_never = 0;
  guint64     stolen = stolen_ticks ();

  if (SANITIZED && kind->processes && kind->threads)
    {
      g_test_skip ("processes with threads cannot fork with the address sanitizer");
      return;
    }
  if (kind->source == TELAR_SOURCE_EXACT && telar_exact_probe () != 0)
    {
      g_test_skip ("the kernel refuses exact records");
      return;
    }
  for (guint seed = first; seed < first + n; seed++)
    {
      TelarRandomGraphOptions options = TELAR_RANDOM_GRAPH_OPTIONS_INIT;
      options.processes = kind->processes;
      options.threads = kind->threads;
      options.ends = kind->ends;
      options.methods = kind->methods;
      g_autoptr (TelarGraph) graph = telar_random_graph_new (seed, &options);
      guint n_failed = 0, n_undisturbed = 0;

      while (n_undisturbed < ATTEMPTS && n_failed < MOST_ATTEMPTS)
        {
          guint64 before = stolen_ticks ();

          if (run_graph (graph, seed, kind))
            break;
          n_failed++;
          n_undisturbed += stolen_ticks () == before;
        }
      n_again += n_failed;
      if (n_undisturbed == ATTEMPTS || n_failed == MOST_ATTEMPTS)
        {
          g_test_message ("seed %u, %s: slices and clocks never agree", seed, kind->name);
          n_never++;
        }
    }
  stolen = stolen_ticks () - stolen;
  /* A host that takes a few per cent all the time is told, and believed. */
  if (n_never > 0 && (stolen == 0 || n_never > n / 8))
    g_test_fail ();
  if (n_never > 0)
    g_test_message ("%s: meanwhile the host took %" G_GUINT64_FORMAT " ticks", kind->name, stolen);
  g_test_message ("%s: %u graphs, run again for clocks that differ: %u", kind->name, n, n_again);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/properties/%s", kinds[i].name);
      g_test_add_data_func (path, &kinds[i], test_kind);
    }
  return g_test_run ();
}
