/* layers.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The layered layout of one scope: items of given sizes and the edges between
 * them, from left to right. Knows nothing of tasks.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TELAR_LAYER_GAP  84.0 /* between layers: where edges are seen */
#define TELAR_COLUMN_GAP 30.0 /* between what no edge connects */
#define TELAR_ROW_GAP    24.0

typedef struct
{
  double width, height; /* given */
  double x, y;          /* found: top left */
} TelarLayerItem;

typedef struct
{
  guint from, to;       /* given: items; without circles */
  guint first_point;    /* found: in points */
  guint n_points;
} TelarLayerEdge;

typedef struct
{
  double x, y;
} TelarLayerPoint;

/* By the longest path: an item that never becomes free (a circle) stays in layer 0.
 *
 * Returns: (transfer full) (array length=n_items): the layer of each */
guint *telar_layers_find (guint n_items, const TelarLayerEdge *edges, guint n_edges);

/* Fills in x and y of all @items, and the points through which edges pass
 * that skip a layer (appended to @points). The same items and edges give the
 * same places. Cost: O((items + edges) log items).
 *
 * @points: (element-type TelarLayerPoint) */
void telar_layers_lay_out (TelarLayerItem *items, guint n_items, TelarLayerEdge *edges,
                           guint n_edges, GArray *points, double *width, double *height);

G_END_DECLS
