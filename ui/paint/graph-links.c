/* graph-links.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Which edges a graph has. Also those that it should not have are shown, so
 * that they can be seen and taken away; one between the same two tasks is there
 * once.
 */

#include "config.h"

#include <string.h>

#include "paint/graph-private.h"

static void
add_edge (TelarGraphLayout *layout, TelarGraphEdgeKind kind, guint32 from, guint32 to, guint step)
{
  TelarGraphEdge edge = { .kind = kind, .from = from, .to = to, .step = step };

  g_array_append_val (layout->edges, edge);
}

/* @last: by task, the last one that was found to come after it, plus 1. */
static void
add_after (TelarGraphLayout *layout, guint32 task, guint32 *last)
{
  const GPtrArray *after = telar_relations_task (layout->relations, task)->after;

  for (guint i = 0; i < after->len; i++)
    {
      guint32 from = telar_relations_find (layout->relations, after->pdata[i], NULL);

      if (from == TELAR_NOBODY || from == 0 || from == task || last[from] == task + 1)
        continue;
      last[from] = task + 1;
      add_edge (layout, TELAR_GRAPH_AFTER, from, task, 0);
    }
}

static void
add_starts (TelarGraphLayout *layout, guint32 task)
{
  const GPtrArray *steps = telar_relations_task (layout->relations, task)->steps;

  for (guint i = 0; i < steps->len; i++)
    {
      const TelarStep *step = steps->pdata[i];
      const char *reference;
      guint32 started;

      if (strcmp (step->function, "start") != 0)
        continue;
      reference = telar_json_task (json_array_get (step->args, 0));
      started = reference != NULL ? telar_relations_find (layout->relations, reference, NULL)
                                  : TELAR_NOBODY;
      if (started != TELAR_NOBODY && started != 0 && started != task)
        add_edge (layout, TELAR_GRAPH_STARTS, task, started, i);
    }
}

void
telar_graph_make_edges (TelarGraphLayout *layout)
{
  g_autofree guint32 *last = g_new0 (guint32, layout->n_tasks);

  for (guint32 i = 0; i < layout->n_tasks; i++)
    {
      add_starts (layout, i);
      if (i > 0)
        add_after (layout, i, last);
    }
}
