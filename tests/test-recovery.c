/* test-recovery.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Files and what is left after a crash: saving, noticing other programs, and
 * programs that die with changes that nobody saved.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "edit/operations.h"
#include "edit/recovery.h"
#include "edit/document-file.h"
#include "graph/graph-file.h"

static const char *program;

/* ---- helpers -------------------------------------------------------------- */

static char *
print (TelarDocument *document)
{
  return telar_graph_print (telar_document_get_graph (document), NULL);
}

static void
add (TelarDocument *document)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = telar_document_add (document, &(TelarNewTask){
      .kind = TELAR_KIND_PROCESS, .function = "square" }, &error);

  g_assert_no_error (error);
  g_assert_nonnull (id);
}

static GFile *
file_called (const char *name)
{
  return g_file_new_build_filename (g_get_user_state_dir (), name, NULL);
}

static guint
n_recovery_files (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "telar", "recovery", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static gboolean
on_late (gpointer late)
{
  *(gboolean *) late = TRUE;
  return G_SOURCE_REMOVE;
}

/* Turns the main loop until @condition, for at most half a minute. */
#define wait_for(condition) \
  do { \
    gboolean late_ = FALSE; \
    guint timer_ = g_timeout_add_seconds (30, on_late, &late_); \
    while (!(condition) && !late_) \
      g_main_context_iteration (NULL, TRUE); \
    g_assert_false (late_); \
    g_source_remove (timer_); \
  } while (0)

static void
count (TelarDocument *document, guint *n)
{
  (*n)++;
}

/* ---- files ---------------------------------------------------------------- */

static void
test_save (void)
{
  g_autoptr (TelarDocument) document = telar_document_new ();
  g_autoptr (TelarDocument) again = NULL;
  g_autoptr (GFile) file = file_called ("saved.telar");
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *read = NULL;

  g_assert_false (telar_document_save (document, TELAR_SAVE_CAREFULLY, &error));
  g_assert_error (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_FILE);
  g_clear_error (&error);
  add (document);
  g_assert_true (telar_document_get_modified (document));
  g_assert_true (telar_document_save_as (document, file, &error));
  g_assert_no_error (error);
  g_assert_false (telar_document_get_modified (document));
  g_assert_cmpstr (telar_document_get_title (document), ==, "saved.telar");
  g_assert_cmpint (telar_document_look_at_file (document), ==, TELAR_FILE_SAME);

  add (document);
  g_assert_true (telar_document_undo (document));
  g_assert_false (telar_document_get_modified (document));
  g_assert_true (telar_document_redo (document));
  g_assert_true (telar_document_save (document, TELAR_SAVE_CAREFULLY, &error));
  g_assert_true (telar_document_undo (document));
  g_assert_true (telar_document_get_modified (document));
  g_assert_true (telar_document_redo (document));
  g_assert_false (telar_document_get_modified (document));

  again = telar_document_open (file, faults);
  g_assert_nonnull (again);
  text = print (document);
  read = print (again);
  g_assert_cmpstr (read, ==, text);
  g_assert_false (telar_document_get_modified (again));
}

/* Where it cannot be saved, the document keeps its file and its changes. */
static void
test_save_refused (void)
{
  g_autoptr (TelarDocument) document = telar_document_new ();
  g_autoptr (GFile) file = file_called ("refused.telar");
  g_autoptr (GFile) nowhere = file_called ("no-such-folder/refused.telar");
  g_autoptr (GFile) far = g_file_new_for_uri ("sftp://elsewhere/graph.telar");
  g_autoptr (GError) error = NULL;

  g_assert_true (telar_document_save_as (document, file, &error));
  add (document);
  g_assert_false (telar_document_save_as (document, nowhere, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);
  g_assert_false (telar_document_save_as (document, far, &error));
  g_assert_error (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_FILE);
  g_clear_error (&error);
  g_assert_true (telar_document_get_modified (document));
  g_assert_true (g_file_equal (telar_document_get_file (document), file));
  g_assert_true (telar_document_save (document, TELAR_SAVE_CAREFULLY, &error));
}

static void
test_unreadable (void)
{
  g_autoptr (TelarDocument) document = telar_document_new ();
  g_autoptr (GFile) missing = file_called ("missing.telar");
  g_autoptr (GFile) far = g_file_new_for_uri ("sftp://elsewhere/graph.telar");
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  add (document);
  before = print (document);
  g_assert_false (telar_document_load (document, missing, faults));
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_null (telar_document_open (far, faults));
  g_assert_cmpuint (faults->len, ==, 2);
  after = print (document);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (telar_document_get_can_undo (document));
}

static void
test_changed_outside (void)
{
  g_autoptr (TelarDocument) document = telar_document_new ();
  g_autoptr (GFile) file = file_called ("shared.telar");
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (GError) error = NULL;
  const char *path = g_file_peek_path (file);
  g_autofree char *mine = NULL;
  guint n = 0;

  add (document);
  g_assert_true (telar_document_save_as (document, file, &error));
  g_signal_connect (document, "file-changed", G_CALLBACK (count), &n);
  mine = print (document);

  /* the same again is no change; something else is, told once */
  g_assert_true (g_file_set_contents (path, mine, -1, NULL));
  g_assert_cmpint (telar_document_look_at_file (document), ==, TELAR_FILE_SAME);
  g_assert_cmpuint (n, ==, 0);
  g_assert_true (g_file_set_contents (path, "{ \"telar\": 1, \"tasks\": [] }", -1, NULL));
  wait_for (n > 0);
  g_assert_cmpint (telar_document_get_file_state (document), ==, TELAR_FILE_CHANGED);
  g_assert_cmpint (telar_document_look_at_file (document), ==, TELAR_FILE_CHANGED);
  g_assert_cmpuint (n, ==, 1);

  g_assert_false (telar_document_save (document, TELAR_SAVE_CAREFULLY, &error));
  g_assert_error (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_OVERWRITES);
  g_clear_error (&error);
  telar_document_keep_mine (document);
  g_assert_true (telar_document_get_modified (document));
  g_assert_true (telar_document_save (document, TELAR_SAVE_CAREFULLY, &error));
  g_assert_no_error (error);
  g_assert_false (telar_document_get_modified (document));

  g_assert_true (g_file_set_contents (path, "{ \"telar\": 1, \"tasks\": [] }", -1, NULL));
  g_assert_true (telar_document_load (document, file, faults));
  g_assert_cmpuint (telar_document_get_graph (document)->tasks->len, ==, 0);
  g_assert_false (telar_document_get_can_undo (document));
  g_assert_cmpint (telar_document_look_at_file (document), ==, TELAR_FILE_SAME);

  g_unlink (path);
  n = 0;
  wait_for (n > 0);
  g_assert_cmpint (telar_document_get_file_state (document), ==, TELAR_FILE_GONE);
  g_assert_true (telar_document_save (document, TELAR_SAVE_CAREFULLY, &error));
  g_assert_cmpint (telar_document_look_at_file (document), ==, TELAR_FILE_SAME);
}

/* ---- recovery ------------------------------------------------------------- */

static void
test_kept (void)
{
  g_autoptr (TelarDocument) document = telar_document_new ();
  g_autoptr (GFile) file = file_called ("kept.telar");
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();

  telar_document_keep_recovery (document);
  g_assert_cmpuint (n_recovery_files (), ==, 0);
  add (document);
  wait_for (n_recovery_files () == 2);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 5 * G_USEC_PER_SEC);

  /* its program runs: nobody else may have it */
  list = telar_recovery_list ();
  g_assert_cmpuint (list->len, ==, 0);

  /* no change that anybody would miss */
  g_assert_true (telar_document_undo (document));
  g_assert_cmpuint (n_recovery_files (), ==, 0);
  g_assert_true (telar_document_redo (document));
  g_assert_true (telar_document_flush_recovery (document, &error));
  g_assert_cmpuint (n_recovery_files (), ==, 2);
  g_assert_true (telar_document_save_as (document, file, &error));
  g_assert_cmpuint (n_recovery_files (), ==, 0);

  /* closed without saving, on purpose */
  add (document);
  g_assert_true (telar_document_flush_recovery (document, &error));
  telar_document_drop_recovery (document);
  g_assert_cmpuint (n_recovery_files (), ==, 0);
}

/* What the other program of these tests does: edits, says so, and waits to die. */
static int
edit_and_wait (const char *name)
{
  TelarDocument *document = telar_document_new ();
  g_autoptr (GFile) file = file_called (name);

  telar_document_keep_recovery (document);
  add (document);
  if (!telar_document_save_as (document, file, NULL))
    return 1;
  add (document);
  if (!telar_document_flush_recovery (document, NULL))
    return 1;
  if (write (STDOUT_FILENO, "x", 1) != 1)
    return 1;
  for (;;)
    pause ();
}

static GSubprocess *
start_editor (const char *name)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *editor = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program,
                                          "--edit", name, NULL);
  char said;

  g_assert_no_error (error);
  g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (editor), &said, 1, NULL,
                                        &error), ==, 1);
  return editor;
}

static void
test_crash (void)
{
  g_autoptr (GSubprocess) first = start_editor ("first.telar");
  g_autoptr (GSubprocess) second = start_editor ("second.telar");
  g_autoptr (GPtrArray) list = telar_recovery_list ();
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (TelarDocument) document = NULL;
  g_autoptr (TelarDocument) twice = NULL;
  g_autoptr (GFile) file = file_called ("first.telar");
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_real_time ();
  TelarRecovery *recovery;

  g_assert_cmpuint (list->len, ==, 0);
  g_subprocess_force_exit (first);
  g_assert_true (g_subprocess_wait (first, NULL, NULL));
  g_clear_pointer (&list, g_ptr_array_unref);
  list = telar_recovery_list ();
  g_assert_cmpuint (list->len, ==, 1);
  recovery = g_ptr_array_index (list, 0);
  g_assert_cmpstr (recovery->file, ==, g_file_peek_path (file));
  g_assert_cmpstr (recovery->title, ==, "first.telar");
  g_assert_cmpint (ABS (recovery->time - now), <, 60 * G_USEC_PER_SEC);

  document = telar_recovery_open (recovery, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (telar_document_get_graph (document)->tasks->len, ==, 2);
  g_assert_true (telar_document_get_modified (document));
  g_assert_true (g_file_equal (telar_document_get_file (document), file));
  g_assert_cmpint (telar_document_get_file_state (document), ==, TELAR_FILE_SAME);

  /* by exactly one */
  twice = telar_recovery_open (recovery, &error);
  g_assert_null (twice);
  g_assert_error (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_RECOVERY);
  g_clear_error (&error);
  telar_recovery_discard (recovery);
  left = telar_recovery_list ();
  g_assert_cmpuint (left->len, ==, 0);

  /* not saved: it is there again */
  add (document);
  g_assert_finalize_object (g_steal_pointer (&document));
  g_clear_pointer (&left, g_ptr_array_unref);
  left = telar_recovery_list ();
  g_assert_cmpuint (left->len, ==, 1);
  document = telar_recovery_open (g_ptr_array_index (left, 0), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (telar_document_get_graph (document)->tasks->len, ==, 3);
  g_assert_true (telar_document_save (document, TELAR_SAVE_CAREFULLY, &error));
  g_assert_no_error (error);

  g_subprocess_force_exit (second);
  g_assert_true (g_subprocess_wait (second, NULL, NULL));
  g_clear_pointer (&left, g_ptr_array_unref);
  left = telar_recovery_list ();
  g_assert_cmpuint (left->len, ==, 1);
  telar_recovery_discard (g_ptr_array_index (left, 0));
  g_assert_cmpuint (n_recovery_files (), ==, 0);
}

/* Files that no Telar wrote, or not to their end. */
static void
test_damaged (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "telar", "recovery", NULL);
  g_autofree char *strange = g_build_filename (folder, "strange.recovery", NULL);
  g_autofree char *broken = g_build_filename (folder, "broken.recovery", NULL);
  g_autofree char *rest = g_build_filename (folder, "rest.recovery.A1B2C3", NULL);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (TelarDocument) document = NULL;
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (strange, "hello", -1, NULL));
  g_assert_true (g_file_set_contents (rest, "half", -1, NULL));
  g_assert_true (g_file_set_contents (broken, "{\"telar-recovery\": 1, \"title\": \"Broken\", "
                                              "\"time\": 5}\n{ \"telar\": 1, ", -1, NULL));
  list = telar_recovery_list ();
  g_assert_cmpuint (list->len, ==, 1);
  /* the two that stay, and the locks of those */
  g_assert_cmpuint (n_recovery_files (), ==, 4);
  g_assert_false (g_file_test (rest, G_FILE_TEST_EXISTS));
  document = telar_recovery_open (g_ptr_array_index (list, 0), &error);
  g_assert_null (document);
  g_assert_error (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_RECOVERY);
  g_assert_true (g_file_test (broken, G_FILE_TEST_EXISTS));
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);
      remove_tree (below);
    }
  g_remove (path);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = NULL;
  int result;

  program = argv[0];
  if (argc == 3 && strcmp (argv[1], "--edit") == 0)
    return edit_and_wait (argv[2]);

  g_setenv ("LANGUAGE", "en", TRUE);
  /* the environment, for the other program too */
  folder = g_dir_make_tmp ("telar-test-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recovery/save", test_save);
  g_test_add_func ("/recovery/save/refused", test_save_refused);
  g_test_add_func ("/recovery/unreadable", test_unreadable);
  g_test_add_func ("/recovery/changed-outside", test_changed_outside);
  g_test_add_func ("/recovery/kept", test_kept);
  g_test_add_func ("/recovery/crash", test_crash);
  g_test_add_func ("/recovery/damaged", test_damaged);
  result = g_test_run ();
  remove_tree (folder);
  return result;
}
