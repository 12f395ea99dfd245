/* command-run.c
 *
 * SPDX-License-Identifier: MIT
 *
 * telar run: one execution of a graph, told as text.
 */

#include "config.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "app/command.h"
#include "app/figures.h"
#include "app/language.h"
#include "app/open-graph.h"
#include "app/picture-settings.h"
#include "app/pictures.h"
#include "app/run-graph.h"
#include "timeline/text-lanes.h"

#define DEFAULT_COLUMNS 80
#define MIN_COLUMNS 40
#define MAX_COLUMNS 400

typedef struct
{
  char    *out;
  char   **exports;
  gboolean quiet;
} Outputs;

static void
outputs_clear (Outputs *outputs)
{
  g_clear_pointer (&outputs->out, g_free);
  g_clear_pointer (&outputs->exports, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outputs, outputs_clear)

/* How wide the text may be: the terminal, or $COLUMNS. */
static guint
text_columns (void)
{
  const char    *wished = g_getenv ("COLUMNS");
  struct winsize size;
  int            columns = DEFAULT_COLUMNS;

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    columns = size.ws_col;
  else if (wished != NULL && atoi (wished) > 0)
    columns = atoi (wished);
  return (guint) CLAMP (columns, MIN_COLUMNS, MAX_COLUMNS);
}

static gboolean
outputs_check (const TelarCommand *command, const Outputs *outputs)
{
  if (outputs->out != NULL && !telar_output_check (command, outputs->out))
    return FALSE;
  for (guint i = 0; outputs->exports != NULL && outputs->exports[i] != NULL; i++)
    if (!telar_picture_check (command, outputs->exports[i]))
      return FALSE;
  return TRUE;
}

static void
print_summary (TelarRunner *runner)
{
  const TelarTimeline *timeline = telar_runner_get_timeline (runner);
  gboolean             unicode = g_get_charset (NULL);
  g_autofree char     *summary = telar_text_summary (timeline);
  g_autofree char     *lanes = telar_text_lanes (timeline, text_columns (), unicode);
  g_autofree char     *text = g_strconcat ("\n", summary, "\n", lanes, NULL);

  telar_runner_print (runner, text);
}

/* Returns: whether all files were written. */
static gboolean
write_files (const TelarCommand *command, const TelarOpened *opened, TelarTimeline *timeline,
             const Outputs *outputs, const TelarFigures *figures,
             const TelarPictureSettings *look, const TelarExportOptions *options)
{
  gboolean written = telar_figures_write (command, opened, timeline, figures);

  /* The language of the pictures only. */
  if (look->lang != NULL)
    telar_language_set (look->lang);
  for (guint i = 0; outputs->exports != NULL && outputs->exports[i] != NULL; i++)
    written &= telar_picture_write (command, opened, timeline, options, !look->no_date,
                                    outputs->exports[i]);
  return written;
}

int
telar_command_run (const TelarCommand *command, int argc, char **argv)
{
  g_auto (TelarRunSettings) settings = { 0 };
  g_auto (Outputs)          outputs = { 0 };
  g_auto (TelarFigures)     figures = { 0 };
  g_auto (TelarOpened)      opened = { 0 };
  g_autoptr (TelarRunner)   runner = NULL;
  g_auto (TelarPictureSettings) look = { 0 };
  TelarExportOptions        options;
  /* One after the other. */
  GOptionEntry              more[TELAR_N_PICTURE_SETTINGS + TELAR_N_RUN_SETTINGS];
  const GOptionEntry        entries[] = {
    TELAR_FIGURES_ENTRIES (figures),
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &outputs.out,
      N_ ("Keep the run, to be looked at again: a .telar-run file"), N_ ("FILE") },
    { "export", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &outputs.exports,
      N_ ("Make a picture (.png, .svg, .pdf) or a data file (.json, .csv); may be given several "
          "times"), N_ ("FILE") },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &outputs.quiet,
      N_ ("Without the summary and the lanes at the end"), NULL },
    G_OPTION_ENTRY_NULL
  };
  int status;

  telar_picture_settings_entries (&look, more);
  telar_run_settings_entries (&settings, more + TELAR_N_PICTURE_SETTINGS);
  if (!telar_command_parse (command, entries, more, 1, 1, &argc, &argv)
      || !telar_picture_settings_read (command, &look, &options)
      || !outputs_check (command, &outputs) || !telar_figures_check (command, &figures)
      || !telar_open_graph (command, argv[1], &settings, outputs.quiet, &opened))
    return TELAR_EXIT_WRONG;

  runner = telar_runner_new (command, &opened, TRUE);
  if (outputs.out != NULL && !telar_runner_keep (runner, &opened, outputs.out))
    return TELAR_EXIT_WRONG;
  status = telar_runner_run (runner);
  if (!telar_runner_has_record (runner))
    return status;
  if (!outputs.quiet)
    print_summary (runner);
  if (!write_files (command, &opened, telar_runner_get_timeline (runner), &outputs, &figures,
                    &look, &options)
      && status == TELAR_EXIT_WELL)
    status = TELAR_EXIT_WRONG;
  return status;
}
