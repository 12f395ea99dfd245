/* history.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Undo, redo, and what is undone as one.
 */

#include "config.h"

#include <string.h>

#include "edit/document-private.h"

/* ---- edits -------------------------------------------------------------- */

TelarEdit *
telar_edit_new (char *label, const char *key)
{
  TelarEdit *edit = g_new0 (TelarEdit, 1);

  edit->label = label;
  edit->key = g_strdup (key);
  edit->deltas = g_ptr_array_new_with_free_func ((GDestroyNotify) telar_delta_free);
  return edit;
}

void
telar_edit_free (TelarEdit *edit)
{
  if (edit == NULL)
    return;
  g_free (edit->label);
  g_free (edit->key);
  g_ptr_array_unref (edit->deltas);
  g_free (edit);
}

void
telar_edit_toggle (TelarEdit *edit, TelarGraph *graph, TelarChanges *changes)
{
  guint n = edit->deltas->len;
  const TelarDelta *first = n > 0 ? g_ptr_array_index (edit->deltas, 0) : NULL;
  gboolean back = first != NULL && first->applied;

  for (guint i = 0; i < n; i++)
    telar_delta_toggle (g_ptr_array_index (edit->deltas, back ? n - 1 - i : i), graph, changes);
}

static TelarEdit *
last_of (GPtrArray *edits)
{
  return edits->len > 0 ? g_ptr_array_index (edits, edits->len - 1) : NULL;
}

static TelarEdit *
take_last (GPtrArray *edits)
{
  return g_ptr_array_steal_index (edits, edits->len - 1);
}

/* ---- pushing ------------------------------------------------------------ */

static void
append_deltas (TelarEdit *edit, guint from, GPtrArray *deltas)
{
  for (guint i = 0; i < deltas->len; i++)
    {
      TelarDelta *delta = g_steal_pointer (&g_ptr_array_index (deltas, i));
      guint n = edit->deltas->len;

      if (n > from && telar_delta_covers (g_ptr_array_index (edit->deltas, n - 1), delta))
        telar_delta_free (delta);
      else
        g_ptr_array_add (edit->deltas, delta);
    }
}

/* The edit that the next change belongs to: that of the open group, or a new
 * one, after which nothing can be redone. */
static TelarEdit *
edit_to_push (TelarDocument *document, char *label, const char *key)
{
  TelarEdit *edit = document->group;

  if (edit != NULL)
    {
      g_free (label);
      return edit;
    }
  if (document->depth > 0 && document->group_label != NULL)
    {
      g_free (label);
      label = g_strdup (document->group_label);
    }
  edit = telar_edit_new (label, document->depth > 0 ? document->group_key : key);
  edit->before = document->state;
  g_ptr_array_add (document->undo, edit);
  if (document->depth > 0)
    document->group = edit;
  return edit;
}

static void
forget_redo (TelarDocument *document)
{
  while (document->redo->len > 0)
    telar_edit_free (take_last (document->redo));
}

void
telar_document_push (TelarDocument *document, GPtrArray *deltas, char *label, const char *key,
                     TelarEdit *replaced, TelarChanges *changes)
{
  guint64 before = replaced != NULL ? replaced->before : document->state;

  forget_redo (document);
  if (deltas->len > 0)
    {
      TelarEdit *edit = edit_to_push (document, label, key);

      append_deltas (edit, edit == document->group ? document->group_start : 0, deltas);
      if (replaced != NULL)
        edit->before = before;
      document->state = edit->after = ++document->last_state;
    }
  else
    {
      /* typed back to what it was */
      document->state = before;
      g_free (label);
    }
  g_ptr_array_unref (deltas);
  telar_document_tell (document, changes);
  telar_edit_free (replaced);
}

/* ---- groups ------------------------------------------------------------- */

void
telar_document_begin (TelarDocument *document, const char *label, const char *key)
{
  TelarEdit *top;

  g_return_if_fail (TELAR_IS_DOCUMENT (document));

  if (document->depth++ > 0)
    return;
  g_free (document->group_label);
  g_free (document->group_key);
  document->group_label = g_strdup (label);
  document->group_key = g_strdup (key);
  document->group = NULL;
  document->group_start = 0;
  top = last_of (document->undo);
  if (top != NULL && key != NULL && !top->sealed && g_strcmp0 (top->key, key) == 0)
    {
      document->group = top;
      document->group_start = top->deltas->len;
    }
}

/* Two groups of the same key, one after the other: one move, where both are. */
static void
join_to_what_was (TelarDocument *document)
{
  TelarEdit *group = document->group;
  guint start = document->group_start;

  if (start == 0 || group->deltas->len != start + 1)
    return;
  if (telar_delta_covers (g_ptr_array_index (group->deltas, start - 1),
                          g_ptr_array_index (group->deltas, start)))
    g_ptr_array_set_size (group->deltas, (gint) start);
}

/* A task that was dragged about and back is no step of the history. */
static void
drop_if_empty (TelarDocument *document)
{
  TelarEdit *group = document->group;

  if (group->deltas->len == 1)
    {
      telar_delta_prune (g_ptr_array_index (group->deltas, 0), document->graph);
      if (telar_delta_is_empty (g_ptr_array_index (group->deltas, 0)))
        g_ptr_array_set_size (group->deltas, 0);
    }
  if (group->deltas->len > 0)
    return;
  document->state = group->before;
  telar_edit_free (take_last (document->undo));
}

void
telar_document_end (TelarDocument *document)
{
  g_return_if_fail (TELAR_IS_DOCUMENT (document) && document->depth > 0);

  if (--document->depth > 0)
    return;
  if (document->group != NULL)
    {
      join_to_what_was (document);
      drop_if_empty (document);
    }
  document->group = NULL;
  telar_document_show (document);
}

void
telar_document_cancel (TelarDocument *document)
{
  g_autoptr (TelarChanges) changes = telar_changes_new ();
  g_autoptr (GPtrArray) gone = NULL;
  TelarEdit *group;

  g_return_if_fail (TELAR_IS_DOCUMENT (document) && document->depth > 0);

  group = g_steal_pointer (&document->group);
  document->depth = 0;
  if (group == NULL || group->deltas->len <= document->group_start)
    return;
  gone = g_ptr_array_new_with_free_func ((GDestroyNotify) telar_delta_free);
  while (group->deltas->len > document->group_start)
    {
      TelarDelta *delta = g_ptr_array_steal_index (group->deltas, group->deltas->len - 1);

      telar_delta_toggle (delta, document->graph, changes);
      g_ptr_array_add (gone, delta);
    }
  if (group->deltas->len == 0)
    {
      document->state = group->before;
      telar_edit_free (take_last (document->undo));
    }
  else
    document->state = group->after = ++document->last_state;
  telar_document_tell (document, changes);
}

void
telar_document_seal (TelarDocument *document)
{
  g_return_if_fail (TELAR_IS_DOCUMENT (document));

  if (document->undo->len > 0)
    last_of (document->undo)->sealed = TRUE;
}

/* ---- undo, redo --------------------------------------------------------- */

static gboolean
step (TelarDocument *document, GPtrArray *from, GPtrArray *to)
{
  g_autoptr (TelarChanges) changes = NULL;
  TelarEdit *edit;

  if (document->depth > 0 || from->len == 0)
    return FALSE;
  changes = telar_changes_new ();
  edit = take_last (from);
  telar_edit_toggle (edit, document->graph, changes);
  edit->sealed = TRUE;
  g_ptr_array_add (to, edit);
  telar_document_seal (document);
  document->state = to == document->redo ? edit->before : edit->after;
  telar_document_tell (document, changes);
  return TRUE;
}

gboolean
telar_document_undo (TelarDocument *document)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);

  return step (document, document->undo, document->redo);
}

gboolean
telar_document_redo (TelarDocument *document)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);

  return step (document, document->redo, document->undo);
}

gboolean
telar_document_get_can_undo (TelarDocument *document)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);

  return document->undo->len > 0;
}

gboolean
telar_document_get_can_redo (TelarDocument *document)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);

  return document->redo->len > 0;
}

const char *
telar_document_get_undo_label (TelarDocument *document)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), NULL);

  return document->undo->len > 0 ? last_of (document->undo)->label : NULL;
}

const char *
telar_document_get_redo_label (TelarDocument *document)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), NULL);

  return document->redo->len > 0 ? last_of (document->redo)->label : NULL;
}
