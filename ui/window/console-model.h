/* console-model.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What a run printed as a list, in one of two orders: by time, or task after
 * task under a heading each. Rows are made only when somebody looks at them,
 * so that a million lines cost no more than a screenful.
 */

#pragma once

#include <gio/gio.h>

#include "timeline/timeline.h"

G_BEGIN_DECLS

#define TELAR_TYPE_CONSOLE_ROW (telar_console_row_get_type ())
G_DECLARE_FINAL_TYPE (TelarConsoleRow, telar_console_row, TELAR, CONSOLE_ROW, GObject)

struct _TelarConsoleRow
{
  GObject        parent_instance;

  TelarTimeline *timeline; /* owned */
  guint32        task;
  guint          line;     /* index in the timeline's lines; G_MAXUINT: the task's heading */
};

/* (transfer none) (nullable): NULL for a heading. */
const TelarTextLine *telar_console_row_get_line (TelarConsoleRow *self);

#define TELAR_TYPE_CONSOLE_MODEL (telar_console_model_get_type ())
G_DECLARE_FINAL_TYPE (TelarConsoleModel, telar_console_model, TELAR, CONSOLE_MODEL, GObject)

TelarConsoleModel *telar_console_model_new          (void);
void               telar_console_model_set_timeline (TelarConsoleModel *self,
                                                     TelarTimeline     *timeline);
void               telar_console_model_set_by_task  (TelarConsoleModel *self, gboolean by_task);
/* Takes in at most @most lines that arrived. Returns: whether any did. */
gboolean           telar_console_model_update       (TelarConsoleModel *self, guint most);
/* Lines that arrived and were not taken in yet. */
guint              telar_console_model_get_n_waiting (TelarConsoleModel *self);
/* The first row of a task, or G_MAXUINT. */
guint              telar_console_model_find_task    (TelarConsoleModel *self, guint32 task);

G_END_DECLS
