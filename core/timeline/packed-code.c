/* packed-code.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Slices and waits as bytes: FORMAT.md in runfile/ says what each is. Numbers
 * are LEB128; what repeats (who, on which core; why it waits) is one of the
 * seven seen last.
 */

#include "config.h"

#include <string.h>

#include "timeline/packed.h"

#define RECENT     7 /* as a number: none of them, it follows */
#define MAX_FIELDS 8

/* Of slices: what the first byte says. */
#define SLICE_FLAGS    0x07
#define SLICE_WHO      3 /* shift */
#define SLICE_HAS_GAP  0x40
#define SLICE_HAS_MORE 0x80 /* further flags follow */

/* Of waits. */
#define WAIT_FORM      0x03
#define WAIT_WHAT      2 /* shift */

typedef enum
{
  FORM_TIMES, /* gap since the last one's end, length */
  FORM_NEXT,  /* from the end of the next slice to the begin of the one after it */
  FORM_SLICE  /* the same, behind a slice that is so many further */
} WaitForm;

/* What repeats. */
typedef struct
{
  guint32 fields[MAX_FIELDS];
} What;

typedef struct
{
  What  what[RECENT];
  guint n;
} Recent;

/* To the front. Returns: where it was, RECENT for nowhere. */
static guint
recall (Recent *recent, const What *what)
{
  What kept = *what;
  gboolean found;
  guint at = 0;

  while (at < recent->n && memcmp (&recent->what[at], what, sizeof *what) != 0)
    at++;
  found = at < recent->n;
  if (!found)
    at = recent->n < RECENT ? recent->n++ : RECENT - 1;
  memmove (recent->what + 1, recent->what, at * sizeof *what);
  recent->what[0] = kept;
  return found ? at : RECENT;
}

typedef struct
{
  const guint8 *at, *end;
  gboolean      bad;
} Reader;

static inline guint64
take (Reader *reader)
{
  guint64 value = 0;

  for (guint shift = 0; shift < 64; shift += 7)
    {
      guint8 byte;

      if (reader->at >= reader->end)
        break;
      byte = *reader->at++;
      value |= (guint64) (byte & 0x7f) << shift;
      if ((byte & 0x80) == 0)
        return value;
    }
  reader->bad = TRUE;
  return 0;
}

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

static void
put_time (GByteArray *bytes, gint64 ns)
{
  guint64 le = GUINT64_TO_LE ((guint64) ns);

  g_byte_array_append (bytes, (const guint8 *) &le, sizeof le);
}

static gint64
take_time (Reader *reader)
{
  guint64 le;

  if (reader->end - reader->at < (gssize) sizeof le)
    {
      reader->bad = TRUE;
      return 0;
    }
  memcpy (&le, reader->at, sizeof le);
  reader->at += sizeof le;
  return (gint64) GUINT64_FROM_LE (le);
}

/* Slices */

static void
encode_slices (const TelarSlice *slices, guint n, GByteArray *bytes)
{
  Recent recent = { .n = 0 };
  gint64 end = slices[0].begin;

  put_time (bytes, end);
  for (guint i = 0; i < n; i++)
    {
      const TelarSlice *slice = &slices[i];
      What what = { { slice->task, slice->core } };
      guint who = recall (&recent, &what);
      guint8 head = (guint8) ((slice->flags & SLICE_FLAGS) | who << SLICE_WHO);

      head |= slice->begin != end ? SLICE_HAS_GAP : 0;
      head |= slice->flags > SLICE_FLAGS ? SLICE_HAS_MORE : 0;
      g_byte_array_append (bytes, &head, 1);
      if (who == RECENT)
        {
          put (bytes, slice->task);
          put (bytes, slice->core);
        }
      if (slice->begin != end)
        put (bytes, (guint64) slice->begin - (guint64) end);
      put (bytes, (guint64) slice->end - (guint64) slice->begin);
      if (slice->flags > SLICE_FLAGS)
        put (bytes, slice->flags >> 3);
      end = slice->end;
    }
}

static gboolean
decode_slices (Reader *reader, guint n, guint32 n_tasks, TelarSlice *slices)
{
  struct
  {
    guint32 task;
    guint16 core;
  } recent[RECENT] = { { 0, 0 } }, who;
  guint n_recent = 0;
  gint64 end = take_time (reader);

  if (end < 0)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      TelarSlice *slice = &slices[i];
      guint8 head;
      guint at;

      if (reader->at >= reader->end)
        return FALSE;
      head = *reader->at++;
      at = head >> SLICE_WHO & RECENT;
      if (at == RECENT)
        {
          guint64 task = take (reader), core = take (reader);

          if (task >= n_tasks || core > G_MAXUINT16)
            return FALSE;
          who.task = (guint32) task;
          who.core = (guint16) core;
          at = n_recent < RECENT ? n_recent++ : RECENT - 1;
        }
      else if (at >= n_recent)
        return FALSE;
      else
        who = recent[at];
      for (; at > 0; at--)
        recent[at] = recent[at - 1];
      recent[0] = who;
      slice->begin = end;
      if (head & SLICE_HAS_GAP)
        slice->begin = (gint64) ((guint64) end + take (reader));
      slice->end = (gint64) ((guint64) slice->begin + take (reader));
      slice->task = who.task;
      slice->core = who.core;
      slice->flags = head & SLICE_FLAGS;
      if (head & SLICE_HAS_MORE)
        slice->flags |= (guint16) (take (reader) << 3);
      if (slice->begin < end || slice->end < slice->begin)
        return FALSE;
      end = slice->end;
    }
  return !reader->bad;
}

/* Waits */

/* What is said of a wait besides its time, field by field: further ones go to
 * the end, and a reader that knows fewer passes over them. */
static guint
wait_fields (const TelarWait *wait, guint32 fields[MAX_FIELDS])
{
  guint n = 0;

  fields[n++] = wait->state;
  fields[n++] = wait->cause;
  fields[n++] = wait->n_culprits;
  fields[n++] = wait->culprits;
  return n;
}

static void
wait_from_fields (TelarWait *wait, const guint32 fields[MAX_FIELDS])
{
  wait->state = (guint8) fields[0];
  wait->cause = (guint8) fields[1];
  wait->n_culprits = (guint16) fields[2];
  wait->culprits = fields[3];
}

/* Whether @wait is just what lies between slice @at and the next; the last
 * slice may go again and does not count. */
static gboolean
lies_behind (const TelarSlices *slices, guint at, const TelarWait *wait)
{
  return slices->len > 2 && at < slices->len - 2
         && telar_slices_at (slices, at).end == wait->begin
         && telar_slices_at (slices, at + 1).begin == wait->end;
}

static void
encode_waits (const TelarSlices *slices, const TelarWait *waits, guint n, GByteArray *bytes)
{
  Recent recent = { .n = 0 };
  gint64 end = waits[0].begin;
  /* The slice that the next wait is most likely behind. */
  guint slice = telar_slices_find (slices, waits[0].begin - 1);

  put_time (bytes, end);
  put (bytes, slice);
  for (guint i = 0; i < n; i++)
    {
      const TelarWait *wait = &waits[i];
      What what = { { 0 } };
      guint n_fields = wait_fields (wait, what.fields);
      guint which = recall (&recent, &what);
      WaitForm form = FORM_TIMES;
      guint skipped = 0;

      if (lies_behind (slices, slice, wait))
        form = FORM_NEXT;
      else
        {
          guint at = telar_slices_find (slices, wait->begin - 1);

          if (at > slice && lies_behind (slices, at, wait))
            {
              form = FORM_SLICE;
              skipped = at - slice;
              slice = at;
            }
        }
      g_byte_array_append (bytes, &(guint8){ (guint8) (form | which << WAIT_WHAT) }, 1);
      if (which == RECENT)
        {
          put (bytes, n_fields);
          for (guint k = 0; k < n_fields; k++)
            put (bytes, what.fields[k]);
        }
      if (form == FORM_SLICE)
        put (bytes, skipped);
      if (form == FORM_TIMES)
        {
          put (bytes, (guint64) wait->begin - (guint64) end);
          put (bytes, (guint64) wait->end - (guint64) wait->begin);
        }
      else
        slice++;
      end = wait->end;
    }
}

static gboolean
decode_waits (Reader *reader, const TelarSlices *slices, const GArray *culprits, guint n,
              TelarWait *waits)
{
  Recent recent = { .n = 0 };
  gint64 end = take_time (reader);
  guint64 slice = take (reader);

  if (end < 0)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      TelarWait *wait = &waits[i];
      What what = { { 0 } };
      guint8 head;
      guint which;
      WaitForm form;

      if (reader->at >= reader->end)
        return FALSE;
      head = *reader->at++;
      which = head >> WAIT_WHAT & 7;
      form = head & WAIT_FORM;
      if (which == RECENT)
        {
          guint64 n_fields = take (reader);

          for (guint64 k = 0; k < n_fields && !reader->bad; k++)
            {
              guint64 field = take (reader);

              if (field > G_MAXUINT32)
                return FALSE;
              if (k < MAX_FIELDS)
                what.fields[k] = (guint32) field;
            }
        }
      else if (which >= recent.n)
        return FALSE;
      else
        what = recent.what[which];
      recall (&recent, &what);
      memset (wait, 0, sizeof *wait);
      wait_from_fields (wait, what.fields);
      if (form == FORM_TIMES)
        {
          wait->begin = (gint64) ((guint64) end + take (reader));
          wait->end = (gint64) ((guint64) wait->begin + take (reader));
        }
      else
        {
          if (form == FORM_SLICE)
            slice += take (reader);
          if (form > FORM_SLICE || slices->len == 0 || slice >= slices->len - 1)
            return FALSE;
          wait->begin = telar_slices_at (slices, (guint) slice).end;
          wait->end = telar_slices_at (slices, (guint) slice + 1).begin;
          slice++;
        }
      if (reader->bad || wait->begin < end || wait->end < wait->begin)
        return FALSE;
      if (wait->state >= TELAR_WAIT_STATES)
        wait->state = TELAR_WAIT_NO_STATE;
      if (culprits != NULL && wait->n_culprits > 0
          && (wait->culprits > culprits->len || wait->n_culprits > culprits->len - wait->culprits))
        return FALSE;
      end = wait->end;
    }
  return TRUE;
}

/* Either */

gsize
telar_packed_item_size (const TelarPacked *packed)
{
  static const gsize sizes[] = { sizeof (TelarSlice), sizeof (TelarWait) };

  return sizes[packed->kind];
}

void
telar_packed_encode (const TelarPacked *packed, gconstpointer items, guint n, GByteArray *bytes)
{
  g_assert (n > 0);

  if (packed->kind == TELAR_PACKED_SLICES)
    encode_slices (items, n, bytes);
  else
    encode_waits (packed->beside, items, n, bytes);
}

gboolean
telar_packed_decode (const TelarPacked *packed, const guint8 *bytes, gsize size, guint n,
                     gpointer items)
{
  Reader reader = { .at = bytes, .end = bytes + size };

  return packed->kind == TELAR_PACKED_SLICES
           ? decode_slices (&reader, n, packed->n_tasks, items)
           : decode_waits (&reader, packed->beside, packed->culprits, n, items);
}

/* CRC-32C, eight bytes at a time (Kounavis and Berry, 2005). */

guint32
telar_crc32c (guint32 crc, gconstpointer data, gsize size)
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
