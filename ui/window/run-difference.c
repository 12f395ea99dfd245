/* run-difference.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "window/run-difference.h"

#include <glib/gi18n-lib.h>

#include "timeline/restore.h"

/* Two runs of one graph differ by so much without any reason. */
#define SAME 0.02

/* Digits enough that 1.04 is not "1.0", and no more. */
static char *
ratio_words (double ratio)
{
  if (ratio < 1.1)
    return g_strdup_printf ("%.2f", ratio);
  if (ratio < 10)
    return g_strdup_printf ("%.1f", ratio);

  return g_strdup_printf ("%.0f", ratio);
}

static gboolean
ended_by_itself (const TelarTimeline *timeline)
{
  return timeline->finished && !telar_timeline_is_broken_off (timeline)
         && timeline->end.reason == TELAR_ENDED_BY_ITSELF;
}

static void
append_cores (GString             *words,
              const TelarTimeline *a,
              const TelarTimeline *b)
{
  if (a->begun.source == TELAR_SOURCE_OFF || b->begun.source == TELAR_SOURCE_OFF)
    return;

  g_string_append (words, " · ");
  g_string_append_printf (words, _("cores in use: %.1f, %.1f"), telar_timeline_cores_in_use (a),
                          telar_timeline_cores_in_use (b));
}

/* What did not come to its end says little of how fast it is. */
static void
append_ends (GString             *words,
             const TelarTimeline *a,
             const TelarTimeline *b)
{
  gboolean first = ended_by_itself (a), second = ended_by_itself (b);

  if (first && second)
    return;

  g_string_append (words, " · ");
  g_string_append (words, !first && !second ? _("neither of them ended by itself")
                          : second          ? _("A did not end by itself")
                                            : _("B did not end by itself"));
}

char *
telar_run_difference_words (const TelarTimeline *a,
                            const TelarTimeline *b)
{
  g_autofree char    *first = NULL;
  g_autofree char    *second = NULL;
  g_autofree char    *apart = NULL;
  g_autofree char    *times = NULL;
  g_autoptr (GString) words = NULL;
  double              ratio;

  g_return_val_if_fail (a != NULL && b != NULL, NULL);

  if (!a->finished || !b->finished)
    return g_strdup (!a->finished ? _("A is not over yet") : _("B is not over yet"));
  if (a->wall <= 0 || b->wall <= 0)
    return g_strdup (_("Nothing to compare: one of the runs took no time"));

  words = g_string_new (NULL);
  first = telar_time_format (a->wall);
  second = telar_time_format (b->wall);
  apart = telar_time_format (ABS (a->wall - b->wall));
  ratio = (double) b->wall / (double) a->wall;
  times = ratio_words (MAX (ratio, 1 / ratio));

  if (MAX (ratio, 1 / ratio) < 1 + SAME)
    g_string_append_printf (words, _("A and B took the same time: %s and %s (%s apart)"), first,
                            second, apart);
  else if (ratio > 1)
    g_string_append_printf (words, _("A is %s× faster than B: %s instead of %s (%s less)"), times,
                            first, second, apart);
  else
    g_string_append_printf (words, _("A is %s× slower than B: %s instead of %s (%s more)"), times,
                            first, second, apart);
  append_cores (words, a, b);
  append_ends (words, a, b);

  return g_string_free (g_steal_pointer (&words), FALSE);
}
