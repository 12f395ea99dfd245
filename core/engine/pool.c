/* pool.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/pool.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "catalogue/growing-text.h"
#include "engine/await.h"
#include "engine/output.h"
#include "engine/scope.h"
#include "engine/task.h"
#include "objects/pool.h"
#include "recorder/clock.h"

/* Between two looks whether a worker was killed. */
#define PERIOD (20 * TELAR_MILLISECOND)

/* Workers */

static TelarResult
run_call (TelarSelf *self, uint32_t step)
{
  const TelarPlanStep *it = telar_plan_step (self->program->plan, step);
  TelarCall            call = { self, it };

  return telar_catalogue (NULL)[it->function].body (&call);
}

static void
keep_result (TelarPoolResult *cell, const TelarResult *result)
{
  int64_t bits = result->integer;

  if (result->type == TELAR_RESULT_REAL)
    memcpy (&bits, &result->real, sizeof bits);
  *cell = (TelarPoolResult){ .type = result->ends_task ? TELAR_RESULT_ERROR : result->type,
                             .bits = bits };
}

/* Returns: whether all of it was done: a thread cannot be ended from outside, and
 * looks whether it is to end between two calls. */
static bool
run_chunk (TelarSelf *self, uint32_t object, const TelarPoolWork *work, uint64_t *counted)
{
  TelarObjects *objects = self->program->objects;
  uint32_t      first = work->chunk * work->calls.chunk;
  uint32_t      left = work->calls.n - first;
  uint32_t      n = left < work->calls.chunk ? left : work->calls.chunk;
  bool     recorded = telar_task_step_begins (self, telar_plan_chunk_step (&work->calls, work->chunk));
  TelarResult   result = telar_result_none ();
  uint32_t      i;

  for (i = first; i < first + n && (i == first || telar_pool_state (objects, object)
                                                      != TELAR_POOL_TERMINATED); i++)
    {
      result = run_call (self, work->calls.first_step + i);
      keep_result (telar_pool_result (objects, object, &work->calls, i), &result);
    }
  if (n > 1)
    result = telar_result_integer (n);
  if (recorded)
    telar_task_step_ends (self, &result);
  else
    (*counted)++;
  return i == first + n;
}

static int
work_until_end (TelarSelf *self, uint32_t object, uint64_t *counted)
{
  TelarObjects          *objects = self->program->objects;
  const TelarPlanObject *pool = telar_plan_object (self->program->plan, object);
  uint32_t               n = 0;
  TelarPoolWork          work;

  do
    while (telar_pool_take (objects, object, self->program->plan, self->number, &work))
      {
        if (run_chunk (self, object, &work, counted))
          telar_pool_finish (objects, object, self->number, &work);
        else
          telar_pool_lose (objects, object, self->number, &work);
        if (++n == pool->max_tasks)
          return 0;
      }
  while (telar_pool_await (objects, object, &self->party));
  return 0;
}

int
telar_pool_work (TelarSelf *self)
{
  uint32_t               object = self->task->pool - 1u;
  const TelarPlanObject *pool = telar_plan_object (self->program->plan, object);
  uint64_t               counted = 0;
  TelarResult            result = telar_result_none ();
  int                    exit_code;

  if (pool->initializer != TELAR_NO_STEP)
    {
      bool recorded = telar_task_step_begins (self, pool->initializer);
      result = run_call (self, pool->initializer);
      if (recorded)
        telar_task_step_ends (self, &result);
      counted += !recorded;
    }
  exit_code = result.ends_task ? result.exit_code : work_until_end (self, object, &counted);
  if (counted > 0)
    telar_self_record (self, TELAR_EVENT_STEPS_COUNTED, self->number, (int64_t) counted, 0, true);
  telar_pool_leave (self->program->objects, object, self->number);
  return exit_code;
}

/* The owner */

static uint32_t
state_of (TelarSelf *self, uint32_t task)
{
  return atomic_load (&telar_self_row (self, task)->state);
}

/* The first spare that was not needed yet, or TELAR_NO_TASK. */
static uint32_t
find_spare (TelarSelf *owner, const TelarPlanObject *pool)
{
  for (uint32_t i = (uint32_t) pool->amount; i < pool->n_workers; i++)
    if (state_of (owner, pool->first_worker + i) == TELAR_ROW_NEW)
      return pool->first_worker + i;
  return TELAR_NO_TASK;
}

/* Takes off the list who has ended, and starts spares where there is work for them.
 * Returns: how many workers live. */
static uint32_t
tend (TelarSelf *owner, uint32_t object)
{
  TelarObjects          *objects = owner->program->objects;
  const TelarPlan       *plan = owner->program->plan;
  const TelarPlanObject *pool = telar_plan_object (plan, object);
  uint32_t               alive = 0;

  for (uint32_t i = 0; i < pool->n_workers; i++)
    {
      uint32_t worker = pool->first_worker + i;
      if (state_of (owner, worker) != TELAR_ROW_STARTED)
        continue;
      if (telar_pool_has_left (objects, object, worker) || telar_has_ended (owner, worker))
        telar_scope_reap (owner, worker);
      else
        alive++;
    }
  while (alive < pool->amount && telar_pool_state (objects, object) != TELAR_POOL_TERMINATED
         && telar_pool_has_work (objects, object, plan))
    {
      uint32_t spare = find_spare (owner, pool);
      if (spare == TELAR_NO_TASK
          || telar_scope_start (owner, spare).type == TELAR_RESULT_ERROR)
        break;
      alive++;
    }
  if (alive == 0)
    telar_pool_lose_rest (objects, object, plan);
  return alive;
}

/* Waits until all of a job is done. Returns: whether it was in time. */
static bool
await_job (TelarSelf *self, TelarSelf *owner, uint32_t object, const TelarPlanCalls *calls,
           int64_t timeout_ns)
{
  TelarObjects *objects = self->program->objects;
  int64_t       until = timeout_ns < 0 ? INT64_MAX : telar_now_ns () + timeout_ns;
  uint32_t      first = 0, last = calls->n_chunks - 1;
  bool          waits = false, done;

  for (;;)
    {
      first = telar_pool_undone (objects, object, calls, first);
      done = first >= calls->n_chunks;
      int64_t now = telar_now_ns ();
      if (done || now >= until)
        break;
      if (!waits && self->party.begins != NULL)
        self->party.begins (self->party.data, object, TELAR_NO_TASK, TELAR_WAITS_DONE);
      waits = true;
      tend (owner, object);
      /* The last is taken last: most often, all are done when it is. */
      if (telar_pool_undone (objects, object, calls, last) > last)
        first = telar_pool_undone (objects, object, calls, first);
      if (first < calls->n_chunks)
        telar_pool_sleep (objects, object, calls,
                          telar_pool_undone (objects, object, calls, last) > last ? first : last,
                          now + PERIOD < until ? now + PERIOD : until);
    }
  if (waits && self->party.ends != NULL)
    self->party.ends (self->party.data);
  return done;
}

static bool
lives (TelarSelf *owner, uint32_t worker)
{
  return state_of (owner, worker) == TELAR_ROW_STARTED;
}

static void
terminate (TelarSelf *owner, uint32_t object)
{
  const TelarPlan       *plan = owner->program->plan;
  const TelarPlanObject *pool = telar_plan_object (plan, object);

  telar_pool_set (owner->program->objects, object, TELAR_POOL_TERMINATED);
  for (uint32_t i = 0; i < pool->n_workers; i++)
    if (lives (owner, pool->first_worker + i)
        && telar_self_plan_task (owner, pool->first_worker + i)->kind == TELAR_KIND_PROCESS)
      telar_scope_terminate (owner, pool->first_worker + i);
}

/* A pool that was closed: its workers end when all is done. */
static void
join_workers (TelarSelf *owner, uint32_t object)
{
  const TelarPlan       *plan = owner->program->plan;
  const TelarPlanObject *pool = telar_plan_object (plan, object);
  TelarObjects          *objects = owner->program->objects;

  while (telar_pool_state (objects, object) != TELAR_POOL_TERMINATED
         && telar_pool_has_work (objects, object, plan) && tend (owner, object) > 0)
    {
      struct timespec pause = telar_timespec (TELAR_MILLISECOND);
      nanosleep (&pause, NULL);
    }
  for (uint32_t i = 0; i < pool->n_workers; i++)
    if (lives (owner, pool->first_worker + i))
      telar_scope_join (owner, pool->first_worker + i, -1);
  telar_pool_lose_rest (objects, object, plan);
}

void
telar_pool_scope_closes (TelarSelf *owner, bool failed)
{
  const TelarPlan *plan = owner->program->plan;
  TelarObjects    *objects = owner->program->objects;

  for (uint32_t i = 0; i < plan->n_objects; i++)
    {
      const TelarPlanObject *pool = telar_plan_object (plan, i);
      if (pool->type != TELAR_OBJECT_POOL || pool->owner != owner->number)
        continue;
      if (failed)
        terminate (owner, i);
      else if (telar_pool_state (objects, i) == TELAR_POOL_OPEN)
        telar_pool_set (objects, i, TELAR_POOL_CLOSED);
      join_workers (owner, i);
    }
}

/* Results, as JSON */

static bool
add_result (TelarGrowingText *text, const TelarPoolResult *result)
{
  double real;

  switch ((TelarResultType) result->type)
    {
    case TELAR_RESULT_BOOLEAN:
      return telar_growing_text_add (text, result->bits != 0 ? "true" : "false");
    case TELAR_RESULT_INTEGER:
      return telar_growing_text_add_integer (text, result->bits);
    case TELAR_RESULT_REAL:
      memcpy (&real, &result->bits, sizeof real);
      return telar_growing_text_add_real (text, real);
    default:
      return telar_growing_text_add (text, "null");
    }
}

static bool
add_lost (TelarGrowingText *text, const TelarPlan *plan, uint32_t worker)
{
  const char *id;

  if (worker >= plan->n_tasks)
    return telar_growing_text_add (text, "{\"lost\": null}");
  id = telar_plan_text (plan, telar_plan_task (plan, worker)->id);
  return telar_growing_text_add (text, "{\"lost\": \"") && telar_growing_text_add (text, id)
         && telar_growing_text_add (text, "\"}");
}

typedef struct
{
  TelarCall      *call;
  TelarSelf      *owner;
  uint32_t        object;
  TelarPlanCalls  calls;
  bool            one;    /* apply */
} Job;

/* The chunks in the order in which they were finished; what was lost comes last.
 * Returns: (transfer full): NULL without memory. */
static uint32_t *
order_of_arrival (const Job *job)
{
  TelarObjects *objects = job->call->self->program->objects;
  uint32_t      n = job->calls.n_chunks, worker, ticket, kept = 0;
  uint32_t     *order = malloc ((2 * (size_t) n + 1) * sizeof *order);

  if (order == NULL)
    return NULL;
  memset (order + n, 0xff, n * sizeof *order);
  for (uint32_t i = 0; i < n; i++)
    if (telar_pool_outcome (objects, job->object, &job->calls, i, &worker, &ticket) && ticket < n)
      order[n + ticket] = i;
  for (uint32_t i = 0; i < n; i++)
    if (order[n + i] != UINT32_MAX)
      order[kept++] = order[n + i];
  for (uint32_t i = 0; i < n && kept < n; i++)
    if (!telar_pool_outcome (objects, job->object, &job->calls, i, &worker, &ticket))
      order[kept++] = i;
  return order;
}

static bool
add_chunk (TelarGrowingText *text, const Job *job, uint32_t chunk, uint32_t *n_lost)
{
  const TelarPlan      *plan = job->call->self->program->plan;
  TelarObjects         *objects = job->call->self->program->objects;
  const TelarPlanCalls *calls = &job->calls;
  uint32_t              worker, ticket;
  bool                  done = telar_pool_outcome (objects, job->object, calls, chunk, &worker, &ticket);
  uint32_t              first = chunk * calls->chunk;
  bool                  sound = true;

  for (uint32_t i = first; i < calls->n && i - first < calls->chunk && sound; i++)
    {
      sound = telar_growing_text_add (text, text->size > 1 ? ", " : "")
              && (done ? add_result (text, telar_pool_result (objects, job->object, calls, i))
                       : add_lost (text, plan, worker));
      *n_lost += !done;
    }
  return sound;
}

/* Whether some call of a job failed. */
static bool
has_failed (const Job *job)
{
  TelarObjects *objects = job->call->self->program->objects;
  uint32_t      worker, ticket;

  for (uint32_t i = 0; i < job->calls.n; i++)
    if (telar_pool_outcome (objects, job->object, &job->calls, i / job->calls.chunk, &worker,
                            &ticket)
        && telar_pool_result (objects, job->object, &job->calls, i)->type == TELAR_RESULT_ERROR)
      return true;
  return false;
}

static TelarResult
list_of (const Job *job, bool unordered)
{
  TelarSelf       *self = job->call->self;
  TelarGrowingText text = { 0 };
  uint32_t        *order = unordered ? order_of_arrival (job) : NULL;
  uint32_t         n_lost = 0;
  bool             sound = (order != NULL || !unordered) && telar_growing_text_add (&text, "[");

  for (uint32_t i = 0; i < job->calls.n_chunks && sound; i++)
    sound = add_chunk (&text, job, order != NULL ? order[i] : i, &n_lost);
  sound = sound && telar_growing_text_add (&text, "]");
  if (sound)
    telar_output_list (self, text.bytes, text.size);
  telar_growing_text_clear (&text);
  free (order);
  if (!sound)
    return telar_call_fail (job->call, TELAR_ERROR_MEMORY, TELAR_NO_TASK);
  if (n_lost > 0)
    telar_call_printf (job->call, TELAR_STREAM_ERR,
                       n_lost == 1 ? "%s: %u call was lost: its worker was ended\n"
                                   : "%s: %u calls were lost: their workers were ended\n",
                       telar_plan_text (self->program->plan,
                                        telar_plan_object (self->program->plan, job->object)->id),
                       n_lost);
  return (TelarResult){ .type = TELAR_RESULT_LIST, .integer = self->n_lists++ };
}

static TelarResult
one_of (const Job *job)
{
  TelarObjects    *objects = job->call->self->program->objects;
  TelarPoolResult *cell = telar_pool_result (objects, job->object, &job->calls, 0);
  TelarResult      result = { .type = (TelarResultType) cell->type, .integer = cell->bits };
  uint32_t         worker, ticket;

  if (!telar_pool_outcome (objects, job->object, &job->calls, 0, &worker, &ticket))
    return (TelarResult){ .type = TELAR_RESULT_ERROR, .integer = TELAR_ERROR_ITEM_LOST };
  if (cell->type == TELAR_RESULT_REAL)
    memcpy (&result.real, &cell->bits, sizeof result.real);
  return result;
}

static TelarResult
result_of (const Job *job, bool unordered)
{
  if (has_failed (job))
    return telar_call_fail (job->call, TELAR_ERROR_ITEM_FAILED, job->object);
  return job->one ? one_of (job) : list_of (job, unordered);
}

/* Steps of the owner */

/* The owner of the pool that a step names, whose thread this is, or NULL. */
static TelarSelf *
owner_of (TelarCall *call, uint32_t object)
{
  TelarSelf *self = call->self;
  uint32_t   owner = telar_plan_object (self->program->plan, object)->owner;

  while (self != NULL && self->number != owner)
    self = self->host;
  return self;
}

static const TelarPlanValue *
value_of (TelarCall *call, const TelarPlanStep *step, unsigned nth)
{
  return telar_plan_value (call->self->program->plan, step->first_value + nth);
}

static Job
job_of (TelarCall *call, const TelarPlanStep *step)
{
  const TelarPlanValue *calls = value_of (call, step, 2);
  uint32_t              object = telar_call_object (call, 0);

  return (Job){ call, owner_of (call, object), object,
                telar_plan_calls (call->self->program->plan, calls->first),
                calls->type == TELAR_VALUE_CALL };
}

TelarResult
telar_call_pool_run (TelarCall *call, TelarPoolReturns how)
{
  TelarSelf    *self = call->self;
  TelarObjects *objects = self->program->objects;
  Job           job = job_of (call, call->step);

  if (job.owner == NULL || job.owner->scope == NULL)
    return telar_call_fail (call, TELAR_ERROR_POOL_CLOSED, job.object);
  if (telar_pool_state (objects, job.object) != TELAR_POOL_OPEN)
    return telar_call_fail (call, TELAR_ERROR_POOL_CLOSED, job.object);
  /* The same step again: what it gave before is done first. */
  if (job.calls.n > 0 && telar_pool_was_given (objects, job.object, &job.calls))
    await_job (self, job.owner, job.object, &job.calls, -1);
  telar_pool_give (objects, job.object, self->program->plan, value_of (call, call->step, 2)->first);
  if (how == TELAR_POOL_RETURNS_NOTHING)
    return telar_result_none ();
  if (job.calls.n > 0)
    await_job (self, job.owner, job.object, &job.calls, -1);
  return result_of (&job, how == TELAR_POOL_RETURNS_UNORDERED);
}

/* The step that gave what is named. */
static const TelarPlanStep *
find_giver (TelarCall *call)
{
  const TelarPlan      *plan = call->self->program->plan;
  const TelarPlanValue *name = value_of (call, call->step, 1);

  for (uint32_t t = 0; t < plan->n_tasks; t++)
    for (uint32_t k = 0; k < telar_plan_task (plan, t)->n_steps; k++)
      {
        const TelarPlanStep *step = telar_plan_step (plan, telar_plan_task (plan, t)->first_step + k);
        if (step->n_values > 3 && value_of (call, step, 2)->type >= TELAR_VALUE_EACH
            && value_of (call, step, 3)->type == TELAR_VALUE_TEXT
            && value_of (call, step, 0)->first == telar_call_object (call, 0)
            && value_of (call, step, 3)->first == name->first)
          return step;
      }
  return NULL;
}

TelarResult
telar_call_pool_ask (TelarCall *call, TelarPoolQuestion question, int64_t timeout_ns)
{
  const TelarPlanStep *giver = find_giver (call);
  TelarObjects        *objects = call->self->program->objects;
  uint32_t             object = telar_call_object (call, 0);
  bool                 ready;

  if (giver == NULL)
    return telar_call_fail (call, TELAR_ERROR_NO_RESULT, object);
  Job job = job_of (call, giver);
  if (job.owner == NULL || job.owner->scope == NULL
      || !telar_pool_was_given (objects, object, &job.calls))
    return telar_call_fail (call, TELAR_ERROR_NO_RESULT, object);
  ready = job.calls.n == 0 || await_job (call->self, job.owner, object, &job.calls, timeout_ns);
  switch (question)
    {
    case TELAR_POOL_GET:
      return ready ? result_of (&job, false) : telar_result_boolean (false);
    case TELAR_POOL_SUCCESSFUL:
      return ready ? telar_result_boolean (!has_failed (&job))
                   : telar_call_fail (call, TELAR_ERROR_NOT_READY, object);
    case TELAR_POOL_READY:
    default:
      return telar_result_boolean (ready);
    }
}

TelarResult
telar_call_pool_end (TelarCall *call, TelarPoolEnd how)
{
  uint32_t      object = telar_call_object (call, 0);
  TelarSelf    *owner = owner_of (call, object);
  TelarObjects *objects = call->self->program->objects;

  if (owner == NULL || owner->scope == NULL)
    return telar_call_fail (call, TELAR_ERROR_POOL_CLOSED, object);
  switch (how)
    {
    case TELAR_POOL_CLOSE:
      if (telar_pool_state (objects, object) == TELAR_POOL_OPEN)
        telar_pool_set (objects, object, TELAR_POOL_CLOSED);
      return telar_result_none ();
    case TELAR_POOL_TERMINATE:
      terminate (owner, object);
      return telar_result_none ();
    case TELAR_POOL_JOIN:
    default:
      if (telar_pool_state (objects, object) == TELAR_POOL_OPEN)
        return telar_call_fail (call, TELAR_ERROR_POOL_RUNNING, object);
      join_workers (owner, object);
      return telar_result_none ();
    }
}
