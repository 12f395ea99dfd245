/* fuzz-to-telar.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Any messages from an engine, as telar reads them: off the line, into the
 * timeline, and what is made of it. The first byte chooses the run whose plan
 * it is, the second how it ends.
 */

#include "config.h"

#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fatal.h"
#include "frames.h"
#include "invariants.h"
#include "made-runs.h"
#include "mutate.h"
#include "run/link.h"
#include "run/message.h"
#include "timeline/report.h"
#include "timeline/text-lanes.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t size);
size_t LLVMFuzzerCustomMutator (uint8_t *bytes, size_t size, size_t max_size, unsigned seed);

#define HEAD 2u

static TelarMadeRun *runs[N_MADE_RUNS];

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  fatal_init ();
  for (guint i = 0; i < N_MADE_RUNS; i++)
    runs[i] = made_run (i);
  return 0;
}

size_t
LLVMFuzzerCustomMutator (uint8_t *bytes, size_t size, size_t max_size, unsigned seed)
{
  return mutate_frames (bytes, size, max_size, seed, HEAD);
}

/* Everything that a person could read of it. */
static void
read_all (const TelarTimeline *timeline)
{
  g_autofree char *report = NULL;
  g_autofree char *lanes = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *source = NULL;
  gsize size;

  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = telar_timeline_task (timeline, i);
      g_autofree char *state = telar_task_describe_state (timeline, lane);

      g_assert_nonnull (state);
      for (guint k = 0; k < lane->waits->len; k++)
        {
          TelarWait wait = telar_waits_at (lane->waits, k);

          g_free (telar_wait_describe (timeline, &wait));
        }
    }
  source = telar_timeline_describe_source (timeline);
  report = telar_report_print (timeline, NULL, 0, &size);
  lanes = telar_text_lanes (timeline, 80, TRUE);
  summary = telar_text_summary (timeline);
  g_assert_true (source != NULL && lanes != NULL && summary != NULL);
  g_assert_true (g_utf8_validate_len (report, size, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t size)
{
  static _Alignas (8) guint8 sent[FRAME_MAX];
  g_autofree guint8 *buffer = NULL;
  g_autoptr (TelarTimeline) timeline = NULL;
  const TelarMadeRun *run;
  Frames    frames;
  TelarLink line = { .socket = -1 };
  gboolean  closed = FALSE, break_off;
  gssize    length;
  int       pair[2];

  if (size < HEAD || socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
    return 0;
  run = runs[bytes[0] % N_MADE_RUNS];
  break_off = (bytes[1] & 1) != 0;
  frames = (Frames){ bytes + HEAD, size - HEAD };
  buffer = g_malloc (TELAR_MESSAGE_MAX);
  timeline = telar_timeline_new (run->plan, NULL);
  line.socket = pair[0];

  while (!closed && !timeline->finished && (length = frames_take (&frames, sent)) >= 0)
    {
      const TelarMessage *message;
      g_autoptr (GError) refusal = NULL;

      g_assert_cmpint (send (pair[1], sent, (gsize) length, MSG_NOSIGNAL), ==, length);
      message = telar_link_receive (&line, buffer, &closed);
      if (message == NULL)
        continue;
      telar_message_feed (message, timeline);
      refusal = telar_message_refusal (message, timeline->plan);
      g_assert_true (refusal == NULL || g_utf8_validate (refusal->message, -1, NULL));
    }
  if (break_off || closed)
    telar_timeline_break_off (timeline);
  telar_assert_invariants (timeline, TELAR_INVARIANTS_ALWAYS);
  read_all (timeline);
  close (pair[1]);
  telar_link_close (&line);
  return 0;
}
