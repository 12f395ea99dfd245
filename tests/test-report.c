/* test-report.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <glib/gstdio.h>
#include <jansson.h>
#include <string.h>

#include "made-plan.h"
#include "synthetic-run.h"
#include "timeline/report.h"

static json_t *
parse (const TelarTimeline *timeline, const TelarMachine *machine)
{
  gsize size;
  g_autofree char *text = telar_report_print (timeline, machine, 0, &size);
  json_error_t error;
  json_t *report = json_loadb (text, size, JSON_REJECT_DUPLICATES, &error);

  if (report == NULL)
    g_error ("line %d: %s", error.line, error.text);
  return report;
}

static void
assert_keys (const json_t *object, const char *expected)
{
  g_autoptr (GString) keys = g_string_new (NULL);
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) object, key, value)
    g_string_append_printf (keys, "%s%s", keys->len > 0 ? " " : "", key);
  g_assert_cmpstr (keys->str, ==, expected);
}

static const char *
text_of (const json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

static void
test_keys (void)
{
  g_autoptr (TelarTimeline) timeline = telar_mockup_run_new (TRUE);
  json_t *report = parse (timeline, NULL);
  const json_t *tasks = json_object_get (report, "tasks");
  const json_t *p1 = json_array_get (tasks, 1);

  assert_keys (report, "telar-report source scheduling cores wall-ns lost-records tasks lines "
                       "bookmarks statistics");
  assert_keys (p1, "id name kind function pid tid scope started-ns run-ns ended-ns joined-ns exit "
                   "state cpu-ns slices waits steps");
  assert_keys (json_array_get (json_object_get (p1, "waits"), 0), "begin end state cause");
  assert_keys (json_array_get (json_object_get (p1, "steps"), 0), "call begin end result");
  assert_keys (json_array_get (json_object_get (report, "lines"), 0), "ns task stream text");
  json_decref (report);
}

static void
test_values (void)
{
  g_autoptr (TelarTimeline) timeline = telar_mockup_run_new (TRUE);
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (4, 1);
  json_t *report = parse (timeline, machine);
  const json_t *tasks = json_object_get (report, "tasks");
  const json_t *main_task = json_array_get (tasks, 0);
  const json_t *p1 = json_array_get (tasks, 1), *t1 = json_array_get (tasks, 3);
  const json_t *slice = json_array_get (json_object_get (p1, "slices"), 0);
  const json_t *wait = json_array_get (json_object_get (main_task, "waits"), 0);

  g_assert_cmpint (json_integer_value (json_object_get (report, "telar-report")), ==, 1);
  g_assert_cmpstr (text_of (report, "source"), ==, "exact");
  g_assert_cmpuint (json_array_size (json_object_get (report, "cores")), ==, 4);
  g_assert_cmpint (json_integer_value (json_array_get (json_object_get (report, "cores"), 3)), ==,
                   3);
  g_assert_cmpint (json_integer_value (json_object_get (report, "wall-ns")), ==, timeline->wall);
  g_assert_cmpuint (json_array_size (tasks), ==, 7);

  g_assert_cmpstr (text_of (main_task, "id"), ==, "main");
  g_assert_true (json_is_null (json_object_get (main_task, "scope")));
  g_assert_true (json_is_null (json_object_get (main_task, "joined-ns")));
  g_assert_true (json_is_null (json_object_get (main_task, "function")));
  g_assert_cmpstr (text_of (wait, "state"), ==, "blocked");
  g_assert_cmpstr (text_of (wait, "cause"), ==, "join p1, p2");

  g_assert_cmpstr (text_of (p1, "function"), ==, "square");
  g_assert_cmpstr (text_of (p1, "kind"), ==, "process");
  g_assert_cmpstr (text_of (p1, "state"), ==, "joined");
  g_assert_cmpint (json_integer_value (json_object_get (p1, "pid")), ==, 1001);
  g_assert_cmpint (json_integer_value (json_object_get (p1, "started-ns")), ==, 1000000);
  g_assert_cmpint (json_integer_value (json_object_get (p1, "exit")), ==, 0);
  g_assert_cmpint (json_integer_value (json_object_get (p1, "cpu-ns")), ==, 36800000);
  g_assert_cmpint (json_integer_value (json_array_get (slice, 0)), ==, 1);
  g_assert_cmpint (json_integer_value (json_array_get (slice, 1)), ==, 1200000);
  g_assert_cmpint (json_integer_value (json_array_get (slice, 2)), ==, 38000000);

  g_assert_cmpstr (text_of (t1, "scope"), ==, "p2");
  g_assert_cmpint (json_integer_value (json_object_get (t1, "pid")), ==, 1002);
  g_assert_cmpint (json_integer_value (json_object_get (t1, "tid")), ==, 1003);
  g_assert_cmpint (json_integer_value (json_object_get (
                     json_array_get (json_object_get (t1, "steps"), 0), "result")),
                   ==, 78498);
  json_decref (report);
}

static TelarTimeline *
small_timeline (TelarBegun *begun)
{
  static const TelarMadeTask tasks[] = {
    { .id = "main", .kind = TELAR_KIND_PROCESS },
    { .id = "p\"1\"\n", .parent = "main", .kind = TELAR_KIND_PROCESS, .function = "square" },
  };
  g_autoptr (GBytes) plan = telar_made_plan (tasks, G_N_ELEMENTS (tasks), FALSE);
  TelarTimeline *timeline = telar_timeline_new (plan, NULL);

  telar_made_begun (begun, TELAR_SOURCE_OFF, 0);
  telar_timeline_begin (timeline, begun);
  return timeline;
}

static void
test_not_started (void)
{
  TelarBegun begun;
  g_autoptr (TelarTimeline) timeline = small_timeline (&begun);
  json_t *report = parse (timeline, NULL);
  const json_t *task = json_array_get (json_object_get (report, "tasks"), 1);
  static const char *const none[] = { "pid", "tid", "started-ns", "run-ns", "ended-ns",
                                      "joined-ns", "exit", "cpu-ns" };

  g_assert_cmpstr (text_of (report, "source"), ==, "off");
  g_assert_cmpstr (text_of (task, "id"), ==, "p\"1\"\n");
  g_assert_cmpstr (text_of (task, "state"), ==, "not-started");
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_true (json_is_null (json_object_get (task, none[i])));
  json_decref (report);
}

static void
test_results (void)
{
  static const struct
  {
    TelarResultType type;
    gint64          integer;
    double          real;
    const char     *expected;
  } results[] = {
    { TELAR_RESULT_NONE, 0, 0, "null" },
    { TELAR_RESULT_BOOLEAN, 1, 0, "true" },
    { TELAR_RESULT_BOOLEAN, 0, 0, "false" },
    { TELAR_RESULT_INTEGER, -7, 0, "-7" },
    { TELAR_RESULT_REAL, 0, 0.5, "0.5" },
    { TELAR_RESULT_REAL, 0, 3, "3.0" },
    { TELAR_RESULT_REAL, 0, G_MAXDOUBLE * 10, "null" },
    { TELAR_RESULT_ERROR, TELAR_ERROR_ALREADY_STARTED, 0, "\"already-started\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      TelarBegun begun;
      g_autoptr (TelarTimeline) timeline = small_timeline (&begun);
      TelarEvent events[2] = {
        { .ns = TELAR_MADE_ZERO + 10, .kind = TELAR_EVENT_STEP_BEGIN, .task = 1, .writer = 1 },
        { .ns = TELAR_MADE_ZERO + 20, .kind = TELAR_EVENT_STEP_END, .task = 1, .writer = 1,
          .detail = results[i].type, .value = results[i].integer },
      };
      TelarNow now = { .ns = TELAR_MADE_ZERO + 100 };
      g_autofree char *result = NULL;
      json_t *report;
      const json_t *task;

      if (results[i].type == TELAR_RESULT_REAL)
        memcpy (&events[1].value, &results[i].real, sizeof results[i].real);
      telar_timeline_add_events (timeline, events, 2);
      telar_timeline_advance (timeline, &now);
      report = parse (timeline, NULL);
      task = json_array_get (json_object_get (report, "tasks"), 1);
      result = json_dumps (json_object_get (json_array_get (json_object_get (task, "steps"), 0),
                                            "result"),
                           JSON_ENCODE_ANY);
      g_assert_cmpstr (result, ==, results[i].expected);
      json_decref (report);
    }
}

static void
test_lines (void)
{
  TelarBegun begun;
  g_autoptr (TelarTimeline) timeline = small_timeline (&begun);
  TelarLine line = { .ns = TELAR_MADE_ZERO + 7, .task = 0, .stream = TELAR_STREAM_OUT };
  json_t *report;
  const json_t *lines;

  line.flags = TELAR_LINE_CONTINUES;
  telar_timeline_add_line (timeline, &line, "caf\xc3", 4);
  line.task = 1;
  line.flags = 0;
  telar_timeline_add_line (timeline, &line, "a\x01\x7f\\\"\t", 6);
  telar_timeline_add_line (timeline, &line, "\xff\xfe", 2);
  line.task = 0;
  telar_timeline_add_line (timeline, &line, "\xa9 solo", 6);
  line.stream = TELAR_STREAM_ERR;
  telar_timeline_add_line (timeline, &line, "", 0);
  report = parse (timeline, NULL);
  lines = json_object_get (report, "lines");

  g_assert_cmpuint (json_array_size (lines), ==, 4);
  g_assert_cmpstr (text_of (json_array_get (lines, 0), "text"), ==, "a\x01\x7f\\\"\t");
  g_assert_cmpstr (text_of (json_array_get (lines, 1), "base64"), ==, "//4=");
  g_assert_null (text_of (json_array_get (lines, 1), "text"));
  g_assert_cmpstr (text_of (json_array_get (lines, 2), "text"), ==, "café solo");
  g_assert_cmpstr (text_of (json_array_get (lines, 2), "task"), ==, "main");
  g_assert_cmpstr (text_of (json_array_get (lines, 2), "stream"), ==, "stdout");
  g_assert_cmpstr (text_of (json_array_get (lines, 3), "text"), ==, "");
  g_assert_cmpstr (text_of (json_array_get (lines, 3), "stream"), ==, "stderr");
  json_decref (report);
}

static void
test_write (void)
{
  g_autoptr (TelarTimeline) timeline = telar_mockup_run_new (TRUE);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("telar-report-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "report.json", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "no", "report.json", NULL);
  g_autofree char *written = NULL;
  g_autofree char *printed = telar_report_print (timeline, NULL, 0, NULL);

  g_assert_true (g_file_set_contents (file, "old", -1, NULL));
  g_assert_true (telar_report_write (timeline, NULL, 0, file, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (file, &written, NULL, NULL));
  g_assert_cmpstr (written, ==, printed);

  g_assert_false (telar_report_write (timeline, NULL, 0, nowhere, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);
  g_assert_true (telar_report_write (timeline, NULL, 0, "/dev/null", &error));
  g_assert_no_error (error);

  g_unlink (file);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/keys", test_keys);
  g_test_add_func ("/report/values", test_values);
  g_test_add_func ("/report/not-started", test_not_started);
  g_test_add_func ("/report/results", test_results);
  g_test_add_func ("/report/lines", test_lines);
  g_test_add_func ("/report/write", test_write);
  return g_test_run ();
}
