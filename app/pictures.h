/* pictures.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Pictures and data files that the command line is asked for.
 */

#pragma once

#include "app/open-graph.h"
#include "paint/export.h"

G_BEGIN_DECLS

/* Whether @file can be made at all: its name's ending, and the folder that it
 * goes to; before anything runs. Otherwise the reason was printed. */
gboolean telar_picture_check (const TelarCommand *command, const char *file);

/* The same for any file, whatever its name. */
gboolean telar_output_check  (const TelarCommand *command, const char *file);

/* @timeline: (nullable) */
gboolean telar_picture_write (const TelarCommand       *command,
                              const TelarOpened        *opened,
                              const TelarTimeline      *timeline,
                              const TelarExportOptions *options,
                              const char               *file);

G_END_DECLS
