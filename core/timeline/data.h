/* data.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A run as a data file for other programs: JSON of the Trace Event format,
 * which Perfetto and speedscope open, and CSV. It is written piece by piece: a
 * long run has millions of slices. Same run, same bytes; no user's name and no
 * place of this machine goes in.
 */

#pragma once

#include <gio/gio.h>

#include "timeline/timeline.h"

G_BEGIN_DECLS

typedef enum
{
  TELAR_DATA_TRACE, /* .json */
  TELAR_DATA_CSV    /* .csv */
} TelarDataFormat;

typedef struct
{
  const char *name;       /* (nullable): of the graph */
  gint64      begin, end; /* ns: what lies between, cut where it reaches out, and no statistics,
                           * which are of the whole; TELAR_NO_TIME: the whole run */
} TelarDataOptions;

void telar_data_options_init (TelarDataOptions *options);

/* How much is done, 0 to 1. */
typedef void (*TelarDataProgress) (double done, gpointer data);

/* By the ending of @file, whatever its case. Returns: whether it is one of them. */
gboolean telar_data_format (const char *file, TelarDataFormat *format);

/* @cancellable, @progress: (nullable)
 *
 * Reads the timeline only, as often as needed. */
gboolean telar_data_write_stream (const TelarTimeline    *timeline,
                                  const TelarDataOptions *options,
                                  TelarDataFormat         format,
                                  GOutputStream          *stream,
                                  TelarDataProgress       progress,
                                  gpointer                progress_data,
                                  GCancellable           *cancellable,
                                  GError                **error);

/* The same into @file: a regular one as a whole or, cancelled or failed, not at all. */
gboolean telar_data_write        (const TelarTimeline    *timeline,
                                  const TelarDataOptions *options,
                                  const char             *file,
                                  TelarDataProgress       progress,
                                  gpointer                progress_data,
                                  GCancellable           *cancellable,
                                  GError                **error);

G_END_DECLS
