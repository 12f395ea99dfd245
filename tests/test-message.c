/* test-message.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Messages of an engine that make no sense, or too much: what libFuzzer found,
 * and its like.
 */

#include "config.h"

#include <string.h>

#include "invariants.h"
#include "plugin/fault.h"
#include "run/message.h"
#include "run/run.h"
#include "synthetic-run.h"
#include "timeline/report.h"
#include "timeline-text.h"

static gboolean
feed (TelarTimeline *timeline, TelarMessageType type, gconstpointer body, gsize size)
{
  g_autofree guint8 *message = g_malloc (sizeof (TelarMessage) + size);
  TelarMessage header = { .type = type, .size = (guint32) size };

  memcpy (message, &header, sizeof header);
  memcpy (message + sizeof header, body, size);
  return telar_message_feed ((const TelarMessage *) (gconstpointer) message, timeline);
}

static TelarTimeline *
begun_timeline (TelarSource source)
{
  g_autoptr (GBytes) plan = timeline_read_plan ("p1 process main\n");
  TelarTimeline *timeline = telar_timeline_new (plan, NULL);
  TelarBegun begun;

  telar_made_begun (&begun, source, 2);
  g_assert_true (feed (timeline, TELAR_MESSAGE_BEGUN, &begun, sizeof begun));
  return timeline;
}

/* Nothing counts before the beginning, and there is one. */
static void
test_begin (void)
{
  g_autoptr (GBytes) plan = timeline_read_plan ("p1 process main\n");
  g_autoptr (TelarTimeline) timeline = telar_timeline_new (plan, NULL);
  TelarBegun sound, begun;
  TelarNow now = { .ns = TELAR_MADE_ZERO };
  TelarEnded ended = { .ns = TELAR_MADE_ZERO };
  TelarEvent event = { .ns = TELAR_MADE_ZERO, .kind = TELAR_EVENT_RUN };

  g_assert_false (feed (timeline, TELAR_MESSAGE_NOW, &now, sizeof now));
  g_assert_false (feed (timeline, TELAR_MESSAGE_EVENTS, &event, sizeof event));
  g_assert_false (feed (timeline, TELAR_MESSAGE_ENDED, &ended, sizeof ended));

  telar_made_begun (&sound, TELAR_SOURCE_SAMPLED, 2);
  begun = sound;
  begun.zero_ns = 0;
  g_assert_false (feed (timeline, TELAR_MESSAGE_BEGUN, &begun, sizeof begun));
  begun.zero_ns = G_MININT64;
  g_assert_false (feed (timeline, TELAR_MESSAGE_BEGUN, &begun, sizeof begun));
  begun = sound;
  begun.period_ns = G_MAXINT64;
  g_assert_false (feed (timeline, TELAR_MESSAGE_BEGUN, &begun, sizeof begun));
  begun = sound;
  begun.source = 3;
  g_assert_false (feed (timeline, TELAR_MESSAGE_BEGUN, &begun, sizeof begun));
  begun = sound;
  begun.date = TELAR_LATEST_DATE + 1;
  g_assert_false (feed (timeline, TELAR_MESSAGE_BEGUN, &begun, sizeof begun));
  begun.date = -1;
  g_assert_false (feed (timeline, TELAR_MESSAGE_BEGUN, &begun, sizeof begun));
  g_assert_false (feed (timeline, TELAR_MESSAGE_BEGUN, &sound, sizeof sound - 1));

  g_assert_true (feed (timeline, TELAR_MESSAGE_BEGUN, &sound, sizeof sound));
  g_assert_false (feed (timeline, TELAR_MESSAGE_BEGUN, &sound, sizeof sound));
  telar_timeline_break_off (timeline);
  telar_assert_invariants (timeline, TELAR_INVARIANTS_ALWAYS);
}

static const gint64 awkward[] = { G_MININT64, -1, 0, 1, TELAR_MADE_ZERO, G_MAXINT64 };

/* Whatever moment a record names, it becomes one of the run. */
static void
test_times (void)
{
  for (guint source = TELAR_SOURCE_OFF; source <= TELAR_SOURCE_SAMPLED; source++)
    {
      g_autoptr (TelarTimeline) timeline = begun_timeline (source);

      for (guint i = 0; i < G_N_ELEMENTS (awkward); i++)
        {
          TelarLine line = { .ns = awkward[i] };
          TelarSwitch sw = { .ns = awkward[i], .tid = 1000 };
          TelarSample sample = { .ns = awkward[i], .cpu_ns = awkward[i], .delay_ns = awkward[i],
                                 .tid = 1000, .state = 'R' };
          TelarEvent event = { .ns = awkward[i], .cpu_ns = awkward[i], .value = awkward[i],
                               .kind = TELAR_EVENT_WAIT_BEGIN, .detail = TELAR_CAUSE_SLEEP };
          TelarLoad load = { .ns = awkward[i], .interval = awkward[i], .busy = G_MAXUINT16,
                             .steal = G_MAXUINT16 };

          g_assert_true (feed (timeline, TELAR_MESSAGE_LINE, &line, sizeof line));
          g_assert_true (feed (timeline, TELAR_MESSAGE_SWITCHES, &sw, sizeof sw));
          g_assert_true (feed (timeline, TELAR_MESSAGE_SAMPLES, &sample, sizeof sample));
          g_assert_true (feed (timeline, TELAR_MESSAGE_EVENTS, &event, sizeof event));
          g_assert_true (feed (timeline, TELAR_MESSAGE_LOADS, &load, sizeof load));
        }
      for (guint i = 0; i < G_N_ELEMENTS (awkward); i++)
        {
          TelarNow now = { .ns = awkward[i] };

          g_assert_true (feed (timeline, TELAR_MESSAGE_NOW, &now, sizeof now)
                         == (awkward[i] < G_MAXINT64));
        }
      g_assert_cmpint (((TelarTextLine *) timeline->lines->pdata[0])->ns, ==, 0);
      telar_assert_invariants (timeline, TELAR_INVARIANTS_ALWAYS);
    }
}

static void
test_end (void)
{
  g_autoptr (TelarTimeline) timeline = begun_timeline (TELAR_SOURCE_EXACT);
  TelarEnded ended = { .ns = G_MININT64 };

  g_assert_false (feed (timeline, TELAR_MESSAGE_ENDED, &ended, sizeof ended));
  ended.ns = G_MAXINT64;
  g_assert_false (feed (timeline, TELAR_MESSAGE_ENDED, &ended, sizeof ended));
  ended = (TelarEnded){ .ns = TELAR_MADE_ZERO, .reason = TELAR_ENDED_DEADLOCK + 1 };
  g_assert_false (feed (timeline, TELAR_MESSAGE_ENDED, &ended, sizeof ended));
  ended.reason = TELAR_ENDED_BY_ITSELF;
  g_assert_true (feed (timeline, TELAR_MESSAGE_ENDED, &ended, sizeof ended));
  g_assert_true (timeline->finished);
}

static void
test_refused (void)
{
  g_autoptr (GBytes) bytes = timeline_read_plan ("p1 process main\n");
  const TelarPlan *plan = g_bytes_get_data (bytes, NULL);
  struct
  {
    TelarMessage     header;
    TelarRefused     refused;
    TelarPluginFault fault;
  } message = { .header = { .type = TELAR_MESSAGE_REFUSED, .size = sizeof (TelarRefused) } };
  g_autoptr (GError) endless = NULL;
  g_autoptr (GError) plugin = NULL;

  /* no end, and no UTF-8 */
  memset (message.refused.what, 'x', sizeof message.refused.what);
  message.refused.what[0] = '\xff';
  memset (&message.fault, 'y', sizeof message.fault);
  endless = telar_message_refusal (&message.header, plan);
  g_assert_error (endless, TELAR_RUN_ERROR, TELAR_RUN_ERROR_REFUSED);
  g_assert_true (g_utf8_validate (endless->message, -1, NULL));
  g_assert_null (strchr (endless->message, 'y'));

  message.header.size = sizeof message.refused + sizeof message.fault;
  g_assert_null (telar_message_refusal (&message.header, plan));
  strcpy (message.refused.what, TELAR_REFUSED_PLUGIN);
  plugin = telar_message_refusal (&message.header, plan);
  g_assert_error (plugin, TELAR_RUN_ERROR, TELAR_RUN_ERROR_PLUGIN);

  message.header.size--;
  g_assert_null (telar_message_refusal (&message.header, plan));
  message.header.size = 3;
  g_assert_null (telar_message_refusal (&message.header, plan));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/message/begin", test_begin);
  g_test_add_func ("/message/times", test_times);
  g_test_add_func ("/message/end", test_end);
  g_test_add_func ("/message/refused", test_refused);

  return g_test_run ();
}
