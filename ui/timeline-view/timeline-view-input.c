/* timeline-view-input.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Pointer: the wheel zooms where it points, with Shift it pans, over the names
 * it scrolls the lanes; a drag pans, with Shift it measures; a click selects; a double click on what
 * is small zooms to it. Keys: left and right pan, up and down go from task to
 * task, Page keys scroll, + − 0 zoom.
 */

#include "timeline-view/timeline-view-private.h"

#include <math.h>

#include "unpainted.h"
#include "zoom-steps.h"

/* A notch of the wheel and an arrow key pan by these shares of the width. */
#define PAN_WHEEL 0.08
#define PAN_KEY   0.1
/* What a double click zooms to takes this share of the width. */
#define ZOOMED_TO 0.6

static TelarHit
hit (TelarTimelineView *self,
     double             x,
     double             y)
{
  TelarView view;

  if (self->timeline == NULL)
    return (TelarHit) { .kind = TELAR_HIT_NOTHING, .task = TELAR_NO_TASK };

  telar_timeline_view_fill_view (self, &view);

  return telar_hit_timeline (self->timeline, &view, x, y);
}

static double
time_at (TelarTimelineView *self,
         double             x)
{
  TelarView view;

  telar_timeline_view_fill_view (self, &view);

  return telar_view_time_at (self->timeline, &view, x);
}

/* Right of the names. */
static gboolean
over_time (TelarTimelineView *self,
           double             x)
{
  TelarView view;

  telar_timeline_view_fill_view (self, &view);

  return x >= telar_timeline_left (self->timeline, &view);
}

static void
pan_pixels (TelarTimelineView *self,
            double             pixels)
{
  TelarView view;
  double    left, width;

  telar_timeline_view_fill_view (self, &view);
  left = telar_timeline_left (self->timeline, &view);
  width = MAX (view.width - left, 1);
  telar_follow_pan (&self->follow, pixels * telar_follow_width (&self->follow) / width,
                    telar_timeline_view_reach (self));
  telar_timeline_view_moved (self);
}

static void
pan_share (TelarTimelineView *self,
           double             share)
{
  telar_follow_pan (&self->follow, share * telar_follow_width (&self->follow),
                    telar_timeline_view_reach (self));
  telar_timeline_view_moved (self);
}

static void
scroll_lanes (TelarTimelineView *self,
              double             pixels)
{
  gtk_adjustment_set_value (self->vadjustment,
                            gtk_adjustment_get_value (self->vadjustment) + pixels);
}

/* --- Wheel --- */

static gboolean
wheel (GtkEventControllerScroll *controller,
       double                    dx,
       double                    dy,
       TelarTimelineView        *self)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  double x = self->pointer_x;

  if (self->timeline == NULL)
    return GDK_EVENT_PROPAGATE;

  if (state & GDK_SHIFT_MASK)
    {
      pan_share (self, PAN_WHEEL * (dx + dy));
      return GDK_EVENT_STOP;
    }

  if (dx != 0 && fabs (dx) > fabs (dy))
    {
      pan_share (self, PAN_WHEEL * dx);
      return GDK_EVENT_STOP;
    }

  if (x >= 0 && !over_time (self, x) && !(state & GDK_CONTROL_MASK))
    {
      scroll_lanes (self, dy * 48);
      return GDK_EVENT_STOP;
    }

  telar_follow_zoom (&self->follow, pow (TELAR_ZOOM_WHEEL, -dy),
                     time_at (self, MAX (x, 0)), telar_timeline_view_reach (self));
  telar_timeline_view_moved (self);

  return GDK_EVENT_STOP;
}

/* --- Pointer --- */

static void
motion (TelarTimelineView *self,
        double             x,
        double             y)
{
  self->pointer_x = x;
  self->pointer_y = y;
  if (!self->live)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->linked)
    gtk_widget_queue_draw (GTK_WIDGET (self->linked));
}

static void
leave (TelarTimelineView *self)
{
  self->pointer_x = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->linked)
    gtk_widget_queue_draw (GTK_WIDGET (self->linked));
}

static void
drag_begin (GtkGestureDrag    *gesture,
            double             x,
            double             y,
            TelarTimelineView *self)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  self->drag_x = 0;
  self->drag_y = 0;
  self->measuring = self->timeline && (state & GDK_SHIFT_MASK) && !self->replaying
                    && telar_timeline_view_length (self) > 0 && over_time (self, x);
}

static void
drag_update (GtkGestureDrag    *gesture,
             double             x,
             double             y,
             TelarTimelineView *self)
{
  double begin;

  if (self->timeline == NULL)
    return;

  if (!self->dragging)
    {
      if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) x, (int) y))
        return;
      self->dragging = TRUE;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                       self->measuring ? "col-resize" : "grabbing");
      if (self->measuring)
        {
          /* For the keys that go on with it: a drag is no click, which would do that. */
          gtk_widget_grab_focus (GTK_WIDGET (self));
          gtk_gesture_drag_get_start_point (gesture, &begin, NULL);
          telar_timeline_view_measure_from (self, begin);
        }
    }
  if (self->measuring)
    {
      gtk_gesture_drag_get_start_point (gesture, &begin, NULL);
      telar_timeline_view_measure_to (self, begin + x);
      return;
    }

  pan_pixels (self, self->drag_x - x);
  scroll_lanes (self, self->drag_y - y);
  self->drag_x = x;
  self->drag_y = y;
}

static void
drag_end (TelarTimelineView *self)
{
  self->dragging = FALSE;
  self->measuring = FALSE;
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
}

static void
zoom_to (TelarTimelineView *self,
         gint64             begin,
         gint64             end)
{
  double length = MAX ((double) (end - begin), TELAR_FOLLOW_LEAST);
  double air = length * (1 / ZOOMED_TO - 1) / 2;

  telar_follow_fit (&self->follow, (double) begin - air, (double) end + air);
  telar_timeline_view_moved (self);
}

static void
released (TelarTimelineView *self,
          int                n_press,
          double             x,
          double             y)
{
  TelarHit what;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->dragging)
    return;

  what = hit (self, x, y);
  if (n_press == 2 && what.end > what.begin
      && (what.kind == TELAR_HIT_PIN || what.kind == TELAR_HIT_SLICE
          || what.kind == TELAR_HIT_WAIT))
    zoom_to (self, what.begin, what.end);
  else if (n_press == 1 && what.kind == TELAR_HIT_HIDDEN)
    telar_timeline_view_order_show (self, (TelarLaneKind) what.number);
  else if (what.kind == TELAR_HIT_BOOKMARK)
    telar_timeline_view_bookmark_edit (self, what.number);
  else if (n_press == 1)
    {
      self->marked_kind = TELAR_N_LANE_KINDS;
      telar_timeline_view_select (self, what.task);
      if (what.kind == TELAR_HIT_CORE_LANE || what.kind == TELAR_HIT_OBJECT)
        telar_timeline_view_lanes_focus (self, what.kind == TELAR_HIT_OBJECT ? TELAR_LANE_OBJECT
                                                                             : TELAR_LANE_CORE,
                                         what.number);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

static gboolean
query_tooltip (GtkWidget  *widget,
               int         x,
               int         y,
               gboolean    keyboard,
               GtkTooltip *tooltip)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);
  g_autofree char   *text = NULL;
  TelarHit           what;

  if (self->timeline == NULL || self->dragging
      || (self->menu && gtk_widget_get_visible (self->menu)))
    return FALSE;

  if (!keyboard)
    what = hit (self, x, y);
  else if (self->marked_kind < TELAR_N_LANE_KINDS)
    what = (TelarHit) { .kind = self->marked_kind == TELAR_LANE_CORE ? TELAR_HIT_CORE_LANE
                                                                     : TELAR_HIT_OBJECT,
                        .task = TELAR_NO_TASK, .number = self->marked };
  else
    what = (TelarHit) { .kind = self->selected != TELAR_NO_TASK ? TELAR_HIT_TASK_LANE
                                                                : TELAR_HIT_NOTHING,
                        .task = self->selected };
  if (what.kind == TELAR_HIT_NOTHING)
    return FALSE;

  text = telar_hit_describe (self->timeline, &what);
  if (text == NULL)
    return FALSE;

  /* Another thing under the pointer is another tip. */
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle) { x - 2, y - 2, 4, 4 });
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

/* --- Keys --- */

static gboolean
pan_key (GtkWidget *widget,
         GVariant  *way,
         gpointer   unused)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);

  if (self->timeline == NULL)
    return FALSE;
  pan_share (self, PAN_KEY * g_variant_get_int32 (way));

  return TRUE;
}

static gboolean
page_key (GtkWidget *widget,
          GVariant  *way,
          gpointer   unused)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);

  scroll_lanes (self, g_variant_get_int32 (way)
                        * gtk_adjustment_get_page_increment (self->vadjustment));

  return TRUE;
}

static gboolean
lane_key (GtkWidget *widget,
          GVariant  *way,
          gpointer   unused)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);

  if (self->timeline == NULL)
    return FALSE;
  telar_timeline_view_lanes_step (self, g_variant_get_int32 (way));

  return TRUE;
}

static gboolean
zoom_key (GtkWidget *widget,
          GVariant  *way,
          gpointer   unused)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);
  int                step = g_variant_get_int32 (way);

  if (step == 0)
    telar_timeline_view_fit (self);
  else
    telar_timeline_view_zoom (self, step > 0 ? TELAR_ZOOM_KEY : 1 / TELAR_ZOOM_KEY);

  return TRUE;
}

static gboolean
escape_key (GtkWidget *widget,
            GVariant  *parameter,
            gpointer   unused)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);

  if (telar_timeline_view_measure_clear (self))
    return TRUE;
  if ((self->selected == TELAR_NO_TASK && self->marked_kind == TELAR_N_LANE_KINDS)
      || self->presenting)
    return FALSE;
  if (self->marked_kind < TELAR_N_LANE_KINDS)
    gtk_widget_grab_focus (widget);
  self->marked_kind = TELAR_N_LANE_KINDS;
  telar_timeline_view_select (self, TELAR_NO_TASK);
  gtk_widget_queue_draw (widget);

  return TRUE;
}

/* --- Focus --- */

/* Tab goes to the timeline as a whole, to the strip of the whole run, and leaves them
 * again; the lanes are for the arrow keys. */
static gboolean
focus (GtkWidget        *widget,
       GtkDirectionType  direction)
{
  if (telar_timeline_view_overview_focus (TELAR_TIMELINE_VIEW (widget), direction))
    return TRUE;
  if (gtk_widget_get_focus_child (widget) || gtk_widget_has_focus (widget))
    return FALSE;

  return gtk_widget_grab_focus (widget);
}

static void
set_focus_child (GtkWidget *widget,
                 GtkWidget *child)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);
  TelarLaneKind      kind = TELAR_N_LANE_KINDS;
  guint              number = 0;

  GTK_WIDGET_CLASS (g_type_class_peek (GTK_TYPE_WIDGET))
    ->set_focus_child (widget, child);

  if (!telar_timeline_view_lanes_which (self, child, &kind, &number))
    return;
  self->marked_kind = kind == TELAR_LANE_TASK ? TELAR_N_LANE_KINDS : kind;
  self->marked = number;
  if (kind == TELAR_LANE_TASK)
    telar_timeline_view_select (self, number);
  else
    {
      telar_timeline_view_select (self, TELAR_NO_TASK);
      telar_timeline_view_scroll_to (self, kind, number);
      if (kind == TELAR_LANE_OBJECT)
        telar_timeline_view_choose_object (self, number);
    }
  gtk_widget_queue_draw (widget);
}

void
telar_timeline_view_input_class_init (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint           key;
    GtkShortcutFunc function;
    int             way;
  } keys[] = {
    { GDK_KEY_Left, pan_key, -1 },       { GDK_KEY_KP_Left, pan_key, -1 },
    { GDK_KEY_Right, pan_key, 1 },       { GDK_KEY_KP_Right, pan_key, 1 },
    { GDK_KEY_Up, lane_key, -1 },        { GDK_KEY_KP_Up, lane_key, -1 },
    { GDK_KEY_Down, lane_key, 1 },       { GDK_KEY_KP_Down, lane_key, 1 },
    { GDK_KEY_Page_Up, page_key, -1 },   { GDK_KEY_Page_Down, page_key, 1 },
    { GDK_KEY_plus, zoom_key, 1 },       { GDK_KEY_KP_Add, zoom_key, 1 },
    { GDK_KEY_minus, zoom_key, -1 },     { GDK_KEY_KP_Subtract, zoom_key, -1 },
    { GDK_KEY_0, zoom_key, 0 },          { GDK_KEY_Home, zoom_key, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, 0, keys[i].function,
                                  "i", keys[i].way);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_key, NULL);

  widget_class->query_tooltip = query_tooltip;
  widget_class->focus = focus;
  widget_class->set_focus_child = set_focus_child;
}

void
telar_timeline_view_input_init (TelarTimelineView *self)
{
  GtkEventController *controller;

  controller = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  g_signal_connect (controller, "scroll", G_CALLBACK (wheel), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  controller = gtk_event_controller_motion_new ();
  g_signal_connect_swapped (controller, "enter", G_CALLBACK (motion), self);
  g_signal_connect_swapped (controller, "motion", G_CALLBACK (motion), self);
  g_signal_connect_swapped (controller, "leave", G_CALLBACK (leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  controller = GTK_EVENT_CONTROLLER (gtk_gesture_drag_new ());
  g_signal_connect (controller, "drag-begin", G_CALLBACK (drag_begin), self);
  g_signal_connect (controller, "drag-update", G_CALLBACK (drag_update), self);
  g_signal_connect_swapped (controller, "drag-end", G_CALLBACK (drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  controller = GTK_EVENT_CONTROLLER (gtk_gesture_click_new ());
  g_signal_connect_swapped (controller, "released", G_CALLBACK (released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}
