/* plan-pools.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "graph/plan-pools.h"

/* Workers that may take the place of others, beyond what max-tasks-per-child needs:
 * of those that are killed. Each chunk kills one at most. */
#define SPARES       16u
#define SPARES_CRASH 256u /* where the function does nothing else */
#define MOST_WORKERS 5000u

static const TelarObject *
get_object (const TelarPlanPools *pools, guint number)
{
  return g_ptr_array_index (pools->graph->objects, number);
}

static gboolean
gives_calls (const TelarStep *step)
{
  return telar_function_gives_calls (telar_catalogue_find (step->function));
}

/* How often a task's body runs, at most: @task and what its thread is. */
static guint64
count_rounds (const TelarRelations *relations, guint32 task)
{
  guint64 rounds = 1;

  for (guint32 hops = 0; hops <= relations->n_tasks; hops++)
    {
      const TelarTask *it = telar_relations_task (relations, task);

      rounds = MIN (rounds * it->repeat, G_MAXUINT32);
      if (it->kind != TELAR_KIND_CALL || task == 0)
        break;
      rounds = MIN (rounds * it->copies, G_MAXUINT32);
      task = relations->tasks[task].parent;
    }
  return rounds;
}

/* Chunks that workers will take at most, of all steps that name the pool.
 * @crashes: (out): whether a function is there that kills its worker each time */
static guint64
count_chunks (const TelarPlanPools *pools, const TelarRelations *relations, guint object,
              guint32 workers, gboolean *crashes)
{
  guint64 chunks = 0;

  *crashes = FALSE;
  for (guint32 t = 0; t < relations->n_tasks; t++)
    {
      const GPtrArray *steps = telar_relations_task (relations, t)->steps;

      for (guint i = 0; i < steps->len; i++)
        {
          const TelarStep *step = g_ptr_array_index (steps, i);
          json_t *calls;
          guint32 n, chunk;

          if (!gives_calls (step) || telar_pool_of_step (pools->graph, step) != (int) object)
            continue;
          calls = telar_pool_calls (step);
          n = (guint32) json_array_size (calls);
          chunk = telar_pool_chunk (step, n, workers);
          chunks += (n / chunk + (n % chunk != 0)) * count_rounds (relations, t);
          *crashes = *crashes
                     || strcmp (json_string_value (json_array_get (step->args, 1)), "crash") == 0;
          json_decref (calls);
        }
    }
  return chunks;
}

guint32
telar_plan_pools_init (TelarPlanPools *pools, const TelarRelations *relations, guint32 n_tasks,
                       guint32 usable)
{
  pools->graph = relations->graph;
  pools->calls = g_hash_table_new (NULL, NULL);
  pools->objects = g_new0 (TelarPlanObject, pools->graph->objects->len + 1);
  pools->first_worker = n_tasks;
  for (guint i = 0; i < pools->graph->objects->len; i++)
    {
      const TelarObject *object = get_object (pools, i);
      TelarPlanObject *out = &pools->objects[i];
      guint64 chunks, spares;
      gboolean crashes;

      out->initializer = TELAR_NO_STEP;
      if (object->type != TELAR_OBJECT_POOL)
        continue;
      out->amount = telar_pool_workers (object, usable);
      out->max_tasks = (guint32) telar_object_number (object, "max-tasks-per-child");
      chunks = count_chunks (pools, relations, i, (guint32) out->amount, &crashes);
      spares = MIN (chunks, crashes ? SPARES_CRASH : SPARES);
      if (out->max_tasks > 0)
        spares += chunks / out->max_tasks + 1;
      out->owner = telar_pool_owner (relations, object);
      out->first_worker = n_tasks;
      out->n_workers = (guint32) (out->amount + (gint64) MIN (spares, MOST_WORKERS));
      n_tasks += out->n_workers;
    }
  return n_tasks;
}

void
telar_plan_pools_clear (TelarPlanPools *pools)
{
  g_clear_pointer (&pools->calls, g_hash_table_unref);
  g_clear_pointer (&pools->objects, g_free);
}

/* ---- calls -------------------------------------------------------------- */

static void
add_call (TelarPlanTables *tables, const TelarFunction *function, const json_t *call,
          const char *text)
{
  guint n = (guint) json_array_size (call);
  TelarPlanStep step = { .function = (guint32) telar_catalogue_number (function->name),
                         .text = telar_plan_tables_text (tables, text),
                         .first_value = tables->values->len };

  for (guint i = 0; i < MAX (n, function->n_parameters) && function->n_parameters > 0; i++)
    {
      const TelarParameter *parameter = &function->parameters[MIN (i, function->n_parameters - 1)];
      g_auto (TelarValue) value = { 0 };
      g_auto (TelarValueFault) fault = { 0 };

      if (i < n)
        {
          json_t *argument = telar_pool_argument (parameter, json_array_get (call, i));
          telar_value_read (parameter, argument, &value, &fault);
          json_decref (argument);
        }
      else if (parameter->type == TELAR_VALUE_TEXTS)
        break;
      else
        telar_value_initial (parameter, &value);
      telar_plan_tables_value (tables, &value);
    }
  step.n_values = tables->values->len - step.first_value;
  g_array_append_val (tables->steps, step);
}

/* Steps that stand for chunks: "square 0–24". */
static void
add_chunks (TelarPlanTables *tables, const char *function, const TelarPlanCalls *calls)
{
  for (guint32 i = 0; i < calls->n_chunks && calls->chunk > 1; i++)
    {
      guint32 first = i * calls->chunk, last = MIN (first + calls->chunk, calls->n) - 1;
      g_autofree char *text = first == last
                                ? g_strdup_printf ("%s %u", function, first)
                                : g_strdup_printf ("%s %u–%u", function, first, last);
      TelarPlanStep step = g_array_index (tables->steps, TelarPlanStep, calls->first_step + first);

      step.text = telar_plan_tables_text (tables, text);
      g_array_append_val (tables->steps, step);
    }
}

static void
add_calls_of (TelarPlanPools *pools, TelarPlanTables *tables, guint object, const TelarStep *step)
{
  TelarPlanObject *pool = &pools->objects[object];
  const char *name = json_string_value (json_array_get (step->args, 1));
  const TelarFunction *function = telar_catalogue_find (name);
  json_t *list = telar_pool_calls (step);
  guint32 n = (guint32) json_array_size (list);
  guint32 chunk = telar_pool_chunk (step, n, (guint32) pool->amount);
  TelarPlanCalls calls = { tables->steps->len, n, chunk, n / chunk + (n % chunk != 0),
                           pool->n_jobs++, pool->n_cells };
  gint64 record[TELAR_PLAN_CALLS] = { calls.first_step, calls.n, calls.chunk, calls.n_chunks,
                                      calls.job, calls.first_cell };

  pool->n_cells += n;
  for (guint32 i = 0; i < n; i++)
    {
      g_autofree char *text = chunk > 1 ? g_strdup (name) : g_strdup_printf ("%s %u", name, i);
      add_call (tables, function, json_array_get (list, i), text);
    }
  add_chunks (tables, name, &calls);
  g_hash_table_insert (pools->calls, (gpointer) step,
                       GUINT_TO_POINTER (tables->integers->len + 1));
  g_array_append_vals (tables->integers, record, TELAR_PLAN_CALLS);
  json_decref (list);
}

static void
add_initializer (TelarPlanPools *pools, TelarPlanTables *tables, guint object)
{
  const char *name = telar_object_text (get_object (pools, object), "initializer");
  json_t *given = json_object_get (get_object (pools, object)->options, "initargs");
  TelarStep *step;
  g_autofree char *text = NULL;

  if (name == NULL)
    return;
  step = telar_step_new (name, given != NULL ? json_incref (given) : json_array ());
  text = telar_step_describe (step, 60);
  pools->objects[object].initializer = tables->steps->len;
  add_call (tables, telar_catalogue_find (name), step->args, text);
  telar_step_free (step);
}

void
telar_plan_pools_add_calls (TelarPlanPools *pools, const TelarRelations *relations,
                            TelarPlanTables *tables)
{
  for (guint i = 0; i < pools->graph->objects->len; i++)
    if (get_object (pools, i)->type == TELAR_OBJECT_POOL)
      add_initializer (pools, tables, i);
  for (guint32 t = 0; t < relations->n_tasks; t++)
    {
      const GPtrArray *steps = telar_relations_task (relations, t)->steps;

      for (guint i = 0; i < steps->len; i++)
        {
          const TelarStep *step = g_ptr_array_index (steps, i);
          if (gives_calls (step))
            add_calls_of (pools, tables, (guint) telar_pool_of_step (pools->graph, step), step);
        }
    }
}

TelarPlanValue
telar_plan_pools_value (const TelarPlanPools *pools, const TelarStep *step, TelarValueType type)
{
  return (TelarPlanValue){
    .type = type, .count = 1,
    .first = GPOINTER_TO_UINT (g_hash_table_lookup (pools->calls, step)) - 1
  };
}

/* ---- workers ------------------------------------------------------------ */

void
telar_plan_pools_worker (const TelarPlanPools *pools, TelarPlanTables *tables, guint object,
                         guint32 nth, TelarPlanTask *out)
{
  const TelarObject *pool = get_object (pools, object);
  const char *kind = telar_object_text (pool, "kind");
  g_autofree char *id = g_strdup_printf ("%s.%u", pool->id, nth + 1);
  g_autofree char *title = g_strdup_printf ("%s worker", id);

  out->id = telar_plan_tables_text (tables, id);
  out->title = telar_plan_tables_text (tables, title);
  out->kind = (guint8) (kind != NULL ? telar_kind_parse (kind) : TELAR_KIND_PROCESS);
  out->start_method = out->kind == TELAR_KIND_PROCESS ? tables->head.start_method
                                                      : TELAR_METHOD_FORK;
  out->repeat = 1;
  out->pool = (guint16) (object + 1);
  out->spare = out->started_by_body = nth >= (guint32) pools->objects[object].amount;
}
