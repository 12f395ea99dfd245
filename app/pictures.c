/* pictures.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "app/pictures.h"

#include <errno.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

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

gboolean
telar_picture_check (const TelarCommand *command, const char *file)
{
  static const char *const pictures[] = { ".png", ".svg", ".pdf", NULL };

  TelarDataFormat format;

  if (ends_in (file, pictures) || telar_data_format (file, &format))
    return telar_output_check (command, file);
  telar_command_complain (command, _ ("%s cannot be made: its name must end in .png, .svg or .pdf "
                                      "for a picture, in .json or .csv for data"), file);
  return FALSE;
}

static gboolean
write_data (const TelarCommand *command, const TelarOpened *opened, const TelarTimeline *timeline,
            const char *file)
{
  g_autoptr (GError) error = NULL;

  if (timeline == NULL)
    telar_command_complain (command, _ ("%s cannot be made: a graph alone has no data; leave "
                                        "--lanes graph out"), file);
  else if (!telar_data_write (timeline, opened->graph->name, file, NULL, NULL, NULL, &error))
    telar_command_complain (command, _ ("%s could not be written: %s"), file, error->message);
  else
    return TRUE;
  return FALSE;
}

gboolean
telar_picture_write (const TelarCommand       *command,
                     const TelarOpened        *opened,
                     const TelarTimeline      *timeline,
                     const TelarExportOptions *options,
                     const char               *file)
{
  g_autoptr (GError) error = NULL;
  TelarGraphLayout  *layout = options->graph ? telar_graph_layout_new (opened->graph, NULL) : NULL;
  TelarExportOptions told = *options;
  TelarDataFormat    format;
  gboolean           written;

  if (telar_data_format (file, &format))
    {
      g_clear_pointer (&layout, telar_graph_layout_free);
      return write_data (command, opened, timeline, file);
    }
  told.machine = opened->machine;
  written = telar_export_picture (timeline, layout, &told, file, &error);

  g_clear_pointer (&layout, telar_graph_layout_free);
  if (!written)
    telar_command_complain (command, "%s", error->message);
  return written;
}
