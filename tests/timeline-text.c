/* timeline-text.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "timeline-text.h"

#include <stdio.h>
#include <string.h>

#include "made-plan.h"
#include "made-record.h"

/* From text to a record */

typedef struct
{
  TelarTimeline *timeline;
  char         **words;
  gint64         ns;
} Reader;

static gint64
number (const Reader *reader, guint word)
{
  g_assert_cmpuint (word, <, g_strv_length (reader->words));
  return g_ascii_strtoll (reader->words[word], NULL, 10);
}

static guint32
task (const Reader *reader, guint word)
{
  g_assert_cmpuint (word, <, g_strv_length (reader->words));
  for (guint i = 0; i < reader->timeline->tasks->len; i++)
    if (strcmp (telar_timeline_task (reader->timeline, i)->id, reader->words[word]) == 0)
      return i;
  g_error ("no task %s", reader->words[word]);
}

static gboolean
read_switch (const Reader *reader)
{
  static const struct
  {
    const char     *word;
    TelarSwitchKind kind;
  } kinds[] = {
    { "in", TELAR_SWITCH_IN },     { "out", TELAR_SWITCH_OUT },   { "pre", TELAR_SWITCH_PREEMPTED },
    { "fork", TELAR_SWITCH_FORK }, { "exit", TELAR_SWITCH_EXIT }, { "exec", TELAR_SWITCH_EXEC },
    { "lost", TELAR_SWITCH_LOST },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (reader->words[1], kinds[i].word) == 0)
      {
        TelarSwitch sw = { .ns = reader->ns, .core = (uint16_t) number (reader, 2),
                           .kind = (uint16_t) kinds[i].kind };

        if (sw.kind == TELAR_SWITCH_LOST)
          sw.by = (int32_t) number (reader, 3);
        else
          sw.tid = sw.pid = (int32_t) number (reader, 3);
        if (sw.kind == TELAR_SWITCH_FORK)
          sw.by = sw.by_pid = (int32_t) number (reader, 4);
        telar_timeline_add_switches (reader->timeline, &sw, 1);
        return TRUE;
      }
  return FALSE;
}

/* What an event's arguments are: T task, W writer (a task too), V value, P a
 * process and thread, N a task as value, D detail, U microseconds as value,
 * C CPU clock in microseconds, K core. */
static const struct
{
  const char    *word;
  TelarEventKind kind;
  const char    *arguments;
  guint          detail;
} event_words[] = {
  { "start", TELAR_EVENT_START, "WT", 0 },
  { "started", TELAR_EVENT_STARTED, "WTV", 0 },
  { "refused", TELAR_EVENT_REFUSED, "WTV", 0 },
  { "skipped", TELAR_EVENT_NOT_STARTED, "WTND", 0 },
  { "join", TELAR_EVENT_JOIN, "WTV", 0 },
  { "signal", TELAR_EVENT_SIGNAL, "WTV", 0 },
  { "orphan", TELAR_EVENT_LOST_CHILD, "TV", 0 },
  { "run", TELAR_EVENT_RUN, "TPCK", 0 },
  { "end", TELAR_EVENT_END, "TVCK", 0 },
  { "step", TELAR_EVENT_STEP_BEGIN, "TVCK", 0 },
  { "step-end", TELAR_EVENT_STEP_END, "TVCK", TELAR_RESULT_INTEGER },
  { "counted", TELAR_EVENT_STEPS_COUNTED, "TV", 0 },
  { "sleeps", TELAR_EVENT_WAIT_BEGIN, "TU", TELAR_CAUSE_SLEEP },
  { "joins", TELAR_EVENT_WAIT_BEGIN, "TN", TELAR_CAUSE_JOIN },
  { "joins-any", TELAR_EVENT_WAIT_BEGIN, "T", TELAR_CAUSE_JOIN },
  { "or", TELAR_EVENT_WAIT_ON, "TN", 0 },
  { "waits-program", TELAR_EVENT_WAIT_BEGIN, "T", TELAR_CAUSE_PROGRAM },
  { "goes-on", TELAR_EVENT_WAIT_END, "T", 0 },
  { "program", TELAR_EVENT_PROGRAM, "TV", 0 },
  { "dropped", TELAR_EVENT_DROPPED, "TV", 0 },
};

static gboolean
read_event (const Reader *reader)
{
  for (guint i = 0; i < G_N_ELEMENTS (event_words); i++)
    {
      TelarEvent event = { .ns = reader->ns, .writer = TELAR_NO_TASK,
                           .kind = (uint16_t) event_words[i].kind,
                           .detail = event_words[i].detail };

      if (strcmp (reader->words[1], event_words[i].word) != 0)
        continue;
      if (strcmp (event_words[i].word, "joins-any") == 0)
        event.value = TELAR_NO_TASK;
      for (guint k = 0; event_words[i].arguments[k] != '\0'; k++)
        switch (event_words[i].arguments[k])
          {
          case 'W': event.writer = task (reader, 2 + k); break;
          case 'T': event.task = task (reader, 2 + k); break;
          case 'N': event.value = task (reader, 2 + k); break;
          case 'V': event.value = number (reader, 2 + k); break;
          case 'P': event.value = number (reader, 2 + k) << 32 | number (reader, 2 + k); break;
          case 'U': event.value = TELAR_MADE_ZERO + number (reader, 2 + k) * 1000; break;
          case 'D': event.detail = (uint32_t) number (reader, 2 + k); break;
          case 'C': event.cpu_ns = number (reader, 2 + k) * 1000; break;
          case 'K': event.core = (uint16_t) number (reader, 2 + k); break;
          default: g_assert_not_reached ();
          }
      if (event.writer == TELAR_NO_TASK && event.kind != TELAR_EVENT_LOST_CHILD)
        event.writer = event.task;
      telar_timeline_add_events (reader->timeline, &event, 1);
      return TRUE;
    }
  return FALSE;
}

void
timeline_read_line (TelarTimeline *timeline, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  Reader reader = { timeline, words, 0 };

  if (words[0] == NULL || words[1] == NULL)
    return;
  reader.ns = TELAR_MADE_ZERO + number (&reader, 0) * 1000;
  if (read_switch (&reader) || read_event (&reader))
    return;
  if (strcmp (words[1], "sample") == 0)
    {
      TelarSample sample = {
        .ns = reader.ns,
        .task = task (&reader, 2),
        .tid = (int32_t) number (&reader, 3),
        .cpu_ns = number (&reader, 4) * 1000,
        .core = (uint16_t) number (&reader, 5),
        .delay_ns = -1,
        .state = words[6] != NULL ? words[6][0] : 'R',
      };
      telar_timeline_add_samples (timeline, &sample, 1);
    }
  else if (strcmp (words[1], "load") == 0)
    {
      TelarLoad load = { .ns = reader.ns, .core = (uint16_t) number (&reader, 2),
                         .interval = number (&reader, 3) * 1000,
                         .busy = (uint16_t) number (&reader, 4) };
      telar_timeline_add_loads (timeline, &load, 1);
    }
  else if (strcmp (words[1], "now") == 0)
    {
      TelarNow now = { .ns = reader.ns };
      telar_timeline_advance (timeline, &now);
    }
  else if (strcmp (words[1], "over") == 0 || strcmp (words[1], "stopped") == 0)
    {
      TelarEnded ended = { .ns = reader.ns, .main_exit = (int32_t) number (&reader, 2),
                           .reason = words[1][0] == 's' ? TELAR_ENDED_STOPPED
                                                        : TELAR_ENDED_BY_ITSELF };
      telar_timeline_finish (timeline, &ended);
    }
  else if (strcmp (words[1], "broken") == 0)
    telar_timeline_break_off (timeline);
  else
    g_error ("what is %s?", line);
}

GBytes *
timeline_read_plan (const char *text)
{
  g_autoptr (GArray) made = g_array_new (FALSE, TRUE, sizeof (TelarMadeTask));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  TelarMadeTask main_task = { .id = "main", .kind = TELAR_KIND_PROCESS };

  g_array_append_val (made, main_task);
  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      char **words = g_strsplit (lines[i], " ", 4);
      TelarMadeTask one = {
        .id = words[0],
        .kind = words[1][0] == 'p'   ? TELAR_KIND_PROCESS
                : words[1][0] == 't' ? TELAR_KIND_THREAD
                                     : TELAR_KIND_CALL,
        .parent = words[2],
        .function = "square",
        .after = words[3],
      };

      g_array_append_val (made, one);
      g_ptr_array_add (kept, words);
    }
  return telar_made_plan ((const TelarMadeTask *) (gpointer) made->data, made->len, FALSE);
}

/* From a timeline to text */

static void
append_time (GString *text, const char *word, gint64 ns)
{
  if (ns != TELAR_NO_TIME)
    g_string_append_printf (text, " %s %" G_GINT64_FORMAT, word, ns / 1000);
}

static char *
print_task (const TelarTimeline *timeline, const TelarTaskLane *lane)
{
  g_autofree char *state = telar_task_describe_state (timeline, lane);
  GString *text = g_string_new (lane->id);

  g_string_append_printf (text, " (%s):", state);
  append_time (text, "due", lane->due);
  append_time (text, "start", lane->started);
  append_time (text, "run", lane->run);
  append_time (text, "end", lane->ended);
  append_time (text, "join", lane->joined);
  if (lane->cpu_ns >= 0)
    g_string_append_printf (text, " cpu %" G_GINT64_FORMAT, lane->cpu_ns / 1000);
  for (guint i = 0; i < lane->slices->len; i++)
    {
      const TelarSlice one = telar_slices_at (lane->slices, i), *slice = &one;

      g_string_append_printf (text, " [%u %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "%s%s%s]",
                              slice->core, slice->begin / 1000, slice->end / 1000,
                              (slice->flags & TELAR_SLICE_PREEMPTED) != 0 ? " preempted" : "",
                              (slice->flags & TELAR_SLICE_PROGRAM) != 0 ? " program" : "",
                              (slice->flags & TELAR_SLICE_SAMPLED) != 0 ? " sampled" : "");
    }
  for (guint i = 0; i < lane->waits->len; i++)
    {
      static const char *const states[] = { "due", "ready", NULL, "unknown", "ended" };
      const TelarWait one = telar_waits_at (lane->waits, i), *wait = &one;
      g_autofree char *words = telar_wait_describe (timeline, wait);

      g_string_append_printf (text, " (%s %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT ")",
                              wait->state == TELAR_WAIT_BLOCKED ? words : states[wait->state],
                              wait->begin / 1000, wait->end / 1000);
    }
  for (guint i = 0; i < lane->steps->len; i++)
    {
      const TelarStepRun *step = &g_array_index (lane->steps, TelarStepRun, i);

      g_string_append_printf (text, " {%" G_GINT64_FORMAT "-", step->begin / 1000);
      if (step->finished)
        g_string_append_printf (text, "%" G_GINT64_FORMAT " cpu %" G_GINT64_FORMAT
                                " = %" G_GINT64_FORMAT,
                                step->end / 1000, step->cpu_ns / 1000, step->integer);
      g_string_append_c (text, '}');
    }
  if (lane->steps_counted > 0)
    g_string_append_printf (text, " +%" G_GUINT64_FORMAT " steps", lane->steps_counted);
  if (lane->recording_lost)
    g_string_append (text, " recording lost");
  return g_string_free (text, FALSE);
}

static char *
print_core (const TelarTimeline *timeline, const TelarCoreLane *lane)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "core %d:", lane->number);
  for (guint i = 0; i < lane->slices->len; i++)
    {
      const TelarSlice one = telar_slices_at (lane->slices, i), *slice = &one;

      g_string_append_printf (text, " [%s %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "]",
                              telar_timeline_task (timeline, slice->task)->id, slice->begin / 1000,
                              slice->end / 1000);
    }
  for (guint i = 0; i < lane->others->len; i++)
    {
      const TelarOthers *others = &g_array_index (lane->others, TelarOthers, i);

      g_string_append_printf (text, " others %u", others->others);
    }
  return g_string_free (text, FALSE);
}

static char *
print_rest (const TelarTimeline *timeline, const char *what)
{
  GString *text = g_string_new (what);

  if (strcmp (what, "arrows:") == 0)
    for (guint i = 0; i < timeline->arrows->len; i++)
      {
        const TelarArrow *arrow = &g_array_index (timeline->arrows, TelarArrow, i);

        g_string_append_printf (text, " %s@%" G_GINT64_FORMAT ">%s@%" G_GINT64_FORMAT,
                                telar_timeline_task (timeline, arrow->from)->id,
                                arrow->from_ns / 1000,
                                telar_timeline_task (timeline, arrow->to)->id, arrow->to_ns / 1000);
      }
  else if (strcmp (what, "lost:") == 0)
    {
      g_string_append_printf (text, " records %" G_GUINT64_FORMAT " events %" G_GUINT64_FORMAT,
                              timeline->lost_records, timeline->lost_events);
      for (guint i = 0; i < timeline->losses->len; i++)
        {
          const TelarLoss *loss = &g_array_index (timeline->losses, TelarLoss, i);

          g_string_append_printf (text, " (%" G_GUINT64_FORMAT " on %d at %" G_GINT64_FORMAT ")",
                                  loss->n, loss->core, loss->ns / 1000);
        }
    }
  else
    g_string_append_printf (text, " %d", telar_timeline_exit_status (timeline));
  return g_string_free (text, FALSE);
}

char *
timeline_print_like (const TelarTimeline *timeline, const char *expected)
{
  int core;

  if (sscanf (expected, "core %d:", &core) == 1)
    {
      for (guint i = 0; i < timeline->cores->len; i++)
        if (((TelarCoreLane *) g_ptr_array_index (timeline->cores, i))->number == core)
          return print_core (timeline, g_ptr_array_index (timeline->cores, i));
      return g_strdup ("no such core");
    }
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = telar_timeline_task (timeline, i);
      gsize size = strlen (lane->id);

      if (strncmp (expected, lane->id, size) == 0 && expected[size] == ' ')
        return print_task (timeline, lane);
    }
  if (g_str_has_prefix (expected, "arrows:"))
    return print_rest (timeline, "arrows:");
  return print_rest (timeline, g_str_has_prefix (expected, "lost:") ? "lost:" : "status:");
}
