/* statistics-critical.c
 *
 * SPDX-License-Identifier: MIT
 *
 * From the end of the run back to its beginning: whoever was the last to let a
 * waiting task go on is followed from there on, down to who started it. Had
 * anything on this path been shorter, the run might have been; nothing else
 * can shorten it. A call is followed as the process or thread that makes it.
 */

#include "config.h"

#include "timeline/statistics-private.h"


typedef struct
{
  const TelarTimeline *timeline;
  guint32             *runner;  /* [task]: the process or thread that it is done by */
  guint32             *starter; /* [task]: who started it, or TELAR_NO_TASK */
  guint               *first;   /* [task + 1]: its arrows in `coming` */
  guint               *left;    /* [task]: those that were not looked at yet */
  guint               *coming;  /* arrows by whom they lead to, then by release */
  gint64               slack;   /* how far apart two records of one moment may be */
} Walk;

/* The moment at which the arrow's first task let the second go on. */
static gint64
released (const Walk *walk, const TelarArrow *arrow)
{
  const TelarTaskLane *from = g_ptr_array_index (walk->timeline->tasks, arrow->from);

  /* What the kernel does after a task's end keeps nobody waiting. */
  if (arrow->kind == TELAR_ARROW_JOIN && from->ended != TELAR_NO_TIME)
    return MIN (arrow->from_ns, from->ended);
  return arrow->from_ns;
}

static int
compare_releases (gconstpointer a, gconstpointer b, gpointer data)
{
  const Walk   *walk = data;
  const GArray *arrows = walk->timeline->arrows;
  guint         one = *(const guint *) a, other = *(const guint *) b;
  gint64        left = released (walk, &g_array_index (arrows, TelarArrow, one));
  gint64        right = released (walk, &g_array_index (arrows, TelarArrow, other));

  return left != right ? (left < right ? -1 : 1) : one < other ? -1 : one > other;
}

static gboolean
leads_on (const Walk *walk, const TelarArrow *arrow)
{
  guint n = walk->timeline->tasks->len;

  return arrow->kind != TELAR_ARROW_START && arrow->from < n && arrow->to < n
         && walk->runner[arrow->from] != walk->runner[arrow->to];
}

/* The process or thread that @task is done by. */
static guint32
find_runner (const TelarTimeline *timeline, guint32 task)
{
  const TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, task);

  while (lane->kind == TELAR_KIND_CALL && lane->parent < timeline->tasks->len)
    {
      task = lane->parent;
      lane = g_ptr_array_index (timeline->tasks, task);
    }
  return task;
}

static void
walk_init (Walk *walk, const TelarTimeline *timeline)
{
  const GArray *arrows = timeline->arrows;
  guint         n = timeline->tasks->len;

  walk->timeline = timeline;
  walk->slack = timeline->begun.source == TELAR_SOURCE_SAMPLED ? timeline->begun.period_ns : 0;
  walk->runner = g_new (guint32, n);
  walk->starter = g_new (guint32, n);
  walk->first = g_new0 (guint, n + 1);
  walk->left = g_new (guint, n);
  walk->coming = g_new (guint, MAX (arrows->len, 1));
  for (guint i = 0; i < n; i++)
    {
      walk->runner[i] = find_runner (timeline, i);
      walk->starter[i] = ((TelarTaskLane *) g_ptr_array_index (timeline->tasks, i))->parent;
    }
  for (guint i = 0; i < arrows->len; i++)
    {
      const TelarArrow *arrow = &g_array_index (arrows, TelarArrow, i);

      /* One that a step starts may be another task's than its scope's. */
      if (arrow->kind == TELAR_ARROW_START && arrow->from < n && arrow->to < n)
        walk->starter[arrow->to] = arrow->from;
      if (leads_on (walk, arrow))
        walk->first[walk->runner[arrow->to] + 1]++;
    }
  for (guint i = 0; i < n; i++)
    {
      walk->first[i + 1] += walk->first[i];
      walk->left[i] = walk->first[i];
    }
  for (guint i = 0; i < arrows->len; i++)
    {
      const TelarArrow *arrow = &g_array_index (arrows, TelarArrow, i);

      if (leads_on (walk, arrow))
        walk->coming[walk->left[walk->runner[arrow->to]]++] = i;
    }
  for (guint i = 0; i < n; i++)
    if (walk->left[i] - walk->first[i] > 1)
      g_qsort_with_data (walk->coming + walk->first[i], (int) (walk->left[i] - walk->first[i]),
                         sizeof (guint), compare_releases, walk);
}

static void
walk_clear (Walk *walk)
{
  g_free (walk->runner);
  g_free (walk->starter);
  g_free (walk->first);
  g_free (walk->left);
  g_free (walk->coming);
}

static gboolean
is_for (const Walk *walk, const TelarWait *wait, const TelarArrow *arrow)
{
  if (wait->state == TELAR_WAIT_UNKNOWN || wait->cause == TELAR_CAUSE_NONE)
    return TRUE;
  if (arrow->kind != TELAR_ARROW_JOIN)
    return wait->object == arrow->object;
  for (guint i = 0; i < wait->n_culprits; i++)
    if (g_array_index (walk->timeline->culprits, guint32, wait->culprits + i) == arrow->from)
      return TRUE;
  return wait->cause == TELAR_CAUSE_JOIN && wait->n_culprits == 0;
}

/* Whether @task slept for what the arrow brought, when it came. */
static gboolean
slept (const Walk *walk, guint32 task, const TelarArrow *arrow)
{
  const TelarTaskLane *lane = g_ptr_array_index (walk->timeline->tasks, task);
  gint64               ns = released (walk, arrow);
  guint                at = telar_waits_find (lane->waits, ns - walk->slack - 1);

  for (; at < lane->waits->len; at++)
    {
      const TelarWait wait = telar_waits_at (lane->waits, at);

      if (wait.begin >= ns + walk->slack)
        return FALSE;
      if ((wait.state == TELAR_WAIT_BLOCKED || wait.state == TELAR_WAIT_UNKNOWN)
          && is_for (walk, &wait, arrow))
        return TRUE;
    }
  return FALSE;
}

/* The last who kept @task waiting before @ns; NULL: nobody since it was started. */
static const TelarArrow *
last_release (Walk *walk, guint32 task, gint64 ns)
{
  while (walk->left[task] > walk->first[task])
    {
      guint             i = walk->coming[walk->left[task] - 1];
      const TelarArrow *arrow = &g_array_index (walk->timeline->arrows, TelarArrow, i);

      walk->left[task]--;
      if (arrow->to_ns <= ns && released (walk, arrow) <= ns
          && (slept (walk, arrow->to, arrow) || slept (walk, task, arrow)))
        return arrow;
    }
  return NULL;
}

static gint64
on_core (const TelarTaskLane *lane, gint64 begin, gint64 end)
{
  gint64 sum = 0;

  for (guint i = telar_slices_find (lane->slices, begin); i < lane->slices->len; i++)
    {
      const TelarSlice slice = telar_slices_at (lane->slices, i);

      if (slice.begin >= end)
        break;
      sum += MIN (slice.end, end) - MAX (slice.begin, begin);
    }
  return sum;
}

static void
put (TelarStatistics *all, const Walk *walk, guint32 task, gint64 begin, gint64 end)
{
  const TelarTaskLane *lane = g_ptr_array_index (walk->timeline->tasks, task);
  const TelarCritical  stretch = { begin, end, task };

  if (end <= begin)
    return;
  g_array_append_val (all->critical, stretch);
  all->tasks[task].critical_ns += end - begin;
  all->critical_ns += end - begin;
  all->critical_on_core_ns += on_core (lane, begin, end);
}

static void
turn_round (GArray *stretches)
{
  for (guint i = 0, k = stretches->len; k > i + 1; i++)
    {
      TelarCritical *one = &g_array_index (stretches, TelarCritical, i);
      TelarCritical *other = &g_array_index (stretches, TelarCritical, --k);
      TelarCritical  held = *one;

      *one = *other;
      *other = held;
    }
}

void
telar_statistics_critical (TelarStatistics *all, const TelarTimeline *timeline)
{
  const TelarTaskLane *lane;
  guint32              task = 0;
  gint64               ns;
  Walk                 walk;

  if (timeline->tasks->len == 0)
    return;
  walk_init (&walk, timeline);
  lane = g_ptr_array_index (timeline->tasks, task);
  ns = lane->ended != TELAR_NO_TIME ? lane->ended : timeline->now;
  /* Each arrow is followed once, and each task was started once. */
  for (guint steps = timeline->arrows->len + timeline->tasks->len + 1; steps > 0; steps--)
    {
      const TelarArrow *arrow = last_release (&walk, task, ns);
      gint64            begin;

      if (arrow != NULL)
        {
          begin = released (&walk, arrow);
          put (all, &walk, task, begin, ns);
          task = walk.runner[arrow->from];
        }
      else
        {
          lane = g_ptr_array_index (timeline->tasks, task);
          begin = lane->started != TELAR_NO_TIME ? MIN (lane->started, ns) : MIN (0, ns);
          put (all, &walk, task, begin, ns);
          if (task == 0 || walk.starter[task] >= timeline->tasks->len)
            break;
          task = walk.runner[walk.starter[task]];
        }
      ns = begin;
    }
  turn_round (all->critical);
  walk_clear (&walk);
}
