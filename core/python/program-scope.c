/* program-scope.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A task and what belongs to it: first everything is made, then started, called
 * and joined in its order.
 */

#include "config.h"

#include "python/program.h"

static guint32
number_at (const GArray *numbers, guint i)
{
  return g_array_index (numbers, guint32, i);
}

static void
print_defs (TelarPythonProgram *program, TelarPrinter *out, const GArray *children)
{
  for (guint i = 0; i < children->len; i++)
    if (program->defined[number_at (children, i)])
      {
        telar_printer_part (out);
        telar_python_print_def (program, out, number_at (children, i));
        telar_printer_part (out);
      }
}

static void
print_creations (TelarPythonProgram *program, TelarPrinter *out, const GArray *children)
{
  for (guint i = 0; i < children->len; i++)
    if (telar_python_task (program, number_at (children, i))->kind != TELAR_KIND_CALL)
      telar_python_print_creation (program, out, number_at (children, i));
}

/* ---- who ends first ----------------------------------------------------- */

static void print_steps (TelarPythonProgram *program, TelarPrinter *out, const GArray *steps,
                         const TelarOrder *order);

static void
print_either (TelarPythonProgram *program, TelarPrinter *out, const TelarOrderStep *step,
              const TelarOrder *order)
{
  const char *first = program->names[step->ref.task];
  const char *second = program->names[step->other.task];
  const TelarPythonRef both[] = { step->ref, step->other };

  telar_python_import (program, "connection");
  telar_printer_line (out, "ended = connection.wait([%s.sentinel, %s.sentinel])", first, second);
  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    telar_printer_mark (out, 1, both[i].task, TELAR_PYTHON_WAIT, -1);
  telar_printer_open (out, "if %s.sentinel in ended:", first);
  print_steps (program, out, step->first, order);
  telar_printer_close (out);
  telar_printer_open (out, "else:");
  print_steps (program, out, step->second, order);
  telar_printer_close (out);
}

/* "p1.exitcode == 0 and …" */
static void
print_if (TelarPythonProgram *program, TelarPrinter *out, const TelarOrderStep *step,
          const TelarOrder *order)
{
  g_autoptr (GString) condition = g_string_new (NULL);

  for (guint i = 0; i < step->after->len; i++)
    {
      const TelarPythonRef *ref = &g_array_index (step->after, TelarPythonRef, i);
      const char *name = program->names[ref->task];

      g_string_append (condition, i > 0 ? " and " : "");
      if (telar_python_task (program, ref->task)->copies == 1)
        g_string_append_printf (condition, "%s.exitcode == 0", name);
      else if (ref->copy > 0)
        g_string_append_printf (condition, "%s[%u].exitcode == 0", name, ref->copy - 1);
      else
        g_string_append_printf (condition, "all(process.exitcode == 0 for process in %s)", name);
    }
  telar_printer_open (out, "if %s:", condition->str);
  print_steps (program, out, step->first, order);
  telar_printer_close (out);
}

/* "p1", "*w", "w[1]", "run_done": a task as an element of a list or a set. */
static char *
element (const TelarPythonProgram *program, TelarPythonRef ref)
{
  const TelarTask *task = telar_python_task (program, ref.task);

  if (task->kind == TELAR_KIND_CALL)
    return g_strdup (program->defs[ref.task] != NULL ? program->defs[ref.task] : "None");
  if (task->copies == 1)
    return g_strdup (program->names[ref.task]);
  return ref.copy == 0 ? g_strconcat ("*", program->names[ref.task], NULL)
                       : g_strdup_printf ("%s[%u]", program->names[ref.task], ref.copy - 1);
}

/* Whether @task is on its way when the loop begins, so that others have to wait
 * for it there. */
static gboolean
is_open (const TelarOrder *order, guint32 task)
{
  for (guint i = 0; i < order->waiting->len; i++)
    if (number_at (order->waiting, i) == task)
      return TRUE;
  for (guint i = 0; i < order->running->len; i++)
    if (number_at (order->running, i) == task)
      return TRUE;
  return FALSE;
}

/* "{p1, *w}". (transfer full) */
static char *
after_set (const TelarPythonProgram *program, const TelarOrder *order, guint32 task)
{
  const GPtrArray *after = telar_python_task (program, task)->after;
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < after->len; i++)
    {
      TelarPythonRef ref;
      g_autofree char *text = NULL;

      ref.task = telar_relations_find (program->relations, g_ptr_array_index (after, i),
                                       &ref.copy);
      if (!is_open (order, ref.task))
        continue;
      text = element (program, ref);
      g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "{", text);
    }
  g_string_append (out, out->len > 0 ? "}" : "set()");
  return g_string_free (out, FALSE);
}

/* after = { p3: {p1}, … } */
static void
print_after (TelarPythonProgram *program, TelarPrinter *out, const TelarOrder *order)
{
  telar_printer_open (out, "after = {");
  for (guint i = 0; i < order->waiting->len; i++)
    {
      guint32 number = number_at (order->waiting, i);
      const TelarTask *task = telar_python_task (program, number);
      g_autofree char *set = after_set (program, order, number);

      if (task->kind == TELAR_KIND_CALL)
        telar_printer_line (out, "%s: %s,", program->defs[number], set);
      else if (task->copies > 1)
        telar_printer_line (out, "**{%s: %s for %s in %s},",
                            task->kind == TELAR_KIND_THREAD ? "thread" : "process", set,
                            task->kind == TELAR_KIND_THREAD ? "thread" : "process",
                            program->names[number]);
      else
        telar_printer_line (out, "%s: %s,", program->names[number], set);
      telar_printer_mark (out, 1, number,
                          task->kind == TELAR_KIND_CALL ? TELAR_PYTHON_CALL : TELAR_PYTHON_START,
                          -1);
    }
  telar_printer_close (out);
  telar_printer_line (out, "}");
}

/* Those that run when the loop has ended; daemons are left alone. */
static void
print_running_joins (TelarPythonProgram *program, TelarPrinter *out, const GArray *children)
{
  gboolean daemons = FALSE;
  guint n;

  for (guint i = 0; i < children->len; i++)
    daemons |= telar_python_task (program, number_at (children, i))->daemon;
  telar_printer_open (out, "for task in running:");
  if (daemons)
    telar_printer_open (out, "if not task.daemon:");
  telar_printer_line (out, "task.join()");
  telar_printer_close (out);
  if (daemons)
    telar_printer_close (out);
  n = daemons ? 3 : 2;
  for (guint i = 0; i < children->len; i++)
    if (telar_python_task (program, number_at (children, i))->kind != TELAR_KIND_CALL)
      telar_printer_mark (out, n, number_at (children, i), TELAR_PYTHON_JOIN, -1);
}

static void
print_follow (TelarPythonProgram *program, TelarPrinter *out, const TelarOrder *order,
              guint32 task)
{
  g_autoptr (GString) running = g_string_new (NULL);
  const char *loop = program->graph->skip_on_failure ? "start_or_skip" : "start_in_order";

  print_after (program, out, order);
  for (guint i = 0; i < order->running->len; i++)
    {
      TelarPythonRef ref = { number_at (order->running, i), 0 };
      g_autofree char *text = element (program, ref);
      g_string_append_printf (running, "%s%s", i > 0 ? ", " : "", text);
    }
  telar_printer_line (out, "running = [%s]", running->str);
  telar_printer_line (out, "%s(after, running)", telar_python_use (program, loop));
  for (guint i = 0; i < order->running->len; i++)
    telar_printer_mark (out, 1, number_at (order->running, i), TELAR_PYTHON_WAIT, -1);
  telar_printer_part (out);
  print_running_joins (program, out, telar_python_children (program, task));
}

/* ---- in order ----------------------------------------------------------- */

static void
print_one (TelarPythonProgram *program, TelarPrinter *out, const TelarOrderStep *step,
           const TelarOrder *order)
{
  guint first = telar_printer_here (out);

  switch (step->what)
    {
    case TELAR_ORDER_START:
      telar_python_print_method (program, out, step->ref, "start()");
      telar_printer_mark (out, out->line - first, step->ref.task, TELAR_PYTHON_START, -1);
      break;
    case TELAR_ORDER_JOIN:
      telar_python_print_method (program, out, step->ref, "join()");
      telar_printer_mark (out, out->line - first, step->ref.task, TELAR_PYTHON_JOIN, -1);
      break;
    case TELAR_ORDER_CALL:
      telar_python_print_call (program, out, step->ref.task);
      break;
    case TELAR_ORDER_IF:
      print_if (program, out, step, order);
      break;
    case TELAR_ORDER_EITHER:
      print_either (program, out, step, order);
      break;
    case TELAR_ORDER_FOLLOW:
      print_follow (program, out, order, step->ref.task);
      break;
    case TELAR_ORDER_BODY:
    default:
      telar_python_print_body (program, out, step->ref.task);
    }
}

/* A body of no steps prints nothing. */
static gboolean
is_nothing (const TelarPythonProgram *program, const TelarOrderStep *step)
{
  return step->what == TELAR_ORDER_BODY
         && telar_python_task (program, step->ref.task)->steps->len == 0;
}

/* Several of one kind are a paragraph, and so is what has a block of its own; a
 * start and its join stay together. */
static gboolean
is_paragraph (const TelarPythonProgram *program, const GArray *steps, guint first, guint *end)
{
  const TelarOrderStep *step = &g_array_index (steps, TelarOrderStep, first);
  guint n = 0;

  for (*end = first; *end < steps->len
                     && g_array_index (steps, TelarOrderStep, *end).what == step->what; (*end)++)
    n += step->ref.task != 0 && telar_python_task (program, step->ref.task)->copies > 1 ? 2 : 1;
  return n > 1 || (step->what != TELAR_ORDER_START && step->what != TELAR_ORDER_JOIN);
}

static void
print_steps (TelarPythonProgram *program, TelarPrinter *out, const GArray *steps,
             const TelarOrder *order)
{
  gboolean parted = FALSE;
  guint end;

  for (guint i = 0; i < steps->len; i = end)
    {
      gboolean parts = is_paragraph (program, steps, i, &end);

      if (is_nothing (program, &g_array_index (steps, TelarOrderStep, i)))
        continue;
      /* none in the branches of an if */
      if (order->steps == steps && (parts || parted))
        telar_printer_part (out);
      for (guint n = i; n < end; n++)
        print_one (program, out, &g_array_index (steps, TelarOrderStep, n), order);
      parted = parts;
    }
}

void
telar_python_print_scope (TelarPythonProgram *program, TelarPrinter *out, guint32 task)
{
  const GArray *children = telar_python_children (program, task);
  const TelarOrder *order = g_ptr_array_index (program->orders, task);

  if (task != 0)
    print_defs (program, out, children);
  telar_printer_part (out);
  telar_python_print_objects (program, out, task);
  print_creations (program, out, children);
  telar_printer_part (out);
  print_steps (program, out, order->steps, order);
  telar_python_end_pools (program, out, task);
  telar_python_end_blocks (program, out, task);
}
