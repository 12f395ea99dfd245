/* timeline-view.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The timeline of a run, live or finished: painted by ui/paint, moved by
 * pointer and keys, read aloud lane by lane.
 */

#pragma once

#include <gtk/gtk.h>

#include "machine/machine.h"
#include "paint/lane-order.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

#define TELAR_TYPE_TIMELINE_VIEW (telar_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (TelarTimelineView, telar_timeline_view, TELAR, TIMELINE_VIEW, GtkWidget)

/* Properties: "selected" (guint, TELAR_NO_TASK for none); "following" and
 * "replaying" (boolean, read-only); "moment" (gint64, ns of the run, read-only): which a replay
 * is at, TELAR_NO_TIME without one; "measured" (boolean, read-only): two marks are
 * set; notified whenever a mark moves; "overview", "critical", "objects" and "all-arrows" (boolean):
 * a strip of the whole run, the critical path, lanes of objects, arrows between all their users; "bookmarks" (guint, read-only):
 * the generation of the run's, notified when one is made, changed or deleted here; "sort" (string): graph, start, busy, slices or name, by which lanes are sorted; "deadlocks" (guint, read-only): changes when one is found or
 * resolved. Signal "object-chosen" (string): the lane of the object with that id was given
 * the focus. */

/* @timeline: (nullable): one without a run says what to do. */
void     telar_timeline_view_set_timeline   (TelarTimelineView *self, TelarTimeline *timeline);
/* Which cores are hardware threads of one core; it must outlive the view. */
void     telar_timeline_view_set_machine    (TelarTimelineView *self, const TelarMachine *machine);
/* While live, the timeline is followed at the frame clock; when that ends, the
 * whole run is fitted, unless a person has moved the view since. */
void     telar_timeline_view_set_live       (TelarTimelineView *self, gboolean live);
void     telar_timeline_view_set_presenting (TelarTimelineView *self, gboolean presenting);

void     telar_timeline_view_zoom           (TelarTimelineView *self, double factor);
void     telar_timeline_view_fit            (TelarTimelineView *self);
void     telar_timeline_view_follow         (TelarTimelineView *self);
gboolean telar_timeline_view_get_following  (TelarTimelineView *self);
/* Shows a finished run again, @slowness times slower than it was. */
void     telar_timeline_view_replay         (TelarTimelineView *self, guint slowness);
gboolean telar_timeline_view_get_replaying  (TelarTimelineView *self);

/* Two runs under each other on one time scale, aligned at their beginnings: both are
 * panned, zoomed and replayed together, and show no legend. They are linked until one
 * of them is linked anew, unlinked or disposed of. */
void     telar_timeline_view_link           (TelarTimelineView *upper, TelarTimelineView *lower);
void     telar_timeline_view_unlink         (TelarTimelineView *self);

/* Selects a task and moves the picture so that it, and some of its time on a core,
 * is in sight. */
void     telar_timeline_view_show_task      (TelarTimelineView *self, guint32 task);
/* Returns: (transfer none) (nullable) */
TelarTimeline *telar_timeline_view_get_timeline (TelarTimelineView *self);

/* What was made of the lanes. Returns: (transfer none) */
const TelarLaneOrder *telar_timeline_view_get_order (TelarTimelineView *self);

/* Whose lane the property "object-lane" is about, in this run and in those after it.
 *
 * @id: (nullable): no object's */
void     telar_timeline_view_set_object     (TelarTimelineView *self, const char *id);

/* The height at which all lanes would be seen at that width. */
double   telar_timeline_view_get_wanted_height (TelarTimelineView *self, int width);
/* Between two marks, in ns since the run began. Returns: whether there are two. */
gboolean telar_timeline_view_get_measured   (TelarTimelineView *self, gint64 *begin, gint64 *end);
/* What lies between them, in one line; (nullable): no mark is set. (transfer full) */
char    *telar_timeline_view_measured_words (TelarTimelineView *self);
/* What is visible, in ns since the run began. */
void     telar_timeline_view_get_range      (TelarTimelineView *self, gint64 *begin, gint64 *end);

G_END_DECLS
