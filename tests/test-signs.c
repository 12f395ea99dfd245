/* test-signs.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Signs in a picture of shapes: those that look alike are one path, none of them is
 * missing, and what must be seen lies on top.
 */

#include "config.h"

#include <cairo-svg.h>
#include <string.h>

#include "paint/paint-private.h"
#include "picture-run.h"

#define MS    G_GINT64_CONSTANT (1000000)
#define US    G_GINT64_CONSTANT (1000)
#define TASKS 25
/* Of a pin, whatever its colour. */
#define DOT   { NULL, 0, "linecap:round", "dasharray" }

static cairo_status_t
append (void *data, const unsigned char *bytes, unsigned int n)
{
  g_string_append_len (data, (const char *) bytes, n);
  return CAIRO_STATUS_SUCCESS;
}

/* The lanes of its tasks, as cairo writes them. */
static char *
write_svg (const TelarTimeline *timeline)
{
  GString *svg = g_string_new (NULL);
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append, svg, 1600, 1600);
  cairo_t *cr = cairo_create (surface);
  TelarView view;

  telar_view_init (&view, 1600, 1600);
  view.show = TELAR_SHOW_TASKS;
  view.end = (double) timeline->wall;
  telar_paint_timeline (cr, timeline, &view);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_string_free (svg, FALSE);
}

/* Cairo writes colours in parts of a hundred, with many digits. */
static gboolean
has_style (const char *path, const char *what, TelarColor color)
{
  g_autofree char *begin = g_strdup_printf ("%s:rgb(", what);
  const char *at = strstr (path, begin);
  double parts[3];

  if (at == NULL)
    return FALSE;
  at += strlen (begin);
  for (guint i = 0; i < 3; i++)
    {
      char *end;

      parts[i] = g_ascii_strtod (at, &end);
      at = end + 2;
    }
  for (guint i = 0; i < 3; i++)
    if (ABS (parts[i] - (double) (color >> (16 - 8 * i) & 255) / 2.55) > 0.01)
      return FALSE;
  return TRUE;
}

typedef struct
{
  const char *what;  /* (nullable): "fill" or "stroke", of… */
  TelarColor  color;
  const char *with, *without; /* (nullable): of the style */
} Look;

/* How many @parts ("M": begun, "Z": closed) the paths have that look so.
 *
 * @paths: (out): how many paths
 * @last: (out): where the last of them is in @svg */
static guint
count (const char *svg, const Look *look, const char *part, guint *paths, gsize *last)
{
  /* What patterns are made of is no sign. */
  const char *body = g_strrstr (svg, "</defs>");
  guint n = 0;

  *paths = 0;
  *last = 0;
  for (const char *at = body != NULL ? body : svg; (at = strstr (at, "<path ")) != NULL; at++)
    {
      g_autofree char *path = g_strndup (at, (gsize) (strchr (at, '>') - at));

      if ((look->what != NULL && !has_style (path, look->what, look->color))
          || (look->with != NULL && strstr (path, look->with) == NULL)
          || (look->without != NULL && strstr (path, look->without) != NULL))
        continue;
      ++*paths;
      *last = (gsize) (at - svg);
      for (const char *in = strstr (path, " d="); (in = strstr (in, part)) != NULL; in++)
        n++;
    }
  return n;
}

/* Each task is due, waits, has a long and a short slice, ends and is joined. */
static PictureRun *
make_run (void)
{
  PictureRun *run = picture_run_new ("Signs", 2);

  for (guint i = 1; i <= TASKS; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);

      picture_run_task (run, 0, TELAR_KIND_PROCESS, id, "busy", "busy(1)");
    }
  picture_run_timeline (run);
  for (guint32 i = 1; i <= TASKS; i++)
    {
      gint64 begin = 10 * MS + i * MS;

      picture_run_wait (run, i, TELAR_WAIT_DUE, TELAR_CAUSE_NONE, begin - 8 * MS, begin,
                        TELAR_NO_TASK, TELAR_NO_TASK);
      picture_run_slice (run, i, 0, begin, begin + 5 * MS);
      picture_run_slice (run, i, 0, begin + 15 * MS, begin + 15 * MS + US);
      picture_run_wait (run, i, TELAR_WAIT_ENDED, TELAR_CAUSE_NONE, begin + 30 * MS,
                        begin + 60 * MS, TELAR_NO_TASK, TELAR_NO_TASK);
      picture_run_life (run, i, begin, begin + 30 * MS, begin + 60 * MS, 0);
    }
  picture_run_life (run, 0, 0, 100 * MS, TELAR_NO_TIME, 0);
  picture_run_now (run, 100 * MS, TRUE);
  return run;
}

static void
test_alike (void)
{
  const TelarTheme *theme = telar_theme_get (TELAR_STYLE_LIGHT);
  const struct { Look look; const char *part; guint n, most; } signs[] = {
    { { "fill", theme->start, NULL, NULL }, "Z", 2 * TASKS, 1 },  /* a pole and a cloth each */
    { { "fill", theme->mark, NULL, NULL }, "Z", TASKS, 1 },       /* the squares of ends */
    { { "stroke", theme->mark, NULL, "dasharray" }, "Z", TASKS, 1 }, /* diamonds of joins */
    { { "stroke", theme->mark, "dasharray:0", NULL }, "L", TASKS, 1 }, /* ended, not joined */
    { { "stroke", theme->hatch, "dasharray:4", NULL }, "Z", TASKS, 1 }, /* due */
    { DOT, "L", TASKS, 16 }, /* heads of pins, in the colours of tasks */
  };
  PictureRun *run = make_run ();
  g_autofree char *svg = write_svg (picture_run_timeline (run));

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      guint paths;
      gsize last;
      guint n = count (svg, &signs[i].look, signs[i].part, &paths, &last);

      g_test_message ("%u: %u in %u", i, n, paths);
      g_assert_cmpuint (n, ==, signs[i].n);
      g_assert_cmpuint (paths, >=, 1);
      g_assert_cmpuint (paths, <=, signs[i].most);
    }
  picture_run_free (run);
}

/* A pin of a call right before its parent fails lies at the same place as the failure. */
static void
test_failure_on_top (void)
{
  const TelarTheme *theme = telar_theme_get (TELAR_STYLE_LIGHT);
  const Look failure = { "fill", theme->fail, NULL, NULL };
  const Look dot = DOT;
  PictureRun *run = picture_run_new ("Failure", 2);
  guint32 call = picture_run_task (run, 0, TELAR_KIND_CALL, "done", "print", "print(1)");
  g_autofree char *svg = NULL;
  gsize last_failure, last_dot;
  guint paths;

  picture_run_timeline (run);
  picture_run_slice (run, 0, 0, 0, 40 * MS);
  picture_run_slice (run, call, 0, 90 * MS - 30 * US, 90 * MS - 10 * US);
  picture_run_life (run, call, 90 * MS - 30 * US, 90 * MS - 10 * US, TELAR_NO_TIME, 0);
  picture_run_life (run, 0, 0, 90 * MS, TELAR_NO_TIME, 1);
  picture_run_now (run, 100 * MS, TRUE);
  svg = write_svg (picture_run_timeline (run));
  count (svg, &failure, "M", &paths, &last_failure);
  g_assert_cmpuint (paths, >=, 1);
  count (svg, &dot, "M", &paths, &last_dot);
  g_assert_cmpuint (paths, >=, 1);
  g_assert_cmpuint (last_failure, >, last_dot);
  picture_run_free (run);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/signs/alike", test_alike);
  g_test_add_func ("/signs/failure-on-top", test_failure_on_top);

  return g_test_run ();
}
