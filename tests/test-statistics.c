/* test-statistics.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "picture-run.h"
#include "timeline/statistics-sheet.h"

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
  g_assert_null (telar_statistics_new (fixture->timeline, 0,
                                       &(TelarWatch){ .cancellable = cancellable }));
}

static guint
find_column (const TelarSheet *sheet, const char *key)
{
  for (guint i = 0; i < sheet->columns->len; i++)
    if (g_str_equal (g_array_index (sheet->columns, TelarSheetColumn, i).key, key))
      return i;
  return G_MAXUINT;
}

static void
assert_cell (const TelarSheet *sheet, guint row, const char *key, const char *expected)
{
  guint            column = find_column (sheet, key);
  g_autofree char *cell = NULL;

  g_assert_cmpuint (column, !=, G_MAXUINT);
  cell = telar_sheet_cell (sheet, row, column);
  g_assert_cmpstr (cell, ==, expected);
}

static void
test_sheet_of_tasks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TelarSheet) sheet = telar_sheet_new (fixture->timeline, fixture->all,
                                                  TELAR_SHEET_TASKS, FALSE);
  g_autoptr (TelarSheet) whole = telar_sheet_new (fixture->timeline, fixture->all,
                                                  TELAR_SHEET_TASKS, TRUE);
  guint cpu = find_column (sheet, "on-core-ns"), join = find_column (sheet, "join-latency-ns");
  guint order[] = { fixture->p2 };
  g_autofree char *copy = telar_sheet_copy (sheet, order, 1);
  g_auto (GStrv)   lines = g_strsplit (copy, "\n", -1);
  g_auto (GStrv)   titles = g_strsplit (lines[0], "\t", -1);
  g_auto (GStrv)   cells = g_strsplit (lines[1], "\t", -1);

  g_assert_cmpuint (sheet->rows->len, ==, 3);
  assert_cell (sheet, fixture->p1, "name", "p1 square");
  assert_cell (sheet, fixture->p1, "kind", "process");
  assert_cell (sheet, fixture->p1, "exit", "0");
  assert_cell (sheet, fixture->p1, "on-core-ns", "380 ns");
  assert_cell (sheet, fixture->p1, "blocked-by-sleep-ns", "80 ns");
  assert_cell (sheet, fixture->p1, "migrations", "1");
  assert_cell (sheet, 0, "join-latency-ns", "");
  /* Nobody waited for a lock: the column says nothing, but in data. */
  g_assert_cmpuint (find_column (sheet, "blocked-by-lock-ns"), ==, G_MAXUINT);
  assert_cell (whole, fixture->p1, "blocked-by-lock-ns", "0 s");
  /* None sorts first; names as people sort them. */
  g_assert_cmpint (telar_sheet_compare (sheet, fixture->p1, fixture->p2, cpu), <, 0);
  g_assert_cmpint (telar_sheet_compare (sheet, 0, fixture->p1, join), <, 0);
  g_assert_cmpint (telar_sheet_compare (sheet, fixture->p2, fixture->p1, 0), >, 0);
  g_assert_cmpint (telar_sheet_compare (sheet, fixture->p1, fixture->p1, 0), ==, 0);
  /* Numbers as they are, their unit in the title. */
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_cmpuint (g_strv_length (titles), ==, sheet->columns->len);
  g_assert_cmpuint (g_strv_length (cells), ==, sheet->columns->len);
  g_assert_cmpstr (titles[cpu], ==, "On cores (ns)");
  g_assert_cmpstr (cells[0], ==, "p2 square");
  g_assert_cmpstr (cells[cpu], ==, "650");
}

/* While p2 was on core 0, p1 was on the other, slept, and was ready again. */
static void
test_sheet_of_range (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TelarRange) range = telar_range_new (fixture->timeline, 200, 400);
  g_autoptr (TelarSheet) tasks = NULL;
  g_autoptr (TelarSheet) cores = NULL;
  g_autoptr (TelarSheet) run = NULL;
  g_autoptr (TelarSheet) none = NULL;
  g_autoptr (TelarRange) late = telar_range_new (fixture->timeline, 936, 1000);

  while (telar_range_step (range, 1))
    ;
  tasks = telar_sheet_new_for_range (range, TELAR_SHEET_TASKS);
  cores = telar_sheet_new_for_range (range, TELAR_SHEET_CORES);
  run = telar_sheet_new_for_range (range, TELAR_SHEET_RUN);

  g_assert_cmpuint (tasks->rows->len, ==, 3);
  assert_cell (tasks, fixture->p1, "name", "p1 square");
  assert_cell (tasks, fixture->p1, "kind", "process");
  assert_cell (tasks, fixture->p1, "on-core-ns", "100 ns");
  assert_cell (tasks, fixture->p1, "ready-ns", "20 ns");
  assert_cell (tasks, fixture->p1, "blocked-by-sleep-ns", "80 ns");
  assert_cell (tasks, fixture->p2, "on-core-ns", "200 ns");
  /* What only a whole run has is no column. */
  g_assert_cmpuint (find_column (tasks, "exit"), ==, G_MAXUINT);
  g_assert_cmpuint (find_column (tasks, "cpu-ns"), ==, G_MAXUINT);
  g_assert_cmpuint (find_column (tasks, "critical-ns"), ==, G_MAXUINT);
  g_assert_cmpuint (find_column (tasks, "join-latency-ns"), ==, G_MAXUINT);

  assert_cell (cores, 0, "busy-ns", "200 ns");
  assert_cell (cores, 0, "busy-share", "100.0 %");
  assert_cell (cores, 1, "busy-share", "50.0 %");
  for (guint i = 0; i < run->rows->len; i++)
    {
      const TelarSheetRow *row = run->rows->pdata[i];

      if (g_str_equal (row->key, "length-ns"))
        assert_cell (run, i, "value", "200 ns");
      else if (g_str_equal (row->key, "cores-in-use"))
        assert_cell (run, i, "value", "1.50");
      else if (g_str_equal (row->key, "tasks"))
        assert_cell (run, i, "value", "2");
    }
  g_assert_cmpuint (run->rows->len, ==, 6);

  /* Who has nothing in it is no row. */
  while (telar_range_step (late, 1))
    ;
  none = telar_sheet_new_for_range (late, TELAR_SHEET_TASKS);
  for (guint i = 0; i < none->rows->len; i++)
    g_assert_cmpuint (((TelarSheetRow *) none->rows->pdata[i])->item, ==, 0);
}

static void
test_sheet_of_run (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TelarStatistics) measured = telar_statistics_new (fixture->timeline, 1500, NULL);
  g_autoptr (TelarSheet) cores = telar_sheet_new (fixture->timeline, measured,
                                                  TELAR_SHEET_CORES, FALSE);
  g_autoptr (TelarSheet) run = telar_sheet_new (fixture->timeline, measured, TELAR_SHEET_RUN,
                                                FALSE);
  g_autoptr (TelarSheet) unmeasured = telar_sheet_new (fixture->timeline, fixture->all,
                                                       TELAR_SHEET_RUN, FALSE);
  guint n_seen = 0;

  assert_cell (cores, 0, "busy-ns", "600 ns");
  assert_cell (cores, 0, "busy-share", "60.0 %");
  for (guint i = 0; i < run->rows->len; i++)
    {
      const TelarSheetRow *row = run->rows->pdata[i];

      n_seen++;
      if (g_str_equal (row->key, "speed-up"))
        {
          assert_cell (run, i, "value", "1.50");
          assert_cell (unmeasured, i, "value", "");
        }
      else if (g_str_equal (row->key, "efficiency"))
        assert_cell (run, i, "value", "75.0 %");
      else if (g_str_equal (row->key, "serial-ns"))
        assert_cell (run, i, "value", "1.5 µs");
      else if (g_str_equal (row->key, "at-once-ns") && row->item == 2)
        assert_cell (run, i, "value", "330 ns");
      else
        n_seen--;
    }
  g_assert_cmpuint (n_seen, ==, 4);
}

/* Every row has every column, and a name with anything in it stays one field. */
static void
test_csv (Fixture *fixture, gconstpointer data)
{
  g_autofree char *csv = NULL;
  g_auto (GStrv)   lines = NULL;
  guint            n_columns = 0, n_tasks = 0;

  csv = telar_statistics_print_csv (fixture->timeline, fixture->all);
  lines = g_strsplit (csv, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      guint n = 1;

      for (const char *at = lines[i]; *at != '\0'; at++)
        n += *at == ',';
      if (i == 0)
        n_columns = n;
      g_assert_cmpuint (n, ==, n_columns);
      n_tasks += g_str_has_prefix (lines[i], "task,");
    }
  g_assert_cmpuint (n_tasks, ==, 3);
  g_assert_true (g_str_has_prefix (lines[0], "record,name,kind,exit,cpu-ns,on-core-ns,"));
  g_assert_nonnull (strstr (csv, "\ntask,\"p1\",process,0,380,380,"));
  g_assert_nonnull (strstr (csv, "\nrun,wall-ns,,"));
  g_assert_nonnull (strstr (csv, "\nparallelism,995,"));
}

/* Who looks on hears of more and more, and of the end. */
static void
hear (double done, gpointer data)
{
  double *heard = data;

  g_assert_cmpfloat (done, >=, *heard);
  *heard = done;
}

static void
test_progress (void)
{
  PictureRun *run = picture_run_random (5, 4, 20, 200000);
  double      heard = 0;
  g_autoptr (TelarStatistics) all = telar_statistics_new (
    picture_run_timeline (run), 0, &(TelarWatch){ .progress = hear, .data = &heard });

  g_assert_nonnull (all);
  g_assert_cmpfloat (heard, ==, 1);
  picture_run_free (run);
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
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add ("/statistics/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("tasks", test_tasks);
  ADD ("cores", test_cores);
  ADD ("critical", test_critical);
  ADD ("serial", test_serial);
  ADD ("cancelled", test_cancelled);
  ADD ("sheet-of-tasks", test_sheet_of_tasks);
  ADD ("sheet-of-range", test_sheet_of_range);
  ADD ("sheet-of-run", test_sheet_of_run);
  ADD ("csv", test_csv);
#undef ADD
  g_test_add_func ("/statistics/progress", test_progress);
  g_test_add_func ("/statistics/random", test_random);
  return g_test_run ();
}
