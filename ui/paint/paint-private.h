/* paint-private.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What the files of ui/paint share. One layout pass (lanes.c) says where rows
 * are, one shape pass (slices.c, markers.c) says what lies in a row; painting
 * and hit-testing both read the same answer.
 *
 *   view + timeline ─▶ lanes ─▶ shapes of a row ─▶ paint
 *                                             └──▶ hit
 *
 * Lengths are in the units of the cairo context; `unit` is one pixel of the
 * 12-pixel design, so everything is written as a multiple of it.
 */

#pragma once

#include <math.h>

#include <cairo.h>
#include <pango/pangocairo.h>

#include "paint/view.h"

G_BEGIN_DECLS

/* Colours (palette.c). */

typedef guint32 TelarColor; /* 0xRRGGBB */

typedef enum
{
  TELAR_PATTERN_PLAIN,
  TELAR_PATTERN_DOTS,
  TELAR_PATTERN_HATCH,
  TELAR_PATTERN_STRIPES,
  TELAR_PATTERN_BACK_HATCH,
  TELAR_PATTERN_LINES,
  TELAR_PATTERN_BLOCKED, /* of waits, not of tasks */
  TELAR_PATTERN_PAPER,   /* of the graph's canvas */
  TELAR_N_PATTERNS
} TelarPattern;

typedef struct
{
  TelarColor base;    /* also of the plate under text */
  TelarColor ink;     /* of the pattern */
  TelarColor text;    /* black or white, whichever reads on base */
  TelarColor edge;    /* outline that reads on the background */
  guint8     pattern; /* TelarPattern */
} TelarFill;

typedef struct
{
  TelarColor background;
  TelarColor panel;       /* ruler and legend */
  TelarColor text;
  TelarColor dim;         /* second line, headings */
  TelarColor line;        /* around panels */
  TelarColor grid;
  TelarColor tick;
  TelarColor beyond;      /* after now */
  TelarColor selected;    /* behind a selected lane */
  TelarColor now;
  TelarColor badge;       /* plate of now's time */
  TelarColor badge_text;
  TelarColor start;       /* flag, and "on core" */
  TelarColor mark;        /* end, join */
  TelarColor fail;
  TelarColor fail_text;   /* on fail */
  TelarColor arrow;
  TelarColor hatch;       /* lines of a wait */
  TelarColor hatch_edge;
  TelarColor strip;       /* others: empty */
  TelarColor others;
  TelarColor steal;
  TelarColor dot;         /* of the graph's canvas */
  TelarColor port;
  TelarColor accent;      /* what is selected in a graph */
  TelarColor found;       /* halo of a search's hit */
  TelarColor warning;     /* badge; its sign is black */
  TelarColor critical;    /* the path that the run could not have been shorter than */
} TelarTheme;

typedef struct
{
  const TelarTheme *theme;
  guint             n_fills;
  TelarFill        *fills; /* owned, by task number */
} TelarPalette;

const TelarTheme *telar_theme_get       (TelarStyle style);
void              telar_palette_init    (TelarPalette *palette, const TelarPlan *plan,
                                         TelarStyle style);
/* @dyes: what has which colour, whatever the theme: see telar_graph_dyes(). */
void              telar_palette_init_dyes (TelarPalette *palette, const guint32 *dyes, guint32 n,
                                           TelarStyle style);
void              telar_palette_clear   (TelarPalette *palette);
/* The fill of @task beside a neighbour filled with @beside (nullable): differs
 * from it in shade or pattern. */
TelarFill         telar_palette_fill    (const TelarPalette *palette, guint32 task,
                                         const TelarFill *beside);
double            telar_color_contrast  (TelarColor a, TelarColor b);
TelarColor        telar_color_mix       (TelarColor a, TelarColor b, double share_of_b);
void              telar_color_set       (cairo_t *cr, TelarColor color);
void              telar_color_set_alpha (cairo_t *cr, TelarColor color, double alpha);
/* Whether a target keeps shapes (SVG, PDF) rather than pixels. */
gboolean          telar_is_vector       (cairo_t *cr);
/* An image to paint on, of @dots to a unit or as many as memory allows; then, at a
 * place of a picture of shapes, one of these. */
cairo_t          *telar_image_begin     (double width, double height, double dots);
void              telar_image_end       (cairo_t *image, cairo_t *cr, double x, double y);
/* Fills the current path (and clears it): the pattern repeats every @size
 * (7 and more reads well) from (@x, @y) on. */
void              telar_fill_path       (cairo_t *cr, const TelarFill *fill, double size,
                                         double x, double y);
/* After how much that pattern repeats itself on what @cr paints on. */
double            telar_fill_period     (cairo_t *cr, double size);
/* A pattern for a target of pixels, to be repeated, without holes: a pixel of it a pixel
 * of @cr's target. (transfer full) */
cairo_surface_t  *telar_fill_tile       (cairo_t *cr, const TelarFill *fill, double size);
/* Of waits. */
TelarFill         telar_fill_blocked    (const TelarTheme *theme);
/* Base, pattern, and what reads on it. */
TelarFill         telar_fill_make       (const TelarTheme *theme, TelarColor base,
                                         TelarPattern pattern);

/* Text (text.c). */

typedef enum
{
  TELAR_TEXT_NORMAL = 0,
  TELAR_TEXT_BOLD   = 1 << 0,
  TELAR_TEXT_MONO   = 1 << 1
} TelarTextFlags;

typedef struct
{
  const char *family; /* borrowed */
  gboolean    vector; /* glyphs where they belong, not on whole pixels */
} TelarTextStyle;

double telar_text_width (const TelarTextStyle *style, const char *text, double size,
                         TelarTextFlags flags);
/* Draws with its left end at @x and its line at @baseline; wider than
 * @max_width (> 0) it is cut with an ellipsis. */
void   telar_text_draw  (cairo_t *cr, const TelarTextStyle *style, const char *text,
                         double x, double baseline, double size, TelarTextFlags flags,
                         double max_width, TelarColor color);
/* Text that the SVG surface of @cr should carry as text; see export-svg.c. */
typedef struct
{
  GString *elements; /* "<text …>…</text>\n" */
} TelarTextCollector;
void   telar_text_collect (cairo_surface_t *surface, TelarTextCollector *collector);

/* Text for pixels, shaped for every size (text-run.c). */
typedef struct _TelarTextRun TelarTextRun;
/* Its fonts at those sizes that were asked for last. */
typedef struct _TelarTextFonts TelarTextFonts;

TelarTextFonts *telar_text_fonts_new  (const cairo_font_options_t *options);
void            telar_text_fonts_free (TelarTextFonts *fonts);
/* @context: without hints; its font is changed
 *
 * Returns: (transfer full) (nullable): NULL where it is too much for that */
TelarTextRun   *telar_text_run_new    (PangoContext *context, const PangoFontDescription *font,
                                       const char *text);
void            telar_text_run_free   (TelarTextRun *run);
double          telar_text_run_width  (const TelarTextRun *run, double size);
/* How many of its characters @max_width has room for, without a space at their end. */
guint           telar_text_run_cut    (const TelarTextRun *run, double size, double max_width);
/* The first @n of them.
 *
 * Returns: x behind them */
double          telar_text_run_draw   (cairo_t *cr, TelarTextFonts *fonts, const TelarTextRun *run,
                                       guint n, double x, double baseline, double size);

/* Ruler (ruler.c). */

typedef struct
{
  double      step;     /* ns between ticks */
  double      unit;     /* ns */
  const char *suffix;   /* untranslated */
  int         decimals;
} TelarTicks;

/* Ticks for @ns_per_unit nanoseconds a length unit that are at least
 * @min_distance apart. */
TelarTicks telar_ticks_choose (double ns_per_unit, double min_distance, double largest);
/* "10 ms"; (transfer full). */
char      *telar_ticks_label  (const TelarTicks *ticks, double ns);

/* Rows (lane-rows.c: which; lanes.c: where). */

typedef enum
{
  TELAR_ROW_CORES_HEADING,
  TELAR_ROW_CORE,
  TELAR_ROW_UNUSED,      /* cores that nothing used, folded */
  TELAR_ROW_TASKS_HEADING,
  TELAR_ROW_TASK,
  TELAR_ROW_COPIES,      /* of one task, folded: there are too many for a lane each */
  TELAR_ROW_FOLDED,      /* a task and what is inside it */
  TELAR_ROW_OBJECTS_HEADING,
  TELAR_ROW_OBJECT,
  TELAR_ROW_HIDDEN,      /* says how many lanes somebody has hidden */
  TELAR_N_ROW_KINDS
} TelarRowKind;

typedef struct
{
  TelarRowKind kind;
  guint        number;     /* index of the core, task, or how many are folded or hidden */
  guint        count;      /* of tasks that share it; of hidden ones their TelarLaneKind; else 1 */
  guint        members;    /* where those tasks begin in the lanes' members */
  guint        depth;
  gboolean     pinned;     /* does not scroll, unless too much is pinned */
  double       y, height;  /* on the surface, scroll included */
  double       bar_y, bar_height;
} TelarRow;

typedef struct
{
  double unit;   /* of its own: it may be smaller than the lanes' */
  double height; /* 0: none */
  guint  signs;  /* bits: which are shown */
} TelarLegend;

typedef struct
{
  double  unit;
  double  left, right;     /* x of view->begin and of view->end */
  double  top, bottom;     /* of the lanes' window */
  double  scroll_top;      /* of what scrolls in it: below pinned lanes */
  double  width, height;   /* of the surface */
  double  title_height;
  TelarLegend legend;
  gboolean presenting;
  guint8  dense;           /* as in the view */
  double  small;           /* below this a slice is a pin */
  double  begin, per_ns;   /* x = left + (ns − begin) · per_ns */
  double  total;           /* height of everything, unscrolled */
  GArray *rows;            /* owned TelarRow: pinned ones by y, then the others by y */
  GArray *members;         /* owned guint32: tasks that share a row */
  guint   n_pinned;        /* rows */
  guint   end_of_cores;    /* first row after those of cores, which follow pinned ones */
  double  pinned_height;
  gboolean adding_pinned;  /* while rows are made */
  guint  *row_of_task;     /* owned; G_MAXUINT: none. A call has its parent's. */
  guint32 *first_call; /* owned, by row: calls that were made in it, a list */
  guint32 *next_call;  /* owned, by task; TELAR_NO_TASK ends it */
  guint   n_tasks;
  const TelarTimeline *timeline; /* borrowed, nullable */
  const TelarMachine  *machine;  /* borrowed, nullable */
  const TelarLaneOrder *order;   /* borrowed, nullable */
} TelarLanes;

void            telar_lanes_init  (TelarLanes *lanes, const TelarTimeline *timeline,
                                   const TelarView *view, const TelarTextStyle *text);
void            telar_lanes_clear (TelarLanes *lanes);
/* Below those that there are. Its timeline is not NULL. */
void            telar_lanes_add_rows (TelarLanes *lanes, TelarShow show);
/* Returns: (nullable): the row at @y. */
const TelarRow *telar_lanes_at    (const TelarLanes *lanes, double y);
const TelarRow *telar_lanes_of    (const TelarLanes *lanes, guint32 task);
/* Of a task: as above; else where the core or the object has a row. (nullable) */
const TelarRow *telar_lanes_find  (const TelarLanes *lanes, TelarLaneKind kind, guint number);
/* A task that shares a row: the first, or one of those folded into it. */
static inline guint32
telar_row_member (const TelarLanes *lanes, const TelarRow *row, guint i)
{
  return g_array_index (lanes->members, guint32, row->members + i);
}
/* Between which heights a row can be seen. */
static inline double
telar_row_top (const TelarLanes *lanes, const TelarRow *row)
{
  return row->pinned ? lanes->top : lanes->scroll_top;
}
static inline double
telar_row_bottom (const TelarLanes *lanes, const TelarRow *row)
{
  return row->pinned ? lanes->scroll_top : lanes->bottom;
}
/* Whether two rows are hardware threads of one core. */
gboolean        telar_rows_are_siblings (const TelarLanes *lanes, const TelarRow *a,
                                         const TelarRow *b);
/* What stands at the left of a row; (transfer full). */
char           *telar_row_name    (const TelarTimeline *timeline, const TelarRow *row);
/* Its second line, "93 % this run"; (transfer full) (nullable). */
char           *telar_row_note    (const TelarTimeline *timeline, const TelarRow *row);
gboolean        telar_timeline_is_empty (const TelarTimeline *timeline);

static inline double
telar_lanes_x (const TelarLanes *lanes, double ns)
{
  return lanes->left + (ns - lanes->begin) * lanes->per_ns;
}

/* The column that time 0 begins. */
static inline double
telar_lanes_shift (const TelarLanes *lanes)
{
  return floor (lanes->left - lanes->begin * lanes->per_ns + 0.5);
}

/* Columns of pixels begin at whole multiples of a column's time since the run
 * began, not at the view's edge: what moves with a view does not change. */
static inline int
telar_lanes_column (const TelarLanes *lanes, double ns)
{
  return (int) CLAMP (floor (ns * lanes->per_ns) + telar_lanes_shift (lanes), -1e9, 1e9);
}

/* When a column begins. */
static inline double
telar_lanes_column_ns (const TelarLanes *lanes, int column)
{
  return (column - telar_lanes_shift (lanes)) / lanes->per_ns;
}

static inline double
telar_lanes_ns (const TelarLanes *lanes, double x)
{
  return lanes->begin + (x - lanes->left) / lanes->per_ns;
}

/* Rectangles of whole pixels (pixels.c). */

typedef struct
{
  cairo_surface_t *surface; /* nullable: cairo paints */
  double           scale;
  double           x, y;    /* where the context's origin is */
  int              left, top, right, bottom; /* what is painted on, in pixels */
} TelarPixels;

/* For as long as the context's clip and matrix stay as they are. */
void telar_pixels_init (TelarPixels *pixels, cairo_t *cr);
/* In a colour that covers all. */
void telar_pixels_fill (const TelarPixels *pixels, cairo_t *cr, double x, double y,
                        double width, double height, TelarColor color);
/* The next three return FALSE, and paint nothing, where cairo has to do it.
 *
 * An image without holes, again and again from @tile_x, @tile_y on, a pixel a pixel. */
gboolean telar_pixels_tile (const TelarPixels *pixels, cairo_surface_t *tile, double tile_x,
                            double tile_y, double x, double y, double width, double height);
/* @n columns in a box of @height, each as high as @highs says, from below. */
gboolean telar_pixels_columns (const TelarPixels *pixels, double x, double y, guint n,
                               guint height, const TelarColor *colors, const guint8 *highs);
/* @color through @stamp, CAIRO_FORMAT_A8, a pixel a pixel. */
gboolean telar_pixels_stamp (const TelarPixels *pixels, cairo_surface_t *stamp, double x, double y,
                             TelarColor color);
/* How often this thread has written, not painted. */
guint64 telar_pixels_n_written (void);

/* Shapes of a row (slices.c). */

typedef enum
{
  TELAR_SHAPE_BAR,   /* one slice */
  TELAR_SHAPE_PIN,   /* small ones, close together */
  TELAR_SHAPE_DENSE  /* many small ones: columns */
} TelarShapeKind;

typedef struct
{
  guint8  kind;
  guint16 core;
  guint32 task;          /* of a pin: who dominates; of columns see telar_shape_task() */
  guint   count;
  gint64  begin, end;
  double  x0, x1;
  guint   first_column;  /* of pins and dense shapes */
  guint   n_columns;
} TelarShape;

/* A pixel column of small slices. */
typedef struct
{
  int     x;
  guint32 task;
  float   share;         /* of the column's time that is busy, 0…1 */
} TelarColumn;

typedef struct
{
  GArray *shapes;  /* TelarShape, by x0 */
  GArray *columns; /* TelarColumn */
} TelarShapes;

void telar_shapes_init  (TelarShapes *shapes);
void telar_shapes_clear (TelarShapes *shapes);
/* Forgets what was there and fills in what is visible of @slices. Cost: pixels,
 * not slices: where they are dense, columns come from the lane's sums. */
void telar_shapes_fill  (TelarShapes *shapes, const TelarLanes *lanes,
                         const TelarSlices *slices);
/* Of columns: who dominates them, counted when it is asked for. */
guint32 telar_shape_task (const TelarShapes *shapes, const TelarShape *shape);
/* Pixels of busy time in each of the @n columns from @column on, as far as they
 * lie in [begin, end); added to @busy. @task: (nullable): who dominates. */
void telar_columns_add  (const TelarLanes *lanes, const TelarSlices *slices, gint64 begin,
                         gint64 end, int column, guint n, double *busy, guint32 *task);
/* How much columns are made ahead. */
typedef struct
{
  guint  room;  /* tiles, whether they are there or have to be made */
  gint64 us;    /* from the first one that was made: each time there is one at least */
  gint64 until; /* monotonic µs; 0: none has been made */
} TelarAhead;

/* Makes what columns are read from for the same place seen 2^@closer times as large.
 * Returns: FALSE if time was up. */
gboolean telar_columns_ahead (const TelarLanes *lanes, const TelarSlices *slices, guint closer,
                              TelarAhead *ahead);

/* Too low for text and signs: slices, lives and failures only. */
static inline gboolean
telar_row_is_tiny (const TelarRow *row, double unit)
{
  return row->height < 8 * unit;
}

/* Where the head of a pin is. */
static inline double
telar_pin_y (const TelarRow *row, double unit)
{
  return row->kind == TELAR_ROW_CORE ? row->bar_y + unit : row->bar_y + row->bar_height / 2;
}

/* Markers of a task (markers.c). */

typedef struct
{
  guint  bits;           /* TelarMarker; several: a capsule */
  gint64 begin, end;
  double x0, x1;
} TelarMark;

#define TELAR_MAX_MARKS 3
guint telar_marks_of (const TelarLanes *lanes, const TelarTaskLane *task,
                      TelarMark marks[TELAR_MAX_MARKS]);
/* Where a mark is drawn, capsule text not included. */
void  telar_mark_box (const TelarLanes *lanes, const TelarRow *row, const TelarMark *mark,
                      double *x, double *y, double *width, double *height);
/* The unit for signs in a row: smaller where rows are low. */
double telar_row_scale (const TelarRow *row, double unit);
/* How far a start flag reaches above the bar. */
double telar_flag_height (const TelarRow *row, double unit);
gboolean telar_task_failed (const TelarTaskLane *task);

/* Arrows (arrows.c). */

typedef struct
{
  double x0, y0, x1, y1;
  double head;  /* −1: points up, 1: down */
  double scale; /* the unit for its head */
} TelarArrowLine;

/* Returns: whether any of it can be seen. */
gboolean telar_arrow_line (const TelarLanes *lanes, const TelarTimeline *timeline,
                           const TelarArrow *arrow, TelarArrowLine *line);

/* Those of objects are many: the selected task's only, unless all are asked for. */
gboolean telar_arrow_is_asked (const TelarView *view, const TelarArrow *arrow);

/* Locks that are held (holds.c). */

/* Where a hold is drawn above the slices of a row; those that overlap share the height.
 *
 * @index: in the task's holds
 *
 * Returns: whether any of it can be seen. */
gboolean telar_hold_box (const TelarLanes *lanes, const TelarTaskLane *task, const TelarRow *row,
                         guint index, cairo_rectangle_t *box);
/* An object's own hue and pattern. */
TelarFill telar_object_fill (const TelarTheme *theme, guint32 object);

/* Lanes of objects (object-lanes.c). */

/* "5 of 6", "3 increments lost"; (transfer full) (nullable) */
char    *telar_object_note     (const TelarTimeline *timeline, const TelarObjectLane *object);
/* "queue", "lock"… */
const char *telar_object_type_words (guint8 type);

/* Deadlocks (deadlocks.c). */

/* The deadlock that @task was in at some time of [begin, end); (nullable). */
const TelarDeadlock *telar_deadlock_of (const TelarTimeline *timeline, guint32 task, gint64 begin,
                                        gint64 end);
gboolean telar_hit_deadlock (const TelarLanes *lanes, const TelarTimeline *timeline, double x,
                             double y, TelarHit *hit);

/* One picture in the making. */

typedef struct
{
  cairo_t             *cr;
  const TelarTimeline *timeline;
  const TelarView     *view;
  const TelarTheme    *theme;
  TelarTextStyle       text;
  TelarPalette         palette;
  TelarLanes           lanes;
  TelarPixels          pixels;  /* within the lanes, as they are clipped */
  TelarShapes          shapes;
  gboolean             vector;
  double               unit;
  double               top, bottom; /* what of it is painted on: all, or a strip */
  gboolean             pinned;  /* rows that do not scroll are painted, else those that do */
  GArray              *bars;    /* pending rectangles, sorted by fill before they are painted */
  GArray              *signs;   /* pending TelarSign, of a picture of shapes */
  cairo_surface_t     *stamps[2][8][2]; /* owned: heads of pins, see pins.c */
  GArray              *taken;   /* cairo_rectangle_t: where labels of the row may not go */
} TelarPainter;

/* Returns: (nullable): NULL of neither a core nor a task. */
static inline const TelarSlices *
telar_row_slices (const TelarTimeline *timeline, const TelarRow *row)
{
  if (row->kind == TELAR_ROW_CORE)
    return ((TelarCoreLane *) timeline->cores->pdata[row->number])->slices;
  if (row->kind == TELAR_ROW_TASK)
    return ((TelarTaskLane *) timeline->tasks->pdata[row->number])->slices;
  return NULL;
}

static inline gboolean
telar_row_is_visible (const TelarPainter *painter, const TelarRow *row)
{
  return row->pinned == painter->pinned && row->y + row->height > painter->top
         && row->y < painter->bottom;
}

void telar_paint_ruler   (TelarPainter *painter);
/* bookmarks.c. @taken: double[2] of each: from where to where no other text goes. */
void telar_paint_bookmarks (TelarPainter *painter, GArray *taken);
/* Whether a flag is there, on the ruler. */
gboolean telar_hit_bookmark (const TelarLanes *lanes, const TelarTimeline *timeline,
                             const TelarView *view, double x, TelarHit *hit);
void telar_paint_grid    (TelarPainter *painter);
void telar_paint_brackets (TelarPainter *painter);
void telar_paint_header  (TelarPainter *painter);
void telar_paint_names   (TelarPainter *painter, const TelarRow *row);
void telar_paint_slices  (TelarPainter *painter, const TelarRow *row);
GArray *telar_bars_new   (void);
void telar_add_bar       (TelarPainter *painter, const TelarFill *fill, double x0, double x1,
                          double y, double height);
void telar_flush_bars    (TelarPainter *painter);
void telar_paint_labels  (TelarPainter *painter, const TelarRow *row);
void telar_paint_call_labels (TelarPainter *painter, const TelarRow *row, guint32 call);
/* Pins: first what they stand on, then their heads. */
void telar_add_pins      (TelarPainter *painter, const TelarRow *row);
void telar_paint_pin_heads (TelarPainter *painter, const TelarRow *row);

typedef enum
{
  TELAR_WAITS_OUTLINES, /* of bars, hairs for small waits */
  TELAR_WAITS_INSIDES,  /* of bars, and what is no bar */
  TELAR_WAITS_LABELS,
} TelarWaitsPass;

/* Returns: whether any is wide enough for the passes after this one; else they paint nothing. */
gboolean telar_paint_waits (TelarPainter *painter, const TelarRow *row, TelarWaitsPass pass);
void telar_paint_copies  (TelarPainter *painter, const TelarRow *row);
/* others.c: the share of everything else on a core, others from below, steal from above;
 * the strip that it is of comes first. */
void telar_paint_strip   (TelarPainter *painter, const TelarRow *row);
void telar_paint_others  (TelarPainter *painter, const TelarRow *row);
void telar_paint_markers (TelarPainter *painter, const TelarRow *row);
/* chunks.c: what a worker of a pool had to do. */
void telar_paint_chunks  (TelarPainter *painter, const TelarRow *row);
void telar_paint_arrows  (TelarPainter *painter, gboolean heads);
/* Of a task that ran but has no slice. */
void telar_paint_ran_within (TelarPainter *painter, const TelarRow *row);
/* Of a task whose row is tiny: from start to join in one stroke, and a failure that cannot be
 * overlooked. */
void telar_add_life      (TelarPainter *painter, const TelarRow *row);
void telar_add_failure   (TelarPainter *painter, const TelarRow *row);
/* row-layers.c: all lanes of cores, all of tasks. */
void telar_paint_core_rows (TelarPainter *painter);
void telar_paint_task_rows (TelarPainter *painter);
void telar_paint_losses  (TelarPainter *painter);
void telar_paint_holds   (TelarPainter *painter, const TelarRow *row);
void telar_paint_object  (TelarPainter *painter, const TelarRow *row);
void telar_paint_deadlocks (TelarPainter *painter);
/* critical.c */
void telar_paint_critical (TelarPainter *painter);
void telar_paint_legend  (TelarPainter *painter);
/* From the lowest to the highest. */
typedef enum
{
  TELAR_SIGN_DUE,   /* from @x and @y to @right and @bottom */
  TELAR_SIGN_ENDED, /* from @x to @right */
  TELAR_SIGN_RIM,   /* @s thick, behind the head of a pin */
  TELAR_SIGN_HEAD,  /* @s thick; both from @x to @right, with round ends */
  TELAR_SIGN_START, /* from @y, its top, to @bottom */
  TELAR_SIGN_END,   /* @x and @y are the middle */
  TELAR_SIGN_JOIN,
} TelarSignKind;

/* A sign in a lane. Those of equal @kind, @s and @color look alike. */
typedef struct
{
  TelarSignKind kind;
  TelarColor    color; /* of rim and head */
  double        x, y, right, bottom;
  double        s;     /* times the design's size */
} TelarSign;

GArray *telar_signs_new (void);
/* In pixels it is drawn at once, else where signs are flushed. */
void telar_add_sign      (TelarPainter *painter, const TelarSign *sign);
void telar_flush_signs   (TelarPainter *painter);
/* At once in any picture. */
void telar_draw_sign     (TelarPainter *painter, const TelarSign *sign);
/* The signs, at @s times the design's size. */
void telar_draw_flag     (cairo_t *cr, const TelarTheme *theme, double x, double top,
                          double bottom, double s);
void telar_draw_end      (cairo_t *cr, const TelarTheme *theme, double x, double y, double s);
void telar_draw_fail     (cairo_t *cr, const TelarTheme *theme, double x, double y, double s);
void telar_draw_join     (cairo_t *cr, const TelarTheme *theme, double x, double y, double s);
char *telar_mark_label   (const TelarMark *mark);
char *telar_wait_label   (const TelarTimeline *timeline, const TelarWait *wait);
/* What the legend takes at @unit, which is made smaller where it may @shrink
 * to have no more than two lines. */
TelarLegend telar_legend_measure (const TelarTimeline *timeline, const TelarTextStyle *text,
                                  const TelarView *view, double unit);
void telar_paint_round   (cairo_t *cr, double x, double y, double width, double height,
                          double radius);

/* Puts @rectangle down where labels of the row may not go. */
void     telar_take (TelarPainter *painter, double x, double y, double width, double height);
gboolean telar_free (TelarPainter *painter, double x, double y, double width, double height);

G_END_DECLS
