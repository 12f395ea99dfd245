/* window-run.c
 *
 * SPDX-License-Identifier: MIT
 *
 * From Run to the end of the run. Everything that comes from the engine comes
 * through the main loop: nothing here waits.
 */

#include "config.h"

#include "window/window-private.h"

#include <glib/gi18n-lib.h>

#include "catalogue/catalogue.h"
#include "graph/plan-build.h"
#include "task-words.h"

/* A window whose run does not end in this time closes all the same; what is
 * left of the run is ended with the run object. */
#define CLOSE_AFTER_MS 1500

/* --- Programs --- */

static void
append_programs (GString         *text,
                 const TelarTask *task)
{
  for (guint i = 0; i < task->steps->len; i++)
    {
      const TelarStep     *step = g_ptr_array_index (task->steps, i);
      const TelarFunction *function = telar_catalogue_find (step->function);
      json_t              *argument;
      gsize                n;

      if (function == NULL || !function->runs_programs)
        continue;

      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (text, "%s:", task->id);
      json_array_foreach (step->args, n, argument)
        {
          if (json_is_string (argument))
            {
              g_autofree char *quoted = g_shell_quote (json_string_value (argument));

              g_string_append_printf (text, " %s", quoted);
            }
          else
            {
              char *printed = json_dumps (argument, JSON_ENCODE_ANY);

              g_string_append_printf (text, " %s", printed ? printed : "");
              free (printed);
            }
        }
    }
}

/* The command lines of the programs that a graph runs, one a line; "" for none. */
static char *
list_programs (const TelarGraph *graph)
{
  GString *text = g_string_new (NULL);

  append_programs (text, graph->main);
  for (guint i = 0; i < graph->tasks->len; i++)
    append_programs (text, g_ptr_array_index (graph->tasks, i));

  return g_string_free (text, FALSE);
}

static void
programs_answered (GtkDialog   *dialog,
                   int          response,
                   TelarWindow *self)
{
  /* What was shown is what was allowed, whatever the graph has become meanwhile. */
  g_autofree char *programs = g_strdup (g_object_get_data (G_OBJECT (dialog), "programs"));

  gtk_window_destroy (GTK_WINDOW (dialog));

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_free (self->programs_allowed);
      self->programs_allowed = g_steal_pointer (&programs);
      telar_window_run_start (self);
    }
}

/* A graph that came from elsewhere runs no program unasked. */
static void
ask_about_programs (TelarWindow *self,
                    const char  *programs)
{
  GtkWidget *dialog, *button;

  dialog = gtk_message_dialog_new (GTK_WINDOW (self),
                                   GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
                                   GTK_MESSAGE_QUESTION, GTK_BUTTONS_NONE,
                                   "%s", _("This graph runs programs on your computer"));
  gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s\n\n%s",
                                            _("Run them only if you know what they do:"), programs);
  gtk_dialog_add_button (GTK_DIALOG (dialog), _("_Cancel"), GTK_RESPONSE_CANCEL);
  button = gtk_dialog_add_button (GTK_DIALOG (dialog), _("_Run Them"), GTK_RESPONSE_ACCEPT);
  gtk_widget_add_css_class (button, "destructive-action");
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
  g_object_set_data_full (G_OBJECT (dialog), "programs", g_strdup (programs), g_free);

  g_signal_connect_object (dialog, "response", G_CALLBACK (programs_answered), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- Deadlocks --- */

void
telar_window_show_deadlock (TelarWindow *self)
{
  gboolean         running = self->run && !telar_run_is_over (self->run);
  g_autofree char *words = running ? telar_deadlock_words (telar_run_get_timeline (self->run))
                                   : NULL;

  if (words == NULL)
    telar_error_bar_dismiss (self->deadlock_bar);
  else
    {
      telar_error_bar_say (self->deadlock_bar, TELAR_FAULT_WARNING, _("The run is deadlocked"),
                           words);
      telar_error_bar_add_button (self->deadlock_bar, _("Stop"), "win.stop");
    }
  telar_window_update (self);
}

/* --- The run --- */

static void
set_live (TelarWindow *self,
          gboolean     live)
{
  telar_timeline_view_set_live (self->timeline_view, live);
  telar_graph_view_set_live (self->graph_view, live);
  telar_python_pane_set_live (self->python, live);
  telar_console_set_live (self->console, live);
}

static void
say_what_went_wrong (TelarWindow *self)
{
  const GError *error = telar_run_get_error (self->run);

  switch (telar_run_get_state (self->run))
    {
    case TELAR_RUN_REFUSED:
      telar_error_bar_say (self->error_bar, TELAR_FAULT_ERROR, _("Nothing was run"),
                           error ? error->message : NULL);
      break;

    case TELAR_RUN_ENGINE_LOST:
      telar_error_bar_say (self->error_bar, TELAR_FAULT_ERROR,
                           _("The engine ended in the middle of the run"),
                           error ? error->message : NULL);
      break;

    case TELAR_RUN_STARTING:
    case TELAR_RUN_RUNNING:
    case TELAR_RUN_STOPPING:
    case TELAR_RUN_ENDED:
      break;
    }
}

static void
run_state_changed (TelarWindow *self)
{
  if (telar_run_is_over (self->run))
    {
      self->shown->broken_off = telar_run_get_state (self->run) == TELAR_RUN_ENGINE_LOST;
      self->shown->refused = telar_run_get_state (self->run) == TELAR_RUN_REFUSED;
      set_live (self, FALSE);
      telar_error_bar_dismiss (self->deadlock_bar);
      say_what_went_wrong (self);
      telar_window_compare_update (self);
      telar_window_put_runs_aside (self);
    }

  telar_window_update (self);

  if (self->closing && telar_run_is_over (self->run))
    gtk_window_destroy (GTK_WINDOW (self));
}

GArray *
telar_window_usable_cores (TelarWindow *self)
{
  const TelarMachine *machine = telar_application_get_machine (
    TELAR_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
  GArray             *numbers = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < machine->n_cores; i++)
    if (machine->cores[i].usable)
      g_array_append_val (numbers, machine->cores[i].number);

  return numbers;
}

void
telar_window_run_start (TelarWindow *self)
{
  TelarApplication      *application =
    TELAR_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  const TelarMachine    *machine = telar_application_get_machine (application);
  g_autoptr (GPtrArray)  faults = telar_faults_new ();
  g_autoptr (GPtrArray)  unsaid = telar_faults_new ();
  g_autoptr (TelarGraph) graph = NULL;
  g_autoptr (GBytes)     plan = NULL;
  g_autoptr (GArray)     cores = NULL;
  g_autofree char       *programs = NULL;

  if (!telar_window_get_state (self).can_run)
    return;

  graph = telar_document_snapshot (self->document);
  programs = list_programs (graph);
  if (*programs && g_strcmp0 (programs, self->programs_allowed) != 0)
    {
      ask_about_programs (self, programs);
      return;
    }

  plan = telar_plan_build (graph, machine, NULL, faults);
  if (plan == NULL)
    {
      g_autoptr (GBytes) anywhere = telar_window_plan_to_draw (graph, unsaid);

      telar_error_bar_say_faults (self->error_bar,
                                  anywhere ? _("This graph cannot run on this computer")
                                           : _("This graph cannot run yet"),
                                  faults, TRUE);
      return;
    }

  telar_window_run_drop (self);
  telar_error_bar_dismiss (self->error_bar);
  telar_error_bar_dismiss (self->deadlock_bar);

  cores = telar_window_usable_cores (self);
  self->run = telar_run_new (plan, cores, &(TelarRunOptions) { .source = TELAR_SOURCE_EXACT });
  self->run_state_handler = g_signal_connect_object (self->run, "notify::state",
                                                     G_CALLBACK (run_state_changed), self,
                                                     G_CONNECT_SWAPPED);

  telar_window_keep_run (self, telar_kept_run_new (telar_run_get_timeline (self->run), graph));
  set_live (self, TRUE);
  telar_window_split_for_run (self);
  /* Who watches the program goes on watching it. */
  if (telar_window_get_tab (self) == TELAR_TAB_TASK)
    telar_window_show_tab (self, TELAR_TAB_OUTPUT);

  telar_run_start (self->run);
  telar_window_update (self);
}

void
telar_window_run_stop (TelarWindow *self)
{
  if (!telar_window_get_state (self).can_stop)
    return;

  telar_run_stop (self->run);
  telar_window_update (self);
}

void
telar_window_run_drop (TelarWindow *self)
{
  if (self->run == NULL)
    return;

  g_clear_signal_handler (&self->run_state_handler, self->run);
  if (!telar_run_is_over (self->run))
    telar_run_stop (self->run);
  g_clear_object (&self->run);
}

static gboolean
close_anyway (gpointer data)
{
  TelarWindow *self = data;

  self->closing = 0;
  gtk_window_destroy (GTK_WINDOW (self));

  return G_SOURCE_REMOVE;
}

gboolean
telar_window_run_close (TelarWindow *self)
{
  if (self->run == NULL || telar_run_is_over (self->run))
    return FALSE;

  if (self->closing == 0)
    {
      self->closing = g_timeout_add (CLOSE_AFTER_MS, close_anyway, self);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      telar_run_stop (self->run);
    }

  return TRUE;
}
