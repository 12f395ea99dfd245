/* pack.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Shelves: a row is as high as its highest part, and lower ones stack in it:
 *
 *   +-----------+ +---+ +---+
 *   |           | | b | | d |
 *   |     a     | +---+ +---+
 *   |           | +---+
 *   |           | | c |
 *   +-----------+ +---+
 *   +---+ +---+
 *   | e | | f |
 *
 * Several widths are tried; the one is taken that fits a window best.
 */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "arrange/pack.h"

#define GAP_X  TELAR_COLUMN_GAP
#define GAP_Y  TELAR_ROW_GAP
#define ASPECT 1.6
#define TRIES  48
#define WORTH_SORTING 0.85

static void
place (TelarArrangePart **parts, guint n, double limit, double *width, double *height)
{
  double x = 0, top = 0, y = 0, column = 0, row = 0;

  *width = *height = 0;
  for (guint i = 0; i < n; i++)
    {
      TelarArrangePart *part = parts[i];

      if (column > 0 && y + part->height > top + row)
        {
          /* Another column, or another row. */
          x += column + GAP_X;
          y = top;
          column = 0;
          if (x + part->width > limit)
            {
              top += row + GAP_Y;
              y = top;
              x = row = 0;
            }
        }
      part->x = x;
      part->y = y;
      row = MAX (row, y + part->height - top);
      column = MAX (column, part->width);
      y += part->height + GAP_Y;
      *width = MAX (*width, x + column);
      *height = MAX (*height, top + row);
    }
}

/* The height of the smallest window that shows all of it at its full size. */
static double
weigh (TelarArrangePart **parts, guint n, double limit)
{
  double width, height;

  place (parts, n, limit, &width, &height);
  return MAX (width / ASPECT, height) + (width / ASPECT + height) * 1e-3;
}

static double
find_limit (TelarArrangePart **parts, guint n, double *best_limit)
{
  double narrowest = 1, widest = 0, best = HUGE_VAL;

  for (guint i = 0; i < n; i++)
    {
      narrowest = MAX (narrowest, parts[i]->width);
      widest += parts[i]->width + GAP_X;
    }
  widest = MAX (widest, narrowest);
  for (guint i = 0; i <= TRIES; i++)
    {
      double limit = narrowest * pow (widest / narrowest, (double) i / TRIES);
      double weight = weigh (parts, n, limit);

      if (weight < best)
        {
          best = weight;
          *best_limit = limit;
        }
    }
  return best;
}

static int
compare_heights (const void *a, const void *b)
{
  const TelarArrangePart *x = *(TelarArrangePart *const *) a;
  const TelarArrangePart *y = *(TelarArrangePart *const *) b;

  if (x->height != y->height)
    return x->height > y->height ? -1 : 1;
  return x->members[0] < y->members[0] ? -1 : 1;
}

void
telar_arrange_pack (GPtrArray *parts, double *width, double *height)
{
  TelarArrangePart **given = (TelarArrangePart **) parts->pdata;
  g_autofree TelarArrangePart **sorted = g_memdup2 (given, parts->len * sizeof given[0]);
  double limit = 0, sorted_limit = 0;

  *width = *height = 0;
  if (parts->len == 0)
    return;
  qsort (sorted, parts->len, sizeof sorted[0], compare_heights);
  if (find_limit (sorted, parts->len, &sorted_limit)
      < WORTH_SORTING * find_limit (given, parts->len, &limit))
    place (sorted, parts->len, sorted_limit, width, height);
  else
    place (given, parts->len, limit, width, height);
}
