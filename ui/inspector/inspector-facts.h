/* inspector-facts.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What the inspector shows of the selected tasks, and which of it can be
 * changed: what they have in common, where they differ, where a fault is. Pure
 * functions of a graph, tested without a display.
 */

#pragma once

#include "edit/document.h"

G_BEGIN_DECLS

/* What several tasks have in common. A field on which they differ is `mixed`;
 * its value is the first task's then. Texts are borrowed from the tasks. */
typedef struct
{
  guint       n;              /* main included */
  gboolean    has_main;
  gboolean    kind_mixed;     /* of those that are not main */
  TelarKind   kind;
  const char *name;           /* nullable */
  gboolean    name_mixed;
  gboolean    body;           /* has a body of steps, as main always does */
  gboolean    body_mixed;
  const char *function;       /* nullable: none of them calls one function */
  gboolean    function_mixed; /* another function, or a body, in some */
  guint       n_steps;        /* of the first */
  guint       repeat;
  gboolean    repeat_mixed;
  guint       copies;
  gboolean    copies_mixed;
  int         core;           /* -1: any */
  gboolean    core_mixed;
  gboolean    daemon;
  gboolean    daemon_mixed;
  int         start_method;   /* TelarStartMethod, or -1: the graph's */
  gboolean    method_mixed;

  /* What there is to be changed. */
  gboolean    can_rename;     /* one task, not main */
  gboolean    can_relate;     /* one task, not main: inside, after */
  gboolean    has_details;    /* no main among them: kind, name, copies, core, daemon */
  gboolean    can_daemon;     /* some is more than a call, or says daemon in spite of it */
  gboolean    can_method;     /* some is a process, or says how it is started in spite of it */
  gboolean    can_be_function;/* its body is one call */
  gboolean    shows_steps;    /* one task with a body */
  gboolean    shows_function; /* all call one function each */
} TelarInspectorFacts;

/* @tasks: (element-type TelarTask): not none; main is called "main" */
void telar_inspector_facts (GPtrArray *tasks, TelarInspectorFacts *facts);

/* Returns: (transfer full): what is selected: "main", "p1", "3 tasks". */
char *telar_inspector_heading (const TelarInspectorFacts *facts, const char *first_id);

/* One argument of the same step of all tasks.
 *
 * @mixed: (out): whether they differ
 * Returns: (transfer none) (nullable): the first task's; NULL where it is left out. */
json_t *telar_inspector_argument (GPtrArray *tasks, guint step, guint argument, gboolean *mixed);

/* Where in the inspector something is that telar_fault_below() names. */
typedef enum
{
  TELAR_PLACE_WHOLE,       /* the task as such, or a key that has no field */
  TELAR_PLACE_ID,
  TELAR_PLACE_FUNCTION,
  TELAR_PLACE_ARGUMENTS,   /* their number */
  TELAR_PLACE_ARGUMENT,
  TELAR_PLACE_REPEAT,
  TELAR_PLACE_COPIES,
  TELAR_PLACE_CORE,
  TELAR_PLACE_DAEMON,
  TELAR_PLACE_INSIDE,
  TELAR_PLACE_AFTER,
  TELAR_PLACE_START_METHOD,
  TELAR_PLACE_CORES
} TelarPlaceKind;

typedef struct
{
  TelarPlaceKind kind;
  guint          step;  /* of FUNCTION, ARGUMENTS, ARGUMENT */
  guint          nth;   /* the argument; which one it is after */
} TelarPlaceIn;

TelarPlaceIn telar_inspector_place (const char *below);

/* Returns: (transfer full): what its field is called: "work, ms", "seconds". */
char *telar_parameter_title (const TelarParameter *parameter);

/* Returns: (transfer full): what a form shows where nothing is written: "0 ms",
 *   "no limit", "world", or that something has to be. */
char *telar_parameter_placeholder (const TelarParameter *parameter);

/* Returns: (transfer full) (nullable): what can be written: "1 to 2048",
 *   "0 to 86400 s; 5 ms, 2 s or 3 min are understood". */
char *telar_parameter_limits (const TelarParameter *parameter);

/* Signals that a person may want, for a menu. */
typedef struct
{
  const char *name;     /* "SIGTERM" */
  int         number;
  const char *meaning;  /* N_() */
} TelarSignal;

const TelarSignal *telar_signals (guint *n_signals);

/* Returns: (transfer full) (nullable): the whole number in @text and @by more,
 *   within the limits; @minimum where nothing is written; NULL where it is no
 *   whole number. */
char *telar_text_step (const char *text, gint64 by, gint64 minimum, gint64 maximum);

/* Reads a whole number as typed.
 *
 * Returns: (transfer full) (nullable): what is wrong with it. */
char *telar_number_read (const char *text, guint64 maximum, guint64 *number);

G_END_DECLS
