/* changes.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What happened to which task while deltas were applied one after the other,
 * told in the end as one TelarChange.
 */

#pragma once

#include "edit/document.h"

G_BEGIN_DECLS

typedef struct _TelarChanges TelarChanges;

TelarChanges *telar_changes_new  (void);
void          telar_changes_free (TelarChanges *changes);

/* To be called before it happens to @task, which is in a graph or comes into it
 * and stays in memory until the changes are told. */
void telar_changes_insert  (TelarChanges *changes, TelarTask *task);
void telar_changes_remove  (TelarChanges *changes, TelarTask *task);
void telar_changes_replace (TelarChanges *changes, TelarTask *task, TelarChangeFlags what);

/* An object has another id. */
void telar_changes_rename_object (TelarChanges *changes, const char *old_id, const char *new_id);

void telar_changes_add_flags (TelarChanges *changes, TelarChangeFlags what);
void telar_changes_set_all   (TelarChanges *changes);

/* Removes from a table by tasks what it may have of others that were at the address
 * of a task that came: such are freed without being told. */
void telar_changes_forget_new (TelarChanges *changes, GHashTable *by_task);

/* What the changes come to; its ids are valid while @changes and the tasks are.
 *
 * @change: (out): to be cleared */
void telar_changes_sum_up    (TelarChanges *changes, TelarChange *change);
void telar_change_clear      (TelarChange *change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarChanges, telar_changes_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TelarChange, telar_change_clear)

G_END_DECLS
