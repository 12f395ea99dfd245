/* test-lanes.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <math.h>

#include "paint/paint-private.h"
#include "picture-run.h"

static void
make_lanes (TelarLanes *lanes, PictureRun *run, const TelarView *view)
{
  TelarTextStyle text = { .family = NULL };

  telar_lanes_init (lanes, picture_run_timeline (run), view, &text);
}

/* "Core 0|Core 1|main|p1 square|…", two blanks a depth. */
static char *
print_rows (const TelarLanes *lanes, const TelarTimeline *timeline)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lanes->rows->len; i++)
    {
      const TelarRow *row = &g_array_index (lanes->rows, TelarRow, i);
      g_autofree char *name = telar_row_name (timeline, row);

      g_string_append_printf (text, "%s%*s%s", i > 0 ? "|" : "", (int) row->depth * 2, "", name);
    }
  return g_string_free (text, FALSE);
}

static void
test_order (void)
{
  PictureRun *run = picture_run_design ();
  g_autofree char *rows = NULL;
  TelarLanes lanes;
  TelarView view;
  const TelarRow *main_row, *call_row;

  telar_view_init (&view, 1000, 600);
  make_lanes (&lanes, run, &view);
  rows = print_rows (&lanes, picture_run_timeline (run));
  g_assert_cmpstr (rows, ==,
                   "CORES|Core 0|Core 1|TASKS|main|p1 square|p2 is_even|  t1 increment|"
                   "  t2 increment|p3 matrix_multiply");
  main_row = telar_lanes_of (&lanes, TELAR_MAIN);
  call_row = telar_lanes_of (&lanes, 6);
  g_assert_true (main_row == call_row);
  telar_lanes_clear (&lanes);
  picture_run_free (run);
}

static void
test_never_called (void)
{
  PictureRun *run = picture_run_design ();
  TelarTaskLane *call = picture_run_timeline (run)->tasks->pdata[6];
  TelarLanes lanes;
  TelarView view;

  call->reason = TELAR_NOT_STARTED_AFTER_FAILED;
  call->reason_task = 1;
  telar_view_init (&view, 1000, 600);
  make_lanes (&lanes, run, &view);
  g_assert_true (telar_lanes_of (&lanes, 6) != telar_lanes_of (&lanes, TELAR_MAIN));
  g_assert_cmpuint (telar_lanes_of (&lanes, 6)->number, ==, 6);
  telar_lanes_clear (&lanes);
  picture_run_free (run);
}

/* Rows follow each other without gaps but the one between the sections; every
 * y leads back to its row. */
static void
check_rows (const TelarLanes *lanes)
{
  double y = -HUGE_VAL;

  for (guint i = 0; i < lanes->rows->len; i++)
    {
      const TelarRow *row = &g_array_index (lanes->rows, TelarRow, i);
      double middle = row->y + row->height / 2;

      g_assert_cmpfloat (row->y, >=, y - 1e-6);
      g_assert_cmpfloat (row->height, >, 0);
      g_assert_cmpfloat (row->bar_y, >=, row->y);
      g_assert_cmpfloat (row->bar_y + row->bar_height, <=, row->y + row->height + 1e-6);
      y = row->y + row->height;
      if (middle >= lanes->top && middle < lanes->bottom)
        g_assert_true (telar_lanes_at (lanes, middle) == row);
      if (row->kind == TELAR_ROW_TASK)
        g_assert_true (telar_lanes_of (lanes, row->number) == row);
    }
}

static void
test_geometry (void)
{
  static const struct { guint cores, tasks; } sizes[] = { { 1, 1 }, { 2, 3 }, { 16, 40 },
                                                          { 64, 64 }, { 8, 1000 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      PictureRun *run = picture_run_random (3, sizes[i].cores, sizes[i].tasks, 500);
      TelarTimeline *timeline = picture_run_timeline (run);
      TelarLanes lanes;
      TelarView view;
      double y, height, whole;

      telar_view_init (&view, 900, 500);
      view.end = timeline->wall;
      make_lanes (&lanes, run, &view);
      check_rows (&lanes);
      whole = lanes.total;
      telar_lanes_clear (&lanes);

      /* Scrolled down, rows are that much higher. */
      g_assert_true (telar_timeline_lane_rect (timeline, &view, TELAR_LANE_TASK, 1, &y, &height));
      view.scroll = 77;
      {
        double scrolled;

        g_assert_true (telar_timeline_lane_rect (timeline, &view, TELAR_LANE_TASK, 1, &scrolled,
                                                 &height));
        g_assert_cmpfloat_with_epsilon (scrolled, y - 77, 1e-6);
      }
      g_assert_false (telar_timeline_lane_rect (timeline, &view, TELAR_LANE_TASK, TELAR_NO_TASK, &y,
                                                &height));

      /* Time and place are each other's inverse, and linear. */
      for (double ns = -5; ns < timeline->wall; ns += timeline->wall / 7.0)
        {
          double x = telar_view_x_of (timeline, &view, ns);
          g_assert_cmpfloat_with_epsilon (telar_view_time_at (timeline, &view, x), ns,
                                          1e-6 * timeline->wall);
        }
      g_assert_cmpfloat_with_epsilon (telar_view_x_of (timeline, &view, view.begin),
                                      telar_timeline_left (timeline, &view), 1e-6);

      /* Where nothing scrolls, everything is there. */
      view.scroll = 0;
      view.fit = TRUE;
      make_lanes (&lanes, run, &view);
      check_rows (&lanes);
      g_assert_cmpfloat (lanes.total, <=, MAX (lanes.bottom - lanes.top, 0) + 1e-6);
      g_assert_cmpfloat (lanes.total, <=, whole + 1e-6);
      telar_lanes_clear (&lanes);
      picture_run_free (run);
    }
}

/* Denser lanes are lower, never lost; a projector's stay readable. */
static void
test_dense (void)
{
  PictureRun *run = picture_run_random (3, 2, 6, 500);
  TelarLanes normal, dense;
  TelarView view;

  telar_view_init (&view, 900, 500);
  view.end = picture_run_timeline (run)->wall;
  make_lanes (&normal, run, &view);
  for (guint8 level = 1; level <= 3; level++)
    {
      double before = normal.total;

      view.dense = level;
      make_lanes (&dense, run, &view);
      check_rows (&dense);
      g_assert_cmpuint (dense.rows->len, ==, normal.rows->len);
      if (level < 3)
        g_assert_cmpfloat (dense.total, <, before);
      else
        g_assert_cmpfloat (dense.total, ==, before);
      telar_lanes_clear (&normal);
      normal = dense;
    }
  view.presenting = TRUE;
  make_lanes (&dense, run, &view);
  g_assert_cmpfloat (dense.total, >, normal.total);
  telar_lanes_clear (&dense);
  telar_lanes_clear (&normal);
  picture_run_free (run);
}

/* Two runs with names of other lengths begin at the same pixel. */
static void
test_least_left (void)
{
  PictureRun *run = picture_run_random (3, 2, 6, 500);
  TelarTimeline *timeline = picture_run_timeline (run);
  TelarView view;
  double left;

  telar_view_init (&view, 900, 500);
  view.end = timeline->wall;
  left = telar_timeline_left (timeline, &view);
  view.least_left = left - 20;
  g_assert_cmpfloat (telar_timeline_left (timeline, &view), ==, left);
  view.least_left = left + 20;
  g_assert_cmpfloat (telar_timeline_left (timeline, &view), ==, left + 20);
  g_assert_cmpfloat_with_epsilon (telar_view_x_of (timeline, &view, view.begin), left + 20, 1e-6);
  view.least_left = 5000;
  g_assert_cmpfloat (telar_timeline_left (timeline, &view), <, view.width);
  picture_run_free (run);
}

static void
test_unused_cores (void)
{
  PictureRun *run = picture_run_new ("Few of many", 56);
  g_autofree char *rows = NULL;
  TelarLanes lanes;
  TelarView view;

  picture_run_task (run, 0, TELAR_KIND_PROCESS, "p1", "busy", "busy(1)");
  for (guint core = 0; core < 4; core++)
    picture_run_slice (run, 1, core * 9, core * 1000, core * 1000 + 900);
  picture_run_now (run, 5000, FALSE);
  telar_view_init (&view, 1000, 600);
  make_lanes (&lanes, run, &view);
  rows = print_rows (&lanes, picture_run_timeline (run));
  g_assert_cmpstr (rows, ==,
                   "CORES|Core 0|Core 9|Core 18|Core 27|52 unused|TASKS|main|p1 busy");
  telar_lanes_clear (&lanes);
  picture_run_free (run);
}

/* Many copies share a lane; few, or such with something inside, do not. */
static void
test_copies (void)
{
  PictureRun *run = picture_run_new ("Copies", 2);
  g_autofree char *rows = NULL;
  TelarLanes lanes;
  TelarView view;

  for (guint i = 1; i <= 40; i++)
    {
      g_autofree char *id = g_strdup_printf ("w.%u", i);
      picture_run_task (run, 0, TELAR_KIND_PROCESS, id, "busy", "busy(1)");
    }
  for (guint i = 1; i <= 2; i++)
    {
      g_autofree char *id = g_strdup_printf ("v.%u", i);
      picture_run_task (run, 0, TELAR_KIND_PROCESS, id, "busy", "busy(1)");
    }
  for (guint i = 1; i <= 30; i++)
    {
      g_autofree char *id = g_strdup_printf ("t.1.%u", i);
      picture_run_task (run, 41, TELAR_KIND_THREAD, id, "sort", "sort(5)");
    }
  telar_view_init (&view, 1000, 600);
  make_lanes (&lanes, run, &view);
  check_rows (&lanes);
  rows = print_rows (&lanes, picture_run_timeline (run));
  g_assert_cmpstr (rows, ==,
                   "CORES|Core 0|Core 1|TASKS|main|w ×40 busy|v.1 busy|  t.1 ×30 sort|v.2 busy");
  for (guint32 i = 1; i <= 40; i++)
    g_assert_true (telar_lanes_of (&lanes, i) == telar_lanes_of (&lanes, 1));
  g_assert_cmpuint (telar_lanes_of (&lanes, 50)->count, ==, 30);
  telar_lanes_clear (&lanes);
  picture_run_free (run);
}

/* Hardware threads of one core side by side, whatever the kernel's numbers. */
static void
test_siblings (void)
{
  PictureRun *run = picture_run_new ("Two threads a core", 4);
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 2);
  TelarLanes lanes;
  TelarView view;
  guint pairs = 0;

  telar_view_init (&view, 1000, 600);
  make_lanes (&lanes, run, &view);
  for (guint i = 0; i + 1 < lanes.rows->len; i++)
    g_assert_false (telar_rows_are_siblings (&lanes, &g_array_index (lanes.rows, TelarRow, i),
                                             &g_array_index (lanes.rows, TelarRow, i + 1)));
  telar_lanes_clear (&lanes);

  view.machine = machine;
  make_lanes (&lanes, run, &view);
  check_rows (&lanes);
  for (guint i = 0; i + 1 < lanes.rows->len; i++)
    pairs += telar_rows_are_siblings (&lanes, &g_array_index (lanes.rows, TelarRow, i),
                                      &g_array_index (lanes.rows, TelarRow, i + 1));
  g_assert_cmpuint (pairs, ==, 2);
  telar_lanes_clear (&lanes);
  picture_run_free (run);
}

/* A chain of 3,000 processes, each inside the one before. */
static void
test_deep (void)
{
  PictureRun *run = picture_run_new ("Deep", 1);
  TelarLanes lanes;
  TelarView view;

  for (guint32 i = 0; i < 3000; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i + 1);
      picture_run_task (run, i, TELAR_KIND_PROCESS, id, "busy", "busy(1)");
    }
  telar_view_init (&view, 1000, 600);
  make_lanes (&lanes, run, &view);
  check_rows (&lanes);
  g_assert_cmpuint (telar_lanes_of (&lanes, 3000)->depth, ==, 2999);
  g_assert_cmpfloat (lanes.left, <=, 330);
  telar_lanes_clear (&lanes);
  picture_run_free (run);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lanes/order", test_order);
  g_test_add_func ("/lanes/never-called", test_never_called);
  g_test_add_func ("/lanes/geometry", test_geometry);
  g_test_add_func ("/lanes/dense", test_dense);
  g_test_add_func ("/lanes/least-left", test_least_left);
  g_test_add_func ("/lanes/unused-cores", test_unused_cores);
  g_test_add_func ("/lanes/copies", test_copies);
  g_test_add_func ("/lanes/siblings", test_siblings);
  g_test_add_func ("/lanes/deep", test_deep);
  return g_test_run ();
}
