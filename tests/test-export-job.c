/* test-export-job.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What the export dialog does in other threads.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "graph/graph-file.h"
#include "synthetic-run.h"
#include "window/export-job.h"

static const char GRAPH[] = "{ \"telar\": 1, \"name\": \"Pair\", \"tasks\": [\n"
                            "  { \"id\": \"a\", \"kind\": \"process\", \"function\": \"square\", \"args\": [[3]] } ] }\n";

typedef struct
{
  TelarExportSubject  *subject;
  TelarExportSettings  settings;
  TelarExportFacts     facts;
  char                *folder;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (GPtrArray)     faults = telar_faults_new ();
  g_autoptr (TelarGraph)    graph = telar_graph_parse (GRAPH, strlen (GRAPH), NULL, faults);
  g_autoptr (TelarTimeline) timeline = telar_mockup_run_new (TRUE);
  g_autoptr (TelarMachine)  machine = telar_machine_new_uniform (2, 1);

  /* The subject keeps what it needs: nothing else is left of these. */
  f->subject = telar_export_subject_new (timeline, graph, machine, NULL);
  telar_export_settings_init (&f->settings);
  f->facts = (TelarExportFacts) { .has_run = TRUE, .end = timeline->wall };
  f->folder = g_dir_make_tmp ("telar-export-XXXXXX", NULL);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  telar_export_settings_clear (&f->settings);
  telar_export_subject_unref (f->subject);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
}

/* What is weighed, what is made for the clipboard and what is written is the same. */
static void
test_same (Fixture       *f,
           gconstpointer  data)
{
  for (guint i = 0; i < TELAR_EXPORT_RUN; i++)
    {
      const char        *ending = telar_export_ending ((TelarExportFormat) i);
      g_autofree char   *name = g_strconcat ("a", ending, NULL);
      g_autofree char   *path = g_build_filename (f->folder, name, NULL);
      g_autofree char   *written = NULL;
      g_autoptr (GBytes) made = NULL;
      g_autoptr (GError) error = NULL;
      gboolean           about = TRUE;
      gsize              size;
      guint64            weight;

      f->settings.format = (TelarExportFormat) i;
      weight = telar_export_weigh (f->subject, &f->settings, &f->facts, &about, NULL);
      made = telar_export_make (f->subject, &f->settings, &f->facts, 64 * 1024 * 1024, NULL, NULL,
                                NULL, &error);
      g_assert_no_error (error);
      telar_export_write (f->subject, &f->settings, &f->facts, path, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &written, &size, NULL));
      g_assert_cmpmem (written, size, g_bytes_get_data (made, NULL), g_bytes_get_size (made));
      g_assert_cmpuint (weight, ==, size);
      g_assert_false (about);
      g_unlink (path);
    }
}

static void
test_looks (Fixture       *f,
            gconstpointer  data)
{
  for (guint i = 0; i < TELAR_N_EXPORT_FORMATS; i++)
    {
      g_autoptr (GError)          error = NULL;
      g_autoptr (TelarExportLook) look = NULL;

      f->settings.format = (TelarExportFormat) i;
      look = telar_export_look (f->subject, &f->settings, &f->facts, 300, 300, NULL, &error);
      g_assert_no_error (error);
      if (telar_export_is_picture ((TelarExportFormat) i))
        {
          g_assert_cmpint (cairo_image_surface_get_width (look->picture), ==, 300);
          g_assert_cmpfloat (look->width, ==, 1920);
          g_assert_null (look->text);
        }
      else
        {
          g_assert_null (look->picture);
          g_assert_cmpfloat (look->width, ==, 0);
          g_assert_cmpuint (strlen (look->text), <, 5000);
        }
      if (i == TELAR_EXPORT_CSV)
        g_assert_true (g_str_has_prefix (look->text, "record,task,core"));
    }

  /* Not possible: a sentence. */
  {
    g_autoptr (GError) error = NULL;

    f->settings.format = TELAR_EXPORT_PNG;
    f->settings.scale = 8;
    g_free (f->settings.height[0]);
    f->settings.height[0] = g_strdup ("30000");
    g_assert_null (telar_export_look (f->subject, &f->settings, &f->facts, 300, 300, NULL, &error));
    g_assert_nonnull (strstr (error->message, "cannot be made"));
  }
}

static void
test_too_large (Fixture       *f,
                gconstpointer  data)
{
  static const TelarExportFormat formats[] = { TELAR_EXPORT_PNG, TELAR_EXPORT_CSV };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GError) error = NULL;

      f->settings.format = formats[i];
      g_assert_null (telar_export_make (f->subject, &f->settings, &f->facts, 1000, NULL, NULL, NULL,
                                        &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
      g_assert_nonnull (strstr (error->message, "save it as a file"));
    }
}

/* Given up, nothing is there; refused, one sentence says why. */
static void
test_given_up (Fixture       *f,
               gconstpointer  data)
{
  for (guint i = 0; i < TELAR_EXPORT_RUN; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autofree char         *name = g_strconcat ("a", telar_export_ending ((TelarExportFormat) i),
                                                   NULL);
      g_autofree char         *path = g_build_filename (f->folder, name, NULL);
      g_autofree char         *nowhere = g_build_filename (f->folder, "none", name, NULL);
      g_autoptr (GError)       error = NULL;
      g_autoptr (GError)       refused = NULL;
      gboolean                 about;

      g_cancellable_cancel (cancellable);
      f->settings.format = (TelarExportFormat) i;
      g_assert_false (telar_export_write (f->subject, &f->settings, &f->facts, path, NULL, NULL,
                                          cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
      g_assert_cmpuint (telar_export_weigh (f->subject, &f->settings, &f->facts, &about,
                                            cancellable), ==, 0);
      g_assert_null (telar_export_make (f->subject, &f->settings, &f->facts, G_MAXSIZE, NULL, NULL,
                                        cancellable, NULL));
      g_assert_false (telar_export_write (f->subject, &f->settings, &f->facts, nowhere, NULL, NULL,
                                          NULL, &refused));
      g_assert_nonnull (refused);
    }
}

static gpointer
make_in_thread (gpointer data)
{
  Fixture                    *f = data;
  g_autoptr (TelarExportLook) look = telar_export_look (f->subject, &f->settings, &f->facts, 200,
                                                        200, NULL, NULL);

  return GINT_TO_POINTER (look != NULL);
}

/* Several at the same time: the first makes what all need. */
static void
test_threads (Fixture       *f,
              gconstpointer  data)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new (NULL, make_in_thread, f);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_nonnull (g_thread_join (threads[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/export-job/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("same", test_same);
  ADD ("looks", test_looks);
  ADD ("too-large", test_too_large);
  ADD ("given-up", test_given_up);
  ADD ("threads", test_threads);
  return g_test_run ();
}
