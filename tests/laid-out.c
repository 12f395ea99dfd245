/* laid-out.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "graph/graph-file.h"
#include "laid-out.h"

TelarGraph *
laid_out_parse (const char *text)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  TelarGraph *graph = telar_graph_parse (text, strlen (text), "test", faults);

  g_assert_nonnull (graph);
  g_assert_cmpuint (faults->len, ==, 0);
  return graph;
}

TelarGraphLayout *
laid_out_text (const char *text)
{
  g_autoptr (TelarGraph) graph = laid_out_parse (text);

  return telar_graph_layout_new (graph, NULL);
}

const TelarTask *
laid_out_task (const TelarGraphLayout *layout, guint32 task)
{
  return telar_relations_task (layout->relations, task);
}

const char *
laid_out_id (const TelarGraphLayout *layout, guint32 task)
{
  return laid_out_task (layout, task)->id;
}

guint32
laid_out_find (const TelarGraphLayout *layout, const char *id)
{
  guint32 task = telar_relations_find (layout->relations, id, NULL);

  g_assert_cmpuint (task, !=, TELAR_NOBODY);
  return task;
}

const TelarGraphBox *
laid_out_box (const TelarGraphLayout *layout, const char *id)
{
  return &layout->boxes[laid_out_find (layout, id)];
}

gboolean
laid_out_overlap (const TelarGraphBox *a, const TelarGraphBox *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height
         && b->y < a->y + a->height;
}
