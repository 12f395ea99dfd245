/* test-objects-sync.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Locks, semaphores, events, conditions and barriers, without a run: what each
 * call gives back, and that a process that is killed anywhere blocks nobody.
 */

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "made-objects.h"
#include "objects/barrier.h"
#include "objects/condition.h"
#include "objects/event.h"
#include "objects/lock.h"
#include "objects/semaphore.h"
#include "recorder/clock.h"

#define MS TELAR_MILLISECOND

static TelarParty
party_of (guint32 task)
{
  return (TelarParty){ .task = task };
}

static void
assert_took (gint64 begin, gint64 at_least_ns)
{
  g_assert_cmpint (telar_now_ns () - begin, >=, at_least_ns);
}

/* One task alone. */

static void
test_lock (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_LOCK, 0, 0);
  TelarParty    a = party_of (1), b = party_of (2);
  gint64        begin;

  g_assert_cmpint (telar_lock_release (objects, 0, &a), ==, TELAR_OBJECT_FREE);
  g_assert_cmpint (telar_lock_acquire (objects, 0, &a, TELAR_FOREVER), ==, TELAR_OBJECT_DONE);
  g_assert_cmpuint (telar_objects_owner (objects, 0), ==, 1);
  g_assert_cmpint (telar_lock_acquire (objects, 0, &a, 0), ==, TELAR_OBJECT_TIMEOUT);
  begin = telar_now_ns ();
  g_assert_cmpint (telar_lock_acquire (objects, 0, &b, 20 * MS), ==, TELAR_OBJECT_TIMEOUT);
  assert_took (begin, 20 * MS);
  /* Any task may. */
  g_assert_cmpint (telar_lock_release (objects, 0, &b), ==, TELAR_OBJECT_DONE);
  g_assert_cmpuint (telar_objects_owner (objects, 0), ==, TELAR_NO_TASK);
  g_assert_cmpint (telar_lock_acquire (objects, 0, &b, 0), ==, TELAR_OBJECT_DONE);
  telar_objects_owner_died (objects, 2);
  g_assert_cmpint (telar_lock_acquire (objects, 0, &a, 0), ==, TELAR_OBJECT_OWNER_DIED);
  g_assert_cmpint (telar_lock_release (objects, 0, &a), ==, TELAR_OBJECT_DONE);
  g_assert_cmpint (telar_lock_acquire (objects, 0, &b, 0), ==, TELAR_OBJECT_DONE);
  telar_objects_free (objects);
}

static void
test_rlock (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_RLOCK, 0, 0);
  TelarParty    a = party_of (1), b = party_of (2);

  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (telar_lock_acquire (objects, 0, &a, 0), ==, TELAR_OBJECT_DONE);
  g_assert_cmpint (telar_lock_acquire (objects, 0, &b, 0), ==, TELAR_OBJECT_TIMEOUT);
  g_assert_cmpint (telar_lock_release (objects, 0, &b), ==, TELAR_OBJECT_NOT_OWNER);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (telar_objects_owner (objects, 0), ==, 1);
      g_assert_cmpint (telar_lock_release (objects, 0, &a), ==, TELAR_OBJECT_DONE);
    }
  g_assert_cmpint (telar_lock_release (objects, 0, &a), ==, TELAR_OBJECT_NOT_OWNER);
  telar_objects_free (objects);
}

static void
test_semaphore (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_BOUNDED_SEMAPHORE, 2, 0);
  TelarParty    a = party_of (1);
  gint64        begin;

  g_assert_cmpint (telar_semaphore_release (objects, 0, &a), ==, TELAR_OBJECT_BOUND);
  g_assert_cmpint (telar_semaphore_acquire (objects, 0, &a, 0), ==, TELAR_OBJECT_DONE);
  g_assert_cmpint (telar_semaphore_acquire (objects, 0, &a, 0), ==, TELAR_OBJECT_DONE);
  g_assert_cmpuint (telar_semaphore_value (objects, 0), ==, 0);
  begin = telar_now_ns ();
  g_assert_cmpint (telar_semaphore_acquire (objects, 0, &a, 20 * MS), ==, TELAR_OBJECT_TIMEOUT);
  assert_took (begin, 20 * MS);
  g_assert_cmpint (telar_semaphore_release (objects, 0, &a), ==, TELAR_OBJECT_DONE);
  g_assert_cmpuint (telar_semaphore_value (objects, 0), ==, 1);
  telar_objects_free (objects);
}

/* What a task waits for, and that who looks sees it blocked until it is woken. */
static void
wait_for_event (TelarObjects *objects, guint32 task)
{
  TelarParty party = party_of (task);

  if (telar_event_wait (objects, 0, &party, TELAR_FOREVER) != TELAR_OBJECT_DONE)
    _exit (1);
}

static void
test_event (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_EVENT, 0, 0);
  TelarParty    a = party_of (1);
  pid_t         children[5];

  g_assert_cmpint (telar_event_wait (objects, 0, &a, 10 * MS), ==, TELAR_OBJECT_TIMEOUT);
  for (guint32 i = 0; i < 5; i++)
    children[i] = telar_play (objects, wait_for_event, 2 + i);
  for (guint32 i = 0; i < 5; i++)
    {
      telar_await_sleep (objects, 2 + i, 0);
      g_assert_true (telar_objects_blocked (objects, 2 + i));
    }
  telar_event_set (objects, 0, &a);
  for (guint i = 0; i < 5; i++)
    telar_await_success (children[i]);
  g_assert_true (telar_event_is_set (objects, 0));
  telar_event_clear (objects, 0, &a);
  g_assert_false (telar_event_is_set (objects, 0));
  telar_objects_free (objects);
}

/* Conditions: 1, 3, 6 */

static void
wait_for_condition (TelarObjects *objects, guint32 task)
{
  TelarParty party = party_of (task);

  if (telar_condition_wait (objects, 0, &party, TELAR_FOREVER) != TELAR_OBJECT_DONE)
    _exit (1);
}

static guint
count_ended (pid_t *children, guint n, guint expected)
{
  guint ended = 0;

  while (ended < expected)
    {
      ended = 0;
      for (guint i = 0; i < n; i++)
        {
          siginfo_t info = { 0 };
          waitid (P_PID, (id_t) children[i], &info, WEXITED | WNOHANG | WNOWAIT);
          ended += info.si_pid != 0;
        }
      g_usleep (1000);
    }
  return ended;
}

static void
test_condition (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_CONDITION, 0, 0);
  TelarParty    a = party_of (1);
  pid_t         children[6];

  g_assert_cmpuint (telar_condition_notify (objects, 0, &a, 5), ==, 0);
  for (guint32 i = 0; i < 6; i++)
    {
      children[i] = telar_play (objects, wait_for_condition, 2 + i);
      telar_await_sleep (objects, 2 + i, 0);
    }
  g_assert_cmpuint (telar_condition_n_waiting (objects, 0), ==, 6);
  g_assert_cmpuint (telar_condition_notify (objects, 0, &a, 1), ==, 1);
  g_assert_cmpuint (count_ended (children, 6, 1), ==, 1);
  /* In the order in which they came. */
  g_assert_cmpuint (telar_condition_notify (objects, 0, &a, 2), ==, 2);
  g_assert_cmpuint (count_ended (children, 3, 3), ==, 3);
  g_assert_cmpuint (telar_condition_n_waiting (objects, 0), ==, 3);
  g_assert_cmpuint (telar_condition_notify (objects, 0, &a, 99), ==, 3);
  for (guint i = 0; i < 6; i++)
    telar_await_success (children[i]);
  telar_objects_free (objects);
}

/* Tasks 2 to 4, of which the first was killed. */
static void
play_waiters (TelarObjects *objects, pid_t children[3])
{
  for (guint32 i = 0; i < 3; i++)
    {
      children[i] = telar_play (objects, wait_for_condition, 2 + i);
      telar_await_sleep (objects, 2 + i, 0);
    }
  kill (children[0], SIGKILL);
  waitpid (children[0], NULL, 0);
}

/* One of the waiters is killed: the others are woken in its place. */
static void
test_condition_killed (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_CONDITION, 0, 0);
  TelarParty    a = party_of (1);
  pid_t         children[3];

  play_waiters (objects, children);
  telar_objects_owner_died (objects, 2);
  g_assert_cmpuint (telar_condition_n_waiting (objects, 0), ==, 2);
  g_assert_cmpuint (telar_condition_notify (objects, 0, &a, 1), ==, 1);
  telar_await_success (children[1]);
  g_assert_cmpuint (telar_condition_notify (objects, 0, &a, 1), ==, 1);
  telar_await_success (children[2]);
  telar_objects_free (objects);
}

static bool
is_second (uint32_t task, void *data)
{
  (void) data;
  return task == 2;
}

/* Nobody reaps the one who is notified, and was killed: whoever watches the run finds it. */
static void
test_condition_watched (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_CONDITION, 0, 0);
  TelarParty    a = party_of (1);
  pid_t         children[3];

  play_waiters (objects, children);
  telar_objects_look (objects, is_second, NULL);
  g_assert_cmpuint (telar_condition_n_waiting (objects, 0), ==, 3);
  g_assert_cmpuint (telar_condition_notify (objects, 0, &a, 1), ==, 1);
  telar_objects_look (objects, is_second, NULL);
  telar_await_success (children[1]);
  telar_objects_look (objects, is_second, NULL);
  g_assert_cmpuint (telar_condition_n_waiting (objects, 0), ==, 1);
  g_assert_cmpuint (telar_condition_notify (objects, 0, &a, 1), ==, 1);
  telar_await_success (children[2]);
  telar_objects_free (objects);
}

/* Barriers */

#define TURNS 300

static void
pass_barrier (TelarObjects *objects, guint32 task)
{
  TelarParty party = party_of (task);
  uint32_t   nth;

  for (guint i = 0; i < TURNS; i++)
    if (telar_barrier_wait (objects, 0, &party, TELAR_FOREVER, &nth) != TELAR_OBJECT_DONE || nth > 4)
      _exit (1);
}

static void
test_barrier (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_BARRIER, 5, 0);
  TelarParty    a = party_of (1);
  pid_t         children[5];
  uint32_t      nth;

  for (guint32 i = 0; i < 5; i++)
    children[i] = telar_play (objects, pass_barrier, 2 + i);
  for (guint i = 0; i < 5; i++)
    telar_await_success (children[i]);
  g_assert_cmpint (telar_barrier_wait (objects, 0, &a, 10 * MS, &nth), ==, TELAR_OBJECT_BROKEN);
  g_assert_true (telar_barrier_is_broken (objects, 0));
  g_assert_cmpint (telar_barrier_wait (objects, 0, &a, TELAR_FOREVER, &nth), ==,
                   TELAR_OBJECT_BROKEN);
  telar_barrier_reset (objects, 0, &a);
  g_assert_false (telar_barrier_is_broken (objects, 0));
  telar_objects_free (objects);
}

/* Kills, at any instruction */

#define WORKERS 4
#define KILLS   150

static void
use_all (TelarObjects *objects, guint32 task)
{
  TelarParty party = party_of (task);

  for (;;)
    {
      if (telar_lock_acquire (objects, 0, &party, TELAR_FOREVER) != TELAR_OBJECT_TIMEOUT)
        telar_lock_release (objects, 0, &party);
      if (telar_semaphore_acquire (objects, 1, &party, MS) == TELAR_OBJECT_DONE)
        telar_semaphore_release (objects, 1, &party);
      telar_condition_wait (objects, 2, &party, MS / 10);
      telar_condition_notify (objects, 2, &party, 1);
      telar_lock_acquire (objects, 3, &party, TELAR_FOREVER);
      telar_lock_acquire (objects, 3, &party, TELAR_FOREVER);
      telar_lock_release (objects, 3, &party);
      telar_lock_release (objects, 3, &party);
    }
}

/* Processes use all kinds at once, and each is killed some time and replaced. In
 * the end everything can still be had. */
static void
test_kills (void)
{
  static const TelarPlanObject made[] = {
    { .type = TELAR_OBJECT_LOCK, .of = TELAR_NO_OBJECT },
    { .type = TELAR_OBJECT_SEMAPHORE, .amount = 3, .of = TELAR_NO_OBJECT },
    { .type = TELAR_OBJECT_CONDITION, .of = TELAR_NO_OBJECT },
    { .type = TELAR_OBJECT_RLOCK, .of = TELAR_NO_OBJECT },
  };
  TelarObjects *objects = telar_made_objects (made, G_N_ELEMENTS (made));
  TelarParty    me = party_of (1);
  pid_t         children[WORKERS];

  for (guint32 i = 0; i < WORKERS; i++)
    children[i] = telar_play (objects, use_all, 2 + i);
  for (guint n = 0; n < KILLS; n++)
    {
      guint32 who = (guint32) g_test_rand_int_range (0, WORKERS);

      g_usleep ((gulong) g_test_rand_int_range (0, 3000));
      kill (children[who], SIGKILL);
      waitpid (children[who], NULL, 0);
      telar_objects_owner_died (objects, 2 + who);
      telar_objects_task_ended (objects, 2 + who);
      for (guint32 object = 0; object < G_N_ELEMENTS (made); object++)
        if (object != 1)
          {
            g_assert_cmpint (telar_lock_acquire (objects, object, &me, 20 * TELAR_SECOND), !=,
                             TELAR_OBJECT_TIMEOUT);
            g_assert_cmpint (telar_lock_release (objects, object, &me), ==, TELAR_OBJECT_DONE);
          }
      children[who] = telar_play (objects, use_all, 2 + who);
    }
  for (guint i = 0; i < WORKERS; i++)
    {
      kill (children[i], SIGKILL);
      waitpid (children[i], NULL, 0);
      telar_objects_owner_died (objects, 2 + i);
    }
  for (guint32 object = 0; object < G_N_ELEMENTS (made); object++)
    if (object != 1)
      g_assert_cmpuint (telar_objects_owner (objects, object), ==, TELAR_NO_TASK);
  g_assert_cmpuint (telar_condition_n_waiting (objects, 2), ==, 0);
  telar_objects_free (objects);
}

/* Threads and processes count together. */

#define ROUNDS 5000

static guint64 *counter; /* the number of a value, as plain memory */

static void
count (TelarObjects *objects, guint32 task)
{
  TelarParty party = party_of (task);

  for (guint i = 0; i < ROUNDS; i++)
    {
      telar_lock_acquire (objects, 0, &party, TELAR_FOREVER);
      (*counter)++;
      telar_lock_release (objects, 0, &party);
    }
}

typedef struct
{
  TelarObjects *objects;
  guint32       task;
} Counting;

static gpointer
count_in_thread (gpointer data)
{
  Counting *it = data;

  count (it->objects, it->task);
  return NULL;
}

static void
test_exclusion (void)
{
  static const TelarPlanObject made[] = {
    { .type = TELAR_OBJECT_LOCK, .of = TELAR_NO_OBJECT },
    { .type = TELAR_OBJECT_VALUE, .of = TELAR_NO_OBJECT },
  };
  TelarObjects *objects = telar_made_objects (made, 2);
  pid_t         children[2];
  GThread      *threads[2];
  Counting      counting[2];

  counter = (guint64 *) telar_object_area (objects, 1) + 8;
  for (guint32 i = 0; i < 2; i++)
    children[i] = telar_play (objects, count, 2 + i);
  for (guint32 i = 0; i < 2; i++)
    {
      counting[i] = (Counting){ objects, 4 + i };
      threads[i] = g_thread_new ("count", count_in_thread, &counting[i]);
    }
  for (guint i = 0; i < 2; i++)
    {
      telar_await_success (children[i]);
      g_thread_join (threads[i]);
    }
  g_assert_cmpuint (*counter, ==, 4 * ROUNDS);
  telar_objects_free (objects);
}

/* The head cannot be written to: the engine follows what is in it. */
static void
test_protected (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_LOCK, 0, 0);
  pid_t         pid = fork ();
  int           status;

  if (pid == 0)
    {
      signal (SIGSEGV, SIG_DFL);
      *(volatile uint32_t *) &objects->n_objects = 5;
      _exit (0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  telar_objects_free (objects);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/objects/lock", test_lock);
  g_test_add_func ("/objects/rlock", test_rlock);
  g_test_add_func ("/objects/semaphore", test_semaphore);
  g_test_add_func ("/objects/event", test_event);
  g_test_add_func ("/objects/condition", test_condition);
  g_test_add_func ("/objects/condition-killed", test_condition_killed);
  g_test_add_func ("/objects/condition-watched", test_condition_watched);
  g_test_add_func ("/objects/barrier", test_barrier);
  g_test_add_func ("/objects/kills", test_kills);
  g_test_add_func ("/objects/exclusion", test_exclusion);
  g_test_add_func ("/objects/protected", test_protected);
  return g_test_run ();
}
