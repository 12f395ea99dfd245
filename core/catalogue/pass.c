/* pass.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Functions on what tasks pass on: queues, pipes, values, arrays. An item is a
 * text of the plan, JSON, which every task knows by its number: that number goes
 * first, and then the bytes, so that a queue fills up as a real one does.
 */

#include "catalogue/functions.h"
#include "catalogue/operand.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "objects/pipe.h"
#include "objects/queue.h"
#include "objects/numbers.h"
#include "recorder/clock.h"

/* Items up to here need no memory of their own. */
#define SMALL_ITEM 4096

/* What an increment does between reading and writing: so long, ns. A program's
 * own takes about as long in the language that the library is of. */
#define INCREMENT_TIME 1000

static TelarResult
result_of (TelarCall *call, TelarObjectOutcome outcome, bool sends)
{
  uint32_t object = telar_call_object (call, 0);

  switch (outcome)
    {
    case TELAR_OBJECT_DONE:
      return telar_result_boolean (true);
    case TELAR_OBJECT_TIMEOUT:
      return telar_result_boolean (false);
    case TELAR_OBJECT_CLOSED:
      return telar_call_fail (call, sends ? TELAR_ERROR_BROKEN_PIPE : TELAR_ERROR_END_OF_FILE,
                              object);
    case TELAR_OBJECT_NOT_OWNER:
      return telar_call_fail (call, TELAR_ERROR_CLOSED, object);
    case TELAR_OBJECT_RANGE:
      /* A one-way pipe is asked to do at an end what that one does not. */
      return telar_call_fail (call, telar_operand (call).type == TELAR_OBJECT_PIPE
                                      ? TELAR_ERROR_END : TELAR_ERROR_INDEX, object);
    case TELAR_OBJECT_WRONG_TYPE:
      return telar_call_fail (call, TELAR_ERROR_NUMBER, object);
    case TELAR_OBJECT_TOO_MANY_DONE:
      return telar_call_fail (call, TELAR_ERROR_TASK_DONE, object);
    default:
      return telar_call_fail (call, TELAR_ERROR_TOO_BIG, object);
    }
}

/* Of steps without a result of their own. */
static TelarResult
none_of (TelarCall *call, TelarObjectOutcome outcome, bool sends)
{
  return outcome == TELAR_OBJECT_DONE ? telar_result_none () : result_of (call, outcome, sends);
}

/* Items */

typedef TelarObjectOutcome (*PutFunc) (const TelarOperand *it, TelarCall *call, const void *bytes,
                                       size_t size);
typedef TelarObjectOutcome (*GetFunc) (const TelarOperand *it, TelarCall *call, void *bytes,
                                       size_t room, size_t *size, int64_t timeout_ns);

/* Returns: the outcome, TOO_BIG where there is no memory for it. */
static TelarObjectOutcome
put_item (TelarCall *call, const TelarOperand *it, PutFunc put)
{
  char               small[SMALL_ITEM];
  uint32_t           item = telar_call_item (call, 1);
  const char        *text = telar_call_item_text (call, item);
  size_t             length = strlen (text), size = sizeof item + length;
  char              *bytes = size <= sizeof small ? small : malloc (size);
  TelarObjectOutcome outcome = TELAR_OBJECT_TOO_BIG;

  if (bytes == NULL)
    return outcome;
  memcpy (bytes, &item, sizeof item);
  memcpy (bytes + sizeof item, text, length);
  outcome = put (it, call, bytes, size);
  if (bytes != small)
    free (bytes);
  return outcome;
}

TelarResult
telar_result_of_item (TelarCall *call, uint32_t item)
{
  const char *text = telar_call_item_text (call, item);
  char       *end;
  long long   integer;
  double      real;

  if (strcmp (text, "null") == 0)
    return telar_result_none ();
  if (strcmp (text, "true") == 0 || strcmp (text, "false") == 0)
    return telar_result_boolean (text[0] == 't');
  errno = 0;
  integer = strtoll (text, &end, 10);
  if (*end == '\0' && end != text && errno == 0)
    return telar_result_integer (integer);
  real = strtod (text, &end);
  if (*end == '\0' && end != text && isfinite (real))
    return telar_result_real (real);
  return telar_result_text (TELAR_RESULT_ITEM, item);
}

static TelarResult
get_item (TelarCall *call, const TelarOperand *it, int64_t timeout_ns, GetFunc get)
{
  char               small[SMALL_ITEM];
  char              *bytes = small;
  size_t             room = sizeof small, size = 0;
  int64_t            until = timeout_ns > 0 ? telar_now_ns () + timeout_ns : 0;
  uint32_t           item;
  TelarObjectOutcome outcome;

  /* Another may take the large one first: then the next is looked at, with more room. */
  while ((outcome = get (it, call, bytes, room, &size, timeout_ns)) == TELAR_OBJECT_TOO_BIG)
    {
      if (bytes != small)
        free (bytes);
      room = size;
      bytes = malloc (room);
      if (bytes == NULL)
        return telar_call_fail (call, TELAR_ERROR_MEMORY, TELAR_NO_TASK);
      if (timeout_ns > 0)
        timeout_ns = until > telar_now_ns () ? until - telar_now_ns () : 0;
    }
  if (outcome == TELAR_OBJECT_DONE)
    memcpy (&item, bytes, sizeof item);
  if (bytes != small)
    free (bytes);
  return outcome == TELAR_OBJECT_DONE ? telar_result_of_item (call, item)
                                      : result_of (call, outcome, false);
}

/* Queues */

static TelarObjectOutcome
queue_put (const TelarOperand *it, TelarCall *call, const void *bytes, size_t size)
{
  TelarObjectOutcome outcome = telar_queue_put (it->objects, it->object, it->party, bytes, size,
                                                telar_call_timeout (call, 2));

  return outcome == TELAR_OBJECT_CLOSED ? TELAR_OBJECT_NOT_OWNER : outcome;
}

static TelarObjectOutcome
queue_get (const TelarOperand *it, TelarCall *call, void *bytes, size_t room, size_t *size,
           int64_t timeout_ns)
{
  TelarObjectOutcome outcome = telar_queue_get (it->objects, it->object, it->party, bytes, room,
                                                size, timeout_ns);

  (void) call;
  return outcome == TELAR_OBJECT_CLOSED ? TELAR_OBJECT_NOT_OWNER : outcome;
}

TelarResult
telar_function_put (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return result_of (call, put_item (call, &it, queue_put), true);
}

TelarResult
telar_function_get (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return get_item (call, &it, telar_call_timeout (call, 1), queue_get);
}

TelarResult
telar_function_task_done (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return none_of (call, telar_queue_task_done (it.objects, it.object, it.party), false);
}

TelarResult
telar_function_join_queue (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return result_of (call,
                    telar_queue_join (it.objects, it.object, it.party, telar_call_timeout (call, 1)),
                    false);
}

TelarResult
telar_function_empty (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return telar_result_boolean (telar_queue_is_empty (it.objects, it.object));
}

TelarResult
telar_function_full (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return telar_result_boolean (telar_queue_is_full (it.objects, it.object));
}

TelarResult
telar_function_qsize (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return telar_result_integer ((int64_t) telar_queue_size (it.objects, it.object));
}

/* Pipes */

static unsigned
end_of (TelarCall *call)
{
  int end = telar_call_object_end (call, 0);

  return end < 0 ? 2 : (unsigned) end;
}

static TelarObjectOutcome
pipe_send (const TelarOperand *it, TelarCall *call, const void *bytes, size_t size)
{
  if (!telar_pipe_holds (it->objects, it->object, end_of (call), it->party->task))
    return TELAR_OBJECT_NOT_OWNER;
  return telar_pipe_send (it->objects, it->object, it->party, end_of (call), bytes, size);
}

static TelarObjectOutcome
pipe_receive (const TelarOperand *it, TelarCall *call, void *bytes, size_t room, size_t *size,
              int64_t timeout_ns)
{
  if (!telar_pipe_holds (it->objects, it->object, end_of (call), it->party->task))
    return TELAR_OBJECT_NOT_OWNER;
  return telar_pipe_receive (it->objects, it->object, it->party, end_of (call), bytes, room, size,
                             timeout_ns);
}

TelarResult
telar_function_send (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return none_of (call, put_item (call, &it, pipe_send), true);
}

TelarResult
telar_function_receive (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return get_item (call, &it, telar_call_timeout (call, 1), pipe_receive);
}

TelarResult
telar_function_poll (TelarCall *call)
{
  TelarOperand       it = telar_operand (call);
  TelarObjectOutcome outcome;

  if (!telar_pipe_holds (it.objects, it.object, end_of (call), it.party->task))
    return telar_call_fail (call, TELAR_ERROR_CLOSED, it.object);
  outcome = telar_pipe_poll (it.objects, it.object, it.party, end_of (call),
                             telar_call_timeout (call, 1));
  /* The end of file is something to receive. */
  if (outcome == TELAR_OBJECT_CLOSED)
    return telar_result_boolean (true);
  return result_of (call, outcome, false);
}

TelarResult
telar_function_close (TelarCall *call)
{
  TelarOperand it = telar_operand (call);
  int          end = telar_call_object_end (call, 0);

  if (it.type == TELAR_OBJECT_POOL)
    return telar_call_pool_end (call, TELAR_POOL_CLOSE);
  if (it.type != TELAR_OBJECT_PIPE)
    telar_queue_close (it.objects, it.object, it.party);
  for (int i = 0; it.type == TELAR_OBJECT_PIPE && i < 2; i++)
    if (end < 0 || end == i)
      telar_pipe_close (it.objects, it.object, it.party, (unsigned) i);
  return telar_result_none ();
}

/* Values */

TelarResult
telar_function_read (TelarCall *call)
{
  TelarOperand       it = telar_operand (call);
  TelarNumber        number;
  TelarObjectOutcome outcome;

  if (it.type == TELAR_OBJECT_SHARED_MEMORY)
    return telar_function_read_byte (call);
  outcome = telar_numbers_read (it.objects, it.object, (uint64_t) telar_call_integer (call, 1),
                                &number);
  if (outcome != TELAR_OBJECT_DONE)
    return result_of (call, outcome, false);
  return number.is_real ? telar_result_real (number.real) : telar_result_integer (number.integer);
}

TelarResult
telar_function_write (TelarCall *call)
{
  TelarOperand it = telar_operand (call);
  TelarNumber  number = { .is_real = true, .real = telar_call_real (call, 1) };

  if (it.type == TELAR_OBJECT_SHARED_MEMORY)
    return telar_function_write_byte (call);
  return none_of (call, telar_numbers_write (it.objects, it.object, it.party,
                                           (uint64_t) telar_call_integer (call, 2), number), true);
}

void
telar_increment_takes_time (void)
{
  int64_t until = telar_now_ns () + INCREMENT_TIME;

  while (telar_now_ns () < until)
    ;
}

TelarResult
telar_function_increment (TelarCall *call)
{
  TelarOperand       it = telar_operand (call);
  uint64_t           times = (uint64_t) telar_call_integer (call, 1);
  uint32_t           lock = telar_call_object (call, 2);
  uint64_t           element = (uint64_t) telar_call_integer (call, 3);
  TelarObjectOutcome outcome = TELAR_OBJECT_DONE;

  if (lock == TELAR_NO_OBJECT)
    return none_of (call, telar_numbers_increment (it.objects, it.object, it.party, element, times,
                                                 telar_increment_takes_time), false);

  /* Of thousands of increments only the waits are told, and what comes of them. */
  TelarParty   quiet = *it.party;
  TelarOperand each = { it.objects, lock,
                        (TelarObjectType) telar_object_head (it.objects, lock)->type, &quiet };
  quiet.passed = NULL;
  for (uint64_t i = 0; i < times && outcome == TELAR_OBJECT_DONE; i++)
    {
      telar_operand_acquire (&each, TELAR_FOREVER);
      outcome = telar_numbers_increment (it.objects, it.object, &quiet, element, 1,
                                         telar_increment_takes_time);
      telar_operand_release (&each);
    }
  if (outcome == TELAR_OBJECT_DONE)
    outcome = telar_numbers_increment (it.objects, it.object, it.party, element, 0, NULL);
  return none_of (call, outcome, false);
}

TelarResult
telar_function_wait_any (TelarCall *call)
{
  return telar_call_wait_any (call, 0, telar_call_timeout (call, 1));
}
