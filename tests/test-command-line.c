/* test-command-line.c
 *
 * SPDX-License-Identifier: MIT
 *
 * telar from the outside: every sub-command, what it prints, how it ends and
 * what it leaves behind.
 */

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <jansson.h>

#include "telar-process.h"

/* Calls that do not run anything. */

static void
test_help (void)
{
  const char *const commands[] = { "run", "export", "check", "functions", "cores", "python" };
  g_auto (TelarOutcome) help = { 0 };
  g_auto (TelarOutcome) version = { 0 };

  telar_call (&help, "--help", NULL);
  g_assert_cmpint (help.status, ==, 0);
  telar_assert_empty (help.err);
  telar_call (&version, "--version", NULL);
  g_assert_cmpint (version.status, ==, 0);
  g_assert_true (g_str_has_prefix (telar_text (version.out), "telar "));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (TelarOutcome) own = { 0 };
      g_autofree char *usage = g_strdup_printf ("telar %s [OPTION", commands[i]);

      telar_assert_contains (help.out, commands[i]);
      telar_call (&own, commands[i], "--help", NULL);
      g_assert_cmpint (own.status, ==, 0);
      telar_assert_contains (own.out, usage);
      telar_assert_empty (own.err);
    }
}

static char *
read_source (const char *name)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "..", "resources", name, NULL);
  char            *text = NULL;

  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  return text;
}

/* Every option that a command tells of is in the man page and the completions. */
static void
test_documented (void)
{
  const char *const commands[] = { "run", "export", "check", "functions", "cores", "python" };
  const struct { const char *file, *before; } documents[] = {
    { "telar.1", "Fl -" }, { "completions/telar.bash", "--" }, { "completions/_telar", "--" },
    { "completions/telar.fish", "-l " } };

  for (guint c = 0; c < G_N_ELEMENTS (commands); c++)
    {
      g_auto (TelarOutcome) help = { 0 };
      g_autoptr (GRegex) option = g_regex_new ("^ .*--([a-z-]+)", G_REGEX_MULTILINE, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *text = NULL;

      telar_call (&help, commands[c], "--help", NULL);
      text = g_strdup (telar_text (help.out));
      for (g_regex_match (option, text, 0, &match); g_match_info_matches (match);
           g_match_info_next (match, NULL))
        for (guint d = 0; d < G_N_ELEMENTS (documents); d++)
          {
            g_autofree char *name = g_match_info_fetch (match, 1);
            g_autofree char *document = read_source (documents[d].file);
            g_autofree char *written = g_strconcat (documents[d].before, name, NULL);

            g_test_message ("%s: %s", documents[d].file, written);
            g_assert_nonnull (strstr (document, written));
          }
    }
}

static void
test_wrong_calls (void)
{
  const struct { const char *arguments[6], *message; } cases[] = {
    { { "rnu" }, "“rnu” is neither a command nor a file" },
    { { "run" }, "GRAPH is missing" },
    { { "run", "--speed", "x.telar" }, "Unknown option --speed" },
    { { "run", "a.telar", "b.telar" }, "“b.telar” is one argument too many" },
    { { "run", "--timeout", "soon", "x.telar" }, "“soon” is not a duration" },
    { { "run", "--timeout", "0", "x.telar" }, "no time to run" },
    { { "run", "--placement", "left", "x.telar" }, "write free, spread or packed" },
    { { "run", "--start-method", "magic", "x.telar" }, "write fork, forkserver or spawn" },
    { { "run", "--record", "all", "x.telar" }, "write exact, sampled or off" },
    { { "run", "--cores", "0-", "x.telar" }, "0-" },
    { { "run", "--export", "x.gif", "x.telar" }, ".png, .svg or .pdf" },
    { { "run", "--export", "x.txt", "x.telar" }, ".json or .csv" },
    { { "run", "--report", "/nowhere/x.json", "x.telar" }, "there is no folder /nowhere" },
    { { "run", "nothing-here.telar" }, "nothing-here.telar" },
    { { "export" }, "GRAPH|RUN FILE… is missing" },
    { { "export", "x.telar" }, "there is nothing to make" },
    { { "export", "--statistics", "x.csv", "--serial-time", "0", "x.telar" }, "--serial-time 0" },
    { { "export", "--size", "5cm", "x.telar", "x.png" }, "“5cm” is not a size" },
    { { "export", "--dpi", "12", "x.telar", "x.png" }, "write 36 to 1200" },
    { { "export", "--date", "today", "x.telar", "x.png" }, "“today” is no date" },
    { { "run", "--size", "5cm", "x.telar" }, "“5cm” is not a size" },
    { { "export", "--size", "0.5x5", "x.telar", "x.png" }, "a picture is 1 to" },
    { { "export", "--range", "2ms..1ms", "x.telar", "x.png" }, "ends before it begins" },
    { { "export", "--lanes", "walls", "x.telar", "x.png" }, "“walls” are no lanes" },
    { { "export", "--style", "loud", "x.telar", "x.png" }, "“loud” is no style" },
    { { "check" }, "GRAPH… is missing" },
    { { "functions", "square" }, "“square” is one argument too many" },
    { { "functions", "--library", "/nowhere/x.so" }, "The plug-in /nowhere/x.so cannot be read" },
    { { "cores", "2" }, "“2” is one argument too many" },
    { { "python" }, "GRAPH is missing" },
    { { "python", "a.telar", "b.telar" }, "“b.telar” is one argument too many" },
    { { "python", "nothing-here.telar" }, "nothing-here.telar" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const *a = cases[i].arguments;
      g_auto (TelarOutcome) outcome = { 0 };

      telar_call (&outcome, a[0], a[1], a[2], a[3], a[4], a[5], NULL);
      g_assert_cmpint (outcome.status, ==, 2);
      telar_assert_empty (outcome.out);
      telar_assert_contains (outcome.err, cases[i].message);
    }
}

static void
test_functions (void)
{
  g_auto (TelarOutcome) text = { 0 };
  g_auto (TelarOutcome) json = { 0 };
  json_t *root, *function;
  size_t  i;

  telar_call (&text, "functions", NULL);
  g_assert_cmpint (text.status, ==, 0);
  telar_call (&json, "functions", "--json", NULL);
  g_assert_cmpint (json.status, ==, 0);
  root = json_loads (telar_text (json.out), JSON_REJECT_DUPLICATES, NULL);
  g_assert_nonnull (root);
  g_assert_cmpint (json_integer_value (json_object_get (root, "telar-functions")), ==, 1);
  g_assert_cmpuint (json_array_size (json_object_get (root, "functions")), >=, 23);
  json_array_foreach (json_object_get (root, "functions"), i, function)
    {
      const char *name = json_string_value (json_object_get (function, "name"));
      g_autofree char *head = g_strdup_printf ("\n  %s (", name);
      telar_assert_contains (text.out, head);
    }
  telar_assert_contains (text.out, "greeting (name = \"world\")");
  telar_assert_contains (text.out, "square (numbers, work = 0 ms)");
  telar_assert_contains (text.out, "join (task, timeout = none)");
  json_decref (root);
}

/* What is not Telar's is asked about; what cannot be called is a wrong call. */
static void
test_own_functions (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_auto (TelarOutcome) asks = { 0 };
  g_auto (TelarOutcome) refused = { 0 };
  g_autofree char *graph = NULL;

  telar_place_init (&place);
  graph = telar_place_graph (&place, "g.telar",
                             PROCESS ("p", "python", "\"own.py\", \"f\", 5") ","
                             PROCESS ("c", "c_function", "\"own.so\", \"f\""));
  telar_call (&asks, "run", "-q", graph, NULL);
  g_assert_cmpint (asks.status, ==, 2);
  telar_assert_contains (asks.err, "  p: python(\"own.py\", \"f\", 5)\n");
  telar_assert_contains (asks.err, "  c: c_function(\"own.so\", \"f\")\n");
  telar_assert_contains (asks.err, "--allow-commands");
  telar_call (&refused, "run", "-q", "--allow-commands", graph, NULL);
  g_assert_cmpint (refused.status, ==, 2);
  telar_assert_empty (refused.out);
  telar_assert_contains (refused.err, "telar run: c: The plug-in ");
  telar_assert_contains (refused.err, "/own.so cannot be read (No such file or directory). Build");
}

static void
test_cores (void)
{
  g_auto (TelarOutcome) outcome = { 0 };
  g_autofree char *online = g_strdup_printf ("%ld online", sysconf (_SC_NPROCESSORS_ONLN));

  telar_call (&outcome, "cores", NULL);
  g_assert_cmpint (outcome.status, ==, 0);
  telar_assert_empty (outcome.err);
  telar_assert_contains (outcome.out, online);
  g_assert_true (g_regex_match_simple ("^Slices +(exact|sampled)", telar_text (outcome.out),
                                       G_REGEX_MULTILINE, 0));
}

static void
test_check (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_auto (TelarOutcome) sound = { 0 };
  g_auto (TelarOutcome) faulty = { 0 };
  g_autofree char *good = NULL, *bad = NULL;

  telar_place_init (&place);
  good = telar_place_graph (&place, "good.telar", SQUARES);
  bad = telar_place_graph (&place, "bad.telar",
                           PROCESS ("p1", "sqare", "[43]") ",\n" PROCESS ("p1", "busy", "\"long\"")
                           ",\n" "{ \"id\": \"t\", \"kind\": \"thread\", \"function\": \"sleep\", "
                           "\"args\": [1], \"after\": [\"nobody\"] }");
  telar_call (&sound, "check", good, NULL);
  g_assert_cmpint (sound.status, ==, 0);
  telar_assert_empty (sound.out);
  telar_assert_empty (sound.err);
  telar_call (&faulty, "check", good, bad, NULL);
  g_assert_cmpint (faulty.status, ==, 2);
  /* Unknown function, duplicate id, wrong argument, unknown task: all in one pass. */
  g_assert_cmpuint (telar_count_lines (faulty.out), >=, 4);
  telar_assert_contains (faulty.out, "bad.telar: ");
  telar_assert_contains (faulty.out, "sqare");
  telar_assert_contains (faulty.out, "nobody");
}

/* Runs. */

static void
test_run (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_autofree char *graph = NULL;

  telar_place_init (&place);
  graph = telar_place_graph (&place, "squares.telar", SQUARES);
  for (int i = 0; i < 20; i++)
    {
      g_auto (TelarOutcome) outcome = { 0 };
      const char *text;
      const char *const lines[] = {
        "43 squared is 1849\n", "50 squared is 2500\n", "5 squared is 25\n", "98 squared is 9604\n",
        "34 squared is 1156\n", "35 squared is 1225\n", "50 is an even number\n",
        "98 is an even number\n", "34 is an even number\n" };

      telar_call (&outcome, "run", "--quiet", graph, NULL);
      g_assert_cmpint (outcome.status, ==, 0);
      telar_assert_empty (outcome.err);
      g_assert_cmpuint (telar_count_lines (outcome.out), ==, 10);
      for (guint l = 0; l < G_N_ELEMENTS (lines); l++)
        telar_assert_contains (outcome.out, lines[l]);
      text = telar_text (outcome.out);
      g_assert_true (g_str_has_suffix (text, "\nDone\n"));
    }
}

static void
test_summary (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_auto (TelarOutcome) outcome = { 0 };
  g_autofree char *graph = NULL;

  telar_place_init (&place);
  graph = telar_place_graph (&place, "squares.telar", SQUARES);
  telar_call (&outcome, "run", graph, NULL);
  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_cmpuint (telar_count_lines (outcome.out), >, 13);
  telar_assert_contains (outcome.out, "Done\n");
  telar_assert_contains (outcome.out, "\nTook ");
  telar_assert_contains (outcome.out, "\n3 tasks, all ended with 0\n");
  telar_assert_contains (outcome.out, "\nCore ");
}

static void
test_exit_statuses (void)
{
  const struct { const char *tasks; int status; } cases[] = {
    { PROCESS ("p", "exit", "0"), 0 },
    { PROCESS ("p", "exit", "7"), 1 },
    { PROCESS ("p", "fail", "\"no\""), 1 },
    { PROCESS ("p", "crash", ""), 1 },
    { PROCESS ("p", "crash", "\"SIGABRT\""), 1 },
    { TASK ("t", "thread", "crash", ""), 1 },
    { TASK ("t", "thread", "exit", "3"), 1 },
    { TASK ("c", "call", "exit", "0"), 0 },
    { PROCESS ("p", "sleep", "60") ",\n"
      "{ \"id\": \"q\", \"kind\": \"process\", \"body\": [[\"start\", {\"task\": \"x\"}], "
      "[\"terminate\", {\"task\": \"x\"}], [\"join\", {\"task\": \"x\"}]] },\n"
      PROCESS ("x", "sleep", "60"), 124 },
    { "{ \"id\": \"q\", \"kind\": \"process\", \"body\": [[\"start\", {\"task\": \"x\"}], "
      "[\"terminate\", {\"task\": \"x\"}], [\"join\", {\"task\": \"x\"}]] },\n"
      PROCESS ("x", "sleep", "60"), 0 },
    { "{ \"id\": \"q\", \"kind\": \"process\", \"body\": [[\"start\", {\"task\": \"x\"}], "
      "[\"kill\", {\"task\": \"x\"}], [\"join\", {\"task\": \"x\"}]] },\n"
      PROCESS ("x", "sleep", "60"), 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (TelarPlace) place = { 0 };
      g_auto (TelarOutcome) outcome = { 0 };
      g_autofree char *graph = NULL;

      telar_place_init (&place);
      graph = telar_place_graph (&place, "g.telar", cases[i].tasks);
      telar_call (&outcome, "run", "--timeout", cases[i].status == 124 ? "300ms" : "20", graph,
                  NULL);
      g_test_message ("%s", cases[i].tasks);
      g_assert_cmpint (outcome.status, ==, cases[i].status);
    }
}

static void
test_streams (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_auto (TelarOutcome) outcome = { 0 };
  g_autofree char *graph = NULL;

  telar_place_init (&place);
  graph = telar_place_graph (&place, "g.telar",
                             PROCESS ("p", "fail", "\"this went wrong\"") ",\n"
                             PROCESS ("q", "print", "\"ñandú\""));
  telar_call (&outcome, "run", "-q", graph, NULL);
  g_assert_cmpint (outcome.status, ==, 1);
  g_assert_cmpstr (telar_text (outcome.out), ==, "ñandú\n");
  g_assert_cmpstr (telar_text (outcome.err), ==, "this went wrong\n");
}

/* Files. */

static void
test_report (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_auto (TelarOutcome) outcome = { 0 };
  g_autofree char *graph = NULL, *file = NULL;
  json_t *root, *task;
  size_t  i;
  guint   n_joined = 0;

  telar_place_init (&place);
  graph = telar_place_graph (&place, "g.telar", SQUARES);
  file = telar_place_file (&place, "report.json");
  telar_call (&outcome, "run", "--report", file, "--placement", "spread", graph, NULL);
  g_assert_cmpint (outcome.status, ==, 0);
  root = json_load_file (file, JSON_REJECT_DUPLICATES, NULL);
  g_assert_nonnull (root);
  g_assert_cmpint (json_integer_value (json_object_get (root, "telar-report")), ==, 1);
  g_assert_cmpint (json_integer_value (json_object_get (root, "wall-ns")), >, 0);
  g_assert_cmpuint (json_array_size (json_object_get (root, "lines")), ==, 10);
  g_assert_cmpuint (json_array_size (json_object_get (root, "tasks")), ==, 4);
  json_array_foreach (json_object_get (root, "tasks"), i, task)
    {
      const char *state = json_string_value (json_object_get (task, "state"));

      n_joined += g_strcmp0 (state, "joined") == 0;
      g_assert_cmpint (json_integer_value (json_object_get (task, "exit")), ==, 0);
      g_assert_cmpint (json_integer_value (json_object_get (task, "run-ns")), >=,
                       json_integer_value (json_object_get (task, "started-ns")));
    }
  g_assert_cmpuint (n_joined, >=, 2);
  json_decref (root);
}

/* The value of a row of the statistics that is told of the run. */
static double
told_of_run (const char *csv, const char *key)
{
  g_autofree char *begin = g_strdup_printf ("\nrun,%s,", key);
  g_auto (GStrv)   fields = NULL;
  const char      *at = strstr (csv, begin);

  if (at == NULL)
    g_error ("“%s” is not told", key);
  fields = g_strsplit (at + 1, "\n", 2);
  at = strrchr (fields[0], ',');
  return at != NULL ? g_ascii_strtod (at + 1, NULL) : 0;
}

/* A run that was kept tells what it told when it ran. */
static void
test_kept_run (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_auto (TelarOutcome) run = { 0 };
  g_auto (TelarOutcome) export = { 0 };
  g_auto (TelarOutcome) nothing = { 0 };
  g_auto (TelarOutcome) unsaid = { 0 };
  g_autofree char *graph = NULL, *kept = NULL, *first = NULL, *second = NULL, *table = NULL,
                  *csv = NULL, *was = NULL, *is = NULL;

  telar_place_init (&place);
  graph = telar_place_graph (&place, "g.telar", SQUARES);
  kept = telar_place_file (&place, "run.telar-run");
  first = telar_place_file (&place, "first.json");
  second = telar_place_file (&place, "second.json");
  table = telar_place_file (&place, "table.csv");
  telar_call (&run, "run", "-q", "--report", first, "--out", kept, "--serial-time", "2s", graph,
              NULL);
  g_assert_cmpint (run.status, ==, 0);
  telar_call (&export, "export", "--report", second, "--statistics", table, "--serial-time", "2",
              kept, NULL);
  g_assert_cmpint (export.status, ==, 0);
  telar_assert_empty (export.out);
  telar_assert_empty (export.err);
  g_assert_true (g_file_get_contents (first, &was, NULL, NULL));
  g_assert_true (g_file_get_contents (second, &is, NULL, NULL));
  g_assert_cmpstr (is, ==, was);
  g_assert_true (g_file_get_contents (table, &csv, NULL, NULL));
  g_assert_cmpfloat (told_of_run (csv, "serial-ns"), ==, 2e9);
  g_assert_cmpfloat_with_epsilon (told_of_run (csv, "speed-up") * told_of_run (csv, "wall-ns"),
                                  2e9, 2e9 * 1e-3);

  telar_call (&nothing, "export", kept, NULL);
  g_assert_cmpint (nothing.status, ==, 2);
  telar_assert_contains (nothing.err, "--statistics");
  telar_call (&unsaid, "run", "--serial-time", "2s", graph, NULL);
  g_assert_cmpint (unsaid.status, ==, 2);
  telar_assert_contains (unsaid.err, "--serial-time");
}

/* How long slices of both tasks were on cores at once; then on different ones. */
static gint64
parallel_ns (json_t *first, json_t *second)
{
  json_t *a, *b;
  size_t  i, k;
  gint64  sum = 0;

  json_array_foreach (json_object_get (first, "slices"), i, a)
    json_array_foreach (json_object_get (second, "slices"), k, b)
      {
        gint64 begin = MAX (json_integer_value (json_array_get (a, 1)),
                            json_integer_value (json_array_get (b, 1)));
        gint64 end = MIN (json_integer_value (json_array_get (a, 2)),
                          json_integer_value (json_array_get (b, 2)));

        if (begin < end)
          {
            g_assert_cmpint (json_integer_value (json_array_get (a, 0)), !=,
                             json_integer_value (json_array_get (b, 0)));
            sum += end - begin;
          }
      }
  return sum;
}

/* Two processes with work to do, spread over the cores, run at the same time. */
static void
test_parallel (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_auto (TelarOutcome) outcome = { 0 };
  g_autofree char *graph = NULL, *file = NULL;
  json_t *root, *tasks;

  if (sysconf (_SC_NPROCESSORS_ONLN) < 2)
    {
      g_test_skip ("this computer has one core");
      return;
    }
  telar_place_init (&place);
  graph = telar_place_graph (&place, "g.telar", PROCESS ("p1", "busy", "300") ",\n"
                             PROCESS ("p2", "busy", "300"));
  file = telar_place_file (&place, "report.json");
  telar_call (&outcome, "run", "-q", "--report", file, "--placement", "spread", graph, NULL);
  g_assert_cmpint (outcome.status, ==, 0);
  root = json_load_file (file, JSON_REJECT_DUPLICATES, NULL);
  tasks = json_object_get (root, "tasks");
  g_assert_cmpint (parallel_ns (json_array_get (tasks, 1), json_array_get (tasks, 2)), >, 0);
  json_decref (root);
}

static void
assert_begins (const char *file, const char *magic)
{
  g_autofree char *content = NULL;
  gsize            size;

  g_assert_true (g_file_get_contents (file, &content, &size, NULL));
  g_assert_cmpuint (size, >, strlen (magic));
  g_assert_cmpmem (content, strlen (magic), magic, strlen (magic));
}

static void
test_export (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_auto (TelarOutcome) outcome = { 0 };
  g_auto (TelarOutcome) run = { 0 };
  g_autofree char *graph = NULL, *png = NULL, *svg = NULL, *pdf = NULL, *other = NULL;

  telar_place_init (&place);
  graph = telar_place_graph (&place, "g.telar", SQUARES);
  png = telar_place_file (&place, "a.png");
  svg = telar_place_file (&place, "a.svg");
  pdf = telar_place_file (&place, "a.PDF");
  other = telar_place_file (&place, "b.png");
  telar_call (&outcome, "export", "--style", "print", "--size", "170x100mm", graph, png, svg, pdf,
              NULL);
  g_assert_cmpint (outcome.status, ==, 0);
  telar_assert_empty (outcome.out);
  telar_assert_empty (outcome.err);
  assert_begins (png, "\x89PNG");
  assert_begins (svg, "<?xml");
  assert_begins (pdf, "%PDF");
  telar_call (&run, "run", "-q", "--export", other, graph, NULL);
  g_assert_cmpint (run.status, ==, 0);
  assert_begins (other, "\x89PNG");
}

/* A run says the day that it took place, unless it is told another, or none; run has the
 * options of export. */
static void
test_export_date (void)
{
  const struct { const char *option, *value; gboolean dated; } cases[] = {
    { "--date", "1999-12-31", TRUE }, { "--no-date", "--quiet", FALSE },
    { "--title", "Of its own", FALSE },
  };
  g_auto (TelarPlace) place = { 0 };
  g_autofree char *graph = NULL, *svg = NULL;

  telar_place_init (&place);
  graph = telar_place_graph (&place, "g.telar", SQUARES);
  svg = telar_place_file (&place, "a.svg");
  g_setenv ("SOURCE_DATE_EPOCH", "86400", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (TelarOutcome) outcome = { 0 };
      g_autofree char *text = NULL;

      telar_call (&outcome, "run", "-q", "--size", "170mm", "--style", "print", "--export", svg,
                  cases[i].option, cases[i].value, graph, NULL);
      g_assert_cmpint (outcome.status, ==, 0);
      g_assert_true (g_file_get_contents (svg, &text, NULL, NULL));
      /* 170 mm are 481.9 points. */
      g_assert_nonnull (strstr (text, "width=\"481.8"));
      g_assert_true ((strstr (text, "1999-12-31</text>") != NULL) == cases[i].dated);
      g_assert_true ((strstr (text, "1970-01-02</text>") != NULL) == (i == 2));
      g_assert_true ((strstr (text, ">Of its own</text>") != NULL) == (i == 2));
    }
  g_unsetenv ("SOURCE_DATE_EPOCH");
}

/* A picture of the graph alone runs nothing. */
static void
test_export_graph (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_auto (TelarOutcome) outcome = { 0 };
  g_autofree char *graph = NULL, *svg = NULL, *trace = NULL;

  telar_place_init (&place);
  graph = telar_place_graph (&place, "g.telar", PROCESS ("p", "command", "\"touch\", \"trace\""));
  svg = telar_place_file (&place, "a.svg");
  trace = telar_place_file (&place, "trace");
  telar_call (&outcome, "export", "--lanes", "graph", graph, svg, NULL);
  g_assert_cmpint (outcome.status, ==, 0);
  assert_begins (svg, "<?xml");
  g_assert_false (g_file_test (trace, G_FILE_TEST_EXISTS));
}

/* The same graph gives the same bytes; another language gives others. */
static void
test_export_language (void)
{
  const char *const languages[] = { "en", "en", "es" };
  g_auto (TelarPlace) place = { 0 };
  g_autofree char *graph = NULL;
  char *pictures[G_N_ELEMENTS (languages)];

  telar_place_init (&place);
  graph = telar_place_graph (&place, "g.telar", SQUARES);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_auto (TelarOutcome) outcome = { 0 };
      g_autofree char *svg = telar_place_file (&place, "a.svg");

      telar_call (&outcome, "export", "--lanes", "graph", "--lang", languages[i], graph, svg, NULL);
      g_assert_cmpint (outcome.status, ==, 0);
      g_assert_true (g_file_get_contents (svg, &pictures[i], NULL, NULL));
    }
  g_assert_cmpstr (pictures[0], ==, pictures[1]);
  g_assert_cmpstr (pictures[0], !=, pictures[2]);
  g_free (pictures[0]);
  g_free (pictures[1]);
  g_free (pictures[2]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/command-line/help", test_help);
  g_test_add_func ("/command-line/documented", test_documented);
  g_test_add_func ("/command-line/wrong-calls", test_wrong_calls);
  g_test_add_func ("/command-line/functions", test_functions);
  g_test_add_func ("/command-line/own-functions", test_own_functions);
  g_test_add_func ("/command-line/cores", test_cores);
  g_test_add_func ("/command-line/check", test_check);
  g_test_add_func ("/command-line/run", test_run);
  g_test_add_func ("/command-line/summary", test_summary);
  g_test_add_func ("/command-line/exit-statuses", test_exit_statuses);
  g_test_add_func ("/command-line/streams", test_streams);
  g_test_add_func ("/command-line/report", test_report);
  g_test_add_func ("/command-line/kept-run", test_kept_run);
  g_test_add_func ("/command-line/parallel", test_parallel);
  g_test_add_func ("/command-line/export", test_export);
  g_test_add_func ("/command-line/export-date", test_export_date);
  g_test_add_func ("/command-line/export-graph", test_export_graph);
  g_test_add_func ("/command-line/export-language", test_export_language);
  return g_test_run ();
}
