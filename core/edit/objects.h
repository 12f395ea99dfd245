/* objects.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Objects in a draft: what operations on tasks do to objects that are meant with
 * them. What is done to objects alone is in operations.h.
 */

#pragma once

#include "edit/draft.h"

G_BEGIN_DECLS

/* Returns: (transfer none): objects that the graph is to have, to be changed. */
GPtrArray *telar_draft_objects (TelarDraft *draft);

/* Parts ids of objects from those of tasks (and of nobody).
 *
 * @objects: (out) (transfer full): each once
 * Returns: (transfer full): the others */
char **telar_document_part (TelarDocument *document, const char *const *ids, char ***objects);

/* Removes objects, and the steps that name them. */
void     telar_draft_delete_objects (TelarDraft *draft, const char *const *ids);
/* Those that have a position. */
void     telar_draft_move_objects   (TelarDraft *draft, const char *const *ids, double dx,
                                     double dy);
/* Returns: FALSE where there is no such object. */
gboolean telar_draft_place_object   (TelarDraft *draft, const char *id, double x, double y);

/* Copies the objects @ids, and those that the tasks of @graph use, into it. */
void telar_copy_objects (TelarDocument *document, TelarGraph *graph, const char *const *ids);

/* Adds the objects of @pasted, but for those that its tasks find here.
 *
 * @made: new ids are added
 * Returns: (transfer full): id → new id, of those that were added */
GHashTable *telar_draft_paste_objects (TelarDraft *draft, const TelarGraph *pasted, double dx,
                                       double dy, GStrvBuilder *made);

/* The lock of a condition follows: @becomes has its new id, or "" where it goes. */
void telar_object_map_lock (TelarObject *object, GHashTable *becomes);

G_END_DECLS
