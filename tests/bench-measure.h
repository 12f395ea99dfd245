/* bench-measure.h
 *
 * SPDX-License-Identifier: MIT
 *
 * For benchmarks: medians of rounds, one core or all, and what others take, told
 * by a program that prints one number.
 */

#pragma once

#include <glib.h>

/* Debian's own: the one on the PATH may be a slow shim. */
#define BENCH_PYTHON "/usr/bin/python3"

/* Of doubles, for sorting. */
int    bench_compare (gconstpointer a, gconstpointer b);
/* Sorts @values. Between the middle two, where @n is even. */
double bench_median  (double *values, guint n);

/* To the first core, or back to those that it had before the first call. */
void   bench_pin     (gboolean pinned);

/* Runs a program, or the @script (nullable) that it is given, which prints one number
 * of @what, measured @n times; ends this one where it cannot be started. */
double bench_ask     (const char *program, const char *script, const char *what, guint n);
