/* export-job.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "window/export-job.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TEXT_SHOWN    4096                    /* bytes of a data file that are shown */
#define SMALL_PICTURE (12.0 * 1024 * 1024)    /* pixels of a PNG that is made to be weighed */
#define SMALL_DATA    (8 * 1024 * 1024)       /* bytes that are written to be weighed */

struct _TelarExportSubject
{
  gatomicrefcount   references;
  TelarTimeline    *timeline;   /* owned, nullable */
  TelarGraph       *graph;      /* owned */
  TelarMachine     *machine;    /* owned, nullable */
  TelarLaneOrder   *order;      /* owned, nullable */
  char             *date;       /* owned */
  GHashTable       *unfolded;   /* owned, nullable: ids of pools */

  /* Made by the first thread that needs it. */
  GMutex            mutex;
  TelarGraphLayout *layout;     /* owned, nullable */
};

TelarExportSubject *
telar_export_subject_new (TelarTimeline      *timeline,
                          TelarGraph         *graph,
                          const TelarMachine *machine,
                          const TelarLaneOrder *order)
{
  TelarExportSubject *subject;

  g_return_val_if_fail (graph != NULL, NULL);

  subject = g_new0 (TelarExportSubject, 1);
  g_atomic_ref_count_init (&subject->references);
  subject->timeline = timeline ? telar_timeline_ref (timeline) : NULL;
  subject->graph = telar_graph_ref (graph);
  subject->machine = machine ? telar_machine_copy (machine) : NULL;
  subject->order = order ? telar_lane_order_copy (order) : NULL;
  subject->date = telar_export_date (timeline);
  g_mutex_init (&subject->mutex);

  return subject;
}

void
telar_export_subject_unfold (TelarExportSubject *subject,
                             GHashTable         *pools)
{
  g_return_if_fail (subject != NULL && subject->layout == NULL);

  g_clear_pointer (&subject->unfolded, g_hash_table_unref);
  subject->unfolded = pools;
}

TelarExportSubject *
telar_export_subject_ref (TelarExportSubject *subject)
{
  g_return_val_if_fail (subject != NULL, NULL);

  g_atomic_ref_count_inc (&subject->references);

  return subject;
}

void
telar_export_subject_unref (TelarExportSubject *subject)
{
  if (!g_atomic_ref_count_dec (&subject->references))
    return;

  g_clear_pointer (&subject->timeline, telar_timeline_unref);
  g_clear_pointer (&subject->layout, telar_graph_layout_free);
  g_clear_pointer (&subject->unfolded, g_hash_table_unref);
  g_clear_pointer (&subject->graph, telar_graph_unref);
  g_clear_pointer (&subject->machine, telar_machine_free);
  g_clear_pointer (&subject->order, telar_lane_order_free);
  g_mutex_clear (&subject->mutex);
  g_free (subject->date);
  g_free (subject);
}

static const TelarGraphLayout *
get_layout (TelarExportSubject *subject)
{
  const TelarGraphLayout *layout;

  g_mutex_lock (&subject->mutex);
  if (subject->layout == NULL)
    {
      TelarGraphFolds folds = { .opened = subject->unfolded,
                                .usable = subject->machine ? subject->machine->n_usable : 1 };

      subject->layout = telar_graph_layout_new_folds (subject->graph, &folds);
    }
  layout = subject->layout;
  g_mutex_unlock (&subject->mutex);

  return layout;
}

void
telar_export_look_free (TelarExportLook *look)
{
  g_clear_pointer (&look->picture, cairo_surface_destroy);
  g_free (look->text);
  g_free (look);
}

/* --- Pictures --- */

static TelarPictureFormat
picture_format (const TelarExportSettings *settings)
{
  return settings->format == TELAR_EXPORT_SVG   ? TELAR_PICTURE_SVG
         : settings->format == TELAR_EXPORT_PDF ? TELAR_PICTURE_PDF
                                                : TELAR_PICTURE_PNG;
}

/* Returns: (nullable): where a graph is drawn. */
static const TelarGraphLayout *
fill (TelarExportSubject        *subject,
      const TelarExportSettings *settings,
      const TelarExportFacts    *facts,
      TelarExportOptions        *options)
{
  telar_export_settings_fill (settings, facts, subject->date, options);
  options->machine = subject->machine;
  options->order = subject->order;

  return options->graph ? get_layout (subject) : NULL;
}

static TelarExportLook *
look_at_picture (TelarExportSubject         *subject,
                 const TelarExportSettings  *settings,
                 const TelarExportFacts     *facts,
                 int                         width,
                 int                         height,
                 GError                    **error)
{
  g_autoptr (TelarExportLook) look = g_new0 (TelarExportLook, 1);
  TelarExportOptions          options;
  const TelarGraphLayout     *layout = fill (subject, settings, facts, &options);
  TelarPictureFormat          format = picture_format (settings);

  if (!telar_export_measure (subject->timeline, layout, &options, format, &look->width,
                             &look->height, error))
    return NULL;
  look->picture = telar_export_preview (subject->timeline, layout, &options, format, width, height,
                                        error);

  return look->picture ? g_steal_pointer (&look) : NULL;
}

/* --- Data --- */

typedef struct
{
  GOutputStream *stream;      /* borrowed: in memory */
  gsize          most;        /* bytes that it may have */
  GCancellable  *enough;      /* owned: it has more */
  double         done;        /* share that is written by then */

  /* Whoever waits for it. */
  TelarExportProgress progress; /* nullable */
  gpointer            data;
} Filling;

static void
filled (double   done,
        gpointer data)
{
  Filling *filling = data;

  filling->done = done;
  if (filling->progress)
    filling->progress (done, filling->data);
  if (g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (filling->stream))
      > filling->most)
    g_cancellable_cancel (filling->enough);
}

static void
cancel_other (GCancellable *cancellable,
              gpointer      other)
{
  g_cancellable_cancel (other);
}

/* Writes until all is there, or @most bytes are, or it is cancelled.
 *
 * Returns: (transfer full) (nullable): a stream with what there is; NULL: cancelled, or
 *   refused */
static GOutputStream *
write_data (TelarExportSubject         *subject,
            const TelarExportSettings  *settings,
            const TelarExportFacts     *facts,
            Filling                    *filling,
            GCancellable               *cancellable,
            GError                    **error)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GCancellable)  enough = g_cancellable_new ();
  g_autoptr (GError)        failure = NULL;
  TelarDataOptions          options;
  gulong                    handler = 0;
  gboolean                  written;

  filling->stream = stream;
  filling->enough = enough;
  if (cancellable)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancel_other), enough, NULL);
  telar_export_settings_fill_data (settings, facts, &options);
  written = telar_data_write_stream (subject->timeline, &options,
                                     settings->format == TELAR_EXPORT_CSV ? TELAR_DATA_CSV
                                                                          : TELAR_DATA_TRACE,
                                     stream, filled, filling, enough, &failure);
  if (cancellable)
    g_cancellable_disconnect (cancellable, handler);
  filling->enough = NULL;
  filling->stream = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (written)
    filling->done = 1;
  else if (!g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&stream);
}

/* What was written of a data file, as far as it is whole lines. */
static char *
first_lines (GOutputStream *stream)
{
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (stream);
  const char          *bytes = g_memory_output_stream_get_data (memory);
  gsize                size = g_memory_output_stream_get_data_size (memory);
  gsize                n = MIN (size, TEXT_SHOWN);

  while (n < size && n > 0 && bytes[n - 1] != '\n')
    n--;

  return n < size ? g_strdup_printf ("%.*s…", (int) n, bytes) : g_strndup (bytes, n);
}

static TelarExportLook *
look_at_data (TelarExportSubject         *subject,
              const TelarExportSettings  *settings,
              const TelarExportFacts     *facts,
              GCancellable               *cancellable,
              GError                    **error)
{
  Filling                    filling = { .most = TEXT_SHOWN };
  g_autoptr (GOutputStream)  stream = write_data (subject, settings, facts, &filling, cancellable,
                                                  error);
  TelarExportLook           *look;

  if (stream == NULL)
    return NULL;

  look = g_new0 (TelarExportLook, 1);
  look->text = first_lines (stream);

  return look;
}

/* --- All of them --- */

TelarExportLook *
telar_export_look (TelarExportSubject         *subject,
                   const TelarExportSettings  *settings,
                   const TelarExportFacts     *facts,
                   int                         width,
                   int                         height,
                   GCancellable               *cancellable,
                   GError                    **error)
{
  TelarExportLook *look;

  g_return_val_if_fail (subject != NULL && settings != NULL && facts != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (telar_export_is_picture (settings->format))
    return look_at_picture (subject, settings, facts, width, height, error);
  if (settings->format != TELAR_EXPORT_RUN)
    return look_at_data (subject, settings, facts, cancellable, error);

  look = g_new0 (TelarExportLook, 1);
  look->text = g_strdup (_("The run with its graph, as it was recorded: Telar opens it again, and "
                           "makes pictures and data of it."));

  return look;
}

guint64
telar_export_weigh (TelarExportSubject         *subject,
                    const TelarExportSettings  *settings,
                    const TelarExportFacts     *facts,
                    gboolean                   *about,
                    GCancellable               *cancellable)
{
  g_return_val_if_fail (subject != NULL && settings != NULL && facts != NULL, 0);

  *about = FALSE;
  if (settings->format == TELAR_EXPORT_RUN)
    return 0;
  if (!telar_export_is_picture (settings->format))
    {
      Filling                   filling = { .most = SMALL_DATA };
      g_autoptr (GOutputStream) stream = write_data (subject, settings, facts, &filling,
                                                     cancellable, NULL);
      gsize                     size;

      if (stream == NULL || filling.done <= 0)
        return 0;
      size = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream));
      *about = filling.done < 1;

      return (guint64) ((double) size / filling.done);
    }
  else
    {
      TelarExportOptions      options;
      const TelarGraphLayout *layout = fill (subject, settings, facts, &options);
      g_autoptr (GBytes)      bytes = NULL;
      double                  width, height;

      /* What is drawn is told by its own size, which only making it tells. */
      if (!telar_export_measure (subject->timeline, layout, &options, picture_format (settings),
                                 &width, &height, NULL)
          || (settings->format == TELAR_EXPORT_PNG && width * height > SMALL_PICTURE))
        return 0;
      bytes = telar_export_bytes (subject->timeline, layout, &options, picture_format (settings),
                                  NULL, NULL, cancellable, NULL);

      return bytes ? g_bytes_get_size (bytes) : 0;
    }
}

GBytes *
telar_export_make (TelarExportSubject         *subject,
                   const TelarExportSettings  *settings,
                   const TelarExportFacts     *facts,
                   gsize                       most,
                   TelarExportProgress         progress,
                   gpointer                    progress_data,
                   GCancellable               *cancellable,
                   GError                    **error)
{
  g_autoptr (GBytes) bytes = NULL;
  gboolean           whole = TRUE;

  g_return_val_if_fail (subject != NULL && settings != NULL && facts != NULL, NULL);
  g_return_val_if_fail (settings->format != TELAR_EXPORT_RUN, NULL);

  if (telar_export_is_picture (settings->format))
    {
      TelarExportOptions      options;
      const TelarGraphLayout *layout = fill (subject, settings, facts, &options);

      bytes = telar_export_bytes (subject->timeline, layout, &options, picture_format (settings),
                                  progress, progress_data, cancellable, error);
    }
  else
    {
      Filling                   filling = { .most = most, .progress = progress,
                                            .data = progress_data };
      g_autoptr (GOutputStream) stream = write_data (subject, settings, facts, &filling,
                                                     cancellable, error);

      if (stream)
        {
          whole = filling.done >= 1;
          g_output_stream_close (stream, NULL, NULL);
          bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
        }
    }

  if (bytes == NULL)
    return NULL;
  if (!whole || g_bytes_get_size (bytes) > most)
    {
      g_autofree char *limit = g_format_size (most);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                   _("It is larger than %s; save it as a file"), limit);
      return NULL;
    }

  return g_steal_pointer (&bytes);
}

gboolean
telar_export_write (TelarExportSubject         *subject,
                    const TelarExportSettings  *settings,
                    const TelarExportFacts     *facts,
                    const char                 *path,
                    TelarExportProgress         progress,
                    gpointer                    progress_data,
                    GCancellable               *cancellable,
                    GError                    **error)
{
  g_return_val_if_fail (subject != NULL && settings != NULL && facts != NULL, FALSE);
  g_return_val_if_fail (path != NULL && settings->format != TELAR_EXPORT_RUN, FALSE);

  if (telar_export_is_picture (settings->format))
    {
      TelarExportOptions      options;
      const TelarGraphLayout *layout = fill (subject, settings, facts, &options);

      return telar_export_file (subject->timeline, layout, &options, path, progress, progress_data,
                                cancellable, error);
    }
  else
    {
      TelarDataOptions options;

      telar_export_settings_fill_data (settings, facts, &options);

      return telar_data_write (subject->timeline, &options, path, progress, progress_data,
                               cancellable, error);
    }
}
