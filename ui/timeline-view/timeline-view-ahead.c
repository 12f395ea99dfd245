/* timeline-view-ahead.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Somebody who looks at a long run will zoom into it. What that needs is made
 * while nothing moves, a little at a time.
 */

#include "config.h"

#include "timeline-view/timeline-view-private.h"

/* Nothing has been painted for so long. */
#define REST_MS  150
/* At a time: a frame that is due then is not late. */
#define STEP_US  2000

static gboolean
step (gpointer data)
{
  TelarTimelineView *self = data;
  TelarView          view;

  telar_timeline_view_fill_view (self, &view);
  if (!telar_timeline_look_ahead (self->timeline, &view, STEP_US))
    return G_SOURCE_CONTINUE;

  self->ahead = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
rested (gpointer data)
{
  TelarTimelineView *self = data;

  self->ahead = g_idle_add_full (G_PRIORITY_LOW, step, self, NULL);
  return G_SOURCE_REMOVE;
}

void
telar_timeline_view_ahead_stop (TelarTimelineView *self)
{
  if (self->ahead)
    g_source_remove (self->ahead);
  self->ahead = 0;
}

void
telar_timeline_view_ahead_later (TelarTimelineView *self)
{
  telar_timeline_view_ahead_stop (self);
  /* A run that goes on, here or beside it, is not to be disturbed. */
  if (self->timeline && self->timeline->finished && !self->live && !self->replaying
      && !(self->linked && self->linked->live))
    self->ahead = g_timeout_add (REST_MS, rested, self);
}
