/* test-deadlocks.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Small random graphs whose tasks share objects: each ends, or is recognised as
 * deadlocked for ever; and what was recognised so does not move again. Nothing is
 * left in the session of any.
 *
 *   TELAR_TEST_GRAPHS=N     so many graphs instead of a few
 */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object-graph.h"
#include "run-graph.h"

#define GRAPHS     60
/* On an idle machine the graphs take less; turn_run() gives a busy one more. */
#define PATIENCE_MS 10000
#define STOP_MS     2000
/* How long a deadlock is watched for whether it is one. */
#define WATCHED_MS 400

/* Runs */

/* Returns: the deadlock that will stand for ever, or NULL. */
static const TelarDeadlock *
standing (TelarRun *run)
{
  const TelarDeadlock *last = telar_timeline_deadlock (telar_run_get_timeline (run));

  return last != NULL && !last->passes ? last : NULL;
}

static gboolean
is_deadlocked (TelarRun *run)
{
  return standing (run) != NULL;
}

/* The whole of it stands: then nothing of it may move. */
static gboolean
is_whole (TelarTimeline *timeline, const TelarDeadlock *deadlock)
{
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);
      gboolean in = FALSE;

      for (guint k = 0; k < deadlock->tasks->len; k++)
        in = in || g_array_index (deadlock->tasks, TelarDeadlockTask, k).task == lane->number;
      if (in && lane->state != TELAR_STATE_RUNNING)
        return FALSE;
    }
  return TRUE;
}

static void
watch (TelarRun *run)
{
  gint64 until = g_get_monotonic_time () + WATCHED_MS * 1000;

  while (!telar_run_is_over (run) && g_get_monotonic_time () < until)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
}

static void
test_random (void)
{
  const char *wished = g_getenv ("TELAR_TEST_GRAPHS");
  guint       n = wished != NULL ? (guint) atoi (wished) : GRAPHS;
  guint       n_deadlocks = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = object_graph_text ();
      g_autoptr (GBytes) plan = plan_of_text (text);
      g_autoptr (TelarRun) run = run_of_plan (plan, TELAR_SOURCE_OFF);
      TelarTimeline *timeline = telar_run_get_timeline (run);
      const TelarDeadlock *deadlock;

      telar_run_start (run);
      turn_run (run, is_deadlocked, PATIENCE_MS);
      deadlock = standing (run);
      if (!telar_run_is_over (run) && deadlock == NULL)
        g_error ("neither ends nor is a deadlock: %s", text);
      if (deadlock != NULL && !telar_run_is_over (run))
        {
          n_deadlocks++;
          watch (run);
          if (deadlock->resolved != TELAR_NO_TIME || !is_whole (timeline, deadlock))
            g_error ("no deadlock: %s", text);
        }
      if (!telar_run_is_over (run))
        telar_run_stop (run);
      turn_run (run, NULL, STOP_MS);
      /* On a busy machine an engine that is to stop may be too slow, and is ended. */
      if (telar_run_get_state (run) != TELAR_RUN_ENDED
          && (deadlock == NULL || telar_run_get_state (run) != TELAR_RUN_ENGINE_LOST))
        g_error ("%s: %s", telar_run_get_error (run) != NULL ? telar_run_get_error (run)->message
                                                             : "did not end", text);
      g_assert_cmpuint (processes_in_session (timeline->begun.main_pid), ==, 0);
    }
  g_test_message ("%u of %u were deadlocks", n_deadlocks, n);
}

/* The engine of @run: main's parent. */
static pid_t
engine_of (TelarRun *run)
{
  TelarTimeline *timeline = telar_run_get_timeline (run);
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", (int) timeline->begun.main_pid);
  g_autofree char *stat = NULL;
  int parent = 0;

  g_assert_true (g_file_get_contents (path, &stat, NULL, NULL));
  g_assert_cmpint (sscanf (strrchr (stat, ')') + 1, " %*c %d", &parent), ==, 1);
  g_assert_cmpint (parent, >, 1);
  return parent;
}

/* The judgement itself: an engine that does nothing is one that hangs. */
static void
test_hang (void)
{
  g_autoptr (GBytes) plan
      = plan_of_text ("{\"telar\": 1, \"tasks\": [{\"id\": \"t\", \"kind\": \"process\","
                      " \"function\": \"sleep\", \"args\": [0.2]}]}");
  g_autoptr (TelarRun) run = run_of_plan (plan, TELAR_SOURCE_OFF);
  pid_t engine;

  await_running (run, "t");
  engine = engine_of (run);
  g_assert_cmpint (kill (engine, SIGSTOP), ==, 0);
  g_assert_false (turn_run (run, NULL, 300));
  g_assert_cmpint (kill (engine, SIGCONT), ==, 0);
  g_assert_true (turn_run (run, NULL, STOP_MS));
  g_assert_cmpint (telar_run_get_state (run), ==, TELAR_RUN_ENDED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deadlocks/hang", test_hang);
  g_test_add_func ("/deadlocks/random", test_random);
  return g_test_run ();
}
