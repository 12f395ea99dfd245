/* write-perf.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A perf.data as "perf timechart record" leaves it, with nothing but the switches:
 *
 *   header | attribute | records | where the next two are | tracing data | cores
 *
 * The tracing data tells what the bytes of a sched:sched_switch mean.
 */

#include "config.h"

#include <linux/perf_event.h>
#include <string.h>

#include "traces.h"

#define TYPE         314        /* of sched_switch, in this file */
#define TRACING_DATA 1          /* numbers of features */
#define CORES        7
#define ZERO         1000000000 /* ns: perf takes 0 for no time */
#define PRIORITY     120

typedef struct
{
  guint64 offset, size;
} Section;

typedef struct
{
  char    magic[8];
  guint64 size, attr_size;
  Section attrs, data, event_types;
  guint64 features[4];
} Header;

typedef struct
{
  struct perf_event_attr attr;
  Section                ids;
} Attribute;

typedef struct
{
  struct perf_event_header header;
  guint32 pid, tid;
  char    comm[16];
} Name;

typedef struct
{
  struct perf_event_header header;
  guint32 pid, tid;
  guint64 time;
  guint32 cpu, unused;
  guint32 raw_size;
  /* as the format below says */
  guint16 type;
  guint8  flags, preempt_count;
  gint32  common_pid;
  char    prev_comm[16];
  gint32  prev_pid, prev_prio;
  gint32  prev_state[2];
  char    next_comm[16];
  gint32  next_pid, next_prio;
  guint32 padding;
} __attribute__ ((packed)) Switch;

static const char format[]
  = "name: sched_switch\nID: 314\nformat:\n"
    "\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;\n"
    "\tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;\n"
    "\tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;\n"
    "\tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;\n\n"
    "\tfield:char prev_comm[16];\toffset:8;\tsize:16;\tsigned:0;\n"
    "\tfield:pid_t prev_pid;\toffset:24;\tsize:4;\tsigned:1;\n"
    "\tfield:int prev_prio;\toffset:28;\tsize:4;\tsigned:1;\n"
    "\tfield:long prev_state;\toffset:32;\tsize:8;\tsigned:1;\n"
    "\tfield:char next_comm[16];\toffset:40;\tsize:16;\tsigned:0;\n"
    "\tfield:pid_t next_pid;\toffset:56;\tsize:4;\tsigned:1;\n"
    "\tfield:int next_prio;\toffset:60;\tsize:4;\tsigned:1;\n\n"
    "print fmt: \"%d ==> %d\", REC->prev_pid, REC->next_pid\n";

/* How the kernel's own ring would be laid out; perf insists on a text. */
static const char page[]
  = "\tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;\n"
    "\tfield: local_t commit;\toffset:8;\tsize:8;\tsigned:1;\n"
    "\tfield: int overwrite;\toffset:8;\tsize:1;\tsigned:1;\n"
    "\tfield: char data;\toffset:16;\tsize:4080;\tsigned:0;\n";
static const char event[] = "\ttype_len : 5 bits\n";

static void
put (FILE *file, gconstpointer bytes, gsize size)
{
  fwrite (bytes, 1, size, file);
}

static void
put_32 (FILE *file, guint32 number)
{
  put (file, &number, sizeof number);
}

static void
put_64 (FILE *file, guint64 number)
{
  put (file, &number, sizeof number);
}

static void
put_text (FILE *file, const char *text)
{
  put (file, text, strlen (text) + 1);
}

/* With its size before it. */
static void
put_long_text (FILE *file, const char *text)
{
  put_64 (file, strlen (text));
  put (file, text, strlen (text));
}

static void
put_tracing_data (FILE *file)
{
  put (file, "\x17\x08\x44tracing", 10);
  put_text (file, "0.6");
  put (file, "\0\x08", 2); /* little-endian, longs of 8 bytes */
  put_32 (file, 4096);
  put_text (file, "header_page");
  put_long_text (file, page);
  put_text (file, "header_event");
  put_long_text (file, event);
  put_32 (file, 0); /* ftrace's own events */
  put_32 (file, 1);
  put_text (file, "sched");
  put_32 (file, 1);
  put_long_text (file, format);
  put_32 (file, 0); /* symbols, texts, command lines */
  put_32 (file, 0);
  put_64 (file, 0);
}

/* @task: (nullable): nobody. */
static void
name_task (const TelarTaskLane *task, char comm[16], gint32 *tid)
{
  memset (comm, 0, 16);
  g_strlcpy (comm, task != NULL ? task->id : "swapper", 16);
  *tid = task != NULL ? task->tid : 0;
}

static void
put_switch (FILE *file, const TelarTimeline *timeline, gint64 ns, guint core, guint32 from,
            guint32 to, gboolean preempted)
{
  const TelarTaskLane *prev = from != TELAR_NO_TASK ? timeline->tasks->pdata[from] : NULL;
  const TelarTaskLane *next = to != TELAR_NO_TASK ? timeline->tasks->pdata[to] : NULL;
  Switch record = {
    .header = { PERF_RECORD_SAMPLE, PERF_RECORD_MISC_KERNEL, sizeof (Switch) },
    .time = (guint64) ns + ZERO,
    .cpu = core,
    .raw_size = sizeof (Switch) - G_STRUCT_OFFSET (Switch, type),
    .type = TYPE,
    .prev_prio = PRIORITY,
    .next_prio = PRIORITY,
    .prev_state = { preempted ? 0 : 1, 0 },
  };
  gint32 tid;

  name_task (prev, record.prev_comm, &tid);
  record.prev_pid = record.common_pid = tid;
  record.pid = prev != NULL ? (guint32) prev->pid : 0;
  record.tid = (guint32) tid;
  name_task (next, record.next_comm, &tid);
  record.next_pid = tid;
  put (file, &record, sizeof record);
}

static void
put_records (FILE *file, const TelarTimeline *timeline)
{
  g_autofree TelarSlice *open = g_new0 (TelarSlice, timeline->cores->len);
  TelarSlice slice;
  Merge merge;
  guint core;

  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *task = timeline->tasks->pdata[i];
      Name name = { .header = { PERF_RECORD_COMM, 0, sizeof name } };
      gint32 tid;

      name_task (task, name.comm, &tid);
      name.pid = (guint32) task->pid;
      name.tid = (guint32) tid;
      put (file, &name, sizeof name);
    }
  merge_init (&merge, timeline);
  while (merge_next (&merge, &slice, &core))
    {
      guint32 from = TELAR_NO_TASK;
      gboolean preempted = FALSE;

      /* The core goes idle, or from one to the next. */
      for (guint i = 0; i < timeline->cores->len; i++)
        if (open[i].end > 0 && open[i].end <= slice.begin)
          {
            preempted = (open[i].flags & TELAR_SLICE_PREEMPTED) != 0;
            if (i == core && open[i].end == slice.begin)
              from = open[i].task;
            else
              put_switch (file, timeline, open[i].end, i, open[i].task, TELAR_NO_TASK, preempted);
            open[i].end = 0;
          }
      put_switch (file, timeline, slice.begin, core, from, slice.task, preempted);
      open[core] = slice;
    }
  merge_clear (&merge);
  for (guint i = 0; i < timeline->cores->len; i++)
    if (open[i].end > 0)
      put_switch (file, timeline, open[i].end, i, open[i].task, TELAR_NO_TASK, FALSE);
}

void
write_perf (FILE *file, const TelarTimeline *timeline)
{
  Header header = {
    .size = sizeof header,
    .attr_size = sizeof (Attribute),
    .attrs = { sizeof (Header), sizeof (Attribute) },
    .data = { .offset = sizeof (Header) + sizeof (Attribute) },
    .features = { 1 << TRACING_DATA | 1 << CORES },
  };
  Attribute attribute = {
    .attr = {
      .type = PERF_TYPE_TRACEPOINT,
      .size = sizeof (struct perf_event_attr),
      .config = TYPE,
      .sample_period = 1,
      .sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_TIME | PERF_SAMPLE_CPU | PERF_SAMPLE_RAW,
      .comm = 1,
    },
  };
  Section features[2] = { { 0, 0 }, { 0, 0 } }; /* in the order of their numbers */
  long end;

  memcpy (header.magic, "PERFILE2", 8);
  put (file, &header, sizeof header);
  put (file, &attribute, sizeof attribute);
  put_records (file, timeline);
  end = ftell (file);
  put (file, features, sizeof features);
  features[0].offset = (guint64) ftell (file);
  put_tracing_data (file);
  features[1].offset = (guint64) ftell (file);
  put_32 (file, timeline->cores->len); /* there, and running */
  put_32 (file, timeline->cores->len);
  features[0].size = features[1].offset - features[0].offset;
  features[1].size = (guint64) ftell (file) - features[1].offset;

  /* Now it is known how much there is. */
  fseek (file, end, SEEK_SET);
  put (file, features, sizeof features);
  header.data.size = (guint64) end - header.data.offset;
  rewind (file);
  put (file, &header, sizeof header);
}
