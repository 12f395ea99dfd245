/* test-document-fields.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The same as test-document for fields, steps, settings and positions; what
 * listeners are told.
 */

#include "config.h"

#include <string.h>

#include "document-text.h"

/* ---- fields --------------------------------------------------------------- */

static void
test_fields (void)
{
  g_autoptr (TelarDocument) document = document_from_text (TWO);
  g_autoptr (GError) error = NULL;
  const char *const both[] = { "p1", "p2", NULL };
  g_autofree char *before = document_text (document);
  g_autofree char *now = NULL;
  json_t *args = json_pack ("[i]", 7);

  g_assert_true (telar_document_set_name (document, both, "Work", &error));
  assert_undoes (document, before, "Change 2 tasks");
  g_assert_true (telar_document_set_core (document, both, 1, &error));
  g_assert_true (telar_document_set_daemon (document, TELAR_ONE ("p1"), TRUE, &error));
  g_assert_true (telar_document_set_repeat (document, TELAR_ONE ("p1"), 3, &error));
  g_assert_true (telar_document_set_copies (document, TELAR_ONE ("p1"), 2, &error));
  g_assert_true (telar_document_set_task_start_method (document, TELAR_ONE ("p1"),
                                                       TELAR_METHOD_FORKSERVER, &error));
  g_assert_true (telar_document_set_args (document, both, 0, args, &error));
  g_assert_no_error (error);
  assert_line (document, "p1",
               "{ \"id\": \"p1\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [7], "
               "\"repeat\": 3, \"name\": \"Work\", \"core\": 1, \"copies\": 2, \"daemon\": true, "
               "\"start-method\": \"forkserver\" }");
  json_decref (args);

  now = document_text (document);
  assert_refused (document, telar_document_set_core (document, both, 4000, &error), &error,
                  TELAR_EDIT_ERROR_FAULT, now, "there is no core 4000; write a number from 0 to "
                                               "1023");
  g_clear_error (&error);
  assert_refused (document, telar_document_set_repeat (document, both, 0, &error), &error,
                  TELAR_EDIT_ERROR_FAULT, now, "repeated 0 times it never runs; write 1 or more, "
                                               "or leave it out");
  g_clear_error (&error);
  assert_refused (document, telar_document_set_copies (document, both, G_MAXUINT, &error), &error,
                  TELAR_EDIT_ERROR_VALUE, now, "this must be a whole number from 0 to 2147483647");
  for (int i = 0; i < 7; i++)
    g_assert_true (telar_document_undo (document));
  g_assert_false (telar_document_undo (document));
  g_free (now);
  now = document_text (document);
  g_assert_cmpstr (now, ==, before);
}

/* Typing 2, 12, 1 into a field is one step, and what 1 would have taken away on
 * the way is there again. */
static void
test_typing (void)
{
  g_autoptr (TelarDocument) document = document_from_text (CONTROL);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = document_text (document);
  g_autofree char *now = NULL;

  g_assert_true (telar_document_set_copies (document, TELAR_ONE ("p2"), 1, &error));
  g_assert_cmpuint (telar_document_find (document, "p3")->after->len, ==, 0);
  g_assert_true (telar_document_set_copies (document, TELAR_ONE ("p2"), 12, &error));
  g_assert_cmpuint (telar_document_find (document, "p3")->after->len, ==, 1);
  assert_undoes (document, before, "Change p2");
  g_assert_true (telar_document_set_copies (document, TELAR_ONE ("p2"), 5, &error));
  g_assert_true (telar_document_set_copies (document, TELAR_ONE ("p2"), 12, &error));
  g_assert_true (telar_document_undo (document));
  now = document_text (document);
  g_assert_cmpstr (now, ==, before);

  /* typed back to what it was: no step, and not modified */
  g_assert_true (telar_document_set_name (document, TELAR_ONE ("p2"), "x", &error));
  g_assert_true (telar_document_get_modified (document));
  g_assert_true (telar_document_set_name (document, TELAR_ONE ("p2"), NULL, &error));
  g_assert_false (telar_document_get_modified (document));
  g_assert_false (telar_document_get_can_undo (document));

  g_assert_true (telar_document_set_name (document, TELAR_ONE ("p2"), "x", &error));
  telar_document_seal (document);
  g_assert_true (telar_document_set_name (document, TELAR_ONE ("p2"), "xy", &error));
  g_assert_true (telar_document_undo (document));
  g_assert_cmpstr (telar_document_find (document, "p2")->name, ==, "x");
}

/* ---- steps ---------------------------------------------------------------- */

static void
test_steps (void)
{
  g_autoptr (TelarDocument) document = document_from_text (FRAME);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = document_text (document);
  g_autofree char *remark = NULL;
  json_t *reference = json_pack ("[{ss}]", "task", "t1");
  json_t *text = json_string ("many");

  g_signal_connect (document, "remark", G_CALLBACK (document_on_remark), &remark);
  g_assert_true (telar_document_insert_step (document, "a", 0, "sleep", NULL, &error));
  assert_line (document, "a", "{ \"id\": \"a\", \"kind\": \"process\", "
                              "\"body\": [ [\"sleep\", 1], [\"busy\", 1] ] }");
  assert_undoes (document, before, "Change a");
  g_assert_true (telar_document_move_step (document, "a", 0, 1, &error));
  g_assert_true (telar_document_remove_step (document, "a", 1, &error));
  g_assert_true (telar_document_set_has_body (document, TELAR_ONE ("a"), FALSE, &error));
  {
    g_autofree char *now = document_text (document);
    g_assert_cmpstr (now, ==, before);
    assert_refused (document,
                    telar_document_set_has_body (document, TELAR_ONE ("f"), FALSE, &error), &error,
                    TELAR_EDIT_ERROR_VALUE, now,
                    "the body of f has 0 steps, and a function is one call");
    g_clear_error (&error);
    assert_refused (document, telar_document_remove_step (document, "a", 1, &error), &error,
                    TELAR_EDIT_ERROR_VALUE, now, "a has no step 2");
    g_clear_error (&error);
  }

  /* a start takes the task to its starter */
  g_assert_true (telar_document_insert_step (document, "f", G_MAXUINT, "start", reference,
                                             &error));
  assert_line (document, "t1", "{ \"id\": \"t1\", \"kind\": \"thread\", \"function\": \"busy\", "
                               "\"args\": [1] }");
  g_assert_cmpstr (remark, ==, "t1 is started by the body of f now, and comes after nothing "
                               "else.");
  assert_undoes (document, before, "Change f");
  telar_document_undo (document);
  json_decref (reference);

  /* arguments that are wrong are kept, and said */
  g_assert_true (telar_document_set_argument (document, TELAR_ONE ("a"), 0, 0, text, &error));
  assert_line (document, "a", "{ \"id\": \"a\", \"kind\": \"process\", \"function\": \"busy\", "
                              "\"args\": [\"many\"] }");
  {
    g_autoptr (GPtrArray) faults = telar_document_get_faults_of (document, "a");
    g_autoptr (GPtrArray) none = telar_document_get_faults_of (document, "f");

    g_assert_cmpuint (faults->len, ==, 1);
    g_assert_cmpuint (none->len, ==, 0);
    g_assert_cmpstr (telar_fault_below (g_ptr_array_index (faults, 0)), ==, "args[0]");
  }
  assert_undoes (document, before, "Change a");
  telar_document_undo (document);
  json_decref (text);

  g_assert_true (telar_document_set_function (document, TELAR_ONE ("a"), 0, "square", &error));
  assert_line (document, "a", "{ \"id\": \"a\", \"kind\": \"process\", \"function\": \"square\", "
                              "\"args\": [[43, 50, 5, 98, 34, 35]] }");
  g_assert_true (telar_document_set_function (document, TELAR_ONE ("a"), 0, "sleep", &error));
  /* what busy had fits sleep: the way over square is forgotten */
  assert_line (document, "a", "{ \"id\": \"a\", \"kind\": \"process\", \"function\": \"sleep\", "
                              "\"args\": [1] }");
  assert_undoes (document, before, "Change a");
}

/* ---- settings, positions --------------------------------------------------- */

static void
test_settings (void)
{
  g_autoptr (TelarDocument) document = document_from_text (TWO);
  g_autoptr (GError) error = NULL;
  const int cores[] = { 0, 2 };
  const int wrong[] = { 5000 };
  g_autofree char *before = document_text (document);
  g_autofree char *now = NULL;
  g_autofree char *undone = NULL;

  g_assert_true (telar_document_set_graph_name (document, "Two", &error));
  assert_undoes (document, before, "Change the graph's name");
  g_assert_true (telar_document_set_description (document, "Both.", &error));
  g_assert_true (telar_document_set_start_method (document, TELAR_METHOD_SPAWN, &error));
  g_assert_true (telar_document_set_placement (document, TELAR_PLACEMENT_SPREAD, &error));
  g_assert_true (telar_document_set_cores (document, cores, 2, &error));
  g_assert_true (telar_document_set_skip_on_failure (document, TRUE, &error));
  g_assert_true (telar_document_set_alive_limit (document, 64, &error));
  g_assert_true (telar_document_set_memory_limit (document, 64 << 20, &error));
  now = document_text (document);
  g_assert_true (g_str_has_prefix (now,
      "{\n  \"telar\": 1,\n  \"name\": \"Two\",\n  \"description\": \"Both.\",\n"
      "  \"start-method\": \"spawn\",\n  \"placement\": \"spread\",\n  \"cores\": [0, 2],\n"
      "  \"on-failure\": \"skip\",\n  \"alive-limit\": 64,\n  \"memory-limit\": 64,\n"));
  assert_refused (document, telar_document_set_cores (document, wrong, 1, &error), &error,
                  TELAR_EDIT_ERROR_FAULT, now,
                  "there is no core 5000; write a number from 0 to 1023");
  g_clear_error (&error);
  assert_refused (document, telar_document_set_cores (document, wrong, 0, &error), &error,
                  TELAR_EDIT_ERROR_FAULT, now,
                  "the list of cores is empty; name at least one core, or write \"all\"");
  while (telar_document_undo (document))
    ;
  undone = document_text (document);
  g_assert_cmpstr (undone, ==, before);
}

static void
test_move (void)
{
  g_autoptr (TelarDocument) document = document_from_text (FRAME);
  g_autoptr (GError) error = NULL;
  const TelarPlace places[] = { { "a", 0, 0 }, { "f", 100.5, 0 }, { "t1", 110, 10 },
                                { "t2", 110, 60 }, { "z", 300, 0 } };
  g_autofree char *before = document_text (document);
  g_autofree char *placed = NULL;
  g_autofree char *now = NULL;

  g_assert_true (telar_document_place (document, places, G_N_ELEMENTS (places), NULL, &error));
  assert_undoes (document, before, "Lay out");
  placed = document_text (document);

  /* a drag: one step, however many motions; what is inside goes along */
  telar_document_begin (document, NULL, NULL);
  for (int i = 0; i < 50; i++)
    g_assert_true (telar_document_move (document, TELAR_ONE ("f"), 0.1, 2, &error));
  telar_document_end (document);
  g_assert_cmpfloat (telar_document_find (document, "t1")->y, ==, 110);
  assert_undoes (document, placed, "Move f");
  g_assert_true (telar_document_undo (document));

  /* Escape */
  telar_document_begin (document, "Drag", NULL);
  g_assert_true (telar_document_move (document, TELAR_ONE ("f"), 5, 5, &error));
  g_assert_false (telar_document_undo (document));
  telar_document_cancel (document);
  now = document_text (document);
  g_assert_cmpstr (now, ==, placed);
  g_assert_cmpstr (telar_document_get_undo_label (document), ==, "Lay out");

  /* dragged about and back */
  telar_document_begin (document, "Drag", NULL);
  g_assert_true (telar_document_move (document, TELAR_ONE ("a"), 5, 5, &error));
  g_assert_true (telar_document_move (document, TELAR_ONE ("a"), -5, -5, &error));
  telar_document_end (document);
  g_assert_cmpstr (telar_document_get_undo_label (document), ==, "Lay out");

  /* arrow keys */
  for (int i = 0; i < 3; i++)
    {
      telar_document_begin (document, "Nudge", "nudge");
      g_assert_true (telar_document_move (document, TELAR_ONE ("a"), 1, 0, &error));
      telar_document_end (document);
    }
  assert_undoes (document, placed, "Nudge");
  g_assert_true (telar_document_undo (document));

  g_assert_true (telar_document_unplace (document, NULL, &error));
  g_free (now);
  now = document_text (document);
  g_assert_cmpstr (now, ==, before);
}

static void
test_group_of_edits (void)
{
  g_autoptr (TelarDocument) document = document_from_text (TWO);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = document_text (document);
  g_autofree char *id = NULL;

  telar_document_begin (document, "Build", NULL);
  id = telar_document_add (document, &(TelarNewTask){ .kind = TELAR_KIND_CALL }, &error);
  telar_document_begin (document, "Inner", NULL);
  g_assert_true (telar_document_connect (document, id, "p1", &error));
  g_assert_true (telar_document_delete (document, TELAR_ONE ("p2"), TELAR_DELETE_INSIDE, &error));
  telar_document_end (document);
  g_assert_true (telar_document_rename (document, id, "done", &error));
  telar_document_end (document);
  assert_undoes (document, before, "Build");
  g_assert_true (telar_document_undo (document));
  g_assert_false (telar_document_get_can_undo (document));
}

static void
test_replace (void)
{
  g_autoptr (TelarDocument) document = document_from_text (FRAME);
  g_autoptr (TelarDocument) other = document_from_text (CONTROL);
  g_autofree char *before = document_text (document);
  g_autofree char *wanted = document_text (other);
  g_autofree char *after = NULL;

  telar_document_replace (document, telar_document_get_graph (other), NULL);
  after = document_text (document);
  g_assert_cmpstr (after, ==, wanted);
  assert_undoes (document, before, "Replace the graph");
}

/* ---- signals, properties ---------------------------------------------------- */

typedef struct
{
  guint    n;
  GString *text;
} Heard;

static void
append_ids (GString *text, const char *title, const GPtrArray *ids)
{
  if (ids->len == 0)
    return;
  g_string_append (text, title);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, " %s", (const char *) g_ptr_array_index (ids, i));
  g_string_append (text, "; ");
}

static void
on_changed (TelarDocument *document, const TelarChange *change, Heard *heard)
{
  heard->n++;
  g_string_truncate (heard->text, 0);
  append_ids (heard->text, "added", change->added);
  append_ids (heard->text, "removed", change->removed);
  append_ids (heard->text, "changed", change->changed);
  append_ids (heard->text, "renamed", change->renamed);
  g_string_append_printf (heard->text, "%s%x", change->all ? "all " : "", change->what);
}

static void
test_changed (void)
{
  g_autoptr (TelarDocument) document = document_from_text (CONTROL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  Heard heard = { 0, text };

  g_signal_connect (document, "changed", G_CALLBACK (on_changed), &heard);
  g_assert_true (telar_document_rename (document, "p2", "w", &error));
  g_assert_cmpstr (text->str, ==, "changed p3 w; renamed p2 w; 6");
  g_assert_true (telar_document_undo (document));
  g_assert_cmpstr (text->str, ==, "changed p3 p2; renamed w p2; 6");
  g_assert_true (telar_document_delete (document, TELAR_ONE ("p1"), TELAR_DELETE_INSIDE, &error));
  g_assert_cmpstr (text->str, ==, "removed p1; changed main; 9");
  g_assert_true (telar_document_undo (document));
  g_assert_cmpstr (text->str, ==, "added p1; changed main; 9");
  g_assert_cmpuint (heard.n, ==, 4);
  /* what is so already, and what is refused, is not told */
  g_assert_true (telar_document_set_kind (document, TELAR_ONE ("p1"), TELAR_KIND_PROCESS, &error));
  g_assert_false (telar_document_connect (document, "p2", "p2", NULL));
  g_assert_cmpuint (heard.n, ==, 4);
}

static void
on_notify (GObject *document, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_properties (void)
{
  g_autoptr (TelarDocument) document = document_from_text (TWO);
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;
  g_autofree char *label = NULL;
  gboolean modified, can_undo, can_redo;
  guint n_modified = 0, n_undo = 0, n_redo = 0, n_title = 0, n_label = 0;

  g_signal_connect (document, "notify::modified", G_CALLBACK (on_notify), &n_modified);
  g_signal_connect (document, "notify::can-undo", G_CALLBACK (on_notify), &n_undo);
  g_signal_connect (document, "notify::can-redo", G_CALLBACK (on_notify), &n_redo);
  g_signal_connect (document, "notify::title", G_CALLBACK (on_notify), &n_title);
  g_signal_connect (document, "notify::undo-label", G_CALLBACK (on_notify), &n_label);
  g_object_get (document, "modified", &modified, "can-undo", &can_undo, "can-redo", &can_redo,
                "title", &title, "undo-label", &label, NULL);
  g_assert_false (modified || can_undo || can_redo);
  g_assert_cmpstr (title, ==, "Untitled");
  g_assert_null (label);

  g_assert_true (telar_document_set_graph_name (document, "Two", &error));
  g_assert_cmpuint (n_modified, ==, 1);
  g_assert_cmpuint (n_undo, ==, 1);
  g_assert_cmpuint (n_redo, ==, 0);
  g_assert_cmpuint (n_title, ==, 1);
  g_assert_cmpuint (n_label, ==, 1);
  g_assert_cmpstr (telar_document_get_title (document), ==, "Two");
  g_assert_true (telar_document_set_graph_name (document, "Two", &error));
  g_assert_cmpuint (n_title + n_modified, ==, 2);
  g_assert_true (telar_document_undo (document));
  g_assert_cmpuint (n_modified, ==, 2);
  g_assert_cmpuint (n_redo, ==, 1);
  g_assert_false (telar_document_get_modified (document));
  g_assert_finalize_object (g_steal_pointer (&document));
}

int
main (int argc, char *argv[])
{
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/fields", test_fields);
  g_test_add_func ("/document/typing", test_typing);
  g_test_add_func ("/document/steps", test_steps);
  g_test_add_func ("/document/settings", test_settings);
  g_test_add_func ("/document/move", test_move);
  g_test_add_func ("/document/group-of-edits", test_group_of_edits);
  g_test_add_func ("/document/replace", test_replace);
  g_test_add_func ("/document/changed", test_changed);
  g_test_add_func ("/document/properties", test_properties);
  return g_test_run ();
}
