/* graph.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "graph/graph.h"
#include "graph/json.h"

static const char *const kind_names[] = { "process", "thread", "call" };
static const char *const placement_names[] = { "free", "spread", "packed" };
static const char *const start_method_names[] = { "fork", "forkserver", "spawn" };

static int
find_name (const char *const *names, int n, const char *text)
{
  for (int i = 0; text != NULL && i < n; i++)
    if (strcmp (names[i], text) == 0)
      return i;
  return -1;
}

TelarStep *
telar_step_new (const char *function, json_t *args)
{
  TelarStep *step = g_new0 (TelarStep, 1);

  step->function = g_strdup (function != NULL ? function : "");
  step->args = args != NULL ? args : json_array ();
  return step;
}

void
telar_step_free (TelarStep *step)
{
  if (step == NULL)
    return;
  g_free (step->function);
  json_decref (step->args);
  g_free (step);
}

TelarTask *
telar_task_new (const char *id, TelarKind kind)
{
  TelarTask *task = g_new0 (TelarTask, 1);

  task->id = g_strdup (id != NULL ? id : "");
  task->kind = kind;
  task->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) telar_step_free);
  task->repeat = 1;
  task->copies = 1;
  task->after = g_ptr_array_new_with_free_func (g_free);
  task->core = -1;
  task->start_method = -1;
  task->unknown = json_object ();
  return task;
}

void
telar_task_free (TelarTask *task)
{
  if (task == NULL)
    return;
  g_free (task->id);
  g_free (task->name);
  g_ptr_array_unref (task->steps);
  g_free (task->inside);
  g_ptr_array_unref (task->after);
  json_decref (task->unknown);
  g_free (task);
}

TelarTask *
telar_task_copy (const TelarTask *task)
{
  TelarTask *copy;

  g_return_val_if_fail (task != NULL, NULL);

  copy = g_new (TelarTask, 1);
  *copy = *task;
  copy->id = g_strdup (task->id);
  copy->name = g_strdup (task->name);
  copy->inside = g_strdup (task->inside);
  copy->steps = g_ptr_array_ref (task->steps);
  copy->after = g_ptr_array_ref (task->after);
  copy->unknown = json_incref (task->unknown);
  return copy;
}

TelarGraph *
telar_graph_new (void)
{
  TelarGraph *graph = g_new0 (TelarGraph, 1);

  g_atomic_ref_count_init (&graph->references);
  graph->main = telar_task_new ("main", TELAR_KIND_PROCESS);
  graph->tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) telar_task_free);
  graph->objects = g_ptr_array_new_with_free_func ((GDestroyNotify) telar_object_free);
  graph->unknown = json_object ();
  return graph;
}

TelarGraph *
telar_graph_copy (const TelarGraph *graph)
{
  TelarGraph *copy;

  g_return_val_if_fail (graph != NULL, NULL);

  copy = g_new (TelarGraph, 1);
  *copy = *graph;
  g_atomic_ref_count_init (&copy->references);
  copy->file = g_strdup (graph->file);
  copy->name = g_strdup (graph->name);
  copy->description = g_strdup (graph->description);
  copy->cores = graph->cores != NULL ? g_array_ref (graph->cores) : NULL;
  copy->main = telar_task_copy (graph->main);
  copy->tasks = g_ptr_array_new_full (graph->tasks->len, (GDestroyNotify) telar_task_free);
  for (guint i = 0; i < graph->tasks->len; i++)
    g_ptr_array_add (copy->tasks, telar_task_copy (g_ptr_array_index (graph->tasks, i)));
  copy->objects = g_ptr_array_ref (graph->objects);
  copy->unknown = json_incref (graph->unknown);
  return copy;
}

TelarGraph *
telar_graph_ref (TelarGraph *graph)
{
  g_return_val_if_fail (graph != NULL, NULL);

  g_atomic_ref_count_inc (&graph->references);
  return graph;
}

void
telar_graph_unref (TelarGraph *graph)
{
  g_return_if_fail (graph != NULL);

  if (!g_atomic_ref_count_dec (&graph->references))
    return;
  g_free (graph->file);
  g_free (graph->name);
  g_free (graph->description);
  g_clear_pointer (&graph->cores, g_array_unref);
  telar_task_free (graph->main);
  g_ptr_array_unref (graph->tasks);
  g_ptr_array_unref (graph->objects);
  json_decref (graph->unknown);
  g_free (graph);
}

TelarTask *
telar_graph_find (const TelarGraph *graph, const char *id)
{
  g_return_val_if_fail (graph != NULL && id != NULL, NULL);

  if (strcmp (id, "main") == 0)
    return graph->main;
  for (guint i = 0; i < graph->tasks->len; i++)
    {
      TelarTask *task = g_ptr_array_index (graph->tasks, i);
      if (strcmp (task->id, id) == 0)
        return task;
    }
  return NULL;
}

int
telar_graph_find_object (const TelarGraph *graph, const char *id)
{
  g_return_val_if_fail (graph != NULL && id != NULL, -1);

  for (guint i = 0; i < graph->objects->len; i++)
    {
      const TelarObject *object = g_ptr_array_index (graph->objects, i);
      if (strcmp (object->id, id) == 0)
        return (int) i;
    }
  return -1;
}

/* An argument as people read it in a call: text in quotation marks, a task by
 * its id alone. */
static void
describe_value (GString *out, const json_t *value, guint enough)
{
  const char *task = json_string_value (json_object_get (value, "task"));
  int end;
  const char *object = telar_json_object (value, &end);

  if (json_is_object (value) && json_object_size (value) == 1 && task != NULL)
    g_string_append (out, task);
  else if (object != NULL && end < 0)
    g_string_append (out, object);
  else if (object != NULL)
    g_string_append_printf (out, "%s.%d", object, end);
  else if (json_is_array (value))
    {
      g_string_append_c (out, '[');
      for (size_t i = 0; i < json_array_size (value) && out->len < enough; i++)
        {
          if (i > 0)
            g_string_append (out, ", ");
          describe_value (out, json_array_get (value, i), enough);
        }
      g_string_append_c (out, ']');
    }
  else
    telar_json_print (out, value);
}

static char *
describe_in_full (const TelarStep *step, guint enough)
{
  GString *out = g_string_new (step->function);

  g_string_append_c (out, '(');
  for (size_t i = 0; i < json_array_size (step->args) && out->len < enough; i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      describe_value (out, json_array_get (step->args, i), enough);
    }
  g_string_append_c (out, ')');
  return g_string_free (out, FALSE);
}

/* The last place, at most @most characters in, where what follows can be left
 * out: after ", ", else anywhere. */
static char *
cut (const char *text, guint most)
{
  const char *end = g_utf8_offset_to_pointer (text, most);
  const char *comma = end;

  while (comma > text && !(comma[-1] == ' ' && comma - text > 1 && comma[-2] == ','))
    comma--;
  return g_strndup (text, (gsize) ((comma > text ? comma : end) - text));
}

char *
telar_step_describe (const TelarStep *step, guint length)
{
  g_autofree char *whole = NULL;
  g_autofree char *head = NULL;
  json_t *last;
  const char *tail;

  g_return_val_if_fail (step != NULL, NULL);

  /* no need to print a list of a million numbers for 60 characters: a character
   * takes at most 4 bytes */
  whole = describe_in_full (step, length > 0 ? 4 * length + 16 : G_MAXUINT);
  if (length == 0 || g_utf8_strlen (whole, -1) <= (glong) length)
    return g_steal_pointer (&whole);

  last = json_array_get (step->args, 0);
  tail = json_array_size (step->args) == 1 && json_is_array (last) ? "…])" : "…)";
  head = cut (whole, length - MIN (length, (guint) g_utf8_strlen (tail, -1)));
  return g_strconcat (head, tail, NULL);
}

const char *
telar_kind_name (TelarKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

int
telar_kind_parse (const char *text)
{
  return find_name (kind_names, G_N_ELEMENTS (kind_names), text);
}

const char *
telar_placement_name (TelarPlacement placement)
{
  g_return_val_if_fail ((guint) placement < G_N_ELEMENTS (placement_names), NULL);

  return placement_names[placement];
}

int
telar_placement_parse (const char *text)
{
  return find_name (placement_names, G_N_ELEMENTS (placement_names), text);
}

const char *
telar_start_method_name (TelarStartMethod method)
{
  g_return_val_if_fail ((guint) method < G_N_ELEMENTS (start_method_names), NULL);

  return start_method_names[method];
}

int
telar_start_method_parse (const char *text)
{
  return find_name (start_method_names, G_N_ELEMENTS (start_method_names), text);
}
