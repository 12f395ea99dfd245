/* statistics-parallel.c
 *
 * SPDX-License-Identifier: MIT
 *
 * One pass over the slices of all cores together, by time: a heap holds each
 * core's next beginning or end, so that nothing is sorted or copied.
 */

#include "config.h"

#include "timeline/statistics-private.h"

#include <string.h>

typedef struct
{
  gint64               ns;    /* of the next edge */
  const TelarCoreLane *lane;
  TelarSlice           slice; /* whose edge it is */
  guint                at;
  gboolean             ends;

  /* Slices from `from` on, copied: where more cores take turns than a thread keeps
   * blocks unpacked, each of these would be unpacked for every slice. */
  TelarSlice          *ahead; /* borrowed: room for TELAR_BLOCK_ITEMS */
  guint                from;
  guint                n_ahead;
} Edge;

static void
load (Edge *edge)
{
  if (edge->at >= edge->from + edge->n_ahead)
    {
      guint             n;
      const TelarSlice *run = telar_slices_run (edge->lane->slices, edge->at, &n);

      edge->from = edge->at;
      edge->n_ahead = MIN (n, TELAR_BLOCK_ITEMS);
      memcpy (edge->ahead, run, edge->n_ahead * sizeof *run);
    }
  edge->slice = edge->ahead[edge->at - edge->from];
}

static void
sink (Edge *heap, guint n, guint i)
{
  for (guint least = i;; i = least)
    {
      for (guint child = 2 * i + 1; child <= 2 * i + 2 && child < n; child++)
        if (heap[child].ns < heap[least].ns)
          least = child;
      if (least == i)
        return;

      Edge other = heap[i];
      heap[i] = heap[least];
      heap[least] = other;
    }
}

/* Returns: whether the core has another edge. */
static gboolean
step (Edge *edge)
{
  if (!edge->ends)
    {
      edge->ends = TRUE;
      edge->ns = edge->slice.end;
      return TRUE;
    }
  if (++edge->at >= edge->lane->slices->len)
    return FALSE;
  load (edge);
  edge->ends = FALSE;
  edge->ns = edge->slice.begin;
  return TRUE;
}

/* @n cores from @begin to @end. */
static void
account (TelarStatistics *all, guint n, gint64 begin, gint64 end)
{
  double width = (double) all->wall_ns / TELAR_PARALLELISM_BINS;
  guint  bin;

  all->at_once[n] += end - begin;
  if (n > all->most_at_once && end > begin)
    all->most_at_once = n;
  if (n == 0 || end <= begin)
    return;
  bin = (guint) CLAMP ((double) begin / width, 0, TELAR_PARALLELISM_BINS - 1);
  for (; bin < TELAR_PARALLELISM_BINS && bin * width < (double) end; bin++)
    {
      double from = MAX ((double) begin, bin * width);
      double to = MIN ((double) end, (bin + 1) * width);

      all->parallelism[bin] += n * MAX (to - from, 0) / width;
    }
}

void
telar_statistics_parallelism (TelarStatistics *all, const TelarTimeline *timeline,
                              TelarStatisticsWork *work)
{
  g_autofree Edge       *heap = g_new0 (Edge, MAX (all->n_cores, 1));
  g_autofree TelarSlice *ahead = g_new (TelarSlice, MAX (all->n_cores, 1) * TELAR_BLOCK_ITEMS);
  gint64                 last = 0;
  guint                  n = 0, at_work = 0;

  if (all->wall_ns <= 0)
    return;
  for (guint i = 0; i < all->n_cores; i++)
    {
      const TelarCoreLane *lane = g_ptr_array_index (timeline->cores, i);

      if (lane->slices->len == 0)
        continue;
      heap[n].lane = lane;
      heap[n].ahead = ahead + (gsize) n * TELAR_BLOCK_ITEMS;
      load (&heap[n]);
      heap[n].ns = heap[n].slice.begin;
      n++;
    }
  for (guint i = n / 2; i > 0; i--)
    sink (heap, n, i - 1);
  while (n > 0 && telar_statistics_next (work))
    {
      gint64 ns = CLAMP (heap[0].ns, last, MAX (all->wall_ns, last));

      account (all, at_work, last, ns);
      last = ns;
      at_work = heap[0].ends ? at_work - 1 : at_work + 1;
      if (!step (&heap[0]))
        heap[0] = heap[--n];
      sink (heap, n, 0);
    }
  account (all, 0, last, MAX (all->wall_ns, last));
}
