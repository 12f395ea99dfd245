/* test-graph.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "graph/graph.h"
#include "graph/json.h"

static void
test_new (void)
{
  g_autoptr (TelarGraph) graph = telar_graph_new ();
  TelarTask *task = telar_task_new ("p1", TELAR_KIND_THREAD);

  g_assert_null (graph->file);
  g_assert_null (graph->cores);
  g_assert_cmpint (graph->placement, ==, TELAR_PLACEMENT_FREE);
  g_assert_cmpint (graph->start_method, ==, TELAR_METHOD_FORK);
  g_assert_cmpstr (graph->main->id, ==, "main");
  g_assert_cmpuint (graph->main->steps->len, ==, 0);
  g_assert_cmpuint (graph->tasks->len, ==, 0);

  g_assert_cmpint (task->kind, ==, TELAR_KIND_THREAD);
  g_assert_cmpuint (task->repeat, ==, 1);
  g_assert_cmpuint (task->copies, ==, 1);
  g_assert_cmpint (task->core, ==, -1);
  g_assert_false (task->daemon);
  g_ptr_array_add (graph->tasks, task);

  g_assert_true (telar_graph_find (graph, "p1") == task);
  g_assert_true (telar_graph_find (graph, "main") == graph->main);
  g_assert_null (telar_graph_find (graph, "p2"));
}

static void
test_references (void)
{
  TelarGraph *graph = telar_graph_new ();

  g_assert_true (telar_graph_ref (graph) == graph);
  telar_graph_unref (graph);
  g_assert_cmpstr (graph->main->id, ==, "main");
  telar_graph_unref (graph);
}

static void
test_names (void)
{
  static const struct
  {
    const char *text;
    int kind, placement, method;
  } rows[] = {
    { "process", TELAR_KIND_PROCESS, -1, -1 },    { "thread", TELAR_KIND_THREAD, -1, -1 },
    { "call", TELAR_KIND_CALL, -1, -1 },          { "free", -1, TELAR_PLACEMENT_FREE, -1 },
    { "spread", -1, TELAR_PLACEMENT_SPREAD, -1 }, { "packed", -1, TELAR_PLACEMENT_PACKED, -1 },
    { "fork", -1, -1, TELAR_METHOD_FORK },        { "forkserver", -1, -1, TELAR_METHOD_FORKSERVER },
    { "spawn", -1, -1, TELAR_METHOD_SPAWN },      { "Process", -1, -1, -1 },
    { "", -1, -1, -1 },                           { NULL, -1, -1, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (telar_kind_parse (rows[i].text), ==, rows[i].kind);
      g_assert_cmpint (telar_placement_parse (rows[i].text), ==, rows[i].placement);
      g_assert_cmpint (telar_start_method_parse (rows[i].text), ==, rows[i].method);
      if (rows[i].kind >= 0)
        g_assert_cmpstr (telar_kind_name ((TelarKind) rows[i].kind), ==, rows[i].text);
      if (rows[i].placement >= 0)
        g_assert_cmpstr (telar_placement_name ((TelarPlacement) rows[i].placement), ==,
                         rows[i].text);
      if (rows[i].method >= 0)
        g_assert_cmpstr (telar_start_method_name ((TelarStartMethod) rows[i].method), ==,
                         rows[i].text);
    }
}

static void
test_describe (void)
{
  static const struct
  {
    const char *function, *args;
    guint length;
    const char *expected;
  } rows[] = {
    { "greeting", "[]", 0, "greeting()" },
    { "print", "[\"Done\"]", 0, "print(\"Done\")" },
    { "busy", "[0.1]", 0, "busy(0.1)" },
    { "join", "[{\"task\": \"p1\"}, 0.5]", 0, "join(p1, 0.5)" },
    { "acquire", "[{\"object\": \"m\"}]", 60, "acquire(m)" },
    { "square", "[[43, 50, 5, 98, 34, 35]]", 60, "square([43, 50, 5, 98, 34, 35])" },
    { "square", "[[43, 50, 5, 98, 34, 35]]", 19, "square([43, 50, …])" },
    { "square", "[[43, 50, 5, 98, 34, 35]]", 22, "square([43, 50, 5, …])" },
    { "square", "[[43, 50], \"5 ms\"]", 20, "square([43, 50], …)" },
    { "print", "[\"áéíóúáéíóúáéíóú\"]", 12, "print(\"áéí…)" },
    { "f", "[{\"a\": null, \"b\": [true, false]}]", 0, "f({\"a\": null, \"b\": [true, false]})" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TelarStep *step = telar_step_new (rows[i].function, json_loads (rows[i].args, 0, NULL));
      g_autofree char *text = telar_step_describe (step, rows[i].length);

      if (rows[i].length > 0)
        g_assert_cmpint (g_utf8_strlen (text, -1), <=, rows[i].length);
      g_assert_cmpstr (text, ==, rows[i].expected);
      telar_step_free (step);
    }
}

/* A step with a million numbers is described without printing them all. */
static void
test_describe_huge (void)
{
  json_t *numbers = json_array ();
  TelarStep *step;
  g_autofree char *text = NULL;

  for (int i = 0; i < 1000000; i++)
    json_array_append_new (numbers, json_integer (i));
  step = telar_step_new ("square", json_pack ("[o]", numbers));
  text = telar_step_describe (step, 60);
  g_assert_cmpint (g_utf8_strlen (text, -1), <=, 60);
  g_assert_true (g_str_has_suffix (text, "…])"));
  telar_step_free (step);
}

static void
test_reals (void)
{
  static const struct
  {
    double number;
    const char *expected;
  } rows[] = {
    { 0.1, "0.1" },   { 1, "1.0" },       { -2.5, "-2.5" },
    { 1e300, "1e+300" }, { 1.0 / 3, "0.3333333333333333" }, { 0.1 + 0.2, "0.30000000000000004" },
    { 5e-324, "4.94065645841247e-324" },  { 123456789.125, "123456789.125" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      telar_json_print_real (text, rows[i].number);
      g_assert_cmpstr (text->str, ==, rows[i].expected);
      g_assert_true (g_ascii_strtod (text->str, NULL) == rows[i].number);
    }
}

static void
test_texts (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  telar_json_print_text (text, "a\"b\\c\n\t\x01 ñ €");
  g_assert_cmpstr (text->str, ==, "\"a\\\"b\\\\c\\n\\t\\u0001 ñ €\"");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph/new", test_new);
  g_test_add_func ("/graph/references", test_references);
  g_test_add_func ("/graph/names", test_names);
  g_test_add_func ("/graph/describe", test_describe);
  g_test_add_func ("/graph/describe/huge", test_describe_huge);
  g_test_add_func ("/json/reals", test_reals);
  g_test_add_func ("/json/texts", test_texts);
  return g_test_run ();
}
