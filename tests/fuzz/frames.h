/* frames.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Several messages in one input: a count of two bytes before each, low byte
 * first. The size that a message says of itself is made right unless the
 * count's highest bit is set: few would get past the first look else.
 */

#pragma once

#include <glib.h>
#include <string.h>

#include "engine/wire.h"

#define FRAME_AS_IT_IS 0x8000u
#define FRAME_MAX      0x7fffu

typedef struct
{
  const guint8 *bytes;
  gsize         size;
} Frames;

/* Takes the next one into @message (of FRAME_MAX bytes).
 * Returns: its size, header included; -1 where there is none. */
static inline gssize
frames_take (Frames *frames, void *message)
{
  guint count;
  gsize size;

  if (frames->size < 2)
    return -1;
  count = frames->bytes[0] | (guint) frames->bytes[1] << 8;
  size = MIN (count & FRAME_MAX, frames->size - 2);
  if (size > 0)
    memcpy (message, frames->bytes + 2, size);
  frames->bytes += 2 + size;
  frames->size -= 2 + size;
  if ((count & FRAME_AS_IT_IS) == 0 && size >= sizeof (TelarMessage))
    ((TelarMessage *) message)->size = (guint32) (size - sizeof (TelarMessage));
  return (gssize) size;
}

static inline void
frames_append (GByteArray *frames, TelarMessageType type, const void *body, gsize size)
{
  TelarMessage header = { .type = type, .size = (guint32) size };
  guint        count = (guint) (sizeof header + size);
  guint8       low_first[2] = { (guint8) (count & 0xff), (guint8) (count >> 8) };

  g_assert_cmpuint (count, <=, FRAME_MAX);
  g_byte_array_append (frames, low_first, 2);
  g_byte_array_append (frames, (const guint8 *) &header, sizeof header);
  if (size > 0)
    g_byte_array_append (frames, body, (guint) size);
}
