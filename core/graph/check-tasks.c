/* check-tasks.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Faults of tasks as such: ids, numbers, and what `inside` and `after` name.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "graph/check-private.h"

/* ---- ids ---------------------------------------------------------------- */

/* Letters of any script, digits, _ and -: an id stands in references, in `ps`
 * and in a Python program; a dot is kept for copies. */
gboolean
telar_check_is_id (const char *id)
{
  if (*id == '\0' || *id == '-' || g_utf8_strlen (id, -1) > TELAR_MAX_ID)
    return FALSE;
  for (const char *at = id; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!g_unichar_isalnum (c) && !g_unichar_ismark (c) && c != '_' && c != '-')
        return FALSE;
    }
  return TRUE;
}

static void
check_id (TelarCheck *check, guint32 task)
{
  const char *id = telar_relations_task (check->relations, task)->id;
  guint32 first = telar_relations_find (check->relations, id, NULL);

  if (strcmp (id, "main") == 0)
    telar_check_error (check, task, ".id", g_strdup (_("“main” is the name of the graph's own "
                                                       "main task")),
                       g_strdup (_("give this task another id")));
  else if (!telar_check_is_id (id))
    telar_check_error (check, task, ".id",
                       *id == '\0' ? g_strdup (_("the id is empty"))
                                   : g_strdup_printf (_("“%s” cannot be an id"), id),
                       g_strdup_printf (_("use at most %d letters, digits, _ and -"), TELAR_MAX_ID));
  else if (first != task)
    telar_check_error (check, task, ".id",
                       g_strdup_printf (_("there are two tasks with the id %s: this one and "
                                          "tasks[%u]"), id, first - 1),
                       g_strdup (_("give one of them another id")));
}

/* ---- numbers ------------------------------------------------------------ */

static void
check_numbers (TelarCheck *check, guint32 number)
{
  const TelarTask *task = telar_relations_task (check->relations, number);

  if (task->repeat == 0)
    telar_check_error (check, number, ".repeat", g_strdup (_("repeated 0 times it never runs")),
                       g_strdup (_("write 1 or more, or leave it out")));
  if (task->copies == 0)
    telar_check_error (check, number, ".copies", g_strdup (_("with 0 copies there is no task")),
                       g_strdup (_("write 1 or more, or leave it out")));
  if (task->core >= (int) TELAR_MAX_CORES)
    telar_check_error (check, number, ".core", g_strdup_printf (_("there is no core %d"),
                                                                task->core),
                       g_strdup_printf (_("write a number from 0 to %u"), TELAR_MAX_CORES - 1));
  if (task->start_method >= 0 && task->kind != TELAR_KIND_PROCESS)
    telar_check_warning (check, number, ".start-method",
                         g_strdup_printf (task->kind == TELAR_KIND_THREAD
                                              ? _("%s is a thread, and only processes have a "
                                                  "start method")
                                              : _("%s is a call, and only processes have a start "
                                                  "method"), task->id),
                         g_strdup_printf (_("leave it out, or make %s a process"), task->id));
  if (task->kind != TELAR_KIND_CALL)
    return;
  if (task->core >= 0)
    telar_check_warning (check, number, ".core",
                         g_strdup (_("a call runs in its parent's thread, so its core is not "
                                     "looked at")),
                         g_strdup (_("give the core to its parent, or make it a thread")));
  if (task->daemon)
    telar_check_warning (check, number, ".daemon",
                         g_strdup (_("a call has ended when its parent goes on, so that daemon "
                                     "means nothing")),
                         g_strdup (_("leave it out, or make the task a process or a thread")));
}

/* ---- inside ------------------------------------------------------------- */

static char *
spell (const TelarGraph *graph, const char *id)
{
  const char *near = telar_suggest_id (graph, id);

  return near != NULL ? g_strdup_printf (_("did you mean %s?"), near)
                      : g_strdup (_("write the id of a task of this graph"));
}

static void
check_inside (TelarCheck *check, guint32 number)
{
  const TelarTask *task = telar_relations_task (check->relations, number);
  const TelarTask *parent;
  guint copy;
  guint32 inside;

  if (task->inside == NULL)
    return;
  inside = telar_relations_find (check->relations, task->inside, &copy);
  if (inside == TELAR_NOBODY)
    {
      telar_check_error (check, number, ".inside",
                         g_strdup_printf (_("there is no task %s to be inside of"), task->inside),
                         spell (check->graph, task->inside));
      return;
    }
  parent = telar_relations_task (check->relations, inside);
  if (copy > 0)
    telar_check_error (check, number, ".inside",
                       g_strdup_printf (_("%s is one of several copies, which all hold the same"),
                                        task->inside),
                       g_strdup_printf (_("write %s"), parent->id));
  else if (inside == number)
    telar_check_error (check, number, ".inside", g_strdup_printf (_("%s is inside itself"),
                                                                  task->id),
                       g_strdup (_("name another process, or leave it out for main")));
  else if (parent->kind != TELAR_KIND_PROCESS)
    telar_check_error (check, number, ".inside",
                       parent->kind == TELAR_KIND_THREAD
                           ? g_strdup_printf (_("%s is a thread, and nothing can be inside a "
                                                "thread"), parent->id)
                           : g_strdup_printf (_("%s is a call, and nothing can be inside a call"),
                                              parent->id),
                       g_strdup (_("name a process, or leave it out for main")));
}

/* ---- after -------------------------------------------------------------- */

static const char *
parent_id (TelarCheck *check, guint32 task)
{
  guint32 parent = check->relations->tasks[task].parent;

  return parent == TELAR_NOBODY ? "?" : telar_relations_task (check->relations, parent)->id;
}

static void
check_one_after (TelarCheck *check, guint32 number, guint nth, const char *reference)
{
  const TelarTask *task = telar_relations_task (check->relations, number);
  guint32 before = telar_relations_find (check->relations, reference, NULL);
  guint32 parent = check->relations->tasks[number].parent;
  g_autofree char *below = g_strdup_printf (".after[%u]", nth);

  if (before == TELAR_NOBODY)
    telar_check_error (check, number, below,
                       g_strdup_printf (_("there is no task %s to come after"), reference),
                       spell (check->graph, reference));
  else if (before == 0)
    telar_check_error (check, number, below,
                       g_strdup (_("main ends last, so nothing can come after it")),
                       g_strdup (_("leave it out")));
  else if (before == number)
    telar_check_error (check, number, below,
                       g_strdup_printf (_("%s would wait for itself: %s → %s"), task->id, task->id,
                                        task->id),
                       g_strdup (_("leave it out")));
  else if (parent != TELAR_NOBODY && check->relations->tasks[before].parent != TELAR_NOBODY
           && check->relations->tasks[before].parent != parent)
    telar_check_error (check, number, below,
                       g_strdup_printf (_("%s has another parent (%s) than %s (%s)"),
                                        telar_relations_task (check->relations, before)->id,
                                        parent_id (check, before), task->id,
                                        parent_id (check, number)),
                       g_strdup_printf (_("name a task whose parent is %s"),
                                        parent_id (check, number)));
}

static void
check_after (TelarCheck *check, guint32 number)
{
  const TelarTask *task = telar_relations_task (check->relations, number);

  for (guint i = 0; i < task->after->len; i++)
    check_one_after (check, number, i, g_ptr_array_index (task->after, i));
}

/* ---- started by a body -------------------------------------------------- */

static void
check_started (TelarCheck *check, guint32 number)
{
  const TelarTask *task = telar_relations_task (check->relations, number);
  const TelarRelation *relation = &check->relations->tasks[number];
  const char *starter = telar_relations_task (check->relations, relation->starter)->id;

  if (task->inside != NULL)
    telar_check_error (check, number, ".inside",
                       g_strdup_printf (_("%s is started by the body of %s, which is its parent"),
                                        task->id, starter),
                       g_strdup (_("leave inside out, or remove the start from the body")));
  if (task->after->len > 0)
    telar_check_error (check, number, ".after",
                       g_strdup_printf (_("%s is started by the body of %s, and nowhere else"),
                                        task->id, starter),
                       g_strdup (_("leave after out, or remove the start from the body")));
}

/* A process in a daemonic process is refused at the run; a thread is not. */
static void
check_daemon (TelarCheck *check, guint32 number)
{
  const TelarTask *task = telar_relations_task (check->relations, number);
  guint32 parent = check->relations->tasks[number].parent;
  const TelarTask *process;

  if (task->kind != TELAR_KIND_PROCESS || parent == TELAR_NOBODY)
    return;
  process = telar_relations_task (check->relations,
                                  telar_relations_process (check->relations, parent));
  if (process->daemon)
    telar_check_warning (check, number, task->inside != NULL ? ".inside" : NULL,
                         g_strdup_printf (_("%s is a daemon and may not start processes: %s will "
                                            "not be started"), process->id, task->id),
                         g_strdup_printf (_("make %s a thread, or %s no daemon"), task->id,
                                          process->id));
}

void
telar_check_task (TelarCheck *check, guint32 task)
{
  check_numbers (check, task);
  if (task == 0)
    return;
  check_id (check, task);
  check_inside (check, task);
  if (check->relations->tasks[task].starter != TELAR_NOBODY)
    check_started (check, task);
  check_after (check, task);
  check_daemon (check, task);
}

void
telar_check_tasks (TelarCheck *check)
{
  for (guint32 i = 0; i < check->relations->n_tasks; i++)
    telar_check_task (check, i);
}
