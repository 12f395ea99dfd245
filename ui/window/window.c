/* window.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "window/window-private.h"

#include "edit/recovery.h"

enum
{
  PROP_0,
  PROP_PRESENT_SHOW,
  PROP_SHOWN_RUN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TelarWindow, telar_window, GTK_TYPE_APPLICATION_WINDOW)

static void
telar_window_map (GtkWidget *widget)
{
  TelarWindow *self = TELAR_WINDOW (widget);

  GTK_WIDGET_CLASS (telar_window_parent_class)->map (widget);

  gtk_widget_grab_focus (telar_window_is_choosing (self) ? GTK_WIDGET (self->chooser)
                                                         : GTK_WIDGET (self->graph_view));
}

static void
close_answered (TelarWindow *self,
                gboolean     may)
{
  if (may)
    gtk_window_close (GTK_WINDOW (self));
}

static gboolean
telar_window_close_request (GtkWindow *window)
{
  TelarWindow *self = TELAR_WINDOW (window);

  telar_window_present_leave (self);
  if (!self->may_close && telar_window_has_to_ask (self))
    {
      telar_window_ask_to_close (self, close_answered);
      return GDK_EVENT_STOP;
    }

  /* A file that is being written is first written to its end. */
  if (telar_window_close_after_work (self))
    return GDK_EVENT_STOP;

  /* Saved, or given up on purpose: nothing to recover. */
  telar_document_drop_recovery (self->document);
  if (telar_window_run_close (self))
    return GDK_EVENT_STOP;

  return GTK_WINDOW_CLASS (telar_window_parent_class)->close_request (window);
}

static void
telar_window_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PRESENT_SHOW:
      g_value_set_static_string (value, telar_present_name (TELAR_WINDOW (object)->present));
      break;
    case PROP_SHOWN_RUN:
      g_value_set_int (value, telar_window_get_shown_run (TELAR_WINDOW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_window_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TelarWindow  *self = TELAR_WINDOW (object);
  TelarPresent  present;

  switch (id)
    {
    case PROP_PRESENT_SHOW:
      present = telar_present_parse (g_value_get_string (value));
      if (present != self->present)
        {
          telar_window_present_show (self, present);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_SHOWN_RUN:
      telar_window_show_run (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_window_dispose (GObject *object)
{
  TelarWindow *self = TELAR_WINDOW (object);

  telar_window_run_drop (self);
  g_clear_handle_id (&self->closing, g_source_remove);
  telar_window_document_dispose (self);
  telar_window_work_dispose (self);
  telar_window_kept_dispose (self);
  telar_window_statistics_dispose (self);
  g_clear_object (&self->save_to);
  g_clear_pointer (&self->recoveries, g_ptr_array_unref);

  if (self->present_css)
    gtk_style_context_remove_provider_for_display (gtk_widget_get_display (GTK_WIDGET (self)),
                                                   GTK_STYLE_PROVIDER (self->present_css));
  g_clear_object (&self->present_css);

  G_OBJECT_CLASS (telar_window_parent_class)->dispose (object);
}

static void
telar_window_class_init (TelarWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->get_property = telar_window_get_property;
  object_class->set_property = telar_window_set_property;
  object_class->dispose = telar_window_dispose;

  properties[PROP_PRESENT_SHOW] =
    g_param_spec_string ("present-show", NULL, NULL, "timeline",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOWN_RUN] =
    g_param_spec_int ("shown-run", NULL, NULL, -1, G_MAXINT, -1,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  widget_class->map = telar_window_map;
  window_class->close_request = telar_window_close_request;

  g_type_ensure (TELAR_TYPE_ERROR_BAR);
  g_type_ensure (TELAR_TYPE_CHOOSER);
  g_type_ensure (TELAR_TYPE_FIND_BAR);
  g_type_ensure (TELAR_TYPE_LANE_BAR);
  g_type_ensure (TELAR_TYPE_FUNCTION_PALETTE);
  g_type_ensure (TELAR_TYPE_GRAPH_VIEW);
  g_type_ensure (TELAR_TYPE_INSPECTOR);
  g_type_ensure (TELAR_TYPE_PYTHON_PANE);
  g_type_ensure (TELAR_TYPE_TIMELINE_VIEW);
  g_type_ensure (TELAR_TYPE_CONSOLE);
  g_type_ensure (TELAR_TYPE_STATISTICS_PANE);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/telar/Telar/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, title);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, present_title);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, present_summary);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, present_bar);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, error_bar);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, work_bar);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, deadlock_bar);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, file_bar);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, recovery_bar);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, remark_bar);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, history_menu);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, redo_button);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, chooser);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, palette);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, canvas);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, find_bar);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, lane_bar);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, tabs);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, inspector);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, python);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, panes);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, upper);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, lower);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, timeline_bar);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, graph_view);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, timeline_view);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, compare_bar);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, compare_words);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, compare_above);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, compare_below);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, compare_lower);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, compare_view);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, compare_menu);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, console);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, statistics);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, badge);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, source_hint);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, source_text);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, source_commands);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, follow_button);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, replay_button);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, runs_button);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, runs_menu);
  gtk_widget_class_bind_template_callback (widget_class, telar_window_open);
  gtk_widget_class_bind_template_callback (widget_class, telar_window_update);
  gtk_widget_class_bind_template_callback (widget_class, telar_window_show_deadlock);
  gtk_widget_class_bind_template_callback (widget_class, telar_window_edit);
  gtk_widget_class_bind_template_callback (widget_class, telar_graph_view_add);

  telar_window_actions_class_init (widget_class);
  telar_window_side_class_init (widget_class);
  telar_window_compare_class_init (widget_class);
}

static void
telar_window_init (TelarWindow *self)
{
  self->present = TELAR_PRESENT_TIMELINE;
  gtk_widget_init_template (GTK_WIDGET (self));
  telar_window_actions_init (self);
  telar_window_side_init (self);
  telar_window_show_palette (self, TRUE);
  telar_window_work_init (self);
  telar_window_kept_init (self);
  telar_window_compare_init (self);
  telar_window_statistics_init (self);
  telar_window_document_init (self);
  telar_window_open_init (self);
}

TelarWindow *
telar_window_new (TelarApplication *application)
{
  TelarWindow *self;

  g_return_val_if_fail (TELAR_IS_APPLICATION (application), NULL);

  self = g_object_new (TELAR_TYPE_WINDOW, "application", application, NULL);
  telar_window_set_document (self, telar_document_new ());
  telar_window_choose (self);

  return self;
}

gboolean
telar_window_is_choosing (TelarWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "graph") != 0;
}

void
telar_window_choose (TelarWindow *self)
{
  telar_window_present_leave (self);
  telar_chooser_refresh (self->chooser);
  gtk_stack_set_visible_child_name (self->stack, "chooser");
  telar_window_update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->chooser));
}

void
telar_window_show_graph (TelarWindow *self)
{
  self->begun = TRUE;
  gtk_stack_set_visible_child_name (self->stack, "graph");
  telar_window_update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->graph_view));
}
