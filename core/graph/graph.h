/* graph.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A graph in memory: tasks in file order, what each calls, who comes after
 * whom and what is inside what. It may be faulty while a person builds it;
 * check.h tells what is wrong, plan-build.h makes it ready to run.
 */

#pragma once

#include <glib.h>
#include <jansson.h>

#include "graph/object.h"
#include "plan/plan.h"

G_BEGIN_DECLS

/* One call of a function: a task's function, or a step of its body. */
typedef struct
{
  char   *function; /* owned */
  json_t *args;     /* owned array, as written in the file */
} TelarStep;

typedef struct
{
  char      *id;        /* owned; "main" for main */
  char      *name;      /* owned, nullable */
  TelarKind  kind;
  gboolean   has_body;  /* `body` was given, else `function` (one step) */
  GPtrArray *steps;     /* owned TelarStep; a body may be empty, as main's is where none
                         * is given */
  guint      repeat;    /* ≥ 1 */
  guint      copies;    /* ≥ 1 */
  char      *inside;    /* owned, nullable (main): the id of a process */
  GPtrArray *after;     /* owned char* ids as written: "w", or "w.2" for one copy */
  int        core;      /* or -1 */
  int        start_method; /* TelarStartMethod, or -1: the graph's */
  gboolean   daemon;
  gboolean   has_position;
  double     x, y;      /* canvas pixels */
  json_t    *unknown;   /* owned object: keys of a newer version, kept */
} TelarTask;

typedef enum
{
  TELAR_PLACEMENT_FREE,
  TELAR_PLACEMENT_SPREAD,
  TELAR_PLACEMENT_PACKED
} TelarPlacement;

typedef struct
{
  gatomicrefcount  references;
  char            *file;            /* nullable: where it was read from */
  char            *name;            /* nullable */
  char            *description;     /* nullable: the sentence that the chooser shows */
  TelarStartMethod start_method;
  TelarPlacement   placement;
  gboolean         method_given;    /* written even where it is the default */
  gboolean         placement_given;
  GArray          *cores;           /* int; NULL is "all" */
  gboolean         skip_on_failure; /* "on-failure": "skip" */
  guint            alive_limit;     /* "alive-limit"; 0 when not given: 1024 */
  guint64          memory_limit;    /* "memory-limit" in MiB, kept in bytes; 0 when not given */
  TelarTask       *main;            /* function or body of main; no steps when not given */
  GPtrArray       *tasks;           /* TelarTask, in file order, main not among them */
  GPtrArray       *objects;         /* TelarObject, in file order; what tasks share */
  json_t          *unknown;         /* owned object: keys of a newer version, kept */
} TelarGraph;

#define TELAR_MAX_TASKS 10000u
#define TELAR_ALIVE_LIMIT 1024u

TelarGraph *telar_graph_new   (void);
TelarGraph *telar_graph_ref   (TelarGraph *graph);
void        telar_graph_unref (TelarGraph *graph);

TelarTask *telar_task_new  (const char *id, TelarKind kind);
void       telar_task_free (TelarTask *task);
TelarStep *telar_step_new  (const char *function, json_t *args /* (transfer full) */);
void       telar_step_free (TelarStep *step);

/* Copies for memory's sake share what is in them: steps, `after`, arguments,
 * objects and unknown keys, none of which may then be changed in place.
 *
 * Returns: (transfer full) */
TelarTask  *telar_task_copy  (const TelarTask *task);
TelarGraph *telar_graph_copy (const TelarGraph *graph);

/* Returns: (nullable) (transfer none): the task called @id; "main" is main. */
TelarTask *telar_graph_find (const TelarGraph *graph, const char *id);

/* Returns: the number of the object called @id, or -1. */
int telar_graph_find_object (const TelarGraph *graph, const char *id);

/* Returns: (transfer full): "square([43, 50, …])", at most @length characters
 * (0: all). */
char *telar_step_describe (const TelarStep *step, guint length);

/* Texts of a file: "process", "spread", "fork"… and back (-1 where unknown). */
const char *telar_kind_name (TelarKind kind);
int         telar_kind_parse (const char *text);
const char *telar_placement_name (TelarPlacement placement);
int         telar_placement_parse (const char *text);
const char *telar_start_method_name (TelarStartMethod method);
int         telar_start_method_parse (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarGraph, telar_graph_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarTask, telar_task_free)

G_END_DECLS
