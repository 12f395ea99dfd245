/* test-values.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What options of the command line mean.
 */

#include "app/values.h"

#define S G_GINT64_CONSTANT (1000000000)

static void
test_duration (void)
{
  const struct { const char *text; gint64 ns; } cases[] = {
    { "5", 5 * S }, { "0.5", S / 2 }, { "0.5 s", S / 2 }, { "200ms", S / 5 }, { "200 ms", S / 5 },
    { "3us", 3000 }, { "3µs", 3000 }, { "7ns", 7 },
    { "2min", 120 * S }, { "0", 0 }, { "1e3ms", S } };
  const char *const wrong[] = { "", "s", "5 h", "5 s s", "-1", "nan", "inf", "1e30", "0,5",
                                "0x10", "+5" };
  gint64 ns;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (telar_value_duration (cases[i].text, S, &ns, &error));
      g_assert_no_error (error);
      g_assert_cmpint (ns, ==, cases[i].ns);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (telar_value_duration (wrong[i], S, &ns, &error));
      g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
    }
}

static void
test_range (void)
{
  const struct { const char *text; gint64 begin, end; } cases[] = {
    { "0..2ms", 0, 2000000 }, { "1..2ms", 1000000, 2000000 }, { "1s..2", S, 2 * S },
    { "1..2", 1000000, 2000000 }, { "1.5ms..2s", 1500000, 2 * S },
    { "10us..0.02 ms", 10000, 20000 } };
  const char *const wrong[] = { "", "..", "5", "1..", "..2ms", "2..1", "1ms..1ms", "-1..2",
                                "a..b" };
  gint64 begin, end;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (telar_value_range (cases[i].text, &begin, &end, &error));
      g_assert_cmpint (begin, ==, cases[i].begin);
      g_assert_cmpint (end, ==, cases[i].end);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (telar_value_range (wrong[i], &begin, &end, &error));
      g_assert_nonnull (error);
    }
}

static void
test_size (void)
{
  const struct { const char *text; double width, height; gboolean millimetres; } cases[] = {
    { "1920x1080", 1920, 1080, FALSE }, { "85x50mm", 85, 50, TRUE },
    { "85.5x50.25mm", 85.5, 50.25, TRUE },
    { "10x10px", 10, 10, FALSE }, { "32767x1", 32767, 1, FALSE }, { "85mm", 85, 0, TRUE },
    { "1920", 1920, 0, FALSE }, { "1920px", 1920, 0, FALSE } };
  const char *const wrong[] = { "", "x", "mm", "10cm", "0", "0mm", "5001mm", "10x0", "10x", "x10", "10x10cm", "0x10", "10x-1", "32768x1",
                                "5001x10mm", "nanxnan", "10 x 10", "infx1", "0x10x10" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TelarExportOptions options = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_true (telar_value_size (cases[i].text, &options, &error));
      g_assert_cmpfloat (options.width, ==, cases[i].width);
      g_assert_cmpfloat (options.height, ==, cases[i].height);
      g_assert_cmpint (options.millimetres, ==, cases[i].millimetres);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      TelarExportOptions options = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_false (telar_value_size (wrong[i], &options, &error));
      g_assert_nonnull (error);
      g_assert_cmpfloat (options.width, ==, 0);
    }
}

static void
test_lanes_and_style (void)
{
  TelarExportOptions options = { .cores = TRUE, .tasks = TRUE };
  TelarStyle         style = TELAR_STYLE_LIGHT;
  static const char *const no_scales[] = { "", "0", "1.5", "9", "-1", "two", "2 x" };
  double             scale = 0;
  g_autoptr (GError) lanes_error = NULL, style_error = NULL, none_error = NULL;
  g_autoptr (GError) sort_error = NULL;
  TelarLaneSort sort = TELAR_SORT_GRAPH;

  g_assert_true (telar_value_lanes ("graph", &options, NULL));
  g_assert_true (options.graph && !options.cores && !options.tasks);
  g_assert_true (telar_value_lanes ("tasks,cores", &options, NULL));
  g_assert_true (!options.graph && options.cores && options.tasks);
  g_assert_false (telar_value_lanes ("cores,walls", &options, &lanes_error));
  g_assert_nonnull (lanes_error);
  g_assert_false (telar_value_lanes ("", &options, &none_error));
  g_assert_nonnull (none_error);

  g_assert_true (telar_value_scale ("8", &scale, NULL) && scale == 8);
  g_assert_true (telar_value_scale ("2x", &scale, NULL) && scale == 2);
  for (guint i = 0; i < G_N_ELEMENTS (no_scales); i++)
    {
      g_autoptr (GError) scale_error = NULL;

      g_assert_false (telar_value_scale (no_scales[i], &scale, &scale_error));
      g_assert_nonnull (strstr (scale_error->message, "is no scale"));
    }
  g_assert_true (telar_value_sort ("cpu", &sort, NULL));
  g_assert_cmpint (sort, ==, TELAR_SORT_BUSY);
  g_assert_false (telar_value_sort ("busy", &sort, &sort_error));
  g_assert_nonnull (strstr (sort_error->message, "switches or name"));
  g_assert_true (telar_value_style ("print", &style, NULL));
  g_assert_cmpint (style, ==, TELAR_STYLE_PRINT);
  g_assert_false (telar_value_style ("Print", &style, &style_error));
  g_assert_nonnull (style_error);
}

static void
test_dpi_and_date (void)
{
  static const char *const no_dpis[] = { "", "35", "1201", "300.5", "300dpi", "-300", "nan" };
  static const char *const no_dates[] = { "", "today", "2026-11", "2026-11-26 ", "2026-13-01",
                                          "2026-02-30", "26-11-2026", "2026-1-001", "0000-01-01",
                                          "2026-11-261", "+026-11-26" };
  double dpi = 0;

  g_assert_true (telar_value_dpi ("600", &dpi, NULL) && dpi == 600);
  g_assert_true (telar_value_dpi ("36", &dpi, NULL) && dpi == 36);
  for (guint i = 0; i < G_N_ELEMENTS (no_dpis); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (telar_value_dpi (no_dpis[i], &dpi, &error));
      g_assert_nonnull (strstr (error->message, "36 to 1200"));
    }
  g_assert_true (telar_value_date ("2026-11-26", NULL));
  g_assert_true (telar_value_date ("2024-02-29", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (no_dates); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (telar_value_date (no_dates[i], &error));
      g_assert_nonnull (strstr (error->message, "is no date"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/values/duration", test_duration);
  g_test_add_func ("/values/range", test_range);
  g_test_add_func ("/values/size", test_size);
  g_test_add_func ("/values/lanes-and-style", test_lanes_and_style);
  g_test_add_func ("/values/dpi-and-date", test_dpi_and_date);
  return g_test_run ();
}
