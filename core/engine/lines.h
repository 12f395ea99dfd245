/* lines.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What tasks print, on the engine's side: takes their messages in order and
 * hands them to telar, up to TELAR_BYTES_KEPT and TELAR_LINES_KEPT a run; the rest is counted.
 *
 * Bytes that something wrote straight to descriptors 1 and 2 (the C library's
 * last words before an abort, say) arrive on a stream socket each, with the
 * pid of who wrote them, and are made into lines here. Libc only.
 */

#pragma once

#include "engine/outbox.h"
#include "recorder/shared.h"

typedef struct _TelarLines TelarLines;

/* Makes the sockets. Returns: (nullable): NULL with errno set. */
TelarLines *telar_lines_new  (const TelarPlan *plan, TelarShared *shared, TelarOutbox *outbox);
void        telar_lines_free (TelarLines *lines);

/* In main, after its fork: puts the sockets where tasks expect them.
 * Returns: whether there were descriptors for that. */
bool telar_lines_install (TelarLines *lines);
/* In the engine, after that fork: closes the tasks' ends. */
void telar_lines_parent  (TelarLines *lines);

/* Descriptors to poll for reading: tasks' lines, stray output, stray errors. */
#define TELAR_LINES_DESCRIPTORS 3
int  telar_lines_descriptor (TelarLines *lines, unsigned index);

/* Hands on what has arrived; with @all, until nothing is left, else as long as
 * telar keeps up. */
void telar_lines_take (TelarLines *lines, bool all);
/* Lines without an end are lines at the end of the run. */
void telar_lines_flush (TelarLines *lines);
/* Adds what was not kept to the run's totals. */
void telar_lines_count (const TelarLines *lines, TelarNow *now);
