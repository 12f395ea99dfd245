/* check-fork.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Processes that are forked from a process with threads. The child gets a copy
 * of the memory, but of the threads only the one that forks: what another was
 * at the middle of stays so for ever, a lock that it held stays locked. Telar's
 * own functions bear that; the Python program that does the same may hang.
 *
 * Told where a thread may be alive when the process is started, by the order
 * that a scope keeps (engine/scope.h) and that of the steps of a body.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "graph/check-private.h"

typedef struct
{
  TelarCheck *check;
  guint8     *before;  /* owned, one a task: the process comes after it */
  guint32    *queue;   /* owned, room for every task */
} Forks;

static const TelarTask *
get_task (const Forks *forks, guint32 task)
{
  return telar_relations_task (forks->check->relations, task);
}

static guint32
parent_of (const Forks *forks, guint32 task)
{
  return forks->check->relations->tasks[task].parent;
}

static gboolean
is_started_by_body (const Forks *forks, guint32 task)
{
  return forks->check->relations->tasks[task].starter != TELAR_NOBODY;
}

/* The task that the process itself starts or calls: this one, or what it is in. */
static guint32
anchor_of (const Forks *forks, guint32 task, guint32 process)
{
  for (guint32 n = 0; parent_of (forks, task) != process; n++)
    {
      if (parent_of (forks, task) == TELAR_NOBODY || n > forks->check->relations->n_tasks)
        return TELAR_NOBODY;
      task = parent_of (forks, task);
    }
  return task;
}

/* Marks what @task comes after, through any number of tasks. */
static void
mark_before (Forks *forks, guint32 task)
{
  guint32 n = 0;

  memset (forks->before, 0, forks->check->relations->n_tasks);
  forks->queue[n++] = task;
  for (guint32 at = 0; at < n; at++)
    {
      const GPtrArray *after = get_task (forks, forks->queue[at])->after;

      for (guint i = 0; i < after->len; i++)
        {
          guint32 before = telar_relations_find (forks->check->relations,
                                                 g_ptr_array_index (after, i), NULL);
          if (before == TELAR_NOBODY || before == task || forks->before[before])
            continue;
          forks->before[before] = 1;
          forks->queue[n++] = before;
        }
    }
}

/* Whether @task comes after @other; for few, and without marks. */
static gboolean
comes_after (const Forks *forks, guint32 task, guint32 other, guint depth)
{
  const GPtrArray *after = get_task (forks, task)->after;

  for (guint i = 0; depth > 0 && i < after->len; i++)
    {
      guint32 before = telar_relations_find (forks->check->relations, g_ptr_array_index (after, i),
                                             NULL);
      if (before == other
          || (before != TELAR_NOBODY && comes_after (forks, before, other, depth - 1)))
        return TRUE;
    }
  return FALSE;
}

/* The first step of @task that does @function to @target, before step @end.
 * Returns: its number, or -1. */
static int
find_step (const Forks *forks, guint32 task, const char *function, guint32 target, int end)
{
  const GPtrArray *steps = get_task (forks, task)->steps;

  for (int i = 0; i < MIN ((int) steps->len, end); i++)
    {
      const TelarStep *step = g_ptr_array_index (steps, (guint) i);
      const char *reference = telar_json_task (json_array_get (step->args, 0));

      /* A join that gives up leaves the thread running. */
      if (strcmp (step->function, function) == 0 && reference != NULL
          && json_array_size (step->args) == 1
          && telar_relations_find (forks->check->relations, reference, NULL) == target)
        return i;
    }
  return -1;
}

/* Both are started by steps of @body. */
static gboolean
is_alive_in_body (const Forks *forks, guint32 body, guint32 process, guint32 thread)
{
  int start = find_step (forks, body, "start", process, G_MAXINT);

  return find_step (forks, body, "start", thread, start) >= 0
         && find_step (forks, body, "join", thread, start) < 0;
}

/* Whether @thread, which @process itself starts, may be alive when @it, which it
 * starts or calls, is. */
static gboolean
is_alive (const Forks *forks, guint32 process, guint32 it, guint32 thread)
{
  gboolean by_body = is_started_by_body (forks, it);
  gboolean is_call = get_task (forks, it)->kind == TELAR_KIND_CALL;
  gboolean at_once = get_task (forks, it)->after->len == 0 && !is_call && !by_body;
  gboolean thread_at_once = get_task (forks, thread)->after->len == 0;

  if (forks->before[thread])
    return FALSE;
  if (is_started_by_body (forks, thread))
    {
      if (by_body)
        return is_alive_in_body (forks, process, it, thread);
      return !at_once && find_step (forks, process, "join", thread, G_MAXINT) < 0;
    }
  if (by_body)
    return thread_at_once
           && find_step (forks, process, "join", thread,
                         find_step (forks, process, "start", it, G_MAXINT)) < 0;
  if (at_once)
    return thread_at_once && thread < it;
  return !comes_after (forks, thread, it, 8);
}

/* Returns: a thread of the same process that may be alive when the process @task
 * is forked, or TELAR_NOBODY. */
static guint32
find_thread (Forks *forks, guint32 task)
{
  TelarRelations *relations = forks->check->relations;
  guint32 process = telar_relations_process (relations, parent_of (forks, task));
  guint32 anchor = anchor_of (forks, task, process);
  gboolean marked = FALSE;

  if (anchor == TELAR_NOBODY)
    return TELAR_NOBODY;
  if (get_task (forks, anchor)->kind == TELAR_KIND_THREAD)
    return anchor;
  for (guint32 i = 1; i < relations->n_tasks; i++)
    {
      guint32 other;

      if (get_task (forks, i)->kind != TELAR_KIND_THREAD || parent_of (forks, i) == TELAR_NOBODY
          || telar_relations_process (relations, parent_of (forks, i)) != process)
        continue;
      other = anchor_of (forks, i, process);
      if (other == TELAR_NOBODY)
        continue;
      if (other == anchor)
        {
          /* Both in one call: only its own body is looked at. */
          if (parent_of (forks, i) != parent_of (forks, task)
              || is_alive_in_body (forks, parent_of (forks, i), task, i))
            return i;
          continue;
        }
      /* What a call starts it also joins. */
      if (get_task (forks, other)->kind != TELAR_KIND_THREAD)
        continue;
      if (!marked)
        mark_before (forks, anchor);
      marked = TRUE;
      if (is_alive (forks, process, anchor, other))
        return i;
    }
  return TELAR_NOBODY;
}

static TelarStartMethod
method_of (const Forks *forks, const TelarTask *task)
{
  return task->start_method >= 0 ? (TelarStartMethod) task->start_method
                                 : forks->check->graph->start_method;
}

static gboolean
has_threads (const TelarGraph *graph)
{
  for (guint i = 0; i < graph->tasks->len; i++)
    if (((const TelarTask *) g_ptr_array_index (graph->tasks, i))->kind == TELAR_KIND_THREAD)
      return TRUE;
  return FALSE;
}

void
telar_check_forks (TelarCheck *check)
{
  guint32 n = check->relations->n_tasks;
  g_autofree guint8 *before = NULL;
  g_autofree guint32 *queue = NULL;
  Forks forks = { .check = check };

  if (!has_threads (check->graph))
    return;
  forks.before = before = g_new0 (guint8, n);
  forks.queue = queue = g_new (guint32, n + 1);
  for (guint32 i = 1; i < n; i++)
    {
      const TelarTask *task = telar_relations_task (check->relations, i);
      const char *process;
      guint32 thread;

      if (task->kind != TELAR_KIND_PROCESS || method_of (&forks, task) != TELAR_METHOD_FORK
          || check->relations->tasks[i].parent == TELAR_NOBODY)
        continue;
      thread = find_thread (&forks, i);
      if (thread == TELAR_NOBODY)
        continue;
      process = telar_relations_task (check->relations,
                                      telar_relations_process (check->relations,
                                                               check->relations->tasks[i].parent))
                    ->id;
      telar_check_warning (
          check, i, task->start_method >= 0 ? ".start-method" : NULL,
          g_strdup_printf (_("%s is forked from %s while the thread %s may run there: the copy has "
                             "only the thread that forks, and a lock that another held stays "
                             "locked in it"),
                           task->id, process, telar_relations_task (check->relations, thread)->id),
          g_strdup_printf (_("give %s the start method forkserver or spawn, or start it when no "
                             "thread runs"), task->id));
    }
}
