/* figures.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What a run comes to, as files for programs: the report, and the table of
 * statistics.
 */

#pragma once

#include "app/open-graph.h"

G_BEGIN_DECLS

/* Options, as they were written; but for the last one. */
typedef struct
{
  char  *report;
  char  *statistics;
  char  *serial_time;
  gint64 serial_ns;   /* 0: not told */
} TelarFigures;

#define TELAR_FIGURES_ENTRIES(figures)                                                         \
  { "report", 0, 0, G_OPTION_ARG_FILENAME, &(figures).report,                                  \
    N_ ("Write what happened as JSON"), N_ ("FILE") },                                         \
  { "statistics", 0, 0, G_OPTION_ARG_FILENAME, &(figures).statistics,                          \
    N_ ("Write statistics of tasks, cores and the run as a table: a .csv file"), N_ ("FILE") },\
  { "serial-time", 0, 0, G_OPTION_ARG_STRING, &(figures).serial_time,                          \
    N_ ("How long the same work takes one task after the other, for the speed-up: 1.5s"),      \
    N_ ("DURATION") }

void     telar_figures_clear (TelarFigures *figures);
/* Whether any are asked for. */
gboolean telar_figures_asked (const TelarFigures *figures);
/* Returns: whether the options are right; otherwise the reason was printed. */
gboolean telar_figures_check (const TelarCommand *command, TelarFigures *figures);
/* Returns: whether all was written; otherwise the reason was printed. */
gboolean telar_figures_write (const TelarCommand *command, const TelarOpened *opened,
                              const TelarTimeline *timeline, const TelarFigures *figures);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TelarFigures, telar_figures_clear)

G_END_DECLS
