/* layers.c
 *
 * SPDX-License-Identifier: MIT
 *
 * After Sugiyama, Tagawa and Toda: layers by the longest path, waypoints where
 * an edge skips layers, order within a layer by the mean place of neighbours,
 * then heights near the neighbours'. A layer of very many becomes a block of
 * several columns.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "arrange/layers.h"

#define LAYER_GAP    84.0
#define COLUMN_GAP   30.0
#define ROW_GAP      24.0
#define WAY_HEIGHT   8.0   /* of an edge that passes */
#define SWEEPS       7 /* the last one forward */
#define FULL_COLUMN  16    /* more than this in a layer: a block */
#define MOST_WAYS(n) (4 * (n) + 200)

typedef struct
{
  guint  item;          /* G_MAXUINT: a waypoint */
  guint  layer;
  double width, height;
  double x, y;
  double place;         /* mean place of neighbours, while ordering */
  GArray *before;       /* owned, nodes */
  GArray *behind;
} Node;

typedef struct
{
  GArray *nodes;        /* Node */
  GPtrArray *layers;    /* GArray of guint (nodes), in order */
} Layers;

static guint
add_node (Layers *layers, guint item, guint layer, double width, double height)
{
  Node node = { .item = item, .layer = layer, .width = width, .height = height };

  node.before = g_array_new (FALSE, FALSE, sizeof (guint));
  node.behind = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (layers->nodes, node);
  while (layers->layers->len <= layer)
    g_ptr_array_add (layers->layers, g_array_new (FALSE, FALSE, sizeof (guint)));
  {
    guint number = layers->nodes->len - 1;

    g_array_append_val ((GArray *) layers->layers->pdata[layer], number);
    return number;
  }
}

static Node *
get_node (const Layers *layers, guint node)
{
  return &g_array_index (layers->nodes, Node, node);
}

static void
link_nodes (Layers *layers, guint from, guint to)
{
  g_array_append_val (get_node (layers, from)->behind, to);
  g_array_append_val (get_node (layers, to)->before, from);
}

/* Kahn's order; an item that never becomes free (a circle) stays in layer 0. */
static guint *
find_layers (guint n_items, const TelarLayerEdge *edges, guint n_edges)
{
  guint *layer = g_new0 (guint, MAX (n_items, 1));
  g_autofree guint *waiting = g_new0 (guint, MAX (n_items, 1));
  g_autofree guint *first = g_new0 (guint, n_items + 1);
  g_autofree guint *sorted = g_new (guint, MAX (n_edges, 1));
  g_autofree guint *queue = g_new (guint, MAX (n_items, 1));
  g_autofree guint *at = NULL;
  guint head = 0, tail = 0;

  for (guint i = 0; i < n_edges; i++)
    {
      waiting[edges[i].to]++;
      first[edges[i].from + 1]++;
    }
  for (guint i = 0; i < n_items; i++)
    first[i + 1] += first[i];
  at = g_memdup2 (first, (n_items + 1) * sizeof (guint));
  for (guint i = 0; i < n_edges; i++)
    sorted[at[edges[i].from]++] = edges[i].to;

  for (guint i = 0; i < n_items; i++)
    if (waiting[i] == 0)
      queue[tail++] = i;
  while (head < tail)
    {
      guint from = queue[head++];

      for (guint i = first[from]; i < first[from + 1]; i++)
        {
          guint to = sorted[i];

          layer[to] = MAX (layer[to], layer[from] + 1);
          if (--waiting[to] == 0)
            queue[tail++] = to;
        }
    }
  return layer;
}

static int
compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  const Layers *layers = data;
  double x = get_node (layers, *(const guint *) a)->place;
  double y = get_node (layers, *(const guint *) b)->place;

  return x < y ? -1 : x > y;
}

/* Sorts a layer by where its neighbours on one side are; g_array_sort keeps
 * equal ones in their order. */
static void
sort_layer (Layers *layers, guint layer, const double *index, gboolean by_before)
{
  GArray *nodes = layers->layers->pdata[layer];

  for (guint i = 0; i < nodes->len; i++)
    {
      guint number = g_array_index (nodes, guint, i);
      Node *node = get_node (layers, number);
      const GArray *beside = by_before ? node->before : node->behind;
      double sum = 0;

      for (guint k = 0; k < beside->len; k++)
        sum += index[g_array_index (beside, guint, k)];
      node->place = beside->len > 0 ? sum / beside->len : index[number];
    }
  g_array_sort_with_data (nodes, compare_places, layers);
}

static void
order_layers (Layers *layers)
{
  g_autofree double *index = g_new0 (double, layers->nodes->len);

  for (guint sweep = 0; sweep < SWEEPS; sweep++)
    for (guint i = 0; i < layers->layers->len; i++)
      {
        gboolean forward = sweep % 2 == 0;
        guint layer = forward ? i : layers->layers->len - 1 - i;
        GArray *nodes = layers->layers->pdata[layer];

        if (layer != (forward ? 0 : layers->layers->len - 1))
          sort_layer (layers, layer, index, forward);
        for (guint k = 0; k < nodes->len; k++)
          index[g_array_index (nodes, guint, k)] = (double) k / nodes->len;
      }
}

/* One column: each as near to its neighbours as those above allow, the whole
 * then moved by the mean of what that cost. */
static void
place_column (Layers *layers, const GArray *nodes, guint first, guint n, gboolean by_before)
{
  double bottom = -HUGE_VAL, cost = 0;
  guint n_cost = 0;

  for (guint i = first; i < first + n; i++)
    {
      Node *node = get_node (layers, g_array_index (nodes, guint, i));
      const GArray *beside = by_before ? node->before : node->behind;
      double sum = 0, wanted = node->y;

      for (guint k = 0; k < beside->len; k++)
        {
          const Node *other = get_node (layers, g_array_index (beside, guint, k));
          sum += other->y + other->height / 2;
        }
      if (beside->len > 0)
        wanted = sum / beside->len - node->height / 2;
      node->y = MAX (wanted, bottom);
      if (beside->len > 0)
        {
          cost += node->y - wanted;
          n_cost++;
        }
      bottom = node->y + node->height + ROW_GAP;
    }
  if (n_cost > 0)
    for (guint i = first; i < first + n; i++)
      get_node (layers, g_array_index (nodes, guint, i))->y -= cost / n_cost;
}

static void
stack_column (Layers *layers, const GArray *nodes, guint first, guint n)
{
  double y = 0;

  for (guint i = first; i < first + n; i++)
    {
      Node *node = get_node (layers, g_array_index (nodes, guint, i));

      node->y = y;
      y += node->height + ROW_GAP;
    }
}

/* Items without edges: as many rows as make a block about twice as wide as
 * high, which is what a window has room for. */
static guint
choose_rows (const Layers *layers, const GArray *nodes)
{
  double width = 1, height = 1, best = HUGE_VAL;
  guint rows = 1;

  for (guint i = 0; i < nodes->len; i++)
    {
      width = MAX (width, get_node (layers, g_array_index (nodes, guint, i))->width);
      height = MAX (height, get_node (layers, g_array_index (nodes, guint, i))->height);
    }
  for (guint i = 1; i <= nodes->len; i++)
    {
      guint columns = (nodes->len + i - 1) / i;
      double off = fabs (log ((columns * (width + COLUMN_GAP)) / (i * (height + ROW_GAP)) / 2));

      if (off < best)
        {
          best = off;
          rows = i;
        }
    }
  return rows;
}

/* Returns: x behind the layer. */
static double
place_layer (Layers *layers, guint layer, double x)
{
  const GArray *nodes = layers->layers->pdata[layer];
  guint rows = nodes->len;

  if (layers->layers->len == 1 && nodes->len > 1)
    rows = choose_rows (layers, nodes);
  else if (nodes->len > FULL_COLUMN)
    rows = MAX (FULL_COLUMN, (guint) ceil (sqrt (nodes->len * 1.5)));
  for (guint first = 0; first < nodes->len; first += rows)
    {
      guint n = MIN (rows, nodes->len - first);
      double width = 0;

      for (guint i = first; i < first + n; i++)
        width = MAX (width, get_node (layers, g_array_index (nodes, guint, i))->width);
      for (guint i = first; i < first + n; i++)
        {
          Node *node = get_node (layers, g_array_index (nodes, guint, i));
          node->x = node->item == G_MAXUINT ? x + width / 2 : x;
        }
      stack_column (layers, nodes, first, n);
      if (layer > 0 && rows == nodes->len)
        place_column (layers, nodes, first, n, TRUE);
      x += width + (first + n < nodes->len ? COLUMN_GAP : 0);
    }
  return x;
}

static void
free_layers (Layers *layers)
{
  for (guint i = 0; i < layers->nodes->len; i++)
    {
      g_array_unref (get_node (layers, i)->before);
      g_array_unref (get_node (layers, i)->behind);
    }
  g_array_unref (layers->nodes);
  g_ptr_array_unref (layers->layers);
}

/* Waypoints of all edges that skip layers; first_point counts nodes here. */
static void
add_edges (Layers *layers, const guint *layer, TelarLayerEdge *edges, guint n_edges,
           guint most_ways)
{
  for (guint i = 0; i < n_edges; i++)
    {
      TelarLayerEdge *edge = &edges[i];
      guint skipped = layer[edge->to] > layer[edge->from] + 1
                        ? layer[edge->to] - layer[edge->from] - 1 : 0;
      guint last = edge->from;

      edge->first_point = layers->nodes->len;
      edge->n_points = skipped <= most_ways ? skipped : 0;
      most_ways -= edge->n_points;
      for (guint k = 0; k < edge->n_points; k++)
        {
          guint way = add_node (layers, G_MAXUINT, layer[edge->from] + 1 + k, 0, WAY_HEIGHT);

          link_nodes (layers, last, way);
          last = way;
        }
      link_nodes (layers, last, edge->to);
    }
}

void
telar_layers_lay_out (TelarLayerItem *items, guint n_items, TelarLayerEdge *edges, guint n_edges,
                      GArray *points, double *width, double *height)
{
  g_autofree guint *layer = find_layers (n_items, edges, n_edges);
  Layers layers = {
    .nodes = g_array_new (FALSE, FALSE, sizeof (Node)),
    .layers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref),
  };
  double top = HUGE_VAL, bottom = -HUGE_VAL, x = 0;

  for (guint i = 0; i < n_items; i++)
    add_node (&layers, i, layer[i], items[i].width, items[i].height);
  add_edges (&layers, layer, edges, n_edges, MOST_WAYS (n_items));

  if (n_edges > 0)
    order_layers (&layers);
  for (guint i = 0; i < layers.layers->len; i++)
    x = place_layer (&layers, i, x) + LAYER_GAP;
  /* Back once: who comes first also stands by what follows. */
  if (n_edges > 0 && layers.layers->len > 1)
    for (guint i = layers.layers->len - 1; i-- > 0;)
      {
        const GArray *nodes = layers.layers->pdata[i];

        if (nodes->len <= FULL_COLUMN)
          place_column (&layers, nodes, 0, nodes->len, FALSE);
      }

  for (guint i = 0; i < layers.nodes->len; i++)
    {
      top = MIN (top, get_node (&layers, i)->y);
      bottom = MAX (bottom, get_node (&layers, i)->y + get_node (&layers, i)->height);
    }
  for (guint i = 0; i < n_items; i++)
    {
      items[i].x = round (get_node (&layers, i)->x);
      items[i].y = round (get_node (&layers, i)->y - top);
    }
  for (guint i = 0; i < n_edges; i++)
    {
      guint way = edges[i].first_point;

      edges[i].first_point = points->len;
      for (guint k = 0; k < edges[i].n_points; k++)
        {
          const Node *node = get_node (&layers, way + k);
          TelarLayerPoint point = { round (node->x), round (node->y - top + WAY_HEIGHT / 2) };

          g_array_append_val (points, point);
        }
    }
  *width = MAX (x - LAYER_GAP, 0);
  *height = n_items > 0 ? round (bottom - top) : 0;
  free_layers (&layers);
}
