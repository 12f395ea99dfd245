/* weave-switches.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The kernel's records: which thread is whose, and when it was on a core.
 * Threads that are not of the run (telar-engine's own) are not in the table,
 * and pass unseen.
 */

#include "config.h"

#include "timeline/restore.h"
#include "timeline/weave.h"

static TelarThread *
find_thread (TelarWeaver *self, gint32 tid)
{
  return g_hash_table_lookup (self->threads, GINT_TO_POINTER (tid));
}

/* Says whose thread @tid is from @ns on. If it is on a core already, the rest
 * of that slice is the new task's. */
TelarThread *
telar_weaver_bind (TelarWeaver *self, gint32 tid, guint32 task, gboolean program, gint64 ns)
{
  TelarThread *thread = find_thread (self, tid);
  gint32 core = -1;

  if (thread != NULL && (thread->task != task || thread->program != program))
    {
      TelarHand *hand = telar_hand (self, thread->task);

      core = thread->core;
      telar_weaver_leave (self, thread, ns, TELAR_LEFT_UNSEEN);
      if (hand->thread == thread)
        hand->thread = NULL;
    }
  if (thread == NULL)
    {
      thread = g_new0 (TelarThread, 1);
      thread->tid = tid;
      thread->core = -1;
      thread->starting = TELAR_NO_TASK;
      thread->exec_ns = TELAR_NO_TIME;
      g_hash_table_insert (self->threads, GINT_TO_POINTER (tid), thread);
    }
  if (!program && telar_hand (self, task)->thread != NULL
      && telar_hand (self, task)->thread != thread)
    {
      /* A task has one thread of its own: what was taken for it was not. */
      telar_weaver_leave (self, telar_hand (self, task)->thread, ns, TELAR_LEFT_UNSEEN);
      telar_weaver_unbind (self, telar_hand (self, task)->thread);
    }
  thread->task = task;
  thread->program = program;
  if (!program)
    telar_hand (self, task)->thread = thread;
  if (core >= 0)
    telar_weaver_enter (self, thread, (guint) core, ns, 0);
  return thread;
}

void
telar_weaver_unbind (TelarWeaver *self, TelarThread *thread)
{
  TelarHand *hand = telar_hand (self, thread->task);

  if (hand->thread == thread)
    hand->thread = NULL;
  g_hash_table_remove (self->threads, GINT_TO_POINTER (thread->tid));
}

/* A thread is a task's own from its making on. */
static void
bind_child (TelarWeaver *self, const TelarSwitch *sw, guint32 task, gint64 ns)
{
  TelarTaskLane *child = telar_lane (self, task);

  telar_weaver_bind (self, sw->tid, task, FALSE, ns);
  child->pid = sw->pid;
  child->tid = sw->tid;
}

/* A thread was made by one of ours: the child that its maker is starting just
 * now, or else something that runs on the maker's behalf. */
static void
weave_fork (TelarWeaver *self, const TelarSwitch *sw, gint64 ns)
{
  TelarThread *maker = find_thread (self, sw->by);
  TelarThread *old = find_thread (self, sw->tid);

  if (sw->tid == sw->by || (maker == NULL && sw->by != self->server))
    return;
  if (old != NULL)
    {
      /* The number is used again: the end of the other was not seen. */
      telar_weaver_leave (self, old, ns, TELAR_LEFT_UNSEEN);
      telar_weaver_unbind (self, old);
    }
  if (maker == NULL)
    {
      guint32 task = self->serving;

      self->serving = TELAR_NO_TASK;
      if (task != TELAR_NO_TASK && telar_lane (self, task)->tid == 0)
        bind_child (self, sw, task, ns);
    }
  else if (maker->task == TELAR_MAIN && self->server_comes)
    {
      /* It works for whoever asks: its time is no task's. */
      self->server_comes = FALSE;
      self->server = sw->tid;
    }
  else if (maker->starting != TELAR_NO_TASK)
    {
      guint32 task = maker->starting;

      /* First: whoever was taken for the child goes, and might be the maker. */
      maker->starting = TELAR_NO_TASK;
      bind_child (self, sw, task, ns);
    }
  else
    telar_weaver_bind (self, sw->tid, maker->task, TRUE, ns);
}

static void
weave_exit (TelarWeaver *self, TelarThread *thread, gint64 ns)
{
  guint32 task = thread->task;
  gboolean own = telar_hand (self, task)->thread == thread;

  telar_weaver_leave (self, thread, ns, own ? TELAR_LEFT_ENDED : TELAR_LEFT_BLOCKED);
  telar_weaver_unbind (self, thread);
  if (!own)
    return;
  telar_task_ends (self, task, ns, TELAR_NO_EXIT, -1);
  if (telar_lane (self, task)->kind != TELAR_KIND_PROCESS)
    return;
  telar_task_releases (self, task, ns);
  /* The kernel's records tell of each thread. */
  if (!telar_weaver_is_exact (self))
    telar_task_takes_along (self, task, ns);
}

void
telar_weaver_loss (TelarWeaver *self, gint64 ns, int core, guint64 n)
{
  TelarLoss loss = { ns, core, n };

  g_array_append_val (self->timeline->losses, loss);
}

/* From here on nothing is known about this core: whoever was on it may have left. */
static void
weave_lost (TelarWeaver *self, const TelarSwitch *sw, gint64 ns)
{
  TelarCoreHand *place = telar_weaver_core (self, sw->core);

  self->lost_kernel += (guint32) sw->by;
  telar_weaver_loss (self, ns, sw->core, (guint32) sw->by);
  if (place->running != NULL)
    telar_weaver_leave (self, place->running, ns, TELAR_LEFT_UNSEEN);
}

void
telar_weave_switch (TelarWeaver *self, const TelarRecord *record, gint64 ns)
{
  const TelarSwitch *sw = &record->sw;
  TelarThread *thread;

  if (sw->kind == TELAR_SWITCH_FORK)
    {
      weave_fork (self, sw, ns);
      return;
    }
  if (sw->kind == TELAR_SWITCH_LOST)
    {
      weave_lost (self, sw, ns);
      return;
    }

  thread = find_thread (self, sw->tid);
  if (record->sampled && sw->kind == TELAR_SWITCH_IN)
    thread = telar_weaver_bind (self, sw->tid, (guint32) sw->by, sw->by_pid != 0, ns);
  if (thread == NULL)
    {
      /* A stranger came: one of ours must have gone unseen. */
      if (sw->kind == TELAR_SWITCH_IN && sw->core < self->n_cores
          && self->cores[sw->core].running != NULL)
        telar_weaver_leave (self, self->cores[sw->core].running, ns, TELAR_LEFT_UNSEEN);
      return;
    }
  switch ((TelarSwitchKind) sw->kind)
    {
    case TELAR_SWITCH_IN:
      telar_weaver_enter (self, thread, sw->core, ns, record->sampled ? TELAR_SLICE_SAMPLED : 0);
      break;
    case TELAR_SWITCH_OUT:
    case TELAR_SWITCH_PREEMPTED:
      if (thread->core == (gint32) sw->core)
        telar_weaver_leave (self, thread, ns,
                            sw->kind == TELAR_SWITCH_OUT ? TELAR_LEFT_BLOCKED
                                                         : TELAR_LEFT_PREEMPTED);
      break;
    case TELAR_SWITCH_EXIT:
      weave_exit (self, thread, ns);
      break;
    case TELAR_SWITCH_EXEC:
      thread->exec_ns = ns;
      break;
    case TELAR_SWITCH_FORK:
    case TELAR_SWITCH_LOST:
    default:
      break;
    }
}

/* What the run itself used of a core between two moments. */
static gint64
own_share (const TelarCoreHand *place, gint64 begin, gint64 end)
{
  const TelarSlices *slices = place->lane->slices;
  gint64 own = 0;

  /* The last one is open while someone is on the core: its end is out of date. */
  for (guint i = slices->len; i > 0; i--)
    {
      TelarSlice slice = telar_slices_at (slices, i - 1);
      gint64 until = i == slices->len && place->running != NULL ? end : slice.end;

      if (until <= begin)
        break;
      own += MAX (0, MIN (until, end) - MAX (slice.begin, begin));
    }
  return own;
}

void
telar_weave_load (TelarWeaver *self, const TelarLoad *load, gint64 ns)
{
  TelarCoreHand *place;
  TelarOthers others = { .ns = ns, .interval = load->interval };
  gint64 rest;

  if (load->interval <= 0)
    return;
  place = telar_weaver_core (self, load->core);
  rest = load->busy - own_share (place, ns - load->interval, ns) * 1000 / load->interval;
  others.others = (guint16) CLAMP (rest, 0, 1000);
  others.steal = MIN (load->steal, 1000);
  telar_core_lane_look (place->lane, &others);
}
