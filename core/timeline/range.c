/* range.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "timeline/range.h"

typedef enum
{
  PHASE_SLICES,
  PHASE_WAITS,
  PHASE_CORES,
  PHASE_DONE
} Phase;

typedef struct _TelarRangeWalk
{
  TelarTimeline *timeline; /* owned */
  GPtrArray     *lanes;    /* TelarCoreLane: of a live run, more may come between them */
  guint         *seen;     /* [task]: the core that was the last to have it, from 1 on */
  Phase          phase;
  guint          lane;
  guint          at;       /* next item */
  gboolean       begun;    /* the lane's first item was looked for */
  gboolean       has_last; /* the item before the next one */
  TelarSlice     last;
} TelarRangeWalk;

TelarRange *
telar_range_new (const TelarTimeline *timeline, gint64 begin, gint64 end)
{
  TelarRange     *range;
  TelarRangeWalk *walk;

  g_return_val_if_fail (timeline != NULL, NULL);

  range = g_new0 (TelarRange, 1);
  walk = g_new0 (TelarRangeWalk, 1);
  range->begin = begin;
  /* What is still open goes on beyond. */
  range->end = timeline->finished ? end : MIN (end, timeline->now);
  range->end = MAX (range->begin, range->end);
  range->n_tasks = timeline->tasks->len;
  range->tasks = g_new0 (TelarRangeTask, MAX (range->n_tasks, 1));
  range->n_cores = timeline->cores->len;
  range->cores = g_new0 (TelarRangeCore, MAX (range->n_cores, 1));
  walk->timeline = telar_timeline_ref ((TelarTimeline *) timeline);
  walk->lanes = g_ptr_array_new ();
  walk->seen = g_new0 (guint, MAX (range->n_tasks, 1));
  range->walk = walk;

  for (guint i = 0; i < range->n_tasks; i++)
    {
      const TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);

      range->all += telar_packed_sum (lane->slices, begin, range->end).n;
      range->all += telar_packed_sum (lane->waits, begin, range->end).n;
    }
  for (guint i = 0; i < range->n_cores; i++)
    {
      TelarCoreLane *lane = g_ptr_array_index (timeline->cores, i);

      g_ptr_array_add (walk->lanes, lane);
      range->cores[i].number = lane->number;
      range->all += telar_packed_sum (lane->slices, begin, range->end).n;
    }
  return range;
}

void
telar_range_free (TelarRange *range)
{
  if (range == NULL)
    return;
  telar_timeline_unref (range->walk->timeline);
  g_ptr_array_unref (range->walk->lanes);
  g_free (range->walk->seen);
  g_free (range->walk);
  g_free (range->tasks);
  g_free (range->cores);
  g_free (range);
}

const TelarTimeline *
telar_range_timeline (const TelarRange *range)
{
  g_return_val_if_fail (range != NULL, NULL);

  return range->walk->timeline;
}

/* --- Items --- */

static void
count_task_slice (const TelarRange *range, TelarRangeTask *task, const TelarRangeWalk *walk,
                  const TelarSlice *slice)
{
  task->cpu_ns += MAX (MIN (slice->end, range->end) - MAX (slice->begin, range->begin), 0);
  task->slices++;
  /* One that only becomes a program goes on where it was. */
  if (walk->has_last && slice->begin >= range->begin
      && (slice->begin > walk->last.end || slice->core != walk->last.core))
    task->switches++;
}

static void
count_core_slice (TelarRange *range, TelarRangeCore *core, const TelarRangeWalk *walk,
                  const TelarSlice *slice)
{
  gint64 ns = MAX (MIN (slice->end, range->end) - MAX (slice->begin, range->begin), 0);

  core->busy_ns += ns;
  range->cpu_ns += ns;
  core->slices++;
  if (walk->has_last && slice->begin >= range->begin && slice->task != walk->last.task)
    core->switches++;
  if (slice->task < range->n_tasks && walk->seen[slice->task] != walk->lane + 1)
    {
      walk->seen[slice->task] = walk->lane + 1;
      core->tasks++;
    }
}

static void
count_wait (const TelarRange *range, TelarRangeTask *task, const TelarWait *wait)
{
  gint64 ns = MIN (wait->end, range->end) - MAX (wait->begin, range->begin);

  if (ns <= 0)
    return;
  switch ((TelarWaitState) wait->state)
    {
    case TELAR_WAIT_DUE:
      task->due_ns += ns;
      break;
    case TELAR_WAIT_READY:
      task->ready_ns += ns;
      break;
    case TELAR_WAIT_BLOCKED:
      task->blocked_ns += ns;
      if (wait->cause < TELAR_N_CAUSES)
        task->blocked[wait->cause] += ns;
      break;
    case TELAR_WAIT_UNKNOWN:
      task->unknown_ns += ns;
      break;
    case TELAR_WAIT_ENDED:
    default:
      break;
    }
}

/* --- Lanes --- */

/* Returns: whether the lane has more; @n: takes off what was looked at. */
static gboolean
step_slices (TelarRange *range, const TelarSlices *slices, guint *n)
{
  TelarRangeWalk *walk = range->walk;

  if (!walk->begun)
    {
      walk->begun = TRUE;
      walk->at = telar_slices_find (slices, range->begin);
      walk->has_last = walk->at > 0 && walk->at < slices->len;
      if (walk->has_last)
        walk->last = telar_slices_at (slices, walk->at - 1);
    }
  while (walk->at < slices->len && *n > 0)
    {
      guint             side;
      const TelarSlice *run = telar_slices_run (slices, walk->at, &side);

      side = MIN (side, *n);
      for (guint i = 0; i < side; i++)
        {
          if (run[i].begin >= range->end)
            return FALSE;
          (*n)--;
          if (walk->phase == PHASE_CORES)
            count_core_slice (range, &range->cores[walk->lane], walk, &run[i]);
          else
            count_task_slice (range, &range->tasks[walk->lane], walk, &run[i]);
          walk->last = run[i];
          walk->has_last = TRUE;
          range->done++;
        }
      walk->at += side;
    }
  return walk->at < slices->len;
}

static gboolean
step_waits (TelarRange *range, const TelarWaits *waits, guint *n)
{
  TelarRangeWalk *walk = range->walk;

  if (!walk->begun)
    {
      walk->begun = TRUE;
      walk->at = telar_waits_find (waits, range->begin);
    }
  while (walk->at < waits->len && *n > 0)
    {
      guint            side;
      const TelarWait *run = telar_waits_run (waits, walk->at, &side);

      side = MIN (side, *n);
      for (guint i = 0; i < side; i++)
        {
          if (run[i].begin >= range->end)
            return FALSE;
          (*n)--;
          count_wait (range, &range->tasks[walk->lane], &run[i]);
          range->done++;
        }
      walk->at += side;
    }
  return walk->at < waits->len;
}

static gboolean
step_lane (TelarRange *range, guint *n)
{
  TelarRangeWalk      *walk = range->walk;
  const TelarTaskLane *task;

  if (walk->phase == PHASE_CORES)
    return step_slices (range,
                        ((TelarCoreLane *) g_ptr_array_index (walk->lanes, walk->lane))->slices, n);
  task = g_ptr_array_index (walk->timeline->tasks, walk->lane);
  return walk->phase == PHASE_SLICES ? step_slices (range, task->slices, n)
                                     : step_waits (range, task->waits, n);
}

gboolean
telar_range_step (TelarRange *range, guint n)
{
  TelarRangeWalk *walk;

  g_return_val_if_fail (range != NULL, FALSE);

  walk = range->walk;
  while (walk->phase != PHASE_DONE)
    {
      guint n_lanes = walk->phase == PHASE_CORES ? range->n_cores : range->n_tasks;
      guint left = n;

      if (range->end <= range->begin || walk->lane >= n_lanes)
        {
          walk->phase++;
          walk->lane = 0;
          walk->begun = FALSE;
          continue;
        }
      if (n == 0)
        return TRUE;
      if (step_lane (range, &n))
        continue;
      walk->lane++;
      walk->begun = FALSE;
      /* A lane without any is looked at, too. */
      if (n == left)
        n--;
    }
  return FALSE;
}

gboolean
telar_range_has (const TelarRange *range, guint32 task)
{
  const TelarRangeTask *counted;

  g_return_val_if_fail (range != NULL && task < range->n_tasks, FALSE);

  counted = &range->tasks[task];
  return counted->slices > 0 || counted->due_ns > 0 || counted->ready_ns > 0
         || counted->blocked_ns > 0 || counted->unknown_ns > 0;
}
