/* timeline-view-critical.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The critical path of a run that is over, counted in a thread when it is asked
 * for and kept for as long as the run is shown.
 */

#include "timeline-view/timeline-view-private.h"

static void
count (GTask        *task,
       gpointer      source,
       gpointer      data,
       GCancellable *cancellable)
{
  TelarWatch       watch = { .cancellable = cancellable };
  TelarStatistics *statistics = telar_statistics_new (data, 0, &watch);

  if (statistics)
    g_task_return_pointer (task, statistics, (GDestroyNotify) telar_statistics_free);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "called off");
}

static void
counted (GObject      *source,
         GAsyncResult *result,
         gpointer      unused)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (source);
  TelarStatistics   *statistics = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Another run is shown, and nobody waits for this one. */
  if (g_task_get_cancellable (G_TASK (result)) != self->counting)
    {
      g_clear_pointer (&statistics, telar_statistics_free);
      return;
    }

  g_clear_object (&self->counting);
  self->statistics = statistics;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  telar_timeline_view_moved (self);
}

void
telar_timeline_view_critical_clear (TelarTimelineView *self)
{
  if (self->counting)
    g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_pointer (&self->statistics, telar_statistics_free);
}

void
telar_timeline_view_critical_ensure (TelarTimelineView *self)
{
  g_autoptr (GTask) task = NULL;

  if (!self->critical || self->statistics || self->counting || self->timeline == NULL
      || !self->timeline->finished || self->live)
    return;

  self->counting = g_cancellable_new ();
  task = g_task_new (self, self->counting, counted, NULL);
  g_task_set_task_data (task, telar_timeline_ref (self->timeline),
                        (GDestroyNotify) telar_timeline_unref);
  g_task_run_in_thread (task, count);
}
