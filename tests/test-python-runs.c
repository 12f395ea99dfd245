/* test-python-runs.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A graph and its Python program, both run for real, print the same: every
 * example, graphs that show one thing each, and graphs at random. TELAR_SEED
 * sets the first seed, TELAR_GRAPHS how many.
 */

#include <stdlib.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "python/python.h"
#include "random-graph.h"
#include "run-graph.h"

#define SECONDS "60"

static const char *interpreter; /* NULL where there is none */
static char       *folder;      /* of graphs and programs */

/* What a graph and its program printed on standard output. */
typedef struct
{
  TelarTimeline *timeline; /* owned */
  char         **lines;    /* owned: the program's */
  char          *err;      /* owned: the program's */
  int            status;   /* the program's exit code, or -signal */
} Both;

static void
both_clear (Both *both)
{
  g_clear_pointer (&both->timeline, telar_timeline_unref);
  g_clear_pointer (&both->lines, g_strfreev);
  g_clear_pointer (&both->err, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Both, both_clear)

/* Numbers of processes, threads and cores are the kernel's. */
static char *
normalise (const char *line)
{
  g_autoptr (GRegex) number = g_regex_new ("(process|thread|core) [0-9]+", 0, 0, NULL);

  return g_regex_replace (number, line, -1, 0, "\\1 N", 0, NULL);
}

static void
run_program (const char *text, Both *both)
{
  g_autofree char *file = g_build_filename (folder, "program.py", NULL);
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *out = NULL;
  GError *error = NULL;

  g_file_set_contents (file, text, -1, &error);
  g_assert_no_error (error);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                        | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawn (launcher, &error, "timeout", SECONDS, interpreter, file,
                                         NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &both->err, &error);
  g_assert_no_error (error);
  both->status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                                      : -g_subprocess_get_term_sig (process);
  if (both->status == 124)
    g_error ("it did not end:\n%s\nprinted so far:\n%s\n%s", text, out, both->err);
  if (g_str_has_suffix (out, "\n"))
    out[strlen (out) - 1] = '\0';
  both->lines = g_strsplit (out, "\n", -1);
  for (guint i = 0; both->lines[i] != NULL; i++)
    {
      char *line = normalise (both->lines[i]);
      g_free (both->lines[i]);
      both->lines[i] = line;
    }
}

static void
run_both (const TelarGraph *graph, Both *both)
{
  g_autoptr (GBytes) plan = plan_of_graph (graph);
  g_autoptr (TelarRun) run = run_of_plan (plan, TELAR_SOURCE_OFF);
  g_autoptr (TelarPython) python = telar_python_generate (graph);

  run_to_end (run, 60);
  if (telar_run_get_state (run) != TELAR_RUN_ENDED)
    g_error ("%s", telar_run_get_error (run)->message);
  both->timeline = telar_timeline_ref (telar_run_get_timeline (run));
  run_program (python->text, both);
}

/* ---- comparing ---------------------------------------------------------- */

static char *
text_of (const TelarTextLine *line)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (line->text, NULL),
                                     g_bytes_get_size (line->text));
  return normalise (text);
}

/* Whether how far a task came is a matter of time: a signal ended it, or a
 * process that it lives in. */
static gboolean
is_uncertain (TelarTimeline *timeline, guint32 task)
{
  for (; task != TELAR_NO_TASK; task = telar_timeline_task (timeline, task)->parent)
    {
      const TelarTaskLane *lane = telar_timeline_task (timeline, task);

      if (lane->signalled || (lane->exit < 0 && lane->state != TELAR_STATE_NOT_STARTED))
        return TRUE;
    }
  return FALSE;
}

static void
count (GHashTable *table, const char *line, int by)
{
  int n = GPOINTER_TO_INT (g_hash_table_lookup (table, line));

  g_hash_table_insert (table, g_strdup (line), GINT_TO_POINTER (n + by));
}

/* The lines of one task, in their order, among all of the program's. */
static gboolean
is_in_order (TelarTimeline *timeline, guint32 task, char **lines)
{
  guint at = 0;

  for (guint i = 0; i < timeline->lines->len; i++)
    {
      const TelarTextLine *line = g_ptr_array_index (timeline->lines, i);
      g_autofree char *text = NULL;

      if (line->task != task || line->stream != 0)
        continue;
      text = text_of (line);
      while (lines[at] != NULL && strcmp (lines[at], text) != 0)
        at++;
      if (lines[at] == NULL)
        return FALSE;
      at++;
    }
  return TRUE;
}

/* Every line as often as the graph printed it; those that an uncertain task could
 * have printed, at least as often as the others did.
 *
 * Returns: (nullable): what differs. */
static char *
compare (const Both *both)
{
  TelarTimeline *timeline = both->timeline;
  g_autoptr (GHashTable) lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean any = FALSE;
  GHashTableIter iter;
  gpointer key, value;

  for (guint32 i = 0; i < timeline->tasks->len; i++)
    any |= i > 0 && is_uncertain (timeline, i);
  for (guint i = 0; i < timeline->lines->len; i++)
    {
      const TelarTextLine *line = g_ptr_array_index (timeline->lines, i);
      g_autofree char *text = text_of (line);

      if (line->stream == 0 && is_uncertain (timeline, line->task))
        g_hash_table_add (open, g_steal_pointer (&text));
      else if (line->stream == 0)
        count (lines, text, 1);
    }
  for (guint i = 0; both->lines[i] != NULL; i++)
    count (lines, both->lines[i], -1);
  g_hash_table_iter_init (&iter, lines);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      int n = GPOINTER_TO_INT (value);

      if (n > 0)
        return g_strdup_printf ("the graph prints %d more of “%s”", n, (const char *) key);
      /* what an ended task did not come to print in one, it may in the other */
      if (n < 0 && !any && !g_hash_table_contains (open, key))
        return g_strdup_printf ("the program prints %d more of “%s”", -n, (const char *) key);
    }
  for (guint32 i = 0; i < timeline->tasks->len; i++)
    if (!is_uncertain (timeline, i) && !is_in_order (timeline, i, both->lines))
      return g_strdup_printf ("%s prints in another order", telar_timeline_task (timeline, i)->id);
  return NULL;
}

static void
assert_same (const TelarGraph *graph, const char *name)
{
  g_auto (Both) both = { 0 };
  g_autofree char *difference = NULL;
  g_autofree char *out = NULL;

  run_both (graph, &both);
  difference = compare (&both);
  if (difference == NULL && both.status != MAX (lane_of (both.timeline, "main")->exit, -64))
    difference = g_strdup_printf ("main ends with %d, the program with %d",
                                  lane_of (both.timeline, "main")->exit, both.status);
  if (difference == NULL)
    return;
  out = g_strjoinv ("\n  ", both.lines);
  g_test_message ("%s: %s\nthe program:\n  %s\n%s", name, difference, out, both.err);
  g_test_fail ();
}

static TelarGraph *
parse (const char *text)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autofree char *file = g_build_filename (folder, "graph.telar", NULL);
  TelarGraph *graph = telar_graph_parse (text, strlen (text), file, faults);

  if (graph == NULL)
    g_error ("%s", ((TelarFault *) g_ptr_array_index (faults, 0))->what);
  return graph;
}

/* As in test-properties.c. */
#ifdef __has_feature
# define SANITIZED __has_feature (address_sanitizer)
#elif defined (__SANITIZE_ADDRESS__)
# define SANITIZED 1
#else
# define SANITIZED 0
#endif

static gboolean
skip (void)
{
  if (interpreter == NULL)
    g_test_skip ("there is no python3 on this computer");
  else if (SANITIZED)
    g_test_skip ("processes with threads cannot fork with the address sanitizer");
  return interpreter == NULL || SANITIZED;
}

/* ---- examples ----------------------------------------------------------- */

static void
test_examples (void)
{
  g_autofree char *examples = g_test_build_filename (G_TEST_DIST, "..", "resources", "examples",
                                                     NULL);
  g_autoptr (GDir) directory = g_dir_open (examples, 0, NULL);
  const char *name;

  if (skip ())
    return;
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autoptr (GPtrArray) faults = telar_faults_new ();
      g_autofree char *file = g_build_filename (examples, name, NULL);
      g_autoptr (TelarGraph) graph = NULL;

      if (!g_str_has_suffix (name, ".telar"))
        continue;
      graph = telar_graph_read (file, faults);
      assert_same (graph, name);
    }
}

/* ---- one thing each ----------------------------------------------------- */

#define HEAD "{ \"telar\": 1, "
#define GRAPH(tasks) HEAD "\"tasks\": [" tasks "] }"
#define SKIPPING(tasks) HEAD "\"on-failure\": \"skip\", \"tasks\": [" tasks "] }"
#define TASK(id, kind, rest) "{ \"id\": \"" id "\", \"kind\": \"" kind "\", " rest " }"
#define SAY(id, kind, rest) TASK (id, kind, "\"function\": \"print\", \"args\": [\"" id "\"]" rest)
#define AFTER(ids) ", \"after\": [" ids "]"
#define BODY(steps) "\"body\": [" steps "]"
#define OBJECT(id, type, rest) "{ \"id\": \"" id "\", \"type\": \"" type "\"" rest " }"
#define O(id) "{\"object\": \"" id "\"}"
#define M O ("m")
#define N O ("n")
#define SHARING(objects, tasks) HEAD "\"objects\": [" objects "], \"tasks\": [" tasks "] }"
#define METHOD(method, objects, tasks) \
  HEAD "\"start-method\": \"" method "\", \"objects\": [" objects "], \"tasks\": [" tasks "] }"
#define NAMES BODY ("[\"current_process\"], [\"current_thread\"], [\"parent_process\"]")
/* Of processes, threads and calls, given ones, of copies, inside of copies, asked for by
 * others. */
#define CALLED \
  TASK ("p", "process", "\"function\": \"current_process\"") "," \
  TASK ("t", "thread", "\"function\": \"current_thread\"" AFTER ("\"p\"")) "," \
  TASK ("g", "process", "\"name\": \"It's given\", \"daemon\": true, " NAMES AFTER ("\"t\"")) "," \
  TASK ("w", "process", "\"copies\": 2, " NAMES AFTER ("\"g\"")) "," \
  TASK ("in", "thread", "\"copies\": 2, \"inside\": \"w\", " NAMES) "," \
  TASK ("c", "call", "\"inside\": \"w\", " NAMES AFTER ("\"in\"")) "," \
  TASK ("n", "thread", BODY ("[\"name\", {\"task\": \"p\"}], [\"name\", {\"task\": \"n\"}], " \
                           "[\"name\", {\"task\": \"w\"}]") AFTER ("\"w\"")) "," \
  TASK ("last", "call", "\"function\": \"parent_process\"" AFTER ("\"n\""))
#define MEETS BODY ("[\"wait\", " O ("b") "], [\"acquire\", " M "], [\"print\", \"met\"], " \
                    "[\"release\", " M "]")
/* Each takes back what it appended itself: nobody else is at the list meanwhile. */
#define KEEPS BODY ( \
  "[\"increment_item\", " O ("d") ", \"it's\", 20, " M "], [\"set_item\", " O ("d") ", 5, [1, 2]], " \
  "[\"set_item\", " O ("d") ", \"none\", null], [\"contains\", " O ("d") ", 5], " \
  "[\"acquire\", " M "], [\"append\", " O ("l") ", \"a \\\"b\\\"\\u0007\"], " \
  "[\"append\", " O ("l") ", 2.5], [\"pop\", " O ("l") "], [\"release\", " M "], " \
  "[\"len\", " O ("l") "], [\"pack_into\", " O ("s") ", 8, 1000], " \
  "[\"pack_into\", " O ("s") ", 16, 2, \"d\"], [\"write\", " O ("s") ", 7.0, 31]")
#define LOOKS BODY ( \
  "[\"print_items\", " O ("d") "], [\"print_items\", " O ("l") "], [\"insert\", " O ("l") ", 1, true], " \
  "[\"set_item\", " O ("l") ", 0, 0.1], [\"increment_item\", " O ("l") ", 0], " \
  "[\"print_items\", " O ("l") "], [\"keys\", " O ("d") "], [\"values\", " O ("d") "], " \
  "[\"copy\", " O ("d") "], [\"copy\", " O ("l") "], [\"get_item\", " O ("d") ", 5], " \
  "[\"get_item\", " O ("d") ", 6, \"none\"], [\"pop\", " O ("d") ", 5], [\"pop\", " O ("d") ", 5, null], " \
  "[\"unpack_from\", " O ("s") ", 8], [\"unpack_from\", " O ("s") ", 16, \"d\"], " \
  "[\"read\", " O ("s") ", 31], [\"clear\", " O ("l") "], [\"clear\", " O ("d") "], " \
  "[\"print_items\", " O ("l") "], [\"print_items\", " O ("d") "], [\"print\", \"c\"]")
#define USERS \
  TASK ("p", "process", "\"copies\": 2, " BODY ("[\"acquire\", " M "], [\"print\", \"p\"], " \
        "[\"release\", " M "], [\"put\", " O ("q") ", 1], [\"increment\", " N ", 5, " M "]")) "," \
  TASK ("r", "process", BODY ("[\"get\", " O ("q") "], [\"get\", " O ("q") "], " \
        "[\"print\", \"r\"], [\"send\", " O ("c") ", 1]")) "," \
  TASK ("t", "thread", BODY ("[\"receive\", " O ("c") "], [\"print\", \"t\"]"))

static const struct
{
  const char *name;
  const char *graph;
} cases[] = {
  { "squares of any number",
    GRAPH (TASK ("p", "process", "\"function\": \"square\", \"args\": "
                 "[[0, -7, 3037000500, 9223372036854775807, -9223372036854775807]]") ","
           TASK ("q", "process", "\"function\": \"is_even\", \"args\": [[0, -8, 3, -3]]")) },
  { "computing",
    GRAPH (TASK ("a", "process", BODY ("[\"primes\", 0], [\"primes\", 1], [\"primes\", 2], "
                                       "[\"primes\", 100], [\"primes\", 99991]")) ","
           TASK ("b", "process", BODY ("[\"fibonacci\", 0], [\"fibonacci\", 1], "
                                       "[\"fibonacci\", 20], [\"matrix_multiply\", 1], "
                                       "[\"matrix_multiply\", 37]")) ","
           TASK ("c", "process", BODY ("[\"mandelbrot\", 1], [\"mandelbrot\", 40], "
                                       "[\"mandelbrot\", 33, 17]")) ","
           TASK ("d", "thread", BODY ("[\"monte_carlo_pi\", 2000], [\"monte_carlo_pi\", 999, -5], "
                                      "[\"sort\", 1], [\"sort\", 1000, 7], [\"sort\", 999]"))) },
  { "words of a file",
    GRAPH (TASK ("p", "process", "\"function\": \"count_words\", \"args\": [\"words.txt\"]")) },
  { "texts",
    GRAPH (TASK ("p", "process", "\"function\": \"print\", \"args\": [\"it's \\\\ \\\"so\\\"\"]") ","
           TASK ("q", "process", "\"function\": \"print\", \"args\": [\"{ñ} %s\\ttab\"]") ","
           TASK ("r", "call", "\"function\": \"greeting\", \"args\": [\"it's\"]") ","
           TASK ("s", "call", "\"function\": \"greeting\"")) },
  { "names that Python has already",
    GRAPH (SAY ("print", "process", "") "," SAY ("class", "thread", "") ","
           SAY ("os", "process", "") "," SAY ("1st-one", "process", "") ","
           SAY ("i", "thread", "") "," SAY ("square", "process", AFTER ("\"os\", \"1st-one\""))) },
  { "a third process after one of two",
    GRAPH (SAY ("p1", "process", "") "," SAY ("p2", "process", "") ","
           SAY ("p3", "process", AFTER ("\"p1\"")) ","
           SAY ("done", "call", AFTER ("\"p1\", \"p2\""))) },
  { "whoever ends first, processes",
    GRAPH (SAY ("a", "process", "") "," SAY ("b", "process", ", \"copies\": 3") ","
           SAY ("c", "process", AFTER ("\"a\"") ", \"copies\": 2") ","
           SAY ("d", "process", AFTER ("\"b\"")) "," SAY ("e", "call", AFTER ("\"b.2\"")) ","
           SAY ("f", "process", AFTER ("\"c\", \"e\"")) ","
           SAY ("g", "call", AFTER ("\"d\", \"f\""))) },
  { "whoever ends first, threads among processes",
    GRAPH (TASK ("slow", "thread", BODY ("[\"sleep\", \"50 ms\"], [\"print\", \"slow\"]")) ","
           SAY ("fast", "process", "") "," SAY ("s", "thread", AFTER ("\"slow\"")) ","
           SAY ("f", "thread", AFTER ("\"fast\"")) "," SAY ("z", "call", AFTER ("\"s\", \"f\""))) },
  { "skipped after a failure",
    SKIPPING (TASK ("good", "process", "\"function\": \"print\", \"args\": [\"good\"]") ","
              TASK ("bad", "process", "\"function\": \"fail\", \"args\": [\"as asked\"]") ","
              SAY ("a", "process", AFTER ("\"good\"")) "," SAY ("b", "process", AFTER ("\"bad\"")) ","
              SAY ("c", "call", AFTER ("\"a\"")) "," SAY ("d", "call", AFTER ("\"b\"")) ","
              SAY ("e", "thread", AFTER ("\"d\"")) ","
              TASK ("t", "thread", "\"function\": \"exit\", \"args\": [3]") ","
              SAY ("u", "process", AFTER ("\"t\"")) "," SAY ("v", "call", AFTER ("\"good\""))) },
  { "ends of threads and calls",
    GRAPH (TASK ("t", "thread", BODY ("[\"print\", \"t\"], [\"exit\", 3], [\"print\", \"never\"]")) ","
           TASK ("u", "thread", BODY ("[\"fail\", \"as asked\"], [\"print\", \"never\"]")) ","
           TASK ("p", "process", "\"function\": \"print\", \"args\": [\"p\"]") ","
           TASK ("c", "call", BODY ("[\"print\", \"c\"], [\"exit\", 4]") AFTER ("\"p\", \"t\"")) ","
           SAY ("never", "call", AFTER ("\"c\""))) },
  { "main ends early",
    HEAD "\"main\": { \"body\": [[\"print\", \"a\"], [\"exit\", 3]] }, \"tasks\": ["
         TASK ("p", "process", BODY ("[\"sleep\", \"50 ms\"], [\"print\", \"late\"]")) ","
         SAY ("never", "process", AFTER ("\"p\"")) "] }" },
  { "who is who",
    GRAPH (TASK ("p", "process", "\"function\": \"identify\", \"copies\": 2") ","
           TASK ("t", "thread", "\"function\": \"identify\", \"copies\": 2, \"inside\": \"p\"") ","
           TASK ("c", "call", "\"function\": \"identify\", \"inside\": \"p\"") ","
           TASK ("q", "process", BODY ("[\"identify\"], [\"busy\", 1]") ", \"inside\": \"p\"") ","
           TASK ("main-call", "call", "\"function\": \"identify\"")) },
  { "one timeout for all copies",
    HEAD "\"main\": { \"body\": [[\"start\", {\"task\": \"w\"}], "
         "[\"join\", {\"task\": \"w\"}, \"50 ms\"], [\"print\", \"waited\"]] }, \"tasks\": ["
         TASK ("w", "process", "\"function\": \"sleep\", \"args\": [\"100 ms\"], \"copies\": 3") "] }" },
  { "one copy of three",
    HEAD "\"main\": { \"body\": [[\"start\", {\"task\": \"w.2\"}], [\"print\", \"started\"]] }, "
         "\"tasks\": [" TASK ("w", "process", "\"function\": \"identify\", \"copies\": 3") "] }" },
  { "a command",
    GRAPH (TASK ("p", "process", "\"function\": \"command\", \"args\": "
                 "[\"sh\", \"-c\", \"echo one two; exit 3\"]")) },
  { "a function of a Python file",
    GRAPH (TASK ("p", "process", "\"function\": \"python\", \"args\": "
                 "[\"own.py\", \"total\", [1, 2.5], 3, \"4\", \"five\"]") ","
           TASK ("q", "process", "\"function\": \"python\", \"args\": [\"own.py\", \"leave\", 3]")
           "," TASK ("r", "process", "\"function\": \"python\", \"args\": [\"own.py\", \"broken\"]")
           "," TASK ("t", "thread", "\"function\": \"python\", \"args\": [\"own.py\", \"total\"]")
           "," TASK ("c", "call", "\"function\": \"python\", \"args\": [\"own.py\", \"total\", \"c\"]"
                     AFTER ("\"p\", \"q\", \"r\", \"t\""))) },
  { "pinned",
    HEAD "\"placement\": \"spread\", \"tasks\": ["
         TASK ("p", "process", "\"function\": \"identify\", \"copies\": 3") ","
         TASK ("q", "process", "\"function\": \"identify\", \"core\": 0") "] }" },
  { "a core that the task inside does not keep",
    GRAPH (TASK ("p", "process", "\"function\": \"print\", \"args\": [\"p\"], \"core\": 0") ","
           TASK ("t", "thread", "\"function\": \"identify\", \"inside\": \"p\"")) },
  { "packed",
    HEAD "\"placement\": \"packed\", \"tasks\": ["
         TASK ("p", "process", "\"function\": \"identify\"") "] }" },
  { "a daemon is ended, not waited for",
    GRAPH (TASK ("d", "process", "\"function\": \"sleep\", \"args\": [\"1 min\"], \"daemon\": true") ","
           SAY ("p", "process", "")) },
  { "nothing", GRAPH ("") },
  { "a lock around steps, processes and threads",
    SHARING (OBJECT ("m", "lock", "") "," OBJECT ("r", "rlock", "") "," OBJECT ("n", "value", "")
             "," OBJECT ("a", "array", ", \"length\": 3, \"real\": true"),
             TASK ("p", "process", "\"copies\": 3, " BODY (
                   "[\"acquire\", " M "], [\"print\", \"one\"], [\"increment\", " N ", 100], "
                   "[\"print\", \"two\"], [\"release\", " M "], "
                   "[\"increment\", " N ", 200, " M "]")) ","
             TASK ("t", "thread", "\"copies\": 2, " BODY (
                   "[\"acquire\", " O ("r") "], [\"acquire\", " O ("r") ", 1], "
                   "[\"print\", \"three\"], [\"release\", " O ("r") "], "
                   "[\"release\", " O ("r") "], [\"locked\", " M "]")) ","
             TASK ("q", "process", BODY ("[\"write\", " O ("a") ", 0.5, 2], [\"read\", " O ("a") "], "
                                         "[\"increment\", " O ("a") ", 1, " M ", 2], "
                                         "[\"print\", \"q\"]"))) },
  { "taken without a limit, with one, not at all",
    SHARING (OBJECT ("m", "lock", "") "," OBJECT ("s", "semaphore", ", \"value\": 2") ","
             OBJECT ("b", "bounded-semaphore", ""),
             TASK ("p", "process", BODY (
                   "[\"acquire\", " M "], [\"acquire\", " M ", 0], [\"acquire\", " M ", \"10 ms\"], "
                   "[\"acquire\", " M ", -1], [\"print\", \"held\"], [\"release\", " M "], "
                   "[\"acquire\", " O ("s") "], [\"get_value\", " O ("s") "], "
                   "[\"print\", \"one left\"], [\"release\", " O ("s") "]")) ","
             TASK ("over", "process", BODY ("[\"release\", " O ("b") "], [\"print\", \"never\"]")) ","
             TASK ("free", "process", BODY ("[\"release\", " M "], [\"print\", \"never\"]")
                   AFTER ("\"p\""))) },
  { "locks that cross",
    SHARING (OBJECT ("m", "lock", "") "," OBJECT ("r", "lock", ""),
             TASK ("p", "process", "\"repeat\": 2, " BODY (
                   "[\"acquire\", " M "], [\"print\", \"m\"], [\"acquire\", " O ("r") "], "
                   "[\"print\", \"both\"], [\"release\", " M "], [\"print\", \"r\"], "
                   "[\"release\", " O ("r") "]")) ","
             TASK ("t", "process", BODY ("[\"acquire\", " M "], [\"release\", " M "], "
                                         "[\"acquire\", " M "], [\"print\", \"t\"], "
                                         "[\"exit\", 3], [\"release\", " M "]")
                   AFTER ("\"p\""))) },
  { "producer and consumer",
    SHARING (OBJECT ("queue", "queue", ", \"capacity\": 2"),
             TASK ("producer", "process", "\"repeat\": 5, " BODY (
                   "[\"put\", " O ("queue") ", [1, \"it's\", true, null, {\"a\": 0.5}]], "
                   "[\"print\", \"put\"]")) ","
             TASK ("consumer", "process", "\"repeat\": 5, " BODY (
                   "[\"get\", " O ("queue") "], [\"print\", \"got\"]"))) },
  { "queues of threads, and those of both",
    SHARING (OBJECT ("q", "queue", "") "," OBJECT ("j", "joinable-queue", "") ","
             OBJECT ("s", "simple-queue", "") "," OBJECT ("c", "queue", ", \"capacity\": 1"),
             TASK ("t", "thread", BODY ("[\"get\", " O ("q") ", \"10 s\"], [\"print\", \"t\"], "
                                        "[\"put\", " O ("j") ", 1], [\"join_queue\", " O ("j") "], "
                                        "[\"join_queue\", " O ("j") ", \"10 ms\"], "
                                        "[\"print\", \"joined\"], [\"put\", " O ("s") ", 1]")) ","
             TASK ("u", "thread", BODY ("[\"put\", " O ("q") ", 7], [\"get\", " O ("j") "], "
                                        "[\"print\", \"u\"], [\"task_done\", " O ("j") "], "
                                        "[\"get\", " O ("s") "], [\"empty\", " O ("s") "], "
                                        "[\"print\", \"end\"]")) ","
             TASK ("p", "process", BODY ("[\"put\", " O ("c") ", 1], [\"put\", " O ("c") ", 2, 0], "
                                         "[\"put\", " O ("c") ", 3, \"10 ms\"], "
                                         "[\"full\", " O ("c") "], [\"qsize\", " O ("c") "], "
                                         "[\"print\", \"full\"]")) ","
             TASK ("r", "process", BODY ("[\"get\", " O ("c") "], [\"get\", " O ("c") ", \"10 ms\"], "
                                         "[\"get\", " O ("c") ", 0], [\"print\", \"empty\"]")
                   AFTER ("\"p\""))) },
  { "pipes, ping and pong",
    SHARING (OBJECT ("c", "pipe", "") "," OBJECT ("o", "pipe", ", \"duplex\": false"),
             TASK ("ping", "process", "\"repeat\": 3, " BODY (
                   "[\"send\", " O ("c") ", \"ping\"], [\"receive\", " O ("c") "], "
                   "[\"print\", \"pong\"]")) ","
             TASK ("pong", "process", "\"repeat\": 3, " BODY (
                   "[\"receive\", " O ("c") "], [\"print\", \"ping\"], "
                   "[\"send\", " O ("c") ", [2]]")) ","
             TASK ("w", "thread", BODY ("[\"send\", " O ("o") ", 1], [\"close\", " O ("o") "], "
                                        "[\"print\", \"sent\"]")) ","
             TASK ("x", "thread", BODY ("[\"poll\", " O ("o") ", 10], [\"receive\", " O ("o") ", 10], "
                                        "[\"print\", \"received\"]"))) },
  { "an event as a starting gun",
    SHARING (OBJECT ("set", "event", "") "," OBJECT ("e", "event", ""),
             TASK ("runner", "process", "\"copies\": 3, " BODY (
                   "[\"wait\", " O ("set") "], [\"print\", \"runs\"]")) ","
             TASK ("gun", "process", BODY ("[\"print\", \"ready\"], [\"set\", " O ("set") "], "
                                           "[\"is_set\", " O ("set") "]")) ","
             TASK ("t", "thread", BODY ("[\"wait\", " O ("e") ", \"10 ms\"], [\"set\", " O ("e") "], "
                                        "[\"wait\", " O ("e") "], [\"clear\", " O ("e") "], "
                                        "[\"print\", \"t\"]"))) },
  { "conditions, held and not, with a lock of their own and of others",
    SHARING (OBJECT ("c", "condition", "") "," OBJECT ("d", "condition", ", \"lock\": \"m\"") ","
             OBJECT ("m", "lock", ""),
             TASK ("t", "thread", BODY ("[\"acquire\", " O ("c") "], [\"wait\", " O ("c") ", \"10 ms\"], "
                                        "[\"print\", \"t\"], [\"notify\", " O ("c") ", 2], "
                                        "[\"release\", " O ("c") "], [\"notify_all\", " O ("c") "], "
                                        "[\"wait\", " O ("c") ", 0]")) ","
             TASK ("p", "process", "\"copies\": 2, " BODY (
                   "[\"acquire\", " M "], [\"wait\", " O ("d") ", \"10 ms\"], [\"print\", \"p\"], "
                   "[\"notify_all\", " O ("d") "], [\"release\", " M "], "
                   "[\"notify\", " O ("d") "]"))) },
  { "phases of a barrier, and a broken one",
    SHARING (OBJECT ("b", "barrier", ", \"parties\": 3") ","
             OBJECT ("x", "barrier", ", \"parties\": 2"),
             TASK ("p", "process", "\"copies\": 3, \"repeat\": 2, " BODY (
                   "[\"print\", \"phase\"], [\"wait\", " O ("b") "]")) ","
             TASK ("t", "thread", BODY ("[\"wait\", " O ("x") ", \"10 ms\"], [\"broken\", " O ("x") "], "
                                        "[\"print\", \"broken\"], [\"wait\", " O ("x") "], "
                                        "[\"reset\", " O ("x") "], [\"n_waiting\", " O ("x") "], "
                                        "[\"parties\", " O ("x") "], [\"abort\", " O ("x") "], "
                                        "[\"print\", \"t\"]"))) },
  { "the first of several",
    HEAD "\"objects\": [" OBJECT ("c", "pipe", "") "], \"main\": { \"body\": ["
         "[\"start\", {\"task\": \"p\"}], [\"start\", {\"task\": \"t\"}], "
         "[\"wait_any\", [{\"task\": \"p\"}, " O ("c") "], 10], [\"print\", \"first\"], "
         "[\"wait_any\", {\"task\": \"t\"}], [\"print\", \"t has ended\"]] }, \"tasks\": ["
         TASK ("p", "process", BODY ("[\"send\", " O ("c") ", 1]")) ","
         SAY ("t", "thread", "") "] }" },
  { "objects of a process inside",
    SHARING (OBJECT ("m", "lock", "") "," OBJECT ("q", "queue", "") "," OBJECT ("e", "event", ""),
             TASK ("p", "process", BODY ("[\"acquire\", " M "], [\"print\", \"p\"], "
                                         "[\"release\", " M "], [\"get\", " O ("q") "]")) ","
             TASK ("t", "thread", "\"inside\": \"p\", \"copies\": 2, " BODY (
                   "[\"acquire\", " M "], [\"print\", \"t\"], [\"release\", " M "]")) ","
             TASK ("i", "process", "\"inside\": \"p\", " BODY (
                   "[\"put\", " O ("q") ", 1], [\"wait\", " O ("e") "], [\"print\", \"i\"]")) ","
             TASK ("c", "call", BODY ("[\"set\", " O ("e") "], [\"print\", \"c\"]"))) },
  { "blocks, lists and dictionaries of processes",
    SHARING (OBJECT ("s", "shared-memory", ", \"size\": 32") "," OBJECT ("d", "dict", "") ","
             OBJECT ("l", "list", "") "," OBJECT ("m", "lock", ""),
             TASK ("p", "process", "\"copies\": 3, " KEEPS) ","
             TASK ("e", "process", BODY ("[\"get_item\", " O ("l") ", 9], [\"print\", \"never\"]")) ","
             TASK ("c", "call", LOOKS AFTER ("\"p\""))) },
  { "blocks, lists and dictionaries of threads",
    SHARING (OBJECT ("s", "shared-memory", ", \"size\": 32") "," OBJECT ("d", "dict", "") ","
             OBJECT ("l", "list", "") "," OBJECT ("m", "lock", ""),
             TASK ("p", "thread", "\"copies\": 3, " KEEPS) ","
             TASK ("c", "call", LOOKS AFTER ("\"p\""))) },
  { "blocks, lists and dictionaries of threads inside a process",
    SHARING (OBJECT ("s", "shared-memory", ", \"size\": 32") "," OBJECT ("d", "dict", "") ","
             OBJECT ("l", "list", "") "," OBJECT ("m", "lock", ""),
             TASK ("i", "process", "\"function\": \"print\", \"args\": [\"i\"]") ","
             TASK ("p", "thread", "\"inside\": \"i\", \"copies\": 3, " KEEPS) ","
             TASK ("c", "call", "\"inside\": \"i\", " LOOKS AFTER ("\"p\""))) },
  { "blocks, lists and dictionaries, spawned",
    METHOD ("spawn", OBJECT ("s", "shared-memory", ", \"size\": 32") "," OBJECT ("d", "dict", "") ","
                     OBJECT ("l", "list", "") "," OBJECT ("m", "lock", ""),
            TASK ("p", "process", "\"copies\": 2, " KEEPS) ","
            TASK ("c", "call", LOOKS AFTER ("\"p\""))) },
  { "blocks, lists and dictionaries by forkserver",
    METHOD ("forkserver", OBJECT ("s", "shared-memory", ", \"size\": 32") "," OBJECT ("d", "dict", "")
                          "," OBJECT ("l", "list", "") "," OBJECT ("m", "lock", ""),
            TASK ("p", "process", "\"copies\": 2, " KEEPS) ","
            TASK ("c", "call", LOOKS AFTER ("\"p\""))) },
  { "blocks, lists and dictionaries, forked and spawned",
    SHARING (OBJECT ("s", "shared-memory", ", \"size\": 32") "," OBJECT ("d", "dict", "") ","
             OBJECT ("l", "list", "") "," OBJECT ("m", "lock", ""),
             TASK ("p", "process", KEEPS) ","
             TASK ("q", "process", "\"start-method\": \"spawn\", " KEEPS) ","
             TASK ("c", "call", LOOKS AFTER ("\"p\", \"q\""))) },
  { "names, forked", METHOD ("fork", "", CALLED) },
  { "names, forkserver", METHOD ("forkserver", "", CALLED) },
  { "names, spawned", METHOD ("spawn", "", CALLED) },
  { "names, on cores, of main's own steps",
    HEAD "\"placement\": \"spread\", \"main\": { " BODY (
         "[\"current_process\"], [\"current_thread\"], [\"parent_process\"], "
         "[\"start\", {\"task\": \"p\"}], [\"name\", {\"task\": \"p.2\"}], "
         "[\"name\", {\"task\": \"p\"}], [\"join\", {\"task\": \"p\"}]") " }, \"tasks\": ["
    TASK ("p", "process", "\"copies\": 3, \"function\": \"current_process\"") "] }" },
  { "names of workers, one that is replaced, and of one with an initializer",
    HEAD "\"objects\": [ " OBJECT ("crew", "pool", ", \"workers\": 1, \"max-tasks-per-child\": 1") ", "
         OBJECT ("gang", "pool", ", \"workers\": 1, \"kind\": \"thread\"") ", "
         OBJECT ("band", "pool", ", \"workers\": 1, \"initializer\": \"print\", "
                                 "\"initargs\": [\"ready\"]") " ], \"main\": { " BODY (
         "[\"starmap\", {\"object\": \"crew\"}, \"current_process\", [[], [], []], 1], "
         "[\"starmap\", {\"object\": \"gang\"}, \"current_thread\", [[], []]], "
         "[\"starmap\", {\"object\": \"gang\"}, \"current_process\", [[]]], "
         "[\"starmap\", {\"object\": \"band\"}, \"current_process\", [[]]], "
         "[\"starmap\", {\"object\": \"band\"}, \"current_thread\", [[]]]") " }, "
         "\"tasks\": [] }" },
  { "spawn",
    METHOD ("spawn", OBJECT ("m", "lock", "") "," OBJECT ("q", "queue", "") ","
                     OBJECT ("c", "pipe", "") "," OBJECT ("n", "value", ""), USERS) },
  { "forkserver",
    METHOD ("forkserver", OBJECT ("m", "lock", "") "," OBJECT ("q", "queue", "") ","
                          OBJECT ("c", "pipe", "") "," OBJECT ("n", "value", ""), USERS) },
  { "fork, forkserver and spawn side by side",
    SHARING (OBJECT ("m", "lock", "") "," OBJECT ("b", "barrier", ", \"parties\": 3"),
             TASK ("f", "process", MEETS) "," TASK ("s", "process", "\"start-method\": \"spawn\", " MEETS)
             "," TASK ("g", "process", "\"start-method\": \"forkserver\", " MEETS)) },
};

static const char own_file[] =
  "import sys\n"
  "def total(*things):\n"
  "    print('total of', things)\n"
  "    return len(things)\n"
  "def leave(code):\n"
  "    print('leaving')\n"
  "    sys.exit(code)\n"
  "def broken():\n"
  "    print('so far')\n"
  "    raise ValueError('as asked')\n";

static void
test_case (gconstpointer data)
{
  g_autoptr (TelarGraph) graph = NULL;
  g_autofree char *words = g_build_filename (folder, "words.txt", NULL);
  g_autofree char *own = g_build_filename (folder, "own.py", NULL);
  guint i = GPOINTER_TO_UINT (data);

  if (skip ())
    return;
  g_assert_true (g_file_set_contents (words, "one two\n\tthree  four\x0b" "five ñ\n", -1, NULL));
  g_assert_true (g_file_set_contents (own, own_file, -1, NULL));
  graph = parse (cases[i].graph);
  assert_same (graph, cases[i].name);
}

/* ---- at random ---------------------------------------------------------- */

static guint
from_environment (const char *name, guint otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? (guint) strtoul (text, NULL, 10) : otherwise;
}

/* Whether steps end tasks: how those end, and with `skip` what comes after them,
 * is then a matter of time. */
static gboolean
is_ended_by_steps (const TelarGraph *graph)
{
  for (guint i = 0; i <= graph->tasks->len; i++)
    {
      const TelarTask *task = i == 0 ? graph->main : g_ptr_array_index (graph->tasks, i - 1);

      for (guint n = 0; n < task->steps->len; n++)
        {
          const TelarStep *step = g_ptr_array_index (task->steps, n);
          if (strcmp (step->function, "terminate") == 0 || strcmp (step->function, "kill") == 0)
            return TRUE;
        }
    }
  return FALSE;
}

static void
test_random (gconstpointer ends)
{
  TelarRandomGraphOptions options = TELAR_RANDOM_GRAPH_OPTIONS_INIT;
  guint first = from_environment ("TELAR_SEED", 1);
  guint n = from_environment ("TELAR_GRAPHS", 100);

  options.ends = ends != NULL;
  if (skip ())
    return;
  g_test_message ("seeds %u to %u", first, first + n - 1);
  for (guint seed = first; seed < first + n && !g_test_failed (); seed++)
    {
      g_autoptr (TelarGraph) graph = telar_random_graph_new (seed, &options);
      g_autofree char *name = g_strdup_printf ("seed %u", seed);

      graph->skip_on_failure = options.ends && seed % 2 == 0 && !is_ended_by_steps (graph);
      assert_same (graph, name);
    }
}

/* ---- objects at random -------------------------------------------------- */

static json_t *
object (const char *id)
{
  return json_pack ("{ss}", "object", id);
}

static void
add_step (TelarTask *task, const char *function, json_t *args)
{
  g_ptr_array_add (task->steps, telar_step_new (function, args));
}

static void
add_object (TelarGraph *graph, const char *id, TelarObjectType type, const char *option,
            int value)
{
  TelarObject *it = telar_object_new (id, type);

  if (option != NULL)
    json_object_set_new (it->options, option, json_integer (value));
  g_ptr_array_add (graph->objects, it);
}

/* What cannot block for ever, whatever the others do: every lock is given back, as
 * much is got as was put, all come to the barrier. */
static void
add_shared_steps (GRand *random, TelarTask *task, guint number, const char *line)
{
  static const char *const locks[] = { "m", "r", "s", "c" };
  const char *lock = locks[g_rand_int_range (random, 0, G_N_ELEMENTS (locks))];

  switch (number)
    {
    case 0:
      add_step (task, "acquire", json_pack ("[o]", object (lock)));
      add_step (task, "print", json_pack ("[s]", line));
      if (g_rand_boolean (random))
        add_step (task, "increment", json_pack ("[oi]", object ("n"), 3));
      add_step (task, "release", json_pack ("[o]", object (lock)));
      break;
    case 1:
      add_step (task, "increment", json_pack ("[oio]", object ("n"), 10, object (lock)));
      add_step (task, "print", json_pack ("[s]", line));
      break;
    case 2:
      add_step (task, "put", json_pack ("[os]", object ("q"), line));
      add_step (task, "get", json_pack ("[o]", object ("q")));
      add_step (task, "print", json_pack ("[s]", line));
      break;
    case 3:
      add_step (task, "set", json_pack ("[o]", object ("e")));
      add_step (task, "wait", json_pack ("[o]", object ("e")));
      add_step (task, "print", json_pack ("[s]", line));
      break;
    case 4:
      add_step (task, "increment_item", json_pack ("[osio]", object ("d"), line, 3, object ("m")));
      add_step (task, "append", json_pack ("[os]", object ("l"), line));
      add_step (task, "pack_into", json_pack ("[oii]", object ("k"), 8, 5));
      add_step (task, "print", json_pack ("[s]", line));
      break;
    default:
      add_step (task, "acquire", json_pack ("[o]", object ("c")));
      add_step (task, "wait", json_pack ("[os]", object ("c"), "2 ms"));
      add_step (task, "notify_all", json_pack ("[o]", object ("c")));
      add_step (task, "release", json_pack ("[o]", object ("c")));
      add_step (task, "print", json_pack ("[s]", line));
    }
}

static TelarGraph *
graph_with_objects (guint32 seed)
{
  GRand *random = g_rand_new_with_seed (seed);
  TelarGraph *graph = telar_graph_new ();
  int n = g_rand_int_range (random, 1, 5);
  int kinds = g_rand_int_range (random, 0, 3);

  graph->start_method = seed % 5 == 0 ? TELAR_METHOD_SPAWN : TELAR_METHOD_FORK;
  add_object (graph, "m", TELAR_OBJECT_LOCK, NULL, 0);
  add_object (graph, "r", TELAR_OBJECT_RLOCK, NULL, 0);
  add_object (graph, "s", TELAR_OBJECT_BOUNDED_SEMAPHORE, "value", 2);
  add_object (graph, "e", TELAR_OBJECT_EVENT, NULL, 0);
  add_object (graph, "c", TELAR_OBJECT_CONDITION, NULL, 0);
  add_object (graph, "q", TELAR_OBJECT_QUEUE, NULL, 0);
  add_object (graph, "n", TELAR_OBJECT_VALUE, NULL, 0);
  add_object (graph, "d", TELAR_OBJECT_DICTIONARY, NULL, 0);
  add_object (graph, "l", TELAR_OBJECT_LIST, NULL, 0);
  add_object (graph, "k", TELAR_OBJECT_SHARED_MEMORY, "size", 16);
  add_object (graph, "b", TELAR_OBJECT_BARRIER, "parties", n);
  for (int i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("task%d", i);
      gboolean process = kinds == 0 || (kinds == 2 && g_rand_boolean (random));
      TelarTask *task = telar_task_new (id, process ? TELAR_KIND_PROCESS : TELAR_KIND_THREAD);

      task->has_body = TRUE;
      for (int k = g_rand_int_range (random, 1, 4); k > 0; k--)
        {
          g_autofree char *line = g_strdup_printf ("%s, %d", id, k);
          add_shared_steps (random, task, (guint) g_rand_int_range (random, 0, 6), line);
        }
      add_step (task, "wait", json_pack ("[o]", object ("b")));
      add_step (task, "print", json_pack ("[s]", id));
      g_ptr_array_add (graph->tasks, task);
    }
  g_rand_free (random);
  return graph;
}

static void
test_random_objects (void)
{
  guint first = from_environment ("TELAR_SEED", 1);
  guint n = from_environment ("TELAR_GRAPHS", 40);

  if (skip ())
    return;
  g_test_message ("seeds %u to %u", first, first + n - 1);
  for (guint seed = first; seed < first + n && !g_test_failed (); seed++)
    {
      g_autoptr (TelarGraph) graph = graph_with_objects (seed);
      g_autofree char *name = g_strdup_printf ("seed %u", seed);

      assert_same (graph, name);
    }
}

static void
remove_folder (void)
{
  const char *const names[] = { "program.py", "words.txt", "own.py" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_build_filename (folder, names[i], NULL);
      g_unlink (file);
    }
  g_rmdir (folder);
  g_free (folder);
}

int
main (int argc, char **argv)
{
  g_autofree char *found = NULL;
  g_autofree char *search = g_strconcat ("/usr/bin:", g_getenv ("PATH"), NULL);
  int status;

  g_test_init (&argc, &argv, NULL);
  /* For the graphs too: what stands before the system's own may be a slow stand-in. */
  g_setenv ("PATH", search, TRUE);
  found = g_file_test ("/usr/bin/python3", G_FILE_TEST_IS_EXECUTABLE)
              ? g_strdup ("/usr/bin/python3")
              : g_find_program_in_path ("python3");
  interpreter = found;
  folder = g_dir_make_tmp ("telar-python-XXXXXX", NULL);
  g_assert_nonnull (folder);

  g_test_add_func ("/python-runs/examples", test_examples);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/python-runs/", cases[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_data_func ("/python-runs/random/plain", NULL, test_random);
  g_test_add_data_func ("/python-runs/random/ends", "ends", test_random);
  g_test_add_func ("/python-runs/random/objects", test_random_objects);
  status = g_test_run ();
  remove_folder ();
  return status;
}
