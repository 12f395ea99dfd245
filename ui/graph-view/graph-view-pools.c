/* graph-view-pools.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Pools on the canvas: unfolded, there is a lane for each of their workers, which
 * can be gone to and selects that worker on the timeline. Numbers of lanes come
 * after those of tasks and objects.
 */

#include "config.h"

#include "graph-view/graph-view-private.h"

#include <glib/gi18n-lib.h>

#include "paint/pool-workers.h"

#define RENAME_EVERY_US (100 * 1000)

/* --- Which there are --- */

static guint32
first_lane (TelarGraphView *self)
{
  return self->layout->n_tasks + self->layout->n_objects;
}

static gboolean
find_lane (TelarGraphView *self,
           guint32         number,
           guint          *object,
           guint          *row)
{
  return self->layout && number >= first_lane (self)
         && number - first_lane (self) < telar_graph_n_lanes (self->layout)
         && telar_graph_lane (self->layout, number - first_lane (self), object, row);
}

gboolean
telar_graph_view_is_lane (TelarGraphView *self,
                          guint32         number)
{
  guint object, row;

  return find_lane (self, number, &object, &row);
}

guint32
telar_graph_view_pool_of (TelarGraphView *self,
                          guint32         lane)
{
  guint object, row;

  return find_lane (self, lane, &object, &row) ? self->layout->n_tasks + object : TELAR_NOBODY;
}

guint32
telar_graph_view_lane (TelarGraphView *self,
                       guint32         pool,
                       guint           row)
{
  guint object = pool - self->layout->n_tasks;
  guint lane = self->layout->first_lanes[object] + row;

  return lane < self->layout->first_lanes[object + 1] ? first_lane (self) + lane : TELAR_NOBODY;
}

guint32
telar_graph_view_last_lane (TelarGraphView *self,
                            guint32         pool)
{
  guint object = pool - self->layout->n_tasks;

  return telar_graph_view_lane (self, pool, self->layout->first_lanes[object + 1]
                                              - self->layout->first_lanes[object] - 1);
}

gboolean
telar_graph_view_is_pool (TelarGraphView *self,
                          guint32         number)
{
  return telar_graph_view_is_object (self, number)
         && self->layout->objects[number - self->layout->n_tasks].has_body;
}

void
telar_graph_view_place_lane (TelarGraphView *self,
                             guint32         number,
                             TelarGraphBox  *box)
{
  guint object, row;

  if (find_lane (self, number, &object, &row))
    telar_graph_lane_place (self->layout, object, row, &box->x, &box->y, &box->width,
                            &box->height);
}

/* --- Who is in them --- */

/* Returns: (transfer full) (nullable): the workers of a pool, where a run shows them. */
static GArray *
get_workers (TelarGraphView *self,
             guint           object)
{
  const TelarObject *pool = g_ptr_array_index (self->layout->graph->objects, object);
  guint32            number;

  if (self->timeline == NULL || self->timeline->begun.zero_ns == 0)
    return NULL;
  number = telar_pool_find (self->timeline, pool->id);

  return number != TELAR_NO_OBJECT
           ? telar_pool_workers_new (self->timeline, number, self->moment) : NULL;
}

static guint32
get_worker (TelarGraphView *self,
            guint32         lane)
{
  guint              object, row;
  g_autoptr (GArray) workers = NULL;

  if (!find_lane (self, lane, &object, &row)
      || telar_graph_lane_is_cut (self->layout, object, row))
    return TELAR_NO_TASK;
  workers = get_workers (self, object);

  return workers && row < workers->len ? g_array_index (workers, TelarWorker, row).task
                                       : TELAR_NO_TASK;
}

gboolean
telar_graph_view_is_worker_of (TelarGraphView *self,
                               guint32         plan_task,
                               guint32         number)
{
  const TelarPlanTask *task;
  const char          *id;

  if (self->timeline == NULL || plan_task >= self->timeline->plan->n_tasks
      || !telar_graph_view_is_pool (self, number))
    return FALSE;
  task = telar_plan_task (self->timeline->plan, plan_task);
  id = telar_graph_view_id (self, number);

  return task->pool > 0 && telar_pool_find (self->timeline, id) == task->pool - 1u;
}

guint32
telar_graph_view_pool_of_worker (TelarGraphView *self,
                                 guint32         plan_task)
{
  guint32 n = self->layout ? self->layout->n_objects : 0;

  for (guint32 i = 0; i < n; i++)
    if (telar_graph_view_is_worker_of (self, plan_task, self->layout->n_tasks + i))
      return self->layout->n_tasks + i;

  return TELAR_NOBODY;
}

void
telar_graph_view_select_lane (TelarGraphView *self,
                              guint32         lane)
{
  guint32 pool = telar_graph_view_pool_of (self, lane);

  if (self->selection == NULL || pool == TELAR_NOBODY)
    return;

  if (!(telar_selection_get_n (self->selection) == 1
        && telar_graph_view_primary (self) == pool))
    telar_selection_set_one (self->selection, telar_graph_view_id (self, pool));
  telar_graph_view_set_plan_task (self, get_worker (self, lane));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- Unfolding --- */

void
telar_graph_view_fold_pool (TelarGraphView *self,
                            guint32         pool)
{
  const char *id = telar_graph_view_id (self, pool);

  if (id == NULL)
    return;

  if (!g_hash_table_remove (self->opened, id))
    g_hash_table_add (self->opened, g_strdup (id));
  g_hash_table_remove (self->whole, id);
  telar_graph_view_queue_update (self);
}

GHashTable *
telar_graph_view_get_unfolded (TelarGraphView *self)
{
  GHashTable    *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer       id;

  g_return_val_if_fail (TELAR_IS_GRAPH_VIEW (self), ids);

  g_hash_table_iter_init (&iter, self->opened);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (ids, g_strdup (id));

  return ids;
}

gboolean
telar_graph_view_is_pool_cut (TelarGraphView *self,
                              guint32         pool)
{
  guint object = pool - self->layout->n_tasks;

  return self->layout->objects[object].unfolded
         && telar_graph_lane_is_cut (self->layout, object, TELAR_GRAPH_CUT_LANE);
}

/* --- Words --- */

char *
telar_graph_view_lane_words (TelarGraphView *self,
                             guint32         lane)
{
  guint              object, row;
  GString           *words = g_string_new (NULL);
  const TelarObject *pool;
  g_autoptr (GArray) workers = NULL;
  g_autofree char   *state = NULL;
  g_autofree char   *chunks = NULL;
  const TelarWorker *worker;

  if (!find_lane (self, lane, &object, &row))
    return g_string_free (words, FALSE);

  pool = g_ptr_array_index (self->layout->graph->objects, object);
  if (telar_graph_lane_is_cut (self->layout, object, row))
    {
      guint rest = self->layout->n_workers[object] - row;

      g_string_append_printf (words, g_dngettext (GETTEXT_PACKAGE, "… %u more", "… %u more", rest),
                              rest);
      return g_string_free (words, FALSE);
    }
  workers = get_workers (self, object);
  worker = workers && row < workers->len ? &g_array_index (workers, TelarWorker, row) : NULL;
  if (worker == NULL)
    {
      /* Translators: "crew.1: worker of crew, not started" */
      g_string_append_printf (words, _("%s.%u: worker of %s, not started"), pool->id, row + 1,
                              pool->id);
      return g_string_free (words, FALSE);
    }

  state = telar_worker_describe (self->timeline, worker);
  chunks = telar_worker_describe_chunks (worker);
  /* Translators: "crew.1: worker of crew, busy 0–99, 3 chunks" */
  g_string_append_printf (words, _("%s: worker of %s, %s, %s"),
                          telar_timeline_task (self->timeline, worker->task)->id, pool->id, state,
                          chunks);
  if (worker->before != TELAR_NO_TASK)
    {
      g_autofree char *place = telar_worker_describe_place (self->timeline, worker);

      g_string_append_printf (words, ", %s", place);
    }

  return g_string_free (words, FALSE);
}

char *
telar_graph_view_pool_words (TelarGraphView *self,
                             guint           object)
{
  g_autoptr (GArray) workers = get_workers (self, object);

  return workers ? telar_workers_describe (workers, FALSE)
                 : telar_workers_count (self->layout->n_workers[object]);
}

/* --- Keys --- */

/* Down from its header into the lanes of a pool, from lane to lane, and out of them. */
guint32
telar_graph_view_lane_beside (TelarGraphView *self,
                              guint32         from,
                              int             dx,
                              int             dy)
{
  guint object, row;

  if (telar_graph_view_is_pool (self, from) && dy > 0)
    return telar_graph_view_lane (self, from, 0);
  if (!find_lane (self, from, &object, &row))
    return TELAR_NOBODY;
  if (dy < 0)
    return row > 0 ? from - 1 : self->layout->n_tasks + object;
  if (dy > 0 && telar_graph_view_lane (self, self->layout->n_tasks + object, row + 1)
                  != TELAR_NOBODY)
    return from + 1;

  return telar_graph_view_nearest (self, self->layout->n_tasks + object, dx, dy);
}

/* --- A moment of the run --- */

void
telar_graph_view_set_moment (TelarGraphView *self,
                             gint64          ns)
{
  gint64 now = g_get_monotonic_time ();

  self->moment = ns;
  for (guint i = 0; self->layout && i < self->layout->n_objects; i++)
    if (self->layout->n_workers[i] > 0)
      {
        gtk_widget_queue_draw (GTK_WIDGET (self));
        /* Names are for reading: not every frame. */
        if (ns == TELAR_NO_TIME || now - self->shown_at > RENAME_EVERY_US)
          {
            self->shown_at = now;
            telar_graph_view_rename_lanes (self);
          }
        break;
      }
}
