/* graph-words.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "graph-view/graph-words.h"

#include <glib/gi18n-lib.h>

#include "task-words.h"

/* More neighbours than that are counted, not named. */
#define MOST_NAMED 8

static const char *
get_id (const TelarGraphLayout *layout,
        guint32                 task)
{
  const char *id = task < layout->n_tasks ? telar_relations_task (layout->relations, task)->id
                                          : NULL;

  return id ? id : "?";
}

static void
append_plain (GString                *text,
              const TelarGraphLayout *layout,
              guint32                 number)
{
  const TelarTask *task = telar_relations_task (layout->relations, number);
  const TelarStep *step = task->steps->len > 0 ? g_ptr_array_index (task->steps, 0) : NULL;

  g_string_append (text, get_id (layout, number));
  if (step && step->function)
    g_string_append_printf (text, " %s", step->function);
  g_string_append_printf (text, ": %s, %s", telar_kind_words (task->kind, number == 0),
                          _("not started"));
  if (task->copies > 1)
    {
      g_string_append (text, ", ");
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%u copy", "%u copies",
                                                 task->copies),
                              task->copies);
    }
}

/* "; after a, b". */
static void
append_ids (GString         *text,
            const char      *format,
            const GPtrArray *ids)
{
  g_autoptr (GString) list = g_string_new (NULL);

  if (ids == NULL || ids->len == 0)
    return;
  for (guint i = 0; i < MIN (ids->len, MOST_NAMED); i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (ids, i));
  if (ids->len > MOST_NAMED)
    g_string_append (list, ", …");
  g_string_append (text, "; ");
  g_string_append_printf (text, format, list->str);
}

static void
free_ids (gpointer ids)
{
  if (ids)
    g_ptr_array_unref (ids);
}

GPtrArray *
telar_graph_followers (const TelarGraphLayout *layout)
{
  GPtrArray *followers;

  g_return_val_if_fail (layout != NULL, NULL);

  followers = g_ptr_array_new_with_free_func (free_ids);
  g_ptr_array_set_size (followers, (int) layout->n_tasks);
  for (guint i = 0; i < layout->edges->len; i++)
    {
      const TelarGraphEdge *edge = &g_array_index (layout->edges, TelarGraphEdge, i);
      gpointer             *ids = &g_ptr_array_index (followers, edge->from);

      if (edge->kind != TELAR_GRAPH_AFTER)
        continue;
      if (*ids == NULL)
        *ids = g_ptr_array_new ();
      g_ptr_array_add (*ids, (gpointer) get_id (layout, edge->to));
    }

  return followers;
}

char *
telar_graph_node_words (const TelarGraphLayout *layout,
                        guint32                 task,
                        const GPtrArray        *followers,
                        const TelarTimeline    *timeline,
                        const TelarGraphRun    *run,
                        const char             *faults)
{
  g_autoptr (GString)  text = g_string_new (NULL);
  const TelarTaskLane *lane = timeline && run && run->n == 1
                                ? telar_timeline_task (timeline, run->first) : NULL;
  guint32              parent;

  g_return_val_if_fail (layout != NULL && task < layout->n_tasks, NULL);

  if (lane && timeline->begun.zero_ns != 0)
    {
      g_autofree char *words = telar_task_words (timeline, lane);

      g_string_append (text, words);
    }
  else
    append_plain (text, layout, task);

  append_ids (text, _("after %s"), telar_relations_task (layout->relations, task)->after);
  append_ids (text, _("before %s"), g_ptr_array_index (followers, task));
  parent = layout->boxes[task].parent;
  if (parent != 0 && parent < layout->n_tasks)
    {
      g_string_append (text, "; ");
      g_string_append_printf (text, _("inside %s"), get_id (layout, parent));
    }
  if (faults)
    {
      g_string_append (text, "; ");
      g_string_append_printf (text, _("fault: %s"), faults);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
telar_graph_edge_words (const TelarGraphLayout *layout,
                        guint                   number)
{
  const TelarGraphEdge *edge;

  g_return_val_if_fail (layout != NULL && number < layout->edges->len, NULL);

  edge = &g_array_index (layout->edges, TelarGraphEdge, number);

  return g_strdup_printf (edge->kind == TELAR_GRAPH_STARTS ? _("%s starts %s") : _("%s before %s"),
                          get_id (layout, edge->from), get_id (layout, edge->to));
}
