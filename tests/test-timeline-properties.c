/* test-timeline-properties.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Random runs of a simulated computer: whatever their records go through on
 * the way, no invariant breaks, and what was shown stays.
 */

#include "config.h"

#include <string.h>

#include "invariants.h"
#include "synthetic-run.h"

#define N_RUNS 500

/* How a record is cut into batches, and what happens to it on the way. */
typedef struct
{
  guint    seed;
  guint    batch;    /* most records of a batch */
  gboolean damaged;  /* lost, late, strange and doubled records */
  gboolean broken_off;
  gboolean watched;  /* what was shown is held against what is shown later */
} Way;

typedef struct
{
  guint switches, events, samples, loads;
} Place;

static gint64
damage_time (GRand *random, gint64 ns)
{
  return g_rand_int_range (random, 0, 20) == 0 ? ns - g_rand_int_range (random, 0, 3000000) : ns;
}

/* Feeds everything before @until; late and strange things among it. */
static void
feed (TelarTimeline *timeline, const TelarMadeBatch *all, Place *at, gint64 until, GRand *random,
      const Way *way)
{
  gboolean damaged = way->damaged;

#define GOES_ON(what, Type) \
  (at->what < all->what->len && g_array_index (all->what, Type, at->what).ns < until)
#define LOST() (damaged && g_rand_int_range (random, 0, 25) == 0)

  for (; GOES_ON (switches, TelarSwitch); at->switches++)
    {
      TelarSwitch sw = g_array_index (all->switches, TelarSwitch, at->switches);

      if (LOST ())
        {
          TelarSwitch lost = { .ns = sw.ns, .by = 1, .core = sw.core, .kind = TELAR_SWITCH_LOST };

          if (g_rand_boolean (random))
            telar_timeline_add_switches (timeline, &lost, 1);
          continue;
        }
      if (damaged)
        sw.ns = damage_time (random, sw.ns);
      if (damaged && g_rand_int_range (random, 0, 30) == 0)
        sw.tid += g_rand_int_range (random, -5, 5);
      telar_timeline_add_switches (timeline, &sw, 1);
    }
  for (; GOES_ON (events, TelarEvent); at->events++)
    {
      TelarEvent event = g_array_index (all->events, TelarEvent, at->events);

      if (LOST ())
        continue;
      if (damaged)
        event.ns = damage_time (random, event.ns);
      if (damaged && g_rand_int_range (random, 0, 30) == 0)
        event.value = g_rand_int_range (random, -5, 2000);
      if (damaged && g_rand_int_range (random, 0, 30) == 0)
        event.task = (uint32_t) g_rand_int_range (random, 0, 10);
      telar_timeline_add_events (timeline, &event, 1);
    }
  for (; GOES_ON (samples, TelarSample); at->samples++)
    {
      TelarSample sample = g_array_index (all->samples, TelarSample, at->samples);

      if (LOST ())
        continue;
      if (damaged)
        sample.ns = damage_time (random, sample.ns);
      telar_timeline_add_samples (timeline, &sample, 1);
    }
  for (; GOES_ON (loads, TelarLoad); at->loads++)
    telar_timeline_add_loads (timeline, &g_array_index (all->loads, TelarLoad, at->loads), 1);

#undef GOES_ON
#undef LOST
}

static TelarTimeline *
weave (const TelarMadeRun *run, const Way *way)
{
  static const int numbers[] = { 0, 1 };
  g_autoptr (GRand) random = g_rand_new_with_seed (way->seed);
  g_autoptr (GArray) cores = g_array_new (FALSE, FALSE, sizeof (int));
  TelarTimeline *timeline;
  Place at = { 0 };
  gint64 now = TELAR_MADE_ZERO;

  g_array_append_vals (cores, numbers, G_N_ELEMENTS (numbers));
  timeline = telar_timeline_new (run->plan, cores);
  telar_timeline_begin (timeline, &run->begun);
  while (now < run->ended.ns)
    {
      g_autoptr (TelarShown) shown = way->watched ? telar_shown_new (timeline) : NULL;
      g_autofree char *change = NULL;
      gint64 sent;
      TelarNow told;

      now += g_rand_int_range (random, 1, (gint32) way->batch * 10000);
      now = MIN (now, run->ended.ns);
      /* More may have arrived than the watermark promises. */
      sent = now + (g_rand_boolean (random) ? g_rand_int_range (random, 0, 200000) : 0);
      feed (timeline, &run->all, &at, sent, random, way);
      told = (TelarNow){ .ns = now };
      if (way->broken_off && g_rand_int_range (random, 0, 20) == 0)
        break;
      telar_timeline_advance (timeline, &told);
      change = shown != NULL ? telar_shown_find_change (shown, timeline) : NULL;
      if (change != NULL)
        g_error ("%s", change);
      if (way->watched)
        telar_assert_invariants (timeline, TELAR_INVARIANTS_ALWAYS);
    }
  if (way->broken_off)
    telar_timeline_break_off (timeline);
  else
    {
      feed (timeline, &run->all, &at, G_MAXINT64, random, way);
      telar_timeline_finish (timeline, &run->ended);
    }
  return timeline;
}

static void
append_lane (GString *text, const TelarTimeline *timeline, const TelarTaskLane *task)
{
  g_string_append_printf (text, "%s state %u exit %d: %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                          " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " cpu %" G_GINT64_FORMAT
                          " ready %" G_GINT64_FORMAT " blocked %" G_GINT64_FORMAT "\n",
                          task->id, task->state, task->exit, task->started, task->run, task->ended,
                          task->joined, task->cpu_ns, task->ready_ns, task->blocked_ns);
  for (guint i = 0; i < task->slices->len; i++)
    {
      const TelarSlice one = telar_slices_at (task->slices, i), *slice = &one;

      g_string_append_printf (text, " [%u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u]",
                              slice->core, slice->begin, slice->end, slice->flags);
    }
  for (guint i = 0; i < task->waits->len; i++)
    {
      const TelarWait one = telar_waits_at (task->waits, i), *wait = &one;
      g_autofree char *what = telar_wait_describe (timeline, wait);

      g_string_append_printf (text, " (%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT ")", what,
                              wait->begin, wait->end);
    }
  g_string_append_c (text, '\n');
}

/* Everything that a reader can see, to compare two timelines. */
static char *
print (const TelarTimeline *timeline)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < timeline->tasks->len; i++)
    append_lane (text, timeline, g_ptr_array_index (timeline->tasks, i));
  for (guint i = 0; i < timeline->cores->len; i++)
    {
      const TelarCoreLane *lane = g_ptr_array_index (timeline->cores, i);

      g_string_append_printf (text, "core %d busy %" G_GINT64_FORMAT ":", lane->number,
                              lane->busy_ns);
      for (guint k = 0; k < lane->slices->len; k++)
        {
          const TelarSlice one = telar_slices_at (lane->slices, k), *slice = &one;

          g_string_append_printf (text, " %u@%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, slice->task,
                                  slice->begin, slice->end);
        }
      for (guint k = 0; k < lane->others->len; k++)
        g_string_append_printf (text, " +%u", g_array_index (lane->others, TelarOthers, k).others);
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < timeline->arrows->len; i++)
    {
      const TelarArrow *arrow = &g_array_index (timeline->arrows, TelarArrow, i);

      g_string_append_printf (text, "%u>%u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
                              arrow->from, arrow->to, arrow->from_ns, arrow->to_ns);
    }
  return g_string_free (text, FALSE);
}

static void
test_invariants (gconstpointer data)
{
  TelarSource source = GPOINTER_TO_UINT (data);
  guint64 slices = 0, waits = 0;

  for (guint seed = 0; seed < N_RUNS; seed++)
    {
      g_autoptr (TelarMadeRun) run = telar_made_run_new (seed, 1 + seed % 4, 20 + seed % 200,
                                                         source);
      Way way = { .seed = seed, .batch = 1 + seed % 300, .watched = TRUE };
      g_autoptr (TelarTimeline) timeline = weave (run, &way);
      g_autofree char *broken = telar_broken_invariant (
        timeline,
        source == TELAR_SOURCE_EXACT ? TELAR_INVARIANTS_CPU : TELAR_INVARIANTS_ALWAYS);

      if (broken != NULL)
        g_error ("seed %u: %s", seed, broken);
      for (guint i = 0; i < timeline->tasks->len; i++)
        {
          slices += telar_timeline_task (timeline, i)->slices->len;
          waits += telar_timeline_task (timeline, i)->waits->len;
        }
    }
  g_test_message ("%u runs, %" G_GUINT64_FORMAT " slices, %" G_GUINT64_FORMAT " waits", N_RUNS,
                  slices, waits);
  g_assert_cmpuint (source == TELAR_SOURCE_OFF || slices > 10000, ==, TRUE);
}

static void
test_same_however_cut (gconstpointer data)
{
  TelarSource source = GPOINTER_TO_UINT (data);

  for (guint seed = 0; seed < N_RUNS; seed++)
    {
      g_autoptr (TelarMadeRun) run = telar_made_run_new (seed, 1 + seed % 4, 20 + seed % 200,
                                                         source);
      Way whole = { .seed = seed, .batch = 200000 };
      Way cut = { .seed = seed + 1, .batch = 1 + seed % 50 };
      g_autoptr (TelarTimeline) one = weave (run, &whole);
      g_autoptr (TelarTimeline) other = weave (run, &cut);
      g_autofree char *one_text = print (one);
      g_autofree char *other_text = print (other);

      if (strcmp (one_text, other_text) != 0)
        {
          g_auto (GStrv) left = g_strsplit (one_text, "\n", -1);
          g_auto (GStrv) right = g_strsplit (other_text, "\n", -1);

          for (guint i = 0; left[i] != NULL && right[i] != NULL; i++)
            if (strcmp (left[i], right[i]) != 0)
              g_error ("seed %u, cut in another way:\n%s\n%s", seed, left[i], right[i]);
        }
      g_assert_cmpstr (one_text, ==, other_text);
    }
}

static void
test_damaged (gconstpointer data)
{
  TelarSource source = GPOINTER_TO_UINT (data);

  for (guint seed = 0; seed < N_RUNS; seed++)
    {
      g_autoptr (TelarMadeRun) run = telar_made_run_new (seed, 1 + seed % 4, 20 + seed % 200,
                                                         source);
      Way way = { .seed = seed, .batch = 1 + seed % 300, .damaged = TRUE, .watched = TRUE,
                  .broken_off = seed % 5 == 0 };
      g_autoptr (TelarTimeline) timeline = weave (run, &way);
      g_autofree char *broken = telar_broken_invariant (timeline, TELAR_INVARIANTS_ALWAYS);

      if (broken != NULL)
        g_error ("seed %u: %s", seed, broken);
    }
}

static gint64
anything (GRand *random, gint64 now)
{
  switch (g_rand_int_range (random, 0, 6))
    {
    case 0: return g_rand_int_range (random, -3, 12);
    case 1: return (gint64) ((guint64) g_rand_int (random) << 32 | g_rand_int (random));
    case 2: return G_MAXINT64;
    case 3: return G_MININT64;
    case 4: return 1000 + g_rand_int_range (random, 0, 6);
    default: return now + g_rand_int_range (random, -2000000, 2000000);
    }
}

/* Tasks can write whatever they like into the memory that they share. */
static void
test_noise (gconstpointer data)
{
  TelarSource source = GPOINTER_TO_UINT (data);

  for (guint seed = 0; seed < N_RUNS; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (TelarMadeRun) run = telar_made_run_new (seed, 2, 20, source);
      g_autoptr (TelarTimeline) timeline = telar_timeline_new (run->plan, NULL);
      gint64 now = TELAR_MADE_ZERO;

      telar_timeline_begin (timeline, &run->begun);
      for (guint i = 0; i < 300; i++)
        {
          TelarNow told = { .ns = now += g_rand_int_range (random, 0, 100000) };
          TelarEvent event = {
            .ns = g_rand_boolean (random) ? now : anything (random, now),
            .value = anything (random, now),
            .cpu_ns = anything (random, now),
            .task = (uint32_t) g_rand_int_range (random, 0, 12),
            .writer = (uint32_t) g_rand_int_range (random, -1, 12),
            .kind = (uint16_t) g_rand_int_range (random, 0, 20),
            .core = (uint16_t) g_rand_int_range (random, 0, 3),
            .detail = (uint32_t) g_rand_int_range (random, -1, 8),
          };
          TelarSwitch sw = {
            .ns = g_rand_boolean (random) ? now : anything (random, now),
            .tid = (int32_t) anything (random, now),
            .by = (int32_t) anything (random, now),
            .core = (uint16_t) g_rand_int_range (random, 0, 3),
            .kind = (uint16_t) g_rand_int_range (random, 0, 8),
          };
          TelarSample sample = {
            .ns = g_rand_boolean (random) ? now : anything (random, now),
            .cpu_ns = anything (random, now),
            .delay_ns = anything (random, now),
            .task = (uint32_t) g_rand_int_range (random, 0, 12),
            .tid = (int32_t) anything (random, now),
            .core = (uint16_t) g_rand_int_range (random, 0, 3),
            .state = "RSZX"[g_rand_int_range (random, 0, 4)],
          };
          TelarLoad load = { .ns = now, .interval = anything (random, now), .busy = 60000 };

          telar_timeline_add_events (timeline, &event, 1);
          telar_timeline_add_switches (timeline, &sw, 1);
          telar_timeline_add_samples (timeline, &sample, 1);
          telar_timeline_add_loads (timeline, &load, 1);
          if (g_rand_int_range (random, 0, 4) == 0)
            telar_timeline_advance (timeline, &told);
        }
      telar_timeline_break_off (timeline);
      g_assert_true (timeline->finished);
    }
}

static void
test_synthetic (void)
{
  g_autoptr (TelarTimeline) timeline = telar_synthetic_run_new (1, 4, 40, 20000);
  guint64 slices = 0;

  telar_assert_invariants (timeline, TELAR_INVARIANTS_CPU);
  for (guint i = 0; i < timeline->cores->len; i++)
    slices += ((TelarCoreLane *) g_ptr_array_index (timeline->cores, i))->slices->len;
  g_test_message ("%" G_GUINT64_FORMAT " slices", slices);
  g_assert_cmpuint (slices, >, 15000);
  g_assert_cmpuint (slices, <, 30000);
  g_assert_cmpint (telar_timeline_exit_status (timeline), ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    TelarSource source;
  } sources[] = {
    { "exact", TELAR_SOURCE_EXACT },
    { "sampled", TELAR_SOURCE_SAMPLED },
    { "off", TELAR_SOURCE_OFF },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autofree char *invariants = g_strdup_printf ("/timeline/invariants/%s", sources[i].name);
      g_autofree char *cut = g_strdup_printf ("/timeline/same-however-cut/%s", sources[i].name);
      g_autofree char *noise = g_strdup_printf ("/timeline/noise/%s", sources[i].name);
      g_autofree char *damaged = g_strdup_printf ("/timeline/damaged/%s", sources[i].name);
      gconstpointer source = GUINT_TO_POINTER (sources[i].source);

      g_test_add_data_func (invariants, source, test_invariants);
      g_test_add_data_func (cut, source, test_same_however_cut);
      g_test_add_data_func (damaged, source, test_damaged);
      g_test_add_data_func (noise, source, test_noise);
    }
  g_test_add_func ("/timeline/synthetic", test_synthetic);
  return g_test_run ();
}
