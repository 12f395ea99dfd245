/* test-graph-layout.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Layouts as text, compared with golden files; and what holds for every graph.
 * TELAR_UPDATE_GOLDEN=1 writes the golden files anew, to be looked at.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "graph/graph-file.h"
#include "graph/plan-build.h"
#include "paint/graph-picture.h"
#include "paint/paint-private.h"
#include "random-graph.h"

/* A character is so many pixels. */
#define COLUMN 10.0
#define LINE   16.0

static TelarGraph *
parse (const char *text)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  TelarGraph *graph = telar_graph_parse (text, strlen (text), "test", faults);

  g_assert_nonnull (graph);
  g_assert_cmpuint (faults->len, ==, 0);
  return graph;
}

static TelarGraphLayout *
lay_out (const TelarGraph *graph)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (4, 1);
  g_autoptr (GBytes) plan = telar_plan_build (graph, machine, NULL, faults);

  g_assert_nonnull (plan);
  return telar_graph_layout_new (graph, plan);
}

static const TelarGraphBox *
get_box (const TelarGraphLayout *layout, guint box)
{
  return &g_array_index (layout->boxes, TelarGraphBox, box);
}

static const char *
get_id (const TelarGraphLayout *layout, const TelarGraphBox *box)
{
  const TelarPlan *plan = g_bytes_get_data (layout->plan_bytes, NULL);

  return telar_plan_text (plan, telar_plan_task (plan, box->task)->id);
}

/* Boxes as boxes, their ids inside; edges as a list below. */
static char *
print_layout (const TelarGraphLayout *layout)
{
  guint columns = (guint) ceil (layout->width / COLUMN) + 1;
  guint lines = (guint) ceil (layout->height / LINE) + 1;
  g_autofree char *canvas = g_malloc (columns * lines);
  GString *text = g_string_new (NULL);

  memset (canvas, ' ', columns * lines);
  for (guint i = 0; i < layout->boxes->len; i++)
    {
      const TelarGraphBox *box = get_box (layout, i);
      guint x0 = (guint) (box->x / COLUMN), x1 = (guint) ((box->x + box->width) / COLUMN);
      guint y0 = (guint) (box->y / LINE), y1 = (guint) ((box->y + box->height) / LINE);
      g_autofree char *label
        = box->n_copies > 1 ? g_strdup_printf ("%s x%u", get_id (layout, box), box->n_copies)
                            : g_strdup (get_id (layout, box));

      for (guint x = x0; x <= x1; x++)
        canvas[y0 * columns + x] = canvas[y1 * columns + x] = box->frame ? '=' : '-';
      for (guint y = y0; y <= y1; y++)
        canvas[y * columns + x0] = canvas[y * columns + x1] = y == y0 || y == y1 ? '+' : '|';
      memcpy (canvas + (y0 + 1) * columns + x0 + 2, label,
              MIN (strlen (label), x1 - x0 - 2));
    }
  for (guint y = 0; y < lines; y++)
    {
      g_autofree char *line = g_strndup (canvas + y * columns, columns);

      g_string_append_printf (text, "%s\n", g_strchomp (line));
    }
  for (guint i = 0; i < layout->edges->len; i++)
    {
      const TelarGraphEdge *edge = &g_array_index (layout->edges, TelarGraphEdge, i);

      g_string_append_printf (text, "%s -> %s", get_id (layout, get_box (layout, edge->from)),
                              get_id (layout, get_box (layout, edge->to)));
      for (guint k = 0; k < edge->n_points; k++)
        {
          const TelarGraphPoint *point = &g_array_index (layout->points, TelarGraphPoint,
                                                         edge->first_point + k);
          g_string_append_printf (text, " by (%.0f, %.0f)", point->x, point->y);
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static gboolean
is_within (const TelarGraphBox *inner, const TelarGraphBox *outer)
{
  return inner->x >= outer->x && inner->y >= outer->y
         && inner->x + inner->width <= outer->x + outer->width
         && inner->y + inner->height <= outer->y + outer->height;
}

static gboolean
overlap (const TelarGraphBox *a, const TelarGraphBox *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height
         && b->y < a->y + a->height;
}

/* @free: positions were not given, so that siblings keep apart and edges go right. */
static void
check_layout (const TelarGraphLayout *layout, gboolean free)
{
  const TelarPlan *plan = g_bytes_get_data (layout->plan_bytes, NULL);
  guint n_tasks = 0;

  for (guint i = 0; i < layout->boxes->len; i++)
    {
      const TelarGraphBox *box = get_box (layout, i);

      n_tasks += box->n_copies;
      g_assert_cmpfloat (box->width, >, 0);
      g_assert_cmpfloat (box->x + box->width, <=, layout->width);
      g_assert_cmpfloat (box->y + box->height, <=, layout->height);
      for (guint k = 0; k < box->n_copies; k++)
        g_assert_cmpuint (layout->box_of_task[box->task + k], ==, i);
      if (box->parent == G_MAXUINT)
        {
          g_assert_cmpuint (box->task, ==, TELAR_MAIN);
          continue;
        }
      g_assert_cmpuint (box->parent, <, i);
      g_assert_true (get_box (layout, box->parent)->frame);
      if (!is_within (box, get_box (layout, box->parent)))
        g_error ("%s leaves its frame", get_id (layout, box));
      for (guint k = 0; free && k < i; k++)
        if (get_box (layout, k)->parent == box->parent && overlap (box, get_box (layout, k)))
          g_error ("%s and %s overlap", get_id (layout, box), get_id (layout, get_box (layout, k)));
    }
  g_assert_cmpuint (n_tasks, ==, plan->n_tasks);

  for (guint i = 0; free && i < layout->edges->len; i++)
    {
      const TelarGraphEdge *edge = &g_array_index (layout->edges, TelarGraphEdge, i);
      const TelarGraphBox *from = get_box (layout, edge->from), *to = get_box (layout, edge->to);
      double x = from->x + from->width;

      for (guint k = 0; k < edge->n_points; k++)
        {
          double next = g_array_index (layout->points, TelarGraphPoint, edge->first_point + k).x;

          g_assert_cmpfloat (next, >=, x);
          x = next;
        }
      g_assert_cmpfloat (to->x, >=, x);
      g_assert_cmpuint (from->parent, ==, to->parent);
    }
}

#define P(id) "{ \"id\": \"" id "\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [5]"
#define T(id, more) "{ \"id\": \"" id "\", \"kind\": \"thread\", \"function\": \"busy\", " \
                    "\"args\": [1], \"inside\": " more " }"
#define C(id, after) "{ \"id\": \"" id "\", \"kind\": \"call\", \"function\": \"print\", " \
                     "\"args\": [\"Done\"], \"after\": [" after "] }"
#define GRAPH(tasks) "{ \"telar\": 1, \"name\": \"Layout\", \"tasks\": [" tasks "] }"

static const struct
{
  const char *name;
  const char *graph;
} golden[] = {
  { "listing", GRAPH (P ("p1") " }," P ("p2") " }," C ("done", "\"p1\", \"p2\"")) },
  { "diamond", GRAPH (P ("top") " },"
                      P ("left") ", \"after\": [\"top\"] },"
                      P ("right") ", \"after\": [\"top\"] },"
                      P ("bottom") ", \"after\": [\"left\", \"right\"] }") },
  { "inside", GRAPH (P ("p1") " }," P ("p2") " },"
                     T ("t1", "\"p2\"") "," T ("t2", "\"p2\", \"after\": [\"t1\"]") ","
                     P ("p3") ", \"after\": [\"p1\"] }," C ("done", "\"p2\", \"p3\"")) },
  { "skip", GRAPH (P ("a") " }," P ("b") ", \"after\": [\"a\"] },"
                   P ("c") ", \"after\": [\"b\"] },"
                   P ("d") ", \"after\": [\"a\", \"c\"] },"
                   P ("e") ", \"after\": [\"a\"] }") },
  { "copies", GRAPH (P ("p") ", \"copies\": 3 }," T ("t", "\"p\", \"copies\": 2") ","
                     P ("last") ", \"after\": [\"p\"] }") },
};

static void
test_golden (gconstpointer data)
{
  guint number = GPOINTER_TO_UINT (data);
  g_autoptr (TelarGraph) graph = parse (golden[number].graph);
  g_autoptr (TelarGraphLayout) layout = lay_out (graph);
  g_autofree char *text = print_layout (layout);
  g_autofree char *name = g_strdup_printf ("graph-layout-%s.txt", golden[number].name);
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "golden", name, NULL);
  g_autofree char *wanted = NULL;

  check_layout (layout, TRUE);
  if (g_getenv ("TELAR_UPDATE_GOLDEN") != NULL)
    g_assert_true (g_file_set_contents (file, text, -1, NULL));
  g_assert_true (g_file_get_contents (file, &wanted, NULL, NULL));
  g_assert_cmpstr (text, ==, wanted);
}

static void
test_random (void)
{
  TelarRandomGraphOptions options = TELAR_RANDOM_GRAPH_OPTIONS_INIT;

  options.max_tasks = 40;
  options.max_plan_tasks = 120;
  for (guint32 seed = 1; seed <= 200; seed++)
    {
      g_autoptr (TelarGraph) graph = telar_random_graph_new (seed, &options);
      g_autoptr (TelarGraphLayout) layout = lay_out (graph);

      check_layout (layout, TRUE);
    }
}

static void
test_positions (void)
{
  g_autoptr (TelarGraph) graph
    = parse (GRAPH (P ("p1") ", \"position\": [400, 300] },"
                    P ("p2") ", \"position\": [100, 120] }," P ("p3") " }"));
  g_autoptr (TelarGraphLayout) layout = lay_out (graph);
  const TelarGraphBox *p1 = get_box (layout, layout->box_of_task[1]);
  const TelarGraphBox *p2 = get_box (layout, layout->box_of_task[2]);
  const TelarGraphBox *p3 = get_box (layout, layout->box_of_task[3]);

  check_layout (layout, FALSE);
  g_assert_cmpfloat (p1->x, ==, 400);
  g_assert_cmpfloat (p1->y, ==, 300);
  g_assert_cmpfloat (p2->x, ==, 100);
  g_assert_cmpfloat (p2->y, ==, 120);
  g_assert_false (overlap (p3, p1));
  g_assert_false (overlap (p3, p2));
}

/* Many tasks: side by side as a block, or in layers; never a tower. */
static void
test_many (void)
{
  for (int kind = 0; kind < 3; kind++)
    {
      g_autoptr (GString) tasks = g_string_new (NULL);
      g_autoptr (TelarGraph) graph = NULL;
      g_autoptr (TelarGraphLayout) layout = NULL;
      g_autofree char *text = NULL;
      gint64 begin;

      for (guint i = 0; i < 1000; i++)
        {
          g_string_append_printf (tasks, "%s" P ("p%u"), i > 0 ? "," : "", i);
          if (kind == 1 && i > 0)
            g_string_append_printf (tasks, ", \"after\": [\"p%u\"]", (i - 1) / 2);
          if (kind == 2 && i >= 10)
            g_string_append_printf (tasks, ", \"after\": [\"p%u\", \"p%u\", \"p%u\"]", i - 10,
                                    i - 7, i % 10);
          g_string_append (tasks, " }");
        }
      text = g_strdup_printf ("{ \"telar\": 1, \"tasks\": [ %s ] }", tasks->str);
      graph = parse (text);
      begin = g_get_monotonic_time ();
      layout = lay_out (graph);
      g_test_message ("kind %d: %.0f x %.0f in %.1f ms", kind, layout->width, layout->height,
                      (g_get_monotonic_time () - begin) / 1e3);
      check_layout (layout, TRUE);
      if (kind == 0)
        g_assert_cmpfloat (layout->width / layout->height, <, 4);
      if (kind == 0)
        g_assert_cmpfloat (layout->width / layout->height, >, 1);
    }
}

static void
test_hit (void)
{
  g_autoptr (TelarGraph) graph = parse (golden[2].graph);
  g_autoptr (TelarGraphLayout) layout = lay_out (graph);

  for (guint i = 0; i < layout->boxes->len; i++)
    {
      const TelarGraphBox *box = get_box (layout, i);

      /* The header of a frame, or a box's corner. */
      g_assert_cmpuint (telar_hit_graph (layout, box->x + 3, box->y + 3), ==, box->task);
    }
  g_assert_cmpuint (telar_hit_graph (layout, -5, -5), ==, TELAR_NO_TASK);
}

static void
test_fit (void)
{
  g_autoptr (TelarGraph) graph = parse (golden[2].graph);
  g_autoptr (TelarGraphLayout) layout = lay_out (graph);
  TelarView view;
  double x, y, scale;

  telar_view_init (&view, 300, 200);
  telar_graph_fit (layout, &view, &x, &y, &scale);
  g_assert_cmpfloat (x, >=, 0);
  g_assert_cmpfloat (y, >=, 0);
  g_assert_cmpfloat (x + layout->width * scale, <=, 300 + 1e-6);
  g_assert_cmpfloat (y + layout->height * scale, <=, 200 + 1e-6);
  telar_view_init (&view, 5000, 5000);
  telar_graph_fit (layout, &view, &x, &y, &scale);
  g_assert_cmpfloat_with_epsilon (scale, 1.25, 1e-9);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (golden); i++)
    {
      g_autofree char *path = g_strdup_printf ("/graph-layout/golden/%s", golden[i].name);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_golden);
    }
  g_test_add_func ("/graph-layout/random", test_random);
  g_test_add_func ("/graph-layout/positions", test_positions);
  g_test_add_func ("/graph-layout/many", test_many);
  g_test_add_func ("/graph-layout/hit", test_hit);
  g_test_add_func ("/graph-layout/fit", test_fit);
  return g_test_run ();
}
