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

/* A picture, data, or the run itself, by the name's ending.
 *
 * @timeline: (nullable)
 * @options: without a name, or a date, those of the graph and of the run are shown
 * @dated: whether a date is shown */
gboolean telar_picture_write (const TelarCommand       *command,
                              const TelarOpened        *opened,
                              TelarTimeline            *timeline,
                              const TelarExportOptions *options,
                              gboolean                  dated,
                              const char               *file);

G_END_DECLS
