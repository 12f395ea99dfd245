/* plan-build.h
 *
 * SPDX-License-Identifier: MIT
 *
 * From a graph to a plan: copies spelled out, placement decided for this
 * machine.
 */

#pragma once

#include "graph/check.h"
#include "machine/machine.h"

G_BEGIN_DECLS

/* What the command line or the window may set over the graph's own settings;
 * -1 or NULL where it does not. */
typedef struct
{
  int           placement;    /* TelarPlacement */
  int           start_method; /* TelarStartMethod */
  const GArray *cores;        /* int */
  guint         alive_limit;  /* 0: the graph's */
} TelarPlanOptions;

#define TELAR_PLAN_OPTIONS_INIT { -1, -1, NULL, 0 }

/* Makes the plan of a graph that telar_graph_check() found sound. Faults that
 * only this machine makes (a core that it lacks, more tasks than it can hold)
 * are added to @faults.
 *
 * @options: (nullable)
 * Returns: (transfer full) (nullable): the plan, a TelarPlan of its own size. */
GBytes *telar_plan_build (const TelarGraph       *graph,
                          const TelarMachine     *machine,
                          const TelarPlanOptions *options,
                          GPtrArray              *faults);

G_END_DECLS
