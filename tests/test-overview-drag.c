/* test-overview-drag.c
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib.h>

#include "timeline-view/follow.h"
#include "timeline-view/overview-drag.h"

#define MS 1e6

static void
test_grip (void)
{
  static const struct { double from, to, x; TelarGrip grip; } cases[] = {
    { 100, 300, 92, TELAR_GRIP_OUTSIDE }, { 100, 300, 93, TELAR_GRIP_BEGIN },
    { 100, 300, 107, TELAR_GRIP_BEGIN },  { 100, 300, 108, TELAR_GRIP_INSIDE },
    { 100, 300, 292, TELAR_GRIP_INSIDE }, { 100, 300, 293, TELAR_GRIP_END },
    { 100, 300, 307, TELAR_GRIP_END },    { 100, 300, 308, TELAR_GRIP_OUTSIDE },
    /* Of a part four pixels wide the middle is for moving it. */
    { 100, 104, 101, TELAR_GRIP_BEGIN },  { 100, 104, 102, TELAR_GRIP_INSIDE },
    { 100, 104, 103, TELAR_GRIP_END },    { 100, 104, 110, TELAR_GRIP_END },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (telar_overview_grip (cases[i].from, cases[i].to, cases[i].x), ==,
                     cases[i].grip);
}

static void
check_drag (TelarSeen seen,
            TelarGrip grip,
            double    delta,
            double    begin,
            double    end)
{
  TelarSeen now = telar_overview_drag (seen, grip, delta, 100 * MS);

  g_assert_cmpfloat_with_epsilon (now.begin, begin, 1e-3);
  g_assert_cmpfloat_with_epsilon (now.end, end, 1e-3);
}

static void
test_drag (void)
{
  TelarSeen part = { 20 * MS, 40 * MS }, fitted = { -1 * MS, 104 * MS };

  check_drag (part, TELAR_GRIP_INSIDE, 10 * MS, 30 * MS, 50 * MS);
  check_drag (part, TELAR_GRIP_BEGIN, 10 * MS, 30 * MS, 40 * MS);
  check_drag (part, TELAR_GRIP_END, -10 * MS, 20 * MS, 30 * MS);
  /* At the ends of the run it stops… */
  check_drag (part, TELAR_GRIP_INSIDE, -50 * MS, 0, 20 * MS);
  check_drag (part, TELAR_GRIP_INSIDE, 500 * MS, 80 * MS, 100 * MS);
  check_drag (part, TELAR_GRIP_BEGIN, -50 * MS, 0, 40 * MS);
  check_drag (part, TELAR_GRIP_END, 500 * MS, 20 * MS, 100 * MS);
  /* …and before the other edge… */
  check_drag (part, TELAR_GRIP_BEGIN, 500 * MS, 40 * MS - TELAR_FOLLOW_LEAST, 40 * MS);
  check_drag (part, TELAR_GRIP_END, -500 * MS, 20 * MS, 20 * MS + TELAR_FOLLOW_LEAST);
  /* …but the air around a run that is fitted stays when an edge comes back to it. */
  check_drag (fitted, TELAR_GRIP_END, 0, -1 * MS, 104 * MS);
  check_drag (fitted, TELAR_GRIP_INSIDE, 50 * MS, -1 * MS, 104 * MS);
  check_drag (fitted, TELAR_GRIP_BEGIN, 31 * MS, 30 * MS, 104 * MS);
}

static void
test_jump (void)
{
  TelarSeen seen = telar_overview_jump ((TelarSeen) { 20 * MS, 40 * MS }, 70 * MS);

  g_assert_cmpfloat (seen.begin, ==, 60 * MS);
  g_assert_cmpfloat (seen.end, ==, 80 * MS);
}

/* While a run goes on, what is painted stays where it is until the strip is full. */
static void
test_span (void)
{
  g_assert_cmpfloat (telar_overview_span (0, TRUE), ==, TELAR_FOLLOW_FIRST);
  g_assert_cmpfloat (telar_overview_span (100 * MS, TRUE), ==, 100 * MS);
  g_assert_cmpfloat (telar_overview_span (101 * MS, TRUE), ==, 200 * MS);
  g_assert_cmpfloat (telar_overview_span (199 * MS, TRUE), ==, 200 * MS);
  g_assert_cmpfloat (telar_overview_span (101 * MS, FALSE), ==, 101 * MS);
  g_assert_cmpfloat (telar_overview_span (0, FALSE), >, 0);
}

/* The timeline shows just what was asked for, unless the run would be out of sight. */
static void
test_show (void)
{
  TelarFollow follow;

  telar_follow_init (&follow);
  telar_follow_show (&follow, 20 * MS, 40 * MS, 100 * MS);
  g_assert_false (follow.following);
  g_assert_cmpfloat (follow.begin, ==, 20 * MS);
  g_assert_cmpfloat (follow.end, ==, 40 * MS);
  telar_follow_show (&follow, 500 * MS, 520 * MS, 100 * MS);
  g_assert_cmpfloat (follow.begin, <, 100 * MS);
  telar_follow_show (&follow, 20 * MS, 20 * MS, 100 * MS);
  g_assert_cmpfloat (telar_follow_width (&follow), >=, TELAR_FOLLOW_LEAST);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/overview-drag/grip", test_grip);
  g_test_add_func ("/overview-drag/drag", test_drag);
  g_test_add_func ("/overview-drag/jump", test_jump);
  g_test_add_func ("/overview-drag/span", test_span);
  g_test_add_func ("/overview-drag/show", test_show);

  return g_test_run ();
}
