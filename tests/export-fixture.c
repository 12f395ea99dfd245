/* export-fixture.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "export-fixture.h"
#include "graph/graph-file.h"

/* The graph of the run that is shown. */
static const char graph_text[]
  = "{ \"telar\": 1, \"tasks\": ["
    "{ \"id\": \"p1\", \"kind\": \"process\", \"function\": \"square\","
    "  \"args\": [[43, 50, 5, 98, 34, 35]] },"
    "{ \"id\": \"p2\", \"kind\": \"process\", \"function\": \"is_even\","
    "  \"args\": [[43, 50, 5, 98, 34, 35]] },"
    "{ \"id\": \"t1\", \"kind\": \"thread\", \"function\": \"busy\", \"args\": [5],"
    "  \"inside\": \"p2\" },"
    "{ \"id\": \"done\", \"kind\": \"call\", \"function\": \"print\", \"args\": [\"Done\"],"
    "  \"after\": [\"p1\", \"p2\"] } ] }";

void
export_set_up (ExportFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph = telar_graph_parse (graph_text, strlen (graph_text), "test",
                                                    faults);

  fixture->folder = g_dir_make_tmp ("telar-export-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->run = picture_run_design ();
  fixture->timeline = picture_run_timeline (fixture->run);
  g_assert_nonnull (graph);
  fixture->layout = telar_graph_layout_new (graph, NULL);
}

void
export_tear_down (ExportFixture *fixture, gconstpointer data)
{
  GDir *dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (fixture->folder, name, NULL);
      g_unlink (file);
    }
  g_dir_close (dir);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  telar_graph_layout_free (fixture->layout);
  picture_run_free (fixture->run);
}

char *
export_picture (ExportFixture *fixture, const TelarExportOptions *options, const char *name,
                gsize *size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (fixture->folder, name, NULL);
  char *bytes;

  telar_export_picture (fixture->timeline, fixture->layout, options, file, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (file, &bytes, size, NULL));
  return bytes;
}
