/* view.h
 *
 * SPDX-License-Identifier: MIT
 *
 * How a timeline or a graph is looked at: pure values, no GTK. One painter
 * serves window and exports: both fill in a view and call paint.
 */

#pragma once

#include <cairo.h>
#include <glib.h>

#include "machine/machine.h"
#include "paint/lane-order.h"
#include "timeline/statistics.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

typedef enum
{
  TELAR_STYLE_LIGHT,
  TELAR_STYLE_DARK,
  TELAR_STYLE_PRINT /* white, for paper */
} TelarStyle;

typedef enum
{
  TELAR_SHOW_CORES    = 1 << 0,
  TELAR_SHOW_TASKS    = 1 << 1,
  TELAR_SHOW_LEGEND   = 1 << 2,
  TELAR_SHOW_RULER    = 1 << 3,
  TELAR_SHOW_NOW      = 1 << 4, /* the line at now, and shade beyond */
  TELAR_SHOW_TITLE    = 1 << 5,
  TELAR_SHOW_OBJECTS  = 1 << 6, /* a lane each: how full queues, semaphores and barriers are */
  TELAR_SHOW_ARROWS   = 1 << 7, /* those between users of objects, not the selected task's only */
  TELAR_SHOW_BOOKMARKS = 1 << 9, /* flags on the ruler, with their texts */
  TELAR_SHOW_SOURCE   = 1 << 8  /* how it was recorded and how busy cores were: beside the legend */
} TelarShow;

typedef struct
{
  /* Time, ns; double because a zoomed-in pixel is a fraction of one. */
  double      begin;
  double      end;

  /* Place, in the units of the cairo context (pixels of a window). */
  double      width;
  double      height;
  double      scroll;      /* how far down the lanes are scrolled */
  double      least_left;  /* names take so much at least: views under each other share a scale */
  guint8      dense;       /* rows as low as if there were more of them: 0, 1, 2 */

  /* Look. */
  TelarStyle  style;
  TelarShow   show;
  const char *font;        /* family, borrowed; NULL: "Sans" */
  const char *date;        /* beside the legend, borrowed; NULL: none */
  double      text;        /* height of normal text, same units; everything scales with it */
  gboolean    presenting;  /* bars and pins as large as a projector needs */
  double      dots;        /* lanes as an image, so many dots to a unit; 0: as shapes */
  gboolean    fit;         /* rows as low as it takes to show all of them: what cannot scroll */

  /* Whose critical path is drawn, borrowed; NULL: none is. */
  const TelarStatistics *critical;

  /* What somebody made of the lanes, borrowed, applied to the run; NULL: nothing. */
  const TelarLaneOrder *order;

  /* Which cores are hardware threads of one core, borrowed; NULL: not known. */
  const TelarMachine *machine;

  /* State. */
  guint32     selected;    /* task, or TELAR_NO_TASK */
  TelarLaneKind marked_kind; /* of a core's or an object's lane that keys are about… */
  guint       marked;      /* …its number; TELAR_N_LANE_KINDS: none */
  double      pointer_x;   /* < 0: none */
  double      pointer_y;
} TelarView;

/* A view of the whole timeline, 12 units of text, light, everything shown. */
void telar_view_init (TelarView *view, double width, double height);

/* What can be pointed at. */
typedef enum
{
  TELAR_HIT_NOTHING,
  TELAR_HIT_RULER,
  TELAR_HIT_BOOKMARK,   /* its id in number; begin: the moment */
  TELAR_HIT_CORE_LANE,  /* number: index in timeline->cores */
  TELAR_HIT_TASK_LANE,  /* task */
  TELAR_HIT_SLICE,      /* task, core lane in number, begin, end */
  TELAR_HIT_PIN,        /* several small slices: begin, end, count */
  TELAR_HIT_WAIT,       /* task, index of the wait in number */
  TELAR_HIT_MARKER,     /* task; number: TelarMarker bits */
  TELAR_HIT_ARROW,      /* index in timeline->arrows in number */
  TELAR_HIT_COPIES,     /* a lane of many copies: task is the first, count how many */
  TELAR_HIT_HOLD,       /* a lock that is held: task, index in its holds in number */
  TELAR_HIT_OBJECT,     /* the lane of an object: its number; begin: the moment */
  TELAR_HIT_DEADLOCK,   /* index in timeline->deadlocks in number */
  TELAR_HIT_FOLDED,     /* the lane of a task and of what is inside it: count more lanes */
  TELAR_HIT_HIDDEN      /* where count lanes are hidden, of the TelarLaneKind in number */
} TelarHitKind;

typedef enum
{
  TELAR_MARKER_START = 1 << 0,
  TELAR_MARKER_END   = 1 << 1,
  TELAR_MARKER_JOIN  = 1 << 2,
  TELAR_MARKER_FAIL  = 1 << 3
} TelarMarker;

typedef struct
{
  TelarHitKind kind;
  guint32      task;   /* or TELAR_NO_TASK */
  guint        number;
  guint        count;
  gint64       begin;
  gint64       end;
} TelarHit;

/* Timeline. The lanes begin right of telar_timeline_left() and below
 * telar_timeline_top(). */
void     telar_paint_timeline     (cairo_t *cr, const TelarTimeline *timeline,
                                   const TelarView *view);
/* Makes what closer looks at the same place will need of the lanes of cores and tasks, and
 * this thread keeps, for about @us microseconds, so that no frame has to while somebody
 * zooms. For a finished run. Returns: whether there is nothing left to make. */
gboolean telar_timeline_look_ahead (const TelarTimeline *timeline, const TelarView *view,
                                    gint64 us);
TelarHit telar_hit_timeline       (const TelarTimeline *timeline, const TelarView *view,
                                   double x, double y);
/* Everything there is to know about what was hit, one fact a line, in the
 * reader's language. (transfer full) (nullable) */
char    *telar_hit_describe       (const TelarTimeline *timeline, const TelarHit *hit);
/* "critical path 86 % of the run, 40 % on a core"; (transfer full) (nullable) */
char    *telar_critical_words     (const TelarStatistics *statistics);
/* Whether an object can have a lane of its own: locks are on their holders'. */
gboolean telar_object_has_lane    (const TelarObjectLane *object);
double   telar_timeline_left      (const TelarTimeline *timeline, const TelarView *view);
double   telar_timeline_top       (const TelarTimeline *timeline, const TelarView *view);
/* How far a view would have to scroll down for a lane to be seen whole; < 0: up, 0: it
 * is, or it is pinned, or there is none. */
double   telar_timeline_lane_beyond (const TelarTimeline *timeline, const TelarView *view,
                                     TelarLaneKind kind, guint number);
/* "Core 0: 35 % this run", "queue q: 3 of 4"; (transfer full) */
char    *telar_timeline_lane_words  (const TelarTimeline *timeline, TelarLaneKind kind,
                                     guint number);
/* Height that all lanes, ruler and legend would take unscrolled. */
double   telar_timeline_height    (const TelarTimeline *timeline, const TelarView *view);
/* Where a lane is (scroll included), for scrolling it into view. */
gboolean telar_timeline_lane_rect (const TelarTimeline *timeline, const TelarView *view,
                                   TelarLaneKind kind, guint number, double *y, double *height);
/* The same of all lanes at once: of each kind, by number, as many as @n says; without a
 * lane, height is 0. */
typedef struct
{
  double y;
  double height;
} TelarLaneRect;
void     telar_timeline_lane_rects (const TelarTimeline *timeline, const TelarView *view,
                                    TelarLaneRect *const rects[TELAR_N_LANE_KINDS],
                                    const guint n[TELAR_N_LANE_KINDS]);
double   telar_view_time_at       (const TelarTimeline *timeline, const TelarView *view, double x);
double   telar_view_x_of          (const TelarTimeline *timeline, const TelarView *view, double ns);

G_END_DECLS
