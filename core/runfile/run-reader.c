/* run-reader.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "runfile/run-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runfile/machine-json.h"
#include "runfile/plan-rows.h"
#include "runfile/state.h"
#include "timeline/restore.h"

/* Heads are read whole: more than this is none. */
#define HEAD_MAX (1u << 30)

/* A file of this size is read from end to end when it is opened, so that all
 * that is missing can be said; a larger one when it is looked at. */
#define VERIFY_MAX (32 << 20)

/* Items that a lane's journal can have at once. */
#define TAIL_ITEMS_MAX 4096

/* A lane's part of a JOURNAL record. */
typedef struct
{
  TelarFileTail tail;   /* in this machine's order */
  guint64       at;     /* in the file */
} Tail;

typedef struct
{
  const char    *name;      /* borrowed */
  int            file;      /* of backing */
  guint64        base;      /* where in the file it begins */
  guint64        size;
  TelarBacking  *backing;   /* borrowed: the file */
  TelarRunFile  *run;
  GBytes        *plan;      /* owned, nullable */
  GArray        *tails;     /* owned: Tail, in order */
  gboolean       ended;     /* the run's end is in it */
  gboolean       broke_off; /* the file ends amid a record */
  guint          n_damaged; /* records */
  const TelarWatch *watch;  /* borrowed, nullable */
  double         share;     /* of all of it, that finding records takes */
  gboolean       given_up;  /* it was called off */
  gboolean       bad_bookmarks; /* some or all of the bookmarks are lost */
} Reader;

/* Returns: whether to go on. */
static gboolean
goes_on (Reader *reader, double done)
{
  reader->given_up = reader->given_up || !telar_watch_tell (reader->watch, done);
  return !reader->given_up;
}

static gboolean
read_at (const Reader *reader, guint64 at, gpointer buffer, gsize size)
{
  guint8 *to = buffer;

  while (size > 0)
    {
      gssize n = pread (reader->file, to, size, (off_t) (reader->base + at));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      to += n;
      at += (guint64) n;
      size -= (gsize) n;
    }
  return TRUE;
}

static void
miss (Reader *reader, char *sentence /* (transfer full) */)
{
  g_ptr_array_add (reader->run->missing, sentence);
}

/* The header and the head of the record at @at.
 * Returns: (transfer full) (nullable): the head, NULL where it is not sound. */
static guint8 *
read_record (const Reader *reader, guint64 at, TelarFileRecord *record)
{
  TelarFileRecord raw;
  guint8 *head;
  guint32 check;

  if (at > reader->size || reader->size - at < sizeof raw
      || !read_at (reader, at, &raw, sizeof raw))
    return NULL;
  *record = (TelarFileRecord){
    .kind = GUINT32_FROM_LE (raw.kind),
    .size = GUINT64_FROM_LE (raw.size),
    .head = GUINT32_FROM_LE (raw.head),
    .check = GUINT32_FROM_LE (raw.check),
  };
  if (record->size > reader->size - at - sizeof raw || record->head > record->size
      || record->head > HEAD_MAX)
    return NULL;
  head = g_try_malloc (record->head + 1);
  if (head == NULL || !read_at (reader, at + sizeof raw, head, record->head))
    {
      g_free (head);
      return NULL;
    }
  check = telar_crc32c (0, &raw, offsetof (TelarFileRecord, check));
  if (telar_crc32c (check, head, record->head) == record->check)
    {
      head[record->head] = 0;
      return head;
    }
  g_free (head);
  return NULL;
}

/* What was read of graph and plan is enough for a timeline. */
static gboolean
make_timeline (Reader *reader)
{
  if (reader->run->timeline != NULL)
    return TRUE;
  if (reader->plan == NULL || reader->run->graph == NULL)
    return FALSE;
  reader->run->timeline = telar_timeline_new (reader->plan, NULL);
  telar_timeline_own_texts (reader->run->timeline);
  return TRUE;
}

/* Lanes */

/* Returns: (nullable) */
static TelarPacked *
find_lane (Reader *reader, guint32 lane)
{
  const TelarTimeline *timeline = reader->run->timeline;
  guint32 number = TELAR_LANE_NUMBER (lane);

  switch (lane >> 30)
    {
    case TELAR_LANE_CORE:
      return number < TELAR_MAX_CORES
               ? telar_timeline_core_lane (reader->run->timeline, number)->slices : NULL;
    case TELAR_LANE_TASK:
      return number < timeline->tasks->len
               ? ((TelarTaskLane *) timeline->tasks->pdata[number])->slices : NULL;
    case TELAR_LANE_WAITS:
      return number < timeline->tasks->len
               ? ((TelarTaskLane *) timeline->tasks->pdata[number])->waits : NULL;
    default:
      return NULL;
    }
}

static float
float_of (guint32 le)
{
  guint32 bits = GUINT32_FROM_LE (le);
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static gboolean
take_block (Reader *reader, const TelarFileBlock *raw, guint64 at)
{
  TelarPacked *packed = find_lane (reader, GUINT32_FROM_LE (raw->lane));
  guint32 first = GUINT32_FROM_LE (raw->first);
  TelarBlock block = {
    .sum = {
      .begin = GINT64_FROM_LE (raw->begin),
      .end = GINT64_FROM_LE (raw->end),
      .busy = GINT64_FROM_LE (raw->busy),
      .longest = float_of (raw->longest),
      .gap = float_of (raw->gap),
    },
    .offset = reader->base + at,
    .first = first,
    .n = GUINT16_FROM_LE (raw->n),
    .size = GUINT16_FROM_LE (raw->size),
    .check = GUINT32_FROM_LE (raw->check),
  };

  for (guint i = 0; i < TELAR_RIVALS; i++)
    block.sum.rivals[i] = (TelarRival){ GUINT32_FROM_LE (raw->rivals[i].task),
                                        float_of (raw->rivals[i].ns) };
  if (packed == NULL || first < packed->n_packed || first > reader->size
      || block.sum.end > G_MAXINT64 / 4)
    return FALSE;
  telar_packed_miss (packed, first - packed->n_packed, reader->backing);
  return telar_packed_take (packed, &block, reader->backing);
}

static gboolean
take_blocks (Reader *reader, const TelarFileRecord *record, const guint8 *head, guint64 at)
{
  guint64 place = at + sizeof *record + record->head, end = at + sizeof *record + record->size;
  guint32 n;
  gboolean sound = TRUE;

  if (record->head < sizeof n)
    return FALSE;
  memcpy (&n, head, sizeof n);
  n = GUINT32_FROM_LE (n);
  if (n > (record->head - sizeof n) / sizeof (TelarFileBlock))
    return FALSE;
  for (guint32 i = 0; i < n; i++)
    {
      TelarFileBlock raw;
      guint16 size;

      memcpy (&raw, head + sizeof n + i * sizeof raw, sizeof raw);
      size = GUINT16_FROM_LE (raw.size);
      if (size > end - place)
        return FALSE;
      sound &= take_block (reader, &raw, place);
      place += size;
    }
  return sound;
}

static gboolean
note_tails (Reader *reader, const TelarFileRecord *record, const guint8 *head, guint64 at)
{
  gsize done = 0;

  while (record->head - done >= sizeof (TelarFileTail))
    {
      Tail one;

      memcpy (&one.tail, head + done, sizeof one.tail);
      one.tail = (TelarFileTail){ GUINT32_FROM_LE (one.tail.lane),
                                  GUINT32_FROM_LE (one.tail.first),
                                  GUINT32_FROM_LE (one.tail.n), GUINT32_FROM_LE (one.tail.size) };
      done += sizeof one.tail;
      if (one.tail.size > record->head - done || one.tail.n == 0
          || one.tail.n > TAIL_ITEMS_MAX)
        return FALSE;
      one.at = at + sizeof *record + done;
      g_array_append_val (reader->tails, one);
      done += one.tail.size;
    }
  return done == record->head;
}

/* What was in the journal when the writer stopped. Slices first: waits are told
 * by them. */
static void
take_tails (Reader *reader)
{
  union
  {
    TelarSlice slices[TAIL_ITEMS_MAX];
    TelarWait  waits[TAIL_ITEMS_MAX];
  } *items = g_malloc (sizeof *items);

  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < reader->tails->len; i++)
      {
        const Tail *one = &g_array_index (reader->tails, Tail, i);
        TelarPacked *packed = find_lane (reader, one->tail.lane);
        g_autofree guint8 *bytes = NULL;

        if (packed == NULL || (packed->kind == TELAR_PACKED_WAITS) != (round == 1)
            || one->tail.first > G_MAXINT32
            || one->tail.first + one->tail.n <= packed->n_packed)
          continue;
        bytes = g_malloc (one->tail.size + 1);
        if (!read_at (reader, one->at, bytes, one->tail.size)
            || !telar_packed_decode (packed, bytes, one->tail.size, one->tail.n, items->slices)
            || !telar_packed_retail (packed, one->tail.first, items->slices, one->tail.n))
          reader->n_damaged++;
      }
  g_free (items);
}

/* Bookmarks */

static gboolean
take_bookmark_rows (guint table, guint n, TelarRowReader *rows, gpointer data)
{
  Reader *reader = data;
  TelarTimeline *timeline = reader->run->timeline;
  gint64 fields[TELAR_ROW_MAX];

  if (table != TELAR_TABLE_OF_BOOKMARKS)
    return TRUE;
  for (guint i = 0; i < n; i++)
    {
      const guint8 *bytes;
      g_autofree char *text = NULL;
      guint32 task;

      if (!telar_row_take (rows, fields)
          || (bytes = telar_row_text (rows, fields[2])) == NULL)
        return FALSE;
      text = g_strndup ((const char *) bytes,
                        (gsize) MIN (fields[2], TELAR_BOOKMARK_TEXT_MOST * 4));
      task = fields[1] >= 1 && fields[1] <= timeline->tasks->len ? (guint32) fields[1] - 1
                                                                 : TELAR_NO_TASK;
      if (fields[0] < 0 || telar_bookmarks_add (timeline->bookmarks, fields[0], task, text) == 0)
        reader->bad_bookmarks = TRUE;
    }
  return TRUE;
}

/* The last record of them counts. What is sound of it is taken. */
static void
take_bookmarks (Reader *reader, const guint8 *head, gsize size)
{
  TelarTimeline *timeline = reader->run->timeline;

  g_clear_pointer (&timeline->bookmarks, telar_bookmarks_unref);
  timeline->bookmarks = telar_bookmarks_new ();
  reader->bad_bookmarks = FALSE;
  if (!telar_tables_each (head, size, take_bookmark_rows, reader))
    reader->bad_bookmarks = TRUE;
  telar_bookmarks_saved (timeline->bookmarks, telar_bookmarks_generation (timeline->bookmarks));
}

/* A record that is not sound. */
static void
damaged (Reader *reader, guint64 kind)
{
  if (kind == TELAR_RECORD_OF_BOOKMARKS)
    reader->bad_bookmarks = TRUE;
  else
    reader->n_damaged++;
}

/* Records */

static gboolean
take_record (Reader *reader, const TelarFileRecord *record, const guint8 *head, guint64 at)
{
  TelarRunFile *run = reader->run;

  switch ((TelarRecordOf) record->kind)
    {
    case TELAR_RECORD_OF_GRAPH:
      if (run->graph == NULL)
        run->graph = g_bytes_new (head, record->head);
      return TRUE;
    case TELAR_RECORD_OF_PLAN:
      if (reader->plan == NULL)
        reader->plan = telar_plan_take (head, record->head);
      return reader->plan != NULL;
    case TELAR_RECORD_OF_MACHINE:
      if (run->machine == NULL)
        run->machine = telar_machine_from_json ((const char *) head, record->head);
      return run->machine != NULL;
    case TELAR_RECORD_OF_STATE:
      return make_timeline (reader)
             && telar_state_take (run->timeline, head, record->head, &reader->ended);
    case TELAR_RECORD_OF_BLOCKS:
      return make_timeline (reader) && take_blocks (reader, record, head, at);
    case TELAR_RECORD_OF_JOURNAL:
      return make_timeline (reader) && note_tails (reader, record, head, at);
    case TELAR_RECORD_OF_BOOKMARKS:
      if (!make_timeline (reader))
        return FALSE;
      take_bookmarks (reader, head, record->head);
      return TRUE;
    case TELAR_RECORD_OF_INDEX:
    default:
      return TRUE;
    }
}

/* From record to record: a file that was not closed, or whose index is damaged. */
static void
scan (Reader *reader)
{
  guint64 at = sizeof (TelarFileHeader);

  while (at < reader->size
         && goes_on (reader, (double) at / (double) reader->size * reader->share))
    {
      TelarFileRecord record, next;
      g_autofree guint8 *head = read_record (reader, at, &record);

      if (head == NULL)
        {
          g_autofree guint8 *after = NULL;

          /* Damaged but of the right length: another one follows it. */
          if (reader->size - at >= sizeof record
              && record.size <= reader->size - at - sizeof record
              && ((after = read_record (reader, at + sizeof record + record.size, &next)) != NULL
                  || at + sizeof record + record.size == reader->size))
            {
              damaged (reader, record.kind);
              at += sizeof record + record.size;
              continue;
            }
          reader->broke_off = reader->size - at != sizeof (TelarFileFooter) || !reader->ended;
          return;
        }
      reader->n_damaged += !take_record (reader, &record, head, at);
      at += sizeof record + record.size;
      if (record.kind == TELAR_RECORD_OF_INDEX)
        return;
    }
}

/* By the index of a file that was closed. Returns: whether it has one. */
static gboolean
follow_index (Reader *reader)
{
  TelarFileFooter footer;
  TelarFileRecord record;
  g_autofree guint8 *index = NULL;

  if (reader->size < sizeof (TelarFileHeader) + sizeof footer
      || !read_at (reader, reader->size - sizeof footer, &footer, sizeof footer)
      || memcmp (footer.magic, TELAR_RUN_FILE_FOOTER, sizeof footer.magic) != 0
      || telar_crc32c (0, &footer, offsetof (TelarFileFooter, check))
           != GUINT32_FROM_LE (footer.check))
    return FALSE;
  index = read_record (reader, GUINT64_FROM_LE (footer.index), &record);
  if (index == NULL || record.kind != TELAR_RECORD_OF_INDEX)
    return FALSE;
  for (gsize i = 0; i + 16 <= record.head
                    && goes_on (reader, (double) i / record.head * reader->share); i += 16)
    {
      guint64 place[2];
      TelarFileRecord one;
      g_autofree guint8 *head = NULL;

      memcpy (place, index + i, sizeof place);
      head = read_record (reader, GUINT64_FROM_LE (place[1]), &one);
      if (head == NULL || one.kind != GUINT64_FROM_LE (place[0])
          || !take_record (reader, &one, head, GUINT64_FROM_LE (place[1])))
        damaged (reader, GUINT64_FROM_LE (place[0]));
    }
  return TRUE;
}

/* The end */

static gint64
end_of (const TelarPacked *packed)
{
  guint n;

  if (packed->len == 0)
    return 0;
  if (packed->n_packed == packed->len)
    return g_array_index (packed->blocks, TelarBlock, packed->blocks->len - 1).sum.end;
  return packed->kind == TELAR_PACKED_SLICES
           ? telar_slices_run (packed, packed->len - 1, &n)->end
           : telar_waits_run (packed, packed->len - 1, &n)->end;
}

static void
finish_cores (Reader *reader)
{
  TelarTimeline *timeline = reader->run->timeline;

  for (guint i = 0; i < timeline->cores->len; i++)
    {
      TelarCoreLane *lane = timeline->cores->pdata[i];
      const TelarPacked *slices = lane->slices;

      lane->busy_ns = 0;
      for (guint k = 0; k < slices->blocks->len; k++)
        lane->busy_ns += g_array_index (slices->blocks, TelarBlock, k).sum.busy;
      for (guint k = 0; k < slices->tail->len; k++)
        {
          const TelarSlice *slice = &g_array_index (slices->tail, TelarSlice, k);

          lane->busy_ns += slice->end - slice->begin;
        }
      timeline->now = MAX (timeline->now, end_of (slices));
    }
}

/* A run whose end is not in the file is over where the file is. */
static void
finish (Reader *reader)
{
  TelarTimeline *timeline = reader->run->timeline;

  finish_cores (reader);
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      TelarTaskLane *lane = timeline->tasks->pdata[i];

      timeline->now = MAX (timeline->now, MAX (end_of (lane->slices), end_of (lane->waits)));
      if (!reader->ended && lane->state == TELAR_STATE_RUNNING)
        lane->state = TELAR_STATE_STOPPED;
      for (guint k = 0; k < lane->holds->len; k++)
        {
          TelarHold *hold = &g_array_index (lane->holds, TelarHold, k);

          if (hold->open)
            hold->end = MAX (hold->begin, timeline->now);
        }
    }
  if (reader->ended)
    return;
  timeline->wall = timeline->now;
  timeline->end = (TelarEnded){
    .ns = timeline->now + timeline->begun.zero_ns,
    .main_exit = TELAR_NO_EXIT,
    .reason = TELAR_ENDED_STOPPED,
  };
  telar_timeline_restored (timeline, TRUE);
}

/* Blocks that are looked at before it is told how far that is. */
#define VERIFY_STEP 256

typedef struct
{
  guint64 n_all, n_done; /* blocks */
  guint   n_bad;
} Verified;

static void
verify_lane (Reader *reader, const TelarPacked *packed, Verified *verified)
{
  for (guint i = 0; i < packed->n_stored; i += VERIFY_STEP)
    {
      double done = (double) verified->n_done / (double) verified->n_all;
      guint n = MIN (VERIFY_STEP, packed->n_stored - i);

      if (!goes_on (reader, reader->share + (1 - reader->share) * done))
        return;
      verified->n_bad += telar_packed_verify (packed, i, n);
      verified->n_done += n;
    }
}

static guint
verify (Reader *reader)
{
  const TelarTimeline *timeline = reader->run->timeline;
  Verified verified = { 0 };

  for (guint i = 0; i < timeline->cores->len; i++)
    verified.n_all += ((TelarCoreLane *) timeline->cores->pdata[i])->slices->n_stored;
  for (guint i = 0; i < timeline->tasks->len; i++)
    verified.n_all += ((TelarTaskLane *) timeline->tasks->pdata[i])->slices->n_stored
                      + ((TelarTaskLane *) timeline->tasks->pdata[i])->waits->n_stored;
  for (guint i = 0; i < timeline->cores->len; i++)
    verify_lane (reader, ((TelarCoreLane *) timeline->cores->pdata[i])->slices, &verified);
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      verify_lane (reader, ((TelarTaskLane *) timeline->tasks->pdata[i])->slices, &verified);
      verify_lane (reader, ((TelarTaskLane *) timeline->tasks->pdata[i])->waits, &verified);
    }
  g_atomic_int_set (&reader->backing->unreadable, 0);
  return verified.n_bad;
}

static void
tell_missing (Reader *reader, guint32 version, gboolean indexed)
{
  guint n = reader->n_damaged;

  if (version > TELAR_RUN_FILE_VERSION)
    miss (reader, g_strdup (_("It was written by a newer Telar: what this one does not know is "
                              "left out.")));
  if (!reader->ended)
    {
      g_autofree char *time = telar_time_format (reader->run->timeline->now);

      miss (reader, g_strdup_printf (_("It ends before the run did: what came after %s is "
                                       "missing."), time));
    }
  if (reader->bad_bookmarks)
    miss (reader, g_strdup (_("Bookmarks in it are damaged and left out.")));
  if (!indexed || reader->size <= VERIFY_MAX)
    n += verify (reader);
  if (n > 0)
    miss (reader, telar_unreadable_words (n));
}

static gboolean
check_header (Reader *reader, guint32 *version, GError **error)
{
  TelarFileHeader header;
  gsize n = MIN (sizeof header, reader->size);

  if (!read_at (reader, 0, &header, n) || n < sizeof header.magic
      || memcmp (header.magic, TELAR_RUN_FILE_MAGIC, sizeof header.magic) != 0)
    {
      g_set_error (error, TELAR_RUN_FILE_ERROR, TELAR_RUN_FILE_ERROR_NO_RUN,
                   _("%s is no run of Telar: it does not begin as one."), reader->name);
      return FALSE;
    }
  if (n < sizeof header
      || telar_crc32c (0, &header, offsetof (TelarFileHeader, check))
           != GUINT32_FROM_LE (header.check)
      || GUINT32_FROM_LE (header.order) != TELAR_RUN_FILE_ORDER)
    {
      g_set_error (error, TELAR_RUN_FILE_ERROR, TELAR_RUN_FILE_ERROR_BROKEN,
                   _("%s cannot be shown: its first bytes are damaged."), reader->name);
      return FALSE;
    }
  *version = GUINT32_FROM_LE (header.version);
  if (GUINT32_FROM_LE (header.needed) <= TELAR_RUN_FILE_VERSION)
    return TRUE;
  g_set_error (error, TELAR_RUN_FILE_ERROR, TELAR_RUN_FILE_ERROR_NEWER,
               _("%s was written by a newer Telar (format %u); this one reads format %u."),
               reader->name, *version, TELAR_RUN_FILE_VERSION);
  return FALSE;
}

static gboolean
read_all (Reader *reader, GError **error)
{
  guint32 version;
  gboolean indexed;

  if (!check_header (reader, &version, error))
    return FALSE;
  /* Blocks are most of it, where they are read. */
  reader->share = reader->size <= VERIFY_MAX ? 0.1 : 1;
  indexed = follow_index (reader);
  if (!indexed)
    {
      reader->share = 0.1;
      scan (reader);
    }
  if (!reader->given_up && !make_timeline (reader))
    {
      g_set_error (error, TELAR_RUN_FILE_ERROR, TELAR_RUN_FILE_ERROR_BROKEN,
                   _("%s cannot be shown: the graph that ran is missing or damaged in it."),
                   reader->name);
      return FALSE;
    }
  if (!reader->given_up)
    {
      take_tails (reader);
      finish (reader);
      tell_missing (reader, version, indexed);
    }
  if (reader->given_up)
    return !g_cancellable_set_error_if_cancelled (reader->watch->cancellable, error);
  return TRUE;
}

gboolean
telar_run_file_is (const char *file)
{
  char magic[8];
  int descriptor = open (file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  gboolean is = descriptor >= 0 && read (descriptor, magic, sizeof magic) == sizeof magic
                && memcmp (magic, TELAR_RUN_FILE_MAGIC, sizeof magic) == 0;

  if (descriptor >= 0)
    close (descriptor);
  return is;
}

TelarRunFile *
telar_run_file_open (const char *file, GError **error)
{
  return telar_run_file_open_watched (file, NULL, error);
}

TelarRunFile *
telar_run_file_open_watched (const char *file, const TelarWatch *watch, GError **error)
{
  struct stat info;
  TelarBacking *backing;
  TelarRunFile *run;
  int descriptor;

  g_return_val_if_fail (file != NULL, NULL);

  descriptor = open (file, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0 || fstat (descriptor, &info) != 0)
    {
      g_set_error (error, TELAR_RUN_FILE_ERROR, TELAR_RUN_FILE_ERROR_IO,
                   _("%s could not be opened: %s."), file, g_strerror (errno));
      return NULL;
    }
  backing = telar_backing_new (descriptor);
  run = telar_run_file_open_part (file, backing, 0, (guint64) MAX (info.st_size, 0), watch, error);
  telar_backing_unref (backing);
  return run;
}

TelarRunFile *
telar_run_file_open_part (const char *name, TelarBacking *backing, guint64 base, guint64 size,
                          const TelarWatch *watch, GError **error)
{
  Reader reader = { .name = name, .watch = watch, .file = backing->file, .backing = backing,
                    .base = base, .size = size };
  gboolean read;

  reader.run = g_new0 (TelarRunFile, 1);
  reader.run->missing = g_ptr_array_new_with_free_func (g_free);
  reader.tails = g_array_new (FALSE, FALSE, sizeof (Tail));

  read = read_all (&reader, error);

  g_array_unref (reader.tails);
  g_clear_pointer (&reader.plan, g_bytes_unref);
  if (!read)
    g_clear_pointer (&reader.run, telar_run_file_free);
  return reader.run;
}

void
telar_run_file_free (TelarRunFile *run)
{
  g_clear_pointer (&run->timeline, telar_timeline_unref);
  g_clear_pointer (&run->machine, telar_machine_free);
  g_clear_pointer (&run->graph, g_bytes_unref);
  g_ptr_array_unref (run->missing);
  g_free (run);
}
