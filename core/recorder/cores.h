/* cores.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The processors of this machine as libc and the kernel tell them, for code
 * that may not use hwloc. Libc only.
 */

#pragma once

#include "plan/plan.h"

/* Numbers of the processors that are online, at most TELAR_MAX_CORES.
 * Returns: how many, ≥ 1. */
unsigned telar_cores_online (int *numbers);
