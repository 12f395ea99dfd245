/* sampled.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Where the kernel refuses exact records: looks at every thread of the run
 * through /proc/<pid>/task/<tid>/{schedstat,stat}, again and again. Libc only.
 */

#pragma once

#include <stdbool.h>

#include "recorder/event.h"

typedef struct _TelarSampled TelarSampled;

typedef void (*TelarSamplesFunc) (const TelarSample *samples, unsigned n, void *data);

/* Returns: (nullable): NULL without memory. */
TelarSampled *telar_sampled_new  (void);
void          telar_sampled_free (TelarSampled *sampled);

/* A thread of the run: @tid of process @pid is @task, or runs for it. */
void telar_sampled_add    (TelarSampled *sampled, int pid, int tid, uint32_t task, bool program);

/* Looks at all of them. */
void telar_sampled_look (TelarSampled *sampled, TelarSamplesFunc take, void *data);

/* ns between two looks: more threads are looked at less often, so that looking
 * never takes more than a few per cent of a core. */
int64_t telar_sampled_period (const TelarSampled *sampled);
