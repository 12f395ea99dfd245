/* graph-view-private.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What the files of the graph view share: -view.c (life and painting),
 * -input.c (pointer and keys).
 */

#pragma once

#include "graph-view.h"
#include "look.h"

G_BEGIN_DECLS

struct _TelarGraphView
{
  GtkWidget         parent_instance;

  /* Owned. */
  TelarGraphLayout *layout;
  GBytes           *plan;
  TelarGraphRun    *runs;      /* by task of the layout */
  guint8           *marks;     /* by task of the layout */
  TelarTimeline    *timeline;
  TelarLook         look;
  GPtrArray        *nodes;     /* TelarUnpainted, children, one a box of the layout */

  /* State. */
  double            x;         /* where the layout's origin is */
  double            y;
  double            scale;
  gboolean          fitted;    /* keeps fitting when the widget's size changes */
  gboolean          live;
  gboolean          presenting;
  guint32           selected;
  double            pointer_x; /* < 0: none */
  double            pointer_y;
  guint             tick;
  guint             shown;     /* a hash of the states that were painted last */
  gint64            shown_at;  /* monotonic µs */
  guint             next_named;

  /* A drag. */
  double            drag_x;
  double            drag_y;
  gboolean          dragging;
};

/* -view.c */
void    telar_graph_view_fill_view (TelarGraphView *self, TelarView *view);
void    telar_graph_view_select    (TelarGraphView *self, guint32 task);
/* A person moved it: it stays where it is from now on. */
void    telar_graph_view_move_to   (TelarGraphView *self, double x, double y, double scale);
guint32 telar_graph_view_task_at   (TelarGraphView *self, double x, double y);

/* -input.c */
void    telar_graph_view_input_init       (TelarGraphView *self);
void    telar_graph_view_input_class_init (GtkWidgetClass *widget_class);

G_END_DECLS
