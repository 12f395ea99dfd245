/* plan-pools.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Pools in a plan: their workers, which are tasks after all others, and what those
 * call, which are steps before all others.
 */

#pragma once

#include "graph/plan-tables.h"
#include "graph/pools.h"

G_BEGIN_DECLS

typedef struct
{
  const TelarGraph *graph;        /* borrowed */
  TelarPlanObject  *objects;      /* owned: one an object of the graph, of pools filled in */
  GHashTable       *calls;        /* owned: TelarStep → place of its calls in the integers + 1 */
  guint32           first_worker; /* of all */
} TelarPlanPools;

/* @n_tasks: of the plan, without workers; @usable: cores
 * Returns: how many tasks the plan has with them. */
guint32 telar_plan_pools_init  (TelarPlanPools *pools, const TelarRelations *relations,
                                guint32 n_tasks, guint32 usable);
void    telar_plan_pools_clear (TelarPlanPools *pools);

void telar_plan_pools_add_calls (TelarPlanPools *pools, const TelarRelations *relations,
                                 TelarPlanTables *tables);

/* The value of a step's calls. */
TelarPlanValue telar_plan_pools_value (const TelarPlanPools *pools, const TelarStep *step,
                                       TelarValueType type);

/* That worker, of whichever pool, whose owner is a task of the plan by now; what
 * is not the pool's is left as it is. */
void telar_plan_pools_worker (const TelarPlanPools *pools, TelarPlanTables *tables, guint object,
                              guint32 nth, TelarPlanTask *out);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TelarPlanPools, telar_plan_pools_clear)

G_END_DECLS
