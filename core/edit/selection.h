/* selection.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Which tasks and objects of a document are selected: shared by the canvas, the inspector,
 * the Python pane and the actions of one window. It follows the document:
 * renamed tasks stay selected, deleted ones leave.
 *
 * Signal "changed" (): other tasks are selected, or another is the primary one.
 */

#pragma once

#include "edit/document.h"

G_BEGIN_DECLS

#define TELAR_TYPE_SELECTION (telar_selection_get_type ())
G_DECLARE_FINAL_TYPE (TelarSelection, telar_selection, TELAR, SELECTION, GObject)

/* Of nothing yet. */
TelarSelection *telar_selection_new (TelarDocument *document);

/* Returns: (transfer none) */
TelarDocument *telar_selection_get_document (TelarSelection *self);

guint    telar_selection_get_n    (TelarSelection *self);
gboolean telar_selection_contains (TelarSelection *self, const char *id);

/* The task that was selected last, which arrow keys start from; "main" is main.
 *
 * Returns: (transfer none) (nullable): valid until the selection changes. */
const char *telar_selection_get_primary (TelarSelection *self);

/* Returns: (transfer full) (array zero-terminated=1): ids in the order of the
 *   file, "main" first where it is selected; g_strfreev(). */
char **telar_selection_get_ids (TelarSelection *self);

/* The same without main: what can be deleted, copied, moved. */
char **telar_selection_get_tasks (TelarSelection *self);

/* …and with the objects, after the tasks. */
char **telar_selection_get_nodes (TelarSelection *self);

/* Nothing else than @id (nullable: nothing at all). Ids that the document does
 * not have are ignored, here and below. */
void telar_selection_set_one  (TelarSelection *self, const char *id);

/* Nothing else than @ids; the last of them is the primary one. */
void telar_selection_set      (TelarSelection *self, const char *const *ids);

/* These too. */
void telar_selection_add      (TelarSelection *self, const char *const *ids);

/* In or out, as with Shift. */
void telar_selection_toggle   (TelarSelection *self, const char *id);

/* Every task but main. */
void telar_selection_set_all  (TelarSelection *self);

G_END_DECLS
