/* write-paje.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <inttypes.h>

#include "traces.h"

/* The numbers of events, as this file defines them. */
enum
{
  DEFINE_CONTAINER,
  DEFINE_STATE,
  DEFINE_VALUE,
  CREATE,
  DESTROY,
  SET
};

static const char definitions[]
  = "%%EventDef PajeDefineContainerType 0\n%% Alias string\n%% ContainerType string\n"
    "%% Name string\n%%EndEventDef\n"
    "%%EventDef PajeDefineStateType 1\n%% Alias string\n%% ContainerType string\n"
    "%% Name string\n%%EndEventDef\n"
    "%%EventDef PajeDefineEntityValue 2\n%% Alias string\n%% EntityType string\n"
    "%% Name string\n%% Color color\n%%EndEventDef\n"
    "%%EventDef PajeCreateContainer 3\n%% Time date\n%% Alias string\n%% Type string\n"
    "%% Container string\n%% Name string\n%%EndEventDef\n"
    "%%EventDef PajeDestroyContainer 4\n%% Time date\n%% Name string\n%% Type string\n"
    "%%EndEventDef\n"
    "%%EventDef PajeSetState 5\n%% Time date\n%% Type string\n%% Container string\n"
    "%% Value string\n%%EndEventDef\n";

static void
set_state (FILE *file, gint64 ns, guint core, const char *value)
{
  fprintf (file, "%d %" PRId64 ".%09" PRId64 " S C%u %s\n", SET, ns / 1000000000, ns % 1000000000,
           core, value);
}

void
write_paje (FILE *file, const TelarTimeline *timeline)
{
  g_autofree gint64 *ends = g_new0 (gint64, timeline->cores->len);
  TelarSlice slice;
  Merge merge;
  guint core;

  fprintf (file, definitions);
  fprintf (file, "%d M 0 Machine\n%d K M Core\n%d S K State\n", DEFINE_CONTAINER,
           DEFINE_CONTAINER, DEFINE_STATE);
  fprintf (file, "%d idle S Idle \"1.0 1.0 1.0\"\n", DEFINE_VALUE);
  for (guint i = 0; i < timeline->tasks->len; i++)
    fprintf (file, "%d t%u S %s \"0.%u 0.%u 0.%u\"\n", DEFINE_VALUE, i,
             ((TelarTaskLane *) timeline->tasks->pdata[i])->id, i % 9, i / 9 % 9, i / 3 % 9);
  fprintf (file, "%d 0.0 m M 0 Machine\n", CREATE);
  for (guint i = 0; i < timeline->cores->len; i++)
    fprintf (file, "%d 0.0 C%u K m Core%u\n", CREATE, i, i);

  /* An end is told when the core's next slice comes, or it would be out of order. */
  merge_init (&merge, timeline);
  while (merge_next (&merge, &slice, &core))
    {
      char value[16];

      for (guint i = 0; i < timeline->cores->len; i++)
        if (ends[i] > 0 && (i == core ? ends[i] < slice.begin : ends[i] <= slice.begin))
          {
            set_state (file, ends[i], i, "idle");
            ends[i] = 0;
          }
      g_snprintf (value, sizeof value, "t%u", slice.task);
      set_state (file, slice.begin, core, value);
      ends[core] = slice.end;
    }
  merge_clear (&merge);

  for (guint i = 0; i < timeline->cores->len; i++)
    fprintf (file, "%d %" PRId64 ".%09" PRId64 " C%u K\n", DESTROY, timeline->wall / 1000000000,
             timeline->wall % 1000000000, i);
  fprintf (file, "%d %" PRId64 ".%09" PRId64 " m M\n", DESTROY, timeline->wall / 1000000000,
           timeline->wall % 1000000000);
}
