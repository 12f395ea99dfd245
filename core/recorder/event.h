/* event.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What a run records: events that tasks write about themselves, switches that
 * the kernel tells of (or samples, where it refuses), and the load of
 * everything else. These structs travel as they are from telar-engine to
 * telar. All times are CLOCK_MONOTONIC nanoseconds. Libc only.
 */

#pragma once

#include <stdint.h>

typedef enum
{
  /* A scope about a child (`task` is the child). */
  TELAR_EVENT_START = 1,    /* before the fork or thread creation; value: 0 */
  TELAR_EVENT_STARTED,      /* after it; value: pid of a process, 0 for a thread */
  TELAR_EVENT_REFUSED,      /* could not start; value: errno */
  TELAR_EVENT_NOT_STARTED,  /* value: the task (number) because of which; detail: TelarNotStarted */
  TELAR_EVENT_JOIN,         /* value: exit, 0…255 or −signal */
  TELAR_EVENT_SIGNAL,       /* terminate or kill was sent; value: signal */
  TELAR_EVENT_LOST_CHILD,   /* the engine reaped an orphan; value: exit as in JOIN */

  /* A task about itself (`task` is the writer's). */
  TELAR_EVENT_RUN,          /* first instruction; value: pid << 32 | tid; core, cpu_ns */
  TELAR_EVENT_END,          /* last act; value: exit 0…255; core, cpu_ns */
  TELAR_EVENT_STEP_BEGIN,   /* value: step number in the plan; core, cpu_ns */
  TELAR_EVENT_STEP_END,     /* value: the result's bits; detail: TelarResultType; core, cpu_ns */
  TELAR_EVENT_STEPS_COUNTED,/* value: steps beyond the limit, counted only */
  TELAR_EVENT_WAIT_BEGIN,   /* detail: TelarCause; value: until ns for a sleep, task for a join
                             * (TELAR_NO_TASK: any of several, which JOIN_OF events follow); for
                             * an object telar_event_wait_value(), detail: TelarCause | what the
                             * object says << 8 */
  TELAR_EVENT_WAIT_ON,      /* after WAIT_BEGIN: one more task waited for; value: task */
  TELAR_EVENT_WAIT_END,
  TELAR_EVENT_PROGRAM,      /* value: pid of a program that runs for the task */
  TELAR_EVENT_DROPPED,      /* the ring was full; value: events not recorded before this one */
  TELAR_EVENT_SERVER,       /* main: it is about to fork the fork server; value: 0, then its pid */
  TELAR_EVENT_SERVED,       /* written by the fork server, which is about to fork the task; value:
                             * the server's pid */
  TELAR_EVENT_ACT,          /* on an object; value: telar_event_act_value(); detail:
                             * TelarObjectAct */
  /* The engine about a deadlock (`writer` is TELAR_NO_TASK). */
  TELAR_EVENT_DEADLOCK,     /* a task of one; value, detail: as in WAIT_BEGIN; cpu_ns: how many
                             * more of it follow; core: TelarDeadlockHow */
  TELAR_EVENT_RESOLVED,     /* the deadlock that the task is in is over; core: TelarDeadlockHow */
  TELAR_EVENT_INCREMENTS    /* of an object, at the run's end; detail: object; value: how many
                             * were lost; cpu_ns: how many there were */
} TelarEventKind;

typedef enum
{
  TELAR_DEADLOCK_CYCLE = 1,  /* each waits for the next one */
  TELAR_DEADLOCK_PASSES = 2  /* a timeout of one of them, or another task, may end it */
} TelarDeadlockHow;

/* Why a task was not started. */
typedef enum
{
  TELAR_NOT_STARTED_AFTER_FAILED = 1, /* on-failure skip: that task did not end with 0 */
  TELAR_NOT_STARTED_AFTER_MISSING,    /* that task was not or could not be started */
  TELAR_NOT_STARTED_PARENT_ENDED      /* its parent ended first (value: the parent) */
} TelarNotStarted;

/* 40 bytes. */
typedef struct
{
  int64_t  ns;
  int64_t  value;
  int64_t  cpu_ns;   /* the writer's own thread clock where the kind says so, else 0 */
  uint32_t task;     /* number in the plan */
  uint32_t writer;   /* whose ring: task number; TELAR_NO_TASK: telar-engine, a LOST_CHILD */
  uint16_t kind;     /* TelarEventKind */
  uint16_t core;     /* where the kind says so */
  uint32_t detail;
} TelarEvent;

/* The object that is waited for, and the task because of which (or TELAR_NO_TASK). */
static inline int64_t
telar_event_wait_value (uint32_t object, uint32_t culprit)
{
  return (int64_t) ((uint64_t) culprit << 32 | object);
}

/* An object, and what the act left in it. */
static inline int64_t
telar_event_act_value (uint32_t object, int64_t value)
{
  return (int64_t) ((uint64_t) value << 32 | object);
}

static inline uint32_t
telar_event_object (int64_t value)
{
  return (uint32_t) value;
}

static inline uint32_t
telar_event_above (int64_t value)
{
  return (uint32_t) ((uint64_t) value >> 32);
}

typedef enum
{
  TELAR_SWITCH_IN,        /* tid runs on core from here */
  TELAR_SWITCH_OUT,       /* blocked */
  TELAR_SWITCH_PREEMPTED, /* still runnable */
  TELAR_SWITCH_FORK,      /* tid was made; by the thread `by` of process `by_pid` */
  TELAR_SWITCH_EXIT,      /* tid ended */
  TELAR_SWITCH_EXEC,      /* tid executed another program */
  TELAR_SWITCH_LOST       /* value in `by`: records that the kernel dropped on this core */
} TelarSwitchKind;

/* One record of the kernel, 32 bytes. */
typedef struct
{
  int64_t  ns;
  int32_t  pid;
  int32_t  tid;
  int32_t  by_pid;
  int32_t  by;
  uint16_t core;
  uint16_t kind;   /* TelarSwitchKind */
  uint32_t reserved;
} TelarSwitch;

/* One look at a thread through /proc, where exact records are refused. Totals since it began. */
typedef struct
{
  int64_t  ns;        /* when it was read */
  int64_t  cpu_ns;    /* on a core so far */
  int64_t  delay_ns;  /* runnable but not on a core so far; -1 where the kernel does not tell */
  uint32_t task;
  int32_t  tid;
  uint16_t core;      /* last one */
  char     state;     /* R, S, D, T, Z, X as /proc tells */
  uint8_t  program;   /* a program of the task, not the task itself */
  uint32_t reserved;
} TelarSample;

/* The share of a core that others used since the last such record, for the strip. */
typedef struct
{
  int64_t  ns;        /* end of the interval */
  int64_t  interval;  /* ns */
  uint16_t core;
  uint16_t busy;      /* everything on this core, per mille of the interval */
  uint16_t steal;     /* taken by the host of a virtual machine, per mille */
  uint16_t reserved;
} TelarLoad;
