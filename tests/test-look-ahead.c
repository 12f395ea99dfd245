/* test-look-ahead.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What a closer look at a long run will need, made before somebody zooms.
 */

#include "config.h"

#include "painted.h"
#include "synthetic-run.h"

#define CORES  8
#define SLICES 400000
/* More than any of these runs takes. */
#define STEPS  5000
#define HOUR   (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static TelarView
whole (const TelarTimeline *timeline, double width, double height)
{
  TelarView view;

  telar_view_init (&view, width, height);
  view.end = (double) timeline->wall;
  return view;
}

/* The same, @times as close, at @where of it, 0…1. */
static TelarView
closer (const TelarView *view, double times, double where)
{
  TelarView close = *view;
  double shown = (view->end - view->begin) / times;

  close.begin = view->begin + where * (view->end - view->begin - shown);
  close.end = close.begin + shown;
  return close;
}

static guint64
made_by (const TelarTimeline *timeline, const TelarView *view)
{
  guint64 before = telar_zoom_n_made ();

  cairo_surface_destroy (painted_new (timeline, view));
  return telar_zoom_n_made () - before;
}

/* Each thread keeps tiles of its own: a look begins in one that has none.
 *
 * @timeline: (transfer full) */
static void
look_anew (GThreadFunc look, TelarTimeline *timeline)
{
  g_thread_join (g_thread_new ("look", look, timeline));
  telar_timeline_unref (timeline);
}

/* Nothing is left for the frames of somebody who zooms in to a quarter of it, wherever. */
static gpointer
zoom (gpointer data)
{
  const TelarTimeline *timeline = data;
  TelarView view = whole (timeline, 1400, 600);
  guint64 before;

  g_assert_cmpuint (made_by (timeline, &view), >, 0);
  g_assert_cmpuint (made_by (timeline, &view), ==, 0);
  before = telar_zoom_n_made ();
  g_assert_true (telar_timeline_look_ahead (timeline, &view, HOUR));
  g_assert_cmpuint (telar_zoom_n_made (), >, before);
  for (double times = 1; times < 4; times *= 1.1)
    for (double where = 0; where <= 1; where += 0.25)
      {
        TelarView close = closer (&view, times, where);

        g_assert_cmpuint (made_by (timeline, &close), ==, 0);
      }
  return NULL;
}

static gpointer
zoom_unprepared (gpointer data)
{
  const TelarTimeline *timeline = data;
  TelarView view = whole (timeline, 1400, 600), close = closer (&view, 1.9, 0.5);

  g_assert_cmpuint (made_by (timeline, &view), >, 0);
  g_assert_cmpuint (made_by (timeline, &close), >, 0);
  return NULL;
}

static void
test_zoom (void)
{
  TelarTimeline *timeline = telar_synthetic_run_new (5, CORES, 24, SLICES);

  look_anew (zoom, telar_timeline_ref (timeline));
  look_anew (zoom_unprepared, timeline);
}

/* A little at a time: each step makes some, and it ends. */
static gpointer
go_in_steps (gpointer data)
{
  const TelarTimeline *timeline = data;
  TelarView view = whole (timeline, 1400, 600);
  guint64 before = telar_zoom_n_made ();
  guint steps = 0;

  g_assert_false (telar_timeline_look_ahead (timeline, &view, 0));
  g_assert_cmpuint (telar_zoom_n_made () - before, <=, 2);
  while (!telar_timeline_look_ahead (timeline, &view, 0))
    g_assert_cmpuint (++steps, <, STEPS);
  before = telar_zoom_n_made ();
  g_assert_true (telar_timeline_look_ahead (timeline, &view, HOUR));
  g_assert_cmpuint (telar_zoom_n_made (), ==, before);
  return NULL;
}

static void
test_steps (void)
{
  look_anew (go_in_steps, telar_synthetic_run_new (6, CORES, 24, SLICES));
}

/* More lanes than all that a thread keeps could serve: it ends, and what is in sight is
 * still there. */
static gpointer
look_at_many (gpointer data)
{
  const TelarTimeline *timeline = data;
  TelarView view = whole (timeline, 12000, 900);
  guint64 before = telar_zoom_n_made ();

  g_assert_true (telar_timeline_look_ahead (timeline, &view, HOUR));
  g_assert_cmpuint (telar_zoom_n_made () - before, >, 3000);
  g_assert_cmpuint (telar_zoom_n_made () - before, <=, 4096);
  before = telar_zoom_n_made ();
  g_assert_true (telar_timeline_look_ahead (timeline, &view, HOUR));
  g_assert_cmpuint (telar_zoom_n_made (), ==, before);
  g_assert_cmpuint (made_by (timeline, &view), ==, 0);
  return NULL;
}

static void
test_many_lanes (void)
{
  look_anew (look_at_many, telar_synthetic_run_new (7, 48, 60, 3000000));
}

/* Of what has no columns nothing is made. */
static void
test_nothing (void)
{
  TelarTimeline *few = telar_synthetic_run_new (8, 4, 6, 200);
  TelarTimeline *mockup = telar_mockup_run_new (TRUE);
  const TelarTimeline *const timelines[] = { few, mockup };

  for (guint i = 0; i < G_N_ELEMENTS (timelines); i++)
    {
      TelarView view = whole (timelines[i], 1400, 600);
      guint64 before = telar_zoom_n_made ();

      g_assert_true (telar_timeline_look_ahead (timelines[i], &view, 0));
      g_assert_cmpuint (telar_zoom_n_made (), ==, before);
    }
  telar_timeline_unref (few);
  telar_timeline_unref (mockup);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/look-ahead/zoom", test_zoom);
  g_test_add_func ("/look-ahead/steps", test_steps);
  g_test_add_func ("/look-ahead/many-lanes", test_many_lanes);
  g_test_add_func ("/look-ahead/nothing", test_nothing);

  return g_test_run ();
}
