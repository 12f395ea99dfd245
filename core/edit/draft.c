/* draft.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "edit/draft.h"

/* ---- making --------------------------------------------------------------- */

void
telar_draft_init (TelarDraft *draft, TelarDocument *document, char *key)
{
  TelarEdit *top = document->undo->len > 0
                       ? g_ptr_array_index (document->undo, document->undo->len - 1) : NULL;

  *draft = (TelarDraft){
    .document = document,
    .key = key,
    .changes = telar_changes_new (),
    .contents = g_hash_table_new (NULL, NULL),
    .touched = g_ptr_array_new (),
    .removed = g_hash_table_new (NULL, NULL),
    .inserted = g_array_new (FALSE, FALSE, sizeof (TelarSlot)),
    .ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .next = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .remark = g_string_new (NULL),
  };
  if (key == NULL || top == NULL || top->sealed || document->depth > 0
      || g_strcmp0 (top->key, key) != 0)
    return;
  draft->replaced = g_ptr_array_steal_index (document->undo, document->undo->len - 1);
  telar_edit_toggle (draft->replaced, document->graph, draft->changes);
  telar_document_forget (document, ~0u);
}

/* As if nothing had been thought of. */
static void
give_up (TelarDraft *draft)
{
  g_autoptr (TelarChanges) unheard = telar_changes_new ();

  if (draft->replaced == NULL)
    return;
  telar_edit_toggle (draft->replaced, draft->document->graph, unheard);
  g_ptr_array_add (draft->document->undo, g_steal_pointer (&draft->replaced));
  telar_document_forget (draft->document, ~0u);
}

void
telar_draft_clear (TelarDraft *draft)
{
  GHashTableIter iter;
  gpointer content;

  if (draft->document == NULL)
    return;
  give_up (draft);
  g_hash_table_iter_init (&iter, draft->contents);
  while (g_hash_table_iter_next (&iter, NULL, &content))
    telar_task_free (content);
  for (guint i = 0; i < draft->inserted->len; i++)
    {
      TelarTask *task = g_array_index (draft->inserted, TelarSlot, i).task;
      if (!g_hash_table_contains (draft->removed, task))
        telar_task_free (task);
    }
  g_hash_table_unref (draft->contents);
  g_ptr_array_unref (draft->touched);
  g_hash_table_unref (draft->removed);
  g_array_unref (draft->inserted);
  g_hash_table_unref (draft->ids);
  g_hash_table_unref (draft->next);
  g_clear_pointer (&draft->settings, telar_graph_unref);
  telar_changes_free (draft->changes);
  g_string_free (draft->remark, TRUE);
  g_free (draft->key);
  *draft = (TelarDraft){ 0 };
}

TelarTask *
telar_draft_task (TelarDraft *draft, TelarTask *task)
{
  TelarTask *content = g_hash_table_lookup (draft->contents, task);

  if (content != NULL)
    return content;
  content = telar_task_copy (task);
  g_hash_table_insert (draft->contents, task, content);
  g_ptr_array_add (draft->touched, task);
  return content;
}

const TelarTask *
telar_draft_peek (TelarDraft *draft, const TelarTask *task)
{
  const TelarTask *content = g_hash_table_lookup (draft->contents, task);

  return content != NULL ? content : task;
}

static gpointer
copy_text (gconstpointer text, gpointer data)
{
  return g_strdup (text);
}

static gpointer
copy_step (gconstpointer data, gpointer unused)
{
  const TelarStep *step = data;

  return telar_step_new (step->function, json_incref (step->args));
}

GPtrArray *
telar_own_after (TelarTask *content)
{
  GPtrArray *own = g_ptr_array_copy (content->after, (GCopyFunc) copy_text, NULL);

  g_ptr_array_set_free_func (own, g_free);
  g_ptr_array_unref (content->after);
  return content->after = own;
}

GPtrArray *
telar_own_steps (TelarTask *content)
{
  GPtrArray *own = g_ptr_array_copy (content->steps, (GCopyFunc) copy_step, NULL);

  g_ptr_array_set_free_func (own, (GDestroyNotify) telar_step_free);
  g_ptr_array_unref (content->steps);
  return content->steps = own;
}

void
telar_draft_remove (TelarDraft *draft, TelarTask *task)
{
  g_hash_table_add (draft->removed, task);
}

gboolean
telar_draft_is_removed (TelarDraft *draft, const TelarTask *task)
{
  return g_hash_table_contains (draft->removed, task);
}

void
telar_draft_keep_places (TelarDraft *draft)
{
  const TelarRelations *relations = telar_document_get_relations (draft->document);
  g_autofree guint32 *gone = g_new0 (guint32, relations->n_tasks);
  g_autofree gboolean *stays = g_new0 (gboolean, relations->n_tasks);

  /* The highest of those that go, for each parent that keeps none. */
  for (guint32 i = 1; i < relations->n_tasks; i++)
    {
      const TelarTask *task = telar_relations_task (relations, i);
      guint32 parent = relations->tasks[i].parent;

      if (parent == TELAR_NOBODY || parent == 0)
        continue;
      if (!telar_draft_is_removed (draft, task))
        stays[parent] = TRUE;
      else if (task->has_position
               && (gone[parent] == 0 || task->y < telar_relations_task (relations, gone[parent])->y))
        gone[parent] = i;
    }

  for (guint32 i = 1; i < relations->n_tasks; i++)
    {
      TelarTask *task = (TelarTask *) telar_relations_task (relations, i);
      const TelarTask *where = telar_relations_task (relations, gone[i]);
      TelarTask *content;

      if (gone[i] == 0 || stays[i] || task->has_position || telar_draft_is_removed (draft, task))
        continue;
      content = telar_draft_task (draft, task);
      content->has_position = TRUE;
      content->x = where->x;
      content->y = where->y;
    }
}

void
telar_draft_insert (TelarDraft *draft, guint index, TelarTask *task)
{
  TelarSlot slot = { MIN (index, draft->document->graph->tasks->len), task };

  g_array_append_val (draft->inserted, slot);
}

TelarGraph *
telar_draft_settings (TelarDraft *draft)
{
  TelarGraph *now = draft->document->graph;
  TelarGraph *settings;

  if (draft->settings != NULL)
    return draft->settings;
  draft->settings = settings = telar_graph_new ();
  settings->name = g_strdup (now->name);
  settings->description = g_strdup (now->description);
  settings->start_method = now->start_method;
  settings->placement = now->placement;
  settings->method_given = now->method_given;
  settings->placement_given = now->placement_given;
  settings->cores = now->cores != NULL ? g_array_copy (now->cores) : NULL;
  settings->skip_on_failure = now->skip_on_failure;
  settings->alive_limit = now->alive_limit;
  settings->memory_limit = now->memory_limit;
  g_ptr_array_unref (settings->objects);
  settings->objects = g_ptr_array_ref (now->objects);
  json_decref (settings->unknown);
  settings->unknown = json_incref (now->unknown);
  return settings;
}

void
telar_draft_remark (TelarDraft *draft, const char *format, ...)
{
  va_list arguments;

  if (draft->remark->len > 0)
    g_string_append_c (draft->remark, ' ');
  va_start (arguments, format);
  g_string_append_vprintf (draft->remark, format, arguments);
  va_end (arguments);
}

/* ---- ids ------------------------------------------------------------------ */

static gboolean
is_taken (TelarDraft *draft, const char *id)
{
  return telar_document_find (draft->document, id) != NULL
         || telar_graph_find_object (draft->document->graph, id) >= 0
         || g_hash_table_contains (draft->ids, id);
}

/* "p" and the first number from @from that is free. */
static char *
number_id (TelarDraft *draft, const char *prefix, guint from, guint *found)
{
  guint next = GPOINTER_TO_UINT (g_hash_table_lookup (draft->next, prefix));

  for (guint number = MAX (next, from);; number++)
    {
      g_autofree char *id = g_strdup_printf ("%s%u", prefix, number);

      if (is_taken (draft, id))
        continue;
      *found = number;
      g_hash_table_insert (draft->next, g_strdup (prefix), GUINT_TO_POINTER (number + 1));
      g_hash_table_add (draft->ids, g_strdup (id));
      return g_steal_pointer (&id);
    }
}

char *
telar_draft_fresh_id (TelarDraft *draft, TelarKind kind)
{
  static const char *const letters[] = { "p", "t", "c" };

  guint *from = &draft->document->id_from[kind];
  gboolean first = g_hash_table_size (draft->ids) == 0;
  guint number;
  char *id = number_id (draft, letters[kind], MAX (*from, 1), &number);

  /* what is smaller is taken in the document itself */
  if (first)
    *from = number;
  return id;
}

char *
telar_draft_free_id (TelarDraft *draft, const char *id)
{
  g_autofree char *prefix = NULL;
  gsize length = strlen (id);
  guint number;

  if (*id != '\0' && !is_taken (draft, id))
    {
      g_hash_table_add (draft->ids, g_strdup (id));
      return g_strdup (id);
    }
  while (length > 0 && g_ascii_isdigit (id[length - 1]))
    length--;
  /* ids have at most 64 characters: room for a number */
  prefix = length > 0 ? g_utf8_substring (id, 0, MIN (g_utf8_strlen (id, (gssize) length), 54))
                      : g_strdup ("p");
  return number_id (draft, prefix, id[length] == '\0' ? 2 : 1, &number);
}

/* ---- the delta ------------------------------------------------------------ */

static void
add_swaps (TelarDraft *draft, TelarDelta *delta)
{
  for (guint i = 0; i < draft->touched->len; i++)
    {
      TelarTask *live = g_ptr_array_index (draft->touched, i);
      TelarSwap swap = { live, g_hash_table_lookup (draft->contents, live) };

      g_array_append_val (delta->swaps, swap);
    }
  g_hash_table_remove_all (draft->contents);
  g_ptr_array_set_size (draft->touched, 0);
}

static int
compare_slots (gconstpointer a, gconstpointer b)
{
  guint first = ((const TelarSlot *) a)->index, second = ((const TelarSlot *) b)->index;

  return first < second ? -1 : first > second;
}

/* One walk over the graph: what leaves, by its index now; what comes, by its
 * index then. */
static void
add_slots (TelarDraft *draft, TelarDelta *delta)
{
  const GPtrArray *tasks = draft->document->graph->tasks;
  guint to = 0, next = 0;

  if (draft->inserted->len == 0 && g_hash_table_size (draft->removed) == 0)
    return;
  if (draft->inserted->len == 1 && g_hash_table_size (draft->removed) == 0)
    {
      g_array_append_val (delta->in, g_array_index (draft->inserted, TelarSlot, 0));
      g_array_set_size (draft->inserted, 0);
      return;
    }
  /* stable: merge sort in GLib */
  g_array_sort (draft->inserted, compare_slots);
  for (guint from = 0; from <= tasks->len; from++)
    {
      TelarTask *task;

      for (; next < draft->inserted->len
             && g_array_index (draft->inserted, TelarSlot, next).index == from; next++)
        {
          TelarSlot slot = { to++, g_array_index (draft->inserted, TelarSlot, next).task };
          g_array_append_val (delta->in, slot);
        }
      if (from == tasks->len)
        break;
      task = g_ptr_array_index (tasks, from);
      if (g_hash_table_contains (draft->removed, task))
        {
          TelarSlot slot = { from, task };
          g_array_append_val (delta->out, slot);
        }
      else
        to++;
    }
  g_array_set_size (draft->inserted, 0);
}

static TelarDelta *
make_delta (TelarDraft *draft)
{
  TelarDelta *delta = telar_delta_new ();

  add_swaps (draft, delta);
  add_slots (draft, delta);
  delta->settings = g_steal_pointer (&draft->settings);
  delta->whole = draft->whole;
  telar_delta_prune (delta, draft->document->graph);
  return delta;
}

/* ---- refusing ------------------------------------------------------------- */

/* Errors as texts that do not tell where in the file.
 *
 * @known: (nullable): the first that is not in there is told to @error */
static GHashTable *
list_errors (GPtrArray *faults, GHashTable *known, GError **error)
{
  GHashTable *errors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean told = FALSE;

  for (guint i = 0; i < faults->len; i++)
    {
      TelarFault *fault = g_ptr_array_index (faults, i);
      g_autofree char *text = NULL;

      if (fault->level != TELAR_FAULT_ERROR)
        continue;
      text = g_strdup_printf ("%s|%s", fault->task != NULL ? fault->task : "", fault->what);
      if (known != NULL && !told && !g_hash_table_contains (known, text))
        {
          g_clear_pointer (&fault->file, g_free);
          g_clear_pointer (&fault->place, g_free);
          told = TRUE;
          if (error != NULL && *error == NULL)
            {
              g_autofree char *sentence = telar_fault_describe (fault);
              g_set_error_literal (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_FAULT, sentence);
            }
        }
      g_hash_table_add (errors, g_steal_pointer (&text));
    }
  return errors;
}

static GHashTable *
find_errors (const TelarGraph *graph, GHashTable *known, GError **error)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();

  telar_graph_check_structure (graph, faults);
  return list_errors (faults, known, error);
}

/* What telar_document_grow() is enough for. */
static GHashTable *
find_errors_of_last (TelarDocument *document, GHashTable *known, GError **error)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();

  telar_graph_check_appended (document->relations, faults);
  return list_errors (faults, known, error);
}

static gboolean
is_refused (TelarDraft *draft, TelarDraftRule rule, gboolean appends, GHashTable *before,
            GHashTable **after, GError **error)
{
  g_autoptr (GError) fault = NULL;

  *after = appends ? find_errors_of_last (draft->document, before, &fault)
                   : find_errors (draft->document->graph, before, &fault);
  if (fault == NULL
      || (rule == TELAR_DRAFT_COUNTED
          && g_hash_table_size (*after) <= g_hash_table_size (before)))
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&fault));
  return TRUE;
}

/* ---- committing ----------------------------------------------------------- */

/* Whether the structure can be another: not by a drag. */
static gboolean
matters (const TelarDelta *delta)
{
  if (delta->in->len > 0 || delta->out->len > 0 || delta->settings != NULL)
    return TRUE;
  for (guint i = 0; i < delta->swaps->len; i++)
    {
      const TelarSwap *swap = &g_array_index (delta->swaps, TelarSwap, i);
      if (telar_task_compare (swap->live, swap->other) != TELAR_CHANGED_POSITIONS)
        return TRUE;
    }
  return FALSE;
}

static gboolean
names (const char *reference, const char *id)
{
  gsize length = strlen (id);

  return reference != NULL && strncmp (reference, id, length) == 0
         && (reference[length] == '\0' || reference[length] == '.');
}

/* Whether one task comes that has no bearing on the rest of a sound graph, in which
 * no reference leads nowhere: where it is last, has an id of its own, and refers
 * neither to itself nor, by its steps, to others. */
static gboolean
only_appends (TelarDraft *draft, const TelarDelta *delta)
{
  const TelarTask *task;

  if (delta->in->len != 1 || delta->out->len > 0 || delta->swaps->len > 0
      || delta->settings != NULL || delta->whole || draft->replaced != NULL
      || g_array_index (delta->in, TelarSlot, 0).index != draft->document->graph->tasks->len)
    return FALSE;
  task = g_array_index (delta->in, TelarSlot, 0).task;
  if (strchr (task->id, '.') != NULL || telar_document_find (draft->document, task->id) != NULL
      || telar_graph_find_object (draft->document->graph, task->id) >= 0
      || names (task->inside, task->id))
    return FALSE;
  for (guint i = 0; i < task->after->len; i++)
    if (names (g_ptr_array_index (task->after, i), task->id))
      return FALSE;
  for (guint i = 0; i < task->steps->len; i++)
    {
      const TelarStep *step = g_ptr_array_index (task->steps, i);

      if (telar_json_task (json_array_get (step->args, 0)) != NULL)
        return FALSE;
    }
  return TRUE;
}

static void
apply (TelarDraft *draft, GPtrArray *deltas, TelarDelta *delta)
{
  telar_delta_toggle (delta, draft->document->graph, draft->changes);
  g_ptr_array_add (deltas, delta);
}

static void
take_back (TelarDraft *draft, GPtrArray *deltas)
{
  g_autoptr (TelarChanges) unheard = telar_changes_new ();

  for (guint i = deltas->len; i-- > 0;)
    telar_delta_toggle (g_ptr_array_index (deltas, i), draft->document->graph, unheard);
}

gboolean
telar_draft_commit (TelarDraft *draft, TelarDraftRule rule, char *label, GError **error)
{
  TelarDocument *document = draft->document;
  g_autoptr (GPtrArray) deltas
      = g_ptr_array_new_with_free_func ((GDestroyNotify) telar_delta_free);
  g_autoptr (TelarDelta) delta = make_delta (draft);
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) after = NULL;
  g_autoptr (TelarParents) parents = NULL;
  g_autofree char *words = label;
  g_autofree char *remark = NULL;
  gboolean appends = FALSE;

  if (telar_delta_is_empty (delta) && draft->replaced == NULL)
    return TRUE;
  if (rule != TELAR_DRAFT_FREE && matters (delta))
    {
      before = g_steal_pointer (&document->errors);
      if (before == NULL)
        before = find_errors (document->graph, NULL, NULL);
    }
  if (rule == TELAR_DRAFT_CHECKED && before != NULL && g_hash_table_size (before) == 0
      && only_appends (draft, delta))
    {
      appends = TRUE;
      telar_document_get_relations (document);
    }
  if (rule == TELAR_DRAFT_HEALED)
    parents = telar_parents_new (telar_document_get_relations (document));

  if (!telar_delta_is_empty (delta))
    apply (draft, deltas, g_steal_pointer (&delta));
  if (parents != NULL)
    {
      TelarDelta *healing = telar_heal (draft, parents);
      if (healing != NULL)
        apply (draft, deltas, healing);
    }
  if (appends)
    telar_document_grow (document);
  if (before != NULL && is_refused (draft, rule, appends, before, &after, error))
    {
      take_back (draft, deltas);
      if (appends)
        telar_document_forget (document, TELAR_CHANGED_TASKS);
      document->errors = g_steal_pointer (&before);
      return FALSE;
    }
  if (appends)
    {
      document->grown = TRUE;
      document->errors = g_steal_pointer (&after);
    }
  remark = g_strdup (draft->remark->str);
  telar_document_push (document, g_steal_pointer (&deltas), g_steal_pointer (&words), draft->key,
                       g_steal_pointer (&draft->replaced), draft->changes);
  if (document->errors == NULL)
    document->errors = g_steal_pointer (&after);
  if (*remark != '\0')
    g_signal_emit (document, telar_document_signals[TELAR_DOCUMENT_SIGNAL_REMARK], 0, remark);
  return TRUE;
}

/* ---- looking tasks up ------------------------------------------------------- */

TelarTask *
telar_document_require (TelarDocument *document, const char *id, gboolean with_main,
                        GError **error)
{
  const TelarTask *task = telar_document_find (document, id);

  if (task != NULL && (with_main || task != document->graph->main))
    return (TelarTask *) task;
  if (task != NULL)
    g_set_error_literal (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_NO_TASK,
                         _("main is the graph itself, and this cannot be done to it"));
  else
    g_set_error (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_NO_TASK, _("there is no task %s"), id);
  return NULL;
}

GPtrArray *
telar_document_require_all (TelarDocument *document, const char *const *ids, gboolean with_main,
                            GError **error)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new ();
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);

  if (ids == NULL)
    for (guint i = 0; i < document->graph->tasks->len; i++)
      g_ptr_array_add (tasks, g_ptr_array_index (document->graph->tasks, i));
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      TelarTask *task = telar_document_require (document, ids[i], with_main, error);

      if (task == NULL)
        return NULL;
      if (g_hash_table_add (known, task))
        g_ptr_array_add (tasks, task);
    }
  if (tasks->len == 0)
    {
      g_set_error_literal (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_NO_TASK,
                           _("no task is selected"));
      return NULL;
    }
  return g_steal_pointer (&tasks);
}

GPtrArray *
telar_document_require_others (TelarDocument *document, char **ids, char **objects,
                               GError **error)
{
  if (*ids == NULL && *objects != NULL)
    return g_ptr_array_new ();
  return telar_document_require_all (document, (const char *const *) ids, FALSE, error);
}

gboolean
telar_number_fits (guint64 number, GError **error)
{
  g_autofree char *range = NULL;

  if (number <= G_MAXINT32)
    return TRUE;
  range = g_strdup_printf (_("a whole number from 0 to %" PRId64), (gint64) G_MAXINT32);
  g_set_error (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_VALUE, _("this must be %s"), range);
  return FALSE;
}

GHashTable *
telar_document_places (TelarDocument *document)
{
  GHashTable *places = g_hash_table_new (NULL, NULL);
  const GPtrArray *tasks = document->graph->tasks;

  for (guint i = 0; i < tasks->len; i++)
    g_hash_table_insert (places, g_ptr_array_index (tasks, i), GUINT_TO_POINTER (i + 1));
  return places;
}
