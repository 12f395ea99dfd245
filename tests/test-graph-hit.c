/* test-graph-hit.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A layout in use: what is found under a pointer, what a drag moves, where there
 * is room, which task of a run is which.
 */

#include "config.h"

#include <string.h>

#include "graph/plan-build.h"
#include "laid-out.h"
#include "paint/graph-picture.h"
#include "random-graph.h"

static const TelarGraphEdge *
get_edge (const TelarGraphLayout *layout, guint edge)
{
  return &g_array_index (layout->edges, TelarGraphEdge, edge);
}

#define assert_hit(layout, marks, x, y, wanted_kind, wanted_task) \
  G_STMT_START { \
    TelarGraphHit hit_ = telar_graph_hit ((layout), (marks), (x), (y), 3); \
    g_assert_cmpint (hit_.kind, ==, (wanted_kind)); \
    g_assert_cmpuint (hit_.task, ==, (wanted_task)); \
  } G_STMT_END

static void
test_hit (void)
{
  g_autoptr (TelarGraphLayout) layout = laid_out_text (INSIDE_GRAPH);
  g_autofree guint8 *marks = g_new0 (guint8, layout->n_tasks);
  const TelarGraphBox *main_box = &layout->boxes[0];
  double x, y;

  for (guint32 i = 0; i < layout->n_tasks; i++)
    {
      const TelarGraphBox *box = &layout->boxes[i];

      /* A box or the header of a frame; its outline. */
      assert_hit (layout, NULL, box->x + 40, box->y + (i == 0 ? 2 : 10), TELAR_GRAPH_HIT_TASK, i);
      assert_hit (layout, NULL, box->x + 1, box->y + 12, TELAR_GRAPH_HIT_TASK, i);
      for (int out = 0; out < 2 && i > 0; out++)
        {
          telar_graph_port (layout, i, out, &x, &y);
          assert_hit (layout, NULL, x, y, out ? TELAR_GRAPH_HIT_OUT : TELAR_GRAPH_HIT_IN, i);
          assert_hit (layout, NULL, x + (out ? 5 : -5), y,
                      out ? TELAR_GRAPH_HIT_OUT : TELAR_GRAPH_HIT_IN, i);
        }
      marks[i] = i % 2 ? TELAR_GRAPH_ERROR : TELAR_GRAPH_WARNING;
      telar_graph_badge (layout, i, &x, &y);
      assert_hit (layout, marks, x, y, TELAR_GRAPH_HIT_BADGE, i);
      marks[i] = TELAR_GRAPH_SELECTED;
      g_assert_cmpint (telar_graph_hit (layout, marks, x, y, 1).kind, !=, TELAR_GRAPH_HIT_BADGE);
      marks[i] = 0;
    }
  assert_hit (layout, NULL, main_box->x + 10, main_box->y + main_box->height - 10,
              TELAR_GRAPH_HIT_GROUND, 0);
  x = laid_out_box (layout, "p2")->x;
  y = laid_out_box (layout, "p2")->y + laid_out_box (layout, "p2")->height;
  assert_hit (layout, NULL, x + 10, y - 10, TELAR_GRAPH_HIT_GROUND, laid_out_find (layout, "p2"));
  assert_hit (layout, NULL, layout->x - 50, layout->y - 50, TELAR_GRAPH_HIT_NOTHING, TELAR_NOBODY);
  for (guint i = 0; i < layout->edges->len; i++)
    {
      telar_graph_edge_middle (layout, i, &x, &y);
      assert_hit (layout, NULL, x + 1, y + 1, TELAR_GRAPH_HIT_EDGE, get_edge (layout, i)->to);
      g_assert_cmpuint (telar_graph_hit (layout, NULL, x, y, 3).number, ==, i);
    }
}

static void
test_hit_body (void)
{
  g_autoptr (TelarGraphLayout) layout = laid_out_text (BODY_GRAPH);
  const TelarGraphBox *box = &layout->boxes[0];
  double x, y, width, height;

  assert_hit (layout, NULL, box->body_x + 10, box->body_y + 10, TELAR_GRAPH_HIT_FOLD, 0);
  for (guint i = 0; i < 5; i++)
    {
      telar_graph_row (layout, 0, i, &x, &y, &width, &height);
      assert_hit (layout, NULL, x + 30, y + 5, TELAR_GRAPH_HIT_STEP, 0);
      g_assert_cmpuint (telar_graph_hit (layout, NULL, x + 30, y + 5, 3).number, ==, i);
    }
  /* What a body starts comes after nothing, and others come after it. */
  g_assert_false (telar_graph_has_port (layout, 0, TRUE));
  g_assert_false (telar_graph_has_port (layout, laid_out_find (layout, "p1"), FALSE));
  g_assert_true (telar_graph_has_port (layout, laid_out_find (layout, "p1"), TRUE));
  g_assert_true (telar_graph_has_port (layout, laid_out_find (layout, "done"), FALSE));
  telar_graph_port (layout, laid_out_find (layout, "p2"), FALSE, &x, &y);
  assert_hit (layout, NULL, x + 2, y, TELAR_GRAPH_HIT_TASK, laid_out_find (layout, "p2"));
}

static gboolean
has_task (const GArray *tasks, guint32 task)
{
  for (guint i = 0; i < tasks->len; i++)
    if (g_array_index (tasks, guint32, i) == task)
      return TRUE;
  return FALSE;
}

static void
test_tasks_in (void)
{
  g_autoptr (TelarGraphLayout) layout = laid_out_text (INSIDE_GRAPH);
  const TelarGraphBox *t1 = laid_out_box (layout, "t1"), *p2 = laid_out_box (layout, "p2");
  g_autoptr (GArray) all = telar_graph_tasks_in (layout, layout->x, layout->y, layout->width,
                                                 layout->height);
  g_autoptr (GArray) touched = telar_graph_tasks_in (layout, t1->x + 10, t1->y + 10, 5, 5);
  g_autoptr (GArray) frame = telar_graph_tasks_in (layout, p2->x, p2->y, p2->width, p2->height);

  g_assert_cmpuint (all->len, ==, layout->n_tasks - 1);
  g_assert_cmpuint (touched->len, ==, 1);
  g_assert_true (has_task (touched, laid_out_find (layout, "t1")));
  g_assert_cmpuint (frame->len, ==, 3);
  g_assert_true (has_task (frame, laid_out_find (layout, "p2")));
  g_assert_true (has_task (frame, laid_out_find (layout, "t2")));
}

static void
test_frame_at (void)
{
  g_autoptr (TelarGraphLayout) layout = laid_out_text (INSIDE_GRAPH);
  const TelarGraphBox *t1 = laid_out_box (layout, "t1"), *p1 = laid_out_box (layout, "p1");
  g_autofree gboolean *but = g_new0 (gboolean, layout->n_tasks);
  guint32 p2 = laid_out_find (layout, "p2");

  /* Nothing can be inside a thread; a process can become a frame. */
  g_assert_cmpuint (telar_graph_frame_at (layout, t1->x + 5, t1->y + 5, NULL), ==, p2);
  g_assert_cmpuint (telar_graph_frame_at (layout, p1->x + 5, p1->y + 5, NULL), ==,
                    laid_out_find (layout, "p1"));
  g_assert_cmpuint (telar_graph_frame_at (layout, -5000, 0, NULL), ==, 0);
  but[p2] = TRUE;
  g_assert_cmpuint (telar_graph_frame_at (layout, t1->x + 5, t1->y + 5, but), ==, 0);
}

/* ---- in use ------------------------------------------------------------- */

static void
test_shift (void)
{
  g_autoptr (TelarGraphLayout) before = laid_out_text (INSIDE_GRAPH);
  g_autoptr (TelarGraphLayout) after = laid_out_text (INSIDE_GRAPH);
  const guint32 moved[] = { laid_out_find (after, "p2"), laid_out_find (after, "t1"),
                            laid_out_find (after, "done") };

  telar_graph_layout_shift (after, moved, G_N_ELEMENTS (moved), 1000, -7.5);
  for (guint32 i = 0; i < after->n_tasks; i++)
    {
      const char *id = laid_out_id (after, i);
      gboolean moves = strchr ("td", id[0]) != NULL || strcmp (id, "p2") == 0;

      g_assert_cmpfloat (after->boxes[i].x, ==, before->boxes[i].x + (moves ? 1000 : 0));
      g_assert_cmpfloat (after->boxes[i].y, ==, before->boxes[i].y - (moves ? 7.5 : 0));
      g_assert_cmpfloat (after->boxes[i].width, ==, before->boxes[i].width);
    }
  /* What is dragged out is still part of the whole. */
  g_assert_cmpfloat (after->width, >, before->width + 700);
  telar_graph_layout_shift (after, moved, G_N_ELEMENTS (moved), -1000, 7.5);
  g_assert_cmpfloat (after->width, ==, before->width);
}

/* An arrow's way past other boxes is gone while an end is dragged about, and there
 * again when it is put back. */
static void
test_shift_back (void)
{
  g_autoptr (TelarGraphLayout) layout = laid_out_text (
      GRAPH (P ("a") " }," P ("b") ", \"after\": [\"a\"] }," P ("c") ", \"after\": [\"b\"] },"
             P ("d") ", \"after\": [\"a\", \"c\"] }"));
  const TelarGraphEdge *edge = NULL;

  for (guint i = 0; i < layout->edges->len; i++)
    {
      const TelarGraphEdge *it = &g_array_index (layout->edges, TelarGraphEdge, i);

      if (it->from == laid_out_find (layout, "a") && it->to == laid_out_find (layout, "d"))
        edge = it;
    }
  g_assert_nonnull (edge);
  g_assert_cmpuint (edge->n_points, ==, 2);

  for (guint end = 0; end < 2; end++)
    {
      const guint32 task = end ? edge->to : edge->from;
      const TelarGraphPoint point = g_array_index (layout->points, TelarGraphPoint,
                                                   edge->first_point);
      const TelarGraphPoint *now = &g_array_index (layout->points, TelarGraphPoint,
                                                   edge->first_point);

      for (guint i = 0; i < 10; i++)
        telar_graph_layout_shift (layout, &task, 1, 0.1, 0.3);
      g_assert_cmpuint (edge->n_points, ==, 0);
      telar_graph_layout_shift (layout, &task, 1, -1, -3);
      g_assert_cmpuint (edge->n_points, ==, 2);
      g_assert_cmpfloat_with_epsilon (now->x, point.x, 1e-6);
      g_assert_cmpfloat_with_epsilon (now->y, point.y, 1e-6);
    }
}

static void
test_free_place (void)
{
  g_autoptr (TelarGraphLayout) layout = laid_out_text (BODY_GRAPH);
  TelarGraphBox place = { .width = 224, .height = 74 };
  double x = 5000, y = 5000;

  telar_graph_layout_free_place (layout, 0, &x, &y);
  g_assert_cmpfloat (x, ==, 5000);
  g_assert_cmpfloat (y, ==, 5000);
  for (guint32 i = 0; i < layout->n_tasks; i++)
    {
      place.x = layout->boxes[i].x + 15;
      place.y = layout->boxes[i].y + 35;
      telar_graph_layout_free_place (layout, 0, &place.x, &place.y);
      for (guint32 k = 1; k < layout->n_tasks; k++)
        g_assert_false (laid_out_overlap (&place, &layout->boxes[k]));
      g_assert_true (place.x >= layout->boxes[0].body_x + layout->boxes[0].body_width
                     || place.y >= layout->boxes[0].body_y + layout->boxes[0].body_height);
    }
  /* Inside a frame, beside what is there. */
  place.x = laid_out_box (layout, "t")->x;
  place.y = laid_out_box (layout, "t")->y;
  telar_graph_layout_free_place (layout, laid_out_find (layout, "p1"), &place.x, &place.y);
  g_assert_false (laid_out_overlap (&place, laid_out_box (layout, "t")));
}

static void
test_fit (void)
{
  g_autoptr (TelarGraphLayout) layout
    = laid_out_text (GRAPH (P ("p1") ", \"position\": [-900, 4000] },"
                           P ("p2") ", \"position\": [100, 5000] }"));
  TelarView view;
  double x, y, scale;

  telar_view_init (&view, 300, 200);
  telar_graph_fit (layout, &view, &x, &y, &scale);
  g_assert_cmpfloat (x + layout->x * scale, >, 0);
  g_assert_cmpfloat (y + layout->y * scale, >, 0);
  g_assert_cmpfloat (x + (layout->x + layout->width) * scale, <, 300);
  g_assert_cmpfloat (y + (layout->y + layout->height) * scale, <, 200);
  telar_view_init (&view, 5000, 5000);
  telar_graph_fit (layout, &view, &x, &y, &scale);
  g_assert_cmpfloat_with_epsilon (scale, 1.25, 1e-9);
}

/* ---- runs --------------------------------------------------------------- */

static GBytes *
make_plan (const TelarGraph *graph)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (4, 1);
  GBytes *plan = telar_plan_build (graph, machine, NULL, faults);

  g_assert_nonnull (plan);
  return plan;
}

static void
test_runs (void)
{
  for (guint32 seed = 1; seed <= 100; seed++)
    {
      g_autoptr (TelarGraph) graph = telar_random_graph_new (seed, NULL);
      g_autoptr (TelarGraphLayout) layout = telar_graph_layout_new (graph, NULL);
      g_autoptr (GBytes) bytes = make_plan (graph);
      const TelarPlan *plan = g_bytes_get_data (bytes, NULL);
      g_autofree TelarGraphRun *runs = telar_graph_runs_new (layout, plan);
      guint32 next = 0;

      /* Rows of copies, one after the other. */
      for (guint32 i = 0; i < layout->n_tasks; i++)
        {
          g_assert_cmpuint (runs[i].first, ==, next);
          g_assert_cmpuint (runs[i].n, >=, laid_out_task (layout, i)->copies);
          for (guint32 k = 0; k < runs[i].n; k++)
            g_assert_cmpuint (telar_graph_run_task (layout, plan, next + k), ==, i);
          next += runs[i].n;
        }
      g_assert_cmpuint (next, ==, plan->n_tasks);
      g_assert_cmpuint (telar_graph_run_task (layout, plan, plan->n_tasks), ==, TELAR_NOBODY);
    }
}

/* A run of a graph that was changed since. */
static void
test_runs_of_another (void)
{
  g_autoptr (TelarGraph) ran
    = laid_out_parse (GRAPH (P ("a") " }," P ("w") ", \"copies\": 3 }," P ("c") " }"));
  g_autoptr (TelarGraphLayout) layout
    = laid_out_text (GRAPH (P ("new") " }," P ("c") " }," P ("w") ", \"copies\": 3 }"));
  g_autoptr (GBytes) bytes = make_plan (ran);
  const TelarPlan *plan = g_bytes_get_data (bytes, NULL);
  g_autofree TelarGraphRun *runs = telar_graph_runs_new (layout, plan);

  g_assert_cmpuint (runs[1].first, ==, TELAR_NO_TASK);
  g_assert_cmpuint (runs[1].n, ==, 0);
  g_assert_cmpuint (runs[2].first, ==, 5);
  g_assert_cmpuint (runs[3].first, ==, 2);
  g_assert_cmpuint (runs[3].n, ==, 3);
  g_assert_cmpuint (telar_graph_run_task (layout, plan, 1), ==, TELAR_NOBODY);
}

int
main (int argc, char *argv[])
{
  static const struct { const char *name; GTestFunc function; } tests[] = {
    { "hit", test_hit },
    { "hit-body", test_hit_body },
    { "tasks-in", test_tasks_in },
    { "frame-at", test_frame_at },
    { "shift", test_shift },
    { "shift/back", test_shift_back },
    { "free-place", test_free_place },
    { "fit", test_fit },
    { "runs", test_runs },
    { "runs-of-another", test_runs_of_another },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/graph-hit/%s", tests[i].name);
      g_test_add_func (path, tests[i].function);
    }
  return g_test_run ();
}
