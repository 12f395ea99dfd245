/* python.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A graph as the Python program that does the same, written as for a course:
 * multiprocessing.Process, threading.Thread, start, join; straight lines
 * wherever the order is determined. It needs nothing but Python 3.8 or newer.
 */

#pragma once

#include "graph/graph.h"

G_BEGIN_DECLS

/* What a line does for a task. */
typedef enum
{
  TELAR_PYTHON_DEF,    /* begins the function that the task runs */
  TELAR_PYTHON_CREATE, /* p1 = Process(…) */
  TELAR_PYTHON_START,
  TELAR_PYTHON_WAIT,   /* main waits for whichever of several ends first */
  TELAR_PYTHON_JOIN,
  TELAR_PYTHON_CALL,   /* a task of kind call is made */
  TELAR_PYTHON_STEP    /* one step of the task's function or body */
} TelarPythonWhat;

/* One thing that a line does. A line may have several marks (a wait for p1 and
 * p2), a task several lines of one kind. */
typedef struct
{
  guint           line;  /* from 0 */
  guint           n;     /* lines that it takes, ≥ 1 */
  guint32         task;  /* as in relations.h: 0 is main, n + 1 is graph->tasks[n] */
  TelarPythonWhat what;
  int             step;  /* STEP: number of the step in the task, else -1 */
} TelarPythonMark;

typedef struct
{
  char      *text;    /* owned: the program, ends with a newline */
  GArray    *marks;   /* owned TelarPythonMark, by line */
  GPtrArray *notes;   /* owned char*, translated: what a reader should know beside it */
} TelarPython;

/* @graph: sound: telar_graph_check() finds no error in it
 * Returns: (transfer full): the same graph gives the same bytes. */
TelarPython *telar_python_generate (const TelarGraph *graph);
void         telar_python_free     (TelarPython *python);

/* Returns: the mark of @task that is about @what (and @step, where it is one),
 * the first of them, or NULL. */
const TelarPythonMark *telar_python_find (const TelarPython *python,
                                          guint32            task,
                                          TelarPythonWhat    what,
                                          int                step);

/* Returns: the first mark whose lines hold @line, or NULL: a click on it selects
 * the task. */
const TelarPythonMark *telar_python_at   (const TelarPython *python, guint line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarPython, telar_python_free)

G_END_DECLS
