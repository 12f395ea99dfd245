/* picture-settings.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "app/picture-settings.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/values.h"

void
telar_picture_settings_entries (TelarPictureSettings *settings, GOptionEntry *entries)
{
  const GOptionEntry all[] = {
    { "size", 0, 0, G_OPTION_ARG_STRING, &settings->size,
      N_ ("In pixels or mm: 1920x1080, 85x50mm; 85mm is as high as it has to be"), N_ ("SIZE") },
    { "dpi", 0, 0, G_OPTION_ARG_STRING, &settings->dpi,
      N_ ("Pixels to the inch of a PNG in mm or for print, 36 to 1200; 300 without it"),
      N_ ("NUMBER") },
    { "range", 0, 0, G_OPTION_ARG_STRING, &settings->range,
      N_ ("This stretch of time only: 0..2ms"), N_ ("RANGE") },
    { "lanes", 0, 0, G_OPTION_ARG_STRING, &settings->lanes,
      N_ ("What is shown: cores, tasks, objects, graph, with commas; graph alone needs no run"),
      N_ ("LANES") },
    { "arrows", 0, 0, G_OPTION_ARG_STRING, &settings->arrows,
      N_ ("Which arrows: order (who starts, who is joined), or all: who let whom go on as well"),
      N_ ("ARROWS") },
    { "sort", 0, 0, G_OPTION_ARG_STRING, &settings->sort,
      N_ ("Lanes in the order of the graph, or by: graph, start, cpu, switches, name"),
      N_ ("ORDER") },
    { "scale", 0, 0, G_OPTION_ARG_STRING, &settings->scale,
      N_ ("So many times as many pixels in a PNG, 1 to 8"), N_ ("NUMBER") },
    { "style", 0, 0, G_OPTION_ARG_STRING, &settings->style,
      N_ ("Light, dark or print: light, dark, print"), N_ ("STYLE") },
    { "font", 0, 0, G_OPTION_ARG_STRING, &settings->font,
      N_ ("The text's family and size in points: \"Sans 8\""), N_ ("FONT") },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &settings->lang,
      N_ ("The language of the picture: en, es"), N_ ("LANGUAGE") },
    { "title", 0, 0, G_OPTION_ARG_STRING, &settings->title,
      N_ ("The title, instead of the graph's name"), N_ ("TEXT") },
    { "date", 0, 0, G_OPTION_ARG_STRING, &settings->date,
      N_ ("The date, instead of the run's: 2026-11-26"), N_ ("DATE") },
    { "no-title", 0, 0, G_OPTION_ARG_NONE, &settings->no_title, N_ ("Without the title"), NULL },
    { "no-legend", 0, 0, G_OPTION_ARG_NONE, &settings->no_legend, N_ ("Without the legend"),
      NULL },
    { "no-source", 0, 0, G_OPTION_ARG_NONE, &settings->no_source,
      N_ ("Without how it was recorded and how busy the cores were"), NULL },
    { "no-date", 0, 0, G_OPTION_ARG_NONE, &settings->no_date, N_ ("Without the date"), NULL },
    { "no-bookmarks", 0, 0, G_OPTION_ARG_NONE, &settings->no_bookmarks,
      N_ ("Without the bookmarks"), NULL },
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (all) == TELAR_N_PICTURE_SETTINGS);

  memcpy (entries, all, sizeof all);
  entries[TELAR_N_PICTURE_SETTINGS] = (GOptionEntry) G_OPTION_ENTRY_NULL;
}

gboolean
telar_picture_settings_read (const TelarCommand         *command,
                             const TelarPictureSettings *settings,
                             TelarExportOptions         *options)
{
  g_autoptr (GError) error = NULL;

  telar_export_options_init (options);
  if ((settings->size != NULL && !telar_value_size (settings->size, options, &error))
      || (settings->dpi != NULL && !telar_value_dpi (settings->dpi, &options->dpi, &error))
      || (settings->range != NULL
          && !telar_value_range (settings->range, &options->begin, &options->end, &error))
      || (settings->lanes != NULL && !telar_value_lanes (settings->lanes, options, &error))
      || (settings->arrows != NULL
          && !telar_value_arrows (settings->arrows, &options->all_arrows, &error))
      || (settings->sort != NULL && !telar_value_sort (settings->sort, &options->sort, &error))
      || (settings->scale != NULL && !telar_value_scale (settings->scale, &options->scale, &error))
      || (settings->style != NULL && !telar_value_style (settings->style, &options->style, &error))
      || (settings->date != NULL && !telar_value_date (settings->date, &error)))
    {
      telar_command_complain (command, "%s", error->message);
      return FALSE;
    }
  options->font = settings->font;
  options->title = !settings->no_title;
  options->legend = !settings->no_legend;
  options->bookmarks = !settings->no_bookmarks;
  options->source = !settings->no_source;
  options->name = settings->title;
  options->date = settings->no_date ? NULL : settings->date;
  return TRUE;
}

void
telar_picture_settings_clear (TelarPictureSettings *settings)
{
  g_clear_pointer (&settings->size, g_free);
  g_clear_pointer (&settings->dpi, g_free);
  g_clear_pointer (&settings->range, g_free);
  g_clear_pointer (&settings->lanes, g_free);
  g_clear_pointer (&settings->arrows, g_free);
  g_clear_pointer (&settings->sort, g_free);
  g_clear_pointer (&settings->scale, g_free);
  g_clear_pointer (&settings->style, g_free);
  g_clear_pointer (&settings->font, g_free);
  g_clear_pointer (&settings->lang, g_free);
  g_clear_pointer (&settings->title, g_free);
  g_clear_pointer (&settings->date, g_free);
}
