/* timeline-view-measure.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Measuring between two moments: by a drag with Shift, or M and M again where
 * the pointer is; Shift with left and right takes the mark set last from edge
 * to edge. Marks snap to where something begins or ends on a core.
 */

#include "config.h"

#include "timeline-view/timeline-view-private.h"

#include <glib/gi18n-lib.h>

#include "timeline-view/measure.h"

/* Pixels within which an edge attracts a mark. */
#define SNAP 8

static gint64
snapped (TelarTimelineView *self,
         double             x)
{
  TelarView view;
  double    left, per_pixel;

  telar_timeline_view_fill_view (self, &view);
  left = telar_timeline_left (self->timeline, &view);
  per_pixel = (view.end - view.begin) / MAX (view.width - left, 1);

  return telar_measure_snap (self->timeline, TELAR_NO_TASK,
                             (gint64) telar_view_time_at (self->timeline, &view, x),
                             (gint64) (SNAP * per_pixel));
}

static void
set_marks (TelarTimelineView *self,
           guint              n_marks,
           gint64             from,
           gint64             to)
{
  self->n_marks = n_marks;
  self->marks[0] = from;
  self->marks[1] = to;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  telar_timeline_view_tell_range (self);
  g_object_notify (G_OBJECT (self), "measured");
}

gboolean
telar_timeline_view_measure_clear (TelarTimelineView *self)
{
  if (self->n_marks == 0)
    return FALSE;
  set_marks (self, 0, 0, 0);

  return TRUE;
}

void
telar_timeline_view_measure_from (TelarTimelineView *self,
                                  double             x)
{
  gint64 at = snapped (self, x);

  set_marks (self, 1, at, at);
}

void
telar_timeline_view_measure_to (TelarTimelineView *self,
                                double             x)
{
  gint64 at = snapped (self, x);

  if (self->n_marks < 2 || at != self->marks[1])
    set_marks (self, 2, self->marks[0], at);
}

/* Where the pointer is; without one in the middle, at the next edge of what is
 * selected. */
static gboolean
mark_key (GtkWidget *widget,
          GVariant  *parameter,
          gpointer   unused)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);
  TelarView          view;
  gint64             at;

  if (self->timeline == NULL || telar_timeline_view_length (self) <= 0)
    return FALSE;

  telar_timeline_view_fill_view (self, &view);
  if (self->pointer_x >= telar_timeline_left (self->timeline, &view))
    at = snapped (self, self->pointer_x);
  else
    at = telar_measure_snap (self->timeline, self->selected,
                             (gint64) ((self->follow.begin + self->follow.end) / 2), G_MAXINT64 / 2);

  if (self->n_marks == 1)
    set_marks (self, 2, self->marks[0], at);
  else
    set_marks (self, 1, at, at);

  return TRUE;
}

static gboolean
move_key (GtkWidget *widget,
          GVariant  *way,
          gpointer   unused)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);
  gint64             at;

  if (self->timeline == NULL || self->n_marks == 0)
    return FALSE;

  at = telar_measure_next (self->timeline, self->selected, self->marks[1],
                           g_variant_get_int32 (way));
  if (at == TELAR_NO_TIME)
    return TRUE;

  set_marks (self, 2, self->marks[0], at);
  /* A mark that leaves the picture takes it along. */
  if ((double) at < self->follow.begin || (double) at > self->follow.end)
    telar_timeline_view_show_time (self, (double) at);

  return TRUE;
}

/* --- Painting --- */

void
telar_timeline_view_measure_paint (TelarTimelineView *self,
                                   GtkSnapshot       *snapshot,
                                   const TelarView   *view)
{
  double  left = telar_timeline_left (self->timeline, view);
  double  top = telar_timeline_top (self->timeline, view);
  double  bottom = view->height - telar_timeline_view_legend_height (self, view);
  gboolean dark = view->style == TELAR_STYLE_DARK;
  GdkRGBA line = dark ? (GdkRGBA) { 1.0f, 1.0f, 1.0f, 1.0f } : (GdkRGBA) { 0.0f, 0.0f, 0.0f, 1.0f };
  GdkRGBA paper = dark ? (GdkRGBA) { 0.0f, 0.0f, 0.0f, 1.0f } : (GdkRGBA) { 1.0f, 1.0f, 1.0f, 1.0f };
  GdkRGBA band = line;
  double  x[2];

  if (self->n_marks == 0)
    return;

  band.alpha = 0.12f;
  for (guint i = 0; i < 2; i++)
    x[i] = telar_view_x_of (self->timeline, view, (double) self->marks[i]);
  if (self->n_marks == 2)
    {
      double from = CLAMP (MIN (x[0], x[1]), left, view->width);
      double to = CLAMP (MAX (x[0], x[1]), left, view->width);

      gtk_snapshot_append_color (snapshot, &band,
                                 &GRAPHENE_RECT_INIT ((float) from, (float) top,
                                                      (float) (to - from), (float) (bottom - top)));
    }
  for (guint i = 0; i < self->n_marks; i++)
    if (x[i] >= left && x[i] <= view->width)
      gtk_snapshot_append_color (snapshot, &line,
                                 &GRAPHENE_RECT_INIT ((float) x[i] - 0.5f, (float) top, 1,
                                                      (float) (bottom - top)));

  if (self->n_marks == 2)
    {
      g_autofree char         *length = telar_time_format (ABS (self->marks[1] - self->marks[0]));
      g_autoptr (PangoLayout)  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), length);
      double                   middle = (CLAMP (x[0], left, view->width)
                                         + CLAMP (x[1], left, view->width)) / 2;
      int                      width, height;

      pango_layout_get_pixel_size (layout, &width, &height);
      middle = CLAMP (middle - width / 2.0, left + 6, MAX (left + 6, view->width - width - 6));
      gtk_snapshot_append_color (snapshot, &paper,
                                 &GRAPHENE_RECT_INIT ((float) middle - 5, (float) top + 2,
                                                      (float) width + 10, (float) height + 4));
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) middle, (float) top + 4));
      gtk_snapshot_append_layout (snapshot, layout, &line);
      gtk_snapshot_restore (snapshot);
    }
}

/* --- Public --- */

gboolean
telar_timeline_view_get_measured (TelarTimelineView *self,
                                  gint64            *begin,
                                  gint64            *end)
{
  g_return_val_if_fail (TELAR_IS_TIMELINE_VIEW (self), FALSE);

  if (self->timeline == NULL || self->n_marks < 2)
    return FALSE;
  *begin = MIN (self->marks[0], self->marks[1]);
  *end = MAX (self->marks[0], self->marks[1]);

  return TRUE;
}

char *
telar_timeline_view_measured_words (TelarTimelineView *self)
{
  g_autofree char *at = NULL;

  g_return_val_if_fail (TELAR_IS_TIMELINE_VIEW (self), NULL);

  if (self->timeline == NULL || self->n_marks == 0)
    return NULL;
  if (self->n_marks == 2)
    return telar_measure_words (self->timeline, self->marks[0], self->marks[1]);
  at = telar_time_format (self->marks[0]);

  return g_strdup_printf (_("Measured from %s: M again, or Shift with Left and Right, sets the end"),
                          at);
}

void
telar_timeline_view_measure_class_init (GtkWidgetClass *widget_class)
{
  static const struct { guint key; int way; } keys[] = {
    { GDK_KEY_Left, -1 }, { GDK_KEY_KP_Left, -1 }, { GDK_KEY_Right, 1 }, { GDK_KEY_KP_Right, 1 },
  };

  gtk_widget_class_add_binding (widget_class, GDK_KEY_m, 0, mark_key, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, GDK_SHIFT_MASK, move_key, "i",
                                  keys[i].way);
}
