/* invariants.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What must hold of every timeline, made up or recorded from a real run: see
 * DESIGN, "What is true in the picture".
 */

#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

typedef enum
{
  TELAR_INVARIANTS_ALWAYS = 0,      /* hold of any record, lost and late ones too */
  TELAR_INVARIANTS_CPU    = 1 << 0, /* slices agree with the task's own clock: exact, none lost */
} TelarInvariants;

/* Returns: (transfer full) (nullable): the first invariant that does not hold,
 * in words with task and times; NULL when all do. */
char *telar_broken_invariant (const TelarTimeline *timeline, TelarInvariants also);

/* Fails the test with that sentence. */
void telar_assert_invariants (const TelarTimeline *timeline, TelarInvariants also);

/* What a timeline showed at some moment, to see that it stays so. */
typedef struct _TelarShown TelarShown;

TelarShown *telar_shown_new  (const TelarTimeline *timeline);
void        telar_shown_free (TelarShown *shown);
/* Returns: (transfer full) (nullable): what changed before the `now` of then,
 * but for the open slice and wait of a task. */
char       *telar_shown_find_change (const TelarShown *shown, const TelarTimeline *timeline);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarShown, telar_shown_free)

G_END_DECLS
