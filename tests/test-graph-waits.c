/* test-graph-waits.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Who waits for whom, as arrows on a graph: which there are, between what, and
 * that they are seen, and nowhere else.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "graph/check.h"
#include "graph/plan-build.h"
#include "laid-out.h"
#include "paint/graph-private.h"

#define WIDTH  720
#define HEIGHT 420

/* Two tasks and two locks, which they take the wrong way round; t, whom b joins. */
#define LOCKED "{ \"telar\": 1, \"objects\": [" \
  "{ \"id\": \"m\", \"type\": \"lock\", \"position\": [60, 260] }," \
  "{ \"id\": \"n\", \"type\": \"lock\", \"position\": [480, 260] }," \
  "{ \"id\": \"q\", \"type\": \"queue\", \"position\": [280, 260] } ], \"tasks\": [" \
  "{ \"id\": \"a\", \"kind\": \"process\", \"body\": [ [\"acquire\", {\"object\": \"m\"}]," \
  "  [\"acquire\", {\"object\": \"n\"}], [\"get\", {\"object\": \"q\"}] ]," \
  "  \"position\": [40, 60] }," \
  "{ \"id\": \"b\", \"kind\": \"process\", \"body\": [ [\"acquire\", {\"object\": \"n\"}]," \
  "  [\"acquire\", {\"object\": \"m\"}] ], \"position\": [460, 60] } ] }"

typedef struct
{
  TelarGraphLayout *layout;
  TelarTimeline    *timeline;
  TelarGraphRun    *runs;
  TelarGraphShow    show;
  TelarView         view;
  guint8           *marks;
  guint32           a, b; /* tasks of the layout, and of the plan */
  guint32           m, n, q; /* objects of the plan */
} Fixture;

static guint32
find_object (const TelarTimeline *timeline, const char *id)
{
  for (guint32 i = 0; i < timeline->objects->len; i++)
    if (g_str_equal (telar_timeline_object (timeline, i)->id, id))
      return i;
  g_error ("no %s", id);
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 1);
  g_autoptr (GBytes) plan = NULL;

  f->layout = laid_out_text (LOCKED);
  plan = telar_plan_build (f->layout->graph, machine, NULL, faults);
  g_assert_nonnull (plan);
  f->timeline = telar_timeline_new (plan, NULL);
  f->timeline->begun.source = TELAR_SOURCE_EXACT;
  f->timeline->begun.zero_ns = 1;
  f->runs = telar_graph_runs_new (f->layout, f->timeline->plan);
  f->marks = g_new0 (guint8, f->layout->n_tasks);
  f->a = laid_out_find (f->layout, "a");
  f->b = laid_out_find (f->layout, "b");
  g_assert_cmpuint (f->runs[f->a].first, ==, f->a);
  g_assert_cmpuint (f->runs[f->b].first, ==, f->b);
  f->m = find_object (f->timeline, "m");
  f->n = find_object (f->timeline, "n");
  f->q = find_object (f->timeline, "q");
  telar_graph_show_init (&f->show);
  f->show.timeline = f->timeline;
  f->show.runs = f->runs;
  f->show.marks = f->marks;
  telar_view_init (&f->view, WIDTH, HEIGHT);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_free (f->runs);
  g_free (f->marks);
  telar_timeline_unref (f->timeline);
  telar_graph_layout_free (f->layout);
}

/* a waits for n, which b holds, and b for m, which a holds. */
static TelarDeadlock *
lock_them (Fixture *f)
{
  TelarDeadlockTask tasks[] = {
    { .task = f->a, .object = f->n, .culprit = f->b, .cause = TELAR_CAUSE_LOCK },
    { .task = f->b, .object = f->m, .culprit = f->a, .cause = TELAR_CAUSE_LOCK },
  };
  TelarDeadlock *deadlock = g_new0 (TelarDeadlock, 1);

  deadlock->found = 2000;
  deadlock->since = 1000;
  deadlock->resolved = TELAR_NO_TIME;
  deadlock->cycle = TRUE;
  deadlock->tasks = g_array_new (FALSE, FALSE, sizeof (TelarDeadlockTask));
  g_array_append_vals (deadlock->tasks, tasks, G_N_ELEMENTS (tasks));
  g_ptr_array_add (f->timeline->deadlocks, deadlock);
  f->timeline->now = 3000;
  return deadlock;
}

/* "a>n! n>b!": ids of both ends, "!" where it is a deadlock. */
static void
assert_waits (Fixture *f, const char *expected)
{
  g_autoptr (GArray) waits = telar_graph_waits_new (f->layout, f->timeline, f->runs, f->marks);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < waits->len; i++)
    {
      const TelarGraphWait *wait = &g_array_index (waits, TelarGraphWait, i);
      guint32 ends[] = { wait->from, wait->to };

      for (guint k = 0; k < 2; k++)
        {
          const TelarObject *object
              = ends[k] < f->layout->n_tasks
                    ? NULL
                    : g_ptr_array_index (f->layout->graph->objects, ends[k] - f->layout->n_tasks);

          g_string_append_printf (text, "%s%s", k > 0 ? ">" : i > 0 ? " " : "",
                                  object != NULL ? object->id : laid_out_id (f->layout, ends[k]));
        }
      g_string_append (text, wait->deadlock ? "!" : "");
      g_assert_nonnull (wait->words);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

/* ---- which there are ----------------------------------------------------- */

static void
test_deadlock (Fixture *f, gconstpointer unused)
{
  TelarDeadlock *deadlock;
  TelarTaskLane *a = telar_timeline_task (f->timeline, f->a);
  TelarTaskLane *b = telar_timeline_task (f->timeline, f->b);

  assert_waits (f, "");
  deadlock = lock_them (f);
  assert_waits (f, "a>n! n>b! b>m! m>a!");

  /* a timeout let it go on */
  deadlock->resolved = 2500;
  assert_waits (f, "");

  /* the run was stopped, or they were killed: it is what the run came to */
  f->timeline->finished = TRUE;
  a->exit = b->exit = -9;
  assert_waits (f, "a>n! n>b! b>m! m>a!");
  b->exit = 0;
  assert_waits (f, "");
  deadlock->resolved = TELAR_NO_TIME;
  assert_waits (f, "a>n! n>b! b>m! m>a!");
  f->timeline->begun.zero_ns = 0;
  assert_waits (f, "");
}

/* A join has no object; an object that is gone from the graph leaves the task. */
static void
test_without_objects (Fixture *f, gconstpointer unused)
{
  TelarDeadlock *deadlock = lock_them (f);

  g_array_index (deadlock->tasks, TelarDeadlockTask, 0).cause = TELAR_CAUSE_JOIN;
  g_array_index (deadlock->tasks, TelarDeadlockTask, 0).object = TELAR_NO_OBJECT;
  assert_waits (f, "a>b! b>m! m>a!");
  /* nobody in particular could put */
  g_array_index (deadlock->tasks, TelarDeadlockTask, 1).cause = TELAR_CAUSE_EMPTY;
  g_array_index (deadlock->tasks, TelarDeadlockTask, 1).object = f->q;
  g_array_index (deadlock->tasks, TelarDeadlockTask, 1).culprit = TELAR_NO_TASK;
  assert_waits (f, "a>b! b>q!");
  /* a could: it holds nothing for that */
  g_array_index (deadlock->tasks, TelarDeadlockTask, 1).culprit = f->a;
  {
    g_autoptr (GArray) waits = telar_graph_waits_new (f->layout, f->timeline, f->runs, f->marks);

    g_assert_cmpuint (waits->len, ==, 3);
    g_assert_cmpstr (g_array_index (waits, TelarGraphWait, 2).words, ==, "is up to");
  }
}

/* Of several that stand each is drawn; of those that are over, those alone that only the
 * end of the run ended. */
static void
test_two_deadlocks (Fixture *f, gconstpointer unused)
{
  TelarDeadlockTask task = { .task = f->b, .object = f->q, .culprit = TELAR_NO_TASK,
                             .cause = TELAR_CAUSE_EMPTY };
  TelarDeadlock *first = lock_them (f), *second = lock_them (f);

  g_array_set_size (second->tasks, 0);
  g_array_append_val (second->tasks, task);
  assert_waits (f, "b>q! a>n! n>b! b>m! m>a!");
  first->resolved = 2500;
  assert_waits (f, "b>q!");
  second->resolved = 2500;
  assert_waits (f, "");
}

/* Of selected tasks, while the run goes on. */
static void
test_selected (Fixture *f, gconstpointer unused)
{
  TelarTaskLane *a = telar_timeline_task (f->timeline, f->a);
  TelarWait wait = { .begin = 100, .end = TELAR_NO_TIME, .state = TELAR_WAIT_BLOCKED,
                     .cause = TELAR_CAUSE_LOCK, .object = f->n, .n_culprits = 1 };

  f->timeline->now = 1000;
  wait.end = 1000;
  g_array_append_val (f->timeline->culprits, f->b);
  telar_waits_append (a->waits, &wait);
  a->state = TELAR_STATE_RUNNING;
  assert_waits (f, "");
  f->marks[f->a] = TELAR_GRAPH_SELECTED;
  assert_waits (f, "a>n n>b");
  /* of a deadlock it is said once */
  lock_them (f);
  f->timeline->now = 1000;
  assert_waits (f, "a>n! n>b! b>m! m>a!");
  g_ptr_array_set_size (f->timeline->deadlocks, 0);
  f->timeline->finished = TRUE;
  assert_waits (f, "");
}

/* ---- where they are ------------------------------------------------------ */

static gboolean
is_on_outline (const TelarGraphBox *box, TelarGraphPoint point)
{
  double dx = MIN (fabs (point.x - box->x), fabs (point.x - box->x - box->width));
  double dy = MIN (fabs (point.y - box->y), fabs (point.y - box->y - box->height));

  return MIN (dx, dy) < 0.01 && point.x > box->x - 0.01 && point.x < box->x + box->width + 0.01
         && point.y > box->y - 0.01 && point.y < box->y + box->height + 0.01;
}

/* From outline to outline; two that run against each other do so side by side. */
static void
test_curves (Fixture *f, gconstpointer unused)
{
  TelarGraphWait there = { .from = f->a, .to = f->b }, back = { .from = f->b, .to = f->a };
  TelarGraphWait down = { .from = f->a, .to = f->layout->n_tasks + 1 };
  TelarGraphPoint from, over, to, from2, over2, to2;

  telar_graph_wait_curve (f->layout, &there, &from, &over, &to);
  g_assert_true (is_on_outline (&f->layout->boxes[f->a], from));
  g_assert_true (is_on_outline (&f->layout->boxes[f->b], to));
  telar_graph_wait_curve (f->layout, &back, &from2, &over2, &to2);
  g_assert_cmpfloat (hypot (over.x - over2.x, over.y - over2.y), >, 20);
  telar_graph_wait_curve (f->layout, &down, &from, &over, &to);
  g_assert_true (is_on_outline (&f->layout->boxes[f->a], from));
  g_assert_true (is_on_outline (&f->layout->objects[1], to));
}

static cairo_surface_t *
paint (const Fixture *f)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  telar_paint_graph (cr, f->layout, &f->show, &f->view, 0, 0, 1);
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

/* How many pixels near a point are of nearly a colour. */
static guint
count_near (cairo_surface_t *surface, double x, double y, TelarColor color)
{
  guint n = 0;

  for (int row = MAX ((int) y - 3, 0); row <= MIN ((int) y + 3, HEIGHT - 1); row++)
    for (int column = MAX ((int) x - 3, 0); column <= MIN ((int) x + 3, WIDTH - 1); column++)
      {
        gboolean near = TRUE;

        for (int shift = 0; shift <= 16; shift += 8)
          near = near && ABS ((int) (pixel (surface, column, row) >> shift & 0xff)
                              - (int) (color >> shift & 0xff)) < 12;
        n += near;
      }
  return n;
}

static guint
count_different (cairo_surface_t *a, cairo_surface_t *b)
{
  guint n = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      n += pixel (a, x, y) != pixel (b, x, y);
  return n;
}

/* All along each arrow, in every style; gone without a trace when it is over. */
static void
test_painted (Fixture *f, gconstpointer unused)
{
  TelarDeadlock *deadlock = lock_them (f);

  for (int style = TELAR_STYLE_LIGHT; style <= TELAR_STYLE_PRINT; style++)
    {
      g_autoptr (GArray) waits = telar_graph_waits_new (f->layout, f->timeline, NULL, NULL);
      TelarColor color = telar_theme_get (style)->fail;
      cairo_surface_t *before, *after, *over_again;

      f->view.style = style;
      deadlock->resolved = 2500;
      before = paint (f);
      deadlock->resolved = TELAR_NO_TIME;
      after = paint (f);
      g_assert_cmpuint (waits->len, ==, 4);
      for (guint i = 0; i < waits->len; i++)
        {
          TelarGraphPoint from, over, to;

          telar_graph_wait_curve (f->layout, &g_array_index (waits, TelarGraphWait, i), &from,
                                  &over, &to);
          for (double t = 0.1; t < 0.75; t += 0.1)
            {
              double x = (1 - t) * (1 - t) * from.x + 2 * t * (1 - t) * over.x + t * t * to.x;
              double y = (1 - t) * (1 - t) * from.y + 2 * t * (1 - t) * over.y + t * t * to.y;

              g_assert_cmpuint (count_near (before, x, y, color), <, 3);
              g_assert_cmpuint (count_near (after, x, y, color), >=, 5);
            }
        }
      /* arrows and plates, not the whole picture */
      g_assert_cmpuint (count_different (before, after), <, WIDTH * HEIGHT / 10);
      deadlock->resolved = 2500;
      over_again = paint (f);
      g_assert_cmpuint (count_different (before, over_again), ==, 0);
      cairo_surface_destroy (over_again);
      cairo_surface_destroy (after);
      cairo_surface_destroy (before);
      deadlock->resolved = TELAR_NO_TIME;
    }
}

/* Pixels of the arrow from a to the lock that it waits for, at a quarter of it. */
static guint
count_kept (Fixture *f, TelarGraphImages *images)
{
  TelarGraphWait wait = { .from = f->a, .to = f->layout->n_tasks + 1 };
  cairo_surface_t *kept = telar_graph_images_paint (images, f->layout, &f->show, &f->view, 0, 0, 1,
                                                    1);
  TelarGraphPoint from, over, to;

  cairo_surface_flush (kept);
  telar_graph_wait_curve (f->layout, &wait, &from, &over, &to);
  return count_near (kept, (9 * from.x + 6 * over.x + to.x) / 16,
                     (9 * from.y + 6 * over.y + to.y) / 16,
                     telar_theme_get (f->view.style)->fail);
}

/* What is kept from frame to frame has them, and loses them. */
static void
test_kept (Fixture *f, gconstpointer unused)
{
  TelarGraphImages *images = telar_graph_images_new ();
  TelarDeadlock *deadlock;

  g_assert_cmpuint (count_kept (f, images), ==, 0);
  deadlock = lock_them (f);
  g_assert_cmpuint (count_kept (f, images), >=, 5);
  deadlock->resolved = 2500;
  g_assert_cmpuint (count_kept (f, images), ==, 0);
  telar_graph_images_free (images);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*function) (Fixture *, gconstpointer);
  } tests[] = {
    { "deadlock", test_deadlock }, { "without-objects", test_without_objects },
    { "two-deadlocks", test_two_deadlocks },
    { "selected", test_selected }, { "curves", test_curves },
    { "painted", test_painted },   { "kept", test_kept },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/graph-waits/%s", tests[i].name);
      g_test_add (path, Fixture, NULL, set_up, tests[i].function, tear_down);
    }
  return g_test_run ();
}
