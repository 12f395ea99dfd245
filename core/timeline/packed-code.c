/* packed-code.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Slices and waits as bits: runfile/FORMAT.md says what each is. Times are Rice
 * codes, whose parameter fits the block; what repeats (who, on which core, why
 * it waits) is one of those seen last.
 */

#include "config.h"

#include <string.h>

#include "timeline/packed.h"

#define RECENT     15 /* as a place: none of them */
#define MAX_FIELDS 8
#define PLACE_BITS 1  /* the Rice parameter of places */
#define MOST_ONES  24 /* of a Rice code; then 64 bits as they are */
#define MOST_BITS  40 /* a Rice parameter */

#define NO_OBJECT  G_MAXUINT32

/* What is said of a slice besides its time. */
enum { SLICE_TASK, SLICE_CORE, SLICE_FLAGS, SLICE_FIELDS };

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
  guint n_fields;
} Recent;

static inline gboolean
are_alike (const What *a, const What *b, guint n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    if (a->fields[i] != b->fields[i])
      return FALSE;
  return TRUE;
}

/* Puts @what in front, where it came from place @at; RECENT for nowhere. */
static inline void
put_in_front (Recent *recent, const What *what, guint at)
{
  What kept = *what;

  if (at == RECENT)
    at = recent->n < RECENT ? recent->n++ : RECENT - 1;
  for (; at > 0; at--)
    recent->what[at] = recent->what[at - 1];
  recent->what[0] = kept;
}

/* As a number: 0 where it is new, and follows. */
static inline guint
place_code (guint place)
{
  return place == RECENT ? 0 : place + 1;
}

static guint
find_place (const Recent *recent, const What *what)
{
  for (guint i = 0; i < recent->n; i++)
    if (are_alike (&recent->what[i], what, recent->n_fields))
      return i;
  return RECENT;
}

/* Bits, the lowest first. */

typedef struct
{
  GByteArray *bytes;
  guint64     bits;
  guint       n;
} Writer;

static void
put_bits (Writer *writer, guint64 value, guint n)
{
  if (n > 32)
    {
      put_bits (writer, value & G_MAXUINT32, 32);
      put_bits (writer, value >> 32, n - 32);
      return;
    }
  writer->bits |= value << writer->n;
  writer->n += n;
  while (writer->n >= 8)
    {
      guint8 byte = (guint8) writer->bits;

      g_byte_array_append (writer->bytes, &byte, 1);
      writer->bits >>= 8;
      writer->n -= 8;
    }
}

static void
finish_bits (Writer *writer)
{
  if (writer->n > 0)
    put_bits (writer, 0, 8 - writer->n);
}

static void
put_rice (Writer *writer, guint64 value, guint k)
{
  guint64 ones = value >> k;

  if (ones >= MOST_ONES)
    {
      put_bits (writer, (1u << MOST_ONES) - 1, MOST_ONES);
      put_bits (writer, value, 64);
      return;
    }
  put_bits (writer, (1u << ones) - 1, (guint) ones + 1);
  put_bits (writer, value & ((G_GUINT64_CONSTANT (1) << k) - 1), k);
}

/* Any number: seven bits, and one that says whether more follow. */
static void
put_number (Writer *writer, guint64 value)
{
  while (value > 0x7f)
    {
      put_bits (writer, (value & 0x7f) | 0x80, 8);
      value >>= 7;
    }
  put_bits (writer, value, 8);
}

typedef struct
{
  const guint8 *at, *end;
  guint64       bits;
  guint         n;
  gboolean      bad;
} Reader;

/* At least 56 bits, or all there are. */
static inline void
refill (Reader *reader)
{
  if (reader->end - reader->at >= 8)
    {
      guint64 word;

      memcpy (&word, reader->at, sizeof word);
      reader->bits |= GUINT64_FROM_LE (word) << reader->n;
      reader->at += (63 - reader->n) >> 3;
      reader->n |= 56;
      return;
    }
  for (; reader->n <= 56 && reader->at < reader->end; reader->n += 8)
    reader->bits |= (guint64) *reader->at++ << reader->n;
}

static inline guint64
take_bits (Reader *reader, guint n)
{
  guint64 value;

  if (n > 32)
    {
      value = take_bits (reader, 32);
      return value | take_bits (reader, n - 32) << 32;
    }
  if (reader->n < n)
    refill (reader);
  if (reader->n < n)
    {
      reader->bad = TRUE;
      return 0;
    }
  value = reader->bits & ((G_GUINT64_CONSTANT (1) << n) - 1);
  reader->bits >>= n;
  reader->n -= n;
  return value;
}

static inline guint64
take_rice (Reader *reader, guint k)
{
  guint ones;

  /* As many as its ones can be, and the zero behind them. */
  if (reader->n < 32)
    refill (reader);
  ones = ~reader->bits != 0 ? (guint) __builtin_ctzll (~reader->bits) : 64;
  if (ones >= MOST_ONES)
    {
      take_bits (reader, MOST_ONES);
      return take_bits (reader, 64);
    }
  if (ones + 1 > reader->n)
    {
      reader->bad = TRUE;
      return 0;
    }
  reader->bits >>= ones + 1;
  reader->n -= ones + 1;
  return (guint64) ones << k | take_bits (reader, k);
}

static guint64
take_number (Reader *reader)
{
  guint64 value = 0;

  for (guint shift = 0; shift < 64 && !reader->bad; shift += 7)
    {
      guint64 byte = take_bits (reader, 8);

      value |= (byte & 0x7f) << shift;
      if ((byte & 0x80) == 0)
        return value;
    }
  reader->bad = TRUE;
  return 0;
}

/* Rice parameters: by how many values there are of each length in bits. */

typedef struct
{
  guint n[65];
} Lengths;

static void
count_length (Lengths *lengths, guint64 value)
{
  lengths->n[value > 0 ? 64 - (guint) __builtin_clzll (value) : 0]++;
}

static guint
choose_parameter (const Lengths *lengths)
{
  double least = G_MAXDOUBLE;
  guint best = 0;

  for (guint k = 0; k <= MOST_BITS; k++)
    {
      double bits = 0;

      for (guint length = 0; length <= 64; length++)
        if (lengths->n[length] > 0)
          {
            /* On the average three quarters of the highest of that length. */
            double ones = length > k ? 0.75 * (double) (1ull << MIN (length - k, 40)) : 0;

            bits += lengths->n[length] * (ones >= MOST_ONES ? MOST_ONES + 64.0 : ones + 1 + k);
          }
      if (bits < least)
        {
          least = bits;
          best = k;
        }
    }
  return best;
}

/* Slices */

/* Fields as far as they differ within a block. */
typedef struct
{
  guint32 least[SLICE_FIELDS];
  guint   width[SLICE_FIELDS]; /* bits above it */
} Ranges;

static void
get_fields (const TelarSlice *slice, What *what)
{
  *what = (What){ { slice->task, slice->core, slice->flags } };
}

static void
find_ranges (const TelarSlice *slices, guint n, Ranges *ranges)
{
  guint32 most[SLICE_FIELDS];
  What what;

  get_fields (&slices[0], &what);
  memcpy (ranges->least, what.fields, sizeof ranges->least);
  memcpy (most, what.fields, sizeof most);
  for (guint i = 1; i < n; i++)
    {
      get_fields (&slices[i], &what);
      for (guint k = 0; k < SLICE_FIELDS; k++)
        {
          ranges->least[k] = MIN (ranges->least[k], what.fields[k]);
          most[k] = MAX (most[k], what.fields[k]);
        }
    }
  for (guint k = 0; k < SLICE_FIELDS; k++)
    {
      guint32 range = most[k] - ranges->least[k];

      ranges->width[k] = range > 0 ? 32 - (guint) __builtin_clz (range) : 0;
    }
}

static void
encode_slices (const TelarSlice *slices, guint n, Writer *writer)
{
  Recent recent = { .n_fields = SLICE_FIELDS };
  Lengths gaps = { { 0 } }, lengths = { { 0 } };
  Ranges ranges;
  gint64 end = slices[0].begin;
  guint gap_k, length_k;

  for (guint i = 0; i < n; i++)
    {
      if (slices[i].begin != end)
        count_length (&gaps, (guint64) (slices[i].begin - end));
      count_length (&lengths, (guint64) (slices[i].end - slices[i].begin));
      end = slices[i].end;
    }
  gap_k = choose_parameter (&gaps);
  length_k = choose_parameter (&lengths);
  end = slices[0].begin;
  put_bits (writer, (guint64) end, 64);
  put_bits (writer, gap_k, 6);
  put_bits (writer, length_k, 6);
  find_ranges (slices, n, &ranges);
  for (guint k = 0; k < SLICE_FIELDS; k++)
    {
      put_number (writer, ranges.least[k]);
      put_bits (writer, ranges.width[k], 6);
    }
  for (guint i = 0; i < n; i++)
    {
      const TelarSlice *slice = &slices[i];
      What what;
      guint place;

      get_fields (slice, &what);
      place = find_place (&recent, &what);
      put_rice (writer, place_code (place), PLACE_BITS);
      if (place == RECENT)
        for (guint k = 0; k < SLICE_FIELDS; k++)
          put_bits (writer, what.fields[k] - ranges.least[k], ranges.width[k]);
      put_in_front (&recent, &what, place);
      put_bits (writer, slice->begin != end, 1);
      if (slice->begin != end)
        put_rice (writer, (guint64) (slice->begin - end), gap_k);
      put_rice (writer, (guint64) (slice->end - slice->begin), length_k);
      end = slice->end;
    }
}

static gboolean
decode_slices (Reader *reader, guint n, guint32 n_tasks, TelarSlice *slices)
{
  struct
  {
    guint32 task;
    guint16 core, flags;
  } recent[RECENT], who;
  guint n_recent = 0;
  guint64 end = take_bits (reader, 64);
  guint gap_k = (guint) take_bits (reader, 6), length_k = (guint) take_bits (reader, 6);
  guint64 least[SLICE_FIELDS];
  guint width[SLICE_FIELDS];

  for (guint k = 0; k < SLICE_FIELDS; k++)
    {
      least[k] = take_number (reader);
      width[k] = (guint) take_bits (reader, 6);
      if (least[k] > G_MAXUINT32 || width[k] > 32)
        return FALSE;
    }
  if (end > G_MAXINT64 / 2 || gap_k > MOST_BITS || length_k > MOST_BITS)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      TelarSlice *slice = &slices[i];
      guint64 place = take_rice (reader, PLACE_BITS), gap = 0, length;
      guint at;

      if (place > 0)
        {
          if (place > n_recent)
            return FALSE;
          at = (guint) place - 1;
          who = recent[at];
        }
      else
        {
          guint64 task = least[SLICE_TASK] + take_bits (reader, width[SLICE_TASK]);
          guint64 core = least[SLICE_CORE] + take_bits (reader, width[SLICE_CORE]);
          guint64 flags = least[SLICE_FLAGS] + take_bits (reader, width[SLICE_FLAGS]);

          if (task >= n_tasks || core > G_MAXUINT16 || flags > G_MAXUINT16)
            return FALSE;
          who.task = (guint32) task;
          who.core = (guint16) core;
          who.flags = (guint16) flags;
          at = n_recent < RECENT ? n_recent++ : RECENT - 1;
        }
      /* All places, whatever moves: no branch to be guessed. */
      for (guint k = RECENT - 1; k > 0; k--)
        recent[k] = k <= at ? recent[k - 1] : recent[k];
      recent[0] = who;
      if (take_bits (reader, 1))
        gap = take_rice (reader, gap_k);
      length = take_rice (reader, length_k);
      if (reader->bad || gap > G_MAXINT64 / 8 || length > G_MAXINT64 / 8
          || end + gap + length > G_MAXINT64 / 2)
        return FALSE;
      slice->begin = (gint64) (end + gap);
      slice->end = (gint64) (end + gap + length);
      slice->task = who.task;
      slice->core = who.core;
      slice->flags = who.flags;
      end += gap + length;
    }
  return TRUE;
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
  fields[n++] = wait->object + 1; /* none is the highest number: 0 */
  fields[n++] = wait->detail;
  return n;
}

static void
wait_from_fields (TelarWait *wait, const guint32 fields[MAX_FIELDS])
{
  wait->state = (guint8) fields[0];
  wait->cause = (guint8) fields[1];
  wait->n_culprits = (guint16) fields[2];
  wait->culprits = fields[3];
  wait->object = fields[4] - 1;
  wait->detail = fields[5];
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
encode_waits (const TelarSlices *slices, const TelarWait *waits, guint n, Writer *writer)
{
  Recent recent = { .n_fields = MAX_FIELDS };
  gint64 end = waits[0].begin;
  /* The slice that the next wait is most likely behind. */
  guint slice = telar_slices_find (slices, waits[0].begin - 1);

  put_bits (writer, (guint64) end, 64);
  put_number (writer, slice);
  for (guint i = 0; i < n; i++)
    {
      const TelarWait *wait = &waits[i];
      What what = { { 0 } };
      guint n_fields = wait_fields (wait, what.fields);
      guint place = find_place (&recent, &what), skipped = 0;
      WaitForm form = FORM_TIMES;

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
      put_bits (writer, form, 2);
      put_rice (writer, place_code (place), PLACE_BITS);
      if (place == RECENT)
        {
          put_number (writer, n_fields);
          for (guint k = 0; k < n_fields; k++)
            put_number (writer, what.fields[k]);
        }
      put_in_front (&recent, &what, place);
      if (form == FORM_SLICE)
        put_number (writer, skipped);
      if (form == FORM_TIMES)
        {
          put_number (writer, (guint64) (wait->begin - end));
          put_number (writer, (guint64) (wait->end - wait->begin));
        }
      else
        slice++;
      end = wait->end;
    }
}

static gboolean
decode_waits (Reader *reader, const TelarPacked *packed, guint n, TelarWait *waits)
{
  const TelarSlices *slices = packed->beside;
  const GArray *culprits = packed->culprits;
  Recent recent = { .n_fields = MAX_FIELDS };
  guint64 end = take_bits (reader, 64), slice = take_number (reader);

  if (end > G_MAXINT64 / 2)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      TelarWait *wait = &waits[i];
      What what = { { 0 } };
      WaitForm form = take_bits (reader, 2);
      guint64 place = take_rice (reader, PLACE_BITS);

      if (place == 0)
        {
          guint64 n_fields = take_number (reader);

          for (guint64 k = 0; k < n_fields && !reader->bad; k++)
            {
              guint64 field = take_number (reader);

              if (field > G_MAXUINT32)
                return FALSE;
              if (k < MAX_FIELDS)
                what.fields[k] = (guint32) field;
            }
        }
      else if (place > recent.n)
        return FALSE;
      else
        what = recent.what[place - 1];
      put_in_front (&recent, &what, place > 0 ? (guint) place - 1 : RECENT);
      memset (wait, 0, sizeof *wait);
      wait_from_fields (wait, what.fields);
      if (form == FORM_TIMES)
        {
          guint64 gap = take_number (reader), length = take_number (reader);

          if (gap > G_MAXINT64 / 8 || length > G_MAXINT64 / 8)
            return FALSE;
          wait->begin = (gint64) (end + gap);
          wait->end = (gint64) (end + gap + length);
        }
      else
        {
          if (form == FORM_SLICE)
            slice += take_number (reader);
          if (form > FORM_SLICE || slices->len == 0 || slice >= slices->len - 1)
            return FALSE;
          wait->begin = telar_slices_at (slices, (guint) slice).end;
          wait->end = telar_slices_at (slices, (guint) slice + 1).begin;
          slice++;
        }
      if (reader->bad || wait->begin < (gint64) end || wait->end < wait->begin
          || wait->end > G_MAXINT64 / 2)
        return FALSE;
      if (wait->state >= TELAR_WAIT_STATES)
        wait->state = TELAR_WAIT_NO_STATE;
      if (culprits != NULL && wait->n_culprits > 0
          && (wait->culprits > culprits->len || wait->n_culprits > culprits->len - wait->culprits))
        return FALSE;
      if (wait->object != NO_OBJECT && wait->object >= packed->n_objects)
        return FALSE;
      end = (guint64) wait->end;
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
  Writer writer = { .bytes = bytes };

  g_assert (n > 0);

  if (packed->kind == TELAR_PACKED_SLICES)
    encode_slices (items, n, &writer);
  else
    encode_waits (packed->beside, items, n, &writer);
  finish_bits (&writer);
}

gboolean
telar_packed_decode (const TelarPacked *packed, const guint8 *bytes, gsize size, guint n,
                     gpointer items)
{
  Reader reader = { .at = bytes, .end = bytes + size };

  return packed->kind == TELAR_PACKED_SLICES
           ? decode_slices (&reader, n, packed->n_tasks, items)
           : decode_waits (&reader, packed, n, items);
}
