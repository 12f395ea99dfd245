/* graph-state.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "paint/graph-private.h"
#include "paint/paint-private.h"

const char *
telar_graph_kind_name (TelarKind kind)
{
  switch (kind)
    {
    case TELAR_KIND_PROCESS:
      return _("process");
    case TELAR_KIND_THREAD:
      return _("thread");
    case TELAR_KIND_CALL:
    default:
      return _("plain call");
    }
}

/* What runs or is waited for at this moment has no end but `now`. */
static const TelarSlice *
open_slice (const TelarTimeline *timeline, const TelarTaskLane *task)
{
  const TelarSlice *last;

  if (timeline->finished || task->slices->len == 0)
    return NULL;
  last = telar_slices_last (task->slices);
  return last->end >= timeline->now ? last : NULL;
}

const TelarWait *
telar_graph_open_wait (const TelarTimeline *timeline, const TelarTaskLane *task)
{
  const TelarWait *last;

  if (timeline->finished || task->waits->len == 0)
    return NULL;
  last = telar_waits_last (task->waits);
  return last->end >= timeline->now ? last : NULL;
}

/* "not yet: after p2, p3": those that are still to be joined. */
static char *
describe_not_yet (const TelarTimeline *timeline, const TelarTaskLane *task)
{
  const TelarPlanTask *planned = telar_plan_task (timeline->plan, task->number);
  g_autoptr (GString) missing = g_string_new (NULL);
  guint n = 0;

  for (guint32 i = 0; i < planned->n_after; i++)
    {
      guint32 number = telar_plan_links (timeline->plan, planned->first_after)[i];
      const TelarTaskLane *other = telar_timeline_task (timeline, number);

      if (other == NULL || other->state == TELAR_STATE_JOINED)
        continue;
      if (++n > 3)
        {
          g_string_append (missing, "…");
          break;
        }
      g_string_append_printf (missing, "%s%s", n > 1 ? ", " : "", other->id);
    }
  if (n == 0)
    return g_strdup (task->due != TELAR_NO_TIME ? _("due: parent busy") : _("not yet"));
  return g_strdup_printf (_("not yet: after %s"), missing->str);
}

static char *
describe_running (const TelarTimeline *timeline, const TelarTaskLane *task, TelarMood *mood)
{
  const TelarSlice *slice = open_slice (timeline, task);
  const TelarWait *wait = telar_graph_open_wait (timeline, task);

  if (slice != NULL)
    {
      *mood = TELAR_MOOD_ON_CORE;
      return g_strdup_printf (_("on core %d"), slice->core);
    }
  if (wait != NULL && telar_deadlock_of (timeline, task->number, wait->begin, wait->end) != NULL)
    {
      g_autofree char *what = telar_wait_label (timeline, wait);

      *mood = TELAR_MOOD_FAILED;
      return g_strdup_printf (_("deadlock, %s"), what);
    }
  if (wait != NULL)
    return telar_wait_label (timeline, wait);
  return telar_task_describe_state (timeline, task);
}

static char *
describe_one (const TelarTimeline *timeline, const TelarTaskLane *task, TelarMood *mood)
{
  gint64 cpu = task->cpu_ns >= 0 ? task->cpu_ns : task->on_core_ns;

  if (telar_task_failed (task))
    {
      *mood = TELAR_MOOD_FAILED;
      return telar_task_describe_state (timeline, task);
    }
  switch ((TelarState) task->state)
    {
    case TELAR_STATE_NOT_STARTED:
      if (task->reason != 0 || timeline->finished)
        return telar_task_describe_state (timeline, task);
      return describe_not_yet (timeline, task);
    case TELAR_STATE_RUNNING:
      return describe_running (timeline, task, mood);
    case TELAR_STATE_ENDED:
      if (task->number == TELAR_MAIN)
        return telar_task_describe_state (timeline, task);
      return g_strdup (_("ended, not joined"));
    case TELAR_STATE_JOINED:
      if (task->exit == 0 && cpu > 0)
        {
          g_autofree char *took = telar_time_format (cpu);

          return g_strdup_printf (_("joined · %s on a core"), took);
        }
      return telar_task_describe_state (timeline, task);
    case TELAR_STATE_STOPPED:
    case TELAR_STATE_COULD_NOT_START:
    default:
      return telar_task_describe_state (timeline, task);
    }
}

/* How many copies are in which state. */
static char *
describe_copies (const TelarTimeline *timeline, guint32 first, guint32 n, TelarMood *mood)
{
  enum { NOT_YET, ON_CORE, WAIT, ENDED, JOINED, FAILED, N };
  const char *const names[N] = { N_("%u not yet"), N_("%u on a core"), N_("%u waiting"),
                                 N_("%u ended"), N_("%u joined"), N_("%u failed") };
  guint counts[N] = { 0 };
  GString *text = g_string_new (NULL);

  for (guint32 i = first; i < first + n; i++)
    {
      const TelarTaskLane *task = telar_timeline_task (timeline, i);

      if (task == NULL)
        break;
      if (telar_task_failed (task))
        counts[FAILED]++;
      else if (task->state == TELAR_STATE_NOT_STARTED)
        counts[NOT_YET]++;
      else if (task->state == TELAR_STATE_RUNNING)
        counts[open_slice (timeline, task) != NULL ? ON_CORE : WAIT]++;
      else if (task->state == TELAR_STATE_JOINED)
        counts[JOINED]++;
      else
        counts[ENDED]++;
    }
  *mood = counts[FAILED] > 0 ? TELAR_MOOD_FAILED
          : counts[ON_CORE] > 0 ? TELAR_MOOD_ON_CORE : TELAR_MOOD_QUIET;
  for (guint i = N; i-- > 0;)
    if (counts[i] > 0)
      {
        if (text->len > 0)
          g_string_append (text, " · ");
        g_string_append_printf (text, _(names[i]), counts[i]);
      }
  return g_string_free (text, FALSE);
}

char *
telar_graph_state (const TelarTimeline *timeline, guint32 first, guint32 n, TelarMood *mood)
{
  const TelarTaskLane *task;

  *mood = TELAR_MOOD_QUIET;
  if (n == 0 || telar_timeline_is_empty (timeline))
    return g_strdup ("");
  task = telar_timeline_task (timeline, first);
  if (task == NULL)
    return g_strdup ("");
  return n > 1 ? describe_copies (timeline, first, n, mood) : describe_one (timeline, task, mood);
}
