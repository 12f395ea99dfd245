/* timeline-view-link.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Two timelines under each other: the same time at the same pixel of both. What
 * moves one moves the other.
 */

#include "timeline-view/timeline-view-private.h"

double
telar_timeline_view_reach (TelarTimelineView *self)
{
  double length = telar_timeline_view_length (self);

  if (self->linked && self->linked->timeline)
    length = MAX (length, telar_timeline_view_length (self->linked));

  return length;
}

void
telar_timeline_view_link_moved (TelarTimelineView *self)
{
  TelarTimelineView *other = self->linked;

  if (other == NULL
      || (other->follow.begin == self->follow.begin && other->follow.end == self->follow.end))
    return;

  other->follow = self->follow;
  telar_timeline_view_tell_range (other);
  gtk_widget_queue_draw (GTK_WIDGET (other));
}

static double
own_left (TelarTimelineView *self)
{
  TelarView view;

  if (self->timeline == NULL)
    return 0;
  telar_timeline_view_fill_view (self, &view);
  view.least_left = 0;

  return telar_timeline_left (self->timeline, &view);
}

void
telar_timeline_view_link_left (TelarTimelineView *self)
{
  TelarTimelineView *other = self->linked;
  double             left;

  if (other == NULL)
    return;

  left = MAX (own_left (self), own_left (other));
  self->left = left;
  if (other->left != left)
    {
      other->left = left;
      gtk_widget_queue_draw (GTK_WIDGET (other));
    }
}

void
telar_timeline_view_link (TelarTimelineView *upper,
                          TelarTimelineView *lower)
{
  g_return_if_fail (TELAR_IS_TIMELINE_VIEW (upper) && TELAR_IS_TIMELINE_VIEW (lower));
  g_return_if_fail (upper != lower);

  telar_timeline_view_unlink (upper);
  telar_timeline_view_unlink (lower);
  upper->linked = lower;
  lower->linked = upper;
  telar_timeline_view_order_link (upper);
  gtk_widget_queue_allocate (GTK_WIDGET (upper));
  gtk_widget_queue_allocate (GTK_WIDGET (lower));
  telar_timeline_view_moved (upper);
}

void
telar_timeline_view_unlink (TelarTimelineView *self)
{
  TelarTimelineView *other;

  g_return_if_fail (TELAR_IS_TIMELINE_VIEW (self));

  other = self->linked;
  if (other == NULL)
    return;

  self->linked = NULL;
  other->linked = NULL;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_allocate (GTK_WIDGET (other));
}
