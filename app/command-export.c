/* command-export.c
 *
 * SPDX-License-Identifier: MIT
 *
 * telar export: pictures of a graph and of a run of it.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/command.h"
#include "app/figures.h"
#include "app/language.h"
#include "app/open-graph.h"
#include "app/picture-settings.h"
#include "app/pictures.h"
#include "app/run-graph.h"
#include "runfile/run-reader.h"

/* Returns: a TelarExit. */
static int
write_pictures (const TelarCommand *command, const TelarOpened *opened,
                TelarTimeline *timeline, const TelarExportOptions *options, gboolean dated,
                char **files)
{
  int status = TELAR_EXIT_WELL;

  for (guint i = 0; files[i] != NULL; i++)
    if (!telar_picture_write (command, opened, timeline, options, dated, files[i]))
      status = TELAR_EXIT_WRONG;
  return status;
}

static gboolean
makes_something (const TelarCommand *command, int argc, const TelarFigures *figures)
{
  if (argc > 2 || telar_figures_asked (figures))
    return TRUE;
  telar_command_complain (command, _ ("there is nothing to make; name a FILE, or add --report or "
                                      "--statistics"));
  g_printerr (_ ("Try “telar %s --help”.\n"), command->name);
  return FALSE;
}

int
telar_command_export (const TelarCommand *command, int argc, char **argv)
{
  g_auto (TelarRunSettings) settings = { 0 };
  g_auto (TelarFigures)     figures = { 0 };
  g_auto (TelarOpened)      opened = { 0 };
  g_autoptr (TelarRunner)   runner = NULL;
  g_autoptr (TelarTimeline) kept = NULL;
  g_auto (TelarPictureSettings) look = { 0 };
  TelarExportOptions        options;
  /* One after the other. */
  GOptionEntry              more[TELAR_N_PICTURE_SETTINGS + TELAR_N_RUN_SETTINGS];
  const GOptionEntry        entries[] = { TELAR_FIGURES_ENTRIES (figures), G_OPTION_ENTRY_NULL };
  TelarTimeline            *timeline;
  gboolean                  runs, is_run;
  int                       status;

  telar_picture_settings_entries (&look, more);
  telar_run_settings_entries (&settings, more + TELAR_N_PICTURE_SETTINGS);
  if (!telar_command_parse (command, entries, more, 1, G_MAXINT, &argc, &argv)
      || !telar_picture_settings_read (command, &look, &options)
      || !telar_figures_check (command, &figures) || !makes_something (command, argc, &figures))
    return TELAR_EXIT_WRONG;
  runs = options.cores || options.tasks || options.objects || telar_figures_asked (&figures);
  for (int i = 2; i < argc; i++)
    if (!telar_picture_check (command, argv[i]))
      return TELAR_EXIT_WRONG;
  /* A picture of the graph alone runs nothing. */
  if (!runs)
    settings.allow_commands = TRUE;
  is_run = telar_run_file_is (argv[1]);
  /* While a run is measured, nothing else goes on beside it. */
  if (is_run && argc > 2)
    telar_export_prepare ();
  if (is_run ? !telar_open_run (command, argv[1], &opened, &kept)
             : !telar_open_graph (command, argv[1], &settings, FALSE, &opened))
    return TELAR_EXIT_WRONG;

  if (kept == NULL && runs)
    {
      runner = telar_runner_new (command, &opened, FALSE);
      status = telar_runner_run (runner);
      /* What tasks end with is seen in the picture; it is made all the same. */
      if (!telar_runner_has_record (runner) || status >= TELAR_EXIT_SIGNAL)
        return status;
      if (status == TELAR_EXIT_TASKS)
        status = TELAR_EXIT_WELL;
    }
  else
    status = TELAR_EXIT_WELL;

  timeline = runner != NULL ? telar_runner_get_timeline (runner) : kept;
  if (timeline != NULL && !telar_figures_write (command, &opened, timeline, &figures)
      && status == TELAR_EXIT_WELL)
    status = TELAR_EXIT_WRONG;
  if (look.lang != NULL)
    telar_language_set (look.lang);
  if (write_pictures (command, &opened, timeline, &options, !look.no_date, argv + 2)
      != TELAR_EXIT_WELL && status == TELAR_EXIT_WELL)
    status = TELAR_EXIT_WRONG;
  if (!telar_run_is_readable (command, argv[1], timeline) && status == TELAR_EXIT_WELL)
    status = TELAR_EXIT_WRONG;
  return status;
}
