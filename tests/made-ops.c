/* made-ops.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What the operations of simulated threads do, in phases: each takes time on a
 * core, or waits, and goes on with the next.
 */

#include "made-sim.h"

#include "catalogue/call.h"

/* What the kernel and the library take, ns. */
#define FORK_COST  30000
#define EXIT_COST  4000

static gboolean
take_time (SimThread *thread, gint64 ns)
{
  thread->left = ns;
  thread->phase++;
  return FALSE;
}

static void
forget_child (SimThread *thread, guint32 child)
{
  for (guint i = 0; i < thread->children->len; i++)
    if (g_array_index (thread->children, guint32, i) == child)
      {
        g_array_remove_index (thread->children, i);
        return;
      }
}

static gboolean
do_start (Sim *sim, SimThread *thread, const TelarMadeOp *op, GArray *const *ops)
{
  SimThread *child;

  switch (thread->phase)
    {
    case 0:
      sim_record_event (sim, thread, TELAR_EVENT_START, op->task, 0, 0);
      return take_time (thread, FORK_COST);
    case 1:
      if (op->what == TELAR_DO_REFUSE)
        {
          sim_record_event (sim, thread, TELAR_EVENT_REFUSED, op->task, op->ns, 0);
          return TRUE;
        }
      child = sim_make_thread (sim, op->task,
                               telar_plan_task (sim->plan, op->task)->kind == TELAR_KIND_THREAD
                             ? thread->pid
                             : 0,
                           ops[op->task], FALSE);
      sim->of_task[op->task] = child;
      sim_record_switch (sim, TELAR_SWITCH_FORK, child, thread->core, thread);
      sim_make_ready (sim, child);
      g_array_append_val (thread->children, op->task);
      return take_time (thread, EVENT_COST);
    default:
      child = sim->of_task[op->task];
      sim_record_event (sim, thread, TELAR_EVENT_STARTED, op->task,
                        child->pid == child->tid ? child->pid : 0, 0);
      return TRUE;
    }
}

static gboolean
do_join (Sim *sim, SimThread *thread, guint32 only)
{
  guint32 dead = sim_first_dead (sim, thread, only);

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
      sim_record_event (sim, thread, TELAR_EVENT_WAIT_BEGIN, thread->current, only,
                        TELAR_CAUSE_JOIN);
      for (guint i = 0; only == TELAR_NO_TASK && i < thread->children->len; i++)
        {
          sim->now += 20;
          sim_record_event (sim, thread, TELAR_EVENT_WAIT_ON, thread->current,
                            g_array_index (thread->children, guint32, i), 0);
        }
      return take_time (thread, EVENT_COST);
    case 1:
      if (dead == TELAR_NO_TASK)
        {
          sim_block (sim, thread, NEVER);
          return FALSE;
        }
      return take_time (thread, EVENT_COST);
    case 2:
      sim_record_event (sim, thread, TELAR_EVENT_WAIT_END, thread->current, 0, 0);
      return take_time (thread, EVENT_COST);
    default:
      sim_record_event (sim, thread, TELAR_EVENT_JOIN, dead, sim->of_task[dead]->exit, 0);
      forget_child (thread, dead);
      return TRUE;
    }
}

static gboolean
do_program (Sim *sim, SimThread *thread, const TelarMadeOp *op)
{
  switch (thread->phase)
    {
    case 0:
      return take_time (thread, FORK_COST);
    case 1:
      {
        GArray *ops = g_array_new (FALSE, TRUE, sizeof (TelarMadeOp));
        TelarMadeOp work[2] = { { TELAR_DO_COMPUTE, 0, op->ns }, { TELAR_DO_END, 0, 0 } };
        SimThread *program;

        g_array_append_vals (ops, work, 2);
        program = sim_make_thread (sim, thread->task, 0, ops, TRUE);
        sim_record_switch (sim, TELAR_SWITCH_FORK, program, thread->core, thread);
        sim_make_ready (sim, program);
        sim->now += 50;
        sim_record_event (sim, thread, TELAR_EVENT_PROGRAM, thread->current, program->pid, 0);
        sim_record_event (sim, thread, TELAR_EVENT_WAIT_BEGIN, thread->current, 0,
                          TELAR_CAUSE_PROGRAM);
        return take_time (thread, EVENT_COST);
      }
    case 2:
      for (guint i = 0; i < sim->threads->len; i++)
        {
          const SimThread *other = g_ptr_array_index (sim->threads, i);

          if (other->program && other->task == thread->task && other->state != SIM_DEAD)
            {
              sim_block (sim, thread, NEVER);
              return FALSE;
            }
        }
      return take_time (thread, EVENT_COST);
    default:
      sim_record_event (sim, thread, TELAR_EVENT_WAIT_END, thread->current, 0, 0);
      return TRUE;
    }
}

static gboolean
do_sleep (Sim *sim, SimThread *thread, const TelarMadeOp *op)
{
  switch (thread->phase)
    {
    case 0:
      thread->until = sim->now + op->ns;
      sim_record_event (sim, thread, TELAR_EVENT_WAIT_BEGIN, thread->current,
                        TELAR_MADE_ZERO + thread->until, TELAR_CAUSE_SLEEP);
      return take_time (thread, EVENT_COST);
    case 1:
      if (sim->now < thread->until)
        {
          sim_block (sim, thread, thread->until);
          return FALSE;
        }
      return take_time (thread, EVENT_COST);
    default:
      sim_record_event (sim, thread, TELAR_EVENT_WAIT_END, thread->current, 0, 0);
      return TRUE;
    }
}

static gboolean
do_end (Sim *sim, SimThread *thread, const TelarMadeOp *op)
{
  if (thread->program)
    {
      sim_die (sim, thread, op->ns);
      sim_wake_joiners (sim);
      return TRUE;
    }
  if (thread->phase == 0)
    {
      sim_record_event (sim, thread, TELAR_EVENT_END, thread->task, op->ns, 0);
      return take_time (thread, EXIT_COST);
    }
  if (thread->pid == thread->tid)
    sim_die_all (sim, thread->pid, op->ns);
  else
    sim_die (sim, thread, op->ns);
  sim_wake_joiners (sim);
  return TRUE;
}

static void
call_event (Sim *sim, SimThread *thread, guint32 call, gboolean begins, gint64 exit)
{
  guint32 around = telar_plan_task (sim->plan, call)->parent;

  if (begins)
    {
      sim_record_event (sim, thread, TELAR_EVENT_START, call, 0, 0);
      thread->current = call;
      sim->now += 30;
      sim_record_event (sim, thread, TELAR_EVENT_RUN, call,
                        ((gint64) thread->pid << 32) | thread->tid, 0);
      return;
    }
  sim_record_event (sim, thread, TELAR_EVENT_END, call, exit, 0);
  thread->current = around;
  sim->now += 30;
  sim_record_event (sim, thread, TELAR_EVENT_JOIN, call, exit, 0);
}

/* Returns: whether it is done; otherwise it is called again with the next
 * phase, when `left` is used up or the thread was woken. */
static gboolean
do_op (Sim *sim, SimThread *thread, const TelarMadeOp *op, GArray *const *ops)
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
      sim_record_event (sim, thread, TELAR_EVENT_NOT_STARTED, op->task, op->ns,
                        TELAR_NOT_STARTED_AFTER_MISSING);
      return TRUE;
    case TELAR_DO_KILL:
      sim_record_event (sim, thread, TELAR_EVENT_SIGNAL, op->task, 9, 0);
      if (sim->of_task[op->task] != NULL)
        sim_die_all (sim, sim->of_task[op->task]->pid, -9);
      return TRUE;
    case TELAR_DO_CALL:
      call_event (sim, thread, op->task, TRUE, 0);
      return TRUE;
    case TELAR_DO_RETURN:
      call_event (sim, thread, thread->current, FALSE, op->ns);
      return TRUE;
    case TELAR_DO_STEP:
      sim_record_event (sim, thread, TELAR_EVENT_STEP_BEGIN, thread->current, op->task, 0);
      return TRUE;
    case TELAR_DO_STEP_END:
      sim_record_event (sim, thread, TELAR_EVENT_STEP_END, thread->current, op->ns,
                        TELAR_RESULT_INTEGER);
      return TRUE;
    case TELAR_DO_PROGRAM:
      return do_program (sim, thread, op);
    case TELAR_DO_CRASH:
      sim_die_all (sim, thread->pid, -op->ns);
      return TRUE;
    case TELAR_DO_END:
    default:
      return do_end (sim, thread, op);
    }
}

void
sim_go_on (Sim *sim, SimThread *thread, GArray *const *ops)
{
  while (thread->state == SIM_RUNNING && thread->left == 0)
    {
      const TelarMadeOp *op = &g_array_index (thread->ops, TelarMadeOp, thread->op);

      if (do_op (sim, thread, op, ops) && thread->state == SIM_RUNNING)
        {
          thread->op++;
          thread->phase = 0;
          thread->left = EVENT_COST;
        }
    }
}
