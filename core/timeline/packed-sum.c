/* packed-sum.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Sums over ranges of a lane, by the forest that stands on its blocks: an
 * implicit one as in Perfetto's implicit_segment_forest.h, eight to one. A
 * range is at most a few whole sums of each level, and two blocks that have to
 * be looked into.
 */

#include "config.h"

#include "timeline/packed.h"

#include "plan/plan.h"

#define FANOUT 8

/* A poll by Misra and Gries (1982): who has more than 1/(n + 1) of all that was
 * voted is never thrown out. */
void
telar_rivals_vote (TelarRival *rivals, guint n, guint32 task, float ns)
{
  guint weakest = 0;

  for (guint i = 0; i < n; i++)
    {
      if (rivals[i].ns > 0 && rivals[i].task == task)
        {
          rivals[i].ns += ns;
          return;
        }
      if (rivals[i].ns < rivals[weakest].ns)
        weakest = i;
    }
  if (rivals[weakest].ns >= ns)
    for (guint i = 0; i < n; i++)
      rivals[i].ns -= ns;
  else
    {
      float gone = rivals[weakest].ns;

      for (guint i = 0; i < n; i++)
        rivals[i].ns -= gone;
      rivals[weakest] = (TelarRival){ task, ns - gone };
    }
}

/* @next comes right after @sum; an empty one has a longest below 0. Polls are
 * merged as Agarwal et al. (2012) do: all are added, and what has no place is
 * taken off everybody. */
void
telar_sum_add (TelarSum *sum, const TelarSum *next)
{
  TelarRival all[2 * TELAR_RIVALS];
  guint n = 0;

  if (sum->longest < 0)
    {
      *sum = *next;
      return;
    }
  sum->gap = MAX (MAX (sum->gap, next->gap), (float) (next->begin - sum->end));
  sum->longest = MAX (sum->longest, next->longest);
  sum->end = next->end;
  sum->busy += next->busy;
  for (guint i = 0; i < TELAR_RIVALS; i++)
    all[n++] = sum->rivals[i];
  for (guint i = 0; i < TELAR_RIVALS; i++)
    {
      guint k = 0;

      while (k < n && all[k].task != next->rivals[i].task)
        k++;
      if (k < n)
        all[k].ns += next->rivals[i].ns;
      else
        all[n++] = next->rivals[i];
    }
  /* The strongest first; there are four at most. */
  for (guint i = 1; i < n; i++)
    for (guint k = i; k > 0 && all[k].ns > all[k - 1].ns; k--)
      {
        TelarRival stronger = all[k];

        all[k] = all[k - 1];
        all[k - 1] = stronger;
      }
  for (guint i = 0; i < TELAR_RIVALS; i++)
    {
      sum->rivals[i] = all[i];
      if (n > TELAR_RIVALS)
        sum->rivals[i].ns = MAX (0, all[i].ns - all[TELAR_RIVALS].ns);
    }
}

static const TelarSum *
sum_at (const TelarPacked *packed, guint level, guint i)
{
  return level == 0 ? &g_array_index (packed->blocks, TelarBlock, i).sum
                    : &g_array_index (packed->levels[level - 1], TelarSum, i);
}

static guint
n_at (const TelarPacked *packed, guint level)
{
  if (level == 0)
    return packed->blocks->len;
  return level > TELAR_PACKED_LEVELS || packed->levels[level - 1] == NULL
           ? 0 : packed->levels[level - 1]->len;
}

static guint
block_at (const TelarPacked *packed, guint i)
{
  guint low = 0, high = packed->blocks->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (packed->blocks, TelarBlock, middle).first < i)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* What is kept of a range's poll; more than a block has, for its edges. */
#define POLL 4

typedef struct
{
  TelarRangeSum sum;
  TelarRival    poll[POLL];
} Count;

static void
count_items (const TelarPacked *packed, guint from, guint to, gint64 begin, gint64 end,
             Count *count)
{
  while (from < to)
    {
      guint n;
      const TelarSlice *slices = NULL;
      const TelarWait *waits = NULL;

      if (packed->kind == TELAR_PACKED_SLICES)
        slices = telar_slices_run (packed, from, &n);
      else
        waits = telar_waits_run (packed, from, &n);
      n = MIN (n, to - from);
      for (guint i = 0; i < n; i++)
        {
          gint64 b = MAX (slices != NULL ? slices[i].begin : waits[i].begin, begin);
          gint64 e = MIN (slices != NULL ? slices[i].end : waits[i].end, end);

          count->sum.n++;
          count->sum.busy += MAX (e - b, 0);
          if (slices != NULL && e > b)
            telar_rivals_vote (count->poll, POLL, slices[i].task, (float) (e - b));
        }
      from += n;
    }
}

/* Index of the first item that begins at @ns or later. */
static guint
find_begin (const TelarPacked *packed, gint64 ns)
{
  guint i = packed->kind == TELAR_PACKED_SLICES ? telar_slices_find (packed, ns - 1)
                                                : telar_waits_find (packed, ns - 1);

  /* That ends at @ns or later; those that begin before it come first. */
  while (i < packed->len
         && (packed->kind == TELAR_PACKED_SLICES ? telar_slices_at (packed, i).begin
                                                 : telar_waits_at (packed, i).begin) < ns)
    i++;
  return i;
}

TelarRangeSum
telar_packed_sum (const TelarPacked *packed, gint64 begin, gint64 end)
{
  Count count = { .sum = { .task = TELAR_NO_TASK } };
  guint from, to, block, best = 0;

  g_return_val_if_fail (packed != NULL, count.sum);

  if (end <= begin)
    return count.sum;
  from = packed->kind == TELAR_PACKED_SLICES ? telar_slices_find (packed, begin)
                                             : telar_waits_find (packed, begin);
  to = find_begin (packed, end);
  if (to <= from)
    return count.sum;

  block = block_at (packed, from + 1); /* the first one: it may begin before the range */
  block = MIN (block, packed->blocks->len);
  if (block == packed->blocks->len || g_array_index (packed->blocks, TelarBlock, block).first >= to)
    count_items (packed, from, to, begin, end, &count);
  else
    {
      guint at = g_array_index (packed->blocks, TelarBlock, block).first;

      count_items (packed, from, at, begin, end, &count);
      /* As high as it is aligned and as far as it fits; the item that reaches
       * over the end is looked at by itself. */
      for (;;)
        {
          guint level = 0, i = block, step = 1, next;

          if (block >= packed->blocks->len
              || g_array_index (packed->blocks, TelarBlock, block).first
                   + g_array_index (packed->blocks, TelarBlock, block).n > to
              || sum_at (packed, 0, block)->end > end)
            break;
          while (i % FANOUT == 0 && i / FANOUT < n_at (packed, level + 1)
                 && sum_at (packed, level + 1, i / FANOUT)->end <= end)
            {
              level++;
              i /= FANOUT;
              step *= FANOUT;
            }
          count.sum.busy += sum_at (packed, level, i)->busy;
          for (guint k = 0; k < TELAR_RIVALS && packed->kind == TELAR_PACKED_SLICES; k++)
            if (sum_at (packed, level, i)->rivals[k].ns > 0)
              telar_rivals_vote (count.poll, POLL, sum_at (packed, level, i)->rivals[k].task,
                                 sum_at (packed, level, i)->rivals[k].ns);
          next = block + step;
          at = next < packed->blocks->len
                 ? g_array_index (packed->blocks, TelarBlock, next).first : packed->n_packed;
          count.sum.n += at - g_array_index (packed->blocks, TelarBlock, block).first;
          block = next;
        }
      count_items (packed, at, to, begin, end, &count);
    }
  for (guint i = 1; i < POLL; i++)
    if (count.poll[i].ns > count.poll[best].ns)
      best = i;
  if (count.poll[best].ns > 0)
    count.sum.task = count.poll[best].task;
  return count.sum;
}

static gboolean
is_small (const TelarSum *sum, double longest, double gap)
{
  return sum->longest < longest && sum->gap < gap;
}

guint
telar_packed_small (const TelarPacked *packed, guint i, double longest, double gap, double until,
                    gint64 *begin, gint64 *end)
{
  guint block = block_at (packed, i), first = i;

  if (block >= packed->blocks->len
      || g_array_index (packed->blocks, TelarBlock, block).first != i)
    return i;
  while (block < packed->blocks->len)
    {
      guint level = 0, k = block, step = 1;
      const TelarSum *sum = sum_at (packed, 0, block);

      if (!is_small (sum, longest, gap) || (double) sum->begin > until
          || (i > first && (double) (sum->begin - *end) >= gap))
        break;
      while (k % FANOUT == 0 && k / FANOUT < n_at (packed, level + 1)
             && is_small (sum_at (packed, level + 1, k / FANOUT), longest, gap))
        {
          level++;
          k /= FANOUT;
          step *= FANOUT;
        }
      sum = sum_at (packed, level, k);
      if (i == first)
        *begin = sum->begin;
      *end = sum->end;
      block += step;
      i = block < packed->blocks->len ? g_array_index (packed->blocks, TelarBlock, block).first
                                      : packed->n_packed;
    }
  return i;
}
