/* inbox.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What telar says to the engine: reading it. Libc only.
 */

#pragma once

#include <stdbool.h>

#include "engine/wire.h"
#include "plan/plan.h"

/* Waits for the message RUN on @descriptor.
 * @plan: where the descriptor goes that came with it, for the caller to close.
 * Returns: false, without one, where something else came, or nothing ever will. */
bool telar_inbox_take_run (int descriptor, TelarRunRequest *request, int *plan);

/* Maps the plan for ever, read-only, and verifies it; @descriptor stays open.
 * Returns: NULL, or what is wrong with it, in a few words. */
const char *telar_inbox_map_plan (int descriptor, const TelarPlan **plan);

/* Takes one of the messages that have no more to say than their type; does not wait.
 * @type: 0 where none came, or none that is one.
 * Returns: false when telar is gone. */
bool telar_inbox_take (int descriptor, TelarMessageType *type);
