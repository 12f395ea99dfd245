/* test-paint.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The painter on surfaces of its own: pixels at known places, nothing lost,
 * labels apart, and the same answer to the pointer as to the eye.
 */

#include "config.h"

#include <cairo-svg.h>
#include <math.h>
#include <string.h>

#include "paint/paint-private.h"
#include "painted.h"
#include "picture-run.h"

typedef struct
{
  PictureRun      *run;
  TelarTimeline   *timeline;
  TelarView        view;
  TelarLanes       lanes;
  TelarPalette     palette;
  cairo_surface_t *surface;
} Picture;

static void
picture_init (Picture *picture, PictureRun *run, double width, double height)
{
  memset (picture, 0, sizeof *picture);
  picture->run = run;
  picture->timeline = picture_run_timeline (run);
  telar_view_init (&picture->view, width, height);
  picture->view.end = picture->timeline->wall;
}

static void
picture_paint (Picture *picture)
{
  TelarTextStyle text = { .family = NULL };

  telar_lanes_init (&picture->lanes, picture->timeline, &picture->view, &text);
  telar_palette_init (&picture->palette, picture->timeline->plan, picture->view.style);
  picture->surface = painted_new (picture->timeline, &picture->view);
}

static void
picture_unpaint (Picture *picture)
{
  g_clear_pointer (&picture->surface, cairo_surface_destroy);
  telar_lanes_clear (&picture->lanes);
  telar_palette_clear (&picture->palette);
}

static void
picture_clear (Picture *picture)
{
  picture_unpaint (picture);
  picture_run_free (picture->run);
}

static TelarColor
pixel (const Picture *picture, double x, double y)
{
  const guchar *data = cairo_image_surface_get_data (picture->surface);
  int stride = cairo_image_surface_get_stride (picture->surface);
  guint32 color;

  g_assert_cmpint ((int) x, >=, 0);
  g_assert_cmpint ((int) x, <, (int) picture->view.width);
  memcpy (&color, data + (int) y * stride + (int) x * 4, 4);
  return color & 0xffffff;
}

/* Whether the fill's ground or ink is at, or right beside, (x, y). */
static gboolean
shows (const Picture *picture, const TelarFill *fill, double x, double y)
{
  for (int dy = -1; dy <= 1; dy++)
    for (int dx = -1; dx <= 1; dx++)
      {
        TelarColor color = pixel (picture, x + dx, y + dy);

        if (color == fill->base || color == fill->ink || color == fill->edge)
          return TRUE;
      }
  return FALSE;
}

static const TelarRow *
core_row (const Picture *picture, guint core)
{
  for (guint i = 0; i < picture->lanes.rows->len; i++)
    {
      const TelarRow *row = &g_array_index (picture->lanes.rows, TelarRow, i);

      if (row->kind == TELAR_ROW_CORE && row->number == core)
        return row;
    }
  g_assert_not_reached ();
}

static void
test_pixels (void)
{
  static const struct { guint32 task; guint core; double ms;
  } places[] = {
    { 1, 1, 20 }, { 2, 0, 10 }, { 3, 0, 30 },   { 3, 1, 60 },
    { 4, 0, 55 }, { 5, 1, 80 }, { 0, 1, 38.9 },
  };
  Picture picture;

  picture_init (&picture, picture_run_design (), 1200, 560);
  for (int style = TELAR_STYLE_LIGHT; style <= TELAR_STYLE_PRINT; style++)
    {
      picture.view.style = style;
      picture_paint (&picture);
      for (guint i = 0; i < G_N_ELEMENTS (places); i++)
        {
          TelarFill fill = telar_palette_fill (&picture.palette, places[i].task, NULL);
          double x = telar_view_x_of (picture.timeline, &picture.view, places[i].ms * 1e6);
          const TelarRow *row = core_row (&picture, places[i].core);

          g_assert_true (shows (&picture, &fill, x, row->bar_y + row->bar_height - 3));
          row = telar_lanes_of (&picture.lanes, places[i].task);
          g_assert_true (shows (&picture, &fill, x, row->bar_y + row->bar_height - 3));
        }
      /* Core 0 was not this run's from 60 to 66 ms; ready is hollow. */
      {
        const TelarRow *row = core_row (&picture, 0);
        double x = telar_view_x_of (picture.timeline, &picture.view, 63e6);

        g_assert_cmphex (pixel (&picture, x, row->bar_y + 10), ==,
                         picture.palette.theme->background);
        row = telar_lanes_of (&picture.lanes, 3);
        x = telar_view_x_of (picture.timeline, &picture.view, 8e6);
        g_assert_cmphex (pixel (&picture, x, row->bar_y + row->bar_height / 2), ==,
                         picture.palette.theme->background);
      }
      picture_unpaint (&picture);
    }
  picture_clear (&picture);
}

/* Every visible slice is in exactly one shape; in the picture, something is in
 * its column. */
static void
check_nothing_lost (Picture *picture)
{
  TelarShapes shapes;

  telar_shapes_init (&shapes);
  for (guint i = 0; i < picture->lanes.rows->len; i++)
    {
      const TelarRow *row = &g_array_index (picture->lanes.rows, TelarRow, i);
      const TelarSlices *slices;
      guint n = 0, at = 0;

      if (row->kind == TELAR_ROW_CORE)
        slices = ((TelarCoreLane *) picture->timeline->cores->pdata[row->number])->slices;
      else if (row->kind == TELAR_ROW_TASK)
        slices = ((TelarTaskLane *) picture->timeline->tasks->pdata[row->number])->slices;
      else
        continue;
      telar_shapes_fill (&shapes, &picture->lanes, slices);
      for (guint k = 0; k < shapes.shapes->len; k++)
        {
          const TelarShape *shape = &g_array_index (shapes.shapes, TelarShape, k);

          n += shape->count;
          g_assert_cmpfloat (shape->x0, <=, shape->x1);
          if (shape->kind == TELAR_SHAPE_BAR)
            {
              g_assert_cmpuint (shape->count, ==, 1);
              g_assert_cmpfloat (shape->x1 - shape->x0, >=, picture->lanes.small);
            }
        }
      for (guint k = 0; k < slices->len; k++)
        {
          const TelarSlice one = telar_slices_at (slices, k), *slice = &one;
          double x0 = telar_lanes_x (&picture->lanes, slice->begin);
          double x1 = telar_lanes_x (&picture->lanes, slice->end);
          gboolean found = FALSE;

          if (x1 <= picture->lanes.left || x0 >= picture->lanes.width - 1)
            continue;
          at++;
          for (guint j = 0; j < shapes.shapes->len && !found; j++)
            {
              const TelarShape *shape = &g_array_index (shapes.shapes, TelarShape, j);
              found = shape->begin <= slice->begin && shape->end >= slice->end
                      && (shape->kind != TELAR_SHAPE_BAR || shape->task == slice->task);
            }
          g_assert_true (found);
          if (row->kind != TELAR_ROW_CORE || row->y + row->height > picture->lanes.bottom
              || row->y < picture->lanes.top)
            continue;
          found = FALSE;
          /* Columns keep to their grid: at most a pixel away. */
          for (double x = MAX (floor (x0) - 1, picture->lanes.left);
               x <= MIN (floor (x1) + 1, picture->view.width - 1) && !found; x++)
            for (double y = ceil (row->bar_y); y < row->bar_y + row->bar_height && !found; y++)
              {
                TelarColor color = pixel (picture, x, y);
                found = color != picture->palette.theme->background
                        && color != picture->palette.theme->grid
                        && color != picture->palette.theme->beyond;
              }
          g_assert_true (found);
        }
      g_assert_cmpuint (n, >=, at);
    }
  telar_shapes_clear (&shapes);
}

static void
test_nothing_lost (void)
{
  static const guint sizes[] = { 50, 400, 3000, 12000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint zoom = 0; zoom < 3; zoom++)
      {
        Picture picture;

        picture_init (&picture, picture_run_random (100 + i, 4, 9, sizes[i]), 800, 420);
        picture.view.show &= ~TELAR_SHOW_NOW;
        picture.view.presenting = zoom == 1;
        if (zoom == 2)
          {
            picture.view.begin = picture.timeline->wall * 0.31;
            picture.view.end = picture.timeline->wall * 0.37;
          }
        picture_paint (&picture);
        check_nothing_lost (&picture);
        picture_clear (&picture);
      }
}

/* The pointer and the eye agree. */
/* While a view moves, what was a column stays that column: same task, same height. */
static void
test_scrolling (void)
{
  for (guint32 seed = 0; seed < 6; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      PictureRun *run = picture_run_random (seed, 2, 6, 60000);
      TelarTimeline *timeline = picture_run_timeline (run);
      const TelarSlices *slices = ((TelarCoreLane *) timeline->cores->pdata[0])->slices;
      TelarView view;
      TelarTextStyle text = { .family = NULL };
      double span = (double) timeline->wall * g_rand_double_range (random, 0.02, 0.9);
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                           g_free);
      guint n_again = 0;

      g_test_message ("seed %u", seed);
      telar_view_init (&view, 900, 400);
      for (guint i = 0; i < 40; i++)
        {
          double begin = (double) (timeline->wall - (gint64) span) * 0.5
                         + span * 0.002 * i * g_rand_double (random);
          TelarLanes lanes;
          TelarShapes shapes;

          view.begin = begin;
          view.end = begin + span;
          telar_lanes_init (&lanes, timeline, &view, &text);
          telar_shapes_init (&shapes);
          telar_shapes_fill (&shapes, &lanes, slices);
          for (guint k = 0; k < shapes.columns->len; k++)
            {
              TelarColumn column = g_array_index (shapes.columns, TelarColumn, k), *before;
              gint64 at = (gint64) floor (telar_lanes_column_ns (&lanes, column.x) * lanes.per_ns
                                          + 0.5);

              if (column.x < lanes.left || column.x >= lanes.width - 1)
                continue;
              before = g_hash_table_lookup (seen, &at);
              if (before == NULL)
                {
                  g_hash_table_insert (seen, g_memdup2 (&at, sizeof at),
                                       g_memdup2 (&column, sizeof column));
                  continue;
                }
              n_again++;
              g_assert_cmpuint (before->task, ==, column.task);
              g_assert_cmpfloat_with_epsilon (before->share, column.share, 1e-3);
            }
          telar_shapes_clear (&shapes);
          telar_lanes_clear (&lanes);
        }
      g_assert_cmpuint (n_again, >, 1000);
      picture_run_free (run);
    }
}

/* Who has most of the columns of a shape, as many as there may be. */
static guint32
busiest (const TelarShapes *shapes, const TelarShape *shape)
{
  double share[64] = { 0 };
  guint32 most = 0;

  for (guint i = 0; i < shape->n_columns; i++)
    {
      const TelarColumn *column = &g_array_index (shapes->columns, TelarColumn,
                                                  shape->first_column + i);

      g_assert_cmpuint (column->task, <, G_N_ELEMENTS (share));
      share[column->task] += MAX (column->share, 1e-9);
    }
  for (guint32 task = 1; task < G_N_ELEMENTS (share); task++)
    if (share[task] > share[most])
      most = task;
  return most;
}

static void
test_hit_slices (void)
{
  Picture picture;
  TelarShapes shapes;
  guint n_bars = 0, n_pins = 0;

  telar_shapes_init (&shapes);
  picture_init (&picture, picture_run_random (5, 4, 7, 700), 900, 640);
  picture_paint (&picture);
  for (guint core = 0; core < 4; core++)
    {
      const TelarRow *row = core_row (&picture, core);
      double y = row->bar_y + row->bar_height / 2;

      telar_shapes_fill (&shapes, &picture.lanes,
                         ((TelarCoreLane *) picture.timeline->cores->pdata[core])->slices);
      for (guint i = 0; i < shapes.shapes->len; i++)
        {
          const TelarShape *shape = &g_array_index (shapes.shapes, TelarShape, i);
          double x = (shape->x0 + shape->x1) / 2;
          TelarHit hit = telar_hit_timeline (picture.timeline, &picture.view, x, y);
          g_autofree char *text = telar_hit_describe (picture.timeline, &hit);

          g_assert_nonnull (text);
          if (shape->kind == TELAR_SHAPE_BAR && hit.kind == TELAR_HIT_SLICE)
            {
              g_assert_cmpuint (hit.task, ==, shape->task);
              g_assert_cmpint (hit.begin, ==, shape->begin);
              g_assert_cmpint (hit.end, ==, shape->end);
              g_assert_cmpuint (hit.number, ==, core);
              n_bars++;
            }
          else if (hit.kind == TELAR_HIT_SLICE)
            {
              /* A bar among the columns. */
              g_assert_cmpint (shape->kind, ==, TELAR_SHAPE_DENSE);
              g_assert_cmpint (hit.begin, >=, shape->begin);
              g_assert_cmpint (hit.end, <=, shape->end);
            }
          else
            {
              /* A pin beside a bar may be nearer. */
              g_assert_cmpint (hit.kind, ==, TELAR_HIT_PIN);
              g_assert_cmpuint (hit.count, >=, 1);
              if (shape->kind == TELAR_SHAPE_DENSE && hit.begin == shape->begin)
                g_assert_cmpuint (hit.task, ==, busiest (&shapes, shape));
              n_pins++;
            }
        }
    }
  g_assert_cmpuint (n_bars, >, 50);
  g_assert_cmpuint (n_pins, >, 10);
  telar_shapes_clear (&shapes);
  picture_clear (&picture);
}

static void
assert_hit (const Picture *picture, double ms, guint32 lane, double share, TelarHitKind kind,
            const char *says)
{
  double x = telar_view_x_of (picture->timeline, &picture->view, ms * 1e6);
  const TelarRow *row = telar_lanes_of (&picture->lanes, lane);
  TelarHit hit = telar_hit_timeline (picture->timeline, &picture->view, x,
                                     row->bar_y + share * row->bar_height);
  g_autofree char *text = telar_hit_describe (picture->timeline, &hit);

  if (hit.kind != kind || (says != NULL && (text == NULL || strstr (text, says) == NULL)))
    g_error ("%g ms in lane %u: kind %d (wanted %d), \"%s\" (wanted \"%s\")", ms, lane, hit.kind,
             kind, text, says);
}

static void
test_hit_kinds (void)
{
  Picture picture;
  TelarHit hit;
  double y;

  picture_init (&picture, picture_run_design (), 1300, 600);
  picture_paint (&picture);
  assert_hit (&picture, 20, 1, 0.5, TELAR_HIT_SLICE, "on core 1");
  assert_hit (&picture, 20, 1, 0.5, TELAR_HIT_SLICE, "square([43, 50, …])");
  assert_hit (&picture, 30, 0, 0.5, TELAR_HIT_WAIT, "join p1");
  assert_hit (&picture, 30, 2, 0.5, TELAR_HIT_WAIT, "t1, t2");
  assert_hit (&picture, 8, 3, 0.5, TELAR_HIT_WAIT, "ready");
  assert_hit (&picture, 1.05, 1, -0.3, TELAR_HIT_MARKER, "started at");
  assert_hit (&picture, 38.9, 1, 1.15, TELAR_HIT_MARKER, "joined at");
  assert_hit (&picture, 70, 1, 0.5, TELAR_HIT_TASK_LANE, "process, inside main");
  assert_hit (&picture, 39.3, 1, 0.5, TELAR_HIT_ARROW, "main starts p3");

  hit = telar_hit_timeline (picture.timeline, &picture.view, 600, 10);
  g_assert_cmpint (hit.kind, ==, TELAR_HIT_RULER);
  y = core_row (&picture, 0)->y + 5;
  hit = telar_hit_timeline (picture.timeline, &picture.view, 20, y);
  g_assert_cmpint (hit.kind, ==, TELAR_HIT_CORE_LANE);
  {
    g_autofree char *text = telar_hit_describe (picture.timeline, &hit);
    g_assert_nonnull (strstr (text, "Empty means: not this run"));
  }
  hit = telar_hit_timeline (picture.timeline, &picture.view, 600, picture.view.height - 5);
  g_assert_cmpint (hit.kind, ==, TELAR_HIT_NOTHING);
  g_assert_null (telar_hit_describe (picture.timeline, &hit));
  picture_clear (&picture);
}

/* Texts of a picture, as its SVG carries them. */
typedef struct
{
  double x, baseline, width, size;
  char   text[80];
} Label;

static cairo_status_t
discard (void *closure, const unsigned char *data, unsigned int length)
{
  return CAIRO_STATUS_SUCCESS;
}

static GArray *
get_labels (const TelarTimeline *timeline, const TelarView *view)
{
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (discard, NULL, view->width,
                                                                  view->height);
  TelarTextCollector collector = { g_string_new (NULL) };
  GArray *labels = g_array_new (FALSE, TRUE, sizeof (Label));
  cairo_t *cr;
  g_auto (GStrv) lines = NULL;

  telar_text_collect (surface, &collector);
  cr = cairo_create (surface);
  telar_paint_timeline (cr, timeline, view);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  lines = g_strsplit (collector.elements->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      Label label = { .x = 0 };
      const char *length = strstr (lines[i], "textLength=\"");
      const char *size = strstr (lines[i], "font-size=\"");
      const char *text = strchr (lines[i], '>');

      g_assert_cmpint (sscanf (lines[i], "<text x=\"%lf\" y=\"%lf\"", &label.x, &label.baseline),
                       ==, 2);
      g_assert_cmpint (sscanf (length, "textLength=\"%lf\"", &label.width), ==, 1);
      g_assert_cmpint (sscanf (size, "font-size=\"%lf\"", &label.size), ==, 1);
      g_strlcpy (label.text, text + 1, sizeof label.text);
      g_array_append_val (labels, label);
    }
  g_string_free (collector.elements, TRUE);
  return labels;
}

static gboolean
has_label (const TelarTimeline *timeline, const TelarView *view, const char *part)
{
  g_autoptr (GArray) labels = get_labels (timeline, view);

  for (guint i = 0; i < labels->len; i++)
    if (strstr (g_array_index (labels, Label, i).text, part) != NULL)
      return TRUE;
  return FALSE;
}

/* No two texts share a place, none leaves the picture. */
static void
check_labels (const TelarTimeline *timeline, const TelarView *view)
{
  g_autoptr (GArray) labels = get_labels (timeline, view);

  for (guint i = 0; i < labels->len; i++)
    {
      const Label *a = &g_array_index (labels, Label, i);

      g_assert_cmpfloat (a->x, >=, -1);
      g_assert_cmpfloat (a->x + a->width, <=, view->width + 1);
      for (guint k = i + 1; k < labels->len; k++)
        {
          const Label *b = &g_array_index (labels, Label, k);

          if (a->x + a->width > b->x + 0.5 && b->x + b->width > a->x + 0.5
              && fabs (a->baseline - b->baseline) < 0.6 * MIN (a->size, b->size))
            g_error ("\"%s\" and \"%s\" overlap near (%.0f, %.0f)", a->text, b->text, b->x,
                     b->baseline);
        }
    }
}

static void
test_labels (void)
{
  static const int widths[] = { 480, 640, 960, 1400 };
  PictureRun *runs[] = { picture_run_design (), picture_run_short (), picture_run_failures (),
                         picture_run_random (9, 4, 12, 300),
                         picture_run_random (10, 16, 40, 2000) };

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      TelarTimeline *timeline = picture_run_timeline (runs[i]);

      for (guint k = 0; k < G_N_ELEMENTS (widths); k++)
        {
          TelarView view;

          telar_view_init (&view, widths[k], 900);
          view.end = timeline->wall;
          check_labels (timeline, &view);
          view.text = 17;
          view.begin = timeline->wall * 0.2;
          view.end = timeline->wall * 0.5;
          view.scroll = 33;
          check_labels (timeline, &view);
        }
      picture_run_free (runs[i]);
    }
}

static void
test_words (void)
{
  PictureRun *run = picture_run_new ("Nothing yet", 2);
  TelarView view;

  telar_view_init (&view, 1100, 700);
  g_assert_true (has_label (NULL, &view, "Press Run: nothing measured yet"));
  g_assert_true (has_label (picture_run_timeline (run), &view, "Press Run"));
  picture_run_free (run);

  run = picture_run_failures ();
  view.end = picture_run_timeline (run)->wall;
  g_assert_true (has_label (picture_run_timeline (run), &view, "segmentation fault"));
  g_assert_true (has_label (picture_run_timeline (run), &view, "could not start"));
  g_assert_true (has_label (picture_run_timeline (run), &view, "not started"));
  g_assert_true (has_label (picture_run_timeline (run), &view, "39 records lost"));
  g_assert_true (has_label (picture_run_timeline (run), &view, "start–join 200 µs"));
  g_assert_false (has_label (picture_run_timeline (run), &view, "sampled"));

  /* Sampled says so, and how often, legend or not. */
  picture_run_timeline (run)->begun.source = TELAR_SOURCE_SAMPLED;
  picture_run_timeline (run)->begun.period_ns = 5000000;
  view.show &= ~TELAR_SHOW_LEGEND;
  for (view.width = 300; view.width < 1300; view.width += 400)
    g_assert_true (has_label (picture_run_timeline (run), &view, "5 ms"));
  picture_run_free (run);

  /* Without any record of slices the lanes still say what is known. */
  run = picture_run_new ("Off", 2);
  picture_run_task (run, 0, TELAR_KIND_PROCESS, "p1", "busy", "busy(5)");
  picture_run_life (run, 1, 1000000, 7000000, 8000000, 0);
  {
    TelarTaskLane *task = picture_run_timeline (run)->tasks->pdata[1];

    task->run = 1200000;
    task->cpu_ns = 52000;
  }
  picture_run_timeline (run)->begun.source = TELAR_SOURCE_OFF;
  picture_run_now (run, 9000000, TRUE);
  view.show |= TELAR_SHOW_LEGEND;
  view.end = 9e6;
  g_assert_true (has_label (picture_run_timeline (run), &view, "ran within, 52 µs CPU"));
  g_assert_true (has_label (picture_run_timeline (run), &view, "slices were not recorded"));
  picture_run_free (run);

  run = picture_run_design ();
  view.show |= TELAR_SHOW_LEGEND;
  view.width = 1379;
  view.end = 100e6;
  g_assert_true (has_label (picture_run_timeline (run), &view, "1.9 of 2 cores in use"));
  g_assert_true (has_label (picture_run_timeline (run), &view, "93 % this run"));
  g_assert_true (has_label (picture_run_timeline (run), &view, "waits: join p1"));
  g_assert_true (has_label (picture_run_timeline (run), &view, "84 ms"));
  g_assert_false (has_label (picture_run_timeline (run), &view, "80 ms"));
  picture_run_free (run);
}

/* A failure among a thousand pixels of success is seen at every zoom. */
static void
test_failure_stays (void)
{
  Picture picture;

  picture_init (&picture, picture_run_failures (), 700, 520);
  for (double end = 42e6; end < 1e13; end *= 30)
    {
      const TelarRow *row;
      guint n = 0;

      picture.view.end = end;
      picture_paint (&picture);
      row = telar_lanes_of (&picture.lanes, 2);
      for (double y = row->y; y < row->y + row->height; y++)
        for (double x = picture.lanes.left - 7; x < picture.view.width; x++)
          n += pixel (&picture, x, y) == picture.palette.theme->fail;
      g_assert_cmpuint (n, >, 10);
      picture_unpaint (&picture);
    }
  picture_clear (&picture);
}

/* Each of many copies leaves a mark in their lane, and a failure among them too. */
static void
test_copies (void)
{
  PictureRun *run = picture_run_new ("Copies", 2);
  const TelarRow *row;
  Picture picture;
  TelarHit hit;
  guint n_failed = 0;

  for (guint i = 1; i <= 60; i++)
    {
      g_autofree char *id = g_strdup_printf ("w.%u", i);
      picture_run_task (run, 0, TELAR_KIND_PROCESS, id, "busy", "busy(1)");
    }
  for (gint64 i = 1; i <= 60; i++)
    {
      picture_run_slice (run, (guint32) i, i % 2, i * 1000000, i * 1000000 + 300);
      picture_run_life (run, (guint32) i, i * 1000000 - 500, i * 1000000 + 300,
                        i * 1000000 + 600, i == 33 ? -11 : 0);
    }
  picture_run_now (run, 62000000, TRUE);
  picture_init (&picture, run, 900, 400);
  picture_paint (&picture);
  row = telar_lanes_of (&picture.lanes, 17);
  for (guint i = 1; i <= 60; i++)
    {
      double x = telar_view_x_of (picture.timeline, &picture.view, i * 1e6);

      g_assert_cmphex (pixel (&picture, floor (x), row->bar_y + row->bar_height - 1), !=,
                       picture.palette.theme->background);
    }
  for (double y = row->y; y < row->y + row->height; y++)
    for (double x = picture.lanes.left; x < picture.view.width; x++)
      n_failed += pixel (&picture, x, y) == picture.palette.theme->fail;
  g_assert_cmpuint (n_failed, >, 10);

  hit = telar_hit_timeline (picture.timeline, &picture.view, 500, row->y + row->height / 2);
  g_assert_cmpint (hit.kind, ==, TELAR_HIT_COPIES);
  g_assert_cmpuint (hit.task, ==, 1);
  g_assert_cmpuint (hit.count, ==, 60);
  {
    g_autofree char *text = telar_hit_describe (picture.timeline, &hit);

    g_assert_true (g_str_has_prefix (text, "w\n"));
    g_assert_nonnull (strstr (text, "60 copies"));
    g_assert_nonnull (strstr (text, "1 failed · 59 joined"));
  }
  picture_clear (&picture);
}

/* Hostile views: nothing crashes, nothing asserts, cairo stays sound. */
static void
test_odd_views (void)
{
  static const struct { double begin, end, width, height, text; } views[] = {
    { 0, 0, 800, 400, 12 },          { 5e6, 5e6 + 0.001, 800, 400, 12 },
    { -1e12, 1e12, 800, 400, 12 },   { 1e15, 2e15, 800, 400, 12 },
    { 0, 84e6, 1, 1, 12 },           { 0, 84e6, 60, 3000, 40 },
    { 0, 84e6, 3000, 20, 5 },        { 84e6, 0, 500, 400, 12 },
  };
  Picture picture;

  picture_init (&picture, picture_run_design (), 800, 400);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      picture.view.begin = views[i].begin;
      picture.view.end = views[i].end;
      picture.view.width = views[i].width;
      picture.view.height = views[i].height;
      picture.view.text = views[i].text;
      picture_paint (&picture);
      for (double x = 0; x < views[i].width; x += 17)
        for (double y = 0; y < views[i].height; y += 13)
          {
            TelarHit hit = telar_hit_timeline (picture.timeline, &picture.view, x, y);
            g_free (telar_hit_describe (picture.timeline, &hit));
          }
      picture_unpaint (&picture);
    }
  picture_clear (&picture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paint/pixels", test_pixels);
  g_test_add_func ("/paint/nothing-lost", test_nothing_lost);
  g_test_add_func ("/paint/scrolling", test_scrolling);
  g_test_add_func ("/paint/hit-slices", test_hit_slices);
  g_test_add_func ("/paint/hit-kinds", test_hit_kinds);
  g_test_add_func ("/paint/labels", test_labels);
  g_test_add_func ("/paint/words", test_words);
  g_test_add_func ("/paint/failure-stays", test_failure_stays);
  g_test_add_func ("/paint/copies", test_copies);
  g_test_add_func ("/paint/odd-views", test_odd_views);
  return g_test_run ();
}
