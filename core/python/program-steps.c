/* program-steps.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What tasks do, a line a step.
 */

#include "config.h"

#include <string.h>

#include "graph/json.h"
#include "python/functions.h"
#include "python/program.h"
#include "python/words.h"

gboolean
telar_python_is_control (const TelarStep *step)
{
  return telar_json_task (json_array_get (step->args, 0)) != NULL && !telar_python_shares (step);
}

/* ---- arguments ---------------------------------------------------------- */

char *
telar_python_counter (const TelarPythonProgram *program, guint32 task)
{
  guint level = 0;

  for (guint32 at = program->relations->tasks[task].parent; at != TELAR_NOBODY;
       at = program->relations->tasks[at].parent)
    level += program->counted[at];
  return level < 6 ? g_strdup_printf ("%c", 'i' + (int) level) : g_strdup_printf ("i%u", level);
}

/* "w.{i}", in an f-string. */
static char *
label_of (const TelarPythonProgram *program, guint32 task, gboolean *counts)
{
  GString *copies = g_string_new (NULL);
  GString *label = g_string_new (telar_python_task (program, task)->id);

  for (guint32 at = task; at != TELAR_NOBODY; at = program->relations->tasks[at].parent)
    if (telar_python_task (program, at)->copies > 1)
      {
        g_autofree char *counter = telar_python_counter (program, at);
        g_autofree char *copy = g_strdup_printf (".{%s}", counter);

        g_string_prepend (copies, copy);
        *counts = TRUE;
      }
  if (*counts)
    {
      g_string_replace (label, "{", "{{", 0);
      g_string_replace (label, "}", "}}", 0);
    }
  g_string_append (label, copies->str);
  g_string_free (copies, TRUE);
  return g_string_free (label, FALSE);
}

char *
telar_python_called (const TelarPythonProgram *program, guint32 task)
{
  const char *name = telar_python_task (program, task)->name;
  gboolean counts = FALSE;
  g_autofree char *label = name != NULL && *name != '\0' ? g_strdup (name)
                                                         : label_of (program, task, &counts);
  g_autofree char *quoted = telar_python_quote (label);

  return counts ? g_strconcat ("f", quoted, NULL) : g_steal_pointer (&quoted);
}

/* What `identify` says of the task: 't1 in p1'. */
static char *
identity_of (const TelarPythonProgram *program, guint32 task)
{
  gboolean counts = FALSE;
  guint32 parent = program->relations->tasks[task].parent;
  g_autofree char *label = label_of (program, task, &counts);
  g_autofree char *above = task == 0 ? NULL : label_of (program, parent, &counts);
  g_autofree char *text = above != NULL ? g_strconcat (label, " in ", above, NULL)
                                        : g_strdup (label);
  g_autofree char *quoted = telar_python_quote (text);

  return counts ? g_strconcat ("f", quoted, NULL) : g_steal_pointer (&quoted);
}

/* Whether it means the same in Python, unquoted: numbers, lists of them. */
static gboolean
is_literal (const json_t *json)
{
  for (size_t i = 0; i < json_array_size (json); i++)
    if (!is_literal (json_array_get (json, i)))
      return FALSE;
  return json_is_array (json) || json_is_number (json);
}

static char *
argument_text (const TelarPythonProgram *program, const TelarParameter *parameter,
               const json_t *json)
{
  g_auto (TelarValue) value = { 0 };
  g_auto (TelarValueFault) fault = { 0 };
  g_autofree char *text = NULL;

  telar_value_read (parameter, json, &value, &fault);
  text = telar_python_value (parameter, &value);
  for (guint i = 0; value.type == TELAR_VALUE_INTEGERS && i < program->lists->len; i++)
    {
      const TelarPythonList *list = g_ptr_array_index (program->lists, i);
      if (list->name != NULL && strcmp (list->text, text) == 0)
        return g_strdup (list->name);
    }
  return g_steal_pointer (&text);
}

char *
telar_python_arguments (TelarPythonProgram *program, guint32 task, const TelarStep *step)
{
  const TelarFunction *function = telar_catalogue_find (step->function);
  const TelarPythonFunction *row = telar_python_function_find (step->function);
  guint n = (guint) json_array_size (step->args);
  GString *out = g_string_new (NULL);

  if (strcmp (step->function, "identify") == 0)
    {
      g_string_free (out, TRUE);
      return identity_of (program, task);
    }
  for (guint i = 0; i < n; i++)
    {
      const TelarParameter *parameter
          = &function->parameters[MIN (i, function->n_parameters - 1)];
      const json_t *json = json_array_get (step->args, i);
      g_autofree char *text = NULL;

      /* What python() takes as a value may as well be one. */
      if (parameter->type == TELAR_VALUE_TEXTS && is_literal (json)
          && strcmp (step->function, "python") == 0)
        {
          g_autoptr (GString) literal = g_string_new (NULL);
          telar_json_print (literal, json);
          text = g_strdup (literal->str);
        }
      else
        text = argument_text (program, parameter, json);
      if (parameter->type == TELAR_VALUE_SIGNAL)
        telar_python_import (program, "signal");
      g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", text);
    }
  if (row != NULL && row->none != NULL && n == 0)
    g_string_append (out, row->none);
  if (row != NULL && row->extra != NULL)
    g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", row->extra);
  return g_string_free (out, FALSE);
}

/* ---- other tasks -------------------------------------------------------- */

void
telar_python_print_method (TelarPythonProgram *program, TelarPrinter *out, TelarPythonRef ref,
                           const char *call)
{
  const TelarTask *task = telar_python_task (program, ref.task);
  const char *name = program->names[ref.task];
  const char *one = task->kind == TELAR_KIND_THREAD ? "thread" : "process";

  if (task->copies == 1)
    telar_printer_line (out, "%s.%s", name, call);
  else if (ref.copy > 0)
    telar_printer_line (out, "%s[%u].%s", name, ref.copy - 1, call);
  else
    {
      telar_printer_open (out, "for %s in %s:", one, name);
      telar_printer_line (out, "%s.%s", one, call);
      telar_printer_close (out);
    }
}

typedef struct
{
  const char     *function;
  const char     *method;
  TelarPythonWhat what;
  gboolean        is_attribute; /* read, not called */
} Method;

static const Method methods[] = {
  { "start", "start", TELAR_PYTHON_START },
  { "join", "join", TELAR_PYTHON_JOIN },
  { "terminate", "terminate", TELAR_PYTHON_STEP },
  { "kill", "kill", TELAR_PYTHON_STEP },
  { "is_alive", "is_alive", TELAR_PYTHON_STEP },
  { "exitcode", "exitcode", TELAR_PYTHON_STEP, .is_attribute = TRUE },
  { "pid", "pid", TELAR_PYTHON_STEP, .is_attribute = TRUE },
};

static const Method *
find_method (const char *function)
{
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (strcmp (methods[i].function, function) == 0)
      return &methods[i];
  return NULL;
}

/* Whoever starts a task has it at hand; of others, and of itself, it is known what they
 * are called. */
static void
print_name (TelarPythonProgram *program, TelarPrinter *out, guint32 task, TelarPythonRef ref)
{
  const TelarTask *it = telar_python_task (program, ref.task);
  const char *name = program->names[ref.task];
  const char *one = it->kind == TELAR_KIND_THREAD ? "thread" : "process";

  if (program->relations->tasks[ref.task].parent != task)
    {
      for (guint copy = MAX (ref.copy, 1); copy <= (ref.copy > 0 ? ref.copy : it->copies); copy++)
        {
          g_autofree char *id = it->name != NULL && *it->name != '\0' ? g_strdup (it->name)
                                : it->copies > 1 ? g_strdup_printf ("%s.%u", it->id, copy)
                                                 : g_strdup (it->id);
          g_autofree char *quoted = telar_python_quote (id);

          telar_printer_line (out, "print(%s)", quoted);
        }
    }
  else if (it->copies == 1)
    telar_printer_line (out, "print(%s.name)", name);
  else if (ref.copy > 0)
    telar_printer_line (out, "print(%s[%u].name)", name, ref.copy - 1);
  else
    {
      telar_printer_open (out, "for %s in %s:", one, name);
      telar_printer_line (out, "print(%s.name)", one);
      telar_printer_close (out);
    }
}

/* One timeout for all of the copies. */
static void
print_deadline (TelarPythonProgram *program, TelarPrinter *out, TelarPythonRef ref,
                const char *timeout)
{
  telar_python_import (program, "time");
  telar_printer_line (out, "deadline = time.monotonic() + %s", timeout);
  telar_python_print_method (program, out, ref, "join(max(0, deadline - time.monotonic()))");
}

static void
print_control (TelarPythonProgram *program, TelarPrinter *out, guint32 task, guint number)
{
  const TelarStep *step = g_ptr_array_index (telar_python_task (program, task)->steps, number);
  const TelarFunction *function = telar_catalogue_find (step->function);
  const Method *method = find_method (step->function);
  guint first = telar_printer_here (out);
  g_autofree char *timeout = NULL;
  g_autofree char *call = NULL;
  TelarPythonRef ref;

  ref.task = telar_relations_find (program->relations,
                                   telar_json_task (json_array_get (step->args, 0)), &ref.copy);
  if (strcmp (step->function, "name") == 0)
    {
      print_name (program, out, task, ref);
      telar_printer_mark (out, out->line - first, task, TELAR_PYTHON_STEP, (int) number);
      return;
    }
  if (json_array_size (step->args) > 1)
    timeout = argument_text (program, &function->parameters[1], json_array_get (step->args, 1));
  if (method->is_attribute)
    call = g_strdup (method->method);
  else
    call = g_strdup_printf ("%s(%s)", method->method, timeout != NULL ? timeout : "");
  if (timeout != NULL && ref.copy == 0 && telar_python_task (program, ref.task)->copies > 1)
    print_deadline (program, out, ref, timeout);
  else
    telar_python_print_method (program, out, ref, call);
  if (method->what != TELAR_PYTHON_STEP)
    telar_printer_mark (out, out->line - first, ref.task, method->what, -1);
  telar_printer_mark (out, out->line - first, task, TELAR_PYTHON_STEP, (int) number);
}

/* ---- bodies ------------------------------------------------------------- */

static void
print_step (TelarPythonProgram *program, TelarPrinter *out, guint32 task, guint number,
            const guint *held)
{
  const TelarStep *step = g_ptr_array_index (telar_python_task (program, task)->steps, number);
  g_autofree char *arguments = NULL;
  const char *function;
  guint first = telar_printer_here (out);

  if (telar_python_shares (step))
    {
      telar_python_print_share (program, out, task, step, held);
      telar_printer_mark (out, out->line - first, task, TELAR_PYTHON_STEP, (int) number);
      return;
    }
  if (telar_python_is_control (step))
    {
      print_control (program, out, task, number);
      return;
    }
  function = telar_python_use (program, step->function);
  arguments = telar_python_arguments (program, task, step);
  telar_printer_line (out, "%s(%s)", function, arguments);
  telar_printer_mark (out, 1, task, TELAR_PYTHON_STEP, (int) number);
}

static const TelarStep *
step_at (const TelarPythonProgram *program, guint32 task, guint number)
{
  return g_ptr_array_index (telar_python_task (program, task)->steps, number);
}

/* The lock that a step takes (1) or gives back (-1) for sure, or -1. */
static int
lock_of (const TelarPythonProgram *program, const TelarStep *step, int *by)
{
  int object = telar_python_object (program->graph, json_array_get (step->args, 0));

  *by = strcmp (step->function, "release") == 0                                     ? -1
        : strcmp (step->function, "acquire") == 0 && !telar_python_is_given (step, 1) ? 1
                                                                                      : 0;
  return *by != 0 ? object : -1;
}

/* Where what step @from takes is given back, before @end; or 0: no block of Python's
 * could stand for the two. */
static guint
find_release (const TelarPythonProgram *program, guint32 task, guint from, guint end)
{
  static const char *const leaves[] = { "exit", "fail", "crash", "command", "python" };
  int by, lock = lock_of (program, step_at (program, task, from), &by), depth = 1;

  if (by != 1)
    return 0;
  for (guint i = from + 1; i < end; i++)
    {
      const TelarStep *step = step_at (program, task, i);
      int other = telar_python_object (program->graph, json_array_get (step->args, 0));

      /* A block would give back what a task that ends in it goes on holding. */
      for (guint n = 0; n < G_N_ELEMENTS (leaves); n++)
        if (strcmp (step->function, leaves[n]) == 0)
          return 0;
      if (other != lock)
        continue;
      if (strcmp (step->function, "acquire") == 0 && telar_python_is_given (step, 1))
        return 0;
      lock_of (program, step, &by);
      depth += by;
      if (depth == 0)
        return i > from + 1 ? i : 0;
    }
  return 0;
}

static void
print_steps (TelarPythonProgram *program, TelarPrinter *out, guint32 task, guint from, guint end,
             guint *held)
{
  for (guint i = from; i < end; i++)
    {
      guint release = find_release (program, task, i, end);
      int by, lock = lock_of (program, step_at (program, task, i), &by);
      guint *holds = lock >= 0 ? &held[telar_python_lock_of (program, (guint) lock)] : NULL;

      if (release == 0)
        {
          print_step (program, out, task, i, held);
          if (holds != NULL)
            *holds = by > 0 ? *holds + 1 : *holds - MIN (*holds, 1);
          continue;
        }
      /* As Python does, which comes back to this line when it leaves the block. */
      telar_printer_open (out, "with %s:", program->objects[lock].names[0]);
      telar_printer_mark (out, 1, task, TELAR_PYTHON_STEP, (int) i);
      telar_printer_mark (out, 1, task, TELAR_PYTHON_STEP, (int) release);
      ++*holds;
      print_steps (program, out, task, i + 1, release, held);
      --*holds;
      telar_printer_close (out);
      i = release;
    }
}

void
telar_python_print_body (TelarPythonProgram *program, TelarPrinter *out, guint32 task)
{
  const TelarTask *it = telar_python_task (program, task);
  g_autofree guint *held = g_new0 (guint, program->graph->objects->len + 1);

  if (it->steps->len == 0)
    return;
  if (it->repeat > 1)
    telar_printer_open (out, "for _ in range(%u):", it->repeat);
  print_steps (program, out, task, 0, it->steps->len, held);
  if (it->repeat > 1)
    telar_printer_close (out);
}
