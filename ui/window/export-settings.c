/* export-settings.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "window/export-settings.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define GROUP           "Export"
#define MIN_PIXELS      16.0
#define MIN_MILLIMETRES 10.0
#define MAX_MILLIMETRES 5000.0
#define MIN_DPI         36.0
#define MAX_DPI         1200.0
#define MAX_SCALE       8
#define MM_PER_INCH     25.4

/* Names in the file where they are remembered. */
static const char *const formats[] = { "png", "svg", "pdf", "json", "csv", "telar-run" };
static const char *const endings[] = { ".png", ".svg", ".pdf", ".json", ".csv", ".telar-run" };
static const char *const contents[] = { "both", "timeline", "graph" };
static const char *const ranges[] = { "whole", "visible", "measured" };
static const char *const unit_names[] = { "px", "mm" };
static const char *const styles[] = { "light", "dark", "print" };

G_STATIC_ASSERT (G_N_ELEMENTS (formats) == TELAR_N_EXPORT_FORMATS);
G_STATIC_ASSERT (G_N_ELEMENTS (endings) == TELAR_N_EXPORT_FORMATS);
G_STATIC_ASSERT (G_N_ELEMENTS (contents) == TELAR_N_EXPORT_CONTENTS);
G_STATIC_ASSERT (G_N_ELEMENTS (ranges) == TELAR_N_EXPORT_RANGES);
G_STATIC_ASSERT (G_N_ELEMENTS (unit_names) == TELAR_N_EXPORT_UNITS);

void
telar_export_settings_init (TelarExportSettings *settings)
{
  *settings = (TelarExportSettings) {
    .width = { g_strdup ("1920"), g_strdup ("170") },
    .height = { g_strdup (""), g_strdup ("") },
    .dpi = g_strdup ("300"),
    .scale = 1,
    .title = TRUE,
    .legend = TRUE,
    .source = TRUE,
    .bookmarks = TRUE,
    .date = TRUE,
    .text = g_strdup (""),
  };
}

void
telar_export_settings_copy (TelarExportSettings       *copy,
                            const TelarExportSettings *settings)
{
  *copy = *settings;
  for (guint i = 0; i < TELAR_N_EXPORT_UNITS; i++)
    {
      copy->width[i] = g_strdup (settings->width[i]);
      copy->height[i] = g_strdup (settings->height[i]);
    }
  copy->dpi = g_strdup (settings->dpi);
  copy->text = g_strdup (settings->text);
}

void
telar_export_settings_clear (TelarExportSettings *settings)
{
  for (guint i = 0; i < TELAR_N_EXPORT_UNITS; i++)
    {
      g_clear_pointer (&settings->width[i], g_free);
      g_clear_pointer (&settings->height[i], g_free);
    }
  g_clear_pointer (&settings->dpi, g_free);
  g_clear_pointer (&settings->text, g_free);
}

/* --- Remembered --- */

char *
telar_export_settings_print (const TelarExportSettings *settings)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_set_string (file, GROUP, "format", formats[settings->format]);
  g_key_file_set_string (file, GROUP, "content", contents[settings->content]);
  g_key_file_set_string (file, GROUP, "range", ranges[settings->range]);
  g_key_file_set_string (file, GROUP, "unit", unit_names[settings->unit]);
  for (guint i = 0; i < TELAR_N_EXPORT_UNITS; i++)
    {
      g_autofree char *width = g_strconcat ("width-", unit_names[i], NULL);
      g_autofree char *height = g_strconcat ("height-", unit_names[i], NULL);

      g_key_file_set_string (file, GROUP, width, settings->width[i]);
      g_key_file_set_string (file, GROUP, height, settings->height[i]);
    }
  g_key_file_set_string (file, GROUP, "dpi", settings->dpi);
  g_key_file_set_integer (file, GROUP, "scale", settings->scale);
  g_key_file_set_string (file, GROUP, "style", styles[settings->style]);
  g_key_file_set_boolean (file, GROUP, "title", settings->title);
  g_key_file_set_boolean (file, GROUP, "legend", settings->legend);
  g_key_file_set_boolean (file, GROUP, "source", settings->source);
  g_key_file_set_boolean (file, GROUP, "bookmarks", settings->bookmarks);
  g_key_file_set_boolean (file, GROUP, "date", settings->date);

  return g_key_file_to_data (file, NULL, NULL);
}

static guint
parse_name (GKeyFile          *file,
            const char        *key,
            const char *const *names,
            guint              n_names,
            guint              usual)
{
  g_autofree char *name = g_key_file_get_string (file, GROUP, key, NULL);

  for (guint i = 0; i < n_names; i++)
    if (g_strcmp0 (name, names[i]) == 0)
      return i;

  return usual;
}

static void
parse_flag (GKeyFile   *file,
            const char *key,
            gboolean   *flag)
{
  g_autoptr (GError) error = NULL;
  gboolean           value = g_key_file_get_boolean (file, GROUP, key, &error);

  if (error == NULL)
    *flag = value;
}

static void
parse_text (GKeyFile    *file,
            const char  *key,
            char       **text)
{
  char *value = g_key_file_get_string (file, GROUP, key, NULL);

  if (value == NULL)
    return;
  g_free (*text);
  *text = value;
}

void
telar_export_settings_parse (TelarExportSettings *settings,
                             const char          *text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  int                  scale;

  if (!g_key_file_load_from_data (file, text, (gsize) -1, G_KEY_FILE_NONE, NULL))
    return;

#define NAME(key, names, usual) parse_name (file, key, names, G_N_ELEMENTS (names), usual)
  settings->format = (TelarExportFormat) NAME ("format", formats, settings->format);
  settings->content = (TelarExportContent) NAME ("content", contents, settings->content);
  settings->range = (TelarExportRange) NAME ("range", ranges, settings->range);
  settings->unit = (TelarExportUnit) NAME ("unit", unit_names, settings->unit);
  settings->style = (TelarStyle) NAME ("style", styles, settings->style);
#undef NAME
  for (guint i = 0; i < TELAR_N_EXPORT_UNITS; i++)
    {
      g_autofree char *width = g_strconcat ("width-", unit_names[i], NULL);
      g_autofree char *height = g_strconcat ("height-", unit_names[i], NULL);

      parse_text (file, width, &settings->width[i]);
      parse_text (file, height, &settings->height[i]);
    }
  parse_text (file, "dpi", &settings->dpi);
  scale = g_key_file_get_integer (file, GROUP, "scale", NULL);
  if (scale >= 1 && scale <= MAX_SCALE)
    settings->scale = scale;
  parse_flag (file, "title", &settings->title);
  parse_flag (file, "legend", &settings->legend);
  parse_flag (file, "source", &settings->source);
  parse_flag (file, "bookmarks", &settings->bookmarks);
  parse_flag (file, "date", &settings->date);
}

void
telar_export_settings_fit (TelarExportSettings    *settings,
                           const TelarExportFacts *facts)
{
  if (!facts->has_run)
    {
      settings->content = TELAR_EXPORT_GRAPH;
      settings->range = TELAR_EXPORT_WHOLE;
      if (!telar_export_is_picture (settings->format))
        settings->format = TELAR_EXPORT_PNG;
    }
  if (settings->range == TELAR_EXPORT_MEASURED && !facts->has_measured)
    settings->range = TELAR_EXPORT_WHOLE;
}

/* --- Formats --- */

gboolean
telar_export_is_picture (TelarExportFormat format)
{
  return format <= TELAR_EXPORT_PDF;
}

const char *
telar_export_ending (TelarExportFormat format)
{
  g_return_val_if_fail (format < TELAR_N_EXPORT_FORMATS, NULL);

  return endings[format];
}

gboolean
telar_export_format_of (const char        *name,
                        TelarExportFormat *format)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < TELAR_N_EXPORT_FORMATS; i++)
    if (g_str_has_suffix (lower, endings[i]))
      {
        *format = (TelarExportFormat) i;
        return TRUE;
      }

  return FALSE;
}

/* --- What is said, and what is wrong in it --- */

/* A PNG for paper: its pixels are dots of a printer. */
static gboolean
has_dots (const TelarExportSettings *settings)
{
  return settings->format == TELAR_EXPORT_PNG
         && (settings->unit == TELAR_EXPORT_MILLIMETRES || settings->style == TELAR_STYLE_PRINT);
}

gboolean
telar_export_uses (const TelarExportSettings *settings,
                   const TelarExportFacts    *facts,
                   TelarExportField           field)
{
  gboolean picture = telar_export_is_picture (settings->format);
  gboolean timeline = facts->has_run && settings->content != TELAR_EXPORT_GRAPH;

  switch (field)
    {
    case TELAR_EXPORT_FIELD_CONTENT:
      return picture && facts->has_run;
    case TELAR_EXPORT_FIELD_RANGE:
      return facts->has_run && settings->format != TELAR_EXPORT_RUN && (timeline || !picture);
    case TELAR_EXPORT_FIELD_DPI:
      return has_dots (settings);
    case TELAR_EXPORT_FIELD_SCALE:
      return settings->format == TELAR_EXPORT_PNG;
    case TELAR_EXPORT_FIELD_LEGEND:
    case TELAR_EXPORT_FIELD_SOURCE:
      return picture && timeline;
    case TELAR_EXPORT_FIELD_BOOKMARKS:
      return picture && timeline && facts->has_bookmarks;
    case TELAR_EXPORT_FIELD_SIZE:
    case TELAR_EXPORT_FIELD_STYLE:
    case TELAR_EXPORT_FIELD_TITLE:
    case TELAR_EXPORT_FIELD_DATE:
      return picture;
    case TELAR_N_EXPORT_FIELDS:
      break;
    }

  return FALSE;
}

/* As people write it: "85,5" is what "85.5" is elsewhere.
 * Returns: whether there is a plain number and nothing else. */
static gboolean
parse_number (const char *text,
              double     *number)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  char            *end;

  g_strdelimit (plain, ",", '.');
  if (!g_ascii_isdigit (plain[0]) || strspn (plain, "0123456789.") != strlen (plain))
    return FALSE;
  *number = g_ascii_strtod (plain, &end);

  return *end == '\0' && isfinite (*number);
}

static gboolean
is_empty (const char *text)
{
  return strspn (text, " \t") == strlen (text);
}

static double
factor (const TelarExportSettings *settings)
{
  return settings->format == TELAR_EXPORT_PNG ? settings->scale : 1;
}

/* Pixels of a side that is given; 0 where nothing can be said. */
static double
pixels_of (const TelarExportSettings *settings,
           const char                *text)
{
  double number, dpi;

  if (!parse_number (text, &number))
    return 0;
  if (settings->unit == TELAR_EXPORT_PIXELS)
    return round (number * factor (settings));
  if (!has_dots (settings))
    dpi = TELAR_PRINT_DPI;
  else if (!parse_number (settings->dpi, &dpi))
    return 0;

  return round (number / MM_PER_INCH * dpi * factor (settings));
}

static char *
refuse_side (const TelarExportSettings *settings,
             const char                *text,
             gboolean                   may_be_empty)
{
  gboolean pixels = settings->unit == TELAR_EXPORT_PIXELS;
  double   number, least, most;

  if (may_be_empty && is_empty (text))
    return NULL;

  least = pixels ? MIN_PIXELS : MIN_MILLIMETRES;
  most = pixels ? TELAR_MAX_PIXELS : MAX_MILLIMETRES;
  if (parse_number (text, &number) && number >= least && number <= most)
    return NULL;

  if (may_be_empty)
    return g_strdup_printf (pixels ? _("The height is a number from %'.0f to %'.0f pixels, or "
                                       "nothing: as high as it has to be")
                                   : _("The height is a number from %'.0f to %'.0f mm, or "
                                       "nothing: as high as it has to be"),
                            least, most);
  return g_strdup_printf (pixels ? _("The width is a number from %'.0f to %'.0f pixels")
                                 : _("The width is a number from %'.0f to %'.0f mm"),
                          least, most);
}

static char *
refuse_dpi (const TelarExportSettings *settings)
{
  double dpi;

  if (parse_number (settings->dpi, &dpi) && dpi >= MIN_DPI && dpi <= MAX_DPI
      && floor (dpi) == dpi)
    return NULL;

  return g_strdup_printf (_("The resolution is a whole number from %'.0f to %'.0f pixels to "
                            "the inch"),
                          MIN_DPI, MAX_DPI);
}

/* Each side may be sound, but not so many times. */
static char *
refuse_scale (const TelarExportSettings *settings)
{
  double most = MAX (pixels_of (settings, settings->width[settings->unit]),
                     pixels_of (settings, settings->height[settings->unit]));

  if (most <= TELAR_MAX_PIXELS)
    return NULL;

  return g_strdup_printf (_("That is %'.0f pixels; a PNG has at most %'d a side"), most,
                          TELAR_MAX_PIXELS);
}

char *
telar_export_refuse (const TelarExportSettings *settings,
                     const TelarExportFacts    *facts,
                     TelarExportField           field)
{
  char *sentence = NULL;

  if (!telar_export_uses (settings, facts, field))
    return NULL;

  switch (field)
    {
    case TELAR_EXPORT_FIELD_SIZE:
      sentence = refuse_side (settings, settings->width[settings->unit], FALSE);
      if (sentence == NULL)
        sentence = refuse_side (settings, settings->height[settings->unit], TRUE);
      return sentence;
    case TELAR_EXPORT_FIELD_DPI:
      return refuse_dpi (settings);
    case TELAR_EXPORT_FIELD_SCALE:
      return refuse_scale (settings);
    case TELAR_EXPORT_FIELD_CONTENT:
    case TELAR_EXPORT_FIELD_RANGE:
    case TELAR_EXPORT_FIELD_STYLE:
    case TELAR_EXPORT_FIELD_TITLE:
    case TELAR_EXPORT_FIELD_LEGEND:
    case TELAR_EXPORT_FIELD_SOURCE:
    case TELAR_EXPORT_FIELD_BOOKMARKS:
    case TELAR_EXPORT_FIELD_DATE:
    case TELAR_N_EXPORT_FIELDS:
      break;
    }

  return NULL;
}

gboolean
telar_export_is_sound (const TelarExportSettings *settings,
                       const TelarExportFacts    *facts)
{
  for (guint field = 0; field < TELAR_N_EXPORT_FIELDS; field++)
    {
      g_autofree char *sentence = telar_export_refuse (settings, facts, (TelarExportField) field);

      if (sentence)
        return FALSE;
    }

  return TRUE;
}

/* --- To the painter --- */

static void
fill_range (const TelarExportSettings *settings,
            const TelarExportFacts    *facts,
            gint64                    *begin,
            gint64                    *end)
{
  *begin = *end = TELAR_NO_TIME;
  if (settings->range == TELAR_EXPORT_VISIBLE)
    {
      *begin = facts->begin;
      *end = facts->end;
    }
  else if (settings->range == TELAR_EXPORT_MEASURED && facts->has_measured)
    {
      *begin = MIN (facts->measured_begin, facts->measured_end);
      *end = MAX (facts->measured_begin, facts->measured_end);
    }
}

void
telar_export_settings_fill (const TelarExportSettings *settings,
                            const TelarExportFacts    *facts,
                            const char                *date,
                            TelarExportOptions        *options)
{
  gboolean timeline = facts->has_run && settings->content != TELAR_EXPORT_GRAPH;

  telar_export_options_init (options);
  options->cores = options->tasks = timeline;
  options->objects = timeline && facts->objects;
  options->all_arrows = facts->all_arrows;
  options->graph = !facts->has_run || settings->content != TELAR_EXPORT_TIMELINE;
  fill_range (settings, facts, &options->begin, &options->end);
  options->style = settings->style;
  options->millimetres = settings->unit == TELAR_EXPORT_MILLIMETRES;
  parse_number (settings->width[settings->unit], &options->width);
  if (!parse_number (settings->height[settings->unit], &options->height))
    options->height = 0;
  if (has_dots (settings))
    parse_number (settings->dpi, &options->dpi);
  options->scale = factor (settings);
  options->title = settings->title;
  options->legend = settings->legend;
  options->source = settings->source;
  options->bookmarks = settings->bookmarks;
  options->date = settings->date ? date : NULL;
  options->name = settings->text;
}

void
telar_export_settings_fill_data (const TelarExportSettings *settings,
                                 const TelarExportFacts    *facts,
                                 TelarDataOptions          *options)
{
  telar_data_options_init (options);
  options->name = settings->text;
  fill_range (settings, facts, &options->begin, &options->end);
}

char *
telar_export_size_words (const TelarExportSettings *settings,
                         double                     width,
                         double                     height,
                         guint64                    size,
                         gboolean                   about)
{
  GString         *words = g_string_new (NULL);
  g_autofree char *bytes = size > 0 ? g_format_size (size) : NULL;

  if (width > 0 && (settings->format == TELAR_EXPORT_PNG || settings->unit == TELAR_EXPORT_PIXELS))
    /* TRANSLATORS: width and height of a picture in pixels */
    g_string_append_printf (words, _("%'.0f × %'.0f px"), width, height);
  else if (width > 0)
    /* TRANSLATORS: width and height of a picture in millimetres */
    g_string_append_printf (words, _("%.4g × %.4g mm"), width, height);
  if (bytes)
    {
      g_autofree char *told = about ? g_strdup_printf (_("about %s"), bytes) : g_strdup (bytes);

      g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", told);
    }

  return g_string_free (words, FALSE);
}
