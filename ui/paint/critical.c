/* critical.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The critical path as one line through the tasks' lanes: below the bar of whoever
 * the run had to wait for, and across to the next one where that let it go on.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "paint/paint-private.h"

#define THICK  3
#define ACROSS 2
/* Of those that lie in one pixel so many are looked at: further ones would be drawn
 * where these are. */
#define IN_ONE_PIXEL 64

/* The first stretch that ends after @ns, from @low on. */
static guint
find_after (const GArray *path, guint low, double ns)
{
  guint high = path->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if ((double) g_array_index (path, TelarCritical, middle).end <= ns)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Where the line is in a row. */
static double
line_y (const TelarPainter *painter, const TelarRow *row, double *thick)
{
  double below = row->y + row->height - row->bar_y - row->bar_height;

  *thick = MIN (THICK * painter->unit, MAX (row->height / 3, 1));
  if (below > *thick + painter->unit)
    return row->bar_y + row->bar_height + MIN (2 * painter->unit, below - *thick);
  return row->y + row->height - *thick;
}

/* On pixels it has sharp edges, and is never thinner than one. */
static void
add_rectangle (TelarPainter *painter, double x0, double y0, double x1, double y1)
{
  if (!painter->vector)
    {
      x0 = floor (x0);
      y0 = floor (y0);
      x1 = MAX (floor (x1), x0 + 1);
      y1 = MAX (floor (y1), y0 + 1);
    }
  cairo_rectangle (painter->cr, x0, y0, x1 - x0, y1 - y0);
}

static void
add_stretch (TelarPainter *painter, const TelarRow *row, double from, double to)
{
  double thick, y = line_y (painter, row, &thick);
  double x0 = MAX (from, painter->lanes.left - 4 * painter->unit);
  double x1 = MIN (MAX (to, from + 1), painter->lanes.width);

  if (x1 > x0)
    add_rectangle (painter, x0, y, x1, y + thick);
}

static void
add_step (TelarPainter *painter, const TelarRow *one, const TelarRow *other, double x)
{
  double wide = ACROSS * painter->unit, thick, thick_too;
  double y0 = line_y (painter, one, &thick), y1 = line_y (painter, other, &thick_too);

  if (one != other && x >= painter->lanes.left - wide && x <= painter->lanes.width)
    add_rectangle (painter, x - wide / 2, MIN (y0, y1), x + wide / 2,
                   MAX (y0 + thick, y1 + thick_too));
}

void
telar_paint_critical (TelarPainter *painter)
{
  const TelarLanes *lanes = &painter->lanes;
  const GArray *path;
  const TelarRow *before = NULL;
  double column = -1;
  guint i, in_column = 0;

  if (painter->view->critical == NULL || !(painter->view->show & TELAR_SHOW_TASKS))
    return;
  path = painter->view->critical->critical;
  i = find_after (path, 0, telar_lanes_ns (lanes, lanes->left - 4 * painter->unit));
  cairo_new_path (painter->cr);
  while (i < path->len)
    {
      const TelarCritical *stretch = &g_array_index (path, TelarCritical, i);
      const TelarRow *row = telar_lanes_of (lanes, stretch->task);
      double x0 = telar_lanes_x (lanes, (double) stretch->begin);
      double x1 = telar_lanes_x (lanes, (double) stretch->end);

      if (x0 > lanes->width)
        break;
      if (row != NULL)
        {
          add_stretch (painter, row, x0, x1);
          if (before != NULL)
            add_step (painter, before, row, x0);
          before = row;
        }
      in_column = floor (x1) == column ? in_column + 1 : 0;
      column = floor (x1);
      i++;
      if (in_column < IN_ONE_PIXEL)
        continue;
      i = find_after (path, i, telar_lanes_ns (lanes, column + 1));
      in_column = 0;
    }
  telar_color_set (painter->cr, painter->theme->critical);
  cairo_fill (painter->cr);
}

char *
telar_critical_words (const TelarStatistics *statistics)
{
  double wall = (double) statistics->wall_ns;

  if (wall <= 0 || statistics->critical->len == 0)
    return NULL;
  return g_strdup_printf (_("critical path %.0f %% of the run, %.0f %% on a core"),
                          100 * (double) statistics->critical_ns / wall,
                          100 * (double) statistics->critical_on_core_ns / wall);
}
