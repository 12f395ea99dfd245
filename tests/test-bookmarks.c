/* test-bookmarks.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Bookmarks: the list, their way into a run file and back, damaged ones, and that
 * data files have them.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "runfile/format.h"
#include "runfile/run-reader.h"
#include "synthetic-run.h"
#include "timeline/data.h"
#include "timeline/report.h"

#define GRAPH "{\"telar\": 1, \"tasks\": []}"

static char *file;

static TelarTimeline *
make (void)
{
  TelarTimeline *timeline = telar_synthetic_run_new (11, 2, 6, 2000);

  telar_bookmarks_add (timeline->bookmarks, 5000, 2, "second, \"quoted\"");
  telar_bookmarks_add (timeline->bookmarks, 1000, TELAR_NO_TASK, "first · erster ☂");
  telar_bookmarks_add (timeline->bookmarks, 9000, TELAR_NO_TASK, "");
  return timeline;
}

static void
save (const TelarTimeline *timeline)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (
    telar_run_file_replace (file, timeline, NULL, GRAPH, strlen (GRAPH), NULL, &error));
  g_assert_no_error (error);
}

static const TelarBookmark *
at (const GPtrArray *list, guint i)
{
  g_assert_cmpuint (i, <, list->len);
  return list->pdata[i];
}

static void
test_list (void)
{
  g_autoptr (TelarBookmarks) marks = telar_bookmarks_new ();
  guint b = telar_bookmarks_add (marks, 20, 3, "b"), a = telar_bookmarks_add (marks, 10, 1, "a");
  guint c = telar_bookmarks_add (marks, 20, TELAR_NO_TASK, "c");
  g_autoptr (GPtrArray) before = telar_bookmarks_list (marks), after = NULL;

  g_assert_cmpuint (before->len, ==, 3);
  g_assert_cmpuint (at (before, 0)->id, ==, a);
  g_assert_cmpuint (at (before, 1)->id, ==, b);
  g_assert_cmpuint (at (before, 2)->id, ==, c);
  g_assert_true (telar_bookmarks_set_text (marks, b, "B"));
  g_assert_true (telar_bookmarks_remove (marks, a));
  g_assert_false (telar_bookmarks_remove (marks, a));
  g_assert_false (telar_bookmarks_set_text (marks, a, "x"));

  /* Who took the list has it as it was. */
  g_assert_cmpuint (before->len, ==, 3);
  g_assert_cmpstr (at (before, 1)->text, ==, "b");
  after = telar_bookmarks_list (marks);
  g_assert_cmpuint (after->len, ==, 2);
  g_assert_cmpstr (at (after, 0)->text, ==, "B");
  g_assert_cmpuint (at (after, 0)->task, ==, 3);
  g_assert_cmpuint (at (after, 1)->id, ==, c);

  g_assert_cmpuint (telar_bookmarks_step (before, 10, 1)->id, ==, b);
  g_assert_cmpuint (telar_bookmarks_step (before, 20, -1)->id, ==, a);
  g_assert_null (telar_bookmarks_step (before, 20, 1));
  g_assert_null (telar_bookmarks_step (before, 10, -1));
}

static void
test_text (void)
{
  g_autofree char *line = telar_bookmark_text (" one\ntwo\x01 \xff "), *most = NULL;
  g_autoptr (GString) many = g_string_new (NULL);

  g_assert_cmpstr (line, ==, "one two \xef\xbf\xbd");
  for (guint i = 0; i < TELAR_BOOKMARK_TEXT_MOST; i++)
    g_string_append (many, "€");
  most = telar_bookmark_text (many->str);
  g_assert_cmpuint (strlen (most), ==, TELAR_BOOKMARK_TEXT_MOST / 3 * 3);
  g_assert_true (g_utf8_validate (most, -1, NULL));
}

static void
test_most (void)
{
  g_autoptr (TelarBookmarks) marks = telar_bookmarks_new ();

  for (guint i = 0; i < TELAR_BOOKMARKS_MOST; i++)
    g_assert_cmpuint (telar_bookmarks_add (marks, i, TELAR_NO_TASK, ""), !=, 0);
  g_assert_cmpuint (telar_bookmarks_add (marks, 5, TELAR_NO_TASK, ""), ==, 0);
}

static void
test_saved (void)
{
  g_autoptr (TelarBookmarks) marks = telar_bookmarks_new ();
  guint id, generation;

  g_assert_false (telar_bookmarks_unsaved (marks));
  id = telar_bookmarks_add (marks, 1, 0, "a");
  generation = telar_bookmarks_generation (marks);
  g_assert_true (telar_bookmarks_set_text (marks, id, "b"));
  telar_bookmarks_saved (marks, generation);
  g_assert_true (telar_bookmarks_unsaved (marks));
  telar_bookmarks_saved (marks, telar_bookmarks_generation (marks));
  g_assert_false (telar_bookmarks_unsaved (marks));
  /* The same text is no change. */
  g_assert_true (telar_bookmarks_set_text (marks, id, "b"));
  g_assert_false (telar_bookmarks_unsaved (marks));
}

static void
test_file (void)
{
  g_autoptr (TelarTimeline) timeline = make ();
  g_autoptr (GError) error = NULL;

  save (timeline);
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (TelarRunFile) run = telar_run_file_open (file, &error);
      g_autoptr (GPtrArray) list = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (run->missing->len, ==, 0);
      g_assert_false (telar_bookmarks_unsaved (run->timeline->bookmarks));
      list = telar_bookmarks_list (run->timeline->bookmarks);
      g_assert_cmpuint (list->len, ==, 3 - round);
      g_assert_cmpstr (at (list, 0)->text, ==, "first · erster ☂");
      g_assert_cmpint (at (list, 0)->ns, ==, 1000);
      g_assert_cmpuint (at (list, 0)->task, ==, TELAR_NO_TASK);
      if (round == 1)
        break;
      g_assert_cmpuint (at (list, 1)->task, ==, 2);
      g_assert_cmpstr (at (list, 2)->text, ==, "");

      /* Changed, and saved over the file that it comes from. */
      telar_bookmarks_remove (run->timeline->bookmarks, at (list, 1)->id);
      g_assert_true (telar_bookmarks_unsaved (run->timeline->bookmarks));
      save (run->timeline);
    }
}

/* Of each byte of the record: the run opens whole, the loss is told, nothing else is. */
static void
test_damaged (void)
{
  g_autoptr (TelarTimeline) timeline = make ();
  g_autofree char *bytes = NULL;
  gsize size, from, to;
  char *text;

  save (timeline);
  g_assert_true (g_file_get_contents (file, &bytes, &size, NULL));
  text = memmem (bytes, size, "erster", 6);
  g_assert_nonnull (text);
  to = (gsize) (text - bytes) + 6;
  from = to - 14;
  for (gsize i = from; i < to; i++)
    {
      g_autoptr (TelarRunFile) run = NULL;
      g_autoptr (GPtrArray) list = NULL;

      bytes[i] ^= 0x20;
      g_assert_true (g_file_set_contents (file, bytes, (gssize) size, NULL));
      bytes[i] ^= 0x20;
      run = telar_run_file_open (file, NULL);
      g_assert_nonnull (run);
      g_assert_cmpuint (run->missing->len, ==, 1);
      g_assert_nonnull (strstr (run->missing->pdata[0], "ookmarks"));
      list = telar_bookmarks_list (run->timeline->bookmarks);
      g_assert_cmpuint (list->len, ==, 0);
      g_assert_cmpint (run->timeline->wall, ==, timeline->wall);
    }
}

/* Sound by its sum, but a row says what cannot be: the others are taken. */
static void
test_bad_row (void)
{
  g_autoptr (TelarTimeline) timeline = make ();
  g_autofree char *bytes = NULL;
  g_autoptr (TelarRunFile) run = NULL;
  g_autoptr (GPtrArray) list = NULL;
  TelarFileRecord record;
  gsize size, begin;
  char *text;

  save (timeline);
  g_assert_true (g_file_get_contents (file, &bytes, &size, NULL));
  text = memmem (bytes, size, "first", 5);
  g_assert_nonnull (text);
  /* Table's head, then a row's count and its time, 1000 by zigzag; it becomes −1000. */
  begin = (gsize) (text - bytes) - 5 - 12 - sizeof record;
  memcpy (&record, bytes + begin, sizeof record);
  g_assert_cmpuint (GUINT32_FROM_LE (record.kind), ==, TELAR_RECORD_OF_BOOKMARKS);
  g_assert_cmpint (bytes[begin + sizeof record + 13], ==, (char) 0xd0);
  bytes[begin + sizeof record + 13] = (char) 0xcf;
  record.check = GUINT32_TO_LE (telar_crc32c (
    telar_crc32c (0, &record, offsetof (TelarFileRecord, check)),
    bytes + begin + sizeof record, GUINT32_FROM_LE (record.head)));
  memcpy (bytes + begin, &record, sizeof record);
  g_assert_true (g_file_set_contents (file, bytes, (gssize) size, NULL));

  run = telar_run_file_open (file, NULL);
  g_assert_nonnull (run);
  g_assert_cmpuint (run->missing->len, ==, 1);
  list = telar_bookmarks_list (run->timeline->bookmarks);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpint (at (list, 0)->ns, ==, 5000);
}

static void
test_data (void)
{
  g_autoptr (TelarTimeline) timeline = make ();
  g_autofree char *report = telar_report_print (timeline, NULL, 0, NULL);

  g_assert_nonnull (strstr (report, "{\"ns\": 5000, \"task\": \""));
  g_assert_nonnull (strstr (report, "\"text\": \"second, \\\"quoted\\\"\"}"));
  g_assert_nonnull (strstr (report, "{\"ns\": 1000, \"task\": null, \"text\": \"first"));
  for (guint part = 0; part < 2; part++)
    for (TelarDataFormat format = TELAR_DATA_TRACE; format <= TELAR_DATA_CSV; format++)
      {
        g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
        g_autofree char *text = NULL;
        TelarDataOptions options;
        const char *second;

        telar_data_options_init (&options);
        if (part == 1)
          {
            options.begin = 0;
            options.end = 2000;
          }
        g_assert_true (telar_data_write_stream (timeline, &options, format, stream, NULL, NULL,
                                                NULL, NULL));
        g_assert_true (g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL));
        g_assert_true (g_output_stream_close (stream, NULL, NULL));
        text = g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
        g_assert_nonnull (strstr (text, "first · erster ☂"));
        second = strstr (text, format == TELAR_DATA_CSV ? "\"second, \"\"quoted\"\"\""
                                                        : "\"cat\": \"bookmark\", "
                                                          "\"name\": \"second, \\\"quoted\\\"\"");
        g_assert_true ((second != NULL) == (part == 0));
      }
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("telar-bookmarks-XXXXXX", NULL);
  file = g_build_filename (folder, "a.telar-run", NULL);
  g_test_add_func ("/bookmarks/list", test_list);
  g_test_add_func ("/bookmarks/text", test_text);
  g_test_add_func ("/bookmarks/most", test_most);
  g_test_add_func ("/bookmarks/saved", test_saved);
  g_test_add_func ("/bookmarks/file", test_file);
  g_test_add_func ("/bookmarks/damaged", test_damaged);
  g_test_add_func ("/bookmarks/bad-row", test_bad_row);
  g_test_add_func ("/bookmarks/data", test_data);
  status = g_test_run ();
  g_unlink (file);
  g_rmdir (folder);
  g_free (file);
  return status;
}
