/* operations.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What can be done to a document. Each operation is one step of its history
 * (or part of the group that is open), is refused with one sentence where the
 * graph would get a fault of ids, relations or control that it did not have,
 * and changes nothing then. What would change nothing succeeds and is no step.
 *
 * Functions and arguments may be wrong while a person is writing them: those
 * faults are in telar_document_get_faults(), and what was written is kept.
 *
 * Where several tasks are meant, their ids are an array that ends with NULL;
 * TELAR_ONE (id) makes one of a single id.
 */

#pragma once

#include "edit/document.h"

G_BEGIN_DECLS

#define TELAR_ONE(id) ((const char *const[]){ (id), NULL })

/* ---- tasks: come, go, copies of -------------------------------------------- */

typedef struct
{
  TelarKind   kind;
  const char *function;     /* NULL: an empty body */
  json_t     *args;         /* (transfer none) (nullable): telar_default_args() */
  const char *id;           /* (nullable): p1, t1, c1…, the first that is free */
  const char *inside;       /* (nullable): main; or, where @after is given, its parent */
  const char *after;        /* (nullable): one task that it comes after */
  gboolean    has_position;
  double      x, y;
} TelarNewTask;

/* Returns: (transfer full) (nullable): its id; NULL with @error set. */
char *telar_document_add (TelarDocument *document, const TelarNewTask *task, GError **error);

typedef enum
{
  TELAR_DELETE_INSIDE, /* what is inside a deleted process goes with it */
  TELAR_KEEP_INSIDE    /* …moves to the parent of that process: “ungroup” */
} TelarDeleteMode;

/* `after` of others forgets them, steps that start, join, terminate or kill them
 * are removed. Tasks that a deleted body started are kept, in its parent. */
gboolean telar_document_delete (TelarDocument *document, const char *const *ids,
                                TelarDeleteMode mode, GError **error);

/* Copies of the tasks with what is inside them, right after them in the file, @dx
 * and @dy pixels away. What they come after they still come after, among
 * themselves they refer to each other.
 *
 * @new_ids: (out) (transfer full) (optional): of the tasks asked for, in order */
gboolean telar_document_duplicate (TelarDocument *document, const char *const *ids, double dx,
                                   double dy, char ***new_ids, GError **error);

/* Returns: (transfer full) (nullable): the tasks with what is inside them as the
 * text of a graph, for the clipboard; NULL where no task is meant. */
char *telar_document_copy (TelarDocument *document, const char *const *ids);

/* Where pasted tasks go. */
typedef struct
{
  const char *inside;       /* (nullable): where they were, if that is here; "main" is main */
  gboolean    has_position; /* the upper left of them comes to x, y; else they are moved by */
  double      x, y;         /* x, y */
} TelarPasteTarget;

/* Adds the tasks of @text, a graph of this or another window; its settings are
 * left alone. Ids that are taken are made fresh, references among the pasted
 * follow, others are dropped unless they exist here.
 *
 * @target: (nullable)
 * @new_ids: (out) (transfer full) (optional) */
gboolean telar_document_paste (TelarDocument *document, const char *text,
                               const TelarPasteTarget *target, char ***new_ids, GError **error);

/* A new process with these tasks inside; they must have the same parent. Arrows
 * between them and others become the process's.
 *
 * Returns: (transfer full) (nullable): its id. */
char *telar_document_group (TelarDocument *document, const char *const *ids, GError **error);

/* The tasks go before @before in the file (nullable: to its end), in the order
 * that they have: the order in which a scope starts what is due. */
gboolean telar_document_reorder (TelarDocument *document, const char *const *ids,
                                 const char *before, GError **error);

/* ---- objects: what tasks share -------------------------------------------- */

/* To delete, duplicate, copy, move, place and unplace takes ids of objects among
 * those of tasks; what is below is for objects alone. */

typedef struct
{
  TelarObjectType type;
  const char     *id;           /* (nullable): lock1, queue1…, the first that is free */
  gboolean        has_position;
  double          x, y;
} TelarNewObject;

/* Options that it needs have their initial values.
 *
 * Returns: (transfer full) (nullable): its id; NULL with @error set. */
char *telar_document_add_object (TelarDocument *document, const TelarNewObject *object,
                                 GError **error);

/* Returns: (transfer none) (nullable): until the next change */
const TelarObject *telar_document_find_object (TelarDocument *document, const char *id);

/* References of steps and of conditions follow. */
gboolean telar_document_rename_object     (TelarDocument *document, const char *id,
                                           const char *new_id, GError **error);
/* Options that the new type has not go. */
gboolean telar_document_set_object_type   (TelarDocument *document, const char *id,
                                           TelarObjectType type, GError **error);
/* @option: its name; @value: (transfer none) (nullable): left out */
gboolean telar_document_set_object_option (TelarDocument *document, const char *id,
                                           const char *option, json_t *value, GError **error);

/* ---- relations ------------------------------------------------------------- */

/* @id comes after @before ("w", or "w.2" for one copy). */
gboolean telar_document_connect    (TelarDocument *document, const char *id, const char *before,
                                    GError **error);
/* @before: all copies of a task, or one. */
gboolean telar_document_disconnect (TelarDocument *document, const char *id, const char *before,
                                    GError **error);

/* Everything that a task comes after, at once. */
gboolean telar_document_set_after  (TelarDocument *document, const char *id,
                                    const char *const *after, GError **error);

/* Puts the tasks into a process (NULL: into main). Arrows to or from tasks of
 * another parent go, with a remark. */
gboolean telar_document_reparent   (TelarDocument *document, const char *const *ids,
                                    const char *inside, GError **error);

/* @ids: (nullable): all tasks. A process with tasks inside that becomes a thread
 * or a call gives them to its own parent, in the same order of events, with a
 * remark. */
gboolean telar_document_set_kind   (TelarDocument *document, const char *const *ids,
                                    TelarKind kind, GError **error);

/* ---- fields ---------------------------------------------------------------- */

/* All references follow. */
gboolean telar_document_rename       (TelarDocument *document, const char *id, const char *new_id,
                                      GError **error);

/* @name: (nullable): none */
gboolean telar_document_set_name     (TelarDocument *document, const char *const *ids,
                                      const char *name, GError **error);
gboolean telar_document_set_copies   (TelarDocument *document, const char *const *ids,
                                      guint copies, GError **error);
/* @core: -1 for none */
gboolean telar_document_set_core     (TelarDocument *document, const char *const *ids, int core,
                                      GError **error);
/* @method: a TelarStartMethod, -1 for the graph's */
gboolean telar_document_set_task_start_method (TelarDocument *document, const char *const *ids,
                                               int method, GError **error);
gboolean telar_document_set_daemon   (TelarDocument *document, const char *const *ids,
                                      gboolean daemon, GError **error);
/* "main" has steps and repeats too. */
gboolean telar_document_set_repeat   (TelarDocument *document, const char *const *ids,
                                      guint repeat, GError **error);

/* ---- functions, arguments, bodies ------------------------------------------ */

/* A step is counted from 0; a task's function is step 0. "main" has steps too. */

/* What a new call of @function is given: a value for each argument that it needs,
 * but for tasks and files.
 *
 * Returns: (transfer full): an array. */
json_t *telar_default_args (const char *function);

/* Another function; arguments that fit it are kept, the rest are its defaults. */
gboolean telar_document_set_function (TelarDocument *document, const char *const *ids, guint step,
                                      const char *function, GError **error);

/* @args: (transfer none): an array, not to be changed from now on */
gboolean telar_document_set_args     (TelarDocument *document, const char *const *ids, guint step,
                                      json_t *args, GError **error);

/* One argument, from 0; optional ones that it leaves out before it get their
 * initial value.
 *
 * @value: (transfer none) (nullable): left out; what follows is left out too */
gboolean telar_document_set_argument (TelarDocument *document, const char *const *ids, guint step,
                                      guint argument, json_t *value, GError **error);

/* A function becomes a body of one step, or a body of one step a function. */
gboolean telar_document_set_has_body (TelarDocument *document, const char *const *ids,
                                      gboolean has_body, GError **error);

/* A function becomes a body by it. A task that the step starts leaves where it
 * was and what it came after, with a remark.
 *
 * @step: where; G_MAXUINT at the end
 * @args: (transfer none) (nullable): telar_default_args() */
gboolean telar_document_insert_step  (TelarDocument *document, const char *id, guint step,
                                      const char *function, json_t *args, GError **error);
gboolean telar_document_remove_step  (TelarDocument *document, const char *id, guint step,
                                      GError **error);
/* @to: its number afterwards */
gboolean telar_document_move_step    (TelarDocument *document, const char *id, guint from,
                                      guint to, GError **error);

/* ---- positions ------------------------------------------------------------- */

typedef struct
{
  const char *id;
  double      x, y;  /* canvas pixels */
} TelarPlace;

/* Moves the tasks and what is inside them. Those without a position stay: give
 * every task one first, by telar_document_place() in the same group. */
gboolean telar_document_move  (TelarDocument *document, const char *const *ids, double dx,
                               double dy, GError **error);

/* Puts many tasks somewhere in one step: a layout, an alignment.
 *
 * @label: (nullable): "Lay out" */
gboolean telar_document_place (TelarDocument *document, const TelarPlace *places, guint n_places,
                               const char *label, GError **error);

/* Forgets positions, so that they are found automatically again.
 *
 * @ids: (nullable): all tasks */
gboolean telar_document_unplace (TelarDocument *document, const char *const *ids, GError **error);

/* ---- the graph itself ------------------------------------------------------ */

/* @name, @description: (nullable) */
gboolean telar_document_set_graph_name   (TelarDocument *document, const char *name,
                                          GError **error);
gboolean telar_document_set_description  (TelarDocument *document, const char *description,
                                          GError **error);
gboolean telar_document_set_start_method (TelarDocument *document, TelarStartMethod method,
                                          GError **error);
gboolean telar_document_set_placement    (TelarDocument *document, TelarPlacement placement,
                                          GError **error);
/* @cores: (nullable) (array length=n_cores): NULL is all */
gboolean telar_document_set_cores        (TelarDocument *document, const int *cores,
                                          guint n_cores, GError **error);
/* Tasks after one that failed are not started. */
gboolean telar_document_set_skip_on_failure (TelarDocument *document, gboolean skip,
                                             GError **error);
/* Tasks alive at once; 0 for the usual 1,024. */
gboolean telar_document_set_alive_limit  (TelarDocument *document, guint limit, GError **error);
/* Bytes, whole MiB; 0 for none. */
gboolean telar_document_set_memory_limit (TelarDocument *document, guint64 bytes,
                                          GError **error);

/* Another graph in the place of this one, as a step that can be undone.
 *
 * @graph: copied
 * @label: (nullable): "Replace the graph" */
void telar_document_replace (TelarDocument *document, const TelarGraph *graph,
                             const char *label);

G_END_DECLS
