/* test-reaper.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Ending what is left of a run: by a process of its own, which adopts what loses its
 * parent as telar-engine and telar do. Who does not end, however often it is killed, is
 * one that a third process traces: the kernel keeps it until that one has heard of it.
 */

#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/reaper.h"

/* What processes tell each other. */
typedef struct
{
  _Atomic pid_t pid;
  _Atomic int   go;
} Shared;

static Shared *shared;

static void
wait_for_ever (void)
{
  for (;;)
    pause ();
}

static void
await (_Atomic int *word, int value)
{
  while (*word != value)
    g_usleep (500);
}

/* The number of a process that tells it itself, once it is what it is to be. */
static pid_t
await_pid (void)
{
  while (shared->pid == 0)
    g_usleep (500);
  return shared->pid;
}

static void
tell_pid (void)
{
  shared->pid = getpid ();
}

static gboolean
has_children (void)
{
  siginfo_t info;

  return waitid (P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

/* Plays @part in a process that adopts, and ends with what it returns. */
static int
play (int (*part) (void))
{
  int   status;
  pid_t pid;

  shared->pid = 0;
  shared->go = 0;
  pid = fork ();
  if (pid == 0)
    {
      telar_reaper_adopt ();
      _exit (part ());
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static gboolean
is_there (pid_t pid)
{
  return kill (pid, 0) == 0;
}

/* ---- who hides ---------------------------------------------------------- */

static guint n_told;

static void
count (pid_t pid, int exit, void *data)
{
  n_told += exit == -SIGKILL;
}

/* A child, and its child, which has left the session and forked twice. */
static pid_t
start_hidden (void)
{
  pid_t pid = fork ();

  if (pid > 0)
    return pid;
  setsid ();
  if (fork () == 0)
    {
      setsid ();
      clearenv ();
      if (fork () == 0)
        {
          tell_pid ();
          wait_for_ever ();
        }
      _exit (0);
    }
  wait_for_ever ();
  return 0;
}

static int
end_hidden (void)
{
  pid_t session = start_hidden ();
  pid_t hidden = await_pid ();

  n_told = 0;
  if (!telar_reaper_end (session, NULL, TELAR_REAPER_PATIENCE, count, NULL))
    return 1;
  return has_children () ? 2 : is_there (hidden) || is_there (session) ? 3 : n_told != 2 ? 4 : 0;
}

static void
test_hidden (void)
{
  g_assert_cmpint (play (end_hidden), ==, 0);
}

/* ---- who does not end --------------------------------------------------- */

/* Holds @pid until it is told to let go. Returns: its own number; 0: none may trace here. */
static pid_t
hold (pid_t pid)
{
  pid_t holder = fork ();
  int   status;

  if (holder == 0)
    {
      if (ptrace (PTRACE_SEIZE, pid, NULL, NULL) != 0)
        {
          shared->go = -1;
          _exit (1);
        }
      shared->go = 1;
      await (&shared->go, 2);
      _exit (0);
    }
  while (shared->go == 0)
    g_usleep (500);
  if (shared->go == 1)
    return holder;
  waitpid (holder, &status, 0);
  return 0;
}

static int
end_held (void)
{
  pid_t    child = fork ();
  gboolean too_early = FALSE;

  if (child == 0)
    {
      setsid ();
      prctl (PR_SET_PTRACER, PR_SET_PTRACER_ANY);
      tell_pid ();
      wait_for_ever ();
    }
  while (shared->go == 0)
    g_usleep (500);
  if (shared->go != 1)
    return 77;
  /* However often it looks. */
  for (guint i = 0; i < 3 && !too_early; i++)
    too_early = telar_reaper_end (child, i == 1 ? "mark" : NULL, 3, NULL, NULL);
  shared->go = 2;
  if (too_early)
    return 1;
  if (!telar_reaper_end (child, NULL, TELAR_REAPER_PATIENCE, NULL, NULL))
    return 2;
  return has_children () ? 3 : 0;
}

static void
test_held (void)
{
  int   status;
  pid_t ending, holder;

  shared->pid = 0;
  shared->go = 0;
  ending = fork ();
  if (ending == 0)
    {
      telar_reaper_adopt ();
      prctl (PR_SET_PTRACER, PR_SET_PTRACER_ANY);
      _exit (end_held ());
    }
  holder = hold (await_pid ());
  g_assert_cmpint (waitpid (ending, &status, 0), ==, ending);
  g_assert_true (WIFEXITED (status));
  if (holder == 0)
    {
      g_assert_cmpint (WEXITSTATUS (status), ==, 77);
      g_test_skip ("no process may trace another one here");
      return;
    }
  g_assert_cmpint (waitpid (holder, NULL, 0), ==, holder);
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

/* ---- who has nothing by which it is known any more ------------------------ */

/* Ended, it has no environment; and where no core files are allowed to anybody, no limit
 * tells it from others. */
static int
end_unmarked (void)
{
  const struct rlimit none = { 0, 0 };
  pid_t               marked;

  setrlimit (RLIMIT_CORE, &none);
  marked = fork ();
  if (marked == 0)
    {
      setsid ();
      setenv ("TELAR_RUN", "1.1", 1);
      execlp ("sleep", "sleep", "60", NULL);
      _exit (1);
    }
  /* Until it has the mark. */
  while (!telar_reaper_is_of_run (marked, 0, "1.1"))
    g_usleep (500);
  if (!telar_reaper_end (0, "1.1", TELAR_REAPER_PATIENCE, NULL, NULL))
    return 1;
  return has_children () ? 2 : 0;
}

static void
test_unmarked (void)
{
  g_assert_cmpint (play (end_unmarked), ==, 0);
}

/* ---- whom it does not concern -------------------------------------------- */

/* Not of the run, and a child all the same. */
static int
spare_others (void)
{
  pid_t other = fork ();
  int   outcome = 0;

  if (other == 0)
    wait_for_ever ();
  if (!telar_reaper_end (0, "another mark", TELAR_REAPER_PATIENCE, NULL, NULL))
    outcome = 1;
  else if (waitpid (other, NULL, WNOHANG) != 0)
    outcome = 2;
  kill (other, SIGKILL);
  waitpid (other, NULL, 0);
  return outcome;
}

/* The number of a session whose processes have all been reaped may be somebody else's. */
static int
spare_number (void)
{
  return telar_reaper_end (shared->pid, NULL, TELAR_REAPER_PATIENCE, NULL, NULL) ? 0 : 1;
}

static void
test_spared (void)
{
  pid_t other;
  int   status;

  g_assert_cmpint (play (spare_others), ==, 0);

  shared->pid = 0;
  other = fork ();
  if (other == 0)
    {
      setsid ();
      tell_pid ();
      wait_for_ever ();
    }
  await_pid ();
  pid_t ending = fork ();
  if (ending == 0)
    {
      telar_reaper_adopt ();
      _exit (spare_number ());
    }
  g_assert_cmpint (waitpid (ending, &status, 0), ==, ending);
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_assert_cmpint (waitpid (other, &status, WNOHANG), ==, 0);
  kill (other, SIGKILL);
  g_assert_cmpint (waitpid (other, &status, 0), ==, other);
}

/* ---- without lists --------------------------------------------------------- */

/* Where nothing can be opened, nothing is found: which is not that there is nothing. */
static int
end_without_descriptors (void)
{
  struct rlimit before, none;
  pid_t         child = fork ();
  gboolean      was_left;

  if (child == 0)
    wait_for_ever ();
  getrlimit (RLIMIT_NOFILE, &before);
  none = before;
  none.rlim_cur = 0;
  setrlimit (RLIMIT_NOFILE, &none);
  was_left = !telar_reaper_end (0, NULL, 5, NULL, NULL) && has_children ();
  setrlimit (RLIMIT_NOFILE, &before);
  if (!was_left)
    {
      kill (child, SIGKILL);
      return 1;
    }
  return telar_reaper_end (0, NULL, TELAR_REAPER_PATIENCE, NULL, NULL) && !has_children () ? 0 : 2;
}

static void
test_without_descriptors (void)
{
  g_assert_cmpint (play (end_without_descriptors), ==, 0);
}

/* ---- many ------------------------------------------------------------------ */

/* More than one look finds, each with a child. */
static int
end_many (void)
{
  for (guint i = 0; i < 1200; i++)
    if (fork () == 0)
      {
        if (i % 8 == 0 && fork () == 0)
          wait_for_ever ();
        wait_for_ever ();
      }
  n_told = 0;
  if (!telar_reaper_end (0, NULL, TELAR_REAPER_PATIENCE, count, NULL) || has_children ())
    return 1;
  return n_told >= 1200 ? 0 : 2;
}

static void
test_many (void)
{
  g_assert_cmpint (play (end_many), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* One that does not end ends the test, not the day. */
  alarm (120);
  shared = mmap (NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  g_assert_true (shared != MAP_FAILED);
  g_test_add_func ("/reaper/hidden", test_hidden);
  g_test_add_func ("/reaper/held", test_held);
  g_test_add_func ("/reaper/unmarked", test_unmarked);
  g_test_add_func ("/reaper/spared", test_spared);
  g_test_add_func ("/reaper/without-descriptors", test_without_descriptors);
  g_test_add_func ("/reaper/many", test_many);
  return g_test_run ();
}
