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

/* Shares of a strip that a picture of shapes tells apart. */
#define VECTOR_STEPS 16
/* Looks that end and begin no farther apart, in units of the picture, are beside each other. */
#define BESIDE       0.05

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

/* A strip in units of the picture; whole ones where it is made of pixels. */
typedef struct
{
  double left;       /* of what is painted on */
  double begin, end;
  double y, height;
} Strip;

/* Returns: FALSE where nothing of it can be seen. */
static gboolean
find_strip (const TelarPainter *painter, const TelarRow *row, Strip *strip)
{
  const TelarCoreLane *core = painter->timeline->cores->pdata[row->number];
  const TelarLanes *lanes = &painter->lanes;
  gint64 end = painter->timeline->finished ? painter->timeline->wall : painter->timeline->now;

  strip->left = lanes->left - 4 * painter->unit;
  strip->begin = MAX (telar_lanes_x (lanes, 0), strip->left);
  strip->end = MIN (telar_lanes_x (lanes, end), lanes->width + 4 * painter->unit);
  strip->y = row->bar_y + row->bar_height + painter->unit;
  strip->height = (row->bar_height > 20 * painter->unit ? 4 : 3) * painter->unit;
  if (!painter->vector)
    {
      /* Whole pixels: sharp, and written many at once. */
      strip->begin = round (strip->begin);
      strip->end = round (strip->end);
      strip->y = round (strip->y);
      strip->height = MAX (round (strip->height), 2);
    }
  return strip->end > strip->begin && core->others->len > 0;
}

/* Shapes are gathered, pixels written at once. */
static void
put (TelarPainter *painter, double x, double y, double width, double height, TelarColor color)
{
  TelarFill fill = { .base = color, .pattern = TELAR_PATTERN_PLAIN };

  if (painter->vector)
    telar_add_bar (painter, &fill, x, x + width, y, height);
  else
    telar_pixels_fill (&painter->pixels, painter->cr, x, y, width, height, color);
}

/* Looks beside each other that are shown alike. */
typedef struct
{
  double x0, x1;
  guint  others, steal; /* per mille */
} Stretch;

/* @share per mille of the strip: whole rows, and a paler one for what is left. */
static void
put_share (TelarPainter *painter, const Strip *strip, const Stretch *stretch, guint share,
           gboolean from_above, TelarColor color)
{
  double exact = strip->height * MIN (share, 1000) / 1000;
  double unit = MIN (painter->unit, strip->height);
  double whole = painter->vector ? exact : floor (exact), rest = exact - whole;
  double width = stretch->x1 - stretch->x0, bottom = strip->y + strip->height;

  if (painter->vector && exact < unit)
    {
      whole = 0;
      rest = exact / unit;
    }
  if (whole > 0)
    put (painter, stretch->x0, from_above ? strip->y : bottom - whole, width, whole, color);
  if (rest > 0)
    {
      double next = painter->vector ? unit : 1;

      put (painter, stretch->x0, from_above ? strip->y + whole : bottom - whole - next, width, next,
           telar_color_mix (painter->theme->strip, color, rest));
    }
}

static void
put_stretch (TelarPainter *painter, const Strip *strip, const Stretch *stretch)
{
  if (stretch->x1 <= stretch->x0)
    return;
  put_share (painter, strip, stretch, stretch->others, FALSE, painter->theme->others);
  put_share (painter, strip, stretch, stretch->steal, TRUE, painter->theme->steal);
}

/* Each shape costs bytes: they are shown in steps. */
static guint
shown_share (const TelarPainter *painter, guint share)
{
  return painter->vector ? (share * VECTOR_STEPS + 500) / 1000 * 1000 / VECTOR_STEPS : share;
}

void
telar_paint_strip (TelarPainter *painter, const TelarRow *row)
{
  Strip strip;

  if (find_strip (painter, row, &strip))
    put (painter, strip.begin, strip.y, strip.end - strip.begin, strip.height,
         painter->theme->strip);
}

void
telar_paint_others (TelarPainter *painter, const TelarRow *row)
{
  const GArray *looks = ((TelarCoreLane *) painter->timeline->cores->pdata[row->number])->others;
  const TelarLanes *lanes = &painter->lanes;
  Stretch stretch = { .x0 = 0 };
  double drawn = -1;
  Strip strip;

  if (!find_strip (painter, row, &strip))
    return;
  for (guint i = find_look (looks, telar_lanes_ns (lanes, strip.begin)); i < looks->len; i++)
    {
      const TelarOthers *look = &g_array_index (looks, TelarOthers, i);
      double x0 = MAX (telar_lanes_x (lanes, look->ns - look->interval), strip.left);
      double x1 = MIN (telar_lanes_x (lanes, look->ns), strip.end);
      Stretch next;

      if (x0 > lanes->width)
        break;
      if (x1 <= strip.begin || x1 - drawn < 0.5) /* looks are made at most once a pixel */
        continue;
      drawn = x1;
      if (!painter->vector)
        {
          x0 = round (x0);
          x1 = MAX (round (x1), x0 + 1);
        }
      next = (Stretch){ .x0 = x0, .x1 = x1, .others = shown_share (painter, look->others),
                        .steal = shown_share (painter, look->steal) };
      if (next.others == stretch.others && next.steal == stretch.steal
          && fabs (next.x0 - stretch.x1) < BESIDE)
        {
          stretch.x1 = next.x1;
          continue;
        }
      put_stretch (painter, &strip, &stretch);
      stretch = next;
    }
  put_stretch (painter, &strip, &stretch);
}
