/* notes.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What a reader should know beside the program.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "python/program.h"

static gboolean
computes (const TelarTask *task)
{
  for (guint i = 0; i < task->steps->len; i++)
    {
      const TelarStep *step = g_ptr_array_index (task->steps, i);
      const TelarFunction *function = telar_catalogue_find (step->function);

      if (function->group == TELAR_GROUP_COMPUTE || strcmp (function->name, "busy") == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
calls (const TelarPythonProgram *program, const char *function, TelarKind kind)
{
  for (guint32 i = 0; i < program->relations->n_tasks; i++)
    {
      const TelarTask *task = telar_python_task (program, i);

      for (guint n = 0; n < task->steps->len && task->kind == kind; n++)
        if (strcmp (((TelarStep *) g_ptr_array_index (task->steps, n))->function, function) == 0)
          return TRUE;
    }
  return FALSE;
}

/* Whether some process has two threads that compute. */
static gboolean
threads_compute (const TelarPythonProgram *program)
{
  g_autofree guint *n = g_new0 (guint, program->relations->n_tasks);

  for (guint32 i = 1; i < program->relations->n_tasks; i++)
    {
      const TelarTask *task = telar_python_task (program, i);

      if (task->kind != TELAR_KIND_THREAD || !computes (task))
        continue;
      guint32 process = telar_relations_process (program->relations, i);
      n[process] += task->copies;
      if (n[process] > 1)
        return TRUE;
    }
  return FALSE;
}

/* Whether processes share an object of a type, and some step does @function to it. */
static gboolean
share (const TelarPythonProgram *program, TelarObjectType type, const char *function,
       gboolean with_timeout)
{
  for (guint32 i = 0; i < program->relations->n_tasks; i++)
    {
      const GPtrArray *steps = telar_python_task (program, i)->steps;

      for (guint n = 0; n < steps->len; n++)
        {
          const TelarStep *step = g_ptr_array_index (steps, n);
          int object = telar_python_object (program->graph, json_array_get (step->args, 0));

          if (object >= 0 && strcmp (step->function, function) == 0
              && (!with_timeout || telar_python_is_given (step, 1))
              && !program->objects[object].threads
              && ((TelarObject *) g_ptr_array_index (program->graph->objects, (guint) object))->type
                     == type)
            return TRUE;
        }
    }
  return FALSE;
}

/* Whether main makes a manager, since processes share a list or a dictionary. */
static gboolean
manages (const TelarPythonProgram *program)
{
  for (guint i = 0; i < program->graph->objects->len; i++)
    {
      const TelarObject *object = g_ptr_array_index (program->graph->objects, i);

      if (!program->objects[i].threads && telar_python_is_collection (object->type))
        return TRUE;
    }
  return FALSE;
}

static gboolean
uses (const TelarPythonProgram *program, const char *function)
{
  return g_hash_table_contains (program->used, function);
}

GPtrArray *
telar_python_notes (const TelarPythonProgram *program)
{
  const struct
  {
    gboolean    holds;
    const char *text;
  } notes[] = {
    { threads_compute (program),
      N_ ("In Telar these threads are C threads, which compute at the same time; CPython's GIL "
          "lets one of them run at a time.") },
    { uses (program, "count_words") || uses (program, "command") || uses (program, "python"),
      N_ ("Run it in the folder of the graph: file names are relative to it.") },
    { uses (program, "c_function"),
      N_ ("A C function of a plug-in cannot be called in Python: the program stops where it is "
          "called.") },
    { calls (program, "ignore", TELAR_KIND_THREAD),
      N_ ("In Python only the first thread of a process can ignore a signal; here another one "
          "does, and fails.") },
    { share (program, TELAR_OBJECT_QUEUE, "get", TRUE)
          || share (program, TELAR_OBJECT_JOINABLE_QUEUE, "get", TRUE)
          || share (program, TELAR_OBJECT_QUEUE, "empty", FALSE),
      N_ ("In Python what one process puts into a queue gets to another a moment later: it may find "
          "the queue empty where Telar does not.") },
    { share (program, TELAR_OBJECT_PIPE, "receive", FALSE),
      N_ ("In Python a pipe ends only when every process that has its other end has closed it, and "
          "a process that is forked has both; in Telar, when all who use that end have ended.") },
    { manages (program),
      N_ ("In Python lists and dictionaries that processes share are a manager's, which is a process "
          "of its own: each step asks it, and it is one of main's active children.") },
    { program->graph->start_method != TELAR_METHOD_FORK && program->nested,
      N_ ("Processes that start processes or threads are functions inside of functions here, which "
          "only the start method fork can start.") },
  };
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    if (notes[i].holds)
      g_ptr_array_add (texts, g_strdup (_ (notes[i].text)));
  return texts;
}
