/* graph-view-find.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Tasks that a text is in: marked all, and gone to one by one.
 */

#include "graph-view/graph-view-private.h"

#include <string.h>

#include "graph/graph-find.h"

/* Tasks of the graph that are hits, in the order of the file. */
static GArray *
list_hits (TelarGraphView *self)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; self->layout && i < self->layout->n_tasks; i++)
    {
      const char *id = telar_graph_view_id (self, i);

      if (id && g_hash_table_contains (self->found, id))
        g_array_append_val (hits, i);
    }

  return hits;
}

static void
look (TelarGraphView *self)
{
  g_hash_table_remove_all (self->found);
  for (guint32 i = 0; self->wanted && self->layout && i < self->layout->n_tasks; i++)
    {
      const TelarTask *task = telar_relations_task (self->layout->relations, i);

      if (task->id && telar_task_holds (task, self->wanted))
        g_hash_table_add (self->found, g_strdup (task->id));
    }
  if (self->layout)
    telar_graph_view_update_marks (self);
}

static guint
go (TelarGraphView *self,
    int             step)
{
  g_autoptr (GArray) hits = list_hits (self);
  guint32            primary = telar_graph_view_primary (self);
  guint              found = 0;
  guint32            task;

  if (hits->len == 0 || self->selection == NULL)
    return 0;

  /* From what is selected on, round and round. */
  if (step < 0)
    {
      found = hits->len - 1;
      while (primary != TELAR_NOBODY && found > 0
             && g_array_index (hits, guint32, found) >= primary)
        found--;
      if (primary != TELAR_NOBODY && g_array_index (hits, guint32, found) >= primary)
        found = hits->len - 1;
    }
  else if (primary != TELAR_NOBODY)
    {
      while (found < hits->len
             && (step > 0 ? g_array_index (hits, guint32, found) <= primary
                          : g_array_index (hits, guint32, found) < primary))
        found++;
      found %= hits->len;
    }

  task = g_array_index (hits, guint32, found);
  telar_selection_set_one (self->selection, telar_graph_view_id (self, task));
  telar_graph_view_reveal_task (self, task);

  return found + 1;
}

guint
telar_graph_view_find (TelarGraphView *self,
                       const char     *text)
{
  g_return_val_if_fail (TELAR_IS_GRAPH_VIEW (self), 0);

  telar_graph_view_update (self);
  g_free (self->wanted);
  self->wanted = text && *text ? g_strdup (text) : NULL;
  look (self);
  go (self, 0);

  return g_hash_table_size (self->found);
}

guint
telar_graph_view_find_next (TelarGraphView *self,
                            int             step,
                            guint          *n_hits)
{
  guint at;

  g_return_val_if_fail (TELAR_IS_GRAPH_VIEW (self), 0);

  telar_graph_view_update (self);
  look (self);
  at = go (self, step < 0 ? -1 : 1);
  if (n_hits)
    *n_hits = g_hash_table_size (self->found);

  return at;
}

void
telar_graph_view_find_again (TelarGraphView *self)
{
  guint before = g_hash_table_size (self->found);

  if (self->wanted == NULL)
    return;

  look (self);
  if (g_hash_table_size (self->found) != before)
    g_signal_emit_by_name (self, "found", g_hash_table_size (self->found));
}
