/* graph-pool-rows.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What a pool's node says: how many workers there are and how many of them are
 * busy; unfolded, a lane for each, in the colour that it has on the timeline.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "paint/graph-private.h"
#include "paint/pool-workers.h"

#define TEXT_AT    42.0
#define NAME_AT    36.0
#define SWATCH     11.0
#define SWATCH_AT  16.0
#define END        12.0 /* right of all text */
#define NAME_LEAST 70.0

/* In the colours of the run, if it has one: workers that took the place of others have
 * their own there. */
static const TelarFill *
get_fill (TelarGraphPainter *painter, guint pool, guint row, const TelarWorker *worker)
{
  if (worker != NULL)
    {
      if (painter->of_run.fills == NULL)
        telar_palette_init (&painter->of_run, painter->show->timeline->plan, painter->view->style);
      return &painter->of_run.fills[MIN (worker->task, painter->of_run.n_fills - 1)];
    }
  return &painter->palette.fills[painter->layout->n_tasks
                                 + telar_graph_count_workers (painter->layout, pool) + row];
}

/* Full: busy; half: starting; hollow: waits, or has not begun; a bar: it has ended. States
 * differ in shape, not in colour alone. */
static void
paint_swatch (TelarGraphPainter *painter, const TelarFill *fill, const TelarWorker *worker,
              double x, double y)
{
  cairo_t *cr = painter->cr;
  double scale = painter->scale, size = SWATCH * scale;
  double left = telar_graph_x (painter, x), top = telar_graph_y (painter, y);
  TelarWorkerState state = worker != NULL ? worker->state : TELAR_WORKER_NOT_YET;
  double part = state == TELAR_WORKER_BUSY ? 1 : state == TELAR_WORKER_STARTING ? 0.5
                : state >= TELAR_WORKER_ENDED ? 0.3 : 0;
  double dashes[] = { 2 * scale, 2 * scale };

  if (part > 0)
    {
      cairo_rectangle (cr, left, top + (1 - part) * size, size, part * size);
      telar_fill_path (cr, fill, 8 * scale, left, top);
    }
  cairo_rectangle (cr, left, top, size, size);
  telar_color_set (cr, state == TELAR_WORKER_FAILED ? painter->theme->fail : fill->edge);
  cairo_set_line_width (cr, MAX (1.3 * scale, 0.7));
  if (state == TELAR_WORKER_NOT_YET)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
paint_text (TelarGraphPainter *painter, const char *id, const TelarWorker *worker,
            const char *kind, double x, double y, double width)
{
  const TelarTheme *theme = painter->theme;
  double begin = x + NAME_AT, end = x + width - END, chunks = 0;
  double name = MIN (telar_graph_text_width (painter, id, TELAR_GRAPH_CALL_SIZE, TELAR_TEXT_BOLD),
                     width * 0.4);
  g_autofree char *state = worker != NULL
                             ? telar_worker_describe (painter->show->timeline, worker)
                             : g_strdup (kind);
  TelarColor color = worker == NULL || worker->state == TELAR_WORKER_NOT_YET ? theme->dim
                     : worker->state == TELAR_WORKER_BUSY ? theme->start
                     : worker->state == TELAR_WORKER_FAILED ? theme->fail : theme->text;

  telar_graph_draw_text (painter, id, begin, y + 14.5, TELAR_GRAPH_CALL_SIZE, TELAR_TEXT_BOLD,
                         name + 0.5, theme->text);
  begin += MAX (name, NAME_LEAST) + 10;
  if (worker != NULL && worker->chunks > 0)
    {
      g_autofree char *done = telar_worker_describe_chunks (worker);

      chunks = telar_graph_text_width (painter, done, TELAR_GRAPH_SMALL_SIZE, TELAR_TEXT_NORMAL);
      telar_graph_draw_text_right (painter, done, end, y + 14.5, TELAR_GRAPH_SMALL_SIZE,
                                   TELAR_TEXT_NORMAL, chunks + 0.5, theme->dim);
      chunks += 10;
    }
  if (worker != NULL && worker->before != TELAR_NO_TASK)
    {
      g_autofree char *words = telar_worker_describe_place (painter->show->timeline, worker);
      double least = telar_graph_text_width (painter, state, TELAR_GRAPH_SMALL_SIZE,
                                             TELAR_TEXT_NORMAL) + 10;
      double taken = telar_graph_text_width (painter, words, TELAR_GRAPH_SMALL_SIZE,
                                             TELAR_TEXT_NORMAL);

      /* What it does goes before. */
      if (end - begin - chunks - least >= taken)
        {
          telar_graph_draw_text (painter, words, begin + least, y + 14.5, TELAR_GRAPH_SMALL_SIZE,
                                 TELAR_TEXT_NORMAL, taken + 0.5, theme->dim);
        }
    }
  telar_graph_draw_text (painter, state, begin, y + 14.5, TELAR_GRAPH_SMALL_SIZE,
                         TELAR_TEXT_NORMAL, end - begin - chunks, color);
}

static void
paint_lit (TelarGraphPainter *painter, double x, double y, double width, double height)
{
  cairo_t *cr = painter->cr;
  const TelarTheme *theme = painter->theme;

  cairo_rectangle (cr, telar_graph_x (painter, x), telar_graph_y (painter, y),
                   width * painter->scale, height * painter->scale);
  telar_color_set (cr, telar_color_mix (theme->panel, theme->accent, 0.16));
  cairo_fill (cr);
  cairo_rectangle (cr, telar_graph_x (painter, x), telar_graph_y (painter, y), 3 * painter->scale,
                   height * painter->scale);
  telar_color_set (cr, theme->accent);
  cairo_fill (cr);
}

static void
paint_rows (TelarGraphPainter *painter, guint pool, const GArray *workers)
{
  const TelarGraphLayout *layout = painter->layout;
  const TelarObject *object = g_ptr_array_index (layout->graph->objects, pool);
  const char *given = telar_object_text (object, "kind");
  const char *kind = telar_graph_kind_name (given != NULL && telar_kind_parse (given)
                                              == TELAR_KIND_THREAD ? TELAR_KIND_THREAD
                                                                   : TELAR_KIND_PROCESS);
  guint n = layout->first_lanes[pool + 1] - layout->first_lanes[pool];
  double x, y, width, height;

  for (guint row = 0; row < n; row++)
    {
      const TelarWorker *worker = workers != NULL && row < workers->len
                                    ? &g_array_index (workers, TelarWorker, row) : NULL;
      g_autofree char *id = NULL;

      telar_graph_lane_place (layout, pool, row, &x, &y, &width, &height);
      if (telar_graph_y (painter, y) > painter->bottom
          || telar_graph_y (painter, y + height) < painter->top)
        continue;
      if (telar_graph_lane_is_cut (layout, pool, row))
        {
          guint rest = layout->n_workers[pool] - row;

          id = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "… %u more", "… %u more", rest), rest);
          if (!painter->small)
            telar_graph_draw_text (painter, id, x + NAME_AT, y + 14.5, TELAR_GRAPH_SMALL_SIZE,
                                   TELAR_TEXT_NORMAL, width - NAME_AT - END, painter->theme->dim);
          continue;
        }
      id = worker != NULL ? g_strdup (telar_timeline_task (painter->show->timeline,
                                                           worker->task)->id)
                          : g_strdup_printf ("%s.%u", object->id, row + 1);
      if (worker != NULL && worker->task == painter->show->worker)
        paint_lit (painter, x, y, width, height);
      paint_swatch (painter, get_fill (painter, pool, row, worker), worker, x + SWATCH_AT,
                    y + (height - SWATCH) / 2);
      if (!painter->small)
        paint_text (painter, id, worker, kind, x, y, width);
    }
}

static void
paint_header (TelarGraphPainter *painter, guint pool, const GArray *workers)
{
  const TelarGraphBox *box = &painter->layout->objects[pool];
  const TelarObject *object = g_ptr_array_index (painter->layout->graph->objects, pool);
  double room = box->width - TEXT_AT - TELAR_GRAPH_TRIANGLE;
  g_autofree char *count = workers != NULL ? telar_workers_describe (workers, FALSE)
                                           : telar_workers_count (painter->layout->n_workers[pool]);
  g_autofree char *text = workers != NULL
                            ? g_steal_pointer (&count)
                            : g_strdup_printf ("%s · %s", telar_object_type_name (object->type),
                                               count);

  /* How many workers there are is seen when it is unfolded; what they did is news. */
  if (workers != NULL
      && telar_graph_text_width (painter, text, TELAR_GRAPH_SMALL_SIZE, TELAR_TEXT_NORMAL) > room)
    {
      g_free (text);
      text = telar_workers_describe (workers, TRUE);
    }
  telar_graph_draw_text (painter, object->id, box->x + TEXT_AT, box->y + 20, 13.5, TELAR_TEXT_BOLD,
                         room, painter->theme->text);
  telar_graph_draw_text (painter, text, box->x + TEXT_AT, box->y + 37, TELAR_GRAPH_SMALL_SIZE,
                         TELAR_TEXT_NORMAL, room, painter->theme->dim);
  telar_paint_graph_triangle (painter, box->x + box->width - TELAR_GRAPH_TRIANGLE / 2,
                              box->y + TELAR_GRAPH_OBJECT_HEIGHT / 2, box->unfolded);
}

void
telar_paint_graph_pool (TelarGraphPainter *painter, guint pool)
{
  const TelarGraphBox *box = &painter->layout->objects[pool];
  const TelarObject *object = g_ptr_array_index (painter->layout->graph->objects, pool);
  TelarTimeline *timeline = (TelarTimeline *) painter->show->timeline;
  g_autoptr (GArray) workers = NULL;
  guint32 number = timeline != NULL && !telar_timeline_is_empty (timeline)
                     ? telar_pool_find (timeline, object->id) : TELAR_NO_OBJECT;

  if (number != TELAR_NO_OBJECT)
    workers = telar_pool_workers_new (timeline, number, painter->show->moment);
  if (!painter->small)
    paint_header (painter, pool, workers);
  if (!box->unfolded)
    return;
  telar_color_set (painter->cr, painter->theme->grid);
  cairo_rectangle (painter->cr, telar_graph_x (painter, box->x + 1),
                   telar_graph_y (painter, box->y + TELAR_GRAPH_OBJECT_HEIGHT - 2),
                   (box->width - 2) * painter->scale, painter->scale);
  cairo_fill (painter->cr);
  paint_rows (painter, pool, workers);
}
