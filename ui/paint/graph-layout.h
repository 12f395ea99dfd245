/* graph-layout.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Where everything of a graph is: a frame for main and for each task that
 * holds others, a box for each other task, rows for the steps of a frame's
 * body, edges. Made from the graph itself, which may be faulty while a person
 * builds it: whatever is wrong with it, it is shown.
 *
 * Tasks are numbers as in graph/relations.h: 0 is main, n + 1 is
 * graph->tasks[n]. Lengths are pixels at text 12; the origin is the file's.
 */

#pragma once

#include "graph/relations.h"
#include "paint/view.h"

G_BEGIN_DECLS

#define TELAR_GRAPH_MARGIN 12.0 /* around everything, where it is fitted into a view */

typedef struct
{
  double   x, y, width, height; /* of the box, or of the frame with what is inside */
  guint32  parent;              /* whose frame it is in; TELAR_NOBODY for main */
  gboolean frame;               /* main always; any task that is the parent of others */
  gboolean has_body;            /* a frame of a task with a body (main: any steps), which can be
                                 * shown as rows */
  gboolean unfolded;            /* …and is: rows inside the frame, left of what it holds */
  gboolean whole;               /* all rows, however many */
  double   body_x, body_y;      /* of the rows with their header, in which the triangle is; */
  double   body_width, body_height; /* folded: of the header alone */
} TelarGraphBox;

typedef enum
{
  TELAR_GRAPH_AFTER, /* solid, from port to port */
  TELAR_GRAPH_STARTS /* dashed, from a row (or the folded header, or the box) to what it starts */
} TelarGraphEdgeKind;

typedef struct
{
  TelarGraphEdgeKind kind;
  guint32            from, to;
  guint              step;        /* of STARTS: which of from */
  guint              first_point; /* in points: through which it passes other boxes */
  guint              n_points;
  guint              n_way;       /* points that were found; they hold while both ends are */
  double             away_x, away_y; /* as far apart as then: how much farther to is now */
} TelarGraphEdge;

typedef struct
{
  double x, y;
} TelarGraphPoint;

/* Which way things go from a step to an object. */
typedef enum
{
  TELAR_GRAPH_FLOWS_NOT,
  TELAR_GRAPH_FLOWS_IN,  /* put, send */
  TELAR_GRAPH_FLOWS_OUT  /* get, receive */
} TelarGraphFlow;

/* An object that works with another: a condition with its lock. Dotted. */
typedef struct
{
  guint from, to; /* objects */
} TelarGraphBond;

/* A task that names an object: dashed, thin, no arrow. */
typedef struct
{
  guint32        task;
  guint          step;   /* the first that does */
  guint          object;
  TelarGraphFlow flow;
} TelarGraphReference;

typedef struct
{
  TelarGraph     *graph;     /* owned */
  TelarRelations *relations; /* owned */
  TelarGraphBox  *boxes;     /* owned, by task */
  guint32         n_tasks;
  guint32        *order;     /* owned: tasks, frames before what they hold; as they are painted */
  guint32        *dyes;      /* owned, by task, then by worker: colours, for the painter */
  GArray         *edges;     /* owned TelarGraphEdge */
  GArray         *points;    /* owned TelarGraphPoint */
  TelarGraphBox  *objects;   /* owned, n_objects: where the graph's objects are, in main's frame;
                              * those without a position near who uses them. A pool can be
                              * unfolded as bodies can */
  guint           n_objects;
  guint          *n_workers;   /* owned, by object: of a pool, else 0 */
  guint          *first_lanes; /* owned, by object and one more: the first of its lanes */
  GArray         *references; /* owned TelarGraphReference */
  GArray         *bonds;     /* owned TelarGraphBond */
  double          x, y;      /* of everything, main's frame and what lies outside of it; */
  double          width, height; /* x and y can be negative: positions are never shifted */
} TelarGraphLayout;

/* Never fails. Positions of the graph are those of a box's top left corner (of a
 * frame: of the frame, where nothing inside has one) and are kept exactly. Tasks
 * without one are laid out by what comes after what, below their siblings that
 * have one. A task whose parent is unknown, or whose parents run in a circle, is
 * in main's frame.
 *
 * @graph: kept; must not change any more (telar_document_snapshot())
 * @folded: (nullable) (element-type utf8): a set, ids of tasks whose body is
 *   folded. Of a long body the first twelve steps are shown. */
TelarGraphLayout *telar_graph_layout_new  (TelarGraph *graph, GHashTable *folded);
/* The same. @whole: (nullable) (element-type utf8): of these all steps are shown. */
TelarGraphLayout *telar_graph_layout_new_whole (TelarGraph *graph, GHashTable *folded,
                                                GHashTable *whole);
/* What is folded and what is not; all borrowed, sets of ids (nullable). */
typedef struct
{
  GHashTable *folded; /* tasks whose body is folded */
  GHashTable *whole;  /* of bodies and pools: all rows are shown */
  GHashTable *opened; /* pools that show a lane for each worker */
  guint       usable; /* cores: so many workers has a pool that does not say how many */
} TelarGraphFolds;

TelarGraphLayout *telar_graph_layout_new_folds (TelarGraph *graph, const TelarGraphFolds *folds);
/* Returns: (transfer full) (element-type utf8): all pools, to be shown with their lanes. */
GHashTable       *telar_graph_pool_ids (const TelarGraph *graph);
void              telar_graph_layout_free (TelarGraphLayout *layout);

/* What a frame needs besides what it holds: for an automatic layout. */
typedef struct
{
  double width, height;   /* at least */
  double header, padding; /* above what it holds; at the other sides */
  double left;            /* for the rows of its body, behind the padding */
} TelarGraphRoom;

void telar_graph_layout_room       (const TelarGraphLayout *layout, guint32 task,
                                    TelarGraphRoom *room);

/* Moves tasks, and what is inside them, on the picture alone, while a drag goes
 * on; frames that they leave keep their size. Moving a task and what is inside
 * of it moves both once. O(tasks + edges). */
void telar_graph_layout_shift      (TelarGraphLayout *layout, const guint32 *tasks, guint n_tasks,
                                    double dx, double dy);
/* The innermost frame at a place of the layout, or process that may become one; 0,
 * main's, where there is no other.
 *
 * @but: (nullable) (array): by task: these are not meant */
guint32 telar_graph_frame_at (const TelarGraphLayout *layout, double x, double y,
                              const gboolean *but);
/* Where a usual box can go so that nothing is below it: at (@x, @y), or right of
 * there, or below. */
void telar_graph_layout_free_place (const TelarGraphLayout *layout, guint32 parent, double *x,
                                    double *y);

typedef enum
{
  TELAR_GRAPH_HIT_NOTHING, /* outside of everything; task is TELAR_NOBODY */
  TELAR_GRAPH_HIT_GROUND,  /* the empty inside of a frame, which is the task */
  TELAR_GRAPH_HIT_TASK,    /* a box, or the header or outline of a frame */
  TELAR_GRAPH_HIT_IN,      /* its left port */
  TELAR_GRAPH_HIT_OUT,     /* its right port */
  TELAR_GRAPH_HIT_STEP,    /* a row of its body; number: the step (of "… 30 more": the first) */
  TELAR_GRAPH_HIT_FOLD,    /* the header of its body, with the triangle; of a pool the triangle:
                            * task is n_tasks + its number */
  TELAR_GRAPH_HIT_BADGE,   /* of its fault */
  TELAR_GRAPH_HIT_EDGE,    /* number: index in edges; task: where it ends */
  TELAR_GRAPH_HIT_OBJECT,  /* number: of the object; task is TELAR_NOBODY */
  TELAR_GRAPH_HIT_LANE     /* of a pool's worker; number: the row; task: n_tasks + the pool's */
} TelarGraphHitKind;

typedef struct
{
  TelarGraphHitKind kind;
  guint32           task;
  guint             number;
} TelarGraphHit;

/* What is at a place of the layout. Badges win over ports, ports over boxes,
 * boxes over edges, edges over ground.
 *
 * @marks: (nullable): TelarGraphMark, by task: where badges are
 * @slack: how near is near enough, in the layout's units (4 pixels / scale) */
TelarGraphHit telar_graph_hit      (const TelarGraphLayout *layout, const guint8 *marks, double x,
                                    double y, double slack);
/* Boxes that a rectangle touches and frames (but main's) that it holds whole.
 *
 * Returns: (transfer full) (element-type guint32) */
GArray       *telar_graph_tasks_in (const TelarGraphLayout *layout, double x, double y,
                                    double width, double height);

/* The object at a place of the layout, or G_MAXUINT. */
guint    telar_graph_object_at      (const TelarGraphLayout *layout, double x, double y);
/* Lanes of unfolded pools have numbers in a row. */
static inline guint
telar_graph_n_lanes (const TelarGraphLayout *layout)
{
  return layout->first_lanes[layout->n_objects];
}
/* Returns: whether there is one with that number; @object, @row: (out): which it is */
gboolean telar_graph_lane         (const TelarGraphLayout *layout, guint lane, guint *object,
                                   guint *row);
void     telar_graph_lane_place   (const TelarGraphLayout *layout, guint object, guint row,
                                   double *x, double *y, double *width, double *height);
/* Whether it stands for all workers that are not shown; that is this row, if any. */
#define TELAR_GRAPH_CUT_LANE 12u
gboolean telar_graph_lane_is_cut  (const TelarGraphLayout *layout, guint object, guint row);

/* The middle of a badge of an object. */
void     telar_graph_object_badge   (const TelarGraphLayout *layout, guint object, double *x,
                                     double *y);
/* Where the line of a bond begins and ends, at the outlines of both objects. */
void     telar_graph_bond_ends      (const TelarGraphLayout *layout, guint bond,
                                     TelarGraphPoint *from, TelarGraphPoint *to);
/* The line of a reference, a Bézier curve from the task to the object: straight, or
 * around the rows of the body that it begins beside. */
void     telar_graph_reference_line (const TelarGraphLayout *layout, guint reference,
                                     TelarGraphPoint points[4]);

/* Whether a task has a port: none has main; a task that a body starts has one at
 * its right alone, since it comes after nothing. */
gboolean telar_graph_has_port    (const TelarGraphLayout *layout, guint32 task, gboolean out);
/* Where it is, also where there is none. */
void     telar_graph_port        (const TelarGraphLayout *layout, guint32 task, gboolean out,
                                  double *x, double *y);
/* The middle of a badge. */
void     telar_graph_badge       (const TelarGraphLayout *layout, guint32 task, double *x,
                                  double *y);
/* A point in the middle of an edge, on it. */
void     telar_graph_edge_middle (const TelarGraphLayout *layout, guint edge, double *x, double *y);
/* Where the row of a step is; of one that is not shown, what stands for it: the
 * row "… 30 more", the folded header, the box. */
void     telar_graph_row         (const TelarGraphLayout *layout, guint32 task, guint step,
                                  double *x, double *y, double *width, double *height);

/* Whether a row of a body is the one that stands for all that are not shown; for
 * any row: G_MAXUINT. */
gboolean telar_graph_is_cut      (const TelarGraphLayout *layout, guint32 task, guint row);

/* The scale and place at which all of it, with a margin, fits into @view; never
 * above 1.25 (times view->text / 12). */
void     telar_graph_fit         (const TelarGraphLayout *layout, const TelarView *view, double *x,
                                  double *y, double *scale);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarGraphLayout, telar_graph_layout_free)

G_END_DECLS
