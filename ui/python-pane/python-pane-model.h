/* python-pane-model.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What the Python pane shows, without a widget: the program of a graph, where
 * each task is in it, and which of its lines a run executes.
 *
 * A page is made in one go, in any thread, and never changes afterwards.
 */

#pragma once

#include "graph/graph.h"
#include "python/python.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

typedef struct
{
  TelarGraph  *graph;   /* owned: tasks of the page are its tasks, 0 is main */
  TelarPython *python;  /* owned, nullable: none while the graph has errors */
  char        *fault;   /* owned, nullable: the first error, one sentence */
  GArray      *spans;   /* owned TelarPythonSpan, nullable */
  GArray      *marks;   /* owned TelarPythonMark: those of the program, sorted by line */
  guint       *first;   /* owned: by task, its first one in by_task; n_tasks + 1 of them */
  guint       *by_task; /* owned: indices into marks, task by task, by line */
  GHashTable  *numbers; /* owned: borrowed id → number of the task + 1 */
  guint32      n_tasks;
} TelarPythonPage;

/* @graph: kept by reference; must not change any more (telar_document_snapshot()) */
TelarPythonPage *telar_python_page_new  (TelarGraph *graph);
void             telar_python_page_free (TelarPythonPage *page);

/* Whether there is anything to write a program about. */
gboolean telar_python_has_program (const TelarGraph *graph);

/* Lines, from 0: sorted, each once. (transfer full) (element-type guint) */
GArray     *telar_python_page_lines_of (const TelarPythonPage *page, const char *const *ids);

/* Returns: (transfer none) (nullable): the id of the task that @line is about. */
const char *telar_python_page_task_at  (const TelarPythonPage *page, guint line);

/* For every task of the plan of a run, the task of the page with the same id;
 * TELAR_NOBODY where it is gone. "w.3" is a copy of "w".
 *
 * @run: the graph of the run
 * Returns: (transfer full): plan->n_tasks of them */
guint32 *telar_python_page_match (const TelarPythonPage *page,
                                  const TelarGraph      *run,
                                  const TelarPlan       *plan);

/* The lines that are executed at `now` of a run, of main and of every process
 * and thread that is alive: steps; calls; starts; the joins, or the wait, of
 * those that are waited for. Nothing before a run begins, nothing once it is
 * over.
 *
 * @match: as above, of the timeline's plan
 * Returns: (transfer full) (element-type guint): sorted, each once */
GArray  *telar_python_page_lit   (const TelarPythonPage *page,
                                  const TelarTimeline   *timeline,
                                  const guint32         *match);

/* Private to the two files of this model. */
void     telar_python_lines_add  (GArray *lines, const TelarPythonMark *mark);
void     telar_python_lines_sort (GArray *lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarPythonPage, telar_python_page_free)

G_END_DECLS
