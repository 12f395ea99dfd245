/* machine-private.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What machine.c is made of, for itself and its tests.
 */

#pragma once

#include <hwloc.h>

#include "machine/machine.h"

G_BEGIN_DECLS

/* The cores of a loaded topology; those that are not in @affinity (nullable) or
 * not allowed by the topology are not usable. Leaves kernel, memory and quota
 * alone.
 *
 * Returns: (transfer full) */
TelarMachine *telar_machine_new_from_topology (hwloc_topology_t     topology,
                                               hwloc_const_cpuset_t affinity);

/* How many CPUs' time the control groups of this process may use: the smallest
 * limit from its own group up to the topmost that can be seen, version 1 or 2.
 *
 * @root: prefix of /proc and /sys; "" but in tests
 * Returns: CPUs, or 0 where there is no limit. */
double telar_quota_read (const char *root);

G_END_DECLS
