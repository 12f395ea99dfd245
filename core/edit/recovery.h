/* recovery.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What a crash leaves behind, and how to have it back. While a document is
 * modified, a copy of its graph is in a recovery file of its own in
 * $XDG_STATE_HOME/telar/recovery, at most RECOVERY_SECONDS old; it is removed
 * when the document is saved, or closed on purpose. Whose program still runs
 * holds a lock beside it, which the kernel lets go of at a crash: what nobody
 * holds can be recovered, by exactly one.
 */

#pragma once

#include "edit/document.h"

G_BEGIN_DECLS

#define TELAR_RECOVERY_SECONDS 3

typedef struct
{
  char  *key;   /* names the recovery */
  char  *file;  /* (nullable): path of the graph's file, which may be older */
  char  *title; /* as the window showed it */
  gint64 time;  /* when it was last written: µs since 1970 */
} TelarRecovery;

void telar_recovery_free (TelarRecovery *recovery);

/* Keeps a document from now on. To be called once for each document of a window;
 * needs a main loop. */
void telar_document_keep_recovery (TelarDocument *document);

/* Writes what is not written yet, now: when the session is about to end. */
gboolean telar_document_flush_recovery (TelarDocument *document, GError **error);

/* The person closed the window and chose not to save. Finalizing a document does
 * not remove its recovery file while it is modified: that may be a crash. */
void telar_document_drop_recovery (TelarDocument *document);

/* Returns: (transfer full) (element-type TelarRecovery): what can be recovered,
 * the latest first. */
GPtrArray *telar_recovery_list (void);

/* Takes a recovery: the document is modified, has the file of old, and goes on
 * with the same recovery file.
 *
 * Returns: (transfer full) (nullable) */
TelarDocument *telar_recovery_open (const TelarRecovery *recovery, GError **error);

/* Throws one away, unless a running program holds it. */
void telar_recovery_discard (const TelarRecovery *recovery);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarRecovery, telar_recovery_free)

G_END_DECLS
