/* changes.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "edit/changes.h"

typedef struct
{
  TelarTask *task;     /* borrowed */
  char      *old_id;   /* owned */
  gboolean   was_in;
  gboolean   is_in;
  gboolean   replaced;
} Record;

struct _TelarChanges
{
  GHashTable      *by_task;  /* owned: task → index + 1 of its record */
  GArray          *records;  /* owned Record, in the order of their first change */
  GPtrArray       *objects;  /* owned char*: old id, new id… of objects */
  TelarChangeFlags what;
  gboolean         all;
};

static void
clear_record (gpointer data)
{
  g_free (((Record *) data)->old_id);
}

TelarChanges *
telar_changes_new (void)
{
  TelarChanges *changes = g_new0 (TelarChanges, 1);

  changes->by_task = g_hash_table_new (NULL, NULL);
  changes->records = g_array_new (FALSE, FALSE, sizeof (Record));
  g_array_set_clear_func (changes->records, clear_record);
  changes->objects = g_ptr_array_new_with_free_func (g_free);
  return changes;
}

void
telar_changes_free (TelarChanges *changes)
{
  if (changes == NULL)
    return;
  g_hash_table_unref (changes->by_task);
  g_array_unref (changes->records);
  g_ptr_array_unref (changes->objects);
  g_free (changes);
}

static Record *
record_of (TelarChanges *changes, TelarTask *task, gboolean is_in)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (changes->by_task, task));

  if (index == 0)
    {
      Record record = { task, g_strdup (task->id), is_in, is_in, FALSE };

      g_array_append_val (changes->records, record);
      index = changes->records->len;
      g_hash_table_insert (changes->by_task, task, GUINT_TO_POINTER (index));
    }
  return &g_array_index (changes->records, Record, index - 1);
}

void
telar_changes_insert (TelarChanges *changes, TelarTask *task)
{
  record_of (changes, task, FALSE)->is_in = TRUE;
  changes->what |= TELAR_CHANGED_TASKS;
}

void
telar_changes_remove (TelarChanges *changes, TelarTask *task)
{
  record_of (changes, task, TRUE)->is_in = FALSE;
  changes->what |= TELAR_CHANGED_TASKS;
}

void
telar_changes_replace (TelarChanges *changes, TelarTask *task, TelarChangeFlags what)
{
  record_of (changes, task, TRUE)->replaced = TRUE;
  changes->what |= what;
}

void
telar_changes_rename_object (TelarChanges *changes, const char *old_id, const char *new_id)
{
  g_ptr_array_add (changes->objects, g_strdup (old_id));
  g_ptr_array_add (changes->objects, g_strdup (new_id));
}

void
telar_changes_add_flags (TelarChanges *changes, TelarChangeFlags what)
{
  changes->what |= what;
}

void
telar_changes_set_all (TelarChanges *changes)
{
  changes->all = TRUE;
}

void
telar_changes_forget_new (TelarChanges *changes, GHashTable *by_task)
{
  if (changes->all)
    g_hash_table_remove_all (by_task);
  for (guint i = 0; i < changes->records->len; i++)
    {
      const Record *record = &g_array_index (changes->records, Record, i);

      if (!record->was_in && record->is_in)
        g_hash_table_remove (by_task, record->task);
    }
}

void
telar_changes_sum_up (TelarChanges *changes, TelarChange *change)
{
  *change = (TelarChange){ .all = changes->all, .what = changes->what,
                           .added = g_ptr_array_new (), .removed = g_ptr_array_new (),
                           .changed = g_ptr_array_new (), .renamed = g_ptr_array_new (),
                           .renamed_objects = g_ptr_array_ref (changes->objects) };
  for (guint i = 0; !changes->all && i < changes->records->len; i++)
    {
      Record *record = &g_array_index (changes->records, Record, i);

      if (!record->was_in && record->is_in)
        g_ptr_array_add (change->added, record->task->id);
      else if (record->was_in && !record->is_in)
        g_ptr_array_add (change->removed, record->old_id);
      else if (record->was_in && record->replaced)
        {
          g_ptr_array_add (change->changed, record->task->id);
          if (strcmp (record->old_id, record->task->id) == 0)
            continue;
          g_ptr_array_add (change->renamed, record->old_id);
          g_ptr_array_add (change->renamed, record->task->id);
        }
    }
}

void
telar_change_clear (TelarChange *change)
{
  g_clear_pointer (&change->added, g_ptr_array_unref);
  g_clear_pointer (&change->removed, g_ptr_array_unref);
  g_clear_pointer (&change->changed, g_ptr_array_unref);
  g_clear_pointer (&change->renamed, g_ptr_array_unref);
  g_clear_pointer (&change->renamed_objects, g_ptr_array_unref);
}
