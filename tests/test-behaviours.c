/* test-behaviours.c
 *
 * SPDX-License-Identifier: MIT
 *
 * How tasks share what they share: graphs through `telar run --report`, each for
 * processes and for threads, and what their steps gave back.
 */

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "telar-process.h"

typedef struct
{
  const char *name;
  const char *kinds;    /* p: processes, t: threads */
  int         status;   /* of telar run */
  const char *objects;  /* what stands in "objects": ' is ", */
  const char *tasks;    /* what stands in "tasks": $ is the kind, {m} refers to an object,
                         * {c.1} to an end of it, <p1> to a task */
  const char *results;  /* task: results of its steps; … */
} Row;

#define P(id, body)         "{ 'id': '" id "', 'kind': '$', 'body': [" body "] }"
#define P2(id, more, body)  "{ 'id': '" id "', 'kind': '$', " more ", 'body': [" body "] }"
#define AFTER(id, of, body) "{ 'id': '" id "', 'kind': 'call', 'after': [" of "], 'body': [" body "] }"
#define O(id, type)         "{ 'id': '" id "', 'type': '" type "' }"
#define O2(id, type, more)  "{ 'id': '" id "', 'type': '" type "', " more " }"

static const Row rows[] = {
  /* locks */
  { "lock", "pt", 1, O ("m", "lock"),
    P ("a", "['acquire', {m}], ['acquire', {m}, 0], ['acquire', {m}, 0.1], ['locked', {m}], "
            "['release', {m}], ['locked', {m}], ['release', {m}], ['print', 'never']"),
    "a: true, false, false, true, null, false, \"not-held\"" },
  { "lock-of-another", "pt", 0, O ("m", "lock"),
    P ("a", "['acquire', {m}], ['acquire', {m}], ['release', {m}]") ", "
    P ("b", "['sleep', 0.1], ['release', {m}]"),
    "a: true, true, null; b: null, null" },
  { "rlock", "pt", 1, O ("r", "rlock"),
    P ("a", "['acquire', {r}], ['acquire', {r}], ['release', {r}], ['locked', {r}], "
            "['release', {r}], ['locked', {r}], ['release', {r}]"),
    "a: true, true, null, true, null, false, \"not-owner\"" },
  { "rlock-of-another", "pt", 1, O ("r", "rlock"),
    P ("a", "['acquire', {r}], ['sleep', 0.2], ['release', {r}]") ", "
    P ("b", "['sleep', 0.1], ['acquire', {r}, 0], ['release', {r}]"),
    "a: true, null, null; b: null, false, \"not-owner\"" },

  /* semaphores */
  { "semaphore", "pt", 0, O2 ("s", "semaphore", "'value': 2"),
    P ("a", "['get_value', {s}], ['acquire', {s}], ['get_value', {s}], ['acquire', {s}], "
            "['get_value', {s}], ['acquire', {s}, 0], ['acquire', {s}, 0.1], ['release', {s}], "
            "['release', {s}], ['release', {s}], ['get_value', {s}]"),
    "a: 2, true, 1, true, 0, false, false, null, null, null, 3" },
  { "bounded", "pt", 1, O2 ("s", "bounded-semaphore", "'value': 1"),
    P ("a", "['acquire', {s}], ['release', {s}], ['release', {s}]"),
    "a: true, null, \"bound\"" },

  /* events */
  { "event", "pt", 0, O ("e", "event"),
    P2 ("w", "'copies': 3", "['wait', {e}, 0.2], ['wait', {e}], ['is_set', {e}]") ", "
    P ("s", "['sleep', 0.4], ['set', {e}], ['sleep', 0.3], ['clear', {e}], ['wait', {e}, 0.1]"),
    "w.1: false, true, true; w.2: false, true, true; w.3: false, true, true; "
    "s: null, null, null, null, false" },

  /* conditions */
  { "condition-timeout", "pt", 0, O ("c", "condition"),
    P ("a", "['notify', {c}], ['wait', {c}, 0.2], ['acquire', {c}], ['wait', {c}, 0.1], "
            "['release', {c}]"),
    "a: null, false, true, false, null" },
  { "condition-all", "pt", 0, O ("m", "lock") ", " O2 ("c", "condition", "'lock': 'm'"),
    P2 ("w", "'copies': 3", "['acquire', {m}], ['wait', {c}], ['release', {m}]") ", "
    P ("n", "['sleep', 0.3], ['acquire', {c}], ['notify_all', {c}], ['release', {c}]"),
    "w.1: true, true, null; w.2: true, true, null; w.3: true, true, null; "
    "n: null, true, null, null" },

  /* barriers */
  { "barrier-broken", "pt", 0, O2 ("b", "barrier", "'parties': 2"),
    P ("a", "['wait', {b}, 0.2], ['broken', {b}], ['wait', {b}], ['reset', {b}], "
            "['broken', {b}], ['n_waiting', {b}], ['parties', {b}]"),
    "a: \"broken\", true, \"broken\", null, false, 0, 2" },
  { "barrier-abort", "pt", 0, O2 ("b", "barrier", "'parties': 2"),
    P ("a", "['wait', {b}]") ", " P ("b1", "['sleep', 0.2], ['n_waiting', {b}], ['abort', {b}]"),
    "a: \"broken\"; b1: null, 1, null" },

  /* queues */
  { "queue", "pt", 0, O2 ("q", "queue", "'capacity': 6"),
    P ("a", "['get', {q}, 0], ['empty', {q}], ['put', {q}, 1], ['put', {q}, 'two'], "
            "['put', {q}, [3, 3]], ['put', {q}, 4.5], ['put', {q}, true], ['full', {q}], "
            "['put', {q}, null], ['full', {q}], ['qsize', {q}], ['put', {q}, 7, 0], "
            "['put', {q}, 7, 0.1]") ", "
    AFTER ("z", "'a'", "['get', {q}], ['get', {q}], ['get', {q}], ['get', {q}], ['get', {q}], "
                       "['get', {q}], ['get', {q}, 0.1]"),
    "a: false, true, true, true, true, true, true, false, true, true, 6, false, false; "
    "z: 1, \"two\", [3, 3], 4.5, true, null, false" },
  { "queue-full", "pt", 0, O2 ("q", "queue", "'capacity': 1"),
    P ("a", "['put', {q}, 1], ['put', {q}, 2], ['put', {q}, 3, 5]") ", "
    P ("b", "['sleep', 0.1], ['get', {q}], ['get', {q}], ['get', {q}]"),
    "a: true, true, true; b: null, 1, 2, 3" },
  { "joinable", "pt", 1, O ("q", "joinable-queue"),
    P ("a", "['put', {q}, 1], ['put', {q}, 2], ['join_queue', {q}, 0.1], ['join_queue', {q}]") ", "
    P ("b", "['get', {q}], ['sleep', 0.2], ['task_done', {q}], ['get', {q}], ['task_done', {q}], "
            "['task_done', {q}]"),
    "a: true, true, false, true; b: 1, null, null, 2, null, \"task-done\"" },
  { "simple-queue", "pt", 1, O ("q", "simple-queue"),
    P ("a", "['put', {q}, 'x'], ['close', {q}], ['put', {q}, 'y']") ", "
    P ("b", "['get', {q}], ['empty', {q}]"),
    "a: true, null, \"closed\"; b: \"x\", true" },

  /* pipes */
  { "pipe", "pt", 1, O2 ("c", "pipe", "'duplex': false"),
    P ("a", "['send', {c}, 'one'], ['send', {c}, 2], ['sleep', 0.2]") ", "
    P ("b", "['poll', {c}, 5], ['receive', {c}], ['receive', {c}], ['poll', {c}], "
            "['receive', {c}, 0.05], ['receive', {c}]"),
    "a: null, null, null; b: true, \"one\", 2, false, false, \"end-of-file\"" },
  { "duplex", "pt", 0, O ("c", "pipe"),
    P ("a", "['send', {c}, 'ping'], ['receive', {c}]") ", "
    P ("b", "['receive', {c}], ['send', {c}, 'pong']"),
    "a: null, \"pong\"; b: \"ping\", null" },
  { "ends", "pt", 0, O ("c", "pipe"),
    P ("a", "['send', {c.1}, 1], ['receive', {c.1}]") ", "
    P ("b", "['receive', {c.0}], ['send', {c.0}, 2]"),
    "a: null, 2; b: 1, null" },
  { "broken-pipe", "pt", 1, O2 ("c", "pipe", "'duplex': false"),
    P ("a", "['sleep', 0.2], ['send', {c}, 1]") ", " P ("b", "['receive', {c}, 0], ['close', {c}]"),
    "a: null, \"broken-pipe\"; b: false, null" },

  /* values */
  { "value", "pt", 0,
    O ("v", "value") ", " O2 ("w", "value", "'initial': 2.5") ", " O2 ("x", "array", "'length': 3"),
    P ("a", "['read', {v}], ['read', {w}], ['read', {x}, 2], ['write', {v}, 7], "
            "['write', {w}, 1], ['write', {x}, 9, 2], ['increment', {x}, 5, {unused}, 1]") ", "
    AFTER ("z", "'a'", "['read', {v}], ['read', {w}], ['read', {x}, 2], ['read', {x}, 1], "
                       "['read', {x}]"),
    "a: 0, 2.5, 0, null, null, null, null; z: 7, 1.0, 9, 5, 0" },
  { "value-index", "pt", 1, O2 ("x", "array", "'length': 3"), P ("a", "['read', {x}, 3]"),
    "a: \"index\"" },
  { "increments", "pt", 0, O ("v", "value") ", " O ("m", "lock"),
    P2 ("a", "'copies': 4", "['increment', {v}, 5000, {m}]") ", "
    AFTER ("z", "'a'", "['read', {v}]"),
    "z: 20000" },

  /* shared memory */
  { "block", "pt", 0, O2 ("s", "shared-memory", "'size': 24"),
    P ("a", "['read', {s}, 23], ['write', {s}, 255], ['pack_into', {s}, 8, -2], "
            "['pack_into', {s}, 17, 1000, 'H'], ['pack_into', {s}, 4, 0.5, 'f']") ", "
    AFTER ("z", "'a'", "['read', {s}], ['unpack_from', {s}], ['unpack_from', {s}, 0, 'b'], "
                       "['unpack_from', {s}, 8], ['unpack_from', {s}, 8, 'I'], "
                       "['unpack_from', {s}, 17, 'H'], ['read', {s}, 18], "
                       "['unpack_from', {s}, 4, 'f'], ['read', {s}, 16]"),
    "a: 0, null, null, null, null; "
    "z: 255, 4539628424389460223, -1, -2, 4294967294, 1000, 3, 0.5, 0" },
  { "block-end", "pt", 1, O2 ("s", "shared-memory", "'size': 8"),
    P ("a", "['unpack_from', {s}, 0], ['unpack_from', {s}, 1]"), "a: 0, \"index\"" },
  { "block-number", "pt", 1, O2 ("s", "shared-memory", "'size': 8"),
    P ("a", "['pack_into', {s}, 0, 255, 'B'], ['write', {s}, 256]"), "a: null, \"format\"" },

  /* lists and dictionaries */
  { "list", "pt", 0, O ("l", "list"),
    P ("a", "['append', {l}, 1], ['append', {l}, 'two'], ['insert', {l}, 0, [0, 'x']], "
            "['insert', {l}, -1, 2.5], ['append', {l}, null], ['append', {l}, true]") ", "
    AFTER ("z", "'a'", "['copy', {l}], ['len', {l}], ['get_item', {l}, 0], ['get_item', {l}, -1], "
                       "['get_item', {l}, 4], ['set_item', {l}, 1, 7], ['increment_item', {l}, 1, 2], "
                       "['contains', {l}, 9], ['contains', {l}, 'two'], ['contains', {l}, 'x'], "
                       "['pop', {l}, 0], ['pop', {l}], ['pop', {l}], ['copy', {l}], "
                       "['clear', {l}], ['len', {l}], ['copy', {l}]"),
    "a: null, null, null, null, null, null; "
    "z: [[0, \"x\"], 1, 2.5, \"two\", null, true], 6, [0, \"x\"], true, null, null, null, true, true, "
    "false, [0, \"x\"], true, null, [9, 2.5, \"two\"], null, 0, []" },
  { "list-index", "pt", 1, O ("l", "list"),
    P ("a", "['append', {l}, 1], ['pop', {l}], ['pop', {l}]"), "a: null, 1, \"index\"" },
  { "list-text", "pt", 1, O ("l", "list"),
    P ("a", "['append', {l}, 'x'], ['increment_item', {l}, 0]"), "a: null, \"no-number\"" },
  { "dict", "pt", 0, O ("d", "dict"),
    P ("a", "['set_item', {d}, 'b', 1], ['set_item', {d}, 5, 'five'], ['set_item', {d}, 'a', [1]], "
            "['increment_item', {d}, 'b', 3], ['increment_item', {d}, 'n']") ", "
    AFTER ("z", "'a'", "['copy', {d}], ['keys', {d}], ['values', {d}], ['len', {d}], "
                       "['get_item', {d}, 'b'], ['get_item', {d}, 'no', 0.5], "
                       "['get_item', {d}, 'no', null], ['contains', {d}, 5], ['contains', {d}, '5'], "
                       "['pop', {d}, 'b'], ['pop', {d}, 'b', false], ['keys', {d}], ['clear', {d}], "
                       "['copy', {d}]"),
    "a: null, null, null, null, null; "
    "z: {\"b\": 4, \"5\": \"five\", \"a\": [1], \"n\": 1}, [\"b\", 5, \"a\", \"n\"], "
    "[4, \"five\", [1], 1], 4, 4, 0.5, null, true, false, 4, false, [5, \"a\", \"n\"], null, {}" },
  { "dict-key", "pt", 1, O ("d", "dict"),
    P ("a", "['set_item', {d}, 'a', 1], ['get_item', {d}, 'A']"), "a: null, \"key\"" },
  { "dict-increments", "pt", 0, O ("d", "dict") ", " O ("m", "lock"),
    P2 ("a", "'copies': 4", "['increment_item', {d}, 'n', 2000, {m}]") ", "
    AFTER ("z", "'a'", "['get_item', {d}, 'n']"),
    "z: 8000" },
  { "list-shared", "pt", 0, O ("l", "list"),
    P2 ("a", "'copies': 4, 'repeat': 500", "['append', {l}, 1]") ", "
    AFTER ("z", "'a'", "['len', {l}]"),
    "z: 2000" },

  /* waiting for the first of several */
  { "wait-any", "pt", 0, O ("c", "pipe"),
    P ("a", "['sleep', 0.2], ['send', {c}, 5], ['sleep', 0.3]") ", "
    P ("s", "['wait_any', [{c}], 0.05], ['wait_any', [{c}]], ['wait_any', {c}, 0], "
            "['receive', {c}]"),
    "a: null, null, null; s: false, \"c\", \"c\", 5" },

  /* ends */
  { "owner-died", "p", 0, O ("m", "lock"),
    P ("a", "['acquire', {m}], ['sleep', 60]") ", "
    P ("b", "['sleep', 0.1], ['acquire', {m}], ['locked', {m}], ['release', {m}]") ", "
    "{ 'id': 'k', 'kind': 'call', 'body': [['sleep', 0.3], ['kill', <a>]] }",
    "b: null, \"owner-died\", true, null" },
  { "killed-waiter", "p", 0, O ("m", "lock"),
    P ("a", "['acquire', {m}], ['sleep', 0.5], ['release', {m}]") ", "
    P ("b", "['sleep', 0.1], ['acquire', {m}]") ", "
    P ("d", "['sleep', 0.2], ['acquire', {m}], ['release', {m}]") ", "
    "{ 'id': 'k', 'kind': 'call', 'body': [['sleep', 0.3], ['kill', <b>]] }",
    "a: true, null, null; d: null, true, null" },
  { "timeout-resolves", "pt", 0, O ("m", "lock") ", " O ("n", "lock"),
    P ("a", "['acquire', {m}], ['sleep', 0.1], ['acquire', {n}, 1], ['release', {m}]") ", "
    P ("b", "['acquire', {n}], ['sleep', 0.1], ['acquire', {m}], ['release', {m}], "
            "['release', {n}]"),
    "a: true, null, false, null; b: true, null, true, null, null" },
};

/* Graphs */

static void
replace (char **text, const char *pattern, const char *by)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  char *after = g_regex_replace (regex, *text, -1, 0, by, 0, NULL);

  g_assert_nonnull (after);
  g_free (*text);
  *text = after;
}

/* (transfer full) */
static char *
graph_text (const char *objects, const char *tasks, const char *kind, const char *method)
{
  char *text = g_strdup_printf ("{ 'telar': 1, 'start-method': '%s', "
                                "'objects': [ %s, { 'id': 'unused', 'type': 'lock' } ],"
                                " 'tasks': [ %s ] }", method, objects, tasks);

  replace (&text, "\\{(\\w+)\\.(\\d)\\}", "{ 'object': '\\1', 'end': \\2 }");
  replace (&text, "\\{(\\w+)\\}", "{ 'object': '\\1' }");
  replace (&text, "<(\\w+)>", "{ 'task': '\\1' }");
  replace (&text, "\\$", kind);
  replace (&text, "'", "\"");
  return text;
}

/* (transfer full): the report */
static json_t *
run_by (const char *objects, const char *tasks, const char *kind, const char *method, int status,
        TelarOutcome *outcome)
{
  g_auto (TelarPlace) place = { 0 };
  g_autofree char *text = graph_text (objects, tasks, kind, method);
  g_autofree char *graph = NULL;
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;
  json_t *report;

  telar_place_init (&place);
  graph = telar_place_file (&place, "graph.telar");
  file = telar_place_file (&place, "report.json");
  g_file_set_contents (graph, text, -1, &error);
  g_assert_no_error (error);
  telar_call (outcome, "run", "--report", file, graph, NULL);
  if (outcome->status != status)
    g_test_message ("%s\n%s%s", text, telar_text (outcome->out), telar_text (outcome->err));
  g_assert_cmpint (outcome->status, ==, status);
  report = json_load_file (file, 0, NULL);
  g_assert_nonnull (report);
  return report;
}

static json_t *
run (const char *objects, const char *tasks, const char *kind, int status, TelarOutcome *outcome)
{
  return run_by (objects, tasks, kind, "fork", status, outcome);
}

/* Reports */

static const json_t *
task_of (const json_t *report, const char *id)
{
  size_t i;
  json_t *task;

  json_array_foreach (json_object_get (report, "tasks"), i, task)
    if (strcmp (json_string_value (json_object_get (task, "id")), id) == 0)
      return task;
  g_error ("no task %s", id);
}

static gint64
get_ns (const json_t *json, const char *key)
{
  return json_integer_value (json_object_get (json, key));
}

/* A wait that was in vain lasted as long as it should have: as the last argument
 * says, in seconds. */
static void
check_timeout (const json_t *step)
{
  const char *call = json_string_value (json_object_get (step, "call"));
  const char *last = strrchr (call, ' ');
  double seconds = last != NULL ? g_ascii_strtod (last, NULL) : 0;

  if (json_is_false (json_object_get (step, "result")) && seconds > 0)
    {
      g_assert_cmpint (get_ns (step, "end") - get_ns (step, "begin"), >=, (gint64) (seconds * 1e9));
      g_assert_cmpint (get_ns (step, "end") - get_ns (step, "begin"), <,
                       (gint64) (seconds * 1e9) + 2000000000);
    }
}

/* Returns: (transfer full): "true, null" */
static char *
results_of (const json_t *report, const char *id)
{
  GString *text = g_string_new (NULL);
  size_t i;
  json_t *step;

  json_array_foreach (json_object_get (task_of (report, id), "steps"), i, step)
    {
      char *result = json_dumps (json_object_get (step, "result"), JSON_ENCODE_ANY);

      check_timeout (step);
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", result);
      free (result);
    }
  return g_string_free (text, FALSE);
}

/* Each blocked stretch with its cause: "lock m, held by a | sleep". (transfer full) */
static char *
causes_of (const json_t *report, const char *id)
{
  GString *text = g_string_new (NULL);
  size_t i;
  json_t *wait;

  json_array_foreach (json_object_get (task_of (report, id), "waits"), i, wait)
    if (strcmp (json_string_value (json_object_get (wait, "state")), "blocked") == 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " | " : "",
                              json_string_value (json_object_get (wait, "cause")));
  return g_string_free (text, FALSE);
}

static gboolean
has_cause (const json_t *report, const char *id, const char *cause)
{
  g_autofree char *causes = causes_of (report, id);
  g_auto (GStrv) list = g_strsplit (causes, " | ", -1);
  gboolean has = g_strv_contains ((const char *const *) list, cause);

  if (!has)
    g_test_message ("%s: %s", id, causes);
  return has;
}

static gboolean
is_text (const json_t *json, const char *key, const char *text)
{
  return strcmp (json_string_value (json_object_get (json, key)), text) == 0;
}

static guint
count_arrows (const json_t *report, const char *kind, const char *from, const char *to)
{
  guint n = 0;
  size_t i;
  json_t *arrow;

  json_array_foreach (json_object_get (report, "arrows"), i, arrow)
    {
      g_assert_cmpint (get_ns (arrow, "from-ns"), <=, get_ns (arrow, "to-ns"));
      n += is_text (arrow, "kind", kind) && (from == NULL || is_text (arrow, "from", from))
           && (to == NULL || is_text (arrow, "to", to));
    }
  return n;
}

/* Rows */

typedef struct
{
  const Row  *row;
  const char *kind;
  const char *method;
} Case;

static void
test_row (gconstpointer data)
{
  const Case *it = data;
  g_auto (TelarOutcome) outcome = { 0 };
  json_t *report = run_by (it->row->objects, it->row->tasks, it->kind, it->method, it->row->status,
                           &outcome);
  g_auto (GStrv) expected = g_strsplit (it->row->results, "; ", -1);

  for (guint i = 0; expected[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (expected[i], ": ", 2);
      g_autofree char *found = results_of (report, parts[0]);

      g_assert_cmpstr (found, ==, parts[1]);
    }
  json_decref (report);
}

/* What no table can tell */

static const char *const kinds[] = { "process", "thread" };

/* notify(1), (2), (99) wake 1, 3, 6 in all, those who came first. */
static void
test_notify (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_auto (TelarOutcome) outcome = { 0 };
      guint woken[3] = { 0 };
      json_t *report = run (O ("c", "condition"),
                            P2 ("w", "'copies': 6", "['wait', {c}]") ", "
                            P ("n", "['sleep', 0.4], ['notify', {c}], ['sleep', 0.4], "
                                    "['notify', {c}, 2], ['sleep', 0.4], ['notify', {c}, 99]"),
                            kinds[k], 0, &outcome);

      for (guint i = 1; i <= 6; i++)
        {
          g_autofree char *id = g_strdup_printf ("w.%u", i);
          const json_t *step = json_array_get (json_object_get (task_of (report, id), "steps"), 0);
          const json_t *said = json_object_get (task_of (report, "n"), "steps");
          gint64 end = get_ns (step, "end");

          g_assert_true (json_is_true (json_object_get (step, "result")));
          g_assert_true (has_cause (report, id, "condition c"));
          for (guint n = 0; n < 3; n++)
            woken[n] += end > get_ns (json_array_get (said, 2 * n + 1), "begin")
                        && (n == 2 || end < get_ns (json_array_get (said, 2 * n + 3), "begin"));
        }
      g_assert_cmpuint (woken[0], ==, 1);
      g_assert_cmpuint (woken[1], ==, 2);
      g_assert_cmpuint (woken[2], ==, 3);
      g_assert_cmpuint (count_arrows (report, "wake", "n", NULL), ==, 6);
      json_decref (report);
    }
}

/* None passes before all have come; each is another one of them. */
static void
test_barrier (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_auto (TelarOutcome) outcome = { 0 };
      guint seen = 0;
      gint64 last = 0;
      json_t *report = run (O2 ("b", "barrier", "'parties': 5"),
                            P2 ("w", "'copies': 4", "['wait', {b}]") ", "
                            P ("l", "['sleep', 0.3], ['wait', {b}]"), kinds[k], 0, &outcome);
      const json_t *late = json_array_get (json_object_get (task_of (report, "l"), "steps"), 1);

      last = get_ns (late, "begin");
      seen |= 1u << json_integer_value (json_object_get (late, "result"));
      for (guint i = 1; i <= 4; i++)
        {
          g_autofree char *id = g_strdup_printf ("w.%u", i);
          const json_t *step = json_array_get (json_object_get (task_of (report, id), "steps"), 0);
          gint64 nth = json_integer_value (json_object_get (step, "result"));
          g_autofree char *cause = g_strdup_printf ("barrier b, %d of 5 here", (int) nth + 1);

          g_assert_cmpint (get_ns (step, "end"), >=, last);
          g_assert_true (has_cause (report, id, cause));
          seen |= 1u << nth;
        }
      g_assert_cmpuint (seen, ==, 31);
      g_assert_cmpuint (count_arrows (report, "wake", "l", NULL), ==, 4);
      json_decref (report);
    }
}

/* Waits name what they are for and who holds it, and arrows who let them go on. */
static void
test_words (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_auto (TelarOutcome) outcome = { 0 };
      json_t *report
          = run (O ("m", "lock") ", " O2 ("s", "semaphore", "'value': 0") ", " O ("e", "event") ", "
                 O2 ("q", "queue", "'capacity': 1") ", " O ("c", "pipe"),
                 P ("a", "['acquire', {m}], ['sleep', 0.4], ['release', {m}], ['sleep', 0.4], "
                         "['release', {s}], ['sleep', 0.4], ['set', {e}], ['sleep', 0.4], "
                         "['put', {q}, 1], ['put', {q}, 2], ['sleep', 0.6], ['send', {c}, 3]") ", "
                 P ("b", "['sleep', 0.1], ['acquire', {m}], ['release', {m}], ['acquire', {s}], "
                         "['wait', {e}], ['sleep', 0.8], ['get', {q}], ['get', {q}], "
                         "['receive', {c}]"),
                 kinds[k], 0, &outcome);

      g_assert_true (has_cause (report, "b", "lock m, held by a"));
      g_assert_true (has_cause (report, "b", "semaphore s"));
      g_assert_true (has_cause (report, "b", "event e"));
      g_assert_true (has_cause (report, "a", "queue q full"));
      g_assert_true (has_cause (report, "b", "pipe c empty"));
      g_assert_cmpuint (count_arrows (report, "release", "a", "b"), ==, 2);
      g_assert_cmpuint (count_arrows (report, "wake", "a", "b"), ==, 1);
      g_assert_cmpuint (count_arrows (report, "pass", "a", "b"), ==, 3);
      g_assert_cmpuint (json_array_size (json_object_get (task_of (report, "a"), "holds")), ==, 1);
      g_assert_cmpuint (json_array_size (json_object_get (task_of (report, "b"), "holds")), ==, 1);
      json_decref (report);
    }
}

/* A process does not end before what it put is flushed, of 65,536 bytes on. */
static void
test_flush (void)
{
  g_autofree char *long_text = g_strnfill (70000, 'x');
  g_autofree char *tasks = g_strdup_printf (
      P ("a", "['put', {q}, '%s'], ['put', {q}, 1]") ", "
      P ("b", "['sleep', 0.3], ['get', {q}], ['get', {q}]"), long_text);
  g_auto (TelarOutcome) outcome = { 0 };
  json_t *report = run (O ("q", "queue"), tasks, "process", 0, &outcome);

  g_assert_cmpint (get_ns (task_of (report, "a"), "ended-ns"), >=, 300000000);
  g_assert_true (has_cause (report, "a", "flushing queue q"));
  json_decref (report);
}

/* Increments without a lock: some are lost, and it is said how many. */
static void
test_lost_updates (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_auto (TelarOutcome) outcome = { 0 };
      json_t *report = run (O ("v", "value"),
                            P2 ("a", "'copies': 4", "['increment', {v}, 5000]") ", "
                            AFTER ("z", "'a'", "['read', {v}]"), kinds[k], 0, &outcome);
      const json_t *object = json_array_get (json_object_get (report, "objects"), 0);
      const json_t *read = json_array_get (json_object_get (task_of (report, "z"), "steps"), 0);
      gint64 lost = get_ns (object, "lost-updates");
      g_autofree char *told = g_strdup_printf ("v: %d of 20000 increments were lost", (int) lost);

      g_assert_cmpint (get_ns (object, "increments"), ==, 20000);
      g_assert_cmpint (json_integer_value (json_object_get (read, "result")) + lost, ==, 20000);
      g_assert_cmpint (lost, >, 0);
      telar_assert_contains (outcome.out, told);
      json_decref (report);
    }
}

/* Who waits for what that who holds, within a second; the run ends with status 3. */
static void
test_deadlocks (void)
{
  static const struct
  {
    const char *objects, *tasks, *words;
    gboolean    cycle;
  } locked[] = {
    { O ("m", "lock") ", " O ("n", "lock"),
      P ("a", "['acquire', {m}], ['sleep', 0.1], ['acquire', {n}]") ", "
      P ("b", "['acquire', {n}], ['sleep', 0.1], ['acquire', {m}]"),
      "deadlock: a waits for lock n, held by b; b waits for lock m, held by a", TRUE },
    { O ("q", "queue") ", " O ("r", "queue"),
      P ("a", "['get', {q}], ['put', {r}, 1]") ", " P ("b", "['get', {r}], ['put', {q}, 1]"),
      "deadlock: a waits for an item in queue q; b waits for an item in queue r", TRUE },
    { O2 ("b", "barrier", "'parties': 3"), P2 ("a", "'copies': 2", "['wait', {b}]"),
      "of 3 here", FALSE },
    { O ("e", "event"), P ("a", "['wait', {e}]"), "deadlock: a waits for event e", FALSE },
    { O ("e", "event"), P ("a", "['wait', {e}]") ", "
      "{ 'id': 'k', 'kind': 'call', 'body': [['wait_any', [<a>]], ['set', {e}]] }",
      "deadlock: main waits for the end of a; a waits for event e", TRUE },
    { O ("m", "lock"), P ("a", "['acquire', {m}], ['acquire', {m}]"),
      "deadlock: a waits for lock m, held by a", FALSE },
    /* It ended, and took the lock with it. */
    { O ("m", "lock"), P ("a", "['acquire', {m}]") ", " P ("b", "['sleep', 0.1], ['acquire', {m}]"),
      "deadlock: b waits for lock m, held by a", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (locked); i++)
    for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
      {
        g_auto (TelarOutcome) outcome = { 0 };
        json_t *report = run (locked[i].objects, locked[i].tasks, kinds[k], 3, &outcome);
        const json_t *deadlocks = json_object_get (report, "deadlocks");
        const json_t *deadlock = json_array_get (deadlocks, 0);

        telar_assert_contains (outcome.err, locked[i].words);
        g_assert_cmpuint (json_array_size (deadlocks), ==, 1);
        g_assert_cmpint (json_is_true (json_object_get (deadlock, "cycle")), ==, locked[i].cycle);
        g_assert_true (json_is_null (json_object_get (deadlock, "resolved-ns")));
        g_assert_cmpint (get_ns (deadlock, "found-ns") - get_ns (deadlock, "since-ns"), <,
                         1000000000);
        json_decref (report);
      }
}

/* One more comes to those who wait for ever: nothing of what was told is over. */
static void
test_growing (void)
{
  static const struct
  {
    const char *objects, *tasks, *words;
  } growing[] = {
    { O ("e", "event"), P ("a", "['wait', {e}]") ", " P ("b", "['sleep', 0.8], ['wait', {e}]"),
      "a waits for event e; b waits for event e" },
    { O ("m", "lock") ", " O ("n", "lock"),
      P ("a", "['acquire', {m}], ['sleep', 0.1], ['acquire', {n}]") ", "
      P ("b", "['acquire', {n}], ['sleep', 0.1], ['acquire', {m}]") ", "
      P ("c", "['sleep', 0.9], ['acquire', {m}]"),
      "a waits for lock n, held by b; b waits for lock m, held by a" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (growing); i++)
    for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
      {
        g_auto (TelarOutcome) outcome = { 0 };
        json_t *report = run (growing[i].objects, growing[i].tasks, kinds[k], 3, &outcome);
        const json_t *deadlocks = json_object_get (report, "deadlocks");
        gsize n_tasks = 0;

        telar_assert_contains (outcome.err, growing[i].words);
        for (gsize d = 0; d < json_array_size (deadlocks); d++)
          {
            const json_t *one = json_array_get (deadlocks, d);

            g_assert_true (json_is_null (json_object_get (one, "resolved-ns")));
            n_tasks += json_array_size (json_object_get (one, "tasks"));
          }
        g_assert_cmpuint (n_tasks, ==, 2);
        json_decref (report);
      }
}

/* A timeout ends it: it is told, and the run goes on. */
static void
test_resolved (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_auto (TelarOutcome) outcome = { 0 };
      json_t *report
          = run (O ("m", "lock") ", " O ("n", "lock"),
                 P ("a", "['acquire', {m}], ['sleep', 0.1], ['acquire', {n}, 1.5], "
                         "['release', {m}]") ", "
                 P ("b", "['acquire', {n}], ['sleep', 0.1], ['acquire', {m}], ['release', {m}], "
                         "['release', {n}]"), kinds[k], 0, &outcome);
      const json_t *deadlock = json_array_get (json_object_get (report, "deadlocks"), 0);

      g_assert_true (json_is_true (json_object_get (deadlock, "cycle")));
      g_assert_cmpint (get_ns (deadlock, "resolved-ns"), >=, 1500000000);
      telar_assert_contains (outcome.out, "a waits for lock n, held by b");
      json_decref (report);
    }
}

/* Others work while two wait for each other: they are not disturbed. And who only
 * waits long is not in a deadlock. */
static void
test_no_deadlock (void)
{
  static const char *const fine[][2] = {
    { O ("q", "queue"),
      P ("a", "['get', {q}]") ", " P ("b", "['sleep', 1], ['put', {q}, 1]") },
    { O ("e", "event"),
      P2 ("a", "'daemon': true", "['wait', {e}]") ", " P ("b", "['sleep', 1]") },
    { O ("m", "lock"),
      P ("a", "['acquire', {m}]") ", " P ("b", "['sleep', 0.1], ['acquire', {m}]") ", "
      P ("d", "['sleep', 1], ['release', {m}]") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fine); i++)
    for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
      {
        g_auto (TelarOutcome) outcome = { 0 };
        json_t *report = run (fine[i][0], fine[i][1], kinds[k], 0, &outcome);

        g_assert_null (json_object_get (report, "deadlocks"));
        json_decref (report);
      }
}

static void
add_row (const Row *row, const char *kind, const char *method)
{
  Case *it = g_new (Case, 1);
  g_autofree char *path = g_strdup_printf ("/behaviours/%s/%s", row->name,
                                           strcmp (method, "fork") == 0 ? kind : method);

  *it = (Case){ row, kind, method };
  g_test_add_data_func_full (path, it, test_row, g_free);
}

int
main (int argc, char **argv)
{
  static const char *const methods[] = { "fork", "forkserver", "spawn" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (const char *k = rows[i].kinds; *k != '\0'; k++)
      {
        if (*k == 'p')
          for (guint m = 0; m < G_N_ELEMENTS (methods); m++)
            add_row (&rows[i], "process", methods[m]);
        else
          add_row (&rows[i], "thread", "fork");
      }
  g_test_add_func ("/behaviours/notify", test_notify);
  g_test_add_func ("/behaviours/barrier", test_barrier);
  g_test_add_func ("/behaviours/words", test_words);
  g_test_add_func ("/behaviours/flush", test_flush);
  g_test_add_func ("/behaviours/lost-updates", test_lost_updates);
  g_test_add_func ("/behaviours/deadlocks", test_deadlocks);
  g_test_add_func ("/behaviours/growing", test_growing);
  g_test_add_func ("/behaviours/resolved", test_resolved);
  g_test_add_func ("/behaviours/no-deadlock", test_no_deadlock);
  return g_test_run ();
}
