/* made-record.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A small simulated computer that runs made-up tasks and records them as the
 * engine would: kernel switches of each core, events of each ring, samples,
 * loads. What happened is consistent to the nanosecond, so a timeline made of
 * the record can be held against it.
 */

#pragma once

#include <glib.h>

#include "engine/wire.h"
#include "plan/plan.h"
#include "recorder/event.h"

G_BEGIN_DECLS

/* When the simulated run began, CLOCK_MONOTONIC. */
#define TELAR_MADE_ZERO G_GINT64_CONSTANT (5000000000)
#define TELAR_MADE_DATE 1790000000 /* a day in September 2026 */

typedef struct
{
  GArray *switches; /* TelarSwitch, by time */
  GArray *events;   /* TelarEvent, by time */
  GArray *samples;  /* TelarSample, by time */
  GArray *loads;    /* TelarLoad, by time */
} TelarMadeBatch;

/* Everything before @now is in the batches so far; the batch is emptied after. */
typedef void (*TelarMadeTake) (const TelarMadeBatch *batch, gint64 now, gpointer data);

/* What a task does: operations that its thread executes one after the other. */
typedef enum
{
  TELAR_DO_COMPUTE,    /* for @ns */
  TELAR_DO_SLEEP,      /* for @ns */
  TELAR_DO_START,      /* @task */
  TELAR_DO_REFUSE,     /* tries to start @task; the system refuses with errno @ns */
  TELAR_DO_JOIN,       /* @task */
  TELAR_DO_JOIN_ANY,   /* first of the started ones that have not been joined yet */
  TELAR_DO_JOIN_ALL,   /* what is started and not joined, in order */
  TELAR_DO_SKIP,       /* @task is not started because of task @ns */
  TELAR_DO_KILL,       /* @task */
  TELAR_DO_CALL,       /* @task runs on this thread until… */
  TELAR_DO_RETURN,     /* …it ends with @ns */
  TELAR_DO_STEP,       /* step number @task begins */
  TELAR_DO_STEP_END,   /* with result @ns */
  TELAR_DO_PROGRAM,    /* another program computes for @ns and is waited for */
  TELAR_DO_CRASH,      /* the process ends by signal @ns */
  TELAR_DO_END         /* with exit code @ns */
} TelarMadeDo;

typedef struct
{
  TelarMadeDo what;
  guint32     task;
  gint64      ns;
} TelarMadeOp;

typedef struct
{
  guint         n_cores;
  gint64        quantum;   /* mean time on a core while others want it */
  gint64        period;    /* between samples and loads; 0: none */
  guint32       seed;
  gint64        stop_at;   /* the run is ended from outside then; 0: never */
  guint         batch;     /* records at which a batch is handed out; 0: only at the end */
  TelarMadeTake take;
  gpointer      data;
} TelarMadeMachine;

/* Runs tasks of a plan: @ops[t] is the (element-type TelarMadeOp) of task t, or
 * NULL for calls; main is task 0. @begun and @ended are filled in. */
void telar_made_machine_run (const TelarMadeMachine *machine, const TelarPlan *plan,
                             GArray *const *ops, TelarSource source, TelarBegun *begun,
                             TelarEnded *ended);

void telar_made_begun (TelarBegun *begun, TelarSource source, guint n_cores);

G_END_DECLS
