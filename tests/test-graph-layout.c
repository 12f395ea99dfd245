/* test-graph-layout.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Layouts as text, compared with golden files; what holds for every graph, also
 * for faulty ones.
 * TELAR_UPDATE_GOLDEN=1 writes the golden files anew, to be looked at.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "laid-out.h"
#include "random-graph.h"

/* A character is so many pixels. */
#define COLUMN 10.0
#define LINE   16.0

static const TelarGraphEdge *
get_edge (const TelarGraphLayout *layout, guint edge)
{
  return &g_array_index (layout->edges, TelarGraphEdge, edge);
}

/* ---- as text ------------------------------------------------------------ */

typedef struct
{
  const TelarGraphLayout *layout;
  char                   *cells;
  guint                   columns, lines;
} Canvas;

static void
draw_rectangle (Canvas *canvas, double x, double y, double width, double height, char line,
                const char *label)
{
  guint x0 = (guint) ((x - canvas->layout->x) / COLUMN);
  guint x1 = (guint) ((x + width - canvas->layout->x) / COLUMN);
  guint y0 = (guint) ((y - canvas->layout->y) / LINE);
  guint y1 = (guint) ((y + height - canvas->layout->y) / LINE);

  for (guint i = x0; i <= x1; i++)
    canvas->cells[y0 * canvas->columns + i] = canvas->cells[y1 * canvas->columns + i] = line;
  for (guint i = y0; i <= y1; i++)
    canvas->cells[i * canvas->columns + x0] = canvas->cells[i * canvas->columns + x1]
      = i == y0 || i == y1 ? '+' : '|';
  memcpy (canvas->cells + (y0 + 1) * canvas->columns + x0 + 2, label,
          MIN (strlen (label), x1 - x0 - 2));
}

static void
print_edge (GString *text, const TelarGraphLayout *layout, const TelarGraphEdge *edge)
{
  g_string_append (text, laid_out_id (layout, edge->from));
  if (edge->kind == TELAR_GRAPH_STARTS)
    g_string_append_printf (text, "[%u] ~> %s", edge->step, laid_out_id (layout, edge->to));
  else
    g_string_append_printf (text, " -> %s", laid_out_id (layout, edge->to));
  for (guint k = 0; k < edge->n_points; k++)
    {
      const TelarGraphPoint *point = &g_array_index (layout->points, TelarGraphPoint,
                                                     edge->first_point + k);

      g_string_append_printf (text, " by (%.0f, %.0f)", point->x, point->y);
    }
  g_string_append_c (text, '\n');
}

/* Boxes as boxes, their ids inside; edges as a list below. */
static char *
print_layout (const TelarGraphLayout *layout)
{
  Canvas canvas = { .layout = layout, .columns = (guint) ceil (layout->width / COLUMN) + 1,
                    .lines = (guint) ceil (layout->height / LINE) + 1 };
  GString *text = g_string_new (NULL);

  canvas.cells = g_malloc (canvas.columns * canvas.lines);
  memset (canvas.cells, ' ', canvas.columns * canvas.lines);
  for (guint32 i = 0; i < layout->n_tasks; i++)
    {
      guint32 task = layout->order[i];
      const TelarGraphBox *box = &layout->boxes[task];
      const TelarTask *it = laid_out_task (layout, task);
      g_autofree char *label = it->copies > 1 ? g_strdup_printf ("%s x%u", it->id, it->copies)
                                              : g_strdup (it->id);

      draw_rectangle (&canvas, box->x, box->y, box->width, box->height, box->frame ? '=' : '-',
                      label);
      if (box->has_body)
        draw_rectangle (&canvas, box->body_x, box->body_y, box->body_width, box->body_height, '.',
                        box->unfolded ? "v" : ">");
    }
  for (guint i = 0; i < layout->n_objects; i++)
    draw_rectangle (&canvas, layout->objects[i].x, layout->objects[i].y, layout->objects[i].width,
                    layout->objects[i].height, '~',
                    ((TelarObject *) g_ptr_array_index (layout->graph->objects, i))->id);
  for (guint y = 0; y < canvas.lines; y++)
    {
      g_autofree char *line = g_strndup (canvas.cells + y * canvas.columns, canvas.columns);

      g_string_append_printf (text, "%s\n", g_strchomp (line));
    }
  for (guint i = 0; i < layout->edges->len; i++)
    print_edge (text, layout, get_edge (layout, i));
  for (guint i = 0; i < layout->references->len; i++)
    {
      static const char *const ways[] = { "..", ">>", "<<" };
      const TelarGraphReference *it = &g_array_index (layout->references, TelarGraphReference, i);

      g_string_append_printf (text, "%s[%u] %s %s\n", laid_out_id (layout, it->task), it->step,
                              ways[it->flow],
                              ((TelarObject *) g_ptr_array_index (layout->graph->objects,
                                                                  it->object))->id);
    }
  g_free (canvas.cells);
  return g_string_free (text, FALSE);
}

/* ---- what holds for all ------------------------------------------------- */

static gboolean
is_within (const TelarGraphBox *inner, const TelarGraphBox *outer)
{
  return inner->x >= outer->x && inner->y >= outer->y
         && inner->x + inner->width <= outer->x + outer->width
         && inner->y + inner->height <= outer->y + outer->height;
}

static void
check_box (const TelarGraphLayout *layout, guint32 task)
{
  const TelarGraphBox *box = &layout->boxes[task];

  g_assert_cmpfloat (box->width, >, 0);
  g_assert_cmpfloat (box->height, >, 0);
  g_assert_cmpfloat (box->x, >=, layout->x);
  g_assert_cmpfloat (box->y, >=, layout->y);
  g_assert_cmpfloat (box->x + box->width, <=, layout->x + layout->width);
  g_assert_cmpfloat (box->y + box->height, <=, layout->y + layout->height);
  if (box->has_body)
    {
      TelarGraphBox body = { .x = box->body_x, .y = box->body_y, .width = box->body_width,
                             .height = box->body_height };

      g_assert_true (box->frame);
      g_assert_true (is_within (&body, box));
      for (guint32 i = 1; i < layout->n_tasks; i++)
        if (layout->boxes[i].parent == task)
          g_assert_false (laid_out_overlap (&body, &layout->boxes[i]));
    }
  if (task == 0)
    {
      g_assert_cmpuint (box->parent, ==, TELAR_NOBODY);
      return;
    }
  g_assert_cmpuint (box->parent, <, layout->n_tasks);
  g_assert_true (layout->boxes[box->parent].frame);
  if (!is_within (box, &layout->boxes[box->parent]))
    g_error ("%s leaves its frame", laid_out_id (layout, task));
}

/* Every task is in the order once, frames before what they hold. */
static void
check_order (const TelarGraphLayout *layout)
{
  g_autofree guint8 *seen = g_new0 (guint8, layout->n_tasks);

  for (guint32 i = 0; i < layout->n_tasks; i++)
    {
      guint32 task = layout->order[i];

      g_assert_cmpuint (task, <, layout->n_tasks);
      g_assert_false (seen[task]);
      seen[task] = TRUE;
      if (task != 0)
        g_assert_true (seen[layout->boxes[task].parent]);
    }
}

/* In main's frame, and, where no place was given, on nothing else. */
static void
check_objects (const TelarGraphLayout *layout, gboolean free)
{
  for (guint i = 0; i < layout->n_objects; i++)
    {
      const TelarGraphBox *object = &layout->objects[i];

      g_assert_true (is_within (object, &layout->boxes[0]));
      g_assert_cmpuint (telar_graph_object_at (layout, object->x + 1, object->y + 1), ==, i);
      for (guint32 k = 1; free && k < layout->n_tasks; k++)
        g_assert_false (laid_out_overlap (object, &layout->boxes[k]));
      for (guint k = 0; free && k < i; k++)
        g_assert_false (laid_out_overlap (object, &layout->objects[k]));
    }
}

/* @free: positions were not given, so that siblings keep apart and edges go right. */
static void
check_layout (const TelarGraphLayout *layout, gboolean free)
{
  g_assert_cmpuint (layout->n_tasks, ==, layout->graph->tasks->len + 1);
  check_order (layout);
  check_objects (layout, free);
  for (guint32 i = 0; i < layout->n_tasks; i++)
    {
      check_box (layout, i);
      for (guint32 k = 0; free && k < i; k++)
        if (layout->boxes[k].parent == layout->boxes[i].parent
            && laid_out_overlap (&layout->boxes[i], &layout->boxes[k]))
          g_error ("%s and %s overlap", laid_out_id (layout, i), laid_out_id (layout, k));
    }
  for (guint i = 0; i < layout->edges->len; i++)
    {
      const TelarGraphEdge *edge = get_edge (layout, i);
      const TelarGraphBox *from = &layout->boxes[edge->from], *to = &layout->boxes[edge->to];
      double x = from->x + from->width;

      g_assert_cmpuint (edge->from, !=, edge->to);
      if (!free || edge->kind != TELAR_GRAPH_AFTER)
        continue;
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
  { "inside", INSIDE_GRAPH },
  { "skip", GRAPH (P ("a") " }," P ("b") ", \"after\": [\"a\"] },"
                   P ("c") ", \"after\": [\"b\"] },"
                   P ("d") ", \"after\": [\"a\", \"c\"] },"
                   P ("e") ", \"after\": [\"a\"] }") },
  { "copies", GRAPH (P ("p") ", \"copies\": 3 }," T ("t", "\"p\", \"copies\": 2") ","
                     P ("last") ", \"after\": [\"p\"] }") },
  { "body", BODY_GRAPH },
  { "objects", "{ \"telar\": 1, \"objects\": ["
               "{ \"id\": \"q\", \"type\": \"queue\" }, { \"id\": \"m\", \"type\": \"lock\" }, "
               "{ \"id\": \"alone\", \"type\": \"event\" }], \"tasks\": ["
               "{ \"id\": \"a\", \"kind\": \"process\", \"body\": "
               "[[\"put\", {\"object\": \"q\"}, 1], [\"put\", {\"object\": \"q\"}, 2]] }, "
               "{ \"id\": \"b\", \"kind\": \"process\", \"after\": [\"a\"], \"body\": "
               "[[\"acquire\", {\"object\": \"m\"}], [\"get\", {\"object\": \"q\"}], "
               "[\"release\", {\"object\": \"m\"}]] }] }" },
  { "empty", "{ \"telar\": 1, \"tasks\": [] }" },
};

static void
test_golden (gconstpointer data)
{
  guint number = GPOINTER_TO_UINT (data);
  g_autoptr (TelarGraphLayout) layout = laid_out_text (golden[number].graph);
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
      g_autoptr (TelarGraphLayout) layout = telar_graph_layout_new (graph, NULL);

      check_layout (layout, TRUE);
    }
}

/* ---- positions ---------------------------------------------------------- */

static void
test_positions (void)
{
  g_autoptr (TelarGraphLayout) layout
    = laid_out_text (GRAPH (P ("p1") ", \"position\": [-400, 300.5] },"
                           P ("p2") ", \"position\": [100, -120] }," P ("p3") " }"));
  const TelarGraphBox *p1 = laid_out_box (layout, "p1"), *p2 = laid_out_box (layout, "p2");
  const TelarGraphBox *p3 = laid_out_box (layout, "p3");

  check_layout (layout, FALSE);
  g_assert_cmpfloat (p1->x, ==, -400);
  g_assert_cmpfloat (p1->y, ==, 300.5);
  g_assert_cmpfloat (p2->x, ==, 100);
  g_assert_cmpfloat (p2->y, ==, -120);
  g_assert_cmpfloat (layout->x, <, -400);
  g_assert_cmpfloat (layout->y, <, -120);
  g_assert_false (laid_out_overlap (p3, p1));
  g_assert_false (laid_out_overlap (p3, p2));
}

/* A frame is where it was put while nothing inside has a place, else around what
 * has one. */
static void
test_positions_of_frames (void)
{
  g_autoptr (TelarGraphLayout) own
    = laid_out_text (GRAPH (P ("p") ", \"position\": [500, 70] }," T ("t", "\"p\"")));
  g_autoptr (TelarGraphLayout) held
    = laid_out_text (GRAPH (P ("p") ", \"position\": [500, 70] },"
                           T ("t", "\"p\", \"position\": [-30, 40]") "," T ("u", "\"p\"")));
  const TelarGraphBox *p;

  check_layout (own, FALSE);
  g_assert_cmpfloat (laid_out_box (own, "p")->x, ==, 500);
  g_assert_cmpfloat (laid_out_box (own, "p")->y, ==, 70);

  check_layout (held, FALSE);
  g_assert_cmpfloat (laid_out_box (held, "t")->x, ==, -30);
  g_assert_cmpfloat (laid_out_box (held, "t")->y, ==, 40);
  p = laid_out_box (held, "p");
  g_assert_cmpfloat (p->x, <, -30);
  g_assert_cmpfloat (p->x, >, -100);
  g_assert_false (laid_out_overlap (laid_out_box (held, "t"), laid_out_box (held, "u")));
}

/* What the layout found, given as positions, is found again. */
static void
test_positions_settle (void)
{
  for (guint32 seed = 1; seed <= 40; seed++)
    {
      g_autoptr (TelarGraph) graph = telar_random_graph_new (seed, NULL);
      g_autoptr (TelarGraphLayout) first = telar_graph_layout_new (graph, NULL);
      g_autoptr (TelarGraphLayout) second = NULL;

      for (guint i = 0; i < graph->tasks->len; i++)
        {
          TelarTask *task = graph->tasks->pdata[i];

          task->has_position = TRUE;
          task->x = first->boxes[i + 1].x;
          task->y = first->boxes[i + 1].y;
        }
      second = telar_graph_layout_new (graph, NULL);
      check_layout (second, FALSE);
      for (guint32 i = 1; i < first->n_tasks; i++)
        if (!first->boxes[i].frame)
          {
            g_assert_cmpfloat (first->boxes[i].x, ==, second->boxes[i].x);
            g_assert_cmpfloat (first->boxes[i].y, ==, second->boxes[i].y);
          }
    }
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
      graph = laid_out_parse (text);
      begin = g_get_monotonic_time ();
      layout = telar_graph_layout_new (graph, NULL);
      g_test_message ("kind %d: %.0f x %.0f in %.1f ms", kind, layout->width, layout->height,
                      (g_get_monotonic_time () - begin) / 1e3);
      check_layout (layout, TRUE);
      if (kind == 0)
        g_assert_cmpfloat (layout->width / layout->height, <, 4);
      if (kind == 0)
        g_assert_cmpfloat (layout->width / layout->height, >, 1);
    }
}

/* ---- faulty graphs ------------------------------------------------------ */

static TelarTask *
add (TelarGraph *graph, const char *id, TelarKind kind, const char *inside, const char *after)
{
  TelarTask *task = telar_task_new (id, kind);

  task->inside = g_strdup (inside);
  if (after != NULL)
    g_ptr_array_add (task->after, g_strdup (after));
  g_ptr_array_add (graph->tasks, task);
  return task;
}

static void
add_step (TelarTask *task, const char *function, const char *started)
{
  g_ptr_array_add (task->steps,
                   telar_step_new (function, started != NULL
                                               ? json_pack ("[{s:s}]", "task", started) : NULL));
}

static void
test_unknown_parent (void)
{
  g_autoptr (TelarGraph) graph = telar_graph_new ();
  g_autoptr (TelarGraphLayout) layout = NULL;

  add (graph, "a", TELAR_KIND_THREAD, "nobody", "nothing");
  add (graph, "b", TELAR_KIND_THREAD, "b", "b");
  layout = telar_graph_layout_new (graph, NULL);
  check_layout (layout, TRUE);
  g_assert_cmpuint (laid_out_box (layout, "a")->parent, ==, 0);
  g_assert_cmpuint (laid_out_box (layout, "b")->parent, ==, 0);
  g_assert_cmpuint (layout->edges->len, ==, 0);
}

/* Parents in a circle: one of them is in main, nothing is lost. */
static void
test_circle_of_parents (void)
{
  g_autoptr (TelarGraph) graph = telar_graph_new ();
  g_autoptr (TelarGraphLayout) layout = NULL;

  add (graph, "x", TELAR_KIND_PROCESS, "a", NULL);
  add (graph, "a", TELAR_KIND_PROCESS, "b", NULL);
  add (graph, "b", TELAR_KIND_PROCESS, "c", NULL);
  add (graph, "c", TELAR_KIND_PROCESS, "a", NULL);
  layout = telar_graph_layout_new (graph, NULL);
  check_layout (layout, TRUE);
  g_assert_cmpuint (laid_out_box (layout, "x")->parent, ==, laid_out_find (layout, "a"));
}

static void
test_circle_of_edges (void)
{
  g_autoptr (TelarGraph) graph = telar_graph_new ();
  g_autoptr (TelarGraphLayout) layout = NULL;
  double x, y;

  add (graph, "a", TELAR_KIND_PROCESS, NULL, "c");
  add (graph, "b", TELAR_KIND_PROCESS, NULL, "a");
  add (graph, "c", TELAR_KIND_PROCESS, NULL, "b");
  add (graph, "d", TELAR_KIND_PROCESS, NULL, "c");
  layout = telar_graph_layout_new (graph, NULL);
  check_layout (layout, FALSE);
  g_assert_cmpuint (layout->edges->len, ==, 4);
  g_assert_cmpfloat (laid_out_box (layout, "a")->x, <, laid_out_box (layout, "b")->x);
  g_assert_cmpfloat (laid_out_box (layout, "b")->x, <, laid_out_box (layout, "c")->x);
  /* Also the one that leads back can be pointed at. */
  for (guint i = 0; i < layout->edges->len; i++)
    {
      TelarGraphHit hit;

      telar_graph_edge_middle (layout, i, &x, &y);
      hit = telar_graph_hit (layout, NULL, x, y, 3);
      if (get_edge (layout, i)->to != laid_out_find (layout, "a"))
        g_assert_cmpuint (hit.kind, ==, TELAR_GRAPH_HIT_EDGE);
    }
}

static void
test_equal_ids (void)
{
  g_autoptr (TelarGraph) graph = telar_graph_new ();
  g_autoptr (TelarGraphLayout) layout = NULL;

  add (graph, "p", TELAR_KIND_PROCESS, NULL, NULL);
  add (graph, "p", TELAR_KIND_PROCESS, NULL, "p");
  add (graph, "t", TELAR_KIND_THREAD, "p", "p");
  add (graph, "main", TELAR_KIND_CALL, NULL, "main");
  add (graph, "", TELAR_KIND_CALL, "", "");
  layout = telar_graph_layout_new (graph, NULL);
  check_layout (layout, FALSE);
  g_assert_cmpuint (layout->boxes[3].parent, ==, 1);
  g_assert_true (layout->boxes[1].frame);
  g_assert_false (layout->boxes[2].frame);
}

static TelarGraphPoint
point_at (const TelarGraphPoint points[4], double t)
{
  double s = 1 - t, weights[4] = { s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t };
  TelarGraphPoint point = { 0, 0 };

  for (guint i = 0; i < 4; i++)
    {
      point.x += weights[i] * points[i].x;
      point.y += weights[i] * points[i].y;
    }
  return point;
}

static gboolean
is_on_outline (const TelarGraphBox *box, const TelarGraphPoint *point)
{
  double left = fabs (point->x - box->x), right = fabs (point->x - box->x - box->width);
  double top = fabs (point->y - box->y), bottom = fabs (point->y - box->y - box->height);

  return point->x > box->x - 0.01 && point->x < box->x + box->width + 0.01
         && point->y > box->y - 0.01 && point->y < box->y + box->height + 0.01
         && MIN (MIN (left, right), MIN (top, bottom)) < 0.01;
}

/* Beside the text of a row; around a body, for a line. */
#define PADDING 6
#define ROOM    18

/* Whether a line is on the text of a step of main's body. */
static gboolean
crosses (const TelarGraphLayout *layout, const TelarGraphPoint points[4], guint step)
{
  double x, y, width, height;

  telar_graph_row (layout, 0, step, &x, &y, &width, &height);
  for (double t = 0; t <= 1; t += 1.0 / 64)
    {
      TelarGraphPoint point = point_at (points, t);

      if (point.x > x + PADDING && point.x < x + width - PADDING && point.y > y
          && point.y < y + height)
        return TRUE;
    }
  return FALSE;
}

/* Wherever the object is, the line begins beside its row, ends at the object's outline,
 * and is on no text of the body. */
static void
test_reference_line (void)
{
  guint n = 0;

  for (guint k = 0; k < 400; k++)
    {
      g_autofree char *text = g_strdup_printf (
          "{ \"telar\": 1, \"objects\": ["
          "{ \"id\": \"q\", \"type\": \"queue\", \"position\": [%u, %u] }], "
          "\"main\": { \"body\": "
          "[[\"busy\", 1], [\"busy\", 2], [\"put\", {\"object\": \"q\"}, 1], [\"busy\", 3], "
          "[\"busy\", 4]] }, \"tasks\": [] }",
          k % 20 * 30, k / 20 * 30);
      g_autoptr (TelarGraphLayout) layout = laid_out_text (text);
      const TelarGraphBox *object = &layout->objects[0];
      TelarGraphBox body = { .height = 0 };
      TelarGraphPoint points[4];

      g_assert_true (layout->boxes[0].unfolded);
      g_assert_cmpuint (layout->references->len, ==, 1);
      telar_graph_row (layout, 0, 0, &body.x, &body.y, &body.width, &body.height);
      body = (TelarGraphBox){ .x = body.x - ROOM, .y = body.y - ROOM,
                              .width = body.width + 2 * ROOM, .height = 5 * body.height + 2 * ROOM };
      /* Somebody may lay it on the text itself, or right beside it. */
      if (laid_out_overlap (object, &body))
        continue;
      n++;
      telar_graph_reference_line (layout, 0, points);
      g_assert_true (is_on_outline (object, &points[3]));
      for (guint step = 0; step < 5; step++)
        if (crosses (layout, points, step))
          g_error ("object at (%.0f, %.0f), body at (%.0f, %.0f): the line is on row %u",
                   object->x, object->y, body.x, body.y, step);
    }
  g_assert_cmpuint (n, >, 200);
}

/* Bodies without steps, steps without a function, two who start the same. */
static void
test_faulty_bodies (void)
{
  g_autoptr (TelarGraph) graph = telar_graph_new ();
  g_autoptr (TelarGraphLayout) layout = NULL;
  TelarTask *a = add (graph, "a", TELAR_KIND_PROCESS, NULL, NULL);
  TelarTask *b = add (graph, "b", TELAR_KIND_PROCESS, NULL, NULL);

  add (graph, "t", TELAR_KIND_THREAD, NULL, NULL);
  a->has_body = b->has_body = TRUE;
  add_step (a, "", NULL);
  add_step (a, "start", "t");
  add_step (b, "start", "t");
  add_step (b, "start", "b");
  add_step (b, "start", "main");
  add_step (b, "start", "gone");
  add_step (graph->main, "unheard_of", NULL);
  layout = telar_graph_layout_new (graph, NULL);
  check_layout (layout, FALSE);
  g_assert_cmpuint (laid_out_box (layout, "t")->parent, ==, laid_out_find (layout, "a"));
  g_assert_true (laid_out_box (layout, "a")->has_body);
  g_assert_true (layout->boxes[0].has_body);
  g_assert_cmpuint (layout->edges->len, ==, 2);
}

/* ---- bodies ------------------------------------------------------------- */

static void
test_fold (void)
{
  g_autoptr (TelarGraph) graph = laid_out_parse (BODY_GRAPH);
  g_autoptr (GHashTable) folded = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (TelarGraphLayout) open = telar_graph_layout_new (graph, NULL);
  g_autoptr (TelarGraphLayout) closed = NULL;
  double x, y, width, height;

  g_hash_table_add (folded, (gpointer) "main");
  closed = telar_graph_layout_new (graph, folded);
  check_layout (closed, TRUE);
  g_assert_true (open->boxes[0].unfolded);
  g_assert_true (closed->boxes[0].has_body);
  g_assert_false (closed->boxes[0].unfolded);
  g_assert_true (laid_out_box (closed, "p1")->unfolded);
  g_assert_cmpfloat (closed->boxes[0].body_height, <, open->boxes[0].body_height);
  g_assert_cmpuint (closed->edges->len, ==, open->edges->len);

  telar_graph_row (open, 0, 1, &x, &y, &width, &height);
  g_assert_cmpfloat (y, >, open->boxes[0].body_y);
  g_assert_cmpfloat (y + height, <, open->boxes[0].body_y + open->boxes[0].body_height);
  telar_graph_row (closed, 0, 1, &x, &y, &width, &height);
  g_assert_cmpfloat (y, ==, closed->boxes[0].body_y);
  g_assert_cmpfloat (height, ==, closed->boxes[0].body_height);
}

/* …until all of it is asked for. */
static void
test_whole_body (void)
{
  g_autoptr (TelarGraph) graph = telar_graph_new ();
  g_autoptr (GHashTable) whole = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (TelarGraphLayout) cut = NULL;
  g_autoptr (TelarGraphLayout) all = NULL;

  for (guint i = 0; i < 42; i++)
    add_step (graph->main, "busy", NULL);
  g_hash_table_add (whole, (gpointer) "main");
  cut = telar_graph_layout_new (graph, NULL);
  all = telar_graph_layout_new_whole (graph, NULL, whole);
  check_layout (all, TRUE);
  g_assert_cmpfloat (all->boxes[0].body_height, ==, cut->boxes[0].body_height + 29 * 20);
  g_assert_true (telar_graph_is_cut (cut, 0, G_MAXUINT));
  g_assert_true (telar_graph_is_cut (cut, 0, 12));
  g_assert_false (telar_graph_is_cut (cut, 0, 11));
  g_assert_false (telar_graph_is_cut (all, 0, G_MAXUINT));
  g_assert_false (telar_graph_is_cut (all, 0, 41));
}

/* Of a long body the rest is one row. */
static void
test_long_body (void)
{
  g_autoptr (TelarGraph) graph = telar_graph_new ();
  g_autoptr (TelarGraphLayout) layout = NULL;
  const TelarGraphBox *box;
  TelarGraphHit hit;
  double x[3], y[3], width, height;

  for (guint i = 0; i < 42; i++)
    add_step (graph->main, "busy", NULL);
  layout = telar_graph_layout_new (graph, NULL);
  check_layout (layout, TRUE);
  box = &layout->boxes[0];
  g_assert_cmpfloat (box->body_height, <, 15 * 20 + 30);
  telar_graph_row (layout, 0, 11, &x[0], &y[0], &width, &height);
  telar_graph_row (layout, 0, 12, &x[1], &y[1], &width, &height);
  telar_graph_row (layout, 0, 41, &x[2], &y[2], &width, &height);
  g_assert_cmpfloat (y[0], <, y[1]);
  g_assert_cmpfloat (y[1], ==, y[2]);
  hit = telar_graph_hit (layout, NULL, x[2] + 20, y[2] + 3, 2);
  g_assert_cmpuint (hit.kind, ==, TELAR_GRAPH_HIT_STEP);
  g_assert_cmpuint (hit.number, ==, 12);
}

int
main (int argc, char *argv[])
{
  static const struct { const char *name; GTestFunc function; } tests[] = {
    { "random", test_random },
    { "positions", test_positions },
    { "positions-of-frames", test_positions_of_frames },
    { "positions-settle", test_positions_settle },
    { "many", test_many },
    { "unknown-parent", test_unknown_parent },
    { "circle-of-parents", test_circle_of_parents },
    { "circle-of-edges", test_circle_of_edges },
    { "equal-ids", test_equal_ids },
    { "reference-line", test_reference_line },
    { "faulty-bodies", test_faulty_bodies },
    { "fold", test_fold },
    { "long-body", test_long_body },
    { "long-body/whole", test_whole_body },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (golden); i++)
    {
      g_autofree char *path = g_strdup_printf ("/graph-layout/golden/%s", golden[i].name);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_golden);
    }
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/graph-layout/%s", tests[i].name);
      g_test_add_func (path, tests[i].function);
    }
  return g_test_run ();
}
