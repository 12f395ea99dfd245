/* test-ruler.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <math.h>

#include "paint/paint-private.h"

static void
test_labels (void)
{
  /* A picture 1,000 wide of so many ns; the label of the last tick. */
  static const struct
  {
    double      span, end;
    double      step;
    const char *last;
  } rows[] = {
    { 10, 10, 1, "10 ns" },
    { 1e3, 1e3, 100, "1.0 µs" },
    { 300e3, 300e3, 50e3, "300 µs" },
    { 1e6, 1e6, 100e3, "1.0 ms" },
    { 84e6, 84e6, 10e6, "84 ms" },
    { 1e9, 1e9, 100e6, "1.0 s" },
    { 30e9, 30e9, 5e9, "30 s" },
    { 60e9, 60e9, 10e9, "60 s" },
    { 600e9, 600e9, 60e9, "10 min" },
    { 7200e9, 7200e9, 900e9, "120 min" },
    { 86400e9, 86400e9, 18e12 / 5 * 5, "24 h" },
    { 1e3, 12e9, 100, "12.0000000 s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TelarTicks ticks = telar_ticks_choose (rows[i].span / 1000, 90, rows[i].end);
      g_autofree char *label = telar_ticks_label (&ticks, rows[i].end);

      g_test_message ("span %g: step %g, \"%s\"", rows[i].span, ticks.step, label);
      g_assert_cmpstr (label, ==, rows[i].last);
      g_assert_cmpfloat_with_epsilon (ticks.step, rows[i].step, rows[i].step * 1e-9);
    }
}

/* From picoseconds to months: ticks keep their distance, and are no denser than needed. */
static void
test_distances (void)
{
  for (double span = 1; span < 1e16; span *= 1.37)
    {
      TelarTicks ticks = telar_ticks_choose (span / 1000, 90, span);
      double distance = ticks.step / (span / 1000);
      char *zero, *one;

      g_assert_cmpfloat (distance, >=, 90);
      g_assert_cmpfloat (distance, <=, 90 * 2.6);
      zero = telar_ticks_label (&ticks, -ticks.step * 1e-6);
      one = telar_ticks_label (&ticks, ticks.step);
      g_assert_true (zero[0] == '0');
      g_assert_cmpstr (zero, !=, one);
      g_free (zero);
      g_free (one);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ruler/labels", test_labels);
  g_test_add_func ("/ruler/distances", test_distances);
  return g_test_run ();
}
