/* objects.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What tasks share, in a program: which variable an object is, where it is made
 * and of which class, and what each task is given of it.
 */

#pragma once

#include "graph/relations.h"

G_BEGIN_DECLS

/* How an object is used. */
typedef struct
{
  const char *names[2];  /* borrowed: of a pipe, its two ends; else the first alone */
  guint32     home;      /* the task whose function makes it */
  gboolean    used;      /* by some task */
  gboolean    threads;   /* one process uses it alone: its threads share it anyway */
  gboolean    breaks;    /* barrier: some step breaks it, or may */
  gboolean    in_full;   /* simple queue: some step asks what only a Queue can */
  gboolean    asked;     /* semaphore, queue: some step asks what only multiprocessing's can */
} TelarPythonObject;

/* Returns: (transfer full): one for each object of the graph, without names. */
TelarPythonObject *telar_python_objects_new (const TelarRelations *relations);

/* The objects, and of pipes the ends, that a task itself names: codes of
 * TELAR_PYTHON_PART (object, end), each once. (transfer full) */
GArray *telar_python_parts (const TelarRelations *relations, guint32 task);

#define TELAR_PYTHON_PART(object, end) ((guint) (object) * 2 + (end))

/* Whether a step does something to an object, or waits for one of several. */
gboolean telar_python_shares (const TelarStep *step);

/* The object (its number) that an argument means, or -1. */
int telar_python_object (const TelarGraph *graph, const json_t *argument);

/* Whether the argument is there: null leaves it out. */
gboolean telar_python_is_given (const TelarStep *step, guint argument);

G_END_DECLS
