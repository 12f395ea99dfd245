/* graph-picture.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The picture of a graph, for looking and for building: frames, boxes, rows and
 * edges of a layout; the state of each task while a run goes on; and whatever a
 * pointer is doing with them.
 */

#pragma once

#include "paint/graph-layout.h"

G_BEGIN_DECLS

typedef enum
{
  TELAR_GRAPH_SELECTED = 1 << 0,
  TELAR_GRAPH_TARGET   = 1 << 1, /* a drag may end here: lit */
  TELAR_GRAPH_PALE     = 1 << 2, /* a drag goes on and may not end here */
  TELAR_GRAPH_ERROR    = 1 << 3, /* a badge at the upper right corner: a red disc with ! */
  TELAR_GRAPH_WARNING  = 1 << 4, /* an amber triangle with !; an error goes before */
  TELAR_GRAPH_FOUND    = 1 << 5, /* a hit of the search: a halo */
  TELAR_GRAPH_HOVER    = 1 << 6, /* larger ports, a stronger outline */
  TELAR_GRAPH_MOVING   = 1 << 7  /* being dragged, with what is inside: above all, with a shadow */
} TelarGraphMark;

/* From a task of a graph to those of a plan, which are its copies. */
typedef struct
{
  guint32 first; /* the plan's number of the first, or TELAR_NO_TASK */
  guint32 n;     /* in a row from there */
} TelarGraphRun;

/* An alignment line, in the layout's units. */
typedef struct
{
  gboolean vertical;
  double   at;       /* x of a vertical one, else y */
  double   from, to; /* along it */
} TelarGraphGuide;

/* What is shown of a layout besides the boxes; all borrowed. */
typedef struct
{
  const TelarTimeline   *timeline;   /* nullable: the run whose states the boxes show */
  const TelarGraphRun   *runs;       /* by task; nullable where there is no timeline */
  gint64                 moment;     /* of the run, at which workers of pools are shown;
                                      * TELAR_NO_TIME: as it is now */
  guint32                worker;     /* of the plan, whose lane is lit; or TELAR_NO_TASK */
  const guint8          *marks;      /* TelarGraphMark, by task; nullable */
  guint                  edge;       /* the selected edge, or G_MAXUINT */
  guint                  hover_edge; /* or G_MAXUINT */
  guint32                step_task;  /* whose row is lit, or TELAR_NOBODY */
  guint                  step;       /* which */
  const guint8          *object_marks; /* SELECTED, HOVER, ERROR, WARNING, by object; nullable */
  const TelarGraphGuide *guides;     /* nullable */
  guint                  n_guides;
  gboolean               band;       /* a rubber band, in the layout's units */
  double                 band_x, band_y, band_width, band_height;
  gboolean               link;       /* an edge that is being drawn, from its source to its end */
  gboolean               link_legal; /* green, or red and dashed */
  double                 link_x0, link_y0, link_x1, link_y1;
} TelarGraphShow;

/* Nothing but the boxes. */
void telar_graph_show_init (TelarGraphShow *show);

/* Where each task is in @plan, by id: of `w` that is `w`, or `w.1`, `w.2`….
 *
 * Returns: (transfer full): layout->n_tasks of them */
TelarGraphRun *telar_graph_runs_new (const TelarGraphLayout *layout, const TelarPlan *plan);
/* Returns: the task of the graph that a task of @plan is (a copy of), or
 *   TELAR_NOBODY where it is gone. */
guint32        telar_graph_run_task (const TelarGraphLayout *layout, const TelarPlan *plan,
                                     guint32 plan_task);

/* One arrow of who waits for whom. */
typedef struct
{
  gboolean    deadlock; /* red, solid; else thin and dashed */
  guint32     from, to; /* tasks, or layout->n_tasks + an object */
  const char *words; /* "waits for an item", "is held by" */
} TelarGraphWait;

/* The arrows that are painted: of the deadlock that stands, or in which the run ended,
 * and, while it goes on, of what the selected tasks wait for.
 *
 * @timeline, @runs, @marks: (nullable): as in TelarGraphShow
 * Returns: (transfer full) (element-type TelarGraphWait) */
GArray *telar_graph_waits_new (const TelarGraphLayout *layout, const TelarTimeline *timeline,
                               const TelarGraphRun *runs, const guint8 *marks);

/* Paints into (0, 0, view->width, view->height): of the view, begin, end and
 * selected are not used; @scale and (@x, @y) place the layout.
 *
 * @show: (nullable) */
void telar_paint_graph (cairo_t *cr, const TelarGraphLayout *layout, const TelarGraphShow *show,
                        const TelarView *view, double x, double y, double scale);

/* Images of a graph that is looked at, from frame to frame: the same picture, but of
 * what did not change as little as possible is painted anew. */
typedef struct _TelarGraphImages TelarGraphImages;

TelarGraphImages *telar_graph_images_new    (void);
void              telar_graph_images_free   (TelarGraphImages *self);
/* What is shown changed without a trace in what is given to
 * telar_graph_images_paint(): states of a run, another layout at the place of one
 * that was freed. */
void              telar_graph_images_forget (TelarGraphImages *self);
/* @x, @y: as of telar_paint_graph(), rounded to whole pixels
 * @zoom: its scale
 * @scale: device pixels a pixel
 *
 * Returns: (transfer none): as large as @view, as it is until the next but one */
cairo_surface_t  *telar_graph_images_paint  (TelarGraphImages *self,
                                             const TelarGraphLayout *layout,
                                             const TelarGraphShow *show, const TelarView *view,
                                             double x, double y, double zoom, int scale);

/* The sign of a type of object around (@x, @y), @size wide, in the source's colour. */
void telar_paint_object_sign (cairo_t *cr, TelarObjectType type, double x, double y, double size);

/* The whole layout in a small picture in the lower right corner, with the part
 * in a frame that the view shows. */
typedef struct
{
  double x, y, width, height;  /* of the picture, in the view */
  double scale;                /* of the layout in it */
  double origin_x, origin_y;   /* where the layout's (0, 0) is, in the view */
} TelarMinimap;

void telar_minimap_place (TelarMinimap *map, const TelarGraphLayout *layout,
                          const TelarView *view);
/* @show: (nullable); @x, @y, @scale: as of telar_paint_graph() */
void telar_paint_minimap (cairo_t *cr, const TelarMinimap *map, const TelarGraphLayout *layout,
                          const TelarGraphShow *show, const TelarView *view, double x, double y,
                          double scale);

G_END_DECLS
