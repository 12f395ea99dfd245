/* test-bookmarks-paint.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Bookmarks on a picture: a flag and a line where their moment is, nothing of
 * them elsewhere or when they are not shown, and the same answer to the pointer.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "paint/paint-private.h"
#include "painted.h"
#include "picture-run.h"

#define MS 1e6

typedef struct
{
  PictureRun    *run;
  TelarTimeline *timeline;
  TelarView      view;
  TelarLanes     lanes;
} Picture;

static void
picture_init (Picture *picture)
{
  TelarTextStyle text = { .family = NULL };

  memset (picture, 0, sizeof *picture);
  picture->run = picture_run_design ();
  picture->timeline = picture_run_timeline (picture->run);
  telar_view_init (&picture->view, 1200, 560);
  picture->view.end = picture->timeline->wall;
  telar_lanes_init (&picture->lanes, picture->timeline, &picture->view, &text);
}

static void
picture_clear (Picture *picture)
{
  telar_lanes_clear (&picture->lanes);
  picture_run_free (picture->run);
}

static guint32
pixel (cairo_surface_t *surface, int x, int y)
{
  guint32 color;

  memcpy (&color,
          cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface)
            + x * 4, 4);
  return color & 0xffffff;
}

/* How many pixels of a part, from and to x and y, are not the same. */
static guint
differing (cairo_surface_t *a, cairo_surface_t *b, double left, double right, double top,
           double bottom)
{
  guint n = 0;

  for (int y = (int) top; y < (int) bottom; y++)
    for (int x = (int) left; x < (int) right; x++)
      n += pixel (a, x, y) != pixel (b, x, y);
  return n;
}

static double
x_of (const Picture *picture, double ms)
{
  return telar_lanes_x (&picture->lanes, ms * MS);
}

static guint
add (Picture *picture, double ms, const char *text)
{
  return telar_bookmarks_add (picture->timeline->bookmarks, (gint64) (ms * MS), TELAR_NO_TASK,
                              text);
}

/* Where it was made the pointer rests: its time lies beside the flag and the text. */
static void
test_pointer (void)
{
  Picture picture;
  const TelarLanes *lanes = &picture.lanes;
  cairo_surface_t *without, *with;
  double x;

  picture_init (&picture);
  x = x_of (&picture, 40);
  add (&picture, 40, "the middle of it");
  without = painted_new (picture.timeline, &picture.view);
  picture.view.pointer_x = x;
  picture.view.pointer_y = lanes->top + 40;
  with = painted_new (picture.timeline, &picture.view);
  /* All but the line of the pointer, at the foot of the flag. */
  g_assert_cmpuint (differing (without, with, x + 2, x + 120, 0, lanes->top - 1), ==, 0);
  g_assert_cmpuint (differing (without, with, x - 80, x - 4, 0, lanes->top - 1), >, 500);
  cairo_surface_destroy (without);
  cairo_surface_destroy (with);
  picture_clear (&picture);
}

/* In each style: the flag in its colour, the line below it, and only there. */
static void
test_flag (void)
{
  Picture picture;
  const TelarLanes *lanes = &picture.lanes;
  double x;

  picture_init (&picture);
  x = x_of (&picture, 40);
  for (int style = TELAR_STYLE_LIGHT; style <= TELAR_STYLE_PRINT; style++)
    {
      cairo_surface_t *without, *with, *hidden;
      TelarPalette palette;
      guint id;

      picture.view.style = style;
      telar_palette_init (&palette, picture.timeline->plan, style);
      without = painted_new (picture.timeline, &picture.view);
      id = add (&picture, 40, "");
      with = painted_new (picture.timeline, &picture.view);
      picture.view.show &= ~TELAR_SHOW_BOOKMARKS;
      hidden = painted_new (picture.timeline, &picture.view);
      picture.view.show |= TELAR_SHOW_BOOKMARKS;

      g_assert_cmphex (pixel (with, (int) x + 3, (int) (lanes->title_height + 10.5)), ==,
                       palette.theme->accent);
      g_assert_cmpuint (differing (without, with, x - 2, x + 3, lanes->top, lanes->bottom), >,
                        (lanes->bottom - lanes->top) / 2);
      g_assert_cmpuint (differing (without, with, 0, x - 2, lanes->top, 560), ==, 0);
      g_assert_cmpuint (differing (without, with, x + 3, 1200, lanes->top, 560), ==, 0);
      g_assert_cmpuint (differing (without, with, 0, 1200, 0, lanes->title_height), ==, 0);
      g_assert_cmpuint (differing (without, hidden, 0, 1200, 0, 560), ==, 0);

      g_assert_true (telar_bookmarks_remove (picture.timeline->bookmarks, id));
      cairo_surface_destroy (without);
      cairo_surface_destroy (with);
      cairo_surface_destroy (hidden);
      telar_palette_clear (&palette);
    }
  picture_clear (&picture);
}

/* A text is beside its flag where the next one leaves room, and ends before that. */
static void
test_texts (void)
{
  static const struct { double next; gboolean seen; } cases[] = { { 70, TRUE }, { 41, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Picture picture;
      cairo_surface_t *bare, *named;
      double x, next;
      guint id;

      picture_init (&picture);
      x = x_of (&picture, 40);
      next = x_of (&picture, cases[i].next);
      add (&picture, cases[i].next, "");
      id = add (&picture, 40, "");
      bare = painted_new (picture.timeline, &picture.view);
      telar_bookmarks_set_text (picture.timeline->bookmarks, id,
                                "a text that is far too long for the room that is left to it, and "
                                "goes on and on");
      named = painted_new (picture.timeline, &picture.view);
      g_assert_true ((differing (bare, named, x + 13, next - 2, picture.lanes.title_height,
                                 picture.lanes.top) > 50) == cases[i].seen);
      g_assert_cmpuint (differing (bare, named, next - 2, next + 12, picture.lanes.title_height,
                                   picture.lanes.top), ==, 0);
      cairo_surface_destroy (bare);
      cairo_surface_destroy (named);
      picture_clear (&picture);
    }
}

/* What is left or right of the picture has no flag, and cannot be pointed at. */
static void
test_outside (void)
{
  Picture picture;
  TelarTextStyle text = { .family = NULL };
  cairo_surface_t *without, *with;

  picture_init (&picture);
  telar_lanes_clear (&picture.lanes);
  picture.view.begin = (gint64) (20 * MS);
  picture.view.end = (gint64) (50 * MS);
  telar_lanes_init (&picture.lanes, picture.timeline, &picture.view, &text);
  without = painted_new (picture.timeline, &picture.view);
  /* Where the names of the lanes are; a flag there would be seen. */
  add (&picture, 18, "before");
  g_assert_cmpfloat (x_of (&picture, 18), >, 10);
  g_assert_cmpfloat (x_of (&picture, 18), <, picture.lanes.left - 10);
  add (&picture, 70, "after");
  with = painted_new (picture.timeline, &picture.view);
  g_assert_cmpuint (differing (without, with, 0, 1200, 0, 560), ==, 0);
  for (int x = 0; x < 1200; x++)
    g_assert_cmpint (telar_hit_timeline (picture.timeline, &picture.view, x,
                                         picture.lanes.top - 8).kind, !=, TELAR_HIT_BOOKMARK);
  cairo_surface_destroy (without);
  cairo_surface_destroy (with);
  picture_clear (&picture);
}

static TelarHit
hit (const Picture *picture, double x, double y)
{
  return telar_hit_timeline (picture->timeline, &picture->view, x, y);
}

/* The flag and a little around it, on the ruler alone; of two the one on top. */
static void
test_hit (void)
{
  Picture picture;
  double x, y;
  guint first, second;
  TelarHit found;

  picture_init (&picture);
  second = add (&picture, 40.2, "second");
  first = add (&picture, 40, "first");
  x = x_of (&picture, 40);
  y = (picture.lanes.title_height + picture.lanes.top) / 2;
  g_assert_cmpfloat (x_of (&picture, 40.2) - x, <, 9);

  found = hit (&picture, x + 4, y);
  g_assert_cmpint (found.kind, ==, TELAR_HIT_BOOKMARK);
  g_assert_cmpuint (found.number, ==, first);
  g_assert_cmpint (found.begin, ==, (gint64) (40 * MS));
  g_assert_cmpint (found.end, ==, found.begin);
  g_assert_cmpint (hit (&picture, x - 2.5, y).kind, ==, TELAR_HIT_BOOKMARK);
  g_assert_cmpint (hit (&picture, x - 4, y).kind, ==, TELAR_HIT_RULER);
  found = hit (&picture, x + 12.5, y);
  g_assert_cmpint (found.kind, ==, TELAR_HIT_BOOKMARK);
  g_assert_cmpuint (found.number, ==, second);
  g_assert_cmpint (hit (&picture, x_of (&picture, 40.2) + 13, y).kind, ==, TELAR_HIT_RULER);
  g_assert_cmpint (hit (&picture, x + 4, picture.lanes.top + 1).kind, !=, TELAR_HIT_BOOKMARK);

  telar_bookmarks_remove (picture.timeline->bookmarks, first);
  g_assert_cmpuint (hit (&picture, x_of (&picture, 40.2) + 4, y).number, ==, second);
  picture.view.show &= ~TELAR_SHOW_BOOKMARKS;
  g_assert_cmpint (hit (&picture, x_of (&picture, 40.2) + 4, y).kind, ==, TELAR_HIT_RULER);
  picture_clear (&picture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bookmarks-paint/flag", test_flag);
  g_test_add_func ("/bookmarks-paint/pointer", test_pointer);
  g_test_add_func ("/bookmarks-paint/texts", test_texts);
  g_test_add_func ("/bookmarks-paint/outside", test_outside);
  g_test_add_func ("/bookmarks-paint/hit", test_hit);
  return g_test_run ();
}
