/* overview-strip.h
 *
 * SPDX-License-Identifier: MIT
 *
 * All of a run below its timeline, with the part that is seen: a drag inside pans,
 * a drag of an edge zooms, a press elsewhere goes there. The keys of the timeline
 * hold here too; Shift with left and right moves the end of what is seen, Control
 * its beginning, Page keys go on by all that is seen, Home and End to the ends of the run.
 */

#pragma once

#include <gtk/gtk.h>

#include "paint/view.h"

G_BEGIN_DECLS

#define TELAR_TYPE_OVERVIEW_STRIP (telar_overview_strip_get_type ())
G_DECLARE_FINAL_TYPE (TelarOverviewStrip, telar_overview_strip, TELAR, OVERVIEW_STRIP, GtkWidget)

/* Signals: "seen" (double begin, double end): a person wants to see that. */

GtkWidget *telar_overview_strip_new  (void);
/* What is shown: @view is that of the timeline; its run is @length ns long so far.
 * @timeline: (nullable). Costs little where only what is seen has changed. */
void       telar_overview_strip_show (TelarOverviewStrip *self,
                                      TelarTimeline      *timeline,
                                      const TelarView    *view,
                                      double              length,
                                      gboolean            live);

G_END_DECLS
