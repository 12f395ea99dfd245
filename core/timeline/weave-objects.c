/* weave-objects.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What tasks do to the objects that they share: locks that are held, levels, and
 * arrows from the act that let somebody go on. Whoever does something records it
 * before it can have an effect, so that here cause comes before effect.
 */

#include "config.h"

#include "timeline/weave.h"

static TelarObjectLane *
object_lane (TelarWeaver *self, guint32 object)
{
  return g_ptr_array_index (self->timeline->objects, object);
}

static void
set_level (TelarWeaver *self, guint32 object, gint64 ns, gint64 level)
{
  TelarObjectLane *lane = object_lane (self, object);
  TelarLevel *last = lane->levels->len > 0
                       ? &g_array_index (lane->levels, TelarLevel, lane->levels->len - 1)
                       : NULL;
  TelarLevel now = { ns, level };

  lane->highest = MAX (lane->highest, level);
  if (last != NULL && last->ns == ns)
    last->level = level;
  else if (last != NULL ? last->level != level : lane->first != level)
    g_array_append_val (lane->levels, now);
}

/* Locks that are held */

static void
end_hold (TelarWeaver *self, guint32 object, gint64 ns)
{
  TelarObjectHand *hand = &self->objects[object];
  TelarHold *hold;

  if (hand->holder == TELAR_NO_TASK)
    return;
  hold = &g_array_index (telar_lane (self, hand->holder)->holds, TelarHold, hand->hold);
  hold->end = MAX (ns, hold->begin);
  hold->open = FALSE;
  hand->holder = TELAR_NO_TASK;
}

static void
begin_hold (TelarWeaver *self, guint32 object, guint32 task, gint64 ns, gboolean inherited)
{
  TelarObjectHand *hand = &self->objects[object];
  GArray *holds = telar_lane (self, task)->holds;
  TelarHold hold = { .begin = ns, .end = ns, .object = object, .open = TRUE,
                     .inherited = (guint8) inherited };

  /* Who had it gave it up without a record of it, as somebody who was killed. */
  end_hold (self, object, ns);
  hand->holder = task;
  hand->hold = holds->len;
  g_array_append_val (holds, hold);
}

static gboolean
dies_with (TelarWeaver *self, guint32 task, guint32 ended)
{
  return task == ended
         || (telar_lane (self, ended)->kind == TELAR_KIND_PROCESS
             && telar_weaver_lives_in (self, task, ended));
}

/* What a killed task held is another's as soon as that one says so; what one that
 * ended by itself held stays held, by nobody. */
void
telar_object_holds_end (TelarWeaver *self, guint32 task, gint64 ns)
{
  for (guint32 i = 0; i < self->timeline->objects->len; i++)
    if (self->objects[i].holder != TELAR_NO_TASK && dies_with (self, self->objects[i].holder, task))
      end_hold (self, i, ns);
}

/* Arrows */

static void
opens (TelarWeaver *self, guint32 object, guint32 task, gint64 ns)
{
  self->objects[object].opener = task;
  self->objects[object].opened = ns;
}

/* @task goes on: where it slept for the object, somebody let it. */
static void
goes_on (TelarWeaver *self, TelarArrowKind kind, guint32 object, guint32 task, gint64 ns)
{
  TelarHand *hand = telar_hand (self, task);
  const TelarObjectHand *it = &self->objects[object];
  guint32 by = kind == TELAR_ARROW_RELEASE ? it->releaser : it->opener;
  gint64 when = kind == TELAR_ARROW_RELEASE ? it->released : it->opened;

  if (hand->slept_for == object && by != TELAR_NO_TASK && by != task && when >= hand->slept_ns)
    telar_weaver_arrow (self, kind, by, task, object, when, ns);
  if (hand->slept_for == object)
    hand->slept_for = TELAR_NO_OBJECT;
}

static void
weave_put (TelarWeaver *self, guint32 object, guint32 task, gint64 ns)
{
  TelarObjectHand *hand = &self->objects[object];
  TelarPassed passed = { task, ns };

  if (hand->passed == NULL)
    hand->passed = g_array_new (FALSE, FALSE, sizeof (TelarPassed));
  g_array_append_val (hand->passed, passed);
}

/* The first that was put; of a pipe, whose ways are two, the first that another
 * task put. */
static void
weave_got (TelarWeaver *self, guint32 object, guint32 task, gint64 ns)
{
  TelarObjectHand *hand = &self->objects[object];
  gboolean pipe = object_lane (self, object)->type == TELAR_OBJECT_PIPE;
  guint n = hand->passed != NULL ? hand->passed->len : 0;

  for (guint i = hand->passed_at; i < n; i++)
    {
      TelarPassed *it = &g_array_index (hand->passed, TelarPassed, i);

      if (it->task == TELAR_NO_TASK || (pipe && it->task == task))
        continue;
      if (it->task != task)
        telar_weaver_arrow (self, TELAR_ARROW_PASS, it->task, task, object, it->ns, ns);
      it->task = TELAR_NO_TASK;
      break;
    }
  while (hand->passed_at < n
         && g_array_index (hand->passed, TelarPassed, hand->passed_at).task == TELAR_NO_TASK)
    hand->passed_at++;
  if (hand->passed_at > 1024 && hand->passed_at > n / 2)
    {
      g_array_remove_range (hand->passed, 0, hand->passed_at);
      hand->passed_at = 0;
    }
}

/* Acts */

static gboolean
is_semaphore (const TelarObjectLane *lane)
{
  return lane->type == TELAR_OBJECT_SEMAPHORE || lane->type == TELAR_OBJECT_BOUNDED_SEMAPHORE;
}

static void
weave_passed (TelarWeaver *self, const TelarObjectLane *lane, guint32 task, gint64 value,
              gint64 ns)
{
  if (lane->type == TELAR_OBJECT_BARRIER && value + 1 >= lane->full)
    {
      opens (self, lane->number, task, ns);
      set_level (self, lane->number, ns, 0);
    }
  goes_on (self, TELAR_ARROW_WAKE, lane->number, task, ns);
}

/* By the owner: whose thread it is, is the same for a call. */
void
telar_weave_act (TelarWeaver *self, const TelarEvent *event, gint64 ns)
{
  guint32 object = telar_event_object (event->value);
  guint32 task = telar_hand (self, event->task)->owner;
  gint64 value = telar_event_above (event->value);
  const TelarObjectLane *lane;

  if (object >= self->timeline->objects->len)
    return;
  lane = object_lane (self, object);
  switch ((TelarObjectAct) event->detail)
    {
    case TELAR_ACT_ACQUIRED:
      goes_on (self, TELAR_ARROW_RELEASE, object, task, ns);
      if (!is_semaphore (lane))
        begin_hold (self, object, task, ns, value != 0);
      set_level (self, object, ns, is_semaphore (lane) ? value : 1);
      break;
    case TELAR_ACT_RELEASED:
      self->objects[object].releaser = task;
      self->objects[object].released = ns;
      end_hold (self, object, ns);
      set_level (self, object, ns, is_semaphore (lane) ? value : 0);
      break;
    case TELAR_ACT_SET:
      opens (self, object, task, ns);
      set_level (self, object, ns, 1);
      break;
    case TELAR_ACT_CLEARED:
      set_level (self, object, ns, 0);
      break;
    case TELAR_ACT_NOTIFIED:
      opens (self, object, task, ns);
      break;
    case TELAR_ACT_BROKE:
      opens (self, object, task, ns);
      set_level (self, object, ns, 0);
      break;
    case TELAR_ACT_PASSED:
      weave_passed (self, lane, task, value, ns);
      break;
    case TELAR_ACT_PUT:
      weave_put (self, object, task, ns);
      self->objects[object].put = ns;
      set_level (self, object, ns, value);
      break;
    case TELAR_ACT_GOT:
      weave_got (self, object, task, ns);
      self->objects[object].got = ns;
      set_level (self, object, ns, value);
      break;
    case TELAR_ACT_WROTE:
      if (lane->type == TELAR_OBJECT_LIST || lane->type == TELAR_OBJECT_DICTIONARY)
        set_level (self, object, ns, value);
      break;
    case TELAR_ACT_CLOSED:
    case TELAR_N_ACTS:
    default:
      break;
    }
}

gint64
telar_object_woken (const TelarWeaver *self, const TelarWait *wait)
{
  const TelarObjectHand *hand = &self->objects[wait->object];

  switch ((TelarCause) wait->cause)
    {
    case TELAR_CAUSE_LOCK:
    case TELAR_CAUSE_SEMAPHORE:
      return hand->released;
    case TELAR_CAUSE_EVENT:
    case TELAR_CAUSE_CONDITION:
    case TELAR_CAUSE_BARRIER:
      return hand->opened;
    case TELAR_CAUSE_EMPTY:
      return hand->put;
    case TELAR_CAUSE_FULL:
    case TELAR_CAUSE_FLUSH:
      return hand->got;
    default:
      return TELAR_NO_TIME;
    }
}

void
telar_object_wait_begins (TelarWeaver *self, guint32 task, gint64 ns)
{
  TelarHand *hand = telar_hand (self, task);

  if (hand->object == TELAR_NO_OBJECT)
    return;
  object_lane (self, hand->object)->n_waits++;
  /* Several waits for one lock, of different owners, are one sleep. */
  if (hand->slept_for != hand->object)
    hand->slept_ns = ns;
  hand->wait_ns = ns;
  hand->slept_for = TELAR_NO_OBJECT;
  if (hand->cause == TELAR_CAUSE_BARRIER)
    set_level (self, hand->object, ns, hand->detail);
}

static gboolean
stands_with (const TelarDeadlock *deadlock, guint32 task)
{
  for (guint i = 0; deadlock->resolved == TELAR_NO_TIME && i < deadlock->tasks->len; i++)
    if (g_array_index (deadlock->tasks, TelarDeadlockTask, i).task == task)
      return TRUE;
  return FALSE;
}

/* Somebody of a deadlock goes on: the engine need not say it. */
static void
resolve_deadlocks (TelarWeaver *self, guint32 task, gint64 ns)
{
  for (guint i = 0; i < self->timeline->deadlocks->len; i++)
    {
      TelarDeadlock *deadlock = g_ptr_array_index (self->timeline->deadlocks, i);

      if (stands_with (deadlock, task))
        deadlock->resolved = ns;
    }
}

/* The one of that kind with that task in it that stands, or NULL. */
static TelarDeadlock *
standing_deadlock (TelarWeaver *self, guint32 task, gboolean passes)
{
  for (guint i = 0; i < self->timeline->deadlocks->len; i++)
    {
      TelarDeadlock *deadlock = g_ptr_array_index (self->timeline->deadlocks, i);

      if (deadlock->passes == passes && stands_with (deadlock, task))
        return deadlock;
    }
  return NULL;
}

void
telar_object_wait_ends (TelarWeaver *self, guint32 task, gint64 ns)
{
  TelarHand *hand = telar_hand (self, task);

  resolve_deadlocks (self, task, ns);

  if (hand->object == TELAR_NO_OBJECT)
    return;
  object_lane (self, hand->object)->waited_ns += ns - hand->wait_ns;
  hand->slept_for = hand->object;
  hand->object = TELAR_NO_OBJECT;
}

/* What the engine finds out */

void
telar_weave_deadlock (TelarWeaver *self, const TelarEvent *event, gint64 ns)
{
  GPtrArray *all = self->timeline->deadlocks;
  TelarDeadlock *last = all->len > 0 ? g_ptr_array_index (all, all->len - 1) : NULL;
  TelarDeadlock *known;
  gboolean passes = (event->core & TELAR_DEADLOCK_PASSES) != 0;
  guint8 cause = (guint8) (event->detail & 0xff);
  TelarDeadlockTask task = {
    .task = event->task, .cause = cause, .detail = event->detail >> 8,
    .object = TELAR_NO_OBJECT, .culprit = TELAR_NO_TASK,
  };

  if (event->writer != TELAR_NO_TASK)
    return;
  if (event->kind == TELAR_EVENT_RESOLVED)
    {
      known = standing_deadlock (self, event->task, passes);
      if (known != NULL)
        known->resolved = ns;
      return;
    }
  /* A circle of locks stands for ever, now that nobody is left who might have ended one. */
  known = passes ? NULL : standing_deadlock (self, event->task, TRUE);
  if (known != NULL)
    known->passes = FALSE;
  if (standing_deadlock (self, event->task, passes) != NULL)
    return;
  if (cause == TELAR_CAUSE_JOIN)
    task.culprit = (guint32) MIN ((guint64) event->value, (guint64) TELAR_NO_TASK);
  else
    {
      task.object = telar_event_object (event->value);
      task.culprit = telar_event_above (event->value);
    }
  if (task.culprit >= self->timeline->plan->n_tasks)
    task.culprit = TELAR_NO_TASK;
  if (task.object >= self->timeline->objects->len)
    task.object = TELAR_NO_OBJECT;
  /* Those of one moment are one; others may stand beside it. */
  if (last == NULL || last->resolved != TELAR_NO_TIME || last->found != ns)
    {
      last = g_new0 (TelarDeadlock, 1);
      last->found = ns;
      last->since = ns;
      last->resolved = TELAR_NO_TIME;
      last->cycle = (event->core & TELAR_DEADLOCK_CYCLE) != 0;
      last->passes = passes;
      last->tasks = g_array_new (FALSE, FALSE, sizeof (TelarDeadlockTask));
      g_ptr_array_add (all, last);
    }
  g_array_append_val (last->tasks, task);
  last->since = 0;
  for (guint i = 0; i < last->tasks->len; i++)
    {
      const TelarDeadlockTask *it = &g_array_index (last->tasks, TelarDeadlockTask, i);
      const TelarWaits *waits = telar_lane (self, it->task)->waits;

      if (waits->len > 0)
        last->since = MAX (last->since, telar_waits_at (waits, waits->len - 1).begin);
    }
}

void
telar_weave_increments (TelarWeaver *self, const TelarEvent *event)
{
  TelarObjectLane *lane;

  if (event->writer != TELAR_NO_TASK || event->detail >= self->timeline->objects->len)
    return;
  lane = object_lane (self, event->detail);
  lane->lost = event->value;
  lane->asked = (guint64) MAX (0, event->cpu_ns);
}

void
telar_objects_show (TelarWeaver *self, gint64 now)
{
  for (guint32 i = 0; i < self->timeline->objects->len; i++)
    {
      const TelarObjectHand *hand = &self->objects[i];

      if (hand->holder != TELAR_NO_TASK)
        {
          GArray *holds = telar_lane (self, hand->holder)->holds;
          TelarHold *hold = &g_array_index (holds, TelarHold, hand->hold);

          hold->end = MAX (now, hold->begin);
        }
    }
}
