/* test-task-words.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Sentences for those who listen, and the sum of a run. Built on timelines
 * that are filled in by hand: only words are tested here.
 */

#include "graph/graph-file.h"
#include "graph/plan-build.h"
#include "task-words.h"

#define MS G_GINT64_CONSTANT (1000000)

static const char graph_text[] =
  "{ \"telar\": 1, \"tasks\": ["
  "  { \"id\": \"p1\", \"kind\": \"process\", \"function\": \"square\", \"args\": [[2]] },"
  "  { \"id\": \"p2\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [5] } ] }";

static TelarTimeline *
make_timeline (void)
{
  g_autoptr (GPtrArray)    faults = telar_faults_new ();
  g_autoptr (TelarGraph)   graph = telar_graph_parse (graph_text, sizeof graph_text - 1, NULL,
                                                      faults);
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 1);
  g_autoptr (GBytes)       plan = telar_plan_build (graph, machine, NULL, faults);
  g_autoptr (GArray)       cores = g_array_new (FALSE, FALSE, sizeof (int));
  TelarTimeline           *timeline = telar_timeline_new (plan, cores);

  telar_timeline_begin (timeline, &(TelarBegun) { .zero_ns = 1, .main_pid = 1 });
  for (guint i = 1; i < timeline->tasks->len; i++)
    {
      TelarTaskLane *task = telar_timeline_task (timeline, i);

      task->state = TELAR_STATE_JOINED;
      task->started = 0;
      task->run = 1 * MS;
      task->ended = 40 * MS;
      task->joined = 41 * MS;
      task->exit = 0;
      task->cpu_ns = 37 * MS;
    }
  timeline->finished = TRUE;
  timeline->end.reason = TELAR_ENDED_BY_ITSELF;
  timeline->wall = 84 * MS;

  return timeline;
}

static void
assert_task (const TelarTimeline *timeline,
             guint32              task,
             const char          *expected)
{
  g_autofree char *words = telar_task_words (timeline, telar_timeline_task (timeline, task));

  g_assert_cmpstr (words, ==, expected);
}

static void
assert_run (const TelarTimeline *timeline,
            const char          *expected)
{
  g_autofree char *words = telar_run_words (timeline, FALSE);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_tasks (void)
{
  g_autoptr (TelarTimeline) timeline = make_timeline ();
  TelarTaskLane            *task = telar_timeline_task (timeline, 1);

  assert_task (timeline, 1, "p1 square: process, joined, exit 0, 37 ms on a core");

  task->exit = -11;
  assert_task (timeline, 1, "p1 square: process, joined, segmentation fault (signal 11), "
                            "37 ms on a core");

  task->state = TELAR_STATE_ENDED;
  task->exit = 0;
  task->cpu_ns = -1;
  task->on_core_ns = 2 * MS;
  assert_task (timeline, 1, "p1 square: process, ended, exit 0, 2 ms on a core");
}

static void
test_run (void)
{
  g_autoptr (TelarTimeline) timeline = make_timeline ();
  TelarTaskLane            *first = telar_timeline_task (timeline, 1);
  TelarTaskLane            *second = telar_timeline_task (timeline, 2);
  g_autofree char          *broken_off = NULL;

  assert_run (timeline, "Ended after 84 ms");

  first->run = second->run = 39 * MS;
  first->cpu_ns = second->cpu_ns = 1 * MS;
  assert_run (timeline, "Ended after 84 ms · starting took longer than the work");
  /* Who only waits does what was asked of it. */
  first->run = second->run = 1 * MS;
  first->cpu_ns = second->cpu_ns = 0;
  assert_run (timeline, "Ended after 84 ms");
  first->cpu_ns = second->cpu_ns = 37 * MS;

  first->exit = -11;
  assert_run (timeline, "Ended after 84 ms · p1: segmentation fault (signal 11)");
  second->exit = 1;
  assert_run (timeline, "Ended after 84 ms · p1: segmentation fault (signal 11), "
                        "and 1 other task failed");

  /* main ends where one of its threads crashes. */
  telar_timeline_task (timeline, 0)->state = TELAR_STATE_ENDED;
  telar_timeline_task (timeline, 0)->exit = -11;
  assert_run (timeline, "Ended after 84 ms · main: segmentation fault (signal 11), "
                        "and 2 other tasks failed");
  telar_timeline_task (timeline, 0)->exit = 0;

  /* What the graph asked for is no failure. */
  first->signalled = second->signalled = TRUE;
  assert_run (timeline, "Ended after 84 ms");

  timeline->lost_records = 3;
  timeline->end.reason = TELAR_ENDED_STOPPED;
  assert_run (timeline, "Stopped after 84 ms · 3 records lost");

  broken_off = telar_run_words (timeline, TRUE);
  g_assert_true (g_str_has_prefix (broken_off, "Broken off after 84 ms"));
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("LANGUAGE", "C", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/task-words/tasks", test_tasks);
  g_test_add_func ("/task-words/run", test_run);

  return g_test_run ();
}
