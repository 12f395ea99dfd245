/* arrange-text.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Layouts to try: made at random, and as text.
 */

#pragma once

#include "arrange/arrange.h"

typedef struct
{
  GArray *items;   /* owned: TelarArrangeItem */
  GArray *edges;   /* owned: TelarArrangeEdge */
} TelarMadeLayout;

TelarMadeLayout *telar_made_layout_new (void); /* with a root */
TelarMadeLayout *telar_made_layout_new_random (guint32 seed, guint n, guint n_frames,
                                               guint n_edges);
void telar_made_layout_free (TelarMadeLayout *made);
guint32 telar_made_layout_add (TelarMadeLayout *made, guint32 parent);
void telar_made_layout_link (TelarMadeLayout *made, guint32 from, guint32 to);

TelarArrangeItem *telar_made_items (GArray *items);

/* Boxes as boxes, their numbers inside; frames with = above and below. */
char *telar_arrange_print (GArray *items);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarMadeLayout, telar_made_layout_free)
