/* graph-view-keys.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Arrows go to the nearest box that way, with Shift they select on the way,
 * with Alt they move what is selected, with Ctrl they pan; Tab goes through
 * all boxes; Enter edits, A adds after; any other letter asks what to add. An
 * arrow is drawn by keys from one box to another: Ctrl+J, arrows, Enter.
 */

#include "config.h"

#include "graph-view/graph-view-private.h"

#include <glib/gi18n-lib.h>

#include "edit/legal.h"
#include "edit/operations.h"
#include "graph-view/graph-walk.h"
#include "unpainted.h"
#include "zoom-steps.h"

#define PAN_STEP 48.0

guint32
telar_graph_view_focused (TelarGraphView *self)
{
  TelarUnpainted *node = telar_unpainted_from (gtk_widget_get_focus_child (GTK_WIDGET (self)));

  if (node)
    return telar_unpainted_get_number (node);

  return telar_graph_view_primary (self);
}

static void
go_to (TelarGraphView *self,
       guint32         task)
{
  telar_graph_view_focus_task (self, task);
  telar_graph_view_reveal_task (self, task);
}

/* --- Walking --- */

static gboolean
go_key (GtkWidget *widget,
        GVariant  *way,
        gpointer   unused)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);
  int             dx, dy;
  guint32         from, to;

  telar_graph_view_update (self);
  if (self->layout == NULL)
    return FALSE;

  g_variant_get (way, "(ii)", &dx, &dy);
  from = telar_graph_view_focused (self);
  to = telar_graph_view_lane_beside (self, from, dx, dy);
  if (to != TELAR_NOBODY)
    {
      go_to (self, to);
      return TRUE;
    }
  if (telar_graph_view_is_lane (self, from))
    return TRUE;
  to = telar_graph_view_is_object (self, from)
         ? telar_graph_view_nearest (self, from, dx, dy)
         : telar_graph_walk (self->layout, from, dx, dy,
                             self->link_from != TELAR_NOBODY ? self->drag.legal : NULL);
  if (to == TELAR_NOBODY && self->link_from == TELAR_NOBODY)
    to = telar_graph_view_nearest (self, from, dx, dy);
  if (to != TELAR_NOBODY)
    go_to (self, to);

  return TRUE;
}

static gboolean
extend_key (GtkWidget *widget,
            GVariant  *way,
            gpointer   unused)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);
  int             dx, dy;
  guint32         to;
  const char     *id;

  telar_graph_view_update (self);
  if (self->layout == NULL || self->selection == NULL)
    return FALSE;

  g_variant_get (way, "(ii)", &dx, &dy);
  to = telar_graph_view_focused (self);
  if (telar_graph_view_is_lane (self, to))
    to = telar_graph_view_pool_of (self, to);
  to = telar_graph_view_is_object (self, to)
         ? telar_graph_view_nearest (self, to, dx, dy)
         : telar_graph_walk (self->layout, to, dx, dy, NULL);
  id = telar_graph_view_id (self, to);
  if (id == NULL || to == 0)
    return TRUE;

  self->quiet = TRUE;
  go_to (self, to);
  self->quiet = FALSE;
  telar_selection_add (self->selection, (const char *const[]) { id, NULL });

  return TRUE;
}

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

static gboolean
nudge_key (GtkWidget *widget,
           GVariant  *way,
           gpointer   unused)
{
  TelarGraphView     *self = TELAR_GRAPH_VIEW (widget);
  TelarDocument      *document = telar_graph_view_document (self);
  g_auto (GStrv)      ids = NULL;
  g_autofree char    *label = NULL;
  g_autoptr (GError)  error = NULL;
  int                 dx, dy;

  if (!telar_graph_view_can_edit (self))
    return FALSE;
  ids = telar_selection_get_nodes (self->selection);
  if (ids[0] == NULL)
    return FALSE;

  g_variant_get (way, "(ii)", &dx, &dy);
  telar_graph_view_update (self);
  label = ids[1] == NULL
            ? g_strdup_printf (_("Move %s"), ids[0])
            : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Move %u task", "Move %u tasks",
                                            g_strv_length (ids)),
                               g_strv_length (ids));
  self->jump = TRUE;
  telar_document_begin (document, label, "nudge");
  telar_graph_view_settle (self);
  if (telar_document_move (document, (const char *const *) ids, dx * TELAR_SNAP_GRID,
                           dy * TELAR_SNAP_GRID, &error))
    telar_document_end (document);
  else
    {
      telar_document_cancel (document);
      telar_graph_view_refused (self, telar_graph_view_primary (self), error);
    }

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

/* --- An arrow by keys --- */

void
telar_graph_view_link_keys_end (TelarGraphView *self,
                                gboolean        draw)
{
  guint32             from = self->link_from, to = telar_graph_view_focused (self);
  g_autofree char    *from_id = NULL;
  g_autofree char    *to_id = NULL;
  g_autoptr (GError)  error = NULL;

  if (from == TELAR_NOBODY)
    return;

  from_id = g_strdup (telar_graph_view_id (self, from));
  to_id = g_strdup (telar_graph_view_id (self, to));
  self->link_from = TELAR_NOBODY;
  g_clear_pointer (&self->drag.legal, g_free);
  telar_graph_view_say (self, NULL, 0, 0, FALSE, FALSE);
  if (self->layout && self->marks)
    telar_graph_view_update_marks (self);
  if (!draw || from_id == NULL || to_id == NULL)
    return;

  if (from == to)
    telar_graph_view_say_at (self, from,
                             _("Go to the task that is to come after this one, then press Enter"),
                             TRUE);
  else if (!telar_document_connect (telar_graph_view_document (self), to_id, from_id, &error))
    telar_graph_view_refused (self, to, error);
}

/* The keyboard comes back to where the arrow begins: that is what is selected, and
 * what the next key is for. */
static void
end_link (TelarGraphView *self,
          gboolean        draw)
{
  g_autofree char *from = g_strdup (telar_graph_view_id (self, self->link_from));

  telar_graph_view_link_keys_end (self, draw);
  telar_graph_view_update (self);
  self->quiet = TRUE;
  telar_graph_view_focus_task (self, telar_graph_view_number (self, from));
  self->quiet = FALSE;
}

static gboolean
escape_key (GtkWidget *widget,
            GVariant  *parameter,
            gpointer   unused)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);

  if (self->drag.kind > TELAR_DRAG_PRESSED)
    {
      telar_graph_view_drag_cancel (self);
      return TRUE;
    }
  if (self->link_from != TELAR_NOBODY)
    {
      end_link (self, FALSE);
      return TRUE;
    }
  if (self->arranging)
    {
      telar_graph_view_arrange_cancel (self);
      return TRUE;
    }
  if (gtk_widget_get_visible (self->bubble))
    {
      telar_graph_view_say (self, NULL, 0, 0, FALSE, FALSE);
      return TRUE;
    }
  if (self->presenting || self->selection == NULL
      || (telar_selection_get_n (self->selection) == 0 && self->edge == G_MAXUINT))
    return FALSE;

  self->edge = G_MAXUINT;
  telar_selection_set_one (self->selection, NULL);
  gtk_widget_grab_focus (widget);
  gtk_widget_queue_draw (widget);

  return TRUE;
}

static gboolean
enter_key (GtkWidget *widget,
           GVariant  *parameter,
           gpointer   unused)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);

  if (!telar_graph_view_can_edit (self))
    return FALSE;

  if (self->link_from != TELAR_NOBODY)
    end_link (self, TRUE);
  else if (telar_selection_get_n (self->selection) > 0)
    g_signal_emit_by_name (self, "edit", "");
  else
    telar_graph_view_ask_to_add (self, "", NULL, FALSE, 0, 0);

  return TRUE;
}

static gboolean
toggle_key (GtkWidget *widget,
            GVariant  *parameter,
            gpointer   unused)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);
  const char     *id = telar_graph_view_id (self, telar_graph_view_focused (self));

  if (self->selection == NULL || id == NULL)
    return FALSE;
  telar_selection_toggle (self->selection, id);

  return TRUE;
}

static gboolean
menu_key (GtkWidget *widget,
          GVariant  *parameter,
          gpointer   unused)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);
  guint32         task = telar_graph_view_focused (self);
  double          x = 24, y = 24;

  telar_graph_view_update (self);
  if (telar_graph_view_is_lane (self, task))
    task = telar_graph_view_pool_of (self, task);
  if (task != 0 && telar_graph_view_box (self, task))
    {
      const TelarGraphBox *box = telar_graph_view_box (self, task);

      x = self->x + (box->x + 20) * self->scale;
      y = self->y + (box->y + MIN (20, box->height / 2)) * self->scale;
    }
  telar_graph_view_popup_menu (self, CLAMP (x, 1, gtk_widget_get_width (widget) - 1),
                               CLAMP (y, 1, gtk_widget_get_height (widget) - 1));

  return TRUE;
}

/* --- Typing --- */

static gboolean
key_pressed (TelarGraphView  *self,
             guint            key,
             guint            code,
             GdkModifierType  state)
{
  gunichar character = gdk_keyval_to_unicode (key);
  char     text[8] = { 0 };

  if (key == GDK_KEY_space && !(state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)))
    {
      self->space = TRUE;
      return GDK_EVENT_STOP;
    }
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK))
      || !telar_graph_view_can_edit (self) || self->link_from != TELAR_NOBODY
      || (!g_unichar_isalpha (character) && character != '_'))
    return GDK_EVENT_PROPAGATE;

  telar_graph_view_update (self);
  if (character == 'a' || character == 'A')
    {
      guint32     task = telar_graph_view_primary (self);
      const char *id = telar_graph_view_id (self, task);

      if (id && task != 0)
        {
          telar_graph_view_ask_to_add (self, "", id, FALSE, 0, 0);
          return GDK_EVENT_STOP;
        }
    }

  g_unichar_to_utf8 (character, text);
  telar_graph_view_ask_to_add (self, text, NULL, FALSE, 0, 0);

  return GDK_EVENT_STOP;
}

static void
key_released (TelarGraphView *self,
              guint           key)
{
  if (key == GDK_KEY_space)
    self->space = FALSE;
}

static void
focus_left (TelarGraphView *self)
{
  self->space = FALSE;
}

/* --- Focus --- */

/* Tab goes from box to box, and after the last one on to the next pane. */
static gboolean
focus (GtkWidget        *widget,
       GtkDirectionType  direction)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);
  GtkWidget      *child = gtk_widget_get_focus_child (widget);
  int             step = direction == GTK_DIR_TAB_BACKWARD ? -1 : 1;
  guint32         task = TELAR_NOBODY;

  telar_graph_view_update (self);
  if (child && (child == GTK_WIDGET (self->adder) || child == self->menu))
    return gtk_widget_child_focus (child, direction);
  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return child == NULL && !gtk_widget_has_focus (widget) && gtk_widget_grab_focus (widget);
  if (self->layout == NULL)
    return !gtk_widget_has_focus (widget) && gtk_widget_grab_focus (widget);

  if (telar_unpainted_from (child))
    task = telar_graph_view_next (self, telar_unpainted_get_number (telar_unpainted_from (child)),
                                  step);
  else if (telar_graph_view_primary (self) != TELAR_NOBODY)
    task = telar_graph_view_primary (self);
  else if (gtk_widget_has_focus (widget))
    task = step > 0 ? telar_graph_walk_on (self->layout, TELAR_NOBODY, 1) : TELAR_NOBODY;
  else
    return gtk_widget_grab_focus (widget);

  if (task == TELAR_NOBODY)
    return FALSE;
  go_to (self, task);

  return TRUE;
}

static void
set_focus_child (GtkWidget *widget,
                 GtkWidget *child)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);
  TelarUnpainted *node = telar_unpainted_from (child);

  GTK_WIDGET_CLASS (g_type_class_peek (GTK_TYPE_WIDGET))
    ->set_focus_child (widget, child);

  if (node && !self->quiet && self->link_from == TELAR_NOBODY
      && telar_graph_view_is_lane (self, telar_unpainted_get_number (node)))
    telar_graph_view_select_lane (self, telar_unpainted_get_number (node));
  else if (node && !self->quiet && self->link_from == TELAR_NOBODY
      && self->selection)
    {
      const char *id = telar_graph_view_id (self, telar_unpainted_get_number (node));

      /* The focus comes back to what is selected among others. */
      if (id && !(telar_selection_get_n (self->selection) > 1
                  && g_strcmp0 (telar_selection_get_primary (self->selection), id) == 0))
        telar_selection_set_one (self->selection, id);
      /* From one of its lanes to the pool itself. */
      if (telar_graph_view_is_pool (self, telar_unpainted_get_number (node)))
        telar_graph_view_set_plan_task (self, TELAR_NO_TASK);
    }
  gtk_widget_queue_draw (widget);
}

void
telar_graph_view_keys_class_init (GtkWidgetClass *widget_class)
{
  static const struct { guint key, keypad; int dx, dy; } arrows[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0 }, { GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0 },
    { GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1 }, { GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1 },
  };
  static const struct { GdkModifierType modifiers; GtkShortcutFunc call; } ways[] = {
    { 0, go_key }, { GDK_SHIFT_MASK, extend_key }, { GDK_CONTROL_MASK, pan_key },
    { GDK_ALT_MASK, nudge_key },
  };
  static const struct { guint key; int way; } zooms[] = {
    { GDK_KEY_plus, 1 },   { GDK_KEY_KP_Add, 1 },
    { GDK_KEY_minus, -1 }, { GDK_KEY_KP_Subtract, -1 },
    { GDK_KEY_0, 0 },      { GDK_KEY_Home, 0 },
  };
  static const struct { guint key; GdkModifierType modifiers; GtkShortcutFunc call; } keys[] = {
    { GDK_KEY_Escape, 0, escape_key },
    { GDK_KEY_Return, 0, enter_key }, { GDK_KEY_KP_Enter, 0, enter_key },
    { GDK_KEY_space, GDK_CONTROL_MASK, toggle_key },
    { GDK_KEY_Menu, 0, menu_key }, { GDK_KEY_F10, GDK_SHIFT_MASK, menu_key },
  };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    for (guint k = 0; k < G_N_ELEMENTS (ways); k++)
      {
        gtk_widget_class_add_binding (widget_class, arrows[i].key, ways[k].modifiers, ways[k].call,
                                      "(ii)", arrows[i].dx, arrows[i].dy);
        gtk_widget_class_add_binding (widget_class, arrows[i].keypad, ways[k].modifiers,
                                      ways[k].call, "(ii)", arrows[i].dx, arrows[i].dy);
      }
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    gtk_widget_class_add_binding (widget_class, zooms[i].key, 0, zoom_key, "i", zooms[i].way);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, keys[i].modifiers, keys[i].call, NULL);

  widget_class->focus = focus;
  widget_class->set_focus_child = set_focus_child;
}

void
telar_graph_view_keys_init (TelarGraphView *self)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  g_signal_connect_swapped (controller, "key-pressed", G_CALLBACK (key_pressed), self);
  g_signal_connect_swapped (controller, "key-released", G_CALLBACK (key_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  controller = gtk_event_controller_focus_new ();
  g_signal_connect_swapped (controller, "leave", G_CALLBACK (focus_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}
