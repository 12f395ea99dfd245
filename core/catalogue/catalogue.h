/* catalogue.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The functions that a task can call: one table row a function, from which
 * `telar functions`, the checks of a graph, the forms of the window and the
 * run itself all come.
 *
 * This folder is plain C on libc: its functions run after a fork.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifndef N_
/* Marked for translation, translated where it is shown; word for word GLib's own. */
#define N_(String) (String)
#endif

/* What a parameter takes, as a graph file writes it. */
typedef enum
{
  TELAR_VALUE_INTEGER,   /* whole number, `5`; a signal also by name, `"SIGTERM"` */
  TELAR_VALUE_REAL,      /* number, `0.5` */
  TELAR_VALUE_DURATION,  /* number in the parameter's own unit, or text with one: `"5 ms"` */
  TELAR_VALUE_TEXT,      /* `"Done"`; a number or a list is taken as its text */
  TELAR_VALUE_FILE,      /* text, a file name relative to the graph's folder */
  TELAR_VALUE_INTEGERS,  /* list of whole numbers, `[43, 50]` */
  TELAR_VALUE_SIGNAL,    /* `15` or `"SIGTERM"` or `"TERM"` */
  TELAR_VALUE_TASK,      /* `{"task": "p1"}`: with copies, all of them */
  TELAR_VALUE_TEXTS,     /* every argument that is left, each a text */
  TELAR_VALUE_OBJECT,    /* `{"object": "m"}`: one of the types that the parameter accepts */
  TELAR_VALUE_ITEM,      /* anything: `5`, `"Done"`, `[1, 2]`; what a queue or a pipe carries */
  TELAR_VALUE_AWAITED,   /* a task, an object, or a list of them:
                          * `[{"task": "p1"}, {"object": "c", "end": 0}]` */
  /* Calls of the function that the argument before names, a list: */
  TELAR_VALUE_EACH,      /* `[1, 2]`: one for each, with that as its argument */
  TELAR_VALUE_ROWS,      /* `[[1, 2], [3, 4]]`: one for each, with those as its arguments */
  TELAR_VALUE_CALL       /* `[1, 2]`: one, with these as its arguments */
} TelarValueType;

typedef struct
{
  const char *name;      /* `numbers` */
  TelarValueType type;
  bool        optional;  /* when left out the function gets `initial` (or, for a duration
                          * with initial < 0, no limit at all) */
  double      initial;
  double      minimum;   /* of the number, of each number of a list */
  double      maximum;
  const char *unit;      /* "ms", "s" or NULL; what a bare number counts */
  const char *initial_text; /* `initial` of a TEXT or FILE; NULL is "" */
  uint32_t    objects;   /* of an OBJECT, AWAITED: 1 << TelarObjectType, one or more */
} TelarParameter;

#define TELAR_MAX_PARAMETERS 5

/* What a step gave back. */
typedef enum
{
  TELAR_RESULT_NONE,     /* null */
  TELAR_RESULT_BOOLEAN,  /* integer != 0 */
  TELAR_RESULT_INTEGER,  /* integer */
  TELAR_RESULT_REAL,     /* real */
  TELAR_RESULT_TEXT,     /* integer is a text of the plan */
  TELAR_RESULT_ITEM,     /* integer is a text of the plan: JSON */
  TELAR_RESULT_LIST,     /* integer counts those of the task, from 0: they are sent as text,
                          * JSON: a list, or an object */
  TELAR_RESULT_ERROR     /* integer is a TelarError; the task ends with exit code 1, but
                          * where ends_task is not set: a result that has a name */
} TelarResultType;

/* Errors of steps; telar_error_name() gives the name that a report shows. */
typedef enum
{
  TELAR_ERROR_NONE,
  TELAR_ERROR_ALREADY_STARTED,  /* start of a task that was started */
  TELAR_ERROR_NOT_STARTED,      /* join, terminate or kill before start */
  TELAR_ERROR_NOT_A_CHILD,      /* join, terminate or kill of a task that another started */
  TELAR_ERROR_JOIN_SELF,
  TELAR_ERROR_IS_THREAD,        /* terminate or kill of a thread */
  TELAR_ERROR_DAEMON_CHILD,     /* a daemonic process may not start children */
  TELAR_ERROR_COULD_NOT_START,  /* fork or thread creation refused */
  TELAR_ERROR_FILE,             /* a file that cannot be read */
  TELAR_ERROR_MEMORY,
  TELAR_ERROR_PROGRAM,          /* a program that could not be executed */
  TELAR_ERROR_SIGNAL,           /* a signal that cannot be ignored, or ends nothing */
  TELAR_ERROR_NOT_HELD,         /* release of a lock that nobody holds */
  TELAR_ERROR_NOT_OWNER,        /* release of an rlock that another holds, or nobody */
  TELAR_ERROR_BOUND,            /* release of a semaphore that is at its bound */
  TELAR_ERROR_BROKEN,           /* wait at a broken barrier */
  TELAR_ERROR_OWNER_DIED,       /* a lock was acquired whose owner was killed */
  TELAR_ERROR_CLOSED,           /* put, get, send… after the task closed it */
  TELAR_ERROR_END_OF_FILE,      /* receive where nobody can send any more */
  TELAR_ERROR_BROKEN_PIPE,      /* send where nobody can receive any more */
  TELAR_ERROR_END,              /* an end of a pipe that does not do this */
  TELAR_ERROR_INDEX,            /* an array, a list or a block has no such element */
  TELAR_ERROR_NUMBER,           /* a fraction for a value that holds whole numbers */
  TELAR_ERROR_TOO_BIG,          /* an item larger than a queue is */
  TELAR_ERROR_TASK_DONE,        /* task_done called more often than items were got */
  TELAR_ERROR_ITEM_FAILED,      /* a pool's call failed */
  TELAR_ERROR_ITEM_LOST,        /* the worker of a pool's one call was killed */
  TELAR_ERROR_POOL_CLOSED,      /* map, apply… after close or terminate */
  TELAR_ERROR_POOL_RUNNING,     /* join of a pool that was not closed */
  TELAR_ERROR_NO_RESULT,        /* get_result… of what was not given to the pool yet */
  TELAR_ERROR_NOT_READY,        /* successful of what is not done yet */
  TELAR_ERROR_KEY,              /* a dictionary has no such key */
  TELAR_ERROR_FULL,             /* a list or dictionary holds as much as it can */
  TELAR_ERROR_NO_NUMBER,        /* increment of what is no number */
  TELAR_ERROR_FORMAT,           /* a number for which there are too few bytes, or of another kind */
  TELAR_N_ERRORS
} TelarError;

const char *telar_error_name (TelarError error); /* "already-started" */

typedef struct
{
  TelarResultType type;
  bool            ends_task; /* `exit`, `fail`: the task ends with exit_code */
  int             exit_code; /* 0…255 */
  union
  {
    int64_t integer;
    double  real;
  };
} TelarResult;

/* One call while it goes on: arguments, and what a function may do. Made by
 * the engine's task runner; see engine/call.h for its inside. */
typedef struct _TelarCall TelarCall;

typedef TelarResult (*TelarFunctionBody) (TelarCall *call);

typedef enum
{
  TELAR_GROUP_SAY,
  TELAR_GROUP_COMPUTE,
  TELAR_GROUP_WAIT,
  TELAR_GROUP_SHARE,
  TELAR_GROUP_CONTROL,
  TELAR_GROUP_YOURS,
  TELAR_N_GROUPS
} TelarGroup;

const char *telar_group_title (TelarGroup group); /* untranslated, marked: N_("Say") … */

typedef struct
{
  const char       *name;
  TelarGroup        group;
  const char       *help;    /* N_(): one sentence, what it does and prints */
  const char       *returns; /* N_(): "the number of primes", or NULL for nothing */
  TelarFunctionBody body;
  TelarParameter    parameters[TELAR_MAX_PARAMETERS];
  unsigned          n_parameters;
  bool              runs_programs; /* asks before a foreign graph may run it */
} TelarFunction;

/* The whole table, in the order in which people see it. */
const TelarFunction *telar_catalogue (unsigned *n_functions);

/* Returns: the row called @name, or NULL. */
const TelarFunction *telar_catalogue_find (const char *name);

/* Returns: the row's number (stable within one build), or -1. */
int telar_catalogue_number (const char *name);
