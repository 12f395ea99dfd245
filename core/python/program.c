/* program.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "python/program.h"

#include <string.h>

#include "graph/pools.h"
#include "python/functions.h"
#include "python/words.h"

#define LONG_LIST 56 /* characters: more than stand well among other arguments */

const TelarTask *
telar_python_task (const TelarPythonProgram *program, guint32 task)
{
  return telar_relations_task (program->relations, task);
}

const GArray *
telar_python_children (const TelarPythonProgram *program, guint32 task)
{
  return g_ptr_array_index (program->children, task);
}

void
telar_python_import (TelarPythonProgram *program, const char *name)
{
  g_hash_table_add (program->modules, g_strdup (name));
}

const char *
telar_python_use (TelarPythonProgram *program, const char *name)
{
  const TelarPythonFunction *function = telar_python_function_find (name);
  g_auto (GStrv) needs = NULL;
  g_auto (GStrv) uses = NULL;
  gboolean some, all;

  if (g_hash_table_add (program->used, g_strdup (name)) && function != NULL)
    {
      needs = g_strsplit (function->needs != NULL ? function->needs : "", " ", -1);
      uses = g_strsplit (function->uses != NULL ? function->uses : "", " ", -1);
      for (guint i = 0; needs[i] != NULL; i++)
        if (*needs[i] != '\0')
          telar_python_import (program, needs[i]);
      /* what only the longer text calls is not defined for the shorter */
      telar_python_options (program, name, &some, &all);
      for (guint i = 0; uses[i] != NULL && (function->full == NULL || some); i++)
        telar_python_use (program, uses[i]);
    }
  return function != NULL && function->python != NULL ? function->python : name;
}

/* The same of those that workers of a pool make. */
static void
look_at_calls (const TelarStep *step, guint most, gboolean *some, gboolean *all)
{
  json_t *calls = telar_pool_calls (step);

  for (size_t i = 0; i < json_array_size (calls); i++)
    if (json_array_size (json_array_get (calls, i)) == most)
      *some = TRUE;
    else
      *all = FALSE;
  json_decref (calls);
}

void
telar_python_options (const TelarPythonProgram *program, const char *function, gboolean *some,
                      gboolean *all)
{
  const TelarFunction *row = telar_catalogue_find (function);

  *some = FALSE;
  *all = TRUE;
  for (guint32 i = 0; row != NULL && i < program->relations->n_tasks; i++)
    {
      const GPtrArray *steps = telar_python_task (program, i)->steps;

      for (guint n = 0; n < steps->len; n++)
        {
          const TelarStep *step = g_ptr_array_index (steps, n);

          if (telar_function_gives_calls (telar_catalogue_find (step->function))
              && g_strcmp0 (json_string_value (json_array_get (step->args, 1)), function) == 0)
            look_at_calls (step, row->n_parameters, some, all);
          if (strcmp (step->function, function) != 0)
            continue;
          if (json_array_size (step->args) == row->n_parameters)
            *some = TRUE;
          else
            *all = FALSE;
        }
    }
}

TelarStartMethod
telar_python_usual_method (const TelarPythonProgram *program)
{
  return program->nested ? TELAR_METHOD_FORK : program->graph->start_method;
}

TelarStartMethod
telar_python_method (const TelarPythonProgram *program, guint32 task)
{
  int own = telar_python_task (program, task)->start_method;

  if (program->defined[task] && program->relations->tasks[task].parent != 0)
    return TELAR_METHOD_FORK;
  return own >= 0 ? (TelarStartMethod) own : telar_python_usual_method (program);
}

/* ---- what is known before a line is written ----------------------------- */

static void
find_children (TelarPythonProgram *program)
{
  guint32 n = program->relations->n_tasks;

  program->children = g_ptr_array_new_full (n, (GDestroyNotify) g_array_unref);
  for (guint32 i = 0; i < n; i++)
    g_ptr_array_add (program->children, g_array_new (FALSE, FALSE, sizeof (guint32)));
  for (guint32 i = 1; i < n; i++)
    g_array_append_val (g_ptr_array_index (program->children,
                                           program->relations->tasks[i].parent), i);
}

static gboolean
needs_def (const TelarPythonProgram *program, guint32 number)
{
  const TelarTask *task = telar_python_task (program, number);

  return telar_python_children (program, number)->len > 0 || task->repeat > 1
         || task->steps->len != 1
         || telar_python_is_control (g_ptr_array_index (task->steps, 0))
         || telar_python_shares (g_ptr_array_index (task->steps, 0));
}

static gboolean
identifies (const TelarTask *task)
{
  for (guint i = 0; i < task->steps->len; i++)
    if (strcmp (((TelarStep *) g_ptr_array_index (task->steps, i))->function, "identify") == 0)
      return TRUE;
  return FALSE;
}

/* Whether a step says what a task is called. */
static gboolean
says_name (const TelarTask *task)
{
  static const char *const functions[] = { "current_process", "current_thread", "parent_process",
                                           "name" };

  for (guint i = 0; i < task->steps->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (functions); k++)
      if (strcmp (((TelarStep *) g_ptr_array_index (task->steps, i))->function, functions[k]) == 0)
        return TRUE;
  return FALSE;
}

/* In a loop a call has to be something that can be put off. */
static void
define_calls (const TelarPythonProgram *program, const GArray *tasks)
{
  for (guint i = 0; i < tasks->len; i++)
    {
      guint32 task = g_array_index (tasks, guint32, i);

      if (telar_python_task (program, task)->kind == TELAR_KIND_CALL)
        program->defined[task] = TRUE;
    }
}

static void
find_orders (TelarPythonProgram *program)
{
  guint32 n = program->relations->n_tasks;

  program->orders = g_ptr_array_new_full (n, (GDestroyNotify) telar_order_free);
  program->defined = g_new0 (gboolean, n);
  program->watched = g_new0 (gboolean, n);
  for (guint32 i = 0; i < n; i++)
    {
      TelarOrder *order = telar_order_new (program->relations, i,
                                           telar_python_children (program, i));

      g_ptr_array_add (program->orders, order);
      program->defined[i] |= i > 0 && needs_def (program, i);
      define_calls (program, order->waiting);
      for (guint c = 0; order->follows && c < telar_python_children (program, i)->len; c++)
        {
          guint32 child = g_array_index (telar_python_children (program, i), guint32, c);
          program->watched[child] = telar_python_task (program, child)->kind == TELAR_KIND_THREAD;
        }
      if (program->defined[i] && telar_python_task (program, i)->kind == TELAR_KIND_PROCESS
          && program->relations->tasks[i].parent != 0)
        program->nested = TRUE;
    }
}

/* Copies have to know their number where they, or what is inside them, print it, or are
 * called by it. */
static void
find_counted (TelarPythonProgram *program)
{
  program->counted = g_new0 (gboolean, program->relations->n_tasks);
  for (guint32 i = 0; i < program->relations->n_tasks; i++)
    program->called |= says_name (telar_python_task (program, i));
  for (guint32 i = 0; i < program->relations->n_tasks; i++)
    {
      const TelarTask *task = telar_python_task (program, i);
      gboolean         by_number = identifies (task)
                                   || (program->called && task->kind != TELAR_KIND_CALL);

      for (guint32 at = i; by_number && at != TELAR_NOBODY;
           at = program->relations->tasks[at].parent)
        if (telar_python_task (program, at)->copies > 1)
          program->counted[at] = TRUE;
    }
}

static void
list_free (gpointer data)
{
  TelarPythonList *list = data;

  g_free (list->text);
  g_array_unref (list->numbers);
  g_free (list);
}

static void
add_list (TelarPythonProgram *program, GHashTable *known, guint32 task,
          const TelarParameter *parameter, const TelarValue *value)
{
  g_autofree char *text = telar_python_value (parameter, value);
  TelarPythonList *list = g_hash_table_lookup (known, text);

  if (list == NULL)
    {
      list = g_new0 (TelarPythonList, 1);
      list->text = g_steal_pointer (&text);
      list->numbers = g_array_ref (value->integers);
      list->wanted = parameter->name;
      g_ptr_array_add (program->lists, list);
      g_hash_table_insert (known, list->text, list);
    }
  list->uses++;
  list->inner |= task != 0
                 && (program->defined[task] || program->relations->tasks[task].parent != 0);
}

static void
find_lists (TelarPythonProgram *program)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  program->lists = g_ptr_array_new_with_free_func (list_free);
  for (guint32 i = 0; i < program->relations->n_tasks; i++)
    {
      const GPtrArray *steps = telar_python_task (program, i)->steps;

      for (guint n = 0; n < steps->len; n++)
        {
          const TelarStep *step = g_ptr_array_index (steps, n);
          const TelarFunction *function = telar_catalogue_find (step->function);

          for (guint p = 0; p < function->n_parameters && p < json_array_size (step->args); p++)
            {
              g_auto (TelarValue) value = { 0 };
              g_auto (TelarValueFault) fault = { 0 };

              if (function->parameters[p].type == TELAR_VALUE_INTEGERS
                  && telar_value_read (&function->parameters[p], json_array_get (step->args, p),
                                       &value, &fault))
                add_list (program, known, i, &function->parameters[p], &value);
            }
        }
    }
}

static void
name_lists (TelarPythonProgram *program)
{
  for (guint i = 0; i < program->lists->len; i++)
    {
      TelarPythonList *list = g_ptr_array_index (program->lists, i);
      g_autofree char *name = g_strdup (list->wanted);

      if (list->uses < 2 && strlen (list->text) < LONG_LIST)
        continue;
      for (guint n = 2; g_hash_table_contains (program->taken, name); n++)
        {
          g_free (name);
          name = g_strdup_printf ("%s%u", list->wanted, n);
        }
      list->name = telar_python_name (program->taken, name);
    }
}

static void
name_tasks (TelarPythonProgram *program)
{
  guint32 n = program->relations->n_tasks;

  program->names = g_new0 (const char *, n);
  program->defs = g_new0 (const char *, n);
  for (guint32 i = 1; i < n; i++)
    program->names[i] = telar_python_name (program->taken, telar_python_task (program, i)->id);
  for (guint32 i = 1; i < n; i++)
    if (program->defined[i])
      {
        g_autofree char *name = g_strdup_printf ("run_%s", program->names[i]);
        program->defs[i] = telar_python_name (program->taken, name);
      }
}

/* "q", or for a pipe the names of both ends. */
static void
name_objects (TelarPythonProgram *program)
{
  static const char *const one_way[] = { "receiver", "sender" };
  static const char *const duplex[] = { "0", "1" };

  for (guint i = 0; i < program->graph->objects->len; i++)
    {
      const TelarObject *object = g_ptr_array_index (program->graph->objects, i);
      const char *const *ends = telar_object_number (object, "duplex") != 0 ? duplex : one_way;

      for (guint end = 0; end < 2 && object->type == TELAR_OBJECT_PIPE; end++)
        {
          g_autofree char *name = g_strdup_printf ("%s_%s", object->id, ends[end]);
          program->objects[i].names[end] = telar_python_name (program->taken, name);
        }
      if (object->type != TELAR_OBJECT_PIPE)
        {
          const char *type = telar_object_type_name (object->type);
          const char *dash = strrchr (type, '-');

          program->objects[i].names[0] = telar_python_name_of (program->taken, object->id,
                                                               dash != NULL ? dash + 1 : type);
        }
    }
}

/* Threads whose end a step waits for, among others. */
static void
find_awaited (TelarPythonProgram *program)
{
  for (guint32 i = 0; i < program->relations->n_tasks; i++)
    {
      const GPtrArray *steps = telar_python_task (program, i)->steps;

      for (guint n = 0; n < steps->len; n++)
        {
          const TelarStep *step = g_ptr_array_index (steps, n);
          const json_t *any = json_array_get (step->args, 0);
          size_t several = json_is_array (any) ? json_array_size (any) : 1;

          for (size_t a = 0; a < several && strcmp (step->function, "wait_any") == 0; a++)
            {
              const char *id = telar_json_task (json_is_array (any) ? json_array_get (any, a)
                                                                    : any);
              guint32 task = id != NULL ? telar_relations_find (program->relations, id, NULL)
                                        : TELAR_NOBODY;

              if (task != TELAR_NOBODY)
                program->watched[task]
                    |= telar_python_task (program, task)->kind == TELAR_KIND_THREAD;
            }
        }
    }
}

static void
find_methods (TelarPythonProgram *program)
{
  gboolean forks = FALSE, others = FALSE;

  for (guint32 i = 1; i < program->relations->n_tasks; i++)
    if (telar_python_task (program, i)->kind == TELAR_KIND_PROCESS)
      {
        if (telar_python_method (program, i) == TELAR_METHOD_FORK)
          forks = TRUE;
        else
          others = TRUE;
      }
  program->mixed = others && (forks || telar_python_usual_method (program) == TELAR_METHOD_FORK);
}

TelarPythonProgram *
telar_python_program_new (const TelarGraph *graph)
{
  TelarPythonProgram *program = g_new0 (TelarPythonProgram, 1);

  program->graph = graph;
  program->relations = telar_relations_new (graph);
  program->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  program->modules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  program->used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  telar_python_reserve (program->taken);
  find_children (program);
  find_orders (program);
  find_awaited (program);
  find_methods (program);
  find_counted (program);
  find_lists (program);
  name_lists (program);
  program->objects = telar_python_objects_new (program->relations);
  name_objects (program);
  program->results = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  name_tasks (program);
  return program;
}

void
telar_python_program_free (TelarPythonProgram *program)
{
  if (program == NULL)
    return;
  telar_relations_free (program->relations);
  g_ptr_array_unref (program->children);
  g_ptr_array_unref (program->orders);
  g_hash_table_unref (program->taken);
  g_free (program->names);
  g_free (program->defs);
  g_free (program->defined);
  g_free (program->counted);
  g_free (program->watched);
  g_free (program->objects);
  g_hash_table_unref (program->results);
  g_ptr_array_unref (program->lists);
  g_hash_table_unref (program->modules);
  g_hash_table_unref (program->used);
  g_free (program);
}
