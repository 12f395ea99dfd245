/* graph-view-input.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Pointer: the wheel enlarges where it points, with Shift it pans, a drag
 * pans, a click selects. Keys: arrows go to the nearest box that way, with
 * Ctrl they pan; + − 0.
 */

#include "graph-view-private.h"

#include <math.h>

#include "follow.h"
#include "task-words.h"
#include "unpainted.h"

#define PAN_STEP 48.0

static void
zoom_at (TelarGraphView *self,
         double          factor,
         double          x,
         double          y)
{
  telar_graph_view_move_to (self, x - (x - self->x) * factor, y - (y - self->y) * factor,
                            self->scale * factor);
}

static gboolean
wheel (GtkEventControllerScroll *controller,
       double                    dx,
       double                    dy,
       TelarGraphView           *self)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if (state & GDK_SHIFT_MASK)
    telar_graph_view_move_to (self, self->x - PAN_STEP * (dx + dy), self->y, self->scale);
  else if (dx != 0)
    telar_graph_view_move_to (self, self->x - PAN_STEP * dx, self->y, self->scale);
  else
    zoom_at (self, pow (TELAR_ZOOM_WHEEL, -dy), MAX (self->pointer_x, 0), self->pointer_y);

  return GDK_EVENT_STOP;
}

static void
motion (TelarGraphView *self,
        double          x,
        double          y)
{
  self->pointer_x = x;
  self->pointer_y = y;
}

static void
leave (TelarGraphView *self)
{
  self->pointer_x = -1;
}

static void
drag_begin (TelarGraphView *self)
{
  self->drag_x = self->x;
  self->drag_y = self->y;
}

static void
drag_update (GtkGestureDrag *gesture,
             double          x,
             double          y,
             TelarGraphView *self)
{
  if (!self->dragging)
    {
      if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) x, (int) y))
        return;
      self->dragging = TRUE;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
    }

  telar_graph_view_move_to (self, self->drag_x + x, self->drag_y + y, self->scale);
}

static void
drag_end (TelarGraphView *self)
{
  self->dragging = FALSE;
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
}

static void
released (TelarGraphView *self,
          int             n_press,
          double          x,
          double          y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!self->dragging)
    telar_graph_view_select (self, telar_graph_view_task_at (self, x, y));
}

static gboolean
query_tooltip (GtkWidget  *widget,
               int         x,
               int         y,
               gboolean    keyboard,
               GtkTooltip *tooltip)
{
  TelarGraphView  *self = TELAR_GRAPH_VIEW (widget);
  guint32          task = keyboard ? self->selected : telar_graph_view_task_at (self, x, y);
  g_autofree char *text = NULL;

  if (task == TELAR_NO_TASK || self->dragging)
    return FALSE;

  if (self->timeline)
    {
      TelarHit what = { .kind = TELAR_HIT_TASK_LANE, .task = task };

      text = telar_hit_describe (self->timeline, &what);
    }
  else
    {
      const TelarPlan     *plan = g_bytes_get_data (self->plan, NULL);
      const TelarPlanTask *row = telar_plan_task (plan, task);

      /* What it calls, in full. */
      if (row->n_steps > 0)
        {
          const TelarPlanStep *step = telar_plan_step (plan, row->first_step);

          text = g_strdup_printf ("%s: %s", telar_plan_text (plan, row->id),
                                  telar_plan_text (plan, step->text));
        }
    }

  if (text == NULL)
    return FALSE;

  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle) { x - 8, y - 8, 16, 16 });
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

/* --- Keys --- */

static gboolean
pan_key (GtkWidget *widget,
         GVariant  *way,
         gpointer   unused)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);
  int             dx, dy;

  g_variant_get (way, "(ii)", &dx, &dy);
  telar_graph_view_move_to (self, self->x - PAN_STEP * dx, self->y - PAN_STEP * dy, self->scale);

  return TRUE;
}

/* The box whose middle is nearest that way, what lies aside counting double. */
static gboolean
go_key (GtkWidget *widget,
        GVariant  *way,
        gpointer   unused)
{
  TelarGraphView      *self = TELAR_GRAPH_VIEW (widget);
  const TelarGraphBox *from = NULL;
  double               best = G_MAXDOUBLE;
  guint                found = 0;
  int                  dx, dy;

  if (self->layout == NULL)
    return FALSE;

  g_variant_get (way, "(ii)", &dx, &dy);

  for (guint i = 0; i < self->layout->n_tasks; i++)
    if (self->runs[i].first == self->selected)
      from = &self->layout->boxes[i];

  for (guint i = 0; from && i < self->layout->n_tasks; i++)
    {
      const TelarGraphBox *box = &self->layout->boxes[i];
      double x = box->x - from->x, y = box->y - from->y;
      double ahead = x * dx + y * dy, aside = fabs (x * dy) + fabs (y * dx);

      if (box != from && ahead > 0 && ahead + 2 * aside < best)
        {
          best = ahead + 2 * aside;
          found = i;
        }
    }

  if (from == NULL || best < G_MAXDOUBLE)
    gtk_widget_grab_focus (g_ptr_array_index (self->nodes, found));

  return TRUE;
}

static gboolean
zoom_key (GtkWidget *widget,
          GVariant  *way,
          gpointer   unused)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);
  int             step = g_variant_get_int32 (way);

  if (step == 0)
    telar_graph_view_fit (self);
  else
    telar_graph_view_zoom (self, step > 0 ? TELAR_ZOOM_KEY : 1 / TELAR_ZOOM_KEY);

  return TRUE;
}

static gboolean
escape_key (GtkWidget *widget,
            GVariant  *parameter,
            gpointer   unused)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);

  if (self->selected == TELAR_NO_TASK || self->presenting)
    return FALSE;
  telar_graph_view_select (self, TELAR_NO_TASK);

  return TRUE;
}

/* --- Focus --- */

static gboolean
focus (GtkWidget        *widget,
       GtkDirectionType  direction)
{
  if (gtk_widget_get_focus_child (widget) || gtk_widget_has_focus (widget))
    return FALSE;

  return gtk_widget_grab_focus (widget);
}

static void
set_focus_child (GtkWidget *widget,
                 GtkWidget *child)
{
  GTK_WIDGET_CLASS (g_type_class_peek (GTK_TYPE_WIDGET))
    ->set_focus_child (widget, child);

  if (TELAR_IS_UNPAINTED (child))
    telar_graph_view_select (TELAR_GRAPH_VIEW (widget),
                             telar_unpainted_get_number (TELAR_UNPAINTED (child)));
}

void
telar_graph_view_input_class_init (GtkWidgetClass *widget_class)
{
  static const struct { guint key; int dx, dy; } arrows[] = {
    { GDK_KEY_Left, -1, 0 }, { GDK_KEY_Right, 1, 0 }, { GDK_KEY_Up, 0, -1 }, { GDK_KEY_Down, 0, 1 },
  };
  static const struct { guint key; int way; } zooms[] = {
    { GDK_KEY_plus, 1 },   { GDK_KEY_KP_Add, 1 },
    { GDK_KEY_minus, -1 }, { GDK_KEY_KP_Subtract, -1 },
    { GDK_KEY_0, 0 },      { GDK_KEY_Home, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      gtk_widget_class_add_binding (widget_class, arrows[i].key, 0, go_key,
                                    "(ii)", arrows[i].dx, arrows[i].dy);
      gtk_widget_class_add_binding (widget_class, arrows[i].key, GDK_CONTROL_MASK, pan_key,
                                    "(ii)", arrows[i].dx, arrows[i].dy);
    }
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    gtk_widget_class_add_binding (widget_class, zooms[i].key, 0, zoom_key, "i", zooms[i].way);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_key, NULL);

  widget_class->query_tooltip = query_tooltip;
  widget_class->focus = focus;
  widget_class->set_focus_child = set_focus_child;
}

void
telar_graph_view_input_init (TelarGraphView *self)
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
  g_signal_connect_swapped (controller, "drag-begin", G_CALLBACK (drag_begin), self);
  g_signal_connect (controller, "drag-update", G_CALLBACK (drag_update), self);
  g_signal_connect_swapped (controller, "drag-end", G_CALLBACK (drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  controller = GTK_EVENT_CONTROLLER (gtk_gesture_click_new ());
  g_signal_connect_swapped (controller, "released", G_CALLBACK (released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}
