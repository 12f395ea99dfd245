/* timeline-view-order.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Lanes are sorted, folded, hidden and pinned: by the menu of a lane, by keys for the one
 * with the focus or that of the selected task. What is sorted by a quantity is sorted when
 * somebody asks, when the run has ended, and when a core turns up: not while people read it.
 */

#include "config.h"

#include "timeline-view/timeline-view-private.h"

#include <glib/gi18n-lib.h>

#include "popup-menu.h"

#define MOST_OBJECTS 40 /* in the menu */

static const char *const sorts[TELAR_N_SORTS] = { "graph", "start", "busy", "slices", "name" };

const char *
telar_timeline_view_order_get_sort (TelarTimelineView *self)
{
  return sorts[self->order->sort];
}

void
telar_timeline_view_order_link (TelarTimelineView *self)
{
  TelarTimelineView *other = self->linked;

  if (other == NULL)
    return;
  telar_lane_order_free (other->order);
  other->order = telar_lane_order_copy (self->order);
  telar_lane_order_apply (other->order, other->timeline);
  telar_timeline_view_lanes_name (other);
  gtk_widget_queue_allocate (GTK_WIDGET (other));
  gtk_widget_queue_draw (GTK_WIDGET (other));
}

static void
changed (TelarTimelineView *self)
{
  telar_timeline_view_lanes_name (self);
  telar_timeline_view_tell_range (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "object-lane");
  telar_timeline_view_order_link (self);
}

void
telar_timeline_view_order_set_sort (TelarTimelineView *self,
                                    const char        *name)
{
  for (guint i = 0; i < TELAR_N_SORTS; i++)
    if (g_strcmp0 (name, sorts[i]) == 0)
      self->order->sort = i;
  telar_lane_order_apply (self->order, self->timeline);
  changed (self);
}

void
telar_timeline_view_order_apply (TelarTimelineView *self)
{
  telar_lane_order_apply (self->order, self->timeline);
  g_object_notify (G_OBJECT (self), "object-lane");
}

void
telar_timeline_view_order_reveal (TelarTimelineView *self,
                                  guint32            task)
{
  if (self->timeline && telar_lane_order_reveal (self->order, self->timeline, task))
    changed (self);
}

guint
telar_timeline_view_order_hidden (TelarTimelineView *self)
{
  guint n = 0;

  for (guint kind = 0; kind < TELAR_N_LANE_KINDS; kind++)
    n += telar_lane_order_count (self->order, kind, TELAR_LANE_HIDDEN);

  return n;
}

void
telar_timeline_view_order_show (TelarTimelineView *self,
                                TelarLaneKind      kind)
{
  for (guint i = 0; i < self->order->n[kind]; i++)
    if (telar_lane_order_get (self->order, kind, i) & TELAR_LANE_HIDDEN)
      telar_lane_order_set (self->order, self->timeline, kind, i, TELAR_LANE_HIDDEN, FALSE);
  changed (self);
}

const TelarLaneOrder *
telar_timeline_view_get_order (TelarTimelineView *self)
{
  g_return_val_if_fail (TELAR_IS_TIMELINE_VIEW (self), NULL);

  return self->order;
}

/* --- One object's lane, whether those of all are asked for or not --- */

static gboolean
is_shown (TelarTimelineView *self,
          guint              object)
{
  guint marks = telar_lane_order_get (self->order, TELAR_LANE_OBJECT, object);

  return (self->objects || (marks & TELAR_LANE_SHOWN)) && !(marks & TELAR_LANE_HIDDEN);
}

static void
set_shown (TelarTimelineView *self,
           guint              object,
           gboolean           shown)
{
  if (!self->objects)
    telar_lane_order_set (self->order, self->timeline, TELAR_LANE_OBJECT, object,
                          TELAR_LANE_SHOWN, shown);
  if (shown || self->objects)
    telar_lane_order_set (self->order, self->timeline, TELAR_LANE_OBJECT, object,
                          TELAR_LANE_HIDDEN, !shown);
  changed (self);
}

/* The one that is meant; TELAR_NO_OBJECT: none that this run has. */
static guint32
find_object (TelarTimelineView *self)
{
  return self->timeline && self->object ? telar_timeline_find_object (self->timeline, self->object)
                                        : TELAR_NO_OBJECT;
}

void
telar_timeline_view_set_object (TelarTimelineView *self,
                                const char        *id)
{
  g_return_if_fail (TELAR_IS_TIMELINE_VIEW (self));

  if (g_strcmp0 (self->object, id) == 0)
    return;

  g_free (self->object);
  self->object = g_strdup (id);
  g_object_notify (G_OBJECT (self), "object-lane");
}

gboolean
telar_timeline_view_order_get_object_lane (TelarTimelineView *self)
{
  guint32 object = find_object (self);

  return object != TELAR_NO_OBJECT && is_shown (self, object);
}

void
telar_timeline_view_order_set_object_lane (TelarTimelineView *self,
                                           gboolean           shown)
{
  guint32 object = find_object (self);

  if (object != TELAR_NO_OBJECT && is_shown (self, object) != shown)
    set_shown (self, object, shown);
}

/* --- Actions --- */

static gboolean
has_target (TelarTimelineView *self)
{
  return self->timeline && self->lane_kind < TELAR_N_LANE_KINDS
         && self->lane_number < self->order->n[self->lane_kind];
}

static void
lane_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);
  TelarLaneMark      mark = g_str_equal (name, "lane.hide") ? TELAR_LANE_HIDDEN
                                                            : TELAR_LANE_PINNED;

  if (!has_target (self))
    return;
  if (g_str_equal (name, "lane.fold"))
    telar_lane_order_fold (self->order, self->timeline, self->lane_number);
  else
    telar_lane_order_set (self->order, self->timeline, self->lane_kind, self->lane_number, mark,
                          !(telar_lane_order_get (self->order, self->lane_kind, self->lane_number)
                            & mark));
  changed (self);
  if (self->lane_kind == TELAR_LANE_TASK && !g_str_equal (name, "lane.hide"))
    telar_timeline_view_scroll_to (self, TELAR_LANE_TASK, self->lane_number);
}

static void
show_all_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);

  telar_lane_order_unset_all (self->order, TELAR_LANE_HIDDEN);
  changed (self);
}

static void
object_action (GtkWidget  *widget,
               const char *name,
               GVariant   *number)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);
  guint              object = g_variant_get_uint32 (number);

  if (self->timeline && object < self->order->n[TELAR_LANE_OBJECT])
    set_shown (self, object, !is_shown (self, object));
}

/* The lane that has the focus, or that of the selected task. Returns: FALSE where there
 * is none. */
static gboolean
find_current (TelarTimelineView *self)
{
  self->lane_kind = self->marked_kind < TELAR_N_LANE_KINDS ? self->marked_kind
                    : self->selected != TELAR_NO_TASK ? TELAR_LANE_TASK : TELAR_N_LANE_KINDS;
  self->lane_number = self->marked_kind < TELAR_N_LANE_KINDS ? self->marked : self->selected;

  return self->lane_kind < TELAR_N_LANE_KINDS;
}

static gboolean
lane_key (GtkWidget *widget,
          GVariant  *action,
          gpointer   unused)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);
  const char        *name = g_variant_get_string (action, NULL);

  if (self->timeline == NULL || !find_current (self)
      || (self->lane_kind != TELAR_LANE_TASK && g_str_equal (name, "lane.fold")))
    return FALSE;

  return gtk_widget_activate_action (widget, name, NULL);
}

/* --- The menu --- */

static void
add_lane_items (TelarTimelineView *self,
                GMenu             *menu)
{
  guint marks = telar_lane_order_get (self->order, self->lane_kind, self->lane_number);

  if (self->lane_kind == TELAR_LANE_TASK)
    switch (telar_lane_order_folding (self->order, self->timeline, self->lane_number))
      {
      case TELAR_FOLD_CLOSE:
        telar_menu_append (menu, _("_Fold"), "lane.fold");
        break;
      case TELAR_FOLD_OPEN:
        telar_menu_append (menu, _("Un_fold"), "lane.fold");
        break;
      case TELAR_FOLD_NOTHING:
        break;
      }
  telar_menu_append (menu, marks & TELAR_LANE_PINNED ? _("Un_pin") : _("_Pin on Top"), "lane.pin");
  telar_menu_append (menu, _("_Hide"), "lane.hide");
}

static GMenu *
make_sort_menu (void)
{
  static const char *const labels[TELAR_N_SORTS] = {
    N_("As in the _Graph"), N_("By _Start"), N_("By _Time on a Core"),
    N_("By S_witches"), N_("By _Name"),
  };
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < TELAR_N_SORTS; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(labels[i]), NULL);

      g_menu_item_set_action_and_target (item, "lane.sort", "s", sorts[i]);
      g_menu_append_item (menu, item);
    }

  return menu;
}

static GMenu *
make_object_menu (TelarTimelineView *self)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < self->timeline->objects->len; i++)
    {
      const TelarObjectLane *object = g_ptr_array_index (self->timeline->objects, i);
      g_autofree char *label = NULL;
      g_autoptr (GMenuItem) item = NULL;

      if (!telar_object_has_lane (object))
        continue;
      label = g_strdup_printf (is_shown (self, i) ? _("Hide %s") : _("Show %s"), object->id);
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "lane.object", "u", i);
      g_menu_append_item (menu, item);
      if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) >= MOST_OBJECTS)
        break;
    }

  return menu;
}

static GMenuModel *
make_menu (TelarTimelineView *self)
{
  GMenu            *menu = g_menu_new ();
  g_autoptr (GMenu) lane = g_menu_new ();
  g_autoptr (GMenu) all = g_menu_new ();
  g_autoptr (GMenu) sort = make_sort_menu ();
  g_autoptr (GMenu) objects = make_object_menu (self);
  guint             hidden = telar_timeline_view_order_hidden (self);

  if (has_target (self))
    add_lane_items (self, lane);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (lane));
  telar_timeline_view_bookmark_menu (self, menu);
  if (hidden > 0)
    {
      g_autofree char *label
        = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Show %u Hidden _Lane",
                                        "Show %u Hidden _Lanes", hidden), hidden);

      telar_menu_append (all, label, "lane.show-all");
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (all));
  g_menu_append_section (menu, _("Sort Lanes"), G_MENU_MODEL (sort));
  if (g_menu_model_get_n_items (G_MENU_MODEL (objects)) > 0)
    {
      g_autoptr (GMenu) below = g_menu_new ();

      g_menu_append_submenu (below, _("Lanes of _Objects"), G_MENU_MODEL (objects));
      g_menu_append_section (menu, NULL, G_MENU_MODEL (below));
    }

  return G_MENU_MODEL (menu);
}

static void
popup (TelarTimelineView *self,
       double             x,
       double             y)
{
  g_autoptr (GMenuModel) model = make_menu (self);

  telar_menu_popup (GTK_WIDGET (self), &self->menu, model, x, y);
}

/* Which lane is meant at a place. */
static void
find_target (TelarTimelineView *self,
             const TelarHit    *hit)
{
  self->lane_kind = TELAR_N_LANE_KINDS;
  if (hit->kind == TELAR_HIT_OBJECT || hit->kind == TELAR_HIT_CORE_LANE)
    {
      self->lane_kind = hit->kind == TELAR_HIT_OBJECT ? TELAR_LANE_OBJECT : TELAR_LANE_CORE;
      self->lane_number = hit->number;
    }
  else if (hit->task != TELAR_NO_TASK)
    {
      self->lane_kind = TELAR_LANE_TASK;
      self->lane_number = hit->task;
    }
}

static void
menu_pressed (GtkGestureClick   *gesture,
              int                n_press,
              double             x,
              double             y,
              TelarTimelineView *self)
{
  TelarHit  names;
  TelarView view;

  if (self->timeline == NULL || telar_timeline_view_length (self) <= 0)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  /* Whatever lies in a lane there, its name is the lane's. */
  telar_timeline_view_fill_view (self, &view);
  names = telar_hit_timeline (self->timeline, &view, 1, y);
  find_target (self, &names);
  names = telar_hit_timeline (self->timeline, &view, x, y);
  self->menu_bookmark = names.kind == TELAR_HIT_BOOKMARK ? names.number : 0;
  self->menu_ns = (gint64) telar_view_time_at (
    self->timeline, &view, MAX (x, telar_timeline_left (self->timeline, &view)));
  popup (self, x, y);
}

static gboolean
menu_key (GtkWidget *widget,
          GVariant  *parameter,
          gpointer   unused)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);
  TelarView          view;
  double             y = 0, height = 0;

  if (self->timeline == NULL || telar_timeline_view_length (self) <= 0)
    return FALSE;
  telar_timeline_view_fill_view (self, &view);
  if (!find_current (self)
      || !telar_timeline_lane_rect (self->timeline, &view, self->lane_kind, self->lane_number, &y,
                                    &height))
    y = telar_timeline_top (self->timeline, &view);
  self->menu_bookmark = self->bookmark;
  self->menu_ns = (gint64) ((self->follow.begin + self->follow.end) / 2);
  popup (self, telar_timeline_left (self->timeline, &view) / 2, y + height);

  return TRUE;
}

/* --- Widget --- */

void
telar_timeline_view_order_init (TelarTimelineView *self)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (gtk_gesture_click_new ());

  self->order = telar_lane_order_new ();
  self->lane_kind = self->marked_kind = TELAR_N_LANE_KINDS;
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (controller), GDK_BUTTON_SECONDARY);
  g_signal_connect (controller, "pressed", G_CALLBACK (menu_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
telar_timeline_view_order_class_init (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint           key;
    GdkModifierType modifiers;
    const char     *action;
  } keys[] = {
    { GDK_KEY_f, 0, "lane.fold" },
    { GDK_KEY_p, 0, "lane.pin" },
    { GDK_KEY_h, 0, "lane.hide" },
  };

  gtk_widget_class_install_action (widget_class, "lane.fold", NULL, lane_action);
  gtk_widget_class_install_action (widget_class, "lane.pin", NULL, lane_action);
  gtk_widget_class_install_action (widget_class, "lane.hide", NULL, lane_action);
  gtk_widget_class_install_action (widget_class, "lane.show-all", NULL, show_all_action);
  gtk_widget_class_install_action (widget_class, "lane.object", "u", object_action);
  gtk_widget_class_install_property_action (widget_class, "lane.sort", "sort");

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, keys[i].modifiers, lane_key, "s",
                                  keys[i].action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_h, GDK_SHIFT_MASK, "lane.show-all",
                                       NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key, NULL);
}
