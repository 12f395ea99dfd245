/* made-runs.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The simulated runs whose messages are the beginning of fuzz-to-telar's.
 */

#pragma once

#include "synthetic-run.h"

#define N_MADE_RUNS 6u

/* Returns: (transfer full): the same each time. */
static inline TelarMadeRun *
made_run (guint number)
{
  static const TelarSource sources[] = { TELAR_SOURCE_EXACT, TELAR_SOURCE_SAMPLED,
                                         TELAR_SOURCE_OFF };

  return telar_made_run_new (number + 1, 2, 12, sources[number % G_N_ELEMENTS (sources)]);
}
