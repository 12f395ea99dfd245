/* test-python-pane-model.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What the Python pane shows of a graph, and which lines a run lights: on runs
 * filled in by hand, one moment each; and on the run of the window's mockup,
 * record by record.
 */

#include <string.h>

#include "graph/graph-file.h"
#include "graph/plan-build.h"
#include "graph/relations.h"
#include "python-pane/python-pane-model.h"
#include "python-pane/python-syntax.h"
#include "synthetic-run.h"

#define MS G_GINT64_CONSTANT (1000000)

#define GRAPH(tasks) "{ \"telar\": 1, \"tasks\": [" tasks "] }"
#define BUSY(id, more) "{ \"id\": \"" id "\", \"kind\": \"process\", \"function\": \"busy\", " \
                       "\"args\": [5]" more " }"

typedef struct
{
  TelarGraph      *graph;
  TelarPythonPage *page;
  TelarTimeline   *timeline;
} Fixture;

static TelarGraph *
read_graph (const char *text)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  TelarGraph           *graph = telar_graph_parse (text, strlen (text), NULL, faults);

  g_assert_nonnull (graph);

  return graph;
}

/* A run of @text that has begun: main runs. */
static void
set_up (Fixture    *f,
        const char *text)
{
  g_autoptr (GPtrArray)    faults = telar_faults_new ();
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 1);
  g_autoptr (GBytes)       plan = NULL;
  g_autoptr (GArray)       cores = g_array_new (FALSE, FALSE, sizeof (int));
  TelarTaskLane           *lane;

  f->graph = read_graph (text);
  f->page = telar_python_page_new (f->graph);
  g_assert_null (f->page->fault);
  plan = telar_plan_build (f->graph, machine, NULL, faults);
  g_assert_nonnull (plan);
  f->timeline = telar_timeline_new (plan, cores);
  telar_timeline_begin (f->timeline, &(TelarBegun) { .zero_ns = 1, .main_pid = 1 });
  lane = telar_timeline_task (f->timeline, 0);
  lane->state = TELAR_STATE_RUNNING;
  lane->started = lane->run = 0;
}

static void
tear_down (Fixture *f)
{
  telar_python_page_free (f->page);
  telar_timeline_unref (f->timeline);
  telar_graph_unref (f->graph);
}

/* ---- moments of a run ----------------------------------------------------- */

static TelarTaskLane *
find (Fixture    *f,
      const char *id)
{
  for (guint i = 0; i < f->timeline->tasks->len; i++)
    if (g_str_equal (telar_timeline_task (f->timeline, i)->id, id))
      return telar_timeline_task (f->timeline, i);
  g_assert_not_reached ();
}

static void
starts (Fixture    *f,
        const char *id,
        gint64      ns)
{
  find (f, id)->started = f->timeline->now = ns;
  find (f, id)->state = TELAR_STATE_RUNNING;
}

static void
runs (Fixture    *f,
      const char *id,
      gint64      ns)
{
  if (find (f, id)->started == TELAR_NO_TIME)
    starts (f, id, ns);
  find (f, id)->run = f->timeline->now = ns;
}

static void
joined (Fixture    *f,
        const char *id,
        gint64      ns)
{
  find (f, id)->ended = find (f, id)->joined = f->timeline->now = ns;
  find (f, id)->state = TELAR_STATE_JOINED;
}

static void
step (Fixture    *f,
      const char *id,
      guint       number,
      gint64      ns)
{
  TelarTaskLane *lane = find (f, id);
  TelarStepRun   run = {
      .step = telar_plan_task (f->timeline->plan, lane->number)->first_step + number,
      .begin = ns,
      .end = TELAR_NO_TIME,
  };

  if (lane->steps->len > 0)
    g_array_index (lane->steps, TelarStepRun, lane->steps->len - 1).end = ns;
  if (lane->steps->len > 0)
    g_array_index (lane->steps, TelarStepRun, lane->steps->len - 1).finished = TRUE;
  g_array_append_val (lane->steps, run);
  f->timeline->now = ns;
}

static void
step_ends (Fixture    *f,
           const char *id,
           gint64      ns)
{
  TelarTaskLane *lane = find (f, id);
  TelarStepRun  *run = &g_array_index (lane->steps, TelarStepRun, lane->steps->len - 1);

  run->finished = TRUE;
  run->end = f->timeline->now = ns;
}

/* From @begin to now, for any of @others (with blanks between them). */
static void
waits (Fixture        *f,
       const char     *id,
       TelarWaitState  state,
       gint64          begin,
       const char     *others)
{
  g_auto (GStrv) ids = g_strsplit (others, " ", -1);
  TelarWait      wait = {
         .begin = begin,
         .end = f->timeline->now,
         .state = (guint8) state,
         .cause = state == TELAR_WAIT_BLOCKED ? TELAR_CAUSE_JOIN : TELAR_CAUSE_NONE,
         .culprits = f->timeline->culprits->len,
  };

  for (guint i = 0; ids[i] != NULL && *ids[i] != '\0'; i++, wait.n_culprits++)
    g_array_append_val (f->timeline->culprits, find (f, ids[i])->number);
  telar_waits_append (find (f, id)->waits, &wait);
}

/* The lit lines without their indentation, parted by " | ". */
static char *
lit_text (const TelarPythonPage *page,
          const TelarGraph      *run,
          const TelarTimeline   *timeline)
{
  g_autofree guint32 *match = telar_python_page_match (page, run, timeline->plan);
  g_autoptr (GArray)  lines = telar_python_page_lit (page, timeline, match);
  g_auto (GStrv)      texts = g_strsplit (page->python->text, "\n", -1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      guint line = g_array_index (lines, guint, i);

      g_assert_cmpuint (line, <, g_strv_length (texts));
      if (i > 0)
        g_assert_cmpuint (line, >, g_array_index (lines, guint, i - 1));
      g_string_append_printf (out, "%s%s", i > 0 ? " | " : "", g_strstrip (texts[line]));
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
assert_lit (Fixture    *f,
            const char *expected)
{
  g_autofree char *text = lit_text (f->page, f->graph, f->timeline);

  g_assert_cmpstr (text, ==, expected);
}

/* ---- tests ---------------------------------------------------------------- */

static void
test_start_and_join (void)
{
  Fixture f;

  set_up (&f, GRAPH (BUSY ("p1", "") "," BUSY ("p2", "")));
  assert_lit (&f, "");

  starts (&f, "p1", 1 * MS);
  assert_lit (&f, "p1.start()");
  runs (&f, "p1", 2 * MS);
  step (&f, "p1", 0, 2 * MS);
  starts (&f, "p2", 3 * MS);
  assert_lit (&f, "p1 = Process(target=busy, args=(5,)) | p2.start()");
  runs (&f, "p2", 4 * MS);
  step (&f, "p2", 0, 4 * MS);
  f.timeline->now = 10 * MS;
  waits (&f, "main", TELAR_WAIT_BLOCKED, 3 * MS, "p1");
  assert_lit (&f, "p1 = Process(target=busy, args=(5,)) | p2 = Process(target=busy, args=(5,))"
                  " | p1.join()");

  /* p1 has ended: main goes on once there is a core for it. */
  find (&f, "p1")->state = TELAR_STATE_ENDED;
  find (&f, "p1")->ended = 10 * MS;
  f.timeline->now = 12 * MS;
  waits (&f, "main", TELAR_WAIT_READY, 10 * MS, "");
  assert_lit (&f, "p2 = Process(target=busy, args=(5,)) | p1.join()");

  joined (&f, "p1", 13 * MS);
  joined (&f, "p2", 14 * MS);
  assert_lit (&f, "p2.join()");
  f.timeline->finished = TRUE;
  assert_lit (&f, "");
  tear_down (&f);
}

/* Whichever ends first: what follows is there twice. */
static void
test_either (void)
{
  static const char text[] = GRAPH (BUSY ("p1", "") "," BUSY ("p2", "") ","
                                    BUSY ("p3", ", \"after\": [\"p1\"]") ","
                                    BUSY ("p4", ", \"after\": [\"p2\"]"));
  Fixture f;
  guint   branches[2];

  for (guint first = 0; first < 2; first++)
    {
      const char         *ends = first == 0 ? "p1" : "p2", *other = first == 0 ? "p2" : "p1";
      g_autofree char    *expected = g_strdup_printf ("%s.join()", other);
      g_autofree guint32 *match = NULL;
      g_autoptr (GArray)  lines = NULL;

      set_up (&f, text);
      runs (&f, "p1", 1 * MS);
      runs (&f, "p2", 2 * MS);
      find (&f, "p1")->state = find (&f, "p2")->state = TELAR_STATE_ENDED;
      f.timeline->now = 5 * MS;
      waits (&f, "main", TELAR_WAIT_BLOCKED, 2 * MS, "p1 p2");
      assert_lit (&f, "ended = connection.wait([p1.sentinel, p2.sentinel])");

      joined (&f, ends, 6 * MS);
      starts (&f, first == 0 ? "p3" : "p4", 7 * MS);
      f.timeline->now = 9 * MS;
      waits (&f, "main", TELAR_WAIT_BLOCKED, 8 * MS, other);
      assert_lit (&f, expected);
      match = telar_python_page_match (f.page, f.graph, f.timeline->plan);
      lines = telar_python_page_lit (f.page, f.timeline, match);
      branches[first] = g_array_index (lines, guint, 0);

      joined (&f, other, 10 * MS);
      starts (&f, first == 0 ? "p4" : "p3", 11 * MS);
      joined (&f, "p3", 12 * MS);
      f.timeline->now = 14 * MS;
      waits (&f, "main", TELAR_WAIT_BLOCKED, 13 * MS, "p4");
      assert_lit (&f, "p4.join()");
      tear_down (&f);
    }

  /* In the if: p1.join, p3.start, p2.join, p4.start; in the else: p2.join, p4.start, p1.join. */
  g_assert_cmpuint (branches[1], ==, branches[0] + 5);
}

/* Where nothing but a loop can tell who starts when. */
static void
test_loop (void)
{
  Fixture f;

  set_up (&f, GRAPH (BUSY ("p1", "") "," BUSY ("p2", "") "," BUSY ("p5", "") ","
                     BUSY ("p3", ", \"after\": [\"p1\"]") "," BUSY ("p6", ", \"after\": [\"p5\"]")
                     "," BUSY ("p4", ", \"after\": [\"p2\"]")));
  starts (&f, "p1", 1 * MS);
  starts (&f, "p2", 2 * MS);
  starts (&f, "p5", 3 * MS);
  f.timeline->now = 5 * MS;
  waits (&f, "main", TELAR_WAIT_BLOCKED, 4 * MS, "p1 p2 p5");
  assert_lit (&f, "start_in_order(after, running)");

  joined (&f, "p1", 6 * MS);
  starts (&f, "p3", 7 * MS);
  f.timeline->now = 9 * MS;
  waits (&f, "main", TELAR_WAIT_BLOCKED, 8 * MS, "p2 p5");
  assert_lit (&f, "start_in_order(after, running)");

  joined (&f, "p2", 10 * MS);
  starts (&f, "p4", 11 * MS);
  joined (&f, "p5", 12 * MS);
  starts (&f, "p6", 13 * MS);
  f.timeline->now = 15 * MS;
  waits (&f, "main", TELAR_WAIT_BLOCKED, 14 * MS, "p3");
  assert_lit (&f, "for task in running: | task.join()");
  tear_down (&f);
}

/* Steps of bodies, of main and of a call; calls by their parent. */
static void
test_steps (void)
{
  Fixture f;

  set_up (&f, "{ \"telar\": 1, \"main\": { \"body\": [ [\"start\", {\"task\": \"p1\"}], "
              "[\"busy\", 7], [\"join\", {\"task\": \"p1\"}] ] }, \"tasks\": ["
              "{ \"id\": \"p1\", \"kind\": \"process\", \"repeat\": 3, "
              "\"body\": [ [\"busy\", 5], [\"sleep\", 1] ] },"
              "{ \"id\": \"done\", \"kind\": \"call\", \"after\": [\"p1\"], "
              "\"body\": [ [\"print\", \"a\"], [\"print\", \"b\"] ] } ] }");
  step (&f, "main", 0, 1 * MS);
  assert_lit (&f, "p1.start()");
  runs (&f, "p1", 2 * MS);
  assert_lit (&f, "def run_p1(): | p1.start()");
  step (&f, "p1", 0, 3 * MS);
  step (&f, "main", 1, 4 * MS);
  assert_lit (&f, "busy(5) | busy(7)");
  step (&f, "p1", 1, 5 * MS);
  step (&f, "main", 2, 6 * MS);
  waits (&f, "main", TELAR_WAIT_BLOCKED, 6 * MS, "p1");
  assert_lit (&f, "time.sleep(1) | p1.join()");

  step_ends (&f, "main", 7 * MS);
  joined (&f, "p1", 7 * MS);
  runs (&f, "done", 8 * MS);
  step (&f, "done", 1, 9 * MS);
  assert_lit (&f, "print('b') | run_done()");
  tear_down (&f);
}

/* Copies are one task: "w.2" is one of "w". */
static void
test_copies (void)
{
  Fixture             f;
  g_autofree guint32 *match = NULL;

  set_up (&f, GRAPH (BUSY ("w", ", \"copies\": 3") "," BUSY ("v", "")));
  match = telar_python_page_match (f.page, f.graph, f.timeline->plan);
  for (guint32 i = 1; i <= 3; i++)
    g_assert_cmpuint (match[i], ==, 1);
  g_assert_cmpuint (match[0], ==, 0);
  g_assert_cmpuint (match[4], ==, 2);

  runs (&f, "w.1", 1 * MS);
  step (&f, "w.1", 0, 1 * MS);
  joined (&f, "w.1", 2 * MS);
  runs (&f, "w.2", 2 * MS);
  runs (&f, "w.3", 2 * MS);
  f.timeline->now = 5 * MS;
  waits (&f, "main", TELAR_WAIT_BLOCKED, 3 * MS, "w.2 w.3");
  assert_lit (&f, "w = [Process(target=busy, args=(5,)) for _ in range(3)]"
                  " | for process in w: | process.join()");
  tear_down (&f);
}

/* A document that has gone on: tasks by id, steps while they are the same. */
static void
test_edited (void)
{
  static const char later[] = GRAPH ("{ \"id\": \"new\", \"kind\": \"process\", "
                                     "\"function\": \"busy\", \"args\": [1] },"
                                     "{ \"id\": \"p2\", \"kind\": \"process\", "
                                     "\"body\": [ [\"sleep\", 1], [\"busy\", 9] ] }");
  Fixture                     f;
  g_autoptr (TelarGraph)      graph = read_graph (later);
  g_autoptr (TelarPythonPage) page = telar_python_page_new (graph);
  g_autofree guint32         *match = NULL;
  g_autofree char            *text = NULL;

  set_up (&f, GRAPH (BUSY ("p1", "") "," BUSY ("p2", "")));
  runs (&f, "p1", 1 * MS);
  step (&f, "p1", 0, 1 * MS);
  runs (&f, "p2", 2 * MS);
  step (&f, "p2", 0, 2 * MS);
  f.timeline->now = 5 * MS;
  waits (&f, "main", TELAR_WAIT_BLOCKED, 3 * MS, "p1 p2");

  match = telar_python_page_match (page, f.graph, f.timeline->plan);
  g_assert_cmpuint (match[1], ==, TELAR_NOBODY);
  g_assert_cmpuint (match[2], ==, 2);
  text = lit_text (page, f.graph, f.timeline);
  g_assert_cmpstr (text, ==, "def run_p2(): | p2.join()");
  tear_down (&f);
}

static void
test_mockup (void)
{
  g_autoptr (TelarGraph) graph = read_graph (GRAPH (
    "{ \"id\": \"p1\", \"kind\": \"process\", \"function\": \"square\", \"args\": [[1]] },"
    "{ \"id\": \"p2\", \"kind\": \"process\", \"function\": \"is_even\", \"args\": [[2]] },"
    "{ \"id\": \"t1\", \"kind\": \"thread\", \"inside\": \"p2\", \"function\": \"primes\", "
    "\"args\": [3] },"
    "{ \"id\": \"t2\", \"kind\": \"thread\", \"inside\": \"p2\", \"function\": \"primes\", "
    "\"args\": [4] },"
    "{ \"id\": \"p3\", \"kind\": \"process\", \"function\": \"matrix_multiply\", \"args\": [5], "
    "\"after\": [\"p1\"] },"
    "{ \"id\": \"done\", \"kind\": \"call\", \"function\": \"print\", \"args\": [\"Done\"], "
    "\"after\": [\"p2\", \"p3\"] }"));
  g_autoptr (TelarPythonPage) page = telar_python_page_new (graph);
  g_autoptr (TelarTimeline)   middle = telar_mockup_run_new (FALSE);
  g_autoptr (TelarTimeline)   end = telar_mockup_run_new (TRUE);
  g_autofree char            *lit = lit_text (page, graph, middle);
  g_autofree char            *dark = lit_text (page, graph, end);

  g_assert_cmpstr (lit, ==, "t1 = Thread(target=primes, args=(3,)) | "
                            "t2 = Thread(target=primes, args=(4,)) | t1.join() | t2.join() | "
                            "p3 = Process(target=matrix_multiply, args=(5,)) | "
                            "p2.join() | p3.join()");
  g_assert_cmpstr (dark, ==, "");
}

static void
test_page (void)
{
  g_autoptr (TelarGraph)      empty = read_graph (GRAPH (""));
  g_autoptr (TelarGraph)      bad = read_graph (GRAPH (
    "{ \"id\": \"p1\", \"kind\": \"process\", \"function\": \"sqare\", \"args\": [[2]] }"));
  g_autoptr (TelarGraph)      good = read_graph (GRAPH (BUSY ("p1", "") "," BUSY ("p2", "")));
  g_autoptr (TelarPythonPage) none = telar_python_page_new (empty);
  g_autoptr (TelarPythonPage) faulty = telar_python_page_new (bad);
  g_autoptr (TelarPythonPage) page = telar_python_page_new (good);
  const char *const           both[] = { "p2", "nobody", "p2", "p1", NULL };
  const char *const           one[] = { "p2", NULL };
  g_autoptr (GArray)          all = telar_python_page_lines_of (page, both);
  g_autoptr (GArray)          lines = telar_python_page_lines_of (page, one);
  g_autoptr (GArray)          nothing = telar_python_page_lines_of (none, one);

  g_assert_null (none->python);
  g_assert_null (none->fault);
  g_assert_null (faulty->python);
  g_assert_cmpstr (faulty->fault, ==, "p1: there is no function sqare; did you mean square?");
  g_assert_null (telar_python_page_task_at (faulty, 0));

  g_assert_cmpuint (nothing->len, ==, 0);
  g_assert_cmpuint (lines->len, ==, 3);
  g_assert_cmpuint (all->len, ==, 6);
  for (guint i = 0; i < lines->len; i++)
    g_assert_cmpstr (telar_python_page_task_at (page, g_array_index (lines, guint, i)), ==, "p2");
  for (guint i = 1; i < all->len; i++)
    g_assert_cmpuint (g_array_index (all, guint, i), >, g_array_index (all, guint, i - 1));
  g_assert_null (telar_python_page_task_at (page, 0));
}

/* "k" keyword, "t" text, "c" comment, "n" name. */
static void
assert_syntax (const char *text,
               const char *expected)
{
  g_autoptr (GArray)  spans = telar_python_syntax (text);
  g_auto (GStrv)      lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < spans->len; i++)
    {
      const TelarPythonSpan *span = &g_array_index (spans, TelarPythonSpan, i);

      g_string_append_printf (out, "%s%c:%.*s", i > 0 ? " | " : "", "ktcn"[span->color],
                              (int) (span->end - span->begin), lines[span->line] + span->begin);
    }
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_syntax (void)
{
  g_autoptr (GArray) spans = telar_python_syntax ("if x:\n\n\n  pass\n");

  assert_syntax ("", "");
  assert_syntax ("def square(numbers): # def\n  pass", "k:def | n:square | c:# def | k:pass");
  assert_syntax ("print(f'{x} # in', \"it's\")  # 'c", "t:f'{x} # in' | t:\"it's\" | c:# 'c");
  assert_syntax ("a = 'it\\'s' + r'\\' + b", "t:'it\\'s' | t:r'\\'");
  assert_syntax ("'''a\nb''' in\nimporting", "t:'''a | t:b''' | k:in");
  assert_syntax ("'open\nfor", "t:'open | k:for");
  assert_syntax ("año = default", "");

  g_assert_cmpuint (telar_python_syntax_find (spans, 0), ==, 0);
  g_assert_cmpuint (telar_python_syntax_find (spans, 1), ==, 1);
  g_assert_cmpuint (telar_python_syntax_find (spans, 3), ==, 1);
  g_assert_cmpuint (telar_python_syntax_find (spans, 4), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("LANGUAGE", "C", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/python-pane-model/page", test_page);
  g_test_add_func ("/python-pane-model/syntax", test_syntax);
  g_test_add_func ("/python-pane-model/start-and-join", test_start_and_join);
  g_test_add_func ("/python-pane-model/either", test_either);
  g_test_add_func ("/python-pane-model/loop", test_loop);
  g_test_add_func ("/python-pane-model/steps", test_steps);
  g_test_add_func ("/python-pane-model/copies", test_copies);
  g_test_add_func ("/python-pane-model/edited", test_edited);
  g_test_add_func ("/python-pane-model/mockup", test_mockup);

  return g_test_run ();
}
