/* fields.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Operations on single fields, of one task or of several at once. Setting the
 * same field again takes the first setting back: what typing 1, 12, 120 did on
 * the way is gone, and one undo leads to what was there before.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "edit/family.h"
#include "edit/labels.h"
#include "edit/objects.h"
#include "edit/operations.h"
#include "edit/references.h"

typedef struct
{
  const char *field;
  gboolean    with_main;
  TelarDraftRule rule;
  void      (*set) (TelarDraft *draft, TelarTask *task, gconstpointer value);
} Field;

static gboolean
set_field (TelarDocument *document, const char *const *ids, const Field *field,
           gconstpointer value, GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (GPtrArray) tasks = NULL;

  tasks = telar_document_require_all (document, ids, field->with_main, error);
  if (tasks == NULL)
    return FALSE;
  telar_draft_init (&draft, document, telar_field_key (field->field, tasks));
  for (guint i = 0; i < tasks->len; i++)
    field->set (&draft, g_ptr_array_index (tasks, i), value);
  return telar_draft_commit (&draft, field->rule, telar_label (TELAR_LABEL_CHANGE, tasks), error);
}

/* ---- name, numbers -------------------------------------------------------- */

static void
set_name (TelarDraft *draft, TelarTask *task, gconstpointer value)
{
  TelarTask *content = telar_draft_task (draft, task);

  g_free (content->name);
  content->name = g_strdup (value);
}

gboolean
telar_document_set_name (TelarDocument *document, const char *const *ids, const char *name,
                         GError **error)
{
  static const Field field = { "name", FALSE, TELAR_DRAFT_FREE, set_name };

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && ids != NULL, FALSE);

  return set_field (document, ids, &field, name, error);
}

static void
set_core (TelarDraft *draft, TelarTask *task, gconstpointer value)
{
  telar_draft_task (draft, task)->core = MAX (*(const int *) value, -1);
}

gboolean
telar_document_set_core (TelarDocument *document, const char *const *ids, int core,
                         GError **error)
{
  static const Field field = { "core", FALSE, TELAR_DRAFT_CHECKED, set_core };

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && ids != NULL, FALSE);

  return set_field (document, ids, &field, &core, error);
}

static void
set_daemon (TelarDraft *draft, TelarTask *task, gconstpointer value)
{
  telar_draft_task (draft, task)->daemon = *(const gboolean *) value;
}

gboolean
telar_document_set_daemon (TelarDocument *document, const char *const *ids, gboolean daemon,
                           GError **error)
{
  static const Field field = { "daemon", FALSE, TELAR_DRAFT_CHECKED, set_daemon };

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && ids != NULL, FALSE);

  daemon = !!daemon;
  return set_field (document, ids, &field, &daemon, error);
}

static void
set_task_method (TelarDraft *draft, TelarTask *task, gconstpointer value)
{
  telar_draft_task (draft, task)->start_method = *(const int *) value;
}

gboolean
telar_document_set_task_start_method (TelarDocument *document, const char *const *ids, int method,
                                      GError **error)
{
  static const Field field = { "start-method", FALSE, TELAR_DRAFT_CHECKED, set_task_method };

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && ids != NULL, FALSE);
  g_return_val_if_fail (method >= -1 && method <= TELAR_METHOD_SPAWN, FALSE);

  return set_field (document, ids, &field, &method, error);
}

static void
set_repeat (TelarDraft *draft, TelarTask *task, gconstpointer value)
{
  telar_draft_task (draft, task)->repeat = *(const guint *) value;
}

gboolean
telar_document_set_repeat (TelarDocument *document, const char *const *ids, guint repeat,
                           GError **error)
{
  static const Field field = { "repeat", TRUE, TELAR_DRAFT_CHECKED, set_repeat };

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && ids != NULL, FALSE);

  return telar_number_fits (repeat, error) && set_field (document, ids, &field, &repeat, error);
}

/* ---- copies --------------------------------------------------------------- */

typedef struct
{
  GHashTable *fewer;  /* ids of tasks that have fewer copies now */
  guint       copies;
} Copies;

/* What named a copy that is gone goes with it. */
static TelarReferenceFate
renumber (const char *reference, TelarReferenceUse use, char **becomes, gpointer data)
{
  const Copies *copies = data;
  const char *copy;
  guint64 number;

  if (telar_reference_lookup (copies->fewer, reference, &copy) == NULL || *copy == '\0')
    return TELAR_REFERENCE_STAYS;
  if (!g_ascii_string_to_unsigned (copy + 1, 10, 1, MAX (copies->copies, 1), &number, NULL))
    return TELAR_REFERENCE_GOES;
  if (copies->copies > 1)
    return TELAR_REFERENCE_STAYS;
  *becomes = g_strndup (reference, (gsize) (copy - reference));
  return TELAR_REFERENCE_BECOMES;
}

gboolean
telar_document_set_copies (TelarDocument *document, const char *const *ids, guint number,
                           GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GHashTable) fewer = g_hash_table_new (g_str_hash, g_str_equal);
  Copies copies = { fewer, number };

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && ids != NULL, FALSE);

  tasks = telar_document_require_all (document, ids, FALSE, error);
  if (tasks == NULL || !telar_number_fits (number, error))
    return FALSE;
  telar_draft_init (&draft, document, telar_field_key ("copies", tasks));
  for (guint i = 0; i < tasks->len; i++)
    {
      TelarTask *task = g_ptr_array_index (tasks, i);

      if (number < task->copies)
        g_hash_table_add (fewer, task->id);
      telar_draft_task (&draft, task)->copies = number;
    }
  for (guint i = 0; g_hash_table_size (fewer) > 0 && i <= document->graph->tasks->len; i++)
    {
      TelarTask *task = i == 0 ? document->graph->main
                               : g_ptr_array_index (document->graph->tasks, i - 1);
      if (telar_references_differ (task, renumber, &copies))
        telar_references_map (telar_draft_task (&draft, task), renumber, &copies);
    }
  return telar_draft_commit (&draft, TELAR_DRAFT_CHECKED,
                             telar_label (TELAR_LABEL_CHANGE, tasks), error);
}

/* ---- positions ------------------------------------------------------------ */

gboolean
telar_document_move (TelarDocument *document, const char *const *ids, double dx, double dy,
                     GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_auto (GStrv) objects = NULL;
  g_auto (GStrv) others = NULL;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && ids != NULL, FALSE);
  g_return_val_if_fail (isfinite (dx) && isfinite (dy), FALSE);

  others = telar_document_part (document, ids, &objects);
  tasks = telar_document_require_others (document, others, objects, error);
  if (tasks == NULL)
    return FALSE;
  all = telar_with_inside (document, tasks);
  telar_draft_init (&draft, document, NULL);
  for (guint i = 0; i < all->len; i++)
    {
      TelarTask *task = g_ptr_array_index (all, i);

      if (!task->has_position)
        continue;
      telar_draft_task (&draft, task)->x += dx;
      telar_draft_task (&draft, task)->y += dy;
    }
  if (*objects != NULL)
    telar_draft_move_objects (&draft, (const char *const *) objects, dx, dy);
  return telar_draft_commit (&draft, TELAR_DRAFT_FREE,
                             telar_label_of_both (TELAR_LABEL_MOVE, tasks, objects), error);
}

gboolean
telar_document_place (TelarDocument *document, const TelarPlace *places, guint n_places,
                      const char *label, GError **error)
{
  g_auto (TelarDraft) draft = { 0 };

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);
  g_return_val_if_fail (places != NULL || n_places == 0, FALSE);

  telar_draft_init (&draft, document, NULL);
  for (guint i = 0; i < n_places; i++)
    {
      TelarTask *task;
      TelarTask *content;

      if (telar_document_find (document, places[i].id) == NULL
          && telar_draft_place_object (&draft, places[i].id, places[i].x, places[i].y))
        continue;
      task = telar_document_require (document, places[i].id, FALSE, error);
      if (task == NULL)
        return FALSE;
      content = telar_draft_task (&draft, task);
      content->has_position = isfinite (places[i].x) && isfinite (places[i].y);
      content->x = content->has_position ? places[i].x : 0;
      content->y = content->has_position ? places[i].y : 0;
    }
  return telar_draft_commit (&draft, TELAR_DRAFT_FREE,
                             g_strdup (label != NULL ? label : _("Lay out")), error);
}

gboolean
telar_document_unplace (TelarDocument *document, const char *const *ids, GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (GPtrArray) tasks = NULL;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);

  tasks = telar_document_require_all (document, ids, FALSE, error);
  if (tasks == NULL)
    return FALSE;
  telar_draft_init (&draft, document, NULL);
  for (guint i = 0; i < tasks->len; i++)
    {
      TelarTask *content = telar_draft_task (&draft, g_ptr_array_index (tasks, i));

      content->has_position = FALSE;
      content->x = content->y = 0;
    }
  return telar_draft_commit (&draft, TELAR_DRAFT_FREE, telar_label (TELAR_LABEL_MOVE, tasks),
                             error);
}
