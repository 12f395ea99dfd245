/* relate.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Operations on relations: after, inside, grouping.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "edit/family.h"
#include "edit/labels.h"
#include "edit/operations.h"
#include "edit/references.h"

/* ---- after ---------------------------------------------------------------- */

/* Whether @reference is @id or one of its copies. */
static gboolean
is_of (const char *reference, const char *id)
{
  gsize length = strlen (id);

  return strncmp (reference, id, length) == 0
         && (reference[length] == '\0'
             || (reference[length] == '.' && reference[length + 1] != '\0'
                 && strspn (reference + length + 1, "0123456789")
                        == strlen (reference + length + 1)));
}

/* All of them make one of them needless. */
static void
remove_copies (GPtrArray *after, const char *id)
{
  for (guint i = after->len; i-- > 0;)
    if (is_of (g_ptr_array_index (after, i), id))
      g_ptr_array_remove_index (after, i);
}

gboolean
telar_document_connect (TelarDocument *document, const char *id, const char *before,
                        GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autofree char *whole = NULL;
  TelarTask *task;
  const char *dot;
  GPtrArray *after;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && id != NULL && before != NULL, FALSE);

  task = telar_document_require (document, id, FALSE, error);
  if (task == NULL)
    return FALSE;
  dot = strrchr (before, '.');
  if (dot != NULL)
    whole = g_strndup (before, (gsize) (dot - before));
  if (telar_has_text (task->after, before)
      || (whole != NULL && telar_has_text (task->after, whole)))
    {
      g_set_error (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_DUPLICATE,
                   _("%s comes after %s already"), id, before);
      return FALSE;
    }
  telar_draft_init (&draft, document, NULL);
  after = telar_own_after (telar_draft_task (&draft, task));
  remove_copies (after, before);
  g_ptr_array_add (after, g_strdup (before));
  return telar_draft_commit (&draft, TELAR_DRAFT_CHECKED,
                             g_strdup_printf (_("Connect %s to %s"), before, id), error);
}

gboolean
telar_document_disconnect (TelarDocument *document, const char *id, const char *before,
                           GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  TelarTask *task;
  GPtrArray *after;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && id != NULL && before != NULL, FALSE);

  task = telar_document_require (document, id, FALSE, error);
  if (task == NULL)
    return FALSE;
  telar_draft_init (&draft, document, NULL);
  after = telar_own_after (telar_draft_task (&draft, task));
  remove_copies (after, before);
  return telar_draft_commit (&draft, TELAR_DRAFT_FREE,
                             g_strdup_printf (_("Disconnect %s from %s"), id, before), error);
}

gboolean
telar_document_set_after (TelarDocument *document, const char *id, const char *const *after,
                          GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  GPtrArray *own;
  TelarTask *task;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && id != NULL && after != NULL, FALSE);

  task = telar_document_require (document, id, FALSE, error);
  if (task == NULL)
    return FALSE;
  g_ptr_array_add (one, task);
  telar_draft_init (&draft, document, telar_field_key ("after", one));
  own = telar_own_after (telar_draft_task (&draft, task));
  g_ptr_array_set_size (own, 0);
  for (guint i = 0; after[i] != NULL; i++)
    if (!telar_has_text (own, after[i]))
      g_ptr_array_add (own, g_strdup (after[i]));
  return telar_draft_commit (&draft, TELAR_DRAFT_CHECKED,
                             g_strdup_printf (_("Change what %s comes after"), id), error);
}

/* ---- inside --------------------------------------------------------------- */

gboolean
telar_document_reparent (TelarDocument *document, const char *const *ids, const char *inside,
                         GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GPtrArray) top = NULL;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && ids != NULL, FALSE);

  tasks = telar_document_require_all (document, ids, FALSE, error);
  if (tasks == NULL)
    return FALSE;
  if (g_strcmp0 (inside, "main") == 0)
    inside = NULL;
  top = telar_topmost (document, tasks);
  telar_draft_init (&draft, document, NULL);
  for (guint i = 0; i < top->len; i++)
    {
      TelarTask *content = telar_draft_task (&draft, g_ptr_array_index (top, i));

      g_free (content->inside);
      content->inside = g_strdup (inside);
    }
  return telar_draft_commit (&draft, TELAR_DRAFT_HEALED, telar_label (TELAR_LABEL_REPARENT, top),
                             error);
}

/* ---- group ---------------------------------------------------------------- */

typedef struct
{
  GHashTable *members; /* by id */
  TelarTask  *frame;
} Grouping;

/* Who came after a member comes after the frame. */
static TelarReferenceFate
to_frame (const char *reference, TelarReferenceUse use, char **becomes, gpointer data)
{
  const Grouping *grouping = data;
  const char *copy;

  if (use != TELAR_REFERENCE_AFTER
      || telar_reference_lookup (grouping->members, reference, &copy) == NULL)
    return TELAR_REFERENCE_STAYS;
  *becomes = g_strdup (grouping->frame->id);
  return TELAR_REFERENCE_BECOMES;
}

/* What a member came after outside, the frame comes after. */
static TelarReferenceFate
leave_outside (const char *reference, TelarReferenceUse use, char **becomes, gpointer data)
{
  const Grouping *grouping = data;
  const char *copy;

  if (use != TELAR_REFERENCE_AFTER
      || telar_reference_lookup (grouping->members, reference, &copy) != NULL)
    return TELAR_REFERENCE_STAYS;
  if (!telar_has_text (grouping->frame->after, reference))
    g_ptr_array_add (grouping->frame->after, g_strdup (reference));
  return TELAR_REFERENCE_GOES;
}

static void
put_inside (TelarDraft *draft, const GPtrArray *tasks, Grouping *grouping)
{
  const GPtrArray *all = draft->document->graph->tasks;

  for (guint i = 0; i < all->len; i++)
    {
      TelarTask *task = g_ptr_array_index (all, i);

      if (!g_hash_table_contains (grouping->members, task->id)
          && telar_references_differ (task, to_frame, grouping))
        telar_references_map (telar_draft_task (draft, task), to_frame, grouping);
    }
  for (guint i = 0; i < tasks->len; i++)
    {
      TelarTask *content = telar_draft_task (draft, g_ptr_array_index (tasks, i));

      telar_references_map (content, leave_outside, grouping);
      g_free (content->inside);
      content->inside = g_strdup (grouping->frame->id);
    }
}

/* The upper left of the members, where all have a place. */
static void
place_frame (TelarTask *frame, const GPtrArray *tasks)
{
  frame->has_position = TRUE;
  frame->x = frame->y = G_MAXDOUBLE;
  for (guint i = 0; i < tasks->len; i++)
    {
      const TelarTask *task = g_ptr_array_index (tasks, i);

      frame->has_position &= task->has_position;
      frame->x = MIN (frame->x, task->x);
      frame->y = MIN (frame->y, task->y);
    }
  if (!frame->has_position)
    frame->x = frame->y = 0;
}

static gboolean
are_siblings (TelarDocument *document, const GPtrArray *tasks, GError **error)
{
  const TelarTask *first = g_ptr_array_index (tasks, 0);

  for (guint i = 1; i < tasks->len; i++)
    {
      const TelarTask *task = g_ptr_array_index (tasks, i);

      if (g_strcmp0 (telar_parent_id (document, first->id), telar_parent_id (document, task->id))
          == 0)
        continue;
      g_set_error (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_FAULT,
                   _("%s and %s have different parents; choose tasks of one parent"), first->id,
                   task->id);
      return FALSE;
    }
  return TRUE;
}

char *
telar_document_group (TelarDocument *document, const char *const *ids, GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (GPtrArray) asked = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GHashTable) members = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) places = NULL;
  g_autofree char *id = NULL;
  Grouping grouping = { members, NULL };
  guint first = G_MAXUINT;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && ids != NULL, NULL);

  asked = telar_document_require_all (document, ids, FALSE, error);
  if (asked == NULL)
    return NULL;
  tasks = telar_topmost (document, asked);
  if (tasks->len == 0 || !are_siblings (document, tasks, error))
    return NULL;
  places = telar_document_places (document);
  for (guint i = 0; i < tasks->len; i++)
    {
      TelarTask *task = g_ptr_array_index (tasks, i);

      g_hash_table_add (members, task->id);
      first = MIN (first, GPOINTER_TO_UINT (g_hash_table_lookup (places, task)) - 1);
    }
  telar_draft_init (&draft, document, NULL);
  id = telar_draft_fresh_id (&draft, TELAR_KIND_PROCESS);
  grouping.frame = telar_task_new (id, TELAR_KIND_PROCESS);
  grouping.frame->has_body = TRUE;
  grouping.frame->inside
      = g_strdup (telar_parent_id (document, ((TelarTask *) g_ptr_array_index (tasks, 0))->id));
  place_frame (grouping.frame, tasks);
  telar_draft_insert (&draft, first, grouping.frame);
  put_inside (&draft, tasks, &grouping);
  if (!telar_draft_commit (&draft, TELAR_DRAFT_CHECKED, telar_label (TELAR_LABEL_GROUP, tasks),
                           error))
    return NULL;
  return g_steal_pointer (&id);
}
