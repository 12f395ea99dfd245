/* check-control.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Faults of start, join, terminate, kill and of what asks about a task: tasks that do not exist, or that
 * cannot be treated so. What only fails at the run, as it would in Python
 * (start twice, join before start), is a warning: a class may want to see it.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "graph/check-private.h"

typedef struct
{
  TelarCheck      *check;
  guint32          task;    /* whose step it is */
  guint32          target;
  const TelarTask *it;      /* the target */
  const char      *below;
} Control;

static void
check_start (const Control *control)
{
  const TelarRelation *relation = &control->check->relations->tasks[control->target];
  const TelarTask *task = telar_relations_task (control->check->relations, control->task);

  if (control->it->kind == TELAR_KIND_CALL)
    telar_check_error (control->check, control->task, control->below,
                       g_strdup_printf (_("%s is a call, which cannot be started"),
                                        control->it->id),
                       g_strdup_printf (_("make %s a thread or a process, or call its function "
                                          "in the body"), control->it->id));
  else if (control->target == control->task)
    telar_check_error (control->check, control->task, control->below,
                       g_strdup_printf (_("%s cannot start itself"), control->it->id),
                       g_strdup (_("start another task")));
  else if (relation->starter != control->task)
    telar_check_error (control->check, control->task, control->below,
                       g_strdup_printf (_("%s is started by the body of %s already"),
                                        control->it->id,
                                        telar_relations_task (control->check->relations,
                                                              relation->starter)->id),
                       g_strdup (_("start it in one place only")));
  else if (task->repeat > 1)
    telar_check_warning (control->check, control->task, control->below,
                         g_strdup_printf (_("%s is started %u times, and a task can be started "
                                            "only once"), control->it->id, task->repeat),
                         g_strdup (_("leave repeat out")));
}

/* Whether a step of @control's task can see its target as a child at all.
 * @started: and only after its start */
static void
check_kinship (const Control *control, const char *function, gboolean started)
{
  TelarRelations *relations = control->check->relations;
  const TelarRelation *relation = &relations->tasks[control->target];

  if (relation->parent == TELAR_NOBODY)
    return;
  if (telar_relations_process (relations, relation->parent)
      != telar_relations_process (relations, control->task))
    telar_check_warning (control->check, control->task, control->below,
                         g_strdup_printf (_("%s of %s will fail: only its parent, %s, can do that"),
                                          function, control->it->id,
                                          telar_relations_task (relations, relation->parent)->id),
                         g_strdup_printf (_("do it in the body of %s"),
                                          telar_relations_task (relations, relation->parent)->id));
  else if (started && relation->starter == TELAR_NOBODY && relation->parent == control->task
           && control->it->after->len > 0)
    telar_check_warning (control->check, control->task, control->below,
                         g_strdup_printf (_("%s of %s will fail: %s comes after other tasks, and "
                                            "is started when this body has ended"),
                                          function, control->it->id, control->it->id),
                         g_strdup_printf (_("start %s in this body, or leave the step out"),
                                          control->it->id));
}

static void
check_join (const Control *control)
{
  if (control->target == control->task)
    telar_check_error (control->check, control->task, control->below,
                       g_strdup_printf (_("%s would wait for itself for ever"), control->it->id),
                       g_strdup (_("join another task")));
  else if (control->it->kind == TELAR_KIND_CALL)
    telar_check_error (control->check, control->task, control->below,
                       g_strdup_printf (_("%s is a call, which cannot be joined"),
                                        control->it->id),
                       g_strdup (_("leave the step out: a call has ended when its parent goes "
                                   "on")));
  else
    check_kinship (control, "join", TRUE);
}

static void
check_signal (const Control *control, const char *function)
{
  if (control->target == control->task)
    telar_check_error (control->check, control->task, control->below,
                       g_strdup_printf (_("%s would end itself"), control->it->id),
                       g_strdup (_("call exit, or name another task")));
  else if (control->it->kind != TELAR_KIND_PROCESS)
    telar_check_error (control->check, control->task, control->below,
                       control->it->kind == TELAR_KIND_THREAD
                           ? g_strdup_printf (_("%s is a thread, and %s ends processes only"),
                                              control->it->id, function)
                           : g_strdup_printf (_("%s is a call, and %s ends processes only"),
                                              control->it->id, function),
                       g_strdup_printf (_("make %s a process"), control->it->id));
  else
    check_kinship (control, function, TRUE);
}

static gboolean
is_question (const char *function)
{
  return strcmp (function, "is_alive") == 0 || strcmp (function, "exitcode") == 0
         || strcmp (function, "pid") == 0 || strcmp (function, "name") == 0;
}

/* A task may be asked about itself, and its process and its name by anybody. */
static void
check_question (const Control *control, const char *function)
{
  if (control->it->kind == TELAR_KIND_CALL)
    telar_check_error (control->check, control->task, control->below,
                       g_strdup_printf (_("%s is a call, which is a part of its parent: %s tells "
                                          "of processes and threads"), control->it->id, function),
                       g_strdup (_("name its parent")));
  else if (control->target != control->task && strcmp (function, "pid") != 0
           && strcmp (function, "name") != 0)
    check_kinship (control, function, FALSE);
}

void
telar_check_control (TelarCheck      *check,
                     guint32          task,
                     const TelarStep *step,
                     const char      *reference,
                     const char      *below)
{
  Control control = { .check = check, .task = task, .below = below };

  control.target = telar_relations_find (check->relations, reference, NULL);
  if (control.target == TELAR_NOBODY)
    {
      const char *near = telar_suggest_id (check->graph, reference);

      telar_check_error (check, task, below, g_strdup_printf (_("there is no task %s"), reference),
                         near != NULL ? g_strdup_printf (_("did you mean %s?"), near)
                                      : g_strdup (_("write the id of a task of this graph")));
      return;
    }
  if (control.target == 0)
    {
      telar_check_error (check, task, below,
                         g_strdup (_("main runs as long as the graph does, and no task can start, "
                                     "join or end it")),
                         g_strdup (_("name another task")));
      return;
    }
  control.it = telar_relations_task (check->relations, control.target);
  if (strcmp (step->function, "start") == 0)
    check_start (&control);
  else if (strcmp (step->function, "join") == 0)
    check_join (&control);
  else if (strcmp (step->function, "terminate") == 0 || strcmp (step->function, "kill") == 0)
    check_signal (&control, step->function);
  else if (is_question (step->function))
    check_question (&control, step->function);
}
