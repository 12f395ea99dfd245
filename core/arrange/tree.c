/* tree.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <stdlib.h>

#include "arrange/tree.h"

/* An edge between items of one frame. */
typedef struct
{
  guint32  from, to;
  gboolean lifted;           /* meant for what is within them */
} Edge;

/* ---- frames --------------------------------------------------------------- */

static void
link_kids (TelarArrangeTree *tree)
{
  guint head = 0, tail = 0;

  for (guint i = tree->n; i-- > 1;)
    {
      tree->next[i] = tree->kids[tree->parent[i]];
      tree->kids[tree->parent[i]] = i;
    }
  tree->order[tail++] = 0;
  while (head < tail)
    {
      guint32 frame = tree->order[head++];

      for (guint32 kid = tree->kids[frame]; kid != 0; kid = tree->next[kid])
        {
          tree->depth[kid] = tree->depth[frame] + 1;
          tree->order[tail++] = kid;
        }
    }
}

/* A frame that is within itself by others, or in none, is the root's. */
static void
find_parents (TelarArrangeTree *tree, const TelarArrangeItem *items)
{
  g_autofree guint32 *seen = g_new0 (guint32, tree->n);

  for (guint i = 1; i < tree->n; i++)
    tree->parent[i] = items[i].parent < tree->n ? items[i].parent : 0;
  for (guint i = 1; i < tree->n; i++)
    {
      guint32 at = i;

      for (; at != 0 && seen[at] == 0; at = tree->parent[at])
        seen[at] = i;
      if (at != 0 && seen[at] == i)
        tree->parent[at] = 0;
    }
}

/* ---- edges ---------------------------------------------------------------- */

/* Returns: whether there is anything between siblings in it */
static gboolean
lift (const TelarArrangeTree *tree, const TelarArrangeEdge *edge, Edge *lifted)
{
  guint32 from = edge->from, to = edge->to;

  if (from >= tree->n || to >= tree->n)
    return FALSE;
  while (tree->depth[from] > tree->depth[to])
    from = tree->parent[from];
  while (tree->depth[to] > tree->depth[from])
    to = tree->parent[to];
  if (from == to)
    return FALSE;
  while (tree->parent[from] != tree->parent[to])
    {
      from = tree->parent[from];
      to = tree->parent[to];
    }
  *lifted = (Edge){ .from = from, .to = to, .lifted = from != edge->from || to != edge->to };
  return TRUE;
}

static int
compare_edges (const void *a, const void *b)
{
  const Edge *x = a, *y = b;

  if (x->from != y->from)
    return x->from < y->from ? -1 : 1;
  if (x->to != y->to)
    return x->to < y->to ? -1 : 1;
  return x->lifted - y->lifted;
}

static void
index_edges (guint n, const Edge *edges, guint n_edges, guint *first)
{
  for (guint i = 0; i < n_edges; i++)
    first[edges[i].from + 1]++;
  for (guint i = 0; i < n; i++)
    first[i + 1] += first[i];
}

/* In a circle an item goes first that only waits for lifted edges, which are
 * then the ones to give way. */
static guint32
break_circle (guint n, const gboolean *queued, const guint *waiting)
{
  guint32 any = G_MAXUINT32;

  for (guint32 i = 0; i < n; i++)
    if (!queued[i])
      {
        if (waiting[i] == 0)
          return i;
        any = MIN (any, i);
      }
  return any;
}

/* Kahn's order over all items. Returns: (transfer full): when each one's turn is */
static guint *
find_turns (guint n, const Edge *edges, guint n_edges, const guint *first)
{
  g_autofree guint *waiting = g_new0 (guint, n);
  g_autofree guint *waiting_direct = g_new0 (guint, n);
  g_autofree gboolean *queued = g_new0 (gboolean, n);
  g_autofree guint32 *queue = g_new (guint32, n);
  guint *turn = g_new0 (guint, n);
  guint head = 0, tail = 0;

  for (guint i = 0; i < n_edges; i++)
    {
      waiting[edges[i].to]++;
      waiting_direct[edges[i].to] += !edges[i].lifted;
    }
  for (guint32 i = 0; i < n; i++)
    if (waiting[i] == 0)
      {
        queued[i] = TRUE;
        queue[tail++] = i;
      }
  while (head < n)
    {
      guint32 item;

      if (head == tail)
        {
          queue[tail] = break_circle (n, queued, waiting_direct);
          queued[queue[tail++]] = TRUE;
        }
      item = queue[head];
      turn[item] = head++;
      for (guint i = first[item]; i < first[item + 1]; i++)
        {
          guint32 to = edges[i].to;

          waiting[to]--;
          waiting_direct[to] -= !edges[i].lifted;
          if (waiting[to] == 0 && !queued[to])
            {
              queued[to] = TRUE;
              queue[tail++] = to;
            }
        }
    }
  return turn;
}

static guint32
find_part (guint32 *part, guint32 item)
{
  while (part[item] != item)
    {
      part[item] = part[part[item]];
      item = part[item];
    }
  return item;
}

static void
connect_items (TelarArrangeTree *tree)
{
  for (guint32 i = 0; i < tree->n; i++)
    tree->part[i] = i;
  for (guint i = 0; i < tree->n_edges; i++)
    {
      guint32 a = find_part (tree->part, tree->edges[i].from);
      guint32 b = find_part (tree->part, tree->edges[i].to);

      tree->part[MAX (a, b)] = MIN (a, b);
    }
  for (guint32 i = 0; i < tree->n; i++)
    tree->part[i] = find_part (tree->part, i);
}

static void
make_edges (TelarArrangeTree *tree, const TelarArrangeEdge *given, guint n_given)
{
  g_autofree Edge *edges = g_new (Edge, MAX (n_given, 1));
  g_autofree guint *first = g_new0 (guint, tree->n + 1);
  g_autofree guint *turn = NULL;
  guint n = 0, n_unique = 0;

  for (guint i = 0; i < n_given; i++)
    n += lift (tree, &given[i], &edges[n]);
  qsort (edges, n, sizeof edges[0], compare_edges);
  for (guint i = 0; i < n; i++)
    if (n_unique == 0 || edges[i].from != edges[n_unique - 1].from
        || edges[i].to != edges[n_unique - 1].to)
      edges[n_unique++] = edges[i];
  index_edges (tree->n, edges, n_unique, first);
  turn = find_turns (tree->n, edges, n_unique, first);

  n = 0;
  for (guint i = 0; i < n_unique; i++)
    if (turn[edges[i].from] < turn[edges[i].to])
      edges[n++] = edges[i];
  tree->edges = g_new (TelarArrangeEdge, MAX (n, 1));
  tree->n_edges = n;
  for (guint i = 0; i < n; i++)
    tree->edges[i] = (TelarArrangeEdge){ edges[i].from, edges[i].to };
  index_edges (tree->n, edges, n, tree->first_edge);
}

/* ---- parts ---------------------------------------------------------------- */

static void
part_free (gpointer data)
{
  TelarArrangePart *part = data;

  g_free (part->members);
  g_free (part->items);
  g_free (part->edges);
  g_free (part);
}

static void
fill_part (TelarArrangeTree *tree, const TelarArrangeItem *items, TelarArrangePart *part)
{
  guint n_edges = 0;

  part->items = g_new0 (TelarLayerItem, part->n_items);
  for (guint i = 0; i < part->n_items; i++)
    {
      guint32 member = part->members[i];

      part->items[i].width = items[member].width;
      part->items[i].height = items[member].height;
      tree->place[member] = i;
      n_edges += tree->first_edge[member + 1] - tree->first_edge[member];
    }
  part->edges = g_new0 (TelarLayerEdge, MAX (n_edges, 1));
  for (guint i = 0; i < part->n_items; i++)
    for (guint k = tree->first_edge[part->members[i]];
         k < tree->first_edge[part->members[i] + 1]; k++)
      {
        part->edges[part->n_edges].from = i;
        part->edges[part->n_edges++].to = tree->place[tree->edges[k].to];
      }
}

/* ---- public --------------------------------------------------------------- */

TelarArrangeTree *
telar_arrange_tree_new (const TelarArrangeItem *items, guint n, const TelarArrangeEdge *edges,
                        guint n_edges)
{
  TelarArrangeTree *tree = g_new0 (TelarArrangeTree, 1);

  g_assert (n > 0);
  tree->n = n;
  tree->parent = g_new0 (guint32, n);
  tree->kids = g_new0 (guint32, n);
  tree->next = g_new0 (guint32, n);
  tree->depth = g_new0 (guint32, n);
  tree->order = g_new0 (guint32, n);
  tree->first_edge = g_new0 (guint, n + 1);
  tree->part = g_new0 (guint32, n);
  tree->place = g_new0 (guint32, n);
  find_parents (tree, items);
  link_kids (tree);
  make_edges (tree, edges, n_edges);
  connect_items (tree);
  return tree;
}

void
telar_arrange_tree_free (TelarArrangeTree *tree)
{
  g_free (tree->parent);
  g_free (tree->kids);
  g_free (tree->next);
  g_free (tree->depth);
  g_free (tree->order);
  g_free (tree->edges);
  g_free (tree->first_edge);
  g_free (tree->part);
  g_free (tree->place);
  g_free (tree);
}

GPtrArray *
telar_arrange_tree_parts (TelarArrangeTree *tree, const TelarArrangeItem *items, guint32 frame)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (part_free);

  /* First how many each has; an item's part is that of its first member. */
  for (guint32 kid = tree->kids[frame]; kid != 0; kid = tree->next[kid])
    {
      TelarArrangePart *part;

      if (tree->part[kid] == kid)
        {
          tree->place[kid] = parts->len;
          g_ptr_array_add (parts, g_new0 (TelarArrangePart, 1));
        }
      part = parts->pdata[tree->place[tree->part[kid]]];
      part->n_items++;
    }
  for (guint i = 0; i < parts->len; i++)
    {
      TelarArrangePart *part = parts->pdata[i];

      part->members = g_new (guint32, part->n_items);
      part->n_items = 0;
    }
  for (guint32 kid = tree->kids[frame]; kid != 0; kid = tree->next[kid])
    {
      TelarArrangePart *part = parts->pdata[tree->place[tree->part[kid]]];

      part->members[part->n_items++] = kid;
    }
  for (guint i = 0; i < parts->len; i++)
    fill_part (tree, items, parts->pdata[i]);
  return parts;
}
