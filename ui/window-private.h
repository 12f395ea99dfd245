/* window-private.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What the files of the window share: window.c (life, opening), -actions.c,
 * -run.c, -present.c, -export.c.
 */

#pragma once

#include "console.h"
#include "chooser.h"
#include "error-bar.h"
#include "graph-view.h"
#include "graph/graph.h"
#include "run/run.h"
#include "timeline-view.h"
#include "window-state.h"
#include "window.h"

G_BEGIN_DECLS

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
  GtkStack          *stack;
  TelarChooser      *chooser;
  GtkPaned          *panes;
  GtkPaned          *upper;
  GtkWidget         *lower;
  GtkWidget         *timeline_bar;
  TelarGraphView    *graph_view;
  TelarTimelineView *timeline_view;
  TelarConsole      *console;
  GtkLabel          *summary;
  GtkLabel          *badge;
  GtkWidget         *source_hint;
  GtkLabel          *source_text;
  GtkLabel          *source_commands;
  GtkWidget         *follow_button;
  GtkWidget         *replay_button;

  /* Owned: what is open. */
  GFile             *file;
  TelarGraph        *graph;
  gboolean           programs_allowed; /* the person agreed that it runs programs */


  /* Owned: its run. */
  TelarRun          *run;
  gulong             run_state_handler;
  guint              closing;          /* source: destroys a window whose run does not end */

  /* Presenting. */
  gboolean           presenting;
  TelarPresent       present;
  guint              inhibit_cookie;
  GtkCssProvider    *present_css;      /* owned */
};

/* window.c */
TelarWindowState telar_window_get_state  (TelarWindow *self);
/* Enables what can be done, and writes title, subtitle and summary anew. */
void             telar_window_update     (TelarWindow *self);
void             telar_window_choose     (TelarWindow *self);

/* window-actions.c */
void telar_window_actions_class_init     (GtkWidgetClass *widget_class);
void telar_window_actions_init           (TelarWindow *self);

/* window-run.c */
/* (transfer full) (element-type int) */
GArray *telar_window_usable_cores        (TelarWindow *self);
void telar_window_run_start              (TelarWindow *self);
void telar_window_run_stop               (TelarWindow *self);
/* Gives up the run that is over (or stops it), before another graph. */
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
