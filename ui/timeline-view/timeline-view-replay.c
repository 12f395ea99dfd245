/* timeline-view-replay.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A finished run once more, slow enough to watch: the picture is there, a
 * curtain draws back from it.
 */

#include "timeline-view/timeline-view-private.h"

void
telar_timeline_view_replay_end (TelarTimelineView *self)
{
  if (!self->replaying)
    return;

  self->replaying = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "replaying");
  g_object_notify (G_OBJECT (self), "moment");
}

void
telar_timeline_view_replay_tick (TelarTimelineView *self,
                                 gint64             frame_time)
{
  if (self->replay_began == 0)
    self->replay_began = frame_time;

  self->replay_ns = (double) (frame_time - self->replay_began) * 1000.0 / self->slowness;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "moment");

  if (self->replay_ns >= telar_timeline_view_length (self))
    telar_timeline_view_replay_end (self);
}

/* What a replay has not reached yet is hidden behind the paper, up to the
 * line that stands for *now*. */
void
telar_timeline_view_replay_paint (TelarTimelineView *self,
                                  GtkSnapshot       *snapshot,
                                  const TelarView   *view)
{
  double  x = telar_view_x_of (self->timeline, view, self->replay_ns);
  double  left = telar_timeline_left (self->timeline, view);
  double  top = telar_timeline_top (self->timeline, view);
  double  bottom = view->height - telar_timeline_view_legend_height (self, view);
  GdkRGBA paper = { 0.965f, 0.969f, 0.973f, 1.0f };
  GdkRGBA line = { 0.72f, 0.27f, 0.0f, 1.0f };
  graphene_rect_t curtain, edge;

  if (view->style == TELAR_STYLE_DARK)
    {
      paper = (GdkRGBA) { 0.13f, 0.14f, 0.15f, 1.0f };
      line = (GdkRGBA) { 1.0f, 0.55f, 0.25f, 1.0f };
    }

  x = CLAMP (x, left, view->width);
  graphene_rect_init (&curtain, (float) x, (float) top,
                      (float) (view->width - x), (float) (bottom - top));
  graphene_rect_init (&edge, (float) x - 1, (float) top, 2, (float) (bottom - top));
  gtk_snapshot_append_color (snapshot, &paper, &curtain);
  gtk_snapshot_append_color (snapshot, &line, &edge);
}

static void
begin (TelarTimelineView *self,
       guint              slowness)
{
  self->replaying = TRUE;
  self->slowness = slowness;
  self->replay_began = 0;
  self->replay_ns = 0;
  telar_timeline_view_ensure_tick (self);
  g_object_notify (G_OBJECT (self), "replaying");
  g_object_notify (G_OBJECT (self), "moment");
}

void
telar_timeline_view_replay (TelarTimelineView *self,
                            guint              slowness)
{
  g_return_if_fail (TELAR_IS_TIMELINE_VIEW (self));
  g_return_if_fail (slowness > 0);

  if (self->timeline == NULL || self->live)
    return;

  telar_timeline_view_fit (self);
  begin (self, slowness);
  /* Two runs set off at the same time. */
  if (self->linked && self->linked->timeline && !self->linked->live)
    begin (self->linked, slowness);
}

gboolean
telar_timeline_view_get_replaying (TelarTimelineView *self)
{
  g_return_val_if_fail (TELAR_IS_TIMELINE_VIEW (self), FALSE);

  return self->replaying;
}
