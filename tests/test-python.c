/* test-python.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The text of a Python program, against golden files and word by word, and
 * which of its lines are whose. TELAR_GOLDEN=write writes the files anew.
 */

#include <string.h>

#include "catalogue/catalogue.h"
#include "graph/graph-file.h"
#include "python/functions.h"
#include "python/python.h"
#include "python/words.h"
#include "random-graph.h"

static TelarGraph *
parse (const char *text)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  TelarGraph *graph = telar_graph_parse (text, strlen (text), NULL, faults);

  if (graph == NULL || !telar_graph_check (graph, faults))
    g_error ("%s", ((TelarFault *) g_ptr_array_index (faults, 0))->what);
  return graph;
}

static TelarPython *
python_of (const char *text)
{
  g_autoptr (TelarGraph) graph = parse (text);

  return telar_python_generate (graph);
}

/* ---- examples ----------------------------------------------------------- */

static void
check_golden (const TelarPython *python, const char *example)
{
  g_autofree char *stem = g_strndup (example, strlen (example) - strlen (".telar"));
  g_autofree char *name = g_strdup_printf ("python-%s.txt", stem);
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "golden", name, NULL);
  g_autofree char *expected = NULL;

  if (g_strcmp0 (g_getenv ("TELAR_GOLDEN"), "write") == 0)
    g_assert_true (g_file_set_contents (file, python->text, -1, NULL));
  g_assert_true (g_file_get_contents (file, &expected, NULL, NULL));
  g_assert_cmpstr (python->text, ==, expected);
}

static void
test_examples (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "resources", "examples",
                                                   NULL);
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autoptr (GPtrArray) faults = telar_faults_new ();
      g_autofree char *file = g_build_filename (folder, name, NULL);
      g_autoptr (TelarGraph) graph = NULL;
      g_autoptr (TelarPython) python = NULL;

      if (!g_str_has_suffix (name, ".telar"))
        continue;
      g_test_message ("%s", name);
      graph = telar_graph_read (file, faults);
      python = telar_python_generate (graph);
      check_golden (python, name);
      n++;
    }
  g_assert_cmpuint (n, >=, 30);
}

/* ---- single things ------------------------------------------------------ */

#define GRAPH(rest) "{ \"telar\": 1, \"tasks\": [" rest "] }"
#define BUSY(id, kind, rest) \
  "{ \"id\": \"" id "\", \"kind\": \"" kind "\", \"function\": \"busy\", \"args\": [1]" rest " }"

static void
assert_has (const TelarPython *python, const char *text)
{
  if (strstr (python->text, text) == NULL)
    g_error ("no “%s” in:\n%s", text, python->text);
}

/* The example of the design: a third process after one of two. */
static void
test_either (void)
{
  g_autoptr (TelarPython) python = python_of (
      GRAPH (BUSY ("p1", "process", "") "," BUSY ("p2", "process", "") ","
             BUSY ("p3", "process", ", \"after\": [\"p1\"]") ","
             "{ \"id\": \"done\", \"kind\": \"call\", \"function\": \"print\", "
             "\"args\": [\"Done\"], \"after\": [\"p1\", \"p2\"] }"));

  assert_has (python, "    p1.start()\n"
                      "    p2.start()\n"
                      "\n"
                      "    ended = connection.wait([p1.sentinel, p2.sentinel])\n"
                      "    if p1.sentinel in ended:\n"
                      "        p1.join()\n"
                      "        p3.start()\n"
                      "        p2.join()\n"
                      "    else:\n"
                      "        p2.join()\n"
                      "        p1.join()\n"
                      "        p3.start()\n"
                      "\n"
                      "    print('Done')\n"
                      "\n"
                      "    p3.join()\n");
}

/* Where the order is determined there is no wait: a diamond, a chain of calls. */
static void
test_straight (void)
{
  g_autoptr (TelarPython) python = python_of (
      GRAPH (BUSY ("a", "process", "") "," BUSY ("b", "thread", "") ","
             BUSY ("c", "process", ", \"after\": [\"a\", \"b\"]") ","
             BUSY ("d", "call", ", \"after\": [\"c\"]") ","
             BUSY ("e", "thread", ", \"after\": [\"c\", \"d\"]")));

  g_assert_null (strstr (python->text, "wait"));
  assert_has (python, "    a.start()\n"
                      "    b.start()\n"
                      "\n"
                      "    a.join()\n"
                      "    b.join()\n"
                      "\n"
                      "    c.start()\n"
                      "    c.join()\n"
                      "\n"
                      "    busy(1)\n"
                      "\n"
                      "    e.start()\n"
                      "    e.join()\n");
}

static void
test_skip (void)
{
  g_autoptr (TelarPython) python = python_of (
      "{ \"telar\": 1, \"on-failure\": \"skip\", \"tasks\": ["
      BUSY ("a", "process", "") "," BUSY ("b", "process", ", \"copies\": 2") ","
      BUSY ("c", "process", ", \"after\": [\"a\", \"b\"]") ","
      BUSY ("d", "call", ", \"after\": [\"c\"]") "] }");

  assert_has (python, "    if a.exitcode == 0 and all(process.exitcode == 0 for process in b):\n"
                      "        c.start()\n"
                      "        c.join()\n"
                      "        if c.exitcode == 0:\n"
                      "            busy(1)\n");
}

/* After an exit there is nothing that would never be done. */
static void
test_exit (void)
{
  g_autoptr (TelarPython) python = python_of (
      "{ \"telar\": 1, \"main\": { \"body\": [ [\"busy\", 1], [\"exit\", 3] ] }, \"tasks\": ["
      BUSY ("a", "process", "") "," BUSY ("b", "process", ", \"after\": [\"a\"]") "] }");

  g_assert_true (g_str_has_suffix (python->text, "    a.start()\n\n    busy(1)\n    sys.exit(3)\n"));
}

static void
test_words (void)
{
  static const struct { const char *text, *quoted; } texts[] = {
    { "Done", "'Done'" }, { "it's", "\"it's\"" }, { "it's \"so\"", "'it\\'s \"so\"'" },
    { "a\\b\nc\td", "'a\\\\b\\nc\\td'" }, { "\x1b[1m", "'\\x1b[1m'" }, { "ñ", "'ñ'" }, { "", "''" } };
  static const struct { gint64 ns; const char *unit, *text; } durations[] = {
    { 60000000000, "s", "60" }, { 5000000, "s", "0.005" }, { 100000000, "s", "0.1" },
    { 1230000, "ms", "1.23" }, { 1, "s", "1e-09" }, { 0, "ms", "0" } };
  static const struct { const char *id, *name; } ids[] = {
    { "p1", "p1" }, { "p-1", "p_1" }, { "p_1", "p_1_task" }, { "1st", "task_1st" },
    { "class", "class_task" }, { "print", "print_task" }, { "square", "square_task" },
    { "año", "año" }, { "p1", "p1_task" }, { "p1", "p1_task_2" }, { "-", "task_task" } };
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *quoted = telar_python_quote (texts[i].text);
      g_assert_cmpstr (quoted, ==, texts[i].quoted);
    }
  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      g_autofree char *text = telar_python_duration (durations[i].ns, durations[i].unit);
      g_assert_cmpstr (text, ==, durations[i].text);
    }
  telar_python_reserve (taken);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_cmpstr (telar_python_name (taken, ids[i].id), ==, ids[i].name);
}

/* Every function but those that control other tasks, and those of plug-ins, has a row. */
static void
test_table (void)
{
  unsigned n;
  const TelarFunction *functions = telar_catalogue (&n);

  for (unsigned i = 0; i < n; i++)
    if (functions[i].group != TELAR_GROUP_SHARE
        && (functions[i].n_parameters == 0 || functions[i].parameters[0].type != TELAR_VALUE_TASK)
        && strcmp (functions[i].name, "c_function") != 0)
      {
        g_test_message ("%s", functions[i].name);
        g_assert_nonnull (telar_python_function_find (functions[i].name));
      }
}

/* Classes by who uses an object; a lock around steps is a block. */
static void
test_objects (void)
{
  g_autoptr (TelarPython) python = python_of (
      "{ \"telar\": 1, \"objects\": [ { \"id\": \"m\", \"type\": \"lock\" }, "
      "{ \"id\": \"queue\", \"type\": \"queue\", \"capacity\": 2 }, "
      "{ \"id\": \"go\", \"type\": \"event\" } ], \"tasks\": ["
      "{ \"id\": \"p\", \"kind\": \"process\", \"copies\": 2, \"body\": ["
      "[\"acquire\", {\"object\": \"m\"}], [\"print\", \"in\"], [\"release\", {\"object\": \"m\"}], "
      "[\"put\", {\"object\": \"queue\"}, \"it\", \"0.5 s\"]] }, "
      "{ \"id\": \"c\", \"kind\": \"process\", \"start-method\": \"spawn\", "
      "\"function\": \"get\", \"args\": [{\"object\": \"queue\"}] }, "
      "{ \"id\": \"t\", \"kind\": \"thread\", \"function\": \"set\", "
      "\"args\": [{\"object\": \"go\"}] } ] }");

  assert_has (python, "def run_p(m_lock, queue):\n"
                      "    with m_lock:\n"
                      "        print('in')\n"
                      "    with suppress(Full):\n"
                      "        queue.put('it', timeout=0.5)\n");
  assert_has (python, "    set_start_method('fork')\n"
                      "    spawn = get_context('spawn')\n"
                      "\n"
                      "    # Processes share these; what fork makes does not get to others.\n"
                      "    m_lock = spawn.Lock()\n"
                      "    queue = spawn.Queue(2)\n"
                      "\n"
                      "    # Only threads of one process use these.\n"
                      "    go = Event()\n");
  assert_has (python, "    c = spawn.Process(target=run_c, args=(queue,))\n");
  assert_has (python, "from threading import Event, Thread\n");
  for (int step = 0; step < 4; step++)
    g_assert_nonnull (telar_python_find (python, 1, TELAR_PYTHON_STEP, step));
}

static void
test_notes (void)
{
  g_autoptr (TelarPython) threads = python_of (
      GRAPH (BUSY ("a", "thread", "") "," BUSY ("b", "thread", "")));
  g_autoptr (TelarPython) copies = python_of (GRAPH (BUSY ("a", "thread", ", \"copies\": 2")));
  g_autoptr (TelarPython) apart = python_of (
      GRAPH (BUSY ("p", "process", "") "," BUSY ("a", "thread", ", \"inside\": \"p\"") ","
             BUSY ("b", "thread", "")));
  g_autoptr (TelarPython) processes = python_of (GRAPH (BUSY ("a", "process", ", \"copies\": 2")));

  g_assert_cmpuint (threads->notes->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (threads->notes, 0), "GIL"));
  g_assert_cmpuint (copies->notes->len, ==, 1);
  g_assert_cmpuint (apart->notes->len, ==, 0);
  g_assert_cmpuint (processes->notes->len, ==, 0);
}

/* ---- whose line is whose ------------------------------------------------ */

static char *
line_of (const TelarPython *python, const TelarPythonMark *mark)
{
  g_auto (GStrv) lines = g_strsplit (python->text, "\n", -1);

  g_assert_nonnull (mark);
  g_assert_cmpuint (mark->line, <, g_strv_length (lines));
  return g_strdup (g_strstrip (lines[mark->line]));
}

static void
test_marks (void)
{
  static const struct { guint32 task; TelarPythonWhat what; int step; const char *line; } marks[] = {
    { 0, TELAR_PYTHON_STEP, 0, "p1.start()" },   { 0, TELAR_PYTHON_STEP, 1, "for process in w:" },
    { 0, TELAR_PYTHON_STEP, 3, "print('x')" },   { 1, TELAR_PYTHON_START, -1, "p1.start()" },
    { 1, TELAR_PYTHON_JOIN, -1, "p1.join(0.5)" }, { 1, TELAR_PYTHON_DEF, -1, "def run_p1():" },
    { 1, TELAR_PYTHON_CREATE, -1, "p1 = Process(target=run_p1)" },
    { 1, TELAR_PYTHON_STEP, 0, "busy(5)" },      { 1, TELAR_PYTHON_STEP, 1, "time.sleep(0.001)" },
    { 2, TELAR_PYTHON_START, -1, "for process in w:" },
    { 2, TELAR_PYTHON_STEP, 0, "w = [Process(target=busy, args=(1,)) for _ in range(2)]" },
    { 3, TELAR_PYTHON_CALL, -1, "print('done')" }, { 3, TELAR_PYTHON_STEP, 0, "print('done')" } };
  g_autoptr (TelarPython) python = python_of (
      "{ \"telar\": 1, \"main\": { \"body\": [ [\"start\", {\"task\": \"p1\"}], "
      "[\"start\", {\"task\": \"w\"}], [\"join\", {\"task\": \"p1\"}, 0.5], [\"print\", \"x\"] ] }, "
      "\"tasks\": [ { \"id\": \"p1\", \"kind\": \"process\", \"repeat\": 3, "
      "\"body\": [[\"busy\", 5], [\"sleep\", \"1 ms\"]] }, "
      BUSY ("w", "process", ", \"copies\": 2") ", { \"id\": \"done\", \"kind\": \"call\", "
      "\"function\": \"print\", \"args\": [\"done\"], \"after\": [\"w\"] } ] }");
  const TelarPythonMark *start;

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *line = line_of (python, telar_python_find (python, marks[i].task,
                                                                  marks[i].what, marks[i].step));
      g_assert_cmpstr (line, ==, marks[i].line);
    }
  /* from the line back to the task: whom it starts, before whose step it is */
  start = telar_python_find (python, 1, TELAR_PYTHON_START, -1);
  g_assert_cmpuint (telar_python_at (python, start->line)->task, ==, 1);
  start = telar_python_find (python, 2, TELAR_PYTHON_START, -1);
  g_assert_cmpuint (start->n, ==, 2);
  g_assert_cmpuint (telar_python_at (python, start->line + 1)->task, ==, 2);
  g_assert_null (telar_python_at (python, 0));
}

/* Every task of every graph is made, started and joined on some line; none of
 * the marks lies outside, or on a blank line. */
static void
test_marks_random (void)
{
  for (guint seed = 1; seed <= 200; seed++)
    {
      g_autoptr (TelarGraph) graph = telar_random_graph_new (seed, NULL);
      g_autoptr (TelarPython) python = telar_python_generate (graph);
      g_autoptr (TelarPython) again = telar_python_generate (graph);
      g_auto (GStrv) lines = g_strsplit (python->text, "\n", -1);

      g_assert_cmpstr (python->text, ==, again->text);
      for (guint i = 0; i < python->marks->len; i++)
        {
          const TelarPythonMark *mark = &g_array_index (python->marks, TelarPythonMark, i);

          g_assert_cmpuint (mark->n, >=, 1);
          g_assert_cmpuint (mark->line + mark->n, <, g_strv_length (lines));
          g_assert_cmpstr (lines[mark->line], !=, "");
          g_assert_cmpuint (mark->task, <=, graph->tasks->len);
        }
      for (guint i = 0; i < graph->tasks->len; i++)
        {
          const TelarTask *task = g_ptr_array_index (graph->tasks, i);
          TelarPythonWhat what = task->kind == TELAR_KIND_CALL ? TELAR_PYTHON_CALL
                                                               : TELAR_PYTHON_START;

          g_test_message ("seed %u, %s", seed, task->id);
          g_assert_nonnull (telar_python_find (python, i + 1, what, -1));
          for (guint n = 0; n < task->steps->len; n++)
            g_assert_nonnull (telar_python_find (python, i + 1, TELAR_PYTHON_STEP, (int) n));
        }
    }
}

#define SHARED(kind) \
  "{ \"telar\": 1, \"objects\": [{ \"id\": \"a\", \"type\": \"dict\" }, " \
  "{ \"id\": \"b\", \"type\": \"list\" }, { \"id\": \"s\", \"type\": \"shared-memory\", \"size\": 8 }], " \
  "\"tasks\": [{ \"id\": \"p\", \"kind\": \"" kind "\", \"copies\": 2, \"body\": [" \
  "[\"set_item\", {\"object\": \"a\"}, 1, 2], [\"append\", {\"object\": \"b\"}, 3], " \
  "[\"write\", {\"object\": \"s\"}, 4]] }] }"

/* Of processes one manager has both; threads need none. A block is given up at the end. */
static void
test_managed (void)
{
  g_autoptr (TelarPython) processes = python_of (SHARED ("process"));
  g_autoptr (TelarPython) threads = python_of (SHARED ("thread"));

  g_assert_nonnull (strstr (processes->text, "    manager = Manager()\n    a = manager.dict()\n"
                                             "    b = manager.list()\n"));
  g_assert_cmpuint (processes->notes->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (processes->notes, 0), "manager"));
  g_assert_nonnull (strstr (threads->text, "    a = {}\n    b = []\n"));
  g_assert_null (strstr (threads->text, "Manager"));
  g_assert_cmpuint (threads->notes->len, ==, 0);
  g_assert_true (g_str_has_suffix (processes->text, "    s.close()\n    s.unlink()\n"));
  g_assert_true (g_str_has_suffix (threads->text, "    s.close()\n    s.unlink()\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/python/examples", test_examples);
  g_test_add_func ("/python/either", test_either);
  g_test_add_func ("/python/straight", test_straight);
  g_test_add_func ("/python/skip", test_skip);
  g_test_add_func ("/python/exit", test_exit);
  g_test_add_func ("/python/words", test_words);
  g_test_add_func ("/python/table", test_table);
  g_test_add_func ("/python/objects", test_objects);
  g_test_add_func ("/python/notes", test_notes);
  g_test_add_func ("/python/managed", test_managed);
  g_test_add_func ("/python/marks", test_marks);
  g_test_add_func ("/python/marks-random", test_marks_random);
  return g_test_run ();
}
