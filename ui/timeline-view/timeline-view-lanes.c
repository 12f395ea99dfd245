/* timeline-view-lanes.c
 *
 * SPDX-License-Identifier: MIT
 *
 * One unpainted child a task: "p1 square: process, joined, exit 0, 37 ms on a
 * core", where its lane is. Focus on a child selects its task.
 */

#include "config.h"

#include "timeline-view/timeline-view-private.h"

#include <glib/gi18n-lib.h>

#include "task-words.h"
#include "unpainted.h"

/* While a run goes on, names take turns, so that no frame is late for them. */
#define NAMED_AT_ONCE 200

void
telar_timeline_view_lanes_make (TelarTimelineView *self)
{
  guint wanted = self->timeline ? self->timeline->tasks->len : 0;

  while (self->lanes->len > wanted)
    {
      telar_unpainted_remove (g_ptr_array_index (self->lanes, self->lanes->len - 1));
      g_ptr_array_set_size (self->lanes, (int) self->lanes->len - 1);
    }

  while (self->lanes->len < wanted)
    {
      GtkWidget *lane = telar_unpainted_new (self->lanes->len);

      telar_unpainted_put (TELAR_UNPAINTED (lane), GTK_WIDGET (self), NULL);
      g_ptr_array_add (self->lanes, lane);
    }

  telar_timeline_view_lanes_name (self);
  telar_timeline_view_lanes_select (self);
}

void
telar_timeline_view_lanes_place (TelarTimelineView *self,
                                 const TelarView   *view)
{
  g_autofree TelarLaneRect *rects = g_new0 (TelarLaneRect, self->lanes->len + 1);

  if (self->timeline)
    telar_timeline_lane_rects (self->timeline, view, rects);
  for (guint i = 0; i < self->lanes->len; i++)
    telar_unpainted_place (g_ptr_array_index (self->lanes, i),
                           0, rects[i].y, view->width, rects[i].height);
}

static void
name_lane (TelarTimelineView *self,
           guint              i)
{
  g_autofree char *words = telar_task_words (self->timeline,
                                             telar_timeline_task (self->timeline, i));
  guint            marks = telar_lane_order_get (self->order, TELAR_LANE_TASK, i);
  const char      *made = marks & TELAR_LANE_HIDDEN ? _("hidden")
                          : marks & TELAR_LANE_PINNED ? _("pinned") : NULL;
  g_autofree char *name = g_strjoin (", ", words, made, NULL);

  telar_unpainted_set_name (g_ptr_array_index (self->lanes, i), name);
}

void
telar_timeline_view_lanes_name (TelarTimelineView *self)
{
  for (guint i = 0; i < self->lanes->len; i++)
    name_lane (self, i);
  self->next_named = 0;
}

void
telar_timeline_view_lanes_name_some (TelarTimelineView *self)
{
  for (guint n = 0; n < MIN (self->lanes->len, NAMED_AT_ONCE); n++)
    name_lane (self, self->next_named++ % self->lanes->len);
}

void
telar_timeline_view_lanes_select (TelarTimelineView *self)
{
  for (guint i = 0; i < self->lanes->len; i++)
    telar_unpainted_set_selected (g_ptr_array_index (self->lanes, i), i == self->selected);
}
