/* bench-paint.c
 *
 * SPDX-License-Identifier: MIT
 *
 * How long a picture takes: 1920 × 1080, 64 core lanes, labels and patterns
 * included, on an image surface. Times are the median of the painting thread's
 * own CPU time, so that what else the machine does stays out.
 */

#include "config.h"

#include <time.h>

#include "bench-measure.h"
#include "paint/graph-picture.h"
#include "picture-run.h"

#define ROUNDS 15

static double
now_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

typedef void (*Paint) (cairo_t *cr, gconstpointer what, const TelarView *view);

static double
measure (Paint paint, gconstpointer what, TelarView *view)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) view->width,
                                                         (int) view->height);
  cairo_t *cr = cairo_create (surface);
  double times[ROUNDS];

  /* The first one shapes text that later ones find. */
  paint (cr, what, view);
  for (guint i = 0; i < ROUNDS; i++)
    {
      double begin = now_ms ();

      paint (cr, what, view);
      times[i] = now_ms () - begin;
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return bench_median (times, ROUNDS);
}

static void
paint_timeline (cairo_t *cr, gconstpointer what, const TelarView *view)
{
  telar_paint_timeline (cr, what, view);
}

/* A graph, and how it is looked at. */
typedef struct
{
  TelarGraphLayout *layout;
  TelarGraphShow    show;
  TelarMinimap      map;
  double            x, y, scale;
} Look;

static void
paint_graph (cairo_t *cr, gconstpointer what, const TelarView *view)
{
  const Look *look = what;

  telar_paint_graph (cr, look->layout, &look->show, view, look->x, look->y, look->scale);
}

static void
paint_minimap (cairo_t *cr, gconstpointer what, const TelarView *view)
{
  const Look *look = what;

  telar_paint_minimap (cr, &look->map, look->layout, &look->show, view, look->x, look->y,
                       look->scale);
}

static gsize
bytes_of (const TelarPacked *lane)
{
  gsize bytes = lane->tail->len * telar_packed_item_size (lane)
                + lane->blocks->len * sizeof (TelarBlock);

  for (guint i = 0; i < TELAR_PACKED_LEVELS && lane->levels[i] != NULL; i++)
    bytes += lane->levels[i]->len * sizeof (TelarSum);
  for (guint i = lane->n_stored; i < lane->blocks->len; i++)
    bytes += g_array_index (lane->blocks, TelarBlock, i).size;
  return bytes;
}

/* What a slice takes in memory: in its core's lane, in its task's, and the wait
 * before it; index included. */
static void
tell_memory (const TelarTimeline *timeline)
{
  gsize slices = 0, cores = 0, tasks = 0, waits = 0, n_waits = 0;

  for (guint i = 0; i < timeline->cores->len; i++)
    {
      const TelarCoreLane *lane = timeline->cores->pdata[i];

      slices += lane->slices->len;
      cores += bytes_of (lane->slices);
    }
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = timeline->tasks->pdata[i];

      tasks += bytes_of (lane->slices);
      waits += bytes_of (lane->waits);
      n_waits += lane->waits->len;
    }
  g_print ("memory, %8zu slices, %8zu waits: %5.2f bytes a slice (bar: 20): core lanes %.2f, "
           "task lanes %.2f, waits %.2f\n", slices, n_waits,
           (double) (cores + tasks + waits) / (double) slices, (double) cores / (double) slices,
           (double) tasks / (double) slices, (double) waits / (double) slices);
}

/* It is done where the window is: of a frame it may take a part. */
static void
tell_sorting (const TelarTimeline *timeline)
{
  TelarLaneOrder *order = telar_lane_order_new ();
  double longest = 0;

  for (guint sort = 0; sort < TELAR_N_SORTS; sort++)
    {
      double begin = now_ms ();

      order->sort = sort;
      telar_lane_order_apply (order, timeline);
      longest = MAX (longest, now_ms () - begin);
    }
  telar_lane_order_free (order);
  g_print ("sort, %u cores and %u tasks: %.3f ms at most (bar: a frame, 16.7 ms)\n",
           timeline->cores->len, timeline->tasks->len, longest);
}

static double
first_look (const TelarTimeline *timeline, const TelarView *view)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) view->width,
                                                         (int) view->height);
  cairo_t *cr = cairo_create (surface);
  double begin = now_ms ();

  telar_paint_timeline (cr, timeline, view);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return now_ms () - begin;
}

static void
bench_timelines (void)
{
  static const guint sizes[] = { 10000, 100000, 1000000, 10000000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      PictureRun *run = picture_run_random (7, 64, 64, sizes[i]);
      TelarView view;
      double cores, tasks, first;

      telar_view_init (&view, 1920, 1080);
      view.end = picture_run_timeline (run)->wall;
      first = first_look (picture_run_timeline (run), &view);
      cores = measure (paint_timeline, picture_run_timeline (run), &view);
      view.show &= ~TELAR_SHOW_CORES;
      tasks = measure (paint_timeline, picture_run_timeline (run), &view);
      g_print ("paint, 64 lanes, %8u slices: %6.2f ms core lanes, %6.2f ms task lanes%s; first "
               "look %6.1f ms\n", sizes[i], cores, tasks,
               i == 0                        ? " (bar: 8 ms)"
               : i == G_N_ELEMENTS (sizes) - 1 ? " (bar: 8 ms, 1.5 times those of 10,000)" : "",
               first);
      tell_sorting (picture_run_timeline (run));
      tell_memory (picture_run_timeline (run));
      picture_run_free (run);
    }
}

/* Processes, two threads inside every eighth, in a tree; or so that edges lead
 * across all of it. */
static TelarGraph *
make_graph (guint n, gboolean tangled)
{
  TelarGraph *graph = telar_graph_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);
      TelarTask *task = telar_task_new (id, i % 10 < 2 ? TELAR_KIND_THREAD : TELAR_KIND_PROCESS);

      if (i % 10 < 2 && i >= 10)
        task->inside = g_strdup_printf ("p%u", i - i % 10 - 1);
      else if (i >= 10)
        g_ptr_array_add (task->after,
                         g_strdup_printf ("p%u", tangled ? (i - 1) / 30 * 10 + 2 + i % 7
                                                         : i / 30 * 10 + 2 + i / 3 % 8));
      g_ptr_array_add (task->steps, telar_step_new ("square", json_pack ("[[i,i,i,i,i,i]]", 43, 50,
                                                                          5, 98, 34, 35)));
      g_ptr_array_add (graph->tasks, task);
    }
  return graph;
}

static void
keep_positions (TelarGraph *graph, const TelarGraphLayout *layout)
{
  for (guint i = 0; i < graph->tasks->len; i++)
    {
      TelarTask *task = graph->tasks->pdata[i];

      task->has_position = TRUE;
      task->x = layout->boxes[i + 1].x;
      task->y = layout->boxes[i + 1].y;
    }
}

/* From the middle of the layout on; 0.41 is where text is only just shown. */
static void
look_at_middle (Look *look, double scale)
{
  look->scale = scale;
  look->x = -(look->layout->x + look->layout->width / 2) * scale;
  look->y = -(look->layout->y + look->layout->height / 2) * scale;
}

static double
lay_out (TelarGraph *graph, TelarGraphLayout **layout)
{
  double begin = now_ms ();

  *layout = telar_graph_layout_new (graph, NULL);
  return now_ms () - begin;
}

/* What a pointer asks of it while it moves. */
static void
bench_pointer (TelarGraphLayout *layout, guint n)
{
  g_autofree guint8 *marks = g_new0 (guint8, layout->n_tasks);
  const guint32 one[] = { layout->n_tasks / 2 };
  double begin = now_ms (), hit, shift, x, y;

  for (guint i = 0; i < 100; i++)
    telar_graph_hit (layout, marks, layout->x + layout->width * i / 100,
                     layout->y + layout->height * ((i * 37) % 100) / 100, 4);
  hit = (now_ms () - begin) / 100;
  begin = now_ms ();
  for (guint i = 0; i < 100; i++)
    telar_graph_layout_shift (layout, one, 1, i % 2 ? 5 : -5, 3);
  shift = (now_ms () - begin) / 100;
  begin = now_ms ();
  x = layout->boxes[n / 2].x;
  y = layout->boxes[n / 2].y;
  telar_graph_layout_free_place (layout, 0, &x, &y);
  g_print ("graph, %4u tasks: look up %5.3f ms (bar: 0.2), shift %5.3f ms (bar: 1), "
           "free place %5.3f ms\n", n, hit, shift, now_ms () - begin);
}

static void
bench_graphs (void)
{
  static const guint sizes[] = { 100, 1000, 5000, 5000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (TelarGraph) graph = make_graph (sizes[i], i == 3);
      g_autofree guint8 *marks = g_new0 (guint8, sizes[i] + 1);
      Look look = { NULL };
      TelarView view;
      double found, kept, whole, half, near, marked, map;

      found = lay_out (graph, &look.layout);
      keep_positions (graph, look.layout);
      telar_graph_layout_free (look.layout);
      kept = lay_out (graph, &look.layout);
      telar_graph_show_init (&look.show);
      telar_view_init (&view, 1920, 1080);

      telar_graph_fit (look.layout, &view, &look.x, &look.y, &look.scale);
      whole = measure (paint_graph, &look, &view);
      telar_minimap_place (&look.map, look.layout, &view);
      map = measure (paint_minimap, &look, &view);
      look_at_middle (&look, 0.41);
      half = measure (paint_graph, &look, &view);
      look_at_middle (&look, 1);
      near = measure (paint_graph, &look, &view);
      for (guint k = 0; k <= sizes[i]; k++)
        marks[k] = k % 20 == 0                  ? TELAR_GRAPH_SELECTED | TELAR_GRAPH_MOVING
                   : look.layout->boxes[k].frame ? TELAR_GRAPH_TARGET : 0;
      look.show.marks = marks;
      marked = measure (paint_graph, &look, &view);
      g_print ("graph, %4u tasks%s: layout %6.2f ms%s, with positions %5.2f ms%s\n", sizes[i],
               i == 3 ? ", tangled" : "", found, i >= 2 ? " (bar: 60 ms)" : "", kept,
               i >= 2 ? " (bar: 10 ms)" : "");
      g_print ("graph, %4u tasks: paint whole %5.2f ms, at scale 0.41 %5.2f, at 1 %5.2f, dragged "
               "%5.2f%s, minimap %5.2f ms\n", sizes[i], whole, half, near, marked,
               i >= 2 ? " (bar: 8 ms)" : "", map);
      bench_pointer (look.layout, sizes[i]);
      telar_graph_layout_free (look.layout);
    }
}

int
main (void)
{
  bench_graphs ();
  bench_timelines ();
  return 0;
}
