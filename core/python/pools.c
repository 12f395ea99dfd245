/* pools.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Pools: how they are made and ended, and the steps that give them work.
 */

#include "config.h"

#include <string.h>

#include "graph/pools.h"
#include "python/program.h"
#include "python/words.h"

static const TelarObject *
object_at (const TelarPythonProgram *program, guint object)
{
  return g_ptr_array_index (program->graph->objects, object);
}

static gboolean
has_threads (const TelarObject *pool)
{
  return g_strcmp0 (telar_object_text (pool, "kind"), "thread") == 0;
}

/* Arguments in a list of Python's, of the function that workers call. (transfer full) */
static char *
arguments_of (TelarPythonProgram *program, guint32 task, const char *function, const json_t *call)
{
  const TelarFunction *row = telar_catalogue_find (function);
  json_t *wrapped = json_array ();
  TelarStep *step;
  char *text;

  for (size_t i = 0; i < json_array_size (call) && row->n_parameters > 0; i++)
    json_array_append_new (
        wrapped, telar_pool_argument (&row->parameters[MIN (i, row->n_parameters - 1)],
                                      json_array_get (call, i)));
  step = telar_step_new (function, wrapped);
  text = telar_python_arguments (program, task, step);
  telar_step_free (step);
  return text;
}

/* Whether its workers say what they are called: Python gives them names of its own. */
static gboolean
says_name (const TelarPythonProgram *program, guint object)
{
  const TelarObject *pool = object_at (program, object);
  gboolean threads = has_threads (pool);
  const char *function = threads ? "current_thread" : "current_process";

  if (g_strcmp0 (telar_object_text (pool, "initializer"), function) == 0)
    return TRUE;
  for (guint32 task = 0; task < program->relations->n_tasks; task++)
    {
      const GPtrArray *steps = telar_python_task (program, task)->steps;

      for (guint i = 0; i < steps->len; i++)
        {
          const TelarStep *step = steps->pdata[i];
          const TelarFunction *row = telar_catalogue_find (step->function);

          if (row != NULL && telar_function_gives_calls (row)
              && telar_pool_of_step (program->graph, step) == (int) object
              && g_strcmp0 (json_string_value (json_array_get (step->args, 1)), function) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

/* What workers do first: with the names that they have here, where somebody asks. */
static void
print_initializer (TelarPythonProgram *program, GString *options, guint object)
{
  const TelarObject *pool = object_at (program, object);
  const char *initializer = telar_object_text (pool, "initializer"), *comma, *python = NULL;
  const json_t *given = json_object_get (pool->options, "initargs");
  g_autofree char *arguments = NULL;

  if (initializer != NULL)
    {
      arguments = arguments_of (program, 0, initializer, given);
      python = telar_python_use (program, initializer);
    }
  comma = options->len > 0 ? ", " : "";
  if (!says_name (program, object))
    {
      if (initializer != NULL)
        g_string_append_printf (options, "%sinitializer=%s", comma, python);
      if (initializer != NULL && json_array_size (given) > 0)
        g_string_append_printf (options, ", initargs=[%s]", arguments);
      return;
    }
  if (has_threads (pool))
    {
      telar_python_import (program, "itertools");
      g_string_append_printf (options, "%sinitializer=%s, initargs=['%s', itertools.count(1)",
                              comma, telar_python_use (program, "name_thread"), pool->id);
    }
  else
    g_string_append_printf (options,
                            "%sinitializer=%s, initargs=['%s', multiprocessing.Value('i')",
                            comma, telar_python_use (program, "name_worker"), pool->id);
  if (initializer != NULL)
    g_string_append_printf (options, ", %s", python);
  if (initializer != NULL && json_array_size (given) > 0)
    g_string_append_printf (options, ", %s", arguments);
  g_string_append_c (options, ']');
}

static void
print_pool (TelarPythonProgram *program, TelarPrinter *out, guint object)
{
  const TelarObject *pool = object_at (program, object);
  gboolean threads = has_threads (pool);
  double max = telar_object_number (pool, "max-tasks-per-child");
  g_autoptr (GString) options = g_string_new (NULL);
  const char *class = threads ? "ThreadPool" : "Pool";

  if (telar_object_number (pool, "workers") >= 1)
    g_string_append_printf (options, "%u", telar_pool_workers (pool, 0));
  print_initializer (program, options, object);
  if (max >= 1 && !threads)
    g_string_append_printf (options, "%smaxtasksperchild=%.0f", options->len > 0 ? ", " : "", max);
  if (threads)
    telar_python_import (program, "multiprocessing.pool.ThreadPool");
  else
    telar_python_import (program, "multiprocessing.Pool");
  telar_printer_line (out, "%s = %s(%s)", program->objects[object].names[0], class, options->str);
}

void
telar_python_print_pools (TelarPythonProgram *program, TelarPrinter *out, guint32 task)
{
  for (guint i = 0; i < program->graph->objects->len; i++)
    if (object_at (program, i)->type == TELAR_OBJECT_POOL && program->objects[i].home == task)
      print_pool (program, out, i);
  telar_printer_part (out);
}

void
telar_python_end_pools (TelarPythonProgram *program, TelarPrinter *out, guint32 task)
{
  for (guint i = 0; i < program->graph->objects->len; i++)
    {
      const char *name = program->objects[i].names[0];

      if (object_at (program, i)->type != TELAR_OBJECT_POOL || program->objects[i].home != task)
        continue;
      telar_printer_part (out);
      telar_printer_line (out, "%s.close()", name);
      telar_printer_line (out, "%s.join()", name);
    }
}

/* The variable of what comes of a step that goes on at once. */
static const char *
result_of (TelarPythonProgram *program, const TelarStep *step)
{
  const char *wanted = telar_pool_result_name (step);
  g_autofree char *key = g_strdup_printf ("%d %s", telar_pool_of_step (program->graph, step),
                                          wanted);
  const char *name = g_hash_table_lookup (program->results, key);

  if (name == NULL)
    {
      name = telar_python_name (program->taken, wanted);
      g_hash_table_insert (program->results, g_steal_pointer (&key), (gpointer) name);
    }
  return name;
}

/* "[1, 2]", "[(1, 2), (3, 4)]", with the chunk where there is one. */
static char *
items_of (TelarPythonProgram *program, guint32 task, const TelarStep *step, const char *function)
{
  TelarValueType type = telar_catalogue_find (step->function)->parameters[2].type;
  json_t *calls = telar_pool_calls (step);
  GString *text = g_string_new ("[");

  for (size_t i = 0; i < json_array_size (calls); i++)
    {
      const json_t *call = json_array_get (calls, i);
      g_autofree char *arguments = arguments_of (program, task, function, call);

      if (type == TELAR_VALUE_ROWS)
        g_string_append_printf (text, "%s(%s%s)", i > 0 ? ", " : "", arguments,
                                json_array_size (call) == 1 ? "," : "");
      else
        g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", arguments);
    }
  g_string_append_c (text, ']');
  json_decref (calls);
  return g_string_free (text, FALSE);
}

static void
print_work (TelarPythonProgram *program, TelarPrinter *out, guint32 task, const TelarStep *step,
            const char *pool)
{
  const char *function = json_string_value (json_array_get (step->args, 1));
  gboolean async = g_str_has_suffix (step->function, "_async");
  const json_t *chunk = json_array_get (step->args, async ? 4 : 3);
  g_autofree char *items = items_of (program, task, step, function);
  g_autoptr (GString) call = g_string_new (NULL);

  g_string_printf (call, "%s.%s(%s, %s", pool, step->function, telar_python_use (program, function),
                   items);
  if (json_integer_value (chunk) > 0)
    g_string_append_printf (call, ", %" JSON_INTEGER_FORMAT, json_integer_value (chunk));
  g_string_append_c (call, ')');
  if (async)
    telar_printer_line (out, "%s = %s", result_of (program, step), call->str);
  /* imap gives an iterator, which somebody has to ask */
  else if (g_str_has_prefix (step->function, "imap"))
    telar_printer_line (out, "list(%s)", call->str);
  else
    telar_printer_line (out, "%s", call->str);
}

static void
print_question (TelarPythonProgram *program, TelarPrinter *out, const TelarStep *step)
{
  const TelarFunction *function = telar_catalogue_find (step->function);
  const char *name = result_of (program, step), *method = step->function;
  g_autofree char *timeout = NULL;
  g_auto (TelarValue) value = { 0 };
  g_auto (TelarValueFault) fault = { 0 };

  if (telar_python_is_given (step, 2)
      && telar_value_read (&function->parameters[2], json_array_get (step->args, 2), &value, &fault))
    timeout = telar_python_duration (MAX (value.integer, 0), "s");
  if (strcmp (method, "get_result") == 0)
    method = "get";
  else if (strcmp (method, "wait_result") == 0)
    method = "wait";
  if (timeout != NULL && strcmp (method, "get") == 0)
    {
      telar_python_import (program, "contextlib.suppress");
      telar_python_import (program, "multiprocessing.TimeoutError");
      telar_printer_open (out, "with suppress(TimeoutError):");
    }
  telar_printer_line (out, "%s.%s(%s)", name, method, timeout != NULL ? timeout : "");
  if (timeout != NULL && strcmp (method, "get") == 0)
    telar_printer_close (out);
}

gboolean
telar_python_print_pool_step (TelarPythonProgram *program, TelarPrinter *out, guint32 task,
                              const TelarStep *step)
{
  int object = telar_pool_of_step (program->graph, step);
  const char *name = object >= 0 ? program->objects[object].names[0] : NULL;

  if (object < 0)
    return FALSE;
  if (telar_function_gives_calls (telar_catalogue_find (step->function)))
    print_work (program, out, task, step, name);
  else if (telar_pool_result_name (step) != NULL)
    print_question (program, out, step);
  else if (strcmp (step->function, "terminate_pool") == 0)
    telar_printer_line (out, "%s.terminate()", name);
  else if (strcmp (step->function, "join_pool") == 0)
    telar_printer_line (out, "%s.join()", name);
  else
    telar_printer_line (out, "%s.%s()", name, step->function);
  return TRUE;
}
