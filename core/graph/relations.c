/* relations.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "graph/relations.h"

const char *
telar_json_task (const json_t *json)
{
  return json_object_size (json) == 1 ? json_string_value (json_object_get (json, "task")) : NULL;
}

const TelarTask *
telar_relations_task (const TelarRelations *relations, guint32 task)
{
  g_return_val_if_fail (relations != NULL && task < relations->n_tasks, NULL);

  return task == 0 ? relations->graph->main
                   : g_ptr_array_index (relations->graph->tasks, task - 1);
}

static guint32
lookup (const TelarRelations *relations, const char *id)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (relations->by_id, id)) - 1;
}

guint32
telar_relations_find (const TelarRelations *relations, const char *reference, guint *copy)
{
  g_autofree char *id = NULL;
  const char *dot;
  guint64 number;
  guint32 task;

  g_return_val_if_fail (relations != NULL && reference != NULL, TELAR_NOBODY);

  if (copy != NULL)
    *copy = 0;
  task = lookup (relations, reference);
  dot = strrchr (reference, '.');
  if (task != TELAR_NOBODY || dot == NULL)
    return task;

  id = g_strndup (reference, (gsize) (dot - reference));
  task = lookup (relations, id);
  if (task == TELAR_NOBODY || telar_relations_task (relations, task)->copies < 2
      || dot[1] == '0'
      || !g_ascii_string_to_unsigned (dot + 1, 10, 1,
                                      telar_relations_task (relations, task)->copies, &number,
                                      NULL))
    return TELAR_NOBODY;
  if (copy != NULL)
    *copy = (guint) number;
  return task;
}

/* Notes every task that a body starts, and whose body that is. */
static void
find_starters (TelarRelations *relations, guint32 starter)
{
  const GPtrArray *steps = telar_relations_task (relations, starter)->steps;

  for (guint i = 0; i < steps->len; i++)
    {
      const TelarStep *step = g_ptr_array_index (steps, i);
      const char *reference = telar_json_task (json_array_get (step->args, 0));
      guint32 started;

      if (reference == NULL || strcmp (step->function, "start") != 0)
        continue;
      started = telar_relations_find (relations, reference, NULL);
      if (started == TELAR_NOBODY || started == 0 || started == starter)
        continue;
      if (relations->tasks[started].starter == TELAR_NOBODY)
        relations->tasks[started].starter = starter;
      if (relations->tasks[started].starter == starter)
        relations->tasks[started].n_starts++;
    }
}

static guint32
find_parent (const TelarRelations *relations, guint32 task)
{
  const char *inside = telar_relations_task (relations, task)->inside;
  guint32 parent;

  if (relations->tasks[task].starter != TELAR_NOBODY)
    return relations->tasks[task].starter;
  if (inside == NULL)
    return 0;
  parent = lookup (relations, inside);
  return parent == task ? TELAR_NOBODY : parent;
}

TelarRelations *
telar_relations_new (const TelarGraph *graph)
{
  TelarRelations *relations = g_new0 (TelarRelations, 1);

  g_return_val_if_fail (graph != NULL, relations);

  relations->graph = graph;
  relations->n_tasks = graph->tasks->len + 1;
  relations->tasks = g_new (TelarRelation, relations->n_tasks);
  relations->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint32 i = 0; i < relations->n_tasks; i++)
    {
      char *id = telar_relations_task (relations, i)->id;

      relations->tasks[i] = (TelarRelation){ TELAR_NOBODY, TELAR_NOBODY, 0 };
      if (!g_hash_table_contains (relations->by_id, id))
        g_hash_table_insert (relations->by_id, id, GUINT_TO_POINTER (i + 1));
    }
  for (guint32 i = 0; i < relations->n_tasks; i++)
    find_starters (relations, i);
  for (guint32 i = 1; i < relations->n_tasks; i++)
    relations->tasks[i].parent = find_parent (relations, i);
  return relations;
}

void
telar_relations_append (TelarRelations *relations)
{
  guint32 task;

  g_return_if_fail (relations != NULL && relations->n_tasks == relations->graph->tasks->len);

  task = relations->n_tasks++;
  relations->tasks = g_renew (TelarRelation, relations->tasks, relations->n_tasks);
  relations->tasks[task] = (TelarRelation){ TELAR_NOBODY, TELAR_NOBODY, 0 };
  g_hash_table_insert (relations->by_id, telar_relations_task (relations, task)->id,
                       GUINT_TO_POINTER (task + 1));
  relations->tasks[task].parent = find_parent (relations, task);
}

void
telar_relations_free (TelarRelations *relations)
{
  if (relations == NULL)
    return;
  g_clear_pointer (&relations->by_id, g_hash_table_unref);
  g_free (relations->tasks);
  g_free (relations);
}

guint32
telar_relations_process (const TelarRelations *relations, guint32 task)
{
  guint32 hops = 0;

  g_return_val_if_fail (relations != NULL && task < relations->n_tasks, 0);

  while (task != 0 && task != TELAR_NOBODY && hops++ < relations->n_tasks
         && telar_relations_task (relations, task)->kind != TELAR_KIND_PROCESS)
    task = relations->tasks[task].parent;
  return task == TELAR_NOBODY || hops > relations->n_tasks ? 0 : task;
}

static gboolean
names_object (const json_t *argument, const char *object)
{
  for (size_t i = 0; i < json_array_size (argument); i++)
    if (names_object (json_array_get (argument, i), object))
      return TRUE;
  return g_strcmp0 (telar_json_object (argument, NULL), object) == 0;
}

static gboolean
task_names_object (const TelarTask *task, const char *object)
{
  for (guint i = 0; i < task->steps->len; i++)
    {
      const TelarStep *step = g_ptr_array_index (task->steps, i);
      for (size_t n = 0; n < json_array_size (step->args); n++)
        if (names_object (json_array_get (step->args, n), object))
          return TRUE;
    }
  return FALSE;
}

guint64
telar_relations_copies (const TelarRelations *relations, guint32 task)
{
  guint64 n = 1;

  g_return_val_if_fail (relations != NULL && task < relations->n_tasks, 0);

  for (guint32 depth = 0; task != TELAR_NOBODY && depth <= relations->n_tasks;
       depth++, task = relations->tasks[task].parent)
    n = MIN (n * telar_relations_task (relations, task)->copies, G_MAXUINT32);
  return n;
}

int
telar_relations_pipe_end (const TelarRelations *relations, guint32 task, const char *function,
                          const char *object, int end)
{
  int number;
  const TelarObject *pipe;

  g_return_val_if_fail (relations != NULL && function != NULL && object != NULL, -1);

  number = telar_graph_find_object (relations->graph, object);
  pipe = number >= 0 ? g_ptr_array_index (relations->graph->objects, (guint) number) : NULL;
  if (pipe == NULL || pipe->type != TELAR_OBJECT_PIPE)
    return -1;
  if (end >= 0 || strcmp (function, "close") == 0)
    return end;
  if (telar_object_number (pipe, "duplex") == 0)
    return strcmp (function, "send") == 0;
  for (guint32 i = 0; i < task; i++)
    if (task_names_object (telar_relations_task (relations, i), object))
      return 1;
  return 0;
}
