/* watch.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Waiting for the first of several children to end, processes and threads
 * together: an epoll set of pidfds, and the process's eventfd that its threads
 * write to. Nothing is made until it is needed.
 */

#pragma once

#include "engine/children.h"

typedef struct
{
  int epoll;       /* or -1 */
  int thread_ends; /* watched eventfd, or -1; not owned */
} TelarWatch;

void telar_watch_init  (TelarWatch *watch);
void telar_watch_clear (TelarWatch *watch);

/* Waits until one of @awaited (indices of @children, at least one) has ended, at
 * most @timeout_ms (-1: for ever).
 * Returns: whether one has; @first is its index, the first in order of several. */
bool telar_watch_first (TelarWatch *watch, TelarSelf *self, TelarChildren *children,
                        const uint32_t *awaited, uint32_t n, int timeout_ms, uint32_t *first);
