/* window-side.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What stands around the canvas: the palette at its left, the tabs at its right,
 * the search above it; and how the keyboard goes from one to the next.
 */

#include "config.h"

#include "window/window-private.h"

#include <glib/gi18n-lib.h>

/* --- Tabs --- */

void
telar_window_show_tab (TelarWindow *self,
                       TelarTab     tab)
{
  gtk_notebook_set_current_page (self->tabs, (int) tab);
}

TelarTab
telar_window_get_tab (TelarWindow *self)
{
  return (TelarTab) gtk_notebook_get_current_page (self->tabs);
}

void
telar_window_edit (TelarWindow *self,
                   const char  *place)
{
  guint64 step;

  telar_window_show_tab (self, TELAR_TAB_TASK);
  if (g_str_equal (place, "id"))
    telar_inspector_focus_id (self->inspector);
  else if (g_ascii_string_to_unsigned (place, 10, 0, G_MAXUINT, &step, NULL))
    telar_inspector_show_step (self->inspector, (guint) step);
  else
    telar_inspector_focus_first (self->inspector);
}

static gboolean
tab_key (GtkWidget *widget,
         GVariant  *parameter,
         gpointer   unused)
{
  TelarWindow *self = TELAR_WINDOW (widget);

  if (self->presenting || telar_window_is_choosing (self))
    return FALSE;
  telar_window_show_tab (self, (TelarTab) g_variant_get_int32 (parameter));
  gtk_widget_child_focus (gtk_notebook_get_nth_page (self->tabs, g_variant_get_int32 (parameter)),
                          GTK_DIR_TAB_FORWARD);

  return TRUE;
}

/* --- Search and palette --- */

static gboolean
holds_focus (TelarWindow *self,
             GtkWidget   *pane)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus && (focus == pane || gtk_widget_is_ancestor (focus, pane));
}

/* Where the keyboard is: in the run, or in the graph. */
static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TelarWindow *self = TELAR_WINDOW (widget);

  if (!telar_window_is_choosing (self) && self->shown && gtk_widget_get_mapped (self->lower)
      && (holds_focus (self, self->lower) || !gtk_widget_get_visible (self->canvas)))
    telar_lane_bar_open (self->lane_bar);
  else if (!telar_window_is_choosing (self) && gtk_widget_get_visible (self->canvas))
    telar_find_bar_open (self->find_bar);
}

static void
arrange_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (TELAR_WINDOW (widget)->graph_view), "graph.arrange",
                              NULL);
}

void
telar_window_show_palette (TelarWindow *self,
                           gboolean     shown)
{
  self->palette_shown = shown;
  gtk_widget_set_visible (self->palette, shown && !self->presenting && self->run_file == NULL);
}

/* Hides it where it has the keyboard; goes to it, or shows it, where it has not. */
static void
palette_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  TelarWindow *self = TELAR_WINDOW (widget);
  GtkWidget   *focus = gtk_window_get_focus (GTK_WINDOW (self));
  gboolean     in_palette = focus && gtk_widget_is_ancestor (focus, self->palette);

  if (telar_window_is_choosing (self) || self->presenting || self->run_file)
    return;

  if (self->palette_shown && in_palette)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->graph_view));
      telar_window_show_palette (self, FALSE);
      return;
    }
  telar_window_show_palette (self, TRUE);
  gtk_widget_grab_focus (self->palette);
}

/* --- From pane to pane --- */

static gboolean
pane_key (GtkWidget *widget,
          GVariant  *parameter,
          gpointer   unused)
{
  TelarWindow *self = TELAR_WINDOW (widget);
  GtkWidget   *panes[] = { self->palette, GTK_WIDGET (self->graph_view), GTK_WIDGET (self->tabs),
                           GTK_WIDGET (self->timeline_view) };
  int          n = G_N_ELEMENTS (panes), step = g_variant_get_int32 (parameter), at = 1;

  if (telar_window_is_choosing (self))
    return FALSE;

  for (int i = 0; i < n; i++)
    if (holds_focus (self, panes[i]))
      at = i + step;
  for (int i = 0; i < n; i++, at += step)
    {
      GtkWidget *pane = panes[(at + n) % n];

      if (gtk_widget_get_mapped (pane)
          && (pane == GTK_WIDGET (self->tabs) ? gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD)
                                              : gtk_widget_grab_focus (pane)))
        break;
    }

  return TRUE;
}

static void
add_pane_key (GtkEventController *controller,
              GdkModifierType     modifiers,
              int                 step)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F6, modifiers),
                                            gtk_callback_action_new (pane_key, NULL, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (step));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

/* From a form, once its field has no use for the key, back to what it is about. */
static gboolean
escape_key (GtkWidget *widget,
            GVariant  *parameter,
            gpointer   data)
{
  TelarWindow *self = data;

  return !self->presenting && gtk_widget_get_mapped (GTK_WIDGET (self->graph_view))
         && gtk_widget_grab_focus (GTK_WIDGET (self->graph_view));
}

/* Caught on the way down: GtkPaned has a meaning of its own for F6. */
void
telar_window_side_init (TelarWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  add_pane_key (controller, 0, 1);
  add_pane_key (controller, GDK_SHIFT_MASK, -1);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  controller = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                      gtk_callback_action_new (escape_key, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->inspector), controller);
}

void
telar_window_side_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.find", NULL);
  gtk_widget_class_install_action (widget_class, "win.arrange", NULL, arrange_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "win.arrange",
                                       NULL);
  gtk_widget_class_install_action (widget_class, "win.palette", NULL, palette_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F9, 0, "win.palette", NULL);

  for (int i = 0; i < TELAR_N_TABS; i++)
    gtk_widget_class_add_binding (widget_class, GDK_KEY_1 + (guint) i, GDK_ALT_MASK, tab_key, "i",
                                  i);
}
