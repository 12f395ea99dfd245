/* window-actions.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Named actions of a window, with their shortcuts beside them.
 */

#include "config.h"

#include "window-private.h"

#include <glib/gi18n-lib.h>

#include "follow.h"

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
  guint        slowness = telar_replay_slowness (telar_run_get_timeline (self->run)->wall);

  if (slowness > 0)
    telar_timeline_view_replay (self->timeline_view, slowness);
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TelarWindow *self = TELAR_WINDOW (widget);

  if (self->graph == NULL)
    return;
  gtk_stack_set_visible_child_name (self->stack, "graph");
  telar_window_update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->timeline_view));
}

/* To the chooser; from there, back to the graph that is open. */
static void
choose_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TelarWindow *self = TELAR_WINDOW (widget);

  telar_window_present_leave (self);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "chooser") == 0)
    back_action (widget, name, parameter);
  else
    telar_window_choose (self);
}

static void
open_response (GtkNativeDialog *dialog,
               int              response,
               TelarWindow     *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      if (file)
        telar_window_open (self, file);
    }

  g_object_unref (dialog);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TelarWindow          *self = TELAR_WINDOW (widget);
  GtkFileChooserNative *dialog;
  GtkFileFilter        *filter;

  telar_window_present_leave (self);
  dialog = gtk_file_chooser_native_new (_("Open a Graph"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);

  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _("Telar graphs"));
  gtk_file_filter_add_pattern (filter, "*.telar");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  g_object_unref (filter);

  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _("All files"));
  gtk_file_filter_add_pattern (filter, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  g_object_unref (filter);

  if (self->file)
    {
      g_autoptr (GFile) folder = g_file_get_parent (self->file);

      if (folder)
        gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
    }

  g_signal_connect_object (dialog, "response", G_CALLBACK (open_response), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
new_window_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (widget));

  gtk_window_present (GTK_WINDOW (telar_window_new (TELAR_APPLICATION (application))));
}

/* Whatever has the focus, Escape leaves the full screen: it is caught on the
 * way down, before panes and lists have a meaning of their own for it. */
void
telar_window_actions_init (TelarWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcut        *shortcut;

  shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                               gtk_callback_action_new (leave_key, NULL, NULL));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
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
    { "win.open", open_action, { { GDK_KEY_o, GDK_CONTROL_MASK } } },
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
    { "win.new", new_window_action, { { GDK_KEY_n, GDK_CONTROL_MASK } } },
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
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question, GDK_CONTROL_MASK,
                                       "win.show-help-overlay", NULL);
  gtk_widget_class_install_property_action (widget_class, "win.present-show", "present-show");
  for (int i = 0; i < TELAR_N_PRESENTS; i++)
    {
      gtk_widget_class_add_binding (widget_class, GDK_KEY_1 + (guint) i, 0, present_key, "i", i);
      gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_1 + (guint) i, 0, present_key, "i", i);
    }
}
