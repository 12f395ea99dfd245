/* plan.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "plan/plan.h"

#include <string.h>

#include "catalogue/catalogue.h"

static const char *const object_type_names[TELAR_N_OBJECT_TYPES] = {
  [TELAR_OBJECT_LOCK] = "lock",
  [TELAR_OBJECT_RLOCK] = "rlock",
  [TELAR_OBJECT_SEMAPHORE] = "semaphore",
  [TELAR_OBJECT_BOUNDED_SEMAPHORE] = "bounded-semaphore",
  [TELAR_OBJECT_EVENT] = "event",
  [TELAR_OBJECT_CONDITION] = "condition",
  [TELAR_OBJECT_BARRIER] = "barrier",
  [TELAR_OBJECT_QUEUE] = "queue",
  [TELAR_OBJECT_JOINABLE_QUEUE] = "joinable-queue",
  [TELAR_OBJECT_SIMPLE_QUEUE] = "simple-queue",
  [TELAR_OBJECT_PIPE] = "pipe",
  [TELAR_OBJECT_VALUE] = "value",
  [TELAR_OBJECT_ARRAY] = "array",
  [TELAR_OBJECT_POOL] = "pool",
  [TELAR_OBJECT_SHARED_MEMORY] = "shared-memory",
  [TELAR_OBJECT_LIST] = "list",
  [TELAR_OBJECT_DICTIONARY] = "dict",
};

/* Whether a table of @n items of @item bytes at @offset lies inside @size. */
static bool
table_fits (uint32_t offset, uint32_t n, size_t item, uint32_t size)
{
  return offset >= sizeof (TelarPlan) && offset % 8 == 0 && offset <= size
         && n <= (size - offset) / item;
}

static bool
range_fits (uint64_t first, uint64_t n, uint32_t limit)
{
  return first <= limit && n <= limit - first;
}

static bool
links_are_tasks (const TelarPlan *plan, uint64_t first, uint32_t n)
{
  if (!range_fits (first, n, plan->n_links))
    return false;
  for (uint32_t i = 0; i < n; i++)
    if (telar_plan_links (plan, (uint32_t) first)[i] >= plan->n_tasks)
      return false;
  return true;
}

static bool
awaited_is_sound (const TelarPlan *plan, uint64_t first, uint32_t n)
{
  if (n == 0 || !range_fits (first, n, plan->n_integers))
    return false;
  for (uint32_t i = 0; i < n; i++)
    {
      TelarPlanAwaited one = telar_plan_awaited (plan, first, i);
      if (one.number >= (one.is_object ? plan->n_objects : plan->n_tasks))
        return false;
    }
  return true;
}

static bool
calls_are_sound (const TelarPlan *plan, uint64_t first)
{
  TelarPlanCalls calls;

  if (!range_fits (first, TELAR_PLAN_CALLS, plan->n_integers))
    return false;
  for (uint32_t i = 0; i < TELAR_PLAN_CALLS; i++)
    if (telar_plan_integers (plan, first)[i] < 0
        || telar_plan_integers (plan, first)[i] > INT32_MAX)
      return false;
  calls = telar_plan_calls (plan, first);
  return calls.chunk > 0 && calls.n_chunks == (calls.n + calls.chunk - 1) / calls.chunk
         && range_fits (calls.first_step, calls.n + (calls.chunk > 1 ? calls.n_chunks : 0),
                        plan->n_steps);
}

static bool
value_is_sound (const TelarPlan *plan, const TelarPlanValue *value)
{
  switch ((TelarValueType) value->type)
    {
    case TELAR_VALUE_INTEGER:
    case TELAR_VALUE_REAL:
    case TELAR_VALUE_DURATION:
    case TELAR_VALUE_SIGNAL:
      return true;
    case TELAR_VALUE_TEXT:
    case TELAR_VALUE_FILE:
    case TELAR_VALUE_TEXTS:
      return value->first < plan->text_size;
    case TELAR_VALUE_INTEGERS:
      return range_fits (value->first, value->count, plan->n_integers);
    case TELAR_VALUE_TASK:
      return links_are_tasks (plan, value->first, value->count);
    case TELAR_VALUE_OBJECT:
      return value->count == 0 || (value->count <= 3 && value->first < plan->n_objects);
    case TELAR_VALUE_ITEM:
      return value->first < plan->text_size;
    case TELAR_VALUE_AWAITED:
      return awaited_is_sound (plan, value->first, value->count);
    case TELAR_VALUE_EACH:
    case TELAR_VALUE_ROWS:
    case TELAR_VALUE_CALL:
      return calls_are_sound (plan, value->first);
    default:
      return false;
    }
}

static bool
is_lock (const TelarPlan *plan, uint32_t object)
{
  return object < plan->n_objects
         && telar_plan_object (plan, object)->type <= TELAR_OBJECT_RLOCK;
}

static bool
pool_is_sound (const TelarPlan *plan, const TelarPlanObject *object)
{
  return object->amount > 0 && object->amount <= object->n_workers
         && object->owner < plan->n_tasks && object->n_cells <= INT32_MAX
         && object->n_jobs <= INT32_MAX
         && range_fits (object->first_worker, object->n_workers, plan->n_tasks)
         && (object->initializer == TELAR_NO_STEP || object->initializer < plan->n_steps);
}

static bool
object_is_sound (const TelarPlan *plan, const TelarPlanObject *object)
{
  return object->id < plan->text_size && object->type < TELAR_N_OBJECT_TYPES
         && object->amount >= 0 && object->amount <= INT32_MAX
         && (object->type != TELAR_OBJECT_BARRIER || object->amount > 0)
         && (object->type != TELAR_OBJECT_POOL || pool_is_sound (plan, object))
         && (object->of == TELAR_NO_OBJECT
             || (object->type == TELAR_OBJECT_CONDITION && is_lock (plan, object->of)));
}

static const char *
check_task (const TelarPlan *plan, uint32_t number)
{
  const TelarPlanTask *task = telar_plan_task (plan, number);

  if (task->id >= plan->text_size || task->title >= plan->text_size)
    return "a task's name lies outside";
  if (number == TELAR_MAIN ? task->parent != TELAR_NO_TASK
                           : task->parent >= plan->n_tasks || task->parent == number)
    return "a task has no parent";
  if (task->kind > TELAR_KIND_CALL || task->repeat == 0
      || (number == TELAR_MAIN && task->kind != TELAR_KIND_PROCESS))
    return "a task of unknown kind";
  if (task->start_method > TELAR_METHOD_SPAWN
      || (task->start_method != TELAR_METHOD_FORK
          && (number == TELAR_MAIN || task->kind != TELAR_KIND_PROCESS)))
    return "a task of unknown start method";
  if (task->core < -1 || task->core >= (int32_t) TELAR_MAX_CORES)
    return "a task on an impossible core";
  if (!range_fits (task->first_step, task->n_steps, plan->n_steps))
    return "a task's steps lie outside";
  if (!links_are_tasks (plan, task->first_child, task->n_children)
      || !links_are_tasks (plan, task->first_after, task->n_after))
    return "a task's links lie outside";
  if (task->pool > 0
      && (task->pool > plan->n_objects
          || telar_plan_object (plan, task->pool - 1u)->type != TELAR_OBJECT_POOL
          || telar_plan_object (plan, task->pool - 1u)->owner != task->parent
          || task->kind == TELAR_KIND_CALL))
    return "a worker without a pool";
  if (task->n_started > plan->n_tasks)
    return "a task starts more than there are";
  const uint32_t *children = telar_plan_links (plan, task->first_child);
  for (uint32_t i = 0; i < task->n_children; i++)
    {
      if (telar_plan_task (plan, children[i])->parent != number)
        return "a child of another parent";
      if (telar_plan_task (plan, children[i])->started_by_body)
        return "a child that is started twice";
      if (i > 0 && children[i] <= children[i - 1])
        return "children out of order";
    }
  return NULL;
}

/* Every parent chain ends at main: a loop would make the tasks recurse for ever. */
static bool
parents_reach_main (const TelarPlan *plan)
{
  for (uint32_t i = 1; i < plan->n_tasks; i++)
    {
      uint32_t depth = 0;
      for (uint32_t t = i; t != TELAR_MAIN; t = telar_plan_task (plan, t)->parent)
        if (++depth > plan->n_tasks)
          return false;
    }
  return true;
}

/* A plan of a file may be older than these texts. */
static uint32_t
fixed_text (const TelarPlan *plan, uint32_t at, const char *text, size_t size)
{
  return at + size <= plan->text_size && memcmp (telar_plan_text (plan, at), text, size) == 0 ? at
                                                                                              : 0;
}

uint32_t
telar_plan_name (const TelarPlan *plan, uint32_t task)
{
  const TelarPlanTask *it = telar_plan_task (plan, task);

  if (task == TELAR_MAIN)
    return fixed_text (plan, 1, TELAR_PLAN_MAIN_PROCESS, sizeof TELAR_PLAN_MAIN_PROCESS);
  return it->named ? it->title + (uint32_t) strlen (telar_plan_text (plan, it->id)) + 1 : it->id;
}

uint32_t
telar_plan_process_name (const TelarPlan *plan, uint32_t task)
{
  return telar_plan_name (plan, telar_plan_process_of (plan, task));
}

uint32_t
telar_plan_thread_name (const TelarPlan *plan, uint32_t task)
{
  uint32_t thread = telar_plan_thread_of (plan, task);

  if (telar_plan_task (plan, thread)->kind == TELAR_KIND_THREAD)
    return telar_plan_name (plan, thread);
  return fixed_text (plan, 1 + sizeof TELAR_PLAN_MAIN_PROCESS, TELAR_PLAN_MAIN_THREAD,
                     sizeof TELAR_PLAN_MAIN_THREAD);
}

const char *
telar_plan_check (const void *block, size_t size, uint32_t n_functions)
{
  const TelarPlan *plan = block;

  if (size < sizeof (TelarPlan) || (uintptr_t) block % 8 != 0)
    return "too short";
  if (plan->magic != TELAR_PLAN_MAGIC || plan->version != TELAR_PLAN_VERSION)
    return "not a plan of this version";
  if (plan->size != size || size > UINT32_MAX)
    return "of another size than it says";
  if (!table_fits (plan->tasks, plan->n_tasks, sizeof (TelarPlanTask), plan->size)
      || !table_fits (plan->steps, plan->n_steps, sizeof (TelarPlanStep), plan->size)
      || !table_fits (plan->values, plan->n_values, sizeof (TelarPlanValue), plan->size)
      || !table_fits (plan->objects, plan->n_objects, sizeof (TelarPlanObject), plan->size)
      || !table_fits (plan->links, plan->n_links, sizeof (uint32_t), plan->size)
      || !table_fits (plan->integers, plan->n_integers, sizeof (int64_t), plan->size)
      || !table_fits (plan->text, plan->text_size, 1, plan->size))
    return "a table lies outside";
  if (plan->n_tasks == 0 || plan->text_size == 0
      || telar_plan_text (plan, 0)[plan->text_size - 1] != '\0')
    return "without main or text";
  if (plan->name >= plan->text_size || plan->folder >= plan->text_size || plan->alive_limit == 0
      || plan->start_method > TELAR_METHOD_SPAWN)
    return "impossible settings";

  if (plan->n_objects > TELAR_MAX_OBJECTS)
    return "too many objects";
  for (uint32_t i = 0; i < plan->n_objects; i++)
    if (!object_is_sound (plan, telar_plan_object (plan, i)))
      return "an impossible object";
  for (uint32_t i = 0; i < plan->n_values; i++)
    if (!value_is_sound (plan, telar_plan_value (plan, i)))
      return "an argument lies outside";
  for (uint32_t i = 0; i < plan->n_steps; i++)
    {
      const TelarPlanStep *step = telar_plan_step (plan, i);
      if (step->function >= n_functions || step->text >= plan->text_size
          || !range_fits (step->first_value, step->n_values, plan->n_values))
        return "a step lies outside";
    }
  for (uint32_t i = 0; i < plan->n_tasks; i++)
    {
      const char *wrong = check_task (plan, i);
      if (wrong != NULL)
        return wrong;
    }
  return parents_reach_main (plan) ? NULL : "parents in a circle";
}

bool
telar_plan_uses (const TelarPlan *plan, TelarStartMethod method)
{
  for (uint32_t i = 1; i < plan->n_tasks; i++)
    {
      const TelarPlanTask *task = telar_plan_task (plan, i);
      if (task->kind == TELAR_KIND_PROCESS && task->start_method == method)
        return true;
    }
  return false;
}

const char *
telar_object_type_name (TelarObjectType type)
{
  return (unsigned) type < TELAR_N_OBJECT_TYPES ? object_type_names[type] : "unknown";
}

int
telar_object_type_parse (const char *text)
{
  for (int i = 0; text != NULL && i < TELAR_N_OBJECT_TYPES; i++)
    if (strcmp (object_type_names[i], text) == 0)
      return i;
  return -1;
}

/* The types whose values say where something lies: one in the place of another
 * would lead astray. */
static bool
stands_for (uint32_t value, TelarValueType parameter)
{
  switch (parameter)
    {
    case TELAR_VALUE_TEXT:
    case TELAR_VALUE_FILE:
    case TELAR_VALUE_TEXTS:
      return value == TELAR_VALUE_TEXT || value == TELAR_VALUE_FILE || value == TELAR_VALUE_TEXTS;
    case TELAR_VALUE_INTEGERS:
    case TELAR_VALUE_TASK:
    case TELAR_VALUE_INTEGER:
    case TELAR_VALUE_REAL:
    case TELAR_VALUE_DURATION:
    case TELAR_VALUE_SIGNAL:
    case TELAR_VALUE_OBJECT:
    case TELAR_VALUE_ITEM:
    case TELAR_VALUE_AWAITED:
    case TELAR_VALUE_EACH:
    case TELAR_VALUE_ROWS:
    case TELAR_VALUE_CALL:
    default:
      return value == parameter;
    }
}

/* Whether every object that a value names is of a type that the parameter takes. */
static bool
objects_fit (const TelarPlan *plan, const TelarPlanValue *value, uint32_t types)
{
  if (value->type == TELAR_VALUE_OBJECT && value->count > 0)
    return types >> telar_plan_object (plan, (uint32_t) value->first)->type & 1;
  for (uint32_t i = 0; value->type == TELAR_VALUE_AWAITED && i < value->count; i++)
    {
      TelarPlanAwaited one = telar_plan_awaited (plan, value->first, i);
      if (one.is_object && !(types >> telar_plan_object (plan, one.number)->type & 1))
        return false;
    }
  return true;
}

/* Whether what a step gives to a pool has room there: to the pool that it names first. */
static bool
calls_fit (const TelarPlan *plan, const TelarPlanStep *step, const TelarPlanValue *value)
{
  const TelarPlanValue  *first = telar_plan_value (plan, step->first_value);
  const TelarPlanObject *pool;
  TelarPlanCalls         calls;

  if (value->type != TELAR_VALUE_EACH && value->type != TELAR_VALUE_ROWS
      && value->type != TELAR_VALUE_CALL)
    return true;
  if (first->type != TELAR_VALUE_OBJECT || first->count == 0)
    return false;
  pool = telar_plan_object (plan, (uint32_t) first->first);
  calls = telar_plan_calls (plan, value->first);
  return pool->type == TELAR_OBJECT_POOL && calls.job < pool->n_jobs
         && range_fits (calls.first_cell, calls.n, pool->n_cells)
         && (value->type != TELAR_VALUE_CALL || calls.n == 1);
}

const char *
telar_plan_check_arguments (const TelarPlan *plan)
{
  unsigned             n_functions;
  const TelarFunction *functions = telar_catalogue (&n_functions);

  for (uint32_t i = 0; i < plan->n_steps; i++)
    {
      const TelarPlanStep *step = telar_plan_step (plan, i);
      const TelarFunction *function = &functions[step->function];
      unsigned             n = function->n_parameters;
      bool many = n > 0 && function->parameters[n - 1].type == TELAR_VALUE_TEXTS;

      if (many ? step->n_values < n - 1 : step->n_values != n)
        return "a step with too few or too many arguments";
      for (uint32_t k = 0; k < step->n_values; k++)
        {
          const TelarPlanValue *value = telar_plan_value (plan, step->first_value + k);
          const TelarParameter *parameter = &function->parameters[k < n ? k : n - 1];

          if (!stands_for (value->type, parameter->type)
              || !objects_fit (plan, value, parameter->objects)
              || !calls_fit (plan, step, value))
            return "an argument of another type";
        }
    }
  return NULL;
}
