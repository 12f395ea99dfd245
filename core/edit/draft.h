/* draft.h
 *
 * SPDX-License-Identifier: MIT
 *
 * One operation while it is thought out: new contents of tasks beside the graph,
 * which stays as it is until the draft is committed, and if it is refused.
 */

#pragma once

#include "edit/document-private.h"

G_BEGIN_DECLS

typedef struct
{
  TelarDocument *document;  /* borrowed */
  char          *key;       /* owned, nullable: merged with an edit of the same key */
  TelarEdit     *replaced;  /* owned: the edit of that key, taken back */
  TelarChanges  *changes;   /* owned */
  GHashTable    *contents;  /* owned: task of the graph → its new content, TelarTask */
  GPtrArray     *touched;   /* owned: tasks of the graph, in the order in which they were */
  GHashTable    *removed;   /* owned: tasks of the graph */
  GArray        *inserted;  /* owned TelarSlot; index: before what has it now */
  GHashTable    *ids;       /* owned: ids that this draft has given out */
  GHashTable    *next;      /* owned: prefix of ids → the next number to try */
  TelarGraph    *settings;  /* owned, nullable: without tasks */
  gboolean       whole;     /* another graph altogether */
  GString       *remark;    /* owned */
} TelarDraft;

typedef enum
{
  TELAR_DRAFT_FREE,     /* cannot break relations, or is never refused */
  TELAR_DRAFT_CHECKED,  /* refused where the structure gets an error that it did not have */
  TELAR_DRAFT_COUNTED,  /* …more errors than it had: names may change */
  TELAR_DRAFT_HEALED    /* checked; what became illegal by new parents goes, with a remark */
} TelarDraftRule;

/* @key: (transfer full) (nullable): "what/whose" of a field; an edit of the same
 *   key right before is taken back, so that the draft starts from what was there
 *   before it. Look tasks up before that: their ids may go back too. */
void telar_draft_init  (TelarDraft *draft, TelarDocument *document, char *key);
void telar_draft_clear (TelarDraft *draft);

/* Returns: (transfer none): the content that @task is to have; to be changed, but
 * for its arrays, which telar_draft_own_after() and the like make its own. */
TelarTask *telar_draft_task (TelarDraft *draft, TelarTask *task);

/* Returns: (transfer none): as telar_draft_task() where that was asked for, else
 * the graph's: to be looked at. */
const TelarTask *telar_draft_peek (TelarDraft *draft, const TelarTask *task);

GPtrArray *telar_own_after (TelarTask *content);
GPtrArray *telar_own_steps (TelarTask *content);

/* Removes a task of the graph. */
void telar_draft_remove (TelarDraft *draft, TelarTask *task);
gboolean telar_draft_is_removed (TelarDraft *draft, const TelarTask *task);

/* A process without a place of its own is where the tasks inside it are: where the
 * last of them is removed it stays there. O(tasks). */
void telar_draft_keep_places (TelarDraft *draft);

/* Adds a task (transfer full), or one of the graph that was removed, before the
 * one that has @index now. */
void telar_draft_insert (TelarDraft *draft, guint index, TelarTask *task);

/* Returns: (transfer none): settings that the graph is to have. */
TelarGraph *telar_draft_settings (TelarDraft *draft);

/* Returns: (transfer full): "p3", the first that is free. */
char *telar_draft_fresh_id (TelarDraft *draft, TelarKind kind);
/* Returns: (transfer full): @id itself if it is free, else one like it. */
char *telar_draft_free_id (TelarDraft *draft, const char *id);

/* Does it, or refuses.
 *
 * @label: (transfer full) */
gboolean telar_draft_commit (TelarDraft *draft, TelarDraftRule rule, char *label, GError **error);

/* Adds to what listeners are told besides, once it is committed. */
G_GNUC_PRINTF (2, 3)
void telar_draft_remark (TelarDraft *draft, const char *format, ...);

/* heal.c. Who was whose parent, to be compared with who is. */
typedef struct _TelarParents TelarParents;

TelarParents *telar_parents_new  (const TelarRelations *relations);
void          telar_parents_free (TelarParents *parents);

/* Once a draft is applied: tasks whose parent is another one now lose arrows that
 * lead to tasks of another parent; tasks that a body starts now lose what they
 * come after and what they are inside of. A remark tells.
 *
 * Returns: (transfer full) (nullable): a delta, not applied. */
TelarDelta *telar_heal (TelarDraft *draft, const TelarParents *parents);

/* A task by its id, main too where @with_main, or an error. */
TelarTask *telar_document_require (TelarDocument *document, const char *id, gboolean with_main,
                                   GError **error);
/* Returns: (transfer full) (nullable) (element-type TelarTask): each once, in the
 * order of @ids; an error where one of them does not exist or there is none.
 * NULL for @ids: all tasks. */
GPtrArray *telar_document_require_all (TelarDocument *document, const char *const *ids,
                                       gboolean with_main, GError **error);

/* The same where objects are meant as well: none of @ids is needed then. */
GPtrArray *telar_document_require_others (TelarDocument *document, char **ids, char **objects,
                                          GError **error);

/* Whether a file with that number could be read again; else an error. */
gboolean telar_number_fits (guint64 number, GError **error);

/* The place of every task in the file.
 *
 * Returns: (transfer full): task → index + 1. */
GHashTable *telar_document_places (TelarDocument *document);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TelarDraft, telar_draft_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarParents, telar_parents_free)

G_END_DECLS
