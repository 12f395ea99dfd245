/* program-tasks.c
 *
 * SPDX-License-Identifier: MIT
 *
 * How tasks come into being: their objects, the functions that they run.
 */

#include "config.h"

#include "python/program.h"

/* ---- cores -------------------------------------------------------------- */

static gboolean
is_pinned (const TelarPythonProgram *program, guint32 task)
{
  const TelarTask *it = telar_python_task (program, task);

  return task != 0 && it->kind != TELAR_KIND_CALL
         && (it->core >= 0 || program->graph->placement == TELAR_PLACEMENT_SPREAD);
}

/* The set of cores of a task that is not where its parent is: "{0}"; or NULL. */
static char *
cores_of (TelarPythonProgram *program, guint32 task)
{
  const TelarTask *it = telar_python_task (program, task);
  guint32 parent = program->relations->tasks[task].parent;

  if (it->core >= 0)
    return g_strdup_printf ("{%d}", it->core);
  if (is_pinned (program, task))
    return g_strdup ("{next(cores)}");
  while (parent != 0 && telar_python_task (program, parent)->kind == TELAR_KIND_CALL)
    parent = program->relations->tasks[parent].parent;
  if (!is_pinned (program, parent))
    return NULL;
  telar_python_import (program, "os");
  return g_strdup ("usable");
}

/* ---- objects ------------------------------------------------------------ */

static const char *
class_of (TelarPythonProgram *program, guint32 task)
{
  if (telar_python_task (program, task)->kind == TELAR_KIND_PROCESS)
    {
      TelarStartMethod method = telar_python_method (program, task);

      if (method != telar_python_usual_method (program))
        {
          return method == TELAR_METHOD_FORK         ? "fork.Process"
                 : method == TELAR_METHOD_FORKSERVER ? "forkserver.Process"
                                                     : "spawn.Process";
        }
      telar_python_import (program, "Process");
      return "Process";
    }
  telar_python_import (program, "Thread");
  return program->watched[task] ? telar_python_use (program, "WatchedThread") : "Thread";
}

/* "i, m, q": which copy it is, and what it is given. */
static char *
parameters_of (const TelarPythonProgram *program, guint32 task)
{
  g_autofree char *given = telar_python_given (program, task);
  g_autofree char *counter = NULL;

  if (!program->counted[task] || telar_python_task (program, task)->kind == TELAR_KIND_CALL)
    return g_steal_pointer (&given);
  counter = telar_python_counter (program, task);
  return g_strconcat (counter, *given != '\0' ? ", " : "", given, NULL);
}

/* "numbers, 15" of a function that is called as it stands, or what its def takes. */
static char *
target_of (TelarPythonProgram *program, guint32 task, char **arguments)
{
  const TelarStep *step;

  if (program->defined[task])
    {
      *arguments = parameters_of (program, task);
      return g_strdup (program->defs[task]);
    }
  step = g_ptr_array_index (telar_python_task (program, task)->steps, 0);
  *arguments = telar_python_arguments (program, task, step);
  return g_strdup (telar_python_use (program, step->function));
}

/* One argument needs a comma to be a tuple. */
static char *
tuple (const char *items, gboolean several)
{
  return g_strdup_printf ("args=(%s%s)", items, several ? "" : ",");
}

/* Whether a comma stands between arguments, not inside of one. */
static gboolean
are_several (const char *arguments)
{
  int depth = 0;
  char quote = '\0';

  for (const char *at = arguments; *at != '\0'; at++)
    if (quote != '\0')
      {
        if (*at == '\\')
          at++;
        else if (*at == quote)
          quote = '\0';
      }
    else if (*at == '\'' || *at == '"')
      quote = *at;
    else if (*at == '[' || *at == '{' || *at == '(')
      depth++;
    else if (*at == ']' || *at == '}' || *at == ')')
      depth--;
    else if (*at == ',' && depth == 0)
      return TRUE;
  return FALSE;
}

void
telar_python_print_creation (TelarPythonProgram *program, TelarPrinter *out, guint32 task)
{
  const TelarTask *it = telar_python_task (program, task);
  g_autofree char *arguments = NULL;
  g_autofree char *target = target_of (program, task, &arguments);
  g_autofree char *cores = cores_of (program, task);
  g_autofree char *counter = telar_python_counter (program, task);
  g_autofree char *range = program->counted[task]
                               ? g_strdup_printf ("for %s in range(1, %u)]", counter,
                                                  it->copies + 1)
                               : g_strdup_printf ("for _ in range(%u)]", it->copies);
  g_autofree char *args = NULL;
  g_autofree char *head = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *called = program->called ? telar_python_called (program, task) : NULL;
  g_autofree char *more = g_strconcat (it->daemon ? ", daemon=True" : "",
                                       called != NULL ? ", name=" : "", called, NULL);
  const char *copied = it->copies > 1 ? "[" : "";
  guint first = telar_printer_here (out);

  if (cores != NULL)
    {
      g_autofree char *all = g_strdup_printf ("%s, %s%s%s", cores, target,
                                              *arguments != '\0' ? ", " : "", arguments);
      args = tuple (all, TRUE);
      g_free (target);
      target = g_strdup (telar_python_use (program, "on_cores"));
    }
  else if (*arguments != '\0')
    args = tuple (arguments, are_several (arguments));

  head = g_strdup_printf ("%s = %s%s(target=%s%s%s", program->names[task], copied,
                          class_of (program, task), target, args != NULL ? "," : more,
                          args != NULL ? "" : ")");
  rest = args != NULL ? g_strdup_printf ("%s%s)", args, more) : NULL;
  if (it->copies > 1)
    {
      g_autofree char *whole = rest != NULL ? g_strconcat (head, " ", rest, NULL)
                                            : g_strdup (head);
      telar_printer_wrap (out, whole, range);
    }
  else if (rest != NULL)
    telar_printer_wrap (out, head, rest);
  else
    telar_printer_line (out, "%s", head);
  telar_printer_mark (out, out->line - first, task, TELAR_PYTHON_CREATE, -1);
  if (!program->defined[task])
    telar_printer_mark (out, out->line - first, task, TELAR_PYTHON_STEP, 0);
}

/* ---- defs --------------------------------------------------------------- */

void
telar_python_print_def (TelarPythonProgram *program, TelarPrinter *out, guint32 task)
{
  const TelarTask *it = telar_python_task (program, task);
  g_autofree char *counter = telar_python_counter (program, task);
  g_autofree char *parameters = parameters_of (program, task);

  telar_printer_open (out, "def %s(%s):", program->defs[task], parameters);
  telar_printer_mark (out, 1, task, TELAR_PYTHON_DEF, -1);
  if (it->kind == TELAR_KIND_CALL && it->copies > 1)
    {
      if (program->counted[task])
        telar_printer_open (out, "for %s in range(1, %u):", counter, it->copies + 1);
      else
        telar_printer_open (out, "for _ in range(%u):", it->copies);
    }
  telar_python_print_scope (program, out, task);
  if (it->kind == TELAR_KIND_CALL && it->copies > 1)
    telar_printer_close (out);
  telar_printer_close (out);
}

void
telar_python_print_call (TelarPythonProgram *program, TelarPrinter *out, guint32 task)
{
  const TelarTask *it = telar_python_task (program, task);
  g_autofree char *counter = telar_python_counter (program, task);
  guint first;

  if (program->defined[task])
    {
      g_autofree char *arguments = parameters_of (program, task);

      telar_printer_line (out, "%s(%s)", program->defs[task], arguments);
      telar_printer_mark (out, 1, task, TELAR_PYTHON_CALL, -1);
      return;
    }
  if (it->copies > 1 && program->counted[task])
    telar_printer_open (out, "for %s in range(1, %u):", counter, it->copies + 1);
  else if (it->copies > 1)
    telar_printer_open (out, "for _ in range(%u):", it->copies);
  first = telar_printer_here (out);
  telar_python_print_body (program, out, task);
  telar_printer_mark (out, out->line - first, task, TELAR_PYTHON_CALL, -1);
  if (it->copies > 1)
    telar_printer_close (out);
}
