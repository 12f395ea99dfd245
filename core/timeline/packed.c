/* packed.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The store: a tail that is written to, blocks that are not any more, and what
 * a thread has unpacked lately.
 */

#include "config.h"

#include "timeline/packed.h"

#include <string.h>
#include <unistd.h>

/* The tail is packed when it has so many: what packs a block stays behind, so
 * that the last items are always as they are. */
#define TAIL_MAX (2 * TELAR_BLOCK_ITEMS)

#define FANOUT 8

TelarBacking *
telar_backing_new (int file)
{
  TelarBacking *backing = g_new0 (TelarBacking, 1);

  g_atomic_ref_count_init (&backing->references);
  backing->file = file;
  g_mutex_init (&backing->lock);
  return backing;
}

TelarBacking *
telar_backing_ref (TelarBacking *backing)
{
  g_atomic_ref_count_inc (&backing->references);
  return backing;
}

void
telar_backing_unref (TelarBacking *backing)
{
  if (!g_atomic_ref_count_dec (&backing->references))
    return;
  close (backing->file);
  g_clear_pointer (&backing->bad, g_hash_table_unref);
  g_mutex_clear (&backing->lock);
  g_free (backing);
}

static TelarPacked *
packed_new (TelarPackedKind kind)
{
  static GMutex lock;
  static guint64 last_id;
  TelarPacked *packed = g_new0 (TelarPacked, 1);

  packed->kind = kind;
  g_mutex_lock (&lock);
  packed->id = ++last_id;
  g_mutex_unlock (&lock);
  packed->tail = g_array_new (FALSE, FALSE, (guint) telar_packed_item_size (packed));
  packed->blocks = g_array_new (FALSE, FALSE, sizeof (TelarBlock));
  return packed;
}

TelarSlices *
telar_slices_new (guint32 n_tasks)
{
  TelarPacked *slices = packed_new (TELAR_PACKED_SLICES);

  slices->n_tasks = n_tasks;
  return slices;
}

TelarWaits *
telar_waits_new (const TelarSlices *slices)
{
  TelarPacked *waits = packed_new (TELAR_PACKED_WAITS);

  waits->beside = slices;
  return waits;
}

void
telar_packed_free (TelarPacked *packed)
{
  for (guint i = packed->n_stored; i < packed->blocks->len; i++)
    g_free (g_array_index (packed->blocks, TelarBlock, i).bytes);
  for (guint i = 0; i < TELAR_PACKED_LEVELS; i++)
    g_clear_pointer (&packed->levels[i], g_array_unref);
  g_array_unref (packed->tail);
  g_array_unref (packed->blocks);
  g_clear_pointer (&packed->backing, telar_backing_unref);
  g_free (packed);
}

/* Packing */

static gint64
item_begin (const TelarPacked *packed, gconstpointer items, guint i)
{
  return packed->kind == TELAR_PACKED_SLICES ? ((const TelarSlice *) items)[i].begin
                                             : ((const TelarWait *) items)[i].begin;
}

static gint64
item_end (const TelarPacked *packed, gconstpointer items, guint i)
{
  return packed->kind == TELAR_PACKED_SLICES ? ((const TelarSlice *) items)[i].end
                                             : ((const TelarWait *) items)[i].end;
}

static void
sum_up (const TelarPacked *packed, gconstpointer items, guint n, TelarSum *sum)
{
  gint64 end = item_begin (packed, items, 0);

  *sum = (TelarSum){ .begin = end };
  for (guint i = 0; i < n; i++)
    {
      gint64 begin = item_begin (packed, items, i);
      gint64 length = item_end (packed, items, i) - begin;

      sum->gap = MAX (sum->gap, (float) (begin - end));
      sum->longest = MAX (sum->longest, (float) length);
      sum->busy += length;
      end = begin + length;
      if (packed->kind == TELAR_PACKED_SLICES)
        telar_rivals_vote (sum->rivals, TELAR_RIVALS, ((const TelarSlice *) items)[i].task,
                           (float) length);
    }
  sum->end = end;
  if (sum->rivals[1].ns > sum->rivals[0].ns)
    {
      TelarRival stronger = sum->rivals[1];

      sum->rivals[1] = sum->rivals[0];
      sum->rivals[0] = stronger;
    }
}

/* A new block: eight of them are one sum more, and eight of these… */
static void
grow_forest (TelarPacked *packed)
{
  guint n = packed->blocks->len;

  for (guint level = 0; n % FANOUT == 0 && level < TELAR_PACKED_LEVELS; level++, n /= FANOUT)
    {
      TelarSum sum = { .longest = -1 };

      for (guint i = n - FANOUT; i < n; i++)
        telar_sum_add (&sum, level == 0 ? &g_array_index (packed->blocks, TelarBlock, i).sum
                                        : &g_array_index (packed->levels[level - 1], TelarSum, i));
      if (packed->levels[level] == NULL)
        packed->levels[level] = g_array_new (FALSE, FALSE, sizeof (TelarSum));
      g_array_append_val (packed->levels[level], sum);
    }
}

/* @from: in the tail. Returns: a block of @n items, whose @bytes are not its own. */
static TelarBlock
make_block (const TelarPacked *packed, guint from, guint n, GByteArray *bytes)
{
  const char *items = packed->tail->data + from * telar_packed_item_size (packed);
  TelarBlock block = { .first = packed->n_packed + from, .n = n };

  g_byte_array_set_size (bytes, 0);
  sum_up (packed, items, n, &block.sum);
  telar_packed_encode (packed, items, n, bytes);
  block.size = bytes->len;
  block.check = telar_crc32c (0, bytes->data, bytes->len);
  return block;
}

static void
pack (TelarPacked *packed, guint n)
{
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new (2048);
  TelarBlock block = make_block (packed, 0, n, bytes);

  block.bytes = g_memdup2 (bytes->data, bytes->len);
  g_array_append_val (packed->blocks, block);
  packed->n_packed += n;
  g_array_remove_range (packed->tail, 0, n);
  grow_forest (packed);
}

void
telar_packed_pack (TelarPacked *packed, guint least, gboolean finished)
{
  guint n = packed->tail->len;

  n -= finished ? 0 : MIN (n, 2);
  while (n >= MAX (least, 1))
    {
      guint now = MIN (n, TELAR_BLOCK_ITEMS);

      pack (packed, now);
      n -= now;
    }
}

static gboolean
read_all (int file, guint8 *buffer, gsize size, guint64 offset)
{
  while (size > 0)
    {
      gssize n = pread (file, buffer, size, (off_t) offset);

      if (n <= 0)
        return FALSE;
      buffer += n;
      size -= (gsize) n;
      offset += (guint64) n;
    }
  return TRUE;
}

guint
telar_packed_n_blocks (const TelarPacked *packed)
{
  return packed->blocks->len + (packed->tail->len + TELAR_BLOCK_ITEMS - 1) / TELAR_BLOCK_ITEMS;
}

TelarBlock
telar_packed_block (const TelarPacked *packed, guint at, GByteArray *bytes)
{
  TelarBlock block;
  guint from;

  if (at >= packed->blocks->len)
    {
      from = (at - packed->blocks->len) * TELAR_BLOCK_ITEMS;
      return make_block (packed, from, MIN (TELAR_BLOCK_ITEMS, packed->tail->len - from), bytes);
    }
  block = g_array_index (packed->blocks, TelarBlock, at);
  g_byte_array_set_size (bytes, block.size);
  if (at >= packed->n_stored)
    memcpy (bytes->data, block.bytes, block.size);
  /* Of a file that is damaged: it is no better in another. */
  else if (!read_all (packed->backing->file, bytes->data, block.size, block.offset))
    memset (bytes->data, 0, block.size);
  return block;
}

void
telar_packed_stored (TelarPacked *packed, guint at, TelarBacking *backing, guint64 offset)
{
  TelarBlock *block = &g_array_index (packed->blocks, TelarBlock, at);

  g_return_if_fail (at == packed->n_stored);

  if (packed->backing == NULL)
    packed->backing = telar_backing_ref (backing);
  g_free (block->bytes);
  block->offset = offset;
  packed->n_stored++;
}

gboolean
telar_packed_take (TelarPacked *packed, const TelarBlock *block, TelarBacking *backing)
{
  const TelarSum *sum = &block->sum;
  const TelarBlock *last = packed->blocks->len > 0
                             ? &g_array_index (packed->blocks, TelarBlock, packed->blocks->len - 1)
                             : NULL;

  if (block->first != packed->n_packed || block->n == 0 || block->n > TELAR_BLOCK_ITEMS
      || block->size == 0 || block->size > TELAR_BLOCK_MAX || packed->tail->len > 0
      || block->n > G_MAXINT32 - packed->len)
    return FALSE;
  if (sum->begin < (last != NULL ? last->sum.end : 0) || sum->end < sum->begin || sum->busy < 0
      || sum->busy > sum->end - sum->begin || !(sum->longest >= 0) || !(sum->gap >= 0))
    return FALSE;
  for (guint i = 0; packed->kind == TELAR_PACKED_SLICES && i < TELAR_RIVALS; i++)
    if (sum->rivals[i].task >= packed->n_tasks || !(sum->rivals[i].ns >= 0))
      return FALSE;
  g_array_append_vals (packed->blocks, block, 1);
  if (packed->backing == NULL)
    packed->backing = telar_backing_ref (backing);
  packed->n_stored++;
  packed->n_packed += block->n;
  packed->len += block->n;
  grow_forest (packed);
  return TRUE;
}

void
telar_packed_miss (TelarPacked *packed, guint n, TelarBacking *backing)
{
  while (n > 0)
    {
      TelarBlock hole = { .first = packed->n_packed, .n = MIN (n, TELAR_BLOCK_ITEMS), .size = 1,
                          .offset = G_MAXINT64 };
      guint n_blocks = packed->blocks->len;

      if (n_blocks > 0)
        hole.sum.begin = hole.sum.end
            = g_array_index (packed->blocks, TelarBlock, n_blocks - 1).sum.end;
      if (!telar_packed_take (packed, &hole, backing))
        return;
      n -= hole.n;
    }
}

gboolean
telar_packed_retail (TelarPacked *packed, guint first, gconstpointer items, guint n)
{
  gsize size = telar_packed_item_size (packed);
  guint kept, skipped = first < packed->n_packed ? packed->n_packed - first : 0;
  gint64 end = 0;

  if (skipped >= n)
    return TRUE;
  kept = first + skipped - packed->n_packed;
  if (kept > packed->tail->len)
    return FALSE;
  if (kept > 0)
    end = item_end (packed, packed->tail->data, kept - 1);
  else if (packed->blocks->len > 0)
    end = g_array_index (packed->blocks, TelarBlock, packed->blocks->len - 1).sum.end;
  if (item_begin (packed, items, skipped) < end)
    return FALSE;
  g_array_set_size (packed->tail, kept);
  g_array_append_vals (packed->tail, (const char *) items + skipped * size, n - skipped);
  packed->len = packed->n_packed + packed->tail->len;
  return TRUE;
}

/* Writing */

static void
append (TelarPacked *packed, gconstpointer item)
{
  g_array_append_vals (packed->tail, item, 1);
  packed->len++;
  if (packed->tail->len >= TAIL_MAX)
    pack (packed, TELAR_BLOCK_ITEMS);
}

void
telar_slices_append (TelarSlices *slices, const TelarSlice *slice)
{
  append (slices, slice);
}

void
telar_waits_append (TelarWaits *waits, const TelarWait *wait)
{
  append (waits, wait);
}

TelarSlice *
telar_slices_last (TelarSlices *slices)
{
  g_assert (slices->kind == TELAR_PACKED_SLICES && slices->tail->len > 0);

  return &g_array_index (slices->tail, TelarSlice, slices->tail->len - 1);
}

TelarWait *
telar_waits_last (TelarWaits *waits)
{
  g_assert (waits->kind == TELAR_PACKED_WAITS && waits->tail->len > 0);

  return &g_array_index (waits->tail, TelarWait, waits->tail->len - 1);
}

void
telar_packed_drop (TelarPacked *packed)
{
  g_assert (packed->tail->len > 0);

  g_array_set_size (packed->tail, packed->tail->len - 1);
  packed->len--;
}

/* Reading */

typedef struct
{
  guint64 id;
  guint   first, n;
  union
  {
    TelarSlice slices[TELAR_BLOCK_ITEMS];
    TelarWait  waits[TELAR_BLOCK_ITEMS];
  };
} Unpacked;

#define N_UNPACKED 8

/* What a thread has unpacked. Waits have places of their own: unpacking them
 * reads slices. */
typedef struct
{
  Unpacked blocks[2][N_UNPACKED];
} Desk;

static GPrivate desk_of_thread = G_PRIVATE_INIT (g_free);

static Desk *
get_desk (void)
{
  Desk *desk = g_private_get (&desk_of_thread);

  if (desk == NULL)
    {
      desk = g_new0 (Desk, 1);
      g_private_set (&desk_of_thread, desk);
    }
  return desk;
}

static guint
find_block (const TelarPacked *packed, guint i)
{
  guint low = 0, high = packed->blocks->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (packed->blocks, TelarBlock, middle).first <= i)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* A picture looks at the same block again and again. */
static void
note_unreadable (TelarBacking *backing, guint64 offset)
{
  g_mutex_lock (&backing->lock);
  if (backing->bad == NULL)
    backing->bad = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  if (g_hash_table_add (backing->bad, g_memdup2 (&offset, sizeof offset)))
    g_atomic_int_inc (&backing->unreadable);
  g_mutex_unlock (&backing->lock);
}

/* Returns: whether it was sound. What was not is empty items at its begin, so
 * that everything after it keeps its place. */
static gboolean
unpack (const TelarPacked *packed, guint at, gpointer items)
{
  const TelarBlock *block = &g_array_index (packed->blocks, TelarBlock, at);
  gsize item_size = telar_packed_item_size (packed);
  guint8 buffer[TELAR_BLOCK_MAX];

  if (at >= packed->n_stored)
    return telar_packed_decode (packed, block->bytes, block->size, block->n, items);
  if (read_all (packed->backing->file, buffer, block->size, block->offset)
      && telar_crc32c (0, buffer, block->size) == block->check
      && telar_packed_decode (packed, buffer, block->size, block->n, items)
      && item_begin (packed, items, 0) == block->sum.begin
      && item_end (packed, items, block->n - 1) == block->sum.end)
    return TRUE;
  note_unreadable (packed->backing, block->offset);
  memset (items, 0, block->n * item_size);
  for (guint i = 0; i < block->n; i++)
    if (packed->kind == TELAR_PACKED_SLICES)
      ((TelarSlice *) items)[i] = (TelarSlice){ block->sum.begin, block->sum.begin,
                                                block->sum.rivals[0].task, 0, 0 };
    else
      ((TelarWait *) items)[i] = (TelarWait){ .begin = block->sum.begin, .end = block->sum.begin,
                                              .object = G_MAXUINT32 };
  return FALSE;
}

/* Item @i and, in @n, how many stand in a row from there on. */
static gconstpointer
look (const TelarPacked *packed, guint i, guint *n)
{
  gsize size = telar_packed_item_size (packed);
  Unpacked *unpacked;

  if (i >= packed->n_packed)
    {
      *n = packed->len - i;
      return packed->tail->data + (i - packed->n_packed) * size;
    }
  unpacked = &get_desk ()->blocks[packed->kind][packed->id % N_UNPACKED];
  if (unpacked->id != packed->id || i < unpacked->first || i - unpacked->first >= unpacked->n)
    {
      guint at = find_block (packed, i);
      const TelarBlock *block = &g_array_index (packed->blocks, TelarBlock, at);

      unpacked->id = 0;
      unpack (packed, at, unpacked->slices);
      unpacked->id = packed->id;
      unpacked->first = block->first;
      unpacked->n = block->n;
    }
  *n = unpacked->n - (i - unpacked->first);
  return (const char *) unpacked->slices + (i - unpacked->first) * size;
}

TelarSlice
telar_slices_at (const TelarSlices *slices, guint i)
{
  guint n;

  g_assert (i < slices->len && slices->kind == TELAR_PACKED_SLICES);

  return *(const TelarSlice *) look (slices, i, &n);
}

TelarWait
telar_waits_at (const TelarWaits *waits, guint i)
{
  guint n;

  g_assert (i < waits->len && waits->kind == TELAR_PACKED_WAITS);

  return *(const TelarWait *) look (waits, i, &n);
}

const TelarSlice *
telar_slices_run (const TelarSlices *slices, guint i, guint *n)
{
  g_assert (i < slices->len && slices->kind == TELAR_PACKED_SLICES);

  return look (slices, i, n);
}

const TelarWait *
telar_waits_run (const TelarWaits *waits, guint i, guint *n)
{
  g_assert (i < waits->len && waits->kind == TELAR_PACKED_WAITS);

  return look (waits, i, n);
}

static guint
find (const TelarPacked *packed, gint64 ns)
{
  guint low = 0, high = packed->blocks->len, n, first = packed->n_packed;
  gconstpointer items;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (packed->blocks, TelarBlock, middle).sum.end > ns)
        high = middle;
      else
        low = middle + 1;
    }
  if (low < packed->blocks->len)
    first = g_array_index (packed->blocks, TelarBlock, low).first;
  if (first >= packed->len)
    return packed->len;
  items = look (packed, first, &n);
  low = 0;
  high = n;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (item_end (packed, items, middle) > ns)
        high = middle;
      else
        low = middle + 1;
    }
  return first + low;
}

guint
telar_slices_find (const TelarSlices *slices, gint64 ns)
{
  g_return_val_if_fail (slices != NULL, 0);

  return find (slices, ns);
}

guint
telar_waits_find (const TelarWaits *waits, gint64 ns)
{
  g_return_val_if_fail (waits != NULL, 0);

  return find (waits, ns);
}

guint
telar_slices_core (const TelarSlices *slices, gint64 ns)
{
  guint i = find (slices, ns);

  return i < slices->len ? telar_slices_at (slices, i).core : 0;
}

guint
telar_packed_block_of (const TelarPacked *packed, guint i)
{
  if (i >= packed->n_packed)
    return packed->n_packed;
  return g_array_index (packed->blocks, TelarBlock, find_block (packed, i)).first;
}

guint
telar_packed_verify (const TelarPacked *packed, guint from, guint n)
{
  Unpacked *room = g_new (Unpacked, 1);
  guint bad = 0;

  for (guint i = from; i < from + n && i < packed->n_stored; i++)
    bad += !unpack (packed, i, room->slices);
  g_free (room);
  return bad;
}
