/* python-pane-model.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "python-pane/python-pane-model.h"

#include <string.h>

#include "graph/check.h"
#include "graph/relations.h"
#include "python-pane/python-syntax.h"

/* ---- sets of lines ------------------------------------------------------- */

void
telar_python_lines_add (GArray                *lines,
                        const TelarPythonMark *mark)
{
  for (guint i = 0; i < mark->n; i++)
    {
      guint line = mark->line + i;

      g_array_append_val (lines, line);
    }
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  guint first = *(const guint *) a, second = *(const guint *) b;

  return first < second ? -1 : first > second;
}

void
telar_python_lines_sort (GArray *lines)
{
  guint n = 0;

  g_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    if (i == 0 || g_array_index (lines, guint, i) != g_array_index (lines, guint, i - 1))
      g_array_index (lines, guint, n++) = g_array_index (lines, guint, i);
  g_array_set_size (lines, n);
}

/* ---- a page -------------------------------------------------------------- */

static const TelarTask *
task_at (const TelarPythonPage *page,
         guint32                task)
{
  return task == 0 ? page->graph->main : g_ptr_array_index (page->graph->tasks, task - 1);
}

/* "p2: milliseconds must be a time, not "x"; write …" */
static char *
describe_first_error (const GPtrArray *faults)
{
  for (guint i = 0; i < faults->len; i++)
    {
      const TelarFault *fault = g_ptr_array_index (faults, i);
      GString          *text;

      if (fault->level != TELAR_FAULT_ERROR)
        continue;
      text = g_string_new (NULL);
      if (fault->task != NULL)
        g_string_append_printf (text, "%s: ", fault->task);
      g_string_append (text, fault->what);
      if (fault->cure != NULL && *fault->cure != '\0')
        g_string_append_printf (text, "; %s", fault->cure);

      return g_string_free (text, FALSE);
    }

  return g_strdup ("");
}

/* Of marks in one line the order stays. */
static int
compare_marks (gconstpointer a,
               gconstpointer b)
{
  const TelarPythonMark *first = *(TelarPythonMark *const *) a;
  const TelarPythonMark *second = *(TelarPythonMark *const *) b;

  if (first->line != second->line)
    return first->line < second->line ? -1 : 1;
  return first < second ? -1 : first > second;
}

static void
sort_marks (TelarPythonPage *page)
{
  const GArray *marks = page->python->marks;
  g_autofree const TelarPythonMark **sorted = g_new (const TelarPythonMark *, marks->len + 1);

  for (guint i = 0; i < marks->len; i++)
    sorted[i] = &g_array_index (marks, TelarPythonMark, i);
  qsort (sorted, marks->len, sizeof *sorted, compare_marks);
  for (guint i = 0; i < marks->len; i++)
    g_array_append_vals (page->marks, sorted[i], 1);
}

static void
index_marks (TelarPythonPage *page)
{
  g_autofree guint *next = NULL;

  page->first = g_new0 (guint, page->n_tasks + 1);
  page->by_task = g_new0 (guint, page->marks->len + 1);
  for (guint i = 0; i < page->marks->len; i++)
    page->first[g_array_index (page->marks, TelarPythonMark, i).task + 1]++;
  for (guint32 i = 0; i < page->n_tasks; i++)
    page->first[i + 1] += page->first[i];

  next = g_memdup2 (page->first, sizeof (guint) * (page->n_tasks + 1));
  for (guint i = 0; i < page->marks->len; i++)
    page->by_task[next[g_array_index (page->marks, TelarPythonMark, i).task]++] = i;
}

gboolean
telar_python_has_program (const TelarGraph *graph)
{
  return graph->tasks->len > 0 || graph->main->steps->len > 0;
}

TelarPythonPage *
telar_python_page_new (TelarGraph *graph)
{
  TelarPythonPage       *page;
  g_autoptr (GPtrArray)  faults = telar_faults_new ();

  g_return_val_if_fail (graph != NULL, NULL);

  page = g_new0 (TelarPythonPage, 1);
  page->graph = telar_graph_ref (graph);
  page->n_tasks = graph->tasks->len + 1;
  page->marks = g_array_new (FALSE, FALSE, sizeof (TelarPythonMark));
  page->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint32 i = page->n_tasks; i > 0; i--)
    g_hash_table_insert (page->numbers, task_at (page, i - 1)->id, GUINT_TO_POINTER (i));

  if (!telar_graph_check (graph, faults))
    {
      page->fault = describe_first_error (faults);
    }
  else if (telar_python_has_program (graph))
    {
      page->python = telar_python_generate (graph);
      page->spans = telar_python_syntax (page->python->text);
      sort_marks (page);
    }
  index_marks (page);

  return page;
}

void
telar_python_page_free (TelarPythonPage *page)
{
  if (page == NULL)
    return;

  g_clear_pointer (&page->python, telar_python_free);
  g_clear_pointer (&page->spans, g_array_unref);
  g_clear_pointer (&page->numbers, g_hash_table_unref);
  g_array_unref (page->marks);
  g_free (page->fault);
  g_free (page->first);
  g_free (page->by_task);
  telar_graph_unref (page->graph);
  g_free (page);
}

/* ---- lines and tasks ----------------------------------------------------- */

GArray *
telar_python_page_lines_of (const TelarPythonPage *page,
                            const char *const     *ids)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (guint));

  g_return_val_if_fail (page != NULL && ids != NULL, lines);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      guint32 task = GPOINTER_TO_UINT (g_hash_table_lookup (page->numbers, ids[i]));

      for (guint n = task > 0 ? page->first[task - 1] : 0; task > 0 && n < page->first[task]; n++)
        telar_python_lines_add (lines, &g_array_index (page->marks, TelarPythonMark,
                                                       page->by_task[n]));
    }
  telar_python_lines_sort (lines);

  return lines;
}

const char *
telar_python_page_task_at (const TelarPythonPage *page,
                           guint                  line)
{
  const TelarPythonMark *mark;

  g_return_val_if_fail (page != NULL, NULL);

  mark = page->python != NULL ? telar_python_at (page->python, line) : NULL;

  return mark != NULL ? task_at (page, mark->task)->id : NULL;
}

/* @id: cut where a copy's number begins */
static gboolean
cut_copy (char *id)
{
  char *dot = strrchr (id, '.');

  if (dot == NULL || dot == id || dot[1] == '\0'
      || strspn (dot + 1, "0123456789") < strlen (dot + 1))
    return FALSE;
  *dot = '\0';

  return TRUE;
}

guint32 *
telar_python_page_match (const TelarPythonPage *page,
                         const TelarGraph      *run,
                         const TelarPlan       *plan)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  guint32               *match;

  g_return_val_if_fail (page != NULL && run != NULL && plan != NULL, NULL);

  match = g_new (guint32, plan->n_tasks);
  g_hash_table_add (known, run->main->id);
  for (guint i = 0; i < run->tasks->len; i++)
    g_hash_table_add (known, ((TelarTask *) g_ptr_array_index (run->tasks, i))->id);

  for (guint32 i = 0; i < plan->n_tasks; i++)
    {
      g_autofree char *id = g_strdup (telar_plan_text (plan, telar_plan_task (plan, i)->id));
      gboolean         found;
      guint32          task;

      while (!(found = g_hash_table_contains (known, id)) && cut_copy (id))
        ;
      task = found ? GPOINTER_TO_UINT (g_hash_table_lookup (page->numbers, id)) : 0;
      match[i] = task > 0 ? task - 1 : TELAR_NOBODY;
    }

  return match;
}
