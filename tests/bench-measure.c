/* bench-measure.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "bench-measure.h"

#include <sched.h>
#include <stdlib.h>

int
bench_compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

double
bench_median (double *values, guint n)
{
  qsort (values, n, sizeof *values, bench_compare);
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

void
bench_pin (gboolean pinned)
{
  static cpu_set_t all_cores;
  static gboolean  known;
  cpu_set_t        one;

  if (!known)
    sched_getaffinity (0, sizeof all_cores, &all_cores);
  known = TRUE;
  CPU_ZERO (&one);
  CPU_SET (0, &one);
  sched_setaffinity (0, sizeof one, pinned ? &one : &all_cores);
}

double
bench_ask (const char *program, const char *script, const char *what, guint n)
{
  g_autofree char *number = g_strdup_printf ("%u", n);
  const char *arguments[6] = { program };
  guint       at = 1;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (script != NULL)
    arguments[at++] = script;
  arguments[at++] = what;
  arguments[at++] = number;
  if (!g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &text, NULL,
                     NULL, &error))
    g_error ("%s: %s", program, error->message);
  return g_ascii_strtod (text, NULL);
}
