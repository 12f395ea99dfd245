/* layers.c
 *
 * SPDX-License-Identifier: MIT
 *
 * After Sugiyama, Tagawa and Toda: layers by the longest path, waypoints where
 * an edge skips layers, order within a layer by the mean place of neighbours
 * (of all orders seen the one with the fewest crossings), then heights: each
 * layer as near to its neighbours as its order allows, which is a regression
 * (pool adjacent violators), sweep after sweep. A layer of very many becomes a
 * block of several columns.
 */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "arrange/layers.h"

#define WAY_HEIGHT    8.0 /* of an edge that passes */
#define ORDER_SWEEPS  16
#define PATIENCE      4   /* sweeps that may find nothing better */
#define HEIGHT_SWEEPS 6   /* to and fro */
#define FULL_COLUMN   16  /* no more items than this in a layer: never a block */
#define ASPECT        1.6 /* of a window */
#define MOST_WAYS(n)  (4 * (n) + 200)

/* How much an edge wants to be straight: a bend amid an edge is worst. */
#define PULL_ITEMS 1.0
#define PULL_END   8.0    /* of a waypoint and an item */
#define PULL_WAYS  16.0
#define PULL_NONE  0.01   /* of a node that no edge pulls to stay */

typedef struct
{
  guint  item;            /* G_MAXUINT: a waypoint */
  guint  layer;
  double width, height;
  double x, y;
  double place;           /* mean place of neighbours, while ordering */
} Node;

typedef struct
{
  guint  from, to;        /* nodes */
  double pull;
} Link;

typedef struct
{
  GArray *nodes;          /* Node */
  GArray *links;          /* Link */
  guint  n_layers;
  guint  *first;          /* n_layers + 1: of a layer, in order */
  guint  *order;          /* nodes, layer after layer */
  guint  *index;          /* of a node within its layer */
  guint  *first_before;   /* n_nodes + 1: of a node, in before */
  guint  *first_behind;
  guint  *before;         /* links */
  guint  *behind;
} Layers;

/* Nodes of one layer that stand close, while heights are found. */
typedef struct
{
  double sum, weight;     /* of what they want; their mean is where they are */
  guint  n;
} Pool;

static Node *
get_node (const Layers *layers, guint node)
{
  return &g_array_index (layers->nodes, Node, node);
}

static const Link *
get_link (const Layers *layers, guint number)
{
  return &g_array_index (layers->links, Link, number);
}

/* ---- layers --------------------------------------------------------------- */

static guint
add_node (Layers *layers, guint item, guint layer, double width, double height)
{
  Node node = { .item = item, .layer = layer, .width = width, .height = height };

  g_array_append_val (layers->nodes, node);
  layers->n_layers = MAX (layers->n_layers, layer + 1);
  return layers->nodes->len - 1;
}

static void
link_nodes (Layers *layers, guint from, guint to)
{
  gboolean way_from = get_node (layers, from)->item == G_MAXUINT;
  gboolean way_to = get_node (layers, to)->item == G_MAXUINT;
  Link link = { from, to, way_from && way_to ? PULL_WAYS : way_from || way_to ? PULL_END
                                                                              : PULL_ITEMS };

  g_array_append_val (layers->links, link);
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

/* Nodes by layer, links by node. */
static void
make_tables (Layers *layers)
{
  guint n = layers->nodes->len, n_links = layers->links->len;
  g_autofree guint *at = g_new0 (guint, MAX (n, layers->n_layers) + 1);

  layers->first = g_new0 (guint, layers->n_layers + 1);
  layers->order = g_new (guint, MAX (n, 1));
  layers->index = g_new (guint, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    layers->first[get_node (layers, i)->layer + 1]++;
  for (guint i = 0; i < layers->n_layers; i++)
    layers->first[i + 1] += layers->first[i];
  memcpy (at, layers->first, layers->n_layers * sizeof at[0]);
  for (guint i = 0; i < n; i++)
    {
      guint layer = get_node (layers, i)->layer;

      layers->index[i] = at[layer] - layers->first[layer];
      layers->order[at[layer]++] = i;
    }

  layers->first_before = g_new0 (guint, n + 1);
  layers->first_behind = g_new0 (guint, n + 1);
  layers->before = g_new (guint, MAX (n_links, 1));
  layers->behind = g_new (guint, MAX (n_links, 1));
  for (guint i = 0; i < n_links; i++)
    {
      layers->first_before[get_link (layers, i)->to + 1]++;
      layers->first_behind[get_link (layers, i)->from + 1]++;
    }
  for (guint i = 0; i < n; i++)
    {
      layers->first_before[i + 1] += layers->first_before[i];
      layers->first_behind[i + 1] += layers->first_behind[i];
    }
  memcpy (at, layers->first_before, n * sizeof at[0]);
  for (guint i = 0; i < n_links; i++)
    layers->before[at[get_link (layers, i)->to]++] = i;
  memcpy (at, layers->first_behind, n * sizeof at[0]);
  for (guint i = 0; i < n_links; i++)
    layers->behind[at[get_link (layers, i)->from]++] = i;
}

/* ---- order ---------------------------------------------------------------- */

static int
compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  const Layers *layers = data;
  double x = get_node (layers, *(const guint *) a)->place;
  double y = get_node (layers, *(const guint *) b)->place;

  return x < y ? -1 : x > y;
}

static int
compare_numbers (const void *a, const void *b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return x < y ? -1 : x > y;
}

static guint
count_nodes (const Layers *layers, guint layer)
{
  return layers->first[layer + 1] - layers->first[layer];
}

/* Sorts a layer by where its neighbours on one side are; equal ones stay in
 * their order (the sort is stable). */
static void
sort_layer (Layers *layers, guint layer, gboolean by_before)
{
  guint *nodes = layers->order + layers->first[layer], n = count_nodes (layers, layer);
  const guint *first = by_before ? layers->first_before : layers->first_behind;
  const guint *links = by_before ? layers->before : layers->behind;

  for (guint i = 0; i < n; i++)
    {
      Node *node = get_node (layers, nodes[i]);
      double sum = 0;
      guint count = first[nodes[i] + 1] - first[nodes[i]];

      for (guint k = first[nodes[i]]; k < first[nodes[i] + 1]; k++)
        {
          const Link *link = get_link (layers, links[k]);
          guint other = by_before ? link->from : link->to;

          sum += (layers->index[other] + 0.5)
                 / count_nodes (layers, get_node (layers, other)->layer);
        }
      node->place = count > 0 ? sum / count : (i + 0.5) / n;
    }
  g_qsort_with_data (nodes, (int) n, sizeof nodes[0], compare_places, layers);
  for (guint i = 0; i < n; i++)
    layers->index[nodes[i]] = i;
}

/* Crossings between a layer and those behind it: pairs in the wrong order,
 * counted with a tree of sums. */
static guint64
count_crossings (const Layers *layers, guint layer, guint *sums, guint *ends)
{
  guint n_next = layer + 1 < layers->n_layers ? count_nodes (layers, layer + 1) : 0;
  guint64 crossings = 0, seen = 0;

  memset (sums, 0, (n_next + 1) * sizeof sums[0]);
  for (guint i = layers->first[layer]; i < layers->first[layer + 1]; i++)
    {
      guint node = layers->order[i], n = 0;

      for (guint k = layers->first_behind[node]; k < layers->first_behind[node + 1]; k++)
        {
          guint to = get_link (layers, layers->behind[k])->to;

          if (get_node (layers, to)->layer == layer + 1)
            ends[n++] = layers->index[to];
        }
      qsort (ends, n, sizeof ends[0], compare_numbers);
      for (guint k = 0; k < n; k++)
        {
          crossings += seen;
          for (guint at = ends[k] + 1; at > 0; at &= at - 1)
            crossings -= sums[at];
        }
      for (guint k = 0; k < n; k++, seen++)
        for (guint at = ends[k] + 1; at <= n_next; at += at & -at)
          sums[at]++;
    }
  return crossings;
}

static void
order_layers (Layers *layers)
{
  guint n = layers->nodes->len, fruitless = 0;
  g_autofree guint *best = g_memdup2 (layers->order, n * sizeof best[0]);
  g_autofree guint *sums = g_new (guint, n + 1);
  g_autofree guint *ends = g_new (guint, layers->links->len + 1);
  guint64 fewest = G_MAXUINT64;

  for (guint sweep = 0; sweep <= ORDER_SWEEPS && fewest > 0 && fruitless < PATIENCE; sweep++)
    {
      guint64 crossings = 0;

      /* The first look is at the order in which all were given. */
      for (guint i = 1; sweep > 0 && i < layers->n_layers; i++)
        sort_layer (layers, sweep % 2 == 1 ? i : layers->n_layers - 1 - i, sweep % 2 == 1);
      for (guint i = 0; i < layers->n_layers; i++)
        crossings += count_crossings (layers, i, sums, ends);
      fruitless++;
      if (crossings < fewest)
        {
          fewest = crossings;
          fruitless = 0;
          memcpy (best, layers->order, n * sizeof best[0]);
        }
    }
  memcpy (layers->order, best, n * sizeof best[0]);
  for (guint i = 0; i < layers->n_layers; i++)
    for (guint k = layers->first[i]; k < layers->first[i + 1]; k++)
      layers->index[layers->order[k]] = k - layers->first[i];
}

/* ---- places --------------------------------------------------------------- */

static guint
count_items (const Layers *layers, guint layer)
{
  guint n = 0;

  for (guint i = layers->first[layer]; i < layers->first[layer + 1]; i++)
    n += get_node (layers, layers->order[i])->item != G_MAXUINT;
  return n;
}

/* Items without edges: as many rows as make a block about twice as wide as
 * high, which is what a window has room for. */
static guint
choose_rows (const Layers *layers)
{
  guint n = layers->nodes->len, rows = 1;
  double width = 1, height = 1, best = HUGE_VAL;

  for (guint i = 0; i < n; i++)
    {
      width = MAX (width, get_node (layers, i)->width);
      height = MAX (height, get_node (layers, i)->height);
    }
  for (guint i = 1; i <= n; i++)
    {
      guint columns = (n + i - 1) / i;
      double off = fabs (log ((columns * (width + TELAR_COLUMN_GAP))
                              / (i * (height + TELAR_ROW_GAP)) / 2));

      if (off < best)
        {
          best = off;
          rows = i;
        }
    }
  return rows;
}

/* How many columns a layer needs of which none has more than @full items. */
static guint
count_columns (guint n_items, guint full)
{
  return MAX ((n_items + full - 1) / full, 1);
}

/* The number of items in a column above which a layer becomes a block: the one
 * with which the smallest window shows the whole. */
static guint
choose_full (const Layers *layers, const guint *n_items)
{
  guint most = 0, full = FULL_COLUMN;
  double best = HUGE_VAL;

  for (guint i = 0; i < layers->n_layers; i++)
    most = MAX (most, n_items[i]);
  for (guint tried = FULL_COLUMN;; tried += tried / 4)
    {
      double width = 0, height = 0;

      for (guint i = 0; i < layers->n_layers; i++)
        {
          guint columns = count_columns (n_items[i], tried);
          double widest = 0, high = 0;

          for (guint k = layers->first[i]; k < layers->first[i + 1]; k++)
            {
              const Node *node = get_node (layers, layers->order[k]);

              widest = MAX (widest, node->width);
              high += node->height + TELAR_ROW_GAP;
            }
          width += columns * (widest + TELAR_COLUMN_GAP) + TELAR_LAYER_GAP;
          height = MAX (height, high / columns);
        }
      if (MAX (width / ASPECT, height) < best)
        {
          best = MAX (width / ASPECT, height);
          full = tried;
        }
      if (tried >= most)
        return full;
    }
}

/* Returns: (transfer full): how many of a layer's nodes stand in one column */
static guint *
count_rows (const Layers *layers)
{
  guint *rows = g_new (guint, MAX (layers->n_layers, 1));
  g_autofree guint *n_items = g_new (guint, MAX (layers->n_layers, 1));
  guint full;

  for (guint i = 0; i < layers->n_layers; i++)
    n_items[i] = count_items (layers, i);
  full = choose_full (layers, n_items);
  for (guint i = 0; i < layers->n_layers; i++)
    {
      guint columns = count_columns (n_items[i], full);

      rows[i] = (count_nodes (layers, i) + columns - 1) / columns;
    }
  if (layers->n_layers == 1 && layers->nodes->len > 1)
    rows[0] = choose_rows (layers);
  return rows;
}

/* Columns beside each other, each with its middle at 0.
 *
 * Returns: x behind the layer */
static double
place_layer (Layers *layers, guint layer, guint rows, double x)
{
  const guint *nodes = layers->order + layers->first[layer];
  guint n = count_nodes (layers, layer);

  for (guint first = 0; first < n; first += rows)
    {
      guint end = MIN (first + rows, n);
      double width = 0, height = -TELAR_ROW_GAP, y;

      for (guint i = first; i < end; i++)
        {
          width = MAX (width, get_node (layers, nodes[i])->width);
          height += get_node (layers, nodes[i])->height + TELAR_ROW_GAP;
        }
      /* Blocks begin at one height. */
      y = rows < n && first > 0 ? get_node (layers, nodes[0])->y : -height / 2;
      for (guint i = first; i < end; i++)
        {
          Node *node = get_node (layers, nodes[i]);

          node->x = node->item == G_MAXUINT ? x + width / 2 : x;
          node->y = y;
          y += node->height + TELAR_ROW_GAP;
        }
      x += width + (end < n ? TELAR_COLUMN_GAP : 0);
    }
  return x;
}

/* Where the neighbours of @node would have its top: their middle.
 *
 * @weight: how much they want it */
static double
find_wish (const Layers *layers, guint number, gboolean by_before, gboolean by_behind,
           double *weight)
{
  const Node *node = get_node (layers, number);
  double sum = 0;

  *weight = 0;
  for (guint side = 0; side < 2; side++)
    {
      const guint *first = side == 0 ? layers->first_before : layers->first_behind;

      for (guint k = first[number]; (side == 0 ? by_before : by_behind) && k < first[number + 1];
           k++)
        {
          const Link *link = get_link (layers, side == 0 ? layers->before[k] : layers->behind[k]);
          const Node *other = get_node (layers, side == 0 ? link->from : link->to);

          sum += link->pull * (other->y + other->height / 2);
          *weight += link->pull;
        }
    }
  if (*weight > 0)
    return sum / *weight - node->height / 2;
  *weight = PULL_NONE;
  return node->y;
}

/* The heights that are nearest to what all nodes of a layer wish, in their
 * order: with the room above each taken off, the best ascending row. */
static void
settle_column (Layers *layers, guint layer, gboolean by_before, gboolean by_behind, Pool *pools)
{
  const guint *nodes = layers->order + layers->first[layer];
  guint n = count_nodes (layers, layer), n_pools = 0, at = 0;
  double above = 0;

  for (guint i = 0; i < n; i++)
    {
      double weight, wish = find_wish (layers, nodes[i], by_before, by_behind, &weight) - above;

      pools[n_pools++] = (Pool){ wish * weight, weight, 1 };
      while (n_pools > 1
             && pools[n_pools - 2].sum * pools[n_pools - 1].weight
                  >= pools[n_pools - 1].sum * pools[n_pools - 2].weight)
        {
          pools[n_pools - 2].sum += pools[n_pools - 1].sum;
          pools[n_pools - 2].weight += pools[n_pools - 1].weight;
          pools[n_pools - 2].n += pools[n_pools - 1].n;
          n_pools--;
        }
      above += get_node (layers, nodes[i])->height + TELAR_ROW_GAP;
    }
  above = 0;
  for (guint i = 0; i < n_pools; i++)
    for (guint k = 0; k < pools[i].n; k++)
      {
        Node *node = get_node (layers, nodes[at++]);

        node->y = pools[i].sum / pools[i].weight + above;
        above += node->height + TELAR_ROW_GAP;
      }
}

/* A block moves as one. */
static void
settle_block (Layers *layers, guint layer, gboolean by_before, gboolean by_behind)
{
  double sum = 0, weights = 0;

  for (guint i = layers->first[layer]; i < layers->first[layer + 1]; i++)
    {
      double weight, wish = find_wish (layers, layers->order[i], by_before, by_behind, &weight);

      sum += weight * (wish - get_node (layers, layers->order[i])->y);
      weights += weight;
    }
  for (guint i = layers->first[layer]; i < layers->first[layer + 1]; i++)
    get_node (layers, layers->order[i])->y += sum / weights;
}

static void
settle (Layers *layers, const guint *rows)
{
  g_autofree Pool *pools = g_new (Pool, layers->nodes->len);

  for (guint sweep = 0; sweep < 2 * HEIGHT_SWEEPS; sweep++)
    for (guint i = 0; i < layers->n_layers; i++)
      {
        gboolean forward = sweep % 2 == 0;
        guint layer = forward ? i : layers->n_layers - 1 - i;
        /* At last all look to both sides. */
        gboolean both = sweep + 4 >= 2 * HEIGHT_SWEEPS;

        if (rows[layer] < count_nodes (layers, layer))
          settle_block (layers, layer, forward || both, !forward || both);
        else
          settle_column (layers, layer, forward || both, !forward || both, pools);
      }
}

/* Whom a node would stand straight beside: its only neighbour on that side, or
 * where an edge passes, if only one does.
 *
 * Returns: G_MAXUINT if nobody */
static guint
find_partner (const Layers *layers, guint number, gboolean before)
{
  const guint *first = before ? layers->first_before : layers->first_behind;
  const guint *links = before ? layers->before : layers->behind;
  guint n = first[number + 1] - first[number], n_ways = 0, partner = G_MAXUINT;

  for (guint i = first[number]; i < first[number + 1]; i++)
    {
      const Link *link = get_link (layers, links[i]);

      if (n == 1 || link->pull > PULL_ITEMS)
        {
          partner = before ? link->from : link->to;
          n_ways++;
        }
    }
  return n_ways == 1 ? partner : G_MAXUINT;
}

/* Two that are each other's partners, where there is room. */
static void
straighten_node (Layers *layers, guint number, gboolean by_before)
{
  Node *node = get_node (layers, number), *other;
  const guint *place = layers->order + layers->first[node->layer] + layers->index[number];
  double low = -HUGE_VAL, high = HUGE_VAL;
  guint beside = find_partner (layers, number, by_before);

  if (beside == G_MAXUINT || find_partner (layers, beside, !by_before) != number)
    return;
  if (layers->index[number] > 0)
    {
      other = get_node (layers, place[-1]);
      low = other->y + other->height + TELAR_ROW_GAP;
    }
  if (layers->index[number] + 1 < count_nodes (layers, node->layer))
    high = get_node (layers, place[1])->y - TELAR_ROW_GAP - node->height;
  other = get_node (layers, beside);
  node->y = MAX (MIN (other->y + (other->height - node->height) / 2, high), low);
}

static void
straighten (Layers *layers, const guint *rows)
{
  for (guint sweep = 0; sweep < 3; sweep++)
    for (guint i = 0; i < layers->n_layers; i++)
      {
        gboolean forward = sweep % 2 == 0;
        guint layer = forward ? i : layers->n_layers - 1 - i;

        for (guint k = layers->first[layer];
             rows[layer] == count_nodes (layers, layer) && k < layers->first[layer + 1]; k++)
          straighten_node (layers, layers->order[k], forward);
      }
}

/* ---- public --------------------------------------------------------------- */

static void
free_layers (Layers *layers)
{
  g_array_unref (layers->nodes);
  g_array_unref (layers->links);
  g_free (layers->first);
  g_free (layers->order);
  g_free (layers->index);
  g_free (layers->first_before);
  g_free (layers->first_behind);
  g_free (layers->before);
  g_free (layers->behind);
}

/* Kahn's order. */
guint *
telar_layers_find (guint n_items, const TelarLayerEdge *edges, guint n_edges)
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

void
telar_layers_lay_out (TelarLayerItem *items, guint n_items, TelarLayerEdge *edges, guint n_edges,
                      GArray *points, double *width, double *height)
{
  g_autofree guint *layer = telar_layers_find (n_items, edges, n_edges);
  g_autofree guint *rows = NULL;
  Layers layers = {
    .nodes = g_array_new (FALSE, FALSE, sizeof (Node)),
    .links = g_array_new (FALSE, FALSE, sizeof (Link)),
  };
  double top = HUGE_VAL, bottom = -HUGE_VAL, x = 0;

  for (guint i = 0; i < n_items; i++)
    add_node (&layers, i, layer[i], items[i].width, items[i].height);
  add_edges (&layers, layer, edges, n_edges, MOST_WAYS (n_items));
  make_tables (&layers);

  if (n_edges > 0)
    order_layers (&layers);
  rows = count_rows (&layers);
  for (guint i = 0; i < layers.n_layers; i++)
    x = place_layer (&layers, i, rows[i], x) + TELAR_LAYER_GAP;
  if (n_edges > 0)
    {
      settle (&layers, rows);
      straighten (&layers, rows);
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
  *width = MAX (x - TELAR_LAYER_GAP, 0);
  *height = n_items > 0 ? round (bottom - top) : 0;
  free_layers (&layers);
}
