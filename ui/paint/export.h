/* export.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A run or a graph as a picture file, without a display: PNG, SVG, PDF by the
 * name's ending. The same timeline and options give the same bytes.
 */

#pragma once

#include <gio/gio.h>

#include "paint/graph-picture.h"

G_BEGIN_DECLS

typedef struct
{
  double      width;         /* in `unit`; 0: 1920 pixels */
  double      height;        /* 0: as high as the lanes need */
  gboolean    millimetres;   /* else pixels */
  gint64      begin, end;    /* ns; TELAR_NO_TIME: the whole run */
  gboolean    cores, tasks, graph;
  gboolean    objects;       /* a lane each, with cores and tasks */
  gboolean    all_arrows;    /* those between users of objects as well */
  TelarStyle  style;
  const char *font;          /* "Family 8" (points), or NULL */
  gboolean    title, legend;
  const char *name;          /* the title's text: the graph's name */
  const TelarMachine *machine; /* as in a view */
  double      scale;         /* of a PNG: so many of its pixels to one, whole; 0: 1 */
  int         strip;         /* of a PNG: rows that are painted at a time, about; 0: as memory allows */
} TelarExportOptions;

void telar_export_options_init (TelarExportOptions *options);

/* @timeline: (nullable): without it, only the graph can be drawn.
 * @layout: (nullable) likewise. */
gboolean telar_export_picture (const TelarTimeline      *timeline,
                               const TelarGraphLayout   *layout,
                               const TelarExportOptions *options,
                               const char               *file,
                               GError                  **error);

G_END_DECLS
