/* test-graph-walk.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Where keys go on a graph, where a drag comes to rest, what a box and an arrow
 * are called, and what a search finds: decided without a display.
 */

#include "config.h"

#include <math.h>

#include "document-text.h"
#include "graph-view/graph-sight.h"
#include "graph-view/graph-snap.h"
#include "graph-view/graph-walk.h"
#include "graph-view/graph-words.h"
#include "graph/graph-find.h"

/*   a ── b        f ─────────────┐
 *   c              │ t1 ── t2     │
 *                  └──────────────┘ */
#define PLACED "\"tasks\": [" \
  "{ \"id\": \"a\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1], " \
  "\"position\": [0, 0] }," \
  "{ \"id\": \"b\", \"kind\": \"process\", \"function\": \"square\", \"args\": [[43, 50]], " \
  "\"after\": [\"a\"], \"position\": [300, 0] }," \
  "{ \"id\": \"c\", \"kind\": \"call\", \"function\": \"print\", \"args\": [\"Línea\"], " \
  "\"after\": [\"a\", \"b\"], \"position\": [0, 120] }," \
  "{ \"id\": \"f\", \"kind\": \"process\", \"body\": [] }," \
  "{ \"id\": \"t1\", \"kind\": \"thread\", \"function\": \"busy\", \"args\": [1], " \
  "\"inside\": \"f\", \"position\": [700, 60] }," \
  "{ \"id\": \"t2\", \"kind\": \"thread\", \"function\": \"busy\", \"args\": [1], " \
  "\"inside\": \"f\", \"after\": [\"t1\"], \"position\": [1000, 60], \"copies\": 3 } ]"

typedef struct
{
  TelarDocument    *document;
  TelarGraphLayout *layout;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (TelarGraph) graph = NULL;

  f->document = document_from_text (PLACED);
  graph = telar_document_snapshot (f->document);
  f->layout = telar_graph_layout_new (graph, NULL);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  telar_graph_layout_free (f->layout);
  g_assert_finalize_object (f->document);
}

static guint32
number (Fixture *f, const char *id)
{
  return telar_relations_find (f->layout->relations, id, NULL);
}

static const char *
name (Fixture *f, guint32 task)
{
  return task == TELAR_NOBODY ? "nobody" : telar_relations_task (f->layout->relations, task)->id;
}

static void
test_walk (Fixture *f, gconstpointer unused)
{
  static const struct { const char *from; int dx, dy; const char *to; } rows[] = {
    { "a", 1, 0, "b" }, { "b", -1, 0, "a" }, { "a", 0, 1, "c" }, { "c", 0, -1, "a" },
    { "b", 1, 0, "f" }, { "f", 1, 0, "t1" }, { "t1", 1, 0, "t2" }, { "t2", -1, 0, "t1" },
    { "t2", 1, 0, "nobody" }, { "a", -1, 0, "main" }, { "a", 0, -1, "main" },
    { "main", -1, 0, "nobody" },
  };
  g_autofree gboolean *allowed = g_new0 (gboolean, f->layout->n_tasks);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint32 to = telar_graph_walk (f->layout, number (f, rows[i].from), rows[i].dx, rows[i].dy,
                                     NULL);

      g_test_message ("from %s by (%d, %d)", rows[i].from, rows[i].dx, rows[i].dy);
      g_assert_cmpstr (name (f, to), ==, rows[i].to);
    }

  /* Only where it is allowed, over what is not. */
  allowed[number (f, "t2")] = TRUE;
  g_assert_cmpstr (name (f, telar_graph_walk (f->layout, number (f, "a"), 1, 0, allowed)), ==,
                   "t2");
  g_assert_cmpstr (name (f, telar_graph_walk (f->layout, number (f, "t2"), -1, 0, allowed)), ==,
                   "nobody");

  /* From nowhere. */
  g_assert_cmpstr (name (f, telar_graph_walk (f->layout, TELAR_NOBODY, 1, 0, NULL)), ==, "a");
  g_assert_cmpstr (name (f, telar_graph_walk (f->layout, TELAR_NOBODY, 1, 0, allowed)), ==, "t2");
  allowed[number (f, "t2")] = FALSE;
  g_assert_cmpstr (name (f, telar_graph_walk (f->layout, TELAR_NOBODY, 1, 0, allowed)), ==,
                   "nobody");
}

/* Tab meets every task once, and back again in the opposite order. */
static void
test_walk_on (Fixture *f, gconstpointer unused)
{
  g_autoptr (GString) there = g_string_new (NULL);
  g_autoptr (GString) back = g_string_new (NULL);

  for (guint32 task = telar_graph_walk_on (f->layout, TELAR_NOBODY, 1); task != TELAR_NOBODY;
       task = telar_graph_walk_on (f->layout, task, 1))
    g_string_append_printf (there, "%s ", name (f, task));
  for (guint32 task = telar_graph_walk_on (f->layout, TELAR_NOBODY, -1); task != TELAR_NOBODY;
       task = telar_graph_walk_on (f->layout, task, -1))
    {
      g_autofree char *word = g_strdup_printf ("%s ", name (f, task));

      g_string_prepend (back, word);
    }

  g_assert_cmpstr (there->str, ==, "main a c b f t1 t2 ");
  g_assert_cmpstr (back->str, ==, there->str);
}

static void
test_snap (Fixture *f, gconstpointer unused)
{
  guint32              b = number (f, "b");
  const TelarGraphBox *box = &f->layout->boxes[b];
  g_autofree gboolean *moving = g_new0 (gboolean, f->layout->n_tasks);
  TelarSnap            snap;

  moving[b] = TRUE;

  /* Nearly in line with c, below it: into line, with one upright guide and one level. */
  telar_snap (&snap, f->layout, moving, 0, box->x, box->y, box->width, box->height, -297, 117, 6);
  g_assert_cmpfloat_with_epsilon (box->x + snap.dx, 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (box->y + snap.dy, 120, 1e-9);
  g_assert_cmpuint (snap.n_guides, ==, 2);
  g_assert_true (snap.guides[0].vertical);
  g_assert_false (snap.guides[1].vertical);
  g_assert_cmpfloat_with_epsilon (snap.guides[0].at, 0, 1e-9);

  /* Far from every line: on the grid. */
  telar_snap (&snap, f->layout, moving, 0, box->x, box->y, box->width, box->height, 5003, 5003, 6);
  g_assert_cmpuint (snap.n_guides, ==, 0);
  g_assert_cmpfloat_with_epsilon (fmod (box->x + snap.dx, TELAR_SNAP_GRID), 0, 1e-9);
  g_assert_cmpfloat (ABS (snap.dx - 5003), <=, TELAR_SNAP_GRID / 2);

  /* Not at all where nothing may snap. */
  telar_snap (&snap, f->layout, moving, 0, box->x, box->y, box->width, box->height, -297, 117, 0);
  g_assert_cmpfloat (snap.dx, ==, -297);
  g_assert_cmpfloat (snap.dy, ==, 117);
  g_assert_cmpuint (snap.n_guides, ==, 0);

  /* Of another frame nothing is a neighbour. */
  telar_snap (&snap, f->layout, moving, number (f, "f"), box->x, box->y, box->width, box->height,
              -297, 5003, 6);
  g_assert_cmpuint (snap.n_guides, ==, 0);
}

/* Of boxes that were wholly seen all stay so, where there is room; no farther than needed. */
static void
test_sight (Fixture *f, gconstpointer unused)
{
  const TelarGraphBox *c = &f->layout->boxes[number (f, "c")];
  double bottom = c->y + c->height;
  TelarSight from = { 20, 30, 1, 660, bottom + 60 }, to;

  /* a, b and c are in sight, f is not */
  g_assert_false (telar_sight_is_whole (&from, f->layout));
  g_assert_true (telar_sight_resize (&from, f->layout, TELAR_NOBODY, 660, bottom + 30, &to));
  g_assert_cmpfloat (to.x, ==, 20);
  g_assert_cmpfloat (to.y, ==, 30);
  g_assert_cmpfloat (to.height, ==, bottom + 30);
  g_assert_true (telar_sight_resize (&from, f->layout, TELAR_NOBODY, 660, bottom + 26, &to));
  g_assert_cmpfloat (to.x, ==, 20);
  g_assert_cmpfloat (to.y, ==, 26 - TELAR_SIGHT_MARGIN);
  /* with more room nothing moves */
  g_assert_true (telar_sight_resize (&from, f->layout, TELAR_NOBODY, 2000, 2000, &to));
  g_assert_cmpfloat (to.x, ==, 20);
  g_assert_cmpfloat (to.y, ==, 30);

  /* too low for all: the upper ones, or the one that is selected */
  g_assert_false (telar_sight_resize (&from, f->layout, TELAR_NOBODY, 660, bottom - 20, &to));
  g_assert_cmpfloat (to.y, ==, TELAR_SIGHT_MARGIN);
  g_assert_false (telar_sight_resize (&from, f->layout, number (f, "c"), 660, bottom - 20, &to));
  g_assert_cmpfloat (to.y + bottom, ==, bottom - 20 - TELAR_SIGHT_MARGIN);
  g_assert_cmpfloat (to.x, ==, 20);
  /* one that was not in sight pulls nothing */
  g_assert_false (telar_sight_resize (&from, f->layout, number (f, "t1"), 660, bottom - 20, &to));
  g_assert_cmpfloat (to.y, ==, TELAR_SIGHT_MARGIN);

  /* nothing was in sight: nothing moves */
  from.x = -5000;
  g_assert_true (telar_sight_resize (&from, f->layout, number (f, "c"), 100, 100, &to));
  g_assert_cmpfloat (to.x, ==, -5000);

  from = (TelarSight){ -f->layout->x, -f->layout->y, 1, f->layout->width, f->layout->height };
  g_assert_true (telar_sight_is_whole (&from, f->layout));
  from.width -= 2;
  g_assert_false (telar_sight_is_whole (&from, f->layout));
}

static void
assert_words (Fixture *f, const GPtrArray *followers, const char *id, const char *faults,
              const char *expected)
{
  g_autofree char *words = telar_graph_node_words (f->layout, number (f, id), followers, NULL,
                                                   NULL, faults);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_words (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) followers = telar_graph_followers (f->layout);
  g_autofree char      *edge = NULL;

  assert_words (f, followers, "a", NULL, "a busy: process, not started; before b, c");
  assert_words (f, followers, "c", NULL, "c print: plain call, not started; after a, b");
  assert_words (f, followers, "t2", NULL,
                "t2 busy: thread, not started, 3 copies; after t1; inside f");
  assert_words (f, followers, "b", "it is wrong; mend it",
                "b square: process, not started; after a; before c; fault: it is wrong; mend it");
  assert_words (f, followers, "main", NULL, "main: the main process, not started");

  edge = telar_graph_edge_words (f->layout, 0);
  g_assert_cmpstr (edge, ==, "a before b");
}

static void
test_find (Fixture *f, gconstpointer unused)
{
  static const struct { const char *id, *text; gboolean found; } rows[] = {
    { "b", "B", TRUE }, { "b", "squ", TRUE }, { "b", "43", TRUE }, { "b", "busy", FALSE },
    { "c", "linea", TRUE }, { "c", "LÍNEA", TRUE }, { "f", "f", TRUE }, { "f", "t1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s in %s", rows[i].text, rows[i].id);
      g_assert_cmpint (telar_task_holds (telar_document_find (f->document, rows[i].id),
                                         rows[i].text), ==, rows[i].found);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/graph-walk/arrows", Fixture, NULL, set_up, test_walk, tear_down);
  g_test_add ("/graph-walk/tab", Fixture, NULL, set_up, test_walk_on, tear_down);
  g_test_add ("/graph-walk/snap", Fixture, NULL, set_up, test_snap, tear_down);
  g_test_add ("/graph-walk/sight", Fixture, NULL, set_up, test_sight, tear_down);
  g_test_add ("/graph-walk/words", Fixture, NULL, set_up, test_words, tear_down);
  g_test_add ("/graph-walk/find", Fixture, NULL, set_up, test_find, tear_down);
  return g_test_run ();
}
