/* test-graph-file.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "graph/graph-file.h"

static TelarGraph *
parse (const char *text, GPtrArray *faults)
{
  return telar_graph_parse (text, strlen (text), "a.telar", faults);
}

static char *
describe_all (const GPtrArray *faults)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < faults->len; i++)
    {
      g_autofree char *line = telar_fault_describe (g_ptr_array_index (faults, i));
      g_string_append_printf (out, "%s\n", line);
    }
  return g_string_free (out, FALSE);
}

/* ---- round trips -------------------------------------------------------- */

static const char everything[] =
    "{\n"
    "  \"telar\": 1,\n"
    "  \"name\": \"Ñandú \\\"9\\\"\",\n"
    "  \"description\": \"All that a file can say.\",\n"
    "  \"start-method\": \"spawn\",\n"
    "  \"placement\": \"spread\",\n"
    "  \"cores\": [0, 2],\n"
    "  \"on-failure\": \"skip\",\n"
    "  \"alive-limit\": 64,\n"
    "  \"memory-limit\": 512,\n"
    "  \"objects\": [\n"
    "    { \"id\": \"m\", \"type\": \"lock\" },\n"
    "    { \"id\": \"s\", \"type\": \"semaphore\", \"value\": 2, \"position\": [1, 2.5], "
    "\"shade\": \"blue\" },\n"
    "    { \"id\": \"c\", \"type\": \"condition\", \"lock\": \"m\" }\n"
    "  ],\n"
    "  \"main\": { \"body\": [ [\"start\", {\"task\": \"p1\"}], [\"start\", {\"task\": \"p2\"}],\n"
    "                      [\"join\", {\"task\": \"p1\"}], [\"join\", {\"task\": \"p2\"}, 0.5], "
    "[\"print\", \"Done\"] ], \"repeat\": 2, \"newer\": null },\n"
    "  \"tasks\": [\n"
    "    { \"id\": \"p1\", \"kind\": \"process\", \"body\": [ [\"busy\", \"5 ms\"], "
    "[\"sleep\", 0.1] ], \"repeat\": 3 },\n"
    "    { \"id\": \"p2\", \"kind\": \"process\", \"function\": \"square\", "
    "\"args\": [[43, -50], 1e-07], \"name\": \"squares\", \"core\": 2, \"copies\": 4, "
    "\"daemon\": true, \"start-method\": \"fork\", \"position\": [40, 25.5], \"colour\": {\"hue\": 0.1, \"of\": [true, false, null]} },\n"
    "    { \"id\": \"t\", \"kind\": \"thread\", \"body\": [], \"inside\": \"p2\" },\n"
    "    { \"id\": \"done\", \"kind\": \"call\", \"function\": \"print\", \"args\": [\"Done\"], "
    "\"after\": [\"p1\", \"p2\"] }\n"
    "  ],\n"
    "  \"later\": \"kept\"\n"
    "}\n";

static void
test_everything (void)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph = parse (everything, faults);
  g_autofree char *text = NULL;
  const TelarTask *p2;
  gsize size;

  g_assert_nonnull (graph);
  g_assert_cmpstr (graph->file, ==, "a.telar");
  g_assert_cmpint (graph->start_method, ==, TELAR_METHOD_SPAWN);
  g_assert_cmpint (graph->placement, ==, TELAR_PLACEMENT_SPREAD);
  g_assert_cmpuint (graph->cores->len, ==, 2);
  g_assert_true (graph->skip_on_failure);
  g_assert_cmpuint (graph->alive_limit, ==, 64);
  g_assert_cmpuint (graph->memory_limit, ==, 512u << 20);
  g_assert_cmpuint (graph->main->steps->len, ==, 5);
  g_assert_cmpuint (graph->main->repeat, ==, 2);
  p2 = telar_graph_find (graph, "p2");
  g_assert_cmpstr (p2->name, ==, "squares");
  g_assert_cmpint (p2->core, ==, 2);
  g_assert_cmpuint (p2->copies, ==, 4);
  g_assert_true (p2->daemon);
  g_assert_cmpint (p2->start_method, ==, TELAR_METHOD_FORK);
  g_assert_cmpint (telar_graph_find (graph, "p1")->start_method, ==, -1);
  g_assert_cmpfloat (p2->y, ==, 25.5);
  g_assert_cmpstr (telar_graph_find (graph, "t")->inside, ==, "p2");
  g_assert_cmpuint (telar_graph_find (graph, "done")->after->len, ==, 2);

  text = telar_graph_print (graph, &size);
  g_assert_cmpuint (size, ==, strlen (text));
  g_assert_cmpstr (text, ==, everything);
}

static void
test_unknown_keys (void)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph = parse (everything, faults);
  static const char *const places[] = { "objects[1].shade", "main.newer", "tasks[1].colour",
                                       "later" };

  g_assert_nonnull (graph);
  g_assert_cmpuint (faults->len, ==, G_N_ELEMENTS (places));
  for (guint i = 0; i < faults->len; i++)
    {
      const TelarFault *fault = g_ptr_array_index (faults, i);
      g_assert_cmpint (fault->level, ==, TELAR_FAULT_WARNING);
      g_assert_cmpstr (fault->place, ==, places[i]);
    }
}

/* Defaults that were not written are not written back; those that were, are. */
static void
test_defaults (void)
{
  static const char *const files[] = {
    "{\n  \"telar\": 1,\n  \"tasks\": []\n}\n",
    "{\n  \"telar\": 1,\n  \"start-method\": \"fork\",\n  \"placement\": \"free\",\n"
    "  \"tasks\": []\n}\n",
    "{\n  \"telar\": 1,\n  \"main\": { \"function\": \"busy\", \"args\": [5] },\n"
    "  \"tasks\": []\n}\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GPtrArray) faults = telar_faults_new ();
      g_autoptr (TelarGraph) graph = parse (files[i], faults);
      g_autofree char *text = telar_graph_print (graph, NULL);

      g_assert_cmpuint (faults->len, ==, 0);
      g_assert_cmpstr (text, ==, files[i]);
    }
}

static void
test_sloppy (void)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph
      = parse ("\xef\xbb\xbf{\"tasks\":[{\"kind\":\"process\",\"function\":\"busy\",\"args\":[5.0,"
               "0.10],\"id\":\"a\",\"repeat\":1,\"after\":[],\"daemon\":false}],\"cores\":\"all\","
               "\"telar\":1}", faults);
  g_autofree char *text = NULL;

  g_assert_nonnull (graph);
  g_assert_cmpuint (faults->len, ==, 0);
  text = telar_graph_print (graph, NULL);
  g_assert_cmpstr (text, ==,
                   "{\n  \"telar\": 1,\n  \"tasks\": [\n    { \"id\": \"a\", "
                   "\"kind\": \"process\", \"function\": \"busy\", \"args\": [5.0, 0.1] }\n"
                   "  ]\n}\n");
}

/* What the check says of those that show what goes wrong; a part of each line. */
static const struct
{
  const char *name;
  const char *says;
} warned[] = {
  { "18-dining-philosophers.telar", "kill may end p" },
  { "29-terminate-while-holding-a-lock.telar", "terminate may end holder while it holds m" },
};

/* (nullable) */
static const char *
find_warned (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (warned); i++)
    if (strcmp (warned[i].name, name) == 0)
      return warned[i].says;
  return NULL;
}

static void
check_warnings (const GPtrArray *faults, const char *says)
{
  g_assert_cmpuint (faults->len, >, 0);
  for (guint i = 0; i < faults->len; i++)
    {
      const TelarFault *fault = g_ptr_array_index (faults, i);

      g_assert_cmpint (fault->level, ==, TELAR_FAULT_WARNING);
      g_assert_nonnull (strstr (fault->what, says));
    }
}

static void
test_examples (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "resources", "examples",
                                                   NULL);
  g_autofree char *list = g_build_filename (folder, "meson.build", NULL);
  g_autofree char *installed = NULL;
  g_autoptr (GDir) examples = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (examples);
  g_assert_true (g_file_get_contents (list, &installed, NULL, NULL));
  while ((name = g_dir_read_name (examples)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autofree char *found = NULL;
      g_autofree char *entry = g_strdup_printf ("'%s'", name);
      g_autoptr (GPtrArray) faults = telar_faults_new ();
      g_autoptr (TelarGraph) graph = NULL;

      if (!g_str_has_suffix (name, ".telar"))
        continue;
      n++;
      g_assert_nonnull (strstr (installed, entry));
      graph = telar_graph_read (file, faults);
      if (graph != NULL)
        telar_graph_check (graph, faults);
      found = describe_all (faults);
      if (find_warned (name) != NULL)
        check_warnings (faults, find_warned (name));
      else
        g_assert_cmpstr (found, ==, "");
      g_assert_nonnull (graph->name);
      g_assert_nonnull (graph->description);
      g_assert_true (g_str_has_suffix (graph->description, "."));
      g_assert_true (g_file_get_contents (file, &before, NULL, NULL));
      after = telar_graph_print (graph, NULL);
      g_assert_cmpstr (after, ==, before);
    }
  g_assert_cmpuint (n, >=, 30);
}

/* ---- broken texts ------------------------------------------------------- */

typedef struct
{
  const char *text;
  const char *expected; /* every fault that is an error, one a line */
} Broken;

#define GRAPH(keys) "{ \"telar\": 1, " keys " }"
#define TASK(keys)  GRAPH ("\"tasks\": [ { \"id\": \"a\", \"kind\": \"call\", " keys " } ]")

static const Broken broken[] = {
  { "", "a.telar: the file is empty" },
  { " ", "a.telar: line 1, column 1: the file ends too early" },
  { "hello", "a.telar: line 1, column 5: this is not JSON near “hello”" },
  { "{ \"telar\": 1,\n  \"tasks\": [ }", "a.telar: line 2, column 14: this is not JSON near “}”" },
  { "{ \"telar\": 1,\n  \"tasks\": [", "a.telar: line 2, column 12: the file ends too early" },
  { "{ \"telar\": 1 } {", "a.telar: line 1, column 16: something follows" },
  { "{ \"telar\": 1, \"telar\": 1 }", "a.telar: line 1, column 21: the key \"telar\" is there" },
  { GRAPH ("\"tasks\": [ { \"id\": \"a\",\n\"id\": \"b\" } ]"),
    "a.telar: line 2, column 4: the key \"id\" is there twice" },
  { "{ \"telar\": 1, \"name\": \"\xff\" }", "a.telar: line 1, column 24: this is not UTF-8 text" },
  { "{ \"telar\": 1,\n \"name\": \"ñ\xc3\" }", "a.telar: line 2, column 12: this is not UTF-8" },
  { "{ \"telar\": 1, \"name\": \"a\\u0000\" }", "a.telar: line 1, column 31: a text holds" },
  { "{ \"telar\": 99999999999999999999 }", "a.telar: line 1, column 31: a number is too large" },
  { "[]", "a.telar: telar: this is not a Telar graph" },
  { "5", "a.telar: telar: this is not a Telar graph" },
  { "{}", "a.telar: telar: this is not a Telar graph" },
  { "{ \"telar\": 2, \"tasks\": 5 }", "a.telar: telar: the graph is of version 2" },
  { "{ \"telar\": \"1\" }", "a.telar: telar: this is not a version" },
  { "{ \"telar\": 0 }", "a.telar: telar: this is not a version" },
  { GRAPH ("\"name\": 5"), "a.telar: name: this must be a text" },
  { GRAPH ("\"description\": []"), "a.telar: description: this must be a text" },
  { GRAPH ("\"start-method\": \"clone\""), "a.telar: start-method: “clone” is not known" },
  { GRAPH ("\"start-method\": 1"), "a.telar: start-method: this must be a text" },
  { GRAPH ("\"tasks\": [ { \"id\": \"p\", \"kind\": \"process\", \"body\": [], "
           "\"start-method\": \"clone\" } ]"),
    "a.telar: tasks[0].start-method: “clone” is not known" },
  { GRAPH ("\"placement\": \"Spread\""), "a.telar: placement: “Spread” is not known" },
  { GRAPH ("\"cores\": 2"), "a.telar: cores: this must be" },
  { GRAPH ("\"cores\": [\"a\"]"), "a.telar: cores: this must be" },
  { GRAPH ("\"cores\": \"none\""), "a.telar: cores: this must be" },
  { GRAPH ("\"on-failure\": \"stop\""), "a.telar: on-failure: this must be" },
  { GRAPH ("\"alive-limit\": 0"), "a.telar: alive-limit: with a limit of 0" },
  { GRAPH ("\"alive-limit\": -1"), "a.telar: alive-limit: this must be a whole number" },
  { GRAPH ("\"memory-limit\": 0"), "a.telar: memory-limit: with a limit of 0 MiB" },
  { GRAPH ("\"memory-limit\": 0.5"), "a.telar: memory-limit: this must be a whole number" },
  { GRAPH ("\"main\": []"), "a.telar: main: this must be an object" },
  { GRAPH ("\"main\": { \"args\": [1] }"), "a.telar: main.args: there are arguments" },
  { GRAPH ("\"tasks\": {}"), "a.telar: tasks: this must be a list of tasks" },
  { GRAPH ("\"tasks\": [ 5 ]"), "a.telar: tasks[0]: this must be an object" },
  { GRAPH ("\"tasks\": [ { \"id\": \"a\", \"function\": \"busy\", \"args\": [5] } ]"),
    "a.telar: tasks[0].kind: the task has no kind" },
  { GRAPH ("\"tasks\": [ { \"kind\": \"call\", \"function\": \"busy\", \"args\": [5] } ]"),
    "a.telar: tasks[0].id: the task has no id" },
  { GRAPH ("\"tasks\": [ { \"id\": 5, \"kind\": \"fibre\", \"body\": [] } ]"),
    "a.telar: tasks[0].id: this must be a text\n"
    "a.telar: tasks[0].kind: “fibre” is not known" },
  { TASK ("\"function\": 5"), "a.telar: tasks[0].function: this must be a text" },
  { TASK ("\"function\": \"busy\", \"args\": 5"), "a.telar: tasks[0].args: this must be a list" },
  { TASK ("\"function\": \"greeting\", \"body\": []"), "a.telar: tasks[0].function: there is a" },
  { TASK ("\"body\": 5"), "a.telar: tasks[0].body: this must be a list of calls" },
  { TASK ("\"body\": [ \"busy\", [\"busy\", 5], [5], [] ]"),
    "a.telar: tasks[0].body[0]: this must be a list that begins with a function's name\n"
    "a.telar: tasks[0].body[2]: this must be a list that begins\n"
    "a.telar: tasks[0].body[3]: this must be a list that begins" },
  { TASK ("\"body\": [], \"repeat\": -1"), "a.telar: tasks[0].repeat: this must be a whole" },
  { TASK ("\"body\": [], \"copies\": 1.5"), "a.telar: tasks[0].copies: this must be a whole" },
  { TASK ("\"body\": [], \"inside\": 5"), "a.telar: tasks[0].inside: this must be a text" },
  { TASK ("\"body\": [], \"after\": \"b\""), "a.telar: tasks[0].after: this must be a list of" },
  { TASK ("\"body\": [], \"after\": [5]"), "a.telar: tasks[0].after: this must be a list of ids" },
  { TASK ("\"body\": [], \"core\": \"0\""), "a.telar: tasks[0].core: this must be a whole number" },
  { TASK ("\"body\": [], \"daemon\": 1"), "a.telar: tasks[0].daemon: this must be true or false" },
  { TASK ("\"body\": [], \"position\": [1]"), "a.telar: tasks[0].position: this must be a list" },
  { TASK ("\"body\": [], \"name\": null"), "a.telar: tasks[0].name: this must be a text" },
  /* every fault in one pass: of the keys, and of what they say */
  { GRAPH ("\"name\": 5, \"tasks\": [ { \"id\": \"a\", \"kind\": \"process\", "
           "\"function\": \"bussy\", \"args\": [5], \"after\": [\"b\"] }, "
           "{ \"id\": \"c\", \"kind\": 7, \"body\": [] } ]"),
    "a.telar: name: this must be a text\n"
    "a.telar: tasks[1].kind: this must be a text\n"
    "a.telar: tasks[0].after[0]: there is no task b\n"
    "a.telar: tasks[0].function: there is no function bussy; did you mean busy?" },
};

static void
assert_faults (const GPtrArray *faults, const char *expected)
{
  g_auto (GStrv) lines = g_strsplit (expected, "\n", -1);
  guint n = 0;

  for (guint i = 0; i < faults->len; i++)
    {
      const TelarFault *fault = g_ptr_array_index (faults, i);
      g_autofree char *line = telar_fault_describe (fault);

      if (fault->level != TELAR_FAULT_ERROR)
        continue;
      g_assert_nonnull (fault->cure);
      if (lines[n] == NULL || !g_str_has_prefix (line, lines[n]))
        {
          g_test_message ("“%s” instead of “%s”", line, lines[n]);
          g_test_fail ();
          return;
        }
      n++;
    }
  g_assert_cmpstr (lines[n], ==, NULL);
}

static void
test_broken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GPtrArray) faults = telar_faults_new ();

      g_assert_null (parse (broken[i].text, faults));
      assert_faults (faults, broken[i].expected);
    }
}

static void
test_deep (void)
{
  static const guint depths[] = { 60, 64, 65, 3000, 1000000 };

  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autoptr (GString) text = g_string_new ("{ \"telar\": 1, \"x\": ");
      g_autoptr (GPtrArray) faults = telar_faults_new ();
      g_autoptr (TelarGraph) graph = NULL;

      for (guint n = 1; n < depths[i]; n++)
        g_string_append_c (text, '[');
      for (guint n = 1; n < depths[i]; n++)
        g_string_append_c (text, ']');
      g_string_append (text, " }");
      graph = parse (text->str, faults);
      if (depths[i] <= 64)
        {
          g_autofree char *again = telar_graph_print (graph, NULL);
          g_assert_nonnull (strstr (again, "[[[["));
        }
      else
        {
          g_assert_null (graph);
          assert_faults (faults, "a.telar: line 1, column 83: brackets are nested deeper than 64");
        }
    }
}

/* Text that is cut anywhere, or has a byte changed, is refused or read, never
 * more. */
static void
test_mutated (void)
{
  gsize size = strlen (everything);

  for (gsize cut = 0; cut < size - 1; cut++)
    {
      g_autoptr (GPtrArray) faults = telar_faults_new ();
      g_autoptr (TelarGraph) graph = telar_graph_parse (everything, cut, NULL, faults);

      g_assert_true (graph == NULL || cut == size - 1);
      g_assert_cmpuint (faults->len, >, 0);
    }
  for (guint seed = 0; seed < 4000; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autofree char *text = g_strdup (everything);
      g_autoptr (GPtrArray) faults = telar_faults_new ();
      g_autoptr (TelarGraph) graph = NULL;

      for (int n = g_rand_int_range (random, 1, 4); n > 0; n--)
        text[g_rand_int_range (random, 0, (gint32) size)]
            = (char) g_rand_int_range (random, 0, 256);
      graph = telar_graph_parse (text, size, NULL, faults);
      if (graph != NULL)
        {
          g_autofree char *once = telar_graph_print (graph, NULL);
          g_autoptr (TelarGraph) again = telar_graph_parse (once, strlen (once), NULL, faults);
          g_autofree char *twice = NULL;

          telar_graph_check (graph, faults);
          g_assert_nonnull (again);
          twice = telar_graph_print (again, NULL);
          g_assert_cmpstr (twice, ==, once);
        }
    }
}

/* ---- files -------------------------------------------------------------- */

typedef struct
{
  char       *folder;
  char       *file;
  TelarGraph *graph;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("telar-graph-XXXXXX", NULL);
  fixture->file = g_build_filename (fixture->folder, "a.telar", NULL);
  fixture->graph = telar_graph_new ();
  fixture->graph->name = g_strdup ("A");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GDir *folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_dir_close (folder);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->file);
  telar_graph_unref (fixture->graph);
}

static guint
count_files (const Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static void
test_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) again = NULL;
  GStatBuf status;

  g_assert_true (telar_graph_write (fixture->graph, fixture->file, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (fixture), ==, 1);
  again = telar_graph_read (fixture->file, faults);
  g_assert_cmpuint (faults->len, ==, 0);
  g_assert_cmpstr (again->name, ==, "A");
  g_assert_cmpstr (again->file, ==, fixture->file);

  /* permissions are kept */
  g_assert_cmpint (g_chmod (fixture->file, 0640), ==, 0);
  g_assert_true (telar_graph_write (fixture->graph, fixture->file, &error));
  g_assert_cmpint (g_stat (fixture->file, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0640);
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
test_write_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  g_autofree char *dangling = g_build_filename (fixture->folder, "dangling", NULL);
  g_autofree char *target = g_build_filename (fixture->folder, "new.telar", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink ("a.telar", link), ==, 0);
  g_assert_cmpint (symlink (target, dangling), ==, 0);
  g_assert_true (telar_graph_write (fixture->graph, fixture->file, &error));
  g_assert_true (telar_graph_write (fixture->graph, link, &error));
  g_assert_true (telar_graph_write (fixture->graph, dangling, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (dangling, G_FILE_TEST_IS_SYMLINK));
  g_assert_false (g_file_test (target, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (target, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpuint (count_files (fixture), ==, 4);
}

static void
test_write_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "a.telar", NULL);
  g_autofree char *pipe = g_build_filename (fixture->folder, "pipe", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (telar_graph_write (fixture->graph, nowhere, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, nowhere));
  g_clear_error (&error);
  g_assert_false (telar_graph_write (fixture->graph, fixture->folder, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  g_clear_error (&error);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_false (telar_graph_write (fixture->graph, pipe, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

/* A disk that is full leaves the old file as it was. */
static void
test_write_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  struct rlimit limit, small;
  void (*handler) (int);

  g_assert_true (telar_graph_write (fixture->graph, fixture->file, &error));
  g_assert_true (g_file_get_contents (fixture->file, &before, NULL, NULL));
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);
      g_ptr_array_add (fixture->graph->tasks, telar_task_new (id, TELAR_KIND_PROCESS));
    }
  handler = signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  small = (struct rlimit){ 4096, limit.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (telar_graph_write (fixture->graph, fixture->file, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  signal (SIGXFSZ, handler);
  g_assert_nonnull (error);
  g_assert_true (g_file_get_contents (fixture->file, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
assert_unreadable (const char *file, const char *what, const char *cure)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  const TelarFault *fault;

  g_assert_null (telar_graph_read (file, faults));
  g_assert_cmpuint (faults->len, ==, 1);
  fault = g_ptr_array_index (faults, 0);
  g_assert_cmpint (fault->level, ==, TELAR_FAULT_ERROR);
  g_assert_cmpstr (fault->file, ==, file);
  g_assert_nonnull (strstr (fault->what, what));
  g_assert_nonnull (strstr (fault->cure, cure));
}

static void
test_read_refused (Fixture *fixture, gconstpointer data)
{
  assert_unreadable (fixture->file, "No such file", "name");
  assert_unreadable (fixture->folder, "Is a directory", "not a folder");
  g_assert_true (g_file_set_contents (fixture->file, "", 0, NULL));
  assert_unreadable (fixture->file, "empty", "begins with");
  if (geteuid () == 0)
    {
      g_test_message ("root may read everything: a file without permissions was left out");
      return;
    }
  g_assert_cmpint (g_chmod (fixture->file, 0), ==, 0);
  assert_unreadable (fixture->file, "Permission denied", "right");
}

static void
test_read_huge (Fixture *fixture, gconstpointer data)
{
  int descriptor = g_open (fixture->file, O_WRONLY | O_CREAT, 0600);

  g_assert_cmpint (ftruncate (descriptor, (off_t) TELAR_GRAPH_MAX_BYTES + 1), ==, 0);
  g_assert_cmpint (close (descriptor), ==, 0);
  assert_unreadable (fixture->file, "larger than 64 MiB", "graph at all");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph-file/everything", test_everything);
  g_test_add_func ("/graph-file/unknown-keys", test_unknown_keys);
  g_test_add_func ("/graph-file/defaults", test_defaults);
  g_test_add_func ("/graph-file/sloppy", test_sloppy);
  g_test_add_func ("/graph-file/examples", test_examples);
  g_test_add_func ("/graph-file/broken", test_broken);
  g_test_add_func ("/graph-file/deep", test_deep);
  g_test_add_func ("/graph-file/mutated", test_mutated);
  g_test_add ("/graph-file/write", Fixture, NULL, set_up, test_write, tear_down);
  g_test_add ("/graph-file/write/link", Fixture, NULL, set_up, test_write_link, tear_down);
  g_test_add ("/graph-file/write/refused", Fixture, NULL, set_up, test_write_refused, tear_down);
  g_test_add ("/graph-file/write/full", Fixture, NULL, set_up, test_write_full, tear_down);
  g_test_add ("/graph-file/read/refused", Fixture, NULL, set_up, test_read_refused, tear_down);
  g_test_add ("/graph-file/read/huge", Fixture, NULL, set_up, test_read_huge, tear_down);
  return g_test_run ();
}
