/* program.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A program while it is written: names, what is shared, what has to be
 * imported and defined; and the parts that write it.
 */

#pragma once

#include "catalogue/catalogue.h"
#include "graph/relations.h"
#include "graph/value.h"
#include "python/objects.h"
#include "python/order.h"
#include "python/printer.h"

G_BEGIN_DECLS

/* A list that several calls get, or one too long to stand in a line. */
typedef struct
{
  char       *text;    /* owned: as a literal, what it is found by */
  GArray     *numbers; /* owned gint64 */
  const char *wanted;  /* borrowed: the parameter's name */
  const char *name;    /* borrowed, NULL where it stands where it is used */
  guint       uses;
  gboolean    inner;   /* used in a def, too, so that it is defined before all of them */
} TelarPythonList;

typedef struct
{
  const TelarGraph *graph;     /* borrowed */
  TelarRelations   *relations; /* owned */
  GPtrArray        *children;  /* owned GArray of guint32, by parent */
  GPtrArray        *orders;    /* owned TelarOrder, by task; NULL where it has no children */
  GHashTable       *taken;     /* owned names */
  const char      **names;     /* owned array of borrowed names: the variables, by task */
  const char      **defs;      /* owned array of borrowed names: run_p1 */
  gboolean         *defined;   /* owned: it runs a function of its own */
  gboolean         *counted;   /* owned: its copies have to know which one they are */
  gboolean         *watched;   /* owned: a thread whose end a wait must see */
  GPtrArray        *lists;     /* owned TelarPythonList, in order of first use */
  TelarPythonObject *objects;  /* owned array, by object of the graph */
  GHashTable       *modules;   /* owned set of names to import: "os", "queue.Full" */
  GHashTable       *used;      /* owned set of names of rows of functions.h */
  GHashTable       *results;   /* owned: names of what pools give back → borrowed variable */
  gboolean          called;    /* somebody asks for names: tasks are given theirs */
  gboolean          nested;    /* a process runs a function that is inside another */
  gboolean          mixed;     /* some processes fork, and others are started otherwise */
  gboolean          managed;   /* main has made its manager */
} TelarPythonProgram;

TelarPythonProgram *telar_python_program_new  (const TelarGraph *graph);
void                telar_python_program_free (TelarPythonProgram *program);

const TelarTask *telar_python_task     (const TelarPythonProgram *program, guint32 task);
const GArray    *telar_python_children (const TelarPythonProgram *program, guint32 task);
void             telar_python_import   (TelarPythonProgram *program, const char *name);

/* How a process is started: one that runs a function inside another only by fork. */
TelarStartMethod telar_python_method (const TelarPythonProgram *program, guint32 task);
/* How those are that are not told otherwise. */
TelarStartMethod telar_python_usual_method (const TelarPythonProgram *program);

/* Uses a row of functions.h, with what it imports and calls; a function without
 * one, which only C knows, is defined as what cannot be called.
 *
 * Returns: what the program calls. */
const char *telar_python_use (TelarPythonProgram *program, const char *function);

/* Whether some (@all: and all) calls of a function give its optional argument. */
void telar_python_options (const TelarPythonProgram *program, const char *function,
                           gboolean *some, gboolean *all);

/* program-steps.c ---------------------------------------------------------- */

/* Whether it starts, joins or ends other tasks: no function that could be a target. */
gboolean telar_python_is_control (const TelarStep *step);

/* "numbers, 15", or "" (transfer full). */
char *telar_python_arguments (TelarPythonProgram *program, guint32 task, const TelarStep *step);

/* All steps of @task, repeated as it says. */
void telar_python_print_body (TelarPythonProgram *program, TelarPrinter *out, guint32 task);

/* "p1.start()", "for process in w:" with it. */
void telar_python_print_method (TelarPythonProgram *program, TelarPrinter *out,
                                TelarPythonRef ref, const char *call);

/* What a task is called, quoted: "'p1'", "f'w.{i}'" (transfer full). */
char *telar_python_called (const TelarPythonProgram *program, guint32 task);
/* The variable that counts the copies of @task (transfer full). */
char *telar_python_counter (const TelarPythonProgram *program, guint32 task);

/* program-share.c ---------------------------------------------------------- */

/* The objects that @task's function makes. */
void telar_python_print_objects (TelarPythonProgram *program, TelarPrinter *out, guint32 task);

/* "m, q": what main hands over to the function of @task, or "" (transfer full). */
char *telar_python_given (const TelarPythonProgram *program, guint32 task);

/* A step of the group Share. @held: how often the task holds each lock here. */
void telar_python_print_share (TelarPythonProgram *program, TelarPrinter *out, guint32 task,
                               const TelarStep *step, const guint *held);

/* The lock that holding an object is: a condition's, if it was given one. */
guint telar_python_lock_of (const TelarPythonProgram *program, guint object);

/* The variable that an argument means: the end of a pipe, or the object; or NULL. */
const char *telar_python_variable (const TelarPythonProgram *program, guint32 task,
                                   const TelarStep *step, const json_t *argument);

/* As Python writes it. */
void telar_python_append_item (GString *out, const json_t *json);

/* memory.c ----------------------------------------------------------------- */

/* A list or a dictionary; where it is the first one of processes, the manager before it. */
gboolean telar_python_is_collection    (TelarObjectType type);
void     telar_python_print_collection (TelarPythonProgram *program, TelarPrinter *out,
                                        guint object);
/* s = SharedMemory(…); at the end of @task's function, which makes it, s.unlink(). */
void     telar_python_print_block (TelarPythonProgram *program, TelarPrinter *out, guint object);
void     telar_python_end_blocks  (TelarPythonProgram *program, TelarPrinter *out, guint32 task);
/* Returns: whether the step works on one of them. */
gboolean telar_python_print_memory_step (TelarPythonProgram *program, TelarPrinter *out,
                                         guint32 task, const TelarStep *step);

/* pools.c ------------------------------------------------------------------ */

/* pool = Pool(4): those that @task's function makes; at its end pool.close() and
 * pool.join(). */
void telar_python_print_pools (TelarPythonProgram *program, TelarPrinter *out, guint32 task);
void telar_python_end_pools   (TelarPythonProgram *program, TelarPrinter *out, guint32 task);
/* Returns: whether the step works on a pool. */
gboolean telar_python_print_pool_step (TelarPythonProgram *program, TelarPrinter *out,
                                       guint32 task, const TelarStep *step);

/* program-tasks.c ---------------------------------------------------------- */

/* p1 = Process(…) */
void telar_python_print_creation (TelarPythonProgram *program, TelarPrinter *out, guint32 task);

/* The def of a task that has one, with what is inside. */
void telar_python_print_def (TelarPythonProgram *program, TelarPrinter *out, guint32 task);

/* A task of kind call. */
void telar_python_print_call (TelarPythonProgram *program, TelarPrinter *out, guint32 task);

/* program-scope.c ---------------------------------------------------------- */

/* What main or a task's def holds: creations, starts, body, joins. */
void telar_python_print_scope (TelarPythonProgram *program, TelarPrinter *out, guint32 task);

/* notes.c ------------------------------------------------------------------ */

/* (transfer full) (element-type utf8) */
GPtrArray *telar_python_notes (const TelarPythonProgram *program);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarPythonProgram, telar_python_program_free)

G_END_DECLS
