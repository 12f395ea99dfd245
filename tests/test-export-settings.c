/* test-export-settings.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What the export dialog decides: which fields count, what is refused in them, and
 * what the painter is asked for.
 */

#include "config.h"

#include <string.h>

#include "window/export-settings.h"

static const TelarExportFacts run_facts = {
  .has_run = TRUE, .has_measured = TRUE, .has_bookmarks = TRUE, .objects = TRUE,
  .begin = 1000, .end = 9000, .measured_begin = 5000, .measured_end = 2000,
};
static const TelarExportFacts graph_facts = { .begin = 0, .end = 1000000 };

static void
set (char       **text,
     const char  *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static void
assert_refused (const TelarExportSettings *settings,
                TelarExportField           field,
                const char                *says)
{
  g_autofree char *sentence = telar_export_refuse (settings, &run_facts, field);

  if (says == NULL)
    g_assert_null (sentence);
  else
    {
      g_assert_nonnull (sentence);
      g_test_message ("%s", sentence);
      g_assert_nonnull (strstr (sentence, says));
      g_assert_null (strchr (sentence, '\n'));
      g_assert_false (telar_export_is_sound (settings, &run_facts));
    }
}

static void
test_remembered (void)
{
  TelarExportSettings settings, other;
  g_autofree char    *usual = NULL;
  g_autofree char    *text = NULL;
  g_autofree char    *again = NULL;
  g_autofree char    *kept = NULL;

  telar_export_settings_init (&settings);
  telar_export_settings_init (&other);
  usual = telar_export_settings_print (&settings);
  settings.format = TELAR_EXPORT_PDF;
  settings.content = TELAR_EXPORT_TIMELINE;
  settings.range = TELAR_EXPORT_MEASURED;
  settings.unit = TELAR_EXPORT_MILLIMETRES;
  settings.style = TELAR_STYLE_PRINT;
  settings.scale = 4;
  settings.title = settings.bookmarks = settings.date = FALSE;
  set (&settings.width[0], "wrong; =\n[x]");
  set (&settings.height[1], "50,5");
  set (&settings.dpi, "600");
  text = telar_export_settings_print (&settings);
  telar_export_settings_parse (&other, text);
  again = telar_export_settings_print (&other);
  g_assert_cmpstr (again, ==, text);
  g_assert_cmpstr (other.width[0], ==, "wrong; =\n[x]");
  g_assert_cmpint (other.format, ==, TELAR_EXPORT_PDF);
  g_assert_false (other.bookmarks || other.date);
  g_assert_true (other.source);

  /* What cannot be read stays as it was. */
  telar_export_settings_clear (&other);
  telar_export_settings_init (&other);
  telar_export_settings_parse (&other, "no key file");
  telar_export_settings_parse (&other, "[Export]\nformat=gif\nscale=99\ndate=perhaps\nstyle=\n");
  kept = telar_export_settings_print (&other);
  g_assert_cmpstr (kept, ==, usual);
  telar_export_settings_clear (&settings);
  telar_export_settings_clear (&other);
}

static void
test_fit (void)
{
  TelarExportFacts    none = run_facts;
  TelarExportSettings settings;

  none.has_measured = FALSE;
  telar_export_settings_init (&settings);
  settings.format = TELAR_EXPORT_CSV;
  settings.range = TELAR_EXPORT_MEASURED;
  telar_export_settings_fit (&settings, &run_facts);
  g_assert_cmpint (settings.range, ==, TELAR_EXPORT_MEASURED);
  g_assert_cmpint (settings.format, ==, TELAR_EXPORT_CSV);
  telar_export_settings_fit (&settings, &none);
  g_assert_cmpint (settings.range, ==, TELAR_EXPORT_WHOLE);
  telar_export_settings_fit (&settings, &graph_facts);
  g_assert_cmpint (settings.format, ==, TELAR_EXPORT_PNG);
  g_assert_cmpint (settings.content, ==, TELAR_EXPORT_GRAPH);
  telar_export_settings_clear (&settings);
}

/* Each format with the fields that say something about it. */
static void
test_uses (void)
{
  static const struct
  {
    TelarExportFormat  format;
    TelarExportContent content;
    TelarExportUnit    unit;
    TelarStyle         style;
    const char        *fields; /* content, range, size, dpi, scale, style, title, legend, source,
                                * bookmarks, date */
  } table[] = {
    { TELAR_EXPORT_PNG, TELAR_EXPORT_BOTH, TELAR_EXPORT_PIXELS, TELAR_STYLE_LIGHT, "xxx-xxxxxxx" },
    { TELAR_EXPORT_PNG, TELAR_EXPORT_BOTH, TELAR_EXPORT_PIXELS, TELAR_STYLE_PRINT, "xxxxxxxxxxx" },
    { TELAR_EXPORT_PNG, TELAR_EXPORT_GRAPH, TELAR_EXPORT_MILLIMETRES, TELAR_STYLE_DARK,
      "x-xxxxx---x" },
    { TELAR_EXPORT_SVG, TELAR_EXPORT_BOTH, TELAR_EXPORT_MILLIMETRES, TELAR_STYLE_PRINT,
      "xxx--xxxxxx" },
    { TELAR_EXPORT_PDF, TELAR_EXPORT_TIMELINE, TELAR_EXPORT_PIXELS, TELAR_STYLE_LIGHT,
      "xxx--xxxxxx" },
    { TELAR_EXPORT_TRACE, TELAR_EXPORT_GRAPH, TELAR_EXPORT_PIXELS, TELAR_STYLE_LIGHT,
      "-x---------" },
    { TELAR_EXPORT_CSV, TELAR_EXPORT_BOTH, TELAR_EXPORT_PIXELS, TELAR_STYLE_LIGHT, "-x---------" },
    { TELAR_EXPORT_RUN, TELAR_EXPORT_BOTH, TELAR_EXPORT_PIXELS, TELAR_STYLE_LIGHT, "-----------" },
  };
  TelarExportFacts    no_bookmarks = run_facts;
  TelarExportSettings settings;

  no_bookmarks.has_bookmarks = FALSE;
  telar_export_settings_init (&settings);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      char fields[TELAR_N_EXPORT_FIELDS + 1] = "";

      settings.format = table[i].format;
      settings.content = table[i].content;
      settings.unit = table[i].unit;
      settings.style = table[i].style;
      for (guint k = 0; k < TELAR_N_EXPORT_FIELDS; k++)
        fields[k] = telar_export_uses (&settings, &run_facts, (TelarExportField) k) ? 'x' : '-';
      g_assert_cmpstr (fields, ==, table[i].fields);
      g_assert_false (telar_export_uses (&settings, &no_bookmarks, TELAR_EXPORT_FIELD_BOOKMARKS));
      /* Of a graph alone there is no time and no choice. */
      g_assert_false (telar_export_uses (&settings, &graph_facts, TELAR_EXPORT_FIELD_RANGE));
      g_assert_false (telar_export_uses (&settings, &graph_facts, TELAR_EXPORT_FIELD_CONTENT));
    }
  telar_export_settings_clear (&settings);
}

static void
test_refusals (void)
{
  static const char *const numbers[] = { "1920", " 1920 ", "16", "32767", "1920.5", "1920,5" };
  static const char *const no_numbers[] = { "", " ", "15", "32768", "-1920", "1e4", "0x780", "inf",
                                            "1920px", "19 20", "1.9.2", "1,920,5" };
  static const char *const no_dpis[] = { "", "35", "1201", "300.5", "many" };
  TelarExportSettings settings;

  telar_export_settings_init (&settings);
  g_assert_true (telar_export_is_sound (&settings, &run_facts));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      set (&settings.width[0], numbers[i]);
      set (&settings.height[0], numbers[i]);
      assert_refused (&settings, TELAR_EXPORT_FIELD_SIZE, NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (no_numbers); i++)
    {
      set (&settings.width[0], no_numbers[i]);
      set (&settings.height[0], "");
      assert_refused (&settings, TELAR_EXPORT_FIELD_SIZE, "The width is a number from 16 to 32");
      set (&settings.width[0], "1920");
      set (&settings.height[0], no_numbers[i]);
      assert_refused (&settings, TELAR_EXPORT_FIELD_SIZE,
                      i < 2 ? NULL : "or nothing: as high as it has to be");
    }
  set (&settings.height[0], "");

  /* What is not used is not looked at. */
  set (&settings.width[1], "nothing");
  set (&settings.dpi, "nothing");
  g_assert_true (telar_export_is_sound (&settings, &run_facts));
  settings.unit = TELAR_EXPORT_MILLIMETRES;
  assert_refused (&settings, TELAR_EXPORT_FIELD_SIZE, "from 10 to 5");
  assert_refused (&settings, TELAR_EXPORT_FIELD_DPI, "from 36 to 1");
  settings.format = TELAR_EXPORT_PDF;
  assert_refused (&settings, TELAR_EXPORT_FIELD_DPI, NULL);
  settings.format = TELAR_EXPORT_CSV;
  g_assert_true (telar_export_is_sound (&settings, &run_facts));
  settings.format = TELAR_EXPORT_PNG;
  set (&settings.width[1], "170");
  for (guint i = 0; i < G_N_ELEMENTS (no_dpis); i++)
    {
      set (&settings.dpi, no_dpis[i]);
      assert_refused (&settings, TELAR_EXPORT_FIELD_DPI, "whole number");
    }

  /* 170 mm at 600 dots are 4,016 pixels: eight times that are 32,126. */
  set (&settings.dpi, "600");
  settings.scale = 8;
  g_assert_true (telar_export_is_sound (&settings, &run_facts));
  set (&settings.height[1], "174");
  assert_refused (&settings, TELAR_EXPORT_FIELD_SCALE, "at most 32");
  settings.scale = 7;
  g_assert_true (telar_export_is_sound (&settings, &run_facts));
  settings.unit = TELAR_EXPORT_PIXELS;
  set (&settings.width[0], "4681");
  g_assert_true (telar_export_is_sound (&settings, &run_facts));
  set (&settings.width[0], "4682");
  assert_refused (&settings, TELAR_EXPORT_FIELD_SCALE, "774 pixels");
  settings.format = TELAR_EXPORT_SVG;
  g_assert_true (telar_export_is_sound (&settings, &run_facts));
  telar_export_settings_clear (&settings);
}

static void
test_fill (void)
{
  TelarExportSettings settings;
  TelarExportOptions  options;
  TelarDataOptions    data;

  telar_export_settings_init (&settings);
  set (&settings.text, "A title");
  set (&settings.height[0], "1080");
  settings.scale = 3;
  telar_export_settings_fill (&settings, &run_facts, "2026-11-26", &options);
  g_assert_true (options.cores && options.tasks && options.objects && options.graph);
  g_assert_false (options.all_arrows || options.millimetres);
  g_assert_cmpfloat (options.width, ==, 1920);
  g_assert_cmpfloat (options.height, ==, 1080);
  g_assert_cmpfloat (options.scale, ==, 3);
  g_assert_cmpint (options.begin, ==, TELAR_NO_TIME);
  g_assert_cmpstr (options.date, ==, "2026-11-26");
  g_assert_cmpstr (options.name, ==, "A title");
  g_assert_true (options.title && options.legend && options.source && options.bookmarks);

  settings.content = TELAR_EXPORT_TIMELINE;
  settings.range = TELAR_EXPORT_VISIBLE;
  settings.unit = TELAR_EXPORT_MILLIMETRES;
  settings.format = TELAR_EXPORT_PDF;
  settings.date = settings.legend = settings.bookmarks = FALSE;
  set (&settings.width[1], "85,5");
  telar_export_settings_fill (&settings, &run_facts, "2026-11-26", &options);
  g_assert_true (options.cores && !options.graph && options.millimetres && !options.legend
                 && !options.bookmarks);
  g_assert_cmpfloat (options.width, ==, 85.5);
  g_assert_cmpfloat (options.height, ==, 0);
  g_assert_cmpfloat (options.scale, ==, 1);
  g_assert_cmpint (options.begin, ==, 1000);
  g_assert_cmpint (options.end, ==, 9000);
  g_assert_null (options.date);

  /* From whichever side it was measured. */
  settings.range = TELAR_EXPORT_MEASURED;
  telar_export_settings_fill_data (&settings, &run_facts, &data);
  g_assert_cmpint (data.begin, ==, 2000);
  g_assert_cmpint (data.end, ==, 5000);

  telar_export_settings_fit (&settings, &graph_facts);
  telar_export_settings_fill (&settings, &graph_facts, NULL, &options);
  g_assert_true (options.graph && !options.cores && !options.tasks && !options.objects);
  telar_export_settings_clear (&settings);
}

static void
test_names_and_words (void)
{
  TelarExportSettings settings;
  TelarExportFormat   format;
  g_autofree char    *pixels = NULL;
  g_autofree char    *paper = NULL;
  g_autofree char    *data = NULL;

  for (guint i = 0; i < TELAR_N_EXPORT_FORMATS; i++)
    {
      g_autofree char *name = g_strconcat ("A", telar_export_ending ((TelarExportFormat) i), NULL);
      g_autofree char *loud = g_ascii_strup (name, -1);

      g_assert_true (telar_export_format_of (loud, &format));
      g_assert_cmpint (format, ==, i);
    }
  g_assert_false (telar_export_format_of ("a.gif", &format));
  g_assert_false (telar_export_format_of ("png", &format));

  telar_export_settings_init (&settings);
  pixels = telar_export_size_words (&settings, 640, 812.4, 183200, FALSE);
  g_assert_cmpstr (pixels, ==, "640 × 812 px · 183.2\302\240kB");
  settings.unit = TELAR_EXPORT_MILLIMETRES;
  settings.format = TELAR_EXPORT_PDF;
  paper = telar_export_size_words (&settings, 85.5, 50, 0, FALSE);
  g_assert_cmpstr (paper, ==, "85.5 × 50 mm");
  settings.format = TELAR_EXPORT_CSV;
  data = telar_export_size_words (&settings, 0, 0, 2000000, TRUE);
  g_assert_cmpstr (data, ==, "about 2.0\302\240MB");
  telar_export_settings_clear (&settings);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export-settings/remembered", test_remembered);
  g_test_add_func ("/export-settings/fit", test_fit);
  g_test_add_func ("/export-settings/uses", test_uses);
  g_test_add_func ("/export-settings/refusals", test_refusals);
  g_test_add_func ("/export-settings/fill", test_fill);
  g_test_add_func ("/export-settings/names-and-words", test_names_and_words);
  return g_test_run ();
}
