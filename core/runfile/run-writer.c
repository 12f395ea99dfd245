/* run-writer.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "runfile/run-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runfile/machine-json.h"
#include "runfile/plan-rows.h"
#include "runfile/state.h"

/* A lane with fewer new items than this waits for more before they become a
 * block; until then they stand in the journal. */
#define LEAST_ITEMS 64

/* Blocks go out when there are so many bytes of them. */
#define ROUND_BYTES (4 << 20)

G_DEFINE_QUARK (telar-run-file-error, telar_run_file_error)

/* Of each lane that was seen. */
typedef struct
{
  TelarPacked *packed;     /* borrowed */
  guint32      lane;
  guint        n_written;  /* blocks in the file */
  guint        n_journal;  /* items that stand in a block or in the journal, and are final */
  gint64       last_end;   /* of the last one in the journal, which may have changed since */
  guint        last_len;
} Lane;

struct _TelarRunWriter
{
  char              *name;      /* owned: for sentences */
  TelarTimeline     *timeline;  /* owned */
  gboolean           copies;    /* the timeline is read only: others read it meanwhile */
  const TelarWatch  *watch;     /* borrowed, nullable: of a copy… */
  guint64            n_all;     /* …its items… */
  guint64            n_done;    /* …and those that are written */
  TelarBacking      *backing;   /* owned: the file */
  guint64            base;      /* where in the file it begins */
  gboolean           can_read;  /* slices can be read from it again */
  guint64            size;
  TelarStateWritten  state;
  guint              bookmarks; /* the generation that is written */
  GArray            *lanes;     /* owned: Lane */
  GArray            *places;    /* owned: guint64[2], kind and offset of each record */
  GByteArray        *out;       /* owned: what is to be written */
  GError            *error;     /* owned, nullable: nothing is written any more */
};

static gboolean
write_all (TelarRunWriter *writer)
{
  const guint8 *bytes = writer->out->data;
  gsize left = writer->out->len;
  guint64 at = writer->base + writer->size;

  while (left > 0)
    {
      gssize n = writer->can_read ? pwrite (writer->backing->file, bytes, left, (off_t) at)
                                  : write (writer->backing->file, bytes, left);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          int code = n < 0 ? errno : ENOSPC;

          /* Half a record helps nobody. */
          if (writer->can_read && ftruncate (writer->backing->file, (off_t) (writer->base + writer->size)) != 0)
            g_debug ("%s ends with half a record", writer->name);
          g_set_error (&writer->error, TELAR_RUN_FILE_ERROR, TELAR_RUN_FILE_ERROR_IO,
                       writer->size == 0 || writer->copies
                         ? _("The run could not be written to %s: %s.")
                         : _("The run could not be written to %s any more: %s. What was written "
                             "can be opened."), writer->name, g_strerror (code));
          return FALSE;
        }
      bytes += n;
      left -= (gsize) n;
      at += (guint64) n;
    }
  writer->size = at - writer->base;
  g_byte_array_set_size (writer->out, 0);
  return TRUE;
}

/* Records */

/* Returns: where it begins in what is to be written. */
static gsize
record_begin (TelarRunWriter *writer, TelarRecordOf kind)
{
  TelarFileRecord header = { .kind = GUINT32_TO_LE (kind) };
  gsize at = writer->out->len;
  guint64 place[2] = { kind, writer->size + at };

  g_array_append_val (writer->places, place);
  g_byte_array_append (writer->out, (const guint8 *) &header, sizeof header);
  return at;
}

/* @head: bytes that the check covers; they are there already. */
static void
record_end (TelarRunWriter *writer, gsize at, gsize head)
{
  TelarFileRecord header;

  memcpy (&header, writer->out->data + at, sizeof header);
  header.size = GUINT64_TO_LE (writer->out->len - at - sizeof header);
  header.head = GUINT32_TO_LE ((guint32) head);
  header.check = GUINT32_TO_LE (
      telar_crc32c (telar_crc32c (0, &header, offsetof (TelarFileRecord, check)),
                    writer->out->data + at + sizeof header, head));
  memcpy (writer->out->data + at, &header, sizeof header);
}

static void
put_record (TelarRunWriter *writer, TelarRecordOf kind, gconstpointer data, gsize size)
{
  gsize at = record_begin (writer, kind);

  g_byte_array_append (writer->out, data, (guint) size);
  record_end (writer, at, size);
}

static void
put_plan (TelarRunWriter *writer)
{
  gsize at = record_begin (writer, TELAR_RECORD_OF_PLAN), head = writer->out->len;

  telar_plan_put (writer->timeline->plan, writer->out);
  record_end (writer, at, writer->out->len - head);
}

/* Lanes */

static Lane *
get_lane (TelarRunWriter *writer, guint *at, TelarPacked *packed, guint32 number)
{
  Lane *lane;

  /* In the same order each time, but for core lanes that came in between. */
  while (*at < writer->lanes->len && g_array_index (writer->lanes, Lane, *at).lane != number)
    {
      if (g_array_index (writer->lanes, Lane, *at).lane > number)
        break;
      (*at)++;
    }
  if (*at == writer->lanes->len || g_array_index (writer->lanes, Lane, *at).lane != number)
    g_array_insert_val (writer->lanes, *at, ((Lane){ .packed = packed, .lane = number }));
  lane = &g_array_index (writer->lanes, Lane, *at);
  (*at)++;
  return lane;
}

static void
find_lanes (TelarRunWriter *writer)
{
  const TelarTimeline *timeline = writer->timeline;
  guint at = 0;

  for (guint i = 0; i < timeline->cores->len; i++)
    {
      TelarCoreLane *core = timeline->cores->pdata[i];

      get_lane (writer, &at, core->slices, TELAR_LANE (TELAR_LANE_CORE, (guint32) core->number));
    }
  for (guint i = 0; i < timeline->tasks->len; i++)
    get_lane (writer, &at, ((TelarTaskLane *) timeline->tasks->pdata[i])->slices,
              TELAR_LANE (TELAR_LANE_TASK, i));
  for (guint i = 0; i < timeline->tasks->len; i++)
    get_lane (writer, &at, ((TelarTaskLane *) timeline->tasks->pdata[i])->waits,
              TELAR_LANE (TELAR_LANE_WAITS, i));
}

static guint32
float_bits (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return GUINT32_TO_LE (bits);
}

static void
put_block_head (GByteArray *heads, guint32 lane, const TelarBlock *block)
{
  TelarFileBlock head = {
    .lane = GUINT32_TO_LE (lane),
    .n = GUINT16_TO_LE ((guint16) block->n),
    .size = GUINT16_TO_LE ((guint16) block->size),
    .first = GUINT32_TO_LE (block->first),
    .check = GUINT32_TO_LE (block->check),
    .longest = float_bits (block->sum.longest),
    .gap = float_bits (block->sum.gap),
    .begin = GINT64_TO_LE (block->sum.begin),
    .end = GINT64_TO_LE (block->sum.end),
    .busy = GINT64_TO_LE (block->sum.busy),
  };

  for (guint i = 0; i < TELAR_RIVALS; i++)
    {
      head.rivals[i].task = GUINT32_TO_LE (block->sum.rivals[i].task);
      head.rivals[i].ns = float_bits (block->sum.rivals[i].ns);
    }
  g_byte_array_append (heads, (const guint8 *) &head, sizeof head);
}

/* What a round has taken, to be told where it is when it was written. */
typedef struct
{
  guint   lane;
  guint64 offset; /* within the round's blocks */
} Taken;

/* The tail of what is over goes into blocks, too; unless it is to be left alone,
 * it has by now. */
static guint
count_blocks (const TelarRunWriter *writer, const Lane *lane)
{
  return writer->copies && writer->timeline->finished ? telar_packed_n_blocks (lane->packed)
                                                      : lane->packed->blocks->len;
}

/* Writes blocks that are not in the file yet, up to a round's bytes.
 * Returns: whether there may be more. */
static gboolean
write_blocks (TelarRunWriter *writer, guint *from)
{
  g_autoptr (GByteArray) heads = g_byte_array_new ();
  g_autoptr (GByteArray) blocks = g_byte_array_new ();
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (Taken));
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint64 begin;
  guint32 n;
  gsize at;

  for (; *from < writer->lanes->len && blocks->len < ROUND_BYTES; (*from)++)
    {
      Lane *lane = &g_array_index (writer->lanes, Lane, *from);

      guint n_blocks = count_blocks (writer, lane);

      for (; lane->n_written < n_blocks && blocks->len < ROUND_BYTES; lane->n_written++)
        {
          TelarBlock block = telar_packed_block (lane->packed, lane->n_written, bytes);
          Taken one = { *from, blocks->len };

          put_block_head (heads, lane->lane, &block);
          g_byte_array_append (blocks, bytes->data, block.size);
          g_array_append_val (taken, one);
          lane->n_journal = MAX (lane->n_journal, block.first + block.n);
          writer->n_done += block.n;
        }
      if (lane->n_written < n_blocks)
        break;
    }
  if (taken->len == 0)
    return FALSE;
  at = record_begin (writer, TELAR_RECORD_OF_BLOCKS);
  n = GUINT32_TO_LE (taken->len);
  g_byte_array_append (writer->out, (const guint8 *) &n, sizeof n);
  g_byte_array_append (writer->out, heads->data, heads->len);
  begin = writer->size + writer->out->len;
  g_byte_array_append (writer->out, blocks->data, blocks->len);
  record_end (writer, at, sizeof n + heads->len);
  if (!write_all (writer))
    return FALSE;
  for (guint i = 0; writer->can_read && !writer->copies && i < taken->len; i++)
    {
      const Taken *one = &g_array_index (taken, Taken, i);
      TelarPacked *packed = g_array_index (writer->lanes, Lane, one->lane).packed;

      if (packed->backing == NULL || packed->backing == writer->backing)
        telar_packed_stored (packed, packed->n_stored, writer->backing, begin + one->offset);
    }
  return TRUE;
}

/* What is in no block yet, and new since the last time or not as it was. */
static void
put_journal (TelarRunWriter *writer)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize at = record_begin (writer, TELAR_RECORD_OF_JOURNAL), head = writer->out->len;

  for (guint i = 0; i < writer->lanes->len; i++)
    {
      Lane *lane = &g_array_index (writer->lanes, Lane, i);
      TelarPacked *packed = lane->packed;
      gsize size = telar_packed_item_size (packed);
      guint first = MAX (lane->n_journal, packed->n_packed);
      const char *items;
      TelarFileTail tail;
      gint64 end;

      if (first >= packed->len)
        continue;
      end = packed->kind == TELAR_PACKED_SLICES ? telar_slices_last (packed)->end
                                                : telar_waits_last (packed)->end;
      if (packed->len == lane->last_len && end == lane->last_end)
        continue;
      items = packed->tail->data + (first - packed->n_packed) * size;
      g_byte_array_set_size (bytes, 0);
      telar_packed_encode (packed, items, packed->len - first, bytes);
      tail = (TelarFileTail){
        GUINT32_TO_LE (lane->lane),
        GUINT32_TO_LE (first),
        GUINT32_TO_LE (packed->len - first),
        GUINT32_TO_LE (bytes->len),
      };
      g_byte_array_append (writer->out, (const guint8 *) &tail, sizeof tail);
      g_byte_array_append (writer->out, bytes->data, bytes->len);
      /* The last two may change, or go. */
      lane->n_journal = MAX (first, packed->len - MIN (packed->len, 2));
      lane->last_len = packed->len;
      lane->last_end = end;
    }
  if (writer->out->len > head)
    record_end (writer, at, writer->out->len - head);
  else
    {
      g_byte_array_set_size (writer->out, (guint) at);
      g_array_set_size (writer->places, writer->places->len - 1);
    }
}

static void
put_state (TelarRunWriter *writer)
{
  gsize at = record_begin (writer, TELAR_RECORD_OF_STATE), head = writer->out->len;

  telar_state_put (&writer->state, writer->timeline, writer->out);
  record_end (writer, at, writer->out->len - head);
}

/* All of them, when there are others than in the last such record. */
static void
put_bookmarks (TelarRunWriter *writer)
{
  /* In this order: what is changed in between is written once more. */
  guint generation = telar_bookmarks_generation (writer->timeline->bookmarks);
  g_autoptr (GPtrArray) list = telar_bookmarks_list (writer->timeline->bookmarks);
  TelarTableWriter table;
  gsize at, head;

  if (generation == writer->bookmarks)
    return;
  writer->bookmarks = generation;
  at = record_begin (writer, TELAR_RECORD_OF_BOOKMARKS);
  head = writer->out->len;
  table = telar_table_begin (writer->out, TELAR_TABLE_OF_BOOKMARKS);
  for (guint i = 0; i < list->len; i++)
    {
      const TelarBookmark *one = list->pdata[i];

      TELAR_ROW (&table, one->ns, one->task == TELAR_NO_TASK ? 0 : (gint64) one->task + 1,
                 (gint64) strlen (one->text));
      telar_table_text (&table, one->text);
    }
  telar_table_end (&table);
  record_end (writer, at, writer->out->len - head);
}

static void
put_index (TelarRunWriter *writer)
{
  TelarFileFooter footer = { .magic = TELAR_RUN_FILE_FOOTER };
  guint64 index = writer->size + writer->out->len;
  gsize at;

  at = record_begin (writer, TELAR_RECORD_OF_INDEX);
  for (guint i = 0; i + 1 < writer->places->len; i++)
    {
      const guint64 *place = &g_array_index (writer->places, guint64, 2 * i);
      guint64 le[2] = { GUINT64_TO_LE (place[0]), GUINT64_TO_LE (place[1]) };

      /* The journal says nothing that the blocks do not say by now. */
      if (place[0] != TELAR_RECORD_OF_JOURNAL)
        g_byte_array_append (writer->out, (const guint8 *) le, sizeof le);
    }
  record_end (writer, at, writer->out->len - at - sizeof (TelarFileRecord));
  footer.index = GUINT64_TO_LE (index);
  footer.check = GUINT32_TO_LE (telar_crc32c (0, &footer, offsetof (TelarFileFooter, check)));
  g_byte_array_append (writer->out, (const guint8 *) &footer, sizeof footer);
}

/* How far a copy has come. Returns: whether to go on. */
static gboolean
goes_on (TelarRunWriter *writer)
{
  double done = writer->n_all > 0 ? (double) writer->n_done / (double) writer->n_all : 0;

  if (!telar_watch_tell (writer->watch, done))
    g_cancellable_set_error_if_cancelled (writer->watch->cancellable, &writer->error);
  return writer->error == NULL;
}

static gboolean
flush (TelarRunWriter *writer, gboolean last)
{
  guint from = 0;

  if (writer->error != NULL)
    return FALSE;
  find_lanes (writer);
  for (guint i = 0; i < writer->lanes->len; i++)
    writer->n_all += g_array_index (writer->lanes, Lane, i).packed->len;
  /* Waits first: they are told by the slices beside them, in blocks or not. */
  for (guint i = writer->copies ? 0 : writer->lanes->len; i-- > 0;)
    {
      TelarPacked *packed = g_array_index (writer->lanes, Lane, i).packed;

      telar_packed_pack (packed, last ? 1 : LEAST_ITEMS, last && writer->timeline->finished);
    }
  while (goes_on (writer) && write_blocks (writer, &from))
    ;
  if (writer->error != NULL)
    return FALSE;
  put_state (writer);
  put_bookmarks (writer);
  put_journal (writer);
  return write_all (writer);
}

/* Makes the file */

/* Whoever reads the one that was there goes on with it. */
static int
open_file (const char *file)
{
  struct stat info;

  if (stat (file, &info) == 0 && S_ISREG (info.st_mode) && access (file, W_OK) == 0)
    unlink (file);
  return open (file, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
}

static void
writer_free (TelarRunWriter *writer)
{
  telar_state_written_clear (&writer->state);
  g_array_unref (writer->lanes);
  g_array_unref (writer->places);
  g_byte_array_unref (writer->out);
  telar_backing_unref (writer->backing);
  telar_timeline_unref (writer->timeline);
  g_clear_error (&writer->error);
  g_free (writer->name);
  g_free (writer);
}

/* @backing: taken
 * @copies: the timeline is not touched */
static TelarRunWriter *
writer_new (const char *name, TelarBacking *backing, guint64 base, TelarTimeline *timeline,
            gboolean copies, const TelarMachine *machine, const char *graph, gsize graph_size, GError **error)
{
  TelarFileHeader header = {
    .magic = TELAR_RUN_FILE_MAGIC,
    .version = GUINT32_TO_LE (TELAR_RUN_FILE_VERSION),
    .needed = GUINT32_TO_LE (1),
    .order = GUINT32_TO_LE (TELAR_RUN_FILE_ORDER),
  };
  TelarRunWriter *writer = g_new0 (TelarRunWriter, 1);
  struct stat info;

  writer->name = g_strdup (name);
  writer->timeline = telar_timeline_ref (timeline);
  writer->copies = copies;
  writer->backing = backing;
  writer->base = base;
  writer->can_read = fstat (backing->file, &info) == 0 && S_ISREG (info.st_mode);
  writer->lanes = g_array_new (FALSE, FALSE, sizeof (Lane));
  writer->places = g_array_new (FALSE, FALSE, 2 * sizeof (guint64));
  writer->out = g_byte_array_new ();
  telar_state_written_init (&writer->state, timeline);
  header.check = GUINT32_TO_LE (telar_crc32c (0, &header, offsetof (TelarFileHeader, check)));
  g_byte_array_append (writer->out, (const guint8 *) &header, sizeof header);
  put_record (writer, TELAR_RECORD_OF_GRAPH, graph, graph_size);
  put_plan (writer);
  if (machine != NULL)
    {
      g_autofree char *json = telar_machine_to_json (machine);

      put_record (writer, TELAR_RECORD_OF_MACHINE, json, strlen (json));
    }
  if (!write_all (writer))
    {
      g_propagate_error (error, g_steal_pointer (&writer->error));
      writer_free (writer);
      return NULL;
    }
  return writer;
}

static void
set_not_written (GError **error, const char *name, int code)
{
  g_set_error (error, TELAR_RUN_FILE_ERROR, TELAR_RUN_FILE_ERROR_IO,
               _("The run could not be written to %s: %s."), name, g_strerror (code));
}

TelarRunWriter *
telar_run_writer_new (const char *file, TelarTimeline *timeline, const TelarMachine *machine,
                      const char *graph, gsize graph_size, GError **error)
{
  int descriptor;

  g_return_val_if_fail (file != NULL && timeline != NULL && graph != NULL, NULL);

  descriptor = open_file (file);
  if (descriptor < 0 && errno == EINVAL)
    descriptor = open (file, O_WRONLY | O_CLOEXEC);
  if (descriptor < 0)
    {
      set_not_written (error, file, errno);
      return NULL;
    }
  return writer_new (file, telar_backing_new (descriptor), 0, timeline, FALSE, machine, graph,
                     graph_size, error);
}

gboolean
telar_run_writer_flush (TelarRunWriter *writer, GError **error)
{
  g_return_val_if_fail (writer != NULL, FALSE);

  if (flush (writer, FALSE))
    return TRUE;
  if (error != NULL)
    *error = g_error_copy (writer->error);
  return FALSE;
}

/* The rest of it. */
static gboolean
writer_end (TelarRunWriter *writer, GError **error)
{
  gboolean written = flush (writer, TRUE);

  if (written)
    {
      /* A run that goes on has more in its journal than in its blocks: no index. */
      if (writer->timeline->finished)
        put_index (writer);
      written = write_all (writer);
    }
  if (!written)
    g_propagate_error (error, g_steal_pointer (&writer->error));
  return written;
}

gboolean
telar_run_writer_close (TelarRunWriter *writer, GError **error)
{
  gboolean written;

  g_return_val_if_fail (writer != NULL, FALSE);

  written = writer_end (writer, error);
  writer_free (writer);
  return written;
}

guint64
telar_run_writer_size (const TelarRunWriter *writer)
{
  return writer->size;
}

/* All at once */

gboolean
telar_run_file_save (const char *file, TelarTimeline *timeline, const TelarMachine *machine,
                     const char *graph, gsize graph_size, GError **error)
{
  TelarRunWriter *writer
      = telar_run_writer_new (file, timeline, machine, graph, graph_size, error);

  return writer != NULL && telar_run_writer_close (writer, error);
}

static gboolean
copy (const char *name, TelarBacking *backing /* (transfer full) */, guint64 base,
      const TelarTimeline *timeline, const TelarMachine *machine, const char *graph,
      gsize graph_size, const TelarWatch *watch, guint64 *size, GError **error)
{
  TelarRunWriter *writer = writer_new (name, backing, base, (TelarTimeline *) timeline, TRUE,
                                       machine, graph, graph_size, error);
  gboolean written;

  if (writer == NULL)
    return FALSE;
  writer->watch = watch;
  written = writer_end (writer, error);
  *size = writer->size;
  writer_free (writer);
  return written;
}

gboolean
telar_run_file_append (const char *name, TelarBacking *backing, guint64 base,
                       const TelarTimeline *timeline, const char *graph, gsize graph_size,
                       const TelarWatch *watch, guint64 *size, GError **error)
{
  g_return_val_if_fail (backing != NULL && timeline != NULL && graph != NULL && size != NULL,
                        FALSE);

  return copy (name, telar_backing_ref (backing), base, timeline, NULL, graph, graph_size, watch,
               size, error);
}

gboolean
telar_run_file_copy (const char *name, int descriptor, const TelarTimeline *timeline,
                     const TelarMachine *machine, const char *graph, gsize graph_size,
                     const TelarWatch *watch, GError **error)
{
  guint64 size;

  g_return_val_if_fail (name != NULL && descriptor >= 0 && timeline != NULL && graph != NULL,
                        FALSE);

  return copy (name, telar_backing_new (descriptor), 0, timeline, machine, graph, graph_size,
               watch, &size, error);
}

/* Beside its old self; it takes its place when all of it is on the disk. */
static gboolean
copy_beside (const char *name, const char *file, const struct stat *old,
             const TelarTimeline *timeline, const TelarMachine *machine, const char *graph,
             gsize graph_size, const TelarWatch *watch, GError **error)
{
  g_autofree char *beside = g_strconcat (file, ".XXXXXX", NULL);
  int descriptor = g_mkstemp_full (beside, O_RDWR | O_CLOEXEC, 0666);
  int code = 0, same;

  if (descriptor < 0)
    {
      set_not_written (error, name, errno);
      return FALSE;
    }
  same = fcntl (descriptor, F_DUPFD_CLOEXEC, 0);
  if (same < 0)
    {
      code = errno;
      close (descriptor);
    }
  else if (!telar_run_file_copy (name, descriptor, timeline, machine, graph, graph_size, watch,
                                 error))
    code = -1;
  else if (!telar_watch_tell (watch, 1))
    {
      g_cancellable_set_error_if_cancelled (watch->cancellable, error);
      code = -1;
    }
  else if ((old != NULL && fchmod (same, old->st_mode & 07777) != 0) || fsync (same) != 0)
    code = errno;
  if (same >= 0 && close (same) != 0 && code == 0)
    code = errno;
  if (code == 0 && rename (beside, file) != 0)
    code = errno;
  if (code == 0)
    return TRUE;
  unlink (beside);
  if (code > 0)
    set_not_written (error, name, code);
  return FALSE;
}

gboolean
telar_run_file_replace (const char *file, const TelarTimeline *timeline,
                        const TelarMachine *machine, const char *graph, gsize graph_size,
                        const TelarWatch *watch, GError **error)
{
  struct stat old;
  gboolean exists, replaced = FALSE;
  char *real = NULL;
  int descriptor;

  g_return_val_if_fail (file != NULL && timeline != NULL && graph != NULL, FALSE);

  exists = stat (file, &old) == 0;
  if (exists && !S_ISREG (old.st_mode))
    {
      descriptor = open (file, O_WRONLY | O_CLOEXEC);
      if (descriptor >= 0)
        return telar_run_file_copy (file, descriptor, timeline, machine, graph, graph_size, watch,
                                    error);
      set_not_written (error, file, errno);
      return FALSE;
    }
  if (exists && access (file, W_OK) != 0)
    {
      set_not_written (error, file, errno);
      return FALSE;
    }
  /* A link stays a link: what it points at is replaced. */
  real = exists ? realpath (file, NULL) : NULL;
  replaced = copy_beside (file, real != NULL ? real : file, exists ? &old : NULL, timeline,
                          machine, graph, graph_size, watch, error);
  free (real);
  return replaced;
}
