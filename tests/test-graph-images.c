/* test-graph-images.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What is kept of a picture from frame to frame shows: whatever a person does, the
 * picture is the one that is painted from nothing.
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "paint/graph-picture.h"
#include "random-graph.h"

#define WIDTH  480
#define HEIGHT 300
#define STEPS  40

typedef struct
{
  TelarGraphLayout *layout;
  TelarGraphShow    show;
  TelarGraphGuide   guide;
  TelarView         view;
  guint8           *marks;
  double            x, y, zoom;
  TelarGraphImages *images;
} Fixture;

static void
set_up (Fixture *fixture, TelarGraph *graph, double zoom)
{
  *fixture = (Fixture){ .zoom = zoom };
  fixture->layout = telar_graph_layout_new (graph, NULL);
  fixture->marks = g_new0 (guint8, fixture->layout->n_tasks);
  telar_graph_show_init (&fixture->show);
  fixture->show.marks = fixture->marks;
  telar_view_init (&fixture->view, WIDTH, HEIGHT);
  fixture->x = WIDTH / 2 - (fixture->layout->x + fixture->layout->width / 2) * zoom;
  fixture->y = HEIGHT / 2 - (fixture->layout->y + fixture->layout->height / 2) * zoom;
  fixture->images = telar_graph_images_new ();
}

static void
tear_down (Fixture *fixture)
{
  telar_graph_images_free (fixture->images);
  telar_graph_layout_free (fixture->layout);
  g_free (fixture->marks);
}

static cairo_surface_t *
paint_kept (Fixture *fixture, int scale)
{
  return telar_graph_images_paint (fixture->images, fixture->layout, &fixture->show,
                                   &fixture->view, fixture->x, fixture->y, fixture->zoom, scale);
}

static cairo_surface_t *
paint_new (Fixture *fixture, int scale)
{
  TelarGraphImages *images = telar_graph_images_new ();
  cairo_surface_t *image = telar_graph_images_paint (images, fixture->layout, &fixture->show,
                                                     &fixture->view, fixture->x, fixture->y,
                                                     fixture->zoom, scale);

  cairo_surface_reference (image);
  telar_graph_images_free (images);
  return image;
}

/* Where a curve is cut differently, or a shape is cut off at the edge of what is
 * painted, cairo may be some shades off, in a few pixels: in all by so much. */
#define MOST_OFF 4000

static void
assert_same (cairo_surface_t *a, cairo_surface_t *b, const char *what)
{
  int stride = cairo_image_surface_get_stride (a), width = cairo_image_surface_get_width (a);
  int off = 0;

  g_assert_cmpint (stride, ==, cairo_image_surface_get_stride (b));
  cairo_surface_flush (a);
  cairo_surface_flush (b);
  for (int y = 0; y < cairo_image_surface_get_height (a); y++)
    for (int x = 0; x < 4 * width; x++)
      {
        int differs = abs (cairo_image_surface_get_data (a)[y * stride + x]
                           - cairo_image_surface_get_data (b)[y * stride + x]);

        off += x % 4 == 3 ? 0 : differs; /* the last byte of a pixel says nothing */
        if (off > MOST_OFF)
          g_error ("%s: (%d, %d) is off by %d", what, x / 4, y, differs);
      }
}

/* ---- what a person does ------------------------------------------------- */

static void
pan (Fixture *fixture, GRand *dice)
{
  fixture->x += g_rand_int_range (dice, -90, 90);
  fixture->y += g_rand_int_range (dice, -60, 60);
}

static void
pan_far (Fixture *fixture, GRand *dice)
{
  fixture->x += g_rand_double_range (dice, -2.0 * WIDTH, 2.0 * WIDTH);
}

static void
zoom (Fixture *fixture, GRand *dice)
{
  double factor = g_rand_boolean (dice) ? 1.1 : 1 / 1.1;

  fixture->zoom *= factor;
  fixture->x = 300 - (300 - fixture->x) * factor;
  fixture->y = 200 - (200 - fixture->y) * factor;
}

static guint32
some_task (Fixture *fixture, GRand *dice)
{
  return (guint32) g_rand_int_range (dice, 0, (gint32) fixture->layout->n_tasks);
}

static void
mark (Fixture *fixture, GRand *dice)
{
  static const guint8 marks[] = { TELAR_GRAPH_SELECTED, TELAR_GRAPH_HOVER, TELAR_GRAPH_ERROR,
                                  TELAR_GRAPH_TARGET, TELAR_GRAPH_FOUND, TELAR_GRAPH_PALE };

  fixture->marks[some_task (fixture, dice)]
    ^= marks[g_rand_int_range (dice, 0, G_N_ELEMENTS (marks))];
}

static void
mark_many (Fixture *fixture, GRand *dice)
{
  for (guint32 i = 0; i < fixture->layout->n_tasks; i++)
    fixture->marks[i] ^= g_rand_boolean (dice) ? TELAR_GRAPH_SELECTED : 0;
}

static void
drag (Fixture *fixture, GRand *dice)
{
  guint32 task = some_task (fixture, dice);

  if (task == 0)
    return;
  fixture->marks[task] |= TELAR_GRAPH_MOVING;
  telar_graph_layout_shift (fixture->layout, &task, 1, g_rand_int_range (dice, -40, 40),
                            g_rand_int_range (dice, -40, 40));
}

/* By an animation. */
static void
move (Fixture *fixture, GRand *dice)
{
  guint32 task = some_task (fixture, dice);

  telar_graph_layout_shift (fixture->layout, &task, 1, 7, 5);
}

static void
let_go (Fixture *fixture, GRand *dice)
{
  for (guint32 i = 0; i < fixture->layout->n_tasks; i++)
    fixture->marks[i] &= (guint8) ~TELAR_GRAPH_MOVING;
}

static void
point_at_edge (Fixture *fixture, GRand *dice)
{
  guint edge = (guint) g_rand_int_range (dice, 0, (gint32) fixture->layout->edges->len + 1);

  fixture->show.hover_edge = edge < fixture->layout->edges->len ? edge : G_MAXUINT;
}

static void
draw (Fixture *fixture, GRand *dice)
{
  fixture->show.band = !fixture->show.band;
  fixture->show.band_width = fixture->show.band_height = g_rand_int_range (dice, 10, 300);
  fixture->guide = (TelarGraphGuide){ TRUE, g_rand_int_range (dice, 0, 200), -500, 500 };
  fixture->show.guides = &fixture->guide;
  fixture->show.n_guides = fixture->show.band ? 1 : 0;
}

static void
move_object (Fixture *fixture, GRand *dice)
{
  if (fixture->layout->n_objects > 0)
    fixture->layout->objects[0].x += 10;
}

static void
nothing (Fixture *fixture, GRand *dice)
{
}

static const struct
{
  const char *name;
  void (*act) (Fixture *fixture, GRand *dice);
} acts[] = {
  { "pan", pan }, { "pan again", pan }, { "pan far", pan_far }, { "zoom", zoom }, { "mark", mark },
  { "mark many", mark_many }, { "drag", drag }, { "drag again", drag }, { "move", move },
  { "let go", let_go },
  { "point at an edge", point_at_edge }, { "draw", draw }, { "move an object", move_object },
  { "nothing", nothing },
};

static void
act_and_compare (Fixture *fixture, guint32 seed, int scale)
{
  GRand *dice = g_rand_new_with_seed (seed);

  for (guint i = 0; i < STEPS; i++)
    {
      guint k = (guint) g_rand_int_range (dice, 0, G_N_ELEMENTS (acts));
      g_autofree char *what = g_strdup_printf ("seed %u, step %u, %s", seed, i, acts[k].name);
      cairo_surface_t *image;

      acts[k].act (fixture, dice);
      image = paint_new (fixture, scale);
      assert_same (image, paint_kept (fixture, scale), what);
      cairo_surface_destroy (image);
    }
  g_rand_free (dice);
}

static void
test_random (void)
{
  static const double zooms[] = { 0.1, 0.5, 1 };

  for (guint32 seed = 1; seed <= 24; seed++)
    {
      g_autoptr (TelarGraph) graph = telar_random_graph_new (seed, NULL);
      Fixture fixture;

      set_up (&fixture, graph, zooms[seed % G_N_ELEMENTS (zooms)]);
      act_and_compare (&fixture, seed, seed % 6 == 0 ? 2 : 1);
      tear_down (&fixture);
    }
}

/* So many that boxes are plain and edges are hairs. */
static void
test_crowd (void)
{
  static const double zooms[] = { 0.15, 0.45 };

  for (guint k = 0; k < G_N_ELEMENTS (zooms); k++)
    {
      g_autoptr (TelarGraph) graph = telar_graph_new ();
      Fixture fixture;

      for (guint i = 0; i < 300; i++)
        {
          g_autofree char *id = g_strdup_printf ("p%u", i);
          TelarTask *task = telar_task_new (id, TELAR_KIND_PROCESS);

          if (i > 0)
            g_ptr_array_add (task->after, g_strdup_printf ("p%u", i * 7 % 31 * i / 40));
          g_ptr_array_add (graph->tasks, task);
        }
      set_up (&fixture, graph, zooms[k]);
      act_and_compare (&fixture, 7 + k, 1);
      tear_down (&fixture);
    }
}

/* ---- what is kept ------------------------------------------------------- */

static void
test_kept (void)
{
  Fixture fixture;
  g_autoptr (TelarGraph) graph = telar_random_graph_new (3, NULL);
  cairo_surface_t *first, *second, *third;

  set_up (&fixture, graph, 1);
  first = paint_kept (&fixture, 1);
  g_assert_true (paint_kept (&fixture, 1) == first); /* nothing is painted */
  fixture.x += 0.3;                                  /* less than a pixel is nothing */
  g_assert_true (paint_kept (&fixture, 1) == first);
  fixture.x += 5;
  second = paint_kept (&fixture, 1);
  g_assert_true (second != first); /* which the display may still be reading */
  fixture.x += 5;
  third = paint_kept (&fixture, 1);
  g_assert_true (third != second);

  telar_graph_images_forget (fixture.images);
  g_assert_true (paint_kept (&fixture, 1) != third);
  tear_down (&fixture);
}

/* What was handed out last is not written on, while a drag goes on neither. */
static void
test_given (void)
{
  Fixture fixture;
  g_autoptr (TelarGraph) graph = telar_random_graph_new (3, NULL);
  cairo_surface_t *last = NULL;

  set_up (&fixture, graph, 1);
  fixture.marks[1] = TELAR_GRAPH_MOVING;
  for (guint i = 0; i < 6; i++)
    {
      cairo_surface_t *image;

      telar_graph_layout_shift (fixture.layout, (guint32[]){ 1 }, 1, 3, 3);
      fixture.x += i % 3 == 2 ? 4 : 0;
      image = paint_kept (&fixture, 1);
      g_assert_true (image != last);
      last = image;
    }
  tear_down (&fixture);
}

static void
test_size (void)
{
  Fixture fixture;
  g_autoptr (TelarGraph) graph = telar_random_graph_new (3, NULL);
  cairo_surface_t *image;

  set_up (&fixture, graph, 1);
  image = paint_kept (&fixture, 1);
  g_assert_cmpint (cairo_image_surface_get_width (image), ==, WIDTH);
  image = paint_kept (&fixture, 2);
  g_assert_cmpint (cairo_image_surface_get_width (image), ==, 2 * WIDTH);
  fixture.view.width = 300;
  image = paint_kept (&fixture, 1);
  g_assert_cmpint (cairo_image_surface_get_width (image), ==, 300);
  tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph-images/random", test_random);
  g_test_add_func ("/graph-images/crowd", test_crowd);
  g_test_add_func ("/graph-images/kept", test_kept);
  g_test_add_func ("/graph-images/given", test_given);
  g_test_add_func ("/graph-images/size", test_size);
  return g_test_run ();
}
