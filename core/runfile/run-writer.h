/* run-writer.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A timeline into a run file, while it grows or when it is whole. What is in
 * the file needs no memory any more: slices are read from there again.
 */

#pragma once

#include "machine/machine.h"
#include "timeline/timeline.h"
#include "timeline/watch.h"

G_BEGIN_DECLS

/* Between two flushes of a run that goes on: a crash loses no more than this
 * and what one flush takes, ms. */
#define TELAR_RUN_FLUSH_MS 150

typedef enum
{
  TELAR_RUN_FILE_ERROR_NO_RUN,   /* it is something else */
  TELAR_RUN_FILE_ERROR_NEWER,    /* only a newer Telar can read it */
  TELAR_RUN_FILE_ERROR_BROKEN,   /* nothing of it can be shown */
  TELAR_RUN_FILE_ERROR_IO        /* it could not be read or written */
} TelarRunFileError;

#define TELAR_RUN_FILE_ERROR (telar_run_file_error_quark ())
GQuark telar_run_file_error_quark (void);

typedef struct _TelarRunWriter TelarRunWriter;

/* Makes the file anew. @timeline: has to live as long, and belongs to one
 * thread. @machine: (nullable). @graph: its text, JSON. */
TelarRunWriter *telar_run_writer_new   (const char *file, TelarTimeline *timeline,
                                        const TelarMachine *machine, const char *graph,
                                        gsize graph_size, GError **error);
/* Writes what is new. Once it fails nothing more is written; what was, is sound. */
gboolean        telar_run_writer_flush (TelarRunWriter *writer, GError **error);
/* Writes the rest and closes the file. (transfer full) @writer */
gboolean        telar_run_writer_close (TelarRunWriter *writer, GError **error);
/* Bytes so far. */
guint64         telar_run_writer_size  (const TelarRunWriter *writer);
/* All at once. */
gboolean        telar_run_file_save    (const char *file, TelarTimeline *timeline,
                                        const TelarMachine *machine, const char *graph,
                                        gsize graph_size, GError **error);
/* All at once, into a file that is open; @descriptor is closed. The timeline is
 * read only, so that others may read it meanwhile; calling it off is an error, too.
 * @name: for sentences. @watch: (nullable). */
gboolean        telar_run_file_copy    (const char *name, int descriptor,
                                        const TelarTimeline *timeline,
                                        const TelarMachine *machine, const char *graph,
                                        gsize graph_size, const TelarWatch *watch,
                                        GError **error);
/* The same behind @base bytes of a file that has others, and whose descriptor stays.
 * @size: (out): of what was written. */
gboolean        telar_run_file_append  (const char *name, TelarBacking *backing, guint64 base,
                                        const TelarTimeline *timeline, const char *graph,
                                        gsize graph_size, const TelarWatch *watch,
                                        guint64 *size, GError **error);
/* The same as telar_run_file_copy(), as @file: when all of it is on the disk it takes the place of the one
 * that was there, which else stays as it was. */
gboolean        telar_run_file_replace (const char *file, const TelarTimeline *timeline,
                                        const TelarMachine *machine, const char *graph,
                                        gsize graph_size, const TelarWatch *watch,
                                        GError **error);

G_END_DECLS
