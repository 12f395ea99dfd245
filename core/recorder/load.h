/* load.h
 *
 * SPDX-License-Identifier: MIT
 *
 * How busy each core is with anything at all, from /proc/stat: for the strip
 * that shows the share of everything but the run. Libc only.
 */

#pragma once

#include "recorder/event.h"

/* The kernel counts in ticks of 10 ms: looking more often tells nothing. */
#define TELAR_LOAD_PERIOD 100000000ll

typedef struct _TelarLoads TelarLoads;

typedef void (*TelarLoadsFunc) (const TelarLoad *loads, unsigned n, void *data);

/* Returns: (nullable): NULL where /proc/stat cannot be read. */
TelarLoads *telar_loads_new  (void);
void        telar_loads_free (TelarLoads *loads);
/* What happened since the last look. */
void        telar_loads_look (TelarLoads *loads, TelarLoadsFunc take, void *data);
