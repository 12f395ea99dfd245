/* fake-call.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Stands in for the engine's task runner (core/engine/call.c), so that the
 * functions of the catalogue can be tested alone: arguments come from the
 * test, output and control of other tasks are written down instead of done.
 * What the engine makes of them is tested where a run is real.
 */

#pragma once

#include <glib.h>

#include "catalogue/call.h"

typedef struct
{
  gint64         integer; /* also durations, in ns, and signals */
  const char    *text;
  const gint64  *integers;
  const guint32 *tasks;
  gsize          n;
} FakeValue;

#define FAKE_INTEGER(value) ((FakeValue){ .integer = (value) })
#define FAKE_TEXT(value)    ((FakeValue){ .text = (value) })
#define FAKE_INTEGERS(...)                                   \
  ((FakeValue){ .integers = (const gint64[]){ __VA_ARGS__ }, \
                .n = sizeof ((const gint64[]){ __VA_ARGS__ }) / sizeof (gint64) })
#define FAKE_TASKS(...)                                    \
  ((FakeValue){ .tasks = (const guint32[]){ __VA_ARGS__ }, \
                .n = sizeof ((const guint32[]){ __VA_ARGS__ }) / sizeof (guint32) })

#define FAKE_MAX_VALUES 8

struct _TelarCall
{
  /* Set by the test. */
  FakeValue  values[FAKE_MAX_VALUES];
  guint      n_values;
  gboolean   ended[8];   /* by task: whether a join with a timeout finds it ended */
  TelarError refusal;    /* what control of task 7 gives */
  gboolean   is_main;    /* has no parent process */

  /* Written down. */
  GString   *out;
  GString   *err;
  GString   *log;        /* "start 1; join 2 limit; signal 3 15; wait sleep; program; " */
  gint64     until_ns;   /* of the last wait */
  gint64     program_cpu_ns;
  int        program_pid;
};

TelarCall *fake_call_new  (guint n_values, const FakeValue *values);
void       fake_call_free (TelarCall *call);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarCall, fake_call_free)

/* Runs a function with the values; output is in @call afterwards. */
TelarResult fake_call_run (TelarCall *call, const char *function);

#define FAKE_CALL(...)                                                   \
  fake_call_new (sizeof ((FakeValue[]){ __VA_ARGS__ }) / sizeof (FakeValue), \
                 (FakeValue[]){ __VA_ARGS__ })
