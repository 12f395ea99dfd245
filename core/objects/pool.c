/* pool.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "objects/pool.h"

#include "objects/families.h"
#include "objects/futex.h"

#define AWAITED 0x80000000u
#define DONE    0x40000000u
#define LOST    0x20000000u
#define WORKER  0x1fffffffu

#define HAS_LEFT UINT64_MAX /* in the place of what a worker takes */

typedef struct
{
  _Atomic uint64_t calls;   /* in the plan's integers + 1; 0: not given yet */
  _Atomic uint32_t next;    /* no chunk below it is free */
  _Atomic uint32_t arrived; /* chunks that were finished */
} Job;

typedef struct
{
  _Atomic uint32_t word;
  _Atomic uint32_t ticket;
} Chunk;

/* Jobs given and not all taken: those from `current` to `given`, a ring of the
 * numbers of jobs. Then, one after the other,
 *
 *   a word a worker: what it takes | ring | jobs | chunks | results
 */
typedef struct
{
  _Alignas (64) _Atomic uint32_t state;
  _Atomic uint32_t given;
  _Atomic uint32_t current;
  _Alignas (64) _Atomic uint32_t bell; /* workers sleep on it; counts */
  _Atomic uint32_t sleepers;           /* at most so many: one who is killed stays counted */
  _Alignas (64) _Atomic uint32_t news; /* the owner sleeps on it; counts */
} Pool;

static uint64_t
align (uint64_t size)
{
  return (size + 63) / 64 * 64;
}

static uint64_t
ring_at (const TelarObjectHead *head)
{
  return sizeof (Pool) + align (head->n_workers * sizeof (uint64_t));
}

static uint64_t
jobs_at (const TelarObjectHead *head)
{
  return ring_at (head) + align (head->n_jobs * sizeof (uint32_t));
}

static uint64_t
chunks_at (const TelarObjectHead *head)
{
  return jobs_at (head) + align (head->n_jobs * sizeof (Job));
}

static uint64_t
results_at (const TelarObjectHead *head)
{
  return chunks_at (head) + align (head->n_cells * sizeof (Chunk));
}

static void *
part (TelarObjects *objects, uint32_t object, uint64_t at)
{
  return (char *) telar_object_area (objects, object) + at;
}

static Job *
job_of (TelarObjects *objects, uint32_t object, uint32_t job)
{
  return (Job *) part (objects, object, jobs_at (telar_object_head (objects, object))) + job;
}

static Chunk *
chunk_of (TelarObjects *objects, uint32_t object, const TelarPlanCalls *calls, uint32_t chunk)
{
  return (Chunk *) part (objects, object, chunks_at (telar_object_head (objects, object)))
         + calls->first_cell + chunk;
}

static _Atomic uint32_t *
ring_of (TelarObjects *objects, uint32_t object, uint32_t nth)
{
  const TelarObjectHead *head = telar_object_head (objects, object);

  return (_Atomic uint32_t *) part (objects, object, ring_at (head)) + nth % head->n_jobs;
}

/* What a worker is about to take: where its chunk lies, + 1. */
static _Atomic uint64_t *
taking_of (TelarObjects *objects, uint32_t object, uint32_t task)
{
  const TelarObjectHead *head = telar_object_head (objects, object);

  return (_Atomic uint64_t *) part (objects, object, sizeof (Pool)) + (task - head->first_worker);
}

/* A job that was given. Returns: false where it was not, or is none of this pool's. */
static bool
calls_of (TelarObjects *objects, uint32_t object, const TelarPlan *plan, uint32_t job,
          TelarPlanCalls *calls)
{
  const TelarObjectHead *head = telar_object_head (objects, object);
  uint64_t               at;

  if (job >= head->n_jobs)
    return false;
  at = atomic_load (&job_of (objects, object, job)->calls);
  if (at == 0 || at - 1 > plan->n_integers || plan->n_integers - (at - 1) < TELAR_PLAN_CALLS)
    return false;
  *calls = telar_plan_calls (plan, at - 1);
  return calls->job == job && calls->first_cell <= head->n_cells
         && calls->n <= head->n_cells - calls->first_cell;
}

/* Jobs whose chunks are all taken are behind. Returns: whether one is left, @calls. */
static bool
first_left (TelarObjects *objects, uint32_t object, const TelarPlan *plan, TelarPlanCalls *calls)
{
  Pool *pool = telar_object_area (objects, object);

  for (;;)
    {
      uint32_t current = atomic_load (&pool->current);

      if (current == atomic_load (&pool->given))
        return false;
      if (calls_of (objects, object, plan, atomic_load (ring_of (objects, object, current)), calls)
          && atomic_load (&job_of (objects, object, calls->job)->next) < calls->n_chunks)
        return true;
      atomic_compare_exchange_strong (&pool->current, &current, current + 1);
    }
}

static void
ring_bell (Pool *pool, int n)
{
  atomic_fetch_add (&pool->bell, 1);
  if (atomic_load (&pool->sleepers) > 0)
    telar_futex_wake (&pool->bell, n);
}

static void
tell_owner (Pool *pool)
{
  atomic_fetch_add (&pool->news, 1);
  telar_futex_wake (&pool->news, TELAR_EVERYBODY);
}

/* The owner */

void
telar_pool_give (TelarObjects *objects, uint32_t object, const TelarPlan *plan, uint64_t at)
{
  Pool          *pool = telar_object_area (objects, object);
  TelarPlanCalls calls = telar_plan_calls (plan, at), left;
  Job           *job = job_of (objects, object, calls.job);

  /* Whatever is left in the ring after that is another job. */
  first_left (objects, object, plan, &left);
  atomic_store (&job->arrived, 0);
  for (uint32_t i = 0; i < calls.n_chunks; i++)
    atomic_store_explicit (&chunk_of (objects, object, &calls, i)->word, 0, memory_order_relaxed);
  atomic_store (&job->next, 0);
  atomic_store (&job->calls, at + 1);
  atomic_store (ring_of (objects, object, atomic_load (&pool->given)), calls.job);
  atomic_fetch_add (&pool->given, 1);
  ring_bell (pool, calls.n_chunks < INT32_MAX ? (int) calls.n_chunks : TELAR_EVERYBODY);
}

void
telar_pool_set (TelarObjects *objects, uint32_t object, TelarPoolState state)
{
  Pool *pool = telar_object_area (objects, object);

  atomic_store (&pool->state, state);
  ring_bell (pool, TELAR_EVERYBODY);
}

TelarPoolState
telar_pool_state (TelarObjects *objects, uint32_t object)
{
  Pool *pool = telar_object_area (objects, object);

  return (TelarPoolState) atomic_load (&pool->state);
}

bool
telar_pool_was_given (TelarObjects *objects, uint32_t object, const TelarPlanCalls *calls)
{
  return atomic_load (&job_of (objects, object, calls->job)->calls) != 0;
}

uint32_t
telar_pool_undone (TelarObjects *objects, uint32_t object, const TelarPlanCalls *calls,
                   uint32_t from)
{
  while (from < calls->n_chunks
         && (atomic_load (&chunk_of (objects, object, calls, from)->word) & DONE))
    from++;
  return from;
}

void
telar_pool_sleep (TelarObjects *objects, uint32_t object, const TelarPlanCalls *calls,
                  uint32_t chunk, int64_t until_ns)
{
  Pool    *pool = telar_object_area (objects, object);
  Chunk   *it = chunk_of (objects, object, calls, chunk);
  uint32_t news = atomic_load (&pool->news);

  if (!(atomic_fetch_or (&it->word, AWAITED) & DONE))
    telar_futex_wait (&pool->news, news, until_ns);
}

bool
telar_pool_has_work (TelarObjects *objects, uint32_t object, const TelarPlan *plan)
{
  TelarPlanCalls calls;

  return first_left (objects, object, plan, &calls);
}

void
telar_pool_lose_rest (TelarObjects *objects, uint32_t object, const TelarPlan *plan)
{
  TelarPlanCalls calls;

  while (first_left (objects, object, plan, &calls))
    for (uint32_t i = 0; i < calls.n_chunks; i++)
      {
        Chunk   *chunk = chunk_of (objects, object, &calls, i);
        uint32_t word = atomic_load (&chunk->word), next = i;

        while ((word & (WORKER | DONE)) == 0
               && !atomic_compare_exchange_weak (&chunk->word, &word, DONE | LOST))
          ;
        atomic_compare_exchange_strong (&job_of (objects, object, calls.job)->next, &next, i + 1);
      }
}

bool
telar_pool_outcome (TelarObjects *objects, uint32_t object, const TelarPlanCalls *calls,
                    uint32_t chunk, uint32_t *worker, uint32_t *ticket)
{
  Chunk   *it = chunk_of (objects, object, calls, chunk);
  uint32_t word = atomic_load (&it->word);

  *worker = (word & WORKER) == 0 ? TELAR_NO_TASK : (word & WORKER) - 1;
  *ticket = atomic_load (&it->ticket);
  return (word & LOST) == 0;
}

TelarPoolResult *
telar_pool_result (TelarObjects *objects, uint32_t object, const TelarPlanCalls *calls,
                   uint32_t nth)
{
  return (TelarPoolResult *) part (objects, object,
                                   results_at (telar_object_head (objects, object)))
         + calls->first_cell + nth;
}

/* Workers */

bool
telar_pool_take (TelarObjects *objects, uint32_t object, const TelarPlan *plan, uint32_t task,
                 TelarPoolWork *work)
{
  Pool             *pool = telar_object_area (objects, object);
  _Atomic uint64_t *taking = taking_of (objects, object, task);

  while (atomic_load (&pool->state) != TELAR_POOL_TERMINATED
         && first_left (objects, object, plan, &work->calls))
    {
      Job     *job = job_of (objects, object, work->calls.job);
      uint32_t next = atomic_load (&job->next);

      if (next >= work->calls.n_chunks)
        continue;
      Chunk   *chunk = chunk_of (objects, object, &work->calls, next);
      uint32_t word = atomic_load (&chunk->word);
      bool     taken = false;

      /* Said before: killed from here on, it is found out. */
      atomic_store (taking, (uint64_t) work->calls.first_cell + next + 1);
      while ((word & (WORKER | DONE)) == 0
             && !(taken = atomic_compare_exchange_weak (&chunk->word, &word, word | (task + 1))))
        ;
      work->chunk = next;
      atomic_compare_exchange_strong (&job->next, &next, next + 1);
      if (taken)
        return true;
    }
  return false;
}

void
telar_pool_finish (TelarObjects *objects, uint32_t object, uint32_t task,
                   const TelarPoolWork *work)
{
  Pool  *pool = telar_object_area (objects, object);
  Chunk *chunk = chunk_of (objects, object, &work->calls, work->chunk);

  atomic_store_explicit (&chunk->ticket,
                         atomic_fetch_add (&job_of (objects, object, work->calls.job)->arrived, 1),
                         memory_order_relaxed);
  if (atomic_exchange (&chunk->word, DONE | (task + 1)) & AWAITED)
    tell_owner (pool);
}

void
telar_pool_lose (TelarObjects *objects, uint32_t object, uint32_t task, const TelarPoolWork *work)
{
  Chunk *chunk = chunk_of (objects, object, &work->calls, work->chunk);

  if (atomic_exchange (&chunk->word, DONE | LOST | (task + 1)) & AWAITED)
    tell_owner (telar_object_area (objects, object));
}

bool
telar_pool_await (TelarObjects *objects, uint32_t object, const TelarParty *party)
{
  Pool    *pool = telar_object_area (objects, object);
  uint32_t bell = atomic_load (&pool->bell);

  if (atomic_load (&pool->state) == TELAR_POOL_TERMINATED)
    return false;
  if (atomic_load (&pool->current) != atomic_load (&pool->given))
    return true;
  if (atomic_load (&pool->state) != TELAR_POOL_OPEN)
    return false;
  /* Not a sleep that deadlocks are made of: the owner closes its pool at its end. */
  if (party->begins != NULL)
    party->begins (party->data, object, TELAR_NO_TASK, TELAR_WAITS_EMPTY);
  atomic_fetch_add (&pool->sleepers, 1);
  while (atomic_load (&pool->bell) == bell)
    telar_futex_wait (&pool->bell, bell, INT64_MAX);
  atomic_fetch_sub (&pool->sleepers, 1);
  if (party->ends != NULL)
    party->ends (party->data);
  return true;
}

void
telar_pool_leave (TelarObjects *objects, uint32_t object, uint32_t task)
{
  atomic_store (taking_of (objects, object, task), HAS_LEFT);
  tell_owner (telar_object_area (objects, object));
}

bool
telar_pool_has_left (TelarObjects *objects, uint32_t object, uint32_t task)
{
  return atomic_load (taking_of (objects, object, task)) == HAS_LEFT;
}

/* The family */

static uint64_t
area_size (const TelarPlanObject *object, uint32_t n_tasks)
{
  TelarObjectHead head = { .n_workers = object->n_workers, .n_jobs = object->n_jobs,
                           .n_cells = object->n_cells };

  (void) n_tasks;
  return results_at (&head) + object->n_cells * sizeof (TelarPoolResult);
}

/* What a killed worker had taken is lost; without an owner, nobody gives or closes. */
static void
owner_died (TelarObjects *objects, uint32_t object, uint32_t task)
{
  const TelarObjectHead *head = telar_object_head (objects, object);
  Pool                  *pool = telar_object_area (objects, object);

  if (task == head->owner)
    telar_pool_set (objects, object, TELAR_POOL_TERMINATED);
  if (task < head->first_worker || task - head->first_worker >= head->n_workers)
    return;
  uint64_t taking = atomic_load (taking_of (objects, object, task));
  if (taking == 0 || taking > head->n_cells)
    return;
  Chunk   *chunk = (Chunk *) part (objects, object, chunks_at (head)) + (taking - 1);
  uint32_t word = atomic_load (&chunk->word);
  while ((word & WORKER) == task + 1 && (word & DONE) == 0
         && !atomic_compare_exchange_weak (&chunk->word, &word, DONE | LOST | (task + 1)))
    ;
  /* Also where it had nothing: it may have been woken to take some, or to tell. */
  ring_bell (pool, TELAR_EVERYBODY);
  tell_owner (pool);
}

const TelarObjectFamily telar_pool_family = {
  .area_size = area_size,
  .owner_died = owner_died,
};
