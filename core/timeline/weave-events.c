/* weave-events.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What tasks record about themselves and their children.
 */

#include "config.h"

#include "timeline/weave.h"

/* The thread that wrote an event: the writer's own, or that which runs the call. */
static TelarThread *
writing_thread (TelarWeaver *self, const TelarEvent *event)
{
  if (event->writer == TELAR_NO_TASK)
    return NULL;
  return telar_hand (self, telar_hand (self, event->writer)->owner)->thread;
}

static void
weave_start (TelarWeaver *self, const TelarEvent *event, gint64 ns)
{
  TelarThread *thread = writing_thread (self, event);

  if (telar_lane (self, event->task)->started != TELAR_NO_TIME)
    return;
  telar_task_starts (self, event->task, ns);
  if (thread != NULL && telar_lane (self, event->task)->kind != TELAR_KIND_CALL)
    thread->starting = event->task;
}

static void
weave_started (TelarWeaver *self, const TelarEvent *event, gint64 ns)
{
  TelarThread *thread = writing_thread (self, event);
  TelarTaskLane *lane = telar_lane (self, event->task);

  if (thread != NULL)
    thread->starting = TELAR_NO_TASK;
  telar_task_starts (self, event->task, ns);
  if (event->value <= 0 || event->value > G_MAXINT32 || lane->ended != TELAR_NO_TIME
      || lane->kind != TELAR_KIND_PROCESS)
    return;
  lane->pid = (gint32) event->value;
  if (lane->tid == 0)
    {
      lane->tid = lane->pid;
      telar_weaver_bind (self, lane->pid, event->task, FALSE, ns);
    }
}

static void
weave_refused (TelarWeaver *self, const TelarEvent *event, gint64 ns)
{
  TelarThread *thread = writing_thread (self, event);

  if (thread != NULL)
    thread->starting = TELAR_NO_TASK;
  telar_task_refused (self, event->task, ns, (gint32) event->value);
}

/* Waits */

static void
weave_wait_begin (TelarWeaver *self, const TelarEvent *event, gint64 ns)
{
  guint32 task = telar_hand (self, event->task)->owner;
  TelarHand *owner = telar_hand (self, task);
  guint32 culprit = TELAR_NO_TASK;

  if (event->detail == TELAR_CAUSE_JOIN && event->value >= 0 && event->value < TELAR_NO_TASK)
    culprit = (guint32) event->value;
  else if ((event->detail & 0xff) >= TELAR_CAUSE_LOCK)
    culprit = telar_event_above (event->value);
  if (owner->cause == TELAR_CAUSE_JOIN)
    telar_joiner_leaves (self, task);
  owner->cause = (guint8) MIN (event->detail & 0xff, (guint32) TELAR_N_CAUSES - 1);
  owner->object = TELAR_NO_OBJECT;
  owner->detail = event->detail >> 8;
  if (owner->cause >= TELAR_CAUSE_LOCK
      && telar_event_object (event->value) < self->timeline->objects->len)
    owner->object = telar_event_object (event->value);
  telar_object_wait_begins (self, task, ns);
  owner->released = FALSE;
  owner->until = event->detail == TELAR_CAUSE_SLEEP ? event->value : TELAR_NO_TIME;
  owner->n_culprits = 0;
  if (owner->waits_for != NULL)
    g_array_set_size (owner->waits_for, 0);
  if (culprit < self->timeline->plan->n_tasks)
    {
      if (owner->waits_for == NULL)
        owner->waits_for = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_array_append_val (owner->waits_for, culprit);
    }
  if (owner->cause == TELAR_CAUSE_JOIN)
    g_array_append_val (self->joiners, task);
  if (owner->n_on == 0 && telar_lane (self, task)->run != TELAR_NO_TIME
      && telar_lane (self, task)->ended == TELAR_NO_TIME)
    telar_weaver_wait (self, task, ns, TELAR_LEFT_BLOCKED);
}

static void
weave_wait_on (TelarWeaver *self, const TelarEvent *event, gint64 ns)
{
  TelarHand *owner = telar_hand (self, telar_hand (self, event->task)->owner);
  guint32 culprit = (guint32) event->value;

  if (owner->cause != TELAR_CAUSE_JOIN || event->value < 0
      || event->value >= (gint64) self->timeline->plan->n_tasks)
    return;
  if (owner->waits_for == NULL)
    owner->waits_for = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (owner->waits_for, culprit);
  /* Off its core already, where only samples or nothing tell. */
  if (owner->wait_open)
    {
      TelarWait *wait =
          telar_waits_last (telar_lane (self, telar_hand (self, event->task)->owner)->waits);
      GArray *culprits = self->timeline->culprits;

      if (wait->state == TELAR_WAIT_BLOCKED && wait->cause == TELAR_CAUSE_JOIN
          && wait->n_culprits < G_MAXUINT16)
        {
          if (wait->culprits + wait->n_culprits != culprits->len)
            {
              guint first = culprits->len;

              for (guint i = 0; i < wait->n_culprits; i++)
                {
                  guint32 one = g_array_index (culprits, guint32, wait->culprits + i);

                  g_array_append_val (culprits, one);
                }
              wait->culprits = first;
            }
          g_array_append_val (culprits, culprit);
          wait->n_culprits++;
          owner->culprits = wait->culprits;
          owner->n_culprits = wait->n_culprits;
        }
    }
}

static void
weave_wait_end (TelarWeaver *self, const TelarEvent *event, gint64 ns)
{
  guint32 task = telar_hand (self, event->task)->owner;
  TelarHand *owner = telar_hand (self, task);

  if (owner->cause == TELAR_CAUSE_NONE)
    return;
  /* With exact records it is on a core here, and the wait over. */
  if (owner->wait_open && telar_lane (self, task)->ended == TELAR_NO_TIME)
    telar_weaver_wait (self, task, ns, TELAR_LEFT_UNSEEN);
  if (owner->cause == TELAR_CAUSE_JOIN)
    telar_joiner_leaves (self, task);
  owner->cause = TELAR_CAUSE_NONE;
  telar_object_wait_ends (self, task, ns);
  owner->until = TELAR_NO_TIME;
}

/* Steps */

static void
weave_step_begin (TelarWeaver *self, const TelarEvent *event, gint64 ns)
{
  TelarStepRun step = {
    .step = (guint32) event->value,
    .core = event->core,
    .begin = ns,
    .end = TELAR_NO_TIME,
  };

  if (event->value < 0 || event->value >= (gint64) self->timeline->plan->n_steps)
    return;
  telar_hand (self, event->task)->step_cpu = event->cpu_ns;
  g_array_append_val (telar_lane (self, event->task)->steps, step);
}

static void
weave_step_end (TelarWeaver *self, const TelarEvent *event, gint64 ns)
{
  GArray *steps = telar_lane (self, event->task)->steps;
  TelarStepRun *step;

  if (steps->len == 0)
    return;
  step = &g_array_index (steps, TelarStepRun, steps->len - 1);
  if (step->finished)
    return;
  step->finished = TRUE;
  step->end = ns;
  step->core = event->core;
  step->cpu_ns = MAX (0, event->cpu_ns - telar_hand (self, event->task)->step_cpu);
  step->result_type = (guint8) MIN (event->detail, (guint32) TELAR_RESULT_ERROR);
  step->integer = event->value;
}

void
telar_weave_event (TelarWeaver *self, const TelarEvent *event, gint64 ns)
{
  TelarTaskLane *lane = telar_lane (self, event->task);

  switch ((TelarEventKind) event->kind)
    {
    case TELAR_EVENT_START:
      weave_start (self, event, ns);
      break;
    case TELAR_EVENT_STARTED:
      weave_started (self, event, ns);
      break;
    case TELAR_EVENT_REFUSED:
      weave_refused (self, event, ns);
      break;
    case TELAR_EVENT_NOT_STARTED:
      telar_task_skipped (self, event->task, event->detail, (guint32) event->value);
      break;
    case TELAR_EVENT_JOIN:
      telar_task_joined (self, event->task, ns, (gint32) event->value);
      break;
    case TELAR_EVENT_SIGNAL:
      lane->signalled = TRUE;
      break;
    case TELAR_EVENT_LOST_CHILD:
      telar_task_lost (self, event->task, ns, (gint32) event->value);
      break;
    case TELAR_EVENT_RUN:
      telar_task_runs (self, event, ns);
      break;
    case TELAR_EVENT_END:
      telar_hand (self, event->task)->by_itself = TRUE;
      telar_task_ends (self, event->task, ns, (gint32) event->value, event->cpu_ns);
      break;
    case TELAR_EVENT_STEP_BEGIN:
      weave_step_begin (self, event, ns);
      break;
    case TELAR_EVENT_STEP_END:
      weave_step_end (self, event, ns);
      break;
    case TELAR_EVENT_STEPS_COUNTED:
      lane->steps_counted += (guint64) MAX (0, event->value);
      break;
    case TELAR_EVENT_WAIT_BEGIN:
      weave_wait_begin (self, event, ns);
      break;
    case TELAR_EVENT_WAIT_ON:
      weave_wait_on (self, event, ns);
      break;
    case TELAR_EVENT_WAIT_END:
      weave_wait_end (self, event, ns);
      break;
    case TELAR_EVENT_PROGRAM:
      if (event->value > 0 && event->value <= G_MAXINT32 && lane->ended == TELAR_NO_TIME)
        telar_weaver_bind (self, (gint32) event->value, telar_hand (self, event->task)->owner,
                           TRUE, ns);
      break;
    case TELAR_EVENT_SERVER:
      self->server_comes = event->value == 0;
      if (event->value > 0 && event->value <= G_MAXINT32)
        self->server = (gint32) event->value;
      break;
    case TELAR_EVENT_SERVED:
      self->serving = event->task;
      break;
    case TELAR_EVENT_ACT:
      telar_weave_act (self, event, ns);
      break;
    case TELAR_EVENT_DEADLOCK:
    case TELAR_EVENT_RESOLVED:
      telar_weave_deadlock (self, event, ns);
      break;
    case TELAR_EVENT_INCREMENTS:
      telar_weave_increments (self, event);
      break;
    case TELAR_EVENT_DROPPED:
      self->timeline->lost_events += (guint64) MAX (0, event->value);
      telar_weaver_loss (self, ns, -1, (guint64) MAX (0, event->value));
      break;
    default:
      break;
    }
}
