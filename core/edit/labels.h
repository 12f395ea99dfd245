/* labels.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What a step of the history is called: "Move p1", "Move 3 tasks".
 */

#pragma once

#include "edit/draft.h"

G_BEGIN_DECLS

typedef enum
{
  TELAR_LABEL_CHANGE,
  TELAR_LABEL_DELETE,
  TELAR_LABEL_DUPLICATE,
  TELAR_LABEL_GROUP,
  TELAR_LABEL_MOVE,
  TELAR_LABEL_PASTE,
  TELAR_LABEL_REORDER,
  TELAR_LABEL_REPARENT,
  TELAR_LABEL_MAKE_PROCESS,
  TELAR_LABEL_MAKE_THREAD,
  TELAR_LABEL_MAKE_CALL,
  TELAR_N_LABELS
} TelarLabel;

/* @tasks: (element-type TelarTask)
 * Returns: (transfer full) */
char *telar_label (TelarLabel label, const GPtrArray *tasks);

/* The same of tasks and objects; the label is one of those that both have: delete,
 * duplicate, move, paste. */
char *telar_label_of_both (TelarLabel label, const GPtrArray *tasks, char **objects);

/* "inside/0x…/0x…": the same for the same field of the same tasks.
 *
 * Returns: (transfer full) */
char *telar_field_key (const char *field, const GPtrArray *tasks);

G_END_DECLS
