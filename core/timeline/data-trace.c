/* data-trace.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The Trace Event format: a track for each core, for each process its threads.
 * Events of one track lie side by side or one within the other, as its readers
 * ask for: slices and waits on the tracks, steps and calls as asynchronous
 * events beside them. Numbers of processes are those of the plan, since the
 * kernel's may come twice; its own stand in the names.
 */

#include "config.h"

#include "timeline/data-private.h"

#include <string.h>


#define CORES 1000000 /* the process of the cores' tracks: no task has this number */

typedef struct
{
  TelarDataWriter     *writer;
  const TelarTimeline *timeline;
} Trace;

static void
put_text (GString *json, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_c (json, '"');
  for (const guchar *at = (const guchar *) valid; *at != '\0'; at++)
    if (*at == '"' || *at == '\\')
      g_string_append_printf (json, "\\%c", *at);
    else if (*at < 0x20 || *at == 0x7f)
      g_string_append_printf (json, "\\u%04x", *at);
    else
      g_string_append_c (json, (char) *at);
  g_string_append_c (json, '"');
}

/* Microseconds, with all that is known. */
static void
put_time (GString *json, const char *key, gint64 ns)
{
  ns = MAX (ns, 0);
  g_string_append_printf (json, ", \"%s\": %" G_GINT64_FORMAT ".%03d", key, ns / 1000,
                          (int) (ns % 1000));
}

/* From when, and how long. Readers add the two in floating point, some after they have
 * taken away when the run began, and where the sum is beyond the beginning of what comes
 * next they take the one for a part of the other: it is made a picosecond shorter, and of
 * long runs as much as such numbers can tell apart. */
static void
put_stretch (GString *json, gint64 begin, gint64 end)
{
  const gint64 second = 1000000000;
  gint64 hair = end < 1000 * second ? 1 : end < 10000 * second ? 10 : 100, ps;

  begin = MAX (begin, 0);
  end = MAX (end, begin);
  put_time (json, "ts", begin);
  ps = MAX ((end - begin) * 1000 - hair, 0);
  g_string_append_printf (json, ", \"dur\": %" G_GINT64_FORMAT ".%06d", ps / 1000000,
                          (int) (ps % 1000000));
}

/* The task whose thread does it: a call is done by its caller. */
static const TelarTaskLane *
thread_of (const TelarTimeline *timeline, guint32 task)
{
  const TelarTaskLane *lane = telar_timeline_task (timeline, task);

  while (lane->kind == TELAR_KIND_CALL && lane->parent < timeline->tasks->len)
    lane = telar_timeline_task (timeline, lane->parent);
  return lane;
}

static guint32
process_of (const TelarTimeline *timeline, const TelarTaskLane *lane)
{
  while (lane->kind != TELAR_KIND_PROCESS && lane->parent < timeline->tasks->len)
    lane = telar_timeline_task (timeline, lane->parent);
  return lane->number;
}

/* Process and thread begin at 1: readers take 0 for the kernel's idle task. */
static void
put_place (GString *json, const TelarTimeline *timeline, const TelarTaskLane *lane)
{
  const TelarTaskLane *thread = thread_of (timeline, lane->number);

  g_string_append_printf (json, ", \"pid\": %u, \"tid\": %u",
                          process_of (timeline, thread) + 1, thread->number + 1);
}

static void
begin_event (Trace *trace, const char *phase, const char *category, const char *name)
{
  GString *json = trace->writer->text;

  g_string_append_printf (json, ",\n{\"ph\": \"%s\", \"cat\": \"%s\", \"name\": ", phase,
                          category);
  put_text (json, name);
}

static void
put_name (Trace *trace, const char *what, guint process, guint thread, const char *name,
          gint32 number, guint order)
{
  GString         *json = trace->writer->text;
  g_autofree char *text = number > 0 ? g_strdup_printf ("%s (%d)", name, number)
                                     : g_strdup (name);

  g_string_append_printf (json, ",\n{\"ph\": \"M\", \"name\": \"%s_name\", \"pid\": %u, "
                                "\"tid\": %u, \"args\": {\"name\": ", what, process, thread);
  put_text (json, text);
  g_string_append_printf (json, "}},\n{\"ph\": \"M\", \"name\": \"%s_sort_index\", \"pid\": %u, "
                                "\"tid\": %u, \"args\": {\"sort_index\": %u}}",
                          what, process, thread, order);
}

static void
put_names (Trace *trace)
{
  const TelarTimeline *timeline = trace->timeline;

  put_name (trace, "process", CORES, 0, "Cores", 0, 0);
  for (guint i = 0; i < timeline->cores->len; i++)
    {
      const TelarCoreLane *lane = g_ptr_array_index (timeline->cores, i);
      g_autofree char     *name = g_strdup_printf ("core %d", lane->number);

      put_name (trace, "thread", CORES, (guint) lane->number + 1, name, 0, i + 1);
    }
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);

      if (lane->kind == TELAR_KIND_CALL)
        continue;
      if (lane->kind == TELAR_KIND_PROCESS)
        put_name (trace, "process", i + 1, i + 1, lane->title, lane->pid, i + 1);
      put_name (trace, "thread", process_of (timeline, lane) + 1, i + 1, lane->title, lane->tid,
                i + 1);
    }
}

static void
put_cores (Trace *trace)
{
  for (guint i = 0; i < trace->timeline->cores->len; i++)
    {
      const TelarCoreLane *lane = g_ptr_array_index (trace->timeline->cores, i);

      for (guint k = telar_slices_find (lane->slices, trace->writer->begin);
           k < lane->slices->len; k++)
        {
          TelarSlice slice = telar_slices_at (lane->slices, k);

          if (!telar_data_cut (trace->writer, &slice.begin, &slice.end))
            break;
          begin_event (trace, "X", "core",
                       telar_timeline_task (trace->timeline, slice.task)->title);
          put_stretch (trace->writer->text, slice.begin, slice.end);
          g_string_append_printf (trace->writer->text, ", \"pid\": %u, \"tid\": %d}", CORES,
                                  lane->number + 1);
          if (!telar_data_next (trace->writer))
            return;
        }
    }
}

static void
put_task_slices (Trace *trace, const TelarTaskLane *lane)
{
  GString *json = trace->writer->text;

  for (guint i = telar_slices_find (lane->slices, trace->writer->begin); i < lane->slices->len; i++)
    {
      TelarSlice slice = telar_slices_at (lane->slices, i);

      if (!telar_data_cut (trace->writer, &slice.begin, &slice.end))
        break;
      begin_event (trace, "X", "task", lane->title);
      put_stretch (json, slice.begin, slice.end);
      put_place (json, trace->timeline, lane);
      g_string_append_printf (json, ", \"args\": {\"core\": %u%s}}", slice.core,
                              slice.flags & TELAR_SLICE_PREEMPTED ? ", \"preempted\": true" : "");
      if (!telar_data_next (trace->writer))
        return;
    }
}

static void
put_waits (Trace *trace, const TelarTaskLane *lane)
{
  GString            *json = trace->writer->text;
  g_autoptr (GString) cause = g_string_new (NULL);
  g_autoptr (GString) culprits = g_string_new (NULL);

  for (guint i = telar_waits_find (lane->waits, trace->writer->begin); i < lane->waits->len; i++)
    {
      TelarWait wait = telar_waits_at (lane->waits, i);

      if (!telar_data_cut (trace->writer, &wait.begin, &wait.end))
        break;
      g_string_truncate (cause, 0);
      g_string_truncate (culprits, 0);
      telar_data_wait (cause, trace->timeline, &wait);
      telar_data_culprits (culprits, trace->timeline, &wait);
      begin_event (trace, "X", "wait", cause->str);
      put_stretch (json, wait.begin, wait.end);
      put_place (json, trace->timeline, lane);
      g_string_append_printf (json, ", \"args\": {\"state\": \"%s\"",
                              telar_data_wait_state (wait.state));
      if (culprits->len > 0)
        {
          g_string_append (json, ", \"for\": ");
          put_text (json, culprits->str);
        }
      g_string_append (json, "}}");
      if (!telar_data_next (trace->writer))
        return;
    }
}

static void
put_life (Trace *trace, const TelarTaskLane *lane)
{
  const struct { const char *name; gint64 ns; } moments[] = {
    { "started", lane->started }, { "run", lane->run }, { "ended", lane->ended },
    { "joined", lane->joined },
  };
  GString *json = trace->writer->text;

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    if (moments[i].ns != TELAR_NO_TIME && telar_data_has (trace->writer, moments[i].ns))
      {
        begin_event (trace, "i", "life", moments[i].name);
        put_time (json, "ts", moments[i].ns);
        put_place (json, trace->timeline, lane);
        g_string_append (json, ", \"s\": \"t\"}");
      }
}

/* What goes on over several slices: @id tells it from all others. */
static void
put_span (Trace *trace, const TelarTaskLane *lane, const char *category, const char *name,
          const char *id, gint64 begin, gint64 end)
{
  GString *json = trace->writer->text;

  end = MAX (end, begin);
  if (!telar_data_cut (trace->writer, &begin, &end))
    return;
  for (guint i = 0; i < 2; i++)
    {
      begin_event (trace, i == 0 ? "b" : "e", category, name);
      g_string_append_printf (json, ", \"id\": \"%s\"", id);
      put_time (json, "ts", i == 0 ? begin : end);
      put_place (json, trace->timeline, lane);
      g_string_append_c (json, '}');
    }
}

static void
put_spans (Trace *trace, const TelarTaskLane *lane)
{
  const TelarPlan *plan = trace->timeline->plan;

  if (lane->kind == TELAR_KIND_CALL && lane->started != TELAR_NO_TIME)
    {
      g_autofree char *id = g_strdup_printf ("call-%u", lane->number);

      put_span (trace, lane, "call", lane->title, id, lane->started,
                lane->ended != TELAR_NO_TIME ? lane->ended : trace->timeline->now);
    }
  for (guint i = 0; i < lane->steps->len; i++)
    {
      const TelarStepRun *step = &g_array_index (lane->steps, TelarStepRun, i);
      g_autofree char    *id = g_strdup_printf ("step-%u-%u", lane->number, i);
      const TelarPlanStep *planned = telar_plan_step (plan, step->step);

      put_span (trace, lane, "step", telar_plan_text (plan, planned->text), id, step->begin,
                step->end != TELAR_NO_TIME ? step->end : trace->timeline->now);
      if (!telar_data_next (trace->writer))
        return;
    }
}

/* A flow's end belongs to the slice that it lies in, whose last moment is none
 * of it. Returns: @ns, moved into the slice that ends there. */
static gint64
within (const TelarTaskLane *lane, gint64 ns)
{
  guint      at = telar_slices_find (lane->slices, ns - 1);
  TelarSlice slice;

  if (at >= lane->slices->len)
    return ns;
  slice = telar_slices_at (lane->slices, at);
  return slice.begin < ns && slice.end <= ns ? ns - 1 : ns;
}

static void
put_arrows (Trace *trace)
{
  static const char *const kinds[] = { "start", "join", "release", "pass", "wake" };
  const TelarTimeline     *timeline = trace->timeline;
  GString                 *json = trace->writer->text;

  for (guint i = 0; i < timeline->arrows->len; i++)
    {
      const TelarArrow    *arrow = &g_array_index (timeline->arrows, TelarArrow, i);
      const TelarTaskLane *from = thread_of (timeline, arrow->from);
      const TelarTaskLane *to = thread_of (timeline, arrow->to);

      /* Half an arrow would have no slice to begin or end in. */
      if (from == to || !telar_data_has (trace->writer, arrow->from_ns)
          || !telar_data_has (trace->writer, arrow->to_ns))
        continue;
      begin_event (trace, "s", "arrow", kinds[arrow->kind]);
      g_string_append_printf (json, ", \"id\": %u", i + 1);
      put_time (json, "ts", within (from, arrow->from_ns));
      put_place (json, timeline, from);
      g_string_append_c (json, '}');
      begin_event (trace, "f", "arrow", kinds[arrow->kind]);
      g_string_append_printf (json, ", \"bp\": \"e\", \"id\": %u", i + 1);
      put_time (json, "ts", MAX (arrow->to_ns, arrow->from_ns));
      put_place (json, timeline, to);
      g_string_append_c (json, '}');
      if (!telar_data_next (trace->writer))
        return;
    }
}

/* Of a task on its track; else across all of them. */
static void
put_bookmarks (Trace *trace)
{
  g_autoptr (GPtrArray) list = telar_bookmarks_list (trace->timeline->bookmarks);
  GString *json = trace->writer->text;

  for (guint i = 0; i < list->len; i++)
    {
      const TelarBookmark *one = list->pdata[i];

      if (!telar_data_has (trace->writer, one->ns))
        continue;
      begin_event (trace, "i", "bookmark", one->text);
      put_time (json, "ts", one->ns);
      if (one->task == TELAR_NO_TASK)
        g_string_append (json, ", \"pid\": 1, \"tid\": 1, \"s\": \"g\"}");
      else
        {
          put_place (json, trace->timeline, telar_timeline_task (trace->timeline, one->task));
          g_string_append (json, ", \"s\": \"t\"}");
        }
      if (!telar_data_next (trace->writer))
        return;
    }
}

static void
put_level (Trace *trace, const TelarObjectLane *object, gint64 ns, gint64 level)
{
  GString *json = trace->writer->text;

  begin_event (trace, "C", "object", object->id);
  put_time (json, "ts", ns);
  g_string_append_printf (json, ", \"pid\": 1, \"args\": {\"level\": %" G_GINT64_FORMAT "}}",
                          level);
}

static void
put_levels (Trace *trace)
{
  for (guint i = 0; i < trace->timeline->objects->len; i++)
    {
      const TelarObjectLane *object = g_ptr_array_index (trace->timeline->objects, i);

      if (trace->writer->begin > 0 && object->levels->len > 0)
        put_level (trace, object, trace->writer->begin,
                   telar_object_level (object, trace->writer->begin));
      for (guint k = 0; k < object->levels->len; k++)
        {
          const TelarLevel *level = &g_array_index (object->levels, TelarLevel, k);

          if (!telar_data_has (trace->writer, level->ns))
            continue;
          put_level (trace, object, level->ns, level->level);
          if (!telar_data_next (trace->writer))
            return;
        }
    }
}

void
telar_data_trace (TelarDataWriter *writer, const TelarTimeline *timeline, const char *name)
{
  static const char *const sources[] = { "off", "exact", "sampled" };
  Trace                    trace = { writer, timeline };
  GString                 *json = writer->text;

  g_string_append_printf (json, "{\"displayTimeUnit\": \"ns\",\n\"otherData\": {\"program\": "
                                "\"Telar " TELAR_VERSION "\", \"source\": \"%s\", "
                                "\"period-ns\": %" G_GINT64_FORMAT ", \"name\": ",
                          sources[timeline->begun.source], (gint64) timeline->begun.period_ns);
  put_text (json, name != NULL ? name : "");
  g_string_append (json, "},\n\"traceEvents\": [\n{\"ph\": \"M\", \"name\": \"trace_begin\", "
                         "\"pid\": 1, \"tid\": 1, \"args\": {}}");
  put_names (&trace);
  put_cores (&trace);
  for (guint i = 0; writer->error == NULL && i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);

      /* A call's slices and waits are its caller's. */
      if (lane->kind != TELAR_KIND_CALL)
        {
          put_task_slices (&trace, lane);
          put_waits (&trace, lane);
        }
      put_life (&trace, lane);
      put_spans (&trace, lane);
    }
  if (writer->error == NULL)
    put_arrows (&trace);
  if (writer->error == NULL)
    put_levels (&trace);
  if (writer->error == NULL)
    put_bookmarks (&trace);
  g_string_append (json, "\n]}\n");
}
