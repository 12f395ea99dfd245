/* graph-view-place.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Which part of the graph is looked at, and how boxes go from where they were
 * to where they are.
 */

#include "graph-view/graph-view-private.h"

#include <math.h>

#define LEAST_SCALE     0.05
#define MOST_SCALE      4.0
#define IN_SIGHT        40   /* pixels of the graph that no panning takes away */
#define ANIMATION_US    (220 * 1000)
/* More boxes than that are not followed by any eye. */
#define MOST_ANIMATED   1500
#define MAP_FROM_TASKS  30

void
telar_graph_view_to_layout (TelarGraphView *self,
                            double          x,
                            double          y,
                            double         *layout_x,
                            double         *layout_y)
{
  *layout_x = (x - self->x) / self->scale;
  *layout_y = (y - self->y) / self->scale;
}

void
telar_graph_view_fit_now (TelarGraphView *self)
{
  TelarView view;

  if (self->layout == NULL)
    return;

  telar_graph_view_fill_view (self, &view);
  telar_graph_fit (self->layout, &view, &self->x, &self->y, &self->scale);

  /* On a projector, text comes first: what does not fit is panned to. */
  if (self->presenting)
    {
      double width, height;

      self->scale = MAX (self->scale, view.text / TELAR_GRAPH_UNIT_TEXT);
      width = self->layout->width * self->scale;
      height = self->layout->height * self->scale;
      self->x = MAX ((view.width - width) / 2, TELAR_SIGHT_MARGIN) - self->layout->x * self->scale;
      self->y = MAX ((view.height - height) / 2, TELAR_SIGHT_MARGIN) - self->layout->y * self->scale;
    }
}

void
telar_graph_view_move_to (TelarGraphView *self,
                          double          x,
                          double          y,
                          double          scale)
{
  const TelarGraphLayout *layout = self->layout;
  double                  width = gtk_widget_get_width (GTK_WIDGET (self));
  double                  height = gtk_widget_get_height (GTK_WIDGET (self));

  if (layout == NULL)
    return;

  self->scale = CLAMP (scale, LEAST_SCALE, MOST_SCALE);
  self->x = CLAMP (x, IN_SIGHT - (layout->x + layout->width) * self->scale,
                   MAX (width - IN_SIGHT, 0) - layout->x * self->scale);
  self->y = CLAMP (y, IN_SIGHT - (layout->y + layout->height) * self->scale,
                   MAX (height - IN_SIGHT, 0) - layout->y * self->scale);
  self->fitted = FALSE;
  self->by_hand = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
telar_graph_view_zoom_at (TelarGraphView *self,
                          double          factor,
                          double          x,
                          double          y)
{
  double scale = CLAMP (self->scale * factor, LEAST_SCALE, MOST_SCALE);

  telar_graph_view_move_to (self, x - (x - self->x) * scale / self->scale,
                            y - (y - self->y) * scale / self->scale, scale);
}

void
telar_graph_view_keep_in_sight (TelarGraphView *self,
                                double          width,
                                double          height)
{
  const TelarSight *last = &self->allotted;
  TelarSight        now = { self->x, self->y, self->scale, last->width, last->height };
  gboolean          kept;

  if (self->fitted)
    telar_graph_view_fit_now (self);
  else if (self->layout && last->width > 0)
    {
      /* Somebody decided since what is looked at: the size of before was still there. */
      if (now.x != last->x || now.y != last->y || now.scale != last->scale
          || self->chosen.width <= 0)
        self->chosen = now;

      kept = telar_sight_resize (&self->chosen, self->layout, telar_graph_view_primary (self),
                                 width, height, &now);
      if (!self->by_hand && telar_sight_is_whole (&self->chosen, self->layout))
        kept = telar_sight_is_whole (&now, self->layout);
      if (!kept && !self->by_hand)
        {
          self->fitted = TRUE;
          telar_graph_view_fit_now (self);
        }
      else
        {
          self->x = now.x;
          self->y = now.y;
        }
    }
  self->allotted = (TelarSight){ self->x, self->y, self->scale, width, height };
  if (self->fitted)
    self->chosen = self->allotted;
}

void
telar_graph_view_reveal_task (TelarGraphView *self,
                              guint32         task)
{
  const TelarGraphBox *box;
  double               width = gtk_widget_get_width (GTK_WIDGET (self));
  double               height = gtk_widget_get_height (GTK_WIDGET (self));
  double               dx, dy;

  box = telar_graph_view_box (self, task);
  if (box == NULL || width <= 0)
    return;

  dx = telar_sight_bring_into (self->x + box->x * self->scale, box->width * self->scale, width);
  dy = telar_sight_bring_into (self->y + box->y * self->scale, box->height * self->scale, height);
  if (task == 0 || (dx == 0 && dy == 0))
    return;

  self->x += dx;
  self->y += dy;
  self->fitted = FALSE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
telar_graph_view_reveal_new (TelarGraphView *self,
                             guint32         task)
{
  const TelarGraphLayout *layout = self->layout;
  double                  width = gtk_widget_get_width (GTK_WIDGET (self));
  double                  height = gtk_widget_get_height (GTK_WIDGET (self));

  telar_graph_view_reveal_task (self, task);
  /* Of a small graph all, the frame that grew around it too. */
  if (layout == NULL || layout->width * self->scale > width - 2 * TELAR_SIGHT_MARGIN
      || layout->height * self->scale > height - 2 * TELAR_SIGHT_MARGIN)
    return;

  self->x += telar_sight_bring_into (self->x + layout->x * self->scale,
                                     layout->width * self->scale, width);
  self->y += telar_sight_bring_into (self->y + layout->y * self->scale,
                                     layout->height * self->scale, height);
}

gboolean
telar_graph_view_has_map (TelarGraphView *self,
                          TelarMinimap   *map)
{
  TelarView view;

  if (self->layout == NULL || self->layout->n_tasks - 1 <= MAP_FROM_TASKS)
    return FALSE;

  telar_graph_view_fill_view (self, &view);
  telar_minimap_place (map, self->layout, &view);

  return view.width > 2 * map->width && view.height > 1.5 * map->height;
}

/* --- Animation --- */

static double
between (double from,
         double to,
         double share)
{
  return from + (to - from) * share;
}

static void
set_boxes (TelarGraphView *self,
           double          share)
{
  for (guint32 i = 0; i < self->layout->n_tasks; i++)
    {
      const TelarGraphBox *from = &self->origins[i], *to = &self->goals[i];
      TelarGraphBox       *box = &self->layout->boxes[i];

      box->x = between (from->x, to->x, share);
      box->y = between (from->y, to->y, share);
      box->width = between (from->width, to->width, share);
      box->height = between (from->height, to->height, share);
      box->body_x = to->body_x + box->x - to->x;
      box->body_y = to->body_y + box->y - to->y;
    }
}

void
telar_graph_view_end_animation (TelarGraphView *self)
{
  if (self->animation)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->animation);
  self->animation = 0;
  if (self->goals && self->layout)
    memcpy (self->layout->boxes, self->goals, self->layout->n_tasks * sizeof (TelarGraphBox));
  g_clear_pointer (&self->goals, g_free);
  g_clear_pointer (&self->origins, g_free);
}

static gboolean
animate (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       unused)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);
  double          share = (double) (gdk_frame_clock_get_frame_time (clock) - self->animation_begins)
                          / ANIMATION_US;

  gtk_widget_queue_allocate (widget);
  gtk_widget_queue_draw (widget);
  if (share >= 1)
    {
      telar_graph_view_end_animation (self);
      return G_SOURCE_REMOVE;
    }
  set_boxes (self, 1 - pow (1 - share, 3));

  return G_SOURCE_CONTINUE;
}

void
telar_graph_view_animate (TelarGraphView         *self,
                          const TelarGraphLayout *old)
{
  TelarGraphLayout       *layout = self->layout;
  g_autofree TelarGraphBox *origins = NULL;
  GdkFrameClock          *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));
  gboolean                enabled = TRUE, differs = FALSE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &enabled,
                NULL);
  if (old == NULL || !enabled || clock == NULL || layout->n_tasks > MOST_ANIMATED
      || old->n_tasks < 2 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  origins = g_memdup2 (layout->boxes, layout->n_tasks * sizeof (TelarGraphBox));
  for (guint32 i = 0; i < layout->n_tasks; i++)
    {
      const TelarTask *task = telar_relations_task (layout->relations, i);
      guint32          before = task->id ? telar_relations_find (old->relations, task->id, NULL)
                                         : TELAR_NOBODY;

      if (before >= old->n_tasks)
        continue;
      origins[i] = old->boxes[before];
      differs |= fabs (origins[i].x - layout->boxes[i].x) > 1
                 || fabs (origins[i].y - layout->boxes[i].y) > 1
                 || fabs (origins[i].width - layout->boxes[i].width) > 1
                 || fabs (origins[i].height - layout->boxes[i].height) > 1;
    }
  if (!differs)
    return;

  self->goals = g_memdup2 (layout->boxes, layout->n_tasks * sizeof (TelarGraphBox));
  self->origins = g_steal_pointer (&origins);
  self->animation_begins = gdk_frame_clock_get_frame_time (clock);
  set_boxes (self, 0);
  self->animation = gtk_widget_add_tick_callback (GTK_WIDGET (self), animate, NULL, NULL);
}

/* --- Public --- */

int
telar_graph_view_get_wanted_height (TelarGraphView *self,
                                    int             width)
{
  g_return_val_if_fail (TELAR_IS_GRAPH_VIEW (self), 0);

  telar_graph_view_update (self);
  if (self->layout == NULL)
    return 0;

  return (int) (self->layout->height * MIN (1.0, width / MAX (self->layout->width, 1.0)))
         + 2 * TELAR_SIGHT_MARGIN;
}

void
telar_graph_view_zoom (TelarGraphView *self,
                       double          factor)
{
  g_return_if_fail (TELAR_IS_GRAPH_VIEW (self));

  telar_graph_view_zoom_at (self, factor, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                            gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}

void
telar_graph_view_fit (TelarGraphView *self)
{
  g_return_if_fail (TELAR_IS_GRAPH_VIEW (self));

  self->fitted = TRUE;
  self->by_hand = FALSE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
