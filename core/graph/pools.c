/* pools.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "graph/pools.h"

/* Of each step's arguments. */
enum { POOL, FUNCTION, CALLS };

guint32
telar_pool_owner (const TelarRelations *relations, const TelarObject *pool)
{
  const char *inside = telar_object_text (pool, "inside");

  return inside == NULL ? 0 : telar_relations_find (relations, inside, NULL);
}

guint32
telar_pool_thread (const TelarRelations *relations, guint32 task)
{
  for (guint32 hops = 0; hops < relations->n_tasks && task != TELAR_NOBODY && task != 0
                         && telar_relations_task (relations, task)->kind == TELAR_KIND_CALL; hops++)
    task = relations->tasks[task].parent;
  return task;
}

int
telar_pool_of_step (const TelarGraph *graph, const TelarStep *step)
{
  const char *id = telar_json_object (json_array_get (step->args, POOL), NULL);
  int number = id != NULL ? telar_graph_find_object (graph, id) : -1;

  return number >= 0
             && ((TelarObject *) g_ptr_array_index (graph->objects, (guint) number))->type
                    == TELAR_OBJECT_POOL
           ? number
           : -1;
}

gboolean
telar_function_gives_calls (const TelarFunction *function)
{
  return function != NULL && function->n_parameters > CALLS
         && function->parameters[CALLS].type >= TELAR_VALUE_EACH
         && function->parameters[CALLS].type <= TELAR_VALUE_CALL;
}

json_t *
telar_pool_calls (const TelarStep *step)
{
  const TelarFunction *function = telar_catalogue_find (step->function);
  g_auto (TelarValue) value = { 0 };
  g_auto (TelarValueFault) fault = { 0 };

  g_return_val_if_fail (telar_function_gives_calls (function), json_array ());

  if (!telar_value_read (&function->parameters[CALLS], json_array_get (step->args, CALLS), &value,
                         &fault))
    return json_array ();
  return g_steal_pointer (&value.calls);
}

static const json_t *
find_argument (const TelarStep *step, const char *name)
{
  const TelarFunction *function = telar_catalogue_find (step->function);

  for (unsigned i = 0; function != NULL && i < function->n_parameters; i++)
    if (strcmp (function->parameters[i].name, name) == 0)
      return json_array_get (step->args, i);
  return NULL;
}

const char *
telar_pool_result_name (const TelarStep *step)
{
  return json_string_value (find_argument (step, "result"));
}

guint32
telar_pool_chunk (const TelarStep *step, guint32 n, guint32 workers)
{
  const TelarFunction *function = telar_catalogue_find (step->function);
  json_int_t chunk = json_integer_value (find_argument (step, "chunk"));

  for (unsigned i = 0; chunk == 0 && i < function->n_parameters; i++)
    if (strcmp (function->parameters[i].name, "chunk") == 0
        && json_array_get (step->args, i) == NULL)
      chunk = (json_int_t) function->parameters[i].initial;
  if (chunk == 0)
    chunk = n / (4 * workers) + (n % (4 * workers) != 0);
  return (guint32) CLAMP (chunk, 1, MAX (n, 1));
}

json_t *
telar_pool_argument (const TelarParameter *parameter, json_t *argument)
{
  return parameter->type == TELAR_VALUE_INTEGERS && json_is_number (argument)
           ? json_pack ("[O]", argument)
           : json_incref (argument);
}

guint32
telar_pool_workers (const TelarObject *pool, guint32 usable)
{
  double workers = telar_object_number (pool, "workers");

  return workers >= 1 ? (guint32) workers : MAX (usable, 1);
}

gboolean
telar_pool_may_call (const TelarFunction *function)
{
  for (unsigned i = 0; i < function->n_parameters; i++)
    switch (function->parameters[i].type)
      {
      case TELAR_VALUE_TASK:
      case TELAR_VALUE_OBJECT:
      case TELAR_VALUE_AWAITED:
      case TELAR_VALUE_EACH:
      case TELAR_VALUE_ROWS:
      case TELAR_VALUE_CALL:
        return FALSE;
      default:
        break;
      }
  return strcmp (function->name, "c_function") != 0;
}
