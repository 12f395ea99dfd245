/* rows.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Rows of numbers as bytes and back.
 */

#include "config.h"

#include <string.h>

#include "runfile/format.h"

static void
put (GByteArray *bytes, guint64 value)
{
  guint8 out[10];
  guint n = 0;

  do
    {
      out[n] = (guint8) ((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
      value >>= 7;
      n++;
    }
  while (value > 0);
  g_byte_array_append (bytes, out, n);
}

static guint64
take (TelarRowReader *reader)
{
  guint64 value = 0;

  for (guint shift = 0; shift < 64 && reader->at < reader->end; shift += 7)
    {
      guint8 byte = *reader->at++;

      value |= (guint64) (byte & 0x7f) << shift;
      if ((byte & 0x80) == 0)
        return value;
    }
  reader->bad = TRUE;
  return 0;
}

void
telar_row_put (GByteArray *bytes, const gint64 *fields, guint n)
{
  put (bytes, n);
  for (guint i = 0; i < n; i++)
    put (bytes, (guint64) fields[i] << 1 ^ (guint64) (fields[i] >> 63));
}

gboolean
telar_row_take (TelarRowReader *reader, gint64 fields[TELAR_ROW_MAX])
{
  guint64 n = take (reader);

  memset (fields, 0, TELAR_ROW_MAX * sizeof fields[0]);
  for (guint64 i = 0; i < n && !reader->bad; i++)
    {
      guint64 value = take (reader);

      if (i < TELAR_ROW_MAX)
        fields[i] = (gint64) (value >> 1) ^ -(gint64) (value & 1);
    }
  return !reader->bad;
}

const guint8 *
telar_row_text (TelarRowReader *reader, gint64 size)
{
  const guint8 *text = reader->at;

  if (reader->bad || size < 0 || size > reader->end - reader->at)
    {
      reader->bad = TRUE;
      return NULL;
    }
  reader->at += size;
  return text;
}
