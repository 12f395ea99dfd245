/* placement.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "graph/placement.h"

/* "0-3, 6": the cores that a run may have. */
static char *
list_cores (const TelarMachine *machine, gboolean usable)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < machine->n_cores; i++)
    {
      guint last = i;

      if (usable && !machine->cores[i].usable)
        continue;
      while (last + 1 < machine->n_cores
             && machine->cores[last + 1].number == machine->cores[last].number + 1
             && (!usable || machine->cores[last + 1].usable))
        last++;
      g_string_append_printf (out, "%s%d", out->len > 0 ? ", " : "", machine->cores[i].number);
      if (last > i)
        g_string_append_printf (out, "-%d", machine->cores[last].number);
      i = last;
    }
  return g_string_free (out, FALSE);
}

static gboolean
is_among (const GArray *numbers, int number)
{
  for (guint i = 0; i < numbers->len; i++)
    if (g_array_index (numbers, int, i) == number)
      return TRUE;
  return FALSE;
}

/* @task: (nullable): id of the task that asks for @number */
static gboolean
check_core (const TelarMachine *machine,
            int                 number,
            const GArray       *allowed,
            const char         *file,
            const char         *place,
            const char         *task,
            GPtrArray          *faults)
{
  const TelarCore *core = telar_machine_find (machine, number);
  g_autofree char *what = NULL;
  g_autofree char *cure = NULL;
  g_autofree char *cores = list_cores (machine, core != NULL);

  if (core == NULL || number >= (int) TELAR_MAX_CORES)
    {
      what = g_strdup_printf (_("this computer has no core %d"), number);
      cure = g_strdup_printf (_("use its cores: %s"), cores);
    }
  else if (!core->usable)
    {
      what = g_strdup_printf (_("core %d is kept from this program by an affinity or a "
                                "container's limit"), number);
      cure = g_strdup_printf (_("use the cores it may use: %s"), cores);
    }
  else if (allowed != NULL && !is_among (allowed, number))
    {
      what = g_strdup_printf (_("%s is to run on core %d, which is not one of the run's cores"),
                              task, number);
      cure = g_strdup (_("give it one of them, or add this core to them"));
    }
  if (what == NULL)
    return TRUE;
  telar_faults_add (faults, TELAR_FAULT_ERROR, file, place, task, what, cure);
  return FALSE;
}

static gboolean
check_cores (const TelarGraph       *graph,
             const TelarMachine     *machine,
             const TelarPlanOptions *options,
             const GArray           *allowed,
             GPtrArray              *faults)
{
  gboolean from_options = options != NULL && options->cores != NULL;
  gboolean sound = TRUE;

  for (guint i = 0; allowed != NULL && i < allowed->len; i++)
    {
      g_autofree char *place = from_options ? NULL : g_strdup_printf ("cores[%u]", i);
      sound &= check_core (machine, g_array_index (allowed, int, i), NULL,
                           from_options ? NULL : graph->file, place, NULL, faults);
    }
  for (guint i = 0; i < graph->tasks->len; i++)
    {
      const TelarTask *task = g_ptr_array_index (graph->tasks, i);
      g_autofree char *place = NULL;

      if (task->core < 0 || task->kind == TELAR_KIND_CALL)
        continue;
      place = g_strdup_printf ("tasks[%u].core", i);
      sound &= check_core (machine, task->core, allowed, graph->file, place, task->id, faults);
    }
  return sound;
}

gboolean
telar_placing_init (TelarPlacing           *placing,
                    const TelarGraph       *graph,
                    const TelarMachine     *machine,
                    const TelarPlanOptions *options,
                    GPtrArray              *faults)
{
  g_return_val_if_fail (placing != NULL && graph != NULL && machine != NULL, FALSE);

  *placing = (TelarPlacing){ .how = graph->placement, .allowed = graph->cores };
  if (options != NULL && options->placement >= 0)
    placing->how = (TelarPlacement) options->placement;
  if (options != NULL && options->cores != NULL)
    placing->allowed = options->cores;
  placing->order = telar_machine_spread (machine, placing->allowed);
  for (guint i = placing->order->len; i-- > 0;)
    if (g_array_index (placing->order, int, i) >= (int) TELAR_MAX_CORES)
      g_array_remove_index (placing->order, i);
  if (!check_cores (graph, machine, options, placing->allowed, faults))
    return FALSE;
  if (placing->order->len > 0)
    return TRUE;
  telar_faults_add (faults, TELAR_FAULT_ERROR, graph->file, NULL, NULL,
                    _("no core is left for the tasks to run on"),
                    _("name at least one core, or all of them"));
  return FALSE;
}

void
telar_placing_clear (TelarPlacing *placing)
{
  g_clear_pointer (&placing->order, g_array_unref);
}

int
telar_placing_main (const TelarPlacing *placing)
{
  /* all on the first core means main too; spread is for what main starts */
  return placing->how == TELAR_PLACEMENT_PACKED ? g_array_index (placing->order, int, 0) : -1;
}

int
telar_placing_next (TelarPlacing *placing, const TelarTask *task)
{
  if (task->kind == TELAR_KIND_CALL)
    return -1;
  if (task->core >= 0)
    return task->core;
  switch (placing->how)
    {
    case TELAR_PLACEMENT_SPREAD:
      return g_array_index (placing->order, int, placing->next++ % placing->order->len);
    case TELAR_PLACEMENT_PACKED:
      return g_array_index (placing->order, int, 0);
    case TELAR_PLACEMENT_FREE:
    default:
      return -1;
    }
}
