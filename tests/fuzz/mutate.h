/* mutate.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Changes to inputs of frames that leave frames: numbers of a body become
 * awkward ones, messages change places, come twice, get lost, or say they are
 * others. Bytes alone seldom come to that.
 */

#pragma once

#include "frames.h"

#define MAX_FRAMES 256u

size_t LLVMFuzzerMutate (uint8_t *bytes, size_t size, size_t max_size);

/* Where each begins: @starts[n] is the end. Returns: n. */
static inline guint
find_frames (const guint8 *bytes, gsize size, gsize head, gsize *starts)
{
  guint n = 0;
  gsize at = head;

  while (at + 2 + sizeof (TelarMessage) <= size && n < MAX_FRAMES)
    {
      starts[n++] = at;
      at += 2 + ((bytes[at] | (guint) bytes[at + 1] << 8) & FRAME_MAX);
      at = MIN (at, size);
    }
  starts[n] = at;
  return n;
}

static inline void
change_number (guint8 *body, gsize size, GRand *random)
{
  static const gint64 awkward[] = {
    G_MININT64, G_MAXINT64, -1, 0, 1, G_MAXINT32, G_MININT32, G_MAXUINT32, G_MAXUINT16,
    G_GINT64_CONSTANT (10) * 365 * 86400 * 1000000000, G_GINT64_CONSTANT (5000000000),
  };
  gsize  width = (gsize) 1 << g_rand_int_range (random, 0, 4);
  gsize  places = size / width;
  gint64 number;

  if (places == 0)
    return;
  body += width * (gsize) g_rand_int_range (random, 0, (gint32) places);
  if (g_rand_boolean (random))
    number = awkward[g_rand_int_range (random, 0, G_N_ELEMENTS (awkward))];
  else
    {
      number = 0;
      memcpy (&number, body, width);
      number = (gint64) ((guint64) number + (guint64) g_rand_int_range (random, -20, 21));
    }
  memcpy (body, &number, width);
}

/* Messages after the first @head bytes. Returns: the new size. */
static inline gsize
mutate_frames (guint8 *bytes, gsize size, gsize max_size, guint seed, gsize head)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  gsize  starts[MAX_FRAMES + 1];
  guint  n = size >= head ? find_frames (bytes, size, head, starts) : 0;
  gsize  from, length, to;
  guint8 *body;

  if (n == 0 || g_rand_int_range (random, 0, 3) == 0)
    return LLVMFuzzerMutate (bytes, size, max_size);
  guint one = (guint) g_rand_int_range (random, 0, (gint32) n);
  from = starts[one];
  length = starts[one + 1] - from;
  to = starts[g_rand_int_range (random, 0, (gint32) n + 1)];
  body = bytes + from + 2 + sizeof (TelarMessage);
  switch (g_rand_int_range (random, 0, 8))
    {
    case 0: /* twice */
      if (size + length <= max_size && length <= FRAME_MAX)
        {
          g_autofree guint8 *copy = g_memdup2 (bytes + from, length);

          memmove (bytes + to + length, bytes + to, size - to);
          memcpy (bytes + to, copy, length);
          size += length;
        }
      break;
    case 1: /* lost */
      memmove (bytes + from, bytes + from + length, size - from - length);
      size -= length;
      break;
    case 2: /* another */
      bytes[from + 2] = (guint8) g_rand_int_range (random, 0, TELAR_MESSAGE_ENDED + 2);
      break;
    default:
      if (length > 2 + sizeof (TelarMessage))
        change_number (body, length - 2 - sizeof (TelarMessage), random);
      break;
    }
  return size;
}
