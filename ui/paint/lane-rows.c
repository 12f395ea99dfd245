/* lane-rows.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Which lanes there are, and in which order: cores, tasks below their parents,
 * objects.
 */

#include "config.h"

#include <string.h>

#include "paint/paint-private.h"

/* The more rows, the lower each: height, top and height of the bar, in pixels
 * of the design. */
typedef struct
{
  guint  up_to;
  double height, bar_y, bar_height;
} Density;

static const Density core_densities[] = {
  { 8, 54, 8, 38 },
  { 24, 36, 5, 24 },
  { G_MAXUINT, 23, 3, 15 },
};
static const Density task_densities[] = {
  { 24, 48, 15, 23 },
  { 80, 35, 11, 16 },
  { G_MAXUINT, 24, 8, 11 },
};

static const Density object_densities[] = {
  { 8, 50, 9, 34 },
  { 24, 36, 6, 26 },
  { G_MAXUINT, 24, 3, 18 },
};

#define HEADING_HEIGHT 24
#define GAP            8
#define FOLD_UNUSED    8 /* more cores than this: unused ones fold */

/* On a projector no row is too low for its text: people scroll instead. */
static const Density *
density_of (const TelarLanes *lanes, const Density *densities, guint n)
{
  guint last = lanes->presenting ? 1 : 2;
  guint at = MIN (lanes->dense, last);

  while (n > densities[at].up_to && at < last)
    at++;
  return &densities[at];
}

static void
add_row (TelarLanes *lanes, TelarRowKind kind, guint number, guint depth, double height,
         double bar_y, double bar_height)
{
  TelarRow row = {
    .kind = kind,
    .number = number,
    .count = 1,
    .depth = depth,
    .y = lanes->total,
    .height = height * lanes->unit,
    .bar_y = lanes->total + bar_y * lanes->unit,
    .bar_height = bar_height * lanes->unit,
  };

  g_array_append_val (lanes->rows, row);
  lanes->total += row.height;
}

static TelarCoreLane *
get_core (const TelarTimeline *timeline, guint core)
{
  return timeline->cores->pdata[core];
}

/* Hardware threads of one core follow each other. */
static int
compare_cores (gconstpointer a, gconstpointer b, gpointer data)
{
  const TelarLanes *lanes = data;
  int x = get_core (lanes->timeline, *(const guint *) a)->number;
  int y = get_core (lanes->timeline, *(const guint *) b)->number;
  const TelarCore *first = telar_machine_find (lanes->machine, x);
  const TelarCore *second = telar_machine_find (lanes->machine, y);

  if (first != NULL && second != NULL && first->physical != second->physical)
    return first->physical < second->physical ? -1 : 1;
  return x < y ? -1 : x > y;
}

static void
add_core_rows (TelarLanes *lanes)
{
  const TelarTimeline *timeline = lanes->timeline;
  guint n = timeline->cores->len, unused = 0;
  g_autofree guint *order = g_new (guint, MAX (n, 1));
  const Density *density;

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      order[i] = i;
      unused += get_core (timeline, i)->slices->len == 0;
    }
  if (n <= FOLD_UNUSED || unused < 2)
    unused = 0;
  if (lanes->machine != NULL)
    g_qsort_with_data (order, (int) n, sizeof (guint), compare_cores, lanes);
  density = density_of (lanes, core_densities, n - unused);

  add_row (lanes, TELAR_ROW_CORES_HEADING, 0, 0, HEADING_HEIGHT, 0, 0);
  for (guint i = 0; i < n; i++)
    if (unused == 0 || get_core (timeline, order[i])->slices->len > 0)
      add_row (lanes, TELAR_ROW_CORE, order[i], 0, density->height, density->bar_y,
               density->bar_height);
  if (unused > 0)
    add_row (lanes, TELAR_ROW_UNUSED, unused, 0, 23, 3, 15);
}

gboolean
telar_rows_are_siblings (const TelarLanes *lanes, const TelarRow *a, const TelarRow *b)
{
  const TelarCore *first, *second;

  if (lanes->machine == NULL || a->kind != TELAR_ROW_CORE || b->kind != TELAR_ROW_CORE)
    return FALSE;
  first = telar_machine_find (lanes->machine, get_core (lanes->timeline, a->number)->number);
  second = telar_machine_find (lanes->machine, get_core (lanes->timeline, b->number)->number);
  return first != NULL && second != NULL && first->physical == second->physical;
}

/* A call is a step in its parent's lane; one that was never made has a lane,
 * with the reason. A pool's worker that was not needed has none. */
static gboolean
has_row (const TelarTimeline *timeline, guint32 number)
{
  const TelarTaskLane *task = timeline->tasks->pdata[number];

  if (task->kind != TELAR_KIND_CALL)
    return !telar_task_was_spared (timeline, task);
  return (task->state == TELAR_STATE_NOT_STARTED && task->reason != 0)
         || task->state == TELAR_STATE_COULD_NOT_START;
}

#define FOLDED_COPIES 25 /* so many copies and more share a lane */
#define FOLDED        G_MAXUINT

static TelarTaskLane *
get_task (const TelarTimeline *timeline, guint task)
{
  return timeline->tasks->pdata[task];
}

/* Of "w" in "w.3"; 0 where it is no copy. */
static gsize
base_length (const char *id)
{
  const char *dot = strrchr (id, '.');

  if (dot == NULL || dot == id || dot[1] == '\0'
      || strspn (dot + 1, "0123456789") != strlen (dot + 1))
    return 0;
  return dot - id;
}

/* How many copies stand in a row from @first on, none with anything inside. */
static guint
count_copies (const TelarTimeline *timeline, const guint32 *child, guint first)
{
  const TelarTaskLane *task = get_task (timeline, first);
  gsize length = base_length (task->id);
  guint n = 1;

  if (length == 0 || task->kind == TELAR_KIND_CALL || child[first] != TELAR_NO_TASK
      || !has_row (timeline, first))
    return 1;
  for (; first + n < timeline->tasks->len; n++)
    {
      const TelarTaskLane *other = get_task (timeline, first + n);

      if (other->parent != task->parent || other->kind != task->kind
          || child[first + n] != TELAR_NO_TASK || !has_row (timeline, first + n)
          || base_length (other->id) != length
          || memcmp (other->id, task->id, length) != 0)
        break;
    }
  return n;
}

/* By task: how many share its lane when it is the first of many copies, FOLDED
 * when it is another of them, else 0. Returns: how many have no lane. */
static guint
fold_copies (const TelarTimeline *timeline, const guint32 *child, guint *folded)
{
  guint gone = 0;

  for (guint i = 1, n; i < timeline->tasks->len; i += n)
    {
      n = count_copies (timeline, child, i);
      if (n < FOLDED_COPIES)
        continue;
      folded[i] = n;
      for (guint k = 1; k < n; k++)
        folded[i + k] = FOLDED;
      gone += n - 1;
    }
  return gone;
}

static void
add_task_rows (TelarLanes *lanes, const TelarTimeline *timeline)
{
  guint n = timeline->tasks->len, n_rows = 0;
  g_autofree guint32 *child = g_new (guint32, n);
  g_autofree guint32 *next = g_new (guint32, n);
  g_autofree guint *depths = g_new0 (guint, n);
  g_autofree guint *folded = g_new0 (guint, n);
  const Density *density;
  guint32 task = TELAR_MAIN;

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      child[i] = TELAR_NO_TASK;
      n_rows += has_row (timeline, i);
    }
  /* From the last, so that the lists of children come out in file order. */
  for (guint i = n - 1; i > 0; i--)
    {
      guint32 parent = ((TelarTaskLane *) timeline->tasks->pdata[i])->parent;

      if (parent >= n)
        parent = TELAR_MAIN;
      next[i] = child[parent];
      child[parent] = i;
    }

  n_rows -= fold_copies (timeline, child, folded);
  density = density_of (lanes, task_densities, n_rows);
  if (lanes->rows->len > 0)
    lanes->total += GAP * lanes->unit;
  add_row (lanes, TELAR_ROW_TASKS_HEADING, 0, 0, HEADING_HEIGHT, 0, 0);

  /* Depth first without recursion: deep nests come from hostile files. */
  for (;;)
    {
      guint32 parent = ((TelarTaskLane *) timeline->tasks->pdata[task])->parent;

      if (task != TELAR_MAIN)
        depths[task] = parent == TELAR_MAIN || parent >= n ? 0 : depths[parent] + 1;
      if (folded[task] == FOLDED)
        lanes->row_of_task[task] = lanes->row_of_task[task - 1];
      else if (has_row (timeline, task))
        {
          lanes->row_of_task[task] = lanes->rows->len;
          add_row (lanes, folded[task] > 0 ? TELAR_ROW_COPIES : TELAR_ROW_TASK, task,
                   depths[task], density->height, density->bar_y, density->bar_height);
          if (folded[task] > 0)
            g_array_index (lanes->rows, TelarRow, lanes->rows->len - 1).count = folded[task];
        }
      else
        lanes->row_of_task[task] = lanes->row_of_task[parent < n ? parent : TELAR_MAIN];

      if (child[task] != TELAR_NO_TASK)
        {
          task = child[task];
          continue;
        }
      while (task != TELAR_MAIN && next[task] == TELAR_NO_TASK)
        {
          parent = ((TelarTaskLane *) timeline->tasks->pdata[task])->parent;
          task = parent < n ? parent : TELAR_MAIN;
        }
      if (task == TELAR_MAIN)
        break;
      task = next[task];
    }
}

static void
add_object_rows (TelarLanes *lanes, const TelarTimeline *timeline)
{
  const Density *density;
  guint n = 0;

  for (guint i = 0; i < timeline->objects->len; i++)
    n += telar_object_has_lane (timeline->objects->pdata[i]);
  if (n == 0)
    return;
  density = density_of (lanes, object_densities, n);
  if (lanes->rows->len > 0)
    lanes->total += GAP * lanes->unit;
  add_row (lanes, TELAR_ROW_OBJECTS_HEADING, 0, 0, HEADING_HEIGHT, 0, 0);
  for (guint i = 0; i < timeline->objects->len; i++)
    if (telar_object_has_lane (timeline->objects->pdata[i]))
      add_row (lanes, TELAR_ROW_OBJECT, i, 0, density->height, density->bar_y,
               density->bar_height);
}

char *
telar_copies_base (const char *id)
{
  gsize length = base_length (id);

  return length > 0 ? g_strndup (id, length) : NULL;
}

void
telar_lanes_add_rows (TelarLanes *lanes, TelarShow show)
{
  if (show & TELAR_SHOW_CORES)
    add_core_rows (lanes);
  if (show & TELAR_SHOW_TASKS)
    add_task_rows (lanes, lanes->timeline);
  if (show & TELAR_SHOW_OBJECTS)
    add_object_rows (lanes, lanes->timeline);
}
