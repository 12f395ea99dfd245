/* run-graph.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "run-graph.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
stop_at_faults (GPtrArray *faults)
{
  for (guint i = 0; i < faults->len; i++)
    {
      TelarFault      *fault = g_ptr_array_index (faults, i);
      g_autofree char *text = telar_fault_describe (fault);
      if (fault->level == TELAR_FAULT_ERROR)
        g_error ("%s", text);
    }
}

GBytes *
plan_of_graph (const TelarGraph *graph)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarMachine) machine = telar_machine_detect ();
  GBytes *plan = NULL;

  if (telar_graph_check (graph, faults))
    plan = telar_plan_build (graph, machine, NULL, faults);
  if (plan == NULL)
    stop_at_faults (faults);
  g_assert_nonnull (plan);
  return plan;
}

GBytes *
plan_of_text (const char *text)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph = telar_graph_parse (text, strlen (text), NULL, faults);

  if (graph == NULL)
    stop_at_faults (faults);
  return plan_of_graph (graph);
}

TelarRun *
run_of_plan (GBytes *plan, TelarSource source)
{
  g_autoptr (GArray) cores = g_array_new (FALSE, FALSE, sizeof (int));
  TelarRunOptions options = { .source = source, .source_forced = TRUE };

  return telar_run_new (plan, cores, &options);
}

static gboolean
too_late (gpointer data)
{
  g_error ("the run did not end");
  return G_SOURCE_REMOVE;
}

void
run_to_end (TelarRun *run, guint seconds)
{
  guint alarm = g_timeout_add_seconds (seconds, too_late, NULL);

  if (telar_run_get_state (run) == TELAR_RUN_STARTING)
    telar_run_start (run);
  while (!telar_run_is_over (run))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (alarm);
}

/* Others that come to their end, one after the other, while one does not. */
#define OVERTAKING 20

static gboolean
is_enough_of (TelarRun *run, gboolean (*is_enough) (TelarRun *run))
{
  return telar_run_is_over (run) || (is_enough != NULL && is_enough (run));
}

gboolean
turn_run (TelarRun *run, gboolean (*is_enough) (TelarRun *run), guint milliseconds)
{
  gint64 until = g_get_monotonic_time () + milliseconds * G_GINT64_CONSTANT (1000);
  g_autoptr (GBytes) plan = NULL;

  while (!is_enough_of (run, is_enough) && g_get_monotonic_time () < until)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
  for (guint i = 0; i < OVERTAKING && !is_enough_of (run, is_enough); i++)
    {
      g_autoptr (TelarRun) other = NULL;

      if (plan == NULL)
        plan = plan_of_text ("{\"telar\": 1, \"tasks\": [{\"id\": \"t\", \"kind\": \"process\","
                             " \"function\": \"print\", \"args\": [\"here\"]}]}");
      other = run_of_plan (plan, TELAR_SOURCE_OFF);
      run_to_end (other, 120);
    }
  return is_enough_of (run, is_enough);
}

TelarTimeline *
run_text (const char *text, TelarSource source)
{
  g_autoptr (GBytes) plan = plan_of_text (text);
  g_autoptr (TelarRun) run = run_of_plan (plan, source);

  run_to_end (run, 120);
  if (telar_run_get_state (run) != TELAR_RUN_ENDED)
    g_error ("%s", telar_run_get_error (run)->message);
  return telar_timeline_ref (telar_run_get_timeline (run));
}

TelarTaskLane *
lane_of (TelarTimeline *timeline, const char *id)
{
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);
      if (strcmp (lane->id, id) == 0)
        return lane;
    }
  g_error ("no task is called %s", id);
}

static char *
joined (TelarTimeline *timeline, TelarTaskLane *only, int stream)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < timeline->lines->len; i++)
    {
      TelarTextLine *line = g_ptr_array_index (timeline->lines, i);
      if (only != NULL && (line->task != only->number || line->stream != stream))
        continue;
      if (text->len > 0)
        g_string_append_c (text, '|');
      g_string_append_len (text, g_bytes_get_data (line->text, NULL),
                           (gssize) g_bytes_get_size (line->text));
    }
  return g_string_free (text, FALSE);
}

char *
printed (TelarTimeline *timeline, const char *id, TelarStream stream)
{
  return joined (timeline, lane_of (timeline, id), (int) stream);
}

char *
printed_by_all (TelarTimeline *timeline)
{
  return joined (timeline, NULL, 0);
}

TelarTaskLane *
await_running (TelarRun *run, const char *id)
{
  guint alarm = g_timeout_add_seconds (10, too_late, NULL);
  TelarTaskLane *lane;

  if (telar_run_get_state (run) == TELAR_RUN_STARTING)
    telar_run_start (run);
  lane = lane_of (telar_run_get_timeline (run), id);
  while (lane->run == TELAR_NO_TIME && !telar_run_is_over (run))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (alarm);
  return lane;
}

guint
processes_in_session (gint32 session)
{
  g_autoptr (GDir) directory = g_dir_open ("/proc", 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (directory)) != NULL)
    if (g_ascii_isdigit (name[0]) && getsid (atoi (name)) == session)
      n++;
  return n;
}
