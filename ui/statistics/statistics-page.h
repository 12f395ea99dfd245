/* statistics-page.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What the page of statistics shows, and what it says where it has no table: a
 * pure function of what is there.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gboolean has_run;
  gboolean live;       /* it goes on */
  gboolean refused;    /* nothing of it was run */
  gboolean stretch;    /* a stretch is asked for… */
  gboolean marked;     /* …and there is one */
  gboolean counting;
  gboolean slow;       /* it takes long enough to say so */
  gboolean called_off;
  gboolean has_table;  /* from before, or what was asked for */
} TelarStatisticsFacts;

typedef enum
{
  TELAR_STATISTICS_WORDS,   /* a sentence */
  TELAR_STATISTICS_BUSY,    /* how far it is */
  TELAR_STATISTICS_STOPPED, /* called off: it can be asked for again */
  TELAR_STATISTICS_TABLE
} TelarStatisticsPage;

/* @words: (out) (transfer none) (nullable): what is said in place of a table */
TelarStatisticsPage telar_statistics_page (const TelarStatisticsFacts *facts, const char **words);
/* Whether there is something to count. */
gboolean            telar_statistics_can_count (const TelarStatisticsFacts *facts);

G_END_DECLS
