/* test-document.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Operations on tasks and relations: what each does to the file's text, that undo
 * gives back the text of before byte for byte and redo that of after, and that
 * what is refused changes nothing.
 */

#include "config.h"

#include <string.h>

#include "document-text.h"
#include "graph/graph-file.h"

/* ---- tasks ---------------------------------------------------------------- */

static void
test_add (void)
{
  g_autoptr (TelarDocument) document = telar_document_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *before = document_text (document);
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

  now = document_text (document);
  again = telar_document_add (document, &(TelarNewTask){
      .kind = TELAR_KIND_PROCESS, .function = "busy", .inside = "t1" }, &error);
  assert_refused (document, again != NULL, &error, TELAR_EDIT_ERROR_FAULT, now,
                  "t1 is a thread, and nothing can be inside a thread; name a process, or leave "
                  "it out for main");
}

/* The third listing, from an empty window. */
static void
test_build (void)
{
  g_autoptr (TelarDocument) document = telar_document_new ();
  g_autoptr (GError) error = NULL;
  json_t *text = json_string ("Done");
  g_autofree char *p1 = NULL;
  g_autofree char *p2 = NULL;
  g_autofree char *call = NULL;
  g_autofree char *built = NULL;

  g_assert_true (telar_document_set_graph_name (document, "Squares and even numbers", &error));
  p1 = telar_document_add (document, &(TelarNewTask){ .kind = TELAR_KIND_PROCESS,
                                                      .function = "square" }, &error);
  p2 = telar_document_add (document, &(TelarNewTask){ .kind = TELAR_KIND_PROCESS,
                                                      .function = "is_even" }, &error);
  call = telar_document_add (document, &(TelarNewTask){ .kind = TELAR_KIND_CALL,
                                                        .function = "print", .after = p1 },
                             &error);
  g_assert_true (telar_document_connect (document, call, p2, &error));
  g_assert_true (telar_document_set_argument (document, TELAR_ONE (call), 0, 0, text, &error));
  g_assert_true (telar_document_rename (document, call, "done", &error));
  json_decref (text);
  built = document_text (document);
  g_assert_cmpstr (built, ==,
                   "{\n  \"telar\": 1,\n  \"name\": \"Squares and even numbers\",\n"
                   "  \"start-method\": \"fork\",\n  \"placement\": \"free\",\n"
                   "  \"tasks\": [\n"
                   "    { \"id\": \"p1\", \"kind\": \"process\", \"function\": \"square\", "
                   "\"args\": [[43, 50, 5, 98, 34, 35]] },\n"
                   "    { \"id\": \"p2\", \"kind\": \"process\", \"function\": \"is_even\", "
                   "\"args\": [[43, 50, 5, 98, 34, 35]] },\n"
                   "    { \"id\": \"done\", \"kind\": \"call\", \"function\": \"print\", "
                   "\"args\": [\"Done\"], \"after\": [\"p1\", \"p2\"] }\n  ]\n}\n");
  g_assert_cmpuint (telar_document_get_faults (document)->len, ==, 0);
}

static void
test_delete (void)
{
  g_autoptr (TelarDocument) document = document_from_text (FRAME);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = document_text (document);

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
    g_autofree char *now = document_text (document);
    gboolean done = telar_document_delete (document, TELAR_ONE ("q"), TELAR_DELETE_INSIDE, &error);
    assert_refused (document, done, &error, TELAR_EDIT_ERROR_NO_TASK, now, "there is no task q");
  }
}

static void
test_delete_controlled (void)
{
  g_autoptr (TelarDocument) document = document_from_text (CONTROL);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = document_text (document);

  g_assert_true (telar_document_delete (document, TELAR_ONE ("p1"), TELAR_DELETE_INSIDE, &error));
  g_assert_cmpuint (telar_document_get_graph (document)->main->steps->len, ==, 1);
  assert_undoes (document, before, "Delete p1");
}

static void
test_rename (void)
{
  g_autoptr (TelarDocument) document = document_from_text (CONTROL);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = document_text (document);
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
  now = document_text (document);
  assert_refused (document, done, &error, TELAR_EDIT_ERROR_FAULT, now,
                  "there are two tasks with the id p3: this one and tasks[0]; give one of them "
                  "another id");
  g_clear_error (&error);
  g_assert_true (telar_document_rename (document, "q", "quick", &error));
  g_assert_cmpstr (telar_document_get_undo_label (document), ==, "Rename p1 to quick");
  text = document_text (document);
  g_assert_nonnull (strstr (text, "[\"join\", {\"task\": \"quick\"}, 0.5]"));
  g_assert_true (telar_document_undo (document));
  g_assert_true (telar_document_undo (document));
  g_free (text);
  text = document_text (document);
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
  g_autoptr (TelarDocument) document = document_from_text (
      "\"main\": { \"body\": [ [\"start\", {\"task\": \"s\"}] ] }, \"tasks\": ["
      "{ \"id\": \"p1\", \"kind\": \"process\", \"body\": [] },"
      "{ \"id\": \"p2\", \"kind\": \"process\", \"body\": [] },"
      "{ \"id\": \"s\", \"kind\": \"process\", \"body\": [] },"
      "{ \"id\": \"t\", \"kind\": \"thread\", \"body\": [], \"inside\": \"p1\" } ]");
  g_autoptr (GError) error = NULL;
  g_autofree char *before = document_text (document);
  g_autofree char *now = NULL;

  g_assert_true (telar_document_connect (document, "p2", "p1", &error));
  assert_undoes (document, before, "Connect p1 to p2");
  now = document_text (document);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean done = telar_document_connect (document, rows[i].id, rows[i].before, &error);
      assert_refused (document, done, &error, rows[i].code, now, rows[i].sentence);
      g_clear_error (&error);
    }
  g_assert_true (telar_document_disconnect (document, "p2", "p1", &error));
  assert_undoes (document, now, "Disconnect p2 from p1");
}

/* An arrow from a task with copies goes with all that it stands for. */
static void
test_disconnect_copies (void)
{
  g_autoptr (TelarDocument) document = document_from_text (
      "\"tasks\": ["
      "{ \"id\": \"p\", \"kind\": \"process\", \"body\": [], \"copies\": 3 },"
      "{ \"id\": \"p1\", \"kind\": \"process\", \"body\": [] },"
      "{ \"id\": \"z\", \"kind\": \"call\", \"body\": [], "
      "\"after\": [\"p.1\", \"p1\", \"p.3\"] } ]");
  g_autofree char *before = document_text (document);

  g_assert_true (telar_document_disconnect (document, "z", "p", NULL));
  assert_line (document, "z",
               "{ \"id\": \"z\", \"kind\": \"call\", \"body\": [], \"after\": [\"p1\"] }");
  assert_undoes (document, before, "Disconnect z from p");
}

static void
test_reparent (void)
{
  g_autoptr (TelarDocument) document = document_from_text (FRAME);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = document_text (document);
  g_autofree char *remark = NULL;
  gboolean done;

  g_signal_connect (document, "remark", G_CALLBACK (document_on_remark), &remark);
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

/* A frame is where what it holds is; without that it stays there. */
static void
test_delete_last (void)
{
  g_autoptr (TelarDocument) document = document_from_text (
    "\"tasks\": ["
    "{ \"id\": \"f\", \"kind\": \"process\", \"function\": \"identify\" },"
    "{ \"id\": \"a\", \"kind\": \"thread\", \"function\": \"identify\", \"inside\": \"f\","
    "  \"position\": [30, 90] },"
    "{ \"id\": \"b\", \"kind\": \"thread\", \"function\": \"identify\", \"inside\": \"f\","
    "  \"position\": [40, 20] } ]");
  g_autoptr (GError) error = NULL;

  g_assert_true (telar_document_delete (document, TELAR_ONE ("a"), TELAR_DELETE_INSIDE, &error));
  g_assert_false (telar_document_find (document, "f")->has_position);
  g_assert_true (telar_document_delete (document, TELAR_ONE ("b"), TELAR_DELETE_INSIDE, &error));
  g_assert_true (telar_document_find (document, "f")->has_position);
  g_assert_cmpfloat (telar_document_find (document, "f")->x, ==, 40);
  g_assert_cmpfloat (telar_document_find (document, "f")->y, ==, 20);

  telar_document_undo (document);
  g_assert_false (telar_document_find (document, "f")->has_position);
}

static void
test_kinds (void)
{
  g_autoptr (TelarDocument) document = document_from_text (FRAME);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = document_text (document);
  g_autofree char *remark = NULL;

  g_signal_connect (document, "remark", G_CALLBACK (document_on_remark), &remark);
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
  g_autoptr (TelarDocument) document = document_from_text (CONTROL);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = document_text (document);
  gboolean done = telar_document_set_kind (document, NULL, TELAR_KIND_CALL, &error);

  assert_refused (document, done, &error, TELAR_EDIT_ERROR_FAULT, before,
                  "p1 is a call, which cannot be started; make p1 a thread or a process, or call "
                  "its function in the body");
}

static void
test_group (void)
{
  g_autoptr (TelarDocument) document = document_from_text (
      "\"tasks\": ["
      "{ \"id\": \"p1\", \"kind\": \"process\", \"body\": [], \"position\": [10, 20] },"
      "{ \"id\": \"p2\", \"kind\": \"process\", \"body\": [], \"after\": [\"p1\"], "
      "\"position\": [50, 5] },"
      "{ \"id\": \"p3\", \"kind\": \"process\", \"body\": [], \"after\": [\"p2\"], "
      "\"position\": [90, 9] },"
      "{ \"id\": \"p4\", \"kind\": \"process\", \"body\": [], \"after\": [\"p3\", \"p2\"] } ]");
  g_autoptr (GError) error = NULL;
  g_autofree char *before = document_text (document);
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
  g_autoptr (TelarDocument) document = document_from_text (FRAME);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = document_text (document);
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
  g_autoptr (TelarDocument) document = document_from_text (FRAME);
  g_autoptr (TelarDocument) other = telar_document_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *before = document_text (document);
  g_autofree char *empty = document_text (other);
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
  g_autoptr (TelarDocument) document = document_from_text (TWO);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = document_text (document);

  g_assert_true (telar_document_reorder (document, TELAR_ONE ("p2"), "p1", &error));
  g_assert_cmpstr (((TelarTask *) g_ptr_array_index (telar_document_get_graph (document)->tasks,
                                                     0))->id, ==, "p2");
  assert_undoes (document, before, "Reorder p2");
  g_assert_true (telar_document_reorder (document, TELAR_ONE ("p1"), NULL, &error));
  g_assert_cmpstr (telar_document_get_undo_label (document), ==, "Reorder p2");
}

/* One by one they are checked alone: as all of them together would be. */
static void
test_add_checks (void)
{
  static const TelarNewTask rows[] = {
    { .kind = TELAR_KIND_PROCESS, .function = "busy" },
    { .kind = TELAR_KIND_THREAD, .function = "busy", .inside = "f" },
    { .kind = TELAR_KIND_THREAD, .function = "busy", .inside = "f", .after = "t1" },
    { .kind = TELAR_KIND_CALL, .after = "z" },
    { .kind = TELAR_KIND_CALL, .after = "t2" },
    { .kind = TELAR_KIND_CALL, .id = "x", .inside = "f", .after = "a" },
    { .kind = TELAR_KIND_PROCESS, .id = "x", .inside = "t1" },
    { .kind = TELAR_KIND_PROCESS, .id = "x", .inside = "nobody" },
    { .kind = TELAR_KIND_PROCESS, .id = "x", .inside = "x" },
    { .kind = TELAR_KIND_PROCESS, .id = "x", .after = "x" },
    { .kind = TELAR_KIND_PROCESS, .id = "x", .after = "nobody" },
    { .kind = TELAR_KIND_PROCESS, .id = "a" },
    { .kind = TELAR_KIND_PROCESS, .id = "main" },
    { .kind = TELAR_KIND_PROCESS, .id = "a.1" },
    { .kind = TELAR_KIND_PROCESS, .id = "" },
    { .kind = TELAR_KIND_PROCESS, .id = "x y" },
    { .kind = TELAR_KIND_PROCESS, .id = "x", .after = "main" },
    { .kind = TELAR_KIND_PROCESS },
  };
  g_autoptr (TelarDocument) document = document_from_text (FRAME);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TelarGraph) graph = telar_document_snapshot (document);
      g_autoptr (GPtrArray) faults = telar_faults_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *before = document_text (document);
      g_autofree char *id = telar_document_add (document, &rows[i], &error);
      g_autoptr (TelarGraph) with = telar_graph_copy (graph);

      if (id != NULL)
        {
          const TelarRelations *relations = telar_document_get_relations (document);
          g_autoptr (TelarRelations) anew
              = telar_relations_new (telar_document_get_graph (document));

          g_assert_true (telar_graph_check_structure (telar_document_get_graph (document),
                                                      faults));
          g_assert_cmpuint (relations->n_tasks, ==, anew->n_tasks);
          for (guint32 k = 0; k < anew->n_tasks; k++)
            {
              g_assert_cmpuint (relations->tasks[k].parent, ==, anew->tasks[k].parent);
              g_assert_cmpuint (telar_relations_find (relations,
                                                      telar_relations_task (anew, k)->id, NULL),
                                ==, k);
            }
          g_assert_true (telar_document_find (document, id)
                         == g_ptr_array_index (telar_document_get_graph (document)->tasks,
                                               relations->n_tasks - 2));
          continue;
        }
      {
        TelarTask *task = telar_task_new (rows[i].id, rows[i].kind);
        TelarFault *fault;
        g_autofree char *sentence = NULL;
        g_autofree char *now = document_text (document);

        task->inside = g_strdup (rows[i].inside);
        if (rows[i].after != NULL)
          g_ptr_array_add (task->after, g_strdup (rows[i].after));
        task->has_body = TRUE;
        g_ptr_array_add (with->tasks, task);
        g_assert_false (telar_graph_check_structure (with, faults));
        fault = g_ptr_array_index (faults, 0);
        g_clear_pointer (&fault->file, g_free);
        g_clear_pointer (&fault->place, g_free);
        sentence = telar_fault_describe (fault);
        g_assert_error (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_FAULT);
        g_assert_cmpstr (error->message, ==, sentence);
        g_assert_cmpstr (now, ==, before);
      }
    }
  /* the first number that is free, also after one was taken away */
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = NULL;

      g_assert_true (telar_document_delete (document, TELAR_ONE ("p1"), TELAR_DELETE_INSIDE,
                                            NULL));
      id = telar_document_add (document, &rows[0], NULL);
      g_assert_cmpstr (id, ==, "p1");
    }
}

/* Tasks and objects share their ids. */
static void
test_add_beside_objects (void)
{
  g_autoptr (TelarDocument) document = document_from_text (
      "\"objects\": [ { \"id\": \"p1\", \"type\": \"lock\" } ], \"tasks\": [ ]");
  g_autoptr (GError) error = NULL;
  g_autofree char *id = telar_document_add (document, &(TelarNewTask){
      .kind = TELAR_KIND_PROCESS, .function = "busy" }, &error);
  g_autofree char *before = document_text (document);
  g_autofree char *none = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "p2");
  none = telar_document_add (document, &(TelarNewTask){
      .kind = TELAR_KIND_PROCESS, .id = "p1", .function = "busy" }, &error);
  assert_refused (document, none != NULL, &error, TELAR_EDIT_ERROR_FAULT, before,
                  "there is a task with the id p1 as well, tasks[1]; give one of them another id");
}

/* What is remembered beside a task comes back to it and to no other. */
static void
test_serial (void)
{
  g_autoptr (TelarDocument) document = document_from_text (TWO);
  g_autoptr (TelarDocument) other = document_from_text (TWO);
  const TelarTask *p1 = telar_document_find (document, "p1");
  guint64 serial = telar_document_get_serial (document, p1);
  guint64 graph = telar_document_get_serial (document, telar_document_get_graph (document)->main);
  guint64 second;

  g_assert_cmpuint (serial, !=, graph);
  g_assert_cmpuint (telar_document_get_serial (other, telar_document_find (other, "p1")), !=,
                    serial);
  g_assert_true (telar_document_rename (document, "p1", "w", NULL));
  g_assert_true (telar_document_reorder (document, TELAR_ONE ("w"), NULL, NULL));
  g_assert_true (telar_document_undo (document));
  g_assert_cmpuint (telar_document_get_serial (document, p1), ==, serial);

  g_assert_true (telar_document_delete (document, TELAR_ONE ("w"), TELAR_DELETE_INSIDE, NULL));
  g_assert_true (telar_document_undo (document));
  second = telar_document_get_serial (document, telar_document_find (document, "w"));
  g_assert_cmpuint (second, !=, serial);
  g_assert_cmpuint (telar_document_get_serial (document, telar_document_get_graph (document)->main),
                    ==, graph);

  telar_document_replace (document, telar_document_get_graph (other), NULL);
  g_assert_cmpuint (telar_document_get_serial (document, telar_document_find (document, "p1")), !=,
                    second);
  g_assert_cmpuint (telar_document_get_serial (document, telar_document_get_graph (document)->main),
                    !=, graph);
}

/* ---- objects ---------------------------------------------------------------- */

static char *
text_of (TelarDocument *document)
{
  return telar_graph_print (telar_document_get_graph (document), NULL);
}

/* References follow a new id, what names a deleted object goes, and undo is exact. */
static void
test_objects (void)
{
  g_autoptr (TelarDocument) document = telar_document_new ();
  g_autoptr (TelarDocument) other = telar_document_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *lock = telar_document_add_object (
      document, &(TelarNewObject){ .type = TELAR_OBJECT_LOCK }, &error);
  g_autofree char *condition = telar_document_add_object (
      document, &(TelarNewObject){ .type = TELAR_OBJECT_CONDITION }, &error);
  g_autofree char *barrier = telar_document_add_object (
      document, &(TelarNewObject){ .type = TELAR_OBJECT_BARRIER, .has_position = TRUE, .x = 5 },
      &error);
  json_t *id = json_string ("lock1"), *none = json_string ("nobody"), *zero = json_integer (0);
  json_t *args = json_pack ("[{ss}]", "object", "lock1");
  g_autofree char *task = NULL;
  g_autofree char *before = NULL;
  g_autofree char *copied = NULL;
  g_autofree char *undone = NULL;
  g_auto (GStrv) made = NULL;
  const TelarTask *p1;

  g_assert_no_error (error);
  g_assert_cmpstr (lock, ==, "lock1");
  g_assert_cmpstr (condition, ==, "condition1");
  g_assert_cmpfloat (telar_object_number (telar_document_find_object (document, barrier), "parties"),
                     ==, 2);
  g_assert_true (telar_document_set_object_option (document, condition, "lock", id, &error));
  g_assert_false (telar_document_set_object_option (document, condition, "lock", none, &error));
  g_assert_nonnull (strstr (error->message, "there is no object nobody"));
  g_clear_error (&error);
  g_assert_false (telar_document_set_object_option (document, barrier, "parties", zero, &error));
  g_clear_error (&error);
  task = telar_document_add (document, &(TelarNewTask){ .kind = TELAR_KIND_PROCESS,
                                                        .function = "acquire", .args = args },
                             &error);
  g_assert_no_error (error);
  p1 = telar_document_find (document, task);

  g_assert_true (telar_document_rename_object (document, "lock1", "m", &error));
  g_assert_cmpstr (telar_object_text (telar_document_find_object (document, condition), "lock"), ==,
                   "m");
  g_assert_cmpstr (telar_json_object (json_array_get (((TelarStep *) p1->steps->pdata[0])->args, 0),
                                      NULL), ==, "m");
  g_assert_false (telar_document_rename_object (document, "m", task, &error));
  g_clear_error (&error);

  copied = telar_document_copy (document, TELAR_ONE (task));
  g_assert_true (telar_document_paste (other, copied, NULL, &made, &error));
  g_assert_cmpuint (g_strv_length (made), ==, 2);
  g_assert_nonnull (telar_document_find_object (other, "m"));
  g_clear_pointer (&made, g_strfreev);
  g_assert_true (telar_document_paste (other, copied, NULL, &made, &error));
  /* it is here already, and shared */
  g_assert_cmpuint (g_strv_length (made), ==, 1);

  before = text_of (document);
  g_assert_true (telar_document_delete (document, TELAR_ONE ("m"), TELAR_DELETE_INSIDE, &error));
  g_assert_cmpstr (telar_document_get_undo_label (document), ==, "Delete m");
  g_assert_cmpuint (p1->steps->len, ==, 0);
  g_assert_null (telar_object_text (telar_document_find_object (document, condition), "lock"));
  telar_document_undo (document);
  undone = text_of (document);
  g_assert_cmpstr (undone, ==, before);
  json_decref (id);
  json_decref (none);
  json_decref (zero);
  json_decref (args);
}

int
main (int argc, char *argv[])
{
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/add", test_add);
  g_test_add_func ("/document/add/checks", test_add_checks);
  g_test_add_func ("/document/add/beside-objects", test_add_beside_objects);
  g_test_add_func ("/document/build", test_build);
  g_test_add_func ("/document/delete", test_delete);
  g_test_add_func ("/document/delete/controlled", test_delete_controlled);
  g_test_add_func ("/document/rename", test_rename);
  g_test_add_func ("/document/connect", test_connect);
  g_test_add_func ("/document/disconnect/copies", test_disconnect_copies);
  g_test_add_func ("/document/reparent", test_reparent);
  g_test_add_func ("/document/delete/last", test_delete_last);
  g_test_add_func ("/document/kinds", test_kinds);
  g_test_add_func ("/document/kinds/refused", test_kinds_refused);
  g_test_add_func ("/document/group", test_group);
  g_test_add_func ("/document/duplicate", test_duplicate);
  g_test_add_func ("/document/paste", test_paste);
  g_test_add_func ("/document/reorder", test_reorder);
  g_test_add_func ("/document/serial", test_serial);
  g_test_add_func ("/document/objects", test_objects);
  return g_test_run ();
}
