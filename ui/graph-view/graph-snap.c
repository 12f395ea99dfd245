/* graph-snap.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "graph-view/graph-snap.h"

#include <math.h>

/* One direction: what comes nearest to a line of another box. */
typedef struct
{
  double  distance; /* signed: what has to be added */
  double  at;       /* the line */
  double  from, to; /* how far it goes, across */
  gboolean found;
} Nearest;

/* Begin, middle and end of a box with those of another; equal lines of several
 * boxes make one long guide. */
static void
compare_lines (Nearest *nearest,
               double   begin,
               double   size,
               double   from,
               double   to,
               double   other_begin,
               double   other_size,
               double   other_from,
               double   other_to,
               double   reach)
{
  const double lines[] = { begin, begin + size / 2, begin + size };
  const double others[] = { other_begin, other_begin + other_size / 2, other_begin + other_size };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      double distance = others[i] - lines[i];

      if (fabs (distance) > reach)
        continue;
      if (nearest->found && fabs (distance) > fabs (nearest->distance) - 1e-6)
        {
          if (fabs (others[i] - nearest->at) < 1e-6)
            {
              nearest->from = MIN (nearest->from, other_from);
              nearest->to = MAX (nearest->to, other_to);
            }
          continue;
        }
      *nearest = (Nearest) { distance, others[i], MIN (from, other_from), MAX (to, other_to), TRUE };
    }
}

static double
on_grid (double value)
{
  return round (value / TELAR_SNAP_GRID) * TELAR_SNAP_GRID;
}

void
telar_snap (TelarSnap              *snap,
            const TelarGraphLayout *layout,
            const gboolean         *moving,
            guint32                 parent,
            double                  x,
            double                  y,
            double                  width,
            double                  height,
            double                  dx,
            double                  dy,
            double                  reach)
{
  Nearest across = { 0 }, down = { 0 };

  g_return_if_fail (snap != NULL && layout != NULL && moving != NULL);

  *snap = (TelarSnap) { .dx = dx, .dy = dy };
  if (reach <= 0)
    return;

  x += dx;
  y += dy;
  for (guint32 i = 1; i < layout->n_tasks; i++)
    {
      const TelarGraphBox *box = &layout->boxes[i];

      if (moving[i] || box->parent != parent)
        continue;
      compare_lines (&across, x, width, y, y + height, box->x, box->width, box->y,
                     box->y + box->height, reach);
      compare_lines (&down, y, height, x, x + width, box->y, box->height, box->x,
                     box->x + box->width, reach);
    }

  snap->dx += across.found ? across.distance : on_grid (x) - x;
  snap->dy += down.found ? down.distance : on_grid (y) - y;
  if (across.found)
    snap->guides[snap->n_guides++] = (TelarGraphGuide) { TRUE, across.at, across.from, across.to };
  if (down.found)
    snap->guides[snap->n_guides++] = (TelarGraphGuide) { FALSE, down.at, down.from, down.to };
}
