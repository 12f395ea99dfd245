/* test-engine.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Runs of whole graphs through the built telar-engine: what starts after what,
 * how tasks end, what they print, and that nothing is left behind.
 */

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "run-graph.h"

#define MS G_GINT64_CONSTANT (1000000)

#define GRAPH(settings, tasks) "{\"telar\": 1, " settings "\"tasks\": [" tasks "]}"

/* The seed's third listing: nine lines, and Done last, whatever the kernel does. */
static void
test_third_listing (void)
{
  const char *text = GRAPH (
      "",
      "{\"id\": \"p1\", \"kind\": \"process\", \"function\": \"square\","
      " \"args\": [[43, 50, 5, 98, 34, 35]]},"
      "{\"id\": \"p2\", \"kind\": \"process\", \"function\": \"is_even\","
      " \"args\": [[43, 50, 5, 98, 34, 35]]},"
      "{\"id\": \"done\", \"kind\": \"call\", \"function\": \"print\", \"args\": [\"Done\"],"
      " \"after\": [\"p1\", \"p2\"]}");
  g_autoptr (GBytes) plan = plan_of_text (text);

  for (int i = 0; i < 200; i++)
    {
      g_autoptr (TelarRun) run = run_of_plan (plan, TELAR_SOURCE_OFF);
      run_to_end (run, 20);
      TelarTimeline   *timeline = telar_run_get_timeline (run);
      g_autofree char *first = printed (timeline, "p1", TELAR_STREAM_OUT);
      g_autofree char *second = printed (timeline, "p2", TELAR_STREAM_OUT);
      g_autofree char *all = printed_by_all (timeline);

      g_assert_cmpstr (first, ==,
                       "43 squared is 1849|50 squared is 2500|5 squared is 25|"
                       "98 squared is 9604|34 squared is 1156|35 squared is 1225");
      g_assert_cmpstr (second, ==,
                       "50 is an even number|98 is an even number|34 is an even number");
      g_assert_true (g_str_has_suffix (all, "|Done"));
      g_assert_cmpuint (timeline->lines->len, ==, 10);
      g_assert_cmpint (telar_timeline_exit_status (timeline), ==, 0);
    }
}

/* Binary recursion of depth 2, each started and joined in turn. */
static void
test_recursion (gconstpointer data)
{
  const char *kind = data;
  const char *ids[] = { "r", "r0", "r00", "r01", "r1", "r10", "r11" };
  GString    *tasks = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const char *name = ids[i];
      g_string_append_printf (tasks, "%s{\"id\": \"%s\", \"kind\": \"%s\", \"body\": [[\"print\", \"%s\"]",
                              i > 0 ? "," : "", name, i == 0 ? "process" : kind, name);
      for (int child = 0; child < 2 && strlen (name) < 3; child++)
        g_string_append_printf (tasks,
                                ", [\"start\", {\"task\": \"%s%d\"}], [\"join\", {\"task\": \"%s%d\"}]",
                                name, child, name, child);
      g_string_append (tasks, "]}");
    }
  g_autofree char *text = g_strdup_printf ("{\"telar\": 1, \"tasks\": [%s]}", tasks->str);
  g_autoptr (TelarTimeline) timeline = run_text (text, TELAR_SOURCE_OFF);
  g_autofree char *all = printed_by_all (timeline);

  g_string_free (tasks, TRUE);
  g_assert_cmpstr (all, ==, "r|r0|r00|r01|r1|r10|r11");
}

static void
test_ends (void)
{
  g_autoptr (TelarTimeline) timeline = run_text (
      GRAPH ("",
             "{\"id\": \"fine\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1]},"
             "{\"id\": \"three\", \"kind\": \"process\", \"function\": \"exit\", \"args\": [3]},"
             "{\"id\": \"failed\", \"kind\": \"process\", \"function\": \"fail\", \"args\": [\"no luck\"]},"
             "{\"id\": \"crashed\", \"kind\": \"process\", \"function\": \"crash\", \"args\": [\"SIGSEGV\"]},"
             "{\"id\": \"aborted\", \"kind\": \"process\", \"function\": \"crash\", \"args\": [\"SIGABRT\"]},"
             "{\"id\": \"host\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [20]},"
             "{\"id\": \"bomb\", \"kind\": \"thread\", \"inside\": \"host\", \"function\": \"crash\", \"args\": [\"SIGSEGV\"]},"
             "{\"id\": \"last\", \"kind\": \"call\", \"function\": \"print\", \"args\": [\"last\"],"
             " \"after\": [\"three\", \"failed\", \"crashed\", \"host\"]}"),
      TELAR_SOURCE_EXACT);
  g_autofree char *complaint = printed (timeline, "failed", TELAR_STREAM_ERR);
  g_autofree char *words = telar_task_describe_state (timeline, lane_of (timeline, "crashed"));

  g_assert_cmpint (lane_of (timeline, "fine")->exit, ==, 0);
  g_assert_cmpint (lane_of (timeline, "three")->exit, ==, 3);
  g_assert_cmpint (lane_of (timeline, "failed")->exit, ==, 1);
  g_assert_cmpstr (complaint, ==, "no luck");
  g_assert_cmpint (lane_of (timeline, "crashed")->exit, ==, -SIGSEGV);
  g_assert_nonnull (strstr (words, "segmentation fault (signal 11)"));
  g_assert_cmpint (lane_of (timeline, "aborted")->exit, ==, -SIGABRT);
  g_assert_cmpint (lane_of (timeline, "host")->exit, ==, -SIGSEGV);
  g_assert_cmpint (lane_of (timeline, "last")->state, ==, TELAR_STATE_JOINED);
  g_assert_cmpint (lane_of (timeline, "crashed")->cpu_ns, ==, -1);
  g_assert_cmpint (telar_timeline_exit_status (timeline), ==, 1);
  g_assert_cmpint (timeline->wall, <, 5000 * MS);
}

static void
test_skip_on_failure (void)
{
  const char *tasks
      = "{\"id\": \"a\", \"kind\": \"process\", \"function\": \"exit\", \"args\": [2]},"
        "{\"id\": \"b\", \"kind\": \"process\", \"function\": \"print\", \"args\": [\"b\"], \"after\": [\"a\"]},"
        "{\"id\": \"c\", \"kind\": \"call\", \"function\": \"print\", \"args\": [\"c\"], \"after\": [\"b\"]}";
  g_autofree char *going_on = g_strdup_printf ("{\"telar\": 1, \"tasks\": [%s]}", tasks);
  g_autofree char *skipping
      = g_strdup_printf ("{\"telar\": 1, \"on-failure\": \"skip\", \"tasks\": [%s]}", tasks);
  g_autoptr (TelarTimeline) first = run_text (going_on, TELAR_SOURCE_OFF);
  g_autoptr (TelarTimeline) second = run_text (skipping, TELAR_SOURCE_OFF);

  g_assert_cmpint (lane_of (first, "c")->state, ==, TELAR_STATE_JOINED);
  g_assert_cmpint (lane_of (second, "b")->state, ==, TELAR_STATE_NOT_STARTED);
  g_assert_cmpint (lane_of (second, "b")->reason, ==, TELAR_NOT_STARTED_AFTER_FAILED);
  g_assert_cmpint (lane_of (second, "c")->state, ==, TELAR_STATE_NOT_STARTED);
  g_assert_cmpuint (second->lines->len, ==, 0);
}

static void
test_join_with_timeout (void)
{
  g_autoptr (TelarTimeline) timeline = run_text (
      "{\"telar\": 1, \"main\": {\"body\": [[\"start\", {\"task\": \"p\"}],"
      " [\"join\", {\"task\": \"p\"}, 0], [\"join\", {\"task\": \"p\"}, 0.1],"
      " [\"join\", {\"task\": \"p\"}], [\"join\", {\"task\": \"p\"}, 1], [\"print\", \"Done\"]]},"
      " \"tasks\": [{\"id\": \"p\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [0.4]}]}",
      TELAR_SOURCE_OFF);
  GArray *steps = lane_of (timeline, "main")->steps;
  TelarStepRun *at_once = &g_array_index (steps, TelarStepRun, 1);
  TelarStepRun *a_while = &g_array_index (steps, TelarStepRun, 2);
  TelarStepRun *forever = &g_array_index (steps, TelarStepRun, 3);
  TelarStepRun *again = &g_array_index (steps, TelarStepRun, 4);

  g_assert_cmpuint (steps->len, ==, 6);
  g_assert_cmpint (at_once->result_type, ==, TELAR_RESULT_BOOLEAN);
  g_assert_cmpint (at_once->integer, ==, FALSE);
  g_assert_cmpint (a_while->integer, ==, FALSE);
  g_assert_cmpint (a_while->end - a_while->begin, >=, 100 * MS);
  g_assert_cmpint (forever->result_type, ==, TELAR_RESULT_NONE);
  g_assert_cmpint (again->integer, ==, TRUE);
  g_assert_cmpint (lane_of (timeline, "p")->exit, ==, 0);
}

static void
test_terminate_and_kill (void)
{
  g_autoptr (TelarTimeline) timeline = run_text (
      "{\"telar\": 1, \"main\": {\"body\": [[\"start\", {\"task\": \"a\"}], [\"start\", {\"task\": \"b\"}],"
      " [\"start\", {\"task\": \"c\"}], [\"sleep\", 0.2], [\"terminate\", {\"task\": \"a\"}], [\"join\", {\"task\": \"a\"}],"
      " [\"join\", {\"task\": \"a\"}], [\"kill\", {\"task\": \"b\"}], [\"terminate\", {\"task\": \"c\"}],"
      " [\"join\", {\"task\": \"c\"}, 0.1], [\"kill\", {\"task\": \"c\"}]]}, \"tasks\": ["
      "{\"id\": \"a\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [20]},"
      "{\"id\": \"b\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [20]},"
      "{\"id\": \"c\", \"kind\": \"process\", \"body\": [[\"ignore\", \"SIGTERM\"], [\"sleep\", 20]]}]}",
      TELAR_SOURCE_OFF);

  g_assert_cmpint (lane_of (timeline, "a")->exit, ==, -SIGTERM);
  g_assert_cmpint (lane_of (timeline, "b")->exit, ==, -SIGKILL);
  g_assert_cmpint (lane_of (timeline, "c")->exit, ==, -SIGKILL);
  g_assert_cmpint (telar_timeline_exit_status (timeline), ==, 0);
  g_assert_cmpint (timeline->wall, <, 5000 * MS);
}

/* What is inside a process that the graph ends is ended as the graph asked. */
static void
test_terminate_a_parent (void)
{
  g_autoptr (TelarTimeline) timeline = run_text (
      "{\"telar\": 1, \"main\": {\"body\": [[\"start\", {\"task\": \"p\"}], [\"sleep\", 0.1],"
      " [\"terminate\", {\"task\": \"p\"}]]}, \"tasks\": ["
      "{\"id\": \"p\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [20]},"
      "{\"id\": \"child\", \"kind\": \"process\", \"inside\": \"p\", \"function\": \"sleep\", \"args\": [20]},"
      "{\"id\": \"thread\", \"kind\": \"thread\", \"inside\": \"p\", \"function\": \"sleep\", \"args\": [20]}]}",
      TELAR_SOURCE_OFF);

  g_assert_cmpint (lane_of (timeline, "p")->exit, ==, -SIGTERM);
  g_assert_cmpint (lane_of (timeline, "child")->exit, ==, -SIGKILL);
  g_assert_cmpint (telar_timeline_exit_status (timeline), ==, 0);
}

/* Errors of steps end the task as an uncaught exception would. */
static void
test_errors (void)
{
  g_autoptr (TelarTimeline) timeline = run_text (
      "{\"telar\": 1, \"tasks\": ["
      "{\"id\": \"twice\", \"kind\": \"process\", \"body\": [[\"start\", {\"task\": \"x\"}], [\"start\", {\"task\": \"x\"}], [\"print\", \"never\"]]},"
      "{\"id\": \"x\", \"kind\": \"process\", \"function\": \"print\", \"args\": [\"x\"]},"
      "{\"id\": \"early\", \"kind\": \"process\", \"body\": [[\"join\", {\"task\": \"y\"}], [\"start\", {\"task\": \"y\"}]]},"
      "{\"id\": \"y\", \"kind\": \"process\", \"function\": \"print\", \"args\": [\"y\"]}]}",
      TELAR_SOURCE_OFF);
  g_autofree char *twice = printed (timeline, "twice", TELAR_STREAM_ERR);
  TelarStepRun *second = &g_array_index (lane_of (timeline, "twice")->steps, TelarStepRun, 1);

  g_assert_cmpint (lane_of (timeline, "twice")->exit, ==, 1);
  g_assert_cmpint (lane_of (timeline, "twice")->steps->len, ==, 2);
  g_assert_cmpint (second->result_type, ==, TELAR_RESULT_ERROR);
  g_assert_cmpint (second->integer, ==, TELAR_ERROR_ALREADY_STARTED);
  g_assert_cmpstr (twice, !=, "");
  g_assert_cmpint (lane_of (timeline, "x")->exit, ==, 0);
  g_assert_cmpint (lane_of (timeline, "early")->exit, ==, 1);
  g_assert_cmpint (lane_of (timeline, "y")->state, ==, TELAR_STATE_NOT_STARTED);
}

/* While a scope computes it starts nothing; calls wait their turn. */
static void
test_parent_busy (void)
{
  g_autoptr (TelarTimeline) timeline = run_text (
      "{\"telar\": 1, \"main\": {\"function\": \"busy\", \"args\": [60]}, \"tasks\": ["
      "{\"id\": \"a\", \"kind\": \"thread\", \"function\": \"print\", \"args\": [\"a\"]},"
      "{\"id\": \"b\", \"kind\": \"thread\", \"function\": \"print\", \"args\": [\"b\"], \"after\": [\"a\"]}]}",
      TELAR_SOURCE_OFF);
  TelarTaskLane *a = lane_of (timeline, "a");
  TelarTaskLane *b = lane_of (timeline, "b");

  g_assert_cmpint (a->started, <, 50 * MS);
  g_assert_cmpint (b->started, >=, 60 * MS);
}

static guint
most_alive (TelarTimeline *timeline)
{
  guint most = 0;

  for (guint i = 1; i < timeline->tasks->len; i++)
    {
      TelarTaskLane *one = g_ptr_array_index (timeline->tasks, i);
      guint          n = 0;
      for (guint j = 1; j < timeline->tasks->len; j++)
        {
          TelarTaskLane *other = g_ptr_array_index (timeline->tasks, j);
          n += other->started <= one->started && other->ended > one->started;
        }
      most = MAX (most, n);
    }
  return most;
}

static void
test_places (gconstpointer data)
{
  g_autofree char *text = g_strdup_printf (
      "{\"telar\": 1, \"alive-limit\": 4, \"tasks\": [{\"id\": \"w\", \"kind\": \"%s\","
      " \"function\": \"sleep\", \"args\": [0.005], \"copies\": 30}]}", (const char *) data);
  g_autoptr (TelarTimeline) timeline = run_text (text, TELAR_SOURCE_OFF);

  g_assert_cmpuint (most_alive (timeline), <=, 4);
  g_assert_cmpuint (timeline->tasks->len, ==, 31);
  for (guint i = 1; i < timeline->tasks->len; i++)
    g_assert_cmpint (((TelarTaskLane *) g_ptr_array_index (timeline->tasks, i))->exit, ==, 0);
}

/* Five parents that each want children, and one place: nobody waits for ever. */
static void
test_places_of_parents (void)
{
  g_autoptr (TelarTimeline) timeline = run_text (
      "{\"telar\": 1, \"alive-limit\": 2, \"tasks\": ["
      "{\"id\": \"p\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1]},"
      "{\"id\": \"q\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1]},"
      "{\"id\": \"p1\", \"kind\": \"process\", \"inside\": \"p\", \"function\": \"busy\", \"args\": [1], \"copies\": 5},"
      "{\"id\": \"q1\", \"kind\": \"thread\", \"inside\": \"q\", \"function\": \"busy\", \"args\": [1], \"copies\": 5}]}",
      TELAR_SOURCE_OFF);

  g_assert_cmpint (telar_timeline_exit_status (timeline), ==, 0);
}

/* Threads that end with their process, and orphans, give their places back: ten
 * tasks of 0.2 s in five places take less than one after the other. */
static void
test_places_of_the_dead (gconstpointer data)
{
  g_autofree char *text = g_strdup_printf (
      "{\"telar\": 1, \"alive-limit\": 5, \"tasks\": ["
      "{\"id\": \"p\", \"kind\": \"process\", \"body\": [[\"sleep\", 0.05], [\"crash\", \"SIGKILL\"]]},"
      "{\"id\": \"in\", \"kind\": \"%s\", \"inside\": \"p\", \"body\": [[\"sleep\", 0.1], [\"crash\", \"SIGKILL\"]], \"copies\": 4},"
      "{\"id\": \"w\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [0.2], \"copies\": 10, \"after\": [\"p\"]}]}",
      (const char *) data);
  g_autoptr (TelarTimeline) timeline = run_text (text, TELAR_SOURCE_OFF);

  g_assert_cmpint (lane_of (timeline, "w.10")->exit, ==, 0);
  g_assert_cmpuint (most_alive (timeline), <=, 5);
  g_assert_cmpint (timeline->wall, <, 1500 * MS);
}

/* A place is taken as soon as it is free, whoever held it, while the parent
 * waits for somebody else. */
static void
test_places_in_time (void)
{
  g_autoptr (TelarTimeline) timeline = run_text (
      "{\"telar\": 1, \"alive-limit\": 4, \"tasks\": ["
      "{\"id\": \"a\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [1.5]},"
      "{\"id\": \"x\", \"kind\": \"call\", \"function\": \"print\", \"args\": [\"x\"], \"after\": [\"a\"]},"
      "{\"id\": \"b\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [0.3]},"
      "{\"id\": \"p\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [0.01]},"
      "{\"id\": \"p1\", \"kind\": \"thread\", \"inside\": \"p\", \"function\": \"sleep\", \"args\": [1.5]},"
      "{\"id\": \"p2\", \"kind\": \"thread\", \"inside\": \"p\", \"function\": \"sleep\", \"args\": [0.01]},"
      "{\"id\": \"c\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [0.3]},"
      "{\"id\": \"d\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [0.01]}]}",
      TELAR_SOURCE_OFF);

  g_assert_cmpint (telar_timeline_exit_status (timeline), ==, 0);
  g_assert_cmpint (lane_of (timeline, "d")->started, >=, 290 * MS);
  g_assert_cmpint (lane_of (timeline, "d")->started, <, 1200 * MS);
  g_assert_cmpint (lane_of (timeline, "p2")->started, <, 1200 * MS);
}

/* A daemon that never ends does not keep the only place from the others. */
static void
test_places_beside_daemons (gconstpointer data)
{
  g_autofree char *text = g_strdup_printf (
      "{\"telar\": 1, \"alive-limit\": 1, \"main\": {\"body\": [[\"start\", {\"task\": \"s\"}]]}, \"tasks\": ["
      "{\"id\": \"d\", \"kind\": \"%s\", \"function\": \"sleep\", \"args\": [60], \"daemon\": true},"
      "{\"id\": \"s\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1]},"
      "{\"id\": \"p\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1]},"
      "{\"id\": \"last\", \"kind\": \"call\", \"function\": \"print\", \"args\": [\"last\"], \"after\": [\"p\"]}]}",
      (const char *) data);
  g_autoptr (TelarTimeline) timeline = run_text (text, TELAR_SOURCE_OFF);
  g_autofree char *all = printed_by_all (timeline);

  g_assert_cmpstr (all, ==, "last");
  g_assert_cmpint (telar_timeline_exit_status (timeline), ==, 0);
  g_assert_cmpint (timeline->wall, <, 5000 * MS);
}

static void
test_daemon (void)
{
  g_autoptr (TelarTimeline) timeline = run_text (
      GRAPH ("",
             "{\"id\": \"d\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [30], \"daemon\": true},"
             "{\"id\": \"p\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [10]}"),
      TELAR_SOURCE_OFF);

  g_assert_cmpint (lane_of (timeline, "d")->exit, ==, -SIGTERM);
  g_assert_cmpint (lane_of (timeline, "p")->exit, ==, 0);
  g_assert_cmpint (telar_timeline_exit_status (timeline), ==, 0);
  g_assert_cmpint (timeline->wall, <, 5000 * MS);
}

/* What a daemonic process may not have is processes; threads it may. */
static void
test_daemon_with_threads (void)
{
  g_autoptr (TelarTimeline) timeline = run_text (
      GRAPH ("",
             "{\"id\": \"d\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [30], \"daemon\": true},"
             "{\"id\": \"t\", \"kind\": \"thread\", \"inside\": \"d\", \"function\": \"print\", \"args\": [\"thread\"]},"
             "{\"id\": \"e\", \"kind\": \"process\", \"function\": \"print\", \"args\": [\"never\"], \"daemon\": true},"
             "{\"id\": \"p\", \"kind\": \"process\", \"inside\": \"e\", \"function\": \"print\", \"args\": [\"never\"]},"
             "{\"id\": \"f\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [30], \"daemon\": true},"
             "{\"id\": \"u\", \"kind\": \"thread\", \"inside\": \"f\", \"body\": [[\"start\", {\"task\": \"q\"}]]},"
             "{\"id\": \"q\", \"kind\": \"process\", \"function\": \"print\", \"args\": [\"never\"]},"
             "{\"id\": \"s\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [0.3]}"),
      TELAR_SOURCE_OFF);
  g_autofree char *said = printed (timeline, "t", TELAR_STREAM_OUT);

  g_assert_cmpstr (said, ==, "thread");
  g_assert_cmpint (lane_of (timeline, "d")->exit, ==, -SIGTERM);
  g_assert_cmpint (lane_of (timeline, "e")->exit, ==, 1);
  g_assert_cmpint (lane_of (timeline, "p")->state, ==, TELAR_STATE_NOT_STARTED);
  g_assert_cmpint (lane_of (timeline, "u")->exit, ==, 1);
  g_assert_cmpint (lane_of (timeline, "f")->exit, ==, -SIGTERM);
  g_assert_cmpint (lane_of (timeline, "q")->state, ==, TELAR_STATE_NOT_STARTED);
}

/* A child whose parent died lives on until main ends. */
static void
test_orphan (void)
{
  g_autoptr (TelarTimeline) timeline = run_text (
      GRAPH ("",
             "{\"id\": \"p\", \"kind\": \"process\", \"body\": [[\"sleep\", 0.05], [\"crash\", \"SIGKILL\"]]},"
             "{\"id\": \"short\", \"kind\": \"process\", \"inside\": \"p\", \"body\": [[\"sleep\", 0.2], [\"print\", \"alive\"]]},"
             "{\"id\": \"long\", \"kind\": \"process\", \"inside\": \"p\", \"function\": \"sleep\", \"args\": [30]},"
             "{\"id\": \"q\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [0.5]}"),
      TELAR_SOURCE_EXACT);
  g_autofree char *line = printed (timeline, "short", TELAR_STREAM_OUT);

  g_assert_cmpstr (line, ==, "alive");
  g_assert_cmpint (lane_of (timeline, "p")->exit, ==, -SIGKILL);
  g_assert_cmpint (lane_of (timeline, "short")->exit, ==, 0);
  g_assert_cmpint (lane_of (timeline, "short")->joined, ==, TELAR_NO_TIME);
  g_assert_cmpint (lane_of (timeline, "long")->exit, ==, -SIGKILL);
  g_assert_cmpint (lane_of (timeline, "long")->joined, ==, TELAR_NO_TIME);
  g_assert_cmpint (timeline->wall, <, 5000 * MS);
}

static void
test_many (gconstpointer data)
{
  g_autofree char *text = g_strdup_printf (
      "{\"telar\": 1, \"tasks\": [{\"id\": \"w\", \"kind\": \"%s\", \"function\": \"sleep\","
      " \"args\": [0.01], \"copies\": 1000}]}", (const char *) data);
  g_autoptr (TelarTimeline) timeline = run_text (text, TELAR_SOURCE_EXACT);

  for (guint i = 1; i < timeline->tasks->len; i++)
    {
      TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);
      g_assert_cmpint (lane->exit, ==, 0);
      g_assert_cmpint (lane->state, ==, TELAR_STATE_JOINED);
      g_assert_cmpuint (lane->slices->len, >, 0);
    }
  g_assert_cmpuint (processes_in_session (timeline->begun.main_pid), ==, 0);
}

static char *
read_process (gint32 pid, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/%s", pid, name);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? g_strdup (text) : NULL;
}

static void
test_names (void)
{
  g_autoptr (GBytes) plan = plan_of_text (
      GRAPH ("", "{\"id\": \"p1\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [30]},"
                 "{\"id\": \"t1\", \"kind\": \"thread\", \"inside\": \"p1\", \"function\": \"sleep\", \"args\": [30]}"));
  g_autoptr (TelarRun) run = run_of_plan (plan, TELAR_SOURCE_EXACT);
  gint32 pid = await_running (run, "p1")->pid;
  gint32 tid = await_running (run, "t1")->tid;
  g_autofree char *command = read_process (pid, "cmdline");
  g_autofree char *name = read_process (pid, "comm");
  g_autofree char *thread = g_strdup_printf ("task/%d/comm", tid);
  g_autofree char *thread_name = read_process (pid, thread);

  g_assert_cmpstr (command, ==, "telar: p1 sleep");
  g_assert_cmpstr (name, ==, "telar: p1 sleep\n");
  g_assert_cmpstr (thread_name, ==, "t1 sleep\n");
  telar_run_stop (run);
  run_to_end (run, 2);
  g_assert_cmpint (lane_of (telar_run_get_timeline (run), "p1")->state, ==, TELAR_STATE_STOPPED);
  g_assert_cmpuint (processes_in_session (telar_run_get_timeline (run)->begun.main_pid), ==, 0);
}

/* A program that hides in a session of its own, with an environment of its own,
 * is found all the same. */
static const char *const with_runaways = GRAPH (
    "", "{\"id\": \"p\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [60]},"
        "{\"id\": \"t\", \"kind\": \"thread\", \"inside\": \"p\", \"function\": \"busy\", \"args\": [60000]},"
        "{\"id\": \"q\", \"kind\": \"process\", \"inside\": \"p\", \"body\": [[\"ignore\", \"SIGTERM\"], [\"busy\", 60000]]},"
        "{\"id\": \"c\", \"kind\": \"process\", \"function\": \"command\","
        " \"args\": [\"setsid\", \"env\", \"-i\", \"sh\", \"-c\", \"echo $$; (sleep 61 & echo $!; wait)\"]}");

static gboolean
process_is_gone (int pid)
{
  g_autofree char *text = read_process (pid, "stat");

  return text == NULL || strstr (text, ") Z") != NULL || strstr (text, ") X") != NULL;
}

/* Runs the graph until its runaways are there. */
static TelarRun *
run_with_runaways (GArray *pids)
{
  g_autoptr (GBytes) plan = plan_of_text (with_runaways);
  TelarRun      *run = run_of_plan (plan, TELAR_SOURCE_EXACT);
  TelarTimeline *timeline = telar_run_get_timeline (run);
  const char    *ids[] = { "p", "q" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      int pid = await_running (run, ids[i])->pid;
      g_array_append_val (pids, pid);
    }
  while (timeline->lines->len < 2)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 2; i++)
    {
      TelarTextLine *line = g_ptr_array_index (timeline->lines, i);
      g_autofree char *text = g_strndup (g_bytes_get_data (line->text, NULL),
                                         g_bytes_get_size (line->text));
      int pid = atoi (text);
      g_assert_cmpint (pid, >, 1);
      g_array_append_val (pids, pid);
    }
  return run;
}

/* Within a second of @since (monotonic µs) all of them are gone. */
static void
assert_gone (GArray *pids, gint64 since)
{
  for (guint i = 0; i < pids->len; i++)
    while (!process_is_gone (g_array_index (pids, int, i)))
      {
        if (g_get_monotonic_time () - since > G_USEC_PER_SEC)
          g_error ("process %d outlived its run", g_array_index (pids, int, i));
        g_main_context_iteration (NULL, FALSE);
        g_usleep (1000);
      }
}

static void
test_stop (void)
{
  g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (TelarRun) run = run_with_runaways (pids);
  gint64 since = g_get_monotonic_time ();

  telar_run_stop (run);
  run_to_end (run, 5);
  g_assert_cmpint (telar_run_get_state (run), ==, TELAR_RUN_ENDED);
  g_assert_cmpint (telar_run_get_timeline (run)->end.reason, ==, TELAR_ENDED_STOPPED);
  assert_gone (pids, since);
}

static void
test_engine_killed (void)
{
  g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (TelarRun) run = run_with_runaways (pids);
  gint64 since = g_get_monotonic_time ();
  gint32 main_pid = telar_run_get_timeline (run)->begun.main_pid;
  g_autofree char *about = read_process (main_pid, "stat");
  int engine = 0;

  g_assert_cmpint (sscanf (strrchr (about, ')') + 1, " %*c %d", &engine), ==, 1);
  kill (engine, SIGKILL);
  run_to_end (run, 5);
  g_assert_cmpint (telar_run_get_state (run), ==, TELAR_RUN_ENGINE_LOST);
  g_assert_nonnull (telar_run_get_error (run));
  assert_gone (pids, since);

  /* The next run has an engine of its own. */
  g_autoptr (TelarTimeline) next = run_text (
      GRAPH ("", "{\"id\": \"p\", \"kind\": \"process\", \"function\": \"print\", \"args\": [\"again\"]}"),
      TELAR_SOURCE_OFF);
  g_assert_cmpint (telar_timeline_exit_status (next), ==, 0);
}

/* Dropping a run is what closing its window does. */
static void
test_dropped (void)
{
  g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (int));
  TelarRun *run = run_with_runaways (pids);
  gint64 since = g_get_monotonic_time ();

  g_object_unref (run);
  assert_gone (pids, since);
}

static void
test_timeout (void)
{
  g_autoptr (GBytes) plan = plan_of_text (
      GRAPH ("", "{\"id\": \"p\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [30]}"));
  TelarRunOptions options = { .source = TELAR_SOURCE_OFF, .timeout_ns = 100 * MS };
  g_autoptr (GArray) cores = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (TelarRun) run = telar_run_new (plan, cores, &options);

  run_to_end (run, 5);
  g_assert_cmpint (telar_run_get_timeline (run)->end.reason, ==, TELAR_ENDED_TIMEOUT);
}

/* More threads to look at than the engine may open files. */
static void
test_stop_without_descriptors (void)
{
  struct rlimit before, few;
  g_autoptr (GBytes) plan = plan_of_text (
      GRAPH ("", "{\"id\": \"s\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [30], \"copies\": 200}"));

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  few = before;
  few.rlim_cur = 128;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &few), ==, 0);
  g_autoptr (TelarRun) run = run_of_plan (plan, TELAR_SOURCE_SAMPLED);
  await_running (run, "s.200");
  telar_run_stop (run);
  run_to_end (run, 5);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
  g_assert_cmpint (telar_run_get_state (run), ==, TELAR_RUN_ENDED);
  g_assert_cmpuint (processes_in_session (telar_run_get_timeline (run)->begun.main_pid), ==, 0);
}

/* What a run is recorded in is no part of what its tasks may have. */
static void
test_memory_for_records (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the address sanitizer itself needs more memory than any limit");
#else
  g_autoptr (TelarTimeline) timeline = run_text (
      "{\"telar\": 1, \"memory-limit\": 64, \"tasks\": ["
      "{\"id\": \"c\", \"kind\": \"call\", \"function\": \"busy\", \"args\": [0], \"repeat\": 3000, \"copies\": 80},"
      "{\"id\": \"t\", \"kind\": \"thread\", \"function\": \"print\", \"args\": [\"here\"]}]}",
      TELAR_SOURCE_OFF);

  g_assert_cmpint (lane_of (timeline, "t")->exit, ==, 0);
  g_assert_cmpint (lane_of (timeline, "c.80")->exit, ==, 0);
  g_assert_cmpint (telar_timeline_exit_status (timeline), ==, 0);
#endif
}

/* Threads that do not fit into the memory allowed: the run says so and ends. */
static void
test_refused (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the address sanitizer itself needs more memory than any limit");
#else
  g_autoptr (TelarTimeline) timeline = run_text (
      "{\"telar\": 1, \"memory-limit\": 256, \"tasks\": ["
      "{\"id\": \"t\", \"kind\": \"thread\", \"function\": \"sleep\", \"args\": [0.2], \"copies\": 100},"
      "{\"id\": \"after\", \"kind\": \"call\", \"function\": \"print\", \"args\": [\"never\"], \"after\": [\"t\"]}]}",
      TELAR_SOURCE_OFF);
  guint n_refused = 0;

  for (guint i = 1; i < timeline->tasks->len; i++)
    {
      TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);
      n_refused += lane->state == TELAR_STATE_COULD_NOT_START;
    }
  g_assert_cmpuint (n_refused, >, 0);
  g_assert_cmpuint (n_refused, <, 100);
  g_assert_cmpint (lane_of (timeline, "after")->state, ==, TELAR_STATE_NOT_STARTED);
  g_assert_cmpint (telar_timeline_exit_status (timeline), ==, 1);
#endif
}

/* Of a long line that its task did not live to end, what arrived is a line; so
 * is what was kept of one that came to the limit. */
static void
test_lines_without_end (gconstpointer data)
{
  gsize enough = GPOINTER_TO_SIZE (data);
  g_autofree char *text = g_strdup_printf (
      GRAPH ("", "{\"id\": \"c\", \"kind\": \"process\", \"function\": \"command\", \"args\":"
                 " [\"sh\", \"-c\", \"head -c %" G_GSIZE_FORMAT " /dev/zero | tr '\\\\000' x;"
                 " sleep 0.5; kill -9 $PPID; sleep 1\"]}"), enough);
  g_autoptr (TelarTimeline) timeline = run_text (text, TELAR_SOURCE_OFF);
  gsize size = 0;

  for (guint i = 0; i < timeline->lines->len; i++)
    {
      const TelarTextLine *line = g_ptr_array_index (timeline->lines, i);
      g_assert_cmpint (line->continues, ==, i + 1 < timeline->lines->len);
      size += g_bytes_get_size (line->text);
    }
  g_assert_cmpuint (timeline->lines->len, >, 1);
  g_assert_cmpuint (size, >, MIN (enough, (gsize) TELAR_BYTES_KEPT) - 64 * 1024);
  g_assert_cmpuint (size, <=, MIN (enough, (gsize) TELAR_BYTES_KEPT));
  g_assert_cmpint (timeline->lost_bytes > 0, ==, enough > TELAR_BYTES_KEPT);
}

/* What a child has open does not depend on its siblings; its input is empty. */
static void
test_descriptors (void)
{
  g_autoptr (TelarTimeline) timeline = run_text (
      GRAPH ("", "{\"id\": \"s\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [0.1], \"copies\": 20},"
                 "{\"id\": \"a\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1]},"
                 "{\"id\": \"c\", \"kind\": \"process\", \"function\": \"command\", \"after\": [\"a\"],"
                 " \"args\": [\"sh\", \"-c\", \"ls /proc/self/fd | wc -l; wc -c\"]}"),
      TELAR_SOURCE_OFF);
  g_autofree char *text = printed (timeline, "c", TELAR_STREAM_OUT);

  g_assert_cmpstr (text, ==, "4|0");
}

/* On two cores at once, in the record. */
static void
test_spread (void)
{
  g_autoptr (TelarMachine) machine = telar_machine_detect ();

  if (machine->n_usable < 2)
    {
      g_test_skip ("only one core can be used here");
      return;
    }
  g_autoptr (TelarTimeline) timeline = run_text (
      GRAPH ("\"placement\": \"spread\", ",
             "{\"id\": \"p1\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [300]},"
             "{\"id\": \"p2\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [300]}"),
      TELAR_SOURCE_EXACT);
  TelarTaskLane *p1 = lane_of (timeline, "p1");
  TelarTaskLane *p2 = lane_of (timeline, "p2");
  /* A child begins where its parent is, and goes to its own core from there. */
  TelarSlice     first = telar_slices_at (p1->slices, p1->slices->len - 1);
  TelarSlice     second = telar_slices_at (p2->slices, p2->slices->len - 1);
  gint64         together = 0;

  for (guint i = 0; i < p1->slices->len; i++)
    for (guint j = 0; j < p2->slices->len; j++)
      {
        TelarSlice a = telar_slices_at (p1->slices, i), b = telar_slices_at (p2->slices, j);
        together += MAX (0, MIN (a.end, b.end) - MAX (a.begin, b.begin));
      }
  g_assert_cmpuint (first.core, !=, second.core);
  g_assert_cmpint (together, >, 5 * MS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/third-listing", test_third_listing);
  g_test_add_data_func ("/engine/recursion/process", "process", test_recursion);
  g_test_add_data_func ("/engine/recursion/thread", "thread", test_recursion);
  g_test_add_func ("/engine/ends", test_ends);
  g_test_add_func ("/engine/skip-on-failure", test_skip_on_failure);
  g_test_add_func ("/engine/join-with-timeout", test_join_with_timeout);
  g_test_add_func ("/engine/terminate-and-kill", test_terminate_and_kill);
  g_test_add_func ("/engine/terminate-a-parent", test_terminate_a_parent);
  g_test_add_func ("/engine/errors", test_errors);
  g_test_add_func ("/engine/parent-busy", test_parent_busy);
  g_test_add_data_func ("/engine/places/process", "process", test_places);
  g_test_add_data_func ("/engine/places/thread", "thread", test_places);
  g_test_add_func ("/engine/places/of-parents", test_places_of_parents);
  g_test_add_data_func ("/engine/places/of-the-dead/thread", "thread", test_places_of_the_dead);
  g_test_add_data_func ("/engine/places/of-the-dead/process", "process", test_places_of_the_dead);
  g_test_add_func ("/engine/places/in-time", test_places_in_time);
  g_test_add_data_func ("/engine/places/beside-daemons/thread", "thread", test_places_beside_daemons);
  g_test_add_data_func ("/engine/places/beside-daemons/process", "process", test_places_beside_daemons);
  g_test_add_func ("/engine/daemon", test_daemon);
  g_test_add_func ("/engine/daemon-with-threads", test_daemon_with_threads);
  g_test_add_func ("/engine/orphan", test_orphan);
  g_test_add_data_func ("/engine/many/process", "process", test_many);
  g_test_add_data_func ("/engine/many/thread", "thread", test_many);
  g_test_add_func ("/engine/names", test_names);
  g_test_add_func ("/engine/stop", test_stop);
  g_test_add_func ("/engine/engine-killed", test_engine_killed);
  g_test_add_func ("/engine/dropped", test_dropped);
  g_test_add_func ("/engine/timeout", test_timeout);
  g_test_add_func ("/engine/stop-without-descriptors", test_stop_without_descriptors);
  g_test_add_func ("/engine/memory-for-records", test_memory_for_records);
  g_test_add_func ("/engine/refused", test_refused);
  g_test_add_data_func ("/engine/lines-without-end/killed", GSIZE_TO_POINTER (100000),
                        test_lines_without_end);
  g_test_add_data_func ("/engine/lines-without-end/limit", GSIZE_TO_POINTER (70000000),
                        test_lines_without_end);
  g_test_add_func ("/engine/descriptors", test_descriptors);
  g_test_add_func ("/engine/spread", test_spread);
  return g_test_run ();
}
