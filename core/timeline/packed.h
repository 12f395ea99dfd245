/* packed.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The slices (or waits) of a lane: append-only, packed, and summed up so that
 * a pixel column of a long run costs little. What is closed is packed into
 * blocks of up to 256, some bytes each; over the blocks lies an implicit
 * forest of sums, eight to one, that only ever grows at its right end.
 *
 *   sums    [ 8 × 8 blocks ]                           levels[1]
 *           [   8 blocks   ][   8 blocks   ] …         levels[0]
 *   blocks  [256][256][256][256][256][256][256] …      packed: in memory, or in a run file
 *   tail    …………| open                                 as they are
 *
 * Only the last one may change or go again, so only the tail is written to.
 * Reading is safe from several threads while nobody writes.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64  begin;
  gint64  end;       /* of an open one: `now` of the timeline */
  guint32 task;
  guint16 core;
  guint16 flags;     /* TelarSliceFlags */
} TelarSlice;

typedef struct
{
  gint64  begin;
  gint64  end;
  guint8  state;        /* TelarWaitState */
  guint8  cause;        /* TelarCause */
  guint16 n_culprits;
  guint32 culprits;     /* first one in timeline->culprits */
  guint32 object;       /* that it is for, or TELAR_NO_OBJECT */
  guint32 detail;       /* at a barrier: how many had come, this one with them */
} TelarWait;

/* One who may dominate; by Misra and Gries: whoever has more than a third of
 * the time is among the two that are kept, and none is named that was not there. */
typedef struct
{
  guint32 task;
  float   ns;
} TelarRival;

#define TELAR_RIVALS 2

typedef struct
{
  gint64     begin;   /* of the first */
  gint64     end;     /* of the last */
  gint64     busy;    /* sum of their lengths */
  TelarRival rivals[TELAR_RIVALS]; /* of slices; the strongest first */
  float      longest; /* ns */
  float      gap;     /* the longest between two of them, ns */
} TelarSum;

#define TELAR_BLOCK_ITEMS 256
#define TELAR_BLOCK_MAX   (16 * 1024) /* bytes */

/* As it stands in a run file too, 72 bytes. */
typedef struct
{
  TelarSum sum;
  union
  {
    guint64 offset;   /* in the file */
    guint8 *bytes;    /* owned */
  };
  guint32  first;     /* index of its first item */
  guint32  n;         /* items */
  guint32  size;      /* bytes */
  guint32  check;     /* CRC-32C of them */
} TelarBlock;

/* A file that blocks are in. */
typedef struct
{
  gatomicrefcount references;
  int             file;       /* owned descriptor */
  gint            unreadable; /* atomic: blocks that could not be read, each once */
  GMutex          lock;       /* of what follows */
  GHashTable     *bad;        /* owned, nullable: offsets of all such blocks */
} TelarBacking;

TelarBacking *telar_backing_new   (int file);
TelarBacking *telar_backing_ref   (TelarBacking *backing);
void          telar_backing_unref (TelarBacking *backing);

/* States that a wait can have; from a file that knows more: unknown. */
#define TELAR_WAIT_STATES     5
#define TELAR_WAIT_NO_STATE   3

typedef enum
{
  TELAR_PACKED_SLICES,
  TELAR_PACKED_WAITS
} TelarPackedKind;

#define TELAR_PACKED_LEVELS 9 /* 8^9 blocks are more than there can be */

typedef struct _TelarPacked
{
  guint         len;       /* for everyone to read; the rest is for packed*.c and runfile/ */
  guint32       kind;      /* TelarPackedKind */
  guint64       id;        /* no other ever has it */
  guint         n_packed;  /* items in blocks */
  guint         n_stored;  /* blocks that are in the file */
  guint32       n_tasks;   /* tasks have lower numbers */
  GArray       *tail;      /* owned: items from n_packed on */
  GArray       *blocks;    /* owned: TelarBlock */
  GArray       *levels[TELAR_PACKED_LEVELS]; /* owned, nullable: TelarSum */
  TelarBacking *backing;   /* owned, nullable */
  const struct _TelarPacked *beside; /* borrowed: the slices that waits lie between */
  const GArray *culprits;  /* borrowed, nullable: of waits, whom they may name */
  guint32       n_objects; /* of waits: objects have lower numbers */
} TelarPacked;

typedef TelarPacked TelarSlices;
typedef TelarPacked TelarWaits;

TelarSlices *telar_slices_new  (guint32 n_tasks);
/* @slices: of the same task; has to live as long. */
TelarWaits  *telar_waits_new   (const TelarSlices *slices);
void         telar_packed_free (TelarPacked *packed);

/* Writing. The last one may be changed, or dropped once, until the next is appended. */
void         telar_slices_append (TelarSlices *slices, const TelarSlice *slice);
void         telar_waits_append  (TelarWaits *waits, const TelarWait *wait);
TelarSlice  *telar_slices_last   (TelarSlices *slices);
TelarWait   *telar_waits_last    (TelarWaits *waits);
void         telar_packed_drop   (TelarPacked *packed); /* the last one */

/* Reading, from any place: O(log n), next to the last place O(1). */
TelarSlice telar_slices_at   (const TelarSlices *slices, guint i);
TelarWait  telar_waits_at    (const TelarWaits *waits, guint i);
/* What lies in memory side by side from @i on: at least one.
 * Returns: (array length=n): until this thread reads elsewhere. */
const TelarSlice *telar_slices_run (const TelarSlices *slices, guint i, guint *n);
const TelarWait  *telar_waits_run  (const TelarWaits *waits, guint i, guint *n);
/* Index of the first slice (wait) that ends after @ns; len where there is none. */
guint telar_slices_find (const TelarSlices *slices, gint64 ns);
guint telar_waits_find  (const TelarWaits *waits, gint64 ns);

/* The core of the slice that begins at @ns, where there is one. */
guint telar_slices_core (const TelarSlices *slices, gint64 ns);

/* Sums (packed-sum.c). */

typedef struct
{
  gint64  busy;   /* ns within the range */
  guint   n;      /* items that lie in it, in part or whole */
  guint32 task;   /* that dominates; of several alike, one. TELAR_NO_TASK: nobody */
} TelarRangeSum;

/* What lies in [begin, end): busy and n exactly; O(log n). */
TelarRangeSum telar_packed_sum (const TelarPacked *packed, gint64 begin, gint64 end);

/* Whole blocks from item @i on, one after the other: none of their items is
 * longer than @longest, no two of them are further apart than @gap, and they
 * begin no later than @until. Index of the first item after them; @i where
 * there are none. @begin and @end: of the stretch. */
guint telar_packed_small (const TelarPacked *packed, guint i, double longest, double gap,
                          double until, gint64 *begin, gint64 *end);
/* The first item of the block that @i is in. */
guint telar_packed_block_of (const TelarPacked *packed, guint i);

void telar_sum_add   (TelarSum *sum, const TelarSum *next);
void telar_rivals_vote (TelarRival *rivals, guint n, guint32 task, float ns);

/* Cells of 2^level ns from time 0 on, which packed slices fill (zoom.c). */

typedef struct
{
  guint32 task; /* that dominates */
  float   busy; /* ns */
} TelarZoomCell;

#define TELAR_TILE_CELLS 256
/* That a thread keeps, 16 MiB; beyond, that half of them goes that was not used for longest. */
#define TELAR_MAX_TILES  8192

/* Tile @number is cells number × 256 …; kept for the thread's next look.
 * Returns: (transfer none): until the next call. */
const TelarZoomCell *telar_zoom_tile (const TelarSlices *slices, guint level, guint64 number);
/* How many this thread has had to make so far. */
guint64 telar_zoom_n_made (void);

/* For run files. */

/* Packs what is in the tail where that is @least; unless @finished the last two
 * stay: they may still change, or go. */
void     telar_packed_pack   (TelarPacked *packed, guint least, gboolean finished);
/* The blocks that there are, and those that the tail would make: all of it, read
 * only. Returns: block @at, with its bytes in @bytes. */
guint      telar_packed_n_blocks (const TelarPacked *packed);
TelarBlock telar_packed_block    (const TelarPacked *packed, guint at, GByteArray *bytes);
/* Block @at is now in the file. */
void     telar_packed_stored (TelarPacked *packed, guint at, TelarBacking *backing,
                              guint64 offset);
/* Takes a block that stands in a file. Returns: whether it can follow. */
gboolean telar_packed_take   (TelarPacked *packed, const TelarBlock *block,
                              TelarBacking *backing);
/* Items that a file has lost: empty ones, so that what follows keeps its number. */
void     telar_packed_miss   (TelarPacked *packed, guint n, TelarBacking *backing);
/* Items from @first on, which replace what the tail has there. Returns: whether they fit. */
gboolean telar_packed_retail (TelarPacked *packed, guint first, gconstpointer items, guint n);
/* Items as bytes and back (packed-code.c). */
void     telar_packed_encode (const TelarPacked *packed, gconstpointer items, guint n,
                              GByteArray *bytes);
gboolean telar_packed_decode (const TelarPacked *packed, const guint8 *bytes, gsize size,
                              guint n, gpointer items);
gsize    telar_packed_item_size (const TelarPacked *packed);
/* Reads @n blocks that are in the file. Returns: how many are not sound. */
guint    telar_packed_verify (const TelarPacked *packed, guint from, guint n);

guint32  telar_crc32c (guint32 crc, gconstpointer data, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarPacked, telar_packed_free)

G_END_DECLS
