/* columns.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Busy time by pixel column, from the cells that the store sums up: a cell is at
 * most a column wide, and counts in each that it touches by how much of it lies
 * there.
 */

#include "config.h"

#include "paint/paint-private.h"

/* Of fewer slices in a pixel there is little to read: lanes are not looked ahead in. */
#define MANY_A_COLUMN 2

/* Of cells that are not wider than a column: the widest, or those half as wide.
 * While somebody zooms, lanes change to other cells one after the other, and no
 * frame has to fill those of all. When a lane does, depends on its first block,
 * so that a run looks the same whenever it is opened. */
static guint
choose_level (const TelarLanes *lanes, const TelarSlices *slices)
{
  const TelarBlock *first = (const TelarBlock *) (gconstpointer) slices->blocks->data;
  guint64 hash = slices->blocks->len > 0 ? (guint64) first->sum.begin * 0x9e3779b97f4a7c15u : 0;
  double ns = 1 / lanes->per_ns / (1 + (double) (hash >> 56) / 256);

  return ns < 2 ? 0 : (guint) MIN (ilogb (ns), 44);
}

typedef struct
{
  const TelarSlices   *slices;
  guint                level;
  guint64              number; /* of the tile */
  const TelarZoomCell *cells;  /* NULL: none yet */
} Cells;

static inline const TelarZoomCell *
get_cell (Cells *cells, gint64 i)
{
  guint64 number = (guint64) i / TELAR_TILE_CELLS;

  if (cells->cells == NULL || number != cells->number)
    {
      cells->cells = telar_zoom_tile (cells->slices, cells->level, number);
      cells->number = number;
    }
  return &cells->cells[i % TELAR_TILE_CELLS];
}

void
telar_columns_add (const TelarLanes *lanes, const TelarSlices *slices, gint64 begin, gint64 end,
                   int column, guint n, double *busy, guint32 *task)
{
  Cells cells = { .slices = slices, .level = choose_level (lanes, slices) };
  double width = (double) (G_GINT64_CONSTANT (1) << cells.level), per_width = 1 / width;
  double shift = telar_lanes_shift (lanes);
  double from = MAX ((column - shift) / lanes->per_ns, (double) begin);

  for (guint i = 0; i < n && from < (double) end; i++)
    {
      double to = MIN ((column + (int) i + 1 - shift) / lanes->per_ns, (double) end);
      guint32 names[4];
      double shares[4], sum = 0;
      guint n_names = 0, best = 0;

      if (to <= from)
        continue;
      for (gint64 k = (gint64) (from * per_width); (double) k * width < to; k++)
        {
          const TelarZoomCell *cell = get_cell (&cells, k);
          double left = MAX (from, (double) k * width), right = MIN (to, (double) (k + 1) * width);
          double share = cell->busy * (right - left) * per_width;
          guint at = 0;

          if (cell->busy <= 0)
            continue;
          sum += share;
          while (at < n_names && names[at] != cell->task)
            at++;
          if (at == n_names && n_names < G_N_ELEMENTS (names))
            {
              names[n_names] = cell->task;
              shares[n_names++] = 0;
            }
          if (at < n_names)
            shares[at] += share;
        }
      for (guint k = 1; k < n_names; k++)
        if (shares[k] > shares[best])
          best = k;
      busy[i] += sum * lanes->per_ns;
      if (task != NULL && n_names > 0)
        task[i] = names[best];
      from = to;
    }
}

gboolean
telar_columns_ahead (const TelarLanes *lanes, const TelarSlices *slices, guint closer,
                     TelarAhead *ahead)
{
  double from = MAX (telar_lanes_ns (lanes, lanes->left), 0);
  double to = MIN (telar_lanes_ns (lanes, lanes->width), (double) lanes->timeline->now);
  guint level = choose_level (lanes, slices);
  double tile;

  if (level < closer || to <= from
      || telar_packed_sum (slices, (gint64) from, (gint64) to).n
           < MANY_A_COLUMN * (lanes->width - lanes->left))
    return TRUE;
  level -= closer;
  tile = (double) ((guint64) TELAR_TILE_CELLS << level);
  for (guint64 i = (guint64) (from / tile); (double) i * tile < to && ahead->room > 0; i++)
    {
      guint64 before = telar_zoom_n_made ();
      gint64 now;

      telar_zoom_tile (slices, level, i);
      ahead->room--;
      if (telar_zoom_n_made () == before)
        continue;
      now = g_get_monotonic_time ();
      if (ahead->until == 0)
        ahead->until = now + ahead->us;
      else if (now >= ahead->until)
        return FALSE;
    }
  return TRUE;
}
