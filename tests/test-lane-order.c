/* test-lane-order.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "paint/paint-private.h"
#include "painted.h"
#include "picture-run.h"

#define WIDTH  1000
#define HEIGHT 600

static char *
print_rows (const TelarTimeline *timeline, const TelarView *view)
{
  TelarTextStyle style = { .family = NULL };
  GString *text = g_string_new (NULL);
  TelarLanes lanes;

  telar_lanes_init (&lanes, timeline, view, &style);
  for (guint i = 0; i < lanes.rows->len; i++)
    {
      const TelarRow *row = &g_array_index (lanes.rows, TelarRow, i);
      g_autofree char *name = telar_row_name (timeline, row);

      g_string_append_printf (text, "%s%*s%s%s", i > 0 ? "|" : "", (int) row->depth * 2, "",
                              row->pinned ? "^" : "", name);
    }
  telar_lanes_clear (&lanes);
  return g_string_free (text, FALSE);
}

static void
expect_rows (const TelarTimeline *timeline, const TelarLaneOrder *order, const char *expected)
{
  g_autofree char *rows = NULL;
  TelarView view;

  telar_view_init (&view, WIDTH, HEIGHT);
  view.order = order;
  rows = print_rows (timeline, &view);
  g_assert_cmpstr (rows, ==, expected);
}

static void
test_hide (void)
{
  PictureRun *run = picture_run_design ();
  TelarTimeline *timeline = picture_run_timeline (run);
  g_autoptr (TelarLaneOrder) order = telar_lane_order_new ();

  telar_lane_order_apply (order, timeline);
  telar_lane_order_set (order, timeline, TELAR_LANE_TASK, 2, TELAR_LANE_HIDDEN, TRUE);
  telar_lane_order_set (order, timeline, TELAR_LANE_CORE, 0, TELAR_LANE_HIDDEN, TRUE);
  expect_rows (timeline, order, "CORES|Core 1|1 hidden|TASKS|main|p1 square|p3 matrix_multiply|"
                                "1 hidden");
  telar_lane_order_set (order, timeline, TELAR_LANE_TASK, TELAR_MAIN, TELAR_LANE_HIDDEN, TRUE);
  expect_rows (timeline, order, "CORES|Core 1|1 hidden|TASKS|p1 square|p3 matrix_multiply|"
                                "2 hidden");
  telar_lane_order_set (order, timeline, TELAR_LANE_CORE, 1, TELAR_LANE_HIDDEN, TRUE);
  expect_rows (timeline, order, "CORES|2 hidden|TASKS|p1 square|p3 matrix_multiply|2 hidden");
  g_assert_cmpuint (telar_lane_order_count (order, TELAR_LANE_CORE, TELAR_LANE_HIDDEN), ==, 2);

  /* t1 is in p2; main stays as it is. */
  g_assert_true (telar_lane_order_reveal (order, timeline, 3));
  g_assert_false (telar_lane_order_reveal (order, timeline, 3));
  expect_rows (timeline, order, "CORES|2 hidden|TASKS|p1 square|p2 is_even|  t1 increment|"
                                "  t2 increment|p3 matrix_multiply|1 hidden");
  telar_lane_order_unset_all (order, TELAR_LANE_HIDDEN);
  expect_rows (timeline, order, "CORES|Core 0|Core 1|TASKS|main|p1 square|p2 is_even|"
                                "  t1 increment|  t2 increment|p3 matrix_multiply");
  g_assert_cmpuint (g_hash_table_size (order->marks), ==, 0);
  picture_run_free (run);
}

static void
test_pin (void)
{
  PictureRun *run = picture_run_design ();
  TelarTimeline *timeline = picture_run_timeline (run);
  g_autoptr (TelarLaneOrder) order = telar_lane_order_new ();

  telar_lane_order_apply (order, timeline);
  telar_lane_order_set (order, timeline, TELAR_LANE_TASK, 2, TELAR_LANE_PINNED, TRUE);
  telar_lane_order_set (order, timeline, TELAR_LANE_CORE, 1, TELAR_LANE_PINNED, TRUE);
  expect_rows (timeline, order, "^Core 1|^p2 is_even|  ^t1 increment|  ^t2 increment|CORES|Core 0|"
                                "TASKS|main|p1 square|p3 matrix_multiply");
  /* What is hidden of it is told of where the others are. */
  telar_lane_order_set (order, timeline, TELAR_LANE_TASK, 4, TELAR_LANE_HIDDEN, TRUE);
  expect_rows (timeline, order, "^Core 1|^p2 is_even|  ^t1 increment|CORES|Core 0|"
                                "TASKS|main|p1 square|p3 matrix_multiply|1 hidden");
  /* Of main, its own lane. */
  telar_lane_order_unset_all (order, TELAR_LANE_PINNED | TELAR_LANE_HIDDEN);
  telar_lane_order_set (order, timeline, TELAR_LANE_TASK, TELAR_MAIN, TELAR_LANE_PINNED, TRUE);
  expect_rows (timeline, order, "^main|CORES|Core 0|Core 1|TASKS|p1 square|p2 is_even|"
                                "  t1 increment|  t2 increment|p3 matrix_multiply");
  /* All of it leaves no heading alone. */
  telar_lane_order_set (order, timeline, TELAR_LANE_CORE, 0, TELAR_LANE_PINNED, TRUE);
  telar_lane_order_set (order, timeline, TELAR_LANE_CORE, 1, TELAR_LANE_PINNED, TRUE);
  expect_rows (timeline, order, "^Core 0|^Core 1|^main|TASKS|p1 square|p2 is_even|"
                                "  t1 increment|  t2 increment|p3 matrix_multiply");
  picture_run_free (run);
}

static void
test_fold (void)
{
  PictureRun *run = picture_run_design ();
  TelarTimeline *timeline = picture_run_timeline (run);
  g_autoptr (TelarLaneOrder) order = telar_lane_order_new ();
  TelarTextStyle style = { .family = NULL };
  TelarLanes lanes;
  TelarView view;
  const TelarRow *row;
  TelarHit hit;
  g_autofree char *words = NULL;

  telar_lane_order_apply (order, timeline);
  g_assert_cmpint (telar_lane_order_folding (order, timeline, 1), ==, TELAR_FOLD_NOTHING);
  g_assert_cmpint (telar_lane_order_folding (order, timeline, 2), ==, TELAR_FOLD_CLOSE);
  /* Of a thread: the process that it is in. */
  g_assert_cmpint (telar_lane_order_folding (order, timeline, 3), ==, TELAR_FOLD_CLOSE);
  telar_lane_order_fold (order, timeline, 3);
  expect_rows (timeline, order, "CORES|Core 0|Core 1|TASKS|main|p1 square|p2 is_even +2|"
                                "p3 matrix_multiply");
  g_assert_cmpint (telar_lane_order_folding (order, timeline, 3), ==, TELAR_FOLD_OPEN);

  telar_view_init (&view, WIDTH, HEIGHT);
  view.order = order;
  view.end = timeline->now;
  telar_lanes_init (&lanes, timeline, &view, &style);
  row = telar_lanes_of (&lanes, 2);
  g_assert_cmpint (row->kind, ==, TELAR_ROW_FOLDED);
  g_assert_true (telar_lanes_of (&lanes, 3) == row && telar_lanes_of (&lanes, 4) == row);
  g_assert_cmpuint (row->count, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (telar_row_member (&lanes, row, i), ==, 2 + i);
  hit = telar_hit_timeline (timeline, &view, lanes.left / 2, row->y + row->height / 2);
  g_assert_cmpint (hit.kind, ==, TELAR_HIT_FOLDED);
  g_assert_cmpuint (hit.task, ==, 2);
  g_assert_cmpuint (hit.count, ==, 2);
  words = telar_hit_describe (timeline, &hit);
  g_assert_nonnull (strstr (words, "with 2 lanes folded into it"));
  telar_lanes_clear (&lanes);

  /* What is pinned of it has its own lane, what is hidden has none. */
  telar_lane_order_set (order, timeline, TELAR_LANE_TASK, 3, TELAR_LANE_PINNED, TRUE);
  telar_lane_order_set (order, timeline, TELAR_LANE_TASK, 4, TELAR_LANE_HIDDEN, TRUE);
  expect_rows (timeline, order, "^t1 increment|CORES|Core 0|Core 1|TASKS|main|p1 square|"
                                "p2 is_even +0|p3 matrix_multiply");
  telar_lane_order_unset_all (order, TELAR_LANE_PINNED | TELAR_LANE_HIDDEN);

  telar_lane_order_fold (order, timeline, 4);
  expect_rows (timeline, order, "CORES|Core 0|Core 1|TASKS|main|p1 square|p2 is_even|"
                                "  t1 increment|  t2 increment|p3 matrix_multiply");
  telar_lane_order_fold (order, timeline, TELAR_MAIN);
  expect_rows (timeline, order, "CORES|Core 0|Core 1|TASKS|main +5");
  picture_run_free (run);
}

static PictureRun *
make_copies (guint n)
{
  PictureRun *run = picture_run_new ("copies", 1);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("w.%u", i + 1);

      picture_run_task (run, TELAR_MAIN, TELAR_KIND_PROCESS, id, "busy", "busy(1)");
    }
  for (guint i = 0; i < n; i++)
    {
      picture_run_slice (run, 1 + i, 0, 1000 * i, 1000 * i + 500);
      picture_run_life (run, 1 + i, 0, 1000 * n, 1000 * n, 0);
    }
  picture_run_now (run, 1000 * n, TRUE);
  return run;
}

static void
test_copies (void)
{
  PictureRun *few = make_copies (3), *many = make_copies (TELAR_FOLDED_COPIES);
  g_autoptr (TelarLaneOrder) order = telar_lane_order_new ();
  g_autofree char *rows = NULL;
  TelarView view;

  telar_lane_order_apply (order, picture_run_timeline (few));
  telar_lane_order_fold (order, picture_run_timeline (few), 2);
  expect_rows (picture_run_timeline (few), order, "CORES|Core 0|TASKS|main|w ×3 busy");
  telar_lane_order_fold (order, picture_run_timeline (few), 2);
  expect_rows (picture_run_timeline (few), order,
               "CORES|Core 0|TASKS|main|w.1 busy|w.2 busy|w.3 busy");

  /* The next run of that graph has more of them: they were unfolded. */
  telar_lane_order_apply (order, picture_run_timeline (many));
  telar_view_init (&view, WIDTH, HEIGHT);
  view.order = order;
  rows = print_rows (picture_run_timeline (many), &view);
  g_assert_nonnull (strstr (rows, "|w.25 busy"));
  telar_lane_order_fold (order, picture_run_timeline (many), 7);
  expect_rows (picture_run_timeline (many), order, "CORES|Core 0|TASKS|main|w ×25 busy");

  /* Hidden as one, found as any of them. */
  telar_lane_order_set (order, picture_run_timeline (many), TELAR_LANE_TASK, 1,
                        TELAR_LANE_HIDDEN, TRUE);
  expect_rows (picture_run_timeline (many), order, "CORES|Core 0|TASKS|main|1 hidden");
  g_assert_true (telar_lane_order_reveal (order, picture_run_timeline (many), 20));
  expect_rows (picture_run_timeline (many), order, "CORES|Core 0|TASKS|main|w ×25 busy");
  picture_run_free (few);
  picture_run_free (many);
}

/* p10 starts first; p2 is busy for longest, with what t does; p1 is on a core most often. */
static PictureRun *
make_unsorted (void)
{
  PictureRun *run = picture_run_new ("unsorted", 2);
  guint32 p10 = picture_run_task (run, TELAR_MAIN, TELAR_KIND_PROCESS, "p10", "busy", "busy(1)");
  guint32 p2 = picture_run_task (run, TELAR_MAIN, TELAR_KIND_PROCESS, "p2", "busy", "busy(1)");
  guint32 t = picture_run_task (run, p2, TELAR_KIND_THREAD, "t", "busy", "busy(1)");
  guint32 p1 = picture_run_task (run, TELAR_MAIN, TELAR_KIND_PROCESS, "p1", "busy", "busy(1)");
  guint32 late = picture_run_task (run, TELAR_MAIN, TELAR_KIND_PROCESS, "late", "busy", "busy(1)");

  picture_run_slice (run, p10, 0, 0, 3000);
  picture_run_slice (run, t, 1, 2000, 9000);
  for (gint64 i = 0; i < 4; i++)
    picture_run_slice (run, p1, 1, 10000 + i * 200, 10000 + i * 200 + 100);
  picture_run_life (run, p10, 0, 3000, 3000, 0);
  picture_run_life (run, p2, 1000, 9500, 9500, 0);
  picture_run_life (run, t, 2000, 9000, 9000, 0);
  picture_run_life (run, p1, 9600, 11000, 11000, 0);
  picture_run_life (run, late, TELAR_NO_TIME, TELAR_NO_TIME, TELAR_NO_TIME, 0);
  picture_run_now (run, 11000, TRUE);
  return run;
}

static void
test_sort (void)
{
  static const char *const expected[TELAR_N_SORTS] = {
    "CORES|Core 0|Core 1|TASKS|main|p10 busy|p2 busy|  t busy|p1 busy|late busy",
    "CORES|Core 0|Core 1|TASKS|main|p10 busy|p2 busy|  t busy|p1 busy|late busy",
    "CORES|Core 1|Core 0|TASKS|main|p2 busy|  t busy|p10 busy|p1 busy|late busy",
    "CORES|Core 1|Core 0|TASKS|main|p1 busy|p10 busy|p2 busy|  t busy|late busy",
    "CORES|Core 0|Core 1|TASKS|main|late busy|p1 busy|p2 busy|  t busy|p10 busy",
  };
  PictureRun *run = make_unsorted ();
  TelarTimeline *timeline = picture_run_timeline (run);
  g_autoptr (TelarLaneOrder) order = telar_lane_order_new ();

  for (guint i = 0; i < TELAR_N_SORTS; i++)
    {
      g_autoptr (TelarLaneOrder) copy = NULL;

      order->sort = i;
      telar_lane_order_apply (order, timeline);
      expect_rows (timeline, order, expected[i]);
      copy = telar_lane_order_copy (order);
      expect_rows (timeline, copy, expected[i]);
    }

  /* Whoever gets more to do is sorted anew when that is asked for. */
  order->sort = TELAR_SORT_BUSY;
  telar_lane_order_apply (order, timeline);
  picture_run_slice (run, 5, 0, 20000, 90000);
  expect_rows (timeline, order, expected[TELAR_SORT_BUSY]);
  telar_lane_order_apply (order, timeline);
  expect_rows (timeline, order, "CORES|Core 0|Core 1|TASKS|main|late busy|p2 busy|  t busy|"
                                "p10 busy|p1 busy");
  picture_run_free (run);
}

/* Marks are kept by names: the next run has other numbers. */
static void
test_next_run (void)
{
  PictureRun *first = picture_run_design (), *second = make_unsorted ();
  g_autoptr (TelarLaneOrder) order = telar_lane_order_new ();

  telar_lane_order_apply (order, picture_run_timeline (first));
  telar_lane_order_set (order, picture_run_timeline (first), TELAR_LANE_TASK, 1,
                        TELAR_LANE_HIDDEN, TRUE);
  telar_lane_order_set (order, picture_run_timeline (first), TELAR_LANE_CORE, 1,
                        TELAR_LANE_PINNED, TRUE);
  g_assert_false (telar_lane_order_fits (order, picture_run_timeline (second)));
  telar_lane_order_apply (order, picture_run_timeline (second));
  g_assert_true (telar_lane_order_fits (order, picture_run_timeline (second)));
  expect_rows (picture_run_timeline (second), order,
               "^Core 1|CORES|Core 0|TASKS|main|p10 busy|p2 busy|  t busy|late busy|1 hidden");
  telar_lane_order_apply (order, NULL);
  g_assert_cmpuint (telar_lane_order_get (order, TELAR_LANE_CORE, 0), ==, 0);
  g_assert_cmpuint (telar_lane_order_get (NULL, TELAR_LANE_CORE, 0), ==, 0);
  telar_lane_order_apply (order, picture_run_timeline (first));
  g_assert_cmpuint (telar_lane_order_get (order, TELAR_LANE_TASK, 1), ==, TELAR_LANE_HIDDEN);
  picture_run_free (first);
  picture_run_free (second);
}

/* Whatever is made of them: what is in sight is found where it is, nothing is lost
 * silently, and what is pinned stays where it is. */
static void
test_random (void)
{
  for (guint round = 0; round < 200; round++)
    {
      guint n_tasks = 1 + (guint) g_test_rand_int_range (0, 60), n_hidden = 0, told = 0;
      PictureRun *run = g_test_rand_bit ()
                          ? picture_run_design ()
                          : picture_run_random (round, 1 + round % 20, n_tasks, 200);
      TelarTimeline *timeline = picture_run_timeline (run);
      g_autoptr (TelarLaneOrder) order = telar_lane_order_new ();
      TelarTextStyle style = { .family = NULL };
      TelarLanes lanes;
      TelarView view;

      order->sort = (TelarLaneSort) g_test_rand_int_range (0, TELAR_N_SORTS);
      telar_lane_order_apply (order, timeline);
      for (guint i = 0; i < timeline->tasks->len; i++)
        if (g_test_rand_int_range (0, 3) == 0)
          telar_lane_order_set (order, timeline, TELAR_LANE_TASK, i,
                                1u << g_test_rand_int_range (0, 4), TRUE);
      for (guint i = 0; i < timeline->cores->len; i++)
        if (g_test_rand_int_range (0, 4) == 0)
          telar_lane_order_set (order, timeline, TELAR_LANE_CORE, i,
                                1u << g_test_rand_int_range (0, 2), TRUE);
      telar_view_init (&view, WIDTH, HEIGHT);
      view.end = (double) timeline->now;
      view.order = order;
      view.scroll = g_test_rand_int_range (0, 300);
      telar_lanes_init (&lanes, timeline, &view, &style);
      for (guint i = 0; i < lanes.rows->len; i++)
        {
          const TelarRow *row = &g_array_index (lanes.rows, TelarRow, i);
          double middle = row->y + row->height / 2;

          g_assert_cmpint (row->pinned, ==, i < lanes.n_pinned);
          if (middle >= telar_row_top (&lanes, row) && middle < telar_row_bottom (&lanes, row))
            g_assert_true (telar_lanes_at (&lanes, middle) == row);
          else
            g_assert_false (row->pinned);
          if (row->kind == TELAR_ROW_TASK)
            g_assert_true (telar_lanes_of (&lanes, row->number) == row);
          if (row->kind == TELAR_ROW_HIDDEN)
            told += row->number;
        }
      for (guint i = 0; i < timeline->cores->len; i++)
        n_hidden += (telar_lane_order_get (order, TELAR_LANE_CORE, i) & TELAR_LANE_HIDDEN) != 0;
      for (guint i = 0; i < timeline->tasks->len; i++)
        {
          guint32 up = i;
          gboolean hidden = FALSE;

          for (; up != TELAR_NO_TASK && !hidden; up = telar_timeline_task (timeline, up)->parent)
            hidden = (up == i || up != TELAR_MAIN)
                     && (telar_lane_order_get (order, TELAR_LANE_TASK, up) & TELAR_LANE_HIDDEN);
          /* A call is a step in its parent's lane. */
          if (telar_timeline_task (timeline, i)->kind != TELAR_KIND_CALL)
            g_assert_true (hidden || telar_lanes_of (&lanes, i) != NULL);
        }
      g_assert_cmpuint (told, >=, n_hidden);
      telar_lanes_clear (&lanes);
      picture_run_free (run);
    }
}

/* What is pinned looks the same however far the rest is scrolled, and nothing of the rest
 * reaches into it. */
static void
test_pinned_picture (void)
{
  PictureRun *run = picture_run_random (5, 4, 60, 3000);
  TelarTimeline *timeline = picture_run_timeline (run);
  g_autoptr (TelarLaneOrder) order = telar_lane_order_new ();
  TelarTextStyle style = { .family = NULL };
  cairo_surface_t *still, *scrolled;
  TelarLanes lanes;
  TelarView view;
  int stride, top, bottom;

  telar_lane_order_apply (order, timeline);
  telar_lane_order_set (order, timeline, TELAR_LANE_TASK, 7, TELAR_LANE_PINNED, TRUE);
  telar_lane_order_set (order, timeline, TELAR_LANE_CORE, 2, TELAR_LANE_PINNED, TRUE);
  telar_view_init (&view, WIDTH, HEIGHT);
  view.end = (double) timeline->now;
  view.order = order;
  telar_lanes_init (&lanes, timeline, &view, &style);
  top = (int) lanes.top;
  bottom = (int) lanes.scroll_top;
  g_assert_cmpint (bottom - top, >, 30);
  telar_lanes_clear (&lanes);

  still = painted_new (timeline, &view);
  view.scroll = 217;
  scrolled = painted_new (timeline, &view);
  stride = cairo_image_surface_get_stride (still);
  g_assert_cmpmem (cairo_image_surface_get_data (still), (gsize) stride * bottom,
                   cairo_image_surface_get_data (scrolled), (gsize) stride * bottom);
  g_assert_cmpint (memcmp (cairo_image_surface_get_data (still) + (gsize) stride * bottom,
                           cairo_image_surface_get_data (scrolled) + (gsize) stride * bottom,
                           (gsize) stride * 100), !=, 0);
  cairo_surface_destroy (still);
  cairo_surface_destroy (scrolled);
  picture_run_free (run);
}

/* More than half of the room: then all of it scrolls. */
static void
test_too_much_pinned (void)
{
  PictureRun *run = picture_run_random (5, 4, 60, 3000);
  TelarTimeline *timeline = picture_run_timeline (run);
  g_autoptr (TelarLaneOrder) order = telar_lane_order_new ();
  TelarTextStyle style = { .family = NULL };
  TelarLanes lanes;
  TelarView view;
  double without, with;

  telar_lane_order_apply (order, timeline);
  telar_view_init (&view, WIDTH, HEIGHT);
  view.order = order;
  without = telar_timeline_height (timeline, &view);
  for (guint i = 1; i <= 50; i++)
    telar_lane_order_set (order, timeline, TELAR_LANE_TASK, i, TELAR_LANE_PINNED, TRUE);
  with = telar_timeline_height (timeline, &view);
  g_assert_cmpfloat_with_epsilon (with, without, 1e-6);
  telar_lanes_init (&lanes, timeline, &view, &style);
  g_assert_cmpuint (lanes.n_pinned, ==, 0);
  g_assert_cmpfloat (lanes.scroll_top, ==, lanes.top);
  g_assert_cmpuint (g_array_index (lanes.rows, TelarRow, 0).number, ==, 1);
  telar_lanes_clear (&lanes);
  picture_run_free (run);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lane-order/hide", test_hide);
  g_test_add_func ("/lane-order/pin", test_pin);
  g_test_add_func ("/lane-order/fold", test_fold);
  g_test_add_func ("/lane-order/copies", test_copies);
  g_test_add_func ("/lane-order/sort", test_sort);
  g_test_add_func ("/lane-order/next run", test_next_run);
  g_test_add_func ("/lane-order/random", test_random);
  g_test_add_func ("/lane-order/pinned, painted", test_pinned_picture);
  g_test_add_func ("/lane-order/too much is pinned", test_too_much_pinned);
  return g_test_run ();
}
