/* figures.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What a run that is over comes to, or a stretch of it: counted once, in a thread,
 * and never changed after that.
 */

#pragma once

#include <gio/gio.h>

#include "timeline/statistics-sheet.h"

G_BEGIN_DECLS

typedef struct _TelarFigures TelarFigures;

/* How far counting is; told by the thread that counts, read by whoever waits. */
typedef struct _TelarCounting TelarCounting;

/* @begin: in ns since the run began; TELAR_NO_TIME: the whole run
 * @serial_ns: how long the same work took one task after the other, or 0
 * @watch: (nullable)
 *
 * Returns: (transfer full) (nullable): NULL where it was called off */
TelarFigures     *telar_figures_new       (TelarTimeline *timeline, gint64 begin, gint64 end,
                                           gint64 serial_ns, const TelarWatch *watch);
TelarFigures     *telar_figures_ref       (TelarFigures *figures);
void              telar_figures_unref     (TelarFigures *figures);
/* (transfer none) */
const TelarSheet *telar_figures_get_sheet (const TelarFigures *figures, TelarSheetKind kind);
/* Whether it is a stretch. */
gboolean          telar_figures_is_part   (const TelarFigures *figures);
/* "12 ms, from 1 ms to 13 ms" (transfer full) */
char             *telar_figures_words     (const TelarFigures *figures);
/* All of it, for programs. (transfer full) */
char             *telar_figures_print_csv (const TelarFigures *figures);

/* The same in a thread; the timeline must not be written to any more. Called in the main
 * context, but not after it was called off. @figures: (transfer full) */
typedef void (*TelarFiguresCounted) (TelarFigures *figures, gpointer data);

TelarCounting    *telar_counting_new      (TelarTimeline *timeline, gint64 begin, gint64 end,
                                           gint64 serial_ns, TelarFiguresCounted counted,
                                           gpointer data);
double            telar_counting_get_done (TelarCounting *counting);
/* Calls it off if it still goes on, and gives it up. */
void              telar_counting_free     (TelarCounting *counting);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarFigures, telar_figures_unref)

G_END_DECLS
