/* timeline-view-lanes.c
 *
 * SPDX-License-Identifier: MIT
 *
 * One unpainted child a lane: of a task "p1 square: process, joined, exit 0, 37 ms on a
 * core", where its lane is; before them those of cores, behind them those of objects.
 * Focus on a task's child selects the task, on any other marks its lane.
 */

#include "config.h"

#include "timeline-view/timeline-view-private.h"

#include <glib/gi18n-lib.h>

#include "task-words.h"
#include "unpainted.h"

/* While a run goes on, names take turns, so that no frame is late for them. */
#define NAMED_AT_ONCE 200

/* A child's number: of a task its own; of others with what they are. */
#define OTHER(kind, number) (((guint32) (kind) + 1) << 28 | (number))
#define OTHER_KIND(child)   ((TelarLaneKind) (((child) >> 28) - 1))
#define OTHER_NUMBER(child) ((child) & ((1u << 28) - 1))

static void
put_other (TelarTimelineView *self,
           TelarLaneKind      kind,
           guint              number)
{
  GtkWidget *lane = telar_unpainted_new (OTHER (kind, number));
  GtkWidget *first = self->lanes->len > 0 ? g_ptr_array_index (self->lanes, 0) : NULL;
  gboolean   before = kind == TELAR_LANE_CORE && first
                      && gtk_widget_get_parent (first) == GTK_WIDGET (self);

  telar_unpainted_put (TELAR_UNPAINTED (lane), GTK_WIDGET (self), before ? first : NULL);
  g_ptr_array_add (self->others, lane);
}

/* While a run goes on, cores turn up: who has the focus keeps it. */
static void
make_others (TelarTimelineView *self)
{
  guint         n_cores = self->timeline ? self->timeline->cores->len : 0;
  guint         n_objects = self->timeline ? self->timeline->objects->len : 0;
  TelarLaneKind kind = TELAR_LANE_TASK;
  guint         number = 0;

  if (self->n_cores == n_cores && self->others->len == n_cores + n_objects)
    return;

  telar_timeline_view_lanes_which (self, gtk_widget_get_focus_child (GTK_WIDGET (self)), &kind,
                                   &number);
  while (self->others->len > 0)
    {
      telar_unpainted_remove (g_ptr_array_index (self->others, self->others->len - 1));
      g_ptr_array_set_size (self->others, (int) self->others->len - 1);
    }
  for (guint i = 0; i < n_cores; i++)
    put_other (self, TELAR_LANE_CORE, i);
  for (guint i = 0; i < n_objects; i++)
    {
      put_other (self, TELAR_LANE_OBJECT, i);
      gtk_widget_set_visible (g_ptr_array_index (self->others, n_cores + i),
                              telar_object_has_lane (g_ptr_array_index (self->timeline->objects,
                                                                        i)));
    }
  self->n_cores = n_cores;
  telar_timeline_view_lanes_focus (self, kind, number);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

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

  make_others (self);
  telar_timeline_view_lanes_name (self);
  telar_timeline_view_lanes_select (self);
}

/* Of all children: cores, tasks, objects. While a run goes on, more may have turned up than
 * have children. (transfer full) */
static TelarLaneRect *
get_rects (TelarTimelineView *self,
           const TelarView   *view)
{
  const guint          n[] = { self->n_cores, self->lanes->len,
                               self->others->len - self->n_cores };
  TelarLaneRect       *all = g_new0 (TelarLaneRect, n[0] + n[1] + n[2] + 1);
  TelarLaneRect *const rects[] = { all, all + n[0], all + n[0] + n[1] };

  if (self->timeline)
    telar_timeline_lane_rects (self->timeline, view, rects, n);

  return all;
}

/* In the order of the rectangles. */
static GtkWidget *
get_child (TelarTimelineView *self,
           guint              i)
{
  if (i < self->n_cores)
    return g_ptr_array_index (self->others, i);
  if (i < self->n_cores + self->lanes->len)
    return g_ptr_array_index (self->lanes, i - self->n_cores);

  return g_ptr_array_index (self->others, i - self->lanes->len);
}

/* The one that has the focus, or whose task is selected; -1: none. */
static int
get_current (TelarTimelineView *self)
{
  if (self->marked_kind == TELAR_LANE_CORE && self->marked < self->n_cores)
    return (int) self->marked;
  if (self->marked_kind == TELAR_LANE_OBJECT && self->n_cores + self->marked < self->others->len)
    return (int) (self->n_cores + self->lanes->len + self->marked);

  return self->selected < self->lanes->len ? (int) (self->n_cores + self->selected) : -1;
}

void
telar_timeline_view_lanes_place (TelarTimelineView *self,
                                 const TelarView   *view)
{
  g_autofree TelarLaneRect *rects = get_rects (self, view);

  for (guint i = 0; i < self->lanes->len + self->others->len; i++)
    telar_unpainted_place (TELAR_UNPAINTED (get_child (self, i)), 0, rects[i].y, view->width,
                           rects[i].height);
}

void
telar_timeline_view_lanes_step (TelarTimelineView *self,
                                int                step)
{
  TelarView view;
  int       current = get_current (self), found = -1;
  double    from = step > 0 ? -G_MAXDOUBLE : G_MAXDOUBLE;
  guint     first = 0;
  g_autofree TelarLaneRect *rects = NULL;

  telar_timeline_view_fill_view (self, &view);
  rects = get_rects (self, &view);
  if (current >= 0)
    from = rects[current].y;
  else if (step > 0)
    first = self->n_cores;

  for (guint i = first; i < self->lanes->len + self->others->len; i++)
    {
      double ahead = (rects[i].y - from) * step;

      if ((int) i != current && rects[i].height > 0 && ahead > 0
          && (found < 0 || ahead < (rects[found].y - from) * step))
        found = (int) i;
    }

  if (found >= 0)
    gtk_widget_grab_focus (get_child (self, (guint) found));
}

gboolean
telar_timeline_view_lanes_which (TelarTimelineView *self,
                                 GtkWidget         *child,
                                 TelarLaneKind     *kind,
                                 guint             *number)
{
  TelarUnpainted *lane = telar_unpainted_from (child);
  guint32         which;

  if (lane == NULL)
    return FALSE;

  which = telar_unpainted_get_number (lane);
  *kind = which >> 28 ? OTHER_KIND (which) : TELAR_LANE_TASK;
  *number = which >> 28 ? OTHER_NUMBER (which) : which;

  return TRUE;
}

void
telar_timeline_view_lanes_focus (TelarTimelineView *self,
                                 TelarLaneKind      kind,
                                 guint              number)
{
  if (kind == TELAR_LANE_CORE && number < self->n_cores)
    gtk_widget_grab_focus (g_ptr_array_index (self->others, number));
  else if (kind == TELAR_LANE_OBJECT && self->n_cores + number < self->others->len)
    gtk_widget_grab_focus (g_ptr_array_index (self->others, self->n_cores + number));
}

/* What somebody made of a lane, behind its words. */
static void
name_lane (TelarTimelineView *self,
           TelarUnpainted    *lane,
           TelarLaneKind      kind,
           guint              number,
           const char        *words)
{
  guint            marks = telar_lane_order_get (self->order, kind, number);
  const char      *made = marks & TELAR_LANE_HIDDEN ? _("hidden")
                          : marks & TELAR_LANE_PINNED ? _("pinned") : NULL;
  g_autofree char *name = g_strjoin (", ", words, made, NULL);

  telar_unpainted_set_name (lane, name);
}

static void
name_task (TelarTimelineView *self,
           guint              i)
{
  g_autofree char *words = telar_task_words (self->timeline,
                                             telar_timeline_task (self->timeline, i));

  name_lane (self, g_ptr_array_index (self->lanes, i), TELAR_LANE_TASK, i, words);
}

static void
name_others (TelarTimelineView *self)
{
  make_others (self);
  for (guint i = 0; i < self->others->len; i++)
    {
      TelarUnpainted  *lane = g_ptr_array_index (self->others, i);
      TelarLaneKind    kind = i < self->n_cores ? TELAR_LANE_CORE : TELAR_LANE_OBJECT;
      guint            number = i < self->n_cores ? i : i - self->n_cores;
      g_autofree char *words = telar_timeline_lane_words (self->timeline, kind, number);

      name_lane (self, lane, kind, number, words);
    }
}

void
telar_timeline_view_lanes_name (TelarTimelineView *self)
{
  for (guint i = 0; i < self->lanes->len; i++)
    name_task (self, i);
  name_others (self);
  self->next_named = 0;
}

void
telar_timeline_view_lanes_name_some (TelarTimelineView *self)
{
  for (guint n = 0; n < MIN (self->lanes->len, NAMED_AT_ONCE); n++)
    name_task (self, self->next_named++ % self->lanes->len);
  name_others (self);
}

void
telar_timeline_view_lanes_select (TelarTimelineView *self)
{
  for (guint i = 0; i < self->lanes->len; i++)
    telar_unpainted_set_selected (g_ptr_array_index (self->lanes, i), i == self->selected);
}
