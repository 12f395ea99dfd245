/* graph-sight.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Which part of a layout is in sight, and how it is moved so that what was in
 * sight stays there when the canvas becomes smaller. A pure function of a layout.
 */

#pragma once

#include "paint/graph-picture.h"

G_BEGIN_DECLS

#define TELAR_SIGHT_MARGIN 12.0 /* pixels between what is brought in sight and the edge */

typedef struct
{
  double x, y;          /* where the layout's origin is, pixels */
  double scale;
  double width, height; /* of the canvas, pixels */
} TelarSight;

/* How far an interval has to be moved to lie in @room; its beginning counts where
 * it is too long. */
double   telar_sight_bring_into (double begin, double size, double room);
/* What is looked at in a canvas of another size: no farther from @from than it has to be.
 *
 * @task: of what is too much, this one stays, if it was in sight; or TELAR_NOBODY
 * Returns: whether all that was wholly in sight still is */
gboolean telar_sight_resize     (const TelarSight *from, const TelarGraphLayout *layout,
                                 guint32 task, double width, double height, TelarSight *to);
/* Whether all of the layout is in sight. */
gboolean telar_sight_is_whole   (const TelarSight *sight, const TelarGraphLayout *layout);

G_END_DECLS
