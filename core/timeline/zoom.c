/* zoom.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Cells of time, 2^level ns each from the run's beginning on: the same ones
 * whatever is looked at, so that nothing flickers while a view moves. Filled
 * from the forest's sums where they lie in one cell, from slices where they do
 * not; a thread keeps what it filled.
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "timeline/packed.h"

#include "plan/plan.h"

#define FANOUT 8
#define RIVALS 3

typedef struct
{
  guint64       id;       /* of the slices */
  guint64       number;
  guint32       level;
  guint64       used;     /* when it was last, by the count of uses */
  guint         n_packed; /* how many there were, where the tile was not full then; else 0 */
  TelarZoomCell cells[TELAR_TILE_CELLS];
} Tile;

typedef struct
{
  double     busy;
  TelarRival rivals[RIVALS];
} Cell;

static guint
hash_tile (gconstpointer key)
{
  const Tile *tile = key;
  guint64 hash = (tile->id * 0x9e3779b97f4a7c15u + tile->number) * 0xff51afd7ed558ccdu;

  return (guint) (hash >> 32) ^ tile->level;
}

static gboolean
equal_tiles (gconstpointer a, gconstpointer b)
{
  const Tile *x = a, *y = b;

  return x->id == y->id && x->number == y->number && x->level == y->level;
}

/* What a thread keeps. */
typedef struct
{
  GHashTable *tiles; /* owned: Tile is its own key */
  guint64     uses;
  guint64     made;  /* tiles so far */
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_hash_table_unref (kept->tiles);
  g_free (kept);
}

static Kept *
get_kept (void)
{
  static GPrivate kept_of_thread = G_PRIVATE_INIT (kept_free);
  Kept *kept = g_private_get (&kept_of_thread);

  if (kept == NULL)
    {
      kept = g_new0 (Kept, 1);
      kept->tiles = g_hash_table_new_full (hash_tile, equal_tiles, g_free, NULL);
      g_private_set (&kept_of_thread, kept);
    }
  return kept;
}

static int
compare_uses (gconstpointer a, gconstpointer b)
{
  const guint64 *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

static gboolean
is_older (gpointer key, gpointer value, gpointer data)
{
  return ((const Tile *) key)->used < *(const guint64 *) data;
}

/* Half of them: whoever goes back to where he was finds it made. */
static void
make_room (Kept *kept)
{
  g_autofree guint64 *uses = g_new (guint64, g_hash_table_size (kept->tiles));
  GHashTableIter iter;
  gpointer key;
  guint n = 0;

  g_hash_table_iter_init (&iter, kept->tiles);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    uses[n++] = ((const Tile *) key)->used;
  qsort (uses, n, sizeof *uses, compare_uses);
  g_hash_table_foreach_remove (kept->tiles, is_older, &uses[n / 2]);
}

static void
add_slice (Cell *cells, const TelarSlice *slice, gint64 begin, guint level)
{
  gint64 from = MAX (slice->begin - begin, 0);
  gint64 to = MIN (slice->end - begin, (gint64) TELAR_TILE_CELLS << level);

  while (from < to)
    {
      gint64 i = from >> level, next = MIN ((i + 1) << level, to);

      cells[i].busy += (double) (next - from);
      telar_rivals_vote (cells[i].rivals, RIVALS, slice->task, (float) (next - from));
      from = next;
    }
}

/* Into a cell that it lies in as a whole. */
static void
add_sum (Cell *cell, const TelarSum *sum)
{
  cell->busy += (double) sum->busy;
  for (guint i = 0; i < TELAR_RIVALS; i++)
    if (sum->rivals[i].ns > 0)
      telar_rivals_vote (cell->rivals, RIVALS, sum->rivals[i].task, sum->rivals[i].ns);
}

static gboolean
is_in_one (const TelarSum *sum, guint level, gint64 begin, gint64 end)
{
  return sum->begin >= begin && sum->end <= end
         && (sum->begin >> level) == (MAX (sum->end - 1, sum->begin) >> level);
}

static void
fill (const TelarSlices *slices, Cell *cells, gint64 begin, guint level)
{
  const TelarBlock *blocks = (const TelarBlock *) (gconstpointer) slices->blocks->data;
  gint64 end = begin + ((gint64) TELAR_TILE_CELLS << level);
  guint low = 0, high = slices->blocks->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (blocks[middle].sum.end > begin)
        high = middle;
      else
        low = middle + 1;
    }
  while (low < slices->blocks->len && blocks[low].sum.begin < end)
    {
      guint step = 1, i = low;
      const TelarSum *sum = &blocks[low].sum;

      if (!is_in_one (sum, level, begin, end))
        {
          guint n;
          const TelarSlice *run = telar_slices_run (slices, blocks[low].first, &n);

          for (guint k = 0; k < n && run[k].begin < end; k++)
            add_slice (cells, &run[k], begin, level);
          low++;
          continue;
        }
      for (guint up = 0; up < TELAR_PACKED_LEVELS && slices->levels[up] != NULL && i % FANOUT == 0
                         && i / FANOUT < slices->levels[up]->len
                         && is_in_one (&g_array_index (slices->levels[up], TelarSum, i / FANOUT),
                                       level, begin, end);
           up++)
        {
          i /= FANOUT;
          step *= FANOUT;
          sum = &g_array_index (slices->levels[up], TelarSum, i);
        }
      add_sum (&cells[(sum->begin - begin) >> level], sum);
      low += step;
    }
}

const TelarZoomCell *
telar_zoom_tile (const TelarSlices *slices, guint level, guint64 number)
{
  Kept *kept = get_kept ();
  Tile wanted = { .id = slices->id, .number = number, .level = level };
  Tile *tile = g_hash_table_lookup (kept->tiles, &wanted);
  gint64 begin = (gint64) (number << level) * TELAR_TILE_CELLS;
  Cell cells[TELAR_TILE_CELLS];
  const TelarBlock *last;

  if (tile != NULL && (tile->n_packed == 0 || tile->n_packed == slices->n_packed))
    {
      tile->used = ++kept->uses;
      return tile->cells;
    }
  if (tile == NULL)
    {
      if (g_hash_table_size (kept->tiles) >= TELAR_MAX_TILES)
        make_room (kept);
      tile = g_new (Tile, 1);
      *tile = wanted;
      g_hash_table_add (kept->tiles, tile);
    }
  tile->used = ++kept->uses;
  kept->made++;
  memset (cells, 0, sizeof cells);
  fill (slices, cells, begin, level);
  for (guint i = 0; i < TELAR_TILE_CELLS; i++)
    {
      guint best = 0;

      for (guint k = 1; k < RIVALS; k++)
        if (cells[i].rivals[k].ns > cells[i].rivals[best].ns)
          best = k;
      tile->cells[i].task = cells[i].rivals[best].ns > 0 ? cells[i].rivals[best].task
                                                         : TELAR_NO_TASK;
      tile->cells[i].busy = (float) cells[i].busy;
    }
  last = slices->blocks->len > 0
           ? &g_array_index (slices->blocks, TelarBlock, slices->blocks->len - 1) : NULL;
  tile->n_packed = last != NULL && last->sum.end >= begin + ((gint64) TELAR_TILE_CELLS << level)
                     ? 0 : slices->n_packed;
  return tile->cells;
}

guint64
telar_zoom_n_made (void)
{
  return get_kept ()->made;
}
