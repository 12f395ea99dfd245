/* invariants.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "invariants.h"

#include <string.h>

#define SLICE(slices, i) ((const TelarSlice[]){ telar_slices_at (slices, i) })
#define WAIT(waits, i)   ((const TelarWait[]){ telar_waits_at (waits, i) })

#define T G_GINT64_FORMAT

static const TelarTaskLane *
task_of (const TelarTimeline *timeline, guint32 number)
{
  return g_ptr_array_index (timeline->tasks, number);
}

static char *
check_slices (const TelarTimeline *timeline, const TelarSlices *slices, const char *whose)
{
  for (guint i = 0; i < slices->len; i++)
    {
      const TelarSlice *slice = SLICE (slices, i);

      if (slice->task >= timeline->tasks->len)
        return g_strdup_printf ("%s: slice %u of no task", whose, i);
      /* An open one may have begun this very moment. */
      if (slice->begin < 0 || slice->end < slice->begin || slice->end > timeline->now
          || (slice->end == slice->begin && (i + 1 < slices->len || timeline->finished)))
        return g_strdup_printf ("%s: slice %u from %" T " to %" T, whose, i, slice->begin,
                                slice->end);
      if (i > 0 && slice->begin < SLICE (slices, i - 1)->end)
        return g_strdup_printf ("%s: slices overlap at %" T, whose, slice->begin);
    }
  return NULL;
}

static gint64
sum_of (const TelarSlices *slices)
{
  gint64 sum = 0;

  for (guint i = 0; i < slices->len; i++)
    sum += SLICE (slices, i)->end - SLICE (slices, i)->begin;
  return sum;
}

static char *
check_cores (const TelarTimeline *timeline)
{
  for (guint i = 0; i < timeline->cores->len; i++)
    {
      const TelarCoreLane *lane = g_ptr_array_index (timeline->cores, i);
      g_autofree char *whose = g_strdup_printf ("core %d", lane->number);
      char *broken = check_slices (timeline, lane->slices, whose);

      if (broken != NULL)
        return broken;
      if (i > 0
          && ((TelarCoreLane *) g_ptr_array_index (timeline->cores, i - 1))->number >= lane->number)
        return g_strdup ("core lanes are not in order");
      if (lane->busy_ns != sum_of (lane->slices))
        return g_strdup_printf ("%s: busy for %" T ", its slices are %" T, whose, lane->busy_ns,
                                sum_of (lane->slices));
      for (guint k = 0; k < lane->slices->len; k++)
        {
          const TelarSlice *slice = SLICE (lane->slices, k);

          if (slice->core != lane->number)
            return g_strdup_printf ("%s: slice of core %u", whose, slice->core);
          if (task_of (timeline, slice->task)->kind == TELAR_KIND_CALL)
            return g_strdup_printf ("%s: slice of a call", whose);
        }
      for (guint k = 0; k < lane->others->len; k++)
        if (g_array_index (lane->others, TelarOthers, k).others > 1000)
          return g_strdup_printf ("%s: others use more than all of it", whose);
    }
  return NULL;
}

static gboolean
in_order (gint64 earlier, gint64 later)
{
  return earlier == TELAR_NO_TIME || later == TELAR_NO_TIME || earlier <= later;
}

static char *
check_times (const TelarTimeline *timeline, const TelarTaskLane *task)
{
  const TelarSlices *slices = task->slices;

  if (!in_order (task->started, task->run) || !in_order (task->run, task->ended)
      || !in_order (task->started, task->ended) || !in_order (task->ended, task->joined))
    return g_strdup_printf ("%s: started %" T ", run %" T ", ended %" T ", joined %" T, task->id,
                            task->started, task->run, task->ended, task->joined);
  if (task->joined != TELAR_NO_TIME && task->ended == TELAR_NO_TIME)
    return g_strdup_printf ("%s: joined, but never ended", task->id);
  if (!in_order (task->due, task->started))
    return g_strdup_printf ("%s: started before it was due", task->id);
  if (slices->len == 0)
    return NULL;
  if (task->started == TELAR_NO_TIME || SLICE (slices, 0)->begin < task->started)
    return g_strdup_printf ("%s: on a core at %" T ", started at %" T, task->id,
                            SLICE (slices, 0)->begin, task->started);
  if (task->ended != TELAR_NO_TIME && SLICE (slices, slices->len - 1)->end > task->ended)
    return g_strdup_printf ("%s: on a core until %" T ", ended at %" T, task->id,
                            SLICE (slices, slices->len - 1)->end, task->ended);
  return NULL;
}

static char *
check_wait (const TelarTimeline *timeline, const TelarTaskLane *task, const TelarWait *wait)
{
  gint64 from, to;

  if (wait->begin < 0 || wait->end < wait->begin || wait->end > timeline->now)
    return g_strdup_printf ("%s: wait from %" T " to %" T, task->id, wait->begin, wait->end);
  if ((wait->state == TELAR_WAIT_BLOCKED) != (wait->cause != TELAR_CAUSE_NONE))
    return g_strdup_printf ("%s: wait at %" T " of state %u and cause %u", task->id, wait->begin,
                            wait->state, wait->cause);
  if (wait->n_culprits > 0 && wait->culprits + wait->n_culprits > timeline->culprits->len)
    return g_strdup_printf ("%s: wait at %" T " for nobody", task->id, wait->begin);
  from = wait->state == TELAR_WAIT_DUE     ? task->due
         : wait->state == TELAR_WAIT_ENDED ? task->ended
                                           : task->started;
  to = wait->state == TELAR_WAIT_DUE     ? task->started
       : wait->state == TELAR_WAIT_ENDED ? task->joined
                                         : task->ended;
  if (from == TELAR_NO_TIME || wait->begin < from || (to != TELAR_NO_TIME && wait->end > to))
    return g_strdup_printf ("%s: wait of state %u from %" T " to %" T ", but only %" T " to %" T,
                            task->id, wait->state, wait->begin, wait->end, from, to);
  return NULL;
}

static char *
check_waits (const TelarTimeline *timeline, const TelarTaskLane *task)
{
  for (guint i = 0; i < task->waits->len; i++)
    {
      char *broken = check_wait (timeline, task, WAIT (task->waits, i));

      if (broken != NULL)
        return broken;
      if (i > 0 && WAIT (task->waits, i)->begin < WAIT (task->waits, i - 1)->end)
        return g_strdup_printf ("%s: waits overlap at %" T, task->id, WAIT (task->waits, i)->begin);
    }
  return NULL;
}

/* From its start to its end a task is on a core or waits, never both, never neither. */
static char *
check_tiling (const TelarTimeline *timeline, const TelarTaskLane *task)
{
  gint64 at = task->started;
  gint64 end = task->ended != TELAR_NO_TIME ? task->ended : timeline->now;
  guint slice = 0, wait = 0;

  if (at == TELAR_NO_TIME || timeline->begun.source == TELAR_SOURCE_OFF)
    return NULL;
  while (wait < task->waits->len && WAIT (task->waits, wait)->state == TELAR_WAIT_DUE)
    wait++;
  while (at < end)
    {
      if (slice < task->slices->len && SLICE (task->slices, slice)->begin == at)
        at = SLICE (task->slices, slice++)->end;
      else if (wait < task->waits->len && WAIT (task->waits, wait)->begin == at)
        at = WAIT (task->waits, wait++)->end;
      else
        return g_strdup_printf ("%s: neither on a core nor waiting (or both) at %" T, task->id, at);
    }
  return NULL;
}

/* A call's slices are its parent's, clipped to it. */
static char *
check_call (const TelarTimeline *timeline, const TelarTaskLane *call)
{
  const TelarTaskLane *owner = call;

  while (owner->kind == TELAR_KIND_CALL)
    owner = task_of (timeline, owner->parent);
  for (guint i = 0; i < call->slices->len; i++)
    {
      const TelarSlice *slice = SLICE (call->slices, i);
      guint at = telar_slices_find (owner->slices, slice->begin);

      if (at == owner->slices->len || SLICE (owner->slices, at)->begin > slice->begin
          || SLICE (owner->slices, at)->end < slice->end
          || SLICE (owner->slices, at)->core != slice->core)
        return g_strdup_printf ("%s: slice at %" T " is none of %s", call->id, slice->begin,
                                owner->id);
    }
  return NULL;
}

/* Between the scheduler's last look at its clock and the record of the switch
 * the core is the task's, and nobody is charged for it: 5 µs each on a virtual
 * machine at rest, 9 µs on a crowded one. It only shows where a task was
 * preempted a hundred times within some milliseconds. */
#define A_SWITCH 10000

static char *
check_cpu (const TelarTimeline *timeline, const TelarTaskLane *task)
{
  gint64 allowed, off;

  if (task->cpu_ns < 0 || task->ended == TELAR_NO_TIME || task->recording_lost)
    return NULL;
  for (guint i = 0; i < task->slices->len; i++)
    if ((SLICE (task->slices, i)->flags & TELAR_SLICE_PROGRAM) != 0)
      return NULL;
  allowed = MAX (task->cpu_ns / 100, 200000);
  off = sum_of (task->slices) - task->cpu_ns;
  if (off > allowed + task->slices->len * A_SWITCH || off < -allowed)
    return g_strdup_printf ("%s: its slices are %" T ", its clock says %" T, task->id,
                            sum_of (task->slices), task->cpu_ns);
  return NULL;
}

/* Every slice of a task is one of a core, and the other way round. */
static char *
check_sums (const TelarTimeline *timeline)
{
  gint64 cores = 0, tasks = 0;
  gboolean programs = FALSE;

  for (guint i = 0; i < timeline->cores->len; i++)
    {
      const TelarCoreLane *lane = g_ptr_array_index (timeline->cores, i);

      cores += lane->busy_ns;
      for (guint k = 0; k < lane->slices->len; k++)
        programs = programs || (SLICE (lane->slices, k)->flags & TELAR_SLICE_PROGRAM) != 0;
    }
  for (guint i = 0; i < timeline->tasks->len; i++)
    if (task_of (timeline, i)->kind != TELAR_KIND_CALL)
      tasks += sum_of (task_of (timeline, i)->slices);
  /* Of two programs at once a task's lane shows one. */
  if (programs ? tasks > cores : tasks != cores)
    return g_strdup_printf ("cores were busy for %" T ", tasks for %" T, cores, tasks);
  return NULL;
}

static char *
check_arrows (const TelarTimeline *timeline)
{
  for (guint i = 0; i < timeline->arrows->len; i++)
    {
      const TelarArrow *arrow = &g_array_index (timeline->arrows, TelarArrow, i);
      const TelarArrow *before = i > 0 ? arrow - 1 : arrow;
      const TelarTaskLane *child = task_of (timeline, arrow->kind == TELAR_ARROW_START
                                                        ? arrow->to
                                                        : arrow->from);

      if (arrow->from_ns > arrow->to_ns || arrow->from_ns < before->from_ns)
        return g_strdup_printf ("arrow %u from %" T " to %" T, i, arrow->from_ns, arrow->to_ns);
      if (child->parent != (arrow->kind == TELAR_ARROW_START ? arrow->from : arrow->to))
        return g_strdup_printf ("arrow %u is not between %s and its parent", i, child->id);
    }
  return NULL;
}

static char *
check_steps (const TelarTaskLane *task)
{
  for (guint i = 0; i < task->steps->len; i++)
    {
      const TelarStepRun *step = &g_array_index (task->steps, TelarStepRun, i);

      if (step->finished ? step->end < step->begin : step->end != TELAR_NO_TIME)
        return g_strdup_printf ("%s: step %u from %" T " to %" T, task->id, i, step->begin,
                                step->end);
      if (i > 0 && step->begin < step[-1].begin)
        return g_strdup_printf ("%s: steps are not in order", task->id);
    }
  return NULL;
}

char *
telar_broken_invariant (const TelarTimeline *timeline, TelarInvariants also)
{
  char *broken = check_cores (timeline);

  for (guint i = 0; broken == NULL && i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *task = task_of (timeline, i);

      if ((broken = check_slices (timeline, task->slices, task->id)) == NULL
          && (broken = check_times (timeline, task)) == NULL
          && (broken = check_waits (timeline, task)) == NULL
          && (broken = check_tiling (timeline, task)) == NULL
          && (broken = check_steps (task)) == NULL)
        broken = task->kind == TELAR_KIND_CALL ? check_call (timeline, task) : NULL;
      if (broken == NULL && task->on_core_ns != sum_of (task->slices))
        broken = g_strdup_printf ("%s: on a core for %" T ", its slices are %" T, task->id,
                                  task->on_core_ns, sum_of (task->slices));
      if (broken == NULL && (also & TELAR_INVARIANTS_CPU) != 0)
        broken = check_cpu (timeline, task);
    }
  if (broken == NULL)
    broken = check_sums (timeline);
  if (broken == NULL)
    broken = check_arrows (timeline);
  return broken;
}

void
telar_assert_invariants (const TelarTimeline *timeline, TelarInvariants also)
{
  g_autofree char *broken = telar_broken_invariant (timeline, also);

  if (broken != NULL)
    g_error ("broken invariant: %s", broken);
}

/* What stays */

struct _TelarShown
{
  gint64     now;
  GPtrArray *lanes; /* owned: copies of the slices of cores and tasks, and of waits */
};

/* Lanes in a fixed order: cores by number would move when one is added. */
static GPtrArray *
lanes_of (const TelarTimeline *timeline)
{
  GPtrArray *lanes = g_ptr_array_new ();

  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      g_ptr_array_add (lanes, task_of (timeline, i)->slices);
      g_ptr_array_add (lanes, task_of (timeline, i)->waits);
    }
  return lanes;
}

static const TelarCoreLane *
core_numbered (const TelarTimeline *timeline, int number)
{
  for (guint i = 0; i < timeline->cores->len; i++)
    {
      const TelarCoreLane *lane = g_ptr_array_index (timeline->cores, i);

      if (lane->number == number)
        return lane;
    }
  return NULL;
}

/* As they were, one beside the other. */
static GArray *
copy_lane (const TelarPacked *lane)
{
  gboolean slices = lane->kind == TELAR_PACKED_SLICES;
  GArray *copy = g_array_new (FALSE, FALSE, (guint) telar_packed_item_size (lane));

  for (guint i = 0; i < lane->len; i++)
    if (slices)
      g_array_append_vals (copy, SLICE (lane, i), 1);
    else
      g_array_append_vals (copy, WAIT (lane, i), 1);
  return copy;
}

TelarShown *
telar_shown_new (const TelarTimeline *timeline)
{
  TelarShown *self = g_new0 (TelarShown, 1);
  g_autoptr (GPtrArray) lanes = lanes_of (timeline);

  self->now = timeline->now;
  self->lanes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint i = 0; i < lanes->len; i++)
    g_ptr_array_add (self->lanes, copy_lane (g_ptr_array_index (lanes, i)));
  for (guint i = 0; i < timeline->cores->len; i++)
    {
      const TelarCoreLane *lane = g_ptr_array_index (timeline->cores, i);

      g_ptr_array_add (self->lanes, copy_lane (lane->slices));
    }
  return self;
}

void
telar_shown_free (TelarShown *self)
{
  g_ptr_array_unref (self->lanes);
  g_free (self);
}

static char *
find_changed_slice (const GArray *before, const TelarSlices *after, gint64 now,
                    const char *whose)
{
  for (guint i = 0; i < before->len; i++)
    {
      const TelarSlice *was = &g_array_index (before, TelarSlice, i);

      if (was->end >= now)
        continue;
      if (i >= after->len || memcmp (was, SLICE (after, i), sizeof *was) != 0)
        return g_strdup_printf ("%s: the slice at %" T " changed", whose, was->begin);
    }
  for (guint i = before->len; i < after->len; i++)
    if (SLICE (after, i)->begin < now)
      return g_strdup_printf ("%s: a slice at %" T " came after %" T " was shown", whose,
                              SLICE (after, i)->begin, now);
  return NULL;
}

static char *
find_changed_wait (const GArray *before, const TelarWaits *after, gint64 now, const char *whose)
{
  for (guint i = 0; i < before->len; i++)
    {
      const TelarWait *was = &g_array_index (before, TelarWait, i), *is;

      if (was->end >= now)
        continue;
      is = i < after->len ? WAIT (after, i) : NULL;
      if (is == NULL || is->begin != was->begin || is->end != was->end || is->state != was->state
          || is->cause != was->cause || is->n_culprits != was->n_culprits)
        return g_strdup_printf ("%s: the wait at %" T " changed", whose, was->begin);
    }
  return NULL;
}

char *
telar_shown_find_change (const TelarShown *self, const TelarTimeline *timeline)
{
  g_autoptr (GPtrArray) lanes = lanes_of (timeline);
  char *change = NULL;

  if (timeline->now < self->now)
    return g_strdup_printf ("now went back from %" T " to %" T, self->now, timeline->now);
  for (guint i = 0; change == NULL && i < lanes->len; i += 2)
    {
      const char *id = task_of (timeline, i / 2)->id;

      change = find_changed_slice (g_ptr_array_index (self->lanes, i),
                                   g_ptr_array_index (lanes, i), self->now, id);
      if (change == NULL)
        change = find_changed_wait (g_ptr_array_index (self->lanes, i + 1),
                                    g_ptr_array_index (lanes, i + 1), self->now, id);
    }
  for (guint i = lanes->len; change == NULL && i < self->lanes->len; i++)
    {
      const GArray *before = g_ptr_array_index (self->lanes, i);

      const TelarCoreLane *lane;

      if (before->len == 0)
        continue;
      lane = core_numbered (timeline, g_array_index (before, TelarSlice, 0).core);
      if (lane == NULL)
        return g_strdup ("a core lane went away");
      change = find_changed_slice (before, lane->slices, self->now, "core");
    }
  return change;
}
