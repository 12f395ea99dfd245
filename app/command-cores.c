/* command-cores.c
 *
 * SPDX-License-Identifier: MIT
 *
 * telar cores: the computer as a run will find it.
 */

#include "config.h"

#include <errno.h>

#include <glib/gi18n-lib.h>

#include "app/command.h"
#include "graph/graph.h"
#include "graph/plan-build.h"
#include "machine/machine.h"
#include "run/link.h"
#include "run/run.h"

/* Cores above this are told in ranges only. */
#define MAX_ROWS 128

static void
print_fact (const char *name, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
print_fact (const char *name, const char *format, ...)
{
  g_autofree char *fact = NULL;
  va_list          arguments;
  glong            width = g_utf8_strlen (name, -1);

  va_start (arguments, format);
  fact = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_print ("%s%*s  %s\n", name, (int) MAX (0, 10 - width), "", fact);
}

/* "0-3,6" */
static char *
describe_usable (const TelarMachine *machine)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < machine->n_cores; i++)
    {
      guint last = i;

      if (!machine->cores[i].usable)
        continue;
      while (last + 1 < machine->n_cores && machine->cores[last + 1].usable
             && machine->cores[last + 1].number == machine->cores[last].number + 1)
        last++;
      g_string_append_printf (text, "%s%d", text->len > 0 ? "," : "", machine->cores[i].number);
      if (last > i)
        g_string_append_printf (text, "-%d", machine->cores[last].number);
      i = last;
    }
  return g_string_free (text, FALSE);
}

static void
print_machine (const TelarMachine *machine)
{
  g_autofree char *memory = g_format_size_full (machine->memory, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *usable = describe_usable (machine);

  print_fact (_ ("Processor"), "%s", machine->model[0] != '\0' ? machine->model : _ ("unknown"));
  print_fact (_ ("Kernel"), "%s", machine->kernel);
  print_fact (_ ("Memory"), "%s", memory);
  print_fact (_ ("Cores"),
              _ ("%u online, on %u physical (packages: %u, NUMA nodes: %u)"),
              machine->n_cores, machine->n_physical, machine->n_packages, machine->n_numa);
  print_fact (_ ("Usable"), _ ("%u: %s"), machine->n_usable, usable);
  if (machine->quota > 0)
    print_fact (_ ("Limit"), _ ("%.4g cores' worth of CPU time, set by a container or service"),
                machine->quota);
  else
    print_fact (_ ("Limit"), "%s", _ ("none"));
}

/* Returns: the fastest kind of core; -1 where all are alike. */
static int
fastest_kind (const TelarMachine *machine)
{
  int fastest = -1;

  for (guint i = 0; i < machine->n_cores; i++)
    fastest = MAX (fastest, machine->cores[i].kind);
  return fastest;
}

static void
print_cell (const char *text, int width)
{
  g_print ("%s%*s", text, MAX (0, width - (int) g_utf8_strlen (text, -1)), "");
}

static void
print_table (const TelarMachine *machine)
{
  const char *heads[] = { _ ("core"), _ ("physical"), _ ("thread"), _ ("package"), _ ("NUMA node"),
                          _ ("usable"), _ ("kind") };
  int         widths[G_N_ELEMENTS (heads)];
  int         fastest = fastest_kind (machine);
  guint       n_columns = G_N_ELEMENTS (heads) - (fastest < 0);

  if (machine->n_cores > MAX_ROWS)
    return;
  g_print ("\n");
  for (guint i = 0; i < n_columns; i++)
    {
      widths[i] = (int) MAX (6, g_utf8_strlen (heads[i], -1) + 2);
      print_cell (heads[i], i + 1 < n_columns ? widths[i] : 0);
    }
  g_print ("\n");
  for (guint i = 0; i < machine->n_cores; i++)
    {
      const TelarCore *core = &machine->cores[i];
      const int        numbers[] = { core->number, core->physical, core->thread, core->package,
                                     core->numa };
      const guint      n_numbers = G_N_ELEMENTS (numbers);

      for (guint n = 0; n < n_numbers; n++)
        {
          g_autofree char *number = g_strdup_printf ("%d", numbers[n]);
          print_cell (number, widths[n]);
        }
      print_cell (core->usable ? _ ("yes") : _ ("no"), fastest < 0 ? 0 : widths[n_numbers]);
      if (fastest >= 0)
        g_print ("%s", core->kind == fastest ? _ ("fast (P)") : _ ("frugal (E)"));
      g_print ("\n");
    }
}

/* The source of slices. Not by asking the kernel from here: telar-engine may
 * have capabilities that telar has not. So main alone is run, for a moment. */

static void
on_state (TelarRun *run, GParamSpec *pspec, GMainLoop *loop)
{
  if (telar_run_is_over (run))
    g_main_loop_quit (loop);
}

static TelarRun *
run_nothing (const TelarMachine *machine)
{
  g_autoptr (GPtrArray)  faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph = telar_graph_new ();
  g_autoptr (GBytes)     plan = telar_plan_build (graph, machine, NULL, faults);
  g_autoptr (GArray)     numbers = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GMainLoop)  loop = g_main_loop_new (NULL, FALSE);
  TelarRunOptions        options = { .source = TELAR_SOURCE_EXACT };
  TelarRun              *run;

  if (plan == NULL)
    return NULL;
  run = telar_run_new (plan, numbers, &options);
  g_signal_connect (run, "notify::state", G_CALLBACK (on_state), loop);
  telar_run_start (run);
  if (!telar_run_is_over (run))
    g_main_loop_run (loop);
  return run;
}

static void
print_hint (const TelarBegun *begun)
{
  g_autofree char *rights = telar_link_rights_command ();
  g_autofree char *paranoid = begun->paranoid != -100 ? g_strdup_printf ("%d", begun->paranoid)
                                                      : NULL;

  if (begun->refusal == EACCES || begun->refusal == EPERM)
    {
      if (paranoid != NULL && begun->paranoid > 2)
        {
          print_fact ("", _ ("(kernel.perf_event_paranoid is %s)"), paranoid);
          print_fact ("", "%s", _ ("for exact ones until the next start of the system, as root:"));
          print_fact ("", "  sysctl kernel.perf_event_paranoid=2");
          print_fact ("", "%s", _ ("or for telar alone, for good:"));
          print_fact ("", "  %s", rights);
        }
      else
        print_fact ("", "%s", _ ("(a container or a security module forbids perf_event_open "
                                 "here)"));
    }
  else
    print_fact ("", _ ("(this kernel has no perf events that can be used: %s)"),
                g_strerror (begun->refusal));
}

static void
print_source (const TelarMachine *machine)
{
  g_autoptr (TelarRun) run = run_nothing (machine);
  const TelarTimeline *timeline;
  g_autofree char     *source = NULL;

  if (run == NULL || telar_run_get_error (run) != NULL)
    {
      print_fact (_ ("Slices"), "%s", run != NULL ? telar_run_get_error (run)->message
                                                  : _ ("unknown"));
      return;
    }
  timeline = telar_run_get_timeline (run);
  source = telar_timeline_describe_source (timeline);
  print_fact (_ ("Slices"), "%s", source);
  if (timeline->begun.source != TELAR_SOURCE_EXACT && timeline->begun.refusal != 0)
    print_hint (&timeline->begun);
}

int
telar_command_cores (const TelarCommand *command, int argc, char **argv)
{
  g_autoptr (TelarMachine) machine = NULL;

  if (!telar_command_parse (command, NULL, NULL, 0, 0, &argc, &argv))
    return TELAR_EXIT_WRONG;
  machine = telar_machine_detect ();
  print_machine (machine);
  print_source (machine);
  print_table (machine);
  return TELAR_EXIT_WELL;
}
