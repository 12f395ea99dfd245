/* test-packed.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The packed lanes against plain arrays of the same slices: what comes back,
 * what is found, and what sums say, held against naive sums.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "timeline/packed.h"

#include "plan/plan.h"

#define N_TASKS 20
#define N_SEEDS 60

/* @busy: per cent of the time. */
static void
add_random (GRand *random, TelarSlices *slices, GArray *plain, guint n, guint n_tasks,
            gboolean bursts)
{
  gint64 at = plain->len > 0 ? g_array_index (plain, TelarSlice, plain->len - 1).end : 0;

  for (guint i = 0; i < n; i++)
    {
      TelarSlice slice = {
        .task = (guint32) g_rand_int_range (random, 0, (gint32) n_tasks),
        .core = (guint16) g_rand_int_range (random, 0, 3),
        .flags = (guint16) (g_rand_int_range (random, 0, 50) == 0 ? g_rand_int_range (random, 0, 65536)
                                                        : g_rand_int_range (random, 0, 8)),
      };

      if (g_rand_int_range (random, 0, 3) > 0)
        at += (gint64) pow (10, g_rand_double_range (random, 0, bursts ? 8 : 3));
      slice.begin = at;
      at += 1 + (gint64) pow (10, g_rand_double_range (random, 0, bursts ? 9 : 4));
      slice.end = at;
      telar_slices_append (slices, &slice);
      g_array_append_val (plain, slice);
    }
}

static void
assert_alike (const TelarSlices *slices, const GArray *plain)
{
  g_assert_cmpuint (slices->len, ==, plain->len);
  for (guint i = 0; i < plain->len; i++)
    {
      TelarSlice slice = telar_slices_at (slices, i);

      g_assert_true (memcmp (&slice, &g_array_index (plain, TelarSlice, i), sizeof slice) == 0);
    }
}

static guint
find_naively (const GArray *plain, gint64 ns)
{
  guint i = 0;

  while (i < plain->len && g_array_index (plain, TelarSlice, i).end <= ns)
    i++;
  return i;
}

/* Exactly what the index says but for who dominates: a majority is always named,
 * and nobody who was not there. */
static void
assert_sum (const TelarSlices *slices, const GArray *plain, gint64 begin, gint64 end)
{
  TelarRangeSum sum = telar_packed_sum (slices, begin, end);
  gint64 busy[N_TASKS] = { 0 }, all = 0;
  guint n = 0;

  for (guint i = 0; i < plain->len; i++)
    {
      const TelarSlice *slice = &g_array_index (plain, TelarSlice, i);
      gint64 length = MIN (slice->end, end) - MAX (slice->begin, begin);

      if (length <= 0)
        continue;
      n++;
      all += length;
      busy[slice->task] += length;
    }
  g_assert_cmpuint (sum.n, ==, n);
  g_assert_cmpint (sum.busy, ==, all);
  g_assert_true ((n == 0) == (sum.task == TELAR_NO_TASK));
  if (n > 0)
    g_assert_cmpint (busy[sum.task], >, 0);
  for (guint i = 0; i < N_TASKS; i++)
    if ((double) busy[i] > (double) all * 0.5001)
      g_assert_cmpuint (sum.task, ==, i);
}

static void
test_slices (void)
{
  for (guint32 seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (TelarPacked) slices = telar_slices_new (N_TASKS);
      g_autoptr (GArray) plain = g_array_new (FALSE, FALSE, sizeof (TelarSlice));

      g_test_message ("seed %u", seed);
      for (guint round = 0; round < 6; round++)
        {
          gint64 last;

          /* One task has the majority now and then. */
          add_random (random, slices, plain, (guint) g_rand_int_range (random, 1, 3000),
                      g_rand_boolean (random) ? N_TASKS : 2, g_rand_boolean (random));
          if (g_rand_boolean (random))
            {
              telar_packed_drop (slices);
              g_array_set_size (plain, plain->len - 1);
            }
          if (g_rand_boolean (random))
            telar_packed_pack (slices, (guint) g_rand_int_range (random, 1, 200), FALSE);
          assert_alike (slices, plain);
          last = plain->len > 0 ? g_array_index (plain, TelarSlice, plain->len - 1).end : 0;
          for (guint i = 0; i < 20; i++)
            {
              gint64 a = (gint64) (g_rand_double (random) * 1.1 * (double) last);
              gint64 b = (gint64) (g_rand_double (random) * 1.1 * (double) last);

              g_assert_cmpuint (telar_slices_find (slices, a), ==, find_naively (plain, a));
              assert_sum (slices, plain, MIN (a, b), MAX (a, b));
              if (plain->len > 0)
                {
                  const TelarSlice *one = &g_array_index (
                      plain, TelarSlice, (guint) g_rand_int_range (random, 0, (gint32) plain->len));

                  /* Right at edges. */
                  assert_sum (slices, plain, one->begin, one->end);
                  assert_sum (slices, plain, MIN (a, one->end), one->end);
                }
            }
        }
    }
}

/* Cells hold what a naive sum of the packed slices does. */
static void
test_cells (void)
{
  for (guint32 seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (TelarPacked) slices = telar_slices_new (N_TASKS);
      g_autoptr (GArray) plain = g_array_new (FALSE, FALSE, sizeof (TelarSlice));

      g_test_message ("seed %u", seed);
      for (guint round = 0; round < 3; round++)
        {
          add_random (random, slices, plain, 3000, N_TASKS, seed % 2 == 0);
          for (guint i = 0; i < 10; i++)
            {
              guint level = (guint) g_rand_int_range (random, seed % 2 == 0 ? 20 : 6, 30);
              gint64 last = g_array_index (plain, TelarSlice, slices->n_packed - 1).end;
              guint64 number = (guint64) (g_rand_double (random) * (double) (last >> level))
                               / TELAR_TILE_CELLS;
              const TelarZoomCell *cells = telar_zoom_tile (slices, level, number);
              double busy[TELAR_TILE_CELLS][N_TASKS] = { { 0 } };
              gint64 begin = (gint64) (number << level) * TELAR_TILE_CELLS;

              for (guint k = 0; k < slices->n_packed; k++)
                {
                  const TelarSlice *slice = &g_array_index (plain, TelarSlice, k);
                  gint64 at = MAX (slice->begin, begin);

                  for (gint64 next; at < slice->end && (at - begin) >> level < TELAR_TILE_CELLS;
                       at = next)
                    {
                      next = MIN ((((at - begin) >> level) + 1) << level, slice->end - begin) + begin;
                      busy[(at - begin) >> level][slice->task] += (double) (next - at);
                    }
                }
              for (guint k = 0; k < TELAR_TILE_CELLS; k++)
                {
                  double all = 0;

                  for (guint t = 0; t < N_TASKS; t++)
                    all += busy[k][t];
                  g_assert_cmpfloat_with_epsilon (cells[k].busy, all, 1e-5 * all + 1e-3);
                  g_assert_true ((all > 0) == (cells[k].task != TELAR_NO_TASK));
                  for (guint t = 0; t < N_TASKS; t++)
                    if (busy[k][t] > all * 0.5001)
                      g_assert_cmpuint (cells[k].task, ==, t);
                }
            }
        }
    }
}

/* Stretches of small slices hold what they promise, and leave no such block out. */
static void
test_small (void)
{
  for (guint32 seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (TelarPacked) slices = telar_slices_new (N_TASKS);
      g_autoptr (GArray) plain = g_array_new (FALSE, FALSE, sizeof (TelarSlice));
      guint n_small = 0;

      for (guint i = 0; i < 20; i++)
        add_random (random, slices, plain, 2000, N_TASKS, i % 5 == 0);
      for (guint i = 0, next; i < slices->n_packed; i = next)
        {
          gint64 begin, end;

          next = telar_packed_small (slices, i, 11000, 2000, 1e18, &begin, &end);
          if (next == i)
            {
              guint n;

              telar_slices_run (slices, i, &n);
              next = i + n;
              continue;
            }
          n_small += next - i;
          g_assert_cmpint (begin, ==, g_array_index (plain, TelarSlice, i).begin);
          g_assert_cmpint (end, ==, g_array_index (plain, TelarSlice, next - 1).end);
          for (guint k = i; k < next; k++)
            {
              const TelarSlice *slice = &g_array_index (plain, TelarSlice, k);

              g_assert_cmpint (slice->end - slice->begin, <, 11002);
              if (k > i)
                g_assert_cmpint (slice->begin - slice[-1].end, <, 2001);
            }
        }
      g_assert_cmpuint (n_small, >, 20000);
    }
}

/* Waits come back, those between two slices and those that are not. */
static void
test_waits (void)
{
  for (guint32 seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (TelarPacked) slices = telar_slices_new (N_TASKS);
      g_autoptr (TelarPacked) waits = telar_waits_new (slices);
      g_autoptr (GArray) plain = g_array_new (FALSE, FALSE, sizeof (TelarSlice));
      g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (TelarWait));
      guint bytes = 0;

      g_test_message ("seed %u", seed);
      waits->n_objects = 9;
      add_random (random, slices, plain, 4000, 1, seed % 2 == 0);
      for (guint i = 1; i < plain->len; i++)
        {
          TelarWait wait = {
            .begin = g_array_index (plain, TelarSlice, i - 1).end,
            .end = g_array_index (plain, TelarSlice, i).begin,
            .state = 1,
            .object = TELAR_NO_OBJECT,
          };

          if (wait.end <= wait.begin)
            continue;
          if (g_rand_int_range (random, 0, 10) == 0)
            wait = (TelarWait){ wait.begin, wait.end - 1, 2, (guint8) g_rand_int_range (random, 0, 9),
                                (guint16) g_rand_int_range (random, 0, 9), g_rand_int (random),
                                (guint32) g_rand_int_range (random, -1, 9),
                                (guint32) g_rand_int_range (random, 0, 4) };
          if (g_rand_int_range (random, 0, 10) == 0 || wait.end <= wait.begin)
            continue;
          telar_waits_append (waits, &wait);
          g_array_append_val (kept, wait);
        }
      telar_packed_pack (waits, 1, TRUE);
      g_assert_cmpuint (waits->len, ==, kept->len);
      for (guint i = 0; i < kept->len; i++)
        {
          TelarWait wait = telar_waits_at (waits, i);

          g_assert_true (memcmp (&wait, &g_array_index (kept, TelarWait, i), sizeof wait) == 0);
        }
      for (guint i = 0; i < waits->blocks->len; i++)
        bytes += g_array_index (waits->blocks, TelarBlock, i).size;
      if (seed == 1)
        g_test_message ("%.1f bytes a wait", (double) bytes / waits->len);
    }
}

/* Bytes that are none: said so, and nothing else. */
static void
test_noise (void)
{
  g_autoptr (TelarPacked) slices = telar_slices_new (N_TASKS);
  g_autoptr (TelarPacked) waits = telar_waits_new (slices);
  g_autoptr (GArray) plain = g_array_new (FALSE, FALSE, sizeof (TelarSlice));
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  TelarSlice back[TELAR_BLOCK_ITEMS];
  TelarWait waits_back[TELAR_BLOCK_ITEMS];

  add_random (random, slices, plain, TELAR_BLOCK_ITEMS, N_TASKS, FALSE);
  telar_packed_encode (slices, plain->data, plain->len, bytes);
  g_assert_true (telar_packed_decode (slices, bytes->data, bytes->len, plain->len, back));
  g_assert_true (memcmp (back, plain->data, sizeof back) == 0);
  for (guint i = 0; i < bytes->len; i++)
    g_assert_false (telar_packed_decode (slices, bytes->data, i, plain->len, back));
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree guint8 *noise = g_memdup2 (bytes->data, bytes->len);

      for (guint k = 0; k < 1 + i % 5; k++)
        noise[g_rand_int_range (random, 0, (gint32) bytes->len)] ^= (guint8) g_rand_int (random);
      if (telar_packed_decode (slices, noise, bytes->len, TELAR_BLOCK_ITEMS, back))
        for (guint k = 0; k < TELAR_BLOCK_ITEMS; k++)
          {
            g_assert_cmpuint (back[k].task, <, N_TASKS);
            g_assert_cmpint (back[k].begin, <=, back[k].end);
            g_assert_cmpint (back[k].begin, >=, k > 0 ? back[k - 1].end : 0);
          }
      telar_packed_decode (waits, noise, bytes->len, TELAR_BLOCK_ITEMS, waits_back);
    }
}

static void
test_crc (void)
{
  /* RFC 3720, B.4. */
  const guint8 zeros[32] = { 0 };
  guint8 bytes[67];

  g_assert_cmphex (telar_crc32c (0, zeros, sizeof zeros), ==, 0x8a9136aa);
  g_assert_cmphex (telar_crc32c (0, "123456789", 9), ==, 0xe3069283);
  g_assert_cmphex (telar_crc32c (telar_crc32c (0, "1234", 4), "56789", 5), ==, 0xe3069283);

  /* Of any size, from any place on: bit by bit it is the same. */
  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) (i * i + 7 * i);
  for (gsize begin = 0; begin < 9; begin++)
    for (gsize size = 0; begin + size <= sizeof bytes; size++)
      {
        guint32 crc = ~0u;

        for (gsize i = begin; i < begin + size; i++)
          {
            crc ^= bytes[i];
            for (guint k = 0; k < 8; k++)
              crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78 : 0);
          }
        g_assert_cmphex (telar_crc32c (0, bytes + begin, size), ==, ~crc);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/packed/slices", test_slices);
  g_test_add_func ("/packed/cells", test_cells);
  g_test_add_func ("/packed/small", test_small);
  g_test_add_func ("/packed/waits", test_waits);
  g_test_add_func ("/packed/noise", test_noise);
  g_test_add_func ("/packed/crc", test_crc);
  return g_test_run ();
}
