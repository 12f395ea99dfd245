/* others.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The strip below a core's bar: what everything else on the computer took of it, and
 * what the host of a virtual machine did.
 */

#include "config.h"

#include <math.h>

#include "paint/paint-private.h"

/* Index of the first look that ends after @ns. */
static guint
find_look (const GArray *others, double ns)
{
  guint low = 0, high = others->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if ((double) g_array_index (others, TelarOthers, middle).ns > ns)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

/* @height of the strip from @y on, of which @share per mille: whole rows, and a paler one
 * for what is left. */
static void
fill_share (TelarPainter *painter, double x, double y, double width, double height, guint share,
            gboolean from_above, TelarColor color)
{
  double exact = height * MIN (share, 1000) / 1000, unit = MIN (painter->unit, height);
  double whole = painter->vector ? exact : floor (exact), rest = exact - whole;

  if (painter->vector && exact < unit)
    {
      whole = 0;
      rest = exact / unit;
    }
  if (whole > 0)
    telar_pixels_fill (&painter->pixels, painter->cr, x, from_above ? y : y + height - whole, width,
                       whole, color);
  if (rest > 0)
    {
      double next = painter->vector ? unit : 1;

      telar_pixels_fill (&painter->pixels, painter->cr, x,
                         from_above ? y + whole : y + height - whole - next, width, next,
                         telar_color_mix (painter->theme->strip, color, rest));
    }
}

/* The share of everything else on a core: others from below, steal from above. */
void
telar_paint_others (TelarPainter *painter, const TelarRow *row)
{
  const TelarCoreLane *core = painter->timeline->cores->pdata[row->number];
  const TelarLanes *lanes = &painter->lanes;
  double height = (row->bar_height > 20 * painter->unit ? 4 : 3) * painter->unit;
  double y = row->bar_y + row->bar_height + painter->unit;
  double end = telar_lanes_x (lanes, painter->timeline->finished ? painter->timeline->wall
                                                                 : painter->timeline->now);
  double left = lanes->left - 4 * painter->unit;
  double begin = MAX (telar_lanes_x (lanes, 0), left);
  double drawn = -1;

  end = MIN (end, lanes->width + 4 * painter->unit);
  if (!painter->vector)
    {
      /* Whole pixels: sharp, and written many at once. */
      begin = round (begin);
      end = round (end);
      y = round (y);
      height = MAX (round (height), 2);
    }
  if (end <= begin || core->others->len == 0)
    return;
  telar_pixels_fill (&painter->pixels, painter->cr, begin, y, end - begin, height,
                     painter->theme->strip);

  for (guint i = find_look (core->others, telar_lanes_ns (lanes, begin)); i < core->others->len; i++)
    {
      const TelarOthers *others = &g_array_index (core->others, TelarOthers, i);
      double x0 = MAX (telar_lanes_x (lanes, others->ns - others->interval), left);
      double x1 = MIN (telar_lanes_x (lanes, others->ns), end);

      if (x0 > lanes->width)
        break;
      if (x1 <= begin || x1 - drawn < 0.5) /* looks are made at most once a pixel */
        continue;
      drawn = x1;
      if (!painter->vector)
        {
          x0 = round (x0);
          x1 = MAX (round (x1), x0 + 1);
        }
      fill_share (painter, x0, y, x1 - x0, height, others->others, FALSE, painter->theme->others);
      fill_share (painter, x0, y, x1 - x0, height, others->steal, TRUE, painter->theme->steal);
    }
}
