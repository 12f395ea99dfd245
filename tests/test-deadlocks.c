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

#include "run-graph.h"

#define GRAPHS     60
/* On an idle machine the graphs take less; turn_run() gives a busy one more. */
#define PATIENCE_MS 10000
#define STOP_MS     2000
/* How long a deadlock is watched for whether it is one. */
#define WATCHED_MS 400

/* Graphs */

static const char *const types[] = { "lock", "rlock", "semaphore", "bounded-semaphore", "event",
                                     "condition", "barrier", "queue", "joinable-queue",
                                     "simple-queue", "pipe" };

static const char *const timeouts[] = { "", "", "", ", 0", ", 0.02", ", 0.1" };

/* What can be done to each; %s is the object, and a timeout. */
static const char *const deeds[][6] = {
  { "[\"acquire\", {%s}%s]", "[\"release\", {%s}]", "[\"acquire\", {%s}%s]", "[\"release\", {%s}]" },
  { "[\"acquire\", {%s}%s]", "[\"release\", {%s}]", "[\"acquire\", {%s}%s]", "[\"release\", {%s}]" },
  { "[\"acquire\", {%s}%s]", "[\"release\", {%s}]" },
  { "[\"acquire\", {%s}%s]", "[\"release\", {%s}]" },
  { "[\"set\", {%s}]", "[\"clear\", {%s}]", "[\"wait\", {%s}%s]" },
  { "[\"wait\", {%s}%s]", "[\"notify\", {%s}]", "[\"notify_all\", {%s}]", "[\"acquire\", {%s}%s]",
    "[\"release\", {%s}]" },
  { "[\"wait\", {%s}%s]", "[\"wait\", {%s}%s]", "[\"wait\", {%s}%s]", "[\"abort\", {%s}]",
    "[\"reset\", {%s}]" },
  { "[\"put\", {%s}, 1%s]", "[\"get\", {%s}%s]" },
  { "[\"put\", {%s}, 1%s]", "[\"get\", {%s}%s]", "[\"task_done\", {%s}]", "[\"join_queue\", {%s}%s]" },
  { "[\"put\", {%s}, 1]", "[\"get\", {%s}%s]" },
  { "[\"send\", {%s}, 1]", "[\"receive\", {%s}%s]", "[\"poll\", {%s}%s]", "[\"close\", {%s}]" },
};

static void
add_step (GString *text, guint n_objects, const guint *of)
{
  guint object = (guint) g_test_rand_int_range (0, (gint32) n_objects);
  const char *const *all = deeds[of[object]];
  g_autofree char *reference = g_strdup_printf ("\"object\": \"o%u\"", object);
  guint n = 0;

  if (g_test_rand_int_range (0, 5) == 0)
    {
      g_string_append_printf (text, "[\"sleep\", 0.0%d]", g_test_rand_int_range (1, 4));
      return;
    }
  while (n < G_N_ELEMENTS (deeds[0]) && all[n] != NULL)
    n++;
  g_string_append_printf (text, all[g_test_rand_int_range (0, (gint32) n)], reference,
                          timeouts[g_test_rand_int_range (0, G_N_ELEMENTS (timeouts))]);
}

/* (transfer full) */
static char *
make_graph (void)
{
  GString *text = g_string_new ("{\"telar\": 1, \"objects\": [");
  guint    of[3];
  guint    n_objects = (guint) g_test_rand_int_range (1, 4);
  guint    n_tasks = (guint) g_test_rand_int_range (1, 5);

  for (guint i = 0; i < n_objects; i++)
    {
      of[i] = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (types));
      g_string_append_printf (text, "%s{\"id\": \"o%u\", \"type\": \"%s\"%s}", i > 0 ? ", " : "", i,
                              types[of[i]], of[i] == 6 ? ", \"parties\": 2"
                                            : of[i] == 7 ? ", \"capacity\": 1" : "");
    }
  g_string_append (text, "], \"tasks\": [");
  for (guint i = 0; i < n_tasks; i++)
    {
      static const char *const kinds[] = { "process", "thread", "call" };
      guint n_steps = (guint) g_test_rand_int_range (1, 6);

      g_string_append_printf (text, "%s{\"id\": \"t%u\", \"kind\": \"%s\", \"body\": [",
                              i > 0 ? ", " : "", i, kinds[g_test_rand_int_range (0, 3)]);
      for (guint k = 0; k < n_steps; k++)
        {
          g_string_append (text, k > 0 ? ", " : "");
          add_step (text, n_objects, of);
        }
      g_string_append_printf (text, "]%s}", i > 0 && g_test_rand_int_range (0, 4) == 0
                                              ? ", \"after\": [\"t0\"]" : "");
    }
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

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
      g_autofree char *text = make_graph ();
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
