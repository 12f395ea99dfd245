/* overview-strip.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The picture of the run is painted when the run, the size or the look changes and
 * kept as an image; while a run goes on, a few times a second.
 */

#include "config.h"

#include "timeline-view/overview-strip.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "image-source.h"
#include "paint/overview.h"
#include "timeline-view/overview-drag.h"

#define PAINT_EVERY_US (250 * 1000)
/* An arrow key moves an edge by this share of what is seen. */
#define EDGE_KEY 0.1

/* What a picture was made of: another one is needed when any of it is different. */
typedef struct
{
  TelarTimeline *timeline; /* borrowed: compared, never followed */
  guint64        generation;
  gboolean       live;
  TelarStyle     style;
  double         text;
  double         width;
  double         left, right;
  double         span;
  int            scale;
} Made;

struct _TelarOverviewStrip
{
  GtkWidget      parent_instance;

  /* Owned. */
  TelarTimeline   *timeline;
  cairo_surface_t *picture;
  char            *font;

  /* State. */
  TelarView      view;      /* its font is ours */
  TelarOverview  place;
  gboolean       live;
  Made           made;
  gint64         made_at;   /* monotonic µs */

  /* A drag. */
  TelarGrip      grip;
  TelarSeen      grasped;
};

enum
{
  SEEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TelarOverviewStrip, telar_overview_strip, GTK_TYPE_WIDGET)

static TelarSeen
now_seen (TelarOverviewStrip *self)
{
  return (TelarSeen) { self->view.begin, self->view.end };
}

static void
want (TelarOverviewStrip *self,
      TelarSeen           seen)
{
  g_signal_emit (self, signals[SEEN], 0, seen.begin, seen.end);
}

/* --- Pointer --- */

static TelarGrip
grip_at (TelarOverviewStrip *self,
         double              x)
{
  double from, to;

  telar_overview_frame (&self->place, self->view.begin, self->view.end, &from, &to);

  return telar_overview_grip (from, to, x);
}

static void
show_cursor (TelarOverviewStrip *self,
             TelarGrip           grip,
             gboolean            dragging)
{
  const char *name = "default";

  if (grip == TELAR_GRIP_BEGIN || grip == TELAR_GRIP_END)
    name = "ew-resize";
  else if (dragging)
    name = "grabbing";
  else if (grip == TELAR_GRIP_INSIDE)
    name = "grab";
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

static void
motion (TelarOverviewStrip *self,
        double              x,
        double              y)
{
  show_cursor (self, grip_at (self, x), FALSE);
}

static void
drag_begin (GtkGestureDrag     *gesture,
            double              x,
            double              y,
            TelarOverviewStrip *self)
{
  if (self->timeline == NULL)
    return;

  /* The timeline below would take it for a drag of its own. */
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->grip = grip_at (self, x);
  if (self->grip == TELAR_GRIP_OUTSIDE && x >= self->place.left)
    want (self, telar_overview_drag (telar_overview_jump (now_seen (self),
                                                          telar_overview_ns (&self->place, x)),
                                     TELAR_GRIP_INSIDE, 0, self->place.span));
  self->grasped = now_seen (self);
  show_cursor (self, self->grip, TRUE);
}

static void
drag_update (GtkGestureDrag     *gesture,
             double              x,
             double              y,
             TelarOverviewStrip *self)
{
  double delta = telar_overview_ns (&self->place, x) - telar_overview_ns (&self->place, 0);
  double begin;

  if (self->timeline == NULL)
    return;
  gtk_gesture_drag_get_start_point (gesture, &begin, NULL);
  if (self->grip == TELAR_GRIP_OUTSIDE && begin < self->place.left)
    return;
  want (self, telar_overview_drag (self->grasped, self->grip, delta, self->place.span));
}

static void
drag_end (TelarOverviewStrip *self)
{
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
}

/* --- Keys --- */

static gboolean
move_key (GtkWidget *widget,
          GVariant  *parameter,
          gpointer   unused)
{
  TelarOverviewStrip *self = TELAR_OVERVIEW_STRIP (widget);
  TelarSeen           seen = now_seen (self);
  double              share;
  int                 grip;

  if (self->timeline == NULL)
    return FALSE;

  g_variant_get (parameter, "(id)", &grip, &share);
  want (self, telar_overview_drag (seen, (TelarGrip) grip, share * (seen.end - seen.begin),
                                   self->place.span));

  return TRUE;
}

static gboolean
end_key (GtkWidget *widget,
         GVariant  *way,
         gpointer   unused)
{
  TelarOverviewStrip *self = TELAR_OVERVIEW_STRIP (widget);

  if (self->timeline == NULL)
    return FALSE;
  want (self, telar_overview_drag (now_seen (self), TELAR_GRIP_INSIDE,
                                   g_variant_get_int32 (way) * 2 * self->place.span,
                                   self->place.span));

  return TRUE;
}

/* --- Painting --- */

static void
make_picture (TelarOverviewStrip *self,
              int                 scale)
{
  cairo_t *cr = cairo_create (telar_image_prepare (&self->picture,
                                                   (int) ceil (self->view.width),
                                                   (int) self->place.height, scale));

  telar_paint_overview (cr, &self->place, self->timeline, &self->view);
  cairo_destroy (cr);
}

static void
ensure_picture (TelarOverviewStrip *self)
{
  int    scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  gint64 now = g_get_monotonic_time ();
  Made   made = {
    .timeline = self->timeline,
    .generation = self->timeline->generation,
    .live = self->live,
    .style = self->view.style,
    .text = self->view.text,
    .width = self->view.width,
    .left = self->place.left,
    .right = self->place.right,
    .span = self->place.span,
    .scale = scale,
  };
  Made   last = self->made;

  if (self->live && now - self->made_at < PAINT_EVERY_US)
    last.generation = made.generation;
  if (self->picture && made.timeline == last.timeline && made.generation == last.generation
      && made.live == last.live && made.style == last.style && made.text == last.text
      && made.width == last.width && made.left == last.left && made.right == last.right
      && made.span == last.span && made.scale == last.scale)
    return;

  make_picture (self, scale);
  self->made = made;
  self->made_at = now;
}

static void
telar_overview_strip_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  TelarOverviewStrip *self = TELAR_OVERVIEW_STRIP (widget);
  graphene_rect_t     all;
  cairo_t            *cr;

  if (self->timeline == NULL || self->view.width < 1)
    return;

  graphene_rect_init (&all, 0, 0, (float) ceil (self->view.width), (float) self->place.height);
  ensure_picture (self);
  telar_snapshot_append_image (snapshot, self->picture, 0, 0, all.size.width, all.size.height);
  cr = gtk_snapshot_append_cairo (snapshot, &all);
  telar_paint_overview_seen (cr, &self->place, &self->view);
  cairo_destroy (cr);
}

/* --- Object --- */

static void
telar_overview_strip_dispose (GObject *object)
{
  TelarOverviewStrip *self = TELAR_OVERVIEW_STRIP (object);

  g_clear_pointer (&self->picture, cairo_surface_destroy);
  g_clear_pointer (&self->timeline, telar_timeline_unref);
  g_clear_pointer (&self->font, g_free);

  G_OBJECT_CLASS (telar_overview_strip_parent_class)->dispose (object);
}

static void
telar_overview_strip_class_init (TelarOverviewStripClass *klass)
{
  static const struct
  {
    guint           key[2];
    GdkModifierType modifiers;
    TelarGrip       grip;
    double          share;
  } keys[] = {
    { { GDK_KEY_Left, GDK_KEY_KP_Left }, GDK_SHIFT_MASK, TELAR_GRIP_END, -EDGE_KEY },
    { { GDK_KEY_Right, GDK_KEY_KP_Right }, GDK_SHIFT_MASK, TELAR_GRIP_END, EDGE_KEY },
    { { GDK_KEY_Left, GDK_KEY_KP_Left }, GDK_CONTROL_MASK, TELAR_GRIP_BEGIN, -EDGE_KEY },
    { { GDK_KEY_Right, GDK_KEY_KP_Right }, GDK_CONTROL_MASK, TELAR_GRIP_BEGIN, EDGE_KEY },
    { { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up }, 0, TELAR_GRIP_INSIDE, -1 },
    { { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down }, 0, TELAR_GRIP_INSIDE, 1 },
  };
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = telar_overview_strip_dispose;
  widget_class->snapshot = telar_overview_strip_snapshot;

  signals[SEEN] = g_signal_new ("seen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    for (guint k = 0; k < 2; k++)
      gtk_widget_class_add_binding (widget_class, keys[i].key[k], keys[i].modifiers, move_key,
                                    "(id)", (int) keys[i].grip, keys[i].share);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, end_key, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, end_key, "i", 1);

  gtk_widget_class_set_css_name (widget_class, "overview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
telar_overview_strip_init (TelarOverviewStrip *self)
{
  GtkEventController *controller;

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                               _("Drag what is framed to move in the run, its edges to zoom"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Whole run"), -1);

  controller = gtk_event_controller_motion_new ();
  g_signal_connect_swapped (controller, "motion", G_CALLBACK (motion), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  controller = GTK_EVENT_CONTROLLER (gtk_gesture_drag_new ());
  g_signal_connect (controller, "drag-begin", G_CALLBACK (drag_begin), self);
  g_signal_connect (controller, "drag-update", G_CALLBACK (drag_update), self);
  g_signal_connect_swapped (controller, "drag-end", G_CALLBACK (drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* --- Public --- */

GtkWidget *
telar_overview_strip_new (void)
{
  return g_object_new (TELAR_TYPE_OVERVIEW_STRIP, NULL);
}

void
telar_overview_strip_show (TelarOverviewStrip *self,
                           TelarTimeline      *timeline,
                           const TelarView    *view,
                           double              length,
                           gboolean            live)
{
  g_autofree char *begin = NULL;
  g_autofree char *end = NULL;
  g_autofree char *words = NULL;

  g_return_if_fail (TELAR_IS_OVERVIEW_STRIP (self));

  if (self->timeline != timeline)
    {
      g_clear_pointer (&self->timeline, telar_timeline_unref);
      self->timeline = timeline ? telar_timeline_ref (timeline) : NULL;
      g_clear_pointer (&self->picture, cairo_surface_destroy);
    }
  if (g_strcmp0 (self->font, view->font) != 0)
    {
      g_free (self->font);
      self->font = g_strdup (view->font);
      g_clear_pointer (&self->picture, cairo_surface_destroy);
    }
  self->view = *view;
  self->view.font = self->font;
  self->live = live;
  telar_overview_place (&self->place, timeline, &self->view, telar_overview_span (length, live));

  begin = telar_time_format ((gint64) view->begin);
  end = telar_time_format ((gint64) view->end);
  words = g_strdup_printf (_("from %s to %s"), begin, end);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, self->place.span,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, CLAMP (view->begin, 0.0,
                                                                            self->place.span),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
