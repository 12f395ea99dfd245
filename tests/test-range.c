/* test-range.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Totals of a stretch of a run, held against a look at every slice and wait
 * of the run, and against what is known of the whole run.
 */

#include <string.h>

#include "synthetic-run.h"
#include "timeline/range.h"
#include "timeline/statistics.h"

static TelarRange *
count (const TelarTimeline *timeline, gint64 begin, gint64 end, guint at_once)
{
  TelarRange *range = telar_range_new (timeline, begin, end);
  guint       steps = 0;

  while (telar_range_step (range, at_once))
    steps++;
  g_assert_cmpuint (range->done, ==, range->all);
  /* It does not take more than it was asked for. */
  g_assert_cmpuint (steps + 1, >=, range->all / at_once);
  return range;
}

static gint64
common (gint64 b, gint64 e, gint64 begin, gint64 end)
{
  return MAX (MIN (e, end) - MAX (b, begin), 0);
}

/* Whether an item lies in [begin, end), in part or whole; in an empty one nothing does. */
static gboolean
lies_in (gint64 b, gint64 e, gint64 begin, gint64 end)
{
  return begin < end && e > begin && b < end;
}

static void
check_task (const TelarTaskLane *lane, const TelarRangeTask *counted, gint64 begin, gint64 end)
{
  TelarRangeTask slow = { 0 };

  for (guint i = 0; i < lane->slices->len; i++)
    {
      const TelarSlice slice = telar_slices_at (lane->slices, i);

      slow.cpu_ns += common (slice.begin, slice.end, begin, end);
      slow.slices += lies_in (slice.begin, slice.end, begin, end);
      if (i > 0 && slice.begin >= begin && slice.begin < end)
        {
          const TelarSlice last = telar_slices_at (lane->slices, i - 1);

          slow.switches += slice.begin > last.end || slice.core != last.core;
        }
    }
  for (guint i = 0; i < lane->waits->len; i++)
    {
      const TelarWait wait = telar_waits_at (lane->waits, i);
      gint64          ns = common (wait.begin, wait.end, begin, end);

      slow.due_ns += wait.state == TELAR_WAIT_DUE ? ns : 0;
      slow.ready_ns += wait.state == TELAR_WAIT_READY ? ns : 0;
      slow.unknown_ns += wait.state == TELAR_WAIT_UNKNOWN ? ns : 0;
      if (wait.state == TELAR_WAIT_BLOCKED)
        {
          slow.blocked_ns += ns;
          slow.blocked[wait.cause] += ns;
        }
    }
  g_assert_cmpint (memcmp (&slow, counted, sizeof slow), ==, 0);
}

static void
check_core (const TelarCoreLane *lane, const TelarRangeCore *counted, gint64 begin, gint64 end)
{
  g_autoptr (GHashTable) tasks = g_hash_table_new (NULL, NULL);
  TelarRangeCore         slow = { .number = lane->number };

  for (guint i = 0; i < lane->slices->len; i++)
    {
      const TelarSlice slice = telar_slices_at (lane->slices, i);

      slow.busy_ns += common (slice.begin, slice.end, begin, end);
      if (!lies_in (slice.begin, slice.end, begin, end))
        continue;
      slow.slices++;
      g_hash_table_add (tasks, GUINT_TO_POINTER (slice.task));
      if (i > 0 && slice.begin >= begin)
        slow.switches += telar_slices_at (lane->slices, i - 1).task != slice.task;
    }
  slow.tasks = g_hash_table_size (tasks);
  g_assert_cmpint (slow.busy_ns, ==, counted->busy_ns);
  g_assert_cmpuint (slow.slices, ==, counted->slices);
  g_assert_cmpuint (slow.switches, ==, counted->switches);
  g_assert_cmpuint (slow.tasks, ==, counted->tasks);
}

static TelarTimeline *
weave (guint32 seed, TelarSource source)
{
  g_autoptr (TelarMadeRun) made = telar_made_run_new (seed, 1 + seed % 5, 600 + 200 * seed, source);
  const TelarMadeBatch    *all = &made->all;
  TelarTimeline           *timeline = telar_timeline_new (made->plan, NULL);

  telar_timeline_begin (timeline, &made->begun);
#define ADD(what, Type) \
  telar_timeline_add_##what (timeline, (const Type *) (gpointer) all->what->data, all->what->len)
  ADD (switches, TelarSwitch);
  ADD (samples, TelarSample);
  ADD (events, TelarEvent);
  ADD (loads, TelarLoad);
#undef ADD
  telar_timeline_finish (timeline, &made->ended);
  return timeline;
}

static void
test_slowly (void)
{
  static const TelarSource sources[] = { TELAR_SOURCE_EXACT, TELAR_SOURCE_SAMPLED };

  for (guint32 seed = 1; seed <= 24; seed++)
    {
      g_autoptr (GRand)         random = g_rand_new_with_seed (seed);
      g_autoptr (TelarTimeline) timeline = weave (seed, sources[seed % 2]);

      for (guint i = 0; i < 12; i++)
        {
          gint64 begin = (gint64) g_rand_double_range (random, -1e6, (double) timeline->wall);
          gint64 end = begin
                       + (gint64) g_rand_double_range (random, 0, (double) timeline->wall * 1.2);
          g_autoptr (TelarRange) range = NULL;

          /* Where slices meet, too. */
          if (i % 3 == 0 && timeline->cores->len > 0)
            {
              const TelarCoreLane *lane = timeline->cores->pdata[i % timeline->cores->len];

              if (lane->slices->len > 0)
                begin = telar_slices_at (lane->slices, lane->slices->len / 2).end;
              end = MAX (begin, end);
            }
          range = count (timeline, begin, end, 1 + i * 50);
          for (guint k = 0; k < range->n_tasks; k++)
            check_task (timeline->tasks->pdata[k], &range->tasks[k], begin, end);
          for (guint k = 0; k < range->n_cores; k++)
            check_core (timeline->cores->pdata[k], &range->cores[k], begin, end);
        }
    }
}

/* The whole run is what its statistics say, and two halves are the whole. */
static void
test_whole (void)
{
  g_autoptr (TelarTimeline)   timeline = telar_synthetic_run_new (5, 4, 20, 4000);
  g_autoptr (TelarStatistics) all = telar_statistics_new (timeline, 0, NULL);
  gint64                      end = timeline->wall + 1, middle = timeline->wall / 3;
  g_autoptr (TelarRange)      whole = count (timeline, 0, end, 1000);
  g_autoptr (TelarRange)      one = count (timeline, 0, middle, 1000);
  g_autoptr (TelarRange)      other = count (timeline, middle, end, 1000);

  g_assert_cmpint (whole->cpu_ns, ==, all->cpu_ns);
  g_assert_cmpint (whole->cpu_ns, ==, one->cpu_ns + other->cpu_ns);
  for (guint i = 0; i < whole->n_tasks; i++)
    {
      g_assert_cmpint (whole->tasks[i].cpu_ns, ==, all->tasks[i].on_core_ns);
      g_assert_cmpint (whole->tasks[i].ready_ns, ==, all->tasks[i].ready_ns);
      g_assert_cmpint (whole->tasks[i].blocked_ns, ==, all->tasks[i].blocked_ns);
      g_assert_cmpuint (whole->tasks[i].slices, ==, all->tasks[i].slices);
      g_assert_cmpuint (whole->tasks[i].switches, ==, all->tasks[i].switches);
      g_assert_cmpuint (whole->tasks[i].switches, ==,
                        one->tasks[i].switches + other->tasks[i].switches);
      g_assert_cmpint (whole->tasks[i].ready_ns, ==,
                       one->tasks[i].ready_ns + other->tasks[i].ready_ns);
    }
  for (guint i = 0; i < whole->n_cores; i++)
    {
      g_assert_cmpuint (whole->cores[i].switches, ==, all->cores[i].switches);
      g_assert_cmpuint (whole->cores[i].tasks, ==, all->cores[i].tasks);
      g_assert_cmpint (whole->cores[i].busy_ns, ==, all->cores[i].busy_ns);
    }
}

/* While a run goes on nothing is counted that may still change. */
static void
test_live (void)
{
  g_autoptr (TelarTimeline) timeline = telar_mockup_run_new (FALSE);
  g_autoptr (TelarRange)    range = count (timeline, 0, 2 * timeline->now, 7);
  g_autoptr (TelarRange)    none = count (timeline, timeline->now + 5, timeline->now + 9, 7);

  g_assert_cmpint (range->end, ==, timeline->now);
  g_assert_cmpint (range->cpu_ns, >, 0);
  g_assert_cmpint (none->cpu_ns, ==, 0);
  g_assert_cmpint (none->end, ==, none->begin);
}

static char *
row_of (const char *table, const char *start)
{
  g_auto (GStrv) rows = g_strsplit (table, "\n", -1);

  for (guint i = 0; rows[i] != NULL; i++)
    if (g_str_has_prefix (rows[i], start))
      return g_strdup (rows[i]);
  return NULL;
}

static void
test_texts (void)
{
  g_autoptr (TelarTimeline) timeline = telar_mockup_run_new (TRUE);
  g_autoptr (TelarRange)    range = count (timeline, 0, timeline->wall, 100);
  g_autoptr (GArray)        order = telar_range_order (range);
  g_autofree char          *csv = telar_range_csv (range);
  g_autofree char          *text = telar_range_text (range);
  g_autofree char          *title = telar_range_title (range);
  g_autofree char          *task = row_of (csv, "task,p1,0,");
  g_autofree char          *told = row_of (text, "p1\t");
  g_autofree char          *head = row_of (csv, "record,");
  g_auto (GStrv)            rows = g_strsplit (csv, "\n", -1);
  g_auto (GStrv)            names = g_strsplit (head, ",", -1);
  TelarRangeTask            waits = { .blocked_ns = 6000 };
  g_autofree char          *causes = NULL;

  g_assert_nonnull (task);
  g_assert_nonnull (told);
  g_assert_true (g_str_has_prefix (text, title));
  g_assert_nonnull (strstr (head, ",join-ns"));
  g_assert_null (strstr (head, ",barrier-ns"));
  /* Every row has a field for each name, and there is one a task and core. */
  for (guint i = 0; rows[i] != NULL && *rows[i] != '\0'; i++)
    {
      g_auto (GStrv) fields = g_strsplit (rows[i], ",", -1);

      g_assert_cmpuint (g_strv_length (fields), ==, g_strv_length (names));
    }
  g_assert_cmpuint (g_strv_length (rows), ==, order->len + range->n_cores + 2);
  for (guint i = 1; i < order->len; i++)
    g_assert_cmpint (range->tasks[g_array_index (order, guint32, i - 1)].cpu_ns, >=,
                     range->tasks[g_array_index (order, guint32, i)].cpu_ns);

  waits.blocked[TELAR_CAUSE_SLEEP] = 2000;
  waits.blocked[TELAR_CAUSE_LOCK] = 4000;
  causes = telar_range_causes (&waits);
  g_assert_cmpstr (causes, ==, "lock 4 µs, sleep 2 µs");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/range/slowly", test_slowly);
  g_test_add_func ("/range/whole", test_whole);
  g_test_add_func ("/range/live", test_live);
  g_test_add_func ("/range/texts", test_texts);
  return g_test_run ();
}
