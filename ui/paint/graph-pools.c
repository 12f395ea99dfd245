/* graph-pools.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A pool's node that is unfolded: a lane for each of its workers, below the
 * header that it has when it is folded; and where there is room for that.
 */

#include "config.h"

#include <math.h>

#include "graph/pools.h"
#include "paint/graph-private.h"

#define MOST_RINGS 60 /* around where it was */
#define RING       (TELAR_GRAPH_GAP / 2)

static const TelarObject *
get_object (const TelarGraphLayout *layout, guint object)
{
  return g_ptr_array_index (layout->graph->objects, object);
}

GHashTable *
telar_graph_pool_ids (const TelarGraph *graph)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_return_val_if_fail (graph != NULL, ids);

  for (guint i = 0; i < graph->objects->len; i++)
    {
      const TelarObject *object = g_ptr_array_index (graph->objects, i);

      if (object->type == TELAR_OBJECT_POOL)
        g_hash_table_add (ids, g_strdup (object->id));
    }
  return ids;
}

/* ---- sizes -------------------------------------------------------------- */

G_STATIC_ASSERT (TELAR_GRAPH_CUT_LANE == TELAR_GRAPH_MOST_ROWS);

/* As with the steps of a body, the last row stands for the rest. */
static guint
count_rows (guint workers, gboolean whole)
{
  return !whole && workers > TELAR_GRAPH_MOST_ROWS + 1 ? TELAR_GRAPH_MOST_ROWS + 1 : workers;
}

void
telar_graph_make_pools (TelarGraphLayout *layout, const TelarGraphFolds *folds)
{
  guint n = layout->graph->objects->len;

  layout->n_objects = n;
  layout->objects = g_new0 (TelarGraphBox, n + 1);
  layout->n_workers = g_new0 (guint, n + 1);
  layout->first_lanes = g_new0 (guint, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const TelarObject *object = get_object (layout, i);
      TelarGraphBox *box = &layout->objects[i];
      guint rows = 0;

      box->width = TELAR_GRAPH_OBJECT_WIDTH;
      box->height = TELAR_GRAPH_OBJECT_HEIGHT;
      if (object->type == TELAR_OBJECT_POOL)
        {
          layout->n_workers[i] = telar_pool_workers (object, MAX (folds->usable, 1));
          box->has_body = TRUE;
          box->width = TELAR_GRAPH_POOL_WIDTH;
          box->unfolded = folds->opened != NULL && g_hash_table_contains (folds->opened, object->id);
          box->whole = folds->whole != NULL && g_hash_table_contains (folds->whole, object->id);
        }
      if (box->unfolded)
        {
          rows = count_rows (layout->n_workers[i], box->whole);
          box->width = TELAR_GRAPH_LANES_WIDTH;
          box->height += rows * TELAR_GRAPH_ROW + TELAR_GRAPH_BODY_END;
        }
      layout->first_lanes[i + 1] = layout->first_lanes[i] + rows;
    }
}

/* ---- room --------------------------------------------------------------- */

/* One that has a place of its own stays there if it can; else as near as there is
 * room, as long as it is unfolded. */
void
telar_graph_make_room (TelarGraphLayout *layout, guint object, guint8 *placed)
{
  TelarGraphBox *box = &layout->objects[object];
  double x = box->x, y = box->y;
  double left = x + TELAR_GRAPH_POOL_WIDTH - box->width;
  double up = y + TELAR_GRAPH_OBJECT_HEIGHT - box->height;
  const TelarGraphPoint beside[] = { { x, y }, { left, y }, { x, up }, { left, up } };

  if (!box->unfolded)
    return;
  placed[object] = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (beside) + 8 * MOST_RINGS; i++)
    {
      guint way = (i - G_N_ELEMENTS (beside)) % 8;
      double far = (double) ((i - G_N_ELEMENTS (beside)) / 8 + 1) * RING;
      static const struct { int x, y; } ways[] = { { 0, 1 }, { 1, 0 }, { -1, 0 }, { 0, -1 },
                                                   { 1, 1 }, { -1, 1 }, { 1, -1 }, { -1, -1 } };

      if (i < G_N_ELEMENTS (beside))
        {
          box->x = beside[i].x;
          box->y = beside[i].y;
        }
      else
        {
          box->x = x + far * ways[way].x;
          box->y = y + far * ways[way].y;
        }
      if (!telar_graph_is_taken (layout, placed, box))
        break;
      if (i + 1 == G_N_ELEMENTS (beside) + 8 * MOST_RINGS)
        {
          box->x = x;
          box->y = y;
          telar_graph_put_below (layout, placed, box);
        }
    }
  placed[object] = TRUE;
}

/* ---- looking up --------------------------------------------------------- */

guint
telar_graph_count_workers (const TelarGraphLayout *layout, guint before)
{
  guint n = 0;

  for (guint i = 0; i < before; i++)
    n += layout->n_workers[i];
  return n;
}

gboolean
telar_graph_lane (const TelarGraphLayout *layout, guint lane, guint *object, guint *row)
{
  g_return_val_if_fail (layout != NULL && object != NULL && row != NULL, FALSE);

  if (lane >= telar_graph_n_lanes (layout))
    return FALSE;
  for (*object = 0; layout->first_lanes[*object + 1] <= lane; ++*object)
    ;
  *row = lane - layout->first_lanes[*object];
  return TRUE;
}

void
telar_graph_lane_place (const TelarGraphLayout *layout, guint object, guint row, double *x,
                        double *y, double *width, double *height)
{
  const TelarGraphBox *box;

  g_return_if_fail (layout != NULL && object < layout->n_objects);

  box = &layout->objects[object];
  *x = box->x + 1;
  *y = box->y + TELAR_GRAPH_OBJECT_HEIGHT + row * TELAR_GRAPH_ROW;
  *width = box->width - 2;
  *height = TELAR_GRAPH_ROW;
}

gboolean
telar_graph_lane_is_cut (const TelarGraphLayout *layout, guint object, guint row)
{
  g_return_val_if_fail (layout != NULL && object < layout->n_objects, FALSE);

  return row == TELAR_GRAPH_CUT_LANE && !layout->objects[object].whole
         && count_rows (layout->n_workers[object], FALSE) < layout->n_workers[object];
}

gboolean
telar_graph_hit_pool (const TelarGraphLayout *layout, guint object, double x, double y,
                      TelarGraphHit *hit)
{
  const TelarGraphBox *box = &layout->objects[object];
  guint n = layout->first_lanes[object + 1] - layout->first_lanes[object];
  double below = y - box->y - TELAR_GRAPH_OBJECT_HEIGHT;

  if (!box->has_body)
    return FALSE;
  if (below < 0 && x >= box->x + box->width - TELAR_GRAPH_TRIANGLE)
    {
      *hit = (TelarGraphHit){ TELAR_GRAPH_HIT_FOLD, layout->n_tasks + object, 0 };
      return TRUE;
    }
  if (n == 0 || below < 0 || below >= n * TELAR_GRAPH_ROW)
    return FALSE;
  *hit = (TelarGraphHit){ TELAR_GRAPH_HIT_LANE, layout->n_tasks + object,
                          (guint) (below / TELAR_GRAPH_ROW) };
  return TRUE;
}
