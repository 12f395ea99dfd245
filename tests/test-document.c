/* test-document.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Each operation of a document: what it does to the file's text, that undo gives
 * back the text of before byte for byte and redo that of after, and that what is
 * refused changes nothing.
 */

#include "config.h"

#include <string.h>

#include "edit/operations.h"
#include "graph/graph-file.h"

/* ---- helpers -------------------------------------------------------------- */

static TelarDocument *
open_text (const char *tasks)
{
  g_autofree char *text = g_strdup_printf ("{ \"telar\": 1, %s }", tasks);
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph = telar_graph_parse (text, strlen (text), NULL, faults);

  for (guint i = 0; graph == NULL && i < faults->len; i++)
    g_test_message ("%s", telar_fault_describe (g_ptr_array_index (faults, i)));
  g_assert_nonnull (graph);
  return telar_document_new_for_graph (graph);
}

static char *
print (TelarDocument *document)
{
  return telar_graph_print (telar_document_get_graph (document), NULL);
}

/* The line of a task in the file, without indent and comma; "" where there is none. */
static char *
line_of (TelarDocument *document, const char *id)
{
  g_autofree char *text = print (document);
  g_autofree char *begin = g_strdup_printf ("{ \"id\": \"%s\"", id);
  const char *at = strstr (text, begin);
  char *line = at == NULL ? g_strdup ("") : g_strndup (at, strcspn (at, "\n"));

  if (g_str_has_suffix (line, ","))
    line[strlen (line) - 1] = '\0';
  return line;
}

#define assert_line(document, id, expected) \
  do { g_autofree char *line_ = line_of (document, id); \
       g_assert_cmpstr (line_, ==, expected); } while (0)

/* Undo gives the text of before, redo that of now; leaves the document as it is. */
static void
assert_undoes (TelarDocument *document, const char *before, const char *label)
{
  g_autofree char *after = print (document);
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;

  g_assert_cmpstr (after, !=, before);
  if (label != NULL)
    g_assert_cmpstr (telar_document_get_undo_label (document), ==, label);
  g_assert_true (telar_document_undo (document));
  undone = print (document);
  g_assert_cmpstr (undone, ==, before);
  if (label != NULL)
    g_assert_cmpstr (telar_document_get_redo_label (document), ==, label);
  g_assert_true (telar_document_redo (document));
  redone = print (document);
  g_assert_cmpstr (redone, ==, after);
}

static void
assert_refused (TelarDocument *document, gboolean done, GError **error, int code,
                const char *before, const char *sentence)
{
  g_autofree char *after = print (document);

  g_assert_false (done);
  g_assert_error (*error, TELAR_EDIT_ERROR, code);
  g_assert_cmpstr ((*error)->message, ==, sentence);
  g_assert_cmpstr (after, ==, before);
}

#define TWO "\"tasks\": [" \
  "{ \"id\": \"p1\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1] }," \
  "{ \"id\": \"p2\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [2] } ]"

/* ---- tasks ---------------------------------------------------------------- */

static void
test_add (void)
{
  g_autoptr (TelarDocument) document = telar_document_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *before = print (document);
  g_autofree char *p1 = telar_document_add (document, &(TelarNewTask){
      .kind = TELAR_KIND_PROCESS, .function = "square", .has_position = TRUE, .x = 40, .y = 25 },
      &error);
  g_autofree char *again = NULL;
  g_autofree char *inside = NULL;
  g_autofree char *later = NULL;
  g_autofree char *now = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (p1, ==, "p1");
  assert_line (document, "p1",
               "{ \"id\": \"p1\", \"kind\": \"process\", \"function\": \"square\", "
               "\"args\": [[43, 50, 5, 98, 34, 35]], \"position\": [40, 25] }");
  assert_undoes (document, before, "Add p1");

  inside = telar_document_add (document, &(TelarNewTask){
      .kind = TELAR_KIND_THREAD, .function = "busy", .inside = "p1" }, &error);
  g_assert_no_error (error);
  later = telar_document_add (document, &(TelarNewTask){
      .kind = TELAR_KIND_CALL, .after = "t1" }, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (later, ==, "c1");
  assert_line (document, "c1", "{ \"id\": \"c1\", \"kind\": \"call\", \"body\": [], "
                               "\"inside\": \"p1\", \"after\": [\"t1\"] }");

  now = print (document);
  again = telar_document_add (document, &(TelarNewTask){
      .kind = TELAR_KIND_PROCESS, .function = "busy", .inside = "t1" }, &error);
  assert_refused (document, again != NULL, &error, TELAR_EDIT_ERROR_FAULT, now,
                  "t1 is a thread, and nothing can be inside a thread; name a process, or leave "
                  "it out for main");
}

#define FRAME "\"tasks\": [" \
  "{ \"id\": \"a\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1] }," \
  "{ \"id\": \"f\", \"kind\": \"process\", \"body\": [], \"after\": [\"a\"] }," \
  "{ \"id\": \"t1\", \"kind\": \"thread\", \"function\": \"busy\", \"args\": [1], " \
  "\"inside\": \"f\" }," \
  "{ \"id\": \"t2\", \"kind\": \"thread\", \"function\": \"busy\", \"args\": [1], " \
  "\"inside\": \"f\", \"after\": [\"t1\"] }," \
  "{ \"id\": \"z\", \"kind\": \"call\", \"function\": \"print\", \"args\": [\"Done\"], " \
  "\"after\": [\"f\", \"a\"] } ]"

#define CONTROL "\"main\": { \"body\": [ [\"start\", {\"task\": \"p1\"}], " \
  "[\"join\", {\"task\": \"p1\"}, 0.5], [\"print\", \"Done\"] ] }, \"tasks\": [" \
  "{ \"id\": \"p1\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1] }," \
  "{ \"id\": \"p2\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [2], " \
  "\"copies\": 3 }," \
  "{ \"id\": \"p3\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [3], " \
  "\"after\": [\"p2.3\"] } ]"

static void
test_delete (void)
{
  g_autoptr (TelarDocument) document = open_text (FRAME);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = print (document);

  g_assert_true (telar_document_delete (document, TELAR_ONE ("f"), TELAR_DELETE_INSIDE, &error));
  g_assert_null (telar_document_find (document, "t1"));
  assert_line (document, "z", "{ \"id\": \"z\", \"kind\": \"call\", \"function\": \"print\", "
                              "\"args\": [\"Done\"], \"after\": [\"a\"] }");
  assert_undoes (document, before, "Delete f");
  telar_document_undo (document);

  g_assert_true (telar_document_delete (document, TELAR_ONE ("f"), TELAR_KEEP_INSIDE, &error));
  assert_line (document, "t2", "{ \"id\": \"t2\", \"kind\": \"thread\", \"function\": \"busy\", "
                               "\"args\": [1], \"after\": [\"t1\"] }");
  assert_undoes (document, before, "Delete f");
  telar_document_undo (document);

  g_assert_true (telar_document_delete (document, (const char *[]){ "a", "t1", "z", NULL },
                                        TELAR_DELETE_INSIDE, &error));
  assert_undoes (document, before, "Delete 3 tasks");
  telar_document_undo (document);

  {
    g_autofree char *now = print (document);
    gboolean done = telar_document_delete (document, TELAR_ONE ("q"), TELAR_DELETE_INSIDE, &error);
    assert_refused (document, done, &error, TELAR_EDIT_ERROR_NO_TASK, now, "there is no task q");
  }
}

static void
test_delete_controlled (void)
{
  g_autoptr (TelarDocument) document = open_text (CONTROL);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = print (document);

  g_assert_true (telar_document_delete (document, TELAR_ONE ("p1"), TELAR_DELETE_INSIDE, &error));
  g_assert_cmpuint (telar_document_get_graph (document)->main->steps->len, ==, 1);
  assert_undoes (document, before, "Delete p1");
}

static void
test_rename (void)
{
  g_autoptr (TelarDocument) document = open_text (CONTROL);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = print (document);
  g_autofree char *now = NULL;
  g_autofree char *text = NULL;
  gboolean done;

  g_assert_true (telar_document_rename (document, "p2", "w", &error));
  assert_line (document, "p3", "{ \"id\": \"p3\", \"kind\": \"process\", \"function\": \"busy\", "
                               "\"args\": [3], \"after\": [\"w.3\"] }");
  assert_undoes (document, before, "Rename p2 to w");

  /* typing: one step, with what came in between refused */
  g_assert_true (telar_document_rename (document, "p1", "q", &error));
  done = telar_document_rename (document, "q", "p3", &error);
  now = print (document);
  assert_refused (document, done, &error, TELAR_EDIT_ERROR_FAULT, now,
                  "there are two tasks with the id p3: this one and tasks[0]; give one of them "
                  "another id");
  g_clear_error (&error);
  g_assert_true (telar_document_rename (document, "q", "quick", &error));
  g_assert_cmpstr (telar_document_get_undo_label (document), ==, "Rename p1 to quick");
  text = print (document);
  g_assert_nonnull (strstr (text, "[\"join\", {\"task\": \"quick\"}, 0.5]"));
  g_assert_true (telar_document_undo (document));
  g_assert_true (telar_document_undo (document));
  g_free (text);
  text = print (document);
  g_assert_cmpstr (text, ==, before);
  g_assert_false (telar_document_undo (document));
}

static void
test_connect (void)
{
  static const struct
  {
    const char *id, *before, *sentence;
    int code;
  } rows[] = {
    { "p1", "p1", "p1 would wait for itself: p1 → p1; leave it out", TELAR_EDIT_ERROR_FAULT },
    { "p1", "p2", "these tasks wait for each other in a circle: p1 → p2 → p1; remove one of these "
                  "arrows", TELAR_EDIT_ERROR_FAULT },
    { "p2", "p1", "p2 comes after p1 already", TELAR_EDIT_ERROR_DUPLICATE },
    { "t", "p2", "p2 has another parent (main) than t (p1); name a task whose parent is p1",
      TELAR_EDIT_ERROR_FAULT },
    { "s", "p1", "s is started by the body of main, and nowhere else; leave after out, or remove "
                 "the start from the body", TELAR_EDIT_ERROR_FAULT },
    { "p2", "main", "main ends last, so nothing can come after it; leave it out",
      TELAR_EDIT_ERROR_FAULT },
    { "main", "p2", "main is the graph itself, and this cannot be done to it",
      TELAR_EDIT_ERROR_NO_TASK },
  };
  g_autoptr (TelarDocument) document = open_text (
      "\"main\": { \"body\": [ [\"start\", {\"task\": \"s\"}] ] }, \"tasks\": ["
      "{ \"id\": \"p1\", \"kind\": \"process\", \"body\": [] },"
      "{ \"id\": \"p2\", \"kind\": \"process\", \"body\": [] },"
      "{ \"id\": \"s\", \"kind\": \"process\", \"body\": [] },"
      "{ \"id\": \"t\", \"kind\": \"thread\", \"body\": [], \"inside\": \"p1\" } ]");
  g_autoptr (GError) error = NULL;
  g_autofree char *before = print (document);
  g_autofree char *now = NULL;

  g_assert_true (telar_document_connect (document, "p2", "p1", &error));
  assert_undoes (document, before, "Connect p1 to p2");
  now = print (document);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean done = telar_document_connect (document, rows[i].id, rows[i].before, &error);
      assert_refused (document, done, &error, rows[i].code, now, rows[i].sentence);
      g_clear_error (&error);
    }
  g_assert_true (telar_document_disconnect (document, "p2", "p1", &error));
  assert_undoes (document, now, "Disconnect p2 from p1");
}

static void
on_remark (TelarDocument *document, const char *sentence, char **last)
{
  g_free (*last);
  *last = g_strdup (sentence);
}

static void
test_reparent (void)
{
  g_autoptr (TelarDocument) document = open_text (FRAME);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = print (document);
  g_autofree char *remark = NULL;
  gboolean done;

  g_signal_connect (document, "remark", G_CALLBACK (on_remark), &remark);
  g_assert_true (telar_document_reparent (document, TELAR_ONE ("t2"), NULL, &error));
  assert_line (document, "t2", "{ \"id\": \"t2\", \"kind\": \"thread\", \"function\": \"busy\", "
                               "\"args\": [1] }");
  g_assert_cmpstr (remark, ==, "t2 no longer comes after t1: they have different parents now.");
  assert_undoes (document, before, "Change the parent of t2");
  telar_document_undo (document);

  /* both: the arrow between them stays */
  g_assert_true (telar_document_reparent (document, (const char *[]){ "t1", "t2", NULL }, "main",
                                          &error));
  assert_line (document, "t2", "{ \"id\": \"t2\", \"kind\": \"thread\", \"function\": \"busy\", "
                               "\"args\": [1], \"after\": [\"t1\"] }");
  assert_undoes (document, before, "Change the parent of 2 tasks");
  telar_document_undo (document);

  done = telar_document_reparent (document, TELAR_ONE ("a"), "t1", &error);
  assert_refused (document, done, &error, TELAR_EDIT_ERROR_FAULT, before,
                  "t1 is a thread, and nothing can be inside a thread; name a process, or leave "
                  "it out for main");
  g_clear_error (&error);
  done = telar_document_reparent (document, TELAR_ONE ("f"), "f", &error);
  assert_refused (document, done, &error, TELAR_EDIT_ERROR_FAULT, before,
                  "f is inside itself; name another process, or leave it out for main");
}

static void
test_kinds (void)
{
  g_autoptr (TelarDocument) document = open_text (FRAME);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = print (document);
  g_autofree char *remark = NULL;

  g_signal_connect (document, "remark", G_CALLBACK (on_remark), &remark);
  g_assert_true (telar_document_set_kind (document, NULL, TELAR_KIND_THREAD, &error));
  g_assert_cmpstr (remark, ==, "2 tasks left f: only a process holds others.");
  assert_line (document, "t1", "{ \"id\": \"t1\", \"kind\": \"thread\", \"function\": \"busy\", "
                               "\"args\": [1], \"after\": [\"a\"] }");
  assert_line (document, "z", "{ \"id\": \"z\", \"kind\": \"thread\", \"function\": \"print\", "
                              "\"args\": [\"Done\"], \"after\": [\"f\", \"a\", \"t2\"] }");
  assert_undoes (document, before, "Make 5 tasks threads");
  telar_document_undo (document);
  g_assert_true (telar_document_set_kind (document, TELAR_ONE ("z"), TELAR_KIND_PROCESS, &error));
  assert_undoes (document, before, "Make z a process");
}

static void
test_kinds_refused (void)
{
  g_autoptr (TelarDocument) document = open_text (CONTROL);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = print (document);
  gboolean done = telar_document_set_kind (document, NULL, TELAR_KIND_CALL, &error);

  assert_refused (document, done, &error, TELAR_EDIT_ERROR_FAULT, before,
                  "p1 is a call, which cannot be started; make p1 a thread or a process, or call "
                  "its function in the body");
}

static void
test_group (void)
{
  g_autoptr (TelarDocument) document = open_text (
      "\"tasks\": ["
      "{ \"id\": \"p1\", \"kind\": \"process\", \"body\": [], \"position\": [10, 20] },"
      "{ \"id\": \"p2\", \"kind\": \"process\", \"body\": [], \"after\": [\"p1\"], "
      "\"position\": [50, 5] },"
      "{ \"id\": \"p3\", \"kind\": \"process\", \"body\": [], \"after\": [\"p2\"], "
      "\"position\": [90, 9] },"
      "{ \"id\": \"p4\", \"kind\": \"process\", \"body\": [], \"after\": [\"p3\", \"p2\"] } ]");
  g_autoptr (GError) error = NULL;
  g_autofree char *before = print (document);
  g_autofree char *id
      = telar_document_group (document, (const char *[]){ "p2", "p3", NULL }, &error);
  g_autofree char *refused = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "p5");
  assert_line (document, "p5", "{ \"id\": \"p5\", \"kind\": \"process\", \"body\": [], "
                               "\"after\": [\"p1\"], \"position\": [50, 5] }");
  assert_line (document, "p2", "{ \"id\": \"p2\", \"kind\": \"process\", \"body\": [], "
                               "\"inside\": \"p5\", \"position\": [50, 5] }");
  assert_line (document, "p3", "{ \"id\": \"p3\", \"kind\": \"process\", \"body\": [], "
                               "\"inside\": \"p5\", \"after\": [\"p2\"], \"position\": [90, 9] }");
  assert_line (document, "p4", "{ \"id\": \"p4\", \"kind\": \"process\", \"body\": [], "
                               "\"after\": [\"p5\"] }");
  assert_undoes (document, before, "Put 2 tasks into a new process");
  telar_document_undo (document);

  refused = telar_document_group (document, (const char *[]){ "p1", "p3", NULL }, &error);
  assert_refused (document, refused != NULL, &error, TELAR_EDIT_ERROR_FAULT, before,
                  "these tasks wait for each other in a circle: p5 → p2 → p5; remove one of these "
                  "arrows");
}

static void
test_duplicate (void)
{
  g_autoptr (TelarDocument) document = open_text (FRAME);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = print (document);
  g_auto (GStrv) ids = NULL;

  g_assert_true (telar_document_duplicate (document, TELAR_ONE ("f"), 10, 10, &ids, &error));
  g_assert_cmpstr (ids[0], ==, "f2");
  g_assert_null (ids[1]);
  assert_line (document, "f2", "{ \"id\": \"f2\", \"kind\": \"process\", \"body\": [], "
                               "\"after\": [\"a\"] }");
  assert_line (document, "t4", "{ \"id\": \"t4\", \"kind\": \"thread\", \"function\": \"busy\", "
                               "\"args\": [1], \"inside\": \"f2\", \"after\": [\"t3\"] }");
  assert_undoes (document, before, "Duplicate f");
}

static void
test_paste (void)
{
  g_autoptr (TelarDocument) document = open_text (FRAME);
  g_autoptr (TelarDocument) other = telar_document_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *before = print (document);
  g_autofree char *empty = print (other);
  g_autofree char *copied
      = telar_document_copy (document, (const char *[]){ "f", "z", NULL });
  gboolean done;

  g_assert_true (telar_document_paste (document, copied, NULL, NULL, &error));
  assert_line (document, "z2", "{ \"id\": \"z2\", \"kind\": \"call\", \"function\": \"print\", "
                               "\"args\": [\"Done\"], \"after\": [\"f2\", \"a\"] }");
  assert_undoes (document, before, "Paste 4 tasks");
  telar_document_undo (document);

  g_assert_true (telar_document_paste (other, copied, NULL, NULL, &error));
  assert_line (other, "z", "{ \"id\": \"z\", \"kind\": \"call\", \"function\": \"print\", "
                           "\"args\": [\"Done\"], \"after\": [\"f\"] }");
  assert_undoes (other, empty, "Paste 4 tasks");

  done = telar_document_paste (document, "hello", NULL, NULL, &error);
  g_assert_false (done);
  g_assert_error (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_TEXT);
  g_clear_error (&error);
  done = telar_document_paste (document, copied, &(TelarPasteTarget){ .inside = "t1" }, NULL,
                               &error);
  assert_refused (document, done, &error, TELAR_EDIT_ERROR_FAULT, before,
                  "t1 is a thread, and nothing can be inside a thread; name a process, or leave "
                  "it out for main");
}

static void
test_reorder (void)
{
  g_autoptr (TelarDocument) document = open_text (TWO);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = print (document);

  g_assert_true (telar_document_reorder (document, TELAR_ONE ("p2"), "p1", &error));
  g_assert_cmpstr (((TelarTask *) g_ptr_array_index (telar_document_get_graph (document)->tasks,
                                                     0))->id, ==, "p2");
  assert_undoes (document, before, "Reorder p2");
  g_assert_true (telar_document_reorder (document, TELAR_ONE ("p1"), NULL, &error));
  g_assert_cmpstr (telar_document_get_undo_label (document), ==, "Reorder p2");
}

/* ---- fields --------------------------------------------------------------- */

static void
test_fields (void)
{
  g_autoptr (TelarDocument) document = open_text (TWO);
  g_autoptr (GError) error = NULL;
  const char *const both[] = { "p1", "p2", NULL };
  g_autofree char *before = print (document);
  g_autofree char *now = NULL;
  json_t *args = json_pack ("[i]", 7);

  g_assert_true (telar_document_set_name (document, both, "Work", &error));
  assert_undoes (document, before, "Change 2 tasks");
  g_assert_true (telar_document_set_core (document, both, 1, &error));
  g_assert_true (telar_document_set_daemon (document, TELAR_ONE ("p1"), TRUE, &error));
  g_assert_true (telar_document_set_repeat (document, TELAR_ONE ("p1"), 3, &error));
  g_assert_true (telar_document_set_copies (document, TELAR_ONE ("p1"), 2, &error));
  g_assert_true (telar_document_set_args (document, both, 0, args, &error));
  g_assert_no_error (error);
  assert_line (document, "p1",
               "{ \"id\": \"p1\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [7], "
               "\"repeat\": 3, \"name\": \"Work\", \"core\": 1, \"copies\": 2, \"daemon\": true }");
  json_decref (args);

  now = print (document);
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
  for (int i = 0; i < 6; i++)
    g_assert_true (telar_document_undo (document));
  g_assert_false (telar_document_undo (document));
  g_free (now);
  now = print (document);
  g_assert_cmpstr (now, ==, before);
}

/* Typing 2, 12, 1 into a field is one step, and what 1 would have taken away on
 * the way is there again. */
static void
test_typing (void)
{
  g_autoptr (TelarDocument) document = open_text (CONTROL);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = print (document);
  g_autofree char *now = NULL;

  g_assert_true (telar_document_set_copies (document, TELAR_ONE ("p2"), 1, &error));
  g_assert_cmpuint (telar_document_find (document, "p3")->after->len, ==, 0);
  g_assert_true (telar_document_set_copies (document, TELAR_ONE ("p2"), 12, &error));
  g_assert_cmpuint (telar_document_find (document, "p3")->after->len, ==, 1);
  assert_undoes (document, before, "Change p2");
  g_assert_true (telar_document_set_copies (document, TELAR_ONE ("p2"), 5, &error));
  g_assert_true (telar_document_set_copies (document, TELAR_ONE ("p2"), 12, &error));
  g_assert_true (telar_document_undo (document));
  now = print (document);
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
  g_autoptr (TelarDocument) document = open_text (FRAME);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = print (document);
  g_autofree char *remark = NULL;
  json_t *reference = json_pack ("[{ss}]", "task", "t1");
  json_t *text = json_string ("many");

  g_signal_connect (document, "remark", G_CALLBACK (on_remark), &remark);
  g_assert_true (telar_document_insert_step (document, "a", 0, "sleep", NULL, &error));
  assert_line (document, "a", "{ \"id\": \"a\", \"kind\": \"process\", "
                              "\"body\": [ [\"sleep\", 1], [\"busy\", 1] ] }");
  assert_undoes (document, before, "Change a");
  g_assert_true (telar_document_move_step (document, "a", 0, 1, &error));
  g_assert_true (telar_document_remove_step (document, "a", 1, &error));
  g_assert_true (telar_document_set_has_body (document, TELAR_ONE ("a"), FALSE, &error));
  {
    g_autofree char *now = print (document);
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
  g_autoptr (TelarDocument) document = open_text (TWO);
  g_autoptr (GError) error = NULL;
  const int cores[] = { 0, 2 };
  const int wrong[] = { 5000 };
  g_autofree char *before = print (document);
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
  now = print (document);
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
  undone = print (document);
  g_assert_cmpstr (undone, ==, before);
}

static void
test_move (void)
{
  g_autoptr (TelarDocument) document = open_text (FRAME);
  g_autoptr (GError) error = NULL;
  const TelarPlace places[] = { { "a", 0, 0 }, { "f", 100.5, 0 }, { "t1", 110, 10 },
                                { "t2", 110, 60 }, { "z", 300, 0 } };
  g_autofree char *before = print (document);
  g_autofree char *placed = NULL;
  g_autofree char *now = NULL;

  g_assert_true (telar_document_place (document, places, G_N_ELEMENTS (places), NULL, &error));
  assert_undoes (document, before, "Lay out");
  placed = print (document);

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
  now = print (document);
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
  now = print (document);
  g_assert_cmpstr (now, ==, before);
}

static void
test_group_of_edits (void)
{
  g_autoptr (TelarDocument) document = open_text (TWO);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = print (document);
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
  g_autoptr (TelarDocument) document = open_text (FRAME);
  g_autoptr (TelarDocument) other = open_text (CONTROL);
  g_autofree char *before = print (document);
  g_autofree char *wanted = print (other);
  g_autofree char *after = NULL;

  telar_document_replace (document, telar_document_get_graph (other), NULL);
  after = print (document);
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
  g_autoptr (TelarDocument) document = open_text (CONTROL);
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
  g_autoptr (TelarDocument) document = open_text (TWO);
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
  g_test_add_func ("/document/add", test_add);
  g_test_add_func ("/document/delete", test_delete);
  g_test_add_func ("/document/delete/controlled", test_delete_controlled);
  g_test_add_func ("/document/rename", test_rename);
  g_test_add_func ("/document/connect", test_connect);
  g_test_add_func ("/document/reparent", test_reparent);
  g_test_add_func ("/document/kinds", test_kinds);
  g_test_add_func ("/document/kinds/refused", test_kinds_refused);
  g_test_add_func ("/document/group", test_group);
  g_test_add_func ("/document/duplicate", test_duplicate);
  g_test_add_func ("/document/paste", test_paste);
  g_test_add_func ("/document/reorder", test_reorder);
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
