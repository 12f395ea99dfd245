/* strips.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A large picture from top to bottom: some strips are painted at the same time, each
 * by a thread with texts and cells of its own, while who asked for them takes those
 * that are done, in their order. No more of them exist than that needs.
 */

#include "config.h"

#include "paint/strips.h"

#define MOST_THREADS 8
#define LEAST_ROWS   512 /* below, fonts cost a thread more than it saves */

typedef struct
{
  int              top, rows;
  cairo_surface_t *surface; /* owned; NULL until it is painted */
  cairo_status_t   status;
} Strip;

typedef struct
{
  int             width;
  double          scale;
  TelarStripPaint paint;
  gpointer        data;
  GMutex          mutex;    /* of the strips' surfaces, and the condition */
  GCond           painted;
} Work;

static void
paint_strip (gpointer item, gpointer data)
{
  Strip *strip = item;
  Work *work = data;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, work->width,
                                                         strip->rows);
  cairo_status_t status;
  cairo_t *cr;

  cairo_surface_set_device_scale (surface, work->scale, work->scale);
  /* Not by a translation: what is put on whole pixels stays where it is in the whole. */
  cairo_surface_set_device_offset (surface, 0, -strip->top);
  cr = cairo_create (surface);
  work->paint (cr, work->data);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  g_mutex_lock (&work->mutex);
  strip->surface = surface;
  strip->status = status;
  g_cond_signal (&work->painted);
  g_mutex_unlock (&work->mutex);
}

static void
await (Work *work, const Strip *strip)
{
  g_mutex_lock (&work->mutex);
  while (strip->surface == NULL)
    g_cond_wait (&work->painted, &work->mutex);
  g_mutex_unlock (&work->mutex);
}

int
telar_strips_rows (int width, int height, gint64 pixels)
{
  int threads = (int) CLAMP (g_get_num_processors (), 1, MOST_THREADS);
  int most = (int) CLAMP (pixels / (threads + 1) / width, 1, height);

  return MIN (most, MAX ((height + threads - 1) / threads, LEAST_ROWS));
}

cairo_status_t
telar_strips_paint (int width, int height, double scale, int rows, TelarStripPaint paint,
                    TelarStripTake take, gpointer data)
{
  Work work = { .width = width, .scale = scale, .paint = paint, .data = data };
  guint n = (guint) ((height + rows - 1) / rows), asked = 0;
  guint threads = MIN (CLAMP (g_get_num_processors (), 1, MOST_THREADS), n);
  g_autofree Strip *strips = g_new0 (Strip, n);
  cairo_status_t status = CAIRO_STATUS_SUCCESS;
  gboolean go_on = TRUE;
  GThreadPool *pool;

  g_return_val_if_fail (width > 0 && height > 0 && rows > 0, CAIRO_STATUS_INVALID_SIZE);

  g_mutex_init (&work.mutex);
  g_cond_init (&work.painted);
  /* Its own threads: they end with it, and what they kept goes with them. */
  pool = g_thread_pool_new (paint_strip, &work, (gint) threads, TRUE, NULL);
  for (guint i = 0; i < n && go_on; i++)
    {
      for (; asked < n && asked <= i + threads; asked++)
        {
          strips[asked].top = (int) asked * rows;
          strips[asked].rows = MIN (rows, height - strips[asked].top);
          g_thread_pool_push (pool, &strips[asked], NULL);
        }
      await (&work, &strips[i]);
      status = strips[i].status;
      go_on = status == CAIRO_STATUS_SUCCESS
              && take (strips[i].surface, strips[i].top, strips[i].rows, data);
      g_clear_pointer (&strips[i].surface, cairo_surface_destroy);
    }
  g_thread_pool_free (pool, TRUE, TRUE);
  for (guint i = 0; i < asked; i++)
    g_clear_pointer (&strips[i].surface, cairo_surface_destroy);
  g_mutex_clear (&work.mutex);
  g_cond_clear (&work.painted);
  return status;
}
