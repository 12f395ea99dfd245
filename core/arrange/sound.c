/* sound.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Whether a layout is one.
 */

#include "config.h"

#include <stdlib.h>

#include "arrange/tree.h"

#define SLACK 0.01 /* of adding up */

typedef struct
{
  double left, right, top, bottom;
} Box;

static int
compare_boxes (const void *a, const void *b)
{
  const Box *x = a, *y = b;

  return x->left < y->left ? -1 : x->left > y->left;
}

static gboolean
is_within (const TelarArrangeItem *item, const TelarArrangeItem *frame)
{
  return item->x >= frame->x + frame->padding + frame->left_room - SLACK
         && item->y >= frame->y + frame->header - SLACK
         && item->x + item->width <= frame->x + frame->width - frame->padding + SLACK
         && item->y + item->height <= frame->y + frame->height - frame->padding + SLACK;
}

static gboolean
are_apart (Box *boxes, guint n)
{
  qsort (boxes, n, sizeof boxes[0], compare_boxes);
  for (guint i = 0; i < n; i++)
    for (guint k = i + 1; k < n && boxes[k].left < boxes[i].right - SLACK; k++)
      if (boxes[k].top < boxes[i].bottom - SLACK && boxes[i].top < boxes[k].bottom - SLACK)
        return FALSE;
  return TRUE;
}

gboolean
telar_arrange_is_sound (const TelarArrangeItem *items, guint n)
{
  g_autoptr (TelarArrangeTree) tree = NULL;
  g_autofree Box *boxes = NULL;

  g_return_val_if_fail (n > 0, FALSE);
  tree = telar_arrange_tree_new (items, n, NULL, 0);
  boxes = g_new (Box, n);
  for (guint32 frame = 0; frame < n; frame++)
    {
      guint n_boxes = 0;

      for (guint32 kid = tree->kids[frame]; kid != 0; kid = tree->next[kid])
        {
          const TelarArrangeItem *item = &items[kid];

          if (!is_within (item, &items[frame]))
            return FALSE;
          boxes[n_boxes++] = (Box){ item->x, item->x + item->width, item->y,
                                    item->y + item->height };
        }
      if (!are_apart (boxes, n_boxes))
        return FALSE;
    }
  return TRUE;
}
