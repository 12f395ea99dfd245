/* test-run-copy.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A run into a file while others read it: the timeline stays as it is, the file
 * that was there stays until the new one is whole, and both ways can be called off.
 */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runfile/run-reader.h"
#include "runfile/run-shelf.h"
#include "synthetic-run.h"

#define GRAPH    "{\"telar\": 1, \"tasks\": []}"
#define N_SLICES 400000

static char *folder;

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static TelarTimeline *
make (void)
{
  return telar_synthetic_run_new (11, 4, 40, N_SLICES);
}

static gboolean
replace (const char *file, const TelarTimeline *timeline, const TelarWatch *watch, GError **error)
{
  return telar_run_file_replace (file, timeline, NULL, GRAPH, strlen (GRAPH), watch, error);
}

static guint
count_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
assert_same_lane (const TelarPacked *a, const TelarPacked *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    if (a->kind == TELAR_PACKED_SLICES)
      {
        TelarSlice one = telar_slices_at (a, i), other = telar_slices_at (b, i);

        g_assert_cmpmem (&one, sizeof one, &other, sizeof other);
      }
    else
      {
        TelarWait one = telar_waits_at (a, i), other = telar_waits_at (b, i);

        g_assert_cmpint (one.begin, ==, other.begin);
        g_assert_cmpint (one.end, ==, other.end);
        g_assert_cmpint (one.cause, ==, other.cause);
      }
}

static void
assert_same_run (const TelarTimeline *a, const TelarTimeline *b)
{
  g_assert_cmpint (a->wall, ==, b->wall);
  g_assert_cmpuint (a->cores->len, ==, b->cores->len);
  g_assert_cmpuint (a->tasks->len, ==, b->tasks->len);
  g_assert_cmpuint (a->arrows->len, ==, b->arrows->len);
  for (guint i = 0; i < a->cores->len; i++)
    {
      const TelarCoreLane *one = a->cores->pdata[i], *other = b->cores->pdata[i];

      g_assert_cmpint (one->busy_ns, ==, other->busy_ns);
      assert_same_lane (one->slices, other->slices);
    }
  for (guint i = 0; i < a->tasks->len; i++)
    {
      const TelarTaskLane *one = a->tasks->pdata[i], *other = b->tasks->pdata[i];

      assert_same_lane (one->slices, other->slices);
      assert_same_lane (one->waits, other->waits);
    }
}

/* How the store of each lane stands. */
static char *
print_store (const TelarTimeline *timeline)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = timeline->tasks->pdata[i];

      g_string_append_printf (text, "%u %u %u %u %p; ", lane->slices->n_packed,
                              lane->slices->n_stored, lane->slices->blocks->len,
                              lane->slices->tail->len, (gpointer) lane->slices->backing);
    }
  return g_string_free (text, FALSE);
}

static void
test_untouched (void)
{
  g_autofree char *file = path_of ("a.telar-run"), *again = path_of ("b.telar-run");
  g_autofree char *before = NULL, *after = NULL, *bytes = NULL, *copied = NULL;
  g_autoptr (TelarTimeline) timeline = make ();
  g_autoptr (TelarRunFile) run = NULL;
  g_autoptr (GError) error = NULL;
  gsize size, copied_size;

  before = print_store (timeline);
  g_assert_true (replace (file, timeline, NULL, &error));
  g_assert_no_error (error);
  after = print_store (timeline);
  g_assert_cmpstr (before, ==, after);

  run = telar_run_file_open (file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (run->missing->len, ==, 0);
  assert_same_run (timeline, run->timeline);

  /* A copy of a copy is the same, and over its own file it can be read on. */
  g_assert_true (replace (again, run->timeline, NULL, &error));
  g_assert_true (replace (file, run->timeline, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (file, &bytes, &size, NULL));
  g_assert_true (g_file_get_contents (again, &copied, &copied_size, NULL));
  g_assert_cmpmem (bytes, size, copied, copied_size);
  assert_same_run (timeline, run->timeline);
  g_assert_cmpuint (count_files (), ==, 2);
  g_unlink (file);
  g_unlink (again);
}

/* Of a run that goes on, what there is. */
static void
test_unfinished (void)
{
  g_autofree char *file = path_of ("a.telar-run");
  g_autoptr (TelarTimeline) timeline = telar_mockup_run_new (FALSE);
  g_autoptr (TelarRunFile) run = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (replace (file, timeline, NULL, &error));
  g_assert_no_error (error);
  run = telar_run_file_open (file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (run->missing->len, ==, 1);
  for (guint i = 0; i < timeline->tasks->len; i++)
    assert_same_lane (((TelarTaskLane *) timeline->tasks->pdata[i])->slices,
                      ((TelarTaskLane *) run->timeline->tasks->pdata[i])->slices);
  g_unlink (file);
}

typedef struct
{
  const TelarTimeline *timeline;
  char                *file;
} Job;

static gpointer
replace_in_thread (gpointer data)
{
  const Job *job = data;

  return GINT_TO_POINTER (replace (job->file, job->timeline, NULL, NULL));
}

/* Two write it and one reads it, at once. */
static void
test_at_once (void)
{
  g_autoptr (TelarTimeline) timeline = make ();
  g_autofree char *a = path_of ("a.telar-run"), *b = path_of ("b.telar-run");
  Job jobs[2] = { { timeline, a }, { timeline, b } };
  GThread *threads[2];
  gint64 sum = 0, again = 0;

  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("copy", replace_in_thread, &jobs[i]);
  for (guint k = 0; k < 2; k++)
    for (guint i = 0; i < timeline->tasks->len; i++)
      {
        const TelarTaskLane *lane = timeline->tasks->pdata[i];

        for (guint s = 0; s < lane->slices->len; s++)
          *(k == 0 ? &sum : &again) += telar_slices_at (lane->slices, s).begin;
      }
  g_assert_cmpint (sum, ==, again);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (TelarRunFile) run = NULL;

      g_assert_nonnull (g_thread_join (threads[i]));
      run = telar_run_file_open (jobs[i].file, NULL);
      g_assert_nonnull (run);
      assert_same_run (timeline, run->timeline);
      g_unlink (jobs[i].file);
    }
}

typedef struct
{
  GCancellable *cancellable;
  guint         n;           /* times that it was told */
  guint         cancel_at;   /* it is called off then; 0: never */
  double        last;
} Told;

static void
tell (double done, gpointer data)
{
  Told *told = data;

  g_assert_cmpfloat (done, >=, told->last);
  g_assert_cmpfloat (done, <=, 1);
  told->last = done;
  told->n++;
  if (told->n == told->cancel_at)
    g_cancellable_cancel (told->cancellable);
}

/* Called off whenever it tells how far it is: the old file is there as it was. */
static void
test_replace_called_off (void)
{
  g_autofree char *file = path_of ("a.telar-run");
  g_autoptr (TelarTimeline) timeline = make ();
  guint n_times = 1;

  for (guint at = 0; at <= n_times; at++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Told told = { .cancellable = cancellable, .cancel_at = at };
      TelarWatch watch = { cancellable, tell, &told };
      g_autoptr (GError) error = NULL;
      g_autofree char *bytes = NULL;

      g_assert_true (g_file_set_contents (file, "old", -1, NULL));
      g_assert_true (replace (file, timeline, &watch, &error) == (at == 0));
      if (at == 0)
        {
          g_assert_cmpfloat (told.last, ==, 1);
          g_assert_cmpuint (told.n, >, 1);
          n_times = told.n;
          continue;
        }
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_true (g_file_get_contents (file, &bytes, NULL, NULL));
      g_assert_cmpstr (bytes, ==, "old");
      g_assert_cmpuint (count_files (), ==, 1);
    }
  g_unlink (file);
}

static void
test_open_called_off (void)
{
  g_autofree char *file = path_of ("a.telar-run");
  g_autoptr (TelarTimeline) timeline = make ();
  guint n_times = 1;

  g_assert_true (replace (file, timeline, NULL, NULL));
  for (guint at = 0; at <= n_times; at++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Told told = { .cancellable = cancellable, .cancel_at = at };
      TelarWatch watch = { cancellable, tell, &told };
      g_autoptr (GError) error = NULL;
      g_autoptr (TelarRunFile) run = telar_run_file_open_watched (file, &watch, &error);

      if (at == 0)
        {
          g_assert_no_error (error);
          g_assert_cmpfloat (told.last, >, 0.8);
          g_assert_cmpuint (told.n, >, 5);
          n_times = told.n;
          continue;
        }
      g_assert_null (run);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (told.n, ==, at);
    }
  g_unlink (file);
}

/* The disk is full: one sentence, and the old file as it was. */
static void
test_no_room (void)
{
  g_autofree char *file = path_of ("a.telar-run"), *bytes = NULL;
  g_autoptr (TelarTimeline) timeline = make ();
  g_autoptr (GError) error = NULL;
  struct rlimit before, low;

  g_assert_true (g_file_set_contents (file, "old", -1, NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  low = before;
  low.rlim_cur = 100000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &low), ==, 0);
  g_assert_false (replace (file, timeline, NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (error, TELAR_RUN_FILE_ERROR, TELAR_RUN_FILE_ERROR_IO);
  g_assert_nonnull (strstr (error->message, file));
  g_assert_null (strstr (error->message, "What was written"));
  g_assert_true (g_file_get_contents (file, &bytes, NULL, NULL));
  g_assert_cmpstr (bytes, ==, "old");
  g_assert_cmpuint (count_files (), ==, 1);
  g_unlink (file);

  if (g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_clear_error (&error);
      g_assert_false (replace ("/dev/full", timeline, NULL, &error));
      g_assert_nonnull (strstr (error->message, g_strerror (ENOSPC)));
    }
}

/* What is replaced stays what it was: a link, and for whom it was. */
static void
test_kind_of_file (void)
{
  g_autofree char *file = path_of ("a.telar-run"), *link = path_of ("link.telar-run");
  g_autofree char *nowhere = path_of ("none/a.telar-run");
  g_autoptr (TelarTimeline) timeline = telar_mockup_run_new (TRUE);
  g_autoptr (TelarRunFile) run = NULL;
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_true (g_file_set_contents (file, "old", -1, NULL));
  g_assert_cmpint (g_chmod (file, 0600), ==, 0);
  g_assert_cmpint (symlink ("a.telar-run", link), ==, 0);
  g_assert_true (replace (link, timeline, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_lstat (link, &info), ==, 0);
  g_assert_true (S_ISLNK (info.st_mode));
  g_assert_cmpint (g_stat (file, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  run = telar_run_file_open (file, &error);
  g_assert_no_error (error);
  g_assert_false (replace (nowhere, timeline, NULL, &error));
  g_assert_nonnull (strstr (error->message, nowhere));
  g_clear_error (&error);
  g_assert_false (replace (folder, timeline, NULL, &error));
  g_assert_nonnull (error);
  g_unlink (link);
  g_unlink (file);
}

/* Several runs in one file, each as it was; what cannot be put leaves nothing. */
static void
test_shelf (void)
{
  TelarTimeline *runs[3] = { make (), telar_mockup_run_new (TRUE),
                             telar_synthetic_run_new (3, 2, 9, 20000) };
  TelarTimeline *put[3] = { NULL };
  g_autofree char *inside = path_of ("shelf"), *bad = path_of ("file/shelf");
  g_autofree char *file = path_of ("file");
  g_autoptr (TelarRunShelf) shelf = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit before, low;
  guint64 size = 0;

  shelf = telar_run_shelf_new (inside, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (telar_run_shelf_gain (runs[i]), >, 0);
      put[i] = telar_run_shelf_put (shelf, runs[i], NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (telar_run_shelf_gain (put[i]), ==, 0);
      g_assert_cmpuint (telar_run_shelf_size (shelf), >, size);
      size = telar_run_shelf_size (shelf);
    }

  /* No room, or called off: the others are as they were. */
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  low = before;
  low.rlim_cur = size + 100000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &low), ==, 0);
  g_assert_null (telar_run_shelf_put (shelf, runs[0], NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (error, TELAR_RUN_FILE_ERROR, TELAR_RUN_FILE_ERROR_IO);
  g_clear_error (&error);
  {
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    TelarWatch watch = { cancellable, NULL, NULL };

    g_cancellable_cancel (cancellable);
    g_assert_null (telar_run_shelf_put (shelf, runs[0], &watch, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error (&error);
  }
  g_assert_cmpuint (telar_run_shelf_size (shelf), ==, size);

  /* Whoever looks at one has it even when the shelf is gone. */
  g_clear_pointer (&shelf, telar_run_shelf_unref);
  for (guint i = 0; i < 3; i++)
    {
      assert_same_run (runs[i], put[i]);
      telar_timeline_unref (runs[i]);
      telar_timeline_unref (put[i]);
    }
  g_assert_cmpint (g_rmdir (inside), ==, 0);

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_null (telar_run_shelf_new (bad, &error));
  g_assert_nonnull (error);
  g_unlink (file);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("telar-copy-XXXXXX", NULL);
  g_test_add_func ("/run-copy/untouched", test_untouched);
  g_test_add_func ("/run-copy/unfinished", test_unfinished);
  g_test_add_func ("/run-copy/at-once", test_at_once);
  g_test_add_func ("/run-copy/replace-called-off", test_replace_called_off);
  g_test_add_func ("/run-copy/open-called-off", test_open_called_off);
  g_test_add_func ("/run-copy/no-room", test_no_room);
  g_test_add_func ("/run-copy/kind-of-file", test_kind_of_file);
  g_test_add_func ("/run-copy/shelf", test_shelf);
  result = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return result;
}
