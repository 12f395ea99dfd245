/* window-status.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What a window says of itself: title, summary, badge, and which of its actions
 * can be used now.
 */

#include "config.h"

#include "window/window-private.h"

#include <glib/gi18n-lib.h>

#include "run/link.h"
#include "task-words.h"
#include "window/file-decisions.h"

TelarWindowState
telar_window_get_state (TelarWindow *self)
{
  TelarWindowFacts facts = {
    .has_graph = self->begun,
    .has_run = self->shown != NULL,
    .run_state = self->shown ? (int) telar_window_get_run_state (self) : 0,
    .read_only = self->run_file != NULL,
    .bookmarked = telar_window_has_unsaved_bookmarks (self),
    .following = telar_timeline_view_get_following (self->timeline_view),
    .replaying = telar_timeline_view_get_replaying (self->timeline_view),
    .choosing = telar_window_is_choosing (self),
    .has_file = telar_document_get_file (self->document) != NULL,
    .modified = telar_document_get_modified (self->document),
    .file_differs = telar_document_get_file_state (self->document) == TELAR_FILE_CHANGED,
    .can_undo = telar_document_get_can_undo (self->document),
    .can_redo = telar_document_get_can_redo (self->document),
    .has_tasks = telar_document_get_graph (self->document)->tasks->len > 0,
  };

  return telar_window_state (&facts);
}

static void
update_titles (TelarWindow *self)
{
  const TelarMachine  *machine;
  const TelarTimeline *timeline = telar_window_get_timeline (self);
  g_autoptr (GString)  subtitle = g_string_new (NULL);
  const TelarGraph    *graph = telar_document_get_graph (self->document);
  gboolean             modified = telar_document_get_modified (self->document);
  g_autofree char     *window_title = NULL;
  g_autofree char     *name = NULL;
  g_autofree char     *shown = NULL;
  g_autofree char     *spoken = NULL;

  if (!self->begun || telar_window_is_choosing (self))
    {
      gtk_label_set_label (self->title, g_get_application_name ());
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->title), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      g_get_application_name (), -1);
      gtk_widget_set_visible (GTK_WIDGET (self->subtitle), FALSE);
      gtk_window_set_title (GTK_WINDOW (self), g_get_application_name ());
      return;
    }

  machine = telar_window_get_machine (self);
  name = telar_window_get_name (self);
  if (self->run_file)
    {
      gboolean         unsaved = telar_window_has_unsaved_bookmarks (self);
      g_autofree char *kept = g_strdup_printf (_("%s (a kept run, not to be changed)"), name);

      shown = telar_title_to_show (kept, unsaved);
      spoken = telar_title_to_speak (kept, unsaved);
    }
  else
    {
      shown = telar_title_to_show (name, modified);
      spoken = telar_title_to_speak (name, modified);
    }
  window_title = g_strdup_printf (_("%s – Telar"), shown);

  g_string_append_printf (subtitle, g_dngettext (GETTEXT_PACKAGE, "%u core", "%u cores",
                                                 machine->n_usable),
                          machine->n_usable);
  g_string_append_printf (subtitle, " · %s", telar_start_method_name (graph->start_method));
  if (timeline && timeline->begun.zero_ns != 0)
    {
      g_autofree char *source = telar_timeline_describe_source (timeline);

      g_string_append_printf (subtitle, " · %s", source);
    }

  gtk_window_set_title (GTK_WINDOW (self), window_title);
  gtk_label_set_label (self->title, shown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->title),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_label_set_label (self->subtitle, subtitle->str);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), TRUE);
  gtk_label_set_label (self->present_title, name);
}

static void
update_summary (TelarWindow      *self,
                TelarWindowState  state)
{
  const TelarTimeline *timeline = telar_window_get_timeline (self);
  g_autofree char     *text = NULL;

  /* What is measured is what somebody wants to know now. */
  if (self->shown && !state.live)
    text = telar_timeline_view_measured_words (self->timeline_view);
  if (text)
    {
      gtk_label_set_label (self->summary, text);
      gtk_label_set_label (self->present_summary, text);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary), text);
      return;
    }

  if (self->shown == NULL)
    text = g_strdup (_("Not run yet"));
  else
    switch (telar_window_get_run_state (self))
      {
      case TELAR_RUN_STARTING:
        text = g_strdup (_("Starting…"));
        break;
      case TELAR_RUN_RUNNING:
        text = telar_deadlock_words (timeline);
        if (text)
          {
            g_autofree char *words = g_steal_pointer (&text);

            text = g_strdup_printf (_("Deadlock: %s"), words);
          }
        else
          text = g_strdup (_("Running"));
        break;
      case TELAR_RUN_STOPPING:
        text = g_strdup (_("Stopping…"));
        break;
      case TELAR_RUN_ENDED:
      case TELAR_RUN_ENGINE_LOST:
        text = telar_run_words (timeline,
                                telar_window_get_run_state (self) == TELAR_RUN_ENGINE_LOST);
        if (self->shown->old)
          {
            g_autofree char *run = g_steal_pointer (&text);

            text = g_strdup_printf (_("%s · the graph was changed since"), run);
          }
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
  const TelarTimeline *timeline = telar_window_get_timeline (self);
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
  const TelarTimeline *timeline = telar_window_get_timeline (self);
  gboolean             sampled = timeline && timeline->begun.zero_ns != 0
                                 && timeline->begun.source == TELAR_SOURCE_SAMPLED;

  if (sampled)
    {
      g_autofree char *paranoid = NULL;
      g_autofree char *text = NULL;
      g_autofree char *rights = NULL;
      g_autofree char *commands = NULL;

      if (timeline->begun.paranoid > -100)
        paranoid = g_strdup_printf (_("(kernel.perf_event_paranoid is %d)"),
                                    timeline->begun.paranoid);
      text = g_strdup_printf (_("The times of this run are sampled: the kernel does not let Telar "
                                "read its switch records here %s. Short slices are missed.\n\n"
                                "For exact times, do one of these as root:"),
                              paranoid ? paranoid : "");
      rights = telar_link_rights_command ();
      commands = g_strdup_printf ("sysctl kernel.perf_event_paranoid=2\n%s", rights);
      gtk_label_set_label (self->source_text, text);
      gtk_label_set_label (self->source_commands, commands);
    }
  gtk_widget_set_visible (self->source_hint, sampled);
}

/* One item of the menu and its button: what it would do now, in words. */
static void
update_history_item (TelarWindow *self,
                     GtkWidget   *button,
                     const char  *words,
                     const char  *action,
                     const char  *keys,
                     const char  *accel)
{
  g_autofree char      *tip = g_strdup_printf ("%s (%s)", words, keys);
  g_autofree char      *label = telar_menu_words (words);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "accel", "s", accel);
  g_menu_append_item (self->history_menu, item);

  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
}

static void
update_history (TelarWindow *self)
{
  g_autofree char *undo = telar_undo_words (telar_document_get_undo_label (self->document));
  g_autofree char *redo = telar_redo_words (telar_document_get_redo_label (self->document));

  g_menu_remove_all (self->history_menu);
  update_history_item (self, self->undo_button, undo, "win.undo", _("Ctrl+Z"), "<Control>z");
  update_history_item (self, self->redo_button, redo, "win.redo", _("Ctrl+Shift+Z"),
                       "<Control><Shift>z");
}

void
telar_window_update (TelarWindow *self)
{
  TelarWindowState     state = telar_window_get_state (self);
  const TelarTimeline *timeline = telar_window_get_timeline (self);
  GtkWidget           *widget = GTK_WIDGET (self);
  gboolean             is_short = timeline && telar_replay_slowness (timeline->wall) > 0;

  g_clear_handle_id (&self->update_source, g_source_remove);
  gtk_widget_action_set_enabled (widget, "win.run", state.can_run);
  gtk_widget_action_set_enabled (widget, "win.stop", state.can_stop);
  gtk_widget_action_set_enabled (widget, "win.export", state.can_export);
  gtk_widget_action_set_enabled (widget, "win.present", state.can_present);
  gtk_widget_action_set_enabled (widget, "win.zoom-in", state.can_zoom);
  gtk_widget_action_set_enabled (widget, "win.zoom-out", state.can_zoom);
  gtk_widget_action_set_enabled (widget, "win.fit", state.can_zoom);
  gtk_widget_action_set_enabled (widget, "win.follow", state.can_follow);
  gtk_widget_action_set_enabled (widget, "win.replay", state.can_replay && is_short);
  gtk_widget_action_set_enabled (widget, "win.choose",
                                 !telar_window_is_choosing (self) || self->begun);
  gtk_widget_action_set_enabled (widget, "win.back", self->begun);
  gtk_widget_action_set_enabled (widget, "win.save", state.can_save);
  gtk_widget_action_set_enabled (widget, "win.save-as", state.can_save_as);
  gtk_widget_action_set_enabled (widget, "win.reload", state.can_reload);
  gtk_widget_action_set_enabled (widget, "win.undo", state.can_undo);
  gtk_widget_action_set_enabled (widget, "win.redo", state.can_redo);
  gtk_widget_action_set_enabled (widget, "win.make-processes", state.can_switch);
  gtk_widget_action_set_enabled (widget, "win.make-threads", state.can_switch);
  gtk_widget_action_set_enabled (widget, "win.make-calls", state.can_switch);
  gtk_widget_set_tooltip_text (self->save_button,
                               self->run_file != NULL ? _("Save the bookmarks in the run (Ctrl+S)")
                                                      : _("Save the graph (Ctrl+S)"));
  gtk_widget_set_visible (self->follow_button, state.can_follow);
  gtk_widget_set_visible (self->replay_button, state.can_replay && is_short);

  telar_window_update_runs (self);
  telar_window_update_statistics (self);
  update_titles (self);
  update_history (self);
  update_summary (self, state);
  update_badge (self);
  update_source (self);
}
