/* test-statistics.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "picture-run.h"
#include "timeline/statistics.h"

/* Two processes on two cores; main sleeps until both have ended. */
typedef struct
{
  PictureRun      *run;
  TelarTimeline   *timeline;
  TelarStatistics *all;
  guint32          p1, p2;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  PictureRun *run = picture_run_new ("two", 2);

  fixture->run = run;
  fixture->p1 = picture_run_task (run, 0, TELAR_KIND_PROCESS, "p1", "square", "square(1)");
  fixture->p2 = picture_run_task (run, 0, TELAR_KIND_PROCESS, "p2", "square", "square(2)");
  fixture->timeline = picture_run_timeline (run);
  picture_run_life (run, 0, 0, 1000, TELAR_NO_TIME, 0);
  picture_run_life (run, fixture->p1, 100, 600, 610, 0);
  picture_run_life (run, fixture->p2, 150, 900, 930, 0);
  picture_run_slice (run, 0, 0, 0, 200);
  picture_run_slice (run, fixture->p1, 1, 120, 300);
  picture_run_slice (run, fixture->p2, 0, 200, 400);
  picture_run_slice (run, fixture->p1, 0, 400, 600);
  picture_run_slice (run, fixture->p2, 1, 450, 900);
  picture_run_slice (run, 0, 1, 920, 1000);
  picture_run_wait (run, 0, TELAR_WAIT_BLOCKED, TELAR_CAUSE_JOIN, 200, 900, fixture->p1,
                    fixture->p2);
  picture_run_wait (run, 0, TELAR_WAIT_READY, TELAR_CAUSE_NONE, 900, 920, TELAR_NO_TASK,
                    TELAR_NO_TASK);
  picture_run_wait (run, fixture->p1, TELAR_WAIT_BLOCKED, TELAR_CAUSE_SLEEP, 300, 380,
                    TELAR_NO_TASK, TELAR_NO_TASK);
  picture_run_wait (run, fixture->p1, TELAR_WAIT_READY, TELAR_CAUSE_NONE, 380, 400, TELAR_NO_TASK,
                    TELAR_NO_TASK);
  picture_run_arrow (run, TELAR_ARROW_START, 0, fixture->p1, 100, 120);
  picture_run_arrow (run, TELAR_ARROW_START, 0, fixture->p2, 150, 200);
  picture_run_arrow (run, TELAR_ARROW_JOIN, fixture->p1, 0, 600, 935);
  picture_run_arrow (run, TELAR_ARROW_JOIN, fixture->p2, 0, 900, 930);
  picture_run_now (run, 1000, TRUE);
  fixture->all = telar_statistics_new (fixture->timeline, 0, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  telar_statistics_free (fixture->all);
  picture_run_free (fixture->run);
}

static void
test_tasks (Fixture *fixture, gconstpointer data)
{
  const TelarTaskStatistics *main_task = &fixture->all->tasks[0];
  const TelarTaskStatistics *p1 = &fixture->all->tasks[fixture->p1];
  const TelarTaskStatistics *p2 = &fixture->all->tasks[fixture->p2];

  g_assert_cmpint (p1->on_core_ns, ==, 380);
  g_assert_cmpint (p1->ready_ns, ==, 20);
  g_assert_cmpint (p1->blocked_ns, ==, 80);
  g_assert_cmpint (p1->blocked[TELAR_CAUSE_SLEEP], ==, 80);
  g_assert_cmpuint (p1->slices, ==, 2);
  g_assert_cmpuint (p1->switches, ==, 1);
  g_assert_cmpuint (p1->migrations, ==, 1);
  g_assert_cmpint (p1->start_latency, ==, 20);
  g_assert_cmpint (p1->join_latency, ==, 10);
  g_assert_cmpint (p2->start_latency, ==, 50);
  g_assert_cmpint (p2->join_latency, ==, 30);
  g_assert_cmpint (main_task->blocked[TELAR_CAUSE_JOIN], ==, 700);
  g_assert_cmpint (main_task->join_latency, ==, TELAR_NO_TIME);
}

static void
test_cores (Fixture *fixture, gconstpointer data)
{
  const TelarStatistics *all = fixture->all;
  double                 sum = 0;

  g_assert_cmpint (all->cores[0].busy_ns, ==, 600);
  g_assert_cmpint (all->cores[1].busy_ns, ==, 710);
  g_assert_cmpuint (all->cores[0].tasks, ==, 3);
  g_assert_cmpuint (all->cores[1].switches, ==, 2);
  g_assert_cmpint (all->cpu_ns, ==, 1310);

  /* 0…120 one, …300 two, …450 one, …600 two, …900 one, …920 none, …1000 one. */
  g_assert_cmpint (all->at_once[0], ==, 20);
  g_assert_cmpint (all->at_once[1], ==, 650);
  g_assert_cmpint (all->at_once[2], ==, 330);
  g_assert_cmpuint (all->most_at_once, ==, 2);
  for (guint i = 0; i < TELAR_PARALLELISM_BINS; i++)
    {
      g_assert_cmpfloat (all->parallelism[i], >=, 0);
      g_assert_cmpfloat (all->parallelism[i], <=, 2.000001);
      sum += all->parallelism[i] * 5;
    }
  g_assert_cmpfloat_with_epsilon (sum, 1310, 0.001);
}

/* The last to end kept main waiting, though main took the other one last. */
static void
test_critical (Fixture *fixture, gconstpointer data)
{
  const TelarStatistics *all = fixture->all;
  const TelarCritical    expected[] = {
    { 0, 150, 0 }, { 150, 900, fixture->p2 }, { 900, 1000, 0 },
  };

  g_assert_cmpuint (all->critical->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < all->critical->len; i++)
    {
      const TelarCritical *stretch = &g_array_index (all->critical, TelarCritical, i);

      g_assert_cmpuint (stretch->task, ==, expected[i].task);
      g_assert_cmpint (stretch->begin, ==, expected[i].begin);
      g_assert_cmpint (stretch->end, ==, expected[i].end);
    }
  g_assert_cmpint (all->critical_ns, ==, 1000);
  g_assert_cmpint (all->critical_on_core_ns, ==, 150 + 650 + 80);
  g_assert_cmpint (all->tasks[fixture->p1].critical_ns, ==, 0);
}

static void
test_serial (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TelarStatistics) measured = telar_statistics_new (fixture->timeline, 1500, NULL);

  g_assert_cmpfloat (fixture->all->speed_up, ==, 0);
  g_assert_cmpfloat (fixture->all->efficiency, ==, 0);
  g_assert_cmpfloat_with_epsilon (measured->speed_up, 1.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (measured->efficiency, 0.75, 1e-9);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_null (telar_statistics_new (fixture->timeline, 0, cancellable));
}

/* Whatever ran: the parts of the time are the whole, and the path has no hole. */
static void
test_random (void)
{
  for (guint32 seed = 1; seed <= 20; seed++)
    {
      PictureRun                 *run = picture_run_random (seed, 1 + seed % 7, 5, 400);
      const TelarTimeline        *timeline = picture_run_timeline (run);
      g_autoptr (TelarStatistics) all = telar_statistics_new (timeline, 0, NULL);
      gint64                      time = 0, work = 0, last = 0;

      for (guint i = 0; i <= all->n_cores; i++)
        {
          time += all->at_once[i];
          work += all->at_once[i] * i;
        }
      g_assert_cmpint (time, ==, all->wall_ns);
      g_assert_cmpint (work, ==, all->cpu_ns);
      for (guint i = 0; i < all->critical->len; i++)
        {
          const TelarCritical *stretch = &g_array_index (all->critical, TelarCritical, i);

          if (i > 0)
            g_assert_cmpint (stretch->begin, ==, last);
          last = stretch->end;
        }
      picture_run_free (run);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add ("/statistics/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("tasks", test_tasks);
  ADD ("cores", test_cores);
  ADD ("critical", test_critical);
  ADD ("serial", test_serial);
  ADD ("cancelled", test_cancelled);
#undef ADD
  g_test_add_func ("/statistics/random", test_random);
  return g_test_run ();
}
