/* document.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A graph while a person edits it: the model behind the canvas, the inspector
 * and the Python pane of one window. It holds the graph, remembers every change
 * so that it can be undone and redone, and tells its listeners what changed.
 * What can be done to it is in operations.h; opening, saving and recovering in
 * document-file.h; what a drag may do, in legal.h.
 *
 *   TelarDocument *document = telar_document_new ();
 *   g_signal_connect (document, "changed", G_CALLBACK (on_changed), canvas);
 *   g_autofree char *id = telar_document_add (document, &(TelarNewTask){
 *       .kind = TELAR_KIND_PROCESS, .function = "square" }, &error);
 *   telar_document_undo (document);
 *
 * Everything here belongs to the main thread; another thread is given a
 * telar_document_snapshot().
 *
 * Properties (all notify): "file" (GFile, nullable), "title" (the graph's name,
 * else its file's, else "Untitled"), "modified", "can-undo", "can-redo",
 * "undo-label", "redo-label" (nullable, translated: "Move 3 tasks").
 *
 * Signals:
 *   "changed" (const TelarChange *change): after every change, undo and redo
 *     included; the graph is as it is from now on.
 *   "remark" (const char *sentence): an operation also did what was not asked
 *     for, such as taking away an arrow that had become impossible. Translated,
 *     to be shown beside what was done; it is undone with it.
 *   "file-changed" (): see document-file.h.
 */

#pragma once

#include <gio/gio.h>

#include "graph/check.h"
#include "graph/relations.h"

G_BEGIN_DECLS

/* What a change concerned, for listeners that show only some of it. */
typedef enum
{
  TELAR_CHANGED_TASKS     = 1 << 0, /* tasks came, went, or are in another order */
  TELAR_CHANGED_IDS       = 1 << 1, /* ids of tasks */
  TELAR_CHANGED_RELATIONS = 1 << 2, /* kind, inside, after, copies */
  TELAR_CHANGED_STEPS     = 1 << 3, /* functions, arguments, bodies, repeat */
  TELAR_CHANGED_POSITIONS = 1 << 4,
  TELAR_CHANGED_DETAILS   = 1 << 5, /* name, core, daemon, keys that are not known */
  TELAR_CHANGED_SETTINGS  = 1 << 6, /* of the graph itself */
  TELAR_CHANGED_OBJECTS   = 1 << 7  /* what tasks share; settings, too */
} TelarChangeFlags;

/* Valid while the signal is emitted. A task that was renamed is in @renamed and,
 * under its new id, in @changed. Main is "main". */
typedef struct
{
  gboolean         all;     /* another graph: forget what you know; the rest is empty */
  TelarChangeFlags what;
  GPtrArray       *added;   /* const char *id */
  GPtrArray       *removed; /* const char *id */
  GPtrArray       *changed; /* const char *id */
  GPtrArray       *renamed; /* const char *: old id, new id, old id, new id… */
  GPtrArray       *renamed_objects; /* the same, one rename after the other */
} TelarChange;

#define TELAR_TYPE_DOCUMENT (telar_document_get_type ())
G_DECLARE_FINAL_TYPE (TelarDocument, telar_document, TELAR, DOCUMENT, GObject)

/* Why something was refused; nothing was changed then. The message is one
 * sentence for people, the one that `telar check` prints where it has one. */
#define TELAR_EDIT_ERROR (telar_edit_error_quark ())
GQuark telar_edit_error_quark (void);

typedef enum
{
  TELAR_EDIT_ERROR_NO_TASK,    /* no task has that id */
  TELAR_EDIT_ERROR_FAULT,      /* the graph would get a fault that it did not have */
  TELAR_EDIT_ERROR_DUPLICATE,  /* it is so already */
  TELAR_EDIT_ERROR_VALUE,      /* a number or text that cannot be */
  TELAR_EDIT_ERROR_TEXT,       /* what was to be pasted is no graph */
  TELAR_EDIT_ERROR_FILE,       /* no file yet, or one that cannot be reached */
  TELAR_EDIT_ERROR_OVERWRITES, /* another program changed the file meanwhile */
  TELAR_EDIT_ERROR_RECOVERY    /* a recovery that is gone or taken */
} TelarEditError;

/* An empty graph without a file. It is not modified. */
TelarDocument *telar_document_new (void);

/* A document of a graph that is at hand, such as an example; a graph's file
 * becomes the document's. It is not modified.
 *
 * @graph: copied */
TelarDocument *telar_document_new_for_graph (const TelarGraph *graph);

/* ---- looking ------------------------------------------------------------ */

/* The graph as it is now. A task that stays in the graph keeps its address, also
 * across undo and redo; what it points to (texts, arrays) lives until the next
 * change. Never write to it.
 *
 * Returns: (transfer none) */
const TelarGraph *telar_document_get_graph (TelarDocument *document);

/* The graph as it is now, for ever: for a run, for a layout in another thread.
 * Made once between two changes.
 *
 * Returns: (transfer full) */
TelarGraph *telar_document_snapshot (TelarDocument *document);

/* Returns: (transfer none) (nullable): the task called @id, by a hash table. */
const TelarTask *telar_document_find (TelarDocument *document, const char *id);

/* A number for @task, which is in the graph: its own as long as it is, and never
 * again that of another task of any document. One that was taken out and comes back
 * has another, and so has every task after `all`. For what is remembered beside a
 * task; main's stands for the graph itself. */
guint64 telar_document_get_serial (TelarDocument *document, const TelarTask *task);

/* Who is whose parent; until the next change.
 *
 * Returns: (transfer none) */
const TelarRelations *telar_document_get_relations (TelarDocument *document);

/* Everything that `telar check` says of the graph; until the next change.
 * Found when asked for, so ask when idle, not at every motion.
 *
 * Returns: (transfer none) (element-type TelarFault) */
GPtrArray *telar_document_get_faults (TelarDocument *document);

/* Whether they are known already, or found before anybody feels it. */
gboolean telar_document_has_faults (TelarDocument *document);

typedef void (*TelarFaultsFunc) (gpointer listener);

/* Calls @found when telar_document_has_faults(): at once, or after they were looked
 * for in another thread. Where the graph changes meanwhile it is not called: who
 * listens to changes asks again. To be called from the main thread.
 *
 * @listener: (type GObject): lives until then */
void telar_document_find_faults (TelarDocument *document, gpointer listener,
                                 TelarFaultsFunc found);

/* Those of one task; "main" is main, NULL the graph itself.
 *
 * Returns: (transfer container) (element-type TelarFault) */
GPtrArray *telar_document_get_faults_of (TelarDocument *document, const char *id);

/* Returns: (transfer none): where in its task a fault is: "args[0]", "after[1]",
 * "body[2].args[0]", or "" for all of it. */
const char *telar_fault_below (const TelarFault *fault);

GFile      *telar_document_get_file     (TelarDocument *document); /* (nullable) */
const char *telar_document_get_title    (TelarDocument *document);
gboolean    telar_document_get_modified (TelarDocument *document);

/* ---- history ------------------------------------------------------------ */

/* FALSE where there is nothing to undo, or a group is open. */
gboolean    telar_document_undo           (TelarDocument *document);
gboolean    telar_document_redo           (TelarDocument *document);
gboolean    telar_document_get_can_undo   (TelarDocument *document);
gboolean    telar_document_get_can_redo   (TelarDocument *document);
const char *telar_document_get_undo_label (TelarDocument *document); /* (nullable) */
const char *telar_document_get_redo_label (TelarDocument *document); /* (nullable) */

/* What is done until the matching end is undone as one. Groups nest: the
 * outermost counts. Moves of the same tasks within one group take the memory of
 * one move, so a drag is: begin at the press, move at each motion, end at the
 * release, or cancel at Escape.
 *
 * @label: (nullable): translated; the first operation's own where it is NULL
 * @key: (nullable): where the group before had the same and nothing came
 *   between, both are undone as one: "nudge" for the arrow keys */
void telar_document_begin  (TelarDocument *document, const char *label, const char *key);
void telar_document_end    (TelarDocument *document);

/* Undoes what was done since the outermost begin and closes all groups; the
 * matching ends must not follow. */
void telar_document_cancel (TelarDocument *document);

/* Setting the same field of the same tasks again and again (typing, a spin
 * button) is undone as one, back to what was there first; this ends that. To be
 * called when a field loses the focus. Saving does it too. */
void telar_document_seal   (TelarDocument *document);

G_END_DECLS
