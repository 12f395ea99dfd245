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
#define BEYOND    24 /* looked at beside the view: what a shape is does not hang on its edge */

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
    if (poll->task[i] == task && poll->ns[i] > 0)
      {
        poll->ns[i] += ns;
        return;
      }
  for (guint i = 1; i < RIVALS; i++)
    if (poll->ns[i] < poll->ns[weakest])
      weakest = i;
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

static guint32
dominant (const TelarShapes *shapes, const TelarShape *shape)
{
  Poll poll = { .ns = { 0 } };

  for (guint i = 0; i < shape->n_columns; i++)
    {
      const TelarColumn *column = &g_array_index (shapes->columns, TelarColumn,
                                                  shape->first_column + i);

      vote (&poll, column->task, MAX (column->share, 1e-9));
    }
  return winner (&poll);
}

static void
end_cluster (Cluster *cluster, TelarShapes *shapes, const TelarLanes *lanes)
{
  TelarShape *shape = &cluster->shape;

  if (shape->count == 0)
    return;
  end_column (cluster, shapes);
  shape->n_columns = shapes->columns->len - shape->first_column;
  shape->kind = shape->x1 - shape->x0 <= PIN_WIDTH * lanes->unit ? TELAR_SHAPE_PIN
                                                                 : TELAR_SHAPE_DENSE;
  shape->task = shape->kind == TELAR_SHAPE_PIN ? dominant (shapes, shape) : TELAR_NO_TASK;
  g_array_append_val (shapes->shapes, *shape);
  memset (cluster, 0, sizeof *cluster);
}

static gboolean
belongs (const Cluster *cluster, const TelarLanes *lanes, double x0)
{
  return cluster->shape.count > 0 && x0 - cluster->shape.x1 <= PIN_GAP * lanes->unit;
}

/* Goes on to column @x. */
static void
move_to (Cluster *cluster, TelarShapes *shapes, int x)
{
  if (x != cluster->x)
    end_column (cluster, shapes);
  cluster->x = x;
}

static void
add_to_column (Cluster *cluster, guint32 task, double part)
{
  cluster->busy += part;
  vote (&cluster->column_poll, task, part);
}

static void
begin_cluster (Cluster *cluster, TelarShapes *shapes, gint64 begin, guint core, double x0, int x)
{
  TelarShape *shape = &cluster->shape;

  shape->first_column = shapes->columns->len;
  shape->begin = begin;
  shape->x0 = x0;
  shape->core = (guint16) core;
  cluster->x = x;
}

/* A slice narrower than a pixel or three, spread over the columns it touches. */
static void
add_small (Cluster *cluster, TelarShapes *shapes, const TelarLanes *lanes,
           const TelarSlice *slice, double x0, double x1)
{
  TelarShape *shape = &cluster->shape;
  /* As far as columns are from where they would be without their grid. */
  int first = telar_lanes_column (lanes, (double) slice->begin);
  double u0 = (double) slice->begin * lanes->per_ns, u1 = (double) slice->end * lanes->per_ns;
  double column = floor (u0), least = 1e-9;

  if (!belongs (cluster, lanes, x0))
    end_cluster (cluster, shapes, lanes);
  if (shape->count == 0)
    begin_cluster (cluster, shapes, slice->begin, slice->core, x0, first);
  shape->count++;
  shape->end = slice->end;
  shape->x1 = x1;

  for (int x = first; column < u1 || x == first; x++, column++)
    {
      move_to (cluster, shapes, x);
      add_to_column (cluster, slice->task, MAX (MIN (u1, column + 1) - MAX (u0, column), least));
    }
}

static void
add_column (Cluster *cluster, TelarShapes *shapes, int x, double busy, guint32 task)
{
  if (busy <= 0)
    return;
  move_to (cluster, shapes, x);
  add_to_column (cluster, task, busy);
}

static void
append_columns (GArray *columns, int from, guint n, const double *busy, const guint32 *task)
{
  guint at = columns->len;

  g_array_set_size (columns, at + n);
  for (guint i = 0; i < n; i++)
    if (busy[i] > 0)
      g_array_index (columns, TelarColumn, at++)
        = (TelarColumn){ .x = from + (int) i, .task = task[i], .share = (float) MIN (busy[i], 1) };
  g_array_set_size (columns, at);
}

/* Only the first and the last may get more from what lies beside them. */
static void
add_columns (Cluster *cluster, TelarShapes *shapes, int from, guint n, const double *busy,
             const guint32 *task)
{
  add_column (cluster, shapes, from, busy[0], task[0]);
  if (n > 2)
    {
      move_to (cluster, shapes, from + 1);
      append_columns (shapes->columns, from + 1, n - 2, busy + 1, task + 1);
    }
  if (n > 1)
    add_column (cluster, shapes, from + (int) n - 1, busy[n - 1], task[n - 1]);
}

/* A stretch in which every slice is small and close to the next, in whole
 * blocks of the store: nobody looks at them one by one. */
static void
add_stretch (Cluster *cluster, TelarShapes *shapes, const TelarLanes *lanes,
             const TelarSlices *slices, guint n, gint64 begin, gint64 end)
{
  TelarShape *shape = &cluster->shape;
  double x0 = telar_lanes_x (lanes, (double) begin);
  int from = MAX (telar_lanes_column (lanes, (double) begin),
                  (int) floor (lanes->left - BEYOND * lanes->unit));
  int to = MIN (telar_lanes_column (lanes, (double) end),
                (int) ceil (lanes->width + BEYOND * lanes->unit)) + 1;

  if (!belongs (cluster, lanes, x0))
    end_cluster (cluster, shapes, lanes);
  if (shape->count == 0)
    begin_cluster (cluster, shapes, begin, telar_slices_core (slices, begin), x0, from);
  shape->count += n;
  shape->end = end;
  shape->x1 = telar_lanes_x (lanes, (double) end);
  if (to > from)
    {
      guint n_columns = (guint) (to - from);
      g_autofree double *busy = g_new0 (double, n_columns);
      g_autofree guint32 *task = g_new (guint32, n_columns);

      telar_columns_add (lanes, slices, begin, end, from, n_columns, busy, task);
      add_columns (cluster, shapes, from, n_columns, busy, task);
    }
}

static void
add_wide (Cluster *cluster, TelarShapes *shapes, const TelarLanes *lanes, const TelarSlice *slice,
          double x0, double x1)
{
  TelarShape bar = {
    .kind = TELAR_SHAPE_BAR,
    .core = slice->core,
    .task = slice->task,
    .count = 1,
    .begin = slice->begin,
    .end = slice->end,
    .x0 = x0,
    .x1 = x1,
  };

  if (x1 - x0 >= PIN_GAP * lanes->unit)
    end_cluster (cluster, shapes, lanes);
  g_array_append_val (shapes->shapes, bar);
}

void
telar_shapes_fill (TelarShapes *shapes, const TelarLanes *lanes, const TelarSlices *slices)
{
  Cluster cluster = { .busy = 0 };
  double last = telar_lanes_ns (lanes, lanes->width + BEYOND * lanes->unit);
  double first = telar_lanes_ns (lanes, lanes->left - BEYOND * lanes->unit);
  double longest = lanes->small / lanes->per_ns, gap = PIN_GAP * lanes->unit / lanes->per_ns;
  guint i = telar_slices_find (slices, (gint64) floor (MAX (first, -1e18)) - 1);
  guint block = telar_packed_block_of (slices, i), n;
  gint64 begin, end;

  g_array_set_size (shapes->shapes, 0);
  g_array_set_size (shapes->columns, 0);

  if (telar_packed_small (slices, block, longest, gap, last, &begin, &end) > block)
    i = block;
  while (i < slices->len)
    {
      guint next = telar_packed_small (slices, i, longest, gap, last, &begin, &end);
      const TelarSlice *run;

      if (next > i)
        {
          add_stretch (&cluster, shapes, lanes, slices, next - i, begin, end);
          i = next;
          continue;
        }
      run = telar_slices_run (slices, i, &n);
      if ((double) run->begin > last)
        break;
      for (guint k = 0; k < n && (double) run[k].begin <= last; k++)
        {
          double x0 = telar_lanes_x (lanes, (double) run[k].begin);
          double x1 = telar_lanes_x (lanes, (double) run[k].end);

          if (x1 - x0 < lanes->small)
            add_small (&cluster, shapes, lanes, &run[k], x0, x1);
          else
            add_wide (&cluster, shapes, lanes, &run[k], x0, x1);
        }
      i += n;
    }
  end_cluster (&cluster, shapes, lanes);
}

guint32
telar_shape_task (const TelarShapes *shapes, const TelarShape *shape)
{
  return shape->kind == TELAR_SHAPE_DENSE ? dominant (shapes, shape) : shape->task;
}
