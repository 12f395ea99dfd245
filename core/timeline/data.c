/* data.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "timeline/data-private.h"

#include "timeline/statistics.h"

#define PIECE (256 * 1024) /* bytes that are written at once */

gboolean
telar_data_format (const char *file, TelarDataFormat *format)
{
  g_autofree char *lower = NULL;

  g_return_val_if_fail (file != NULL && format != NULL, FALSE);

  lower = g_ascii_strdown (file, -1);
  *format = g_str_has_suffix (lower, ".csv") ? TELAR_DATA_CSV : TELAR_DATA_TRACE;
  return *format == TELAR_DATA_CSV || g_str_has_suffix (lower, ".json");
}

static void
flush (TelarDataWriter *writer)
{
  if (writer->error == NULL && writer->text->len > 0)
    g_output_stream_write_all (writer->stream, writer->text->str, writer->text->len, NULL,
                               writer->cancellable, &writer->error);
  g_string_truncate (writer->text, 0);
  if (writer->progress != NULL && writer->all > 0)
    writer->progress (MIN ((double) writer->done / (double) writer->all, 1),
                      writer->progress_data);
}

gboolean
telar_data_next (TelarDataWriter *writer)
{
  writer->done++;
  if (writer->text->len >= PIECE)
    flush (writer);
  return writer->error == NULL;
}

gboolean
telar_data_cut (const TelarDataWriter *writer, gint64 *begin, gint64 *end)
{
  if (*begin > writer->end || *end < writer->begin
      || (*begin < *end && (*begin == writer->end || *end == writer->begin)))
    return FALSE;
  *begin = MAX (*begin, writer->begin);
  *end = MIN (*end, writer->end);
  return TRUE;
}

gboolean
telar_data_has (const TelarDataWriter *writer, gint64 ns)
{
  return ns >= writer->begin && ns <= writer->end;
}

const char *
telar_data_wait_state (guint state)
{
  static const char *const names[] = { "due", "ready", "blocked", "unknown", "ended" };

  return state < G_N_ELEMENTS (names) ? names[state] : "unknown";
}

void
telar_data_wait (GString *text, const TelarTimeline *timeline, const TelarWait *wait)
{
  const char *cause = telar_cause_name (wait->cause);

  if (cause == NULL)
    {
      g_string_append (text, telar_data_wait_state (wait->state));
      return;
    }
  g_string_append (text, cause);
  if (wait->cause >= TELAR_CAUSE_LOCK && wait->object < timeline->objects->len)
    g_string_append_printf (text, " %s", telar_timeline_object (timeline, wait->object)->id);
}

void
telar_data_culprits (GString *text, const TelarTimeline *timeline, const TelarWait *wait)
{
  for (guint i = 0; i < wait->n_culprits; i++)
    {
      guint32 task = g_array_index (timeline->culprits, guint32, wait->culprits + i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                              telar_timeline_task (timeline, task)->id);
    }
}

static guint64
count_items (const TelarDataWriter *writer, const TelarTimeline *timeline)
{
  guint64 n = timeline->arrows->len;

  for (guint i = 0; i < timeline->cores->len; i++)
    {
      const TelarSlices *slices = ((TelarCoreLane *) timeline->cores->pdata[i])->slices;

      n += telar_slices_find (slices, writer->end) - telar_slices_find (slices, writer->begin);
    }
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = g_ptr_array_index (timeline->tasks, i);

      n += telar_slices_find (lane->slices, writer->end)
           - telar_slices_find (lane->slices, writer->begin)
           + telar_waits_find (lane->waits, writer->end)
           - telar_waits_find (lane->waits, writer->begin) + lane->steps->len;
    }
  return n;
}

void
telar_data_options_init (TelarDataOptions *options)
{
  *options = (TelarDataOptions){ .begin = TELAR_NO_TIME, .end = TELAR_NO_TIME };
}

gboolean
telar_data_write_stream (const TelarTimeline    *timeline,
                         const TelarDataOptions *options,
                         TelarDataFormat         format,
                         GOutputStream          *stream,
                         TelarDataProgress       progress,
                         gpointer                progress_data,
                         GCancellable           *cancellable,
                         GError                **error)
{
  TelarDataWriter writer = {
    .stream = stream,
    .cancellable = cancellable,
    .progress = progress,
    .progress_data = progress_data,
    .begin = G_MININT64,
    .end = G_MAXINT64,
  };

  g_return_val_if_fail (timeline != NULL && options != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);

  writer.text = g_string_sized_new (PIECE + 4096);
  if (options->begin != TELAR_NO_TIME)
    writer.begin = options->begin;
  if (options->end != TELAR_NO_TIME)
    writer.end = options->end;
  writer.whole = writer.begin == G_MININT64 && writer.end == G_MAXINT64;
  writer.all = count_items (&writer, timeline);
  if (format == TELAR_DATA_CSV)
    telar_data_csv (&writer, timeline);
  else
    telar_data_trace (&writer, timeline, options->name);
  flush (&writer);
  g_string_free (writer.text, TRUE);
  if (writer.error == NULL)
    return TRUE;
  g_propagate_error (error, writer.error);
  return FALSE;
}

gboolean
telar_data_write (const TelarTimeline    *timeline,
                  const TelarDataOptions *options,
                  const char             *file,
                  TelarDataProgress       progress,
                  gpointer                progress_data,
                  GCancellable           *cancellable,
                  GError                **error)
{
  g_autoptr (GFile)             place = g_file_new_for_path (file);
  g_autoptr (GFileOutputStream) stream = NULL;
  TelarDataFormat               format;
  gboolean                      written;

  g_return_val_if_fail (timeline != NULL && options != NULL && file != NULL, FALSE);

  telar_data_format (file, &format);
  /* A device or a pipe cannot be replaced by a new file: it is written to. */
  if (g_file_test (file, G_FILE_TEST_EXISTS) && !g_file_test (file, G_FILE_TEST_IS_REGULAR))
    stream = g_file_append_to (place, G_FILE_CREATE_NONE, cancellable, error);
  else
    stream = g_file_replace (place, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, error);
  if (stream == NULL)
    return FALSE;
  written = telar_data_write_stream (timeline, options, format, G_OUTPUT_STREAM (stream), progress,
                                     progress_data, cancellable, error);
  if (!written)
    {
      /* A stream that is closed so leaves what was there before. */
      g_autoptr (GCancellable) given_up = g_cancellable_new ();

      g_cancellable_cancel (given_up);
      g_output_stream_close (G_OUTPUT_STREAM (stream), given_up, NULL);
      return FALSE;
    }
  return g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error);
}
