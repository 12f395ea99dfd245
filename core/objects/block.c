/* block.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "objects/block.h"

#include <string.h>

#include "objects/families.h"

uint64_t
telar_block_size (const TelarObjects *objects, uint32_t object)
{
  return (uint64_t) telar_object_head (objects, object)->amount;
}

static bool
has_all (const TelarObjects *objects, uint32_t object, uint64_t offset, uint64_t n)
{
  uint64_t size = telar_block_size (objects, object);

  return offset <= size && n <= size - offset;
}

/* The widest number of bytes that can be moved at once, at this offset and of @n. */
static unsigned
width_at (uint64_t offset, uint64_t n)
{
  unsigned width = 8;

  while (width > n || offset % width != 0)
    width /= 2;
  return width;
}

TelarObjectOutcome
telar_block_read (TelarObjects *objects, uint32_t object, uint64_t offset, void *bytes, uint64_t n)
{
  char *from = (char *) telar_object_area (objects, object) + offset;
  char *to = bytes;

  if (!has_all (objects, object, offset, n))
    return TELAR_OBJECT_RANGE;
  for (unsigned width; n > 0; n -= width, offset += width, from += width, to += width)
    {
      union
      {
        uint8_t  one;
        uint16_t two;
        uint32_t four;
        uint64_t eight;
      } it;

      width = width_at (offset, n);
      if (width == 8)
        it.eight = atomic_load_explicit ((_Atomic uint64_t *) (void *) from, memory_order_relaxed);
      else if (width == 4)
        it.four = atomic_load_explicit ((_Atomic uint32_t *) (void *) from, memory_order_relaxed);
      else if (width == 2)
        it.two = atomic_load_explicit ((_Atomic uint16_t *) (void *) from, memory_order_relaxed);
      else
        it.one = atomic_load_explicit ((_Atomic uint8_t *) (void *) from, memory_order_relaxed);
      memcpy (to, &it, width);
    }
  return TELAR_OBJECT_DONE;
}

TelarObjectOutcome
telar_block_write (TelarObjects *objects, uint32_t object, const TelarParty *party,
                   uint64_t offset, const void *bytes, uint64_t n)
{
  char       *to = (char *) telar_object_area (objects, object) + offset;
  const char *from = bytes;
  uint64_t    at = offset;

  if (!has_all (objects, object, offset, n))
    return TELAR_OBJECT_RANGE;
  for (unsigned width; n > 0; n -= width, at += width, from += width, to += width)
    {
      union
      {
        uint8_t  one;
        uint16_t two;
        uint32_t four;
        uint64_t eight;
      } it;

      width = width_at (at, n);
      memcpy (&it, from, width);
      if (width == 8)
        atomic_store_explicit ((_Atomic uint64_t *) (void *) to, it.eight, memory_order_relaxed);
      else if (width == 4)
        atomic_store_explicit ((_Atomic uint32_t *) (void *) to, it.four, memory_order_relaxed);
      else if (width == 2)
        atomic_store_explicit ((_Atomic uint16_t *) (void *) to, it.two, memory_order_relaxed);
      else
        atomic_store_explicit ((_Atomic uint8_t *) (void *) to, it.one, memory_order_relaxed);
    }
  telar_party_passed (party, object, TELAR_ACT_WROTE, (int64_t) offset);
  return TELAR_OBJECT_DONE;
}

static uint64_t
area_size (const TelarPlanObject *object, uint32_t n_tasks)
{
  (void) n_tasks;
  return (uint64_t) object->amount;
}

const TelarObjectFamily telar_block_family = {
  .area_size = area_size,
};
