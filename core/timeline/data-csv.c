/* data-csv.c
 *
 * SPDX-License-Identifier: MIT
 *
 * One table: what a row is stands in its first column. Texts are quoted where
 * RFC 4180 asks for it; a number that there is none of is empty.
 */

#include "config.h"

#include "timeline/data-private.h"

#include <string.h>

#include "timeline/statistics.h"

void
telar_data_field (GString *csv, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  if (strpbrk (valid, ",\"\r\n") == NULL)
    {
      g_string_append (csv, valid);
      return;
    }
  g_string_append_c (csv, '"');
  for (const char *at = valid; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *at);
    }
  g_string_append_c (csv, '"');
}

static void
put_time (GString *csv, gint64 ns)
{
  if (ns != TELAR_NO_TIME)
    g_string_append_printf (csv, "%" G_GINT64_FORMAT, ns);
}

/* @core: -1: none. @value: (nullable) */
static void
put_row (TelarDataWriter *writer, const char *record, const char *task, int core, gint64 begin,
         gint64 end, const char *what, const char *detail, const char *value)
{
  GString *csv = writer->text;

  g_string_append_printf (csv, "%s,", record);
  telar_data_field (csv, task);
  g_string_append_c (csv, ',');
  if (core >= 0)
    g_string_append_printf (csv, "%d", core);
  g_string_append_c (csv, ',');
  put_time (csv, begin);
  g_string_append_c (csv, ',');
  put_time (csv, end);
  g_string_append_c (csv, ',');
  telar_data_field (csv, what);
  g_string_append_c (csv, ',');
  telar_data_field (csv, detail);
  g_string_append_printf (csv, ",%s\n", value != NULL ? value : "");
}

static void
put_number (TelarDataWriter *writer, const char *record, const char *task, int core,
            const char *what, const char *detail, gint64 number)
{
  char value[32] = "";

  if (number != TELAR_NO_TIME)
    g_snprintf (value, sizeof value, "%" G_GINT64_FORMAT, number);
  put_row (writer, record, task, core, TELAR_NO_TIME, TELAR_NO_TIME, what, detail, value);
}

static void
put_real (TelarDataWriter *writer, const char *what, double number)
{
  char value[G_ASCII_DTOSTR_BUF_SIZE];

  put_row (writer, "run", "", -1, TELAR_NO_TIME, TELAR_NO_TIME, what, "",
           g_ascii_formatd (value, sizeof value, "%.4f", number));
}

static void
put_slices (TelarDataWriter *writer, const TelarTimeline *timeline)
{
  /* Of tasks, not of cores: a program of several shows its own. */
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);

      for (guint k = telar_slices_find (lane->slices, writer->begin); k < lane->slices->len; k++)
        {
          TelarSlice slice = telar_slices_at (lane->slices, k);

          if (!telar_data_cut (writer, &slice.begin, &slice.end))
            break;
          put_row (writer, "slice", lane->id, slice.core, slice.begin, slice.end,
                   slice.flags & TELAR_SLICE_PROGRAM ? "program"
                     : lane->kind == TELAR_KIND_CALL ? "call" : "task",
                   slice.flags & TELAR_SLICE_PREEMPTED ? "preempted" : "", NULL);
          if (!telar_data_next (writer))
            return;
        }
    }
}

static void
put_waits (TelarDataWriter *writer, const TelarTimeline *timeline)
{
  g_autoptr (GString) cause = g_string_new (NULL);
  g_autoptr (GString) culprits = g_string_new (NULL);

  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);

      for (guint k = telar_waits_find (lane->waits, writer->begin); k < lane->waits->len; k++)
        {
          TelarWait wait = telar_waits_at (lane->waits, k);

          if (!telar_data_cut (writer, &wait.begin, &wait.end))
            break;
          g_string_truncate (cause, 0);
          g_string_truncate (culprits, 0);
          telar_data_wait (cause, timeline, &wait);
          telar_data_culprits (culprits, timeline, &wait);
          put_row (writer, "wait", lane->id, -1, wait.begin, wait.end,
                   telar_data_wait_state (wait.state),
                   cause->str, culprits->str);
          if (!telar_data_next (writer))
            return;
        }
    }
}

static void
put_event (TelarDataWriter *writer, const TelarTaskLane *lane, const char *what, gint64 ns,
           const char *value)
{
  if (ns != TELAR_NO_TIME && telar_data_has (writer, ns))
    put_row (writer, "event", lane->id, -1, ns, ns, what, "", value);
}

static void
put_events (TelarDataWriter *writer, const TelarTimeline *timeline)
{
  static const char *const arrows[] = { "start", "join", "release", "pass", "wake" };

  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);
      char                 status[32] = "";

      if (lane->exit != TELAR_NO_EXIT)
        g_snprintf (status, sizeof status, "%d", lane->exit);
      put_event (writer, lane, "started", lane->started, NULL);
      put_event (writer, lane, "run", lane->run, NULL);
      put_event (writer, lane, "ended", lane->ended, status);
      put_event (writer, lane, "joined", lane->joined, NULL);
    }
  for (guint i = 0; i < timeline->arrows->len; i++)
    {
      const TelarArrow *arrow = &g_array_index (timeline->arrows, TelarArrow, i);

      if (arrow->from_ns > writer->end || arrow->to_ns < writer->begin)
        continue;
      put_row (writer, "arrow", telar_timeline_task (timeline, arrow->from)->id, -1,
               arrow->from_ns, arrow->to_ns, arrows[arrow->kind],
               arrow->object < timeline->objects->len
                 ? telar_timeline_object (timeline, arrow->object)->id : "",
               telar_timeline_task (timeline, arrow->to)->id);
      if (!telar_data_next (writer))
        return;
    }
}

static void
put_bookmarks (TelarDataWriter *writer, const TelarTimeline *timeline)
{
  g_autoptr (GPtrArray) list = telar_bookmarks_list (timeline->bookmarks);

  for (guint i = 0; i < list->len; i++)
    {
      const TelarBookmark *one = list->pdata[i];

      if (!telar_data_has (writer, one->ns))
        continue;
      put_row (writer, "bookmark",
               one->task == TELAR_NO_TASK ? "" : telar_timeline_task (timeline, one->task)->id, -1,
               one->ns, one->ns, "bookmark", one->text, NULL);
      if (!telar_data_next (writer))
        return;
    }
}

static void
put_task (TelarDataWriter *writer, const TelarTaskLane *lane, const TelarTaskStatistics *task)
{
  const struct { const char *what; gint64 value; } rows[] = {
    { "cpu-ns", task->cpu_ns },
    { "on-core-ns", task->on_core_ns },
    { "due-ns", task->due_ns },
    { "ready-ns", task->ready_ns },
    { "blocked-ns", task->blocked_ns },
    { "blocked-or-ready-ns", task->unknown_ns },
    { "slices", task->slices },
    { "switches", task->switches },
    { "preemptions", task->preemptions },
    { "migrations", task->migrations },
    { "start-latency-ns", task->start_latency },
    { "join-latency-ns", task->join_latency },
    { "critical-ns", task->critical_ns },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    put_number (writer, "task", lane->id, -1, rows[i].what, "", rows[i].value);
  for (guint i = 0; i < TELAR_N_CAUSES; i++)
    if (task->blocked[i] > 0)
      put_number (writer, "task", lane->id, -1, "blocked-by-ns",
                  telar_cause_name (i) != NULL ? telar_cause_name (i) : "unknown",
                  task->blocked[i]);
}

static void
put_statistics (TelarDataWriter *writer, const TelarTimeline *timeline)
{
  const TelarWatch            watch = { .cancellable = writer->cancellable };
  g_autoptr (TelarStatistics) all = telar_statistics_new (timeline, 0, &watch);

  if (all == NULL)
    {
      g_cancellable_set_error_if_cancelled (writer->cancellable, &writer->error);
      return;
    }
  for (guint i = 0; i < all->n_tasks; i++)
    put_task (writer, g_ptr_array_index (timeline->tasks, i), &all->tasks[i]);
  for (guint i = 0; i < all->n_cores; i++)
    {
      const TelarCoreStatistics *core = &all->cores[i];

      put_number (writer, "core", "", core->number, "busy-ns", "", core->busy_ns);
      put_number (writer, "core", "", core->number, "slices", "", core->slices);
      put_number (writer, "core", "", core->number, "switches", "", core->switches);
      put_number (writer, "core", "", core->number, "tasks", "", core->tasks);
    }
  put_number (writer, "run", "", -1, "wall-ns", "", all->wall_ns);
  put_number (writer, "run", "", -1, "cpu-ns", "", all->cpu_ns);
  put_real (writer, "cores-in-use", all->cores_in_use);
  put_number (writer, "run", "", -1, "most-at-once", "", all->most_at_once);
  put_number (writer, "run", "", -1, "critical-ns", "", all->critical_ns);
  put_number (writer, "run", "", -1, "critical-on-core-ns", "", all->critical_on_core_ns);
  for (guint i = 0; i <= all->n_cores; i++)
    {
      char n[16];

      g_snprintf (n, sizeof n, "%u", i);
      put_number (writer, "run", "", -1, "at-once-ns", n, all->at_once[i]);
    }
  for (guint i = 0; i < TELAR_PARALLELISM_BINS; i++)
    {
      char value[G_ASCII_DTOSTR_BUF_SIZE];

      put_row (writer, "parallelism", "", -1,
               (gint64) ((double) all->wall_ns * i / TELAR_PARALLELISM_BINS),
               (gint64) ((double) all->wall_ns * (i + 1) / TELAR_PARALLELISM_BINS),
               "cores-at-work", "",
               g_ascii_formatd (value, sizeof value, "%.4f", all->parallelism[i]));
    }
  for (guint i = 0; i < all->critical->len; i++)
    {
      const TelarCritical *stretch = &g_array_index (all->critical, TelarCritical, i);

      put_row (writer, "critical", telar_timeline_task (timeline, stretch->task)->id, -1,
               stretch->begin, stretch->end, "path", "", NULL);
      if (!telar_data_next (writer))
        return;
    }
}

void
telar_data_csv (TelarDataWriter *writer, const TelarTimeline *timeline)
{
  static const char *const sources[] = { "off", "exact", "sampled" };

  g_string_append (writer->text, "record,task,core,begin-ns,end-ns,what,detail,value\n");
  put_row (writer, "run", "", -1, TELAR_NO_TIME, TELAR_NO_TIME, "source",
           sources[timeline->begun.source], NULL);
  if (writer->whole)
    put_statistics (writer, timeline);
  else
    put_row (writer, "run", "", -1, MAX (writer->begin, 0), MIN (writer->end, timeline->wall),
             "range", "", NULL);
  if (writer->error == NULL)
    put_slices (writer, timeline);
  if (writer->error == NULL)
    put_waits (writer, timeline);
  if (writer->error == NULL)
    put_events (writer, timeline);
  if (writer->error == NULL)
    put_bookmarks (writer, timeline);
}
