/* test-pool.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Pools: what their calls give back, for workers that are processes and threads,
 * and what becomes of it when calls fail, workers are killed, and pools end.
 */

#include <jansson.h>
#include <string.h>

#include "run-graph.h"
#include "timeline/report.h"

#define POOL "{'object': 'pool'}"

static const char *const kinds[] = { "process", "thread" };

/* A graph of one pool of @workers and @body, written with ' for ". */
static TelarTimeline *
run_body (const char *kind, const char *options, const char *body)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "{ 'telar': 1, 'objects': [ { 'id': 'pool', 'type': 'pool', 'kind': '%s'"
                         "%s } ], 'main': { 'body': [ %s ] }, 'tasks': [] }",
                   kind, options, body);
  g_string_replace (text, "'", "\"", 0);
  return run_text (text->str, TELAR_SOURCE_OFF);
}

/* The results of main's steps as a report tells them, joined by "; ". */
static char *
results (TelarTimeline *timeline)
{
  g_autofree char *report = telar_report_print (timeline, NULL, 0, NULL);
  g_autofree char *whole = NULL;
  json_error_t error;
  json_t *root, *steps;
  GString *out = g_string_new (NULL);

  whole = g_strndup (report, strlen (report));
  root = json_loads (whole, 0, &error);
  if (root == NULL)
    g_error ("%s", error.text);
  steps = json_object_get (json_array_get (json_object_get (root, "tasks"), 0), "steps");
  for (size_t i = 0; i < json_array_size (steps); i++)
    {
      char *text = json_dumps (json_object_get (json_array_get (steps, i), "result"),
                               JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION (15));
      g_string_append_printf (out, "%s%s", i > 0 ? "; " : "", text);
      free (text);
    }
  json_decref (root);
  return g_string_free (out, FALSE);
}

static void
assert_results (const char *kind, const char *options, const char *body, const char *expected)
{
  g_autoptr (TelarTimeline) timeline = run_body (kind, options, body);
  g_autofree char *found = results (timeline);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_map (gconstpointer kind)
{
  assert_results (kind, ", 'workers': 3",
                  "['map', " POOL ", 'fibonacci', [1, 2, 3, 4, 5, 6, 7]],"
                  "['map', " POOL ", 'fibonacci', [7, 6, 5, 4], 3],"
                  "['map', " POOL ", 'fibonacci', [3], 100],"
                  "['map', " POOL ", 'fibonacci', []],"
                  "['starmap', " POOL ", 'monte_carlo_pi', [[10, 1], [20, 2]]],"
                  "['starmap', " POOL ", 'monte_carlo_pi', []],"
                  "['imap', " POOL ", 'primes', [10, 100]],"
                  "['apply', " POOL ", 'primes', [1000]],"
                  "['apply', " POOL ", 'sleep', [0]]",
                  "[1,1,2,3,5,8,13]; [13,8,5,3]; [2]; []; [2.4,3.4]; []; [4,25]; 168; null");
}

/* The slow one is given first and comes last. */
static void
test_unordered (gconstpointer kind)
{
  g_autoptr (TelarTimeline) timeline = run_body (kind, ", 'workers': 2",
      "['imap_unordered', " POOL ", 'fibonacci', [30, 2, 3, 4, 5]]");
  g_autofree char *found = results (timeline);

  g_assert_nonnull (strstr (found, "832040"));
  for (guint i = 2; i < 6; i++)
    {
      static const char *const each[] = { "1", "2", "3", "5" };
      g_assert_nonnull (strstr (found, each[i - 2]));
    }
  g_assert_cmpuint (strlen (found), ==, strlen ("[832040,1,2,3,5]"));
}

/* The default: as many chunks as four a worker. */
static void
test_chunks (gconstpointer kind)
{
  g_autoptr (TelarTimeline) timeline = run_body (kind, ", 'workers': 2",
      "['map', " POOL ", 'fibonacci', [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]]");
  guint n = 0;

  for (guint w = 0; w < 2; w++)
    {
      const TelarTaskLane *lane = lane_of (timeline, w == 0 ? "pool.1" : "pool.2");
      for (guint i = 0; i < lane->steps->len; i++)
        {
          const TelarStepRun *step = &g_array_index (lane->steps, TelarStepRun, i);
          const char *text = telar_plan_text (timeline->plan,
                                              telar_plan_step (timeline->plan, step->step)->text);
          n++;
          g_assert_true (g_str_has_prefix (text, "fibonacci "));
          if (strcmp (text, "fibonacci 15–16") != 0)
            g_assert_cmpstr (text, !=, "fibonacci 16");
        }
    }
  g_assert_cmpuint (n, ==, 6);
}

static void
test_async (gconstpointer kind)
{
  assert_results (kind, ", 'workers': 2",
                  "['map_async', " POOL ", 'sleep', [0.4, 0], 'slow'],"
                  "['get_result', " POOL ", 'slow', 0.01],"
                  "['ready', " POOL ", 'slow'],"
                  "['wait_result', " POOL ", 'slow', 0],"
                  "['get_result', " POOL ", 'slow'],"
                  "['ready', " POOL ", 'slow'], ['successful', " POOL ", 'slow'],"
                  "['apply_async', " POOL ", 'primes', [100], 'one'],"
                  "['get_result', " POOL ", 'one'], ['get_result', " POOL ", 'one'],"
                  "['starmap_async', " POOL ", 'fail', [['a'], ['b']], 'bad'],"
                  "['wait_result', " POOL ", 'bad'], ['successful', " POOL ", 'bad'],"
                  "['map_async', " POOL ", 'sleep', [0.3], 'last'],"
                  "['successful', " POOL ", 'last']",
                  "null; false; false; false; [null,null]; true; true; null; 25; 25; null; true; "
                  "false; null; \"not-ready\"");
}

/* All others end first, and the workers live on. */
static void
test_failing (gconstpointer kind)
{
  g_autoptr (TelarTimeline) timeline = run_body (kind, ", 'workers': 2",
      "['map_async', " POOL ", 'fail', ['a', 'b', 'c', 'd'], 'r', 1],"
      "['wait_result', " POOL ", 'r'], ['map', " POOL ", 'fibonacci', [9, 10]],"
      "['map', " POOL ", 'fail', ['e', 'f', 'g', 'h'], 1], ['print', 'never']");
  g_autofree char *found = results (timeline);
  guint n = 0;

  g_assert_cmpstr (found, ==, "null; true; [34,55]; \"item-failed\"");
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);
      if (i > 0 && lane->state != TELAR_STATE_NOT_STARTED)
        {
          n++;
          /* main's end terminates them */
          g_assert_true (lane->exit == 0 || lane->exit == -15);
        }
    }
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (telar_timeline_task (timeline, 0)->exit, ==, 1);
}

static void
test_closed (gconstpointer kind)
{
  assert_results (kind, ", 'workers': 2",
                  "['map_async', " POOL ", 'fibonacci', [5, 6, 7, 8], 'r', 1],"
                  "['close', " POOL "], ['join_pool', " POOL "], ['join_pool', " POOL "],"
                  "['get_result', " POOL ", 'r'], ['map', " POOL ", 'fibonacci', [1]]",
                  "null; null; null; null; [5,8,13,21]; \"pool-closed\"");
  assert_results (kind, ", 'workers': 2", "['join_pool', " POOL "]", "\"pool-running\"");
  assert_results (kind, ", 'workers': 2",
                  "['terminate_pool', " POOL "], ['join_pool', " POOL "],"
                  "['apply', " POOL ", 'primes', [1]]",
                  "null; null; \"pool-closed\"");
  /* What was given is done although nobody closed it. */
  assert_results (kind, ", 'workers': 1", "['map_async', " POOL ", 'sleep', [0.1, 0.1], 'r']",
                  "null");
}

static void
test_terminated (gconstpointer kind)
{
  assert_results (kind, ", 'workers': 1",
                  "['map_async', " POOL ", 'sleep', [0.3, 0.3, 0.3], 'r', 3], ['sleep', 0.1],"
                  "['terminate_pool', " POOL "], ['get_result', " POOL ", 'r']",
                  "null; null; null; [{\"lost\":\"pool.1\"},{\"lost\":\"pool.1\"},"
                  "{\"lost\":\"pool.1\"}]");
}

static void
test_max_tasks (gconstpointer kind)
{
  g_autoptr (TelarTimeline) timeline = run_body (kind,
      ", 'workers': 2, 'maxtasksperchild': 2, 'initializer': 'print', 'initargs': ['ready']",
      "['map', " POOL ", 'fibonacci', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 1]");
  g_autofree char *found = results (timeline);
  guint n = 0;

  g_assert_cmpstr (found, ==, "[1,1,2,3,5,8,13,21,34,55,89]");
  for (guint i = 1; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);
      g_autofree char *text = printed (timeline, lane->id, TELAR_STREAM_OUT);

      g_assert_cmpuint (lane->steps->len, <=, 3);
      if (lane->state == TELAR_STATE_NOT_STARTED)
        continue;
      n++;
      g_assert_true (g_str_has_prefix (text, "ready"));
      g_assert_cmpint (lane->state, ==, TELAR_STATE_JOINED);
    }
  g_assert_cmpuint (n, >=, 6);
}

/* Of each start method: the chunk of a killed worker is lost, and nothing else. */
static void
test_killed (gconstpointer method)
{
  g_autofree char *text = g_strdup_printf (
      "{ \"telar\": 1, \"start-method\": \"%s\", \"objects\": [ { \"id\": \"pool\", \"type\": "
      "\"pool\", \"workers\": 2 } ], \"main\": { \"body\": ["
      "[\"map\", {\"object\": \"pool\"}, \"crash\", [9, 11, 6, 9], 2],"
      "[\"map\", {\"object\": \"pool\"}, \"fibonacci\", [1, 2, 3, 4, 5], 1],"
      "[\"apply\", {\"object\": \"pool\"}, \"crash\", [9]],"
      "[\"apply\", {\"object\": \"pool\"}, \"fibonacci\", [10]] ] }, \"tasks\": [] }",
      (const char *) method);
  g_autoptr (TelarTimeline) timeline = run_text (text, TELAR_SOURCE_OFF);
  g_autofree char *found = results (timeline);
  const char *end = "; [1,1,2,3,5]; \"item-lost\"; 55";

  g_assert_true (g_str_has_suffix (found, end));
  for (guint i = 0; i < 4; i++)
    g_assert_true (g_str_has_prefix (found + 1 + 18 * i, "{\"lost\":\"pool."));
  g_assert_cmpuint (strlen (found), ==, strlen (end) + 1 + 4 * 18);
  g_assert_cmpint (telar_timeline_task (timeline, 0)->exit, ==, 0);
}

/* A call of a repeated step, and a pool that is not main's. */
static void
test_inside (void)
{
  g_autoptr (TelarTimeline) timeline = run_text (
      "{ \"telar\": 1, \"objects\": [ { \"id\": \"pool\", \"type\": \"pool\", \"workers\": 2, "
      "\"inside\": \"p\" } ], \"tasks\": ["
      "{ \"id\": \"p\", \"kind\": \"process\", \"body\": [[\"print\", \"p\"]] },"
      "{ \"id\": \"c\", \"kind\": \"call\", \"inside\": \"p\", \"repeat\": 3, \"body\": [[\"map\", "
      "{\"object\": \"pool\"}, \"fibonacci\", [10, 11, 12, 13], 1]] }] }", TELAR_SOURCE_OFF);
  const TelarTaskLane *lane = lane_of (timeline, "c");

  g_assert_cmpuint (lane->lists->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (g_ptr_array_index (lane->lists, i), ==, "[55, 89, 144, 233]");
  g_assert_cmpint (lane_of (timeline, "p")->exit, ==, 0);
  g_assert_cmpstr (telar_timeline_task (timeline, lane_of (timeline, "pool.1")->parent)->id, ==, "p");
}

static void
test_large (void)
{
  g_autoptr (GString) text = g_string_new ("{ \"telar\": 1, \"objects\": [ { \"id\": \"pool\", "
      "\"type\": \"pool\", \"workers\": 4 } ], \"main\": { \"body\": [[\"map\", {\"object\": "
      "\"pool\"}, \"fibonacci\", [");
  g_autoptr (TelarTimeline) timeline = NULL;
  json_t *list;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? "," : "", i % 12);
  g_string_append (text, "], 1]] }, \"tasks\": [] }");
  timeline = run_text (text->str, TELAR_SOURCE_OFF);
  g_assert_cmpuint (telar_timeline_task (timeline, 0)->lists->len, ==, 1);
  list = json_loads (g_ptr_array_index (telar_timeline_task (timeline, 0)->lists, 0), 0, NULL);
  g_assert_cmpuint (json_array_size (list), ==, 20000);
  for (guint i = 0; i < 20000; i++)
    {
      static const int expected[] = { 0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89 };
      g_assert_cmpint (json_integer_value (json_array_get (list, i)), ==, expected[i % 12]);
    }
  json_decref (list);
}

/* What is wrong with a graph of one pool, the first fault. */
static void
assert_fault (const char *options, const char *body, const char *place, const char *what)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph = NULL;
  const TelarFault *fault;

  g_string_printf (text, "{ 'telar': 1, 'objects': [ { 'id': 'pool', 'type': 'pool'%s } ], "
                         "'main': { 'body': [ ['print', 'x'] ] }, 'tasks': [ { 'id': 'p', 'kind': "
                         "'process', 'body': [ ['print', 'x'] ] }, { 'id': 'c', 'kind': 'call', "
                         "'body': [%s] } ] }", options, body);
  g_string_replace (text, "'", "\"", 0);
  graph = telar_graph_parse (text->str, text->len, NULL, faults);
  g_assert_nonnull (graph);
  telar_graph_check (graph, faults);
  g_assert_cmpuint (faults->len, >, 0);
  fault = g_ptr_array_index (faults, 0);
  g_assert_cmpstr (fault->place, ==, place);
  g_assert_cmpstr (fault->what, ==, what);
}

static void
test_faults (void)
{
  assert_fault (", 'workers': 0", "", "objects[0].workers",
                "workers must be a whole number from 1 to 1000");
  assert_fault (", 'workers': -1", "", "objects[0].workers",
                "workers must be a whole number from 1 to 1000");
  assert_fault (", 'kind': 'call'", "", "objects[0].kind", "kind must be process or thread");
  assert_fault (", 'initializer': 'prnt'", "", "objects[0].initializer",
                "there is no function prnt");
  assert_fault (", 'inside': 'q'", "", "objects[0].inside", "there is no task q to be inside of");
  assert_fault (", 'inside': 'p'", "['map', " POOL ", 'print', ['a']]", "tasks[1].body[0].args[0]",
                "pool is a pool of p, and only p and its calls can use it");
  assert_fault ("", "['map', " POOL ", 'prnt', ['a']]", "tasks[1].body[0].args[1]",
                "there is no function prnt");
  assert_fault ("", "['map', " POOL ", 'join', ['a']]", "tasks[1].body[0].args[1]",
                "the workers of a pool cannot call join: it works on tasks, objects or plug-ins");
  assert_fault ("", "['map', " POOL ", 'primes', [1, 'a']]", "tasks[1].body[0].args[2][1]",
                "limit must be a whole number, not \"a\"");
  assert_fault ("", "['starmap', " POOL ", 'primes', [1]]", "tasks[1].body[0].args[2][0]",
                "items must be a list of lists of arguments, not 1");
  assert_fault ("", "['apply', " POOL ", 'primes', []]", "tasks[1].body[0].args[2]",
                "primes needs limit");
  assert_fault ("", "['get_result', " POOL ", 'r']", "tasks[1].body[0].args",
                "nothing is given to the pool under the name r");
  assert_fault ("", "['map_async', " POOL ", 'print', ['a'], 'r'], ['apply_async', " POOL
                    ", 'print', ['a'], 'r']", "tasks[1].body[0].args",
                "the name r is given to more than one thing");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char   *name;
    GTestDataFunc test;
  } both[] = {
    { "map", test_map },           { "unordered", test_unordered },
    { "chunks", test_chunks },     { "async", test_async },
    { "failing", test_failing },   { "closed", test_closed },
    { "terminated", test_terminated }, { "max-tasks", test_max_tasks },
  };
  static const char *const methods[] = { "fork", "forkserver", "spawn" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
      {
        g_autofree char *path = g_strdup_printf ("/pool/%s/%s", both[i].name, kinds[k]);
        g_test_add_data_func (path, kinds[k], both[i].test);
      }
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pool/killed/%s", methods[i]);
      g_test_add_data_func (path, methods[i], test_killed);
    }
  g_test_add_func ("/pool/inside", test_inside);
  g_test_add_func ("/pool/large", test_large);
  g_test_add_func ("/pool/faults", test_faults);
  return g_test_run ();
}
