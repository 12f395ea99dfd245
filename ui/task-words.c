/* task-words.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "task-words.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

const char *
telar_kind_words (TelarKind kind,
                  gboolean  is_main)
{
  if (is_main)
    return _("the main process");

  switch (kind)
    {
    case TELAR_KIND_PROCESS:
      return _("process");
    case TELAR_KIND_THREAD:
      return _("thread");
    case TELAR_KIND_CALL:
      return _("plain call");
    }

  return "";
}

char *
telar_task_words (const TelarTimeline *timeline,
                  const TelarTaskLane *task)
{
  gboolean            well = task->exit == 0 && task->state != TELAR_STATE_STOPPED;
  g_autoptr (GString) text = g_string_new (task->title);
  gint64              on_core = task->cpu_ns >= 0 ? task->cpu_ns : task->on_core_ns;

  g_string_append_printf (text, ": %s", telar_kind_words ((TelarKind) task->kind, task->number == TELAR_MAIN));

  if (task->state == TELAR_STATE_JOINED)
    g_string_append_printf (text, ", %s", _("joined"));
  else if (well)
    g_string_append_printf (text, ", %s", _("ended"));
  if (well)
    {
      g_string_append (text, ", ");
      g_string_append_printf (text, _("exit %d"), task->exit);
    }
  else
    {
      g_autofree char *state = telar_task_describe_state (timeline, task);

      g_string_append_printf (text, ", %s", state);
    }
  if (on_core > 0)
    {
      g_autofree char *time = telar_time_format (on_core);

      g_string_append (text, ", ");
      g_string_append_printf (text, _("%s on a core"), time);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
has_failed (const TelarTaskLane *task)
{
  if (task->state == TELAR_STATE_COULD_NOT_START)
    return TRUE;

  return task->exit != TELAR_NO_EXIT && task->exit != 0
         && !task->signalled && task->state != TELAR_STATE_STOPPED;
}

/* The first that did not end well by name, the others by number. */
static void
append_failures (GString             *text,
                 const TelarTimeline *timeline)
{
  const TelarTaskLane *first = NULL;
  guint                others = 0;

  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *task = g_ptr_array_index (timeline->tasks, i);

      if (!has_failed (task))
        continue;
      if (first)
        others++;
      else
        first = task;
    }

  if (first)
    {
      g_autofree char *state = telar_task_describe_state (timeline, first);

      g_string_append_printf (text, " · %s: %s", first->id, state);
    }
  if (others > 0)
    {
      g_string_append (text, ", ");
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "and %u other task failed",
                                                 "and %u other tasks failed", others),
                              others);
    }
}

static void
append_lost (GString             *text,
             const TelarTimeline *timeline)
{
  gint64 lost = telar_timeline_lost_updates (timeline);

  if (lost > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%" PRIi64 " increment lost",
                                                 "%" PRIi64 " increments lost", (gulong) lost),
                              lost);
    }
}

char *
telar_deadlock_words (const TelarTimeline *timeline)
{
  const TelarDeadlock *deadlock = timeline ? telar_timeline_deadlock (timeline) : NULL;
  g_autofree char     *words = NULL;

  if (deadlock == NULL)
    return NULL;

  words = telar_deadlocks_describe (timeline);
  if (deadlock->passes)
    return g_strdup_printf (_("%s. A timeout, or a task that ends one of them, may let the run go on."), words);

  return g_strdup_printf (_("%s. None of them can ever go on."), words);
}

char *
telar_run_words (const TelarTimeline *timeline,
                 gboolean             broken_off)
{
  g_autofree char    *wall = telar_time_format (timeline->wall);
  g_autoptr (GString) text = g_string_new (NULL);
  gint64              starting, working;

  switch (timeline->finished && !broken_off ? (int) timeline->end.reason : -1)
    {
    case TELAR_ENDED_BY_ITSELF:
      g_string_append_printf (text, _("Ended after %s"), wall);
      break;
    case TELAR_ENDED_STOPPED:
      g_string_append_printf (text, _("Stopped after %s"), wall);
      break;
    case TELAR_ENDED_DEADLOCK:
      g_string_append_printf (text, _("Deadlocked after %s"), wall);
      break;
    case TELAR_ENDED_TIMEOUT:
      g_string_append_printf (text, _("Out of time after %s"), wall);
      break;
    default:
      g_string_append_printf (text, _("Broken off after %s"), wall);
      break;
    }

  append_failures (text, timeline);
  append_lost (text, timeline);
  if (telar_timeline_was_starting (timeline, &starting, &working))
    g_string_append_printf (text, " · %s", _("starting took longer than the work"));
  if (timeline->lost_records > 0 || timeline->lost_events > 0)
    {
      guint64 lost = timeline->lost_records + timeline->lost_events;

      g_string_append (text, " · ");
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%" PRIu64 " record lost",
                                                 "%" PRIu64 " records lost", (gulong) lost),
                              lost);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
