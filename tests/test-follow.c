/* test-follow.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "timeline-view/follow.h"
#include "zoom-steps.h"

#define MS 1e6

static void
test_doubles (void)
{
  TelarFollow follow;

  telar_follow_init (&follow);
  g_assert_true (follow.following);
  g_assert_false (telar_follow_advance (&follow, 89 * MS));
  g_assert_true (telar_follow_advance (&follow, 91 * MS));
  g_assert_cmpfloat (follow.begin, ==, 0);
  g_assert_cmpfloat (follow.end, ==, 200 * MS);

  /* A long gap between two frames doubles as often as it takes. */
  g_assert_true (telar_follow_advance (&follow, 1000 * MS));
  g_assert_cmpfloat (follow.end, ==, 1600 * MS);
}

static void
test_pan_stops (void)
{
  TelarFollow follow;

  telar_follow_init (&follow);
  telar_follow_pan (&follow, 10 * MS, 50 * MS);
  g_assert_false (follow.following);
  g_assert_cmpfloat (follow.begin, ==, 10 * MS);
  g_assert_false (telar_follow_advance (&follow, 5000 * MS));
  g_assert_cmpfloat (follow.begin, ==, 10 * MS);

  telar_follow_resume (&follow, 5000 * MS);
  g_assert_true (follow.following);
  g_assert_cmpfloat (follow.begin, ==, 0);
  g_assert_cmpfloat (follow.end, >=, 5000 * MS / 0.9);
}

static void
test_pan_keeps_in_sight (void)
{
  TelarFollow follow;

  telar_follow_init (&follow);
  telar_follow_pan (&follow, 1e15, 50 * MS);
  g_assert_cmpfloat (follow.begin, <, 50 * MS);
  g_assert_cmpfloat_with_epsilon (telar_follow_width (&follow), 100 * MS, 1);

  telar_follow_pan (&follow, -1e15, 50 * MS);
  g_assert_cmpfloat (follow.end, >, 0);
  g_assert_cmpfloat_with_epsilon (telar_follow_width (&follow), 100 * MS, 1);
}

static void
test_zoom_leaves_pointer (void)
{
  static const struct { double factor, at; } table[] = {
    { 2, 10 * MS }, { 0.5, 10 * MS }, { TELAR_ZOOM_WHEEL, 70 * MS }, { 1000, 42 * MS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      TelarFollow follow;
      double before, after;

      telar_follow_init (&follow);
      before = (table[i].at - follow.begin) / telar_follow_width (&follow);
      telar_follow_zoom (&follow, table[i].factor, table[i].at, 100 * MS);
      after = (table[i].at - follow.begin) / telar_follow_width (&follow);
      g_assert_cmpfloat_with_epsilon (before, after, 1e-9);
      g_assert_cmpfloat_with_epsilon (telar_follow_width (&follow), 100 * MS / table[i].factor, 1);
      g_assert_false (follow.following);
    }
}

static void
test_zoom_has_ends (void)
{
  TelarFollow follow;

  telar_follow_init (&follow);
  for (int i = 0; i < 200; i++)
    telar_follow_zoom (&follow, 2, 20 * MS, 100 * MS);
  g_assert_cmpfloat_with_epsilon (telar_follow_width (&follow), TELAR_FOLLOW_LEAST, 1e-6);
  g_assert_cmpfloat (follow.begin, <=, 20 * MS);
  g_assert_cmpfloat (follow.end, >=, 20 * MS);

  for (int i = 0; i < 200; i++)
    telar_follow_zoom (&follow, 0.5, 20 * MS, 100 * MS);
  g_assert_cmpfloat_with_epsilon (telar_follow_width (&follow), 400 * MS, 1);
}

static void
test_zoom_by_key_follows (void)
{
  TelarFollow follow;
  double width;

  telar_follow_init (&follow);
  telar_follow_zoom_by_key (&follow, 2, 80 * MS);
  g_assert_true (follow.following);
  width = telar_follow_width (&follow);
  g_assert_cmpfloat_with_epsilon (width, 50 * MS, 1);

  /* The stretch slides along with now and keeps its width. */
  telar_follow_advance (&follow, 500 * MS);
  g_assert_cmpfloat_with_epsilon (telar_follow_width (&follow), width, 1);
  g_assert_cmpfloat (follow.begin, <, 500 * MS);
  g_assert_cmpfloat (follow.end, >, 500 * MS);

  telar_follow_pan (&follow, 0, 500 * MS);
  telar_follow_zoom_by_key (&follow, 2, 500 * MS);
  g_assert_false (follow.following);
}

static void
test_fit (void)
{
  TelarFollow follow;

  telar_follow_init (&follow);
  telar_follow_fit (&follow, 0, 84 * MS);
  g_assert_false (follow.following);
  g_assert_cmpfloat (follow.begin, <=, 0);
  g_assert_cmpfloat (follow.end, >, 84 * MS);
  g_assert_cmpfloat (telar_follow_width (&follow), <, 1.1 * 84 * MS);

  /* A run without length has a width all the same. */
  telar_follow_fit (&follow, 0, 0);
  g_assert_cmpfloat (telar_follow_width (&follow), >=, TELAR_FOLLOW_LEAST);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/follow/doubles", test_doubles);
  g_test_add_func ("/follow/pan-stops", test_pan_stops);
  g_test_add_func ("/follow/pan-keeps-in-sight", test_pan_keeps_in_sight);
  g_test_add_func ("/follow/zoom-leaves-pointer", test_zoom_leaves_pointer);
  g_test_add_func ("/follow/zoom-has-ends", test_zoom_has_ends);
  g_test_add_func ("/follow/zoom-by-key-follows", test_zoom_by_key_follows);
  g_test_add_func ("/follow/fit", test_fit);

  return g_test_run ();
}
