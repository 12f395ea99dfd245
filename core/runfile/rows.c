/* rows.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Rows of numbers, and tables of rows, as bytes and back.
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

/* Tables */

TelarTableWriter
telar_table_begin (GByteArray *bytes, guint what)
{
  TelarFileTable header = { GUINT32_TO_LE (what), 0, 0 };
  TelarTableWriter table = { bytes, bytes->len, 0 };

  g_byte_array_append (bytes, (const guint8 *) &header, sizeof header);
  return table;
}

void
telar_table_row (TelarTableWriter *table, const gint64 *fields, guint n)
{
  telar_row_put (table->bytes, fields, n);
  table->n++;
}

void
telar_table_end (TelarTableWriter *table)
{
  guint8 *at = table->bytes->data + table->at;
  TelarFileTable header;

  if (table->n == 0)
    {
      g_byte_array_set_size (table->bytes, (guint) table->at);
      return;
    }
  /* Nothing is aligned in here. */
  memcpy (&header, at, sizeof header);
  header.n = GUINT32_TO_LE (table->n);
  header.size = GUINT32_TO_LE ((guint32) (table->bytes->len - table->at - sizeof header));
  memcpy (at, &header, sizeof header);
}

void
telar_table_text (TelarTableWriter *table, const char *text)
{
  g_byte_array_append (table->bytes, (const guint8 *) text, (guint) strlen (text));
}

gboolean
telar_tables_each (const guint8 *bytes, gsize size, TelarTakeTable taker, gpointer data)
{
  gboolean sound = TRUE;

  while (size >= sizeof (TelarFileTable))
    {
      TelarFileTable header;
      TelarRowReader rows;
      gsize length;

      memcpy (&header, bytes, sizeof header);
      bytes += sizeof header;
      size -= sizeof header;
      length = GUINT32_FROM_LE (header.size);
      if (length > size)
        return FALSE;
      rows = (TelarRowReader){ .at = bytes, .end = bytes + length };
      sound &= taker (GUINT32_FROM_LE (header.table), GUINT32_FROM_LE (header.n), &rows, data);
      bytes += length;
      size -= length;
    }
  return sound && size == 0;
}
