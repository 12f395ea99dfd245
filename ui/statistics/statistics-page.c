/* statistics-page.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "statistics/statistics-page.h"

#include <glib/gi18n-lib.h>

gboolean
telar_statistics_can_count (const TelarStatisticsFacts *facts)
{
  g_return_val_if_fail (facts != NULL, FALSE);

  return facts->has_run && !facts->live && !facts->refused && (!facts->stretch || facts->marked);
}

static const char *
why_not (const TelarStatisticsFacts *facts)
{
  if (!facts->has_run)
    return _("What a run comes to appears here: how long its tasks computed and waited, and what "
             "its cores did.");
  if (facts->live)
    return _("This is counted once the run is over.");
  if (facts->refused)
    return _("Nothing was run, so there is nothing to count.");
  if (facts->stretch && !facts->marked)
    return _("No stretch of the timeline is selected. Drag over it with Shift, or press M at its "
             "beginning and at its end.");
  return NULL;
}

TelarStatisticsPage
telar_statistics_page (const TelarStatisticsFacts  *facts,
                       const char                 **words)
{
  g_return_val_if_fail (facts != NULL && words != NULL, TELAR_STATISTICS_WORDS);

  *words = why_not (facts);
  if (*words)
    return TELAR_STATISTICS_WORDS;
  if (facts->called_off)
    {
      *words = _("Counting was cancelled.");
      return TELAR_STATISTICS_STOPPED;
    }
  /* What is soon there replaces what was shown before without a word in between. */
  if (facts->counting && (facts->slow || !facts->has_table))
    {
      *words = facts->slow ? _("Counting what the run comes to…") : "";
      return facts->slow ? TELAR_STATISTICS_BUSY : TELAR_STATISTICS_WORDS;
    }
  if (facts->has_table)
    return TELAR_STATISTICS_TABLE;
  *words = "";
  return TELAR_STATISTICS_WORDS;
}
