/* statistics-sheet.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Statistics as tables that people read: rows and columns with their names, units
 * and meaning, whoever shows them.
 */

#pragma once

#include "timeline/range.h"
#include "timeline/statistics.h"

G_BEGIN_DECLS

typedef enum
{
  TELAR_SHEET_TASKS,
  TELAR_SHEET_CORES,
  TELAR_SHEET_RUN,
  TELAR_N_SHEETS
} TelarSheetKind;

typedef enum
{
  TELAR_UNIT_NAME,   /* a row's own name */
  TELAR_UNIT_KIND,   /* TelarKind */
  TELAR_UNIT_EXIT,   /* 0…255, or −signal */
  TELAR_UNIT_TIME,   /* ns */
  TELAR_UNIT_COUNT,
  TELAR_UNIT_RATIO,  /* 1/10,000 */
  TELAR_UNIT_SHARE,  /* of the whole, 1/10,000 */
  TELAR_UNIT_OF_ROW  /* what the row says */
} TelarUnit;

/* Texts are to be translated. */
typedef struct
{
  const char *key;   /* in data files: "cpu-ns" */
  const char *title;
  const char *help;  /* a sentence: what it means */
  TelarUnit   unit;
} TelarSheetColumn;

typedef struct
{
  char       *name;     /* owned */
  guint32     item;     /* number of the task, or of the core; of the run: of the row */
  const char *key;      /* of the run: as of a column */
  const char *help;
  TelarUnit   unit;
  gint64     *numbers;  /* owned: one a column; TELAR_NO_TIME: none */
} TelarSheetRow;

typedef struct
{
  TelarSheetKind kind;
  GArray        *columns; /* owned: TelarSheetColumn; the first is the name's */
  GPtrArray     *rows;    /* owned: TelarSheetRow */
} TelarSheet;

/* @whole: with all columns, rows that nothing is to be said of, too; else without
 * columns of times that are 0 throughout, but for those that everybody looks for. */
TelarSheet *telar_sheet_new  (const TelarTimeline *timeline, const TelarStatistics *statistics,
                              TelarSheetKind kind, gboolean whole);
/* Of a stretch that was counted to its end: tasks that have anything in it, columns
 * that can be said of a part of a run. */
TelarSheet *telar_sheet_new_for_range (const TelarRange *range, TelarSheetKind kind);
void        telar_sheet_free (TelarSheet *sheet);

/* As people read it, "37 ms", "1,024", "" for none. (transfer full) */
char *telar_sheet_cell    (const TelarSheet *sheet, guint row, guint column);
/* By a column: none comes first; names as people sort them. */
int   telar_sheet_compare (const TelarSheet *sheet, guint a, guint b, guint column);
/* Tab-separated, for a spreadsheet: titles with units, then the rows of @order
 * (nullable: all), @n of them; numbers as they are. (transfer full) */
char *telar_sheet_copy    (const TelarSheet *sheet, const guint *order, guint n);

/* All of it as CSV, a row each, what it is in the first column. (transfer full) */
char    *telar_statistics_print_csv (const TelarTimeline *timeline,
                                     const TelarStatistics *statistics);
/* A regular file as a whole, or not at all. */
gboolean telar_statistics_write_csv (const TelarTimeline *timeline,
                                     const TelarStatistics *statistics, const char *file,
                                     GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarSheet, telar_sheet_free)

G_END_DECLS
