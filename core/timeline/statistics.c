/* statistics.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "timeline/statistics.h"
#include "timeline/statistics-private.h"


static void
count_slices (TelarTaskStatistics *counted, const TelarTaskLane *lane, TelarStatisticsWork *work)
{
  TelarSlice last = { 0 };

  counted->slices = lane->slices->len;
  for (guint i = 0; i < lane->slices->len && telar_statistics_next (work); i++)
    {
      const TelarSlice slice = telar_slices_at (lane->slices, i);

      counted->on_core_ns += slice.end - slice.begin;
      if ((slice.flags & TELAR_SLICE_PREEMPTED) != 0)
        counted->preemptions++;
      /* One that only becomes a program goes on where it was. */
      if (i > 0 && (slice.begin > last.end || slice.core != last.core))
        counted->switches++;
      if (i > 0 && slice.core != last.core)
        counted->migrations++;
      last = slice;
    }
}

static void
count_waits (TelarTaskStatistics *counted, const TelarTaskLane *lane, TelarStatisticsWork *work)
{
  for (guint i = 0; i < lane->waits->len && telar_statistics_next (work); i++)
    {
      const TelarWait wait = telar_waits_at (lane->waits, i);
      gint64          ns = wait.end - wait.begin;

      switch ((TelarWaitState) wait.state)
        {
        case TELAR_WAIT_DUE:
          counted->due_ns += ns;
          break;
        case TELAR_WAIT_READY:
          counted->ready_ns += ns;
          break;
        case TELAR_WAIT_BLOCKED:
          counted->blocked_ns += ns;
          if (wait.cause < TELAR_N_CAUSES)
            counted->blocked[wait.cause] += ns;
          break;
        case TELAR_WAIT_UNKNOWN:
          counted->unknown_ns += ns;
          break;
        case TELAR_WAIT_ENDED:
        default:
          break;
        }
    }
}

static void
count_task (TelarTaskStatistics *counted, const TelarTaskLane *lane, TelarStatisticsWork *work)
{
  gint64 first = lane->slices->len > 0 ? telar_slices_at (lane->slices, 0).begin : lane->run;

  count_slices (counted, lane, work);
  count_waits (counted, lane, work);
  counted->cpu_ns = lane->cpu_ns >= 0 ? lane->cpu_ns : counted->on_core_ns;
  counted->start_latency = counted->join_latency = TELAR_NO_TIME;
  if (lane->started != TELAR_NO_TIME && first != TELAR_NO_TIME)
    counted->start_latency = MAX (first - lane->started, 0);
  if (lane->ended != TELAR_NO_TIME && lane->joined != TELAR_NO_TIME)
    counted->join_latency = MAX (lane->joined - lane->ended, 0);
}

/* @seen: [task], which core was the last to have it. */
static void
count_core (TelarCoreStatistics *counted, const TelarCoreLane *lane, guint at, guint *seen,
            guint n_tasks, TelarStatisticsWork *work)
{
  guint32 last = TELAR_NO_TASK;

  counted->number = lane->number;
  counted->busy_ns = lane->busy_ns;
  counted->slices = lane->slices->len;
  for (guint i = 0; i < lane->slices->len && telar_statistics_next (work); i++)
    {
      const TelarSlice slice = telar_slices_at (lane->slices, i);

      if (last != TELAR_NO_TASK && slice.task != last)
        counted->switches++;
      last = slice.task;
      if (slice.task < n_tasks && seen[slice.task] != at + 1)
        {
          seen[slice.task] = at + 1;
          counted->tasks++;
        }
    }
}

const char *
telar_cause_name (guint cause)
{
  static const char *const names[TELAR_N_CAUSES] = {
    NULL, "sleep", "join", "program", "place", "io", "lock", "semaphore", "event", "condition",
    "barrier", "empty", "full", "done", "flushing"
  };

  return cause < G_N_ELEMENTS (names) ? names[cause] : NULL;
}

/* Slices of cores are looked at three times: once by themselves, and both their ends
 * together with those of the others. */
static guint64
count_work (const TelarTimeline *timeline)
{
  guint64 n = 1;

  for (guint i = 0; i < timeline->cores->len; i++)
    n += 3 * (guint64) ((TelarCoreLane *) g_ptr_array_index (timeline->cores, i))->slices->len;
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);

      n += lane->slices->len + lane->waits->len;
    }
  return n;
}

TelarStatistics *
telar_statistics_new (const TelarTimeline *timeline, gint64 serial_ns, const TelarWatch *watch)
{
  TelarStatisticsWork         work = { .watch = watch };
  g_autoptr (TelarStatistics) all = g_new0 (TelarStatistics, 1);
  g_autofree guint           *seen = NULL;

  g_return_val_if_fail (timeline != NULL && serial_ns >= 0, NULL);

  all->n_tasks = timeline->tasks->len;
  all->tasks = g_new0 (TelarTaskStatistics, MAX (all->n_tasks, 1));
  all->n_cores = timeline->cores->len;
  all->cores = g_new0 (TelarCoreStatistics, MAX (all->n_cores, 1));
  all->at_once = g_new0 (gint64, all->n_cores + 1);
  all->critical = g_array_new (FALSE, FALSE, sizeof (TelarCritical));
  all->wall_ns = timeline->wall;
  all->serial_ns = serial_ns;
  work.all = count_work (timeline);
  work.off = !telar_watch_tell (watch, 0);
  seen = g_new0 (guint, MAX (all->n_tasks, 1));

  for (guint i = 0; i < all->n_tasks && !work.off; i++)
    count_task (&all->tasks[i], g_ptr_array_index (timeline->tasks, i), &work);
  for (guint i = 0; i < all->n_cores && !work.off; i++)
    {
      count_core (&all->cores[i], g_ptr_array_index (timeline->cores, i), i, seen, all->n_tasks,
                  &work);
      all->cpu_ns += all->cores[i].busy_ns;
    }
  if (work.off)
    return NULL;
  all->cores_in_use = telar_timeline_cores_in_use (timeline);
  if (serial_ns > 0 && all->wall_ns > 0)
    {
      all->speed_up = (double) serial_ns / (double) all->wall_ns;
      all->efficiency = all->n_cores > 0 ? all->speed_up / all->n_cores : 0;
    }
  telar_statistics_parallelism (all, timeline, &work);
  if (work.off || !telar_watch_tell (watch, 1))
    return NULL;
  telar_statistics_critical (all, timeline);
  return g_steal_pointer (&all);
}

void
telar_statistics_free (TelarStatistics *statistics)
{
  if (statistics == NULL)
    return;
  g_free (statistics->tasks);
  g_free (statistics->cores);
  g_free (statistics->at_once);
  g_clear_pointer (&statistics->critical, g_array_unref);
  g_free (statistics);
}
