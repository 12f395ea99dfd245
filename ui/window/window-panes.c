/* window-panes.c
 *
 * SPDX-License-Identifier: MIT
 *
 * How the panes of a window share its room.
 */

#include "config.h"

#include "window/window-private.h"

#include <math.h>

#define USUAL_HEADER 47
/* Of the height that graph and timeline share, the graph gets at least so many
 * pixels; what it needs up to the first share; what the timeline leaves up to
 * the second. */
#define LEAST_GRAPH   150
#define LEAST_TABLE   270  /* whoever looks at statistics wants to see some rows */
#define SMALLER_GRAPH 0.8  /* text in it is still easy to read */
#define ENOUGH_GRAPH  0.46
#define MOST_GRAPH    0.5
#define NEARLY        48
/* Of the height, while nothing was measured yet: the graph is what is worked on. */
#define BUILD_GRAPH   0.62
/* A divider that is this share of the height away was moved by a person. */
#define MOVED         0.04

static gboolean
split_when_shown (GtkWidget     *widget,
                  GdkFrameClock *clock,
                  gpointer       unused)
{
  TelarWindow *self = TELAR_WINDOW (widget);

  if (gtk_widget_get_height (GTK_WIDGET (self->stack)) <= 0)
    return G_SOURCE_CONTINUE;

  telar_window_split_panes (self);
  return G_SOURCE_REMOVE;
}

/* Of two runs under each other, with their titles. */
static int
height_of_two (TelarWindow *self,
               int          width)
{
  double one = MAX (telar_timeline_view_get_wanted_height (self->timeline_view, width),
                    telar_timeline_view_get_wanted_height (self->compare_view, width));
  int    above, below;

  gtk_widget_measure (self->compare_bar, GTK_ORIENTATION_VERTICAL, -1, NULL, &above, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->compare_below), GTK_ORIENTATION_VERTICAL, -1, NULL, &below,
                      NULL, NULL);

  return (int) (2 * one) + above + below + 2;
}

void
telar_window_split_panes (TelarWindow *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->stack));
  int height = gtk_widget_get_height (GTK_WIDGET (self->stack));
  int least, most, bar, wanted, room;

  /* Not shown yet: it will have the size it asks for, or less on a small screen. */
  if (height <= 0)
    {
      gtk_widget_add_tick_callback (GTK_WIDGET (self), split_when_shown, NULL, NULL);
      gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
      height -= USUAL_HEADER;
    }

  /* What it has when it has not lent it. */
  room = self->upper_at > 0 ? self->upper_at : gtk_paned_get_position (self->upper);
  least = CLAMP (SMALLER_GRAPH * telar_graph_view_get_wanted_height (self->graph_view, room),
                 LEAST_GRAPH, MAX (LEAST_GRAPH, (int) (height * ENOUGH_GRAPH)));
  most = MAX (least, (int) (height * MOST_GRAPH));
  gtk_widget_measure (self->timeline_bar, GTK_ORIENTATION_VERTICAL, -1, NULL, &bar, NULL, NULL);
  wanted = (int) telar_timeline_view_get_wanted_height (self->timeline_view, width) + bar + 2;
  /* Who compares runs looks at these. */
  if (self->compared)
    {
      wanted = MAX (wanted, height_of_two (self, width) + bar);
      least = LEAST_GRAPH;
    }
  /* For a lane that is only just cut off the graph becomes a little smaller. */
  if (least - (height - wanted) < NEARLY)
    least = MIN (least, height - wanted);
  if (telar_window_get_tab (self) == TELAR_TAB_STATISTICS)
    {
      least = MAX (least, LEAST_TABLE);
      most = MAX (most, least);
    }
  self->split_at = self->shown ? CLAMP (height - wanted, least, most)
                             : (int) (height * BUILD_GRAPH);
  self->split_of = height;
  gtk_paned_set_position (self->panes, self->split_at);
}

void
telar_window_split_for_run (TelarWindow *self)
{
  double height = MAX (gtk_widget_get_height (GTK_WIDGET (self->stack)), 1);
  double share = gtk_paned_get_position (self->panes) / height;

  /* The divider goes along when the window, or a bar in it, changes the height. */
  if (fabs (share - (double) self->split_at / MAX (self->split_of, 1)) < MOVED)
    telar_window_split_panes (self);
}
