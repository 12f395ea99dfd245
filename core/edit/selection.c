/* selection.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "edit/operations.h"
#include "edit/selection.h"

struct _TelarSelection
{
  GObject        parent_instance;

  /* Owned. */
  TelarDocument *document;
  GHashTable    *ids;      /* set of owned ids */
  char          *primary;  /* nullable: one of them */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TelarSelection, telar_selection, G_TYPE_OBJECT)

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static gboolean
exists (TelarSelection *self,
        const char     *id)
{
  return id != NULL
         && (telar_document_find (self->document, id) != NULL
             || telar_document_find_object (self->document, id) != NULL);
}

/* @ids: (transfer full)
 * @primary: (transfer full) (nullable) */
static void
take (TelarSelection *self,
      GHashTable     *ids,
      char           *primary)
{
  gboolean       same = g_hash_table_size (ids) == g_hash_table_size (self->ids)
                        && g_strcmp0 (primary, self->primary) == 0;
  GHashTableIter iter;
  gpointer       id;

  g_hash_table_iter_init (&iter, ids);
  while (same && g_hash_table_iter_next (&iter, &id, NULL))
    same = g_hash_table_contains (self->ids, id);

  g_hash_table_unref (self->ids);
  self->ids = ids;
  g_free (self->primary);
  self->primary = primary;

  if (!same)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GHashTable *
copy_ids (TelarSelection *self)
{
  GHashTable    *copy = new_set ();
  GHashTableIter iter;
  gpointer       id;

  g_hash_table_iter_init (&iter, self->ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (copy, g_strdup (id));

  return copy;
}

static char *
any_of (GHashTable *ids)
{
  GHashTableIter iter;
  gpointer       id;

  g_hash_table_iter_init (&iter, ids);

  return g_hash_table_iter_next (&iter, &id, NULL) ? g_strdup (id) : NULL;
}

/* --- The document --- */

static const char *
new_name (const TelarChange *change,
          const char        *id)
{
  for (guint i = 0; change->renamed != NULL && i + 1 < change->renamed->len; i += 2)
    if (g_str_equal (g_ptr_array_index (change->renamed, i), id))
      return g_ptr_array_index (change->renamed, i + 1);
  for (guint i = 0; change->renamed_objects != NULL && i + 1 < change->renamed_objects->len; i += 2)
    if (g_str_equal (g_ptr_array_index (change->renamed_objects, i), id))
      id = g_ptr_array_index (change->renamed_objects, i + 1);

  return id;
}

static void
document_changed (TelarDocument     *document,
                  const TelarChange *change,
                  TelarSelection    *self)
{
  GHashTable    *kept;
  GHashTableIter iter;
  gpointer       id;
  char          *primary = NULL;

  if (g_hash_table_size (self->ids) == 0
      || (!change->all && !(change->what & (TELAR_CHANGED_TASKS | TELAR_CHANGED_IDS
                                             | TELAR_CHANGED_OBJECTS))))
    return;

  kept = new_set ();
  g_hash_table_iter_init (&iter, self->ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      const char *now = change->all ? id : new_name (change, id);

      if (!exists (self, now))
        continue;
      g_hash_table_add (kept, g_strdup (now));
      if (g_strcmp0 (id, self->primary) == 0)
        primary = g_strdup (now);
    }

  if (primary == NULL)
    primary = any_of (kept);
  take (self, kept, primary);
}

/* --- Object --- */

static void
telar_selection_finalize (GObject *object)
{
  TelarSelection *self = TELAR_SELECTION (object);

  g_clear_object (&self->document);
  g_clear_pointer (&self->ids, g_hash_table_unref);
  g_clear_pointer (&self->primary, g_free);

  G_OBJECT_CLASS (telar_selection_parent_class)->finalize (object);
}

static void
telar_selection_class_init (TelarSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = telar_selection_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
telar_selection_init (TelarSelection *self)
{
  self->ids = new_set ();
}

/* --- Public --- */

TelarSelection *
telar_selection_new (TelarDocument *document)
{
  TelarSelection *self;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), NULL);

  self = g_object_new (TELAR_TYPE_SELECTION, NULL);
  self->document = g_object_ref (document);
  g_signal_connect_object (document, "changed", G_CALLBACK (document_changed), self, 0);

  return self;
}

TelarDocument *
telar_selection_get_document (TelarSelection *self)
{
  g_return_val_if_fail (TELAR_IS_SELECTION (self), NULL);

  return self->document;
}

guint
telar_selection_get_n (TelarSelection *self)
{
  g_return_val_if_fail (TELAR_IS_SELECTION (self), 0);

  return g_hash_table_size (self->ids);
}

gboolean
telar_selection_contains (TelarSelection *self,
                          const char     *id)
{
  g_return_val_if_fail (TELAR_IS_SELECTION (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return g_hash_table_contains (self->ids, id);
}

const char *
telar_selection_get_primary (TelarSelection *self)
{
  g_return_val_if_fail (TELAR_IS_SELECTION (self), NULL);

  return self->primary;
}

char **
telar_selection_get_tasks (TelarSelection *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const TelarGraph        *graph;

  g_return_val_if_fail (TELAR_IS_SELECTION (self), NULL);

  graph = telar_document_get_graph (self->document);
  for (guint i = 0; g_hash_table_size (self->ids) > 0 && i < graph->tasks->len; i++)
    {
      const TelarTask *task = g_ptr_array_index (graph->tasks, i);

      if (g_hash_table_contains (self->ids, task->id))
        g_strv_builder_add (builder, task->id);
    }

  return g_strv_builder_end (builder);
}

char **
telar_selection_get_nodes (TelarSelection *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv)           tasks = NULL;
  const TelarGraph        *graph;

  g_return_val_if_fail (TELAR_IS_SELECTION (self), NULL);

  graph = telar_document_get_graph (self->document);
  tasks = telar_selection_get_tasks (self);
  g_strv_builder_addv (builder, (const char **) tasks);
  for (guint i = 0; g_hash_table_size (self->ids) > 0 && i < graph->objects->len; i++)
    {
      const TelarObject *object = g_ptr_array_index (graph->objects, i);

      if (g_hash_table_contains (self->ids, object->id))
        g_strv_builder_add (builder, object->id);
    }

  return g_strv_builder_end (builder);
}

char **
telar_selection_get_ids (TelarSelection *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv)           tasks = NULL;

  g_return_val_if_fail (TELAR_IS_SELECTION (self), NULL);

  tasks = telar_selection_get_tasks (self);
  if (g_hash_table_contains (self->ids, "main"))
    g_strv_builder_add (builder, "main");
  g_strv_builder_addv (builder, (const char **) tasks);

  return g_strv_builder_end (builder);
}

void
telar_selection_set_one (TelarSelection *self,
                         const char     *id)
{
  const char *const ids[] = { id, NULL };

  telar_selection_set (self, ids);
}

/* Adds what exists of @ids to @set. Returns: (transfer full) (nullable): the last of it. */
static char *
add_ids (TelarSelection    *self,
         GHashTable        *set,
         const char *const *ids)
{
  const char *last = NULL;

  for (; ids != NULL && *ids != NULL; ids++)
    if (exists (self, *ids))
      {
        g_hash_table_add (set, g_strdup (*ids));
        last = *ids;
      }

  return g_strdup (last);
}

void
telar_selection_set (TelarSelection    *self,
                     const char *const *ids)
{
  GHashTable *set;
  char       *primary;

  g_return_if_fail (TELAR_IS_SELECTION (self));

  set = new_set ();
  primary = add_ids (self, set, ids);
  take (self, set, primary);
}

void
telar_selection_add (TelarSelection    *self,
                     const char *const *ids)
{
  GHashTable *set;
  char       *primary;

  g_return_if_fail (TELAR_IS_SELECTION (self));

  set = copy_ids (self);
  primary = add_ids (self, set, ids);
  take (self, set, primary != NULL ? primary : g_strdup (self->primary));
}

void
telar_selection_toggle (TelarSelection *self,
                        const char     *id)
{
  GHashTable *set;

  g_return_if_fail (TELAR_IS_SELECTION (self));

  if (!exists (self, id))
    return;

  set = copy_ids (self);
  if (!g_hash_table_remove (set, id))
    {
      g_hash_table_add (set, g_strdup (id));
      take (self, set, g_strdup (id));
    }
  else if (g_strcmp0 (id, self->primary) == 0)
    take (self, set, any_of (set));
  else
    take (self, set, g_strdup (self->primary));
}

void
telar_selection_set_all (TelarSelection *self)
{
  const TelarGraph *graph;
  GHashTable       *set;
  const char       *primary;

  g_return_if_fail (TELAR_IS_SELECTION (self));

  set = new_set ();
  graph = telar_document_get_graph (self->document);
  for (guint i = 0; i < graph->tasks->len; i++)
    g_hash_table_add (set, g_strdup (((TelarTask *) g_ptr_array_index (graph->tasks, i))->id));

  primary = self->primary && g_hash_table_contains (set, self->primary) ? self->primary : NULL;
  take (self, set, primary != NULL ? g_strdup (primary) : any_of (set));
}
