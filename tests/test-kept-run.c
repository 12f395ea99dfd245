/* test-kept-run.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Runs that a window keeps: their words, and their files.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "graph/graph-file.h"
#include "runfile/run-shelf.h"
#include "synthetic-run.h"
#include "window/kept-run.h"

static const char GRAPH[] = "{ \"telar\": 1, \"name\": \"Pair\", \"tasks\": [\n"
                            "  { \"id\": \"a\", \"kind\": \"process\", \"function\": \"square\", \"args\": [[3]] } ] }\n";

static TelarKeptRun *
make (void)
{
  g_autoptr (GPtrArray)     faults = telar_faults_new ();
  g_autoptr (TelarGraph)    graph = telar_graph_parse (GRAPH, strlen (GRAPH), NULL, faults);
  g_autoptr (TelarTimeline) timeline = telar_mockup_run_new (TRUE);

  g_assert_nonnull (graph);

  return telar_kept_run_new (timeline, graph);
}

static void
test_words (void)
{
  g_autoptr (TelarKeptRun) run = make ();
  g_autofree char         *words = telar_kept_run_words (run);
  g_autofree char         *of_file = NULL;
  g_autofree char         *refused = NULL;

  g_assert_nonnull (strstr (words, " · Ended after "));
  run->name = g_strdup (
    "a name of a file that is longer than whatever an item of a menu can show at once.telar-run");
  of_file = telar_kept_run_words (run);
  g_assert_true (g_str_has_prefix (of_file, "a name of a file"));
  g_assert_true (g_str_has_suffix (of_file, "…"));
  g_assert_cmpint (g_utf8_strlen (of_file, -1), ==, 72);
  g_free (run->name);
  run->name = g_strdup ("x");
  run->refused = TRUE;
  refused = telar_kept_run_words (run);
  g_assert_cmpstr (refused, ==, "x · Not run");
}

static void
test_names (void)
{
  static const struct { const char *title, *name; } table[] = {
    { "Pair", "Pair.telar-run" }, { "pair.telar", "pair.telar-run" }, { "", "Untitled.telar-run" },
    { "a/b", "a-b.telar-run" },
  };
  g_autofree char *given = telar_kept_run_complete_name ("x.telar-run");
  g_autofree char *added = telar_kept_run_complete_name ("x.y");

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *name = telar_kept_run_file_name (table[i].title);

      g_assert_cmpstr (name, ==, table[i].name);
    }
  g_assert_cmpstr (given, ==, "x.telar-run");
  g_assert_cmpstr (added, ==, "x.y.telar-run");
}

static void
test_file (void)
{
  g_autofree char         *folder = g_dir_make_tmp ("telar-kept-XXXXXX", NULL);
  g_autofree char         *path = g_build_filename (folder, "pair.telar-run", NULL);
  g_autofree char         *again = g_build_filename (folder, "again.telar-run", NULL);
  g_autofree char         *nowhere = g_build_filename (folder, "no", "pair.telar-run", NULL);
  g_autofree char         *title = NULL;
  g_autofree char         *text = NULL;
  g_autofree char         *cut_title = NULL;
  g_autofree char         *cut_text = NULL;
  g_autofree char         *bytes = NULL;
  g_autoptr (TelarKeptRun) run = make ();
  g_autoptr (TelarKeptRun) read = NULL;
  g_autoptr (TelarKeptRun) copy = NULL;
  g_autoptr (TelarKeptRun) cut = NULL;
  g_autoptr (GError)       error = NULL;
  gsize                    size;

  g_assert_true (telar_kept_run_save (run, NULL, path, NULL, &error));
  g_assert_no_error (error);
  read = telar_kept_run_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->graph->name, ==, "Pair");
  g_assert_null (read->graph->file);
  g_assert_cmpstr (read->name, ==, "pair.telar-run");
  g_assert_cmpint (read->timeline->wall, ==, run->timeline->wall);
  g_assert_false (read->broken_off);
  telar_kept_run_news (read, &title, &text);
  g_assert_nonnull (strstr (title, "pair.telar-run"));
  g_assert_null (text);

  /* What was saved or opened can be saved again, over its own file, too. */
  g_assert_true (telar_kept_run_save (run, NULL, path, NULL, &error));
  g_assert_true (telar_kept_run_save (read, NULL, again, NULL, &error));
  g_assert_true (telar_kept_run_save (read, NULL, path, NULL, &error));
  g_assert_no_error (error);
  copy = telar_kept_run_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (copy->missing->len, ==, 0);
  for (guint i = 0; i < copy->timeline->tasks->len; i++)
    {
      const TelarTaskLane *a = g_ptr_array_index (run->timeline->tasks, i);
      const TelarTaskLane *b = g_ptr_array_index (copy->timeline->tasks, i);

      g_assert_cmpuint (a->slices->len, ==, b->slices->len);
      g_assert_cmpint (a->on_core_ns, ==, b->on_core_ns);
    }

  /* A file that ends in the middle shows its beginning and says so. */
  g_assert_true (g_file_get_contents (again, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (again, bytes, (gssize) (size * 3 / 4), NULL));
  cut = telar_kept_run_open (again, NULL, &error);
  g_assert_no_error (error);
  telar_kept_run_news (cut, &cut_title, &cut_text);
  g_assert_nonnull (cut_text);
  g_assert_cmpint (*cut_text, !=, '\0');

  /* Refused in one sentence. */
  g_assert_true (g_file_set_contents (again, "no run at all", -1, NULL));
  g_assert_null (telar_kept_run_open (again, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (telar_kept_run_save (run, NULL, nowhere, NULL, &error));
  g_assert_nonnull (error);

  g_unlink (path);
  g_unlink (again);
  /* Nothing half written stays behind. */
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Damage of a large file is found where that is looked at, and told then, once. */
static void
test_unread (void)
{
  g_autofree char          *folder = g_dir_make_tmp ("telar-kept-XXXXXX", NULL);
  g_autofree char          *path = g_build_filename (folder, "long.telar-run", NULL);
  g_autofree char          *title = NULL;
  g_autofree char          *text = NULL;
  g_autofree char          *words = NULL;
  g_autofree char          *zeros = g_malloc0 (4096);
  g_autoptr (TelarKeptRun)  made = make ();
  g_autoptr (TelarKeptRun)  read = NULL;
  g_autoptr (TelarKeptRun)  copy = NULL;
  g_autoptr (GError)        error = NULL;
  guint                     n = 0;
  FILE                     *file;

  g_clear_pointer (&made->timeline, telar_timeline_unref);
  made->timeline = telar_synthetic_run_new (3, 2, 8, 100000);
  g_assert_true (telar_kept_run_save (made, NULL, path, NULL, &error));
  read = telar_kept_run_open (path, NULL, &error);
  g_assert_no_error (error);
  copy = telar_kept_run_copy (read);
  g_assert_cmpstr (copy->name, ==, read->name);
  g_assert_true (copy->timeline == read->timeline);
  g_assert_false (telar_kept_run_check (read));

  /* Amid its blocks, after they were found to be sound. */
  file = fopen (path, "r+");
  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, 0, SEEK_END), ==, 0);
  g_assert_cmpint (fseek (file, ftell (file) / 2, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (zeros, 1, 4096, file), ==, 4096);
  g_assert_cmpint (fclose (file), ==, 0);
  for (guint k = 0; k < 2; k++)
    for (guint i = 0; i < read->timeline->tasks->len; i++)
      {
        const TelarTaskLane *lane = g_ptr_array_index (read->timeline->tasks, i);

        for (guint s = 0; s < lane->slices->len; s++)
          telar_slices_at (lane->slices, s);
        for (guint s = 0; s < lane->waits->len; s++)
          telar_waits_at (lane->waits, s);
      }
  for (guint i = 0; i < read->timeline->cores->len; i++)
    {
      const TelarCoreLane *lane = g_ptr_array_index (read->timeline->cores, i);

      for (guint s = 0; s < lane->slices->len; s++)
        telar_slices_at (lane->slices, s);
    }
  g_assert_true (telar_kept_run_check (read));
  g_assert_false (telar_kept_run_check (read));
  n = telar_timeline_unreadable (read->timeline);
  g_assert_cmpuint (n, >, 0);
  words = telar_unreadable_words (n);
  telar_kept_run_news (read, &title, &text);
  g_assert_nonnull (strstr (title, "long.telar-run"));
  g_assert_cmpstr (text, ==, words);

  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* The oldest of those that nobody looks at, when there is too much of them. */
static void
test_put_aside (void)
{
  g_autoptr (GPtrArray)     kept = g_ptr_array_new_with_free_func (
    (GDestroyNotify) telar_kept_run_free);
  g_autoptr (TelarTimeline) live = telar_mockup_run_new (FALSE);
  const TelarTimeline      *used[3] = { NULL };
  TelarKeptRun             *runs[3];
  guint64                   one;

  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (kept, runs[i] = make ());
  one = telar_run_shelf_gain (runs[0]->timeline);
  g_assert_cmpuint (one, >, 0);
  g_assert_null (telar_kept_run_to_put_aside (kept, used, 3 * one));
  g_assert_true (telar_kept_run_to_put_aside (kept, used, 3 * one - 1) == runs[0]);
  used[0] = runs[0]->timeline;
  g_assert_true (telar_kept_run_to_put_aside (kept, used, one) == runs[1]);
  used[1] = runs[2]->timeline;
  g_assert_true (telar_kept_run_to_put_aside (kept, used, one) == runs[1]);
  /* One that goes on is none of them. */
  telar_timeline_unref (runs[1]->timeline);
  runs[1]->timeline = telar_timeline_ref (live);
  g_assert_null (telar_kept_run_to_put_aside (kept, used, 0));
}

static char *
model_of (const char *path)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (TelarKeptRun) run = telar_kept_run_open (path, NULL, &error);

  g_assert_no_error (error);

  return run->machine ? g_strdup (run->machine->model) : NULL;
}

/* Saved again elsewhere, a run is still of the computer that it ran on. */
static void
test_machine (void)
{
  g_autofree char          *folder = g_dir_make_tmp ("telar-kept-XXXXXX", NULL);
  g_autofree char          *path = g_build_filename (folder, "pair.telar-run", NULL);
  g_autoptr (TelarMachine)  there = telar_machine_new_uniform (2, 1);
  g_autoptr (TelarMachine)  here = telar_machine_new_uniform (4, 2);
  g_autoptr (TelarKeptRun)  run = make ();
  g_autoptr (TelarKeptRun)  known = NULL;
  g_autoptr (TelarKeptRun)  unknown = NULL;
  g_autofree char          *first = NULL;
  g_autofree char          *second = NULL;
  g_autofree char          *third = NULL;

  g_free (there->model);
  there->model = g_strdup ("There");
  g_free (here->model);
  here->model = g_strdup ("Here");

  g_assert_true (telar_kept_run_save (run, there, path, NULL, NULL));
  first = model_of (path);
  g_assert_cmpstr (first, ==, "There");
  known = telar_kept_run_open (path, NULL, NULL);
  g_assert_true (telar_kept_run_save (known, here, path, NULL, NULL));
  second = model_of (path);
  g_assert_cmpstr (second, ==, "There");

  /* One whose file does not say is not of this one. */
  g_assert_true (telar_kept_run_save (run, NULL, path, NULL, NULL));
  unknown = telar_kept_run_open (path, NULL, NULL);
  g_assert_null (telar_kept_run_get_machine (unknown, here));
  g_assert_true (telar_kept_run_get_machine (run, here) == here);
  g_assert_true (telar_kept_run_save (unknown, here, path, NULL, NULL));
  third = model_of (path);
  g_assert_null (third);

  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kept-run/words", test_words);
  g_test_add_func ("/kept-run/names", test_names);
  g_test_add_func ("/kept-run/file", test_file);
  g_test_add_func ("/kept-run/unread", test_unread);
  g_test_add_func ("/kept-run/put-aside", test_put_aside);
  g_test_add_func ("/kept-run/machine", test_machine);

  return g_test_run ();
}
