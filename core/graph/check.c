/* check.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "graph/check-private.h"

static void
add (TelarCheck *check, TelarFaultLevel level, guint32 task, const char *below, char *what,
     char *cure)
{
  g_autofree char *place = NULL;
  const char *id = NULL;
  guint object;
  guint64 key;

  if (below == NULL)
    below = "";
  if (task == TELAR_NOBODY)
    place = g_strdup (below);
  else if (task == 0)
    place = g_strconcat ("main", below, NULL);
  else
    place = g_strdup_printf ("tasks[%u]%s", task - 1, below);
  if (task != TELAR_NOBODY)
    id = telar_relations_task (check->relations, task)->id;
  else if (sscanf (below, "objects[%u]", &object) == 1)
    id = ((TelarObject *) g_ptr_array_index (check->graph->objects, object))->id;
  telar_faults_add (check->faults, level, check->graph->file, place, id, what, cure);
  /* TELAR_NOBODY, the graph itself, becomes 0 and goes before main */
  key = (guint64) (guint32) (task + 1) << 32 | check->order->len;
  g_array_append_val (check->order, key);
  if (level == TELAR_FAULT_ERROR)
    check->sound = FALSE;
  g_free (what);
  g_free (cure);
}

void
telar_check_error (TelarCheck *check, guint32 task, const char *below, char *what, char *cure)
{
  add (check, TELAR_FAULT_ERROR, task, below, what, cure);
}

void
telar_check_warning (TelarCheck *check, guint32 task, const char *below, char *what, char *cure)
{
  add (check, TELAR_FAULT_WARNING, task, below, what, cure);
}

/* Settings of the graph itself. Whether this machine has its cores is for the
 * plan to see. */
static void
check_settings (TelarCheck *check)
{
  const GArray *cores = check->graph->cores;

  if (cores != NULL && cores->len == 0)
    telar_check_error (check, TELAR_NOBODY, "cores", g_strdup (_("the list of cores is empty")),
                       g_strdup (_("name at least one core, or write \"all\"")));
  for (guint i = 0; cores != NULL && i < cores->len; i++)
    {
      int core = g_array_index (cores, int, i);
      g_autofree char *place = g_strdup_printf ("cores[%u]", i);

      if (core < 0 || core >= (int) TELAR_MAX_CORES)
        telar_check_error (check, TELAR_NOBODY, place,
                           g_strdup_printf (_("there is no core %d"), core),
                           g_strdup_printf (_("write a number from 0 to %u"),
                                            TELAR_MAX_CORES - 1));
    }
  if (check->graph->tasks->len == 0 && check->graph->main->steps->len == 0)
    telar_check_warning (check, TELAR_NOBODY, "tasks", g_strdup (_("the graph has no tasks")),
                         g_strdup (_("add one, so that there is something to run")));
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  guint64 first = *(const guint64 *) a, second = *(const guint64 *) b;

  return first < second ? -1 : first > second;
}

/* Hands the faults over in the order of the file: the graph's own, main's, then
 * task by task, however many concerns looked at it. */
static void
hand_over (TelarCheck *check, GPtrArray *faults)
{
  g_array_sort (check->order, compare_keys);
  for (guint i = 0; i < check->order->len; i++)
    {
      guint nth = (guint) (g_array_index (check->order, guint64, i) & G_MAXUINT32);
      g_ptr_array_add (faults, g_steal_pointer (&g_ptr_array_index (check->faults, nth)));
    }
}

/* @all: functions and arguments too */
static gboolean
run_check (const TelarGraph *graph, GPtrArray *faults, gboolean all)
{
  g_autoptr (TelarRelations) relations = telar_relations_new (graph);
  g_autoptr (GPtrArray) found = telar_faults_new ();
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint64));
  TelarCheck check = { graph, relations, found, order, TRUE };

  check_settings (&check);
  telar_check_objects (&check);
  telar_check_tasks (&check);
  if (all)
    {
      telar_check_steps (&check);
      telar_check_places (&check);
    }
  else
    telar_check_controls (&check);
  telar_check_circles (&check);
  telar_check_size (&check);
  if (all && check.sound)
    {
      telar_check_forks (&check);
      telar_check_shares (&check);
    }
  hand_over (&check, faults);
  return check.sound;
}

gboolean
telar_graph_check_appended (TelarRelations *relations, GPtrArray *faults)
{
  g_autoptr (GPtrArray) found = telar_faults_new ();
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint64));
  TelarCheck check = { NULL, relations, found, order, TRUE };

  g_return_val_if_fail (relations != NULL && faults != NULL, FALSE);

  check.graph = relations->graph;
  telar_check_task (&check, relations->n_tasks - 1);
  telar_check_size (&check);
  hand_over (&check, faults);
  return check.sound;
}

gboolean
telar_graph_check (const TelarGraph *graph, GPtrArray *faults)
{
  g_return_val_if_fail (graph != NULL && faults != NULL, FALSE);

  return run_check (graph, faults, TRUE);
}

gboolean
telar_graph_check_structure (const TelarGraph *graph, GPtrArray *faults)
{
  g_return_val_if_fail (graph != NULL && faults != NULL, FALSE);

  return run_check (graph, faults, FALSE);
}
