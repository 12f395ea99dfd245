/* made-record.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Time goes from one happening to the next: a thread's operation is done, its
 * time on the core is up, a sleeper wakes. A thread that has no core queues.
 */

#include "made-sim.h"

#define MAIN_PID    1000
#define SWITCH_COST 700

static void
thread_free (SimThread *thread)
{
  g_array_unref (thread->children);
  g_free (thread);
}

/* Recording */

void
sim_record_switch (Sim *sim, TelarSwitchKind kind, const SimThread *thread, guint core,
                   const SimThread *by)
{
  TelarSwitch sw = {
    .ns = TELAR_MADE_ZERO + sim->now,
    .pid = thread->pid,
    .tid = thread->tid,
    .by_pid = by != NULL ? by->pid : 0,
    .by = by != NULL ? by->tid : 0,
    .core = (uint16_t) core,
    .kind = (uint16_t) kind,
  };

  g_array_append_val (sim->batch.switches, sw);
}

static gint64
cpu_now (Sim *sim, const SimThread *thread)
{
  return thread->cpu + (thread->state == SIM_RUNNING ? sim->now - thread->since : 0);
}

void
sim_record_event (Sim *sim, const SimThread *thread, TelarEventKind kind, guint32 task,
                  gint64 value, guint32 detail)
{
  TelarEvent event = {
    .ns = TELAR_MADE_ZERO + sim->now,
    .value = value,
    .cpu_ns = cpu_now (sim, thread),
    .task = task,
    .writer = thread->current,
    .kind = (uint16_t) kind,
    .core = (uint16_t) thread->core,
    .detail = detail,
  };

  g_array_append_val (sim->batch.events, event);
}

static void
hand_out (Sim *sim, gboolean final)
{
  guint n = sim->batch.switches->len + sim->batch.events->len + sim->batch.samples->len;

  if (!final && (sim->machine->batch == 0 || n < sim->machine->batch))
    return;
  sim->machine->take (&sim->batch, TELAR_MADE_ZERO + sim->now, sim->machine->data);
  g_array_set_size (sim->batch.switches, 0);
  g_array_set_size (sim->batch.events, 0);
  g_array_set_size (sim->batch.samples, 0);
  g_array_set_size (sim->batch.loads, 0);
}

static void
look (Sim *sim)
{
  for (guint i = 0; i < sim->threads->len; i++)
    {
      const SimThread *thread = g_ptr_array_index (sim->threads, i);
      TelarSample sample = {
        .ns = TELAR_MADE_ZERO + sim->now,
        .cpu_ns = cpu_now (sim, thread),
        .delay_ns = thread->delay + (thread->state == SIM_READY ? sim->now - thread->since : 0),
        .task = thread->task,
        .tid = thread->tid,
        .core = (uint16_t) thread->core,
        .state = thread->state == SIM_BLOCKED ? 'S' : 'R',
        .program = thread->program,
      };

      if (thread->state != SIM_NEW && thread->state != SIM_DEAD)
        g_array_append_val (sim->batch.samples, sample);
    }
  for (guint i = 0; i < sim->machine->n_cores; i++)
    {
      const SimThread *on = sim->on[i];
      gint64 busy = sim->busy[i] + (on != NULL ? sim->now - MAX (on->since, sim->looked) : 0);
      gint64 interval = sim->now - sim->looked;
      TelarLoad load = {
        .ns = TELAR_MADE_ZERO + sim->now,
        .interval = interval,
        .core = (uint16_t) i,
        .busy = (uint16_t) (interval > 0 ? MIN (1000, busy * 1000 / interval + i % 3 * 40) : 0),
      };

      g_array_append_val (sim->batch.loads, load);
      sim->busy[i] = 0;
    }
  sim->looked = sim->now;
  sim->next_look = sim->now + sim->machine->period;
}

/* The scheduler */

SimThread *
sim_make_thread (Sim *sim, guint32 task, gint32 pid, const GArray *ops, gboolean program)
{
  SimThread *thread = g_new0 (SimThread, 1);

  thread->task = thread->current = task;
  thread->tid = sim->next_tid++;
  thread->pid = pid != 0 ? pid : thread->tid;
  thread->ops = ops;
  thread->program = program;
  thread->wake = NEVER;
  thread->core = g_rand_int_range (sim->random, 0, (gint32) sim->machine->n_cores);
  thread->children = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_ptr_array_add (sim->threads, thread);
  return thread;
}

void
sim_make_ready (Sim *sim, SimThread *thread)
{
  if (thread->state == SIM_READY || thread->state == SIM_RUNNING || thread->state == SIM_DEAD)
    return;
  thread->state = SIM_READY;
  thread->since = sim->now;
  thread->wake = NEVER;
  g_queue_push_tail (&sim->ready, thread);
}

static void
leave_core (Sim *sim, SimThread *thread, SimState state)
{
  gint64 begin = MAX (thread->since, sim->looked);

  thread->cpu += sim->now - thread->since;
  sim->busy[thread->core] += sim->now - begin;
  sim->on[thread->core] = NULL;
  thread->state = state;
  thread->since = sim->now;
}

static void
dispatch (Sim *sim)
{
  for (guint core = 0; core < sim->machine->n_cores && !g_queue_is_empty (&sim->ready); core++)
    {
      SimThread *thread;

      if (sim->on[core] != NULL)
        continue;
      thread = g_queue_pop_head (&sim->ready);
      thread->delay += sim->now - thread->since;
      thread->state = SIM_RUNNING;
      thread->since = sim->now;
      thread->core = core;
      thread->quantum_end = sim->now + SWITCH_COST
                            + (gint64) (g_rand_double_range (sim->random, 0.5, 1.5)
                                        * (double) sim->machine->quantum);
      sim->on[core] = thread;
      sim_record_switch (sim, TELAR_SWITCH_IN, thread, core, NULL);
    }
}

static void
preempt (Sim *sim, SimThread *thread)
{
  if (g_queue_is_empty (&sim->ready))
    {
      thread->quantum_end = sim->now + sim->machine->quantum;
      return;
    }
  sim_record_switch (sim, TELAR_SWITCH_PREEMPTED, thread, thread->core, NULL);
  leave_core (sim, thread, SIM_BLOCKED);
  sim_make_ready (sim, thread);
}

void
sim_block (Sim *sim, SimThread *thread, gint64 wake)
{
  sim_record_switch (sim, TELAR_SWITCH_OUT, thread, thread->core, NULL);
  leave_core (sim, thread, SIM_BLOCKED);
  thread->wake = wake;
}

guint32
sim_first_dead (Sim *sim, const SimThread *thread, guint32 only)
{
  for (guint i = 0; i < thread->children->len; i++)
    {
      guint32 child = g_array_index (thread->children, guint32, i);

      if ((only == TELAR_NO_TASK || only == child) && sim->of_task[child]->state == SIM_DEAD)
        return child;
    }
  return TELAR_NO_TASK;
}

/* Whoever waits for an end looks again. */
void
sim_wake_joiners (Sim *sim)
{
  for (guint i = 0; i < sim->threads->len; i++)
    {
      SimThread *thread = g_ptr_array_index (sim->threads, i);

      if (thread->state == SIM_BLOCKED && thread->wake == NEVER
          && (sim_first_dead (sim, thread, TELAR_NO_TASK) != TELAR_NO_TASK
              || g_array_index (thread->ops, TelarMadeOp, thread->op).what == TELAR_DO_PROGRAM))
        sim_make_ready (sim, thread);
    }
}

void
sim_die (Sim *sim, SimThread *thread, gint64 exit)
{
  if (thread->state == SIM_DEAD)
    return;
  thread->exit = exit;
  sim_record_switch (sim, TELAR_SWITCH_EXIT, thread, thread->core, NULL);
  if (thread->state == SIM_RUNNING)
    {
      sim_record_switch (sim, TELAR_SWITCH_OUT, thread, thread->core, NULL);
      leave_core (sim, thread, SIM_DEAD);
    }
  g_queue_remove (&sim->ready, thread);
  thread->state = SIM_DEAD;
}

/* A process dies with all that is in it. */
void
sim_die_all (Sim *sim, gint32 pid, gint64 exit)
{
  for (guint i = 0; i < sim->threads->len; i++)
    {
      SimThread *thread = g_ptr_array_index (sim->threads, i);

      if (thread->pid == pid)
        sim_die (sim, thread, exit);
    }
  sim_wake_joiners (sim);
}

/* The next moment at which something happens. */
static gint64
next_moment (Sim *sim)
{
  gint64 next = sim->machine->period > 0 ? sim->next_look : NEVER;

  if (sim->machine->stop_at > 0)
    next = MIN (next, MAX (sim->now, sim->machine->stop_at));
  for (guint i = 0; i < sim->machine->n_cores; i++)
    if (sim->on[i] != NULL)
      next = MIN (next, MIN (sim->now + sim->on[i]->left, sim->on[i]->quantum_end));
  for (guint i = 0; i < sim->threads->len; i++)
    {
      const SimThread *thread = g_ptr_array_index (sim->threads, i);

      if (thread->state == SIM_BLOCKED)
        next = MIN (next, thread->wake);
    }
  return MAX (next, sim->now);
}

static void
pass_time (Sim *sim, gint64 to)
{
  for (guint i = 0; i < sim->machine->n_cores; i++)
    if (sim->on[i] != NULL)
      sim->on[i]->left = MAX (0, sim->on[i]->left - (to - sim->now));
  sim->now = to;
}

static void
happen (Sim *sim, GArray *const *ops)
{
  if (sim->machine->period > 0 && sim->now >= sim->next_look)
    look (sim);
  for (guint i = 0; i < sim->threads->len; i++)
    {
      SimThread *thread = g_ptr_array_index (sim->threads, i);

      if (thread->state == SIM_BLOCKED && thread->wake <= sim->now)
        sim_make_ready (sim, thread);
    }
  for (guint i = 0; i < sim->machine->n_cores; i++)
    {
      SimThread *thread = sim->on[i];

      if (thread != NULL && thread->left == 0)
        sim_go_on (sim, thread, ops);
      if (sim->on[i] != NULL && sim->on[i]->quantum_end <= sim->now)
        preempt (sim, sim->on[i]);
    }
  /* The core's next one comes a moment later. */
  sim->now += 100;
  dispatch (sim);
}

/* A task's first instruction, before what it does. */
static void
begin_tasks (Sim *sim)
{
  for (guint i = 0; i < sim->machine->n_cores; i++)
    {
      SimThread *thread = sim->on[i];

      if (thread != NULL && !thread->program && !thread->begun)
        {
          thread->begun = TRUE;
          sim->now += 10;
          sim_record_event (sim, thread, TELAR_EVENT_RUN, thread->task,
                            ((gint64) thread->pid << 32) | thread->tid, 0);
          thread->left = EVENT_COST;
        }
    }
}

void
telar_made_begun (TelarBegun *begun, TelarSource source, guint n_cores)
{
  *begun = (TelarBegun){
    .zero_ns = TELAR_MADE_ZERO,
    .date = TELAR_MADE_DATE,
    .period_ns = source == TELAR_SOURCE_SAMPLED ? 4000000 : 0,
    .main_pid = MAIN_PID,
    .source = source,
    .refusal = source == TELAR_SOURCE_SAMPLED ? 13 : 0,
    .paranoid = source == TELAR_SOURCE_SAMPLED ? 3 : 1,
    .n_cores = n_cores,
  };
}

void
telar_made_machine_run (const TelarMadeMachine *machine, const TelarPlan *plan,
                        GArray *const *ops, TelarSource source, TelarBegun *begun,
                        TelarEnded *ended)
{
  Sim sim = {
    .machine = machine,
    .plan = plan,
    .random = g_rand_new_with_seed (machine->seed),
    .threads = g_ptr_array_new_with_free_func ((GDestroyNotify) thread_free),
    .of_task = g_new0 (SimThread *, plan->n_tasks),
    .ready = G_QUEUE_INIT,
    .on = g_new0 (SimThread *, machine->n_cores),
    .busy = g_new0 (gint64, machine->n_cores),
    .next_tid = MAIN_PID,
    .next_look = machine->period,
    .batch = {
      .switches = g_array_new (FALSE, TRUE, sizeof (TelarSwitch)),
      .events = g_array_new (FALSE, TRUE, sizeof (TelarEvent)),
      .samples = g_array_new (FALSE, TRUE, sizeof (TelarSample)),
      .loads = g_array_new (FALSE, TRUE, sizeof (TelarLoad)),
    },
  };
  SimThread *main_thread = sim_make_thread (&sim, TELAR_MAIN, 0, ops[TELAR_MAIN], FALSE);
  gboolean stopped = FALSE;

  telar_made_begun (begun, source, machine->n_cores);
  sim.of_task[TELAR_MAIN] = main_thread;
  sim.now = 1000;
  sim_make_ready (&sim, main_thread);
  dispatch (&sim);
  while (main_thread->state != SIM_DEAD)
    {
      begin_tasks (&sim);
      pass_time (&sim, next_moment (&sim));
      if (machine->stop_at > 0 && sim.now >= machine->stop_at)
        {
          stopped = TRUE;
          for (guint i = sim.threads->len; i > 0; i--)
            sim_die (&sim, g_ptr_array_index (sim.threads, i - 1), -9);
          break;
        }
      happen (&sim, ops);
      hand_out (&sim, FALSE);
    }
  sim.now += 5000;
  *ended = (TelarEnded){
    .ns = TELAR_MADE_ZERO + sim.now,
    .main_exit = (int32_t) main_thread->exit,
    .reason = stopped ? TELAR_ENDED_STOPPED : TELAR_ENDED_BY_ITSELF,
  };
  hand_out (&sim, TRUE);

  for (guint i = 0; i < sim.threads->len; i++)
    {
      SimThread *thread = g_ptr_array_index (sim.threads, i);

      if (thread->program)
        g_array_unref ((GArray *) thread->ops);
    }
  g_queue_clear (&sim.ready);
  g_rand_free (sim.random);
  g_ptr_array_unref (sim.threads);
  g_free (sim.of_task);
  g_free (sim.on);
  g_free (sim.busy);
  g_array_unref (sim.batch.switches);
  g_array_unref (sim.batch.events);
  g_array_unref (sim.batch.samples);
  g_array_unref (sim.batch.loads);
}
