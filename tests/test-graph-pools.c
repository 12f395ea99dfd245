/* test-graph-pools.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Pools on the canvas: unfolded, each worker has a lane that nothing lies on; it
 * is found under the pointer, and says what its worker did at each moment.
 */

#include "config.h"

#include <string.h>

#include "graph/check.h"
#include "graph/plan-build.h"
#include "laid-out.h"
#include "paint/graph-private.h"
#include "paint/pool-workers.h"
#include "random-graph.h"

#define WIDTH  720
#define HEIGHT 480

#define POOL(more) "{ \"id\": \"crew\", \"type\": \"pool\"" more " }"
#define CREW(pools) "{ \"telar\": 1, \"objects\": [" pools "], \"main\": { \"body\": [" \
  "[\"map\", {\"object\": \"crew\"}, \"busy\", [1, 1, 1, 1, 1, 1], 2] ] }, \"tasks\": [] }"

static TelarGraphLayout *
lay_out (TelarGraph *graph, gboolean unfolded, gboolean whole, guint usable)
{
  g_autoptr (GHashTable) pools = telar_graph_pool_ids (graph);
  TelarGraphFolds folds = { .opened = unfolded ? pools : NULL, .whole = whole ? pools : NULL,
                            .usable = usable };

  return telar_graph_layout_new_folds (graph, &folds);
}

static TelarGraphLayout *
lay_out_text (const char *text, gboolean unfolded, gboolean whole, guint usable)
{
  g_autoptr (TelarGraph) graph = laid_out_parse (text);

  return lay_out (graph, unfolded, whole, usable);
}

/* ---- layout ------------------------------------------------------------- */

static void
test_lanes (void)
{
  g_autoptr (TelarGraphLayout) folded = lay_out_text (CREW (POOL (", \"workers\": 3")), FALSE,
                                                      FALSE, 8);
  g_autoptr (TelarGraphLayout) open = lay_out_text (CREW (POOL (", \"workers\": 3")), TRUE, FALSE,
                                                    8);
  g_autoptr (TelarGraphLayout) left_out = lay_out_text (CREW (POOL ("")), TRUE, FALSE, 5);
  const TelarGraphBox *box = &open->objects[0];
  double last = 0;

  g_assert_cmpuint (telar_graph_n_lanes (folded), ==, 0);
  g_assert_cmpuint (folded->n_workers[0], ==, 3);
  g_assert_true (folded->objects[0].has_body);
  g_assert_false (folded->objects[0].unfolded);
  g_assert_cmpuint (telar_graph_n_lanes (open), ==, 3);
  g_assert_cmpuint (telar_graph_n_lanes (left_out), ==, 5);
  g_assert_cmpfloat (box->height, >, folded->objects[0].height + 3 * 15);
  for (guint i = 0; i < 3; i++)
    {
      double x, y, width, height;
      guint object, row;

      g_assert_true (telar_graph_lane (open, i, &object, &row));
      g_assert_cmpuint (object, ==, 0);
      g_assert_cmpuint (row, ==, i);
      telar_graph_lane_place (open, 0, i, &x, &y, &width, &height);
      g_assert_cmpfloat (x, >=, box->x);
      g_assert_cmpfloat (x + width, <=, box->x + box->width);
      g_assert_cmpfloat (y, >=, last);
      g_assert_cmpfloat (y + height, <=, box->y + box->height);
      last = y + height;
    }
  g_assert_false (telar_graph_lane (open, 3, &(guint){ 0 }, &(guint){ 0 }));
}

/* Of many the rest is one row, until all are asked for. */
static void
test_many (void)
{
  g_autoptr (TelarGraphLayout) cut = lay_out_text (CREW (POOL (", \"workers\": 40")), TRUE, FALSE, 1);
  g_autoptr (TelarGraphLayout) all = lay_out_text (CREW (POOL (", \"workers\": 40")), TRUE, TRUE, 1);

  g_assert_cmpuint (telar_graph_n_lanes (cut), ==, 13);
  g_assert_false (telar_graph_lane_is_cut (cut, 0, 11));
  g_assert_true (telar_graph_lane_is_cut (cut, 0, TELAR_GRAPH_CUT_LANE));
  g_assert_cmpuint (telar_graph_n_lanes (all), ==, 40);
  g_assert_false (telar_graph_lane_is_cut (all, 0, TELAR_GRAPH_CUT_LANE));
}

static void
check_apart (const TelarGraphLayout *layout)
{
  const TelarGraphBox *main_box = &layout->boxes[0];

  for (guint i = 0; i < layout->n_objects; i++)
    {
      const TelarGraphBox *box = &layout->objects[i];

      g_assert_cmpfloat (box->x, >=, main_box->x);
      g_assert_cmpfloat (box->y, >=, main_box->y);
      g_assert_cmpfloat (box->x + box->width, <=, main_box->x + main_box->width);
      g_assert_cmpfloat (box->y + box->height, <=, main_box->y + main_box->height);
      for (guint k = 0; k < i; k++)
        g_assert_false (laid_out_overlap (box, &layout->objects[k]));
      for (guint32 k = 1; k < layout->n_tasks; k++)
        if (layout->boxes[k].parent == 0)
          g_assert_false (laid_out_overlap (box, &layout->boxes[k]));
    }
}

/* What has a place keeps it as long as it is folded; unfolded, nothing lies on it. */
static void
test_room (void)
{
  static const char text[] =
    "{ \"telar\": 1, \"objects\": ["
    "{ \"id\": \"a\", \"type\": \"pool\", \"workers\": 4, \"position\": [300, 200] },"
    "{ \"id\": \"b\", \"type\": \"pool\", \"workers\": 8, \"position\": [300, 300] },"
    "{ \"id\": \"q\", \"type\": \"queue\", \"position\": [520, 200] },"
    "{ \"id\": \"c\", \"type\": \"pool\", \"workers\": 2 } ], \"tasks\": ["
    "{ \"id\": \"p\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1],"
    "  \"position\": [40, 60] },"
    "{ \"id\": \"r\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1],"
    "  \"position\": [300, 380] },"
    "{ \"id\": \"s\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1],"
    "  \"position\": [300, 60] } ] }";
  g_autoptr (TelarGraph) graph = laid_out_parse (text);
  g_autoptr (TelarGraphLayout) folded = lay_out (graph, FALSE, FALSE, 1);
  g_autoptr (TelarGraphLayout) open = lay_out (graph, TRUE, FALSE, 1);

  g_assert_cmpfloat (folded->objects[0].x, ==, 300);
  g_assert_cmpfloat (folded->objects[0].y, ==, 200);
  g_assert_cmpfloat (folded->objects[1].y, ==, 300);
  check_apart (folded);
  check_apart (open);
  /* Those that are not unfolded stay where they are. */
  g_assert_cmpfloat (open->objects[2].x, ==, 520);
  g_assert_cmpfloat (open->objects[2].y, ==, 200);
  for (guint32 i = 1; i < open->n_tasks; i++)
    g_assert_cmpfloat (open->boxes[i].x, ==, folded->boxes[i].x);
}

/* Where there is room, it does not move. */
static void
test_stays (void)
{
  g_autoptr (TelarGraphLayout) open =
    lay_out_text (CREW (POOL (", \"workers\": 3, \"position\": [400, 300]")), TRUE, FALSE, 1);

  g_assert_cmpfloat (open->objects[0].x, ==, 400);
  g_assert_cmpfloat (open->objects[0].y, ==, 300);
  check_apart (open);
}

/* What is added does not land on it. */
static void
test_free_place (void)
{
  g_autoptr (TelarGraphLayout) open =
    lay_out_text (CREW (POOL (", \"workers\": 9, \"position\": [400, 300]")), TRUE, FALSE, 1);
  const TelarGraphBox *pool = &open->objects[0];
  TelarGraphBox box = { .x = pool->x + 20, .y = pool->y + 150, .width = TELAR_GRAPH_BOX_WIDTH,
                        .height = TELAR_GRAPH_BOX_HEIGHT };

  g_assert_true (laid_out_overlap (&box, pool));
  telar_graph_layout_free_place (open, 0, &box.x, &box.y);
  g_assert_false (laid_out_overlap (&box, pool));
}

/* ---- hits --------------------------------------------------------------- */

static void
test_hit (void)
{
  g_autoptr (TelarGraphLayout) layout = lay_out_text (CREW (POOL (", \"workers\": 3")), TRUE, FALSE,
                                                      1);
  g_autoptr (TelarGraphLayout) folded = lay_out_text (CREW (POOL (", \"workers\": 3")), FALSE,
                                                      FALSE, 1);
  const TelarGraphBox *box = &layout->objects[0];
  TelarGraphHit hit = telar_graph_hit (layout, NULL, box->x + 40, box->y + 20, 3);

  g_assert_cmpint (hit.kind, ==, TELAR_GRAPH_HIT_OBJECT);
  g_assert_cmpuint (hit.number, ==, 0);
  for (int i = 0; i < 2; i++)
    {
      const TelarGraphLayout *it = i == 0 ? layout : folded;
      const TelarGraphBox *of = &it->objects[0];

      hit = telar_graph_hit (it, NULL, of->x + of->width - 12, of->y + 24, 3);
      g_assert_cmpint (hit.kind, ==, TELAR_GRAPH_HIT_FOLD);
      g_assert_cmpuint (hit.task, ==, it->n_tasks);
    }
  for (guint i = 0; i < 3; i++)
    {
      double x, y, width, height;

      telar_graph_lane_place (layout, 0, i, &x, &y, &width, &height);
      for (int edge = 0; edge < 2; edge++)
        {
          hit = telar_graph_hit (layout, NULL, x + width / 2, edge ? y + height - 0.5 : y + 0.5, 3);
          g_assert_cmpint (hit.kind, ==, TELAR_GRAPH_HIT_LANE);
          g_assert_cmpuint (hit.task, ==, layout->n_tasks);
          g_assert_cmpuint (hit.number, ==, i);
        }
    }
  /* Below the last one is still the pool. */
  hit = telar_graph_hit (layout, NULL, box->x + 40, box->y + box->height - 1, 3);
  g_assert_cmpint (hit.kind, ==, TELAR_GRAPH_HIT_OBJECT);
}

/* ---- workers ------------------------------------------------------------ */

typedef struct
{
  TelarGraphLayout *layout;
  TelarTimeline    *timeline;
  guint32           first; /* worker */
  guint32           chunk; /* step of the plan that is one */
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 1);
  g_autoptr (GBytes) plan = NULL;
  const TelarPlanObject *pool;

  f->layout = lay_out_text (CREW (POOL (", \"workers\": 2, \"maxtasksperchild\": 1, "
                                        "\"initializer\": \"print\", \"initargs\": [\"x\"]")),
                            TRUE, FALSE, 1);
  plan = telar_plan_build (f->layout->graph, machine, NULL, faults);
  g_assert_nonnull (plan);
  f->timeline = telar_timeline_new (plan, NULL);
  f->timeline->begun.source = TELAR_SOURCE_EXACT;
  f->timeline->begun.zero_ns = 1;
  f->timeline->now = 1000;
  pool = telar_plan_object (f->timeline->plan, 0);
  f->first = pool->first_worker;
  g_assert_cmpuint (pool->n_workers, >=, 3);
  for (f->chunk = 0; f->chunk < f->timeline->plan->n_steps; f->chunk++)
    if (g_str_equal (telar_plan_text (f->timeline->plan,
                                      telar_plan_step (f->timeline->plan, f->chunk)->text),
                     "busy 0–1"))
      break;
  g_assert_cmpuint (f->chunk, <, f->timeline->plan->n_steps);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  telar_timeline_unref (f->timeline);
  telar_graph_layout_free (f->layout);
}

static void
did (Fixture *f, guint nth, gint64 started, gint64 run, gint64 ended)
{
  TelarTaskLane *lane = telar_timeline_task (f->timeline, f->first + nth);

  lane->started = started;
  lane->run = run;
  lane->ended = ended;
  lane->state = ended != TELAR_NO_TIME ? TELAR_STATE_ENDED : TELAR_STATE_RUNNING;
  lane->exit = ended != TELAR_NO_TIME ? 0 : TELAR_NO_EXIT;
}

static void
did_step (Fixture *f, guint nth, guint32 step, gint64 begin, gint64 end)
{
  TelarTaskLane *lane = telar_timeline_task (f->timeline, f->first + nth);
  TelarStepRun run = { .step = step, .finished = end != TELAR_NO_TIME, .begin = begin,
                       .end = end };

  g_array_append_val (lane->steps, run);
}

/* "1 busy 0–1, 0 chunks; 2 …": which worker is in each place, what it does, what was done. */
static void
assert_workers (Fixture *f, gint64 ns, const char *expected, const char *all)
{
  g_autoptr (GArray) workers = telar_pool_workers_new (f->timeline, 0, ns);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *sum = telar_workers_describe (workers, FALSE);
  g_autofree char *brief = telar_workers_describe (workers, TRUE);
  const char *dot = strstr (all, " · ");

  for (guint i = 0; i < workers->len; i++)
    {
      const TelarWorker *worker = &g_array_index (workers, TelarWorker, i);
      g_autofree char *state = telar_worker_describe (f->timeline, worker);

      g_string_append_printf (text, "%s%u %s, %u", i > 0 ? "; " : "",
                              worker->task - f->first + 1, state, (guint) worker->chunks);
      if (worker->before != TELAR_NO_TASK)
        g_string_append_printf (text, " (%u)", worker->before - f->first + 1);
    }
  g_assert_cmpstr (text->str, ==, expected);
  g_assert_cmpstr (sum, ==, all);
  /* Where there is little room: what was done, without by how many. */
  g_assert_cmpstr (brief, ==, dot != NULL ? dot + strlen (" · ") : all);
}

static void
test_workers (Fixture *f, gconstpointer unused)
{
  guint32 initializer = telar_plan_object (f->timeline->plan, 0)->initializer;

  g_assert_cmpuint (telar_pool_find (f->timeline, "crew"), ==, 0);
  g_assert_cmpuint (telar_pool_find (f->timeline, "other"), ==, TELAR_NO_OBJECT);
  assert_workers (f, TELAR_NO_TIME, "1 not yet, 0; 2 not yet, 0", "2 workers");
  did (f, 0, 10, 20, 100);
  did_step (f, 0, initializer, 30, 40);
  did_step (f, 0, f->chunk, 50, 90);
  did (f, 1, 15, 25, TELAR_NO_TIME);
  did_step (f, 1, initializer, 30, 40);
  did_step (f, 1, f->chunk + 1, 60, TELAR_NO_TIME);
  did (f, 2, 120, 130, TELAR_NO_TIME);
  did_step (f, 2, initializer, 140, 150);

  assert_workers (f, 5, "1 not yet, 0; 2 not yet, 0", "2 workers");
  assert_workers (f, 12, "1 starting, 0; 2 not yet, 0", "0 of 2 busy");
  assert_workers (f, 30, "1 initializer print(\"x\"), 0; 2 initializer print(\"x\"), 0",
                  "2 of 2 busy");
  assert_workers (f, 45, "1 waits for work, 0; 2 waits for work, 0", "0 of 2 busy");
  assert_workers (f, 55, "1 busy 0–1, 0; 2 waits for work, 0", "1 of 2 busy");
  assert_workers (f, 95, "1 waits for work, 1; 2 busy 2–3, 0", "1 of 2 busy");
  assert_workers (f, 110, "1 ended, 1; 2 busy 2–3, 0", "1 of 2 busy");
  /* In the place of the one that ended. */
  assert_workers (f, 125, "3 starting, 1 (1); 2 busy 2–3, 0", "1 of 2 busy");
  assert_workers (f, TELAR_NO_TIME, "3 waits for work, 1 (1); 2 busy 2–3, 0", "1 of 2 busy");

  /* It is started as soon as that one has done its chunks, before its end is on record. */
  did (f, 0, 10, 20, TELAR_NO_TIME);
  assert_workers (f, TELAR_NO_TIME, "3 waits for work, 1 (1); 2 busy 2–3, 0", "1 of 2 busy");
  did (f, 0, 10, 20, 100);

  did (f, 1, 15, 25, 200);
  telar_timeline_task (f->timeline, f->first + 1)->exit = -9;
  did (f, 2, 120, 130, 210);
  assert_workers (f, TELAR_NO_TIME, "3 ended, 1 (1); 2 killed (signal 9), 0",
                  "2 workers · 1 chunk");
}

/* ---- picture ------------------------------------------------------------ */

static cairo_surface_t *
paint (const TelarGraphLayout *layout, const TelarGraphShow *show)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  TelarView view;
  double x, y, scale;

  telar_view_init (&view, WIDTH, HEIGHT);
  telar_graph_fit (layout, &view, &x, &y, &scale);
  telar_paint_graph (cr, layout, show, &view, x, y, scale);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* How many pixels of a lane's swatch have a color. */
static guint
count_swatch (cairo_surface_t *surface, const TelarGraphLayout *layout, guint row, TelarColor color)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  double x, y, scale, left, top, width, height;
  TelarView view;
  guint n = 0;

  telar_view_init (&view, WIDTH, HEIGHT);
  telar_graph_fit (layout, &view, &x, &y, &scale);
  telar_graph_lane_place (layout, 0, row, &left, &top, &width, &height);
  for (int py = (int) (y + top * scale); py < (int) (y + (top + height) * scale); py++)
    for (int px = (int) (x + left * scale); px < (int) (x + (left + 32) * scale); px++)
      n += (*(const guint32 *) (const void *) (data + py * cairo_image_surface_get_stride (surface)
                                               + 4 * px) & 0xffffff) == color;
  return n;
}

/* A worker that is busy is seen in the colour that it has on the timeline. */
static void
test_paint (Fixture *f, gconstpointer unused)
{
  TelarGraphShow show;
  TelarPalette palette;
  cairo_surface_t *before, *after;
  guint32 accent = telar_theme_get (TELAR_STYLE_LIGHT)->accent;

  telar_palette_init (&palette, f->timeline->plan, TELAR_STYLE_LIGHT);
  telar_graph_show_init (&show);
  show.timeline = f->timeline;
  f->timeline->generation = 1;
  did (f, 0, 10, 20, TELAR_NO_TIME);
  did_step (f, 0, f->chunk, 50, TELAR_NO_TIME);
  did (f, 1, 15, 25, TELAR_NO_TIME);
  before = paint (f->layout, &show);
  g_assert_cmpuint (count_swatch (before, f->layout, 0, palette.fills[f->first].base), >, 60);
  g_assert_cmpuint (count_swatch (before, f->layout, 1, palette.fills[f->first + 1].base), <, 40);

  /* At a moment before it took its chunk. */
  show.moment = 40;
  after = paint (f->layout, &show);
  g_assert_cmpuint (count_swatch (after, f->layout, 0, palette.fills[f->first].base), <, 40);
  cairo_surface_destroy (after);

  /* Selected. */
  show.moment = TELAR_NO_TIME;
  show.worker = f->first + 1;
  after = paint (f->layout, &show);
  g_assert_cmpuint (count_swatch (before, f->layout, 1, accent), ==, 0);
  g_assert_cmpuint (count_swatch (after, f->layout, 1, accent), >, 20);
  g_assert_cmpuint (count_swatch (after, f->layout, 0, accent), ==, 0);
  cairo_surface_destroy (after);
  cairo_surface_destroy (before);
  telar_palette_clear (&palette);
}

/* Before a run, the colours are those that a run will have. */
static void
test_dyes (Fixture *f, gconstpointer unused)
{
  TelarPalette graph, run;

  telar_palette_init (&run, f->timeline->plan, TELAR_STYLE_LIGHT);
  telar_palette_init_dyes (&graph, f->layout->dyes, f->layout->n_tasks + 2, TELAR_STYLE_LIGHT);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (graph.fills[f->layout->n_tasks + i].base, ==,
                        run.fills[f->first + i].base);
      g_assert_cmpuint (graph.fills[f->layout->n_tasks + i].pattern, ==,
                        run.fills[f->first + i].pattern);
    }
  telar_palette_clear (&graph);
  telar_palette_clear (&run);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph-pools/lanes", test_lanes);
  g_test_add_func ("/graph-pools/many", test_many);
  g_test_add_func ("/graph-pools/room", test_room);
  g_test_add_func ("/graph-pools/stays", test_stays);
  g_test_add_func ("/graph-pools/free-place", test_free_place);
  g_test_add_func ("/graph-pools/hit", test_hit);
  g_test_add ("/graph-pools/workers", Fixture, NULL, set_up, test_workers, tear_down);
  g_test_add ("/graph-pools/paint", Fixture, NULL, set_up, test_paint, tear_down);
  g_test_add ("/graph-pools/dyes", Fixture, NULL, set_up, test_dyes, tear_down);
  return g_test_run ();
}
