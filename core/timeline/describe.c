/* describe.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The timeline in words.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <signal.h>
#include <string.h>

#include "timeline/weave.h"

/* So many tasks are named in a sentence; the rest is understood. */
#define NAMED 4

typedef struct
{
  gint64      ns;
  const char *name;
} Unit;

static const Unit units[] = {
  { G_GINT64_CONSTANT (1000000000), N_("s") },
  { G_GINT64_CONSTANT (1000000), N_("ms") },
  { G_GINT64_CONSTANT (1000), N_("µs") },
  { 1, N_("ns") },
};

/* @value with as many decimals as three figures need, and no idle zeros. */
static char *
three_figures (double value)
{
  int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  g_autofree char *text = g_strdup_printf ("%.*f", decimals, value);

  if (decimals > 0)
    {
      gsize n = strlen (text);

      while (text[n - 1] == '0')
        n--;
      if (!g_ascii_isdigit (text[n - 1]))
        n--;
      text[n] = '\0';
    }
  return g_steal_pointer (&text);
}

char *
telar_time_format (gint64 ns)
{
  guint64 size = ns < 0 ? -(guint64) ns : (guint64) ns;
  guint unit = 0;
  double value;
  g_autofree char *number = NULL;

  if (ns == 0)
    return g_strdup_printf ("0 %s", _("s"));
  while (unit + 1 < G_N_ELEMENTS (units) && size < (guint64) units[unit].ns)
    unit++;
  value = (double) size / (double) units[unit].ns;
  /* 999.6 µs is 1 ms with three figures. */
  if (unit > 0 && value >= 999.5)
    value = (double) size / (double) units[--unit].ns;
  number = three_figures (value);
  return g_strdup_printf ("%s%s %s", ns < 0 ? "−" : "", number, _(units[unit].name));
}

/* Waits */

static char *
name_culprits (const TelarTimeline *timeline, const TelarWait *wait)
{
  GString *names = g_string_new (NULL);
  guint n = wait->n_culprits <= NAMED + 1 ? wait->n_culprits : NAMED;

  for (guint i = 0; i < n; i++)
    {
      guint32 task = g_array_index (timeline->culprits, guint32, wait->culprits + i);

      if (i > 0)
        g_string_append (names, ", ");
      g_string_append (names, telar_timeline_task (timeline, task)->id);
    }
  if (n < wait->n_culprits)
    g_string_append (names, "…");
  return g_string_free (names, FALSE);
}

static const char *
object_id (const TelarTimeline *timeline, guint32 object)
{
  return object < timeline->objects->len ? telar_timeline_object (timeline, object)->id : "";
}

/* @culprit: (nullable): the names of who holds it */
static char *
describe_object (const TelarTimeline *timeline, TelarCause cause, guint32 object,
                 const char *culprit, guint32 detail)
{
  const char *id = object_id (timeline, object);
  gboolean pipe = object < timeline->objects->len
                  && telar_timeline_object (timeline, object)->type == TELAR_OBJECT_PIPE;

  if (object < timeline->objects->len
      && telar_timeline_object (timeline, object)->type == TELAR_OBJECT_POOL)
    return g_strdup_printf (cause == TELAR_CAUSE_DONE ? _("pool %s not done")
                                                      : _("pool %s has no work"), id);
  switch (cause)
    {
    case TELAR_CAUSE_LOCK:
      return culprit == NULL ? g_strdup_printf (_("lock %s"), id)
                             : g_strdup_printf (_("lock %s, held by %s"), id, culprit);
    case TELAR_CAUSE_SEMAPHORE:
      return g_strdup_printf (_("semaphore %s"), id);
    case TELAR_CAUSE_EVENT:
      return g_strdup_printf (_("event %s"), id);
    case TELAR_CAUSE_CONDITION:
      return g_strdup_printf (_("condition %s"), id);
    case TELAR_CAUSE_BARRIER:
      return g_strdup_printf (_("barrier %s, %u of %u here"), id, detail,
                              object < timeline->objects->len
                                ? (guint) telar_timeline_object (timeline, object)->full
                                : 0);
    case TELAR_CAUSE_EMPTY:
      return g_strdup_printf (pipe ? _("pipe %s empty") : _("queue %s empty"), id);
    case TELAR_CAUSE_FULL:
      return g_strdup_printf (pipe ? _("pipe %s full") : _("queue %s full"), id);
    case TELAR_CAUSE_DONE:
      return g_strdup_printf (_("queue %s not done"), id);
    case TELAR_CAUSE_FLUSH:
    default:
      return g_strdup_printf (_("flushing queue %s"), id);
    }
}

static char *
describe_cause (const TelarTimeline *timeline, const TelarWait *wait)
{
  g_autofree char *names = NULL;

  switch ((TelarCause) wait->cause)
    {
    case TELAR_CAUSE_SLEEP:
      return g_strdup (_("sleep"));
    case TELAR_CAUSE_JOIN:
      if (wait->n_culprits == 0)
        return g_strdup (_("join"));
      names = name_culprits (timeline, wait);
      return g_strdup_printf (_("join %s"), names);
    case TELAR_CAUSE_PROGRAM:
      return g_strdup (_("its program runs"));
    case TELAR_CAUSE_PLACE:
      return g_strdup (_("too many tasks at once"));
    case TELAR_CAUSE_IO:
      return g_strdup (_("input or output"));
    case TELAR_CAUSE_LOCK:
    case TELAR_CAUSE_SEMAPHORE:
    case TELAR_CAUSE_EVENT:
    case TELAR_CAUSE_CONDITION:
    case TELAR_CAUSE_BARRIER:
    case TELAR_CAUSE_EMPTY:
    case TELAR_CAUSE_FULL:
    case TELAR_CAUSE_DONE:
    case TELAR_CAUSE_FLUSH:
      names = wait->n_culprits > 0 ? name_culprits (timeline, wait) : NULL;
      return describe_object (timeline, (TelarCause) wait->cause, wait->object, names,
                              wait->detail);
    case TELAR_CAUSE_NONE:
    case TELAR_N_CAUSES:
    default:
      return g_strdup (_("blocked"));
    }
}

/* What is missing: "an item in queue q", "lock m, held by p2". */
static char *
describe_missing (const TelarTimeline *timeline, const TelarDeadlockTask *it, const char *culprit)
{
  const char *id = object_id (timeline, it->object);
  gboolean pipe = it->object < timeline->objects->len
                  && telar_timeline_object (timeline, it->object)->type == TELAR_OBJECT_PIPE;

  switch ((TelarCause) it->cause)
    {
    case TELAR_CAUSE_JOIN:
      return culprit != NULL ? g_strdup_printf (_("the end of %s"), culprit)
                             : g_strdup (_("the end of its tasks"));
    case TELAR_CAUSE_EMPTY:
      return g_strdup_printf (pipe ? _("an item in pipe %s") : _("an item in queue %s"), id);
    case TELAR_CAUSE_FULL:
      return g_strdup_printf (pipe ? _("room in pipe %s") : _("room in queue %s"), id);
    case TELAR_CAUSE_DONE:
      return g_strdup_printf (_("the items of queue %s to be done"), id);
    case TELAR_CAUSE_FLUSH:
      return g_strdup_printf (_("what it put into queue %s to be taken"), id);
    default:
      return describe_object (timeline, (TelarCause) it->cause, it->object, culprit, it->detail);
    }
}

char *
telar_deadlock_describe (const TelarTimeline *timeline, const TelarDeadlock *deadlock)
{
  GString *text;

  g_return_val_if_fail (timeline != NULL && deadlock != NULL, NULL);

  text = g_string_new (NULL);
  for (guint i = 0; i < deadlock->tasks->len; i++)
    {
      const TelarDeadlockTask *it = &g_array_index (deadlock->tasks, TelarDeadlockTask, i);
      const char *culprit = it->culprit != TELAR_NO_TASK
                              ? telar_timeline_task (timeline, it->culprit)->id
                              : NULL;
      g_autofree char *what = describe_missing (timeline, it, culprit);

      if (i > 0)
        g_string_append (text, "; ");
      /* Translators: a task, and what it waits for, as in: p1 waits for lock m, held by p2 */
      g_string_append_printf (text, _("%s waits for %s"),
                              telar_timeline_task (timeline, it->task)->id, what);
    }
  return g_string_free (text, FALSE);
}

char *
telar_deadlocks_describe (const TelarTimeline *timeline)
{
  const TelarDeadlock *last;
  GString *text;

  g_return_val_if_fail (timeline != NULL, NULL);

  last = telar_timeline_deadlock (timeline);
  if (last == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < timeline->deadlocks->len; i++)
    {
      const TelarDeadlock *deadlock = g_ptr_array_index (timeline->deadlocks, i);
      g_autofree char *one = NULL;

      if (deadlock->resolved != TELAR_NO_TIME || deadlock->passes != last->passes)
        continue;
      one = telar_deadlock_describe (timeline, deadlock);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", one);
    }
  return g_string_free (text, FALSE);
}

char *
telar_wait_describe (const TelarTimeline *timeline, const TelarWait *wait)
{
  g_return_val_if_fail (timeline != NULL && wait != NULL, NULL);

  switch ((TelarWaitState) wait->state)
    {
    case TELAR_WAIT_DUE:
      return g_strdup (_("due: parent busy"));
    case TELAR_WAIT_READY:
      return g_strdup (_("ready: no core free"));
    case TELAR_WAIT_BLOCKED:
      return describe_cause (timeline, wait);
    case TELAR_WAIT_ENDED:
      return g_strdup (_("ended, not joined"));
    case TELAR_WAIT_UNKNOWN:
    default:
      return g_strdup (_("blocked or ready"));
    }
}

/* Ends */

/* Signals that a person may meet, in words. */
static const struct
{
  int         number;
  const char *name;
} signals[] = {
  { SIGHUP, N_("hang-up") },
  { SIGINT, N_("interrupted") },
  { SIGQUIT, N_("quit") },
  { SIGILL, N_("illegal instruction") },
  { SIGTRAP, N_("trap") },
  { SIGABRT, N_("aborted") },
  { SIGBUS, N_("bus error") },
  { SIGFPE, N_("arithmetic error") },
  { SIGKILL, N_("killed") },
  { SIGUSR1, N_("user signal 1") },
  { SIGSEGV, N_("segmentation fault") },
  { SIGUSR2, N_("user signal 2") },
  { SIGPIPE, N_("broken pipe") },
  { SIGALRM, N_("alarm") },
  { SIGTERM, N_("terminated") },
  { SIGXCPU, N_("too much CPU time") },
  { SIGXFSZ, N_("file too large") },
  { SIGSYS, N_("forbidden system call") },
};

static char *
describe_signal (int number)
{
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    if (signals[i].number == number)
      return g_strdup_printf (_("%s (signal %d)"), _(signals[i].name), number);
  return g_strdup_printf (_("ended by signal %d"), number);
}

static const char *
name_of (const TelarTimeline *timeline, guint32 task)
{
  return task < timeline->tasks->len ? telar_timeline_task (timeline, task)->id : "";
}

static char *
describe_not_started (const TelarTimeline *timeline, const TelarTaskLane *task)
{
  const char *because = name_of (timeline, task->reason_task);

  switch ((TelarNotStarted) task->reason)
    {
    case TELAR_NOT_STARTED_AFTER_FAILED:
      return g_strdup_printf (_("not started: %s did not end with 0"), because);
    case TELAR_NOT_STARTED_AFTER_MISSING:
      return g_strdup_printf (_("not started: %s did not run"), because);
    case TELAR_NOT_STARTED_PARENT_ENDED:
      return g_strdup_printf (_("not started: %s ended first"), because);
    default:
      return g_strdup (!timeline->finished ? _("not yet started")
                                           : _("not started: the run ended first"));
    }
}

static char *
describe_end (const TelarTimeline *timeline, const TelarTaskLane *task)
{
  guint32 process = task->number;

  if (task->exit >= 0)
    return g_strdup_printf (_("ended with %d"), task->exit);
  if (task->exit != TELAR_NO_EXIT)
    return describe_signal (-task->exit);
  while (process != TELAR_MAIN
         && telar_timeline_task (timeline, process)->kind != TELAR_KIND_PROCESS)
    process = telar_timeline_task (timeline, process)->parent;
  if (process != task->number)
    return g_strdup_printf (_("ended with its process %s"), name_of (timeline, process));
  return g_strdup (_("ended"));
}

char *
telar_task_describe_state (const TelarTimeline *timeline, const TelarTaskLane *task)
{
  g_return_val_if_fail (timeline != NULL && task != NULL, NULL);

  switch ((TelarState) task->state)
    {
    case TELAR_STATE_NOT_STARTED:
      return describe_not_started (timeline, task);
    case TELAR_STATE_RUNNING:
      return g_strdup (_("running"));
    case TELAR_STATE_STOPPED:
      return g_strdup (timeline->weaver->broken_off              ? _("stopped: the engine was lost")
                       : timeline->end.reason == TELAR_ENDED_TIMEOUT ? _("stopped: time is up")
                       : timeline->end.reason == TELAR_ENDED_DEADLOCK ? _("stopped: deadlock")
                                                                 : _("stopped"));
    case TELAR_STATE_COULD_NOT_START:
      return g_strdup_printf (_("could not start: %s"), g_strerror (task->could_not));
    case TELAR_STATE_ENDED:
    case TELAR_STATE_JOINED:
    default:
      return describe_end (timeline, task);
    }
}

char *
telar_timeline_describe_source (const TelarTimeline *timeline)
{
  g_autofree char *period = NULL;

  g_return_val_if_fail (timeline != NULL, NULL);

  switch ((TelarSource) timeline->begun.source)
    {
    case TELAR_SOURCE_EXACT:
      return g_strdup (_("exact (kernel switches)"));
    case TELAR_SOURCE_SAMPLED:
      period = telar_time_format (timeline->begun.period_ns);
      return g_strdup_printf (_("sampled every %s"), period);
    case TELAR_SOURCE_OFF:
    default:
      return g_strdup (_("off"));
    }
}
