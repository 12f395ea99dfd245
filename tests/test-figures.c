/* test-figures.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What the page of statistics counts, in which order it shows rows, and what it
 * says where there is no table.
 */

#include "config.h"

#include <string.h>

#include "graph/graph-file.h"
#include "statistics/sheet-rows.h"
#include "statistics/statistics-page.h"
#include "synthetic-run.h"
#include "window/file-decisions.h"
#include "window/serial-run.h"

#define LENGTH G_GINT64_CONSTANT (1000000)

static guint
find_column (const TelarSheet *sheet,
             const char       *key)
{
  for (guint i = 0; i < sheet->columns->len; i++)
    if (g_str_equal (g_array_index (sheet->columns, TelarSheetColumn, i).key, key))
      return i;

  g_assert_not_reached ();
}

static const TelarSheetRow *
get_row (const TelarSheet *sheet,
         guint             row)
{
  return sheet->rows->pdata[row];
}

/* --- Counting --- */

static void
tell (double   done,
      gpointer data)
{
  double *last = data;

  /* It never goes back. */
  g_assert_cmpfloat (done, >=, *last);
  *last = done;
}

/* Stretches that meet come to what the run comes to. */
static void
test_stretches (void)
{
  g_autoptr (TelarTimeline) timeline = telar_synthetic_run_new (7, 4, 30, 200000);
  g_autoptr (TelarFigures)  whole = NULL;
  const TelarSheet         *tasks;
  g_autofree gint64        *sums = NULL;
  double                    done = 0;
  TelarWatch                watch = { .progress = tell, .data = &done };
  guint                     on_core;

  whole = telar_figures_new (timeline, TELAR_NO_TIME, 0, 0, &watch);
  g_assert_cmpfloat (done, ==, 1);
  g_assert_false (telar_figures_is_part (whole));
  tasks = telar_figures_get_sheet (whole, TELAR_SHEET_TASKS);
  sums = g_new0 (gint64, timeline->tasks->len);
  on_core = find_column (tasks, "on-core-ns");

  for (int part = 0; part < 3; part++)
    {
      gint64                   begin = timeline->wall * part / 3;
      gint64                   end = part == 2 ? timeline->wall + 1 : timeline->wall * (part + 1) / 3;
      g_autoptr (TelarFigures) figures = NULL;
      const TelarSheet        *some;
      guint                    column;

      done = 0;
      figures = telar_figures_new (timeline, begin, end, 0, &watch);
      g_assert_true (telar_figures_is_part (figures));
      some = telar_figures_get_sheet (figures, TELAR_SHEET_TASKS);
      column = find_column (some, "on-core-ns");
      for (guint i = 0; i < some->rows->len; i++)
        sums[get_row (some, i)->item] += get_row (some, i)->numbers[column];
    }
  for (guint i = 0; i < tasks->rows->len; i++)
    g_assert_cmpint (sums[get_row (tasks, i)->item], ==, get_row (tasks, i)->numbers[on_core]);
}

static void
test_words (void)
{
  g_autoptr (TelarTimeline) timeline = telar_mockup_run_new (TRUE);
  g_autoptr (TelarFigures)  whole = telar_figures_new (timeline, TELAR_NO_TIME, 0, 0, NULL);
  g_autoptr (TelarFigures)  part = telar_figures_new (timeline, 10 * LENGTH, 30 * LENGTH, 0, NULL);
  g_autofree char          *all = telar_figures_words (whole);
  g_autofree char          *some = telar_figures_words (part);
  g_autofree char          *wall = telar_time_format (timeline->wall);
  g_autofree char          *csv = telar_figures_print_csv (whole);
  g_autofree char          *part_csv = telar_figures_print_csv (part);

  g_assert_cmpstr (all, ==, wall);
  g_assert_cmpstr (some, ==, "20 ms, from 10 ms to 30 ms");
  /* The same files as those of the command line. */
  g_assert_true (g_str_has_prefix (csv, "record,name,kind,exit,cpu-ns,"));
  g_assert_nonnull (strstr (csv, "\nparallelism,"));
  g_assert_true (g_str_has_prefix (part_csv, "record,name,begin-ns,end-ns,"));
  g_assert_nonnull (strstr (part_csv, ",10000000,30000000,"));
}

static void
test_serial (void)
{
  g_autoptr (TelarTimeline) timeline = telar_mockup_run_new (TRUE);
  g_autoptr (TelarFigures)  figures = telar_figures_new (timeline, TELAR_NO_TIME, 0,
                                                         3 * timeline->wall, NULL);
  const TelarSheet         *run = telar_figures_get_sheet (figures, TELAR_SHEET_RUN);
  guint                     value = find_column (run, "value"), n_seen = 0;

  for (guint i = 0; i < run->rows->len; i++)
    if (g_str_equal (get_row (run, i)->key, "speed-up"))
      {
        g_autofree char *cell = telar_sheet_cell (run, i, value);

        g_assert_cmpstr (cell, ==, "3.00");
        n_seen++;
      }
  g_assert_cmpuint (n_seen, ==, 1);
}

static TelarKeptRun *
keep (GPtrArray  *kept,
      const char *kind,
      const char *argument)
{
  g_autofree char          *text = NULL;
  g_autoptr (GPtrArray)     faults = telar_faults_new ();
  g_autoptr (TelarGraph)    graph = NULL;
  g_autoptr (TelarTimeline) timeline = telar_mockup_run_new (TRUE);
  TelarKeptRun             *run;

  text = g_strdup_printf ("{ \"telar\": 1, \"name\": \"%s\", \"tasks\": [ { \"id\": \"a\", "
                          "\"kind\": \"%s\", \"function\": \"square\", \"args\": [[%s]], "
                          "\"position\": [%u, 1] } ] }\n", kind, kind, argument, kept->len);
  graph = telar_graph_parse (text, strlen (text), NULL, faults);
  g_assert_nonnull (graph);
  run = telar_kept_run_new (timeline, graph);
  g_ptr_array_add (kept, run);

  return run;
}

static void
test_serial_run (void)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) telar_kept_run_free);
  TelarKeptRun         *other = keep (kept, "call", "4");
  TelarKeptRun         *run = keep (kept, "process", "3");
  TelarKeptRun         *serial;

  /* Other work, or by processes too, says nothing. */
  keep (kept, "process", "3");
  g_assert_cmpint (telar_serial_run_find (run, kept), ==, 0);
  serial = keep (kept, "call", "3");
  g_assert_cmpint (telar_serial_run_find (run, kept), ==, serial->timeline->wall);
  g_assert_cmpint (telar_serial_run_find (serial, kept), ==, 0);
  g_assert_cmpint (telar_serial_run_find (other, kept), ==, 0);
  /* Neither does one that did not do all of it. */
  serial->broken_off = TRUE;
  g_assert_cmpint (telar_serial_run_find (run, kept), ==, 0);
  serial->broken_off = FALSE;
  serial->timeline->end.reason = TELAR_ENDED_STOPPED;
  g_assert_cmpint (telar_serial_run_find (run, kept), ==, 0);
  serial->timeline->end.reason = TELAR_ENDED_BY_ITSELF;
  serial->timeline->end.main_exit = 1;
  g_assert_cmpint (telar_serial_run_find (run, kept), ==, 0);
  /* Of several the latest. */
  serial->timeline->end.main_exit = 0;
  keep (kept, "call", "3")->timeline->wall = 12345;
  g_assert_cmpint (telar_serial_run_find (run, kept), ==, 12345);
}

typedef struct
{
  GMainLoop    *loop;
  TelarFigures *figures;
  guint         n_calls;
} Waiting;

static void
counted (TelarFigures *figures,
         gpointer      data)
{
  Waiting *waiting = data;

  g_assert_nonnull (figures);
  waiting->figures = figures;
  waiting->n_calls++;
  g_main_loop_quit (waiting->loop);
}

static void
test_thread (void)
{
  g_autoptr (TelarTimeline) timeline = telar_synthetic_run_new (3, 2, 12, 50000);
  g_autoptr (TelarFigures)  here = telar_figures_new (timeline, TELAR_NO_TIME, 0, 0, NULL);
  g_autoptr (GMainLoop)     loop = g_main_loop_new (NULL, FALSE);
  g_autofree char          *csv = telar_figures_print_csv (here);
  g_autofree char          *other = NULL;
  Waiting                   waiting = { .loop = loop };
  TelarCounting            *counting;

  counting = telar_counting_new (timeline, TELAR_NO_TIME, 0, 0, counted, &waiting);
  g_main_loop_run (loop);
  g_assert_cmpuint (waiting.n_calls, ==, 1);
  g_assert_cmpfloat (telar_counting_get_done (counting), ==, 1);
  other = telar_figures_print_csv (waiting.figures);
  g_assert_cmpstr (csv, ==, other);
  telar_counting_free (counting);
  telar_figures_unref (waiting.figures);
}

/* Whoever calls it off hears no more of it, however far it was. */
static void
test_called_off (void)
{
  g_autoptr (TelarTimeline) timeline = telar_synthetic_run_new (3, 2, 12, 50000);
  g_autoptr (GMainLoop)     loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable)  off = g_cancellable_new ();
  Waiting                   waiting = { .loop = loop }, last = { .loop = loop };
  TelarWatch                watch = { .cancellable = off };
  TelarCounting            *counting;

  for (guint i = 0; i < 20; i++)
    {
      counting = telar_counting_new (timeline, i % 2 ? 0 : TELAR_NO_TIME, timeline->wall, 0, counted,
                                     &waiting);
      /* Some are over by then, but have not said so yet. */
      for (guint spin = 0; spin < i && telar_counting_get_done (counting) < 1; spin++)
        g_thread_yield ();
      telar_counting_free (counting);
    }
  counting = telar_counting_new (timeline, TELAR_NO_TIME, 0, 0, counted, &last);
  g_main_loop_run (loop);
  g_assert_cmpuint (waiting.n_calls, ==, 0);
  g_assert_cmpuint (last.n_calls, ==, 1);
  telar_counting_free (counting);
  telar_figures_unref (last.figures);

  g_cancellable_cancel (off);
  g_assert_null (telar_figures_new (timeline, TELAR_NO_TIME, 0, 0, &watch));
  g_assert_null (telar_figures_new (timeline, 0, timeline->wall, 0, &watch));
}

/* --- Rows --- */

static void
test_rows (void)
{
  g_autoptr (TelarTimeline)    timeline = telar_synthetic_run_new (11, 4, 40, 40000);
  g_autoptr (TelarFigures)     figures = telar_figures_new (timeline, TELAR_NO_TIME, 0, 0, NULL);
  const TelarSheet            *sheet = telar_figures_get_sheet (figures, TELAR_SHEET_TASKS);
  g_autoptr (GtkSorter)        sorter = GTK_SORTER (gtk_custom_sorter_new (NULL, NULL, NULL));
  g_autoptr (GtkSortListModel) list = NULL;

  list = gtk_sort_list_model_new (telar_sheet_rows_new (figures, TELAR_SHEET_TASKS),
                                  g_object_ref (sorter));
  for (guint column = 0; column < sheet->columns->len; column++)
    {
      g_autoptr (GArray)    order = NULL;
      g_autofree gboolean  *seen = g_new0 (gboolean, sheet->rows->len);

      telar_sheet_rows_rank (GTK_CUSTOM_SORTER (sorter), figures, TELAR_SHEET_TASKS, column);
      order = telar_sheet_rows_order (G_LIST_MODEL (list));
      g_assert_cmpuint (order->len, ==, sheet->rows->len);
      for (guint i = 0; i < order->len; i++)
        {
          guint row = g_array_index (order, guint, i);

          g_assert_false (seen[row]);
          seen[row] = TRUE;
          g_assert_cmpuint (telar_sheet_rows_find (G_LIST_MODEL (list), get_row (sheet, row)->item),
                            ==, i);
          if (i > 0)
            {
              guint before = g_array_index (order, guint, i - 1);
              int   how = telar_sheet_compare (sheet, before, row, column);

              g_assert_cmpint (how, <=, 0);
              /* Equal ones stay in the order of the run. */
              if (how == 0)
                g_assert_cmpuint (before, <, row);
            }
        }
    }
  g_assert_cmpuint (telar_sheet_rows_find (G_LIST_MODEL (list), TELAR_NO_TASK), ==, G_MAXUINT);
}

/* --- What is said --- */

static void
test_page (void)
{
  static const struct
  {
    TelarStatisticsFacts facts;
    TelarStatisticsPage  page;
    gboolean             counts;
    const char          *words; /* some of them */
  } cases[] = {
    { { 0 }, TELAR_STATISTICS_WORDS, FALSE, "What a run comes to" },
    { { .has_run = TRUE, .live = TRUE }, TELAR_STATISTICS_WORDS, FALSE, "once the run is over" },
    { { .has_run = TRUE, .refused = TRUE }, TELAR_STATISTICS_WORDS, FALSE, "Nothing was run" },
    { { .has_run = TRUE, .stretch = TRUE }, TELAR_STATISTICS_WORDS, FALSE, "No stretch" },
    /* A table of before says nothing of these. */
    { { .has_run = TRUE, .live = TRUE, .has_table = TRUE }, TELAR_STATISTICS_WORDS, FALSE, "over" },
    { { .has_run = TRUE, .stretch = TRUE, .has_table = TRUE }, TELAR_STATISTICS_WORDS, FALSE,
      "No stretch" },
    { { .has_run = TRUE, .counting = TRUE }, TELAR_STATISTICS_WORDS, TRUE, "" },
    { { .has_run = TRUE, .counting = TRUE, .has_table = TRUE }, TELAR_STATISTICS_TABLE, TRUE, NULL },
    { { .has_run = TRUE, .counting = TRUE, .slow = TRUE }, TELAR_STATISTICS_BUSY, TRUE, "Counting" },
    { { .has_run = TRUE, .counting = TRUE, .slow = TRUE, .has_table = TRUE },
      TELAR_STATISTICS_BUSY, TRUE, "Counting" },
    { { .has_run = TRUE, .called_off = TRUE }, TELAR_STATISTICS_STOPPED, TRUE, "cancelled" },
    { { .has_run = TRUE, .has_table = TRUE }, TELAR_STATISTICS_TABLE, TRUE, NULL },
    { { .has_run = TRUE, .stretch = TRUE, .marked = TRUE, .has_table = TRUE },
      TELAR_STATISTICS_TABLE, TRUE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *words = "?";

      g_assert_cmpint (telar_statistics_page (&cases[i].facts, &words), ==, cases[i].page);
      g_assert_cmpint (telar_statistics_can_count (&cases[i].facts), ==, cases[i].counts);
      if (cases[i].words == NULL)
        g_assert_null (words);
      else
        g_assert_nonnull (strstr (words, cases[i].words));
    }
}

static void
test_file_name (void)
{
  g_autofree char *whole = telar_suggest_statistics_name ("Pair", FALSE);
  g_autofree char *part = telar_suggest_statistics_name ("a/b", TRUE);

  g_assert_cmpstr (whole, ==, "Pair, statistics.csv");
  g_assert_cmpstr (part, ==, "a-b, a stretch.csv");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figures/stretches", test_stretches);
  g_test_add_func ("/figures/words", test_words);
  g_test_add_func ("/figures/serial", test_serial);
  g_test_add_func ("/figures/serial-run", test_serial_run);
  g_test_add_func ("/figures/thread", test_thread);
  g_test_add_func ("/figures/called-off", test_called_off);
  g_test_add_func ("/figures/rows", test_rows);
  g_test_add_func ("/figures/page", test_page);
  g_test_add_func ("/figures/file-name", test_file_name);

  return g_test_run ();
}
