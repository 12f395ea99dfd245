/* document-file.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A document and its file: opening, saving, and noticing that another program
 * changed the file.
 *
 * While a document has a file, that file is watched. When its content becomes
 * another than it was, or it goes or comes back, "file-changed" is emitted once
 * for that content; telar_document_get_file_state() tells how it is now.
 */

#pragma once

#include "edit/document.h"

G_BEGIN_DECLS

typedef enum
{
  TELAR_FILE_NONE,    /* the document has no file */
  TELAR_FILE_SAME,    /* as it was read or saved last */
  TELAR_FILE_CHANGED, /* another program wrote something else */
  TELAR_FILE_GONE
} TelarFileState;

/* Opens a graph. What cannot be read as a graph gives NULL and faults of level
 * ERROR; what was only strange gives warnings.
 *
 * @faults: (element-type TelarFault): added to
 * Returns: (transfer full) (nullable) */
TelarDocument *telar_document_open (GFile *file, GPtrArray *faults);

/* The same into a document that is there already: its history is forgotten.
 * Nothing is changed when it fails. For a window that is empty, and for
 * reading a file again that another program changed.
 *
 * Returns: whether the file could be read. */
gboolean telar_document_load (TelarDocument *document, GFile *file, GPtrArray *faults);

typedef enum
{
  TELAR_SAVE_CAREFULLY, /* TELAR_EDIT_ERROR_OVERWRITES where another program changed it */
  TELAR_SAVE_ANYWAY     /* after the person was asked */
} TelarSaveMode;

/* Saves to the document's file; the old file stays whole whatever happens. */
gboolean telar_document_save    (TelarDocument *document, TelarSaveMode mode, GError **error);

/* Saves to @file, which becomes the document's; whether it may be replaced was
 * asked before. */
gboolean telar_document_save_as (TelarDocument *document, GFile *file, GError **error);

/* Looks at the file now, for instance when the window gets the focus: some file
 * systems tell nobody of changes. May emit "file-changed". */
TelarFileState telar_document_look_at_file   (TelarDocument *document);
TelarFileState telar_document_get_file_state (TelarDocument *document);

/* The person saw that the file changed and keeps what is in the window: the
 * document counts as modified, and saving no longer refuses because of it. */
void telar_document_keep_mine (TelarDocument *document);

G_END_DECLS
