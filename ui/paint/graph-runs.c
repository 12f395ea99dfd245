/* graph-runs.c
 *
 * SPDX-License-Identifier: MIT
 *
 * From a graph to the plan of a run of it, and back. The graph may have been
 * changed since: what belongs together is what has the same id.
 */

#include "config.h"

#include <string.h>

#include "paint/graph-private.h"

void
telar_graph_show_init (TelarGraphShow *show)
{
  g_return_if_fail (show != NULL);

  *show = (TelarGraphShow){ .edge = G_MAXUINT, .hover_edge = G_MAXUINT,
                            .step_task = TELAR_NOBODY, .moment = TELAR_NO_TIME,
                            .worker = TELAR_NO_TASK };
}

guint32
telar_graph_run_task (const TelarGraphLayout *layout, const TelarPlan *plan, guint32 plan_task)
{
  g_autofree char *id = NULL;
  char *dot;

  g_return_val_if_fail (layout != NULL && plan != NULL, TELAR_NOBODY);

  if (plan_task == TELAR_MAIN)
    return 0;
  if (plan_task >= plan->n_tasks)
    return TELAR_NOBODY;
  id = g_strdup (telar_plan_text (plan, telar_plan_task (plan, plan_task)->id));
  for (;;)
    {
      gpointer number = g_hash_table_lookup (layout->relations->by_id, id);

      /* Main's id cannot be that of a copy. */
      if (GPOINTER_TO_UINT (number) > 1)
        return GPOINTER_TO_UINT (number) - 1;
      dot = strrchr (id, '.');
      if (dot == NULL || dot[1] == '\0' || strspn (dot + 1, "0123456789") != strlen (dot + 1))
        return TELAR_NOBODY;
      *dot = '\0';
    }
}

TelarGraphRun *
telar_graph_runs_new (const TelarGraphLayout *layout, const TelarPlan *plan)
{
  TelarGraphRun *runs;

  g_return_val_if_fail (layout != NULL && plan != NULL, NULL);

  runs = g_new (TelarGraphRun, layout->n_tasks);
  for (guint32 i = 0; i < layout->n_tasks; i++)
    runs[i] = (TelarGraphRun){ TELAR_NO_TASK, 0 };
  for (guint32 i = 0; i < plan->n_tasks; i++)
    {
      guint32 task = telar_graph_run_task (layout, plan, i);

      if (task == TELAR_NOBODY)
        continue;
      if (runs[task].n == 0)
        runs[task].first = i;
      if (i == runs[task].first + runs[task].n)
        runs[task].n++;
    }
  return runs;
}
