/* test-export-file.c
 *
 * SPDX-License-Identifier: MIT
 *
 * How a picture becomes a file, or does not.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "export-fixture.h"

static void
assert_refused (ExportFixture *fixture, const TelarExportOptions *options, const char *file,
                const char *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (telar_export_picture (fixture->timeline, fixture->layout, options, file, &error));
  g_assert_nonnull (error);
  if (strstr (error->message, says) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, says);
  g_assert_null (strchr (error->message, '\n'));
}

static void
test_refusals (ExportFixture *fixture, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "no", "such", "a.png", NULL);
  g_autofree char *gif = g_build_filename (fixture->folder, "a.gif", NULL);
  g_autofree char *big = g_build_filename (fixture->folder, "big.png", NULL);
  g_autofree char *folder = g_build_filename (fixture->folder, "folder.png", NULL);
  TelarExportOptions options;

  telar_export_options_init (&options);
  assert_refused (fixture, &options, missing, "No such file");
  assert_refused (fixture, &options, gif, ".png, .svg or .pdf");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  assert_refused (fixture, &options, folder, "Is a directory");
  g_rmdir (folder);
  options.width = 1e7;
  assert_refused (fixture, &options, big, "cannot be made");
  options.width = 800;
  options.cores = options.tasks = FALSE;
  {
    g_autoptr (GError) error = NULL;

    g_assert_false (telar_export_picture (NULL, NULL, &options, big, &error));
    g_assert_nonnull (strstr (error->message, "nothing to draw"));
  }
}

/* A disk without room: the device that says so, under a name that ends right. */
static void
test_full_disk (ExportFixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "full.svg", NULL);
  TelarExportOptions options;

  if (g_access ("/dev/full", W_OK) != 0)
    {
      g_test_skip ("no /dev/full here");
      return;
    }
  g_assert_cmpint (symlink ("/dev/full", file), ==, 0);
  telar_export_options_init (&options);
  assert_refused (fixture, &options, file, "No space left");
}

static void
test_old_file_stays (ExportFixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "old.png", NULL);
  g_autofree char *left = NULL;
  TelarExportOptions options;

  telar_export_options_init (&options);
  g_assert_true (g_file_set_contents (file, "old", -1, NULL));
  g_assert_cmpint (g_chmod (file, 0400), ==, 0);
  if (g_access (file, W_OK) == 0)
    {
      /* root may write everything: a folder that is gone refuses root too. */
      options.width = 4;
      assert_refused (fixture, &options, file, "cannot be made");
    }
  else
    assert_refused (fixture, &options, file, "ermission");
  g_assert_true (g_file_get_contents (file, &left, NULL, NULL));
  g_assert_cmpstr (left, ==, "old");
}

/* A link stays a link, rights stay, no half-written file is left beside. */
static void
test_replaces (ExportFixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "real.svg", NULL);
  g_autofree char *alias = g_build_filename (fixture->folder, "alias.svg", NULL);
  TelarExportOptions options;
  g_autoptr (GError) error = NULL;
  GStatBuf status;
  GDir *dir;
  guint n = 0;

  telar_export_options_init (&options);
  g_assert_true (g_file_set_contents (file, "old", -1, NULL));
  g_assert_cmpint (g_chmod (file, 0640), ==, 0);
  g_assert_cmpint (symlink ("real.svg", alias), ==, 0);
  telar_export_picture (fixture->timeline, NULL, &options, alias, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_lstat (alias, &status), ==, 0);
  g_assert_true (S_ISLNK (status.st_mode));
  g_assert_cmpint (g_stat (file, &status), ==, 0);
  g_assert_cmpint (status.st_size, >, 1000);
  g_assert_cmpint (status.st_mode & 0777, ==, 0640);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while (g_dir_read_name (dir) != NULL)
    n++;
  g_dir_close (dir);
  g_assert_cmpuint (n, ==, 2);
}

/* Cancelled, nothing is there; told how far it is, it comes to its end. */
static void
note_progress (double done, gpointer data)
{
  GArray *told = data;

  g_array_append_val (told, done);
}

static void
cancel_half (double done, gpointer data)
{
  if (done > 0.3)
    g_cancellable_cancel (data);
}

static void
test_cancel (ExportFixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "cancelled.png", NULL);
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = NULL;
  TelarExportOptions options;

  telar_export_options_init (&options);
  options.strip = 64;
  g_assert_false (telar_export_file (fixture->timeline, NULL, &options, file, cancel_half,
                                     cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  folder = g_dir_open (fixture->folder, 0, NULL);
  g_assert_null (g_dir_read_name (folder));
  g_assert_true (telar_export_file (fixture->timeline, NULL, &options, file, note_progress, told,
                                    NULL, NULL));
  g_assert_cmpuint (told->len, >, 3);
  for (guint i = 1; i < told->len; i++)
    g_assert_cmpfloat (g_array_index (told, double, i), >, g_array_index (told, double, i - 1));
  g_assert_cmpfloat (g_array_index (told, double, told->len - 1), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) \
  g_test_add ("/export-file/" path, ExportFixture, NULL, export_set_up, test, export_tear_down)
  ADD ("refusals", test_refusals);
  ADD ("full-disk", test_full_disk);
  ADD ("old-file-stays", test_old_file_stays);
  ADD ("replaces", test_replaces);
  ADD ("cancel", test_cancel);
  return g_test_run ();
}
