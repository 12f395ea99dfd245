/* pictures.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "app/pictures.h"

#include <errno.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "graph/graph-file.h"
#include "runfile/run-writer.h"
#include "timeline/data.h"

static gboolean
ends_in (const char *file, const char *const *endings)
{
  g_autofree char *small = g_ascii_strdown (file, -1);

  for (guint i = 0; endings[i] != NULL; i++)
    if (g_str_has_suffix (small, endings[i]))
      return TRUE;
  return FALSE;
}

gboolean
telar_output_check (const TelarCommand *command, const char *file)
{
  g_autofree char *folder = g_path_get_dirname (file);

  if (g_file_test (file, G_FILE_TEST_IS_DIR))
    telar_command_complain (command, _ ("%s is a folder; give the name of a file"), file);
  else if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    telar_command_complain (command, _ ("%s cannot be written: there is no folder %s"), file,
                            folder);
  else if (access (g_file_test (file, G_FILE_TEST_EXISTS) ? file : folder, W_OK) != 0)
    telar_command_complain (command, _ ("%s cannot be written: %s"), file, g_strerror (errno));
  else
    return TRUE;
  return FALSE;
}

static gboolean
is_run (const char *file)
{
  static const char *const runs[] = { ".telar-run", NULL };

  return ends_in (file, runs);
}

gboolean
telar_picture_check (const TelarCommand *command, const char *file)
{
  TelarPictureFormat picture;
  TelarDataFormat    data;

  if (telar_picture_format (file, &picture) || telar_data_format (file, &data) || is_run (file))
    return telar_output_check (command, file);
  telar_command_complain (command, _ ("%s cannot be made: its name must end in .png, .svg or .pdf "
                                      "for a picture, in .json or .csv for data, in .telar-run for "
                                      "the run itself"), file);
  return FALSE;
}

static gboolean
write_data (const TelarOpened *opened, const TelarTimeline *timeline,
            const TelarExportOptions *options, const char *file, GError **error)
{
  TelarDataOptions data;

  telar_data_options_init (&data);
  data.name = opened->graph->name;
  data.begin = options->begin;
  data.end = options->end;
  return telar_data_write (timeline, &data, file, NULL, NULL, NULL, error);
}

/* Whole or, where it cannot be written, not at all. */
static gboolean
write_run (const TelarOpened *opened, const TelarTimeline *timeline, const char *file,
           GError **error)
{
  g_autofree char *graph = NULL;
  gsize            size;

  graph = telar_graph_print (opened->graph, &size);
  return telar_run_file_replace (file, timeline, opened->machine, graph, size, NULL, error);
}

/* Pools with all their workers: there is nobody to unfold them. */
static TelarGraphLayout *
lay_out (const TelarOpened *opened)
{
  g_autoptr (GHashTable) pools = telar_graph_pool_ids (opened->graph);
  TelarGraphFolds        folds = { .opened = pools,
                                   .usable = opened->machine ? opened->machine->n_usable : 1 };

  return telar_graph_layout_new_folds (opened->graph, &folds);
}

gboolean
telar_picture_write (const TelarCommand       *command,
                     const TelarOpened        *opened,
                     TelarTimeline            *timeline,
                     const TelarExportOptions *options,
                     gboolean                  dated,
                     const char               *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *date = NULL;
  TelarGraphLayout  *layout;
  TelarExportOptions told = *options;
  TelarDataFormat    format;
  gboolean           data = telar_data_format (file, &format), written;

  if (data || is_run (file))
    {
      if (timeline == NULL)
        telar_command_complain (command, _ ("%s cannot be made: a graph alone has no data; leave "
                                            "--lanes graph out"), file);
      else if (data ? write_data (opened, timeline, options, file, &error)
                    : write_run (opened, timeline, file, &error))
        return TRUE;
      else
        telar_command_complain (command, _ ("%s could not be written: %s"), file, error->message);
      return FALSE;
    }

  layout = options->graph ? lay_out (opened) : NULL;
  told.machine = opened->machine;
  if (told.name == NULL)
    told.name = opened->graph->name;
  if (dated && told.date == NULL)
    told.date = date = telar_export_date (timeline);
  written = telar_export_picture (timeline, layout, &told, file, &error);
  g_clear_pointer (&layout, telar_graph_layout_free);
  if (!written)
    telar_command_complain (command, "%s", error->message);
  return written;
}
