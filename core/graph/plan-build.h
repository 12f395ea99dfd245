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

/* Makes the plan of a graph. Faults that only this machine makes (a core that it
 * lacks or may not use) are added to @faults; so are the errors of
 * telar_graph_check(), where it finds any.
 *
 * Copies: the copies of `w` are `w.1`, `w.2`…, and a reference to `w` means all
 * of them, one to `w.2` that copy alone. What is inside a copied process, or is
 * started by its body, is there once in each copy: `t` inside a `p` of 2 copies
 * is `t.1` in `p.1` and `t.2` in `p.2`; with 3 copies of its own, `t.1.1` to
 * `t.1.3` in `p.1`. There a reference to `t` means what is in the same copy of
 * `p`; from outside of `p`, all of them.
 *
 * Numbers follow the file: the copies of a task come in a row.
 *
 * Placement: spread gives each process and thread, in the order of their
 * numbers, the next core, packed gives all of them and main the first; a task's
 * own `core` goes before, and calls run where their parent does. The cores of
 * the plan are what `cores` allows and this machine lets the run use.
 *
 * @options: (nullable)
 * Returns: (transfer full) (nullable): the plan, a TelarPlan of its own size. */
GBytes *telar_plan_build (const TelarGraph       *graph,
                          const TelarMachine     *machine,
                          const TelarPlanOptions *options,
                          GPtrArray              *faults);

G_END_DECLS
