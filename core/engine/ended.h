/* ended.h
 *
 * SPDX-License-Identifier: MIT
 *
 * How a thread tells that it ended, and the fork server that a process has: a
 * futex word in its row, for whoever waits for this one task, and for threads an
 * eventfd of the process, for whoever waits for the first of several (threads and
 * processes together, in one epoll set).
 */

#pragma once

#include "recorder/shared.h"

/* By the thread, as its last act; by the fork server, about a process. */
void telar_ended_tell  (TelarRow *row);
/* Returns: whether it ended within @timeout_ns (-1: for ever). */
bool telar_ended_await (TelarRow *row, int64_t timeout_ns);

/* The process's eventfd, made when first asked for, or -1: it is written at the
 * end of every thread from then on. Never read: watch it with EPOLLET, so that
 * each of several watchers sees each end. */
int telar_ended_descriptor (void);
