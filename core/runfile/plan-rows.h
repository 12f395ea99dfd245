/* plan-rows.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The plan of a run as tables: what it takes to show a run, by numbers, whatever
 * becomes of plan.h. Arguments are the graph's; where tasks ran is nobody's.
 */

#pragma once

#include <glib.h>

#include "plan/plan.h"

G_BEGIN_DECLS

void    telar_plan_put  (const TelarPlan *plan, GByteArray *bytes);
/* (transfer full) (nullable): a sound plan, to look at and not to run; NULL where
 * it is none. */
GBytes *telar_plan_take (const guint8 *bytes, gsize size);

G_END_DECLS
