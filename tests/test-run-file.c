/* test-run-file.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Run files: what was written comes back, whole or as far as the file is sound,
 * and nothing that a file may hold does worse than miss something.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "graph/graph-file.h"
#include "graph/plan-build.h"
#include "invariants.h"
#include "runfile/format.h"
#include "runfile/plan-rows.h"
#include "runfile/run-reader.h"
#include "synthetic-run.h"
#include "timeline/report.h"
#include "timeline/text-lanes.h"

#define GRAPH "{\"telar\": 1, \"tasks\": []}"
#define N_RUNS 40

static char *folder;

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* Without waiting for a disk, as GLib would. */
static void
put_file (const char *file, const char *bytes, gsize size)
{
  FILE *to = fopen (file, "w");

  g_assert_nonnull (to);
  g_assert_cmpuint (fwrite (bytes, 1, size, to), ==, size);
  g_assert_cmpint (fclose (to), ==, 0);
}

/* Everything that a reader can see. @until: what ends by then only, and nothing
 * that may still go on. */
static char *
print (const TelarTimeline *timeline, gint64 until)
{
  GString *text = g_string_new (NULL);

#define T G_GINT64_FORMAT
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *task = timeline->tasks->pdata[i];

      g_string_append_printf (text, "%s", task->id);
      if (until == G_MAXINT64)
        g_string_append_printf (text, " %u %u %u %d %d %d %d: %" T " %" T " %" T " %" T " %" T
                                " %" T " %" T " %" T " %" T " %u", task->state, task->reason,
                                task->reason_task, task->could_not, task->pid, task->tid,
                                task->exit, task->started, task->run, task->ended, task->joined,
                                task->cpu_ns, task->on_core_ns, task->ready_ns, task->blocked_ns,
                                task->due, task->recording_lost);
      for (guint k = 0; k < task->slices->len; k++)
        {
          TelarSlice slice = telar_slices_at (task->slices, k);

          if (slice.end <= until)
            g_string_append_printf (text, " [%u %" T " %" T " %u]", slice.core, slice.begin,
                                    slice.end, slice.flags);
        }
      for (guint k = 0; k < task->waits->len; k++)
        {
          TelarWait wait = telar_waits_at (task->waits, k);
          g_autofree char *what = telar_wait_describe (timeline, &wait);

          if (wait.end <= until)
            g_string_append_printf (text, " (%s %" T " %" T ")", what, wait.begin, wait.end);
        }
      for (guint k = 0; k < task->steps->len && until == G_MAXINT64; k++)
        {
          const TelarStepRun *step = &g_array_index (task->steps, TelarStepRun, k);

          g_string_append_printf (text, " {%u %" T " %" T " %" T "}", step->step, step->begin,
                                  step->end, step->integer);
        }
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < timeline->cores->len; i++)
    {
      const TelarCoreLane *core = timeline->cores->pdata[i];

      g_string_append_printf (text, "core %d", core->number);
      if (until == G_MAXINT64)
        g_string_append_printf (text, " %" T " %u", core->busy_ns, core->others->len);
      for (guint k = 0; k < core->slices->len; k++)
        {
          TelarSlice slice = telar_slices_at (core->slices, k);

          if (slice.end <= until)
            g_string_append_printf (text, " [%u %" T " %" T " %u]", slice.task, slice.begin,
                                    slice.end, slice.flags);
        }
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < timeline->arrows->len && until == G_MAXINT64; i++)
    {
      const TelarArrow *arrow = &g_array_index (timeline->arrows, TelarArrow, i);

      g_string_append_printf (text, "%u %u>%u %" T " %" T "\n", arrow->kind, arrow->from,
                              arrow->to, arrow->from_ns, arrow->to_ns);
    }
  for (guint i = 0; i < timeline->lines->len && until == G_MAXINT64; i++)
    {
      const TelarTextLine *line = timeline->lines->pdata[i];

      g_string_append_printf (text, "%" T " %u %u %s\n", line->ns, line->task, line->stream,
                              (const char *) g_bytes_get_data (line->text, NULL));
    }
  if (until == G_MAXINT64)
    g_string_append_printf (text, "now %" T " wall %" T " source %u date %" T
                            " lost %" G_GUINT64_FORMAT
                            " losses %u exit %d\n", timeline->now, timeline->wall,
                            timeline->begun.source, timeline->begun.date, timeline->lost_records,
                            timeline->losses->len, telar_timeline_exit_status (timeline));
#undef T
  return g_string_free (text, FALSE);
}

/* Where they differ is enough. */
static void
assert_same (const char *is, const char *was)
{
  gsize at = 0;

  while (is[at] == was[at] && is[at] != '\0')
    at++;
  if (is[at] != was[at])
    g_error ("byte %zu: “%.80s” and not “%.80s”", at, is + at - MIN (at, 30),
             was + at - MIN (at, 30));
}

typedef struct
{
  guint switches, events, samples, loads;
} Place;

static void
feed (TelarTimeline *timeline, const TelarMadeBatch *all, Place *at, gint64 until)
{
  for (; at->switches < all->switches->len
         && g_array_index (all->switches, TelarSwitch, at->switches).ns < until; at->switches++)
    telar_timeline_add_switches (timeline, &g_array_index (all->switches, TelarSwitch,
                                                           at->switches), 1);
  for (; at->events < all->events->len
         && g_array_index (all->events, TelarEvent, at->events).ns < until; at->events++)
    telar_timeline_add_events (timeline, &g_array_index (all->events, TelarEvent, at->events), 1);
  for (; at->samples < all->samples->len
         && g_array_index (all->samples, TelarSample, at->samples).ns < until; at->samples++)
    telar_timeline_add_samples (timeline, &g_array_index (all->samples, TelarSample,
                                                          at->samples), 1);
  for (; at->loads < all->loads->len
         && g_array_index (all->loads, TelarLoad, at->loads).ns < until; at->loads++)
    telar_timeline_add_loads (timeline, &g_array_index (all->loads, TelarLoad, at->loads), 1);
}

/* A run and its file; written as it goes, in @n_flushes. @look: (nullable): called
 * after each. */
typedef void (*Look) (const TelarTimeline *timeline, const char *file);

static TelarTimeline *
keep (const TelarMadeRun *made, const char *file, guint n_flushes, Look look)
{
  static const int numbers[] = { 0, 1 };
  g_autoptr (GArray) cores = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GError) error = NULL;
  TelarTimeline *timeline;
  TelarRunWriter *writer;
  TelarLine line = { .task = 0 };
  Place at = { 0 };

  g_array_append_vals (cores, numbers, G_N_ELEMENTS (numbers));
  timeline = telar_timeline_new (made->plan, cores);
  writer = telar_run_writer_new (file, timeline, NULL, GRAPH, strlen (GRAPH), &error);
  g_assert_no_error (error);
  telar_timeline_begin (timeline, &made->begun);
  for (guint i = 1; i <= n_flushes; i++)
    {
      TelarNow told = { .ns = TELAR_MADE_ZERO
                              + (made->ended.ns - TELAR_MADE_ZERO) * i / (n_flushes + 1) };
      g_autofree char *text = g_strdup_printf ("line %u", i);

      feed (timeline, &made->all, &at, told.ns);
      telar_timeline_advance (timeline, &told);
      line.ns = told.ns;
      telar_timeline_add_line (timeline, &line, text, strlen (text) + 1);
      telar_run_writer_flush (writer, &error);
      g_assert_no_error (error);
      if (look != NULL)
        look (timeline, file);
    }
  feed (timeline, &made->all, &at, G_MAXINT64);
  telar_timeline_finish (timeline, &made->ended);
  telar_run_writer_close (writer, &error);
  g_assert_no_error (error);
  return timeline;
}

/* A file that was flushed has what is to be seen at that moment. */
static void
assert_flushed (const TelarTimeline *timeline, const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TelarRunFile) run = telar_run_file_open (file, &error);
  g_autofree char *was = NULL, *is = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (run->missing->len, ==, 1); /* its end */
  g_assert_true (run->timeline->finished);
  g_assert_cmpint (run->timeline->now, ==, timeline->now);
  was = print (timeline, timeline->now);
  is = print (run->timeline, timeline->now);
  assert_same (is, was);
}

static void
test_round_trip (void)
{
  static const TelarSource sources[] = { TELAR_SOURCE_EXACT, TELAR_SOURCE_SAMPLED };
  g_autofree char *file = path_of ("round.telar-run"), *again = path_of ("again.telar-run");

  for (guint seed = 0; seed < N_RUNS; seed++)
    {
      g_autoptr (TelarMadeRun) made = telar_made_run_new (seed, 1 + seed % 4, 20 + seed % 3 * 2000,
                                                          sources[seed % 2]);
      g_autoptr (TelarTimeline) timeline = NULL;
      g_autoptr (TelarRunFile) run = NULL, copy = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *was = NULL, *is = NULL, *third = NULL;

      g_test_message ("seed %u", seed);
      timeline = keep (made, file, seed % 7 == 0 ? 40 : seed % 5, assert_flushed);
      run = telar_run_file_open (file, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < run->missing->len; i++)
        g_test_message ("%s", (char *) run->missing->pdata[i]);
      g_assert_cmpuint (run->missing->len, ==, 0);
      was = print (timeline, G_MAXINT64);
      is = print (run->timeline, G_MAXINT64);
      assert_same (is, was);
      telar_assert_invariants (run->timeline, TELAR_INVARIANTS_ALWAYS);
      g_assert_cmpmem (g_bytes_get_data (run->graph, NULL), g_bytes_get_size (run->graph), GRAPH,
                       strlen (GRAPH));

      /* From file to file. */
      telar_run_file_save (again, run->timeline, NULL, GRAPH, strlen (GRAPH), &error);
      g_assert_no_error (error);
      copy = telar_run_file_open (again, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (copy->missing->len, ==, 0);
      third = print (copy->timeline, G_MAXINT64);
      assert_same (third, was);
    }
}

/* A plan with the texts of an item and of a name. */
static GBytes *
plan_with_texts (void)
{
  static const char text[] = "{ \"telar\": 1, \"objects\": [{ \"id\": \"q\", \"type\": \"queue\" }],"
                             " \"tasks\": [ { \"id\": \"p1\", \"kind\": \"process\", \"function\": \"put\","
                             " \"args\": [{\"object\": \"q\"}, [7, \"é\"]] } ] }";
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph = telar_graph_parse (text, strlen (text), NULL, faults);
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 1);
  GBytes *plan = graph != NULL ? telar_plan_build (graph, machine, NULL, faults) : NULL;

  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", telar_fault_describe (faults->pdata[i]));
  g_assert_nonnull (plan);
  return plan;
}

static gint64
find_text (const TelarPlan *plan, const char *begin)
{
  for (guint64 at = 1; at < plan->text_size; at++)
    if (*telar_plan_text (plan, at - 1) == '\0'
        && g_str_has_prefix (telar_plan_text (plan, at), begin))
      return (gint64) at;
  g_assert_not_reached ();
}

static void
add_result (TelarTimeline *timeline, TelarResultType type, gint64 integer)
{
  TelarStepRun step = { .step = 0, .result_type = (guint8) type, .finished = TRUE, .begin = 1,
                        .end = 2, .integer = integer };

  g_array_append_val (telar_timeline_task (timeline, 1)->steps, step);
}

/* What steps came to is told from a file as it is from the run, texts, too. */
static void
test_texts (void)
{
  g_autofree char *file = path_of ("texts.telar-run"), *again = path_of ("texts2.telar-run");
  g_autoptr (GBytes) plan = plan_with_texts ();
  g_autoptr (TelarTimeline) timeline = telar_timeline_new (plan, NULL);
  g_autoptr (TelarRunFile) run = NULL, copy = NULL;
  g_autofree char *was = NULL, *is = NULL, *third = NULL;
  g_autoptr (GError) error = NULL;
  TelarRunWriter *writer;

  telar_timeline_begin (timeline, &(TelarBegun){ .zero_ns = 1, .main_pid = 1 });
  writer = telar_run_writer_new (file, timeline, NULL, GRAPH, strlen (GRAPH), &error);
  g_assert_no_error (error);
  add_result (timeline, TELAR_RESULT_ITEM, find_text (timeline->plan, "[7,"));
  add_result (timeline, TELAR_RESULT_TEXT, find_text (timeline->plan, "p1"));
  g_assert_true (telar_run_writer_flush (writer, &error));
  /* A text that was told already; what is no text; what is not JSON. */
  add_result (timeline, TELAR_RESULT_ITEM, find_text (timeline->plan, "[7,"));
  add_result (timeline, TELAR_RESULT_TEXT, G_MAXINT64);
  add_result (timeline, TELAR_RESULT_ITEM, find_text (timeline->plan, "p1"));
  telar_timeline_finish (timeline, &(TelarEnded){ .ns = 1000 });
  g_assert_true (telar_run_writer_close (writer, &error));
  g_assert_no_error (error);

  run = telar_run_file_open (file, &error);
  g_assert_no_error (error);
  was = telar_report_print (timeline, NULL, 0, NULL);
  is = telar_report_print (run->timeline, NULL, 0, NULL);
  g_assert_nonnull (strstr (was, "\"result\": [7,"));
  g_assert_nonnull (strstr (was, "\"result\": \"p1"));
  g_assert_null (strstr (was, "\"result\": p1"));
  assert_same (is, was);
  g_assert_true (telar_run_file_save (again, run->timeline, NULL, GRAPH, strlen (GRAPH), &error));
  copy = telar_run_file_open (again, &error);
  g_assert_no_error (error);
  third = telar_report_print (copy->timeline, NULL, 0, NULL);
  assert_same (third, was);
}

/* Looks at everything, as a picture and a report would. */
static void
walk (const TelarTimeline *timeline)
{
  g_autofree char *text = print (timeline, G_MAXINT64);
  g_autofree char *lanes = telar_text_lanes (timeline, 100, TRUE);
  g_autofree char *summary = telar_text_summary (timeline);
  gint64 last = 0;

  g_assert_true (g_utf8_validate (lanes, -1, NULL));
  g_assert_true (text != NULL && summary != NULL);
  for (guint i = 0; i < timeline->cores->len; i++)
    {
      const TelarSlices *slices = ((TelarCoreLane *) timeline->cores->pdata[i])->slices;

      last = 0;
      for (guint k = 0; k < slices->len; k++)
        {
          TelarSlice slice = telar_slices_at (slices, k);

          g_assert_cmpint (slice.begin, >=, last);
          g_assert_cmpint (slice.end, >=, slice.begin);
          g_assert_cmpuint (slice.task, <, timeline->tasks->len);
          last = slice.end;
        }
      telar_packed_sum (slices, 0, last / 2);
      telar_zoom_tile (slices, 20, 0);
    }
}

/* A refusal is one sentence that names the file. */
static void
assert_refusal (const GError *error, const char *file)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == TELAR_RUN_FILE_ERROR);
  g_assert_nonnull (strstr (error->message, file));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

/* Cut off after any byte: refused, or what there is is what there was. */
static void
test_truncated (void)
{
  g_autofree char *file = path_of ("whole.telar-run"), *part = path_of ("part.telar-run");
  g_autoptr (TelarMadeRun) made = telar_made_run_new (3, 2, 300, TELAR_SOURCE_EXACT);
  g_autoptr (TelarTimeline) timeline = keep (made, file, 6, NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *was = print (timeline, G_MAXINT64);
  guint n_opened = 0, n_whole = 0;
  gint64 shown = 0;
  gsize size;

  g_assert_true (g_file_get_contents (file, &bytes, &size, NULL));
  g_test_message ("%zu bytes", size);
  for (gsize n = 0; n <= size; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TelarRunFile) run = NULL;

      put_file (part, bytes, n);
      run = telar_run_file_open (part, &error);
      if (run == NULL)
        {
          assert_refusal (error, part);
          g_assert_cmpuint (n_opened, ==, 0);
          continue;
        }
      n_opened++;
      /* Without its index it is as good. */
      if (run->missing->len == 0)
        {
          g_autofree char *is = print (run->timeline, G_MAXINT64);

          assert_same (is, was);
          n_whole++;
        }
      g_assert_cmpint (run->timeline->now, >=, shown);
      shown = run->timeline->now;
      walk (run->timeline);
    }
  g_assert_cmpint (shown, ==, timeline->now);
  g_assert_cmpuint (n_opened, >, size / 2);
  g_assert_cmpuint (n_whole, <, 400);
}

static void
test_damaged (void)
{
  g_autofree char *file = path_of ("sound.telar-run"), *bad = path_of ("bad.telar-run");
  guint n_refused = 0, n_told = 0, n_silent = 0;

  for (guint seed = 0; seed < 400; seed++)
    {
      static char *bytes, *was;
      static gsize size;
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (GError) error = NULL;
      g_autoptr (TelarRunFile) run = NULL;
      g_autofree char *copy = NULL;
      gsize n;

      if (seed % 100 == 0)
        {
          g_autoptr (TelarMadeRun) made = telar_made_run_new (seed + 1, 2, 3000,
                                                              TELAR_SOURCE_EXACT);
          g_autoptr (TelarTimeline) timeline = keep (made, file, seed / 100 * 3, NULL);

          g_free (bytes);
          g_free (was);
          was = print (timeline, G_MAXINT64);
          g_assert_true (g_file_get_contents (file, &bytes, &size, NULL));
        }
      copy = g_memdup2 (bytes, size);
      n = size;
      for (guint i = 0; i < 1 + seed % 4; i++)
        {
          gsize at = (gsize) g_rand_int_range (random, 0, (gint32) size);
          gsize length = (gsize) g_rand_int_range (random, 1, 40);

          length = MIN (length, size - at);
          switch (g_rand_int_range (random, 0, 4))
            {
            case 0:
              copy[at] ^= (char) (1 << g_rand_int_range (random, 0, 8));
              break;
            case 1:
              memset (copy + at, g_rand_boolean (random) ? 0 : 0xff, length);
              break;
            case 2:
              memmove (copy + at, copy + g_rand_int_range (random, 0, (gint32) (size - length)),
                       length);
              break;
            default:
              if (i == 0)
                n = at;
              break;
            }
        }
      put_file (bad, copy, n);
      run = telar_run_file_open (bad, &error);
      if (run == NULL)
        {
          assert_refusal (error, bad);
          n_refused++;
          continue;
        }
      walk (run->timeline);
      n_told += run->missing->len > 0;
      /* The journal of a run that ended, the index: nothing is missing without them. */
      if (run->missing->len == 0)
        {
          g_autofree char *is = print (run->timeline, G_MAXINT64);

          assert_same (is, was);
          n_silent++;
        }
      if (seed == 399)
        {
          g_clear_pointer (&bytes, g_free);
          g_clear_pointer (&was, g_free);
        }
    }
  g_test_message ("%u refused, %u opened with something missing, %u where it did not matter",
                  n_refused, n_told, n_silent);
  g_assert_cmpuint (n_told, >, 200);
}

/* Damage that comes, or is found, after the file was opened is counted, each part once. */
static void
test_unreadable (void)
{
  g_autofree char *file = path_of ("later.telar-run"), *bytes = NULL;
  g_autoptr (TelarMadeRun) made = telar_made_run_new (4, 1, 12000, TELAR_SOURCE_EXACT);
  g_autoptr (TelarRunFile) run = NULL;
  g_autoptr (GError) error = NULL;
  const TelarBlock *block = NULL;
  FILE *to;

  telar_timeline_unref (keep (made, file, 3, NULL));
  run = telar_run_file_open (file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (telar_timeline_unreadable (run->timeline), ==, 0);
  /* One that nobody has looked into: the last one of each lane was. */
  for (guint i = 0; block == NULL && i < run->timeline->cores->len; i++)
    {
      const TelarSlices *slices = ((TelarCoreLane *) run->timeline->cores->pdata[i])->slices;

      if (slices->n_stored > 2)
        block = &g_array_index (slices->blocks, TelarBlock, 0);
    }
  g_assert_nonnull (block);
  bytes = g_malloc0 (block->size);
  to = fopen (file, "r+");
  g_assert_nonnull (to);
  g_assert_cmpint (fseek (to, (long) block->offset, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (bytes, 1, block->size, to), ==, block->size);
  g_assert_cmpint (fclose (to), ==, 0);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *text = print (run->timeline, G_MAXINT64);

      g_assert_nonnull (text);
    }
  g_assert_cmpuint (telar_timeline_unreadable (run->timeline), ==, 1);
}

/* Checks that are right do not make a file right: each record is changed, and
 * its check made to agree. */
static void
test_forged (void)
{
  g_autofree char *file = path_of ("true.telar-run"), *bad = path_of ("forged.telar-run");
  g_autoptr (TelarMadeRun) made = telar_made_run_new (11, 2, 2000, TELAR_SOURCE_EXACT);
  g_autofree char *bytes = NULL;
  gsize size;

  telar_timeline_unref (keep (made, file, 4, NULL));
  g_assert_true (g_file_get_contents (file, &bytes, &size, NULL));
  for (guint seed = 0; seed < 1500; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autofree char *copy = g_memdup2 (bytes, size);
      g_autoptr (TelarRunFile) run = NULL;
      g_autoptr (GError) error = NULL;
      gsize at = sizeof (TelarFileHeader);

      while (at + sizeof (TelarFileRecord) < size - sizeof (TelarFileFooter))
        {
          TelarFileRecord record;
          char *head = copy + at + sizeof record;

          memcpy (&record, copy + at, sizeof record);
          for (guint i = 0; i < 2 && g_rand_int_range (random, 0, 4) == 0 && record.head > 0; i++)
            head[g_rand_int_range (random, 0, (gint32) record.head)]
                = (char) (g_rand_boolean (random) ? g_rand_int (random) : 0xff);
          record.check = telar_crc32c (telar_crc32c (0, &record, 20), head, record.head);
          memcpy (copy + at, &record, sizeof record);
          at += sizeof record + record.size;
        }
      put_file (bad, copy, size);
      run = telar_run_file_open (bad, &error);
      if (run != NULL)
        walk (run->timeline);
      else
        assert_refusal (error, bad);
    }
}

static void
test_versions (void)
{
  g_autofree char *file = path_of ("new.telar-run");
  g_autoptr (TelarMadeRun) made = telar_made_run_new (5, 2, 100, TELAR_SOURCE_EXACT);
  g_autoptr (TelarTimeline) timeline = keep (made, file, 2, NULL);
  TelarFileRecord record = { .kind = 99, .size = 5, .head = 2 };
  g_autofree char *bytes = NULL, *was = print (timeline, G_MAXINT64);
  gsize size;

  g_assert_true (g_file_get_contents (file, &bytes, &size, NULL));
  for (guint needed = 1; needed < 3; needed++)
    {
      g_autoptr (GString) copy = g_string_new_len (bytes, (gssize) size);
      TelarFileHeader *header = (TelarFileHeader *) (gpointer) copy->str;
      g_autoptr (TelarRunFile) run = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *is = NULL;

      header->version = 2;
      header->needed = needed;
      header->check = telar_crc32c (0, header, 28);
      /* A record of a kind that is not known, and no index. */
      g_string_truncate (copy, copy->len - sizeof (TelarFileFooter));
      record.check = telar_crc32c (telar_crc32c (0, &record, 20), "ab", 2);
      g_string_insert_len (copy, sizeof *header, (const char *) &record, sizeof record);
      g_string_insert_len (copy, sizeof *header + sizeof record, "abcde", 5);
      put_file (file, copy->str, copy->len);
      run = telar_run_file_open (file, &error);
      if (needed > 1)
        {
          assert_refusal (error, file);
          g_assert_error (error, TELAR_RUN_FILE_ERROR, TELAR_RUN_FILE_ERROR_NEWER);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (run->missing->len, ==, 1);
      is = print (run->timeline, G_MAXINT64);
      assert_same (is, was);
    }
}

static void
test_no_run (void)
{
  static const char *const texts[] = { "", "\211TEL", "{\"telar\": 1}", "\211TELRUN\n" };
  g_autofree char *file = path_of ("none.telar-run"), *nowhere = path_of ("none/none");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      put_file (file, texts[i], strlen (texts[i]));
      g_assert_null (telar_run_file_open (file, &error));
      assert_refusal (error, file);
    }
  for (guint i = 0; i < 2; i++)
    {
      const char *what = i == 0 ? folder : nowhere;
      g_autoptr (GError) error = NULL;

      g_assert_null (telar_run_file_open (what, &error));
      assert_refusal (error, what);
    }
}

/* The disk is full: said once, the run goes on, and what was written is sound. */
static void
test_disk_full (void)
{
  g_autofree char *file = path_of ("full.telar-run");
  g_autoptr (TelarTimeline) timeline = NULL;
  g_autoptr (TelarMadeRun) made = telar_made_run_new (7, 2, 6000, TELAR_SOURCE_EXACT);
  struct rlimit before, low;

  timeline = telar_timeline_new (made->plan, NULL);
  telar_timeline_begin (timeline, &made->begun);
  if (g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (telar_run_writer_new ("/dev/full", timeline, NULL, GRAPH, strlen (GRAPH),
                                           &error));
      assert_refusal (error, "/dev/full");
    }

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  {
    g_autoptr (GError) error = NULL, at_close = NULL;
    g_autoptr (TelarRunFile) run = NULL;
    TelarRunWriter *writer = telar_run_writer_new (file, timeline, NULL, GRAPH, strlen (GRAPH),
                                                   &error);
    guint n_flushed = 0;
    Place at = { 0 };
    gint64 shown = 0;
    g_autofree char *was = NULL, *is = NULL;

    g_assert_no_error (error);
    low = before;
    low.rlim_cur = telar_run_writer_size (writer) + 12000;
    g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &low), ==, 0);
    for (guint i = 1; i <= 20; i++)
      {
        TelarNow told = { .ns = TELAR_MADE_ZERO + (made->ended.ns - TELAR_MADE_ZERO) * i / 20 };

        feed (timeline, &made->all, &at, told.ns);
        telar_timeline_advance (timeline, &told);
        if (error == NULL && telar_run_writer_flush (writer, &error))
          {
            n_flushed++;
            shown = timeline->now;
          }
      }
    feed (timeline, &made->all, &at, G_MAXINT64);
    telar_timeline_finish (timeline, &made->ended);
    g_assert_false (telar_run_writer_close (writer, &at_close));
    g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
    assert_refusal (error, file);
    assert_refusal (at_close, file);
    g_assert_cmpuint (n_flushed, >, 0);
    /* What is shown, part from memory and part from the file. */
    telar_assert_invariants (timeline, TELAR_INVARIANTS_ALWAYS);
    g_clear_error (&error);
    run = telar_run_file_open (file, &error);
    g_assert_no_error (error);
    g_test_message ("%u of 20 flushes, up to %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                    ", in the file %" G_GINT64_FORMAT, n_flushed, shown, timeline->now,
                    run->timeline->now);
    for (guint i = 0; i < run->missing->len; i++)
      g_test_message ("%s", (char *) run->missing->pdata[i]);
    g_assert_cmpint (run->timeline->now, >=, shown);
    was = print (timeline, shown - 1); /* what was open then went on */
    is = print (run->timeline, shown - 1);
    assert_same (is, was);
  }
}

/* Whoever writes is killed, amid anything. */
static void
test_killed (void)
{
  g_autofree char *file = path_of ("killed.telar-run");
  guint n_opened = 0;

  for (guint seed = 0; seed < 12; seed++)
    {
      g_autoptr (TelarMadeRun) made = telar_made_run_new (seed, 2, 4000, TELAR_SOURCE_EXACT);
      g_autoptr (TelarRunFile) run = NULL;
      g_autoptr (GError) error = NULL;
      gint64 told[2] = { 0, 0 };
      int pipes[2], status;
      pid_t child;

      g_unlink (file);
      g_assert_cmpint (pipe (pipes), ==, 0);
      child = fork ();
      if (child == 0)
        {
          TelarTimeline *timeline = telar_timeline_new (made->plan, NULL);
          TelarRunWriter *writer = telar_run_writer_new (file, timeline, NULL, GRAPH,
                                                         strlen (GRAPH), NULL);
          Place at = { 0 };

          telar_timeline_begin (timeline, &made->begun);
          for (guint i = 1;; i++)
            {
              TelarNow now = { .ns = TELAR_MADE_ZERO
                                     + (made->ended.ns - TELAR_MADE_ZERO) * MIN (i, 2000) / 2000 };

              feed (timeline, &made->all, &at, now.ns);
              telar_timeline_advance (timeline, &now);
              if (!telar_run_writer_flush (writer, NULL)
                  || write (pipes[1], &timeline->now, sizeof (gint64)) < 0)
                _exit (1);
            }
        }
      close (pipes[1]);
      /* After so many flushes, amid the next. */
      for (guint i = 0; i < 3 + seed * 40; i++)
        g_assert_cmpint (read (pipes[0], &told[0], sizeof told[0]), ==, sizeof told[0]);
      kill (child, SIGKILL);
      waitpid (child, &status, 0);
      close (pipes[0]);
      g_assert_true (WIFSIGNALED (status));
      run = telar_run_file_open (file, &error);
      g_assert_no_error (error);
      g_assert_cmpint (run->timeline->now, >=, told[0]);
      g_assert_cmpuint (run->missing->len, ==, 1);
      telar_assert_invariants (run->timeline, TELAR_INVARIANTS_ALWAYS);
      n_opened++;
    }
  g_assert_cmpuint (n_opened, ==, 12);
}

/* The plan of a graph; @taken: (out): what comes of it in a file and out of it. */
static GBytes *
make_plans (const char *text, GBytes **taken)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph = telar_graph_parse (text, strlen (text), NULL, faults);
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 1);
  GBytes *plan = telar_plan_build (graph, machine, NULL, faults);
  g_autoptr (GByteArray) rows = g_byte_array_new ();

  g_assert_nonnull (plan);
  telar_plan_put (g_bytes_get_data (plan, NULL), rows);
  *taken = telar_plan_take (rows->data, rows->len);
  g_assert_nonnull (*taken);
  return plan;
}

/* A thread may stand before its process in a graph. */
static void
test_child_first (void)
{
  static const char text[]
      = "{ \"telar\": 1, \"tasks\": ["
        "{ \"id\": \"t\", \"kind\": \"thread\", \"inside\": \"p\", \"function\": \"busy\", "
        "\"args\": [1] },"
        "{ \"id\": \"p\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1] } ] }";
  g_autoptr (GBytes) taken = NULL;
  g_autoptr (GBytes) plan = make_plans (text, &taken);
  const TelarPlan *was = g_bytes_get_data (plan, NULL), *is = g_bytes_get_data (taken, NULL);

  g_assert_cmpuint (is->n_tasks, ==, 3);
  for (guint32 i = 0; i < 3; i++)
    g_assert_cmpuint (telar_plan_task (is, i)->parent, ==, telar_plan_task (was, i)->parent);
  g_assert_cmpuint (telar_plan_task (is, 1)->parent, ==, 2);
  g_assert_cmpuint (telar_plan_task (is, 2)->n_children, ==, 1);
}

/* Also what each of its workers begins with, and that nothing is what others do. */
static void
test_pools (void)
{
  static const char text[]
      = "{ \"telar\": 1, \"objects\": ["
        "{ \"id\": \"a\", \"type\": \"pool\", \"workers\": 2, \"maxtasksperchild\": 3 },"
        "{ \"id\": \"b\", \"type\": \"pool\", \"workers\": 3, \"initializer\": \"print\", "
        "\"initargs\": [\"ready\"] } ], \"main\": { \"body\": ["
        "[\"map\", {\"object\": \"a\"}, \"busy\", [1, 2, 3, 4]],"
        "[\"map\", {\"object\": \"b\"}, \"busy\", [1, 2]] ] }, \"tasks\": [] }";
  g_autoptr (GBytes) taken = NULL;
  g_autoptr (GBytes) plan = make_plans (text, &taken);
  const TelarPlan *was = g_bytes_get_data (plan, NULL), *is = g_bytes_get_data (taken, NULL);

  for (guint32 i = 0; i < 2; i++)
    {
      const TelarPlanObject *one = telar_plan_object (was, i), *other = telar_plan_object (is, i);

      g_assert_cmpint (other->amount, ==, one->amount);
      g_assert_cmpuint (other->first_worker, ==, one->first_worker);
      g_assert_cmpuint (other->n_workers, ==, one->n_workers);
      g_assert_cmpuint (other->max_tasks, ==, one->max_tasks);
      g_assert_cmpuint (other->initializer, ==, one->initializer);
    }
  g_assert_cmpuint (telar_plan_object (is, 0)->initializer, ==, TELAR_NO_STEP);
  g_assert_cmpstr (telar_plan_text (is, telar_plan_step (is, telar_plan_object (is, 1)->initializer)
                                          ->text), ==, "print(\"ready\")");
}

int
main (int argc, char **argv)
{
  int status;

  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("telar-run-file-XXXXXX", NULL);
  g_test_add_func ("/run-file/round-trip", test_round_trip);
  g_test_add_func ("/run-file/texts", test_texts);
  g_test_add_func ("/run-file/child-first", test_child_first);
  g_test_add_func ("/run-file/pools", test_pools);
  g_test_add_func ("/run-file/truncated", test_truncated);
  g_test_add_func ("/run-file/damaged", test_damaged);
  g_test_add_func ("/run-file/unreadable", test_unreadable);
  g_test_add_func ("/run-file/forged", test_forged);
  g_test_add_func ("/run-file/versions", test_versions);
  g_test_add_func ("/run-file/no-run", test_no_run);
  g_test_add_func ("/run-file/disk-full", test_disk_full);
  g_test_add_func ("/run-file/killed", test_killed);
  status = g_test_run ();
  {
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name (dir)) != NULL)
      {
        g_autofree char *file = path_of (name);

        g_unlink (file);
      }
    g_rmdir (folder);
  }
  g_free (folder);
  return status;
}
