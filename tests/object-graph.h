/* object-graph.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Small random graphs whose tasks, processes and threads, share objects: what g_test_rand_int()
 * says, so that a seed makes them again.
 */

#pragma once

#include <glib.h>

/* (transfer full) */
char *object_graph_text (void);
