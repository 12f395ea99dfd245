/* test-deadlock-look.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What the engine tells of deadlocks, look after look, where the test puts down in
 * shared memory what the tasks do: nobody runs, and nothing depends on time.
 */

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/deadlock.h"
#include "objects/lock.h"
#include "run-graph.h"

enum { MAIN, A, B, C, D, N };
enum { LOCK_M, LOCK_N, EVENT };

typedef struct
{
  GBytes         *plan;      /* owned */
  TelarProgram    program;   /* its memory is owned */
  TelarDeadlocks *deadlocks; /* owned */
  TelarRings      rings;
  uint32_t        open[N];
  GString        *told;      /* owned */
  bool            whole;     /* none can ever go on, said the last look */
} Fixture;

/* Nobody but a and b would release a lock, and nobody sets the event. */
static const char graph[]
    = "{\"telar\": 1, \"objects\": [{\"id\": \"m\", \"type\": \"lock\"},"
      " {\"id\": \"n\", \"type\": \"lock\"}, {\"id\": \"e\", \"type\": \"event\"}], \"tasks\": ["
      "{\"id\": \"a\", \"kind\": \"process\", \"body\": [[\"acquire\", {\"object\": \"m\"}],"
      " [\"acquire\", {\"object\": \"n\"}], [\"release\", {\"object\": \"m\"}]]},"
      "{\"id\": \"b\", \"kind\": \"process\", \"body\": [[\"acquire\", {\"object\": \"n\"}],"
      " [\"acquire\", {\"object\": \"m\"}], [\"release\", {\"object\": \"n\"}]]},"
      "{\"id\": \"c\", \"kind\": \"process\", \"body\": [[\"acquire\", {\"object\": \"m\"}],"
      " [\"wait\", {\"object\": \"e\"}]]},"
      "{\"id\": \"d\", \"kind\": \"process\", \"body\": [[\"wait\", {\"object\": \"e\"}]]}]}";

static void
set_up (Fixture *f, gconstpointer unused)
{
  const TelarPlan *plan;

  (void) unused;
  f->plan = plan_of_text (graph);
  plan = g_bytes_get_data (f->plan, NULL);
  g_assert_cmpuint (plan->n_tasks, ==, N);
  f->program.plan = plan;
  f->program.shared = telar_shared_new (plan, NULL);
  f->program.objects = telar_objects_new (plan, NULL);
  g_assert_nonnull (f->program.shared);
  g_assert_nonnull (f->program.objects);
  f->deadlocks = telar_deadlocks_new (&f->program);
  f->told = g_string_new (NULL);
  for (uint32_t t = 0; t < N; t++)
    {
      TelarRow *row = telar_shared_row (f->program.shared, t);

      f->open[t] = t;
      atomic_store (&row->state, TELAR_ROW_STARTED);
      atomic_store (&row->pid, getpid ());
    }
  f->rings = (TelarRings){ .open = f->open, .n_tasks = N, .n_open = N };
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  (void) unused;
  telar_deadlocks_free (f->deadlocks);
  telar_objects_free (f->program.objects);
  telar_shared_free (f->program.shared);
  g_string_free (f->told, TRUE);
  g_bytes_unref (f->plan);
}

/* What tasks do */

static void
take_lock (Fixture *f, uint32_t task, uint32_t lock)
{
  TelarParty party = { .task = task };

  g_assert_cmpint (telar_lock_acquire (f->program.objects, lock, &party, 0), ==, TELAR_OBJECT_DONE);
}

static void
sleep_for (Fixture *f, uint32_t task, uint32_t object, int64_t until)
{
  TelarParty party = { .task = task };
  uint32_t   owner = object == EVENT ? TELAR_NO_TASK
                                     : telar_objects_owner (f->program.objects, object);

  atomic_store (&telar_shared_row (f->program.shared, task)->step, object == EVENT ? 0 : 1);
  telar_party_begins (f->program.objects, &party, object, owner, 0, until);
}

static void
wake (Fixture *f, uint32_t task)
{
  TelarParty party = { .task = task };

  telar_party_ends (f->program.objects, &party);
}

/* a and b have a lock each, and wait for the other's; a until then. */
static void
close_circle (Fixture *f, int64_t until)
{
  take_lock (f, A, LOCK_M);
  take_lock (f, B, LOCK_N);
  sleep_for (f, A, LOCK_N, until);
  sleep_for (f, B, LOCK_M, INT64_MAX);
}

/* What is told */

static void
tell (const TelarEvent *event, void *data)
{
  Fixture *f = data;
  char     name = event->task < N ? "-abcd"[event->task] : '?';

  if (event->kind == TELAR_EVENT_RESOLVED)
    g_string_append_printf (f->told, "%c over%s. ", name,
                            (event->core & TELAR_DEADLOCK_PASSES) != 0 ? ", passed" : "");
  else
    g_string_append_printf (f->told, "%c%s%s%s", name,
                            (event->core & TELAR_DEADLOCK_CYCLE) != 0 ? " in a circle" : "",
                            (event->core & TELAR_DEADLOCK_PASSES) != 0 ? " for now" : "",
                            event->cpu_ns > 0 ? ", " : ". ");
}

/* Two looks, since one alone tells nothing; and one more, which has nothing to add. */
static void
look (Fixture *f, const char *told)
{
  g_string_truncate (f->told, 0);
  for (int i = 0; i < 3; i++)
    f->whole = telar_deadlocks_look (f->deadlocks, &f->rings, tell, f);
  g_assert_cmpstr (f->told->str, ==, told);
}

/* Who comes to a circle changes nothing of it; another deadlock is told of beside it,
 * and each is over by itself. */
static void
test_circle (Fixture *f, gconstpointer unused)
{
  (void) unused;
  telar_deadlocks_look (f->deadlocks, &f->rings, tell, f);
  close_circle (f, INT64_MAX);
  telar_deadlocks_look (f->deadlocks, &f->rings, tell, f);
  g_assert_cmpstr (f->told->str, ==, "");
  look (f, "a in a circle, b in a circle. ");
  sleep_for (f, C, LOCK_M, INT64_MAX);
  look (f, "");
  g_assert_false (f->whole);
  sleep_for (f, D, EVENT, INT64_MAX);
  look (f, "d. ");
  g_assert_false (f->whole);
  atomic_store (&telar_shared_row (f->program.shared, MAIN)->joins, A + 1);
  look (f, "");
  g_assert_true (f->whole);
  /* d is killed, then c */
  wake (f, D);
  atomic_store (&telar_shared_row (f->program.shared, D)->state, TELAR_ROW_JOINED);
  look (f, "d over. ");
  atomic_store (&telar_shared_row (f->program.shared, C)->state, TELAR_ROW_JOINED);
  look (f, "");
  g_assert_true (f->whole);
  wake (f, B);
  look (f, "b over. ");
  g_assert_false (f->whole);
}

/* A list that grows: the new ones are told of, what was told stands. */
static void
test_list (Fixture *f, gconstpointer unused)
{
  (void) unused;
  sleep_for (f, C, EVENT, INT64_MAX);
  look (f, "c. ");
  sleep_for (f, D, EVENT, INT64_MAX);
  look (f, "d. ");
  close_circle (f, INT64_MAX);
  look (f, "a in a circle, b in a circle. ");
  /* The same object once more is another wait. */
  wake (f, C);
  sleep_for (f, C, EVENT, INT64_MAX);
  look (f, "c over. c. ");
}

/* A circle that a timeout will end stands beside what is for ever. */
static void
test_passing (Fixture *f, gconstpointer unused)
{
  (void) unused;
  close_circle (f, INT64_MAX - 1);
  look (f, "a in a circle for now, b in a circle for now. ");
  sleep_for (f, D, EVENT, INT64_MAX);
  look (f, "d. ");
  sleep_for (f, C, LOCK_M, INT64_MAX);
  look (f, "");
  wake (f, A);
  look (f, "a over, passed. ");
  sleep_for (f, A, LOCK_N, INT64_MAX);
  look (f, "a in a circle, b in a circle. ");
}

/* One who was killed waits for nothing, though nobody came to join it; and whoever joins
 * any of its tasks can go on, were it only let to. */
static void
test_killed (Fixture *f, gconstpointer unused)
{
  pid_t     pid = fork ();
  siginfo_t info;

  (void) unused;
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    for (;;)
      pause ();
  atomic_store (&telar_shared_row (f->program.shared, C)->pid, pid);
  close_circle (f, INT64_MAX);
  sleep_for (f, C, EVENT, INT64_MAX);
  sleep_for (f, D, EVENT, INT64_MAX);
  atomic_store (&telar_shared_row (f->program.shared, MAIN)->joins, TELAR_JOINS_ANY);
  look (f, "a in a circle, b in a circle. c, d. ");
  g_assert_true (f->whole);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitid (P_PID, (id_t) pid, &info, WEXITED | WNOWAIT), ==, 0);
  look (f, "c over. d. ");
  g_assert_false (f->whole);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void      (*test) (Fixture *f, gconstpointer unused);
  } tests[] = { { "circle", test_circle }, { "list", test_list }, { "passing", test_passing },
              { "killed", test_killed } };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/deadlock-look/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
    }
  return g_test_run ();
}
