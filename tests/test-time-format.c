/* test-time-format.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "timeline/timeline.h"

static void
test_table (void)
{
  static const struct
  {
    gint64      ns;
    const char *text;
  } rows[] = {
    { 0, "0 s" },
    { 1, "1 ns" },
    { 999, "999 ns" },
    { 1000, "1 µs" },
    { 1250, "1.25 µs" },
    { 41000, "41 µs" },
    { 41400, "41.4 µs" },
    { 999400, "999 µs" },
    { 999499, "999 µs" },
    { 999500, "1 ms" },
    { 1250000, "1.25 ms" },
    { 84000000, "84 ms" },
    { 100500000, "100 ms" },
    { 999999999, "1 s" },
    { 1000000000, "1 s" },
    { 3000000000, "3 s" },
    { 12340000000, "12.3 s" },
    { 3600000000000, "3600 s" },
    { -41000, "−41 µs" },
    { G_MAXINT64, "9223372037 s" },
    { G_MININT64 + 1, "−9223372037 s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = telar_time_format (rows[i].ns);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-format/table", test_table);
  return g_test_run ();
}
