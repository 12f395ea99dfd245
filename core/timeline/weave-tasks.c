/* weave-tasks.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The life of a task: due, started, first run, ended, joined; and how a run's
 * end closes what is left.
 *
 *   due ──▶ started ──▶ run ──▶ ended ──▶ joined
 *    DUE      READY    slices,   ENDED
 *                      waits
 */

#include "config.h"

#include <signal.h>

#include "timeline/weave.h"

/* So many of the tasks that one waits for tell their names, see engine/scope.c. */
#define MAX_NAMED 64

/* Due: everything that a task comes after has ended, and its parent runs. What
 * bodies start is due when they start it. */
static void
becomes_due (TelarWeaver *self, guint32 task, gint64 ns)
{
  TelarHand *hand = telar_hand (self, task);
  TelarTaskLane *lane = telar_lane (self, task);

  if (lane->started != TELAR_NO_TIME || lane->due != TELAR_NO_TIME || hand->after_left > 0
      || hand->after_bad || lane->state != TELAR_STATE_NOT_STARTED
      || telar_plan_task (self->timeline->plan, task)->started_by_body)
    return;
  if (telar_lane (self, lane->parent)->run == TELAR_NO_TIME
      || telar_lane (self, lane->parent)->ended != TELAR_NO_TIME)
    return;
  lane->due = ns;
  telar_lane_wait (self, task, ns, TELAR_WAIT_DUE);
}

static void
children_become_due (TelarWeaver *self, guint32 scope, gint64 ns)
{
  const TelarPlan *plan = self->timeline->plan;
  const TelarPlanTask *task = telar_plan_task (plan, scope);

  for (guint32 i = 0; i < task->n_children; i++)
    becomes_due (self, telar_plan_links (plan, task->first_child)[i], ns);
}

/* Nobody starts them any more. */
static void
children_are_due_no_more (TelarWeaver *self, guint32 scope, gint64 ns)
{
  const TelarPlan *plan = self->timeline->plan;
  const TelarPlanTask *task = telar_plan_task (plan, scope);

  for (guint32 i = 0; i < task->n_children; i++)
    {
      guint32 child = telar_plan_links (plan, task->first_child)[i];

      if (telar_lane (self, child)->state == TELAR_STATE_NOT_STARTED)
        telar_lane_wait_ends (self, child, ns);
    }
}

static void
followers_become_due (TelarWeaver *self, guint32 task, gint64 ns)
{
  gboolean bad = self->timeline->plan->skip_on_failure && telar_lane (self, task)->exit != 0;

  for (guint32 i = self->first_follower[task]; i < self->first_follower[task + 1]; i++)
    {
      TelarHand *follower = telar_hand (self, self->followers[i]);

      if (follower->after_left > 0)
        follower->after_left--;
      follower->after_bad = follower->after_bad || bad;
      becomes_due (self, self->followers[i], ns);
    }
}

void
telar_task_starts (TelarWeaver *self, guint32 task, gint64 ns)
{
  TelarTaskLane *lane = telar_lane (self, task);

  if (lane->started != TELAR_NO_TIME || lane->state == TELAR_STATE_COULD_NOT_START)
    return;
  lane->started = ns;
  lane->state = TELAR_STATE_RUNNING;
  telar_lane_wait (self, task, ns, TELAR_WAIT_READY);
}

/* A call runs on its parent's thread: what that thread is at, the call is at. */
static void
call_runs (TelarWeaver *self, guint32 call, const TelarEvent *event, gint64 ns)
{
  TelarHand *hand = telar_hand (self, call);
  TelarHand *owner = telar_hand (self, hand->owner);
  TelarTaskLane *lane = telar_lane (self, call);
  TelarTaskLane *owner_lane = telar_lane (self, hand->owner);

  if (owner_lane->ended != TELAR_NO_TIME)
    return;
  hand->run_cpu = event->cpu_ns;
  hand->below = owner->top_call;
  owner->top_call = call;
  lane->pid = owner_lane->pid;
  lane->tid = owner_lane->tid;
  if (owner->slice_open)
    {
      const TelarSlice one = telar_slices_at (owner_lane->slices, owner_lane->slices->len - 1), *slice = &one;
      telar_lane_enter (self, call, slice->core, ns, slice->flags & ~TELAR_SLICE_PREEMPTED);
    }
  else
    telar_weaver_wait (self, hand->owner, ns, TELAR_LEFT_UNSEEN);
}

void
telar_task_runs (TelarWeaver *self, const TelarEvent *event, gint64 ns)
{
  guint32 task = event->task;
  TelarHand *hand = telar_hand (self, task);
  TelarTaskLane *lane = telar_lane (self, task);
  gint32 tid = (gint32) (event->value & G_MAXUINT32);

  if (lane->run != TELAR_NO_TIME || lane->ended != TELAR_NO_TIME)
    return;
  telar_task_starts (self, task, ns);
  if (lane->state != TELAR_STATE_RUNNING)
    return;
  lane->run = ns;
  if (lane->kind == TELAR_KIND_CALL && task != TELAR_MAIN)
    call_runs (self, task, event, ns);
  else
    {
      lane->pid = (gint32) (event->value >> 32);
      lane->tid = tid;
      if (tid > 0)
        telar_weaver_bind (self, tid, task, FALSE, ns);
      /* It runs, so it is on a core; where no record says so, none can say more. */
      if (hand->n_on == 0)
        telar_weaver_wait (self, task, ns, TELAR_LEFT_UNSEEN);
      if (!hand->arrow_made && !telar_weaver_is_exact (self) && lane->parent != TELAR_NO_TASK)
        {
          hand->arrow_made = TRUE;
          telar_weaver_arrow (self, TELAR_ARROW_START, lane->parent, task, TELAR_NO_OBJECT,
                          lane->started, ns);
        }
    }
  children_become_due (self, task, ns);
}

/* The calls that a thread is within end with it, innermost first. */
static void
calls_end (TelarWeaver *self, guint32 owner, gint64 ns)
{
  while (telar_hand (self, owner)->top_call != TELAR_NO_TASK)
    telar_task_ends (self, telar_hand (self, owner)->top_call, ns, TELAR_NO_EXIT, -1);
}

static void
unstack_call (TelarWeaver *self, guint32 call, gint64 ns)
{
  TelarHand *hand = telar_hand (self, call);
  TelarHand *owner = telar_hand (self, hand->owner);
  guint32 running = owner->top_call;

  while (running != TELAR_NO_TASK && running != call)
    running = telar_hand (self, running)->below;
  if (running != call)
    return;
  while (owner->top_call != call)
    telar_task_ends (self, owner->top_call, ns, TELAR_NO_EXIT, -1);
  owner->top_call = hand->below;
  hand->below = TELAR_NO_TASK;
}

/* The kernel stopped recording it when it executed a program. */
static gboolean
recording_was_lost (TelarWeaver *self, guint32 task)
{
  TelarHand *hand = telar_hand (self, task);
  gint64 cpu = telar_lane (self, task)->cpu_ns;

  return telar_weaver_is_exact (self) && hand->thread != NULL
         && hand->thread->exec_ns != TELAR_NO_TIME
         && cpu - hand->on_core > MAX (2 * G_GINT64_CONSTANT (1000000), cpu / 10);
}

void
telar_task_ends (TelarWeaver *self, guint32 task, gint64 ns, gint32 exit, gint64 cpu_ns)
{
  TelarHand *hand = telar_hand (self, task);
  TelarTaskLane *lane = telar_lane (self, task);
  gboolean call = lane->kind == TELAR_KIND_CALL;

  if (lane->ended != TELAR_NO_TIME)
    return;
  telar_task_starts (self, task, ns);
  if (lane->state != TELAR_STATE_RUNNING)
    return;
  if (call)
    {
      unstack_call (self, task, ns);
      telar_lane_leave (self, task, ns, 0);
      cpu_ns = cpu_ns < 0 ? -1 : MAX (0, cpu_ns - hand->run_cpu);
    }
  else
    {
      calls_end (self, task, ns);
      telar_weaver_leave_all (self, task, ns);
      telar_object_holds_end (self, task, ns);
    }
  lane->ended = ns;
  lane->exit = exit;
  lane->cpu_ns = cpu_ns;
  lane->recording_lost = lane->recording_lost || (cpu_ns >= 0 && recording_was_lost (self, task));
  lane->state = TELAR_STATE_ENDED;
  if (hand->cause == TELAR_CAUSE_JOIN)
    telar_joiner_leaves (self, task);
  hand->cause = TELAR_CAUSE_NONE;
  /* Nobody joins a call, nobody but the engine main, and nobody a thread that
   * died with its process. */
  if (call || task == TELAR_MAIN || (lane->kind == TELAR_KIND_THREAD && exit == TELAR_NO_EXIT))
    telar_lane_wait_ends (self, task, ns);
  else
    telar_lane_wait (self, task, ns, TELAR_WAIT_ENDED);
  children_are_due_no_more (self, task, ns);
  if (exit != TELAR_NO_EXIT || !self->timeline->plan->skip_on_failure)
    followers_become_due (self, task, ns);
  /* A process that ended lives until the kernel took it apart; where its exit
   * is not recorded, this is as near as one comes. */
  if (lane->kind == TELAR_KIND_THREAD || !telar_weaver_is_exact (self))
    telar_task_releases (self, task, ns);
}

void
telar_task_lists (TelarWeaver *self, guint32 task, const char *bytes, gsize size, gboolean whole)
{
  TelarHand *hand = telar_hand (self, task);

  if (hand->list == NULL)
    hand->list = g_string_new (NULL);
  g_string_append_len (hand->list, bytes, (gssize) size);
  if (whole)
    g_ptr_array_add (telar_lane (self, task)->lists,
                     g_string_free (g_steal_pointer (&hand->list), FALSE));
}

static gboolean
waits_for (TelarWeaver *self, guint32 joiner, guint32 task)
{
  const TelarHand *hand = telar_hand (self, joiner);
  guint32 parent = telar_lane (self, task)->parent;

  if (hand->waits_for == NULL)
    return FALSE;
  for (guint i = 0; i < hand->waits_for->len; i++)
    if (g_array_index (hand->waits_for, guint32, i) == task)
      return TRUE;
  /* Of very many, only the first are named. */
  return hand->waits_for->len >= MAX_NAMED && parent != TELAR_NO_TASK
         && telar_hand (self, parent)->owner == joiner;
}

void
telar_task_releases (TelarWeaver *self, guint32 task, gint64 ns)
{
  for (guint i = 0; i < self->joiners->len; i++)
    {
      guint32 joiner = g_array_index (self->joiners, guint32, i);
      TelarHand *hand = telar_hand (self, joiner);

      if (hand->released || !waits_for (self, joiner, task))
        continue;
      hand->released = TRUE;
      if (hand->wait_open)
        telar_weaver_wait (self, joiner, ns, TELAR_LEFT_PREEMPTED);
    }
}

void
telar_joiner_leaves (TelarWeaver *self, guint32 task)
{
  for (guint i = 0; i < self->joiners->len; i++)
    if (g_array_index (self->joiners, guint32, i) == task)
      {
        g_array_remove_index_fast (self->joiners, i);
        return;
      }
}

/* Threads and calls that live in a process end with it at the latest, and who
 * was not joined by then never will be. */
void
telar_task_takes_along (TelarWeaver *self, guint32 process, gint64 ns)
{
  const TelarPlanTask *planned = telar_plan_task (self->timeline->plan, process);

  if (planned->n_children == 0 && planned->n_started == 0)
    return;
  for (guint32 i = 0; i < self->timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = telar_lane (self, i);

      if (i == process || lane->kind == TELAR_KIND_PROCESS || lane->started == TELAR_NO_TIME
          || lane->joined != TELAR_NO_TIME || !telar_weaver_lives_in (self, i, process))
        continue;
      telar_task_ends (self, i, ns, TELAR_NO_EXIT, -1);
      telar_lane_wait_ends (self, i, ns);
    }
}

void
telar_task_joined (TelarWeaver *self, guint32 task, gint64 ns, gint32 exit)
{
  TelarTaskLane *lane = telar_lane (self, task);
  gboolean exit_unknown = lane->ended != TELAR_NO_TIME && lane->exit == TELAR_NO_EXIT;

  if (lane->joined != TELAR_NO_TIME || lane->state == TELAR_STATE_COULD_NOT_START)
    return;
  telar_task_ends (self, task, ns, exit, -1);
  lane->exit = exit;
  if (exit_unknown && self->timeline->plan->skip_on_failure)
    followers_become_due (self, task, ns);
  if (lane->kind == TELAR_KIND_PROCESS)
    telar_task_takes_along (self, task, ns);
  telar_lane_wait_ends (self, task, ns);
  lane->joined = ns;
  lane->state = TELAR_STATE_JOINED;
  if (lane->kind != TELAR_KIND_CALL && lane->parent != TELAR_NO_TASK)
    telar_weaver_arrow (self, TELAR_ARROW_JOIN, task, lane->parent, TELAR_NO_OBJECT,
                        lane->ended, ns);
}

/* The engine took an orphan in: its end is known, and nobody joins it. */
void
telar_task_lost (TelarWeaver *self, guint32 task, gint64 ns, gint32 exit)
{
  TelarTaskLane *lane = telar_lane (self, task);

  if (lane->joined != TELAR_NO_TIME || lane->state == TELAR_STATE_COULD_NOT_START)
    return;
  telar_task_ends (self, task, ns, exit, -1);
  lane->exit = exit;
  telar_task_takes_along (self, task, ns);
  telar_lane_wait_ends (self, task, ns);
}

/* Whether something was seen of it after its start; what is open is the wait for that. */
static gboolean
was_seen (TelarWeaver *self, guint32 task)
{
  const TelarTaskLane *lane = telar_lane (self, task);
  guint closed = lane->waits->len - (telar_hand (self, task)->wait_open ? 1 : 0);

  return lane->slices->len > 0
         || (closed > 0
             && telar_waits_at (lane->waits, closed - 1).state != TELAR_WAIT_DUE);
}

void
telar_task_refused (TelarWeaver *self, guint32 task, gint64 ns, gint32 error)
{
  TelarTaskLane *lane = telar_lane (self, task);

  if (lane->run != TELAR_NO_TIME || lane->ended != TELAR_NO_TIME)
    return;
  telar_weaver_leave_all (self, task, ns);
  lane->state = TELAR_STATE_COULD_NOT_START;
  lane->could_not = error;
  if (was_seen (self, task))
    {
      /* It was made, and could not become another program. */
      telar_lane_wait_ends (self, task, ns);
      lane->ended = ns;
      return;
    }
  telar_lane_wait_drop (self, task);
  lane->started = TELAR_NO_TIME;
  lane->pid = lane->tid = 0;
}

void
telar_task_skipped (TelarWeaver *self, guint32 task, guint reason, guint32 because)
{
  TelarTaskLane *lane = telar_lane (self, task);

  if (lane->state != TELAR_STATE_NOT_STARTED)
    return;
  if (telar_hand (self, task)->wait_open)
    {
      telar_lane_wait_drop (self, task);
      lane->due = TELAR_NO_TIME;
    }
  lane->reason = (guint8) MIN (reason, (guint) TELAR_NOT_STARTED_PARENT_ENDED);
  lane->reason_task = because < self->timeline->plan->n_tasks ? because : TELAR_NO_TASK;
}

/* Whether it was the end of the run that ended the task. */
static gboolean
was_stopped (TelarWeaver *self, guint32 task, gint64 end)
{
  const TelarTaskLane *lane = telar_lane (self, task);

  if (self->timeline->end.reason == TELAR_ENDED_BY_ITSELF || telar_hand (self, task)->by_itself
      || lane->signalled)
    return FALSE;
  if (lane->exit == TELAR_NO_EXIT)
    return lane->state != TELAR_STATE_JOINED;
  /* A run is ended by signals, and within a second. */
  return (lane->exit == -SIGTERM || lane->exit == -SIGKILL)
         && end - lane->ended <= G_GINT64_CONSTANT (1500000000);
}

static void
close_task (TelarWeaver *self, guint32 task, gint64 end)
{
  TelarTaskLane *lane = telar_lane (self, task);

  if (lane->state == TELAR_STATE_NOT_STARTED)
    {
      if (lane->reason == 0 && lane->parent != TELAR_NO_TASK
          && self->timeline->end.reason == TELAR_ENDED_BY_ITSELF)
        {
          lane->reason = TELAR_NOT_STARTED_PARENT_ENDED;
          lane->reason_task = lane->parent;
        }
      telar_lane_wait_ends (self, task, end);
      return;
    }
  if (lane->started == TELAR_NO_TIME)
    return;
  telar_task_ends (self, task, end, TELAR_NO_EXIT, -1);
  if (task == TELAR_MAIN && self->timeline->end.main_exit != TELAR_NO_EXIT)
    lane->exit = self->timeline->end.main_exit;
  if (was_stopped (self, task, end))
    lane->state = TELAR_STATE_STOPPED;
  telar_lane_wait_ends (self, task, end);
}

/* The run is over: children before their parents, so that whoever is within a
 * call closes it. */
void
telar_tasks_close (TelarWeaver *self, gint64 end)
{
  for (guint32 i = self->timeline->tasks->len; i > 0; i--)
    close_task (self, i - 1, end);
}
