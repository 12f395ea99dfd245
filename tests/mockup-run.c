/* mockup-run.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The run that the mockup of the window shows, record by record.
 */

#include "synthetic-run.h"

#include <string.h>

#include "made-plan.h"

enum { MAIN, P1, P2, T1, T2, P3, DONE, N_TASKS };

static const TelarMadeTask tasks[N_TASKS] = {
  { .id = "main", .kind = TELAR_KIND_PROCESS },
  { .id = "p1", .parent = "main", .kind = TELAR_KIND_PROCESS, .function = "square" },
  { .id = "p2", .parent = "main", .kind = TELAR_KIND_PROCESS, .function = "is_even" },
  { .id = "t1", .parent = "p2", .kind = TELAR_KIND_THREAD, .function = "primes" },
  { .id = "t2", .parent = "p2", .kind = TELAR_KIND_THREAD, .function = "primes" },
  { .id = "p3", .parent = "main", .kind = TELAR_KIND_PROCESS, .function = "matrix_multiply",
    .after = "p1" },
  { .id = "done", .parent = "main", .kind = TELAR_KIND_CALL, .function = "print",
    .after = "p2 p3" },
};

static const gint32 tids[N_TASKS] = { 1000, 1001, 1002, 1003, 1004, 1005, 1000 };
static const gint32 pids[N_TASKS] = { 1000, 1001, 1002, 1002, 1002, 1005, 1000 };

/* Microseconds, which the mockup is drawn in. */
#define US(microseconds) (TELAR_MADE_ZERO + (microseconds) * G_GINT64_CONSTANT (1000))

typedef struct
{
  int             at;
  int             core;
  TelarSwitchKind kind;
  int             task;
} Switch;

/* Of a fork: the child; its parent is the plan's. */
static const Switch switches[] = {
  { 0, 0, TELAR_SWITCH_IN, MAIN },
  { 1150, 0, TELAR_SWITCH_FORK, P1 },
  { 1200, 1, TELAR_SWITCH_IN, P1 },
  { 1950, 0, TELAR_SWITCH_FORK, P2 },
  { 2200, 0, TELAR_SWITCH_OUT, MAIN },
  { 2200, 0, TELAR_SWITCH_IN, P2 },
  { 4100, 0, TELAR_SWITCH_FORK, T1 },
  { 5100, 0, TELAR_SWITCH_FORK, T2 },
  { 14000, 0, TELAR_SWITCH_OUT, P2 },
  { 14000, 0, TELAR_SWITCH_IN, T1 },
  { 34000, 0, TELAR_SWITCH_PREEMPTED, T1 },
  { 34000, 0, TELAR_SWITCH_IN, T2 },
  { 38100, 1, TELAR_SWITCH_EXIT, P1 },
  { 38200, 1, TELAR_SWITCH_IN, MAIN },
  { 39450, 1, TELAR_SWITCH_FORK, P3 },
  { 39600, 1, TELAR_SWITCH_OUT, MAIN },
  { 39600, 1, TELAR_SWITCH_IN, T1 },
  { 60000, 0, TELAR_SWITCH_OUT, T2 },
  { 66000, 1, TELAR_SWITCH_PREEMPTED, T1 },
  { 66000, 0, TELAR_SWITCH_IN, T1 },
  { 66000, 1, TELAR_SWITCH_IN, P3 },
  { 90050, 0, TELAR_SWITCH_EXIT, T1 },
  { 90200, 0, TELAR_SWITCH_IN, T2 },
  { 95050, 0, TELAR_SWITCH_EXIT, T2 },
  { 95200, 0, TELAR_SWITCH_IN, P2 },
  { 95600, 0, TELAR_SWITCH_EXIT, P2 },
  { 95800, 0, TELAR_SWITCH_IN, MAIN },
  { 96000, 0, TELAR_SWITCH_OUT, MAIN },
  { 110100, 1, TELAR_SWITCH_EXIT, P3 },
  { 110200, 0, TELAR_SWITCH_IN, MAIN },
  { 110800, 0, TELAR_SWITCH_EXIT, MAIN },
};

typedef struct
{
  int            at;
  int            writer;
  TelarEventKind kind;
  int            task;
  gint64         value;
  guint          detail;
  int            core;
  int            cpu;
} Event;

static const Event events[] = {
  { 20, MAIN, TELAR_EVENT_RUN, MAIN, 0, 0, 0, 20 },
  { 1000, MAIN, TELAR_EVENT_START, P1, 0, 0, 0, 0 },
  { 1300, P1, TELAR_EVENT_RUN, P1, 0, 0, 1, 100 },
  { 1310, P1, TELAR_EVENT_STEP_BEGIN, P1, 0, 0, 1, 110 },
  { 1350, MAIN, TELAR_EVENT_STARTED, P1, 1001, 0, 0, 0 },
  { 1800, MAIN, TELAR_EVENT_START, P2, 0, 0, 0, 0 },
  { 2100, MAIN, TELAR_EVENT_STARTED, P2, 1002, 0, 0, 0 },
  { 2190, MAIN, TELAR_EVENT_WAIT_BEGIN, MAIN, TELAR_NO_TASK, TELAR_CAUSE_JOIN, 0, 0 },
  { 2191, MAIN, TELAR_EVENT_WAIT_ON, MAIN, P1, 0, 0, 0 },
  { 2192, MAIN, TELAR_EVENT_WAIT_ON, MAIN, P2, 0, 0, 0 },
  { 2300, P2, TELAR_EVENT_RUN, P2, 0, 0, 0, 100 },
  { 4000, P2, TELAR_EVENT_START, T1, 0, 0, 0, 0 },
  { 4200, P2, TELAR_EVENT_STARTED, T1, 0, 0, 0, 0 },
  { 5000, P2, TELAR_EVENT_START, T2, 0, 0, 0, 0 },
  { 5200, P2, TELAR_EVENT_STARTED, T2, 0, 0, 0, 0 },
  { 5300, P2, TELAR_EVENT_STEP_BEGIN, P2, 1, 0, 0, 3100 },
  { 13900, P2, TELAR_EVENT_STEP_END, P2, 0, TELAR_RESULT_NONE, 0, 11700 },
  { 13990, P2, TELAR_EVENT_WAIT_BEGIN, P2, TELAR_NO_TASK, TELAR_CAUSE_JOIN, 0, 0 },
  { 13991, P2, TELAR_EVENT_WAIT_ON, P2, T1, 0, 0, 0 },
  { 13992, P2, TELAR_EVENT_WAIT_ON, P2, T2, 0, 0, 0 },
  { 14050, T1, TELAR_EVENT_RUN, T1, 0, 0, 0, 50 },
  { 14060, T1, TELAR_EVENT_STEP_BEGIN, T1, 2, 0, 0, 60 },
  { 34050, T2, TELAR_EVENT_RUN, T2, 0, 0, 0, 50 },
  { 34060, T2, TELAR_EVENT_STEP_BEGIN, T2, 3, 0, 0, 60 },
  { 37900, P1, TELAR_EVENT_STEP_END, P1, 0, TELAR_RESULT_NONE, 1, 36700 },
  { 38000, P1, TELAR_EVENT_END, P1, 0, 0, 1, 36800 },
  { 38300, MAIN, TELAR_EVENT_WAIT_END, MAIN, 0, 0, 0, 0 },
  { 38900, MAIN, TELAR_EVENT_JOIN, P1, 0, 0, 0, 0 },
  { 39300, MAIN, TELAR_EVENT_START, P3, 0, 0, 0, 0 },
  { 39500, MAIN, TELAR_EVENT_STARTED, P3, 1005, 0, 0, 0 },
  { 39590, MAIN, TELAR_EVENT_WAIT_BEGIN, MAIN, TELAR_NO_TASK, TELAR_CAUSE_JOIN, 0, 0 },
  { 39591, MAIN, TELAR_EVENT_WAIT_ON, MAIN, P2, 0, 0, 0 },
  { 39592, MAIN, TELAR_EVENT_WAIT_ON, MAIN, P3, 0, 0, 0 },
  { 59990, T2, TELAR_EVENT_WAIT_BEGIN, T2, US (90000), TELAR_CAUSE_SLEEP, 0, 0 },
  { 66100, P3, TELAR_EVENT_RUN, P3, 0, 0, 1, 100 },
  { 66110, P3, TELAR_EVENT_STEP_BEGIN, P3, 4, 0, 1, 110 },
  { 89900, T1, TELAR_EVENT_STEP_END, T1, 78498, TELAR_RESULT_INTEGER, 0, 70300 },
  { 90000, T1, TELAR_EVENT_END, T1, 0, 0, 0, 70400 },
  { 90250, T2, TELAR_EVENT_WAIT_END, T2, 0, 0, 0, 0 },
  { 94900, T2, TELAR_EVENT_STEP_END, T2, 78498, TELAR_RESULT_INTEGER, 0, 30700 },
  { 95000, T2, TELAR_EVENT_END, T2, 0, 0, 0, 30800 },
  { 95300, P2, TELAR_EVENT_WAIT_END, P2, 0, 0, 0, 0 },
  { 95350, P2, TELAR_EVENT_JOIN, T1, 0, 0, 0, 0 },
  { 95400, P2, TELAR_EVENT_JOIN, T2, 0, 0, 0, 0 },
  { 95500, P2, TELAR_EVENT_END, P2, 0, 0, 0, 12100 },
  { 95820, MAIN, TELAR_EVENT_WAIT_END, MAIN, 0, 0, 0, 0 },
  { 95850, MAIN, TELAR_EVENT_JOIN, P2, 0, 0, 0, 0 },
  { 95990, MAIN, TELAR_EVENT_WAIT_BEGIN, MAIN, P3, TELAR_CAUSE_JOIN, 0, 0 },
  { 109900, P3, TELAR_EVENT_STEP_END, P3, 0, TELAR_RESULT_NONE, 1, 43900 },
  { 110000, P3, TELAR_EVENT_END, P3, 0, 0, 1, 44000 },
  { 110250, MAIN, TELAR_EVENT_WAIT_END, MAIN, 0, 0, 0, 0 },
  { 110300, MAIN, TELAR_EVENT_JOIN, P3, 0, 0, 0, 0 },
  { 110350, MAIN, TELAR_EVENT_START, DONE, 0, 0, 0, 0 },
  { 110400, DONE, TELAR_EVENT_RUN, DONE, 0, 0, 0, 4000 },
  { 110420, DONE, TELAR_EVENT_STEP_BEGIN, DONE, 5, 0, 0, 4020 },
  { 110580, DONE, TELAR_EVENT_STEP_END, DONE, 0, TELAR_RESULT_NONE, 0, 4180 },
  { 110600, DONE, TELAR_EVENT_END, DONE, 0, 0, 0, 4200 },
  { 110620, MAIN, TELAR_EVENT_JOIN, DONE, 0, 0, 0, 0 },
  { 110700, MAIN, TELAR_EVENT_END, MAIN, 0, 0, 0, 4300 },
};

static const struct
{
  int         at;
  int         task;
  TelarStream stream;
  const char *text;
} lines[] = {
  { 2000, P1, TELAR_STREAM_OUT, "43 squared is 1849" },
  { 8000, P1, TELAR_STREAM_OUT, "50 squared is 2500" },
  { 9500, P2, TELAR_STREAM_OUT, "50 is an even number" },
  { 14000, P1, TELAR_STREAM_OUT, "5 squared is 25" },
  { 20000, P1, TELAR_STREAM_OUT, "98 squared is 9604" },
  { 110500, DONE, TELAR_STREAM_OUT, "Done" },
};

static void
add_switches (TelarTimeline *timeline, int from, int to)
{
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      int task = switches[i].task;
      guint32 parent = telar_timeline_task (timeline, (guint32) task)->parent;
      TelarSwitch sw = {
        .ns = US (switches[i].at),
        .pid = pids[task],
        .tid = tids[task],
        .core = (uint16_t) switches[i].core,
        .kind = (uint16_t) switches[i].kind,
      };

      if (sw.kind == TELAR_SWITCH_FORK)
        {
          sw.by_pid = pids[parent];
          sw.by = tids[parent];
        }
      if (switches[i].at >= from && switches[i].at < to)
        telar_timeline_add_switches (timeline, &sw, 1);
    }
}

static void
add_events (TelarTimeline *timeline, int from, int to)
{
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      const Event *made = &events[i];
      TelarEvent event = {
        .ns = US (made->at),
        .value = made->kind == TELAR_EVENT_RUN
                   ? ((gint64) pids[made->task] << 32) | tids[made->task]
                   : made->value,
        .cpu_ns = made->cpu * G_GINT64_CONSTANT (1000),
        .task = (uint32_t) made->task,
        .writer = (uint32_t) made->writer,
        .kind = (uint16_t) made->kind,
        .core = (uint16_t) made->core,
        .detail = made->detail,
      };

      if (made->at >= from && made->at < to)
        telar_timeline_add_events (timeline, &event, 1);
    }
}

/* Every 2 ms: what the run left over was partly used by others, around 62 ms
 * on core 0 most of it. */
static void
add_loads (TelarTimeline *timeline, int from, int to)
{
  for (int at = from + 2000; at <= to; at += 2000)
    for (guint core = 0; core < 2; core++)
      {
        TelarLoad load = {
          .ns = US (at) - 1,
          .interval = 2000000,
          .core = (uint16_t) core,
          .busy = at > 60000 && at <= 66000 && core == 0 ? (at == 62000 || at == 64000 ? 900 : 150)
                                                         : 1000,
        };

        telar_timeline_add_loads (timeline, &load, 1);
      }
}

static void
add_lines (TelarTimeline *timeline, int from, int to)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      TelarLine line = {
        .ns = US (lines[i].at),
        .task = (uint32_t) lines[i].task,
        .stream = (uint16_t) lines[i].stream,
        .about = TELAR_NO_TASK,
      };

      if (lines[i].at >= from && lines[i].at < to)
        telar_timeline_add_line (timeline, &line, lines[i].text, strlen (lines[i].text));
    }
}

static void
feed_until (TelarTimeline *timeline, int from, int to)
{
  TelarNow now = { .ns = US (to) };

  add_switches (timeline, from, to);
  add_events (timeline, from, to);
  add_loads (timeline, from, to);
  add_lines (timeline, from, to);
  telar_timeline_advance (timeline, &now);
}

TelarTimeline *
telar_mockup_run_new (gboolean finished)
{
  static const int numbers[] = { 0, 1 };
  g_autoptr (GArray) cores = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GBytes) plan = telar_made_plan (tasks, N_TASKS, FALSE);
  TelarTimeline *timeline;
  TelarBegun begun;
  TelarEnded ended = { .ns = US (111000) };

  g_array_append_vals (cores, numbers, G_N_ELEMENTS (numbers));
  timeline = telar_timeline_new (plan, cores);
  telar_made_begun (&begun, TELAR_SOURCE_EXACT, 2);
  telar_timeline_begin (timeline, &begun);
  feed_until (timeline, 0, 84000);
  if (finished)
    {
      feed_until (timeline, 84000, 111000);
      telar_timeline_finish (timeline, &ended);
    }
  return timeline;
}
