/* window.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "window-private.h"

#include <glib/gi18n-lib.h>

#include "graph/graph-file.h"
#include "graph/plan-build.h"
#include "run/link.h"
#include "task-words.h"

#define USUAL_HEADER 47
/* Of the height that graph and timeline share, the graph gets at least so many
 * pixels; what it needs up to the first share; what the timeline leaves up to
 * the second. */
#define LEAST_GRAPH   150
#define SMALLER_GRAPH 0.8  /* text in it is still easy to read */
#define ENOUGH_GRAPH  0.46
#define MOST_GRAPH    0.5
#define NEARLY        48

enum
{
  PROP_0,
  PROP_PRESENT_SHOW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TelarWindow, telar_window, GTK_TYPE_APPLICATION_WINDOW)

/* --- What is shown --- */

static gboolean
is_choosing (TelarWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "graph") != 0;
}

TelarWindowState
telar_window_get_state (TelarWindow *self)
{
  TelarWindowFacts facts = {
    .has_graph = self->graph != NULL,
    .has_run = self->run != NULL,
    .run_state = self->run ? (int) telar_run_get_state (self->run) : 0,
    .following = telar_timeline_view_get_following (self->timeline_view),
    .replaying = telar_timeline_view_get_replaying (self->timeline_view),
    .choosing = is_choosing (self),
  };

  return telar_window_state (&facts);
}

static const TelarTimeline *
get_timeline (TelarWindow *self)
{
  return self->run ? telar_run_get_timeline (self->run) : NULL;
}

static void
update_titles (TelarWindow *self)
{
  const TelarMachine  *machine;
  const TelarTimeline *timeline = get_timeline (self);
  g_autoptr (GString)  subtitle = g_string_new (NULL);
  g_autofree char     *window_title = NULL;
  g_autofree char     *name = NULL;

  if (self->graph == NULL || is_choosing (self))
    {
      gtk_label_set_label (self->title, g_get_application_name ());
      gtk_widget_set_visible (GTK_WIDGET (self->subtitle), FALSE);
      gtk_window_set_title (GTK_WINDOW (self), g_get_application_name ());
      return;
    }

  machine = telar_application_get_machine (
    TELAR_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
  name = self->graph->name ? g_strdup (_(self->graph->name)) : g_file_get_basename (self->file);
  window_title = g_strdup_printf (_("%s – Telar"), name);

  g_string_append_printf (subtitle, g_dngettext (GETTEXT_PACKAGE, "%u core", "%u cores",
                                                 machine->n_usable),
                          machine->n_usable);
  g_string_append_printf (subtitle, " · %s", telar_start_method_name (self->graph->start_method));
  if (timeline && timeline->begun.zero_ns != 0)
    {
      g_autofree char *source = telar_timeline_describe_source (timeline);

      g_string_append_printf (subtitle, " · %s", source);
    }

  gtk_window_set_title (GTK_WINDOW (self), window_title);
  gtk_label_set_label (self->title, name);
  gtk_label_set_label (self->subtitle, subtitle->str);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), TRUE);
  gtk_label_set_label (self->present_title, name);
}

static void
update_summary (TelarWindow      *self,
                TelarWindowState  state)
{
  const TelarTimeline *timeline = get_timeline (self);
  g_autofree char     *text = NULL;

  if (self->run == NULL)
    text = g_strdup (_("Not run yet"));
  else
    switch (telar_run_get_state (self->run))
      {
      case TELAR_RUN_STARTING:
        text = g_strdup (_("Starting…"));
        break;
      case TELAR_RUN_RUNNING:
        text = g_strdup (_("Running"));
        break;
      case TELAR_RUN_STOPPING:
        text = g_strdup (_("Stopping…"));
        break;
      case TELAR_RUN_ENDED:
      case TELAR_RUN_ENGINE_LOST:
        text = telar_run_words (timeline,
                                telar_run_get_state (self->run) == TELAR_RUN_ENGINE_LOST);
        break;
      case TELAR_RUN_REFUSED:
        text = g_strdup (_("Not run"));
        break;
      }

  gtk_label_set_label (self->summary, text);
  gtk_label_set_label (self->present_summary, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary), text);
}

static void
update_badge (TelarWindow *self)
{
  const TelarTimeline *timeline = get_timeline (self);
  gboolean             replaying = telar_timeline_view_get_replaying (self->timeline_view);

  if (replaying)
    {
      g_autofree char *text = g_strdup_printf (_("replay, 1/%u"),
                                               telar_replay_slowness (timeline->wall));

      gtk_label_set_label (self->badge, text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->badge), replaying);
}

/* Sampled times come with a hint how to get exact ones. */
static void
update_source (TelarWindow *self)
{
  const TelarTimeline *timeline = get_timeline (self);
  gboolean             sampled = timeline && timeline->begun.zero_ns != 0
                                 && timeline->begun.source == TELAR_SOURCE_SAMPLED;

  if (sampled)
    {
      g_autofree char *paranoid = NULL;
      g_autofree char *text = NULL;
      g_autofree char *engine = NULL;
      g_autofree char *path = NULL;
      g_autofree char *commands = NULL;

      if (timeline->begun.paranoid > -100)
        paranoid = g_strdup_printf (_("(kernel.perf_event_paranoid is %d)"),
                                    timeline->begun.paranoid);
      text = g_strdup_printf (_("The times of this run are sampled: the kernel does not let Telar "
                                "read its switch records here %s. Short slices are missed.\n\n"
                                "For exact times, do one of these as root:"),
                              paranoid ? paranoid : "");
      engine = telar_link_find_engine ();
      path = g_canonicalize_filename (engine, NULL);
      commands = g_strdup_printf ("sysctl kernel.perf_event_paranoid=2\nsetcap cap_perfmon=ep %s",
                                  path);
      gtk_label_set_label (self->source_text, text);
      gtk_label_set_label (self->source_commands, commands);
    }
  gtk_widget_set_visible (self->source_hint, sampled);
}

void
telar_window_update (TelarWindow *self)
{
  TelarWindowState     state = telar_window_get_state (self);
  const TelarTimeline *timeline = get_timeline (self);
  GtkWidget           *widget = GTK_WIDGET (self);
  gboolean             is_short = timeline && telar_replay_slowness (timeline->wall) > 0;

  gtk_widget_action_set_enabled (widget, "win.run", state.can_run);
  gtk_widget_action_set_enabled (widget, "win.stop", state.can_stop);
  gtk_widget_action_set_enabled (widget, "win.export", state.can_export);
  gtk_widget_action_set_enabled (widget, "win.present", state.can_present);
  gtk_widget_action_set_enabled (widget, "win.zoom-in", state.can_zoom);
  gtk_widget_action_set_enabled (widget, "win.zoom-out", state.can_zoom);
  gtk_widget_action_set_enabled (widget, "win.fit", state.can_zoom);
  gtk_widget_action_set_enabled (widget, "win.follow", state.can_follow);
  gtk_widget_action_set_enabled (widget, "win.replay", state.can_replay && is_short);
  gtk_widget_action_set_enabled (widget, "win.choose", !is_choosing (self) || self->graph != NULL);
  gtk_widget_set_visible (self->follow_button, state.can_follow);
  gtk_widget_set_visible (self->replay_button, state.can_replay && is_short);

  update_titles (self);
  update_summary (self, state);
  update_badge (self);
  update_source (self);
}

/* --- Opening --- */

/* Refused: which file, where in it, what to do; all else stays as it is. */
static void
refuse (TelarWindow     *self,
        GFile           *file,
        const GPtrArray *faults)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *title = g_strdup_printf (_("%s cannot be opened"), name);

  telar_error_bar_say_faults (self->error_bar, title, faults);
}

/* A plan for the picture alone. What this computer lacks is a fault when the
 * graph is run, not when it is looked at. */
static GBytes *
make_plan (const TelarGraph *graph,
           GPtrArray        *faults)
{
  g_autoptr (TelarMachine) any = telar_machine_new_uniform (TELAR_MAX_CORES, 1);

  return telar_plan_build (graph, any, NULL, faults);
}

static void split_panes (TelarWindow *self);

static gboolean
split_when_shown (GtkWidget     *widget,
                  GdkFrameClock *clock,
                  gpointer       unused)
{
  TelarWindow *self = TELAR_WINDOW (widget);

  if (gtk_widget_get_height (GTK_WIDGET (self->stack)) <= 0)
    return G_SOURCE_CONTINUE;

  split_panes (self);
  return G_SOURCE_REMOVE;
}

/* Room for every lane, as long as the graph keeps enough. */
static void
split_panes (TelarWindow *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->stack));
  int height = gtk_widget_get_height (GTK_WIDGET (self->stack));
  int least, most, bar, wanted, room;

  /* Not shown yet: it will have the size it asks for, or less on a small screen. */
  if (height <= 0)
    {
      gtk_widget_add_tick_callback (GTK_WIDGET (self), split_when_shown, NULL, NULL);
      gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
      height -= USUAL_HEADER;
    }

  room = gtk_paned_get_position (self->upper);
  least = CLAMP (SMALLER_GRAPH * telar_graph_view_get_wanted_height (self->graph_view, room),
                 LEAST_GRAPH, MAX (LEAST_GRAPH, (int) (height * ENOUGH_GRAPH)));
  most = MAX (least, (int) (height * MOST_GRAPH));
  gtk_widget_measure (self->timeline_bar, GTK_ORIENTATION_VERTICAL, -1, NULL, &bar, NULL, NULL);
  wanted = (int) telar_timeline_view_get_wanted_height (self->timeline_view, width) + bar + 2;
  /* For a lane that is only just cut off the graph becomes a little smaller. */
  if (least - (height - wanted) < NEARLY)
    least = MIN (least, height - wanted);
  gtk_paned_set_position (self->panes, CLAMP (height - wanted, least, most));
}

static void
show_graph (TelarWindow *self,
            GFile       *file,
            TelarGraph  *graph,
            GBytes      *plan)
{
  g_autoptr (GArray)        cores = telar_window_usable_cores (self);
  g_autoptr (TelarTimeline) empty = telar_timeline_new (plan, cores);

  telar_window_run_drop (self);

  g_set_object (&self->file, file);
  g_clear_pointer (&self->graph, telar_graph_unref);
  self->graph = telar_graph_ref (graph);
  self->programs_allowed = FALSE;

  telar_graph_view_set_layout (self->graph_view, telar_graph_layout_new (graph, NULL), plan);
  telar_timeline_view_set_machine (self->timeline_view,
                                   telar_application_get_machine (TELAR_APPLICATION (
                                     gtk_window_get_application (GTK_WINDOW (self)))));
  telar_timeline_view_set_timeline (self->timeline_view, empty);
  telar_console_set_timeline (self->console, NULL);
  g_object_set (self->graph_view, "selected", TELAR_NO_TASK, NULL);

  gtk_stack_set_visible_child_name (self->stack, "graph");
  telar_chooser_remember (file);
  split_panes (self);
}

void
telar_window_open (TelarWindow *self,
                   GFile       *file)
{
  g_autoptr (GPtrArray)  faults = telar_faults_new ();
  g_autofree char       *path = NULL;
  g_autoptr (TelarGraph) graph = NULL;
  g_autoptr (GBytes)     plan = NULL;

  g_return_if_fail (TELAR_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  path = g_file_get_path (file);
  if (path == NULL)
    {
      telar_error_bar_say (self->error_bar, TELAR_FAULT_ERROR,
                           _("This file is not on this computer"),
                           _("Copy it here first, then open the copy."));
      return;
    }

  graph = telar_graph_read (path, faults);
  if (graph && telar_graph_check (graph, faults))
    plan = make_plan (graph, faults);
  if (plan == NULL)
    {
      refuse (self, file, faults);
      return;
    }

  /* A run that goes on is not ended for another graph. */
  if (telar_window_get_state (self).live)
    {
      GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

      self = telar_window_new (TELAR_APPLICATION (application));
      gtk_window_present (GTK_WINDOW (self));
    }

  show_graph (self, file, graph, plan);

  if (faults->len > 0)
    telar_error_bar_say_faults (self->error_bar, _("The graph is open, but see:"), faults);
  else
    telar_error_bar_dismiss (self->error_bar);

  telar_window_update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->timeline_view));
}

gboolean
telar_window_is_empty (TelarWindow *self)
{
  g_return_val_if_fail (TELAR_IS_WINDOW (self), FALSE);

  return self->graph == NULL;
}

void
telar_window_choose (TelarWindow *self)
{
  telar_chooser_refresh (self->chooser);
  gtk_stack_set_visible_child_name (self->stack, "chooser");
  telar_window_update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->chooser));
}

static gboolean
dropped (TelarWindow  *self,
         const GValue *value,
         double        x,
         double        y)
{
  GFile *file = g_value_get_object (value);

  if (file == NULL)
    return FALSE;
  telar_window_open (self, file);

  return TRUE;
}

/* --- Window --- */

static void
telar_window_map (GtkWidget *widget)
{
  TelarWindow *self = TELAR_WINDOW (widget);

  GTK_WIDGET_CLASS (telar_window_parent_class)->map (widget);

  gtk_widget_grab_focus (is_choosing (self) ? GTK_WIDGET (self->chooser)
                                            : GTK_WIDGET (self->timeline_view));
}

static gboolean
telar_window_close_request (GtkWindow *window)
{
  TelarWindow *self = TELAR_WINDOW (window);

  telar_window_present_leave (self);
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
  g_clear_object (&self->file);
  g_clear_pointer (&self->graph, telar_graph_unref);

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
  g_object_class_install_properties (object_class, N_PROPS, properties);
  widget_class->map = telar_window_map;
  window_class->close_request = telar_window_close_request;

  g_type_ensure (TELAR_TYPE_ERROR_BAR);
  g_type_ensure (TELAR_TYPE_CHOOSER);
  g_type_ensure (TELAR_TYPE_GRAPH_VIEW);
  g_type_ensure (TELAR_TYPE_TIMELINE_VIEW);
  g_type_ensure (TELAR_TYPE_CONSOLE);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/telar/Telar/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, title);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, present_title);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, present_summary);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, present_bar);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, error_bar);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, chooser);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, panes);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, upper);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, lower);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, timeline_bar);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, graph_view);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, timeline_view);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, console);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, badge);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, source_hint);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, source_text);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, source_commands);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, follow_button);
  gtk_widget_class_bind_template_child (widget_class, TelarWindow, replay_button);
  gtk_widget_class_bind_template_callback (widget_class, telar_window_open);
  gtk_widget_class_bind_template_callback (widget_class, telar_window_update);

  telar_window_actions_class_init (widget_class);
}

static void
telar_window_init (TelarWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  self->present = TELAR_PRESENT_TIMELINE;
  gtk_widget_init_template (GTK_WIDGET (self));
  telar_window_actions_init (self);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

TelarWindow *
telar_window_new (TelarApplication *application)
{
  TelarWindow *self;

  g_return_val_if_fail (TELAR_IS_APPLICATION (application), NULL);

  self = g_object_new (TELAR_TYPE_WINDOW, "application", application, NULL);
  telar_window_choose (self);

  return self;
}
