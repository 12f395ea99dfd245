/* made-record.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Time goes from one happening to the next: a thread's operation is done, its
 * time on the core is up, a sleeper wakes. A thread that has no core queues.
 */

#include "made-record.h"

#include <string.h>

#include "catalogue/call.h"

#define MAIN_PID 1000
#define NEVER    G_MAXINT64

/* What the kernel and the library take, ns. */
#define SWITCH_COST 700
#define FORK_COST   30000
#define EVENT_COST  200
#define EXIT_COST   4000

typedef enum
{
  NEW,
  READY,
  RUNNING,
  BLOCKED,
  DEAD
} State;

typedef struct
{
  guint32  task;
  gint32   tid, pid;
  gint64   exit;
  State    state;
  gboolean program;
  guint    core;
  gint64   cpu, delay, since;  /* since: in this state */
  gint64   wake;               /* of a sleep, once it is blocked */
  gint64   until;              /* of a sleep */
  gboolean begun;              /* did its first instruction */
  gint64   quantum_end;

  const GArray *ops;
  guint    op;
  guint    phase;              /* of the op */
  gint64   left;               /* of the phase, on a core */
  guint32  current;            /* the call that it runs, or its own task */
  GArray  *children;           /* owned: guint32, started and not joined */
} Thread;

typedef struct
{
  const TelarMadeMachine *machine;
  const TelarPlan *plan;
  GRand     *random;
  GPtrArray *threads;   /* Thread, owned */
  Thread   **of_task;   /* owned: [task] */
  GQueue     ready;     /* Thread */
  Thread   **on;        /* owned: [core] */
  gint64    *busy;      /* owned: [core], since the last load */
  gint64     now;
  gint64     next_look;
  gint64     looked;
  gint32     next_tid;
  TelarMadeBatch batch;
} Sim;

static void
thread_free (Thread *thread)
{
  g_array_unref (thread->children);
  g_free (thread);
}

/* Recording */

static void
record_switch (Sim *sim, TelarSwitchKind kind, const Thread *thread, guint core, const Thread *by)
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
cpu_now (Sim *sim, const Thread *thread)
{
  return thread->cpu + (thread->state == RUNNING ? sim->now - thread->since : 0);
}

static void
record_event (Sim *sim, const Thread *thread, TelarEventKind kind, guint32 task, gint64 value,
              guint32 detail)
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
      const Thread *thread = g_ptr_array_index (sim->threads, i);
      TelarSample sample = {
        .ns = TELAR_MADE_ZERO + sim->now,
        .cpu_ns = cpu_now (sim, thread),
        .delay_ns = thread->delay + (thread->state == READY ? sim->now - thread->since : 0),
        .task = thread->task,
        .tid = thread->tid,
        .core = (uint16_t) thread->core,
        .state = thread->state == BLOCKED ? 'S' : 'R',
        .program = thread->program,
      };

      if (thread->state != NEW && thread->state != DEAD)
        g_array_append_val (sim->batch.samples, sample);
    }
  for (guint i = 0; i < sim->machine->n_cores; i++)
    {
      const Thread *on = sim->on[i];
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

static Thread *
make_thread (Sim *sim, guint32 task, gint32 pid, const GArray *ops, gboolean program)
{
  Thread *thread = g_new0 (Thread, 1);

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

static void
make_ready (Sim *sim, Thread *thread)
{
  if (thread->state == READY || thread->state == RUNNING || thread->state == DEAD)
    return;
  thread->state = READY;
  thread->since = sim->now;
  thread->wake = NEVER;
  g_queue_push_tail (&sim->ready, thread);
}

static void
leave_core (Sim *sim, Thread *thread, State state)
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
      Thread *thread;

      if (sim->on[core] != NULL)
        continue;
      thread = g_queue_pop_head (&sim->ready);
      thread->delay += sim->now - thread->since;
      thread->state = RUNNING;
      thread->since = sim->now;
      thread->core = core;
      thread->quantum_end = sim->now + SWITCH_COST
                            + (gint64) (g_rand_double_range (sim->random, 0.5, 1.5)
                                        * (double) sim->machine->quantum);
      sim->on[core] = thread;
      record_switch (sim, TELAR_SWITCH_IN, thread, core, NULL);
    }
}

static void
preempt (Sim *sim, Thread *thread)
{
  if (g_queue_is_empty (&sim->ready))
    {
      thread->quantum_end = sim->now + sim->machine->quantum;
      return;
    }
  record_switch (sim, TELAR_SWITCH_PREEMPTED, thread, thread->core, NULL);
  leave_core (sim, thread, BLOCKED);
  make_ready (sim, thread);
}

static void
block (Sim *sim, Thread *thread, gint64 wake)
{
  record_switch (sim, TELAR_SWITCH_OUT, thread, thread->core, NULL);
  leave_core (sim, thread, BLOCKED);
  thread->wake = wake;
}

static guint32
first_dead (Sim *sim, const Thread *thread, guint32 only)
{
  for (guint i = 0; i < thread->children->len; i++)
    {
      guint32 child = g_array_index (thread->children, guint32, i);

      if ((only == TELAR_NO_TASK || only == child) && sim->of_task[child]->state == DEAD)
        return child;
    }
  return TELAR_NO_TASK;
}

/* Whoever waits for an end looks again. */
static void
wake_joiners (Sim *sim)
{
  for (guint i = 0; i < sim->threads->len; i++)
    {
      Thread *thread = g_ptr_array_index (sim->threads, i);

      if (thread->state == BLOCKED && thread->wake == NEVER
          && (first_dead (sim, thread, TELAR_NO_TASK) != TELAR_NO_TASK
              || g_array_index (thread->ops, TelarMadeOp, thread->op).what == TELAR_DO_PROGRAM))
        make_ready (sim, thread);
    }
}

static void
die (Sim *sim, Thread *thread, gint64 exit)
{
  if (thread->state == DEAD)
    return;
  thread->exit = exit;
  record_switch (sim, TELAR_SWITCH_EXIT, thread, thread->core, NULL);
  if (thread->state == RUNNING)
    {
      record_switch (sim, TELAR_SWITCH_OUT, thread, thread->core, NULL);
      leave_core (sim, thread, DEAD);
    }
  g_queue_remove (&sim->ready, thread);
  thread->state = DEAD;
}

/* A process dies with all that is in it. */
static void
die_all (Sim *sim, gint32 pid, gint64 exit)
{
  for (guint i = 0; i < sim->threads->len; i++)
    {
      Thread *thread = g_ptr_array_index (sim->threads, i);

      if (thread->pid == pid)
        die (sim, thread, exit);
    }
  wake_joiners (sim);
}

/* What the operations do. Each returns whether it is done; otherwise it is
 * called again with the next phase, when `left` is used up or it was woken. */

static gboolean
take_time (Thread *thread, gint64 ns)
{
  thread->left = ns;
  thread->phase++;
  return FALSE;
}

static void
forget_child (Thread *thread, guint32 child)
{
  for (guint i = 0; i < thread->children->len; i++)
    if (g_array_index (thread->children, guint32, i) == child)
      {
        g_array_remove_index (thread->children, i);
        return;
      }
}

static gboolean
do_start (Sim *sim, Thread *thread, const TelarMadeOp *op, GArray *const *ops)
{
  Thread *child;

  switch (thread->phase)
    {
    case 0:
      record_event (sim, thread, TELAR_EVENT_START, op->task, 0, 0);
      return take_time (thread, FORK_COST);
    case 1:
      if (op->what == TELAR_DO_REFUSE)
        {
          record_event (sim, thread, TELAR_EVENT_REFUSED, op->task, op->ns, 0);
          return TRUE;
        }
      child = make_thread (sim, op->task,
                           telar_plan_task (sim->plan, op->task)->kind == TELAR_KIND_THREAD
                             ? thread->pid
                             : 0,
                           ops[op->task], FALSE);
      sim->of_task[op->task] = child;
      record_switch (sim, TELAR_SWITCH_FORK, child, thread->core, thread);
      make_ready (sim, child);
      g_array_append_val (thread->children, op->task);
      return take_time (thread, EVENT_COST);
    default:
      child = sim->of_task[op->task];
      record_event (sim, thread, TELAR_EVENT_STARTED, op->task,
                    child->pid == child->tid ? child->pid : 0, 0);
      return TRUE;
    }
}

static gboolean
do_join (Sim *sim, Thread *thread, guint32 only)
{
  guint32 dead = first_dead (sim, thread, only);

  switch (thread->phase)
    {
    case 0:
      if (dead != TELAR_NO_TASK)
        {
          thread->phase = 2;
          return take_time (thread, EVENT_COST);
        }
      if (only == TELAR_NO_TASK && thread->children->len == 1)
        only = g_array_index (thread->children, guint32, 0);
      record_event (sim, thread, TELAR_EVENT_WAIT_BEGIN, thread->current, only, TELAR_CAUSE_JOIN);
      for (guint i = 0; only == TELAR_NO_TASK && i < thread->children->len; i++)
        {
          sim->now += 20;
          record_event (sim, thread, TELAR_EVENT_WAIT_ON, thread->current,
                        g_array_index (thread->children, guint32, i), 0);
        }
      return take_time (thread, EVENT_COST);
    case 1:
      if (dead == TELAR_NO_TASK)
        {
          block (sim, thread, NEVER);
          return FALSE;
        }
      return take_time (thread, EVENT_COST);
    case 2:
      record_event (sim, thread, TELAR_EVENT_WAIT_END, thread->current, 0, 0);
      return take_time (thread, EVENT_COST);
    default:
      record_event (sim, thread, TELAR_EVENT_JOIN, dead, sim->of_task[dead]->exit, 0);
      forget_child (thread, dead);
      return TRUE;
    }
}

static gboolean
do_program (Sim *sim, Thread *thread, const TelarMadeOp *op)
{
  switch (thread->phase)
    {
    case 0:
      return take_time (thread, FORK_COST);
    case 1:
      {
        GArray *ops = g_array_new (FALSE, TRUE, sizeof (TelarMadeOp));
        TelarMadeOp work[2] = { { TELAR_DO_COMPUTE, 0, op->ns }, { TELAR_DO_END, 0, 0 } };
        Thread *program;

        g_array_append_vals (ops, work, 2);
        program = make_thread (sim, thread->task, 0, ops, TRUE);
        record_switch (sim, TELAR_SWITCH_FORK, program, thread->core, thread);
        make_ready (sim, program);
        sim->now += 50;
        record_event (sim, thread, TELAR_EVENT_PROGRAM, thread->current, program->pid, 0);
        record_event (sim, thread, TELAR_EVENT_WAIT_BEGIN, thread->current, 0,
                      TELAR_CAUSE_PROGRAM);
        return take_time (thread, EVENT_COST);
      }
    case 2:
      for (guint i = 0; i < sim->threads->len; i++)
        {
          const Thread *other = g_ptr_array_index (sim->threads, i);

          if (other->program && other->task == thread->task && other->state != DEAD)
            {
              block (sim, thread, NEVER);
              return FALSE;
            }
        }
      return take_time (thread, EVENT_COST);
    default:
      record_event (sim, thread, TELAR_EVENT_WAIT_END, thread->current, 0, 0);
      return TRUE;
    }
}

static gboolean
do_sleep (Sim *sim, Thread *thread, const TelarMadeOp *op)
{
  switch (thread->phase)
    {
    case 0:
      thread->until = sim->now + op->ns;
      record_event (sim, thread, TELAR_EVENT_WAIT_BEGIN, thread->current,
                    TELAR_MADE_ZERO + thread->until, TELAR_CAUSE_SLEEP);
      return take_time (thread, EVENT_COST);
    case 1:
      if (sim->now < thread->until)
        {
          block (sim, thread, thread->until);
          return FALSE;
        }
      return take_time (thread, EVENT_COST);
    default:
      record_event (sim, thread, TELAR_EVENT_WAIT_END, thread->current, 0, 0);
      return TRUE;
    }
}

static gboolean
do_end (Sim *sim, Thread *thread, const TelarMadeOp *op)
{
  if (thread->program)
    {
      die (sim, thread, op->ns);
      wake_joiners (sim);
      return TRUE;
    }
  if (thread->phase == 0)
    {
      record_event (sim, thread, TELAR_EVENT_END, thread->task, op->ns, 0);
      return take_time (thread, EXIT_COST);
    }
  if (thread->pid == thread->tid)
    die_all (sim, thread->pid, op->ns);
  else
    die (sim, thread, op->ns);
  wake_joiners (sim);
  return TRUE;
}

static void
call_event (Sim *sim, Thread *thread, guint32 call, gboolean begins, gint64 exit)
{
  guint32 around = telar_plan_task (sim->plan, call)->parent;

  if (begins)
    {
      record_event (sim, thread, TELAR_EVENT_START, call, 0, 0);
      thread->current = call;
      sim->now += 30;
      record_event (sim, thread, TELAR_EVENT_RUN, call, ((gint64) thread->pid << 32) | thread->tid,
                    0);
      return;
    }
  record_event (sim, thread, TELAR_EVENT_END, call, exit, 0);
  thread->current = around;
  sim->now += 30;
  record_event (sim, thread, TELAR_EVENT_JOIN, call, exit, 0);
}

/* Does the op of a thread that is on a core. Returns: whether it is done. */
static gboolean
do_op (Sim *sim, Thread *thread, const TelarMadeOp *op, GArray *const *ops)
{
  switch (op->what)
    {
    case TELAR_DO_COMPUTE:
      return thread->phase > 0 ? TRUE : take_time (thread, op->ns);
    case TELAR_DO_SLEEP:
      return do_sleep (sim, thread, op);
    case TELAR_DO_START:
    case TELAR_DO_REFUSE:
      return do_start (sim, thread, op, ops);
    case TELAR_DO_JOIN:
      return do_join (sim, thread, op->task);
    case TELAR_DO_JOIN_ANY:
      return thread->children->len == 0 ? TRUE : do_join (sim, thread, TELAR_NO_TASK);
    case TELAR_DO_JOIN_ALL:
      if (thread->children->len > 0
          && do_join (sim, thread, g_array_index (thread->children, guint32, 0)))
        {
          thread->phase = 0;
          thread->left = EVENT_COST;
        }
      return thread->children->len == 0;
    case TELAR_DO_SKIP:
      record_event (sim, thread, TELAR_EVENT_NOT_STARTED, op->task, op->ns,
                    TELAR_NOT_STARTED_AFTER_MISSING);
      return TRUE;
    case TELAR_DO_KILL:
      record_event (sim, thread, TELAR_EVENT_SIGNAL, op->task, 9, 0);
      if (sim->of_task[op->task] != NULL)
        die_all (sim, sim->of_task[op->task]->pid, -9);
      return TRUE;
    case TELAR_DO_CALL:
      call_event (sim, thread, op->task, TRUE, 0);
      return TRUE;
    case TELAR_DO_RETURN:
      call_event (sim, thread, thread->current, FALSE, op->ns);
      return TRUE;
    case TELAR_DO_STEP:
      record_event (sim, thread, TELAR_EVENT_STEP_BEGIN, thread->current, op->task, 0);
      return TRUE;
    case TELAR_DO_STEP_END:
      record_event (sim, thread, TELAR_EVENT_STEP_END, thread->current, op->ns,
                    TELAR_RESULT_INTEGER);
      return TRUE;
    case TELAR_DO_PROGRAM:
      return do_program (sim, thread, op);
    case TELAR_DO_CRASH:
      die_all (sim, thread->pid, -op->ns);
      return TRUE;
    case TELAR_DO_END:
    default:
      return do_end (sim, thread, op);
    }
}

/* A thread whose time for this phase is used up goes on. */
static void
go_on (Sim *sim, Thread *thread, GArray *const *ops)
{
  while (thread->state == RUNNING && thread->left == 0)
    {
      const TelarMadeOp *op = &g_array_index (thread->ops, TelarMadeOp, thread->op);

      if (do_op (sim, thread, op, ops) && thread->state == RUNNING)
        {
          thread->op++;
          thread->phase = 0;
          thread->left = EVENT_COST;
        }
    }
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
      const Thread *thread = g_ptr_array_index (sim->threads, i);

      if (thread->state == BLOCKED)
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
      Thread *thread = g_ptr_array_index (sim->threads, i);

      if (thread->state == BLOCKED && thread->wake <= sim->now)
        make_ready (sim, thread);
    }
  for (guint i = 0; i < sim->machine->n_cores; i++)
    {
      Thread *thread = sim->on[i];

      if (thread != NULL && thread->left == 0)
        go_on (sim, thread, ops);
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
      Thread *thread = sim->on[i];

      if (thread != NULL && !thread->program && !thread->begun)
        {
          thread->begun = TRUE;
          sim->now += 10;
          record_event (sim, thread, TELAR_EVENT_RUN, thread->task,
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
    .of_task = g_new0 (Thread *, plan->n_tasks),
    .ready = G_QUEUE_INIT,
    .on = g_new0 (Thread *, machine->n_cores),
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
  Thread *main_thread = make_thread (&sim, TELAR_MAIN, 0, ops[TELAR_MAIN], FALSE);
  gboolean stopped = FALSE;

  telar_made_begun (begun, source, machine->n_cores);
  sim.of_task[TELAR_MAIN] = main_thread;
  sim.now = 1000;
  make_ready (&sim, main_thread);
  dispatch (&sim);
  while (main_thread->state != DEAD)
    {
      begin_tasks (&sim);
      pass_time (&sim, next_moment (&sim));
      if (machine->stop_at > 0 && sim.now >= machine->stop_at)
        {
          stopped = TRUE;
          for (guint i = sim.threads->len; i > 0; i--)
            die (&sim, g_ptr_array_index (sim.threads, i - 1), -9);
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
      Thread *thread = g_ptr_array_index (sim.threads, i);

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
