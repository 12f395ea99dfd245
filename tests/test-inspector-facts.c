/* test-inspector-facts.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "inspector/inspector-facts.h"

#include "edit/operations.h"

static GPtrArray *
tasks_of (TelarDocument *document,
          const char    *first,
          const char    *second)
{
  GPtrArray *tasks = g_ptr_array_new ();

  g_ptr_array_add (tasks, (gpointer) telar_document_find (document, first));
  if (second)
    g_ptr_array_add (tasks, (gpointer) telar_document_find (document, second));

  return tasks;
}

static TelarDocument *
new_document (void)
{
  static const TelarNewTask tasks[] = {
    { .id = "p1", .kind = TELAR_KIND_PROCESS, .function = "square" },
    { .id = "p2", .kind = TELAR_KIND_PROCESS, .function = "square" },
    { .id = "t1", .kind = TELAR_KIND_THREAD, .function = "busy" },
    { .id = "c1", .kind = TELAR_KIND_CALL, .function = "print" },
    { .id = "b1", .kind = TELAR_KIND_PROCESS },
  };
  TelarDocument *document = telar_document_new ();

  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    {
      g_autofree char *id = telar_document_add (document, &tasks[i], NULL);

      g_assert_nonnull (id);
    }

  return document;
}

static void
test_one (void)
{
  g_autoptr (TelarDocument) document = new_document ();
  g_autoptr (GPtrArray)     tasks = tasks_of (document, "p1", NULL);
  TelarInspectorFacts       facts;
  g_autofree char          *heading = NULL;

  telar_inspector_facts (tasks, &facts);
  g_assert_cmpuint (facts.n, ==, 1);
  g_assert_cmpint (facts.kind, ==, TELAR_KIND_PROCESS);
  g_assert_cmpstr (facts.function, ==, "square");
  g_assert_false (facts.kind_mixed || facts.function_mixed || facts.copies_mixed);
  g_assert_true (facts.can_rename);
  g_assert_true (facts.can_relate);
  g_assert_true (facts.can_daemon);
  g_assert_true (facts.can_method);
  g_assert_cmpint (facts.start_method, ==, -1);
  g_assert_true (facts.shows_function);
  g_assert_false (facts.shows_steps);
  heading = telar_inspector_heading (&facts, "p1");
  g_assert_cmpstr (heading, ==, "p1");
}

static void
test_call (void)
{
  g_autoptr (TelarDocument) document = new_document ();
  g_autoptr (GPtrArray)     tasks = tasks_of (document, "c1", NULL);
  TelarInspectorFacts       facts;

  telar_inspector_facts (tasks, &facts);
  g_assert_false (facts.can_daemon);
  g_assert_false (facts.can_method);

  /* what is there in spite of it can be taken away */
  telar_document_set_daemon (document, TELAR_ONE ("c1"), TRUE, NULL);
  telar_inspector_facts (tasks, &facts);
  g_assert_true (facts.can_daemon);
  g_assert_false (facts.can_method);
  telar_document_set_task_start_method (document, TELAR_ONE ("c1"), TELAR_METHOD_SPAWN, NULL);
  telar_inspector_facts (tasks, &facts);
  g_assert_true (facts.can_method);
  g_assert_cmpint (facts.start_method, ==, TELAR_METHOD_SPAWN);
}

static void
test_body (void)
{
  g_autoptr (TelarDocument) document = new_document ();
  g_autoptr (GPtrArray)     tasks = tasks_of (document, "b1", NULL);
  TelarInspectorFacts       facts;

  telar_inspector_facts (tasks, &facts);
  g_assert_true (facts.shows_steps);
  g_assert_false (facts.shows_function);
  g_assert_false (facts.can_be_function);
  g_assert_null (facts.function);

  telar_document_insert_step (document, "b1", 0, "busy", NULL, NULL);
  telar_inspector_facts (tasks, &facts);
  g_assert_true (facts.can_be_function);
}

static void
test_main (void)
{
  g_autoptr (TelarDocument) document = new_document ();
  g_autoptr (GPtrArray)     alone = tasks_of (document, "main", NULL);
  g_autoptr (GPtrArray)     both = tasks_of (document, "main", "t1");
  TelarInspectorFacts       facts;
  g_autofree char          *heading = NULL;

  telar_inspector_facts (alone, &facts);
  g_assert_true (facts.shows_steps);
  g_assert_false (facts.can_rename);
  g_assert_false (facts.has_details);

  telar_inspector_facts (both, &facts);
  g_assert_false (facts.has_details);
  g_assert_false (facts.kind_mixed);
  g_assert_cmpint (facts.kind, ==, TELAR_KIND_THREAD);
  heading = telar_inspector_heading (&facts, "main");
  g_assert_cmpstr (heading, ==, "main and 1 task");
}

static void
test_several (void)
{
  g_autoptr (TelarDocument) document = new_document ();
  g_autoptr (GPtrArray)     alike = tasks_of (document, "p1", "p2");
  g_autoptr (GPtrArray)     unlike = tasks_of (document, "p1", "t1");
  TelarInspectorFacts       facts;
  gboolean                  mixed;
  json_t                   *work = json_string ("5 ms");

  telar_inspector_facts (alike, &facts);
  g_assert_false (facts.kind_mixed || facts.function_mixed);
  g_assert_true (facts.shows_function);
  g_assert_false (facts.can_rename || facts.can_relate);

  telar_document_set_copies (document, TELAR_ONE ("p2"), 4, NULL);
  telar_document_set_core (document, TELAR_ONE ("p2"), 1, NULL);
  telar_inspector_facts (alike, &facts);
  g_assert_true (facts.copies_mixed && facts.core_mixed);
  g_assert_false (facts.repeat_mixed || facts.daemon_mixed || facts.name_mixed);
  g_assert_false (facts.method_mixed);
  telar_document_set_task_start_method (document, TELAR_ONE ("p2"), TELAR_METHOD_FORK, NULL);
  telar_inspector_facts (alike, &facts);
  g_assert_true (facts.method_mixed);

  telar_inspector_facts (unlike, &facts);
  g_assert_true (facts.kind_mixed && facts.function_mixed);

  /* an argument that is left out differs from one that is there */
  telar_inspector_argument (alike, 0, 0, &mixed);
  g_assert_false (mixed);
  telar_inspector_argument (alike, 0, 1, &mixed);
  g_assert_false (mixed);
  telar_document_set_argument (document, TELAR_ONE ("p2"), 0, 1, work, NULL);
  g_assert_null (telar_inspector_argument (alike, 0, 1, &mixed));
  g_assert_true (mixed);
  telar_inspector_argument (alike, 0, 0, &mixed);
  g_assert_false (mixed);
  json_decref (work);
}

static void
test_places (void)
{
  static const struct
  {
    const char    *below;
    TelarPlaceKind kind;
    guint          step, nth;
  } table[] = {
    { "", TELAR_PLACE_WHOLE, 0, 0 },
    { "tasks", TELAR_PLACE_WHOLE, 0, 0 },
    { "id", TELAR_PLACE_ID, 0, 0 },
    { "inside", TELAR_PLACE_INSIDE, 0, 0 },
    { "after", TELAR_PLACE_AFTER, 0, 0 },
    { "after[3]", TELAR_PLACE_AFTER, 0, 3 },
    { "function", TELAR_PLACE_FUNCTION, 0, 0 },
    { "args", TELAR_PLACE_ARGUMENTS, 0, 0 },
    { "args[1]", TELAR_PLACE_ARGUMENT, 0, 1 },
    { "args[0][12]", TELAR_PLACE_ARGUMENT, 0, 0 },
    { "body[2]", TELAR_PLACE_FUNCTION, 2, 0 },
    { "body[12].args", TELAR_PLACE_ARGUMENTS, 12, 0 },
    { "body[1].args[3][0]", TELAR_PLACE_ARGUMENT, 1, 3 },
    { "core", TELAR_PLACE_CORE, 0, 0 },
    { "cores", TELAR_PLACE_CORES, 0, 0 },
    { "cores[1]", TELAR_PLACE_CORES, 0, 1 },
    { "start-method", TELAR_PLACE_START_METHOD, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      TelarPlaceIn place = telar_inspector_place (table[i].below);

      g_test_message ("%s", table[i].below);
      g_assert_cmpint (place.kind, ==, table[i].kind);
      g_assert_cmpuint (place.step, ==, table[i].step);
      g_assert_cmpuint (place.nth, ==, table[i].nth);
    }
}

static void
test_forms (void)
{
  static const struct
  {
    const char *function;
    guint       parameter;
    const char *title;
    const char *placeholder;
    const char *limits;
  } table[] = {
    { "square", 0, "numbers", "needed",
      "Whole numbers; a pasted list or column is understood" },
    { "square", 1, "work, ms", "0 ms",
      "0 to 3600000 ms; 5 ms, 2 s or 3 min are understood" },
    { "join", 1, "timeout, s", "no limit",
      "0 to 86400 s; 5 ms, 2 s or 3 min are understood" },
    { "greeting", 0, "name", "world", NULL },
    { "mandelbrot", 0, "size", "needed", "1 to 8192" },
    { "mandelbrot", 1, "depth", "200", "1 to 100000" },
    { "sort", 1, "seed", "1", "A whole number" },
    { "busy", 0, "milliseconds", "needed",
      "0 to 3600000 ms; 5 ms, 2 s or 3 min are understood" },
    { "print", 0, "text", "empty", NULL },
    { "crash", 0, "signal", "SIGSEGV", "A signal's name or number" },
    { "command", 1, "arguments", "nothing", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const TelarParameter *parameter
        = &telar_catalogue_find (table[i].function)->parameters[table[i].parameter];
      g_autofree char      *title = telar_parameter_title (parameter);
      g_autofree char      *placeholder = telar_parameter_placeholder (parameter);
      g_autofree char      *limits = telar_parameter_limits (parameter);

      g_assert_cmpstr (title, ==, table[i].title);
      g_assert_cmpstr (placeholder, ==, table[i].placeholder);
      g_assert_cmpstr (limits, ==, table[i].limits);
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    gint64      by;
    const char *after;
  } table[] = {
    { "5", 1, "6" }, { " 5 ", -1, "4" }, { "9", 1, "9" }, { "1", -1, "1" }, { "", 1, "1" },
    { "100", 1, "9" }, { "-100", -1, "1" }, { "many", 1, NULL }, { "0.5", 1, NULL },
  };
  guint64          number = 0;
  g_autofree char *empty = telar_number_read ("", 10, &number);
  g_autofree char *wrong = telar_number_read ("-1", 10, &number);
  g_autofree char *large = telar_number_read ("11", 10, &number);
  g_autofree char *right = telar_number_read (" 10 ", 10, &number);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = telar_text_step (table[i].text, table[i].by, 1, 9);

      g_assert_cmpstr (text, ==, table[i].after);
    }

  g_assert_cmpstr (empty, ==, "no number is written; write a whole number up to 10");
  g_assert_cmpstr (wrong, ==, "“-1” cannot be; write a whole number up to 10");
  g_assert_nonnull (large);
  g_assert_null (right);
  g_assert_cmpuint (number, ==, 10);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inspector-facts/one", test_one);
  g_test_add_func ("/inspector-facts/call", test_call);
  g_test_add_func ("/inspector-facts/body", test_body);
  g_test_add_func ("/inspector-facts/main", test_main);
  g_test_add_func ("/inspector-facts/several", test_several);
  g_test_add_func ("/inspector-facts/places", test_places);
  g_test_add_func ("/inspector-facts/forms", test_forms);
  g_test_add_func ("/inspector-facts/numbers", test_numbers);

  return g_test_run ();
}
