/* graph-snap.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Where boxes that are dragged come to rest: in line with others, else on the
 * grid; and the lines that say so. A pure function of a layout.
 */

#pragma once

#include "paint/graph-picture.h"

G_BEGIN_DECLS

#define TELAR_SNAP_GRID 12.0 /* half of the dots' distance, in the layout's units */

typedef struct
{
  double          dx, dy;    /* how far the boxes go */
  TelarGraphGuide guides[2]; /* at most one upright, one level */
  guint           n_guides;
} TelarSnap;

/* @x, @y, @width, @height: the box that the pointer holds, where the drag began
 * @dx, @dy: how far the pointer went
 * @moving: by task: what goes along is no neighbour
 * @parent: whose frame the box is in: siblings are neighbours
 * @reach: how near is near enough; 0: nothing snaps */
void telar_snap (TelarSnap *snap, const TelarGraphLayout *layout, const gboolean *moving,
                 guint32 parent, double x, double y, double width, double height, double dx,
                 double dy, double reach);

G_END_DECLS
