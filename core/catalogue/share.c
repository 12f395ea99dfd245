/* share.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Functions on what tasks share: locks, semaphores, events, conditions,
 * barriers.
 */

#include "catalogue/functions.h"
#include "catalogue/operand.h"

#include "objects/barrier.h"
#include "objects/collection.h"
#include "objects/condition.h"
#include "objects/event.h"
#include "objects/lock.h"
#include "objects/semaphore.h"

static bool
is_semaphore (const TelarOperand *it)
{
  return it->type == TELAR_OBJECT_SEMAPHORE || it->type == TELAR_OBJECT_BOUNDED_SEMAPHORE;
}

TelarObjectOutcome
telar_operand_acquire (const TelarOperand *it, int64_t timeout_ns)
{
  return is_semaphore (it)
           ? telar_semaphore_acquire (it->objects, it->object, it->party, timeout_ns)
           : telar_lock_acquire (it->objects, it->object, it->party, timeout_ns);
}

TelarObjectOutcome
telar_operand_release (const TelarOperand *it)
{
  return is_semaphore (it) ? telar_semaphore_release (it->objects, it->object, it->party)
                           : telar_lock_release (it->objects, it->object, it->party);
}

/* A result that has a name and does not end the task. */
static TelarResult
named (TelarError name)
{
  return (TelarResult){ .type = TELAR_RESULT_ERROR, .integer = name };
}

static TelarResult
result_of (TelarCall *call, TelarObjectOutcome outcome)
{
  switch (outcome)
    {
    case TELAR_OBJECT_DONE:
      return telar_result_boolean (true);
    case TELAR_OBJECT_TIMEOUT:
      return telar_result_boolean (false);
    case TELAR_OBJECT_OWNER_DIED:
      return named (TELAR_ERROR_OWNER_DIED);
    case TELAR_OBJECT_BROKEN:
      return named (TELAR_ERROR_BROKEN);
    case TELAR_OBJECT_FREE:
      return telar_call_fail (call, TELAR_ERROR_NOT_HELD, telar_call_object (call, 0));
    case TELAR_OBJECT_NOT_OWNER:
      return telar_call_fail (call, TELAR_ERROR_NOT_OWNER, telar_call_object (call, 0));
    default:
      return telar_call_fail (call, TELAR_ERROR_BOUND, telar_call_object (call, 0));
    }
}

TelarResult
telar_function_acquire (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return result_of (call, telar_operand_acquire (&it, telar_call_timeout (call, 1)));
}

TelarResult
telar_function_release (TelarCall *call)
{
  TelarOperand       it = telar_operand (call);
  TelarObjectOutcome outcome = telar_operand_release (&it);

  return outcome == TELAR_OBJECT_DONE ? telar_result_none () : result_of (call, outcome);
}

TelarResult
telar_function_locked (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return telar_result_boolean (telar_lock_owner (it.objects, it.object) != TELAR_NO_TASK);
}

TelarResult
telar_function_get_value (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return telar_result_integer (telar_semaphore_value (it.objects, it.object));
}

TelarResult
telar_function_wait (TelarCall *call)
{
  TelarOperand       it = telar_operand (call);
  int64_t            timeout = telar_call_timeout (call, 1);
  TelarObjectOutcome outcome;
  uint32_t           nth;

  if (it.type == TELAR_OBJECT_EVENT)
    outcome = telar_event_wait (it.objects, it.object, it.party, timeout);
  else if (it.type == TELAR_OBJECT_CONDITION)
    outcome = telar_condition_wait (it.objects, it.object, it.party, timeout);
  else
    {
      outcome = telar_barrier_wait (it.objects, it.object, it.party, timeout, &nth);
      if (outcome == TELAR_OBJECT_DONE)
        return telar_result_integer (nth);
    }
  return result_of (call, outcome);
}

TelarResult
telar_function_set (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  telar_event_set (it.objects, it.object, it.party);
  return telar_result_none ();
}

TelarResult
telar_function_clear (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  if (it.type == TELAR_OBJECT_EVENT)
    telar_event_clear (it.objects, it.object, it.party);
  else
    telar_collection_clear (it.objects, it.object, it.party);
  return telar_result_none ();
}

TelarResult
telar_function_is_set (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return telar_result_boolean (telar_event_is_set (it.objects, it.object));
}

TelarResult
telar_function_notify (TelarCall *call)
{
  TelarOperand it = telar_operand (call);
  int64_t      n = telar_call_integer (call, 1);

  telar_condition_notify (it.objects, it.object, it.party, (uint32_t) n);
  return telar_result_none ();
}

TelarResult
telar_function_notify_all (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  telar_condition_notify (it.objects, it.object, it.party, UINT32_MAX);
  return telar_result_none ();
}

TelarResult
telar_function_abort (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  telar_barrier_abort (it.objects, it.object, it.party);
  return telar_result_none ();
}

TelarResult
telar_function_reset (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  telar_barrier_reset (it.objects, it.object, it.party);
  return telar_result_none ();
}

TelarResult
telar_function_n_waiting (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return telar_result_integer (telar_barrier_n_waiting (it.objects, it.object));
}

TelarResult
telar_function_parties (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return telar_result_integer (telar_barrier_parties (it.objects, it.object));
}

TelarResult
telar_function_broken (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return telar_result_boolean (telar_barrier_is_broken (it.objects, it.object));
}
