/* window-private.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What the files of the window share: window.c (life), -actions.c, -bars.c,
 * -close.c, -compare.c, -document.c, -export.c, -kept.c, -open.c, -panes.c, -present.c,
 * -recovery.c, -run.c, -save.c, -shelf.c, -side.c, -statistics.c, -status.c, -work.c.
 */

#pragma once

#include "edit/document-file.h"
#include "edit/selection.h"
#include "graph-view/find-bar.h"
#include "graph-view/graph-view.h"
#include "graph/graph.h"
#include "inspector/inspector.h"
#include "palette/function-palette.h"
#include "python-pane/python-pane.h"
#include "run/run.h"
#include "runfile/run-shelf.h"
#include "statistics/statistics-pane.h"
#include "timeline-view/lane-bar.h"
#include "timeline-view/timeline-view.h"
#include "window/chooser.h"
#include "window/console.h"
#include "window/error-bar.h"
#include "window/kept-run.h"
#include "window/window-state.h"
#include "window/window.h"

G_BEGIN_DECLS

/* @done: whether what was asked for was done; FALSE: the person thought better
 * of it, or it failed, which was said then. */
typedef void (*TelarWindowDone) (TelarWindow *self, gboolean done);

/* Beside the canvas, in their order. */
typedef enum
{
  TELAR_TAB_TASK,
  TELAR_TAB_PYTHON,
  TELAR_TAB_OUTPUT,
  TELAR_TAB_STATISTICS,
  TELAR_N_TABS
} TelarTab;

struct _TelarWindow
{
  GtkApplicationWindow parent_instance;

  /* Template. */
  GtkLabel          *title;
  GtkLabel          *subtitle;
  GtkLabel          *present_title;
  GtkLabel          *present_summary;
  GtkWidget         *present_bar;
  TelarErrorBar     *error_bar;
  TelarErrorBar     *work_bar;         /* what goes on in other threads */
  TelarErrorBar     *deadlock_bar;
  TelarErrorBar     *file_bar;         /* the file is another than it was */
  TelarErrorBar     *recovery_bar;
  TelarErrorBar     *remark_bar;
  GMenu             *history_menu;
  GtkWidget         *save_button;
  GtkWidget         *undo_button;
  GtkWidget         *redo_button;
  GtkStack          *stack;
  TelarChooser      *chooser;
  GtkWidget         *palette;
  GtkWidget         *canvas;
  TelarFindBar      *find_bar;
  TelarLaneBar      *lane_bar;
  GtkNotebook       *tabs;
  TelarInspector    *inspector;
  TelarPythonPane   *python;
  GtkPaned          *panes;
  GtkPaned          *upper;
  GtkWidget         *lower;
  GtkWidget         *timeline_bar;
  TelarGraphView    *graph_view;
  TelarTimelineView *timeline_view;
  GtkWidget         *compare_bar;
  GtkLabel          *compare_words;
  GtkLabel          *compare_above;
  GtkLabel          *compare_below;
  GtkWidget         *compare_lower;
  TelarTimelineView *compare_view;
  TelarConsole      *console;
  TelarStatisticsPane *statistics;
  GtkLabel          *summary;
  GtkLabel          *badge;
  GtkWidget         *source_hint;
  GtkLabel          *source_text;
  GtkLabel          *source_commands;
  GtkWidget         *follow_button;
  GtkWidget         *replay_button;
  GtkWidget         *runs_button;
  GMenu             *runs_menu;
  GMenu             *compare_menu;

  /* Owned: what is open; there is always a document, if only an empty one. */
  TelarDocument     *document;
  TelarSelection    *selection;
  GSignalGroup      *document_signals;
  TelarTimeline     *empty_timeline;   /* of the graph, until there is a run */
  gboolean           begun;            /* a graph was opened or begun here */
  guint              show_source;      /* shows the document when all changes are made */
  guint              update_source;    /* the same for what the window says of itself */
  guint              remark_source;    /* takes the remark away */
  char              *programs_allowed; /* (nullable): the person agreed that it runs these */

  /* Owned: its runs, and the one that goes on or ended last. */
  TelarRun          *run;              /* nullable */
  GPtrArray         *kept;             /* TelarKeptRun, all of the session */
  TelarKeptRun      *shown;            /* borrowed of these, nullable */
  TelarKeptRun      *compared;         /* nullable: below it; borrowed of these, or… */
  TelarKeptRun      *guest;            /* …owned: it comes from a file, for that only */
  TelarRunShelf     *shelf;            /* nullable: slices of those that nobody looks at */
  gboolean           shelving;         /* a run is being put there… */
  gboolean           shelf_failed;     /* …or none can be, as was said */
  GFile             *run_file;         /* nullable: the first comes from there: nothing is edited */
  GPtrArray         *works;            /* borrowed of their tasks: what other threads do */
  gpointer           work_said;        /* nullable: the one of these in the bar */
  guint              work_source;      /* says how far it is */
  gboolean           closes_after_work;
  gulong             run_state_handler;
  guint              closing;          /* source: destroys a window whose run does not end */

  /* Questions that wait for their answer. */
  TelarWindowDone    after_save;       /* nullable */
  TelarWindowDone    after_asking;     /* nullable */
  gboolean           saving;           /* from Save to its end */
  gboolean           says_why;         /* …in the error bar: why a place is asked for */
  GFile             *save_to;          /* owned, nullable: may it be replaced? */
  TelarKeptRun      *run_to_save;      /* borrowed, nullable: while a place for it is asked for */
  TelarKeptRun      *serial_of;        /* borrowed, nullable: of which this is known, never read */
  guint              serial_among;     /* …of so many runs */
  gint64             serial_ns;
  int                upper_at;         /* where the divider was before the tabs were made wide; else 0 */
  TelarFigures      *figures_to_save;  /* owned, nullable: where to? */
  gboolean           may_close;        /* asked and answered: changes are saved, or given up */
  gboolean           close_when_saved; /* a run is being saved for that */
  GPtrArray         *recoveries;       /* owned, nullable: the first is offered */

  gboolean           palette_shown;
  int                split_at;         /* where the divider was put, not by a person… */
  int                split_of;         /* …of how much height */

  /* Presenting. */
  gboolean           presenting;
  TelarPresent       present;
  guint              inhibit_cookie;
  GtkCssProvider    *present_css;      /* owned */
};

/* window.c */
gboolean telar_window_is_choosing        (TelarWindow *self);
void     telar_window_choose             (TelarWindow *self);
/* From the chooser to the graph. */
void     telar_window_show_graph         (TelarWindow *self);

/* window-status.c */
TelarWindowState telar_window_get_state  (TelarWindow *self);
/* Enables what can be done, and writes title, subtitle and summary anew. */
void     telar_window_update             (TelarWindow *self);
void     telar_window_show_deadlock      (TelarWindow *self);

/* window-side.c */
void     telar_window_side_init          (TelarWindow *self);
void     telar_window_side_class_init    (GtkWidgetClass *widget_class);
void     telar_window_show_tab           (TelarWindow *self, TelarTab tab);
TelarTab telar_window_get_tab            (TelarWindow *self);
void     telar_window_show_palette       (TelarWindow *self, gboolean shown);
/* The selected task is to be edited: at a place as of the canvas's signal "edit". */
void     telar_window_edit               (TelarWindow *self, const char *place);

/* window-statistics.c */
void     telar_window_statistics_init    (TelarWindow *self);
void     telar_window_statistics_dispose (TelarWindow *self);
/* Which run is shown, whether it is over, and what of it is measured. */
void     telar_window_update_statistics  (TelarWindow *self);

/* window-panes.c */
/* Room for every lane, as long as the graph keeps enough; before the first run,
 * room to build. */
void     telar_window_split_panes        (TelarWindow *self);
/* The same when a run begins, unless a person moved the divider. */
void     telar_window_split_for_run      (TelarWindow *self);

/* window-bars.c */
/* What is said of a document, and of its file, when it is not as it was. */
void     telar_window_show_file_news     (TelarWindow *self);
void     telar_window_show_remark        (TelarWindow *self, const char *sentence);
/* Returns: whether there was one. */
gboolean telar_window_dismiss_remark     (TelarWindow *self);

/* window-document.c */
void     telar_window_document_init      (TelarWindow *self);
void     telar_window_document_dispose   (TelarWindow *self);
/* Shows another document; the run of the one before is dropped.
 *
 * @document: (transfer full) */
void     telar_window_set_document       (TelarWindow *self, TelarDocument *document);
/* Returns: (transfer full): what the graph is called, as the title shows it. */
char    *telar_window_get_name           (TelarWindow *self);
/* The plan by which a graph is drawn, which does not depend on this computer.
 *
 * Returns: (transfer full) (nullable): NULL where it has faults */
GBytes  *telar_window_plan_to_draw       (const TelarGraph *graph, GPtrArray *faults);
void     telar_window_undo               (TelarWindow *self);
void     telar_window_redo               (TelarWindow *self);
void     telar_window_switch_kind        (TelarWindow *self, TelarKind kind);

/* window-kept.c */
void     telar_window_kept_init          (TelarWindow *self);
void     telar_window_kept_dispose       (TelarWindow *self);
/* Of the run that is shown. Returns: (nullable) */
const TelarTimeline *telar_window_get_timeline (TelarWindow *self);
/* …where there is one. */
TelarRunState telar_window_get_run_state (TelarWindow *self);
/* That of the run that is shown; else this one. */
const TelarMachine *telar_window_get_machine (TelarWindow *self);
/* That of a run from a file that names it; else this one.
 *
 * @run: (nullable) */
const TelarMachine *telar_window_get_machine_of (TelarWindow        *self,
                                                 const TelarKeptRun *run);
/* Keeps a run and shows it.
 *
 * @run: (transfer full) */
void     telar_window_keep_run           (TelarWindow *self, TelarKeptRun *run);
void     telar_window_forget_runs        (TelarWindow *self);
/* The graph was changed since. */
void     telar_window_age_runs           (TelarWindow *self);
/* Its number among those that are kept, or -1. */
int      telar_window_get_shown_run      (TelarWindow *self);
/* Of the run that comes from a file. */
gboolean telar_window_has_unsaved_bookmarks (TelarWindow *self);
/* Other runs of the window whose bookmarks are in no file yet.
 *
 * @first: (out) (optional) (nullable) (transfer none): one of them */
guint    telar_window_count_unsaved_runs (TelarWindow *self, TelarKeptRun **first);
/* The one that came to be compared goes, but not with bookmarks that nobody saved: then it
 * is kept as those that ran here are. */
void     telar_window_drop_guest         (TelarWindow *self);
void     telar_window_show_run           (TelarWindow *self, int number);
void     telar_window_update_runs        (TelarWindow *self);
void     telar_window_update_editable    (TelarWindow *self);
/* Returns: whether the file is one, which opens when it has been read. */
gboolean telar_window_open_run           (TelarWindow *self, GFile *file, gboolean dropped);
void     telar_window_edit_copy          (TelarWindow *self);
/* Whether something would be lost if it closed. */
gboolean telar_window_has_to_ask         (TelarWindow *self);
/* That is shown, or any other of them. */
void     telar_window_save_run           (TelarWindow *self);
void     telar_window_save_run_of        (TelarWindow *self, TelarKeptRun *run);
/* The one that is shown, without asking. */
void     telar_window_save_run_to        (TelarWindow *self, GFile *file);
/* Into the file that it came from. */
void     telar_window_save_run_again     (TelarWindow *self);

/* window-shelf.c */
/* Keeps what the runs take of memory bounded: slices of older ones go into a file. */
void     telar_window_put_runs_aside     (TelarWindow *self);

/* window-work.c */
/* In a thread. Returns: (transfer full) (nullable): NULL with an error. */
typedef gpointer (*TelarWorkFunc) (gpointer data, const TelarWatch *watch, GError **error);
/* @result: (transfer full) (nullable): NULL with an error; not called when called off */
typedef void (*TelarWorkOver) (TelarWindow *self, gpointer result, gpointer data,
                               const GError *error);
typedef struct
{
  TelarWorkFunc   func;
  TelarWorkOver   over;
  gpointer        data;
  GDestroyNotify  data_free;     /* nullable */
  GDestroyNotify  result_free;   /* nullable */
  gboolean        keeps_window;  /* it does not close before that */
} TelarWork;
void     telar_window_work_init          (TelarWindow *self);
void     telar_window_work_dispose       (TelarWindow *self);
/* @title: (nullable): what is done, as long as that takes: "Opening “x”…"; NULL: nobody
 *   asked for it, and nothing is said
 * @about: its data is taken */
void     telar_window_begin_work         (TelarWindow *self, const char *title,
                                          const TelarWork *about);
/* The one that the bar tells of. */
void     telar_window_cancel_work        (TelarWindow *self);
gboolean telar_window_must_stay          (TelarWindow *self);
/* Returns: whether it must wait; it closes by itself then, unless that fails. */
gboolean telar_window_close_after_work   (TelarWindow *self);

/* window-compare.c */
void     telar_window_compare_init       (TelarWindow *self);
void     telar_window_compare_class_init (GtkWidgetClass *widget_class);
/* Shows a run below the one that is shown, on one time scale. */
void     telar_window_compare            (TelarWindow *self, TelarKeptRun *run);
/* Returns: whether two were compared. */
gboolean telar_window_compare_end        (TelarWindow *self);
/* Another run is shown, or it has come to its end. */
void     telar_window_compare_update     (TelarWindow *self);

/* window-open.c */
void     telar_window_open_init          (TelarWindow *self);
void     telar_window_new_graph          (TelarWindow *self);
void     telar_window_open_dialog        (TelarWindow *self);
/* A window for another graph: this one or a new one. */
TelarWindow *telar_window_for_another    (TelarWindow *self, gboolean dropped);
/* The same file by another name is the same. */
gboolean telar_window_is_same_file       (GFile *a, GFile *b);
void     telar_window_add_filters        (GtkFileChooser *chooser);
void     telar_window_start_in_folder    (TelarWindow *self, GtkFileChooser *chooser);

/* window-save.c */
/* To its file where that can be, else where the person says.
 *
 * @done: (nullable) */
void     telar_window_save               (TelarWindow *self, TelarWindowDone done);
void     telar_window_save_as            (TelarWindow *self, TelarWindowDone done);
/* From the file, asking where changes would be lost. */
void     telar_window_reload             (TelarWindow *self);
void     telar_window_keep_mine          (TelarWindow *self);

/* window-recovery.c */
void     telar_window_recover            (TelarWindow *self);
void     telar_window_discard_recovery   (TelarWindow *self);

/* window-actions.c */
void telar_window_actions_class_init     (GtkWidgetClass *widget_class);
void telar_window_actions_init           (TelarWindow *self);

/* window-run.c */
/* (transfer full) (element-type int) */
GArray *telar_window_usable_cores        (TelarWindow *self);
void telar_window_run_start              (TelarWindow *self);
void telar_window_run_stop               (TelarWindow *self);
/* Gives up the engine of the run that is over (or stops it); what it did is kept. */
void telar_window_run_drop               (TelarWindow *self);
/* Asks the run to end. Returns: whether the window must wait for that. */
gboolean telar_window_run_close          (TelarWindow *self);

/* window-present.c */
void telar_window_present_toggle         (TelarWindow *self);
void telar_window_present_leave          (TelarWindow *self);
void telar_window_present_show           (TelarWindow *self, TelarPresent present);

/* window-export.c */
void telar_window_export                 (TelarWindow *self);

G_END_DECLS
