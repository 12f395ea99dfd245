/* export-fixture.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A run, its graph, and a folder for pictures of them.
 */

#pragma once

#include <glib.h>

#include "paint/export.h"
#include "picture-run.h"

typedef struct
{
  char             *folder;
  PictureRun       *run;
  TelarTimeline    *timeline;
  TelarGraphLayout *layout;
} ExportFixture;

/* As GLib's tests have them. */
void  export_set_up    (ExportFixture *fixture, gconstpointer data);
void  export_tear_down (ExportFixture *fixture, gconstpointer data);
/* Of the run and its graph. Returns: (transfer full): the bytes of the file, @size of them. */
char *export_picture   (ExportFixture *fixture, const TelarExportOptions *options,
                        const char *name, gsize *size);
