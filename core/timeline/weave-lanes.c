/* weave-lanes.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Slices and waits. A lane has at most one open slice and one open wait, never
 * both; what is closed stays as it is.
 */

#include "config.h"

#include "timeline/restore.h"
#include "timeline/weave.h"

static int
lane_number_at (const GPtrArray *cores, guint i)
{
  return ((const TelarCoreLane *) g_ptr_array_index (cores, i))->number;
}

/* The lane of a core; made when something is first seen there. */
TelarCoreHand *
telar_weaver_core (TelarWeaver *self, guint number)
{
  TelarCoreHand *hand;

  if (number >= self->n_cores)
    {
      guint n = number + 1;

      self->cores = g_renew (TelarCoreHand, self->cores, n);
      memset (self->cores + self->n_cores, 0, (n - self->n_cores) * sizeof *self->cores);
      self->n_cores = n;
    }
  hand = &self->cores[number];
  if (hand->lane == NULL)
    {
      GPtrArray *lanes = self->timeline->cores;
      guint at = 0;

      hand->lane = g_new0 (TelarCoreLane, 1);
      hand->lane->number = (int) number;
      hand->lane->slices = telar_slices_new (self->timeline->plan->n_tasks);
      hand->lane->others = g_array_new (FALSE, FALSE, sizeof (TelarOthers));
      while (at < lanes->len && lane_number_at (lanes, at) < (int) number)
        at++;
      g_ptr_array_insert (lanes, (gint) at, hand->lane);
    }
  return hand;
}

void
telar_core_lane_look (TelarCoreLane *lane, const TelarOthers *others)
{
  g_array_append_vals (lane->others, others, 1);
  lane->stolen |= others->steal > 0;
}

static TelarSlice *
last_slice (TelarSlices *slices)
{
  return telar_slices_last (slices);
}

static TelarWait *
last_wait (TelarTaskLane *lane)
{
  return telar_waits_last (lane->waits);
}

/* Brings a lane's sums up to date: what is closed, and what is open so far. */
static void
sum_up (TelarWeaver *self, guint32 task)
{
  TelarHand *hand = telar_hand (self, task);
  TelarTaskLane *lane = telar_lane (self, task);
  gint64 unknown = hand->unknown;

  lane->on_core_ns = hand->on_core;
  lane->ready_ns = hand->ready;
  lane->blocked_ns = hand->blocked;
  if (hand->slice_open)
    {
      const TelarSlice *slice = last_slice (lane->slices);

      lane->on_core_ns += slice->end - slice->begin;
    }
  if (hand->wait_open)
    {
      const TelarWait *wait = last_wait (lane);
      gint64 length = wait->end - wait->begin;

      lane->ready_ns += wait->state == TELAR_WAIT_READY ? length : 0;
      lane->blocked_ns += wait->state == TELAR_WAIT_BLOCKED ? length : 0;
      unknown += wait->state == TELAR_WAIT_UNKNOWN ? length : 0;
    }
  /* Samples cannot tell when it was ready, but how long. */
  if (hand->delay >= 0)
    {
      gint64 off_core = lane->ready_ns + lane->blocked_ns + unknown;

      lane->ready_ns = MIN (hand->delay, off_core);
      lane->blocked_ns = off_core - lane->ready_ns;
    }
}

/* The tasks that have something open, for telar_weaver_show(). */
static void
note_open (TelarWeaver *self, guint32 task)
{
  TelarHand *hand = telar_hand (self, task);
  gboolean open = hand->slice_open || hand->wait_open;

  if (open && hand->open_at == G_MAXUINT)
    {
      hand->open_at = self->open->len;
      g_array_append_val (self->open, task);
    }
  else if (!open && hand->open_at != G_MAXUINT)
    {
      guint32 last = g_array_index (self->open, guint32, self->open->len - 1);

      g_array_index (self->open, guint32, hand->open_at) = last;
      telar_hand (self, last)->open_at = hand->open_at;
      hand->open_at = G_MAXUINT;
      g_array_set_size (self->open, self->open->len - 1);
    }
  if (!open)
    sum_up (self, task);
}

/* Opens a slice; a sampled one that goes on where the last one ended is the
 * same slice, seen at two looks.
 *
 * Returns: what the reopened one had counted, to be taken back. */
static gint64
open_slice (TelarSlices *slices, guint32 task, guint core, gint64 ns, guint flags)
{
  const TelarSlice *last = slices->len > 0 ? last_slice (slices) : NULL;
  TelarSlice slice = { ns, ns, task, (guint16) core, (guint16) flags };

  if (last != NULL && (flags & TELAR_SLICE_SAMPLED) != 0 && last->end == ns && last->task == task
      && last->core == core && last->flags == flags)
    return last->end - last->begin;
  telar_slices_append (slices, &slice);
  return 0;
}

/* Closes the last slice; one that took no time never was.
 *
 * Returns: its length. */
static gint64
close_slice (TelarSlices *slices, gint64 ns, guint flags)
{
  TelarSlice *slice = last_slice (slices);
  gint64 length;

  slice->end = MAX (ns, slice->begin);
  slice->flags |= (guint16) flags;
  length = slice->end - slice->begin;
  if (length == 0)
    telar_packed_drop (slices);
  return length;
}

/* Waits */

static void
count_wait (TelarHand *hand, const TelarWait *wait)
{
  gint64 length = wait->end - wait->begin;

  switch ((TelarWaitState) wait->state)
    {
    case TELAR_WAIT_READY:
      hand->ready += length;
      break;
    case TELAR_WAIT_BLOCKED:
      hand->blocked += length;
      break;
    case TELAR_WAIT_UNKNOWN:
      hand->unknown += length;
      break;
    case TELAR_WAIT_DUE:
    case TELAR_WAIT_ENDED:
    default:
      break;
    }
}

/* A sleep whose time is over, or a wait for an object after what it was for was done:
 * ready from there on. */
static void
settle_wait (TelarWeaver *self, guint32 task, gint64 ns)
{
  TelarHand *hand = telar_hand (self, task);
  TelarTaskLane *lane = telar_lane (self, task);
  TelarWait *wait = last_wait (lane);
  gint64 until = wait->object != TELAR_NO_OBJECT ? telar_object_woken (self, wait)
                                                 : telar_hand (self, hand->owner)->until;
  TelarWait ready = { .begin = until, .end = ns, .state = TELAR_WAIT_READY,
                      .object = TELAR_NO_OBJECT };

  if (wait->state != TELAR_WAIT_BLOCKED
      || (wait->cause != TELAR_CAUSE_SLEEP && wait->object == TELAR_NO_OBJECT)
      || until == TELAR_NO_TIME || until >= ns || until <= wait->begin)
    return;
  wait->end = until;
  count_wait (hand, wait);
  telar_waits_append (lane->waits, &ready);
}

void
telar_lane_wait_ends (TelarWeaver *self, guint32 task, gint64 ns)
{
  TelarHand *hand = telar_hand (self, task);
  TelarTaskLane *lane = telar_lane (self, task);
  TelarWait *wait;

  if (!hand->wait_open)
    return;
  settle_wait (self, task, ns);
  wait = last_wait (lane);
  wait->end = ns;
  if (wait->end > wait->begin)
    count_wait (hand, wait);
  else
    telar_packed_drop (lane->waits);
  hand->wait_open = FALSE;
  note_open (self, task);
}

void
telar_lane_wait_drop (TelarWeaver *self, guint32 task)
{
  TelarHand *hand = telar_hand (self, task);
  TelarTaskLane *lane = telar_lane (self, task);

  if (!hand->wait_open)
    return;
  telar_packed_drop (lane->waits);
  hand->wait_open = FALSE;
  note_open (self, task);
}

/* Whom the owner waits for, in the timeline's own table; once a wait. */
static void
store_culprits (TelarWeaver *self, TelarHand *owner)
{
  GArray *culprits = self->timeline->culprits;

  if (owner->waits_for == NULL || owner->n_culprits == MIN (owner->waits_for->len, G_MAXUINT16))
    return;
  owner->culprits = culprits->len;
  owner->n_culprits = (guint16) MIN (owner->waits_for->len, G_MAXUINT16);
  g_array_append_vals (culprits, owner->waits_for->data, owner->n_culprits);
}

void
telar_lane_wait (TelarWeaver *self, guint32 task, gint64 ns, TelarWaitState state)
{
  TelarHand *hand = telar_hand (self, task);
  TelarTaskLane *lane = telar_lane (self, task);
  TelarWait wait = { .begin = ns, .end = ns, .state = (guint8) state, .object = TELAR_NO_OBJECT };

  if (hand->slice_open)
    return;
  if (state == TELAR_WAIT_BLOCKED)
    {
      TelarHand *owner = telar_hand (self, hand->owner);

      store_culprits (self, owner);
      wait.cause = owner->cause;
      wait.culprits = owner->culprits;
      wait.n_culprits = owner->n_culprits;
      wait.object = owner->object;
      wait.detail = owner->detail;
    }
  if (hand->wait_open)
    {
      const TelarWait *last = last_wait (lane);

      if (last->state == wait.state && last->cause == wait.cause
          && last->culprits == wait.culprits && last->n_culprits == wait.n_culprits
          && state != TELAR_WAIT_BLOCKED)
        return;
    }
  telar_lane_wait_ends (self, task, ns);
  telar_waits_append (lane->waits, &wait);
  hand->wait_open = TRUE;
  note_open (self, task);
}

void
telar_weaver_wait (TelarWeaver *self, guint32 task, gint64 ns, TelarLeft why)
{
  TelarHand *owner = telar_hand (self, task);
  const TelarTaskLane *lane = telar_lane (self, task);
  TelarWaitState state = why == TELAR_LEFT_PREEMPTED ? TELAR_WAIT_READY
                         : why == TELAR_LEFT_BLOCKED && owner->cause != TELAR_CAUSE_NONE
                           ? TELAR_WAIT_BLOCKED
                           : TELAR_WAIT_UNKNOWN;

  if (lane->started == TELAR_NO_TIME || lane->ended != TELAR_NO_TIME)
    return;
  /* With no source at all nobody can say when it was on a core. */
  if (state == TELAR_WAIT_UNKNOWN && self->timeline->begun.source == TELAR_SOURCE_OFF)
    {
      telar_lane_wait_ends (self, task, ns);
      for (guint32 call = owner->top_call; call != TELAR_NO_TASK;
           call = telar_hand (self, call)->below)
        telar_lane_wait_ends (self, call, ns);
      return;
    }
  telar_lane_wait (self, task, ns, state);
  /* A wait that began in the past may be older than the call. */
  for (guint32 call = owner->top_call; call != TELAR_NO_TASK;
       call = telar_hand (self, call)->below)
    telar_lane_wait (self, call, MAX (ns, telar_lane (self, call)->run), state);
}

/* Slices */

void
telar_lane_enter (TelarWeaver *self, guint32 task, guint core, gint64 ns, guint flags)
{
  TelarHand *hand = telar_hand (self, task);
  TelarTaskLane *lane = telar_lane (self, task);

  telar_lane_wait_ends (self, task, ns);
  telar_lane_leave (self, task, ns, 0);
  hand->on_core -= open_slice (lane->slices, task, core, ns, flags);
  hand->slice_open = TRUE;
  note_open (self, task);
  if (!hand->arrow_made && lane->parent != TELAR_NO_TASK && lane->kind != TELAR_KIND_CALL)
    {
      hand->arrow_made = TRUE;
      telar_weaver_arrow (self, TELAR_ARROW_START, lane->parent, task, TELAR_NO_OBJECT,
                          lane->started, ns);
    }
}

void
telar_lane_leave (TelarWeaver *self, guint32 task, gint64 ns, guint flags)
{
  TelarHand *hand = telar_hand (self, task);

  if (!hand->slice_open)
    return;
  hand->on_core += close_slice (telar_lane (self, task)->slices, ns, flags);
  hand->slice_open = FALSE;
  note_open (self, task);
}

/* A task's lane shows one of its threads at a time: its own, or one of the
 * programs that it runs while it waits for them. */
static void
show_thread (TelarWeaver *self, TelarThread *thread, gint64 ns, guint flags)
{
  TelarHand *owner = telar_hand (self, thread->task);

  owner->shown = thread;
  telar_lane_enter (self, thread->task, (guint) thread->core, ns, flags);
  for (guint32 call = owner->top_call; call != TELAR_NO_TASK;
       call = telar_hand (self, call)->below)
    telar_lane_enter (self, call, (guint) thread->core, ns, flags);
}

static void
hide_thread (TelarWeaver *self, TelarThread *thread, gint64 ns, guint flags)
{
  TelarHand *owner = telar_hand (self, thread->task);

  owner->shown = NULL;
  telar_lane_leave (self, thread->task, ns, flags);
  for (guint32 call = owner->top_call; call != TELAR_NO_TASK;
       call = telar_hand (self, call)->below)
    telar_lane_leave (self, call, ns, flags);
}

void
telar_weaver_enter (TelarWeaver *self, TelarThread *thread, guint core, gint64 ns, guint flags)
{
  TelarHand *owner = telar_hand (self, thread->task);
  TelarTaskLane *lane = telar_lane (self, thread->task);
  TelarCoreHand *place = telar_weaver_core (self, core);

  if (place->running == thread)
    return;
  if (place->running != NULL)
    telar_weaver_leave (self, place->running, ns, TELAR_LEFT_UNSEEN);
  if (thread->core >= 0)
    telar_weaver_leave (self, thread, ns, TELAR_LEFT_UNSEEN);
  if (lane->started == TELAR_NO_TIME || lane->ended != TELAR_NO_TIME)
    return;
  if (thread->program)
    flags |= TELAR_SLICE_PROGRAM;
  place->busy -= open_slice (place->lane->slices, thread->task, core, ns, flags);
  place->running = thread;
  thread->core = (gint32) core;
  if (owner->n_on++ == 0)
    show_thread (self, thread, ns, flags);
}

/* Another thread of the task that is on a core. */
static TelarThread *
find_running (TelarWeaver *self, guint32 task)
{
  for (guint i = 0; i < self->n_cores; i++)
    if (self->cores[i].running != NULL && self->cores[i].running->task == task)
      return self->cores[i].running;
  return NULL;
}

void
telar_weaver_leave (TelarWeaver *self, TelarThread *thread, gint64 ns, TelarLeft why)
{
  TelarHand *owner = telar_hand (self, thread->task);
  guint flags = why == TELAR_LEFT_PREEMPTED ? TELAR_SLICE_PREEMPTED : 0;
  TelarCoreHand *place;
  gint64 begin, end = ns;

  if (thread->core < 0)
    return;
  place = &self->cores[thread->core];
  begin = last_slice (place->lane->slices)->begin;
  /* A program that was executed with capabilities of its own is recorded no
   * more: how long it stayed on the core, nobody knows. */
  if (thread->program && why == TELAR_LEFT_UNSEEN && thread->exec_ns != TELAR_NO_TIME
      && thread->exec_ns > begin)
    {
      end = thread->exec_ns;
      telar_lane (self, thread->task)->recording_lost = TRUE;
    }
  place->busy += close_slice (place->lane->slices, end, flags);
  place->running = NULL;
  thread->core = -1;
  owner->n_on--;
  if (owner->shown != thread)
    return;
  hide_thread (self, thread, end, flags);
  if (owner->n_on > 0)
    {
      TelarThread *next = find_running (self, thread->task);

      g_assert (next != NULL);
      if (end < ns)
        telar_weaver_wait (self, thread->task, end, why);
      show_thread (self, next, ns, last_slice (self->cores[next->core].lane->slices)->flags);
    }
  else if (why != TELAR_LEFT_ENDED)
    telar_weaver_wait (self, thread->task, end, why);
}

void
telar_weaver_leave_all (TelarWeaver *self, guint32 task, gint64 ns)
{
  TelarHand *hand = telar_hand (self, task);

  while (hand->n_on > 0)
    telar_weaver_leave (self, find_running (self, task), ns, TELAR_LEFT_ENDED);
}

/* What the reader sees */

/* Lengthens what is open up to @now and brings the sums up to date. */
void
telar_weaver_show (TelarWeaver *self, gint64 now)
{
  telar_objects_show (self, now);
  for (guint i = 0; i < self->n_cores; i++)
    {
      TelarCoreHand *place = &self->cores[i];

      if (place->lane == NULL)
        continue;
      place->lane->busy_ns = place->busy;
      if (place->running != NULL)
        {
          TelarSlice *slice = last_slice (place->lane->slices);

          slice->end = now;
          place->lane->busy_ns += now - slice->begin;
        }
    }
  for (guint i = 0; i < self->open->len; i++)
    {
      guint32 task = g_array_index (self->open, guint32, i);
      TelarHand *hand = telar_hand (self, task);
      TelarTaskLane *lane = telar_lane (self, task);

      if (hand->slice_open)
        last_slice (lane->slices)->end = now;
      if (hand->wait_open)
        {
          /* A lock may go to somebody else before this one wakes. */
          if (last_wait (lane)->object == TELAR_NO_OBJECT)
            settle_wait (self, task, now);
          last_wait (lane)->end = now;
        }
      sum_up (self, task);
    }
}

/* The arrow appears when it has arrived, among those that left before it. */
void
telar_weaver_arrow (TelarWeaver *self, TelarArrowKind kind, guint32 from, guint32 to,
                    guint32 object, gint64 from_ns, gint64 to_ns)
{
  GArray *arrows = self->timeline->arrows;
  TelarArrow arrow = { (guint8) kind, from, to, from_ns, to_ns, object };
  guint at = arrows->len;

  while (at > 0 && g_array_index (arrows, TelarArrow, at - 1).from_ns > from_ns)
    at--;
  g_array_insert_val (arrows, at, arrow);
}
