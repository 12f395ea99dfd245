/* made-objects.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Objects without a run: the test plays the tasks that share them, in processes
 * or threads of its own.
 */

#pragma once

#include <glib.h>
#include <sys/types.h>

#include "objects/object.h"

#define N_TASKS 70u /* tasks that there are, for objects */

/* Returns: (transfer full): free with telar_objects_free(). */
TelarObjects *telar_made_objects (const TelarPlanObject *made, guint n);
TelarObjects *telar_made_object  (TelarObjectType type, gint64 amount, guint32 flags);

/* What a task does. */
typedef void (*TelarPart) (TelarObjects *objects, guint32 task);

/* Plays it in a child process, which ends with 0 where the part returns. */
pid_t telar_play (TelarObjects *objects, TelarPart part, guint32 task);
void  telar_await_success (pid_t pid);
/* Returns once @task sleeps for @object. */
void  telar_await_sleep (TelarObjects *objects, guint32 task, guint32 object);
