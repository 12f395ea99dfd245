/* lane-order.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What somebody made of the lanes: sorted, folded, hidden, pinned. Kept by names
 * (ids of tasks and objects, numbers of cores), so that the next run of a graph is
 * looked at in the same way; applied to a run, it is read by numbers. Pure values.
 */

#pragma once

#include <glib.h>

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* Of tasks among those with the same parent, and of cores. Sums are of a task and
 * everything inside it; the largest comes first. */
typedef enum
{
  TELAR_SORT_GRAPH,    /* as in the file; cores by number */
  TELAR_SORT_START,    /* who started first; cores by number */
  TELAR_SORT_BUSY,     /* time on a core */
  TELAR_SORT_SLICES,   /* how often a core was changed to them */
  TELAR_SORT_NAME,     /* p2 before p10; cores by number */
  TELAR_N_SORTS
} TelarLaneSort;

typedef enum
{
  TELAR_LANE_CORE,     /* number: index in timeline->cores */
  TELAR_LANE_TASK,
  TELAR_LANE_OBJECT,
  TELAR_N_LANE_KINDS
} TelarLaneKind;

typedef enum
{
  TELAR_LANE_HIDDEN   = 1 << 0, /* with everything inside; of main: only its own */
  TELAR_LANE_PINNED   = 1 << 1, /* on top, with everything inside; of main: only its own */
  TELAR_LANE_FOLDED   = 1 << 2, /* what is inside shares its lane; copies that of the first */
  TELAR_LANE_UNFOLDED = 1 << 3, /* copies have lanes of their own, however many they are */
  TELAR_LANE_SHOWN    = 1 << 4  /* an object has a lane even where not all of them have */
} TelarLaneMark;

typedef struct
{
  TelarLaneSort sort;
  GHashTable   *marks;                      /* owned: "kind:name" → TelarLaneMark bits, not 0 */

  /* For the run that it was applied to last. */
  guint         n[TELAR_N_LANE_KINDS];
  guint8       *by_number[TELAR_N_LANE_KINDS]; /* owned: bits */
  guint32      *sorted[TELAR_LANE_OBJECT];  /* owned, by kind: numbers; NULL: in their order */
} TelarLaneOrder;

TelarLaneOrder *telar_lane_order_new   (void);
TelarLaneOrder *telar_lane_order_copy  (const TelarLaneOrder *order);
void            telar_lane_order_free  (TelarLaneOrder *order);

/* Before it is used with another run, or one that has more lanes than before; sorts by
 * what is known at this moment, and keeps to that until the next call. O(n log n).
 *
 * @timeline: (nullable): none */
void            telar_lane_order_apply (TelarLaneOrder *order, const TelarTimeline *timeline);
/* Whether all of a run's lanes have been known to it. */
gboolean        telar_lane_order_fits  (const TelarLaneOrder *order, const TelarTimeline *timeline);

/* @order: (nullable): nobody made anything of the lanes */
guint           telar_lane_order_get   (const TelarLaneOrder *order, TelarLaneKind kind,
                                        guint number);
/* Of a run that it was applied to. */
void            telar_lane_order_set   (TelarLaneOrder *order, const TelarTimeline *timeline,
                                        TelarLaneKind kind, guint number, guint marks, gboolean on);
/* Nobody's, of all kinds; of lanes that this run does not have as well. */
void            telar_lane_order_unset_all (TelarLaneOrder *order, guint marks);
/* Brings back what keeps a task's lane out of sight. Returns: whether there was anything. */
gboolean        telar_lane_order_reveal (TelarLaneOrder *order, const TelarTimeline *timeline,
                                         guint32 task);

/* Folding: what is inside a task; else its copies; else what it is inside of. */
typedef enum
{
  TELAR_FOLD_NOTHING,
  TELAR_FOLD_CLOSE,
  TELAR_FOLD_OPEN
} TelarLaneFold;

/* So many copies and more share a lane unless somebody unfolds them. */
#define TELAR_FOLDED_COPIES 25

/* What telar_lane_order_fold() would do. */
TelarLaneFold   telar_lane_order_folding (const TelarLaneOrder *order,
                                          const TelarTimeline *timeline, guint32 task);
void            telar_lane_order_fold    (TelarLaneOrder *order, const TelarTimeline *timeline,
                                          guint32 task);

/* Length of "w" in "w.3"; 0 where that is no copy's id. */
gsize           telar_copies_base_length (const char *id);
/* "w" of "w.3"; (transfer full) (nullable): NULL where it is no copy. */
char           *telar_copies_base        (const char *id);
/* Whether both are copies of one task. @length: of the base of @task's id */
gboolean        telar_is_copy_of         (const TelarTaskLane *task, gsize length,
                                          const TelarTaskLane *other);

/* How many lanes of this run have one of them. */
guint           telar_lane_order_count (const TelarLaneOrder *order, TelarLaneKind kind,
                                        guint marks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarLaneOrder, telar_lane_order_free)

G_END_DECLS
