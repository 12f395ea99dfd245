/* test-paint-objects.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What is painted of objects says what was: held locks, levels, deadlocks and
 * arrows, at the places where they were, also where many share a pixel, and where
 * what was recorded contradicts itself.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "paint/paint-private.h"
#include "painted.h"
#include "picture-run.h"

#define MS 1000000

enum { MAIN, A, B };
enum { LOCK, QUEUE };

typedef struct
{
  PictureRun      *run;      /* owned */
  TelarTimeline   *timeline;
  TelarView        view;
  TelarLanes       lanes;
  cairo_surface_t *surface;  /* owned */
} Fixture;

static void
add_object (Fixture *f, TelarObjectType type, const char *id, gint64 full)
{
  TelarObjectLane *lane = g_new0 (TelarObjectLane, 1);

  lane->number = f->timeline->objects->len;
  lane->type = type;
  lane->id = id;
  lane->full = full;
  lane->levels = g_array_new (FALSE, FALSE, sizeof (TelarLevel));
  g_ptr_array_add (f->timeline->objects, lane);
}

/* a and b live for 100 ms; there are a lock m and a queue q for four items. */
static void
set_up (Fixture *f, gconstpointer unused)
{
  (void) unused;
  f->run = picture_run_new ("Objects", 2);
  g_assert_cmpuint (picture_run_task (f->run, MAIN, TELAR_KIND_PROCESS, "a", "busy", ""), ==, A);
  g_assert_cmpuint (picture_run_task (f->run, MAIN, TELAR_KIND_PROCESS, "b", "busy", ""), ==, B);
  f->timeline = picture_run_timeline (f->run);
  add_object (f, TELAR_OBJECT_LOCK, "m", 0);
  add_object (f, TELAR_OBJECT_QUEUE, "q", 4);
  for (guint32 t = A; t <= B; t++)
    {
      picture_run_slice (f->run, t, t - 1, 1 * MS, 60 * MS);
      picture_run_life (f->run, t, 1 * MS, 99 * MS, 99 * MS, 0);
    }
  picture_run_now (f->run, 100 * MS, TRUE);
  telar_view_init (&f->view, 1200, 700);
  f->view.show |= TELAR_SHOW_OBJECTS;
  f->view.end = 100 * MS;
}

static void
unpaint (Fixture *f)
{
  if (f->surface != NULL)
    telar_lanes_clear (&f->lanes);
  g_clear_pointer (&f->surface, cairo_surface_destroy);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  (void) unused;
  unpaint (f);
  picture_run_free (f->run);
}

static void
paint (Fixture *f)
{
  TelarTextStyle text = { .family = NULL };

  unpaint (f);
  telar_lanes_init (&f->lanes, f->timeline, &f->view, &text);
  f->surface = painted_new (f->timeline, &f->view);
}

static TelarColor
pixel (const Fixture *f, double x, double y)
{
  const guchar *data = cairo_image_surface_get_data (f->surface);
  guint32 color;

  g_assert_true (x >= 0 && x < f->view.width && y >= 0 && y < f->view.height);
  memcpy (&color, data + (int) y * cairo_image_surface_get_stride (f->surface) + (int) x * 4, 4);
  return color & 0xffffff;
}

/* At a place, or right beside it; mixed with what is behind it, as a line's edges are. */
static gboolean
is_near (const Fixture *f, double x, double y, TelarColor color)
{
  for (int dx = -1; dx <= 1; dx++)
    {
      TelarColor at = pixel (f, x + dx, y);
      int red = (int) (at >> 16) - (int) (color >> 16);
      int green = (int) (at >> 8 & 0xff) - (int) (color >> 8 & 0xff);
      int blue = (int) (at & 0xff) - (int) (color & 0xff);

      if (ABS (red) + ABS (green) + ABS (blue) < 0x80)
        return TRUE;
    }
  return FALSE;
}

static double
x_of (const Fixture *f, double ms)
{
  return telar_view_x_of (f->timeline, &f->view, ms * MS);
}

static const TelarTheme *
theme_of (const Fixture *f)
{
  return telar_theme_get (f->view.style);
}

static const TelarRow *
queue_row (const Fixture *f)
{
  for (guint i = 0; i < f->lanes.rows->len; i++)
    {
      const TelarRow *row = &g_array_index (f->lanes.rows, TelarRow, i);

      if (row->kind == TELAR_ROW_OBJECT && row->number == QUEUE)
        return row;
    }
  g_assert_not_reached ();
}

static void
assert_words (Fixture *f, double x, double y, TelarHitKind kind, const char *words)
{
  TelarHit hit = telar_hit_timeline (f->timeline, &f->view, x, y);
  g_autofree char *text = telar_hit_describe (f->timeline, &hit);

  g_assert_cmpint (hit.kind, ==, kind);
  if (strstr (text, words) == NULL)
    g_error ("\"%s\" says nothing of \"%s\"", text, words);
}

/* Everywhere in the picture: nothing crashes, and whatever is said is words. */
static void
point_everywhere (Fixture *f)
{
  for (double x = 0; x < f->view.width; x += 23)
    for (double y = 0; y < f->view.height; y += 11)
      {
        TelarHit hit = telar_hit_timeline (f->timeline, &f->view, x, y);
        g_autofree char *text = telar_hit_describe (f->timeline, &hit);

        g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
      }
}

/* Held locks */

static void
add_hold (Fixture *f, guint32 task, guint32 object, gint64 begin, gint64 end, gboolean open)
{
  TelarHold hold = { .begin = begin, .end = end, .object = object, .open = open };

  g_array_append_val (telar_timeline_task (f->timeline, task)->holds, hold);
}

static TelarColor
hold_pixel (Fixture *f, guint32 task, double ms)
{
  const TelarRow *row = telar_lanes_of (&f->lanes, task);

  return pixel (f, x_of (f, ms), (row->y + row->bar_y) / 2);
}

static void
test_holds (Fixture *f, gconstpointer unused)
{
  const TelarRow *row;

  (void) unused;
  add_hold (f, A, LOCK, 10 * MS, 30 * MS, FALSE);
  add_hold (f, B, LOCK, 40 * MS, 100 * MS, TRUE);
  for (int style = TELAR_STYLE_LIGHT; style <= TELAR_STYLE_PRINT; style++)
    {
      TelarFill fill;

      f->view.style = style;
      paint (f);
      fill = telar_object_fill (theme_of (f), LOCK);
      g_assert_cmphex (hold_pixel (f, A, 20), ==, fill.base);
      g_assert_cmphex (hold_pixel (f, A, 29), ==, fill.base);
      g_assert_cmphex (hold_pixel (f, A, 31), !=, fill.base);
      g_assert_cmphex (hold_pixel (f, A, 60), !=, fill.base);
      g_assert_cmphex (hold_pixel (f, B, 20), !=, fill.base);
      g_assert_cmphex (hold_pixel (f, B, 60), ==, fill.base);
    }
  row = telar_lanes_of (&f->lanes, A);
  assert_words (f, x_of (f, 20), (row->y + row->bar_y) / 2, TELAR_HIT_HOLD, "holds lock m");
  row = telar_lanes_of (&f->lanes, B);
  assert_words (f, x_of (f, 60), (row->y + row->bar_y) / 2, TELAR_HIT_HOLD, "never released");
}

/* Thousands in a pixel: each column shows that it was held; and one that is held
 * afterwards is still seen. */
static void
test_many_holds (Fixture *f, gconstpointer unused)
{
  const TelarTheme *theme;

  (void) unused;
  for (gint64 i = 0; i < 40000; i++)
    add_hold (f, A, LOCK, 10 * MS + i * 500, 10 * MS + i * 500 + 200, FALSE);
  add_hold (f, A, LOCK, 40 * MS, 50 * MS, FALSE);
  paint (f);
  theme = theme_of (f);
  for (double x = ceil (x_of (f, 10)) + 2; x < x_of (f, 30) - 2; x++)
    {
      const TelarRow *row = telar_lanes_of (&f->lanes, A);

      g_assert_cmphex (pixel (f, x, (row->y + row->bar_y) / 2), !=, theme->background);
    }
  g_assert_cmphex (hold_pixel (f, A, 35), ==, hold_pixel (f, A, 55));
  g_assert_cmphex (hold_pixel (f, A, 45), ==, telar_object_fill (theme, LOCK).base);
}

/* Levels */

static void
add_level (Fixture *f, gint64 ns, gint64 level)
{
  TelarObjectLane *lane = g_ptr_array_index (f->timeline->objects, QUEUE);
  TelarLevel       one = { ns, level };

  g_array_append_val (lane->levels, one);
  lane->highest = MAX (lane->highest, level);
}

/* Whether the lane is filled at half an item below the level @level. */
static gboolean
is_filled (Fixture *f, double ms, int level)
{
  const TelarRow *row = queue_row (f);
  double y = row->bar_y + row->bar_height - (level - 0.5) * row->bar_height / 4;
  TelarColor base = telar_object_fill (theme_of (f), QUEUE).base;
  TelarColor inside = telar_color_mix (base, theme_of (f)->background, 0.55);

  return pixel (f, x_of (f, ms), y) == inside;
}

static void
test_levels (Fixture *f, gconstpointer unused)
{
  static const int levels[] = { 0, 1, 2, 4, 3, 0, 1 }; /* each for ten ms */
  const TelarRow *row;

  (void) unused;
  for (guint i = 1; i < G_N_ELEMENTS (levels); i++)
    add_level (f, i * 10 * MS, levels[i]);
  for (int style = TELAR_STYLE_LIGHT; style <= TELAR_STYLE_PRINT; style++)
    {
      f->view.style = style;
      paint (f);
      for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
        for (int level = 1; level <= 4; level++)
          g_assert_cmpint (is_filled (f, (i + 0.8) * 10, level), ==, level <= levels[i]);
    }
  row = queue_row (f);
  assert_words (f, x_of (f, 25), row->y + row->height / 2, TELAR_HIT_OBJECT, "2 of 4 at");
  assert_words (f, x_of (f, 35), row->y + row->height / 2, TELAR_HIT_OBJECT, "4 of 4 at");
  assert_words (f, x_of (f, 55), row->y + row->height / 2, TELAR_HIT_OBJECT, "0 of 4 at");
}

/* Ups and downs in a pixel: the highest stands for it, and nothing is left over. */
static void
test_many_levels (Fixture *f, gconstpointer unused)
{
  (void) unused;
  for (gint64 i = 0; i < 50000; i++)
    add_level (f, 20 * MS + i * 400, i % 2 == 0 ? 3 : 0);
  paint (f);
  for (double ms = 21; ms < 39; ms += 0.1)
    {
      g_assert_true (is_filled (f, ms, 1));
      g_assert_false (is_filled (f, ms, 4));
    }
  for (int level = 1; level <= 4; level++)
    {
      g_assert_false (is_filled (f, 15, level));
      g_assert_false (is_filled (f, 80, level));
    }
}

/* Deadlocks */

static TelarDeadlock *
add_deadlock (Fixture *f, gint64 since, gint64 found, gint64 resolved)
{
  TelarDeadlockTask tasks[] = { { A, LOCK, B, TELAR_CAUSE_LOCK, 0 },
                                { B, QUEUE, A, TELAR_CAUSE_EMPTY, 0 } };
  TelarDeadlock *deadlock = g_new0 (TelarDeadlock, 1);

  deadlock->since = since;
  deadlock->found = found;
  deadlock->resolved = resolved;
  deadlock->cycle = TRUE;
  deadlock->tasks = g_array_new (FALSE, FALSE, sizeof (TelarDeadlockTask));
  g_array_append_vals (deadlock->tasks, tasks, G_N_ELEMENTS (tasks));
  g_ptr_array_add (f->timeline->deadlocks, deadlock);
  return deadlock;
}

static void
test_deadlocks (Fixture *f, gconstpointer unused)
{
  (void) unused;
  picture_run_wait (f->run, A, TELAR_WAIT_BLOCKED, TELAR_CAUSE_LOCK, 61 * MS, 98 * MS, B,
                    TELAR_NO_TASK);
  add_deadlock (f, 62 * MS, 70 * MS, 90 * MS);
  for (int style = TELAR_STYLE_LIGHT; style <= TELAR_STYLE_PRINT; style++)
    {
      double y;

      f->view.style = style;
      paint (f);
      y = f->lanes.bottom - 4;
      g_assert_true (is_near (f, x_of (f, 70), y, theme_of (f)->fail));
      g_assert_false (is_near (f, x_of (f, 62), y, theme_of (f)->fail));
      g_assert_false (is_near (f, x_of (f, 90), y, theme_of (f)->fail));
    }
  assert_words (f, x_of (f, 70), f->lanes.bottom - 4, TELAR_HIT_DEADLOCK,
                "a waits for lock m, held by b; b waits for an item in queue q");
  assert_words (f, x_of (f, 70), f->lanes.bottom - 4, TELAR_HIT_DEADLOCK, "resolved at 90");
  /* Whose waits are in it, and until when. */
  g_assert_nonnull (telar_deadlock_of (f->timeline, A, 61 * MS, 98 * MS));
  g_assert_null (telar_deadlock_of (f->timeline, MAIN, 61 * MS, 98 * MS));
  g_assert_null (telar_deadlock_of (f->timeline, A, 30 * MS, 50 * MS));
  g_assert_null (telar_deadlock_of (f->timeline, A, 91 * MS, 98 * MS));
}

/* Two that stand at once, and one told in the same pixel: each is said. */
static void
test_two_deadlocks (Fixture *f, gconstpointer unused)
{
  TelarHit hit;

  (void) unused;
  add_deadlock (f, 20 * MS, 30 * MS, TELAR_NO_TIME);
  add_deadlock (f, 40 * MS, 50 * MS, TELAR_NO_TIME);
  paint (f);
  for (guint i = 0; i < 2; i++)
    {
      double x = x_of (f, 30 + 20 * i);

      g_assert_true (is_near (f, x, f->lanes.bottom - 4, theme_of (f)->fail));
      hit = telar_hit_timeline (f->timeline, &f->view, x, f->lanes.bottom - 4);
      g_assert_cmpint (hit.kind, ==, TELAR_HIT_DEADLOCK);
      g_assert_cmpuint (hit.number, ==, i);
    }
}

/* Arrows */

static guint
count_color (Fixture *f, TelarColor color, double ms0, double ms1)
{
  const TelarRow *first = telar_lanes_of (&f->lanes, A), *last = telar_lanes_of (&f->lanes, B);
  guint n = 0;

  for (double y = first->y; y < last->y + last->height; y++)
    for (double x = floor (x_of (f, ms0)); x < x_of (f, ms1); x++)
      n += pixel (f, x, y) == color;
  return n;
}

/* Those of objects are drawn of the selected task only, unless all are asked for. */
static void
test_arrows (Fixture *f, gconstpointer unused)
{
  static const struct
  {
    guint32 selected;
    TelarShow more;
    gboolean seen;
  } cases[] = { { TELAR_NO_TASK, 0, FALSE }, { MAIN, 0, FALSE }, { B, 0, TRUE },
                { A, 0, TRUE },              { TELAR_NO_TASK, TELAR_SHOW_ARROWS, TRUE } };
  TelarShow show = f->view.show & ~(TelarShow) TELAR_SHOW_ARROWS;

  (void) unused;
  picture_run_arrow (f->run, TELAR_ARROW_RELEASE, A, B, 50 * MS, 51 * MS);
  g_array_index (f->timeline->arrows, TelarArrow, 0).object = LOCK;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      f->view.selected = cases[i].selected;
      f->view.show = show | cases[i].more;
      paint (f);
      g_assert_cmpint (count_color (f, theme_of (f)->accent, 49, 52) > 4, ==, cases[i].seen);
      g_assert_cmpuint (count_color (f, theme_of (f)->accent, 70, 90), ==, 0);
    }
}

/* Contradictions: what is not in the plan, what ends before it begins, what is fuller
 * than full. */
static void
test_broken (Fixture *f, gconstpointer unused)
{
  TelarObjectLane *queue = g_ptr_array_index (f->timeline->objects, QUEUE);
  const TelarRow  *row;

  (void) unused;
  add_hold (f, A, LOCK, 30 * MS, 10 * MS, FALSE);
  add_hold (f, A, 77, 40 * MS, 50 * MS, TRUE);
  add_hold (f, B, LOCK, -5 * MS, G_MAXINT64, TRUE);
  add_hold (f, B, LOCK, G_MININT64 / 2, 20 * MS, FALSE);
  add_level (f, 10 * MS, 1000);
  add_level (f, 20 * MS, -7);
  add_level (f, 15 * MS, G_MAXINT64);
  add_level (f, G_MAXINT64, 2);
  queue->highest = 4;
  picture_run_arrow (f->run, TELAR_ARROW_PASS, B, A, 90 * MS, 10 * MS);
  g_array_index (f->timeline->arrows, TelarArrow, 0).object = 99;
  add_deadlock (f, 90 * MS, 40 * MS, 20 * MS);
  f->view.show |= TELAR_SHOW_ARROWS;
  for (int style = TELAR_STYLE_LIGHT; style <= TELAR_STYLE_PRINT; style++)
    {
      f->view.style = style;
      paint (f);
      point_everywhere (f);
    }
  /* What is above full stays in its lane: the one above shows none of it. */
  row = queue_row (f);
  for (double x = ceil (x_of (f, 11)); x < x_of (f, 14); x++)
    for (double y = row->y - 8; y < row->y; y++)
      {
        TelarColor base = telar_object_fill (theme_of (f), QUEUE).base;

        g_assert_cmphex (pixel (f, x, y), !=,
                         telar_color_mix (base, theme_of (f)->background, 0.55));
      }
  g_assert_true (is_filled (f, 60, 4));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void      (*test) (Fixture *f, gconstpointer unused);
  } tests[] = {
    { "holds", test_holds }, { "many-holds", test_many_holds }, { "levels", test_levels },
    { "many-levels", test_many_levels }, { "deadlocks", test_deadlocks },
    { "two-deadlocks", test_two_deadlocks }, { "arrows", test_arrows }, { "broken", test_broken },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/paint-objects/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
    }
  return g_test_run ();
}
