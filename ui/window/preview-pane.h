/* preview-pane.h
 *
 * SPDX-License-Identifier: MIT
 *
 * How an export will look, with a note of how large it will be. It is made in another
 * thread, one at a time: what is asked for meanwhile is made next, and only the last
 * of it.
 */

#pragma once

#include <gtk/gtk.h>

#include "window/export-job.h"

G_BEGIN_DECLS

#define TELAR_TYPE_PREVIEW_PANE (telar_preview_pane_get_type ())
G_DECLARE_FINAL_TYPE (TelarPreviewPane, telar_preview_pane, TELAR, PREVIEW_PANE, GtkBox)

/* Emits "refused" with a sentence (string) where it turns out that such a file cannot
 * be made. */

/* @settings: sound ones; copied */
void telar_preview_pane_show  (TelarPreviewPane          *self,
                               TelarExportSubject        *subject,
                               const TelarExportSettings *settings,
                               const TelarExportFacts    *facts);
/* Shows nothing, and why. */
void telar_preview_pane_say   (TelarPreviewPane *self, const char *sentence);
/* While something else is made of the same: nothing is begun. */
void telar_preview_pane_pause (TelarPreviewPane *self, gboolean pause);

G_END_DECLS
