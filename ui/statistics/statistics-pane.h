/* statistics-pane.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What a run comes to, or a stretch of it, as tables of tasks, of cores and of all.
 * Counted when somebody looks, in a thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "statistics/figures.h"

G_BEGIN_DECLS

#define TELAR_TYPE_STATISTICS_PANE (telar_statistics_pane_get_type ())
G_DECLARE_FINAL_TYPE (TelarStatisticsPane, telar_statistics_pane, TELAR, STATISTICS_PANE, GtkWidget)

/* Properties: "selected" (guint): a task, TELAR_NO_TASK for none; "part" (boolean): the
 * stretch is shown, not the whole run; "wide" (boolean): more room is asked for.
 * Signals: "show-task" (guint): its row was activated; "save": somebody wants a file. */

/* @timeline: (nullable): one that is not over is told so by telar_statistics_pane_set_live()
 * @refused: nothing of it was run
 * @serial_ns: how long the same work took one task after the other, or 0 */
void          telar_statistics_pane_set_run     (TelarStatisticsPane *self,
                                                 TelarTimeline *timeline, gboolean refused,
                                                 gint64 serial_ns);
void          telar_statistics_pane_set_live    (TelarStatisticsPane *self, gboolean live);
/* What is selected of the run, in ns since it began; @begin: TELAR_NO_TIME: nothing. */
void          telar_statistics_pane_set_stretch (TelarStatisticsPane *self, gint64 begin,
                                                 gint64 end);
/* What is shown. (transfer none) (nullable) */
TelarFigures *telar_statistics_pane_get_figures (TelarStatisticsPane *self);

G_END_DECLS
