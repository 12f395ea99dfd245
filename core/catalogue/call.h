/* call.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What a function of the catalogue sees of the task that calls it: its
 * arguments, its output, its own place on the machine, and the control of
 * other tasks. Implemented by engine/call.c; plain C on libc, safe after a
 * fork and in every thread.
 */

#pragma once

#include <stdarg.h>

#include "catalogue/catalogue.h"
#include "objects/object.h"

/* Arguments by number. An optional argument that was left out has its
 * parameter's initial value: the plan fills it in. Types are checked before
 * the run; asking for another type than the parameter's is a bug. */
int64_t        telar_call_integer (TelarCall *call, unsigned argument);
double         telar_call_real (TelarCall *call, unsigned argument);
/* A duration in ns; -1 is no limit. */
int64_t        telar_call_duration (TelarCall *call, unsigned argument);
/* NUL-terminated, owned by the plan; valid while the run lasts. */
const char    *telar_call_text (TelarCall *call, unsigned argument);
const int64_t *telar_call_integers (TelarCall *call, unsigned argument, size_t *n);
/* The texts of a TELAR_VALUE_TEXTS parameter, which begin at @argument. */
unsigned       telar_call_n_arguments (TelarCall *call);
/* The object (number of the plan) that a TELAR_VALUE_OBJECT argument means; of a
 * pipe the end, or -1 where it is not said. */
uint32_t telar_call_object (TelarCall *call, unsigned argument);
int      telar_call_object_end (TelarCall *call, unsigned argument);
/* An ITEM as JSON: a text of the plan, which other tasks know by its number, too. */
uint32_t    telar_call_item (TelarCall *call, unsigned argument);
const char *telar_call_item_text (TelarCall *call, uint32_t item);
/* The tasks (numbers of the plan) that a TELAR_VALUE_TASK argument means. */
const uint32_t *telar_call_tasks (TelarCall *call, unsigned argument, size_t *n);

typedef enum
{
  TELAR_STREAM_OUT,
  TELAR_STREAM_ERR
} TelarStream;

/* Prints @size bytes: whole lines, each ended by '\n', go out unmixed with
 * those of other tasks; a line without its end waits for the rest. Blocks when
 * the reader is slow. */
void telar_call_write (TelarCall *call, TelarStream stream, const void *bytes, size_t size);
void telar_call_printf (TelarCall *call, TelarStream stream, const char *format, ...)
    __attribute__ ((format (printf, 3, 4)));
void telar_call_vprintf (TelarCall *call, TelarStream stream, const char *format,
                         va_list arguments) __attribute__ ((format (printf, 3, 0)));

/* Where the calling thread is now. */
int         telar_call_core (TelarCall *call);
unsigned    telar_call_n_cores (TelarCall *call); /* usable by this task */
unsigned    telar_call_n_online_cores (TelarCall *call);
const char *telar_call_task_id (TelarCall *call);
const char *telar_call_parent_id (TelarCall *call);
/* Of the process that this one's parent task runs in, or ran in. */
int         telar_call_parent_pid (TelarCall *call);

/* What the library calls this process, this thread, the parent process (0: main has none)
 * and another task: texts of the plan, for telar_call_item_text() and as results. */
uint32_t    telar_call_process_name (TelarCall *call);
uint32_t    telar_call_thread_name (TelarCall *call);
uint32_t    telar_call_parent_name (TelarCall *call);
uint32_t    telar_call_name (TelarCall *call, uint32_t task);

/* The calling thread's CPU clock, ns. */
int64_t telar_call_cpu_ns (void);

/* Blocked stretches that the timeline shows with their cause: sleep until
 * @until_ns (CLOCK_MONOTONIC, or 0 where no end is known). */
typedef enum
{
  TELAR_CAUSE_NONE,
  TELAR_CAUSE_SLEEP,
  TELAR_CAUSE_JOIN,      /* culprits: the tasks joined */
  TELAR_CAUSE_PROGRAM,   /* a program of the task runs */
  TELAR_CAUSE_PLACE,     /* too many tasks alive at once */
  TELAR_CAUSE_IO,
  /* Of an object. */
  TELAR_CAUSE_LOCK,      /* culprit: who holds it */
  TELAR_CAUSE_SEMAPHORE,
  TELAR_CAUSE_EVENT,
  TELAR_CAUSE_CONDITION,
  TELAR_CAUSE_BARRIER,   /* detail: how many have come */
  TELAR_CAUSE_EMPTY,     /* queue, pipe */
  TELAR_CAUSE_FULL,
  TELAR_CAUSE_DONE,      /* join of a queue */
  TELAR_CAUSE_FLUSH,     /* of a queue, at a process's end */
  TELAR_N_CAUSES
} TelarCause;

void telar_call_wait_begins (TelarCall *call, TelarCause cause, int64_t until_ns);
void telar_call_wait_ends (TelarCall *call);

/* Control of other tasks (implemented by the scope). Each result is what the
 * step shows: NONE, BOOLEAN for a join with timeout, or ERROR. */
TelarResult telar_call_start (TelarCall *call, uint32_t task);
TelarResult telar_call_join (TelarCall *call, uint32_t task, int64_t timeout_ns);
TelarResult telar_call_signal (TelarCall *call, uint32_t task, int signal_number);

/* What tasks share: the run's objects, and the task as a party to them. */
TelarObjects     *telar_call_objects (TelarCall *call);
const TelarParty *telar_call_party (TelarCall *call);
/* Prints an error about @object; the step's result, which ends the task. */
TelarResult       telar_call_fail (TelarCall *call, TelarError error, uint32_t object);
/* A result that is a list, or an object, JSON: it is sent as text. */
TelarResult       telar_call_list (TelarCall *call, const char *text, size_t size);

/* A step whose arguments are a pool, a function and calls of it. */
typedef enum
{
  TELAR_POOL_RETURNS_RESULTS,   /* in the order of the calls; of apply, the one */
  TELAR_POOL_RETURNS_UNORDERED, /* in the order in which they came */
  TELAR_POOL_RETURNS_NOTHING    /* they are asked for by name */
} TelarPoolReturns;

TelarResult telar_call_pool_run (TelarCall *call, TelarPoolReturns how);

/* What became of what was given to a pool, arguments 0 and 1. */
typedef enum
{
  TELAR_POOL_GET,
  TELAR_POOL_READY,
  TELAR_POOL_SUCCESSFUL
} TelarPoolQuestion;

TelarResult telar_call_pool_ask (TelarCall *call, TelarPoolQuestion question, int64_t timeout_ns);

typedef enum
{
  TELAR_POOL_CLOSE,
  TELAR_POOL_TERMINATE,
  TELAR_POOL_JOIN
} TelarPoolEnd;

TelarResult telar_call_pool_end (TelarCall *call, TelarPoolEnd how);

/* Waits for the first of an AWAITED argument. Returns: its id, or false. */
TelarResult       telar_call_wait_any (TelarCall *call, unsigned argument, int64_t timeout_ns);

/* What is known of another task: of one whose parent lives in this process, or of
 * this one; ERROR of others. A task that has not begun is not alive and has
 * neither exit code nor pid (NONE); one that runs has no exit code. */
TelarResult telar_call_is_alive (TelarCall *call, uint32_t task);
TelarResult telar_call_exitcode (TelarCall *call, uint32_t task);
TelarResult telar_call_pid (TelarCall *call, uint32_t task);
/* Joins the processes of this process that have ended. Returns: how many have not. */
unsigned    telar_call_active_children (TelarCall *call);

/* Tells the recorder that @pid runs on behalf of this task (a program). */
void telar_call_program_runs (TelarCall *call, int pid);
/* Adds CPU time that a program of this task used, ns. */
void telar_call_add_cpu (TelarCall *call, int64_t ns);

/* Calls the function of a plug-in that the step names, which was found before
 * the run began. */
TelarResult telar_call_plugin (TelarCall *call);

static inline TelarResult
telar_result_none (void)
{
  return (TelarResult){ .type = TELAR_RESULT_NONE };
}

static inline TelarResult
telar_result_integer (int64_t value)
{
  return (TelarResult){ .type = TELAR_RESULT_INTEGER, .integer = value };
}

static inline TelarResult
telar_result_real (double value)
{
  return (TelarResult){ .type = TELAR_RESULT_REAL, .real = value };
}

/* @type: TEXT or ITEM; @text: of the plan */
static inline TelarResult
telar_result_text (TelarResultType type, uint32_t text)
{
  return (TelarResult){ .type = type, .integer = text };
}

static inline TelarResult
telar_result_boolean (bool value)
{
  return (TelarResult){ .type = TELAR_RESULT_BOOLEAN, .integer = value };
}

/* An error: the runner prints its message on standard error and ends the task
 * with exit code 1. */
static inline TelarResult
telar_result_error (TelarError error)
{
  return (TelarResult){ .type = TELAR_RESULT_ERROR, .integer = error, .ends_task = true,
                        .exit_code = 1 };
}
