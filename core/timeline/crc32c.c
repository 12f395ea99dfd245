/* crc32c.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "timeline/packed.h"

#if defined (__x86_64__)
/* What processors since 2008 have an instruction for. */
__attribute__ ((target ("sse4.2"))) static guint32
add_by_instruction (guint32 crc, gconstpointer data, gsize size)
{
  const guint8 *at = data;
  guint64 sum = ~crc;

  for (; size >= 8; size -= 8, at += 8)
    {
      guint64 word;

      memcpy (&word, at, sizeof word);
      sum = __builtin_ia32_crc32di (sum, word);
    }
  for (; size > 0; size--, at++)
    sum = __builtin_ia32_crc32qi ((guint32) sum, *at);
  return ~(guint32) sum;
}
#endif

/* CRC-32C, eight bytes at a time (Kounavis and Berry, 2005). */
static guint32
add_by_tables (guint32 crc, gconstpointer data, gsize size)
{
  static guint32 tables[8][256];
  static gsize made;
  const guint8 *at = data;

  if (g_once_init_enter (&made))
    {
      for (guint32 i = 0; i < 256; i++)
        {
          guint32 value = i;

          for (guint k = 0; k < 8; k++)
            value = value >> 1 ^ (value & 1 ? 0x82f63b78 : 0);
          tables[0][i] = value;
        }
      for (guint k = 1; k < 8; k++)
        for (guint i = 0; i < 256; i++)
          tables[k][i] = tables[k - 1][i] >> 8 ^ tables[0][tables[k - 1][i] & 0xff];
      g_once_init_leave (&made, 1);
    }
  crc = ~crc;
  for (; size >= 8; size -= 8, at += 8)
    {
      guint64 word;

      memcpy (&word, at, sizeof word);
      word = GUINT64_FROM_LE (word) ^ crc;
      crc = tables[7][word & 0xff] ^ tables[6][word >> 8 & 0xff] ^ tables[5][word >> 16 & 0xff]
            ^ tables[4][word >> 24 & 0xff] ^ tables[3][word >> 32 & 0xff]
            ^ tables[2][word >> 40 & 0xff] ^ tables[1][word >> 48 & 0xff] ^ tables[0][word >> 56];
    }
  for (; size > 0; size--, at++)
    crc = crc >> 8 ^ tables[0][(crc ^ *at) & 0xff];
  return ~crc;
}

guint32
telar_crc32c (guint32 crc, gconstpointer data, gsize size)
{
#if defined (__x86_64__)
  if (__builtin_cpu_supports ("sse4.2"))
    return add_by_instruction (crc, data, size);
#endif
  return add_by_tables (crc, data, size);
}
