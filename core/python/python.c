/* python.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The parts of a program, in their order: what it is, imports, functions of the
 * catalogue, functions of tasks, main. The last are written first: only then
 * is it known what has to be imported and defined.
 */

#include "config.h"

#include "python/python.h"

#include <string.h>

#include "python/functions.h"
#include "python/program.h"

/* ---- imports ------------------------------------------------------------ */

/* Names that are imported from a module, rather than a module itself. */
static const struct
{
  const char *module;
  const char *names[5];
} origins[] = {
  { "multiprocessing", { "Pipe", "Process", "connection", "set_start_method" } },
  { "threading", { "Thread" } },
};

static const char *
origin_of (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (origins); i++)
    for (guint n = 0; origins[i].names[n] != NULL; n++)
      if (strcmp (origins[i].names[n], name) == 0)
        return origins[i].module;
  return NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* So many a line as fit, in brackets. */
static void
print_import_list (TelarPrinter *out, const char *head, const GPtrArray *names)
{
  g_autoptr (GString) line = g_string_new (head);
  guint column = (guint) line->len;

  for (guint i = 0; g_ptr_array_index (names, i) != NULL; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      gboolean last = g_ptr_array_index (names, i + 1) == NULL;

      if (line->len > column && line->len + strlen (name) + 1 > TELAR_PYTHON_WIDTH)
        {
          g_string_truncate (line, line->len - 1);
          telar_printer_line (out, "%s", line->str);
          g_string_printf (line, "%*s", (int) column, "");
        }
      g_string_append_printf (line, "%s%s", name, last ? ")" : ", ");
    }
  telar_printer_line (out, "%s", line->str);
}

/* "from queue import Empty, Full" */
static void
print_import_from (TelarPythonProgram *program, TelarPrinter *out, const char *module, GList *keys)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  gsize length = strlen (module);

  for (GList *at = keys; at != NULL; at = at->next)
    {
      const char *key = at->data;

      if (g_strcmp0 (origin_of (key), module) == 0)
        g_ptr_array_add (names, (gpointer) key);
      else if (g_str_has_prefix (key, module) && key[length] == '.'
               && strchr (key + length + 1, '.') == NULL)
        g_ptr_array_add (names, (gpointer) (key + length + 1));
    }
  if (names->len == 0)
    return;
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  g_autofree char *head = g_strdup_printf ("from %s import (", module);
  g_autofree char *list = g_strjoinv (", ", (char **) names->pdata);
  if (strlen (head) - 1 + strlen (list) <= TELAR_PYTHON_WIDTH)
    telar_printer_line (out, "from %s import %s", module, list);
  else
    print_import_list (out, head, names);
}

static void
print_imports (TelarPythonProgram *program, TelarPrinter *out)
{
  static const char *const modules[] = { "contextlib", "multiprocessing", "multiprocessing.pool",
                                         "multiprocessing.shared_memory", "queue",
                                         "threading" };
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (program->modules),
                                         (GCompareFunc) strcmp);

  for (GList *at = names; at != NULL; at = at->next)
    if (origin_of (at->data) == NULL && strchr (at->data, '.') == NULL)
      telar_printer_line (out, "import %s", (const char *) at->data);
  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    print_import_from (program, out, modules[i], names);
}

/* ---- functions ---------------------------------------------------------- */

/* Two blank lines before what stands at the margin. */
static void
print_gap (TelarPrinter *out)
{
  if (out->line > 0)
    telar_printer_text (out, "\n\n");
}

static void
print_functions (TelarPythonProgram *program, TelarPrinter *out)
{
  guint n;
  const TelarPythonFunction *functions = telar_python_functions (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = NULL;
      gboolean some, all;

      if (functions[i].plain == NULL || !g_hash_table_contains (program->used, functions[i].name))
        continue;
      telar_python_options (program, functions[i].name, &some, &all);
      text = telar_python_function_text (&functions[i], some, all);
      print_gap (out);
      telar_printer_text (out, text);
    }
}

/* What only C knows: the program can be read, and says so when it is run. */
static void
print_foreign_functions (TelarPythonProgram *program, TelarPrinter *out)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (program->used),
                                         (GCompareFunc) strcmp);

  for (GList *at = names; at != NULL; at = at->next)
    {
      const char *name = at->data;

      if (telar_python_function_find (name) != NULL)
        continue;
      print_gap (out);
      telar_printer_open (out, "def %s(*args):", name);
      telar_printer_line (out, "raise NotImplementedError('%s is a function in C')", name);
      telar_printer_close (out);
    }
}

static void
print_task_functions (TelarPythonProgram *program, TelarPrinter *out)
{
  const GArray *children = telar_python_children (program, 0);

  for (guint i = 0; i < children->len; i++)
    {
      guint32 child = g_array_index (children, guint32, i);

      if (!program->defined[child])
        continue;
      telar_printer_text (out, "\n\n");
      telar_python_print_def (program, out, child);
    }
}

/* ---- main --------------------------------------------------------------- */

/* Returns: "{0, 1}" of the graph's own cores, or NULL where it takes all. */
static char *
own_cores (const TelarGraph *graph, const char *open, const char *close, guint most)
{
  GString *out;

  if (graph->cores == NULL)
    return NULL;
  out = g_string_new (open);
  for (guint i = 0; i < MIN (graph->cores->len, most); i++)
    g_string_append_printf (out, "%s%d", i > 0 ? ", " : "", g_array_index (graph->cores, int, i));
  g_string_append (out, close);
  return g_string_free (out, FALSE);
}

static gboolean
any_task (const TelarPythonProgram *program, gboolean (*holds) (const TelarTask *task))
{
  for (guint32 i = 1; i < program->relations->n_tasks; i++)
    if (holds (telar_python_task (program, i)))
      return TRUE;
  return FALSE;
}

static gboolean
is_started (const TelarTask *task)
{
  return task->kind != TELAR_KIND_CALL;
}

static gboolean
is_process (const TelarTask *task)
{
  return task->kind == TELAR_KIND_PROCESS;
}

static gboolean
has_core (const TelarTask *task)
{
  return is_started (task) && task->core >= 0;
}

/* "spawn = get_context('spawn')" for each that some processes, or objects, are of. */
static void
print_contexts (TelarPythonProgram *program, TelarPrinter *out)
{
  TelarStartMethod usual = telar_python_usual_method (program);

  static const TelarStartMethod methods[] = { TELAR_METHOD_FORK, TELAR_METHOD_FORKSERVER,
                                              TELAR_METHOD_SPAWN };

  for (guint k = 0; k < G_N_ELEMENTS (methods); k++)
    {
      TelarStartMethod method = methods[k];
      const char *name = telar_start_method_name (method);
      gboolean used = program->mixed && method == TELAR_METHOD_SPAWN
                      && program->graph->objects->len > 0;

      for (guint32 i = 1; i < program->relations->n_tasks && method != usual; i++)
        used |= is_process (telar_python_task (program, i))
                && telar_python_method (program, i) == method;
      if (!used)
        continue;
      telar_python_import (program, "multiprocessing.get_context");
      telar_printer_line (out, "%s = get_context('%s')", name, name);
    }
}

/* Where the tasks run, and how they are started. */
static void
print_settings (TelarPythonProgram *program, TelarPrinter *out)
{
  const TelarGraph *graph = program->graph;
  gboolean packed = graph->placement == TELAR_PLACEMENT_PACKED;
  gboolean spread = graph->placement == TELAR_PLACEMENT_SPREAD && any_task (program, is_started);
  g_autofree char *set = own_cores (graph, "{", "}", packed ? 1 : G_MAXUINT);
  g_autofree char *list = own_cores (graph, "[", "]", G_MAXUINT);

  if (any_task (program, is_process)
      && (program->nested || program->mixed || graph->start_method != TELAR_METHOD_FORK))
    {
      telar_python_import (program, "set_start_method");
      telar_printer_line (out, "set_start_method('%s')",
                          telar_start_method_name (telar_python_usual_method (program)));
    }
  print_contexts (program, out);
  if (set != NULL || packed || spread || any_task (program, has_core))
    telar_python_import (program, "os");
  if (set != NULL)
    telar_printer_line (out, "os.sched_setaffinity(0, %s)", set);
  else if (packed)
    telar_printer_line (out, "os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})");
  if (spread)
    {
      telar_python_import (program, "itertools");
      telar_printer_line (out, "cores = itertools.cycle(%s)",
                          list != NULL ? list : "sorted(os.sched_getaffinity(0))");
    }
  else if (any_task (program, has_core))
    telar_printer_line (out, "usable = os.sched_getaffinity(0)");
  if (graph->memory_limit > 0)
    {
      telar_python_import (program, "resource");
      telar_printer_line (out, "resource.setrlimit(resource.RLIMIT_AS, "
                               "(%" G_GUINT64_FORMAT " * 2**20,) * 2)",
                          graph->memory_limit >> 20);
    }
  telar_printer_part (out);
}

static void
print_lists (TelarPythonProgram *program, TelarPrinter *out, gboolean inner)
{
  for (guint i = 0; i < program->lists->len; i++)
    {
      const TelarPythonList *list = g_ptr_array_index (program->lists, i);
      g_autofree char *head = NULL;

      if (list->name == NULL || list->inner != inner)
        continue;
      head = g_strdup_printf ("%s = [", list->name);
      telar_printer_list (out, head, list->numbers);
    }
  telar_printer_part (out);
}

static void
print_main (TelarPythonProgram *program, TelarPrinter *out)
{
  telar_printer_text (out, "\n\n");
  telar_printer_open (out, "if __name__ == '__main__':");
  print_settings (program, out);
  print_lists (program, out, FALSE);
  telar_python_print_scope (program, out, 0);
  telar_printer_close (out);
}

/* ---- the whole ---------------------------------------------------------- */

static void
print_title (TelarPythonProgram *program, TelarPrinter *out)
{
  g_autofree char *title = NULL;

  if (program->graph->name == NULL || *program->graph->name == '\0')
    return;
  title = g_strdelimit (g_strdup (program->graph->name), "\r\n\f\v", ' ');
  telar_printer_line (out, "# %s", title);
  telar_printer_part (out);
}

/* Whether a step ends processes where they are, with what they have not yet printed. */
static gboolean
ends_early (const TelarStep *step)
{
  static const char *const names[] = { "terminate", "kill", "crash" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (step->function, names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Whoever calls @task in the end: a call prints among the lines of its parent. */
static guint32
printer_of (const TelarPythonProgram *program, guint32 task, gboolean *several)
{
  guint32 owner = task;

  while (owner != 0 && telar_python_task (program, owner)->kind == TELAR_KIND_CALL)
    owner = program->relations->tasks[owner].parent;
  *several = FALSE;
  for (guint32 at = owner; at != TELAR_NOBODY; at = program->relations->tasks[at].parent)
    *several |= telar_python_task (program, at)->copies > 1;
  return owner;
}

/* Where several tasks print at once, none may keep its lines back. */
static gboolean
prints_beside_others (const TelarPythonProgram *program)
{
  guint32 only = TELAR_NOBODY;
  gboolean any = FALSE, beside = FALSE, several;

  for (guint32 i = 0; i < program->relations->n_tasks; i++)
    {
      const GPtrArray *steps = telar_python_task (program, i)->steps;
      guint32 owner = printer_of (program, i, &several);

      for (guint n = 0; n < steps->len; n++)
        {
          const TelarStep *step = g_ptr_array_index (steps, n);
          const TelarPythonFunction *row = telar_python_function_find (step->function);

          beside |= ends_early (step);
          if (row == NULL || row->prints == 0)
            continue;
          any = TRUE;
          beside |= several || row->prints > 1 || (only != TELAR_NOBODY && only != owner);
          only = owner;
        }
    }
  return any && beside;
}

/* Whether processes are started where there are threads: a fork copies the lock
 * of standard output, in the hands of a thread that the new process has not. */
static gboolean
forks_beside_threads (const TelarPythonProgram *program)
{
  guint32 n = program->relations->n_tasks;
  g_autofree guint8 *kinds = g_new0 (guint8, n);

  for (guint32 i = 1; i < n; i++)
    {
      guint32 process = telar_relations_process (program->relations,
                                                 program->relations->tasks[i].parent);

      kinds[process] |= (guint8) (1u << telar_python_task (program, i)->kind);
      if ((kinds[process] & 1u << TELAR_KIND_PROCESS) && (kinds[process] & 1u << TELAR_KIND_THREAD))
        return TRUE;
    }
  return FALSE;
}

static void
print_output (TelarPythonProgram *program, TelarPrinter *out)
{
  if (!prints_beside_others (program))
    return;
  if (forks_beside_threads (program))
    telar_printer_text (out, "# Each line goes out at once and whole, and no thread holds a lock\n"
                             "# meanwhile: a process started just then would wait for it.\n"
                             "sys.stdout = io.TextIOWrapper(io.FileIO(1, 'w', closefd=False),\n"
                             "                              line_buffering=True)");
  else
    telar_printer_text (out, "# Each line goes out at once and whole, whoever else prints.\n"
                             "sys.stdout.reconfigure(line_buffering=True, write_through=False)");
  telar_printer_part (out);
}

TelarPython *
telar_python_generate (const TelarGraph *graph)
{
  g_autoptr (TelarPythonProgram) program = NULL;
  g_autoptr (TelarPrinter) whole = telar_printer_new ();
  g_autoptr (TelarPrinter) tasks = telar_printer_new ();
  TelarPython *python = g_new0 (TelarPython, 1);

  g_return_val_if_fail (graph != NULL, python);

  program = telar_python_program_new (graph);
  print_task_functions (program, tasks);
  print_main (program, tasks);
  if (prints_beside_others (program))
    telar_python_import (program, "sys");
  if (prints_beside_others (program) && forks_beside_threads (program))
    telar_python_import (program, "io");

  print_title (program, whole);
  print_imports (program, whole);
  telar_printer_part (whole);
  print_output (program, whole);
  print_lists (program, whole, TRUE);
  whole->parts = FALSE;
  print_functions (program, whole);
  print_foreign_functions (program, whole);
  telar_printer_append (whole, tasks);

  python->text = g_strdup (whole->text->str);
  python->marks = g_array_ref (whole->marks);
  python->notes = telar_python_notes (program);
  return python;
}

void
telar_python_free (TelarPython *python)
{
  if (python == NULL)
    return;
  g_free (python->text);
  g_clear_pointer (&python->marks, g_array_unref);
  g_clear_pointer (&python->notes, g_ptr_array_unref);
  g_free (python);
}

const TelarPythonMark *
telar_python_find (const TelarPython *python, guint32 task, TelarPythonWhat what, int step)
{
  g_return_val_if_fail (python != NULL, NULL);

  for (guint i = 0; i < python->marks->len; i++)
    {
      const TelarPythonMark *mark = &g_array_index (python->marks, TelarPythonMark, i);

      if (mark->task == task && mark->what == what && mark->step == step)
        return mark;
    }
  return NULL;
}

const TelarPythonMark *
telar_python_at (const TelarPython *python, guint line)
{
  g_return_val_if_fail (python != NULL, NULL);

  for (guint i = 0; i < python->marks->len; i++)
    {
      const TelarPythonMark *mark = &g_array_index (python->marks, TelarPythonMark, i);

      if (line >= mark->line && line < mark->line + mark->n)
        return mark;
    }
  return NULL;
}
