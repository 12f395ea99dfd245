/* graph-walk.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "graph-view/graph-walk.h"

#include <math.h>

/* How far apart two intervals are; of those that overlap, a little, so that of two
 * the one that is more in line is nearer. */
static double
gap (double begin,
     double size,
     double other_begin,
     double other_size)
{
  double between = MAX (other_begin - begin - size, begin - other_begin - other_size);

  return MAX (between, 0) + fabs (begin + size / 2 - other_begin - other_size / 2) / 100;
}

static double
distance (const TelarGraphBox *from,
          const TelarGraphBox *to,
          int                  dx,
          int                  dy)
{
  double ahead = (to->x - from->x) * dx + (to->y - from->y) * dy;
  double aside = dx != 0 ? gap (from->y, from->height, to->y, to->height)
                         : gap (from->x, from->width, to->x, to->width);

  return ahead > 0 ? ahead + 2 * aside : G_MAXDOUBLE;
}

/* Among what is in the same frame, and (@enters) in the box itself; @allowed: among
 * those. */
static guint32
nearest (const TelarGraphLayout *layout,
         guint32                 from,
         int                     dx,
         int                     dy,
         gboolean                enters,
         const gboolean         *allowed)
{
  double  best = G_MAXDOUBLE;
  guint32 found = TELAR_NOBODY;

  for (guint32 i = 1; i < layout->n_tasks; i++)
    {
      const TelarGraphBox *box = &layout->boxes[i];
      double               far;

      if (i == from || (allowed ? !allowed[i] : box->parent != layout->boxes[from].parent
                                                  && !(enters && box->parent == from)))
        continue;
      far = distance (&layout->boxes[from], box, dx, dy);
      if (far < best)
        {
          best = far;
          found = i;
        }
    }

  return found;
}

guint32
telar_graph_walk (const TelarGraphLayout *layout,
                  guint32                 from,
                  int                     dx,
                  int                     dy,
                  const gboolean         *allowed)
{
  guint32 found;

  g_return_val_if_fail (layout != NULL, TELAR_NOBODY);

  /* From nowhere to the first, in reading order. */
  if (from >= layout->n_tasks)
    {
      found = layout->n_tasks > 1 ? telar_graph_walk_on (layout, 0, 1) : 0;
      while (allowed && found != TELAR_NOBODY && !allowed[found])
        found = telar_graph_walk_on (layout, found, 1);
      return found;
    }

  found = nearest (layout, from, dx, dy, TRUE, allowed);
  while (allowed == NULL && found == TELAR_NOBODY && from != 0
         && layout->boxes[from].parent < layout->n_tasks)
    {
      from = layout->boxes[from].parent;
      if (dx < 0 || dy < 0)
        return from;
      found = nearest (layout, from, dx, dy, FALSE, NULL);
    }

  return found;
}

/* --- Reading order --- */

static int
compare_boxes (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  const TelarGraphLayout *layout = data;
  const TelarGraphBox    *one = &layout->boxes[*(const guint32 *) a];
  const TelarGraphBox    *other = &layout->boxes[*(const guint32 *) b];

  if (one->x != other->x)
    return one->x < other->x ? -1 : 1;
  if (one->y != other->y)
    return one->y < other->y ? -1 : 1;

  return *(const guint32 *) a < *(const guint32 *) b ? -1 : 1;
}

/* The children of @parent in reading order; TELAR_NOBODY where there is none. */
static guint32
sibling (const TelarGraphLayout *layout,
         guint32                 parent,
         guint32                 task,
         int                     step)
{
  guint32 best = TELAR_NOBODY;

  for (guint32 i = 0; i < layout->n_tasks; i++)
    {
      if (layout->boxes[i].parent != parent || i == task)
        continue;
      if (task != TELAR_NOBODY && compare_boxes (&i, &task, (gpointer) layout) != step)
        continue;
      if (best == TELAR_NOBODY || compare_boxes (&i, &best, (gpointer) layout) == -step)
        best = i;
    }

  return best;
}

static guint32
deepest_last (const TelarGraphLayout *layout,
              guint32                 task)
{
  guint32 child;

  for (guint32 i = 0; i < layout->n_tasks; i++)
    {
      child = sibling (layout, task, TELAR_NOBODY, -1);
      if (child == TELAR_NOBODY)
        break;
      task = child;
    }

  return task;
}

guint32
telar_graph_walk_on (const TelarGraphLayout *layout,
                     guint32                 from,
                     int                     step)
{
  guint32 next;

  g_return_val_if_fail (layout != NULL, TELAR_NOBODY);
  g_return_val_if_fail (step == 1 || step == -1, TELAR_NOBODY);

  if (from >= layout->n_tasks)
    return step > 0 ? 0 : deepest_last (layout, 0);

  if (step < 0)
    {
      if (from == 0)
        return TELAR_NOBODY;
      next = sibling (layout, layout->boxes[from].parent, from, -1);
      return next == TELAR_NOBODY ? layout->boxes[from].parent : deepest_last (layout, next);
    }

  next = sibling (layout, from, TELAR_NOBODY, 1);
  for (guint32 i = 0; next == TELAR_NOBODY && from != 0 && i < layout->n_tasks; i++)
    {
      next = sibling (layout, layout->boxes[from].parent, from, 1);
      from = layout->boxes[from].parent;
      if (from >= layout->n_tasks)
        break;
    }

  return next;
}
