/* tree.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Items as a tree of frames, and what is connected within each of them.
 */

#pragma once

#include "arrange/arrange.h"
#include "arrange/layers.h"

G_BEGIN_DECLS

typedef struct
{
  guint   n;
  guint   n_edges;
  guint32 *parent;           /* owned; without circles, of the root itself */
  guint32 *kids, *next;      /* owned; lists in the order of items, 0 ends them */
  guint32 *depth;            /* owned; the root is at 0 */
  guint32 *order;            /* owned; every frame before what it holds */
  TelarArrangeEdge *edges;   /* owned; between items of one frame, sorted by from, no circles */
  guint   *first_edge;       /* owned; n + 1, of an item's edges */
  guint32 *part;             /* owned; the first item that an item is connected with */
  guint32 *place;            /* owned; of an item within its part, while one is made */
} TelarArrangeTree;

/* Items of one frame that are connected. */
typedef struct
{
  guint   n_items, n_edges;
  guint32 *members;          /* owned; in the order of items */
  TelarLayerItem *items;     /* owned; one a member, places within the part */
  TelarLayerEdge *edges;     /* owned */
  double  width, height;     /* found */
  double  x, y;              /* found: by pack.h, within the frame */
} TelarArrangePart;

TelarArrangeTree *telar_arrange_tree_new (const TelarArrangeItem *items, guint n,
                                          const TelarArrangeEdge *edges, guint n_edges);
void telar_arrange_tree_free (TelarArrangeTree *tree);

/* Sizes of the members are those of @items now.
 *
 * Returns: (transfer full) (element-type TelarArrangePart): in the order of
 *   their first items */
GPtrArray *telar_arrange_tree_parts (TelarArrangeTree *tree, const TelarArrangeItem *items,
                                     guint32 frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarArrangeTree, telar_arrange_tree_free)

G_END_DECLS
