/* timeline-view-overview.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The strip of the whole run below a timeline. Two runs under each other, a
 * projector and a low window have no room for it.
 */

#include "timeline-view/timeline-view-private.h"

#include "paint/overview.h"
#include "timeline-view/overview-strip.h"

/* Strips high, the timeline has to be. */
#define LEAST_STRIPS 5

double
telar_timeline_view_overview_height (TelarTimelineView *self)
{
  TelarView view = { .text = self->look.text };
  double    height;

  if (!self->overview || self->timeline == NULL || self->linked || self->presenting)
    return 0;

  if (view.text <= 0)
    {
      telar_look_read (&self->look, GTK_WIDGET (self));
      view.text = self->look.text;
    }
  height = telar_overview_height (&view);

  return gtk_widget_get_height (GTK_WIDGET (self)) >= LEAST_STRIPS * height ? height : 0;
}

void
telar_timeline_view_overview_place (TelarTimelineView *self,
                                    int                width,
                                    int                height)
{
  int strip = (int) telar_timeline_view_overview_height (self);

  if (strip == 0)
    {
      /* The keys go on with the lanes. */
      if (gtk_widget_has_focus (self->strip))
        gtk_widget_grab_focus (GTK_WIDGET (self));
      gtk_widget_set_child_visible (self->strip, FALSE);
      return;
    }

  gtk_widget_set_child_visible (self->strip, TRUE);
  telar_timeline_view_overview_update (self);
  gtk_widget_size_allocate (self->strip, &(GtkAllocation) { 0, height - strip, width, strip }, -1);
}

void
telar_timeline_view_overview_update (TelarTimelineView *self)
{
  TelarView view;

  if (self->timeline == NULL || telar_timeline_view_overview_height (self) == 0)
    return;

  telar_timeline_view_fill_view (self, &view);
  telar_overview_strip_show (TELAR_OVERVIEW_STRIP (self->strip), self->timeline, &view,
                             telar_timeline_view_length (self), self->live);
}

gboolean
telar_timeline_view_overview_focus (TelarTimelineView *self,
                                    GtkDirectionType   direction)
{
  GtkWidget *inside = gtk_widget_get_focus_child (GTK_WIDGET (self));
  gboolean   has_focus = gtk_widget_has_focus (GTK_WIDGET (self));

  if (!gtk_widget_get_child_visible (self->strip))
    return FALSE;
  if (direction == GTK_DIR_TAB_FORWARD && (has_focus || (inside && inside != self->strip)))
    return gtk_widget_grab_focus (self->strip);
  if (direction == GTK_DIR_TAB_BACKWARD && inside == self->strip)
    return gtk_widget_grab_focus (GTK_WIDGET (self));
  if (direction == GTK_DIR_TAB_BACKWARD && !has_focus && inside == NULL)
    return gtk_widget_grab_focus (self->strip);

  return FALSE;
}

static void
seen (TelarTimelineView *self,
      double             begin,
      double             end)
{
  telar_follow_show (&self->follow, begin, end, telar_timeline_view_reach (self));
  telar_timeline_view_moved (self);
}

void
telar_timeline_view_overview_init (TelarTimelineView *self)
{
  self->overview = TRUE;
  self->strip = telar_overview_strip_new ();
  gtk_widget_set_parent (self->strip, GTK_WIDGET (self));
  gtk_widget_set_child_visible (self->strip, FALSE);
  g_signal_connect_swapped (self->strip, "seen", G_CALLBACK (seen), self);
}
