/* family.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "edit/family.h"

GPtrArray *
telar_with_inside (TelarDocument *document, const GPtrArray *tasks)
{
  const TelarGraph *graph = document->graph;
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *all = g_ptr_array_new ();
  gboolean more = TRUE;

  for (guint i = 0; i < tasks->len; i++)
    g_hash_table_add (taken, ((TelarTask *) g_ptr_array_index (tasks, i))->id);
  /* a round for each depth: what is inside may stand before its process */
  while (more)
    {
      more = FALSE;
      for (guint i = 0; i < graph->tasks->len; i++)
        {
          TelarTask *task = g_ptr_array_index (graph->tasks, i);
          if (task->inside != NULL && g_hash_table_contains (taken, task->inside))
            more |= g_hash_table_add (taken, task->id);
        }
    }
  for (guint i = 0; i < graph->tasks->len; i++)
    {
      TelarTask *task = g_ptr_array_index (graph->tasks, i);
      if (g_hash_table_contains (taken, task->id))
        g_ptr_array_add (all, task);
    }
  return all;
}

static gboolean
is_inside_one_of (TelarDocument *document, const TelarTask *task, GHashTable *tasks)
{
  /* no longer than the longest chain: what is inside may run in a circle */
  for (guint hops = 0; task != NULL && task->inside != NULL
                       && hops < document->graph->tasks->len; hops++)
    {
      task = telar_document_find (document, task->inside);
      if (task != NULL && g_hash_table_contains (tasks, task))
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
telar_topmost (TelarDocument *document, const GPtrArray *tasks)
{
  g_autoptr (GHashTable) all = g_hash_table_new (NULL, NULL);
  GPtrArray *top = g_ptr_array_new ();

  for (guint i = 0; i < tasks->len; i++)
    g_hash_table_add (all, g_ptr_array_index (tasks, i));
  for (guint i = 0; i < tasks->len; i++)
    if (!is_inside_one_of (document, g_ptr_array_index (tasks, i), all))
      g_ptr_array_add (top, g_ptr_array_index (tasks, i));
  return top;
}

const char *
telar_parent_id (TelarDocument *document, const char *id)
{
  const TelarRelations *relations = telar_document_get_relations (document);
  guint32 task = telar_relations_find (relations, id, NULL);
  guint32 parent = task == TELAR_NOBODY || task == 0 ? 0 : relations->tasks[task].parent;

  if (parent == TELAR_NOBODY || parent == 0)
    return NULL;
  return telar_relations_task (relations, parent)->id;
}

const char *
telar_parent_process (TelarDocument *document, const char *id)
{
  const TelarRelations *relations = telar_document_get_relations (document);
  guint32 task = telar_relations_find (relations, id, NULL);
  guint32 parent = task == TELAR_NOBODY || task == 0 ? 0 : relations->tasks[task].parent;

  if (parent == TELAR_NOBODY)
    return NULL;
  parent = telar_relations_process (relations, parent);
  return parent == 0 ? NULL : telar_relations_task (relations, parent)->id;
}
