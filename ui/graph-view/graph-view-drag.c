/* graph-view-drag.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What a drag does depends on where it begins:
 *
 *   a box, a frame's header      moves it, with what is selected and inside; over
 *                                another frame it goes into that
 *   a port                       draws an arrow
 *   empty ground                 draws a rubber band; with Shift, adds to what is
 *                                selected
 *   anywhere, with the middle button or Space held    pans
 *   the small map                pans
 *
 * The document is changed once, at the end: until then only the picture is, and
 * Escape puts it back.
 */

#include "config.h"

#include "graph-view/graph-view-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "edit/legal.h"
#include "edit/operations.h"

#define SNAP_PIXELS 6
/* Whoever drags to the edge wants to see what is beyond. */
#define EDGE_PIXELS 24
#define EDGE_STEP   9

/* --- State --- */

static void
clear_drag (TelarGraphView *self)
{
  TelarDrag *drag = &self->drag;

  g_clear_pointer (&drag->tasks, g_array_unref);
  g_clear_pointer (&drag->moving, g_free);
  g_clear_pointer (&drag->legal, g_free);
  g_clear_pointer (&drag->reason, g_free);
  memset (drag, 0, sizeof *drag);
  drag->target = drag->frame = drag->home = drag->reason_of = TELAR_NOBODY;
  self->snap.n_guides = 0;
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
}

static void
say_reason (TelarGraphView *self)
{
  TelarDrag *drag = &self->drag;

  telar_graph_view_say (self, drag->reason, drag->to_x, drag->to_y, TRUE, TRUE);
}

void
telar_graph_view_drag_cancel (TelarGraphView *self)
{
  TelarDrag *drag = &self->drag;

  if (drag->kind == TELAR_DRAG_NONE)
    return;

  if (drag->kind == TELAR_DRAG_MOVE && self->layout && drag->tasks)
    telar_graph_layout_shift (self->layout, (guint32 *) (void *) drag->tasks->data,
                              drag->tasks->len, -drag->dx, -drag->dy);
  if ((drag->kind == TELAR_DRAG_OBJECT || drag->kind == TELAR_DRAG_MOVE) && self->layout)
    telar_graph_view_shift_objects (self, -drag->dx, -drag->dy);
  if (drag->reason)
    telar_graph_view_say (self, NULL, 0, 0, FALSE, FALSE);
  clear_drag (self);
  if (self->layout && self->marks)
    telar_graph_view_update_marks (self);
}

void
telar_graph_view_fill_show (TelarGraphView *self,
                            TelarGraphShow *show)
{
  TelarDrag *drag = &self->drag;
  double     x, y;

  telar_graph_show_init (show);
  show->timeline = self->runs ? self->timeline : NULL;
  show->runs = self->runs;
  show->marks = self->marks;
  show->object_marks = self->object_marks;
  show->moment = self->moment;
  show->worker = telar_graph_view_pool_of_worker (self, self->selected) != TELAR_NOBODY
                   ? self->selected : TELAR_NO_TASK;
  show->edge = self->edge;
  show->hover_edge = self->hover_edge;
  show->guides = self->snap.guides;
  show->n_guides = self->snap.n_guides;

  telar_graph_view_to_layout (self, drag->to_x, drag->to_y, &x, &y);
  if (drag->kind == TELAR_DRAG_BAND)
    {
      double from_x, from_y;

      telar_graph_view_to_layout (self, drag->x, drag->y, &from_x, &from_y);
      show->band = TRUE;
      show->band_x = MIN (x, from_x);
      show->band_y = MIN (y, from_y);
      show->band_width = fabs (x - from_x);
      show->band_height = fabs (y - from_y);
    }
  if (drag->kind == TELAR_DRAG_LINK)
    {
      show->link = TRUE;
      show->link_legal = drag->target != TELAR_NOBODY ? drag->legal[drag->target] : !drag->reason;
      telar_graph_port (self->layout, drag->press.task, drag->outward, &show->link_x0,
                        &show->link_y0);
      if (drag->target != TELAR_NOBODY && drag->legal[drag->target])
        telar_graph_port (self->layout, drag->target, !drag->outward, &x, &y);
      show->link_x1 = x;
      show->link_y1 = y;
    }
  else if (self->link_from < self->layout->n_tasks)
    {
      guint32 to = telar_graph_view_focused (self);

      /* By keys, to the box where the keyboard is. */
      if (to == self->link_from || to >= self->layout->n_tasks)
        return;
      show->link = TRUE;
      show->link_legal = drag->legal == NULL || drag->legal[to];
      telar_graph_port (self->layout, self->link_from, TRUE, &show->link_x0, &show->link_y0);
      telar_graph_port (self->layout, to, FALSE, &show->link_x1, &show->link_y1);
    }
}

/* --- Moving --- */

static void
begin_move (TelarGraphView *self)
{
  TelarDrag              *drag = &self->drag;
  const TelarGraphLayout *layout = self->layout;
  g_auto (GStrv)          ids = telar_selection_get_tasks (self->selection);
  const TelarGraphBox    *box = &layout->boxes[drag->press.task];

  drag->tasks = g_array_new (FALSE, FALSE, sizeof (guint32));
  drag->moving = g_new0 (gboolean, layout->n_tasks);
  for (guint i = 0; ids[i]; i++)
    {
      guint32 task = telar_graph_view_number (self, ids[i]);

      if (task != TELAR_NOBODY && task != 0)
        drag->moving[task] = TRUE;
    }

  /* What is inside goes along, and is not moved twice: parents come first. */
  for (guint32 i = 0; i < layout->n_tasks; i++)
    {
      guint32 task = layout->order[i], parent = layout->boxes[task].parent;

      if (parent < layout->n_tasks && drag->moving[parent])
        drag->moving[task] = TRUE;
      else if (drag->moving[task])
        g_array_append_val (drag->tasks, task);
    }

  drag->home = drag->frame = box->parent;
  drag->box_x = box->x;
  drag->box_y = box->y;
  drag->legal = telar_legal_frames (layout->relations, (guint32 *) (void *) drag->tasks->data,
                                    drag->tasks->len);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
}

static void
find_frame (TelarGraphView *self)
{
  TelarDrag *drag = &self->drag;
  double     x, y;
  guint32    frame;

  telar_graph_view_to_layout (self, drag->to_x, drag->to_y, &x, &y);
  frame = telar_graph_frame_at (self->layout, x, y, drag->moving);
  if (frame == drag->frame)
    {
      if (drag->reason)
        say_reason (self);
      return;
    }

  drag->frame = frame;
  g_clear_pointer (&drag->reason, g_free);
  if (frame != drag->home && !drag->legal[frame])
    drag->reason = telar_legal_why_not_inside (self->layout->relations,
                                               (guint32 *) (void *) drag->tasks->data,
                                               drag->tasks->len, frame);
  say_reason (self);
  telar_graph_view_update_marks (self);
}

static void
move (TelarGraphView *self,
      gboolean        snaps)
{
  TelarDrag              *drag = &self->drag;
  const TelarGraphLayout *layout = self->layout;
  const TelarGraphBox    *box = &layout->boxes[drag->press.task];
  double                  x, y, from_x, from_y;

  telar_graph_view_to_layout (self, drag->to_x, drag->to_y, &x, &y);
  from_x = (drag->x - drag->began_x) / drag->began_scale;
  from_y = (drag->y - drag->began_y) / drag->began_scale;
  find_frame (self);
  telar_snap (&self->snap, layout, drag->moving, drag->frame, drag->box_x, drag->box_y, box->width,
              box->height, x - from_x, y - from_y, snaps ? SNAP_PIXELS / self->scale : 0);
  telar_graph_layout_shift (self->layout, (guint32 *) (void *) drag->tasks->data,
                            drag->tasks->len, self->snap.dx - drag->dx, self->snap.dy - drag->dy);
  telar_graph_view_shift_objects (self, self->snap.dx - drag->dx, self->snap.dy - drag->dy);
  drag->dx = self->snap.dx;
  drag->dy = self->snap.dy;
}

static char **
ids_of (TelarGraphView *self,
        const GArray   *tasks)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < tasks->len; i++)
    g_strv_builder_add (builder, telar_graph_view_id (self, g_array_index (tasks, guint32, i)));

  return g_strv_builder_end (builder);
}

/* A frame is where what it holds is: without that it needs a place of its own. */
static gboolean
is_empty (TelarDocument *document,
          const char    *id)
{
  const GPtrArray *tasks = telar_document_get_graph (document)->tasks;

  for (guint i = 0; i < tasks->len; i++)
    if (g_strcmp0 (((const TelarTask *) g_ptr_array_index (tasks, i))->inside, id) == 0)
      return FALSE;

  return TRUE;
}

static void
end_move (TelarGraphView *self)
{
  TelarDrag          *drag = &self->drag;
  TelarDocument      *document = telar_graph_view_document (self);
  g_auto (GStrv)      ids = ids_of (self, drag->tasks);
  g_auto (GStrv)      all = telar_selection_get_nodes (self->selection);
  g_autofree char    *label = NULL;
  g_autofree char    *frame = NULL;
  g_autofree char    *left = NULL;
  g_autoptr (GError)  error = NULL;
  TelarPlace          home = { NULL, 0, 0 };
  double              dx = drag->dx, dy = drag->dy;
  gboolean            done;

  /* While it went on, the window may have become one to look at only. */
  if (drag->reason || !telar_graph_view_can_edit (self)
      || (dx == 0 && dy == 0 && drag->frame == drag->home))
    {
      telar_graph_view_drag_cancel (self);
      return;
    }

  label = drag->tasks->len == 1
            ? g_strdup_printf (_("Move %s"), ids[0])
            : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Move %u task", "Move %u tasks",
                                            drag->tasks->len),
                               drag->tasks->len);
  if (drag->frame != drag->home)
    frame = g_strdup (drag->frame == 0 ? "" : telar_graph_view_id (self, drag->frame));
  if (frame && drag->home != 0 && drag->home < self->layout->n_tasks)
    {
      left = g_strdup (telar_graph_view_id (self, drag->home));
      home = (TelarPlace) { left, self->layout->boxes[drag->home].x,
                            self->layout->boxes[drag->home].y };
    }

  telar_graph_view_drag_cancel (self);
  self->jump = TRUE;
  telar_document_begin (document, label, NULL);
  telar_graph_view_settle (self);
  /* with the objects that are selected, too */
  done = telar_document_move (document, (const char *const *) all, dx, dy, &error);
  if (done && frame)
    done = telar_document_reparent (document, (const char *const *) ids, *frame ? frame : NULL,
                                    &error);
  if (done && home.id && is_empty (document, home.id))
    done = telar_document_place (document, &home, 1, NULL, &error);
  if (done)
    telar_document_end (document);
  else
    {
      telar_document_cancel (document);
      telar_graph_view_refused (self, telar_graph_view_number (self, ids[0]), error);
    }
}

/* --- Linking --- */

static void
begin_link (TelarGraphView *self)
{
  TelarDrag *drag = &self->drag;

  drag->outward = drag->press.kind == TELAR_GRAPH_HIT_OUT;
  drag->legal = drag->outward ? telar_legal_targets (self->layout->relations, drag->press.task)
                              : telar_legal_sources (self->layout->relations, drag->press.task);
}

static void
draw_link (TelarGraphView *self)
{
  TelarDrag    *drag = &self->drag;
  TelarGraphHit hit = telar_graph_view_hit (self, drag->to_x, drag->to_y);
  guint32       target = hit.kind >= TELAR_GRAPH_HIT_TASK && hit.kind != TELAR_GRAPH_HIT_EDGE
                             && hit.kind != TELAR_GRAPH_HIT_OBJECT
                             && hit.task < self->layout->n_tasks
                             && hit.task != drag->press.task
                           ? hit.task : TELAR_NOBODY;

  if (hit.kind == TELAR_GRAPH_HIT_GROUND && hit.task != 0 && drag->legal[hit.task])
    target = hit.task;
  if (target != drag->target)
    {
      drag->target = target;
      g_clear_pointer (&drag->reason, g_free);
      if (target != TELAR_NOBODY && !drag->legal[target])
        drag->reason = drag->outward
                         ? telar_legal_why_not_after (self->layout->relations, drag->press.task,
                                                      target)
                         : telar_legal_why_not_after (self->layout->relations, target,
                                                      drag->press.task);
    }
  say_reason (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
end_link (TelarGraphView *self)
{
  TelarDrag          *drag = &self->drag;
  guint32             pressed = drag->press.task, target = drag->target;
  gboolean            outward = drag->outward, legal = target != TELAR_NOBODY && drag->legal[target];
  g_autofree char    *from = g_strdup (telar_graph_view_id (self, outward ? pressed : target));
  g_autofree char    *to = g_strdup (telar_graph_view_id (self, outward ? target : pressed));
  g_autofree char    *reason = g_strdup (drag->reason);
  g_autoptr (GError)  error = NULL;
  double              to_x = drag->to_x, to_y = drag->to_y, x, y;

  telar_graph_view_drag_cancel (self);
  if (!telar_graph_view_can_edit (self))
    return;
  if (target == TELAR_NOBODY)
    {
      /* On empty ground: what is to come after? */
      telar_graph_view_to_layout (self, to_x, to_y, &x, &y);
      if (outward && from)
        telar_graph_view_ask_to_add (self, "", from, TRUE, x, y);
      return;
    }
  if (!legal)
    telar_graph_view_say (self, reason, to_x, to_y, TRUE, FALSE);
  else if (!telar_document_connect (telar_graph_view_document (self), to, from, &error))
    telar_graph_view_refused (self, target, error);
}

/* --- The rubber band --- */

static void
end_band (TelarGraphView *self)
{
  TelarGraphShow     show;
  g_autoptr (GArray) tasks = NULL;
  g_auto (GStrv)     ids = NULL;
  gboolean           adds = self->drag.adds;

  telar_graph_view_fill_show (self, &show);
  tasks = telar_graph_tasks_in (self->layout, show.band_x, show.band_y, show.band_width,
                                show.band_height);
  for (guint32 i = 0; i < self->layout->n_objects; i++)
    {
      const TelarGraphBox *box = &self->layout->objects[i];
      guint32              number = self->layout->n_tasks + i;

      if (box->x <= show.band_x + show.band_width && show.band_x <= box->x + box->width
          && box->y <= show.band_y + show.band_height && show.band_y <= box->y + box->height)
        g_array_append_val (tasks, number);
    }
  ids = ids_of (self, tasks);
  telar_graph_view_drag_cancel (self);
  if (adds)
    telar_selection_add (self->selection, (const char *const *) ids);
  else
    telar_selection_set (self->selection, (const char *const *) ids);
}

/* --- The map --- */

static void
go_on_map (TelarGraphView *self)
{
  TelarMinimap map;
  double       width = gtk_widget_get_width (GTK_WIDGET (self));
  double       height = gtk_widget_get_height (GTK_WIDGET (self));

  if (telar_graph_view_has_map (self, &map))
    telar_graph_view_move_to (self,
                              width / 2 - (self->drag.to_x - map.origin_x) / map.scale * self->scale,
                              height / 2 - (self->drag.to_y - map.origin_y) / map.scale
                                             * self->scale,
                              self->scale);
}

static gboolean
on_map (TelarGraphView *self,
        double          x,
        double          y)
{
  TelarMinimap map;

  return telar_graph_view_has_map (self, &map) && x >= map.x && x < map.x + map.width
         && y >= map.y && y < map.y + map.height;
}

/* --- The gesture --- */

static TelarDragKind
kind_of (TelarGraphView *self)
{
  const TelarGraphHit *press = &self->drag.press;

  if (self->space)
    return TELAR_DRAG_PAN;
  if (self->selection == NULL)
    return TELAR_DRAG_PAN;

  switch (press->kind)
    {
    case TELAR_GRAPH_HIT_IN:
    case TELAR_GRAPH_HIT_OUT:
      return telar_graph_view_can_edit (self) ? TELAR_DRAG_LINK : TELAR_DRAG_PAN;
    case TELAR_GRAPH_HIT_TASK:
    case TELAR_GRAPH_HIT_BADGE:
    case TELAR_GRAPH_HIT_STEP:
      return telar_graph_view_can_edit (self) && press->task != 0 ? TELAR_DRAG_MOVE
                                                                  : TELAR_DRAG_PAN;
    case TELAR_GRAPH_HIT_OBJECT:
    case TELAR_GRAPH_HIT_LANE:
      return telar_graph_view_can_edit (self) ? TELAR_DRAG_OBJECT : TELAR_DRAG_PAN;
    case TELAR_GRAPH_HIT_NOTHING:
    case TELAR_GRAPH_HIT_GROUND:
    case TELAR_GRAPH_HIT_EDGE:
    case TELAR_GRAPH_HIT_FOLD:
      return self->presenting ? TELAR_DRAG_PAN : TELAR_DRAG_BAND;
    }

  return TELAR_DRAG_PAN;
}

/* A press selects at once, so that what is dragged is what is seen to be. */
static void
select_pressed (TelarGraphView *self)
{
  TelarDrag  *drag = &self->drag;
  const char *id = telar_graph_view_hit_id (self, &drag->press);

  if (self->selection == NULL || id == NULL)
    return;

  switch (drag->press.kind)
    {
    case TELAR_GRAPH_HIT_TASK:
    case TELAR_GRAPH_HIT_STEP:
    case TELAR_GRAPH_HIT_BADGE:
    case TELAR_GRAPH_HIT_OBJECT:
    case TELAR_GRAPH_HIT_LANE:
      if (drag->adds)
        telar_selection_toggle (self->selection, id);
      else if (!telar_selection_contains (self->selection, id))
        telar_selection_set_one (self->selection, id);
      else
        drag->selects_one = TRUE;
      break;
    case TELAR_GRAPH_HIT_NOTHING:
    case TELAR_GRAPH_HIT_GROUND:
    case TELAR_GRAPH_HIT_IN:
    case TELAR_GRAPH_HIT_OUT:
    case TELAR_GRAPH_HIT_FOLD:
    case TELAR_GRAPH_HIT_EDGE:
      break;
    }
}

static void
focus_pressed (TelarGraphView *self)
{
  self->quiet = TRUE;
  if (self->drag.press.kind == TELAR_GRAPH_HIT_OBJECT)
    telar_graph_view_focus_task (self, self->layout->n_tasks + self->drag.press.number);
  else if (self->drag.press.kind != TELAR_GRAPH_HIT_NOTHING
      && self->drag.press.kind != TELAR_GRAPH_HIT_GROUND
      && self->drag.press.kind != TELAR_GRAPH_HIT_EDGE)
    telar_graph_view_focus_task (self, self->drag.press.task);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
  self->quiet = FALSE;
}

static void
drag_begin (GtkGestureDrag *gesture,
            double          x,
            double          y,
            TelarGraphView *self)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint           button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  /* One button at a time. */
  if (self->drag.kind != TELAR_DRAG_NONE && self->drag.gesture != GTK_GESTURE (gesture)
      && gtk_gesture_is_active (self->drag.gesture))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  telar_graph_view_drag_cancel (self);
  telar_graph_view_link_keys_end (self, FALSE);
  telar_graph_view_update (self);
  telar_graph_view_end_animation (self);
  telar_graph_view_say (self, NULL, 0, 0, FALSE, FALSE);
  if (self->layout == NULL)
    return;

  clear_drag (self);
  self->drag.kind = button == GDK_BUTTON_MIDDLE ? TELAR_DRAG_PAN
                    : on_map (self, x, y) ? TELAR_DRAG_MAP : TELAR_DRAG_PRESSED;
  self->drag.gesture = GTK_GESTURE (gesture);
  self->drag.x = self->drag.to_x = x;
  self->drag.y = self->drag.to_y = y;
  self->drag.began_x = self->x;
  self->drag.began_y = self->y;
  self->drag.began_scale = self->scale;
  self->drag.adds = (state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0;
  self->drag.press = telar_graph_view_hit (self, x, y);

  if (self->drag.kind == TELAR_DRAG_MAP)
    {
      go_on_map (self);
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
    }
  else if (self->drag.kind == TELAR_DRAG_PRESSED && !self->space)
    {
      focus_pressed (self);
      select_pressed (self);
    }
}

static void
update (TelarGraphView  *self,
        GdkModifierType  state)
{
  TelarDrag *drag = &self->drag;

  switch (drag->kind)
    {
    case TELAR_DRAG_NONE:
    case TELAR_DRAG_PRESSED:
      break;
    case TELAR_DRAG_MOVE:
      move (self, (state & GDK_ALT_MASK) == 0);
      break;
    case TELAR_DRAG_OBJECT:
      telar_graph_view_drag_objects (self);
      break;
    case TELAR_DRAG_LINK:
      draw_link (self);
      break;
    case TELAR_DRAG_BAND:
      break;
    case TELAR_DRAG_PAN:
      telar_graph_view_move_to (self, drag->began_x + drag->to_x - drag->x,
                                drag->began_y + drag->to_y - drag->y, self->scale);
      break;
    case TELAR_DRAG_MAP:
      go_on_map (self);
      break;
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* At the edge the picture goes on. */
static void
scroll_at_edge (TelarGraphView *self)
{
  TelarDrag *drag = &self->drag;
  double     width = gtk_widget_get_width (GTK_WIDGET (self));
  double     height = gtk_widget_get_height (GTK_WIDGET (self));
  double     dx = drag->to_x < EDGE_PIXELS ? EDGE_STEP : drag->to_x > width - EDGE_PIXELS
                                                           ? -EDGE_STEP : 0;
  double     dy = drag->to_y < EDGE_PIXELS ? EDGE_STEP : drag->to_y > height - EDGE_PIXELS
                                                           ? -EDGE_STEP : 0;

  if ((drag->kind != TELAR_DRAG_MOVE && drag->kind != TELAR_DRAG_LINK) || (dx == 0 && dy == 0))
    return;

  self->x += dx;
  self->y += dy;
  self->fitted = FALSE;
  self->by_hand = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
drag_update (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             TelarGraphView *self)
{
  TelarDrag *drag = &self->drag;

  /* Of a graph that has changed since, such as by Undo, there is nothing to drag. */
  telar_graph_view_update (self);
  if (drag->kind == TELAR_DRAG_NONE || drag->gesture != GTK_GESTURE (gesture))
    return;

  drag->to_x = drag->x + dx;
  drag->to_y = drag->y + dy;
  if (drag->kind == TELAR_DRAG_PRESSED)
    {
      if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) dx, (int) dy))
        return;
      drag->kind = kind_of (self);
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      if (drag->kind == TELAR_DRAG_MOVE)
        {
          if (!telar_selection_contains (self->selection,
                                         telar_graph_view_id (self, drag->press.task)))
            telar_selection_toggle (self->selection,
                                    telar_graph_view_id (self, drag->press.task));
          begin_move (self);
        }
      if (drag->kind == TELAR_DRAG_LINK)
        begin_link (self);
      if (drag->kind == TELAR_DRAG_PAN)
        gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
      telar_graph_view_update_marks (self);
    }

  scroll_at_edge (self);
  update (self,
          gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture)));
}

static void
drag_end (GtkGesture     *gesture,
          double          dx,
          double          dy,
          TelarGraphView *self)
{
  TelarDrag *drag = &self->drag;

  telar_graph_view_update (self);
  if (drag->gesture != gesture)
    return;

  switch (drag->kind)
    {
    case TELAR_DRAG_NONE:
      break;
    case TELAR_DRAG_PRESSED:
      if (drag->selects_one)
        telar_selection_set_one (self->selection, telar_graph_view_hit_id (self, &drag->press));
      telar_graph_view_drag_cancel (self);
      break;
    case TELAR_DRAG_MOVE:
      end_move (self);
      break;
    case TELAR_DRAG_OBJECT:
      telar_graph_view_end_drag_objects (self);
      break;
    case TELAR_DRAG_LINK:
      end_link (self);
      break;
    case TELAR_DRAG_BAND:
      end_band (self);
      break;
    case TELAR_DRAG_PAN:
    case TELAR_DRAG_MAP:
      telar_graph_view_drag_cancel (self);
      break;
    }
}

/* Another gesture, such as the window manager's, took over. */
static void
drag_lost (GtkGesture       *gesture,
           GdkEventSequence *sequence,
           TelarGraphView   *self)
{
  if (self->drag.gesture == gesture)
    telar_graph_view_drag_cancel (self);
}

static void
add_gesture (TelarGraphView *self,
             guint           button)
{
  GtkGesture *gesture = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), button);
  g_signal_connect (gesture, "drag-begin", G_CALLBACK (drag_begin), self);
  g_signal_connect (gesture, "drag-update", G_CALLBACK (drag_update), self);
  g_signal_connect (gesture, "drag-end", G_CALLBACK (drag_end), self);
  g_signal_connect (gesture, "cancel", G_CALLBACK (drag_lost), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
}

void
telar_graph_view_drag_init (TelarGraphView *self)
{
  clear_drag (self);
  add_gesture (self, GDK_BUTTON_PRIMARY);
  add_gesture (self, GDK_BUTTON_MIDDLE);
}
