/* state.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "runfile/state.h"

#include <string.h>

#include "timeline/restore.h"

void
telar_state_written_init (TelarStateWritten *written, const TelarTimeline *timeline)
{
  *written = (TelarStateWritten){
    .arrows = g_array_new (FALSE, FALSE, sizeof (TelarArrow)),
    .tasks = g_new0 (guint32, timeline->tasks->len),
    .n_steps = g_new0 (guint, timeline->tasks->len),
    .n_lists = g_new0 (guint, timeline->tasks->len),
    .texts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL),
    .others = g_hash_table_new (NULL, NULL),
    .n_holds = g_new0 (guint, timeline->tasks->len),
    .open_holds = g_array_new (FALSE, FALSE, 2 * sizeof (guint32)),
    .objects = g_new0 (guint32, MAX (timeline->objects->len, 1)),
    .n_levels = g_new0 (guint, MAX (timeline->objects->len, 1)),
  };
}

void
telar_state_written_clear (TelarStateWritten *written)
{
  g_clear_pointer (&written->arrows, g_array_unref);
  g_clear_pointer (&written->tasks, g_free);
  g_clear_pointer (&written->n_steps, g_free);
  g_clear_pointer (&written->n_lists, g_free);
  g_clear_pointer (&written->texts, g_hash_table_unref);
  g_clear_pointer (&written->others, g_hash_table_unref);
  g_clear_pointer (&written->n_holds, g_free);
  g_clear_pointer (&written->open_holds, g_array_unref);
  g_clear_pointer (&written->objects, g_free);
  g_clear_pointer (&written->n_levels, g_free);
}

/* Writing */

static void
put_begun (TelarStateWritten *written, const TelarTimeline *timeline, GByteArray *bytes)
{
  const TelarBegun *begun = &timeline->begun;
  TelarTableWriter table;

  if (written->begun || begun->zero_ns == 0)
    return;
  written->begun = TRUE;
  table = telar_table_begin (bytes, TELAR_TABLE_BEGUN);
  TELAR_ROW (&table, begun->zero_ns, begun->period_ns, begun->main_pid, begun->source, begun->refusal,
       begun->paranoid, begun->autogroup, begun->n_cores, begun->date);
  telar_table_end (&table);
}

static void
put_now (TelarStateWritten *written, const TelarTimeline *timeline, GByteArray *bytes)
{
  TelarTableWriter table = telar_table_begin (bytes, TELAR_TABLE_NOW);

  TELAR_ROW (&table, timeline->now, timeline->wall, (gint64) timeline->lost_records,
       (gint64) timeline->lost_events, (gint64) timeline->lost_lines,
       (gint64) timeline->lost_bytes);
  telar_table_end (&table);
  if (!timeline->finished || written->finished)
    return;
  written->finished = TRUE;
  table = telar_table_begin (bytes, TELAR_TABLE_END);
  TELAR_ROW (&table, timeline->end.ns, timeline->end.main_exit, timeline->end.reason,
       timeline->end.n_killed, telar_timeline_is_broken_off (timeline));
  telar_table_end (&table);
}

static void
put_cores (TelarStateWritten *written, const TelarTimeline *timeline, GByteArray *bytes)
{
  TelarTableWriter table;

  if (written->n_cores != timeline->cores->len)
    {
      written->n_cores = timeline->cores->len;
      table = telar_table_begin (bytes, TELAR_TABLE_CORES);
      for (guint i = 0; i < timeline->cores->len; i++)
        TELAR_ROW (&table, ((const TelarCoreLane *) timeline->cores->pdata[i])->number);
      telar_table_end (&table);
    }
  table = telar_table_begin (bytes, TELAR_TABLE_OTHERS);
  for (guint i = 0; i < timeline->cores->len; i++)
    {
      const TelarCoreLane *lane = timeline->cores->pdata[i];
      gpointer key = GINT_TO_POINTER (lane->number);
      guint k = GPOINTER_TO_UINT (g_hash_table_lookup (written->others, key));

      for (; k < lane->others->len; k++)
        {
          const TelarOthers *others = &g_array_index (lane->others, TelarOthers, k);

          TELAR_ROW (&table, lane->number, others->ns, others->interval, others->others, others->steal);
        }
      g_hash_table_insert (written->others, key, GUINT_TO_POINTER (k));
    }
  telar_table_end (&table);
}

static void
put_tasks (TelarStateWritten *written, const TelarTimeline *timeline, GByteArray *bytes)
{
  TelarTableWriter table = telar_table_begin (bytes, TELAR_TABLE_TASKS);

  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = timeline->tasks->pdata[i];
      gsize before = bytes->len;
      guint32 hash;

      TELAR_ROW (&table, lane->number, lane->state, lane->reason, lane->signalled, lane->reason_task,
           lane->could_not, lane->pid, lane->tid, lane->exit, lane->started, lane->run,
           lane->ended, lane->joined, lane->cpu_ns, lane->on_core_ns, lane->ready_ns,
           lane->blocked_ns, lane->due, (gint64) lane->steps_counted, lane->recording_lost);
      hash = telar_crc32c (0, bytes->data + before, bytes->len - before);
      if (hash == written->tasks[i])
        {
          g_byte_array_set_size (bytes, (guint) before);
          table.n--;
        }
      written->tasks[i] = hash;
    }
  telar_table_end (&table);
}

/* Arrows are inserted where they left from: what is new is what the list of the
 * last time lacks. */
static void
put_arrows (TelarStateWritten *written, const TelarTimeline *timeline, GByteArray *bytes)
{
  TelarTableWriter table = telar_table_begin (bytes, TELAR_TABLE_ARROWS);
  guint old = 0;

  if (written->arrows->len != timeline->arrows->len)
    {
      for (guint i = 0; i < timeline->arrows->len; i++)
        {
          const TelarArrow *arrow = &g_array_index (timeline->arrows, TelarArrow, i);
          const TelarArrow *was = old < written->arrows->len
                                    ? &g_array_index (written->arrows, TelarArrow, old) : NULL;

          if (was != NULL && was->kind == arrow->kind && was->from == arrow->from
              && was->to == arrow->to && was->from_ns == arrow->from_ns
              && was->to_ns == arrow->to_ns && was->object == arrow->object)
            old++;
          else
            TELAR_ROW (&table, arrow->kind, arrow->from, arrow->to, arrow->from_ns, arrow->to_ns,
                 (guint32) (arrow->object + 1));
        }
      g_array_set_size (written->arrows, 0);
      g_array_append_vals (written->arrows, timeline->arrows->data, timeline->arrows->len);
    }
  telar_table_end (&table);
}

/* Results that are texts or items, each of them once: many steps may have the same. */
static void
put_texts (TelarStateWritten *written, const TelarTimeline *timeline, GByteArray *bytes)
{
  TelarTableWriter table = telar_table_begin (bytes, TELAR_TABLE_TEXTS);

  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const GArray *steps = ((const TelarTaskLane *) timeline->tasks->pdata[i])->steps;

      for (guint k = written->n_steps[i]; k < steps->len; k++)
        {
          const TelarStepRun *step = &g_array_index (steps, TelarStepRun, k);
          const char *text = step->finished ? telar_timeline_result_text (timeline, step) : NULL;

          if (text == NULL || g_hash_table_contains (written->texts, &step->integer))
            continue;
          g_hash_table_add (written->texts, g_memdup2 (&step->integer, sizeof step->integer));
          TELAR_ROW (&table, step->integer, (gint64) strlen (text));
          telar_table_text (&table, text);
        }
    }
  telar_table_end (&table);
}

static void
put_steps (TelarStateWritten *written, const TelarTimeline *timeline, GByteArray *bytes)
{
  TelarTableWriter table = telar_table_begin (bytes, TELAR_TABLE_STEPS);

  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const GArray *steps = ((const TelarTaskLane *) timeline->tasks->pdata[i])->steps;

      /* The last one may go on: it is written again. */
      for (guint k = written->n_steps[i]; k < steps->len; k++)
        {
          const TelarStepRun *step = &g_array_index (steps, TelarStepRun, k);

          TELAR_ROW (&table, i, k, step->step, step->result_type, step->finished, step->core,
               step->begin, step->end, step->cpu_ns, step->integer);
          if (step->finished && k == written->n_steps[i])
            written->n_steps[i]++;
        }
    }
  telar_table_end (&table);
}

/* Results that are lists. */
static void
put_results (TelarStateWritten *written, const TelarTimeline *timeline, GByteArray *bytes)
{
  TelarTableWriter table = telar_table_begin (bytes, TELAR_TABLE_LISTS);

  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const GPtrArray *lists = ((const TelarTaskLane *) timeline->tasks->pdata[i])->lists;

      for (; written->n_lists[i] < lists->len; written->n_lists[i]++)
        {
          const char *list = lists->pdata[written->n_lists[i]];

          TELAR_ROW (&table, i, written->n_lists[i], (gint64) strlen (list));
          telar_table_text (&table, list);
        }
    }
  telar_table_end (&table);
}

static void
put_lists (TelarStateWritten *written, const TelarTimeline *timeline, GByteArray *bytes)
{
  TelarTableWriter table = telar_table_begin (bytes, TELAR_TABLE_CULPRITS);

  for (; written->n_culprits < timeline->culprits->len; written->n_culprits++)
    TELAR_ROW (&table, written->n_culprits,
         g_array_index (timeline->culprits, guint32, written->n_culprits));
  telar_table_end (&table);
  table = telar_table_begin (bytes, TELAR_TABLE_LOSSES);
  for (; written->n_losses < timeline->losses->len; written->n_losses++)
    {
      const TelarLoss *loss = &g_array_index (timeline->losses, TelarLoss, written->n_losses);

      TELAR_ROW (&table, loss->ns, loss->core, (gint64) loss->n);
    }
  telar_table_end (&table);
  table = telar_table_begin (bytes, TELAR_TABLE_LINES);
  for (; written->n_lines < timeline->lines->len; written->n_lines++)
    {
      const TelarTextLine *line = timeline->lines->pdata[written->n_lines];
      gsize size;
      const guint8 *text = g_bytes_get_data (line->text, &size);

      TELAR_ROW (&table, line->ns, line->task, line->stream, line->valid, line->continues,
           (gint64) size);
      g_byte_array_append (bytes, text, (guint) size);
    }
  telar_table_end (&table);
}

static void
put_hold (TelarTableWriter *table, const TelarTimeline *timeline, guint32 task, guint32 index)
{
  const GArray *holds = ((const TelarTaskLane *) timeline->tasks->pdata[task])->holds;
  const TelarHold *hold = &g_array_index (holds, TelarHold, index);

  TELAR_ROW (table, task, index, hold->begin, hold->end, hold->object, hold->open, hold->inherited);
}

/* One that is still open is written once more when it is over. */
static void
put_holds (TelarStateWritten *written, const TelarTimeline *timeline, GByteArray *bytes)
{
  TelarTableWriter table = telar_table_begin (bytes, TELAR_TABLE_HOLDS);

  for (guint i = 0; i < written->open_holds->len;)
    {
      const guint32 *open = &g_array_index (written->open_holds, guint32, 2 * i);
      const GArray *holds = ((const TelarTaskLane *) timeline->tasks->pdata[open[0]])->holds;

      if (g_array_index (holds, TelarHold, open[1]).open)
        {
          i++;
          continue;
        }
      put_hold (&table, timeline, open[0], open[1]);
      g_array_remove_index_fast (written->open_holds, i);
    }
  for (guint32 i = 0; i < timeline->tasks->len; i++)
    {
      const GArray *holds = ((const TelarTaskLane *) timeline->tasks->pdata[i])->holds;

      for (; written->n_holds[i] < holds->len; written->n_holds[i]++)
        {
          guint32 open[2] = { i, written->n_holds[i] };

          put_hold (&table, timeline, i, written->n_holds[i]);
          if (g_array_index (holds, TelarHold, written->n_holds[i]).open)
            g_array_append_vals (written->open_holds, open, 1);
        }
    }
  telar_table_end (&table);
}

static void
put_objects (TelarStateWritten *written, const TelarTimeline *timeline, GByteArray *bytes)
{
  TelarTableWriter table = telar_table_begin (bytes, TELAR_TABLE_OBJECTS);

  for (guint i = 0; i < timeline->objects->len; i++)
    {
      const TelarObjectLane *lane = timeline->objects->pdata[i];
      gsize before = bytes->len;
      guint32 hash;

      TELAR_ROW (&table, i, lane->full, lane->first, lane->highest, (gint64) lane->n_waits,
           lane->waited_ns, (gint64) lane->asked, lane->lost);
      hash = telar_crc32c (0, bytes->data + before, bytes->len - before);
      if (hash == written->objects[i])
        {
          g_byte_array_set_size (bytes, (guint) before);
          table.n--;
        }
      written->objects[i] = hash;
    }
  telar_table_end (&table);
  table = telar_table_begin (bytes, TELAR_TABLE_LEVELS);
  for (guint i = 0; i < timeline->objects->len; i++)
    {
      const GArray *levels = ((const TelarObjectLane *) timeline->objects->pdata[i])->levels;

      if (levels->len == 0)
        continue;
      for (guint k = MAX (written->n_levels[i], 1) - 1; k < levels->len; k++)
        {
          const TelarLevel *level = &g_array_index (levels, TelarLevel, k);

          TELAR_ROW (&table, i, k, level->ns, level->level);
        }
      written->n_levels[i] = levels->len;
    }
  telar_table_end (&table);
}

/* There are few: all of them, where anything is new. */
static void
put_deadlocks (TelarStateWritten *written, const TelarTimeline *timeline, GByteArray *bytes)
{
  gsize before = bytes->len;
  TelarTableWriter table = telar_table_begin (bytes, TELAR_TABLE_DEADLOCKS);
  guint32 hash;

  for (guint i = 0; i < timeline->deadlocks->len; i++)
    {
      const TelarDeadlock *deadlock = timeline->deadlocks->pdata[i];

      TELAR_ROW (&table, i, deadlock->since, deadlock->found, deadlock->resolved, deadlock->cycle,
           deadlock->passes);
    }
  telar_table_end (&table);
  table = telar_table_begin (bytes, TELAR_TABLE_DEADLOCK_TASKS);
  for (guint i = 0; i < timeline->deadlocks->len; i++)
    {
      const GArray *tasks = ((const TelarDeadlock *) timeline->deadlocks->pdata[i])->tasks;

      for (guint k = 0; k < tasks->len; k++)
        {
          const TelarDeadlockTask *one = &g_array_index (tasks, TelarDeadlockTask, k);

          TELAR_ROW (&table, i, k, one->task, (guint32) (one->object + 1), (guint32) (one->culprit + 1),
               one->cause, one->detail);
        }
    }
  telar_table_end (&table);
  hash = telar_crc32c (0, bytes->data + before, bytes->len - before);
  if (hash == written->deadlocks)
    g_byte_array_set_size (bytes, (guint) before);
  written->deadlocks = hash;
}

void
telar_state_put (TelarStateWritten *written, const TelarTimeline *timeline, GByteArray *bytes)
{
  put_begun (written, timeline, bytes);
  put_now (written, timeline, bytes);
  put_cores (written, timeline, bytes);
  put_tasks (written, timeline, bytes);
  put_arrows (written, timeline, bytes);
  put_texts (written, timeline, bytes); /* of the steps that come next */
  put_steps (written, timeline, bytes);
  put_results (written, timeline, bytes);
  put_holds (written, timeline, bytes);
  put_objects (written, timeline, bytes);
  put_deadlocks (written, timeline, bytes);
  put_lists (written, timeline, bytes);
}

/* More than a run can name. */
#define MAX_CULPRITS (1 << 26)
/* Of a task, in a row. */
#define MAX_LISTS_LOST 64

/* Reading: whatever a row says, nothing of it may lead outside of a table. */

static gboolean
is_time (gint64 ns)
{
  return ns == TELAR_NO_TIME || (ns >= 0 && ns < G_MAXINT64 / 4);
}

static gboolean
take_task (TelarTimeline *timeline, const gint64 *f)
{
  TelarTaskLane *lane;

  if (f[0] < 0 || f[0] >= timeline->tasks->len || f[1] < 0
      || f[1] > TELAR_STATE_COULD_NOT_START
      || (f[4] != TELAR_NO_TASK && (f[4] < 0 || f[4] >= timeline->tasks->len)))
    return FALSE;
  for (guint i = 9; i <= 12; i++)
    if (!is_time (f[i]))
      return FALSE;
  if (!is_time (f[17]))
    return FALSE;
  lane = timeline->tasks->pdata[f[0]];
  lane->state = (guint8) f[1];
  lane->reason = (guint8) f[2];
  lane->signalled = (guint8) f[3];
  lane->reason_task = (guint32) f[4];
  lane->could_not = (gint32) f[5];
  lane->pid = (gint32) f[6];
  lane->tid = (gint32) f[7];
  lane->exit = (gint32) f[8];
  lane->started = f[9];
  lane->run = f[10];
  lane->ended = f[11];
  lane->joined = f[12];
  lane->cpu_ns = f[13];
  lane->on_core_ns = f[14];
  lane->ready_ns = f[15];
  lane->blocked_ns = f[16];
  lane->due = f[17];
  lane->steps_counted = (guint64) f[18];
  lane->recording_lost = f[19] != 0;
  return TRUE;
}

static gboolean
take_arrow (TelarTimeline *timeline, const gint64 *f)
{
  TelarArrow arrow = { (guint8) f[0], (guint32) f[1], (guint32) f[2], f[3], f[4],
                       (guint32) f[5] - 1 };
  guint at = timeline->arrows->len;

  /* Kinds of arrows that are not known here are left out. */
  if (f[0] < 0 || f[0] > TELAR_ARROW_WAKE)
    return TRUE;
  if (f[5] < 0 || f[5] > timeline->objects->len || (f[0] > TELAR_ARROW_JOIN && f[5] == 0))
    return FALSE;
  if (f[1] < 0 || f[1] >= timeline->tasks->len || f[2] < 0 || f[2] >= timeline->tasks->len
      || !is_time (f[3]) || !is_time (f[4]))
    return FALSE;
  while (at > 0 && g_array_index (timeline->arrows, TelarArrow, at - 1).from_ns > arrow.from_ns)
    at--;
  g_array_insert_val (timeline->arrows, at, arrow);
  return TRUE;
}

static gboolean
take_step (TelarTimeline *timeline, const gint64 *f)
{
  TelarStepRun step = {
    .step = (guint32) f[2],
    .result_type = (guint8) f[3],
    .finished = f[4] != 0,
    .core = (guint16) f[5],
    .begin = f[6],
    .end = f[7],
    .cpu_ns = f[8],
    .integer = f[9],
  };
  GArray *steps;

  if (f[0] < 0 || f[0] >= timeline->tasks->len || f[2] < 0 || f[2] >= timeline->plan->n_steps
      || !is_time (f[6]) || !is_time (f[7]))
    return FALSE;
  steps = ((TelarTaskLane *) timeline->tasks->pdata[f[0]])->steps;
  if (f[1] < 0)
    return FALSE;
  if (f[1] >= steps->len)
    g_array_append_val (steps, step);
  else
    g_array_index (steps, TelarStepRun, f[1]) = step;
  return TRUE;
}

static gboolean
take_hold (TelarTimeline *timeline, const gint64 *f)
{
  TelarHold hold = { .begin = f[2], .end = f[3], .object = (guint32) f[4], .open = f[5] != 0,
                     .inherited = f[6] != 0 };
  GArray *holds;

  if (f[0] < 0 || f[0] >= timeline->tasks->len || f[1] < 0 || f[2] < 0 || f[3] < f[2]
      || !is_time (f[3]) || f[4] < 0 || f[4] >= timeline->objects->len)
    return FALSE;
  holds = ((TelarTaskLane *) timeline->tasks->pdata[f[0]])->holds;
  if (f[1] >= holds->len)
    g_array_append_val (holds, hold);
  else
    g_array_index (holds, TelarHold, f[1]) = hold;
  return TRUE;
}

static gboolean
take_object (TelarTimeline *timeline, const gint64 *f)
{
  TelarObjectLane *lane;

  if (f[0] < 0 || f[0] >= timeline->objects->len)
    return FALSE;
  lane = timeline->objects->pdata[f[0]];
  lane->full = f[1];
  lane->first = f[2];
  lane->highest = f[3];
  lane->n_waits = (guint64) f[4];
  lane->waited_ns = f[5];
  lane->asked = (guint64) f[6];
  lane->lost = f[7];
  return TRUE;
}

static gboolean
take_level (TelarTimeline *timeline, const gint64 *f)
{
  TelarLevel level = { f[2], f[3] };
  GArray *levels;

  if (f[0] < 0 || f[0] >= timeline->objects->len || f[1] < 0 || f[2] < 0 || !is_time (f[2]))
    return FALSE;
  levels = ((TelarObjectLane *) timeline->objects->pdata[f[0]])->levels;
  if (f[1] >= levels->len)
    g_array_append_val (levels, level);
  else
    g_array_index (levels, TelarLevel, f[1]) = level;
  return TRUE;
}

/* @f[0]: its number; made where it is the next. (nullable) */
static TelarDeadlock *
get_deadlock (TelarTimeline *timeline, gint64 number)
{
  if (number < 0 || number > timeline->deadlocks->len)
    return NULL;
  if (number == timeline->deadlocks->len)
    {
      TelarDeadlock *made = g_new0 (TelarDeadlock, 1);

      made->tasks = g_array_new (FALSE, FALSE, sizeof (TelarDeadlockTask));
      g_ptr_array_add (timeline->deadlocks, made);
    }
  return timeline->deadlocks->pdata[number];
}

static gboolean
take_deadlock (TelarTimeline *timeline, const gint64 *f)
{
  TelarDeadlock *deadlock = get_deadlock (timeline, f[0]);

  if (deadlock == NULL || !is_time (f[1]) || !is_time (f[2]) || !is_time (f[3]))
    return FALSE;
  deadlock->since = f[1];
  deadlock->found = f[2];
  deadlock->resolved = f[3];
  deadlock->cycle = f[4] != 0;
  deadlock->passes = f[5] != 0;
  return TRUE;
}

static gboolean
take_deadlock_task (TelarTimeline *timeline, const gint64 *f)
{
  TelarDeadlockTask one = { (guint32) f[2], (guint32) f[3] - 1, (guint32) f[4] - 1, (guint8) f[5],
                            (guint32) f[6] };
  GArray *tasks;

  if (f[0] < 0 || f[0] >= timeline->deadlocks->len || f[1] < 0 || f[2] < 0
      || f[2] >= timeline->tasks->len || f[3] < 0 || f[3] > timeline->objects->len || f[4] < 0
      || f[4] > timeline->tasks->len)
    return FALSE;
  tasks = ((TelarDeadlock *) timeline->deadlocks->pdata[f[0]])->tasks;
  if (f[1] >= tasks->len)
    g_array_append_val (tasks, one);
  else
    g_array_index (tasks, TelarDeadlockTask, f[1]) = one;
  return TRUE;
}

static gboolean
take_line (TelarTimeline *timeline, const gint64 *f, TelarRowReader *reader)
{
  const guint8 *text = telar_row_text (reader, f[5]);
  TelarTextLine *line;

  if (text == NULL || f[2] < 0 || f[2] > TELAR_STREAM_ERR || f[1] < 0 || f[1] >= timeline->tasks->len || !is_time (f[0]))
    return FALSE;
  line = g_new0 (TelarTextLine, 1);
  line->ns = f[0];
  line->task = (guint32) f[1];
  line->stream = (guint8) f[2];
  line->valid = f[3] != 0 && g_utf8_validate ((const char *) text, f[5], NULL);
  line->continues = f[4] != 0;
  line->text = g_bytes_new (text, (gsize) f[5]);
  g_ptr_array_add (timeline->lines, line);
  return TRUE;
}

/* By its index: one that is lost is an empty list. */
static gboolean
take_list (TelarTimeline *timeline, const gint64 *f, TelarRowReader *reader)
{
  const guint8 *text = telar_row_text (reader, f[2]);
  GPtrArray *lists;

  if (text == NULL || f[0] < 0 || f[0] >= timeline->tasks->len)
    return FALSE;
  lists = ((TelarTaskLane *) timeline->tasks->pdata[f[0]])->lists;
  if (f[1] < lists->len || f[1] > (gint64) lists->len + MAX_LISTS_LOST)
    return FALSE;
  while (lists->len < f[1])
    g_ptr_array_add (lists, g_strdup ("[]"));
  g_ptr_array_add (lists, g_strndup ((const char *) text, (gsize) f[2]));
  return TRUE;
}

static gboolean
take_text (TelarTimeline *timeline, const gint64 *f, TelarRowReader *reader)
{
  const guint8 *text = telar_row_text (reader, f[1]);

  if (text == NULL)
    return FALSE;
  telar_timeline_keep_text (timeline, f[0], g_utf8_make_valid ((const char *) text, f[1]));
  return TRUE;
}

static gboolean
take_others (TelarTimeline *timeline, const gint64 *f)
{
  TelarOthers others = { f[1], f[2], (guint16) CLAMP (f[3], 0, 1000),
                         (guint16) CLAMP (f[4], 0, 1000) };

  if (f[0] < 0 || f[0] >= (gint64) TELAR_MAX_CORES || !is_time (f[1]) || !is_time (f[2]))
    return FALSE;
  telar_core_lane_look (telar_timeline_core_lane (timeline, (guint) f[0]), &others);
  return TRUE;
}

static gboolean
take_row (TelarTimeline *timeline, TelarTable table, const gint64 *f, TelarRowReader *reader,
          gboolean *ended)
{
  switch (table)
    {
    case TELAR_TABLE_BEGUN:
      if (f[3] < 0 || f[3] > TELAR_SOURCE_SAMPLED)
        return FALSE;
      timeline->begun = (TelarBegun){
        .zero_ns = f[0],
        .period_ns = f[1],
        .main_pid = (gint32) f[2],
        .source = (guint32) f[3],
        .refusal = (gint32) f[4],
        .paranoid = (gint32) f[5],
        .autogroup = (guint32) f[6],
        .n_cores = (guint32) f[7],
        .date = f[8] > 0 && f[8] <= TELAR_LATEST_DATE ? f[8] : 0,
      };
      return TRUE;
    case TELAR_TABLE_NOW:
      if (!is_time (f[0]) || !is_time (f[1]))
        return FALSE;
      timeline->now = MAX (f[0], 0);
      timeline->wall = MAX (f[1], 0);
      timeline->lost_records = (guint64) f[2];
      timeline->lost_events = (guint64) f[3];
      timeline->lost_lines = (guint64) f[4];
      timeline->lost_bytes = (guint64) f[5];
      return TRUE;
    case TELAR_TABLE_END:
      if (f[2] < 0 || f[2] > TELAR_ENDED_DEADLOCK)
        return FALSE;
      timeline->end = (TelarEnded){ f[0], (gint32) f[1], (guint32) f[2], (guint32) f[3], 0 };
      telar_timeline_restored (timeline, f[4] != 0);
      *ended = TRUE;
      return TRUE;
    case TELAR_TABLE_CORES:
      if (f[0] < 0 || f[0] >= (gint64) TELAR_MAX_CORES)
        return FALSE;
      telar_timeline_core_lane (timeline, (guint) f[0]);
      return TRUE;
    case TELAR_TABLE_TASKS:
      return take_task (timeline, f);
    case TELAR_TABLE_ARROWS:
      return take_arrow (timeline, f);
    case TELAR_TABLE_CULPRITS:
      {
        guint32 task = (guint32) f[1];

        /* Those before it may be in a part that is damaged. */
        if (f[0] < 0 || f[0] > MAX_CULPRITS || f[1] < 0 || f[1] >= timeline->tasks->len)
          return FALSE;
        if (f[0] >= timeline->culprits->len)
          g_array_set_size (timeline->culprits, (guint) f[0] + 1);
        g_array_index (timeline->culprits, guint32, f[0]) = task;
        return TRUE;
      }
    case TELAR_TABLE_STEPS:
      return take_step (timeline, f);
    case TELAR_TABLE_LINES:
      return take_line (timeline, f, reader);
    case TELAR_TABLE_LISTS:
      return take_list (timeline, f, reader);
    case TELAR_TABLE_TEXTS:
      return take_text (timeline, f, reader);
    case TELAR_TABLE_LOSSES:
      {
        TelarLoss loss = { f[0], (int) f[1], (guint64) f[2] };

        if (!is_time (f[0]))
          return FALSE;
        g_array_append_val (timeline->losses, loss);
        return TRUE;
      }
    case TELAR_TABLE_OTHERS:
      return take_others (timeline, f);
    case TELAR_TABLE_HOLDS:
      return take_hold (timeline, f);
    case TELAR_TABLE_OBJECTS:
      return take_object (timeline, f);
    case TELAR_TABLE_LEVELS:
      return take_level (timeline, f);
    case TELAR_TABLE_DEADLOCKS:
      return take_deadlock (timeline, f);
    case TELAR_TABLE_DEADLOCK_TASKS:
      return take_deadlock_task (timeline, f);
    case TELAR_TABLE_UNUSED:
    default:
      return TRUE;
    }
}

typedef struct
{
  TelarTimeline *timeline;
  gboolean      *ended;
} Taker;

static gboolean
take_table (TelarTable table, guint n, TelarRowReader *rows, gpointer data)
{
  Taker *taker = data;
  gint64 fields[TELAR_ROW_MAX];

  if (table < TELAR_TABLE_BEGUN || table > TELAR_TABLE_TEXTS
      || table == TELAR_TABLE_UNUSED)
    return TRUE;
  for (guint i = 0; i < n; i++)
    if (!telar_row_take (rows, fields)
        || !take_row (taker->timeline, table, fields, rows, taker->ended))
      return FALSE;
  return TRUE;
}

gboolean
telar_state_take (TelarTimeline *timeline, const guint8 *bytes, gsize size, gboolean *ended)
{
  Taker taker = { timeline, ended };

  return telar_tables_each (bytes, size, take_table, &taker);
}
