/* export.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A run or a graph as a picture, without a display: PNG, SVG, PDF. The same
 * timeline and options give the same bytes.
 */

#pragma once

#include <gio/gio.h>

#include "paint/graph-picture.h"

G_BEGIN_DECLS

/* What cairo and other programs take, on each side. */
#define TELAR_MAX_PIXELS 32767
/* Of a picture whose size is in millimetres, where nothing else is said. */
#define TELAR_PRINT_DPI  300.0

typedef enum
{
  TELAR_PICTURE_PNG,
  TELAR_PICTURE_SVG,
  TELAR_PICTURE_PDF
} TelarPictureFormat;

typedef struct
{
  double      width;         /* in `unit`; 0: 1920 pixels */
  double      height;        /* 0: as high as the lanes need */
  gboolean    millimetres;   /* else pixels */
  double      dpi;           /* of a PNG in mm or for print: pixels to the inch; 0: 300 */
  gint64      begin, end;    /* ns; TELAR_NO_TIME: the whole run */
  gboolean    cores, tasks, graph;
  gboolean    objects;       /* a lane each, with cores and tasks */
  gboolean    all_arrows;    /* those between users of objects as well */
  TelarStyle  style;         /* for print, texts are as large on paper as in millimetres */
  const char *font;          /* "Family 8" (points), or NULL */
  gboolean    title, legend;
  gboolean    bookmarks;     /* flags on the ruler, with their texts */
  gboolean    source;        /* how it was recorded, and how busy the cores were */
  const char *date;          /* shown, and in the metadata; NULL: neither */
  const char *name;          /* the title's text: the graph's name */
  const TelarMachine *machine; /* as in a view */
  const TelarLaneOrder *order; /* likewise: applied to this run, or NULL */
  TelarLaneSort sort;         /* …without that: how lanes are sorted */
  double      scale;         /* of a PNG: so many of its pixels to one, whole; 0: 1 */
  int         strip;         /* of a PNG: rows that are painted at a time, about; 0: as memory allows */
} TelarExportOptions;

/* How much is done, 0 to 1; called by the thread that does it. */
typedef void (*TelarExportProgress) (double done, gpointer data);

void telar_export_options_init (TelarExportOptions *options);

/* Who will make a picture soon may say so: pango reads which fonts there are, in a thread
 * of its own, while a run is opened. */
void telar_export_prepare (void);

/* By the ending of @file, whatever its case. Returns: whether it is one of them. */
gboolean telar_picture_format (const char *file, TelarPictureFormat *format);
/* The day of a run as its pictures show it, "2026-11-26", here and in local time; of
 * today where there is no run, or it does not know. SOURCE_DATE_EPOCH, seconds since
 * 1970, goes before both. @timeline: (nullable). (transfer full) */
char    *telar_export_date    (const TelarTimeline *timeline);

/* In all of them @timeline is (nullable): without it, only the graph can be drawn, and
 * @layout (nullable) likewise; @options are only read. They may be called in any thread,
 * as long as nobody writes to the timeline. */

/* How large it becomes: pixels of a PNG or of an SVG, else mm.
 * Refused where it cannot be made. */
gboolean telar_export_measure (const TelarTimeline      *timeline,
                               const TelarGraphLayout   *layout,
                               const TelarExportOptions *options,
                               TelarPictureFormat        format,
                               double                   *width,
                               double                   *height,
                               GError                  **error);
/* The same picture made smaller until it fits, by @factor (out).
 *
 * @largest_width, @largest_height: pixels
 * Returns: (transfer full) (nullable): an image */
cairo_surface_t *telar_export_preview (const TelarTimeline      *timeline,
                                       const TelarGraphLayout   *layout,
                                       const TelarExportOptions *options,
                                       TelarPictureFormat        format,
                                       int                       largest_width,
                                       int                       largest_height,
                                       GError                  **error);
/* The file as it would be written.
 *
 * @progress, @cancellable: (nullable)
 * Returns: (transfer full) (nullable) */
GBytes  *telar_export_bytes   (const TelarTimeline      *timeline,
                               const TelarGraphLayout   *layout,
                               const TelarExportOptions *options,
                               TelarPictureFormat        format,
                               TelarExportProgress       progress,
                               gpointer                  progress_data,
                               GCancellable             *cancellable,
                               GError                  **error);
/* All of it or, refused or cancelled, the file as it was; see telar_picture_format(). */
gboolean telar_export_file    (const TelarTimeline      *timeline,
                               const TelarGraphLayout   *layout,
                               const TelarExportOptions *options,
                               const char               *file,
                               TelarExportProgress       progress,
                               gpointer                  progress_data,
                               GCancellable             *cancellable,
                               GError                  **error);
/* The same in one go. */
gboolean telar_export_picture (const TelarTimeline      *timeline,
                               const TelarGraphLayout   *layout,
                               const TelarExportOptions *options,
                               const char               *file,
                               GError                  **error);

G_END_DECLS
