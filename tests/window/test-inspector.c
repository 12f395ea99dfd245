/* test-inspector.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The inspector on a display: what is typed into its fields arrives in the
 * document, what is refused stays in them, and they follow what happens
 * elsewhere. on-display.py gives it the display.
 */

#include <gtk/gtk.h>

#include "edit/operations.h"
#include "inspector/argument-field.h"
#include "inspector/field.h"
#include "inspector/function-chooser.h"
#include "inspector/inspector.h"
#include "inspector/picker.h"
#include "inspector/step-row.h"
#include "inspector/text-edit.h"

typedef struct
{
  TelarDocument  *document;
  TelarSelection *selection;
  TelarInspector *inspector;
  GtkWidget      *window;
} Fixture;

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  static const TelarNewTask tasks[] = {
    { .id = "p1", .kind = TELAR_KIND_PROCESS, .function = "square" },
    { .id = "p2", .kind = TELAR_KIND_PROCESS, .function = "square" },
    { .id = "b1", .kind = TELAR_KIND_PROCESS },
    { .id = "w1", .kind = TELAR_KIND_PROCESS, .function = "command" },
  };

  fixture->document = telar_document_new ();
  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    {
      g_autofree char *id = telar_document_add (fixture->document, &tasks[i], NULL);

      g_assert_nonnull (id);
    }
  fixture->selection = telar_selection_new (fixture->document);
  fixture->inspector = TELAR_INSPECTOR (telar_inspector_new ());
  fixture->window = gtk_window_new ();
  telar_inspector_set_selection (fixture->inspector, fixture->selection);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->inspector));
  gtk_window_present (GTK_WINDOW (fixture->window));
  while (!gtk_widget_get_mapped (GTK_WIDGET (fixture->inspector)))
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->inspector), (gpointer *) &fixture->inspector);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  settle ();
  g_assert_null (fixture->inspector);
  g_assert_finalize_object (fixture->selection);
  g_assert_finalize_object (fixture->document);
}

/* Whether a field called @title is what @widget is in. */
static gboolean
is_field (GtkWidget  *widget,
          const char *title)
{
  GtkWidget *row = gtk_widget_get_first_child (widget);
  GtkWidget *label = row ? gtk_widget_get_first_child (row) : NULL;

  return TELAR_IS_FIELD (widget) && GTK_IS_LABEL (label)
         && g_str_equal (gtk_label_get_label (GTK_LABEL (label)), title);
}

/* The first visible field called @title, or the first widget of @type below. */
static GtkWidget *
find (GtkWidget  *widget,
      const char *title,
      GType       type)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (title ? is_field (widget, title) : g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, title, type);

  return found;
}

static GtkWidget *
field (Fixture    *fixture,
       const char *title)
{
  return find (GTK_WIDGET (fixture->inspector), title, 0);
}

static TelarTextEdit *
edit (Fixture    *fixture,
      const char *title)
{
  GtkWidget *found = field (fixture, title);

  g_assert_nonnull (found);

  return TELAR_TEXT_EDIT (find (found, NULL, TELAR_TYPE_TEXT_EDIT));
}

static void
assert_text (Fixture    *fixture,
             const char *title,
             const char *expected)
{
  g_autofree char *text = telar_text_edit_get_text (edit (fixture, title));

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_calls (Fixture    *fixture,
              const char *id,
              const char *expected)
{
  const TelarTask *task = telar_document_find (fixture->document, id);
  g_autofree char *call = telar_step_describe (g_ptr_array_index (task->steps, 0), 0);

  g_assert_cmpstr (call, ==, expected);
}

static void
test_arguments (Fixture       *fixture,
                gconstpointer  unused)
{
  telar_selection_set_one (fixture->selection, "p1");
  telar_text_edit_enter (edit (fixture, "numbers"), "[7 8]");
  assert_calls (fixture, "p1", "square([7, 8])");
  assert_text (fixture, "numbers", "[7 8]");
  telar_text_edit_enter (edit (fixture, "work, ms"), "5 ms");
  assert_calls (fixture, "p1", "square([7, 8], \"5 ms\")");

  /* what is wrong is kept and said */
  telar_text_edit_enter (edit (fixture, "work, ms"), "soon");
  assert_calls (fixture, "p1", "square([7, 8], \"soon\")");
  g_assert_nonnull (strstr (telar_field_get_fault (TELAR_FIELD (field (fixture, "work, ms"))),
                            "work must be a time, not \"soon\"; "));

  /* typing is one step of the history; another task has its own */
  telar_selection_set_one (fixture->selection, "p2");
  assert_text (fixture, "work, ms", "");
  g_assert_null (telar_field_get_fault (TELAR_FIELD (field (fixture, "work, ms"))));
  telar_selection_set_one (fixture->selection, "p1");
  assert_text (fixture, "work, ms", "soon");
  telar_document_undo (fixture->document);
  assert_text (fixture, "work, ms", "");
  assert_text (fixture, "numbers", "7, 8");
  telar_document_undo (fixture->document);
  assert_text (fixture, "numbers", "43, 50, 5, 98, 34, 35");
}

static void
test_id (Fixture       *fixture,
         gconstpointer  unused)
{
  telar_selection_set_one (fixture->selection, "p1");
  telar_text_edit_enter (edit (fixture, "Id"), "worker");
  g_assert_nonnull (telar_document_find (fixture->document, "worker"));
  g_assert_true (telar_selection_contains (fixture->selection, "worker"));

  telar_text_edit_enter (edit (fixture, "Id"), "p2");
  g_assert_nonnull (telar_text_edit_get_refusal (edit (fixture, "Id")));
  assert_text (fixture, "Id", "p2");

  /* it is there again when one comes back */
  telar_selection_set_one (fixture->selection, "b1");
  assert_text (fixture, "Id", "b1");
  g_assert_null (telar_text_edit_get_refusal (edit (fixture, "Id")));
  telar_selection_set_one (fixture->selection, telar_document_find (fixture->document, "worker")
                                                 ? "worker" : "p1");
  assert_text (fixture, "Id", "p2");
  g_assert_nonnull (telar_text_edit_get_refusal (edit (fixture, "Id")));
}

/* A task that comes later may be at the address of one that is no more. */
static void
test_forgotten (Fixture       *fixture,
                gconstpointer  unused)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = telar_document_add (fixture->document, &(TelarNewTask){
          .kind = TELAR_KIND_PROCESS, .function = "square" }, NULL);

      telar_selection_set_one (fixture->selection, id);
      assert_text (fixture, "Copies", "1");
      g_assert_null (telar_text_edit_get_refusal (edit (fixture, "Copies")));
      telar_text_edit_enter (edit (fixture, "Copies"), "12x");
      telar_selection_set_one (fixture->selection, "p1");
      telar_document_undo (fixture->document);
      telar_document_seal (fixture->document);
    }

  telar_selection_set_one (fixture->selection, "p1");
  telar_text_edit_enter (edit (fixture, "Copies"), "12x");
  telar_document_replace (fixture->document, telar_document_get_graph (fixture->document), NULL);
  telar_selection_set_one (fixture->selection, "p1");
  assert_text (fixture, "Copies", "1");
}

static void
test_numbers (Fixture       *fixture,
              gconstpointer  unused)
{
  const TelarTask *task = telar_document_find (fixture->document, "p1");

  telar_selection_set_one (fixture->selection, "p1");
  telar_text_edit_enter (edit (fixture, "Copies"), "12");
  g_assert_cmpuint (task->copies, ==, 12);

  /* of a wrong text not even its beginning is taken */
  telar_text_edit_enter (edit (fixture, "Copies"), "12x");
  g_assert_cmpuint (task->copies, ==, 1);
  g_assert_nonnull (telar_text_edit_get_refusal (edit (fixture, "Copies")));
  telar_text_edit_enter (edit (fixture, "Copies"), "0");
  g_assert_cmpstr (telar_text_edit_get_refusal (edit (fixture, "Copies")), ==,
                   "with 0 copies there is no task; write 1 or more, or leave it out");
  telar_text_edit_enter (edit (fixture, "Copies"), "3");
  g_assert_null (telar_text_edit_get_refusal (edit (fixture, "Copies")));
  g_assert_cmpuint (task->copies, ==, 3);

  telar_text_edit_enter (edit (fixture, "Core"), "1");
  g_assert_cmpint (task->core, ==, 1);
  telar_text_edit_enter (edit (fixture, "Core"), "");
  g_assert_cmpint (task->core, ==, -1);
}

static void
test_several (Fixture       *fixture,
              gconstpointer  unused)
{
  const char *const both[] = { "p1", "p2", NULL };

  telar_document_set_copies (fixture->document, TELAR_ONE ("p2"), 4, NULL);
  telar_selection_set (fixture->selection, both);
  g_assert_null (field (fixture, "Id"));
  g_assert_null (field (fixture, "After"));
  assert_text (fixture, "Copies", "");
  telar_text_edit_enter (edit (fixture, "Copies"), "5");
  g_assert_cmpuint (telar_document_find (fixture->document, "p1")->copies, ==, 5);
  g_assert_cmpuint (telar_document_find (fixture->document, "p2")->copies, ==, 5);

  telar_text_edit_enter (edit (fixture, "numbers"), "1");
  assert_calls (fixture, "p1", "square([1])");
  assert_calls (fixture, "p2", "square([1])");
  telar_document_undo (fixture->document);
  assert_text (fixture, "numbers", "43, 50, 5, 98, 34, 35");
}

static void
test_steps (Fixture       *fixture,
            gconstpointer  unused)
{
  GtkWidget *row;

  telar_selection_set_one (fixture->selection, "b1");
  g_assert_null (find (GTK_WIDGET (fixture->inspector), NULL, TELAR_TYPE_STEP_ROW));
  telar_document_insert_step (fixture->document, "b1", 0, "print", NULL, NULL);
  telar_document_insert_step (fixture->document, "b1", 1, "busy", NULL, NULL);
  row = find (GTK_WIDGET (fixture->inspector), NULL, TELAR_TYPE_STEP_ROW);
  g_assert_nonnull (row);

  telar_inspector_show_step (fixture->inspector, 0);
  g_assert_true (telar_step_row_get_open (TELAR_STEP_ROW (row)));
  telar_text_edit_enter (edit (fixture, "text"), "Done");
  assert_calls (fixture, "b1", "print(\"Done\")");

  gtk_widget_activate_action (row, "step.move", "i", 1);
  assert_calls (fixture, "b1", "busy(100)");
  gtk_widget_activate_action (row, "step.remove", NULL);
  g_assert_cmpuint (telar_document_find (fixture->document, "b1")->steps->len, ==, 1);
}

/* Of a long body a page is shown, the one that is asked for. */
static void
test_many_steps (Fixture       *fixture,
                 gconstpointer  unused)
{
  const TelarTask *task;
  GtkWidget       *row;
  g_autofree char *call = NULL;
  guint            n = 0;

  for (guint i = 0; i < 100; i++)
    g_assert_true (telar_document_insert_step (fixture->document, "b1", i, "sleep", NULL, NULL));
  telar_selection_set_one (fixture->selection, "b1");
  telar_inspector_show_step (fixture->inspector, 90);
  row = find (GTK_WIDGET (fixture->inspector), NULL, TELAR_TYPE_STEP_ROW);
  for (GtkWidget *at = row; at; at = gtk_widget_get_next_sibling (at), n++)
    g_assert_cmpint (telar_step_row_get_open (TELAR_STEP_ROW (at)), ==, n == 10);
  g_assert_cmpuint (n, ==, 20);

  telar_text_edit_enter (edit (fixture, "seconds"), "9");
  gtk_widget_activate_action (row, "step.remove", NULL);
  g_assert_cmpuint (telar_document_find (fixture->document, "b1")->steps->len, ==, 99);
  telar_document_undo (fixture->document);
  task = telar_document_find (fixture->document, "b1");
  call = telar_step_describe (g_ptr_array_index (task->steps, 90), 0);
  g_assert_cmpstr (call, ==, "sleep(9)");
}

static void
test_texts (Fixture       *fixture,
            gconstpointer  unused)
{
  GtkWidget *add;

  telar_selection_set_one (fixture->selection, "w1");
  telar_text_edit_enter (edit (fixture, "program"), "ls");
  add = gtk_widget_get_last_child (gtk_widget_get_last_child (
    gtk_widget_get_first_child (field (fixture, "arguments"))));
  g_signal_emit_by_name (add, "clicked");
  telar_text_edit_enter (edit (fixture, "arguments"), "-l");
  assert_calls (fixture, "w1", "command(\"ls\", \"-l\")");
}

static void
test_graph (Fixture       *fixture,
            gconstpointer  unused)
{
  const TelarGraph *graph = telar_document_get_graph (fixture->document);

  telar_text_edit_enter (edit (fixture, "Name"), "My graph");
  g_assert_cmpstr (graph->name, ==, "My graph");
  telar_text_edit_enter (edit (fixture, "Cores"), "0-2,5");
  g_assert_cmpuint (graph->cores->len, ==, 4);
  assert_text (fixture, "Cores", "0-2,5");
  telar_text_edit_enter (edit (fixture, "Cores"), "0-2,x");
  g_assert_null (graph->cores);
  g_assert_nonnull (telar_text_edit_get_refusal (edit (fixture, "Cores")));
  telar_text_edit_enter (edit (fixture, "Memory"), "64");
  g_assert_cmpuint (graph->memory_limit, ==, 64 << 20);
}

static void
assert_method (Fixture    *fixture,
               const char *expected)
{
  GtkWidget *label = find (field (fixture, "Start"), NULL, TELAR_TYPE_PICKER);

  label = find (label, NULL, GTK_TYPE_LABEL);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (label)), ==, expected);
}

static void
test_method (Fixture       *fixture,
             gconstpointer  unused)
{
  const char *const both[] = { "p1", "p2", NULL };
  const TelarTask  *task = telar_document_find (fixture->document, "p1");

  telar_selection_set_one (fixture->selection, "p1");
  assert_method (fixture, "fork, as the graph says");
  telar_document_set_start_method (fixture->document, TELAR_METHOD_FORKSERVER, NULL);
  assert_method (fixture, "forkserver, as the graph says");

  g_signal_emit_by_name (find (field (fixture, "Start"), NULL, TELAR_TYPE_PICKER), "chosen",
                         "spawn");
  g_assert_cmpint (task->start_method, ==, TELAR_METHOD_SPAWN);
  assert_method (fixture, "spawn");
  telar_selection_set (fixture->selection, both);
  assert_method (fixture, "several values");
  g_signal_emit_by_name (find (field (fixture, "Start"), NULL, TELAR_TYPE_PICKER), "chosen", "");
  g_assert_cmpint (task->start_method, ==, -1);
  telar_document_undo (fixture->document);
  g_assert_cmpint (task->start_method, ==, TELAR_METHOD_SPAWN);

  /* a thread is not started in any of these ways */
  telar_document_set_task_start_method (fixture->document, TELAR_ONE ("p2"), -1, NULL);
  telar_document_set_kind (fixture->document, TELAR_ONE ("p2"), TELAR_KIND_THREAD, NULL);
  telar_selection_set_one (fixture->selection, "p2");
  g_assert_null (field (fixture, "Start"));
}

/* What is chosen from the menu comes to the list, and goes from it. */
static void
test_awaited (Fixture       *fixture,
              gconstpointer  unused)
{
  static const char *const chosen[] = { "p2", "c.1", "p2" };
  static const char *const calls[] = { "wait_any([p2])", "wait_any([p2, c.1])", "wait_any([c.1])" };

  telar_document_set_function (fixture->document, TELAR_ONE ("p1"), 0, "wait_any", NULL);
  telar_selection_set_one (fixture->selection, "p1");
  for (guint i = 0; i < G_N_ELEMENTS (chosen); i++)
    {
      GtkWidget *picker = find (field (fixture, "any"), NULL, TELAR_TYPE_PICKER);

      g_assert_nonnull (picker);
      g_signal_emit_by_name (picker, "chosen", chosen[i]);
      assert_calls (fixture, "p1", calls[i]);
    }
  telar_text_edit_enter (edit (fixture, "any"), "p2, pipe c");
  assert_calls (fixture, "p1", "wait_any([p2, c])");
}

/* Whether a label below @widget has @text in it. */
static gboolean
says (GtkWidget  *widget,
      const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;

  return FALSE;
}

static void
choose_library (Fixture    *fixture,
                const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("TELAR_PLUGINS"), name, NULL);

  telar_text_edit_enter (edit (fixture, "library"), name);
  g_signal_emit_by_name (gtk_widget_get_ancestor (field (fixture, "library"),
                                                  TELAR_TYPE_ARGUMENT_FIELD),
                         "file-chosen", path);
}

static void
test_plugin (Fixture       *fixture,
             gconstpointer  unused)
{
  if (g_getenv ("TELAR_PLUGINS") == NULL)
    {
      g_test_skip ("TELAR_PLUGINS does not say where the plug-ins of the tests are");
      return;
    }

  g_assert_true (telar_document_set_function (fixture->document, TELAR_ONE ("p1"), 0,
                                              "c_function", NULL));
  telar_selection_set_one (fixture->selection, "p1");
  choose_library (fixture, "good.so");
  telar_text_edit_enter (edit (fixture, "function"), "add");
  while (!says (field (fixture, "function"), "Adds numbers: ñ."))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (says (field (fixture, "arguments"), "numbers: "));
  g_assert_true (says (field (fixture, "arguments"), "more"));

  /* of another library nothing is known */
  telar_text_edit_enter (edit (fixture, "library"), "other.so");
  g_assert_false (says (field (fixture, "function"), "Adds numbers"));

  choose_library (fixture, "faulty-1.so");
  while (telar_text_edit_get_refusal (edit (fixture, "library")) == NULL)
    g_main_context_iteration (NULL, TRUE);

  /* an answer that nobody waits for any more */
  choose_library (fixture, "good.so");
  telar_selection_set_one (fixture->selection, "p2");
}

static void
test_read_only (Fixture       *fixture,
                gconstpointer  unused)
{
  telar_selection_set_one (fixture->selection, "p1");
  telar_inspector_set_read_only (fixture->inspector, TRUE, "A run goes on");
  g_assert_false (gtk_widget_is_sensitive (field (fixture, "Id")));
  telar_inspector_set_read_only (fixture->inspector, FALSE, NULL);
  g_assert_true (gtk_widget_is_sensitive (field (fixture, "Id")));
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void      (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/inspector/arguments", test_arguments }, { "/inspector/id", test_id },
    { "/inspector/numbers", test_numbers },     { "/inspector/several", test_several },
    { "/inspector/steps", test_steps },         { "/inspector/many-steps", test_many_steps },
    { "/inspector/texts", test_texts },         { "/inspector/graph", test_graph },
    { "/inspector/read-only", test_read_only }, { "/inspector/forgotten", test_forgotten },
    { "/inspector/plugin", test_plugin },       { "/inspector/method", test_method },
    { "/inspector/awaited", test_awaited },
  };

  gtk_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
