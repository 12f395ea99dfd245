/* bench-arrange.c
 *
 * SPDX-License-Identifier: MIT
 *
 * How long automatic layout takes, from the call to the callback: by layers of
 * our own, and by dot with all that starting it costs. Medians.
 */

#include "config.h"

#include "arrange-text.h"
#include "bench-measure.h"

#define ROUNDS 5

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
bench (guint n, guint n_frames, guint n_edges, TelarArrangeMethod method)
{
  static const char *const names[] = { "auto", "dot", "layers" };
  g_autoptr (TelarMadeLayout) made = telar_made_layout_new_random (7, n, n_frames, n_edges);
  double times[ROUNDS], width = 0, height = 0;
  TelarArrangeMethod used = method;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GArray) found = NULL;
      gint64 begin = g_get_monotonic_time ();

      telar_arrange_async (made->items, made->edges, method, NULL, on_done, &result);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      times[i] = (g_get_monotonic_time () - begin) / 1e3;
      found = telar_arrange_finish (result, &used, NULL);
      width = telar_made_items (found)->width;
      height = telar_made_items (found)->height;
    }
  g_print ("%5u tasks %4u frames %6u edges  %-7s %9.1f ms  %7.0f x %.0f%s\n", n, n_frames, n_edges,
           names[method], bench_median (times, ROUNDS), width, height,
           used != method ? "  (late: by layers)" : "");
}

int
main (void)
{
  static const struct
  {
    guint n, n_frames, n_edges;
    gboolean dot;
  } rows[] = {
    { 30, 4, 30, TRUE },      { 100, 0, 150, TRUE },    { 100, 15, 120, TRUE },
    { 1000, 0, 2000, TRUE },  { 1000, 100, 1500, TRUE }, { 5000, 0, 10000, FALSE },
    { 5000, 500, 10000, FALSE }, { 5000, 0, 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (rows[i].dot)
        bench (rows[i].n, rows[i].n_frames, rows[i].n_edges, TELAR_ARRANGE_DOT);
      bench (rows[i].n, rows[i].n_frames, rows[i].n_edges, TELAR_ARRANGE_LAYERS);
    }
  g_print ("(5,000 tasks: bar 2,000 ms)\n");
  return 0;
}
