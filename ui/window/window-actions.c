/* window-actions.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Named actions of a window, with their shortcuts beside them.
 */

#include "config.h"

#include "window/window-private.h"

#include "zoom-steps.h"

static void
run_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  telar_window_run_start (TELAR_WINDOW (widget));
}

static void
stop_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  telar_window_run_stop (TELAR_WINDOW (widget));
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  telar_window_export (TELAR_WINDOW (widget));
}

static void
present_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  telar_window_present_toggle (TELAR_WINDOW (widget));
}

static gboolean
leave_key (GtkWidget *widget,
           GVariant  *parameter,
           gpointer   unused)
{
  TelarWindow *self = TELAR_WINDOW (widget);

  /* What was just said goes before what is selected. */
  if (telar_window_dismiss_remark (self))
    return TRUE;
  if (!self->presenting)
    return FALSE;
  telar_window_present_leave (self);

  return TRUE;
}

/* 1, 2, 3: graph, timeline, output; only on the projector, where there is no
 * place for all of them. */
static gboolean
present_key (GtkWidget *widget,
             GVariant  *parameter,
             gpointer   unused)
{
  TelarWindow *self = TELAR_WINDOW (widget);

  if (!self->presenting)
    return FALSE;
  g_object_set (self, "present-show", telar_present_name (g_variant_get_int32 (parameter)), NULL);

  return TRUE;
}

/* Enlarging is about the graph where the graph has the focus. */
static void
zoom_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TelarWindow *self = TELAR_WINDOW (widget);
  GtkWidget   *focus = gtk_window_get_focus (GTK_WINDOW (self));
  gboolean     graph = focus && (focus == GTK_WIDGET (self->graph_view)
                                 || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->graph_view)));
  double       factor = g_str_equal (name, "win.zoom-in") ? TELAR_ZOOM_KEY : 1 / TELAR_ZOOM_KEY;

  if (g_str_equal (name, "win.fit"))
    {
      telar_timeline_view_fit (self->timeline_view);
      telar_graph_view_fit (self->graph_view);
    }
  else if (graph)
    telar_graph_view_zoom (self->graph_view, factor);
  else
    telar_timeline_view_zoom (self->timeline_view, factor);
}

static void
follow_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  telar_timeline_view_follow (TELAR_WINDOW (widget)->timeline_view);
}

static void
replay_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TelarWindow *self = TELAR_WINDOW (widget);
  guint        slowness = telar_replay_slowness (telar_window_get_timeline (self)->wall);

  if (slowness > 0)
    telar_timeline_view_replay (self->timeline_view, slowness);
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TelarWindow *self = TELAR_WINDOW (widget);

  if (self->begun)
    telar_window_show_graph (self);
}

/* To the chooser; from there, back to the graph that is open. */
static void
choose_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TelarWindow *self = TELAR_WINDOW (widget);

  if (telar_window_is_choosing (self))
    back_action (widget, name, parameter);
  else
    telar_window_choose (self);
}

static void
new_window_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (widget));

  gtk_window_present (GTK_WINDOW (telar_window_new (TELAR_APPLICATION (application))));
}

/* Made when it is asked for, and gone when it is closed: where a program keeps a
 * window that was never shown, GTK 4.8 ends when a screen reader asks for a
 * dialog that has just closed. */
static void
shortcuts_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  g_autoptr (GtkBuilder) builder =
    gtk_builder_new_from_resource ("/io/github/telar/Telar/ui/help-overlay.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  gtk_window_set_transient_for (shortcuts, GTK_WINDOW (widget));
  gtk_window_present (shortcuts);
}

/* What needs no more than its name: a table instead of a function each. */
static void
document_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  static const struct
  {
    const char *name;
    void      (*act) (TelarWindow *self);
  } acts[] = {
    { "win.new", telar_window_new_graph },
    { "win.open", telar_window_open_dialog },
    { "win.reload", telar_window_reload },
    { "win.keep-mine", telar_window_keep_mine },
    { "win.recover", telar_window_recover },
    { "win.discard-recovery", telar_window_discard_recovery },
    { "win.save-run", telar_window_save_run },
    { "win.edit-copy", telar_window_edit_copy },
    { "win.cancel-work", telar_window_cancel_work },
    { "win.undo", telar_window_undo },
    { "win.redo", telar_window_redo },
  };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (name, acts[i].name))
      acts[i].act (TELAR_WINDOW (widget));
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  if (TELAR_WINDOW (widget)->run_file)
    telar_window_save_run_again (TELAR_WINDOW (widget));
  else if (g_str_equal (name, "win.save"))
    telar_window_save (TELAR_WINDOW (widget), NULL);
  else
    telar_window_save_as (TELAR_WINDOW (widget), NULL);
}

static void
kind_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  telar_window_switch_kind (TELAR_WINDOW (widget),
                            g_str_equal (name, "win.make-processes") ? TELAR_KIND_PROCESS
                            : g_str_equal (name, "win.make-threads") ? TELAR_KIND_THREAD
                                                                     : TELAR_KIND_CALL);
}

/* Undo is the document's, also while somebody writes in a field of a form: what
 * is written there is in the document already. Only what is searched for is no
 * part of it. Caught on the way down, before entries have a meaning of their own
 * for these keys. */
static gboolean
history_key (GtkWidget *widget,
             GVariant  *parameter,
             gpointer   unused)
{
  TelarWindow      *self = TELAR_WINDOW (widget);
  GtkWidget        *focus = gtk_window_get_focus (GTK_WINDOW (self));
  TelarWindowState  state = telar_window_get_state (self);
  gboolean          undo = g_variant_get_boolean (parameter);

  if (focus && gtk_widget_get_ancestor (focus, GTK_TYPE_SEARCH_ENTRY))
    return FALSE;
  if (undo ? !state.can_undo : !state.can_redo)
    return FALSE;

  if (undo)
    telar_window_undo (self);
  else
    telar_window_redo (self);

  return TRUE;
}

static void
add_history_key (GtkEventController *controller,
                 guint               key,
                 GdkModifierType     modifiers,
                 gboolean            undo)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                                            gtk_callback_action_new (history_key, NULL, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_boolean (undo));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

/* Whatever has the focus, Escape leaves the full screen: it is caught on the
 * way down, before panes and lists have a meaning of their own for it. */
void
telar_window_actions_init (TelarWindow *self)
{
  /* What the timeline shows. */
  static const struct { const char *action, *property; } shown[] = {
    { "show-overview", "overview" },
    { "show-critical", "critical" },
    { "show-objects", "objects" },
    { "all-arrows", "all-arrows" },
    { "object-lane", "object-lane" },
    { "sort-lanes", "sort" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcut        *shortcut;

  shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                               gtk_callback_action_new (leave_key, NULL, NULL));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  add_history_key (controller, GDK_KEY_z, GDK_CONTROL_MASK, TRUE);
  add_history_key (controller, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, FALSE);
  add_history_key (controller, GDK_KEY_y, GDK_CONTROL_MASK, FALSE);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autoptr (GPropertyAction) action = g_property_action_new (shown[i].action,
                                                                  self->timeline_view,
                                                                  shown[i].property);

      g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
    }
}

void
telar_window_actions_class_init (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char                  *name;
    GtkWidgetActionActivateFunc  activate;
    struct { guint key; GdkModifierType modifiers; } keys[3];
  } actions[] = {
    { "win.run", run_action, { { GDK_KEY_r, GDK_CONTROL_MASK }, { GDK_KEY_F5, 0 } } },
    { "win.stop", stop_action, { { GDK_KEY_period, GDK_CONTROL_MASK },
                                 { GDK_KEY_F5, GDK_SHIFT_MASK } } },
    { "win.new", document_action, { { GDK_KEY_n, GDK_CONTROL_MASK } } },
    { "win.new-window", new_window_action, { { GDK_KEY_n, GDK_CONTROL_MASK | GDK_SHIFT_MASK } } },
    { "win.open", document_action, { { GDK_KEY_o, GDK_CONTROL_MASK } } },
    { "win.save", save_action, { { GDK_KEY_s, GDK_CONTROL_MASK } } },
    { "win.save-as", save_action, { { GDK_KEY_s, GDK_CONTROL_MASK | GDK_SHIFT_MASK } } },
    { "win.save-run", document_action, { { GDK_KEY_s, GDK_CONTROL_MASK | GDK_ALT_MASK } } },
    { "win.edit-copy", document_action },
    { "win.cancel-work", document_action },
    { "win.reload", document_action },
    { "win.keep-mine", document_action },
    { "win.recover", document_action },
    { "win.discard-recovery", document_action },
    /* Their keys are in telar_window_actions_init(). */
    { "win.undo", document_action },
    { "win.redo", document_action },
    { "win.show-help-overlay", shortcuts_action, { { GDK_KEY_question, GDK_CONTROL_MASK } } },
    { "win.make-processes", kind_action, { { GDK_KEY_p, GDK_CONTROL_MASK | GDK_SHIFT_MASK } } },
    { "win.make-threads", kind_action, { { GDK_KEY_t, GDK_CONTROL_MASK | GDK_SHIFT_MASK } } },
    { "win.make-calls", kind_action, { { GDK_KEY_l, GDK_CONTROL_MASK | GDK_SHIFT_MASK } } },
    { "win.choose", choose_action, { { GDK_KEY_Home, GDK_ALT_MASK } } },
    { "win.back", back_action, { { GDK_KEY_Left, GDK_ALT_MASK } } },
    { "win.export", export_action, { { GDK_KEY_e, GDK_CONTROL_MASK } } },
    { "win.present", present_action, { { GDK_KEY_F11, 0 } } },
    { "win.zoom-in", zoom_action, { { GDK_KEY_plus, GDK_CONTROL_MASK },
                                    { GDK_KEY_equal, GDK_CONTROL_MASK },
                                    { GDK_KEY_KP_Add, GDK_CONTROL_MASK } } },
    { "win.zoom-out", zoom_action, { { GDK_KEY_minus, GDK_CONTROL_MASK },
                                     { GDK_KEY_KP_Subtract, GDK_CONTROL_MASK } } },
    { "win.fit", zoom_action, { { GDK_KEY_0, GDK_CONTROL_MASK },
                                { GDK_KEY_KP_0, GDK_CONTROL_MASK } } },
    { "win.follow", follow_action, { { GDK_KEY_End, GDK_CONTROL_MASK } } },
    { "win.replay", replay_action, { { GDK_KEY_r, GDK_CONTROL_MASK | GDK_SHIFT_MASK } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
      for (guint k = 0; k < G_N_ELEMENTS (actions[i].keys) && actions[i].keys[k].key; k++)
        gtk_widget_class_add_binding_action (widget_class, actions[i].keys[k].key,
                                             actions[i].keys[k].modifiers, actions[i].name, NULL);
    }

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK,
                                       "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_q, GDK_CONTROL_MASK,
                                       "app.quit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "win.show-objects", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "win.all-arrows", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "win.show-overview", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_k, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "win.show-critical", NULL);
  gtk_widget_class_install_property_action (widget_class, "win.present-show", "present-show");
  gtk_widget_class_install_property_action (widget_class, "win.shown-run", "shown-run");
  for (int i = 0; i < TELAR_N_PRESENTS; i++)
    {
      gtk_widget_class_add_binding (widget_class, GDK_KEY_1 + (guint) i, 0, present_key, "i", i);
      gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_1 + (guint) i, 0, present_key, "i", i);
    }
}
