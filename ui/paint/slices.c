/* slices.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Slices as shapes: bars where they are wide enough, else pins with a count
 * where a few stand alone, else columns whose height is how busy each is.
 * Nothing is widened and nothing is left out.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "paint/paint-private.h"

#define PIN_GAP   8  /* small slices closer than this belong together */
#define PIN_WIDTH 12 /* and are a pin up to here, columns beyond */

/* Tasks that are counted apart within a column or pin; further ones are
 * compared with the weakest of these. */
#define RIVALS 4

typedef struct
{
  guint32 task[RIVALS];
  double  ns[RIVALS];
} Poll;

/* Small slices that may still become one shape. */
typedef struct
{
  TelarShape shape;

  /* The column that is being filled. */
  int        x;
  double     busy; /* pixels, ≤ 1 */
  Poll       column_poll;
} Cluster;

static void
vote (Poll *poll, guint32 task, double ns)
{
  guint weakest = 0;

  for (guint i = 0; i < RIVALS; i++)
    {
      if (poll->ns[i] > 0 && poll->task[i] == task)
        {
          poll->ns[i] += ns;
          return;
        }
      if (poll->ns[i] < poll->ns[weakest])
        weakest = i;
    }
  /* Misra and Gries: who has the majority is never thrown out. */
  if (poll->ns[weakest] <= 0)
    {
      poll->task[weakest] = task;
      poll->ns[weakest] = ns;
    }
  else
    for (guint i = 0; i < RIVALS; i++)
      poll->ns[i] -= MIN (ns, poll->ns[weakest]);
}

static guint32
winner (const Poll *poll)
{
  guint best = 0;

  for (guint i = 1; i < RIVALS; i++)
    if (poll->ns[i] > poll->ns[best])
      best = i;
  return poll->task[best];
}

void
telar_shapes_init (TelarShapes *shapes)
{
  shapes->shapes = g_array_new (FALSE, FALSE, sizeof (TelarShape));
  shapes->columns = g_array_new (FALSE, FALSE, sizeof (TelarColumn));
}

void
telar_shapes_clear (TelarShapes *shapes)
{
  g_clear_pointer (&shapes->shapes, g_array_unref);
  g_clear_pointer (&shapes->columns, g_array_unref);
}

static void
end_column (Cluster *cluster, TelarShapes *shapes)
{
  TelarColumn column = {
    .x = cluster->x,
    .task = winner (&cluster->column_poll),
    .share = (float) MIN (cluster->busy, 1),
  };

  if (cluster->busy <= 0)
    return;
  g_array_append_val (shapes->columns, column);
  cluster->busy = 0;
  memset (&cluster->column_poll, 0, sizeof cluster->column_poll);
}

static void
end_cluster (Cluster *cluster, TelarShapes *shapes, const TelarLanes *lanes)
{
  TelarShape *shape = &cluster->shape;
  Poll poll = { .ns = { 0 } };

  if (shape->count == 0)
    return;
  end_column (cluster, shapes);
  shape->n_columns = shapes->columns->len - shape->first_column;
  for (guint i = shape->first_column; i < shapes->columns->len; i++)
    {
      const TelarColumn *column = &g_array_index (shapes->columns, TelarColumn, i);

      vote (&poll, column->task, MAX (column->share, 1e-9));
    }
  shape->task = winner (&poll);
  shape->kind = shape->x1 - shape->x0 <= PIN_WIDTH * lanes->unit ? TELAR_SHAPE_PIN
                                                                 : TELAR_SHAPE_DENSE;
  g_array_append_val (shapes->shapes, *shape);
  memset (cluster, 0, sizeof *cluster);
}

/* A slice narrower than a pixel or three, spread over the columns it touches. */
static void
add_small (Cluster *cluster, TelarShapes *shapes, const TelarLanes *lanes,
           const TelarSlice *slice, double x0, double x1)
{
  TelarShape *shape = &cluster->shape;
  double least = 1e-9;

  if (shape->count > 0 && x0 - shape->x1 > PIN_GAP * lanes->unit)
    end_cluster (cluster, shapes, lanes);
  if (shape->count == 0)
    {
      shape->first_column = shapes->columns->len;
      shape->begin = slice->begin;
      shape->x0 = x0;
      shape->core = slice->core;
      cluster->x = (int) floor (x0);
    }
  shape->count++;
  shape->end = slice->end;
  shape->x1 = x1;

  for (int x = (int) floor (x0), x_first = x; x < x1 || x == x_first; x++)
    {
      double part = MAX (MIN (x1, x + 1) - MAX (x0, x), least);

      if (x != cluster->x)
        end_column (cluster, shapes);
      cluster->x = x;
      cluster->busy += part;
      vote (&cluster->column_poll, slice->task, part);
    }
}

void
telar_shapes_fill (TelarShapes *shapes, const TelarLanes *lanes, const GArray *slices)
{
  Cluster cluster = { .busy = 0 };
  double last = telar_lanes_ns (lanes, lanes->width);
  double first = telar_lanes_ns (lanes, lanes->left - 2 * lanes->unit);

  g_array_set_size (shapes->shapes, 0);
  g_array_set_size (shapes->columns, 0);

  /* One look at each visible slice. An index that sums up many slices a pixel
   * takes the place of this loop where they are dense: it yields the same
   * columns. */
  for (guint i = telar_slices_find (slices, (gint64) floor (MAX (first, -1e18)) - 1);
       i < slices->len; i++)
    {
      const TelarSlice *slice = &g_array_index (slices, TelarSlice, i);
      double x0 = telar_lanes_x (lanes, slice->begin);
      double x1 = telar_lanes_x (lanes, slice->end);

      if (slice->begin > last)
        break;
      if (x1 - x0 < lanes->small)
        {
          add_small (&cluster, shapes, lanes, slice, x0, x1);
          continue;
        }
      if (x1 - x0 >= PIN_GAP * lanes->unit)
        end_cluster (&cluster, shapes, lanes);
      g_array_append_vals (shapes->shapes,
                           &(TelarShape){
                             .kind = TELAR_SHAPE_BAR,
                             .core = slice->core,
                             .task = slice->task,
                             .count = 1,
                             .begin = slice->begin,
                             .end = slice->end,
                             .x0 = x0,
                             .x1 = x1,
                           },
                           1);
    }
  end_cluster (&cluster, shapes, lanes);
}
