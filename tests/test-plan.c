/* test-plan.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "catalogue/catalogue.h"
#include "graph/graph-file.h"
#include "graph/plan-build.h"
#include "random-graph.h"

/* ---- help --------------------------------------------------------------- */

static TelarGraph *
parse (const char *keys)
{
  g_autofree char *text = g_strdup_printf ("{ \"telar\": 1, %s }", keys);
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  TelarGraph *graph = telar_graph_parse (text, strlen (text), "/somewhere/./a.telar", faults);

  for (guint i = 0; i < faults->len; i++)
    g_error ("%s", ((TelarFault *) g_ptr_array_index (faults, i))->what);
  return graph;
}

static const TelarPlan *
get_plan (GBytes *bytes)
{
  gsize size;
  const void *plan = g_bytes_get_data (bytes, &size);
  unsigned n_functions;

  telar_catalogue (&n_functions);
  g_assert_cmpstr (telar_plan_check (plan, size, n_functions), ==, NULL);
  g_assert_cmpstr (telar_plan_check_arguments (plan), ==, NULL);
  return plan;
}

static GBytes *
build (const TelarGraph *graph, const TelarMachine *machine, const TelarPlanOptions *options)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  GBytes *plan = telar_plan_build (graph, machine, options, faults);

  for (guint i = 0; i < faults->len; i++)
    g_error ("%s", ((TelarFault *) g_ptr_array_index (faults, i))->what);
  g_assert_nonnull (plan);
  return plan;
}

static const char *
id_of (const TelarPlan *plan, guint32 task)
{
  return telar_plan_text (plan, telar_plan_task (plan, task)->id);
}

/* "p1 p2": tasks by their numbers. */
static void
add_ids (GString *out, const TelarPlan *plan, const guint32 *numbers, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? " " : "", id_of (plan, numbers[i]));
}

static void
add_value (GString *out, const TelarPlan *plan, const TelarPlanValue *value)
{
  switch ((TelarValueType) value->type)
    {
    case TELAR_VALUE_REAL:
      g_string_append_printf (out, "%g", value->real);
      break;
    case TELAR_VALUE_TEXT:
    case TELAR_VALUE_FILE:
    case TELAR_VALUE_TEXTS:
      g_string_append_printf (out, "'%s'", telar_plan_text (plan, value->first));
      break;
    case TELAR_VALUE_INTEGERS:
      g_string_append_c (out, '[');
      for (guint i = 0; i < value->count; i++)
        g_string_append_printf (out, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                                (gint64) telar_plan_integers (plan, value->first)[i]);
      g_string_append_c (out, ']');
      break;
    case TELAR_VALUE_TASK:
      g_string_append_c (out, '<');
      add_ids (out, plan, telar_plan_links (plan, (guint32) value->first), value->count);
      g_string_append_c (out, '>');
      break;
    case TELAR_VALUE_INTEGER:
    case TELAR_VALUE_DURATION:
    case TELAR_VALUE_SIGNAL:
    default:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, (gint64) value->integer);
    }
}

/* A task in a line: "p1 process in main [p2 p3] after a; start<p2> busy 5000000". */
static char *
describe (const TelarPlan *plan, guint32 number)
{
  const TelarPlanTask *task = telar_plan_task (plan, number);
  static const char *const kinds[] = { "process", "thread", "call" };
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%s %s", id_of (plan, number), kinds[task->kind]);
  if (task->parent != TELAR_NO_TASK)
    g_string_append_printf (out, " in %s", id_of (plan, task->parent));
  if (task->started_by_body)
    g_string_append (out, " started");
  if (task->daemon)
    g_string_append (out, " daemon");
  if (task->core >= 0)
    g_string_append_printf (out, " core %d", task->core);
  if (task->repeat > 1)
    g_string_append_printf (out, " x%u", task->repeat);
  if (task->n_started > 0)
    g_string_append_printf (out, " starts %u", task->n_started);
  if (task->n_children > 0)
    {
      g_string_append (out, " [");
      add_ids (out, plan, telar_plan_links (plan, task->first_child), task->n_children);
      g_string_append_c (out, ']');
    }
  if (task->n_after > 0)
    {
      g_string_append (out, " after ");
      add_ids (out, plan, telar_plan_links (plan, task->first_after), task->n_after);
    }
  for (guint32 i = 0; i < task->n_steps; i++)
    {
      const TelarPlanStep *step = telar_plan_step (plan, task->first_step + i);

      g_string_append_printf (out, "; %s", telar_catalogue (NULL)[step->function].name);
      for (guint32 n = 0; n < step->n_values; n++)
        {
          g_string_append_c (out, ' ');
          add_value (out, plan, telar_plan_value (plan, step->first_value + n));
        }
    }
  return g_string_free (out, FALSE);
}

static void
assert_plan (const char *keys, const char *const *expected)
{
  g_autoptr (TelarGraph) graph = parse (keys);
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 1);
  g_autoptr (GBytes) bytes = build (graph, machine, NULL);
  const TelarPlan *plan = get_plan (bytes);

  for (guint32 i = 0; i < plan->n_tasks; i++)
    {
      g_autofree char *line = describe (plan, i);

      g_assert_cmpstr (line, ==, expected[i]);
    }
  g_assert_null (expected[plan->n_tasks]);
}

/* ---- what a plan says --------------------------------------------------- */

static void
test_seed (void)
{
  static const char *const expected[] = {
    "main process [p1 p2 done]",
    "p1 process in main; square [43 50] 0",
    "p2 process in main; is_even [43 50] 5000000",
    "done call in main after p1 p2; print 'Done'",
    NULL,
  };

  assert_plan ("\"tasks\": ["
               "{ \"id\": \"p1\", \"kind\": \"process\", \"function\": \"square\", "
               "\"args\": [[43, 50]] },"
               "{ \"id\": \"p2\", \"kind\": \"process\", \"function\": \"is_even\", "
               "\"args\": [[43, 50], 5] },"
               "{ \"id\": \"done\", \"kind\": \"call\", \"function\": \"print\", "
               "\"args\": [\"Done\"], \"after\": [\"p2\", \"p1\", \"p2\"] } ]",
               expected);
}

static void
test_values (void)
{
  static const char *const expected[] = {
    "main process x2; greeting 'world'; greeting 'you'; print '43'; print '[1, 2.5]'; "
    "sleep 500000000; sleep 300000; sleep 60000000000; busy 1500000; exit 0",
    NULL,
  };
  static const char *const others[] = {
    "main process [a b]",
    "a process in main; ignore 15; ignore 9; crash 11; monte_carlo_pi 1000000 1; "
    "count_words 'x'",
    "b process in main; command 'ls'; command 'ls' '-l' '5'",
    NULL,
  };

  assert_plan ("\"main\": { \"repeat\": 2, \"body\": [ [\"greeting\"], [\"greeting\", \"you\"], "
               "[\"print\", 43], [\"print\", [1, 2.5]], [\"sleep\", 0.5], [\"sleep\", \"0.3 ms\"], "
               "[\"sleep\", \"1 min\"], [\"busy\", 1.5], [\"exit\"] ] }, \"tasks\": []",
               expected);
  assert_plan ("\"tasks\": [ { \"id\": \"a\", \"kind\": \"process\", \"body\": [ "
               "[\"ignore\", \"SIGTERM\"], [\"ignore\", 9], [\"crash\"], "
               "[\"monte_carlo_pi\", 1e6], [\"count_words\", \"x\"] ] }, "
               "{ \"id\": \"b\", \"kind\": \"process\", \"body\": [ [\"command\", \"ls\"], "
               "[\"command\", \"ls\", \"-l\", 5] ] } ]",
               others);
}

static void
test_control (void)
{
  static const char *const expected[] = {
    "main process starts 3; start <w.1 w.2>; start <t>; join <w.2> 0; join <t> -1; "
    "join <t> 500000000; terminate <w.1 w.2>; kill <w.1>",
    "w.1 process in main started; busy 1000000",
    "w.2 process in main started; busy 1000000",
    "t thread in main started starts 1; start <u>",
    "u process in t started; busy 1000000",
    NULL,
  };

  assert_plan ("\"main\": { \"body\": [ [\"start\", {\"task\": \"w\"}], "
               "[\"start\", {\"task\": \"t\"}], [\"join\", {\"task\": \"w.2\"}, -1], "
               "[\"join\", {\"task\": \"t\"}], [\"join\", {\"task\": \"t\"}, 0.5], "
               "[\"terminate\", {\"task\": \"w\"}], [\"kill\", {\"task\": \"w.1\"}] ] },"
               "\"tasks\": [ { \"id\": \"w\", \"kind\": \"process\", \"function\": \"busy\", "
               "\"args\": [1], \"copies\": 2 },"
               "{ \"id\": \"t\", \"kind\": \"thread\", \"function\": \"start\", "
               "\"args\": [{\"task\": \"u\"}] },"
               "{ \"id\": \"u\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1] } ]",
               expected);
}

/* The child stands before its parent in the file, and each copy of the parent
 * has its own. */
static void
test_copies (void)
{
  static const char *const expected[] = {
    "main process [p.1 p.2 done]",
    "t.1.1 thread in p.1; busy 1000000",
    "t.1.2 thread in p.1; busy 1000000",
    "t.2.1 thread in p.2; busy 1000000",
    "t.2.2 thread in p.2; busy 1000000",
    "p.1 process in main starts 1 [t.1.1 t.1.2 c.1]; start <s.1>; join <t.1.2> -1",
    "p.2 process in main starts 1 [t.2.1 t.2.2 c.2]; start <s.2>; join <t.2.2> -1",
    "c.1 call in p.1 after t.1.1 t.1.2; print 'x'",
    "c.2 call in p.2 after t.2.1 t.2.2; print 'x'",
    "s.1 thread in p.1 started; join <t.1.1 t.1.2> -1",
    "s.2 thread in p.2 started; join <t.2.1 t.2.2> -1",
    "done call in main after p.1 p.2; print 'x'",
    NULL,
  };

  assert_plan ("\"tasks\": ["
               "{ \"id\": \"t\", \"kind\": \"thread\", \"function\": \"busy\", \"args\": [1], "
               "\"inside\": \"p\", \"copies\": 2 },"
               "{ \"id\": \"p\", \"kind\": \"process\", \"copies\": 2, \"body\": [ "
               "[\"start\", {\"task\": \"s\"}], [\"join\", {\"task\": \"t.2\"}] ] },"
               "{ \"id\": \"c\", \"kind\": \"call\", \"function\": \"print\", \"args\": [\"x\"], "
               "\"inside\": \"p\", \"after\": [\"t\"] },"
               "{ \"id\": \"s\", \"kind\": \"thread\", \"function\": \"join\", "
               "\"args\": [{\"task\": \"t\"}] },"
               "{ \"id\": \"done\", \"kind\": \"call\", \"function\": \"print\", "
               "\"args\": [\"x\"], \"after\": [\"p\"] } ]",
               expected);
}

static void
test_after_one_copy (void)
{
  static const char *const expected[] = {
    "main process [w.1 w.2 w.3 a b]",
    "w.1 process in main; busy 1000000",
    "w.2 process in main; busy 1000000",
    "w.3 process in main; busy 1000000",
    "a call in main after w.1 w.3; print 'x'",
    "b call in main after w.2; print 'x'",
    NULL,
  };

  assert_plan ("\"tasks\": ["
               "{ \"id\": \"w\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1], "
               "\"copies\": 3 },"
               "{ \"id\": \"a\", \"kind\": \"call\", \"function\": \"print\", \"args\": [\"x\"], "
               "\"after\": [\"w.3\", \"w.1\"] },"
               "{ \"id\": \"b\", \"kind\": \"call\", \"function\": \"print\", \"args\": [\"x\"], "
               "\"after\": [\"w.2\"] } ]",
               expected);
}

static void
test_daemons (void)
{
  static const char *const expected[] = {
    "main process [d]",
    "d process in main daemon [t]; busy 1000000",
    "t thread in d starts 1; start <u>",
    "u thread in t started; busy 1000000",
    NULL,
  };
  static const char *const others[] = {
    "main process [d]",
    "d thread in main daemon starts 1; start <u>",
    "u thread in d started daemon; busy 1000000",
    NULL,
  };

  assert_plan ("\"tasks\": [ { \"id\": \"d\", \"kind\": \"process\", \"function\": \"busy\", "
               "\"args\": [1], \"daemon\": true }, { \"id\": \"t\", \"kind\": \"thread\", "
               "\"inside\": \"d\", \"function\": \"start\", \"args\": [{\"task\": \"u\"}] }, "
               "{ \"id\": \"u\", \"kind\": \"thread\", \"function\": \"busy\", \"args\": [1] } ]",
               expected);
  assert_plan ("\"tasks\": [ { \"id\": \"d\", \"kind\": \"thread\", \"daemon\": true, "
               "\"function\": \"start\", \"args\": [{\"task\": \"u\"}] }, { \"id\": \"u\", "
               "\"kind\": \"thread\", \"function\": \"busy\", \"args\": [1] } ]",
               others);
}

static void
test_head (void)
{
  g_autoptr (TelarGraph) graph
      = parse ("\"name\": \"A\", \"start-method\": \"spawn\", \"on-failure\": \"skip\", "
               "\"alive-limit\": 7, \"memory-limit\": 3, \"tasks\": [ { \"id\": \"p\", "
               "\"name\": \"Someone\", \"kind\": \"process\", \"function\": \"square\", "
               "\"args\": [[1000000, 1000001, 1000002, 1000003, 1000004, 1000005, 1000006]] }, "
               "{ \"id\": \"q\", \"kind\": \"process\", \"function\": \"greeting\" }, "
               "{ \"id\": \"r\", \"kind\": \"process\", \"body\": [] }, "
               "{ \"id\": \"s\", \"kind\": \"process\", \"body\": [ [\"busy\", 1], "
               "[\"greeting\"], [\"busy\", 2], [\"monte_carlo_pi\", 5] ] } ]");
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 1);
  g_autoptr (GBytes) bytes = build (graph, machine, NULL);
  g_autoptr (GBytes) other = NULL;
  TelarPlanOptions options = TELAR_PLAN_OPTIONS_INIT;
  const TelarPlan *plan = get_plan (bytes);

  g_assert_cmpstr (telar_plan_text (plan, plan->name), ==, "A");
  g_assert_cmpstr (telar_plan_text (plan, plan->folder), ==, "/somewhere");
  g_assert_cmpuint (plan->alive_limit, ==, 7);
  g_assert_cmpuint (plan->steps_limit, ==, 100000);
  g_assert_cmpuint (plan->memory_limit, ==, 3 << 20);
  g_assert_cmpuint (plan->start_method, ==, TELAR_METHOD_SPAWN);
  g_assert_cmpuint (plan->skip_on_failure, ==, 1);
  g_assert_cmpuint (plan->restricts_cores, ==, 0);
  g_assert_cmpstr (telar_plan_text (plan, telar_plan_task (plan, 0)->title), ==, "main");
  g_assert_cmpstr (telar_plan_text (plan, telar_plan_task (plan, 1)->title), ==, "p Someone");
  g_assert_cmpstr (telar_plan_text (plan, telar_plan_task (plan, 2)->title), ==, "q greeting");
  g_assert_cmpstr (telar_plan_text (plan, telar_plan_task (plan, 3)->title), ==, "r");
  g_assert_cmpstr (telar_plan_text (plan, telar_plan_task (plan, 4)->title), ==,
                   "s busy, greeting…");
  g_assert_cmpstr (telar_plan_text (plan, telar_plan_step (plan, 0)->text), ==,
                   "square([1000000, 1000001, 1000002, 1000003, 1000004, …])");

  g_free (graph->file);
  graph->file = g_strdup ("/dev/fd/../stdin");
  options.alive_limit = 9;
  options.start_method = TELAR_METHOD_FORK;
  other = build (graph, machine, &options);
  plan = get_plan (other);
  g_assert_cmpuint (plan->alive_limit, ==, 9);
  g_assert_cmpuint (plan->start_method, ==, TELAR_METHOD_FORK);
  g_assert_cmpstr (telar_plan_text (plan, plan->folder), ==, "");
}

/* A process is started as it says itself, else as the graph does; a command line
 * stands for the graph. Nothing else has a method. */
static void
test_start_method (void)
{
  g_autoptr (TelarGraph) graph
      = parse ("\"start-method\": \"spawn\", \"tasks\": [ "
               "{ \"id\": \"p\", \"kind\": \"process\", \"function\": \"greeting\" }, "
               "{ \"id\": \"q\", \"kind\": \"process\", \"function\": \"greeting\", "
               "\"copies\": 2, \"start-method\": \"forkserver\" }, "
               "{ \"id\": \"t\", \"kind\": \"thread\", \"function\": \"greeting\" } ]");
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 1);
  TelarPlanOptions options = TELAR_PLAN_OPTIONS_INIT;
  static const guint8 expected[2][5] = {
    { TELAR_METHOD_FORK, TELAR_METHOD_SPAWN, TELAR_METHOD_FORKSERVER, TELAR_METHOD_FORKSERVER,
      TELAR_METHOD_FORK },
    { TELAR_METHOD_FORK, TELAR_METHOD_FORK, TELAR_METHOD_FORKSERVER, TELAR_METHOD_FORKSERVER,
      TELAR_METHOD_FORK },
  };

  for (guint given = 0; given < 2; given++)
    {
      g_autoptr (GBytes) bytes = NULL;
      const TelarPlan *plan;

      options.start_method = given ? TELAR_METHOD_FORK : -1;
      bytes = build (graph, machine, &options);
      plan = get_plan (bytes);
      g_assert_cmpuint (plan->n_tasks, ==, 5);
      for (guint32 i = 0; i < 5; i++)
        g_assert_cmpuint (telar_plan_task (plan, i)->start_method, ==, expected[given][i]);
      g_assert_true (telar_plan_uses (plan, TELAR_METHOD_FORKSERVER));
      g_assert_cmpint (telar_plan_uses (plan, TELAR_METHOD_SPAWN), ==, !given);
    }
}

/* ---- placement ---------------------------------------------------------- */

#define FIVE(more) \
  more "\"tasks\": [ " \
  "{ \"id\": \"a\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1] }, " \
  "{ \"id\": \"b\", \"kind\": \"thread\", \"function\": \"busy\", \"args\": [1], " \
  "\"inside\": \"a\" }, " \
  "{ \"id\": \"c\", \"kind\": \"call\", \"function\": \"busy\", \"args\": [1] }, " \
  "{ \"id\": \"d\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1], \"core\": 1 }, " \
  "{ \"id\": \"e\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1], \"copies\": 2 } ]"

static void
test_placement (void)
{
  static const struct
  {
    const char *keys;
    int placement;       /* option */
    const char *cores;   /* option */
    int expected[7];     /* main, a, b, c, d, e.1, e.2 */
    gboolean restricts;
    guint64 mask;
  } rows[] = {
    { FIVE (""), -1, NULL, { -1, -1, -1, -1, 1, -1, -1 }, FALSE, 0xf },
    { FIVE ("\"placement\": \"spread\","), -1, NULL, { -1, 0, 1, -1, 1, 2, 3 }, FALSE, 0xf },
    { FIVE ("\"placement\": \"packed\","), -1, NULL, { 0, 0, 0, -1, 1, 0, 0 }, FALSE, 0xf },
    { FIVE ("\"placement\": \"packed\","), TELAR_PLACEMENT_FREE, NULL,
      { -1, -1, -1, -1, 1, -1, -1 }, FALSE, 0xf },
    { FIVE ("\"cores\": [3, 1],"), -1, NULL, { -1, -1, -1, -1, 1, -1, -1 }, TRUE, 0xa },
    { FIVE ("\"cores\": [3, 1],"), TELAR_PLACEMENT_SPREAD, NULL, { -1, 1, 3, -1, 1, 1, 3 }, TRUE,
      0xa },
    { FIVE ("\"cores\": [3, 1],"), TELAR_PLACEMENT_PACKED, "1-2", { 1, 1, 1, -1, 1, 1, 1 }, TRUE,
      0x6 },
  };
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 2);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TelarGraph) graph = parse (rows[i].keys);
      g_autoptr (GArray) cores
          = rows[i].cores != NULL ? telar_cores_parse (rows[i].cores, NULL) : NULL;
      TelarPlanOptions options = { rows[i].placement, -1, cores, 0 };
      g_autoptr (GBytes) bytes = build (graph, machine, &options);
      const TelarPlan *plan = get_plan (bytes);

      g_assert_cmpuint (plan->n_tasks, ==, 7);
      for (guint32 n = 0; n < 7; n++)
        g_assert_cmpint (telar_plan_task (plan, n)->core, ==, rows[i].expected[n]);
      g_assert_cmpuint (plan->restricts_cores, ==, rows[i].restricts);
      g_assert_cmpuint (plan->cores[0], ==, rows[i].mask);
    }
}

static void
test_core_faults (void)
{
  static const struct
  {
    const char *keys, *cores, *place, *what;
  } rows[] = {
    { FIVE ("\"cores\": [0, 9],"), NULL, "cores[1]", "this computer has no core 9" },
    { FIVE ("\"cores\": [2, 1],"), NULL, "cores[0]", "core 2 is kept" },
    { FIVE (""), "7", NULL, "this computer has no core 7" },
    { FIVE (""), "0", "tasks[3].core", "d is to run on core 1, which is not one" },
    { "\"tasks\": [ { \"id\": \"a\", \"kind\": \"thread\", \"core\": 5, \"body\": [] } ]", NULL,
      "tasks[0].core", "this computer has no core 5" },
    { "\"tasks\": [ { \"id\": \"a\", \"kind\": \"thread\", \"core\": 2, \"body\": [] } ]", NULL,
      "tasks[0].core", "core 2 is kept" },
  };
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (4, 1);

  machine->cores[2].usable = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TelarGraph) graph = parse (rows[i].keys);
      g_autoptr (GPtrArray) faults = telar_faults_new ();
      g_autoptr (GArray) cores
          = rows[i].cores != NULL ? telar_cores_parse (rows[i].cores, NULL) : NULL;
      TelarPlanOptions options = { -1, -1, cores, 0 };
      gboolean found = FALSE;

      g_assert_null (telar_plan_build (graph, machine, &options, faults));
      for (guint n = 0; n < faults->len; n++)
        {
          const TelarFault *fault = g_ptr_array_index (faults, n);
          g_assert_cmpint (fault->level, ==, TELAR_FAULT_ERROR);
          g_assert_nonnull (fault->cure);
          found |= g_strcmp0 (fault->place, rows[i].place) == 0
                   && g_str_has_prefix (fault->what, rows[i].what);
        }
      g_assert_true (found);
    }
}

/* A graph that was not found sound is refused, not built. */
static void
test_unsound (void)
{
  g_autoptr (TelarGraph) graph = parse ("\"tasks\": [ { \"id\": \"a\", \"kind\": \"process\", "
                                        "\"function\": \"nothing\", \"after\": [\"b\"] } ]");
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (1, 1);
  g_autoptr (GPtrArray) faults = telar_faults_new ();

  g_assert_null (telar_plan_build (graph, machine, NULL, faults));
  g_assert_cmpuint (faults->len, ==, 2);
}

/* ---- size --------------------------------------------------------------- */

static TelarTask *
add_busy (TelarGraph *graph, const char *id, TelarKind kind)
{
  TelarTask *task = telar_task_new (id, kind);

  g_ptr_array_add (task->steps, telar_step_new ("busy", json_pack ("[f]", 0.5)));
  g_ptr_array_add (graph->tasks, task);
  return task;
}

static void
test_ten_thousand (gconstpointer data)
{
  const char *shape = data;
  g_autoptr (TelarGraph) graph = telar_graph_new ();
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (64, 2);
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (GBytes) bytes = NULL;
  const TelarPlan *plan;
  gint64 began;
  guint n = 10000;

  if (g_str_equal (shape, "copies"))
    {
      TelarTask *task = add_busy (graph, "w", TELAR_KIND_PROCESS);
      task->copies = n;
    }
  else if (g_str_equal (shape, "all-after-all"))
    {
      add_busy (graph, "w", TELAR_KIND_PROCESS)->copies = n / 2;
      for (guint i = 0; i < n / 2; i++)
        {
          g_autofree char *id = g_strdup_printf ("p%u", i);
          TelarTask *task = add_busy (graph, id, TELAR_KIND_PROCESS);
          g_ptr_array_add (task->after, g_strdup ("w"));
        }
    }
  else
    {
      TelarTask *before = NULL;
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *id = g_strdup_printf ("p%u", i);
          TelarTask *task = add_busy (graph, id, TELAR_KIND_PROCESS);
          if (before != NULL && g_str_equal (shape, "chain"))
            g_ptr_array_add (task->after, g_strdup (before->id));
          if (before != NULL && g_str_equal (shape, "nested"))
            task->inside = g_strdup (before->id);
          before = task;
        }
      graph->alive_limit = n;
    }

  began = g_get_monotonic_time ();
  g_assert_true (telar_graph_check (graph, faults));
  bytes = telar_plan_build (graph, machine, NULL, faults);
  g_test_message ("%s: checked and built in %.1f ms", shape,
                  (double) (g_get_monotonic_time () - began) / 1e3);
  g_assert_cmpuint (faults->len, ==, 0);
  plan = get_plan (bytes);
  g_assert_cmpuint (plan->n_tasks, ==, n + 1);
  g_assert_cmpuint (plan->size, <, 4 << 20);
}

/* ---- random graphs ------------------------------------------------------ */

/* What holds for the plan of every sound graph. */
static void
check_plan (const TelarGraph *graph, const TelarPlan *plan)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree guint *parents = g_new0 (guint, plan->n_tasks);

  for (guint32 i = 0; i < plan->n_tasks; i++)
    {
      const TelarPlanTask *task = telar_plan_task (plan, i);
      const guint32 *children = telar_plan_links (plan, task->first_child);
      const guint32 *after = telar_plan_links (plan, task->first_after);

      g_assert_true (g_hash_table_add (ids, (char *) id_of (plan, i)));
      for (guint32 n = 0; n < task->n_children; n++)
        {
          g_assert_cmpuint (telar_plan_task (plan, children[n])->parent, ==, i);
          parents[children[n]]++;
        }
      for (guint32 n = 0; n < task->n_after; n++)
        g_assert_cmpuint (telar_plan_task (plan, after[n])->parent, ==, task->parent);
      for (guint32 s = 0; s < task->n_steps; s++)
        {
          const TelarPlanStep *step = telar_plan_step (plan, task->first_step + s);
          const TelarFunction *function = &telar_catalogue (NULL)[step->function];

          g_assert_cmpuint (step->n_values, ==, function->n_parameters);
          if (!g_str_equal (function->name, "start"))
            continue;
          for (guint32 n = 0; n < telar_plan_value (plan, step->first_value)->count; n++)
            {
              guint32 first = (guint32) telar_plan_value (plan, step->first_value)->first;
              guint32 started = telar_plan_links (plan, first)[n];

              g_assert_cmpuint (telar_plan_task (plan, started)->parent, ==, i);
              g_assert_true (telar_plan_task (plan, started)->started_by_body);
              parents[started]++;
            }
        }
    }
  for (guint32 i = 1; i < plan->n_tasks; i++)
    g_assert_cmpuint (parents[i], ==, 1);
}

static void
test_random (void)
{
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 1);
  TelarRandomGraphOptions options = TELAR_RANDOM_GRAPH_OPTIONS_INIT;
  g_autoptr (GArray) cores = telar_machine_spread (machine, NULL);
  guint n_started = 0, n_inside = 0, n_copies = 0, n_after = 0;

  options.cores = cores;
  for (guint32 seed = 0; seed < 600; seed++)
    {
      g_autoptr (TelarGraph) graph = NULL;
      g_autoptr (TelarGraph) twin = NULL;
      g_autoptr (GPtrArray) faults = telar_faults_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *text = NULL;
      g_autofree char *again = NULL;
      gsize size;

      options.ends = seed % 2 == 1;
      options.methods = seed % 3 == 1;
      graph = telar_random_graph_new (seed, &options);
      text = telar_graph_print (graph, &size);
      telar_graph_check (graph, faults);
      for (guint i = 0; i < faults->len; i++)
        {
          g_autofree char *line = telar_fault_describe (g_ptr_array_index (faults, i));
          if (strstr (line, " is forked from ") == NULL)
            g_error ("seed %u: %s\n%s", seed, line, text);
        }
      twin = telar_graph_parse (text, size, NULL, faults);
      g_assert_nonnull (twin);
      again = telar_graph_print (twin, NULL);
      g_assert_cmpstr (again, ==, text);

      bytes = build (graph, machine, NULL);
      check_plan (graph, get_plan (bytes));
      for (guint32 i = 1; i < get_plan (bytes)->n_tasks; i++)
        {
          const TelarPlanTask *task = telar_plan_task (get_plan (bytes), i);
          n_started += task->started_by_body;
          n_inside += task->parent != TELAR_MAIN;
          n_copies += strchr (id_of (get_plan (bytes), i), '.') != NULL;
          n_after += task->n_after > 0;
        }
    }
  /* they are no good where they never show what they are for */
  g_test_message ("%u started by bodies, %u inside, %u copies, %u after others", n_started,
                  n_inside, n_copies, n_after);
  g_assert_cmpuint (MIN (MIN (n_started, n_inside), MIN (n_copies, n_after)), >, 300);
}

/* Whatever the check lets through, the accessors can walk through. */
static guint64
walk (const TelarPlan *plan)
{
  guint64 sum = strlen (telar_plan_text (plan, plan->name))
                + strlen (telar_plan_text (plan, plan->folder));

  for (guint32 i = 0; i < plan->n_tasks; i++)
    {
      const TelarPlanTask *task = telar_plan_task (plan, i);

      sum += strlen (telar_plan_text (plan, task->id))
             + strlen (telar_plan_text (plan, task->title));
      for (guint32 n = 0; n < task->n_children; n++)
        sum += telar_plan_task (plan, telar_plan_links (plan, task->first_child)[n])->repeat;
      for (guint32 n = 0; n < task->n_after; n++)
        sum += telar_plan_task (plan, telar_plan_links (plan, task->first_after)[n])->repeat;
      for (guint32 s = 0; s < task->n_steps; s++)
        {
          const TelarPlanStep *step = telar_plan_step (plan, task->first_step + s);

          sum += strlen (telar_plan_text (plan, step->text));
          for (guint32 v = 0; v < step->n_values; v++)
            {
              const TelarPlanValue *value = telar_plan_value (plan, step->first_value + v);
              g_autoptr (GString) out = g_string_new (NULL);

              if (value->type == TELAR_VALUE_REAL)
                continue;
              add_value (out, plan, value);
              sum += out->len;
            }
        }
    }
  return sum;
}

static void
test_mutated (void)
{
  g_autoptr (TelarGraph) graph = telar_random_graph_new (7, NULL);
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 1);
  g_autoptr (GBytes) bytes = build (graph, machine, NULL);
  gsize size;
  const guint8 *plan = g_bytes_get_data (bytes, &size);
  unsigned n_functions;
  guint n_refused = 0;
  guint64 sum = 0;

  telar_catalogue (&n_functions);
  for (guint seed = 0; seed < 20000; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      /* memory of its own for each, so that a sanitizer sees what lies outside */
      g_autofree guint8 *copy = g_memdup2 (plan, size);
      /* the head more often: it is small, and most depends on it */
      gint32 range = seed % 3 == 0 ? (gint32) sizeof (TelarPlan) : (gint32) size;

      for (int n = g_rand_int_range (random, 1, 5); n > 0; n--)
        {
          gint32 at = g_rand_int_range (random, 0, range);
          if (seed % 2 == 0)
            copy[at] ^= (guint8) (1 << g_rand_int_range (random, 0, 8));
          else
            copy[at] = (guint8) g_rand_int_range (random, 0, 256);
        }
      if (telar_plan_check (copy, size, n_functions) != NULL)
        n_refused++;
      else
        sum += walk ((const TelarPlan *) (gconstpointer) copy);
    }
  g_test_message ("%u of 20000 refused, %" G_GUINT64_FORMAT " walked", n_refused, sum);
  g_assert_cmpuint (n_refused, >, 2000);
}

/* What a function would read as an offset must be one, and be there. */
static void
test_arguments (void)
{
  g_autoptr (TelarGraph) graph = parse ("\"tasks\": [ { \"id\": \"a\", \"kind\": \"process\", "
                                        "\"body\": [ [\"print\", \"x\"], "
                                        "[\"start\", {\"task\": \"b\"}], "
                                        "[\"join\", {\"task\": \"b\"}, 1] ] }, "
                                        "{ \"id\": \"b\", \"kind\": \"process\", "
                                        "\"function\": \"identify\" } ]");
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 1);
  g_autoptr (GBytes) bytes = build (graph, machine, NULL);
  const TelarPlan *sound = get_plan (bytes);
  gsize size = g_bytes_get_size (bytes);
  unsigned n_functions;

  telar_catalogue (&n_functions);
  for (guint32 i = 0; i < sound->n_steps; i++)
    {
      g_autofree TelarPlan *copy = g_memdup2 (sound, size);
      TelarPlanStep *step = (TelarPlanStep *) telar_plan_step (copy, i);

      step->n_values--;
      g_assert_cmpstr (telar_plan_check_arguments (copy), ==,
                       "a step with too few or too many arguments");
    }
  for (guint32 i = 0; i < sound->n_values; i++)
    {
      g_autofree TelarPlan *copy = g_memdup2 (sound, size);

      ((TelarPlanValue *) telar_plan_value (copy, i))->type = TELAR_VALUE_REAL;
      g_assert_cmpstr (telar_plan_check (copy, size, n_functions), ==, NULL);
      g_assert_cmpstr (telar_plan_check_arguments (copy), ==, "an argument of another type");
    }
}

/* What its body starts is no child that its scope starts too, and no more than
 * there are: memory is made for them. */
static void
test_started (void)
{
  g_autoptr (TelarGraph) graph = parse ("\"tasks\": [ { \"id\": \"a\", \"kind\": \"process\", "
                                        "\"function\": \"identify\" } ]");
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 1);
  g_autoptr (GBytes) bytes = build (graph, machine, NULL);
  gsize size = g_bytes_get_size (bytes);
  g_autofree TelarPlan *copy = g_memdup2 (get_plan (bytes), size);
  unsigned n_functions;

  telar_catalogue (&n_functions);
  ((TelarPlanTask *) telar_plan_task (copy, TELAR_MAIN))->n_started = G_MAXUINT32;
  g_assert_cmpstr (telar_plan_check (copy, size, n_functions), ==,
                   "a task starts more than there are");
  ((TelarPlanTask *) telar_plan_task (copy, TELAR_MAIN))->n_started = 0;
  ((TelarPlanTask *) telar_plan_task (copy, 1))->started_by_body = TRUE;
  g_assert_cmpstr (telar_plan_check (copy, size, n_functions), ==, "a child that is started twice");
}

static void
test_cut (void)
{
  g_autoptr (TelarGraph) graph = telar_random_graph_new (7, NULL);
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 1);
  g_autoptr (GBytes) bytes = build (graph, machine, NULL);
  gsize size;
  const guint8 *plan = g_bytes_get_data (bytes, &size);
  unsigned n_functions;

  telar_catalogue (&n_functions);
  for (gsize cut = 0; cut < size; cut++)
    {
      g_autofree guint8 *copy = g_malloc (cut + 1);

      memcpy (copy, plan, cut);
      g_assert_nonnull (telar_plan_check (copy, cut, n_functions));
    }
  /* one function fewer than some step calls */
  g_assert_nonnull (telar_plan_check (plan, size, 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/seed", test_seed);
  g_test_add_func ("/plan/values", test_values);
  g_test_add_func ("/plan/control", test_control);
  g_test_add_func ("/plan/copies", test_copies);
  g_test_add_func ("/plan/after-one-copy", test_after_one_copy);
  g_test_add_func ("/plan/daemons", test_daemons);
  g_test_add_func ("/plan/head", test_head);
  g_test_add_func ("/plan/start-method", test_start_method);
  g_test_add_func ("/plan/placement", test_placement);
  g_test_add_func ("/plan/core-faults", test_core_faults);
  g_test_add_func ("/plan/unsound", test_unsound);
  g_test_add_data_func ("/plan/ten-thousand/copies", "copies", test_ten_thousand);
  g_test_add_data_func ("/plan/ten-thousand/tasks", "tasks", test_ten_thousand);
  g_test_add_data_func ("/plan/ten-thousand/chain", "chain", test_ten_thousand);
  g_test_add_data_func ("/plan/ten-thousand/nested", "nested", test_ten_thousand);
  g_test_add_data_func ("/plan/ten-thousand/all-after-all", "all-after-all", test_ten_thousand);
  g_test_add_func ("/plan/random", test_random);
  g_test_add_func ("/plan/mutated", test_mutated);
  g_test_add_func ("/plan/arguments", test_arguments);
  g_test_add_func ("/plan/started", test_started);
  g_test_add_func ("/plan/cut", test_cut);
  return g_test_run ();
}
