/* graph-private.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What the files that lay out, look up and draw a graph share.
 *
 *   graph ─▶ graph-layout, -links ─▶ layout ─▶ graph-picture: -boxes, -body,
 *                 graph-shift changes it   │   -edges, -marks, graph-minimap
 *                                          └─▶ graph-hit
 */

#pragma once

#include "paint/graph-picture.h"
#include "paint/paint-private.h"

G_BEGIN_DECLS

#define TELAR_GRAPH_OBJECT_WIDTH  156.0
#define TELAR_GRAPH_OBJECT_HEIGHT 48.0
#define TELAR_GRAPH_POOL_WIDTH    192.0
#define TELAR_GRAPH_LANES_WIDTH   384.0 /* of a pool that is unfolded */
#define TELAR_GRAPH_TRIANGLE      34.0  /* at the right of a pool: unfolds it */
#define TELAR_GRAPH_STACK       5    /* how far copies stand behind each other */
#define TELAR_GRAPH_BOX_WIDTH   224.0
#define TELAR_GRAPH_BOX_HEIGHT  74.0
#define TELAR_GRAPH_GAP         24.0 /* between boxes */
#define TELAR_GRAPH_HEADER      42.0 /* of a frame */
#define TELAR_GRAPH_MAIN_HEADER 30.0
#define TELAR_GRAPH_BODY_HEADER 24.0
#define TELAR_GRAPH_ROW         20.0
#define TELAR_GRAPH_BODY_END    5.0  /* below the last row */
#define TELAR_GRAPH_MOST_ROWS   12u  /* of a body; then "… 30 more" */
#define TELAR_GRAPH_PORT        4.5  /* radius */
#define TELAR_GRAPH_BADGE       9.0  /* radius */
#define TELAR_GRAPH_ARROW       5.0  /* an edge ends so far before a box */

/* Links (graph-links.c): fills in layout->edges. */
void telar_graph_make_edges (TelarGraphLayout *layout);

/* Objects (graph-objects.c): fills in layout->objects and references, once tasks
 * have their places. */
void telar_graph_make_objects (TelarGraphLayout *layout);

/* Whether something lies where a box is; @placed: objects that have a place. */
gboolean telar_graph_is_taken  (const TelarGraphLayout *layout, const guint8 *placed,
                                const TelarGraphBox *box);
/* Below all that is in its way. */
void     telar_graph_put_below (const TelarGraphLayout *layout, const guint8 *placed,
                                TelarGraphBox *box);
/* Pools (graph-pools.c): how large objects are, and where those that are unfolded go. */
void     telar_graph_make_pools (TelarGraphLayout *layout, const TelarGraphFolds *folds);
void     telar_graph_make_room  (TelarGraphLayout *layout, guint object, guint8 *placed);
/* Workers of all pools before an object. */
guint    telar_graph_count_workers (const TelarGraphLayout *layout, guint before);
/* Of a place on an object. Returns: whether it is its triangle, or a lane. */
gboolean telar_graph_hit_pool   (const TelarGraphLayout *layout, guint object, double x, double y,
                                 TelarGraphHit *hit);

/* Colours (palette.c): those of the first of each task's copies in a timeline, then
 * those of each pool's workers.
 *
 * Returns: (transfer full): by task, then by worker */
guint32 *telar_graph_dyes (const TelarGraphLayout *layout);

/* Texts (graph-text.c). */

/* "square([43, 50, …])", "busy(10) … 6 steps", "no function yet" (@missing), of
 * a frame whose body is shown as rows "".
 *
 * @missing: (out) (nullable)
 * Returns: (transfer full) */
char *telar_graph_call  (const TelarGraphLayout *layout, guint32 task, gboolean *missing);
/* Returns: (transfer full): "start(p1)"; "… 30 more" */
char *telar_graph_row_text (const TelarGraphLayout *layout, guint32 task, guint row);
/* Rows of an unfolded body. */
guint telar_graph_n_rows   (const TelarGraphLayout *layout, guint32 task);
/* The first step that is not shown of a body that is cut, else G_MAXUINT. */
guint telar_graph_cut_at   (const TelarGraphLayout *layout, guint32 task);
/* About how wide the id with the number of copies, the call, the rows are, in
 * any font; the same everywhere. */
double telar_graph_id_width   (const TelarGraphLayout *layout, guint32 task);
double telar_graph_call_width (const TelarGraphLayout *layout, guint32 task);
double telar_graph_rows_width (const TelarGraphLayout *layout, guint32 task);

static inline const TelarGraphEdge *
telar_graph_edge (const TelarGraphLayout *layout, guint edge)
{
  return &g_array_index (layout->edges, TelarGraphEdge, edge);
}

/* Curves (graph-curve.c): an edge is curves from point to point. */

typedef struct
{
  double x0, y0;             /* where it begins, */
  double x1, y1, x2, y2;     /* how, */
  double x3, y3;             /* where it ends */
} TelarCurve;

/* Where an edge begins and ends: at the port's middle, at the head's tip. */
TelarCurve telar_graph_edge_ends  (const TelarGraphLayout *layout, const TelarGraphEdge *edge);
/* A curve from (x0, y0) to the right into (x3, y3) from the left. */
void       telar_curve_bend       (TelarCurve *curve);
/* The @part-th of n_points + 1 curves of an edge with these @ends. */
TelarCurve telar_graph_edge_curve (const TelarGraphLayout *layout, const TelarGraphEdge *edge,
                                   const TelarCurve *ends, guint part);
/* The frame that an edge lies on; TELAR_NOBODY of one that leads from one frame
 * into another, which only a faulty graph has. */
guint32    telar_graph_edge_frame (const TelarGraphLayout *layout, const TelarGraphEdge *edge);
/* What an edge surely lies in. */
void       telar_graph_edge_box   (const TelarGraphLayout *layout, const TelarGraphEdge *edge,
                                   const TelarCurve *ends, double *left, double *top,
                                   double *right, double *bottom);

/* How far a task's copies reach behind it. */
double telar_graph_stack (const TelarGraphLayout *layout, guint32 task);

/* One picture in the making. */
typedef struct
{
  cairo_t                *cr;
  const TelarGraphLayout *layout;
  const TelarGraphShow   *show;
  const TelarView        *view;
  const TelarTheme       *theme;
  TelarPalette            palette; /* by task of the graph, then by worker */
  TelarPalette            of_run;  /* by task of the plan; made when it is first needed */
  TelarPixels             pixels;
  TelarTextStyle          text;
  gboolean                vector;
  gboolean                small;   /* too small for text: everything as simple as can be */
  gboolean                plain;   /* so many boxes in sight that they are simple, with text */
  gboolean                crowded; /* so many edges in sight that all are hairs */
  guint                  *first_edge; /* owned: lists of edges by the frame that they are on, */
  guint                  *next_edge;  /* owned: n_tasks for those on top; G_MAXUINT ends them */
  double                  x, y, scale;
  double                  left, top, right, bottom; /* of the view, what is painted */
  const guint8           *floating; /* by task: those that are dragged; NULL where none is */
  gboolean                floats;   /* they and their edges are being painted, or else the rest */
} TelarGraphPainter;

/* Parts of a picture, for who keeps some of it from frame to frame. */
typedef enum
{
  TELAR_GRAPH_STILL = 1 << 0, /* all but… */
  TELAR_GRAPH_ABOVE = 1 << 1  /* …what is dragged, with its edges, what a pointer draws,
                                 * and who waits for whom */
} TelarGraphParts;

/* @region: (nullable): what of the view is painted; what is on it is painted as it
 *   is in the whole. */
void telar_paint_graph_parts (cairo_t *cr, const TelarGraphLayout *layout,
                              const TelarGraphShow *show, const TelarView *view, double x,
                              double y, double scale, guint parts,
                              const cairo_rectangle_int_t *region);
/* In which way it is painted there: another one as soon as more is in sight. */
guint telar_graph_way (const TelarGraphLayout *layout, const TelarView *view, double x, double y,
                       double scale);
/* Which tasks are dragged: those marked, and what is inside them.
 *
 * Returns: (transfer full) (nullable): by task; NULL where there is none */
guint8 *telar_graph_floating (const TelarGraphLayout *layout, const TelarGraphShow *show);

static inline double
telar_graph_x (const TelarGraphPainter *painter, double x)
{
  return painter->x + x * painter->scale;
}

static inline double
telar_graph_y (const TelarGraphPainter *painter, double y)
{
  return painter->y + y * painter->scale;
}

static inline guint8
telar_graph_marks (const TelarGraphPainter *painter, guint32 task)
{
  return painter->show->marks != NULL ? painter->show->marks[task] : 0;
}

/* Sizes of text. */
#define TELAR_GRAPH_ID_SIZE    15
#define TELAR_GRAPH_CALL_SIZE  12.5
#define TELAR_GRAPH_SMALL_SIZE 11.5
#define TELAR_GRAPH_LEGIBLE    4.5 /* smaller is not drawn */

gboolean telar_graph_sees (const TelarGraphPainter *painter, const TelarGraphBox *box);
/* The colours of a box: a call has those of the thread that makes it. */
const TelarFill *telar_graph_fill (const TelarGraphPainter *painter, guint32 task);

/* Text and shapes in the layout's units (graph-boxes.c). */
void   telar_graph_draw_text       (TelarGraphPainter *painter, const char *text, double x,
                                    double baseline, double size, TelarTextFlags flags,
                                    double max_width, TelarColor color);
/* With its right end at @x; cut where it has less than its width. */
void   telar_graph_draw_text_right (TelarGraphPainter *painter, const char *text, double x,
                                    double baseline, double size, TelarTextFlags flags,
                                    double max_width, TelarColor color);
/* As wide as it will be. */
double telar_graph_text_width      (TelarGraphPainter *painter, const char *text, double size,
                                    TelarTextFlags flags);
void   telar_graph_round           (TelarGraphPainter *painter, double x, double y, double width,
                                    double height, double radius);
/* How round a task's box is. */
double telar_graph_radius          (const TelarGraphPainter *painter, guint32 task);

/* "main" and its state, in the outline: above rings that were drawn since. */
void telar_paint_graph_main_label (TelarGraphPainter *painter);
void telar_paint_graph_frame (TelarGraphPainter *painter, guint32 task);
void telar_paint_graph_box   (TelarGraphPainter *painter, guint32 task);
void telar_paint_graph_ports (TelarGraphPainter *painter, guint32 task);
/* The rows of a frame's body (graph-body.c). */
void telar_paint_graph_body  (TelarGraphPainter *painter, guint32 task);
/* Whether so many edges are in sight that nobody can follow one anyway. */
gboolean telar_graph_is_crowded (const TelarGraphPainter *painter);
/* Edges (graph-edges.c) lie on their frame, below the frames in it. */
void telar_graph_sort_edges  (TelarGraphPainter *painter);
/* Lines, or (@heads) only the heads of their arrows, of one frame or (n_tasks)
 * of those that lie on top of all frames. */
void telar_paint_graph_edges (TelarGraphPainter *painter, guint32 frame, gboolean heads);
/* Whether one of its ends is dragged. */
gboolean telar_graph_edge_floats (const TelarGraphPainter *painter, const TelarGraphEdge *edge);
/* Whether a part of an edge, or the head at its end, may be in sight. */
gboolean telar_graph_sees_curve (const TelarGraphPainter *painter, const TelarCurve *curve);
gboolean telar_graph_sees_head  (const TelarGraphPainter *painter, const TelarCurve *ends);
/* All of them, where they are crowded (graph-hairs.c). */
void telar_paint_graph_hairs (TelarGraphPainter *painter);
void telar_paint_graph_link  (TelarGraphPainter *painter);
/* Objects (graph-object-shapes.c), and lines to them, which lie below all boxes. */
void telar_paint_graph_object     (TelarGraphPainter *painter, guint number);
/* What a pool's node says besides its id, and its lanes (graph-pool-rows.c). */
void telar_paint_graph_pool       (TelarGraphPainter *painter, guint number);
void telar_paint_graph_references (TelarGraphPainter *painter);
void telar_paint_graph_bonds      (TelarGraphPainter *painter);
/* Who waits for whom (graph-waits.c), above all boxes. */
void telar_paint_graph_waits (TelarGraphPainter *painter);
/* Points down, or to the right where rows are folded away; (@x, @y): its middle. */
void telar_paint_graph_triangle (TelarGraphPainter *painter, double x, double y,
                                 gboolean unfolded);
/* Where an arrow begins, its handle, and where it ends, at the outlines of the boxes. */
void telar_graph_wait_curve  (const TelarGraphLayout *layout, const TelarGraphWait *wait,
                              TelarGraphPoint *from, TelarGraphPoint *over, TelarGraphPoint *to);
/* Marks around, on and over a box (graph-marks.c): before it, after it, and on
 * top of all boxes. */
void telar_paint_graph_under (TelarGraphPainter *painter, guint32 task);
void telar_paint_graph_over  (TelarGraphPainter *painter, guint32 task);
/* @x, @y: of the layout, the middle; @marks: of what it is at */
void telar_paint_graph_badge (TelarGraphPainter *painter, double x, double y, guint8 marks);
void telar_paint_graph_guides (TelarGraphPainter *painter);
void telar_paint_graph_band  (TelarGraphPainter *painter);

/* What a box says about its tasks while a run goes on (graph-state.c). */
typedef enum
{
  TELAR_MOOD_QUIET,
  TELAR_MOOD_ON_CORE,
  TELAR_MOOD_FAILED
} TelarMood;

/* Of the @n tasks from @first on.
 *
 * Returns: (transfer full): "on core 1", "waits: join t1", "joined · 37 ms on
 * a core", "not yet: after p2, p3"; of several tasks, how many are in which
 * state; "" where there is nothing to say. */
char       *telar_graph_state     (const TelarTimeline *timeline, guint32 first, guint32 n,
                                   TelarMood *mood);
const char *telar_graph_kind_name (TelarKind kind);
/* What it waits for at this moment; (nullable). */
const TelarWait *telar_graph_open_wait (const TelarTimeline *timeline, const TelarTaskLane *task);

G_END_DECLS
