/* operand.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What a step does something to: the object that its first argument names, and
 * the task as a party to it. For the functions of this folder only.
 */

#pragma once

#include "catalogue/call.h"

typedef struct
{
  TelarObjects     *objects;
  uint32_t          object;
  TelarObjectType   type;
  const TelarParty *party;
} TelarOperand;

static inline TelarOperand
telar_operand (TelarCall *call)
{
  TelarObjects *objects = telar_call_objects (call);
  uint32_t      object = telar_call_object (call, 0);

  return (TelarOperand){ objects, object,
                         (TelarObjectType) telar_object_head (objects, object)->type,
                         telar_call_party (call) };
}

/* One that was given and is negative only looks, as in the library; the plan
 * writes -1 ns where none was. */
static inline int64_t
telar_call_timeout (TelarCall *call, unsigned argument)
{
  int64_t timeout = telar_call_duration (call, argument);

  return timeout < TELAR_FOREVER ? 0 : timeout;
}

/* What the text of an item says: a number, true, null, or anything else (pass.c). */
TelarResult telar_result_of_item (TelarCall *call, uint32_t item);

/* What an increment does between reading and writing (pass.c). */
void telar_increment_takes_time (void);

/* Of a lock or a semaphore, whichever it is (share.c). */
TelarObjectOutcome telar_operand_acquire (const TelarOperand *it, int64_t timeout_ns);
TelarObjectOutcome telar_operand_release (const TelarOperand *it);
