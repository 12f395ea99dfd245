/* plan-tables.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The tables of a plan while they grow. Equal texts and equal lists of tasks
 * are kept once: copies share theirs.
 */

#pragma once

#include <glib.h>

#include "graph/value.h"
#include "plan/plan.h"

G_BEGIN_DECLS

typedef struct
{
  TelarPlan   head;      /* the settings; numbers and offsets are set at the end */
  GArray     *tasks;     /* owned TelarPlanTask */
  GArray     *steps;     /* owned TelarPlanStep */
  GArray     *values;    /* owned TelarPlanValue */
  GArray     *objects;   /* owned TelarPlanObject */
  GArray     *links;     /* owned guint32; the first n are 0…n-1, n being the tasks */
  GArray     *integers;  /* owned gint64 */
  GByteArray *text;      /* owned */
  GHashTable *texts;     /* owned: char* → offset */
  GHashTable *lists;     /* owned: GBytes → first link */
} TelarPlanTables;

/* @n_tasks: how many there will be, main among them */
void telar_plan_tables_init  (TelarPlanTables *tables, guint32 n_tasks);
void telar_plan_tables_clear (TelarPlanTables *tables);

/* Returns: the offset of @text. */
guint32 telar_plan_tables_text (TelarPlanTables *tables, const char *text);

/* Returns: the first link of a list of tasks with numbers in a row from @first. */
guint32 telar_plan_tables_row (TelarPlanTables *tables, guint32 first);

/* Returns: the first link of a list like this: @n numbers of tasks. */
guint32 telar_plan_tables_list (TelarPlanTables *tables, const guint32 *numbers, guint n);

/* Appends a value that refers to nothing. */
void telar_plan_tables_value (TelarPlanTables *tables, const TelarValue *value);

/* Returns: (transfer full) (nullable): the plan, or NULL where it would be
 * larger than a plan can be. */
GBytes *telar_plan_tables_join (TelarPlanTables *tables);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TelarPlanTables, telar_plan_tables_clear)

G_END_DECLS
