/* placement.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Which task may run on which core of this machine.
 */

#pragma once

#include "graph/plan-build.h"

G_BEGIN_DECLS

typedef struct
{
  TelarPlacement how;
  const GArray  *allowed;  /* borrowed, nullable: int */
  GArray        *order;    /* owned: int, in which cores are given out */
  guint          next;
} TelarPlacing;

/* Looks up every core that graph and options name; those that the machine
 * lacks, or keeps from this program, become faults.
 *
 * Returns: whether there were none. */
gboolean telar_placing_init (TelarPlacing           *placing,
                             const TelarGraph       *graph,
                             const TelarMachine     *machine,
                             const TelarPlanOptions *options,
                             GPtrArray              *faults);
void     telar_placing_clear (TelarPlacing *placing);

/* Returns: the core for the next task, or -1: where the kernel likes. */
int telar_placing_main (const TelarPlacing *placing);
int telar_placing_next (TelarPlacing *placing, const TelarTask *task);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TelarPlacing, telar_placing_clear)

G_END_DECLS
