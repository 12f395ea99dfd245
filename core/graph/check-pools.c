/* check-pools.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Faults of pools: whose they are, and what their workers are to call.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "graph/check-private.h"
#include "graph/pools.h"

#define NEEDED_ARGUMENTS 3

/* ---- what workers call -------------------------------------------------- */

/* Returns: (nullable): the function, where it can be called by a worker. */
static const TelarFunction *
check_function (TelarCheck *check, guint32 task, const char *name, const char *place)
{
  const TelarFunction *function = telar_catalogue_find (name);
  const char *near;

  if (function == NULL)
    {
      near = telar_suggest_function (name);
      telar_check_error (check, task, place, g_strdup_printf (_("there is no function %s"), name),
                         near != NULL ? g_strdup_printf (_("did you mean %s?"), near)
                                      : g_strdup (_("“telar functions” lists them all")));
      return NULL;
    }
  if (telar_pool_may_call (function))
    return function;
  telar_check_error (check, task, place,
                     g_strdup_printf (_("the workers of a pool cannot call %s: it works on tasks, "
                                        "objects or plug-ins"), name),
                     g_strdup (_("name a function that gets numbers or texts only")));
  return NULL;
}

/* Returns: whether the arguments suit the function; else what is wrong was said. */
static gboolean
check_call (TelarCheck *check, guint32 task, const TelarFunction *function, const json_t *call,
            const char *place)
{
  guint n = (guint) json_array_size (call), least = 0, most = function->n_parameters;

  while (least < function->n_parameters && !function->parameters[least].optional)
    least++;
  if (most > 0 && function->parameters[most - 1].type == TELAR_VALUE_TEXTS)
    most = G_MAXUINT;
  if (n < least || n > most)
    {
      telar_check_error (check, task, place,
                         n < least ? g_strdup_printf (_("%s needs %s"), function->name,
                                                      function->parameters[n].name)
                                   : g_strdup_printf (_("%s takes no more than %u; %u are given"),
                                                      function->name, most, n),
                         g_strdup (_("give each call the arguments that its function takes")));
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      const TelarParameter *parameter = &function->parameters[MIN (i, function->n_parameters - 1)];
      json_t *argument = telar_pool_argument (parameter, json_array_get (call, i));
      g_auto (TelarValue) value = { 0 };
      g_auto (TelarValueFault) fault = { 0 };
      gboolean sound = telar_value_read (parameter, argument, &value, &fault);

      json_decref (argument);
      if (sound)
        continue;
      telar_check_error (check, task, place, g_steal_pointer (&fault.what),
                         g_steal_pointer (&fault.cure));
      return FALSE;
    }
  return TRUE;
}

/* A name twice: which of the two would be asked for? */
static void
check_name (TelarCheck *check, guint32 task, const TelarStep *step, const char *args)
{
  const char *name = telar_pool_result_name (step);
  int pool = telar_pool_of_step (check->graph, step);
  guint n = 0;
  gboolean gives = telar_function_gives_calls (telar_catalogue_find (step->function));

  if (name == NULL || pool < 0)
    return;
  for (guint32 t = 0; t < check->relations->n_tasks; t++)
    {
      const GPtrArray *steps = telar_relations_task (check->relations, t)->steps;

      for (guint i = 0; i < steps->len; i++)
        {
          const TelarStep *other = g_ptr_array_index (steps, i);
          n += telar_function_gives_calls (telar_catalogue_find (other->function))
               && g_strcmp0 (telar_pool_result_name (other), name) == 0
               && telar_pool_of_step (check->graph, other) == pool;
        }
    }
  if (n == 0)
    telar_check_error (check, task, args,
                       g_strdup_printf (_("nothing is given to the pool under the name %s"), name),
                       g_strdup (_("write the name that map_async, starmap_async or apply_async "
                                   "gives")));
  else if (gives && n > 1)
    telar_check_error (check, task, args,
                       g_strdup_printf (_("the name %s is given to more than one thing"), name),
                       g_strdup (_("give each a name of its own")));
}

void
telar_check_pool_step (TelarCheck *check, guint32 task, const TelarStep *step, const char *args)
{
  const TelarFunction *gives = telar_catalogue_find (step->function);
  const TelarFunction *function;
  g_autofree char *place = g_strdup_printf ("%s[1]", args);
  json_t *calls;

  check_name (check, task, step, args);
  if (!telar_function_gives_calls (gives) || json_array_size (step->args) < NEEDED_ARGUMENTS
      || !json_is_string (json_array_get (step->args, 1)))
    return;
  function = check_function (check, task, json_string_value (json_array_get (step->args, 1)), place);
  if (function == NULL)
    return;
  calls = telar_pool_calls (step);
  for (size_t i = 0; i < json_array_size (calls); i++)
    {
      g_autofree char *item = gives->parameters[2].type == TELAR_VALUE_CALL
                                ? g_strdup_printf ("%s[2]", args)
                                : g_strdup_printf ("%s[2][%zu]", args, i);
      /* of thousands, one says it all */
      if (!check_call (check, task, function, json_array_get (calls, i), item))
        break;
    }
  json_decref (calls);
}

/* ---- whose they are ----------------------------------------------------- */

void
telar_check_pool_use (TelarCheck *check, guint32 task, const TelarObject *pool, const char *below)
{
  guint32 owner = telar_pool_owner (check->relations, pool);
  const char *id;

  if (owner == TELAR_NOBODY || telar_pool_thread (check->relations, task) == owner)
    return;
  id = telar_relations_task (check->relations, owner)->id;
  telar_check_error (check, task, below,
                     g_strdup_printf (_("%s is a pool of %s, and only %s and its calls can use it"),
                                      pool->id, id, id),
                     g_strdup_printf (_("move the step to %s, or say where the pool is, as in "
                                        "\"inside\": \"%s\""), id,
                                      telar_relations_task (check->relations, task)->id));
}

/* A task that is there once. */
static gboolean
is_single (TelarCheck *check, guint32 task)
{
  for (guint32 hops = 0; task != 0 && task != TELAR_NOBODY && hops <= check->relations->n_tasks; hops++)
    {
      if (telar_relations_task (check->relations, task)->copies > 1)
        return FALSE;
      task = check->relations->tasks[task].parent;
    }
  return TRUE;
}

static void
check_inside (TelarCheck *check, const TelarObject *pool, const char *place)
{
  guint32 owner = telar_pool_owner (check->relations, pool);
  const char *inside = telar_object_text (pool, "inside");

  if (inside == NULL)
    return;
  if (owner == TELAR_NOBODY)
    telar_check_error (check, TELAR_NOBODY, place,
                       g_strdup_printf (_("there is no task %s to be inside of"), inside),
                       g_strdup (_("name a process, or leave it out for main")));
  else if (telar_relations_task (check->relations, owner)->kind != TELAR_KIND_PROCESS)
    telar_check_error (check, TELAR_NOBODY, place,
                       g_strdup_printf (_("%s is not a process, and only a process has pools"),
                                        inside),
                       g_strdup (_("name a process, or leave it out for main")));
  else if (!is_single (check, owner))
    telar_check_error (check, TELAR_NOBODY, place,
                       g_strdup_printf (_("%s has copies, and a pool belongs to one task"), inside),
                       g_strdup (_("name a process without copies, or leave it out for main")));
}

void
telar_check_pool (TelarCheck *check, guint number, const TelarObject *pool)
{
  g_autofree char *inside = g_strdup_printf ("objects[%u].inside", number);
  g_autofree char *initializer = g_strdup_printf ("objects[%u].initializer", number);
  g_autofree char *initargs = g_strdup_printf ("objects[%u].initargs", number);
  const char *name = telar_object_text (pool, "initializer");
  const TelarFunction *function;
  json_t *none = json_array ();
  const json_t *given = json_object_get (pool->options, "initargs");

  check_inside (check, pool, inside);
  if (name != NULL)
    {
      function = check_function (check, TELAR_NOBODY, name, initializer);
      if (function != NULL)
        check_call (check, TELAR_NOBODY, function, given != NULL ? given : none, initargs);
    }
  json_decref (none);
}
