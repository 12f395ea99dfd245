/* made-sim.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the simulated computer: its state, between what threads do
 * (made-ops.c) and when they do it (made-record.c).
 */

#pragma once

#include "made-record.h"

G_BEGIN_DECLS

#define NEVER      G_MAXINT64

/* What recording an event takes, ns. */
#define EVENT_COST 200

typedef enum
{
  SIM_NEW,
  SIM_READY,
  SIM_RUNNING,
  SIM_BLOCKED,
  SIM_DEAD
} SimState;

typedef struct
{
  guint32  task;
  gint32   tid, pid;
  gint64   exit;
  SimState state;
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
} SimThread;

typedef struct
{
  const TelarMadeMachine *machine;
  const TelarPlan        *plan;
  GRand      *random;
  GPtrArray  *threads;   /* SimThread, owned */
  SimThread **of_task;   /* owned: [task] */
  GQueue      ready;     /* SimThread */
  SimThread **on;        /* owned: [core] */
  gint64     *busy;      /* owned: [core], since the last load */
  gint64      now;
  gint64      next_look;
  gint64      looked;
  gint32      next_tid;
  TelarMadeBatch batch;
} Sim;

/* made-record.c */
void       sim_record_switch (Sim *sim, TelarSwitchKind kind, const SimThread *thread, guint core,
                              const SimThread *by);
void       sim_record_event  (Sim *sim, const SimThread *thread, TelarEventKind kind, guint32 task,
                              gint64 value, guint32 detail);
SimThread *sim_make_thread   (Sim *sim, guint32 task, gint32 pid, const GArray *ops,
                              gboolean program);
void       sim_make_ready    (Sim *sim, SimThread *thread);
void       sim_block         (Sim *sim, SimThread *thread, gint64 wake);
void       sim_die           (Sim *sim, SimThread *thread, gint64 exit);
/* A process dies with all that is in it. */
void       sim_die_all       (Sim *sim, gint32 pid, gint64 exit);
void       sim_wake_joiners  (Sim *sim);
/* Of the children that were not joined: a dead one, @only or any. */
guint32    sim_first_dead    (Sim *sim, const SimThread *thread, guint32 only);

/* made-ops.c: a thread on a core, whose time for a phase is used up, goes on. */
void       sim_go_on         (Sim *sim, SimThread *thread, GArray *const *ops);

G_END_DECLS
