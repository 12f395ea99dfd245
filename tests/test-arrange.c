/* test-arrange.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Automatic layout: what holds for every graph, by dot and by layers; small ones
 * as text, compared with golden files (TELAR_UPDATE_GOLDEN=1 writes them anew,
 * to be looked at); and every way in which dot can fail, with stand-ins for it.
 */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "arrange-text.h"

static char *folder;    /* owned: all that PATH holds */
static char *true_dot;  /* owned, nullable */

/* ---- helpers -------------------------------------------------------------- */

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GArray *
arrange (const TelarMadeLayout *made, TelarArrangeMethod method, TelarArrangeMethod *used)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GArray *found;

  telar_arrange_async (made->items, made->edges, method, NULL, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  found = telar_arrange_finish (result, used, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, made->items->len);
  return found;
}

static GArray *
arrange_by_layers (const TelarMadeLayout *made)
{
  GArray *found = g_array_copy (made->items);

  g_assert_true (telar_arrange_layers (telar_made_items (found), found->len,
                                       (const TelarArrangeEdge *) (void *) made->edges->data,
                                       made->edges->len, NULL));
  return found;
}

static void
assert_same (GArray *a, GArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const TelarArrangeItem *x = &telar_made_items (a)[i], *y = &telar_made_items (b)[i];

      g_assert_cmpfloat (x->x, ==, y->x);
      g_assert_cmpfloat (x->y, ==, y->y);
      g_assert_cmpfloat (x->width, ==, y->width);
      g_assert_cmpfloat (x->height, ==, y->height);
    }
}

/* Pair by pair, without the help of what is tested. */
static void
check (const TelarMadeLayout *made, GArray *found)
{
  const TelarArrangeItem *given = telar_made_items (made->items);
  const TelarArrangeItem *items = telar_made_items (found);
  const double slack = 0.01;

  for (guint i = 1; i < found->len; i++)
    {
      const TelarArrangeItem *item = &items[i], *frame = &items[item->parent];

      g_assert_true (isfinite (item->x) && isfinite (item->y));
      g_assert_cmpfloat (item->width, >=, given[i].width);
      g_assert_cmpfloat (item->height, >=, given[i].height);
      g_assert_cmpfloat (item->x + slack, >=, frame->x + frame->padding + frame->left_room);
      g_assert_cmpfloat (item->y + slack, >=, frame->y + frame->header);
      g_assert_cmpfloat (item->x + item->width, <=,
                         frame->x + frame->width - frame->padding + slack);
      g_assert_cmpfloat (item->y + item->height, <=,
                         frame->y + frame->height - frame->padding + slack);
      for (guint k = 1; k < i; k++)
        if (items[k].parent == item->parent
            && items[k].x + slack < item->x + item->width
            && item->x + slack < items[k].x + items[k].width
            && items[k].y + slack < item->y + item->height
            && item->y + slack < items[k].y + items[k].height)
          g_error ("%u and %u overlap", k, i);
    }
  g_assert_cmpfloat (items[0].x, ==, given[0].x);
  g_assert_cmpfloat (items[0].y, ==, given[0].y);
  g_assert_true (telar_arrange_is_sound (items, found->len));
}

/* Edges between siblings run to the right. */
static void
check_edges (const TelarMadeLayout *made, GArray *found)
{
  const TelarArrangeItem *items = telar_made_items (found);

  for (guint i = 0; i < made->edges->len; i++)
    {
      const TelarArrangeEdge *edge = &g_array_index (made->edges, TelarArrangeEdge, i);
      const TelarArrangeItem *from = &items[edge->from], *to = &items[edge->to];

      if (from->parent == to->parent && edge->from != edge->to
          && from->x + from->width > to->x + 0.01)
        g_error ("%u -> %u runs back", edge->from, edge->to);
    }
}

/* Whatever is named dot in the only folder of PATH. */
static void
set_dot (const char *script)
{
  g_autofree char *file = g_build_filename (folder, "dot", NULL);

  g_unlink (file);
  if (script != NULL)
    {
      g_autofree char *text = g_strconcat ("#!/bin/sh\nPATH=$TELAR_WHOLE_PATH\n", script, "\n",
                                           NULL);

      g_assert_true (g_file_set_contents_full (file, text, -1, G_FILE_SET_CONTENTS_NONE, 0755,
                                               NULL));
    }
}

/* Machines without it test everything else. */
static gboolean
set_true_dot (void)
{
  g_autofree char *file = g_build_filename (folder, "dot", NULL);

  set_dot (NULL);
  if (true_dot != NULL)
    g_assert_no_errno (symlink (true_dot, file));
  return true_dot != NULL;
}

static TelarMadeLayout *
make_fork (void)
{
  TelarMadeLayout *made = telar_made_layout_new ();

  for (guint i = 0; i < 3; i++)
    telar_made_layout_add (made, 0);
  telar_made_layout_link (made, 1, 3);
  telar_made_layout_link (made, 2, 3);
  return made;
}

/* ---- properties ----------------------------------------------------------- */

static void
test_random_layers (void)
{
  for (guint32 seed = 1; seed <= 200; seed++)
    {
      g_autoptr (TelarMadeLayout) made
        = telar_made_layout_new_random (seed, seed % 71, seed % 4 == 0 ? 0 : seed % 13, seed % 97);
      g_autoptr (GArray) found = arrange_by_layers (made);
      g_autoptr (GArray) again = arrange_by_layers (made);

      g_test_message ("seed %u", seed);
      check (made, found);
      assert_same (found, again);
    }
}

/* Without edges between frames none can contradict another. */
static void
test_random_right (void)
{
  for (guint32 seed = 1; seed <= 100; seed++)
    {
      g_autoptr (TelarMadeLayout) made = telar_made_layout_new_random (seed, 80, seed % 9, 400);
      g_autoptr (GArray) found = NULL;

      g_test_message ("seed %u", seed);
      for (guint i = made->edges->len; i-- > 0;)
        {
          const TelarArrangeEdge *edge = &g_array_index (made->edges, TelarArrangeEdge, i);

          if (telar_made_items (made->items)[edge->from].parent
              != telar_made_items (made->items)[edge->to].parent)
            g_array_remove_index (made->edges, i);
        }
      g_assert_cmpuint (made->edges->len, >, 20);
      found = arrange_by_layers (made);
      check (made, found);
      check_edges (made, found);
    }
}

static void
test_random_dot (void)
{
  if (!set_true_dot ())
    {
      g_test_skip ("there is no dot here (graphviz)");
      return;
    }
  for (guint32 seed = 1; seed <= 25; seed++)
    {
      g_autoptr (TelarMadeLayout) made
        = telar_made_layout_new_random (seed, 10 + seed * 2, seed % 7, 20 + 2 * seed);
      TelarArrangeMethod used, used_again;
      g_autoptr (GArray) found = arrange (made, TELAR_ARRANGE_DOT, &used);
      g_autoptr (GArray) again = arrange (made, TELAR_ARRANGE_DOT, &used_again);

      g_test_message ("seed %u", seed);
      g_assert_cmpint (used, ==, TELAR_ARRANGE_DOT);
      g_assert_cmpint (used_again, ==, TELAR_ARRANGE_DOT);
      check (made, found);
      assert_same (found, again);
    }
}

/* Edges to frames, to what is in other frames, back and forth, in circles, from
 * a frame to what it holds, twice, and to itself. */
static void
test_edges (void)
{
  static const TelarArrangeEdge edges[] = {
    { 3, 5 }, { 6, 4 }, { 1, 2 }, { 1, 3 }, { 3, 1 }, { 7, 1 }, { 7, 1 }, { 2, 8 }, { 5, 5 },
    { 0, 7 }, { 3, 4 }, { 4, 8 }, { 8, 3 },
  };
  g_autoptr (TelarMadeLayout) made = telar_made_layout_new ();
  g_autoptr (GArray) found = NULL;
  const TelarArrangeItem *items;

  telar_made_layout_add (made, 0);    /* 1: holds 3, 4 */
  telar_made_layout_add (made, 0);    /* 2: holds 5, 6 */
  telar_made_layout_add (made, 1);
  telar_made_layout_add (made, 1);
  telar_made_layout_add (made, 2);
  telar_made_layout_add (made, 2);
  telar_made_layout_add (made, 0);
  telar_made_layout_add (made, 0);
  g_array_append_vals (made->edges, edges, G_N_ELEMENTS (edges));

  found = arrange_by_layers (made);
  check (made, found);
  /* What is said of the frames themselves goes before what is said of what is
   * in them; the lifted 8 -> 1 of 8 -> 3 gives way, and so does 2 -> 1. */
  items = telar_made_items (found);
  g_assert_cmpfloat (items[7].x + items[7].width, <=, items[1].x);
  g_assert_cmpfloat (items[1].x + items[1].width, <=, items[2].x);
  g_assert_cmpfloat (items[2].x + items[2].width, <=, items[8].x);
  g_assert_cmpfloat (items[3].x + items[3].width, <=, items[4].x);
}

/* An edge between what two frames hold puts the one before the other. */
static void
test_lifted (void)
{
  g_autoptr (TelarMadeLayout) made = telar_made_layout_new ();
  guint32 first = telar_made_layout_add (made, 0), second = telar_made_layout_add (made, 0);
  guint32 inner = telar_made_layout_add (made, first);
  guint32 from = telar_made_layout_add (made, inner), to = telar_made_layout_add (made, second);
  g_autoptr (GArray) found = NULL;

  telar_made_layout_link (made, from, to);
  found = arrange_by_layers (made);
  check (made, found);
  g_assert_cmpfloat (telar_made_items (found)[first].x + telar_made_items (found)[first].width,
                     <=, telar_made_items (found)[second].x);
}

static void
test_small (void)
{
  for (guint n = 0; n <= 3; n++)
    {
      g_autoptr (TelarMadeLayout) made = telar_made_layout_new ();
      g_autoptr (GArray) found = NULL;
      TelarArrangeMethod used;

      /* Nothing; one; a frame in a frame in a frame. */
      telar_made_items (made->items)->x = 40;
      telar_made_items (made->items)->y = -30;
      for (guint i = 0; i < n; i++)
        telar_made_layout_add (made, i);
      found = arrange (made, TELAR_ARRANGE_AUTO, &used);
      check (made, found);
      g_assert_cmpint (used, ==, TELAR_ARRANGE_LAYERS);
      for (guint i = 1; i <= n; i++)
        {
          const TelarArrangeItem *item = &telar_made_items (found)[i];

          g_assert_cmpfloat (item->x, ==, item[-1].x + item->padding);
          g_assert_cmpfloat (item->y, ==, item[-1].y + item->header);
          g_assert_cmpfloat (item->width, ==, 132 + (n - i) * 2 * 24);
          g_assert_cmpfloat (item->height, ==, 72 + (n - i) * (36 + 24));
        }
    }
}

/* Parents that nobody has, and frames within each other: the root's. */
static void
test_strange_parents (void)
{
  g_autoptr (TelarMadeLayout) made = telar_made_layout_new ();
  g_autoptr (GArray) found = NULL;

  telar_made_layout_add (made, 2);
  telar_made_layout_add (made, 1);
  telar_made_layout_add (made, 3);
  telar_made_layout_add (made, 1000);
  found = arrange_by_layers (made);
  g_assert_true (telar_arrange_is_sound (telar_made_items (found), found->len));
}

static void
check_shape (TelarMadeLayout *made, double least, double most)
{
  TelarArrangeMethod used;
  g_autoptr (GArray) found = arrange (made, TELAR_ARRANGE_AUTO, &used);
  const TelarArrangeItem *root = telar_made_items (found);

  check (made, found);
  g_test_message ("%.0f x %.0f", root->width, root->height);
  g_assert_cmpfloat (root->width / root->height, >=, least);
  g_assert_cmpfloat (root->width / root->height, <=, most);
}

/* Very many that may run at once are a block, not a tower, also where dot, if it
 * is there, would pile them up. */
static void
test_many (void)
{
  g_autoptr (TelarMadeLayout) alone = telar_made_layout_new ();
  g_autoptr (TelarMadeLayout) between = telar_made_layout_new ();
  guint32 first = telar_made_layout_add (between, 0), last = telar_made_layout_add (between, 0);

  set_true_dot ();
  for (guint i = 0; i < 1000; i++)
    telar_made_layout_add (alone, 0);
  check_shape (alone, 1.4, 1.8);
  for (guint i = 0; i < 200; i++)
    {
      guint32 item = telar_made_layout_add (between, 0);

      telar_made_layout_link (between, first, item);
      telar_made_layout_link (between, item, last);
    }
  check_shape (between, 0.8, 2.5);
}

static void
test_sound (void)
{
  g_autoptr (TelarMadeLayout) made = telar_made_layout_new_random (5, 30, 4, 20);
  g_autoptr (GArray) found = arrange_by_layers (made);
  TelarArrangeItem *items = telar_made_items (found);

  g_assert_true (telar_arrange_is_sound (items, found->len));
  for (guint i = 1; i < found->len; i++)
    {
      TelarArrangeItem kept = items[i];

      /* Onto its header, over its edge, and out of it. */
      items[i].y = items[kept.parent].y + items[kept.parent].header - 1;
      g_assert_false (telar_arrange_is_sound (items, found->len));
      items[i] = kept;
      items[i].x = items[kept.parent].x + items[kept.parent].padding
                   + items[kept.parent].left_room - 1;
      g_assert_false (telar_arrange_is_sound (items, found->len));
      items[i] = kept;
      items[i].x += 1e6;
      g_assert_false (telar_arrange_is_sound (items, found->len));
      items[i] = kept;
    }
  for (guint i = 2; i < found->len; i++)
    if (items[i].parent == items[1].parent)
      {
        TelarArrangeItem kept = items[i];

        items[i].x = items[1].x + items[1].width - 1;
        items[i].y = items[1].y + items[1].height - 1;
        g_assert_false (telar_arrange_is_sound (items, found->len));
        items[i] = kept;
      }
}

/* ---- as text -------------------------------------------------------------- */

static void
make_diamond (TelarMadeLayout *made)
{
  for (guint i = 0; i < 4; i++)
    telar_made_layout_add (made, 0);
  telar_made_layout_link (made, 1, 2);
  telar_made_layout_link (made, 1, 3);
  telar_made_layout_link (made, 2, 4);
  telar_made_layout_link (made, 3, 4);
}

static void
make_frames (TelarMadeLayout *made)
{
  static const TelarArrangeEdge edges[] = { { 1, 4 }, { 2, 5 }, { 4, 5 }, { 3, 7 }, { 6, 3 } };

  for (guint i = 0; i < 2; i++)
    telar_made_layout_add (made, 0);
  telar_made_layout_add (made, 2);
  for (guint i = 0; i < 2; i++)
    telar_made_layout_add (made, 0);
  for (guint i = 0; i < 3; i++)
    telar_made_layout_add (made, 2);
  telar_made_items (made->items)[2].left_room = 96;
  g_array_append_vals (made->edges, edges, G_N_ELEMENTS (edges));
}

static void
make_skip (TelarMadeLayout *made)
{
  static const TelarArrangeEdge edges[] = { { 1, 2 }, { 2, 3 }, { 3, 4 }, { 1, 4 }, { 1, 5 } };

  for (guint i = 0; i < 5; i++)
    telar_made_layout_add (made, 0);
  g_array_append_vals (made->edges, edges, G_N_ELEMENTS (edges));
}

/* Two chains, a frame of many, and some alone. */
static void
make_apart (TelarMadeLayout *made)
{
  for (guint i = 0; i < 9; i++)
    telar_made_layout_add (made, 0);
  for (guint i = 0; i < 6; i++)
    telar_made_layout_add (made, 9);
  telar_made_layout_link (made, 1, 2);
  telar_made_layout_link (made, 3, 4);
  telar_made_layout_link (made, 4, 5);
}

static const struct
{
  const char *name;
  void (*make) (TelarMadeLayout *made);
} golden[] = {
  { "diamond", make_diamond },
  { "frames", make_frames },
  { "skip", make_skip },
  { "apart", make_apart },
};

static void
test_golden (gconstpointer data)
{
  guint number = GPOINTER_TO_UINT (data);
  g_autoptr (TelarMadeLayout) made = telar_made_layout_new ();
  g_autoptr (GArray) found = NULL;
  g_autofree char *text = NULL, *wanted = NULL;
  g_autofree char *name = g_strdup_printf ("arrange-%s.txt", golden[number].name);
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "golden", name, NULL);

  golden[number].make (made);
  found = arrange_by_layers (made);
  check (made, found);
  check_edges (made, found);
  text = telar_arrange_print (found);
  if (g_getenv ("TELAR_UPDATE_GOLDEN") != NULL)
    g_assert_true (g_file_set_contents (file, text, -1, NULL));
  g_assert_true (g_file_get_contents (file, &wanted, NULL, NULL));
  g_assert_cmpstr (text, ==, wanted);
}

/* ---- dot ------------------------------------------------------------------ */

#define AT(name, pos) "{\"name\":\"" name "\",\"pos\":\"" pos "\"}"
#define SAID(objects) "echo '{\"objects\":[" objects "]}'"

/* All of these lead to our own layout. */
static const struct
{
  const char *name;
  const char *script;
} failures[] = {
  { "missing", NULL },
  { "dies", "kill -9 $$" },
  { "refuses", SAID (AT ("0", "0,0") "," AT ("1", "0,200") "," AT ("2", "500,0")) "; exit 1" },
  { "silent", "exit 0" },
  { "garbage", "echo 'Warning: no layout today {[,'; exit 0" },
  { "other-json", "echo '[1, {\"objects\": 3}]'" },
  { "too-few", SAID (AT ("0", "0,0") "," AT ("1", "0,200")) },
  { "twice", SAID (AT ("0", "0,0") "," AT ("0", "0,200") "," AT ("2", "500,0")) },
  { "unknown", SAID (AT ("0", "0,0") "," AT ("7", "0,200") "," AT ("2", "500,0")) },
  { "no-number", SAID (AT ("0", "nan,0") "," AT ("1", "0,200") "," AT ("2", "500,0")) },
  { "one-number", SAID (AT ("0", "0") "," AT ("1", "0,200") "," AT ("2", "500,0")) },
  { "overlap", SAID (AT ("0", "0,0") "," AT ("1", "10,10") "," AT ("2", "500,0")) },
  { "backwards", SAID (AT ("0", "0,0") "," AT ("1", "0,200") "," AT ("2", "-500,0")) },
  { "hangs", "exec sleep 1000" },
};

static void
test_failure (gconstpointer data)
{
  guint number = GPOINTER_TO_UINT (data);
  g_autoptr (TelarMadeLayout) made = make_fork ();
  g_autoptr (GArray) wanted = arrange_by_layers (made);
  g_autoptr (GArray) found = NULL;
  TelarArrangeMethod used;

  set_dot (failures[number].script);
  found = arrange (made, TELAR_ARRANGE_AUTO, &used);
  g_assert_cmpint (used, ==, TELAR_ARRANGE_LAYERS);
  assert_same (found, wanted);
}

/* The stand-in is believed when it speaks as dot does: else the failures above
 * would show nothing. */
static void
test_spoken (void)
{
  g_autoptr (TelarMadeLayout) made = make_fork ();
  g_autoptr (GArray) found = NULL;
  TelarArrangeMethod used;
  const TelarArrangeItem *items;

  set_dot (SAID (AT ("2", "500,150") "," AT ("0", "0,200") "," AT ("1", "0,0")));
  found = arrange (made, TELAR_ARRANGE_AUTO, &used);
  items = telar_made_items (found);
  g_assert_cmpint (used, ==, TELAR_ARRANGE_DOT);
  check (made, found);
  g_assert_cmpfloat (items[1].y, ==, 36);
  g_assert_cmpfloat (items[2].y, ==, 36 + 200);
  g_assert_cmpfloat (items[3].x, ==, 24 + 500);
  g_assert_cmpfloat (items[3].y, ==, 36 + 50);
}

/* dot may put what comes first at the bottom. */
static void
test_upright (void)
{
  g_autoptr (TelarMadeLayout) made = make_fork ();
  g_autoptr (GArray) found = NULL;
  TelarArrangeMethod used;

  set_dot (SAID (AT ("0", "0,0") "," AT ("1", "0,200") "," AT ("2", "500,150")));
  found = arrange (made, TELAR_ARRANGE_AUTO, &used);
  g_assert_cmpint (used, ==, TELAR_ARRANGE_DOT);
  g_assert_cmpfloat (telar_made_items (found)[1].y, ==, 36);
  g_assert_cmpfloat (telar_made_items (found)[2].y, ==, 36 + 200);
  g_assert_cmpfloat (telar_made_items (found)[3].y, ==, 36 + 150);
}

/* Above so many AUTO does not ask it. */
static void
test_too_many (void)
{
  g_autoptr (TelarMadeLayout) made
    = telar_made_layout_new_random (1, TELAR_ARRANGE_MOST_DOT + 1, 20, 1000);
  g_autoptr (GArray) found = NULL;
  g_autofree char *file = g_build_filename (folder, "pid", NULL);
  TelarArrangeMethod used;

  set_dot ("echo $$ > $(dirname $0)/pid; exit 1");
  found = arrange (made, TELAR_ARRANGE_AUTO, &used);
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_cmpint (used, ==, TELAR_ARRANGE_LAYERS);
  g_assert_true (telar_arrange_is_sound (telar_made_items (found), found->len));
}

/* ---- cancelling ----------------------------------------------------------- */

static void
test_cancelled_before (void)
{
  g_autoptr (TelarMadeLayout) made = make_fork ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GArray) kept = g_array_copy (made->items);

  g_cancellable_cancel (cancellable);
  for (guint method = TELAR_ARRANGE_AUTO; method <= TELAR_ARRANGE_LAYERS; method++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      telar_arrange_async (made->items, made->edges, method, cancellable, on_done, &result);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_null (telar_arrange_finish (result, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  g_assert_false (telar_arrange_layers (telar_made_items (made->items), made->items->len, NULL, 0,
                                        cancellable));
  assert_same (made->items, kept);
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* The stand-in says who it is and then hangs; it is gone when the answer is there. */
static void
test_cancelled_during (void)
{
  g_autoptr (TelarMadeLayout) made = make_fork ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (folder, "pid", NULL);
  g_autofree char *text = NULL;
  guint tick = g_timeout_add (1, on_tick, NULL);
  int pid;

  set_dot ("echo $$ > $(dirname $0)/new\nmv $(dirname $0)/new $(dirname $0)/pid\n"
           "exec sleep 1000");
  telar_arrange_async (made->items, made->edges, TELAR_ARRANGE_DOT, cancellable, on_done, &result);
  while (result == NULL && !g_file_get_contents (file, &text, NULL, NULL))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (result);
  g_source_remove (tick);
  pid = (int) g_ascii_strtoll (text, NULL, 10);
  g_assert_cmpint (pid, >, 1);
  g_assert_cmpint (kill (pid, 0), ==, 0);

  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (telar_arrange_finish (result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (kill (pid, 0), ==, -1);
  g_assert_cmpint (errno, ==, ESRCH);
  g_unlink (file);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  /* Once, before there are threads: set_dot changes what is in the folder. */
  true_dot = g_find_program_in_path ("dot");
  folder = g_dir_make_tmp ("telar-dot-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_setenv ("TELAR_WHOLE_PATH", g_getenv ("PATH"), TRUE);
  g_setenv ("PATH", folder, TRUE);

  g_test_add_func ("/arrange/random/layers", test_random_layers);
  g_test_add_func ("/arrange/random/right", test_random_right);
  g_test_add_func ("/arrange/random/dot", test_random_dot);
  g_test_add_func ("/arrange/edges", test_edges);
  g_test_add_func ("/arrange/lifted", test_lifted);
  g_test_add_func ("/arrange/small", test_small);
  g_test_add_func ("/arrange/strange-parents", test_strange_parents);
  g_test_add_func ("/arrange/many", test_many);
  g_test_add_func ("/arrange/sound", test_sound);
  for (guint i = 0; i < G_N_ELEMENTS (golden); i++)
    {
      g_autofree char *path = g_strdup_printf ("/arrange/golden/%s", golden[i].name);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_golden);
    }
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *path = g_strdup_printf ("/arrange/dot/%s", failures[i].name);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_failure);
    }
  g_test_add_func ("/arrange/dot/spoken", test_spoken);
  g_test_add_func ("/arrange/dot/upright", test_upright);
  g_test_add_func ("/arrange/dot/too-many", test_too_many);
  g_test_add_func ("/arrange/cancelled/before", test_cancelled_before);
  g_test_add_func ("/arrange/cancelled/during", test_cancelled_during);
  result = g_test_run ();
  set_dot (NULL);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
  g_free (true_dot);
  return result;
}
