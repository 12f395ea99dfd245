/* export-dialog.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Asks what is to be exported and how, shows how it will look, and puts it into a
 * file or on the clipboard. What was chosen is remembered for the next time.
 */

#pragma once

#include <gtk/gtk.h>

#include "window/export-job.h"

G_BEGIN_DECLS

#define TELAR_TYPE_EXPORT_DIALOG (telar_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TelarExportDialog, telar_export_dialog, TELAR, EXPORT_DIALOG, GtkWindow)

/* Emits "saved" with the path (string) of what was written, and "save-run" with one at
 * which the run itself is to be kept: only whoever has it may write that. It closes
 * itself after either. */

/* @name: of the graph: the title, and the file's name
 * @subject: has a timeline if and only if @facts say so */
TelarExportDialog *telar_export_dialog_new (GtkWindow             *parent,
                                            const char            *name,
                                            TelarExportSubject    *subject,
                                            const TelarExportFacts *facts);

G_END_DECLS
