/* share.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Functions on what tasks share: locks, semaphores, events, conditions,
 * barriers.
 */

#include "catalogue/functions.h"

#include "objects/barrier.h"
#include "objects/condition.h"
#include "objects/event.h"
#include "objects/lock.h"
#include "objects/semaphore.h"

/* What a function of this file works on. */
typedef struct
{
  TelarObjects     *objects;
  uint32_t          object;
  TelarObjectType   type;
  const TelarParty *party;
} Shared;

static Shared
shared (TelarCall *call)
{
  TelarObjects *objects = telar_call_objects (call);
  uint32_t      object = telar_call_object (call, 0);

  return (Shared){ objects, object, (TelarObjectType) telar_object_head (objects, object)->type,
                   telar_call_party (call) };
}

static bool
is_semaphore (const Shared *it)
{
  return it->type == TELAR_OBJECT_SEMAPHORE || it->type == TELAR_OBJECT_BOUNDED_SEMAPHORE;
}

/* One that was given and is negative only looks, as in the library; the plan
 * writes -1 ns where none was. */
static int64_t
timeout_of (TelarCall *call)
{
  int64_t timeout = telar_call_duration (call, 1);

  return timeout < TELAR_FOREVER ? 0 : timeout;
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
  Shared  it = shared (call);
  int64_t timeout = timeout_of (call);

  return result_of (call, is_semaphore (&it)
                            ? telar_semaphore_acquire (it.objects, it.object, it.party, timeout)
                            : telar_lock_acquire (it.objects, it.object, it.party, timeout));
}

TelarResult
telar_function_release (TelarCall *call)
{
  Shared             it = shared (call);
  TelarObjectOutcome outcome = is_semaphore (&it)
                                 ? telar_semaphore_release (it.objects, it.object, it.party)
                                 : telar_lock_release (it.objects, it.object, it.party);

  return outcome == TELAR_OBJECT_DONE ? telar_result_none () : result_of (call, outcome);
}

TelarResult
telar_function_locked (TelarCall *call)
{
  Shared it = shared (call);

  return telar_result_boolean (telar_lock_owner (it.objects, it.object) != TELAR_NO_TASK);
}

TelarResult
telar_function_get_value (TelarCall *call)
{
  Shared it = shared (call);

  return telar_result_integer (telar_semaphore_value (it.objects, it.object));
}

TelarResult
telar_function_wait (TelarCall *call)
{
  Shared             it = shared (call);
  int64_t            timeout = timeout_of (call);
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
  Shared it = shared (call);

  telar_event_set (it.objects, it.object, it.party);
  return telar_result_none ();
}

TelarResult
telar_function_clear (TelarCall *call)
{
  Shared it = shared (call);

  telar_event_clear (it.objects, it.object, it.party);
  return telar_result_none ();
}

TelarResult
telar_function_is_set (TelarCall *call)
{
  Shared it = shared (call);

  return telar_result_boolean (telar_event_is_set (it.objects, it.object));
}

TelarResult
telar_function_notify (TelarCall *call)
{
  Shared  it = shared (call);
  int64_t n = telar_call_integer (call, 1);

  telar_condition_notify (it.objects, it.object, it.party, (uint32_t) n);
  return telar_result_none ();
}

TelarResult
telar_function_notify_all (TelarCall *call)
{
  Shared it = shared (call);

  telar_condition_notify (it.objects, it.object, it.party, UINT32_MAX);
  return telar_result_none ();
}

TelarResult
telar_function_abort (TelarCall *call)
{
  Shared it = shared (call);

  telar_barrier_abort (it.objects, it.object, it.party);
  return telar_result_none ();
}

TelarResult
telar_function_reset (TelarCall *call)
{
  Shared it = shared (call);

  telar_barrier_reset (it.objects, it.object, it.party);
  return telar_result_none ();
}

TelarResult
telar_function_n_waiting (TelarCall *call)
{
  Shared it = shared (call);

  return telar_result_integer (telar_barrier_n_waiting (it.objects, it.object));
}

TelarResult
telar_function_parties (TelarCall *call)
{
  Shared it = shared (call);

  return telar_result_integer (telar_barrier_parties (it.objects, it.object));
}

TelarResult
telar_function_broken (TelarCall *call)
{
  Shared it = shared (call);

  return telar_result_boolean (telar_barrier_is_broken (it.objects, it.object));
}
