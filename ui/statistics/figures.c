/* figures.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "statistics/figures.h"

#include <glib/gi18n-lib.h>

/* Slices and waits of a stretch between two looks whether to go on: a millisecond. */
#define STEP 65536
#define WHOLE 1000 /* of what is done */

struct _TelarFigures
{
  gatomicrefcount  references;
  TelarTimeline   *timeline;               /* owned */
  TelarStatistics *statistics;             /* owned, nullable: of the whole run… */
  TelarRange      *range;                  /* owned, nullable: …or of a stretch */
  TelarSheet      *sheets[TELAR_N_SHEETS]; /* owned */
};

struct _TelarCounting
{
  GTask               *task;        /* owned, until it is over */
  GCancellable        *cancellable; /* owned */
  gint                *done;        /* g_atomic_rc_box: the thread has one, too */
  TelarFiguresCounted  counted;
  gpointer             data;
};

/* --- Figures --- */

TelarFigures *
telar_figures_new (TelarTimeline    *timeline,
                   gint64            begin,
                   gint64            end,
                   gint64            serial_ns,
                   const TelarWatch *watch)
{
  g_autoptr (TelarStatistics) statistics = NULL;
  g_autoptr (TelarRange)      range = NULL;
  TelarFigures               *figures;

  g_return_val_if_fail (timeline != NULL, NULL);

  if (begin == TELAR_NO_TIME)
    {
      statistics = telar_statistics_new (timeline, serial_ns, watch);
      if (statistics == NULL)
        return NULL;
    }
  else
    {
      range = telar_range_new (timeline, begin, end);
      do
        if (!telar_watch_tell (watch, (double) range->done / (double) MAX (range->all, 1)))
          return NULL;
      while (telar_range_step (range, STEP));
    }

  figures = g_new0 (TelarFigures, 1);
  g_atomic_ref_count_init (&figures->references);
  figures->timeline = telar_timeline_ref (timeline);
  figures->statistics = g_steal_pointer (&statistics);
  figures->range = g_steal_pointer (&range);
  for (guint kind = 0; kind < TELAR_N_SHEETS; kind++)
    figures->sheets[kind] = figures->range
                              ? telar_sheet_new_for_range (figures->range, kind)
                              : telar_sheet_new (timeline, figures->statistics, kind, FALSE);

  return figures;
}

TelarFigures *
telar_figures_ref (TelarFigures *figures)
{
  g_return_val_if_fail (figures != NULL, NULL);

  g_atomic_ref_count_inc (&figures->references);

  return figures;
}

void
telar_figures_unref (TelarFigures *figures)
{
  if (!g_atomic_ref_count_dec (&figures->references))
    return;

  for (guint kind = 0; kind < TELAR_N_SHEETS; kind++)
    telar_sheet_free (figures->sheets[kind]);
  telar_statistics_free (figures->statistics);
  telar_range_free (figures->range);
  telar_timeline_unref (figures->timeline);
  g_free (figures);
}

const TelarSheet *
telar_figures_get_sheet (const TelarFigures *figures,
                         TelarSheetKind      kind)
{
  g_return_val_if_fail (figures != NULL && kind < TELAR_N_SHEETS, NULL);

  return figures->sheets[kind];
}

gboolean
telar_figures_is_part (const TelarFigures *figures)
{
  g_return_val_if_fail (figures != NULL, FALSE);

  return figures->range != NULL;
}

char *
telar_figures_words (const TelarFigures *figures)
{
  g_return_val_if_fail (figures != NULL, NULL);

  return figures->range ? telar_range_title (figures->range)
                        : telar_time_format (figures->statistics->wall_ns);
}

char *
telar_figures_print_csv (const TelarFigures *figures)
{
  g_return_val_if_fail (figures != NULL, NULL);

  return figures->range ? telar_range_csv (figures->range)
                        : telar_statistics_print_csv (figures->timeline, figures->statistics);
}

/* --- In a thread --- */

typedef struct
{
  TelarTimeline *timeline;  /* owned */
  gint64         begin;
  gint64         end;
  gint64         serial_ns;
  gint          *done;      /* owned */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  telar_timeline_unref (order->timeline);
  g_atomic_rc_box_release (order->done);
  g_free (order);
}

static void
tell_done (double   done,
           gpointer data)
{
  Order *order = data;

  g_atomic_int_set (order->done, (gint) (done * WHOLE));
}

static void
count_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Order        *order = data;
  TelarWatch    watch = { .cancellable = cancellable, .progress = tell_done, .data = order };
  TelarFigures *figures = telar_figures_new (order->timeline, order->begin, order->end,
                                             order->serial_ns, &watch);

  g_task_return_pointer (task, figures, (GDestroyNotify) telar_figures_unref);
}

static void
count_over (GObject      *source,
            GAsyncResult *result,
            gpointer      unused)
{
  GTask         *task = G_TASK (result);
  TelarCounting *counting;
  TelarFigures  *figures;

  /* Called off: whoever asked is not there any more. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return;

  counting = g_object_get_data (G_OBJECT (task), "counting");
  g_clear_object (&counting->task);
  figures = g_task_propagate_pointer (task, NULL);
  counting->counted (figures, counting->data);
}

TelarCounting *
telar_counting_new (TelarTimeline       *timeline,
                    gint64               begin,
                    gint64               end,
                    gint64               serial_ns,
                    TelarFiguresCounted  counted,
                    gpointer             data)
{
  TelarCounting *counting;
  Order         *order;

  g_return_val_if_fail (timeline != NULL && counted != NULL, NULL);

  counting = g_new0 (TelarCounting, 1);
  counting->cancellable = g_cancellable_new ();
  counting->done = g_atomic_rc_box_new0 (gint);
  counting->counted = counted;
  counting->data = data;

  order = g_new0 (Order, 1);
  order->timeline = telar_timeline_ref (timeline);
  order->begin = begin;
  order->end = end;
  order->serial_ns = serial_ns;
  order->done = g_atomic_rc_box_acquire (counting->done);

  counting->task = g_task_new (NULL, counting->cancellable, count_over, NULL);
  g_object_set_data (G_OBJECT (counting->task), "counting", counting);
  g_task_set_task_data (counting->task, order, order_free);
  g_task_run_in_thread (counting->task, count_in_thread);

  return counting;
}

double
telar_counting_get_done (TelarCounting *counting)
{
  g_return_val_if_fail (counting != NULL, 0);

  return (double) g_atomic_int_get (counting->done) / WHOLE;
}

void
telar_counting_free (TelarCounting *counting)
{
  if (counting == NULL)
    return;

  if (counting->task)
    g_cancellable_cancel (counting->cancellable);
  g_clear_object (&counting->task);
  g_clear_object (&counting->cancellable);
  g_atomic_rc_box_release (counting->done);
  g_free (counting);
}
