/* run.h
 *
 * SPDX-License-Identifier: MIT
 *
 * One execution of a graph, seen from telar: starts telar-engine, hands it the
 * plan, feeds the timeline with what comes back, and makes sure that nothing of
 * the run is left whatever happens. Never blocks: everything arrives through
 * the main context that was the thread's default when the run was made.
 */

#pragma once

#include <gio/gio.h>

#include "timeline/timeline.h"

G_BEGIN_DECLS

typedef enum
{
  TELAR_RUN_STARTING,
  TELAR_RUN_RUNNING,
  TELAR_RUN_STOPPING,
  TELAR_RUN_ENDED,        /* see the timeline's end */
  TELAR_RUN_REFUSED,      /* nothing was started: see the error */
  TELAR_RUN_ENGINE_LOST   /* telar-engine died; the timeline keeps what was recorded */
} TelarRunState;

typedef enum
{
  TELAR_RUN_ERROR_NO_ENGINE,  /* the program telar-engine is not where it should be */
  TELAR_RUN_ERROR_REFUSED,    /* the engine could not begin the run */
  TELAR_RUN_ERROR_LOST,       /* the engine died */
  TELAR_RUN_ERROR_SOURCE,     /* the forced source is not to be had */
  TELAR_RUN_ERROR_PLUGIN      /* a function of a plug-in cannot be called */
} TelarRunError;

#define TELAR_RUN_ERROR (telar_run_error_quark ())
GQuark telar_run_error_quark (void);

#define TELAR_TYPE_RUN (telar_run_get_type ())
G_DECLARE_FINAL_TYPE (TelarRun, telar_run, TELAR, RUN, GObject)

typedef struct
{
  TelarSource source;        /* EXACT falls back to SAMPLED unless forced */
  gboolean    source_forced;
  gint64      timeout_ns;    /* 0: none */
  gboolean    stops_deadlocked; /* ends it where none of its tasks can ever go on */
} TelarRunOptions;

/* @plan: from telar_plan_build(); @core_numbers: lanes to show.
 * Signals: "changed" (the timeline grew; at most once a main loop turn),
 * "line" (guint: index in the timeline's lines; as soon as it arrives),
 * "notify::state". */
TelarRun *telar_run_new (GBytes *plan, const GArray *core_numbers, const TelarRunOptions *options);

/* Starts it. What goes wrong, now or later, shows as state and error. */
void           telar_run_start        (TelarRun *run);
/* Asks for its end; it has ended within a second. */
void           telar_run_stop         (TelarRun *run);
TelarRunState  telar_run_get_state    (TelarRun *run);
TelarTimeline *telar_run_get_timeline (TelarRun *run); /* (transfer none) */
const GError  *telar_run_get_error    (TelarRun *run); /* (nullable) */
gboolean       telar_run_is_over      (TelarRun *run);
/* Holds back (or lets flow) what tasks print, when a reader is slow. */
void           telar_run_hold_output  (TelarRun *run, gboolean hold);

G_END_DECLS
