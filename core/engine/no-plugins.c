/* no-plugins.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/plugins.h"

bool
telar_plugins_bind (TelarProgram *program, bool guarded, TelarPluginFault *fault)
{
  const TelarPlan *plan = program->plan;
  uint32_t         c_function = (uint32_t) telar_catalogue_number ("c_function");

  *fault = (TelarPluginFault){ .kind = TELAR_PLUGIN_NOT_HERE };
  for (uint32_t i = 0; i < plan->n_steps; i++)
    if (telar_plan_step (plan, i)->function == c_function)
      return false;
  return true;
}

void
telar_plugins_clear (TelarProgram *program)
{
}

bool
telar_plugins_answer (int argc, char **argv)
{
  return false;
}
