/* test-selection.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A selection follows its document, and says so once and only when it changed.
 */

#include "config.h"

#include "document-text.h"
#include "edit/selection.h"

typedef struct
{
  TelarDocument  *document;
  TelarSelection *selection;
  guint           told;
} Fixture;

static void
count (guint *told)
{
  (*told)++;
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->document = document_from_text (FRAME);
  f->selection = telar_selection_new (f->document);
  g_signal_connect_swapped (f->selection, "changed", G_CALLBACK (count), &f->told);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_object_add_weak_pointer (G_OBJECT (f->selection), (gpointer *) &f->selection);
  g_object_unref (f->selection);
  g_assert_null (f->selection);
  g_assert_finalize_object (f->document);
}

static void
assert_selected (Fixture *f, const char *expected, const char *primary, guint told)
{
  g_auto (GStrv)   ids = telar_selection_get_ids (f->selection);
  g_autofree char *joined = g_strjoinv (" ", ids);

  g_assert_cmpstr (joined, ==, expected);
  g_assert_cmpstr (telar_selection_get_primary (f->selection), ==, primary);
  g_assert_cmpuint (telar_selection_get_n (f->selection), ==, g_strv_length (ids));
  g_assert_cmpuint (f->told, ==, told);
}

static void
test_select (Fixture *f, gconstpointer unused)
{
  assert_selected (f, "", NULL, 0);
  telar_selection_set_one (f->selection, "z");
  assert_selected (f, "z", "z", 1);
  telar_selection_set_one (f->selection, "z");
  assert_selected (f, "z", "z", 1);
  telar_selection_toggle (f->selection, "a");
  assert_selected (f, "a z", "a", 2);
  telar_selection_toggle (f->selection, "z");
  assert_selected (f, "a", "a", 3);
  telar_selection_add (f->selection, (const char *const[]){ "t1", "no-such-task", NULL });
  assert_selected (f, "a t1", "t1", 4);
  telar_selection_add (f->selection, (const char *const[]){ "main", NULL });
  assert_selected (f, "main a t1", "main", 5);
  telar_selection_toggle (f->selection, "no-such-task");
  assert_selected (f, "main a t1", "main", 5);
  telar_selection_set_all (f->selection);
  g_assert_cmpuint (telar_selection_get_n (f->selection), ==, 5);
  g_assert_false (telar_selection_contains (f->selection, "main"));
  g_assert_true (telar_selection_contains (f->selection, "t2"));
  telar_selection_set_one (f->selection, NULL);
  assert_selected (f, "", NULL, 7);
}

static void
test_follow (Fixture *f, gconstpointer unused)
{
  telar_selection_set (f->selection, (const char *const[]){ "a", "t1", NULL });
  g_assert_true (telar_document_rename (f->document, "t1", "worker", NULL));
  assert_selected (f, "a worker", "worker", 2);
  g_assert_true (telar_document_set_core (f->document, TELAR_ONE ("a"), 0, NULL));
  assert_selected (f, "a worker", "worker", 2);
  g_assert_true (telar_document_undo (f->document));
  g_assert_true (telar_document_undo (f->document));
  assert_selected (f, "a t1", "t1", 3);
  g_assert_true (telar_document_delete (f->document, TELAR_ONE ("f"), TELAR_DELETE_INSIDE, NULL));
  assert_selected (f, "a", "a", 4);
  g_assert_true (telar_document_undo (f->document));
  assert_selected (f, "a", "a", 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/selection/select", Fixture, NULL, set_up, test_select, tear_down);
  g_test_add ("/selection/follow", Fixture, NULL, set_up, test_follow, tear_down);
  return g_test_run ();
}
