/* state.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What a timeline has besides slices and waits, as tables of rows: as far as it
 * is new since the last time; and back into a timeline.
 */

#pragma once

#include "runfile/format.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* What was written already. */
typedef struct
{
  gboolean  begun;
  gboolean  finished;
  guint     n_cores;
  guint     n_culprits;
  guint     n_lines;
  guint     n_losses;
  GArray   *arrows;   /* owned: TelarArrow, as they were */
  guint32  *tasks;    /* owned: a hash of each task's row */
  guint    *n_steps;  /* owned: of each task, whose ends are written */
  guint    *n_lists;  /* owned: of each task, that are written */
  GHashTable *texts;  /* owned: gint64, numbers of results that are written */
  GHashTable *others; /* owned: core number → how many */
  guint    *n_holds;  /* owned: of each task */
  GArray   *open_holds; /* owned: guint32[2], task and index of those that were not over */
  guint32  *objects;  /* owned: a hash of each object's row */
  guint    *n_levels; /* owned: of each object; the last one may change */
  guint32   deadlocks; /* a hash of their rows */
} TelarStateWritten;

void telar_state_written_init  (TelarStateWritten *written, const TelarTimeline *timeline);
void telar_state_written_clear (TelarStateWritten *written);

/* Appends the tables of what is new. */
void telar_state_put  (TelarStateWritten *written, const TelarTimeline *timeline,
                       GByteArray *bytes);
/* Takes tables in, one record after the other.
 * Returns: whether all of it made sense; what did is taken in. */
gboolean telar_state_take (TelarTimeline *timeline, const guint8 *bytes, gsize size,
                           gboolean *ended);

G_END_DECLS
