/* export-dialog.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Asks what a picture shall show, then for its file.
 */

#pragma once

#include <gtk/gtk.h>

#include "paint/export.h"

G_BEGIN_DECLS

#define TELAR_TYPE_EXPORT_DIALOG (telar_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TelarExportDialog, telar_export_dialog, TELAR, EXPORT_DIALOG, GtkWindow)

/* Emits "accepted" with the path (string) when both questions are answered. */

/* @name: of the graph, for the file's; @has_run: there is a timeline to draw. */
TelarExportDialog *telar_export_dialog_new (GtkWindow *parent, const char *name, gboolean has_run);
/* Fills in what was answered; @begin and @end: what is visible. */
void               telar_export_dialog_get_options (TelarExportDialog  *self,
                                                    gint64              begin,
                                                    gint64              end,
                                                    TelarExportOptions *options);

G_END_DECLS
