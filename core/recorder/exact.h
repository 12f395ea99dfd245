/* exact.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The kernel's own record of every switch of a run: perf events of the kind
 * that counts nothing (PERF_COUNT_SW_DUMMY) with `context_switch` and `task`,
 * inherited by everything that telar-engine forks after opening them. One
 * descriptor and one ring for each core: an inherited event on "any core"
 * cannot be mapped. See perf_event_open(2). Libc only.
 */

#pragma once

#include <stdbool.h>

#include "recorder/event.h"

typedef struct _TelarExact TelarExact;

/* Takes one core's records, in order of time. */
typedef void (*TelarSwitchesFunc) (const TelarSwitch *switches, unsigned n, void *data);

/* Opens the records of the calling process and all that it will fork; drops
 * CAP_PERFMON, where it has it, once they are open.
 *
 * Returns: (nullable): NULL where the kernel refuses, with errno set. */
TelarExact *telar_exact_open  (void);
void        telar_exact_close (TelarExact *exact);

/* Drops CAP_PERFMON, where the calling process has it. */
void telar_exact_give_up_right (void);

/* Hands on what was recorded since the last call, core by core. Records of the
 * calling process itself are left out. */
void     telar_exact_drain (TelarExact *exact, TelarSwitchesFunc take, void *data);
unsigned telar_exact_n_cores (const TelarExact *exact);
uint64_t telar_exact_lost (const TelarExact *exact);

/* Returns: 0 where the kernel would allow it, else the errno of its refusal. */
int telar_exact_probe (void);

/* kernel.perf_event_paranoid, or -100 where it cannot be read. */
int telar_exact_paranoid (void);
