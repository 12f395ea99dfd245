/* plan.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A plan is a graph made ready to run: one block of memory without pointers,
 * written by telar (plan-build.c, with GLib) and read by telar-engine and the
 * tasks (plan.c, on libc alone). Copies are spelled out, references are task
 * numbers, durations are nanoseconds, defaults are filled in, placement is a
 * core a task. Native byte order: a plan never leaves the machine.
 *
 *   TelarPlan | TelarPlanTask[] | TelarPlanStep[] | TelarPlanValue[] |
 *   TelarPlanObject[] | uint32_t links[] | int64_t integers[] | text
 *
 * Every offset and every number is verified once by telar_plan_check(); after
 * that the accessors below need no checks.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TELAR_PLAN_MAGIC   0x6e616c7072616c74ull /* "tlarplan" */
#define TELAR_PLAN_VERSION 3u

#define TELAR_MAIN         0u          /* the number of main among the tasks */
#define TELAR_NO_TASK      UINT32_MAX
#define TELAR_MAX_CORES    1024u
#define TELAR_NO_OBJECT    UINT32_MAX
#define TELAR_NO_STEP      UINT32_MAX
#define TELAR_MAX_OBJECTS  1000u

typedef enum
{
  TELAR_KIND_PROCESS,
  TELAR_KIND_THREAD,
  TELAR_KIND_CALL
} TelarKind;

typedef enum
{
  TELAR_METHOD_FORK,
  TELAR_METHOD_FORKSERVER,
  TELAR_METHOD_SPAWN
} TelarStartMethod;

/* What tasks share, in the words of the library that Telar follows. */
typedef enum
{
  TELAR_OBJECT_LOCK,
  TELAR_OBJECT_RLOCK,
  TELAR_OBJECT_SEMAPHORE,
  TELAR_OBJECT_BOUNDED_SEMAPHORE,
  TELAR_OBJECT_EVENT,
  TELAR_OBJECT_CONDITION,
  TELAR_OBJECT_BARRIER,
  TELAR_OBJECT_QUEUE,
  TELAR_OBJECT_JOINABLE_QUEUE,
  TELAR_OBJECT_SIMPLE_QUEUE,
  TELAR_OBJECT_PIPE,
  TELAR_OBJECT_VALUE,
  TELAR_OBJECT_ARRAY,
  TELAR_OBJECT_POOL,
  TELAR_OBJECT_SHARED_MEMORY,
  TELAR_OBJECT_LIST,
  TELAR_OBJECT_DICTIONARY,
  TELAR_N_OBJECT_TYPES
} TelarObjectType;

/* Of a plan's object. */
#define TELAR_PIPE_DUPLEX 1u /* both ends send and receive */
#define TELAR_HOLDS_REALS 2u /* value, array: numbers with a fraction */

typedef struct
{
  uint64_t magic;
  uint32_t version;
  uint32_t size;              /* of the whole block, bytes */
  uint32_t n_tasks, tasks;    /* number, byte offset of the first; task 0 is main */
  uint32_t n_steps, steps;
  uint32_t n_values, values;
  uint32_t n_objects, objects;
  uint32_t n_links, links;
  uint32_t n_integers, integers;
  uint32_t text_size, text;   /* NUL-terminated strings; offset 0 is "" */
  uint32_t name;              /* text: the graph's */
  uint32_t folder;            /* text: where the tasks run, absolute; "" is telar's own */
  uint32_t alive_limit;       /* tasks alive at once */
  uint32_t steps_limit;       /* steps recorded in full, then counted */
  uint64_t memory_limit;      /* bytes a process (address space), 0 is none */
  uint8_t  skip_on_failure;   /* "on-failure": "skip" */
  uint8_t  start_method;      /* TelarStartMethod */
  uint8_t  restricts_cores;   /* cores[] is in force for main */
  uint8_t  reserved[5];
  uint64_t cores[TELAR_MAX_CORES / 64]; /* bit n: logical processor n may be used */
} TelarPlan;

typedef struct
{
  uint32_t id;                  /* text: "p1", "w.3" */
  uint32_t title;               /* text: "p1 square", for ps and lanes */
  uint32_t parent;              /* task number; TELAR_NO_TASK for main */
  uint32_t first_child;         /* links: tasks this scope starts itself, in file order,
                                 * which is that of their numbers */
  uint32_t n_children;
  uint32_t n_started;           /* tasks that its own body starts by steps */
  uint32_t first_after;         /* links: task numbers */
  uint32_t n_after;
  uint32_t first_step;          /* a function is a body of one step */
  uint32_t n_steps;             /* main may have none */
  uint32_t repeat;              /* times the body runs, ≥ 1 */
  int32_t  core;                /* pinned there, or -1 */
  uint8_t  kind;                /* TelarKind; main is a process */
  uint8_t  daemon;
  uint8_t  started_by_body;     /* not in its parent's children: a step starts it */
  uint8_t  start_method;        /* TelarStartMethod; of a process, else fork */
  uint16_t pool;                /* object + 1 of the pool that it is a worker of, or 0 */
  uint8_t  spare;               /* of a worker: it is started in another's place, or never */
  uint8_t  named;               /* its title is its id, a blank, and the name that it was given */
} TelarPlanTask;

typedef struct
{
  uint32_t function;            /* number in the catalogue */
  uint32_t text;                /* text: "square([43, 50, …])" as people see it */
  uint32_t first_value;
  uint32_t n_values;            /* one a parameter, more for TELAR_VALUE_TEXTS */
} TelarPlanStep;

typedef struct
{
  uint32_t type;                /* TelarValueType */
  uint32_t count;               /* of a list, of links */
  union
  {
    int64_t  integer;           /* INTEGER, SIGNAL; DURATION in ns, -1 no limit */
    double   real;
    uint64_t first;             /* TEXT, FILE, TEXTS, ITEM: text; INTEGERS: integers; TASK: links;
                                 * OBJECT: object, count is 0 for none, else 1, or 2 + a pipe's
                                 * end; AWAITED: integers, telar_plan_awaited(); EACH, ROWS,
                                 * CALL: integers, telar_plan_calls() */
  };
} TelarPlanValue;

/* Whether a process of the plan is started by @method. */
bool telar_plan_uses (const TelarPlan *plan, TelarStartMethod method);

typedef struct
{
  uint32_t id;                  /* text: "m" */
  uint32_t type;                /* TelarObjectType */
  uint32_t of;                  /* condition: the number of its lock, or TELAR_NO_OBJECT: one of
                                 * its own */
  uint32_t flags;               /* TELAR_PIPE_DUPLEX… */
  int64_t  amount;              /* semaphore: what it begins with; barrier: parties; queue:
                                 * items that it holds, 0 no limit; array: its length; shared memory:
                                 * its size in bytes; pool: how many workers it has at a time */
  double   initial;             /* value: what it begins with */
  /* Of a pool. */
  uint32_t owner;               /* the task that opens it, whose children the workers are */
  uint32_t first_worker;        /* tasks with numbers in a row: workers, then spares */
  uint32_t n_workers;           /* all of them */
  uint32_t n_jobs;              /* steps that give it work */
  uint32_t n_cells;             /* items of all of those */
  uint32_t initializer;         /* a step that each worker begins with, or TELAR_NO_STEP */
  uint32_t max_tasks;           /* chunks after which a worker ends, 0: none */
  uint32_t reserved;
} TelarPlanObject;

/* Verifies a plan that came from elsewhere, for a catalogue of @n_functions.
 *
 * Returns: NULL, or what is wrong, in a few words. */
const char *telar_plan_check (const void *block, size_t size, uint32_t n_functions);

/* Verifies, of a plan that telar_plan_check() found sound, that each step has the
 * arguments that its function in the catalogue of this very program takes.
 *
 * Returns: NULL, or what is wrong, in a few words. */
const char *telar_plan_check_arguments (const TelarPlan *plan);

/* "lock", "bounded-semaphore"… as a file names them, and back (-1 where unknown). */
const char *telar_object_type_name (TelarObjectType type);
int         telar_object_type_parse (const char *text);

/* A table, which telar_plan_check() found aligned. */
static inline const void *
telar_plan_table (const TelarPlan *plan, uint32_t offset)
{
  return (const char *) plan + offset;
}

static inline const TelarPlanTask *
telar_plan_task (const TelarPlan *plan, uint32_t task)
{
  return (const TelarPlanTask *) telar_plan_table (plan, plan->tasks) + task;
}

/* The process task that a task lives in: itself, where it is one. */
static inline uint32_t
telar_plan_process_of (const TelarPlan *plan, uint32_t task)
{
  while (telar_plan_task (plan, task)->kind != TELAR_KIND_PROCESS)
    task = telar_plan_task (plan, task)->parent;
  return task;
}

/* The task in whose thread a task runs: itself, unless it is a call. */
static inline uint32_t
telar_plan_thread_of (const TelarPlan *plan, uint32_t task)
{
  while (telar_plan_task (plan, task)->kind == TELAR_KIND_CALL)
    task = telar_plan_task (plan, task)->parent;
  return task;
}

static inline const TelarPlanStep *
telar_plan_step (const TelarPlan *plan, uint32_t step)
{
  return (const TelarPlanStep *) telar_plan_table (plan, plan->steps) + step;
}

static inline const TelarPlanValue *
telar_plan_value (const TelarPlan *plan, uint32_t value)
{
  return (const TelarPlanValue *) telar_plan_table (plan, plan->values) + value;
}

static inline const TelarPlanObject *
telar_plan_object (const TelarPlan *plan, uint32_t object)
{
  return (const TelarPlanObject *) telar_plan_table (plan, plan->objects) + object;
}

static inline const uint32_t *
telar_plan_links (const TelarPlan *plan, uint32_t first)
{
  return (const uint32_t *) telar_plan_table (plan, plan->links) + first;
}

static inline const int64_t *
telar_plan_integers (const TelarPlan *plan, uint64_t first)
{
  return (const int64_t *) telar_plan_table (plan, plan->integers) + first;
}

/* One that a TELAR_VALUE_AWAITED waits for: in an integer,
 *
 *   33              32          31 … 0
 *   a pipe's end    an object   number
 */
typedef struct
{
  uint32_t number;
  bool     is_object;
  unsigned end;
} TelarPlanAwaited;

static inline TelarPlanAwaited
telar_plan_awaited (const TelarPlan *plan, uint64_t first, uint32_t nth)
{
  uint64_t bits = (uint64_t) telar_plan_integers (plan, first)[nth];

  return (TelarPlanAwaited){ .number = (uint32_t) bits, .is_object = (bits >> 32 & 1) != 0,
                             .end = bits >> 33 & 1 };
}

/* What a step gives a pool to do: calls, each a step of the plan that no task has
 * in its body, in chunks. Where a chunk is more than one call, those steps are
 * followed by one a chunk, whose text tells which. */
typedef struct
{
  uint32_t first_step;
  uint32_t n;          /* calls */
  uint32_t chunk;      /* of so many, ≥ 1 */
  uint32_t n_chunks;
  uint32_t job;        /* number among the pool's jobs */
  uint32_t first_cell; /* where the results go */
} TelarPlanCalls;

#define TELAR_PLAN_CALLS 6u /* integers */

static inline TelarPlanCalls
telar_plan_calls (const TelarPlan *plan, uint64_t first)
{
  const int64_t *it = telar_plan_integers (plan, first);

  return (TelarPlanCalls){ (uint32_t) it[0], (uint32_t) it[1], (uint32_t) it[2],
                           (uint32_t) it[3], (uint32_t) it[4], (uint32_t) it[5] };
}

/* The step that stands for a chunk in a record. */
static inline uint32_t
telar_plan_chunk_step (const TelarPlanCalls *calls, uint32_t chunk)
{
  return calls->first_step + (calls->chunk > 1 ? calls->n : 0) + chunk;
}

static inline const char *
telar_plan_text (const TelarPlan *plan, uint64_t text)
{
  return (const char *) plan + plan->text + text;
}

/* Texts that each plan begins with, behind "": what the library calls the process in
 * which a run begins, and the first thread of each process. */
#define TELAR_PLAN_MAIN_PROCESS "MainProcess"
#define TELAR_PLAN_MAIN_THREAD  "MainThread"

/* What the library calls a task: the name that it was given, else its id.
 *
 * Returns: a text; 0 where the plan has none */
uint32_t telar_plan_name        (const TelarPlan *plan, uint32_t task);
/* The process that a task lives in, and the thread that it runs in. */
uint32_t telar_plan_process_name (const TelarPlan *plan, uint32_t task);
uint32_t telar_plan_thread_name  (const TelarPlan *plan, uint32_t task);
