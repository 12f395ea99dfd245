/* document-private.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A document from the inside: for its history, its file and its recovery.
 */

#pragma once

#include "edit/delta.h"
#include "edit/document-file.h"

G_BEGIN_DECLS

typedef struct _TelarFileWatch TelarFileWatch;
typedef struct _TelarKeeper TelarKeeper;

/* One step of the history. */
typedef struct
{
  char      *label;   /* owned */
  char      *key;     /* owned, nullable: what may be merged with it */
  GPtrArray *deltas;  /* owned TelarDelta, in the order in which they were applied */
  gboolean   sealed;  /* nothing more is merged with it */
  guint64    before;  /* the document's state without it */
  guint64    after;   /* …and with it */
} TelarEdit;

struct _TelarDocument
{
  GObject parent_instance;

  /* Owned. */
  TelarGraph *graph;
  GPtrArray  *undo, *redo;  /* TelarEdit; the last is the next to be undone or redone */
  GFile      *file;         /* nullable */
  char       *title;

  /* Owned, made when asked for; NULL after what they show has changed. */
  GHashTable     *by_id;      /* id → TelarTask; of equal ids the first; "main" is main */
  TelarRelations *relations;
  GPtrArray      *faults;     /* TelarFault */
  GHashTable     *errors;     /* texts: faults of the structure that there are anyway */
  TelarGraph     *snapshot;

  guint       last_change;    /* a number of its own for each that faults can come of */
  guint       id_from[3];     /* by kind: no smaller number is free for a fresh id */
  gboolean    grown;          /* all this is of the graph with the task that is told next */

  /* Owned: task → its serial, of those that were asked for. */
  GHashTable *serials;

  /* The group that is open. */
  guint      depth;
  TelarEdit *group;           /* borrowed from undo; NULL while nothing was done in it */
  guint      group_start;     /* how many deltas it had when it was opened */
  char      *group_label, *group_key; /* owned, nullable */

  /* A state is a number of its own for every content that the graph has had. */
  guint64 state, saved_state, last_state;

  /* What the properties said last. */
  gboolean shown_modified, shown_can_undo, shown_can_redo;
  char    *shown_undo, *shown_redo; /* owned, nullable */

  /* Owned, by document-file.c and recovery.c; nullable. */
  TelarFileWatch *watch;
  TelarKeeper    *keeper;
};

enum
{
  TELAR_DOCUMENT_SIGNAL_CHANGED,
  TELAR_DOCUMENT_SIGNAL_REMARK,
  TELAR_DOCUMENT_SIGNAL_FILE_CHANGED,
  TELAR_DOCUMENT_N_SIGNALS
};
extern guint telar_document_signals[TELAR_DOCUMENT_N_SIGNALS];

TelarEdit *telar_edit_new  (char *label /* (transfer full) */, const char *key);
void       telar_edit_free (TelarEdit *edit);

/* Applies all its deltas, or takes all back. */
void telar_edit_toggle (TelarEdit *edit, TelarGraph *graph, TelarChanges *changes);

/* Forgets what is no longer true once @what changed. */
void telar_document_forget (TelarDocument *document, TelarChangeFlags what);

/* The last task of the graph has just come, and telar_graph_check_appended() is
 * enough for it: what is known of the graph without it is made so of all. */
void telar_document_grow (TelarDocument *document);

/* Takes over deltas that are applied already, and tells listeners. An edit of the
 * same key that was taken back for this one is @replaced (nullable).
 *
 * @deltas: (transfer full) (element-type TelarDelta)
 * @label: (transfer full)
 * @replaced: (transfer full) */
void telar_document_push (TelarDocument *document, GPtrArray *deltas, char *label,
                          const char *key, TelarEdit *replaced, TelarChanges *changes);

/* Tells listeners what the graph has become. */
void telar_document_tell (TelarDocument *document, TelarChanges *changes);
/* Notifies whatever property is another now. */
void telar_document_show (TelarDocument *document);

/* Another graph, without a history. */
void telar_document_start_over (TelarDocument *document, TelarGraph *graph /* (transfer full) */);

void telar_document_set_file (TelarDocument *document, GFile *file);
/* What the graph is now is what the file says, or nothing that it ever was is. */
void telar_document_set_saved (TelarDocument *document, gboolean saved);

/* document-file.c. Watches the file that the document has now.
 *
 * @known: (transfer full) (nullable): the sum of the content that the graph comes
 *   from; NULL where it is what is there now */
void telar_document_watch  (TelarDocument *document, char *known);
void telar_file_watch_free (TelarFileWatch *watch);

/* Returns: (transfer none) (nullable): that sum. */
const char *telar_file_watch_get_known (const TelarFileWatch *watch);

/* recovery.c */
void telar_keeper_free (TelarKeeper *keeper);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarEdit, telar_edit_free)

G_END_DECLS
