/* export-job.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What the export dialog does outside the window's thread: how something will look,
 * how large it will be, and the file itself. A subject is what is exported; it does
 * not change, and several threads may use it.
 */

#pragma once

#include "graph/graph.h"
#include "machine/machine.h"
#include "paint/lane-order.h"
#include "window/export-settings.h"

G_BEGIN_DECLS

typedef struct _TelarExportSubject TelarExportSubject;

/* @timeline: (nullable): of a run that is over; nobody writes to it meanwhile
 * @graph: that was run, or a snapshot
 * @machine: (nullable): where it ran; copied
 * @order: (nullable): what was made of its lanes; copied */
TelarExportSubject *telar_export_subject_new   (TelarTimeline       *timeline,
                                                TelarGraph          *graph,
                                                const TelarMachine  *machine,
                                                const TelarLaneOrder *order);
/* Before anything is made of it. @pools: (transfer full) (element-type utf8): a set, ids of
 * those whose workers are shown in the graph */
void                telar_export_subject_unfold (TelarExportSubject *subject,
                                                 GHashTable         *pools);
TelarExportSubject *telar_export_subject_ref   (TelarExportSubject  *subject);
void                telar_export_subject_unref (TelarExportSubject  *subject);

/* One of these two is there. */
typedef struct
{
  cairo_surface_t *picture; /* owned, nullable */
  char            *text;    /* owned, nullable: how it begins */
  double           width;   /* as telar_export_measure(); 0: no picture */
  double           height;
} TelarExportLook;

void telar_export_look_free (TelarExportLook *look);

/* All with sound settings. */

/* How it will look. @width, @height: pixels that there is room for.
 *
 * Returns: (transfer full) (nullable) */
TelarExportLook *telar_export_look  (TelarExportSubject         *subject,
                                     const TelarExportSettings  *settings,
                                     const TelarExportFacts     *facts,
                                     int                         width,
                                     int                         height,
                                     GCancellable               *cancellable,
                                     GError                    **error);
/* Bytes of the file; 0 where they are not known, or would take long to be.
 *
 * @about: (out): it is an estimate */
guint64          telar_export_weigh (TelarExportSubject         *subject,
                                     const TelarExportSettings  *settings,
                                     const TelarExportFacts     *facts,
                                     gboolean                   *about,
                                     GCancellable               *cancellable);
/* The file in memory; refused where it is larger than @most bytes. No run files.
 *
 * Returns: (transfer full) (nullable) */
GBytes          *telar_export_make  (TelarExportSubject         *subject,
                                     const TelarExportSettings  *settings,
                                     const TelarExportFacts     *facts,
                                     gsize                       most,
                                     TelarExportProgress         progress,
                                     gpointer                    progress_data,
                                     GCancellable               *cancellable,
                                     GError                    **error);
/* The file at @path, or refused or cancelled, what was there. No run files. */
gboolean         telar_export_write (TelarExportSubject         *subject,
                                     const TelarExportSettings  *settings,
                                     const TelarExportFacts     *facts,
                                     const char                 *path,
                                     TelarExportProgress         progress,
                                     gpointer                    progress_data,
                                     GCancellable               *cancellable,
                                     GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarExportSubject, telar_export_subject_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarExportLook, telar_export_look_free)

G_END_DECLS
