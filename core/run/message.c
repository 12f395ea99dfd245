/* message.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "run/message.h"
#include "run/plugin-fault.h"
#include "run/run.h"

/* More than CLOCK_MONOTONIC can ever be, and than any distance of samples. */
#define LATEST         (G_GINT64_CONSTANT (10) * 365 * 86400 * 1000000000)
#define LONGEST_PERIOD (G_GINT64_CONSTANT (60) * 1000000000)

static gboolean
has_begun (const TelarTimeline *timeline)
{
  return timeline->begun.zero_ns != 0;
}

/* A run begins once, and everything counts from there. */
static gboolean
feed_begun (const TelarBegun *begun, gsize size, TelarTimeline *timeline)
{
  if (size != sizeof *begun || has_begun (timeline) || timeline->finished || begun->zero_ns <= 0
      || begun->zero_ns > LATEST || begun->period_ns < 0 || begun->period_ns > LONGEST_PERIOD
      || begun->source > TELAR_SOURCE_SAMPLED || begun->date < 0
      || begun->date > TELAR_LATEST_DATE)
    return FALSE;
  telar_timeline_begin (timeline, begun);
  return TRUE;
}

static gboolean
feed_line (const TelarLine *line, gsize size, TelarTimeline *timeline)
{
  if (size < sizeof *line)
    return FALSE;
  telar_timeline_add_line (timeline, line, line + 1, size - sizeof *line);
  return TRUE;
}

static gboolean
feed_now (const TelarNow *now, gsize size, TelarTimeline *timeline)
{
  if (size != sizeof *now || now->ns > LATEST)
    return FALSE;
  telar_timeline_advance (timeline, now);
  return TRUE;
}

static gboolean
feed_ended (const TelarEnded *ended, gsize size, TelarTimeline *timeline)
{
  if (size != sizeof *ended || ended->ns < 0 || ended->ns > LATEST
      || ended->reason > TELAR_ENDED_DEADLOCK)
    return FALSE;
  telar_timeline_finish (timeline, ended);
  return TRUE;
}

gboolean
telar_message_feed (const TelarMessage *message, TelarTimeline *timeline)
{
  const void *body = message + 1;
  gsize       size = message->size;

  if (message->type == TELAR_MESSAGE_BEGUN)
    return feed_begun (body, size, timeline);
  if (!has_begun (timeline))
    return FALSE;
  switch ((TelarMessageType) message->type)
    {
    case TELAR_MESSAGE_SWITCHES:
      telar_timeline_add_switches (timeline, body, size / sizeof (TelarSwitch));
      return TRUE;
    case TELAR_MESSAGE_SAMPLES:
      telar_timeline_add_samples (timeline, body, size / sizeof (TelarSample));
      return TRUE;
    case TELAR_MESSAGE_EVENTS:
      telar_timeline_add_events (timeline, body, size / sizeof (TelarEvent));
      return TRUE;
    case TELAR_MESSAGE_LOADS:
      telar_timeline_add_loads (timeline, body, size / sizeof (TelarLoad));
      return TRUE;
    case TELAR_MESSAGE_LINE:
      return feed_line (body, size, timeline);
    case TELAR_MESSAGE_NOW:
      return feed_now (body, size, timeline);
    case TELAR_MESSAGE_ENDED:
      return feed_ended (body, size, timeline);
    case TELAR_MESSAGE_RUN:
    case TELAR_MESSAGE_STOP:
    case TELAR_MESSAGE_HOLD:
    case TELAR_MESSAGE_FLOW:
    case TELAR_MESSAGE_BEGUN:
    case TELAR_MESSAGE_REFUSED:
    default:
      return FALSE;
    }
}

/* Refusals */

static GError *
refusal (int error, const char *what)
{
  if (g_str_equal (what, "exact"))
    return g_error_new (TELAR_RUN_ERROR, TELAR_RUN_ERROR_SOURCE,
                        _("The kernel refuses exact recording (%s). Allow it with "
                          "“sysctl kernel.perf_event_paranoid=2”, or record by samples."),
                        g_strerror (error));
  if (g_str_equal (what, "folder"))
    return g_error_new (TELAR_RUN_ERROR, TELAR_RUN_ERROR_REFUSED,
                        _("The graph's folder cannot be entered (%s). Put the graph into a "
                          "folder of yours."),
                        g_strerror (error));
  if (g_str_equal (what, "cores"))
    return g_error_new (TELAR_RUN_ERROR, TELAR_RUN_ERROR_REFUSED,
                        _("None of the graph's cores may be used here. Choose others with "
                          "“cores” or --cores."));
  return g_error_new (TELAR_RUN_ERROR, TELAR_RUN_ERROR_REFUSED,
                      _("The run could not begin: %s (%s)."), what, g_strerror (error));
}

/* Of a plug-in: what is wrong follows, and is worded here. */
static GError *
plugin_refusal (const TelarPlan *plan, const TelarPluginFault *fault)
{
  g_autofree char *words = telar_plugin_fault_describe (fault);

  if (fault->task == TELAR_MAIN || fault->task >= plan->n_tasks)
    return g_error_new_literal (TELAR_RUN_ERROR, TELAR_RUN_ERROR_PLUGIN, words);
  return g_error_new (TELAR_RUN_ERROR, TELAR_RUN_ERROR_PLUGIN, "%s: %s",
                      telar_plan_text (plan, telar_plan_task (plan, fault->task)->id), words);
}

GError *
telar_message_refusal (const TelarMessage *message, const TelarPlan *plan)
{
  const TelarRefused *refused = (const TelarRefused *) (message + 1);
  g_autofree char    *what = NULL;

  if (message->type != TELAR_MESSAGE_REFUSED || message->size < sizeof *refused)
    return NULL;
  /* Cut somewhere, in who knows which encoding. */
  what = g_utf8_make_valid (refused->what,
                            (gssize) strnlen (refused->what, sizeof refused->what));
  if (message->size == sizeof *refused)
    return refusal (refused->error, what);
  if (message->size == sizeof *refused + sizeof (TelarPluginFault)
      && g_str_equal (what, TELAR_REFUSED_PLUGIN))
    {
      TelarPluginFault fault;

      memcpy (&fault, refused + 1, sizeof fault);
      return plugin_refusal (plan, &fault);
    }
  return NULL;
}
