/* delta.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The one kind of change that a document knows: these tasks of the file have
 * another content, these come, these go, these settings differ. A delta is
 * applied or it is not, and holds what the graph does not; toggling it swaps
 * the two, so undo is exact and costs what the change cost.
 *
 *              graph            delta
 *   before     p1 (0, 0)        p1 (40, 25)
 *   applied    p1 (40, 25)      p1 (0, 0)
 *
 * Contents are swapped below the task's address, which stays.
 */

#pragma once

#include "edit/changes.h"

G_BEGIN_DECLS

typedef struct
{
  TelarTask *live;   /* borrowed: the graph's, or another delta's while it is out */
  TelarTask *other;  /* owned: the content that the graph does not have */
} TelarSwap;

/* A task of a file at a place: an index of the graph before or after. */
typedef struct
{
  guint      index;
  TelarTask *task;
} TelarSlot;

typedef struct
{
  GArray     *swaps;    /* owned TelarSwap */
  GArray     *out;      /* owned TelarSlot: leave going forward, index before; ascending */
  GArray     *in;       /* owned TelarSlot: come going forward, index after; ascending */
  TelarGraph *settings; /* owned, nullable: settings that the graph does not have */
  gboolean    applied;
  gboolean    whole;    /* nothing stays: told as `all` */
} TelarDelta;

TelarDelta *telar_delta_new  (void);
void        telar_delta_free (TelarDelta *delta);

/* Applies it, or takes it back. */
void telar_delta_toggle (TelarDelta *delta, TelarGraph *graph, TelarChanges *changes);

gboolean telar_delta_is_empty (const TelarDelta *delta);

/* Drops what makes no difference (a task dragged back to where it was). */
void telar_delta_prune (TelarDelta *delta, const TelarGraph *graph);

/* Whether @next, applied after @delta, changes the contents of the same tasks and
 * nothing else: then @delta alone, toggled, undoes both. */
gboolean telar_delta_covers (const TelarDelta *delta, const TelarDelta *next);

/* What differs between two contents of a task. */
TelarChangeFlags telar_task_compare (const TelarTask *a, const TelarTask *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarDelta, telar_delta_free)

G_END_DECLS
