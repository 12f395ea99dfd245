/* run-graph.h
 *
 * SPDX-License-Identifier: MIT
 *
 * For tests and benchmarks: a graph, from its text to the end of its run,
 * through the telar-engine of this build.
 */

#pragma once

#include "graph/graph-file.h"
#include "graph/plan-build.h"
#include "run/run.h"

/* Aborts the test with every fault where the graph is not sound. */
GBytes *plan_of_text  (const char *text);
GBytes *plan_of_graph (const TelarGraph *graph);

/* A run that has not been started. */
TelarRun *run_of_plan (GBytes *plan, TelarSource source);

/* Starts it and turns the main loop until it is over, or aborts after @seconds. */
void run_to_end (TelarRun *run, guint seconds);

/* Turns the main loop until the run is over, or @is_enough (nullable) says so; at most for
 * that long, and for as long as this machine, as busy as it is, takes to begin and end
 * some trivial runs one after the other: who does not come to an end meanwhile hangs.
 *
 * Returns: whether it came to that. */
gboolean turn_run (TelarRun *run, gboolean (*is_enough) (TelarRun *run), guint milliseconds);

/* All of it: (transfer full). */
TelarTimeline *run_text (const char *text, TelarSource source);

/* The task called @id. */
TelarTaskLane *lane_of (TelarTimeline *timeline, const char *id);

/* What @id printed on @stream, lines joined by '|'. (transfer full) */
char *printed (TelarTimeline *timeline, const char *id, TelarStream stream);

/* All lines in order of arrival, joined by '|'. (transfer full) */
char *printed_by_all (TelarTimeline *timeline);

/* Turns the main loop until @id runs in @run, at most ten seconds. */
TelarTaskLane *await_running (TelarRun *run, const char *id);

/* Processes, of the whole machine, in session @session. */
guint processes_in_session (gint32 session);
