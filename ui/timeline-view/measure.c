/* measure.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "timeline-view/measure.h"

#include <glib/gi18n-lib.h>

/* So many cores and tasks are named; a line takes no more. */
#define MOST_NAMED 4

/* --- Edges --- */

static gint64
next_of (const TelarSlices *slices,
         gint64             ns,
         int                way)
{
  guint      at;
  TelarSlice slice;

  /* The first one that ends after now, or (looking back) now or later. */
  at = telar_slices_find (slices, way > 0 ? ns : ns - 1);
  if (way > 0)
    {
      if (at >= slices->len)
        return TELAR_NO_TIME;
      slice = telar_slices_at (slices, at);

      return slice.begin > ns ? slice.begin : slice.end;
    }

  if (at < slices->len)
    {
      slice = telar_slices_at (slices, at);
      if (slice.begin < ns)
        return slice.begin;
    }

  return at > 0 ? telar_slices_at (slices, at - 1).end : TELAR_NO_TIME;
}

gint64
telar_measure_next (const TelarTimeline *timeline,
                    guint32              task,
                    gint64               ns,
                    int                  way)
{
  gint64 best = TELAR_NO_TIME;

  g_return_val_if_fail (timeline != NULL, TELAR_NO_TIME);

  if (task < timeline->tasks->len)
    return next_of (((TelarTaskLane *) g_ptr_array_index (timeline->tasks, task))->slices, ns, way);

  for (guint i = 0; i < timeline->cores->len; i++)
    {
      const TelarCoreLane *core = g_ptr_array_index (timeline->cores, i);
      gint64               edge = next_of (core->slices, ns, way);

      if (edge != TELAR_NO_TIME
          && (best == TELAR_NO_TIME || (way > 0 ? edge < best : edge > best)))
        best = edge;
    }

  return best;
}

gint64
telar_measure_snap (const TelarTimeline *timeline,
                    guint32              task,
                    gint64               ns,
                    gint64               reach)
{
  gint64 later = telar_measure_next (timeline, task, ns - 1, 1);
  gint64 earlier = telar_measure_next (timeline, task, ns + 1, -1);

  if (later != TELAR_NO_TIME && later - ns > reach)
    later = TELAR_NO_TIME;
  if (earlier != TELAR_NO_TIME && ns - earlier > reach)
    earlier = TELAR_NO_TIME;

  if (earlier == TELAR_NO_TIME && later == TELAR_NO_TIME)
    return ns;
  if (earlier == TELAR_NO_TIME || (later != TELAR_NO_TIME && later - ns < ns - earlier))
    return later;

  return earlier;
}

/* --- Totals --- */

typedef struct
{
  guint  number;
  gint64 busy;
} Total;

static int
compare_totals (gconstpointer a,
                gconstpointer b)
{
  const Total *x = a, *y = b;

  if (x->busy != y->busy)
    return x->busy < y->busy ? 1 : -1;

  return x->number < y->number ? -1 : x->number > y->number;
}

static void
add_total (GArray            *totals,
           guint              number,
           const TelarSlices *slices,
           gint64             begin,
           gint64             end)
{
  Total total = { number, telar_packed_sum (slices, begin, end).busy };

  if (total.busy > 0)
    g_array_append_val (totals, total);
}

static void
append_more (GString      *text,
             const GArray *totals)
{
  if (totals->len > MOST_NAMED)
    {
      g_string_append (text, ", ");
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%u more", "%u more",
                                                 totals->len - MOST_NAMED),
                              totals->len - MOST_NAMED);
    }
}

char *
telar_measure_words (const TelarTimeline *timeline,
                     gint64               a,
                     gint64               b)
{
  gint64            begin = MIN (a, b), end = MAX (a, b);
  g_autofree char  *length = telar_time_format (end - begin);
  g_autofree char  *from = telar_time_format (begin);
  g_autofree char  *to = telar_time_format (end);
  g_autoptr (GArray) cores = g_array_new (FALSE, FALSE, sizeof (Total));
  g_autoptr (GArray) tasks = g_array_new (FALSE, FALSE, sizeof (Total));
  GString          *text = g_string_new (NULL);

  g_string_append_printf (text, _("%s, from %s to %s"), length, from, to);
  for (guint i = 0; i < timeline->cores->len; i++)
    add_total (cores, i, ((TelarCoreLane *) g_ptr_array_index (timeline->cores, i))->slices, begin,
               end);
  for (guint i = 0; i < timeline->tasks->len; i++)
    add_total (tasks, i, ((TelarTaskLane *) g_ptr_array_index (timeline->tasks, i))->slices, begin,
               end);
  g_array_sort (cores, compare_totals);
  g_array_sort (tasks, compare_totals);

  for (guint i = 0; i < MIN (cores->len, MOST_NAMED); i++)
    {
      const Total         *total = &g_array_index (cores, Total, i);
      const TelarCoreLane *core = g_ptr_array_index (timeline->cores, total->number);

      g_string_append (text, i == 0 ? " · " : ", ");
      g_string_append_printf (text, _("core %d %.0f %%"), core->number,
                              100.0 * (double) total->busy / (double) MAX (end - begin, 1));
    }
  append_more (text, cores);

  for (guint i = 0; i < MIN (tasks->len, MOST_NAMED); i++)
    {
      const Total         *total = &g_array_index (tasks, Total, i);
      const TelarTaskLane *task = g_ptr_array_index (timeline->tasks, total->number);
      g_autofree char     *busy = telar_time_format (total->busy);

      g_string_append_printf (text, "%s%s %s", i == 0 ? " · " : ", ", task->id, busy);
    }
  append_more (text, tasks);
  if (end > begin && cores->len == 0)
    g_string_append_printf (text, " · %s", _("nobody on a core"));

  return g_string_free (text, FALSE);
}
