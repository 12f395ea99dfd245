/* test-plugin.c
 *
 * SPDX-License-Identifier: MIT
 *
 * C functions of plug-ins: what they are asked with, what they may do, what they
 * give back; every refusal; and what a plug-in has, as it is told.
 */

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "run-graph.h"
#include "run/link.h"
#include "run/plugin-describe.h"
#include "run/plugin-fault.h"

#define GRAPH(tasks) "{\"telar\": 1, \"tasks\": [" tasks "]}"
#define CALL(id, kind, args) \
  "{\"id\": \"" id "\", \"kind\": \"" kind "\", \"function\": \"c_function\", \"args\": [" args "]}"
#define GOOD "\"good.so\", "

static char *folder;

static char *
library (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* A run of a graph that lies where the plug-ins are. */
static TelarRun *
run_of (const char *text)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autofree char *file = library ("graph.telar");
  g_autoptr (TelarGraph) graph = telar_graph_parse (text, strlen (text), file, faults);
  g_autoptr (GBytes) plan = NULL;

  g_assert_nonnull (graph);
  plan = plan_of_graph (graph);
  return run_of_plan (plan, TELAR_SOURCE_OFF);
}

static TelarTimeline *
run_here (const char *text)
{
  g_autoptr (TelarRun) run = run_of (text);

  run_to_end (run, 60);
  if (telar_run_get_state (run) != TELAR_RUN_ENDED)
    g_error ("%s", telar_run_get_error (run)->message);
  return telar_timeline_ref (telar_run_get_timeline (run));
}

static const TelarStepRun *
step_of (TelarTimeline *timeline, const char *id)
{
  TelarTaskLane *lane = lane_of (timeline, id);

  g_assert_cmpuint (lane->steps->len, ==, 1);
  return &g_array_index (lane->steps, TelarStepRun, 0);
}

static gboolean
has_wait (const TelarTaskLane *lane, TelarCause cause)
{
  for (guint i = 0; i < lane->waits->len; i++)
    if (telar_waits_at (lane->waits, i).cause == cause)
      return TRUE;
  return FALSE;
}

static void
assert_prints (TelarTimeline *timeline, const char *id, TelarStream stream, const char *expected)
{
  g_autofree char *text = printed (timeline, id, stream);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_calls (void)
{
  g_autoptr (TelarTimeline) timeline = run_here (GRAPH (
      CALL ("a", "process", GOOD "\"hello\"") ","
      CALL ("b", "thread", GOOD "\"hello\", \"Ana %s\"") ","
      CALL ("c", "call", GOOD "\"add\", [1, -2, 100]") ","
      CALL ("d", "process", "\"./good.so\", \"add\", \" [ ] \", \"1e3\"") ","
      CALL ("e", "process", GOOD "\"halve\", 1") ","
      CALL ("f", "process", GOOD "\"doubt\", \"so\"") ","
      CALL ("g", "process", GOOD "\"pause_for\", 20")));
  const TelarStepRun *step;

  assert_prints (timeline, "a", TELAR_STREAM_OUT, "hello world, this is a");
  assert_prints (timeline, "b", TELAR_STREAM_OUT, "hello Ana %s, this is b");
  g_assert_cmpint (step_of (timeline, "a")->result_type, ==, TELAR_RESULT_NONE);
  step = step_of (timeline, "c");
  assert_prints (timeline, "c", TELAR_STREAM_OUT, "3 numbers, sum 106");
  g_assert_cmpint (step->result_type, ==, TELAR_RESULT_INTEGER);
  g_assert_cmpint (step->integer, ==, 106);
  assert_prints (timeline, "d", TELAR_STREAM_OUT, "0 numbers, sum 1000");
  step = step_of (timeline, "e");
  g_assert_cmpint (step->result_type, ==, TELAR_RESULT_REAL);
  g_assert_cmpfloat (step->real, ==, 0.5);
  step = step_of (timeline, "f");
  assert_prints (timeline, "f", TELAR_STREAM_ERR, "so?");
  g_assert_cmpint (step->result_type, ==, TELAR_RESULT_BOOLEAN);
  g_assert_cmpint (step->integer, ==, 0);
  /* It was loaded once, and its wait is seen. */
  g_assert_cmpint (step_of (timeline, "g")->integer, ==, 1);
  g_assert_true (has_wait (lane_of (timeline, "g"), TELAR_CAUSE_SLEEP));
  g_assert_cmpint (telar_timeline_exit_status (timeline), ==, 0);
}

/* Many at once, in processes and threads, from a body that repeats. */
static void
test_side_by_side (void)
{
  g_autoptr (TelarTimeline) timeline = run_here (
      "{\"telar\": 1, \"tasks\": ["
      "{\"id\": \"p\", \"kind\": \"process\", \"copies\": 4, \"repeat\": 3, \"body\": ["
      "[\"c_function\", \"good.so\", \"add\", [1]], [\"c_function\", \"good.so\", \"hello\"]]},"
      "{\"id\": \"t\", \"kind\": \"thread\", \"copies\": 4, \"inside\": \"p\", \"function\": "
      "\"c_function\", \"args\": [\"good.so\", \"hello\", \"you\"]}]}");

  assert_prints (timeline, "p.4", TELAR_STREAM_OUT,
                 "1 numbers, sum 8|hello world, this is p.4|1 numbers, sum 8|"
                 "hello world, this is p.4|1 numbers, sum 8|hello world, this is p.4");
  assert_prints (timeline, "t.2.3", TELAR_STREAM_OUT, "hello you, this is t.2.3");
  g_assert_cmpint (telar_timeline_exit_status (timeline), ==, 0);
}

static void
test_ends (void)
{
  g_autoptr (TelarTimeline) timeline = run_here (GRAPH (
      CALL ("a", "process", GOOD "\"leave\", 3") "," CALL ("b", "process", GOOD "\"leave\", 0") ","
      CALL ("c", "process", GOOD "\"fall\"") "," CALL ("d", "thread", GOOD "\"leave\", 4") ","
      CALL ("e", "process", GOOD "\"hello\"")));

  g_assert_cmpint (lane_of (timeline, "a")->exit, ==, 3);
  assert_prints (timeline, "a", TELAR_STREAM_OUT, "bye");
  g_assert_cmpint (lane_of (timeline, "b")->exit, ==, 0);
  g_assert_cmpint (lane_of (timeline, "c")->exit, ==, -SIGSEGV);
  g_assert_cmpint (lane_of (timeline, "d")->exit, ==, 4);
  assert_prints (timeline, "e", TELAR_STREAM_OUT, "hello world, this is e");
}

/* ---- refusals ----------------------------------------------------------- */

static const struct { const char *args, *said; } refusals[] = {
  { "\"nowhere.so\", \"f\"",
    "t: The plug-in @/nowhere.so cannot be read (No such file or directory). Build it, or name it "
    "relative to the graph's folder." },
  { "\".\", \"f\"",
    "t: The plug-in @/. cannot be read (Is a directory). Build it, or name it relative to the "
    "graph's folder." },
  { "\"graph.telar\", \"f\"",
    "t: The plug-in @/graph.telar cannot be loaded (file too short). Build it as a shared library "
    "(.so) for this computer." },
  { "\"faulty-0.so\", \"f\"",
    "t: @/faulty-0.so is a library, but no plug-in of Telar. End its source with TELAR_PLUGIN, as "
    "telar-function.h shows, and build it again." },
  { "\"faulty-1.so\", \"f\"",
    "t: The plug-in @/faulty-1.so was built for version 2 of telar-function.h, and this Telar "
    "takes version 1. Build it again with this Telar's header." },
  { "\"faulty-2.so\", \"f\"",
    "t: The plug-in has a faulty table of functions (@/faulty-2.so, one): two functions have the "
    "same name. Mend its source and build it again." },
  { "\"faulty-3.so\", \"f\"",
    "t: The plug-in has a faulty table of functions (@/faulty-3.so): a function's name is not made "
    "of letters, digits and _. Mend its source and build it again." },
  { "\"faulty-4.so\", \"f\"",
    "t: The plug-in has a faulty table of functions (@/faulty-4.so, two, second): a parameter that "
    "must be given follows one that may be left out. Mend its source and build it again." },
  { "\"faulty-5.so\", \"f\"",
    "t: The plug-in has a faulty table of functions (@/faulty-5.so, two, second): a parameter is "
    "of an unknown type. Mend its source and build it again." },
  { "\"faulty-6.so\", \"f\"",
    "t: The plug-in has a faulty table of functions (@/faulty-6.so, two, second): a parameter's "
    "minimum is not below its maximum. Mend its source and build it again." },
  { "\"faulty-7.so\", \"one\"",
    "t: The plug-in @/faulty-7.so did not load within 10 seconds. Let its constructors do less." },
  { "\"faulty-10.so\", \"one\"",
    "t: The plug-in @/faulty-10.so crashes while it is loaded (Bus error). Mend its constructors "
    "and build it again." },
  { GOOD "\"helo\"",
    "t: The plug-in @/good.so has no function helo. Write one that it has: hello, add, halve, "
    "doubt, leave, fall, pause_for." },
  { GOOD "\"add\"",
    "t: @/good.so: add needs its argument numbers. Write it after the function's name." },
  { GOOD "\"fall\", 1",
    "t: @/good.so: fall takes no arguments. Leave out what stands after its name." },
  { GOOD "\"add\", [1], 2, 3",
    "t: @/good.so: add takes no more than 2 arguments. Leave out the rest." },
  { GOOD "\"add\", 1",
    "t: @/good.so: numbers of add must be a list of whole numbers, not “1”. Write one, such as "
    "[43, 50]." },
  { GOOD "\"add\", [1, 2.5]",
    "t: @/good.so: numbers of add must be a list of whole numbers, not “[1, 2.5]”. Write one, such "
    "as [43, 50]." },
  { GOOD "\"add\", [1, 101]",
    "t: @/good.so: numbers of add is beyond its limits: [1, 101]. Write numbers from -100 to "
    "100." },
  { GOOD "\"add\", [], \"0x10\"",
    "t: @/good.so: more of add must be a whole number, not “0x10”. Write one, such as 5." },
  { GOOD "\"add\", [], \"9223372036854775808\"",
    "t: @/good.so: more of add must be a whole number, not “9223372036854775808”. Write one, such "
    "as 5." },
  { GOOD "\"halve\", \"much\"",
    "t: @/good.so: number of halve must be a number, not “much”. Write one, such as 0.5." },
  { GOOD "\"halve\", \"inf\"",
    "t: @/good.so: number of halve must be a number, not “inf”. Write one, such as 0.5." },
  { GOOD "\"halve\", -1.5",
    "t: @/good.so: number of halve is beyond its limits: -1.5. Write numbers from -1 to "
    "1000000 m." },
  { GOOD "\"leave\", \"ñandúñandúñandúñandúñandúñandúñandúñandúñandú\"",
    "t: @/good.so: code of leave must be a whole number, not "
    "“ñandúñandúñandúñandúñandúñandúñandúñandú…”. Write one, such as 5." },
};

/* What a fault says, with the folder as @. */
static char *
normalised (const char *text)
{
  GString *out = g_string_new (text);

  g_string_replace (out, folder, "@", 0);
  return g_string_free (out, FALSE);
}

static void
test_refusal (gconstpointer data)
{
  guint number = GPOINTER_TO_UINT (data);
  g_autofree char *text = g_strdup_printf (
      GRAPH (CALL ("s", "process", GOOD "\"hello\"") "," CALL ("t", "process", "%s")),
      refusals[number].args);
  g_autoptr (TelarRun) run = run_of (text);
  g_autofree char *said = NULL;

  run_to_end (run, 20);
  g_assert_cmpint (telar_run_get_state (run), ==, TELAR_RUN_REFUSED);
  g_assert_error (telar_run_get_error (run), TELAR_RUN_ERROR, TELAR_RUN_ERROR_PLUGIN);
  said = normalised (telar_run_get_error (run)->message);
  g_assert_cmpstr (said, ==, refusals[number].said);
  /* Nothing was started. */
  g_assert_cmpuint (telar_run_get_timeline (run)->lines->len, ==, 0);
}

/* A name without a folder means the graph's, and nothing that the loader would
 * search in. */
static void
test_nowhere_else (void)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  static const char text[] = GRAPH (CALL ("t", "process", GOOD "\"hello\""));
  g_autofree char *elsewhere = g_dir_make_tmp ("telar-plugin-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (elsewhere, "graph.telar", NULL);
  g_autoptr (TelarGraph) graph = telar_graph_parse (text, strlen (text), file, faults);
  g_autoptr (GBytes) plan = plan_of_graph (graph);
  g_autoptr (TelarRun) run = run_of_plan (plan, TELAR_SOURCE_OFF);

  g_setenv ("LD_LIBRARY_PATH", folder, TRUE);
  run_to_end (run, 20);
  g_unsetenv ("LD_LIBRARY_PATH");
  g_rmdir (elsewhere);
  g_assert_error (telar_run_get_error (run), TELAR_RUN_ERROR, TELAR_RUN_ERROR_PLUGIN);
}

/* A library that ends the engine: the run is lost, and says so. */
static void
test_ends_engine (void)
{
  g_autoptr (TelarRun) run = run_of (GRAPH (CALL ("t", "process", "\"faulty-8.so\", \"one\"")));

  run_to_end (run, 20);
  g_assert_cmpint (telar_run_get_state (run), ==, TELAR_RUN_ENGINE_LOST);
}

/* A library that never comes back can be stopped. */
static void
test_hangs (void)
{
  g_autoptr (TelarRun) run = run_of (GRAPH (CALL ("t", "process", "\"faulty-7.so\", \"one\"")));
  gint64 begin = g_get_monotonic_time ();

  telar_run_start (run);
  telar_run_stop (run);
  run_to_end (run, 20);
  g_assert_true (telar_run_is_over (run));
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 15 * G_USEC_PER_SEC);
}

/* ---- engines ------------------------------------------------------------ */

/* Runs @text with the engine that @engine names. */
static TelarTimeline *
run_with (const char *engine, const char *text)
{
  TelarTimeline *timeline;

  g_setenv ("TELAR_ENGINE", engine, TRUE);
  timeline = run_here (text);
  g_unsetenv ("TELAR_ENGINE");
  return timeline;
}

/* Both run any other graph alike. */
static void
test_engines (void)
{
  static const char text[] = GRAPH (
      "{\"id\": \"p\", \"kind\": \"process\", \"function\": \"square\", \"args\": [[1, 2]]},"
      "{\"id\": \"t\", \"kind\": \"thread\", \"function\": \"primes\", \"args\": [100]},"
      "{\"id\": \"c\", \"kind\": \"call\", \"function\": \"exit\", \"args\": [3],"
      " \"after\": [\"p\", \"t\"]}");
  g_autofree char *plain = telar_link_find_engine ();
  g_autofree char *loading = telar_link_find_plugin_engine ();
  g_autoptr (TelarTimeline) one = run_with (plain, text);
  g_autoptr (TelarTimeline) other = run_with (loading, text);

  for (guint i = 0; i < one->tasks->len; i++)
    {
      const TelarTaskLane *lane = g_ptr_array_index (one->tasks, i);
      g_autofree char *first = printed (one, lane->id, TELAR_STREAM_OUT);
      g_autofree char *second = printed (other, lane->id, TELAR_STREAM_OUT);

      g_assert_cmpstr (first, ==, second);
      g_assert_cmpint (lane->exit, ==, lane_of (other, lane->id)->exit);
    }
}

/* The one without plug-ins says so. */
static void
test_wrong_engine (void)
{
  g_autofree char *plain = telar_link_find_engine ();
  g_autofree char *place = g_dir_make_tmp ("telar-plugin-XXXXXX", NULL);
  g_autofree char *named = g_build_filename (place, "engine", NULL);
  g_autofree char *misplaced = g_build_filename (place, "engine-plugins", NULL);
  g_autoptr (TelarRun) run = run_of (GRAPH (CALL ("t", "process", GOOD "\"hello\"")));

  g_assert_cmpint (symlink (plain, misplaced), ==, 0);
  g_setenv ("TELAR_ENGINE", named, TRUE);
  run_to_end (run, 20);
  g_unsetenv ("TELAR_ENGINE");
  g_unlink (misplaced);
  g_rmdir (place);
  g_assert_error (telar_run_get_error (run), TELAR_RUN_ERROR, TELAR_RUN_ERROR_PLUGIN);
  g_assert_nonnull (strstr (telar_run_get_error (run)->message, "loads no plug-ins"));
}

/* Its record is as exact as that of the other. */
static void
test_exact (void)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  static const char text[] = GRAPH (CALL ("t", "process", GOOD "\"pause_for\", 30"));
  g_autofree char *file = library ("graph.telar");
  g_autoptr (TelarGraph) graph = telar_graph_parse (text, strlen (text), file, faults);
  g_autoptr (GBytes) plan = plan_of_graph (graph);
  g_autoptr (TelarRun) run = run_of_plan (plan, TELAR_SOURCE_EXACT);
  TelarTimeline *timeline = telar_run_get_timeline (run);

  run_to_end (run, 60);
  if (g_error_matches (telar_run_get_error (run), TELAR_RUN_ERROR, TELAR_RUN_ERROR_SOURCE))
    {
      g_test_skip ("the kernel allows no exact records");
      return;
    }
  g_assert_cmpint (telar_run_get_state (run), ==, TELAR_RUN_ENDED);
  g_assert_cmpint (timeline->begun.source, ==, TELAR_SOURCE_EXACT);
  g_assert_cmpuint (lane_of (timeline, "t")->slices->len, >=, 2);
}

/* ---- descriptions ------------------------------------------------------- */

static void
test_describe (void)
{
  g_autofree char *path = library ("good.so");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = telar_plugin_describe (path, &error);
  const TelarPluginRow *row;

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 7);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->name, ==, "hello");
  g_assert_cmpstr (row->help, ==, "Prints hello, the name and the \"task\".");
  g_assert_null (row->returns);
  g_assert_cmpuint (row->n_parameters, ==, 1);
  g_assert_cmpint (row->parameters[0].type, ==, TELAR_VALUE_TEXT);
  g_assert_true (row->parameters[0].optional);
  g_assert_cmpstr (row->parameters[0].initial_text, ==, "world");
  row = g_ptr_array_index (rows, 1);
  g_assert_cmpstr (row->help, ==, "Adds numbers: ñ.");
  g_assert_cmpstr (row->returns, ==, "the sum");
  g_assert_cmpint (row->parameters[0].type, ==, TELAR_VALUE_INTEGERS);
  g_assert_false (row->parameters[0].optional);
  g_assert_cmpfloat (row->parameters[0].minimum, ==, -100);
  g_assert_cmpint (row->parameters[1].type, ==, TELAR_VALUE_INTEGER);
  g_assert_cmpfloat (row->parameters[1].initial, ==, 7);
  g_assert_null (row->parameters[1].unit);
  row = g_ptr_array_index (rows, 2);
  g_assert_cmpint (row->parameters[0].type, ==, TELAR_VALUE_REAL);
  g_assert_cmpfloat (row->parameters[0].maximum, ==, 1e6);
  g_assert_cmpstr (row->parameters[0].unit, ==, "m");
  g_assert_cmpuint (((TelarPluginRow *) g_ptr_array_index (rows, 5))->n_parameters, ==, 0);
}

static void
test_describe_faults (void)
{
  static const struct { const char *name; TelarPluginError error; const char *said; } cases[] = {
    { "nowhere.so", TELAR_PLUGIN_ERROR_FAULTY, "No such file or directory" },
    { "faulty-0.so", TELAR_PLUGIN_ERROR_FAULTY, "no plug-in of Telar" },
    { "faulty-1.so", TELAR_PLUGIN_ERROR_FAULTY, "version 2" },
    { "faulty-4.so", TELAR_PLUGIN_ERROR_FAULTY, "faulty-4.so, two, second): a parameter" },
    { "faulty-8.so", TELAR_PLUGIN_ERROR_DIED, "ends the program that loads it" },
    { "faulty-9.so", TELAR_PLUGIN_ERROR_DIED, "not UTF-8" },
    { "faulty-10.so", TELAR_PLUGIN_ERROR_DIED, "ends the program that loads it" },
    { "faulty-7.so", TELAR_PLUGIN_ERROR_TIMEOUT, "within 5 seconds" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = library (cases[i].name);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].name);
      g_assert_null (telar_plugin_describe (path, &error));
      g_assert_error (error, TELAR_PLUGIN_ERROR, (int) cases[i].error);
      g_assert_nonnull (strstr (error->message, cases[i].said));
      g_assert_nonnull (strstr (error->message, cases[i].name));
    }
}

static void
test_describe_no_engine (void)
{
  g_autofree char *path = library ("good.so");
  g_autoptr (GError) error = NULL;

  g_setenv ("TELAR_ENGINE", "/nowhere/telar-engine", TRUE);
  g_assert_null (telar_plugin_describe (path, &error));
  g_unsetenv ("TELAR_ENGINE");
  g_assert_error (error, TELAR_PLUGIN_ERROR, TELAR_PLUGIN_ERROR_NO_ENGINE);
  g_assert_nonnull (strstr (error->message, "/nowhere/telar-engine-plugins"));
}

static void
on_described (GObject *object, GAsyncResult *result, gpointer data)
{
  GError **error = data;

  g_assert_null (telar_plugin_describe_finish (result, error));
}

/* Nobody has to wait for what never comes. */
static void
test_describe_cancelled (void)
{
  g_autofree char *path = library ("faulty-7.so");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();

  telar_plugin_describe_async (path, cancellable, on_described, &error);
  g_cancellable_cancel (cancellable);
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 4 * G_USEC_PER_SEC);
}

/* Every fault has its words. */
static void
test_words (void)
{
  for (guint kind = 0; kind <= TELAR_PLUGIN_N_FAULTS; kind++)
    {
      TelarPluginFault fault = { .kind = kind, .file = "x.so", .detail = "d" };
      g_autofree char *words = telar_plugin_fault_describe (&fault);

      g_assert_true (g_str_has_suffix (words, "."));
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *graph = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_unsetenv ("TELAR_ENGINE");
  folder = g_canonicalize_filename (g_getenv ("TELAR_PLUGINS"), NULL);
  graph = library ("graph.telar");
  g_assert_true (g_file_set_contents (graph, "x", -1, NULL));

  g_test_add_func ("/plugin/calls", test_calls);
  g_test_add_func ("/plugin/side-by-side", test_side_by_side);
  g_test_add_func ("/plugin/ends", test_ends);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plugin/refusal/%u", i);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_refusal);
    }
  g_test_add_func ("/plugin/nowhere-else", test_nowhere_else);
  g_test_add_func ("/plugin/ends-engine", test_ends_engine);
  g_test_add_func ("/plugin/hangs", test_hangs);
  g_test_add_func ("/plugin/engines", test_engines);
  g_test_add_func ("/plugin/wrong-engine", test_wrong_engine);
  g_test_add_func ("/plugin/exact", test_exact);
  g_test_add_func ("/plugin/describe", test_describe);
  g_test_add_func ("/plugin/describe-faults", test_describe_faults);
  g_test_add_func ("/plugin/describe-no-engine", test_describe_no_engine);
  g_test_add_func ("/plugin/describe-cancelled", test_describe_cancelled);
  g_test_add_func ("/plugin/words", test_words);
  status = g_test_run ();
  g_unlink (graph);
  g_free (folder);
  return status;
}
