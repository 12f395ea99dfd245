/* window-state.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What a window lets a person do, as a pure value made from a few facts:
 * which actions are enabled and what the badge beside the timeline says.
 */

#pragma once

#include "run/run.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean has_graph;   /* a graph is open */
  gboolean has_run;     /* there is a run, going on or over */
  int      run_state;   /* TelarRunState of it */
  gboolean following;   /* the timeline follows now */
  gboolean replaying;
  gboolean choosing;    /* the chooser is in front */
  gboolean has_file;
  gboolean modified;    /* unsaved changes */
  gboolean file_differs; /* another program changed the file */
  gboolean can_undo;    /* the document has something to undo */
  gboolean can_redo;
  gboolean has_tasks;   /* besides main */
  gboolean read_only;   /* the graph of a run from a file */
  gboolean bookmarked;  /* …whose bookmarks were changed */
} TelarWindowFacts;

typedef struct
{
  gboolean can_run;
  gboolean can_stop;
  gboolean can_export;
  gboolean can_present;
  gboolean can_follow;
  gboolean can_zoom;
  gboolean can_replay;
  gboolean can_save_run;
  gboolean can_save;    /* also where it is saved already: that is harmless */
  gboolean can_save_as;
  gboolean can_reload;  /* the file has something else than the window */
  gboolean can_undo;
  gboolean can_redo;
  gboolean can_switch;  /* the kind of tasks */
  gboolean live;        /* a run goes on */
} TelarWindowState;

TelarWindowState telar_window_state (const TelarWindowFacts *facts);

/* How slow a replay of @wall_ns is: n of 1/n, a round number at which it takes
 * about six seconds; 0 where the run itself took long enough to be watched. */
guint telar_replay_slowness (gint64 wall_ns);

/* The size of normal text, so that the smallest (@smallest of it) is not less
 * than 1/45 of the screen's height. */
double telar_present_text (double screen_height, double smallest);

/* What fills the screen while presenting. */
typedef enum
{
  TELAR_PRESENT_GRAPH,
  TELAR_PRESENT_TIMELINE,
  TELAR_PRESENT_OUTPUT,
  TELAR_N_PRESENTS
} TelarPresent;

const char  *telar_present_name  (TelarPresent present);
/* Returns: what is called @name; the timeline where nothing is. */
TelarPresent telar_present_parse (const char *name);

G_END_DECLS
