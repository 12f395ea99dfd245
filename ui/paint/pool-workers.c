/* pool-workers.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "paint/paint-private.h"
#include "paint/pool-workers.h"

guint32
telar_pool_find (const TelarTimeline *timeline, const char *id)
{
  guint32 number;

  g_return_val_if_fail (timeline != NULL && id != NULL, TELAR_NO_OBJECT);

  number = telar_timeline_find_object (timeline, id);
  return number != TELAR_NO_OBJECT
             && telar_timeline_object (timeline, number)->type == TELAR_OBJECT_POOL
           ? number : TELAR_NO_OBJECT;
}

/* ---- one worker --------------------------------------------------------- */

static gboolean
is_by (gint64 moment, gint64 ns)
{
  return moment != TELAR_NO_TIME && moment <= ns;
}

static gboolean
is_over (const TelarTaskLane *lane, gint64 ns)
{
  return is_by (lane->ended, ns)
         || (ns == G_MAXINT64 && lane->state != TELAR_STATE_NOT_STARTED
             && lane->state != TELAR_STATE_RUNNING);
}

static guint64
count_chunks (const TelarPlanObject *pool, const TelarTaskLane *lane, gint64 ns)
{
  guint64 n = telar_steps_find (lane->steps, ns);

  if (n > 0 && g_array_index (lane->steps, TelarStepRun, 0).step == pool->initializer)
    n--;
  /* Of those beyond the limit it is not known when. */
  return is_over (lane, ns) ? n + lane->steps_counted : n;
}

static void
look_at (const TelarPlanObject *pool, const TelarTaskLane *lane, gint64 ns, TelarWorker *worker)
{
  guint at = telar_steps_find (lane->steps, ns);
  const TelarStepRun *step = at < lane->steps->len
                               ? &g_array_index (lane->steps, TelarStepRun, at) : NULL;

  worker->step = TELAR_NO_STEP;
  if (lane->state == TELAR_STATE_COULD_NOT_START)
    worker->state = TELAR_WORKER_FAILED;
  else if (!is_by (lane->started, ns))
    worker->state = TELAR_WORKER_NOT_YET;
  else if (is_over (lane, ns))
    worker->state = telar_task_failed (lane) ? TELAR_WORKER_FAILED : TELAR_WORKER_ENDED;
  else if (!is_by (lane->run, ns))
    worker->state = TELAR_WORKER_STARTING;
  else if (step != NULL && step->begin <= ns)
    {
      worker->state = TELAR_WORKER_BUSY;
      worker->step = step->step;
      worker->begins = step->step == pool->initializer;
    }
  else
    worker->state = TELAR_WORKER_WAITING;
}

/* ---- places ------------------------------------------------------------- */

/* Where a spare goes: to the place of who ended first. A worker says that it has done
 * its chunks before its end is on record. */
static guint
find_place (const TelarTimeline *timeline, const TelarPlanObject *pool, const GArray *workers,
            gint64 ns)
{
  gint64 first = G_MAXINT64;
  guint found = G_MAXUINT;

  for (guint i = 0; i < workers->len; i++)
    {
      const TelarWorker *worker = &g_array_index (workers, TelarWorker, i);
      const TelarTaskLane *lane = telar_timeline_task (timeline, worker->task);

      if (lane->ended != TELAR_NO_TIME && lane->ended < first)
        {
          first = lane->ended;
          found = i;
        }
    }
  for (guint i = 0; found == G_MAXUINT && pool->max_tasks > 0 && i < workers->len; i++)
    if (count_chunks (pool, telar_timeline_task (timeline, g_array_index (workers, TelarWorker,
                                                                          i).task), ns)
        >= pool->max_tasks)
      found = i;
  return found != G_MAXUINT ? found : 0;
}

GArray *
telar_pool_workers_new (const TelarTimeline *timeline, guint32 number, gint64 ns)
{
  GArray *workers = g_array_new (FALSE, TRUE, sizeof (TelarWorker));
  const TelarPlanObject *pool;

  g_return_val_if_fail (timeline != NULL && number < timeline->plan->n_objects, workers);

  pool = telar_plan_object (timeline->plan, number);
  ns = ns == TELAR_NO_TIME ? G_MAXINT64 : ns;
  for (guint32 i = 0; i < (guint32) MIN (pool->amount, pool->n_workers); i++)
    {
      TelarWorker worker = { .task = pool->first_worker + i, .before = TELAR_NO_TASK };

      g_array_append_val (workers, worker);
    }
  /* The owner takes spares in the order of their numbers. */
  for (guint32 i = workers->len; workers->len > 0 && i < pool->n_workers; i++)
    {
      const TelarTaskLane *lane = telar_timeline_task (timeline, pool->first_worker + i);
      TelarWorker *worker;

      if (!is_by (lane->started, ns))
        break;
      worker = &g_array_index (workers, TelarWorker, find_place (timeline, pool, workers, ns));
      worker->chunks += count_chunks (pool, telar_timeline_task (timeline, worker->task), ns);
      worker->before = worker->task;
      worker->task = pool->first_worker + i;
    }
  for (guint i = 0; i < workers->len; i++)
    {
      TelarWorker *worker = &g_array_index (workers, TelarWorker, i);
      const TelarTaskLane *lane = telar_timeline_task (timeline, worker->task);

      worker->chunks += count_chunks (pool, lane, ns);
      look_at (pool, lane, ns, worker);
    }
  return workers;
}

/* ---- words -------------------------------------------------------------- */

char *
telar_worker_describe (const TelarTimeline *timeline, const TelarWorker *worker)
{
  const TelarTaskLane *lane;
  const char *text;

  g_return_val_if_fail (timeline != NULL && worker != NULL, NULL);

  lane = telar_timeline_task (timeline, worker->task);
  switch ((TelarWorkerState) worker->state)
    {
    case TELAR_WORKER_NOT_YET:
      return g_strdup (timeline->finished ? _("not needed") : _("not yet"));
    case TELAR_WORKER_STARTING:
      return g_strdup (_("starting"));
    case TELAR_WORKER_BUSY:
      text = telar_plan_text (timeline->plan, telar_plan_step (timeline->plan, worker->step)->text);
      /* Translators: what each worker of a pool calls first: "initializer print(ready)" */
      return worker->begins ? g_strdup_printf (_("initializer %s"), text) : g_strdup (text);
    case TELAR_WORKER_WAITING:
      return g_strdup (_("waits for work"));
    case TELAR_WORKER_ENDED:
      return g_strdup (_("ended"));
    case TELAR_WORKER_FAILED:
    default:
      return telar_task_describe_state (timeline, lane);
    }
}

char *
telar_worker_describe_place (const TelarTimeline *timeline, const TelarWorker *worker)
{
  g_return_val_if_fail (timeline != NULL && worker != NULL && worker->before != TELAR_NO_TASK,
                        NULL);

  /* Translators: one worker of a pool has ended, and this one has come: "in place of crew.1" */
  return g_strdup_printf (_("in place of %s"), telar_timeline_task (timeline, worker->before)->id);
}

static char *
describe_chunks (guint64 n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRIu64 " chunk",
                                       "%" PRIu64 " chunks", (gulong) n), n);
}

char *
telar_worker_describe_chunks (const TelarWorker *worker)
{
  g_return_val_if_fail (worker != NULL, NULL);

  return describe_chunks (worker->chunks);
}

char *
telar_workers_count (guint n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u worker", "%u workers", n), n);
}

char *
telar_workers_describe (const GArray *workers, gboolean briefly)
{
  g_autofree char *count = NULL, *done = NULL;
  guint busy = 0, over = 0, begun = 0;
  guint64 chunks = 0;

  g_return_val_if_fail (workers != NULL, NULL);

  for (guint i = 0; i < workers->len; i++)
    {
      const TelarWorker *worker = &g_array_index (workers, TelarWorker, i);

      busy += worker->state == TELAR_WORKER_BUSY;
      over += worker->state >= TELAR_WORKER_ENDED;
      begun += worker->state != TELAR_WORKER_NOT_YET;
      chunks += worker->chunks;
    }
  if (begun > over)
    /* Translators: of a pool's workers: "2 of 4 busy" */
    return g_strdup_printf (_("%u of %u busy"), busy, workers->len);
  count = telar_workers_count (workers->len);
  if (begun == 0)
    return g_steal_pointer (&count);
  done = describe_chunks (chunks);
  return briefly ? g_steal_pointer (&done) : g_strdup_printf ("%s · %s", count, done);
}
