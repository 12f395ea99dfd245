/* test-refusals.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Runs on a machine that refuses: no more processes, no exact records, no
 * engine. Each refusal is made for real, in a process of its own, since none
 * of them can be taken back.
 */

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "run-graph.h"

#define NOBODY 65534

#define SLEEPERS                                                                             \
  "{\"telar\": 1, \"tasks\": ["                                                                    \
  "{\"id\": \"p\", \"kind\": \"process\", \"function\": \"sleep\", \"args\": [0.3], \"copies\": 40}," \
  "{\"id\": \"done\", \"kind\": \"call\", \"function\": \"print\", \"args\": [\"Done\"], \"after\": [\"p\"]}," \
  "{\"id\": \"c\", \"kind\": \"call\", \"function\": \"print\", \"args\": [\"on\"]}]}"

/* From here on this process may not have more than @n processes and threads
 * beside those of its user. Returns: whether that could be had. */
static gboolean
become_limited (rlim_t n)
{
  struct rlimit limit = { n, n };

  if (geteuid () == 0 && (setresgid (NOBODY, NOBODY, NOBODY) != 0
                          || setresuid (NOBODY, NOBODY, NOBODY) != 0))
    return FALSE;
  return setrlimit (RLIMIT_NPROC, &limit) == 0;
}

static void
test_no_more_processes (void)
{
  if (!g_test_subprocess ())
    {
      if (geteuid () != 0)
        {
          g_test_skip ("needs root, to become a user who has no other processes");
          return;
        }
      g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, 0);
      g_test_trap_assert_passed ();
      return;
    }

  g_autoptr (GBytes) plan = plan_of_text (SLEEPERS);
  g_autoptr (TelarRun) run = run_of_plan (plan, TELAR_SOURCE_OFF);
  guint n_refused = 0;

  if (!become_limited (12))
    return;
  run_to_end (run, 20);
  /* Where the build cannot be reached by others there is no engine for them. */
  if (telar_run_get_state (run) == TELAR_RUN_REFUSED)
    return;
  TelarTimeline *timeline = telar_run_get_timeline (run);
  g_assert_cmpint (telar_run_get_state (run), ==, TELAR_RUN_ENDED);
  for (guint i = 1; i < timeline->tasks->len; i++)
    {
      TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);
      if (lane->state != TELAR_STATE_COULD_NOT_START)
        continue;
      g_autofree char *words = telar_task_describe_state (timeline, lane);
      g_assert_cmpint (lane->could_not, ==, EAGAIN);
      g_assert_nonnull (strstr (words, g_strerror (EAGAIN)));
      n_refused++;
    }
  g_assert_cmpuint (n_refused, >, 0);
  g_assert_cmpuint (n_refused, <, 40);
  g_assert_cmpint (lane_of (timeline, "done")->state, ==, TELAR_STATE_NOT_STARTED);
  g_assert_cmpint (lane_of (timeline, "c")->state, ==, TELAR_STATE_JOINED);
  g_assert_cmpint (telar_timeline_exit_status (timeline), ==, 1);
}

/* As in most containers: perf_event_open is answered with @error. */
static gboolean
refuse_records (int error)
{
  struct sock_filter  rules[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_perf_event_open, 0, 1),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned) error),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = { G_N_ELEMENTS (rules), rules };

  return prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
         && prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static void
test_no_exact_records (gconstpointer data)
{
  gboolean forced = GPOINTER_TO_INT (data);

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, 0);
      g_test_trap_assert_passed ();
      return;
    }

  g_autoptr (GBytes) plan = plan_of_text (
      "{\"telar\": 1, \"tasks\": [{\"id\": \"p\", \"kind\": \"process\", \"function\": \"busy\","
      " \"args\": [60]}]}");
  g_autoptr (GArray) cores = g_array_new (FALSE, FALSE, sizeof (int));
  TelarRunOptions options = { .source = TELAR_SOURCE_EXACT, .source_forced = forced };
  g_autoptr (TelarRun) run = telar_run_new (plan, cores, &options);

  if (!refuse_records (EPERM))
    g_error ("no filter of system calls: %s", g_strerror (errno));
  run_to_end (run, 20);
  if (forced)
    {
      g_assert_cmpint (telar_run_get_state (run), ==, TELAR_RUN_REFUSED);
      g_assert_error (telar_run_get_error (run), TELAR_RUN_ERROR, TELAR_RUN_ERROR_SOURCE);
      return;
    }
  TelarTimeline   *timeline = telar_run_get_timeline (run);
  g_autofree char *source = telar_timeline_describe_source (timeline);
  g_assert_cmpint (telar_run_get_state (run), ==, TELAR_RUN_ENDED);
  g_assert_cmpint (timeline->begun.source, ==, TELAR_SOURCE_SAMPLED);
  g_assert_cmpint (timeline->begun.refusal, ==, EPERM);
  g_assert_nonnull (strstr (source, "sampled"));
  g_assert_cmpuint (lane_of (timeline, "p")->slices->len, >, 0);
}

static void
test_no_engine (void)
{
  g_autoptr (GBytes) plan = plan_of_text (SLEEPERS);
  g_autoptr (TelarRun) run = run_of_plan (plan, TELAR_SOURCE_OFF);
  g_autofree char *before = g_strdup (g_getenv ("TELAR_ENGINE"));

  g_setenv ("TELAR_ENGINE", "/nowhere/telar-engine", TRUE);
  run_to_end (run, 20);
  if (before != NULL)
    g_setenv ("TELAR_ENGINE", before, TRUE);
  else
    g_unsetenv ("TELAR_ENGINE");
  g_assert_cmpint (telar_run_get_state (run), ==, TELAR_RUN_REFUSED);
  g_assert_error (telar_run_get_error (run), TELAR_RUN_ERROR, TELAR_RUN_ERROR_NO_ENGINE);
  g_assert_nonnull (strstr (telar_run_get_error (run)->message, "/nowhere/telar-engine"));
}

/* A folder that is gone when the run begins. */
static void
test_no_folder (void)
{
  g_autofree char *folder = g_dir_make_tmp ("telar-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "graph.telar", NULL);
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph = NULL;

  g_assert_true (g_file_set_contents (file, SLEEPERS, -1, NULL));
  graph = telar_graph_read (file, faults);
  g_assert_nonnull (graph);
  g_autoptr (GBytes) plan = plan_of_graph (graph);
  g_autoptr (TelarRun) run = run_of_plan (plan, TELAR_SOURCE_OFF);

  unlink (file);
  rmdir (folder);
  run_to_end (run, 20);
  g_assert_cmpint (telar_run_get_state (run), ==, TELAR_RUN_REFUSED);
  g_assert_error (telar_run_get_error (run), TELAR_RUN_ERROR, TELAR_RUN_ERROR_REFUSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/refusals/no-more-processes", test_no_more_processes);
  g_test_add_data_func ("/refusals/no-exact-records/fall-back", GINT_TO_POINTER (FALSE),
                        test_no_exact_records);
  g_test_add_data_func ("/refusals/no-exact-records/forced", GINT_TO_POINTER (TRUE),
                        test_no_exact_records);
  g_test_add_func ("/refusals/no-engine", test_no_engine);
  g_test_add_func ("/refusals/no-folder", test_no_folder);
  return g_test_run ();
}
