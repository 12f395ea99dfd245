/* timeline-view-private.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What the files of the timeline view share: -view.c (life and painting),
 * -ahead.c (what a closer look will need), -bookmarks.c (moments with a text),
 * -critical.c (the path through the run), -input.c (pointer and keys), -lanes.c (children for those who cannot see),
 * -link.c (two of them on one time scale), -measure.c (between two moments), -order.c
 * (lanes are sorted, folded, hidden, pinned), -overview.c
 * (the strip of the whole run), -replay.c (a finished run once more).
 */

#pragma once

#include "look.h"
#include "paint/view.h"
#include "timeline-view/follow.h"
#include "timeline-view/timeline-view.h"

G_BEGIN_DECLS

struct _TelarTimelineView
{
  GtkWidget      parent_instance;

  /* Template. */
  GtkWidget     *scrollbar;
  GtkAdjustment *vadjustment;

  /* A child. */
  GtkWidget     *strip;     /* of the whole run */
  GtkWidget     *menu;      /* nullable: of a lane */
  GtkWidget     *bookmark_popover; /* nullable: the text of one, in it… */
  GtkWidget     *bookmark_entry;

  /* Owned. */
  TelarTimeline *timeline;
  TelarLook      look;
  TelarStatistics *statistics; /* nullable: not asked for, or not counted yet */
  GCancellable  *counting;  /* nullable: of what counts them */
  GPtrArray     *lanes;     /* TelarUnpainted, children, by task number */
  GPtrArray     *others;    /* the same of cores, then of objects */
  guint          n_cores;   /* of these */
  TelarLaneOrder *order;    /* applied to the timeline */

  /* Borrowed, nullable. */
  const TelarMachine *machine;
  TelarTimelineView  *linked;   /* shows another run on the same time scale */

  /* State. */
  TelarFollow    follow;
  gboolean       live;
  gboolean       told_following; /* what listeners know */
  gboolean       presenting;
  gboolean       overview;   /* is asked for */
  gboolean       critical;   /* the path is drawn */
  gboolean       objects;    /* have lanes */
  gboolean       all_arrows;
  guint          deadlocks;  /* found and resolved, as they were told last */
  guint32        selected;
  TelarLaneKind  marked_kind; /* of the core's or object's lane that has the focus… */
  guint          marked;    /* …its number; TELAR_N_LANE_KINDS: none */
  double         pointer_x; /* < 0: none */
  double         pointer_y;
  int            bar_width; /* of the scrollbar */
  double         left;      /* while linked: the names of both have room */
  guint8         dense;     /* as low as rows have to be for all of them to be seen */
  guint          tick;
  guint          ahead;     /* source: what a closer look will need, later or now */
  cairo_surface_t *images[2]; /* owned, nullable: shown, and painted next */
  guint64        painted;   /* generation of the timeline that was painted last */
  gint64         named_at;  /* monotonic µs: lanes got their names */
  guint          next_named;

  /* A replay: the run's time is `replay_ns`; began at a frame time. */
  gboolean       replaying;
  guint          slowness;
  gint64         replay_began;
  double         replay_ns;

  /* A drag. */
  double         drag_x;
  double         drag_y;
  gboolean       dragging;
  gboolean       measuring; /* the drag does that */

  /* What the menu and its keys are about. */
  char          *object;    /* owned, nullable: id of the one that "object-lane" is about */
  TelarLaneKind  lane_kind; /* TELAR_N_LANE_KINDS: nothing */
  guint          lane_number;

  /* Bookmarks, by id; 0: none. */
  guint          bookmark;      /* made, edited or gone to last */
  guint          menu_bookmark; /* what the menu was asked for at… */
  gint64         menu_ns;       /* …and which moment */

  /* What is measured: none, a first mark, or two; ns. */
  guint          n_marks;
  gint64         marks[2];
};

/* -view.c */
void   telar_timeline_view_fill_view   (TelarTimelineView *self, TelarView *view);
void   telar_timeline_view_tell_range  (TelarTimelineView *self);
/* Moves the picture so that a moment is in the middle. */
void   telar_timeline_view_show_time   (TelarTimelineView *self, double ns);
void   telar_timeline_view_moved       (TelarTimelineView *self);
void   telar_timeline_view_select      (TelarTimelineView *self, guint32 task);
/* Somebody wants to see the object of a lane. */
void   telar_timeline_view_choose_object (TelarTimelineView *self, guint number);
void   telar_timeline_view_scroll_to   (TelarTimelineView *self, TelarLaneKind kind, guint number);
double telar_timeline_view_length      (TelarTimelineView *self);
/* Of the longer one, where two are linked. */
double telar_timeline_view_reach       (TelarTimelineView *self);
double telar_timeline_view_legend_height (TelarTimelineView *self, const TelarView *view);
void   telar_timeline_view_ensure_tick (TelarTimelineView *self);

/* -ahead.c: once nothing is painted any more. */
void   telar_timeline_view_ahead_later (TelarTimelineView *self);
void   telar_timeline_view_ahead_stop  (TelarTimelineView *self);

/* -link.c */
/* What both of them show is the same time… */
void   telar_timeline_view_link_moved  (TelarTimelineView *self);
/* …and begins at the same pixel. */
void   telar_timeline_view_link_left   (TelarTimelineView *self);

/* -measure.c */
void     telar_timeline_view_measure_class_init (GtkWidgetClass *widget_class);
void     telar_timeline_view_measure_from  (TelarTimelineView *self, double x);
void     telar_timeline_view_measure_to    (TelarTimelineView *self, double x);
/* Returns: whether there was a mark. */
gboolean telar_timeline_view_measure_clear (TelarTimelineView *self);
void     telar_timeline_view_measure_paint (TelarTimelineView *self, GtkSnapshot *snapshot,
                                            const TelarView *view);

/* -bookmarks.c */
void   telar_timeline_view_bookmarks_class_init (GtkWidgetClass *widget_class);
/* Items for the place that the menu was asked for at. */
void   telar_timeline_view_bookmark_menu  (TelarTimelineView *self, GMenu *menu);
void   telar_timeline_view_bookmark_edit  (TelarTimelineView *self, guint id);
/* The one that was gone to, or how many there are. (transfer full) (nullable) */
char  *telar_timeline_view_bookmark_words (TelarTimelineView *self);

/* -critical.c */
/* Once it is asked for, and the run is over. */
void   telar_timeline_view_critical_ensure (TelarTimelineView *self);
/* Before another run is shown. */
void   telar_timeline_view_critical_clear  (TelarTimelineView *self);

/* -order.c */
void        telar_timeline_view_order_init       (TelarTimelineView *self);
void        telar_timeline_view_order_class_init (GtkWidgetClass *widget_class);
const char *telar_timeline_view_order_get_sort   (TelarTimelineView *self);
void        telar_timeline_view_order_set_sort   (TelarTimelineView *self, const char *name);
/* Of another run, or of one with more lanes. */
void        telar_timeline_view_order_apply      (TelarTimelineView *self);
/* What has the same name looks the same in the view that it is linked to, if any. */
void        telar_timeline_view_order_link       (TelarTimelineView *self);
/* A task that was asked for is not hidden. */
void        telar_timeline_view_order_reveal     (TelarTimelineView *self, guint32 task);
/* How many lanes are hidden. */
guint       telar_timeline_view_order_hidden     (TelarTimelineView *self);
/* Whether the object that is meant has a lane. */
gboolean    telar_timeline_view_order_get_object_lane (TelarTimelineView *self);
void        telar_timeline_view_order_set_object_lane (TelarTimelineView *self, gboolean shown);
void        telar_timeline_view_order_show       (TelarTimelineView *self, TelarLaneKind kind);

/* -overview.c */
void   telar_timeline_view_overview_init  (TelarTimelineView *self);
/* What it takes at the bottom; 0: it is not shown. */
double telar_timeline_view_overview_height (TelarTimelineView *self);
void   telar_timeline_view_overview_place (TelarTimelineView *self, int width, int height);
/* After what is seen has changed, or the run. */
void   telar_timeline_view_overview_update (TelarTimelineView *self);
/* Tab goes from the lanes to the strip, and back. Returns: whether it did. */
gboolean telar_timeline_view_overview_focus (TelarTimelineView *self, GtkDirectionType direction);

/* -replay.c */
void   telar_timeline_view_replay_end   (TelarTimelineView *self);
void   telar_timeline_view_replay_tick  (TelarTimelineView *self, gint64 frame_time);
void   telar_timeline_view_replay_paint (TelarTimelineView *self, GtkSnapshot *snapshot,
                                         const TelarView *view);

/* -input.c */
void   telar_timeline_view_input_init       (TelarTimelineView *self);
void   telar_timeline_view_input_class_init (GtkWidgetClass *widget_class);

/* -lanes.c */
void   telar_timeline_view_lanes_make  (TelarTimelineView *self);
void   telar_timeline_view_lanes_place (TelarTimelineView *self, const TelarView *view);
void   telar_timeline_view_lanes_name  (TelarTimelineView *self);
void   telar_timeline_view_lanes_name_some (TelarTimelineView *self);
void   telar_timeline_view_lanes_select    (TelarTimelineView *self);
/* Focus on the lane that is next above or below, as they are on the screen; from
 * nothing downwards the first of a task. */
void   telar_timeline_view_lanes_step      (TelarTimelineView *self, int step);
/* Which lane a child stands for. Returns: FALSE where that is none. */
gboolean telar_timeline_view_lanes_which   (TelarTimelineView *self, GtkWidget *child,
                                            TelarLaneKind *kind, guint *number);
/* Of a lane without a child nothing. */
void   telar_timeline_view_lanes_focus     (TelarTimelineView *self, TelarLaneKind kind,
                                            guint number);

G_END_DECLS
