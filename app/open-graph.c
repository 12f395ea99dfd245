/* open-graph.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "app/open-graph.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/values.h"
#include "catalogue/catalogue.h"
#include "graph/graph-file.h"
#include "graph/plan-build.h"
#include "runfile/run-reader.h"

/* Characters of a command that are shown before it is allowed: enough to judge it. */
#define COMMAND_LENGTH 300

void
telar_run_settings_entries (TelarRunSettings *settings, GOptionEntry entries[TELAR_N_RUN_SETTINGS])
{
  const GOptionEntry all[TELAR_N_RUN_SETTINGS] = {
    { "cores", 0, 0, G_OPTION_ARG_STRING, &settings->cores,
      N_ ("Use these cores only: 0-3,6 or all"), N_ ("LIST") },
    { "placement", 0, 0, G_OPTION_ARG_STRING, &settings->placement,
      N_ ("Where tasks run: free, spread or packed"), N_ ("P") },
    { "start-method", 0, 0, G_OPTION_ARG_STRING, &settings->start_method,
      N_ ("How processes are started: fork, forkserver or spawn"), N_ ("M") },
    { "record", 0, 0, G_OPTION_ARG_STRING, &settings->record,
      N_ ("How slices are recorded: exact, sampled or off"), N_ ("SOURCE") },
    { "timeout", 0, 0, G_OPTION_ARG_STRING, &settings->timeout,
      N_ ("End the run after that long (seconds, or 500ms, 2min)"), N_ ("S") },
    { "allow-commands", 0, 0, G_OPTION_ARG_NONE, &settings->allow_commands,
      N_ ("Let the graph run the programs that it names"), NULL },
    G_OPTION_ENTRY_NULL
  };

  memcpy (entries, all, sizeof all);
}

void
telar_run_settings_clear (TelarRunSettings *settings)
{
  g_clear_pointer (&settings->cores, g_free);
  g_clear_pointer (&settings->placement, g_free);
  g_clear_pointer (&settings->start_method, g_free);
  g_clear_pointer (&settings->record, g_free);
  g_clear_pointer (&settings->timeout, g_free);
}

static gboolean
parse_name (const TelarCommand *command, const char *option, const char *text,
            int (*parse) (const char *text), const char *choices, int *value)
{
  if (text == NULL)
    return TRUE;
  *value = parse (text);
  if (*value >= 0)
    return TRUE;
  telar_command_complain (command, _ ("%s “%s” is not known; write %s"), option, text, choices);
  return FALSE;
}

static int
source_parse (const char *text)
{
  return strcmp (text, "exact") == 0     ? TELAR_SOURCE_EXACT
         : strcmp (text, "sampled") == 0 ? TELAR_SOURCE_SAMPLED
         : strcmp (text, "off") == 0     ? TELAR_SOURCE_OFF
                                         : -1;
}

/* What the options say, before any file is looked at.
 * @cores: (out) (transfer full) (nullable) */
static gboolean
read_settings (const TelarCommand *command, const TelarRunSettings *settings,
               TelarPlanOptions *plan, TelarRunOptions *run, GArray **cores)
{
  g_autoptr (GError) error = NULL;
  int                source = TELAR_SOURCE_EXACT;

  if (!parse_name (command, "--placement", settings->placement, telar_placement_parse,
                   _ ("free, spread or packed"), &plan->placement)
      || !parse_name (command, "--start-method", settings->start_method, telar_start_method_parse,
                      _ ("fork, forkserver or spawn"), &plan->start_method)
      || !parse_name (command, "--record", settings->record, source_parse,
                      _ ("exact, sampled or off"), &source))
    return FALSE;
  run->source = (TelarSource) source;
  run->source_forced = settings->record != NULL;

  if (settings->cores != NULL)
    *cores = telar_cores_parse (settings->cores, &error);
  if (error == NULL && settings->timeout != NULL
      && telar_value_duration (settings->timeout, G_GINT64_CONSTANT (1000000000), &run->timeout_ns,
                               &error)
      && run->timeout_ns == 0)
    g_set_error (&error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("--timeout 0 leaves no time to run"));
  if (error != NULL)
    telar_command_complain (command, "%s", error->message);
  plan->cores = *cores;
  return error == NULL;
}

static void
print_faults (const TelarCommand *command, const GPtrArray *faults, gboolean quiet)
{
  for (guint i = 0; i < faults->len; i++)
    {
      const TelarFault *fault = g_ptr_array_index (faults, i);
      g_autofree char  *text = telar_fault_describe (fault);

      if (fault->level != TELAR_FAULT_ERROR && quiet)
        continue;
      /* What an option asks for is in no file. */
      if (fault->file == NULL)
        telar_command_complain (command, "%s", text);
      else
        g_printerr ("%s\n", text);
    }
}

/* Names every program that @task runs. */
static guint
print_commands (const TelarTask *task)
{
  guint n = 0;

  for (guint i = 0; task != NULL && i < task->steps->len; i++)
    {
      const TelarStep     *step = g_ptr_array_index (task->steps, i);
      const TelarFunction *function = telar_catalogue_find (step->function);
      g_autofree char     *text = NULL;

      if (function == NULL || !function->runs_programs)
        continue;
      text = telar_step_describe (step, COMMAND_LENGTH);
      g_printerr ("  %s: %s\n", task->id, text);
      n++;
    }
  return n;
}

/* Somebody else's graph must not run programs unseen. */
static gboolean
commands_are_allowed (const TelarCommand *command, const TelarGraph *graph, const char *file)
{
  guint n = print_commands (graph->main);

  for (guint i = 0; i < graph->tasks->len; i++)
    n += print_commands (g_ptr_array_index (graph->tasks, i));
  if (n == 0)
    return TRUE;
  telar_command_complain (command, _ ("%s runs the programs above; if you trust it, add "
                                      "--allow-commands"), file);
  return FALSE;
}

gboolean
telar_open_graph (const TelarCommand     *command,
                  const char             *file,
                  const TelarRunSettings *settings,
                  gboolean                quiet,
                  TelarOpened            *opened)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (GArray)    cores = NULL;
  TelarPlanOptions      options = TELAR_PLAN_OPTIONS_INIT;
  gboolean              sound;

  g_return_val_if_fail (file != NULL && settings != NULL && opened != NULL, FALSE);

  *opened = (TelarOpened){ 0 };
  if (!read_settings (command, settings, &options, &opened->options, &cores))
    return FALSE;

  opened->graph = telar_graph_read (file, faults);
  sound = opened->graph != NULL && telar_graph_check (opened->graph, faults);
  if (sound)
    {
      opened->machine = telar_machine_detect ();
      opened->plan = telar_plan_build (opened->graph, opened->machine, &options, faults);
    }
  print_faults (command, faults, quiet);
  if (opened->plan == NULL)
    return FALSE;
  return settings->allow_commands || commands_are_allowed (command, opened->graph, file);
}

gboolean
telar_open_run (const TelarCommand *command, const char *file, TelarOpened *opened,
                TelarTimeline **timeline)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TelarRunFile) run = NULL;
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  gconstpointer text;
  gsize size;

  g_return_val_if_fail (file != NULL && opened != NULL && timeline != NULL, FALSE);

  *opened = (TelarOpened){ 0 };
  run = telar_run_file_open (file, &error);
  if (run == NULL)
    {
      telar_command_complain (command, "%s", error->message);
      return FALSE;
    }
  text = g_bytes_get_data (run->graph, &size);
  opened->graph = telar_graph_parse (text, size, file, faults);
  if (opened->graph == NULL)
    {
      print_faults (command, faults, FALSE);
      return FALSE;
    }
  for (guint i = 0; i < run->missing->len; i++)
    telar_command_complain (command, "%s: %s", file,
                            (const char *) g_ptr_array_index (run->missing, i));
  opened->machine = g_steal_pointer (&run->machine);
  opened->plan = g_bytes_ref (run->timeline->plan_bytes);
  *timeline = g_steal_pointer (&run->timeline);
  return TRUE;
}

gboolean
telar_run_is_readable (const TelarCommand *command, const char *file,
                       const TelarTimeline *timeline)
{
  guint n = timeline != NULL ? telar_timeline_unreadable (timeline) : 0;
  g_autofree char *words = n > 0 ? telar_unreadable_words (n) : NULL;

  if (words != NULL)
    telar_command_complain (command, "%s: %s", file, words);
  return n == 0;
}

void
telar_opened_clear (TelarOpened *opened)
{
  g_clear_pointer (&opened->graph, telar_graph_unref);
  g_clear_pointer (&opened->machine, telar_machine_free);
  g_clear_pointer (&opened->plan, g_bytes_unref);
}

GArray *
telar_opened_core_numbers (const TelarOpened *opened)
{
  const TelarPlan *plan = g_bytes_get_data (opened->plan, NULL);
  GArray          *numbers = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < opened->machine->n_cores; i++)
    {
      const TelarCore *core = &opened->machine->cores[i];
      guint            number = (guint) core->number;

      if (core->usable && number < TELAR_MAX_CORES
          && (!plan->restricts_cores || (plan->cores[number / 64] >> (number % 64) & 1) != 0))
        g_array_append_val (numbers, core->number);
    }
  return numbers;
}
