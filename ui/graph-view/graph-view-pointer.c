/* graph-view-pointer.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The pointer without a drag: the wheel enlarges where it points (with Shift it
 * pans; two fingers pan, with Ctrl they enlarge), pointing shows ports and what
 * there is to know, a click selects an arrow or folds a body, a double click
 * edits or adds, the other button has a menu. What is dragged here from the
 * palette becomes a task.
 */

#include "config.h"

#include "graph-view/graph-view-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "graph-view/graph-words.h"
#include "palette/function-name.h"
#include "popup-menu.h"
#include "zoom-steps.h"

#define PAN_STEP     48.0
#define NEAR_PIXELS  5.0

TelarGraphHit
telar_graph_view_hit (TelarGraphView *self,
                      double          x,
                      double          y)
{
  TelarGraphHit nothing = { TELAR_GRAPH_HIT_NOTHING, TELAR_NOBODY, 0 };

  telar_graph_view_update (self);
  if (self->layout == NULL)
    return nothing;

  telar_graph_view_to_layout (self, x, y, &x, &y);

  return telar_graph_hit (self->layout, self->marks, x, y, NEAR_PIXELS / self->scale);
}

const char *
telar_graph_view_hit_id (TelarGraphView      *self,
                         const TelarGraphHit *hit)
{
  return telar_graph_view_id (self, hit->kind == TELAR_GRAPH_HIT_OBJECT
                                      ? self->layout->n_tasks + hit->number : hit->task);
}

/* --- Wheel --- */

static gboolean
is_touchpad (GtkEventController *controller)
{
  GdkDevice *device = gtk_event_controller_get_current_event_device (controller);

  return device && gdk_device_get_source (device) == GDK_SOURCE_TOUCHPAD;
}

static gboolean
wheel (GtkEventControllerScroll *scroll,
       double                    dx,
       double                    dy,
       TelarGraphView           *self)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (scroll);
  GdkModifierType     state = gtk_event_controller_get_current_event_state (controller);
  gboolean            pans = is_touchpad (controller) && !(state & GDK_CONTROL_MASK);

  if (self->layout == NULL || self->drag.kind == TELAR_DRAG_MOVE)
    return GDK_EVENT_PROPAGATE;

  if (state & GDK_SHIFT_MASK)
    telar_graph_view_move_to (self, self->x - PAN_STEP * (dx + dy), self->y, self->scale);
  else if (pans || (dx != 0 && fabs (dx) > fabs (dy)))
    telar_graph_view_move_to (self, self->x - PAN_STEP * dx, self->y - PAN_STEP * dy, self->scale);
  else
    telar_graph_view_zoom_at (self, pow (TELAR_ZOOM_WHEEL, -dy), MAX (self->pointer_x, 0),
                              self->pointer_y);

  return GDK_EVENT_STOP;
}

static void
pinch (GtkGestureZoom *gesture,
       double          factor,
       TelarGraphView *self)
{
  double x, y;

  if (gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    telar_graph_view_zoom_at (self, factor / MAX (self->pinched, 0.01), x, y);
  self->pinched = factor;
}

static void
pinch_begin (TelarGraphView *self)
{
  self->pinched = 1;
}

/* --- Pointing --- */

static void
show_hover (TelarGraphView *self)
{
  TelarGraphHit hit = { TELAR_GRAPH_HIT_NOTHING, TELAR_NOBODY, 0 };
  guint32       task = TELAR_NOBODY;
  guint         edge = G_MAXUINT, object = G_MAXUINT;
  const char   *cursor = NULL;

  if (self->pointer_x >= 0)
    hit = telar_graph_view_hit (self, self->pointer_x, self->pointer_y);

  switch (hit.kind)
    {
    case TELAR_GRAPH_HIT_TASK:
    case TELAR_GRAPH_HIT_STEP:
    case TELAR_GRAPH_HIT_BADGE:
      task = hit.task;
      if (hit.kind == TELAR_GRAPH_HIT_STEP && telar_graph_is_cut (self->layout, task, hit.number))
        cursor = "pointer";
      break;
    case TELAR_GRAPH_HIT_IN:
    case TELAR_GRAPH_HIT_OUT:
      task = hit.task;
      cursor = telar_graph_view_can_edit (self) ? "crosshair" : NULL;
      break;
    case TELAR_GRAPH_HIT_FOLD:
      cursor = "pointer";
      break;
    case TELAR_GRAPH_HIT_EDGE:
      edge = hit.number;
      cursor = "pointer";
      break;
    case TELAR_GRAPH_HIT_OBJECT:
      object = hit.number;
      break;
    case TELAR_GRAPH_HIT_LANE:
      object = hit.task - self->layout->n_tasks;
      if (telar_graph_lane_is_cut (self->layout, object, hit.number))
        cursor = "pointer";
      break;
    case TELAR_GRAPH_HIT_NOTHING:
    case TELAR_GRAPH_HIT_GROUND:
      break;
    }

  if (self->space)
    cursor = "grab";
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), cursor);
  if (task == self->hover && edge == self->hover_edge && object == self->hover_object)
    return;

  if (self->marks && self->hover < self->layout->n_tasks)
    self->marks[self->hover] &= (guint8) ~TELAR_GRAPH_HOVER;
  if (self->marks && task < self->layout->n_tasks)
    self->marks[task] |= TELAR_GRAPH_HOVER;
  self->hover = task;
  self->hover_edge = edge;
  self->hover_object = object;
  telar_graph_view_update_object_marks (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion (TelarGraphView *self,
        double          x,
        double          y)
{
  self->pointer_x = x;
  self->pointer_y = y;
  if (self->drag.kind == TELAR_DRAG_NONE)
    show_hover (self);
}

static void
leave (TelarGraphView *self)
{
  self->pointer_x = -1;
  if (self->drag.kind == TELAR_DRAG_NONE)
    show_hover (self);
}

static void
set_tip_area (TelarGraphView      *self,
              const TelarGraphBox *box,
              GtkTooltip          *tooltip)
{
  GdkRectangle area = { (int) (self->x + box->x * self->scale),
                        (int) (self->y + box->y * self->scale), (int) (box->width * self->scale),
                        (int) (box->height * self->scale) };

  gtk_tooltip_set_tip_area (tooltip, &area);
}

static gboolean
query_tooltip (TelarGraphView *self,
               int             x,
               int             y,
               gboolean        keyboard,
               GtkTooltip     *tooltip)
{
  TelarGraphHit    hit = { TELAR_GRAPH_HIT_TASK, telar_graph_view_primary (self), 0 };
  const char      *id, *faults;
  g_autofree char *text = NULL;
  GdkRectangle     area;

  if (self->layout == NULL || self->drag.kind > TELAR_DRAG_PRESSED
      || (self->menu && gtk_widget_get_visible (self->menu)))
    return FALSE;
  if (!keyboard)
    hit = telar_graph_view_hit (self, x, y);
  if (hit.kind == TELAR_GRAPH_HIT_LANE)
    {
      guint32 lane = telar_graph_view_lane (self, hit.task, hit.number);

      text = telar_graph_lane_is_cut (self->layout, hit.task - self->layout->n_tasks, hit.number)
               ? g_strdup (_("A click shows all workers"))
               : telar_graph_view_lane_words (self, lane);
      /* Below the pool: other lanes can be read meanwhile. */
      set_tip_area (self, telar_graph_view_box (self, hit.task), tooltip);
      gtk_tooltip_set_text (tooltip, text);
      return TRUE;
    }
  if (hit.kind == TELAR_GRAPH_HIT_OBJECT || telar_graph_view_is_object (self, hit.task))
    {
      guint object = hit.kind == TELAR_GRAPH_HIT_OBJECT ? hit.number
                                                        : hit.task - self->layout->n_tasks;

      text = telar_graph_view_object_words (self, object);
      gtk_tooltip_set_text (tooltip, text);
      return TRUE;
    }
  if (hit.kind < TELAR_GRAPH_HIT_TASK || (hit.kind != TELAR_GRAPH_HIT_EDGE
                                          && hit.task >= self->layout->n_tasks))
    return FALSE;

  id = telar_graph_view_id (self, hit.task);
  faults = id ? g_hash_table_lookup (self->faults, id) : NULL;
  if (hit.kind == TELAR_GRAPH_HIT_EDGE)
    text = telar_graph_edge_words (self->layout, hit.number);
  else if (hit.kind == TELAR_GRAPH_HIT_OUT)
    text = g_strdup_printf (_("Drag to the task that comes after %s"), id);
  else if (hit.kind == TELAR_GRAPH_HIT_IN)
    text = g_strdup_printf (_("Drag to the task that %s comes after"), id);
  else if (faults)
    text = g_strdup (faults + 1);
  else if (self->runs && self->runs[hit.task].n > 0 && self->timeline->begun.zero_ns != 0)
    {
      TelarHit what = { .kind = TELAR_HIT_TASK_LANE, .task = self->runs[hit.task].first };

      text = telar_hit_describe (self->timeline, &what);
    }
  else
    {
      const TelarTask *task = telar_relations_task (self->layout->relations, hit.task);
      guint            step = hit.kind == TELAR_GRAPH_HIT_STEP ? hit.number : 0;

      if (hit.kind == TELAR_GRAPH_HIT_STEP
          && telar_graph_is_cut (self->layout, hit.task, hit.number))
        text = g_strdup (_("A click shows all steps"));
      else if (task->steps->len > step)
        {
          g_autofree char *call = telar_step_describe (g_ptr_array_index (task->steps, step), 0);

          text = g_strdup_printf ("%s: %s", id, call);
        }
    }

  if (text == NULL || *text == '\0')
    return FALSE;
  area = (GdkRectangle) { x - 8, y - 8, 16, 16 };
  /* Below a box, not on it. */
  if (hit.kind == TELAR_GRAPH_HIT_TASK && !self->layout->boxes[hit.task].frame)
    {
      const TelarGraphBox *box = &self->layout->boxes[hit.task];

      area.y = (int) (self->y + box->y * self->scale);
      area.height = (int) (box->height * self->scale);
    }
  gtk_tooltip_set_tip_area (tooltip, &area);
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

/* --- Clicks --- */

static void
clicked (TelarGraphView *self,
         double          x,
         double          y,
         gboolean        adds)
{
  TelarGraphHit hit = telar_graph_view_hit (self, x, y);

  if (hit.kind == TELAR_GRAPH_HIT_FOLD && telar_graph_view_is_pool (self, hit.task))
    telar_graph_view_fold_pool (self, hit.task);
  else if (hit.kind == TELAR_GRAPH_HIT_FOLD)
    telar_graph_view_fold (self, hit.task);
  else if (hit.kind == TELAR_GRAPH_HIT_LANE
           && telar_graph_lane_is_cut (self->layout, hit.task - self->layout->n_tasks, hit.number))
    telar_graph_view_show_whole (self, hit.task);
  else if (hit.kind == TELAR_GRAPH_HIT_LANE && !adds)
    telar_graph_view_focus_task (self, telar_graph_view_lane (self, hit.task, hit.number));
  else if (hit.kind == TELAR_GRAPH_HIT_OBJECT && !adds)
    telar_graph_view_set_plan_task (self, TELAR_NO_TASK);
  else if (hit.kind == TELAR_GRAPH_HIT_STEP
           && telar_graph_is_cut (self->layout, hit.task, hit.number))
    telar_graph_view_show_whole (self, hit.task);
  else if (hit.kind == TELAR_GRAPH_HIT_EDGE)
    {
      if (self->selection)
        telar_selection_set_one (self->selection, NULL);
      self->edge = hit.number;
      telar_graph_view_update_actions (self);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  else if (hit.kind <= TELAR_GRAPH_HIT_GROUND && self->selection && !adds)
    {
      self->edge = G_MAXUINT;
      telar_selection_set_one (self->selection, NULL);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

static void
double_clicked (TelarGraphView *self,
                double          x,
                double          y)
{
  TelarGraphHit hit = telar_graph_view_hit (self, x, y);

  if (!telar_graph_view_can_edit (self))
    return;

  if (hit.kind == TELAR_GRAPH_HIT_STEP)
    {
      g_autofree char *place = g_strdup_printf ("%u", hit.number);

      g_signal_emit_by_name (self, "edit", place);
    }
  else if (hit.kind == TELAR_GRAPH_HIT_TASK || hit.kind == TELAR_GRAPH_HIT_BADGE
           || hit.kind == TELAR_GRAPH_HIT_OBJECT || hit.kind == TELAR_GRAPH_HIT_LANE)
    g_signal_emit_by_name (self, "edit", "");
  else if (hit.kind <= TELAR_GRAPH_HIT_GROUND)
    {
      telar_graph_view_to_layout (self, x, y, &x, &y);
      telar_graph_view_ask_to_add (self, "", NULL, TRUE, x, y);
    }
}

static void
pressed (GtkGestureClick *gesture,
         int              n_press,
         double           x,
         double           y,
         TelarGraphView  *self)
{
  if (n_press == 2)
    double_clicked (self, x, y);
}

static void
released (GtkGestureClick *gesture,
          int              n_press,
          double           x,
          double           y,
          TelarGraphView  *self)
{
  if (self->drag.kind <= TELAR_DRAG_PRESSED && n_press == 1 && !self->space)
    clicked (self, x, y,
             (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture))
              & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0);
}

/* --- The menu --- */

void
telar_graph_view_popup_menu (TelarGraphView *self,
                             double          x,
                             double          y)
{
  TelarGraphHit          hit = telar_graph_view_hit (self, x, y);
  const char            *id = telar_graph_view_hit_id (self, &hit);
  g_autoptr (GMenuModel) model = NULL;

  if (self->selection == NULL)
    return;

  if (hit.kind == TELAR_GRAPH_HIT_EDGE)
    clicked (self, x, y, FALSE);
  else if (hit.kind > TELAR_GRAPH_HIT_GROUND && id
           && !telar_selection_contains (self->selection, id))
    telar_selection_set_one (self->selection, id);
  else if (hit.kind <= TELAR_GRAPH_HIT_GROUND)
    telar_selection_set_one (self->selection, NULL);

  telar_graph_view_to_layout (self, x, y, &self->menu_x, &self->menu_y);
  telar_graph_view_update_actions (self);
  model = telar_graph_view_menu_model (self, &hit);
  telar_menu_popup (GTK_WIDGET (self), &self->menu, model, x, y);
}

static void
menu_pressed (GtkGestureClick *gesture,
              int              n_press,
              double           x,
              double           y,
              TelarGraphView  *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  telar_graph_view_drag_cancel (self);
  telar_graph_view_popup_menu (self, x, y);
}

/* --- From the palette --- */

static gboolean
dropped (TelarGraphView *self,
         const GValue   *value,
         double          x,
         double          y)
{
  const char *function = g_value_get_boxed (value);

  if (function == NULL || !telar_graph_view_can_edit (self))
    return FALSE;

  telar_graph_view_update (self);
  telar_graph_view_to_layout (self, x, y, &x, &y);
  telar_graph_view_add_task (self, function, telar_graph_view_process_at (self, x, y), NULL, TRUE,
                             x, y);
  gtk_widget_grab_focus (GTK_WIDGET (self));

  return TRUE;
}

static void
add_click (TelarGraphView *self,
           guint           button,
           GCallback       on_press,
           GCallback       on_release)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), button);
  if (on_press)
    g_signal_connect (gesture, "pressed", on_press, self);
  if (on_release)
    g_signal_connect (gesture, "released", on_release, self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
}

void
telar_graph_view_pointer_init (TelarGraphView *self)
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

  controller = GTK_EVENT_CONTROLLER (gtk_gesture_zoom_new ());
  g_signal_connect_swapped (controller, "begin", G_CALLBACK (pinch_begin), self);
  g_signal_connect (controller, "scale-changed", G_CALLBACK (pinch), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  add_click (self, GDK_BUTTON_PRIMARY, G_CALLBACK (pressed), G_CALLBACK (released));
  add_click (self, GDK_BUTTON_SECONDARY, G_CALLBACK (menu_pressed), NULL);

  controller = GTK_EVENT_CONTROLLER (gtk_drop_target_new (TELAR_TYPE_FUNCTION_NAME,
                                                          GDK_ACTION_COPY));
  g_signal_connect_swapped (controller, "drop", G_CALLBACK (dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip), NULL);
}
