/* numbers.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "objects/numbers.h"

#include <math.h>
#include <string.h>

#include "objects/families.h"

/* Increments that are counted at once: before they are made, so that none is
 * made by a task that is killed and counted by nobody. */
#define COUNTED_AT_ONCE 256u

/* Elements are the bits of an int64_t or of a double. Counts are on a line of
 * their own: counting neither hinders nor orders the increments. */
typedef struct
{
  _Alignas (64) _Atomic uint64_t asked;
  /* By how much writing, and what a value begins with, raised the sum of all elements. */
  _Atomic uint64_t raised;
  _Alignas (64) _Atomic uint64_t elements[];
} Array;

static uint64_t
bits_of_real (double real)
{
  uint64_t bits;

  memcpy (&bits, &real, sizeof bits);
  return bits;
}

static double
real_of_bits (uint64_t bits)
{
  double real;

  memcpy (&real, &bits, sizeof real);
  return real;
}

static Array *
array_of (TelarObjects *objects, uint32_t object)
{
  return telar_object_area (objects, object);
}

static bool
holds_reals (const TelarObjects *objects, uint32_t object)
{
  return (telar_object_head (objects, object)->flags & TELAR_HOLDS_REALS) != 0;
}

uint64_t
telar_numbers_length (const TelarObjects *objects, uint32_t object)
{
  const TelarObjectHead *head = telar_object_head (objects, object);

  return head->type == TELAR_OBJECT_ARRAY ? (uint64_t) head->amount : 1;
}

TelarObjectOutcome
telar_numbers_read (TelarObjects *objects, uint32_t object, uint64_t element, TelarNumber *number)
{
  uint64_t bits;

  if (element >= telar_numbers_length (objects, object))
    return TELAR_OBJECT_RANGE;
  bits = atomic_load (&array_of (objects, object)->elements[element]);
  *number = (TelarNumber){ .is_real = holds_reals (objects, object), .integer = (int64_t) bits };
  return TELAR_OBJECT_DONE;
}

/* In one and the same type as the elements have. */
static void
raise_by (Array *array, bool reals, uint64_t from, uint64_t to)
{
  uint64_t before = atomic_load (&array->raised), after;

  do
    after = reals ? bits_of_real (real_of_bits (before) + real_of_bits (to) - real_of_bits (from))
                  : before + to - from;
  while (!atomic_compare_exchange_weak (&array->raised, &before, after));
}

TelarObjectOutcome
telar_numbers_write (TelarObjects *objects, uint32_t object, const TelarParty *party,
                   uint64_t element, TelarNumber number)
{
  Array   *array = array_of (objects, object);
  bool     reals = holds_reals (objects, object);
  uint64_t bits = (uint64_t) number.integer;

  if (element >= telar_numbers_length (objects, object))
    return TELAR_OBJECT_RANGE;
  if (reals && !number.is_real)
    bits = bits_of_real ((double) number.integer);
  else if (!reals && number.is_real)
    {
      /* -2⁶³ to 2⁶³, the latter left out. */
      if (number.real != floor (number.real) || !(fabs (number.real) < 0x1p63))
        return TELAR_OBJECT_WRONG_TYPE;
      bits = (uint64_t) (int64_t) number.real;
    }
  raise_by (array, reals, atomic_exchange (&array->elements[element], bits), bits);
  telar_party_passed (party, object, TELAR_ACT_WROTE, (int64_t) bits);
  return TELAR_OBJECT_DONE;
}

/* Each load and each store is one, and nothing holds them together. */
static void
increment (_Atomic uint64_t *element, bool reals, uint64_t times, void (*pause) (void))
{
  for (; times > 0; times--)
    {
      uint64_t bits = atomic_load_explicit (element, memory_order_relaxed);
      if (pause != NULL)
        pause ();
      bits = reals ? bits_of_real (real_of_bits (bits) + 1) : bits + 1;
      atomic_store_explicit (element, bits, memory_order_relaxed);
    }
}

TelarObjectOutcome
telar_numbers_increment (TelarObjects *objects, uint32_t object, const TelarParty *party,
                       uint64_t element, uint64_t times, void (*pause) (void))
{
  Array *array = array_of (objects, object);
  bool   reals = holds_reals (objects, object);

  if (element >= telar_numbers_length (objects, object))
    return TELAR_OBJECT_RANGE;
  for (uint64_t left = times; left > 0;)
    {
      uint64_t now = left < COUNTED_AT_ONCE ? left : COUNTED_AT_ONCE;
      atomic_fetch_add_explicit (&array->asked, now, memory_order_relaxed);
      increment (&array->elements[element], reals, now, pause);
      left -= now;
    }
  telar_party_passed (party, object, TELAR_ACT_WROTE,
                      (int64_t) atomic_load (&array->elements[element]));
  return TELAR_OBJECT_DONE;
}

uint64_t
telar_numbers_asked (TelarObjects *objects, uint32_t object)
{
  return atomic_load (&array_of (objects, object)->asked);
}

int64_t
telar_numbers_lost (TelarObjects *objects, uint32_t object)
{
  Array   *array = array_of (objects, object);
  uint64_t n = telar_numbers_length (objects, object);
  uint64_t asked = atomic_load (&array->asked), raised = atomic_load (&array->raised);
  int64_t  lost;

  if (asked == 0)
    return 0;
  if (holds_reals (objects, object))
    {
      double sum = 0;
      for (uint64_t i = 0; i < n; i++)
        sum += real_of_bits (atomic_load (&array->elements[i]));
      double real = (double) asked + real_of_bits (raised) - sum;
      lost = fabs (real) < 0x1p62 ? (int64_t) llround (real) : 0;
    }
  else
    {
      uint64_t sum = 0;
      for (uint64_t i = 0; i < n; i++)
        sum += atomic_load (&array->elements[i]);
      lost = (int64_t) (asked + raised - sum);
    }
  return lost;
}

static uint64_t
area_size (const TelarPlanObject *object, uint32_t n_tasks)
{
  uint64_t n = object->type == TELAR_OBJECT_ARRAY ? (uint64_t) object->amount : 1;

  return sizeof (Array) + n * sizeof (uint64_t);
}

static void
set_up (TelarObjects *objects, uint32_t object, const TelarPlanObject *from)
{
  Array *array = array_of (objects, object);

  if (from->type == TELAR_OBJECT_ARRAY || from->initial == 0)
    return;
  atomic_store (&array->elements[0], (from->flags & TELAR_HOLDS_REALS) != 0
                                     ? bits_of_real (from->initial)
                                     : (uint64_t) (int64_t) from->initial);
  atomic_store (&array->raised, atomic_load (&array->elements[0]));
}

const TelarObjectFamily telar_numbers_family = {
  .area_size = area_size,
  .set_up = set_up,
};
