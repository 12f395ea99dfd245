/* graph-view-private.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What the files of the canvas share: graph-view.c (life and painting), -update.c
 * (from the document to the picture), -place.c (what is looked at), -children.c
 * (what a screen reader sees), -pointer.c, -drag.c, -keys.c, -actions.c, -add.c,
 * -arrange.c, -find.c, -objects.c, -pools.c.
 */

#pragma once

#include "graph-view/graph-sight.h"
#include "graph-view/graph-snap.h"
#include "graph-view/graph-view.h"
#include "graph-view/graph-walk.h"
#include "look.h"
#include "palette/type-to-add.h"

G_BEGIN_DECLS

#define TELAR_GRAPH_UNIT_TEXT 12.0 /* a layout's normal text at scale 1 */

typedef enum
{
  TELAR_DRAG_NONE,
  TELAR_DRAG_PRESSED, /* not far enough yet to be one */
  TELAR_DRAG_MOVE,
  TELAR_DRAG_LINK,
  TELAR_DRAG_BAND,
  TELAR_DRAG_PAN,
  TELAR_DRAG_MAP,
  TELAR_DRAG_OBJECT
} TelarDragKind;

typedef struct
{
  TelarDragKind kind;
  GtkGesture   *gesture;      /* borrowed: whose drag it is: each button has one of its own */
  TelarGraphHit press;
  double        x, y;         /* of the press, widget pixels */
  double        to_x, to_y;   /* of the pointer */
  double        began_x, began_y, began_scale; /* of the picture when it began */
  gboolean      adds;         /* Shift or Ctrl: to what is selected */
  gboolean      selects_one;  /* released without a drag, it selects what was pressed alone */

  /* Moving. */
  GArray       *tasks;        /* owned guint32: those that are moved, without what is inside */
  gboolean     *moving;       /* owned: by task, what goes along too */
  double        dx, dy;       /* how far they are moved on the picture */
  guint32       home;         /* in whose frame they are */
  guint32       frame;        /* over whose frame they are */
  double        box_x, box_y; /* of the one that the pointer holds, when it began */

  /* Linking. */
  gboolean      outward;      /* from an out port */
  guint32       target;       /* under the pointer, or TELAR_NOBODY */

  gboolean     *legal;        /* owned: by task, where it may end */
  char         *reason;       /* owned, nullable: why not there */
  guint32       reason_of;    /* what the reason is about */
} TelarDrag;

struct _TelarGraphView
{
  GtkWidget         parent_instance;

  /* Owned. */
  TelarSelection   *selection;   /* nullable */
  TelarGraphLayout *layout;      /* nullable */
  TelarTimeline    *timeline;    /* nullable */
  TelarGraphRun    *runs;        /* by task of the layout; nullable */
  guint8           *marks;       /* TelarGraphMark, by task of the layout */
  guint8           *object_marks; /* TelarGraphMark, by object of the layout; nullable */
  GHashTable       *folded;      /* set of owned ids */
  GHashTable       *whole;       /* set of owned ids: of long bodies all steps are shown */
  GHashTable       *opened;      /* set of owned ids: pools that show their workers */
  GHashTable       *found;       /* set of owned ids: hits of the search */
  char             *wanted;      /* nullable: what is searched for */
  GHashTable       *faults;      /* owned id → owned text, "!" or "?" and the sentences */
  TelarGraphImages *images;      /* what it is painted on */
  TelarLook         look;
  TelarSnap         snap;
  TelarDrag         drag;

  /* Children, owned by the widget. */
  GHashTable       *nodes;       /* owned id → TelarUnpainted */
  /* NULL at the place of one that is not made yet. */
  GPtrArray        *node_of;     /* TelarUnpainted, by task of the layout, then by object, then by
                                  * lane of a pool */
  GPtrArray        *edge_nodes;  /* TelarUnpainted, by edge of the layout */
  GPtrArray        *gone;        /* TelarUnpainted of what is not in the layout any more */
  GtkWidget        *bubble;      /* a sentence beside the pointer or a box */
  GtkWidget        *beginning;   /* on an empty canvas: how to fill it */
  TelarTypeToAdd   *adder;       /* made when it is first asked for */
  GtkWidget        *menu;        /* made when it is first asked for */

  /* What is looked at. */
  double            x, y;        /* where the layout's origin is */
  double            scale;
  gboolean          fitted;      /* keeps fitting when the widget's size changes */
  gboolean          by_hand;     /* a person chose what is looked at, since it was fitted */
  TelarSight        chosen;      /* what was looked at when that was last decided: sizes come and go */
  TelarSight        allotted;    /* with the size that the widget had last */

  /* Boxes on their way from where they were. */
  TelarGraphBox    *goals;       /* owned, nullable: where they go, by task */
  TelarGraphBox    *origins;     /* owned: where they were */
  gint64            animation_begins;
  guint             animation;   /* tick */
  gboolean          jump;        /* the next change is not animated */
  char             *reveal;      /* owned, nullable: to be brought in sight after the next one */

  /* State. */
  gboolean          stale;       /* the layout is of a document that changed since */
  gboolean          editable;
  gboolean          live;
  gboolean          presenting;
  gboolean          space;       /* is held down: a drag pans */
  gboolean          quiet;       /* focus moves without selecting */
  TelarKind         new_kind;
  guint32           selected;    /* of the plan */
  gint64            moment;      /* of the run, TELAR_NO_TIME: now */
  guint32           hover;       /* task, or TELAR_NOBODY */
  guint             hover_edge;  /* or G_MAXUINT */
  guint             hover_object; /* or G_MAXUINT */
  guint             edge;        /* selected, or G_MAXUINT */
  guint32           link_from;   /* an arrow is drawn by keys: from this task, or TELAR_NOBODY */
  double            pointer_x;   /* < 0: none */
  double            pointer_y;
  double            menu_x, menu_y; /* where the menu was asked for, in the layout */
  double            pinched;     /* by two fingers so far */
  double            bubble_x, bubble_y;
  gboolean          bubble_bad;
  guint             tick;
  guint             shown;       /* a hash of the states that were painted last */
  gint64            shown_at;    /* monotonic µs */
  guint             next_named;
  guint             unnamed;     /* children that still have the name of before */
  guint             name_later;  /* source */
  guint             next_made;   /* no child before it is lacking */
  guint             make_later;  /* source */
  guint             place_later; /* source */

  /* What goes on in the background. */
  guint             update;          /* tick */
  guint             look_for_faults; /* source */
  guint             hide_bubble;     /* source */
  guint             say_arranging;   /* source */
  GCancellable     *arranging;       /* owned, nullable */
};

/* graph-view.c */
void           telar_graph_view_fill_view   (TelarGraphView *self, TelarView *view);
void           telar_graph_view_set_plan_task (TelarGraphView *self, guint32 plan_task);
TelarDocument *telar_graph_view_document    (TelarGraphView *self); /* (nullable) */
const char    *telar_graph_view_id          (TelarGraphView *self, guint32 task);
/* The task that is selected last, or TELAR_NOBODY. */
guint32        telar_graph_view_primary     (TelarGraphView *self);
gboolean       telar_graph_view_can_edit    (TelarGraphView *self);
guint32        telar_graph_view_number      (TelarGraphView *self, const char *id);

/* -update.c */
/* The picture of the document as it is now: to be called before the layout is asked. */
void telar_graph_view_update        (TelarGraphView *self);
/* The same before the next frame. */
void telar_graph_view_queue_update  (TelarGraphView *self);
void telar_graph_view_update_marks  (TelarGraphView *self);
/* TELAR_GRAPH_ERROR, TELAR_GRAPH_WARNING or 0; @id: of a task or an object (nullable) */
guint8 telar_graph_view_fault_mark  (TelarGraphView *self, const char *id);
void telar_graph_view_update_runs   (TelarGraphView *self);
void telar_graph_view_document_changed (TelarGraphView *self, const TelarChange *change);
void telar_graph_view_selection_changed (TelarGraphView *self);
void telar_graph_view_update_plan_task (TelarGraphView *self);
void telar_graph_view_look_for_faults (TelarGraphView *self);

/* -place.c */
/* A person moved it: it stays where it is from now on. */
void telar_graph_view_move_to       (TelarGraphView *self, double x, double y, double scale);
void telar_graph_view_zoom_at       (TelarGraphView *self, double factor, double x, double y);
void telar_graph_view_fit_now       (TelarGraphView *self);
/* The widget has another size, or another place in the layout is looked at. */
void telar_graph_view_keep_in_sight (TelarGraphView *self, double width, double height);
void telar_graph_view_reveal_task   (TelarGraphView *self, guint32 task);
/* Also what it grew the graph by. */
void telar_graph_view_reveal_new    (TelarGraphView *self, guint32 task);
void telar_graph_view_to_layout     (TelarGraphView *self, double x, double y, double *layout_x,
                                     double *layout_y);
/* @old: (nullable): the layout before. */
void telar_graph_view_animate       (TelarGraphView *self, const TelarGraphLayout *old);
void telar_graph_view_end_animation (TelarGraphView *self);
gboolean telar_graph_view_has_map   (TelarGraphView *self, TelarMinimap *map);

/* -children.c */
void telar_graph_view_make_children   (TelarGraphView *self);
void telar_graph_view_place_children  (TelarGraphView *self);
void telar_graph_view_select_children (TelarGraphView *self);
/* At most @most of them, taking turns: while a run goes on, no frame is late for
 * names. */
void telar_graph_view_name_children   (TelarGraphView *self, guint most);
/* Pools, and the lanes of them. */
void telar_graph_view_rename_lanes    (TelarGraphView *self);
/* All of them: many of them when there is time. */
void telar_graph_view_rename_children (TelarGraphView *self);
void telar_graph_view_focus_task      (TelarGraphView *self, guint32 task);
/* A sentence at a place of the widget; NULL takes it away.
 *
 * @lasting: until it is taken away, else for some seconds */
void telar_graph_view_say             (TelarGraphView *self, const char *sentence, double x,
                                       double y, gboolean bad, gboolean lasting);
/* The same at a task (TELAR_NOBODY: in the middle), for what keys asked for. */
void telar_graph_view_say_at          (TelarGraphView *self, guint32 task, const char *sentence,
                                       gboolean bad);

/* -pointer.c, -drag.c, -keys.c, -actions.c */
void     telar_graph_view_pointer_init      (TelarGraphView *self);
TelarGraphHit telar_graph_view_hit          (TelarGraphView *self, double x, double y);
/* Of the task or the object (nullable). */
const char *telar_graph_view_hit_id         (TelarGraphView *self, const TelarGraphHit *hit);
void     telar_graph_view_popup_menu        (TelarGraphView *self, double x, double y);
void     telar_graph_view_drag_init         (TelarGraphView *self);
void     telar_graph_view_drag_cancel       (TelarGraphView *self);
void     telar_graph_view_fill_show         (TelarGraphView *self, TelarGraphShow *show);
void     telar_graph_view_keys_init         (TelarGraphView *self);
void     telar_graph_view_keys_class_init   (GtkWidgetClass *widget_class);
void     telar_graph_view_actions_class_init (GtkWidgetClass *widget_class);
void     telar_graph_view_update_actions    (TelarGraphView *self);
GMenuModel *telar_graph_view_menu_model     (TelarGraphView *self, const TelarGraphHit *hit);
void     telar_graph_view_link_keys_end     (TelarGraphView *self, gboolean draw);
/* Where the keyboard is: the box that has the focus, else the one selected last. */
guint32  telar_graph_view_focused           (TelarGraphView *self);
/* The body of a frame, or unfolds it. */
void     telar_graph_view_fold              (TelarGraphView *self, guint32 task);
/* All steps of a long body. */
void     telar_graph_view_show_whole        (TelarGraphView *self, guint32 task);
/* Says why something was refused, and where. */
void     telar_graph_view_refused           (TelarGraphView *self, guint32 task, GError *error);

/* -add.c */
/* Asks what is to be added: @after (nullable), or at a place of the layout. */
void     telar_graph_view_ask_to_add        (TelarGraphView *self, const char *text,
                                             const char *after, gboolean at, double x, double y);
/* @inside: (nullable): main; @after: (nullable) */
void     telar_graph_view_add_task          (TelarGraphView *self, const char *function,
                                             const char *inside, const char *after, gboolean at,
                                             double x, double y);
/* Every task without a place gets the one that it is shown at: before one of
 * them is moved by hand. Within a group of the document. */
void     telar_graph_view_settle            (TelarGraphView *self);
gboolean telar_graph_view_is_settled        (TelarGraphView *self);
/* The innermost process whose frame holds a place; NULL is main. */
const char *telar_graph_view_process_at     (TelarGraphView *self, double x, double y);

/* -objects.c. An object's number is that of the tasks and its own. */
gboolean telar_graph_view_is_object           (TelarGraphView *self, guint32 number);
/* Of a task or an object (nullable); of a task on its way where it goes. */
const TelarGraphBox *telar_graph_view_box     (TelarGraphView *self, guint32 number);
void     telar_graph_view_update_object_marks (TelarGraphView *self);
char    *telar_graph_view_object_words        (TelarGraphView *self, guint object);
/* Those that are selected, on the picture alone. */
void     telar_graph_view_shift_objects       (TelarGraphView *self, double dx, double dy);
void     telar_graph_view_drag_objects        (TelarGraphView *self);
void     telar_graph_view_end_drag_objects    (TelarGraphView *self);
/* Where Tab goes: tasks, then objects. */
guint32  telar_graph_view_next                (TelarGraphView *self, guint32 from, int step);
/* Where an arrow key goes from an object, or from a task to one. */
guint32  telar_graph_view_nearest             (TelarGraphView *self, guint32 from, int dx, int dy);
void     telar_graph_view_add_object          (TelarGraphView *self, TelarObjectType type,
                                               gboolean at, double x, double y);

/* -pools.c. Numbers of lanes come after those of objects; a pool's is that of its
 * object. */
gboolean telar_graph_view_is_pool       (TelarGraphView *self, guint32 number);
gboolean telar_graph_view_is_lane       (TelarGraphView *self, guint32 number);
guint32  telar_graph_view_pool_of       (TelarGraphView *self, guint32 lane);
/* The lane of a row, or TELAR_NOBODY. */
guint32  telar_graph_view_lane          (TelarGraphView *self, guint32 pool, guint row);
/* Its last one, where it has any. */
guint32  telar_graph_view_last_lane     (TelarGraphView *self, guint32 pool);
void     telar_graph_view_place_lane    (TelarGraphView *self, guint32 lane, TelarGraphBox *box);
/* The pool, and on the timeline who is in that lane. */
void     telar_graph_view_select_lane   (TelarGraphView *self, guint32 lane);
gboolean telar_graph_view_is_worker_of  (TelarGraphView *self, guint32 plan_task, guint32 pool);
/* The pool that a task of the plan works for, or TELAR_NOBODY. */
guint32  telar_graph_view_pool_of_worker (TelarGraphView *self, guint32 plan_task);
/* Workers are shown as they were then; TELAR_NO_TIME: as they are now. */
void     telar_graph_view_set_moment    (TelarGraphView *self, gint64 ns);
void     telar_graph_view_fold_pool     (TelarGraphView *self, guint32 pool);
gboolean telar_graph_view_is_pool_cut   (TelarGraphView *self, guint32 pool);
char    *telar_graph_view_lane_words    (TelarGraphView *self, guint32 lane);
/* "4 workers", "2 of 4 busy" */
char    *telar_graph_view_pool_words    (TelarGraphView *self, guint object);
/* Where an arrow key goes from a pool or a lane; TELAR_NOBODY: as from any object. */
guint32  telar_graph_view_lane_beside   (TelarGraphView *self, guint32 from, int dx, int dy);

/* -find.c */
/* The hits in the graph as it is now, going nowhere. */
void     telar_graph_view_find_again        (TelarGraphView *self);

/* -arrange.c */
void     telar_graph_view_arrange           (TelarGraphView *self);
void     telar_graph_view_arrange_cancel    (TelarGraphView *self);

G_END_DECLS
