/* command-export.c
 *
 * SPDX-License-Identifier: MIT
 *
 * telar export: pictures of a graph and of a run of it.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/command.h"
#include "app/language.h"
#include "app/figures.h"
#include "app/open-graph.h"
#include "app/pictures.h"
#include "app/run-graph.h"
#include "app/values.h"
#include "runfile/run-reader.h"

typedef struct
{
  char    *size;
  char    *range;
  char    *lanes;
  char    *arrows;
  char    *scale;
  char    *style;
  char    *font;
  char    *lang;
  gboolean no_title;
  gboolean no_legend;
} Look;

static void
look_clear (Look *look)
{
  g_clear_pointer (&look->size, g_free);
  g_clear_pointer (&look->range, g_free);
  g_clear_pointer (&look->lanes, g_free);
  g_clear_pointer (&look->arrows, g_free);
  g_clear_pointer (&look->scale, g_free);
  g_clear_pointer (&look->style, g_free);
  g_clear_pointer (&look->font, g_free);
  g_clear_pointer (&look->lang, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

/* @options borrows from @look. */
static gboolean
read_look (const TelarCommand *command, const Look *look, TelarExportOptions *options)
{
  g_autoptr (GError) error = NULL;

  telar_export_options_init (options);
  if ((look->size != NULL && !telar_value_size (look->size, options, &error))
      || (look->range != NULL
          && !telar_value_range (look->range, &options->begin, &options->end, &error))
      || (look->lanes != NULL && !telar_value_lanes (look->lanes, options, &error))
      || (look->arrows != NULL
          && !telar_value_arrows (look->arrows, &options->all_arrows, &error))
      || (look->scale != NULL && !telar_value_scale (look->scale, &options->scale, &error))
      || (look->style != NULL && !telar_value_style (look->style, &options->style, &error)))
    {
      telar_command_complain (command, "%s", error->message);
      return FALSE;
    }
  options->font = look->font;
  options->title = !look->no_title;
  options->legend = !look->no_legend;
  return TRUE;
}

/* Returns: a TelarExit. */
static int
write_pictures (const TelarCommand *command, const TelarOpened *opened,
                const TelarTimeline *timeline, const TelarExportOptions *options, char **files)
{
  int status = TELAR_EXIT_WELL;

  for (guint i = 0; files[i] != NULL; i++)
    if (!telar_picture_write (command, opened, timeline, options, files[i]))
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
  g_auto (Look)             look = { 0 };
  g_auto (TelarFigures)     figures = { 0 };
  g_auto (TelarOpened)      opened = { 0 };
  g_autoptr (TelarRunner)   runner = NULL;
  g_autoptr (TelarTimeline) kept = NULL;
  TelarExportOptions        options;
  GOptionEntry              how[TELAR_N_RUN_SETTINGS];
  const GOptionEntry        entries[] = {
    { "size", 0, 0, G_OPTION_ARG_STRING, &look.size,
      N_ ("In pixels or mm: 1920x1080, 85x50mm"), N_ ("SIZE") },
    { "range", 0, 0, G_OPTION_ARG_STRING, &look.range,
      N_ ("This stretch of time only: 0..2ms"), N_ ("RANGE") },
    { "lanes", 0, 0, G_OPTION_ARG_STRING, &look.lanes,
      N_ ("What is shown: cores, tasks, objects, graph, with commas; graph alone needs no run"),
      N_ ("LANES") },
    { "arrows", 0, 0, G_OPTION_ARG_STRING, &look.arrows,
      N_ ("Which arrows: order (who starts, who is joined), or all: who let whom go on as well"),
      N_ ("ARROWS") },
    { "scale", 0, 0, G_OPTION_ARG_STRING, &look.scale,
      N_ ("So many times as many pixels in a PNG, 1 to 8"), N_ ("NUMBER") },
    { "style", 0, 0, G_OPTION_ARG_STRING, &look.style,
      N_ ("Light, dark or print: light, dark, print"), N_ ("STYLE") },
    { "font", 0, 0, G_OPTION_ARG_STRING, &look.font,
      N_ ("The text's family and size in points: \"Sans 8\""), N_ ("FONT") },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &look.lang,
      N_ ("The language of the picture: en, es"), N_ ("LANGUAGE") },
    { "no-title", 0, 0, G_OPTION_ARG_NONE, &look.no_title, N_ ("Without the title"), NULL },
    { "no-legend", 0, 0, G_OPTION_ARG_NONE, &look.no_legend, N_ ("Without the legend"), NULL },
    TELAR_FIGURES_ENTRIES (figures),
    G_OPTION_ENTRY_NULL
  };
  const TelarTimeline      *timeline;
  gboolean                  runs;
  int                       status;

  telar_run_settings_entries (&settings, how);
  if (!telar_command_parse (command, entries, how, 1, G_MAXINT, &argc, &argv)
      || !read_look (command, &look, &options) || !telar_figures_check (command, &figures)
      || !makes_something (command, argc, &figures))
    return TELAR_EXIT_WRONG;
  runs = options.cores || options.tasks || options.objects || telar_figures_asked (&figures);
  for (int i = 2; i < argc; i++)
    if (!telar_picture_check (command, argv[i]))
      return TELAR_EXIT_WRONG;
  /* A picture of the graph alone runs nothing. */
  if (!runs)
    settings.allow_commands = TRUE;
  if (telar_run_file_is (argv[1]) ? !telar_open_run (command, argv[1], &opened, &kept)
                                  : !telar_open_graph (command, argv[1], &settings, FALSE, &opened))
    return TELAR_EXIT_WRONG;
  options.name = opened.graph->name;

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
  if (write_pictures (command, &opened, timeline, &options, argv + 2) != TELAR_EXIT_WELL
      && status == TELAR_EXIT_WELL)
    status = TELAR_EXIT_WRONG;
  if (!telar_run_is_readable (command, argv[1], timeline) && status == TELAR_EXIT_WELL)
    status = TELAR_EXIT_WRONG;
  return status;
}
