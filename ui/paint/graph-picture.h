/* graph-picture.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A read-only picture of a graph: frames for main and for processes with
 * tasks inside, boxes for tasks, curves for `after`, and the state of each
 * task while a run goes on.
 */

#pragma once

#include "graph/graph.h"
#include "paint/view.h"

G_BEGIN_DECLS

typedef struct
{
  guint32  task;             /* number in the plan; copies share the first one's box */
  guint32  n_copies;         /* tasks in it, numbered from `task` on */
  double   x, y;
  double   width, height;    /* of the box, or of the frame with what is inside */
  gboolean frame;
  guint    parent;           /* index of the frame it is in; G_MAXUINT for main's */
} TelarGraphBox;

/* From the right port of one box to the left port of another. */
typedef struct
{
  guint from, to;            /* indices of boxes */
  guint first_point;         /* first of the points between, where it passes other boxes */
  guint n_points;
} TelarGraphEdge;

typedef struct
{
  double x, y;
} TelarGraphPoint;

typedef struct
{
  GBytes *plan_bytes;        /* owned */
  GArray *boxes;             /* TelarGraphBox, frames before what they hold */
  GArray *edges;             /* TelarGraphEdge */
  GArray *points;            /* TelarGraphPoint */
  guint  *box_of_task;       /* owned, by task number */
  double  width, height;
} TelarGraphLayout;

/* Positions for every task of the plan, in units of 1 = a pixel at text 12.
 * Positions that the graph gives are kept; others follow `after` from left to
 * right.
 *
 * @graph: (nullable): where positions and copies are read from. */
TelarGraphLayout *telar_graph_layout_new  (const TelarGraph *graph, GBytes *plan);
void              telar_graph_layout_free (TelarGraphLayout *layout);

/* Paints into (0, 0, view->width, view->height): view->begin and end are not
 * used; @scale and (@x, @y) place the layout. @timeline: (nullable): the run
 * whose states the boxes show. */
void    telar_paint_graph (cairo_t *cr, const TelarGraphLayout *layout,
                           const TelarTimeline *timeline, const TelarView *view,
                           double x, double y, double scale);
/* @x, @y: in the layout. Returns: task, or TELAR_NO_TASK. */
guint32 telar_hit_graph   (const TelarGraphLayout *layout, double x, double y);
/* The scale and place at which all of it fits into @view, never above 1.25
 * (times view->text / 12). */
void    telar_graph_fit   (const TelarGraphLayout *layout, const TelarView *view,
                           double *x, double *y, double *scale);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarGraphLayout, telar_graph_layout_free)

G_END_DECLS
