/* serial-run.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "window/serial-run.h"

#include "graph/graph-file.h"

static gboolean
is_serial (const TelarGraph *graph)
{
  for (guint i = 0; i < graph->tasks->len; i++)
    if (((const TelarTask *) g_ptr_array_index (graph->tasks, i))->kind != TELAR_KIND_CALL)
      return FALSE;

  return graph->tasks->len > 0;
}

static gboolean
ended_well (const TelarKeptRun *run)
{
  const TelarTimeline *timeline = run->timeline;

  if (run->refused || run->broken_off || !timeline->finished || timeline->wall <= 0
      || timeline->end.reason != TELAR_ENDED_BY_ITSELF || timeline->end.main_exit != 0)
    return FALSE;
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);

      if (lane->exit != 0 && lane->exit != TELAR_NO_EXIT)
        return FALSE;
    }

  return TRUE;
}

/* What of a graph is work, as text. (transfer full) */
static char *
print_work (const TelarGraph *graph)
{
  g_autoptr (TelarGraph) calls = telar_graph_copy (graph);

  g_clear_pointer (&calls->name, g_free);
  g_clear_pointer (&calls->description, g_free);
  for (guint i = 0; i < calls->tasks->len; i++)
    {
      TelarTask *task = g_ptr_array_index (calls->tasks, i);

      task->kind = TELAR_KIND_CALL;
      task->has_position = FALSE;
    }

  return telar_graph_print (calls, NULL);
}

gint64
telar_serial_run_find (const TelarKeptRun *run,
                       const GPtrArray    *kept)
{
  g_autofree char *work = NULL;

  g_return_val_if_fail (run != NULL && kept != NULL, 0);

  if (is_serial (run->graph))
    return 0;
  for (guint i = kept->len; i-- > 0;)
    {
      const TelarKeptRun *other = g_ptr_array_index (kept, i);
      g_autofree char    *same = NULL;

      if (other == run || other->graph->tasks->len != run->graph->tasks->len
          || !is_serial (other->graph) || !ended_well (other))
        continue;
      if (work == NULL)
        work = print_work (run->graph);
      same = print_work (other->graph);
      if (g_str_equal (work, same))
        return other->timeline->wall;
    }

  return 0;
}
