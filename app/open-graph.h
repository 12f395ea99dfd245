/* open-graph.h
 *
 * SPDX-License-Identifier: MIT
 *
 * From a graph's file and the options of the command line to a plan that can
 * run.
 */

#pragma once

#include "app/command.h"
#include "graph/graph.h"
#include "machine/machine.h"
#include "run/run.h"

G_BEGIN_DECLS

/* Options that say how a graph runs, as they were written. */
typedef struct
{
  char    *cores;
  char    *placement;
  char    *start_method;
  char    *record;
  char    *timeout;
  gboolean allow_commands;
} TelarRunSettings;

#define TELAR_N_RUN_SETTINGS 7

void telar_run_settings_entries (TelarRunSettings *settings,
                                 GOptionEntry      entries[TELAR_N_RUN_SETTINGS]);
void telar_run_settings_clear   (TelarRunSettings *settings);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TelarRunSettings, telar_run_settings_clear)

typedef struct
{
  TelarGraph     *graph;
  TelarMachine   *machine;
  GBytes         *plan;
  TelarRunOptions options;
} TelarOpened;

/* Reads, checks and plans. Faults are printed on standard error.
 *
 * @quiet: warnings are not.
 * Returns: whether it can run; @opened is to be cleared either way. */
gboolean telar_open_graph  (const TelarCommand     *command,
                            const char             *file,
                            const TelarRunSettings *settings,
                            gboolean                quiet,
                            TelarOpened            *opened);
/* The graph, machine and plan of a run that was kept; what the file lacks is
 * printed. @timeline: (out) (transfer full) */
gboolean telar_open_run    (const TelarCommand     *command,
                            const char             *file,
                            TelarOpened            *opened,
                            TelarTimeline         **timeline);
/* Says what of a run that was kept could not be read, now that it was looked at.
 *
 * @timeline: (nullable)
 * Returns: whether there is nothing of the kind. */
gboolean telar_run_is_readable (const TelarCommand  *command,
                                const char          *file,
                                const TelarTimeline *timeline);
void     telar_opened_clear (TelarOpened *opened);

/* The numbers of the cores that a run may use: its lanes.
 * Returns: (transfer full) (element-type int) */
GArray  *telar_opened_core_numbers (const TelarOpened *opened);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TelarOpened, telar_opened_clear)

G_END_DECLS
