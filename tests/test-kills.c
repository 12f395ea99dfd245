/* test-kills.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Tasks, main and workers of pools that somebody from outside stops, lets go on and
 * kills at any moment: the run ends, or says that nobody can go on; nothing is left
 * behind; and what a killed task held is told.
 *
 *   TELAR_TEST_KILLS=N     so many runs instead of a few
 */

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "object-graph.h"
#include "run-graph.h"

#define RUNS        25
#define PATIENCE_MS 8000
#define STOP_MS     2000
/* A run is disturbed so long. */
#define DISTURBED_MS 150
/* How long a deadlock is watched for whether it is one. */
#define WATCHED_MS 300

static gboolean
is_deadlocked (TelarRun *run)
{
  const TelarDeadlock *last = telar_timeline_deadlock (telar_run_get_timeline (run));

  return last != NULL && !last->passes;
}

static void
turn_for (TelarRun *run, guint milliseconds)
{
  gint64 until = g_get_monotonic_time () + milliseconds * G_GINT64_CONSTANT (1000);

  while (!telar_run_is_over (run) && g_get_monotonic_time () < until)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
}

/* Processes of the session @session, main first: (transfer full) (element-type pid_t) */
static GArray *
find_processes (pid_t session)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (pid_t));
  g_autoptr (GDir) directory = g_dir_open ("/proc", 0, NULL);
  const char *name;

  while (session > 0 && (name = g_dir_read_name (directory)) != NULL)
    {
      pid_t pid = (pid_t) atoi (name);

      if (pid > 1 && getsid (pid) == session)
        {
          if (pid == session)
            g_array_prepend_val (found, pid);
          else
            g_array_append_val (found, pid);
        }
    }
  return found;
}

/* Stops, lets go on and kills whoever there is; main seldom. In the end all may go on. */
static void
disturb (TelarRun *run)
{
  pid_t  session = telar_run_get_timeline (run)->begun.main_pid;
  gint64 until = g_get_monotonic_time () + DISTURBED_MS * 1000;

  while (!telar_run_is_over (run) && g_get_monotonic_time () < until)
    {
      g_autoptr (GArray) all = find_processes (session);

      if (all->len > 0)
        {
          guint which = (guint) g_test_rand_int_range (0, (gint32) all->len);
          int   what = g_test_rand_int_range (0, 10);

          if (which > 0 || what > 0)
            kill (g_array_index (all, pid_t, which),
                  what > (which > 0 ? 3 : 0) ? what % 2 ? SIGSTOP : SIGCONT : SIGKILL);
        }
      turn_for (run, (guint) g_test_rand_int_range (1, 12));
    }
  /* One who is stopped forks no more, but who is let go on may. */
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GArray) all = find_processes (session);

      for (guint k = 0; k < all->len; k++)
        kill (g_array_index (all, pid_t, k), SIGCONT);
      turn_for (run, 5);
    }
}

/* Ends @run, or stops it where nobody can go on, and looks at what is left. */
static void
settle (TelarRun *run, const char *text)
{
  TelarTimeline *timeline = telar_run_get_timeline (run);
  gboolean       stopped = FALSE;

  if (!turn_run (run, is_deadlocked, PATIENCE_MS))
    g_error ("neither ends nor is a deadlock: %s", text);
  if (!telar_run_is_over (run))
    {
      const TelarDeadlock *deadlock = telar_timeline_deadlock (timeline);

      turn_for (run, WATCHED_MS);
      if (deadlock->resolved != TELAR_NO_TIME)
        {
          g_autofree char *what = telar_deadlock_describe (timeline, deadlock);

          g_error ("no deadlock: %s: %s", what, text);
        }
      telar_run_stop (run);
      stopped = TRUE;
    }
  if (!turn_run (run, NULL, STOP_MS))
    g_error ("does not stop: %s", text);
  /* On a busy machine an engine that is to stop may be too slow, and is ended. */
  if (telar_run_get_state (run) != TELAR_RUN_ENDED
      && !(stopped && telar_run_get_state (run) == TELAR_RUN_ENGINE_LOST))
    g_error ("%s: %s", telar_run_get_error (run)->message, text);
  g_assert_cmpuint (processes_in_session (timeline->begun.main_pid), ==, 0);
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);

      for (guint k = 0; lane->state != TELAR_STATE_RUNNING && k < lane->holds->len; k++)
        if (g_array_index (lane->holds, TelarHold, k).end > timeline->wall)
          g_error ("%s holds beyond the run: %s", lane->id, text);
    }
}

/* Of the run of another user of this machine nothing is said: its files have other names. */
static guint
count_shared_files (void)
{
  g_autoptr (GDir) directory = g_dir_open ("/dev/shm", 0, NULL);
  const char *name;
  guint n = 0;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    n += strstr (name, "telar") != NULL;
  return n;
}

static char *
pool_graph_text (void)
{
  static const char *const kinds[] = { "process", "process", "thread" };
  static const char *const methods[] = { "fork", "forkserver", "spawn" };
  g_autoptr (GString) items = g_string_new (NULL);

  for (int i = 0; i < 12; i++)
    g_string_append_printf (items, "%s0.0%d", i > 0 ? ", " : "", g_test_rand_int_range (1, 4));
  return g_strdup_printf (
      "{\"telar\": 1, \"start-method\": \"%s\", \"objects\": [{\"id\": \"pool\", \"type\": \"pool\","
      " \"workers\": %d, \"kind\": \"%s\"}], \"main\": {\"body\": [[\"map\", {\"object\":"
      " \"pool\"}, \"sleep\", [%s], %d], [\"print\", \"over\"]]}, \"tasks\": []}",
      methods[g_test_rand_int_range (0, 3)], g_test_rand_int_range (1, 4),
      kinds[g_test_rand_int_range (0, 3)], items->str,
      g_test_rand_int_range (1, 4));
}

static void
run_disturbed (char *(*make) (void), guint n)
{
  const char *wished = g_getenv ("TELAR_TEST_KILLS");

  n = wished != NULL ? (guint) atoi (wished) : n;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = make ();
      g_autoptr (GBytes) plan = plan_of_text (text);
      g_autoptr (TelarRun) run
          = run_of_plan (plan, g_test_rand_bit () ? TELAR_SOURCE_OFF : TELAR_SOURCE_SAMPLED);

      telar_run_start (run);
      while (!telar_run_is_over (run) && telar_run_get_state (run) == TELAR_RUN_STARTING)
        g_main_context_iteration (NULL, TRUE);
      disturb (run);
      settle (run, text);
    }
  g_assert_cmpuint (count_shared_files (), ==, 0);
}

static void
test_objects (void)
{
  run_disturbed (object_graph_text, RUNS);
}

static void
test_pools (void)
{
  run_disturbed (pool_graph_text, RUNS / 2);
}

/* A task that is killed, be it stopped or not, while it holds a lock: the next one gets it,
 * and both lanes say so. */
static void
test_holder (gconstpointer stopped)
{
  g_autoptr (GBytes) plan = plan_of_text (
      "{\"telar\": 1, \"objects\": [{\"id\": \"m\", \"type\": \"lock\"}, {\"id\": \"e\", \"type\":"
      " \"event\"}], \"tasks\": [{\"id\": \"a\", \"kind\": \"process\", \"body\": [[\"acquire\","
      " {\"object\": \"m\"}], [\"set\", {\"object\": \"e\"}], [\"sleep\", 60]]}, {\"id\": \"b\","
      " \"kind\": \"process\", \"body\": [[\"wait\", {\"object\": \"e\"}], [\"print\", \"held\"],"
      " [\"acquire\", {\"object\": \"m\"}], [\"release\", {\"object\": \"m\"}]]}]}");
  g_autoptr (TelarRun) run = run_of_plan (plan, TELAR_SOURCE_SAMPLED);
  TelarTimeline *timeline = telar_run_get_timeline (run);
  const TelarTaskLane *a, *b;

  telar_run_start (run);
  a = lane_of (timeline, "a");
  b = lane_of (timeline, "b");
  while (!telar_run_is_over (run) && (timeline->lines->len == 0 || a->pid <= 0))
    g_main_context_iteration (NULL, TRUE);
  if (stopped != NULL)
    g_assert_cmpint (kill (a->pid, SIGSTOP), ==, 0);
  g_assert_cmpint (kill (a->pid, SIGKILL), ==, 0);
  g_assert_true (turn_run (run, NULL, PATIENCE_MS));
  g_assert_cmpint (a->exit, ==, -SIGKILL);
  g_assert_cmpint (b->exit, ==, 0);
  g_assert_cmpuint (a->holds->len, ==, 1);
  g_assert_false (g_array_index (a->holds, TelarHold, 0).open);
  g_assert_cmpuint (b->holds->len, ==, 1);
  g_assert_true (g_array_index (b->holds, TelarHold, 0).inherited);
  g_assert_cmpint (g_array_index (a->holds, TelarHold, 0).end, <=,
                   g_array_index (b->holds, TelarHold, 0).begin);
  g_assert_cmpuint (processes_in_session (timeline->begun.main_pid), ==, 0);
}

/* A worker that somebody stopped does not hold up who ends its pool, and neither does a
 * daemon who ends main. */
static void
test_stopped (gconstpointer data)
{
  const char *words = data;
  g_auto (GStrv) parts = g_strsplit (words, " ", 2);
  gboolean pool = g_str_equal (parts[1], "pool");
  g_autofree char *text = g_strdup_printf (
      "{\"telar\": 1, \"start-method\": \"%s\", \"objects\": [{\"id\": \"crew\", \"type\": \"pool\","
      " \"workers\": 1}], \"main\": {\"body\": [%s, [\"print\", \"begun\"], [\"sleep\", 1], %s"
      " [\"print\", \"over\"]]}, \"tasks\": [%s]}", parts[0],
      pool ? "[\"map_async\", {\"object\": \"crew\"}, \"sleep\", [60], \"all\"]" : "[\"sleep\", 0]",
      pool ? "[\"terminate_pool\", {\"object\": \"crew\"}], [\"join_pool\", {\"object\": \"crew\"}]," : "",
      pool ? "" : "{\"id\": \"d\", \"kind\": \"process\", \"daemon\": true, \"function\": \"sleep\", \"args\": [60]}");
  g_autoptr (GBytes) plan = plan_of_text (text);
  g_autoptr (TelarRun) run = run_of_plan (plan, TELAR_SOURCE_OFF);
  TelarTimeline *timeline = telar_run_get_timeline (run);
  const TelarTaskLane *lane;

  telar_run_start (run);
  while (!telar_run_is_over (run) && timeline->lines->len == 0)
    g_main_context_iteration (NULL, TRUE);
  lane = lane_of (timeline, pool ? "crew.1" : "d");
  while (!telar_run_is_over (run) && lane->pid <= 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (kill (lane->pid, SIGSTOP), ==, 0);
  g_assert_true (turn_run (run, NULL, PATIENCE_MS));
  g_assert_cmpint (lane->exit, ==, -SIGTERM);
  g_assert_cmpuint (processes_in_session (timeline->begun.main_pid), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/kills/holder", NULL, test_holder);
  g_test_add_data_func ("/kills/stopped-holder", "stopped", test_holder);
  g_test_add_func ("/kills/objects", test_objects);
  g_test_add_func ("/kills/pools", test_pools);
  for (guint i = 0; i < 3; i++)
    {
      static const char *const cases[] = { "fork pool", "forkserver pool", "fork daemon" };
      g_autofree char *path = g_strdup_printf ("/kills/stopped/%s", cases[i]);

      g_test_add_data_func (path, cases[i], test_stopped);
    }
  return g_test_run ();
}
