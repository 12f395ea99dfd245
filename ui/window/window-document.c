/* window-document.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A window and its document: what is shown of it, undo and redo, and what is
 * changed in all of it at once.
 *
 * A run has a graph of its own, the one that was run: editing goes on during
 * and after it, and the timeline, the output and what is exported stay those of
 * the run.
 */

#include "config.h"

#include "window/window-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "edit/operations.h"
#include "edit/recovery.h"
#include "graph/plan-build.h"

GBytes *
telar_window_plan_to_draw (const TelarGraph *graph,
                           GPtrArray        *faults)
{
  /* What this computer lacks is a fault when the graph is run, not when it is
   * looked at. */
  g_autoptr (TelarMachine) any = telar_machine_new_uniform (TELAR_MAX_CORES, 1);

  return telar_plan_build (graph, any, NULL, faults);
}

static void
show_empty_timeline (TelarWindow *self,
                     GBytes      *plan)
{
  g_autoptr (GArray) cores = telar_window_usable_cores (self);

  g_clear_pointer (&self->empty_timeline, telar_timeline_unref);
  self->empty_timeline = telar_timeline_new (plan, cores);
  telar_timeline_view_set_machine (self->timeline_view,
                                   telar_application_get_machine (TELAR_APPLICATION (
                                     gtk_window_get_application (GTK_WINDOW (self)))));
  telar_timeline_view_set_timeline (self->timeline_view, self->empty_timeline);
}

/* A graph with faults has no plan and no lanes: those that were shown last stay, or
 * none where they were of another document (@fresh). */
static void
show_document (TelarWindow *self,
               gboolean     fresh)
{
  g_autoptr (TelarGraph) graph = telar_document_snapshot (self->document);
  g_autoptr (GPtrArray)  faults = telar_faults_new ();
  g_autoptr (GBytes)     plan = telar_window_plan_to_draw (graph, faults);

  if (fresh)
    {
      telar_graph_view_set_selection (self->graph_view, self->selection);
      telar_inspector_set_selection (self->inspector, self->selection);
      telar_python_pane_set_timeline (self->python, NULL, NULL);
      telar_python_pane_set_selection (self->python, self->selection);
    }
  if (plan == NULL && fresh)
    {
      telar_graph_unref (graph);
      graph = telar_graph_new ();
      plan = telar_window_plan_to_draw (graph, faults);
    }
  if (plan && self->shown == NULL)
    {
      show_empty_timeline (self, plan);
      telar_graph_view_set_timeline (self->graph_view, self->empty_timeline);
    }
}

/* --- What happens to the document --- */

static gboolean
show_now (gpointer data)
{
  TelarWindow *self = data;

  self->show_source = 0;
  show_document (self, FALSE);
  telar_window_update (self);

  return G_SOURCE_REMOVE;
}

/* Many changes in a row are shown at once. */
static void
document_changed (TelarDocument *document,
                  TelarChange   *change,
                  TelarWindow   *self)
{
  telar_window_dismiss_remark (self);
  /* Where a task lies is no matter of the plan. */
  if (!change->all && (change->what & ~(guint) TELAR_CHANGED_POSITIONS) == 0)
    return;
  telar_window_age_runs (self);
  if (self->show_source == 0)
    self->show_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 15, show_now, self, NULL);
}

static void
document_remarked (TelarDocument *document,
                   const char    *sentence,
                   TelarWindow   *self)
{
  telar_window_show_remark (self, sentence);
}

static gboolean
update_now (gpointer data)
{
  TelarWindow *self = data;

  self->update_source = 0;
  telar_window_update (self);

  return G_SOURCE_REMOVE;
}

/* An edit changes several properties. What follows from them is there before the next
 * key is heard: it may be that of Undo. */
static void
document_noticed (TelarDocument *document,
                  GParamSpec    *pspec,
                  TelarWindow   *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_full (G_PRIORITY_HIGH, update_now, self, NULL);
}

static void
file_changed (TelarWindow *self)
{
  telar_window_show_file_news (self);
  telar_window_update (self);
}

/* Some file systems tell nobody that a file changed. */
static void
activated (TelarWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)) && self->document)
    telar_document_look_at_file (self->document);
}

/* Whose lane it is: seen in the graph, if it is in it still. */
static void
object_chosen (TelarWindow *self,
               const char  *id)
{
  if (telar_document_find_object (self->document, id))
    telar_selection_set_one (self->selection, id);
}

void
telar_window_document_init (TelarWindow *self)
{
  self->document_signals = g_signal_group_new (TELAR_TYPE_DOCUMENT);
  g_signal_group_connect (self->document_signals, "changed", G_CALLBACK (document_changed), self);
  g_signal_group_connect (self->document_signals, "remark", G_CALLBACK (document_remarked), self);
  g_signal_group_connect (self->document_signals, "notify", G_CALLBACK (document_noticed), self);
  g_signal_group_connect_swapped (self->document_signals, "file-changed",
                                  G_CALLBACK (file_changed), self);

  g_signal_connect (self, "notify::is-active", G_CALLBACK (activated), NULL);
  g_signal_connect_object (self->timeline_view, "object-chosen", G_CALLBACK (object_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->compare_view, "object-chosen", G_CALLBACK (object_chosen), self,
                           G_CONNECT_SWAPPED);
}

void
telar_window_document_dispose (TelarWindow *self)
{
  g_clear_handle_id (&self->show_source, g_source_remove);
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_handle_id (&self->remark_source, g_source_remove);
  if (self->document_signals)
    g_signal_group_set_target (self->document_signals, NULL);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->selection);
  g_clear_object (&self->document);
  g_clear_pointer (&self->empty_timeline, telar_timeline_unref);
  g_clear_pointer (&self->programs_allowed, g_free);
}

/* Of the object that is selected, the graph's menu shows the lane. */
static void
tell_object (TelarWindow *self)
{
  const char *id = telar_selection_get_primary (self->selection);

  telar_timeline_view_set_object (self->timeline_view,
                                  id && telar_document_find_object (self->document, id) ? id
                                                                                        : NULL);
}

void
telar_window_set_document (TelarWindow   *self,
                           TelarDocument *document)
{
  telar_window_run_drop (self);
  telar_window_forget_runs (self);
  g_clear_handle_id (&self->show_source, g_source_remove);
  telar_window_dismiss_remark (self);
  g_clear_pointer (&self->programs_allowed, g_free);
  self->may_close = FALSE;

  g_object_set (self->timeline_view, "selected", TELAR_NO_TASK, NULL);
  g_clear_object (&self->selection); /* before the document that it follows */
  g_set_object (&self->document, document);
  self->selection = telar_selection_new (document);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (tell_object), self,
                           G_CONNECT_SWAPPED);
  tell_object (self);
  telar_document_keep_recovery (document);
  g_object_unref (document);

  show_document (self, TRUE);
  telar_console_set_timeline (self->console, NULL);
  telar_window_update_editable (self);
  g_signal_group_set_target (self->document_signals, document);
  telar_window_show_file_news (self);
  telar_window_update (self);
}

char *
telar_window_get_name (TelarWindow *self)
{
  const char *name = telar_document_get_graph (self->document)->name;

  /* The names of examples are translated; a name that a person gave is not known. */
  return g_strdup (name && *name ? _(name) : telar_document_get_title (self->document));
}

/* --- Changing it --- */

void
telar_window_undo (TelarWindow *self)
{
  telar_document_undo (self->document);
}

void
telar_window_redo (TelarWindow *self)
{
  telar_document_redo (self->document);
}

/* The tasks that are selected; everything where none is. */
void
telar_window_switch_kind (TelarWindow *self,
                          TelarKind    kind)
{
  g_auto (GStrv)     ids = telar_selection_get_tasks (self->selection);
  g_autoptr (GError) error = NULL;

  if (!telar_document_set_kind (self->document, *ids ? (const char *const *) ids : NULL, kind,
                                &error)
      && !g_error_matches (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_DUPLICATE))
    telar_error_bar_say (self->error_bar, TELAR_FAULT_ERROR, _("The kind stays as it is"),
                         error->message);
}
