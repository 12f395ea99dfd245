/* fuzz-run-file.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Any run file: opened, and all of it looked at. Checks are mended after a
 * change, or nothing behind them would ever be reached.
 */

#include "config.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fatal.h"
#include "runfile/format.h"
#include "runfile/run-reader.h"
#include "timeline/report.h"
#include "timeline/text-lanes.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t size);
size_t LLVMFuzzerCustomMutator (uint8_t *bytes, size_t size, size_t max_size, unsigned seed);
size_t LLVMFuzzerMutate (uint8_t *bytes, size_t size, size_t max_size);

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  fatal_init ();
  return 0;
}

static void
mend_blocks (uint8_t *head, size_t head_size, const uint8_t *blocks, size_t left)
{
  guint32 n;

  if (head_size < sizeof n)
    return;
  memcpy (&n, head, sizeof n);
  for (guint32 i = 0; i < n && sizeof n + (i + 1) * sizeof (TelarFileBlock) <= head_size; i++)
    {
      TelarFileBlock block;

      memcpy (&block, head + sizeof n + i * sizeof block, sizeof block);
      if (block.size > left)
        return;
      block.check = telar_crc32c (0, blocks, block.size);
      memcpy (head + sizeof n + i * sizeof block, &block, sizeof block);
      blocks += block.size;
      left -= block.size;
    }
}

static void
mend (uint8_t *bytes, size_t size)
{
  size_t at = sizeof (TelarFileHeader);
  guint32 check;

  if (size < at)
    return;
  check = telar_crc32c (0, bytes, 28);
  memcpy (bytes + 28, &check, sizeof check);
  while (size - at >= sizeof (TelarFileRecord))
    {
      TelarFileRecord record;
      uint8_t *head = bytes + at + sizeof record;

      memcpy (&record, bytes + at, sizeof record);
      if (record.size > size - at - sizeof record || record.head > record.size)
        break;
      if (record.kind == TELAR_RECORD_OF_BLOCKS)
        mend_blocks (head, record.head, head + record.head, record.size - record.head);
      record.check = telar_crc32c (telar_crc32c (0, bytes + at, 20), head, record.head);
      memcpy (bytes + at, &record, sizeof record);
      at += sizeof record + record.size;
    }
  if (size >= sizeof (TelarFileFooter))
    {
      check = telar_crc32c (0, bytes + size - sizeof (TelarFileFooter), 20);
      if (memcmp (bytes + size - sizeof (TelarFileFooter), TELAR_RUN_FILE_FOOTER, 8) == 0)
        memcpy (bytes + size - 4, &check, sizeof check);
    }
}

size_t
LLVMFuzzerCustomMutator (uint8_t *bytes, size_t size, size_t max_size, unsigned seed)
{
  size = LLVMFuzzerMutate (bytes, size, max_size);
  if (seed % 8 != 0)
    mend (bytes, size);
  return size;
}

static void
walk (const TelarTimeline *timeline)
{
  g_autofree char *report = NULL;
  g_autofree char *lanes = telar_text_lanes (timeline, 80, TRUE);
  g_autofree char *summary = telar_text_summary (timeline);
  g_autofree char *source = telar_timeline_describe_source (timeline);
  gsize size;

  report = telar_report_print (timeline, NULL, 0, &size);
  g_assert_true (report != NULL && lanes != NULL && summary != NULL && source != NULL);
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = timeline->tasks->pdata[i];
      g_autofree char *state = telar_task_describe_state (timeline, lane);
      gint64 last = 0;

      for (guint k = 0; k < lane->waits->len; k++)
        {
          TelarWait wait = telar_waits_at (lane->waits, k);

          g_free (telar_wait_describe (timeline, &wait));
        }
      for (guint k = 0; k < lane->slices->len; k++)
        {
          TelarSlice slice = telar_slices_at (lane->slices, k);

          g_assert_cmpint (slice.begin, >=, last);
          g_assert_cmpint (slice.end, >=, slice.begin);
          g_assert_cmpuint (slice.task, <, timeline->tasks->len);
          last = slice.end;
        }
      telar_packed_sum (lane->slices, last / 3, last);
      telar_zoom_tile (lane->slices, 16, 0);
    }
  for (guint i = 0; i < timeline->deadlocks->len; i++)
    g_free (telar_deadlock_describe (timeline, timeline->deadlocks->pdata[i]));
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TelarRunFile) run = NULL;
  g_autofree char *name = NULL;
  int file = memfd_create ("fuzz", MFD_CLOEXEC);

  if (file < 0 || write (file, bytes, size) != (ssize_t) size)
    abort ();
  name = g_strdup_printf ("/proc/self/fd/%d", file);
  run = telar_run_file_open (name, &error);
  if (run != NULL)
    walk (run->timeline);
  else
    g_assert_nonnull (strstr (error->message, name));
  close (file);
  return 0;
}
