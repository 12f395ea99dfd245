/* test-graph-paint.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The picture of a graph on a surface of its own: what a mark changes, and that
 * it changes nothing else.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "laid-out.h"
#include "paint/graph-picture.h"
#include "paint/paint-private.h"
#include "picture-run.h"
#include "random-graph.h"

#define WIDTH  900
#define HEIGHT 560

typedef struct
{
  TelarGraphLayout *layout;
  TelarGraphShow    show;
  TelarView         view;
  guint8           *marks;
  double            x, y, scale;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer graph)
{
  fixture->layout = laid_out_text (graph != NULL ? graph : INSIDE_GRAPH);
  fixture->marks = g_new0 (guint8, fixture->layout->n_tasks);
  telar_graph_show_init (&fixture->show);
  fixture->show.marks = fixture->marks;
  telar_view_init (&fixture->view, WIDTH, HEIGHT);
  telar_graph_fit (fixture->layout, &fixture->view, &fixture->x, &fixture->y, &fixture->scale);
}

static void
tear_down (Fixture *fixture, gconstpointer graph)
{
  telar_graph_layout_free (fixture->layout);
  g_free (fixture->marks);
}

static cairo_surface_t *
paint (const Fixture *fixture)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  telar_paint_graph (cr, fixture->layout, &fixture->show, &fixture->view, fixture->x, fixture->y,
                     fixture->scale);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint32
pixel (cairo_surface_t *surface, int x, int y)
{
  const guchar *data = cairo_image_surface_get_data (surface);

  return *(const guint32 *) (const void *) (data + y * cairo_image_surface_get_stride (surface)
                                            + 4 * x) & 0xffffff;
}

/* On the surface. */
typedef struct
{
  double left, top, right, bottom;
} Area;

static Area
area_of (const Fixture *fixture, double x, double y, double width, double height, double around)
{
  return (Area){ fixture->x + (x - around) * fixture->scale - 1,
                 fixture->y + (y - around) * fixture->scale - 1,
                 fixture->x + (x + width + around) * fixture->scale + 1,
                 fixture->y + (y + height + around) * fixture->scale + 1 };
}

static Area
area_of_box (const Fixture *fixture, guint32 task, double around)
{
  const TelarGraphBox *box = &fixture->layout->boxes[task];

  return area_of (fixture, box->x, box->y, box->width, box->height, around);
}

static gboolean
is_in (const Area *area, int x, int y)
{
  return x + 1 >= area->left && x <= area->right && y + 1 >= area->top && y <= area->bottom;
}

/* Returns: how many pixels differ; all of them have to be in @area. */
static guint
assert_differs_only_in (cairo_surface_t *before, cairo_surface_t *after, const Area *area,
                        const char *what)
{
  guint n = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        if (pixel (before, x, y) == pixel (after, x, y))
          continue;
        if (!is_in (area, x, y))
          g_error ("%s changes (%d, %d) outside of %.0f, %.0f to %.0f, %.0f", what, x, y,
                   area->left, area->top, area->right, area->bottom);
        n++;
      }
  return n;
}

/* Pixels of nearly a colour. */
static guint
count_color (cairo_surface_t *surface, const Area *area, TelarColor color)
{
  guint n = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        guint32 it = pixel (surface, x, y);
        gboolean near = TRUE;

        for (int shift = 0; shift <= 16; shift += 8)
          near = near && ABS ((int) (it >> shift & 0xff) - (int) (color >> shift & 0xff)) < 6;
        n += near && is_in (area, x, y);
      }
  return n;
}

/* ---- marks -------------------------------------------------------------- */

static void
test_marks (Fixture *fixture, gconstpointer graph)
{
  static const struct { guint8 mark; double around; const char *name; } marks[] = {
    { TELAR_GRAPH_SELECTED, 6, "selected" }, { TELAR_GRAPH_TARGET, 9, "target" },
    { TELAR_GRAPH_PALE, 7, "pale" },         { TELAR_GRAPH_FOUND, 10, "found" },
    { TELAR_GRAPH_HOVER, 8, "hover" },       { TELAR_GRAPH_ERROR, 14, "error" },
    { TELAR_GRAPH_WARNING, 14, "warning" },
  };

  for (int style = TELAR_STYLE_LIGHT; style <= TELAR_STYLE_PRINT; style++)
    {
      cairo_surface_t *before;

      fixture->view.style = style;
      before = paint (fixture);
      for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
        for (guint32 task = 1; task < fixture->layout->n_tasks; task++)
          {
            Area area = area_of_box (fixture, task, marks[i].around);
            cairo_surface_t *after;

            fixture->marks[task] = marks[i].mark;
            after = paint (fixture);
            g_assert_cmpuint (assert_differs_only_in (before, after, &area, marks[i].name), >, 40);
            fixture->marks[task] = 0;
            cairo_surface_destroy (after);
          }
      cairo_surface_destroy (before);
    }
}

/* In an accent colour that is nowhere else, by no less than a ring of 2 pixels. */
static void
test_selected (Fixture *fixture, gconstpointer graph)
{
  guint32 task = laid_out_find (fixture->layout, "p1");
  Area area = area_of_box (fixture, task, 8);

  for (int style = TELAR_STYLE_LIGHT; style <= TELAR_STYLE_DARK; style++)
    {
      TelarColor accent = telar_theme_get (style)->accent;
      cairo_surface_t *surface;

      fixture->view.style = style;
      fixture->marks[task] = 0;
      surface = paint (fixture);
      g_assert_cmpuint (count_color (surface, &area, accent), ==, 0);
      cairo_surface_destroy (surface);
      fixture->marks[task] = TELAR_GRAPH_SELECTED;
      surface = paint (fixture);
      g_assert_cmpuint (count_color (surface, &area, accent), >,
                        (guint) (2 * fixture->layout->boxes[task].width * fixture->scale));
      cairo_surface_destroy (surface);
    }
}

static void
test_badges (Fixture *fixture, gconstpointer graph)
{
  const TelarTheme *theme = telar_theme_get (TELAR_STYLE_LIGHT);
  guint32 task = laid_out_find (fixture->layout, "t1");
  cairo_surface_t *before = paint (fixture), *surface;
  double x, y;
  Area area;

  telar_graph_badge (fixture->layout, task, &x, &y);
  area = area_of (fixture, x, y, 0, 0, 13);
  fixture->marks[task] = TELAR_GRAPH_WARNING;
  surface = paint (fixture);
  assert_differs_only_in (before, surface, &area, "warning");
  g_assert_cmpuint (count_color (surface, &area, theme->warning), >, 30);
  cairo_surface_destroy (surface);

  /* An error goes before a warning. */
  fixture->marks[task] = TELAR_GRAPH_WARNING | TELAR_GRAPH_ERROR;
  surface = paint (fixture);
  assert_differs_only_in (before, surface, &area, "error");
  g_assert_cmpuint (count_color (surface, &area, theme->fail), >, 60);
  g_assert_cmpuint (count_color (surface, &area, theme->warning), ==, 0);
  cairo_surface_destroy (surface);

  /* Seen at any scale. */
  fixture->scale = 0.1;
  telar_graph_badge (fixture->layout, task, &x, &y);
  area = area_of (fixture, x, y, 0, 0, 60);
  surface = paint (fixture);
  g_assert_cmpuint (count_color (surface, &area, theme->fail), >, 12);
  cairo_surface_destroy (surface);
  cairo_surface_destroy (before);
}

/* A condition hangs on its lock, another one on none; faults of objects have a badge. */
#define BOND_GRAPH "{ \"telar\": 1, \"objects\": [" \
  "{ \"id\": \"m\", \"type\": \"lock\", \"position\": [40, 60] }," \
  "{ \"id\": \"c\", \"type\": \"condition\", \"lock\": \"m\", \"position\": [320, 60] }," \
  "{ \"id\": \"d\", \"type\": \"condition\", \"position\": [320, 160] } ], \"tasks\": [] }"

static void
test_bond (Fixture *fixture, gconstpointer graph)
{
  const TelarTheme *theme = telar_theme_get (TELAR_STYLE_LIGHT);
  const TelarGraphBox *objects = fixture->layout->objects;
  guint8 marks[3] = { 0 };
  cairo_surface_t *before, *after;
  TelarGraphPoint from, to;
  Area area;

  g_assert_cmpuint (fixture->layout->bonds->len, ==, 1);
  telar_graph_bond_ends (fixture->layout, 0, &from, &to);
  g_assert_cmpfloat (from.x, ==, objects[1].x);
  g_assert_cmpfloat (to.x, ==, objects[0].x + objects[0].width);
  g_assert_cmpfloat (from.y, ==, objects[0].y + objects[0].height / 2);

  fixture->show.object_marks = marks;
  before = paint (fixture);
  area = area_of (fixture, to.x + 5, to.y - 4, from.x - to.x - 10, 8, 0);
  g_assert_cmpuint (count_color (before, &area, theme->port), >, 20);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      double x, y;

      telar_graph_object_badge (fixture->layout, i, &x, &y);
      area = area_of (fixture, x, y, 0, 0, 13);
      marks[i] = TELAR_GRAPH_ERROR;
      after = paint (fixture);
      assert_differs_only_in (before, after, &area, "badge of an object");
      g_assert_cmpuint (count_color (after, &area, theme->fail), >, 60);
      cairo_surface_destroy (after);
      marks[i] = 0;
    }
  cairo_surface_destroy (before);
}

/* What is dragged is painted over what it is dragged across. */
static void
test_moving (Fixture *fixture, gconstpointer graph)
{
  guint32 p1 = laid_out_find (fixture->layout, "p1");
  guint32 done = laid_out_find (fixture->layout, "done");
  const TelarGraphBox *under = &fixture->layout->boxes[done], *box = &fixture->layout->boxes[p1];
  TelarColor strip = 0x0072b2; /* of the first process */
  cairo_surface_t *surface;
  Area area;

  telar_graph_layout_shift (fixture->layout, &p1, 1, under->x - box->x + 30,
                            under->y - box->y + 20);
  area = area_of (fixture, box->x, box->y, 11, box->height, 0);
  surface = paint (fixture);
  g_assert_cmpuint (count_color (surface, &area, strip), <, 200);
  cairo_surface_destroy (surface);
  fixture->marks[p1] = TELAR_GRAPH_MOVING;
  surface = paint (fixture);
  g_assert_cmpuint (count_color (surface, &area, strip), >, 300);
  cairo_surface_destroy (surface);
}

/* ---- what a pointer draws ----------------------------------------------- */

static void
test_edge (Fixture *fixture, gconstpointer graph)
{
  TelarColor accent = telar_theme_get (TELAR_STYLE_LIGHT)->accent;
  cairo_surface_t *before = paint (fixture);
  Area all = { 0, 0, WIDTH, HEIGHT };

  for (guint i = 0; i < fixture->layout->edges->len; i++)
    {
      cairo_surface_t *after;

      fixture->show.edge = i;
      after = paint (fixture);
      g_assert_cmpuint (count_color (after, &all, accent), >, 60);
      fixture->show.edge = G_MAXUINT;
      cairo_surface_destroy (after);

      fixture->show.hover_edge = i;
      after = paint (fixture);
      g_assert_cmpuint (assert_differs_only_in (before, after, &all, "hover"), >, 40);
      fixture->show.hover_edge = G_MAXUINT;
      cairo_surface_destroy (after);
    }
  cairo_surface_destroy (before);
}

static void
test_band (Fixture *fixture, gconstpointer graph)
{
  cairo_surface_t *before = paint (fixture), *after;
  Area area = area_of (fixture, 50, 60, 120, 90, 2);

  fixture->show.band = TRUE;
  fixture->show.band_x = 50;
  fixture->show.band_y = 60;
  fixture->show.band_width = 120;
  fixture->show.band_height = 90;
  after = paint (fixture);
  g_assert_cmpuint (assert_differs_only_in (before, after, &area, "band"), >, 5000);
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
}

static void
test_guides_and_link (Fixture *fixture, gconstpointer graph)
{
  const TelarTheme *theme = telar_theme_get (TELAR_STYLE_LIGHT);
  const TelarGraphGuide guide = { .vertical = TRUE, .at = 200, .from = 40, .to = 300 };
  cairo_surface_t *before = paint (fixture), *after;
  Area area = area_of (fixture, 200, 40, 0, 260, 1);
  Area all = { 0, 0, WIDTH, HEIGHT };
  guint legal, illegal;

  fixture->show.guides = &guide;
  fixture->show.n_guides = 1;
  after = paint (fixture);
  g_assert_cmpuint (assert_differs_only_in (before, after, &area, "guide"), >, 100);
  cairo_surface_destroy (after);
  fixture->show.n_guides = 0;

  area = area_of (fixture, 250, 100, 200, 150, 6);
  fixture->show.link = fixture->show.link_legal = TRUE;
  fixture->show.link_x0 = 250;
  fixture->show.link_y0 = 100;
  fixture->show.link_x1 = 450;
  fixture->show.link_y1 = 250;
  after = paint (fixture);
  assert_differs_only_in (before, after, &area, "link");
  legal = count_color (after, &all, theme->start);
  g_assert_cmpuint (legal, >, 100);
  cairo_surface_destroy (after);

  /* Dashed, too: it is told by more than its colour. */
  fixture->show.link_legal = FALSE;
  after = paint (fixture);
  illegal = count_color (after, &all, theme->fail);
  g_assert_cmpuint (illegal, >, 60);
  g_assert_cmpuint (illegal, <, legal * 9 / 10);
  cairo_surface_destroy (after);
  cairo_surface_destroy (before);
}

/* ---- bodies ------------------------------------------------------------- */

static void
test_lit_row (Fixture *fixture, gconstpointer graph)
{
  cairo_surface_t *before = paint (fixture);

  for (guint i = 0; i < 5; i++)
    {
      cairo_surface_t *after;
      double x, y, width, height;
      Area area;

      telar_graph_row (fixture->layout, 0, i, &x, &y, &width, &height);
      area = area_of (fixture, x, y, width, height, 0);
      fixture->show.step_task = 0;
      fixture->show.step = i;
      after = paint (fixture);
      g_assert_cmpuint (assert_differs_only_in (before, after, &area, "row"), >, 500);
      cairo_surface_destroy (after);
    }
  cairo_surface_destroy (before);
}

/* ---- a run -------------------------------------------------------------- */

/* Of a task that is not in the run nothing is said. */
static void
test_run (Fixture *fixture, gconstpointer graph)
{
  PictureRun *run = picture_run_design ();
  TelarTimeline *timeline = picture_run_timeline (run);
  g_autofree TelarGraphRun *runs = telar_graph_runs_new (fixture->layout, timeline->plan);
  guint32 p3 = laid_out_find (fixture->layout, "p3");
  Area area = area_of_box (fixture, p3, 2);
  cairo_surface_t *before = paint (fixture), *after;
  TelarColor running = telar_theme_get (TELAR_STYLE_LIGHT)->start;

  fixture->show.timeline = timeline;
  fixture->show.runs = runs;
  after = paint (fixture);
  g_assert_cmpuint (count_color (before, &area, running), ==, 0);
  g_assert_cmpuint (count_color (after, &area, running), >, 20);
  cairo_surface_destroy (after);

  for (guint32 i = 0; i < fixture->layout->n_tasks; i++)
    runs[i] = (TelarGraphRun){ TELAR_NO_TASK, 0 };
  after = paint (fixture);
  g_assert_cmpuint (assert_differs_only_in (before, after, &(Area){ -9, -9, -9, -9 }, "no run"), ==,
                    0);
  cairo_surface_destroy (after);
  cairo_surface_destroy (before);
  picture_run_free (run);
}

/* ---- the view ----------------------------------------------------------- */

/* Nothing is drawn outside of the view, with everything that can be shown. */
static void
test_clip (Fixture *fixture, gconstpointer graph)
{
  static const double scales[] = { 0.05, 0.3, 1, 4 };
  TelarMinimap map;

  memset (fixture->marks, 0xff, fixture->layout->n_tasks);
  fixture->view.width = 300;
  fixture->view.height = 200;
  fixture->show.band = fixture->show.link = TRUE;
  fixture->show.band_width = fixture->show.band_height = 1e5;
  fixture->show.link_x1 = fixture->show.link_y1 = 1e5;
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
      cairo_t *cr = cairo_create (surface);

      cairo_set_source_rgb (cr, 1, 0, 1);
      cairo_paint (cr);
      telar_paint_graph (cr, fixture->layout, &fixture->show, &fixture->view, 20, 20, scales[i]);
      telar_minimap_place (&map, fixture->layout, &fixture->view);
      telar_paint_minimap (cr, &map, fixture->layout, &fixture->show, &fixture->view, 20, 20,
                           scales[i]);
      cairo_surface_flush (surface);
      for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
          if (x >= 300 || y >= 200)
            g_assert_cmphex (pixel (surface, x, y), ==, 0xff00ff);
      g_assert_cmphex (pixel (surface, 0, 0), !=, 0xff00ff);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

static void
test_minimap (Fixture *fixture, gconstpointer graph)
{
  cairo_surface_t *before = paint (fixture), *after = paint (fixture);
  TelarColor accent = telar_theme_get (TELAR_STYLE_LIGHT)->accent;
  cairo_t *cr = cairo_create (after);
  TelarMinimap map;
  Area area, shown;

  telar_minimap_place (&map, fixture->layout, &fixture->view);
  g_assert_cmpfloat (map.width, <=, 200);
  g_assert_cmpfloat (map.height, <=, 140);
  g_assert_cmpfloat (map.x + map.width, <=, WIDTH);
  g_assert_cmpfloat (map.y + map.height, <=, HEIGHT);
  area = (Area){ map.x, map.y, map.x + map.width, map.y + map.height };

  /* The view shows the left half. */
  fixture->scale = 2 * fixture->view.width / fixture->layout->width / 2;
  fixture->x = -fixture->layout->x * fixture->scale - fixture->view.width / 2;
  telar_paint_minimap (cr, &map, fixture->layout, &fixture->show, &fixture->view, fixture->x,
                       fixture->y, fixture->scale);
  cairo_surface_flush (after);
  g_assert_cmpuint (assert_differs_only_in (before, after, &area, "minimap"), >, 2000);
  shown = area;
  shown.left = map.x + map.width * 0.45;
  g_assert_cmpuint (count_color (after, &shown, accent), >, 40);
  shown.left = map.x + 3;
  shown.right = map.x + map.width * 0.4;
  g_assert_cmpuint (count_color (after, &shown, accent), ==, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
}

static void
test_empty (Fixture *fixture, gconstpointer graph)
{
  cairo_surface_t *surface = paint (fixture);
  Area all = { 0, 0, WIDTH, HEIGHT };

  /* Main's frame, large enough to build in. */
  g_assert_cmpfloat (fixture->layout->width, >=, 520);
  g_assert_cmpfloat (fixture->layout->height, >=, 260);
  g_assert_cmpuint (count_color (surface, &all, 0xffffff), <, WIDTH * HEIGHT - 2000);
  cairo_surface_destroy (surface);
}

/* Makes a graph faulty in every way that a person can, and some more. */
static void
spoil (TelarGraph *graph, GRand *dice)
{
  guint n = graph->tasks->len;

  for (guint i = 0; i < n; i++)
    {
      TelarTask *task = graph->tasks->pdata[i];
      const TelarTask *other = graph->tasks->pdata[g_rand_int_range (dice, 0, (gint) n)];

      switch (g_rand_int_range (dice, 0, 8))
        {
        case 0:
          g_free (task->inside);
          task->inside = g_strdup (g_rand_boolean (dice) ? other->id : "gone");
          break;
        case 1:
          g_ptr_array_add (task->after, g_strdup (other->id));
          g_ptr_array_add (task->after, g_strdup ("main"));
          break;
        case 2:
          g_free (task->id);
          task->id = g_strdup (g_rand_boolean (dice) ? other->id : "");
          break;
        case 3:
          task->has_body = TRUE;
          g_ptr_array_add (task->steps, telar_step_new ("start", json_pack ("[{s:s}]", "task",
                                                                            other->id)));
          g_ptr_array_add (task->steps, telar_step_new ("", NULL));
          break;
        case 4:
          g_ptr_array_set_size (task->steps, 0);
          break;
        case 5:
          task->kind = (TelarKind) g_rand_int_range (dice, 0, 3);
          task->copies = (guint) g_rand_int_range (dice, 1, 100000);
          task->repeat = G_MAXUINT;
          break;
        case 6:
          task->has_position = TRUE;
          task->x = g_rand_double_range (dice, -1e15, 1e15);
          task->y = g_rand_double_range (dice, -300, 300);
          break;
        default:
          break;
        }
    }
}

/* Whatever a graph is like, it is shown. */
static void
test_faulty (void)
{
  static const double scales[] = { 0.001, 0.2, 1, 7 };

  for (guint32 seed = 1; seed <= 60; seed++)
    {
      g_autoptr (TelarGraph) graph = telar_random_graph_new (seed, NULL);
      GRand *dice = g_rand_new_with_seed (seed);
      Fixture fixture = { NULL };
      TelarMinimap map;

      spoil (graph, dice);
      fixture.layout = telar_graph_layout_new (graph, NULL);
      fixture.marks = g_malloc (fixture.layout->n_tasks);
      for (guint32 i = 0; i < fixture.layout->n_tasks; i++)
        fixture.marks[i] = (guint8) g_rand_int (dice);
      telar_graph_show_init (&fixture.show);
      fixture.show.marks = fixture.marks;
      fixture.show.edge = seed % 3;
      fixture.show.step_task = seed % fixture.layout->n_tasks;
      fixture.show.step = seed % 5;
      telar_view_init (&fixture.view, WIDTH, HEIGHT);
      for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
        {
          const TelarGraphBox *box = &fixture.layout->boxes[seed % fixture.layout->n_tasks];
          cairo_surface_t *surface;
          cairo_t *cr;

          fixture.scale = scales[i];
          fixture.x = 100 - box->x * scales[i];
          fixture.y = 100 - box->y * scales[i];
          surface = paint (&fixture);
          cr = cairo_create (surface);
          telar_minimap_place (&map, fixture.layout, &fixture.view);
          telar_paint_minimap (cr, &map, fixture.layout, &fixture.show, &fixture.view, fixture.x,
                               fixture.y, fixture.scale);
          g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
          cairo_destroy (cr);
          cairo_surface_destroy (surface);
        }
      for (guint i = 0; i < 200; i++)
        {
          const TelarGraphBox *box
            = &fixture.layout->boxes[g_rand_int_range (dice, 0, (gint) fixture.layout->n_tasks)];
          TelarGraphHit hit
            = telar_graph_hit (fixture.layout, fixture.marks,
                               box->x + g_rand_double_range (dice, -30, 300),
                               box->y + g_rand_double_range (dice, -30, 120), 4);

          g_assert_true (hit.kind == TELAR_GRAPH_HIT_NOTHING
                         || hit.task < fixture.layout->n_tasks);
        }
      telar_graph_layout_free (fixture.layout);
      g_free (fixture.marks);
      g_rand_free (dice);
    }
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    const char *graph;
    void (*function) (Fixture *, gconstpointer);
  } tests[] = {
    { "marks", NULL, test_marks },
    { "selected", NULL, test_selected },
    { "badges", NULL, test_badges },
    { "bond", BOND_GRAPH, test_bond },
    { "moving", NULL, test_moving },
    { "edge", NULL, test_edge },
    { "band", NULL, test_band },
    { "guides-and-link", NULL, test_guides_and_link },
    { "lit-row", BODY_GRAPH, test_lit_row },
    { "run", NULL, test_run },
    { "clip", NULL, test_clip },
    { "minimap", NULL, test_minimap },
    { "empty", "{ \"telar\": 1, \"tasks\": [] }", test_empty },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/graph-paint/%s", tests[i].name);
      g_test_add (path, Fixture, tests[i].graph, set_up, tests[i].function, tear_down);
    }
  g_test_add_func ("/graph-paint/faulty", test_faulty);
  return g_test_run ();
}
